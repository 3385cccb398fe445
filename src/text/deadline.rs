//! Deadlines as documents word them: "Tháng 9/2024", "trước ngày 13/03/2023", "Thường xuyên".
//!
//! In: the words. Out: the last day and the kind. Which of two deadlines holds, and whether one has passed, is
//! left to others.

use super::date::{Date, DateError, parse_date};
use super::normal::{fold, nfc};
use super::span::span;

/// What kind of deadline a text sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineKind {
    /// Until the end of a day.
    By,
    /// Before a day, which is not counted.
    Before,
    /// From a day on; no end.
    From,
    /// Again and again.
    Regular,
    /// When something else has happened.
    Conditional,
    /// Always. No wording is read as this; catalogues declare it.
    Standing,
    /// At once.
    Now,
    /// None is set.
    None,
}

/// A deadline: its last day (or first day, for [`DeadlineKind::From`]) and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last day on which it is met; the first day for `From`.
    pub date: Option<Date>,
    /// Its kind.
    pub kind: DeadlineKind,
}

/// Words before a deadline that do not change it, folded; any number of them.
const FILLERS: [&str; 14] = [
    "hoan thanh",
    "hoan tat",
    "thuc hien",
    "thoi han",
    "thoi gian",
    "cham nhat",
    "muon nhat",
    "den het",
    "den cuoi",
    "xong",
    "trong",
    "den",
    "het",
    "vao",
];

/// Words after a day that say the work goes on.
const CONTINUES: [&str; 4] = [
    " va thuc hien thuong xuyen",
    " va thuong xuyen",
    " va cac nam tiep theo",
    " va nhung nam tiep theo",
];

/// Reads a deadline.
///
/// A month, quarter, year or span of years stands for its last day; "before" a day, month or year for the last
/// day that still lies before it; "from … to …" for the second. "A quarter, and regularly" is a deadline by the
/// end of the quarter. An empty text sets none.
///
/// # Errors
/// `Impossible` where it names a day or month that does not exist, `NotADate` where no form fits.
pub fn parse_deadline(text: &str) -> Result<Deadline, DateError> {
    match parse_date(text) {
        Ok(date) => {
            return Ok(Deadline {
                date: Some(date),
                kind: DeadlineKind::By,
            });
        }
        Err(DateError::Impossible) => return Err(DateError::Impossible),
        Err(DateError::NotADate) => {}
    }
    let folded = fold(text);
    if let Some(kind) = undated(text, &folded) {
        return Ok(Deadline { date: None, kind });
    }
    if has_blanks(text) {
        return Err(DateError::NotADate);
    }
    match dated(&folded) {
        Err(DateError::NotADate) if folded.split(' ').any(|w| w == "khi") => Ok(Deadline {
            date: None,
            kind: DeadlineKind::Conditional,
        }),
        other => other,
    }
}

/// Whether a form was left unfilled: `____/____/2024`, `…/2024`. What is left of it must not pass for a year.
fn has_blanks(text: &str) -> bool {
    let text = text.trim();
    text.contains(['_', '…']) || text.contains("..") || text.starts_with('/')
}

/// Deadlines without a day.
fn undated(text: &str, folded: &str) -> Option<DeadlineKind> {
    const REGULAR: [&str; 6] = [
        "thuong xuyen",
        "thuc hien thuong xuyen",
        "duy tri thuong xuyen",
        "dinh ky",
        "thuc hien dinh ky",
        "lien tuc",
    ];
    const CONDITIONAL: [&str; 6] = [
        "khi ",
        "sau khi ",
        "ngay sau khi ",
        "ngay khi ",
        "theo ",
        "thuc hien theo ",
    ];
    if folded.is_empty() {
        return Some(DeadlineKind::None);
    }
    let begins = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
    let words: Vec<&str> = folded.split(' ').collect();
    if comes_again(&words) || begins(&REGULAR) || is_days_of_any_year(&words) {
        return Some(DeadlineKind::Regular);
    }
    let core = folded.strip_prefix("thuc hien ").unwrap_or(folded);
    if begins(&CONDITIONAL) || CONDITIONAL.iter().any(|w| core.starts_with(w)) {
        return Some(DeadlineKind::Conditional);
    }
    // "ngay" (at once) and "ngày" (day) fold alike; before digits it is a day.
    let at_once = nfc(text)
        .to_lowercase()
        .split_whitespace()
        .any(|w| w == "ngay");
    let has_digits = folded.bytes().any(|b| b.is_ascii_digit());
    (at_once && core.starts_with("ngay") && !has_digits).then_some(DeadlineKind::Now)
}

