//! Releases: what was published of a period, and every figure that changed since.
//!
//! In: the figures as they are, the released ones in `data/releases/PERIOD.csv`, the reasons in `data/revisions.toml`.
//! Out: [`Revisions`], and a finding for each change that nobody has explained. A release is written once and never
//! again; what changes afterwards is an entry with the old value, the new one, a day and a reason.

mod compare;
mod entries;
mod figures;
mod text;
mod words;

use std::collections::BTreeMap;

use crate::catalog::Catalog;
use crate::diagnostic::Place;
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::text::date::Date;

pub use compare::read;
pub use entries::{Entry, PATH as ENTRIES, append};
pub use figures::{Figure, figures, target_id};
pub use text::{Damage, Head, Release, parse, write};
pub use words::{Part, parts};

/// The folder of the released figures.
pub const FOLDER: &str = "data/releases";

/// The file of a period's released figures.
pub fn path_of(period: &str) -> String {
    format!("{FOLDER}/{period}.csv")
}

/// What a figure is of, by the ids that its release has: they stay when the catalogue moves on.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Id of the unit.
    pub unit: String,
    /// Id of the service; empty for the unit as a whole.
    pub service: String,
    /// Id of the measure or indicator; `target:` stands before the id of a target.
    pub id: String,
}

/// Why a figure differs from the released one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The figure was another one, or was not there, or is there no more.
    Correction,
    /// The unit had reported nothing when the period was released.
    Late,
}

/// One figure that changed after its period was released.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Its period.
    pub period: PeriodIx,
    /// What it is of.
    pub cell: Cell,
    /// Its unit, where the catalogue still has it.
    pub unit: Option<UnitIx>,
    /// Its service, where the catalogue still has it.
    pub service: Option<ServiceIx>,
    /// Its measure or indicator, where the catalogue still has it; none for targets.
    pub stat: Option<Stat>,
    /// Correction or late report.
    pub kind: Kind,
    /// The value before, as a release writes it; empty where there was none.
    pub old: String,
    /// The value after.
    pub new: String,
    /// The day.
    pub date: Option<Date>,
    /// Why; empty where nobody said so yet.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// Whether it stands in `data/revisions.toml`.
    pub is_declared: bool,
    /// Whether its values are not published, to protect persons.
    pub is_withheld: bool,
    /// Where the figure stands now, or stood.
    pub place: Place,
}

/// Which periods are released, and what changed since.
#[derive(Clone, Debug, Default)]
pub struct Revisions {
    /// Released periods with the as-of day of their release, in order of time.
    pub released: Vec<(PeriodIx, Date)>,
    /// Every revision: newest day first, then newest period, unit, service, figure; later links of a chain first.
    pub list: Vec<Revision>,
    by_figure: BTreeMap<(PeriodIx, UnitIx, ServiceIx, Stat), Vec<usize>>,
}

impl Revisions {
    /// Puts revisions in order; those of one figure are given from the oldest to the newest.
    pub fn new(released: Vec<(PeriodIx, Date)>, chains: Vec<Revision>) -> Self {
        let mut list: Vec<(usize, Revision)> = chains.into_iter().enumerate().collect();
        list.sort_by(|(i, a), (j, b)| {
            let day = |r: &Revision| std::cmp::Reverse(r.date);
            (day(a), std::cmp::Reverse(a.period), &a.cell)
                .cmp(&(day(b), std::cmp::Reverse(b.period), &b.cell))
                .then(j.cmp(i))
        });
        let list: Vec<Revision> = list.into_iter().map(|(_, r)| r).collect();
        let mut by_figure: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, r) in list.iter().enumerate() {
            if let (Some(unit), Some(service), Some(stat)) = (r.unit, r.service, r.stat) {
                let key = (r.period, unit, service, stat);
                by_figure.entry(key).or_default().push(at);
            }
        }
        Self {
            released,
            list,
            by_figure,
        }
    }

    /// The day of a period's release.
    pub fn released_on(&self, period: PeriodIx) -> Option<Date> {
        let found = self.released.iter().find(|(p, _)| *p == period);
        found.map(|(_, day)| *day)
    }

    /// The revisions of one figure, newest first.
    pub fn of(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> impl DoubleEndedIterator<Item = &Revision> {
        let found = self.by_figure.get(&(period, unit, service, stat));
        found
            .into_iter()
            .flatten()
            .filter_map(|at| self.list.get(*at))
    }

    /// The revisions of one unit's figures in a period, newest first for each figure.
    pub fn of_unit(&self, unit: UnitIx, period: PeriodIx) -> impl Iterator<Item = &Revision> {
        let first = (
            period,
            unit,
            ServiceIx::WHOLE,
            Stat::Measure(crate::model::MeasureIx(0)),
        );
        self.by_figure
            .range(first..)
            .take_while(move |((p, u, _, _), _)| (*p, *u) == (period, unit))
            .flat_map(|(_, list)| list)
            .filter_map(|at| self.list.get(*at))
    }

    /// The changes that `data/revisions.toml` does not hold yet.
    pub fn undeclared(&self) -> impl Iterator<Item = &Revision> {
        self.list.iter().filter(|r| !r.is_declared)
    }

    /// Keeps the values of all revisions back: what was published before could help to compute what is hidden now.
    pub fn withhold(&mut self) {
        for r in self.list.iter_mut().filter(|r| r.stat.is_some()) {
            r.is_withheld = true;
            r.old.clear();
            r.new.clear();
        }
    }
}

impl Cell {
    /// Resolves the ids against the catalogue as it is.
    fn resolve(&self, catalog: &Catalog) -> (Option<UnitIx>, Option<ServiceIx>, Option<Stat>) {
        let service = match self.service.as_str() {
            "" => Some(ServiceIx::WHOLE),
            id => catalog.services.find(id),
        };
        (
            catalog.units.find(&self.unit),
            service,
            catalog.stat(&self.id),
        )
    }
}
