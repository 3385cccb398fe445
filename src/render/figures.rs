//! Charts of pages: which marks, in which order, with which words around them.

use std::fmt::Write as _;

use super::context::{
    Cell, ChartFigure, Column, FileEntry, Fill, Html, KeyEntry, Panel, Row, RowKind, Table,
};
use super::view::{View, lower_first};
use crate::analysis::{Observation, Ranking, State};
use crate::chart::spec::{
    Bar, BarChart, Bullet, BulletChart, Chart, Line, LineChart, StackedBar, StackedChart, Tone,
    Unit,
};
use crate::decimal::Decimal;
use crate::model::{MeasureIx, PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx};
use crate::text::number::format_vi;
use crate::text::order;

/// The most bars of one chart.
const MOST_BARS: usize = 14;

/// Draws a chart into markup.
pub(crate) fn svg(chart: &Chart) -> Html {
    let mut out = String::new();
    crate::chart::draw(chart, None, &mut out);
    Html(out)
}

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
            label: "Số liệu chưa khớp".into(),
        });
    }
    let mut subtitle = format!(
        "{} theo dịch vụ, {}, {}.",
        view.label(stat),
        view.unit_name(unit),
        view.period_in_text(period)
    );
    if left_out > 0 {
        let _ = write!(
            subtitle,
            " {} dịch vụ nhiều nhất trong {all} dịch vụ.",
            rows.len()
        );
    }
    let top = rows.first().map_or("", |r| {
        view.analysis
            .catalog
            .services
            .get(r.service)
            .short_name
            .as_str()
    });
    let auto = format!(
        "{top} có nhiều {} nhất trong {all} dịch vụ",
        lower_first(view.noun_or_label(stat))
    );
    Some(ChartFigure {
        id: Some("theo-dich-vu".into()),
        title: title.map_or(auto, str::to_owned),
        subtitle,
        key,
        panels: vec![Panel {
            title: None,
            svg: svg(&chart),
        }],
        sentence: None,
        table: Some(table),
        source: Some(source_line(view, unit, period)),
        downloads: vec![data_file(view, period)],
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
                value_label.push_str(", chưa khớp");
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
                value_label.push_str(", chưa khớp");
            } else if let Some((last, measure)) = values.last().zip(parts.last())
                && parts.len() == 2
                && !last.is_zero()
            {
                let what = lower_first(&short_part(&view.analysis.catalog.measure(*measure).label));
                let _ = write!(value_label, ", có {} {what}", format_vi(*last));
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
    let rest = label.strip_prefix("Hồ sơ ").unwrap_or(label);
    super::view::upper_first(rest)
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

/// A trend over the periods of a cadence. `None` where fewer than three periods have a figure.
pub(crate) fn trend(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let series = view.analysis.series(stat, unit, service, period);
    let values: Vec<Option<f64>> = series
        .iter()
        .map(|(_, o)| o.sound().map(Decimal::to_f64))
        .collect();
    let known: Vec<usize> = (0..values.len()).filter(|i| values[*i].is_some()).collect();
    if known.len() < 3 {
        return None;
    }
    let (first, last) = (*known.first()?, *known.last()?);
    let categories: Vec<String> = series.iter().map(|(p, _)| short_period(view, *p)).collect();
    let targets: Vec<Option<f64>> = series
        .iter()
        .map(|(p, _)| {
            view.analysis
                .target_for(stat, unit, service, *p)
                .map(|t| t.value.to_f64())
        })
        .collect();
    let target = view.analysis.target_for(stat, unit, service, period);
    let missing = series
        .iter()
        .enumerate()
        .filter(|(i, (_, o))| *i > first && *i < last && o.sound().is_none())
        .map(|(i, (p, o))| {
            (
                i,
                format!("{}: {}", short_period(view, *p), view.absence(o)),
            )
        })
        .collect();
    let label_at = |i: usize| series[i].1.sound().map(|v| view.figure(stat, v));
    let chart = LineChart {
        categories,
        lines: vec![Line {
            label: view.label(stat).to_owned(),
            values,
            emphasised: true,
        }],
        target: if targets.iter().any(Option::is_some) {
            targets
        } else {
            Vec::new()
        },
        target_label: target.map(|t| view.t("chart.target", &[("x", &view.figure(stat, t.value))])),
        unit: if view.is_percent(stat) {
            Unit::Percent
        } else {
            Unit::Count
        },
        first_label: label_at(first),
        last_label: label_at(last),
        missing,
        provisional_last: false,
        breaks: Vec::new(),
        zero_based: !view.is_percent(stat),
    };
    let (from, to) = (series[first].1.sound()?, series[last].1.sound()?);
    let mut subtitle = format!(
        "{}, {}, {} – {}.",
        view.label(stat),
        subject(view, unit, service),
        short_period(view, series[first].0),
        short_period(view, series[last].0)
    );
    subtitle.push_str(&axis_note(view, stat, &chart));
    let rows = series
        .iter()
        .rev()
        .map(|(p, o)| Row {
            head: super::view::upper_first(&view.period_in_text(*p)),
            href: Some(view.edition_href(*p)),
            cells: vec![view.cell(stat, o)],
            ..Row::default()
        })
        .collect();
    Some(ChartFigure {
        id: None,
        title: trend_title(view, stat, from, to, series[first].0),
        subtitle,
        key: Vec::new(),
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Line(chart)),
        }],
        sentence: None,
        table: Some(Table {
            caption: None,
            columns: vec![
                Column::words(&view.t("table.period", &[])),
                Column::number(view.indicator_short(stat)),
            ],
            rows,
            stacked: false,
        }),
        source: Some(source_line(view, unit, period)),
        downloads: vec![data_file(view, period)],
    })
}

