//! Sums that no document states: over the reported services of a unit, and over the units below it.
//!
//! A ratio is rolled up as sum over sum of the rows that report both of its sides, never as a mean of ratios.
//! Figures that a contradiction touches are left out; how many were counted goes with the sum.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;

use super::Basis;
use super::standing::Standing;
use crate::catalog::Catalog;
use crate::decimal::Decimal;
use crate::model::{
    FactIx, Facts, IndicatorIx, IndicatorKind, Key, Level, MeasureIx, Period, PeriodIx, ServiceIx,
    ServiceKind, UnitIx,
};

mod book;

use book::Book;

/// A sum with what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sum {
    /// The sum, or the sum of the numerators.
    pub numerator: Decimal,
    /// The sum of the denominators.
    pub denominator: Decimal,
    /// How many services or units were added.
    pub counted: u32,
    /// How many reported anything; a sum of fewer leaves some out. Known for sums over services, else as many.
    pub of: u32,
    /// Over what it was taken.
    pub basis: Basis,
    /// Whether it is not published; its figures are then zero.
    pub is_hidden: bool,
    /// Whether it is a figure of its unit. What one of several units has is none, but it counts in the sums above.
    pub is_total: bool,
    /// Which units it is of.
    standing: Standing,
}

/// Sums with their keys, sorted.
pub type Entries<'a> = &'a [(Key, Sum)];

/// All derived sums: those of each unit by themselves, sorted by key.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    units: Vec<Sums>,
}

/// The sums of one unit, sorted by key.
#[derive(Clone, Debug, Default)]
struct Sums {
    measures: Vec<(Key, Sum)>,
    ratios: Vec<(Key, Sum)>,
}

impl Derived {
    /// The sum of a measure.
    pub fn measure(&self, key: Key) -> Option<Sum> {
        self.part_of_measure(key).filter(|s| s.is_total)
    }

    /// The sums of a ratio.
    pub fn ratio(&self, key: Key) -> Option<Sum> {
        self.part_of_ratio(key).filter(|s| s.is_total)
    }

    /// The sum of a measure, even where it is only a part of the sums above.
    pub(super) fn part_of_measure(&self, key: Key) -> Option<Sum> {
        find(&self.units.get(key.unit().at())?.measures, key)
    }

    /// The sums of a ratio, even where they are only a part of those above.
    pub(super) fn part_of_ratio(&self, key: Key) -> Option<Sum> {
        find(&self.units.get(key.unit().at())?.ratios, key)
    }

    /// The keys of all sums of a unit.
    pub fn keys_of(&self, unit: UnitIx) -> impl Iterator<Item = Key> {
        self.units
            .get(unit.at())
            .into_iter()
            .flat_map(|sums| sums.measures.iter().chain(&sums.ratios))
            .filter(|(_, sum)| sum.is_total)
            .map(|(k, _)| *k)
    }

    /// The keys of the sums of measures of a unit, sorted.
    pub fn measure_keys_of(&self, unit: UnitIx) -> impl Iterator<Item = Key> {
        let sums = self.units.get(unit.at());
        sums.into_iter()
            .flat_map(|sums| &sums.measures)
            .filter(|(_, sum)| sum.is_total)
            .map(|(k, _)| *k)
    }

    /// The keys of the sums of ratios of a unit, sorted.
    pub fn ratio_keys_of(&self, unit: UnitIx) -> impl Iterator<Item = Key> {
        let sums = self.units.get(unit.at());
        sums.into_iter()
            .flat_map(|sums| &sums.ratios)
            .filter(|(_, sum)| sum.is_total)
            .map(|(k, _)| *k)
    }

    /// The sums of measures and of ratios of a unit, each sorted by key; those too that are only a part of the sums above.
    pub(super) fn sums_of(&self, unit: UnitIx) -> (Entries<'_>, Entries<'_>) {
        match self.units.get(unit.at()) {
            Some(sums) => (&sums.measures, &sums.ratios),
            None => (&[], &[]),
        }
    }

