//! The text of a released figure, taken apart for people to read.

use crate::decimal::Decimal;
use crate::diagnostic::{Argument, ToArgument, phrase};
use crate::text::number::format_vi;

/// One statement of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// A number with the sign before it (empty, `>`, `≥`, …) and the upper end of a range.
    Number(&'t str, Decimal, Option<Decimal>),
    /// `no-activity`, `not-applicable`, `unreadable`, or a target.
    Word(&'t str),
}

/// The statements of a figure; none where there is no figure.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    text.split('|')
        .filter(|t| !t.is_empty())
        .map(part)
        .collect()
}

fn part(text: &str) -> Part<'_> {
    let digits = text.trim_start_matches(['>', '≥', '<', '≤', '≈']);
    let sign = &text[..text.len() - digits.len()];
    let (value, max) = match digits.split_once("..") {
        Some((a, b)) => (a, Some(Decimal::parse_plain(b))),
        None => (digits, None),
    };
    match (Decimal::parse_plain(value), max) {
        (Some(v), None) => Part::Number(sign, v, None),
        (Some(v), Some(Some(m))) => Part::Number(sign, v, Some(m)),
        _ => Part::Word(text),
    }
}

/// The text with its numbers as a release writes them; `2.0` is `2`.
pub(super) fn canonical(text: &str) -> String {
    let one = |p: &Part<'_>| match p {
        Part::Number(sign, v, None) => format!("{sign}{}", v.normalized()),
        Part::Number(sign, v, Some(m)) => format!("{sign}{}..{}", v.normalized(), m.normalized()),
        Part::Word(w) => (*w).to_owned(),
    };
    parts(text.trim())
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join("|")
}

/// A figure in a message.
pub(super) fn said(text: &str) -> Argument {
    match parts(text).as_slice() {
        [] => phrase("no-figure").to_argument(),
        [Part::Word("no-activity")] => phrase("figure-no-activity").to_argument(),
        [Part::Word("not-applicable")] => phrase("figure-not-applicable").to_argument(),
        [Part::Word("unreadable")] => phrase("figure-unreadable").to_argument(),
        all => {
            let one = |p: &Part<'_>| match p {
                Part::Number(sign, v, None) => format!("{sign}{}", format_vi(*v)),
                Part::Number(sign, v, Some(m)) => {
                    format!("{sign}{}–{}", format_vi(*v), format_vi(*m))
                }
                Part::Word(w) => (*w).to_owned(),
            };
            let list: Vec<String> = all.iter().map(one).collect();
            list.join(" | ").to_argument()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_taken_apart() {
        let int = Decimal::from_int;
        assert_eq!(parts(""), []);
        assert_eq!(
            parts("31|≥32"),
            [
                Part::Number("", int(31), None),
                Part::Number("≥", int(32), None)
            ]
        );
        assert_eq!(parts("10..20"), [Part::Number("", int(10), Some(int(20)))]);
        assert_eq!(parts("no-activity"), [Part::Word("no-activity")]);
        assert_eq!(
            parts(">=80@2024-12-31"),
            [Part::Word(">=80@2024-12-31")],
            "a target is shown as it is"
        );
        assert_eq!(canonical(" 2035.0 "), "2035");
        assert_eq!(canonical("≈1.50..2|x"), "≈1.5..2|x");
    }
}
