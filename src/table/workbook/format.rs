//! Number formats of cells, and the figure that a stored number stands for.
//!
//! Spreadsheets store binary numbers and show them by a format. What is read is the decimal that was meant: fifteen
//! significant digits as Excel itself rounds (0.30000000000000004 is `0.3`), a percentage by moving the point, a date as
//! ISO text.

use crate::table::grid::CellType;
use crate::text::date::Date;

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// No format of its own.
    #[default]
    General,
    /// So many decimals.
    Number(u8),
    /// A percentage with so many decimals.
    Percent(u8),
    /// A day, perhaps with the time.
    Date,
    /// A time of day or a span of time.
    Time,
}

impl Format {
    /// The format with a number of its own in both XLSX and XLS (ECMA-376, part 1, 18.8.30).
    pub(super) fn built_in(id: u32) -> Self {
        match id {
            1 | 3 | 37 | 38 => Self::Number(0),
            2 | 4 | 39 | 40 => Self::Number(2),
            9 => Self::Percent(0),
            10 => Self::Percent(2),
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Date,
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::Time,
            _ => Self::General,
        }
    }

    /// The format written as `code`, by its first section.
    pub(super) fn of_code(code: &str) -> Self {
        let (signs, has_elapsed) = signs(code);
        let is = |letters: [char; 2]| signs.contains(letters);
        if signs.eq_ignore_ascii_case("general") || signs.is_empty() {
            return Self::General;
        }
        if signs.contains('%') {
            return Self::Percent(decimals(&signs));
        }
        let digits = signs.contains(['#', '?']) || signs.trim_start_matches('0').is_empty();
        if !digits {
            if is(['y', 'Y']) || is(['d', 'D']) {
                return Self::Date;
            }
            if has_elapsed || is(['h', 'H']) || is(['s', 'S']) {
                return Self::Time;
            }
            if is(['m', 'M']) {
                return Self::Date;
            }
        }
        if signs.contains(['0', '#', '?']) {
            Self::Number(decimals(&signs))
        } else {
            Self::General
        }
    }
}

/// The signs of the first section without quoted text, fillers, colours and locales; and whether it has `[h]`, `[m]`
/// or `[s]`.
fn signs(code: &str) -> (String, bool) {
    let (mut out, mut elapsed) = (String::new(), false);
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => drop(rest.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let is_time = |c: char| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S');
                elapsed |= !inside.is_empty() && inside.chars().all(is_time);
            }
            _ if c.is_whitespace() => {}
            _ => out.push(c),
        }
    }
    (out, elapsed)
}

fn decimals(signs: &str) -> u8 {
    let after = signs.split_once('.').map_or("", |(_, after)| after);
    let count = after
        .chars()
        .take_while(|c| matches!(c, '0' | '#' | '?'))
        .count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// The text and type of a cell that holds `value`; nothing for what is no number.
pub(super) fn figure(value: f64, format: Format, is_1904: bool) -> Option<(String, CellType)> {
    if !value.is_finite() {
        return None;
    }
    let digits = Digits::of(value);
    Some(match format {
        Format::General | Format::Number(0) => (digits.shown(None), CellType::Number),
        Format::Number(decimals) => (digits.shown(Some(decimals)), CellType::Number),
        Format::Percent(decimals) => (digits.times_100().shown(Some(decimals)), CellType::Percent),
        Format::Date => match moment(value, is_1904) {
            Some(text) => (text, CellType::Date),
            None => (digits.shown(None), CellType::Number),
        },
        Format::Time => match time(value) {
            Some(text) => (text, CellType::Text),
            None => (digits.shown(None), CellType::Number),
        },
    })
}

/// Digits beyond which a number was computed, not typed: nobody writes thirteen significant digits with decimals.
const TYPED_DIGITS: usize = 12;

/// A number as fifteen significant decimal digits: 0.d₁d₂… times ten to the power of `point`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Digits {
    is_negative: bool,
    significant: Vec<u8>,
    point: i32,
}

