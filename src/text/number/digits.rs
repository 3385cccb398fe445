//! Digits with marks between them: `2.035`, `99,9`, `1 234 567`.

use super::{NumberError, Style};
use crate::decimal::Decimal;

/// A number of digits and marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) value: Decimal,
    pub(super) decimals: u8,
    /// The decimal mark is not the one of the style.
    pub(super) note: bool,
}

/// What marks a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// Digits only.
    None,
    /// Groups of three between marks of one kind, and more than one mark.
    Thousands(char),
    /// One mark with exactly three digits after it, and one to three, not just a zero, before.
    Either(char),
    /// One mark that can only stand before decimals.
    Decimal(char),
    /// Groups of three, then a mark of the other kind before decimals.
    Both { decimal: char },
}

/// Reads digits with marks.
pub(super) fn parse(text: &str, whole: bool, share: bool, style: Option<Style>) -> Result<Digits, NumberError> {
    let text: String = spaces_between_thousands(text)?;
    let marks = marks(&text).ok_or(NumberError::NotANumber)?;
    let decimal_mark = |s: Style| if s == Style::Vietnamese { ',' } else { '.' };
    match marks {
        Marks::None | Marks::Thousands(_) => plain(&text, None, false),
        Marks::Both { decimal } => {
            let note = style.is_some_and(|s| decimal_mark(s) != decimal);
            let read = plain(&text, Some(decimal), note)?;
            if whole { Err(ambiguous(&text, decimal)?) } else { Ok(read) }
        }
        Marks::Decimal(mark) if whole => Err(ambiguous(&text, mark)?),
        Marks::Decimal(mark) => plain(&text, Some(mark), style.is_some_and(|s| decimal_mark(s) != mark)),
        Marks::Either(mark) => {
            let as_thousands = style.is_some_and(|s| decimal_mark(s) != mark);
            match style {
                // A whole number has no decimals, but a mark foreign to the declared style asks.
                Some(_) if whole && as_thousands => plain(&text, None, false),
                None if whole => plain(&text, None, false),
                Some(_) if !whole && !share && as_thousands => plain(&text, None, false),
                Some(_) if !whole && !as_thousands => plain(&text, Some(mark), false),
                _ => Err(NumberError::Ambiguous {
                    readings: [plain(&text, None, false)?.value, plain(&text, Some(mark), false)?.value],
                }),
            }
        }
    }
}

/// `1 234 567` → `1234567`; any other inner space makes it no number.
fn spaces_between_thousands(text: &str) -> Result<String, NumberError> {
    if !text.contains(char::is_whitespace) {
        return Ok(text.to_owned());
    }
    let groups: Vec<&str> = text.split(char::is_whitespace).collect();
    let digits = |g: &str| g.bytes().all(|b| b.is_ascii_digit());
    let (first, rest) = groups.split_first().ok_or(NumberError::NotANumber)?;
    let (last, middle) = rest.split_last().ok_or(NumberError::NotANumber)?;
    let last_whole = last.split([',', '.']).next().unwrap_or_default();
    let fits = (1..=3).contains(&first.len())
        && digits(first)
        && middle.iter().all(|g| g.len() == 3 && digits(g))
        && last_whole.len() == 3;
    if fits { Ok(groups.concat()) } else { Err(NumberError::NotANumber) }
}

fn marks(text: &str) -> Option<Marks> {
    let starts_and_ends_in_digits = text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit());
    if !starts_and_ends_in_digits || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
        return None;
    }
    let dots = text.bytes().filter(|b| *b == b'.').count();
    let commas = text.bytes().filter(|b| *b == b',').count();
    match (dots, commas) {
        (0, 0) => Some(Marks::None),
        (1, 0) | (0, 1) => {
            let mark = if dots == 1 { '.' } else { ',' };
            let (before, after) = text.split_once(mark)?;
            let either = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
            Some(if either { Marks::Either(mark) } else { Marks::Decimal(mark) })
        }
        (_, 0) | (0, _) => {
            let mark = if commas == 0 { '.' } else { ',' };
            grouped(text, mark).then_some(Marks::Thousands(mark))
        }
        (_, 1) => {
            let (whole, _) = text.split_once(',')?;
            grouped(whole, '.').then_some(Marks::Both { decimal: ',' })
        }
        (1, _) => {
            let (whole, _) = text.split_once('.')?;
            grouped(whole, ',').then_some(Marks::Both { decimal: '.' })
        }
        _ => None,
    }
    .filter(|m| !matches!(m, Marks::Both { decimal } if text.rsplit_once(*decimal).is_some_and(|(_, f)| f.contains(['.', ',']))))
}

/// Whether a text is groups of three digits after a first group of one to three.
fn grouped(text: &str, mark: char) -> bool {
    let mut groups = text.split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))
}

/// The digits, with `decimal` before the decimals and all other marks dropped.
fn plain(text: &str, decimal: Option<char>, note: bool) -> Result<Digits, NumberError> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if Some(c) == decimal {
            out.push('.');
        } else if c.is_ascii_digit() {
            out.push(c);
        }
    }
    let value = Decimal::parse_plain(&out).ok_or(NumberError::TooLarge)?;
    Ok(Digits { value, decimals: value.scale(), note })
}

/// A number with decimals where only whole ones are expected: as written, or with the mark overlooked.
fn ambiguous(text: &str, decimal: char) -> Result<NumberError, NumberError> {
    Ok(NumberError::Ambiguous {
        readings: [plain(text, Some(decimal), false)?.value, plain(text, None, false)?.value],
    })
}

/// Decides the style of a column by the evidence of all its cells.
///
/// `None` where no cell has a mark that tells. With `whole`, any mark stands between thousands.
///
/// # Errors
/// The position of the first cell that has two readings, if no other cell decides between them or others
/// contradict each other.
pub fn column_style<'a>(
    cells: impl Iterator<Item = &'a str>,
    whole: bool,
) -> Result<Option<Style>, (usize, NumberError)> {
    let (mut vietnamese, mut english) = (false, false);
    let mut open: Option<(usize, String)> = None;
    for (i, cell) in cells.enumerate() {
        for token in cell.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')) {
            let token = token.trim_matches(['.', ',']);
            // A mark between thousands tells the style; so does one before decimals.
            let by_thousands = |mark: char| if mark == '.' { Style::Vietnamese } else { Style::English };
            let found = match marks(token) {
                Some(Marks::Thousands(mark)) => Some(by_thousands(mark)),
                Some(Marks::Both { decimal }) => Some(by_thousands(if decimal == ',' { '.' } else { ',' })),
                Some(Marks::Decimal(mark)) => Some(by_thousands(if mark == ',' { '.' } else { ',' })),
                Some(Marks::Either(mark)) if whole => Some(by_thousands(mark)),
                Some(Marks::Either(_)) => {
                    open.get_or_insert((i, token.to_owned()));
                    None
                }
                _ => None,
            };
            vietnamese |= found == Some(Style::Vietnamese);
            english |= found == Some(Style::English);
        }
    }
    match (vietnamese, english, open) {
        (true, false, _) => Ok(Some(Style::Vietnamese)),
        (false, true, _) => Ok(Some(Style::English)),
        (_, _, None) => Ok(None),
        (_, _, Some((i, token))) => Err((i, parse(&token, false, false, None).err().unwrap_or(NumberError::NotANumber))),
    }
}
