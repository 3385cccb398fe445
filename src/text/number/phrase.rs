//! One number among words: its qualifier, its sign, its unit.

use super::multiples::{multiplied, multiplier, multiplier_word};
use super::{Expect, NumberError, Qualifier, Reading, digits};
use crate::decimal::Decimal;

/// Words and signs before a number that say how exactly it is meant.
const QUALIFIERS: [(&str, Qualifier); 24] = [
    ("hơn ", Qualifier::More),
    ("trên ", Qualifier::More),
    ("lớn hơn ", Qualifier::More),
    ("nhiều hơn ", Qualifier::More),
    ("tối thiểu ", Qualifier::AtLeast),
    ("ít nhất ", Qualifier::AtLeast),
    ("không dưới ", Qualifier::AtLeast),
    ("không thấp hơn ", Qualifier::AtLeast),
    ("dưới ", Qualifier::Less),
    ("ít hơn ", Qualifier::Less),
    ("chưa đến ", Qualifier::Less),
    ("chưa tới ", Qualifier::Less),
    ("tối đa ", Qualifier::AtMost),
    ("không quá ", Qualifier::AtMost),
    ("không vượt quá ", Qualifier::AtMost),
    ("khoảng ", Qualifier::About),
    ("gần ", Qualifier::About),
    ("xấp xỉ ", Qualifier::About),
    (">=", Qualifier::AtLeast),
    ("<=", Qualifier::AtMost),
    ("≥", Qualifier::AtLeast),
    ("≤", Qualifier::AtMost),
    (">", Qualifier::More),
    ("<", Qualifier::Less),
];

/// More words for "about"; apart, since they are often followed by a filler ("ước đạt").
const ABOUT: [&str; 5] = ["ước tính ", "ước ", "≈", "~", "chừng "];

/// Words before a number that say nothing about it. Longer ones first.
const FILLERS: [&str; 14] = [
    "tỷ lệ",
    "tỉ lệ",
    "đạt được",
    "đạt",
    "cấp độ",
    "mức độ",
    "mức",
    "tổng số",
    "tổng cộng",
    "tổng",
    "là",
    "có",
    "được",
    "bằng",
];

/// Words that are no unit: a number goes on after them, or another stands beside it.
const NO_UNITS: [&str; 11] = [
    "rưỡi", "rưởi", "hơn", "lẻ", "và", "hoặc", "hay", "đến", "trên", "k", "trđ",
];

