//! Jumps of a figure against the period before, judged by what is usual.
//!
//! The change is the logarithm of the ratio of two neighbouring periods. It is a jump where its modified z-score, the
//! distance from the median in units of the MAD, passes 3.5 among the unit's own earlier changes and among those of
//! its peers in the same periods; one of the two suffices where the other has too few, and where both have too few they
//! are taken together. A level that the unit had
//! before is none, nor is what the same season brought a year ago.
//!
//! Source: Iglewicz and Hoaglin, *How to Detect and Handle Outliers* (ASQC Basic References in Quality Control 16,
//! 1993): modified z-score 0.6745 (x - median) / MAD, threshold 3.5.

use super::series::{Point, exact};
use crate::analysis::Analysis;
use crate::decimal::Decimal;
use crate::model::{Key, PeriodIx, UnitIx};

/// Smaller figures change by chance alone.
const SMALLEST: f64 = 50.0;

/// Changes below threefold are left to the charts.
const FACTOR: f64 = 3.0;

/// Counts scatter by their root: the difference of two has the variance of their sum (Poisson). So many standard
/// deviations are no chance.
const DEVIATIONS: f64 = 6.0;

/// Fewest earlier changes of the unit that make a history.
const HISTORY: usize = 6;

/// Fewest peers that say what is usual.
const PEERS: usize = 8;

/// Most peers that are asked.
const MOST_PEERS: usize = 200;

/// Threshold of the modified z-score.
const Z: f64 = 3.5;

/// Smallest scale, in logarithms: a series that hardly moved before may move by a tenth.
const SCALE: f64 = 0.1;

/// A figure that jumped.
#[derive(Clone, Copy)]
pub(super) struct Change {
    pub(super) now: Point,
    pub(super) before: Point,
    /// How many earlier changes of the unit it was compared with.
    pub(super) history: usize,
    /// How many peers it was compared with.
    pub(super) peers: usize,
}

impl Change {
    /// How many times the figure before, in Vietnamese writing.
    pub(super) fn factor(&self) -> String {
        let ratio = number(self.now.value) / number(self.before.value).max(1.0);
        let decimals = if ratio < 1.0 { 3 } else { 1 };
        format!("{ratio:.decimals$}").replace('.', ",")
    }
}

/// Finds the jumps of one series.
///
/// After a jump the next figure is compared with the one before the jump as well, so that a single wrong figure is
/// reported once and not again when the series returns.
pub(super) fn find(analysis: &Analysis<'_>, points: &[Point]) -> Vec<Change> {
    let mut found = Vec::new();
    let mut history: Vec<f64> = Vec::new();
    let mut levels = Levels::default();
    let mut before_jump: Option<Point> = None;
    for (i, now) in points.iter().enumerate() {
        let jump = neighbour(analysis, &points[..i], now.period).and_then(|before| {
            let change = change(before.value, now.value)?;
            let returns = before_jump.is_some_and(|b| !is_large(b.value, now.value));
            let may_be =
                !returns && is_large(before.value, now.value) && !levels.include(now.value);
            let jump = may_be.then(|| judge(analysis, points, (before, *now), change, &history));
            if jump.flatten().is_none() && !returns {
                history.push(change);
            }
            jump.flatten()
        });
        before_jump = jump.map(|j| j.before);
        match jump {
            Some(jump) => found.push(jump),
            None => levels.add(now.value),
        }
    }
    found
}

/// The span of the figures of a unit that did not jump.
#[derive(Default)]
struct Levels(Option<(f64, f64)>);

impl Levels {
    /// How far beyond the span a figure is still one of it.
    const MARGIN: f64 = 1.25;

    fn add(&mut self, value: Decimal) {
        let value = number(value);
        let (low, high) = self.0.unwrap_or((value, value));
        self.0 = Some((low.min(value), high.max(value)));
    }

    fn include(&self, value: Decimal) -> bool {
        let value = number(value);
        let within = |(low, high)| value * Self::MARGIN >= low && value <= high * Self::MARGIN;
        self.0.is_some_and(within)
    }
}

/// The figure of the period before in the same cadence.
fn neighbour(analysis: &Analysis<'_>, earlier: &[Point], period: PeriodIx) -> Option<Point> {
    let previous = analysis.previous(period)?;
    earlier.iter().rev().find(|p| p.period == previous).copied()
}

/// The logarithm of the ratio; none where one of the two is no more than zero.
fn change(before: Decimal, now: Decimal) -> Option<f64> {
    let (before, now) = (number(before), number(now));
    (before > 0.0 && now > 0.0).then(|| (now / before).ln())
}

