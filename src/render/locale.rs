//! Numbers, days and periods as a language writes them, by the `[format]` of its catalogue of strings.

use std::collections::BTreeMap;

use crate::decimal::Decimal;
use crate::model::Calendar;
use crate::text::date::Date;
use crate::text::number::format_vi;
use crate::theme::Strings;

/// A string, filled. A missing key shows itself.
pub(crate) fn say(strings: &Strings, key: &str, values: &[(&str, &str)]) -> String {
    find(strings, key, values).unwrap_or_else(|| key.to_owned())
}

/// A string, filled, where there is one.
pub(crate) fn find(strings: &Strings, key: &str, values: &[(&str, &str)]) -> Option<String> {
    let arguments: BTreeMap<String, String> = values
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    strings.text(key, &arguments).ok()
}

/// A number with the marks of the language: `1.234,5` or `1,234.5`. Its decimals are kept.
pub(crate) fn number(strings: &Strings, value: Decimal) -> String {
    let text = format_vi(value);
    if !text.contains(['.', ',']) {
        return text;
    }
    let marks = ["format.group", "format.decimal"].map(|key| say(strings, key, &[]));
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '.' => out.push_str(&marks[0]),
            ',' => out.push_str(&marks[1]),
            other => out.push(other),
        }
    }
    out
}

/// How many there are, with the marks of the language.
pub(crate) fn count(strings: &Strings, n: impl TryInto<i64>) -> String {
    number(strings, Decimal::from_int(n.try_into().unwrap_or(i64::MAX)))
}

/// The sign between groups of thousands.
pub(crate) fn thousands(strings: &Strings) -> char {
    say(strings, "format.group", &[])
        .chars()
        .next()
        .unwrap_or('.')
}

/// A day: `14/9/2024`, "14 September 2024".
pub(crate) fn day(strings: &Strings, day: Date) -> String {
    dated(strings, "format.day", day)
}

/// A day without its year: `15/8`, "15 August".
pub(crate) fn day_of_year(strings: &Strings, day: Date) -> String {
    dated(strings, "format.day_short", day)
}

fn dated(strings: &Strings, key: &str, day: Date) -> String {
    let month = month_name(strings, day.month().to_string().as_str());
    let values = [
        ("d", &*day.day().to_string()),
        ("m", &day.month().to_string()),
        ("y", &day.year().to_string()),
        ("month", &month),
    ];
    say(strings, key, &values)
}

fn month_name(strings: &Strings, month: &str) -> String {
    say(strings, &format!("format.month_{month}"), &[])
}

/// A period of the calendar inside a sentence: "tháng 9/2024", "September 2024".
pub(crate) fn calendar(strings: &Strings, period: Calendar) -> String {
    let id = period.to_id();
    let (year, part) = id.split_once('-').unwrap_or((&id, ""));
    let number = part.trim_start_matches(|c: char| !c.is_ascii_digit() || c == '0');
    let key = match part.as_bytes().first() {
        None => "format.year",
        Some(b'H') if number == "1" => "format.half_1",
        Some(b'H') => "format.half_2",
        Some(b'Q') => "format.quarter",
        Some(b'W') => "format.week",
        Some(_) => "format.month",
    };
    let roman = ["", "I", "II", "III", "IV"];
    let at = number.parse::<usize>().unwrap_or(0);
    let month = if key == "format.month" {
        month_name(strings, number)
    } else {
        String::new()
    };
    let values = [
        ("y", year),
        ("m", number),
        ("q", number),
        ("w", number),
        ("roman", roman.get(at).copied().unwrap_or("")),
        ("month", &month),
    ];
    say(strings, key, &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{ThemeFiles, load};

    #[test]
    fn periods_numbers_and_days_are_those_of_the_language() {
        let theme = load(&ThemeFiles::new(), &crate::theme::Tokens::default()).unwrap();
        let (vi, en) = (theme.strings("vi"), theme.strings("en"));
        for (id, own, english) in [
            ("2024-09", "tháng 9/2024", "September 2024"),
            ("2024-Q3", "quý III/2024", "Q3 2024"),
            ("2024-H1", "6 tháng đầu năm 2024", "first half of 2024"),
            ("2024-H2", "6 tháng cuối năm 2024", "second half of 2024"),
            ("2024", "năm 2024", "2024"),
            ("2024-W07", "tuần 7/2024", "week 7, 2024"),
        ] {
            let period = Calendar::parse(id).unwrap();
            assert_eq!(calendar(vi, period), own);
            assert_eq!(calendar(vi, period), period.format_vi());
            assert_eq!(calendar(en, period), english);
        }
        let value = Decimal::parse_plain("1234567.50").unwrap();
        assert_eq!(number(vi, value), "1.234.567,50");
        assert_eq!(number(en, value), "1,234,567.50");
        let date = Date::parse_iso("2024-09-14").unwrap();
        assert_eq!(day(vi, date), "14/9/2024");
        assert_eq!(day(en, date), "14 September 2024");
        assert_eq!(day_of_year(en, date), "14 September");
    }
}
