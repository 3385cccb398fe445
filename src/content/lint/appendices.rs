//! Appendices referred to that a page lacks (`appendix-missing`), and those that nothing refers to
//! (`appendix-unreferenced`). Only for pages that have appendices: others speak of those of their source.

use std::ops::Range;

use super::Lint;
use super::prose::{Block, Kind};
use crate::diagnostic::codes;

/// "Phụ lục III" in a text: its label and its bytes.
fn mentions(text: &str) -> Vec<(String, Range<usize>)> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in ["phụ lục ", "appendix "] {
        for (from, _) in lower.match_indices(word) {
            let start = from + word.len();
            let rest = &text[start..];
            let length = rest
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            let label = &rest[..length];
            let is_label = !label.is_empty()
                && (label.chars().all(|c| "IVX".contains(c))
                    || label.bytes().all(|b| b.is_ascii_digit()));
            if is_label {
                found.push((label.to_owned(), from..start + length));
            }
        }
    }
    found
}

/// Whether a block is the title of a section: a heading, or a paragraph of a few words alone.
fn is_title(block: &Block) -> bool {
    match block.kind {
        Kind::Heading(_) => true,
        Kind::Paragraph => block.text.trim().chars().count() <= 16,
        Kind::Cell(..) | Kind::Declared => false,
    }
}

/// Whether the appendix is said to be one of another document.
fn is_elsewhere(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start().to_lowercase();
    [
        "của",
        "kèm",
        "ban hành",
        "báo cáo",
        "kế hoạch",
        "quyết định",
        "of",
        "to",
    ]
    .iter()
    .any(|w| {
        rest.strip_prefix(w)
            .is_some_and(|r| !r.starts_with(char::is_alphanumeric))
    })
}

/// Compares the headings of appendices with what the text refers to.
pub(super) fn check(lint: &Lint<'_>) {
    let mut present: Vec<(String, &Block)> = Vec::new();
    let mut referred: Vec<(String, &Block, Range<usize>)> = Vec::new();
    for block in &lint.prose.blocks {
        for (label, span) in mentions(&block.text) {
            if is_title(block) && block.text[..span.start].trim().is_empty() {
                present.push((label, block));
            } else if !is_elsewhere(&block.text, span.end) {
                referred.push((label, block, span));
            }
        }
    }
    if present.is_empty() {
        return;
    }
    for (label, block, span) in &referred {
        if !present.iter().any(|(l, _)| l == label) {
            let d = lint
                .finding(codes::APPENDIX_MISSING, block, span)
                .with("stated", &block.text[span.clone()]);
            lint.report(d);
        }
    }
    for (label, block) in &present {
        if !referred.iter().any(|(l, ..)| l == label) {
            let d = lint
                .finding(codes::APPENDIX_UNREFERENCED, block, &(0..block.text.len()))
                .with("stated", block.text.trim());
            lint.report(d);
        }
    }
}
