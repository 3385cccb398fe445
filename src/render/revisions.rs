//! Figures that changed after their release, as readers meet them: at the figure, on its page, on the page of all.

use super::caveats::{Touched, letter};
use super::context::{Caveat, Cell, Column, Link, Mark, Row, Table, TableSection};
use super::view::View;
use super::words::lower_first;
use crate::analysis::Was;
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::release::{Kind, Part, Revision, parts};
use crate::text::date::Date;
use crate::text::slug::slug;

/// Figures told in one note; the rest stand on the page of revisions.
const TOLD: usize = 6;

/// Revisions of one day and reason as a note of a page, with the figures that it speaks of.
pub(crate) struct Noted {
    pub(crate) note: Caveat,
    pub(crate) touched: Vec<Touched>,
}

/// All revisions, newest first.
pub(crate) fn all<'a>(view: &View<'a>) -> &'a [Revision] {
    view.analysis.revisions.map_or(&[], |r| &r.list)
}

/// The notes of a unit in a period; their letters follow those of `before` other notes.
pub(crate) fn of_unit(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    before: usize,
) -> Vec<Noted> {
    let Some(revisions) = view.analysis.revisions else {
        return Vec::new();
    };
    let same = |a: &Revision, b: &Revision| {
        (a.kind, a.date, &a.reason, &a.by) == (b.kind, b.date, &b.reason, &b.by)
    };
    let mut groups: Vec<Vec<&Revision>> = Vec::new();
    for r in revisions.of_unit(unit, period) {
        match groups.iter_mut().find(|g| same(g[0], r)) {
            Some(group) => group.push(r),
            None => groups.push(vec![r]),
        }
    }
    groups.sort_by_key(|g| std::cmp::Reverse(g[0].date));
    groups
        .iter()
        .enumerate()
        .map(|(i, group)| {
            let letter = letter(before + i);
            let note = Caveat {
                id: format!("dc-{letter}"),
                letter: Some(letter),
                ..note(view, group)
            };
            Noted {
                note,
                touched: group.iter().filter_map(|r| touched(r)).collect(),
            }
        })
        .collect()
}

fn touched(r: &Revision) -> Option<Touched> {
    Some(Touched {
        service: r.service?,
        stat: r.stat?,
    })
}

/// The letters of the notes that speak of a figure.
pub(crate) fn marks(view: &View<'_>, list: &[Noted], fits: &dyn Fn(&Touched) -> bool) -> Vec<Mark> {
    list.iter()
        .filter(|n| n.touched.iter().any(fits))
        .filter_map(|n| n.note.letter.as_deref())
        .map(|letter| Mark {
            label: view.t("revision.mark", &[]),
            ..view.mark(letter)
        })
        .collect()
}

/// One note of revisions that share their day and reason.
fn note(view: &View<'_>, group: &[&Revision]) -> Caveat {
    let first = group[0];
    let title = match (first.kind, first.date) {
        (Kind::Late, Some(d)) => view.t("revision.late_on", &[("d", &view.day(d))]),
        (Kind::Late, None) => view.t("revision.late", &[]),
        (_, Some(d)) => view.t("revision.corrected_on", &[("d", &view.day(d))]),
        (_, None) => view.t("revision.corrected", &[]),
    };
    let mut told: Vec<String> = group.iter().take(TOLD).map(|r| sentence(view, r)).collect();
    let more = group.len().saturating_sub(TOLD);
    if more > 0 {
        told.push(view.t("revision.more", &[("n", &more.to_string())]));
    }
    let mut text = format!("{}.", told.join("; "));
    if let Some(why) = why(view, first) {
        text.push(' ');
        text.push_str(&why);
    }
    Caveat {
        title,
        text,
        link: Some(Link {
            text: view.t("revision.see", &[]),
            href: href(view, first),
        }),
        ..Caveat::default()
    }
}

