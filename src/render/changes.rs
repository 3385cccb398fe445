//! Changes in words: percentage points for shares, per cent for counts, with the period they are compared with.

use super::context::{Cell, Change, Column, Direction, Row, Table, TableSection};
use super::figures::source_line;
use super::view::View;
use super::words::{NBSP, lower_first, trim_zeros, upper_first};
use crate::analysis::{Against, Delta, Missing, NoChange, Parts, Why};
use crate::decimal::Decimal;
use crate::model::{IndicatorKind, MeasureIx, Nature, PeriodIx, ServiceIx, Stat, UnitIx};

/// A change in words with its shape.
pub(crate) fn change(view: &View<'_>, stat: Stat, d: &Delta, against: Against) -> Change {
    let direction = match d.difference.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => Direction::Down,
        std::cmp::Ordering::Equal => Direction::Same,
        std::cmp::Ordering::Greater => Direction::Up,
    };
    let mut text = size(view, stat, d, direction);
    if d.in_period {
        let figure = view.figure(stat, d.now);
        text = view.t("change.in_period", &[("x", &figure), ("change", &text)]);
    }
    Change {
        direction,
        text,
        since: Some(since(view, d, against)),
    }
}

fn size(view: &View<'_>, stat: Stat, d: &Delta, direction: Direction) -> String {
    let digits = view.number(trim_zeros(d.difference.abs()));
    let is_up = direction == Direction::Up;
    if direction == Direction::Same {
        return view.t("change.same", &[]);
    }
    if d.is_points {
        let key = if is_up { "change.up" } else { "change.down" };
        return view.t(key, &[("x", &digits)]);
    }
    let noun = change_noun(view, stat);
    let counted = format!("{digits}{NBSP}{noun}");
    let counted = counted.trim_end_matches(NBSP);
    let Some(percent) = d.percent else {
        let key = if is_up {
            "change.up_from_zero"
        } else {
            "change.down_from_zero"
        };
        return view.t(key, &[("n", counted)]);
    };
    let percent = view.number(trim_zeros(percent.abs()));
    let key = if is_up {
        "change.up_count"
    } else {
        "change.down_count"
    };
    view.t(key, &[("n", counted), ("x", &percent)])
}

/// What the difference of two figures counts; a score's is in points of its maximum, not in dossiers.
fn change_noun<'v>(view: &View<'v>, stat: Stat) -> &'v str {
    match stat {
        Stat::Indicator(i) => {
            let d = view.analysis.catalog.indicator(i);
            if d.kind == IndicatorKind::Score || !d.unit.is_empty() {
                &d.unit
            } else {
                &d.of_whom
            }
        }
        Stat::Measure(_) => view.noun(stat),
    }
}

/// "so với tháng 7/2024 (tháng 8/2024 chưa có số liệu)".
pub(crate) fn since(view: &View<'_>, d: &Delta, against: Against) -> String {
    let p = view.period_in_text(d.previous);
    let since = match skipped(view, &d.skipped) {
        _ if against == Against::LastYear => view.t("change.since_last_year", &[("p", &p)]),
        Some(q) => view.t("change.since_gap", &[("p", &p), ("q", &q)]),
        None => view.t("change.since", &[("p", &p)]),
    };
    match d.across {
        Some(day) => view.t(
            "change.since_across",
            &[("since", &since), ("d", &view.day(day))],
        ),
        None => since,
    }
}

/// The periods passed over; none where the figure is compared with the period just before.
fn skipped(view: &View<'_>, list: &[Missing]) -> Option<String> {
    Some(match list {
        [] => return None,
        [Missing::Known(p)] => view.period_in_text(*p),
        [Missing::Named(c)] => view.calendar(*c),
        [Missing::Days] => view.t("change.gap_days", &[]),
        many => view.t("change.gap_periods", &[("n", &many.len().to_string())]),
    })
}

