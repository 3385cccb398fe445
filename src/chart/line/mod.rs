//! Lines over periods: how does it move?
//!
//! The plan comes first, for the height of the drawing depends on the words that find no room in it; then the
//! painting, from the ground up: grid, months, mergers, lines, words, dots.

mod plot;
mod words;

use super::ink::Ink;
use super::spec::LineChart;
use super::svg_backend::{Cross, FULL_WIDTH, SvgBackend, UNITS_PER_PX};
use super::ticks::Axis;
use plot::Plot;
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement};
use plotters_backend::BackendCoord;
use words::{Label, Placement};

type Screen<'a> = DrawingArea<SvgBackend<'a>, Shift>;
type Data<'a> = DrawingArea<SvgBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

const DOT_RADIUS: u32 = 40;
const HOLLOW_RADIUS: u32 = 50;
const SMALL_RADIUS: u32 = 25;

/// Returns the value at which the vertical axis begins, for the sentence that says so.
pub fn line_axis_start(chart: &LineChart) -> f64 {
    plot::axis(chart).as_ref().map_or(0.0, Axis::low)
}

/// Appends the drawing of `chart`: nothing when it has no figure.
pub(super) fn draw(chart: &LineChart, name: Option<&str>, out: &mut String) {
    let Some(plot) = Plot::of(chart) else {
        return;
    };
    let placement = words::place(&plot);
    let screen: Screen = SvgBackend::begin(out, "", name, placement.height_px).into_drawing_area();
    let data: Data = screen.apply_coord_spec(plot.coordinates());
    grid(&screen, &plot, &placement);
    mergers(&screen, &plot);
    target(&data, &plot);
    for rank in (0..plot.lines.len()).rev() {
        runs(&data, &plot, rank);
    }
    placement
        .labels
        .iter()
        .for_each(|label| words(&screen, label));
    for rank in (0..plot.lines.len()).rev() {
        dots(&data, &plot, rank);
    }
    crosses(&screen, &plot);
    below(&screen, &placement);
    let closed = screen.present();
    debug_assert!(closed.is_ok(), "a string takes every text");
}

fn grid(screen: &Screen, plot: &Plot, placement: &Placement) {
    for (number, (tick, label)) in plot.axis.ticks().zip(&placement.ticks).enumerate() {
        let y = plot.y(tick);
        path(
            screen,
            vec![(0, y), (FULL_WIDTH, y)],
            if number == 0 { Ink::Axis } else { Ink::Grid },
        );
        words(screen, label);
    }
    placement
        .months
        .iter()
        .for_each(|label| words(screen, label));
}

fn mergers(screen: &Screen, plot: &Plot) {
    for ((at, _), &row) in plot.breaks().zip(&plot.break_rows) {
        let x = plot.x(at as f64 - 0.5);
        path(
            screen,
            vec![(x, words::break_top(plot, row)), (x, plot.bottom)],
            Ink::Break,
        );
    }
}

/// Draws the steps of the target: each holds from halfway to the period before until halfway to the next.
fn target(data: &Data, plot: &Plot) {
    for steps in plot.target_runs() {
        let mut points = Vec::with_capacity(2 * steps.len());
        for step in &steps {
            points.extend([(step.from, step.value), (step.to, step.value)]);
        }
        place(data, &PathElement::new(points, Ink::TargetLine.style()));
    }
}

/// Draws the pieces of a line: they end at gaps and mergers, and before the last merger the figures are restated.
fn runs(data: &Data, plot: &Plot, rank: usize) {
    let last_break = plot.breaks().map(|(at, _)| at).max().unwrap_or(0);
    for run in plot.runs(rank) {
        let restated = run.first().is_some_and(|&(x, _)| x < last_break as f64);
        let ink = if restated {
            Ink::RESTATED[rank]
        } else {
            Ink::LINES[rank]
        };
        match run.as_slice() {
            [single] => {
                if plot.points(rank).count() > 1 {
                    place(
                        data,
                        &Circle::new(*single, SMALL_RADIUS, Ink::DOTS[rank].style()),
                    );
                }
            }
            _ => place(data, &PathElement::new(run, ink.style())),
        }
    }
}

/// Draws the ends of a line: both of the first, the right one of the others.
fn dots(data: &Data, plot: &Plot, rank: usize) {
    let mut points = plot.points(rank);
    let Some(first) = points.next() else {
        return;
    };
    let last = points.next_back();
    if rank == 0 && last.is_some() {
        place(
            data,
            &Circle::new(first, DOT_RADIUS, Ink::DOTS[rank].style()),
        );
    }
    let (radius, ink) = if rank == 0 && plot.chart.provisional_last {
        (HOLLOW_RADIUS, Ink::Hollow1)
    } else {
        (DOT_RADIUS, Ink::DOTS[rank])
    };
    place(
        data,
        &Circle::new(last.unwrap_or(first), radius, ink.style()),
    );
}

fn crosses(screen: &Screen, plot: &Plot) {
    for (at, _) in plot.missing() {
        place(
            screen,
            &Cross {
                at: (plot.x(at as f64), plot.bottom - words::CROSS_RISE),
            },
        );
    }
}

