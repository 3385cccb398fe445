//! Days and spans of years inside a longer text: the dates of the documents it cites, "tầm nhìn đến năm 2030".

use super::date::Date;
use super::normal::fold;

/// Returns the days that a text names, in their order: `07/02/2024`, `ngày 18 tháng 9 năm 2024`.
///
/// Days that do not exist, and digits that belong to the number of a document (`104/2022/NĐ-CP`), are passed over.
pub fn find_dates(text: &str) -> Vec<Date> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let begins = bytes[at].is_ascii_digit() && (at == 0 || !is_joined(bytes[at - 1]));
        let found = if begins {
            slashed(&text[at..]).or_else(|| worded(&text[at..]))
        } else {
            None
        };
        match found {
            Some((date, length)) => {
                out.extend(date);
                at += length;
            }
            None => at += 1,
        }
    }
    out
}

/// Returns the first and last day of the first month that a text names: "tháng 8 năm 2026", "THÁNG 08/2026".
///
/// A month that belongs to a day ("ngày 5 tháng 10 năm 2026") is passed over.
pub fn find_month(text: &str) -> Option<(Date, Date)> {
    let folded = fold(&text.replace('/', " / "));
    let words: Vec<&str> = folded.split(' ').filter(|w| *w != "/").collect();
    words.iter().enumerate().find_map(|(i, w)| {
        let has_day = i > 0 && words[i - 1].bytes().all(|b| b.is_ascii_digit());
        let rest = words.get(i + 1..).filter(|_| *w == "thang" && !has_day)?;
        let ([month, "nam", year_word, ..] | [month, year_word, ..]) = rest else {
            return None;
        };
        let month: u8 = month.parse().ok().filter(|_| month.len() <= 2)?;
        let year = year(year_word)?;
        let first = Date::new(year, month, 1)?;
        Some((first, first.add_months(1)?.add_days(-1)?))
    })
}

/// Whether digits after this byte belong to something longer.
fn is_joined(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'/' || byte == b'-' || byte == b'.'
}

/// `07/02/2024` at the beginning of a text, and its length.
fn slashed(text: &str) -> Option<(Option<Date>, usize)> {
    let (day, rest) = digits(text, 2)?;
    let mark = rest
        .chars()
        .next()
        .filter(|c| ['/', '-', '.'].contains(c))?;
    let (month, rest) = digits(&rest[1..], 2)?;
    let (year, rest) = digits(rest.strip_prefix(mark)?, 4).filter(|(y, _)| *y >= 1000)?;
    let goes_on = rest.starts_with(|c: char| c.is_ascii_digit() || c == '/' || c == '-');
    (!goes_on).then(|| (day_of(year, month, day), text.len() - rest.len()))
}

/// `18 tháng 9 năm 2024` or `18 tháng 9/2024` at the beginning of a text, and its length.
fn worded(text: &str) -> Option<(Option<Date>, usize)> {
    let (day, rest) = digits(text, 2)?;
    let rest = word(rest, "tháng")?;
    let (month, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix('/').or_else(|| word(rest, "năm"))?;
    let (year, rest) = digits(rest, 4).filter(|(y, _)| *y >= 1000)?;
    Some((day_of(year, month, day), text.len() - rest.len()))
}

/// A number of at most `most` digits, and what follows it.
fn digits(text: &str, most: usize) -> Option<(u16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let fits = (1..=most).contains(&length);
    Some((
        text[..length].parse().ok().filter(|_| fits)?,
        &text[length..],
    ))
}

/// What follows a word between spaces.
fn word<'t>(text: &'t str, wanted: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(' ')?.trim_start().strip_prefix(wanted)?;
    Some(rest.strip_prefix(' ')?.trim_start())
}

