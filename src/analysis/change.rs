//! How a figure moved against the previous comparable period.

use super::Analysis;
use crate::decimal::{Decimal, Fraction};
use crate::model::{IndicatorKind, PeriodIx, ServiceIx, Stat, UnitIx};

/// A difference between two periods of one cadence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delta {
    /// The earlier period.
    pub previous: PeriodIx,
    /// The figure then.
    pub before: Decimal,
    /// The figure now.
    pub now: Decimal,
    /// The difference: percentage points for a ratio, a number otherwise.
    pub difference: Decimal,
    /// Whether the difference is in percentage points.
    pub is_points: bool,
    /// For a number: the relative change in per cent; none where it was zero before.
    pub percent: Option<Decimal>,
    /// The day in between on which the units were rearranged that the figures are of.
    pub across: Option<crate::text::date::Date>,
}

impl Analysis<'_> {
    /// The change of a figure against the previous comparable period.
    ///
    /// `None` where either period has no sound figure. A ratio's change is the difference of the two published
    /// (rounded) figures, so that a reader who subtracts them finds the same.
    pub fn change(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Delta> {
        let previous = self.previous(period)?;
        let now = self.observe(stat, unit, service, period).sound()?;
        let before = self.observe(stat, unit, service, previous).sound()?;
        let is_points = matches!(stat, Stat::Indicator(i) if self.catalog.indicator(i).kind == IndicatorKind::Ratio);
        let difference = now.checked_sub(before)?;
        let percent = if is_points {
            None
        } else {
            Fraction::new(difference, before).map(|f| f.percent(1))
        };
        Some(Delta {
            previous,
            before,
            now,
            difference,
            is_points,
            percent,
            across: self.break_between(unit, previous, period),
        })
    }
}
