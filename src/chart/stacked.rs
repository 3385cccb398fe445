//! Stacked bars: what is it made of?

use super::ink::Ink;
use super::rows::{Rows, length, scale_max};
use super::spec::{StackedBar, StackedChart};

/// Appends the drawing of `chart`.
pub(super) fn draw(chart: &StackedChart, name: Option<&str>, out: &mut String) {
    let words = chart
        .bars
        .iter()
        .map(|bar| (bar.label.as_str(), bar.value_label.as_str()));
    Rows::draw(
        out,
        name,
        scale_max(chart.max, chart.bars.iter().map(sum)),
        words,
        |rows, row, top| {
            let bar = &chart.bars[row];
            rows.track(top);
            if bar.doubtful {
                if let Some(sum) = length(sum(bar)) {
                    rows.bar(top, 0.0, sum, Ink::Doubtful);
                }
                return;
            }
            let mut from = 0.0;
            for (&part, ink) in bar.parts.iter().zip(Ink::PARTS) {
                if let Some(part) = length(part) {
                    rows.bar(top, from, from + part, ink);
                    from += part;
                }
            }
        },
    );
}

fn sum(bar: &StackedBar) -> f64 {
    bar.parts
        .iter()
        .take(Ink::PARTS.len())
        .filter_map(|&part| length(part))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::chart::spec::{StackedBar, StackedChart};

    fn check(parts: Vec<f64>, doubtful: bool, expected: &[&str]) {
        let bars = vec![StackedBar {
            label: "a".to_owned(),
            value_label: "1".to_owned(),
            parts,
            doubtful,
        }];
        let mut out = String::new();
        draw(&StackedChart { bars, max: 200.0 }, None, &mut out);
        let (_, after_track) = out
            .split_once(r#"<rect class="track" y="21" width="100%" height="12"/>"#)
            .unwrap();
        assert_eq!(after_track, expected.concat() + "</svg>");
    }

    #[test]
    fn puts_part_after_part() {
        check(
            vec![100.0, f64::NAN, 50.0],
            false,
            &[
                r#"<rect class="hi" y="21" width="50%" height="12"/>"#,
                r#"<rect class="b3" x="50%" y="21" width="25%" height="12"/>"#,
            ],
        );
    }

    #[test]
    fn outlines_a_doubtful_sum() {
        check(
            vec![100.0, 50.0],
            true,
            &[r#"<rect class="ask" y="21" width="75%" height="12"/>"#],
        );
    }
}
