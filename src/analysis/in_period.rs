//! What happened in a period, and since the beginning of its year, whichever of the two an office reports.

use super::cumulative::{InPeriod, Slot, to_cumulative, to_in_period, to_net_change};
use super::{Analysis, Missing};
use crate::decimal::{Decimal, Fraction};
use crate::model::{Calendar, IndicatorIx, MeasureIx, Nature, PeriodIx, ServiceIx, Stat, UnitIx};

/// A figure of a period that is not reported as such.
#[derive(Clone, Debug, PartialEq)]
pub struct Accrued {
    /// The figure; negative where a cumulative figure fell.
    pub value: Decimal,
    /// The earlier periods that the figure covers too, in order of time; empty for the period alone.
    pub with: Vec<Missing>,
}

/// How the figures of a statistic follow each other within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accrual {
    /// Each figure stands for itself.
    Plain,
    /// All it is made of counts from the beginning of the year.
    Cumulative,
    /// Only a part of what it is made of does.
    Mixed,
}

/// The periods of a year up to one of them, missing ones among them.
struct Year {
    year: i32,
    places: Vec<Missing>,
}

impl Analysis<'_> {
    /// How the figures of a statistic follow each other within a year.
    pub fn accrual(&self, stat: Stat) -> Accrual {
        let is_cumulative = |m: &MeasureIx| self.catalog.measure(*m).nature == Nature::YearToDate;
        let measures: Vec<MeasureIx> = match stat {
            Stat::Measure(m) => vec![m],
            Stat::Indicator(i) => {
                let d = self.catalog.indicator(i);
                d.numerator.iter().chain(&d.denominator).copied().collect()
            }
        };
        match measures.iter().filter(|m| is_cumulative(m)).count() {
            0 => Accrual::Plain,
            n if n == measures.len() => Accrual::Cumulative,
            _ => Accrual::Mixed,
        }
    }

    /// What a measure gained in a period: a flow's own figure, the difference of a cumulative one within its year, the net
    /// change of a stock since its last known level. `None` where that is not known.
    pub fn in_period(
        &self,
        measure: MeasureIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Accrued> {
        let exact = |p: PeriodIx| self.exact(measure, unit, service, p);
        match self.catalog.measure(measure).nature {
            Nature::Flow => Some(Accrued {
                value: exact(period)?,
                with: Vec::new(),
            }),
            Nature::YearToDate => {
                let year = self.year_up_to(period);
                let slots: Vec<_> = year.slots(exact);
                let gained = last(&to_in_period(&slots), &year.places)?;
                let before = year.places[..year.places.len() - 1 - gained.with.len()].last();
                if let Some(earlier) = before.copied().and_then(known)
                    && !self.accrues_across(unit, (earlier, period), gained.value)
                {
                    return None;
                }
                // A small count is not published as the difference of two large ones either.
                (!self.is_small(gained.value)).then_some(gained)
            }
            Nature::Stock => {
                let mut places = vec![Missing::Known(period)];
                let mut at = period;
                while let Some(before) = self.previous(at) {
                    places.extend(self.missing_before(at).iter().rev());
                    places.push(Missing::Known(before));
                    if exact(before).is_some() {
                        break;
                    }
                    at = before;
                }
                places.reverse();
                let levels: Vec<_> = places.iter().map(|p| known(*p).and_then(exact)).collect();
                last(&to_net_change(&levels), &places)
            }
        }
    }

    /// Whether two cumulative figures may be subtracted although areas moved in between: not where the unit was there
    /// before, for what it took over may bring its own months with it; where it was made, both count since January
    /// unless the figure fell.
    fn accrues_across(
        &self,
        unit: UnitIx,
        (earlier, later): (PeriodIx, PeriodIx),
        gained: Decimal,
    ) -> bool {
        self.break_between(unit, earlier, later).is_none()
            || (self.is_before(unit, earlier) && !gained.is_negative())
    }

    /// A measure since the beginning of the year, for those that count what happens.
    ///
    /// # Errors
    /// The periods without which it is not known; none for a stock, which has no such figure.
    pub fn year_to_date(
        &self,
        measure: MeasureIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Result<Decimal, Vec<Missing>> {
        let exact = |p: PeriodIx| self.exact(measure, unit, service, p);
        match self.catalog.measure(measure).nature {
            Nature::YearToDate => exact(period).ok_or_else(|| vec![Missing::Known(period)]),
            Nature::Stock => Err(Vec::new()),
            Nature::Flow => {
                let year = self.year_up_to(period);
                let slots =
                    year.slots(|p| exact(p).map(|value| InPeriod::Figure { value, span: 1 }));
                let steps: Vec<Slot<InPeriod>> = slots
                    .iter()
                    .map(|s| Slot {
                        year: s.year,
                        figure: s.figure.unwrap_or(InPeriod::Missing),
                    })
                    .collect();
                let sum = to_cumulative(&steps).last().copied().flatten();
                sum.ok_or_else(|| {
                    let open = slots.iter().zip(&year.places);
                    open.filter(|(s, _)| s.figure.is_none())
                        .map(|(_, place)| *place)
                        .collect()
                })
            }
        }
    }

    /// How many periods of its year up to this one have a figure of a measure.
    pub fn known_in_year(
        &self,
        measure: MeasureIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> usize {
        let year = self.year_up_to(period);
        let exact = |p| self.exact(measure, unit, service, p);
        year.places
            .iter()
            .filter(|p| known(**p).and_then(exact).is_some())
            .count()
    }

    /// The numerator and the denominator of a ratio of cumulative measures, of the period alone, and the ratio. `None`
    /// where one of them covers other periods too.
    pub(super) fn ratio_in_period(
        &self,
        indicator: IndicatorIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<(Decimal, Decimal, Fraction)> {
        let d = self.catalog.indicator(indicator);
        let side = |measures: &[MeasureIx]| {
            measures.iter().try_fold(Decimal::ZERO, |sum, m| {
                let gained = self.in_period(*m, unit, service, period)?;
                let is_own = gained.with.is_empty() && !gained.value.is_negative();
                sum.checked_add(gained.value).filter(|_| is_own)
            })
        };
        let (over, under) = (side(&d.numerator)?, side(&d.denominator)?);
        Some((over, under, Fraction::new(over, under)?))
    }

    /// Whether a count is one of those that the site hides.
    fn is_small(&self, value: Decimal) -> bool {
        let below = self.config.suppression.below;
        value > Decimal::ZERO && value < Decimal::from_int(i64::from(below))
    }

    fn exact(
        &self,
        measure: MeasureIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Decimal> {
        let o = self.usable((Stat::Measure(measure), unit, service), period);
        o.ok()?.value
    }

    /// The periods of the year of a period up to it, from the first of that year on.
    fn year_up_to(&self, period: PeriodIx) -> Year {
        let year = self.year_of(period);
        let mut places = vec![Missing::Known(period)];
        let mut at = period;
        while !self.opens_year(at) {
            let Some(before) = self.previous(at).filter(|p| self.year_of(*p) == year) else {
                places.extend(self.missing_in_year_before(at));
                break;
            };
            places.extend(self.missing_before(at).iter().rev());
            places.push(Missing::Known(before));
            at = before;
        }
        places.reverse();
        Year { year, places }
    }

    /// The year in which the figures of a period are cumulated: that of its name, else that of its last day.
    pub(super) fn year_of(&self, period: PeriodIx) -> i32 {
        let p = self.period(period);
        let named = Calendar::parse(&p.id).map(|c| c.year);
        i32::from(named.unwrap_or_else(|| p.end.year()))
    }

    fn opens_year(&self, period: PeriodIx) -> bool {
        let p = self.period(period);
        match Calendar::parse(&p.id) {
            Some(named) => named.opens_year(),
            // Its window may begin in December, or some days late.
            None => p.start.year() < p.end.year() || (p.start.month() == 1 && p.start.day() <= 4),
        }
    }

    /// What lies between the beginning of the year and its first period of the site, newest first.
    fn missing_in_year_before(&self, period: PeriodIx) -> Vec<Missing> {
        let Some(named) = Calendar::parse(&self.period(period).id) else {
            return vec![Missing::Days];
        };
        std::iter::successors(named.previous(), |c| c.previous())
            .take_while(|c| c.year == named.year)
            .map(Missing::Named)
            .collect()
    }
}

impl Year {
    fn slots<T>(&self, figure: impl Fn(PeriodIx) -> Option<T>) -> Vec<Slot<Option<T>>> {
        let slot = |place: &Missing| Slot {
            year: self.year,
            figure: known(*place).and_then(&figure),
        };
        self.places.iter().map(slot).collect()
    }
}

fn known(place: Missing) -> Option<PeriodIx> {
    match place {
        Missing::Known(p) => Some(p),
        Missing::Named(_) | Missing::Days => None,
    }
}

/// The last figure with the places before it that it covers too.
fn last(figures: &[InPeriod], places: &[Missing]) -> Option<Accrued> {
    let InPeriod::Figure { value, span } = *figures.last()? else {
        return None;
    };
    let own = places.len() - 1;
    let first = (own + 1).saturating_sub(span);
    Some(Accrued {
        value,
        with: places[first..own].to_vec(),
    })
}