/// "Khai sinh, hồ sơ tiếp nhận: trước là 80, nay là 79".
pub(crate) fn sentence(view: &View<'_>, r: &Revision) -> String {
    let (name, old, new) = (
        name(view, r),
        value(view, r, &r.old),
        value(view, r, &r.new),
    );
    let words = [("name", &*name), ("old", &*old), ("new", &*new)];
    let key = match (r.kind, r.is_withheld) {
        (_, true) => "revision.withheld",
        (Kind::Late, _) => "revision.added",
        _ if r.old.is_empty() => "revision.added",
        _ if r.new.is_empty() => "revision.removed",
        _ => "revision.changed",
    };
    view.t(key, &words)
}

/// "Lý do: … Người quyết định: …".
pub(crate) fn why(view: &View<'_>, r: &Revision) -> Option<String> {
    let mut out = match (r.reason.as_str(), r.kind) {
        ("", Kind::Late) => return None,
        ("", Kind::Correction) => view.t("revision.no_reason", &[]),
        (why, _) => view.t(
            "revision.reason",
            &[("why", &view.own(why.trim_end_matches('.')))],
        ),
    };
    if !r.by.is_empty() {
        out.push(' ');
        out.push_str(&view.t("revision.by", &[("by", &view.own(&r.by))]));
    }
    Some(out)
}

/// Service and statistic of a revision.
pub(crate) fn name(view: &View<'_>, r: &Revision) -> String {
    let catalog = view.analysis.catalog;
    let target = r.cell.id.strip_prefix("target:");
    let stat = r.stat.or_else(|| catalog.stat(target?));
    let mut label = stat
        .map_or(r.cell.id.as_str(), |s| catalog.stat_label(s))
        .to_owned();
    if target.is_some() {
        label = view.t("revision.target", &[("name", &lower_first(&label))]);
    }
    match r.service {
        Some(ServiceIx::WHOLE) => label,
        Some(s) => format!("{}, {}", view.service_name(s), lower_first(&label)),
        None => format!("{}, {}", r.cell.service, lower_first(&label)),
    }
}

/// A value of a release in words: "80", "99,2%", "không phát sinh", "31 hoặc 32".
pub(crate) fn value(view: &View<'_>, r: &Revision, text: &str) -> String {
    if r.is_withheld {
        return view.t("state.suppressed", &[]);
    }
    released(view, r.stat, text)
}

fn released(view: &View<'_>, stat: Option<Stat>, text: &str) -> String {
    let number = |v| stat.map_or_else(|| view.number(v), |s| view.figure(s, v));
    let one = |p: &Part<'_>| match p {
        Part::Number(sign, v, None) => format!("{sign}{}", number(*v)),
        Part::Number(sign, v, Some(m)) => view.t(
            "revision.range",
            &[
                ("a", &format!("{sign}{}", view.number(*v))),
                ("b", &number(*m)),
            ],
        ),
        Part::Word("no-activity") => view.t("state.no_activity", &[]),
        Part::Word("not-applicable") => view.t("state.not_applicable", &[]),
        Part::Word("unreadable") => view.t("revision.unreadable", &[]),
        Part::Word(target) => target_words(view, target),
    };
    let list: Vec<String> = parts(text).iter().map(one).collect();
    if list.is_empty() {
        return view.t("revision.nothing", &[]);
    }
    list.join(&view.t("revision.or", &[]))
}

/// `>=80@2024-12-31` as "≥ 80, hạn 31/12/2024".
fn target_words(view: &View<'_>, text: &str) -> String {
    let (value, deadline) = text.split_once('@').unwrap_or((text, ""));
    let digits = value.trim_start_matches(['>', '<', '=']);
    let sign = match &value[..value.len() - digits.len()] {
        ">=" => "≥",
        "<=" => "≤",
        other => other,
    };
    let number =
        crate::decimal::Decimal::parse_plain(digits).map_or(digits.to_owned(), |n| view.number(n));
    match Date::parse_iso(deadline) {
        Some(d) => view.t(
            "revision.by_deadline",
            &[("x", &format!("{sign}\u{a0}{number}")), ("d", &view.day(d))],
        ),
        None => format!("{sign}\u{a0}{number}"),
    }
}

