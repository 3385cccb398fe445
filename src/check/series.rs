//! Figures over time: cumulative ones that fall or were not reset, and jumps against the period before.
//!
//! Facts are sorted by unit, service, period and measure, so one pass sees each series whole; the units are read in
//! parallel and their findings stand in the order of the units.

use rayon::prelude::*;

use super::jump::{self, Change};
use super::{about_of, place_of, subject_of};
use crate::analysis::Analysis;
use crate::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, codes, number};
use crate::model::{FactIx, MeasureIx, MeasureType, Nature, PeriodIx, Stat, UnitIx};
use crate::text::date::Date;

/// A figure of a series.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) period: PeriodIx,
    pub(super) value: Decimal,
    pub(super) fact: FactIx,
}

/// Which rules look at a measure.
#[derive(Clone, Copy, Default)]
struct Rules {
    cumulative: bool,
    jump: bool,
}

/// Checks all series.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    if analysis.periods.list.len() < 2 {
        return Vec::new();
    }
    let rules = rules(analysis);
    let units: Vec<UnitIx> = analysis.catalog.units.indices().collect();
    let of_units: Vec<Vec<Diagnostic>> = units
        .par_iter()
        .map(|unit| of_unit(analysis, &rules, *unit))
        .collect();
    of_units.into_iter().flatten().collect()
}

/// Jumps are looked for in measures that are no part of another one: a part follows its whole, and a bad month of
/// late dossiers is a result, not a slip.
fn rules(analysis: &Analysis<'_>) -> Vec<Rules> {
    let measures = &analysis.catalog.measures;
    let mut is_part = vec![false; measures.len()];
    for measure in measures {
        for part in measure.parts.iter().flatten() {
            is_part[part.at()] = true;
        }
    }
    let of = |(m, is_part): (&crate::model::Measure, &bool)| Rules {
        cumulative: m.nature == Nature::YearToDate,
        jump: !is_part
            && m.within.is_empty()
            && m.nature != Nature::YearToDate
            && matches!(m.kind, MeasureType::Count | MeasureType::Amount),
    };
    measures.iter().zip(&is_part).map(of).collect()
}

fn of_unit(analysis: &Analysis<'_>, rules: &[Rules], unit: UnitIx) -> Vec<Diagnostic> {
    let facts = analysis.facts();
    let range = facts.of_unit(unit);
    let keys = &facts.keys()[range.clone()];
    let mut findings = Vec::new();
    let mut series: Vec<Vec<Point>> = vec![Vec::new(); rules.len()];
    let mut service = None;
    let mut last = None;
    for (offset, key) in keys.iter().enumerate() {
        if service != Some(key.service()) {
            service = Some(key.service());
            judge(analysis, rules, &mut series, &mut findings);
        }
        let rule = rules[usize::from(key.stat())];
        let fact = FactIx::from_at(range.start + offset);
        // Of several statements of one key the first that counts.
        if (rule.cumulative || rule.jump) && last != Some(*key) && !facts.is_set_aside(fact) {
            last = Some(*key);
            if let Some(value) = exact(analysis, fact) {
                series[usize::from(key.stat())].push(Point {
                    period: key.period(),
                    value,
                    fact,
                });
            }
        }
    }
    judge(analysis, rules, &mut series, &mut findings);
    findings
}

/// A figure that can be compared: a number, not "more than 60", touched by no contradiction.
pub(super) fn exact(analysis: &Analysis<'_>, fact: FactIx) -> Option<Decimal> {
    let facts = analysis.facts();
    let qualified = facts
        .extra(fact)
        .is_some_and(|e| e.qualifier.is_some() || e.max.is_some());
    facts
        .value(fact)
        .filter(|_| !qualified && !facts.is_doubtful(fact))
}

/// Judges the series of one unit and service, and empties them.
fn judge(
    analysis: &Analysis<'_>,
    rules: &[Rules],
    series: &mut [Vec<Point>],
    findings: &mut Vec<Diagnostic>,
) {
    for (points, rule) in series.iter_mut().zip(rules) {
        if points.len() > 1 {
            if rule.cumulative {
                cumulative(analysis, points, findings);
            }
            if rule.jump {
                let changes = jump::find(analysis, points);
                findings.extend(changes.iter().map(|c| jumped(analysis, c)));
            }
        }
        points.clear();
    }
}

/// Each figure against the one before it in its cadence.
fn cumulative(analysis: &Analysis<'_>, points: &[Point], findings: &mut Vec<Diagnostic>) {
    for (i, now) in points.iter().enumerate() {
        let cadence = &analysis.period(now.period).cadence;
        let earlier = points[..i].iter().rev();
        let before = earlier
            .into_iter()
            .find(|p| analysis.period(p.period).cadence == *cadence);
        let Some(before) = before else { continue };
        let (then, end) = (
            analysis.period(before.period).end,
            analysis.period(now.period).end,
        );
        let code = if then.year() == end.year() {
            (now.value < before.value).then_some(codes::CUMULATIVE_FALLS)
        } else {
            let goes_on = now.value >= before.value && before.value >= Decimal::from_int(SMALLEST);
            (goes_on && is_reset_due(then, end)).then_some(codes::RESET_MISSED)
        };
        findings.extend(code.map(|code| finding(analysis, code, now, before)));
    }
}

/// Smaller cumulative figures of a whole year may be reached again in one month.
const SMALLEST: i64 = 30;

/// Whether the new year is at most a third as old as the figure of the year before, which covers half a year at
/// least: so short a time does not bring as much.
fn is_reset_due(then: Date, now: Date) -> bool {
    let age = |d: Date| {
        Date::new(d.year(), 1, 1).map_or(0, |first| {
            d.days_since_epoch() - first.days_since_epoch() + 1
        })
    };
    now.year() == then.year() + 1 && age(then) >= 180 && age(now) * 3 <= age(then)
}

fn finding(analysis: &Analysis<'_>, code: Code, now: &Point, before: &Point) -> Diagnostic {
    let facts = analysis.facts();
    let key = facts.key(now.fact);
    let stat = Stat::Measure(MeasureIx(key.stat()));
    let place = |p: &Point| {
        let width = facts.as_written(p.fact).chars().count();
        place_of(analysis, facts.origin(p.fact), width)
    };
    Diagnostic::new(code, place(now))
        .with("subject", subject_of(analysis, key))
        .with("name", analysis.catalog.stat_label(stat))
        .with("value", number(now.value))
        .with("before", number(before.value))
        .with("previous", &analysis.period(before.period).label)
        .about(about_of(analysis, key, stat))
        .also(place(before))
}

fn jumped(analysis: &Analysis<'_>, change: &Change) -> Diagnostic {
    finding(analysis, codes::JUMP, &change.now, &change.before)
        .with("factor", change.factor())
        .with("history", change.history)
        .with("peers", change.peers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_young_year_cannot_equal_a_whole_one() {
        let due = |then: &str, now: &str| {
            is_reset_due(
                Date::parse_iso(then).unwrap(),
                Date::parse_iso(now).unwrap(),
            )
        };
        assert!(due("2025-12-31", "2026-01-31"));
        assert!(due("2025-12-14", "2026-01-14"));
        assert!(due("2025-12-31", "2026-03-31"));
        assert!(
            !due("2025-12-31", "2026-06-30"),
            "half a year may bring as much"
        );
        assert!(
            !due("2025-03-31", "2026-01-31"),
            "so little of the year before says nothing"
        );
        assert!(!due("2024-12-31", "2026-01-31"), "a year lies between");
    }
}
