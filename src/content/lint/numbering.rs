//! Numbers of sections, paragraphs and items that leave one out (`numbering-gap`): 3. and then 5., (1) and then (3),
//! I. and then III. where `11.` stands for `II.`.

use std::ops::Range;

use super::Lint;
use super::prose::{Block, Kind};
use crate::diagnostic::{ToArgument, codes, phrase};

/// The number at the beginning of a heading or paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// `II.`
    Roman(u32),
    /// `3.` or `3.1.`
    Path(Vec<u32>),
    /// `(2)`
    Parenthesis(u32),
}

impl Label {
    fn shown(&self) -> String {
        match self {
            Self::Roman(n) => format!("{}.", roman(*n)),
            Self::Path(path) => {
                let parts: Vec<String> = path.iter().map(u32::to_string).collect();
                format!("{}.", parts.join("."))
            }
            Self::Parenthesis(n) => format!("({n})"),
        }
    }
}

/// The label that a text begins with, and its bytes.
pub(super) fn label(text: &str) -> Option<(Label, Range<usize>)> {
    let from = text.len() - text.trim_start().len();
    let first = text[from..].split_whitespace().next()?;
    let span = from..from + first.len();
    if let Some(inner) = first.strip_prefix('(') {
        let n = inner.strip_suffix(')')?;
        return Some((Label::Parenthesis(small(n)?), span));
    }
    if let Some(n) = first.strip_suffix('.').and_then(parse_roman) {
        return Some((Label::Roman(n), span));
    }
    let digits = first.strip_suffix('.').unwrap_or(first);
    let path: Vec<u32> = digits.split('.').map(small).collect::<Option<_>>()?;
    // `1.2` without its last point is a label only of several parts; `5` is a figure.
    (first.ends_with('.') || path.len() > 2).then_some((Label::Path(path), span))
}

/// A number of one or two digits.
fn small(text: &str) -> Option<u32> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| fits && *n > 0)
}

