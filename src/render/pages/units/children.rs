//! The units below one, where they are too many for its page: a page of their own.

use super::newest_period;
use crate::model::UnitIx;
use crate::render::context::{Link, Page, TableSection, Unit, UnitTable};
use crate::render::pages::{crumbs, description, frame};
use crate::render::tables;
use crate::render::view::View;

/// Rows that fit on the page of a unit above.
const MOST: usize = 60;

/// Puts the units below on the page of a unit, or a link to the page that has them.
pub(super) fn add(view: &View<'_>, unit: UnitIx, body: &mut Unit) {
    let Some(table) = all(view, unit) else { return };
    if table.table.rows.len() <= MOST {
        body.children = Some(table);
        return;
    }
    let n = table.table.rows.len();
    body.children_link = path(view, unit).map(|href| Link {
        text: view.t("unit.children_page", &[("n", &n.to_string())]),
        href,
    });
}

/// The page of the units below a unit that has many.
pub(in crate::render) fn page(view: &View<'_>, unit: UnitIx) -> Option<(Page, UnitTable)> {
    let section = all(view, unit).filter(|t| t.table.rows.len() > MOST)?;
    let title = view.t("unit.children_title", &[("unit", view.unit_name(unit))]);
    let mut page = frame(view, "children", "units", &path(view, unit)?, &title);
    let mut steps = super::steps_to(view, unit);
    steps.push(view.unit_crumb(unit));
    page.crumbs = crumbs(view, steps, &view.t("section.children", &[]));
    page.description = description(&title);
    if let Some(period) = newest_period(view, unit) {
        page.as_of = vec![view.as_of_line(unit, period)];
    }
    Some((page, UnitTable { section }))
}

fn path(view: &View<'_>, unit: UnitIx) -> Option<String> {
    Some(format!("{}truc-thuoc.html", view.unit_href(unit)?))
}

fn all(view: &View<'_>, unit: UnitIx) -> Option<TableSection> {
    let newest = || view.analysis.period_indices().next_back();
    let period = newest_period(view, unit).or_else(newest)?;
    tables::children(view, unit, &view.headline(), period)
}
