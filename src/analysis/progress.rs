//! How far a target is: met, not met, on track, behind, overdue, or not enough data to say; what is missing, and the pace that
//! would reach it.

use std::cmp::Ordering;

use super::targets::Applied;
use super::{Analysis, Observation};
use crate::decimal::{Decimal, Fraction};
use crate::model::{Operator, PeriodIx, Target};
use crate::text::date::Date;

/// Where a target stands on the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetState {
    /// The deadline has passed and the figure taken since does not meet it.
    Overdue,
    /// The newest figure does not meet it, and no deadline says by when it must.
    NotMet,
    /// Below the straight line from the first figure to the target.
    Behind,
    /// On or above that line.
    OnTrack,
    /// The newest figure meets it.
    Met,
    /// No figure, or none that could tell.
    Unknown,
}

/// What is needed to reach a target in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// So much more each month; negative where the figure must fall.
    PerMonth(Decimal),
    /// Less than a month is left: so many days.
    Days(i64),
}

/// A target with the newest figure for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Where it stands.
    pub state: TargetState,
    /// The newest period with a sound figure.
    pub period: Option<PeriodIx>,
    /// That figure.
    pub observation: Option<Observation>,
    /// Target minus figure, in the unit of the statistic; negative where the figure is above.
    pub gap: Option<Decimal>,
    /// For a ratio that does not meet its target: how many more its numerator must count, the denominator unchanged;
    /// negative where it counts too many.
    pub missing: Option<Decimal>,
    /// What is needed each month until the deadline, where it is not met and the deadline is to come.
    pub pace: Option<Pace>,
}

impl Analysis<'_> {
    /// Compares the target of one unit and service with its newest sound figure up to the as-of date, and up to the
    /// day on which a newer target took its place.
    ///
    /// Pace: with at least two figures before the deadline, the newest is compared with the straight line from
    /// the first figure to the target on its deadline. With one figure only, nothing can be said about pace.
    pub fn progress(&self, applied: &Applied<'_>) -> Progress {
        self.progress_by(applied, None)
    }

    /// As [`Self::progress`], as it could be judged on an earlier day.
    pub fn progress_by(&self, applied: &Applied<'_>, by: Option<Date>) -> Progress {
        let target = applied.target;
        let today = [self.as_of, by].into_iter().flatten().min();
        let successor = self.successor(target).map(|t| self.start_of(t));
        let until = successor.filter(|d| by.is_none_or(|by| *d <= by));
        let figures: Vec<(PeriodIx, Date, Observation, Decimal)> = self
            .period_indices()
            .filter_map(|p| {
                let o = self.observe(target.stat, applied.unit, applied.service, p);
                // A sum that leaves services out says nothing certain about the whole.
                (!o.is_partial()).then_some((p, self.date_of(&o, p), o, o.sound()?))
            })
            .filter(|(_, day, _, _)| today.is_none_or(|today| *day <= today))
            .filter(|(_, day, _, _)| until.is_none_or(|end| *day < end))
            .collect();
        let Some((period, day, observation, value)) = figures.last().copied() else {
            return Progress {
                state: TargetState::Unknown,
                period: None,
                observation: None,
                gap: None,
                missing: None,
                pace: None,
            };
        };
        let counts = observation.numerator.zip(observation.denominator);
        let is_met = is_met(target, value, &observation);
        let state = if is_met {
            TargetState::Met
        } else {
            unmet(
                target,
                today,
                (day, value),
                figures.first().map(|f| (f.1, f.3)),
            )
        };
        // A target that is finer than the published figure is measured as finely as it is written.
        let finer = observation
            .ratio
            .filter(|_| target.value.scale() > value.scale())
            .map(|r| r.percent(target.value.scale()));
        let gap = target.value.checked_sub(finer.unwrap_or(value));
        Progress {
            state,
            period: Some(period),
            observation: Some(observation),
            gap,
            missing: counts
                .filter(|_| !is_met)
                .and_then(|(n, d)| missing(target.operator, target.value, n, d)),
            pace: gap
                .filter(|gap| !is_met && until.is_none() && !gap.is_zero())
                .and_then(|gap| pace_to_deadline(target, today, day, gap)),
        }
    }

    /// The last day that a figure speaks of.
    fn date_of(&self, o: &Observation, period: PeriodIx) -> Date {
        let own = o
            .fact
            .and_then(|f| self.facts().extra(f))
            .and_then(|e| e.end);
        own.unwrap_or(self.period(period).end)
    }
}

