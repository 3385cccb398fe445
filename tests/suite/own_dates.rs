//! The repository's own site: what its reports say of dates, deadlines, tasks, periods and targets that cannot hold.
//!
//! Each row names a contradiction by the id under which the reports were read by hand, and the rule that finds it.

use serde_json::Value;

use crate::support::{repository, tiendo_at};

/// Id, rule, file, line.
const KNOWN: &[(&str, &str, &str, u64)] = &[
    (
        "000-07",
        "outside-period",
        "data/cam-luong-2023-06/chi-tieu.csv",
        4,
    ),
    (
        "000-08",
        "outside-period",
        "data/cam-luong-2023-06/chi-tieu.csv",
        26,
    ),
    (
        "000-09",
        "cited-outside-period",
        "data/cam-luong-2023-06/period.toml",
        21,
    ),
    (
        "000-10",
        "cited-outside-period",
        "data/cam-luong-2023-06/period.toml",
        25,
    ),
    (
        "000-11, 000-12, 000-25",
        "required-missing",
        "data/cam-luong-2023-06/period.toml",
        14,
    ),
    (
        "000-13",
        "implausible-date",
        "data/cam-luong-2023-06/period.toml",
        14,
    ),
    (
        "001-09",
        "label-outside-period",
        "data/binh-dinh-2024-09/period.toml",
        1,
    ),
    (
        "001-10",
        "cited-outside-period",
        "data/binh-dinh-2024-09/period.toml",
        21,
    ),
    (
        "001-10",
        "cited-outside-period",
        "data/binh-dinh-2024-09/nhiem-vu.csv",
        5,
    ),
    (
        "001-12",
        "deadline-before-plan",
        "data/binh-dinh-2024-09/nhiem-vu.csv",
        4,
    ),
    (
        "001-12",
        "deadline-before-plan",
        "data/catalog/targets.csv",
        12,
    ),
    (
        "001-13",
        "task-overdue",
        "data/binh-dinh-2024-09/nhiem-vu.csv",
        4,
    ),
    ("001-13", "no-measure", "data/catalog/targets.csv", 12),
    (
        "001-14",
        "task-overdue",
        "data/binh-dinh-2024-09/nhiem-vu.csv",
        9,
    ),
    (
        "001-15",
        "status-vs-deadline",
        "data/binh-dinh-2024-09/nhiem-vu.csv",
        8,
    ),
    (
        "001-15",
        "status-vs-deadline",
        "data/binh-dinh-2024-09/nhiem-vu.csv",
        11,
    ),
    (
        "001-16",
        "target-indicator-differs",
        "data/catalog/targets.csv",
        13,
    ),
    (
        "001-17",
        "target-indicator-differs",
        "data/catalog/targets.csv",
        14,
    ),
    (
        "001-18",
        "outside-period",
        "data/binh-dinh-2024-09/chi-tieu.csv",
        16,
    ),
    (
        "002-03, 002-12",
        "required-missing",
        "data/loc-ha-2023/period.toml",
        12,
    ),
    (
        "002-04",
        "deadline-before-plan",
        "data/loc-ha-2023/nhiem-vu.csv",
        5,
    ),
    (
        "002-04",
        "deadline-before-plan",
        "data/loc-ha-2023/nhiem-vu.csv",
        31,
    ),
    (
        "002-05",
        "start-before-plan",
        "data/loc-ha-2023/nhiem-vu.csv",
        16,
    ),
    (
        "002-11",
        "deadline-two-kinds",
        "data/loc-ha-2023/nhiem-vu.csv",
        6,
    ),
    (
        "002-11",
        "deadline-two-kinds",
        "data/loc-ha-2023/nhiem-vu.csv",
        17,
    ),
    (
        "002-11",
        "deadline-two-kinds",
        "data/loc-ha-2023/nhiem-vu.csv",
        18,
    ),
    (
        "002-11",
        "deadline-two-kinds",
        "data/loc-ha-2023/nhiem-vu.csv",
        27,
    ),
    (
        "003-15",
        "outside-period",
        "data/can-tho-2022/chi-tieu.csv",
        25,
    ),
    (
        "003-16, 003-17",
        "required-missing",
        "data/can-tho-2022/period.toml",
        12,
    ),
    (
        "003-25",
        "task-overdue",
        "data/can-tho-2022/nhiem-vu.csv",
        5,
    ),
    (
        "003-26",
        "task-overdue",
        "data/can-tho-2022/nhiem-vu.csv",
        11,
    ),
    (
        "003-27",
        "task-overdue",
        "data/can-tho-2022/nhiem-vu.csv",
        25,
    ),
    (
        "003-28",
        "task-overdue",
        "data/can-tho-2022/nhiem-vu.csv",
        28,
    ),
    (
        "003-29",
        "target-as-result",
        "data/can-tho-2022/nhiem-vu.csv",
        31,
    ),
    (
        "003-30",
        "result-elsewhere",
        "data/can-tho-2022/nhiem-vu.csv",
        4,
    ),
    (
        "003-30",
        "result-elsewhere",
        "data/can-tho-2022/nhiem-vu.csv",
        5,
    ),
    (
        "003-30",
        "result-elsewhere",
        "data/can-tho-2022/nhiem-vu.csv",
        22,
    ),
    (
        "003-30",
        "result-elsewhere",
        "data/can-tho-2022/nhiem-vu.csv",
        32,
    ),
    (
        "003-30",
        "result-elsewhere",
        "data/can-tho-2022/nhiem-vu.csv",
        34,
    ),
    (
        "004-07",
        "invalid-date",
        "data/tuyen-quang-2022-12/nhiem-vu.csv",
        3,
    ),
    ("004-09", "no-measure", "data/catalog/targets.csv", 51),
    ("004-09", "no-measure", "data/catalog/targets.csv", 53),
    (
        "004-14",
        "stale-data",
        "data/tuyen-quang-2022-12/chi-tieu.csv",
        4,
    ),
];

