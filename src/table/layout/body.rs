//! The rows below a header: which of them are figures, and what the others are.

use std::collections::HashMap;
use std::ops::Range;

use super::header::merge_at;
use super::words::{self, Sum};
use super::{
    Declared, Group, Groups, Laid, Line, Note, Region, Roles, Total, line, one_line, visible,
};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::table::Table;
use crate::table::grid::{CellType, Grid, GridCell, GridRow, Merge};
use crate::text::normal::fold;

/// Reads the rows of a table. `is_name` tells whether a text is the name of a unit or service: such a row is one of
/// figures, even where all of them are missing.
pub fn lay(
    grid: &Grid,
    region: &Region,
    roles: &Roles,
    declared: &Declared,
    is_name: &dyn Fn(&str) -> bool,
) -> Laid {
    let rows = visible(grid, region.reads_hidden);
    let body = rows.get(region.body.clone()).unwrap_or_default();
    let mut table = region.empty_table(grid);
    let totals = table.clone();
    if declared.groups != Groups::Order {
        table.push_column(GROUP_COLUMN);
    }
    let mut reader = Reader {
        grid,
        region,
        roles,
        declared,
        is_name,
        header: region
            .header_rows
            .iter()
            .filter_map(|l| grid.row(*l))
            .collect(),
        is_ordinal_used: ordinals_number_groups(body, region, roles),
        merges: vertical_merges(grid, region, roles),
        group_text: String::new(),
        group_first: 0,
        sum_first: 0,
        has_total: false,
        closes_groups: false,
        cells: Vec::new(),
        out: Laid {
            table,
            totals,
            ..Laid::default()
        },
    };
    let either = body.iter().filter(|r| reader.sum(r) == Some(Sum::Either));
    reader.closes_groups = either.count() > 1;
    reader.read(body);
    reader.out
}

/// The name of the column that holds the group of each row.
const GROUP_COLUMN: &str = "(nhóm)";

/// Whether a row repeats the texts of a header row.
pub(super) fn is_repeated<'r>(
    row: &GridRow,
    mut header: impl Iterator<Item = &'r GridRow>,
) -> bool {
    let alike = |h: &GridRow| {
        h.cells.len() == row.cells.len()
            && h.cells
                .iter()
                .zip(&row.cells)
                .all(|(a, b)| a.column == b.column && fold(&a.text) == fold(&b.text))
    };
    row.cells.len() >= 2 && header.any(alike)
}

/// What a row is.
enum RowKind<'t> {
    Figures,
    Group,
    Subtotal,
    Total(Sum),
    Repeated,
    Legend,
    Skipped,
    /// Figures or texts without a name.
    Tail,
    Note(&'t str),
    Stop,
}

struct Reader<'a> {
    grid: &'a Grid,
    region: &'a Region,
    roles: &'a Roles,
    declared: &'a Declared,
    is_name: &'a dyn Fn(&str) -> bool,
    header: Vec<&'a GridRow>,
    /// Whether roman numbers stand beside arabic ones in the column of numbers: they number groups.
    is_ordinal_used: bool,
    /// Merged cells of key columns that reach over several rows, by column, in order of row.
    merges: HashMap<u32, Vec<Merge>>,
    group_text: String,
    /// First row of the group at hand, and of the rows since the last row of sums.
    group_first: usize,
    sum_first: usize,
    has_total: bool,
    /// Whether `Cộng` stands below each group, and not once below all rows.
    closes_groups: bool,
    /// Cells of the row at hand, kept to save allocations.
    cells: Vec<(String, u32, CellType)>,
    out: Laid,
}

impl<'a> Reader<'a> {
    fn read(&mut self, rows: &[&'a GridRow]) {
        let mut rows = rows.iter();
        for row in rows.by_ref() {
            let stops = Self::begins_with(row, &self.declared.stop);
            match self.kind(row) {
                RowKind::Figures if stops => break,
                RowKind::Figures => self.figures(row),
                RowKind::Group => self.group(row),
                RowKind::Subtotal => self.subtotal(row),
                RowKind::Total(sum) => self.total(row, sum),
                RowKind::Repeated => self.out.repeated.push(row.line),
                RowKind::Legend => {}
                RowKind::Skipped => self.out.skipped.push(row.line),
                RowKind::Tail => self.tail(row),
                RowKind::Note(text) => self.note(row, text),
                RowKind::Stop => break,
            }
            if let Some(d) = self.out.table.excess() {
                // Figures in part would be figures that are wrong.
                self.out = Laid {
                    table: self.out.table.without_rows(),
                    totals: self.out.totals.without_rows(),
                    findings: vec![d],
                    ..Laid::default()
                };
                return;
            }
            if stops {
                break;
            }
        }
        for row in rows {
            self.note(row, &line(row).text);
        }
        self.close_groups();
    }

    fn kind(&self, row: &'a GridRow) -> RowKind<'a> {
        let first = row.cells.first().map_or("", |c| c.text.as_str());
        let has_figures = self.has_figures(row);
        if Self::begins_with(row, &self.declared.skip) {
            RowKind::Skipped
        } else if is_repeated(row, self.header.iter().copied()) {
            RowKind::Repeated
        } else if words::is_legend(row) && !has_key(self, row) {
            RowKind::Legend
        } else if let Some(sum) = self.sum(row) {
            RowKind::Total(sum)
        } else if row.cells.len() == 1 && !has_figures && words::note_line(first).is_some() {
            RowKind::Note(first)
        } else if self.is_group(row, has_figures) {
            if has_figures {
                RowKind::Subtotal
            } else {
                RowKind::Group
            }
        } else if self.has_total && row.cells.len() <= 2 && !has_figures {
            // Below the sums stand remarks and signatures.
            RowKind::Note(first)
        } else if self.roles.key.is_empty() || has_key(self, row) {
            RowKind::Figures
        } else if Self::begins_with(row, &self.declared.stop) {
            RowKind::Stop
        } else {
            RowKind::Tail
        }
    }

    fn begins_with(row: &GridRow, list: &[String]) -> bool {
        let begins = |c: &GridCell| {
            let folded = fold(&c.text);
            list.iter().any(|w| folded.starts_with(w.as_str()))
        };
        !list.is_empty() && row.cells.iter().take(3).any(begins)
    }

    fn cell<'r>(&self, row: &'r GridRow, at: usize) -> Option<&'r GridCell> {
        row.get(self.region.columns[at])
    }

