//! Links inside the site that lead nowhere (`link-broken`).

use super::Lint;
use crate::content::links::{Address, address};
use crate::diagnostic::{Diagnostic, codes};

/// Anchors that the templates of pages have beside those of headings.
const ANCHORS: [&str; 12] = [
    "bai-viet",
    "bang",
    "dich-vu",
    "don-vi",
    "nguon",
    "nhiem-vu",
    "noi-dung",
    "so-lieu-khac",
    "theo-dich-vu",
    "theo-ky",
    "thuat-ngu",
    "truc-thuoc",
];

/// Checks links to pages and headings of the site. Addresses of other sites are not followed.
pub(super) fn check(lint: &Lint<'_>, ids: &[String]) {
    for (dest, span) in &lint.prose.links {
        let is_found = match address(dest, pulldown_cmark::LinkType::Inline) {
            Some(Address::Site(path, _)) => (lint.page.exists)(path, &lint.page.target),
            Some(Address::Web) => is_elsewhere(dest) || is_here(lint, dest, ids),
            // Unsafe addresses have a rule of their own.
            None => true,
        };
        if !is_found {
            let with_slash = format!("{dest}/");
            let near = (lint.page.exists)(&with_slash, &lint.page.target).then_some(with_slash);
            let d = Diagnostic::new(codes::LINK_BROKEN, lint.page.place(span.clone()))
                .with("value", dest)
                .suggest(near);
            lint.report(d);
        }
    }
}

/// An address with a scheme: another site, a mailbox.
fn is_elsewhere(dest: &str) -> bool {
    let before = dest.split(['/', '?', '#']).next().unwrap_or_default();
    before.contains(':') || before.contains('@')
}

/// A heading of this page, or a page relative to it.
fn is_here(lint: &Lint<'_>, dest: &str, ids: &[String]) -> bool {
    let (path, fragment) = dest.split_once('#').unwrap_or((dest, ""));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return fragment.is_empty()
            || ids.iter().any(|i| i == fragment)
            || ANCHORS.contains(&fragment);
    }
    (lint.page.exists)(path, &lint.page.target)
}
