//! How units stand to a period: there at its end, ended before, or not begun.

use crate::model::Unit;
use crate::text::date::Date;

/// How a unit stands to a period. Where several of them have the same figure below one unit, as the communes of
/// today and those that they were made of may, only those of the highest standing are added: none counts twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It begins after the period.
    Later,
    /// It ended before the period did.
    Former,
    /// It exists on the last day.
    Present,
}

impl Standing {
    /// How `unit` stands to a period that ends on `end`.
    pub(super) fn of(unit: &Unit, end: Date) -> Self {
        if unit.is_valid_on(end) {
            Self::Present
        } else if unit.valid_from.is_some_and(|d| d > end) {
            Self::Later
        } else {
            Self::Former
        }
    }
}