    fn has_figures(&self, row: &GridRow) -> bool {
        let mut figures = self.roles.figures.iter();
        figures.any(|at| self.cell(row, *at).is_some_and(words::is_figure))
    }

    /// How far a row of sums reaches, if it is one: its label stands before the figures.
    fn sum(&self, row: &GridRow) -> Option<Sum> {
        let end = self
            .roles
            .figures
            .first()
            .map(|at| self.region.columns[*at]);
        let mut labels = row
            .cells
            .iter()
            .take_while(|c| end.is_none_or(|e| c.column < e))
            .filter(|c| !words::is_figure(c) && !words::is_ordinal(&c.text));
        let label = labels.next()?;
        // A row that bears a code or a second name besides is a unit's own.
        let alone = labels.next().is_none();
        words::sum_label(&label.text).filter(|_| alone && !(self.is_name)(&label.text))
    }

    fn is_group(&self, row: &GridRow, has_figures: bool) -> bool {
        let numbered = self.roles.number.iter().any(|at| {
            self.cell(row, *at)
                .is_some_and(|c| words::is_ordinal(&c.text))
        });
        if numbered && self.is_ordinal_used {
            return true;
        }
        let Some(text) = Self::group_name(row) else {
            return false;
        };
        if words::numbered_group(&text).is_some() {
            return !(self.is_name)(&text);
        }
        if has_figures || (self.is_name)(&text) && self.declared.groups == Groups::Order {
            return false;
        }
        self.spans_figures(row) || (row.cells.len() == 1 && is_upper(&text))
    }

    /// The text that a row says before its figures, if it says one only.
    fn group_name(row: &GridRow) -> Option<String> {
        let mut texts = row.cells.iter().filter(|c| !words::is_figure(c));
        let first = texts.next()?;
        let text = if words::is_ordinal(&first.text) {
            &texts.next()?.text
        } else {
            &first.text
        };
        Some(one_line(text))
    }

    /// Whether the text of the row lies in a merged cell that reaches into the columns of figures.
    fn spans_figures(&self, row: &GridRow) -> bool {
        let Some(figure) = self.roles.figures.first() else {
            return false;
        };
        let figure = self.region.columns[*figure];
        // Sorted by their first row.
        let merges = &self.grid.merges;
        let start = merges.partition_point(|m| m.top < row.line);
        let end = merges.partition_point(|m| m.top <= row.line);
        let merges = &merges[start..end.max(start)];
        row.cells.iter().any(|c| {
            c.column < figure
                && merge_at(merges, row.line, c.column).is_some_and(|m| m.right >= figure)
        })
    }

    fn group(&mut self, row: &GridRow) {
        self.close_groups();
        let name = Self::group_name(row).unwrap_or_default();
        words::numbered_group(&name)
            .unwrap_or(&name)
            .clone_into(&mut self.group_text);
        self.group_first = self.out.table.row_count();
        self.sum_first = self.group_first;
        self.out.groups.push(Group {
            line: line(row),
            first: self.group_first,
        });
    }

    /// A group whose row bears the sums of the rows below it.
    fn subtotal(&mut self, row: &GridRow) {
        self.group(row);
        self.push_total(row, self.group_text.clone(), false, OPEN);
    }

    /// Ends the sums that reach from the row of a group to the row before the next one.
    fn close_groups(&mut self) {
        let end = self.out.table.row_count();
        let first = self.group_first;
        for sum in self.out.sums.iter_mut().filter(|s| s.rows == OPEN) {
            sum.rows = first..end;
        }
    }

