//! The feed of the site: its editions, newest first.

use crate::export::atom::{Entry, Feed};
use crate::model::{PeriodIx, Report};
use crate::render::account::{self, Tongue};
use crate::render::view::View;
use crate::text::date::Date;
use crate::text::foreign::bare;

/// Where the feed stands.
pub(in crate::render) const PATH: &str = "atom.xml";

/// Entries of the feed.
const ENTRIES: usize = 60;

/// The editions as a feed, in the language of the view.
pub(in crate::render) fn site(view: &View<'_>) -> Feed {
    let config = view.analysis.config;
    let name = &config.publisher.name;
    let entries: Vec<Entry> = view
        .analysis
        .period_indices()
        .rev()
        .take(ENTRIES)
        .map(|p| entry(view, p))
        .collect();
    Feed {
        id: view.canonical("").unwrap_or_else(|| "urn:tiendo:ky".into()),
        title: bare(&config.title),
        lang: view.strings.language.clone(),
        author: bare(if name.is_empty() { &config.title } else { name }),
        own_address: view.canonical(PATH).unwrap_or_default(),
        page: view.canonical("").unwrap_or_else(|| "index.html".into()),
        updated: entries
            .iter()
            .filter_map(|e| e.updated)
            .max()
            .or(view.analysis.as_of),
        entries,
    }
}

/// An edition: who reported, and what its page begins with.
fn entry(view: &View<'_>, period: PeriodIx) -> Entry {
    let href = view.edition_href(period);
    let reports: Vec<&Report> = view
        .analysis
        .period(period)
        .reports
        .iter()
        .map(|r| &view.analysis.periods.reports[r.at()])
        .collect();
    let tongue = Tongue::new(&view.strings);
    let told: Vec<String> = reports
        .iter()
        .take(1)
        .map(|r| account::of_edition(view, r.unit, period, 0))
        .flat_map(|told| {
            [
                vec![told.message(view, tongue)],
                told.sentences(view, tongue),
            ]
            .concat()
        })
        .filter(|s| !s.is_empty())
        .map(|s| if s.ends_with('.') { s } else { format!("{s}.") })
        .collect();
    Entry {
        id: view
            .canonical(&href)
            .unwrap_or_else(|| format!("urn:tiendo:{href}")),
        title: bare(&super::editions::row(view, period).text),
        updated: reports.iter().map(|r| known_on(r)).max(),
        link: view
            .canonical(&href)
            .unwrap_or_else(|| format!("{href}index.html")),
        text: bare(&told.join(" ")),
    }
}

/// The day on which a report was there: that of its newest document, the day it came in, or at least its last day.
fn known_on(report: &Report) -> Date {
    let dated = report.documents.iter().filter_map(|d| d.date).max();
    dated.or(report.received).unwrap_or(report.end)
}
