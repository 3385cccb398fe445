//! The words of a line chart, each where there is room for it.
//!
//! Words that find no room in the plot are listed below it; none is cut.

use super::plot::Plot;
use super::px;
use crate::chart::metrics::{NARROWEST_PX, wrap};
use crate::chart::placing::{Anchor, Extent, Placer, Segment, Spot};
use crate::chart::svg_backend::{FULL_WIDTH, Ink, Words};
use crate::chart::ticks::write_value;
use plotters_backend::BackendCoord;
use std::borrow::Cow;

/// From base line to base line.
pub(super) const LINE_PX: i32 = 20;
/// From the axis to the middle of the mark of a missing figure.
pub(super) const CROSS_RISE: i32 = px(5) / 2;
/// From a base line of the key to its sample of a line.
pub(super) const SAMPLE_RISE: i32 = px(5);
pub(super) const SAMPLE_WIDTH: i32 = 700;

const BREAK_BASELINE_PX: i32 = 14;
/// How far the line of a merger without words stands out of the plot.
const BREAK_RISE_PX: i32 = 18;
/// Mergers that need more rows are listed below.
const BREAK_ROWS: i32 = 2;
/// From the axis to the base line of the months.
const MONTHS_PX: i32 = 22;
/// From the axis to the end of the drawing when nothing is listed below.
const FOOT_PX: i32 = 30;
/// From the base line of the months to the first one below them.
const BELOW_PX: i32 = 28;
const KEY_TEXT_X: i32 = 900;
/// How far words that end at a point reach beyond it: from the last period to the edge.
const END_OVERHANG: i32 = 200;
/// From a point to the base line of its words: above and below, then farther away.
const BESIDE_PX: [[i32; 2]; 3] = [[-13, 20], [-33, 40], [-53, 60]];
/// What a step away from the point weighs against lines that cross the words.
const FARTHER: usize = 2;
/// Months to skip between labels.
const MONTH_STEPS: [usize; 9] = [1, 2, 3, 6, 12, 24, 60, 120, 600];

/// All words of a chart.
pub(super) struct Placement<'a> {
    pub(super) height_px: i32,
    pub(super) ticks: Vec<Label<'a>>,
    pub(super) months: Vec<Label<'a>>,
    pub(super) labels: Vec<Label<'a>>,
    /// Key and notes.
    pub(super) below: Vec<Label<'a>>,
    /// The lines named by the key: rank and base line.
    pub(super) samples: Vec<(usize, i32)>,
}

/// Words and their place.
pub(super) struct Label<'a> {
    text: Cow<'a, str>,
    /// Length of the beginning of the text that is shown only where there is room.
    wide_prefix: usize,
    at: BackendCoord,
    ink: Ink,
}

impl Label<'_> {
    pub(super) fn words(&self) -> Words<'_> {
        let (wide_prefix, text) = self.text.split_at(self.wide_prefix);
        Words {
            text,
            wide_prefix,
            at: self.at,
            ink: self.ink,
        }
    }
}

impl<'a> Label<'a> {
    fn new(text: impl Into<Cow<'a, str>>, spot: Spot, ink: Ink) -> Self {
        Self {
            text: text.into(),
            wide_prefix: 0,
            at: (spot.x, spot.baseline),
            ink,
        }
    }
}

/// Finds the places of all words of `plot`.
pub(super) fn place<'a>(plot: &Plot<'a>) -> Placement<'a> {
    let mut search = Search {
        plot,
        segments: plot.segments(),
        placer: Placer::default(),
        labels: Vec::new(),
        key: Vec::new(),
        notes: Vec::new(),
    };
    let ticks = search.ticks();
    let months = search.months();
    search.breaks();
    search.last_points();
    search.first_point();
    search.target();
    search.missing();
    search.target_steps();
    search.finish(ticks, months)
}

/// Returns the row above the plot for the words of each merger, `None` for those without room.
pub(super) fn break_rows(plot: &Plot) -> Vec<Option<i32>> {
    let mut placer = Placer::default();
    let mut place = |(at, words): (usize, &str)| {
        (0..BREAK_ROWS).find(|&row| {
            placer
                .take_clearest(break_spots(plot, at, row), Extent::of(words, false), &[])
                .is_some()
        })
    };
    plot.breaks().map(&mut place).collect()
}

