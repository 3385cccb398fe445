//! Ranks within a level and a unit above: compared at the published precision, ties 1-2-2-4.
//!
//! Who cannot be ranked is listed with the reason: nothing arose, too few dossiers, not reported, a figure that a
//! contradiction touches, or one of other days or of another base than those of the others. Where too few of the units
//! have figures, or no majority shares days and base, nobody is ranked: the figures are a list.

pub mod band;
mod coverage;
pub mod footing;
pub mod moves;
mod places;

use super::{Analysis, Basis, Observation, State};
use crate::decimal::Decimal;
use crate::diagnostic::to_u32;
use crate::model::{
    Direction, IndicatorIx, IndicatorKind, Level, Origin, PeerGroup, PeriodIx, ServiceIx, Stat,
    UnitIx,
};
use crate::text::order;
use footing::{Footing, Window, majority};

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
    /// The best and the worst rank that its counts allow, where it is a part of a whole: see [`band`].
    pub band: Option<(u32, u32)>,
    /// Its place among its peers, where there are others that are not.
    pub peers: Option<PeerPlace>,
}

/// A place within a peer group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerPlace {
    /// The group.
    pub group: PeerGroup,
    /// The rank in it, from 1.
    pub rank: u32,
    /// How many of the group share the rank.
    pub shared: u32,
    /// How many of the group are ranked.
    pub of: u32,
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
    /// It is a sum of too few of the units below it: how many of how many.
    PartialSum(u32, u32),
    /// It is a ratio of something else than those of the others: of how many services, zero for the unit as a whole.
    OtherBase(u32),
    /// It speaks of other days than those of the others.
    OtherDays(Window),
    /// Nobody else can be ranked.
    OnlyOne,
}

/// Why nobody is ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too few of the units have a figure: what there is may be the ends of a list.
    FewReported,
    /// The units' ratios are of different things, and none is that of most.
    MixedBases,
    /// The units' figures are of different days, and none are those of most.
    MixedDays,
}

/// How many of the units that could have a figure have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Have one.
    pub reported: u32,
    /// Could have one.
    pub expected: u32,
}

impl Coverage {
    /// Whether some are missing.
    pub fn is_partial(self) -> bool {
        self.reported < self.expected
    }
}

