//! Finds the header rows of the tables of a sheet, and gives each column one name.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::{is_absence, is_figure, is_legend, is_ordinal, is_title, note_line};
use crate::table::grid::{Grid, GridRow, Merge};
use crate::text::normal::fold;

/// The most rows that a header has.
const MOST_ROWS: usize = 3;

/// Within how many rows below its first row a header has figures.
const NEAR: usize = 12;

/// Where the parts of a table begin, as positions among the visible rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) header: Range<usize>,
    /// Rows that number the columns.
    pub(super) legend: Range<usize>,
}

/// The rows of a sheet that are read, and what is known of header words.
pub(super) struct Finder<'a> {
    pub(super) grid: &'a Grid,
    pub(super) rows: &'a [&'a GridRow],
    pub(super) known: &'a dyn Fn(&str) -> bool,
    /// The number of columns of the sheet.
    pub(super) width: u32,
}

impl Finder<'_> {
    /// The first header at or after `from`: the rows of texts above the first row of figures, or a row of
    /// known words.
    pub(super) fn next(&self, from: usize) -> Option<Block> {
        let mut known: Option<usize> = None;
        for i in from..self.rows.len() {
            if known.is_some_and(|k| i > k + NEAR) {
                break;
            }
            if looks_like_data(self.rows[i])
                && let Some(block) = self.above(i, from)
            {
                if known.is_none_or(|k| k >= block.header.start) {
                    return Some(block);
                }
                break;
            }
            if known.is_none() && self.has_known_words(i) {
                known = Some(i);
            }
        }
        known.map(|i| Block {
            header: i..i + 1,
            legend: self.legends(i + 1),
        })
    }

    /// Whether a header begins at `i`, with figures soon below.
    pub(super) fn is_header(&self, i: usize) -> bool {
        let end = self.rows.len().min(i + NEAR);
        let data = (i + 1..end).find(|d| looks_like_data(self.rows[*d]));
        data.and_then(|d| self.above(d, i))
            .is_some_and(|b| b.header.start == i)
    }

    /// The header whose table has its first row of figures at `data`.
    fn above(&self, data: usize, from: usize) -> Option<Block> {
        let mut at = data;
        while at > from && (is_legend(self.rows[at - 1]) || is_group_like(self.rows[at - 1])) {
            at -= 1;
        }
        let bottom = at;
        while at > from && bottom - at < MOST_ROWS && self.belongs(at - 1, at, bottom) {
            at -= 1;
        }
        (at < bottom).then(|| Block {
            header: at..bottom,
            legend: self.legends(bottom),
        })
    }

    /// Whether the row at `i`, just above the header rows `below..bottom` found so far, is one of them.
    fn belongs(&self, i: usize, below: usize, bottom: usize) -> bool {
        let row = self.rows[i];
        if below == bottom {
            return is_header_like(row) && row.cells.len() >= 2;
        }
        let is_next = row.line + 1 == self.rows[below].line;
        is_next && is_header_like(row) && (row.cells.len() >= 2 || self.has_span(row))
    }

    /// Whether a merged cell of the row covers several columns, but not the whole width, as titles do.
    fn has_span(&self, row: &GridRow) -> bool {
        // Sorted by their first row.
        let merges = &self.grid.merges;
        let start = merges.partition_point(|m| m.top < row.line);
        merges[start..]
            .iter()
            .take_while(|m| m.top == row.line)
            .any(|m| {
                let is_full = m.left == 0 && m.right + 1 >= self.width;
                m.right > m.left && row.get(m.left).is_some() && !is_full
            })
    }

    fn legends(&self, from: usize) -> Range<usize> {
        let many = self.rows[from..]
            .iter()
            .take_while(|r| is_legend(r))
            .count();
        from..from + many
    }

    /// Whether at least two cells, and half of them, are known header words.
    pub(super) fn has_known_words(&self, i: usize) -> bool {
        let row = self.rows[i];
        let known = row
            .cells
            .iter()
            .filter(|c| (self.known)(&super::one_line(&c.text)))
            .count();
        known >= 2 && known * 2 >= row.cells.len() && !is_absent(row)
    }

    /// The names of `columns`, each made of the texts above it, from the top down.
    pub(super) fn names(&self, header: &[usize], columns: &[u32]) -> Vec<Vec<String>> {
        let rows: Vec<&GridRow> = header.iter().map(|i| self.rows[*i]).collect();
        let lines = |m: &&Merge| rows.iter().any(|r| (m.top..=m.bottom).contains(&r.line));
        let merges: Vec<Merge> = self.grid.merges.iter().filter(lines).copied().collect();
        let has_merges = !merges.is_empty();
        let covering: Vec<Vec<Option<Merge>>> = rows
            .iter()
            .map(|r| covering(&merges, r.line, columns))
            .collect();
        columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let mut parts: Vec<String> = Vec::new();
                for (n, row) in rows.iter().enumerate() {
                    let text = match covering[n][at] {
                        Some(m) => self.grid.row(m.top).map_or("", |r| r.text(m.left)),
                        None if has_merges => row.text(*column),
                        None => filled(&rows, n, *column),
                    };
                    let text = super::one_line(text);
                    if !text.is_empty() && parts.last() != Some(&text) {
                        parts.push(text);
                    }
                }
                parts
            })
            .collect()
    }
}

