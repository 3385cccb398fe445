//! Facts and sums as cells, and every equation between them that a reader of the site knows.

use std::collections::BTreeMap;

use super::equations::Equations;
use crate::analysis::standing::Standing;
use crate::analysis::{Analysis, Basis, Portion};
use crate::decimal::Decimal;
use crate::model::{
    FactIx, IndicatorKind, Key, Level, MeasureIx, Nature, PeriodIx, ServiceIx, ServiceKind, Stat,
    UnitIx,
};

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// The statement of a fact that counts.
    Fact(FactIx),
    /// The sum of a measure that no document states.
    Sum(Key),
    /// The numerator of a ratio summed over services or units.
    Numerator(Key),
    /// Its denominator.
    Denominator(Key),
}

/// Every cell with its value, and the equations between them.
#[derive(Default)]
pub(super) struct System {
    pub(super) slots: Vec<Slot>,
    pub(super) values: Vec<Decimal>,
    pub(super) equations: Equations,
}

/// Makes the system of a site.
pub(super) fn system(analysis: &Analysis<'_>) -> System {
    let mut builder = Builder::new(analysis);
    for unit in analysis.catalog.units.indices() {
        builder.within_rows(unit);
        builder.over_services(unit);
        builder.over_units(unit);
        builder.over_predecessors(unit);
        builder.over_time(unit);
    }
    builder.system
}

/// The parts of sums, by the slot of the sum.
type Parts = BTreeMap<Slot, Vec<u32>>;

/// The parts of sums over units, only of those of the highest standing.
#[derive(Default)]
struct Standings {
    parts: Parts,
    of: BTreeMap<Slot, Standing>,
}

impl Standings {
    fn add(&mut self, slot: Slot, standing: Standing, cells: &[u32]) {
        let highest = self.of.entry(slot).or_insert(standing);
        let parts = self.parts.entry(slot).or_default();
        if *highest < standing {
            *highest = standing;
            parts.clear();
        }
        if *highest == standing {
            parts.extend(cells);
        }
    }
}

struct Builder<'a> {
    analysis: &'a Analysis<'a>,
    system: System,
    /// The cell of each fact; none for statements that do not count.
    facts: Vec<u32>,
    /// The cells of sums, sorted by slot.
    sums: Vec<(Slot, u32)>,
    /// Ratios that have a base.
    ratios: Vec<u16>,
    /// Periods that other periods make up.
    spans: Vec<(PeriodIx, Vec<PeriodIx>)>,
}

const NONE: u32 = u32::MAX;

/// A row of one unit: its key without measure, and its facts.
type Row = (Key, Vec<(MeasureIx, FactIx)>);

impl<'a> Builder<'a> {
    fn new(analysis: &'a Analysis<'a>) -> Self {
        let facts = analysis.facts();
        let mut b = Self {
            analysis,
            system: System::default(),
            facts: vec![NONE; facts.len()],
            sums: Vec::new(),
            ratios: analysis
                .catalog
                .indicator_indices()
                .filter(|i| {
                    let d = analysis.catalog.indicator(*i);
                    d.kind == IndicatorKind::Ratio && d.has_base()
                })
                .map(|i| i.0)
                .collect(),
            spans: spans(analysis),
        };
        for ix in facts.indices() {
            let counts = facts.get(facts.key(ix)) == Some(ix);
            if let (true, Some(value)) = (counts, facts.value(ix)) {
                b.facts[ix.at()] = b.cell(Slot::Fact(ix), value);
            }
        }
        for unit in analysis.catalog.units.indices() {
            let (measures, ratios) = analysis.derived.sums_of(unit);
            for (key, sum) in measures {
                b.sum(Slot::Sum(*key), sum.numerator);
            }
            for (key, sum) in ratios {
                b.sum(Slot::Numerator(*key), sum.numerator);
                b.sum(Slot::Denominator(*key), sum.denominator);
            }
        }
        b.sums.sort_unstable();
        b
    }

    fn cell(&mut self, slot: Slot, value: Decimal) -> u32 {
        self.system.slots.push(slot);
        self.system.values.push(value);
        crate::diagnostic::to_u32(self.system.slots.len() - 1)
    }

    fn sum(&mut self, slot: Slot, value: Decimal) {
        let cell = self.cell(slot, value);
        self.sums.push((slot, cell));
    }

    fn find(&self, slot: Slot) -> Option<u32> {
        let at = self.sums.binary_search_by_key(&slot, |(s, _)| *s).ok()?;
        Some(self.sums[at].1)
    }

    /// The cell of a stated figure.
    fn stated(&self, key: Key) -> Option<u32> {
        let cell = self.facts[self.analysis.facts().get(key)?.at()];
        (cell != NONE).then_some(cell)
    }

    /// A stated figure, else the sum that stands for it.
    fn shown(&self, key: Key) -> Option<u32> {
        self.stated(key).or_else(|| self.find(Slot::Sum(key)))
    }

