//! Units × services as a table whose cells are shaded by their figures: many beside many.

use std::collections::BTreeMap;
use std::ops::Range;

use super::steps::Steps;
use super::{data_file, source_line};
use crate::analysis::{Basis, Observation, State};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx};
use crate::render::context::{Cell, CellKind, ChartFigure, Column, Fill, KeyEntry, Row, Table};
use crate::render::view::View;

/// The most services side by side; more cannot be followed by eye.
const MOST_SERVICES: usize = 30;
/// The most units of a table within a text; a page of its own shows all.
const MOST_UNITS: usize = 40;

/// The figures of several units for several services.
pub(crate) struct Heat {
    stat: Stat,
    period: PeriodIx,
    above: UnitIx,
    /// The units with any of the figures, in the order that was asked for.
    pub(crate) units: Vec<UnitIx>,
    services: Vec<ServiceIx>,
    /// How many services have figures, those beyond the most included.
    all_services: usize,
    steps: Option<Steps>,
}

/// A figure that may be coloured beside others: a reported or recomputed one that nothing contradicts.
pub(super) fn shaded(o: &Observation) -> Option<Decimal> {
    o.sound().filter(|_| o.basis != Basis::Stated)
}

/// The services for which documents or sums speak of a unit in a period.
fn services_of(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<ServiceIx> {
    let analysis = view.analysis;
    let facts = analysis.facts();
    let keys = facts.keys()[facts.of_unit(unit)].iter().copied();
    let claims = analysis.claims().of_unit(unit).iter().map(|c| c.key);
    let keys = keys.chain(claims).chain(analysis.derived.keys_of(unit));
    let is_one = |s: &ServiceIx| analysis.catalog.services.get(*s).kind == ServiceKind::Service;
    let mut list: Vec<ServiceIx> = keys
        .filter(|k| k.period() == period)
        .map(crate::model::Key::service)
        .filter(is_one)
        .collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// Whether at least two of the units have figures for at least two services.
pub(crate) fn has_heat(view: &View<'_>, stat: Stat, units: &[UnitIx], period: PeriodIx) -> bool {
    let mut counts: BTreeMap<ServiceIx, u32> = BTreeMap::new();
    units.iter().any(|unit| {
        for service in services_of(view, *unit, period) {
            if shaded(&view.analysis.observe(stat, *unit, service, period)).is_some() {
                *counts.entry(service).or_default() += 1;
            }
        }
        counts.values().filter(|n| **n > 1).count() > 1
    })
}

impl Heat {
    /// The figures of `units`, which stand below `above`; nothing where there is too little to compare.
    pub(crate) fn of(
        view: &View<'_>,
        stat: Stat,
        above: UnitIx,
        units: &[UnitIx],
        period: PeriodIx,
    ) -> Option<Self> {
        let mut counts: BTreeMap<ServiceIx, u32> = BTreeMap::new();
        let mut values = Vec::new();
        let mut shown = Vec::new();
        for unit in units {
            let services = services_of(view, *unit, period);
            let mut has_any = false;
            for service in services {
                let o = view.analysis.observe(stat, *unit, service, period);
                has_any |= o.state != State::Absent;
                if let Some(value) = shaded(&o) {
                    *counts.entry(service).or_default() += 1;
                    values.push(value);
                }
            }
            if has_any {
                shown.push(*unit);
            }
        }
        if shown.len() < 2 || counts.values().filter(|n| **n > 1).count() < 2 {
            return None;
        }
        let mut services: Vec<(ServiceIx, u32)> = counts.into_iter().collect();
        let all_services = services.len();
        services.sort_by_key(|(service, n)| (std::cmp::Reverse(*n), *service));
        services.truncate(MOST_SERVICES);
        let mut services: Vec<ServiceIx> = services.into_iter().map(|(s, _)| s).collect();
        services.sort_unstable();
        Some(Self {
            stat,
            period,
            above,
            units: shown,
            services,
            all_services,
            steps: Steps::of(values.into_iter()),
        })
    }

    /// The rows `range` as a figure; `who` says whose they are.
    pub(crate) fn figure(&self, view: &View<'_>, who: &str, range: Range<usize>) -> ChartFigure {
        let units = self.units.get(range).unwrap_or_default();
        let mut subtitle = format!(
            "{}, {who}, {}.",
            view.label(self.stat),
            view.period_in_text(self.period)
        );
        if self.steps.is_some() {
            subtitle.push_str(&view.t("heat.how", &[]));
        }
        let (n, all) = (self.services.len(), self.all_services);
        if n < all {
            let values = [("n", &*n.to_string()), ("all", &*all.to_string())];
            subtitle.push_str(&view.t("heat.most_services", &values));
        }
        ChartFigure {
            id: Some("theo-dich-vu".into()),
            title: self.title(view),
            subtitle,
            key: key(view, self.stat, self.steps),
            heat: Some(self.table(view, who, units)),
            source: Some(source_line(view, self.above, self.period)),
            downloads: vec![data_file(view, self.period)],
            ..ChartFigure::default()
        }
    }

    /// The service in which the units lie furthest apart, and from where to where.
    pub(crate) fn title(&self, view: &View<'_>) -> String {
        let least = match self.stat {
            Stat::Indicator(i) => view.analysis.minimum_base(i),
            Stat::Measure(_) => 0,
        };
        let least = Decimal::from_int(i64::from(least));
        let mut widest: Option<(Decimal, ServiceIx, Decimal, Decimal)> = None;
        for service in &self.services {
            let observe = |u: &UnitIx| view.analysis.observe(self.stat, *u, *service, self.period);
            let values = self.units.iter().map(observe);
            // The share of a handful says little: it may not make the message.
            let values = values.filter(|o| o.denominator.is_none_or(|d| d >= least));
            let values = values.filter_map(|o| shaded(&o));
            let (Some(low), Some(high)) = (values.clone().min(), values.max()) else {
                continue;
            };
            let Some(gap) = high.checked_sub(low) else {
                continue;
            };
            if !gap.is_zero() && widest.is_none_or(|(most, ..)| gap > most) {
                widest = Some((gap, *service, low, high));
            }
        }
        let name = view.indicator_short(self.stat);
        let Some((_, service, low, high)) = widest else {
            return view.t("heat.neutral", &[("name", name)]);
        };
        let service = &view.analysis.catalog.services.get(service).short_name;
        let (a, b) = (view.figure(self.stat, low), view.figure(self.stat, high));
        let values = [("service", service.as_str()), ("a", &a), ("b", &b)];
        view.t("heat.widest", &values)
    }

    fn table(&self, view: &View<'_>, who: &str, units: &[UnitIx]) -> Table {
        let services = &view.analysis.catalog.services;
        let mut columns = vec![
            Column::words(&view.t("table.unit", &[])),
            Column::number(&view.t("heat.whole", &[])),
        ];
        let names = self.services.iter().map(|s| &services.get(*s).short_name);
        columns.extend(names.map(|n| Column::number(n)));
        let observe = |u, s| view.analysis.observe(self.stat, u, s, self.period);
        let rows = units.iter().map(|unit| {
            let whole = view.cell(self.stat, &observe(*unit, ServiceIx::WHOLE));
            let cells = self.services.iter().map(|s| {
                let o = observe(*unit, *s);
                let mut cell = view.cell(self.stat, &o);
                if cell.kind == CellKind::Number {
                    let step = |v| self.steps.map(|steps| steps.step(v));
                    cell.shade = shaded(&o).and_then(step);
                }
                cell
            });
            Row {
                head: view.unit_short(*unit).to_owned(),
                href: view.unit_href(*unit),
                cells: std::iter::once(whole).chain(cells).collect::<Vec<Cell>>(),
                ..Row::default()
            }
        });
        Table {
            caption: Some(format!("{}, {who}", view.label(self.stat))),
            columns,
            rows: rows.collect(),
            stacked: false,
        }
    }
}

/// The units below `unit`, or those of a block: the first of them, largest first, and how many there are.
pub(crate) fn heat_below(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
) -> Option<ChartFigure> {
    let tree = &view.analysis.catalog.units;
    let members = &tree.get(unit).members;
    let below = if members.is_empty() {
        tree.children(unit)
    } else {
        members
    };
    let mut units = below.to_vec();
    let whole = |u: &UnitIx| {
        let o = view.analysis.observe(stat, *u, ServiceIx::WHOLE, period);
        shaded(&o)
    };
    units.sort_by_cached_key(|u| std::cmp::Reverse(whole(u)));
    let heat = Heat::of(view, stat, unit, &units, period)?;
    let (n, all) = (heat.units.len().min(MOST_UNITS), heat.units.len());
    let mut figure = heat.figure(view, view.unit_name(unit), 0..n);
    if n < all {
        let values = [("n", &*n.to_string()), ("all", &*all.to_string())];
        figure
            .subtitle
            .push_str(&view.t("heat.most_units", &values));
    }
    Some(figure)
}

/// What each step begins with, in words; nothing where all figures are equal.
pub(super) fn key(view: &View<'_>, stat: Stat, steps: Option<Steps>) -> Vec<KeyEntry> {
    let Some(steps) = steps else {
        return Vec::new();
    };
    let figure = |edge: Decimal| view.figure(stat, edge);
    let first = steps.edges().next().map(|(_, edge)| KeyEntry {
        fill: Fill::Step1,
        label: view.t("heat.below", &[("x", &figure(edge))]),
    });
    let others = steps.edges().map(|(step, edge)| KeyEntry {
        fill: fill(step),
        label: view.t("heat.from", &[("x", &figure(edge))]),
    });
    first.into_iter().chain(others).collect()
}

fn fill(step: u8) -> Fill {
    match step {
        0 | 1 => Fill::Step1,
        2 => Fill::Step2,
        3 => Fill::Step3,
        4 => Fill::Step4,
        _ => Fill::Step5,
    }
}
