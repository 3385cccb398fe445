//! The cells around a finding, for its drawing; the value at a path of a JSON file.
//!
//! In: the files and a place. Out: a few cells with the header above them. A text file is drawn where its lines are
//! long; a narrow one reads better as its line.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use super::csv::{delimiter, positions};
use super::grid::{CellType, Grid, GridCell, GridRow};
use crate::diagnostic::excerpt::{Drawing, Excerpts};
use crate::diagnostic::{Place, to_u32};
use crate::source::{Lines, SourceFile, Sources};

/// A line of a text table is drawn as cells from this width on, or from so many cells on.
const WIDE_LINE: usize = 72;
const MANY_CELLS: usize = 7;
/// The most columns that are drawn.
const COLUMNS: usize = 6;
/// How far from the top the header of a text table is looked for.
const HEADER_LINES: u32 = 20;

/// Reads the sheets of a workbook.
pub type ReadGrids<'s> = dyn Fn(&SourceFile) -> Vec<Grid> + 's;

/// The tables of a site as findings show them; each workbook is read once.
pub struct Views<'s> {
    sources: &'s Sources,
    lines: Lines<'s>,
    read: Option<&'s ReadGrids<'s>>,
    grids: RefCell<BTreeMap<Arc<str>, Vec<Grid>>>,
}

impl<'s> Views<'s> {
    /// The text tables of a site.
    pub fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            lines: Lines::new(sources),
            read: None,
            grids: RefCell::default(),
        }
    }

    /// Draws the sheets that `read` gives, too.
    #[must_use]
    pub fn with_grids(mut self, read: &'s ReadGrids<'s>) -> Self {
        self.read = Some(read);
        self
    }

    fn sheet(&self, place: &Place, related: &[Place], name: &str) -> Option<Drawing> {
        let file = self.sources.get(&place.file)?;
        let read = self.read?;
        let mut grids = self.grids.borrow_mut();
        let sheets = grids
            .entry(Arc::clone(&file.path))
            .or_insert_with(|| read(file));
        let grid = sheets.iter().find(|g| g.sheet.as_deref() == Some(name))?;
        let marked = (place.line?, place.column?);
        let also = related
            .iter()
            .filter(|p| p.file == place.file && p.sheet == place.sheet)
            .filter_map(|p| Some((p.line?, p.column?)))
            .collect();
        Some(window(grid, marked, also))
    }

    fn text(&self, place: &Place, related: &[Place]) -> Option<Drawing> {
        let line = place.line?;
        let text = self.lines.get(&place.file, line)?;
        let head = (0..HEADER_LINES.min(line + 1)).find(|l| {
            !self
                .lines
                .get(&place.file, *l)
                .unwrap_or("")
                .trim()
                .is_empty()
        })?;
        let delimiter = delimiter(self.lines.get(&place.file, head)?);
        let record = fields(text, delimiter)?;
        if text.width() < WIDE_LINE && record.len() < MANY_CELLS {
            return None;
        }
        let mut shown: Vec<u32> = vec![head, line.saturating_sub(1), line, line + 1];
        shown.sort_unstable();
        shown.dedup();
        let rows = shown
            .into_iter()
            .filter_map(|l| {
                Some(grid_row(
                    l,
                    &fields(self.lines.get(&place.file, l)?, delimiter)?,
                ))
            })
            .collect();
        let grid = Grid {
            file: Arc::clone(&place.file),
            rows,
            ..Grid::default()
        };
        let cell = |column: u32| {
            let before = positions(&record).take_while(|at| *at <= column).count();
            to_u32(before.saturating_sub(1))
        };
        let also = related
            .iter()
            .filter(|p| p.file == place.file && p.line == place.line)
            .filter_map(|p| Some((line, cell(p.column?))))
            .collect();
        Some(window(&grid, (line, cell(place.column?)), also))
    }
}

