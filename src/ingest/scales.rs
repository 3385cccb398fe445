//! `ĐVT: triệu đồng`: a table counted in thousands or millions needs a declared scale.

use super::facts::Frame;
use super::headers::Column;
use super::{Context, Harvest};
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{Measure, MeasureType, Stat};
use crate::table::Table;
use crate::text::normal::fold;

/// Reports columns that are counted in thousands or millions of their measure's unit, and declare no scale.
pub(super) fn check(
    context: &Context<'_>,
    table: &Table,
    columns: &[Column],
    frame: &Frame<'_>,
    out: &mut Harvest,
) {
    for (at, column) in columns.iter().enumerate() {
        let Column::Figures(Stat::Measure(m)) = column else {
            continue;
        };
        let options = frame.options.get(at).copied().unwrap_or_default();
        if options.scale.is_some() {
            continue;
        }
        let measure = context.catalog.measure(*m);
        let above = frame.unit_of_measure.filter(|u| concerns(u, measure));
        let stated = in_parentheses(&table.header[at]).or(above);
        let Some((unit, scale)) = stated.and_then(|u| Some((u, multiplier(u)?))) else {
            continue;
        };
        if multiplier(&measure.unit) == Some(scale) {
            continue;
        }
        out.findings.push(
            Diagnostic::new(codes::SCALE_UNDECLARED, table.header_place(at))
                .with("unit", unit)
                .with("name", &measure.label)
                .with("own", &measure.unit)
                .with("scale", scale),
        );
    }
}

/// Whether a unit of measure above a table is that of a measure: money of amounts, the others of counts.
fn concerns(unit: &str, measure: &Measure) -> bool {
    let is_money = fold(unit).split(' ').any(|w| w == "dong");
    match measure.kind {
        MeasureType::Amount => is_money || multiplier(unit).is_some(),
        MeasureType::Count => !is_money,
        _ => false,
    }
}

/// The multiplier that a unit of measure begins with: `nghìn`, `triệu`, `tỷ`.
fn multiplier(unit: &str) -> Option<&'static str> {
    let folded = fold(unit);
    match folded.split(' ').next()? {
        "nghin" | "ngan" => Some("nghìn"),
        "trieu" => Some("triệu"),
        "ty" => Some("tỷ"),
        _ => None,
    }
}

/// What stands in parentheses at the end of a header: `Kinh phí (triệu đồng)`.
fn in_parentheses(header: &str) -> Option<&str> {
    let (_, unit) = header.trim().strip_suffix(')')?.rsplit_once('(')?;
    multiplier(unit).map(|_| unit)
}
