//! Days of the calendar. Vietnamese documents write day, month, year, always in this order.

use std::ops::RangeInclusive;

use super::normal::fold;

pub use super::deadline::{Deadline, DeadlineKind, parse_deadline};

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It has the form of a day, but there is no such day.
    Impossible,
    /// It does not have the form of a day.
    NotADate,
}

impl Date {
    /// A day long after every period, for what is still open.
    pub const LATE: Self = Self {
        year: 2100,
        month: 1,
        day: 1,
    };

    /// The day, if it exists.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let fits = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=last_day_of_month(year, month)).contains(&day);
        fits.then_some(Self { year, month, day })
    }

    /// The day of a text `2024-09-30` and nothing else.
    pub fn parse_iso(text: &str) -> Option<Self> {
        if text.len() != 10 {
            return None;
        }
        day_of(iso_parts(text)?).ok()
    }

    /// `2024-09-30`.
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `30/9/2024`, as pages write it.
    pub fn format_vi(self) -> String {
        format!("{}/{}/{}", self.day, self.month, self.year)
    }

    /// `30 September 2024`, in English.
    pub fn format_en(self) -> String {
        let month = ENGLISH_MONTHS[usize::from(self.month.clamp(1, 12)) - 1];
        format!("{} {month} {}", self.day, self.year)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January 1970; negative before.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    pub fn days_since_epoch(self) -> i64 {
        let (m, d) = (i64::from(self.month), i64::from(self.day));
        let y = i64::from(self.year) - i64::from(m <= 2);
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        era * 146_097 + doe - 719_468
    }

    /// The day of that many days since 1 January 1970; `None` outside the years 1 to 9999.
    ///
    /// Source: as [`Date::days_since_epoch`], `civil_from_days`.
    pub fn from_days(days: i64) -> Option<Self> {
        let z = days.checked_add(719_468)?;
        let era = z.div_euclid(146_097);
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        Self::new(
            u16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    /// The day `days` later (or earlier); `None` outside the years 1 to 9999.
    pub fn add_days(self, days: i64) -> Option<Self> {
        Self::from_days(self.days_since_epoch().checked_add(days)?)
    }

    /// The same day `months` later (or earlier), or the last of that month where it has no such day; `None`
    /// outside the years 1 to 9999.
    pub fn add_months(self, months: i32) -> Option<Self> {
        let count = i64::from(self.year) * 12 + i64::from(self.month) - 1 + i64::from(months);
        let year = u16::try_from(count.div_euclid(12)).ok()?;
        let month = u8::try_from(count.rem_euclid(12) + 1).ok()?;
        Self::new(year, month, self.day.min(last_day_of_month(year, month)))
    }
}

/// Returns the last day of a month; 31 where the month does not exist.
pub fn last_day_of_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// Reads a day: `7/2/2024`, `07-02-2024`, `ngày 07 tháng 02 năm 2024`, or `2024-02-07`. Day, month, year always,
/// except in the ISO form; a time of day after that form, as workbooks add it, is passed over.
///
/// # Errors
/// `Impossible` for `30/02/2023` and its like, `NotADate` for anything else.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    if let Some(parts) = iso_parts(text) {
        return day_of(parts);
    }
    let folded = fold(text);
    let words: Vec<&str> = folded
        .strip_prefix("ngay ")
        .unwrap_or(&folded)
        .split(' ')
        .collect();
    let (day, month, year) = match words.as_slice() {
        [d, "thang", m, "nam", y] | [d, "thang", m, y] | [d, m, "nam", y] => (d, m, y),
        // Digits with nothing but spaces between them are no day.
        [d, m, y] if text.contains(['/', '-', '.', '–']) => (d, m, y),
        _ => return Err(DateError::NotADate),
    };
    let number = |t: &str, digits: RangeInclusive<usize>| -> Option<u16> {
        let fits = digits.contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
        if fits { t.parse().ok() } else { None }
    };
    let parts = (
        number(year, 4..=4),
        number(month, 1..=2),
        number(day, 1..=2),
    );
    let (Some(year), Some(month), Some(day)) = parts else {
        return Err(DateError::NotADate);
    };
    day_of((year, month, day))
}

fn day_of((year, month, day): (u16, u16, u16)) -> Result<Date, DateError> {
    let (month, day) = (u8::try_from(month), u8::try_from(day));
    month
        .ok()
        .zip(day.ok())
        .and_then(|(m, d)| Date::new(year, m, d))
        .ok_or(DateError::Impossible)
}