impl Excerpts for Views<'_> {
    fn drawing(&self, place: &Place, related: &[Place]) -> Option<Drawing> {
        if let Some(name) = &place.sheet {
            return self.sheet(place, related, name);
        }
        let extension = self.sources.get(&place.file)?.extension();
        ["csv", "tsv", "txt"]
            .contains(&extension.as_str())
            .then(|| self.text(place, related))?
    }

    fn value(&self, place: &Place) -> Option<String> {
        let file = self.sources.get(&place.file)?;
        let root: Value = serde_json::from_slice(&file.bytes).ok()?;
        Some(at_path(&root, place.path.as_deref()?)?.to_string())
    }
}

/// The fields of a line; nothing where a quoted field goes on in the next one.
fn fields(line: &str, delimiter: u8) -> Option<StringRecord> {
    if line.matches('"').count() % 2 == 1 {
        return None;
    }
    let mut record = StringRecord::new();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(line.as_bytes());
    reader.read_record(&mut record).ok()?.then_some(record)
}

fn grid_row(line: u32, record: &StringRecord) -> GridRow {
    let cells = record
        .iter()
        .enumerate()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(i, text)| GridCell {
            column: to_u32(i),
            at: to_u32(i),
            text: text.trim().to_owned(),
            kind: CellType::Text,
        })
        .collect();
    GridRow {
        line,
        hidden: false,
        cells,
    }
}

