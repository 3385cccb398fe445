//! Tables as text: each cell is searched by itself, with what its header says.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cursor, Found, Search, records};
use crate::diagnostic::{Place, to_u32};
use crate::privacy::{self, Hint, Kind, words};
use crate::table::size;

/// A cell of a line of text or of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'t> {
    /// Number of the field.
    pub(super) column: usize,
    /// Position in characters within the line; the column in a sheet.
    pub(super) at: u32,
    /// What it holds.
    pub(super) text: &'t str,
}

/// A line with its cells.
pub(super) type Line<'t> = (u32, Vec<Cell<'t>>);

/// How many lines may come before the first row of figures.
pub(super) const HEAD: usize = 8;

/// How many rows of a table tell what its columns hold.
pub(super) const SAMPLE: usize = 200;

/// Searches a table of text. Only its head, a sample, and lines with a candidate are taken apart.
pub(super) fn find(search: &Search<'_>, text: &str) -> Vec<Found> {
    let delimiter = delimiter(text);
    let head: Vec<Line<'_>> = text
        .lines()
        .take(SAMPLE + HEAD)
        .enumerate()
        .map(|(i, line)| (to_u32(i), cells(line, delimiter).collect()))
        .collect();
    let mut found = records::in_table(search, &head, &|line, cell| {
        Place::at(
            search.file,
            line,
            cell.at,
            to_u32(cell.text.chars().count()),
        )
    });
    let hints = Hints::of(&head);
    let mut cursor = Cursor::new(text);
    let mut seen = None;
    let mut weak: Vec<(usize, Found)> = Vec::new();
    let mut starts: Vec<usize> = privacy::candidates(text.as_bytes())
        .map(|r| r.start)
        .collect();
    starts.sort_unstable();
    for at in starts {
        let (number, start) = cursor.line_of(at);
        if seen == Some(number) {
            continue;
        }
        seen = Some(number);
        let line = text[start..].lines().next().unwrap_or_default();
        let row: Vec<Cell<'_>> = cells(line, delimiter).collect();
        for (column, hit) in hints.search(search, number, &row) {
            match column {
                None => found.push(hit),
                Some(column) => weak.push((column, hit)),
            }
        }
    }
    found.extend(whole_columns(weak, |column| {
        let rows = text.lines().map(|l| cells(l, delimiter).nth(column));
        rows.flatten().filter(|c| !c.text.trim().is_empty()).count()
    }));
    found
}

/// What the head of a table says of each of its columns.
pub(super) struct Hints {
    by_column: Vec<Hint>,
}

