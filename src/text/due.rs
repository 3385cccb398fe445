//! When a report is due, as offices word it: "ngày 15 tháng sau", "trước 09h thứ 3 hàng tuần", "14/06 và 14/12".
//!
//! In: the words, once per cadence. Out: a rule that gives the last day on which the report of a period is in time.

use super::date::{Date, last_day_of_month};
use super::normal::fold;

/// A rule that gives the due date of a period from its last day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRule {
    form: Form,
    /// "trước": the day itself is too late.
    before: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// A day of the month in which the period ends, or of the one so many months later.
    Month { day: u8, later: i32 },
    /// The first such weekday after the period; Monday is 0.
    Week(i64),
    /// The first of these days of the year that is not before the end of the period: month and day.
    Year(Vec<(u8, u8)>),
    /// So many days after the period.
    Days(i64),
}

impl DueRule {
    /// Reads a rule; `None` where the words fit no form.
    pub fn parse(text: &str) -> Option<Self> {
        let (text, has_hour) = without_hour(text);
        let folded = fold(&text);
        let mut words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
        let before = words.first() == Some(&"truoc");
        while let Some(first) = words.first()
            && ["truoc", "cham", "nhat", "muon", "den", "het", "vao"].contains(first)
        {
            words.remove(0);
        }
        if words.first() == Some(&"ngay") && words.get(1) == Some(&"thu") {
            words.remove(0);
        }
        Some(Self {
            form: form(&words)?,
            before: before && !has_hour,
        })
    }

    /// The last day in time for a period that ends on `end`; `None` beyond the calendar.
    pub fn date_for(&self, end: Date) -> Option<Date> {
        let day = match &self.form {
            Form::Month { day, later } => {
                let month = Date::new(end.year(), end.month(), 1)?.add_months(*later)?;
                let last = last_day_of_month(month.year(), month.month());
                Date::new(month.year(), month.month(), (*day).min(last))?
            }
            Form::Week(weekday) => {
                // 1 January 1970 was a Thursday.
                let after = end.days_since_epoch() + 1;
                let wait = (weekday - (after + 3)).rem_euclid(7);
                Date::from_days(after + wait)?
            }
            Form::Year(days) => {
                let of_year = |year: u16| {
                    days.iter()
                        .filter_map(move |(m, d)| Date::new(year, *m, *d))
                };
                of_year(end.year())
                    .chain(of_year(end.year().saturating_add(1)))
                    .filter(|d| *d >= end)
                    .min()?
            }
            Form::Days(days) => end.add_days(*days)?,
        };
        if self.before {
            day.add_days(-1)
        } else {
            Some(day)
        }
    }
}

/// The text without an hour of the day (`09h`, `9h30`, `09:00`), and whether it had one. Reports are received on
/// days; the hour is for people.
fn without_hour(text: &str) -> (String, bool) {
    let is_hour = |w: &str| {
        let w = w.trim_matches([',', ';']);
        let (hour, rest) = w.split_at(w.bytes().take_while(u8::is_ascii_digit).count());
        let minutes = rest.strip_prefix(['h', 'H', ':']);
        (1..=2).contains(&hour.len())
            && minutes.is_some_and(|m| m.len() <= 2 && m.bytes().all(|b| b.is_ascii_digit()))
    };
    let kept: Vec<&str> = text.split_whitespace().filter(|w| !is_hour(w)).collect();
    let had_one = kept.len() < text.split_whitespace().count();
    (kept.join(" "), had_one)
}

fn form(words: &[&str]) -> Option<Form> {
    let number = |w: &str| w.parse::<u8>().ok();
    let day = |w: &str| number(w).filter(|d| (1..=31).contains(d));
    match words {
        ["ngay", "cuoi", "thang", "sau"] => Some(Form::Month { day: 31, later: 1 }),
        ["ngay", d, "hang" | "moi", "thang"] => Some(Form::Month {
            day: day(d)?,
            later: 0,
        }),
        ["ngay", d, "thang", "sau"] => Some(Form::Month {
            day: day(d)?,
            later: 1,
        }),
        ["thu", w, "hang" | "moi", "tuan"] | ["thu", w, "tuan", "sau"] => {
            Some(Form::Week(weekday(w)?))
        }
        ["chu", "nhat", "hang" | "moi", "tuan"] | ["chu", "nhat", "tuan", "sau"] => {
            Some(Form::Week(6))
        }
        ["sau", n, "ngay"] | [n, "ngay", "sau", "ky"] => Some(Form::Days(i64::from(number(n)?))),
        _ => days_of_year(words).map(Form::Year),
    }
}

