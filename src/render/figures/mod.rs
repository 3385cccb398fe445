//! Charts of pages: which marks, in which order, with which words around them.

use super::context::{FileEntry, Html};
use super::view::View;
use super::words::lower_first;
use crate::chart::spec::Chart;
use crate::model::{PeriodIx, ServiceIx, UnitIx};

mod counts;
mod heat;
mod multiples;
mod services;
mod slope;
mod steps;
mod tile_map;
mod trend;
mod units;

pub(crate) use counts::counts;
pub(crate) use heat::{Heat, has_heat, heat_below};
pub(crate) use multiples::multiples_below;
pub(crate) use services::{MOST_BARS, ServiceRow, by_service, services_of};
pub(crate) use slope::{slope, slope_below};
pub(crate) use tile_map::{map_below, map_of_ranking};
pub(crate) use trend::trend;
pub(crate) use units::{bullets, by_unit, ends, ends_table, units_below};

/// Draws a chart into markup.
pub(crate) fn svg(chart: &Chart) -> Html {
    let mut out = String::new();
    crate::chart::draw(chart, None, &mut out);
    Html(out)
}

/// "Nguồn: …" of a unit's figures in a period.
pub(crate) fn source_line(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> String {
    match view.report_for(unit, period) {
        Some(report) if !report.documents.is_empty() => {
            view.t("chart.source", &[("doc", &view.document_name(report))])
        }
        _ => view.t(
            "chart.source",
            &[(
                "doc",
                &view.t(
                    "chart.source_period",
                    &[("p", &view.analysis.period(period).label)],
                ),
            )],
        ),
    }
}

/// The data of an edition, beside each of its charts.
pub(crate) fn data_file(view: &View<'_>, period: PeriodIx) -> FileEntry {
    FileEntry {
        kind: "data".into(),
        name: view.t("download.edition", &[("p", &view.period_in_text(period))]),
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
        name: view.t("download.whole", &[]),
        href: format!("{}/so-lieu.csv", view.analysis.config.paths.data),
        format: "CSV".into(),
        size: super::kilobytes(view, view.whole_size),
        note: None,
    }
}

/// `9/2024` for a month, else the label.
pub(crate) fn short_period(view: &View<'_>, period: PeriodIx) -> String {
    view.period_in_chart(period)
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
