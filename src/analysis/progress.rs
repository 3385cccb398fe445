//! How far a target is: met, on track, behind, overdue, or not enough data to say.

use super::{Analysis, Observation};
use crate::decimal::Decimal;
use crate::model::{Operator, PeriodIx, ServiceIx, Stat, Target, UnitIx};
use crate::text::date::Date;

/// Where a target stands on the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetState {
    /// The deadline has passed and the figure taken since does not meet it.
    Overdue,
    /// Below the straight line from the first figure to the target.
    Behind,
    /// On or above that line.
    OnTrack,
    /// The newest figure meets it.
    Met,
    /// No figure, or none that could tell.
    Unknown,
}

/// A target with the newest figure for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Where it stands.
    pub state: TargetState,
    /// The newest period with a sound figure.
    pub period: Option<PeriodIx>,
    /// That figure.
    pub observation: Option<Observation>,
    /// Target minus figure, in the unit of the statistic; negative where the figure is above.
    pub gap: Option<Decimal>,
}

impl Analysis<'_> {
    /// Compares a target with the newest sound figure up to the as-of date.
    ///
    /// Pace: with at least two figures before the deadline, the newest is compared with the straight line from
    /// the first figure to the target on its deadline. With one figure only, nothing can be said about pace.
    pub fn progress(&self, target: &Target) -> Progress {
        let figures: Vec<(PeriodIx, Date, Observation, Decimal)> = self
            .period_indices()
            .filter_map(|p| {
                let o = self.observe(target.stat, target.unit, target.service, p);
                // A sum that leaves services out says nothing certain about the whole.
                (!o.is_partial()).then_some((p, self.date_of(&o, p), o, o.sound()?))
            })
            .filter(|(_, day, _, _)| self.as_of.is_none_or(|as_of| *day <= as_of))
            .collect();
        let Some((period, day, observation, value)) = figures.last().copied() else {
            return Progress {
                state: TargetState::Unknown,
                period: None,
                observation: None,
                gap: None,
            };
        };
        let state = if target.operator.is_met(value, target.value) {
            TargetState::Met
        } else {
            self.unmet(target, day, value, figures.first().map(|f| (f.1, f.3)))
        };
        Progress {
            state,
            period: Some(period),
            observation: Some(observation),
            gap: target.value.checked_sub(value),
        }
    }

    /// The target that is set for a figure of this very unit and service and still applies in the period; of
    /// several the newest. A target of a unit above is not one of the units below it.
    pub fn target_for(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<&Target> {
        let (opens, closes) = (self.period(period).start, self.period(period).end);
        self.targets
            .iter()
            .filter(|t| t.stat == stat && t.unit == unit && t.service == service)
            .filter(|t| t.deadline.is_none_or(|d| d >= opens) && t.from.is_none_or(|d| d <= closes))
            .max_by_key(|t| (t.from, t.deadline))
    }

    fn unmet(
        &self,
        target: &Target,
        day: Date,
        value: Decimal,
        first: Option<(Date, Decimal)>,
    ) -> TargetState {
        let Some(deadline) = target.deadline else {
            return TargetState::Unknown;
        };
        if self.as_of.is_some_and(|as_of| as_of > deadline) {
            // A figure taken before the deadline does not say what was reached by it.
            return if day >= deadline {
                TargetState::Overdue
            } else {
                TargetState::Unknown
            };
        }
        let Some((start, from)) = first.filter(|(start, _)| *start < day) else {
            return TargetState::Unknown;
        };
        if is_on_line(target, (start, from), (day, value), deadline) {
            TargetState::OnTrack
        } else {
            TargetState::Behind
        }
    }

    /// The last day that a figure speaks of.
    fn date_of(&self, o: &Observation, period: PeriodIx) -> Date {
        let own = o
            .fact
            .and_then(|f| self.facts().extra(f))
            .and_then(|e| e.end);
        own.unwrap_or(self.period(period).end)
    }
}

/// Whether the newest figure lies on the better side of the line from the first figure to the target.
fn is_on_line(
    target: &Target,
    first: (Date, Decimal),
    newest: (Date, Decimal),
    deadline: Date,
) -> bool {
    let whole = (deadline.days_since_epoch() - first.0.days_since_epoch()).max(1);
    let passed = newest.0.days_since_epoch() - first.0.days_since_epoch();
    // newest - first >= (target - first) * passed / whole, without division.
    let scaled = |d: Decimal, by: i64| -> i128 {
        let d = d.round(6);
        i128::from(d.mantissa()) * i128::from(by)
    };
    let (Some(gained), Some(wanted)) = (
        newest.1.checked_sub(first.1),
        target.value.checked_sub(first.1),
    ) else {
        return false;
    };
    let (gained, wanted) = (scaled(gained, whole), scaled(wanted, passed));
    match target.operator {
        Operator::AtMost | Operator::Less => gained <= wanted,
        _ => gained >= wanted,
    }
}
