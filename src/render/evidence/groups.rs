//! What figures a unit has in each period.

use std::collections::BTreeMap;

use crate::analysis::State;
use crate::model::{IndicatorIx, Key, Level, MeasureIx, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::view::View;

/// The statistics of a unit in one period, by service.
pub(crate) type Groups = BTreeMap<ServiceIx, Vec<Stat>>;

/// The statistics of a unit as a whole that pages follow back over its first day.
fn before(view: &View<'_>, unit: UnitIx) -> Vec<Stat> {
    let mut list = view.headline();
    list.extend(view.analysis.ranked_indicators().map(Stat::Indicator));
    list.extend(view.analysis.stats_of(unit));
    let catalog = view.analysis.catalog;
    for i in list.clone() {
        let Stat::Indicator(i) = i else { continue };
        let d = catalog.indicator(i);
        let parts = d.numerator.iter().chain(&d.denominator);
        list.extend(parts.map(|m| Stat::Measure(*m)));
    }
    list.sort_unstable();
    list.dedup();
    list
}

/// The statistics of a unit by period and service, the unit as a whole first: what tables give, what was summed, what
/// the units before had, and the ratios that can be made of all that.
pub(crate) fn groups(view: &View<'_>, unit: UnitIx) -> BTreeMap<PeriodIx, Groups> {
    let analysis = view.analysis;
    let mut out: BTreeMap<PeriodIx, Groups> = BTreeMap::new();
    let followed = before(view, unit);
    for period in analysis.period_indices() {
        if !analysis.is_before(unit, period) {
            continue;
        }
        let whole = ServiceIx::WHOLE;
        let observed = |s: &&Stat| analysis.observe(**s, unit, whole, period).state;
        let list = followed.iter().filter(|s| observed(s) != State::Absent);
        let list: Vec<Stat> = list.copied().collect();
        if !list.is_empty() {
            out.entry(period).or_default().insert(whole, list);
        }
    }
    let mut add = |key: Key, stat: Stat| {
        let of_period = out.entry(key.period()).or_default();
        of_period.entry(key.service()).or_default().push(stat);
        if Some(key.service()) == analysis.all_services() {
            let whole = of_period.entry(ServiceIx::WHOLE).or_default();
            whole.push(stat);
        }
    };
    let facts = &analysis.facts().keys()[analysis.facts().of_unit(unit)];
    let sums = analysis.derived.measure_keys_of(unit);
    for key in facts.iter().copied().chain(sums) {
        add(key, Stat::Measure(MeasureIx(key.stat())));
    }
    for key in analysis.derived.ratio_keys_of(unit) {
        add(key, Stat::Indicator(IndicatorIx(key.stat())));
    }
    for claim in analysis.claims().of_unit(unit) {
        add(claim.key, Stat::Indicator(claim.indicator()));
    }
    for stats in out.values_mut().flat_map(BTreeMap::values_mut) {
        add_ratios(view, stats);
    }
    out
}

/// Adds the ratios of which all parts are there.
fn add_ratios(view: &View<'_>, stats: &mut Vec<Stat>) {
    let catalog = view.analysis.catalog;
    stats.sort_unstable();
    stats.dedup();
    let has = |m: &MeasureIx| stats.binary_search(&Stat::Measure(*m)).is_ok();
    let ratios = catalog.indicator_indices().filter(|i| {
        let d = catalog.indicator(*i);
        d.has_base() && d.numerator.iter().chain(&d.denominator).all(has)
    });
    let ratios: Vec<Stat> = ratios.map(Stat::Indicator).collect();
    stats.extend(ratios);
    stats.sort_unstable();
    stats.dedup();
}

/// The figures of the blocks of a unit that have no page of their own.
pub(super) fn blocks(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<(UnitIx, Groups)> {
    let units = &view.analysis.catalog.units;
    let own = units.indices().filter(|b| {
        let block = units.get(*b);
        block.level == Level::Block && block.parent == Some(unit) && !view.has_unit_page(*b)
    });
    own.filter_map(|b| Some((b, groups(view, b).remove(&period)?)))
        .collect()
}

/// Whether pages show single services of a unit in an older period.
pub(super) fn is_told_by_service(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> bool {
    let mut reports = view.analysis.periods.reports.iter();
    reports.any(|r| r.unit == unit && r.period == period)
        || !view.analysis.catalog.units.children(unit).is_empty()
}
