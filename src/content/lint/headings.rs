//! Levels of headings that jump or do not follow the numbering (`heading-level`).

use super::Lint;
use super::numbering::{Label, label};
use super::prose::Kind;
use crate::diagnostic::{codes, phrase};

/// Checks the levels of headings in their order.
pub(super) fn check(lint: &Lint<'_>) {
    // The title of the page is the first level; a text may begin with it or below it.
    let mut last = 1;
    let mut levels: Vec<(usize, u8)> = Vec::new();
    for block in &lint.prose.blocks {
        let Kind::Heading(level) = block.kind else {
            continue;
        };
        let depth = label(&block.text).map(|(label, _)| match label {
            Label::Roman(_) => 0,
            Label::Path(path) => path.len(),
            Label::Parenthesis(_) => 9,
        });
        let expected = depth.and_then(|d| levels.iter().find(|(known, _)| *known == d));
        let reason = match expected {
            Some((_, known)) if *known != level => {
                Some(phrase("level-of-siblings").with("level", known))
            }
            _ if level > last + 1 => Some(phrase("level-below").with("level", last)),
            _ => None,
        };
        if let Some(reason) = reason {
            let d = lint
                .finding(codes::HEADING_LEVEL, block, &(0..block.text.len()))
                .with("stated", block.text.trim())
                .with("level", level)
                .with("reason", reason);
            lint.report(d);
        }
        if let Some(depth) = depth
            && expected.is_none()
        {
            levels.push((depth, level));
        }
        last = level;
    }
}
