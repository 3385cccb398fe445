//! References to documents, "Kế hoạch số 48/KH-UBND ngày 01/3/2023 của Chủ tịch UBND huyện": their parts, and parts
//! that disagree (`docref-form`, `docref-issuer`, `docref-year`, `docnumber-order`).
//!
//! The abbreviations of document types are those of Nghị định số 30/2020/NĐ-CP, appendix III.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Slip;
use crate::diagnostic::{codes, phrase};
use crate::text::date::{Date, parse_date};
use crate::text::normal::fold;

/// Words for a type of document and its abbreviations; letters without an abbreviation have none.
const TYPES: [(&str, &[&str]); 30] = [
    ("nghị quyết liên tịch", &["NQLT"]),
    ("thông tư liên tịch", &["TTLT"]),
    ("kế hoạch", &["KH"]),
    ("quyết định", &["QĐ"]),
    ("nghị định", &["NĐ"]),
    ("nghị quyết", &["NQ"]),
    ("thông tư", &["TT"]),
    ("thông báo", &["TB"]),
    ("báo cáo", &["BC"]),
    ("chỉ thị", &["CT"]),
    ("công điện", &["CĐ"]),
    ("tờ trình", &["TTr"]),
    ("hướng dẫn", &["HD"]),
    ("chương trình", &["CTr"]),
    ("phương án", &["PA"]),
    ("kết luận", &["KL", "TB"]),
    ("quy chế", &["QC"]),
    ("quy định", &["QyĐ", "QĐ"]),
    ("biên bản", &["BB"]),
    ("giấy mời", &["GM"]),
    ("công văn", &["CV"]),
    ("official letter", &["CV"]),
    ("resolution", &["NQ"]),
    ("directive", &["CT"]),
    ("decision", &["QĐ"]),
    ("circular", &["TT", "TTLT"]),
    ("decree", &["NĐ"]),
    ("report", &["BC"]),
    ("notice", &["TB"]),
    ("plan", &["KH"]),
];

/// Bodies as suffixes name them, and words that name the same body. A suffix begins with its body.
const BODIES: [(&str, &[&str]); 18] = [
    ("TTg", &["thu tuong"]),
    ("CP", &["chinh phu"]),
    ("QH", &["quoc hoi"]),
    (
        "UBND",
        &[
            "ubnd",
            "uy ban nhan dan",
            "chu tich ubnd",
            "chu tich uy ban nhan dan",
            "chu tich",
        ],
    ),
    ("HĐND", &["hdnd", "hoi dong nhan dan"]),
    ("VPCP", &["van phong chinh phu"]),
    (
        "VPUBND",
        &["van phong ubnd", "van phong uy ban nhan dan", "van phong"],
    ),
    ("BCA", &["bo cong an"]),
    ("BTP", &["bo tu phap"]),
    ("BNV", &["bo noi vu"]),
    ("BYT", &["bo y te"]),
    ("BTC", &["bo tai chinh"]),
    ("BTTTT", &["bo thong tin"]),
    ("BGDĐT", &["bo giao duc"]),
    ("STP", &["so tu phap"]),
    ("UBQGCĐS", &["uy ban quoc gia"]),
    ("TU", &["tinh uy", "thanh uy", "ban thuong vu"]),
    ("TCT", &["to cong tac", "to truong to cong tac"]),
];

/// Types that are never numbered without their year.
const DATED_TYPES: [&str; 3] = ["NĐ", "TT", "TTLT"];

/// A reference to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocRef {
    /// The bytes from the word for its type to the end of its suffix.
    pub(crate) span: Range<usize>,
    /// The reference as written.
    pub(crate) text: String,
    /// The word for its type, as written; empty where there is none.
    kind_word: String,
    /// Abbreviations that fit that word.
    kinds: &'static [&'static str],
    /// Digits before the number that are not a part of it: the `11` of "số 11 422/QĐ-TTg".
    stray: Option<String>,
    /// The number.
    pub(crate) number: u32,
    /// The year within the number.
    year: Option<u16>,
    /// The abbreviated type of the suffix; empty for a letter.
    kind: String,
    /// The body of the suffix, without spaces.
    body: String,
    /// The body after "của", folded, where one is named.
    issuer: Option<String>,
    /// The same as written.
    issuer_as_written: String,
    /// The date after "ngày".
    pub(crate) date: Option<Date>,
}

/// Finds the references of a text.
pub(crate) fn find(text: &str) -> Vec<DocRef> {
    let mut found: Vec<DocRef> = Vec::new();
    for (slash, _) in text.match_indices('/') {
        if found.last().is_some_and(|r| slash < r.span.end) {
            continue;
        }
        found.extend(at_slash(text, slash));
    }
    found
}

