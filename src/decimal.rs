//! Exact numbers: decimals, and in `fraction` the quotients of two of them. No binary fraction ever reaches a
//! figure. No operation panics or overflows: sums that do not fit give `None`, roundings keep the number.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

mod fraction;

pub use fraction::Fraction;

/// The most decimals a number keeps.
const MAX_SCALE: u8 = 18;

/// A decimal number: `mantissa / 10^scale`, with at most 18 decimals.
///
/// Compared and hashed by value, so `1.50 == 1.5`; printed as it was written.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };

    /// Makes `mantissa / 10^scale`; a scale over 18 is taken as 18.
    pub const fn new(mantissa: i64, scale: u8) -> Self {
        let scale = if scale > MAX_SCALE { MAX_SCALE } else { scale };
        Self { mantissa, scale }
    }

    /// Makes a whole number.
    pub const fn from_int(n: i64) -> Self {
        Self {
            mantissa: n,
            scale: 0,
        }
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

    /// The sum; `None` where it is too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.scale == other.scale
            && let Some(mantissa) = self.mantissa.checked_add(other.mantissa)
        {
            // Nearly every sum, without wide arithmetic; the way below gives the same.
            return Some(Self { mantissa, ..self });
        }
        let scale = self.scale.max(other.scale);
        from_wide(self.at_scale(scale) + other.at_scale(scale), scale)
    }

    /// The product; `None` where it is too large or has too many decimals.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (a, b) = (self.normalized(), other.normalized());
        let wide = i128::from(a.mantissa) * i128::from(b.mantissa);
        let scale = a.scale + b.scale;
        let product = (scale <= MAX_SCALE).then(|| from_wide(wide, scale))?;
        product.map(Self::normalized)
    }

    /// The difference; `None` where it is too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        from_wide(self.at_scale(scale) - other.at_scale(scale), scale)
    }

    /// The number without its sign; the smallest number stops at the largest.
    #[must_use]
    pub fn abs(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_abs(),
            scale: self.scale,
        }
    }

    /// The number with its sign turned; the smallest number stops at the largest.
    #[must_use]
    pub fn negate(self) -> Self {
        Self {
            mantissa: self.mantissa.saturating_neg(),
            scale: self.scale,
        }
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

    /// The number at exactly `decimals` decimals (at most 18), halves away from zero; a number too large for
    /// that many decimals keeps its scale.
    #[must_use]
    pub fn round(self, decimals: u8) -> Self {
        let decimals = decimals.min(MAX_SCALE);
        let rounded = if decimals >= self.scale {
            self.at_scale(decimals)
        } else {
            divide_half_away(i128::from(self.mantissa), power(self.scale - decimals))
        };
        i64::try_from(rounded).map_or(self, |mantissa| Self {
            mantissa,
            scale: decimals,
        })
    }

    /// Reads a plain number such as `-12.50`, with a point and without marks between thousands. `None` for
    /// anything else, for more than 18 decimals and for numbers that do not fit.
    pub fn parse_plain(text: &str) -> Option<Self> {
        let (sign, digits) = text
            .strip_prefix('-')
            .map_or(("", text), |rest| ("-", rest));
        let (whole, decimals) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let is_number = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(decimals) {
            return None;
        }
        let scale = u8::try_from(decimals.len())
            .ok()
            .filter(|s| *s <= MAX_SCALE)?;
        let mantissa = format!("{sign}{whole}{decimals}").parse().ok()?;
        Some(Self { mantissa, scale })
    }

    /// The plain number with a point; its decimals are kept, also where they are zeros.
    pub fn to_plain(self) -> String {
        self.to_string()
    }

    /// The digits at a scale that is not below its own.
    fn at_scale(self, scale: u8) -> i128 {
        i128::from(self.mantissa) * power(scale.saturating_sub(self.scale))
    }
}

/// `10^scale`, for scales up to 18.
fn power(scale: u8) -> i128 {
    10i128.pow(u32::from(scale.min(MAX_SCALE)))
}