/// Returns where the line of a merger begins: below its words, or just above the plot.
pub(super) fn break_top(plot: &Plot, row: Option<i32>) -> i32 {
    match row {
        Some(row) => break_baseline(row) + px(8),
        None => plot.top - px(BREAK_RISE_PX),
    }
}

fn break_baseline(row: i32) -> i32 {
    px(BREAK_BASELINE_PX + row * LINE_PX)
}

fn break_spots(plot: &Plot, at: usize, row: i32) -> impl Iterator<Item = (Spot, usize)> {
    let x = plot.x(at as f64 - 0.5);
    anchored(x, break_baseline(row), 100)
        .into_iter()
        .map(|spot| (spot, 0))
}

/// Returns spots that keep `x` below or above the words: over the middle first, unless `x` is near an edge.
fn anchored(x: i32, baseline: i32, overhang: i32) -> [Spot; 3] {
    let start = Spot {
        x: (x - overhang).max(0),
        baseline,
        anchor: Anchor::Start,
    };
    let centre = Spot {
        x,
        baseline,
        anchor: Anchor::Centre,
    };
    let end = Spot {
        x: (x + overhang).min(FULL_WIDTH),
        baseline,
        anchor: Anchor::End,
    };
    [centre, end, start]
}

struct Search<'p, 'a> {
    plot: &'p Plot<'a>,
    segments: Vec<Segment>,
    placer: Placer,
    labels: Vec<Label<'a>>,
    /// Lines whose names found no room beside them.
    key: Vec<usize>,
    notes: Vec<Cow<'a, str>>,
}

