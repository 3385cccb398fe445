//! The cells that a ratio rests on, in words: file, sheet, cell, of its numerator and of its denominator.

use std::collections::BTreeMap;

use super::view::View;
use super::words::{NBSP, trim_zeros};
use crate::analysis::{Basis, Observation};
use crate::decimal::Decimal;
use crate::diagnostic::cell_reference;
use crate::model::{FactIx, IndicatorIx, MeasureIx, Origin, PeriodIx, ServiceIx, UnitIx};
use crate::text::number::format_vi;

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
                        ("text", &claim.as_written),
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
        format!("{NBSP}{}", format_vi(trim_zeros(n)))
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
        text = format!("{text} ({place})");
    }
    text
}

/// The cells of a table, neighbours together.
pub(crate) fn place(view: &View<'_>, origins: &[Origin]) -> String {
    let mut columns: BTreeMap<(u16, u16), Vec<u32>> = BTreeMap::new();
    for o in origins {
        columns.entry((o.file, o.column)).or_default().push(o.line);
    }
    let parts: Vec<String> = columns
        .into_iter()
        .map(|((file, column), mut lines)| {
            lines.sort_unstable();
            lines.dedup();
            let table = &view.analysis.ingested.files[usize::from(file)];
            let column = u32::from(column);
            match &table.sheet {
                Some(sheet) => {
                    let cells = ranges(&lines, |line| cell_reference(line, column));
                    format!("{}, {sheet}!{cells}", table.path)
                }
                None => view.t(
                    "cells.lines",
                    &[
                        ("file", &table.path),
                        ("lines", &ranges(&lines, |line| (line + 1).to_string())),
                        ("column", &(column + 1).to_string()),
                    ],
                ),
            }
        })
        .collect();
    parts.join("; ")
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
