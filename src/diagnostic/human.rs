//! Findings for a person at a terminal: the message, the part of the file with a mark, the hint; at the end, where a
//! terminal stands still, a table of what was found.

mod alike;
mod summary;

use std::fmt::Write as _;

use super::curtain::Curtain;
use super::excerpt::{self, Excerpts, visible};
use super::{Diagnostic, Language, Severity};
use crate::source::{Lines, Sources};

pub use summary::{closing_line, closing_table};

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

/// How many findings of one rule are drawn in full; the rest are counted by file.
const FULL_PER_CODE: usize = 20;
/// The same where there are very many findings in all.
const FEW_PER_CODE: usize = 5;
/// From how many findings on fewer of each rule are drawn.
const MANY: usize = 200;

/// Writes findings one after the other. `excerpts` draws tables.
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    excerpts: &dyn Excerpts,
    style: Style,
) -> String {
    let curtain = Curtain::of(diagnostics);
    let source = excerpt::Source {
        lines: Lines::new(sources),
        excerpts,
        veil: &|file, text| curtain.veil(file, text),
    };
    let shown: Vec<&Diagnostic> = diagnostics
        .iter()
        .filter(|d| style.waived || d.waived.is_none())
        .collect();
    let full = if shown.len() > MANY {
        FEW_PER_CODE
    } else {
        FULL_PER_CODE
    };
    let mut out = String::new();
    let mut rest: Vec<(&'static str, usize, Vec<&Diagnostic>)> = Vec::new();
    let alike = alike::groups(&shown);
    for (i, d) in shown.iter().enumerate() {
        if alike.is_brief(i) {
            continue;
        }
        let code = d.code.as_str();
        let at = rest
            .iter()
            .position(|(c, ..)| *c == code)
            .unwrap_or_else(|| {
                rest.push((code, 0, Vec::new()));
                rest.len() - 1
            });
        let (_, drawn, more) = &mut rest[at];
        if *drawn < full {
            *drawn += 1;
            one(&mut out, d, &source, style);
            alike::write(&mut out, &alike.after(i, &shown), style.language);
        } else {
            more.extend(alike.after(i, &shown));
            more.push(d);
        }
    }
    for (code, _, more) in rest.iter().filter(|(.., more)| !more.is_empty()) {
        summary::remaining(&mut out, code, more, style.language);
    }
    out
}

fn one(out: &mut String, d: &Diagnostic, source: &excerpt::Source<'_>, style: Style) {
    let vi = style.language == Language::Vietnamese;
    let paint = match (d.waived.is_some(), d.severity) {
        (true, _) => "36",
        (_, Severity::Error) => "31;1",
        (_, Severity::Warning) => "33;1",
        (_, Severity::Info) => "34",
    };
    let head = format!("{}[{}]", word(d, style.language), d.code);
    let head = painted(&head, paint, style.colour);
    let _ = writeln!(out, "{head}: {}", visible(&d.message(style.language)));
    let _ = writeln!(out, "  --> {}", d.place.shown());
    let mut part = String::new();
    excerpt::write(&mut part, &d.place, &d.related, source);
    out.push_str(&marks_painted(&part, paint, style.colour));
    for place in &d.related {
        let also = if vi { "xem thêm" } else { "see also" };
        let _ = writeln!(out, "   = {also}: {}", place.shown());
    }
    if let Some(hint) = d.hint(style.language) {
        let label = if vi { "gợi ý" } else { "hint" };
        let _ = writeln!(out, "   = {label}: {}", visible(&hint));
    }
    if let Some(w) = &d.waived {
        let label = if vi {
            "chấp nhận đến"
        } else {
            "waived until"
        };
        let _ = writeln!(out, "   = {label} {}: {} ({})", w.until, w.reason, w.by);
    }
    out.push('\n');
}

/// What a finding is called, by its severity or its waiver.
fn word(d: &Diagnostic, language: Language) -> &'static str {
    match (d.waived.is_some(), d.severity, language) {
        (true, _, Language::Vietnamese) => "đã chấp nhận",
        (true, _, Language::English) => "waived",
        (_, Severity::Error, Language::Vietnamese) => "lỗi",
        (_, Severity::Error, Language::English) => "error",
        (_, Severity::Warning, Language::Vietnamese) => "cảnh báo",
        (_, Severity::Warning, Language::English) => "warning",
        (_, Severity::Info, Language::Vietnamese) => "lưu ý",
        (_, Severity::Info, Language::English) => "info",
    }
}

/// An excerpt with its lines of marks in colour.
fn marks_painted(part: &str, paint: &str, colour: bool) -> String {
    let is_marks = |line: &str| line.contains('^') && line.chars().all(|c| " ^-│".contains(c));
    part.lines().fold(String::new(), |mut out, line| {
        out.push_str(&painted(line, paint, colour && is_marks(line)));
        out.push('\n');
        out
    })
}

fn painted(text: &str, paint: &str, colour: bool) -> String {
    if colour {
        format!("\u{1b}[{paint}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::excerpt::LinesOnly;
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
        let text = render(&[d], &sources, &LinesOnly, Style::default());
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("lỗi[unit-unknown]: "));
        assert_eq!(lines[1], "  --> data/a.csv:2:1");
        assert_eq!(lines[2], "2 | Cẩm Giang,1");
        assert_eq!(lines[3], "    ^^^^^^^^^");
    }

    #[test]
    fn only_heads_and_marks_are_coloured() {
        let sources = Sources::new(vec![SourceFile::new("a.csv", "a^b\n")]);
        let d = Diagnostic::new(codes::TABLE_EMPTY, Place::at(&"a.csv".into(), 0, 1, 1));
        let style = Style {
            colour: true,
            ..Style::default()
        };
        let text = render(&[d], &sources, &LinesOnly, style);
        let coloured: Vec<&str> = text.lines().filter(|l| l.contains('\u{1b}')).collect();
        assert_eq!(coloured.len(), 2);
        assert_eq!(coloured[1], "\u{1b}[33;1m     ^\u{1b}[0m");
    }

    #[test]
    fn many_findings_of_one_rule_are_counted() {
        let d = Diagnostic::new(codes::RAW_HTML, Place::file(&"content/a.md".into()));
        let text = render(
            &vec![d; 25],
            &Sources::default(),
            &LinesOnly,
            Style::default(),
        );
        assert_eq!(text.matches("cảnh báo[raw-html]").count(), 20);
        assert!(text.contains("… và 5 phát hiện `raw-html` nữa"), "{text}");
    }

    #[test]
    fn ten_thousand_findings_are_summarised() {
        let findings: Vec<Diagnostic> = (0..10_000)
            .map(|i| {
                let file = format!("data/{}/a.csv", i % 12).into();
                Diagnostic::new(codes::UNIT_UNKNOWN, Place::at(&file, i, 0, 1))
            })
            .collect();
        let text = render(&findings, &Sources::default(), &LinesOnly, Style::default());
        assert!(text.lines().count() < 50, "{text}");
        assert!(
            text.contains("… và 9.995 phát hiện `unit-unknown` nữa, trong 12 tệp"),
            "{text}"
        );
        let english = Style {
            language: Language::English,
            ..Style::default()
        };
        let text = render(&findings, &Sources::default(), &LinesOnly, english);
        assert!(
            text.contains("… and 9,995 more `unit-unknown` findings in 12 files"),
            "{text}"
        );
    }
}