const ROMAN: [(&str, u32); 5] = [("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];

fn roman(mut n: u32) -> String {
    let mut out = String::new();
    for (sign, value) in ROMAN {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

fn parse_roman(text: &str) -> Option<u32> {
    (1..=39).find(|n| roman(*n) == text)
}

/// Checks the numbering of a page.
pub(super) fn check(lint: &Lint<'_>) {
    let mut state = State::default();
    for block in &lint.prose.blocks {
        if matches!(block.kind, Kind::Cell(..) | Kind::Declared) {
            continue;
        }
        if matches!(block.kind, Kind::Heading(_)) {
            state.item = None;
            state.parenthesis = None;
        }
        match label(&block.text) {
            Some((label, span)) => state.label(lint, block, &label, span),
            None => state.typed(lint, block),
        }
        within(lint, block);
    }
}

/// The numbers so far.
#[derive(Default)]
struct State {
    roman: Option<u32>,
    path: Vec<u32>,
    parenthesis: Option<u32>,
    /// The last typed number of an item: list, depth, number.
    item: Option<(usize, usize, u64)>,
    /// A heading `11.` since the last Roman number.
    eleven: bool,
}

impl State {
    fn label(&mut self, lint: &Lint<'_>, block: &Block, label: &Label, span: Range<usize>) {
        match label {
            Label::Roman(n) => {
                if let Some(last) = self.roman
                    && *n > last + 1
                {
                    let missing = Label::Roman(last + 1);
                    let misread = self.eleven && last == 1;
                    gap(
                        lint,
                        block,
                        span,
                        &Label::Roman(last),
                        label,
                        &missing,
                        misread,
                    );
                }
                (self.roman, self.path, self.eleven) = (Some(*n), Vec::new(), false);
                self.parenthesis = None;
            }
            Label::Path(path) => {
                if let Some(missing) = missing_before(&self.path, path) {
                    let before = Label::Path(self.path.clone());
                    gap(
                        lint,
                        block,
                        span,
                        &before,
                        label,
                        &Label::Path(missing),
                        false,
                    );
                }
                self.eleven |= path == &[11];
                self.path.clone_from(path);
                self.parenthesis = None;
            }
            Label::Parenthesis(n) => {
                if let Some(last) = self.parenthesis
                    && *n > last + 1
                {
                    let missing = Label::Parenthesis(last + 1);
                    gap(
                        lint,
                        block,
                        span,
                        &Label::Parenthesis(last),
                        label,
                        &missing,
                        false,
                    );
                }
                self.parenthesis = Some(*n);
            }
        }
    }

    /// Items of ordered lists: a page numbers them anew, so that a gap in the source would vanish silently.
    fn typed(&mut self, lint: &Lint<'_>, block: &Block) {
        let Some((item, number)) = block
            .item
            .filter(|i| i.is_first)
            .and_then(|i| Some((i, i.typed?)))
        else {
            return;
        };
        // Markdown takes the line `11. ĐÁNH GIÁ CHUNG` for an item.
        self.eleven |= number == 11 && !block.text.chars().any(char::is_lowercase);
        let depth = lint.prose.lists[item.list].1;
        if let Some((_, _, last)) = self.item.filter(|(_, d, _)| *d == depth)
            && number > last + 1
            && let (Ok(last), Ok(own)) = (u32::try_from(last), u32::try_from(number))
        {
            let path = |n: u32| Label::Path(vec![n]);
            let end = block.text.find(' ').unwrap_or(block.text.len());
            gap(
                lint,
                block,
                0..end,
                &path(last),
                &path(own),
                &path(last + 1),
                false,
            );
        }
        self.item = Some((item.list, depth, number));
    }
}

/// The number that is left out between two paths, if one is.
fn missing_before(last: &[u32], own: &[u32]) -> Option<Vec<u32>> {
    let (number, parents) = own.split_last()?;
    if !last.starts_with(parents) || last.is_empty() {
        return None;
    }
    let expected = last.get(parents.len()).map_or(1, |n| n + 1);
    (*number > expected).then(|| [parents, &[expected]].concat())
}

/// "(1) …; (3) …" within one block.
fn within(lint: &Lint<'_>, block: &Block) {
    let text = &block.text;
    let mut last: Option<u32> = None;
    for (at, _) in text.match_indices('(') {
        let Some(length) = text[at..].find(')').filter(|n| *n <= 3) else {
            continue;
        };
        let Some(n) = small(&text[at + 1..at + length]) else {
            continue;
        };
        let before = text[..at].trim_end();
        let begins = before.is_empty() || before.ends_with([';', '.', ':', ',']);
        let goes_on = text[at + length + 1..].starts_with(' ');
        if !begins || !goes_on {
            continue;
        }
        if let Some(previous) = last
            && n > previous + 1
        {
            let label = Label::Parenthesis;
            let span = at..at + length + 1;
            gap(
                lint,
                block,
                span,
                &label(previous),
                &label(n),
                &label(previous + 1),
                false,
            );
        }
        last = match last {
            None if n != 1 => None,
            _ => Some(n),
        };
    }
}

fn gap(
    lint: &Lint<'_>,
    block: &Block,
    span: Range<usize>,
    before: &Label,
    own: &Label,
    missing: &Label,
    is_misread: bool,
) {
    let note = if is_misread {
        phrase("eleven-is-two").to_argument()
    } else {
        "".to_argument()
    };
    let d = lint
        .finding(codes::NUMBERING_GAP, block, &span)
        .with("before", before.shown())
        .with("stated", own.shown())
        .with("missing", missing.shown())
        .with("note", note);
    lint.report(d);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read() {
        for (text, wanted) in [
            ("II. Kết quả", "II."),
            ("3.1. Nhiệm vụ", "3.1."),
            ("5. Tổ chức", "5."),
            ("(2) Rà soát", "(2)"),
        ] {
            assert_eq!(
                label(text).map(|l| l.0.shown()).as_deref(),
                Some(wanted),
                "{text}"
            );
        }
        for text in [
            "5 hồ sơ",
            "1.234 hồ sơ",
            "2024. Năm",
            "(2024) năm",
            "Có. Không",
            "0. a",
            "IIII. a",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_left_out_is_named() {
        for (last, own, wanted) in [
            (&[3, 5][..], &[5][..], Some(vec![4])),
            (&[3, 5], &[4], None),
            (&[3, 1], &[3, 3], Some(vec![3, 2])),
            (&[3], &[3, 2], Some(vec![3, 1])),
            (&[3], &[3, 1], None),
            (&[], &[4], None),
            (&[3], &[1], None),
            (&[3, 2], &[4, 1], None),
        ] {
            assert_eq!(missing_before(last, own), wanted, "{last:?} {own:?}");
        }
    }
}
