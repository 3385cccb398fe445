//! Who has not reported for a period whose reports are due, by the cadences that `site.toml` declares.

use std::collections::BTreeSet;

use crate::analysis::Analysis;
use crate::config::{Cadence, Units};
use crate::diagnostic::{About, Diagnostic, codes};
use crate::model::{Level, UnitIx};
use crate::text::date::Date;
use crate::text::suggest::suggest;

/// How many units a finding names; the rest are counted.
const NAMED: usize = 10;

/// How many periods without any folder are expected after the newest one: a year of months.
const AHEAD: usize = 12;

/// Checks every cadence that says who must report.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut findings = unknown(analysis);
    for cadence in &analysis.config.cadences {
        let (Some(_), Some(as_of)) = (&cadence.units, analysis.as_of) else {
            continue;
        };
        findings.extend(of_folders(analysis, cadence, as_of));
        findings.extend(without_folder(analysis, cadence, as_of));
    }
    findings
}

/// Names of units or levels that the catalogue does not know.
fn unknown(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let units = &analysis.catalog.units;
    let mut findings = Vec::new();
    for cadence in &analysis.config.cadences {
        let names: Vec<&String> = match &cadence.units {
            Some(Units::These(ids)) => ids.iter().collect(),
            Some(Units::All(id)) if Level::parse(id).is_none() => vec![id],
            _ => Vec::new(),
        };
        for id in names.into_iter().filter(|id| units.find(id).is_none()) {
            let d = Diagnostic::new(codes::UNIT_UNKNOWN, cadence.place.clone())
                .with("name", id)
                .suggest(suggest(id, units.list.iter().map(|u| u.id.as_str())));
            findings.push(d);
        }
    }
    findings
}

/// Periods that have a folder.
fn of_folders(analysis: &Analysis<'_>, cadence: &Cadence, as_of: Date) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for ix in analysis.period_indices() {
        let period = analysis.period(ix);
        let is_judged =
            period.cadence == cadence.name && cadence.since.is_none_or(|since| period.end >= since);
        let declared = period
            .reports
            .iter()
            .find_map(|r| analysis.periods.reports[r.at()].due);
        let due = declared.or_else(|| cadence.due.as_ref()?.date_for(period.end));
        let Some(due) = due.filter(|due| is_judged && *due < as_of) else {
            continue;
        };
        let expected = analysis.declared_units(cadence, period.end);
        let missing: Vec<UnitIx> = expected
            .iter()
            .copied()
            .filter(|u| !analysis.has_reported(*u, ix))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let about = About {
            period: Some(period.id.clone()),
            ..About::default()
        };
        findings.push(
            finding(
                analysis,
                cadence,
                &period.label,
                due,
                (&missing, expected.len()),
            )
            .about(about),
        );
    }
    findings
}

/// Periods after the newest folder whose reports are due too.
fn without_folder(analysis: &Analysis<'_>, cadence: &Cadence, as_of: Date) -> Vec<Diagnostic> {
    let newest = analysis
        .periods
        .list
        .iter()
        .filter(|p| p.cadence == cadence.name)
        .map(|p| (p.start, p.end))
        .max_by_key(|(start, end)| (*end, *start));
    let mut findings = Vec::new();
    let mut window = newest;
    while let Some((start, end)) = window.and_then(|w| next(&cadence.name, w)) {
        window = Some((start, end));
        let due = cadence.due.as_ref().and_then(|d| d.date_for(end));
        let Some(due) = due.filter(|due| *due < as_of && findings.len() < AHEAD) else {
            break;
        };
        let expected = analysis.declared_units(cadence, end);
        if !expected.is_empty() {
            let name = format!("{} – {}", start.format_vi(), end.format_vi());
            findings.push(finding(
                analysis,
                cadence,
                &name,
                due,
                (&expected, expected.len()),
            ));
        }
    }
    findings
}

/// The window after one, in the cadences whose length is known.
fn next(cadence: &str, (start, end): (Date, Date)) -> Option<(Date, Date)> {
    let months = match cadence {
        "tuan" => {
            let days = end.days_since_epoch() - start.days_since_epoch() + 1;
            return Some((start.add_days(days)?, end.add_days(days)?));
        }
        "thang" => 1,
        "quy" => 3,
        "6-thang" => 6,
        "nam" => 12,
        _ => return None,
    };
    let first = end.add_days(1)?;
    Some((first, first.add_months(months)?.add_days(-1)?))
}

fn finding(
    analysis: &Analysis<'_>,
    cadence: &Cadence,
    period: &str,
    due: Date,
    (missing, expected): (&[UnitIx], usize),
) -> Diagnostic {
    let names: BTreeSet<&str> = missing
        .iter()
        .map(|u| analysis.catalog.units.get(*u).name.as_str())
        .collect();
    let mut units = names
        .iter()
        .copied()
        .take(NAMED)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > NAMED {
        units.push_str(", …");
    }
    Diagnostic::new(codes::NOT_REPORTED, cadence.place.clone())
        .with("period", period)
        .with("count", missing.len())
        .with("expected", expected)
        .with("due", due)
        .with("units", units)
        .with("cadence", &cadence.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_window_joins_the_one_before() {
        let window = |start, end| {
            (
                Date::parse_iso(start).unwrap(),
                Date::parse_iso(end).unwrap(),
            )
        };
        let check = |cadence, from, to| assert_eq!(next(cadence, from), Some(to), "{cadence}");
        check(
            "thang",
            window("2024-08-15", "2024-09-14"),
            window("2024-09-15", "2024-10-14"),
        );
        check(
            "thang",
            window("2024-01-01", "2024-01-31"),
            window("2024-02-01", "2024-02-29"),
        );
        check(
            "quy",
            window("2024-07-01", "2024-09-30"),
            window("2024-10-01", "2024-12-31"),
        );
        check(
            "tuan",
            window("2024-09-09", "2024-09-15"),
            window("2024-09-16", "2024-09-22"),
        );
        assert_eq!(next("dot-xuat", window("2024-01-01", "2024-01-31")), None);
    }
}
