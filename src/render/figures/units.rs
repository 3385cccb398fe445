//! Units beside each other: the ends of a ranking, the units below, one against its target.

use super::services::MOST_BARS;
use super::{data_file, source_line, svg};
use std::fmt::Write as _;

use crate::analysis::{Observation, Ranking};
use crate::chart::spec::{Bar, BarChart, Bullet, BulletChart, Chart, Tone};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::context::{Cell, ChartFigure, Column, Panel, Row, Table};
use crate::render::ends::{self, Ends};
use crate::render::view::View;
use crate::text::order;

/// About so many units are drawn from each end of a ranking.
const MOST: usize = 3;

/// The ends of a ranking against the unit above.
pub(crate) fn ends(
    view: &View<'_>,
    stat: Stat,
    ranking: &Ranking,
    above: UnitIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let Ends { first, last } = ends::of(ranking, MOST);
    if ranking.entries.len() < 3 || first.is_empty() && last.is_empty() {
        return None;
    }
    let picked = first.iter().chain(last);
    let is_top = |i: usize| i < first.len();
    let bars: Vec<Bar> = picked
        .enumerate()
        .filter_map(|(i, e)| {
            let value = e.observation.sound()?;
            Some(Bar {
                label: view.unit_name(e.unit).to_owned(),
                value: value.to_f64(),
                value_label: view.column_figure(stat, value),
                tone: if is_top(i) {
                    Tone::Highlight
                } else {
                    Tone::Grey
                },
                target: None,
            })
        })
        .collect();
    let whole = view.analysis.observe(stat, above, ServiceIx::WHOLE, period);
    // A line that not every bar may be held against would mislead.
    let comparable = ranking
        .entries
        .iter()
        .all(|e| e.observation.compares_with_parent(&whole));
    let whole_value = whole.sound().filter(|_| comparable);
    let guide = whole_value.map(Decimal::to_f64);
    let max = if view.is_percent(stat) {
        100.0
    } else {
        bars.iter().map(|b| b.value).fold(0.0, f64::max)
    };
    let level = view
        .analysis
        .catalog
        .units
        .get(first.iter().chain(last).next()?.unit)
        .level;
    let noun = view.level_noun(level);
    let mut subtitle = format!(
        "{}, {}, {}.",
        view.label(stat),
        view.unit_name(above),
        view.period_in_text(period)
    );
    if let Some(value) = whole_value {
        let x = view.column_figure(stat, value);
        let values = [("unit", view.unit_name(above)), ("x", x.as_str())];
        subtitle.push_str(&view.t("chart.general", &values));
        if let Some(note) = view.left_out(stat, above, ServiceIx::WHOLE, period) {
            let _ = write!(subtitle, " ({note})");
        }
        subtitle.push('.');
    }
    Some(ChartFigure {
        title: ends_title(view, &noun, first.len(), last.len()),
        subtitle,
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Bars(BarChart { bars, max, guide })),
        }],
        source: Some(format!(
            "{} {}",
            source_line(view, above, period),
            view.t("chart.table_on_page", &[])
        )),
        downloads: vec![data_file(view, period)],
        ..ChartFigure::default()
    })
}

fn ends_title(view: &View<'_>, noun: &str, first: usize, last: usize) -> String {
    let (a, b) = (first.to_string(), last.to_string());
    let key = match (first, last) {
        (_, 0) => "rank.ends_first",
        (0, _) => "rank.ends_last",
        _ => "rank.ends_both",
    };
    view.t(key, &[("a", &a), ("b", &b), ("noun", noun)])
}

/// The numbers of the drawing of the ends of a ranking.
pub(crate) fn ends_table(view: &View<'_>, stat: Stat, ranking: &Ranking) -> Table {
    let Ends { first, last } = ends::of(ranking, MOST);
    let picked = first.iter().chain(last);
    let rows = picked
        .map(|e| Row {
            head: view.unit_name(e.unit).to_owned(),
            href: view.unit_href(e.unit),
            cells: vec![
                Cell::number(&e.rank.to_string()),
                view.cell(stat, &e.observation),
            ],
            ..Row::default()
        })
        .collect();
    Table {
        caption: None,
        columns: vec![
            Column::words(&view.t("table.unit", &[])),
            Column::number(&view.t("rank.head", &[])),
            Column::number(view.indicator_short(stat)),
        ],
        rows,
        stacked: false,
    }
}

/// Targets against what was reached, as bars with a tick.
pub(crate) fn bullets(
    items: Vec<Bullet>,
    max: f64,
    title: &str,
    subtitle: String,
    source: String,
) -> Option<ChartFigure> {
    if items.is_empty() {
        return None;
    }
    Some(ChartFigure {
        title: title.to_owned(),
        subtitle,
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Bullets(BulletChart { bars: items, max })),
        }],
        source: Some(source),
        ..ChartFigure::default()
    })
}

/// The units below `unit` that have a sound figure, largest first.
pub(crate) fn units_below(
    view: &View<'_>,
    stats: &[Stat],
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Vec<UnitIx> {
    let Some(first) = stats.first() else {
        return Vec::new();
    };
    let value = |u: &UnitIx| view.analysis.observe(*first, *u, service, period).sound();
    let mut units: Vec<UnitIx> = view
        .analysis
        .catalog
        .units
        .children(unit)
        .iter()
        .copied()
        .filter(|u| {
            stats.iter().any(|s| {
                view.analysis
                    .observe(*s, *u, service, period)
                    .value
                    .is_some()
            })
        })
        .collect();
    units.sort_by(|a, b| {
        value(b)
            .cmp(&value(a))
            .then_with(|| order::compare(view.unit_short(*a), view.unit_short(*b)))
    });
    units
}

/// A statistic of the units below, as bars.
pub(crate) fn by_unit(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let units = units_below(view, &[stat], unit, service, period);
    if units.len() < 2 {
        return None;
    }
    let observed: Vec<(UnitIx, Observation)> = units
        .iter()
        .map(|u| (*u, view.analysis.observe(stat, *u, service, period)))
        .collect();
    let bars: Vec<Bar> = observed
        .iter()
        .take(MOST_BARS)
        .filter_map(|(u, o)| {
            Some(Bar {
                label: view.unit_short(*u).to_owned(),
                value: o.sound()?.to_f64(),
                value_label: view.words(stat, o),
                tone: Tone::Highlight,
                target: None,
            })
        })
        .collect();
    let max = if view.is_percent(stat) {
        100.0
    } else {
        bars.iter().map(|b| b.value).fold(0.0, f64::max)
    };
    let rows = observed
        .iter()
        .map(|(u, o)| Row {
            head: view.unit_name(*u).to_owned(),
            href: view.unit_href(*u),
            cells: vec![view.cell(stat, o)],
            ..Row::default()
        })
        .collect();
    Some(ChartFigure {
        title: view.t("chart.by_unit", &[("name", view.indicator_short(stat))]),
        subtitle: format!(
            "{}, {}, {}.",
            view.label(stat),
            view.unit_name(unit),
            view.period_in_text(period)
        ),
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Bars(BarChart {
                bars,
                max,
                guide: None,
            })),
        }],
        table: Some(Table {
            caption: None,
            columns: vec![
                Column::words(&view.t("table.unit", &[])),
                Column::number(view.indicator_short(stat)),
            ],
            rows,
            stacked: false,
        }),
        source: Some(source_line(view, unit, period)),
        downloads: vec![data_file(view, period)],
        ..ChartFigure::default()
    })
}
