//! Who has reported for a period.

use std::collections::HashMap;
use std::sync::Mutex;

use super::{Analysis, Basis, State};
use crate::config::{Cadence, Units};
use crate::ingest::Ingested;
use crate::model::{FactIx, Key, Kind, Level, MeasureIx, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::text::date::Date;

/// How many of the expected units reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Units with at least one figure in the period.
    pub reported: usize,
    /// Units that exist in the period and that any period has figures of, or that must report.
    pub expected: usize,
    /// Who is missing.
    pub missing: Vec<UnitIx>,
}

/// A figure whose sum is looked at.
struct Covered<'a> {
    stat: Stat,
    measures: &'a [MeasureIx],
    service: ServiceIx,
    period: PeriodIx,
    /// Who must report, sorted.
    declared: Vec<UnitIx>,
}

/// How many units of a sum are counted, of how many.
type Counted = (usize, usize);

/// How far down a tree of units is counted: it is at most as deep as its levels; a circle in the catalogue must end.
const MOST_LEVELS: usize = 8;

/// The coverage of sums that was asked for before: a sum of sums asks for each of its own again, and so do many pages.
#[derive(Debug, Default)]
pub(super) struct Coverages {
    measures: [Known; SHARDS],
    indicators: [Known; SHARDS],
}

type Known = Mutex<HashMap<Key, Counted>>;

/// Threads that ask for different units seldom wait for each other.
const SHARDS: usize = 16;

impl Coverages {
    fn of(&self, stat: Stat, unit: UnitIx, service: ServiceIx, period: PeriodIx) -> (&Known, Key) {
        let (known, stat) = match stat {
            Stat::Measure(m) => (&self.measures, m.0),
            Stat::Indicator(i) => (&self.indicators, i.0),
        };
        let shard = (unit.at() + usize::from(service.0)) % SHARDS;
        (&known[shard], Key::new(unit, service, period, stat))
    }
}

/// Which units have a figure of their own in which periods: one mark each.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    marks: Vec<bool>,
    periods: usize,
    /// Which measures each unit ever gives, sorted.
    measures: Vec<(UnitIx, MeasureIx)>,
}

impl Reporting {
    /// Marks units and periods in one pass over the figures. Zero and "no activity" are figures.
    pub fn new(ingested: &Ingested, units: usize, periods: usize) -> Self {
        let mut out = Self {
            marks: vec![false; units * periods],
            periods,
            measures: Vec::new(),
        };
        let facts = &ingested.facts;
        let mut last = None;
        let mut start = 0;
        for (i, key) in facts.keys().iter().enumerate() {
            // Facts of one row stand together, and most rows say something in their first.
            let row = (key.unit(), key.period());
            let kind = facts.kind(FactIx::from_at(i));
            if last != Some(row) && !matches!(kind, Kind::NotReported | Kind::Unreadable) {
                out.mark(row);
                last = Some(row);
            }
            if out
                .measures
                .get(start)
                .is_some_and(|(unit, _)| *unit != key.unit())
            {
                start = out.measures.len();
            }
            if kind != Kind::NotApplicable {
                out.give(start, (key.unit(), MeasureIx(key.stat())));
            }
        }
        let stated = ingested.claims.list.iter().filter(|c| c.value.is_some());
        stated.for_each(|c| out.mark((c.key.unit(), c.key.period())));
        out
    }

    fn mark(&mut self, (unit, period): (UnitIx, PeriodIx)) {
        if let Some(mark) = self.marks.get_mut(unit.at() * self.periods + period.at()) {
            *mark = true;
        }
    }

    fn has(&self, unit: UnitIx, period: PeriodIx) -> bool {
        let at = unit.at() * self.periods + period.at();
        self.marks.get(at).copied().unwrap_or(false)
    }

    /// Notes that a unit gives a measure; its own measures begin at `start`. A unit repeats the same few.
    fn give(&mut self, start: usize, pair: (UnitIx, MeasureIx)) {
        if let Err(at) = self.measures[start..].binary_search(&pair) {
            self.measures.insert(start + at, pair);
        }
    }

    pub(super) fn ever(&self, unit: UnitIx, measure: MeasureIx) -> bool {
        self.measures.binary_search(&(unit, measure)).is_ok()
    }
}

