//! Cells of a sheet → its tables: titles, headers, rows, groups, sums and notes told apart.
//!
//! In: a [`Grid`], what a mapping declares of it, and which words are known headers. Out: [`Region`]s, one a table,
//! and, once it is known what their columns mean ([`Roles`]), the rows of each as a [`Table`] with all that stood
//! beside them. No cell is read as a number here, and nothing is dropped without being named in the result.

mod body;
mod header;
mod roles;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::table::Table;
use crate::table::grid::{Grid, GridRow};

pub use body::lay;
use header::{Block, Finder};

/// What becomes of hidden rows and columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// They are not read, and that is reported.
    #[default]
    Report,
    /// They are read like the others, by declaration.
    Read,
    /// They are not read, by declaration.
    Skip,
}

/// What rows that name a group say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Groups {
    /// Nothing but how the rows are ordered.
    #[default]
    Order,
    /// The unit of the rows below.
    Unit,
    /// The service of the rows below.
    Service,
}

/// What is declared of a sheet.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// Header rows, from 0, in order.
    pub header_rows: Vec<u32>,
    /// The first row of figures, from 0.
    pub first_row: Option<u32>,
    /// Reading ends at a row that begins with one of these, folded.
    pub stop: Vec<String>,
    /// Rows that begin with one of these, folded, are left out.
    pub skip: Vec<String>,
    /// What becomes of hidden rows and columns.
    pub hidden: Hidden,
    /// What rows of groups say.
    pub groups: Groups,
}

/// A line of text of a sheet that belongs to no row of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Row, from 0.
    pub line: u32,
    /// Its texts, joined.
    pub text: String,
}

/// Where a table stands in a sheet and how its columns are called.
#[derive(Clone, Debug)]
pub struct Region {
    /// Lines above the header.
    pub title: Vec<Line>,
    /// The unit of measure that the lines above the header declare: `hồ sơ`.
    pub unit_of_measure: Option<(String, Place)>,
    /// Header rows, from 0.
    pub header_rows: Vec<u32>,
    /// Rows that only number the columns, from 0.
    pub legend_rows: Vec<u32>,
    /// The columns of the sheet, from 0.
    pub columns: Vec<u32>,
    /// The texts above each column, from the top down.
    pub names: Vec<Vec<String>>,
    /// Positions among the rows that are read.
    body: Range<usize>,
    reads_hidden: bool,
}

impl Region {
    /// The name of a column: the texts above it, parted by ` / `.
    pub fn name(&self, column: usize) -> String {
        self.names[column].join(" / ")
    }

    /// A table without rows, with the names of the columns as header.
    pub fn empty_table(&self, grid: &Grid) -> Table {
        let header = (0..self.columns.len()).map(|c| self.name(c)).collect();
        let mut table = Table::new(&grid.file, header, self.header_at(grid));
        table.sheet.clone_from(&grid.sheet);
        table.header_line = self.header_rows.last().copied().unwrap_or(0);
        table
    }

    /// Where each header cell stands in its line.
    fn header_at(&self, grid: &Grid) -> Vec<u32> {
        let rows: Vec<&GridRow> = self
            .header_rows
            .iter()
            .filter_map(|l| grid.row(*l))
            .collect();
        let at = |column: u32| {
            let cell = rows.iter().rev().find_map(|r| r.get(column));
            cell.map_or(column, |c| c.at)
        };
        self.columns.iter().map(|c| at(*c)).collect()
    }
}

/// What the columns of a table are for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Columns that say what a row is about; a row without them is no row of its own.
    pub key: Vec<usize>,
    /// Columns that number the rows.
    pub number: Vec<usize>,
    /// Columns of figures.
    pub figures: Vec<usize>,
}

/// A row of sums, or a row of a group that bears figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// What it is called.
    pub label: String,
    /// Whether it is the sum of all rows.
    pub is_whole: bool,
    /// The rows of the table that it sums up.
    pub rows: Range<usize>,
}

/// A row that names a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Where it stands and its text.
    pub line: Line,
    /// The first row of the table that belongs to it.
    pub first: usize,
}

/// A note below a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The mark that its cells bear, where it has one.
    pub mark: Option<String>,
    /// Where it stands and what it says, without the mark.
    pub line: Line,
}

/// A table with all that stood beside its rows.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// The rows.
    pub table: Table,
    /// The rows of sums, as a table of the same columns.
    pub totals: Table,
    /// What each row of `totals` sums up.
    pub sums: Vec<Total>,
    /// Rows that name groups.
    pub groups: Vec<Group>,
    /// Notes below the table.
    pub notes: Vec<Note>,
    /// Headers repeated in the middle, rows from 0.
    pub repeated: Vec<u32>,
    /// Rows left out by declaration, from 0.
    pub skipped: Vec<u32>,
    /// Findings.
    pub findings: Vec<Diagnostic>,
}

