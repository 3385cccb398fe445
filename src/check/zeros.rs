//! Services of a unit that were in use in the periods before and are all zero now, without a word about it.

use std::ops::Range;

use rayon::prelude::*;

use super::{about_of, place_of, subject_of};
use crate::analysis::Analysis;
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{FactIx, Key, Kind, MeasureType, PeriodIx, Stat, UnitIx};

/// So many periods in use before make a zero remarkable.
const BEFORE: usize = 3;

/// A service with fewer cases in a period may well have none in the next.
const USUAL: Decimal = Decimal::from_int(10);

/// One finding for each file.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let units: Vec<UnitIx> = analysis.catalog.units.indices().collect();
    let of_units: Vec<Vec<FactIx>> = units.par_iter().map(|u| of_unit(analysis, *u)).collect();
    let facts = analysis.facts();
    let mut files: Vec<(FactIx, usize)> = Vec::new();
    for ix in of_units.into_iter().flatten() {
        let origin = facts.origin(ix);
        match files
            .iter_mut()
            .find(|(f, _)| facts.origin(*f).file == origin.file)
        {
            Some((first, count)) => {
                *count += 1;
                if origin < facts.origin(*first) {
                    *first = ix;
                }
            }
            None => files.push((ix, 1)),
        }
    }
    files
        .into_iter()
        .map(|(ix, count)| {
            let key = facts.key(ix);
            let stat = Stat::Measure(facts.measure(ix));
            let width = facts.as_written(ix).chars().count();
            Diagnostic::new(
                codes::ZERO_UNEXPLAINED,
                place_of(analysis, facts.origin(ix), width),
            )
            .with("subject", subject_of(analysis, key))
            .with("name", analysis.catalog.stat_label(stat))
            .with("periods", BEFORE)
            .with("count", count)
            .about(about_of(analysis, key, stat))
        })
        .collect()
}

/// What the counts of a row say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Nothing, or too little to tell.
    None,
    Zero(FactIx),
    Some,
}

/// The first zero of each row of a unit that has only zeros after periods in use.
fn of_unit(analysis: &Analysis<'_>, unit: UnitIx) -> Vec<FactIx> {
    let keys = analysis.facts().keys();
    let range = analysis.facts().of_unit(unit);
    let mut out = Vec::new();
    let mut series: Vec<(PeriodIx, Use)> = Vec::new();
    let mut at = range.start;
    let mut service = None;
    while at < range.end {
        let key: Key = keys[at];
        if service != Some(key.service()) {
            out.extend(fallen(analysis, &series));
            series.clear();
            service = Some(key.service());
        }
        let row = keys[at..range.end].iter();
        let end = at + row.take_while(|k| k.row() == key.row()).count();
        series.push((key.period(), in_use(analysis, at..end)));
        at = end;
    }
    out.extend(fallen(analysis, &series));
    out
}

fn in_use(analysis: &Analysis<'_>, row: Range<usize>) -> Use {
    let facts = analysis.facts();
    let mut found = Use::None;
    let mut is_little = false;
    for ix in row.map(FactIx::from_at) {
        if analysis.catalog.measure(facts.measure(ix)).kind != MeasureType::Count {
            continue;
        }
        match (facts.kind(ix), facts.number(ix).is_zero()) {
            (Kind::Value, false) if facts.number(ix) >= USUAL => return Use::Some,
            (Kind::Value, false) => is_little = true,
            (Kind::Value, true) if facts.extra(ix).is_some_and(|e| e.note.is_some()) => {
                return Use::None;
            }
            (Kind::Value, true) if found == Use::None => found = Use::Zero(ix),
            _ => {}
        }
    }
    if is_little { Use::None } else { found }
}

/// The zeros of a series that follow periods in use of the same cadence, one after the other.
fn fallen(analysis: &Analysis<'_>, series: &[(PeriodIx, Use)]) -> Vec<FactIx> {
    let at = |period| series.iter().find(|(p, _)| *p == period).map(|(_, u)| *u);
    let was_in_use = |period| {
        let mut earlier =
            std::iter::successors(analysis.previous(period), |p| analysis.previous(*p));
        (0..BEFORE).all(|_| earlier.next().and_then(at) == Some(Use::Some))
    };
    series
        .iter()
        .filter_map(|(period, found)| match found {
            Use::Zero(ix) if was_in_use(*period) => Some(*ix),
            _ => None,
        })
        .collect()
}
