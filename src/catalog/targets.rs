//! `targets.csv` → targets.

use super::rows::{Row, Rows};
use super::{Catalog, find_period};
use crate::decimal::Decimal;
use crate::diagnostic::{Checked, Diagnostic, codes, one_of, phrase};
use crate::model::{Level, Operator, Period, ServiceIx, Target};
use crate::source::Sources;
use crate::text::date::{Date, DateError, DeadlineKind, parse_deadline};
use crate::text::suggest::{suggest, suggest_period};

const COLUMNS: &[&str] = &[
    "period",
    "indicator",
    "unit",
    "service",
    "level",
    "each",
    "operator",
    "value",
    "as_written",
    "from",
    "deadline",
    "deadline_as_written",
    "deadline_kind",
    "basis",
    "document_place",
    "status",
    "note",
];

/// The path of the file.
const PATH: &str = "data/catalog/targets.csv";

/// Reads all targets.
pub fn read(sources: &Sources, catalog: &Catalog, periods: &[Period]) -> Checked<Vec<Target>> {
    let mut findings = Vec::new();
    let required = &["period", "indicator", "unit", "operator", "value"];
    let Some(rows) = Rows::read(sources, PATH, COLUMNS, required, &mut findings) else {
        return Checked::new(Vec::new(), findings);
    };
    let list = rows
        .iter()
        .filter_map(|row| target(&row, catalog, periods, &mut findings))
        .collect();
    Checked::new(list, findings)
}

fn target(
    row: &Row<'_>,
    catalog: &Catalog,
    periods: &[Period],
    findings: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let unknown = |code, column: &'static str, name: &str, hint: Option<&str>| {
        Diagnostic::new(code, row.place(column))
            .with("name", name)
            .suggest(hint)
    };
    let id = row.text("period");
    let period = find_period(periods, &id);
    if period.is_none() {
        let hint = suggest_period(&id, periods.iter().map(|p| p.id.as_str()));
        findings.push(unknown(codes::PERIOD_UNKNOWN, "period", &id, hint));
    }
    let id = row.text("indicator");
    let stat = catalog.stat(&id);
    if stat.is_none() {
        findings.push(unknown(
            codes::MEASURE_UNKNOWN,
            "indicator",
            &id,
            suggest(&id, catalog.stat_ids()),
        ));
    }
    let id = row.text("unit");
    let unit = catalog.units.find(&id);
    if unit.is_none() {
        let hint = suggest(&id, catalog.units.list.iter().map(|u| u.id.as_str()));
        findings.push(unknown(codes::UNIT_UNKNOWN, "unit", &id, hint));
    }
    let id = row.text("service");
    let service = if id.is_empty() {
        Some(ServiceIx::WHOLE)
    } else {
        catalog.services.find(&id)
    };
    if service.is_none() {
        let hint = suggest(&id, catalog.services.list.iter().map(|s| s.id.as_str()));
        findings.push(unknown(codes::SERVICE_UNKNOWN, "service", &id, hint));
    }
    let operator = row.parsed(
        "operator",
        one_of(">=, =, <=, >, <"),
        Operator::parse,
        findings,
    );
    let value = row.parsed(
        "value",
        phrase("plain-number"),
        Decimal::parse_plain,
        findings,
    );
    let level = optional(row, "level", Level::NAMES, Level::parse, findings);
    let each = optional(row, "each", "true, false", |t| t.parse().ok(), findings);
    let (deadline, begins, kind) = deadline(row, findings);
    let from = row.date("from", findings).or(begins);
    let value = value?;
    let as_written = row.text("as_written");
    Some(Target {
        period: period?,
        stat: stat?,
        unit: unit?,
        service: service?,
        level,
        each: each.unwrap_or(false),
        operator: operator?,
        value,
        as_written: if as_written.is_empty() {
            value.to_plain()
        } else {
            as_written
        },
        from,
        deadline,
        deadline_as_written: row.text("deadline_as_written"),
        deadline_kind: kind,
        basis: row.text("basis"),
        document_place: row.text("document_place"),
        note: row.text("note"),
        place: row.place("value"),
    })
}

/// A word that `parse` must know, where there is one.
fn optional<T>(
    row: &Row<'_>,
    column: &'static str,
    words: &'static str,
    parse: impl Fn(&str) -> Option<T>,
    findings: &mut Vec<Diagnostic>,
) -> Option<T> {
    if row.text(column).is_empty() {
        return None;
    }
    row.parsed(column, one_of(words), parse, findings)
}

/// The declared deadline, else what the text says; the first day that the text gives; the kind. An impossible date is
/// a finding, the target stays.
fn deadline(
    row: &Row<'_>,
    findings: &mut Vec<Diagnostic>,
) -> (Option<Date>, Option<Date>, DeadlineKind) {
    let declared = row.date("deadline", findings);
    let text = row.text("deadline_as_written");
    let (read, kind) = match parse_deadline(&text) {
        Ok(d) => (d.date, d.kind),
        Err(DateError::Impossible) => {
            let about = crate::diagnostic::About {
                period: Some(row.text("period")),
                unit: Some(row.text("unit")),
                service: Some(row.text("service")).filter(|s| !s.is_empty()),
                id: Some(row.text("indicator")),
            };
            let d = Diagnostic::new(codes::INVALID_DATE, row.place("deadline_as_written"))
                .with("value", &text)
                .with("name", phrase("deadline-of-target"))
                .about(about);
            findings.push(d);
            (None, DeadlineKind::By)
        }
        Err(DateError::NotADate) => (
            None,
            if text.is_empty() {
                DeadlineKind::None
            } else {
                DeadlineKind::Conditional
            },
        ),
    };
    // "from March on" sets a beginning, not an end, whatever kind is declared.
    let begins = read.filter(|_| kind == DeadlineKind::From);
    let read = read.filter(|_| begins.is_none());
    let kind = match row.text("deadline_kind").as_str() {
        "by" => DeadlineKind::By,
        "before" => DeadlineKind::Before,
        "from" => DeadlineKind::From,
        "regular" => DeadlineKind::Regular,
        "conditional" => DeadlineKind::Conditional,
        "standing" => DeadlineKind::Standing,
        "now" => DeadlineKind::Now,
        _ => kind,
    };
    (declared.or(read), begins, kind)
}
