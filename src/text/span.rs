//! Spans of the calendar in folded words: "thang 9 2024", "quy ii 2023", "6 thang dau nam 2023".

use super::date::{Date, DateError, last_day_of_month, parse_date};

/// The first and last day of what folded words name: a day, month, quarter, half-year, year or span of years.
pub(super) fn span(text: &str) -> Result<(Date, Date), DateError> {
    let text = text.strip_prefix("cuoi ").unwrap_or(text);
    let dashed = text.replace(' ', "/");
    match parse_date(dashed.strip_prefix("ngay/").unwrap_or(&dashed)) {
        Ok(date) => return Ok((date, date)),
        Err(DateError::Impossible) => return Err(DateError::Impossible),
        Err(DateError::NotADate) => {}
    }
    let words: Vec<&str> = text.split(' ').filter(|w| *w != "nam").collect();
    let (months, years) = match words.as_slice() {
        ["giai", "doan", from, to] | [from, to] if is_year(from) => ((1, 12), (*from, *to)),
        ["6", "thang", "dau", y] => ((1, 6), (*y, *y)),
        ["6", "thang", "cuoi", y] => ((7, 12), (*y, *y)),
        ["9", "thang", "dau", y] => ((1, 9), (*y, *y)),
        ["thang", m, y] | [m, y] if m.len() <= 2 => (month(m)?, (*y, *y)),
        ["thang", first, last, y] => ((month(first)?.0, month(last)?.1), (*y, *y)),
        ["quy", q, y] => (quarter(q)?, (*y, *y)),
        ["quy", first, last, y] => ((quarter(first)?.0, quarter(last)?.1), (*y, *y)),
        [y] => ((1, 12), (*y, *y)),
        _ => return Err(DateError::NotADate),
    };
    let first = Date::new(year(years.0)?, months.0, 1).ok_or(DateError::Impossible)?;
    let last_year = year(years.1)?;
    let last = Date::new(last_year, months.1, last_day_of_month(last_year, months.1))
        .ok_or(DateError::Impossible)?;
    if first <= last {
        Ok((first, last))
    } else {
        Err(DateError::Impossible)
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

fn year(word: &str) -> Result<u16, DateError> {
    word.parse()
        .ok()
        .filter(|_| is_year(word))
        .ok_or(DateError::NotADate)
}

fn month(word: &str) -> Result<(u8, u8), DateError> {
    match word.parse() {
        Ok(m @ 1..=12) => Ok((m, m)),
        Ok(_) => Err(DateError::Impossible),
        Err(_) => Err(DateError::NotADate),
    }
}

fn quarter(word: &str) -> Result<(u8, u8), DateError> {
    match word {
        "i" | "1" => Ok((1, 3)),
        "ii" | "2" => Ok((4, 6)),
        "iii" | "3" => Ok((7, 9)),
        "iv" | "4" => Ok((10, 12)),
        _ if word.bytes().all(|b| b.is_ascii_digit()) => Err(DateError::Impossible),
        _ => Err(DateError::NotADate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, first: &str, last: &str) {
        let day = |iso| Date::parse_iso(iso).unwrap();
        assert_eq!(span(text), Ok((day(first), day(last))), "{text}");
    }

    #[test]
    fn a_span_has_its_first_and_last_day() {
        check("ngay 13 3 2023", "2023-03-13", "2023-03-13");
        check("thang 2 nam 2024", "2024-02-01", "2024-02-29");
        check("thang 9 10 2024", "2024-09-01", "2024-10-31");
        check("quy iv 2023", "2023-10-01", "2023-12-31");
        check("6 thang cuoi nam 2023", "2023-07-01", "2023-12-31");
        check("giai doan 2022 2025", "2022-01-01", "2025-12-31");
    }

    #[test]
    fn a_span_that_runs_backwards_is_impossible() {
        for text in ["2025 2022", "quy iii i 2023", "thang 0 2024", "quy 9 2024"] {
            assert_eq!(span(text), Err(DateError::Impossible), "{text}");
        }
        assert_eq!(span("quy xx 2024"), Err(DateError::NotADate));
    }
}
