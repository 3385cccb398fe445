//! The list of all units with pages, by province and level. The page of the search has them by letter.

use super::super::{crumbs, frame, search};
use crate::analysis::Scope;
use crate::model::{Level, UnitIx};
use crate::render::context::{LinkGroup, LinkRow, Page, Units};
use crate::render::rankings;
use crate::render::view::View;
use crate::render::words::upper_first;
use crate::text::order;

/// The list of all units with pages: by province, and where they are too many for one page the lists of each
/// province and letter.
pub(in crate::render) fn list(view: &View<'_>) -> (Page, Units) {
    let path = format!("{}/", view.analysis.config.paths.unit);
    let mut page = frame(view, "units", "units", &path, &view.t("page.units", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.units", &[]));
    page.lead = Some(view.t("units.lead", &[]));
    page.description = view.t("units.description", &[]);
    let by_place = if search::is_divided(view) {
        vec![LinkGroup {
            id: "noi".into(),
            title: view.t("nav.units", &[]),
            rows: search::place_rows(view),
            ..LinkGroup::default()
        }]
    } else {
        by_place(view)
    };
    let body = Units {
        compare: super::super::compare::link(view),
        by_place,
        by_letter: search::letter_rows(view),
        others: Vec::new(),
    };
    (page, body)
}

fn by_place(view: &View<'_>) -> Vec<LinkGroup> {
    let units: Vec<UnitIx> = view
        .analysis
        .catalog
        .units
        .indices()
        .filter(|u| view.has_unit_page(*u))
        .collect();
    let mut by_place: Vec<(Option<UnitIx>, Vec<UnitIx>)> = Vec::new();
    for unit in &units {
        let top = view
            .analysis
            .catalog
            .units
            .ancestors(*unit)
            .find(|u| view.analysis.catalog.units.get(*u).level == Level::Province);
        match by_place.iter_mut().find(|(t, _)| *t == top) {
            Some((_, list)) => list.push(*unit),
            None => by_place.push((top, vec![*unit])),
        }
    }
    by_place.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) => order::compare(view.unit_short(*a), view.unit_short(*b)),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    by_place
        .into_iter()
        .flat_map(|(top, list)| by_level(view, top, list))
        .collect()
}

/// The units of a province: those of the first level under its name, those of each other level under theirs.
fn by_level(view: &View<'_>, top: Option<UnitIx>, mut list: Vec<UnitIx>) -> Vec<LinkGroup> {
    let level = |u: &UnitIx| view.analysis.catalog.units.get(*u).level;
    list.retain(|u| Some(*u) != top);
    list.sort_by(|a, b| {
        let names = || order::compare(view.unit_short(*a), view.unit_short(*b));
        level(a).cmp(&level(b)).then_with(names)
    });
    let rows = |of: &[UnitIx]| of.iter().map(|u| listed(view, *u, top)).collect();
    let mut levels = list.chunk_by(|a, b| level(a) == level(b) || top.is_none());
    let first = LinkGroup {
        id: anchor(view, top),
        title: top.map_or_else(
            || view.t("kind.country", &[]),
            |t| view.unit_name(t).to_owned(),
        ),
        href: top.and_then(|t| view.unit_href(t)),
        note: None,
        rows: levels.next().map_or_else(Vec::new, rows),
    };
    let others = levels.filter_map(|of| {
        let scope = Scope {
            level: level(of.first()?),
            above: top?,
        };
        Some(LinkGroup {
            id: format!("{}-{}", anchor(view, top), scope.level.as_str()),
            title: upper_first(&rankings::of_place(view, scope)),
            rows: rows(of),
            ..LinkGroup::default()
        })
    });
    std::iter::once(first).chain(others).collect()
}

/// The anchor of a province's units.
pub(in crate::render::pages) fn anchor(view: &View<'_>, top: Option<UnitIx>) -> String {
    let id = |t| view.analysis.catalog.units.get(t).id.replace('/', "-");
    top.map_or_else(|| "ca-nuoc".into(), id)
}

/// A unit in a list; where its name alone would not tell, with the unit above.
pub(in crate::render::pages) fn listed(
    view: &View<'_>,
    unit: UnitIx,
    under: Option<UnitIx>,
) -> LinkRow {
    let u = view.analysis.catalog.units.get(unit);
    let note = match (u.valid_to, u.parent) {
        (Some(end), _) => Some(view.t("units.until", &[("d", &view.day(end))])),
        (None, Some(p)) if under != Some(p) => Some(view.unit_name(p).to_owned()),
        _ => None,
    };
    LinkRow {
        text: u.name.clone(),
        href: view.unit_href(unit),
        note,
        ..LinkRow::default()
    }
}
