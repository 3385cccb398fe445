//! The points of a unit by an index: groups with points, maximum and what they lack.

use super::context::{Cell, Column, Row, RowKind, Table, TableSection};
use super::figures::source_line;
use super::view::View;
use super::words::{NBSP, lower_first, trim_zeros};
use crate::analysis::scores::{ComponentScore, GroupScore, Points, Score};
use crate::analysis::{Basis, State};
use crate::decimal::{Decimal, Fraction};
use crate::model::{PeriodIx, UnitIx};

/// A section for each index that a unit has points of.
pub(crate) fn of_unit(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<TableSection> {
    let scores = view.analysis.scores(unit, period);
    scores
        .iter()
        .map(|s| section(view, s, unit, period))
        .collect()
}

fn section(view: &View<'_>, s: &Score<'_>, unit: UnitIx, period: PeriodIx) -> TableSection {
    let mut rows: Vec<Row> = Vec::new();
    for group in &s.groups {
        rows.push(group_row(view, group));
        // One component that is the whole group says nothing more.
        if group.components.len() > 1 {
            rows.extend(group.components.iter().map(|c| component_row(view, c)));
        }
    }
    rows.push(total_row(view, s));
    let basis = if s.version.basis.is_empty() {
        &s.index.basis
    } else {
        &s.version.basis
    };
    let source = source_line(view, unit, period);
    let basis = (!basis.is_empty()).then(|| view.t("score.basis", &[("doc", basis)]));
    TableSection {
        id: format!("diem-{}", s.index.id.replace('/', "-")),
        title: s.index.label.clone(),
        note: Some(sentences(view, s)),
        table: Table {
            caption: Some(format!(
                "{}, {}",
                view.unit_name(unit),
                view.period_in_text(period)
            )),
            columns: vec![
                Column::words(&view.t("score.group", &[])),
                Column::number(&view.t("score.points", &[])),
                Column::number(&view.t("score.max", &[])),
                Column::number(&view.t("score.lost", &[])),
                Column::number(&view.t("score.recomputed", &[])),
            ],
            rows,
            stacked: false,
        },
        source: Some(match basis {
            Some(basis) => format!("{basis} {source}"),
            None => source,
        }),
        downloads: Vec::new(),
    }
}

/// The total, which group lacks most, and what one more point would take.
fn sentences(view: &View<'_>, s: &Score<'_>) -> String {
    let total = s.total();
    let (points, of, max) = (
        shown(view, total.points),
        shown(view, total.of),
        shown(view, s.version.max()),
    );
    let values = [("x", points.as_str()), ("of", &of), ("max", &max)];
    let mut out = vec![match (s.is_whole(), s.stated.is_some()) {
        _ if total.of.is_zero() => view.t("score.none", &values),
        (true, true) => view.t("score.total_stated", &values),
        (true, false) => view.t("score.total", &values),
        (false, _) => view.t("score.total_part", &values),
    }];
    if let Some(band) = s.band() {
        out.push(view.t("score.band", &[("band", &band.label)]));
    }
    if let Some((group, lost)) = s.costliest() {
        let name = lower_first(&group.group.label);
        let key = if s.is_whole() {
            "score.costliest"
        } else {
            "score.costliest_known"
        };
        out.push(view.t(key, &[("group", &name), ("x", &shown(view, lost))]));
        if let Some(one) = view.analysis.one_more(group) {
            let catalog = view.analysis.catalog;
            let noun = |measures: &[crate::model::MeasureIx]| {
                let names = measures
                    .iter()
                    .map(|m| lower_first(&catalog.measure(*m).label));
                names.collect::<Vec<_>>().join(" + ")
            };
            let d = catalog.indicator(one.indicator);
            let count = view.number(Decimal::from_int(one.count.abs()));
            let counted = format!("{count}{NBSP}{}", noun(&d.numerator));
            let whole = format!("{}{NBSP}{}", view.number(one.of), noun(&d.denominator));
            let key = if one.count < 0 {
                "score.one_more_fewer"
            } else {
                "score.one_more"
            };
            out.push(view.t(key, &[("group", &name), ("n", &counted), ("of", &whole)]));
        }
    }
    out.push(view.t("score.not_rolled_up", &[]));
    out.join(" ")
}

fn group_row(view: &View<'_>, g: &GroupScore<'_>) -> Row {
    let Some(p) = g.points() else {
        // An official zero stays visible, but as what it is.
        let zero = g
            .stated
            .map(|s| view.t("score.stated_zero", &[("x", &view.number(s.points))]));
        return Row {
            head: g.group.label.clone(),
            cells: vec![
                Cell {
                    note: zero,
                    ..Cell::none(&why_none(view, &g.components))
                },
                Cell::number(&shown(view, g.group.max)),
                Cell::number(""),
                Cell::number(""),
            ],
            ..Row::default()
        };
    };
    let mut cell = bar(Cell::number(&view.number(p.points)), p);
    if g.stated.is_none() {
        cell.note = Some(view.t("score.is_recomputed", &[]));
    }
    let part = (p.of < g.group.max).then(|| {
        let (of, max) = (shown(view, p.of), shown(view, g.group.max));
        view.t("score.part_known", &[("of", &of), ("max", &max)])
    });
    Row {
        head: g.group.label.clone(),
        note: part,
        cells: vec![
            cell,
            Cell::number(&shown(view, g.group.max)),
            Cell::number(&g.lost().map_or_else(String::new, |n| view.number(n))),
            recomputed(
                view,
                g.recomputed
                    .filter(|r| r.of == g.group.max)
                    .map(|r| r.points),
            ),
        ],
        ..Row::default()
    }
}

fn component_row(view: &View<'_>, c: &ComponentScore<'_>) -> Row {
    let max = c.component.max;
    let cells = match c.points() {
        Some(points) => {
            let p = Points { points, of: max };
            let lost = max.checked_sub(points);
            vec![
                bar(Cell::number(&view.number(points)), p),
                Cell::number(&shown(view, max)),
                Cell::number(&lost.map_or_else(String::new, |n| view.number(n))),
                recomputed(view, c.recomputed),
            ]
        }
        None => vec![
            Cell::none(&why_none(view, std::slice::from_ref(c))),
            Cell::number(&shown(view, max)),
            Cell::number(""),
            Cell::number(""),
        ],
    };
    Row {
        head: format!("– {}", c.component.label),
        cells,
        ..Row::default()
    }
}

fn total_row(view: &View<'_>, s: &Score<'_>) -> Row {
    let total = s.total();
    let max = s.version.max();
    let lost = total.of.checked_sub(total.points);
    let missing = max.checked_sub(total.of).filter(|m| !m.is_zero());
    let points = Cell::number(&view.number(total.points));
    // Only an official total has something to be recomputed beside it.
    let check = match s.stated {
        Some(_) => recomputed(view, Some(s.sum).filter(|p| p.of == max).map(|p| p.points)),
        None => Cell::number(""),
    };
    Row {
        kind: RowKind::Sum,
        head: view.t("score.sum", &[]),
        note: missing.map(|m| view.t("score.missing_max", &[("x", &shown(view, m))])),
        cells: vec![
            if missing.is_none() {
                bar(points, total)
            } else {
                points
            },
            Cell::number(&shown(view, max)),
            Cell::number(&lost.map_or_else(String::new, |n| view.number(n))),
            check,
        ],
        ..Row::default()
    }
}

fn recomputed(view: &View<'_>, points: Option<Decimal>) -> Cell {
    match points {
        Some(p) => Cell::number(&view.number(p)),
        None => Cell::none(&view.t("score.not_recomputed", &[])),
    }
}

/// Why a group or a component has no points: nothing is ever zero for want of figures.
fn why_none(view: &View<'_>, components: &[ComponentScore<'_>]) -> String {
    let states: Vec<State> = components
        .iter()
        .filter_map(|c| c.figure.as_ref())
        .filter(|o| o.basis != Basis::Units)
        .map(|o| o.state)
        .collect();
    let all = |state| !states.is_empty() && states.iter().all(|s| *s == state);
    if all(State::NoActivity) {
        view.t("state.no_activity", &[])
    } else if states.contains(&State::Doubtful) {
        lower_first(&view.t("state.to_reconcile", &[]))
    } else {
        view.t("score.no_figure", &[])
    }
}

fn bar(cell: Cell, p: Points) -> Cell {
    match Fraction::new(p.points, p.of) {
        Some(share) => {
            let percent = share.percent(2).normalized();
            let is_full = percent >= Decimal::from_int(100);
            let length = percent.max(Decimal::ZERO).min(Decimal::from_int(100));
            cell.with_bar(&length.to_plain(), !is_full)
        }
        None => cell,
    }
}

fn shown(view: &View<'_>, points: Decimal) -> String {
    view.number(trim_zeros(points))
}
