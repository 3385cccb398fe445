//! A unit against the units below it, a block against its members: counts, and shares as means.
//!
//! The facts of a unit and of each unit below stand in the same order, so both are walked side by side: no key is
//! ever looked up.

use std::ops::Range;

use super::finder::{Finder, Found, indicator_of};
use super::{Outcome, Relation, RelationKind, Term};
use crate::decimal::Decimal;
use crate::model::{Claim, FactIx, IndicatorKind, Key, Kind, Level, PeriodIx, UnitIx};
use crate::text::date::Date;

/// A stated count of a unit, and what those below it report of the same.
struct Line {
    key: Key,
    fact: FactIx,
    total: Decimal,
    /// What those below add up to; `None` where it is too large.
    sum: Option<Decimal>,
    reported: u32,
    /// Members that say that they have none of this.
    exempt: u32,
    /// Levels of those that report it.
    levels: u16,
    /// Whether a member states it inexactly or in contradiction.
    unclear: bool,
    /// Where the first few of them state it.
    terms: Vec<FactIx>,
}

/// The most members whose figures are named one by one.
const NAMED: usize = 4;

impl Finder<'_> {
    /// Compares the counts of a unit with those of the units below it.
    pub(super) fn units_below(&self, unit: UnitIx, found: &mut Found) {
        let members = self.members(unit);
        if members.len() < 2 || self.facts.of_unit(unit).is_empty() {
            return;
        }
        let mut lines = self.stated_counts(unit);
        if lines.is_empty() {
            return;
        }
        for member in members {
            self.add_member(*member, &mut lines);
        }
        let mut expected = Expected::default();
        for line in lines.iter().filter(|l| l.reported > 0) {
            let of = self.expected(unit, line, &mut expected);
            judge(line, of, found);
        }
    }

    /// The units whose figures add up to those of `unit`.
    fn members(&self, unit: UnitIx) -> &[UnitIx] {
        let u = self.catalog.units.get(unit);
        if u.level == Level::Block {
            &u.members
        } else {
            self.catalog.units.children(unit)
        }
    }

    fn stated_counts(&self, unit: UnitIx) -> Vec<Line> {
        let range = self.facts.of_unit(unit);
        let mut lines = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let key = self.facts.keys()[at];
            let statements = self.facts.statements_at(at..range.end, key);
            at = statements.end;
            if !self.adds_up(key) {
                continue;
            }
            if let Some((fact, total)) = self.exact_of(statements) {
                lines.push(Line {
                    key,
                    fact,
                    total,
                    sum: Some(Decimal::ZERO),
                    reported: 0,
                    exempt: 0,
                    levels: 0,
                    unclear: false,
                    terms: Vec::new(),
                });
            }
        }
        lines
    }

    /// Adds what a member reports, both in order of their keys.
    fn add_member(&self, member: UnitIx, lines: &mut [Line]) {
        let keys = self.facts.keys();
        let range = self.facts.of_unit(member);
        let level = self.catalog.units.get(member).level;
        let mut at = range.start;
        for line in lines {
            while at < range.end && keys[at].without_unit() < line.key.without_unit() {
                at += 1;
            }
            if at == range.end {
                return;
            }
            if keys[at].without_unit() == line.key.without_unit() {
                let statements = self.facts.statements_at(at..range.end, keys[at]);
                at = statements.end;
                self.add_statements(statements, level, line);
            }
        }
    }

    fn add_statements(&self, statements: Range<usize>, level: Level, line: &mut Line) {
        let first = FactIx::from_at(statements.start);
        if let Some((ix, value)) = self.exact_of(statements) {
            line.sum = line.sum.and_then(|s| s.checked_add(value));
            line.reported += 1;
            line.levels |= bit(level);
            if line.terms.len() <= NAMED {
                line.terms.push(ix);
            }
            return;
        }
        match self.facts.kind(first) {
            Kind::NoActivity => {
                line.reported += 1;
                line.levels |= bit(level);
            }
            Kind::NotApplicable => line.exempt += 1,
            Kind::NotReported => {}
            Kind::Value | Kind::Unreadable | Kind::Suppressed => line.unclear = true,
        }
    }

    /// How many are to report a line: all members of the levels that do report it, as far as they exist then.
    fn expected(&self, unit: UnitIx, line: &Line, known: &mut Expected) -> u32 {
        let period = line.key.period();
        let found = known
            .iter()
            .find(|(p, levels, _)| (*p, *levels) == (period, line.levels));
        let count = if let Some((_, _, count)) = found {
            *count
        } else {
            let end: Date = self.periods.list[period.at()].end;
            let is_expected = |u: &&UnitIx| {
                let u = self.catalog.units.get(**u);
                line.levels & bit(u.level) != 0 && u.is_valid_on(end)
            };
            let count = self.members(unit).iter().filter(is_expected).count();
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            known.push((period, line.levels, count));
            count
        };
        count.saturating_sub(line.exempt).max(line.reported)
    }

    /// Compares each stated share of a unit with those of its blocks, or of all units below it: a share of the
    /// whole lies between the smallest and the largest share of its parts, whatever their weights.
    pub(super) fn means(&self, unit: UnitIx, found: &mut Found) {
        let claims = &self.ingested.claims;
        for claim in claims.of_unit(unit) {
            let indicator = self.catalog.indicator(claim.indicator());
            let is_share = indicator.kind == IndicatorKind::Ratio && indicator.change_of.is_none();
            let Some(stated) = exact(claim).filter(|_| is_share) else {
                continue;
            };
            let parts = self.shares_below(unit, claim);
            let bounds = parts.iter().filter_map(|at| exact(&claims.list[*at]));
            let (Some(low), Some(high)) = (bounds.clone().min(), bounds.max()) else {
                continue;
            };
            // Both the whole and its parts are rounded.
            let coarsest = parts
                .iter()
                .map(|at| claims.list[*at].decimals)
                .min()
                .unwrap_or(0);
            let slack = Decimal::new(1, coarsest.min(claim.decimals));
            let is_below = stated.checked_add(slack).is_some_and(|s| s < low);
            let is_above = high.checked_add(slack).is_some_and(|h| stated > h);
            let at = claims
                .statements(claim.key)
                .find(|i| claims.list[*i].origin == claim.origin);
            if let Some(at) = at.filter(|_| is_below || is_above) {
                let mut relation = Relation::new(
                    RelationKind::Mean,
                    Outcome::Differs,
                    claim.key,
                    indicator_of(claim.key),
                    Term::Claim(at),
                );
                relation.terms = parts.into_iter().map(Term::Claim).collect();
                found.push(relation);
            }
        }
    }

    /// The shares that a claim's share lies between: those of two or more blocks, else of all units below.
    fn shares_below(&self, unit: UnitIx, claim: &Claim) -> Vec<usize> {
        let (service, period) = (claim.key.service(), claim.key.period());
        let share = |u: UnitIx| {
            let key = Key::new(u, service, period, claim.key.stat());
            let mut statements = self.ingested.claims.statements(key);
            statements.find(|at| exact(&self.ingested.claims.list[*at]).is_some())
        };
        let first = self.blocks.partition_point(|(parent, _)| *parent < unit);
        let blocks = self.blocks[first..]
            .iter()
            .take_while(|(parent, _)| *parent == unit);
        let of_blocks: Vec<usize> = blocks.filter_map(|(_, block)| share(*block)).collect();
        if of_blocks.len() >= 2 {
            return of_blocks;
        }
        let end = self.periods.list[period.at()].end;
        let children = self.catalog.units.children(unit).iter();
        let mut out = Vec::new();
        for child in children.filter(|c| self.catalog.units.get(**c).is_valid_on(end)) {
            match share(*child) {
                Some(at) => out.push(at),
                None => return Vec::new(),
            }
        }
        if out.len() >= 2 { out } else { Vec::new() }
    }
}

/// Compares a stated count with what `of` members make of it.
fn judge(line: &Line, of: u32, found: &mut Found) {
    let Some(sum) = line.sum else { return };
    let complete = line.reported == of && !line.unclear;
    if sum == line.total {
        found.count(line.key, Outcome::Agrees);
    } else if complete || sum > line.total {
        let terms = if line.terms.len() <= NAMED {
            line.terms.as_slice()
        } else {
            &[]
        };
        let mut relation = Relation::of_fact(RelationKind::Units, line.key, line.fact)
            .with_facts(terms.iter().copied())
            .gives(sum);
        relation.counted = (line.reported, of);
        found.push(relation);
    }
}

/// How many members of certain levels exist in a period.
type Expected = Vec<(PeriodIx, u16, u32)>;

fn bit(level: Level) -> u16 {
    1 << (level as u16)
}

/// A stated share without a qualifier or a range.
fn exact(claim: &Claim) -> Option<Decimal> {
    let is_exact = claim.extra.qualifier.is_none() && claim.extra.max.is_none();
    claim.value.filter(|_| is_exact && !claim.set_aside)
}