impl<'a> Search<'_, 'a> {
    /// Ticks stand on their grid lines at the left; their room is theirs before all others.
    fn ticks(&mut self) -> Vec<Label<'a>> {
        let mut labels = Vec::with_capacity(5);
        for tick in self.plot.axis.ticks() {
            let mut text = String::new();
            write_value(tick, self.plot.chart.unit, &mut text);
            let spot = Spot {
                x: 0,
                baseline: self.plot.y(tick) - px(5),
                anchor: Anchor::Start,
            };
            self.placer.take(spot, Extent::of(&text, false));
            labels.push(Label::new(text, spot, Ink::Quiet));
        }
        labels
    }

    /// Months: the last one, and every so many of the others as leave room; more of them on wide screens.
    fn months(&mut self) -> Vec<Label<'a>> {
        let categories = self.plot.chart.categories.as_slice();
        let mut labels = Vec::new();
        if let [_, .., last] = categories {
            let spot = Spot {
                x: FULL_WIDTH,
                baseline: self.months_baseline(),
                anchor: Anchor::End,
            };
            if self.placer.take_if_free(spot, Extent::of(last, false)) {
                labels.push(Label::new(last.as_str(), spot, Ink::QuietEnding));
            }
        }
        let others = 0..categories
            .len()
            .saturating_sub(1)
            .max(1)
            .min(categories.len());
        let (step, shown) = self.months_in_steps(others.clone(), |text| Extent::of(text, false), 1);
        labels.extend(shown.iter().map(|&at| self.month_label(at, false)));
        let hidden = others.filter(|at| !shown.contains(at));
        let (_, wide) = self.months_in_steps(hidden, Extent::wide_only, step);
        labels.extend(wide.iter().map(|&at| self.month_label(at, true)));
        labels
    }

    /// Takes the room of every so many of the months `among`, as near to each other as they have room. Months that have
    /// none beside the words already there are left out. The steps go into `of_step` when it is more than 1.
    fn months_in_steps(
        &mut self,
        among: impl Iterator<Item = usize>,
        extent: impl Fn(&str) -> Extent,
        of_step: usize,
    ) -> (usize, Vec<usize>) {
        let categories = self.plot.chart.categories.as_slice();
        let clear: Vec<usize> = among
            .filter(|&at| {
                self.placer
                    .is_free(self.month_spot(at), extent(&categories[at]))
            })
            .collect();
        let mark = self.placer.mark();
        for step in MONTH_STEPS
            .into_iter()
            .filter(|&step| of_step == 1 || of_step.is_multiple_of(step))
        {
            let every: Vec<usize> = clear
                .iter()
                .copied()
                .filter(|at| at.is_multiple_of(step))
                .collect();
            if every.iter().all(|&at| {
                self.placer
                    .take_if_free(self.month_spot(at), extent(&categories[at]))
            }) {
                return (step, every);
            }
            self.placer.give_back(mark);
        }
        (1, Vec::new())
    }

    fn month_label(&self, at: usize, is_wide: bool) -> Label<'a> {
        let spot = self.month_spot(at);
        let ink = match (spot.anchor, is_wide) {
            (Anchor::Start, false) => Ink::Quiet,
            (Anchor::Start, true) => Ink::QuietWide,
            (_, false) => Ink::QuietCentred,
            (_, true) => Ink::QuietCentredWide,
        };
        Label::new(self.plot.chart.categories[at].as_str(), spot, ink)
    }

    fn month_spot(&self, at: usize) -> Spot {
        let (x, baseline) = (self.plot.x(at as f64), self.months_baseline());
        let centre = Spot {
            x,
            baseline,
            anchor: Anchor::Centre,
        };
        let extent = Extent::of(&self.plot.chart.categories[at], false);
        let has_room = at > 0 || Placer::default().is_free(centre, extent);
        if has_room {
            centre
        } else {
            Spot {
                x: 0,
                baseline,
                anchor: Anchor::Start,
            }
        }
    }

    fn months_baseline(&self) -> i32 {
        self.plot.bottom + px(MONTHS_PX)
    }

    fn breaks(&mut self) {
        let plot = self.plot;
        for ((at, words), row) in plot.breaks().zip(&plot.break_rows) {
            let extent = Extent::of(words, false);
            let spot = row.and_then(|row| {
                self.placer
                    .take_clearest(break_spots(plot, at, row), extent, &[])
            });
            match spot {
                Some(spot) => self
                    .labels
                    .push(Label::new(words, spot, plain_ink(spot.anchor))),
                None => self.notes.push(Cow::Borrowed(words)),
            }
        }
    }

    /// Names of several lines at their ends, or in a key when one finds no room; the last figure of the first line.
    fn last_points(&mut self) {
        let mark = self.placer.mark();
        let placed = self.labels.len();
        let count = self.plot.lines.len();
        if count > 1 && !(0..count).all(|rank| self.name_at_end(rank)) {
            self.placer.give_back(mark);
            self.labels.truncate(placed);
            self.key = (0..count).collect();
        }
        if count == 1 || !self.key.is_empty() {
            self.figure_at(
                self.plot.points(0).next_back(),
                self.plot.chart.last_label.as_deref(),
                true,
            );
        }
    }

    fn name_at_end(&mut self, rank: usize) -> bool {
        let plot = self.plot;
        let name = plot.lines[rank].label.as_str();
        let text = match plot.chart.last_label.as_deref() {
            Some(figure) if rank == 0 && !name.is_empty() => {
                Cow::Owned(format!("{name}: {figure}"))
            }
            Some(figure) if rank == 0 => Cow::Borrowed(figure),
            _ => Cow::Borrowed(name),
        };
        let Some(end) = plot.points(rank).next_back() else {
            return true;
        };
        if text.is_empty() {
            return true;
        }
        let others: Vec<f64> = (0..plot.lines.len())
            .filter(|&other| other != rank)
            .filter_map(|other| Some(plot.points(other).next_back()?.1))
            .collect();
        let spots =
            beside(plot, end, 0).filter(|(spot, _)| is_nearest(plot, *spot, end.1, &others));
        let Some(spot) =
            self.placer
                .take_clearest(spots, Extent::of(&text, rank == 0), &self.segments)
        else {
            return false;
        };
        let ink = if rank == 0 {
            value_ink(spot.anchor)
        } else {
            plain_ink(spot.anchor)
        };
        self.labels.push(Label::new(text, spot, ink));
        true
    }

    fn first_point(&mut self) {
        if self.plot.points(0).count() > 1 {
            self.figure_at(
                self.plot.points(0).next(),
                self.plot.chart.first_label.as_deref(),
                false,
            );
        }
    }

    /// The figure of a point beside it; below with its period when there is no room.
    fn figure_at(&mut self, point: Option<(f64, f64)>, text: Option<&'a str>, is_last: bool) {
        let (Some(point), Some(text)) = (point, text) else {
            return;
        };
        let plot = self.plot;
        let others: Vec<f64> = (1..plot.lines.len())
            .flat_map(|other| {
                plot.points(other)
                    .filter(|other| (other.0 - point.0).abs() < 0.5)
            })
            .map(|other| other.1)
            .collect();
        let spots: Vec<(Spot, usize)> = (0..BESIDE_PX.len())
            .flat_map(|distance| beside(plot, point, distance))
            .filter(|&(spot, penalty)| penalty == 0 || is_nearest(plot, spot, point.1, &others))
            .collect();
        match self.placer.take_clearest(
            spots.into_iter(),
            Extent::of(text, is_last),
            &self.segments,
        ) {
            Some(spot) => {
                let ink = if is_last {
                    value_ink(spot.anchor)
                } else {
                    plain_ink(spot.anchor)
                };
                self.labels.push(Label::new(text, spot, ink));
            }
            None => self.notes.push(Cow::Owned(self.in_words(point.0, text))),
        }
    }

    /// Writes `Xã Ví Dụ, 7/2024: 52,4%`, with the name only where there are several.
    fn in_words(&self, period: f64, text: &str) -> String {
        let lines = self.plot.lines.as_slice();
        let name = (lines.len() > 1).then(|| lines[0].label.as_str());
        let parts = [name, self.category(period)];
        let whose: Vec<&str> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        if whose.is_empty() {
            text.to_owned()
        } else {
            format!("{}: {text}", whose.join(", "))
        }
    }

    fn category(&self, period: f64) -> Option<&'a str> {
        let mut categories = self.plot.chart.categories.iter().enumerate();
        categories
            .find(|(at, _)| (*at as f64 - period).abs() < 0.5)
            .map(|(_, category)| category.as_str())
    }

    fn target(&mut self) {
        let (Some(text), Some(run)) = (
            self.plot.chart.target_label.as_deref(),
            self.plot.target_runs().into_iter().next(),
        ) else {
            return;
        };
        let first = &run[0];
        let (x, end, y) = (
            self.plot.x(first.from),
            self.plot.x(first.to),
            self.plot.y(first.value),
        );
        let lowest = lowest(self.plot);
        let baselines = [y - px(7), y + px(18)]
            .into_iter()
            .filter(|&baseline| baseline <= lowest);
        let spots = baselines.flat_map(|baseline| {
            [
                Spot {
                    x,
                    baseline,
                    anchor: Anchor::Start,
                },
                Spot {
                    x: end,
                    baseline,
                    anchor: Anchor::End,
                },
                Spot {
                    x: i32::midpoint(x, end),
                    baseline,
                    anchor: Anchor::Centre,
                },
                Spot {
                    x: FULL_WIDTH,
                    baseline,
                    anchor: Anchor::End,
                },
            ]
        });
        match self.placer.take_clearest(
            spots.map(|spot| (spot, 0)),
            Extent::of(text, false),
            &self.segments,
        ) {
            Some(spot) => self
                .labels
                .push(Label::new(text, spot, plain_ink(spot.anchor))),
            None => self.notes.push(Cow::Borrowed(text)),
        }
    }

    /// Later steps of the target carry their figure at the riser; without room the axis must do.
    fn target_steps(&mut self) {
        for run in self.plot.target_runs() {
            for step in run.iter().skip(1) {
                let mut text = String::new();
                write_value(step.value, self.plot.chart.unit, &mut text);
                let (x, y) = (self.plot.x(step.from), self.plot.y(step.value));
                let spots = [
                    Spot {
                        x: x - 100,
                        baseline: y + px(5),
                        anchor: Anchor::End,
                    },
                    Spot {
                        x: x + 100,
                        baseline: y - px(7),
                        anchor: Anchor::Start,
                    },
                ];
                let lowest = lowest(self.plot);
                let spots = spots
                    .into_iter()
                    .filter(|spot| spot.baseline <= lowest)
                    .map(|spot| (spot, 0));
                if let Some(spot) =
                    self.placer
                        .take_clearest(spots, Extent::of(&text, false), &self.segments)
                {
                    self.labels
                        .push(Label::new(text, spot, plain_ink(spot.anchor)));
                }
            }
        }
    }

    /// Words of missing figures above their marks; when one has no room, all in one note.
    fn missing(&mut self) {
        let groups = missing_groups(self.plot);
        let (mark, placed) = (self.placer.mark(), self.labels.len());
        if !groups.iter().all(|group| self.missing_in_plot(group)) {
            self.placer.give_back(mark);
            self.labels.truncate(placed);
            self.notes.push(Cow::Owned(missing_note(&groups)));
        }
    }

    fn missing_in_plot(&mut self, group: &MissingGroup<'a>) -> bool {
        let x = i32::midpoint(
            self.plot.x(group.first as f64),
            self.plot.x(group.last as f64),
        );
        let [centre, end, start] = anchored(x, self.plot.bottom - px(13), END_OVERHANG);
        let at_edge = match x {
            ..3000 => Some(Spot { x: 0, ..start }),
            7000.. => Some(Spot {
                x: FULL_WIDTH,
                ..end
            }),
            _ => None,
        };
        let spots = || {
            [centre, end, start]
                .into_iter()
                .chain(at_edge)
                .map(|spot| (spot, 0))
        };
        let MissingGroup {
            periods, reason, ..
        } = group;
        let in_words = if periods.is_empty() {
            String::new()
        } else {
            format!("{periods}: ")
        };
        let full = format!("{in_words}{reason}");
        let extents = [
            (0, Extent::of(&full, false)),
            (in_words.len(), Extent::with_wide_prefix(&in_words, reason)),
        ];
        for (wide_prefix, extent) in extents {
            if let Some(spot) = self.placer.take_clearest(spots(), extent, &self.segments) {
                self.labels.push(Label {
                    wide_prefix,
                    ..Label::new(full, spot, plain_ink(spot.anchor))
                });
                return true;
            }
        }
        false
    }

    /// Lists the key and the notes below the months.
    fn finish(self, ticks: Vec<Label<'a>>, months: Vec<Label<'a>>) -> Placement<'a> {
        let mut below = Vec::new();
        let mut samples = Vec::new();
        let first = self.plot.bottom + px(MONTHS_PX + BELOW_PX);
        let mut baseline = first;
        let key_width = NARROWEST_PX * f64::from(FULL_WIDTH - KEY_TEXT_X) / f64::from(FULL_WIDTH);
        for rank in self.key {
            samples.push((rank, baseline));
            for text in wrap(&self.plot.lines[rank].label, key_width, false) {
                below.push(Label {
                    text: Cow::Borrowed(text),
                    wide_prefix: 0,
                    at: (KEY_TEXT_X, baseline),
                    ink: Ink::Plain,
                });
                baseline += px(LINE_PX);
            }
        }
        for note in self.notes {
            for text in wrap(&note, NARROWEST_PX, false) {
                below.push(Label {
                    text: Cow::Owned(text.to_owned()),
                    wide_prefix: 0,
                    at: (0, baseline),
                    ink: Ink::Quiet,
                });
                baseline += px(LINE_PX);
            }
        }
        let height = if baseline == first {
            self.plot.bottom + px(FOOT_PX)
        } else {
            baseline - px(LINE_PX) + px(8)
        };
        Placement {
            height_px: height / px(1),
            ticks,
            months,
            labels: self.labels,
            below,
            samples,
        }
    }
}

