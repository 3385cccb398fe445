//! Rendering: typed contexts → HTML of pages.
//!
//! In: a [`Theme`], the [`Site`] and [`Page`] that every template sees, and the [`Body`] of one kind of page. Out: the text
//! of the page, or the place in the theme that could not be rendered. Filling the contexts from the model comes before.

pub mod context;

use crate::theme::{Theme, ThemeError};
use context::{Body, Page, Site};
use serde::Serialize;

#[derive(Serialize)]
struct Context<'a, B> {
    site: &'a Site,
    page: &'a Page,
    body: &'a B,
}

/// Renders one page.
///
/// # Errors
/// Returns the place in the theme that asked for what the context does not hold.
pub fn page<B: Body>(
    theme: &Theme,
    site: &Site,
    page: &Page,
    body: &B,
) -> Result<String, ThemeError> {
    theme.render(
        B::TEMPLATE,
        &page.lang,
        &page.root,
        &Context { site, page, body },
    )
}

#[cfg(test)]
mod samples;
