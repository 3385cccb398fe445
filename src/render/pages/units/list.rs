//! The list of all units with pages: by province and level, and by letter.

use std::collections::BTreeMap;

use super::super::{crumbs, frame};
use crate::model::{Level, UnitIx};
use crate::render::context::{LinkGroup, LinkRow, Page, Units};
use crate::render::view::View;
use crate::text::order;

/// The list of all units with pages: by province and level, and by letter.
pub(in crate::render) fn list(view: &View<'_>) -> (Page, Units) {
    let path = format!("{}/", view.analysis.config.paths.unit);
    let mut page = frame(view, "units", "units", &path, &view.t("page.units", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.units", &[]));
    page.lead = Some(view.t("units.lead", &[]));
    page.description = view.t("units.description", &[]);
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
    let by_place = by_place
        .into_iter()
        .map(|(top, mut list)| {
            list.retain(|u| Some(*u) != top);
            list.sort_by(|a, b| order::compare(view.unit_short(*a), view.unit_short(*b)));
            LinkGroup {
                id: top.map_or_else(|| "ca-nuoc".into(), |t| anchor(view, t)),
                title: top.map_or_else(
                    || view.t("kind.country", &[]),
                    |t| view.unit_name(t).to_owned(),
                ),
                href: top.and_then(|t| view.unit_href(t)),
                note: None,
                rows: list.iter().map(|u| row(view, *u, top)).collect(),
            }
        })
        .collect();
    let mut letters: BTreeMap<String, Vec<UnitIx>> = BTreeMap::new();
    if units.len() <= 400 {
        for unit in &units {
            let first: String = view
                .unit_short(*unit)
                .chars()
                .next()
                .map_or_else(String::new, |c| c.to_uppercase().collect());
            letters.entry(first).or_default().push(*unit);
        }
    }
    let mut by_letter: Vec<(String, Vec<UnitIx>)> = letters.into_iter().collect();
    by_letter.sort_by(|a, b| order::compare(&a.0, &b.0));
    let by_letter = by_letter
        .into_iter()
        .enumerate()
        .map(|(i, (letter, mut list))| {
            list.sort_by(|a, b| order::compare(view.unit_short(*a), view.unit_short(*b)));
            LinkGroup {
                id: format!("van-{i}"),
                title: letter,
                href: None,
                note: None,
                rows: list.iter().map(|u| row(view, *u, None)).collect(),
            }
        })
        .collect();
    (
        page,
        Units {
            by_place,
            by_letter,
            others: Vec::new(),
        },
    )
}

fn anchor(view: &View<'_>, unit: UnitIx) -> String {
    view.analysis.catalog.units.get(unit).id.replace('/', "-")
}

/// A unit in a list; where its name alone would not tell, with the unit above.
fn row(view: &View<'_>, unit: UnitIx, under: Option<UnitIx>) -> LinkRow {
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