/// What a cell shows struck through: the figure of the release, where it is another one now.
pub(crate) fn old_figure(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<String> {
    match view.analysis.was(stat, unit, service, period)? {
        Was::Text(text) => Some(released(view, Some(stat), text)),
        Was::Ratio(value) => Some(view.column_figure(stat, value)),
    }
}

/// What a key figure says of its revision.
pub(crate) fn tile_note(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<String> {
    let old = old_figure(view, stat, unit, service, period)?;
    let own = view.analysis.revisions_of(stat, unit, service, period);
    match own.first().and_then(|r| Some((r, r.date?))) {
        Some((r, day)) if !r.reason.is_empty() => Some(view.t(
            "state.revised_in_place",
            &[
                ("old", &old),
                ("d", &view.day(day)),
                ("why", &view.own(&r.reason)),
            ],
        )),
        _ => Some(view.t("revision.was", &[("old", &old)])),
    }
}

/// The anchor of a revision on the page of all: permanent, for it names the figure and which of its changes it is.
pub(crate) fn anchor(view: &View<'_>, r: &Revision) -> String {
    let period = &view.analysis.period(r.period).id;
    let list = all(view)
        .iter()
        .filter(|o| (o.period, &o.cell) == (r.period, &r.cell));
    // The list is newest first: the oldest change of a figure is its first.
    let later = list.take_while(|o| !std::ptr::eq(*o, r)).count();
    let of = all(view)
        .iter()
        .filter(|o| (o.period, &o.cell) == (r.period, &r.cell))
        .count();
    let id = slug(&format!(
        "{period} {} {} {}",
        r.cell.unit, r.cell.service, r.cell.id
    ));
    match of - later.min(of) {
        0 | 1 => id,
        n => format!("{id}-{n}"),
    }
}

/// Where a revision stands on the page of all.
pub(crate) fn href(view: &View<'_>, r: &Revision) -> String {
    format!(
        "{}/#{}",
        view.analysis.config.paths.revisions,
        period_anchor(view, r.period)
    )
}

/// The part of the page of all that belongs to a period.
pub(crate) fn period_anchor(view: &View<'_>, period: PeriodIx) -> String {
    format!("ky-{}", view.analysis.period(period).id)
}

/// A table of revisions; those of `most` are shown, and how many more there are is said under it.
pub(crate) fn section(
    view: &View<'_>,
    list: &[&Revision],
    id: &str,
    title: String,
    most: usize,
    with_anchors: bool,
) -> Option<TableSection> {
    if list.is_empty() {
        return None;
    }
    let rows = list
        .iter()
        .take(most)
        .map(|r| Row {
            id: with_anchors.then(|| anchor(view, r)),
            ..row(view, r)
        })
        .collect();
    let more = list.len().saturating_sub(most);
    Some(TableSection {
        id: id.to_owned(),
        title,
        table: Table {
            caption: None,
            columns: ["unit", "figure", "old", "new", "date", "why"]
                .iter()
                .map(|key| Column::words(&view.t(&format!("revision.head_{key}"), &[])))
                .collect(),
            rows,
            stacked: true,
        },
        source: (more > 0).then(|| view.t("revision.left_out", &[("n", &more.to_string())])),
        ..TableSection::default()
    })
}

fn row(view: &View<'_>, r: &Revision) -> Row {
    let unit = r.unit.map_or(r.cell.unit.as_str(), |u| view.unit_name(u));
    let reason = match (r.reason.as_str(), r.kind) {
        ("", Kind::Late) => view.t("revision.late", &[]),
        ("", Kind::Correction) => view.t("revision.no_reason", &[]),
        (why, _) => why.to_owned(),
    };
    let date = r.date.map_or_else(String::new, |d| view.day(d));
    Row {
        head: unit.to_owned(),
        href: r.unit.and_then(|u| view.unit_href(u)),
        cells: vec![
            Cell::word(&name(view, r)),
            Cell::word(&value(view, r, &r.old)),
            Cell::word(&value(view, r, &r.new)),
            Cell::word(&date),
            Cell {
                note: (!r.by.is_empty()).then(|| view.own(&r.by)),
                ..Cell::word(&reason)
            },
        ],
        ..Row::default()
    }
}
