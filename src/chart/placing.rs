//! Room for words in a drawing whose width is not known.
//!
//! A word has a fixed size and stands at a per cent of the width, so boxes that are free of each other at the narrowest
//! and at the widest drawing are so between them. The words of a phone are smaller than those of a desktop.

use super::metrics::{NARROWEST_PX, PHONE_TEXT_PX, SLACK, text_width};
use super::svg_backend::{FULL_WIDTH, UNITS_PER_PX};
use plotters_backend::BackendCoord;

/// Size of chart words on a desktop.
const DESKTOP_TEXT_PX: f64 = 15.75;
/// From the base line upwards and downwards, for stacked marks on a desktop.
const ASCENT_PX: f64 = 14.0;
const DESCENT_PX: f64 = 4.0;
/// Least distance between words side by side, beyond their slack.
pub(super) const GAP_PX: f64 = 2.0;

/// The drawings for which room is reckoned.
const VIEWS: [View; 3] = [
    View {
        width_px: NARROWEST_PX,
        text_px: PHONE_TEXT_PX,
        wide: false,
    },
    // A screen of 480 px less its margins, from where the class `wide` is shown.
    View {
        width_px: 448.0,
        text_px: PHONE_TEXT_PX,
        wide: true,
    },
    View {
        width_px: 740.0,
        text_px: DESKTOP_TEXT_PX,
        wide: true,
    },
];

struct View {
    width_px: f64,
    text_px: f64,
    wide: bool,
}

/// Which part of words stands at their point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Centre,
    End,
}

/// A place for words, in backend units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) x: i32,
    pub(super) baseline: i32,
    pub(super) anchor: Anchor,
}

/// The width of words in em, with slack for other faces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// On a phone; `None` when they are not shown there.
    narrow_em: Option<f64>,
    wide_em: f64,
}

impl Extent {
    /// Measures words that are shown at every width.
    pub(super) fn of(text: &str, bold: bool) -> Self {
        let em = text_width(text, SLACK, bold);
        Self {
            narrow_em: Some(em),
            wide_em: em,
        }
    }

    /// Measures words whose prefix is shown only where there is room.
    pub(super) fn with_wide_prefix(prefix: &str, text: &str) -> Self {
        let narrow = text_width(text, SLACK, false);
        Self {
            narrow_em: Some(narrow),
            wide_em: narrow + text_width(prefix, SLACK, false),
        }
    }

    /// Measures words that are shown only where there is room.
    pub(super) fn wide_only(text: &str) -> Self {
        Self {
            narrow_em: None,
            wide_em: text_width(text, SLACK, false),
        }
    }

    fn px(&self, view: &View) -> Option<f64> {
        let em = if view.wide {
            Some(self.wide_em)
        } else {
            self.narrow_em
        };
        em.map(|em| em * view.text_px)
    }
}

/// A straight piece of a line, from left to right, in backend units.
pub(super) type Segment = (BackendCoord, BackendCoord);

/// The words placed so far.
#[derive(Default)]
pub(super) struct Placer {
    placed: Vec<(Spot, Extent)>,
}

impl Placer {
    /// Tells whether words at `spot` stay inside the drawing and clear of all others.
    pub(super) fn is_free(&self, spot: Spot, extent: Extent) -> bool {
        VIEWS.iter().all(|view| {
            let Some(found) = Frame::of(spot, extent, view) else {
                return true;
            };
            found.is_inside(view)
                && self.placed.iter().all(|&(spot, extent)| {
                    Frame::of(spot, extent, view).is_none_or(|placed| !found.meets(&placed))
                })
        })
    }

    /// Takes the room at `spot`.
    pub(super) fn take(&mut self, spot: Spot, extent: Extent) {
        self.placed.push((spot, extent));
    }

    /// Takes the room at `spot` if it is free, and tells whether it was.
    pub(super) fn take_if_free(&mut self, spot: Spot, extent: Extent) -> bool {
        let free = self.is_free(spot, extent);
        if free {
            self.take(spot, extent);
        }
        free
    }

    /// Takes the free spot with the least penalty and the fewest lines across it, the first among equals.
    pub(super) fn take_clearest(
        &mut self,
        spots: impl Iterator<Item = (Spot, usize)>,
        extent: Extent,
        lines: &[Segment],
    ) -> Option<Spot> {
        let free = spots.filter(|&(spot, _)| self.is_free(spot, extent));
        let (clearest, _) =
            free.min_by_key(|&(spot, penalty)| penalty + crossings(spot, extent, lines))?;
        self.take(clearest, extent);
        Some(clearest)
    }

    /// Returns a mark for [`Self::give_back`].
    pub(super) fn mark(&self) -> usize {
        self.placed.len()
    }

