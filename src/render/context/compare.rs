//! The bodies of comparisons: units beside each other, and what finds a unit on the parts of a long ranking.

use super::{Crumb, Definition, LinkRow, TableSection};
use serde::Serialize;

/// `/so-sanh/…/`: where a reader chooses units; the units of a group beside each other and beside the unit above.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Compare {
    /// What the addresses of units begin with, for the script: `don-vi/`.
    pub units: String,
    /// The prepared comparison.
    pub section: Option<TableSection>,
    /// The other parts of a long one; this part leads nowhere.
    pub parts: Vec<Crumb>,
    /// Terms used in it.
    pub definitions: Vec<Definition>,
    /// All prepared comparisons, or the others near this one.
    pub groups: Vec<LinkRow>,
}

/// The field that finds a unit on any part of a long ranking, for the script.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Finder {
    /// Which of the divided rankings it is, from 0.
    pub number: usize,
    /// Rows of a part.
    pub rows: usize,
    /// How many parts there are.
    pub parts: usize,
    /// Folder of the first part.
    pub href: String,
    /// What the addresses of units begin with.
    pub units: String,
    /// Label of the field.
    pub label: String,
}
