//! Written text with its figures: the segments of a narrative → markup.

use super::account::{self, Tongue};
use super::context::{Block as BlockContext, Column, Html, Row, Table, TableSection, TextSection};
use super::view::View;
use super::words::lower_first;
use super::{evidence, figures, rankings, tables, targets, tasks};
use crate::analysis::{Applied, Scope};
use crate::chart::spec::{Bullet, Tone};
use crate::content::markdown::escape;
use crate::content::{Block, By, ChartKind, Narrative, Segment, Subject};
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::theme::{Theme, ThemeError};

/// The markup of a narrative on a page whose root is `root`. Its headings begin at the third level.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(crate) fn html(
    view: &View<'_>,
    theme: &Theme,
    n: &Narrative,
    root: &str,
) -> Result<Html, ThemeError> {
    let mut out = html_as_it_is(view, theme, n, root)?;
    out.0 = one_level_down(&out.0);
    Ok(out)
}

/// The markup of a narrative that is the whole of its page: its headings begin at the second level.
///
/// # Errors
/// As [`html`].
pub(crate) fn html_as_it_is(
    view: &View<'_>,
    theme: &Theme,
    n: &Narrative,
    root: &str,
) -> Result<Html, ThemeError> {
    if let Some(original) = view.original.filter(|_| n.lang != view.strings.language) {
        let text = segments(original, theme, n, (root, &view.prefix()))?;
        let note = view.t("language.untranslated", &[]);
        return Ok(Html(format!(
            "<p class=\"m\">{note}</p>\n<div lang=\"{}\">\n{}</div>\n",
            n.lang, text
        )));
    }
    segments(view, theme, n, (root, &view.prefix())).map(Html)
}

/// The pieces of a narrative in the words of `view`, with links as on a page whose `roots` are these.
fn segments(
    view: &View<'_>,
    theme: &Theme,
    n: &Narrative,
    roots: (&str, &str),
) -> Result<String, ThemeError> {
    let mut out = String::new();
    for (i, segment) in n.segments.iter().enumerate() {
        match segment {
            Segment::Html(html) if roots.1.is_empty() => out.push_str(html),
            Segment::Html(html) => out.push_str(&files_of_the_site(html)),
            Segment::Block(b) => {
                if let Some(context) = block(view, b, i) {
                    out.push_str(&super::part(theme, &n.lang, roots, &context)?);
                }
            }
        }
    }
    out.push_str(&evidence_of(view, n, &format!("{}{}", roots.0, roots.1)));
    Ok(out)
}

/// One line under a text that leads to the evidence of all units that it has figures of.
fn evidence_of(view: &View<'_>, n: &Narrative, root: &str) -> String {
    let links: Vec<String> = n
        .bound
        .iter()
        .filter_map(|(unit, period)| {
            let href = evidence::link(view, *unit, Some(*period))?.href;
            let name = escape(view.unit_name(*unit));
            Some(format!("<a href=\"{root}{}\">{name}</a>", escape(&href)))
        })
        .collect();
    if links.is_empty() {
        return String::new();
    }
    let label = escape(&view.t("evidence.link", &[]));
    format!("<p class=\"src\">{label}: {}</p>\n", links.join(", "))
}

/// A narrative as a section of a page that the program makes.
///
/// # Errors
/// As [`html`].
pub(crate) fn section(
    view: &View<'_>,
    theme: &Theme,
    n: &Narrative,
    root: &str,
) -> Result<TextSection, ThemeError> {
    Ok(TextSection {
        id: "bai-viet".into(),
        title: n
            .title
            .clone()
            .unwrap_or_else(|| view.t("edition.narrative", &[])),
        html: html(view, theme, n, root)?,
    })
}

/// The narratives of a language: its own text of a page, else that of the data, whose title is marked.
pub(crate) fn in_language(view: &View<'_>, narratives: &[Narrative]) -> Vec<Narrative> {
    let own = &view.strings.language;
    if view.languages.is_empty() {
        return narratives.to_vec();
    }
    let source = view.original.map_or(own, |o| &o.strings.language);
    let mut list: Vec<Narrative> = narratives
        .iter()
        .filter(|n| n.lang == *own)
        .cloned()
        .collect();
    for n in narratives.iter().filter(|n| n.lang == *source) {
        if !list.iter().any(|m| m.target == n.target) {
            list.push(Narrative {
                title: n.title.as_deref().map(|t| view.own(t)),
                description: n.description.as_deref().map(|t| view.own(t)),
                ..n.clone()
            });
        }
    }
    list
}

/// Links of a text to files of open data, which stand one folder further up than for a page of the original.
fn files_of_the_site(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("href=\"") {
        out.push_str(before);
        out.push_str("href=\"");
        let end = after.find('"').unwrap_or(after.len());
        let place = after[..end].split(['?', '#']).next().unwrap_or("");
        let is_page = place.is_empty() || place.ends_with('/') || is_html(place);
        let is_elsewhere = place.contains(':') || place.starts_with('/');
        if !is_page && !is_elsewhere {
            out.push_str("../");
        }
        out.push_str(&after[..end]);
        rest = &after[end..];
    }
    out + rest
}

