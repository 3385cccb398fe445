//! Cards: 1200 by 630 pixels of what a page says, under a name made of their content.

use super::{Shared, Sharing};
use crate::chart::card::{self, Card, Drawing};
use crate::error::Error;
use crate::render::context::{CardImage, Page, Tile};

impl Sharing<'_> {
    /// The card of a page, or that of the site. Without an address of the site there is none: it must be a full one.
    pub(super) fn card(&self, page: &Page, body: &impl Shared) -> Result<Option<CardImage>, Error> {
        let config = self.view.analysis.config;
        if config.base_url.is_empty() {
            return Ok(None);
        }
        let is_own = config.sharing.cards.contains(&page.kind);
        let card = if is_own {
            self.of_page(page, body)
        } else {
            self.of_site()
        };
        let picture = card::card(&card, &self.palette);
        let path = format!("assets/the/{}.png", picture.name());
        let is_made = self.picture(&path, || picture.png(1))?;
        Ok(is_made.then(|| CardImage {
            href: format!("{}{path}", config.base_url),
            alt: alt(&card),
            width: card::WIDTH,
            height: card::HEIGHT,
            is_own,
        }))
    }

    /// The site's name, with no figure of anybody.
    fn of_site(&self) -> Card {
        let config = self.view.analysis.config;
        Card {
            site: config.publisher.name.clone(),
            name: config.title.clone(),
            label: config.subtitle.clone(),
            ..self.frame()
        }
    }

    fn of_page(&self, page: &Page, body: &impl Shared) -> Card {
        let mut card = Card {
            kicker: page.kicker.clone().unwrap_or_default(),
            name: name(page).to_owned(),
            as_of: page.as_of.first().cloned().unwrap_or_default(),
            ..self.frame()
        };
        if let Some(tile) = body.tile() {
            self.add_figure(&mut card, tile);
        } else if let Some(bars) = body.bars() {
            card.drawing = Drawing::Bars(bars.0.clone());
        } else if card.name != page.message {
            card.label.clone_from(&page.message);
        }
        card
    }

    fn frame(&self) -> Card {
        let config = self.view.analysis.config;
        let host = config.base_url.split_once("://").map_or("", |(_, h)| h);
        Card {
            site: config.title.clone(),
            host: host.trim_end_matches('/').to_owned(),
            warning: if config.illustrative {
                self.view.t("card.illustrative", &[])
            } else {
                String::new()
            },
            ..Card::default()
        }
    }

    fn add_figure(&self, card: &mut Card, tile: &Tile) {
        card.label.clone_from(&tile.label);
        card.figure.clone_from(&tile.figure);
        card.suffix = tile.suffix.clone().unwrap_or_default();
        let stated = tile.as_reported.then(|| self.view.t("state.stated", &[]));
        let of_whom: Vec<String> = stated.into_iter().chain(tile.of_whom.clone()).collect();
        card.of_whom = of_whom.join(", ");
        card.notes.extend(tile.change.as_ref().map(|c| {
            let since = c.since.as_deref().unwrap_or_default();
            format!("{} {since}", c.text).trim_end().to_owned()
        }));
        card.notes.extend(tile.target.as_ref().map(|t| {
            let words = [t.state.text.as_str(), t.text.as_str()];
            let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
            words.join(": ")
        }));
        card.drawing = match (&tile.sparkline, tile.share) {
            (Some(svg), _) => Drawing::Spark(svg.0.clone()),
            (None, Some((share, target))) => Drawing::Share(share, target),
            (None, None) => Drawing::None,
        };
    }
}

/// A unit or service by its name, other pages by their message.
fn name(page: &Page) -> &str {
    let own = page.crumbs.last().map(|c| c.text.as_str());
    match page.kind.as_str() {
        "unit" | "service" | "indicator" => own.unwrap_or(&page.message),
        _ => &page.message,
    }
}

/// The card in words.
fn alt(card: &Card) -> String {
    let figure = match (&*card.label, &*card.figure) {
        ("", "") => String::new(),
        (label, "") => label.to_owned(),
        (label, figure) => format!("{label}: {figure}{}", card.suffix),
    };
    let figure = [figure.as_str(), card.of_whom.as_str()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    [card.name.as_str(), &figure, &card.as_of]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join(". ")
}
