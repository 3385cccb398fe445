//! The page of revisions: every figure that changed after its release, newest period first, and its feed.

use super::{crumbs, description, frame};
use crate::export::atom::{Entry, Feed};
use crate::model::PeriodIx;
use crate::release::Revision;
use crate::render::account::{self, Tongue};
use crate::render::context::{
    Cell, Column, Definition, FileEntry, Link, Page, Revisions, Row, Table, TableSection,
};
use crate::render::view::View;
use crate::render::{kilobytes, revisions};

/// Revisions of one period shown in full; the rest stand in the data.
const MOST: usize = 200;

/// Entries of the feed.
const ENTRIES: usize = 100;

/// The page.
pub(in crate::render) fn page(view: &View<'_>) -> (Page, Revisions) {
    let paths = &view.analysis.config.paths;
    let path = format!("{}/", paths.revisions);
    let title = view.t("page.revisions", &[]);
    let mut page = frame(view, "revisions", "revisions", &path, &title);
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.revisions", &[]));
    let list = revisions::all(view);
    let n = list.len().to_string();
    page.message = match (list.len(), released(view)) {
        (0, None) => view.t("revision.none_released", &[]),
        (0, Some(_)) => view.t("revision.none", &[]),
        _ => view.t("revision.count", &[("n", &n)]),
    };
    page.lead = Some(view.t("revision.lead", &[]));
    page.description = description(&format!(
        "{}. {}",
        page.message,
        view.t("revision.lead", &[])
    ));
    let body = Revisions {
        sections: sections(view, list),
        released: released(view),
        definitions: vec![
            Definition {
                term: view.t("revision.term_correction", &[]),
                text: view.t("revision.meaning_correction", &[]),
                link: None,
            },
            Definition {
                term: view.t("revision.term_late", &[]),
                text: view.t("revision.meaning_late", &[]),
                link: None,
            },
        ],
        feed: Some(Link {
            text: view.t("revision.feed", &[]),
            href: format!("{}/atom.xml", paths.revisions),
        }),
        downloads: vec![file(view)],
    };
    (page, body)
}

/// All revisions as a file.
pub(in crate::render) fn file(view: &View<'_>) -> FileEntry {
    FileEntry {
        kind: "file".into(),
        name: view.t("revision.file", &[]),
        href: format!("{}/dinh-chinh.csv", view.analysis.config.paths.data),
        format: "CSV".into(),
        size: kilobytes(view, view.revisions_size),
        note: None,
    }
}

fn of_period(list: &[Revision], period: PeriodIx) -> Vec<&Revision> {
    list.iter().filter(|r| r.period == period).collect()
}

fn sections(view: &View<'_>, list: &[Revision]) -> Vec<TableSection> {
    let mut periods: Vec<PeriodIx> = Vec::new();
    for r in list {
        if !periods.contains(&r.period) {
            periods.push(r.period);
        }
    }
    periods
        .into_iter()
        .filter_map(|p| {
            let id = revisions::period_anchor(view, p);
            let title = view.analysis.period(p).label.clone();
            revisions::section(view, &of_period(list, p), &id, title, MOST, true)
        })
        .collect()
}

/// The released periods, newest first.
fn released(view: &View<'_>) -> Option<Table> {
    let all = view.analysis.revisions.filter(|r| !r.released.is_empty())?;
    let rows = all
        .released
        .iter()
        .rev()
        .map(|(p, day)| Row {
            head: view.analysis.period(*p).label.clone(),
            href: Some(view.edition_href(*p)),
            cells: vec![
                Cell::word(&view.day(*day)),
                Cell::number(&of_period(&all.list, *p).len().to_string()),
            ],
            ..Row::default()
        })
        .collect();
    Some(Table {
        caption: Some(view.t("revision.released_periods", &[])),
        columns: vec![
            Column::words(&view.t("table.period", &[])),
            Column::words(&view.t("revision.head_released", &[])),
            Column::number(&view.t("revision.head_count", &[])),
        ],
        rows,
        stacked: false,
    })
}

/// The revisions as a feed: one entry for the figures of a unit and period that share their day and reason.
pub(in crate::render) fn feed(view: &View<'_>) -> Feed {
    let config = view.analysis.config;
    let path = format!("{}/", config.paths.revisions);
    let list = revisions::all(view);
    let same = |a: &Revision, b: &Revision| {
        (a.period, a.date, a.kind, &a.cell.unit) == (b.period, b.date, b.kind, &b.cell.unit)
            && (&a.reason, &a.by) == (&b.reason, &b.by)
    };
    let entries = list
        .chunk_by(|a, b| same(a, b))
        .take(ENTRIES)
        .map(|group| entry(view, &path, group))
        .collect();
    let newest = list.iter().filter_map(|r| r.date).max();
    let released = view
        .analysis
        .revisions
        .and_then(|r| r.released.iter().map(|(_, d)| *d).max());
    let name = &config.publisher.name;
    Feed {
        id: view
            .canonical(&path)
            .unwrap_or_else(|| "urn:tiendo:dinh-chinh".into()),
        title: format!("{}: {}", config.title, view.t("page.revisions", &[])),
        lang: config.language.clone(),
        author: if name.is_empty() {
            config.title.clone()
        } else {
            name.clone()
        },
        own_address: view
            .canonical(&format!("{path}atom.xml"))
            .unwrap_or_default(),
        page: view.canonical(&path).unwrap_or_else(|| "index.html".into()),
        updated: newest.or(released).or(view.analysis.as_of),
        entries,
    }
}

fn entry(view: &View<'_>, path: &str, group: &[Revision]) -> Entry {
    let first = &group[0];
    let unit = first
        .unit
        .map_or(first.cell.unit.as_str(), |u| view.unit_name(u));
    let period = view.period_in_text(first.period);
    let anchor = revisions::anchor(view, first);
    let told: Vec<String> = group.iter().map(|r| revisions::sentence(view, r)).collect();
    let why = revisions::why(view, first).map_or_else(String::new, |w| format!(" {w}"));
    let page = view.canonical(path).unwrap_or_else(|| "index.html".into());
    // What is told of the unit now, in the words of its page.
    let now = first.unit.and_then(|u| {
        let told = account::of_unit(view, u, first.period, &[], 0);
        told.headline.as_ref()?;
        let message = told.message(view, Tongue::new(&view.strings));
        Some(format!(
            " {}",
            view.t("revision.now", &[("told", &message)])
        ))
    });
    let now = now.unwrap_or_default();
    Entry {
        id: view
            .canonical(&format!("{path}#{anchor}"))
            .unwrap_or_else(|| format!("urn:tiendo:{anchor}")),
        title: format!("{unit}, {period}: {}", told[0]),
        // A late report of which nobody noted the day: later than the release is all that is known.
        updated: first.date.or_else(|| {
            let revisions = view.analysis.revisions?;
            revisions.released_on(first.period)
        }),
        link: format!("{page}#{anchor}"),
        text: format!("{}.{why}{now}", told.join("; ")),
    }
}
