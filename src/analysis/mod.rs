//! Facts → what is published of them. Pure: no disk, no clock; every formula names its source.
//!
//! In: facts, claims, targets and the catalogue. Out: [`Analysis`], which answers what a unit's figure is in a
//! period, how it moved, where it ranks, how far the target is, and which stated figures contradict each other.

pub mod change;
pub mod completeness;
pub mod cumulative;
mod decomposition;
pub mod diff;
mod in_period;
pub mod observe;
pub mod progress;
pub mod ranking;
pub mod relations;
pub mod revised;
pub mod rollup;
pub mod scores;
mod standing;
mod state_of;
pub mod succession;
pub mod suppression;
pub mod targets;
mod timeline;

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::config::Config;
use crate::ingest::{Ingested, Periods};
use crate::model::{
    Claims, Facts, Level, MeasureIx, Period, PeriodIx, ServiceIx, ServiceKind, Stat, Target, UnitIx,
};
use crate::release::Revisions;
use crate::text::date::Date;
use crate::waiver::Waiver;

pub use change::{Against, Delta, NoChange, Why};
pub use decomposition::Parts;
pub use in_period::{Accrual, Accrued};
pub use observe::{Basis, Incomparable, Observation, State};
pub use progress::{Pace, Progress, TargetState};
pub use ranking::{Coverage, PeerPlace, RankEntry, Ranking, Refusal, Scope, Unranked};
pub use relations::{Outcome, Relation, RelationKind, Relations};
pub use revised::Was;
pub use succession::{Break, Portion};
pub use targets::Applied;
pub use timeline::Missing;

/// Everything that pages and checks ask about the figures.
pub struct Analysis<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The settings.
    pub config: &'a Config,
    /// Periods and reports.
    pub periods: &'a Periods,
    /// What the tables hold.
    pub ingested: &'a Ingested,
    /// Targets.
    pub targets: &'a [Target],
    /// The one date of judgements in time.
    pub as_of: Option<Date>,
    /// Sums that no document states: over services, over the units below.
    pub derived: Arc<rollup::Derived>,
    /// Released periods and what changed since, where the site has released any.
    pub revisions: Option<&'a Revisions>,
    /// Who has reported when.
    reporting: completeness::Reporting,
    /// How many units each sum counts, as far as it was asked for.
    coverages: completeness::Coverages,
    /// For each period, the one before it in the same cadence, and the one of the year before.
    timeline: timeline::Timeline,
    /// The service that stands for all procedures, where the catalogue has one.
    all_services: Option<ServiceIx>,
}

impl<'a> Analysis<'a> {
    /// Analyses sound facts: contradictions must have been marked before (see [`relations::mark`]).
    pub fn new(
        catalog: &'a Catalog,
        config: &'a Config,
        periods: &'a Periods,
        ingested: &'a Ingested,
        targets: &'a [Target],
        as_of: Option<Date>,
    ) -> Self {
        let all_services = catalog
            .services
            .indices()
            .find(|s| catalog.services.get(*s).kind == ServiceKind::All);
        let derived = rollup::derive(catalog, &ingested.facts, &periods.list, all_services);
        Self::with_sums(catalog, config, periods, ingested, targets, as_of, derived)
    }

    /// Analyses facts of which the sums are known already.
    pub fn with_sums(
        catalog: &'a Catalog,
        config: &'a Config,
        periods: &'a Periods,
        ingested: &'a Ingested,
        targets: &'a [Target],
        as_of: Option<Date>,
        derived: rollup::Derived,
    ) -> Self {
        let all_services = catalog
            .services
            .indices()
            .find(|s| catalog.services.get(*s).kind == ServiceKind::All);
        Self {
            catalog,
            config,
            periods,
            ingested,
            targets,
            as_of,
            derived: Arc::new(derived),
            revisions: None,
            reporting: completeness::Reporting::new(
                ingested,
                catalog.units.list.len(),
                periods.list.len(),
            ),
            coverages: completeness::Coverages::default(),
            timeline: timeline::Timeline::new(&periods.list),
            all_services,
        }
    }