/// Headings of the text stand below the title of its section.
fn one_level_down(html: &str) -> String {
    let mut out = html.to_owned();
    for level in (2..=5).rev() {
        let next = level + 1;
        out = out
            .replace(&format!("<h{level} "), &format!("<h{next} "))
            .replace(&format!("</h{level}>"), &format!("</h{next}>"));
    }
    out
}

fn block(view: &View<'_>, b: &Block, position: usize) -> Option<BlockContext> {
    match b {
        Block::Chart {
            stat,
            kind,
            by,
            subject,
            title,
        } => {
            let chart = chart(view, *stat, *kind, *by, *subject, title.as_deref())?;
            Some(BlockContext {
                chart: Some(chart),
                ..BlockContext::default()
            })
        }
        Block::Table { stats, by, subject } => {
            let table = table(view, stats, *by, *subject, position)?;
            Some(BlockContext {
                table: Some(table),
                ..BlockContext::default()
            })
        }
        Block::Ranking {
            indicator,
            level,
            parent,
            period,
            service,
            top,
        } => {
            let scope = Scope {
                above: *parent,
                level: *level,
            };
            let ranked = rankings::make(view, *indicator, scope, *period, *service);
            let mut section = rankings::section(view, &ranked, *top, None);
            section.id = format!("{}-{position}", section.id);
            if !view
                .rankings
                .iter()
                .any(|(i, s, _)| i == indicator && *s == scope)
            {
                section.more = None;
            }
            Some(BlockContext {
                ranking: Some(section),
                ..BlockContext::default()
            })
        }
        Block::Tasks {
            unit,
            period,
            status,
            limit,
        } => {
            let fits = |t: &crate::model::Task, _: tasks::Shown| {
                let report = tasks::report_of(view, t);
                unit.is_none_or(|u| report.unit == u)
                    && period.is_none_or(|p| report.period == p)
                    && status.is_none_or(|s| t.status == s)
            };
            let list = tasks::select(view, fits);
            let tasks = tasks::section(view, &list, *limit, &format!("nhiem-vu-{position}"))?;
            Some(BlockContext {
                tasks: Some(tasks),
                ..BlockContext::default()
            })
        }
    }
}

/// What is told of the figure that a trend ends at, where its unit or service is told by that figure.
fn told(view: &View<'_>, stat: Stat, s: Subject) -> Option<String> {
    let told = match s.service {
        ServiceIx::WHOLE => account::of_unit(view, s.unit, s.period, &[], 0),
        service => account::of_service(view, service, stat, s.unit, s.period),
    };
    let tongue = Tongue::new(&view.strings);
    let is_same = told.headline.as_ref()?.stat == stat;
    is_same.then(|| format!("{}.", told.message(view, tongue)))
}

fn chart(
    view: &View<'_>,
    stat: Stat,
    kind: ChartKind,
    by: By,
    s: Subject,
    title: Option<&str>,
) -> Option<super::context::ChartFigure> {
    // Which kind goes with which marks is settled where the call is read.
    let mut figure = match kind {
        ChartKind::Line | ChartKind::Sparkline => {
            let figure = figures::trend(view, stat, s.unit, s.service, s.period)?;
            super::context::ChartFigure {
                sentence: told(view, stat, s),
                ..figure
            }
        }
        ChartKind::Bullet => bullet(view, stat, by, s)?,
        ChartKind::Heat => figures::heat_below(view, stat, s.unit, s.period)?,
        ChartKind::Multiples => figures::multiples_below(view, stat, s.unit, s.service, s.period)?,
        ChartKind::Slope => match stat {
            Stat::Indicator(i) => figures::slope_below(view, i, s.unit, s.service, s.period)?,
            Stat::Measure(_) => return None,
        },
        ChartKind::Map => figures::map_below(view, stat, s.unit, s.service, s.period)?,
        ChartKind::Stacked => figures::by_service(view, stat, s.unit, s.period, title, true)?,
        ChartKind::Bar if by == By::Unit => {
            figures::by_unit(view, stat, s.unit, s.service, s.period)?
        }
        ChartKind::Bar => figures::by_service(view, stat, s.unit, s.period, title, false)?,
    };
    if let Some(title) = title {
        title.clone_into(&mut figure.title);
    }
    figure.id = None;
    Some(figure)
}

