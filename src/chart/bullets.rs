//! Bars with a target: how far to the target?

use super::rows::{Rows, ink, length, scale_max};
use super::spec::{BulletChart, drawable};

/// Appends the drawing of `chart`.
pub(super) fn draw(chart: &BulletChart, name: Option<&str>, out: &mut String) {
    let values = chart
        .bars
        .iter()
        .flat_map(|bar| [Some(bar.actual), bar.target])
        .flatten();
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
            rows.track(top);
            if let Some(actual) = length(bar.actual) {
                rows.bar(top, 0.0, actual, ink(bar.tone));
            }
            if let Some(target) = bar.target.and_then(drawable) {
                rows.tick(top, target);
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::chart::spec::{Bullet, BulletChart};

    #[test]
    fn keeps_words_and_target_without_a_figure() {
        let bullet = Bullet {
            label: "a".to_owned(),
            value_label: "chưa báo cáo".to_owned(),
            actual: f64::NAN,
            target: Some(60.0),
            ..Bullet::default()
        };
        let mut out = String::new();
        draw(
            &BulletChart {
                bars: vec![bullet],
                max: 100.0,
            },
            None,
            &mut out,
        );
        assert!(out.contains(">chưa báo cáo</text>"));
        assert!(out.contains(r#"<line class="target" x1="60%" x2="60%" y1="17" y2="37"/>"#));
        assert_eq!(out.matches("<rect").count(), 1);
    }
}
