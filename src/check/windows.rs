//! Windows of periods: those of one cadence follow each other day by day, and each is the one its name says.

use std::cmp::Ordering;

use super::about_report;
use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Calendar, Report};
use crate::text::date::Date;

/// Cadences that have no regular windows.
const IRREGULAR: [&str; 2] = ["dot-xuat", "ke-hoach"];

/// Checks all windows.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut reports: Vec<&Report> = analysis
        .periods
        .reports
        .iter()
        .filter(|r| r.kind != "ke-hoach" && !IRREGULAR.contains(&cadence(analysis, r)))
        .collect();
    reports.sort_by_key(|r| (r.unit, cadence(analysis, r), r.start, r.end));
    for pair in reports.windows(2) {
        let [before, after] = pair else { continue };
        let same =
            before.unit == after.unit && cadence(analysis, before) == cadence(analysis, after);
        // Several folders may fill one period.
        if same && (before.start, before.end) != (after.start, after.end) {
            findings.extend(joint(analysis, before, after));
        }
    }
    let mut named = Vec::new();
    for report in reports {
        if !named.contains(&report.period) {
            named.push(report.period);
            findings.extend(name(analysis, report));
        }
    }
    findings
}

fn cadence<'a>(analysis: &Analysis<'a>, report: &Report) -> &'a str {
    &analysis.period(report.period).cadence
}

/// How one window follows the one before it.
fn joint(analysis: &Analysis<'_>, before: &Report, after: &Report) -> Option<Diagnostic> {
    let next = before.end.add_days(1)?;
    let (code, start, end) = match after.start.cmp(&next) {
        Ordering::Equal => return None,
        Ordering::Greater => (codes::WINDOW_GAP, next, after.start.add_days(-1)?),
        Ordering::Less => (
            codes::WINDOW_OVERLAP,
            after.start,
            before.end.min(after.end),
        ),
    };
    let d = Diagnostic::new(code, after.place.clone())
        .with("start", start)
        .with("end", end)
        .with("previous", &analysis.period(before.period).id)
        .with("previous_end", before.end)
        .with("next_start", after.start)
        .about(about_report(analysis, after))
        .also(before.place.clone());
    Some(d)
}

/// Whether the window is the one that the id of the period names.
fn name(analysis: &Analysis<'_>, report: &Report) -> Option<Diagnostic> {
    let period = analysis.period(report.period);
    let (start, end) = named_window(&period.id)?;
    let from_day = analysis
        .config
        .cadence(&period.cadence)
        .and_then(|c| c.window_from_day);
    let declared = from_day.and_then(|day| shifted(start, end, day));
    if [Some((start, end)), declared].contains(&Some((period.start, period.end))) {
        return None;
    }
    let d = Diagnostic::new(codes::LABEL_OUTSIDE_PERIOD, report.place.clone())
        .with("name", &period.id)
        .with("start", period.start)
        .with("end", period.end)
        .with("label_start", start)
        .with("label_end", end)
        .with("cadence", &period.cadence)
        .about(about_report(analysis, report));
    Some(d)
}

/// The days of the calendar that an id such as `2024`, `2024-H1`, `2024-Q3` or `2024-09` names.
fn named_window(id: &str) -> Option<(Date, Date)> {
    Calendar::parse(id)?.window()
}

/// The window of a cadence whose months begin on a day of the month before: 15/8 to 14/9 for September.
fn shifted(start: Date, end: Date, day: u8) -> Option<(Date, Date)> {
    if day < 2 {
        return Some((start, end));
    }
    let month_before = start.add_months(-1)?;
    let from = Date::new(month_before.year(), month_before.month(), day)?;
    Some((from, Date::new(end.year(), end.month(), day - 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(id: &str) -> Option<(String, String)> {
        named_window(id).map(|(a, b)| (a.to_iso(), b.to_iso()))
    }

    #[test]
    fn ids_name_days_of_the_calendar() {
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(window("2024-09"), pair("2024-09-01", "2024-09-30"));
        assert_eq!(window("2024-Q1"), pair("2024-01-01", "2024-03-31"));
        assert_eq!(window("2024-H2"), pair("2024-07-01", "2024-12-31"));
        assert_eq!(window("2024"), pair("2024-01-01", "2024-12-31"));
        for other in [
            "2022-den-2023-06",
            "2024-13",
            "2024-W37",
            "2024-Q5",
            "kiem-tra",
            "2024-",
            "",
        ] {
            assert_eq!(window(other), None, "{other}");
        }
    }

    #[test]
    fn months_may_begin_in_the_month_before() {
        let (start, end) = named_window("2024-01").unwrap();
        let (from, to) = shifted(start, end, 15).unwrap();
        assert_eq!(
            (from.to_iso().as_str(), to.to_iso().as_str()),
            ("2023-12-15", "2024-01-14")
        );
    }
}
