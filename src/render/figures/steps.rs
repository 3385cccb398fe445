//! Figures → five steps of one scale, for the cells of heat tables and the tiles of maps.
//!
//! The steps are equally wide and begin at round numbers, so that a reader can say which is which; all arithmetic is
//! exact, so that a figure at an edge is always in the step that begins there.

use crate::decimal::Decimal;

/// Steps of a scale.
const STEPS: i128 = 5;
/// More digits than this nobody publishes.
const MOST_DIGITS: i128 = 10_i128.pow(20);

/// A scale of five equal steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Steps {
    /// Where the first step begins, in units of the last decimal.
    start: i128,
    /// How wide each is.
    width: i128,
    /// The highest figure.
    high: i128,
    decimals: u8,
}

impl Steps {
    /// The scale of figures; nothing where all are equal, for then there is nothing to tell apart.
    ///
    /// The twentieth part at either end does not widen the steps: a few figures far from all others would leave these
    /// in one colour. They are in the first and the last step, which are open.
    pub(crate) fn of(values: impl Iterator<Item = Decimal> + Clone) -> Option<Self> {
        let decimals = values.clone().map(Decimal::scale).max()?;
        let mut units: Vec<i128> = values.map(|v| units(v, decimals)).collect();
        units.sort_unstable();
        let (lowest, highest) = (*units.first()?, *units.last()?);
        let few = units.len() / 20;
        let (low, high) = (*units.get(few)?, *units.get(units.len() - 1 - few)?);
        if low == high {
            return Self::between(lowest, highest, decimals);
        }
        Self::between(low, high, decimals)
    }

    fn between(low: i128, high: i128, decimals: u8) -> Option<Self> {
        if low == high || low < -MOST_DIGITS || high > MOST_DIGITS {
            return None;
        }
        let powers = (0..25).map(|p| 10_i128.pow(p));
        let mut widths = powers.flat_map(|p| [p, 2 * p, 5 * p]);
        let begins = |width: i128| low.div_euclid(width) * width;
        let width = widths.find(|w| begins(*w) + STEPS * w >= high)?;
        Some(Self {
            start: begins(width),
            width,
            high,
            decimals,
        })
    }

    /// The step of a figure, from 1 to 5. Where not all five are needed, those there are lie as far apart as they can.
    pub(crate) fn step(self, value: Decimal) -> u8 {
        let finer = power(value.scale().saturating_sub(self.decimals));
        let start = self.start.saturating_mul(finer);
        let width = self.width.saturating_mul(finer);
        let above = units(value, self.decimals.max(value.scale())).saturating_sub(start);
        self.shade(above.div_euclid(width).clamp(0, STEPS - 1))
    }

    /// The step for a position on the scale, from 0.
    fn shade(self, position: i128) -> u8 {
        let last = self.last();
        let step = match last {
            0 => 0,
            _ => (position.min(last) * (STEPS - 1) * 2 + last) / (2 * last),
        };
        u8::try_from(step + 1).unwrap_or(1)
    }

    /// The position of the highest figure.
    fn last(self) -> i128 {
        (self.high - self.start)
            .div_euclid(self.width)
            .clamp(0, STEPS - 1)
    }

    /// Where the second step and those after it begin, each with its number, as far as there are figures in them.
    pub(crate) fn edges(self) -> impl Iterator<Item = (u8, Decimal)> {
        (1..=self.last()).filter_map(move |position| {
            let edge = i64::try_from(self.start + position * self.width).ok()?;
            let edge = Decimal::new(edge, self.decimals).normalized();
            Some((self.shade(position), edge))
        })
    }
}

fn units(value: Decimal, decimals: u8) -> i128 {
    i128::from(value.mantissa()).saturating_mul(power(decimals.saturating_sub(value.scale())))
}

fn power(decimals: u8) -> i128 {
    10_i128.pow(u32::from(decimals))
}

#[cfg(test)]
mod tests {
    use super::Steps;
    use crate::decimal::Decimal;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse_plain(text).unwrap()
    }

    fn edges(values: &[&str]) -> Vec<String> {
        let steps = Steps::of(values.iter().map(|v| decimal(v)));
        steps.map_or_else(Vec::new, |s| s.edges().map(|(_, e)| e.to_plain()).collect())
    }

    #[test]
    fn steps_begin_at_round_numbers() {
        assert_eq!(edges(&["12.34", "100"]), ["20", "40", "60", "80"]);
        assert_eq!(edges(&["97.1", "99.9"]), ["98", "99"]);
        assert_eq!(edges(&["0", "3"]), ["1", "2", "3"]);
        assert!(edges(&["5", "5.0"]).is_empty());
        assert!(edges(&[]).is_empty());
    }

    #[test]
    fn few_steps_lie_far_apart() {
        let steps = Steps::of(["97.1", "99.9"].into_iter().map(decimal)).unwrap();
        let shades: Vec<u8> = steps.edges().map(|(step, _)| step).collect();
        assert_eq!(shades, [3, 5]);
        assert_eq!(steps.step(decimal("97.9")), 1);
        assert_eq!(steps.step(decimal("120")), 5);
    }

    #[test]
    fn a_few_far_figures_do_not_widen_the_steps() {
        let mut values = vec!["0"; 2];
        values.extend(["91", "93", "95", "97", "99"].iter().cycle().take(60));
        assert_eq!(edges(&values), ["92", "94", "96", "98"]);
    }

    #[test]
    fn a_figure_at_an_edge_begins_its_step() {
        let steps = Steps::of(["0", "100.00"].into_iter().map(decimal)).unwrap();
        for (value, step) in [
            ("0", 1),
            ("19.99", 1),
            ("20", 2),
            ("79.999", 4),
            ("80.0", 5),
            ("100", 5),
            ("-3", 1),
            ("1000", 5),
        ] {
            assert_eq!(steps.step(decimal(value)), step, "{value}");
        }
    }

    proptest! {
        #[test]
        fn greater_figures_have_no_lower_step(mut raw in prop::collection::vec((any::<i64>(), 0_u8..19), 1..30)) {
            raw.sort_by(|a, b| Decimal::new(a.0, a.1).cmp(&Decimal::new(b.0, b.1)));
            let values: Vec<Decimal> = raw.iter().map(|(m, s)| Decimal::new(*m, *s)).collect();
            if let Some(steps) = Steps::of(values.iter().copied()) {
                let found: Vec<u8> = values.iter().map(|v| steps.step(*v)).collect();
                prop_assert!(found.is_sorted() && found.iter().all(|s| (1..=5).contains(s)), "{found:?}");
            }
        }
    }
}
