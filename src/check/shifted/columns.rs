//! Figures that fit only when neighbouring columns are read one place further.

use crate::analysis::relations::Term;
use crate::analysis::{Analysis, Outcome, RelationKind, Relations};
use crate::check::arithmetic::lower_first;
use crate::check::{about_of, place_of};
use crate::decimal::{Decimal, Fraction};
use crate::diagnostic::{About, Diagnostic, codes, phrase};
use crate::model::{IndicatorIx, Key, MeasureIx, Origin, Stat};

/// So many rows must fail as they stand and fit when shifted.
const ROWS: usize = 3;
/// Rows that are looked at in one file; more would say the same.
const MOST_ROWS: usize = 200;
/// Columns that are looked at in one file.
const MOST_COLUMNS: usize = 24;

/// One finding for each file whose failing rows all fit when some columns are shifted.
pub(super) fn check(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Diagnostic> {
    failing(analysis, relations)
        .into_iter()
        .filter_map(|lines| columns(analysis, &lines))
        .collect()
}

/// The rows of each file that hold a contradiction of their own, if they are several.
fn failing(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Vec<(u16, u32)>> {
    let origin = |t: &Term| match t {
        Term::Fact(ix) => analysis.facts().origin(*ix),
        Term::Claim(at) => analysis.claims().list[*at].origin,
    };
    let is_of_row = |kind| {
        matches!(
            kind,
            RelationKind::Sum | RelationKind::PartOverTotal | RelationKind::Ratio
        )
    };
    let mut lines: Vec<(u16, u32)> = relations
        .list
        .iter()
        .filter(|r| r.outcome == Outcome::Differs && is_of_row(r.kind))
        .filter_map(|r| {
            let at = |o: Origin| (o.file, o.line);
            let line = at(origin(&r.stated));
            r.terms
                .iter()
                .all(|t| at(origin(t)) == line)
                .then_some(line)
        })
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|c| c.len() >= ROWS)
        .map(|c| c[..c.len().min(MOST_ROWS)].to_vec())
        .collect()
}

/// A figure of a row: fact or claim.
#[derive(Clone, Copy)]
struct Cell {
    origin: Origin,
    key: Key,
    stat: Stat,
    value: Option<Decimal>,
    decimals: u8,
}

/// Tries every run of neighbouring columns, one place to either side.
fn columns(analysis: &Analysis<'_>, lines: &[(u16, u32)]) -> Option<Diagnostic> {
    let rows = rows(analysis, lines);
    let width = rows.first()?.len();
    let is_alike = |r: &Vec<Cell>| r.iter().map(|c| c.stat).eq(rows[0].iter().map(|c| c.stat));
    if !(2..=MOST_COLUMNS).contains(&width) || !rows.iter().all(is_alike) {
        return None;
    }
    // The longest run last: the shortest one that mends all rows is the likeliest.
    for length in 2..=width {
        for first in 0..=width - length {
            for to_left in [true, false] {
                let shift = Shift {
                    first,
                    length,
                    to_left,
                };
                if rows.iter().all(|r| shift.mends(analysis, r)) {
                    return Some(shift.finding(analysis, &rows));
                }
            }
        }
    }
    None
}

/// All figures of some rows, each row in the order of its columns.
fn rows(analysis: &Analysis<'_>, lines: &[(u16, u32)]) -> Vec<Vec<Cell>> {
    let facts = analysis.facts();
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); lines.len()];
    let mut add = |origin: Origin, cell: Cell| {
        if let Ok(at) = lines.binary_search(&(origin.file, origin.line)) {
            rows[at].push(cell);
        }
    };
    for ix in facts.indices() {
        let origin = facts.origin(ix);
        add(
            origin,
            Cell {
                origin,
                key: facts.key(ix),
                stat: Stat::Measure(facts.measure(ix)),
                value: facts.value(ix),
                decimals: 0,
            },
        );
    }
    for claim in &analysis.claims().list {
        add(
            claim.origin,
            Cell {
                origin: claim.origin,
                key: claim.key,
                stat: Stat::Indicator(claim.indicator()),
                value: claim.value,
                decimals: claim.decimals,
            },
        );
    }
    for row in &mut rows {
        row.sort_by_key(|c| c.origin.column);
    }
    rows
}