/// A ranking: those ranked in order, and those who are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// Ranked units, best first; equal figures in Vietnamese order of name.
    pub entries: Vec<RankEntry>,
    /// Unranked units with the reason, in order of reason and name.
    pub unranked: Vec<(UnitIx, Unranked, Observation)>,
    /// How many of the units have a figure.
    pub coverage: Coverage,
    /// Why nobody is ranked, where nobody is.
    pub refusal: Option<Refusal>,
    /// Where nobody is ranked: who has a figure, in the order of the reports.
    pub listed: Vec<(UnitIx, Observation)>,
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

    /// Ranks the units of a scope among `units` by an indicator. Units of whom no table speaks in this period count as
    /// not reported.
    pub fn ranking(
        &self,
        indicator: IndicatorIx,
        service: ServiceIx,
        period: PeriodIx,
        scope: Scope,
        units: &[UnitIx],
    ) -> Ranking {
        let members = self.members_of(scope, units, period);
        let subject = Subject {
            indicator,
            service,
            period,
        };
        let observed: Vec<Candidate> = members
            .iter()
            .map(|unit| Candidate {
                unit: *unit,
                o: self.observe(Stat::Indicator(indicator), *unit, service, period),
            })
            .collect();
        let coverage = self.ranking_coverage(subject, scope, &observed);
        let mut ranking = self.ranked(subject, &observed);
        ranking.coverage = coverage;
        let least = u64::from(self.config.minimum_coverage);
        if u64::from(coverage.reported) * 100 < u64::from(coverage.expected) * least {
            self.refuse(Refusal::FewReported, &observed, &mut ranking);
        }
        ranking
    }

    /// The smallest denominator with which a unit is ranked.
    pub fn minimum_base(&self, indicator: IndicatorIx) -> u32 {
        let own = self.catalog.indicator(indicator).minimum_base;
        own.unwrap_or(self.config.minimum_base)
    }

    fn ranked(&self, subject: Subject, observed: &[Candidate]) -> Ranking {
        let mut ranking = Ranking {
            entries: Vec::new(),
            unranked: Vec::new(),
            coverage: Coverage::default(),
            refusal: None,
            listed: Vec::new(),
        };
        let mut candidates = Vec::new();
        for c in observed {
            match self.unranked(subject, c) {
                None => candidates.push(*c),
                Some(why) => ranking.unranked.push((c.unit, why, c.o)),
            }
        }
        let set_apart = self.set_apart(subject, &mut candidates, &mut ranking.unranked);
        if let Err(refusal) = set_apart {
            self.refuse(refusal, observed, &mut ranking);
            return ranking;
        }
        if let [only] = candidates[..]
            && observed.len() > 1
        {
            ranking
                .unranked
                .push((only.unit, Unranked::OnlyOne, only.o));
            candidates.clear();
        }
        self.sort_unranked(&mut ranking.unranked);
        ranking.entries = self.entries(subject, &candidates);
        ranking
    }

    /// Why a unit cannot be ranked, whatever the others have.
    fn unranked(&self, subject: Subject, c: &Candidate) -> Option<Unranked> {
        match c.o.state {
            State::NoActivity => return Some(Unranked::NoActivity),
            State::NotApplicable => return Some(Unranked::NotApplicable),
            State::Doubtful | State::Unreadable => return Some(Unranked::Doubtful),
            State::NotReported | State::Absent => return Some(Unranked::NotReported),
            State::NotComparable(_) => return Some(Unranked::NotComparable),
            State::Suppressed => return Some(Unranked::Suppressed),
            State::Value => {}
        }
        if c.o.value.is_none() {
            return Some(Unranked::NotReported);
        }
        if self.catalog.indicator(subject.indicator).kind != IndicatorKind::Ratio {
            return None;
        }
        if c.o.basis == Basis::Stated {
            return Some(Unranked::StatedOnly);
        }
        if c.o.basis == Basis::Predecessors && c.o.is_partial() {
            return Some(Unranked::NotComparable);
        }
        let minimum = Decimal::from_int(i64::from(self.minimum_base(subject.indicator)));
        if c.o.denominator.is_some_and(|d| d < minimum) {
            return Some(Unranked::TooFew);
        }
        if c.o.basis == Basis::Units {
            let stat = Stat::Indicator(subject.indicator);
            let (a, b) = self.coverage(stat, c.unit, subject.service, subject.period);
            let least = self.config.minimum_coverage as usize;
            if a * 100 < b * least {
                return Some(Unranked::PartialSum(to_u32(a), to_u32(b)));
            }
        }
        None
    }

    /// Takes out those whose base or days are not those of the majority.
    fn set_apart(
        &self,
        subject: Subject,
        candidates: &mut Vec<Candidate>,
        unranked: &mut Vec<(UnitIx, Unranked, Observation)>,
    ) -> Result<(), Refusal> {
        let Subject {
            indicator,
            service,
            period,
        } = subject;
        if candidates.is_empty() {
            return Ok(());
        }
        let footings: Vec<Footing> = candidates
            .iter()
            .map(|c| self.footing(indicator, c.unit, service, period, &c.o))
            .collect();
        let bases: Vec<_> = footings.iter().map(|f| &f.base).collect();
        let base = majority(&bases).ok_or(Refusal::MixedBases)?;
        let same: Vec<_> = footings.iter().filter(|f| f.base == *base).collect();
        let windows: Vec<_> = same.iter().map(|f| &f.windows).collect();
        let window = majority(&windows).ok_or(Refusal::MixedDays)?;
        let mut kept = Vec::with_capacity(candidates.len());
        for (c, footing) in candidates.iter().zip(&footings) {
            if footing.base != *base {
                let services = to_u32(footing.base.services.len());
                unranked.push((c.unit, Unranked::OtherBase(services), c.o));
            } else if footing.windows != *window {
                let other = footing.windows.iter().find(|w| !window.contains(w));
                let other = other.or(footing.windows.first());
                if let Some(other) = other {
                    unranked.push((c.unit, Unranked::OtherDays(*other), c.o));
                }
            } else {
                kept.push(*c);
            }
        }
        *candidates = kept;
        Ok(())
    }

    /// Turns a ranking into a list: whoever has a figure, in the order of the reports.
    fn refuse(&self, refusal: Refusal, observed: &[Candidate], ranking: &mut Ranking) {
        let mut listed: Vec<&Candidate> =
            observed.iter().filter(|c| c.o.sound().is_some()).collect();
        listed.sort_by_key(|c| (self.origin_of(&c.o), c.unit));
        ranking.refusal = Some(refusal);
        ranking.entries.clear();
        ranking.listed = listed.iter().map(|c| (c.unit, c.o)).collect();
        let is_listed = |u: UnitIx| listed.iter().any(|c| c.unit == u);
        ranking.unranked.retain(|(u, _, _)| !is_listed(*u));
        self.sort_unranked(&mut ranking.unranked);
    }

    fn origin_of(&self, o: &Observation) -> Option<Origin> {
        let fact = o.fact.map(|f| self.facts().origin(f));
        fact.or_else(|| Some(self.claims().list[o.claim?].origin))
    }

    fn sort_unranked(&self, list: &mut [(UnitIx, Unranked, Observation)]) {
        list.sort_by(|a, b| {
            a.1.cmp(&b.1)
                .then_with(|| order::compare(self.short_name(a.0), self.short_name(b.0)))
                .then_with(|| a.0.cmp(&b.0))
        });
    }

    fn short_name(&self, unit: UnitIx) -> &str {
        &self.catalog.units.get(unit).short_name
    }
}

/// What a ranking is of.
#[derive(Clone, Copy)]
struct Subject {
    indicator: IndicatorIx,
    service: ServiceIx,
    period: PeriodIx,
}

/// A unit with its figure.
#[derive(Clone, Copy)]
struct Candidate {
    unit: UnitIx,
    o: Observation,
}
