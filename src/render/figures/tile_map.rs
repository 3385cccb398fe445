//! The 34 provinces as tiles in their places, with Hoàng Sa and Trường Sa.

use std::sync::OnceLock;

use super::heat::{key, shaded};
use super::steps::Steps;
use super::{data_file, source_line, svg};
use crate::analysis::Observation;
use crate::chart::spec::{Chart, Tile, TileMap};
use crate::decimal::Decimal;
use crate::model::{Level, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::context::{Cell, ChartFigure, Column, Panel, Row, Table};
use crate::render::rankings::Ranked;
use crate::render::view::View;
use crate::text::date::Date;
use crate::text::normal::fold_name;

/// The places of the tiles: a file, so that whoever knows better may change a line.
const PLACES: &str = include_str!("o-34-tinh.csv");
/// How many tiles stand side by side.
const COLUMNS: u8 = 4;
/// Fewer provinces than this with a figure make no map.
const LEAST: usize = 3;

/// The place of a province or special zone.
struct Place {
    /// Code of the province whose figure the tile bears.
    code: &'static str,
    name: &'static str,
    short: &'static str,
    row: f64,
    column: f64,
    /// The province, where the tile is that of a special zone in it.
    of: &'static str,
}

fn places() -> &'static [Place] {
    static READ: OnceLock<Vec<Place>> = OnceLock::new();
    READ.get_or_init(|| {
        let lines = PLACES.lines().filter(|l| !l.starts_with('#')).skip(1);
        lines.filter_map(place).collect()
    })
}

fn place(line: &'static str) -> Option<Place> {
    let cells: Vec<&'static str> = line.split(',').collect();
    let [code, name, short, row, column, of] = cells[..] else {
        return None;
    };
    Some(Place {
        code,
        name,
        short,
        row: row.parse().ok()?,
        column: column.parse().ok()?,
        of,
    })
}

/// A province with what it has in a period.
struct Province {
    unit: UnitIx,
    observation: Observation,
}

/// The map of a ranking of provinces; nothing for one of other units.
pub(crate) fn map_of_ranking(view: &View<'_>, r: &Ranked) -> Option<ChartFigure> {
    if r.scope.level != Level::Province {
        return None;
    }
    let ranking = &r.ranking;
    let entries = ranking.entries.iter().map(|e| (e.unit, e.observation));
    let listed = ranking.listed.iter().copied();
    let others = ranking.unranked.iter().map(|(u, _, o)| (*u, *o));
    let all = entries.chain(listed).chain(others);
    let province = |(unit, observation)| Province { unit, observation };
    let provinces: Vec<Province> = all.map(province).collect();
    map(view, r.stat(), r.scope.above, r.period, &provinces)
}

/// The map of the provinces directly below a unit.
pub(crate) fn map_below(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let units = &view.analysis.catalog.units;
    let day = view.analysis.period(period).end;
    let is_one = |u: &&UnitIx| {
        let unit = units.get(**u);
        unit.level == Level::Province && unit.is_valid_on(day)
    };
    let below = units.children(unit).iter().filter(is_one);
    let province = |u: &UnitIx| Province {
        unit: *u,
        observation: view.analysis.observe(stat, *u, service, period),
    };
    let provinces: Vec<Province> = below.map(province).collect();
    map(view, stat, unit, period, &provinces)
}

fn map(
    view: &View<'_>,
    stat: Stat,
    above: UnitIx,
    period: PeriodIx,
    provinces: &[Province],
) -> Option<ChartFigure> {
    // Before that day there were 63 provinces, and the codes meant others.
    let first_day = Date::new(2025, 7, 1)?;
    if view.analysis.period(period).end < first_day {
        return None;
    }
    let found: Vec<(&Place, Option<&Province>)> = places()
        .iter()
        .map(|place| (place, provinces.iter().find(|p| is_at(view, p.unit, place))))
        .collect();
    let figures = found.iter().filter(|(place, _)| place.of.is_empty());
    let figures: Vec<(UnitIx, Decimal)> = figures
        .filter_map(|(_, p)| Some((p.as_ref()?.unit, shaded(&p.as_ref()?.observation)?)))
        .collect();
    if figures.len() < LEAST {
        return None;
    }
    let values: Vec<Decimal> = figures.iter().map(|(_, v)| *v).collect();
    let steps = Steps::of(values.iter().copied());
    let scale = Scale::of(&values);
    let tiles = found
        .iter()
        .map(|(place, p)| tile(view, stat, place, *p, (steps, scale)))
        .collect();
    let mut subtitle = format!(
        "{}, {}, {}.",
        view.label(stat),
        view.unit_name(above),
        view.period_in_text(period)
    );
    subtitle.push_str(&view.t("map.how", &[]));
    subtitle.push_str(&scale.words(view, stat));
    Some(ChartFigure {
        id: Some("ban-do".into()),
        title: title(view, stat, &figures),
        subtitle,
        key: key(view, stat, steps),
        panels: vec![Panel {
            title: None,
            svg: svg(&Chart::Tiles(TileMap {
                tiles,
                columns: COLUMNS,
            })),
        }],
        table: Some(table(view, stat, &found)),
        source: Some(source_line(view, above, period)),
        downloads: vec![data_file(view, period)],
        ..ChartFigure::default()
    })
}

/// Whether a unit is the province of a place: by its code, and where it has none by its name.
fn is_at(view: &View<'_>, unit: UnitIx, place: &Place) -> bool {
    let view = view.original.unwrap_or(view);
    let unit = view.analysis.catalog.units.get(unit);
    if unit.code.is_empty() {
        let province = if place.of.is_empty() {
            place.name
        } else {
            place.of
        };
        return fold_name(&unit.name) == fold_name(province);
    }
    unit.code == place.code
}

