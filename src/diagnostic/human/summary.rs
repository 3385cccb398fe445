//! What was found, in a few lines: findings left out by file, a table of rules, and the closing count.

use std::fmt::Write as _;

use super::word;
use crate::diagnostic::{Diagnostic, Language, Place, Severity, Summary, summarise};

/// How many files are named where findings are counted by file.
const FILES: usize = 10;

/// Counts the findings of a rule that are not drawn, by file.
pub(super) fn remaining(
    out: &mut String,
    code: &str,
    findings: &[&Diagnostic],
    language: Language,
) {
    let mut files: Vec<(&str, usize, &Place)> = Vec::new();
    for d in findings {
        match files.iter_mut().find(|(file, ..)| **file == *d.place.file) {
            Some((_, n, _)) => *n += 1,
            None => files.push((&d.place.file, 1, &d.place)),
        }
    }
    files.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let more = count(findings.len(), language);
    let _ = match language {
        Language::Vietnamese => writeln!(
            out,
            "… và {more} phát hiện `{code}` nữa, trong {} tệp (xem đủ bằng --format short)",
            files.len()
        ),
        Language::English => writeln!(
            out,
            "… and {more} more `{code}` {} in {} (all of them with --format short)",
            plural(findings.len(), "finding"),
            counted(files.len(), "file"),
        ),
    };
    for (_, n, first) in files.iter().take(FILES) {
        let from = match language {
            Language::Vietnamese => "từ",
            Language::English => "from",
        };
        let n = count(*n, language);
        let _ = writeln!(out, "  {n:>7}  {from} {}", first.row_shown());
    }
    if files.len() > FILES {
        let rest: usize = files.iter().skip(FILES).map(|(_, n, _)| n).sum();
        let n = count(rest, language);
        let others = files.len() - FILES;
        let _ = match language {
            Language::Vietnamese => writeln!(out, "  {n:>7}  trong {others} tệp khác"),
            Language::English => writeln!(out, "  {n:>7}  in {}", counted(others, "other file")),
        };
    }
    out.push('\n');
}

/// The closing table: how often each rule found something, and where first. Empty where one rule found one thing.
pub fn closing_table(diagnostics: &[Diagnostic], language: Language, waived: bool) -> String {
    let mut rules: Vec<(&Diagnostic, usize)> = Vec::new();
    for d in diagnostics.iter().filter(|d| waived || d.waived.is_none()) {
        let same = |r: &Diagnostic| r.code == d.code && r.waived.is_some() == d.waived.is_some();
        match rules.iter_mut().find(|(first, _)| same(first)) {
            Some((_, n)) => *n += 1,
            None => rules.push((d, 1)),
        }
    }
    if rules.iter().map(|(_, n)| n).sum::<usize>() < 2 {
        return String::new();
    }
    let rank = |d: &Diagnostic| (d.waived.is_some(), d.severity);
    rules.sort_by(|a, b| {
        rank(a.0)
            .cmp(&rank(b.0))
            .then_with(|| b.1.cmp(&a.1))
            .then_with(|| a.0.code.cmp(&b.0.code))
    });
    let head = match language {
        Language::Vietnamese => ["số", "phát hiện", "nơi đầu tiên"],
        Language::English => ["count", "finding", "first place"],
    };
    let rows: Vec<[String; 3]> = std::iter::once(head.map(str::to_owned))
        .chain(rules.iter().map(|(d, n)| {
            let name = format!("{}[{}]", word(d, language), d.code);
            [count(*n, language), name, d.place.shown()]
        }))
        .collect();
    let width = |i: usize| rows.iter().map(|r| r[i].chars().count()).max().unwrap_or(0);
    let (numbers, names) = (width(0), width(1));
    rows.iter()
        .fold(String::new(), |mut out, [n, name, place]| {
            let _ = writeln!(out, "{n:>numbers$}  {name:<names$}  {place}");
            out
        })
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
            let [errors, warnings, infos, waived] =
                [errors, warnings, infos, waived].map(|n| count(n, language));
            format!(
                "{errors} lỗi, {warnings} cảnh báo, {infos} lưu ý; {waived} phát hiện đã được chấp nhận kèm lý do"
            )
        }
        Language::English => format!(
            "{}, {}, {}; {} waived with a reason",
            counted(errors, Severity::Error.as_str()),
            counted(warnings, Severity::Warning.as_str()),
            counted(infos, "note"),
            counted(waived, "finding"),
        ),
    }
}

/// `1 file`, `1,200 files`.
fn counted(n: usize, word: &str) -> String {
    format!("{} {}", count(n, Language::English), plural(n, word))
}

fn plural(n: usize, word: &str) -> String {
    let end = if n == 1 { "" } else { "s" };
    format!("{word}{end}")
}

/// A count with its thousands marked.
fn count(n: usize, language: Language) -> String {
    let digits = n.to_string();
    let mark = match language {
        Language::Vietnamese => '.',
        Language::English => ',',
    };
    let mut out = String::with_capacity(digits.len() + 4);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    fn findings() -> Vec<Diagnostic> {
        let at = |line| Place::at(&"data/a.csv".into(), line, 0, 1);
        vec![
            Diagnostic::new(codes::UNIT_UNKNOWN, at(3)),
            Diagnostic::new(codes::RATIO_WITHOUT_BASE, at(1)),
            Diagnostic::new(codes::RATIO_WITHOUT_BASE, at(2)),
        ]
    }

    #[test]
    fn the_table_names_each_rule_once() {
        assert_eq!(
            closing_table(&findings(), Language::English, false),
            "count  finding                      first place\n    \
             1  error[unit-unknown]          data/a.csv:4:1\n    \
             2  warning[ratio-without-base]  data/a.csv:2:1\n"
        );
        assert_eq!(
            closing_table(&findings()[..1], Language::English, false),
            ""
        );
    }

    #[test]
    fn english_has_its_plurals() {
        assert_eq!(
            closing_line(&findings(), Language::English),
            "1 error, 2 warnings, 0 notes; 0 findings waived with a reason"
        );
        assert_eq!(counted(1200, "file"), "1,200 files");
    }
}
