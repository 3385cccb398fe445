//! A cell → facts and claims.

use std::borrow::Cow;

use super::{Reader, Subject};
use crate::catalog::Catalog;
use crate::decimal::Decimal;
use crate::diagnostic::{About, Code, Diagnostic, codes};
use crate::ingest::mapping::ColumnOptions;
use crate::model::{Claim, Key, Kind, MeasureType, Origin, Stat};
use crate::table::Table;
use crate::table::grid::CellType;
use crate::text::number::{
    Absence, Cell, Expect, NumberError, Qualifier, Reading, Style, format_vi, parse_cell,
};
use crate::waiver;

impl Reader<'_, '_> {
    pub(super) fn cell(&mut self, row: usize, column: usize, stat: Stat, subject: &Subject) {
        let options = self.frame.options(column);
        let known = Known {
            catalog: self.context.catalog,
            stat,
            style: self.styles[column],
            options,
        };
        let cell = match known.parse(self.table, row, column) {
            Ok(cell) => cell,
            Err(error) => {
                if let Some(reading) = self.declared(row, column, &error, stat, subject) {
                    Cell::Number(reading)
                } else {
                    self.push(row, column, stat, subject, Kind::Unreadable, None);
                    return;
                }
            }
        };
        match cell {
            Cell::Number(reading) => {
                let kind = options.zero.filter(|_| reading.value.is_zero());
                let kind = kind.unwrap_or(Kind::Value);
                let number = Some(&reading).filter(|_| kind == Kind::Value);
                self.push(row, column, stat, subject, kind, number);
            }
            Cell::Absent(absence) => {
                let kind = match absence {
                    Absence::NotReported => Kind::NotReported,
                    Absence::NotApplicable => Kind::NotApplicable,
                    Absence::NoActivity => Kind::NoActivity,
                };
                // In a long table an empty value says that the document gives none; in a wide one as well.
                self.push(row, column, stat, subject, kind, None);
            }
            Cell::Fraction {
                numerator,
                denominator,
            } => {
                self.fraction(row, column, stat, subject, &numerator, &denominator);
            }
        }
    }

    /// A cell `a/b`: two facts, if the catalogue says what `b` is.
    pub(super) fn fraction(
        &mut self,
        row: usize,
        column: usize,
        stat: Stat,
        subject: &Subject,
        numerator: &Reading,
        denominator: &Reading,
    ) {
        let of = match stat {
            Stat::Measure(m) => self.context.catalog.measure(m).fraction_of,
            Stat::Indicator(_) => None,
        };
        if let Some(of) = of {
            self.push(row, column, stat, subject, Kind::Value, Some(numerator));
            self.push(
                row,
                column,
                Stat::Measure(of),
                subject,
                Kind::Value,
                Some(denominator),
            );
        } else {
            let name = self.context.catalog.stat_label(stat).to_owned();
            let about = self.about(subject, Some(stat));
            self.unreadable(row, column, &NumberError::NotANumber, &name, about);
            self.push(row, column, stat, subject, Kind::Unreadable, None);
        }
    }

    /// Reports an unreadable cell; gives the reading that a waiver declares for it, if one does.
    pub(super) fn declared(
        &mut self,
        row: usize,
        column: usize,
        error: &NumberError,
        stat: Stat,
        subject: &Subject,
    ) -> Option<Reading> {
        let about = self.about(subject, Some(stat));
        let place = self.table.place(row, column);
        let name = self.context.catalog.stat_label(stat).to_owned();
        let code = self.unreadable(row, column, error, &name, about.clone());
        let text = waiver::reading(self.context.waivers, code, &place, &about)?;
        declared_reading(text)
    }

