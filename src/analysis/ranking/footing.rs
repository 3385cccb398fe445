//! What a figure rests on: over which days, of which services, of whom. Only figures of one footing are ranked.

use std::collections::BTreeMap;

use crate::analysis::{Analysis, Basis, Observation};
use crate::model::{
    FactIx, IndicatorIx, MeasureIx, Origin, PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx,
};
use crate::text::date::Date;
use crate::text::normal::fold;

/// First and last day that figures speak of.
pub type Window = (Date, Date);

/// What the figure of one unit rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Footing {
    /// The windows of the figures behind it, sorted, each once.
    pub windows: Vec<Window>,
    /// What it is a ratio of.
    pub base: Base,
}

/// What a ratio is of, where units may differ in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Base {
    /// For a sum over services: which; empty for the unit as a whole.
    pub services: Vec<ServiceIx>,
    /// What the report says it counts, folded, where that is not what the catalogue says.
    pub of_whom: String,
}

impl Analysis<'_> {
    /// What the figure of a unit rests on.
    pub fn footing(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
        o: &Observation,
    ) -> Footing {
        let mut footing = Footing::default();
        match o.basis {
            Basis::Services => self.over_services(indicator, unit, period, &mut footing),
            Basis::Stated => {
                if let Some(claim) = o.claim.map(|at| &self.claims().list[at]) {
                    let window =
                        self.window(claim.origin, claim.extra.start, claim.extra.end, period);
                    footing.windows.push(window);
                }
            }
            _ => {
                for (measure, fact) in self.cells(indicator, unit, service, period) {
                    self.add(measure, fact, period, &mut footing);
                }
            }
        }
        if footing.windows.is_empty() {
            // A sum over the units below: those are figures of the period.
            let p = self.period(period);
            footing.windows.push((p.start, p.end));
        }
        footing.windows.sort_unstable();
        footing.windows.dedup();
        footing
    }

    /// What the figure of a measure rests on: the days of its cell; for a sum those of the period.
    pub fn footing_of_measure(
        &self,
        measure: MeasureIx,
        period: PeriodIx,
        o: &Observation,
    ) -> Footing {
        let mut footing = Footing::default();
        if let Some(fact) = o.fact {
            self.add(measure, fact, period, &mut footing);
        } else {
            let p = self.period(period);
            footing.windows.push((p.start, p.end));
        }
        footing
    }

    /// The cells that a ratio is computed from: those of its numerator, then those of its denominator.
    pub fn cells(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Vec<(MeasureIx, FactIx)> {
        let definition = self.catalog.indicator(indicator);
        definition
            .numerator
            .iter()
            .chain(&definition.denominator)
            .filter_map(|m| {
                let o = self.observe(Stat::Measure(*m), unit, service, period);
                Some((*m, o.fact?))
            })
            .collect()
    }

    /// Every service of which the unit gives all parts of the ratio.
    fn over_services(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        period: PeriodIx,
        footing: &mut Footing,
    ) {
        let definition = self.catalog.indicator(indicator);
        let parts = definition.numerator.len() + definition.denominator.len();
        let services = &self.catalog.services;
        for service in services.indices() {
            if services.get(service).kind != ServiceKind::Service {
                continue;
            }
            let cells = self.cells(indicator, unit, service, period);
            let is_sound =
                |f: &FactIx| self.facts().value(*f).is_some() && !self.facts().is_doubtful(*f);
            if cells.len() == parts && cells.iter().all(|(_, f)| is_sound(f)) {
                footing.base.services.push(service);
                for (measure, fact) in cells {
                    self.add(measure, fact, period, footing);
                }
            }
        }
    }

    fn add(&self, measure: MeasureIx, fact: FactIx, period: PeriodIx, footing: &mut Footing) {
        let extra = self.facts().extra(fact);
        let (start, end) = extra.map_or((None, None), |e| (e.start, e.end));
        let window = self.window(self.facts().origin(fact), start, end, period);
        footing.windows.push(window);
        let said = extra
            .and_then(|e| e.unit_of_measure.as_deref())
            .map(fold)
            .filter(|u| *u != fold(&self.catalog.measure(measure).unit));
        if let Some(said) = said {
            footing.base.of_whom = said;
        }
    }

    /// The window of a figure: its own days, else those of its report, else those of the period.
    fn window(
        &self,
        origin: Origin,
        start: Option<Date>,
        end: Option<Date>,
        period: PeriodIx,
    ) -> Window {
        let p = self.period(period);
        let file = self.ingested.files.get(usize::from(origin.file));
        let report = file.map(|f| &self.periods.reports[f.report.at()]);
        // A table may hold several periods; the days of the report are those of its own.
        let report = report.filter(|r| r.period == period);
        let own = report.map_or((p.start, p.end), |r| (r.start, r.cutoff.unwrap_or(r.end)));
        (start.unwrap_or(own.0), end.unwrap_or(own.1))
    }
}

/// What more than half of `keys` are; `None` where nothing is.
pub(super) fn majority<K: Ord + Clone>(keys: &[K]) -> Option<K> {
    let mut counts: BTreeMap<&K, usize> = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
        .into_iter()
        .find(|(_, n)| n * 2 > keys.len())
        .map(|(key, _)| key.clone())
}

#[cfg(test)]
mod tests {
    use super::majority;

    #[test]
    fn a_majority_is_more_than_half() {
        assert_eq!(majority(&[1, 1, 2]), Some(1));
        assert_eq!(majority(&[1, 1, 2, 2]), None);
        assert_eq!(majority(&[3]), Some(3));
        assert_eq!(majority::<u8>(&[]), None);
    }
}
