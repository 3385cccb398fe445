//! How each of several units moved, as small lines on one scale.

use super::{short_period, source_line, svg, whole_file};
use crate::analysis::{Observation, State};
use crate::chart::spec::{Chart, Multiple, MultiplesChart};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::context::{ChartFigure, Column, Panel, Row, Table};
use crate::render::view::View;
use crate::text::order;

/// The most drawings of one figure.
const MOST_MULTIPLES: usize = 12;
/// Fewer periods than this show no movement.
const LEAST_PERIODS: usize = 3;

/// A unit with its figures, in order of time.
struct Series {
    unit: UnitIx,
    list: Vec<(PeriodIx, Observation)>,
}

impl Series {
    fn figures(&self) -> impl DoubleEndedIterator<Item = Decimal> {
        self.list.iter().filter_map(|(_, o)| o.sound())
    }
}

/// The trends of the units directly below `unit`, or of a block's members, if they are at most twelve.
pub(crate) fn multiples_below(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let tree = &view.analysis.catalog.units;
    let members = &tree.get(unit).members;
    let below = if members.is_empty() {
        tree.children(unit)
    } else {
        members
    };
    let day = view.analysis.period(period).end;
    let exists = |u: &&UnitIx| tree.get(**u).is_valid_on(day);
    let has_figure = |u: &&UnitIx| {
        let o = view.analysis.observe(stat, **u, service, period);
        o.state != State::Absent
    };
    let shown = below.iter().filter(exists).filter(has_figure);
    let mut list: Vec<UnitIx> = shown.take(MOST_MULTIPLES + 1).copied().collect();
    if list.len() > MOST_MULTIPLES {
        return None;
    }
    list.sort_by(|a, b| order::compare(view.unit_short(*a), view.unit_short(*b)));
    let all = list.iter().map(|unit| Series {
        unit: *unit,
        list: view.analysis.series(stat, *unit, service, period),
    });
    let all: Vec<Series> = all
        .filter(|s| s.figures().count() >= LEAST_PERIODS)
        .collect();
    if all.len() < 2 {
        return None;
    }
    // One axis of time for all: a unit without a period has a gap there.
    let mut periods: Vec<PeriodIx> = all.iter().flat_map(|s| &s.list).map(|(p, _)| *p).collect();
    periods.sort_unstable();
    periods.dedup();
    let list = all.iter().map(|s| one(view, stat, s, &periods)).collect();
    let zero_based = !view.is_percent(stat);
    let (since, newest) = (*periods.first()?, *periods.last()?);
    let mut subtitle = format!(
        "{}, {}, {} – {}.",
        view.label(stat),
        super::subject(view, unit, service),
        short_period(view, since),
        short_period(view, newest)
    );
    subtitle.push_str(&scale_words(view, stat, &all, zero_based)?);
    Some(ChartFigure {
        id: Some("tung-don-vi".into()),
        title: title(view, stat, &all, since),
        subtitle,
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Multiples(MultiplesChart { list, zero_based })),
        }],
        table: Some(table(view, stat, &all, &periods)),
        source: Some(source_line(view, unit, period)),
        downloads: vec![whole_file(view)],
        ..ChartFigure::default()
    })
}

fn at(s: &Series, period: PeriodIx) -> Option<&Observation> {
    s.list.iter().find(|(p, _)| *p == period).map(|(_, o)| o)
}

fn one(view: &View<'_>, stat: Stat, s: &Series, periods: &[PeriodIx]) -> Multiple {
    let value = |p: &PeriodIx| Some(at(s, *p)?.sound()?.to_f64());
    let last = s.list.iter().rev().find(|(_, o)| o.sound().is_some());
    let newest = periods.last();
    let last_label = last.map_or_else(String::new, |(p, o)| {
        let text = o.sound();
        let text = text.map_or_else(String::new, |v| view.column_figure(stat, v));
        // A line that ends earlier says when.
        if Some(p) == newest {
            text
        } else {
            format!("{text}, {}", short_period(view, *p))
        }
    });
    Multiple {
        label: view.unit_short(s.unit).to_owned(),
        last_label,
        values: periods.iter().map(value).collect(),
    }
}

/// From where to where the one scale reaches.
fn scale_words(view: &View<'_>, stat: Stat, all: &[Series], zero_based: bool) -> Option<String> {
    let values = || all.iter().flat_map(Series::figures);
    let low = values().min()?;
    let low = if zero_based {
        low.min(Decimal::ZERO)
    } else {
        low
    };
    let (a, b) = (
        view.column_figure(stat, low),
        view.column_figure(stat, values().max()?),
    );
    Some(view.t("multiples.scale", &[("a", &a), ("b", &b)]))
}

/// How many rose from their first figure to their last.
fn title(view: &View<'_>, stat: Stat, all: &[Series], since: PeriodIx) -> String {
    // Sums that leave something out neither rise nor fall.
    let rose = |s: &&Series| {
        let whole = s.list.iter().filter(|(_, o)| !o.is_partial());
        let mut figures = whole.filter_map(|(_, o)| o.sound());
        let first = figures.next();
        first.zip(figures.next_back()).is_some_and(|(a, b)| b > a)
    };
    let n = all.iter().filter(rose).count().to_string();
    let values = [
        ("name", view.indicator_short(stat)),
        ("n", &n),
        ("all", &all.len().to_string()),
        ("since", &short_period(view, since)),
    ];
    view.t("multiples.rose", &values)
}

/// A row for each unit, a column for each period.
fn table(view: &View<'_>, stat: Stat, all: &[Series], periods: &[PeriodIx]) -> Table {
    let mut columns = vec![Column::words(&view.t("table.unit", &[]))];
    let heads = periods
        .iter()
        .map(|p| Column::number(&short_period(view, *p)));
    columns.extend(heads);
    let absent = view.t("state.not_reported", &[]);
    let rows = all.iter().map(|s| Row {
        head: view.unit_name(s.unit).to_owned(),
        href: view.unit_href(s.unit),
        cells: periods
            .iter()
            .map(|p| {
                let cell = at(s, *p).map(|o| view.cell(stat, o));
                cell.unwrap_or_else(|| crate::render::context::Cell::none(&absent))
            })
            .collect(),
        ..Row::default()
    });
    Table {
        caption: None,
        columns,
        rows: rows.collect(),
        stacked: false,
    }
}
