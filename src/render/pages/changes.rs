//! The page of an edition's changes since the one before: what rose and fell, who is new, who is silent, what was
//! revised. The same comparison as `tiendo diff`, of the figures that the site shows first.

use super::{crumb, crumbs, description, frame};
use crate::analysis::diff::{self, Change, Diff, Figure, Figures, Key, Rank, UnitOfOne};
use crate::analysis::{Accrual, Against, Analysis, Delta, State};
use crate::model::{MeasureType, Nature, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::release::Revision;
use crate::render::context::{
    Cell, Change as Moved, Changes, Column, LinkGroup, LinkRow, Page, Row, Table, TableSection,
};
use crate::render::view::View;
use crate::render::{changes as words, figures, revisions};
use crate::text::order;

/// Rows of a table for each kind of figure, ratios and numbers.
const MOST: usize = 15;

/// Rows of the excerpt on the page of the edition.
const EXCERPT: usize = 3;

/// What differs between an edition and the one before it.
pub(in crate::render) struct Since {
    pub(in crate::render) before: PeriodIx,
    pub(in crate::render) diff: Diff,
    /// Units that the new edition has no figure of because they no longer exist.
    ended: Vec<UnitIx>,
}

/// Compares an edition with the one before it; nothing where nobody reported in both.
pub(in crate::render) fn since(view: &View<'_>, period: PeriodIx) -> Option<Since> {
    let (before, both) = view.analysis.edition_before(period)?;
    let stats = stats(view);
    let (mut old, mut new) = (set(view, &stats, before), set(view, &stats, period));
    align(view, (before, &mut old), (period, &mut new));
    let mut diff = diff::diff(&old, &new);
    let end = view.analysis.period(period).end;
    let unit = |u: &UnitOfOne| view.analysis.catalog.units.find(&u.unit);
    let exists = |u: UnitIx| view.analysis.catalog.units.get(u).is_valid_on(end);
    let looked_for = |u: &UnitOfOne| unit(u).is_some_and(|u| view.analysis.is_looked_for(u, &both));
    diff.silent.retain(looked_for);
    diff.newcomers.retain(looked_for);
    let mut ended: Vec<UnitIx> = diff
        .silent
        .iter()
        .filter_map(unit)
        .filter(|u| !exists(*u))
        .collect();
    ended.sort_by(|a, b| order::compare(view.unit_name(*a), view.unit_name(*b)));
    // Sums over the units below are no report of the unit itself, and whoever sent other figures is not silent.
    let only = |u: UnitIx, then, not_then| {
        view.analysis.has_reported(u, then) && !view.analysis.has_reported(u, not_then)
    };
    diff.silent
        .retain(|u| unit(u).is_some_and(|u| exists(u) && only(u, before, period)));
    diff.newcomers
        .retain(|u| unit(u).is_some_and(|u| only(u, period, before)));
    Some(Since {
        before,
        diff,
        ended,
    })
}

/// The figures of the comparison: those shown first, then those by which units are ranked.
fn stats(view: &View<'_>) -> Vec<Stat> {
    let mut list = view.headline();
    for i in view.analysis.ranked_indicators().map(Stat::Indicator) {
        if !list.contains(&i) {
            list.push(i);
        }
    }
    list
}

/// The figures of units as a whole in one period, with the ranks that have a page.
fn set(view: &View<'_>, stats: &[Stat], period: PeriodIx) -> Figures {
    let mut out = Figures::default();
    let analysis = view.analysis;
    let units = &analysis.catalog.units;
    for unit in units.indices().filter(|u| view.has_unit_page(*u)) {
        for stat in stats {
            let o = analysis.observe(*stat, unit, ServiceIx::WHOLE, period);
            let word = match o.state {
                State::Value | State::Doubtful => "",
                State::NoActivity => "no-activity",
                State::NotApplicable => "not-applicable",
                State::Suppressed => "suppressed",
                State::Unreadable => "unreadable",
                State::NotComparable(_) => "not-comparable",
                State::NotReported | State::Absent => continue,
            };
            let extra = o.fact.and_then(|f| analysis.facts().extra(f));
            let sign = extra.and_then(|e| e.qualifier).map_or("", |q| q.sign());
            let figure = Figure {
                value: o.value,
                sign: sign.trim_start_matches('=').to_owned(),
                state: word.to_owned(),
                is_points: view.is_ratio(*stat),
                is_doubtful: o.state == State::Doubtful,
                ..Figure::default()
            };
            out.list.insert(key(analysis, unit, *stat), figure);
        }
    }
    out
}

/// Keeps to what key figures say of a change: what was gained in each period where a figure is cumulative, and no rise
/// or fall where the two do not compare.
fn align(
    view: &View<'_>,
    (before, old): (PeriodIx, &mut Figures),
    (period, new): (PeriodIx, &mut Figures),
) {
    for (key, now) in &mut new.list {
        let Some(then) = old.list.get_mut(key) else {
            continue;
        };
        if let Some(d) = delta(view, key, before, period) {
            (then.value, now.value) = (Some(d.before), Some(d.now));
            (then.is_points, now.is_points) = (d.is_points, d.is_points);
        } else {
            (then.is_doubtful, now.is_doubtful) = (true, true);
        }
    }
}

/// The change of a figure, where it is against this very period.
fn delta(view: &View<'_>, key: &Key, before: PeriodIx, period: PeriodIx) -> Option<Delta> {
    let unit = view.analysis.catalog.units.find(&key.unit)?;
    let stat = view.analysis.catalog.stat(&key.id)?;
    let change = view.analysis.change(stat, unit, ServiceIx::WHOLE, period);
    change.filter(|d| d.previous == before)
}

fn key(analysis: &Analysis<'_>, unit: UnitIx, stat: Stat) -> Key {
    Key {
        unit: analysis.catalog.units.get(unit).id.clone(),
        id: analysis.catalog.stat_id(stat).to_owned(),
        ..Key::default()
    }
}

/// The unit's rank before and now, where the ranking of this period has a page.
fn ranks(view: &View<'_>, c: &Change, period: PeriodIx) -> Option<(Rank, Rank)> {
    let unit = view.analysis.catalog.units.find(&c.key.unit)?;
    let Stat::Indicator(i) = view.analysis.catalog.stat(&c.key.id)? else {
        return None;
    };
    let level = view.analysis.catalog.units.get(unit).level;
    let at = view.rankings.iter().position(|(j, scope, p)| {
        *j == i
            && *p == period
            && scope.level == level
            && view.analysis.catalog.units.is_within(unit, scope.above)
    })?;
    let ranked = view.ranked(at);
    let rank = |r: &crate::analysis::Ranking| {
        let entry = r.entry(unit)?;
        Some(Rank {
            rank: entry.rank,
            of: crate::diagnostic::to_u32(r.entries.len()),
            scope: String::new(),
        })
    };
    let earlier = ranked.before.as_ref().filter(|_| ranked.broken.is_none())?;
    Some((rank(earlier)?, rank(&ranked.ranking)?))
}

/// The path of the page.
pub(in crate::render) fn path(view: &View<'_>, period: PeriodIx) -> String {
    format!(
        "{}{}/",
        view.edition_href(period),
        view.analysis.config.paths.changes
    )
}

/// The page.
pub(in crate::render) fn page(view: &View<'_>, period: PeriodIx, since: &Since) -> (Page, Changes) {
    let label = &view.analysis.period(period).label;
    let (p, b) = (
        view.period_in_text(period),
        view.period_in_text(since.before),
    );
    let words = [("p", &*p), ("b", &*b)];
    let title = view.t("changes.title", &words);
    let mut page = frame(view, "changes", "editions", &path(view, period), &title);
    page.crumbs = crumbs(
        view,
        vec![
            crumb(
                &view.t("nav.editions", &[]),
                &format!("{}/", view.analysis.config.paths.edition),
            ),
            crumb(label, &view.edition_href(period)),
        ],
        &view.t("changes.crumb", &[]),
    );
    page.lead = Some(summary(view, since));
    page.description = description(&format!("{title}: {}", summary(view, since)));
    let d = &since.diff;
    let revised = revised(view, period, since.before);
    let body = Changes {
        sections: [
            table(view, period, since, &d.rose, "tang", "changes.rose"),
            table(view, period, since, &d.fell, "giam", "changes.fell"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        groups: groups(view, since),
        revisions: revisions::section(
            view,
            &revised,
            "dinh-chinh",
            view.t("changes.revised", &[]),
            MOST * 2,
            false,
        ),
        note: d.is_empty().then(|| view.t("changes.nothing", &words)),
        downloads: vec![
            figures::data_file(view, period),
            figures::data_file(view, since.before),
        ],
    };
    (page, body)
}

/// "12 số tăng, 8 số giảm; 1 đơn vị mới có số liệu, 2 đơn vị chưa báo cáo."
pub(in crate::render) fn summary(view: &View<'_>, since: &Since) -> String {
    let d = &since.diff;
    let count = |key: &str, n: usize| view.t(key, &[("n", &n.to_string())]);
    let mut parts = vec![
        count("changes.n_rose", d.rose.len()),
        count("changes.n_fell", d.fell.len()),
    ];
    if !d.newcomers.is_empty() {
        parts.push(count("changes.n_new", d.newcomers.len()));
    }
    if !d.silent.is_empty() {
        parts.push(count("changes.n_silent", d.silent.len()));
    }
    if !since.ended.is_empty() {
        parts.push(count("changes.n_ended", since.ended.len()));
    }
    format!("{}.", super::super::words::upper_first(&parts.join(", ")))
}

/// The revisions of two periods, those of the newer one first.
fn revised<'a>(view: &View<'a>, period: PeriodIx, before: PeriodIx) -> Vec<&'a Revision> {
    let of = |p: PeriodIx| revisions::all(view).iter().filter(move |r| r.period == p);
    of(period).chain(of(before)).collect()
}

/// The largest of each kind: ratios, then numbers.
fn largest(list: &[Change], most: usize) -> Vec<&Change> {
    let of = |points: bool| {
        list.iter()
            .filter(move |c| c.is_points() == points)
            .take(most)
    };
    of(true).chain(of(false)).collect()
}

fn table(
    view: &View<'_>,
    period: PeriodIx,
    since: &Since,
    list: &[Change],
    id: &str,
    title: &str,
) -> Option<TableSection> {
    let shown = largest(list, MOST);
    if shown.is_empty() {
        return None;
    }
    let left = list.len() - shown.len();
    let mut columns = vec![
        Column::words(&view.t("table.unit", &[])),
        Column::words(&view.t("table.measure", &[])),
        Column::number(&view.period_in_text(since.before)),
        Column::number(&view.period_in_text(period)),
        Column::words(&view.t("changes.head", &[])),
    ];
    let ranks: Vec<Option<(Rank, Rank)>> = shown.iter().map(|c| ranks(view, c, period)).collect();
    let has_ranks = ranks.iter().any(Option::is_some);
    if has_ranks {
        columns.push(Column::words(&view.t("rank.head", &[])));
    }
    let rows = shown
        .iter()
        .zip(&ranks)
        .filter_map(|(c, rank)| row(view, (since.before, period), c, has_ranks, rank.as_ref()))
        .collect();
    Some(TableSection {
        id: id.to_owned(),
        title: view.t(title, &[("n", &list.len().to_string())]),
        table: Table {
            caption: None,
            columns,
            rows,
            stacked: false,
        },
        source: (left > 0).then(|| view.t("changes.left_out", &[("n", &left.to_string())])),
        ..TableSection::default()
    })
}

fn row(
    view: &View<'_>,
    periods: (PeriodIx, PeriodIx),
    c: &Change,
    has_ranks: bool,
    rank: Option<&(Rank, Rank)>,
) -> Option<Row> {
    let unit = view.analysis.catalog.units.find(&c.key.unit)?;
    let stat = view.analysis.catalog.stat(&c.key.id)?;
    let figure = |f: &Option<Figure>| {
        let value = f.as_ref().and_then(|f| f.value);
        Cell::number(&value.map_or_else(String::new, |v| view.column_figure(stat, v)))
    };
    let moved = moved(view, stat, periods, c)?;
    let across = view.analysis.break_between(unit, periods.0, periods.1);
    let change = Cell {
        note: moved.since.filter(|_| across.is_some()),
        ..Cell::word(&moved.text)
    };
    let mut cells = vec![
        Cell {
            href: view.stat_href(stat),
            note: how(view, stat),
            ..Cell::word(view.indicator_short(stat))
        },
        figure(&c.old),
        figure(&c.new),
        change,
    ];
    if has_ranks {
        let text = rank.map_or_else(String::new, |(a, b)| {
            let of = |r: &Rank| format!("{}/{}", r.rank, r.of);
            let (a, b) = (of(a), of(b));
            view.t("changes.rank", &[("a", &a), ("b", &b)])
        });
        cells.push(Cell::word(&text));
    }
    Some(Row {
        head: view.unit_name(unit).to_owned(),
        href: view.unit_href(unit),
        cells,
        ..Row::default()
    })
}

/// What the figures of a row are, where they are not simply those of the two periods: what a cumulative figure gained
/// in each, figures that count from January in part, or levels, whose difference is a net change.
fn how(view: &View<'_>, stat: Stat) -> Option<String> {
    let key = match (view.analysis.accrual(stat), stat) {
        (Accrual::Cumulative, _) => "changes.in_period",
        (Accrual::Mixed, _) => "changes.cumulative",
        (Accrual::Plain, Stat::Measure(m)) => {
            let m = view.analysis.catalog.measure(m);
            let counts = matches!(m.kind, MeasureType::Count | MeasureType::Amount);
            (counts && m.nature == Nature::Stock).then_some("changes.net")?
        }
        (Accrual::Plain, Stat::Indicator(_)) => return None,
    };
    Some(view.t(key, &[]))
}

/// The change in the words of key figures.
fn moved(
    view: &View<'_>,
    stat: Stat,
    (before, period): (PeriodIx, PeriodIx),
    c: &Change,
) -> Option<Moved> {
    let delta = delta(view, &c.key, before, period)?;
    Some(words::change(view, stat, &delta, Against::Previous))
}

fn groups(view: &View<'_>, since: &Since) -> Vec<LinkGroup> {
    let units = |list: &[UnitOfOne]| {
        let found = list
            .iter()
            .filter_map(|u| view.analysis.catalog.units.find(&u.unit));
        let mut units: Vec<UnitIx> = found.collect();
        units.sort_by(|a, b| order::compare(view.unit_name(*a), view.unit_name(*b)));
        units
    };
    let group = |id: &str, key: &str, units: Vec<UnitIx>| {
        let n = units.len().to_string();
        (!units.is_empty()).then(|| LinkGroup {
            id: id.to_owned(),
            title: view.t(&format!("changes.{key}"), &[("n", &n)]),
            note: Some(view.t(&format!("changes.{key}_note"), &[])),
            rows: units
                .iter()
                .map(|u| LinkRow {
                    text: view.unit_name(*u).to_owned(),
                    href: view.unit_href(*u),
                    ..LinkRow::default()
                })
                .collect(),
            ..LinkGroup::default()
        })
    };
    [
        group("moi", "newcomers", units(&since.diff.newcomers)),
        group("im-lang", "silent", units(&since.diff.silent)),
        group("ket-thuc", "ended", since.ended.clone()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The largest changes, for the page of the edition.
pub(in crate::render) fn excerpt(view: &View<'_>, period: PeriodIx, since: &Since) -> Vec<LinkRow> {
    let d = &since.diff;
    let both = largest(&d.rose, EXCERPT)
        .into_iter()
        .chain(largest(&d.fell, EXCERPT));
    both.filter_map(|c| {
        let unit = view.analysis.catalog.units.find(&c.key.unit)?;
        let stat = view.analysis.catalog.stat(&c.key.id)?;
        let value = c.new.as_ref().and_then(|f| f.value)?;
        Some(LinkRow {
            text: view.unit_name(unit).to_owned(),
            href: view.unit_href(unit),
            note: Some(format!(
                "{}: {}",
                view.indicator_short(stat),
                moved(view, stat, (since.before, period), c)?.text
            )),
            figure: Some(view.figure(stat, value)),
            tag: None,
        })
    })
    .collect()
}