/// The cells around `marked`: its row with one before and one after, its header, the name of its row, its
/// neighbours and the other cells concerned.
fn window(grid: &Grid, marked: (u32, u32), also: Vec<(u32, u32)>) -> Drawing {
    let (row, column) = marked;
    let mut rows: Vec<u32> = (row.saturating_sub(1)..=row.saturating_add(1))
        .filter(|r| *r <= row || grid.row(*r).is_some())
        .collect();
    rows.extend(header(grid, marked).map(|r| r.line));
    rows.sort_unstable();
    rows.dedup();

    let name = grid
        .row(row)
        .and_then(|r| r.cells.iter().find(|c| has_letters(&c.text)))
        .map(|c| c.column);
    let same_row = also.iter().filter(|(r, _)| *r == row).map(|(_, c)| *c);
    let near = [column.checked_sub(1), column.checked_add(1)];
    let last = grid.width().max(column.saturating_add(1));
    let mut columns = vec![column];
    for candidate in name
        .into_iter()
        .chain(same_row)
        .chain(near.into_iter().flatten())
    {
        if columns.len() < COLUMNS && candidate < last && !columns.contains(&candidate) {
            columns.push(candidate);
        }
    }
    columns.sort_unstable();
    let text = |r: u32, c: u32| grid.row(r).map_or("", |row| row.text(c)).to_owned();
    Drawing {
        rows: rows
            .into_iter()
            .map(|r| (r, columns.iter().map(|c| text(r, *c)).collect()))
            .collect(),
        columns,
        marked,
        also,
    }
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// The row that heads a cell: the one above it with words in most cells, the topmost of equal ones. A table below
/// an empty row has its own.
fn header(grid: &Grid, (row, column): (u32, u32)) -> Option<&GridRow> {
    let words = |r: &GridRow| r.cells.iter().filter(|c| has_letters(&c.text)).count();
    let above = || {
        let rows = grid.rows.iter().rev().filter(move |r| r.line < row);
        rows.filter(move |r| r.cells.iter().any(|c| !c.text.is_empty()))
    };
    let mut next = row;
    let block = above().take_while(|r| {
        let touches = r.line + 1 == next;
        next = r.line;
        touches
    });
    let heads = |r: &&GridRow| has_letters(r.text(column));
    let own = block.filter(heads).max_by_key(|r| words(r));
    own.filter(|r| words(r) > 1)
        .or_else(|| above().filter(heads).max_by_key(|r| words(r)))
}

/// The value at a path such as `$[3].tổng số`; keys may hold dots.
fn at_path<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    if path.is_empty() {
        return Some(value);
    }
    if let Some(rest) = path.strip_prefix('[') {
        let (index, rest) = rest.split_once(']')?;
        return at_path(value.get(index.parse::<usize>().ok()?)?, rest);
    }
    let path = path.trim_start_matches('$');
    if path.starts_with('[') {
        return at_path(value, path);
    }
    let path = path.strip_prefix('.').unwrap_or(path);
    value
        .as_object()?
        .iter()
        .filter_map(|(key, inner)| Some((inner, path.strip_prefix(key.as_str())?)))
        .filter(|(_, rest)| rest.is_empty() || rest.starts_with(['.', '[']))
        .find_map(|(inner, rest)| at_path(inner, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: &str = "TT,Đơn vị,Tổng số,Trước hạn,Đúng hạn,Quá hạn,Tỷ lệ\n\
                        1,\"Sở Y tế, cơ sở 2\",120,100,20,0,100%\n\
                        2,Sở Tài chính,95,90,4,1,\"98,9%\"\n";

    fn sources() -> Sources {
        Sources::new(vec![
            SourceFile::new("data/a.csv", WIDE),
            SourceFile::new("data/b.csv", "Đơn vị,Số\nSở Y tế,1\n"),
            SourceFile::new("data/c.json", r#"[{"a.b": {"c": [1, "x"]}}]"#),
        ])
    }

    #[test]
    fn a_wide_text_table_is_drawn_and_a_narrow_one_is_not() {
        let sources = sources();
        let views = Views::new(&sources);
        // The ratio of line 2 begins after `1,"Sở Y tế, cơ sở 2",120,100,20,0,`.
        let place = Place::at(&"data/a.csv".into(), 1, 34, 4);
        let total = Place::at(&"data/a.csv".into(), 1, 21, 3);
        let drawing = views.drawing(&place, &[total]).unwrap();
        assert_eq!(drawing.columns, [1, 2, 5, 6]);
        assert_eq!((drawing.marked, &drawing.also[..]), ((1, 6), &[(1, 2)][..]));
        assert_eq!(
            drawing.rows[1],
            (
                1,
                ["Sở Y tế, cơ sở 2", "120", "0", "100%"]
                    .map(str::to_owned)
                    .to_vec()
            )
        );
        assert_eq!(drawing.rows.len(), 3);
        assert_eq!(
            views.drawing(&Place::at(&"data/b.csv".into(), 1, 8, 1), &[]),
            None
        );
    }

    #[test]
    fn a_sheet_is_drawn_with_the_header_above_its_cell() {
        let cell = |column, text: &str| GridCell {
            column,
            at: column,
            text: text.to_owned(),
            kind: CellType::Text,
        };
        let row = |line, cells| GridRow {
            line,
            hidden: false,
            cells,
        };
        let grid = Grid {
            file: "data/a.xlsx".into(),
            sheet: Some("Tháng 8".into()),
            rows: vec![
                row(0, vec![cell(0, "ỦY BAN NHÂN DÂN")]),
                row(
                    5,
                    vec![cell(0, "TT"), cell(1, "Đơn vị"), cell(3, "Tổng số")],
                ),
                row(6, vec![cell(0, "(1)"), cell(1, "(2)"), cell(3, "(4)")]),
                row(9, vec![cell(0, "3"), cell(1, "Sở Y tế"), cell(3, "1.999")]),
            ],
            ..Grid::default()
        };
        let sources = Sources::new(vec![SourceFile::new("data/a.xlsx", "")]);
        let read = move |_: &SourceFile| vec![grid.clone()];
        let views = Views::new(&sources).with_grids(&read);
        let place = Place::at(&"data/a.xlsx".into(), 9, 3, 5).in_sheet(Some(&"Tháng 8".into()));
        let drawing = views.drawing(&place, &[]).unwrap();
        let lines: Vec<u32> = drawing.rows.iter().map(|(line, _)| *line).collect();
        assert_eq!((lines, drawing.columns), (vec![5, 8, 9], vec![1, 2, 3]));
    }

    #[test]
    fn a_value_of_json_is_found_by_its_path() {
        let sources = sources();
        let views = Views::new(&sources);
        let at = |path: &str| {
            views.value(&Place {
                path: Some(path.to_owned()),
                ..Place::file(&"data/c.json".into())
            })
        };
        assert_eq!(at("[0].a.b.c[1]").as_deref(), Some("\"x\""));
        assert_eq!(at("$[0].a.b.c[1]").as_deref(), Some("\"x\""));
        assert_eq!(at("[0].a"), None);
    }
}
