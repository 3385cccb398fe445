//! The marks of numbers: one decimal mark in a file, and one way of writing thousands.

use crate::analysis::Analysis;
use crate::check::{about_of, place_of};
use crate::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::model::{FactIx, Origin, Stat};

/// Two decimal marks, or numbers with and without marks between thousands, in one text file.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let files = &analysis.ingested.files;
    let mut of_file = vec![Marks::default(); files.len()];
    let facts = analysis.facts();
    for ix in facts.indices() {
        let Some(value) = facts.value(ix) else {
            continue;
        };
        let text = facts.extra(ix).and_then(|e| e.as_written.as_deref());
        // Nearly every figure of a large table is a plain count below a thousand.
        if text.is_none() && value < THOUSAND {
            continue;
        }
        let origin = facts.origin(ix);
        if let Some(marks) = of_file.get_mut(usize::from(origin.file)) {
            look(marks, text, value, value.scale(), Spot::Fact(origin, ix));
        }
    }
    for (at, claim) in analysis.claims().list.iter().enumerate() {
        if let (Some(value), Some(marks)) =
            (claim.value, of_file.get_mut(usize::from(claim.origin.file)))
        {
            let spot = Spot::Claim(claim.origin, at);
            look(marks, Some(&claim.as_written), value, claim.decimals, spot);
        }
    }
    let mut findings = Vec::new();
    for (file, marks) in files.iter().zip(&of_file) {
        // The marks of numbers in workbooks and JSON are those of the format.
        let is_text = file.sheet.is_none() && !file.path.ends_with(".json");
        if is_text {
            findings.extend(mixed(
                analysis,
                codes::NUMBER_STYLE,
                (marks.comma, marks.point),
            ));
            findings.extend(mixed(
                analysis,
                codes::THOUSANDS_STYLE,
                (marks.grouped, marks.plain),
            ));
        }
    }
    findings
}

/// What marks a file uses.
#[derive(Clone, Copy, Default)]
struct Marks {
    /// Decimals after a comma and after a point: how many, and where the first stands.
    comma: (usize, Option<Spot>),
    point: (usize, Option<Spot>),
    /// Numbers from 1000 up with and without marks between thousands.
    grouped: (usize, Option<Spot>),
    plain: (usize, Option<Spot>),
}

/// A fact or a claim.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Fact(Origin, FactIx),
    Claim(Origin, usize),
}

impl Spot {
    fn origin(self) -> Origin {
        match self {
            Self::Fact(origin, _) | Self::Claim(origin, _) => origin,
        }
    }
}

fn note(mark: &mut (usize, Option<Spot>), spot: Spot) {
    mark.0 += 1;
    if mark.1.is_none_or(|s| spot.origin() < s.origin()) {
        mark.1 = Some(spot);
    }
}

const THOUSAND: Decimal = Decimal::from_int(1000);

fn look(marks: &mut Marks, text: Option<&str>, value: Decimal, decimals: u8, spot: Spot) {
    match text.and_then(|t| decimal_mark(t, decimals)) {
        Some(',') => note(&mut marks.comma, spot),
        Some('.') => note(&mut marks.point, spot),
        _ => {}
    }
    if value >= THOUSAND {
        match text {
            None => note(&mut marks.plain, spot),
            Some(text) if is_grouped(text) => note(&mut marks.grouped, spot),
            Some(text) if text.trim().bytes().all(|b| b.is_ascii_digit()) => {
                note(&mut marks.plain, spot);
            }
            Some(_) => {}
        }
    }
}

/// The mark before so many decimals at the end of the number in a text.
fn decimal_mark(text: &str, decimals: u8) -> Option<char> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = end
        .checked_sub(usize::from(decimals))
        .filter(|_| decimals > 0)?;
    let digits = text.get(start..end)?;
    let mark = text.get(..start)?.chars().next_back()?;
    (digits.bytes().all(|b| b.is_ascii_digit()) && matches!(mark, ',' | '.')).then_some(mark)
}

/// Whether a text is a number with marks between thousands and nothing else.
fn is_grouped(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split(['.', ',']).collect();
    let is_digits = |p: &&str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
    parts.len() > 1 && parts.iter().all(is_digits) && parts[1..].iter().all(|p| p.len() == 3)
}

/// A finding at the rarer of two ways of writing; the second one where both are as frequent.
fn mixed(
    analysis: &Analysis<'_>,
    code: Code,
    (first, second): ((usize, Option<Spot>), (usize, Option<Spot>)),
) -> Option<Diagnostic> {
    let (rare, usual) = if first.0 < second.0 {
        (first, second)
    } else {
        (second, first)
    };
    let (rare_spot, usual_spot) = (rare.1?, usual.1?);
    let written = |spot| match spot {
        Spot::Fact(_, ix) => analysis.facts().as_written(ix),
        Spot::Claim(_, at) => analysis.claims().list[at].as_written.to_string(),
    };
    let place = |spot: Spot| place_of(analysis, spot.origin(), written(spot).chars().count());
    let (key, stat) = match rare_spot {
        Spot::Fact(_, ix) => (
            analysis.facts().key(ix),
            Stat::Measure(analysis.facts().measure(ix)),
        ),
        Spot::Claim(_, at) => {
            let claim = &analysis.claims().list[at];
            (claim.key, Stat::Indicator(claim.indicator()))
        }
    };
    let d = Diagnostic::new(code, place(rare_spot))
        .with("value", written(rare_spot))
        .with("other", written(usual_spot))
        .with("count", rare.0)
        .with("usual", usual.0)
        .also(place(usual_spot))
        .about(about_of(analysis, key, stat));
    Some(d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_before_the_decimals_is_found() {
        let cases = [
            ("25.5%", 1, Some('.')),
            ("6,12 %", 2, Some(',')),
            ("2.035", 0, None),
            ("1.234,5", 1, Some(',')),
            ("98%", 1, None),
            ("", 1, None),
        ];
        for (text, decimals, wanted) in cases {
            assert_eq!(decimal_mark(text, decimals), wanted, "{text}");
        }
    }

    #[test]
    fn grouped_numbers_have_marks_between_thousands() {
        for text in ["2.035", "1,234,567"] {
            assert!(is_grouped(text), "{text}");
        }
        for text in ["1999", "2.03", "hơn 2.000", "", "."] {
            assert!(!is_grouped(text), "{text}");
        }
    }
}
