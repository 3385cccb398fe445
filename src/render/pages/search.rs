//! The page that the search leads to. Without script it is the plain way: services, units by letter and by province.
//!
//! A site of many units gives each letter and each province a page, or several, of its own.

use std::collections::BTreeMap;

use super::{crumb, crumbs, frame};
use crate::model::{Level, UnitIx};
use crate::render::context::{Crumb, LinkGroup, LinkRow, Page, Search};
use crate::render::view::View;
use crate::text::foreign::bare;
use crate::text::{letter as alphabet, order};

/// Rows of one page.
const PART: usize = 300;

/// More units than these are listed on pages of their own.
pub(super) const MOST_ON_ONE: usize = 400;

/// A list that has pages: of a letter or of a province.
struct Listed {
    /// Folder of its first page.
    path: String,
    title: String,
    top: Option<UnitIx>,
    units: Vec<UnitIx>,
}

/// All pages of the search.
pub(in crate::render) fn pages(view: &View<'_>) -> Vec<(Page, Search)> {
    let (letters, places) = (by_letter(view), by_place(view));
    let mut out = vec![first(view, &letters, &places)];
    if is_divided(view) {
        for list in letters.iter().chain(&places) {
            out.extend(parts(view, list, &letters));
        }
    }
    out
}

/// Whether units are too many for one page.
pub(super) fn is_divided(view: &View<'_>) -> bool {
    view.shown_units().len() > MOST_ON_ONE
}

/// The lists of the provinces, as rows: where units are too many for one page.
pub(super) fn place_rows(view: &View<'_>) -> Vec<LinkRow> {
    by_place(view).iter().map(|l| place_row(view, l)).collect()
}

/// The lists of the letters, as rows.
pub(super) fn letter_rows(view: &View<'_>) -> Vec<LinkRow> {
    let divided = is_divided(view);
    let own = |l: &Listed| format!("{}#{}", base(view), id(l));
    let row = |l: &Listed| LinkRow {
        text: l.title.clone(),
        href: Some(if divided { l.path.clone() } else { own(l) }),
        note: Some(count(view, l.units.len())),
        ..LinkRow::default()
    };
    by_letter(view).iter().map(row).collect()
}

fn base(view: &View<'_>) -> String {
    format!("{}/", view.analysis.config.paths.search)
}

fn count(view: &View<'_>, n: usize) -> String {
    view.t("search.units", &[("n", &view.count(n))])
}

fn place_row(view: &View<'_>, list: &Listed) -> LinkRow {
    let units = format!("{}/", view.analysis.config.paths.unit);
    let href = if is_divided(view) {
        list.path.clone()
    } else {
        let anchor = super::units::anchor(view, list.top);
        format!("{units}#{anchor}")
    };
    LinkRow {
        text: list.title.clone(),
        href: Some(href),
        note: Some(count(view, list.units.len())),
        ..LinkRow::default()
    }
}

fn first(view: &View<'_>, letters: &[Listed], places: &[Listed]) -> (Page, Search) {
    let mut page = frame(
        view,
        "search",
        "units",
        &base(view),
        &view.t("page.search", &[]),
    );
    page.crumbs = crumbs(view, Vec::new(), &page.title);
    page.lead = Some(view.t("search.hint", &[]));
    let divided = is_divided(view);
    let mut body = Search {
        letters: letters.iter().map(|l| letter(l, divided)).collect(),
        places: places.iter().map(|l| place_row(view, l)).collect(),
        services: services(view),
        ..Search::default()
    };
    if !divided {
        body.groups = letters
            .iter()
            .map(|l| group(view, l, &l.units, None))
            .collect();
    }
    (page, body)
}

fn letter(list: &Listed, divided: bool) -> Crumb {
    Crumb {
        text: list.title.clone(),
        href: Some(if divided {
            list.path.clone()
        } else {
            format!("#{}", id(list))
        }),
    }
}

fn id(list: &Listed) -> String {
    list.path.trim_end_matches('/').replace('/', "-")
}

fn group(view: &View<'_>, list: &Listed, units: &[UnitIx], note: Option<String>) -> LinkGroup {
    LinkGroup {
        id: id(list),
        title: list.title.clone(),
        href: list.top.and_then(|t| view.unit_href(t)),
        note,
        rows: units
            .iter()
            .map(|u| super::units::listed(view, *u, list.top))
            .collect(),
    }
}

