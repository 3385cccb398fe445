//! Names of persons beside dates of birth: by the words of headers, by the shape of columns, in sentences.

use std::ops::Range;

use crate::text::date::parse_date;
use crate::text::normal::fold;

/// Family names that nine persons in ten have. Source: Lê Trung Hoa, *Họ và tên người Việt Nam*, 2005.
const FAMILIES: [&str; 34] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
    "hồ", "ngô", "dương", "lý", "đào", "đoàn", "vương", "trịnh", "trương", "đinh", "lâm", "phùng",
    "mai", "tô", "hà", "tạ", "lương", "chu", "đàm", "thái", "quách", "cao",
];

const NAME_HEADERS: [&str; 10] = [
    "ho va ten",
    "ho ten",
    "ho dem",
    "ten cong dan",
    "ten chu ho",
    "ten nguoi",
    "full name",
    "fullname",
    "surname",
    "person name",
];

const BIRTH_HEADERS: [&str; 9] = [
    "ngay sinh",
    "nam sinh",
    "ngay thang nam sinh",
    "sinh ngay",
    "sinh nam",
    "date of birth",
    "birth date",
    "birthdate",
    "dob",
];

/// Whether a header says that its column holds names of persons.
pub fn is_name_header(header: &str) -> bool {
    has(header, &NAME_HEADERS)
}

/// Whether a header says that its column holds dates of birth.
pub fn is_birth_header(header: &str) -> bool {
    has(header, &BIRTH_HEADERS)
}

fn has(header: &str, list: &[&str]) -> bool {
    if header.len() > 80 {
        return false;
    }
    let words = format!(" {} ", fold(header));
    list.iter().any(|w| words.contains(&format!(" {w} ")))
}

/// Whether a text is a personal name: two to five words with capitals, a known family name first.
pub fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |w: &&str| {
        w.chars().all(char::is_alphabetic) && w.chars().next().is_some_and(char::is_uppercase)
    };
    (2..=5).contains(&words.len())
        && words.iter().all(is_word)
        && FAMILIES.contains(&words[0].to_lowercase().as_str())
}

/// The year of a text that can be a day or a year of birth.
pub fn birth_year(text: &str, year: Option<u16>) -> Option<u16> {
    let text = text.trim();
    let born = match parse_date(text) {
        Ok(day) => day.year(),
        Err(_) if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().ok()?
        }
        Err(_) => return None,
    };
    let year = year.unwrap_or(2026);
    (born <= year && born + 110 >= year).then_some(born)
}

/// Names with a date of birth in sentences: "Nguyễn Văn A, sinh năm 1990". The range is that of the name.
pub fn in_sentences(text: &str, year: Option<u16>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, word) in ["sinh", "Sinh", "SN "]
        .iter()
        .flat_map(|w| text.match_indices(w))
    {
        let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let far = text[line..at]
            .char_indices()
            .rev()
            .nth(60)
            .map_or(line, |(i, _)| line + i);
        let after = &text[at + word.len()..];
        let end = after.char_indices().nth(40).map_or(after.len(), |(i, _)| i);
        if is_birth(&after[..end], year)
            && let Some(name) = last_name(&text[far..at])
        {
            found.push(far + name.start..far + name.end);
        }
    }
    found.sort_by_key(|r| r.start);
    found
}

/// Whether the words after "sinh" are a date of birth: "ngày 01/01/1990", "năm 1990", ": 1990".
fn is_birth(after: &str, year: Option<u16>) -> bool {
    let mut rest = after.trim_start_matches([' ', ':', '.']);
    for word in ["ngày", "năm"] {
        rest = rest
            .strip_prefix(word)
            .unwrap_or(rest)
            .trim_start_matches([' ', ':']);
    }
    let token: String = rest
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'))
        .collect();
    birth_year(token.trim_end_matches(['.', '-', '/']), year).is_some()
}

/// The last personal name of a text: three words at least, or two before a comma or bracket.
fn last_name(text: &str) -> Option<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    (0..words.len()).rev().find_map(|first| {
        let last = (first + 1..words.len().min(first + 5)).rev().find(|last| {
            let between = &text[words[first].start..words[*last].end];
            is_name(between) && !between.contains([',', '.', '\n'])
        })?;
        Some(words[first].start..words[last].end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_units() {
        assert!(is_name("Nguyễn Thị Mẫu"));
        assert!(!is_name("Công an tỉnh"));
        assert!(!is_name("Hà"));
        assert!(!is_name("Lê Lợi 12"));
    }

    #[test]
    fn a_name_with_a_birth_is_found_in_a_sentence() {
        let found = |text| in_sentences(text, Some(2026)).len();
        assert_eq!(found("Ông Nguyễn Văn Mẫu, sinh năm 1990, trú tại xã"), 1);
        assert_eq!(found("Nguyễn Văn Mẫu (sinh ngày 01/01/1990)"), 1);
        assert_eq!(found("Trẻ em sinh năm 2010 trở về trước"), 0);
        assert_eq!(found("Nguyễn Văn Mẫu đăng ký khai sinh năm nay"), 0);
        assert_eq!(found("Danh nhân Nguyễn Du sinh năm 1765"), 0);
    }

    #[test]
    fn headers_of_persons() {
        assert!(is_name_header("Họ và tên") && is_birth_header("Ngày, tháng, năm sinh"));
        assert!(!is_name_header("Tên đơn vị") && !is_birth_header("Đăng ký khai sinh"));
    }
}
