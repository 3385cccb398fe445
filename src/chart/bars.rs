//! Horizontal bars from zero: who has more?

use super::rows::{Rows, ink, length, scale_max};
use super::spec::{BarChart, drawable};

/// Appends the drawing of `chart`.
pub(super) fn draw(chart: &BarChart, name: Option<&str>, out: &mut String) {
    let guide = chart.guide.and_then(drawable);
    let values = chart
        .bars
        .iter()
        .flat_map(|bar| [Some(bar.value), bar.target])
        .flatten()
        .chain(guide);
    let words = chart
        .bars
        .iter()
        .map(|bar| (bar.label.as_str(), bar.value_label.as_str()));
    Rows::draw(
        out,
        name,
        scale_max(chart.max, values),
        words,
        |rows, row, top| {
            let bar = &chart.bars[row];
            let target = bar.target.and_then(drawable);
            rows.track(top);
            if let Some(value) = length(bar.value) {
                rows.bar(top, 0.0, value, ink(bar.tone));
            }
            match (target, guide) {
                (Some(_), Some(guide)) => rows.thin_tick(top, guide),
                (None, Some(guide)) => rows.tick(top, guide),
                _ => {}
            }
            if let Some(target) = target {
                rows.tick(top, target);
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::chart::spec::{Bar, BarChart, Tone};

    fn bar(label: &str, value: f64, tone: Tone) -> Bar {
        Bar {
            label: label.to_owned(),
            value,
            value_label: value.to_string(),
            tone,
            target: None,
        }
    }

    #[test]
    fn draws_words_track_bar_and_guide() {
        let bars = vec![bar("Cấp xã", 97.1, Tone::Highlight)];
        let mut out = String::new();
        draw(
            &BarChart {
                bars,
                max: 100.0,
                guide: Some(84.2),
            },
            None,
            &mut out,
        );
        let expected = [
            r#"<svg width="100%" height="37" aria-hidden="true">"#,
            r#"<text y="14">Cấp xã</text><text class="v" x="100%" y="14">97.1</text>"#,
            r#"<rect class="track" y="21" width="100%" height="12"/>"#,
            r#"<rect class="hi" y="21" width="97.1%" height="12"/>"#,
            r#"<line class="guide" x1="84.2%" x2="84.2%" y1="17" y2="37"/>"#,
            r#"<line class="target" x1="84.2%" x2="84.2%" y1="17" y2="37"/></svg>"#,
        ];
        assert_eq!(out, expected.concat());
    }

    /// No field of a bar chart says where its axis begins, so that no difference can be blown up: half is half as long.
    #[test]
    fn begins_every_bar_at_zero() {
        for (values, halves) in [
            ([50.0, 100.0], "50%"),
            ([0.98, 0.49], "50%"),
            ([990.0, 1000.0], "99%"),
        ] {
            let bars = values.map(|v| bar("a", v, Tone::Grey)).to_vec();
            let mut out = String::new();
            draw(
                &BarChart {
                    bars,
                    max: 0.0,
                    guide: None,
                },
                None,
                &mut out,
            );
            assert!(out.contains(&format!("width=\"{halves}\"")), "{out}");
            assert!(!out.contains("<rect class=\"b\" x="), "{out}");
        }
    }

    #[test]
    fn leaves_out_bars_without_length() {
        let bars = vec![
            bar("a", f64::NAN, Tone::Grey),
            bar("b", 0.0, Tone::Doubtful),
            bar("c", -1.0, Tone::Grey),
        ];
        let mut out = String::new();
        draw(
            &BarChart {
                bars,
                max: 0.0,
                guide: None,
            },
            None,
            &mut out,
        );
        assert_eq!(out.matches("<rect").count(), 3);
        assert_eq!(out.matches("class=\"track\"").count(), 3);
    }

    #[test]
    fn draws_nothing_without_bars() {
        let mut out = String::new();
        draw(&BarChart::default(), Some("rỗng"), &mut out);
        assert_eq!(out, "");
    }
}