/// "hàng tháng", "hằng năm", "mỗi quý"; but not the year after a bank ("ngân hàng năm 2024").
fn comes_again(words: &[&str]) -> bool {
    let is_every = |pair: &[&str]| {
        matches!(
            pair,
            ["hang" | "moi", "ngay" | "tuan" | "thang" | "quy" | "nam"]
        )
    };
    let is_noun = |word: &&str| matches!(*word, "ngan" | "khach" | "cua" | "don" | "mat");
    let before = |i: usize| i.checked_sub(1).and_then(|i| words.get(i));
    words
        .windows(2)
        .enumerate()
        .any(|(i, pair)| is_every(pair) && !before(i).is_some_and(is_noun))
}

/// "trước ngày 14/06 và 14/12": days without a year come again every year.
fn is_days_of_any_year(words: &[&str]) -> bool {
    let words = words.strip_prefix(&["truoc"]).unwrap_or(words);
    let words = words.strip_prefix(&["ngay"]).unwrap_or(words);
    let is_short = |w: &&str| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit());
    matches!(words, [a, b, "va", c, d] if [a, b, c, d].into_iter().all(is_short))
}

/// Deadlines with a day.
fn dated(folded: &str) -> Result<Deadline, DateError> {
    let text = CONTINUES
        .iter()
        .find_map(|c| folded.strip_suffix(c))
        .unwrap_or(folded);
    let text = without_fillers(text);
    let deadline = |date, kind| {
        Ok(Deadline {
            date: Some(date),
            kind,
        })
    };
    if let Some(rest) = text.strip_prefix("truoc ") {
        let (first, _) = span(rest)?;
        let last = first.add_days(-1).ok_or(DateError::Impossible)?;
        return deadline(last, DeadlineKind::Before);
    }
    if let Some(rest) = text.strip_prefix("tu ") {
        return match rest.split_once(" den ") {
            Some((from, to)) => {
                // A start may leave its year to the end: "từ tháng 3 đến tháng 6/2023".
                if span(from) == Err(DateError::Impossible) {
                    return Err(DateError::Impossible);
                }
                deadline(span(without_fillers(to))?.1, DeadlineKind::By)
            }
            None => deadline(span(rest)?.0, DeadlineKind::From),
        };
    }
    deadline(span(text)?.1, DeadlineKind::By)
}

