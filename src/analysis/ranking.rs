//! Ranks within a level and a unit above: compared at the published precision, ties 1-2-2-4.
//!
//! Who cannot be ranked is listed with the reason: nothing arose, too few dossiers, not reported, or a figure
//! that a contradiction touches.

use super::{Analysis, Basis, Observation, State};
use crate::decimal::Decimal;
use crate::model::{
    Direction, IndicatorIx, IndicatorKind, Level, PeriodIx, ServiceIx, Stat, UnitIx,
};
use crate::text::order;

/// Who is ranked with whom: the units of one level below one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The unit above.
    pub above: UnitIx,
    /// The level of the units ranked.
    pub level: Level,
}

/// A unit with its rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankEntry {
    /// The unit.
    pub unit: UnitIx,
    /// Its rank, from 1.
    pub rank: u32,
    /// How many units share the rank, itself among them.
    pub shared: u32,
    /// Its figure.
    pub observation: Observation,
}

/// Why a unit has no rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unranked {
    /// Its denominator is zero.
    NoActivity,
    /// Its denominator is below the minimum of the site.
    TooFew,
    /// It has not reported.
    NotReported,
    /// It does not do this.
    NotApplicable,
    /// A contradiction touches its figure.
    Doubtful,
    /// The report gives the ratio without its counts.
    StatedOnly,
    /// Its figure is not published, to protect persons.
    Suppressed,
    /// Its figure is that of several units before, which do not add up, or not all of them reported.
    NotComparable,
}

/// A ranking: those ranked in order, and those who are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// Ranked units, best first; equal figures in Vietnamese order of name.
    pub entries: Vec<RankEntry>,
    /// Unranked units with the reason, in order of reason and name.
    pub unranked: Vec<(UnitIx, Unranked, Observation)>,
}

impl Ranking {
    /// The entry of a unit.
    pub fn entry(&self, unit: UnitIx) -> Option<&RankEntry> {
        self.entries.iter().find(|e| e.unit == unit)
    }

    /// Why a unit is not ranked.
    pub fn reason(&self, unit: UnitIx) -> Option<Unranked> {
        self.unranked
            .iter()
            .find(|(u, _, _)| *u == unit)
            .map(|(_, r, _)| *r)
    }
}

impl Analysis<'_> {
    /// The indicators by which units are ranked.
    pub fn ranked_indicators(&self) -> impl Iterator<Item = IndicatorIx> + '_ {
        self.catalog.indicator_indices().filter(|i| {
            let d = self.catalog.indicator(*i);
            d.ranked && d.direction != Direction::None
        })
    }

    /// Every scope with at least two units of `units`, by unit above and level.
    pub fn scopes(&self, units: &[UnitIx]) -> Vec<Scope> {
        let mut scopes: Vec<Scope> = Vec::new();
        for unit in units {
            let u = self.catalog.units.get(*unit);
            if !Self::is_ranked_level(u.level) {
                continue;
            }
            for above in self.catalog.units.ancestors(*unit).skip(1) {
                scopes.push(Scope {
                    above,
                    level: u.level,
                });
            }
        }
        scopes.sort_unstable();
        let mut counted: Vec<(Scope, usize)> = Vec::new();
        for scope in scopes {
            match counted.last_mut() {
                Some((s, n)) if *s == scope => *n += 1,
                _ => counted.push((scope, 1)),
            }
        }
        counted
            .into_iter()
            .filter(|(_, n)| *n > 1)
            .map(|(s, _)| s)
            .collect()
    }

    /// The units of a scope among `units`, valid on the last day of the period.
    pub fn members_of(&self, scope: Scope, units: &[UnitIx], period: PeriodIx) -> Vec<UnitIx> {
        let end = self.period(period).end;
        units
            .iter()
            .copied()
            .filter(|u| {
                let unit = self.catalog.units.get(*u);
                unit.level == scope.level
                    && *u != scope.above
                    && unit.is_valid_on(end)
                    && self.catalog.units.is_within(*u, scope.above)
            })
            .collect()
    }

    /// Ranks `members` by an indicator. Members of whom no table speaks in this period count as not reported.
    pub fn rank(
        &self,
        indicator: IndicatorIx,
        service: ServiceIx,
        period: PeriodIx,
        members: &[UnitIx],
    ) -> Ranking {
        let definition = self.catalog.indicator(indicator);
        let mut ranked: Vec<(UnitIx, Decimal, Observation)> = Vec::new();
        let mut unranked = Vec::new();
        for unit in members {
            let o = self.observe(Stat::Indicator(indicator), *unit, service, period);
            match (self.unranked(&o, definition.kind), o.sound()) {
                (None, Some(value)) => ranked.push((*unit, value, o)),
                (reason, _) => unranked.push((*unit, reason.unwrap_or(Unranked::NotReported), o)),
            }
        }
        let name = |u: UnitIx| self.catalog.units.get(u).short_name.as_str();
        ranked.sort_by(|a, b| {
            let by_value = if definition.direction == Direction::Down {
                a.1.cmp(&b.1)
            } else {
                b.1.cmp(&a.1)
            };
            by_value
                .then_with(|| order::compare(name(a.0), name(b.0)))
                .then_with(|| a.0.cmp(&b.0))
        });
        unranked.sort_by(|a, b| {
            a.1.cmp(&b.1)
                .then_with(|| order::compare(name(a.0), name(b.0)))
        });
        Ranking {
            entries: with_ranks(&ranked),
            unranked,
        }
    }

    fn unranked(&self, o: &Observation, kind: IndicatorKind) -> Option<Unranked> {
        match o.state {
            State::NoActivity => return Some(Unranked::NoActivity),
            State::NotApplicable => return Some(Unranked::NotApplicable),
            State::Doubtful | State::Unreadable => return Some(Unranked::Doubtful),
            State::NotReported | State::Absent => return Some(Unranked::NotReported),
            State::NotComparable(_) => return Some(Unranked::NotComparable),
            State::Suppressed => return Some(Unranked::Suppressed),
            State::Value => {}
        }
        if kind == IndicatorKind::Ratio && o.basis == Basis::Stated {
            return Some(Unranked::StatedOnly);
        }
        if o.basis == Basis::Predecessors && o.is_partial() {
            return Some(Unranked::NotComparable);
        }
        let minimum = Decimal::from_int(i64::from(self.config.minimum_base));
        if kind == IndicatorKind::Ratio && o.denominator.is_some_and(|d| d < minimum) {
            return Some(Unranked::TooFew);
        }
        None
    }
}

/// Gives equal figures the same rank and skips the ranks after them: 1-2-2-4.
fn with_ranks(sorted: &[(UnitIx, Decimal, Observation)]) -> Vec<RankEntry> {
    let mut out = Vec::with_capacity(sorted.len());
    let mut start = 0;
    while start < sorted.len() {
        let value = sorted[start].1;
        let shared = sorted[start..].iter().take_while(|e| e.1 == value).count();
        for (unit, _, observation) in &sorted[start..start + shared] {
            out.push(RankEntry {
                unit: *unit,
                rank: crate::diagnostic::to_u32(start + 1),
                shared: crate::diagnostic::to_u32(shared),
                observation: *observation,
            });
        }
        start += shared;
    }
    out
}