/// Whether a figure meets a target: a ratio by its counts, for 99,999 of 100,000 are not all, though published as
/// 100.00 %. Where no whole number could be exactly what is asked, the published figure decides.
fn is_met(target: &Target, value: Decimal, o: &Observation) -> bool {
    let hundred = Decimal::from_int(100);
    let Some((ratio, asked)) = o.ratio.zip(Fraction::new(target.value, hundred)) else {
        return target.operator.is_met(value, target.value);
    };
    let order = ratio.cmp(&asked);
    match target.operator {
        Operator::AtLeast => order.is_ge(),
        Operator::More => order.is_gt(),
        Operator::AtMost => order.is_le(),
        Operator::Less => order.is_lt(),
        Operator::Equal if order.is_eq() => true,
        Operator::Equal => {
            let counts = o.numerator.zip(o.denominator);
            let more = counts.and_then(|(n, d)| missing(target.operator, target.value, n, d));
            more.is_none() && target.operator.is_met(value, target.value)
        }
    }
}

/// Where a target stands that the newest figure does not meet.
fn unmet(
    target: &Target,
    today: Option<Date>,
    (day, value): (Date, Decimal),
    first: Option<(Date, Decimal)>,
) -> TargetState {
    let Some(deadline) = target.deadline else {
        // Nothing is missing but a day: whether it is met can be said, and by when not.
        return TargetState::NotMet;
    };
    if today.is_some_and(|today| today > deadline) {
        // A figure taken before the deadline does not say what was reached by it.
        return if day >= deadline {
            TargetState::Overdue
        } else {
            TargetState::Unknown
        };
    }
    let Some((start, from)) = first.filter(|(start, _)| *start < day) else {
        return TargetState::Unknown;
    };
    if is_on_line(target, (start, from), (day, value), deadline) {
        TargetState::OnTrack
    } else {
        TargetState::Behind
    }
}

/// What must be gained each month from the newest figure to the deadline.
fn pace_to_deadline(target: &Target, today: Option<Date>, day: Date, gap: Decimal) -> Option<Pace> {
    let deadline = target.deadline?;
    let is_past = today.is_some_and(|today| today > deadline);
    if is_past || deadline <= day {
        return None;
    }
    pace(day, deadline, gap)
}

/// The smallest change of a whole numerator that meets a target in per cent, the denominator unchanged: exact, on
/// counts, not on the rounded ratio. `None` where the parts are not whole numbers or no whole number meets it.
fn missing(operator: Operator, target: Decimal, n: Decimal, d: Decimal) -> Option<Decimal> {
    if !n.is_integer() || !d.is_integer() || d <= Decimal::ZERO {
        return None;
    }
    let (n, d) = (whole(n), whole(d));
    // The numerator that is exactly the target: target · d / 100, as a quotient of whole numbers.
    let scale = 100 * 10i128.pow(u32::from(target.scale()));
    let exact = i128::from(target.mantissa()).checked_mul(d)?;
    let floor = exact.div_euclid(scale);
    let is_whole = exact.rem_euclid(scale) == 0;
    let ceiling = if is_whole { floor } else { floor + 1 };
    let wanted = match operator {
        Operator::AtLeast => ceiling,
        Operator::More => floor + 1,
        Operator::AtMost => floor,
        Operator::Less => ceiling - 1,
        Operator::Equal => is_whole.then_some(floor)?,
    };
    let more = i64::try_from(wanted - n).ok()?;
    (wanted >= 0 && more != 0).then(|| Decimal::from_int(more))
}

