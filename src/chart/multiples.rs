//! Small lines on one scale, side by side: how does each move?

use super::ink::Ink;
use super::metrics::{NARROWEST_PX, wrap};
use super::spec::{Multiple, MultiplesChart, drawable};
use super::svg_backend::{Classed, Cross, FULL_WIDTH, SvgBackend, UNITS_PER_PX, to_units};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement};

/// More drawings than this are not looked at one by one.
pub(super) const MOST: usize = 12;
/// Side by side, also on a phone.
const COLUMNS: usize = 2;
/// From the left edge of a drawing to that of the next, and its own width, in backend units.
const STEP: i32 = 5200;
const WIDTH: i32 = 4800;
/// Room of the words over a drawing.
const WORDS_PX: f64 = NARROWEST_PX * 0.48;
const LINE_PX: i32 = 19;
const BASELINE_PX: i32 = 14;
/// From the words to the line, its height, and the space to the words of the next row.
const ABOVE_PX: i32 = 8;
const PLOT_PX: i32 = 46;
const BELOW_PX: i32 = 18;
/// Room of the dot at the end of a line, in backend units.
const INSET: i32 = 160;
const DOT_RADIUS: u32 = 35;

/// Appends the drawing of `chart`: nothing when it has fewer than two lines.
pub(super) fn draw(chart: &MultiplesChart, name: Option<&str>, out: &mut String) {
    let has_points = |one: &&Multiple| points(one).next().is_some();
    let list: Vec<&Multiple> = chart.list.iter().filter(has_points).take(MOST).collect();
    let Some(scale) = Scale::of(chart, &list).filter(|_| list.len() > 1) else {
        return;
    };
    let words: Vec<[Vec<&str>; 2]> = list.iter().map(|one| words_of(one)).collect();
    let heights: Vec<i32> = words.chunks(COLUMNS).map(row_height).collect();
    let height = heights.iter().sum::<i32>() - BELOW_PX + 4;
    let area = SvgBackend::begin(out, "", name, height).into_drawing_area();
    let grid = Grid { area, scale };
    let mut top = 0;
    for ((list, words), height) in list
        .chunks(COLUMNS)
        .zip(words.chunks(COLUMNS))
        .zip(&heights)
    {
        let plot = top + height - BELOW_PX - PLOT_PX;
        for (at, (one, [label, value])) in list.iter().zip(words).enumerate() {
            let left = STEP * i32::try_from(at).unwrap_or(0);
            let baseline = grid.words(label, left, "", top + BASELINE_PX);
            grid.words(value, left, "n", baseline);
            grid.plot(one, left, plot);
        }
        top += height;
    }
    let closed = grid.area.present();
    debug_assert!(closed.is_ok(), "a string takes every shape");
}

fn words_of(one: &Multiple) -> [Vec<&str>; 2] {
    [
        wrap(&one.label, WORDS_PX, false),
        wrap(&one.last_label, WORDS_PX, true),
    ]
}

/// The height of a row: the words of the one that has most, and the drawing.
fn row_height(row: &[[Vec<&str>; 2]]) -> i32 {
    let lines = row
        .iter()
        .map(|[label, value]| label.len() + value.len())
        .max();
    let lines = i32::try_from(lines.unwrap_or(2)).unwrap_or(2);
    lines * LINE_PX + ABOVE_PX + PLOT_PX + BELOW_PX
}

/// The figures of a line with their positions.
fn points(one: &Multiple) -> impl DoubleEndedIterator<Item = (usize, f64)> {
    let values = one.values.iter().enumerate();
    values.filter_map(|(at, value)| Some((at, value.and_then(drawable)?)))
}

/// The positions without a figure between the first figure and the last.
fn missing(one: &Multiple) -> impl Iterator<Item = usize> {
    let known = || points(one).map(|(at, _)| at);
    let inside = known().next().unwrap_or(0)..known().next_back().unwrap_or(0);
    inside.filter(move |at| known().all(|k| k != *at))
}

/// The one scale of all drawings.
struct Scale {
    low: f64,
    high: f64,
    /// Position of the last period.
    last: usize,
}

impl Scale {
    fn of(chart: &MultiplesChart, all: &[&Multiple]) -> Option<Self> {
        let values = || all.iter().flat_map(|one| points(one).map(|(_, v)| v));
        let (low, high) = (values().reduce(f64::min)?, values().reduce(f64::max)?);
        let low = if chart.zero_based { low.min(0.0) } else { low };
        // Level lines lie in the middle.
        let (low, high) = if high > low {
            (low, high)
        } else {
            (low - 1.0, high + 1.0)
        };
        let last = all
            .iter()
            .map(|one| one.values.len())
            .max()?
            .checked_sub(1)?;
        Some(Self { low, high, last })
    }

