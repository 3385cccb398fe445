//! Lines between two places of each unit: who moved in rank?
//!
//! The units stand below each other in their order then, at the left, and now, at the right; the place itself is in
//! the words at both ends, for the units drawn may be a few of many.

use super::ink::Ink;
use super::metrics::{NARROWEST_PX, wrap};
use super::spec::{SlopeChart, SlopeLine, Tone, drawable};
use super::svg_backend::{Classed, FULL_WIDTH, Segment, SvgBackend, UNITS_PER_PX};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::Circle;

/// More lines than this are a tangle.
pub(super) const MOST: usize = 10;
/// Where the words at the left end and those at the right begin, and the ends of the lines, in backend units.
const WORDS: (i32, i32) = (3500, 6500);
const ENDS: (i32, i32) = (3750, 6250);
/// Room of the words at either side.
const WORDS_PX: f64 = NARROWEST_PX * 0.35;
const LINE_PX: i32 = 19;
const BASELINE_PX: i32 = 14;
/// Between the words of one unit and those of the next.
const GAP_PX: i32 = 9;
const DOT_RADIUS: u32 = 40;

/// Appends the drawing of `chart`: nothing when it has fewer than two lines.
pub(super) fn draw(chart: &SlopeChart, name: Option<&str>, out: &mut String) {
    let is_placed = |l: &&SlopeLine| drawable(l.from).is_some() && drawable(l.to).is_some();
    let lines: Vec<&SlopeLine> = chart.lines.iter().filter(is_placed).take(MOST).collect();
    if lines.len() < 2 {
        return;
    }
    let left: Vec<Vec<&str>> = lines.iter().map(|l| broken(&l.from_label)).collect();
    let right: Vec<Vec<&str>> = lines.iter().map(|l| broken(&l.to_label)).collect();
    let heads = [broken(&chart.from_head), broken(&chart.to_head)];
    let most = |list: &[Vec<&str>]| count(list.iter().map(Vec::len).max().unwrap_or(1));
    let (head, row) = (most(&heads), most(&left).max(most(&right)));
    let row_px = row * LINE_PX + GAP_PX;
    let top = head * LINE_PX + GAP_PX;
    let height = top + row_px * count(lines.len()) - GAP_PX + 2;
    let area = SvgBackend::begin(out, "", name, height).into_drawing_area();
    let slots = Slots { area, top, row_px };
    let (then, now) = (order(&lines, |l| l.from), order(&lines, |l| l.to));
    for ((line, then), now) in lines.iter().zip(&then).zip(&now) {
        slots.line(line.tone, *then, *now);
    }
    for (head, (x, class)) in heads.iter().zip([(WORDS.0, "q e"), (WORDS.1, "q")]) {
        slots.words(head, x, class, BASELINE_PX);
    }
    for (labels, places, x, end) in [
        (&left, &then, WORDS.0, true),
        (&right, &now, WORDS.1, false),
    ] {
        for ((label, place), line) in labels.iter().zip(places).zip(&lines) {
            let class = match (line.tone, end) {
                (Tone::Highlight, true) => "v",
                (Tone::Highlight, false) => "n",
                (_, true) => "e",
                (_, false) => "",
            };
            let spare = (row - count(label.len())) * LINE_PX / 2;
            slots.words(label, x, class, slots.top_of(*place) + BASELINE_PX + spare);
        }
    }
    let closed = slots.area.present();
    debug_assert!(closed.is_ok(), "a string takes every shape");
}

/// Words are bold at some ends, so their room is that of bold ones.
fn broken(label: &str) -> Vec<&str> {
    wrap(label, WORDS_PX, true)
}

/// The slot of each line from the top, by its place; equal places keep the order of the lines.
fn order(lines: &[&SlopeLine], place: impl Fn(&SlopeLine) -> f64) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..lines.len()).collect();
    sorted.sort_by(|a, b| place(lines[*a]).total_cmp(&place(lines[*b])));
    let mut slots = vec![0; lines.len()];
    for (slot, line) in sorted.into_iter().enumerate() {
        slots[line] = slot;
    }
    slots
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX / 1000)
}