/// A whole number without its decimals.
fn whole(n: Decimal) -> i128 {
    let n = n.normalized();
    i128::from(n.mantissa())
}

/// `gap` spread over the months from one day to another, upwards, so that it is enough: in whole numbers where the gap
/// is one, else in tenths, or in hundredths where it is less than a tenth.
fn pace(from: Date, to: Date, gap: Decimal) -> Option<Pace> {
    // Counted from the day after each, so that 31 May to 30 June is a month.
    let (start, end) = (from.add_days(1)?, to.add_days(1)?);
    let mut months = 0;
    let mut anchor = start;
    let mut next = start.add_months(1)?;
    while next <= end {
        months += 1;
        anchor = next;
        next = start.add_months(months + 1)?;
    }
    if months == 0 {
        return Some(Pace::Days(to.days_since_epoch() - from.days_since_epoch()));
    }
    // months + rest/length, as a quotient.
    let length = next.days_since_epoch() - anchor.days_since_epoch();
    let rest = end.days_since_epoch() - anchor.days_since_epoch();
    let over = Decimal::from_int(i64::from(months) * length + rest);
    let ratio = Fraction::new(gap.checked_mul(Decimal::from_int(length))?, over)?;
    let decimals = match ratio.round(1) {
        _ if gap.is_integer() && gap.scale() == 0 => 0,
        tenths if tenths.is_zero() => 2,
        _ => 1,
    };
    Some(Pace::PerMonth(away_from_zero(ratio, decimals)))
}

/// A number of so many decimals that is at least as far from zero.
fn away_from_zero(ratio: Fraction, decimals: u8) -> Decimal {
    let rounded = ratio.round(decimals);
    let step = Decimal::new(1, decimals);
    let exact = Fraction::new(rounded, Decimal::from_int(1));
    let next = match exact.map(|e| e.cmp(&ratio)) {
        Some(Ordering::Less) if ratio.round(9) > Decimal::ZERO => rounded.checked_add(step),
        Some(Ordering::Greater) if ratio.round(9) < Decimal::ZERO => rounded.checked_sub(step),
        _ => None,
    };
    next.unwrap_or(rounded)
}

