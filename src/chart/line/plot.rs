//! Where the figures of a line chart lie.

use super::px;
use super::words::{self, break_rows};
use crate::chart::ink::Ink;
use crate::chart::metrics::{NARROWEST_PX, PHONE_TEXT_PX, room};
use crate::chart::placing::{GAP_PX, Segment};
use crate::chart::spec::{Line, LineChart, drawable};
use crate::chart::svg_backend::{FULL_WIDTH, to_units};
use crate::chart::ticks::{Axis, write_value};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

const PLOT_PX: i32 = 210;
/// Room above the plot for the words of the uppermost tick and point.
const HEAD_PX: i32 = 30;
/// Where the last period stands; its dot has room beside it.
const RIGHT: i32 = 9800;
/// Where the first period may stand, as the words of the ticks need it.
const LEFT: std::ops::RangeInclusive<i32> = 1000..=1600;

/// The geometry of a line chart. Lengths are in backend units.
pub(super) struct Plot<'a> {
    pub(super) chart: &'a LineChart,
    /// The lines that have figures, the emphasised one first.
    pub(super) lines: Vec<&'a Line>,
    pub(super) axis: Axis,
    pub(super) periods: usize,
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) bottom: i32,
    /// The rows of words above the plot that mergers take.
    pub(super) break_rows: Vec<Option<i32>>,
}

/// A target that holds over some periods; `from` and `to` are periods and may lie halfway.
pub(super) struct TargetStep {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) value: f64,
}

impl<'a> Plot<'a> {
    /// Returns the plot of `chart`, or `None` when it has no figure.
    pub(super) fn of(chart: &'a LineChart) -> Option<Self> {
        let axis = axis(chart)?;
        let lines = ranked_lines(chart);
        let periods = lines
            .iter()
            .map(|line| line.values.len())
            .chain([chart.categories.len()])
            .max()?;
        let mut plot = Self {
            chart,
            lines,
            axis,
            periods,
            left: left(&axis, chart),
            top: 0,
            bottom: 0,
            break_rows: Vec::new(),
        };
        plot.break_rows = break_rows(&plot);
        let rows = plot
            .break_rows
            .iter()
            .flatten()
            .max()
            .map_or(0, |&last| last + 1);
        plot.top = if rows == 0 {
            px(HEAD_PX)
        } else {
            px(words::LINE_PX * (rows + 1))
        };
        plot.bottom = plot.top + px(PLOT_PX);
        Some(plot)
    }

    /// Returns the coordinate system of periods and values.
    pub(super) fn coordinates(&self) -> Cartesian2d<RangedCoordf64, RangedCoordf64> {
        let values = self.axis.low()..self.axis.high();
        Cartesian2d::new(
            self.across(),
            values,
            (self.left..RIGHT, self.bottom..self.top),
        )
    }

    pub(super) fn x(&self, period: f64) -> i32 {
        RangedCoordf64::from(self.across()).map(&period, (self.left, RIGHT))
    }

    pub(super) fn y(&self, value: f64) -> i32 {
        RangedCoordf64::from(self.axis.low()..self.axis.high()).map(&value, (self.bottom, self.top))
    }

