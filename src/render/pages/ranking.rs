//! The page of a ranking, a long one in parts, and the list of all rankings.

use std::fmt::Write as _;

use super::{crumb, crumbs, description, frame};
use crate::analysis::Scope;
use crate::model::{IndicatorIx, PeriodIx, ServiceIx, Stat};
use crate::render::compare;
use crate::render::context::{
    ChartFigure, Crumb, Finder, LinkGroup, LinkRow, Page, Ranking, Rankings, State, Tag,
};
use crate::render::figures;
use crate::render::places;
use crate::render::rankings;
use crate::render::view::View;
use crate::render::words::lower_first;

/// The most rows of a ranking that stands on one page.
const WHOLE: usize = 200;
/// Rows of each page of a longer one: with them it arrives in the first ten segments.
const PART: usize = 80;

/// Whether a ranking of `n` units stands on several pages.
pub(in crate::render) fn is_divided(n: usize) -> bool {
    n > WHOLE
}

/// Rows of each page of a ranking of `n` units.
fn rows_of_part(n: usize) -> usize {
    if is_divided(n) { PART } else { WHOLE }
}

/// The pages of one ranking.
pub(in crate::render) fn pages(
    view: &View<'_>,
    i: IndicatorIx,
    scope: Scope,
    period: PeriodIx,
) -> Vec<(Page, Ranking)> {
    let ranked = rankings::make(view, i, scope, period, ServiceIx::WHOLE);
    let stat = Stat::Indicator(i);
    let base = view.ranking_href(i, scope);
    let n = ranked.ranking.entries.len();
    let whole = rankings::section(view, &ranked, None, None);
    let has_bands = whole.table.has_bands;
    let rows = rows_of_part(n);
    let parts = n.div_ceil(rows).max(1);
    let finder = finder(view, (i, scope, period), &base);
    let path_of = |part: usize| {
        if part == 0 {
            base.clone()
        } else {
            format!("{base}{}/", part + 1)
        }
    };
    let range = |part: usize| (part * rows + 1, ((part + 1) * rows).min(n));
    let link = |p: usize, own: usize| {
        let (a, b) = range(p);
        let (a, b) = (view.count(a), view.count(b));
        Crumb {
            text: view.t("pager.part", &[("a", &a), ("b", &b)]),
            href: (p != own).then(|| path_of(p)),
        }
    };
    (0..parts)
        .map(|part| {
            let title_range = (parts > 1).then(|| range(part));
            let page = part_page(view, &ranked, scope, period, &path_of(part), title_range);
            let mut section = whole.clone();
            // The margin says what the range of ranks means.
            section.close_note = None;
            section.table.rows = section
                .table
                .rows
                .into_iter()
                .skip(part * rows)
                .take(rows)
                .collect();
            if part + 1 < parts {
                section.unranked.clear();
                section.unranked_note = None;
            }
            let body = Ranking {
                finder: finder.clone(),
                chart: (part == 0)
                    .then(|| figures::ends(view, stat, &ranked.ranking, scope.above, period))
                    .flatten(),
                charts: if part == 0 {
                    places_and_moves(view, &ranked)
                } else {
                    Vec::new()
                },
                section,
                by_service: super::heat::link(view, i, scope),
                compare: super::compare::link_of_ranking(view, scope),
                definitions: rankings::definitions(view, i, has_bands),
                parts: (0..parts)
                    .filter(|_| parts > 1)
                    .map(|p| link(p, part))
                    .collect(),
                related: related(view, i, scope),
                source: Some(figures::source_line(view, scope.above, period)),
                downloads: vec![figures::data_file(view, period)],
            };
            (page, body)
        })
        .collect()
}

/// The frame of one part; `range` are its ranks, where there are several parts.
fn part_page(
    view: &View<'_>,
    ranked: &rankings::Ranked,
    scope: Scope,
    period: PeriodIx,
    path: &str,
    range: Option<(usize, usize)>,
) -> Page {
    let mut page = frame(view, "ranking", "rankings", path, &ranked.title(view));
    let noun = view.level_noun(scope.level);
    page.kicker = Some(format!(
        "{} {noun} · {} · {}",
        view.t("kind.ranking", &[]),
        view.unit_name(scope.above),
        crate::render::words::upper_first(&view.period_in_text(period))
    ));
    if let Some((from, to)) = range {
        let (from, to) = (view.count(from), view.count(to));
        page.title = format!("{} ({from}–{to})", page.title);
    }
    page.message = message(view, ranked);
    page.lead = Some(lead(view, ranked, ranked.stat()));
    page.description = description(&format!(
        "{}. {}",
        page.message,
        page.lead.clone().unwrap_or_default()
    ));
    page.as_of = vec![view.as_of_line(scope.above, period)];
    page.tags = vec![tag(view, ranked)];
    page.crumbs = crumbs(
        view,
        vec![crumb(
            &view.t("nav.rankings", &[]),
            &format!("{}/", view.analysis.config.paths.ranking),
        )],
        &format!("{}, {noun}", view.unit_short(scope.above)),
    );
    page
}

