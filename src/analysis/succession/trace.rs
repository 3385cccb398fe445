//! From a unit of today back to the units that made it on a day: a walk through the register, newest change first.
//!
//! On each date all units of the walk are looked at together, so that a unit which was divided among several of them
//! is whole again, and none is counted twice. What a unit of the walk gained later is added to it, what it lost
//! later is taken off; where the register does not say how much, the portion is unknown.

use std::sync::Arc;

use crate::decimal::Decimal;
use crate::model::{Change, ChangeKind, UnitIx, Units};
use crate::text::date::Date;

/// How much of a unit of before belongs to the unit of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portion {
    /// All of it.
    Whole,
    /// A share that the register states.
    Share(Decimal),
    /// A part that nobody stated.
    Unknown,
}

/// A unit of before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The unit.
    pub unit: UnitIx,
    /// How much of it.
    pub portion: Portion,
    /// For a share: what it rests on.
    pub basis: Option<Arc<str>>,
}

/// The units that made a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The units of before, in the order of the catalogue.
    pub parts: Vec<Part>,
    /// The dates of all changes in between, newest first, each with whether areas moved.
    pub dates: Vec<(Date, bool)>,
}

struct Live {
    part: Part,
    /// Nothing before it matters: it has the figure itself, or the register does not know where it came from.
    is_last: bool,
}

/// Walks back from `unit` to `day`. The walk stops at units which did not exist on that day but have the figure
/// themselves, as `is_told` says.
pub(super) fn trace(
    units: &Units,
    unit: UnitIx,
    day: Date,
    is_told: impl Fn(UnitIx) -> bool,
) -> Trace {
    let part = Part {
        unit,
        portion: Portion::Whole,
        basis: None,
    };
    let mut walk = Walk {
        units,
        day,
        live: vec![Live {
            part,
            is_last: false,
        }],
    };
    let mut dates = Vec::new();
    let mut before = None;
    while let Some(date) = walk.newest(before) {
        dates.push((date, walk.step(date, &is_told)));
        before = Some(date);
    }
    let mut parts: Vec<Part> = walk.live.into_iter().map(|l| l.part).collect();
    parts.sort_by_key(|p| p.unit);
    Trace { parts, dates }
}

struct Walk<'a> {
    units: &'a Units,
    day: Date,
    live: Vec<Live>,
}

impl<'a> Walk<'a> {
    fn exists_on(&self, unit: UnitIx, day: Date) -> bool {
        self.units.get(unit).is_valid_on(day)
    }

    /// Whether a unit begins on `date`.
    fn begins_on(&self, unit: UnitIx, date: Date) -> bool {
        self.units.get(unit).valid_from == Some(date)
    }

