//! "12 thủ tục sau:" and a list of ten (`listed-vs-announced`).

use std::ops::Range;

use super::Lint;
use super::prose::{Block, Kind};
use crate::diagnostic::codes;
use crate::text::normal::fold;

/// First words of what can be listed.
const NOUNS: [&str; 36] = [
    "thủ",
    "dịch",
    "dvc",
    "tthc",
    "nhiệm",
    "nội",
    "nhóm",
    "giải",
    "mô",
    "đơn",
    "cơ",
    "chỉ",
    "kiến",
    "văn",
    "điểm",
    "bước",
    "việc",
    "tiện",
    "cách",
    "nguyên",
    "lý",
    "lĩnh",
    "vấn",
    "mục",
    "hạn",
    "khó",
    "yêu",
    "bộ",
    "sở",
    "xã",
    "phường",
    "huyện",
    "quận",
    "procedures",
    "services",
    "tasks",
];

/// Numbers in words. "năm" is also "year", but no year stands before a noun.
const NUMBERS: [(&str, usize); 18] = [
    ("hai", 2),
    ("ba", 3),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
];

/// Words before a number that make it a part of a name.
const NAMES: [&str; 14] = [
    "số", "điều", "khoản", "mục", "lục", "án", "định", "quyết", "phần", "chương", "ngày", "tháng",
    "quý", "tuần",
];

/// Words by which a text says that what follows is not all.
const PARTIAL: [&str; 11] = [
    "trong đó",
    "ví dụ",
    "chẳng hạn",
    "tiêu biểu",
    "nổi bật",
    "một số",
    "chủ yếu",
    "điển hình",
    "nhất là",
    "including",
    "for example",
];

/// Words by which a text says that the list follows.
const FOLLOWING: [&str; 7] = [
    "sau",
    "dưới đây",
    "gồm",
    "cụ thể",
    "như sau",
    "following",
    "below",
];

/// A number of things that a text announces.
struct Announced {
    counts: Vec<usize>,
    span: Range<usize>,
}

/// Compares what is announced with the list or table that follows, or with what follows in the sentence.
pub(super) fn check(lint: &Lint<'_>) {
    let blocks = &lint.prose.blocks;
    for (at, block) in blocks.iter().enumerate() {
        if matches!(block.kind, Kind::Cell(..) | Kind::Declared) {
            continue;
        }
        if let Some((announced, listed)) = within(&block.text) {
            report(lint, block, &announced, listed);
        } else if let Some(next) = blocks.get(at + 1)
            && let Some(listed) = listed_from(lint, block, next)
        {
            let start = last_sentence(&block.text);
            let sentence = &block.text[start..];
            if announces_a_list(sentence) {
                let announced = announced(sentence, start);
                report(lint, block, &announced, listed);
            }
        }
    }
}

fn report(lint: &Lint<'_>, block: &Block, announced: &[Announced], listed: usize) {
    let fits = announced.iter().any(|a| a.counts.contains(&listed));
    if let Some(first) = announced.first()
        && !fits
        && listed >= 2
    {
        let d = lint
            .finding(codes::LISTED_VS_ANNOUNCED, block, &first.span)
            .with("stated", &block.text[first.span.clone()])
            .with("listed", listed)
            .figures(&block.text[first.span.clone()], listed);
        lint.report(d);
    }
}

/// How many items or rows begin with the next block.
fn listed_from(lint: &Lint<'_>, block: &Block, next: &Block) -> Option<usize> {
    match (next.kind, next.item) {
        (Kind::Cell(table, 0, 0), _) => {
            let totals = lint.prose.blocks.iter().filter(|b| {
                matches!(b.kind, Kind::Cell(t, row, 0 | 1) if t == table && row > 0)
                    && ["tong", "cong", "tong cong", "tong so"].contains(&fold(&b.text).as_str())
            });
            Some(lint.prose.tables[table].saturating_sub(totals.count()))
        }
        (Kind::Paragraph, Some(item))
            if item.is_first && block.item.is_none_or(|i| i.list != item.list) =>
        {
            Some(lint.prose.lists[item.list].0)
        }
        _ => None,
    }
}