/// Where the axis of a trend begins, unless it begins at zero.
fn axis_note(view: &View<'_>, stat: Stat, chart: &LineChart) -> String {
    let from = crate::chart::line_axis_start(chart);
    if from > 0.0 {
        let sign = if view.is_percent(stat) { "%" } else { "" };
        let from = format!("{from}{sign}").replace('.', ",");
        format!(" {}", view.t("chart.axis_from", &[("x", &from)]))
    } else {
        String::new()
    }
}

fn trend_title(view: &View<'_>, stat: Stat, from: Decimal, to: Decimal, since: PeriodIx) -> String {
    let name = view.indicator_short(stat);
    let since = short_period(view, since);
    match to.cmp(&from) {
        std::cmp::Ordering::Greater => format!(
            "{name} tăng từ {} lên {} kể từ {since}",
            view.figure(stat, from),
            view.figure(stat, to)
        ),
        std::cmp::Ordering::Less => format!(
            "{name} giảm từ {} xuống {} kể từ {since}",
            view.figure(stat, from),
            view.figure(stat, to)
        ),
        std::cmp::Ordering::Equal => format!("{name} không đổi kể từ {since}"),
    }
}

/// The ends of a ranking against the unit above.
pub(crate) fn ends(
    view: &View<'_>,
    stat: Stat,
    ranking: &Ranking,
    above: UnitIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let n = ranking.entries.len();
    if n < 3 {
        return None;
    }
    let take = (n / 2).min(3);
    let picked = ranking
        .entries
        .iter()
        .take(take)
        .chain(ranking.entries.iter().skip(n - take));
    let is_top = |i: usize| i < take;
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
    let guide = whole.sound().map(Decimal::to_f64);
    let max = if view.is_percent(stat) {
        100.0
    } else {
        bars.iter().map(|b| b.value).fold(0.0, f64::max)
    };
    let noun = View::level_noun(
        view.analysis
            .catalog
            .units
            .get(ranking.entries[0].unit)
            .level,
    );
    let mut subtitle = format!(
        "{}, {}, {}.",
        view.label(stat),
        view.unit_name(above),
        view.period_in_text(period)
    );
    if let Some(value) = whole.sound() {
        let _ = write!(
            subtitle,
            " Vạch đứng là mức chung của {}: {}.",
            view.unit_name(above),
            view.column_figure(stat, value)
        );
    }
    Some(ChartFigure {
        title: format!("{take} {noun} cao nhất và {take} {noun} thấp nhất"),
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

/// The numbers of the drawing of the ends of a ranking.
pub(crate) fn ends_table(view: &View<'_>, stat: Stat, ranking: &Ranking) -> Table {
    let n = ranking.entries.len();
    let take = (n / 2).min(3);
    let picked = ranking
        .entries
        .iter()
        .take(take)
        .chain(ranking.entries.iter().skip(n - take));
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
        title: format!("{} theo đơn vị", view.indicator_short(stat)),
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

/// A stacked bar for each of several rows of counts, with its table.
pub(crate) fn counts(
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
            value_label: count_words(labels, parts),
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

fn count_words(labels: &[(&str, Fill)], parts: &[u32]) -> String {
    let total: u32 = parts.iter().sum();
    match (labels.get(1), parts.get(1)) {
        (Some((label, _)), Some(n)) if parts.len() == 2 && *n > 0 => {
            format!("{total}, có {n} {}", label.to_lowercase())
        }
        _ => total.to_string(),
    }
}

/// "Nguồn: …" of a unit's figures in a period.
pub(crate) fn source_line(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> String {
    match view.report_for(unit, period) {
        Some(report) if !report.documents.is_empty() => {
            view.t("chart.source", &[("doc", &View::document_name(report))])
        }
        _ => view.t(
            "chart.source",
            &[(
                "doc",
                &format!("số liệu kỳ {}", view.analysis.period(period).label),
            )],
        ),
    }
}

/// The data of an edition, beside each of its charts.
pub(crate) fn data_file(view: &View<'_>, period: PeriodIx) -> FileEntry {
    FileEntry {
        kind: "data".into(),
        name: format!("Số liệu {}", view.period_in_text(period)),
        href: view.edition_csv(period),
        format: "CSV".into(),
        size: super::size_of(view, period),
        note: None,
    }
}

/// All data, beside tables that speak of several editions.
pub(crate) fn whole_file(view: &View<'_>) -> FileEntry {
    FileEntry {
        kind: "data".into(),
        name: "Số liệu của mọi kỳ".into(),
        href: format!("{}/so-lieu.csv", view.analysis.config.paths.data),
        format: "CSV".into(),
        size: super::kilobytes(view.whole_size),
        note: None,
    }
}

/// `9/2024` for a month, else the label.
pub(crate) fn short_period(view: &View<'_>, period: PeriodIx) -> String {
    let label = &view.analysis.period(period).label;
    label
        .strip_prefix("Tháng ")
        .or_else(|| label.strip_prefix("Năm "))
        .unwrap_or(label)
        .to_owned()
}

fn subject(view: &View<'_>, unit: UnitIx, service: ServiceIx) -> String {
    if service == ServiceIx::WHOLE {
        view.unit_name(unit).to_owned()
    } else {
        format!(
            "{}, {}",
            lower_first(view.service_name(service)),
            view.unit_name(unit)
        )
    }
}