    /// Returns the points of a line, as period and value.
    pub(super) fn points(&self, rank: usize) -> impl DoubleEndedIterator<Item = (f64, f64)> + '_ {
        let values = self.lines[rank].values.iter().enumerate();
        values.filter_map(|(period, value)| Some((period as f64, value.and_then(drawable)?)))
    }

    /// Returns the pieces of a line between gaps and mergers.
    pub(super) fn runs(&self, rank: usize) -> Vec<Vec<(f64, f64)>> {
        let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
        let is_joined = |before: f64, after: f64| {
            after - before < 1.5 && !self.breaks().any(|(at, _)| (at as f64 - after).abs() < 0.5)
        };
        for point in self.points(rank) {
            match runs.last_mut() {
                Some(run)
                    if run
                        .last()
                        .is_some_and(|&(before, _)| is_joined(before, point.0)) =>
                {
                    run.push(point);
                }
                _ => runs.push(vec![point]),
            }
        }
        runs
    }

    /// Returns the mergers that lie between two periods.
    pub(super) fn breaks(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let periods = self.periods;
        let breaks = self
            .chart
            .breaks
            .iter()
            .filter(move |(at, _)| (1..periods).contains(at));
        breaks.map(|(at, words)| (*at, words.as_str()))
    }

    /// Returns the missing figures of the periods shown.
    pub(super) fn missing(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let periods = self.periods;
        let missing = self
            .chart
            .missing
            .iter()
            .filter(move |(at, _)| *at < periods);
        missing.map(|(at, words)| (*at, words.as_str()))
    }

    /// Returns the steps of the target, a list for each stretch without a gap.
    pub(super) fn target_runs(&self) -> Vec<Vec<TargetStep>> {
        let mut runs: Vec<Vec<TargetStep>> = Vec::new();
        let last = self.periods as f64 - 1.0;
        for (period, value) in self.chart.target.iter().enumerate().take(self.periods) {
            let Some(value) = value.and_then(drawable) else {
                continue;
            };
            let (from, to) = (
                (period as f64 - 0.5).max(0.0),
                (period as f64 + 0.5).min(last.max(0.5)),
            );
            match runs.last_mut() {
                Some(run) if run.last().is_some_and(|step| from - step.to < 0.25) => {
                    match run.last_mut() {
                        Some(step) if (step.value - value).abs() < 1e-9 => step.to = to,
                        _ => run.push(TargetStep { from, to, value }),
                    }
                }
                _ => runs.push(vec![TargetStep { from, to, value }]),
            }
        }
        runs
    }

    /// Returns all that is drawn as a line, in straight pieces.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let at = |(x, y): (f64, f64)| (self.x(x), self.y(y));
        let mut segments = Vec::new();
        for rank in 0..self.lines.len() {
            for run in self.runs(rank) {
                segments.extend(run.windows(2).map(|pair| (at(pair[0]), at(pair[1]))));
            }
        }
        for run in self.target_runs() {
            segments.extend(
                run.iter()
                    .map(|step| (at((step.from, step.value)), at((step.to, step.value)))),
            );
            segments.extend(run.windows(2).map(|pair| {
                (
                    at((pair[1].from, pair[0].value)),
                    at((pair[1].from, pair[1].value)),
                )
            }));
        }
        segments
    }

    fn across(&self) -> std::ops::Range<f64> {
        // A single period stands in the middle.
        if self.periods > 1 {
            0.0..self.periods as f64 - 1.0
        } else {
            -0.5..0.5
        }
    }
}

/// Returns the axis of values, or `None` when the chart has no figure.
pub(super) fn axis(chart: &LineChart) -> Option<Axis> {
    let lines = ranked_lines(chart);
    if lines.is_empty() {
        return None;
    }
    let values = lines
        .iter()
        .flat_map(|line| &line.values)
        .chain(&chart.target)
        .copied()
        .flatten();
    let zero = chart.zero_based.then_some(0.0);
    let (low, high) = values
        .filter_map(drawable)
        .chain(zero)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    Some(Axis::holding(low, high, chart.unit))
}

/// Returns the lines that have figures, the first emphasised one before the others.
fn ranked_lines(chart: &LineChart) -> Vec<&Line> {
    let has_figures = |line: &&Line| {
        line.values
            .iter()
            .flatten()
            .any(|&value| drawable(value).is_some())
    };
    let mut lines: Vec<&Line> = chart.lines.iter().filter(has_figures).collect();
    if let Some(main) = lines.iter().position(|line| line.emphasised) {
        lines[..=main].rotate_right(1);
    }
    lines.truncate(Ink::LINES.len());
    lines
}

/// Returns where the first period stands: beside the words of the ticks on a phone, within reason.
fn left(axis: &Axis, chart: &LineChart) -> i32 {
    let mut word = String::new();
    let widest = axis
        .ticks()
        .map(|tick| {
            word.clear();
            write_value(tick, chart.unit, &mut word);
            room(&word, PHONE_TEXT_PX, false) + GAP_PX
        })
        .fold(0.0, f64::max);
    to_units((widest / NARROWEST_PX * f64::from(FULL_WIDTH)).ceil())
        .clamp(*LEFT.start(), *LEFT.end())
}