/// The reference whose number ends at a slash.
fn at_slash(text: &str, slash: usize) -> Option<DocRef> {
    let before = text[..slash].trim_end();
    let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number: u32 = before[digits..].parse().ok().filter(|n| *n > 0)?;
    let after = &text[slash + 1..];
    let (year, suffix_start) = match after.split_once('/') {
        Some((y, rest)) if y.trim().len() == 4 => {
            (Some(y.trim().parse().ok()?), text.len() - rest.len())
        }
        _ => (None, slash + 1),
    };
    let (suffix, end) = suffix(text, suffix_start)?;
    let (kind, body) = match suffix.split_once('-') {
        Some((kind, body)) if !kind.is_empty() => (kind.to_owned(), body.to_owned()),
        _ => return None,
    };
    // The suffix of a letter is its body and office: "1320/UBND-NC".
    let is_type = TYPES
        .iter()
        .any(|(_, kinds)| kinds.contains(&kind.as_str()));
    let (kind, body) = if is_type {
        (kind, body)
    } else {
        (String::new(), kind)
    };
    let head = Head::before(text, digits);
    let (date, issuer) = tail(&text[end..]);
    Some(DocRef {
        span: head.start..end,
        text: text[head.start..end].to_owned(),
        kind_word: head.word,
        kinds: head.kinds,
        stray: head.stray,
        number,
        year,
        kind,
        body,
        issuer: issuer.map(fold),
        issuer_as_written: issuer.unwrap_or_default().trim().to_owned(),
        date,
    })
}

/// A suffix such as `QĐ – UBND` without its spaces, and where it ends.
fn suffix(text: &str, start: usize) -> Option<(String, usize)> {
    let rest = &text[start..];
    let from = start + rest.len() - rest.trim_start().len();
    let mut out = String::new();
    let mut end = from;
    let mut chars = text[from..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let here = from + at;
        if c.is_alphanumeric() {
            out.push(c);
            end = here + c.len_utf8();
        } else if matches!(c, '-' | '–') && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        } else if c == ' ' {
            // Spaces stand around the dash only: "QĐ – UBND".
            let next = text[here..].trim_start();
            let goes_on = out.ends_with('-') || next.starts_with(['-', '–']);
            let is_capital = !out.ends_with('-') || next.starts_with(char::is_uppercase);
            if !goes_on || !is_capital {
                break;
            }
        } else {
            break;
        }
    }
    let out = out.trim_end_matches('-').to_owned();
    let is_suffix = out.starts_with(char::is_uppercase)
        && out.contains('-')
        && out.chars().filter(|c| c.is_uppercase()).count() >= 2
        && out.chars().count() <= 40;
    is_suffix.then_some((out, end))
}

/// What stands before a number: the word for the type, "số", stray digits.
struct Head {
    start: usize,
    word: String,
    kinds: &'static [&'static str],
    stray: Option<String>,
}

impl Head {
    fn before(text: &str, digits: usize) -> Self {
        let mut head = Self {
            start: digits,
            word: String::new(),
            kinds: &[],
            stray: None,
        };
        let mut rest = text[..digits].trim_end();
        let number = |t: &str| t.len() - t.bytes().rev().take_while(u8::is_ascii_digit).count();
        let other = number(rest);
        // "số 11 422/QĐ-TTg", not "tại Điều 11 422/…".
        let is_stray = other < rest.len()
            && text[rest.len()..digits].starts_with(' ')
            && is_after_number_word(&rest[..other]);
        if is_stray {
            head.stray = Some(rest[other..].to_owned());
            head.start = other;
            rest = rest[..other].trim_end();
        }
        for word in ["số:", "số", "Số", "No."] {
            if let Some(shorter) = rest.strip_suffix(word) {
                head.start = shorter.len();
                rest = shorter.trim_end();
                break;
            }
        }
        let lower = rest.to_lowercase();
        if lower.len() != rest.len() {
            return head;
        }
        for (word, kinds) in TYPES {
            if let Some(before) = lower.strip_suffix(word)
                && !before.ends_with(char::is_alphanumeric)
            {
                head.start = before.len();
                head.word = rest[before.len()..].to_owned();
                head.kinds = kinds;
                break;
            }
        }
        head
    }
}

fn is_after_number_word(text: &str) -> bool {
    let text = text.trim_end();
    let lower = text.to_lowercase();
    lower.ends_with("số") || TYPES.iter().any(|(w, _)| lower.ends_with(w))
}