/// Year, month and day of a text in the ISO form, whether there is such a day or not.
fn iso_parts(text: &str) -> Option<(u16, u16, u16)> {
    let (day, time) = text.split_at_checked(10)?;
    let shaped = |(i, b): (usize, u8)| {
        if i == 4 || i == 7 {
            b == b'-'
        } else {
            b.is_ascii_digit()
        }
    };
    if !day.bytes().enumerate().all(shaped) || !(time.is_empty() || time.starts_with(['T', ' '])) {
        return None;
    }
    Some((
        day[..4].parse().ok()?,
        day[5..7].parse().ok()?,
        day[8..].parse().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(iso: &str) -> Date {
        Date::parse_iso(iso).unwrap()
    }

    #[test]
    fn days_are_read_day_first() {
        for text in [
            "7/2/2024",
            "07/02/2024",
            "07.02.2024",
            " 07-02-2024 ",
            "ngày 07/02/2024",
            "ngày 07 tháng 02 năm 2024",
            "Ngày 7 tháng 2/2024",
            "2024-02-07",
            "2024-02-07 00:00:00",
            "2024-02-07T09:30:00Z",
        ] {
            assert_eq!(parse_date(text), Ok(day("2024-02-07")), "{text}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_impossible() {
        for text in [
            "30/02/2023",
            "2023-02-30",
            "0/1/2023",
            "12/31/2023",
            "ngày 31 tháng 4 năm 2023",
            "1/1/0000",
        ] {
            assert_eq!(parse_date(text), Err(DateError::Impossible), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_days() {
        for text in [
            "",
            "ngày",
            "tháng 9",
            "13/03",
            "7/2/24",
            "2024/02/07",
            "7 2 2024",
            "767/BC-VPUBND",
            "____/____/2024",
            "ngày     tháng 08 năm 2023",
            "2024-02-07x",
            "07/02/2024 đến 08/02/2024",
        ] {
            assert_eq!(parse_date(text), Err(DateError::NotADate), "{text}");
        }
    }

    #[test]
    fn the_calendar_is_gregorian() {
        assert!(Date::new(2024, 2, 29).is_some() && Date::new(2000, 2, 29).is_some());
        assert!(Date::new(2023, 2, 29).is_none() && Date::new(1900, 2, 29).is_none());
        assert!(
            Date::new(0, 1, 1).is_none()
                && Date::new(10_000, 1, 1).is_none()
                && Date::new(2024, 13, 1).is_none()
        );
        assert_eq!(day("1970-01-01").days_since_epoch(), 0);
        assert_eq!(day("2025-07-01").days_since_epoch(), 20_270);
        assert_eq!(day("2024-03-01").add_days(-1), Some(day("2024-02-29")));
    }

    #[test]
    fn months_are_added_within_the_month() {
        assert_eq!(day("2024-01-31").add_months(1), Some(day("2024-02-29")));
        assert_eq!(day("2024-01-15").add_months(-1), Some(day("2023-12-15")));
        assert_eq!(day("2024-12-31").add_months(2), Some(day("2025-02-28")));
        assert_eq!(day("9999-12-01").add_months(1), None);
        assert_eq!(day("2024-01-01").add_months(i32::MIN), None);
    }

    #[test]
    fn pages_have_no_needless_zeros() {
        assert_eq!(day("2024-09-14").format_vi(), "14/9/2024");
        assert_eq!(day("0987-01-02").to_iso(), "0987-01-02");
    }

    proptest! {
        #[test]
        fn days_come_back(days in -719_162i64..=2_932_896) {
            let date = Date::from_days(days).unwrap();
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert_eq!(Date::parse_iso(&date.to_iso()), Some(date));
            prop_assert_eq!(parse_date(&date.to_iso()), Ok(date));
            prop_assert_eq!(parse_date(&date.format_vi()).ok(), (date.year() >= 1000).then_some(date));
        }

        #[test]
        fn the_next_day_is_later(days in any::<i64>(), step in any::<i64>(), months in any::<i32>()) {
            let Some(date) = Date::from_days(days % 3_000_000) else { return Ok(()) };
            prop_assert!(date.add_days(1).is_none_or(|next| next > date));
            let _ = (Date::from_days(days), date.add_days(step), date.add_months(months));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}|[0-9/ -]{0,12}") {
            let _ = (parse_date(&text), Date::parse_iso(&text));
        }
    }
}