    pub(super) fn unreadable(
        &mut self,
        row: usize,
        column: usize,
        error: &NumberError,
        name: &str,
        about: About,
    ) -> Code {
        let text = self.table.cell(row, column);
        let place = self.table.place(row, column);
        let d = match error {
            NumberError::Ambiguous { readings } => Diagnostic::new(codes::NUMBER_AMBIGUOUS, place)
                .with("first", readings[0].to_plain().replace('.', ","))
                .with("second", readings[1].to_plain().replace('.', ",")),
            _ if self.table.kind(row, column) == CellType::Error => {
                Diagnostic::new(codes::FORMULA_ERROR, place)
            }
            _ => Diagnostic::new(codes::NUMBER_UNREADABLE, place),
        };
        let code = d.code;
        self.doubts.retain(|(r, c, _)| (*r, *c) != (row, column));
        self.out
            .findings
            .push(d.with("value", text).with("name", name).about(about));
        code
    }

    pub(super) fn push(
        &mut self,
        row: usize,
        column: usize,
        stat: Stat,
        subject: &Subject,
        kind: Kind,
        reading: Option<&Reading>,
    ) {
        let text = self.table.cell(row, column);
        let origin = Origin {
            file: 0,
            line: self.table.line(row),
            column: self.table.column(row, column),
        };
        let mut extra = subject.extra.clone();
        if let Some(r) = reading {
            extra.qualifier = (r.qualifier != Qualifier::Equal).then_some(r.qualifier);
            extra.max = r.max;
            if let Some(mark) = &r.footnote {
                self.add_note(mark, &mut extra);
            }
        }
        let decimals = most_decimals(self.context.catalog, stat);
        let as_shown = shown(text, self.table.kind(row, column), decimals);
        let text: &str = &as_shown;
        match stat {
            Stat::Measure(m) => {
                if extra.unit_of_measure.is_none() {
                    extra.unit_of_measure = self.unit_of_measure(m);
                }
                let plain = reading.is_some_and(|r| is_plain(text, r.value));
                if !plain && !text.is_empty() {
                    extra.as_written = Some(text.into());
                }
                self.out.facts.push(
                    Key::new(subject.unit, subject.service, subject.period, m.0),
                    reading.map_or(Decimal::ZERO, |r| r.value),
                    kind,
                    subject.status,
                    origin,
                    extra,
                );
            }
            // A claim that says nothing is no claim.
            Stat::Indicator(_) if kind != Kind::Value && kind != Kind::Unreadable => {}
            Stat::Indicator(i) => self.out.claims.push(Claim {
                key: Key::new(subject.unit, subject.service, subject.period, i.0),
                value: reading.map(|r| r.value),
                decimals: reading.map_or(0, |r| r.decimals),
                status: subject.status,
                origin,
                as_written: text.into(),
                extra,
                doubtful: false,
                set_aside: false,
                suppressed: false,
            }),
        }
    }
}

/// What is known of the numbers of a column.
#[derive(Clone, Copy)]
pub(in crate::ingest) struct Known<'a> {
    pub(in crate::ingest) catalog: &'a Catalog,
    pub(in crate::ingest) stat: Stat,
    pub(in crate::ingest) style: Option<Style>,
    pub(in crate::ingest) options: ColumnOptions,
}

impl Known<'_> {
    /// Reads a cell: a number of the file as it is, a text by the style of its column.
    pub(in crate::ingest) fn parse(
        &self,
        table: &Table,
        row: usize,
        column: usize,
    ) -> Result<Cell, NumberError> {
        let expect = self.expect();
        let text = table.cell(row, column);
        let cell = match table.kind(row, column) {
            CellType::Text => parse_cell(text, &expect)?,
            CellType::Number => Cell::Number(self.exact(text, expect)?),
            CellType::Percent if expect.share => Cell::Number(Reading {
                percent_sign: true,
                ..self.exact(text, expect)?
            }),
            CellType::Percent | CellType::Date | CellType::Error => {
                return Err(NumberError::NotANumber);
            }
        };
        match (cell, self.options.scale) {
            (Cell::Number(reading), Some(scale)) => scaled(reading, scale).map(Cell::Number),
            (cell, _) => Ok(cell),
        }
    }

    fn expect(&self) -> Expect {
        let (whole, yes_no, share) = match self.stat {
            Stat::Measure(m) => {
                let kind = self.catalog.measure(m).kind;
                (kind.is_whole(), kind == MeasureType::YesNo, false)
            }
            Stat::Indicator(i) => (false, false, self.catalog.indicator(i).unit == "%"),
        };
        Expect {
            // Thousands of something may have decimals.
            whole: whole && self.options.scale.is_none(),
            share: share || self.options.percent,
            style: self.options.style.or(self.style),
            yes_no,
        }
    }

    /// A number of the file.
    fn exact(&self, text: &str, expect: Expect) -> Result<Reading, NumberError> {
        let value = Decimal::parse_plain(text).ok_or(NumberError::NotANumber)?;
        let is_either = value.is_zero() || value == Decimal::from_int(1);
        if (expect.whole && !value.is_integer()) || (expect.yes_no && !is_either) {
            return Err(NumberError::NotANumber);
        }
        let value = at_most(value, most_decimals(self.catalog, self.stat));
        Ok(Reading::plain(value, value.scale()))
    }
}