/// Date and issuer after a suffix: " ngày 01/3/2023 của Chủ tịch UBND huyện".
fn tail(text: &str) -> (Option<Date>, Option<&str>) {
    let mut rest = text.trim_start_matches([' ', ',', '(']);
    let mut date = None;
    for word in ["ngày ", "dated ", "of "] {
        if let Some(after) = rest.strip_prefix(word) {
            let length = date_length(after);
            date = parse_date(&after[..length]).ok();
            rest = after[length..].trim_start();
            break;
        }
    }
    let issuer = ["của ", "by the "]
        .iter()
        .find_map(|w| rest.strip_prefix(w));
    let issuer = issuer.map(|i| {
        let end = i
            .find([',', ';', '.', ')', '(', ':', '\n'])
            .unwrap_or(i.len());
        &i[..end]
    });
    (date, issuer)
}

/// How many bytes of "01/3/2023 của …" or "01 tháng 3 năm 2023 của …" are the date.
fn date_length(text: &str) -> usize {
    let part = |c: char| c.is_ascii_digit() || "/-. ".contains(c);
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        let plain = word.trim();
        if !(plain.chars().all(part) || plain == "tháng" || plain == "năm") {
            let digits = plain
                .bytes()
                .take_while(|b| b.is_ascii_digit() || *b == b'/')
                .count();
            end += digits;
            break;
        }
        end += word.len();
    }
    let date = text[..end].trim_end();
    date.trim_end_matches(['.', ',']).len()
}

/// What is wrong with a reference.
pub(crate) fn judge(reference: &DocRef) -> Vec<Slip> {
    let slip = |code| Slip::new(code, reference.span.clone()).with("value", &reference.text);
    let mut slips = Vec::new();
    if let Some(stray) = &reference.stray {
        let rest = reference.text.replacen(&format!("{stray} "), "", 1);
        slips.push(
            slip(codes::DOCREF_FORM)
                .with("reason", phrase("docref-stray").with("digits", stray))
                .suggest(Some(rest)),
        );
    }
    let differs = !reference.kinds.is_empty()
        && !reference.kind.is_empty()
        && !reference.kinds.contains(&reference.kind.as_str());
    if differs {
        let reason = phrase("docref-word")
            .with("word", reference.kind_word.to_lowercase())
            .with("kind", &reference.kind);
        slips.push(slip(codes::DOCREF_FORM).with("reason", reason));
    }
    if reference.year.is_none() && DATED_TYPES.contains(&reference.kind.as_str()) {
        slips.push(slip(codes::DOCREF_YEAR));
    }
    if let Some(body) = other_issuer(reference) {
        slips.push(
            slip(codes::DOCREF_ISSUER)
                .with("body", body)
                .with("issuer", &reference.issuer_as_written),
        );
    }
    slips
}

/// The body of the suffix, where the body after "của" is another one. Both must be known.
fn other_issuer(reference: &DocRef) -> Option<&str> {
    let issuer = reference.issuer.as_deref()?;
    let named = BODIES.iter().filter_map(|(body, words)| {
        let longest = words
            .iter()
            .filter(|w| begins(issuer, w))
            .map(|w| w.len())
            .max()?;
        Some((longest, *body))
    });
    let (_, named) = named.max()?;
    let body = BODIES
        .iter()
        .filter(|(b, _)| reference.body.starts_with(b))
        .max_by_key(|(b, _)| b.len())?;
    let fits = body.1.iter().any(|w| begins(issuer, w)) || body.0 == named;
    (!fits).then_some(reference.body.as_str())
}

/// Whether a folded text begins with whole words.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The register that a reference is numbered in; `None` where that is not certain.
///
/// Bodies of the centre have one register a year and type. "QĐ-UBND" is written by every province and commune, so
/// that the issuer decides; any other body is one of the place whose report this is.
fn register(reference: &DocRef) -> Option<(String, u16)> {
    let year = reference.date?.year();
    let shared = ["UBND", "HĐND", "TU", "HU"];
    let owner = if shared.contains(&reference.body.as_str()) {
        reference.issuer.clone()?
    } else {
        String::new()
    };
    Some((
        format!("{}-{} {owner}", reference.kind, reference.body),
        year,
    ))
}

