//! Words of the target at its steps.

use super::super::px;
use super::{Label, Search, lowest, plain_ink};
use crate::chart::placing::{Anchor, Extent, Spot};
use crate::chart::svg_backend::FULL_WIDTH;
use crate::chart::ticks::write_value;
use std::borrow::Cow;

impl Search<'_, '_> {
    pub(super) fn target(&mut self) {
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
    pub(super) fn target_steps(&mut self) {
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
}