fn tile(
    view: &View<'_>,
    stat: Stat,
    place: &Place,
    province: Option<&Province>,
    (steps, scale): (Option<Steps>, Scale),
) -> Tile {
    let own = |text: &str| view.own(text);
    let figure = province.and_then(|p| shaded(&p.observation));
    // A figure that only stands in the report, or is in doubt, has no colour, but is told.
    let uncoloured = province.and_then(|p| p.observation.value);
    let told = figure.or(uncoloured);
    Tile {
        label: own(place.name),
        short: own(place.short),
        belongs_to: if place.of.is_empty() {
            String::new()
        } else {
            own(&format!("({})", place.of))
        },
        value_label: told.map_or_else(
            || view.t("map.none", &[]),
            |value| scale.figure(view, stat, value),
        ),
        step: figure.map(|value| steps.map_or(1, |s| s.step(value))),
        row: place.row,
        column: place.column,
    }
}

/// How numbers are shortened so that they fit into a tile: whole, in thousands or in millions.
#[derive(Clone, Copy)]
struct Scale(u8);

impl Scale {
    /// The scale of the greatest number.
    fn of(values: &[Decimal]) -> Self {
        let greatest = values.iter().map(|v| v.abs()).max();
        let reaches = |n: i64| greatest.is_some_and(|v| v >= Decimal::from_int(n));
        match () {
            () if reaches(1_000_000_000) => Self(6),
            () if reaches(1_000_000) => Self(3),
            () => Self(0),
        }
    }

    /// The number in a tile; the sign of per cent is said once for all.
    fn figure(self, view: &View<'_>, stat: Stat, value: Decimal) -> String {
        if self.0 == 0 {
            let text = view.column_figure(stat, value);
            return text.strip_suffix('%').unwrap_or(&text).to_owned();
        }
        let small = Decimal::new(1, self.0);
        let value = value.round(0).checked_mul(small).unwrap_or(value);
        view.number(value.round(0))
    }

    /// What the numbers in the tiles are of.
    fn words(self, view: &View<'_>, stat: Stat) -> String {
        match self.0 {
            3 => view.t("map.thousands", &[]),
            6 => view.t("map.millions", &[]),
            _ if view.is_percent(stat) => view.t("map.percent", &[]),
            _ => String::new(),
        }
    }
}

/// Who is highest and who is lowest; where several share an end, how many.
fn title(view: &View<'_>, stat: Stat, figures: &[(UnitIx, Decimal)]) -> String {
    let values = || figures.iter().map(|(_, v)| *v);
    let (Some(low), Some(high)) = (values().min(), values().max()) else {
        return view.indicator_short(stat).to_owned();
    };
    if low == high {
        let x = view.column_figure(stat, low);
        return view.t("map.same", &[("n", &figures.len().to_string()), ("x", &x)]);
    }
    let who = |value: Decimal| {
        let mut holders = figures.iter().filter(|(_, v)| *v == value);
        match (holders.next(), holders.count()) {
            (Some((unit, _)), 0) => view.unit_short(*unit).to_owned(),
            (_, others) => view.t("map.several", &[("n", &(others + 1).to_string())]),
        }
    };
    let (a, b) = (who(high), who(low));
    let (x, y) = (
        view.column_figure(stat, high),
        view.column_figure(stat, low),
    );
    view.t("map.ends", &[("a", &a), ("x", &x), ("b", &b), ("y", &y)])
}

/// The numbers of the map: all provinces, those without a figure with the reason.
fn table(view: &View<'_>, stat: Stat, found: &[(&Place, Option<&Province>)]) -> Table {
    let provinces = found.iter().filter(|(place, _)| place.of.is_empty());
    let rows = provinces.map(|(place, province)| match province {
        Some(p) => Row {
            head: view.unit_name(p.unit).to_owned(),
            href: view.unit_href(p.unit),
            cells: vec![view.cell(stat, &p.observation)],
            ..Row::default()
        },
        None => Row {
            head: view.own(place.name),
            cells: vec![Cell::none(&view.t("map.no_data", &[]))],
            ..Row::default()
        },
    });
    Table {
        caption: None,
        columns: vec![
            Column::words(&view.t("table.unit", &[])),
            Column::number(view.indicator_short(stat)),
        ],
        rows: rows.collect(),
        stacked: false,
    }
}

#[cfg(test)]
mod tests {
    use super::places;
    use std::collections::BTreeSet;

    /// 34 provinces, each at a place of its own, and the two special zones at the side of their provinces.
    #[test]
    fn every_province_has_a_tile() {
        let provinces = || places().iter().filter(|p| p.of.is_empty());
        assert_eq!(provinces().count(), 34);
        let codes: BTreeSet<&str> = provinces().map(|p| p.code).collect();
        assert_eq!(codes.len(), 34);
        let cells: BTreeSet<(u64, u64)> = provinces()
            .map(|p| (p.row.to_bits(), p.column.to_bits()))
            .collect();
        assert_eq!(cells.len(), 34);
        let zones: Vec<(&str, &str)> = places()
            .iter()
            .filter(|p| !p.of.is_empty())
            .map(|zone| {
                let province = provinces().find(|p| p.code == zone.code);
                assert_eq!(province.map(|p| p.name), Some(zone.of));
                (zone.name, zone.of)
            })
            .collect();
        assert_eq!(zones, [("Hoàng Sa", "Đà Nẵng"), ("Trường Sa", "Khánh Hòa")]);
    }
}
