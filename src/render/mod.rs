//! The analysed site → pages. One file per kind of page fills the typed context of its template.
//!
//! In: the analysis, the narratives, the theme. Out: files, handed to a [`Sink`] as they are made, so that memory is
//! bounded by the pages in flight and not by the site.

pub mod context;

mod account;
mod addresses;
mod before;
mod caveats;
mod cells;
mod changes;
mod code;
mod compare;
mod cumulative;
mod ends;
mod evidence;
mod figures;
mod listing;
mod locale;
mod localised;
mod narrative;
mod pages;
mod places;
mod rankings;
mod revisions;
mod scores;
mod search;
mod sharing;
mod tables;
mod targets;
mod tasks;
mod tiles;
mod view;
mod voices;
mod words;

use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::{Analysis, Relations};
use crate::content::Narrative;
use crate::diagnostic::{Diagnostic, Language, json};
use crate::error::Error;
use crate::export::{self, sitemap};
use crate::model::PeriodIx;
use crate::publish::Sink;
use crate::text::foreign;
use crate::theme::{Emblem, Theme, ThemeError};
pub use addresses::{has_page, narrative_href};
pub use compare::compared_units;
use context::{Block, Body, Page, Site};
use localised::Localised;
use sharing::{Pictures, Shared, Sharing};
use view::View;
pub use voices::with_voices;

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
        (&page.root, &page.prefix),
        &Context { site, page, body },
    )
}

/// Renders a part of a narrative.
fn part(
    theme: &Theme,
    lang: &str,
    roots: (&str, &str),
    body: &Block,
) -> Result<String, ThemeError> {
    #[derive(Serialize)]
    struct Part<'a> {
        body: &'a Block,
    }
    theme.render(Block::TEMPLATE, lang, roots, &Part { body })
}

/// What a build made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Pages.
    pub pages: usize,
}

/// Everything that pages are made of.
pub struct Input<'a> {
    /// The analysed figures.
    pub analysis: &'a Analysis<'a>,
    /// Recomputed statements.
    pub relations: &'a Relations,
    /// All findings, sorted and waived.
    pub findings: &'a [Diagnostic],
    /// Written texts.
    pub narratives: &'a [Narrative],
    /// The theme.
    pub theme: &'a Theme,
    /// The emblem of the office.
    pub emblem: Option<&'a Emblem>,
}

