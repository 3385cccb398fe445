//! Findings one a line, as editors and `grep` read them: `file:line:column: severity[code] message`.

use std::fmt::Write as _;

use super::excerpt::visible;
use super::{Diagnostic, Language};

/// Writes findings, waived ones only if asked.
///
/// The words of severity are the same in every language, so that the patterns of editors know them.
pub fn render(diagnostics: &[Diagnostic], language: Language, waived: bool) -> String {
    let mut out = String::new();
    for d in diagnostics.iter().filter(|d| waived || d.waived.is_none()) {
        let word = if d.waived.is_some() {
            "waived"
        } else {
            d.severity.as_str()
        };
        let message = visible(&d.message(language));
        let _ = writeln!(out, "{}: {word}[{}] {message}", d.place.shown(), d.code);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, codes};

    #[test]
    fn a_finding_is_one_line() {
        let place = Place::at(&"data/a.csv".into(), 1, 2, 3);
        let d = Diagnostic::new(codes::UNIT_UNKNOWN, place)
            .with("name", "Cẩm\nGiang")
            .with("date", "1/7/2025");
        assert_eq!(
            render(&[d], Language::English, false),
            "data/a.csv:2:3: error[unit-unknown] there is no unit `Cẩm Giang` in the catalogue at 1/7/2025\n"
        );
    }

    #[test]
    fn a_cell_of_a_workbook_has_its_sheet() {
        let sheet = "Tháng 8".into();
        let place = Place::at(&"data/a.xlsx".into(), 6, 1, 1).in_sheet(Some(&sheet));
        let d = Diagnostic::new(codes::TABLE_EMPTY, place);
        let text = render(&[d], Language::English, false);
        assert!(
            text.starts_with("data/a.xlsx:Tháng 8!B7: warning[table-empty] "),
            "{text}"
        );
    }
}
