//! Problems in the user's files, as values: what, where, how to mend it.
//!
//! A diagnostic holds a code, a place and arguments; its words come from one catalogue per language
//! (`messages.toml`), so that a message can be shown in Vietnamese or English at any time.

mod argument;
mod catalogue;
pub mod codes;
mod consequences;
mod curtain;
pub mod excerpt;
pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
pub mod short;

use std::sync::Arc;

pub use argument::{Argument, Phrase, ToArgument, known, number, one_of, percent, phrase};
pub use catalogue::{Example, Explanation, all_codes, example, explain, severity_of};
pub use codes::Code;
pub use consequences::drop_consequences;

/// How grave a finding is. Errors stop publication unless they are waived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The figure must not be published without a person's decision.
    Error,
    /// Published, with a caveat beside the figure.
    Warning,
    /// A hint to the author.
    Info,
}

impl Severity {
    /// The word used in machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese, the default.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// Where a problem stands. Lines and columns are counted from 0, columns in characters, and shown from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path of the file below the root; empty for the site as a whole.
    pub file: Arc<str>,
    /// Line, from 0.
    pub line: Option<u32>,
    /// Column in characters, from 0.
    pub column: Option<u32>,
    /// Number of characters concerned, at least one.
    pub width: u32,
    /// Path of the value in a JSON or TOML file.
    pub path: Option<String>,
    /// Name of the sheet, in a workbook: `line` and `column` are then its row and column.
    pub sheet: Option<Arc<str>>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &Arc<str>) -> Self {
        Self {
            file: Arc::clone(file),
            width: 1,
            ..Self::default()
        }
    }

    /// A position in a file.
    pub fn at(file: &Arc<str>, line: u32, column: u32, width: u32) -> Self {
        Self {
            file: Arc::clone(file),
            line: Some(line),
            column: Some(column),
            width: width.max(1),
            ..Self::default()
        }
    }

    /// The same position in a sheet of a workbook, where there is one.
    #[must_use]
    pub fn in_sheet(mut self, sheet: Option<&Arc<str>>) -> Self {
        self.sheet = sheet.cloned();
        self
    }

    /// The reference of the cell, `B7`, for a place in a sheet.
    pub fn cell_reference(&self) -> Option<String> {
        self.sheet.as_ref()?;
        Some(cell_reference(self.line?, self.column?))
    }

    /// The place of a byte range in a text file.
    pub fn of_span(file: &Arc<str>, text: &str, span: std::ops::Range<usize>) -> Self {
        let start = floor_boundary(text, span.start);
        let end = floor_boundary(text, span.end.max(span.start));
        let before = &text[..start];
        let line = before.bytes().filter(|b| *b == b'\n').count();
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let column = text[line_start..start].chars().count();
        let width = text[start..end].chars().take_while(|c| *c != '\n').count();
        Self::at(file, to_u32(line), to_u32(column), to_u32(width))
    }

    /// `file:line:column` or `file:sheet!cell` as a reader sees it, from 1.
    pub fn shown(&self) -> String {
        let file = excerpt::visible(&self.file);
        match self.within_file() {
            within if within.is_empty() => file,
            within => format!("{file}:{within}"),
        }
    }

    /// `file:line` or `file:sheet!cell`: enough for a person to find the row.
    pub fn row_shown(&self) -> String {
        match self.line {
            Some(line) if self.sheet.is_none() => {
                format!("{}:{}", excerpt::visible(&self.file), line + 1)
            }
            _ => self.shown(),
        }
    }

    /// `line:column`, `sheet!cell` or the path of a value; empty for a file as a whole.
    pub fn within_file(&self) -> String {
        if let Some(sheet) = &self.sheet {
            return match (self.cell_reference(), self.line) {
                (Some(cell), _) => format!("{}!{cell}", excerpt::visible(sheet)),
                (None, Some(row)) => format!("{}!{}", excerpt::visible(sheet), row + 1),
                (None, None) => excerpt::visible(sheet),
            };
        }
        match (&self.path, self.line, self.column) {
            (Some(path), _, _) => excerpt::visible(path),
            (None, Some(l), Some(c)) => format!("{}:{}", l + 1, c + 1),
            (None, Some(l), None) => (l + 1).to_string(),
            (None, None, _) => String::new(),
        }
    }
}

/// The reference of a cell as spreadsheet programs write it: row 6, column 1 (from 0) is `B7`.
pub fn cell_reference(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

fn floor_boundary(text: &str, mut index: usize) -> usize {
    index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// A count as `u32`; what does not fit stops at the largest.
pub(crate) fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The path of a file of the site below the folder `root`, which is empty or relative.
pub(crate) fn below_root(file: &str, root: &str) -> String {
    // A finding about the site as a whole stands at its settings.
    let file = if file.is_empty() { "site.toml" } else { file };
    match root.trim_end_matches('/') {
        "" => file.to_owned(),
        root => format!("{root}/{file}"),
    }
}

/// What a finding is about: the ids of the period, unit, service and statistic, where they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Id of the period.
    pub period: Option<String>,
    /// Id of the unit.
    pub unit: Option<String>,
    /// Id of the service.
    pub service: Option<String>,
    /// Id of the measure or indicator.
    pub id: Option<String>,
}

/// A decision that lets a known contradiction be published with a caveat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Why, in the words of who decided.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// Last day, ISO.
    pub until: String,
}

