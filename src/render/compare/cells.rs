//! One figure of a unit as a comparison shows it: the figure of its page, of how many, its place; and whether it may be
//! held against others.

use std::collections::BTreeMap;

use crate::analysis::ranking::footing::Footing;
use crate::analysis::{Basis, Observation, State};
use crate::model::{PeriodIx, ServiceIx, Stat, Status, UnitIx};
use crate::render::context::{Cell, CellKind};
use crate::render::rankings::Ranked;
use crate::render::view::View;
use crate::render::{revisions, tiles};

/// A figure of a unit beside those of others.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    /// As tables show it; its note says of how many, and what a reader must know.
    pub(crate) cell: Cell,
    pub(crate) observation: Observation,
    /// Over which days and of what it is, where it is a figure.
    pub(crate) footing: Option<Footing>,
}

impl Compared {
    /// Whether both are figures of which one may not be held against the other, that of the unit above.
    pub(crate) fn is_apart_from(&self, above: &Self) -> bool {
        let both = self.footing.is_some() && above.footing.is_some();
        both && !self.observation.compares_with_parent(&above.observation)
    }

    /// Adds to the note why the figure may not be held against others.
    pub(crate) fn add(&mut self, why: &str, view: &View<'_>) {
        let apart = view.t("state.not_comparable", &[("why", why)]);
        let note = self.cell.note.take();
        self.cell.note = Some(note.map_or_else(|| apart.clone(), |n| format!("{n}; {apart}")));
    }
}

/// What more than half of the figures rest on.
pub(crate) fn common<'c>(list: impl Iterator<Item = &'c Compared>) -> Option<Footing> {
    let mut counts: BTreeMap<&Footing, usize> = BTreeMap::new();
    for footing in list.filter_map(|c| c.footing.as_ref()) {
        *counts.entry(footing).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let found = counts.into_iter().find(|(_, n)| n * 2 > all);
    found.map(|(footing, _)| footing.clone())
}

/// A unit's figure in a period; `ranked` are the rankings in which the unit stands.
pub(crate) fn compared(
    view: &View<'_>,
    stat: Stat,
    (unit, period): (UnitIx, PeriodIx),
    ranked: &[&Ranked],
) -> Compared {
    let o = view.analysis.observe(stat, unit, ServiceIx::WHOLE, period);
    let mut cell = view.cell(stat, &o);
    let is_figure = cell.kind != CellKind::None;
    let mut notes: Vec<String> = Vec::new();
    if is_figure {
        let subject = (unit, ServiceIx::WHOLE, period);
        notes.extend(tiles::of_whom(view, stat, &o, subject, false));
        if o.state == State::Doubtful {
            notes.push(view.t("state.to_reconcile", &[]));
        }
        if is_provisional(view, &o) {
            notes.push(view.t("state.provisional", &[]));
        }
        notes.extend(revisions::tile_note(
            view,
            stat,
            unit,
            ServiceIx::WHOLE,
            period,
        ));
        notes.extend(place(view, stat, unit, period, ranked));
    }
    cell.note = (!notes.is_empty()).then(|| notes.join("; "));
    let footing = o.sound().map(|_| footing(view, stat, unit, period, &o));
    Compared {
        cell,
        observation: o,
        footing,
    }
}

/// Whether the report calls the figure provisional.
fn is_provisional(view: &View<'_>, o: &Observation) -> bool {
    let claim = o.claim.filter(|_| o.basis == Basis::Stated);
    let status = match (claim, o.fact) {
        (Some(at), _) => Some(view.analysis.claims().list[at].status),
        (None, fact) => fact.map(|f| view.analysis.facts().status(f)),
    };
    status == Some(Status::Provisional)
}

/// "hạng 12/148".
fn place(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
    ranked: &[&Ranked],
) -> Option<String> {
    let of = ranked
        .iter()
        .find(|r| r.stat() == stat && r.period == period)?;
    let entry = of.ranking.entry(unit)?;
    let values = [
        ("r", &*view.count(entry.rank)),
        ("n", &view.count(of.ranking.entries.len())),
    ];
    Some(view.t("compare.place", &values))
}

fn footing(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
    o: &Observation,
) -> Footing {
    match stat {
        Stat::Indicator(i) => view.analysis.footing(i, unit, ServiceIx::WHOLE, period, o),
        Stat::Measure(m) => view.analysis.footing_of_measure(m, period, o),
    }
}
