//! Who has reported for a period.

use super::Analysis;
use crate::config::{Cadence, Units};
use crate::ingest::Ingested;
use crate::model::{FactIx, Kind, Level, PeriodIx, UnitIx};
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

/// Which units have a figure of their own in which periods: one mark each.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    marks: Vec<bool>,
    periods: usize,
}

impl Reporting {
    /// Marks units and periods in one pass over the figures. Zero and "no activity" are figures.
    pub fn new(ingested: &Ingested, units: usize, periods: usize) -> Self {
        let mut out = Self {
            marks: vec![false; units * periods],
            periods,
        };
        let facts = &ingested.facts;
        let mut last = None;
        for (i, key) in facts.keys().iter().enumerate() {
            // Facts of one row stand together, and most rows say something in their first.
            let row = (key.unit(), key.period());
            let kind = facts.kind(FactIx::from_at(i));
            if last != Some(row) && !matches!(kind, Kind::NotReported | Kind::Unreadable) {
                out.mark(row);
                last = Some(row);
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

    fn ever(&self, unit: UnitIx) -> bool {
        let start = unit.at() * self.periods;
        self.marks
            .get(start..start + self.periods)
            .is_some_and(|m| m.contains(&true))
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

    /// Whether a unit has a figure of its own in a period (zero and "no activity" are figures).
    pub fn has_reported(&self, unit: UnitIx, period: PeriodIx) -> bool {
        self.reporting.has(unit, period)
    }

    /// Completeness of a total over everything below `unit`: the units that report for themselves, at any depth.
    ///
    /// Expected are those that exist in the period and either have figures in some period or must report by the
    /// cadence of the period.
    pub fn coverage(&self, unit: UnitIx, period: PeriodIx) -> Completeness {
        let mut below = Vec::new();
        let cadence = self.config.cadence(&self.period(period).cadence);
        let declared = cadence.map_or_else(Vec::new, |c| {
            self.declared_units(c, self.period(period).end)
        });
        self.gather(unit, &declared, 0, &mut below);
        self.completeness(period, &below)
    }

    /// Collects the units below that report, or must; the tree is at most as deep as its levels.
    fn gather(&self, unit: UnitIx, declared: &[UnitIx], depth: usize, out: &mut Vec<UnitIx>) {
        let u = self.catalog.units.get(unit);
        let members = if u.level == Level::Block {
            &u.members
        } else {
            self.catalog.units.children(unit)
        };
        for member in members {
            if self.reporting.ever(*member) || declared.binary_search(member).is_ok() {
                out.push(*member);
            }
            if depth < 8 {
                self.gather(*member, declared, depth + 1, out);
            }
        }
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