impl Digits {
    fn of(value: f64) -> Self {
        let text = format!("{:.14e}", value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mut digits: Vec<u8> = mantissa
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|b| b - b'0')
            .collect();
        let point = exponent.parse::<i32>().unwrap_or(0) + 1;
        trim(&mut digits);
        Self {
            is_negative: value < 0.0,
            significant: digits,
            point,
        }
    }

    fn times_100(mut self) -> Self {
        self.point += 2;
        self
    }

    /// The plain decimal. A number that was computed (of more digits than anybody types) is what its cell shows: with
    /// the decimals of its format, else as many as fit into the eleven characters of a cell without one. So a ratio
    /// reads `33.33` and not `33.3333333333333`, of which the last digits are an accident of the machine.
    fn shown(self, decimals: Option<u8>) -> String {
        let length = i32::try_from(self.significant.len()).unwrap_or(0);
        if self.significant.len() > TYPED_DIGITS && length > self.point {
            let places = decimals.map_or(10 - self.point.max(1), i32::from).max(0);
            let rounded = self.clone().rounded(places);
            if !rounded.significant.is_empty() {
                // The zeros of a format say how exact the figure is.
                return rounded.plain(if decimals.is_some() { places } else { 0 });
            }
        }
        self.plain(0)
    }

    /// Rounds half away from zero to `decimals` places.
    fn rounded(mut self, decimals: i32) -> Self {
        let Ok(keep) = usize::try_from(self.point + decimals) else {
            self.significant.clear();
            return self;
        };
        let up = self.significant.get(keep).is_some_and(|d| *d >= 5);
        self.significant.truncate(keep);
        if up {
            let nines = self
                .significant
                .iter()
                .rev()
                .take_while(|d| **d == 9)
                .count();
            self.significant.truncate(self.significant.len() - nines);
            if let Some(last) = self.significant.last_mut() {
                *last += 1;
            } else {
                self.significant.push(1);
                self.point += 1;
            }
        }
        trim(&mut self.significant);
        self
    }

    /// The text, with at least so many decimals.
    fn plain(&self, decimals: i32) -> String {
        if self.significant.is_empty() {
            return String::from("0");
        }
        let digit = |at: i32| {
            let found = usize::try_from(at)
                .ok()
                .and_then(|at| self.significant.get(at));
            char::from(b'0' + found.copied().unwrap_or(0))
        };
        let last = i32::try_from(self.significant.len())
            .unwrap_or(0)
            .max(self.point + decimals);
        let sign = if self.is_negative { "-" } else { "" };
        let whole: String = if self.point > 0 {
            (0..self.point).map(digit).collect()
        } else {
            String::from("0")
        };
        let fraction: String = (self.point..last).map(digit).collect();
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }
}

/// Takes away zeros at the end, which say nothing: the point does not move.
fn trim(digits: &mut Vec<u8>) {
    while digits.last() == Some(&0) {
        digits.pop();
    }
}

const DAY_SECONDS: f64 = 86_400.0;

/// A serial date as ISO text, with the time if there is one. Days 0 and 60 of the 1900 system do not exist.
fn moment(serial: f64, is_1904: bool) -> Option<String> {
    let seconds = (serial * DAY_SECONDS).round();
    if !(0.0..2_958_466.0 * DAY_SECONDS).contains(&seconds) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "within range, as checked above"
    )]
    let (days, rest) = (
        (seconds / DAY_SECONDS).floor() as i64,
        (seconds % DAY_SECONDS) as i64,
    );
    // 1970-01-01 is day 25,569 of the 1900 system, which counts the 29 February 1900 that never was.
    let date = match (is_1904, days) {
        (true, _) => Date::from_days(days - 24_107)?,
        (false, 61..) => Date::from_days(days - 25_569)?,
        (false, 1..=59) => Date::from_days(days - 25_568)?,
        _ => return None,
    };
    Some(if rest == 0 {
        date.to_iso()
    } else {
        format!("{}T{}", date.to_iso(), clock(rest))
    })
}