    /// Adds an equation if it holds: what does not add up tells nobody anything.
    fn add(&mut self, whole: u32, parts: &[u32]) {
        let values = &self.system.values;
        let sum = parts
            .iter()
            .try_fold(Decimal::ZERO, |sum, p| sum.checked_add(values[*p as usize]));
        if !parts.is_empty() && sum == Some(values[whole as usize]) {
            self.system.equations.push(whole, parts.iter().copied());
        }
    }

    /// The rows of a unit in order, with the figures that count.
    fn rows(&self, unit: UnitIx) -> Vec<Row> {
        let facts = self.analysis.facts();
        let mut rows: Vec<Row> = Vec::new();
        for ix in facts.of_unit(unit).map(FactIx::from_at) {
            if self.facts[ix.at()] == NONE {
                continue;
            }
            let key = facts.key(ix);
            let measure = MeasureIx(key.stat());
            match rows.last_mut() {
                Some((row, list)) if row.row() == key.row() => list.push((measure, ix)),
                _ => rows.push((key, vec![(measure, ix)])),
            }
        }
        rows
    }

    /// A measure and its parts in one row.
    fn within_rows(&mut self, unit: UnitIx) {
        for (_, list) in self.rows(unit) {
            let cell = |m: &MeasureIx| {
                let (_, ix) = list.iter().find(|(own, _)| own == m)?;
                Some(self.facts[ix.at()])
            };
            let mut found = Vec::new();
            for (measure, ix) in &list {
                for parts in &self.analysis.catalog.measure(*measure).parts {
                    let parts: Option<Vec<u32>> = parts.iter().map(cell).collect();
                    found.extend(parts.map(|p| (self.facts[ix.at()], p)));
                }
            }
            for (whole, parts) in found {
                self.add(whole, &parts);
            }
        }
    }

    /// What a row brings to sums over services or units: figures, and both sides of each ratio that it has whole.
    fn contributions(
        &self,
        unit: UnitIx,
        list: &[(MeasureIx, FactIx)],
        to: &dyn Fn(u16) -> Key,
        parts: &mut Parts,
    ) {
        debug_assert!(
            list.iter()
                .all(|(_, ix)| self.analysis.facts().key(*ix).unit() == unit)
        );
        let facts = self.analysis.facts();
        let sound = |m: &MeasureIx| {
            let (_, ix) = list.iter().find(|(own, _)| own == m)?;
            (!facts.is_doubtful(*ix)).then_some(self.facts[ix.at()])
        };
        for (measure, _) in list {
            if let Some(cell) = sound(measure) {
                let slot = Slot::Sum(to(measure.0));
                parts.entry(slot).or_default().push(cell);
            }
        }
        for ratio in &self.ratios {
            let d = self
                .analysis
                .catalog
                .indicator(crate::model::IndicatorIx(*ratio));
            let side =
                |measures: &[MeasureIx]| measures.iter().map(sound).collect::<Option<Vec<u32>>>();
            if let (Some(n), Some(d)) = (side(&d.numerator), side(&d.denominator)) {
                parts
                    .entry(Slot::Numerator(to(*ratio)))
                    .or_default()
                    .extend(n);
                parts
                    .entry(Slot::Denominator(to(*ratio)))
                    .or_default()
                    .extend(d);
            }
        }
    }

    /// Sums over the services of a unit, stated or made; groups and their members.
    fn over_services(&mut self, unit: UnitIx) {
        let mut parts = Parts::new();
        let rows = self.rows(unit);
        let catalog = self.analysis.catalog;
        for (row, list) in &rows {
            if row.service() != ServiceIx::WHOLE
                && catalog.services.get(row.service()).kind == ServiceKind::Service
            {
                let to = |stat| Key::new(unit, ServiceIx::WHOLE, row.period(), stat);
                self.contributions(unit, list, &to, &mut parts);
            }
        }
        self.close(parts, Basis::Services);
        let all = self.analysis.all_services();
        for (row, list) in &rows {
            let members = &catalog.services.get(row.service()).members;
            for (measure, ix) in list {
                let at = |service| Key::new(unit, service, row.period(), measure.0);
                let own = self.facts[ix.at()];
                let cells: Vec<u32> = members.iter().filter_map(|s| self.stated(at(*s))).collect();
                self.add(own, &cells);
                if Some(row.service()) == all
                    && let Some(whole) = self.stated(at(ServiceIx::WHOLE))
                {
                    self.add(whole, &[own]);
                }
            }
        }
    }

