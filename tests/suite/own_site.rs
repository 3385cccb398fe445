//! The repository's own site: real reports of six places, with the contradictions that stand in them.

use serde_json::Value;

use crate::support::{Run, repository, tiendo_at};

fn checked() -> Run {
    tiendo_at(&repository(), &["check", "--format", "json"])
}

fn findings(run: &Run) -> Vec<Value> {
    run.json()["diagnostics"].as_array().unwrap().clone()
}

/// A contradiction as the report has it.
struct Known {
    code: &'static str,
    file: &'static str,
    line: u64,
    /// Texts that the finding shows, each in its message, hint, stated or computed figure.
    shows: &'static [&'static str],
}

const KNOWN: &[Known] = &[
    Known {
        code: "sum-differs",
        file: "data/binh-dinh-2024-09/dvc.csv",
        line: 3,
        shows: &["Bình Định", "khai tử", "ghi 1177", "1177 + 01"],
    },
    Known {
        code: "ratio-differs",
        file: "data/binh-dinh-2024-09/dvc.csv",
        line: 3,
        shows: &["khai tử", "99,9%", "1177 trong 1177", "100,00%"],
    },
    Known {
        code: "part-over-total",
        file: "data/binh-dinh-2024-09/dvc.csv",
        line: 11,
        shows: &["Bình Định", "điện", "là 34", "là 29"],
    },
    Known {
        code: "ratio-differs",
        file: "data/binh-dinh-2024-09/dvc.csv",
        line: 11,
        shows: &["điện", "34 trong 29"],
    },
    Known {
        code: "duplicate-columns",
        file: "data/can-tho-2022/phu-luc-2.csv",
        line: 1,
        shows: &["Trực tuyến đúng hạn", "Trực tuyến quá hạn", "23 dòng"],
    },
    Known {
        code: "sum-differs",
        file: "data/can-tho-2022/dvc-phan-loi.csv",
        line: 17,
        shows: &["Cần Thơ", "đất đai", "104", "11"],
    },
    Known {
        code: "ratio-differs",
        file: "data/tuyen-quang-2022-12/chi-tieu.csv",
        line: 8,
        shows: &["Tuyên Quang", "38%", "66.115 trong 240.077", "27,54%"],
    },
    Known {
        code: "invalid-date",
        file: "data/tuyen-quang-2022-12/nhiem-vu.csv",
        line: 3,
        shows: &["30/02/2023"],
    },
    Known {
        code: "invalid-date",
        file: "data/catalog/targets.csv",
        line: 57,
        shows: &["30/02/2023"],
    },
    Known {
        code: "invalid-date",
        file: "data/catalog/targets.csv",
        line: 58,
        shows: &["30/02/2023"],
    },
    Known {
        code: "sum-differs",
        file: "data/cam-luong-2023-06/chi-tieu.csv",
        line: 19,
        shows: &["Cẩm Lương", "ghi 10", "02 + 10", "12"],
    },
    Known {
        code: "same-key-differs",
        file: "data/cam-luong-2023-06/chi-tieu.csv",
        line: 25,
        shows: &["Cẩm Lương", "Hộ nghèo", "31", "32"],
    },
];

fn words(finding: &Value) -> String {
    let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    [
        text("message"),
        text("hint"),
        text("stated"),
        text("computed"),
    ]
    .join(" | ")
}

#[test]
fn its_known_contradictions_are_found_and_waived_with_a_reason() {
    let run = checked();
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let findings = findings(&run);
    for known in KNOWN {
        let at_place = |d: &&Value| {
            d["code"] == known.code
                && d["place"]["file"] == known.file
                && d["place"]["line"] == known.line
        };
        let found = findings.iter().filter(at_place).find(|d| {
            let words = words(d);
            known.shows.iter().all(|text| words.contains(text))
        });
        let label = format!(
            "{} {}:{} {:?}",
            known.code, known.file, known.line, known.shows
        );
        let found = found.unwrap_or_else(|| panic!("no finding {label}"));
        let reason = found["waived"]["reason"].as_str().unwrap_or_default();
        assert!(!reason.is_empty(), "not waived: {label}");
        assert!(
            found["waived"]["by"].is_string() && found["waived"]["until"].is_string(),
            "{label}"
        );
    }
}

#[test]
fn a_ratio_rounded_by_its_report_is_no_finding() {
    let findings = findings(&checked());
    for pair in [
        "1.178 trong 1.281",
        "67.073 trong 68.164",
        "991.098 trong 1.109.057",
    ] {
        let is_pair = |d: &&Value| {
            d["code"] == "ratio-differs" && words(d).replace("1178", "1.178").contains(pair)
        };
        assert!(!findings.iter().any(|d| is_pair(&d)), "{pair}");
    }
}

#[test]
fn every_ratio_that_differs_is_one_of_the_three() {
    let findings = findings(&checked());
    let differing = findings
        .iter()
        .filter(|d| d["code"] == "ratio-differs")
        .count();
    assert_eq!(
        differing,
        KNOWN.iter().filter(|k| k.code == "ratio-differs").count()
    );
}

#[test]
fn every_error_is_waived() {
    let run = checked().json();
    assert_eq!(run["summary"]["errors"], 0);
    for d in run["diagnostics"].as_array().unwrap() {
        assert!(d["severity"] != "error" || d["waived"].is_object(), "{d}");
    }
}

/// Slips of wording that stand in the tasks of the reports, by code, line of the table and text.
#[test]
fn slips_of_the_documents_are_found_and_no_others() {
    let wanted = [
        ("docref-form", 15, "Công văn số 1320/BC-STP"),
        ("docref-issuer", 30, "27/QĐ-UBND"),
        ("duplicate-text", 10, "Kế hoạch số"),
        ("claim-conflict", 13, "dân cư"),
        ("text-damage", 11, "Đã thực hoàn thành"),
        ("text-damage", 20, "Bổ trí"),
        ("text-damage", 31, "cơ sở lưu trữ"),
        ("text-damage", 31, "khai báo lưu trữ"),
        ("text-damage", 32, "minh quân lý"),
    ];
    let codes = [
        "docref-form",
        "docref-issuer",
        "docref-year",
        "docnumber-order",
        "duplicate-text",
        "claim-conflict",
        "template-leftover",
        "text-damage",
    ];
    let findings = findings(&checked());
    for (code, line, text) in wanted {
        let found = findings.iter().any(|d| {
            d["code"] == code
                && d["place"]["file"] == "data/can-tho-2022/nhiem-vu.csv"
                && d["place"]["line"] == line
                && words(d).contains(text)
        });
        assert!(found, "{code} on line {line}: {text}");
    }
    let elsewhere: Vec<&Value> = findings
        .iter()
        .filter(|d| codes.iter().any(|c| d["code"] == *c))
        .filter(|d| d["place"]["file"] != "data/can-tho-2022/nhiem-vu.csv")
        .collect();
    // The plan of the task force, which the report calls one of the chairman.
    assert!(
        elsewhere.len() == 1 && words(elsewhere[0]).contains("89/KH-TCTTKĐA06"),
        "{elsewhere:?}"
    );
}

/// The narratives bind their figures, so that the linter has nothing to say of them.
#[test]
fn the_narratives_are_without_findings() {
    let findings = findings(&checked());
    let of_content: Vec<&Value> = findings
        .iter()
        .filter(|d| {
            d["place"]["file"]
                .as_str()
                .is_some_and(|f| f.starts_with("content/"))
        })
        .collect();
    assert!(of_content.is_empty(), "{of_content:?}");
}
