//! Readings under which figures would agree: for the message, and what to do about each for the hint.

use super::telling::Teller;
use crate::analysis::relations::Hypothesis;
use crate::diagnostic::{Phrase, number, phrase};
use crate::model::{Indicator, MeasureIx};
use crate::text::number::format_vi;

/// What a stated ratio fits, and how to mend it.
pub(super) fn of_ratio(teller: &Teller<'_, '_>, indicator: &Indicator) -> Option<(Phrase, Phrase)> {
    let side = |measures: &[MeasureIx]| {
        let names: Vec<String> = measures.iter().map(|m| teller.name(*m)).collect();
        names.join(" + ")
    };
    let (over, under) = (side(&indicator.numerator), side(&indicator.denominator));
    let terms: Vec<String> = teller.terms().collect();
    let (n, d) = terms.split_at(indicator.numerator.len().min(terms.len()));
    let (fits, mend) = match teller.r.hypothesis.as_ref()? {
        Hypothesis::OtherDenominator { measure, value, .. } => (
            phrase("fits-other-denominator")
                .with(
                    "quotient",
                    format!("{} / {}", n.join(" + "), written(teller, *measure, *value)),
                )
                .with("measure", teller.name(*measure)),
            phrase("mend-other-denominator").with("measure", teller.name(*measure)),
        ),
        Hypothesis::OtherNumerator { measure, value, .. } => (
            phrase("fits-other-numerator")
                .with(
                    "quotient",
                    format!("{} / {}", written(teller, *measure, *value), d.join(" + ")),
                )
                .with("measure", teller.name(*measure)),
            phrase("mend-other-numerator").with("measure", teller.name(*measure)),
        ),
        Hypothesis::WholeIs { value, percent } => (
            phrase("fits-whole")
                .with("value", number(*value))
                .with("percent", number(*percent)),
            phrase("mend-whole").with("value", number(*value)),
        ),
        Hypothesis::Fraction { percent } => (
            phrase("fits-fraction").with("percent", number(*percent)),
            phrase("mend-fraction").with("percent", number(*percent)),
        ),
        Hypothesis::Rest { percent } => (
            phrase("fits-rest").with("percent", number(*percent)),
            phrase("mend-rest"),
        ),
        Hypothesis::CutOff { percent } => (
            phrase("fits-cut-off").with("percent", number(*percent)),
            phrase("mend-cut-off").with("percent", number(*percent)),
        ),
        Hypothesis::Without { .. } => return None,
    };
    let fits = fits
        .with("stated", teller.stated())
        .with("over", over)
        .with("under", under);
    Some((fits, mend))
}

/// What a balance lacks or counts twice.
pub(super) fn of_balance(teller: &Teller<'_, '_>) -> Option<Phrase> {
    match teller.r.hypothesis.as_ref()? {
        Hypothesis::Without { measure, value } => Some(
            phrase("balance-without")
                .with("measure", teller.name(*measure))
                .with("value", number(*value)),
        ),
        _ => None,
    }
}

/// The figure of a measure at hand, as its document writes it.
fn written(teller: &Teller<'_, '_>, measure: MeasureIx, value: crate::decimal::Decimal) -> String {
    let facts = teller.analysis.facts();
    let (unit, period) = (teller.r.key.unit(), teller.r.key.period());
    let mut of_unit = facts.of_unit(unit).map(crate::model::FactIx::from_at);
    let found = of_unit.find(|ix| {
        let key = facts.key(*ix);
        key.period() == period && facts.measure(*ix) == measure && facts.value(*ix) == Some(value)
    });
    found.map_or_else(|| format_vi(value), |ix| facts.as_written(ix))
}
