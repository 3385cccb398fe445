//! How much of a workbook is read at most. A small file can unfold into more than any machine holds, so each limit is
//! checked before the memory is spent; all of them are far beyond what an office sends.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::table::size;

/// Parts of an archive: a workbook of a hundred sheets with pictures has some hundreds.
pub(super) const PARTS: u64 = 4_000;

/// Bytes of one part when inflated: a sheet of a million rows and four columns has about 150 MB.
pub(super) const PART_BYTES: u64 = 256 << 20;

/// Bytes of all parts that are read, when inflated.
pub(super) const TOTAL_BYTES: u64 = 512 << 20;

/// How many times larger than packed a part may be: sheets reach 10 to 40, one row over and over again 150 to 400, and
/// bombs the 1,032 that the packing can reach.
pub(super) const RATIO: u64 = 500;

/// Parts below this size may be packed however well.
pub(super) const RATIO_FROM_BYTES: u64 = 16 << 20;

/// Bytes between two marks of XML, that is of one text: a cell of Excel holds 32,767 characters.
pub(super) const TEXT_BYTES: u64 = 4 << 20;

/// Elements inside each other: real parts have up to some thirty.
pub(super) const DEPTH: u64 = 256;

/// Sheets of a workbook.
pub(super) const SHEETS: u64 = 500;

/// Rows of a sheet of Excel.
pub(super) const ROWS: u64 = 1_048_576;

/// Columns of a sheet of Excel.
pub(super) const COLUMNS: u64 = 16_384;

/// Cells of a workbook that hold something; each takes about 60 bytes. Longer tables are sent as CSV.
pub(super) const CELLS: u64 = 4_000_000;

/// Bytes of the texts of all cells: a text shared by many cells is copied to each.
pub(super) const ALL_TEXT_BYTES: u64 = 256 << 20;

/// Merged regions, comments, names and styles, of each kind.
pub(super) const ITEMS: u64 = 200_000;

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// A limit is exceeded; its name is a phrase.
    TooLarge {
        limit: &'static str,
        found: u64,
        most: u64,
    },
    /// A part is missing, cut off or not what it must be; the whole file where it has no name.
    Damaged(Arc<str>),
    /// The content is encrypted.
    Encrypted,
    /// A format that is known but not read.
    Unsupported(&'static str),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Failure {}

impl Failure {
    pub(super) fn damaged(part: &str) -> Self {
        Self::Damaged(part.into())
    }

    /// The finding for the file.
    pub(super) fn diagnostic(&self, file: &Arc<str>) -> Diagnostic {
        let new = |code| Diagnostic::new(code, Place::file(file));
        match self {
            Self::TooLarge { limit, found, most } => {
                size::exceeded(Place::file(file), limit, *found, *most)
            }
            Self::Damaged(part) if part.is_empty() => {
                new(codes::WORKBOOK_DAMAGED).with("part", file)
            }
            Self::Damaged(part) => new(codes::WORKBOOK_DAMAGED).with("part", part),
            Self::Encrypted => new(codes::WORKBOOK_ENCRYPTED),
            Self::Unsupported(name) => new(codes::FORMAT_UNSUPPORTED).with("name", name),
        }
    }
}

/// Refuses `found` of something if it is more than `most`.
pub(super) fn check(limit: &'static str, found: u64, most: u64) -> Result<(), Failure> {
    if found > most {
        return Err(Failure::TooLarge { limit, found, most });
    }
    Ok(())
}

/// What the cells of a workbook have taken so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    cells: u64,
    text: u64,
}

impl Budget {
    /// Counts `cells` cells of `bytes` bytes each.
    pub(super) fn spend(&mut self, cells: u64, bytes: usize) -> Result<(), Failure> {
        self.cells = self.cells.saturating_add(cells);
        let bytes = cells.saturating_mul(bytes as u64);
        self.text = self.text.saturating_add(bytes);
        check("limit-cells", self.cells, CELLS)?;
        check("limit-text-bytes", self.text, ALL_TEXT_BYTES)
    }
}
