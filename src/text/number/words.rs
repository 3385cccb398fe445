//! Numbers among words: qualifiers, multipliers, units, fractions, ranges, absences.

use super::digits;
use super::{Absence, Cell, Expect, NumberError, Qualifier, Reading};
use crate::decimal::Decimal;
use crate::text::normal::nfc;

/// Words before a number that say how exactly it is meant.
const QUALIFIERS: [(&str, Qualifier); 17] = [
    ("hơn ", Qualifier::More),
    ("trên ", Qualifier::More),
    ("tối thiểu ", Qualifier::AtLeast),
    ("ít nhất ", Qualifier::AtLeast),
    ("không dưới ", Qualifier::AtLeast),
    ("dưới ", Qualifier::Less),
    ("tối đa ", Qualifier::AtMost),
    ("không quá ", Qualifier::AtMost),
    ("khoảng ", Qualifier::About),
    ("gần ", Qualifier::About),
    ("ước ", Qualifier::About),
    ("≥", Qualifier::AtLeast),
    ("≤", Qualifier::AtMost),
    (">=", Qualifier::AtLeast),
    ("<=", Qualifier::AtMost),
    (">", Qualifier::More),
    ("<", Qualifier::Less),
];

/// Words before a number that say nothing about it.
const FILLERS: [&str; 6] = ["đạt tỷ lệ ", "đạt ", "cấp độ ", "mức ", "là ", "≈"];

/// Words that multiply the number before them.
const MULTIPLIERS: [(&str, u32); 5] = [("tỷ", 9), ("tỉ", 9), ("triệu", 6), ("nghìn", 3), ("ngàn", 3)];

pub(super) fn parse(text: &str, expect: &Expect) -> Result<Cell, NumberError> {
    let text = tidy(text);
    if let Some(absence) = absence(&text) {
        return Ok(Cell::Absent(absence));
    }
    let (text, footnote) = match text.strip_suffix('*') {
        Some(rest) => (rest.trim_end().to_owned(), Some("*".to_owned())),
        None => (text, None),
    };
    if expect.yes_no
        && let Some(value) = yes_or_no(&text)
    {
        return Ok(Cell::Number(Reading { footnote, ..reading(Decimal::from_int(value), 0) }));
    }
    if text.starts_with("không có ") {
        return Ok(Cell::Number(Reading { footnote, ..reading(Decimal::ZERO, 0) }));
    }
    let text = without_parenthesis(&text);
    if let Some((low, high)) = range(text) {
        return between(low, high, expect, footnote);
    }
    if let Some((a, b)) = text.split_once('/') {
        let numerator = one(a.trim(), expect)?;
        let denominator = one(b.trim(), expect)?;
        return Ok(Cell::Fraction { numerator, denominator });
    }
    one(text, expect).map(|r| Cell::Number(Reading { footnote, ..r }))
}

fn reading(value: Decimal, decimals: u8) -> Reading {
    Reading {
        value,
        max: None,
        qualifier: Qualifier::Equal,
        percent_sign: false,
        decimals,
        footnote: None,
        style_note: false,
    }
}

/// NFC, lower case, plain spaces, plain minus.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in nfc(text).chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '−' => out.push('-'),
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

fn absence(text: &str) -> Option<Absence> {
    Some(match text {
        "" | "-" | "–" | "—" | "chưa báo cáo" | "không báo cáo" | "chưa có số liệu" => Absence::NotReported,
        "không áp dụng" => Absence::NotApplicable,
        "không phát sinh" | "không phát sinh hồ sơ" => Absence::NoActivity,
        _ => return None,
    })
}

fn yes_or_no(text: &str) -> Option<i64> {
    if text == "có" || text == "đã" || text.starts_with("đã ") {
        Some(1)
    } else if text == "không" || text == "chưa" || text.starts_with("chưa ") || text.starts_with("không ") {
        Some(0)
    } else {
        None
    }
}

/// Drops a remark in parentheses at the end: "119/119 cơ sở (đạt 100%)".
fn without_parenthesis(text: &str) -> &str {
    match (text.strip_suffix(')'), text.find('(')) {
        (Some(_), Some(open)) if open > 0 => text[..open].trim_end(),
        _ => text,
    }
}

/// `3..4`, `3–4`: two numbers of digits only.
fn range(text: &str) -> Option<(&str, &str)> {
    let (low, high) = text.split_once("..").or_else(|| text.split_once('–')).or_else(|| text.split_once(" đến "))?;
    let (low, high) = (low.trim(), high.trim());
    let is_number = |t: &str| t.starts_with(|c: char| c.is_ascii_digit());
    (is_number(low) && is_number(high)).then_some((low, high))
}

fn between(low: &str, high: &str, expect: &Expect, footnote: Option<String>) -> Result<Cell, NumberError> {
    let (low, high) = (one(low, expect)?, one(high, expect)?);
    if low.value >= high.value {
        return Err(NumberError::Broken);
    }
    Ok(Cell::Number(Reading { max: Some(high.value), footnote, percent_sign: high.percent_sign, ..low }))
}

