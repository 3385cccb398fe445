//! From a figure to points, and back to the least count that brings one point more.

use std::cmp::Ordering;

use crate::analysis::{Observation, State};
use crate::decimal::{Decimal, Fraction};
use crate::model::score::{Component, Formula};

impl Formula {
    /// The exact points of a figure (in per cent for a ratio); none where only official ones are known.
    pub fn points(&self, max: Decimal, figure: Fraction) -> Option<Fraction> {
        let one = Decimal::from_int(1);
        let whole = |points: Decimal| Fraction::new(points, one);
        match self {
            Self::Stated => None,
            Self::Steps(steps) => {
                let reached = steps
                    .iter()
                    .find(|(bound, _)| whole(*bound).is_some_and(|b| figure >= b));
                whole(reached.map_or(Decimal::ZERO, |(_, points)| *points))
            }
            Self::Share => {
                let linear = Self::Linear {
                    from: Decimal::ZERO,
                    to: Decimal::from_int(100),
                };
                linear.points(max, figure)
            }
            Self::Linear { from, to } => {
                // (n/d - from) / (to - from) of the maximum, as one fraction.
                let (n, d) = (figure.numerator(), figure.denominator());
                let risen = n.checked_sub(from.checked_mul(d)?)?;
                let span = to.checked_sub(*from)?.checked_mul(d)?;
                let share = Fraction::new(risen, span)?;
                match (
                    share.cmp(&Fraction::new(Decimal::ZERO, one)?),
                    share.cmp(&Fraction::new(one, one)?),
                ) {
                    (Ordering::Less, _) => whole(Decimal::ZERO),
                    (_, Ordering::Greater) => whole(max),
                    _ => Fraction::new(risen.checked_mul(max)?, span),
                }
            }
        }
    }

    /// Whether fewer of the numerator give more points.
    fn falls(&self) -> bool {
        matches!(self, Self::Linear { from, to } if from > to)
    }
}

/// By how many a numerator of whole things must change for one point more. `None` where even all of them do not bring it.
pub(super) fn least_for_one_more(component: &Component, o: &Observation) -> Option<i64> {
    if o.state != State::Value || o.is_partial() {
        return None;
    }
    let (n, d) = (o.numerator?, o.denominator?);
    if !n.is_integer() || !d.is_integer() {
        return None;
    }
    let (now, of) = (n.normalized(), d.normalized());
    let (now, of) = (whole_number(now)?, whole_number(of)?);
    let points = |n: i64| {
        let percent = Decimal::from_int(n).checked_mul(Decimal::from_int(100))?;
        component.formula.points(
            component.max,
            Fraction::new(percent, Decimal::from_int(of))?,
        )
    };
    let has = points(now)?;
    let wanted = Fraction::new(
        has.numerator().checked_add(has.denominator())?,
        has.denominator(),
    )?;
    let reaches = |by: i64| points(now + by).is_some_and(|p| p >= wanted);
    let (sign, most) = if component.formula.falls() {
        (-1, now)
    } else {
        (1, of.checked_sub(now)?)
    };
    if most < 1 || !reaches(sign * most) {
        return None;
    }
    // Points never fall in that direction: halve the span until the least is found.
    let (mut low, mut high) = (0, most);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reaches(sign * middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(sign * high)
}

fn whole_number(value: Decimal) -> Option<i64> {
    let by = 10_i64.checked_pow(u32::from(value.scale()))?;
    Some(value.mantissa() / by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Basis;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse_plain(text).unwrap()
    }

    fn points(formula: &Formula, max: &str, n: i64, d: i64) -> String {
        let percent = Fraction::new(Decimal::from_int(n * 100), Decimal::from_int(d)).unwrap();
        let p = formula.points(decimal(max), percent);
        p.unwrap().round(2).to_plain()
    }

    #[test]
    fn a_share_gives_its_part_of_the_maximum() {
        // Phú Thọ, 8/2026: 20 · 144.625/184.513 = 15,676…
        assert_eq!(points(&Formula::Share, "20", 144_625, 184_513), "15.68");
        assert_eq!(points(&Formula::Share, "6", 0, 40), "0.00");
        // More than all gives no more than the maximum.
        assert_eq!(points(&Formula::Share, "6", 50, 40), "6.00");
    }

    #[test]
    fn a_line_gives_points_between_its_bounds() {
        // Full at 80%: 60% is three quarters of it, 6 · 0,75 = 4,5.
        let full_at_80 = Formula::Linear {
            from: Decimal::ZERO,
            to: decimal("80"),
        };
        assert_eq!(points(&full_at_80, "6", 60, 100), "4.50");
        assert_eq!(points(&full_at_80, "6", 95, 100), "6.00");
        // None at 50%, all at 90%: 60% is a quarter.
        let from_50 = Formula::Linear {
            from: decimal("50"),
            to: decimal("90"),
        };
        assert_eq!(points(&from_50, "8", 60, 100), "2.00");
        assert_eq!(points(&from_50, "8", 40, 100), "0.00");
        // Late ones: all at 0%, none at 20%.
        let late = Formula::Linear {
            from: decimal("20"),
            to: Decimal::ZERO,
        };
        assert_eq!(points(&late, "4", 5, 100), "3.00");
    }

    #[test]
    fn steps_give_the_points_of_the_highest_bound_reached() {
        let steps = Formula::Steps(vec![
            (decimal("90"), decimal("4")),
            (decimal("70"), decimal("2")),
        ]);
        assert_eq!(points(&steps, "4", 90, 100), "4.00");
        assert_eq!(points(&steps, "4", 899, 1000), "2.00");
        assert_eq!(points(&steps, "4", 69, 100), "0.00");
    }

    fn needs(formula: Formula, max: &str, n: i64, d: i64) -> Option<i64> {
        let component = Component {
            label: String::new(),
            max: decimal(max),
            stated: None,
            stat: None,
            formula,
            no_activity: None,
        };
        let o = Observation {
            state: State::Value,
            value: None,
            ratio: None,
            numerator: Some(Decimal::from_int(n)),
            denominator: Some(Decimal::from_int(d)),
            basis: Basis::Computed,
            fact: None,
            denominator_fact: None,
            claim: None,
            counted: 0,
            of: 0,
            is_estimate: false,
        };
        least_for_one_more(&component, &o)
    }

    #[test]
    fn one_more_point_takes_the_smallest_count() {
        // 12 points for 500 dossiers: 500/12 = 41,67, so 42 more.
        assert_eq!(needs(Formula::Share, "12", 200, 500), Some(42));
        // 20 points for 100: exactly 5 more.
        assert_eq!(needs(Formula::Share, "20", 90, 100), Some(5));
        // 96 of 100 lack 0,8 points: no whole one is left.
        assert_eq!(needs(Formula::Share, "20", 96, 100), None);
        // The next step is at 90 of 100 and gives two points.
        let steps = Formula::Steps(vec![
            (decimal("90"), decimal("4")),
            (decimal("70"), decimal("2")),
        ]);
        assert_eq!(needs(steps, "4", 75, 100), Some(15));
        // Late ones, all points at 0%, none at 20%, 4 points: one point is five in a hundred fewer.
        let late = Formula::Linear {
            from: decimal("20"),
            to: Decimal::ZERO,
        };
        assert_eq!(needs(late, "4", 10, 100), Some(-5));
    }
}