fn without_fillers(mut text: &str) -> &str {
    while let Some(rest) = FILLERS
        .iter()
        .find_map(|f| text.strip_prefix(f)?.strip_prefix(' '))
    {
        text = rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(kind: DeadlineKind, texts: &[(&str, &str)]) {
        for (text, iso) in texts {
            assert_eq!(
                parse_deadline(text),
                Ok(Deadline {
                    date: Date::parse_iso(iso),
                    kind
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn a_span_ends_with_its_last_day() {
        check(
            DeadlineKind::By,
            &[
                ("Tháng 9/2024", "2024-09-30"),
                ("tháng 03/2023", "2023-03-31"),
                ("09/2024", "2024-09-30"),
                ("Trong năm 2024", "2024-12-31"),
                ("Năm 2022", "2022-12-31"),
                ("Quý I/2023", "2023-03-31"),
                ("Quý II, III năm 2023", "2023-09-30"),
                ("đến hết Quý II/2023", "2023-06-30"),
                ("Trong tháng 10 năm 2022", "2022-10-31"),
                ("Chậm nhất trong tháng 11 năm 2022", "2022-11-30"),
                ("Tháng 2/2024", "2024-02-29"),
                ("6 tháng đầu năm 2023", "2023-06-30"),
                ("Giai đoạn 2022 – 2025", "2025-12-31"),
                ("đến cuối năm 2025", "2025-12-31"),
                (
                    "Hoàn thành trong Quý I/2023 và thực hiện thường xuyên",
                    "2023-03-31",
                ),
                ("từ ngày 15/8/2024 đến ngày 14/9/2024", "2024-09-14"),
                ("Từ tháng 3 đến tháng 6/2023", "2023-06-30"),
            ],
        );
    }

    #[test]
    fn a_day_is_itself() {
        check(
            DeadlineKind::By,
            &[
                ("2024-09-30", "2024-09-30"),
                ("7/2/2024", "2024-02-07"),
                ("ngày 07 tháng 02 năm 2024", "2024-02-07"),
                ("Thực hiện xong đến ngày 15/11/2022", "2022-11-15"),
            ],
        );
    }

    #[test]
    fn before_leaves_the_day_itself_out() {
        check(
            DeadlineKind::Before,
            &[
                ("trước ngày 13/03/2023", "2023-03-12"),
                ("Trước ngày 01 tháng 01 năm 2023", "2022-12-31"),
                ("trước tháng 3/2023", "2023-02-28"),
                ("hoàn thành trước 30/4/2023", "2023-04-29"),
                ("trước năm 2025", "2024-12-31"),
            ],
        );
    }

    #[test]
    fn a_start_has_no_end() {
        check(
            DeadlineKind::From,
            &[
                ("từ tháng 3/2023", "2023-03-01"),
                ("từ Quý I/2023", "2023-01-01"),
            ],
        );
    }

    #[test]
    fn some_deadlines_have_no_day() {
        let undated = |kind, texts: &[&str]| texts.iter().for_each(|t| check(kind, &[(t, "")]));
        undated(
            DeadlineKind::Regular,
            &[
                "Hàng tháng",
                "Hằng năm",
                "Thường xuyên, liên tục",
                "Thực hiện thường xuyên",
                "trước ngày 13 hàng tháng",
                "trước 09h ngày Thứ 3 hàng tuần",
                "trước ngày 14/06 và 14/12 hàng năm",
                "trước ngày 14/06 và 14/12",
            ],
        );
        undated(DeadlineKind::Now, &["Thực hiện ngay", "Ngay"]);
        undated(
            DeadlineKind::Conditional,
            &[
                "Thực hiện khi Bộ Công an triển khai phần mềm",
                "Thực hiện sau khi có hướng dẫn",
                "Thực hiện ngay khi được kết nối",
                "theo chỉ tiêu đã đăng ký",
                "theo lộ trình",
            ],
        );
        undated(DeadlineKind::None, &["", " ", "-", "…"]);
    }

    #[test]
    fn what_does_not_exist_is_no_deadline() {
        for text in [
            "30/02/2023",
            "đến ngày 30/02/2023",
            "Tháng 13/2024",
            "Quý 5/2024",
            "từ 2025 đến năm 0000",
        ] {
            assert_eq!(parse_deadline(text), Err(DateError::Impossible), "{text}");
        }
        for text in [
            "sớm",
            "____/____/2024",
            "…/2024",
            "tháng    /2024",
            "ngày 5/3",
            "tháng 9",
            "hệ thống ngân hàng năm 2024",
            "cấp xã từ 01/6/2023",
        ] {
            assert_eq!(parse_deadline(text), Err(DateError::NotADate), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = parse_deadline(&text);
        }

        #[test]
        fn no_words_panic(text in "(trước |từ |đến |trong |ngày |tháng |quý |năm |hàng |[0-9]{1,4}[ /-]|[ivx]{1,4}/){0,9}") {
            let _ = parse_deadline(&text);
        }
    }
}
