//! Units beside each other: who stands with whom, in which period, by which statistics.
//!
//! In: the analysis. Out: [`Groups`], which the pages of prepared comparisons are made of, and the pieces from which the
//! script of the theme puts together what a reader chooses. Both say the same of a unit: see [`cells`].

pub(crate) mod cells;
mod shards;

use std::collections::BTreeMap;

use super::tiles;
use super::view::View;
use crate::analysis::{Analysis, Relations, Scope, State};
use crate::error::Error;
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::publish::Sink;
use crate::text::order;
use crate::theme::Theme;

pub(super) use shards::{divided, write};

/// The most columns of a prepared comparison.
const MOST_COLUMNS: usize = 8;

/// The units of one level directly below one unit, in the newest period in which at least two of them have figures.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) scope: Scope,
    pub(crate) period: PeriodIx,
    /// In the order of their names.
    pub(crate) units: Vec<UnitIx>,
    /// How many of them have figures.
    pub(crate) reported: usize,
    /// What they are compared by.
    pub(crate) stats: Vec<Stat>,
}

/// Every group of a site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    pub(crate) list: Vec<Group>,
    /// The group of each unit, by its position.
    of_unit: Vec<Option<usize>>,
    /// All statistics that units are compared by, those of the settings first.
    pub(crate) stats: Vec<Stat>,
}

impl Groups {
    /// Finds the groups of a site.
    pub(crate) fn new(view: &View<'_>) -> Self {
        let units = &view.analysis.catalog.units;
        let mut by_scope: BTreeMap<Scope, Vec<UnitIx>> = BTreeMap::new();
        for unit in view.shown_units() {
            let u = units.get(*unit);
            let above = u.parent.filter(|p| view.has_unit_page(*p));
            if let Some(above) = above.filter(|_| Analysis::is_ranked_level(u.level)) {
                let level = u.level;
                let scope = Scope { above, level };
                by_scope.entry(scope).or_default().push(*unit);
            }
        }
        let mut out = Self {
            of_unit: vec![None; units.list.len()],
            ..Self::default()
        };
        for (scope, members) in by_scope {
            if let Some(group) = group(view, scope, &members) {
                for unit in &group.units {
                    out.of_unit[unit.at()] = Some(out.list.len());
                }
                out.list.push(group);
            }
        }
        out.stats = view.headline();
        let mut others: Vec<Stat> = Vec::new();
        for unit in view.shown_units() {
            if let Some(period) = out.period_of(view, *unit) {
                others.extend(told(view, *unit, period));
            }
        }
        others.sort_unstable();
        others.dedup();
        others.retain(|s| !out.stats.contains(s));
        out.stats.append(&mut others);
        out
    }

    /// The group that a unit is in.
    pub(crate) fn of(&self, unit: UnitIx) -> Option<&Group> {
        self.list.get((*self.of_unit.get(unit.at())?)?)
    }

    /// The period in which a unit is compared: that of its group, else its newest one.
    pub(crate) fn period_of(&self, view: &View<'_>, unit: UnitIx) -> Option<PeriodIx> {
        let own = || super::pages::units::newest_period(view, unit);
        self.of(unit).map(|g| g.period).or_else(own)
    }
}

fn group(view: &View<'_>, scope: Scope, members: &[UnitIx]) -> Option<Group> {
    let units = &view.analysis.catalog.units;
    view.analysis.period_indices().rev().find_map(|period| {
        let end = view.analysis.period(period).end;
        let valid = members
            .iter()
            .filter(|u| units.get(**u).is_valid_on(end))
            .copied();
        let mut valid: Vec<UnitIx> = valid.collect();
        let mut counts: BTreeMap<Stat, usize> = BTreeMap::new();
        let mut reported = 0;
        for unit in &valid {
            let stats = told(view, *unit, period);
            reported += usize::from(!stats.is_empty());
            for stat in stats {
                *counts.entry(stat).or_default() += 1;
            }
        }
        if reported < 2 {
            return None;
        }
        valid.sort_by_cached_key(|u| order::sort_key(view.unit_short(*u)));
        let mut stats = view.headline();
        stats.retain(|s| counts.contains_key(s));
        let mut others: Vec<Stat> = counts.keys().copied().collect();
        others.retain(|s| !stats.contains(s));
        others.sort_by_key(|s| std::cmp::Reverse(counts[s]));
        stats.append(&mut others);
        stats.truncate(MOST_COLUMNS);
        Some(Group {
            scope,
            period,
            units: valid,
            reported,
            stats,
        })
    })
}

/// The key figures of a unit as a whole that say something of it.
fn told(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<Stat> {
    let mut stats = tiles::stats(view, unit, period);
    stats.retain(|s| {
        let o = view.analysis.observe(*s, unit, ServiceIx::WHOLE, period);
        !matches!(o.state, State::Absent | State::NotReported)
    });
    stats
}

/// Whether anything is said of a unit by a statistic.
fn is_told(view: &View<'_>, stat: Stat, unit: UnitIx, period: PeriodIx) -> bool {
    let o = view.analysis.observe(stat, unit, ServiceIx::WHOLE, period);
    o.state != State::Absent
}

/// The folder of the prepared comparison of a group.
pub(crate) fn href(view: &View<'_>, group: &Group) -> String {
    format!(
        "{}/{}/{}/",
        view.analysis.config.paths.compare,
        view.analysis.catalog.units.get(group.scope.above).id,
        group.scope.level.as_str()
    )
}

/// What the addresses of units begin with.
pub(crate) fn units(view: &View<'_>) -> String {
    format!("{}{}/", view.prefix(), view.analysis.config.paths.unit)
}

/// Writes the figures from which readers put comparisons together alone.
///
/// # Errors
/// The machine's.
pub fn compared_units(
    analysis: &Analysis<'_>,
    theme: &Theme,
    sink: &dyn Sink,
) -> Result<(), Error> {
    let relations = Relations::default();
    let strings = std::sync::Arc::clone(theme.strings(&analysis.config.language));
    write(&View::new(analysis, &relations, &[], strings), sink)
}