/// The most decimals that a number of a workbook keeps: those that are published of an indicator, and of a measure
/// as many as are no noise of binary fractions.
fn most_decimals(catalog: &Catalog, stat: Stat) -> u8 {
    match stat {
        Stat::Measure(_) => 10,
        Stat::Indicator(i) => catalog.indicator(i).decimals,
    }
}

fn at_most(value: Decimal, decimals: u8) -> Decimal {
    value.round(value.scale().min(decimals))
}

fn scaled(reading: Reading, scale: Decimal) -> Result<Reading, NumberError> {
    let times = |value: Decimal| value.checked_mul(scale).ok_or(NumberError::TooLarge);
    let value = times(reading.value)?;
    Ok(Reading {
        value,
        max: reading.max.map(times).transpose()?,
        decimals: value.scale().min(reading.decimals),
        ..reading
    })
}

/// A cell as a Vietnamese reader sees it: numbers of the file with their marks, per cent with the sign.
fn shown(text: &str, kind: CellType, decimals: u8) -> Cow<'_, str> {
    if !matches!(kind, CellType::Number | CellType::Percent) {
        return Cow::Borrowed(text);
    }
    let Some(value) = Decimal::parse_plain(text) else {
        return Cow::Borrowed(text);
    };
    let sign = if kind == CellType::Percent { "%" } else { "" };
    // A share written as 0,9984 shall not read as 1,0.
    let is_share = kind == CellType::Number && value.abs() <= Decimal::from_int(1);
    let decimals = if is_share { decimals.max(4) } else { decimals };
    Cow::Owned(format_vi(at_most(value, decimals)) + sign)
}

/// Whether a text is the plain form of a number.
fn is_plain(text: &str, value: Decimal) -> bool {
    let is_count = value.scale() == 0 && text.starts_with(|c: char| ('1'..='9').contains(&c));
    if is_count {
        // Nearly every cell of a large table, without writing the number.
        return text.parse() == Ok(value.mantissa());
    }
    value.to_plain() == text
}

/// A declared reading: `12.5`, `> 1000`, `3..4`.
fn declared_reading(text: &str) -> Option<Reading> {
    let text = text.trim();
    let (qualifier, rest) = [
        (">=", Qualifier::AtLeast),
        ("<=", Qualifier::AtMost),
        ("≥", Qualifier::AtLeast),
        ("≤", Qualifier::AtMost),
        (">", Qualifier::More),
        ("<", Qualifier::Less),
        ("≈", Qualifier::About),
        ("=", Qualifier::Equal),
    ]
    .into_iter()
    .find_map(|(sign, q)| text.strip_prefix(sign).map(|rest| (q, rest)))
    .unwrap_or((Qualifier::Equal, text));
    let (low, high) = match rest.split_once("..") {
        Some((low, high)) => (low, Some(Decimal::parse_plain(high.trim())?)),
        None => (rest, None),
    };
    let value = Decimal::parse_plain(low.trim())?;
    Some(Reading {
        value,
        max: high,
        qualifier,
        percent_sign: false,
        decimals: value.scale(),
        footnote: None,
        style_note: false,
    })
}
