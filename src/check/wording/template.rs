//! Blanks of a form that nobody filled in (`template-leftover`): "ngày    tháng 08 năm 2023", "Số:     /BC-UBND",
//! "…/…/2024", "[điền]".

use std::ops::Range;

use super::{Slip, Word, words};
use crate::diagnostic::codes;

/// Finds blanks.
pub(super) fn find(text: &str) -> Vec<Slip> {
    let words = words(text);
    let mut spans = lines(text);
    spans.extend(dates(text, &words));
    spans.extend(numbers(text, &words));
    spans.extend(brackets(text));
    spans.extend(placeholders(text, &words));
    spans.sort_by_key(|s| (s.start, s.end));
    let mut slips: Vec<Slip> = Vec::new();
    for span in spans {
        if slips.last().is_none_or(|s| s.span.end <= span.start) {
            slips.push(
                Slip::new(codes::TEMPLATE_LEFTOVER, span.clone()).with("value", text[span].trim()),
            );
        }
    }
    slips
}

/// Runs of three or more underscores, and dots or ellipses around a slash.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let blank = |c: char| matches!(c, '_' | '…' | '.');
    let mut at = 0;
    while let Some(from) = text[at..].find(blank).map(|i| at + i) {
        let run = text[from..]
            .find(|c| !blank(c) && c != '/')
            .map_or(text.len(), |i| from + i);
        let piece = &text[from..run];
        let underscores = piece.matches('_').count();
        let parts: Vec<&str> = piece.split('/').collect();
        let is_part = |p: &str| p.chars().filter(|c| blank(*c)).count() >= 1;
        // A full stop before a slash is no blank: "v.v./".
        let is_dated = parts.len() >= 2
            && parts[..parts.len() - 1].iter().all(|p| is_part(p))
            && (piece.contains('…') || piece.contains("..") || underscores > 0);
        if underscores >= 3 || is_dated {
            spans.push(from..run);
        }
        at = run.max(from + 1);
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    spans
}

/// "ngày    tháng 08 năm 2023", "ngày … tháng … năm 2024": a day or a month without its number.
fn dates(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let Some(next) = words.get(i + 1) else { break };
        let gap = &text[word.span.end..next.span.start];
        let is_blank = gap.chars().all(|c| c.is_whitespace() || ".…_".contains(c));
        let pair = match (word.lower.as_str(), next.lower.as_str()) {
            ("ngày", "tháng") => 2,
            ("tháng", "năm") => 1,
            _ => continue,
        };
        let is_number = |at: usize| {
            words
                .get(at)
                .is_some_and(|w| w.lower.bytes().all(|b| b.is_ascii_digit()))
        };
        let is_dated = match pair {
            // "ngày tháng 08", "ngày tháng năm 2024"
            2 => is_number(i + 2) || (is_word(words, i + 2, "năm") && is_number(i + 3)),
            // "tháng Năm 2024" is May.
            _ => {
                text[next.span.clone()].starts_with('n')
                    && i > 0
                    && is_number(i - 1)
                    && is_number(i + 2)
            }
        };
        let is_wide = gap.chars().count() >= 2 && gap != ", ";
        if is_blank && (is_dated || is_wide) {
            let end = if is_number(i + 2) { i + 2 } else { i + 1 };
            spans.push(word.span.start..words[end].span.end);
        }
    }
    spans
}

fn is_word(words: &[Word], at: usize, word: &str) -> bool {
    words.get(at).is_some_and(|w| w.lower == word)
}

/// "Số:     /BC-UBND": a document number that begins with its slash.
fn numbers(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for (word, next) in words.iter().zip(words.iter().skip(1)) {
        let gap = &text[word.span.end..next.span.start];
        let is_blank = gap.contains('/')
            && gap
                .chars()
                .all(|c| c.is_whitespace() || ":./…_".contains(c));
        let suffix = &text[next.span.clone()];
        let is_suffix = suffix.chars().all(char::is_uppercase) && suffix.chars().count() >= 2;
        if word.lower == "số" && is_blank && is_suffix && !gap.starts_with('/') {
            spans.push(word.span.start..next.span.end);
        }
    }
    spans
}

/// "[điền số liệu]", "[…]", "<tên đơn vị>".
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for (open, close) in [('[', ']'), ('<', '>')] {
        for (from, _) in text.match_indices(open) {
            let Some(length) = text[from..].find(close).filter(|n| *n <= 80) else {
                continue;
            };
            let inner = text[from + 1..from + length].trim().to_lowercase();
            let asks = [
                "điền",
                "nhập",
                "ghi số",
                "ghi rõ",
                "tên ",
                "số liệu",
                "họ và tên",
                "fill",
                "insert",
            ]
            .iter()
            .any(|w| inner.starts_with(w));
            let is_empty = !inner.is_empty() && inner.chars().all(|c| ".…_".contains(c));
            if asks || is_empty {
                spans.push(from..from + length + 1);
            }
        }
    }
    spans
}

/// "xxx", "XX/YY", "TODO", "lorem ipsum".
fn placeholders(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let is_filler = |w: &Word| {
        let raw = &text[w.span.clone()];
        // `XXX` may be the number thirty.
        (w.lower.len() >= 3 && raw.bytes().all(|b| b == b'x'))
            || matches!(raw, "TODO" | "TBD")
            || (w.lower == "xx" && text[w.span.end..].starts_with('/'))
    };
    let mut spans: Vec<Range<usize>> = words
        .iter()
        .filter(|w| is_filler(w))
        .map(|w| w.span.clone())
        .collect();
    for pair in words.windows(2) {
        if pair[0].lower == "lorem" && pair[1].lower == "ipsum" {
            spans.push(pair[0].span.start..pair[1].span.end);
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks(text: &str) -> Vec<&str> {
        find(text).iter().map(|s| &text[s.span.clone()]).collect()
    }

    #[test]
    fn blanks_of_the_reports_are_found() {
        for (text, wanted) in [
            ("Cẩm Lương, ngày tháng 08 năm 2023", "ngày tháng 08"),
            ("ngày    tháng   năm 2024", "ngày    tháng"),
            ("ngày … tháng … năm 2024", "ngày … tháng"),
            ("Số: /BC- ĐA06", "Số: /BC"),
            ("Báo cáo số _____/BC-VPUBND", "số _____/BC"),
            ("từ …/…/2024", "…/…/"),
            ("từ .../.../2024", ".../.../"),
            ("có [điền số] hồ sơ", "[điền số]"),
            ("có […] hồ sơ", "[…]"),
            ("đạt xxx hồ sơ", "xxx"),
            ("tháng xx/2024", "xx"),
        ] {
            assert_eq!(blanks(text).first(), Some(&wanted), "{text}");
        }
    }

    #[test]
    fn texts_that_only_look_so_are_left_alone() {
        for text in [
            "ngày 07 tháng 02 năm 2024",
            "ngày, tháng, năm sinh",
            "họ tên, ngày tháng năm sinh",
            "số: 12/BC-UBND",
            "số/năm",
            "hồ sơ, v.v.",
            "và/hoặc…",
            "từ … đến",
            "Chương XXX",
            "[1] và [ghi chú]",
            "kỳ 2024-09...",
            "trang/…",
            "1.178 / 1.281",
        ] {
            assert_eq!(blanks(text), Vec::<&str>::new(), "{text}");
        }
    }
}
