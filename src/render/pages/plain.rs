//! Tasks, data, method, not found, and the page that leads to the newest edition.

use super::{crumbs, description, frame};
use crate::content::{Narrative, PageTarget};
use crate::export::figures::HEADER;
use crate::model::{MeasureType, Nature, Stat};
use crate::render::context::{
    Cell, Column, Data, Definition, FileEntry, FileGroup, Fill, Link, Method, NotFound, Page,
    Redirect, Row, Table, TableSection, Tasks, TextSection,
};
use crate::render::tasks::{self, Shown};
use crate::render::view::View;
use crate::render::words::upper_first;
use crate::render::{figures, kilobytes, narrative, rankings};
use crate::text::order;
use crate::theme::{Theme, ThemeError};

/// All tasks, by state.
pub(in crate::render) fn tasks(view: &View<'_>) -> (Page, Tasks) {
    let path = format!("{}/", view.analysis.config.paths.tasks);
    let mut page = frame(view, "tasks", "tasks", &path, &view.t("page.tasks", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.tasks", &[]));
    let all = tasks::select(view, |_, _| true);
    let overdue = all.iter().filter(|(_, _, s)| *s == Shown::Overdue).count();
    page.message = match (all.len(), overdue) {
        (0, _) => view.t("tasks.none", &[]),
        (n, 0) => view.t("tasks.none_overdue", &[("n", &n.to_string())]),
        (n, o) => view.t(
            "tasks.overdue",
            &[("n", &n.to_string()), ("o", &o.to_string())],
        ),
    };
    let as_of = view
        .analysis
        .as_of
        .map_or_else(String::new, |d| view.day(d));
    page.lead = Some(view.t("tasks.lead", &[("d", &as_of)]));
    page.description = description(&format!(
        "{}. {}",
        page.message,
        page.lead.clone().unwrap_or_default()
    ));
    let sections = Shown::ALL
        .iter()
        .filter_map(|state| {
            let list: Vec<_> = all.iter().filter(|(_, _, s)| s == state).collect();
            if list.is_empty() {
                return None;
            }
            Some(crate::render::context::TaskSection {
                id: format!("trang-thai-{}", crate::text::slug::slug(&state.words(view))),
                title: format!("{} ({})", upper_first(&state.words(view)), list.len()),
                note: Some(state.meaning(view)),
                rows: list
                    .iter()
                    .map(|(i, t, _)| tasks::row(view, *i, t, true))
                    .collect(),
                more: None,
            })
        })
        .collect();
    let body = Tasks {
        chart: chart(view, &all),
        sections,
        definitions: Vec::new(),
        downloads: vec![FileEntry {
            kind: "file".into(),
            name: view.t("data.tasks", &[]),
            href: format!("{}/nhiem-vu.csv", view.analysis.config.paths.data),
            format: "CSV".into(),
            size: kilobytes(view, view.tasks_size),
            note: None,
        }],
    };
    (page, body)
}

/// Counts by report and state: finished, overdue, not finished or not known, not reported.
fn chart(
    view: &View<'_>,
    all: &[(usize, &crate::model::Task, Shown)],
) -> Option<crate::render::context::ChartFigure> {
    let mut rows: Vec<(String, Vec<u32>)> = Vec::new();
    for report in &view.analysis.periods.reports {
        let mut counts = vec![0u32; 4];
        for (_, task, state) in all {
            if std::ptr::eq(tasks::report_of(view, task), report) {
                let at = match state {
                    Shown::Done => 0,
                    Shown::Overdue => 1,
                    Shown::Open
                    | Shown::Regular
                    | Shown::Blocked
                    | Shown::NotStarted
                    | Shown::Unconfirmed => 2,
                    Shown::NotReported => 3,
                };
                counts[at] += 1;
            }
        }
        if counts.iter().sum::<u32>() > 0 {
            rows.push((view.unit_short(report.unit).to_owned(), counts));
        }
    }
    if rows.is_empty() {
        return None;
    }
    rows.sort_by(|a, b| {
        b.1.iter()
            .sum::<u32>()
            .cmp(&a.1.iter().sum())
            .then(a.0.cmp(&b.0))
    });
    rows.truncate(12);
    let words = [
        "state.done",
        "state.overdue",
        "tasks.unfinished",
        "tasks.not_reported",
    ]
    .map(|key| view.t(key, &[]));
    let labels = [
        (words[0].as_str(), Fill::First),
        (words[1].as_str(), Fill::Second),
        (words[2].as_str(), Fill::Third),
        (words[3].as_str(), Fill::Fourth),
    ];
    let n = rows.len();
    let mut figure = figures::counts(
        view,
        &view.t("tasks.chart", &[("n", &n.to_string())]),
        view.t("tasks.chart_note", &[]),
        &view.t("table.unit", &[]),
        &labels,
        &rows,
    );
    figure.id = Some("theo-tinh-trang".into());
    Some(figure)
}

/// Everything to take away, and what its columns mean.
pub(in crate::render) fn data(view: &View<'_>) -> (Page, Data) {
    let data = &view.analysis.config.paths.data;
    let path = format!("{data}/");
    let mut page = frame(view, "data", "data", &path, &view.t("page.data", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.data", &[]));
    page.description = view.t("data.lead", &[]);
    page.lead = Some(page.description.clone());
    let whole = FileGroup {
        id: "toan-bo".into(),
        title: view.t("data.whole", &[]),
        note: None,
        files: vec![
            FileEntry {
                kind: "file".into(),
                name: view.t("data.all_figures", &[]),
                href: format!("{data}/so-lieu.csv"),
                format: "CSV".into(),
                size: kilobytes(view, view.whole_size),
                note: Some(view.t("data.all_figures_note", &[])),
            },
            FileEntry {
                kind: "file".into(),
                name: view.t("data.findings", &[]),
                href: format!("{data}/doi-chieu.json"),
                format: "JSON".into(),
                size: kilobytes(view, view.findings_size),
                note: None,
            },
            FileEntry {
                kind: "file".into(),
                name: view.t("data.tasks", &[]),
                href: format!("{data}/nhiem-vu.csv"),
                format: "CSV".into(),
                size: kilobytes(view, view.tasks_size),
                note: None,
            },
            super::revisions::file(view),
            FileEntry {
                kind: "file".into(),
                name: view.t("data.summaries", &[]),
                href: format!("{data}/tom-tat.csv"),
                format: "CSV".into(),
                size: kilobytes(view, view.summaries_size),
                note: Some(view.t("data.summaries_note", &[])),
            },
        ],
    };
    let editions = FileGroup {
        id: "theo-ky".into(),
        title: view.t("data.by_period", &[]),
        note: None,
        files: view
            .analysis
            .period_indices()
            .rev()
            .map(|p| FileEntry {
                kind: "file".into(),
                ..figures::data_file(view, p)
            })
            .collect(),
    };
    let licence = &view.analysis.config.licence;
    let terms = if licence.name.is_empty() {
        view.t("footer.reuse", &[])
    } else {
        licence.name.clone()
    };
    let body = Data {
        files: vec![whole, editions],
        dictionary: vec![
            columns_table(view),
            revision_columns(view),
            measures_table(view),
            indicators_table(view),
        ],
        definitions: vec![
            Definition {
                term: view.t("data.reuse", &[]),
                text: format!("{}.", terms.trim_end_matches('.')),
                link: None,
            },
            Definition {
                term: view.t("data.cite", &[]),
                text: view.t("data.cite_how", &[("site", &view.analysis.config.title)]),
                link: None,
            },
        ],
    };
    (page, body)
}

/// What each column of the CSV means.
fn columns_table(view: &View<'_>) -> TableSection {
    let rows = HEADER
        .iter()
        .map(|name| Row {
            head: (*name).to_owned(),
            cells: vec![Cell::word(&view.t(&format!("data.column_{name}"), &[]))],
            ..Row::default()
        })
        .collect();
    section(
        "cot",
        &view.t("data.columns", &[]),
        vec![
            Column::words(&view.t("data.column", &[])),
            Column::words(&view.t("data.meaning", &[])),
        ],
        rows,
    )
}

/// What each column of the revisions means.
fn revision_columns(view: &View<'_>) -> TableSection {
    let rows = crate::export::revisions::HEADER
        .iter()
        .map(|name| Row {
            head: (*name).to_owned(),
            cells: vec![Cell::word(&view.t(&format!("revision.column_{name}"), &[]))],
            ..Row::default()
        })
        .collect();
    section(
        "cot-dinh-chinh",
        &view.t("revision.columns", &[]),
        vec![
            Column::words(&view.t("revision.column", &[])),
            Column::words(&view.t("revision.meaning", &[])),
        ],
        rows,
    )
}

fn section(id: &str, title: &str, columns: Vec<Column>, rows: Vec<Row>) -> TableSection {
    TableSection {
        id: id.to_owned(),
        title: title.to_owned(),
        note: None,
        table: Table {
            caption: Some(title.to_owned()),
            columns,
            rows,
            stacked: true,
        },
        source: None,
        downloads: Vec::new(),
    }
}

fn measures_table(view: &View<'_>) -> TableSection {
    let mut list: Vec<&crate::model::Measure> = view.analysis.catalog.measures.iter().collect();
    list.sort_by(|a, b| order::compare(&a.label, &b.label));
    let rows = list
        .iter()
        .map(|m| {
            let nature = match m.nature {
                Nature::Flow => "data.flow",
                Nature::YearToDate => "data.year_to_date",
                Nature::Stock => "data.stock",
            };
            let unit = if m.kind == MeasureType::YesNo {
                view.t("data.yes_no", &[])
            } else {
                m.unit.clone()
            };
            Row {
                head: m.label.clone(),
                note: Some(m.id.clone()),
                cells: vec![
                    Cell::word(&unit),
                    Cell::word(&view.t(nature, &[])),
                    Cell::word(&m.definition),
                ],
                ..Row::default()
            }
        })
        .collect();
    let columns = vec![
        Column::words(&view.t("data.measure", &[])),
        Column::words(&view.t("data.unit_of_measure", &[])),
        Column::words(&view.t("data.nature", &[])),
        Column::words(&view.t("data.meaning", &[])),
    ];
    section("so-do", &view.t("data.measures", &[]), columns, rows)
}

fn indicators_table(view: &View<'_>) -> TableSection {
    let mut list: Vec<crate::model::IndicatorIx> =
        view.analysis.catalog.indicator_indices().collect();
    list.sort_by(|a, b| {
        order::compare(
            view.label(Stat::Indicator(*a)),
            view.label(Stat::Indicator(*b)),
        )
    });
    let rows = list
        .iter()
        .map(|i| {
            let d = view.analysis.catalog.indicator(*i);
            Row {
                head: d.label.clone(),
                href: Some(view.indicator_href(*i)),
                note: Some(d.id.clone()),
                cells: vec![
                    Cell::word(&d.of_whom),
                    Cell::word(&rankings::definition_text(view, d)),
                ],
                ..Row::default()
            }
        })
        .collect();
    section(
        "chi-tieu",
        &view.t("data.indicators", &[]),
        vec![
            Column::words(&view.t("data.indicator", &[])),
            Column::words(&view.t("data.of_whom", &[])),
            Column::words(&view.t("data.meaning", &[])),
        ],
        rows,
    )
}

/// How the figures are made: the office's own words.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(in crate::render) fn method(
    view: &View<'_>,
    theme: &Theme,
    narratives: &[Narrative],
) -> Result<(Page, Method), ThemeError> {
    let path = format!("{}/", view.analysis.config.paths.method);
    let mut page = frame(view, "method", "method", &path, &view.t("page.method", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.method", &[]));
    page.description = view.t("method.lead", &[]);
    page.lead = Some(page.description.clone());
    let mut body = Method::default();
    if let Some(n) = narratives.iter().find(|n| n.target == PageTarget::Method) {
        if let Some(title) = &n.title {
            page.message.clone_from(title);
        }
        body.narrative = Some(narrative::html_as_it_is(view, theme, n, &page.root)?);
    } else {
        body.questions = vec![TextSection {
            id: "cach-tinh".into(),
            title: view.t("method.how", &[]),
            html: crate::render::context::Html(format!(
                "<p>{}</p>",
                view.t("method.how_text", &[])
            )),
        }];
    }
    body.definitions = vec![
        Definition {
            term: view.t("method.nothing", &[]),
            text: view.t("state.meaning", &[]),
            link: None,
        },
        Definition {
            term: upper_first(&view.t("state.stated", &[])),
            text: view.t("state.stated_meaning", &[]),
            link: None,
        },
    ];
    if !view.analysis.targets.is_empty() {
        body.definitions.push(Definition {
            term: view.t("target.states_title", &[]),
            text: view.t("target.states", &[]),
            link: None,
        });
    }
    let has_bands = (0..view.rankings.len()).any(|at| {
        let entries = &view.ranked(at).ranking.entries;
        entries.iter().any(|e| e.band.is_some())
    });
    if has_bands {
        body.definitions.push(Definition {
            term: view.t("rank.band_head", &[]),
            text: view.t("rank.band_method", &[]),
            link: None,
        });
    }
    let below = view.analysis.config.suppression.below;
    if below > 0 {
        body.definitions.push(Definition {
            term: view.t("suppression.term", &[]),
            text: view.t("suppression.meaning", &[("n", &(below - 1).to_string())]),
            link: None,
        });
    }
    Ok((page, body))
}

/// The page that hosts show for an address that does not exist.
pub(in crate::render) fn not_found(view: &View<'_>) -> (Page, NotFound) {
    let mut page = frame(view, "404", "", "404.html", &view.t("page.not_found", &[]));
    page.lead = Some(view.t("page.not_found_lead", &[]));
    page.description = page.message.clone();
    page.noindex = true;
    page.canonical = None;
    // There is one such page for the host; the switch leads to the home pages.
    for other in &mut page.alternates {
        other.canonical = None;
        other.href.truncate(other.href.len() - page.path.len());
    }
    page.root = root_of(&view.analysis.config.base_url);
    let links = vec![
        Link {
            text: view.t("nav.home", &[]),
            href: String::new(),
        },
        Link {
            text: view.t("nav.units", &[]),
            href: format!("{}/", view.analysis.config.paths.unit),
        },
        Link {
            text: view.t("nav.editions", &[]),
            href: format!("{}/", view.analysis.config.paths.edition),
        },
    ];
    (page, NotFound { links })
}

/// The path of the site on its host: the page for missing addresses is shown at any depth.
fn root_of(base_url: &str) -> String {
    let after = base_url.split_once("://").map_or("", |(_, rest)| rest);
    after
        .find('/')
        .map_or_else(|| "/".to_owned(), |i| after[i..].to_owned())
}

/// The page that leads to the newest edition.
pub(in crate::render) fn latest(view: &View<'_>) -> Option<(Page, Redirect)> {
    let newest = view.analysis.period_indices().next_back()?;
    let path = format!("{}/", view.analysis.config.paths.latest);
    let mut page = frame(
        view,
        "redirect",
        "editions",
        &path,
        &view.t("page.moved", &[]),
    );
    page.canonical = view.canonical(&view.edition_href(newest));
    page.noindex = true;
    let target = View::link(
        &view.analysis.period(newest).label,
        view.edition_href(newest),
    );
    Some((page, Redirect { target }))
}
