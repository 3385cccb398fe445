//! The page of a unit.

use super::{crumb, crumbs, description, frame};
use crate::analysis::{Applied, Basis, Observation, State};
use crate::content::{Narrative, PageTarget};
use crate::model::{IndicatorIx, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::account::{self, Tongue};
use crate::render::context::{
    Completeness, Definition, Document, LinkRow, Mark, Page, Paper, State as Shape, Tag, Unit,
};
use crate::render::rankings::{self, Ranked};
use crate::render::view::View;
use crate::render::words::{lower_first, upper_first};
use crate::render::{
    caveats, changes, code, cumulative, evidence, figures, narrative, places, revisions, scores,
    tables, targets, tasks, tiles,
};
use crate::theme::{Theme, ThemeError};

pub(in crate::render) mod children;
mod history;
mod list;

use history::{ended, history};
pub(in crate::render) use list::list;
pub(super) use list::{anchor, listed};

/// The newest period that a unit has figures or a report of.
pub(in crate::render) fn newest_period(view: &View<'_>, unit: UnitIx) -> Option<PeriodIx> {
    let figures = view.analysis.periods_of(unit).last().copied();
    figures.or_else(|| view.reports_of(unit).first().map(|r| r.period))
}

/// The page of one unit in its newest period.
pub(in crate::render) fn unit(view: &View<'_>, unit: UnitIx) -> (Page, Unit) {
    let u = view.analysis.catalog.units.get(unit);
    let path = view.unit_href(unit).unwrap_or_default();
    let periods = view.analysis.periods_of(unit);
    let period = newest_period(view, unit);
    let mut page = frame(view, "unit", "units", &path, &u.name);
    page.crumbs = unit_crumbs(view, unit);
    let mut body = Unit {
        parent: u.parent.map(|p| parent_row(view, p)),
        history: history(view, unit),
        ended: ended(view, unit),
        evidence: evidence::link(view, unit, period),
        compare: super::compare::link_of(view, unit),
        ..Unit::default()
    };
    let Some(period) = period else {
        page.message = view.t("unit.no_data", &[("name", &u.name)]);
        page.lead = Some(view.t("unit.no_data_lead", &[]));
        page.description.clone_from(&page.message);
        body.targets = targets::table(view, &targets_of(view, unit).0, "chi-tieu", false, None);
        children::add(view, unit, &mut body);
        return (page, body);
    };
    page.kicker = Some(format!(
        "{} · {}",
        view.level_kicker(u.level),
        upper_first(&view.window(period))
    ));
    page.as_of = vec![view.as_of_line(unit, period)];
    let caveats = caveats::of_unit(view, unit, period);
    let ranked = view.ranked_of(unit);
    let tongue = Tongue::new(&view.strings);
    let told = account::of_unit(view, unit, period, &ranked, caveats.len());
    page.message = told.message(view, tongue);
    let lead = told.sentences(view, tongue).join(" ");
    page.title = format!("{}, {}", u.name, view.period_in_text(period));
    page.description = description(if lead.is_empty() {
        &page.message
    } else {
        &lead
    });
    page.lead = (!lead.is_empty()).then_some(lead);
    page.tags = tags(view, unit, period, caveats.len());
    page.citation = Some(view.t(
        "cite.text",
        &[
            ("site", &view.analysis.config.title),
            ("title", &page.title),
            ("p", &view.period_in_text(period)),
            ("d", &view.day(view.analysis.period(period).end)),
            ("address", &view.canonical(&path).unwrap_or(path)),
        ],
    ));
    let noted = revisions::of_unit(view, unit, period, caveats.len());
    fill(view, &mut body, unit, period, &caveats, &noted);
    ranks(view, &mut body, unit, &ranked);
    body.caveats = caveats.into_iter().map(|(c, _)| c).collect();
    body.revisions = noted.into_iter().map(|n| n.note).collect();
    body.caveats_link = (!body.caveats.is_empty()).then(|| {
        View::link(
            &view.t("caveat.see_all", &[]),
            format!("{}/", view.analysis.config.paths.reconciliation),
        )
    });
    body.periods = periods
        .iter()
        .rev()
        .map(|p| LinkRow {
            text: upper_first(&view.period_in_text(*p)),
            href: Some(view.edition_href(*p)),
            note: view
                .report_for(unit, *p)
                .map(|r| view.document_name(r))
                .filter(|n| !n.is_empty()),
            ..LinkRow::default()
        })
        .take(12)
        .collect();
    (page, body)
}

/// Adds what the office wrote about the unit.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(in crate::render) fn add_narrative(
    view: &View<'_>,
    theme: &Theme,
    unit: UnitIx,
    narratives: &[Narrative],
    page: &Page,
    body: &mut Unit,
) -> Result<(), ThemeError> {
    if let Some(n) = narratives
        .iter()
        .find(|n| n.target == PageTarget::Unit(unit))
    {
        body.narrative = Some(narrative::section(view, theme, n, &page.root)?);
    }
    Ok(())
}

