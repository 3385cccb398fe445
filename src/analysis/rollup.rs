//! Sums that no document states: over the reported services of a unit, and over the units below it.
//!
//! A ratio is rolled up as sum over sum of the rows that report both of its sides, never as a mean of ratios.
//! Figures that a contradiction touches are left out; how many were counted goes with the sum.

use std::collections::HashMap;

use rayon::prelude::*;

use super::Basis;
use crate::catalog::Catalog;
use crate::decimal::Decimal;
use crate::model::{
    FactIx, Facts, IndicatorIx, IndicatorKind, Key, Kind, Level, MeasureIx, PeriodIx, ServiceIx,
    ServiceKind, UnitIx,
};

/// A sum with what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sum {
    /// The sum, or the sum of the numerators.
    pub numerator: Decimal,
    /// The sum of the denominators.
    pub denominator: Decimal,
    /// How many services or units were added.
    pub counted: u32,
    /// Over what it was taken.
    pub basis: Basis,
}

/// All derived sums, sorted by key.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    measures: Vec<(Key, Sum)>,
    ratios: Vec<(Key, Sum)>,
}

impl Derived {
    /// The sum of a measure.
    pub fn measure(&self, key: Key) -> Option<Sum> {
        find(&self.measures, key)
    }

    /// The sums of a ratio.
    pub fn ratio(&self, key: Key) -> Option<Sum> {
        find(&self.ratios, key)
    }

    /// The keys of all sums of a unit.
    pub fn keys_of(&self, unit: UnitIx) -> impl Iterator<Item = Key> {
        of_unit(&self.measures, unit)
            .iter()
            .chain(of_unit(&self.ratios, unit))
            .map(|(k, _)| *k)
    }
}

fn find(list: &[(Key, Sum)], key: Key) -> Option<Sum> {
    list.binary_search_by_key(&key, |(k, _)| *k)
        .ok()
        .map(|i| list[i].1)
}

fn of_unit(list: &[(Key, Sum)], unit: UnitIx) -> &[(Key, Sum)] {
    let start = list.partition_point(|(k, _)| k.unit() < unit);
    let end = start + list[start..].partition_point(|(k, _)| k.unit() == unit);
    &list[start..end]
}

/// A figure that can be added to a sum above it.
#[derive(Clone, Copy)]
enum Item {
    Measure(MeasureIx),
    Ratio(IndicatorIx),
}

/// What one unit brings to the sums of the unit above.
struct Contribution {
    service: ServiceIx,
    period: PeriodIx,
    item: Item,
    numerator: Decimal,
    denominator: Decimal,
}

type Sums = HashMap<Key, Sum>;

#[derive(Default)]
struct Books {
    measures: Sums,
    ratios: Sums,
}

struct Deriver<'a> {
    catalog: &'a Catalog,
    facts: &'a Facts,
    all_services: Option<ServiceIx>,
    ratios: Vec<IndicatorIx>,
}

/// Makes all sums, from the lowest units up.
pub fn derive(catalog: &Catalog, facts: &Facts, all_services: Option<ServiceIx>) -> Derived {
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
        all_services,
        ratios,
    };
    let mut derived = Derived::default();
    let units: Vec<UnitIx> = catalog.units.indices().collect();
    let over_services: Vec<Books> = units.par_iter().map(|u| inputs.over_services(*u)).collect();
    derived.absorb(over_services);
    let depth = |u: UnitIx| catalog.units.ancestors(u).count();
    let deepest = units.iter().map(|u| depth(*u)).max().unwrap_or(0);
    for level in (1..=deepest).rev() {
        let parents: Vec<UnitIx> = units
            .iter()
            .copied()
            .filter(|u| depth(*u) == level && !inputs.members(*u).is_empty())
            .collect();
        let books: Vec<Books> = parents
            .par_iter()
            .map(|u| inputs.over_units(*u, &derived))
            .collect();
        derived.absorb(books);
    }
    derived
}

impl Derived {
    fn absorb(&mut self, books: Vec<Books>) {
        let mut added = false;
        for b in books {
            added |= !b.measures.is_empty() || !b.ratios.is_empty();
            self.measures.extend(b.measures);
            self.ratios.extend(b.ratios);
        }
        if added {
            self.measures.par_sort_unstable_by_key(|(k, _)| *k);
            self.ratios.par_sort_unstable_by_key(|(k, _)| *k);
        }
    }
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

    fn sound(&self, key: Key) -> Option<Decimal> {
        let ix = self.facts.get(key)?;
        if self.facts.is_doubtful(ix) {
            None
        } else {
            self.facts.value(ix)
        }
    }

    /// Whether a document speaks of the unit as a whole.
    fn is_stated(&self, unit: UnitIx, period: PeriodIx, measure: MeasureIx) -> bool {
        let at = |service| {
            self.facts
                .get(Key::new(unit, service, period, measure.0))
                .is_some()
        };
        at(ServiceIx::WHOLE) || self.all_services.is_some_and(at)
    }

