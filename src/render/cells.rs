//! The cells that a ratio rests on, in words: file, sheet, cell, of its numerator and of its denominator.

use std::collections::BTreeMap;

use super::view::View;
use super::words::{NBSP, trim_zeros};
use crate::analysis::{Basis, Observation};
use crate::decimal::Decimal;
use crate::diagnostic::cell_reference;
use crate::model::{FactIx, IndicatorIx, MeasureIx, Origin, PeriodIx, ServiceIx, UnitIx};

/// "Hồ sơ giải quyết đúng hạn 975: data/…/tien-do.xlsx, T8-2026!E123", one for each measure; for a sum over the units
/// below, where to find theirs.
pub(crate) fn of_ratio(
    view: &View<'_>,
    indicator: IndicatorIx,
    (unit, service, period): (UnitIx, ServiceIx, PeriodIx),
    o: &Observation,
) -> Vec<String> {
    match o.basis {
        Basis::Units => vec![view.t("cells.units", &[("n", &o.counted.to_string())])],
        Basis::Stated => o
            .claim
            .map(|at| {
                let claim = &view.analysis.claims().list[at];
                view.t(
                    "cells.stated",
                    &[
                        ("text", &view.quoted(&claim.as_written)),
                        ("place", &place(view, &[claim.origin])),
                    ],
                )
            })
            .into_iter()
            .collect(),
        _ => of_counts(view, indicator, (unit, service, period), o),
    }
}

fn of_counts(
    view: &View<'_>,
    indicator: IndicatorIx,
    (unit, service, period): (UnitIx, ServiceIx, PeriodIx),
    o: &Observation,
) -> Vec<String> {
    let analysis = view.analysis;
    let services = if o.basis == Basis::Services {
        let footing = analysis.footing(indicator, unit, service, period, o);
        footing.base.services
    } else {
        vec![service]
    };
    let mut cells: Vec<(MeasureIx, FactIx)> = services
        .iter()
        .flat_map(|s| analysis.cells(indicator, unit, *s, period))
        .collect();
    let mut out = Vec::new();
    while let Some((measure, _)) = cells.first().copied() {
        let (own, rest): (Vec<_>, Vec<_>) = cells.into_iter().partition(|(m, _)| *m == measure);
        cells = rest;
        let facts: Vec<FactIx> = own.into_iter().map(|(_, f)| f).collect();
        out.push(of_measure(view, measure, &facts));
    }
    out
}

/// The cells of one measure: its sum, then where they stand.
pub(crate) fn of_measure(view: &View<'_>, measure: MeasureIx, cells: &[FactIx]) -> String {
    let facts = view.analysis.facts();
    let sum = cells
        .iter()
        .filter_map(|f| facts.value(*f))
        .try_fold(Decimal::ZERO, Decimal::checked_add);
    let origins: Vec<Origin> = cells.iter().map(|f| facts.origin(*f)).collect();
    let label = &view.analysis.catalog.measure(measure).label;
    let figure = sum.map_or_else(String::new, |n| {
        format!("{NBSP}{}", view.number(trim_zeros(n)))
    });
    let mut text = format!("{label}{figure}: {}", place(view, &origins));
    // A cell of a workbook is its own place in the document.
    let alone = cells.first().filter(|f| {
        let file = usize::from(facts.origin(**f).file);
        cells.len() == 1 && view.analysis.ingested.files[file].sheet.is_none()
    });
    let written = alone.and_then(|f| {
        let place = facts.extra(*f)?.document_place.as_deref()?;
        (!place.is_empty()).then_some(place)
    });
    if let Some(place) = written {
        text = format!("{text} ({})", view.own(place));
    }
    text
}

/// The cells of a table, neighbours together.
pub(crate) fn place(view: &View<'_>, origins: &[Origin]) -> String {
    let mut files: BTreeMap<u16, Vec<Origin>> = BTreeMap::new();
    for o in origins {
        files.entry(o.file).or_default().push(*o);
    }
    let parts: Vec<String> = files
        .into_iter()
        .map(|(file, cells)| {
            let table = &view.analysis.ingested.files[usize::from(file)];
            match &table.sheet {
                Some(sheet) => format!("{}, {sheet}!{}", table.path, of_sheet(&cells)),
                None => of_text(view, &table.path, cells),
            }
        })
        .collect();
    parts.join("; ")
}

/// `E3–E5, F3`: column by column.
fn of_sheet(cells: &[Origin]) -> String {
    let mut columns: BTreeMap<u16, Vec<u32>> = BTreeMap::new();
    for o in cells {
        columns.entry(o.column).or_default().push(o.line);
    }
    let parts: Vec<String> = columns
        .into_iter()
        .map(|(column, mut lines)| {
            lines.sort_unstable();
            lines.dedup();
            ranges(&lines, |line| cell_reference(line, u32::from(column)))
        })
        .collect();
    parts.join(", ")
}

/// A cell of a text file by line and column; several as the open data write them, `3:24`.
fn of_text(view: &View<'_>, path: &str, mut cells: Vec<Origin>) -> String {
    cells.sort_unstable_by_key(|o| (o.line, o.column));
    cells.dedup();
    if let [only] = cells.as_slice() {
        let (line, column) = (only.line + 1, u32::from(only.column) + 1);
        return view.t(
            "cells.lines",
            &[
                ("file", path),
                ("lines", &line.to_string()),
                ("column", &column.to_string()),
            ],
        );
    }
    let list: Vec<String> = cells
        .iter()
        .map(|o| format!("{}:{}", o.line + 1, u32::from(o.column) + 1))
        .collect();
    let list = list.join(", ");
    view.t("cells.many", &[("file", path), ("list", &list)])
}

/// `3–5, 9`: all of them, for each leads to a figure.
fn ranges(lines: &[u32], show: impl Fn(u32) -> String) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match parts.last_mut() {
            Some((_, end)) if end.checked_add(1) == Some(*line) => *end = *line,
            _ => parts.push((*line, *line)),
        }
    }
    let words: Vec<String> = parts
        .iter()
        .map(|(a, b)| {
            if a == b {
                show(*a)
            } else {
                format!("{}–{}", show(*a), show(*b))
            }
        })
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn neighbours_stand_together() {
        assert_eq!(
            ranges(&[2, 3, 4, 8, 10, 11], |n| n.to_string()),
            "2–4, 8, 10–11"
        );
        assert_eq!(ranges(&[], |n| n.to_string()), "");
    }
}
