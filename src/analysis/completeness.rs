//! Who has reported for a period.

use super::Analysis;
use crate::model::{FactIx, Kind, PeriodIx, UnitIx};

/// How many of the expected units reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Units with at least one figure in the period.
    pub reported: usize,
    /// Units that exist in the period and that any period has figures of.
    pub expected: usize,
    /// Who is missing.
    pub missing: Vec<UnitIx>,
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
        let facts = self.facts();
        let by_fact = facts.of_unit(unit).any(|i| {
            facts.keys()[i].period() == period
                && !matches!(
                    facts.kind(FactIx::from_at(i)),
                    Kind::NotReported | Kind::Unreadable
                )
        });
        by_fact
            || self
                .claims()
                .of_unit(unit)
                .iter()
                .any(|c| c.key.period() == period && c.value.is_some())
    }
}
