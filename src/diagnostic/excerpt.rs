//! The part of a file around a finding, as a person at a terminal sees it: the line with a mark under it, a small
//! drawing of the cells around, or a value of a JSON file.
//!
//! All text of the user's files that reaches an excerpt passes through a [`Veil`] and through [`visible`].

use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Place, cell_reference};
use crate::source::Lines;

/// Cells around a place, by row and column of the sheet or of the table in a text file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing {
    /// The columns that are drawn, from 0, rising.
    pub columns: Vec<u32>,
    /// The rows that are drawn, from 0, rising, each with the text of every drawn column.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Row and column of the cell that the finding is about.
    pub marked: (u32, u32),
    /// Row and column of other cells that it is about.
    pub also: Vec<(u32, u32)>,
}

/// What knows the cells and values of files: the readers of tables, which come later than findings.
pub trait Excerpts {
    /// The cells around a place in a table, where a drawing reads better than the line.
    fn drawing(&self, place: &Place, related: &[Place]) -> Option<Drawing>;
    /// The value at the path of a place.
    fn value(&self, place: &Place) -> Option<String>;
}

/// Knows of no table: every excerpt is a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinesOnly;

impl Excerpts for LinesOnly {
    fn drawing(&self, _: &Place, _: &[Place]) -> Option<Drawing> {
        None
    }

    fn value(&self, _: &Place) -> Option<String> {
        None
    }
}

/// Text of a file as an excerpt shows it: signs that would move the cursor or hide text become spaces.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| {
            let hides = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
            if c.is_control() || hides { ' ' } else { c }
        })
        .collect()
}

/// What may be shown of a file: its path and a text of it go in, the text as it may be shown comes out, as long as
/// before; nothing where none of it may be seen. Every line, cell and value of an excerpt passes through it.
pub type Veil<'v> = dyn Fn(&str, &str) -> Option<String> + 'v;

/// Where excerpts come from, and what of them may be shown.
pub(super) struct Source<'a> {
    pub(super) lines: Lines<'a>,
    pub(super) excerpts: &'a dyn Excerpts,
    pub(super) veil: &'a Veil<'a>,
}

/// Writes the excerpt of a finding at `place`; nothing where the file has none, or may not be seen.
pub(super) fn write(out: &mut String, place: &Place, related: &[Place], source: &Source<'_>) {
    let veil = |text: &str| (source.veil)(&place.file, text).map(|t| visible(&t));
    if let Some(drawing) = source.excerpts.drawing(place, related) {
        if let Some(drawing) = veiled(drawing, &veil) {
            draw(out, &drawing);
        }
    } else if let (Some(path), Some(value)) = (&place.path, source.excerpts.value(place)) {
        if let Some(value) = veil(&value) {
            let value = cut(&value, VALUE_WIDTH);
            let _ = writeln!(out, "  | {}: {value}", visible(path));
        }
    } else if place.sheet.is_none() {
        line(out, place, &source.lines, &veil);
    }
}

/// A drawing with every cell as it may be shown.
fn veiled(mut drawing: Drawing, veil: &dyn Fn(&str) -> Option<String>) -> Option<Drawing> {
    for cell in drawing.rows.iter_mut().flat_map(|(_, cells)| cells) {
        *cell = veil(cell)?;
    }
    Some(drawing)
}

/// The longest part of a line that is drawn, in characters.
const EXCERPT_WIDTH: usize = 100;
/// The widest value of a JSON file.
const VALUE_WIDTH: usize = 100;
/// The widest cell of a drawing, and the widest marked one.
const CELL_WIDTH: usize = 22;
const MARKED_WIDTH: usize = 36;

/// The line of a text file with a mark under the place.
fn line(out: &mut String, place: &Place, lines: &Lines<'_>, veil: &dyn Fn(&str) -> Option<String>) {
    let Some(line_index) = place.line else {
        return;
    };
    let Some(line) = lines.get(&place.file, line_index).and_then(veil) else {
        return;
    };
    let characters: Vec<char> = line.chars().collect();
    let column = (place.column.unwrap_or(0) as usize).min(characters.len());
    let from = column.saturating_sub(EXCERPT_WIDTH / 2);
    let to = (from + EXCERPT_WIDTH).min(characters.len());
    let end = (column + place.width as usize).clamp(column, to);
    let part = |range: std::ops::Range<usize>| characters[range].iter().collect::<String>();
    let number = (line_index + 1).to_string();
    let cut = if from > 0 { "…" } else { "" };
    let _ = writeln!(out, "{number} | {cut}{}", part(from..to));
    if place.column.is_some() {
        let pad = number.len() + 3 + cut.width() + part(from..column).width();
        let width = part(column..end).width().max(1);
        let _ = writeln!(out, "{}{}", " ".repeat(pad), "^".repeat(width));
    }
}