/// Bars against their targets: of one unit and service, of its services, or of the units below.
fn bullet(view: &View<'_>, stat: Stat, by: By, s: Subject) -> Option<super::context::ChartFigure> {
    let rows: Vec<(String, Subject)> = match by {
        By::Service => figures::services_of(view, stat, s.unit, s.period)
            .iter()
            .map(|r| {
                let service = view.analysis.catalog.services.get(r.service);
                let own = Subject {
                    service: r.service,
                    ..s
                };
                (service.short_name.clone(), own)
            })
            .collect(),
        By::Unit => figures::units_below(view, &[stat], s.unit, s.service, s.period)
            .into_iter()
            .map(|unit| (view.unit_short(unit).to_owned(), Subject { unit, ..s }))
            .collect(),
        By::Alone | By::Period => vec![(view.unit_short(s.unit).to_owned(), s)],
    };
    let items: Vec<Bullet> = rows
        .into_iter()
        .filter_map(|(label, own)| one_bullet(view, stat, label, own))
        .take(figures::MOST_BARS)
        .collect();
    let least = if view.is_percent(stat) { 100.0 } else { 0.0 };
    let max = items
        .iter()
        .map(|i| i.actual.max(i.target.unwrap_or(0.0)))
        .fold(least, f64::max);
    let target = view.analysis.target_for(stat, s.unit, s.service, s.period);
    let applied = |target| Applied {
        target,
        unit: s.unit,
        service: s.service,
    };
    let words = target.map_or_else(String::new, |t| {
        let progress = targets::progress(view, t, &view.analysis.progress(&applied(t)));
        view.t("chart.mark_is", &[("x", &lower_first(&progress.text))])
    });
    let subtitle = format!(
        "{}, {}, {}.{words}",
        view.label(stat),
        view.unit_name(s.unit),
        view.period_in_text(s.period)
    );
    figures::bullets(
        items,
        max,
        view.indicator_short(stat),
        subtitle,
        figures::source_line(view, s.unit, s.period),
    )
}

fn one_bullet(view: &View<'_>, stat: Stat, label: String, s: Subject) -> Option<Bullet> {
    let o = view.analysis.observe(stat, s.unit, s.service, s.period);
    let target = view.analysis.target_for(stat, s.unit, s.service, s.period);
    Some(Bullet {
        label,
        value_label: view.words(stat, &o),
        actual: o.sound()?.to_f64(),
        target: target.map(|t| t.value.to_f64()),
        tone: Tone::Highlight,
    })
}

fn table(
    view: &View<'_>,
    stats: &[Stat],
    by: By,
    s: Subject,
    position: usize,
) -> Option<TableSection> {
    let id = format!("bang-{position}");
    let (head, rows) = table_rows(view, stats, by, s)?;
    if rows.is_empty() {
        return None;
    }
    let mut columns = vec![Column::words(&view.t(head, &[]))];
    columns.extend(
        stats
            .iter()
            .map(|s| Column::number(view.indicator_short(*s))),
    );
    let rows = rows
        .into_iter()
        .map(|r| Row {
            head: r.name,
            href: r.href,
            cells: stats
                .iter()
                .map(|stat| tables::with_bar(view, *stat, r.unit, r.service, r.period))
                .collect(),
            ..Row::default()
        })
        .collect();
    Some(TableSection {
        id,
        title: String::new(),
        note: None,
        table: Table {
            caption: Some(format!(
                "{}, {}",
                view.unit_name(s.unit),
                view.period_in_text(s.period)
            )),
            columns,
            rows,
            stacked: false,
        },
        source: Some(figures::source_line(view, s.unit, s.period)),
        downloads: vec![figures::data_file(view, s.period)],
    })
}

/// A row of a table in a text: its name and what its figures are of.
struct RowOf {
    name: String,
    href: Option<String>,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
}

/// The key of the heading of the first column, and the rows.
fn table_rows(
    view: &View<'_>,
    stats: &[Stat],
    by: By,
    s: Subject,
) -> Option<(&'static str, Vec<RowOf>)> {
    Some(match by {
        By::Service => {
            let first = *stats.first()?;
            let mut rows = figures::services_of(view, first, s.unit, s.period);
            for stat in &stats[1..] {
                for row in figures::services_of(view, *stat, s.unit, s.period) {
                    if !rows.iter().any(|r| r.service == row.service) {
                        rows.push(row);
                    }
                }
            }
            let rows = rows
                .iter()
                .map(|r| {
                    let name = view.service_name(r.service).to_owned();
                    RowOf {
                        name,
                        href: view.service_href(r.service),
                        unit: s.unit,
                        service: r.service,
                        period: s.period,
                    }
                })
                .collect();
            ("table.service", rows)
        }
        By::Unit => {
            let rows = figures::units_below(view, stats, s.unit, s.service, s.period)
                .into_iter()
                .map(|u| RowOf {
                    name: view.unit_name(u).to_owned(),
                    href: view.unit_href(u),
                    unit: u,
                    service: s.service,
                    period: s.period,
                })
                .collect();
            ("table.unit", rows)
        }
        By::Period | By::Alone => {
            let rows = view
                .analysis
                .series(*stats.first()?, s.unit, s.service, s.period)
                .iter()
                .rev()
                .map(|(p, _)| RowOf {
                    name: view.analysis.period(*p).label.clone(),
                    href: Some(view.edition_href(*p)),
                    unit: s.unit,
                    service: s.service,
                    period: *p,
                })
                .collect();
            ("table.period", rows)
        }
    })
}

/// Whether an address that the program wrote is that of a page.
fn is_html(place: &str) -> bool {
    std::path::Path::new(place)
        .extension()
        .is_some_and(|e| e == "html")
}
