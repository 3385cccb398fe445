//! `nhiem-vu.csv`: one task a row.

use crate::analysis::Analysis;
use crate::model::Task;

/// The header. Its names and order do not change.
pub const HEADER: [&str; 13] = [
    "period",
    "unit",
    "unit_name",
    "number",
    "task",
    "legal_basis",
    "owners",
    "deadline",
    "deadline_as_written",
    "status",
    "state",
    "result",
    "place",
];

/// All tasks as CSV. `state` gives the state on the as-of date in words.
pub fn csv(analysis: &Analysis<'_>, state: impl Fn(&Task) -> String) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; an error would only shorten the file, and the tests compare it whole.
    let _ = out.write_record(HEADER);
    for t in &analysis.ingested.tasks {
        let report = &analysis.periods.reports[t.report.at()];
        let unit = analysis.catalog.units.get(report.unit);
        let _ = out.write_record([
            &analysis.period(report.period).id,
            &unit.id,
            &unit.name,
            &t.number,
            &t.text,
            &t.basis,
            &t.owners.join("; "),
            &t.deadline
                .map_or_else(String::new, super::super::text::date::Date::to_iso),
            &t.deadline_as_written,
            t.status.as_str(),
            &state(t),
            &t.result,
            &t.place.shown(),
        ]);
    }
    out.into_inner()
        .ok()
        .and_then(|b| String::from_utf8(b).ok())
        .unwrap_or_default()
}