impl Hints {
    /// Reads the lines above the first one that is mostly numbers.
    pub(super) fn of(head: &[Line<'_>]) -> Self {
        let is_figures = |cells: &[Cell<'_>]| {
            let filled = cells.iter().filter(|c| !c.text.trim().is_empty());
            let (mut numbers, mut all) = (0, 0);
            for c in filled {
                all += 1;
                numbers += usize::from(
                    c.text
                        .trim()
                        .starts_with(|c: char| c.is_ascii_digit() || c == '+'),
                );
            }
            numbers * 3 > all
        };
        let mut texts: Vec<String> = Vec::new();
        for (i, (_, cells)) in head.iter().take(HEAD).enumerate() {
            // The first line is a header whatever it holds; a second one is of the table only with words throughout.
            if i > 0 && is_figures(cells) {
                break;
            }
            // A table of more columns is refused.
            for cell in cells.iter().filter(|c| c.column < size::COLUMNS) {
                if texts.len() <= cell.column {
                    texts.resize(cell.column + 1, String::new());
                }
                if i == 0 || words::hint_of(cell.text) != Hint::Other && cell.text.len() < 60 {
                    texts[cell.column].push(' ');
                    texts[cell.column].push_str(cell.text);
                }
            }
        }
        Self {
            by_column: texts.iter().map(|t| words::hint_of(t)).collect(),
        }
    }

    /// Searches a row. A hit that only a whole column of its like would prove comes with the column.
    pub(super) fn search(
        &self,
        search: &Search<'_>,
        line: u32,
        row: &[Cell<'_>],
    ) -> Vec<(Option<usize>, Found)> {
        let mut out = Vec::new();
        for (i, cell) in row.iter().enumerate() {
            let mut hint = self.by_column.get(cell.column).copied().unwrap_or_default();
            let labelled = i > 0 && words::is_identity_label(row[i - 1].text);
            if labelled {
                hint = Hint::Identity;
            }
            for hit in privacy::scan(cell.text, hint, search.year) {
                if !hit.is_sure && hit.kind != Kind::CitizenId {
                    continue;
                }
                let before = cell.text[..hit.range.start].chars().count();
                let width = cell.text[hit.range.clone()].chars().count();
                let place = Place::at(search.file, line, cell.at + to_u32(before), to_u32(width));
                let weak = (!hit.is_sure).then_some(cell.column);
                out.push((weak, super::found(&hit, cell.text, place)));
            }
        }
        out
    }
}

/// The fewest different values that make a column one of citizen numbers, whatever its header says.
const FEWEST: usize = 3;

/// Keeps the hits of columns that hold hardly anything else: three fifths of the cells, at least three values.
pub(super) fn whole_columns(
    weak: Vec<(usize, Found)>,
    filled: impl Fn(usize) -> usize,
) -> Vec<Found> {
    let mut by_column: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    for (column, found) in weak {
        by_column.entry(column).or_default().push(found);
    }
    let is_column = |column: usize, found: &[Found]| {
        let values: BTreeSet<&Option<String>> = found.iter().map(|f| &f.value).collect();
        values.len() >= FEWEST && found.len() * 5 >= filled(column).saturating_sub(1) * 3
    };
    by_column
        .into_iter()
        .filter(|(column, found)| is_column(*column, found))
        .flat_map(|(_, found)| found)
        .collect()
}

/// The sign that divides the first lines most often.
fn delimiter(text: &str) -> char {
    let head: Vec<&str> = text.lines().take(HEAD).collect();
    [',', ';', '\t', '|']
        .into_iter()
        .rev()
        .max_by_key(|d| head.iter().map(|l| l.matches(*d).count()).sum::<usize>())
        .unwrap_or(',')
}

/// The cells of a line; a delimiter inside quotes divides nothing.
fn cells(line: &str, delimiter: char) -> impl Iterator<Item = Cell<'_>> {
    let mut rest = Some(line.trim_end_matches('\r'));
    let (mut column, mut at) = (0, 0);
    std::iter::from_fn(move || {
        let own = rest?;
        let mut quoted = false;
        let end = own.find(|c: char| {
            quoted ^= c == '"';
            c == delimiter && !quoted
        });
        let text = &own[..end.unwrap_or(own.len())];
        rest = end.map(|end| &own[end + delimiter.len_utf8()..]);
        let lead = text
            .chars()
            .take_while(|c| *c == '"' || c.is_whitespace())
            .count();
        let inner = text.trim_matches(|c: char| c == '"' || c.is_whitespace());
        let cell = Cell {
            column,
            at: at + to_u32(lead),
            text: inner,
        };
        column += 1;
        at += to_u32(text.chars().count() + 1);
        Some(cell)
    })
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::config::Config;
    use crate::source::{SourceFile, Sources};

    fn found(text: &str) -> Vec<String> {
        let sources = Sources::new(vec![SourceFile::new("data/a.csv", text)]);
        check(&sources, &Config::default(), Some(2026))
            .findings
            .iter()
            .map(|d| format!("{} {}", d.code, d.place.within_file()))
            .collect()
    }

    #[test]
    fn a_header_tells_of_its_column_only() {
        let text = "Đơn vị;Số CMND;Kinh phí\nA;190000000;190000000\nB;;190000001\n";
        assert_eq!(found(text), ["citizen-id-old 2:3"]);
        assert_eq!(found("Số giấy tờ,Tên\n\"1900\",A\n"), [""; 0]);
    }

    #[test]
    fn a_label_tells_of_the_cell_beside_it() {
        assert_eq!(
            found("Mục,Giá trị\nSố CMND,190000000\nTổng số,190000000\n"),
            ["citizen-id-old 2:9"]
        );
    }

    #[test]
    fn a_column_of_such_numbers_needs_no_words() {
        let rows = |n: usize| {
            let rows: Vec<String> = (0..n).map(|i| format!("001099{i:06},1\n")).collect();
            rows.concat()
        };
        assert_eq!(found(&format!("Mã,Số\n{}", rows(2))), [""; 0]);
        assert_eq!(found(&format!("Mã,Số\n{}", rows(4))).len(), 4);
        assert_eq!(
            found("Mã vạch,Số\n036000291452,1\n012345678905,2\n001099000000,3\n893850500000,1\n"),
            [""; 0]
        );
    }
}
