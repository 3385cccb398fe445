//! The page on which readers choose units to compare, and without script the prepared comparisons: the units of one
//! level below one unit, beside each other and beside that one.

use super::{crumb, crumbs, description, frame};
use crate::analysis::Scope;
use crate::analysis::ranking::footing::Footing;
use crate::model::{Stat, UnitIx};
use crate::render::compare::cells::{Compared, common, compared};
use crate::render::compare::{self, Group};
use crate::render::context::{
    Bar, Column, Compare, Crumb, Definition, Link, LinkRow, Page, Row, RowKind, Table, TableSection,
};
use crate::render::figures;
use crate::render::rankings;
use crate::render::view::View;
use crate::render::words::{unit_in_text, upper_first};

/// Units of one page.
const PART: usize = 200;

/// A table of more units than these scrolls on a phone; one of fewer is stacked.
const MOST_STACKED: usize = 12;

/// All pages of comparisons.
pub(in crate::render) fn pages(view: &View<'_>) -> Vec<(Page, Compare)> {
    if link(view).is_none() {
        return Vec::new();
    }
    let mut out = vec![first(view)];
    for group in &view.groups().list {
        out.extend(prepared(view, group));
    }
    out
}

/// Whether there is anything to compare.
pub(in crate::render) fn is_there(view: &View<'_>) -> bool {
    view.shown_units().len() > 1
}

/// A link to the page where units are chosen, where there are several.
pub(super) fn link(view: &View<'_>) -> Option<Link> {
    is_there(view).then(|| View::link(&view.t("page.compare", &[]), base(view)))
}

/// A link from a unit to those it is compared with; the script puts the unit first.
pub(super) fn link_of(view: &View<'_>, unit: UnitIx) -> Option<Link> {
    let group = view.groups().of(unit)?;
    let at = group.units.iter().position(|u| *u == unit)?;
    let who = rankings::of_place(view, group.scope);
    let id = &view.analysis.catalog.units.get(unit).id;
    let href = format!("{}?dv={id}", path_of(view, group, at / PART));
    Some(View::link(&view.t("compare.with", &[("who", &who)]), href))
}

/// A link from a ranking to the same units beside each other.
pub(super) fn link_of_ranking(view: &View<'_>, scope: Scope) -> Option<Link> {
    let group = view.groups().list.iter().find(|g| g.scope == scope)?;
    let who = rankings::of_place(view, scope);
    let text = view.t("compare.title", &[("who", &who)]);
    Some(View::link(&text, compare::href(view, group)))
}

fn base(view: &View<'_>) -> String {
    format!("{}/", view.analysis.config.paths.compare)
}

fn path_of(view: &View<'_>, group: &Group, part: usize) -> String {
    let first = compare::href(view, group);
    match part {
        0 => first,
        _ => format!("{first}{}/", part + 1),
    }
}

/// Where a reader chooses; the prepared comparisons as a list.
fn first(view: &View<'_>) -> (Page, Compare) {
    let title = view.t("page.compare", &[]);
    let mut page = frame(view, "compare", "units", &base(view), &title);
    page.crumbs = crumbs(view, Vec::new(), &title);
    page.lead = Some(view.t("compare.lead", &[]));
    page.description = description(&view.t("compare.lead", &[]));
    let body = Compare {
        units: compare::units(view),
        groups: view.groups().list.iter().map(|g| row(view, g)).collect(),
        ..Compare::default()
    };
    (page, body)
}

fn row(view: &View<'_>, group: &Group) -> LinkRow {
    LinkRow {
        text: upper_first(&rankings::of_place(view, group.scope)),
        href: Some(compare::href(view, group)),
        note: Some(format!(
            "{}; {}",
            view.period_in_text(group.period),
            coverage(view, group)
        )),
        ..LinkRow::default()
    }
}

fn coverage(view: &View<'_>, group: &Group) -> String {
    let (a, b) = (group.reported.to_string(), group.units.len().to_string());
    view.t("rank.coverage", &[("a", &a), ("b", &b)])
}

/// The pages of a group.
fn prepared(view: &View<'_>, group: &Group) -> Vec<(Page, Compare)> {
    let rows = rows(view, group);
    let parts = group.units.len().div_ceil(PART).max(1);
    let part_name = |part: usize| {
        let ends = [part * PART, ((part + 1) * PART).min(group.units.len()) - 1];
        let [a, b] = ends.map(|i| view.unit_short(group.units[i]));
        format!("{a} – {b}")
    };
    let (who, p) = (
        rankings::of_place(view, group.scope),
        view.period_in_text(group.period),
    );
    let above = group.scope.above;
    (0..parts)
        .map(|part| {
            let title = view.t("compare.title", &[("who", &who)]);
            let path = path_of(view, group, part);
            let mut page = frame(view, "compare", "units", &path, &title);
            if parts > 1 {
                page.title = format!("{title} ({})", part_name(part));
            }
            let name = unit_in_text(view.unit_name(above));
            let lead = view.t("compare.group_lead", &[("p", &p), ("unit", &name)]);
            page.description = description(&lead);
            page.lead = Some(lead);
            page.kicker = Some(format!(
                "{} · {} · {}",
                view.t("kind.comparison", &[]),
                view.unit_name(above),
                upper_first(&p)
            ));
            page.as_of = vec![view.as_of_line(above, group.period), coverage(view, group)];
            let steps = vec![crumb(&view.t("page.compare", &[]), &base(view))];
            page.crumbs = crumbs(view, steps, &upper_first(&who));
            let link = |p: usize| Crumb {
                text: part_name(p),
                href: (p != part).then(|| path_of(view, group, p)),
            };
            let body = Compare {
                units: compare::units(view),
                section: Some(section(view, group, part, &rows)),
                parts: (0..parts).filter(|_| parts > 1).map(link).collect(),
                definitions: definitions(view, group),
                groups: near(view, group),
            };
            (page, body)
        })
        .collect()
}

