//! Exact numbers: decimals and the quotients of two of them. No binary fraction ever reaches a figure.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The most decimals a number keeps.
const MAX_SCALE: u8 = 18;

/// A decimal number: `mantissa / 10^scale`. Compared and hashed by value, so `1.50 == 1.5`.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

fn power(scale: u8) -> i128 {
    10i128.pow(u32::from(scale.min(MAX_SCALE * 2)))
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// `mantissa / 10^scale`; a scale over 18 is taken as 18.
    pub fn new(mantissa: i64, scale: u8) -> Self {
        Self { mantissa, scale: scale.min(MAX_SCALE) }
    }

    /// A whole number.
    pub fn from_int(n: i64) -> Self {
        Self { mantissa: n, scale: 0 }
    }

    /// The digits without the point.
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// The number of decimals.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Whether it is a whole number by value.
    pub fn is_integer(self) -> bool {
        i128::from(self.mantissa) % power(self.scale) == 0
    }

    /// The digits at a common scale.
    fn at_scale(self, scale: u8) -> i128 {
        i128::from(self.mantissa) * power(scale - self.scale)
    }

    fn from_wide(mantissa: i128, scale: u8) -> Option<Self> {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while i64::try_from(mantissa).is_err() && scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        i64::try_from(mantissa).ok().map(|m| Self { mantissa: m, scale })
    }

    /// The sum; `None` where it is too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::from_wide(self.at_scale(scale) + other.at_scale(scale), scale)
    }

    /// The difference; `None` where it is too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::from_wide(self.at_scale(scale) - other.at_scale(scale), scale)
    }

    /// The number without its sign; the smallest number stops at the largest.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.saturating_abs(), scale: self.scale }
    }

    /// The number with its sign turned; the smallest number stops at the largest.
    #[must_use]
    pub fn negate(self) -> Self {
        Self { mantissa: self.mantissa.saturating_neg(), scale: self.scale }
    }

    /// A near binary fraction, for drawing only.
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10f64.powi(i32::from(self.scale))
    }

    /// The number without needless zeros at its end.
    #[must_use]
    pub fn normalized(self) -> Self {
        let mut n = self;
        while n.scale > 0 && n.mantissa % 10 == 0 {
            n.mantissa /= 10;
            n.scale -= 1;
        }
        n
    }

    /// The number at exactly `decimals` decimals, halves away from zero; too large a number keeps its scale.
    #[must_use]
    pub fn round(self, decimals: u8) -> Self {
        let decimals = decimals.min(MAX_SCALE);
        let rounded = if decimals >= self.scale {
            self.at_scale(decimals)
        } else {
            divide_half_away(i128::from(self.mantissa), power(self.scale - decimals))
        };
        i64::try_from(rounded).map_or(self, |mantissa| Self { mantissa, scale: decimals })
    }

    /// A plain number such as `-12.50`, with a point and without marks between thousands.
    pub fn parse_plain(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let has_point = digits.contains('.');
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) || (has_point && fraction.is_empty()) {
            return None;
        }
        let scale = u8::try_from(fraction.len()).ok().filter(|s| *s <= MAX_SCALE)?;
        let mantissa: i64 = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    /// A plain number with a point; its decimals are kept, also where they are zeros.
    pub fn to_plain(self) -> String {
        self.to_string()
    }
}

/// `n / d` with halves away from zero; `d` is positive.
fn divide_half_away(n: i128, d: i128) -> i128 {
    let (q, r) = (n / d, n % d);
    if r.unsigned_abs() * 2 >= d.unsigned_abs() { q + n.signum() } else { q }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs();
        if self.scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let scale = usize::from(self.scale);
        let text = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = text.split_at(text.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.at_scale(scale).cmp(&other.at_scale(scale))
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let n = self.normalized();
        (n.mantissa, n.scale).hash(state);
    }
}

/// An exact quotient. Its denominator is never zero.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    numerator: Decimal,
    denominator: Decimal,
}

impl Fraction {
    /// `numerator / denominator`; `None` where the denominator is zero.
    pub fn new(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        (!denominator.is_zero()).then_some(Self { numerator, denominator })
    }

    /// What stands above the line.
    pub fn numerator(self) -> Decimal {
        self.numerator
    }