    /// Gives back all room taken since `mark`.
    pub(super) fn give_back(&mut self, mark: usize) {
        self.placed.truncate(mark);
    }
}

fn crossings(spot: Spot, extent: Extent, lines: &[Segment]) -> usize {
    let frames = VIEWS
        .iter()
        .filter_map(|view| Some((view, Frame::of(spot, extent, view)?)));
    frames
        .map(|(view, frame)| {
            lines
                .iter()
                .filter(|line| frame.is_crossed(**line, view))
                .count()
        })
        .sum()
}

/// The box of words in one view, in pixels.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Frame {
    fn of(spot: Spot, extent: Extent, view: &View) -> Option<Self> {
        let width = extent.px(view)?;
        let (x, baseline) = to_px((spot.x, spot.baseline), view);
        let left = match spot.anchor {
            Anchor::Start => x,
            Anchor::Centre => x - width / 2.0,
            Anchor::End => x - width,
        };
        Some(Self {
            left,
            right: left + width,
            top: baseline - ASCENT_PX,
            bottom: baseline + DESCENT_PX,
        })
    }

    fn is_inside(&self, view: &View) -> bool {
        self.left >= 0.0 && self.right <= view.width_px && self.top >= 0.0
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right + GAP_PX
            && other.left < self.right + GAP_PX
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn is_crossed(&self, (from, to): Segment, view: &View) -> bool {
        let ((x1, y1), (x2, y2)) = (to_px(from, view), to_px(to, view));
        if x2 < self.left || x1 > self.right {
            return false;
        }
        let height_at = |x: f64| {
            if x2 > x1 {
                y1 + (y2 - y1) * (x - x1) / (x2 - x1)
            } else {
                y1
            }
        };
        let (entry, exit) = if x2 > x1 {
            (height_at(x1.max(self.left)), height_at(x2.min(self.right)))
        } else {
            (y1, y2)
        };
        entry.min(exit) <= self.bottom && entry.max(exit) >= self.top
    }
}

fn to_px((x, y): BackendCoord, view: &View) -> (f64, f64) {
    (
        f64::from(x) * view.width_px / f64::from(FULL_WIDTH),
        f64::from(y) / f64::from(UNITS_PER_PX),
    )
}

#[cfg(test)]
mod tests {
    use super::{Anchor, Extent, Placer, Spot};

    const fn spot(x: i32, baseline: i32, anchor: Anchor) -> Spot {
        Spot {
            x,
            baseline,
            anchor,
        }
    }

    #[test]
    fn keeps_words_apart() {
        let mut placer = Placer::default();
        let word = Extent::of("7/2024", false);
        assert!(placer.take_if_free(spot(1000, 500, Anchor::Centre), word));
        assert!(!placer.is_free(spot(1500, 500, Anchor::Centre), word));
        assert!(!placer.is_free(spot(1500, 600, Anchor::Centre), word));
        assert!(placer.is_free(spot(1500, 700, Anchor::Centre), word));
        assert!(placer.is_free(spot(4000, 500, Anchor::Centre), word));
        placer.give_back(0);
        assert!(placer.is_free(spot(1500, 500, Anchor::Centre), word));
    }

    #[test]
    fn keeps_words_inside() {
        let placer = Placer::default();
        let word = Extent::of("7/2024", false);
        assert!(!placer.is_free(spot(0, 500, Anchor::Centre), word));
        assert!(placer.is_free(spot(0, 500, Anchor::Start), word));
        assert!(!placer.is_free(spot(9800, 500, Anchor::Start), word));
        assert!(placer.is_free(spot(10_000, 500, Anchor::End), word));
        assert!(!placer.is_free(spot(0, 100, Anchor::Start), word));
        assert!(!placer.is_free(
            spot(0, 500, Anchor::Start),
            Extent::of(&"dài ".repeat(30), false)
        ));
    }

    #[test]
    fn wide_words_need_room_only_where_they_are_shown() {
        let mut placer = Placer::default();
        placer.take(spot(5000, 500, Anchor::Centre), Extent::of("7/2024", false));
        let beside = spot(6500, 500, Anchor::Centre);
        assert!(!placer.is_free(beside, Extent::of("1/2025", false)));
        assert!(placer.is_free(beside, Extent::wide_only("1/2025")));
    }

    #[test]
    fn prefers_the_spot_that_no_line_crosses() {
        let mut placer = Placer::default();
        let rising = [((1000, 800), (9800, 200))];
        let spots = [
            (spot(1000, 700, Anchor::Start), 0),
            (spot(1000, 1020, Anchor::Start), 1),
        ];
        let found = placer.take_clearest(spots.into_iter(), Extent::of("52,4%", false), &rising);
        assert_eq!(found.map(|spot| spot.baseline), Some(1020));
    }
}
