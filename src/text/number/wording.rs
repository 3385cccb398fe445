//! Cells without a digit: known absences, yes and no, zero in words.

use super::{Absence, Cell, Expect, NumberError, Reading};
use crate::decimal::Decimal;
use crate::text::normal::fold;

const NOT_REPORTED: [&str; 4] = [
    "chua bao cao",
    "khong bao cao",
    "chua thong ke",
    "chua cap nhat",
];
const NOT_APPLICABLE: [&str; 3] = [
    "khong ap dung",
    "khong thuoc doi tuong",
    "khong thuoc doi tuong ap dung",
];
/// After "không có" or "chưa có" these are missing, not none.
const DATA: [&str; 5] = ["so lieu", "du lieu", "bao cao", "thong tin", "thong ke"];
/// These say that something is no longer so.
const ENDED: [&str; 7] = [
    "đã hủy",
    "đã huỷ",
    "đã ngừng",
    "đã dừng",
    "đã bỏ",
    "đã mất",
    "đã thu hồi",
];

/// Reads a tidy text that has no digit.
pub(super) fn parse(text: &str, expect: Expect) -> Result<Cell, NumberError> {
    let folded = fold(text);
    if let Some(absence) = absence(text, &folded) {
        return Ok(Cell::Absent(absence));
    }
    // With its accents: "cố" is not "có".
    let words = text.trim_end_matches(['*', '\\', '.', ' ']);
    let value = if expect.yes_no {
        yes_or_no(words)
    } else {
        none(words)
    };
    let value = value.ok_or(NumberError::NotANumber)?;
    let footnote = text
        .ends_with('*')
        .then(|| "*".repeat(text.chars().rev().take_while(|c| *c == '*').count()));
    Ok(Cell::Number(Reading {
        footnote,
        ..Reading::plain(Decimal::from_int(value), 0)
    }))
}

fn absence(text: &str, folded: &str) -> Option<Absence> {
    let none_of = |words: &str| folded.strip_prefix(words).and_then(|r| r.strip_prefix(' '));
    if text.chars().all(|c| matches!(c, '-' | '–' | '—')) || NOT_REPORTED.contains(&folded) {
        Some(Absence::NotReported)
    } else if NOT_APPLICABLE.contains(&folded) {
        Some(Absence::NotApplicable)
    } else if let Some(what) = none_of("khong co").or_else(|| none_of("chua co")) {
        if what.ends_with("phat sinh") {
            Some(Absence::NoActivity)
        } else {
            DATA.contains(&what).then_some(Absence::NotReported)
        }
    } else {
        let arises = ["khong phat sinh", "chua phat sinh"];
        arises
            .iter()
            .any(|a| folded.starts_with(a))
            .then_some(Absence::NoActivity)
    }
}

fn yes_or_no(text: &str) -> Option<i64> {
    match text.split(' ').next()? {
        "đã" => (!ENDED.iter().any(|e| text.starts_with(e))).then_some(1),
        "có" | "đạt" | "yes" | "true" if !text.contains(' ') => Some(1),
        "chưa" | "không" => Some(0),
        "no" | "false" if !text.contains(' ') => Some(0),
        _ => None,
    }
}

/// "không có hồ sơ trực tiếp": none.
fn none(text: &str) -> Option<i64> {
    (text == "không có" || text.starts_with("không có ")).then_some(0)
}

#[cfg(test)]
mod tests {
    use crate::text::number::{Cell, Expect, parse_cell};

    fn check(yes_no: bool, cases: &[(&str, &str)]) {
        for (text, wanted) in cases {
            let found = match parse_cell(
                text,
                &Expect {
                    whole: true,
                    yes_no,
                    ..Expect::default()
                },
            ) {
                Ok(Cell::Number(r)) => format!("{}{}", r.value, r.footnote.unwrap_or_default()),
                Ok(Cell::Absent(absence)) => format!("{absence:?}"),
                other => format!("{:?}", other.err()),
            };
            assert_eq!(found, *wanted, "{text}");
        }
    }

    #[test]
    fn absences_are_told_apart() {
        check(
            false,
            &[
                ("", "NotReported"),
                ("  \u{a0} ", "NotReported"),
                ("-", "NotReported"),
                ("–", "NotReported"),
                ("chưa báo cáo", "NotReported"),
                ("Không có số liệu", "NotReported"),
                ("chưa có báo cáo", "NotReported"),
                ("Không áp dụng", "NotApplicable"),
                ("không phát sinh", "NoActivity"),
                ("Không phát sinh hồ sơ.", "NoActivity"),
                ("không có hồ sơ phát sinh", "NoActivity"),
            ],
        );
    }

    #[test]
    fn none_is_zero_only_in_these_words() {
        check(
            false,
            &[
                ("không có hồ sơ trực tiếp", "0"),
                ("Không có hồ sơ quá hạn", "0"),
                ("không có", "0"),
                ("không có dữ liệu sai lệch", "0"),
                ("không", "Some(NotANumber)"),
                ("chưa có", "Some(NotANumber)"),
                ("N/A", "Some(NotANumber)"),
                ("…", "Some(NotANumber)"),
                ("%", "Some(NotANumber)"),
            ],
        );
    }

    #[test]
    fn yes_and_no() {
        check(
            true,
            &[
                ("đã kết nối", "1"),
                ("đã bổ sung", "1"),
                ("chưa kết nối*", "0*"),
                ("chưa kết nội \\*", "0*"),
                ("Có", "1"),
                ("không", "0"),
                ("không có", "0"),
                ("1", "1"),
                ("01", "1"),
                ("2", "Some(NotANumber)"),
                ("đã hủy kết nối", "Some(NotANumber)"),
                ("đang kết nối", "Some(NotANumber)"),
                ("chưa báo cáo", "NotReported"),
            ],
        );
    }
}