fn fill(
    view: &View<'_>,
    body: &mut Unit,
    unit: UnitIx,
    period: PeriodIx,
    caveats: &[(crate::render::context::Caveat, caveats::Touched)],
    noted: &[revisions::Noted],
) {
    let letters = |fits: &dyn Fn(&caveats::Touched) -> bool| -> Vec<Mark> {
        let touching = caveats.iter().filter(|(_, t)| fits(t));
        touching
            .filter_map(|(c, _)| c.letter.as_deref())
            .map(|letter| view.mark(letter))
            .chain(revisions::marks(view, noted, fits))
            .collect()
    };
    body.tiles = tiles::of_unit(view, unit, period);
    body.chart = main_chart(view, unit, period);
    body.services = tables::services(view, unit, period, &|s| letters(&|t| t.service == s));
    if let (Some(chart), Some(services)) = (&mut body.chart, &body.services)
        && !services.table.rows.is_empty()
    {
        chart.table = None;
        let on_page = view.t("chart.table_on_page", &[]);
        chart.source = chart.source.take().map(|s| format!("{s} {on_page}"));
    }
    body.definitions = definitions(view, unit, period);
    if body.chart.is_none() && body.services.is_none() {
        // The margin would stand beside nothing; the tiles lead to the same definitions.
        body.definitions.clear();
    }
    body.changes = changes::of_unit(view, &main_stats(view, unit, period), unit, period);
    body.cumulative = cumulative::of_unit(view, unit, period);
    body.scores = scores::of_unit(view, unit, period);
    body.trends = trends(view, unit, period);
    let (list, bars) = targets_of(view, unit);
    body.targets_chart = bars;
    body.targets = targets::table(view, &list, "chi-tieu", false, None);
    body.others = tables::others(view, unit, period, &|s| {
        letters(&|t| t.stat == s && t.service == ServiceIx::WHOLE)
    });
    let list = tasks::select(view, |t, _| tasks::report_of(view, t).unit == unit);
    body.tasks = tasks::section(view, &list, Some(20), "nhiem-vu");
    children::add(view, unit, body);
    body.completeness = completeness(view, unit, period);
    body.documents = documents(view, unit);
    body.downloads = vec![figures::data_file(view, period)];
    let address = view.unit_href(unit).and_then(|h| view.canonical(&h));
    body.paper = Some(Paper {
        qr: address.as_deref().and_then(code::draw),
        address: address.map(|a| short(&a)),
        source: format!(
            "{} · {}",
            view.as_of_line(unit, period),
            view.report_for(unit, period)
                .map(|r| view.document_name(r))
                .unwrap_or_default()
        ),
    });
}

/// An address as one types it.
fn short(address: &str) -> String {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    host.trim_end_matches('/').to_owned()
}

/// The targets of a unit, those for each of the units below it too, and as bars.
fn targets_of<'v>(
    view: &View<'v>,
    unit: UnitIx,
) -> (
    Vec<Applied<'v>>,
    Option<crate::render::context::ChartFigure>,
) {
    let list = targets::of_unit(view, unit);
    let label = |a: &Applied<'_>| {
        let name = view.indicator_short(a.target.stat);
        match a.service {
            ServiceIx::WHOLE => name.to_owned(),
            s => view.analysis.catalog.services.get(s).short_name.clone(),
        }
    };
    let own: Vec<Applied<'_>> = list
        .iter()
        .copied()
        .filter(|a| a.unit != a.target.unit || !view.analysis.is_for_each(a.target))
        .collect();
    let bars = targets::bullets(view, &own, &label, view.unit_name(unit));
    (list, bars)
}

