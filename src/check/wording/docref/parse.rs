//! Text → references: the word for the type, the number, the suffix, the date, the issuer.

use super::{DocRef, TYPES};
use crate::text::date::{Date, parse_date};
use crate::text::normal::fold;

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
    for (at, c) in text[from..].char_indices() {
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
                rest[before.len()..].clone_into(&mut head.word);
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
            .find([',', ';', '.', ')', '(', ':', '\n', '\t'])
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
