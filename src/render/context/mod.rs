//! The contexts: what templates see, and nothing else. The one contract between the renderer and a theme.
//!
//! A template sees `site` ([`Site`], the same on every page), `page` ([`Page`], the frame of one page) and `body`, whose
//! type belongs to the kind of page ([`Body`]). Rules that hold for all of them:
//!
//! - Text is ready for display: numbers, dates and names are formatted, in the language of the page, and not escaped.
//!   A number and its noun are joined by a no-break space.
//! - [`Html`] is markup that the program itself made; it is printed as it is.
//! - `href` is a path from the root of the site (`don-vi/binh-dinh/`, `du-lieu/so-lieu.csv`, empty for the home page), a
//!   fragment of the same page (`#a`) or an address with a scheme. Templates print it through `rel(…)`.
//! - `None` and an empty list mean that the part is left out; templates ask before they print.

mod compare;
mod figures;
mod pages;
mod parts;
mod subjects;
mod table;

pub use compare::*;
pub use figures::*;
pub use pages::*;
pub use parts::*;
pub use subjects::*;
pub use table::*;

use serde::{Serialize, Serializer};

/// Markup made by the program, printed without escaping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        minijinja::Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}

/// What is the same on every page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Site {
    /// Name of the site or office, in the header and in every title.
    pub title: String,
    /// Second line of the header.
    pub subtitle: Option<String>,
    /// Emblem of the office; without it the header shows the mark of the program.
    pub emblem: Option<Picture>,
    /// The menu: only kinds of page that exist.
    pub nav: Vec<NavEntry>,
    /// Where the search form leads: the list of units.
    pub search_href: Option<String>,
    /// Who publishes, for the footer.
    pub publisher: Publisher,
    /// Licence of the data.
    pub licence: Option<Link>,
    /// Page of the open data.
    pub data_href: Option<String>,
    /// Page of contradictions.
    pub reconciliation_href: Option<String>,
    /// Atom feed of the site.
    pub feed_href: Option<String>,
}

/// A picture that the site publishes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Where it lies.
    pub href: String,
    /// Width on the page, in CSS pixels.
    pub width: u32,
    /// Height on the page, in CSS pixels.
    pub height: u32,
}

/// One entry of the menu.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NavEntry {
    /// Key of its words, `nav.<key>`, and of the pages in its section ([`Page::section`]).
    pub key: String,
    /// Where it leads.
    pub href: String,
    /// Whether it stands in the strip of the header too, not in the footer alone.
    pub in_strip: bool,
}

/// The duties of a publisher; each line that is set stands in the footer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Publisher {
    /// Name of the publishing office.
    pub name: Option<String>,
    /// Governing body (cơ quan chủ quản).
    pub governing_body: Option<String>,
    /// Person responsible for the content.
    pub responsible: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Telephone, as it is written.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Number of the licence, or words in its place.
    pub licence_number: Option<String>,
    /// Day of the licence.
    pub licence_date: Option<String>,
    /// Free note.
    pub note: Option<String>,
}

/// The frame of one page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    /// Kind of page, for `data-kind`: `home`, `unit`, …
    pub kind: String,
    /// Key of the menu entry this page belongs to.
    pub section: String,
    /// Language tag.
    pub lang: String,
    /// Title without the name of the site.
    pub title: String,
    /// One sentence for search engines and cards.
    pub description: String,
    /// Path from the root, in directory form: `don-vi/binh-dinh/`.
    pub path: String,
    /// Full address in directory form, where the address of the site is known.
    pub canonical: Option<String>,
    /// What leads from here to the root: empty, `../../`, or a path from the host's root on the 404 page.
    pub root: String,
    /// What the addresses of pages in this language begin with: empty, or `en/`.
    pub prefix: String,
    /// The same page in other languages, this one included.
    pub alternates: Vec<Alternate>,
    /// Picture for messages and feeds.
    pub card: Option<CardImage>,
    /// JSON-LD, with `<` written as `\u003c`.
    pub json_ld: Option<Html>,
    /// Whether search engines leave the page out.
    pub noindex: bool,
    /// Whether the figures are examples: shows the banner.
    pub illustrative: bool,
    /// The way from the home page; the last entry is this page.
    pub crumbs: Vec<Crumb>,
    /// Kind, place, period with its window.
    pub kicker: Option<String>,
    /// The message of the page in one sentence: its `h1`.
    pub message: String,
    /// Two or three sentences of summary.
    pub lead: Option<String>,
    /// Date of the data, published by which document.
    pub as_of: Vec<String>,
    /// Completeness, provisional, caveats.
    pub tags: Vec<Tag>,
    /// Neighbouring editions or pages.
    pub pager: Option<Pager>,
    /// How to cite the page.
    pub citation: Option<String>,
    /// Letter prepared to report an error (`mailto:…`) or the contact page.
    pub report_href: Option<String>,
}

/// The picture of a page in messages and feeds.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CardImage {
    /// Full address.
    pub href: String,
    /// The same in words.
    pub alt: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Whether it is of this page, not of the site.
    pub is_own: bool,
}

/// The page in one language.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Alternate {
    /// Language tag.
    pub lang: String,
    /// Name of the language in itself.
    pub label: String,
    /// Path from the root.
    pub href: String,
    /// Full address, where it is known.
    pub canonical: Option<String>,
}

/// Words that lead somewhere if they can: a step of the breadcrumb, a unit that may have no page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Crumb {
    /// Words.
    pub text: String,
    /// Where it leads; the page itself leads nowhere.
    pub href: Option<String>,
}

/// The links at the end of an edition or of a part of a long ranking, ready as words.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pager {
    /// "Kỳ trước: {p}", or that there is none (without `href`).
    pub previous: Option<Crumb>,
    /// "Kỳ sau: {p}".
    pub next: Option<Crumb>,
    /// "Kỳ mới nhất: {p}", unless this is it.
    pub latest: Option<Crumb>,
}
