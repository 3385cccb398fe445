//! Which numbers of a sentence are figures, and what each of them says: a level, a change, a target.
//!
//! A number inside a name is none: `422/QĐ-TTg`, Đề án 06, CCCD 12 số, tổng đài 1022, 24/7, "mức độ 3, 4", dates,
//! years, spans of days.

use std::ops::Range;

use super::sentence::{Kind, Token};
use crate::decimal::Decimal;
use crate::text::number::{Cell, Expect, Qualifier, Style, parse_cell};

/// A figure typed in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed {
    /// Its bytes, with its per-cent sign.
    pub(super) span: Range<usize>,
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    pub(super) value: Decimal,
    pub(super) decimals: u8,
    pub(super) is_percent: bool,
    pub(super) qualifier: Qualifier,
    pub(super) role: Role,
    /// Digits as typed.
    pub(super) digits: String,
}

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// How much it is.
    Level,
    /// How much more or less it became.
    Change,
    /// How much it was before, or shall be: not compared with what is.
    Other,
}

/// Words before a number that make it a name, a date, a place in a document; with their accents, since "từ" is no
/// "tư" and "có" no "cơ".
const NAMES: [&str; 46] = [
    "án",
    "quyết",
    "định",
    "tư",
    "hoạch",
    "cáo",
    "văn",
    "thị",
    "điều",
    "khoản",
    "mục",
    "lục",
    "chương",
    "phần",
    "bước",
    "độ",
    "loại",
    "đoạn",
    "nhóm",
    "tác",
    "đài",
    "quý",
    "tháng",
    "ngày",
    "năm",
    "tuần",
    "thứ",
    "quận",
    "phường",
    "thôn",
    "khu",
    "ấp",
    "tổ",
    "hình",
    "bảng",
    "biểu",
    "cột",
    "dòng",
    "trang",
    "đường",
    "phiên",
    "bản",
    "khóa",
    "lần",
    "kỳ",
    "no",
];

/// Words after a number that make it a span of time, an age, a count of digits.
const AFTER: [&str; 14] = [
    "ngày", "tháng", "năm", "giờ", "tuần", "quý", "tuổi", "chữ", "đêm", "lần", "g", "days",
    "months", "years",
];

/// Words for thousands and more.
const MULTIPLES: [&str; 4] = ["nghin", "ngan", "trieu", "ty"];

/// Words before a number that say how exactly it is meant.
const QUALIFIERS: [(&[&str], Qualifier); 16] = [
    (&["khong", "duoi"], Qualifier::AtLeast),
    (&["toi", "thieu"], Qualifier::AtLeast),
    (&["it", "nhat"], Qualifier::AtLeast),
    (&["at", "least"], Qualifier::AtLeast),
    (&["khong", "qua"], Qualifier::AtMost),
    (&["toi", "da"], Qualifier::AtMost),
    (&["nhieu", "nhat"], Qualifier::AtMost),
    (&["chua", "den"], Qualifier::Less),
    (&["chua", "toi"], Qualifier::Less),
    (&["more", "than"], Qualifier::More),
    (&["hon"], Qualifier::More),
    (&["tren"], Qualifier::More),
    (&["duoi"], Qualifier::Less),
    (&["gan"], Qualifier::About),
    (&["khoang"], Qualifier::About),
    (&["about"], Qualifier::About),
];

/// Finds the figures of a sentence. `text` is what the spans of the tokens count in.
pub(super) fn figures(text: &str, tokens: &[Token], style: Style) -> Vec<Typed> {
    let quoted = quoted(tokens);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].kind != Kind::Number || quoted[at] {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while is_multiple(tokens, end) {
            end += 1;
            if is_multiple(tokens, end + 1) && tokens[end].kind == Kind::Number {
                end += 1;
            }
        }
        found.extend(figure(text, tokens, at..end, style));
        at = end;
    }
    found
}

fn is_multiple(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|t| MULTIPLES.contains(&t.folded.as_str()))
}