fn weekday(word: &str) -> Option<i64> {
    const NAMES: [(&str, &str); 6] = [
        ("2", "hai"),
        ("3", "ba"),
        ("4", "tu"),
        ("5", "nam"),
        ("6", "sau"),
        ("7", "bay"),
    ];
    let at = NAMES
        .iter()
        .position(|(digit, name)| *digit == word || *name == word)?;
    i64::try_from(at).ok()
}

/// `14 06 va 14 12 hang nam`: days and months.
fn days_of_year(words: &[&str]) -> Option<Vec<(u8, u8)>> {
    let numbers: Vec<u8> = words
        .iter()
        .filter(|w| !["ngay", "va", "hang", "nam", "moi"].contains(w))
        .map(|w| w.parse().ok())
        .collect::<Option<_>>()?;
    let pairs = numbers.chunks_exact(2);
    let is_whole = pairs.remainder().is_empty() && !numbers.is_empty();
    let days: Vec<(u8, u8)> = pairs.map(|p| (p[1], p[0])).collect();
    // A leap day would be missing in most years.
    let exist = days.iter().all(|(m, d)| Date::new(2023, *m, *d).is_some());
    (is_whole && exist).then_some(days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, end: &str, due: &str) {
        let rule = DueRule::parse(text).unwrap_or_else(|| panic!("{text}"));
        let found = rule.date_for(Date::parse_iso(end).unwrap());
        assert_eq!(found, Date::parse_iso(due), "{text}, kỳ hết {end}");
    }

    #[test]
    fn due_days_follow_the_period() {
        check("ngày 15 tháng sau", "2024-09-30", "2024-10-15");
        check("chậm nhất ngày 31 tháng sau", "2024-01-31", "2024-02-29");
        check("trước ngày 13 hàng tháng", "2024-09-14", "2024-09-12");
        check("ngày 20 hằng tháng", "2024-09-14", "2024-09-20");
        check("ngày 10 tháng sau", "2024-12-31", "2025-01-10");
        check("14/06 và 14/12", "2024-06-14", "2024-06-14");
        check(
            "trước ngày 14/06 và 14/12 hàng năm",
            "2024-06-30",
            "2024-12-13",
        );
        check("14/06 và 14/12", "2024-12-31", "2025-06-14");
        check("sau 5 ngày", "2024-09-30", "2024-10-05");
        check("ngày cuối tháng sau", "2024-01-31", "2024-02-29");
        check("10 ngày sau kỳ", "2024-12-31", "2025-01-10");
    }

    #[test]
    fn weeks_end_before_the_weekday() {
        // 15 September 2024 was a Sunday.
        check("trước 09h ngày Thứ 3 hàng tuần", "2024-09-15", "2024-09-17");
        check("thứ ba hàng tuần, 09:00", "2024-09-15", "2024-09-17");
        check("thứ 2 tuần sau", "2024-09-15", "2024-09-16");
        check("chủ nhật hàng tuần", "2024-09-15", "2024-09-22");
    }

    #[test]
    fn other_words_are_no_rule() {
        for text in [
            "",
            "ngày 15",
            "hàng tháng",
            "ngày 40 tháng sau",
            "thứ 8 hàng tuần",
            "31/02",
            "sớm",
            "14/06 và 14",
        ] {
            assert_eq!(DueRule::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_words_panic(
            text in "\\PC{0,30}|(trước |ngày |thứ |tháng sau|hàng |tuần|năm|sau |[0-9]{1,3}[ /:h]){0,7}",
            days in -719_162i64..=2_932_896,
        ) {
            if let (Some(rule), Some(end)) = (DueRule::parse(&text), Date::from_days(days)) {
                let _ = rule.date_for(end);
            }
        }
    }
}
