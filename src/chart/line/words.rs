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
/// How far the line of a merger stands out of the plot.
pub(super) const BREAK_RISE: i32 = px(18);
/// From the axis to the middle of the mark of a missing figure.
pub(super) const CROSS_RISE: i32 = px(5) / 2;
/// From a base line of the key to its sample of a line.
pub(super) const SAMPLE_RISE: i32 = px(5);
pub(super) const SAMPLE_WIDTH: i32 = 700;

const BREAK_BASELINE_PX: i32 = 14;
/// Mergers that need more rows are listed below.
const BREAK_ROWS: i32 = 2;
/// From the axis to the base line of the months.
const MONTHS_PX: i32 = 22;
/// From the axis to the end of the drawing when nothing is listed below.
const FOOT_PX: i32 = 30;
/// From the base line of the months to the first one below them.
const BELOW_PX: i32 = 28;
const KEY_TEXT_X: i32 = 900;
/// From a point to the base line of its words, in the order of preference.
const BESIDE_PX: [i32; 6] = [-13, 22, -33, 42, -53, 62];
/// The first of these, for names, which must stand at their line.
const NEXT_TO: usize = 2;
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
        Words { text, wide_prefix, at: self.at, ink: self.ink }
    }
}

impl<'a> Label<'a> {
    fn new(text: impl Into<Cow<'a, str>>, spot: Spot, ink: Ink) -> Self {
        Self { text: text.into(), wide_prefix: 0, at: (spot.x, spot.baseline), ink }
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
            let spots = break_spots(plot, at, row).into_iter();
            placer.take_clearest(spots, Extent::of(words, false), &[]).is_some()
        })
    };
    plot.breaks().map(&mut place).collect()
}

fn break_spots(plot: &Plot, at: usize, row: i32) -> [Spot; 3] {
    let x = plot.x(at as f64 - 0.5);
    let baseline = px(BREAK_BASELINE_PX + row * LINE_PX);
    anchored(x, baseline, 100)
}

