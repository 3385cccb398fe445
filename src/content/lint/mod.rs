//! Rules for narratives: figures typed by hand, and the slips of written reports. One file per rule.
//!
//! In: the text of a page and the analysis. Out: findings at line and column of the Markdown. What a binding shows is
//! never judged: it comes from the data. Nothing is corrected.

mod appendices;
mod conflicts;
mod figures;
mod footnotes;
mod headings;
mod links;
mod listed;
mod names;
mod numbering;
mod numbers;
mod points;
mod prose;
mod references;
mod repeats;
mod sentence;
mod statuses;
mod subjects;
#[cfg(test)]
mod tests;
mod values;

use std::ops::Range;

pub(super) use names::Names;
pub(super) use prose::Prose;

use super::Page;
use crate::check::wording;
use crate::diagnostic::{Code, Diagnostic, Place};
use prose::Block;

/// Runs every rule on a page. `ids` are the anchors of its headings.
pub(super) fn check(page: &Page<'_>, mut prose: Prose, ids: &[String]) {
    prose.blocks.splice(0..0, declared(page));
    let lint = Lint {
        page,
        prose: &prose,
    };
    for block in &prose.blocks {
        for slip in wording::slips(&block.text) {
            let place = lint.place(block, &slip.span);
            page.report(slip.at(place));
        }
    }
    headings::check(&lint);
    numbering::check(&lint);
    listed::check(&lint);
    repeats::check(&lint);
    footnotes::check(&lint);
    appendices::check(&lint);
    references::check(&lint);
    conflicts::check(&lint);
    statuses::check(&lint);
    links::check(&lint, ids);
    figures::check(&lint);
}

/// What the rules of one page share.
struct Lint<'a> {
    page: &'a Page<'a>,
    prose: &'a Prose,
}

impl Lint<'_> {
    fn place(&self, block: &Block, span: &Range<usize>) -> Place {
        self.page.place(block.in_file(span))
    }

    fn finding(&self, code: Code, block: &Block, span: &Range<usize>) -> Diagnostic {
        Diagnostic::new(code, self.place(block, span))
    }

    fn report(&self, d: Diagnostic) {
        self.page.report(d);
    }
}

/// Title and description, where they stand in the file as they are.
fn declared(page: &Page<'_>) -> Vec<Block> {
    let front = &page.front;
    [&front.title, &front.description]
        .into_iter()
        .flatten()
        .filter_map(|text| Some(Block::declared(text, page.text.find(text.as_str())?)))
        .collect()
}
