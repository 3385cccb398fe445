//! Workbooks → grids.
//!
//! A small reader of its own for XLSX and XLSM, over `calamine` for the cells and the parts of the file for what
//! `calamine` leaves out: hidden rows and columns, and cells shown as per cent.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use zip::ZipArchive;

use super::grid::{CellType, Grid, GridCell, GridRow, Merge};
use crate::decimal::Decimal;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, to_u32};
use crate::source::SourceFile;
use crate::text::normal::nfc;

/// The most bytes that a part of a workbook may unfold to.
const MOST_BYTES: u64 = 256 << 20;

/// Reads every sheet.
pub fn read(file: &SourceFile) -> Checked<Vec<Grid>> {
    let unreadable = || {
        let d = Diagnostic::new(codes::FORMAT_UNSUPPORTED, Place::file(&file.path));
        Checked::new(Vec::new(), vec![d.with("name", file.extension())])
    };
    let (Ok(mut book), Ok(mut parts)) = (
        Xlsx::new(Cursor::new(&file.bytes)),
        ZipArchive::new(Cursor::new(&file.bytes)),
    ) else {
        return unreadable();
    };
    let styles = part(&mut parts, "xl/styles.xml");
    let percent = percent_styles(&styles);
    let sheets = book.sheets_metadata().to_vec();
    let mut grids = Vec::new();
    for (i, sheet) in sheets.iter().enumerate() {
        let Ok(range) = book.worksheet_range(&sheet.name) else {
            return unreadable();
        };
        // Programs number the parts in the order of the sheets.
        let xml = part(&mut parts, &format!("xl/worksheets/sheet{}.xml", i + 1));
        let marks = Marks::of(&xml, &percent);
        let mut grid = Grid {
            file: Arc::clone(&file.path),
            sheet: Some(sheet.name.trim().into()),
            hidden: sheet.visible != SheetVisible::Visible,
            hidden_columns: marks.hidden_columns.iter().copied().collect(),
            ..Grid::default()
        };
        let (top, left) = range.start().unwrap_or_default();
        for (r, row) in range.rows().enumerate() {
            let line = top + to_u32(r);
            let cells = row.iter().enumerate().filter_map(|(c, data)| {
                let column = left + to_u32(c);
                cell(data, column, marks.percent.contains(&(line, column)))
            });
            let cells: Vec<GridCell> = cells.collect();
            if !cells.is_empty() {
                grid.rows.push(GridRow {
                    line,
                    hidden: marks.hidden_rows.contains(&line),
                    cells,
                });
            }
        }
        let merges = book.merge_cells_by_sheet_name(&sheet.name);
        grid.merges = merges
            .into_iter()
            .flatten()
            .map(|d| Merge {
                top: d.start.0,
                left: d.start.1,
                bottom: d.end.0,
                right: d.end.1,
            })
            .collect();
        grid.merges.sort();
        grids.push(grid);
    }
    Checked::new(grids, Vec::new())
}

fn cell(data: &Data, column: u32, is_percent: bool) -> Option<GridCell> {
    let (text, kind) = match data {
        Data::Empty => return None,
        Data::String(s) => (s.clone(), CellType::Text),
        Data::Float(f) if is_percent => (percent(*f), CellType::Percent),
        Data::Float(f) => (f.to_string(), CellType::Number),
        Data::Int(n) => (n.to_string(), CellType::Number),
        Data::Error(e) => (e.to_string(), CellType::Error),
        Data::DateTime(d) => (d.to_string(), CellType::Date),
        other => (other.to_string(), CellType::Text),
    };
    let text = nfc(text.trim()).into_owned();
    (!text.is_empty()).then_some(GridCell {
        column,
        at: column,
        text,
        kind,
    })
}

/// A share as the figure before its sign: 0.7838 is `78.38`.
fn percent(share: f64) -> String {
    let hundred = Decimal::from_int(100);
    let exact = Decimal::parse_plain(&share.to_string()).and_then(|d| d.checked_mul(hundred));
    exact.map_or_else(|| share.to_string(), |d| d.normalized().to_plain())
}

/// The text of a part of a workbook; empty where it is missing or too large.
fn part(parts: &mut ZipArchive<Cursor<&Vec<u8>>>, name: &str) -> String {
    let mut text = String::new();
    if let Ok(file) = parts.by_name(name)
        && file.take(MOST_BYTES).read_to_string(&mut text).is_err()
    {
        text.clear();
    }
    text
}

/// What the markup of a sheet says beside its cells; rows and columns from 0.
#[derive(Default)]
struct Marks {
    hidden_rows: BTreeSet<u32>,
    hidden_columns: BTreeSet<u32>,
    percent: BTreeSet<(u32, u32)>,
}

impl Marks {
    fn of(xml: &str, percent: &BTreeSet<usize>) -> Self {
        let mut marks = Self::default();
        let mut row = 0;
        for tag in xml.split('<') {
            let number = |name: &str| attribute(tag, name).and_then(|v| v.parse::<u32>().ok());
            let is_hidden = || attribute(tag, "hidden") == Some("1");
            if tag.starts_with("row ") {
                row = number("r").unwrap_or(row + 1);
                if is_hidden() {
                    marks.hidden_rows.insert(row.saturating_sub(1));
                }
            } else if tag.starts_with("col ") && is_hidden() {
                let (min, max) = (number("min").unwrap_or(1), number("max").unwrap_or(1));
                marks
                    .hidden_columns
                    .extend((min..=max.min(16_384)).map(|c| c.saturating_sub(1)));
            } else if tag.starts_with("c ") {
                let style = number("s").map(|s| s as usize);
                let column = attribute(tag, "r").and_then(column_of);
                if let (Some(style), Some(column)) = (style, column)
                    && percent.contains(&style)
                {
                    marks.percent.insert((row.saturating_sub(1), column));
                }
            }
        }
        marks
    }
}

/// The column of `G174`, from 0.
fn column_of(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.fold(0u32, |n, b| n.saturating_mul(26) + u32::from(b - b'A') + 1);
    number.checked_sub(1)
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let head = tag.split('>').next()?;
    let start = head.find(&format!(" {name}=\""))? + name.len() + 3;
    head[start..].split('"').next()
}

/// The numbers of cell styles that show a number as per cent.
fn percent_styles(xml: &str) -> BTreeSet<usize> {
    let formats: BTreeSet<&str> = xml
        .split('<')
        .filter(|t| t.starts_with("numFmt "))
        .filter(|t| attribute(t, "formatCode").is_some_and(|c| c.contains('%')))
        .filter_map(|t| attribute(t, "numFmtId"))
        .chain(["9", "10"])
        .collect();
    let cells = xml.split_once("<cellXfs").map_or("", |(_, rest)| rest);
    let cells = cells.split("</cellXfs>").next().unwrap_or_default();
    cells
        .split('<')
        .filter(|t| t.starts_with("xf "))
        .enumerate()
        .filter(|(_, t)| attribute(t, "numFmtId").is_some_and(|id| formats.contains(id)))
        .map(|(i, _)| i)
        .collect()
}