/// Returns spots that keep `x` below or above the words: over the middle first, unless `x` is near an edge.
fn anchored(x: i32, baseline: i32, overhang: i32) -> [Spot; 3] {
    let start = Spot { x: (x - overhang).max(0), baseline, anchor: Anchor::Start };
    let centre = Spot { x, baseline, anchor: Anchor::Centre };
    let end = Spot { x: (x + overhang).min(FULL_WIDTH), baseline, anchor: Anchor::End };
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
            let spot = Spot { x: 0, baseline: self.plot.y(tick) - px(5), anchor: Anchor::Start };
            self.placer.take(spot, Extent::of(&text, false));
            labels.push(Label::new(text, spot, Ink::Quiet));
        }
        labels
    }

    /// Months: the last and the first, then those at the least step that leaves room; more of them on wide screens.
    fn months(&mut self) -> Vec<Label<'a>> {
        let categories = self.plot.chart.categories.as_slice();
        let mut labels = Vec::new();
        let Some(last) = categories.len().checked_sub(1) else {
            return labels;
        };
        if last > 0 {
            let spot = Spot { x: FULL_WIDTH, baseline: self.months_baseline(), anchor: Anchor::End };
            if self.placer.take_if_free(spot, Extent::of(&categories[last], false)) {
                labels.push(Label::new(&*categories[last], spot, Ink::QuietEnding));
            }
        }
        let mark = self.placer.mark();
        let step = MONTH_STEPS.into_iter().find(|&step| {
            self.placer.give_back(mark);
            let room_for_all = self.month_row(step, |_| true, Extent::of, &mut Vec::new());
            self.placer.give_back(mark);
            room_for_all
        });
        let Some(step) = step else {
            return labels;
        };
        let mut shown = Vec::new();
        self.month_row(step, |_| true, Extent::of, &mut shown);
        let narrow = self.placer.mark();
        let finer = MONTH_STEPS.into_iter().filter(|finer| step.is_multiple_of(*finer));
        let mut wide = Vec::new();
        for finer in finer {
            self.placer.give_back(narrow);
            wide.clear();
            let is_new = |at| !shown.contains(&at);
            if self.month_row(finer, is_new, |text, _| Extent::wide_only(text), &mut wide) {
                break;
            }
        }
        let baseline = self.months_baseline();
        let label = |at: usize, is_wide: bool| {
            let spot = self.month_spot(at);
            let ink = match (spot.anchor, is_wide) {
                (Anchor::Centre, true) => Ink::QuietCentredWide,
                (Anchor::Centre, false) => Ink::QuietCentred,
                (Anchor::End, true) => Ink::QuietEndingWide,
                (Anchor::End, false) => Ink::QuietEnding,
                (Anchor::Start, _) => Ink::Quiet,
            };
            Label { text: Cow::Borrowed(&categories[at]), wide_prefix: 0, at: (spot.x, baseline), ink }
        };
        labels.extend(shown.iter().map(|&at| label(at, false)));
        labels.extend(wide.iter().map(|&at| label(at, true)));
        labels
    }

    /// Takes the room of every `step`-th month that `is_wanted`, and tells whether all but those near the last had it.
    fn month_row(
        &mut self,
        step: usize,
        is_wanted: impl Fn(usize) -> bool,
        extent: impl Fn(&str, bool) -> Extent,
        shown: &mut Vec<usize>,
    ) -> bool {
        let categories = self.plot.chart.categories.as_slice();
        let single = categories.len() == 1;
        let before_last = if single { 1 } else { categories.len() - 1 };
        let mut without_room = 0;
        let mut wanted = 0;
        for at in (0..before_last).step_by(step).filter(|&at| is_wanted(at)) {
            wanted += 1;
            if self.placer.take_if_free(self.month_spot(at), extent(&categories[at], false)) {
                shown.push(at);
                without_room = 0;
            } else {
                without_room += 1;
                if at == 0 || without_room > 1 || at + step < before_last {
                    return false;
                }
            }
        }
        wanted == 0 || without_room < 2
    }

    fn month_spot(&self, at: usize) -> Spot {
        let (x, baseline) = (self.plot.x(at as f64), self.months_baseline());
        let centre = Spot { x, baseline, anchor: Anchor::Centre };
        let extent = Extent::of(&self.plot.chart.categories[at], false);
        if at == 0 && !Placer::default().is_free(centre, extent) {
            return Spot { x: 0, baseline, anchor: Anchor::Start };
        }
        centre
    }

    fn months_baseline(&self) -> i32 {
        self.plot.bottom + px(MONTHS_PX)
    }

    fn breaks(&mut self) {
        let plot = self.plot;
        for ((at, words), row) in plot.breaks().zip(&plot.break_rows) {
            let extent = Extent::of(words, false);
            let spot = row.and_then(|row| self.placer.take_clearest(break_spots(plot, at, row).into_iter(), extent, &[]));
            match spot {
                Some(spot) => self.labels.push(Label::new(words, spot, plain_ink(spot.anchor))),
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
            self.figure_at(self.plot.points(0).next_back(), self.plot.chart.last_label.as_deref(), true);
        }
    }

    fn name_at_end(&mut self, rank: usize) -> bool {
        let plot = self.plot;
        let name = plot.lines[rank].label.as_str();
        let text = match plot.chart.last_label.as_deref() {
            Some(figure) if rank == 0 && !name.is_empty() => Cow::Owned(format!("{name}: {figure}")),
            Some(figure) if rank == 0 => Cow::Borrowed(figure),
            _ => Cow::Borrowed(name),
        };
        let Some(end) = plot.points(rank).next_back() else {
            return true;
        };
        if text.is_empty() {
            return true;
        }
        let own = plot.y(end.1);
        let others: Vec<i32> = (0..plot.lines.len())
            .filter(|&other| other != rank)
            .filter_map(|other| Some(plot.y(plot.points(other).next_back()?.1)))
            .collect();
        let is_nearest = |spot: &Spot| {
            let middle = spot.baseline - px(5);
            others.iter().all(|other| (middle - other).abs() > (middle - own).abs())
        };
        let spots = self.beside(end, NEXT_TO).filter(is_nearest);
        let Some(spot) = self.placer.take_clearest(spots, Extent::of(&text, rank == 0), &self.segments) else {
            return false;
        };
        let ink = if rank == 0 { value_ink(spot.anchor) } else { plain_ink(spot.anchor) };
        self.labels.push(Label::new(text, spot, ink));
        true
    }

    fn first_point(&mut self) {
        if self.plot.points(0).count() > 1 {
            self.figure_at(self.plot.points(0).next(), self.plot.chart.first_label.as_deref(), false);
        }
    }

    /// The figure of a point beside it; below with its period when there is no room.
    fn figure_at(&mut self, point: Option<(f64, f64)>, text: Option<&'a str>, is_last: bool) {
        let (Some(point), Some(text)) = (point, text) else {
            return;
        };
        let spots = self.beside(point, BESIDE_PX.len());
        match self.placer.take_clearest(spots, Extent::of(text, is_last), &self.segments) {
            Some(spot) => {
                let ink = if is_last { value_ink(spot.anchor) } else { plain_ink(spot.anchor) };
                self.labels.push(Label::new(text, spot, ink));
            }
            None => self.notes.push(match self.category(point.0) {
                Some(category) => Cow::Owned(format!("{category}: {text}")),
                None => Cow::Borrowed(text),
            }),
        }
    }

    fn category(&self, period: f64) -> Option<&'a str> {
        let mut categories = self.plot.chart.categories.iter().enumerate();
        categories.find(|(at, _)| (*at as f64 - period).abs() < 0.5).map(|(_, category)| category.as_str())
    }

    /// Returns the spots beside a point, the nearest first, between the top of the drawing and the axis.
    fn beside(&self, point: (f64, f64), distances: usize) -> impl Iterator<Item = Spot> + use<> {
        let (x, y) = (self.plot.x(point.0), self.plot.y(point.1));
        let lowest = self.plot.bottom - px(6);
        let baselines = BESIDE_PX.into_iter().take(distances).map(move |distance| y + px(distance));
        baselines.filter(move |&baseline| baseline <= lowest).flat_map(move |baseline| {
            let [centre, end, start] = anchored(x, baseline, 0);
            match x {
                ..3500 => [start, centre, end],
                3500..6500 => [centre, end, start],
                _ => [Spot { x: (x + 200).min(FULL_WIDTH), ..end }, centre, start],
            }
        })
    }

    fn target(&mut self) {
        let (Some(text), Some(run)) = (self.plot.chart.target_label.as_deref(), self.plot.target_runs().into_iter().next()) else {
            return;
        };
        let first = &run[0];
        let (x, end, y) = (self.plot.x(first.from), self.plot.x(first.to), self.plot.y(first.value));
        let lowest = self.plot.bottom - px(6);
        let spots = [y - px(7), y + px(18)].into_iter().filter(|&baseline| baseline <= lowest).flat_map(|baseline| {
            [
                Spot { x, baseline, anchor: Anchor::Start },
                Spot { x: end, baseline, anchor: Anchor::End },
                Spot { x: i32::midpoint(x, end), baseline, anchor: Anchor::Centre },
                Spot { x: FULL_WIDTH, baseline, anchor: Anchor::End },
            ]
        });
        match self.placer.take_clearest(spots, Extent::of(text, false), &self.segments) {
            Some(spot) => self.labels.push(Label::new(text, spot, plain_ink(spot.anchor))),
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
                    Spot { x: x - 100, baseline: y + px(5), anchor: Anchor::End },
                    Spot { x: x + 100, baseline: y - px(7), anchor: Anchor::Start },
                ];
                let spots = spots.into_iter().filter(|spot| spot.baseline <= self.plot.bottom - px(6));
                if let Some(spot) = self.placer.take_clearest(spots, Extent::of(&text, false), &self.segments) {
                    self.labels.push(Label::new(text, spot, plain_ink(spot.anchor)));
                }
            }
        }
    }

    /// Words of missing figures above their marks; those without room in one note.
    fn missing(&mut self) {
        let mut listed = String::new();
        for group in missing_groups(self.plot) {
            if self.missing_in_plot(&group) {
                continue;
            }
            listed.push_str(if listed.is_empty() { "× " } else { "; " });
            listed.push_str(&group.text);
        }
        if !listed.is_empty() {
            self.notes.push(Cow::Owned(listed));
        }
    }

    fn missing_in_plot(&mut self, group: &MissingGroup<'a>) -> bool {
        let x = i32::midpoint(self.plot.x(group.first as f64), self.plot.x(group.last as f64));
        let baseline = self.plot.bottom - px(13);
        let [centre, end, start] = anchored(x, baseline, 200);
        let at_edge = match x {
            ..3000 => Some(Spot { x: 0, ..start }),
            7000.. => Some(Spot { x: FULL_WIDTH, ..end }),
            _ => None,
        };
        let spots = || [centre, end, start].into_iter().chain(at_edge);
        let prefix = group.text.find(": ").map_or(0, |colon| colon + 2);
        let extents = [(0, Extent::of(&group.text, false)), (prefix, Extent::with_wide_prefix(&group.text[..prefix], &group.text[prefix..]))];
        for (wide_prefix, extent) in extents {
            if let Some(spot) = self.placer.take_clearest(spots(), extent, &self.segments) {
                let label = Label::new(group.text.clone(), spot, plain_ink(spot.anchor));
                self.labels.push(Label { wide_prefix, ..label });
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
                below.push(Label { text: Cow::Borrowed(text), wide_prefix: 0, at: (KEY_TEXT_X, baseline), ink: Ink::Plain });
                baseline += px(LINE_PX);
            }
        }
        for note in self.notes {
            for text in wrap(&note, NARROWEST_PX, false) {
                below.push(Label { text: Cow::Owned(text.to_owned()), wide_prefix: 0, at: (0, baseline), ink: Ink::Quiet });
                baseline += px(LINE_PX);
            }
        }
        let height = if baseline == first { self.plot.bottom + px(FOOT_PX) } else { baseline - px(LINE_PX) + px(8) };
        Placement { height_px: height / px(1), ticks, months, labels: self.labels, below, samples }
    }
}

