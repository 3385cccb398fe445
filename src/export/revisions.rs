//! `dinh-chinh.csv`: one revision of a published figure a row, newest first.

use crate::analysis::Analysis;
use crate::model::Stat;
use crate::release::{Kind, Revision};
use crate::text::date::Date;

/// The header. Its names and order do not change.
pub const HEADER: [&str; 14] = [
    "period",
    "unit",
    "unit_name",
    "service",
    "service_name",
    "id",
    "label",
    "type",
    "old",
    "new",
    "unit_of_measure",
    "date",
    "reason",
    "by",
];

/// What kind of change it is, in the word of open data.
pub fn type_of(r: &Revision) -> &'static str {
    match (r.kind, r.is_withheld) {
        (Kind::Late, _) => "late",
        (Kind::Correction, true) => "suppressed",
        (Kind::Correction, false) if r.old.is_empty() => "added",
        (Kind::Correction, false) if r.new.is_empty() => "removed",
        (Kind::Correction, false) => "corrected",
    }
}

/// All revisions as CSV.
pub fn csv(analysis: &Analysis<'_>) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail; an error would only shorten the file, and the tests compare it whole.
    let _ = out.write_record(HEADER);
    let catalog = analysis.catalog;
    let all = analysis.revisions.map_or(&[][..], |r| &r.list);
    for r in all {
        let unit = r.unit.map_or("", |u| catalog.units.get(u).name.as_str());
        let service = r
            .service
            .map_or("", |s| catalog.services.get(s).name.as_str());
        let stat = r
            .stat
            .or_else(|| catalog.stat(r.cell.id.trim_start_matches("target:")));
        let unit_of_measure = stat.map_or("", |s| match s {
            Stat::Measure(m) => catalog.measure(m).unit.as_str(),
            Stat::Indicator(i) => catalog.indicator(i).unit.as_str(),
        });
        let _ = out.write_record([
            analysis.period(r.period).id.as_str(),
            &r.cell.unit,
            unit,
            &r.cell.service,
            service,
            &r.cell.id,
            stat.map_or("", |s| catalog.stat_label(s)),
            type_of(r),
            &r.old,
            &r.new,
            unit_of_measure,
            &r.date.map_or_else(String::new, Date::to_iso),
            &r.reason,
            &r.by,
        ]);
    }
    out.into_inner()
        .ok()
        .and_then(|b| String::from_utf8(b).ok())
        .unwrap_or_default()
}