/// What finds a unit on any part of a long ranking.
fn finder(view: &View<'_>, key: (IndicatorIx, Scope, PeriodIx), base: &str) -> Option<Finder> {
    let at = view.rankings.iter().position(|k| *k == key)?;
    let number = compare::divided(view).iter().position(|d| *d == at)?;
    let n = view.ranked(at).ranking.entries.len();
    Some(Finder {
        number,
        rows: rows_of_part(n),
        parts: n.div_ceil(rows_of_part(n)),
        href: base.to_owned(),
        units: compare::units(view),
        label: view.t("compare.find", &[("n", &view.count(n))]),
    })
}

/// Where the units lie, and who moved.
fn places_and_moves(view: &View<'_>, ranked: &rankings::Ranked) -> Vec<ChartFigure> {
    let map = figures::map_of_ranking(view, ranked);
    map.into_iter()
        .chain(figures::slope(view, ranked))
        .collect()
}

/// How many of the units have a figure.
fn tag(view: &View<'_>, r: &rankings::Ranked) -> Tag {
    let coverage = r.ranking.coverage;
    Tag {
        state: if coverage.is_partial() {
            State::No
        } else {
            State::Plain
        },
        text: places::coverage(view, coverage),
        href: None,
    }
}

fn message(view: &View<'_>, r: &rankings::Ranked) -> String {
    let Some(first) = r.ranking.entries.first() else {
        return r.title(view);
    };
    let stat = Stat::Indicator(r.indicator);
    let value = first
        .observation
        .value
        .map_or_else(String::new, |v| view.column_figure(stat, v));
    let noun = view.level_noun(r.scope.level);
    let n = r.ranking.entries.len();
    let name = lower_first(view.indicator_short(stat));
    let (key, n) = if first.shared > 1 {
        ("rank.lead_shared", first.shared.to_string())
    } else {
        ("rank.lead_first", n.to_string())
    };
    let values = [
        ("unit", view.unit_name(first.unit)),
        ("n", &n),
        ("noun", &noun),
        ("name", &name),
        ("x", &value),
    ];
    view.t(key, &values)
}

fn lead(view: &View<'_>, r: &rankings::Ranked, stat: Stat) -> String {
    let mut text = String::new();
    if let (Some(first), Some(last)) = (r.ranking.entries.first(), r.ranking.entries.last())
        && let (Some(a), Some(b)) = (first.observation.value, last.observation.value)
        && let Some(gap) = a.checked_sub(b)
    {
        let key = if view.is_percent(stat) {
            "rank.gap_points"
        } else {
            "rank.gap"
        };
        text = view.t(key, &[("x", &view.number(gap.abs()))]);
    }
    let whole = view
        .analysis
        .observe(stat, r.scope.above, ServiceIx::WHOLE, r.period);
    if let (Some(value), Some(of_whom)) = (whole.sound(), view.of_whom(stat, &whole)) {
        let x = view.column_figure(stat, value);
        let values = [
            ("unit", view.unit_name(r.scope.above)),
            ("x", &x),
            ("of", &of_whom),
        ];
        text.push_str(&view.t("rank.whole", &values));
        if let Some(note) = view.left_out(stat, r.scope.above, ServiceIx::WHOLE, r.period) {
            let _ = write!(text, " ({note})");
        }
        text.push('.');
    }
    text.trim_start().to_owned()
}

fn related(view: &View<'_>, i: IndicatorIx, scope: Scope) -> Vec<LinkRow> {
    view.rankings
        .iter()
        .filter(|(other, s, _)| {
            (*other, *s) != (i, scope) && (s.above == scope.above || *other == i)
        })
        .take(12)
        .map(|(other, s, p)| LinkRow {
            text: format!(
                "{}: {}",
                view.label(Stat::Indicator(*other)),
                rankings::of_place(view, *s)
            ),
            href: Some(view.ranking_href(*other, *s)),
            note: Some(view.period_in_text(*p)),
            ..LinkRow::default()
        })
        .collect()
}

/// The list of all rankings.
pub(in crate::render) fn list(view: &View<'_>) -> (Page, Rankings) {
    let path = format!("{}/", view.analysis.config.paths.ranking);
    let mut page = frame(
        view,
        "rankings",
        "rankings",
        &path,
        &view.t("page.rankings", &[]),
    );
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.rankings", &[]));
    page.description = view.t("rank.list_lead", &[]);
    page.lead = Some(page.description.clone());
    let mut body = Rankings {
        compare: super::compare::link(view),
        leaders: view
            .rankings
            .iter()
            .take(4)
            .filter_map(|(i, s, p)| {
                rankings::leaders(view, &rankings::make(view, *i, *s, *p, ServiceIx::WHOLE), 3)
            })
            .collect(),
        ..Rankings::default()
    };
    for (i, s, p) in &view.rankings {
        let title = view.label(Stat::Indicator(*i));
        if body
            .groups
            .last()
            .is_none_or(|g: &LinkGroup| g.title != title)
        {
            body.groups.push(LinkGroup {
                id: view.analysis.catalog.indicator(*i).id.clone(),
                title: title.to_owned(),
                href: Some(view.indicator_href(*i)),
                ..LinkGroup::default()
            });
        }
        if let Some(group) = body.groups.last_mut() {
            group.rows.push(LinkRow {
                text: crate::render::words::upper_first(&rankings::of_place(view, *s)),
                href: Some(view.ranking_href(*i, *s)),
                note: Some(view.period_in_text(*p)),
                ..LinkRow::default()
            });
        }
    }
    if let Some((i, _, _)) = view.rankings.first() {
        body.definitions = rankings::definitions(view, *i, false);
    }
    (page, body)
}
