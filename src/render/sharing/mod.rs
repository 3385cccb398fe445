//! What goes out of the house with a page: its card, the files of its charts, the letter that reports an error.
//!
//! In: a page and its body as they will be shown. Out: the same with addresses filled in, and the files themselves.

mod cards;
mod charts;
mod letter;
mod parts;

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::context::{Body, Embed, Page};
use super::view::View;
use crate::chart::picture::Palette;
use crate::error::Error;
use crate::publish::Sink;
pub(super) use parts::Shared;

/// The makers of everything that is shared.
pub(super) struct Sharing<'a> {
    view: &'a View<'a>,
    palette: Palette,
    sink: &'a dyn Sink,
    made: &'a Pictures,
}

/// Pictures that are made, in any language: those of the same content are one file.
#[derive(Default)]
pub(super) struct Pictures(Mutex<BTreeSet<String>>);

impl<'a> Sharing<'a> {
    pub(super) fn new(
        view: &'a View<'a>,
        palette: Palette,
        sink: &'a dyn Sink,
        made: &'a Pictures,
    ) -> Self {
        Self {
            view,
            palette,
            sink,
            made,
        }
    }

    /// Completes a page and writes its pictures; returns the pages that show its charts alone.
    pub(super) fn complete<B: Body + Shared>(
        &self,
        page: &mut Page,
        body: &mut B,
    ) -> Result<Vec<(Page, Embed)>, Error> {
        page.card = self.card(page, body)?;
        page.report_href = letter::href(self.view, page, body.tile());
        self.charts(page, body)
    }

    /// Writes a picture under a name made of its content, once, unless the published site has it already.
    fn picture(&self, path: &str, draw: impl FnOnce() -> Option<Vec<u8>>) -> Result<bool, Error> {
        let is_new = self
            .made
            .0
            .lock()
            .is_ok_and(|mut made| made.insert(path.to_owned()));
        if !is_new {
            return Ok(true);
        }
        match self.sink.kept(path).or_else(draw) {
            Some(bytes) => self.sink.write(path, &bytes).map(|()| true),
            None => Ok(false),
        }
    }
}