/// The pages of one list.
fn parts(view: &View<'_>, list: &Listed, letters: &[Listed]) -> Vec<(Page, Search)> {
    let n = list.units.len();
    let count = n.div_ceil(PART).max(1);
    let path_of = |part: usize| match part {
        0 => list.path.clone(),
        _ => format!("{}{}/", list.path, part + 1),
    };
    let part_name = |part: usize| {
        let ends = [part * PART, ((part + 1) * PART).min(n) - 1];
        let [a, b] = ends.map(|i| view.unit_short(list.units[i]));
        format!("{a} – {b}")
    };
    (0..count)
        .map(|part| {
            let title = view.t("search.list", &[("name", &list.title)]);
            let mut page = frame(view, "search", "units", &path_of(part), &title);
            if count > 1 {
                page.title = format!("{title} ({})", part_name(part));
            }
            page.crumbs = crumbs(
                view,
                vec![crumb(&view.t("page.search", &[]), &base(view))],
                &list.title,
            );
            let units: Vec<UnitIx> = list
                .units
                .iter()
                .skip(part * PART)
                .take(PART)
                .copied()
                .collect();
            let body = Search {
                letters: letters.iter().map(|l| letter(l, true)).collect(),
                groups: vec![group(view, list, &units, Some(self::count(view, n)))],
                parts: if count < 2 {
                    Vec::new()
                } else {
                    let link = |p: usize| Crumb {
                        text: part_name(p),
                        href: (p != part).then(|| path_of(p)),
                    };
                    (0..count).map(link).collect()
                },
                ..Search::default()
            };
            (page, body)
        })
        .collect()
}

fn services(view: &View<'_>) -> Option<LinkGroup> {
    let services = &view.analysis.catalog.services;
    let mut rows: Vec<LinkRow> = services
        .indices()
        .filter_map(|s| {
            Some(LinkRow {
                href: Some(view.service_href(s)?),
                text: view.service_name(s).to_owned(),
                ..LinkRow::default()
            })
        })
        .collect();
    order::sort_by_name(&mut rows, |r| &r.text);
    (!rows.is_empty()).then(|| LinkGroup {
        id: "dich-vu".into(),
        title: view.t("nav.services", &[]),
        rows,
        ..LinkGroup::default()
    })
}

fn sorted(view: &View<'_>, mut list: Vec<UnitIx>) -> Vec<UnitIx> {
    list.sort_by_cached_key(|u| {
        let above = view.analysis.catalog.units.get(*u).parent;
        let above = above.map_or("", |p| view.unit_name(p));
        (order::sort_key(view.unit_short(*u)), order::sort_key(above))
    });
    list
}

/// Units by the first letter of their names. Vietnamese letters stand apart (`Đ` after `D`), accents do not.
fn by_letter(view: &View<'_>) -> Vec<Listed> {
    let mut letters: BTreeMap<String, Vec<UnitIx>> = BTreeMap::new();
    for u in view.shown_units() {
        let first = bare(view.unit_short(*u)).chars().next();
        letters
            .entry(first.map_or_else(String::new, alphabet::initial))
            .or_default()
            .push(*u);
    }
    let mut list: Vec<Listed> = letters
        .into_iter()
        .map(|(title, units)| Listed {
            path: format!("{}van/{}/", base(view), alphabet::typed(&title)),
            title,
            top: None,
            units: sorted(view, units),
        })
        .collect();
    order::sort_by_name(&mut list, |l| &l.title);
    // A letter that only Vietnamese has is one of its words.
    for one in list.iter_mut().filter(|l| !l.title.is_ascii()) {
        one.title = view.own(&one.title);
    }
    list
}

/// Units by the province they are in.
fn by_place(view: &View<'_>) -> Vec<Listed> {
    let units = &view.analysis.catalog.units;
    let mut places: BTreeMap<Option<UnitIx>, Vec<UnitIx>> = BTreeMap::new();
    for u in view.shown_units() {
        let top = units
            .ancestors(*u)
            .find(|t| units.get(*t).level == Level::Province);
        let list = places.entry(top).or_default();
        if Some(*u) != top {
            list.push(*u);
        }
    }
    let mut list: Vec<Listed> = places
        .into_iter()
        .map(|(top, list)| Listed {
            path: format!("{}noi/{}/", base(view), super::units::anchor(view, top)),
            title: top.map_or_else(
                || view.t("kind.country", &[]),
                |t| view.unit_name(t).to_owned(),
            ),
            top,
            units: sorted(view, list),
        })
        .filter(|l| l.top.is_some() || !l.units.is_empty())
        .collect();
    list.sort_by_cached_key(|l| {
        let key = l.top.map(|t| order::sort_key(view.unit_short(t)));
        (key.is_none(), key)
    });
    list
}
