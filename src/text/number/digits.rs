//! Digits with marks between them: `2.035`, `99,9`, `1 234 567`.

use super::marks::{Marks, marks};
use super::{Expect, NumberError};
use crate::decimal::Decimal;

/// A number of digits and marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) value: Decimal,
    /// The decimal mark is not the one of the style.
    pub(super) style_note: bool,
}

/// Takes the number at the beginning of a text: digits, marks with a digit after them, and spaces between
/// thousands. A no-break space parts thousands wherever three digits follow; a plain one only where it does so
/// twice, since `11 422` may be two numbers.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut end = 0;
    while let Some(c) = text[end..].chars().next() {
        let after = &text[end + c.len_utf8()..];
        let taken = match c {
            '0'..='9' => true,
            '.' | ',' => after.starts_with(|c: char| c.is_ascii_digit()),
            '\u{a0}' => group(after).is_some(),
            ' ' => is_plain_group(after, text[..end].contains(' ')),
            _ => false,
        };
        if !taken {
            break;
        }
        end += c.len_utf8();
    }
    Some(text.split_at(end))
}

/// What follows the three digits at the beginning of a text; `None` where there are fewer or more.
fn group(text: &str) -> Option<&str> {
    let (digits, rest) = text.split_at_checked(3)?;
    let fits = digits.bytes().all(|b| b.is_ascii_digit())
        && !rest.starts_with(|c: char| c.is_ascii_digit());
    fits.then_some(rest)
}

fn is_plain_group(after: &str, is_later: bool) -> bool {
    let next = |rest: &str| rest.strip_prefix(' ').and_then(group).is_some();
    group(after).is_some_and(|rest| is_later || next(rest))
}

/// Reads what [`split`] took.
pub(super) fn parse(text: &str, expect: Expect) -> Result<Digits, NumberError> {
    let has_spaces = text.contains(char::is_whitespace);
    let text = &if has_spaces {
        without_spaces(text)?
    } else {
        text.to_owned()
    };
    let marks = if has_spaces {
        marks_after_spaces(text)
    } else {
        marks(text)
    }
    .ok_or(NumberError::NotANumber)?;
    let as_whole = || {
        plain(text, None).map(|value| Digits {
            value,
            style_note: false,
        })
    };
    let with_decimals = |mark: char| {
        let style_note = expect.style.is_some_and(|s| s.decimal_mark() != mark);
        plain(text, Some(mark)).map(|value| Digits { value, style_note })
    };
    let both_ways = |mark: char| match (as_whole(), with_decimals(mark)) {
        (Ok(a), Ok(b)) => Err(NumberError::Ambiguous {
            readings: [a.value, b.value],
        }),
        (Err(e), _) | (_, Err(e)) => Err(e),
    };
    match marks {
        Marks::None | Marks::Thousands(_) => as_whole(),
        Marks::Decimal(mark) | Marks::Both(mark) if expect.whole => both_ways(mark),
        Marks::Decimal(mark) | Marks::Both(mark) => with_decimals(mark),
        Marks::Either(mark) | Marks::Odd(mark) => {
            let is_decimal = expect.style.map(|s| s.decimal_mark() == mark);
            match is_decimal {
                Some(true) if !expect.whole => with_decimals(mark),
                // No share has thousands, and four digits before a mark are not grouped at all.
                Some(false) if !expect.share && marks == Marks::Either(mark) => as_whole(),
                None if expect.whole && marks == Marks::Either(mark) => as_whole(),
                _ => both_ways(mark),
            }
        }
    }
}

/// `1 234 567` → `1234567`.
fn without_spaces(text: &str) -> Result<String, NumberError> {
    let groups: Vec<&str> = text.split(char::is_whitespace).collect();
    let last = groups.len() - 1;
    let fits = groups.iter().enumerate().all(|(i, g)| {
        let whole = if i == last {
            g.split([',', '.']).next().unwrap_or_default()
        } else {
            g
        };
        let length = if i == 0 {
            (1..=3).contains(&whole.len()) && !whole.starts_with('0')
        } else {
            whole.len() == 3
        };
        length && whole.bytes().all(|b| b.is_ascii_digit())
    });
    if fits {
        Ok(groups.concat())
    } else {
        Err(NumberError::NotANumber)
    }
}

/// Where spaces part the thousands, one mark can only stand before decimals.
fn marks_after_spaces(text: &str) -> Option<Marks> {
    match marks(text)? {
        Marks::None => Some(Marks::None),
        Marks::Either(mark) | Marks::Odd(mark) | Marks::Decimal(mark) => Some(Marks::Decimal(mark)),
        Marks::Thousands(_) | Marks::Both(_) => None,
    }
}