/// One number with its qualifier, multipliers and unit words.
fn one(text: &str, expect: &Expect) -> Result<Reading, NumberError> {
    let mut rest = text;
    let mut qualifier = Qualifier::Equal;
    loop {
        if let Some(after) = FILLERS.iter().find_map(|f| rest.strip_prefix(f)) {
            rest = after.trim_start();
        } else if let Some((after, q)) = QUALIFIERS.iter().find_map(|(w, q)| rest.strip_prefix(w).map(|r| (r, *q))) {
            rest = after.trim_start();
            qualifier = q;
        } else {
            break;
        }
    }
    let (negative, rest) = match rest.strip_prefix('-') {
        Some(after) => (true, after.trim_start()),
        None => (false, rest),
    };
    let (first, after) = split_digits(rest).ok_or(NumberError::NotANumber)?;
    let mut out = match multiplied(first, after, expect)? {
        Some(sum) => sum,
        None => simple(first, after, expect)?,
    };
    out.qualifier = qualifier;
    if negative {
        out.value = out.value.negate();
    }
    Ok(out)
}

/// A number of digits, a per-cent sign, words of its unit.
fn simple(first: &str, after: &str, expect: &Expect) -> Result<Reading, NumberError> {
    let after = after.trim_start();
    let (percent_sign, unit) = match after.strip_prefix('%') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, after),
    };
    if !is_unit(unit) {
        return Err(NumberError::NotANumber);
    }
    let share = expect.share || percent_sign;
    let whole = expect.whole && !percent_sign;
    if !share && is_two_neighbours(first) {
        // "3,4 ngày" is three or four days to its writer.
        return digits::parse(first, true, false, expect.style).map(|d| reading(d.value, d.decimals));
    }
    let d = digits::parse(first, whole, share, expect.style)?;
    Ok(Reading { percent_sign, style_note: d.note, ..reading(d.value, d.decimals) })
}

/// Whether a text is two neighbouring digits with a comma between: "3,4".
fn is_two_neighbours(text: &str) -> bool {
    matches!(text.as_bytes(), [a, b',', b] if a.is_ascii_digit() && b.is_ascii_digit() && *b == a + 1)
}

/// `18 tỷ 488 triệu đồng`: a sum of falling multiples. `None` where no multiplier follows the first number.
fn multiplied(first: &str, after: &str, expect: &Expect) -> Result<Option<Reading>, NumberError> {
    let Some((mut power, mut rest)) = multiplier(after) else { return Ok(None) };
    let mut sum = scaled(first, power, expect)?;
    while let Some((next, after)) = split_digits(rest.trim_start()) {
        let Some((next_power, after)) = multiplier(after) else { return Err(NumberError::Broken) };
        if next_power >= power {
            return Err(NumberError::Broken);
        }
        sum = sum.checked_add(scaled(next, next_power, expect)?).ok_or(NumberError::TooLarge)?;
        power = next_power;
        rest = after;
    }
    if !is_unit(rest.trim_start()) {
        return Err(NumberError::NotANumber);
    }
    // 16 tỷ 762,5 triệu is a whole number; the decimals of its wording are not its own.
    Ok(Some(reading(sum.normalized(), 0)))
}

fn multiplier(after: &str) -> Option<(u32, &str)> {
    let after = after.trim_start();
    MULTIPLIERS.iter().find_map(|(word, power)| {
        let rest = after.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(' ')).then_some((*power, rest))
    })
}

fn scaled(digits_text: &str, power: u32, expect: &Expect) -> Result<Decimal, NumberError> {
    // Before a multiplier "1.337" can only be thousands and "377,5" only decimals.
    let style = expect.style.unwrap_or(super::Style::Vietnamese);
    let d = digits::parse(digits_text, false, false, Some(style))?;
    let factor = 10i64.pow(power);
    d.value
        .mantissa()
        .checked_mul(factor)
        .map(|m| Decimal::new(m, d.value.scale()))
        .ok_or(NumberError::TooLarge)
}

/// The digits and marks at the beginning of a text, thousands parted by single spaces among them.
fn split_digits(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() {
        let b = bytes[end];
        let is_mark = (b == b'.' || b == b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let is_space = b == b' '
            && bytes.len() >= end + 4
            && bytes[end + 1..end + 4].iter().all(u8::is_ascii_digit)
            && !bytes.get(end + 4).is_some_and(u8::is_ascii_digit)
            && end > 0;
        if b.is_ascii_digit() || is_mark || is_space {
            end += 1;
        } else {
            break;
        }
    }
    (end > 0 && bytes[0].is_ascii_digit()).then(|| text.split_at(end))
}

/// Whether what follows a number are words of its unit: no digits, no signs of a code.
fn is_unit(text: &str) -> bool {
    text.is_empty()
        || (text.starts_with(char::is_alphabetic)
            && text.chars().all(|c| c.is_alphabetic() || c == ' ' || c == ',' || c == '.' || c == '-')
            && text.chars().count() <= 60)
}