    /// The same analysis over a catalogue, settings, periods and targets that differ only in their words.
    #[must_use]
    pub fn in_words<'b>(
        &self,
        catalog: &'b Catalog,
        config: &'b Config,
        periods: &'b Periods,
        targets: &'b [Target],
    ) -> Analysis<'b>
    where
        'a: 'b,
    {
        Analysis {
            catalog,
            config,
            periods,
            ingested: self.ingested,
            targets,
            as_of: self.as_of,
            derived: Arc::clone(&self.derived),
            revisions: self.revisions,
            reporting: self.reporting.clone(),
            coverages: completeness::Coverages::default(),
            timeline: self.timeline.clone(),
            all_services: self.all_services,
        }
    }

    /// The facts.
    pub fn facts(&self) -> &'a Facts {
        &self.ingested.facts
    }

    /// The claims.
    pub fn claims(&self) -> &'a Claims {
        &self.ingested.claims
    }

    /// A period.
    pub fn period(&self, ix: PeriodIx) -> &'a Period {
        &self.periods.list[ix.at()]
    }

    /// All periods, in order of time.
    pub fn period_indices(&self) -> impl DoubleEndedIterator<Item = PeriodIx> + use<> {
        (0..self.periods.list.len()).map(PeriodIx::from_at)
    }

    /// The service of kind "all", if the catalogue has one.
    pub fn all_services(&self) -> Option<ServiceIx> {
        self.all_services
    }

    /// Observations of a statistic over all periods of the cadence of `period`, in order of time. Periods before the
    /// first day of the unit show its predecessors; those after its last day are left out.
    pub fn series(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Vec<(PeriodIx, Observation)> {
        let cadence = &self.period(period).cadence;
        self.period_indices()
            .filter(|p| self.period(*p).cadence == *cadence && *p <= period)
            .map(|p| (p, self.observe(stat, unit, service, p)))
            .filter(|(p, o)| o.state != State::Absent || !self.is_after(unit, *p))
            .collect()
    }

    /// Whether a period begins after the last day of a unit.
    fn is_after(&self, unit: UnitIx, period: PeriodIx) -> bool {
        let last = self.catalog.units.get(unit).valid_to;
        last.is_some_and(|day| day < self.period(period).start)
    }

    /// The periods in which a unit has facts or claims, in order of time.
    pub fn periods_of(&self, unit: UnitIx) -> Vec<PeriodIx> {
        let mut seen = vec![false; self.periods.list.len()];
        let facts = self.facts();
        for at in facts.of_unit(unit) {
            seen[facts.keys()[at].period().at()] = true;
        }
        for claim in self.claims().of_unit(unit) {
            seen[claim.key.period().at()] = true;
        }
        for key in self.derived.keys_of(unit) {
            seen[key.period().at()] = true;
        }
        self.period_indices().filter(|p| seen[p.at()]).collect()
    }

    /// The measures that a unit gives of itself as a whole in any period, and the ratios that can be made of them.
    pub fn stats_of(&self, unit: UnitIx) -> Vec<Stat> {
        let facts = self.facts();
        let whole = std::iter::once(ServiceIx::WHOLE).chain(self.all_services);
        let keys = whole.flat_map(|s| &facts.keys()[facts.series(unit, s)]);
        let sums = self.derived.measure_keys_of(unit);
        let mut measures: Vec<MeasureIx> = keys
            .copied()
            .chain(sums.filter(|k| k.service() == ServiceIx::WHOLE))
            .map(|k| MeasureIx(k.stat()))
            .collect();
        measures.sort_unstable();
        measures.dedup();
        let has = |m: &MeasureIx| measures.binary_search(m).is_ok();
        let ratios = self.catalog.indicator_indices().filter(|i| {
            let d = self.catalog.indicator(*i);
            d.has_base() && d.numerator.iter().chain(&d.denominator).all(has)
        });
        let ratios: Vec<Stat> = ratios.map(Stat::Indicator).collect();
        let measures = measures.iter().copied().map(Stat::Measure);
        measures.chain(ratios).collect()
    }

    /// The units that have facts, claims, targets, tasks or a report of their own.
    pub fn units_with_figures(&self) -> Vec<UnitIx> {
        let mut seen = vec![false; self.catalog.units.list.len()];
        let facts = self.facts();
        let mut last = None;
        for key in facts.keys() {
            let unit = key.unit();
            if last != Some(unit) {
                seen[unit.at()] = true;
                last = Some(unit);
            }
        }
        for claim in &self.claims().list {
            seen[claim.key.unit().at()] = true;
        }
        for target in self.targets {
            seen[target.unit.at()] = true;
        }
        for report in &self.periods.reports {
            seen[report.unit.at()] = true;
        }
        self.catalog
            .units
            .indices()
            .filter(|u| seen[u.at()])
            .collect()
    }

    /// The units that get a page: those with figures and all above them.
    pub fn units_with_pages(&self) -> Vec<UnitIx> {
        let mut seen = vec![false; self.catalog.units.list.len()];
        for unit in self.units_with_figures() {
            for above in self.catalog.units.ancestors(unit) {
                seen[above.at()] = true;
            }
        }
        self.catalog
            .units
            .indices()
            .filter(|u| seen[u.at()])
            .collect()
    }

    /// Whether a unit is ranked with its like (blocks never are).
    pub fn is_ranked_level(level: Level) -> bool {
        level != Level::Block && level != Level::Country
    }
}

/// Applies decisions about figures stated twice: the statements that were not chosen no longer count.
pub fn settle(ingested: &mut Ingested, waivers: &[Waiver]) {
    let chosen: Vec<(&str, u32)> = waivers
        .iter()
        .filter_map(|w| w.use_place.as_deref())
        .filter_map(|p| {
            let (file, line) = p.rsplit_once(':')?;
            Some((file, line.parse::<u32>().ok()?.checked_sub(1)?))
        })
        .collect();
    if chosen.is_empty() {
        return;
    }
    let files = ingested.files.clone();
    let is_chosen = |origin: crate::model::Origin| {
        files.get(usize::from(origin.file)).is_some_and(|f| {
            chosen
                .iter()
                .any(|(path, line)| *path == &*f.path && *line == origin.line)
        })
    };
    for ix in ingested.facts.indices() {
        let others = ingested.facts.statements(ingested.facts.key(ix));
        if others.len() > 1 && is_chosen(ingested.facts.origin(ix)) {
            for other in others
                .map(crate::model::FactIx::from_at)
                .filter(|o| *o != ix)
            {
                ingested.facts.set_aside(other);
            }
        }
    }
    let claims = &mut ingested.claims;
    for at in 0..claims.list.len() {
        let others = claims.statements(claims.list[at].key);
        if others.len() > 1 && is_chosen(claims.list[at].origin) {
            for other in others.filter(|o| *o != at) {
                claims.list[other].set_aside = true;
            }
        }
    }
}
