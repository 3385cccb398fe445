//! Two places of a page of which one says that a system is connected and the other that it is not
//! (`claim-conflict`).

use super::Lint;
use super::prose::Block;
use crate::check::documents;
use crate::check::wording::conflict::{self, Statement};
use crate::diagnostic::phrase;

/// Compares the statements of a page with each other.
pub(super) fn check(lint: &Lint<'_>) {
    let said: Vec<(Statement, &Block)> = lint
        .prose
        .blocks
        .iter()
        .flat_map(|b| {
            conflict::statements(&b.text)
                .into_iter()
                .map(move |s| (s, b))
        })
        .collect();
    let statements: Vec<&Statement> = said.iter().map(|(s, _)| s).collect();
    for (at, other) in conflict::conflicts(&statements) {
        let (own, block) = &said[at];
        let (first, first_block) = &said[other];
        let first_place = lint.place(first_block, &first.span);
        let number = first_place.line.map_or(0, |l| l + 1);
        let elsewhere = phrase("on-line").with("line", number);
        let d = documents::claim_conflict(lint.place(block, &own.span), own, first, elsewhere);
        lint.report(d.also(first_place));
    }
}
