//! The pages over which the evidence of a unit goes, and their addresses.

use super::groups::{Groups, blocks, groups, is_told_by_service};
use super::targets;
use crate::model::{Level, PeriodIx, ServiceIx, UnitIx};
use crate::render::context::Link;
use crate::render::view::View;

/// Rows of one page, so that none is too heavy for a phone; a single period is never divided.
const ROWS: usize = 800;

/// Services of this many of the newest periods are listed for a unit that neither reports itself nor has units below.
const NEWEST: usize = 2;

/// The periods of a unit as its pages have them: pages and periods from the oldest. Those of a page that is full stay
/// together when months are added, unless figures of old periods come or go. Empty where one page has all.
pub(crate) fn parts(view: &View<'_>, unit: UnitIx) -> Vec<Vec<PeriodIx>> {
    let analysis = view.analysis;
    let stated = analysis.facts().of_unit(unit).len() + analysis.claims().of_unit(unit).len();
    let sums = analysis.derived.measure_keys_of(unit).count();
    let ratios = analysis.derived.ratio_keys_of(unit).count();
    if 2 * (stated + sums + ratios) <= ROWS {
        return Vec::new();
    }
    let groups = groups(view, unit);
    let mut out: Vec<Vec<PeriodIx>> = vec![Vec::new()];
    let mut rows = 0;
    for (at, (period, of_period)) in groups.iter().enumerate() {
        let own = size(view, unit, *period, of_period, groups.len() - 1 - at);
        if rows > 0 && rows + own > ROWS {
            out.push(Vec::new());
            rows = 0;
        }
        rows += own;
        if let Some(part) = out.last_mut() {
            part.push(*period);
        }
    }
    if out.len() == 1 { Vec::new() } else { out }
}

fn size(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    groups: &Groups,
    position: usize,
) -> usize {
    let shown = shown_services(view, unit, period, groups, position);
    let own: usize = shown.map(|(_, stats)| stats.len() + 1).sum();
    let blocks = blocks(view, unit, period);
    let of_blocks = blocks.iter().flat_map(|(_, g)| g.values());
    own + of_blocks.map(|stats| stats.len() + 1).sum::<usize>()
}

/// The services of which a period shows the figures. `position` is that of the period among those of the unit, from the
/// newest.
pub(super) fn shown_services<'g>(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    groups: &'g Groups,
    position: usize,
) -> impl Iterator<Item = (&'g ServiceIx, &'g Vec<crate::model::Stat>)> {
    let by_service = position < NEWEST || is_told_by_service(view, unit, period);
    let all = groups.iter();
    all.filter(move |(service, _)| by_service || **service == ServiceIx::WHOLE)
}

/// The unit on whose page a unit's evidence stands: a block without a page is told on that of its unit.
fn holder(view: &View<'_>, unit: UnitIx) -> UnitIx {
    let u = view.analysis.catalog.units.get(unit);
    let parent = u.parent.filter(|_| u.level == Level::Block);
    parent
        .filter(|_| view.unit_href(unit).is_none())
        .unwrap_or(unit)
}

/// What the name of the file of a part ends with: nothing for the newest, its oldest period for another.
fn name(view: &View<'_>, parts: &[Vec<PeriodIx>], part: &[PeriodIx]) -> String {
    let is_newest = parts.last().is_none_or(|newest| newest == part);
    let oldest = part.first().filter(|_| !is_newest);
    oldest.map_or_else(String::new, |p| format!("-{}", view.analysis.period(*p).id))
}

/// The address of a part of the evidence of a unit; of all of it where there is one page.
pub(crate) fn part_path(
    view: &View<'_>,
    unit: UnitIx,
    part: Option<&[PeriodIx]>,
) -> Option<String> {
    let parts = view.evidence_parts(unit);
    path(
        view,
        unit,
        &part.map_or_else(String::new, |p| name(view, parts, p)),
    )
}

fn path(view: &View<'_>, unit: UnitIx, part: &str) -> Option<String> {
    let page = view.unit_href(holder(view, unit))?;
    let name = &view.analysis.config.paths.evidence;
    Some(format!("{page}{name}{part}.html"))
}

/// Whether there is a page of evidence for a unit: it has figures, or targets.
pub(crate) fn has_page(view: &View<'_>, unit: UnitIx) -> bool {
    let has_figures = || !view.analysis.periods_of(unit).is_empty();
    view.has_unit_page(unit) && (has_figures() || !targets::of_unit(view, unit).is_empty())
}

/// A link to the evidence of a unit, at a period where there is one.
pub(crate) fn link(view: &View<'_>, unit: UnitIx, period: Option<PeriodIx>) -> Option<Link> {
    if !has_page(view, unit) {
        return None;
    }
    let href = match period {
        Some(p) if view.analysis.periods_of(unit).contains(&p) => href(view, unit, p),
        _ => path(view, unit, ""),
    };
    Some(View::link(&view.t("evidence.link", &[]), href?))
}

/// The address of the evidence of a unit in a period.
pub(crate) fn href(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Option<String> {
    let holder = holder(view, unit);
    let parts = view.evidence_parts(holder);
    let part = parts.iter().find(|p| p.contains(&period));
    let name = part.map_or_else(String::new, |p| name(view, parts, p));
    let path = path(view, holder, &name)?;
    Some(format!("{path}#{}", anchor(view, period)))
}

/// The anchor of a period; a name of digits alone would be no selector.
pub(crate) fn anchor(view: &View<'_>, period: PeriodIx) -> String {
    format!("ky-{}", view.analysis.period(period).id)
}