/// Writes every page and every file of open data. `progress` hears how many pages are done.
///
/// # Errors
/// The machine's, or a damaged theme.
pub fn site(
    input: &Input<'_>,
    sink: &dyn Sink,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Made, Error> {
    let lang = &input.analysis.config.language;
    let strings = std::sync::Arc::clone(input.theme.strings(lang));
    let mut view = View::new(input.analysis, input.relations, input.findings, strings);
    let languages = ["vi", "en"].map(|l| &**input.theme.strings(l));
    data(&mut view, languages, sink)?;
    view.languages = names(input);
    sink.write(&input.theme.script.path, input.theme.script.text.as_bytes())?;
    if let Some(emblem) = input.emblem {
        sink.write(&emblem.path, &emblem.bytes)?;
    }
    let common = Common::default();
    write(input, &view, sink, &common, progress)?;
    for (tag, _) in view.languages.iter().skip(1) {
        let strings = std::sync::Arc::clone(input.theme.strings(tag));
        let localised = Localised::new(input.analysis, &strings);
        let analysis = localised.analysis(input.analysis);
        let view = view.in_language(&analysis, strings);
        write(input, &view, sink, &common, progress)?;
    }
    let pages = common.done.load(Ordering::Relaxed);
    maps(&input.analysis.config.base_url, common, sink)?;
    Ok(Made { pages })
}

/// What the pages of all languages have in common while they are written.
#[derive(Default)]
struct Common {
    /// How many are written.
    done: AtomicUsize,
    pictures: Pictures,
    /// Whole addresses of those that search engines may list.
    listed: Mutex<Vec<String>>,
}

/// Writes what search engines read: the maps of the site where its address is known, and `robots.txt`.
fn maps(base: &str, common: Common, sink: &dyn Sink) -> Result<(), Error> {
    sink.write("robots.txt", sitemap::robots(base).as_bytes())?;
    let mut listed = common.listed.into_inner().unwrap_or_default();
    if base.is_empty() {
        return Ok(());
    }
    listed.sort_unstable();
    for (path, map) in sitemap::maps(base, &listed) {
        sink.write(&path, map.as_bytes())?;
    }
    Ok(())
}

/// Writes the pages of one language.
fn write(
    input: &Input<'_>,
    view: &View<'_>,
    sink: &dyn Sink,
    common: &Common,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<(), Error> {
    search::write(view, sink)?;
    compare::write(view, sink)?;
    let feed = export::atom::xml(&pages::feed::site(view));
    let path = format!("{}{}", view.prefix(), pages::feed::PATH);
    sink.write(&path, feed.as_bytes())?;
    let writer = Writer {
        view,
        theme: input.theme,
        site: &frame(view, input.emblem),
        sink,
        common,
        sharing: Sharing::new(view, input.theme.palette, sink, &common.pictures),
        progress,
    };
    writer.all(&narrative::in_language(view, input.narratives))
}

/// The languages of a site with their own names for themselves.
fn names(input: &Input<'_>) -> Vec<(String, String)> {
    let languages = &input.analysis.config.languages;
    let name = |tag: &str| {
        let strings = input.theme.strings(tag);
        let known =
            strings.language == tag && !strings.missing().iter().any(|k| k == "language.name");
        let name = locale::find(strings, "language.name", &[]).filter(|_| known);
        (tag.to_owned(), name.unwrap_or_else(|| tag.to_owned()))
    };
    languages.iter().map(|l| name(&l.tag)).collect()
}

/// Writes the index of the search alone.
///
/// # Errors
/// The machine's.
pub fn search_index(analysis: &Analysis<'_>, theme: &Theme, sink: &dyn Sink) -> Result<(), Error> {
    let relations = Relations::default();
    let strings = std::sync::Arc::clone(theme.strings(&analysis.config.language));
    search::write(&View::new(analysis, &relations, &[], strings), sink)
}

/// Writes the open data: one file an edition, one of everything, the findings, the tasks, the summaries in words.
fn data(
    view: &mut View<'_>,
    languages: [&crate::theme::Strings; 2],
    sink: &dyn Sink,
) -> Result<(), Error> {
    let analysis = view.analysis;
    let folder = &analysis.config.paths.data;
    let periods: Vec<PeriodIx> = analysis.period_indices().collect();
    let sizes: Vec<(u64, usize)> = periods
        .par_iter()
        .map(|p| {
            let mut counted = Counted::default();
            let mut rows = 0;
            sink.stream(&view.edition_csv(*p), &mut |out| {
                counted = Counted::default();
                let mut tee = Tee {
                    out,
                    counted: &mut counted,
                };
                export::figures::header(&mut tee)?;
                rows = export::figures::edition(analysis, *p, None, &mut tee)?;
                Ok(())
            })?;
            Ok((counted.bytes, rows))
        })
        .collect::<Result<_, Error>>()?;
    view.csv_sizes = sizes.iter().map(|(b, _)| *b).collect();
    let rows: usize = sizes.iter().map(|(_, r)| r).sum();
    let mut counted = Counted::default();
    sink.stream(&format!("{folder}/so-lieu.csv"), &mut |out| {
        counted = Counted::default();
        let mut tee = Tee {
            out,
            counted: &mut counted,
        };
        if rows > export::figures::MOST_ROWS {
            writeln!(tee, "part,rows,bytes")?;
            for (p, (bytes, rows)) in periods.iter().zip(&sizes) {
                writeln!(tee, "ky/{}.csv,{rows},{bytes}", analysis.period(*p).id)?;
            }
            return Ok(());
        }
        export::figures::header(&mut tee)?;
        for p in &periods {
            export::figures::edition(analysis, *p, None, &mut tee)?;
        }
        Ok(())
    })?;
    view.whole_size = counted.bytes;
    let findings = json::render(view.findings, Language::Vietnamese);
    view.findings_size = findings.len() as u64;
    sink.write(&format!("{folder}/doi-chieu.json"), findings.as_bytes())?;
    let tasks = export::tasks::csv(analysis, |t| tasks::shown(view, t).words(view));
    view.tasks_size = tasks.len() as u64;
    sink.write(&format!("{folder}/nhiem-vu.csv"), tasks.as_bytes())?;
    let revisions = export::revisions::csv(analysis);
    view.revisions_size = revisions.len() as u64;
    sink.write(&format!("{folder}/dinh-chinh.csv"), revisions.as_bytes())?;
    if analysis.revisions.is_some() {
        let feed = export::atom::xml(&pages::revisions::feed(view));
        let path = format!("{}/atom.xml", analysis.config.paths.revisions);
        sink.write(&path, feed.as_bytes())?;
    }
    let summaries = export::summaries::csv(&pages::summaries(view, languages));
    view.summaries_size = summaries.len() as u64;
    sink.write(&format!("{folder}/tom-tat.csv"), summaries.as_bytes())
}

#[derive(Default)]
struct Counted {
    bytes: u64,
}

struct Tee<'o, 'c> {
    out: &'o mut dyn Write,
    counted: &'c mut Counted,
}

impl Write for Tee<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.out.write_all(bytes)?;
        self.counted.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// The size of an edition's data, as readers see it.
fn size_of(view: &View<'_>, period: PeriodIx) -> String {
    kilobytes(view, view.csv_sizes.get(period.at()).copied().unwrap_or(0))
}

/// `8 kB`, `1,2 MB`.
fn kilobytes(view: &View<'_>, bytes: u64) -> String {
    if bytes < 1_000_000 {
        return format!("{}\u{a0}kB", bytes.div_ceil(1000).max(1));
    }
    let tenths = bytes.div_ceil(100_000);
    let mark = view.t("format.decimal", &[]);
    format!("{}{mark}{}\u{a0}MB", tenths / 10, tenths % 10)
}

/// What is the same on every page.
fn frame(view: &View<'_>, emblem: Option<&Emblem>) -> Site {
    let config = view.analysis.config;
    let some = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    let p = &config.publisher;
    let paths = &config.paths;
    let entry = |key: &str, path: &str| context::NavEntry {
        key: key.to_owned(),
        // The strip of the header is full; comparing begins on the pages of units and rankings.
        in_strip: key != "compare",
        href: if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        },
    };
    let mut nav = vec![
        entry("home", ""),
        entry("editions", &paths.edition),
        entry("units", &paths.unit),
    ];
    if view
        .analysis
        .catalog
        .services
        .indices()
        .any(|s| view.has_service_page(s))
    {
        nav.push(entry("services", &paths.service));
    }
    if !view.analysis.catalog.indicators.is_empty() {
        nav.push(entry("indicators", &paths.indicator));
    }
    if !view.rankings.is_empty() {
        nav.push(entry("rankings", &paths.ranking));
    }
    if pages::compare::is_there(view) {
        nav.push(entry("compare", &paths.compare));
    }
    if !view.analysis.ingested.tasks.is_empty() {
        nav.push(entry("tasks", &paths.tasks));
    }
    nav.push(entry("reconciliation", &paths.reconciliation));
    if view.analysis.revisions.is_some() {
        nav.push(entry("revisions", &paths.revisions));
    }
    nav.push(entry("data", &paths.data));
    nav.push(entry("method", &paths.method));
    Site {
        title: config.title.clone(),
        subtitle: some(&config.subtitle),
        emblem: emblem.map(|e| context::Picture {
            href: e.path.clone(),
            width: e.width,
            height: e.height,
        }),
        nav,
        search_href: Some(format!("{}/", paths.search)),
        publisher: context::Publisher {
            name: some(&p.name),
            governing_body: some(&p.governing_body),
            responsible: some(&p.responsible),
            address: some(&p.address),
            phone: some(&p.phone),
            email: some(&p.email),
            licence_number: some(&p.licence_number),
            licence_date: p.licence_date.map(|day| view.day(day)),
            note: some(&p.note),
        },
        licence: (!config.licence.url.is_empty()).then(|| context::Link {
            text: config.licence.name.clone(),
            href: config.licence.url.clone(),
        }),
        data_href: Some(format!("{}/", paths.data)),
        reconciliation_href: Some(format!("{}/", paths.reconciliation)),
        feed_href: Some(pages::feed::PATH.into()),
    }
}

struct Writer<'a> {
    view: &'a View<'a>,
    theme: &'a Theme,
    site: &'a Site,
    sink: &'a dyn Sink,
    common: &'a Common,
    sharing: Sharing<'a>,
    progress: &'a (dyn Fn(usize) + Sync),
}

