//! Numbers of documents that a page cites, against their dates (`docnumber-order`).

use super::Lint;
use super::prose::Block;
use crate::check::documents;
use crate::check::wording::docref::{self, DocRef};

/// Compares the references of a page with each other.
pub(super) fn check(lint: &Lint<'_>) {
    let cited: Vec<(DocRef, &Block)> = lint
        .prose
        .blocks
        .iter()
        .flat_map(|b| docref::find(&b.text).into_iter().map(move |r| (r, b)))
        .collect();
    let references: Vec<&DocRef> = cited.iter().map(|(r, _)| r).collect();
    for (at, other) in docref::out_of_order(&references) {
        let (own, block) = &cited[at];
        lint.report(documents::docref_order(
            lint.place(block, &own.span),
            own,
            other,
        ));
    }
}
