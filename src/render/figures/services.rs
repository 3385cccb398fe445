//! Services of a unit as bars, whole or in parts.

use super::{data_file, source_line, svg};
use std::fmt::Write as _;

use crate::analysis::{Observation, State};
use crate::chart::spec::{Bar, BarChart, Chart, StackedBar, StackedChart, Tone};
use crate::decimal::Decimal;
use crate::model::{MeasureIx, PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx};
use crate::render::context::{ChartFigure, Column, Fill, KeyEntry, Panel, Row, Table};
use crate::render::view::View;
use crate::render::words::lower_first;
use crate::text::order;

/// The most bars of one chart.
pub(crate) const MOST_BARS: usize = 14;

/// A service with its observation of a measure, for charts and tables.
pub(crate) struct ServiceRow {
    pub(crate) service: ServiceIx,
    pub(crate) observation: Observation,
}

/// The services for which a unit has a statistic in a period, largest first. Groups are left out: they would
/// count their members twice.
pub(crate) fn services_of(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
) -> Vec<ServiceRow> {
    let catalog = view.analysis.catalog;
    let mut rows: Vec<ServiceRow> = catalog
        .services
        .indices()
        .filter(|s| catalog.services.get(*s).kind == ServiceKind::Service)
        .map(|service| ServiceRow {
            service,
            observation: view.analysis.observe(stat, unit, service, period),
        })
        .filter(|r| !matches!(r.observation.state, State::Absent | State::NotReported))
        .collect();
    rows.sort_by(|a, b| {
        b.observation.value.cmp(&a.observation.value).then_with(|| {
            order::compare(view.service_name(a.service), view.service_name(b.service))
        })
    });
    rows
}

/// The parts of a measure that are reported for the services of a unit: the first list of the catalogue of which
/// every part is.
pub(crate) fn parts_of(
    view: &View<'_>,
    measure: MeasureIx,
    unit: UnitIx,
    period: PeriodIx,
    rows: &[ServiceRow],
) -> Option<Vec<MeasureIx>> {
    let lists = &view.analysis.catalog.measure(measure).parts;
    let is_sound = |m: &MeasureIx, s: ServiceIx| {
        view.analysis
            .observe(Stat::Measure(*m), unit, s, period)
            .sound()
            .is_some()
    };
    let fits = |list: &[MeasureIx], r: &ServiceRow| {
        r.observation.state == State::Doubtful || list.iter().all(|m| is_sound(m, r.service))
    };
    lists
        .iter()
        .find(|list| (2..=4).contains(&list.len()) && rows.iter().all(|r| fits(list, r)))
        .cloned()
}

/// Dossiers by service: bars of their parts where the report gives them, plain bars otherwise.
pub(crate) fn by_service(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
    title: Option<&str>,
    stacked: bool,
) -> Option<ChartFigure> {
    let mut rows = services_of(view, stat, unit, period);
    rows.retain(|r| r.observation.value.is_some());
    if rows.len() < 2 {
        return None;
    }
    let left_out = rows.len().saturating_sub(MOST_BARS);
    let all = rows.len();
    let parts = match stat {
        Stat::Measure(m) if stacked => parts_of(view, m, unit, period, &rows),
        _ => None,
    };
    let table = table_by_service(view, stat, parts.as_deref(), unit, period, &rows);
    rows.truncate(MOST_BARS);
    let doubtful = rows.iter().any(|r| r.observation.state == State::Doubtful);
    let (chart, mut key) = match &parts {
        Some(parts) => stacked_chart(view, parts, unit, period, &rows, stat),
        None => (bar_chart(view, stat, &rows), Vec::new()),
    };
    if doubtful {
        key.push(KeyEntry {
            fill: Fill::Doubtful,
            label: view.t("chart.differs", &[]),
        });
    }
    let mut subtitle = view.t(
        "chart.by_service",
        &[
            ("label", view.label(stat)),
            ("unit", view.unit_name(unit)),
            ("p", &view.period_in_text(period)),
        ],
    );
    if left_out > 0 {
        let (n, all) = (rows.len().to_string(), all.to_string());
        subtitle.push_str(&view.t("chart.most_services", &[("n", &n), ("all", &all)]));
    }
    let top = rows.first().map_or("", |r| {
        view.analysis
            .catalog
            .services
            .get(r.service)
            .short_name
            .as_str()
    });
    let auto = view.t(
        "chart.top_service",
        &[
            ("service", top),
            ("what", &lower_first(view.noun_or_label(stat))),
            ("all", &all.to_string()),
        ],
    );
    Some(ChartFigure {
        is_passing: false,
        id: Some("theo-dich-vu".into()),
        title: title.map_or(auto, str::to_owned),
        subtitle,
        key,
        panels: vec![Panel {
            title: None,
            svg: svg(&chart),
        }],
        heat: None,
        sentence: None,
        table: Some(table),
        source: Some(source_line(view, unit, period)),
        downloads: vec![data_file(view, period)],
        embed: None,
    })
}