impl Writer<'_> {
    /// Completes a page with what is shared of it, and writes it.
    fn put<B: Body + Shared + Clone>(&self, page: &Page, body: &B) -> Result<(), Error> {
        let (mut page, mut body) = (page.clone(), body.clone());
        page.description = described(&page, self.site);
        let embeds = self.sharing.complete(&mut page, &mut body)?;
        self.put_whole(&page, &body)?;
        embeds
            .iter()
            .try_for_each(|(page, body)| self.put_whole(page, body))
    }

    fn put_whole<B: Body>(&self, p: &Page, body: &B) -> Result<(), Error> {
        let html = page(self.theme, self.site, p, body).map_err(|e| Error::Theme(e.to_string()))?;
        let original = self.view.original.unwrap_or(self.view);
        let html = foreign::settle(html, &original.strings.language);
        let path = if p.path.is_empty() || p.path.ends_with('/') {
            format!("{}index.html", p.path)
        } else {
            p.path.clone()
        };
        let path = format!("{}{path}", self.view.prefix());
        self.sink.write(&path, html.as_bytes())?;
        if let Some(address) = p.canonical.as_ref().filter(|_| !p.noindex)
            && let Ok(mut listed) = self.common.listed.lock()
        {
            listed.push(address.clone());
        }
        let done = self.common.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.progress)(done);
        Ok(())
    }

    /// Puts a page whose body a template had to help with.
    fn try_put<B: Body + Shared + Clone>(
        &self,
        made: Result<(Page, B), ThemeError>,
    ) -> Result<(), Error> {
        let (page, body) = made.map_err(|e| Error::Theme(e.to_string()))?;
        self.put(&page, &body)
    }

    fn all(&self, narratives: &[Narrative]) -> Result<(), Error> {
        let (view, theme) = (self.view, self.theme);
        let catalog = view.analysis.catalog;
        let units: Vec<_> = catalog
            .units
            .indices()
            .filter(|u| view.has_unit_page(*u))
            .collect();
        units.par_iter().try_for_each(|u| {
            let (page, mut body) = pages::units::unit(view, *u);
            pages::units::add_narrative(view, theme, *u, narratives, &page, &mut body)
                .map_err(|e| Error::Theme(e.to_string()))?;
            self.put(&page, &body)?;
            if let Some((page, body)) = pages::units::children::page(view, *u) {
                self.put(&page, &body)?;
            }
            let evidence = pages::evidence::pages(view, *u);
            let mut evidence = evidence.iter();
            evidence.try_for_each(|(page, body)| self.put(page, body))
        })?;
        let services: Vec<_> = catalog
            .services
            .indices()
            .filter(|s| view.has_service_page(*s))
            .collect();
        services.par_iter().try_for_each(|s| {
            let (page, mut body) = pages::services::service(view, *s);
            pages::services::add_narrative(view, theme, *s, narratives, &page, &mut body)
                .map_err(|e| Error::Theme(e.to_string()))?;
            self.put(&page, &body)
        })?;
        let periods: Vec<PeriodIx> = view.analysis.period_indices().collect();
        periods.par_iter().try_for_each(|p| {
            let since = pages::changes::since(view, *p);
            if let Some(since) = &since {
                let (page, body) = pages::changes::page(view, *p, since);
                self.put(&page, &body)?;
            }
            let made = pages::editions::edition(view, theme, *p, narratives, since.as_ref());
            self.try_put(made)
        })?;
        let indicators: Vec<_> = catalog.indicator_indices().collect();
        indicators.par_iter().try_for_each(|i| {
            let (page, body) = pages::indicators::indicator(view, *i);
            self.put(&page, &body)
        })?;
        view.rankings.par_iter().try_for_each(|(i, scope, p)| {
            pages::ranking::pages(view, *i, *scope, *p)
                .iter()
                .try_for_each(|(page, body)| self.put(page, body))
        })?;
        (0..view.rankings.len())
            .into_par_iter()
            .try_for_each(|at| {
                pages::heat::pages(view, at)
                    .iter()
                    .try_for_each(|(page, body)| self.put(page, body))
            })?;
        self.lists(narratives)
    }

    fn lists(&self, narratives: &[Narrative]) -> Result<(), Error> {
        let (view, theme) = (self.view, self.theme);
        self.try_put(pages::home::home(view, theme, narratives))?;
        let (page, body) = pages::units::list(view);
        self.put(&page, &body)?;
        pages::compare::pages(view)
            .par_iter()
            .try_for_each(|(page, body)| self.put(page, body))?;
        pages::search::pages(view)
            .par_iter()
            .try_for_each(|(page, body)| self.put(page, body))?;
        let (page, body) = pages::editions::list(view);
        self.put(&page, &body)?;
        let (page, body) = pages::services::list(view);
        self.put(&page, &body)?;
        let (page, body) = pages::indicators::list(view);
        self.put(&page, &body)?;
        let (page, body) = pages::ranking::list(view);
        self.put(&page, &body)?;
        if !view.analysis.ingested.tasks.is_empty() {
            let (page, body) = pages::plain::tasks(view);
            self.put(&page, &body)?;
        }
        let (page, body) = pages::plain::data(view);
        self.put(&page, &body)?;
        let (page, body) = pages::reconciliation::page(view);
        self.put(&page, &body)?;
        if view.analysis.revisions.is_some() {
            let (page, body) = pages::revisions::page(view);
            self.put(&page, &body)?;
        }
        self.try_put(pages::plain::method(view, theme, narratives))?;
        // Hosts show one such page, whatever the language of the address.
        if view.is_original() {
            let (page, body) = pages::plain::not_found(view);
            self.put(&page, &body)?;
        }
        if let Some((page, body)) = pages::plain::latest(view) {
            self.put(&page, &body)?;
        }
        Ok(())
    }
}

/// The description of a page; one of a word or two would tell nothing where search engines show it.
fn described(page: &Page, site: &Site) -> String {
    const LEAST: usize = 30;
    let own = &page.description;
    if own.chars().count() >= LEAST {
        return own.clone();
    }
    let title = Some(&page.title).filter(|t| !own.contains(t.as_str()));
    let parts = title.into_iter().chain([own, &site.title]);
    let parts: Vec<&str> = parts.map(|p| p.trim_end_matches('.')).collect();
    parts.join(". ")
}

#[cfg(test)]
mod samples;
