//! What a unit's figure is in a period: reported, computed, stated or summed, or why there is none.

use super::Analysis;
use super::state_of::of_fact;
use crate::decimal::{Decimal, Fraction};
use crate::model::{
    FactIx, IndicatorIx, IndicatorKind, Key, MeasureIx, PeriodIx, ServiceIx, Stat, UnitIx,
};

/// Whether there is a figure, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// There is one.
    Value,
    /// There is one, but an unsettled contradiction touches it: shown with a caveat, used for nothing else.
    Doubtful,
    /// The denominator is zero: nothing arose, so there is no rate.
    NoActivity,
    /// The unit has not sent it.
    NotReported,
    /// The unit does not do this.
    NotApplicable,
    /// The text cannot be read for certain.
    Unreadable,
    /// There is one, which is not published to protect persons.
    Suppressed,
    /// Units before this one have figures, but they do not make one of it.
    NotComparable(Incomparable),
    /// No table speaks of it.
    Absent,
}

/// Why figures of the units before do not make one of a unit of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Incomparable {
    /// One of them was divided, and nobody stated in what shares.
    Divided,
    /// The figures do not add up: distinct things, grades, points.
    NotAdditive,
    /// They stand without the counts that could be added, or contradictions touch them.
    NotCounted,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A base figure as reported.
    Reported,
    /// Recomputed from reported base figures.
    Computed,
    /// Taken from the report, which gives no counts for it.
    Stated,
    /// Summed over the services that were reported.
    Services,
    /// Summed over the units below that reported.
    Units,
    /// Taken from the units that this one was made of, for a period before its first day.
    Predecessors,
}

/// One published figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Whether there is one.
    pub state: State,
    /// The figure at its published precision; per cent for ratios.
    pub value: Option<Decimal>,
    /// The exact ratio behind it.
    pub ratio: Option<Fraction>,
    /// Numerator of a ratio.
    pub numerator: Option<Decimal>,
    /// Denominator of a ratio; zero where nothing arose.
    pub denominator: Option<Decimal>,
    /// Where it comes from.
    pub basis: Basis,
    /// The fact it is, or the first of its numerator.
    pub fact: Option<FactIx>,
    /// The first fact of its denominator.
    pub denominator_fact: Option<FactIx>,
    /// What the document states for the same indicator: position among the claims.
    pub claim: Option<usize>,
    /// For sums: how many services or units were added.
    pub counted: u32,
    /// For sums: how many there are to add.
    pub of: u32,
    /// Whether a stated share of a divided unit is in it.
    pub is_estimate: bool,
}

impl Observation {
    pub(super) const ABSENT: Self = Self {
        state: State::Absent,
        value: None,
        ratio: None,
        numerator: None,
        denominator: None,
        basis: Basis::Reported,
        fact: None,
        denominator_fact: None,
        claim: None,
        counted: 0,
        of: 0,
        is_estimate: false,
    };

    /// Whether it is a sum that leaves some of the reported services, or some of the units before, out.
    pub fn is_partial(&self) -> bool {
        self.counted < self.of
    }

    /// Whether the figure of a unit may stand beside that of the unit above: both recomputed, over all that was
    /// reported, and not one of some services beside one of all procedures.
    pub fn compares_with_parent(&self, parent: &Self) -> bool {
        if self.is_partial() || parent.is_partial() {
            return false;
        }
        match (self.basis, parent.basis) {
            (Basis::Stated, _) | (_, Basis::Stated) => false,
            (Basis::Services, Basis::Services) => self.counted == parent.counted,
            (own, above) => {
                own != Basis::Services && above != Basis::Services || above == Basis::Units
            }
        }
    }

    /// The figure, if it may be compared, ranked and drawn.
    pub fn sound(&self) -> Option<Decimal> {
        let is_part = self.basis == Basis::Predecessors && self.is_partial();
        self.value
            .filter(|_| self.state == State::Value && !is_part)
    }
}

