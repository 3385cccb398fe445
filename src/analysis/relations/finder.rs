//! What every search for relations needs: the exact figure of a key, and a book of what was found.

use std::ops::Range;

use super::{Count, Outcome, Relation};
use crate::catalog::Catalog;
use crate::decimal::Decimal;
use crate::ingest::{Ingested, Periods};
use crate::model::{
    FactIx, Facts, IndicatorIx, IndicatorKind, Key, Level, MeasureIx, PeriodIx, ServiceIx,
    ServiceKind, Stat, UnitIx,
};

/// The sites' figures, and what of the catalogue makes some searches needless.
pub(super) struct Finder<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) periods: &'a Periods,
    pub(super) ingested: &'a Ingested,
    pub(super) facts: &'a Facts,
    pub(super) all_services: Option<ServiceIx>,
    /// Whether any service is a group of others, or a part of another.
    pub(super) has_groups: bool,
    /// Ratios that may not exceed 100 % and whose sides no other rule compares.
    pub(super) unbounded: Vec<IndicatorIx>,
    /// Pairs of periods that end on one day: a stock of the one is that of the other.
    pub(super) twins: Vec<(PeriodIx, PeriodIx)>,
    /// The blocks of each unit that has some, in the order of the catalogue.
    pub(super) blocks: Vec<(UnitIx, UnitIx)>,
}

/// What was found of one unit.
#[derive(Default)]
pub(super) struct Found {
    pub(super) list: Vec<Relation>,
    pub(super) counts: Vec<Count>,
}

impl Found {
    pub(super) fn count(&mut self, key: Key, outcome: Outcome) {
        let (period, unit) = (key.period().0, key.unit().0);
        let at = if let Some(at) = self.counts.iter().position(|c| c.period == period) {
            at
        } else {
            self.counts.push(Count {
                period,
                unit,
                ..Count::default()
            });
            self.counts.len() - 1
        };
        match outcome {
            Outcome::Differs => self.counts[at].differs += 1,
            Outcome::Agrees | Outcome::AgreesRounded => self.counts[at].agrees += 1,
            Outcome::NotComparable => {}
        }
    }

    pub(super) fn push(&mut self, relation: Relation) {
        self.count(relation.key, relation.outcome);
        self.list.push(relation);
    }
}

impl<'a> Finder<'a> {
    pub(super) fn new(catalog: &'a Catalog, periods: &'a Periods, ingested: &'a Ingested) -> Self {
        let services = &catalog.services;
        let mut blocks: Vec<(UnitIx, UnitIx)> = catalog
            .units
            .indices()
            .filter(|u| catalog.units.get(*u).level == Level::Block)
            .filter_map(|u| Some((catalog.units.get(u).parent?, u)))
            .collect();
        blocks.sort_unstable();
        Self {
            catalog,
            periods,
            ingested,
            facts: &ingested.facts,
            all_services: services
                .indices()
                .find(|s| services.get(*s).kind == ServiceKind::All),
            has_groups: services
                .list
                .iter()
                .any(|s| !s.members.is_empty() || s.part_of.is_some()),
            unbounded: unbounded(catalog),
            twins: twins(periods),
            blocks,
        }
    }

    /// Every relation of a unit.
    pub(super) fn of_unit(&self, unit: UnitIx) -> (Vec<Relation>, Vec<Count>) {
        let mut found = Found::default();
        self.same_keys(unit, &mut found);
        self.rows(unit, &mut found);
        self.groups(unit, &mut found);
        self.units_below(unit, &mut found);
        self.claims(unit, &mut found);
        self.means(unit, &mut found);
        found.counts.sort_by_key(|c| c.period);
        (found.list, found.counts)
    }

    /// The exact value of a key: stated once or settled, with no qualifier and no range.
    pub(super) fn exact(&self, key: Key) -> Option<(FactIx, Decimal)> {
        self.exact_of(self.facts.statements(key))
    }

    /// The exact value of a key whose statements all stand at `range`.
    pub(super) fn exact_of(&self, range: Range<usize>) -> Option<(FactIx, Decimal)> {
        let mut statements = range.map(FactIx::from_at);
        let ix = statements.find(|ix| !self.facts.is_set_aside(*ix))?;
        let value = self.plain(ix)?;
        // Two statements that differ count for nothing until one is chosen.
        let all_agree = statements
            .filter(|other| !self.facts.is_set_aside(*other))
            .all(|other| self.facts.value(other) == Some(value));
        all_agree.then_some((ix, value))
    }

    fn plain(&self, ix: FactIx) -> Option<Decimal> {
        let inexact = self
            .facts
            .extra(ix)
            .is_some_and(|e| e.qualifier.is_some() || e.max.is_some());
        if inexact { None } else { self.facts.value(ix) }
    }

    /// The sum of measures of one row, with its facts; for the unit as a whole also those of all procedures.
    pub(super) fn side(
        &self,
        measures: &[MeasureIx],
        (unit, service, period): (UnitIx, ServiceIx, PeriodIx),
    ) -> Option<(Decimal, Vec<FactIx>)> {
        if measures.is_empty() {
            return None;
        }
        let mut sum = Decimal::ZERO;
        let mut terms = Vec::new();
        for m in measures {
            let all = self.all_services.filter(|_| service == ServiceIx::WHOLE);
            let (ix, value) = self
                .exact(Key::new(unit, service, period, m.0))
                .or_else(|| self.exact(Key::new(unit, all?, period, m.0)))?;
            sum = sum.checked_add(value)?;
            terms.push(ix);
        }
        Some((sum, terms))
    }
}

/// The sum of values; `None` where it is too large.
pub(super) fn sum(values: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    values
        .into_iter()
        .try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// Ratios in per cent whose numerator is not declared as a part of the denominator.
fn unbounded(catalog: &Catalog) -> Vec<IndicatorIx> {
    let is_part = |part: MeasureIx, whole: MeasureIx| {
        let parts = &catalog.measure(whole).parts;
        part == whole
            || parts.iter().flatten().any(|p| *p == part)
            || catalog.measure(part).within.contains(&whole)
    };
    catalog
        .indicator_indices()
        .filter(|i| {
            let d = catalog.indicator(*i);
            let is_covered = matches!(
                (d.numerator.as_slice(), d.denominator.as_slice()),
                ([n], [d]) if is_part(*n, *d)
            );
            d.kind == IndicatorKind::Ratio
                && d.unit == "%"
                && d.has_base()
                && !d.may_exceed_100
                && !is_covered
        })
        .collect()
}

/// Each period beside the next few that end on the same day; more of them would say nothing new.
fn twins(periods: &Periods) -> Vec<(PeriodIx, PeriodIx)> {
    let list = &periods.list;
    // Periods stand in order of their last day.
    let beside = |i: usize| (i + 1..list.len()).take(TWINS);
    (0..list.len())
        .flat_map(|i| beside(i).map(move |j| (i, j)))
        .filter(|(i, j)| list[*i].end == list[*j].end)
        .map(|(i, j)| (PeriodIx::from_at(i), PeriodIx::from_at(j)))
        .collect()
}

/// A month, a quarter, a half-year and a year may end on one day.
const TWINS: usize = 4;

/// The statistic of a claim's key.
pub(super) fn indicator_of(key: Key) -> Stat {
    Stat::Indicator(IndicatorIx(key.stat()))
}
