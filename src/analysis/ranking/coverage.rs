//! How many of the units of a ranking have a figure.

use super::{Candidate, Coverage, Scope, Subject};
use crate::analysis::{Analysis, State};
use crate::diagnostic::to_u32;
use crate::model::{Level, UnitIx};

impl Analysis<'_> {
    /// How many units could have a figure, and how many have one.
    ///
    /// Could have one: the units that must report by the cadence of the period; where nobody is named, all units of
    /// the level that the catalogue has below the unit above; of agencies, which differ in what they do, those that
    /// ever gave the figure. A unit to which the figure does not apply does not count.
    pub(super) fn ranking_coverage(
        &self,
        subject: Subject,
        scope: Scope,
        observed: &[Candidate],
    ) -> Coverage {
        let has_figure = |c: &&Candidate| {
            !matches!(
                c.o.state,
                State::Absent | State::NotReported | State::NotApplicable
            )
        };
        let reported = observed.iter().filter(has_figure).count();
        let exempt = observed
            .iter()
            .filter(|c| c.o.state == State::NotApplicable)
            .count();
        let expected = self.expected_in(subject, scope, observed);
        Coverage {
            reported: to_u32(reported),
            expected: to_u32(expected.saturating_sub(exempt).max(reported)),
        }
    }

    fn expected_in(&self, subject: Subject, scope: Scope, observed: &[Candidate]) -> usize {
        let units = &self.catalog.units;
        let period = self.period(subject.period);
        let is_in = |u: UnitIx| {
            units.get(u).level == scope.level && u != scope.above && units.is_within(u, scope.above)
        };
        let declared = self
            .config
            .cadence(&period.cadence)
            .map_or_else(Vec::new, |c| self.declared_units(c, period.end));
        let declared = declared.into_iter().filter(|u| is_in(*u)).count();
        if declared > 0 {
            return declared;
        }
        if matches!(scope.level, Level::Agency | Level::Ministry) {
            let numerator = &self.catalog.indicator(subject.indicator).numerator;
            let ever = |c: &&Candidate| {
                let given = numerator.iter().all(|m| self.reporting.ever(c.unit, *m));
                (given && !numerator.is_empty()) || c.o.state != State::Absent
            };
            return observed.iter().filter(ever).count();
        }
        units
            .indices()
            .filter(|u| units.get(*u).is_valid_on(period.end) && is_in(*u))
            .count()
    }
}