fn announces_a_list(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let follows = FOLLOWING.iter().any(|w| has_words(&lower, w));
    let is_example = lower.trim_end().trim_end_matches(':').ends_with("như");
    let is_partial = is_example || PARTIAL.iter().any(|w| lower.contains(w));
    (lower.trim_end().ends_with(':') || follows) && !is_partial
}

fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, w)| {
        !text[..at].ends_with(char::is_alphanumeric)
            && !text[at + w.len()..].starts_with(char::is_alphanumeric)
    })
}

/// Where the last sentence begins.
fn last_sentence(text: &str) -> usize {
    let end = text.trim_end().trim_end_matches(['.', ':']).len();
    let ends = [". ", "? ", "! ", "; "];
    ends.iter()
        .filter_map(|e| text[..end].rfind(e).map(|i| i + e.len()))
        .max()
        .unwrap_or(0)
}

/// "12 thủ tục: khai sinh; khai tử; kết hôn." or "… gồm: (1) …, (2) …" within one block.
fn within(text: &str) -> Option<(Vec<Announced>, usize)> {
    let colon = text
        .match_indices(": ")
        .map(|(i, _)| i)
        .find(|i| !text[..*i].ends_with("số"))?;
    let start = last_sentence(&text[..colon]);
    let head = &text[start..colon];
    if PARTIAL.iter().any(|w| head.to_lowercase().contains(w)) {
        return None;
    }
    let tail = &text[colon + 2..];
    let tail = &tail[..tail.find(". ").unwrap_or(tail.len())];
    let marks = (1..=60)
        .take_while(|n| tail.contains(&format!("({n})")))
        .count();
    let parts = tail.split(';').filter(|p| !p.trim().is_empty()).count();
    let listed = if marks >= 2 { marks } else { parts };
    let announced = announced(head, start);
    (listed >= 3 && !announced.is_empty()).then_some((announced, listed))
}

/// The numbers of a sentence that stand before something that can be listed.
fn announced(sentence: &str, offset: usize) -> Vec<Announced> {
    let words: Vec<(usize, &str)> = sentence
        .split_whitespace()
        .map(|w| (w.as_ptr() as usize - sentence.as_ptr() as usize, w))
        .collect();
    let plain = |w: &str| {
        w.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let number = |w: &str| -> Vec<usize> {
        let w = plain(w);
        let word = NUMBERS.iter().find(|(n, _)| *n == w).map(|(_, n)| *n);
        let parts: Vec<usize> = w.split('/').map_while(|p| p.parse().ok()).collect();
        word.map_or(parts, |n| vec![n])
    };
    let mut found = Vec::new();
    for (i, (at, word)) in words.iter().enumerate() {
        let Some((end, noun)) = words.get(i + 1) else {
            break;
        };
        let mut counts = number(word);
        let before = i
            .checked_sub(1)
            .map(|b| plain(words[b].1))
            .unwrap_or_default();
        let is_name = NAMES.contains(&before.as_str());
        let fits = counts.iter().all(|n| (2..=200).contains(n)) && !counts.is_empty();
        if !fits || is_name || !NOUNS.contains(&plain(noun).as_str()) || word.ends_with([',', ';'])
        {
            continue;
        }
        if ["trong", "of"].contains(&before.as_str()) && i >= 2 {
            counts.extend(number(words[i - 2].1));
        }
        let second = words.get(i + 2).map_or("", |w| w.1);
        let last = if noun.chars().count() <= 6
            && !noun.ends_with([':', ',', '.'])
            && !second.is_empty()
        {
            words[i + 2].0
                + second
                    .trim_end_matches(|c: char| !c.is_alphanumeric())
                    .len()
        } else {
            end + noun.trim_end_matches(|c: char| !c.is_alphanumeric()).len()
        };
        found.push(Announced {
            counts,
            span: offset + at..offset + last,
        });
    }
    found
}