/// Cells with the letters of their columns above and the numbers of their rows on the left.
fn draw(out: &mut String, drawing: &Drawing) {
    let is_marked = |row: u32, column: u32| (row, column) == drawing.marked;
    let shown: Vec<(u32, Vec<String>)> = drawing
        .rows
        .iter()
        .map(|(row, cells)| {
            let cells = cells.iter().zip(&drawing.columns).map(|(text, column)| {
                let most = if is_marked(*row, *column) {
                    MARKED_WIDTH
                } else {
                    CELL_WIDTH
                };
                cut(text.trim(), most)
            });
            (*row, cells.collect())
        })
        .collect();
    let letters: Vec<String> = drawing.columns.iter().map(|c| letters(*c)).collect();
    let widths: Vec<usize> = (0..letters.len())
        .map(|i| {
            let cells = shown
                .iter()
                .filter_map(|(_, cells)| cells.get(i))
                .map(|t| t.width());
            cells.chain([letters[i].width(), 1]).max().unwrap_or(1)
        })
        .collect();
    let last = shown
        .last()
        .map_or(1, |(row, _)| (row + 1).to_string().len());
    let mut write = |head: &str, cells: &[String]| {
        let mut text = format!("{head:>last$} │ ");
        for (i, cell) in cells.iter().enumerate() {
            let gap = widths[i].saturating_sub(cell.width());
            let bar = if i + 1 < cells.len() { " │ " } else { "" };
            let _ = write!(text, "{cell}{}{bar}", " ".repeat(gap));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    };
    write("", &letters);
    let mut before: Option<u32> = None;
    for (row, cells) in &shown {
        if before.is_some_and(|b| row - b > 1) {
            write("⋮", &[]);
        }
        before = Some(*row);
        write(&(row + 1).to_string(), cells);
        let marks: Vec<String> = drawing
            .columns
            .iter()
            .zip(cells)
            .map(|(column, cell)| {
                let sign = if is_marked(*row, *column) {
                    "^"
                } else if drawing.also.contains(&(*row, *column)) {
                    "-"
                } else {
                    return String::new();
                };
                sign.repeat(cell.width().max(1))
            })
            .collect();
        if marks.iter().any(|m| !m.is_empty()) {
            write("", &marks);
        }
    }
}

fn letters(column: u32) -> String {
    let mut reference = cell_reference(0, column);
    reference.pop();
    reference
}

/// At most `most` columns of the terminal; what is longer ends in `…`.
fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut width = 1;
    let mut out: String = text
        .chars()
        .take_while(|c| {
            width += c.width().unwrap_or(0);
            width <= most
        })
        .collect();
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Sources};

    fn drawn(drawing: &Drawing) -> Vec<String> {
        let mut out = String::new();
        draw(&mut out, drawing);
        out.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_cell_is_marked_among_its_neighbours() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let drawing = Drawing {
            columns: vec![1, 3, 4],
            rows: vec![
                (3, row(["Đơn vị", "Tổng số", "Tỷ lệ"])),
                (8, row(["Sở Y tế", "1.999", "99,9%"])),
                (9, row(["Sở Tài nguyên và Môi trường", "120", ""])),
            ],
            marked: (9, 4),
            also: vec![(9, 3)],
        };
        assert_eq!(
            drawn(&drawing),
            [
                "   │ B                     │ D       │ E",
                " 4 │ Đơn vị                │ Tổng số │ Tỷ lệ",
                " ⋮ │",
                " 9 │ Sở Y tế               │ 1.999   │ 99,9%",
                "10 │ Sở Tài nguyên và Môi… │ 120     │",
                "   │                       │ ---     │ ^",
            ]
        );
    }

    #[test]
    fn marks_follow_the_width_of_signs() {
        let sources = Sources::new(vec![SourceFile::new("a.csv", "東京,e\u{302}1\n")]);
        let mut out = String::new();
        let place = Place::at(&"a.csv".into(), 0, 3, 3);
        let veil = |text: &str| Some(text.to_owned());
        line(&mut out, &place, &Lines::new(&sources), &veil);
        assert_eq!(out, "1 | 東京,e\u{302}1\n         ^^\n");
    }

    #[test]
    fn what_may_not_be_seen_is_not_drawn() {
        let sources = Sources::new(vec![SourceFile::new("a.csv", "x,012345678901\n")]);
        let place = Place::at(&"a.csv".into(), 0, 2, 12);
        let excerpt = |veil: &Veil<'_>| {
            let source = Source {
                lines: Lines::new(&sources),
                excerpts: &LinesOnly,
                veil,
            };
            let mut out = String::new();
            write(&mut out, &place, &[], &source);
            out
        };
        assert_eq!(excerpt(&|_, _| None), "");
        let digits = |c: char| if c.is_ascii_digit() { '*' } else { c };
        assert_eq!(
            excerpt(&|_, text| Some(text.chars().map(digits).collect())),
            "1 | x,************\n      ^^^^^^^^^^^^\n"
        );
    }

    #[test]
    fn nothing_of_a_file_moves_the_cursor() {
        assert_eq!(visible("a\u{1b}[31m\tb\u{202e}c"), "a [31m b c");
    }

    #[test]
    fn long_cells_are_cut() {
        assert_eq!(cut("Thừa Thiên Huế", 6), "Thừa…");
        assert_eq!(cut("Huế", 3), "Huế");
    }
}
