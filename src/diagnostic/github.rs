//! Findings as annotations of GitHub Actions: workflow commands on the standard output.
//!
//! GitHub shows at most 10 errors, 10 warnings and 10 notices of a step, the first ones; the rest stand in its log.
//! Findings come with errors first, and a closing line tells how many there are.
//!
//! Source: GitHub Docs, "Workflow commands for GitHub Actions", and the escaping of `@actions/core`.

use std::fmt::Write as _;

use super::excerpt::visible;
use super::human::closing_line;
use super::{Diagnostic, Language, Place, Severity};

/// How many annotations of one level GitHub shows of a step.
const SHOWN_PER_LEVEL: usize = 10;

/// Writes the findings that no waiver covers. `root` is the site's folder below that of the repository, empty where
/// they are one; GitHub wants paths from the latter.
pub fn render(diagnostics: &[Diagnostic], root: &str, language: Language) -> String {
    let mut out = String::new();
    let mut counts = [0usize; 3];
    for d in diagnostics.iter().filter(|d| d.waived.is_none()) {
        let (command, level) = match d.severity {
            Severity::Error => ("error", 0),
            Severity::Warning => ("warning", 1),
            Severity::Info => ("notice", 2),
        };
        counts[level] += 1;
        let properties = properties(d, root);
        let message = data(&message(d, language));
        let _ = writeln!(out, "::{command} {properties}::{message}");
    }
    if counts.iter().any(|n| *n > SHOWN_PER_LEVEL) {
        let note = match language {
            Language::Vietnamese => {
                "GitHub chỉ ghi chú 10 phát hiện đầu của mỗi mức; đủ cả ở nhật ký này"
            }
            Language::English => {
                "GitHub annotates only the first 10 findings of each level; all of them are in this log"
            }
        };
        let _ = writeln!(out, "{} ({note})", closing_line(diagnostics, language));
    }
    out
}

fn properties(d: &Diagnostic, root: &str) -> String {
    let mut out = format!(
        "file={}",
        property(&visible(&super::below_root(&d.place.file, root)))
    );
    if let Place {
        line: Some(line),
        column,
        width,
        sheet: None,
        ..
    } = &d.place
    {
        let _ = write!(out, ",line={}", line + 1);
        if let Some(column) = column {
            let _ = write!(out, ",col={},endColumn={}", column + 1, column + 1 + width);
        }
    }
    let _ = write!(out, ",title={}", property(d.code.as_str()));
    out
}

/// The message, with the cell or path where GitHub has no line to mark, and the hint on a line of its own.
fn message(d: &Diagnostic, language: Language) -> String {
    let mut out = String::new();
    if d.place.sheet.is_some() || d.place.line.is_none() {
        let within = d.place.within_file();
        if !within.is_empty() {
            let _ = write!(out, "{within}: ");
        }
    }
    out.push_str(&d.message(language));
    if let Some(hint) = d.hint(language) {
        out.push('\n');
        out.push_str(&hint);
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    #[test]
    fn signs_of_the_command_are_escaped() {
        let place = Place::at(&"data/a,b:c.csv".into(), 1, 2, 3);
        let d = Diagnostic::new(codes::RATIO_OVER_100, place)
            .with("subject", "Xã A")
            .with("name", "Tỷ lệ")
            .with("value", "105%");
        let text = render(&[d], "site", Language::English);
        assert_eq!(
            text,
            "::error file=site/data/a%2Cb%3Ac.csv,line=2,col=3,endColumn=6,title=ratio-over-100::Xã A: Tỷ lệ is 105%25, \
             over 100%25%0Aif it may exceed 100%25 (against an assigned target), say may_exceed_100 = true in \
             indicators.toml.\n"
        );
    }

    #[test]
    fn a_cell_stands_in_the_message() {
        let sheet = "Tháng 8".into();
        let place = Place::at(&"data/a.xlsx".into(), 6, 1, 1).in_sheet(Some(&sheet));
        let d = Diagnostic::new(codes::TABLE_EMPTY, place);
        let text = render(&[d], "", Language::English);
        assert!(
            text.starts_with(
                "::warning file=data/a.xlsx,title=table-empty::Tháng 8!B7: the table has"
            ),
            "{text}"
        );
    }

    #[test]
    fn more_than_github_shows_is_told() {
        let d = Diagnostic::new(codes::TABLE_EMPTY, Place::file(&"a.csv".into()));
        let text = render(&vec![d; 11], "", Language::English);
        assert_eq!(text.lines().count(), 12);
        assert!(text.ends_with("all of them are in this log)\n"), "{text}");
    }
}
