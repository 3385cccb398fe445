//! Judgements in time, all against the as-of date: tasks past their deadline, dates from the future.

use crate::analysis::Analysis;
use crate::diagnostic::{About, Diagnostic, codes};

/// Checks tasks and the dates of reports.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let Some(as_of) = analysis.as_of else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for task in analysis
        .ingested
        .tasks
        .iter()
        .filter(|t| t.is_overdue(as_of))
    {
        let report = &analysis.periods.reports[task.report.at()];
        let d = Diagnostic::new(codes::TASK_OVERDUE, task.place.clone())
            .with("number", &task.number)
            .with(
                "deadline",
                task.deadline
                    .map_or_else(String::new, super::super::text::date::Date::format_vi),
            )
            .with("as_of", as_of.format_vi())
            .about(About {
                period: Some(analysis.period(report.period).id.clone()),
                unit: Some(analysis.catalog.units.get(report.unit).id.clone()),
                ..About::default()
            });
        findings.push(d);
    }
    for report in &analysis.periods.reports {
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
                    .with("value", date.format_vi())
                    .with("as_of", as_of.format_vi())
                    .with("name", name);
                findings.push(d);
            }
        }
    }
    findings
}