/// Why there is no change, as a note; none where there is nothing to say.
pub(crate) fn reason(view: &View<'_>, none: NoChange, against: Against) -> Option<String> {
    let is_last_year = against == Against::LastYear;
    let key = match none.why {
        // Most sites are younger than a year; and a yes or no has no change.
        Why::NoPeriod if is_last_year => return None,
        Why::NotANumber => return None,
        Why::NoPeriod => return Some(view.t("state.no_earlier", &[])),
        Why::NoFigure => "change.why_no_figure",
        Why::NoActivity => "change.why_no_activity",
        Why::Doubtful => "change.why_doubtful",
        Why::Partial => "change.why_partial",
        Why::Inexact => "change.why_inexact",
        Why::Suppressed => "change.why_suppressed",
        Why::OtherBase => "change.why_other_base",
        Why::OtherLength => "change.why_other_length",
        Why::Gap => "change.why_gap",
        Why::Fell => "change.why_fell",
        Why::Reset => "change.why_reset",
        Why::NotComparable => "change.why_not_comparable",
        Why::AreaMoved => "change.why_area_moved",
    };
    let period = none.period.map(|p| view.period_in_text(p));
    let why = view.t(key, &[("p", period.as_deref().unwrap_or_default())]);
    let key = if is_last_year {
        "change.none_last_year"
    } else {
        "change.none"
    };
    Some(view.t(key, &[("why", why.trim())]))
}

/// What the numerator and what the denominator brought to a ratio's change.
pub(crate) fn parts_words(view: &View<'_>, stat: Stat, d: &Delta) -> Option<String> {
    let p = d.parts.filter(|_| !d.difference.is_zero())?;
    let signed = |x: Decimal| {
        let sign = match x.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => "−",
            std::cmp::Ordering::Equal => "",
            std::cmp::Ordering::Greater => "+",
        };
        format!("{sign}{}", view.number(x.abs()))
    };
    let split = view.t(
        "change.parts",
        &[("n", &signed(p.numerator)), ("d", &signed(p.denominator))],
    );
    Some(match by_denominator(view, stat, d, p) {
        Some(sentence) => format!("{sentence} {split}"),
        None => split,
    })
}

/// "Tỷ lệ giảm chủ yếu do mẫu số cập nhật: số tài khoản tăng 120, số dân phải cấp tăng 4.300."
fn by_denominator(view: &View<'_>, stat: Stat, d: &Delta, p: Parts) -> Option<String> {
    let Stat::Indicator(i) = stat else {
        return None;
    };
    if !p.is_by_denominator {
        return None;
    }
    let catalog = view.analysis.catalog;
    let definition = catalog.indicator(i);
    let side = |measures: &[MeasureIx], rise: Decimal| {
        let names: Vec<String> = measures
            .iter()
            .map(|m| lower_first(&catalog.measure(*m).label))
            .collect();
        let name = names.join(" + ");
        let key = match rise.cmp(&Decimal::ZERO) {
            std::cmp::Ordering::Less => "change.side_down",
            std::cmp::Ordering::Equal => "change.side_same",
            std::cmp::Ordering::Greater => "change.side_up",
        };
        view.t(
            key,
            &[("a", &name), ("n", &view.number(trim_zeros(rise.abs())))],
        )
    };
    let sides = [
        ("n", side(&definition.numerator, p.numerator_rise)),
        ("d", side(&definition.denominator, p.denominator_rise)),
    ];
    // A population is counted anew; dossiers received are others each time.
    let is_stock = |m: &MeasureIx| catalog.measure(*m).nature == Nature::Stock;
    let is_updated = definition.denominator.iter().all(is_stock);
    let key = match (d.difference.is_negative(), is_updated) {
        (true, true) => "change.down_by_denominator",
        (true, false) => "change.down_by_flow",
        (false, true) => "change.up_by_denominator",
        (false, false) => "change.up_by_flow",
    };
    Some(view.t(key, &sides.each_ref().map(|(k, v)| (*k, v.as_str()))))
}

/// What a table of changes is of.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) stat: Stat,
    pub(crate) unit: UnitIx,
    pub(crate) service: ServiceIx,
    pub(crate) period: PeriodIx,
}

