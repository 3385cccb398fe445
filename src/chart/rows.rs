//! Rows of horizontal bars: words above, a track with its parts below.
//!
//! The name stands at the left, the value at the right over the end of the track. Where both do not fit into one line
//! on the narrowest column, the name takes as many lines as it needs and the value stands on the last one, or below it.

use super::ink::Ink;
use super::metrics::{NARROWEST_PX, PHONE_TEXT_PX, room, wrap};
use super::spec::{Tone, drawable};
use super::svg_backend::{FULL_WIDTH, SvgBackend, UNITS_PER_PX, Words};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::{RangedCoordf64, RangedCoordi32};
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle};

/// Height of a row with one line of words, and the space to the next one.
const ROW_PX: i32 = 48;
/// From the top of a row to its first base line.
const BASELINE_PX: i32 = 14;
/// From base line to base line: 1.25 times the size of the words on a desktop, for stacked marks.
const LINE_PX: i32 = 20;
/// From the top of a row to its bar, with one line of words.
const BAR_TOP_PX: i32 = 21;
const BAR_PX: i32 = 12;
/// How far a tick stands out of its bar.
const TICK_OVERHANG_PX: i32 = 4;
/// Room between a name and a value in one line.
const WORD_GAP_PX: f64 = 10.0;
/// The shortest bar that is seen, in backend units: half a pixel on a phone.
const LEAST_BAR: f64 = 20.0;

/// A drawing of rows whose words are in place.
pub(super) struct Rows<'a> {
    screen: DrawingArea<SvgBackend<'a>, Shift>,
    values: DrawingArea<SvgBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordi32>>,
    scale_max: f64,
}

/// Where the bar of a row begins, in pixels from the top of the drawing.
#[derive(Clone, Copy)]
pub(super) struct BarTop(i32);

/// The words of a row, broken into lines.
struct Heading<'w> {
    label: Vec<&'w str>,
    value: Vec<&'w str>,
    lines: usize,
}

impl<'a> Rows<'a> {
    /// Opens a drawing for rows of `(label, value label)` on a scale from zero to `scale_max`.
    ///
    /// `draw_bar` is called for each row, with its number.
    pub(super) fn draw<'w>(
        out: &'a mut String,
        name: Option<&str>,
        scale_max: f64,
        words: impl ExactSizeIterator<Item = (&'w str, &'w str)>,
        mut draw_bar: impl FnMut(&Self, usize, BarTop),
    ) {
        if words.len() == 0 {
            return;
        }
        let headings: Vec<Heading> = words
            .map(|(label, value)| Heading::of(label, value))
            .collect();
        let height: i32 = headings.iter().map(Heading::row_px).sum::<i32>() - ROW_PX
            + BAR_TOP_PX
            + BAR_PX
            + TICK_OVERHANG_PX;
        let screen = SvgBackend::begin(out, "", name, height).into_drawing_area();
        let height_units = height * UNITS_PER_PX;
        let values = screen.apply_coord_spec(Cartesian2d::new(
            0.0..scale_max,
            0..height_units,
            (0..FULL_WIDTH, 0..height_units),
        ));
        let rows = Self {
            screen,
            values,
            scale_max,
        };
        let mut top = 0;
        for (row, heading) in headings.iter().enumerate() {
            rows.heading(heading, top);
            draw_bar(
                &rows,
                row,
                BarTop(top + heading.row_px() - ROW_PX + BAR_TOP_PX),
            );
            top += heading.row_px();
        }
        let closed = rows.screen.present();
        debug_assert!(closed.is_ok(), "a string takes every text");
    }

    /// Draws the ground on which bars stand.
    pub(super) fn track(&self, top: BarTop) {
        self.rectangle(top, 0.0, self.scale_max, Ink::Track);
    }

    /// Draws a bar between two values of the scale.
    pub(super) fn bar(&self, top: BarTop, from: f64, to: f64, ink: Ink) {
        let least = self.scale_max * LEAST_BAR / f64::from(FULL_WIDTH);
        let to = to.max(from + least).min(self.scale_max);
        self.rectangle(top, from.min(to), to, ink);
    }

    /// Draws a tick across the bar, set off by a halo.
    pub(super) fn tick(&self, top: BarTop, value: f64) {
        self.rule(top, value, Ink::Halo);
        self.rule(top, value, Ink::Target);
    }

    /// Draws a thin line across the bar, where a tick already has another meaning.
    pub(super) fn thin_tick(&self, top: BarTop, value: f64) {
        self.rule(top, value, Ink::Axis);
    }

    fn rectangle(&self, BarTop(top): BarTop, from: f64, to: f64, ink: Ink) {
        let corners = [
            (from, top * UNITS_PER_PX),
            (to, (top + BAR_PX) * UNITS_PER_PX),
        ];
        let drawn = self.values.draw(&Rectangle::new(corners, ink.style()));
        debug_assert!(drawn.is_ok(), "a string takes every shape");
    }

    fn rule(&self, BarTop(top): BarTop, value: f64, ink: Ink) {
        let value = value.clamp(0.0, self.scale_max);
        let ends = [
            (value, (top - TICK_OVERHANG_PX) * UNITS_PER_PX),
            (value, (top + BAR_PX + TICK_OVERHANG_PX) * UNITS_PER_PX),
        ];
        let drawn = self.values.draw(&PathElement::new(ends, ink.style()));
        debug_assert!(drawn.is_ok(), "a string takes every shape");
    }

    fn heading(&self, heading: &Heading, top: i32) {
        self.lines(&heading.label, 0, Ink::Plain, top + BASELINE_PX);
        let above = heading.lines - heading.value.len();
        self.lines(
            &heading.value,
            FULL_WIDTH,
            Ink::Value,
            top + BASELINE_PX + lines_px(above),
        );
    }

    fn lines(&self, lines: &[&str], x: i32, ink: Ink, mut baseline: i32) {
        for text in lines.iter().filter(|line| !line.is_empty()) {
            let words = Words {
                text,
                wide_prefix: "",
                at: (x, baseline * UNITS_PER_PX),
                ink,
            };
            let drawn = self.screen.draw(&words);
            debug_assert!(drawn.is_ok(), "a string takes every text");
            baseline += LINE_PX;
        }
    }
}

