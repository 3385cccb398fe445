//! How large one table may become. A small file can ask for a large table: a header of many columns above many short
//! rows, one long text in a cell that is merged over all rows. Each limit is far beyond what an office sends.

use crate::diagnostic::{Diagnostic, Place, codes, phrase};

/// Columns of a table, as many as a sheet of Excel has.
pub(crate) const COLUMNS: usize = 16_384;

/// Cells of a table, the empty ones too; each takes seven bytes beside its text.
pub(crate) const CELLS: usize = 40_000_000;

/// Bytes of one cell of a text file: a cell of Excel holds 32,767 characters.
pub(crate) const CELL_BYTES: usize = 4 << 20;

/// Bytes of the texts of all cells of a table.
pub(crate) const TEXT_BYTES: usize = 512 << 20;

/// The finding that `found` of something are more than `most`; what is counted is a phrase that ends in `-bytes` where
/// it is shown in megabytes.
pub(crate) fn exceeded(place: Place, what: &'static str, found: u64, most: u64) -> Diagnostic {
    let unit = if what.ends_with("-bytes") { 1 << 20 } else { 1 };
    let shown = |n: u64| n.div_ceil(unit);
    Diagnostic::new(codes::INPUT_TOO_LARGE, place)
        .with("limit", phrase(what))
        .with("found", shown(found))
        .with("most", shown(most))
}

/// The finding that a cell at `place` is too long, if it is.
pub(crate) fn long_cell(place: impl FnOnce() -> Place, bytes: usize) -> Option<Diagnostic> {
    let is_long = bytes > CELL_BYTES;
    is_long.then(|| exceeded(place(), "limit-cell-bytes", bytes as u64, CELL_BYTES as u64))
}

/// What of a table is beyond the limits.
pub(crate) fn excess(
    place: impl FnOnce() -> Place,
    columns: usize,
    cells: usize,
    text: usize,
) -> Option<Diagnostic> {
    let limits = [
        ("limit-columns", columns, COLUMNS),
        ("limit-cells", cells, CELLS),
        ("limit-text-bytes", text, TEXT_BYTES),
    ];
    let (what, found, most) = limits.into_iter().find(|(_, found, most)| found > most)?;
    Some(exceeded(place(), what, found as u64, most as u64))
}
