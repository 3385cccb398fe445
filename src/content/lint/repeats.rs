//! Paragraphs that stand on a page twice (`duplicate-text`).

use std::collections::HashMap;

use super::Lint;
use super::prose::{Block, Kind, OBJECT};
use crate::diagnostic::{codes, phrase};
use crate::text::normal::fold;

/// Shorter texts may well be said twice.
const LEAST_WORDS: usize = 10;

/// Finds paragraphs and items that are alike but for case, accents and punctuation.
pub(super) fn check(lint: &Lint<'_>) {
    let mut seen: HashMap<String, &Block> = HashMap::new();
    let blocks = lint.prose.blocks.iter();
    for block in blocks.filter(|b| b.kind == Kind::Paragraph && !b.text.contains(OBJECT)) {
        let folded = fold(&block.text);
        if folded.split(' ').count() < LEAST_WORDS {
            continue;
        }
        if let Some(first) = seen.get(&folded) {
            let place = lint.place(first, &(0..first.text.len()));
            let number = place.line.map_or(0, |l| l + 1);
            let start: String = block.text.chars().take(60).collect();
            let d = lint
                .finding(codes::DUPLICATE_TEXT, block, &(0..block.text.len()))
                .with("value", format!("{}…", start.trim_end()))
                .with("place", phrase("first-on-line").with("line", number))
                .also(place);
            lint.report(d);
        } else {
            seen.insert(folded, block);
        }
    }
}
