//! The state of a figure without the figure itself: what counting who reported asks of every unit.

use super::observe::worse;
use super::{Analysis, State};
use crate::decimal::Decimal;
use crate::model::{
    FactIx, Facts, IndicatorIx, IndicatorKind, Key, Kind, MeasureIx, PeriodIx, ServiceIx, Stat,
    UnitIx,
};

impl Analysis<'_> {
    /// The state that [`Analysis::observe_own`] gives.
    pub(super) fn state_of(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> State {
        match stat {
            Stat::Measure(m) => {
                let reported = self.fact_of(unit, service, period, m);
                reported.map_or_else(
                    || {
                        let sum = self.derived.measure(Key::new(unit, service, period, m.0));
                        of_sum(sum.map(|s| s.is_hidden))
                    },
                    |ix| of_fact(self.facts(), ix),
                )
            }
            Stat::Indicator(i) => self.state_of_indicator(i, unit, service, period),
        }
    }

    fn state_of_indicator(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> State {
        let definition = self.catalog.indicator(indicator);
        let mut state = State::Absent;
        if definition.kind == IndicatorKind::Ratio && definition.has_base() {
            let side = |list: &[MeasureIx]| self.state_of_side(list, unit, service, period);
            let sides = side(&definition.numerator).zip(side(&definition.denominator));
            if let Some(((n, part), (d, whole))) = sides {
                state = worse(n, d);
                let is_ratio = part.zip(whole).is_none_or(|(_, whole)| !whole.is_zero());
                if matches!(state, State::Value | State::Doubtful) && !is_ratio {
                    state = State::NoActivity;
                }
            }
        }
        if !matches!(state, State::Absent | State::NotReported) {
            return state;
        }
        match self.claim_at(indicator, unit, service, period) {
            Some(at) => {
                let c = &self.claims().list[at];
                match (c.value, c.doubtful) {
                    _ if c.suppressed => State::Suppressed,
                    (None, _) => State::Unreadable,
                    (_, true) => State::Doubtful,
                    _ => State::Value,
                }
            }
            None if state == State::Absent => {
                let key = Key::new(unit, service, period, indicator.0);
                let sum = self.derived.ratio(key);
                match sum {
                    Some(s) if !s.is_hidden && s.denominator.is_zero() => State::NoActivity,
                    _ => of_sum(sum.map(|s| s.is_hidden)),
                }
            }
            None => state,
        }
    }

    /// The state of a sum of reported measures, and the sum; none where one is not spoken of.
    fn state_of_side(
        &self,
        measures: &[MeasureIx],
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<(State, Option<Decimal>)> {
        let facts = self.facts();
        let mut sum: Option<(State, Option<Decimal>)> = None;
        for m in measures {
            let ix = self.fact_of(unit, service, period, *m)?;
            let (state, value) = (of_fact(facts, ix), facts.value(ix));
            sum = Some(match sum {
                None => (state, value),
                Some((s, v)) => (
                    worse(s, state),
                    v.zip(value).and_then(|(a, b)| a.checked_add(b)),
                ),
            });
        }
        sum
    }

    /// What is reported; for the unit as a whole also what is reported of all procedures together.
    fn fact_of(
        &self,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
        measure: MeasureIx,
    ) -> Option<FactIx> {
        let of = |s: ServiceIx| self.facts().get(Key::new(unit, s, period, measure.0));
        of(service).or_else(|| {
            of(self
                .all_services()
                .filter(|_| service == ServiceIx::WHOLE)?)
        })
    }
}

/// The state of a stated figure.
pub(super) fn of_fact(facts: &Facts, ix: FactIx) -> State {
    match facts.kind(ix) {
        Kind::Value if facts.is_doubtful(ix) => State::Doubtful,
        Kind::Value => State::Value,
        Kind::NotReported => State::NotReported,
        Kind::NotApplicable => State::NotApplicable,
        Kind::NoActivity => State::NoActivity,
        Kind::Unreadable => State::Unreadable,
        Kind::Suppressed => State::Suppressed,
    }
}

fn of_sum(is_hidden: Option<bool>) -> State {
    match is_hidden {
        Some(true) => State::Suppressed,
        Some(false) => State::Value,
        None => State::Absent,
    }
}
