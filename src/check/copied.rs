//! Tables that repeat those of the period before: the most common slip of a monthly report is last month's file.

use super::{about_report, place_of};
use crate::analysis::Analysis;
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{FactIx, Key, Kind, MeasureType, PeriodIx};

/// Fewer figures than these may be equal by chance.
const ENOUGH: u32 = 6;

/// Smaller figures are equal by chance too often to tell anything.
const SMALLEST: i64 = 10;

/// What the figures of a table say so far.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// How many telling figures equal those of the period before.
    same: u32,
    /// Whether one does not.
    differs: bool,
    /// The first figure, and the period before.
    first: Option<(FactIx, PeriodIx)>,
}

/// Finds tables all of whose figures are those of the period before.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let facts = analysis.facts();
    let mut tables = vec![Seen::default(); analysis.ingested.files.len()];
    for ix in facts.indices() {
        let key = facts.key(ix);
        let seen = &mut tables[usize::from(facts.origin(ix).file)];
        if seen.differs || !tells(analysis, ix) {
            continue;
        }
        let Some(previous) = analysis.previous(key.period()) else {
            seen.differs = true;
            continue;
        };
        let before = Key::new(key.unit(), key.service(), previous, key.stat());
        let same = facts
            .get(before)
            .is_some_and(|other| facts.value(other) == facts.value(ix));
        seen.differs |= !same;
        seen.same += u32::from(same);
        let is_first = seen
            .first
            .is_none_or(|(first, _)| facts.origin(ix) < facts.origin(first));
        if is_first {
            seen.first = Some((ix, previous));
        }
    }
    let copied = tables
        .into_iter()
        .filter(|t| !t.differs && t.same >= ENOUGH);
    copied
        .filter_map(|t| finding(analysis, t.first?, t.same))
        .collect()
}

/// Whether a figure is a count or an amount too large to be equal by chance.
fn tells(analysis: &Analysis<'_>, ix: FactIx) -> bool {
    let facts = analysis.facts();
    let kind = analysis.catalog.measure(facts.measure(ix)).kind;
    facts.kind(ix) == Kind::Value
        && matches!(kind, MeasureType::Count | MeasureType::Amount)
        && facts
            .value(ix)
            .is_some_and(|v| v >= Decimal::from_int(SMALLEST))
}

fn finding(
    analysis: &Analysis<'_>,
    (first, previous): (FactIx, PeriodIx),
    count: u32,
) -> Option<Diagnostic> {
    let facts = analysis.facts();
    let origin = facts.origin(first);
    let file = analysis.ingested.files.get(usize::from(origin.file))?;
    let report = &analysis.periods.reports[file.report.at()];
    let width = |ix| facts.as_written(ix).chars().count();
    let key = facts.key(first);
    let before = facts.get(Key::new(key.unit(), key.service(), previous, key.stat()))?;
    Some(
        Diagnostic::new(
            codes::COPIED_FROM_PREVIOUS,
            place_of(analysis, origin, width(first)),
        )
        .with("count", count)
        .with("period", &analysis.period(key.period()).label)
        .with("previous", &analysis.period(previous).label)
        .about(about_report(analysis, report))
        .also(place_of(analysis, facts.origin(before), width(before))),
    )
}
