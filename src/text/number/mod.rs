//! Numbers as offices write them, and numbers as pages write them.
//!
//! In: the text of a cell and what its column is known to hold. Out: the number with its qualifier, the two
//! numbers of a fraction, a known absence, or why there is none. Nothing is guessed: a text with two readings is
//! an error that names both. What a number means (its measure, its plausibility) is left to others.
//!
//! A cell goes through `cell` (fractions, ranges; `notes` takes off what stands beside), each of its numbers
//! through `phrase` (qualifiers, units), `multiples` and `digits`; a cell without digits through `wording`.
//! `marks` says what points and commas can mean, `style` weighs those of a whole column.

mod cell;
mod digits;
mod format;
mod marks;
mod multiples;
mod notes;
mod phrase;
mod style;
mod wording;

use crate::decimal::Decimal;

pub use format::{format_en, format_vi};
pub use style::column_style;

/// Which mark stands between thousands and which before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `1.234,5`
    Vietnamese,
    /// `1,234.5`
    English,
}

impl Style {
    /// The mark before decimals.
    fn decimal_mark(self) -> char {
        match self {
            Self::Vietnamese => ',',
            Self::English => '.',
        }
    }
}

/// How exactly a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// Exactly.
    Equal,
    /// More than: "hơn", "trên".
    More,
    /// At least: "tối thiểu", "ít nhất", "trở lên".
    AtLeast,
    /// Less than: "dưới", "chưa đến".
    Less,
    /// At most: "tối đa", "không quá", "trở xuống".
    AtMost,
    /// About: "khoảng", "gần".
    About,
}

impl Qualifier {
    /// Its sign in open data.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::More => ">",
            Self::AtLeast => "≥",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::About => "≈",
        }
    }
}

/// Why a cell holds no number although it is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Absence {
    /// Nothing, a dash, "chưa báo cáo".
    NotReported,
    /// "không áp dụng".
    NotApplicable,
    /// "không phát sinh".
    NoActivity,
}

/// A number as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The number, or the lower end of a range.
    pub value: Decimal,
    /// The upper end of a range.
    pub max: Option<Decimal>,
    /// How exactly it is meant.
    pub qualifier: Qualifier,
    /// Whether a per-cent sign was written.
    pub percent_sign: bool,
    /// Decimals as written; 0 beside a multiplier ("2,5 triệu").
    pub decimals: u8,
    /// The footnote mark after it, as written: `*`, `(1)`.
    pub footnote: Option<String>,
    /// Whether the decimal mark is not the one of the column's style ("25.5%" among "6,12%").
    pub style_note: bool,
}

impl Reading {
    /// An exact number with nothing beside it.
    pub(crate) fn plain(value: Decimal, decimals: u8) -> Self {
        Self {
            value,
            max: None,
            qualifier: Qualifier::Equal,
            percent_sign: false,
            decimals,
            footnote: None,
            style_note: false,
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// One number.
    Number(Reading),
    /// `119/119`: a part and its whole. A footnote stands with the part.
    Fraction {
        /// The part.
        numerator: Reading,
        /// The whole; may be zero.
        denominator: Reading,
    },
    /// No number, and why.
    Absent(Absence),
}

/// Why a cell cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is no number.
    NotANumber,
    /// It has two readings.
    Ambiguous {
        /// Both of them.
        readings: [Decimal; 2],
    },
    /// Its parts do not make one number: "1.354 tỷ 5 đồng".
    Broken,
    /// It has too many digits.
    TooLarge,
}

/// What is known of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expect {
    /// It holds whole numbers, so that no mark can stand before decimals.
    pub whole: bool,
    /// It holds per cent, points or the like: decimals are natural, thousands are not.
    pub share: bool,
    /// Its style, declared or found by evidence.
    pub style: Option<Style>,
    /// It holds yes or no, as 1 or 0.
    pub yes_no: bool,
}

/// Reads a cell.
///
/// White space, letter case and the form of accents do not matter; words of a unit after the number and remarks
/// in parentheses are passed over. A mark with exactly three digits after it is read by the column's style; where
/// that is unknown it is ambiguous, unless only whole numbers are expected.
///
/// # Errors
/// As [`NumberError`] says. A per-cent sign among whole numbers, a date and a code are no numbers; `3,4`, where
/// it may mean "3 or 4", is ambiguous everywhere but in shares.
///
/// # Examples
/// ```
/// use tiendo::text::number::{Cell, Expect, Qualifier, Style, parse_cell};
///
/// let expect = Expect { style: Some(Style::Vietnamese), ..Expect::default() };
/// let Ok(Cell::Number(money)) = parse_cell("trên 1.337 tỷ đồng", &expect) else { unreachable!() };
/// assert_eq!((money.qualifier, money.value.to_plain().as_str()), (Qualifier::More, "1337000000000"));
/// ```
pub fn parse_cell(text: &str, expect: &Expect) -> Result<Cell, NumberError> {
    let is_plain = (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_plain && !text.starts_with('0') && !expect.yes_no {
        // Nearly every cell of a large table; the way below gives the same.
        return text
            .parse()
            .map(|n| Cell::Number(Reading::plain(Decimal::from_int(n), 0)))
            .map_err(|_| NumberError::TooLarge);
    }
    let text = cell::tidy(text);
    if text.bytes().any(|b| b.is_ascii_digit()) {
        cell::parse(&text, *expect)
    } else {
        wording::parse(&text, *expect)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STYLES: [Option<Style>; 3] = [None, Some(Style::Vietnamese), Some(Style::English)];

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}", whole: bool, share: bool, yes_no: bool) {
            for style in STYLES {
                let _ = parse_cell(&text, &Expect { whole, share, style, yes_no });
            }
            let _ = column_style([text.as_str()].into_iter(), whole);
        }

        #[test]
        fn number_like_text_does_not_panic(
            text in "(hơn |từ |đạt |-)?[0-9.,/%*() \u{a0}–-]{0,30}(tỷ|triệu|nghìn tỷ|%| hồ sơ)?[0-9., ]{0,9}( trở lên|\\([0-9]\\)|\\*)?"
        ) {
            for style in STYLES {
                let _ = parse_cell(&text, &Expect { style, ..Expect::default() });
                let _ = parse_cell(&text, &Expect { style, whole: true, ..Expect::default() });
            }
            let _ = column_style([text.as_str(), "1.234"].into_iter(), false);
        }

        #[test]
        fn a_whole_number_is_read_back(n in any::<i64>().prop_map(|n| n >> (n & 63))) {
            let n = Decimal::from_int(n);
            let vietnamese = Expect { whole: true, style: Some(Style::Vietnamese), ..Expect::default() };
            let english = Expect { style: Some(Style::English), ..vietnamese };
            for (text, expect) in [(format_vi(n), vietnamese), (format_en(n), english), (n.to_plain(), vietnamese)] {
                prop_assert_eq!(parse_cell(&text, &expect), Ok(Cell::Number(Reading::plain(n, 0))), "{}", text);
            }
        }

        #[test]
        fn a_share_is_read_back(m in 0i64..1_000_000, s in 0u8..=3, negative: bool) {
            // From 1.000 % on the text is ambiguous.
            let m = m % 10_i64.pow(3 + u32::from(s));
            let n = Decimal::new(if negative { -m } else { m }, s);
            let expect = Expect { share: true, style: Some(Style::Vietnamese), ..Expect::default() };
            prop_assert_eq!(parse_cell(&format_vi(n), &expect), Ok(Cell::Number(Reading::plain(n, s))));
        }
    }
}