/// For each of `columns`, which are in order, the first merged cell that covers it in a row.
///
/// Merged cells that lie over each other are possible in a damaged file: each column is filled once.
fn covering(merges: &[Merge], line: u32, columns: &[u32]) -> Vec<Option<Merge>> {
    let mut found = vec![None; columns.len()];
    // The positions that are still free.
    let mut free: BTreeSet<usize> = (0..columns.len()).collect();
    for merge in merges.iter().filter(|m| (m.top..=m.bottom).contains(&line)) {
        let start = columns.partition_point(|c| *c < merge.left);
        let end = columns.partition_point(|c| *c <= merge.right).max(start);
        while let Some(at) = free.range(start..end).next().copied() {
            free.remove(&at);
            found[at] = Some(*merge);
        }
    }
    found
}

/// The merged cell that covers a place, if one does.
pub(super) fn merge_at(merges: &[Merge], line: u32, column: u32) -> Option<Merge> {
    merges
        .iter()
        .find(|m| (m.top..=m.bottom).contains(&line) && (m.left..=m.right).contains(&column))
        .copied()
}

/// The text of a header cell in a file that knows no merged cells: an empty cell right of a text belongs to it,
/// where both have a name of their own below.
fn filled<'r>(rows: &[&'r GridRow], n: usize, column: u32) -> &'r str {
    let own = rows[n].text(column);
    let has_below = |c: u32| rows[n + 1..].iter().any(|r| r.get(c).is_some());
    if !own.is_empty() || !has_below(column) {
        return own;
    }
    let left = rows[n].cells.iter().rev().find(|c| c.column < column);
    left.filter(|c| has_below(c.column))
        .map_or("", |c| c.text.as_str())
}

/// Whether a row holds figures beside something else.
pub(super) fn looks_like_data(row: &GridRow) -> bool {
    row.cells.len() >= 2
        && row.cells.iter().any(is_figure)
        && !is_legend(row)
        && !row.cells.iter().any(|c| is_title(&c.text))
}

/// Whether a row holds texts only, none of them a title, a note or a word of absence.
pub(super) fn is_header_like(row: &GridRow) -> bool {
    let is_word = |text: &str| {
        text.contains(char::is_alphabetic)
            && !is_title(text)
            && !is_absence(text)
            && (note_line(text).is_none() || fold(text) == "ghi chu")
    };
    row.cells
        .iter()
        .all(|c| !is_figure(c) && is_word(&c.text) || c.text == "%")
}

/// Whether all cells but the first say that there is nothing.
fn is_absent(row: &GridRow) -> bool {
    row.cells.iter().skip(1).all(|c| is_absence(&c.text))
}

/// Whether a row between header and figures may be the name of a group.
fn is_group_like(row: &GridRow) -> bool {
    let texts: Vec<&str> = row.cells.iter().map(|c| c.text.as_str()).collect();
    match texts.as_slice() {
        [one] => !is_title(one),
        [first, _] => is_ordinal(first),
        _ => false,
    }
}