    fn total(&mut self, row: &GridRow, sum: Sum) {
        let rows = self.out.table.row_count();
        let label = row
            .cells
            .iter()
            .find(|c| words::sum_label(&c.text).is_some());
        let label = label.map_or_else(String::new, |c| one_line(&c.text));
        let closes = sum == Sum::Part || (sum == Sum::Either && self.closes_groups);
        if closes && self.sum_first < rows {
            self.push_total(row, label, false, self.sum_first..rows);
            self.sum_first = rows;
        } else {
            self.push_total(row, label, true, 0..0);
            self.has_total = rows > 0;
        }
    }

    fn push_total(&mut self, row: &GridRow, label: String, is_whole: bool, rows: Range<usize>) {
        let cells = self.cells_of(row);
        push(&mut self.out.totals, row.line, &cells);
        self.cells = cells;
        self.out.sums.push(Total {
            label,
            is_whole,
            rows,
        });
    }

    fn figures(&mut self, row: &GridRow) {
        let mut cells = self.cells_of(row);
        if self.declared.groups != Groups::Order {
            let group = (self.group_text.clone(), 0, CellType::Text);
            cells.push(group);
        }
        push(&mut self.out.table, row.line, &cells);
        self.cells = cells;
    }

    /// The cells of a row in the order of the columns; keys in merged cells hold for every row of them.
    fn cells_of(&mut self, row: &GridRow) -> Vec<(String, u32, CellType)> {
        let mut cells = std::mem::take(&mut self.cells);
        cells.clear();
        for column in &self.region.columns {
            let cell = row.get(*column).or_else(|| self.merged(row.line, *column));
            cells.push(cell.map_or_else(
                || (String::new(), *column, CellType::Text),
                |c| (c.text.clone(), c.at, c.kind),
            ));
        }
        cells
    }

    /// The cell of an earlier row that reaches over this one, in a key column.
    fn merged(&self, line: u32, column: u32) -> Option<&'a GridCell> {
        let list = self.merges.get(&column)?;
        let at = list.partition_point(|m| m.top <= line);
        let merge = list[..at].last().filter(|m| m.bottom >= line)?;
        self.grid.row(merge.top)?.get(merge.left)
    }

    fn tail(&mut self, row: &GridRow) {
        let Some(cell) = row.cells.first() else {
            return;
        };
        let width = crate::diagnostic::to_u32(cell.text.chars().count());
        let place =
            Place::at(&self.grid.file, row.line, cell.at, width).in_sheet(self.grid.sheet.as_ref());
        let mut d = Diagnostic::new(codes::ROW_SPLIT, place).with("cells", line(row).text);
        let rows = self.out.table.row_count();
        if let Some(last) = rows.checked_sub(1) {
            d = d.with("other", self.out.table.line(last) + 1);
        }
        self.out.findings.push(d);
    }

    fn note(&mut self, row: &GridRow, text: &str) {
        let text = one_line(text);
        if text.is_empty() {
            return;
        }
        let read = words::note_line(&text);
        let note = Note {
            mark: read.as_ref().and_then(|n| n.mark).map(str::to_owned),
            line: Line {
                line: row.line,
                text: read.map_or_else(|| text.clone(), |n| n.text.to_owned()),
            },
        };
        self.out.notes.push(note);
    }
}

/// Rows of a group that is still open.
const OPEN: Range<usize> = usize::MAX..usize::MAX;

fn push(table: &mut Table, line: u32, cells: &[(String, u32, CellType)]) {
    table.push_row(line, cells.iter().map(|(t, at, _)| (t.as_str(), *at)));
    table.push_kinds(cells.iter().map(|(_, _, kind)| *kind));
}

/// Whether a row says what it is about, itself or by a merged cell.
fn has_key(reader: &Reader<'_>, row: &GridRow) -> bool {
    reader.roles.key.iter().any(|at| {
        let column = reader.region.columns[*at];
        row.get(column).is_some() || reader.merged(row.line, column).is_some()
    })
}

/// Whether all letters are capitals, in at least two words.
fn is_upper(text: &str) -> bool {
    text.contains(' ')
        && text.chars().any(char::is_alphabetic)
        && !text.chars().any(char::is_lowercase)
}

/// Whether roman numbers or letters stand in the column of numbers beside arabic numbers.
fn ordinals_number_groups(rows: &[&GridRow], region: &Region, roles: &Roles) -> bool {
    roles.number.iter().any(|at| {
        let column = region.columns[*at];
        let texts = || rows.iter().map(|r| r.text(column));
        texts().any(words::is_ordinal)
            && texts().any(|t| t.starts_with(|c: char| c.is_ascii_digit()))
    })
}

fn vertical_merges(grid: &Grid, region: &Region, roles: &Roles) -> HashMap<u32, Vec<Merge>> {
    let keys: Vec<u32> = roles.key.iter().map(|at| region.columns[*at]).collect();
    let mut merges: HashMap<u32, Vec<Merge>> = HashMap::new();
    for merge in grid.merges.iter().filter(|m| m.bottom > m.top) {
        if keys.contains(&merge.left) {
            merges.entry(merge.left).or_default().push(*merge);
        }
    }
    merges
}