/// Reads one number. The text is tidy and in lower case.
pub(super) fn parse(text: &str, expect: Expect) -> Result<Reading, NumberError> {
    let (qualifier, rest) = qualified(text);
    let (negative, rest) = match rest.strip_prefix('-') {
        Some(after) => (true, after),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let (first, after) = digits::split(rest).ok_or(NumberError::NotANumber)?;
    let mut reading = match multiplier(after) {
        Some((power, after)) => multiplied(first, power, after, expect)?,
        None => simple(first, after, expect)?,
    };
    if expect.whole && (reading.percent_sign || !reading.value.is_integer()) {
        return Err(NumberError::NotANumber);
    }
    reading.qualifier = qualifier;
    if negative {
        reading.value = reading.value.negate();
    }
    Ok(reading)
}

/// Takes off what stands before the number, and "trở lên" after it.
fn qualified(text: &str) -> (Qualifier, &str) {
    let mut qualifier = Qualifier::Equal;
    let mut rest = text;
    if let Some(head) = text.strip_suffix(" trở lên") {
        (qualifier, rest) = (Qualifier::AtLeast, head.strip_prefix("từ ").unwrap_or(head));
    } else if let Some(head) = text.strip_suffix(" trở xuống") {
        (qualifier, rest) = (Qualifier::AtMost, head.strip_prefix("từ ").unwrap_or(head));
    }
    loop {
        if let Some(after) = FILLERS
            .iter()
            .find_map(|f| rest.strip_prefix(f)?.strip_prefix([' ', ':']))
        {
            rest = after.trim_start();
        } else if let Some(after) = ABOUT.iter().find_map(|w| rest.strip_prefix(w)) {
            (qualifier, rest) = (Qualifier::About, after.trim_start());
        } else if let Some((after, q)) = QUALIFIERS
            .iter()
            .find_map(|(w, q)| Some((rest.strip_prefix(w)?, *q)))
        {
            (qualifier, rest) = (q, after.trim_start());
        } else {
            return (qualifier, rest);
        }
    }
}

/// A number without a multiplier: a per-cent sign, words of its unit.
fn simple(first: &str, after: &str, expect: Expect) -> Result<Reading, NumberError> {
    let tail = after.trim_start();
    let sign = ["%", "phần trăm"].iter().find_map(|s| tail.strip_prefix(s));
    let percent_sign = sign.is_some();
    check_unit(sign.unwrap_or(after))?;
    let share = expect.share || percent_sign || tail.starts_with("điểm");
    if !share && let Some(readings) = neighbours(first) {
        return Err(NumberError::Ambiguous { readings });
    }
    let whole = expect.whole && !percent_sign;
    let number = digits::parse(
        first,
        Expect {
            whole,
            share,
            ..expect
        },
    )?;
    let reading = Reading::plain(number.value, number.value.scale());
    Ok(Reading {
        percent_sign,
        style_note: number.style_note,
        ..reading
    })
}

/// The two numbers of `3,4`: a writer of "mất 3,4 ngày" means three or four.
fn neighbours(text: &str) -> Option<[Decimal; 2]> {
    match text.as_bytes() {
        [a @ b'0'..=b'9', b',', b @ b'0'..=b'9'] if *b == a + 1 => {
            Some([a, b].map(|digit| Decimal::from_int(i64::from(digit - b'0'))))
        }
        _ => None,
    }
}

/// Checks that what follows a number are words of its unit and not the rest of a code, a date or a number.
pub(super) fn check_unit(text: &str) -> Result<(), NumberError> {
    let unit = text.trim_start();
    let is_apart = unit.len() < text.len();
    let first = unit.split([' ', ',']).next().unwrap_or_default();
    if unit.starts_with(|c: char| c.is_ascii_digit())
        || NO_UNITS.contains(&first)
        || multiplier_word(unit).is_some()
    {
        return Err(NumberError::Broken);
    }
    // "3g", "24h" and "1a" are names; "5.000đ" and "60hồ sơ" are numbers set without a space.
    let fits = unit.is_empty()
        || (unit.starts_with(char::is_alphabetic)
            && unit
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | ',' | '.' | '-' | '²' | '³'))
            && unit.chars().count() <= 60
            && (is_apart || !first.is_ascii()));
    if fits {
        Ok(())
    } else {
        Err(NumberError::NotANumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::number::Style;

    const COUNT: Expect = Expect {
        whole: true,
        share: false,
        style: Some(Style::Vietnamese),
        yes_no: false,
    };
    const SHARE: Expect = Expect {
        whole: false,
        share: true,
        ..COUNT
    };
    const AMOUNT: Expect = Expect {
        whole: false,
        ..COUNT
    };

    fn check(expect: Expect, cases: &[(&str, &str)]) {
        for (text, wanted) in cases {
            let found = match parse(text, expect) {
                Ok(r) => {
                    let sign = if r.qualifier == Qualifier::Equal {
                        ""
                    } else {
                        r.qualifier.sign()
                    };
                    let percent = if r.percent_sign { "%" } else { "" };
                    format!(
                        "{sign}{}{percent}{}",
                        r.value,
                        if r.style_note { " note" } else { "" }
                    )
                }
                Err(NumberError::Ambiguous { readings: [a, b] }) => format!("{a} | {b}"),
                Err(e) => format!("{e:?}"),
            };
            assert_eq!(found, *wanted, "{text}");
        }
    }

    #[test]
    fn counts_of_the_reports() {
        check(
            COUNT,
            &[
                ("2.035", "2035"),
                ("1999", "1999"),
                ("1.109.057", "1109057"),
                ("01 hồ sơ trực tiếp", "1"),
                ("5.000 tờ rơi", "5000"),
                ("hơn 60", ">60"),
                ("hơn 2 nghìn lượt", ">2000"),
                ("hơn 1.275.480", ">1275480"),
                ("tối thiểu 20 dịch vụ", "≥20"),
                ("từ 20 dịch vụ trở lên", "≥20"),
                ("ước đạt 500 lượt", "≈500"),
                ("cấp độ 3", "3"),
                ("tổng số: 15 hồ sơ", "15"),
                ("-12", "-12"),
                ("+12", "12"),
                ("5.000đ", "5000"),
            ],
        );
    }

    #[test]
    fn what_is_no_count_is_not_read_as_one() {
        check(
            COUNT,
            &[
                ("12,5", "125 | 12.5"),
                ("3,4", "3 | 4"),
                ("92%", "NotANumber"),
                ("c06", "NotANumber"),
                ("3g", "NotANumber"),
                ("đề án 06", "NotANumber"),
                ("tháng 9", "NotANumber"),
                ("12 tháng 9 năm 2024", "NotANumber"),
                ("0901234567", "NotANumber"),
                ("- 5 hồ sơ", "NotANumber"),
                ("5 100", "Broken"),
                ("5 và sáu", "Broken"),
            ],
        );
    }

    #[test]
    fn shares_of_the_reports() {
        check(
            SHARE,
            &[
                ("99,9%", "99.9%"),
                ("100%", "100%"),
                ("25.5%", "25.5% note"),
                ("0,02", "0.02"),
                ("0.125", "0.125 note"),
                ("89,36 %", "89.36%"),
                ("98,51 phần trăm", "98.51%"),
                ("tối thiểu 20%", "≥20%"),
                ("đạt tỷ lệ trên 84,2%", ">84.2%"),
                ("từ 80% trở lên", "≥80%"),
                ("1.250", "1250 | 1.250"),
                ("8,9", "8.9"),
            ],
        );
    }

    #[test]
    fn neighbouring_digits_may_be_a_choice() {
        check(
            AMOUNT,
            &[
                ("7,05", "7.05"),
                ("3,4", "3 | 4"),
                ("3,4 ngày", "3 | 4"),
                ("8,9 điểm", "8.9"),
                ("2 rưỡi", "Broken"),
            ],
        );
    }
}
