//! What the numbers of columns tell of each other: one is the sum of two, one the share of another.

use crate::decimal::{Decimal, Fraction};
use crate::table::Table;
use crate::table::grid::CellType;
use crate::text::number::{Cell, Expect, column_style, parse_cell};

/// How many rows are compared.
const SAMPLE: usize = 500;

/// How many columns are compared with each other.
const MOST_COLUMNS: usize = 16;

/// A relation that holds in nearly all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// The column that follows from the two others.
    pub(super) column: usize,
    /// For a sum the first part, for a share the part.
    pub(super) first: usize,
    /// For a sum the second part, for a share the whole.
    pub(super) second: usize,
    /// Whether it is a share in per cent.
    pub(super) is_share: bool,
    /// Rows in which it holds.
    pub(super) holds: usize,
    /// Rows that have all three numbers.
    pub(super) rows: usize,
}

/// Finds the sums and shares among columns of figures.
pub(super) fn relations(table: &Table, figures: &[usize]) -> Vec<Relation> {
    let figures = &figures[..figures.len().min(MOST_COLUMNS)];
    let values: Vec<Vec<Option<Decimal>>> = figures.iter().map(|c| values(table, *c)).collect();
    let mut found = Vec::new();
    for a in 0..figures.len() {
        for b in 0..figures.len() {
            for c in 0..figures.len() {
                if a == b || a == c || b == c {
                    continue;
                }
                for is_share in [false, true] {
                    if !is_share && b > c {
                        continue;
                    }
                    let (holds, rows) = count([&values[a], &values[b], &values[c]], is_share);
                    if rows >= 3 && holds * 10 >= rows * 9 {
                        found.push(Relation {
                            column: figures[a],
                            first: figures[b],
                            second: figures[c],
                            is_share,
                            holds,
                            rows,
                        });
                    }
                }
            }
        }
    }
    found
}

fn count([a, b, c]: [&[Option<Decimal>]; 3], is_share: bool) -> (usize, usize) {
    let (mut holds, mut rows) = (0, 0);
    for ((a, b), c) in a.iter().zip(b).zip(c) {
        let (Some(a), Some(b), Some(c)) = (a, b, c) else {
            continue;
        };
        let computed = if is_share {
            Fraction::new(*b, *c).map(|f| f.percent(a.scale().min(4)))
        } else {
            b.checked_add(*c)
        };
        // Zeros agree with too much.
        let Some(computed) = computed.filter(|_| !b.is_zero() && !c.is_zero()) else {
            continue;
        };
        let stated = if is_share {
            a.round(a.scale().min(4))
        } else {
            *a
        };
        rows += 1;
        holds += usize::from(stated == computed);
    }
    (holds, rows)
}

/// The numbers of a column, as far as they can be read without knowing what it means.
fn values(table: &Table, column: usize) -> Vec<Option<Decimal>> {
    let rows = table.row_count().min(SAMPLE);
    let texts = || {
        (0..rows).map(|r| {
            let is_text = table.kind(r, column) == CellType::Text;
            if is_text { table.cell(r, column) } else { "" }
        })
    };
    let style = column_style(texts(), false).or_else(|_| column_style(texts(), true));
    let style = style.ok().flatten();
    let whole = column_style(texts(), false).is_err();
    let expect = Expect {
        whole,
        style,
        ..Expect::default()
    };
    (0..rows)
        .map(|r| match table.kind(r, column) {
            CellType::Number | CellType::Percent => Decimal::parse_plain(table.cell(r, column)),
            CellType::Text => match parse_cell(table.cell(r, column), &expect) {
                Ok(Cell::Number(reading)) => Some(reading.value),
                _ => None,
            },
            CellType::Date | CellType::Error => None,
        })
        .collect()
}