/// References whose numbers do not rise with their dates within one register: each with one it disagrees with.
///
/// As many as possible are taken to be right (a longest rising sequence); the others are the odd ones.
pub(crate) fn out_of_order<'r>(references: &[&'r DocRef]) -> Vec<(usize, &'r DocRef)> {
    let mut registers: BTreeMap<(String, u16), BTreeMap<(Option<Date>, u32), usize>> =
        BTreeMap::new();
    for (at, reference) in references.iter().enumerate() {
        if let Some(key) = register(reference) {
            let dated = (reference.date, reference.number);
            registers.entry(key).or_default().entry(dated).or_insert(at);
        }
    }
    let mut found = Vec::new();
    for members in registers.into_values() {
        let list: Vec<&DocRef> = members.values().map(|at| references[*at]).collect();
        let rising = longest_rising(&list);
        for (own, at) in list.iter().zip(members.values()) {
            let other = rising.iter().map(|i| list[*i]).find(|o| {
                (o.date < own.date && o.number > own.number)
                    || (o.date > own.date && o.number < own.number)
            });
            found.extend(other.map(|o| (*at, o)));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Positions of a longest sequence, in order of date, whose numbers do not fall.
fn longest_rising(list: &[&DocRef]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(list.len());
    for (i, own) in list.iter().enumerate() {
        let before = (0..i)
            .filter(|j| list[*j].number <= own.number)
            .max_by_key(|j| (best[*j].0, std::cmp::Reverse(*j)));
        best.push(before.map_or((1, None), |j| (best[j].0 + 1, Some(j))));
    }
    let last = (0..list.len()).max_by_key(|i| (best[*i].0, std::cmp::Reverse(*i)));
    let mut rising: Vec<usize> = std::iter::successors(last, |i| best[*i].1).collect();
    rising.reverse();
    rising
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    fn judged(text: &str) -> String {
        let slips: Vec<Slip> = find(text).iter().flat_map(judge).collect();
        shown(text, &slips).join(" | ")
    }

    #[test]
    fn parts_of_a_reference_are_found() {
        let text = "theo Kế hoạch số 48/KH- UBND ngày 01/3/2023 của Chủ tịch UBND huyện, Quyết định 422/QĐ-TTg";
        let found = find(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text, "Kế hoạch số 48/KH- UBND");
        assert_eq!(
            (found[0].kind.as_str(), found[0].body.as_str()),
            ("KH", "UBND")
        );
        assert_eq!(found[0].date, Date::new(2023, 3, 1));
        assert_eq!(found[0].issuer.as_deref(), Some("chu tich ubnd huyen"));
        assert_eq!(
            (found[1].number, found[1].kind_word.as_str()),
            (422, "Quyết định")
        );
    }

    #[test]
    fn parts_that_disagree_are_found() {
        for (text, wanted) in [
            (
                "Kế hoạch số 33/QĐ – UBND ngày 03/03/2022",
                "docref-form: Kế hoạch số 33/QĐ – UBND",
            ),
            (
                "Công văn số 1320/BC-STP",
                "docref-form: Công văn số 1320/BC-STP",
            ),
            ("Nghị định 104/NĐ-CP", "docref-year: Nghị định 104/NĐ-CP"),
            (
                "Quyết định số 11 422/QĐ-TTg",
                "docref-form: Quyết định số 11 422/QĐ-TTg → Quyết định số 422/QĐ-TTg",
            ),
            (
                "Quyết định số 27/QĐ-UBND ngày 15/3/2022 của Ủy ban Quốc gia về chuyển đổi số",
                "docref-issuer: Quyết định số 27/QĐ-UBND",
            ),
            (
                "Kế hoạch 89/KH-TCTTKĐA06, của Chủ tịch UBND huyện",
                "docref-issuer: Kế hoạch 89/KH-TCTTKĐA06",
            ),
        ] {
            assert_eq!(judged(text), wanted, "{text}");
        }
    }

    #[test]
    fn sound_references_and_other_slashes_are_left_alone() {
        for text in [
            "Quyết định số 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng Chính phủ",
            "Nghị định số 63/2024/NĐ-CP ngày 10/6/2024 của Chính phủ",
            "Nghị quyết số 48-NQ/TU ngày 05/10/2021 của Tỉnh ủy",
            "Công văn số 1552/BTTTT-THH ngày 26/4/2022 của Bộ Thông tin và Truyền thông",
            "Quyết định số 540/QĐ-UBND ngày 07/02/2024 của Chủ tịch UBND tỉnh Bình Định",
            "Báo cáo số 767/BC-VPUBND ngày 23/9/2024 của Văn phòng UBND tỉnh Bình Định",
            "Thông tư số 01/2023/TT-VPCP",
            "767/BC-VPUBND",
            "ngày 23/9/2024, 119/119 cơ sở, và/hoặc, 24/7",
            "Báo cáo tháng 11 422 hồ sơ",
        ] {
            assert_eq!(judged(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_of_one_register_rise_with_their_dates() {
        let text = "số 701/BC-VPUBND ngày 03/9/2024, số 718/BC-VPUBND ngày 07/9/2024, \
            số 618/BC-VPUBND ngày 18/9/2024, số 757/BC-VPUBND ngày 20/9/2024, \
            số 5/QĐ-UBND ngày 01/9/2024, số 3/QĐ-UBND ngày 02/9/2024";
        let found = find(text);
        let references: Vec<&DocRef> = found.iter().collect();
        let odd: Vec<(u32, u32)> = out_of_order(&references)
            .iter()
            .map(|(at, other)| (references[*at].number, other.number))
            .collect();
        assert_eq!(odd, [(618, 718)]);
    }
}