/// Tokens within quotes: what somebody else wrote.
fn quoted(tokens: &[Token]) -> Vec<bool> {
    let mut inside = false;
    tokens
        .iter()
        .map(|t| {
            match t.kind {
                Kind::Mark('“') => inside = true,
                Kind::Mark('”') => inside = false,
                _ => {}
            }
            inside
        })
        .collect()
}

fn figure(text: &str, tokens: &[Token], own: Range<usize>, style: Style) -> Option<Typed> {
    let raw = &text[tokens[own.start].span.start..tokens[own.end - 1].span.end];
    let next = tokens.get(own.end);
    let next_word = |n: usize| tokens.get(own.end + n).map_or("", |t| t.folded.as_str());
    let sign = next.is_some_and(|t| t.kind == Kind::Percent);
    let in_words = (next_word(0), next_word(1)) == ("phan", "tram") || next_word(0) == "percent";
    let is_percent = sign || in_words;
    let last = if sign { own.end + 1 } else { own.end };
    if is_name(tokens, own.start)
        || (!is_percent && is_span_of_time(tokens, own.end))
        || is_year(raw, tokens, own.start)
    {
        return None;
    }
    let expect = Expect {
        share: is_percent,
        style: Some(style),
        ..Expect::default()
    };
    let Ok(Cell::Number(reading)) = parse_cell(raw, &expect) else {
        return None;
    };
    Some(Typed {
        span: tokens[own.start].span.start..tokens[last - 1].span.end,
        value: reading.value,
        decimals: reading.decimals,
        is_percent,
        qualifier: qualifier(tokens, own.start),
        role: role(tokens, own.start, is_percent && next_word(1) == "diem"),
        digits: raw.to_owned(),
        tokens: own.start..last,
    })
}

/// The words before a token, the nearest first; a mark ends them.
fn before(tokens: &[Token], at: usize) -> impl Iterator<Item = &str> {
    tokens[..at]
        .iter()
        .rev()
        .take_while(|t| t.kind == Kind::Word)
        .map(|t| t.folded.as_str())
}

/// Whether the words before a number, which stands at `at`, make it a part of a name.
fn is_name(tokens: &[Token], at: usize) -> bool {
    let Some(first) = at.checked_sub(1).map(|i| &tokens[i]) else {
        return false;
    };
    if first.kind != Kind::Word {
        // "mức độ 3, 4": the second number goes on with the first.
        return at >= 2
            && first.kind == Kind::Mark(',')
            && tokens[at - 2].kind == Kind::Number
            && is_name(tokens, at - 2);
    }
    let second = at.checked_sub(2).map_or("", |i| tokens[i].lower.as_str());
    // No name has a number with a mark in it: "trong kỳ 68.164 hồ sơ".
    let is_plain = tokens[at].lower.bytes().all(|b| b.is_ascii_digit());
    if first.lower == "số" {
        return second != "tổng";
    }
    let after_capital = first.is_capital && !is_first(tokens, at - 1);
    is_plain && (NAMES.contains(&first.lower.as_str()) || after_capital)
}

/// Whether a token is the first word of its sentence.
fn is_first(tokens: &[Token], at: usize) -> bool {
    tokens[..at].iter().all(|t| t.kind != Kind::Word)
}

fn is_span_of_time(tokens: &[Token], after: usize) -> bool {
    let word = tokens.get(after).map_or("", |t| t.lower.as_str());
    // "CMND 9 số"
    AFTER.contains(&word) || word == "số"
}

/// A bare number from 1900 to 2100 without a unit: a year.
fn is_year(raw: &str, tokens: &[Token], at: usize) -> bool {
    let is_plain = raw.len() == 4 && raw.bytes().all(|b| b.is_ascii_digit());
    let in_range = raw.parse().is_ok_and(|n: u32| (1900..=2100).contains(&n));
    let has_unit = tokens
        .get(at + 1)
        .is_some_and(|t| t.kind == Kind::Word || t.kind == Kind::Percent);
    is_plain && in_range && !has_unit
}

