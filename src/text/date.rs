//! Days of the calendar. Vietnamese documents write day, month, year, always in this order.

pub use super::deadline::{Deadline, DeadlineKind, parse_deadline};

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
    /// The day, if it exists.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let fits = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=last_day_of_month(year, month)).contains(&day);
        fits.then_some(Self { year, month, day })
    }

    /// The day of a text `2024-09-30`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return None;
        }
        let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit()).then(|| part.parse().ok()).flatten();
        let year: u16 = digits(text.get(0..4)?)?;
        let month: u16 = digits(text.get(5..7)?)?;
        let day: u16 = digits(text.get(8..10)?)?;
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// `2024-09-30`.
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `30/9/2024`, as pages write it.
    pub fn format_vi(self) -> String {
        format!("{}/{}/{}", self.day, self.month, self.year)
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
        Self::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day `days` later (or earlier); `None` outside the years 1 to 9999.
    pub fn add_days(self, days: i64) -> Option<Self> {
        Self::from_days(self.days_since_epoch().checked_add(days)?)
    }
}

/// The last day of a month; 31 where the month does not exist.
pub fn last_day_of_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Reads a day: `7/2/2024`, `07-02-2024`, `ngày 07 tháng 02 năm 2024`, or `2024-02-07`.
///
/// # Errors
/// `Impossible` for `30/02/2023` and its like, `NotADate` for anything else.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    if text.len() == 10 && text.as_bytes()[4] == b'-' {
        return Date::parse_iso(text).ok_or_else(|| {
            let shaped = text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
            if shaped { DateError::Impossible } else { DateError::NotADate }
        });
    }
    let folded = super::normal::fold(text);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.first() == Some(&"ngay") {
        words.remove(0);
    }
    let numbers: Vec<&str> = match words.as_slice() {
        [d, "thang", m, "nam", y] | [d, m, y] => vec![d, m, y],
        _ => return Err(DateError::NotADate),
    };
    let read = |t: &str, most: usize| -> Option<u16> {
        (t.len() <= most && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse().ok()).flatten()
    };
    let (Some(day), Some(month), Some(year)) = (read(numbers[0], 2), read(numbers[1], 2), read(numbers[2], 4)) else {
        return Err(DateError::NotADate);
    };
    if numbers[2].len() != 4 {
        return Err(DateError::NotADate);
    }
    u8::try_from(month)
        .ok()
        .zip(u8::try_from(day).ok())
        .and_then(|(m, d)| Date::new(year, m, d))
        .ok_or(DateError::Impossible)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_read_day_first() {
        let day = Date::new(2024, 2, 7);
        for text in ["7/2/2024", "07/02/2024", "ngày 07 tháng 02 năm 2024", "2024-02-07", " 07-02-2024 "] {
            assert_eq!(parse_date(text).ok(), day, "{text}");
        }
        assert_eq!(parse_date("30/02/2023"), Err(DateError::Impossible));
        assert_eq!(parse_date("2023-02-30"), Err(DateError::Impossible));
        for text in ["", "tháng 9", "13/03", "7/2/24", "767/BC-VPUBND", "ngày"] {
            assert_eq!(parse_date(text), Err(DateError::NotADate), "{text}");
        }
    }

    #[test]
    fn leap_years_are_known() {
        assert!(Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2023, 2, 29).is_none());
        assert!(Date::new(1900, 2, 29).is_none());
        assert_eq!(Date::new(1970, 1, 1).unwrap().days_since_epoch(), 0);
    }

    proptest! {
        #[test]
        fn days_come_back(days in -700_000i64..2_900_000) {
            let date = Date::from_days(days).unwrap();
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert_eq!(Date::parse_iso(&date.to_iso()), Some(date));
            prop_assert_eq!(parse_date(&date.format_vi()).ok(), (date.year() >= 1000).then_some(date));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = parse_date(&text);
            let _ = parse_deadline(&text);
        }
    }
}