impl<'w> Heading<'w> {
    fn of(label: &'w str, value: &'w str) -> Self {
        let value = wrap(value, NARROWEST_PX, true);
        let label = wrap(label, NARROWEST_PX, false);
        let shared = match (label.last(), value.as_slice()) {
            (Some(last), [value]) => {
                let gap = if last.is_empty() || value.is_empty() {
                    0.0
                } else {
                    WORD_GAP_PX
                };
                room(last, PHONE_TEXT_PX, false) + gap + room(value, PHONE_TEXT_PX, true)
                    <= NARROWEST_PX
            }
            _ => false,
        };
        let lines = label.len() + value.len() - usize::from(shared);
        Self {
            label,
            value,
            lines,
        }
    }

    fn row_px(&self) -> i32 {
        ROW_PX + lines_px(self.lines.saturating_sub(1))
    }
}

/// Returns the greatest of the wished-for end of a scale and the values on it; 1 when none is above zero.
pub(super) fn scale_max(max: f64, values: impl Iterator<Item = f64>) -> f64 {
    let greatest = std::iter::once(max)
        .chain(values)
        .filter_map(drawable)
        .fold(0.0, f64::max);
    if greatest > 0.0 { greatest } else { 1.0 }
}

/// Returns the length of a bar, or `None` when it has none.
pub(super) fn length(value: f64) -> Option<f64> {
    drawable(value).filter(|&value| value > 0.0)
}

/// Returns the ink of a bar.
pub(super) fn ink(tone: Tone) -> Ink {
    match tone {
        Tone::Grey => Ink::Plain,
        Tone::Highlight => Ink::Highlight,
        Tone::Doubtful => Ink::Doubtful,
    }
}

fn lines_px(lines: usize) -> i32 {
    i32::try_from(lines).map_or(0, |lines| lines * LINE_PX)
}

#[cfg(test)]
mod tests {
    use super::{Heading, scale_max};

    fn check(label: &str, value: &str, label_lines: usize, lines: usize) {
        let heading = Heading::of(label, value);
        assert_eq!(
            (heading.label.len(), heading.lines),
            (label_lines, lines),
            "{label} | {value}"
        );
    }

    #[test]
    fn shares_a_line_where_both_fit() {
        check("Đăng ký khai sinh", "1.999", 1, 1);
        check("Đăng ký khai tử", "1.177, chưa khớp", 1, 1);
        check("", "", 1, 1);
    }

    #[test]
    fn gives_long_names_more_lines() {
        check(
            "Liên thông đăng ký khai sinh",
            "2.035, có 103 trực tiếp",
            1,
            2,
        );
        check(
            "Đăng ký biến động đất đai do đổi tên người dùng",
            "452",
            2,
            2,
        );
        check("một", &"chưa khớp ".repeat(8), 1, 4);
    }

    #[test]
    fn a_scale_holds_all_its_values() {
        assert!((scale_max(100.0, [40.0, 117.2].into_iter()) - 117.2).abs() < 1e-9);
        assert!((scale_max(f64::NAN, [f64::INFINITY, -3.0].into_iter()) - 1.0).abs() < 1e-9);
    }
}