fn bar_chart(view: &View<'_>, stat: Stat, rows: &[ServiceRow]) -> Chart {
    let max = rows
        .iter()
        .filter_map(|r| r.observation.value)
        .map(Decimal::to_f64)
        .fold(0.0, f64::max);
    let max = if view.is_percent(stat) {
        max.max(100.0)
    } else {
        max
    };
    let bars = rows
        .iter()
        .filter_map(|r| {
            let value = r.observation.value?;
            let is_doubtful = r.observation.state == State::Doubtful;
            let mut value_label = view.words(stat, &r.observation);
            if is_doubtful {
                let _ = write!(value_label, ", {}", view.t("chart.differs_short", &[]));
            }
            Some(Bar {
                label: view
                    .analysis
                    .catalog
                    .services
                    .get(r.service)
                    .short_name
                    .clone(),
                value: value.to_f64(),
                value_label,
                tone: if is_doubtful {
                    Tone::Doubtful
                } else {
                    Tone::Highlight
                },
                target: None,
            })
        })
        .collect();
    Chart::Bars(BarChart {
        bars,
        max,
        guide: None,
    })
}

fn stacked_chart(
    view: &View<'_>,
    parts: &[MeasureIx],
    unit: UnitIx,
    period: PeriodIx,
    rows: &[ServiceRow],
    stat: Stat,
) -> (Chart, Vec<KeyEntry>) {
    let max = rows
        .iter()
        .filter_map(|r| r.observation.value)
        .map(Decimal::to_f64)
        .fold(0.0, f64::max);
    let value_of = |m: MeasureIx, s: ServiceIx| {
        view.analysis
            .observe(Stat::Measure(m), unit, s, period)
            .value
            .unwrap_or(Decimal::ZERO)
    };
    let bars = rows
        .iter()
        .map(|r| {
            let is_doubtful = r.observation.state == State::Doubtful;
            let values: Vec<Decimal> = parts.iter().map(|m| value_of(*m, r.service)).collect();
            let mut value_label = view.words(stat, &r.observation);
            if is_doubtful {
                let _ = write!(value_label, ", {}", view.t("chart.differs_short", &[]));
            } else if let Some((last, measure)) = values.last().zip(parts.last())
                && parts.len() == 2
                && !last.is_zero()
            {
                let what = lower_first(&short_part(&view.analysis.catalog.measure(*measure).label));
                let n = view.number(*last);
                value_label = view.t(
                    "chart.with",
                    &[("x", &value_label), ("n", &n), ("what", &what)],
                );
            }
            StackedBar {
                label: view
                    .analysis
                    .catalog
                    .services
                    .get(r.service)
                    .short_name
                    .clone(),
                value_label,
                parts: values.iter().map(|v| v.to_f64()).collect(),
                doubtful: is_doubtful,
            }
        })
        .collect();
    let fills = [Fill::First, Fill::Second, Fill::Third, Fill::Fourth];
    let key = parts
        .iter()
        .zip(fills)
        .map(|(m, fill)| KeyEntry {
            fill,
            label: short_part(&view.analysis.catalog.measure(*m).label),
        })
        .collect();
    (Chart::Stacked(StackedChart { bars, max }), key)
}

/// "Hồ sơ trực tuyến" → "Trực tuyến": what is the same in every part is said by the subtitle.
fn short_part(label: &str) -> String {
    crate::render::words::upper_first(crate::text::naming::part_of_dossiers(label))
}

fn table_by_service(
    view: &View<'_>,
    stat: Stat,
    parts: Option<&[MeasureIx]>,
    unit: UnitIx,
    period: PeriodIx,
    rows: &[ServiceRow],
) -> Table {
    let mut stats = vec![stat];
    stats.extend(parts.unwrap_or_default().iter().map(|m| Stat::Measure(*m)));
    let mut columns = vec![Column::words(&view.t("table.service", &[]))];
    columns.extend(stats.iter().map(|s| Column::number(view.label(*s))));
    let rows = rows
        .iter()
        .map(|r| Row {
            head: view.service_name(r.service).to_owned(),
            href: view.service_href(r.service),
            cells: stats
                .iter()
                .map(|s| view.cell(*s, &view.analysis.observe(*s, unit, r.service, period)))
                .collect(),
            ..Row::default()
        })
        .collect();
    Table {
        caption: None,
        columns,
        rows,
        stacked: false,
    }
}
