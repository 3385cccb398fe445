//! Exact quotients: what a ratio is before it is rounded.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{Decimal, MAX_SCALE};

/// The exact quotient of two decimals, compared and hashed by value. Its denominator is never zero.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    numerator: Decimal,
    denominator: Decimal,
}

impl Fraction {
    /// Makes `numerator / denominator`; `None` where the denominator is zero.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        (!denominator.is_zero()).then_some(Self {
            numerator,
            denominator,
        })
    }

    /// What stands above the line, as given.
    pub fn numerator(self) -> Decimal {
        self.numerator
    }

    /// What stands below the line, as given.
    pub fn denominator(self) -> Decimal {
        self.denominator
    }

    /// The quotient at `decimals` decimals (at most 18), halves away from zero; one too large for that many
    /// decimals stops at the largest number.
    pub fn round(self, decimals: u8) -> Decimal {
        self.shifted(0, decimals)
    }

    /// The quotient in per cent at `decimals` decimals (at most 18), halves away from zero; one too large for
    /// that many decimals stops at the largest number.
    pub fn percent(self, decimals: u8) -> Decimal {
        self.shifted(2, decimals)
    }

    /// How many percentage points it lies above `other`: the difference of the two *rounded* shares, so that it
    /// agrees with what stands on the page.
    pub fn percent_minus(self, other: Self, decimals: u8) -> Decimal {
        let (this, other) = (self.percent(decimals), other.percent(decimals));
        let difference = this.mantissa().saturating_sub(other.mantissa());
        Decimal::new(difference, this.scale())
    }

    /// A near binary fraction, for drawing only.
    pub fn to_f64(self) -> f64 {
        self.numerator.to_f64() / self.denominator.to_f64()
    }

    /// The quotient times `10^places`, at `decimals` decimals: long division, so that nothing overflows.
    fn shifted(self, places: u8, decimals: u8) -> Decimal {
        let decimals = decimals.min(MAX_SCALE);
        if let Some(mantissa) = self.shifted_counts(u32::from(places + decimals)) {
            return Decimal::new(mantissa, decimals);
        }
        let (n, d) = self.terms();
        let (mut quotient, mut rest) = (n.abs() / d, n.abs() % d);
        for _ in 0..places + decimals {
            // `d` is below 10^37, so ten rests fit; the quotient has stopped long before it would not.
            quotient = quotient.saturating_mul(10).saturating_add(rest * 10 / d);
            rest = rest * 10 % d;
        }
        if rest * 2 >= d {
            quotient = quotient.saturating_add(1);
        }
        let mantissa = i64::try_from(quotient).unwrap_or(i64::MAX);
        Decimal::new(if n < 0 { -mantissa } else { mantissa }, decimals)
    }

    /// The rounded quotient of two counts times `10^places`, where nothing gets large: nearly every ratio of a site.
    fn shifted_counts(self, places: u32) -> Option<i64> {
        let (n, d) = (self.numerator, self.denominator);
        if n.scale != d.scale || n.mantissa < 0 || d.mantissa < 0 {
            return None;
        }
        let d = d.mantissa;
        let n = n.mantissa.checked_mul(10_i64.checked_pow(places)?)?;
        let (quotient, rest) = (n / d, n % d);
        Some(quotient + i64::from(rest >= d - rest))
    }

    /// Whole terms of the same quotient in their lowest form; the lower one is positive.
    fn terms(self) -> (i128, i128) {
        let scale = self.numerator.scale.max(self.denominator.scale);
        let (n, d) = (
            self.numerator.at_scale(scale),
            self.denominator.at_scale(scale),
        );
        let divisor = common_divisor(n.abs(), d.abs()) * d.signum();
        (n / divisor, d / divisor)
    }
}

/// The greatest common divisor; at least 1.
fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// Compares `a / b` with `c / d`, both with positive denominators, by their continued fractions: the cross
/// products of large terms would not fit.
fn compare_terms((mut a, mut b): (i128, i128), (mut c, mut d): (i128, i128)) -> Ordering {
    let mut turned = false;
    loop {
        let ordering = a.div_euclid(b).cmp(&c.div_euclid(d));
        let (left, right) = (a.rem_euclid(b), c.rem_euclid(d));
        let ordering = match (ordering, left, right) {
            (Ordering::Equal, 0, 0) => return Ordering::Equal,
            (Ordering::Equal, 0, _) => Ordering::Less,
            (Ordering::Equal, _, 0) => Ordering::Greater,
            (Ordering::Equal, _, _) => {
                // left/b against right/d is the reverse of b/left against d/right.
                (a, b, c, d) = (b, left, d, right);
                turned = !turned;
                continue;
            }
            (unequal, _, _) => unequal,
        };
        return if turned { ordering.reverse() } else { ordering };
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.terms() == other.terms()
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        compare_terms(self.terms(), other.terms())
    }
}