/// Neighbouring periods that are missing for the same reason.
struct MissingGroup<'a> {
    first: usize,
    last: usize,
    text: Cow<'a, str>,
}

/// Joins `2/2026: chưa báo cáo` and `3/2026: chưa báo cáo` into `2/2026–3/2026: chưa báo cáo`.
fn missing_groups<'a>(plot: &Plot<'a>) -> Vec<MissingGroup<'a>> {
    let mut all: Vec<(usize, &'a str)> = plot.missing().filter(|(_, words)| !words.is_empty()).collect();
    all.sort_unstable_by_key(|&(at, _)| at);
    let reason = |words: &'a str| words.split_once(": ").map_or(("", words), |(period, reason)| (period, reason));
    let neighbours = |a: &(usize, &'a str), b: &(usize, &'a str)| b.0 - a.0 <= 1 && reason(a.1).1 == reason(b.1).1;
    let group = |members: &[(usize, &'a str)]| {
        let (first, last) = (members[0], members[members.len() - 1]);
        let ((from, reason), (to, _)) = (reason(first.1), reason(last.1));
        let text = if from == to || from.is_empty() || to.is_empty() {
            Cow::Borrowed(first.1)
        } else {
            Cow::Owned(format!("{from}–{to}: {reason}"))
        };
        MissingGroup { first: first.0, last: last.0, text }
    };
    all.chunk_by(neighbours).map(group).collect()
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