    fn place(&self, left: i32, top_px: i32, (at, value): (usize, f64)) -> (i32, i32) {
        let across = at as f64 / self.last.max(1) as f64 * f64::from(WIDTH - 2 * INSET);
        let down = (self.high - value) / (self.high - self.low) * f64::from(PLOT_PX - 10);
        (
            (left + INSET + to_units(across)).min(FULL_WIDTH),
            (top_px + 5) * UNITS_PER_PX + to_units(down * f64::from(UNITS_PER_PX)),
        )
    }
}

struct Grid<'a> {
    area: DrawingArea<SvgBackend<'a>, Shift>,
    scale: Scale,
}

impl Grid<'_> {
    /// Returns the base line of what comes below.
    fn words(&self, lines: &[&str], x: i32, class: &'static str, mut baseline: i32) -> i32 {
        for text in lines {
            let at = (x, baseline * UNITS_PER_PX);
            let drawn = self.area.draw(&Classed { text, class, at });
            debug_assert!(drawn.is_ok(), "a string takes every text");
            baseline += LINE_PX;
        }
        baseline
    }

    fn plot(&self, one: &Multiple, left: i32, top: i32) {
        let floor = (top + PLOT_PX) * UNITS_PER_PX;
        let axis = vec![(left, floor), (left + WIDTH, floor)];
        let mut drawn = self.area.draw(&PathElement::new(axis, Ink::Axis.style()));
        let mut run: Vec<(i32, i32)> = Vec::new();
        let mut before: Option<usize> = None;
        for (at, value) in points(one) {
            if before.is_some_and(|b| b + 1 != at) {
                drawn = drawn.and_then(|()| self.run(&run));
                run.clear();
            }
            run.push(self.scale.place(left, top, (at, value)));
            before = Some(at);
        }
        drawn = drawn.and_then(|()| self.run(&run));
        for at in missing(one) {
            let (x, _) = self.scale.place(left, top, (at, self.scale.low));
            drawn = drawn.and_then(|()| self.area.draw(&Cross { at: (x, floor) }));
        }
        if let Some(last) = points(one).next_back() {
            let end = self.scale.place(left, top, last);
            let dot = Circle::new(end, DOT_RADIUS, Ink::Dot1.style());
            drawn = drawn.and_then(|()| self.area.draw(&dot));
        }
        debug_assert!(drawn.is_ok(), "a string takes every shape");
    }

    /// Draws the figures of periods that follow each other.
    fn run(&self, run: &[(i32, i32)]) -> Drawn {
        match run {
            [] => Ok(()),
            [single] => self
                .area
                .draw(&Circle::new(*single, DOT_RADIUS / 2, Ink::Dot1.style())),
            _ => self
                .area
                .draw(&PathElement::new(run.to_vec(), Ink::Line1.style())),
        }
    }
}

type Drawn = Result<(), plotters::drawing::DrawingAreaErrorKind<std::convert::Infallible>>;

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::chart::spec::{Multiple, MultiplesChart};

    fn one(label: &str, values: &[Option<f64>]) -> Multiple {
        Multiple {
            label: label.to_owned(),
            last_label: "90%".to_owned(),
            values: values.to_vec(),
        }
    }

    fn drawn(list: Vec<Multiple>) -> String {
        let mut out = String::new();
        let chart = MultiplesChart {
            list,
            zero_based: false,
        };
        draw(&chart, None, &mut out);
        out
    }

    #[test]
    fn all_lines_share_one_scale() {
        let out = drawn(vec![
            one("Huế", &[Some(50.0), Some(100.0)]),
            one("Cà Mau", &[Some(75.0), None, Some(75.0)]),
        ]);
        assert!(out.starts_with(r#"<svg width="100%" height="96" aria-hidden="true"><text y="14">Huế</text><text class="n" y="33">90%</text>"#), "{out}");
        assert!(
            out.contains(r#"<line class="axis" x2="48%" y1="92" y2="92"/>"#),
            "{out}"
        );
        // From the lowest to the highest figure of all; half of it is in the middle, and a gap is not bridged.
        assert!(out.contains(r#"d="M160 870l2240-360""#), "{out}");
        assert!(
            out.contains(r#"<circle class="dot" cx="53.6%" cy="69" r="1.7"/>"#),
            "{out}"
        );
        assert_eq!(out.matches("class=\"l1\"").count(), 1);
        assert!(out.contains(r#"<svg x="76%" y="92" width="1""#), "{out}");
    }

    #[test]
    fn one_line_is_no_comparison() {
        assert_eq!(drawn(vec![one("a", &[Some(1.0)])]), "");
        assert_eq!(drawn(vec![one("a", &[Some(1.0)]), one("b", &[None])]), "");
        let many = (0..20).map(|_| one("a", &[Some(1.0), Some(1.0)])).collect();
        assert_eq!(drawn(many).matches("class=\"axis\"").count(), 12);
    }
}