impl Analysis<'_> {
    /// The figure of a unit for a service in a period.
    ///
    /// For [`ServiceIx::WHOLE`] the first of: what is stated for the unit as a whole, what is stated for all
    /// procedures, the sum over reported services, the sum over the units below. For a period before the first day
    /// of the unit at last: what its predecessors had.
    pub fn observe(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Observation {
        let own = self.observe_own(stat, unit, service, period);
        if own.state == State::Absent && self.is_before(unit, period) {
            self.back_cast(stat, unit, service, period)
        } else {
            own
        }
    }

    /// The figure that documents give for the unit itself, or that those of its own services and units give.
    pub fn observe_own(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Observation {
        match stat {
            Stat::Measure(m) => self.observe_measure(m, unit, service, period),
            Stat::Indicator(i) => self.observe_indicator(i, unit, service, period),
        }
    }

    fn observe_measure(
        &self,
        measure: MeasureIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Observation {
        let key = Key::new(unit, service, period, measure.0);
        let found = self.reported_or_all(unit, service, period, measure);
        if found.state != State::Absent {
            return found;
        }
        match self.derived.measure(key) {
            Some(sum) if sum.is_hidden => Observation {
                state: State::Suppressed,
                basis: sum.basis,
                ..Observation::ABSENT
            },
            Some(sum) => Observation {
                state: State::Value,
                value: Some(sum.numerator),
                basis: sum.basis,
                counted: sum.counted,
                of: sum.of,
                ..Observation::ABSENT
            },
            None => Observation::ABSENT,
        }
    }

    /// What is reported; for the unit as a whole also what is reported of all procedures together.
    fn reported_or_all(
        &self,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
        measure: MeasureIx,
    ) -> Observation {
        let found = self.reported(Key::new(unit, service, period, measure.0));
        match self.all_services() {
            Some(all) if found.state == State::Absent && service == ServiceIx::WHOLE => {
                self.reported(Key::new(unit, all, period, measure.0))
            }
            _ => found,
        }
    }

    fn reported(&self, key: Key) -> Observation {
        let facts = self.facts();
        let Some(ix) = facts.get(key) else {
            return Observation::ABSENT;
        };
        Observation {
            state: of_fact(facts, ix),
            value: facts.value(ix),
            fact: Some(ix),
            ..Observation::ABSENT
        }
    }

    fn observe_indicator(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Observation {
        let definition = self.catalog.indicator(indicator);
        let claim = self.claim_at(indicator, unit, service, period);
        let mut computed = Observation::ABSENT;
        if definition.kind == IndicatorKind::Ratio && definition.has_base() {
            computed = self.computed(indicator, unit, service, period);
        }
        if computed.state == State::Absent && claim.is_none() {
            computed = self.derived_ratio(indicator, unit, service, period);
        }
        computed.claim = claim;
        if matches!(computed.state, State::Absent | State::NotReported)
            && let Some(at) = claim
        {
            let c = &self.claims().list[at];
            let state = match (c.value, c.doubtful) {
                _ if c.suppressed => State::Suppressed,
                (None, _) => State::Unreadable,
                (_, true) => State::Doubtful,
                _ => State::Value,
            };
            return Observation {
                state,
                value: c.value,
                basis: Basis::Stated,
                ..computed
            };
        }
        computed
    }

    pub(super) fn claim_at(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<usize> {
        let position = |service: ServiceIx| {
            let range = self
                .claims()
                .statements(Key::new(unit, service, period, indicator.0));
            range
                .into_iter()
                .find(|at| !self.claims().list[*at].set_aside)
        };
        position(service).or_else(|| {
            let all = self
                .all_services()
                .filter(|_| service == ServiceIx::WHOLE)?;
            position(all)
        })
    }

    /// The ratio of reported base figures of one row: sum of the numerator over sum of the denominator.
    fn computed(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Observation {
        let definition = self.catalog.indicator(indicator);
        let side = |measures: &[MeasureIx]| self.side(measures, unit, service, period);
        let (Some(n), Some(d)) = (side(&definition.numerator), side(&definition.denominator))
        else {
            return Observation::ABSENT;
        };
        let worst = worse(n.state, d.state);
        let mut out = Observation {
            state: worst,
            numerator: n.value,
            denominator: d.value,
            basis: Basis::Computed,
            fact: n.fact,
            denominator_fact: d.fact,
            ..Observation::ABSENT
        };
        if worst == State::Suppressed {
            // One side of a ratio without the other helps only who looks for the other.
            (out.numerator, out.denominator) = (None, None);
        }
        if matches!(worst, State::Value | State::Doubtful)
            && let (Some(n), Some(d)) = (n.value, d.value)
        {
            fill_ratio(&mut out, n, d, definition.decimals);
        }
        out
    }

    /// The sum of reported measures; `None` where none of them is spoken of, and the worst state otherwise.
    fn side(
        &self,
        measures: &[MeasureIx],
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Observation> {
        let mut sum: Option<Observation> = None;
        for m in measures {
            let next = self.reported_or_all(unit, service, period, *m);
            if next.state == State::Absent {
                return None;
            }
            sum = Some(match sum {
                None => next,
                Some(s) => Observation {
                    state: worse(s.state, next.state),
                    value: s.value.zip(next.value).and_then(|(a, b)| a.checked_add(b)),
                    ..s
                },
            });
        }
        sum
    }

    fn derived_ratio(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Observation {
        let Some(sum) = self
            .derived
            .ratio(Key::new(unit, service, period, indicator.0))
        else {
            return Observation::ABSENT;
        };
        if sum.is_hidden {
            return Observation {
                state: State::Suppressed,
                basis: sum.basis,
                ..Observation::ABSENT
            };
        }
        let mut out = Observation {
            state: State::Value,
            numerator: Some(sum.numerator),
            denominator: Some(sum.denominator),
            basis: sum.basis,
            counted: sum.counted,
            of: sum.of,
            ..Observation::ABSENT
        };
        fill_ratio(
            &mut out,
            sum.numerator,
            sum.denominator,
            self.catalog.indicator(indicator).decimals,
        );
        out
    }
}

pub(super) fn fill_ratio(out: &mut Observation, n: Decimal, d: Decimal, decimals: u8) {
    match Fraction::new(n, d) {
        Some(ratio) => {
            out.ratio = Some(ratio);
            out.value = Some(ratio.percent(decimals));
        }
        None => out.state = State::NoActivity,
    }
}

/// The state of a figure made of two: a value only where both are values.
pub(super) fn worse(a: State, b: State) -> State {
    const ORDER: [State; 7] = [
        State::Suppressed,
        State::Unreadable,
        State::NotReported,
        State::NotApplicable,
        State::NoActivity,
        State::Doubtful,
        State::Value,
    ];
    ORDER
        .into_iter()
        .find(|s| *s == a || *s == b)
        .unwrap_or(State::Absent)
}