struct Slots<'a> {
    area: DrawingArea<SvgBackend<'a>, Shift>,
    top: i32,
    row_px: i32,
}

impl Slots<'_> {
    fn top_of(&self, slot: usize) -> i32 {
        self.top + self.row_px * count(slot)
    }

    fn line(&self, tone: Tone, then: usize, now: usize) {
        let middle = |slot| (self.top_of(slot) + (self.row_px - GAP_PX) / 2) * UNITS_PER_PX;
        let ends = [(ENDS.0, middle(then)), (ENDS.1, middle(now))];
        let ink = if tone == Tone::Highlight {
            Ink::Line1
        } else {
            Ink::Break
        };
        let mut drawn = self.area.draw(&Segment { ends, ink });
        if tone == Tone::Highlight {
            for end in ends {
                let dot = Circle::new(end, DOT_RADIUS, Ink::Dot1.style());
                drawn = drawn.and_then(|()| self.area.draw(&dot));
            }
        }
        debug_assert!(drawn.is_ok(), "a string takes every shape");
    }

    fn words(&self, lines: &[&str], x: i32, class: &'static str, mut baseline: i32) {
        for text in lines.iter().filter(|l| !l.is_empty()) {
            let at = (x.min(FULL_WIDTH), baseline * UNITS_PER_PX);
            let drawn = self.area.draw(&Classed { text, class, at });
            debug_assert!(drawn.is_ok(), "a string takes every text");
            baseline += LINE_PX;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::chart::spec::{SlopeChart, SlopeLine, Tone};

    fn line(name: &str, from: f64, to: f64, tone: Tone) -> SlopeLine {
        SlopeLine {
            from_label: format!("{from}. {name}"),
            to_label: format!("{to}. {name}"),
            from,
            to,
            tone,
        }
    }

    fn drawn(lines: Vec<SlopeLine>) -> String {
        let chart = SlopeChart {
            from_head: "2/2026".into(),
            to_head: "3/2026".into(),
            lines,
        };
        let mut out = String::new();
        draw(&chart, None, &mut out);
        out
    }

    #[test]
    fn both_ends_bear_name_and_place() {
        let out = drawn(vec![
            line("Huế", 7.0, 2.0, Tone::Highlight),
            line("Phú Thọ", 3.0, 5.0, Tone::Grey),
        ]);
        let expected = [
            r#"<svg width="100%" height="77" aria-hidden="true">"#,
            r#"<line class="l1" x1="37.5%" x2="62.5%" y1="65" y2="37"/>"#,
            r#"<circle class="dot" cx="37.5%" cy="65" r="4"/><circle class="dot" cx="62.5%" cy="37" r="4"/>"#,
            r#"<line class="brk" x1="37.5%" x2="62.5%" y1="37" y2="65"/>"#,
            r#"<text class="q e" x="35%" y="14">2/2026</text><text class="q" x="65%" y="14">3/2026</text>"#,
            r#"<text class="v" x="35%" y="70">7. Huế</text><text class="e" x="35%" y="42">3. Phú Thọ</text>"#,
            r#"<text class="n" x="65%" y="42">2. Huế</text><text x="65%" y="70">5. Phú Thọ</text></svg>"#,
        ];
        assert_eq!(out, expected.concat());
    }

    #[test]
    fn one_line_or_more_than_ten_is_no_comparison() {
        assert_eq!(drawn(vec![line("a", 1.0, 2.0, Tone::Grey)]), "");
        let many = (0..14).map(|n| line("a", f64::from(n), f64::from(14 - n), Tone::Grey));
        assert_eq!(drawn(many.collect()).matches("<line").count(), 10);
    }
}
