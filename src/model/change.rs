//! What happened to units: the register of changes.

use std::sync::Arc;

use super::UnitIx;
use crate::decimal::Decimal;
use crate::text::date::Date;

/// What happened to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// Whole units become one.
    Merge,
    /// A unit is divided.
    Split,
    /// Only the name changes.
    Rename,
    /// Only the unit above changes.
    Reparent,
    /// It ends without an heir to its figures.
    Abolish,
}

impl ChangeKind {
    /// The kind of that name in the register.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "merge" => Self::Merge,
            "split" => Self::Split,
            "rename" => Self::Rename,
            "reparent" => Self::Reparent,
            "abolish" => Self::Abolish,
            _ => return None,
        })
    }
}

/// An entry of the register of changes.
#[derive(Clone, Debug)]
pub struct Change {
    /// First day of the new order.
    pub date: Date,
    /// What happened.
    pub kind: ChangeKind,
    /// The unit before.
    pub from: UnitIx,
    /// The unit after; none where it was abolished.
    pub to: Option<UnitIx>,
    /// How much of the unit before went into the unit after, above 0 and at most 1; none where the register does
    /// not say: the whole, or of a split unit an unknown part.
    pub share: Option<Decimal>,
    /// The legal basis, as text.
    pub basis: Arc<str>,
}

impl Change {
    /// The unit that goes on with the figures of the one before. Where a unit was abolished, the register says
    /// only where its area lies now.
    pub fn heir(&self) -> Option<UnitIx> {
        self.to.filter(|_| self.kind != ChangeKind::Abolish)
    }

    /// Whether the area of the units changes, and not only a name or the unit above.
    pub fn moves_area(&self) -> bool {
        matches!(self.kind, ChangeKind::Merge | ChangeKind::Split)
    }
}

/// All changes by date, and those of each unit.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    list: Vec<Change>,
    /// Positions in the list with the unit after, sorted.
    arrivals: Vec<(UnitIx, u32)>,
    /// Positions in the list with the unit before, sorted.
    departures: Vec<(UnitIx, u32)>,
}

impl Changes {
    /// Sorts the entries by date, then by the units.
    pub fn new(mut list: Vec<Change>) -> Self {
        list.sort_by_key(|c| (c.date, c.from, c.to));
        let at = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
        let mut arrivals: Vec<(UnitIx, u32)> = list
            .iter()
            .enumerate()
            .filter_map(|(i, c)| Some((c.to?, at(i))))
            .collect();
        let mut departures: Vec<(UnitIx, u32)> = list
            .iter()
            .enumerate()
            .map(|(i, c)| (c.from, at(i)))
            .collect();
        arrivals.sort_unstable();
        departures.sort_unstable();
        Self {
            list,
            arrivals,
            departures,
        }
    }

    /// Whether nothing ever changed.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All entries by date.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Change> {
        self.list.iter()
    }

    /// What a unit came from, by date.
    pub fn arrivals(&self, unit: UnitIx) -> impl DoubleEndedIterator<Item = &Change> {
        self.of(&self.arrivals, unit)
    }

    /// What became of a unit, by date.
    pub fn departures(&self, unit: UnitIx) -> impl DoubleEndedIterator<Item = &Change> {
        self.of(&self.departures, unit)
    }

    fn of<'a>(
        &'a self,
        index: &'a [(UnitIx, u32)],
        unit: UnitIx,
    ) -> impl DoubleEndedIterator<Item = &'a Change> {
        let start = index.partition_point(|(u, _)| *u < unit);
        let count = index[start..].partition_point(|(u, _)| *u == unit);
        index[start..start + count]
            .iter()
            .map(|(_, at)| &self.list[*at as usize])
    }
}