    fn arrivals(&self, unit: UnitIx, date: Date) -> impl Iterator<Item = &'a Change> {
        let all = self.units.changes.arrivals(unit);
        all.filter(move |c| c.date == date && c.heir() == Some(unit) && c.from != unit)
    }

    fn departures(&self, unit: UnitIx, date: Date) -> impl Iterator<Item = &'a Change> {
        let all = self.units.changes.departures(unit);
        all.filter(move |c| c.date == date && c.heir().is_some_and(|to| to != unit))
    }

    /// The newest date of a change to a unit of the walk, after the day and before the date looked at last.
    fn newest(&self, before: Option<Date>) -> Option<Date> {
        let is_next = |d: Date| d > self.day && before.is_none_or(|b| d < b);
        let open = self.live.iter().filter(|l| !l.is_last);
        open.flat_map(|l| {
            let unit = l.part.unit;
            let changes = &self.units.changes;
            let into = changes.arrivals(unit).filter(|c| c.heir().is_some());
            let out_of = changes.departures(unit).filter(|c| c.heir().is_some());
            into.chain(out_of)
                .map(|c| c.date)
                .filter(move |d| self.exists_on(unit, *d))
        })
        .filter(|d| is_next(*d))
        .max()
    }

    /// Goes back over the changes of one date. Whether areas moved.
    fn step(&mut self, date: Date, is_told: &impl Fn(UnitIx) -> bool) -> bool {
        let mut before: Vec<UnitIx> = Vec::new();
        let mut moved = false;
        for at in 0..self.live.len() {
            if self.live[at].is_last {
                continue;
            }
            let unit = self.live[at].part.unit;
            let arrivals: Vec<&Change> = self.arrivals(unit, date).collect();
            before.extend(arrivals.iter().map(|c| c.from));
            moved |= arrivals.iter().any(|c| c.moves_area());
            moved |= self.departures(unit, date).any(Change::moves_area);
            if !self.begins_on(unit, date) {
                before.push(unit);
            } else if arrivals.is_empty() {
                self.live[at].is_last = true;
            }
        }
        before.sort_unstable();
        before.dedup();
        before.retain(|u| !self.live.iter().any(|l| l.is_last && l.part.unit == *u));
        let parts: Vec<Part> = before
            .iter()
            .filter_map(|unit| self.part(*unit, date))
            .collect();
        self.live.retain(|l| l.is_last);
        for part in parts {
            let is_last = !self.exists_before(part.unit) && is_told(part.unit);
            self.live.push(Live { part, is_last });
        }
        moved
    }

    fn exists_before(&self, unit: UnitIx) -> bool {
        let from = self.units.get(unit).valid_from;
        from.is_none_or(|d| d <= self.day)
    }

    /// How much of `unit`, as it was before `date`, belongs to the units of the walk.
    fn part(&self, unit: UnitIx, date: Date) -> Option<Part> {
        let ways = self.ways(unit, date);
        let live = |to: UnitIx| {
            let mut open = self.live.iter().filter(|l| !l.is_last);
            open.find(|l| l.part.unit == to).map(|l| &l.part)
        };
        let is_whole = |to: UnitIx| live(to).is_some_and(|p| p.portion == Portion::Whole);
        let made = |portion, basis| {
            Some(Part {
                unit,
                portion,
                basis,
            })
        };
        if ways.iter().all(|w| is_whole(w.to)) {
            return made(Portion::Whole, None);
        }
        let mut sum = Decimal::ZERO;
        let mut basis = None;
        for way in &ways {
            let Some(part) = live(way.to) else { continue };
            let share = match part.portion {
                Portion::Whole => Some(Decimal::from_int(1)),
                Portion::Share(share) => Some(share),
                Portion::Unknown => None,
            };
            let both = share.zip(way.share).and_then(|(a, b)| a.checked_mul(b));
            let Some(next) = both.and_then(|s| sum.checked_add(s)) else {
                return made(Portion::Unknown, None);
            };
            sum = next;
            basis = basis
                .or_else(|| way.basis.clone())
                .or_else(|| part.basis.clone());
        }
        if sum.is_zero() {
            None
        } else if sum >= Decimal::from_int(1) {
            made(Portion::Whole, None)
        } else {
            made(Portion::Share(sum), basis)
        }
    }

    /// A unit that merged while parts of it went elsewhere brought the rest: known only where all others are stated.
    fn leave_the_rest(ways: &mut [Way]) {
        if ways.len() < 2 {
            return;
        }
        let stated = ways.iter().filter(|w| w.basis.is_some());
        let rest = stated
            .clone()
            .try_fold(Decimal::from_int(1), |rest, w| rest.checked_sub(w.share?))
            .filter(|r| !r.is_negative() && stated.count() + 1 == ways.len());
        for way in ways
            .iter_mut()
            .filter(|w| w.basis.is_none() && w.share.is_some())
        {
            way.share = rest;
        }
    }

    /// Where the parts of `unit` went on `date`; what stayed is one of them.
    fn ways(&self, unit: UnitIx, date: Date) -> Vec<Way> {
        let one = Decimal::from_int(1);
        let mut ways: Vec<Way> = Vec::new();
        let mut all_gone = false;
        for change in self.departures(unit, date) {
            let Some(to) = change.heir().filter(|to| ways.iter().all(|w| w.to != *to)) else {
                continue;
            };
            let is_split = change.kind == ChangeKind::Split;
            all_gone |= !is_split && change.share.is_none();
            ways.push(Way {
                to,
                share: change.share.or((!is_split).then_some(one)),
                basis: change.share.map(|_| Arc::clone(&change.basis)),
            });
        }
        Self::leave_the_rest(&mut ways);
        if !all_gone && self.exists_on(unit, date) {
            let rest = ways
                .iter()
                .try_fold(one, |rest, w| rest.checked_sub(w.share?));
            let basis = ways.iter().find_map(|w| w.basis.clone());
            ways.push(Way {
                to: unit,
                share: rest.filter(|r| !r.is_negative()),
                basis,
            });
        }
        ways
    }
}

/// Where a part of a unit went.
struct Way {
    to: UnitIx,
    /// How much of it; none where nobody stated it.
    share: Option<Decimal>,
    basis: Option<Arc<str>>,
}