/// A run of columns read one place to the left or to the right; the figure at its end goes round.
#[derive(Clone, Copy)]
struct Shift {
    first: usize,
    length: usize,
    to_left: bool,
}

impl Shift {
    /// The cell whose figure belongs in a column.
    fn source(self, column: usize) -> usize {
        if !(self.first..self.first + self.length).contains(&column) {
            return column;
        }
        let step = if self.to_left { 1 } else { self.length - 1 };
        self.first + (column - self.first + step) % self.length
    }

    /// Whether every relation of a row that the shift touches holds with it, and there is one that says something.
    fn mends(self, analysis: &Analysis<'_>, row: &[Cell]) -> bool {
        let value = |stat: Stat| {
            let column = row.iter().position(|c| c.stat == stat)?;
            row[self.source(column)].value.map(|v| (column, v))
        };
        let mut telling = 0;
        for (column, cell) in row.iter().enumerate() {
            let held = match cell.stat {
                Stat::Measure(m) => parts_hold(analysis, m, &value),
                Stat::Indicator(i) => {
                    let decimals = row[self.source(column)].decimals;
                    ratio_holds(analysis, i, decimals, &value)
                }
            };
            match held {
                Some(true) => telling += 1,
                Some(false) => return false,
                None => {}
            }
        }
        telling > 0
    }

    fn finding(self, analysis: &Analysis<'_>, rows: &[Vec<Cell>]) -> Diagnostic {
        let row = &rows[0];
        let name = |column: usize| analysis.catalog.stat_label(row[column].stat);
        let last = self.first + self.length - 1;
        let cell = row[self.first];
        let direction = match (self.length, self.to_left) {
            (2, _) => phrase("columns-swapped"),
            (_, true) => phrase("columns-to-left"),
            (_, false) => phrase("columns-to-right"),
        };
        let written = |column: usize| {
            let value = row[self.source(column)].value;
            let value = value.map_or_else(String::new, crate::text::number::format_vi);
            format!("{} {value}", lower_first(name(column)))
        };
        let as_read: Vec<String> = (self.first..=last).map(written).collect();
        Diagnostic::new(codes::COLUMNS_SHIFTED, place_of(analysis, cell.origin, 1))
            .with("first", name(self.first))
            .with("last", name(last))
            .with("rows", rows.len())
            .with("direction", direction)
            .with("line", cell.origin.line + 1)
            .with("example", as_read.join(", "))
            .also(place_of(analysis, row[last].origin, 1))
            .about(About {
                service: None,
                ..about_of(analysis, cell.key, cell.stat)
            })
    }
}

/// Whether the parts of a measure add up to it; none where they are not all there, or all zero.
fn parts_hold(
    analysis: &Analysis<'_>,
    whole: MeasureIx,
    value: &impl Fn(Stat) -> Option<(usize, Decimal)>,
) -> Option<bool> {
    let (_, total) = value(Stat::Measure(whole))?;
    let mut held = None;
    for list in &analysis.catalog.measure(whole).parts {
        let sum = sum_of(list, value);
        if let Some(sum) = sum.filter(|s| !s.is_zero() || !total.is_zero()) {
            if sum != total {
                return Some(false);
            }
            held = Some(true);
        }
    }
    held
}

/// The sum of measures; none where one of them is missing.
fn sum_of(
    measures: &[MeasureIx],
    value: &impl Fn(Stat) -> Option<(usize, Decimal)>,
) -> Option<Decimal> {
    let mut values = measures.iter().map(|m| value(Stat::Measure(*m)));
    values.try_fold(Decimal::ZERO, |sum, v| sum.checked_add(v?.1))
}

fn ratio_holds(
    analysis: &Analysis<'_>,
    ratio: IndicatorIx,
    decimals: u8,
    value: &impl Fn(Stat) -> Option<(usize, Decimal)>,
) -> Option<bool> {
    let indicator = analysis.catalog.indicator(ratio);
    let side = |measures: &[MeasureIx]| sum_of(measures, value).filter(|_| !measures.is_empty());
    let (_, stated) = value(Stat::Indicator(ratio))?;
    let quotient = Fraction::new(side(&indicator.numerator)?, side(&indicator.denominator)?)?;
    Some(quotient.percent(decimals) == stated)
}