    /// Forgets the figures of some sums: of measures and of ratios.
    pub fn hide(&mut self, measures: &[Key], ratios: &[Key]) {
        let forget = |list: &mut Vec<(Key, Sum)>, key: Key| {
            if let Ok(at) = list.binary_search_by_key(&key, |(k, _)| *k) {
                let sum = &mut list[at].1;
                sum.numerator = Decimal::ZERO;
                sum.denominator = Decimal::ZERO;
                sum.is_hidden = true;
            }
        };
        for key in measures {
            if let Some(sums) = self.units.get_mut(key.unit().at()) {
                forget(&mut sums.measures, *key);
            }
        }
        for key in ratios {
            if let Some(sums) = self.units.get_mut(key.unit().at()) {
                forget(&mut sums.ratios, *key);
            }
        }
    }

    fn absorb(&mut self, unit: UnitIx, books: Books) {
        let sums = &mut self.units[unit.at()];
        let add = |list: &mut Vec<(Key, Sum)>, book: Book| {
            list.extend(book);
            list.sort_unstable_by_key(|(k, _)| *k);
            list.shrink_to_fit();
        };
        add(&mut sums.measures, books.measures);
        add(&mut sums.ratios, books.ratios);
    }
}

fn find(list: &[(Key, Sum)], key: Key) -> Option<Sum> {
    list.binary_search_by_key(&key, |(k, _)| *k)
        .ok()
        .map(|i| list[i].1)
}

/// A figure that can be added to a sum above it.
#[derive(Clone, Copy)]
enum Item {
    Measure(MeasureIx),
    Ratio(IndicatorIx),
}

/// What one unit brings to the sums of the unit above.
struct Contribution {
    standing: Standing,
    service: ServiceIx,
    period: PeriodIx,
    item: Item,
    numerator: Decimal,
    denominator: Decimal,
}

#[derive(Default)]
struct Books {
    measures: Book,
    ratios: Book,
}

struct Deriver<'a> {
    catalog: &'a Catalog,
    facts: &'a Facts,
    periods: &'a [Period],
    all_services: Option<ServiceIx>,
    ratios: Vec<IndicatorIx>,
}

/// Makes all sums, from the lowest units up.
pub fn derive(
    catalog: &Catalog,
    facts: &Facts,
    periods: &[Period],
    all_services: Option<ServiceIx>,
) -> Derived {
    let ratios = catalog
        .indicator_indices()
        .filter(|i| {
            let d = catalog.indicator(*i);
            d.kind == IndicatorKind::Ratio && d.has_base()
        })
        .collect();
    let inputs = Deriver {
        catalog,
        facts,
        periods,
        all_services,
        ratios,
    };
    let units: Vec<UnitIx> = catalog.units.indices().collect();
    let over_services: Vec<Books> = units.par_iter().map(|u| inputs.over_services(*u)).collect();
    let mut derived = Derived {
        units: vec![Sums::default(); units.len()],
    };
    for (unit, books) in units.iter().zip(over_services) {
        derived.absorb(*unit, books);
    }
    let depths: Vec<usize> = units
        .iter()
        .map(|u| catalog.units.ancestors(*u).count())
        .collect();
    let deepest = depths.iter().copied().max().unwrap_or(0);
    for level in (1..=deepest).rev() {
        let parents: Vec<UnitIx> = units
            .iter()
            .copied()
            .filter(|u| depths[u.at()] == level && !inputs.members(*u).is_empty())
            .collect();
        let books: Vec<Books> = parents
            .par_iter()
            .map(|u| inputs.over_units(*u, &derived))
            .collect();
        for (unit, books) in parents.iter().zip(books) {
            derived.absorb(*unit, books);
        }
    }
    derived
}

