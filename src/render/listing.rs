//! A ranking that is none: the figures as the reports list them, with what sets them apart.

use super::context::{Cell, Column, Row, Table};
use super::rankings::Ranked;
use super::view::View;
use crate::analysis::{Observation, Refusal};
use crate::model::UnitIx;

/// Where nobody is ranked: the figures as the reports list them.
pub(crate) fn of(view: &View<'_>, r: &Ranked) -> Option<Table> {
    r.ranking.refusal?;
    let stat = r.stat();
    let rows = r
        .ranking
        .listed
        .iter()
        .map(|(unit, o)| {
            let of_whom = view.of_whom(stat, o);
            Row {
                head: view.unit_name(*unit).to_owned(),
                href: view.unit_href(*unit),
                note: footing_words(view, r, *unit, o),
                cells: vec![
                    view.cell(stat, o),
                    Cell::word(&of_whom.unwrap_or_else(|| view.t("state.no_base", &[]))),
                ],
                ..Row::default()
            }
        })
        .collect();
    Some(Table {
        caption: Some(format!(
            "{}, {}, {}",
            view.t("rank.list", &[]),
            view.label(stat),
            view.period_in_text(r.period)
        )),
        columns: vec![
            Column::words(&view.t("table.unit", &[])),
            Column::number(view.indicator_short(stat)),
            Column::words(&view.t("rank.of_whom", &[])),
        ],
        rows,
        stacked: false,
    })
}

/// What a figure rests on, where units differ in that.
fn footing_words(view: &View<'_>, r: &Ranked, unit: UnitIx, o: &Observation) -> Option<String> {
    let footing = || {
        view.analysis
            .footing(r.indicator, unit, r.service, r.period, o)
    };
    match r.ranking.refusal? {
        Refusal::FewReported => None,
        Refusal::MixedDays => {
            let windows = footing().windows;
            let (a, b) = windows.first()?;
            let (a, b) = (view.day(*a), view.day(*b));
            Some(view.t("rank.days", &[("a", &a), ("b", &b)]))
        }
        Refusal::MixedBases => {
            let services = footing().base.services.len();
            (services > 0).then(|| view.t("rank.services", &[("n", &services.to_string())]))
        }
    }
}
