//! One row of `so-lieu.csv` before it is written, and how its fields are written.

use std::fmt::Write as _;

use crate::decimal::Decimal;
use crate::text::date::Date;

/// A row before it is written.
#[derive(Default)]
pub(super) struct Row<'a> {
    pub(super) unit: u32,
    pub(super) service: u16,
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    pub(super) kind: &'a str,
    pub(super) id: &'a str,
    pub(super) value: Option<Decimal>,
    pub(super) max: Option<Decimal>,
    pub(super) qualifier: &'a str,
    pub(super) as_written: &'a str,
    pub(super) unit_of_measure: &'a str,
    pub(super) numerator: Option<Decimal>,
    pub(super) denominator: Option<Decimal>,
    pub(super) of_whom: &'a str,
    pub(super) operator: &'a str,
    pub(super) deadline: &'a str,
    pub(super) legal_basis: &'a str,
    pub(super) status: &'a str,
    pub(super) source_file: &'a str,
    pub(super) source_place: &'a str,
    pub(super) note: &'a str,
}

/// Writes fields, each with a comma after it.
pub(super) fn texts(fields: &[&str], out: &mut String) {
    for field in fields {
        quote(field, out);
        out.push(',');
    }
}

/// Writes numbers, each with a comma after it; nothing where there is none.
pub(super) fn numbers(fields: &[Option<Decimal>], out: &mut String) {
    for field in fields {
        if let Some(number) = field {
            // Writing to a text cannot fail.
            let _ = write!(out, "{number}");
        }
        out.push(',');
    }
}

/// Writes a field as RFC 4180 asks: in quotes where it holds a comma, a quote or a line break.
fn quote(field: &str, out: &mut String) {
    let is_special = |b| matches!(b, b',' | b'"' | b'\n' | b'\r');
    if field.bytes().any(is_special) {
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(field);
    }
}