/// The chart that tells most: the parts of the dossiers by service, else the ends of the units below.
fn main_chart(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
) -> Option<crate::render::context::ChartFigure> {
    let by_service = tables::main_measure(view, unit, period)
        .and_then(|m| figures::by_service(view, m, unit, period, None, true));
    by_service.or_else(|| {
        let (i, scope, p) = *view
            .rankings
            .iter()
            .find(|(_, s, p)| s.above == unit && *p == period)?;
        let ranked = rankings::make(view, i, scope, p, ServiceIx::WHOLE);
        let stat = Stat::Indicator(i);
        let mut chart = figures::ends(view, stat, &ranked.ranking, unit, p)?;
        chart.table = Some(figures::ends_table(view, stat, &ranked.ranking));
        chart.source = Some(figures::source_line(view, unit, p));
        Some(chart)
    })
}

fn trends(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
) -> Vec<crate::render::context::ChartRow> {
    let charts: Vec<_> = view
        .headline()
        .into_iter()
        .filter_map(|s| figures::trend(view, s, unit, ServiceIx::WHOLE, period))
        .take(2)
        .collect();
    let below = view
        .headline()
        .into_iter()
        .find_map(|s| figures::multiples_below(view, s, unit, ServiceIx::WHOLE, period));
    charts
        .into_iter()
        .chain(below)
        .map(|c| crate::render::context::ChartRow {
            charts: vec![c],
            ..Default::default()
        })
        .collect()
}

