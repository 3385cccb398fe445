//! Rows of sums in a sheet, checked against the rows they sum up. They are never figures of a unit, unless a
//! mapping says of which.

use std::ops::Range;

use super::facts::Known;
use super::headers::Column;
use super::sheets::{Beside, Piece};
use super::{Context, Harvest, names};
use crate::decimal::{Decimal, Fraction};
use crate::diagnostic::{About, Diagnostic, codes, number, percent, phrase};
use crate::model::{
    Indicator, IndicatorKind, Level, MeasureIx, MeasureType, ReportIx, ServiceIx, Stat, UnitIx,
};
use crate::table::Table;
use crate::table::grid::CellType;
use crate::table::layout::Total;
use crate::text::number::{Cell, Qualifier, Reading, Style, format_vi};

/// A table with what its rows of sums are checked by.
pub(super) struct Input<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) piece: &'a Piece<'a>,
    pub(super) beside: &'a Beside,
    pub(super) columns: &'a [Column],
    pub(super) styles: &'a [Option<Style>],
    pub(super) report: ReportIx,
}

/// The first row that sums up all others, with its name, as a table of its own.
pub(super) fn whole(beside: &Beside) -> Option<(&str, Table)> {
    let at = beside.laid.sums.iter().position(|s| s.is_whole)?;
    let label = beside.laid.sums[at].label.as_str();
    Some((label, beside.laid.totals.only_row(at)))
}

/// Compares every row of sums with its rows.
pub(super) fn check(input: &Input<'_>, out: &mut Harvest) {
    let sums = &input.beside.laid.sums;
    if sums.is_empty() {
        return;
    }
    let counted = counted_rows(input);
    for (at, sum) in sums.iter().enumerate() {
        let rows = if sum.is_whole {
            0..input.piece.table.row_count()
        } else {
            sum.rows.clone()
        };
        if rows.is_empty() {
            continue;
        }
        let row = Row {
            input,
            at,
            sum,
            rows,
            counted: &counted,
        };
        for (column, meaning) in input.columns.iter().enumerate() {
            match meaning {
                Column::Figures(Stat::Measure(m)) => row.measure(column, *m, out),
                Column::Figures(Stat::Indicator(i)) => {
                    row.ratio(column, input.context.catalog.indicator(*i), out);
                }
                _ => {}
            }
        }
    }
}

/// A row of sums.
struct Row<'a> {
    input: &'a Input<'a>,
    /// Its position among the rows of sums.
    at: usize,
    sum: &'a Total,
    rows: Range<usize>,
    counted: &'a [bool],
}

/// The sum of a column.
enum Summed {
    /// All its cells are exact numbers or say that there is none.
    Exact(Decimal),
    /// It cannot be said: a cell is unreadable, rounded, or a fraction.
    Unknown,
}

