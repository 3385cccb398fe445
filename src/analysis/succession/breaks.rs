//! Where a series passes from one set of units to another.

use super::trace::trace;
use crate::analysis::{Analysis, Scope};
use crate::model::{PeriodIx, UnitIx};
use crate::text::date::Date;

/// A day on which a unit, or one it was made of, became another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// First day of the new order.
    pub date: Date,
    /// Whether areas moved; else only a name or the unit above.
    pub moves_area: bool,
}

impl Analysis<'_> {
    /// The breaks in the series of a unit between the ends of two periods, by date.
    pub fn breaks(&self, unit: UnitIx, earlier: PeriodIx, later: PeriodIx) -> Vec<Break> {
        let units = &self.catalog.units;
        if units.changes.is_empty() {
            return Vec::new();
        }
        let (from, to) = (self.period(earlier).end, self.period(later).end);
        let existed = units.get(unit).valid_from.is_none_or(|day| day <= from);
        let mut list: Vec<Break> = if existed {
            // Its own figures: what those who joined it were made of is no matter of theirs.
            own_breaks(self, unit)
        } else {
            let dates = trace(units, unit, from, |_| false).dates.into_iter();
            let breaks = dates.map(|(date, moves_area)| Break { date, moves_area });
            breaks.collect()
        };
        list.retain(|b| from < b.date && b.date <= to);
        list.sort_by_key(|b| b.date);
        list
    }

    /// The newest day between two periods on which the area moved that a unit's figures are of.
    pub fn break_between(&self, unit: UnitIx, earlier: PeriodIx, later: PeriodIx) -> Option<Date> {
        let breaks = self.breaks(unit, earlier, later).into_iter();
        breaks.filter(|b| b.moves_area).map(|b| b.date).next_back()
    }

    /// The newest day between two periods on which areas moved among the units that are ranked together: places in
    /// the two rankings do not compare.
    pub fn scope_break(&self, scope: Scope, earlier: PeriodIx, later: PeriodIx) -> Option<Date> {
        let units = &self.catalog.units;
        let (from, to) = (self.period(earlier).end, self.period(later).end);
        let is_member = |u: UnitIx| {
            units.get(u).level == scope.level && u != scope.above && units.is_within(u, scope.above)
        };
        let mut changes = units.changes.iter().rev();
        changes
            .find(|c| {
                from < c.date
                    && c.date <= to
                    && c.moves_area()
                    && (is_member(c.from) || c.heir().is_some_and(is_member))
            })
            .map(|c| c.date)
    }
}

/// The days on which a unit gained or lost an area, one by one.
fn own_breaks(analysis: &Analysis<'_>, unit: UnitIx) -> Vec<Break> {
    let units = &analysis.catalog.units;
    let changes = &units.changes;
    let goes_on = |day| units.get(unit).is_valid_on(day);
    let mut list: Vec<Break> = changes
        .arrivals(unit)
        .chain(changes.departures(unit))
        .filter(|c| c.heir().is_some() && goes_on(c.date))
        .map(|c| Break {
            date: c.date,
            moves_area: c.moves_area(),
        })
        .collect();
    list.sort_by_key(|b| (b.date, !b.moves_area));
    list.dedup_by_key(|b| b.date);
    list
}
