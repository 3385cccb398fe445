//! Bytes → tables of text cells, each with its place.
//!
//! A table keeps what was written: no cell is read as a number here, and nothing is dropped but a byte order
//! mark and rows that are wholly empty.

pub mod csv;
pub mod encoding;
pub mod grid;
pub mod json;
pub mod layout;
pub(crate) mod size;
pub mod view;
pub mod workbook;

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Checked, Diagnostic, Place, codes};
use crate::source::SourceFile;
use crate::text::markup;
use encoding::Encoding;
use grid::CellType;
use workbook::Workbook;

/// A table of text: a header and rows of as many cells.
///
/// Cells lie one after the other in one text, so that a table of a million rows costs no million allocations.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The file it was read from.
    pub file: Arc<str>,
    /// The sheet of the workbook it was read from; lines and columns are then rows and columns of cells.
    pub sheet: Option<Arc<str>>,
    /// The header cells.
    pub header: Vec<String>,
    /// Line of the (last) header row, from 0.
    pub header_line: u32,
    /// Column (in characters) of each header cell.
    pub header_columns: Vec<u32>,
    text: String,
    /// End of each cell in `text`.
    ends: Vec<u32>,
    /// Line of each row, from 0.
    lines: Vec<u32>,
    /// Column of each cell, in characters.
    columns: Vec<u16>,
    /// What the file says each cell is; empty where it says nothing.
    kinds: Vec<CellType>,
    /// Path of each row in a JSON file; empty for other files.
    paths: Vec<String>,
}

impl Table {
    /// An empty table.
    pub fn new(file: &Arc<str>, header: Vec<String>, header_columns: Vec<u32>) -> Self {
        Self {
            file: Arc::clone(file),
            header,
            header_columns,
            ..Self::default()
        }
    }

    /// Adds a row; missing cells are empty, cells beyond the header are left out.
    pub fn push_row<'c>(&mut self, line: u32, cells: impl Iterator<Item = (&'c str, u32)>) {
        let width = self.header.len();
        let mut n = 0;
        for (cell, column) in cells.take(width) {
            self.text.push_str(cell);
            self.ends.push(crate::diagnostic::to_u32(self.text.len()));
            self.columns.push(u16::try_from(column).unwrap_or(u16::MAX));
            n += 1;
        }
        for _ in n..width {
            self.ends.push(crate::diagnostic::to_u32(self.text.len()));
            self.columns.push(0);
        }
        self.lines.push(line);
    }

    /// The table with its header alone.
    #[must_use]
    pub(crate) fn without_rows(&self) -> Self {
        let mut table = Self::new(&self.file, self.header.clone(), self.header_columns.clone());
        table.sheet.clone_from(&self.sheet);
        table.header_line = self.header_line;
        table
    }

    /// What of the table is beyond the limits, if anything is.
    pub(crate) fn excess(&self) -> Option<Diagnostic> {
        let place = || Place::file(&self.file).in_sheet(self.sheet.as_ref());
        size::excess(place, self.header.len(), self.ends.len(), self.text.len())
    }

    /// Adds a row of a JSON file: the value at `path`, whose members are the cells.
    pub fn push_value<'c>(
        &mut self,
        line: u32,
        path: String,
        cells: impl Iterator<Item = &'c str>,
    ) {
        self.push_row(line, cells.map(|c| (c, 0)));
        self.paths.push(path);
    }

    /// Says what the cells of the last row are, in a file that tells.
    pub fn push_kinds(&mut self, kinds: impl Iterator<Item = CellType>) {
        let end = self.lines.len() * self.header.len();
        let first = end.saturating_sub(self.header.len());
        self.kinds.resize(first, CellType::Text);
        self.kinds.extend(kinds);
        self.kinds.resize(end, CellType::Text);
    }

    /// Adds a column to a table without rows.
    pub fn push_column(&mut self, name: &str) {
        self.header.push(name.to_owned());
        self.header_columns.push(0);
    }

    /// What the file says a cell is.
    pub fn kind(&self, row: usize, column: usize) -> CellType {
        let at = row * self.header.len() + column;
        self.kinds.get(at).copied().unwrap_or_default()
    }

    /// Takes markup out of every cell; gives the number of cells that held some and the first of them.
    pub fn strip_markup(&mut self) -> Option<(usize, Place)> {
        if !self.text.contains(['<', '&']) {
            return None;
        }
        let mut changed = 0;
        let mut first = None;
        let mut text = String::with_capacity(self.text.len());
        let mut ends = Vec::with_capacity(self.ends.len());
        for row in 0..self.row_count() {
            for column in 0..self.header.len() {
                let plain = markup::plain(self.cell(row, column));
                if matches!(plain, Cow::Owned(_)) {
                    changed += 1;
                    first.get_or_insert_with(|| self.place(row, column));
                }
                text.push_str(&plain);
                ends.push(crate::diagnostic::to_u32(text.len()));
            }
        }
        (self.text, self.ends) = (text, ends);
        first.map(|place| (changed, place))
    }

    /// The table with one of its rows alone.
    #[must_use]
    pub fn only_row(&self, row: usize) -> Self {
        let mut table = self.without_rows();
        let columns = 0..self.header.len();
        let cells = columns
            .clone()
            .map(|c| (self.cell(row, c), u32::from(self.column(row, c))));
        table.push_row(self.line(row), cells);
        table.paths.extend(self.paths.get(row).cloned());
        table.push_kinds(columns.map(|c| self.kind(row, c)));
        table
    }

    /// How many rows there are.
    pub fn row_count(&self) -> usize {
        self.lines.len()
    }

    /// The text of a cell.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        let at = row * self.header.len() + column;
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1] as usize
        };
        &self.text[start..self.ends[at] as usize]
    }

    /// The line of a row, from 0.
    pub fn line(&self, row: usize) -> u32 {
        self.lines[row]
    }

    /// The column of a cell in characters, from 0.
    pub fn column(&self, row: usize, column: usize) -> u16 {
        self.columns[row * self.header.len() + column]
    }

    /// The place of a cell.
    pub fn place(&self, row: usize, column: usize) -> Place {
        if let Some(path) = self.paths.get(row) {
            return Place {
                line: Some(self.line(row)),
                path: Some(format!("{path}.{}", self.header[column])),
                ..Place::file(&self.file)
            };
        }
        let width = crate::diagnostic::to_u32(self.cell(row, column).chars().count());
        Place::at(
            &self.file,
            self.line(row),
            u32::from(self.column(row, column)),
            width,
        )
        .in_sheet(self.sheet.as_ref())
    }

    /// The place of a header cell.
    pub fn header_place(&self, column: usize) -> Place {
        let width = crate::diagnostic::to_u32(self.header[column].chars().count());
        Place::at(
            &self.file,
            self.header_line,
            self.header_columns[column],
            width,
        )
        .in_sheet(self.sheet.as_ref())
    }

    /// All cells of a column.
    pub fn cells_of(&self, column: usize) -> impl Iterator<Item = &str> {
        (0..self.row_count()).map(move |row| self.cell(row, column))
    }
}

