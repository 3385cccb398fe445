//! Units over time: a figure of today's unit for a period before its first day is the sum of its predecessors'.
//!
//! Counts are added, ratios are summed sides over summed sides. Only what every predecessor gives whole is a figure
//! like any other; a sum of some of them says so and is judged by nothing. A unit that only partly went into
//! another is never apportioned, unless the register of changes states the share; then counts become estimates.
//! What is stated for a unit itself always comes first. Only published figures are added, so a sum tells no more
//! than they do.

mod breaks;
mod trace;

pub use breaks::Break;
pub use trace::{Part, Portion, Trace};

use super::{Analysis, Basis, Incomparable, Observation, State};
use crate::decimal::Decimal;
use crate::model::{
    IndicatorIx, IndicatorKind, MeasureIx, MeasureType, PeriodIx, ServiceIx, Stat, UnitIx,
};

/// A predecessor with the figure it gives.
#[derive(Clone, Debug)]
pub struct Predecessor {
    /// Which unit, and how much of it.
    pub part: Part,
    /// Its own figure.
    pub observation: Observation,
}

impl Predecessor {
    /// Whether its figure can be added.
    pub fn is_counted(&self) -> bool {
        sides(&self.observation).is_some()
    }
}

impl Analysis<'_> {
    /// Whether a period ends before the first day of a unit, so that only its predecessors can have reported.
    pub fn is_before(&self, unit: UnitIx, period: PeriodIx) -> bool {
        let first = self.catalog.units.get(unit).valid_from;
        first.is_some_and(|day| self.period(period).end < day)
    }

    /// The units whose figures make that of `unit` in a period before its first day, in the order of the catalogue.
    /// Empty where the unit existed, or where the register does not know what it was made of.
    pub fn predecessors(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Vec<Predecessor> {
        let units = &self.catalog.units;
        if units.changes.is_empty() || !self.is_before(unit, period) {
            return Vec::new();
        }
        let own = |u: UnitIx| self.observe_own(stat, u, service, period);
        let is_told = |u: UnitIx| own(u).state != State::Absent;
        let day = self.period(period).end;
        let trace = trace::trace(units, unit, day, is_told);
        let parts = trace.parts.into_iter().filter(|p| p.unit != unit);
        parts
            .map(|part| Predecessor {
                observation: own(part.unit),
                part,
            })
            .collect()
    }

    /// The figure of a unit in a period before its first day, from those of its predecessors.
    pub(super) fn back_cast(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Observation {
        let list = self.predecessors(stat, unit, service, period);
        let state = |wanted: &[State]| list.iter().all(|p| wanted.contains(&p.observation.state));
        if state(&[State::Absent]) {
            return Observation::ABSENT;
        }
        let without = |state| Observation {
            state,
            basis: Basis::Predecessors,
            ..Observation::ABSENT
        };
        if state(&[State::Absent, State::NotReported]) {
            return without(State::NotReported);
        }
        match list.as_slice() {
            [one] if one.part.portion == Portion::Whole => carried(&one.observation),
            _ => match self.obstacle(stat, &list) {
                Some(why) => without(State::NotComparable(why)),
                None => self.sum(stat, &list),
            },
        }
    }

    /// Why figures of a statistic cannot be added over the predecessors, if they cannot.
    fn obstacle(&self, stat: Stat, list: &[Predecessor]) -> Option<Incomparable> {
        let adds = |m: &MeasureIx| self.catalog.measure(*m).additive;
        let is_additive = match stat {
            Stat::Measure(m) => adds(&m),
            Stat::Indicator(i) => {
                let d = self.catalog.indicator(i);
                let is_ratio = d.kind == IndicatorKind::Ratio && d.has_base();
                is_ratio && d.numerator.iter().chain(&d.denominator).all(adds)
            }
        };
        // A share of persons or dossiers is one of counts, not of money or of a ratio.
        let is_count =
            matches!(stat, Stat::Measure(m) if self.catalog.measure(m).kind == MeasureType::Count);
        let is_divided = |p: &Predecessor| match p.part.portion {
            Portion::Whole => false,
            Portion::Share(_) => !is_count,
            Portion::Unknown => true,
        };
        if list.iter().any(is_divided) {
            Some(Incomparable::Divided)
        } else {
            (!is_additive).then_some(Incomparable::NotAdditive)
        }
    }

    fn sum(&self, stat: Stat, list: &[Predecessor]) -> Observation {
        let mut out = Observation {
            state: State::Value,
            basis: Basis::Predecessors,
            ..Observation::ABSENT
        };
        let (mut n, mut d) = (Decimal::ZERO, Decimal::ZERO);
        for p in list {
            if p.observation.state == State::NotApplicable {
                continue;
            }
            out.of += 1;
            let Some((own_n, own_d)) = sides(&p.observation) else {
                continue;
            };
            let share = match p.part.portion {
                Portion::Share(share) => Some(share),
                _ => None,
            };
            out.is_estimate |= share.is_some();
            let part = share.map_or(Some(own_n), |s| own_n.checked_mul(s));
            let sums = part
                .and_then(|p| n.checked_add(p))
                .zip(d.checked_add(own_d));
            // A sum too large for the number type leaves the part out; no real figure comes near.
            if let Some(sums) = sums {
                (n, d) = sums;
                out.counted += 1;
            }
        }
        if out.counted == 0 {
            out.state = uncounted(list);
            return out;
        }
        match stat {
            Stat::Measure(_) => {
                out.value = Some(if out.is_estimate { n.round(0) } else { n });
            }
            Stat::Indicator(i) => self.ratio(i, n, d, &mut out),
        }
        out
    }

    fn ratio(&self, indicator: IndicatorIx, n: Decimal, d: Decimal, out: &mut Observation) {
        (out.numerator, out.denominator) = (Some(n), Some(d));
        let decimals = self.catalog.indicator(indicator).decimals;
        super::observe::fill_ratio(out, n, d, decimals);
    }

    /// How many units the figures of all predecessors could count, and how many they do.
    pub(super) fn coverage_before(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> (usize, usize) {
        let list = self.predecessors(stat, unit, service, period);
        list.iter().fold((0, 0), |(a, b), p| {
            let (counted, of) = match p.observation.basis {
                Basis::Units => self.coverage(stat, p.part.unit, service, period),
                _ => (usize::from(p.is_counted()), 1),
            };
            (a + counted, b + of)
        })
    }
}

/// The figure of a single predecessor, unchanged. What is only stated stays a statement.
fn carried(own: &Observation) -> Observation {
    let basis = match own.basis {
        Basis::Stated => Basis::Stated,
        _ => Basis::Predecessors,
    };
    let is_partial = own.is_partial();
    Observation {
        basis,
        counted: u32::from(!is_partial),
        of: 1,
        ..*own
    }
}

/// What a predecessor brings to a sum: the figure, or both sides of a ratio. Nothing where it has no sound figure,
/// where its figure leaves services out, or where its ratio stands without its counts.
fn sides(o: &Observation) -> Option<(Decimal, Decimal)> {
    if o.is_partial() || !matches!(o.state, State::Value | State::NoActivity) {
        return None;
    }
    match (o.numerator, o.denominator) {
        (Some(n), Some(d)) => Some((n, d)),
        _ if o.basis == Basis::Stated || o.ratio.is_some() => None,
        _ if o.state == State::NoActivity => Some((Decimal::ZERO, Decimal::ZERO)),
        _ => Some((o.value?, Decimal::ZERO)),
    }
}

/// Why no predecessor could be counted.
fn uncounted(list: &[Predecessor]) -> State {
    let any = |state| list.iter().any(|p| p.observation.state == state);
    let is_rest = |s| matches!(s, State::NotApplicable | State::Absent);
    if any(State::Suppressed) {
        State::Suppressed
    } else if list.iter().all(|p| is_rest(p.observation.state)) {
        State::NotApplicable
    } else {
        State::NotComparable(Incomparable::NotCounted)
    }
}