/// The digits, with `decimal` before the decimals and all other marks dropped.
fn plain(text: &str, decimal: Option<char>) -> Result<Decimal, NumberError> {
    let kept = text
        .chars()
        .filter(|c| c.is_ascii_digit() || Some(*c) == decimal);
    let digits: String = kept
        .map(|c| if c.is_ascii_digit() { c } else { '.' })
        .collect();
    Decimal::parse_plain(&digits).ok_or(NumberError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::number::Style;

    const OPEN: Expect = Expect {
        whole: false,
        share: false,
        style: None,
        yes_no: false,
    };
    const VI: Expect = Expect {
        style: Some(Style::Vietnamese),
        ..OPEN
    };
    const EN: Expect = Expect {
        style: Some(Style::English),
        ..OPEN
    };

    fn check(expect: Expect, cases: &[(&str, &str)]) {
        for (text, wanted) in cases {
            let found = match parse(text, expect) {
                Ok(d) => format!("{}{}", d.value, if d.style_note { " note" } else { "" }),
                Err(NumberError::Ambiguous { readings: [a, b] }) => format!("{a} | {b}"),
                Err(e) => format!("{e:?}"),
            };
            assert_eq!(found, *wanted, "{text} as {expect:?}");
        }
    }

    #[test]
    fn an_undecided_style_asks_where_both_fit() {
        check(
            OPEN,
            &[
                ("1.234", "1234 | 1.234"),
                ("1,234", "1234 | 1.234"),
                ("1.234.567", "1234567"),
                ("1.234,5", "1234.5"),
                ("1,234.5", "1234.5"),
                ("12,5", "12.5"),
                ("0.125", "0.125"),
                ("1.2.3", "NotANumber"),
                ("1.234,567.8", "NotANumber"),
                ("0.234.567", "NotANumber"),
            ],
        );
    }

    #[test]
    fn a_decided_style_reads_its_marks() {
        check(
            VI,
            &[
                ("1.234", "1234"),
                ("1,234", "1.234"),
                ("25.5", "25.5 note"),
                ("1234,567", "1234.567"),
            ],
        );
        check(
            VI,
            &[
                ("1234.567", "1234567 | 1234.567"),
                ("1,234.5", "1234.5 note"),
            ],
        );
        check(
            EN,
            &[("1,234", "1234"), ("1.234", "1.234"), ("25,5", "25.5 note")],
        );
    }

    #[test]
    fn whole_numbers_have_no_decimals() {
        let whole = Expect {
            whole: true,
            ..OPEN
        };
        check(
            whole,
            &[
                ("1.234", "1234"),
                ("1,234", "1234"),
                ("12,5", "125 | 12.5"),
                ("1.234,5", "12345 | 1234.5"),
            ],
        );
        check(
            Expect { whole: true, ..VI },
            &[("1.234", "1234"), ("1,234", "1234 | 1.234")],
        );
    }

    #[test]
    fn shares_have_no_thousands() {
        check(
            Expect { share: true, ..VI },
            &[
                ("1.250", "1250 | 1.250"),
                ("1,250", "1.250"),
                ("98,51", "98.51"),
            ],
        );
    }

    #[test]
    fn zeros_in_front_are_decimal_or_a_code() {
        check(
            VI,
            &[
                ("02", "2"),
                ("007", "7"),
                ("00012", "NotANumber"),
                ("0,02", "0.02"),
                ("000", "0"),
            ],
        );
    }

    #[test]
    fn spaces_part_thousands() {
        check(
            VI,
            &[
                ("1\u{a0}234", "1234"),
                ("1 234 567", "1234567"),
                ("1\u{a0}234,567", "1234.567"),
            ],
        );
        assert_eq!(split("1\u{a0}234 hồ sơ"), Some(("1\u{a0}234", " hồ sơ")));
        assert_eq!(split("1 234 567 hồ sơ"), Some(("1 234 567", " hồ sơ")));
        assert_eq!(split("11 422"), Some(("11", " 422")));
        assert_eq!(split("2.035."), Some(("2.035", ".")));
        assert_eq!(split("x1"), None);
    }

    #[test]
    fn too_many_digits_are_an_error() {
        check(
            VI,
            &[
                ("99999999999999999999", "TooLarge"),
                ("1,1234567890123456789", "TooLarge"),
            ],
        );
    }
}
