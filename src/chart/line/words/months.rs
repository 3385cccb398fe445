//! Words of the periods below the axis, thinned so that they never meet.

use super::super::px;
use super::{Label, MONTHS_PX, Search};
use crate::chart::ink::Ink;
use crate::chart::placing::{Anchor, Extent, Placer, Spot};
use crate::chart::svg_backend::FULL_WIDTH;

/// Months to skip between labels.
const MONTH_STEPS: [usize; 9] = [1, 2, 3, 6, 12, 24, 60, 120, 600];

impl<'a> Search<'_, 'a> {
    /// Months: the last one, and every so many of the others as leave room; more of them on wide screens.
    pub(super) fn months(&mut self) -> Vec<Label<'a>> {
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

    pub(super) fn months_baseline(&self) -> i32 {
        self.plot.bottom + px(MONTHS_PX)
    }
}
