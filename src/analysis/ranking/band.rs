//! The ranks that a unit could hold, as far as its counts tell.
//!
//! A ratio of few dossiers moves much with each of them. Two units whose intervals overlap are too close to say that
//! one is above the other.

use crate::decimal::Decimal;
use crate::diagnostic::to_u32;

/// Billionths in a whole: bounds are compared as whole numbers.
const SCALE: i64 = 1_000_000_000;

/// The 97.5 % point of the normal distribution: 95 % lie between it and its negative.
const Z: f64 = 1.959_963_984_540_054;

/// A share with its bounds, in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Lower bound.
    pub lower: i64,
    /// Upper bound.
    pub upper: i64,
}

impl Interval {
    /// The interval that also holds `share`, which is rounded as it is published: of two equal published figures
    /// neither is ever above the other.
    fn holding(self, share: i64) -> Self {
        Self {
            lower: self.lower.min(share),
            upper: self.upper.max(share),
        }
    }
}

/// The Wilson score interval of `part` in `whole` at 95 %, rounded to billionths. `None` unless both are whole
/// numbers with 0 ≤ part ≤ whole and whole > 0.
///
/// Only sums, products, quotients and a square root are taken, which IEEE 754 rounds alike on every machine.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927),
/// 209–212; recommended by A. Agresti and B. A. Coull, The American Statistician 52 (1998), 119–126.
pub fn wilson(part: Decimal, whole: Decimal) -> Option<Interval> {
    let fits = part.is_integer()
        && whole.is_integer()
        && !part.is_negative()
        && part <= whole
        && whole > Decimal::ZERO;
    if !fits {
        return None;
    }
    let (x, n) = (part.to_f64(), whole.to_f64());
    let z2 = Z * Z;
    let centre = (x + z2 / 2.0) / (n + z2);
    let half = Z / (n + z2) * (x * (n - x) / n + z2 / 4.0).sqrt();
    Some(Interval {
        lower: billionths(centre - half),
        upper: billionths(centre + half),
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a share between 0 and 1 in billionths fits"
)]
fn billionths(share: f64) -> i64 {
    (share * SCALE as f64).round().clamp(0.0, SCALE as f64) as i64
}

/// A ranked figure: its published value in per cent, and its interval where it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// As published.
    pub percent: Decimal,
    /// Its interval.
    pub interval: Option<Interval>,
}

/// The best and the worst rank that each figure could hold: best is 1 and one for each figure whose whole interval
/// lies on the better side, worst is the number of figures less those whose whole interval lies on the worse side.
/// A figure without an interval has no band, and no other is above or below it. O(n log n).
pub fn bands(figures: &[Placed], down_is_better: bool) -> Vec<Option<(u32, u32)>> {
    let intervals: Vec<Option<Interval>> = figures
        .iter()
        .map(|f| Some(f.interval?.holding(share(f.percent)?)))
        .collect();
    let mut lowers: Vec<i64> = intervals.iter().flatten().map(|i| i.lower).collect();
    let mut uppers: Vec<i64> = intervals.iter().flatten().map(|i| i.upper).collect();
    lowers.sort_unstable();
    uppers.sort_unstable();
    intervals
        .iter()
        .map(|i| {
            let i = (*i)?;
            let above = lowers.len() - lowers.partition_point(|l| *l <= i.upper);
            let below = uppers.partition_point(|u| *u < i.lower);
            let (better, worse) = if down_is_better {
                (below, above)
            } else {
                (above, below)
            };
            Some((to_u32(better + 1), to_u32(figures.len() - worse)))
        })
        .collect()
}

