//! A sheet while it is read: cells are checked against the limits, put in order and turned into a grid.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::fonts::FontEncoding;
use super::limits::{self, Budget, Failure, check};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::table::encoding::Encoding;
use crate::table::grid::{CellType, Grid, GridCell, GridRow, Merge};
use crate::text::normal;

/// A sheet that is being filled.
pub(super) struct Sheet<'b> {
    grid: Grid,
    budget: &'b mut Budget,
    rows: BTreeMap<u32, Row>,
    /// Ranges of hidden columns, both bounds inclusive.
    hidden_columns: Vec<(u32, u32)>,
    /// The encoding of an old font, where a cell was in one.
    legacy: Option<Encoding>,
    /// Cells with a formula of which no result is stored.
    unsolved: Vec<(u32, u32)>,
    pub(super) texts: Vec<(Place, String)>,
}

#[derive(Default)]
struct Row {
    hidden: bool,
    cells: Vec<GridCell>,
}

impl<'b> Sheet<'b> {
    pub(super) fn new(file: &Arc<str>, name: &str, hidden: bool, budget: &'b mut Budget) -> Self {
        let grid = Grid {
            file: Arc::clone(file),
            sheet: Some(tidy(name).into()),
            hidden,
            ..Grid::default()
        };
        Self {
            grid,
            budget,
            rows: BTreeMap::new(),
            hidden_columns: Vec::new(),
            legacy: None,
            unsolved: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// The place of a cell.
    pub(super) fn place(&self, row: u32, column: u32) -> Place {
        Place::at(&self.grid.file, row, column, 1).in_sheet(self.grid.sheet.as_ref())
    }

    /// Adds a cell, unless its text is empty.
    pub(super) fn push(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        kind: CellType,
    ) -> Result<(), Failure> {
        self.push_tidy(row, column, &tidy(text), kind)
    }

    /// Adds a cell with a text that is tidy already, unless it is empty.
    pub(super) fn push_tidy(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        kind: CellType,
    ) -> Result<(), Failure> {
        within(row, column)?;
        if text.is_empty() {
            return Ok(());
        }
        self.budget.spend(1, text.len())?;
        let cell = GridCell {
            column,
            at: column,
            text: text.to_owned(),
            kind,
        };
        self.rows.entry(row).or_default().cells.push(cell);
        Ok(())
    }

    /// The text of a cell or a part of it as it looks in its font.
    pub(super) fn in_font(&mut self, text: String, font: Option<FontEncoding>) -> String {
        match font.and_then(|f| Some((f, f.decode(&text)?))) {
            Some((font, decoded)) => {
                self.legacy = Some(font.encoding);
                decoded
            }
            None => text,
        }
    }

    /// Notes that a formula has no stored result.
    pub(super) fn unsolved(&mut self, row: u32, column: u32) -> Result<(), Failure> {
        within(row, column)?;
        self.budget.spend(1, 0)?;
        self.unsolved.push((row, column));
        Ok(())
    }

    /// Hides a row.
    pub(super) fn hide_row(&mut self, row: u32) {
        if u64::from(row) < limits::ROWS {
            self.rows.entry(row).or_default().hidden = true;
        }
    }

    /// Hides columns, both bounds inclusive.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) -> Result<(), Failure> {
        self.hidden_columns.push((first, last));
        check(
            "limit-columns",
            self.hidden_columns.len() as u64,
            limits::COLUMNS,
        )
    }

    /// Adds a merged region, unless it is a single cell.
    pub(super) fn merge(&mut self, merge: Merge) -> Result<(), Failure> {
        within(merge.bottom, merge.right)?;
        if merge.top <= merge.bottom
            && merge.left <= merge.right
            && (merge.top, merge.left) != (merge.bottom, merge.right)
        {
            self.grid.merges.push(merge);
        }
        check("limit-merges", self.grid.merges.len() as u64, limits::ITEMS)
    }

    /// Adds a comment on a cell.
    pub(super) fn comment(&mut self, row: u32, column: u32, text: &str) -> Result<(), Failure> {
        let text = tidy(text).into_owned();
        if !text.is_empty() {
            self.budget.spend(1, text.len())?;
            self.texts.push((self.place(row, column), text.clone()));
            self.grid.comments.push((row, column, text));
        }
        Ok(())
    }

    /// Adds text that lies on the sheet but in no cell.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        let text = tidy(text).into_owned();
        if !text.is_empty() {
            self.budget.spend(1, text.len())?;
            let place = Place::file(&self.grid.file).in_sheet(self.grid.sheet.as_ref());
            self.texts.push((place, text));
        }
        Ok(())
    }

    /// The grid and the texts; what was found goes to `findings`.
    pub(super) fn finish(mut self, findings: &mut Vec<Diagnostic>) -> (Grid, Vec<(Place, String)>) {
        findings.extend(self.finding_on_formulas());
        if let Some(encoding) = self.legacy {
            let place = Place::file(&self.grid.file).in_sheet(self.grid.sheet.as_ref());
            let d = Diagnostic::new(codes::ENCODING_LEGACY, place);
            findings.push(d.with("name", encoding.name()));
        }
        for (line, mut row) in self.rows {
            // Where a file names a cell twice, programs show the last.
            row.cells.reverse();
            row.cells.sort_by_key(|c| c.column);
            row.cells.dedup_by_key(|c| c.column);
            if !row.cells.is_empty() {
                let (hidden, cells) = (row.hidden, row.cells);
                self.grid.rows.push(GridRow {
                    line,
                    hidden,
                    cells,
                });
            }
        }
        self.grid.hidden_columns = columns(self.hidden_columns, self.grid.width());
        self.grid.merges.sort_unstable();
        self.grid.comments.sort_unstable();
        (self.grid, self.texts)
    }

    fn finding_on_formulas(&self) -> Option<Diagnostic> {
        let (row, column) = self.unsolved.iter().min()?;
        let more = match self.unsolved.len() - 1 {
            0 => String::new(),
            n => format!(" (+{n})"),
        };
        let d = Diagnostic::new(codes::FORMULA_WITHOUT_VALUE, self.place(*row, *column));
        Some(d.with("more", more))
    }
}

/// The columns below `width` that are in one of `ranges`, in order.
fn columns(mut ranges: Vec<(u32, u32)>, width: u32) -> Vec<u32> {
    ranges.sort_unstable();
    let (mut out, mut next) = (Vec::new(), 0);
    for (first, last) in ranges {
        let end = last.saturating_add(1).min(width);
        out.extend(first.max(next)..end);
        next = next.max(end);
    }
    out
}

/// Refuses cells outside of what any program shows.
fn within(row: u32, column: u32) -> Result<(), Failure> {
    check("limit-rows", u64::from(row) + 1, limits::ROWS)?;
    check("limit-columns", u64::from(column) + 1, limits::COLUMNS)
}

/// NFC, one kind of line end, no white space at the ends.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
    if text.contains('\r') {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        Cow::Owned(normal::nfc(&text).into_owned())
    } else {
        normal::nfc(text)
    }
}
