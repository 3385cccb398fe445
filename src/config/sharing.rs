//! `[cards]` and `[charts]` of `site.toml`: which pictures and small pages go out beside the pages.

use crate::diagnostic::one_of;
use crate::toml_file::Section;

/// Kinds of page that may have a card of their own.
pub const CARDS: [&str; 6] = ["home", "unit", "edition", "ranking", "service", "indicator"];

/// The most pages of units for which the files of charts are made without being asked for.
const MOST_UNITS: usize = 1000;

/// What is made for sharing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// Kinds of page with a card of their own; all others show that of the site.
    pub cards: Vec<String>,
    /// Whether each chart can be had as SVG, where the site says so.
    pub svg: Option<bool>,
    /// Whether each chart can be had as PNG.
    pub png: bool,
    /// Whether each chart has a page for embedding, where the site says so.
    pub embed: Option<bool>,
}

impl Sharing {
    /// Whether charts are made as SVG on a site of so many pages of units.
    pub fn has_svg(&self, units: usize) -> bool {
        self.svg.unwrap_or(units <= MOST_UNITS)
    }

    /// Whether charts have pages for embedding on a site of so many pages of units.
    pub fn has_embeds(&self, units: usize) -> bool {
        self.embed.unwrap_or(units <= MOST_UNITS)
    }
}

/// Reads both sections.
pub(super) fn read(root: &Section<'_, '_>) -> Sharing {
    let mut sharing = Sharing::default();
    if let Some(s) = root.section("cards") {
        sharing.cards = s.choices(
            "pages",
            &one_of("home, unit, edition, ranking, service, indicator"),
            &CARDS,
        );
        s.close();
    }
    if let Some(s) = root.section("charts") {
        sharing.svg = s.flag("svg");
        sharing.png = s.flag("png").unwrap_or(false);
        sharing.embed = s.flag("embed");
        s.close();
    }
    sharing
}
