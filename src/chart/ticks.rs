//! Ticks of a value axis in steps of 1, 2 and 5 times a power of ten, and their words.
//!
//! The steps are those of d3-array's `ticks.js`.

use super::spec::Unit;

/// An axis with three to five ticks: it begins at the first and ends at the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    /// The first tick as a multiple of the step.
    first: f64,
    /// Steps between the first and the last tick.
    steps: usize,
    step: Step,
}

/// `digit` × 10^`power`, kept apart so that ticks are exact.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    digit: f64,
    power: i32,
}

impl Axis {
    /// Returns the axis that holds `low..=high` with about four ticks. Counts have whole steps.
    pub(super) fn holding(low: f64, high: f64, unit: Unit) -> Self {
        let (low, high) = widened(low, high, unit);
        let least_power = match unit {
            Unit::Percent => -9,
            Unit::Count => 0,
        };
        let magnitude = power_of(high - low);
        let candidates = (magnitude - 1..=magnitude + 1)
            .flat_map(|power| {
                [1.0, 2.0, 5.0].map(|digit| Step {
                    digit,
                    power: power.max(least_power),
                })
            })
            .map(|step| Self::with(low, high, step));
        candidates
            .min_by(|a, b| a.unfitness(low, high).total_cmp(&b.unfitness(low, high)))
            .unwrap_or(Self {
                first: 0.0,
                steps: 4,
                step: Step {
                    digit: 1.0,
                    power: 0,
                },
            })
    }

    pub(super) fn low(&self) -> f64 {
        self.step.times(self.first)
    }

    pub(super) fn high(&self) -> f64 {
        self.step.times(self.first + self.steps as f64)
    }

    /// Returns the ticks from the lowest to the highest.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> + '_ {
        (0..=self.steps).map(|n| self.step.times(self.first + n as f64))
    }

    fn with(low: f64, high: f64, step: Step) -> Self {
        // A figure that lies on a tick up to rounding does not ask for one more.
        let first = (low / step.size() + 1e-9).floor();
        let last = (high / step.size() - 1e-9).ceil().max(first + 1.0);
        Self {
            first,
            steps: count(last - first),
            step,
        }
    }

    /// Distance from four ticks first, then the share of the axis that stays empty.
    fn unfitness(&self, low: f64, high: f64) -> f64 {
        let ticks = self.steps as f64 + 1.0;
        let many = if ticks < 3.0 { 100.0 } else { 0.0 };
        let empty = 1.0 - (high - low) / (self.high() - self.low());
        many + 10.0 * (ticks - 4.0).abs() + empty
    }
}

impl Step {
    fn size(self) -> f64 {
        self.times(1.0)
    }

    fn times(self, n: f64) -> f64 {
        let power = 10_f64.powi(self.power.abs());
        if self.power < 0 {
            n * self.digit / power
        } else {
            n * self.digit * power
        }
    }
}

/// Writes a value of an axis in the Vietnamese way: `40%`, `97,5%`, `1.200`.
pub(super) fn write_value(value: f64, unit: Unit, out: &mut String) {
    let digits = format!("{:.2}", value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if value < 0.0 && digits.contains(|c| matches!(c, '1'..='9')) {
        out.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    if unit == Unit::Percent {
        out.push('%');
    }
}

/// Gives a domain without width some around it, on the inner side of zero and one hundred per cent.
fn widened(low: f64, high: f64, unit: Unit) -> (f64, f64) {
    let least: f64 = match unit {
        Unit::Percent => 0.1,
        Unit::Count => 2.0,
    };
    if high - low >= least.max(high.abs() * 1e-6) {
        return (low, high);
    }
    let span = least.max(high.abs() * 0.1);
    let below = (low + high - span) / 2.0;
    if low >= 0.0 && below < 0.0 {
        (0.0, span)
    } else if unit == Unit::Percent && high <= 100.0 && below + span > 100.0 {
        (100.0 - span, 100.0)
    } else {
        (below, below + span)
    }
}

/// Returns the greatest power of ten that is not above `span`, as its exponent.
#[expect(
    clippy::cast_possible_truncation,
    reason = "drawable values have exponents of at most 16"
)]
fn power_of(span: f64) -> i32 {
    span.log10().floor() as i32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small whole number above zero"
)]
fn count(steps: f64) -> usize {
    steps as usize
}

#[cfg(test)]
mod tests {
    use super::{Axis, write_value};
    use crate::chart::spec::Unit;

    fn check(low: f64, high: f64, unit: Unit, expected: &str) {
        let words: Vec<String> = Axis::holding(low, high, unit)
            .ticks()
            .map(|tick| {
                let mut word = String::new();
                write_value(tick, unit, &mut word);
                word
            })
            .collect();
        assert_eq!(words.join(" "), expected, "{low}..{high}");
    }

    #[test]
    fn takes_three_to_five_ticks() {
        check(52.4, 81.8, Unit::Percent, "40% 60% 80% 100%");
        check(0.0, 100.0, Unit::Percent, "0% 50% 100%");
        check(97.3, 99.9, Unit::Percent, "97% 98% 99% 100%");
        check(0.0, 3019.0, Unit::Count, "0 1.000 2.000 3.000 4.000");
        check(0.0, 68_164.0, Unit::Count, "0 20.000 40.000 60.000 80.000");
        check(-3.2, 4.1, Unit::Percent, "−5% 0% 5%");
    }

    #[test]
    fn widens_a_domain_without_width() {
        check(0.0, 0.0, Unit::Count, "0 1 2");
        check(1.0, 1.0, Unit::Count, "0 1 2");
        check(100.0, 100.0, Unit::Percent, "90% 95% 100%");
        check(0.0, 0.0, Unit::Percent, "0% 0,05% 0,1%");
    }

    #[test]
    fn keeps_counts_whole() {
        check(0.0, 1.0, Unit::Count, "0 1 2");
        check(0.0, 5.0, Unit::Count, "0 2 4 6");
    }

    #[test]
    fn holds_its_domain() {
        for unit in [Unit::Percent, Unit::Count] {
            for low in [-1e15, -70.0, 0.0, 0.3, 99.0, 1e9] {
                for span in [0.0, 1e-7, 0.4, 1.0, 7.0, 33.0, 1e6, 1e15] {
                    let axis = Axis::holding(low, low + span, unit);
                    let ticks = axis.ticks().count();
                    assert!((3..=5).contains(&ticks), "{low} {span}: {axis:?}");
                    let rounding = (low.abs() + span) * 1e-8;
                    assert!(
                        axis.low() <= low + rounding && axis.high() >= low + span - rounding,
                        "{low} {span}: {axis:?}"
                    );
                }
            }
        }
    }
}
