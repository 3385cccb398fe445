//! A statistic over the periods of a cadence, as a line with its target.

use std::cmp::Ordering;

use super::{data_file, short_period, source_line, subject, svg};

use crate::analysis::{Basis, Break, Observation};
use crate::chart::spec::{Chart, Line, LineChart, Unit};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, ServiceIx, Stat, Status, UnitIx};
use crate::render::before;
use crate::render::context::{ChartFigure, Column, Panel, Row, Table};
use crate::render::view::View;

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
    let breaks = before::breaks(view, unit, &series);
    let marks = breaks
        .iter()
        .map(|(at, b)| (*at, view.break_label(*b)))
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
        provisional_last: is_provisional(view, unit, series[last].0),
        breaks: marks,
        zero_based: !view.is_percent(stat),
    };
    let mut subtitle = format!(
        "{}, {}, {} – {}.",
        view.label(stat),
        subject(view, unit, service),
        short_period(view, series[first].0),
        short_period(view, series[last].0)
    );
    subtitle.push_str(&axis_note(view, stat, &chart));
    if let Some((_, b)) = breaks.iter().rev().find(|(_, b)| b.moves_area)
        && series.iter().any(|(_, o)| o.basis == Basis::Predecessors)
    {
        subtitle = format!("{subtitle} {}", before::back_cast(view, *b));
    }
    Some(ChartFigure {
        is_passing: false,
        id: None,
        title: trend_title(view, (stat, unit, service), &series),
        subtitle,
        key: Vec::new(),
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Line(chart)),
        }],
        heat: None,
        sentence: None,
        table: Some(Table {
            caption: None,
            columns: vec![
                Column::words(&view.t("table.period", &[])),
                Column::number(view.indicator_short(stat)),
            ],
            rows: table_rows(view, stat, (unit, service), &series, &breaks),
            stacked: false,
        }),
        source: Some(source_line(view, unit, period)),
        downloads: vec![data_file(view, period)],
        embed: None,
    })
}

/// The figures of a trend, newest first, with a row between those before and after a break.
fn table_rows(
    view: &View<'_>,
    stat: Stat,
    (unit, service): (UnitIx, ServiceIx),
    series: &[(PeriodIx, Observation)],
    breaks: &[(usize, Break)],
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, (p, o)) in series.iter().enumerate().rev() {
        rows.push(Row {
            head: crate::render::words::upper_first(&view.period_in_text(*p)),
            href: Some(view.edition_href(*p)),
            note: view
                .before_words(stat, unit, service, *p)
                .or_else(|| view.left_out(stat, unit, service, *p)),
            cells: vec![view.cell(stat, o)],
            ..Row::default()
        });
        let here = breaks.iter().rev().filter(|(i, _)| *i == at);
        rows.extend(here.map(|(_, b)| before::break_row(view, *b)));
    }
    rows
}

/// Whether the report that gives a unit's figures of a period says that they may still change.
fn is_provisional(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> bool {
    view.report_for(unit, period)
        .is_some_and(|r| r.status == Status::Provisional)
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

/// What happened between the first and the last known figure. Sums that leave something out neither rise nor fall.
fn trend_title(
    view: &View<'_>,
    (stat, unit, service): (Stat, UnitIx, ServiceIx),
    series: &[(PeriodIx, Observation)],
) -> String {
    let name = view.indicator_short(stat);
    let left_out = |p: PeriodIx, o: &Observation| {
        let before = || o.is_partial().then(|| view.before_note(o)).flatten();
        view.left_out(stat, unit, service, p).or_else(before)
    };
    let known: Vec<(PeriodIx, Decimal, Option<String>)> = series
        .iter()
        .filter_map(|(p, o)| Some((*p, o.sound()?, left_out(*p, o))))
        .collect();
    if let Some((p, value, Some(note))) = known.last() {
        let (value, p) = (view.figure(stat, *value), short_period(view, *p));
        return format!("{name} {value}, {p} ({note})");
    }
    let mut whole = known.iter().filter(|(_, _, note)| note.is_none());
    let Some((since, from, _)) = whole.next() else {
        return name.to_owned();
    };
    let since = short_period(view, *since);
    let later: Vec<Decimal> = whole.map(|(_, v, _)| *v).collect();
    let to = later.last().copied().unwrap_or(*from);
    let (first, last) = (view.figure(stat, *from), view.figure(stat, to));
    let key = match to.cmp(from) {
        Ordering::Greater => "chart.rose",
        Ordering::Less => "chart.fell",
        Ordering::Equal if later.iter().all(|v| v == from) => "chart.stayed",
        Ordering::Equal => "chart.equal",
    };
    let values = [
        ("name", name),
        ("a", &first),
        ("b", &last),
        ("since", &since),
    ];
    view.t(key, &values)
}
