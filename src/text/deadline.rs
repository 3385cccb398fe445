//! Deadlines as documents word them: "Tháng 9/2024", "trước ngày 13/03/2023", "Thường xuyên".

use super::date::{Date, DateError, last_day_of_month, parse_date};
use super::normal::fold;

/// What kind of deadline a text sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineKind {
    /// Until the end of a day.
    By,
    /// Before a day, which is not counted.
    Before,
    /// From a day on; no end.
    From,
    /// Again and again.
    Regular,
    /// When something else has happened.
    Conditional,
    /// Always.
    Standing,
    /// At once.
    Now,
    /// None is set.
    None,
}

/// A deadline: its last day (or first day, for [`DeadlineKind::From`]) and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last day on which it is met; the first day for `From`.
    pub date: Option<Date>,
    /// Its kind.
    pub kind: DeadlineKind,
}

/// Words that begin a deadline and change its meaning. Longer ones first.
const FROM: [&str; 2] = ["tu ngay ", "tu "];
const BEFORE: [&str; 3] = ["truoc ngay ", "xong truoc ngay ", "truoc "];
const BY: [&str; 8] = [
    "cham nhat trong ", "cham nhat ", "den het ", "hoan thanh trong ", "xong trong ", "trong ", "den ngay ", "den ",
];

/// Reads a deadline.
///
/// A month, quarter or year stands for its last day; "before" a day for the day before; "before" a month for the
/// last day of the month before.
///
/// # Errors
/// `Impossible` where it names a day that does not exist, `NotADate` where no form fits.
pub fn parse_deadline(text: &str) -> Result<Deadline, DateError> {
    let folded = fold(text);
    if folded.is_empty() {
        return Ok(Deadline { date: None, kind: DeadlineKind::None });
    }
    if let Some(kind) = undated(&folded) {
        return Ok(Deadline { date: None, kind });
    }
    if let Some(rest) = strip(&folded, &FROM) {
        return span(rest).map(|(first, _)| Deadline { date: Some(first), kind: DeadlineKind::From });
    }
    if let Some(rest) = strip(&folded, &BEFORE) {
        let (first, _) = span(rest)?;
        return Ok(Deadline { date: first.add_days(-1), kind: DeadlineKind::Before });
    }
    let rest = strip(&folded, &BY).unwrap_or(&folded);
    let (_, last) = span(rest)?;
    Ok(Deadline { date: Some(last), kind: DeadlineKind::By })
}

fn strip<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|w| text.strip_prefix(w))
}

/// Deadlines without a day.
fn undated(folded: &str) -> Option<DeadlineKind> {
    let has = |word: &str| folded.contains(word);
    if has("hang thang") || has("hang tuan") || has("hang nam") || has("hang quy") || has("hang ngay") || has("hang tuan") {
        return Some(DeadlineKind::Regular);
    }
    if matches!(folded, "thuong xuyen" | "thuc hien thuong xuyen" | "dinh ky") {
        return Some(DeadlineKind::Regular);
    }
    if folded.starts_with("thuc hien ngay") || folded == "ngay" || folded == "khan truong" {
        return Some(DeadlineKind::Now);
    }
    if folded.starts_with("khi ") || folded.starts_with("thuc hien khi") || folded.starts_with("theo ") {
        return Some(DeadlineKind::Conditional);
    }
    None
}

/// The first and last day of "ngay 13 03 2023", "thang 9 2024", "quy ii 2023", "nam 2022", "2022".
fn span(folded: &str) -> Result<(Date, Date), DateError> {
    let text = folded.strip_suffix(" va thuc hien thuong xuyen").unwrap_or(folded);
    match parse_date(text) {
        Ok(date) => return Ok((date, date)),
        Err(DateError::Impossible) => return Err(DateError::Impossible),
        Err(DateError::NotADate) => {}
    }
    let words: Vec<&str> = text.split(' ').filter(|w| *w != "nam").collect();
    let year = |t: &str| t.parse::<u16>().ok().filter(|_| t.len() == 4);
    let months = match words.as_slice() {
        ["thang", m, y] => {
            let month: u8 = m.parse().map_err(|_| DateError::NotADate)?;
            year(y).map(|y| (y, month, month))
        }
        ["quy", q, y] => {
            let quarter = match *q {
                "i" | "1" => 1,
                "ii" | "2" => 2,
                "iii" | "3" => 3,
                "iv" | "4" => 4,
                _ => return Err(DateError::NotADate),
            };
            year(y).map(|y| (y, quarter * 3 - 2, quarter * 3))
        }
        ["6", "thang", "dau", y] => year(y).map(|y| (y, 1, 6)),
        [y] => year(y).map(|y| (y, 1, 12)),
        _ => None,
    };
    let (year, from, to) = months.ok_or(DateError::NotADate)?;
    let first = Date::new(year, from, 1).ok_or(DateError::Impossible)?;
    let last = Date::new(year, to, last_day_of_month(year, to)).ok_or(DateError::Impossible)?;
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, iso: &str, kind: DeadlineKind) {
        let found = parse_deadline(text);
        let date = Date::parse_iso(iso);
        assert_eq!(found, Ok(Deadline { date, kind }), "{text}");
    }

    #[test]
    fn wordings_of_the_reports() {
        use DeadlineKind::{Before, By, Conditional, From, None, Now, Regular};
        check("Tháng 9/2024", "2024-09-30", By);
        check("tháng 03/2023", "2023-03-31", By);
        check("Trong năm 2024", "2024-12-31", By);
        check("Năm 2022", "2022-12-31", By);
        check("Quý I/2023", "2023-03-31", By);
        check("đến hết Quý II/2023", "2023-06-30", By);
        check("Trong tháng 10 năm 2022", "2022-10-31", By);
        check("Chậm nhất trong tháng 11 năm 2022", "2022-11-30", By);
        check("trước ngày 13/03/2023", "2023-03-12", Before);
        check("Trước ngày 01 tháng 01 năm 2023", "2022-12-31", Before);
        check("trước tháng 3/2023", "2023-02-28", Before);
        check("từ tháng 3/2023", "2023-03-01", From);
        check("từ Quý I/2023", "2023-01-01", From);
        check("Hàng tháng", "", Regular);
        check("Thực hiện thường xuyên", "", Regular);
        check("trước ngày 13 hàng tháng", "", Regular);
        check("trước 09h ngày Thứ 3 hàng tuần", "", Regular);
        check("Thực hiện ngay", "", Now);
        check("Thực hiện khi Bộ Công an triển khai phần mềm", "", Conditional);
        check("theo chỉ tiêu đã đăng ký", "", Conditional);
        check("", "", None);
        check("2024-09-30", "2024-09-30", By);
    }

    #[test]
    fn a_day_that_does_not_exist_is_no_deadline() {
        assert_eq!(parse_deadline("30/02/2023"), Err(DateError::Impossible));
        assert_eq!(parse_deadline("đến ngày 30/02/2023"), Err(DateError::Impossible));
        assert_eq!(parse_deadline("sớm"), Err(DateError::NotADate));
    }
}
