//! Cumulative figures and figures of their period, one from the other.
//!
//! A cumulative figure counts from the beginning of its year: the first period of a year starts at the figure itself, every
//! later one is the difference to the one before. Where periods are missing there is one figure for all of them together
//! with the one that ends the gap; it is never spread over them. A figure that was revised downward gives a negative
//! difference, which stays negative.

use crate::decimal::Decimal;

/// A figure in a series of periods that follow each other without a hole, missing ones among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot<T> {
    /// The year that its figures are cumulated in.
    pub year: i32,
    /// The figure.
    pub figure: T,
}

/// What happened in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPeriod {
    /// Nobody knows, or it stands in the figure of a later period.
    Missing,
    /// A figure of the last `span` periods together; 1 for the period alone.
    Figure {
        /// The figure; negative where the cumulative one fell.
        value: Decimal,
        /// How many periods it covers.
        span: usize,
    },
}

/// Figures of each period from cumulative ones. The series begins with the first period of a year.
pub fn to_in_period(series: &[Slot<Option<Decimal>>]) -> Vec<InPeriod> {
    let mut out = Vec::with_capacity(series.len());
    // How many periods ago the last known cumulative figure stands, and that figure.
    let mut known = (0, Decimal::ZERO);
    for (i, slot) in series.iter().enumerate() {
        if i == 0 || series[i - 1].year != slot.year {
            known = (0, Decimal::ZERO);
        }
        known.0 += 1;
        let value = slot.figure.and_then(|f| f.checked_sub(known.1));
        out.push(match (slot.figure, value) {
            (Some(figure), Some(value)) => {
                let span = known.0;
                known = (0, figure);
                InPeriod::Figure { value, span }
            }
            _ => InPeriod::Missing,
        });
    }
    out
}

/// Cumulative figures from those of each period; none where one since the beginning of the year is missing. The series
/// begins with the first period of a year.
pub fn to_cumulative(series: &[Slot<InPeriod>]) -> Vec<Option<Decimal>> {
    let mut out: Vec<Option<Decimal>> = Vec::with_capacity(series.len());
    let mut start = 0;
    for (i, slot) in series.iter().enumerate() {
        if i > 0 && series[i - 1].year != slot.year {
            start = i;
        }
        out.push(match slot.figure {
            InPeriod::Missing => None,
            InPeriod::Figure { value, span } => {
                let before = match (i + 1).checked_sub(span) {
                    Some(first) if first == start => Some(Decimal::ZERO),
                    Some(first) if first > start => out[first - 1],
                    _ => None,
                };
                before.and_then(|b| b.checked_add(value))
            }
        });
    }
    out
}

