//! Words of the ends of lines: the figures of the emphasised one, and the names where there are several.

use super::super::plot::Plot;
use super::super::px;
use super::{END_OVERHANG, Label, Search, lowest, plain_ink, value_ink};
use crate::chart::placing::{Anchor, Extent, Spot};
use crate::chart::svg_backend::FULL_WIDTH;
use std::borrow::Cow;

/// From a point to the base line of its words: above and below, then farther away.
const BESIDE_PX: [[i32; 2]; 3] = [[-13, 20], [-33, 40], [-53, 60]];
/// What a step away from the point weighs against lines that cross the words.
const FARTHER: usize = 2;

impl<'a> Search<'_, 'a> {
    /// Names of several lines at their ends, or in a key when one finds no room; the last figure of the first line.
    pub(super) fn last_points(&mut self) {
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

    pub(super) fn first_point(&mut self) {
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
