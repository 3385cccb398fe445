//! The words of a line chart, each where there is room for it.
//!
//! Words that find no room in the plot are listed below it; none is cut.

mod mergers;
mod missing;
mod months;
mod points;
mod targets;

pub(super) use mergers::{break_rows, break_top};

use super::plot::Plot;
use super::px;
use crate::chart::ink::Ink;
use crate::chart::metrics::{NARROWEST_PX, wrap};
use crate::chart::placing::{Anchor, Extent, Placer, Segment, Spot};
use crate::chart::svg_backend::{FULL_WIDTH, Words};
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

/// From the axis to the base line of the months.
const MONTHS_PX: i32 = 22;
/// From the axis to the end of the drawing when nothing is listed below.
const FOOT_PX: i32 = 30;
/// From the base line of the months to the first one below them.
const BELOW_PX: i32 = 28;
const KEY_TEXT_X: i32 = 900;
/// How far words that end at a point reach beyond it: from the last period to the edge.
const END_OVERHANG: i32 = 200;

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

/// The lowest base line of words in the plot.
fn lowest(plot: &Plot) -> i32 {
    plot.bottom - px(6)
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
