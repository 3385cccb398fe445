//! Findings for a person at a terminal: the message, the line with a mark under it, the hint.

use std::fmt::Write as _;

use super::{Diagnostic, Language, Severity, Summary, summarise};
use crate::source::Sources;

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The language of the messages.
    pub language: Language,
    /// Whether to use terminal colours.
    pub colour: bool,
    /// Whether waived findings are shown too.
    pub waived: bool,
}

/// How many findings of one rule are drawn in full; the rest are counted.
const FULL_PER_CODE: usize = 20;

/// Writes findings one after the other.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let mut out = String::new();
    let mut shown: Vec<(&'static str, usize)> = Vec::new();
    for d in diagnostics
        .iter()
        .filter(|d| style.waived || d.waived.is_none())
    {
        let code = d.code.as_str();
        let count = if let Some((_, n)) = shown.iter_mut().find(|(c, _)| *c == code) {
            *n += 1;
            *n
        } else {
            shown.push((code, 1));
            1
        };
        if count <= FULL_PER_CODE {
            one(&mut out, d, sources, style);
        }
    }
    for (code, n) in shown.iter().filter(|(_, n)| *n > FULL_PER_CODE) {
        let more = n - FULL_PER_CODE;
        let line = match style.language {
            Language::Vietnamese => {
                format!("… và {more} phát hiện `{code}` nữa (xem đủ bằng --format json)\n")
            }
            Language::English => {
                format!("… and {more} more `{code}` findings (all of them with --format json)\n")
            }
        };
        out.push_str(&line);
    }
    out
}

fn one(out: &mut String, d: &Diagnostic, sources: &Sources, style: Style) {
    let (word, paint) = match (d.waived.is_some(), d.severity, style.language) {
        (true, _, Language::Vietnamese) => ("đã chấp nhận", "36"),
        (true, _, Language::English) => ("waived", "36"),
        (_, Severity::Error, Language::Vietnamese) => ("lỗi", "31;1"),
        (_, Severity::Error, Language::English) => ("error", "31;1"),
        (_, Severity::Warning, Language::Vietnamese) => ("cảnh báo", "33;1"),
        (_, Severity::Warning, Language::English) => ("warning", "33;1"),
        (_, Severity::Info, Language::Vietnamese) => ("lưu ý", "34"),
        (_, Severity::Info, Language::English) => ("info", "34"),
    };
    let head = painted(&format!("{word}[{}]", d.code), paint, style.colour);
    let _ = writeln!(out, "{head}: {}", d.message(style.language));
    let _ = writeln!(out, "  --> {}", d.place.shown());
    excerpt(out, d, sources);
    for place in &d.related {
        let also = if style.language == Language::Vietnamese {
            "xem thêm"
        } else {
            "see also"
        };
        let _ = writeln!(out, "   = {also}: {}", place.shown());
    }
    if let Some(hint) = d.hint(style.language) {
        let label = if style.language == Language::Vietnamese {
            "gợi ý"
        } else {
            "hint"
        };
        let _ = writeln!(out, "   = {label}: {hint}");
    }
    if let Some(w) = &d.waived {
        let label = if style.language == Language::Vietnamese {
            "chấp nhận đến"
        } else {
            "waived until"
        };
        let _ = writeln!(out, "   = {label} {}: {} ({})", w.until, w.reason, w.by);
    }
    out.push('\n');
}

/// The longest part of a line that is drawn, in characters.
const EXCERPT_WIDTH: usize = 100;

fn excerpt(out: &mut String, d: &Diagnostic, sources: &Sources) {
    let Some(line_index) = d.place.line else {
        return;
    };
    let Some(file) = sources.get(&d.place.file) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        return;
    };
    // Rows of a workbook are no lines, nor are those of a text in two bytes a sign.
    if d.place.sheet.is_some() || text.contains('\0') {
        return;
    }
    let Some(line) = text.lines().nth(line_index as usize) else {
        return;
    };
    let characters: Vec<char> = line.trim_start_matches('\u{feff}').chars().collect();
    let column = (d.place.column.unwrap_or(0) as usize).min(characters.len());
    let from = column.saturating_sub(EXCERPT_WIDTH / 2);
    let to = (from + EXCERPT_WIDTH).min(characters.len());
    let number = (line_index + 1).to_string();
    let part: String = characters[from..to]
        .iter()
        .map(|c| if c.is_control() { ' ' } else { *c })
        .collect();
    let cut = if from > 0 { "…" } else { "" };
    let _ = writeln!(out, "{number} | {cut}{part}");
    if d.place.column.is_some() {
        let pad = number.len() + 3 + cut.chars().count() + (column - from);
        let width = (d.place.width as usize).clamp(1, (to - column).max(1));
        let _ = writeln!(out, "{}{}", " ".repeat(pad), "^".repeat(width));
    }
}

fn painted(text: &str, paint: &str, colour: bool) -> String {
    if colour {
        format!("\u{1b}[{paint}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// The closing line: how many findings there are of each kind.
pub fn closing_line(diagnostics: &[Diagnostic], language: Language) -> String {
    let Summary {
        errors,
        warnings,
        infos,
        waived,
    } = summarise(diagnostics);
    match language {
        Language::Vietnamese => {
            format!(
                "{errors} lỗi, {warnings} cảnh báo, {infos} lưu ý; {waived} phát hiện đã được chấp nhận kèm lý do"
            )
        }
        Language::English => {
            format!(
                "{errors} errors, {warnings} warnings, {infos} notes; {waived} findings waived with a reason"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, codes};
    use crate::source::SourceFile;

    #[test]
    fn the_mark_stands_under_the_cell() {
        let sources = Sources::new(vec![SourceFile::new(
            "data/a.csv",
            "Đơn vị,Số\nCẩm Giang,1\n",
        )]);
        let d = Diagnostic::new(
            codes::UNIT_UNKNOWN,
            Place::at(&"data/a.csv".into(), 1, 0, 9),
        )
        .with("name", "Cẩm Giang");
        let text = render(&[d], &sources, Style::default());
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("lỗi[unit-unknown]: "));
        assert_eq!(lines[1], "  --> data/a.csv:2:1");
        assert_eq!(lines[2], "2 | Cẩm Giang,1");
        assert_eq!(lines[3], "    ^^^^^^^^^");
    }

    #[test]
    fn many_findings_of_one_rule_are_counted() {
        let d = Diagnostic::new(codes::RAW_HTML, Place::default());
        let text = render(&vec![d; 25], &Sources::default(), Style::default());
        assert!(text.contains("… và 5 phát hiện `raw-html` nữa"));
    }
}
