//! Key figures: label, figure, of whom, sparkline, change, target.

use std::fmt::Write as _;

use super::context::{Html, Tile};
use super::targets;
use super::view::View;
use super::{changes, cumulative, evidence};
use crate::analysis::{Against, Applied, Basis, Observation, State};
use crate::chart::spec::{Chart, Sparkline};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};

/// The most key figures on a page.
const MOST: usize = 4;

/// The key figures of a unit: the headline statistics it has, then others it reports.
pub(crate) fn of_unit(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<Tile> {
    stats(view, unit, period)
        .iter()
        .map(|s| tile(view, *s, unit, ServiceIx::WHOLE, period))
        .collect()
}

/// What the key figures of a unit are.
pub(crate) fn stats(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<Stat> {
    let mut stats: Vec<Stat> = Vec::new();
    for stat in view.headline() {
        let o = view.analysis.observe(stat, unit, ServiceIx::WHOLE, period);
        if !matches!(o.state, State::Absent | State::NotReported) {
            stats.push(stat);
        }
    }
    if stats.is_empty() {
        let claims = view.analysis.claims().of_unit(unit).iter();
        stats.extend(
            claims
                .filter(|c| c.key.period() == period)
                .map(|c| Stat::Indicator(c.indicator())),
        );
        for at in view.analysis.facts().row(unit, ServiceIx::WHOLE, period) {
            stats.push(Stat::Measure(
                view.analysis
                    .facts()
                    .measure(crate::model::FactIx::from_at(at)),
            ));
        }
    }
    let mut seen = Vec::new();
    stats.retain(|s| {
        let new = !seen.contains(s);
        seen.push(*s);
        new
    });
    stats.truncate(MOST);
    stats
}

/// One key figure.
pub(crate) fn tile(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Tile {
    let o = view.analysis.observe(stat, unit, service, period);
    let words = view.words(stat, &o);
    let (figure, suffix) = match words.strip_suffix('%') {
        Some(number) => (number.to_owned(), Some("%".to_owned())),
        None => (words, None),
    };
    let absent = o.value.is_none() || !matches!(o.state, State::Value | State::Doubtful);
    let is_claim = o.basis == Basis::Stated || (o.state == State::Doubtful && o.claim.is_some());
    let stated = is_claim && !absent;
    let compared = |against| {
        let found = view.analysis.compare(stat, unit, service, period, against);
        match found {
            Ok(d) => (Some(changes::change(view, stat, &d, against)), None),
            Err(none) => (None, changes::reason(view, none, against)),
        }
    };
    let (change, no_change) = compared(Against::Previous);
    let (last_year, not_last_year) = compared(Against::LastYear);
    let mut notes = Vec::new();
    if o.state == State::Doubtful {
        notes.push(view.t("state.to_reconcile", &[]));
    }
    notes.extend(super::revisions::tile_note(
        view, stat, unit, service, period,
    ));
    if stated && o.denominator.is_none() && view.is_ratio(stat) {
        notes.push(view.t("state.no_base", &[]));
    }
    if !absent {
        notes.extend(cumulative::note(view, stat, unit, service, period));
        notes.extend(no_change);
        notes.extend(not_last_year);
    }
    Tile {
        label: view.indicator_short(stat).to_owned(),
        href: view.stat_href(stat),
        figure,
        suffix,
        absent,
        of_whom: of_whom(view, stat, &o, (unit, service, period), absent),
        evidence: evidence::href(view, unit, period).filter(|_| !absent),
        as_reported: stated,
        sparkline: sparkline(view, stat, unit, service, period),
        change,
        last_year,
        target: view
            .analysis
            .target_for(stat, unit, service, period)
            .map(|t| {
                let applied = Applied {
                    target: t,
                    unit,
                    service,
                };
                targets::progress(view, t, &view.analysis.progress(&applied))
            }),
        notes,
        marks: Vec::new(),
        share: share(view, stat, &o, (unit, service, period)),
    }
}

/// A percentage and its target as parts of one.
fn share(
    view: &View<'_>,
    stat: Stat,
    o: &Observation,
    (unit, service, period): (UnitIx, ServiceIx, PeriodIx),
) -> Option<(f64, Option<f64>)> {
    let part = |value: Decimal| value.to_f64() / 100.0;
    let value = o.value.filter(|_| view.is_percent(stat))?;
    let target = view.analysis.target_for(stat, unit, service, period);
    Some((part(value), target.map(|t| part(t.value))))
}

/// Of how many a figure is, and what it is the sum of.
pub(crate) fn of_whom(
    view: &View<'_>,
    stat: Stat,
    o: &Observation,
    (unit, service, period): (UnitIx, ServiceIx, PeriodIx),
    absent: bool,
) -> Option<String> {
    if absent {
        return None;
    }
    let mut text = match stat {
        Stat::Measure(_) => view.noun(stat).to_owned(),
        Stat::Indicator(_) => match view.of_whom(stat, o) {
            Some(text) => text,
            None if o.basis == Basis::Stated && !view.noun(stat).is_empty() => {
                view.t("tile.on", &[("noun", view.noun(stat))])
            }
            None => String::new(),
        },
    };
    match o.basis {
        Basis::Services if o.is_partial() => {
            let (a, b) = (o.counted.to_string(), o.of.to_string());
            text.push_str(&view.t("tile.services_part", &[("a", &a), ("b", &b)]));
        }
        Basis::Services => {
            text.push_str(&view.t("tile.services", &[("n", &o.counted.to_string())]));
        }
        Basis::Units => {
            let (a, b) = view.analysis.coverage(stat, unit, service, period);
            let words = if a < b {
                let (a, b) = (a.to_string(), b.to_string());
                view.t("tile.units_part", &[("a", &a), ("b", &b)])
            } else {
                view.t("tile.units", &[("n", &o.counted.to_string())])
            };
            text.push_str(&words);
        }
        _ => {
            if let Some(note) = view.before_note(o) {
                let _ = write!(text, ", {note}");
            }
        }
    }
    // A measure without a unit of measure begins with what it counts.
    let text = text.trim_start_matches(", ");
    (!text.is_empty()).then(|| text.to_owned())
}

fn sparkline(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<Html> {
    let series = view.analysis.series(stat, unit, service, period);
    let values: Vec<Option<f64>> = series
        .iter()
        .map(|(_, o)| o.sound().map(Decimal::to_f64))
        .collect();
    if values.iter().flatten().count() < 3 {
        return None;
    }
    let mut svg = String::new();
    crate::chart::draw(
        &Chart::Spark(Sparkline {
            values,
            provisional_last: false,
        }),
        None,
        &mut svg,
    );
    (!svg.is_empty()).then_some(Html(svg))
}