    fn is_ratio_stated(&self, unit: UnitIx, period: PeriodIx, ratio: IndicatorIx) -> bool {
        let d = self.catalog.indicator(ratio);
        d.numerator
            .iter()
            .chain(&d.denominator)
            .all(|m| self.is_stated(unit, period, *m))
    }

    /// Sums over the services of a unit, where no document speaks of the unit as a whole.
    fn over_services(&self, unit: UnitIx) -> Books {
        let mut books = Books::default();
        let mut services: HashMap<PeriodIx, Vec<ServiceIx>> = HashMap::new();
        self.own_rows(unit, |c| {
            let is_one = self.catalog.services.get(c.service).kind == ServiceKind::Service;
            if c.service == ServiceIx::WHOLE || !is_one {
                return;
            }
            let seen = services.entry(c.period).or_default();
            if seen.last() != Some(&c.service) && !seen.contains(&c.service) {
                seen.push(c.service);
            }
            match c.item {
                Item::Measure(m) if !self.is_stated(unit, c.period, m) => {
                    let key = Key::new(unit, ServiceIx::WHOLE, c.period, m.0);
                    add(&mut books.measures, key, &c, Basis::Services);
                }
                Item::Ratio(r) if !self.is_ratio_stated(unit, c.period, r) => {
                    let key = Key::new(unit, ServiceIx::WHOLE, c.period, r.0);
                    add(&mut books.ratios, key, &c, Basis::Services);
                }
                _ => {}
            }
        });
        // What only few of the reported services have says nothing about the unit as a whole.
        let is_most = |key: &Key, sum: &Sum| {
            let all = services.get(&key.period()).map_or(0, Vec::len);
            sum.counted as usize * 2 >= all
        };
        books.measures.retain(|k, sum| is_most(k, sum));
        books.ratios.retain(|k, sum| is_most(k, sum));
        books
    }

    /// Sums over the units below, where the unit has no figure of its own.
    fn over_units(&self, unit: UnitIx, derived: &Derived) -> Books {
        let mut books = Books::default();
        for member in self.members(unit) {
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
            self.own_rows(*member, &mut take);
            for (key, sum) in of_unit(&derived.measures, *member) {
                take(Contribution {
                    service: key.service(),
                    period: key.period(),
                    item: Item::Measure(MeasureIx(key.stat())),
                    numerator: sum.numerator,
                    denominator: sum.denominator,
                });
            }
            for (key, sum) in of_unit(&derived.ratios, *member) {
                take(Contribution {
                    service: key.service(),
                    period: key.period(),
                    item: Item::Ratio(IndicatorIx(key.stat())),
                    numerator: sum.numerator,
                    denominator: sum.denominator,
                });
            }
        }
        // One unit of several is not a total of them.
        if self.members(unit).len() > 1 {
            books.measures.retain(|_, sum| sum.counted > 1);
            books.ratios.retain(|_, sum| sum.counted > 1);
        }
        books
    }

    /// Every sound figure and ratio that the documents give for a unit, row by row.
    fn own_rows(&self, unit: UnitIx, mut take: impl FnMut(Contribution)) {
        let range = self.facts.of_unit(unit);
        let mut at = range.start;
        while at < range.end {
            let key = self.facts.keys()[at];
            let mut end = at;
            while end < range.end && self.facts.keys()[end].row() == key.row() {
                end += 1;
            }
            // "All procedures" counts as the whole.
            let service = if Some(key.service()) == self.all_services {
                ServiceIx::WHOLE
            } else {
                key.service()
            };
            let mut last = None;
            for i in at..end {
                let ix = FactIx::from_at(i);
                let k = self.facts.keys()[i];
                if last == Some(k) || self.facts.kind(ix) != Kind::Value {
                    continue;
                }
                last = Some(k);
                if let Some(value) = self.sound(k) {
                    take(Contribution {
                        service,
                        period: k.period(),
                        item: Item::Measure(MeasureIx(k.stat())),
                        numerator: value,
                        denominator: Decimal::ZERO,
                    });
                }
            }
            for ratio in &self.ratios {
                let d = self.catalog.indicator(*ratio);
                let side = |measures: &[MeasureIx]| {
                    measures.iter().try_fold(Decimal::ZERO, |sum, m| {
                        let k = Key::new(unit, key.service(), key.period(), m.0);
                        self.facts.keys()[at..end].binary_search(&k).ok()?;
                        sum.checked_add(self.sound(k)?)
                    })
                };
                if let (Some(numerator), Some(denominator)) =
                    (side(&d.numerator), side(&d.denominator))
                {
                    let period = key.period();
                    take(Contribution {
                        service,
                        period,
                        item: Item::Ratio(*ratio),
                        numerator,
                        denominator,
                    });
                }
            }
            at = end;
        }
    }
}

fn add(sums: &mut Sums, key: Key, c: &Contribution, basis: Basis) {
    let zero = Sum {
        numerator: Decimal::ZERO,
        denominator: Decimal::ZERO,
        counted: 0,
        basis,
    };
    let sum = sums.entry(key).or_insert(zero);
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
}