fn section(view: &View<'_>, group: &Group, part: usize, rows: &[Row]) -> TableSection {
    let p = view.period_in_text(group.period);
    let mut columns = vec![Column::words(&view.t("table.unit", &[]))];
    let labels = group.stats.iter().map(|s| view.indicator_short(*s));
    columns.extend(labels.map(Column::number));
    // The unit above begins every part.
    let own = rows.iter().skip(1).skip(part * PART).take(PART);
    let who = rankings::of_place(view, group.scope);
    TableSection {
        id: "bang".into(),
        title: view.t("compare.prepared", &[("p", &p)]),
        note: None,
        table: Table {
            caption: Some(format!("{}, {p}", upper_first(&who))),
            columns,
            rows: rows.iter().take(1).chain(own).cloned().collect(),
            stacked: group.units.len() <= MOST_STACKED,
        },
        source: Some(figures::source_line(view, group.scope.above, group.period)),
        downloads: vec![figures::data_file(view, group.period)],
    }
}

/// The rows of a group: the unit above, then each of the units.
fn rows(view: &View<'_>, group: &Group) -> Vec<Row> {
    let figures = |unit: UnitIx| -> Vec<Compared> {
        let ranked = view.ranked_of(unit);
        let of = |s: &Stat| compared(view, *s, (unit, group.period), &ranked);
        group.stats.iter().map(of).collect()
    };
    let mut above = figures(group.scope.above);
    let mut units: Vec<(UnitIx, Vec<Compared>)> =
        group.units.iter().map(|u| (*u, figures(*u))).collect();
    for (at, whole) in above.iter_mut().enumerate() {
        let of_units = || units.iter().map(|(_, list)| &list[at]);
        if of_units().any(|c| c.is_apart_from(whole)) {
            whole.add(&view.t("compare.apart_below", &[]), view);
        }
        let reference = common(of_units());
        for (_, list) in &mut units {
            if let Some(why) = other(view, &list[at], reference.as_ref()) {
                list[at].add(&why, view);
            }
        }
    }
    let row = |unit: UnitIx, list: Vec<Compared>, kind: RowKind| Row {
        kind,
        head: view.unit_name(unit).to_owned(),
        href: view.unit_href(unit),
        cells: list
            .into_iter()
            .zip(&group.stats)
            .map(|(c, stat)| with_bar(view, *stat, c, kind))
            .collect(),
        ..Row::default()
    };
    let mut out = vec![row(group.scope.above, above, RowKind::Own)];
    let units = units.into_iter();
    out.extend(units.map(|(unit, list)| row(unit, list, RowKind::Plain)));
    out
}

fn with_bar(
    view: &View<'_>,
    stat: Stat,
    c: Compared,
    kind: RowKind,
) -> crate::render::context::Cell {
    let percent =
        View::bar_length(&c.observation).filter(|_| view.is_ratio(stat) && c.footing.is_some());
    let highlight = kind == RowKind::Own;
    let mut cell = c.cell;
    cell.bar = percent.map(|percent| Bar { percent, highlight });
    cell
}

/// Why a figure is not held against those of most units.
fn other(view: &View<'_>, c: &Compared, reference: Option<&Footing>) -> Option<String> {
    let own = c.footing.as_ref()?;
    match reference {
        Some(r) if own == r => None,
        Some(r) if own.base == r.base => {
            let window = own.windows.iter().find(|w| !r.windows.contains(w));
            let (start, end) = window.or(own.windows.first())?;
            let (a, b) = (view.day(*start), view.day(*end));
            Some(view.t("rank.other_days", &[("a", &a), ("b", &b)]))
        }
        _ => Some(view.t("compare.other_base", &[])),
    }
}

fn definitions(view: &View<'_>, group: &Group) -> Vec<Definition> {
    let indicators = group.stats.iter().filter_map(|s| match s {
        Stat::Indicator(i) => Some(*i),
        Stat::Measure(_) => None,
    });
    let one = |i| {
        let d = view.analysis.catalog.indicator(i);
        Definition {
            term: d.label.clone(),
            text: rankings::definition_text(view, d),
            link: Some(View::link(
                &view.t("rank.see_indicator", &[]),
                view.indicator_href(i),
            )),
        }
    };
    indicators.map(one).collect()
}

/// The groups of the same unit above, that of this unit, and those of its units.
fn near(view: &View<'_>, group: &Group) -> Vec<LinkRow> {
    let own = group.scope.above;
    let is_near = |g: &&Group| {
        g.scope != group.scope
            && (g.scope.above == own
                || g.units.contains(&own)
                || group.units.contains(&g.scope.above))
    };
    let list = view.groups().list.iter().filter(is_near);
    list.take(40).map(|g| row(view, g)).collect()
}