    /// What stands below the line.
    pub fn denominator(self) -> Decimal {
        self.denominator
    }

    /// The quotient times `factor` at `decimals` decimals, halves away from zero; too large a quotient stops
    /// at the largest number.
    fn scaled(self, factor: i128, decimals: u8) -> Decimal {
        let decimals = decimals.min(6);
        let scale = self.numerator.scale.max(self.denominator.scale);
        let n = self.numerator.at_scale(scale);
        let d = self.denominator.at_scale(scale);
        let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
        let (n, d) = reduce(n, d);
        let mantissa = n
            .checked_mul(factor * power(decimals))
            .map_or(i128::from(i64::MAX) * n.signum(), |n| divide_half_away(n, d));
        let mantissa = mantissa.clamp(i128::from(-i64::MAX), i128::from(i64::MAX));
        Decimal { mantissa: i64::try_from(mantissa).unwrap_or(i64::MAX), scale: decimals }
    }

    /// The quotient at `decimals` (at most six) decimals, halves away from zero.
    pub fn round(self, decimals: u8) -> Decimal {
        self.scaled(1, decimals)
    }

    /// The quotient in per cent at `decimals` (at most six) decimals, halves away from zero.
    pub fn percent(self, decimals: u8) -> Decimal {
        self.scaled(100, decimals)
    }

    /// A near binary fraction, for drawing only.
    pub fn to_f64(self) -> f64 {
        self.numerator.to_f64() / self.denominator.to_f64()
    }

    fn parts(self) -> (i128, i128) {
        let scale = self.numerator.scale.max(self.denominator.scale);
        let (n, d) = (self.numerator.at_scale(scale), self.denominator.at_scale(scale));
        let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
        reduce(n, d)
    }
}

fn reduce(n: i128, d: i128) -> (i128, i128) {
    let (mut a, mut b) = (n.unsigned_abs(), d.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let g = i128::try_from(a.max(1)).unwrap_or(1);
    (n / g, d / g)
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Fraction {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse_plain(text).unwrap()
    }

    fn percent(n: i64, of: i64, decimals: u8) -> String {
        Fraction::new(Decimal::from_int(n), Decimal::from_int(of)).unwrap().percent(decimals).to_plain()
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(d("0.125").round(2).to_plain(), "0.13");
        assert_eq!(d("-0.125").round(2).to_plain(), "-0.13");
        assert_eq!(d("2.5").round(0).to_plain(), "3");
        assert_eq!(d("1.5").round(3).to_plain(), "1.500");
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
    }

    #[test]
    fn a_zero_denominator_makes_no_fraction() {
        assert!(Fraction::new(Decimal::ZERO, Decimal::new(0, 2)).is_none());
    }

    #[test]
    fn plain_numbers_are_read_strictly() {
        for bad in ["", "-", "1.", ".5", "1,5", "1e3", "1 000", "99999999999999999999"] {
            assert_eq!(Decimal::parse_plain(bad), None, "{bad}");
        }
        assert_eq!(d("-12.50").to_plain(), "-12.50");
        assert_eq!(d("12.50"), d("12.5"));
    }

    proptest! {
        #[test]
        fn plain_text_comes_back(m in any::<i64>(), s in 0u8..=18) {
            let n = Decimal::new(m.max(-i64::MAX), s);
            let back = Decimal::parse_plain(&n.to_plain()).unwrap();
            prop_assert_eq!((back.mantissa(), back.scale()), (n.mantissa(), n.scale()));
        }

        #[test]
        fn no_operation_panics(a in any::<i64>(), b in any::<i64>(), s in 0u8..=18, t in 0u8..=18, r in any::<u8>()) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, t));
            let _ = (x.checked_add(y), x.checked_sub(y), x.round(r), x.cmp(&y), x.abs(), x.negate(), x.to_f64());
            if let Some(f) = Fraction::new(x, y) {
                let _ = (f.percent(r), f.round(r), f == f);
            }
        }

        #[test]
        fn a_sum_minus_a_part_is_the_other(a in -1_000_000_000i64..1_000_000_000, b in -1_000_000_000i64..1_000_000_000, s in 0u8..4) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, 2));
            prop_assert_eq!(x.checked_add(y).and_then(|z| z.checked_sub(y)), Some(x));
        }
    }
}
