//! Sheets of workbooks: cells, hidden or not, with their headers; comments; and the texts that a workbook carries
//! beside its sheets (title, author, names).

use super::cells::{Cell, Hints, Line, whole_columns};
use super::{Found, Search, found, records};
use crate::diagnostic::{Place, phrase, to_u32};
use crate::privacy::{self, Hint};
use crate::table::grid::Grid;

/// Searches a sheet, its hidden rows and columns and its comments too.
pub fn in_grid(grid: &Grid, year: Option<u16>) -> Vec<Found> {
    let search = Search {
        file: &grid.file,
        year,
    };
    let lines: Vec<Line<'_>> = grid
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter().map(|c| Cell {
                column: c.column as usize,
                at: c.at,
                text: &c.text,
            });
            (row.line, cells.collect())
        })
        .collect();
    let place = |line: u32, cell: &Cell<'_>| {
        Place::at(&grid.file, line, cell.at, to_u32(cell.text.chars().count()))
    };
    let head = &lines[..lines.len().min(super::cells::HEAD + super::cells::SAMPLE)];
    let mut all = records::in_table(&search, head, &place);
    let hints = Hints::of(head);
    let mut weak = Vec::new();
    for (line, cells) in &lines {
        for (column, mut hit) in hints.search(&search, *line, cells) {
            // A sheet names the cell, whatever part of it is meant.
            let place = &mut hit.diagnostic.place;
            let starts = cells
                .iter()
                .map(|c| c.at)
                .filter(|at| Some(*at) <= place.column);
            place.column = starts.max();
            match column {
                None => all.push(hit),
                Some(column) => weak.push((column, hit)),
            }
        }
    }
    all.extend(whole_columns(weak, |column| {
        let own = |(_, cells): &&Line<'_>| cells.iter().any(|c| c.column == column);
        lines.iter().filter(own).count()
    }));
    for (row, column, text) in &grid.comments {
        let place = Place::at(&grid.file, *row, *column, 1);
        all.extend(in_text(&search, text, &place, "inside-comment"));
    }
    for f in &mut all {
        f.diagnostic.place.sheet.clone_from(&grid.sheet);
    }
    all
}

/// Searches a text that stands in no cell but at `place`.
pub fn in_property(place: &Place, text: &str, year: Option<u16>) -> Vec<Found> {
    let search = Search {
        file: &place.file,
        year,
    };
    in_text(&search, text, place, "inside-properties")
}

fn in_text(search: &Search<'_>, text: &str, place: &Place, inside: &'static str) -> Vec<Found> {
    let text = privacy::plain(text);
    privacy::scan(&text, Hint::None, search.year)
        .into_iter()
        .filter(|h| h.is_sure)
        .map(|h| {
            let mut found = found(&h, &text, place.clone());
            found.diagnostic = found.diagnostic.set("inside", phrase(inside));
            found
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::grid::{GridCell, GridRow};

    fn grid(rows: &[&[&str]]) -> Grid {
        let cell = |(i, text): (usize, &&str)| GridCell {
            column: to_u32(i),
            at: to_u32(i),
            text: (*text).to_owned(),
            kind: crate::table::grid::CellType::Text,
        };
        Grid {
            file: "data/a.xlsx".into(),
            sheet: Some("Bảng 1".into()),
            hidden: true,
            rows: (0u32..)
                .zip(rows)
                .map(|(line, cells)| GridRow {
                    line,
                    hidden: line > 1,
                    cells: cells.iter().enumerate().map(cell).collect(),
                })
                .collect(),
            comments: vec![(1, 0, "hỏi 0900000000".to_owned())],
            ..Grid::default()
        }
    }

    #[test]
    fn hidden_cells_comments_and_numbers_without_their_zeros() {
        let found = in_grid(
            &grid(&[
                &["Đơn vị", "CCCD", "Ghi chú"],
                &["A", "1099000000", ""],
                &["B", "12", "của CMND 190000000"],
            ]),
            Some(2026),
        );
        let shown =
            |f: &Found| format!("{} {}", f.diagnostic.code, f.diagnostic.place.within_file());
        let found: Vec<String> = found.iter().map(shown).collect();
        assert_eq!(
            found,
            [
                "citizen-id Bảng 1!B2",
                "citizen-id-old Bảng 1!C3",
                "phone-number Bảng 1!A2"
            ]
        );
    }

    #[test]
    fn properties_are_searched() {
        let found = in_property(&Place::file(&"a.xlsx".into()), "nguoi.thu@vi-du.vn", None);
        assert_eq!(found[0].diagnostic.place.shown(), "a.xlsx");
    }
}
