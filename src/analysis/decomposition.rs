//! A ratio's change in two parts: what its numerator brought and what its denominator brought.
//!
//! With r0 = n0/d0 and r1 = n1/d1 the numerator's part is (n1 - n0) · ½(1/d0 + 1/d1) and the denominator's part is
//! ½(n0 + n1) · (1/d1 - 1/d0). Their sum is exactly r1 - r0, neither depends on which side is changed first, and both
//! swap their sign when the two periods are swapped.
//!
//! Source: Shapley, "A Value for n-Person Games" (1953), for two factors; Sun, "Changes in energy consumption and energy
//! intensity: a complete decomposition model", Energy Economics 20 (1998), 85–100; Das Gupta, *Standardization and
//! Decomposition of Rates* (U.S. Bureau of the Census, P23-186, 1993), chapter 2.

use super::Observation;
use crate::decimal::Decimal;

/// The two parts of a ratio's change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// What the numerator brought, in percentage points.
    pub numerator: Decimal,
    /// What the denominator brought, in percentage points. The two add up to the published change.
    pub denominator: Decimal,
    /// How much the numerator itself rose.
    pub numerator_rise: Decimal,
    /// How much the denominator itself rose.
    pub denominator_rise: Decimal,
    /// Whether the denominator explains most of the change: at least two parts in three, in the same direction.
    pub is_by_denominator: bool,
}

/// Splits the change between two observations of a ratio, published as `difference`. `None` where one of them has no
/// counts, where a denominator is not positive, or where the numbers are too large to be exact.
pub(super) fn split(before: &Observation, now: &Observation, difference: Decimal) -> Option<Parts> {
    let counts = [
        before.numerator?,
        before.denominator?,
        now.numerator?,
        now.denominator?,
    ];
    parts(counts, difference)
}

fn parts(counts: [Decimal; 4], difference: Decimal) -> Option<Parts> {
    let scale = counts.iter().map(|c| c.scale()).max()?;
    let [n0, d0, n1, d1] = counts.map(|c| whole(c, scale));
    let (n0, d0, n1, d1) = (n0?, d0?, n1?, d1?);
    if d0 <= 0 || d1 <= 0 {
        return None;
    }
    // Both parts over one denominator, in units of the last published digit of a percentage.
    let digit = 10_i128.checked_pow(u32::from(difference.scale()) + 2)?;
    let over = 2_i128.checked_mul(d0)?.checked_mul(d1)?;
    let part = |rise: i128, by: i128| rise.checked_mul(by)?.checked_mul(digit);
    let exact = (
        part(n1 - n0, d0.checked_add(d1)?)?,
        part(d0 - d1, n0.checked_add(n1)?)?,
    );
    let (numerator, denominator) = rounded(exact, over, i128::from(difference.mantissa()))?;
    let is_same_way = exact.1.signum() == i128::from(difference.mantissa().signum());
    let rise = |from: usize, to: usize| counts[to].checked_sub(counts[from]);
    Some(Parts {
        numerator: Decimal::new(i64::try_from(numerator).ok()?, difference.scale()),
        denominator: Decimal::new(i64::try_from(denominator).ok()?, difference.scale()),
        numerator_rise: rise(0, 2)?,
        denominator_rise: rise(1, 3)?,
        is_by_denominator: difference.mantissa() != 0
            && is_same_way
            && exact.1.abs() >= exact.0.abs().checked_mul(2)?,
    })
}

/// Rounds two parts so that they add up to `total`: what is left over goes where the rounding was hardest, and never to a
/// side that did not move.
fn rounded((a, b): (i128, i128), over: i128, total: i128) -> Option<(i128, i128)> {
    let round = |x: i128| {
        let twice = x.checked_mul(2)?;
        let half = over * x.signum();
        Some(twice.checked_add(half)? / over.checked_mul(2)?)
    };
    let (mut ra, mut rb) = (round(a)?, round(b)?);
    loop {
        let left = total - ra - rb;
        if left == 0 {
            return Some((ra, rb));
        }
        let step = left.signum();
        // How much each was rounded against the direction that is needed now.
        let lost =
            |exact: i128, rounded: i128| (exact - rounded.checked_mul(over)?).checked_mul(step);
        let to_first = b == 0 || a != 0 && lost(a, ra)? >= lost(b, rb)?;
        if to_first {
            ra += step;
        } else {
            rb += step;
        }
        // The published figures are each rounded by half a digit: no more than two digits can be left over.
        if left.abs() > 2 {
            return None;
        }
    }
}

