//! One reading under which a stated ratio holds: another side at hand, the rest, a slip of writing.

use super::Hypothesis;
use super::claims::{fine, is_near};
use super::finder::Finder;
use crate::decimal::{Decimal, Fraction};
use crate::model::{Indicator, Key, MeasureIx, MeasureType, ServiceIx};

/// A stated ratio that its counts do not give.
struct Asked<'i> {
    indicator: &'i Indicator,
    n: Decimal,
    d: Decimal,
    stated: Decimal,
    /// Decimals of the stated and of the published ratio.
    decimals: (u8, u8),
}

impl Asked<'_> {
    /// The published percentage of a quotient, if it fits what is stated and is not the one that does not.
    fn fits(&self, n: Decimal, d: Decimal) -> Option<Decimal> {
        let ratio = Fraction::new(n, d).filter(|_| (n, d) != (self.n, self.d))?;
        is_near(ratio, self.stated, self.decimals.0).then(|| ratio.percent(self.decimals.1))
    }
}

impl Finder<'_> {
    /// Looks for a reading of a stated ratio, the likeliest first.
    pub(super) fn reading(
        &self,
        at: usize,
        (n, d): (Decimal, Decimal),
        stated: Decimal,
    ) -> Option<Hypothesis> {
        let claim = &self.ingested.claims.list[at];
        let indicator = self.catalog.indicator(claim.indicator());
        let asked = Asked {
            indicator,
            n,
            d,
            stated,
            decimals: (claim.decimals, indicator.decimals.max(claim.decimals)),
        };
        let whole_is = || self.whole_is(&asked, claim.key);
        let other_side = || self.other_side(&asked, claim.key);
        whole_is()
            .or_else(|| as_fraction(&asked))
            .or_else(other_side)
            .or_else(|| of_rest(&asked))
            .or_else(|| cut_off(&asked))
    }

    /// The whole as the sum of its parts.
    fn whole_is(&self, asked: &Asked<'_>, key: Key) -> Option<Hypothesis> {
        let [whole] = asked.indicator.denominator.as_slice() else {
            return None;
        };
        let row = (key.unit(), key.service(), key.period());
        self.catalog.measure(*whole).parts.iter().find_map(|list| {
            let (value, _) = self.side(list, row)?;
            let percent = asked.fits(asked.n, value)?;
            Some(Hypothesis::WholeIs { value, percent })
        })
    }

    /// Another count of the same row below the line, else above it.
    fn other_side(&self, asked: &Asked<'_>, key: Key) -> Option<Hypothesis> {
        let sides = (&asked.indicator.numerator, &asked.indicator.denominator);
        let is_other = |m: &MeasureIx| !sides.0.contains(m) && !sides.1.contains(m);
        let mut at_hand = self.at_hand(key);
        at_hand.retain(|(m, _)| is_other(m));
        let below = |(measure, value): &(MeasureIx, Decimal)| {
            Some(Hypothesis::OtherDenominator {
                measure: *measure,
                value: *value,
                percent: asked.fits(asked.n, *value)?,
            })
        };
        let above = |(measure, value): &(MeasureIx, Decimal)| {
            Some(Hypothesis::OtherNumerator {
                measure: *measure,
                value: *value,
                percent: asked.fits(*value, asked.d)?,
            })
        };
        at_hand
            .iter()
            .find_map(below)
            .or_else(|| at_hand.iter().find_map(above))
    }

    /// The exact counts of a row; those of all procedures stand beside those of the unit as a whole.
    fn at_hand(&self, key: Key) -> Vec<(MeasureIx, Decimal)> {
        let is_whole =
            key.service() == ServiceIx::WHOLE || Some(key.service()) == self.all_services;
        let services = if is_whole {
            [Some(ServiceIx::WHOLE), self.all_services]
        } else {
            [Some(key.service()), None]
        };
        let rows = services.into_iter().flatten();
        let rows = rows.flat_map(|s| self.facts.row(key.unit(), s, key.period()));
        rows.map(|i| self.facts.keys()[i])
            .filter_map(|key| {
                let measure = MeasureIx(key.stat());
                let kind = self.catalog.measure(measure).kind;
                let is_amount = !matches!(kind, MeasureType::YesNo | MeasureType::Level);
                let (_, value) = self.exact(key).filter(|_| is_amount)?;
                Some((measure, value))
            })
            .collect()
    }
}

/// "0,92" where 92 % is meant.
fn as_fraction(asked: &Asked<'_>) -> Option<Hypothesis> {
    let ratio = Fraction::new(asked.n, asked.d)?;
    let is_below_one = !asked.stated.is_zero() && asked.stated <= Decimal::from_int(1);
    let fits = is_below_one && ratio.round(asked.decimals.0) == asked.stated;
    fits.then(|| Hypothesis::Fraction {
        percent: ratio.percent(asked.decimals.1),
    })
}

/// The share of the rest: 17,4 % late where the indicator is what was on time.
fn of_rest(asked: &Asked<'_>) -> Option<Hypothesis> {
    let rest = asked.d.checked_sub(asked.n).filter(|r| !r.is_negative())?;
    let percent = asked.fits(rest, asked.d)?;
    Some(Hypothesis::Rest { percent })
}

/// 66,66 % of 66,6667 %: the last digits were cut off.
fn cut_off(asked: &Asked<'_>) -> Option<Hypothesis> {
    let ratio = Fraction::new(asked.n, asked.d)?;
    let exact = fine(ratio, asked.decimals.0);
    let next = asked
        .stated
        .checked_add(Decimal::new(1, asked.decimals.0))?;
    let fits = asked.decimals.0 > 0 && asked.stated < exact && exact < next;
    fits.then(|| Hypothesis::CutOff {
        percent: ratio.percent(asked.decimals.0),
    })
}