/// Net changes of a stock from its levels: against the last known one before, whatever the year. The first known level
/// changes nothing.
pub fn to_net_change(levels: &[Option<Decimal>]) -> Vec<InPeriod> {
    let mut known: Option<(usize, Decimal)> = None;
    let mut out = Vec::with_capacity(levels.len());
    for (i, level) in levels.iter().enumerate() {
        let change = level.zip(known).and_then(|(now, (at, before))| {
            let value = now.checked_sub(before)?;
            let span = i - at;
            Some(InPeriod::Figure { value, span })
        });
        out.push(change.unwrap_or(InPeriod::Missing));
        if let Some(level) = level {
            known = Some((i, *level));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slots<T: Copy>(list: &[(i32, T)]) -> Vec<Slot<T>> {
        let slot = |(year, figure): &(i32, T)| Slot {
            year: *year,
            figure: *figure,
        };
        list.iter().map(slot).collect()
    }

    fn number(n: i64) -> Decimal {
        Decimal::from_int(n)
    }

    fn figure(n: i64, span: usize) -> InPeriod {
        InPeriod::Figure {
            value: Decimal::from_int(n),
            span,
        }
    }

    #[test]
    fn january_starts_at_its_own_figure() {
        // November 1.100, December 1.250, January 90, February 200.
        let series = slots(&[
            (2023, Some(number(1_100))),
            (2023, Some(number(1_250))),
            (2024, Some(number(90))),
            (2024, Some(number(200))),
        ]);
        let wanted = [
            figure(1_100, 1),
            figure(150, 1),
            figure(90, 1),
            figure(110, 1),
        ];
        assert_eq!(to_in_period(&series), wanted);
    }

    #[test]
    fn a_gap_is_one_figure_and_never_spread() {
        // January 100, February and March not reported, April 460: 360 in February, March and April together.
        let series = slots(&[
            (2024, Some(number(100))),
            (2024, None),
            (2024, None),
            (2024, Some(number(460))),
        ]);
        let wanted = [
            figure(100, 1),
            InPeriod::Missing,
            InPeriod::Missing,
            figure(360, 3),
        ];
        assert_eq!(to_in_period(&series), wanted);
        // A gap at the beginning of a year reaches back to it and no further.
        let series = slots(&[
            (2023, Some(number(900))),
            (2024, None),
            (2024, Some(number(70))),
        ]);
        assert_eq!(to_in_period(&series)[2], figure(70, 2));
    }

    #[test]
    fn a_revision_downward_is_negative() {
        // 210, then corrected to 200 a month later.
        let series = slots(&[(2024, Some(number(210))), (2024, Some(number(200)))]);
        assert_eq!(to_in_period(&series)[1], figure(-10, 1));
    }

    #[test]
    fn a_missing_month_leaves_the_year_open() {
        // 100, nothing, 50: since January nobody knows, unless the third figure is of both months.
        let open = slots(&[
            (2024, figure(100, 1)),
            (2024, InPeriod::Missing),
            (2024, figure(50, 1)),
        ]);
        assert_eq!(to_cumulative(&open), [Some(number(100)), None, None]);
        let closed = slots(&[
            (2024, figure(100, 1)),
            (2024, InPeriod::Missing),
            (2024, figure(50, 2)),
        ]);
        assert_eq!(
            to_cumulative(&closed),
            [Some(number(100)), None, Some(number(150))]
        );
        // A figure that would reach into the year before is of no year.
        let across = slots(&[(2023, figure(100, 1)), (2024, figure(50, 2))]);
        assert_eq!(to_cumulative(&across), [Some(number(100)), None]);
    }

    #[test]
    fn a_stock_changes_by_what_it_gained() {
        // 50.000 accounts in December, not reported in January, 50.120 in February.
        let levels = [
            None,
            Some(number(50_000)),
            None,
            Some(number(50_120)),
            Some(number(50_100)),
        ];
        let wanted = [
            InPeriod::Missing,
            InPeriod::Missing,
            InPeriod::Missing,
            figure(120, 2),
            figure(-20, 1),
        ];
        assert_eq!(to_net_change(&levels), wanted);
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_identity(list in proptest::collection::vec((0i32..3, proptest::option::of(-1_000_000i64..1_000_000)), 0..40)) {
            let mut list = list;
            list.sort_by_key(|(year, _)| *year);
            let list: Vec<(i32, Option<Decimal>)> =
                list.into_iter().map(|(y, n)| (y, n.map(number))).collect();
            let series = slots(&list);
            let there = to_in_period(&series);
            let steps: Vec<Slot<InPeriod>> = series
                .iter()
                .zip(&there)
                .map(|(s, f)| Slot { year: s.year, figure: *f })
                .collect();
            let wanted: Vec<Option<Decimal>> = list.iter().map(|(_, n)| *n).collect();
            prop_assert_eq!(to_cumulative(&steps), wanted);
        }

        #[test]
        fn and_so_it_is_the_other_way(list in proptest::collection::vec((0i32..3, -1_000i64..1_000), 0..40)) {
            let mut list = list;
            list.sort_by_key(|(year, _)| *year);
            let steps: Vec<Slot<InPeriod>> =
                list.iter().map(|(y, n)| Slot { year: *y, figure: figure(*n, 1) }).collect();
            let sums = to_cumulative(&steps);
            let series: Vec<Slot<Option<Decimal>>> = steps
                .iter()
                .zip(&sums)
                .map(|(s, n)| Slot { year: s.year, figure: *n })
                .collect();
            let wanted: Vec<InPeriod> = steps.iter().map(|s| s.figure).collect();
            prop_assert_eq!(to_in_period(&series), wanted);
        }
    }
}
