//! A slip as Markdown, for an e-mail or an issue.

use std::fmt::Write as _;

use super::{Question, Slip, words};

/// Writes a slip.
pub fn render(slip: &Slip) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "# {}\n", words::TITLE);
    if !slip.office.is_empty() {
        let _ = writeln!(out, "{}  ", text(&slip.office));
    }
    let _ = writeln!(out, "{}\n", words::day(slip.day));
    let _ = writeln!(out, "**Kính gửi:** {}\n", text(&slip.unit));
    if !slip.periods.is_empty() {
        let _ = writeln!(out, "**Kỳ số liệu:** {}\n", text(&slip.periods.join("; ")));
    }
    if slip.open.is_empty() && slip.published.is_empty() {
        let _ = writeln!(out, "{}", words::NOTHING);
        return out;
    }
    for paragraph in words::request(slip) {
        let _ = writeln!(out, "{}\n", text(&paragraph));
    }
    for (head, questions) in [
        (words::OPEN, &slip.open),
        (words::PUBLISHED, &slip.published),
    ] {
        if !questions.is_empty() {
            let _ = writeln!(out, "## {head}\n");
            table(&mut out, questions);
        }
    }
    for [day, who, how] in words::SIGNERS {
        let _ = writeln!(out, "**{who}** {how} {day}\n", day = day.trim());
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn table(out: &mut String, questions: &[Question]) {
    let _ = writeln!(out, "| {} |", words::HEADERS.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(words::HEADERS.len()));
    for (i, q) in questions.iter().enumerate() {
        let lines = |parts: &[String]| {
            parts
                .iter()
                .map(|p| text(p))
                .collect::<Vec<_>>()
                .join("<br>")
        };
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | |",
            i + 1,
            lines(&q.figure),
            lines(&q.place),
            lines(&q.wrong),
            text(&q.stated),
            text(&q.computed)
        );
    }
    out.push('\n');
}

/// Text with the signs of Markdown and HTML escaped.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>|#~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slip::tests::sample;

    #[test]
    fn a_slip_has_a_row_for_each_figure() {
        let text = render(&sample());
        let rows: Vec<&str> = text.lines().filter(|l| l.starts_with("| 1 |")).collect();
        assert_eq!(rows.len(), 2);
        assert!(
            rows[0].starts_with(
                "| 1 | Hồ sơ tiếp nhận<br>Xã An Biên | a.csv<br>dòng 2 | Hồ sơ tiếp nhận ghi 1177"
            ),
            "{}",
            rows[0]
        );
        assert!(rows[0].ends_with("| 1177 | 1.178 | |"), "{}", rows[0]);
    }

    #[test]
    fn signs_of_a_name_do_not_break_the_table() {
        assert_eq!(text("a|b <c>"), "a\\|b \\<c\\>");
    }

    #[test]
    fn an_empty_slip_says_so() {
        assert!(render(&Slip::default()).ends_with("Không có số liệu nào cần kiểm tra.\n"));
    }
}