/// What a sheet holds.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Its tables, from the top down.
    pub regions: Vec<Region>,
    /// Hidden rows that are not read, from 0.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns that are not read although they hold something, from 0.
    pub hidden_columns: Vec<u32>,
}

/// The most tables of one sheet that are told apart.
const MOST_TABLES: usize = 200;

/// Finds the tables of a sheet. `known` tells whether a text is a known header word.
pub fn find(grid: &Grid, declared: &Declared, known: &dyn Fn(&str) -> bool) -> Found {
    let all = declared.hidden == Hidden::Read;
    let rows = visible(grid, all);
    let used = if all || grid.hidden_columns.is_empty() {
        BTreeSet::new()
    } else {
        columns_of(&rows)
    };
    let hidden_columns: Vec<u32> = grid
        .hidden_columns
        .iter()
        .copied()
        .filter(|c| used.contains(c))
        .collect();
    let hidden = grid.rows.iter().filter(|r| r.hidden && !all);
    let finder = Finder {
        grid,
        rows: &rows,
        known,
        width: grid.width(),
    };
    let regions = if declared.header_rows.is_empty() {
        detected(&finder, declared, &hidden_columns)
    } else {
        stated(&finder, declared, &hidden_columns)
            .into_iter()
            .collect()
    };
    Found {
        regions,
        hidden_rows: hidden
            .filter(|r| !r.cells.is_empty())
            .map(|r| r.line)
            .collect(),
        hidden_columns,
    }
}

/// The findings about rows and columns that are hidden and therefore not read.
pub fn hidden_findings(grid: &Grid, found: &Found) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if let Some(first) = found.hidden_rows.first() {
        let place = Place {
            column: None,
            ..Place::at(&grid.file, *first, 0, 1).in_sheet(grid.sheet.as_ref())
        };
        let rows = ranges(&found.hidden_rows, |l| (l + 1).to_string());
        findings.push(Diagnostic::new(codes::HIDDEN_ROW, place).with("rows", rows));
    }
    if let Some(first) = found.hidden_columns.first() {
        let place = Place::at(&grid.file, 0, *first, 1).in_sheet(grid.sheet.as_ref());
        let columns = ranges(&found.hidden_columns, column_letters);
        findings.push(Diagnostic::new(codes::HIDDEN_COLUMN, place).with("columns", columns));
    }
    findings
}

/// For each column of a table, whether it has no cell below its header.
pub fn empty_columns(grid: &Grid, region: &Region) -> Vec<bool> {
    let rows = visible(grid, region.reads_hidden);
    let used = columns_of(rows.get(region.body.clone()).unwrap_or_default());
    let columns = region.columns.iter();
    columns.map(|c| !used.contains(c)).collect()
}

/// The columns in which any of `rows` has a cell.
fn columns_of(rows: &[&GridRow]) -> BTreeSet<u32> {
    let cells = rows.iter().flat_map(|r| &r.cells);
    cells.map(|c| c.column).collect()
}

/// Whether a text names a row of sums: `TỔNG CỘNG`.
pub fn is_sum_label(text: &str) -> bool {
    words::sum_label(text).is_some()
}

/// `A`, `AA`: the name of a column, counted from 0.
pub fn column_letters(column: u32) -> String {
    let mut name = crate::diagnostic::cell_reference(0, column);
    name.pop();
    name
}

/// `3–5, 9`.
fn ranges(list: &[u32], show: impl Fn(u32) -> String) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for n in list {
        match parts.last_mut() {
            Some((_, end)) if *end + 1 == *n => *end = *n,
            _ => parts.push((*n, *n)),
        }
    }
    let part = |(a, b): (u32, u32)| {
        if a == b {
            show(a)
        } else {
            format!("{}–{}", show(a), show(b))
        }
    };
    let shown: Vec<String> = parts.iter().take(8).map(|p| part(*p)).collect();
    let more = if parts.len() > 8 { ", …" } else { "" };
    shown.join(", ") + more
}

fn visible(grid: &Grid, all: bool) -> Vec<&GridRow> {
    let rows = grid.rows.iter();
    rows.filter(|r| (all || !r.hidden) && !r.cells.is_empty())
        .collect()
}