/// The rules that the list is complete for: each of their findings is one of it.
const COMPLETE: &[&str] = &[
    "cumulative-falls",
    "reset-missed",
    "jump",
    "window-gap",
    "window-overlap",
    "label-outside-period",
    "cited-outside-period",
    "stale-data",
    "implausible-date",
    "deadline-before-plan",
    "start-before-plan",
    "deadline-two-kinds",
    "status-vs-deadline",
    "target-as-result",
    "result-elsewhere",
    "target-indicator-differs",
    "not-reported",
    "reported-late",
    "blank-not-zero",
    "required-missing",
];

fn place(d: &Value) -> (&str, &str, u64) {
    (
        d["code"].as_str().unwrap_or_default(),
        d["place"]["file"].as_str().unwrap_or_default(),
        d["place"]["line"].as_u64().unwrap_or_default(),
    )
}

#[test]
fn contradictions_in_time_are_found_and_nothing_else_is() {
    let run = tiendo_at(&repository(), &["check", "--format", "json"]).json();
    let findings = run["diagnostics"].as_array().unwrap();
    let places: Vec<(&str, &str, u64)> = findings.iter().map(place).collect();
    let missing: Vec<_> = KNOWN
        .iter()
        .filter(|(_, code, file, line)| !places.contains(&(*code, *file, *line)))
        .collect();
    assert!(missing.is_empty(), "not found: {missing:#?}");
    let known: Vec<(&str, &str, u64)> = KNOWN.iter().map(|(_, c, f, l)| (*c, *f, *l)).collect();
    let other: Vec<_> = places
        .iter()
        .filter(|p| COMPLETE.contains(&p.0) && !known.contains(p))
        .collect();
    assert!(other.is_empty(), "not in the list: {other:#?}");
}