impl Analysis<'_> {
    /// Completeness of a period over `units`: those of them that exist in the period are expected.
    pub fn completeness(&self, period: PeriodIx, units: &[UnitIx]) -> Completeness {
        let end = self.period(period).end;
        let mut out = Completeness::default();
        for unit in units
            .iter()
            .filter(|u| self.catalog.units.get(**u).is_valid_on(end))
        {
            out.expected += 1;
            if self.has_reported(*unit, period) {
                out.reported += 1;
            } else {
                out.missing.push(*unit);
            }
        }
        out
    }

    /// The edition before in the same cadence, where somebody reported in both, with those who did.
    pub fn edition_before(&self, period: PeriodIx) -> Option<(PeriodIx, Vec<UnitIx>)> {
        let before = self.previous(period)?;
        let of = |p: PeriodIx| self.periods.reports.iter().filter(move |r| r.period == p);
        let mut both: Vec<UnitIx> = of(period)
            .map(|r| r.unit)
            .filter(|u| of(before).any(|r| r.unit == *u))
            .collect();
        both.sort_unstable();
        both.dedup();
        (!both.is_empty()).then_some((before, both))
    }

    /// Whether a unit's figures could be looked for in two editions: it belongs to one of those who reported in both, or
    /// stands beside one of them. Of all others two editions say nothing.
    pub fn is_looked_for(&self, unit: UnitIx, both: &[UnitIx]) -> bool {
        let units = &self.catalog.units;
        let parents: Vec<UnitIx> = both.iter().filter_map(|u| units.get(*u).parent).collect();
        units
            .ancestors(unit)
            .any(|a| both.contains(&a) || units.get(a).parent.is_some_and(|p| parents.contains(&p)))
    }

    /// Whether a unit has a figure of its own in a period (zero and "no activity" are figures).
    pub fn has_reported(&self, unit: UnitIx, period: PeriodIx) -> bool {
        self.reporting.has(unit, period)
    }

    /// How many of the units below a sum could count, and how many it does: `(132, 135)`.
    ///
    /// A sum of sums counts the units that report for themselves. A unit could be counted where it exists in the
    /// period, gives the figure in this or any other period or must report by its cadence, and does not say that the
    /// figure is not applicable.
    pub fn coverage(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> (usize, usize) {
        let (known, key) = self.coverages.of(stat, unit, service, period);
        if let Some(found) = known.lock().ok().and_then(|k| k.get(&key).copied()) {
            return found;
        }
        if self.is_before(unit, period)
            && self.observe_own(stat, unit, service, period).state == State::Absent
        {
            return self.coverage_before(stat, unit, service, period);
        }
        let p = self.period(period);
        let cadence = self.config.cadence(&p.cadence);
        let figure = Covered {
            stat,
            measures: match &stat {
                Stat::Measure(m) => std::slice::from_ref(m),
                Stat::Indicator(i) => &self.catalog.indicator(*i).numerator,
            },
            service,
            period,
            declared: cadence.map_or_else(Vec::new, |c| self.declared_units(c, p.end)),
        };
        let mut is_whole = true;
        self.covered(&figure, unit, 0, &mut is_whole)
    }

    /// Counts the units below one. `is_whole` becomes false where a circle was cut off.
    fn covered(
        &self,
        figure: &Covered<'_>,
        unit: UnitIx,
        depth: usize,
        is_whole: &mut bool,
    ) -> Counted {
        let u = self.catalog.units.get(unit);
        let members = if u.level == Level::Block {
            &u.members
        } else {
            self.catalog.units.children(unit)
        };
        if members.is_empty() {
            return (0, 0);
        }
        let (known, key) = self
            .coverages
            .of(figure.stat, unit, figure.service, figure.period);
        if let Some(found) = known.lock().ok().and_then(|k| k.get(&key).copied()) {
            return found;
        }
        let end = self.period(figure.period).end;
        let exist = members
            .iter()
            .filter(|m| self.catalog.units.get(**m).is_valid_on(end));
        let (mut counted, mut expected) = (0, 0);
        let mut is_own_whole = true;
        for member in exist {
            let (state, basis) = self.standing_of(figure, *member);
            let ever = figure.declared.binary_search(member).is_ok()
                || figure
                    .measures
                    .iter()
                    .all(|m| self.reporting.ever(*member, *m));
            let is_sum = state == State::Value && basis == Basis::Units;
            let is_of_units = is_sum || (state == State::Absent && !ever);
            is_own_whole &= !is_of_units || depth < MOST_LEVELS;
            let (a, b) = match state {
                _ if is_of_units && depth < MOST_LEVELS => {
                    self.covered(figure, *member, depth + 1, &mut is_own_whole)
                }
                State::Value | State::NoActivity | State::Suppressed => (1, 1),
                State::NotApplicable => (0, 0),
                State::Absent => (0, usize::from(ever)),
                State::Doubtful
                | State::NotReported
                | State::NotComparable(_)
                | State::Unreadable => (0, 1),
            };
            counted += a;
            expected += b;
        }
        *is_whole &= is_own_whole;
        if is_own_whole && let Ok(mut known) = known.lock() {
            known.insert(key, (counted, expected));
        }
        (counted, expected)
    }

    /// The state and basis of a member's figure. A unit without units below it cannot be a sum of them.
    fn standing_of(&self, figure: &Covered<'_>, member: UnitIx) -> (State, Basis) {
        let (stat, service, period) = (figure.stat, figure.service, figure.period);
        let u = self.catalog.units.get(member);
        let is_leaf = u.level != Level::Block && self.catalog.units.children(member).is_empty();
        if !is_leaf || self.is_before(member, period) {
            let o = self.observe(stat, member, service, period);
            return (o.state, o.basis);
        }
        let state = self.state_of(stat, member, service, period);
        debug_assert_eq!(
            state,
            self.observe(stat, member, service, period).state,
            "{stat:?} {}",
            u.id
        );
        (state, Basis::Reported)
    }

    /// The units that must report by a cadence on a day, in the order of the catalogue.
    pub fn declared_units(&self, cadence: &Cadence, day: Date) -> Vec<UnitIx> {
        let units = &self.catalog.units;
        let mut list: Vec<UnitIx> = match &cadence.units {
            None => Vec::new(),
            Some(Units::These(ids)) => ids.iter().filter_map(|id| units.find(id)).collect(),
            Some(Units::All(name)) => match Level::parse(name) {
                Some(level) => units
                    .indices()
                    .filter(|u| units.get(*u).level == level)
                    .collect(),
                None => units
                    .find(name)
                    .map_or_else(Vec::new, |u| units.children(u).to_vec()),
            },
        };
        list.retain(|u| units.get(*u).is_valid_on(day));
        list.sort_unstable();
        list.dedup();
        list
    }
}
