//! Tables of pages: services of a unit, other figures, targets, units below.

use super::context::{Bar, Cell, Column, Mark, Row, RowKind, Table, TableSection};
use super::figures::{ServiceRow, data_file, services_of, source_line};
use super::revisions;
use super::view::View;
use crate::analysis::{Basis, State};
use crate::model::{
    FactIx, IndicatorIx, IndicatorKind, MeasureIx, PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx,
};
use crate::text::order;

/// The most columns of figures in a table of services.
const MOST_COLUMNS: usize = 5;

/// The statistics that a unit has for single services in a period: ratios first, then measures.
///
/// A ratio gets a column where at least a third of the services have it; those that the report states or that the
/// site shows first come before others.
pub(crate) fn service_stats(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<Stat> {
    let catalog = view.analysis.catalog;
    let facts = view.analysis.facts();
    let is_single = |s: ServiceIx| is_single(view, s);
    let mut measures = vec![0usize; catalog.measures.len()];
    for at in facts.of_unit(unit) {
        let key = facts.keys()[at];
        if key.period() == period && is_single(key.service()) {
            measures[usize::from(key.stat())] += 1;
        }
    }
    let most = measures.iter().copied().max().unwrap_or(0);
    let mut stated = vec![0usize; catalog.indicators.len()];
    for claim in view.analysis.claims().of_unit(unit) {
        if claim.key.period() == period && is_single(claim.key.service()) {
            stated[claim.indicator().at()] += 1;
        }
    }
    let headline = view.headline();
    let coverage = |i: IndicatorIx| {
        let d = catalog.indicator(i);
        let base = d
            .numerator
            .iter()
            .chain(&d.denominator)
            .map(|m| measures[m.at()])
            .min();
        if d.has_base() {
            base.unwrap_or(0).max(stated[i.at()])
        } else {
            stated[i.at()]
        }
    };
    let wanted: Vec<IndicatorIx> = catalog
        .indicator_indices()
        .filter(|i| coverage(*i) > 1 && coverage(*i) * 3 >= most)
        .collect();
    let is_first = |i: &IndicatorIx| stated[i.at()] > 0 || headline.contains(&Stat::Indicator(*i));
    let some_first = wanted.iter().any(is_first);
    let mut stats: Vec<Stat> = wanted
        .iter()
        .filter(|i| !some_first || is_first(i))
        .map(|i| Stat::Indicator(*i))
        .take(2)
        .collect();
    let mut counted: Vec<usize> = (0..measures.len()).filter(|i| measures[*i] > 0).collect();
    counted.sort_by_key(|i| std::cmp::Reverse(measures[*i]));
    // A column that nearly all rows leave open says little: it goes where there are others.
    if stats.len() + counted.iter().filter(|i| measures[**i] * 4 >= most).count() > 2 {
        counted.retain(|i| measures[*i] * 4 >= most);
    }
    counted.truncate(MOST_COLUMNS - stats.len());
    counted.sort_unstable();
    stats.extend(
        counted
            .into_iter()
            .map(|i| Stat::Measure(MeasureIx::from_at(i))),
    );
    stats
}

/// The measure that most services of a unit have a sound figure for: what its chart shows. A part of another one
/// that is reported nearly as widely stands in the bar of that other.
pub(crate) fn main_measure(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Option<Stat> {
    let catalog = view.analysis.catalog;
    let sound = |m: MeasureIx| {
        let rows = services_of(view, Stat::Measure(m), unit, period);
        rows.iter()
            .filter(|r| r.observation.sound().is_some())
            .count()
    };
    let counted: Vec<(usize, MeasureIx)> = service_stats(view, unit, period)
        .into_iter()
        .filter_map(|s| match s {
            Stat::Measure(m) => Some(m),
            Stat::Indicator(_) => None,
        })
        .filter(|m| catalog.measure(*m).kind != crate::model::MeasureType::YesNo)
        .map(|m| (sound(m), m))
        .collect();
    let is_part = |n: usize, m: MeasureIx| {
        counted.iter().any(|(all, whole)| {
            all * 2 >= n
                && catalog
                    .measure(*whole)
                    .parts
                    .iter()
                    .flatten()
                    .any(|p| *p == m)
        })
    };
    // The first of equals in the order of the catalogue.
    let wholes = counted.iter().rev().filter(|(n, m)| !is_part(*n, *m));
    wholes
        .max_by_key(|(n, _)| *n)
        .map(|(_, m)| Stat::Measure(*m))
}

/// Every service of a unit in a period, with a letter where a caveat touches it.
pub(crate) fn services(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    marks: &dyn Fn(ServiceIx) -> Vec<Mark>,
) -> Option<TableSection> {
    let stats = service_stats(view, unit, period);
    let rows = service_rows(view, &stats, unit, period);
    if rows.is_empty() {
        return None;
    }
    let mut columns = vec![Column::words(&view.t("table.service", &[]))];
    columns.extend(
        stats
            .iter()
            .map(|s| Column::number(view.indicator_short(*s))),
    );
    let mut table_rows: Vec<Row> = rows
        .iter()
        .map(|r| Row {
            head: view.service_name(r.service).to_owned(),
            href: view.service_href(r.service),
            marks: marks(r.service),
            cells: stats
                .iter()
                .map(|s| with_bar(view, *s, unit, r.service, period))
                .collect(),
            ..Row::default()
        })
        .collect();
    if let Some(sum) = sum_row(view, &stats, unit, period) {
        table_rows.push(sum);
    }
    Some(TableSection {
        id: "dich-vu".into(),
        title: view.t("section.services", &[]),
        note: None,
        table: Table {
            caption: Some(format!(
                "{}, {}",
                view.unit_name(unit),
                view.period_in_text(period)
            )),
            columns,
            rows: table_rows,
            stacked: false,
        },
        source: Some(source_line(view, unit, period)),
        downloads: vec![data_file(view, period)],
    })
}

/// The services that have any of the statistics, in the order of the first measure, largest first.
fn service_rows(
    view: &View<'_>,
    stats: &[Stat],
    unit: UnitIx,
    period: PeriodIx,
) -> Vec<ServiceRow> {
    let main = main_measure(view, unit, period).filter(|m| stats.contains(m));
    let Some(order_by) = main.as_ref().or_else(|| stats.first()) else {
        return Vec::new();
    };
    let mut rows = services_of(view, *order_by, unit, period);
    let known: Vec<ServiceIx> = rows.iter().map(|r| r.service).collect();
    for stat in stats {
        for row in services_of(view, *stat, unit, period) {
            if !known.contains(&row.service) && !rows.iter().any(|r| r.service == row.service) {
                rows.push(row);
            }
        }
    }
    rows
}

/// A cell with a bar under its ratio.
pub(crate) fn with_bar(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Cell {
    let o = view.analysis.observe(stat, unit, service, period);
    let mut cell = view.cell(stat, &o);
    cell.old = revisions::old_figure(view, stat, unit, service, period);
    if o.state == State::Value
        && view.is_ratio(stat)
        && let Some(percent) = View::bar_length(&o)
    {
        let highlight = percent != "100";
        cell.bar = Some(Bar { percent, highlight });
    }
    cell
}

/// The sum over services, where a ratio could be summed and the sum is not stated by the report.
fn sum_row(view: &View<'_>, stats: &[Stat], unit: UnitIx, period: PeriodIx) -> Option<Row> {
    let ratio = stats.iter().find(|s| matches!(s, Stat::Indicator(_)))?;
    let o = view
        .analysis
        .observe(*ratio, unit, ServiceIx::WHOLE, period);
    if o.basis != Basis::Services {
        return None;
    }
    let cells = stats
        .iter()
        .map(|s| {
            let definition = match ratio {
                Stat::Indicator(i) => view.analysis.catalog.indicator(*i),
                Stat::Measure(_) => return Cell::word(""),
            };
            match s {
                s if s == ratio => view.cell(*s, &o),
                Stat::Measure(m) if definition.numerator == [*m] => {
                    Cell::number(&o.numerator.map_or_else(String::new, |n| view.number(n)))
                }
                Stat::Measure(m) if definition.denominator == [*m] => {
                    Cell::number(&o.denominator.map_or_else(String::new, |n| view.number(n)))
                }
                _ => Cell::word(""),
            }
        })
        .collect();
    Some(Row {
        kind: RowKind::Sum,
        head: view.t("table.sum_agreeing", &[("n", &o.counted.to_string())]),
        cells,
        ..Row::default()
    })
}

/// Every figure of a unit that stands on no single service: value, words of the report, place.
pub(crate) fn others(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    marks: &dyn Fn(Stat) -> Vec<Mark>,
) -> Option<TableSection> {
    let mut rows = Vec::new();
    let facts = view.analysis.facts();
    for at in facts.of_unit(unit) {
        let key = facts.keys()[at];
        let ix = FactIx::from_at(at);
        if key.period() != period || is_single(view, key.service()) {
            continue;
        }
        let stat = Stat::Measure(MeasureIx(key.stat()));
        let o = view.analysis.observe(stat, unit, key.service(), period);
        let value = facts.value(ix).map_or_else(
            || view.absence(&o),
            |v| {
                let shown = crate::analysis::Observation {
                    value: Some(v),
                    fact: Some(ix),
                    ..o
                };
                format!(
                    "{}\u{a0}{}",
                    view.words(stat, &shown),
                    unit_words(view, stat, ix)
                )
            },
        );
        let place = facts
            .extra(ix)
            .and_then(|e| e.document_place.as_deref())
            .unwrap_or_default()
            .to_owned();
        let mut r = row(
            view,
            stat,
            key.service(),
            &value,
            &view.quoted(&facts.as_written(ix)),
            &view.own(&place),
            marks(stat),
        );
        r.cells[0].old = revisions::old_figure(view, stat, unit, key.service(), period);
        rows.push(r);
    }
    for claim in view.analysis.claims().of_unit(unit) {
        if claim.key.period() != period || is_single(view, claim.key.service()) {
            continue;
        }
        let stat = Stat::Indicator(claim.indicator());
        let value = claim.value.map_or_else(
            || {
                view.t(
                    "state.unreadable",
                    &[("text", &view.quoted(&claim.as_written))],
                )
            },
            |v| view.figure(stat, v),
        );
        let place = view.own(claim.extra.document_place.as_deref().unwrap_or_default());
        let mut r = row(
            view,
            stat,
            claim.key.service(),
            &value,
            &view.quoted(&claim.as_written),
            &place,
            marks(stat),
        );
        r.href = view.stat_href(stat);
        r.cells[0].old = revisions::old_figure(view, stat, unit, claim.key.service(), period);
        rows.push(r);
    }
    if rows.is_empty() {
        return None;
    }
    rows.sort_by(|a, b| order::compare(&a.head, &b.head));
    Some(TableSection {
        id: "so-lieu-khac".into(),
        title: view.t("section.others", &[]),
        note: None,
        table: Table {
            caption: Some(format!(
                "{}, {}",
                view.unit_name(unit),
                view.period_in_text(period)
            )),
            columns: vec![
                Column::words(&view.t("table.measure", &[])),
                Column::words(&view.t("table.value", &[])),
                Column::words(&view.t("table.as_written", &[])),
                Column::words(&view.t("table.place", &[])),
            ],
            rows,
            stacked: true,
        },
        source: Some(source_line(view, unit, period)),
        downloads: vec![data_file(view, period)],
    })
}

fn is_single(view: &View<'_>, service: ServiceIx) -> bool {
    service != ServiceIx::WHOLE
        && view.analysis.catalog.services.get(service).kind == ServiceKind::Service
}

fn unit_words(view: &View<'_>, stat: Stat, ix: FactIx) -> String {
    let own = view
        .analysis
        .facts()
        .extra(ix)
        .and_then(|e| e.unit_of_measure.as_deref());
    let usual = view.original.unwrap_or(view).noun(stat);
    match own.filter(|own| *own != usual) {
        _ if crate::text::naming::is_yes_no(own.unwrap_or(usual)) => String::new(),
        Some(own) => view.own(own),
        None => view.noun(stat).to_owned(),
    }
}

fn row(
    view: &View<'_>,
    stat: Stat,
    service: ServiceIx,
    value: &str,
    written: &str,
    place: &str,
    marks: Vec<Mark>,
) -> Row {
    let note = (service != ServiceIx::WHOLE).then(|| view.service_name(service).to_owned());
    Row {
        head: view.label(stat).to_owned(),
        note,
        marks,
        cells: vec![
            Cell::word(value.trim_end()),
            Cell::word(written),
            Cell::word(place),
        ],
        ..Row::default()
    }
}

/// The units below a unit, with one statistic each.
pub(crate) fn children(
    view: &View<'_>,
    unit: UnitIx,
    stats: &[Stat],
    period: PeriodIx,
) -> Option<TableSection> {
    let mut list: Vec<UnitIx> = view
        .analysis
        .catalog
        .units
        .children(unit)
        .iter()
        .copied()
        .filter(|u| view.has_unit_page(*u))
        .collect();
    if list.is_empty() {
        return None;
    }
    list.sort_by(|a, b| {
        let level = |u: &UnitIx| view.analysis.catalog.units.get(*u).level;
        level(b)
            .cmp(&level(a))
            .then_with(|| order::compare(view.unit_short(*a), view.unit_short(*b)))
    });
    let stats: Vec<Stat> = stats
        .iter()
        .copied()
        .filter(|s| {
            list.iter().any(|u| {
                view.analysis
                    .observe(*s, *u, ServiceIx::WHOLE, period)
                    .value
                    .is_some()
            })
        })
        .take(3)
        .collect();
    let mut columns = vec![Column::words(&view.t("table.unit", &[]))];
    columns.extend(
        stats
            .iter()
            .map(|s| Column::number(view.indicator_short(*s))),
    );
    let rows = list
        .iter()
        .map(|u| Row {
            head: view.unit_name(*u).to_owned(),
            href: view.unit_href(*u),
            cells: stats
                .iter()
                .map(|s| with_bar(view, *s, *u, ServiceIx::WHOLE, period))
                .collect(),
            ..Row::default()
        })
        .collect();
    Some(TableSection {
        id: "truc-thuoc".into(),
        title: view.t("section.children", &[]),
        note: None,
        table: Table {
            caption: Some(format!(
                "{}, {}",
                view.unit_name(unit),
                view.period_in_text(period)
            )),
            columns,
            rows,
            stacked: false,
        },
        source: None,
        downloads: vec![data_file(view, period)],
    })
}

/// Whether an indicator is recomputed from counts.
pub(crate) fn is_computed(view: &View<'_>, i: IndicatorIx) -> bool {
    let d = view.analysis.catalog.indicator(i);
    d.kind == IndicatorKind::Ratio && d.has_base()
}
