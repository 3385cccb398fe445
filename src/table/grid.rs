//! Cells as they lie in a file, before anybody says which of them are headers, rows, totals or notes.
//!
//! A workbook gives one grid a sheet, a text file one grid. Nothing is interpreted here but the type that the file
//! itself gives to a cell.

use std::sync::Arc;

use crate::diagnostic::{Place, to_u32};

/// What the file says a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellType {
    /// Text, or a text file, where nothing says more.
    #[default]
    Text,
    /// A number; the text is its plain decimal with a point.
    Number,
    /// A number shown as a percentage; the text is the figure shown without the sign: `78.38` for 0.7838.
    Percent,
    /// A date; the text is ISO.
    Date,
    /// An error value such as `#DIV/0!`.
    Error,
}

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCell {
    /// Column, from 0; for text files the number of the field.
    pub column: u32,
    /// Position in characters within the line, for text files; equals `column` in sheets.
    pub at: u32,
    /// The text, NFC, without white space at its ends.
    pub text: String,
    /// What the file says it is.
    pub kind: CellType,
}

/// A row with its cells in order of column; empty cells are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    /// Row of the sheet or line of the file, from 0.
    pub line: u32,
    /// Whether the row is hidden.
    pub hidden: bool,
    /// The cells.
    pub cells: Vec<GridCell>,
}

impl GridRow {
    /// The text of the cell in `column`; an empty text where there is none.
    pub fn text(&self, column: u32) -> &str {
        self.get(column).map_or("", |c| c.text.as_str())
    }

    /// The cell in `column`.
    pub fn get(&self, column: u32) -> Option<&GridCell> {
        let at = self
            .cells
            .binary_search_by_key(&column, |c| c.column)
            .ok()?;
        self.cells.get(at)
    }
}

/// A rectangle of cells that the file shows as one; all bounds are inclusive, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// A sheet of a workbook, or a text file, as cells.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The file it was read from.
    pub file: Arc<str>,
    /// Name of the sheet; none for text files.
    pub sheet: Option<Arc<str>>,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// Rows that hold something, in order of line.
    pub rows: Vec<GridRow>,
    /// Merged cells, sorted.
    pub merges: Vec<Merge>,
    /// Columns that are hidden, sorted.
    pub hidden_columns: Vec<u32>,
    /// Comments on cells: row, column, text.
    pub comments: Vec<(u32, u32, String)>,
}

impl Grid {
    /// The number of columns: one more than the last that holds something.
    pub fn width(&self) -> u32 {
        let last = |r: &GridRow| r.cells.last().map_or(0, |c| c.column + 1);
        self.rows.iter().map(last).max().unwrap_or(0)
    }

    /// The row at `line`.
    pub fn row(&self, line: u32) -> Option<&GridRow> {
        let at = self.rows.binary_search_by_key(&line, |r| r.line).ok()?;
        self.rows.get(at)
    }

    /// The place of a cell.
    pub fn place(&self, row: &GridRow, cell: &GridCell) -> Place {
        let width = to_u32(cell.text.chars().count());
        Place::at(&self.file, row.line, cell.at, width).in_sheet(self.sheet.as_ref())
    }
}
