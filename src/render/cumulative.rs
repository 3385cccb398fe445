//! Figures of the period beside cumulative ones.

use super::context::{Cell, CellKind, Column, Row, Table, TableSection};
use super::figures::source_line;
use super::view::View;
use crate::analysis::{Accrued, Missing};
use crate::model::{FactIx, MeasureIx, MeasureType, Nature, PeriodIx, ServiceIx, Stat, UnitIx};

/// No more missing periods are named one by one.
const MOST_NAMED: usize = 3;

/// The note of a key figure: what a cumulative one gained in the period.
pub(crate) fn note(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<String> {
    let Stat::Measure(m) = stat else { return None };
    if view.analysis.catalog.measure(m).nature != Nature::YearToDate {
        return None;
    }
    let gained = view.analysis.in_period(m, unit, service, period)?;
    let x = view.number(gained.value.normalized());
    Some(match remark(view, &gained) {
        Some(note) => view.t("cumulative.tile_note", &[("x", &x), ("note", &note)]),
        None => view.t("cumulative.tile", &[("x", &x)]),
    })
}

/// What a reader must know of a figure of the period: that it covers others, or that a cumulative one fell.
fn remark(view: &View<'_>, gained: &Accrued) -> Option<String> {
    let together = gained.with.first().map(|first| {
        let n = (gained.with.len() + 1).to_string();
        match name(view, *first) {
            Some(p) => view.t("cumulative.together", &[("n", &n), ("p", &p)]),
            None => view.t("cumulative.together_days", &[]),
        }
    });
    let fell = gained
        .value
        .is_negative()
        .then(|| view.t("cumulative.fell", &[]));
    together
        .into_iter()
        .chain(fell)
        .reduce(|a, b| format!("{a}; {b}"))
}

fn name(view: &View<'_>, place: Missing) -> Option<String> {
    match place {
        Missing::Known(p) => Some(view.period_in_text(p)),
        Missing::Named(c) => Some(view.calendar(c)),
        Missing::Days => None,
    }
}

/// The measures of a unit that count what happens, in the period and since the beginning of the year. `None` where the
/// year has but one figure and nothing is cumulative.
pub(crate) fn of_unit(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Option<TableSection> {
    let rows: Vec<Row> = measures(view, unit, period)
        .into_iter()
        .filter_map(|m| row(view, m, unit, period))
        .collect();
    if rows.is_empty() {
        return None;
    }
    Some(TableSection {
        id: "luy-ke".into(),
        title: view.t("cumulative.title", &[]),
        note: None,
        table: Table {
            caption: Some(format!(
                "{}, {}",
                view.unit_name(unit),
                view.period_in_text(period)
            )),
            columns: vec![
                Column::words(&view.t("table.measure", &[])),
                Column::number(&view.t("cumulative.in_period", &[])),
                Column::number(&view.t("cumulative.year_to_date", &[])),
            ],
            rows,
            stacked: false,
        },
        source: Some(source_line(view, unit, period)),
        downloads: Vec::new(),
    })
}

/// The measures that a unit has a figure of as a whole, in the order of the catalogue.
fn measures(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<MeasureIx> {
    let facts = view.analysis.facts();
    let mut list: Vec<MeasureIx> = [Some(ServiceIx::WHOLE), view.analysis.all_services()]
        .into_iter()
        .flatten()
        .flat_map(|s| facts.row(unit, s, period))
        .map(|at| facts.measure(FactIx::from_at(at)))
        .collect();
    let sums = view.analysis.derived.measure_keys_of(unit);
    let whole = sums.filter(|k| k.service() == ServiceIx::WHOLE && k.period() == period);
    list.extend(whole.map(|k| MeasureIx(k.stat())));
    list.sort_unstable();
    list.dedup();
    list
}

fn row(view: &View<'_>, m: MeasureIx, unit: UnitIx, period: PeriodIx) -> Option<Row> {
    let measure = view.analysis.catalog.measure(m);
    if !matches!(measure.kind, MeasureType::Count | MeasureType::Amount) {
        return None;
    }
    let whole = ServiceIx::WHOLE;
    match measure.nature {
        Nature::Stock => return None,
        Nature::YearToDate => {}
        // A year with one figure only has nothing to add up.
        Nature::Flow => {
            if view.analysis.known_in_year(m, unit, whole, period) < 2 {
                return None;
            }
        }
    }
    let in_period = match view.analysis.in_period(m, unit, whole, period) {
        Some(gained) => Cell {
            note: remark(view, &gained),
            ..Cell::number(&view.number(gained.value.normalized()))
        },
        None => Cell::none(&view.t("cumulative.open", &[])),
    };
    let since_january = match view.analysis.year_to_date(m, unit, whole, period) {
        Ok(value) => Cell::number(&view.number(value.normalized())),
        Err(missing) => Cell {
            kind: CellKind::None,
            note: Some(lacks(view, &missing)),
            ..Cell::none(&view.t("cumulative.open", &[]))
        },
    };
    Some(Row {
        head: measure.label.clone(),
        note: (!measure.unit.is_empty()).then(|| measure.unit.clone()),
        cells: vec![in_period, since_january],
        ..Row::default()
    })
}

/// Which periods a sum lacks.
fn lacks(view: &View<'_>, missing: &[Missing]) -> String {
    let names: Vec<String> = missing.iter().filter_map(|p| name(view, *p)).collect();
    match names.as_slice() {
        _ if names.len() < missing.len() => view.t("cumulative.lacks_days", &[]),
        [first, .., last] if names.len() > MOST_NAMED => {
            let n = names.len().to_string();
            view.t(
                "cumulative.lacks_many",
                &[("n", &n), ("a", first), ("b", last)],
            )
        }
        _ => view.t("cumulative.lacks", &[("list", &names.join(", "))]),
    }
}
