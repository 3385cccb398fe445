//! What a site or a report declares as required, and is not there.

use super::about_report;
use crate::analysis::{Analysis, State};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::model::{Needed, Report, ReportIx, ServiceIx};
use crate::text::date::DeadlineKind;
use crate::text::suggest::suggest;

/// Checks every report against what is required of it.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut findings = unknown(analysis);
    for (at, report) in analysis.periods.reports.iter().enumerate() {
        findings.extend(missing(analysis, report, ReportIx::from_at(at)));
    }
    findings
}

fn of_report<'a>(analysis: &Analysis<'a>, report: &'a Report) -> impl Iterator<Item = &'a Needed> {
    let cadence = &analysis.period(report.period).cadence;
    let of_cadence = analysis.config.cadence(cadence).into_iter();
    of_cadence
        .filter(|c| c.since.is_none_or(|since| report.end >= since))
        .flat_map(|c| &c.required)
        .chain(&report.required)
        .map(|(needed, _)| needed)
}

/// Required figures that the catalogue does not know.
fn unknown(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let of_cadences = analysis.config.cadences.iter().flat_map(|c| &c.required);
    let of_reports = analysis.periods.reports.iter().flat_map(|r| &r.required);
    of_cadences
        .chain(of_reports)
        .filter_map(|(needed, place)| match needed {
            Needed::Figure(id) if analysis.catalog.stat(id).is_none() => {
                let words = ["number", "date", "issuer", "received", "cutoff", "deadline"];
                let known = words.into_iter().chain(analysis.catalog.stat_ids());
                let d = Diagnostic::new(codes::MEASURE_UNKNOWN, place.clone())
                    .with("name", id)
                    .suggest(suggest(id, known));
                Some(d)
            }
            _ => None,
        })
        .collect()
}

/// One finding with everything that a report lacks.
fn missing(analysis: &Analysis<'_>, report: &Report, ix: ReportIx) -> Option<Diagnostic> {
    let mut names: Vec<String> = Vec::new();
    let mut also = None;
    for needed in of_report(analysis, report) {
        if *needed == Needed::Deadline {
            let (count, first) = without_deadline(analysis, report, ix);
            if count > 0 {
                names.push(format!("`deadline` × {count}"));
                also = first;
            }
        } else if is_missing(analysis, report, needed) {
            names.push(format!("`{}`", needed.as_str()));
        }
    }
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let document = report.documents.first();
    let place = document.map_or_else(|| report.place.clone(), |d| d.place.clone());
    let mut d = Diagnostic::new(codes::REQUIRED_MISSING, place)
        .with("missing", names.join(", "))
        .about(about_report(analysis, report));
    d.related.extend(also);
    Some(d)
}

fn is_missing(analysis: &Analysis<'_>, report: &Report, needed: &Needed) -> bool {
    let documents = &report.documents;
    match needed {
        Needed::Number => documents.iter().all(|d| d.number.is_empty()),
        Needed::Date => documents.iter().all(|d| d.date.is_none()),
        Needed::Issuer => documents.iter().all(|d| d.issuer.is_empty()),
        Needed::Received => report.received.is_none(),
        Needed::Cutoff => report.cutoff.is_none(),
        Needed::Deadline => false,
        Needed::Figure(id) => analysis.catalog.stat(id).is_some_and(|stat| {
            let o = analysis.observe_own(stat, report.unit, ServiceIx::WHOLE, report.period);
            matches!(o.state, State::Absent | State::NotReported)
        }),
    }
}

/// How many tasks and targets of a report have no deadline of any kind, and where the first stands.
fn without_deadline(
    analysis: &Analysis<'_>,
    report: &Report,
    ix: ReportIx,
) -> (usize, Option<Place>) {
    let tasks = analysis
        .ingested
        .tasks
        .iter()
        .filter(|t| t.report == ix && t.deadline_kind == DeadlineKind::None)
        .map(|t| &t.place);
    // "From March on" sets a beginning and no end.
    let targets = analysis
        .targets
        .iter()
        .filter(|t| {
            t.period == report.period && analysis.catalog.units.is_within(t.unit, report.unit)
        })
        .filter(|t| t.from.is_some() && t.deadline.is_none() && t.deadline_kind != DeadlineKind::By)
        .map(|t| &t.place);
    let places: Vec<&Place> = tasks.chain(targets).collect();
    (places.len(), places.first().map(|p| (*p).clone()))
}
