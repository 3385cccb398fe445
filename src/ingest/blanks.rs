//! Blank cells in rows that have other figures: nobody can tell a zero from a figure that was not sent.

use super::headers::Column;
use crate::diagnostic::{About, Diagnostic, codes};
use crate::model::{MeasureType, Stat};
use crate::table::Table;

/// Fewest numbers of a column that make it one that is filled in.
const IN_USE: usize = 3;

/// Finds the columns of base figures that are filled in for the most part and blank in some rows that have other
/// figures; one finding a column.
pub(super) fn find(
    table: &Table,
    columns: &[Column],
    kind: impl Fn(Stat) -> Option<MeasureType>,
    about: &About,
) -> Vec<Diagnostic> {
    let figures: Vec<usize> = columns
        .iter()
        .enumerate()
        .filter_map(|(i, c)| match c {
            Column::Figures(stat) => kind(*stat).map(|k| (i, k)),
            _ => None,
        })
        .filter(|(_, kind)| matches!(kind, MeasureType::Count | MeasureType::Amount))
        .map(|(i, _)| i)
        .collect();
    if figures.len() < 2 {
        return Vec::new();
    }
    let mut numbers = vec![0; figures.len()];
    let mut blanks: Vec<(usize, usize)> = vec![(0, 0); figures.len()];
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    for row in 0..table.row_count() {
        let mut empty = 0;
        let mut filled = 0;
        for (n, column) in figures.iter().enumerate() {
            let text = table.cell(row, *column);
            empty += usize::from(text.is_empty());
            if is_number(text) {
                filled += 1;
                numbers[n] += 1;
            }
        }
        if empty == 0 || filled == 0 {
            continue;
        }
        for (n, column) in figures.iter().enumerate() {
            if table.cell(row, *column).is_empty() {
                let (count, first) = blanks[n];
                blanks[n] = (count + 1, if count == 0 { row } else { first });
            }
        }
    }
    let found = figures.iter().zip(numbers).zip(blanks);
    found
        .filter(|((_, numbers), (count, _))| *count > 0 && *numbers >= IN_USE.max(*count))
        .map(|((column, _), (count, first))| {
            Diagnostic::new(codes::BLANK_NOT_ZERO, table.place(first, *column))
                .with("name", &table.header[*column])
                .with("count", count)
                .about(about.clone())
        })
        .collect()
}