fn day_of(year: u16, month: u16, day: u16) -> Option<Date> {
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// A span of years whose horizon lies before its end: "giai đoạn 2022-2025, tầm nhìn đến năm 2023".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// First year of the span.
    pub from: u16,
    /// Last year of the span.
    pub to: u16,
    /// The year of the horizon; the last year itself where the span is turned round.
    pub horizon: u16,
}

/// Returns the first span of years that cannot be: turned round, or with a horizon that is not after it.
pub fn implausible_horizon(text: &str) -> Option<Horizon> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    words.iter().enumerate().find_map(|(i, w)| {
        let is_span = *w == "giai" && words.get(i + 1) == Some(&"doan");
        let from = year(words.get(i + 2).filter(|_| is_span)?)?;
        let to = year(words.get(i + 3)?)?;
        if to < from {
            return Some(Horizon {
                from,
                to,
                horizon: to,
            });
        }
        let rest = words.get(i + 4..)?;
        let horizon = match rest {
            ["tam", "nhin", "den", "nam", y, ..]
            | ["tam", "nhin", "den", y, ..]
            | ["va", "tam", "nhin", "den", "nam", y, ..]
            | ["dinh", "huong", "den", "nam", y, ..] => year(y)?,
            _ => return None,
        };
        (horizon <= to).then_some(Horizon { from, to, horizon })
    })
}

fn year(word: &str) -> Option<u16> {
    word.parse()
        .ok()
        .filter(|y| word.len() == 4 && (1900..=2100).contains(y))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<String> {
        find_dates(text).into_iter().map(Date::to_iso).collect()
    }

    #[test]
    fn days_are_found_in_prose() {
        assert_eq!(
            found(
                "Quyết định số 540/QĐ-UBND ngày 07/02/2024 của Chủ tịch; Công văn ngày 18 tháng 9 năm 2024."
            ),
            ["2024-02-07", "2024-09-18"]
        );
        assert_eq!(
            found("Ngày 20/9/2024, ngày 5 tháng 3/2023"),
            ["2024-09-20", "2023-03-05"]
        );
    }

    #[test]
    fn months_are_found_in_titles() {
        for (text, wanted) in [
            ("BÁO CÁO KẾT QUẢ THÁNG 8 NĂM 2026", "2026-08-01 2026-08-31"),
            ("Biểu tháng 02/2024 của xã", "2024-02-01 2024-02-29"),
            ("Bình An, ngày 05 tháng 10 năm 2026", ""),
            ("6 tháng đầu năm 2026", ""),
            ("Tháng 13/2026", ""),
            ("Lũy kế 9 tháng năm 2026", ""),
        ] {
            let found = find_month(text).map_or_else(String::new, |(a, b)| {
                format!("{} {}", a.to_iso(), b.to_iso())
            });
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn numbers_of_documents_are_no_days() {
        for text in [
            "Nghị định 104/2022/NĐ-CP",
            "Nghị quyết số 03/2017/NQ-HĐND",
            "08/2022/QĐ-TTg",
            "30/02/2023",
            "1/2/2024/NQ",
            "tháng 9 năm 2024",
            "119/119 cơ sở",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_horizon_lies_after_its_span() {
        let wrong = implausible_horizon("giai đoạn 2022-2025, tầm nhìn đến năm 2023 trên địa bàn");
        assert_eq!(
            wrong.map(|h| (h.from, h.to, h.horizon)),
            Some((2022, 2025, 2023))
        );
        assert!(implausible_horizon("giai đoạn 2025 - 2022").is_some());
        for good in [
            "giai đoạn 2022 - 2025, tầm nhìn đến năm 2030",
            "giai đoạn 2022-2025",
            "tầm nhìn đến năm 2023",
            "giai đoạn 1",
        ] {
            assert_eq!(implausible_horizon(good), None, "{good}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}|[0-9/ .-]{0,20}|(giai đoạn |tháng |năm |[0-9]{1,4}[ /-]){0,8}") {
            let _ = (find_dates(&text), implausible_horizon(&text));
        }
    }
}