/// Draws the key and the notes for which there was no room in the plot.
fn below(screen: &Screen, placement: &Placement) {
    for &(rank, baseline) in &placement.samples {
        let y = baseline - words::SAMPLE_RISE;
        path(
            screen,
            vec![(0, y), (words::SAMPLE_WIDTH, y)],
            Ink::LINES[rank],
        );
    }
    placement
        .below
        .iter()
        .for_each(|label| words(screen, label));
}

fn path(screen: &Screen, points: Vec<BackendCoord>, ink: Ink) {
    place(screen, &PathElement::new(points, ink.style()));
}

fn words(screen: &Screen, label: &Label) {
    place(screen, &label.words());
}

/// Puts an element on an area.
fn place<'a, 'b, C, E, M>(area: &DrawingArea<SvgBackend<'b>, C>, element: &'a E)
where
    C: plotters::coord::CoordTranslate,
    M: plotters::element::CoordMapper,
    &'a E: plotters::element::PointCollection<'a, C::From, M>,
    E: plotters::element::Drawable<SvgBackend<'b>, M>,
{
    let drawn = area.draw(element);
    debug_assert!(drawn.is_ok(), "a string takes every shape");
}

/// Backend units of a number of pixels.
const fn px(pixels: i32) -> i32 {
    pixels * UNITS_PER_PX
}

#[cfg(test)]
mod tests {
    use super::{draw, line_axis_start};
    use crate::chart::spec::{Line, LineChart};

    fn chart(values: &[Option<f64>]) -> LineChart {
        let categories = (0..values.len()).map(|at| format!("{}/2025", at + 1));
        LineChart {
            categories: categories.collect(),
            lines: vec![Line {
                label: "Xã Ví Dụ".to_owned(),
                values: values.to_vec(),
                emphasised: true,
            }],
            ..LineChart::default()
        }
    }

    fn drawn(chart: &LineChart) -> String {
        let mut out = String::new();
        draw(chart, None, &mut out);
        out
    }

    #[test]
    fn draws_nothing_without_figures() {
        assert_eq!(drawn(&LineChart::default()), "");
        assert_eq!(drawn(&chart(&[None, Some(f64::NAN)])), "");
        assert!(line_axis_start(&LineChart::default()).abs() < 1e-9);
    }

    #[test]
    fn draws_a_single_point_as_a_dot() {
        let out = drawn(&chart(&[None, Some(71.2), None]));
        assert_eq!(out.matches("<circle").count(), 1);
        assert!(!out.contains("<path"));
    }

    #[test]
    fn begins_the_axis_below_the_least_figure() {
        assert!((line_axis_start(&chart(&[Some(52.4), Some(81.8)])) - 40.0).abs() < 1e-9);
        let from_zero = LineChart {
            zero_based: true,
            ..chart(&[Some(52.4), Some(81.8)])
        };
        assert!(line_axis_start(&from_zero).abs() < 1e-9);
    }

    #[test]
    fn restates_before_a_merger_and_does_not_join_across() {
        let merged = LineChart {
            breaks: vec![(2, "1/3/2025: sáp nhập".to_owned())],
            ..chart(&[Some(50.0), Some(55.0), Some(60.0), Some(70.0)])
        };
        let out = drawn(&merged);
        assert_eq!(out.matches("<path class=\"l1 l0\"").count(), 1);
        assert_eq!(out.matches("<path class=\"l1\"").count(), 1);
        assert!(out.contains("<line class=\"brk\"") && out.contains(">1/3/2025: sáp nhập</text>"));
    }

    #[test]
    fn marks_missing_figures_of_neighbours_once() {
        let words = |at: usize| (at, format!("{}/2025: chưa báo cáo", at + 1));
        let gaps = LineChart {
            missing: vec![words(2), words(1)],
            ..chart(&[Some(50.0), None, None, Some(60.0), Some(70.0)])
        };
        let out = drawn(&gaps);
        assert_eq!(out.matches("class=\"gap\"").count(), 2);
        assert_eq!(out.matches("chưa báo cáo").count(), 1);
        assert!(out.contains("2/2025–3/2025: "));
    }

    #[test]
    fn names_lines_in_a_key_when_their_ends_meet() {
        let mut close = chart(&[Some(50.0), Some(60.0)]);
        for shift in [0.2, 0.4] {
            let values = vec![Some(50.0 + shift), Some(60.0 + shift)];
            close.lines.push(Line {
                label: "Cấp xã".to_owned(),
                values,
                emphasised: false,
            });
        }
        let out = drawn(&close);
        assert!(out.contains("<line class=\"l1 b2\" stroke-dasharray=\"12 6\" x2=\"7%\""));
        assert_eq!(out.matches(">Cấp xã</text>").count(), 2);
    }

    #[test]
    fn draws_the_target_in_steps() {
        let stepped = LineChart {
            target: vec![Some(70.0), Some(70.0), Some(80.0), Some(80.0)],
            target_label: Some("Chỉ tiêu 70%".to_owned()),
            ..chart(&[Some(50.0), Some(55.0), Some(60.0), Some(90.0)])
        };
        let out = drawn(&stepped);
        assert_eq!(out.matches("<path class=\"tl\"").count(), 1);
        assert!(out.contains(">Chỉ tiêu 70%</text>") && out.contains(">80%</text>"));
    }
}
