//! Dates of reports against the as-of date, their windows, and each other.

use super::about_report;
use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::model::{FactIx, Report};
use crate::text::date::Date;
use crate::text::dates::implausible_horizon;

/// Figures older than this on the day of their report are stale: a month and the fortnight in which monthly reports
/// are written.
const STALE_DAYS: i64 = 45;

/// Checks the dates of reports.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let own_ends = oldest_own_ends(analysis);
    let mut findings = Vec::new();
    for (report, own_end) in analysis.periods.reports.iter().zip(own_ends) {
        in_future(analysis, report, &mut findings);
        findings.extend(stale(analysis, report, own_end));
        findings.extend(late(analysis, report));
        cited(analysis, report, &mut findings);
    }
    findings.extend(horizons(analysis));
    findings
}

fn in_future(analysis: &Analysis<'_>, report: &Report, findings: &mut Vec<Diagnostic>) {
    let Some(as_of) = analysis.as_of else { return };
    for (name, date) in [
        ("received", report.received),
        ("end", Some(report.end)),
        ("cutoff", report.cutoff),
    ] {
        // A plan speaks of days to come.
        if let Some(date) = date
            && date > as_of
            && report.kind != "ke-hoach"
        {
            let d = Diagnostic::new(codes::DATE_IN_FUTURE, report.place.clone())
                .with("value", date)
                .with("as_of", as_of)
                .with("name", name);
            findings.push(d);
        }
    }
}

/// The day a report is of: that of its newest document, else the day it was received.
pub(super) fn day_of(report: &Report) -> Option<Date> {
    let dated = report.documents.iter().filter_map(|d| d.date).max();
    dated.or(report.received)
}

/// For each report the earliest last day that its figures give for themselves, with the first such figure.
fn oldest_own_ends(analysis: &Analysis<'_>) -> Vec<Option<(Date, Place)>> {
    let mut ends: Vec<Option<(Date, FactIx)>> = vec![None; analysis.periods.reports.len()];
    let facts = analysis.facts();
    for ix in facts.indices() {
        let Some(end) = facts.extra(ix).and_then(|e| e.end) else {
            continue;
        };
        let file = &analysis.ingested.files[usize::from(facts.origin(ix).file)];
        let known = &mut ends[file.report.at()];
        let is_first =
            known.is_none_or(|(day, other)| (end, facts.origin(ix)) < (day, facts.origin(other)));
        if is_first {
            *known = Some((end, ix));
        }
    }
    let place = |ix: FactIx| {
        super::place_of(
            analysis,
            facts.origin(ix),
            facts.as_written(ix).chars().count(),
        )
    };
    ends.into_iter()
        .map(|e| e.map(|(day, ix)| (day, place(ix))))
        .collect()
}

fn stale(
    analysis: &Analysis<'_>,
    report: &Report,
    own_end: Option<(Date, Place)>,
) -> Option<Diagnostic> {
    let day = day_of(report)?;
    let (end, place) =
        own_end.unwrap_or_else(|| (report.cutoff.unwrap_or(report.end), report.place.clone()));
    let days = day.days_since_epoch() - end.days_since_epoch();
    (days > STALE_DAYS).then(|| {
        Diagnostic::new(codes::STALE_DATA, place)
            .with("end", end)
            .with("days", days)
            .with("report_date", day)
            .about(about_report(analysis, report))
    })
}

/// The last day on which a report is in time: its own, else that of its cadence.
fn late(analysis: &Analysis<'_>, report: &Report) -> Option<Diagnostic> {
    let cadence = analysis
        .config
        .cadence(&analysis.period(report.period).cadence);
    let of_cadence = || {
        let cadence = cadence.filter(|c| c.since.is_none_or(|since| report.end >= since))?;
        cadence.due.as_ref()?.date_for(report.end)
    };
    let due = report.due.or_else(of_cadence)?;
    let received = report.received.filter(|r| *r > due)?;
    let days = received.days_since_epoch() - due.days_since_epoch();
    let d = Diagnostic::new(codes::REPORTED_LATE, report.place.clone())
        .with("received", received)
        .with("due", due)
        .with("days", days)
        .about(about_report(analysis, report));
    Some(d)
}

/// Documents that a report counts as work of its period although they came after it.
fn cited(analysis: &Analysis<'_>, report: &Report, findings: &mut Vec<Diagnostic>) {
    for document in &report.cited {
        let Some(date) = document.date.filter(|d| *d > report.end) else {
            continue;
        };
        let name = if document.number.is_empty() {
            &document.title
        } else {
            &document.number
        };
        let d = Diagnostic::new(codes::CITED_OUTSIDE_PERIOD, document.place.clone())
            .with("name", name)
            .with("value", date)
            .with("period_end", report.end)
            .about(about_report(analysis, report));
        findings.push(d);
    }
}

/// Spans of years that cannot be, in the titles and bases of documents and in tasks.
fn horizons(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut look = |texts: [&str; 2], place: &Place, report: &Report| {
        if let Some(h) = texts.into_iter().find_map(implausible_horizon) {
            let d = Diagnostic::new(codes::IMPLAUSIBLE_DATE, place.clone())
                .with("from", h.from)
                .with("to", h.to)
                .with("horizon", h.horizon)
                .about(about_report(analysis, report));
            findings.push(d);
        }
    };
    for report in &analysis.periods.reports {
        for document in report.documents.iter().chain(&report.cited) {
            look([&document.title, &document.basis], &document.place, report);
        }
    }
    for task in &analysis.ingested.tasks {
        let report = &analysis.periods.reports[task.report.at()];
        look([&task.text, &task.basis], &task.place, report);
    }
    findings
}
