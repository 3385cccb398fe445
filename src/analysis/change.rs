//! How a figure moved: against the previous comparable period, and against the same period of the year before.
//!
//! A cumulative figure is compared with the period before by what each of the two brought, never across the turn of a
//! year, and with the same period of the year before as it is: both count from January.
//!
//! A period without a figure is passed over, and the change says so; a figure that cannot be relied on, or that is not
//! made like the other one, is never passed over: then there is no change, but a reason.

use std::collections::BTreeSet;

use super::{Accrual, Analysis, Basis, Missing, Observation, Parts, State, decomposition};
use crate::decimal::{Decimal, Fraction};
use crate::model::{
    Extra, IndicatorKind, MeasureIx, MeasureType, Nature, PeriodIx, ServiceIx, Stat, UnitIx,
};
use crate::text::number::Qualifier;

/// What a figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Against {
    /// The newest earlier period that has a figure, at most a year before.
    Previous,
    /// The same period of the year before.
    LastYear,
}

/// A difference between two periods of one cadence.
#[derive(Clone, Debug, PartialEq)]
pub struct Delta {
    /// The earlier period.
    pub previous: PeriodIx,
    /// The periods between the two, none of which has a figure.
    pub skipped: Vec<Missing>,
    /// The figure then.
    pub before: Decimal,
    /// The figure now.
    pub now: Decimal,
    /// The difference: percentage points for a ratio, a number otherwise.
    pub difference: Decimal,
    /// Whether the difference is in percentage points.
    pub is_points: bool,
    /// For a number: the relative change in per cent; none where it was zero before.
    pub percent: Option<Decimal>,
    /// Whether both figures are what a cumulative one gained in its period.
    pub in_period: bool,
    /// For a ratio of counts: what its numerator and what its denominator brought.
    pub parts: Option<Parts>,
    /// The day in between on which the units were rearranged that the figures are of.
    pub across: Option<crate::text::date::Date>,
}

/// Why there is no change to speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoChange {
    /// The reason.
    pub why: Why,
    /// The period whose figure is the reason, where it is one of them.
    pub period: Option<PeriodIx>,
}

/// A reason for which two figures are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// There is no earlier period with a figure.
    NoPeriod,
    /// The period has no figure.
    NoFigure,
    /// Nothing arose in the period.
    NoActivity,
    /// A contradiction touches the figure.
    Doubtful,
    /// The figure leaves out some of what it should count.
    Partial,
    /// The figure is "more than 60" or a range.
    Inexact,
    /// The figure is not published, to protect persons.
    Suppressed,
    /// The two are summed over different services.
    OtherBase,
    /// The two periods are not of one length.
    OtherLength,
    /// The figure covers several periods.
    Gap,
    /// A cumulative figure fell.
    Fell,
    /// A part of it counts from the beginning of a year, and the two are of different years.
    Reset,
    /// The units that it was made of do not give one.
    NotComparable,
    /// A cumulative figure of an area that moved since the period before.
    AreaMoved,
    /// It is no number: yes or no.
    NotANumber,
}

/// Months, quarters and years may differ by so many days.
const LENGTH_TOLERANCE_DAYS: i64 = 4;

/// A statistic of a unit and a service.
type Subject = (Stat, UnitIx, ServiceIx);

/// Periods that lie further back are history, and nothing to compare with.
const FURTHEST_DAYS: i64 = 370;