/// Returns the spots above and below a point at `distance`, with their penalty, as far as they are above the axis.
fn beside(
    plot: &Plot,
    point: (f64, f64),
    distance: usize,
) -> impl Iterator<Item = (Spot, usize)> + use<> {
    let (x, y) = (plot.x(point.0), plot.y(point.1));
    let lowest = lowest(plot);
    let order = match x {
        ..3500 => [Anchor::Start, Anchor::Centre, Anchor::End],
        3500..6500 => [Anchor::Centre, Anchor::End, Anchor::Start],
        _ => [Anchor::End, Anchor::Centre, Anchor::Start],
    };
    let spots = order.into_iter().flat_map(move |anchor| {
        let x = if anchor == Anchor::End {
            (x + END_OVERHANG).min(FULL_WIDTH)
        } else {
            x
        };
        BESIDE_PX[distance].map(|rise| Spot {
            x,
            baseline: y + px(rise),
            anchor,
        })
    });
    spots
        .filter(move |spot| spot.baseline <= lowest)
        .map(move |spot| (spot, distance * FARTHER))
}

/// Tells whether words at `spot` are nearer to the value they belong to than to any other.
fn is_nearest(plot: &Plot, spot: Spot, own: f64, others: &[f64]) -> bool {
    let middle = spot.baseline - px(5);
    let distance = |value: f64| (middle - plot.y(value)).abs();
    others.iter().all(|&other| distance(other) > distance(own))
}

