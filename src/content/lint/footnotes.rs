//! Footnote marks without a note, and notes without a mark (`footnote-marker`).

use std::ops::Range;

use super::Lint;
use super::prose::{Block, Kind};
use crate::diagnostic::{Diagnostic, codes, phrase};

/// Signs that mark a note when they stand directly after a word.
const SIGNS: [char; 5] = ['*', '†', '¹', '²', '³'];

/// Checks marks of the form `[^1]` and signs such as `*`.
pub(super) fn check(lint: &Lint<'_>) {
    for (label, span) in &lint.prose.marks {
        if !lint.prose.notes.iter().any(|(l, _)| l == label) {
            lint.report(mark_alone(at(lint, span), &format!("[^{label}]")));
        }
    }
    for (label, span) in &lint.prose.notes {
        if !lint.prose.marks.iter().any(|(l, _)| l == label) {
            let head = span.start..span.end.min(span.start + label.len() + 4);
            lint.report(note_alone(at(lint, &head), &format!("[^{label}]")));
        }
    }
    undefined(lint);
    for sign in SIGNS {
        signs(lint, sign);
    }
}

fn at(lint: &Lint<'_>, span: &Range<usize>) -> Diagnostic {
    Diagnostic::new(codes::FOOTNOTE_MARKER, lint.page.place(span.clone()))
}

fn mark_alone(d: Diagnostic, sign: &str) -> Diagnostic {
    d.with("reason", phrase("mark-without-note").with("sign", sign))
}

fn note_alone(d: Diagnostic, sign: &str) -> Diagnostic {
    d.with("reason", phrase("note-without-mark").with("sign", sign))
}

/// `[^1]` that Markdown left as text, since no note defines it.
fn undefined(lint: &Lint<'_>) {
    for block in &lint.prose.blocks {
        for (from, _) in block.text.match_indices("[^") {
            let Some(length) = block.text[from..].find(']').filter(|n| *n <= 20) else {
                continue;
            };
            let span = from..from + length + 1;
            let d = lint.finding(codes::FOOTNOTE_MARKER, block, &span);
            lint.report(mark_alone(d, &block.text[span.clone()]));
        }
    }
}

fn signs(lint: &Lint<'_>, sign: char) {
    let is_note = |b: &&Block| {
        let text = b.text.trim_start();
        text.starts_with(sign) && !matches!(b.kind, Kind::Heading(_))
    };
    let note = lint.prose.blocks.iter().find(is_note);
    let mark = lint
        .prose
        .blocks
        .iter()
        .find_map(|b| Some((b, mark(&b.text, sign)?)));
    match (mark, note) {
        (Some((block, span)), None) => {
            let d = lint.finding(codes::FOOTNOTE_MARKER, block, &span);
            lint.report(mark_alone(d, &sign.to_string()));
        }
        (None, Some(block)) => {
            let from = block.text.len() - block.text.trim_start().len();
            let span = from..from + sign.len_utf8();
            let d = lint.finding(codes::FOOTNOTE_MARKER, block, &span);
            lint.report(note_alone(d, &sign.to_string()));
        }
        _ => {}
    }
}

/// The sign directly after a word and not before another: `kết nối*`, but not `m²` nor `2*3`.
fn mark(text: &str, sign: char) -> Option<Range<usize>> {
    text.match_indices(sign).find_map(|(at, s)| {
        let word: String = text[..at]
            .chars()
            .rev()
            .take_while(|c| c.is_alphanumeric())
            .collect();
        let is_unit = ["m", "mk", "mc", "mm"].contains(&word.as_str());
        let ends = !text[at + s.len()..].starts_with(char::is_alphanumeric);
        (!word.is_empty() && !is_unit && ends).then(|| at..at + s.len())
    })
}