/// A part of a day, or a span of days, as hours, minutes and seconds.
fn time(serial: f64) -> Option<String> {
    let seconds = (serial * DAY_SECONDS).round();
    #[expect(clippy::cast_possible_truncation, reason = "within range, as checked")]
    (0.0..1e12)
        .contains(&seconds)
        .then(|| clock(seconds as i64))
}

fn clock(seconds: i64) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: f64, format: Format, text: &str) {
        let found = figure(value, format, false).map(|(t, _)| t);
        assert_eq!(found.as_deref(), Some(text), "{value} {format:?}");
    }

    #[test]
    fn codes_are_told_apart() {
        for (code, format) in [
            ("General", Format::General),
            ("0.00%", Format::Percent(2)),
            ("0%", Format::Percent(0)),
            ("#,##0", Format::Number(0)),
            ("#,##0.0\\ \"%\"", Format::Number(1)),
            ("[$-42A]dd/mm/yyyy;@", Format::Date),
            ("dd/mm/yyyy\\ hh:mm", Format::Date),
            ("mmm", Format::Date),
            ("[h]:mm:ss", Format::Time),
            ("mm:ss.0", Format::Time),
            ("0.00E+00", Format::Number(2)),
            ("\"ngày\" 0", Format::Number(0)),
            ("_-* #,##0.00\\ _₫_-;-* #,##0.00\\ _₫_-", Format::Number(2)),
            ("[Red]0.0", Format::Number(1)),
            ("@", Format::General),
            ("", Format::General),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
    }

    #[test]
    fn noise_of_binary_numbers_is_rounded_away() {
        check(0.1 + 0.2, Format::General, "0.3");
        check(78.38_f64.next_down(), Format::General, "78.38");
        check(184_513.0, Format::General, "184513");
        check(-0.05, Format::General, "-0.05");
        check(0.0, Format::General, "0");
        check(-0.0, Format::General, "0");
        check(1e20, Format::General, "100000000000000000000");
        check(1.5e-7, Format::General, "0.00000015");
        check(123_456_789_012_345.0, Format::General, "123456789012345");
    }

    #[test]
    fn a_percentage_moves_the_point() {
        check(0.783_8_f64.next_up(), Format::Percent(2), "78.38");
        check(0.7838, Format::Percent(0), "78.38");
        check(1.0, Format::Percent(0), "100");
        check(0.07, Format::Percent(1), "7");
        check(1.1, Format::Percent(0), "110");
        check(0.000_2, Format::Percent(2), "0.02");
    }

    #[test]
    fn what_was_computed_is_what_the_cell_shows() {
        check(1.0 / 3.0, Format::Percent(2), "33.33");
        check(2.0 / 3.0, Format::Percent(0), "67");
        check(2.0 / 3.0, Format::General, "0.666666667");
        check(200.0 / 3.0, Format::General, "66.66666667");
        check(200.0 / 3.0, Format::Number(1), "66.7");
        check(15.346_358_792_184_73, Format::Number(2), "15.35");
        check(16.996_871_741_397_3, Format::Number(2), "17.00");
        check(9.999_999_999_999_9, Format::Number(2), "10.00");
        check(
            1e-12 / 3.0,
            Format::General,
            "0.000000000000333333333333333",
        );
    }

    #[test]
    fn both_systems_of_dates_are_known() {
        check(46_266.0, Format::Date, "2026-09-01");
        check(46_266.354_166_666_664, Format::Date, "2026-09-01T08:30:00");
        check(1.0, Format::Date, "1900-01-01");
        check(59.0, Format::Date, "1900-02-28");
        check(60.0, Format::Date, "60");
        check(61.0, Format::Date, "1900-03-01");
        check(-5.0, Format::Date, "-5");
        check(1e300, Format::Date, &format!("1{}", "0".repeat(300)));
        check(1.5, Format::Time, "36:00:00");
        let mac = figure(44_804.0, Format::Date, true);
        assert_eq!(mac, Some((String::from("2026-09-01"), CellType::Date)));
        assert_eq!(figure(f64::NAN, Format::Date, true), None);
    }
}
