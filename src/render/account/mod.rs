//! What can be said of a unit, a service or an edition in sentences: level, comparison, change, target, rank, caveats.
//!
//! In: the analysis. Out: an [`Account`] of exact figures, which [`sentences`] puts into words of a language. Every figure
//! of a sentence is one that the tables of the page show, taken from the same observation.

mod language;
mod sentences;

use crate::analysis::{Applied, Basis, Delta, Observation, PeerPlace, Progress};
use crate::decimal::Decimal;
use crate::model::{Level, PeriodIx, ServiceIx, Stat, Target, UnitIx};

use super::rankings::Ranked;
use super::targets;
use super::view::View;

pub(crate) use language::Tongue;

/// Whose figure it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Who {
    /// A unit.
    Unit,
    /// A service, with the unit of whose figures the sentences speak.
    Service,
    /// An edition, with the unit that reports.
    Edition,
}

/// What a sum is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// One figure.
    Nothing,
    /// So many of so many services.
    Services(u32, u32),
    /// So many of so many units.
    Units(usize, usize),
}

/// A figure against that of the unit above.
#[derive(Clone, Debug)]
pub(crate) struct AgainstParent {
    /// The unit above.
    pub(crate) unit: UnitIx,
    /// Its own less that one's, in percentage points.
    pub(crate) gap: Decimal,
    /// Where the figure of the unit above leaves units out: how many it counts, of how many.
    pub(crate) left_out: Option<(usize, usize)>,
}

/// A place in a ranking.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) rank: u32,
    /// How many units hold it.
    pub(crate) shared: u32,
    /// How many are ranked.
    pub(crate) of: usize,
    pub(crate) level: Level,
    /// Its place among its peers.
    pub(crate) peers: Option<PeerPlace>,
}

/// What can be said.
#[derive(Clone, Debug)]
pub(crate) struct Account<'a> {
    pub(crate) who: Who,
    pub(crate) unit: UnitIx,
    pub(crate) service: ServiceIx,
    pub(crate) period: PeriodIx,
    /// The figure that stands first, if there is one that can be told.
    pub(crate) headline: Option<Headline<'a>>,
    /// Without one: how many figures there are.
    pub(crate) figures: usize,
    /// Without one: how many targets are set.
    pub(crate) targets: usize,
    /// Places to reconcile.
    pub(crate) caveats: usize,
}

/// A figure with what it can be held against.
#[derive(Clone, Debug)]
pub(crate) struct Headline<'a> {
    pub(crate) stat: Stat,
    pub(crate) observation: Observation,
    pub(crate) over: Over,
    /// The unit above, and by how many percentage points the figure is above its figure.
    pub(crate) parent: Option<AgainstParent>,
    pub(crate) change: Option<Delta>,
    pub(crate) target: Option<(&'a Target, Progress)>,
    pub(crate) place: Option<Place>,
}

/// The account of a unit in a period, by the first of its headline statistics.
pub(crate) fn of_unit<'a>(
    view: &View<'a>,
    unit: UnitIx,
    period: PeriodIx,
    ranked: &[&Ranked],
    caveats: usize,
) -> Account<'a> {
    let stat = view.headline().into_iter().find(|s| {
        let o = view.analysis.observe(*s, unit, ServiceIx::WHOLE, period);
        o.sound().is_some() && (o.basis != Basis::Stated || view.is_ratio(*s))
    });
    let headline = stat.map(|stat| {
        let place = ranked
            .iter()
            .find(|r| Stat::Indicator(r.indicator) == stat && r.period == period)
            .and_then(|r| place_in(r, unit));
        Headline {
            place,
            ..headline(view, stat, unit, ServiceIx::WHOLE, period)
        }
    });
    Account {
        who: Who::Unit,
        unit,
        service: ServiceIx::WHOLE,
        period,
        figures: headline
            .as_ref()
            .map_or_else(|| figures(view, unit, period), |_| 0),
        targets: targets::of_unit(view, unit).len(),
        headline,
        caveats,
    }
}

/// The account of a statistic by the figure of one unit.
pub(crate) fn of_stat<'a>(
    view: &View<'a>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
) -> Account<'a> {
    Account {
        who: Who::Unit,
        ..of_service(view, ServiceIx::WHOLE, stat, unit, period)
    }
}

/// The account of a service by the figures of one unit.
pub(crate) fn of_service<'a>(
    view: &View<'a>,
    service: ServiceIx,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
) -> Account<'a> {
    let found = headline(view, stat, unit, service, period);
    Account {
        who: Who::Service,
        unit,
        service,
        period,
        headline: found.observation.sound().is_some().then_some(found),
        figures: 0,
        targets: 0,
        caveats: 0,
    }
}

/// The account of an edition: that of the unit which reports.
pub(crate) fn of_edition<'a>(
    view: &View<'a>,
    unit: UnitIx,
    period: PeriodIx,
    caveats: usize,
) -> Account<'a> {
    Account {
        who: Who::Edition,
        ..of_unit(view, unit, period, &[], caveats)
    }
}

fn headline<'a>(
    view: &View<'a>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Headline<'a> {
    let observation = view.analysis.observe(stat, unit, service, period);
    let target = view.analysis.target_for(stat, unit, service, period);
    Headline {
        stat,
        observation,
        over: over(view, stat, unit, service, period, &observation),
        parent: above_parent(view, stat, (unit, service, period), &observation),
        change: view.analysis.change(stat, unit, service, period),
        target: target
            .map(|target| {
                let applied = Applied {
                    target,
                    unit,
                    service,
                };
                (target, view.analysis.progress(&applied))
            })
            // The sentence speaks of this period, the progress of the newest figure.
            .filter(|(_, p)| p.period == Some(period)),
        place: None,
    }
}

fn over(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
    o: &Observation,
) -> Over {
    match o.basis {
        Basis::Services => Over::Services(o.counted, o.of),
        Basis::Units => {
            let (counted, of) = view.analysis.coverage(stat, unit, service, period);
            if counted < of {
                Over::Units(counted, of)
            } else {
                let counted = usize::try_from(o.counted).unwrap_or(usize::MAX);
                Over::Units(counted, counted)
            }
        }
        _ => Over::Nothing,
    }
}

fn above_parent(
    view: &View<'_>,
    stat: Stat,
    (unit, service, period): (UnitIx, ServiceIx, PeriodIx),
    o: &Observation,
) -> Option<AgainstParent> {
    if !view.is_ratio(stat) {
        return None;
    }
    let parent = view.analysis.catalog.units.get(unit).parent?;
    let whole = view.analysis.observe(stat, parent, service, period);
    if !o.compares_with_parent(&whole) {
        return None;
    }
    let left_out = match over(view, stat, parent, service, period, &whole) {
        Over::Units(a, b) if a < b => Some((a, b)),
        _ => None,
    };
    Some(AgainstParent {
        unit: parent,
        gap: o.sound()?.checked_sub(whole.sound()?)?,
        left_out,
    })
}

fn place_in(r: &Ranked, unit: UnitIx) -> Option<Place> {
    let entry = r.ranking.entry(unit)?;
    Some(Place {
        rank: entry.rank,
        shared: entry.shared,
        of: r.ranking.entries.len(),
        level: r.scope.level,
        peers: entry.peers,
    })
}

/// How many facts and claims a unit has in a period.
fn figures(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> usize {
    let facts = view.analysis.facts();
    let own = facts.of_unit(unit);
    let claims = view.analysis.claims().of_unit(unit);
    own.filter(|i| facts.keys()[*i].period() == period).count()
        + claims.iter().filter(|c| c.key.period() == period).count()
}
