//! Any delimited text as a grid: titles before the table, rows of any width, fields at their true places.

use super::delimiter;
use super::fields::{Field, Fields, Outcome};
use crate::diagnostic::{Checked, Diagnostic, Place, codes, phrase, to_u32};
use crate::source::SourceFile;
use crate::table::encoding::{self, Encoding};
use crate::table::grid::{CellType, Grid, GridCell, GridRow};
use crate::table::size;
use crate::text::normal;

/// Cells of a grid that hold something, each of about 70 bytes: 2 million rows of ten columns.
const MOST_CELLS: usize = 20_000_000;

/// Reads a delimited text as a grid, in the declared encoding and with the declared delimiter where there are any.
///
/// Without a declared delimiter a first line `sep=;` is obeyed, else the whole text must prove one. Rows need not be
/// of one width; empty fields and rows are left out.
pub fn read_grid(
    file: &SourceFile,
    encoding: Option<Encoding>,
    delimiter: Option<u8>,
) -> Checked<Option<Grid>> {
    let (text, mut findings) = match encoding::read(file, encoding) {
        Ok(read) => read,
        Err(d) => return Checked::new(None, vec![*d]),
    };
    let stated = stated(&text);
    let delimiter = match delimiter
        .or(stated)
        .map_or_else(|| delimiter::find(&text), Ok)
    {
        Ok(delimiter) => delimiter,
        Err((first, second)) => {
            let d = Diagnostic::new(codes::DELIMITER_AMBIGUOUS, Place::file(&file.path))
                .with("first", shown(first))
                .with("second", shown(second));
            findings.push(d);
            return Checked::new(None, findings);
        }
    };
    let mut grid = Grid {
        file: file.path.clone(),
        ..Grid::default()
    };
    let (mut fields, mut record) = (Fields::new(&text, delimiter), Vec::new());
    let mut cells = 0;
    loop {
        match fields.record(&mut record) {
            Outcome::Record(0) if stated.is_some() => {}
            Outcome::Record(line) => {
                let place = || Place::at(&file.path, line, 0, 1);
                let longest = record.iter().map(|f| f.text.len()).max().unwrap_or(0);
                if let Some(d) = size::excess(place, record.len(), 0, 0)
                    .or_else(|| size::long_cell(place, longest))
                {
                    findings.push(d);
                    return Checked::new(None, findings);
                }
                let row = row(line, &record);
                cells += row.cells.len();
                if cells > MOST_CELLS {
                    findings.push(too_many(file, cells));
                    return Checked::new(None, findings);
                }
                if !row.cells.is_empty() {
                    grid.rows.push(row);
                }
            }
            Outcome::OpenQuote(at) => {
                let place = Place::of_span(&file.path, &text, at..at + 1);
                findings.push(
                    Diagnostic::new(codes::CSV_MALFORMED, place)
                        .with("reason", phrase("quote-not-closed")),
                );
                break;
            }
            Outcome::End => break,
        }
    }
    if grid.rows.is_empty() && findings.iter().all(|d| d.code == codes::ENCODING_LEGACY) {
        findings.push(Diagnostic::new(codes::TABLE_EMPTY, Place::file(&file.path)));
    }
    Checked::new(Some(grid), findings)
}

/// The delimiter of a first line `sep=;`, by which Excel tells itself.
fn stated(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches('"');
    match line.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => {
            Some(*delimiter).filter(|d| delimiter::DELIMITERS.contains(d))
        }
        _ => None,
    }
}

fn shown(delimiter: u8) -> String {
    match delimiter {
        b'\t' => String::from("`Tab`"),
        sign => format!("`{}`", char::from(sign)),
    }
}

fn row(line: u32, record: &[Field<'_>]) -> GridRow {
    let cells = record.iter().enumerate().filter_map(|(column, field)| {
        let text = field.text.trim();
        (!text.is_empty()).then(|| GridCell {
            column: to_u32(column),
            at: to_u32(field.at),
            text: normal::nfc(text).into_owned(),
            kind: CellType::Text,
        })
    });
    GridRow {
        line,
        hidden: false,
        cells: cells.collect(),
    }
}

fn too_many(file: &SourceFile, cells: usize) -> Diagnostic {
    let place = Place::file(&file.path);
    size::exceeded(place, "limit-cells", cells as u64, MOST_CELLS as u64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grid(text: &str) -> Checked<Option<Grid>> {
        read_grid(&SourceFile::new("a.csv", text), None, None)
    }

    /// The cells as `line:column:at:text`.
    fn cells(text: &str) -> Vec<String> {
        let checked = grid(text);
        assert_eq!(checked.diagnostics, [], "{text}");
        let shown =
            |r: &GridRow, c: &GridCell| format!("{}:{}:{}:{}", r.line, c.column, c.at, c.text);
        let rows = checked.value.unwrap_or_default().rows;
        rows.iter()
            .flat_map(|r| r.cells.iter().map(move |c| shown(r, c)))
            .collect()
    }

    #[test]
    fn titles_and_rows_of_any_width_keep_their_places() {
        assert_eq!(
            cells("BÁO CÁO\r\n\r\nĐơn vị;Số;\r\n\"Xã \"\"A\"\"; B\";1,5;x;y\r\n"),
            [
                "0:0:0:BÁO CÁO",
                "2:0:0:Đơn vị",
                "2:1:7:Số",
                "3:0:0:Xã \"A\"; B",
                "3:1:14:1,5",
                "3:2:18:x",
                "3:3:20:y"
            ],
        );
    }

    #[test]
    fn every_kind_of_line_end_is_one() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "\"1\u{1}2\",3", "4,5"]
                .join(end)
                .replace('\u{1}', end);
            let found = cells(&text);
            assert_eq!(found[..2], ["0:0:0:a", "0:1:2:b"]);
            assert_eq!(found[4..], ["3:0:0:4", "3:1:2:5"], "{end:?}");
        }
    }

    #[test]
    fn the_first_line_of_excel_is_obeyed_and_left_out() {
        assert_eq!(cells("sep=;\na,b;c\n"), ["1:0:0:a,b", "1:1:4:c"]);
        let checked = read_grid(&SourceFile::new("a.csv", "a,b;c\nd,e;f"), None, Some(b','));
        assert_eq!(checked.value.unwrap().rows[0].cells[1].text, "b;c");
    }

    #[test]
    fn what_is_not_certain_is_a_finding() {
        let codes = |text: &str| -> Vec<String> {
            let shown = |d: &Diagnostic| format!("{} {}", d.place.shown(), d.code);
            grid(text).diagnostics.iter().map(shown).collect()
        };
        assert_eq!(codes("a,b;c\nd,e;f\n"), ["a.csv delimiter-ambiguous"]);
        assert_eq!(codes("a;b\n1;\"2\n3;4\n"), ["a.csv:2:3 csv-malformed"]);
        assert_eq!(codes(" \n;;\n"), ["a.csv table-empty"]);
    }

    proptest! {
        #[test]
        fn any_text_is_a_grid_in_order(text in "([a,;\"\\n\\r\t| é1]|sep=){0,60}") {
            if let Some(grid) = grid(&text).value {
                prop_assert!(grid.rows.is_sorted_by_key(|r| r.line));
                for row in &grid.rows {
                    prop_assert!(row.cells.is_sorted_by_key(|c| c.column));
                    prop_assert!(row.cells.iter().all(|c| !c.text.is_empty()));
                }
            }
        }
    }
}