/// Reads a table of any known format.
pub fn read(file: &SourceFile) -> Checked<Option<Table>> {
    match file.extension().as_str() {
        "csv" | "tsv" | "txt" => csv::read(file),
        "json" => json::read(file),
        other => {
            let d = Diagnostic::new(codes::FORMAT_UNSUPPORTED, Place::file(&file.path))
                .with("name", other);
            Checked::new(None, vec![d])
        }
    }
}

/// What is declared of the container of a table.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The encoding of a text file.
    pub encoding: Option<Encoding>,
    /// The mark between the fields of a text file.
    pub delimiter: Option<u8>,
}

/// The cells of a file: a grid a sheet.
pub fn grids(file: &SourceFile, asked: &Asked) -> Checked<Vec<grid::Grid>> {
    let mut findings = Vec::new();
    let grids = read_grids(file, asked).take(&mut findings).grids;
    Checked::new(grids, findings)
}

/// The cells of a file, and all text that a workbook holds outside of them. Text that is named as a workbook is read
/// as text.
pub fn read_grids(file: &SourceFile, asked: &Asked) -> Checked<Workbook> {
    let mut findings = Vec::new();
    if is_workbook(&file.extension()) {
        let read = workbook::read(file);
        if !read.value.is_text {
            return read;
        }
        findings = read.diagnostics;
    }
    let grid = csv::read_grid(file, asked.encoding, asked.delimiter).take(&mut findings);
    let workbook = Workbook {
        grids: grid.into_iter().collect(),
        is_text: true,
        ..Workbook::default()
    };
    Checked::new(workbook, findings)
}

/// The table of a JSON file: its outer array, or the one that a mapping names.
pub fn read_objects(file: &SourceFile, path: Option<&str>) -> Checked<Option<Table>> {
    path.map_or_else(|| json::read(file), |path| json::read_at(file, path))
}

/// Whether files of this extension hold sheets.
pub fn is_workbook(extension: &str) -> bool {
    ["xlsx", "xlsm", "xls", "ods"].contains(&extension)
}

/// Whether a file holds a table: by its extension, and a `.txt` where tabs part its fields ("Unicode Text" of Excel).
pub fn holds_table(file: &SourceFile) -> bool {
    let extension = file.extension();
    let has_tabs = || file.bytes.iter().take(4096).any(|b| *b == b'\t');
    is_table(&extension) || extension == "txt" && has_tabs()
}

/// Extensions of files that hold tables.
pub fn is_table(extension: &str) -> bool {
    is_workbook(extension) || ["csv", "tsv", "json"].contains(&extension)
}