    /// Sums over the units below, or over the members of a block, stated or made.
    fn over_units(&mut self, unit: UnitIx) {
        let catalog = self.analysis.catalog;
        let u = catalog.units.get(unit);
        let members: &[UnitIx] = if u.level == Level::Block {
            &u.members
        } else {
            catalog.units.children(unit)
        };
        let mut parts = Standings::default();
        for member in members {
            let m = catalog.units.get(*member);
            let standing = |p: PeriodIx| Standing::of(m, self.analysis.period(p).end);
            for (row, list) in self.rows(*member) {
                let service = if Some(row.service()) == self.analysis.all_services() {
                    ServiceIx::WHOLE
                } else {
                    row.service()
                };
                let to = |stat| Key::new(unit, service, row.period(), stat);
                let mut own = Parts::new();
                self.contributions(*member, &list, &to, &mut own);
                let standing = standing(row.period());
                for (slot, cells) in own {
                    parts.add(slot, standing, &cells);
                }
            }
            let up = |key: &Key| Key::new(unit, key.service(), key.period(), key.stat());
            let (measures, ratios) = self.analysis.derived.sums_of(*member);
            let below = measures
                .iter()
                .map(|(k, _)| (k.period(), Slot::Sum(*k), Slot::Sum(up(k))));
            let sides = ratios.iter().flat_map(|(k, _)| {
                [
                    (k.period(), Slot::Numerator(*k), Slot::Numerator(up(k))),
                    (k.period(), Slot::Denominator(*k), Slot::Denominator(up(k))),
                ]
            });
            for (period, own, above) in below.chain(sides) {
                if let Some(cell) = self.find(own) {
                    parts.add(above, standing(period), &[cell]);
                }
            }
        }
        self.close(parts.parts, Basis::Units);
    }

    /// A figure stated for a unit in a period before its first day, and what the units had that it was made of.
    fn over_predecessors(&mut self, unit: UnitIx) {
        if self
            .analysis
            .catalog
            .units
            .changes
            .arrivals(unit)
            .next()
            .is_none()
        {
            return;
        }
        for (row, list) in self.rows(unit) {
            for (measure, ix) in list {
                let stat = Stat::Measure(measure);
                let before = self
                    .analysis
                    .predecessors(stat, unit, row.service(), row.period());
                let parts = before.iter().map(|p| {
                    let key = Key::new(p.part.unit, row.service(), row.period(), measure.0);
                    self.shown(key).filter(|_| p.part.portion == Portion::Whole)
                });
                if let Some(parts) = parts.collect::<Option<Vec<u32>>>() {
                    self.add(self.facts[ix.at()], &parts);
                }
            }
        }
    }

    /// Adds an equation for each sum, or for the stated figure in its place.
    fn close(&mut self, parts: Parts, basis: Basis) {
        for (slot, cells) in parts {
            let derived = &self.analysis.derived;
            let own = match slot {
                Slot::Sum(key) => derived.part_of_measure(key),
                Slot::Numerator(key) | Slot::Denominator(key) => derived.part_of_ratio(key),
                Slot::Fact(_) => None,
            };
            let whole = match (own, slot) {
                (Some(sum), _) if sum.basis == basis => self.find(slot),
                (_, Slot::Sum(key)) => self.shown(key),
                _ => None,
            };
            if let Some(whole) = whole {
                self.add(whole, &cells);
            }
        }
    }

    /// A quarter and its months, a year and its quarters: what happens in a period adds up.
    fn over_time(&mut self, unit: UnitIx) {
        if self.spans.is_empty() {
            return;
        }
        let spans = self.spans.clone();
        let mut keys: Vec<Key> = self
            .rows(unit)
            .iter()
            .flat_map(|(_, l)| l.iter().map(|(_, ix)| self.analysis.facts().key(*ix)))
            .collect();
        keys.extend(
            self.analysis
                .derived
                .sums_of(unit)
                .0
                .iter()
                .map(|(k, _)| *k),
        );
        for key in keys {
            let measure = self.analysis.catalog.measure(MeasureIx(key.stat()));
            if measure.nature != Nature::Flow {
                continue;
            }
            for (_, months) in spans.iter().filter(|(p, _)| *p == key.period()) {
                let at = |p: &PeriodIx| self.shown(Key::new(unit, key.service(), *p, key.stat()));
                let cells: Option<Vec<u32>> = months.iter().map(at).collect();
                if let (Some(whole), Some(cells)) = (self.shown(key), cells) {
                    self.add(whole, &cells);
                }
            }
        }
    }
}

/// For each period those of one shorter cadence that fill it without gap.
fn spans(analysis: &Analysis<'_>) -> Vec<(PeriodIx, Vec<PeriodIx>)> {
    let mut out = Vec::new();
    for whole in analysis.period_indices() {
        let w = analysis.period(whole);
        let mut by_cadence: BTreeMap<&str, Vec<PeriodIx>> = BTreeMap::new();
        for part in analysis.period_indices().filter(|p| *p != whole) {
            let p = analysis.period(part);
            if p.cadence != w.cadence && w.start <= p.start && p.end <= w.end {
                by_cadence.entry(&p.cadence).or_default().push(part);
            }
        }
        for (_, mut parts) in by_cadence {
            parts.sort_by_key(|p| analysis.period(*p).start);
            let mut next = Some(w.start);
            for p in &parts {
                let p = analysis.period(*p);
                next = if next == Some(p.start) {
                    p.end.add_days(1)
                } else {
                    None
                };
            }
            if parts.len() > 1 && next.is_some() && next == w.end.add_days(1) {
                out.push((whole, parts));
            }
        }
    }
    out
}
