//! The units of a ranking by every service, in parts of 40 rows.

use super::{crumb, crumbs, description, frame};
use crate::analysis::{Ranking, Scope};
use crate::model::{IndicatorIx, PeriodIx, Stat, UnitIx};
use crate::render::context::{Crumb, Heat, Link, LinkRow, Page};
use crate::render::figures;
use crate::render::rankings::{self, Ranked};
use crate::render::view::View;
use crate::render::words::{lower_first, upper_first};

/// Rows of one page.
const PART: usize = 40;

/// What a ranking is by, of whom and when.
type Key = (IndicatorIx, Scope, PeriodIx);

/// The units of a ranking: those ranked in their order, then the others.
fn units_of(ranking: &Ranking) -> Vec<UnitIx> {
    let ranked = ranking.entries.iter().map(|e| e.unit);
    let listed = ranking.listed.iter().map(|(u, _)| *u);
    let others = ranking.unranked.iter().map(|(u, _, _)| *u);
    ranked.chain(listed).chain(others).collect()
}

/// Whether the units of a ranking stand directly below the unit above, so that another one does not show them too.
fn is_nearest(view: &View<'_>, scope: Scope, units: &[UnitIx]) -> bool {
    let parent = |u: &UnitIx| view.analysis.catalog.units.get(*u).parent;
    units.iter().all(|u| parent(u) == Some(scope.above))
}

fn path(view: &View<'_>, i: IndicatorIx, scope: Scope) -> String {
    format!("{}theo-dich-vu/", view.ranking_href(i, scope))
}

fn has_page(view: &View<'_>, at: usize) -> bool {
    let ranked = view.ranked(at);
    let units = units_of(&ranked.ranking);
    is_nearest(view, ranked.scope, &units)
        && figures::has_heat(view, ranked.stat(), &units, ranked.period)
}

/// Where the units of a ranking stand by every service, if they do.
pub(in crate::render) fn link(view: &View<'_>, i: IndicatorIx, scope: Scope) -> Option<Link> {
    let is_own = |(indicator, s, _): &Key| (*indicator, *s) == (i, scope);
    let at = view.rankings.iter().position(is_own)?;
    has_page(view, at).then(|| View::link(&view.t("heat.see", &[]), path(view, i, scope)))
}

/// The tables of the rankings that `fits` chooses.
pub(in crate::render) fn links(view: &View<'_>, fits: impl Fn(&Key) -> bool) -> Vec<LinkRow> {
    let rankings = view.rankings.iter().enumerate();
    rankings
        .filter(|(at, key)| fits(key) && has_page(view, *at))
        .take(12)
        .map(|(_, (i, scope, period))| LinkRow {
            text: title(view, Stat::Indicator(*i), *scope),
            href: Some(path(view, *i, *scope)),
            note: Some(view.period_in_text(*period)),
            ..LinkRow::default()
        })
        .collect()
}

fn title(view: &View<'_>, stat: Stat, scope: Scope) -> String {
    let who = rankings::of_place(view, scope);
    view.t("heat.page", &[("label", view.label(stat)), ("who", &who)])
}

/// The pages of the ranking at a position of the list; none where there is too little to compare.
pub(in crate::render) fn pages(view: &View<'_>, at: usize) -> Vec<(Page, Heat)> {
    if !has_page(view, at) {
        return Vec::new();
    }
    let r = view.ranked(at);
    let units = units_of(&r.ranking);
    let Some(heat) = figures::Heat::of(view, r.stat(), r.scope.above, &units, r.period) else {
        return Vec::new();
    };
    let n = heat.units.len();
    let base = path(view, r.indicator, r.scope);
    let path_of = |part: usize| match part {
        0 => base.clone(),
        part => format!("{base}{}/", part + 1),
    };
    let starts = || (0..n).step_by(PART).enumerate();
    let one = |(part, from): (usize, usize)| {
        let to = (from + PART).min(n);
        let mut page = page(view, r, &path_of(part));
        if n > PART {
            page.title = format!("{} ({}–{to})", page.title, from + 1);
        }
        let chart = heat.figure(view, &r.who(view), from..to);
        page.description = description(&format!("{}. {}", chart.title, chart.subtitle));
        let parts = starts().map(|(other, from)| Crumb {
            text: part_label(view, from, n),
            href: (other != part).then(|| path_of(other)),
        });
        let body = Heat {
            chart,
            definitions: rankings::definitions(view, r.indicator, false),
            parts: parts.filter(|_| n > PART).collect(),
            related: related(view, r),
        };
        (page, body)
    };
    starts().map(one).collect()
}

fn part_label(view: &View<'_>, from: usize, n: usize) -> String {
    let (a, b) = (from + 1, (from + PART).min(n));
    let values = [("a", &*a.to_string()), ("b", &*b.to_string())];
    view.t("heat.part", &values)
}

fn page(view: &View<'_>, r: &Ranked, path: &str) -> Page {
    let title = title(view, r.stat(), r.scope);
    let mut page = frame(view, "heat", "rankings", path, &title);
    page.kicker = Some(format!(
        "{} · {}",
        view.unit_name(r.scope.above),
        upper_first(&view.period_in_text(r.period))
    ));
    page.as_of = vec![view.as_of_line(r.scope.above, r.period)];
    let list = format!("{}/", view.analysis.config.paths.ranking);
    let noun = view.level_noun(r.scope.level);
    let own = format!("{}, {noun}", view.unit_short(r.scope.above));
    let steps = vec![
        crumb(&view.t("nav.rankings", &[]), &list),
        crumb(&own, &view.ranking_href(r.indicator, r.scope)),
    ];
    page.crumbs = crumbs(view, steps, &view.t("heat.crumb", &[]));
    page
}

/// The ranking itself, and what else its page leads to.
fn related(view: &View<'_>, r: &Ranked) -> Vec<LinkRow> {
    let ranking = LinkRow {
        text: format!(
            "{}: {}",
            view.t("kind.ranking", &[]),
            lower_first(&r.title(view))
        ),
        href: Some(view.ranking_href(r.indicator, r.scope)),
        note: Some(view.period_in_text(r.period)),
        ..LinkRow::default()
    };
    let others = links(view, |(i, s, _)| *s == r.scope && *i != r.indicator);
    std::iter::once(ranking).chain(others).collect()
}