/// Whether the newest figure lies on the better side of the line from the first figure to the target.
fn is_on_line(
    target: &Target,
    first: (Date, Decimal),
    newest: (Date, Decimal),
    deadline: Date,
) -> bool {
    let whole = (deadline.days_since_epoch() - first.0.days_since_epoch()).max(1);
    let passed = newest.0.days_since_epoch() - first.0.days_since_epoch();
    // newest - first >= (target - first) * passed / whole, without division.
    let scaled = |d: Decimal, by: i64| -> i128 {
        let d = d.round(6);
        i128::from(d.mantissa()) * i128::from(by)
    };
    let (Some(gained), Some(wanted)) = (
        newest.1.checked_sub(first.1),
        target.value.checked_sub(first.1),
    ) else {
        return false;
    };
    let (gained, wanted) = (scaled(gained, whole), scaled(wanted, passed));
    match target.operator {
        Operator::AtMost | Operator::Less => gained <= wanted,
        // What must be reached exactly may have to fall.
        Operator::Equal if wanted < 0 => gained <= wanted,
        _ => gained >= wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse_plain(text).unwrap()
    }

    fn check_missing(operator: Operator, target: &str, n: i64, of: i64, wanted: Option<&str>) {
        let found = missing(
            operator,
            d(target),
            Decimal::from_int(n),
            Decimal::from_int(of),
        );
        let found = found.map(Decimal::to_plain);
        assert_eq!(found.as_deref(), wanted, "{operator:?} {target}: {n}/{of}");
    }

    /// 80 % of 1,560 is 1,248: with 936 there are 312 missing. 80 % of 184,513 is 147,610.4, so 147,611 are needed.
    #[test]
    fn what_is_missing_is_counted_in_dossiers() {
        check_missing(Operator::AtLeast, "80", 936, 1560, Some("312"));
        check_missing(Operator::AtLeast, "80", 144_625, 184_513, Some("2986"));
        // 33.3 % of 10 is 3.33.
        check_missing(Operator::AtLeast, "33.3", 3, 10, Some("1"));
        // More than 80 % of 10 begins at 9; 8 are exactly 80 %.
        check_missing(Operator::More, "80", 8, 10, Some("1"));
        // At most 5 % of 210 is 10.5, so ten; 14 are four too many. Less than 5 % of 200 is nine.
        check_missing(Operator::AtMost, "5", 14, 210, Some("-4"));
        check_missing(Operator::Less, "5", 10, 200, Some("-1"));
        check_missing(Operator::Equal, "100", 53, 60, Some("7"));
        // No whole number is exactly 50 % of 7.
        check_missing(Operator::Equal, "50", 3, 7, None);
        check_missing(Operator::AtLeast, "80", 0, 0, None);
    }

    fn check_pace(from: &str, to: &str, gap: &str, wanted: Pace) {
        let day = |text| Date::parse_iso(text).unwrap();
        assert_eq!(
            pace(day(from), day(to), d(gap)),
            Some(wanted),
            "{from} {to} {gap}"
        );
    }

    #[test]
    fn the_pace_is_the_gap_over_the_months() {
        // 14.7 points in seven months are 2.1 a month.
        let seven = Pace::PerMonth(d("2.1"));
        check_pace("2026-05-31", "2026-12-31", "14.7", seven);
        // From 14 September to 31 December: three months and 17 of 31 days, 110/31; 10.5 · 31 / 110 = 2.959.
        check_pace(
            "2024-09-14",
            "2024-12-31",
            "10.50",
            Pace::PerMonth(d("3.0")),
        );
        // February has a last day too.
        check_pace("2026-01-31", "2026-02-28", "1.25", Pace::PerMonth(d("1.3")));
        check_pace(
            "2026-05-31",
            "2026-12-31",
            "-7.00",
            Pace::PerMonth(d("-1.0")),
        );
        // 0.20 in seven months is 0.0286 a month: not nothing.
        check_pace(
            "2026-05-31",
            "2026-12-31",
            "0.20",
            Pace::PerMonth(d("0.03")),
        );
        check_pace("2026-05-31", "2026-06-29", "5", Pace::Days(29));
    }

    /// 20 points in seven months are 2.857: 2.9 a month will do. 9.9 points in seven are 1.414: 1.4 make 9.8 only.
    #[test]
    fn the_pace_is_enough() {
        check_pace(
            "2026-05-31",
            "2026-12-31",
            "20.00",
            Pace::PerMonth(d("2.9")),
        );
        check_pace("2026-05-31", "2026-12-31", "9.90", Pace::PerMonth(d("1.5")));
        check_pace(
            "2026-05-31",
            "2026-12-31",
            "-9.90",
            Pace::PerMonth(d("-1.5")),
        );
        // 0.30 in seven months are 0.0429.
        check_pace(
            "2026-05-31",
            "2026-12-31",
            "0.30",
            Pace::PerMonth(d("0.05")),
        );
    }

    #[test]
    fn whole_things_are_spread_in_whole_numbers() {
        // 312 in seven months are 44.57 a month: 45 will do, 44 will not.
        check_pace("2026-05-31", "2026-12-31", "312", Pace::PerMonth(d("45")));
        check_pace("2026-05-31", "2026-12-31", "308", Pace::PerMonth(d("44")));
        check_pace("2026-05-31", "2026-12-31", "-312", Pace::PerMonth(d("-45")));
        check_pace("2026-05-31", "2026-12-31", "1", Pace::PerMonth(d("1")));
    }
}
