//! Who moved in rank between two periods, as lines.

use super::{short_period, source_line, svg, whole_file};
use crate::analysis::Scope;
use crate::chart::spec::{Chart, SlopeChart, SlopeLine, Tone};
use crate::model::{IndicatorIx, PeriodIx, ServiceIx, UnitIx};
use crate::render::context::{Cell, ChartFigure, Column, Panel, Row, Table};
use crate::render::rankings::{self, Ranked};
use crate::render::view::View;

/// The most lines of one drawing.
const MOST: usize = 10;

/// A unit with its places among the units that both periods rank.
#[derive(Clone, Copy)]
struct Moved {
    unit: UnitIx,
    then: u32,
    now: u32,
}

impl Moved {
    fn size(self) -> u32 {
        self.then.abs_diff(self.now)
    }

    /// How many places it rose.
    fn rise(self) -> u32 {
        self.then.saturating_sub(self.now)
    }
}

/// The moves since the period before: all where they are few, else the greatest ones, cut only between different moves.
/// Nothing where nobody moved, or where places then and now do not compare.
pub(crate) fn slope(view: &View<'_>, r: &Ranked) -> Option<ChartFigure> {
    if r.broken.is_some() {
        return None;
    }
    let before = view.analysis.previous(r.period)?;
    let moved = |unit| {
        let (then, now) = r.moves.of(unit)?;
        Some(Moved { unit, then, now })
    };
    let all: Vec<Moved> = r
        .ranking
        .entries
        .iter()
        .filter_map(|e| moved(e.unit))
        .collect();
    let (drawn, least) = greatest(&all);
    if drawn.len() < 2 || drawn.iter().all(|m| m.size() == 0) {
        return None;
    }
    let most = drawn.iter().map(|m| m.rise()).max().unwrap_or(0);
    let is_first = |m: &Moved| most > 0 && m.rise() == most;
    let [from_head, to_head] =
        [before, r.period].map(|p| view.t("slope.head", &[("p", &short_period(view, p))]));
    let lines = drawn
        .iter()
        .map(|m| {
            let label = |place: u32| format!("{place}. {}", view.unit_short(m.unit));
            SlopeLine {
                from_label: label(m.then),
                to_label: label(m.now),
                from: f64::from(m.then),
                to: f64::from(m.now),
                tone: if is_first(m) {
                    Tone::Highlight
                } else {
                    Tone::Grey
                },
            }
        })
        .collect();
    let mut subtitle = view.t(
        "slope.subtitle",
        &[
            ("label", view.label(r.stat())),
            ("n", &all.len().to_string()),
            ("who", &r.who(view)),
            ("p", &view.period_in_text(before)),
            ("q", &view.period_in_text(r.period)),
        ],
    );
    if drawn.len() < all.len() {
        subtitle.push_str(&view.t("slope.least", &[("k", &least.to_string())]));
    }
    let heads = (from_head.clone(), to_head.clone());
    Some(ChartFigure {
        id: Some("doi-hang".into()),
        is_passing: true,
        title: title(view, &drawn, most),
        subtitle,
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Slope(SlopeChart {
                from_head,
                to_head,
                lines,
            })),
        }],
        table: Some(table(view, &drawn, &heads)),
        source: Some(source_line(view, r.scope.above, r.period)),
        downloads: vec![whole_file(view)],
        ..ChartFigure::default()
    })
}

/// The moves of the units below `unit`, of the level that most of them have.
pub(crate) fn slope_below(
    view: &View<'_>,
    indicator: IndicatorIx,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let scopes = view.analysis.scopes(view.shown_units());
    let own = scopes.into_iter().filter(|s| s.above == unit);
    let count = |s: &Scope| {
        let members = view.analysis.members_of(*s, view.shown_units(), period);
        members.len()
    };
    let scope = own.max_by_key(count)?;
    slope(
        view,
        &rankings::make(view, indicator, scope, period, service),
    )
}

/// The greatest moves that fit into one drawing, in the order of today, and the least of them. Equal moves stand or
/// fall together.
fn greatest(all: &[Moved]) -> (Vec<Moved>, u32) {
    let reach = |least: u32| all.iter().filter(move |m| m.size() >= least);
    let sizes = all.iter().map(|m| m.size());
    let least = std::iter::once(0)
        .chain(sizes.clone())
        .chain(sizes.max().map(|m| m.saturating_add(1)))
        .filter(|least| reach(*least).count() <= MOST)
        .min()
        .unwrap_or(0);
    (reach(least).copied().collect(), least)
}

fn title(view: &View<'_>, drawn: &[Moved], most: u32) -> String {
    let mut first = drawn.iter().filter(|m| most > 0 && m.rise() == most);
    match (first.next(), first.count()) {
        (Some(m), 0) => {
            let (a, b) = (m.then.to_string(), m.now.to_string());
            let unit = view.unit_short(m.unit);
            view.t("slope.rose", &[("unit", unit), ("a", &a), ("b", &b)])
        }
        (Some(_), others) => {
            let (n, k) = ((others + 1).to_string(), most.to_string());
            view.t("slope.rose_together", &[("n", &n), ("k", &k)])
        }
        (None, _) => view.t("slope.neutral", &[]),
    }
}

/// The places of the drawing.
fn table(view: &View<'_>, drawn: &[Moved], (then, now): &(String, String)) -> Table {
    let rows = drawn.iter().map(|m| Row {
        head: view.unit_name(m.unit).to_owned(),
        href: view.unit_href(m.unit),
        cells: [m.then, m.now]
            .map(|place| Cell::number(&place.to_string()))
            .into(),
        ..Row::default()
    });
    Table {
        caption: None,
        columns: vec![
            Column::words(&view.t("table.unit", &[])),
            Column::number(then),
            Column::number(now),
        ],
        rows: rows.collect(),
        stacked: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Moved, greatest};
    use crate::model::UnitIx;

    fn check(moves: &[(u32, u32)], least: u32, count: usize) {
        let list: Vec<Moved> = moves
            .iter()
            .map(|(then, now)| Moved {
                unit: UnitIx(0),
                then: *then,
                now: *now,
            })
            .collect();
        let (drawn, found) = greatest(&list);
        assert_eq!((found, drawn.len()), (least, count), "{moves:?}");
    }

    #[test]
    fn equal_moves_stand_or_fall_together() {
        check(&[(1, 2), (2, 1), (3, 3)], 0, 3);
        let mut many: Vec<(u32, u32)> = (0..9).map(|n| (n + 10, n)).collect();
        many.extend((0..6).map(|n| (n, n + 4)));
        check(&many, 10, 9);
        // Eleven moved by the same: nobody can be chosen.
        check(&(0..11).map(|n| (n, n + 1)).collect::<Vec<_>>(), 2, 0);
    }
}