impl Analysis<'_> {
    /// The change of a figure against the previous comparable period: see [`Analysis::compare`].
    pub fn change(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Delta> {
        self.compare(stat, unit, service, period, Against::Previous)
            .ok()
    }

    /// The change of a figure. A ratio's change is the difference of the two published (rounded) figures, so that a
    /// reader who subtracts them finds the same.
    ///
    /// # Errors
    /// The reason for which the two are not compared.
    pub fn compare(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
        against: Against,
    ) -> Result<Delta, NoChange> {
        let subject = (stat, unit, service);
        let (earlier, skipped) = self.earlier(subject, period, against)?;
        let usable = |p| {
            self.usable(subject, p).map_err(|why| NoChange {
                why,
                period: Some(p),
            })
        };
        let (mut now, mut before) = (usable(period)?, usable(earlier)?);
        if let Some(why) = self.unlike(subject, (&now, period), (&before, earlier)) {
            return Err(NoChange { why, period: None });
        }
        let mut in_period = false;
        if against == Against::Previous {
            match self.accrual(stat) {
                Accrual::Plain => {}
                Accrual::Cumulative => {
                    in_period = true;
                    now = self.gained(subject, period, &now)?;
                    before = self.gained(subject, earlier, &before)?;
                }
                Accrual::Mixed if self.year_of(period) == self.year_of(earlier) => {}
                Accrual::Mixed => {
                    return Err(NoChange {
                        why: Why::Reset,
                        period: None,
                    });
                }
            }
        }
        let values = now.value.zip(before.value);
        let difference = values.and_then(|(n, b)| n.checked_sub(b));
        let ((now_value, before_value), difference) = values.zip(difference).ok_or(NoChange {
            why: Why::Inexact,
            period: None,
        })?;
        let is_points = self.is_in_points(stat);
        let percent = (!is_points).then(|| Fraction::new(difference, before_value.abs()));
        let has_counts = now.ratio.is_some() && before.ratio.is_some();
        let parts = has_counts.then(|| decomposition::split(&before, &now, difference));
        Ok(Delta {
            previous: earlier,
            skipped,
            before: before_value,
            now: now_value,
            difference,
            is_points,
            percent: percent.flatten().map(|f| f.percent(1)),
            in_period,
            parts: parts.flatten(),
            across: self.break_between(unit, earlier, period),
        })
    }

    /// Whether the difference of two of its figures is in percentage points: shares, and what is in points already.
    pub fn is_in_points(&self, stat: Stat) -> bool {
        match stat {
            Stat::Measure(m) => self.catalog.measure(m).unit == "%",
            Stat::Indicator(i) => {
                let d = self.catalog.indicator(i);
                d.kind == IndicatorKind::Ratio || d.unit == "%" || d.is_in_points()
            }
        }
    }

    /// The period to compare with, and those passed over on the way to it.
    fn earlier(
        &self,
        subject: (Stat, UnitIx, ServiceIx),
        period: PeriodIx,
        against: Against,
    ) -> Result<(PeriodIx, Vec<Missing>), NoChange> {
        let none = NoChange {
            why: Why::NoPeriod,
            period: None,
        };
        if against == Against::LastYear {
            let earlier = self.year_before(period).ok_or(none)?;
            return Ok((earlier, Vec::new()));
        }
        let mut skipped = Vec::new();
        let mut at = period;
        let first_day = self.period(period).start.days_since_epoch();
        while let Some(earlier) = self.previous(at) {
            let is_far = first_day - self.period(earlier).end.days_since_epoch() > FURTHEST_DAYS;
            // The period just before is never too far: years follow each other, too.
            if is_far && (at != period || !self.missing_before(at).is_empty()) {
                break;
            }
            skipped.extend(self.missing_before(at).iter().rev());
            let (stat, unit, service) = subject;
            match self.observe(stat, unit, service, earlier).state {
                State::Absent | State::NotReported | State::NotApplicable | State::NoActivity => {
                    skipped.push(Missing::Known(earlier));
                }
                _ => {
                    skipped.reverse();
                    return Ok((earlier, skipped));
                }
            }
            at = earlier;
        }
        // The period just before is there, but says nothing.
        let known = skipped.iter().find_map(|m| match m {
            Missing::Known(p) => Some(*p),
            Missing::Named(_) | Missing::Days => None,
        });
        let (stat, unit, service) = subject;
        Err(known.map_or(none, |p| {
            let is_idle = self.observe(stat, unit, service, p).state == State::NoActivity;
            NoChange {
                why: if is_idle {
                    Why::NoActivity
                } else {
                    Why::NoFigure
                },
                period: Some(p),
            }
        }))
    }

    /// What a cumulative figure gained in its period, in place of it.
    fn gained(
        &self,
        (stat, unit, service): Subject,
        period: PeriodIx,
        o: &Observation,
    ) -> Result<Observation, NoChange> {
        let none = |why| NoChange {
            why,
            period: Some(period),
        };
        // Of an area that moved since the period before nobody knows what the period alone brought.
        let moved = self
            .previous(period)
            .is_some_and(|p| self.break_between(unit, p, period).is_some());
        let or_moved = |why| none(if moved { Why::AreaMoved } else { why });
        match stat {
            Stat::Measure(m) => {
                let gained = self.in_period(m, unit, service, period);
                let gained = gained.ok_or(or_moved(Why::NoFigure))?;
                if !gained.with.is_empty() {
                    return Err(none(Why::Gap));
                }
                if gained.value.is_negative() {
                    return Err(none(Why::Fell));
                }
                Ok(Observation {
                    value: Some(gained.value),
                    ..*o
                })
            }
            Stat::Indicator(i) => {
                let of_period = self.ratio_in_period(i, unit, service, period);
                let (over, under, ratio) = of_period.ok_or(or_moved(Why::Gap))?;
                Ok(Observation {
                    value: Some(ratio.percent(self.catalog.indicator(i).decimals)),
                    ratio: Some(ratio),
                    numerator: Some(over),
                    denominator: Some(under),
                    ..*o
                })
            }
        }
    }

    /// The figure of a period, if it may be compared with another one.
    pub(super) fn usable(
        &self,
        (stat, unit, service): Subject,
        period: PeriodIx,
    ) -> Result<Observation, Why> {
        if let Stat::Measure(m) = stat
            && self.catalog.measure(m).kind == MeasureType::YesNo
        {
            return Err(Why::NotANumber);
        }
        let o = self.observe(stat, unit, service, period);
        match o.state {
            State::Value => {}
            State::Doubtful | State::Unreadable => return Err(Why::Doubtful),
            State::NoActivity => return Err(Why::NoActivity),
            State::Suppressed => return Err(Why::Suppressed),
            State::NotComparable(_) => return Err(Why::NotComparable),
            State::NotReported | State::NotApplicable | State::Absent => return Err(Why::NoFigure),
        }
        let counts_all = match o.basis {
            Basis::Units => {
                let (counted, expected) = self.coverage(stat, unit, service, period);
                counted >= expected
            }
            _ => !o.is_partial(),
        };
        if !counts_all {
            return Err(Why::Partial);
        }
        if self.is_inexact(&o) {
            return Err(Why::Inexact);
        }
        Ok(o)
    }

    /// Whether a document gives the figure as "more than 60", "about 60" or a range.
    fn is_inexact(&self, o: &Observation) -> bool {
        let is_inexact =
            |e: &Extra| e.max.is_some() || e.qualifier.is_some_and(|q| q != Qualifier::Equal);
        let facts = self.facts();
        if let (Basis::Stated, Some(at)) = (o.basis, o.claim) {
            return is_inexact(&self.claims().list[at].extra);
        }
        let mut sides = o.fact.into_iter().chain(o.denominator_fact);
        sides.any(|f| facts.extra(f).is_some_and(is_inexact))
    }

    /// Why two figures are not made alike.
    fn unlike(
        &self,
        subject: Subject,
        (now, period): (&Observation, PeriodIx),
        (before, earlier): (&Observation, PeriodIx),
    ) -> Option<Why> {
        if self.services_summed(subject, now, period)
            != self.services_summed(subject, before, earlier)
        {
            return Some(Why::OtherBase);
        }
        let stat = subject.0;
        let days = |p: PeriodIx| {
            let p = self.period(p);
            p.end.days_since_epoch() - p.start.days_since_epoch()
        };
        let differ = (days(period) - days(earlier)).abs() > LENGTH_TOLERANCE_DAYS;
        (differ && self.covers_a_span(stat)).then_some(Why::OtherLength)
    }

    /// Over how many services a figure is summed, in each of the units that it is of; none for a figure of its own.
    fn services_summed(
        &self,
        (stat, unit, service): Subject,
        o: &Observation,
        period: PeriodIx,
    ) -> BTreeSet<Option<u32>> {
        let of_services = |o: &Observation| (o.basis == Basis::Services).then_some(o.counted);
        if o.basis != Basis::Predecessors {
            return BTreeSet::from([of_services(o)]);
        }
        let list = self.predecessors(stat, unit, service, period);
        let counted = list.iter().filter(|p| p.is_counted());
        counted.map(|p| of_services(&p.observation)).collect()
    }

    /// Whether a figure grows with the length of its period.
    fn covers_a_span(&self, stat: Stat) -> bool {
        let is_span = |m: &MeasureIx| self.catalog.measure(*m).nature == Nature::Flow;
        match stat {
            Stat::Measure(m) => is_span(&m),
            Stat::Indicator(i) => {
                let d = self.catalog.indicator(i);
                d.numerator.iter().chain(&d.denominator).any(is_span)
            }
        }
    }
}
