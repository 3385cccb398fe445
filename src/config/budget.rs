//! `[budget]` of `site.toml`: how heavy what a reader loads may become.

use crate::diagnostic::Place;
use crate::toml_file::Section;

/// What can have a budget: any page, a kind of page by its `data-kind`, all scripts together.
pub const BUDGETS: [&str; 19] = [
    "page",
    "script",
    "home",
    "edition",
    "unit",
    "evidence",
    "service",
    "indicator",
    "ranking",
    "heat",
    "compare",
    "changes",
    "revisions",
    "children",
    "tasks",
    "reconciliation",
    "method",
    "data",
    "search",
];

/// The most bytes of one thing, as sent compressed (gzip, level 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// One of [`BUDGETS`].
    pub of: &'static str,
    /// Bytes.
    pub most: u64,
    /// Where it is set.
    pub place: Place,
}

/// Reads the section.
pub(super) fn read(root: &Section<'_, '_>) -> Vec<Budget> {
    let Some(s) = root.section("budget") else {
        return Vec::new();
    };
    let list = BUDGETS.iter().filter_map(|of| {
        Some(Budget {
            of,
            most: s.number(of, 1..=100_000_000)?.into(),
            place: s.place_of(of),
        })
    });
    let list = list.collect();
    s.close();
    list
}