fn qualifier(tokens: &[Token], at: usize) -> Qualifier {
    let words: Vec<&str> = before(tokens, at).take(2).collect();
    let fits = |wanted: &[&str]| {
        wanted.len() <= words.len() && wanted.iter().rev().zip(&words).all(|(a, b)| a == b)
    };
    QUALIFIERS
        .iter()
        .find(|(wanted, _)| fits(wanted))
        .map_or(Qualifier::Equal, |(_, q)| *q)
}

fn role(tokens: &[Token], at: usize, is_points: bool) -> Role {
    let words: Vec<&str> = before(tokens, at).take(12).collect();
    let near =
        |wanted: &[&str], within: usize| words.iter().take(within).any(|w| wanted.contains(w));
    let pair = |a: &str, b: &str| words.windows(2).any(|w| w == [b, a]);
    if is_points {
        return Role::Other;
    }
    if is_from(tokens, at) || pair("chi", "tieu") || pair("muc", "tieu") || pair("phan", "dau") {
        return Role::Other;
    }
    if words
        .first()
        .is_some_and(|w| ["len", "xuong", "con"].contains(w))
    {
        return Role::Level;
    }
    if near(
        &[
            "tang",
            "giam",
            "them",
            "increased",
            "decreased",
            "rose",
            "fell",
        ],
        3,
    ) {
        return Role::Change;
    }
    Role::Level
}

/// "từ 80%": how much it was before.
fn is_from(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|i| ["từ", "from"].contains(&tokens[i].lower.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::*;

    fn typed(text: &str) -> Vec<String> {
        sentences(text)
            .iter()
            .flat_map(|s| figures(text, s, Style::Vietnamese))
            .map(|t| {
                let role = match t.role {
                    Role::Level => "",
                    Role::Change => "±",
                    Role::Other => "?",
                };
                format!(
                    "{role}{}{}",
                    t.qualifier.sign().trim_matches('='),
                    &text[t.span]
                )
            })
            .collect()
    }

    #[test]
    fn figures_are_harvested() {
        for (text, wanted) in [
            (
                "Toàn tỉnh tiếp nhận 68.164 hồ sơ, đạt 99,9%",
                &["68.164", "99,9%"][..],
            ),
            ("tổng số 1.281 hồ sơ", &["1.281"]),
            ("hơn 2 nghìn lượt", &[">2 nghìn"]),
            ("kinh phí 18 tỷ 488 triệu đồng", &["18 tỷ 488 triệu"]),
            ("tăng 5% so với tháng trước", &["±5%"]),
            ("tăng từ 80% lên 85%", &["?80%", "85%"]),
            ("chỉ tiêu được giao là 70%", &["?70%"]),
            ("tối thiểu 20%", &["≥20%"]),
        ] {
            assert_eq!(typed(text), wanted, "{text}");
        }
    }

    #[test]
    fn numbers_inside_names_are_not() {
        for text in [
            "Quyết định số 422/QĐ-TTg và Đề án 06",
            "CCCD 12 số, CMND 9 số",
            "tổng đài 1022 hoạt động 24/7",
            "ngày 23 tháng 9 năm 2024, 23/9/2024, tháng 9/2024, Quý II/2023",
            "mức độ 3, 4 và cấp độ 3",
            "chiến dịch 90 ngày, đêm",
            "giai đoạn 2022-2025, năm 2024",
            "Nghị quyết 68, Khoản 7, Điều 5, Phụ lục 2, Tổ công tác 68",
            "công dân từ 14 tuổi, trong 6 tháng đầu năm",
            "C06, 4G, DC01",
            "báo cáo ghi “mất 3 giờ, 40 hồ sơ”",
            "phải mất 3,4 giờ",
            "Quận 1, Phường 12",
            "xong trước 9 giờ",
            "năm 2024: 2025",
        ] {
            assert_eq!(typed(text), Vec::<String>::new(), "{text}");
        }
    }
}