/// The figures of a unit against earlier ones. `None` where nothing can be compared.
pub(crate) fn of_unit(
    view: &View<'_>,
    stats: &[Stat],
    unit: UnitIx,
    period: PeriodIx,
) -> Option<TableSection> {
    let rows: Vec<Row> = stats
        .iter()
        .filter_map(|stat| {
            let subject = Subject {
                stat: *stat,
                unit,
                service: ServiceIx::WHOLE,
                period,
            };
            let row = row(view, subject)?;
            Some(Row {
                head: view.label(*stat).to_owned(),
                href: view.stat_href(*stat),
                ..row
            })
        })
        .collect();
    let caption = format!("{}, {}", view.unit_name(unit), view.period_in_text(period));
    let mut section = section(view, rows, &view.t("table.indicator", &[]), caption)?;
    section.source = Some(source_line(view, unit, period));
    Some(section)
}

/// One statistic of several units, each in its newest period, against earlier ones.
pub(crate) fn of_units(
    view: &View<'_>,
    stat: Stat,
    seen: &[(UnitIx, PeriodIx)],
) -> Option<TableSection> {
    let rows: Vec<Row> = seen
        .iter()
        .filter_map(|(unit, period)| {
            let subject = Subject {
                stat,
                unit: *unit,
                service: ServiceIx::WHOLE,
                period: *period,
            };
            let row = row(view, subject)?;
            Some(Row {
                head: view.unit_name(*unit).to_owned(),
                href: view.unit_href(*unit),
                ..row
            })
        })
        .take(MOST_ROWS)
        .collect();
    let caption = view.label(stat).to_owned();
    section(view, rows, &view.t("table.unit", &[]), caption)
}

/// The most units of a table of changes.
const MOST_ROWS: usize = 100;

/// One figure against both earlier ones; none where it can be compared with neither.
fn row(view: &View<'_>, s: Subject) -> Option<Row> {
    let o = view.analysis.observe(s.stat, s.unit, s.service, s.period);
    let of = |against| {
        view.analysis
            .compare(s.stat, s.unit, s.service, s.period, against)
    };
    let (previous, last_year) = (of(Against::Previous), of(Against::LastYear));
    if previous.is_err() && last_year.is_err() {
        return None;
    }
    let cell = |found: &Result<Delta, NoChange>, against| match found {
        Ok(d) => {
            let words = change(view, s.stat, d, against);
            let mut note = words.since.unwrap_or_default();
            if let Some(parts) = parts_words(view, s.stat, d) {
                note = format!("{note}. {parts}");
            }
            Cell {
                note: Some(note),
                ..Cell::word(&upper_first(&words.text))
            }
        }
        Err(none) => match reason(view, *none, against) {
            Some(text) => Cell::none(&text),
            None => Cell::none(&view.t("change.no_last_year", &[])),
        },
    };
    Some(Row {
        note: Some(upper_first(&view.period_in_text(s.period))),
        cells: vec![
            view.cell(s.stat, &o),
            cell(&previous, Against::Previous),
            cell(&last_year, Against::LastYear),
        ],
        ..Row::default()
    })
}

fn section(
    view: &View<'_>,
    mut rows: Vec<Row>,
    head: &str,
    caption: String,
) -> Option<TableSection> {
    if rows.is_empty() {
        return None;
    }
    let mut columns = vec![
        Column::words(head),
        Column::number(&view.t("table.now", &[])),
        Column::words(&view.t("table.previous", &[])),
        Column::words(&view.t("table.last_year", &[])),
    ];
    // A site younger than a year has nothing to put there.
    let none = view.t("change.no_last_year", &[]);
    if rows
        .iter()
        .all(|r| r.cells.last().is_some_and(|c| c.text == none))
    {
        columns.pop();
        for row in &mut rows {
            row.cells.pop();
        }
    }
    Some(TableSection {
        id: "thay-doi".into(),
        title: view.t("section.changes", &[]),
        note: Some(view.t("change.how", &[])),
        table: Table {
            caption: Some(caption),
            columns,
            rows,
            stacked: true,
        },
        source: None,
        downloads: Vec::new(),
    })
}
