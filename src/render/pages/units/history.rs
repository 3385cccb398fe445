//! What a unit was made of and what became of it.

use std::collections::BTreeSet;

use crate::model::{Change, ChangeKind, UnitIx};
use crate::render::context::{HistoryEntry, Link};
use crate::render::view::View;
use crate::render::words::unit_in_text;
use crate::text::date::Date;

/// The events of a unit, by date.
pub(super) fn history(view: &View<'_>, unit: UnitIx) -> Vec<HistoryEntry> {
    let changes = &view.analysis.catalog.units.changes;
    let dates: BTreeSet<Date> = changes
        .arrivals(unit)
        .chain(changes.departures(unit))
        .map(|c| c.date)
        .collect();
    dates
        .into_iter()
        .flat_map(|date| {
            let on = |c: &&Change| c.date == date;
            let before: Vec<&Change> = changes.arrivals(unit).filter(on).collect();
            let after: Vec<&Change> = changes.departures(unit).filter(on).collect();
            [
                origin(view, unit, date, &before),
                fate(view, unit, date, &after),
            ]
        })
        .flatten()
        .collect()
}

/// For a unit that has ended: when, and where its figures go on.
pub(super) fn ended(view: &View<'_>, unit: UnitIx) -> Option<HistoryEntry> {
    let last = view.analysis.catalog.units.get(unit).valid_to?;
    let changes = &view.analysis.catalog.units.changes;
    let heirs: Vec<UnitIx> = changes.departures(unit).filter_map(|c| c.to).collect();
    let day = view.day(last);
    let mut text = view.t("history.ended", &[("d", &day)]);
    let names: Vec<String> = heirs.iter().map(|u| name(view, *u)).collect();
    if !names.is_empty() {
        let key = if heirs.iter().any(|u| view.has_unit_page(*u)) {
            "history.next"
        } else {
            "history.heirs"
        };
        text = format!("{text} {}", view.t(key, &[("c", &view.joined(&names))]));
    }
    let date = view.t("history.until", &[("d", &day)]);
    Some(entry(view, unit, &date, text, &heirs))
}

/// What came into a unit on a day.
fn origin(view: &View<'_>, unit: UnitIx, date: Date, changes: &[&Change]) -> Option<HistoryEntry> {
    let own = view.analysis.catalog.units.get(unit);
    let of = |kind: ChangeKind| changes.iter().filter(move |c| c.kind == kind);
    let units: Vec<UnitIx> = changes.iter().map(|c| c.from).collect();
    let made: Vec<String> = of(ChangeKind::Merge)
        .map(|c| former(view, c))
        .chain(of(ChangeKind::Split).map(|c| view.t("history.part_of", &[("a", &former(view, c))])))
        .collect();
    let (key, names) = if !made.is_empty() {
        let key = match (own.valid_from == Some(date), made.len()) {
            (false, _) => "history.grew",
            (true, 1) => "history.made_from",
            (true, _) => "history.merged_from",
        };
        (key, view.joined(&made))
    } else if let Some(c) = of(ChangeKind::Rename).next() {
        ("history.renamed_from", former(view, c))
    } else if let Some(c) = of(ChangeKind::Reparent).next() {
        let above = view.analysis.catalog.units.get(c.from).parent;
        (
            "history.reparented_from",
            name(view, above.unwrap_or(c.from)),
        )
    } else {
        let areas: Vec<String> = of(ChangeKind::Abolish).map(|c| former(view, c)).collect();
        ("history.area_of", view.joined(&areas))
    };
    if names.is_empty() {
        return None;
    }
    let text = view.t(key, &[("a", &names), ("basis", &basis(view, changes))]);
    Some(entry(view, unit, &view.day(date), text, &units))
}

/// What became of a unit on a day.
fn fate(view: &View<'_>, unit: UnitIx, date: Date, changes: &[&Change]) -> Option<HistoryEntry> {
    let first = changes.first()?;
    let heirs: Vec<UnitIx> = changes.iter().filter_map(|c| c.to).collect();
    let names: Vec<String> = heirs.iter().map(|u| name(view, *u)).collect();
    let into = view.joined(&names);
    let mut values = vec![("c", into.clone()), ("basis", basis(view, changes))];
    let key = match first.kind {
        ChangeKind::Split if changes.iter().all(|c| c.share.is_some()) => "history.shared_out",
        ChangeKind::Split => "history.split",
        ChangeKind::Rename => "history.renamed",
        ChangeKind::Reparent => {
            let above = first
                .to
                .and_then(|u| view.analysis.catalog.units.get(u).parent);
            values[0].1 = above.map_or(into, |u| name(view, u));
            "history.reparented"
        }
        ChangeKind::Abolish if names.is_empty() => "history.abolished",
        ChangeKind::Abolish => "history.area_now",
        ChangeKind::Merge => {
            let others = siblings(view, unit, date, first.to);
            if others.is_empty() {
                "history.merged"
            } else {
                values.push(("a", view.joined(&others)));
                "history.merged_with"
            }
        }
    };
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let text = view.t(key, &values);
    Some(entry(view, unit, &view.day(date), text, &heirs))
}

/// The other units that went into the same one on the same day.
fn siblings(view: &View<'_>, unit: UnitIx, date: Date, to: Option<UnitIx>) -> Vec<String> {
    let changes = &view.analysis.catalog.units.changes;
    let all = to.into_iter().flat_map(|to| changes.arrivals(to));
    all.filter(|c| c.date == date && c.from != unit)
        .filter(|c| matches!(c.kind, ChangeKind::Merge | ChangeKind::Split))
        .map(|c| match c.kind {
            ChangeKind::Split => view.t("history.part_of", &[("a", &former(view, c))]),
            _ => former(view, c),
        })
        .collect()
}

/// The legal basis in brackets, where the register has it.
fn basis(view: &View<'_>, changes: &[&Change]) -> String {
    let stated = changes.iter().find(|c| !c.basis.is_empty());
    stated.map_or_else(String::new, |c| format!(" ({})", view.own(&c.basis)))
}

fn name(view: &View<'_>, unit: UnitIx) -> String {
    unit_in_text(view.unit_name(unit))
}

/// The unit before a change; where the one after bears the same name, marked as the former one.
fn former(view: &View<'_>, change: &Change) -> String {
    let own = name(view, change.from);
    let is_same = change.to.is_some_and(|to| name(view, to) == own);
    if is_same {
        view.t("history.former", &[("a", &own)])
    } else {
        own
    }
}

/// An event with links to the pages of the other units; one of the same name is told apart as the former one.
fn entry(
    view: &View<'_>,
    unit: UnitIx,
    date: &str,
    text: String,
    others: &[UnitIx],
) -> HistoryEntry {
    let label = |other: UnitIx| {
        let (own, has_ended) = (view.unit_name(other), view.is_former(other));
        if has_ended && own == view.unit_name(unit) {
            view.t("history.former", &[("a", own)])
        } else {
            own.to_owned()
        }
    };
    let links: Vec<Link> = others
        .iter()
        .filter_map(|u| view.unit_href(*u).map(|href| View::link(&label(*u), href)))
        .collect();
    // The links follow after a colon.
    let text = match text.strip_suffix('.') {
        Some(open) if !links.is_empty() => open.to_owned(),
        _ => text,
    };
    HistoryEntry {
        date: date.to_owned(),
        text,
        links,
    }
}