fn whole(value: Decimal, scale: u8) -> Option<i128> {
    let by = 10_i128.checked_pow(u32::from(scale - value.scale()))?;
    i128::from(value.mantissa()).checked_mul(by)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decimal::Fraction;

    fn published(n: i64, d: i64, decimals: u8) -> Decimal {
        let f = Fraction::new(Decimal::from_int(n), Decimal::from_int(d));
        f.unwrap().percent(decimals)
    }

    fn split_counts(counts: [i64; 4], decimals: u8) -> Option<Parts> {
        let [n0, d0, n1, d1] = counts;
        let difference = published(n1, d1, decimals).checked_sub(published(n0, d0, decimals))?;
        parts(counts.map(Decimal::from_int), difference)
    }

    #[test]
    fn a_denominator_that_is_taken_anew_moves_the_ratio_alone() {
        // Inspection 004: 66.115 direct dossiers are 38,0% of 173.962 online ones and 27,5% of all 240.077. The numerator
        // does not move, so the whole fall of 10,5 points is the denominator's.
        let p = split_counts([66_115, 173_962, 66_115, 240_077], 1).unwrap();
        assert_eq!(p.numerator.to_plain(), "0.0");
        assert_eq!(p.denominator.to_plain(), "-10.5");
        assert!(p.is_by_denominator);
        assert_eq!(p.denominator_rise, Decimal::from_int(66_115));
    }

    #[test]
    fn accounts_and_residents_both_rise() {
        // 2.000/4.000 = 50% to 2.120/8.300 = 25,54%: change -24,46 points.
        // Numerator: 120 · ½(1/4.000 + 1/8.300) = 120 · 0,000185241 = 0,0222289, that is +2,22 points.
        // Denominator: ½ · 4.120 · (1/8.300 - 1/4.000) = 2.060 · -0,000129518 = -0,2668072, that is -26,68 points.
        let p = split_counts([2_000, 4_000, 2_120, 8_300], 2).unwrap();
        assert_eq!(p.numerator.to_plain(), "2.22");
        assert_eq!(p.denominator.to_plain(), "-26.68");
        assert!(p.is_by_denominator);
    }

    #[test]
    fn parts_add_up_to_what_is_published() {
        // 1/3 = 33,3% to 2/3 = 66,7%: published +33,4, exact 33,333. Only the numerator moved.
        let p = split_counts([1, 3, 2, 3], 1).unwrap();
        assert_eq!(
            (p.numerator.to_plain(), p.denominator.to_plain()),
            ("33.4".into(), "0.0".into())
        );
        // 1/2 = 50% to 2/3 = 66,7%: numerator 1 · ½(1/2 + 1/3) = 41,67; denominator 1,5 · (1/3 - 1/2) = -25,00.
        // Rounded 41,7 and -25,0 add up to the published 16,7.
        let p = split_counts([1, 2, 2, 3], 1).unwrap();
        assert_eq!(
            (p.numerator.to_plain(), p.denominator.to_plain()),
            ("41.7".into(), "-25.0".into())
        );
        assert!(!p.is_by_denominator);
    }

    #[test]
    fn nothing_is_split_without_two_denominators() {
        assert!(split_counts([1, 2, 1, 2], 1).is_some());
        let zero = [1, 0, 1, 2].map(Decimal::from_int);
        assert!(parts(zero, Decimal::ZERO).is_none());
        let huge = [i64::MAX; 4].map(|n| Decimal::new(n, 0));
        assert!(parts(huge, Decimal::new(0, 2)).is_none());
    }

    proptest! {
        #[test]
        fn the_parts_always_add_up(n0 in 0i64..1_000_000, d0 in 1i64..1_000_000, n1 in 0i64..1_000_000, d1 in 1i64..1_000_000, decimals in 0u8..4) {
            let p = split_counts([n0, d0, n1, d1], decimals).unwrap();
            let sum = p.numerator.checked_add(p.denominator).unwrap();
            let change = published(n1, d1, decimals).checked_sub(published(n0, d0, decimals)).unwrap();
            prop_assert_eq!(sum, change);
            if n0 == n1 { prop_assert!(p.numerator.is_zero()); }
            if d0 == d1 { prop_assert!(p.denominator.is_zero()); }
        }
    }
}
