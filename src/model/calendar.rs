//! Periods of the calendar by their ids: `2024`, `2024-H1`, `2024-Q3`, `2024-09`, `2024-W37`.

use crate::text::date::{Date, last_day_of_month};

/// What part of a year an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The whole year.
    Year,
    /// A half, 1 or 2.
    Half(u8),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A month, 1 to 12.
    Month(u8),
    /// A week of ISO 8601, 1 to 53.
    Week(u8),
}

/// A period of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Its year.
    pub year: u16,
    /// Which part of it.
    pub part: Part,
}

impl Calendar {
    /// What an id names, if it is one of the calendar.
    pub fn parse(id: &str) -> Option<Self> {
        let digits = id.get(..4)?;
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let year = digits.parse().ok()?;
        let number = |text: &str, most: u8| {
            let is_plain = text.bytes().all(|b| b.is_ascii_digit());
            let n = text.parse::<u8>().ok().filter(|_| is_plain)?;
            (1..=most).contains(&n).then_some(n)
        };
        let part = match id.get(4..)? {
            "" => Part::Year,
            rest => {
                let rest = rest.strip_prefix('-')?;
                match rest.as_bytes().first()? {
                    b'H' => Part::Half(number(&rest[1..], 2)?),
                    b'Q' => Part::Quarter(number(&rest[1..], 4)?),
                    b'W' if rest.len() == 3 => Part::Week(number(&rest[1..], weeks_of(year))?),
                    _ if rest.len() == 2 => Part::Month(number(rest, 12)?),
                    _ => return None,
                }
            }
        };
        Some(Self { year, part })
    }

    /// The period just before it, of the same length.
    pub fn previous(self) -> Option<Self> {
        let year_before = self.year.checked_sub(1);
        let (year, part) = match self.part {
            Part::Year => (year_before?, Part::Year),
            Part::Half(1) => (year_before?, Part::Half(2)),
            Part::Half(n) => (self.year, Part::Half(n - 1)),
            Part::Quarter(1) => (year_before?, Part::Quarter(4)),
            Part::Quarter(n) => (self.year, Part::Quarter(n - 1)),
            Part::Month(1) => (year_before?, Part::Month(12)),
            Part::Month(n) => (self.year, Part::Month(n - 1)),
            Part::Week(1) => (year_before?, Part::Week(weeks_of(year_before?))),
            Part::Week(n) => (self.year, Part::Week(n - 1)),
        };
        Some(Self { year, part })
    }

    /// The same part of the year before. A 53rd week has none where that year has 52.
    pub fn year_before(self) -> Option<Self> {
        let year = self.year.checked_sub(1)?;
        match self.part {
            Part::Week(n) if n > weeks_of(year) => None,
            part => Some(Self { year, part }),
        }
    }

    /// Whether it is the first of its year.
    pub fn opens_year(self) -> bool {
        matches!(
            self.part,
            Part::Year | Part::Half(1) | Part::Quarter(1) | Part::Month(1) | Part::Week(1)
        )
    }

    /// Whether both are months, or quarters, …
    pub fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self.part) == std::mem::discriminant(&other.part)
    }

    /// Its id: `2024-09`.
    pub fn to_id(self) -> String {
        let year = self.year;
        match self.part {
            Part::Year => format!("{year:04}"),
            Part::Half(n) => format!("{year:04}-H{n}"),
            Part::Quarter(n) => format!("{year:04}-Q{n}"),
            Part::Month(n) => format!("{year:04}-{n:02}"),
            Part::Week(n) => format!("{year:04}-W{n:02}"),
        }
    }

    /// Its name inside a Vietnamese sentence: "tháng 8/2024", "quý III/2024".
    pub fn format_vi(self) -> String {
        let year = self.year;
        match self.part {
            Part::Year => format!("năm {year}"),
            Part::Half(1) => format!("6 tháng đầu năm {year}"),
            Part::Half(_) => format!("6 tháng cuối năm {year}"),
            Part::Quarter(n) => format!("quý {}/{year}", ROMAN[usize::from(n - 1) % 4]),
            Part::Month(n) => format!("tháng {n}/{year}"),
            Part::Week(n) => format!("tuần {n}/{year}"),
        }
    }

    /// Its days in the calendar; none for a week.
    pub fn window(self) -> Option<(Date, Date)> {
        let (first, last) = match self.part {
            Part::Year => (1, 12),
            Part::Half(n) => (n * 6 - 5, n * 6),
            Part::Quarter(n) => (n * 3 - 2, n * 3),
            Part::Month(n) => (n, n),
            Part::Week(_) => return None,
        };
        Some((
            Date::new(self.year, first, 1)?,
            Date::new(self.year, last, last_day_of_month(self.year, last))?,
        ))
    }
}

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

/// How many weeks a year has by ISO 8601: 53 where its first or its last day is a Thursday.
fn weeks_of(year: u16) -> u8 {
    // The first day of the epoch was a Thursday.
    let is_thursday =
        |day: Option<Date>| day.is_some_and(|d| d.days_since_epoch().rem_euclid(7) == 0);
    let is_long = is_thursday(Date::new(year, 1, 1)) || is_thursday(Date::new(year, 12, 31));
    52 + u8::from(is_long)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(id: &str) -> Calendar {
        Calendar::parse(id).unwrap()
    }

    #[test]
    fn ids_name_parts_of_years() {
        assert_eq!(of("2024").part, Part::Year);
        assert_eq!(of("2024-H1").part, Part::Half(1));
        assert_eq!(of("2024-Q3").part, Part::Quarter(3));
        assert_eq!(of("2024-09").part, Part::Month(9));
        assert_eq!(of("2024-W37").part, Part::Week(37));
        for other in [
            "",
            "2024-",
            "2024-13",
            "2024-Q5",
            "2024-W53",
            "2024-9",
            "2024-+1",
            "+024-01",
            "2022-den-2023-06",
            "năm 2024",
        ] {
            assert_eq!(Calendar::parse(other), None, "{other}");
        }
    }

    #[test]
    fn names_stand_in_sentences() {
        assert_eq!(of("2024-09").format_vi(), "tháng 9/2024");
        assert_eq!(of("2024-Q4").format_vi(), "quý IV/2024");
        assert_eq!(of("2024-H1").format_vi(), "6 tháng đầu năm 2024");
    }

    #[test]
    fn the_period_before_may_be_of_the_year_before() {
        for (id, before, year_before) in [
            ("2024", "2023", "2023"),
            ("2024-H1", "2023-H2", "2023-H1"),
            ("2024-Q1", "2023-Q4", "2023-Q1"),
            ("2024-01", "2023-12", "2023-01"),
            ("2024-09", "2024-08", "2023-09"),
            // 2020 began on a Wednesday and ended on a Thursday: it has a 53rd week, 2019 has none.
            ("2021-W01", "2020-W53", "2020-W01"),
        ] {
            assert_eq!(of(id).previous(), Some(of(before)), "{id}");
            assert_eq!(of(id).year_before(), Some(of(year_before)), "{id}");
        }
        assert_eq!(of("2020-W53").year_before(), None);
    }
}