fn detected(finder: &Finder<'_>, declared: &Declared, hidden: &[u32]) -> Vec<Region> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut next = finder.next(0);
    while let Some(block) = next.filter(|_| blocks.len() < MOST_TABLES) {
        let first = block.header.clone();
        let from = block.legend.end;
        blocks.push(block);
        next = (from..finder.rows.len())
            .find(|i| begins_table(finder, &first, *i))
            .and_then(|i| finder.next(i));
    }
    let starts: Vec<usize> = blocks
        .iter()
        .map(|b| title_start(finder, b.header.start))
        .collect();
    let mut regions = Vec::new();
    for (n, block) in blocks.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(finder.rows.len());
        let from = if n == 0 { 0 } else { starts[n] };
        regions.push(region(finder, from, block, end, declared, hidden));
    }
    regions
}

/// Whether another table begins at the row `i`: a header of its own, after a gap or a title, or of known words.
fn begins_table(finder: &Finder<'_>, first: &Range<usize>, i: usize) -> bool {
    let row = finder.rows[i];
    let least = finder.rows[first.clone()]
        .iter()
        .map(|r| r.cells.len())
        .max();
    if row.cells.len() < 2
        || row.cells.len() * 2 < least.unwrap_or(0)
        || !header::is_header_like(row)
        || body::is_repeated(row, first.clone().map(|h| finder.rows[h]))
    {
        return false;
    }
    let above = finder.rows[i - 1];
    let is_apart = above.line + 1 < row.line || above.cells.len() == 1;
    finder.has_known_words(i) || (is_apart && finder.is_header(i))
}

/// The first of the title lines that stand right above a header.
fn title_start(finder: &Finder<'_>, header: usize) -> usize {
    let mut at = header;
    while at > 0 {
        let row = finder.rows[at - 1];
        let is_near = row.line + 2 >= finder.rows[at].line;
        let is_title = row.cells.iter().any(|c| words::is_title(&c.text))
            || (row.cells.len() == 1
                && words::note_line(&row.cells[0].text).is_none()
                && words::sum_label(&row.cells[0].text).is_none());
        if !is_near || !is_title {
            break;
        }
        at -= 1;
    }
    at
}

/// The table whose header rows are declared.
fn stated(finder: &Finder<'_>, declared: &Declared, hidden: &[u32]) -> Option<Region> {
    let at = |line: u32| finder.rows.partition_point(|r| r.line < line);
    let (first, last) = (declared.header_rows.first()?, declared.header_rows.last()?);
    let header = at(*first)..at(last + 1);
    if header.is_empty() {
        return None;
    }
    let legend = finder.rows[header.end..]
        .iter()
        .take_while(|r| words::is_legend(r))
        .count();
    let block = Block {
        legend: header.end..header.end + legend,
        header,
    };
    Some(region(
        finder,
        0,
        &block,
        finder.rows.len(),
        declared,
        hidden,
    ))
}

fn region(
    finder: &Finder<'_>,
    from: usize,
    block: &Block,
    end: usize,
    declared: &Declared,
    hidden: &[u32],
) -> Region {
    let rows = finder.rows;
    let first = declared.first_row.map_or(block.legend.end, |line| {
        rows.partition_point(|r| r.line < line)
            .max(block.header.end)
    });
    let body = first.min(end)..end;
    let columns = columns(rows, block, &body, hidden);
    let header: Vec<usize> = block.header.clone().collect();
    let title: Vec<Line> = rows[from..block.header.start]
        .iter()
        .map(|r| line(r))
        .collect();
    let unit_of_measure = rows[from..block.header.start].iter().find_map(|r| {
        let (cell, unit) = r
            .cells
            .iter()
            .find_map(|c| Some((c, words::unit_of_measure(&c.text)?)))?;
        Some((unit, finder.grid.place(r, cell)))
    });
    Region {
        title,
        unit_of_measure,
        header_rows: rows[block.header.clone()].iter().map(|r| r.line).collect(),
        legend_rows: rows[block.legend.clone()].iter().map(|r| r.line).collect(),
        names: finder.names(&header, &columns),
        columns,
        body,
        reads_hidden: declared.hidden == Hidden::Read,
    }
}

/// The columns that have a header, and those that hold something in a row which is no line of text.
fn columns(rows: &[&GridRow], block: &Block, body: &Range<usize>, hidden: &[u32]) -> Vec<u32> {
    let wide = rows[body.clone()].iter().filter(|r| r.cells.len() > 2);
    let rows = rows[block.header.clone()].iter().chain(wide);
    let columns: BTreeSet<u32> = rows
        .flat_map(|r| r.cells.iter().map(|c| c.column))
        .filter(|c| hidden.binary_search(c).is_err())
        .collect();
    columns.into_iter().collect()
}

fn line(row: &GridRow) -> Line {
    let texts: Vec<String> = row.cells.iter().map(|c| one_line(&c.text)).collect();
    Line {
        line: row.line,
        text: texts.join(" | "),
    }
}

/// A text with every run of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
