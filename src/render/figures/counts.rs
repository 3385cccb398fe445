//! Counts by kind, as stacked bars.

use super::svg;

use crate::chart::spec::{Chart, StackedBar, StackedChart};
use crate::render::context::{
    Cell, ChartFigure, Column, Fill, KeyEntry, Panel, Row, RowKind, Table,
};
use crate::render::view::View;

/// A stacked bar for each of several rows of counts, with its table.
pub(crate) fn counts(
    view: &View<'_>,
    title: &str,
    subtitle: String,
    head: &str,
    labels: &[(&str, Fill)],
    rows: &[(String, Vec<u32>)],
) -> ChartFigure {
    let total = |parts: &[u32]| parts.iter().sum::<u32>();
    let max = rows
        .iter()
        .map(|(_, p)| f64::from(total(p)))
        .fold(0.0, f64::max);
    let bars = rows
        .iter()
        .map(|(label, parts)| StackedBar {
            label: label.clone(),
            value_label: count_words(view, labels, parts),
            parts: parts.iter().map(|p| f64::from(*p)).collect(),
            doubtful: false,
        })
        .collect();
    let mut columns = vec![Column::words(head)];
    columns.extend(labels.iter().map(|(l, _)| Column::number(l)));
    let table_rows = rows
        .iter()
        .map(|(label, parts)| Row {
            kind: RowKind::Plain,
            head: label.clone(),
            cells: parts.iter().map(|p| Cell::number(&p.to_string())).collect(),
            ..Row::default()
        })
        .collect();
    ChartFigure {
        title: title.to_owned(),
        subtitle,
        key: labels
            .iter()
            .map(|(l, f)| KeyEntry {
                fill: *f,
                label: (*l).to_owned(),
            })
            .collect(),
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Stacked(StackedChart { bars, max })),
        }],
        table: Some(Table {
            caption: None,
            columns,
            rows: table_rows,
            stacked: false,
        }),
        ..ChartFigure::default()
    }
}

fn count_words(view: &View<'_>, labels: &[(&str, Fill)], parts: &[u32]) -> String {
    let total: u32 = parts.iter().sum();
    match (labels.get(1), parts.get(1)) {
        (Some((label, _)), Some(n)) if parts.len() == 2 && *n > 0 => {
            let (x, n, what) = (total.to_string(), n.to_string(), label.to_lowercase());
            view.t("chart.with", &[("x", &x), ("n", &n), ("what", &what)])
        }
        _ => total.to_string(),
    }
}