/// The statistics that a unit's page speaks of: those of the settings, then those of its services.
fn main_stats(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<Stat> {
    let mut stats = view.headline();
    for stat in tables::service_stats(view, unit, period) {
        if !stats.contains(&stat) {
            stats.push(stat);
        }
    }
    stats
}

fn definitions(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<Definition> {
    let mut list: Vec<Definition> = Vec::new();
    let mut stats = view.headline();
    stats.extend(tables::service_stats(view, unit, period));
    let mut stated = false;
    for stat in stats {
        let Stat::Indicator(i) = stat else { continue };
        let o = view.analysis.observe(stat, unit, ServiceIx::WHOLE, period);
        stated |= o.basis == Basis::Stated;
        let d = view.analysis.catalog.indicator(i);
        if o.state != State::Absent && !list.iter().any(|x| x.term == d.label) {
            list.push(Definition {
                term: d.label.clone(),
                text: rankings::definition_text(view, d),
                link: Some(View::link(
                    &view.t("rank.see_indicator", &[]),
                    view.indicator_href(i),
                )),
            });
        }
    }
    list.truncate(4);
    if stated {
        list.push(Definition {
            term: upper_first(&view.t("state.stated", &[])),
            text: view.t("state.stated_meaning", &[]),
            link: None,
        });
    }
    list
}

fn tags(view: &View<'_>, unit: UnitIx, period: PeriodIx, caveats: usize) -> Vec<Tag> {
    let mut tags = Vec::new();
    let children: Vec<UnitIx> = expected_children(view, unit, period);
    if !children.is_empty() {
        let c = view.analysis.completeness(period, &children);
        if c.expected > 0 && c.reported > 0 {
            let (a, b) = (c.reported.to_string(), c.expected.to_string());
            tags.push(Tag {
                text: view.t("completeness.units", &[("a", &a), ("b", &b)]),
                ..Tag::default()
            });
        }
    }
    if caveats > 0 {
        tags.push(Tag {
            state: Shape::Warn,
            text: view.t("caveat.count", &[("n", &caveats.to_string())]),
            href: Some("#doi-chieu".into()),
        });
    }
    tags
}

/// The units below that have figures of their own in some period, or must report for this one.
fn expected_children(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<UnitIx> {
    let catalog = view.analysis.catalog;
    let period = view.analysis.period(period);
    let cadence = view.analysis.config.cadence(&period.cadence);
    let declared = cadence.map_or_else(Vec::new, |c| view.analysis.declared_units(c, period.end));
    catalog
        .units
        .children(unit)
        .iter()
        .copied()
        .filter(|c| view.reporting.binary_search(c).is_ok() || declared.binary_search(c).is_ok())
        .collect()
}

pub(in crate::render) fn completeness(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
) -> Option<Completeness> {
    let children = expected_children(view, unit, period);
    let c = view.analysis.completeness(period, &children);
    if c.expected < 2 || c.reported == 0 {
        return None;
    }
    let (a, b, n) = (
        c.reported.to_string(),
        c.expected.to_string(),
        c.missing.len().to_string(),
    );
    Some(Completeness {
        text: view.t("completeness.units", &[("a", &a), ("b", &b)]),
        full: c.missing.is_empty(),
        note: (!c.missing.is_empty())
            .then(|| view.t("completeness.total", &[("a", &a), ("b", &b), ("n", &n)])),
        missing: c
            .missing
            .iter()
            .map(|u| View::link(view.unit_name(*u), view.unit_href(*u).unwrap_or_default()))
            .collect(),
    })
}

fn documents(view: &View<'_>, unit: UnitIx) -> Vec<Document> {
    let reports = view.reports_of(unit);
    let mut out: Vec<Document> = Vec::new();
    for report in reports.iter().take(3) {
        for d in &report.documents {
            let single = crate::model::Report {
                documents: vec![d.clone()],
                ..(*report).clone()
            };
            out.push(Document {
                name: view.document_name(&single),
                title: None,
                issuer: (!d.issuer.is_empty()).then(|| d.issuer.clone()),
            });
        }
    }
    out
}

fn ranks(view: &View<'_>, body: &mut Unit, unit: UnitIx, ranked: &[&Ranked]) {
    body.ranks = ranked
        .iter()
        .filter_map(|r| rankings::summary(view, r, unit))
        .collect();
    body.ranks_meaning = ranked
        .iter()
        .find(|r| {
            let entry = r.ranking.entry(unit);
            entry.is_some_and(|e| places::band(view, e).is_some())
        })
        .map(|r| {
            let noun = places::counted(view, r.indicator);
            view.t("rank.band_meaning", &[("noun", &noun)])
        });
    if let Some(first) = ranked.first() {
        body.peers = rankings::neighbours(view, first, unit);
        if !body.peers.is_empty() {
            body.peers_title = Some(view.t(
                "rank.beside",
                &[
                    (
                        "name",
                        &lower_first(view.indicator_short(Stat::Indicator(first.indicator))),
                    ),
                    ("p", &view.period_in_text(first.period)),
                ],
            ));
        }
    }
    let level = view.analysis.catalog.units.get(unit).level;
    if body.ranks.is_empty() && crate::analysis::Analysis::is_ranked_level(level) {
        let noun = view.level_noun(level);
        body.ranks_note = Some(view.t("rank.none_beside", &[("noun", &noun)]));
    }
}

fn unit_crumbs(view: &View<'_>, unit: UnitIx) -> Vec<crate::render::context::Crumb> {
    crumbs(view, steps_to(view, unit), view.unit_name(unit))
}

/// The steps of the breadcrumb above a unit.
pub(super) fn steps_to(view: &View<'_>, unit: UnitIx) -> Vec<crate::render::context::Crumb> {
    let mut above: Vec<UnitIx> = view
        .analysis
        .catalog
        .units
        .ancestors(unit)
        .skip(1)
        .collect();
    above.reverse();
    let mut steps = vec![crumb(
        &view.t("nav.units", &[]),
        &format!("{}/", view.analysis.config.paths.unit),
    )];
    steps.extend(
        above
            .into_iter()
            .map(|u| view.unit_crumb(u))
            .filter(|c| c.href.is_some()),
    );
    steps
}

fn parent_row(view: &View<'_>, parent: UnitIx) -> LinkRow {
    LinkRow {
        text: view.unit_name(parent).to_owned(),
        href: view.unit_href(parent),
        ..LinkRow::default()
    }
}

/// An indicator's newest figure of a unit, for lists elsewhere.
pub(in crate::render) fn newest(
    view: &View<'_>,
    i: IndicatorIx,
    unit: UnitIx,
) -> Option<(PeriodIx, Observation)> {
    view.analysis
        .period_indices()
        .rev()
        .map(|p| {
            (
                p,
                view.analysis
                    .observe(Stat::Indicator(i), unit, ServiceIx::WHOLE, p),
            )
        })
        .find(|(_, o)| o.value.is_some())
}
