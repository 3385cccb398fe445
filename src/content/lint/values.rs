//! All published figures of a unit in a period, by their value.

use std::collections::HashMap;

use crate::analysis::{Analysis, State};
use crate::content::Subject;
use crate::decimal::Decimal;
use crate::model::{FactIx, IndicatorKind, MeasureType, PeriodIx, ServiceIx, Stat, UnitIx};

/// The figures of one unit and period: value and whether it is a share → what it is.
pub(super) type Values = HashMap<(i64, u8, bool), Vec<(Stat, Subject)>>;

/// The key of a value.
pub(super) fn key(value: Decimal, is_share: bool) -> (i64, u8, bool) {
    let value = value.normalized();
    (value.mantissa(), value.scale(), is_share)
}

/// Gathers what is reported, stated and computed of a unit in a period.
pub(super) fn of(analysis: &Analysis<'_>, unit: UnitIx, period: PeriodIx) -> Values {
    let mut values = Values::new();
    let mut services = vec![ServiceIx::WHOLE];
    let facts = analysis.facts();
    let mut stats: Vec<(Stat, ServiceIx)> = Vec::new();
    for at in facts
        .of_unit(unit)
        .filter(|at| facts.keys()[*at].period() == period)
    {
        let service = facts.keys()[at].service();
        stats.push((Stat::Measure(facts.measure(FactIx::from_at(at))), service));
        services.push(service);
    }
    for claim in analysis
        .claims()
        .of_unit(unit)
        .iter()
        .filter(|c| c.key.period() == period)
    {
        stats.push((Stat::Indicator(claim.indicator()), claim.key.service()));
    }
    for key in analysis
        .derived
        .measure_keys_of(unit)
        .filter(|k| k.period() == period)
    {
        let measure = crate::model::MeasureIx::from_at(usize::from(key.stat()));
        stats.push((Stat::Measure(measure), key.service()));
        services.push(key.service());
    }
    services.sort_unstable();
    services.dedup();
    for indicator in analysis.catalog.indicator_indices() {
        let definition = analysis.catalog.indicator(indicator);
        if definition.kind == IndicatorKind::Ratio && definition.has_base() {
            stats.extend(services.iter().map(|s| (Stat::Indicator(indicator), *s)));
        }
    }
    for (stat, service) in stats {
        let subject = Subject {
            unit,
            service,
            period,
        };
        let is_count = match stat {
            Stat::Measure(m) => !matches!(
                analysis.catalog.measure(m).kind,
                MeasureType::YesNo | MeasureType::Level
            ),
            Stat::Indicator(_) => true,
        };
        let observed = analysis.observe(stat, unit, service, period);
        if let (Some(value), State::Value | State::Doubtful, true) =
            (observed.value, observed.state, is_count)
        {
            let key = key(value, is_share(analysis, stat));
            let same = values.entry(key).or_default();
            if !same.contains(&(stat, subject)) {
                same.push((stat, subject));
            }
        }
    }
    values
}

/// Whether a statistic is written with a per-cent sign.
pub(super) fn is_share(analysis: &Analysis<'_>, stat: Stat) -> bool {
    matches!(stat, Stat::Indicator(i) if analysis.catalog.indicator(i).unit == "%")
}