/// The lowest base line of words in the plot.
fn lowest(plot: &Plot) -> i32 {
    plot.bottom - px(6)
}

/// Neighbouring periods that are missing for the same reason.
struct MissingGroup<'a> {
    first: usize,
    last: usize,
    /// Such as `2/2026` or `2/2026–3/2026`; may be empty.
    periods: Cow<'a, str>,
    /// Such as `chưa báo cáo`.
    reason: &'a str,
}

/// Joins `2/2026: chưa báo cáo` and `3/2026: chưa báo cáo` into `2/2026–3/2026: chưa báo cáo`.
fn missing_groups<'a>(plot: &Plot<'a>) -> Vec<MissingGroup<'a>> {
    let in_parts = |words: &'a str| words.split_once(": ").unwrap_or(("", words));
    let mut all: Vec<(usize, &'a str, &'a str)> = plot
        .missing()
        .map(|(at, words)| (at, in_parts(words).0, in_parts(words).1))
        .filter(|&(_, _, reason)| !reason.is_empty())
        .collect();
    all.sort_unstable_by_key(|&(at, ..)| at);
    let group = |members: &[(usize, &'a str, &'a str)]| {
        let ((first, from, reason), (last, to, _)) = (members[0], members[members.len() - 1]);
        let periods = if first == last {
            Cow::Borrowed(from)
        } else {
            Cow::Owned(format!("{from}–{to}"))
        };
        MissingGroup {
            first,
            last,
            periods,
            reason,
        }
    };
    all.chunk_by(|a, b| b.0 - a.0 <= 1 && !a.1.is_empty() && a.2 == b.2)
        .map(group)
        .collect()
}

/// Writes `× 8/2024, 2/2025: chưa báo cáo; 5/2025: chưa tổng hợp`.
fn missing_note(groups: &[MissingGroup]) -> String {
    let mut note = "× ".to_owned();
    for (number, alike) in groups.chunk_by(|a, b| a.reason == b.reason).enumerate() {
        if number > 0 {
            note.push_str("; ");
        }
        let periods: Vec<&str> = alike
            .iter()
            .map(|group| &*group.periods)
            .filter(|periods| !periods.is_empty())
            .collect();
        if !periods.is_empty() {
            note.push_str(&periods.join(", "));
            note.push_str(": ");
        }
        note.push_str(alike[0].reason);
    }
    note
}

fn plain_ink(anchor: Anchor) -> Ink {
    match anchor {
        Anchor::Start => Ink::Plain,
        Anchor::Centre => Ink::Centred,
        Anchor::End => Ink::Ending,
    }
}

fn value_ink(anchor: Anchor) -> Ink {
    match anchor {
        Anchor::Start => Ink::Plain,
        Anchor::Centre => Ink::ValueCentred,
        Anchor::End => Ink::Value,
    }
}