/// A number from wide digits; zeros at the end give way where it would not fit.
fn from_wide(mut mantissa: i128, mut scale: u8) -> Option<Decimal> {
    while i64::try_from(mantissa).is_err() && scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    i64::try_from(mantissa)
        .ok()
        .map(|mantissa| Decimal { mantissa, scale })
}

/// `n / d`, halves away from zero; `d` is positive.
fn divide_half_away(n: i128, d: i128) -> i128 {
    let (quotient, rest) = (n / d, n % d);
    if rest.unsigned_abs() * 2 >= d.unsigned_abs() {
        quotient + n.signum()
    } else {
        quotient
    }
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
        let (whole, decimals) = text.split_at(text.len() - scale);
        write!(f, "{sign}{whole}.{decimals}")
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
        if self.scale == other.scale {
            return self.mantissa.cmp(&other.mantissa);
        }
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse_plain(text).unwrap()
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(d("0.125").round(2).to_plain(), "0.13");
        assert_eq!(d("-0.125").round(2).to_plain(), "-0.13");
        assert_eq!(d("2.5").round(0).to_plain(), "3");
        assert_eq!(d("2.4999").round(0).to_plain(), "2");
        assert_eq!(d("1.5").round(3).to_plain(), "1.500");
        assert_eq!(
            Decimal::new(i64::MAX, 0).round(2),
            Decimal::new(i64::MAX, 0)
        );
    }

    #[test]
    fn plain_numbers_are_read_strictly() {
        for bad in [
            "",
            "-",
            "1.",
            ".5",
            "1,5",
            "1e3",
            "1 000",
            "+1",
            "--1",
            "99999999999999999999",
        ] {
            assert_eq!(Decimal::parse_plain(bad), None, "{bad}");
        }
        assert_eq!(d("-12.50").to_plain(), "-12.50");
        assert_eq!(d("007").to_plain(), "7");
        assert_eq!(d("-0.05").to_plain(), "-0.05");
    }

    #[test]
    fn equal_values_are_equal_keys() {
        assert_eq!(d("12.50"), d("12.5"));
        assert!(d("-0.3") < d("-0.29") && d("9.99") < d("10"));
        let keys: HashSet<Decimal> = ["1", "1.0", "1.00", "10", "0", "0.0"].map(d).into();
        assert_eq!(keys.len(), 3);
    }

    #[test]
    fn sums_align_their_decimals_and_stop_at_the_edge() {
        assert_eq!(
            d("0.1")
                .checked_add(d("0.25"))
                .map(Decimal::to_plain)
                .as_deref(),
            Some("0.35")
        );
        assert_eq!(
            d("1")
                .checked_sub(d("1.5"))
                .map(Decimal::to_plain)
                .as_deref(),
            Some("-0.5")
        );
        assert_eq!(
            Decimal::from_int(i64::MAX).checked_add(Decimal::from_int(1)),
            None
        );
    }

    proptest! {
        #[test]
        fn plain_text_comes_back(m in any::<i64>(), s in 0u8..=18) {
            let n = Decimal::new(m, s);
            let back = Decimal::parse_plain(&n.to_plain()).unwrap();
            prop_assert_eq!((back.mantissa(), back.scale()), (n.mantissa(), n.scale()));
        }

        #[test]
        fn no_operation_panics(a in any::<i64>(), b in any::<i64>(), s in any::<u8>(), t in 0u8..=18, r in any::<u8>()) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, t));
            let _ = (x.checked_add(y), x.checked_sub(y), x.round(r), x.cmp(&y), x.abs(), x.negate(), x.to_f64());
            let _ = (x.is_integer(), x.normalized(), x.to_plain());
        }

        #[test]
        fn a_sum_taken_apart_gives_its_part(a in -1_000_000i64..1_000_000, b in -1_000_000i64..1_000_000, s in 0u8..6, t in 0u8..6) {
            let (x, y) = (Decimal::new(a, s), Decimal::new(b, t));
            prop_assert_eq!(x.checked_add(y).and_then(|sum| sum.checked_sub(y)), Some(x));
        }
    }
}