/// One problem in the user's files.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// Other places concerned, in order.
    pub related: Vec<Place>,
    /// What it is about.
    pub about: About,
    /// The values that the message is filled with.
    pub arguments: Vec<(&'static str, Argument)>,
    /// What the document states, as written.
    pub stated: Option<String>,
    /// What follows from its other figures.
    pub computed: Option<String>,
    /// A suggestion ("did you mean"), for the hint.
    pub suggestion: Option<String>,
    /// The waiver that covers it.
    pub waived: Option<Waived>,
    /// The last day of the waiver that covered it, where that has ended.
    pub lapsed: Option<crate::text::date::Date>,
}

impl Diagnostic {
    /// A finding of the rule `code` at `place`, with the severity of the rule.
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            severity: catalogue::severity_of(code),
            place,
            related: Vec::new(),
            about: About::default(),
            arguments: Vec::new(),
            stated: None,
            computed: None,
            suggestion: None,
            waived: None,
            lapsed: None,
        }
    }

    /// Adds a value that the message is filled with: text of the files, or words of ours by [`phrase`].
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToArgument) -> Self {
        self.arguments.push((name, value.to_argument()));
        self
    }

    /// Replaces a value that the message is filled with.
    #[must_use]
    pub fn set(mut self, name: &'static str, value: impl ToArgument) -> Self {
        self.arguments.retain(|(n, _)| *n != name);
        self.with(name, value)
    }

    /// Sets what it is about.
    #[must_use]
    pub fn about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// Adds a suggestion, where there is one.
    #[must_use]
    pub fn suggest(mut self, suggestion: Option<impl ToString>) -> Self {
        self.suggestion = suggestion.map(|s| s.to_string());
        self
    }

    /// Sets the stated and the computed figure.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over temporaries"
    )]
    pub fn figures(mut self, stated: impl ToString, computed: impl ToString) -> Self {
        self.stated = Some(stated.to_string());
        self.computed = Some(computed.to_string());
        self
    }

    /// Adds another place concerned.
    #[must_use]
    pub fn also(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// Rewrites every text that it shows: names, figures, suggestion, paths.
    pub fn rewrite(&mut self, shown: &dyn Fn(&str) -> String) {
        for (_, argument) in &mut self.arguments {
            argument.rewrite(shown);
        }
        let figures = [&mut self.stated, &mut self.computed, &mut self.suggestion];
        for text in figures.into_iter().flatten() {
            *text = shown(text);
        }
        for place in std::iter::once(&mut self.place).chain(&mut self.related) {
            place.file = shown(&place.file).into();
            if let Some(path) = &mut place.path {
                *path = shown(path);
            }
        }
    }

    /// The message in `language`.
    pub fn message(&self, language: Language) -> String {
        catalogue::message(self, language)
    }

    /// How to mend it, in `language`.
    pub fn hint(&self, language: Language) -> Option<String> {
        catalogue::hint(self, language)
    }

    /// Whether it stops publication.
    pub fn is_blocking(&self) -> bool {
        self.severity == Severity::Error && self.waived.is_none()
    }
}

/// What a stage could make, and all that it found wrong.
#[derive(Clone, Debug, Default)]
pub struct Checked<T> {
    /// The value, as far as it could be made.
    pub value: T,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with its findings.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// The value; its findings go to `sink`.
    pub fn take(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// Puts findings in the order in which they are shown: errors that count first, then by place and code.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| {
        (a.severity, a.waived.is_some())
            .cmp(&(b.severity, b.waived.is_some()))
            .then_with(|| a.place.cmp(&b.place))
            .then_with(|| a.code.as_str().cmp(b.code.as_str()))
            .then_with(|| a.arguments.cmp(&b.arguments))
    });
}

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Errors that no waiver covers.
    pub errors: usize,
    /// Warnings that no waiver covers.
    pub warnings: usize,
    /// Hints.
    pub infos: usize,
    /// Findings that a waiver covers.
    pub waived: usize,
}

/// Counts findings.
pub fn summarise(diagnostics: &[Diagnostic]) -> Summary {
    let mut summary = Summary::default();
    for d in diagnostics {
        match (d.waived.is_some(), d.severity) {
            (true, _) => summary.waived += 1,
            (_, Severity::Error) => summary.errors += 1,
            (_, Severity::Warning) => summary.warnings += 1,
            (_, Severity::Info) => summary.infos += 1,
        }
    }
    summary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn span_is_counted_in_characters() {
        let file: Arc<str> = "a.toml".into();
        let text = "một\nhạn = 30\n";
        let at = text.find("30").unwrap();
        let place = Place::of_span(&file, text, at..at + 2);
        assert_eq!(
            (place.line, place.column, place.width),
            (Some(1), Some(6), 2)
        );
        assert_eq!(place.shown(), "a.toml:2:7");
    }

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        assert_eq!(cell_reference(6, 1), "B7");
        assert_eq!(cell_reference(0, 25), "Z1");
        assert_eq!(cell_reference(0, 26), "AA1");
        assert_eq!(cell_reference(0, 16383), "XFD1");
        let sheet: Arc<str> = "Bảng 1".into();
        let place = Place::at(&"a.xlsx".into(), 6, 1, 1).in_sheet(Some(&sheet));
        assert_eq!(place.shown(), "a.xlsx:Bảng 1!B7");
    }
}