impl Hash for Fraction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.terms().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fraction(n: i64, of: i64) -> Fraction {
        Fraction::new(Decimal::from_int(n), Decimal::from_int(of)).unwrap()
    }

    fn percent(n: i64, of: i64, decimals: u8) -> String {
        fraction(n, of).percent(decimals).to_plain()
    }

    #[test]
    fn ratios_of_the_reports() {
        assert_eq!(percent(1178, 1281, 0), "92");
        assert_eq!(percent(1178, 1281, 2), "91.96");
        assert_eq!(percent(67_073, 68_164, 0), "98");
        assert_eq!(percent(991_098, 1_109_057, 2), "89.36");
        assert_eq!(percent(66_115, 240_077, 1), "27.5");
        assert_eq!(percent(1177, 1178, 1), "99.9");
        assert_eq!(percent(9, 45_899, 2), "0.02");
        assert_eq!(percent(-1, 8, 0), "-13");
        assert_eq!(percent(1, -8, 1), "-12.5");
        assert_eq!(fraction(2, 3).round(4).to_plain(), "0.6667");
    }

    #[test]
    fn points_are_the_difference_of_what_is_shown() {
        // 66.67 % and 33.33 % differ by 33.34 points on the page, though by 33.33 in truth.
        assert_eq!(
            fraction(2, 3).percent_minus(fraction(1, 3), 2).to_plain(),
            "33.34"
        );
        assert_eq!(
            fraction(1, 2).percent_minus(fraction(3, 4), 1).to_plain(),
            "-25.0"
        );
    }

    #[test]
    fn a_zero_denominator_makes_no_fraction() {
        assert!(Fraction::new(Decimal::ZERO, Decimal::new(0, 2)).is_none());
    }

    #[test]
    fn terms_of_any_size_are_divided_exactly() {
        let huge = Decimal::from_int(i64::MAX);
        let tiny = Decimal::new(1, 18);
        assert_eq!(
            Fraction::new(huge, huge).unwrap().percent(15).to_plain(),
            "100.000000000000000"
        );
        assert_eq!(
            Fraction::new(huge, tiny).unwrap().percent(2),
            Decimal::new(i64::MAX, 2)
        );
        assert_eq!(
            Fraction::new(tiny, huge).unwrap().percent(2).to_plain(),
            "0.00"
        );
        let near = Decimal::new(9_223_372_036_854_775_806, 18);
        assert!(
            Fraction::new(near, huge).unwrap()
                < Fraction::new(Decimal::new(i64::MAX, 18), huge).unwrap()
        );
    }

    #[test]
    fn equal_quotients_are_equal() {
        assert_eq!(fraction(1, 3), fraction(-2, -6));
        assert!(fraction(-1, 3) < fraction(1, 3) && fraction(1, -3) < fraction(-1, 4));
    }

    proptest! {
        #[test]
        fn no_operation_panics(a in any::<i64>(), b in any::<i64>(), s in 0u8..=18, t in 0u8..=18, r in any::<u8>()) {
            let Some(f) = Fraction::new(Decimal::new(a, s), Decimal::new(b, t)) else { return Ok(()) };
            let _ = (f.round(r), f.percent(r), f.percent_minus(f, r), f.to_f64(), f.cmp(&fraction(1, 3)));
            prop_assert_eq!(f.cmp(&f), Ordering::Equal);
        }

        #[test]
        fn the_order_is_that_of_the_cross_products(a in any::<i64>(), b in 1..i64::MAX, c in any::<i64>(), d in 1..i64::MAX) {
            let crossed = (i128::from(a) * i128::from(d)).cmp(&(i128::from(c) * i128::from(b)));
            prop_assert_eq!(fraction(a, b).cmp(&fraction(c, d)), crossed);
        }

        #[test]
        fn a_rounded_quotient_is_within_half_a_digit(n in -1_000_000i64..1_000_000, d in 1i64..1_000_000) {
            let twice = 2 * i128::from(fraction(n, d).percent(2).mantissa()) * i128::from(d);
            prop_assert!((twice - 20_000 * i128::from(n)).abs() <= i128::from(d));
        }
    }
}
