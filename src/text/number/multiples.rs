//! Numbers with multipliers: "2 nghìn", "18 tỷ 488 triệu", "1,3 nghìn tỷ".

use super::{Expect, NumberError, Reading, Style, digits, phrase};
use crate::decimal::Decimal;

/// Words that multiply the number before them, as powers of ten.
const MULTIPLIERS: [(&str, u32); 10] = [
    ("tỷ", 9),
    ("tỉ", 9),
    ("triệu", 6),
    ("tr", 6),
    ("nghìn", 3),
    ("ngàn", 3),
    ("vạn", 4),
    ("trăm", 2),
    ("chục", 1),
    ("mươi", 1),
];

/// Whether a cell has a number with a multiplier beside it.
pub(super) fn has_multiplier(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| MULTIPLIERS.iter().any(|(m, _)| *m == word))
}

/// The multiplier at the beginning of a text, as a power of ten, several words taken together ("nghìn tỷ").
pub(super) fn multiplier(text: &str) -> Option<(u32, &str)> {
    let (mut power, mut rest) = (0, text);
    while let Some((factor, after)) = multiplier_word(rest) {
        power += factor;
        rest = after;
    }
    (1..=15).contains(&power).then_some((power, rest))
}

/// `18 tỷ 488 triệu đồng`: a sum of falling multiples, each smaller than the last multiplier.
pub(super) fn multiplied(
    first: &str,
    power: u32,
    after: &str,
    expect: Expect,
) -> Result<Reading, NumberError> {
    let (mut sum, mut style_note) = scaled(first, power, expect)?;
    let (mut power, mut rest) = (power, after);
    while let Some((next, after)) = digits::split(rest.trim_start()) {
        let (next_power, after) = multiplier(after).ok_or(NumberError::Broken)?;
        let (value, note) = scaled(next, next_power, expect)?;
        if next_power >= power || value >= Decimal::from_int(10_i64.pow(power)) {
            return Err(NumberError::Broken);
        }
        sum = sum.checked_add(value).ok_or(NumberError::TooLarge)?;
        (power, rest, style_note) = (next_power, after, style_note || note);
    }
    phrase::check_unit(rest)?;
    let value = if sum.is_integer() {
        sum.round(0)
    } else {
        sum.normalized()
    };
    Ok(Reading {
        style_note,
        ..Reading::plain(value, 0)
    })
}

pub(super) fn multiplier_word(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    MULTIPLIERS.iter().find_map(|(word, power)| {
        let rest = text.strip_prefix(word)?;
        (!rest.starts_with(char::is_alphanumeric)).then_some((*power, rest))
    })
}

/// The value of digits before a multiplier, and whether their decimal mark is foreign to the style.
fn scaled(text: &str, power: u32, expect: Expect) -> Result<(Decimal, bool), NumberError> {
    // Where no style is known, "1.337 tỷ" are thousands and "377,5 triệu" decimals: the words are Vietnamese.
    let style = Some(expect.style.unwrap_or(Style::Vietnamese));
    let number = digits::parse(
        text,
        Expect {
            style,
            ..Expect::default()
        },
    )?;
    let value = number.value.normalized();
    let mantissa = value
        .mantissa()
        .checked_mul(10_i64.pow(power))
        .ok_or(NumberError::TooLarge)?;
    Ok((Decimal::new(mantissa, value.scale()), number.style_note))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str)]) {
        let expect = Expect {
            style: Some(Style::Vietnamese),
            ..Expect::default()
        };
        for (text, wanted) in cases {
            let found = match phrase::parse(text, expect) {
                Ok(r) => format!("{}{}", r.value, if r.style_note { " note" } else { "" }),
                Err(e) => format!("{e:?}"),
            };
            assert_eq!(found, *wanted, "{text}");
        }
    }

    #[test]
    fn money_of_the_reports() {
        check(&[
            ("18 tỷ 488 triệu đồng", "18488000000"),
            ("31 tỷ 377,5 triệu đồng", "31377500000"),
            ("16 tỷ 762,5 triệu đồng", "16762500000"),
            ("trên 1.337 tỷ đồng", "1337000000000"),
            ("1,3 nghìn tỷ đồng", "1300000000000"),
            ("2.5 triệu", "2500000 note"),
            ("488 tr", "488000000"),
            ("3,4 triệu", "3400000"),
        ]);
    }

    #[test]
    fn broken_sums_are_not_repaired() {
        check(&[
            ("trên 1.354 tỷ 5 đồng", "Broken"),
            ("5 triệu 2 tỷ", "Broken"),
            ("18 tỷ 4880 triệu", "Broken"),
            ("5 tỷ rưỡi", "Broken"),
            ("9999999999 tỷ", "TooLarge"),
        ]);
    }
}
