//! Words of mergers above the plot, in rows.

use super::super::plot::Plot;
use super::super::px;
use super::{LINE_PX, Label, Search, anchored, plain_ink};
use crate::chart::placing::{Extent, Placer, Spot};
use std::borrow::Cow;

const BREAK_BASELINE_PX: i32 = 14;
/// How far the line of a merger without words stands out of the plot.
const BREAK_RISE_PX: i32 = 18;
/// Mergers that need more rows are listed below.
const BREAK_ROWS: i32 = 2;

impl Search<'_, '_> {
    pub(super) fn breaks(&mut self) {
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
}

/// Returns the row above the plot for the words of each merger, `None` for those without room.
pub(in crate::chart::line) fn break_rows(plot: &Plot) -> Vec<Option<i32>> {
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
pub(in crate::chart::line) fn break_top(plot: &Plot, row: Option<i32>) -> i32 {
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