impl Row<'_> {
    fn measure(&self, column: usize, measure: MeasureIx, out: &mut Harvest) {
        let kind = self.input.context.catalog.measure(measure).kind;
        if !matches!(kind, MeasureType::Count | MeasureType::Amount) {
            return;
        }
        let Some(stated) = self.stated(column, Stat::Measure(measure), out) else {
            return;
        };
        let Summed::Exact(sum) = self.sum_of(column) else {
            return;
        };
        if stated.value != sum {
            let d = self.differs(column, Stat::Measure(measure));
            let shown = format_vi(sum);
            let text = self.input.beside.laid.totals.cell(self.at, column);
            let d = d.with("how", phrase("sum-of-rows"));
            out.findings
                .push(d.with("computed", number(sum)).figures(text, shown));
        }
    }

    /// A ratio of the row of sums is that of the sums, not a mean of the rows.
    fn ratio(&self, column: usize, indicator: &Indicator, out: &mut Harvest) {
        let is_own_claim = self.sum.is_whole
            && self
                .input
                .piece
                .mapping
                .is_some_and(|m| m.total_unit.is_some());
        if indicator.kind != IndicatorKind::Ratio || indicator.unit != "%" || is_own_claim {
            return;
        }
        let Column::Figures(stat) = self.input.columns[column] else {
            return;
        };
        let sides = self
            .side(&indicator.numerator)
            .zip(self.side(&indicator.denominator));
        let Some(fraction) = sides.and_then(|(n, d)| Fraction::new(n, d)) else {
            return;
        };
        let Some(stated) = self.stated(column, stat, out) else {
            return;
        };
        let computed = fraction.percent(stated.decimals);
        if stated.value != computed {
            let d = self.differs(column, stat);
            let shown = format!("{}%", format_vi(computed));
            let text = self.input.beside.laid.totals.cell(self.at, column);
            let d = d.with("how", phrase("share-of-rows"));
            out.findings
                .push(d.with("computed", percent(computed)).figures(text, shown));
        }
    }

    fn side(&self, measures: &[MeasureIx]) -> Option<Decimal> {
        if measures.is_empty() {
            return None;
        }
        measures.iter().try_fold(Decimal::ZERO, |sum, m| {
            let wanted = Column::Figures(Stat::Measure(*m));
            let column = self.input.columns.iter().position(|c| *c == wanted)?;
            match self.sum_of(column) {
                Summed::Exact(value) => sum.checked_add(value),
                Summed::Unknown => None,
            }
        })
    }

    /// The number that the row of sums states; one that cannot be read is reported.
    fn stated(&self, column: usize, stat: Stat, out: &mut Harvest) -> Option<Reading> {
        let totals = &self.input.beside.laid.totals;
        match self.cell(totals, self.at, column, stat) {
            Ok(Cell::Number(reading)) => is_exact(&reading).then_some(reading),
            Ok(_) => None,
            Err(()) => {
                let code = if totals.kind(self.at, column) == CellType::Error {
                    codes::FORMULA_ERROR
                } else {
                    codes::NUMBER_UNREADABLE
                };
                let catalog = self.input.context.catalog;
                let d = Diagnostic::new(code, totals.place(self.at, column))
                    .with("value", totals.cell(self.at, column))
                    .with("name", catalog.stat_label(stat))
                    .about(self.about(stat));
                out.findings.push(d);
                None
            }
        }
    }

    fn sum_of(&self, column: usize) -> Summed {
        let Column::Figures(stat) = self.input.columns[column] else {
            return Summed::Unknown;
        };
        let mut sum = Decimal::ZERO;
        for row in self.rows.clone().filter(|r| self.counted[*r]) {
            match self.cell(&self.input.piece.table, row, column, stat) {
                Ok(Cell::Absent(_)) => {}
                Ok(Cell::Number(r)) if is_exact(&r) => match sum.checked_add(r.value) {
                    Some(next) => sum = next,
                    None => return Summed::Unknown,
                },
                _ => return Summed::Unknown,
            }
        }
        Summed::Exact(sum)
    }

    fn cell(&self, table: &Table, row: usize, column: usize, stat: Stat) -> Result<Cell, ()> {
        let options = self.input.piece.options.get(column).copied();
        let options = options.unwrap_or_default();
        let known = Known {
            catalog: self.input.context.catalog,
            stat,
            style: self.input.styles.get(column).copied().flatten(),
            options,
        };
        known.parse(table, row, column).map_err(drop)
    }

    fn differs(&self, column: usize, stat: Stat) -> Diagnostic {
        let (catalog, totals) = (self.input.context.catalog, &self.input.beside.laid.totals);
        let table = &self.input.piece.table;
        let count = self.rows.clone().filter(|r| self.counted[*r]).count();
        let d = Diagnostic::new(codes::TOTAL_DIFFERS, totals.place(self.at, column))
            .with("label", &self.sum.label)
            .with("name", catalog.stat_label(stat))
            .with("stated", totals.cell(self.at, column))
            .with("rows", count)
            .with("first", table.line(self.rows.start) + 1)
            .with("last", table.line(self.rows.end - 1) + 1)
            .about(self.about(stat))
            .also(table.place(self.rows.start, column));
        if self.input.beside.has_hidden_rows {
            d.with("hidden", phrase("hidden-rows-unread"))
        } else {
            d
        }
    }

    fn about(&self, stat: Stat) -> About {
        let context = self.input.context;
        let report = &context.reports[self.input.report.at()];
        About {
            period: Some(context.periods[report.period.at()].id.clone()),
            unit: Some(context.catalog.units.get(report.unit).id.clone()),
            service: None,
            id: Some(context.catalog.stat_id(stat).to_owned()),
        }
    }
}

fn is_exact(reading: &Reading) -> bool {
    reading.qualifier == Qualifier::Equal && reading.max.is_none()
}

/// Which rows a sum counts: those of units and services that are part of no other row's.
fn counted_rows(input: &Input<'_>) -> Vec<bool> {
    let table = &input.piece.table;
    let (units, services): (Vec<_>, Vec<_>) = (0..table.row_count())
        .map(|row| (unit_of(input, row), service_of(input, row)))
        .unzip();
    let catalog = input.context.catalog;
    let named: std::collections::BTreeSet<UnitIx> = units.iter().flatten().copied().collect();
    let groups: std::collections::BTreeSet<ServiceIx> =
        services.iter().flatten().copied().collect();
    let is_block = |u: UnitIx| catalog.units.get(u).level == Level::Block;
    let only_blocks = named.iter().all(|u| is_block(*u));
    let is_part_of_unit = |u: UnitIx| {
        (is_block(u) && !only_blocks)
            || catalog
                .units
                .ancestors(u)
                .any(|a| a != u && named.contains(&a))
    };
    let is_part_of_group = |s: ServiceIx| {
        let mut others = groups.iter().filter(|g| **g != s);
        others.any(|g| catalog.services.get(*g).members.contains(&s))
    };
    units
        .iter()
        .zip(&services)
        .map(|(u, s)| !u.is_some_and(is_part_of_unit) && !s.is_some_and(is_part_of_group))
        .collect()
}

fn unit_of(input: &Input<'_>, row: usize) -> Option<UnitIx> {
    let report = &input.context.reports[input.report.at()];
    let text = first_text(input, row, Column::Unit)?;
    names::unit(input.context.catalog, text, report.unit, report.window()).ok()
}

fn service_of(input: &Input<'_>, row: usize) -> Option<ServiceIx> {
    let text = first_text(input, row, Column::Service)?;
    names::service(input.context.catalog, text).ok()
}

fn first_text<'t>(input: &'t Input<'_>, row: usize, wanted: Column) -> Option<&'t str> {
    let columns = (0..input.columns.len()).filter(|c| input.columns[*c] == wanted);
    columns
        .map(|c| input.piece.table.cell(row, c))
        .find(|t| !t.is_empty())
}
