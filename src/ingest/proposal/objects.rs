//! A JSON file that nobody has described → its arrays of objects, each looked at like a table.

use super::{Proposal, Site, look_at};
use crate::diagnostic::to_u32;
use crate::source::SourceFile;
use crate::table::grid::{CellType, Grid, GridCell, GridRow};
use crate::table::{self, Table, json};

/// More arrays than these are not looked at: the file is no table.
const MOST: usize = 5;

/// Looks at every array of objects of a file.
pub(super) fn propose(file: &SourceFile, site: Site<'_>) -> Proposal {
    let mut out = Proposal::default();
    let mut paths = json::paths(file);
    paths.truncate(MOST);
    if paths.is_empty() {
        out.findings = json::read(file).diagnostics;
        return out;
    }
    for path in &paths {
        // The array that is the file itself needs no path.
        let asked = Some(path.as_str()).filter(|p| *p != "[]");
        let Some(table) = table::read_objects(file, asked).take(&mut out.findings) else {
            continue;
        };
        let mut sheet = look_at(file, &grid(&table), false, asked, site);
        for table in &mut sheet.tables {
            table.needs_mapping |= asked.is_some();
        }
        out.sheets.push(sheet);
    }
    out
}

/// The cells of a table whose headers stand in the first row.
fn grid(table: &Table) -> Grid {
    let cell = |(i, text): (usize, &str), kind| GridCell {
        column: to_u32(i),
        at: to_u32(i),
        text: text.to_owned(),
        kind,
    };
    let header = table.header.iter().map(String::as_str).enumerate();
    let head = GridRow {
        line: 0,
        hidden: false,
        cells: header.map(|c| cell(c, CellType::Text)).collect(),
    };
    let rows = (0..table.row_count()).map(|row| GridRow {
        line: to_u32(row + 1),
        hidden: false,
        cells: (0..table.header.len())
            .map(|c| (c, table.cell(row, c)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(c, text)| cell((c, text), CellType::Text))
            .collect(),
    });
    Grid {
        file: table.file.clone(),
        rows: std::iter::once(head).chain(rows).collect(),
        ..Grid::default()
    }
}