impl Deriver<'_> {
    /// The units whose figures add up to those of `unit`: members of a block, else the units below.
    fn members(&self, unit: UnitIx) -> &[UnitIx] {
        let u = self.catalog.units.get(unit);
        if u.level == Level::Block {
            &u.members
        } else {
            self.catalog.units.children(unit)
        }
    }

    /// The sound figure of one key, whose statements all stand at `range`.
    fn sound(&self, range: Range<usize>) -> Option<Decimal> {
        let ix = range
            .map(FactIx::from_at)
            .find(|ix| !self.facts.is_set_aside(*ix))?;
        if self.facts.is_doubtful(ix) {
            None
        } else {
            self.facts.value(ix)
        }
    }

    /// What documents say of the unit as a whole, in any period: keys without their service, sorted.
    fn stated(&self, unit: UnitIx) -> Vec<Key> {
        let keys_of = |service| &self.facts.keys()[self.facts.series(unit, service)];
        let mut list: Vec<Key> = std::iter::once(ServiceIx::WHOLE)
            .chain(self.all_services)
            .flat_map(keys_of)
            .filter(|k| self.facts.get(**k).is_some())
            .map(|k| Key::new(unit, ServiceIx::WHOLE, k.period(), k.stat()))
            .collect();
        list.sort_unstable();
        list
    }

    /// Sums over the services of a unit, where no document speaks of the unit as a whole.
    fn over_services(&self, unit: UnitIx) -> Books {
        let mut books = Books::default();
        let stated = self.stated(unit);
        let is_stated = |period, measure: MeasureIx| {
            let key = Key::new(unit, ServiceIx::WHOLE, period, measure.0);
            stated.binary_search(&key).is_ok()
        };
        let is_ratio_stated = |period, ratio| {
            let d = self.catalog.indicator(ratio);
            let mut both = d.numerator.iter().chain(&d.denominator);
            both.all(|m| is_stated(period, *m))
        };
        self.own_rows(unit, |c| {
            let is_one = self.catalog.services.get(c.service).kind == ServiceKind::Service;
            if c.service == ServiceIx::WHOLE || !is_one {
                return;
            }
            match c.item {
                Item::Measure(m) if !is_stated(c.period, m) => {
                    let key = Key::new(unit, ServiceIx::WHOLE, c.period, m.0);
                    add(&mut books.measures, key, &c, Basis::Services);
                }
                Item::Ratio(r) if !is_ratio_stated(c.period, r) => {
                    let key = Key::new(unit, ServiceIx::WHOLE, c.period, r.0);
                    add(&mut books.ratios, key, &c, Basis::Services);
                }
                _ => {}
            }
        });
        // What only few of the reported services have says nothing about the unit as a whole.
        let services = self.reported_services(unit);
        let is_most = |key: &Key, sum: &mut Sum| {
            let all = services.get(key.period().at()).copied().unwrap_or(0);
            sum.of = all.max(sum.counted);
            sum.counted * 2 >= all
        };
        books.measures.retain(|k, sum| is_most(k, sum));
        books.ratios.retain(|k, sum| is_most(k, sum));
        books
    }

    /// How many services a unit reports any figure of, by period; figures that a contradiction touches too.
    fn reported_services(&self, unit: UnitIx) -> Vec<u32> {
        let keys = self.facts.keys();
        let mut services = Vec::new();
        let mut counted = None;
        for at in self.facts.of_unit(unit) {
            let key = keys[at];
            let is_one = key.service() != ServiceIx::WHOLE
                && self.catalog.services.get(key.service()).kind == ServiceKind::Service;
            if counted == Some(key.row()) || !is_one {
                continue;
            }
            if self.facts.value(FactIx::from_at(at)).is_some() {
                counted = Some(key.row());
                let period = key.period().at();
                if services.len() <= period {
                    services.resize(period + 1, 0);
                }
                services[period] += 1;
            }
        }
        services
    }

    /// Sums over the units below, where the unit has no figure of its own.
    fn over_units(&self, unit: UnitIx, derived: &Derived) -> Books {
        let mut books = Books::default();
        for member in self.members(unit) {
            let own = self.catalog.units.get(*member);
            let standing = |period: PeriodIx| Standing::of(own, self.periods[period.at()].end);
            let mut take = |c: Contribution| match c.item {
                Item::Measure(m) => {
                    let key = Key::new(unit, c.service, c.period, m.0);
                    if self.facts.get(key).is_none() && derived.measure(key).is_none() {
                        add(&mut books.measures, key, &c, Basis::Units);
                    }
                }
                Item::Ratio(r) => {
                    let key = Key::new(unit, c.service, c.period, r.0);
                    let d = self.catalog.indicator(r);
                    let stated = d.numerator.iter().chain(&d.denominator).all(|m| {
                        self.facts
                            .get(Key::new(unit, c.service, c.period, m.0))
                            .is_some()
                    });
                    if !stated && derived.ratio(key).is_none() {
                        add(&mut books.ratios, key, &c, Basis::Units);
                    }
                }
            };
            self.own_rows(*member, |c| {
                take(Contribution {
                    standing: standing(c.period),
                    ..c
                });
            });
            let below = &derived.units[member.at()];
            for (key, sum) in &below.measures {
                take(Contribution {
                    standing: standing(key.period()),
                    service: key.service(),
                    period: key.period(),
                    item: Item::Measure(MeasureIx(key.stat())),
                    numerator: sum.numerator,
                    denominator: sum.denominator,
                });
            }
            for (key, sum) in &below.ratios {
                take(Contribution {
                    standing: standing(key.period()),
                    service: key.service(),
                    period: key.period(),
                    item: Item::Ratio(IndicatorIx(key.stat())),
                    numerator: sum.numerator,
                    denominator: sum.denominator,
                });
            }
        }
        self.mark_single(unit, &mut books);
        books
    }

    /// Marks what is no total: one unit of several of its standing.
    fn mark_single(&self, unit: UnitIx, books: &mut Books) {
        let members = self.members(unit);
        let several = |period: PeriodIx, standing: Standing| {
            let end = self.periods[period.at()].end;
            let peers = members
                .iter()
                .filter(|m| Standing::of(self.catalog.units.get(**m), end) == standing);
            peers.take(2).count() > 1
        };
        let mark = |key: &Key, sum: &mut Sum| {
            sum.is_total = sum.counted > 1 || !several(key.period(), sum.standing);
            true
        };
        books.measures.retain(|k, sum| mark(k, sum));
        books.ratios.retain(|k, sum| mark(k, sum));
    }

    /// Every sound figure and ratio that the documents give for a unit, row by row.
    fn own_rows(&self, unit: UnitIx, mut take: impl FnMut(Contribution)) {
        let keys = self.facts.keys();
        let range = self.facts.of_unit(unit);
        let mut figures: Vec<(u16, Decimal)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let row = keys[at];
            figures.clear();
            while at < range.end && keys[at].row() == row.row() {
                let statements = self.facts.statements_at(at..range.end, keys[at]);
                let next = statements.end;
                if let Some(value) = self.sound(statements) {
                    figures.push((keys[at].stat(), value));
                }
                at = next;
            }
            self.row(row, &figures, &mut take);
        }
    }

    /// The figures of one row, and the ratios of which the row has all parts.
    fn row(&self, key: Key, figures: &[(u16, Decimal)], take: &mut impl FnMut(Contribution)) {
        // "All procedures" counts as the whole.
        let service = if Some(key.service()) == self.all_services {
            ServiceIx::WHOLE
        } else {
            key.service()
        };
        let contribution = |item, numerator, denominator| Contribution {
            standing: Standing::Present,
            service,
            period: key.period(),
            item,
            numerator,
            denominator,
        };
        for (measure, value) in figures {
            // Distinct things, such as procedures in use, do not add up.
            if !self.catalog.measure(MeasureIx(*measure)).additive {
                continue;
            }
            let item = Item::Measure(MeasureIx(*measure));
            take(contribution(item, *value, Decimal::ZERO));
        }
        let side = |measures: &[MeasureIx]| {
            measures.iter().try_fold(Decimal::ZERO, |sum, m| {
                let at = figures.binary_search_by_key(&m.0, |(stat, _)| *stat).ok()?;
                sum.checked_add(figures[at].1)
            })
        };
        for ratio in &self.ratios {
            let d = self.catalog.indicator(*ratio);
            if let (Some(numerator), Some(denominator)) = (side(&d.numerator), side(&d.denominator))
            {
                take(contribution(Item::Ratio(*ratio), numerator, denominator));
            }
        }
    }
}

fn add(sums: &mut Book, key: Key, c: &Contribution, basis: Basis) {
    let zero = Sum {
        numerator: Decimal::ZERO,
        denominator: Decimal::ZERO,
        counted: 0,
        of: 0,
        basis,
        is_hidden: false,
        is_total: true,
        standing: c.standing,
    };
    let sum = sums.entry(key).or_insert(zero);
    match c.standing.cmp(&sum.standing) {
        Ordering::Less => return,
        Ordering::Equal => {}
        Ordering::Greater => *sum = zero,
    }
    // A sum too large for the number type stops growing; no real figure comes near.
    sum.numerator = sum
        .numerator
        .checked_add(c.numerator)
        .unwrap_or(sum.numerator);
    sum.denominator = sum
        .denominator
        .checked_add(c.denominator)
        .unwrap_or(sum.denominator);
    sum.counted += 1;
    sum.of += 1;
}
