//! What a shape or word of a chart means, and the classes that say so. A colour in plotters is only the number of an
//! ink; how an ink looks is left to the style sheet.

use plotters::style::{RGBColor, ShapeStyle};
use plotters_backend::BackendColor;

/// What a shape or word means: the class it carries, and a dash that no style sheet needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Ink {
    /// Words or a bar without a class.
    Plain,
    Highlight,
    Second,
    Third,
    Fourth,
    Doubtful,
    Track,
    Grid,
    Axis,
    Target,
    Halo,
    Break,
    TargetLine,
    Line1,
    Line2,
    Line3,
    Line4,
    Restated1,
    Restated2,
    Restated3,
    Restated4,
    Dot1,
    Dot2,
    Dot3,
    Dot4,
    Hollow1,
    Gap,
    Value,
    ValueCentred,
    Centred,
    Ending,
    Quiet,
    QuietCentred,
    QuietEnding,
    QuietWide,
    QuietCentredWide,
    Step1,
    Step2,
    Step3,
    Step4,
    Step5,
    Empty,
}

impl Ink {
    const ALL: [(Self, &'static str, &'static str); 42] = [
        (Self::Plain, "", ""),
        (Self::Highlight, "hi", ""),
        (Self::Second, "b2", ""),
        (Self::Third, "b3", ""),
        (Self::Fourth, "b4", ""),
        (Self::Doubtful, "ask", ""),
        (Self::Track, "track", ""),
        (Self::Grid, "grid", ""),
        (Self::Axis, "axis", ""),
        (Self::Target, "target", ""),
        (Self::Halo, "guide", ""),
        (Self::Break, "brk", ""),
        (Self::TargetLine, "tl", ""),
        (Self::Line1, "l1", ""),
        (Self::Line2, "l1 b2", "12 6"),
        (Self::Line3, "l1 b3", "4 6"),
        (Self::Line4, "l1 b4", "12 6 1 6"),
        (Self::Restated1, "l1 l0", ""),
        (Self::Restated2, "l1 b2 l0", ""),
        (Self::Restated3, "l1 b3 l0", ""),
        (Self::Restated4, "l1 b4 l0", ""),
        (Self::Dot1, "dot", ""),
        (Self::Dot2, "dot b2", ""),
        (Self::Dot3, "dot b3", ""),
        (Self::Dot4, "dot b4", ""),
        (Self::Hollow1, "dot o", ""),
        (Self::Gap, "gap", ""),
        (Self::Value, "v", ""),
        (Self::ValueCentred, "v c", ""),
        (Self::Centred, "c", ""),
        (Self::Ending, "e", ""),
        (Self::Quiet, "q", ""),
        (Self::QuietCentred, "q c", ""),
        (Self::QuietEnding, "q e", ""),
        (Self::QuietWide, "q wide", ""),
        (Self::QuietCentredWide, "q c wide", ""),
        (Self::Step1, "s1", ""),
        (Self::Step2, "s2", ""),
        (Self::Step3, "s3", ""),
        (Self::Step4, "s4", ""),
        (Self::Step5, "s5", ""),
        (Self::Empty, "no", ""),
    ];

    /// The bars of a stack by position.
    pub(super) const PARTS: [Self; 4] = [Self::Highlight, Self::Second, Self::Third, Self::Fourth];
    /// The steps of a scale, lowest first.
    pub(super) const STEPS: [Self; 5] = [
        Self::Step1,
        Self::Step2,
        Self::Step3,
        Self::Step4,
        Self::Step5,
    ];
    /// The lines of a chart by position, the emphasised one first.
    pub(super) const LINES: [Self; 4] = [Self::Line1, Self::Line2, Self::Line3, Self::Line4];
    /// The same lines where the figures were restated for a later unit.
    pub(super) const RESTATED: [Self; 4] = [
        Self::Restated1,
        Self::Restated2,
        Self::Restated3,
        Self::Restated4,
    ];
    /// Their points.
    pub(super) const DOTS: [Self; 4] = [Self::Dot1, Self::Dot2, Self::Dot3, Self::Dot4];

    /// Returns the style by which plotters carries this ink to the backend.
    pub(super) fn style(self) -> ShapeStyle {
        ShapeStyle {
            filled: true,
            ..ShapeStyle::from(&RGBColor(0, 0, self as u8))
        }
    }

    /// Its class.
    pub(super) fn class(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The class and the dash of the ink that a colour of plotters stands for.
    pub(super) fn of(color: BackendColor) -> (&'static str, &'static str) {
        let (_, class, dash) = Self::ALL[usize::from(color.rgb.2) % Self::ALL.len()];
        (class, dash)
    }
}

#[cfg(test)]
mod tests {
    use super::Ink;

    #[test]
    fn every_ink_stands_at_its_number() {
        for (number, (ink, ..)) in Ink::ALL.into_iter().enumerate() {
            assert_eq!(ink as usize, number);
        }
    }
}
