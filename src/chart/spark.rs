//! A small line: how does it move, in one glance?

use super::ink::Ink;
use super::spec::{Sparkline, drawable};
use super::svg_backend::SvgBackend;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::IntoDrawingArea;
use plotters::element::{Circle, PathElement};

const HEIGHT_PX: i32 = 36;
/// Backend units between which the line lies, with room for the dot at its end.
const ACROSS: std::ops::Range<i32> = 100..9800;
const UPWARDS: (i32, i32) = (310, 50);
const DOT_RADIUS: u32 = 40;

/// Appends the drawing of `chart`: nothing when it has fewer than two points, for then nothing moves.
pub(super) fn draw(chart: &Sparkline, name: Option<&str>, out: &mut String) {
    let point = |(x, value): (usize, &Option<f64>)| Some((x as f64, value.and_then(drawable)?));
    let mut points = chart.values.iter().enumerate().filter_map(point);
    let (Some(first), Some(last)) = (points.next(), points.next_back()) else {
        return;
    };
    let (low, high) = points.fold(
        (first.1.min(last.1), first.1.max(last.1)),
        |(low, high), (_, value)| (low.min(value), high.max(value)),
    );
    // A level line lies in the middle.
    let (low, high) = if high > low {
        (low, high)
    } else {
        (low - 1.0, high + 1.0)
    };
    let area = SvgBackend::begin(out, "spark", name, HEIGHT_PX)
        .into_drawing_area()
        .apply_coord_spec(Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            first.0..last.0,
            low..high,
            (ACROSS, UPWARDS.0..UPWARDS.1),
        ));
    let mut drawn = Ok(());
    let mut start = 0;
    for run in chart
        .values
        .split(|value| value.and_then(drawable).is_none())
    {
        let points: Vec<(f64, f64)> = run
            .iter()
            .zip(start..)
            .filter_map(|(value, x)| point((x, value)))
            .collect();
        start += run.len() + 1;
        drawn = drawn.and_then(|()| match points.as_slice() {
            [] => Ok(()),
            [single] if *single != last => {
                area.draw(&Circle::new(*single, DOT_RADIUS / 2, Ink::Dot1.style()))
            }
            _ => area.draw(&PathElement::new(points, Ink::Line1.style())),
        });
    }
    let ink = if chart.provisional_last {
        Ink::Hollow1
    } else {
        Ink::Dot1
    };
    drawn = drawn.and_then(|()| area.draw(&Circle::new(last, DOT_RADIUS, ink.style())));
    drawn = drawn.and_then(|()| area.present());
    debug_assert!(drawn.is_ok(), "a string takes every shape");
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::chart::spec::Sparkline;

    fn drawn(values: Vec<Option<f64>>, provisional_last: bool) -> String {
        let mut out = String::new();
        draw(
            &Sparkline {
                values,
                provisional_last,
            },
            None,
            &mut out,
        );
        out
    }

    #[test]
    fn breaks_at_gaps() {
        let out = drawn(vec![Some(0.0), Some(1.0), None, Some(1.0), Some(2.0)], true);
        let expected = [
            r#"<svg class="spark" width="100%" height="36" aria-hidden="true">"#,
            r#"<svg width="100%" height="36" viewBox="0 0 10000 360" preserveAspectRatio="none">"#,
            r#"<path class="l1" d="M100 310l2425-130"/><path class="l1" d="M7375 180l2425-130"/></svg>"#,
            r#"<circle class="dot o" cx="98%" cy="5" r="4"/></svg>"#,
        ];
        assert_eq!(out, expected.concat());
    }

    #[test]
    fn needs_two_points() {
        assert_eq!(drawn(vec![], false), "");
        assert_eq!(drawn(vec![None, Some(f64::NAN)], false), "");
        assert_eq!(drawn(vec![None, Some(1.0)], false), "");
    }

    #[test]
    fn draws_a_level_line_in_the_middle() {
        assert!(drawn(vec![Some(5.0), Some(5.0)], false).contains(r#"cx="98%" cy="18""#));
    }
}