/// Whether a change is large enough to be looked at: not chance, and not small beside the figure.
fn is_large(before: Decimal, now: Decimal) -> bool {
    let (before, now) = (number(before), number(now));
    let (low, high) = (before.min(now), before.max(now));
    high >= SMALLEST && high >= FACTOR * low && high - low > DEVIATIONS * (high + low).sqrt()
}

fn judge(
    analysis: &Analysis<'_>,
    points: &[Point],
    (before, now): (Point, Point),
    change: f64,
    history: &[f64],
) -> Option<Change> {
    let own = (history.len() >= HISTORY).then(|| is_unusual(history, change));
    if own == Some(false) || is_seasonal(analysis, points, now.period, change) {
        return None;
    }
    let peers = peer_changes(analysis, &now, &before);
    let among = (peers.len() >= PEERS).then(|| is_unusual(&peers, change));
    // Neither is enough by itself: then both together may be.
    let pooled = (own.is_none() && among.is_none() && history.len() + peers.len() >= PEERS)
        .then(|| is_unusual(&[history, &peers].concat(), change));
    let is_jump = matches!(
        (own, among, pooled),
        (Some(true), None | Some(true), _) | (None, Some(true), _) | (None, None, Some(true))
    );
    is_jump.then_some(Change {
        now,
        before,
        history: own.or(pooled).map_or(0, |_| history.len()),
        peers: among.or(pooled).map_or(0, |_| peers.len()),
    })
}

/// Whether a value lies beyond the threshold of the modified z-score.
fn is_unusual(usual: &[f64], value: f64) -> bool {
    let Some(middle) = median(usual.to_vec()) else {
        return false;
    };
    let distances = usual.iter().map(|x| (x - middle).abs()).collect();
    let scale = (median(distances).unwrap_or(0.0) / 0.6745).max(SCALE);
    (value - middle).abs() / scale > Z
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    Some(if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    })
}

/// Whether the same season brought about the same change a year before.
fn is_seasonal(analysis: &Analysis<'_>, points: &[Point], period: PeriodIx, now: f64) -> bool {
    let end = analysis.period(period).end;
    let Some(then) = end.add_months(-12) else {
        return false;
    };
    let near = |p: &&Point| {
        let other = analysis.period(p.period);
        let days = other.end.days_since_epoch() - then.days_since_epoch();
        days.abs() <= 4 && other.cadence == analysis.period(period).cadence
    };
    let Some(last_year) = points.iter().find(near) else {
        return false;
    };
    let before = neighbour(analysis, points, last_year.period);
    let change = before.and_then(|b| change(b.value, last_year.value));
    // Twice or half of last year's change is still the season.
    change.is_some_and(|c| (now - c).abs() <= std::f64::consts::LN_2)
}

/// The changes of the units beside this one, of the same level, between the same periods.
fn peer_changes(analysis: &Analysis<'_>, now: &Point, before: &Point) -> Vec<f64> {
    let key = analysis.facts().key(now.fact);
    let units = &analysis.catalog.units;
    let unit = units.get(key.unit());
    let beside = unit.parent.map_or(&[][..], |p| units.children(p));
    let value = |peer: UnitIx, period| {
        let fact = analysis
            .facts()
            .get(Key::new(peer, key.service(), period, key.stat()))?;
        exact(analysis, fact)
    };
    beside
        .iter()
        .copied()
        .filter(|u| *u != key.unit() && units.get(*u).level == unit.level)
        .filter_map(|u| change(value(u, before.period)?, value(u, now.period)?))
        .take(MOST_PEERS)
        .collect()
}

/// A decimal as a number of statistics.
fn number(value: Decimal) -> f64 {
    value.mantissa() as f64 / 10f64.powi(i32::from(value.scale()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_do_not_jump() {
        let large = |a, b| is_large(Decimal::from_int(a), Decimal::from_int(b));
        assert!(!large(2, 5) && !large(5, 2) && !large(0, 40));
        assert!(!large(400, 1000), "below threefold");
        assert!(large(120, 1200) && large(1200, 120));
    }

    #[test]
    fn a_change_is_compared_with_what_is_usual() {
        let usual = [0.1, -0.2, 0.05, 0.0, -0.1, 0.15];
        assert!(is_unusual(&usual, 2.3));
        assert!(!is_unusual(&usual, 0.4));
        let restless = [1.5, -1.4, 1.2, -1.6, 1.4, -1.1];
        assert!(!is_unusual(&restless, 2.3));
        assert!(!is_unusual(&[], 2.3));
    }

    #[test]
    fn the_middle_of_an_even_number_lies_between() {
        assert_eq!(median(vec![4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
    }
}