/// A percentage as a share in billionths; `None` outside of 0 to 100.
fn share(percent: Decimal) -> Option<i64> {
    let rounded = percent.round(7);
    let share = (rounded.scale() == 7).then(|| rounded.mantissa())?;
    (0..=SCALE).contains(&share).then_some(share)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decimal::Fraction;

    fn of(part: i64, whole: i64) -> Option<Interval> {
        wilson(Decimal::from_int(part), Decimal::from_int(whole))
    }

    fn check(part: i64, whole: i64, lower: &str, upper: &str) {
        let i = of(part, whole).unwrap();
        let shown = |bound: i64| Decimal::new(bound, 9).round(4).to_plain();
        assert_eq!(
            (shown(i.lower).as_str(), shown(i.upper).as_str()),
            (lower, upper)
        );
    }

    /// By hand for 81 in 263, z² = 3.841459: centre (81 + 1.920729) / 266.841459 = 0.310749; under the root
    /// 81·182/263 + 0.960365 = 57.013596, root 7.550735; times 1.959964/266.841459 = 0.055461; so 0.2553 to 0.3662.
    /// These four are also the worked examples of R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    #[test]
    fn bounds_of_worked_examples() {
        check(81, 263, "0.2553", "0.3662");
        check(15, 148, "0.0624", "0.1605");
        check(0, 20, "0.0000", "0.1611");
        check(1, 29, "0.0061", "0.1718");
        check(20, 20, "0.8389", "1.0000");
    }

    #[test]
    fn only_a_part_of_a_whole_has_an_interval() {
        assert_eq!(of(3, 2), None);
        assert_eq!(of(0, 0), None);
        assert_eq!(of(-1, 2), None);
        assert_eq!(wilson(Decimal::new(15, 1), Decimal::from_int(2)), None);
    }

    fn placed(part: i64, whole: i64) -> Placed {
        let (n, d) = (Decimal::from_int(part), Decimal::from_int(whole));
        Placed {
            percent: Fraction::new(n, d).unwrap().percent(2),
            interval: wilson(n, d),
        }
    }

    /// 90 in 100 is 0.826 to 0.945, 9 in 10 is 0.596 to 0.982, 70 in 100 is 0.604 to 0.781, 20 in 100 is 0.133 to
    /// 0.289: the first lies wholly above the third, the second tells nothing but that it is above the last.
    #[test]
    fn few_dossiers_make_a_wide_band() {
        let figures = [
            placed(90, 100),
            placed(9, 10),
            placed(70, 100),
            placed(20, 100),
        ];
        let up = [Some((1, 2)), Some((1, 3)), Some((2, 3)), Some((4, 4))];
        assert_eq!(bands(&figures, false), up);
        // Where less is better the same figures stand the other way round.
        let down = [Some((3, 4)), Some((2, 4)), Some((2, 3)), Some((1, 1))];
        assert_eq!(bands(&figures, true), down);
    }

    #[test]
    fn equal_published_figures_share_their_band_whatever_the_counts() {
        // 50.000 % and 50.002 % of so many differ for certain, yet both are published as 50.00 %.
        let figures = [
            placed(50_000_000_000, 100_000_000_000),
            placed(50_002_000_000, 100_000_000_000),
        ];
        assert_eq!(bands(&figures, false), [Some((1, 2)), Some((1, 2))]);
    }

    proptest! {
        /// The definition, figure by figure, against the sorted bounds; and the band always holds the rank.
        #[test]
        fn bands_are_what_the_definition_says(
            counts in prop::collection::vec((0i64..=400, 1i64..=400), 1..40),
            down in any::<bool>(),
        ) {
            let figures: Vec<Placed> = counts.iter().map(|(a, b)| placed(*a.min(b), *b)).collect();
            let whole: Vec<Interval> = figures
                .iter()
                .map(|f| f.interval.unwrap().holding(share(f.percent).unwrap()))
                .collect();
            for (at, band) in bands(&figures, down).into_iter().enumerate() {
                let (best, worst) = band.unwrap();
                let above = whole.iter().filter(|o| o.lower > whole[at].upper).count();
                let below = whole.iter().filter(|o| o.upper < whole[at].lower).count();
                let (better, worse) = if down { (below, above) } else { (above, below) };
                prop_assert_eq!((best, worst), (to_u32(1 + better), to_u32(figures.len() - worse)));
                let is_better = |f: &&Placed| {
                    if down { f.percent < figures[at].percent } else { f.percent > figures[at].percent }
                };
                let rank = to_u32(1 + figures.iter().filter(is_better).count());
                let shared = to_u32(figures.iter().filter(|f| f.percent == figures[at].percent).count());
                prop_assert!(best <= rank && rank + shared - 1 <= worst);
            }
        }
    }
}
