//! The page of an indicator, and the list of all indicators.

use super::{crumb, crumbs, description, frame, services};
use crate::analysis::{Applied, State};
use crate::model::{IndicatorIx, IndicatorKind, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::account::{self, Tongue};
use crate::render::context::{
    Cell, ChartRow, Column, Definition, Indicator, Indicators, LinkGroup, LinkRow, Page, Row,
    Table, TableSection,
};
use crate::render::view::View;
use crate::render::words::lower_first;
use crate::render::{changes, figures, rankings, tables, targets};
use crate::text::order;

/// The page of one indicator.
pub(in crate::render) fn indicator(view: &View<'_>, i: IndicatorIx) -> (Page, Indicator) {
    let d = view.analysis.catalog.indicator(i);
    let stat = Stat::Indicator(i);
    let path = view.indicator_href(i);
    let mut page = frame(view, "indicator", "indicators", &path, &d.label);
    page.kicker = Some(view.t("kind.indicator", &[]));
    page.crumbs = crumbs(
        view,
        vec![crumb(
            &view.t("nav.indicators", &[]),
            &format!("{}/", view.analysis.config.paths.indicator),
        )],
        &d.short_label,
    );
    page.message.clone_from(&d.label);
    page.lead = Some(rankings::definition_text(view, d));
    let mut body = Indicator {
        definitions: definitions(view, i),
        ..Indicator::default()
    };
    body.rankings = view
        .rankings
        .iter()
        .filter(|(indicator, _, _)| *indicator == i)
        .map(|(i, scope, period)| {
            let ranked = rankings::make(view, *i, *scope, *period, ServiceIx::WHOLE);
            let mut section = rankings::section(view, &ranked, Some(5), None);
            section.id = format!(
                "{}-{}",
                section.id,
                view.analysis
                    .catalog
                    .units
                    .get(scope.above)
                    .id
                    .replace('/', "-")
            );
            section.unranked.clear();
            section.unranked_note = None;
            section
        })
        .take(12)
        .collect();
    body.charts = (0..view.rankings.len())
        .filter(|at| view.rankings[*at].0 == i)
        .filter_map(|at| figures::map_of_ranking(view, view.ranked(at)))
        .collect();
    body.by_service = super::heat::links(view, |(indicator, _, _)| *indicator == i);
    let seen = seen_in(view, i);
    if let Some((unit, period)) = seen.first().copied() {
        page.as_of = vec![view.as_of_line(unit, period)];
        let tongue = Tongue::new(&view.strings);
        let told = account::of_stat(view, stat, unit, period);
        if told.headline.is_some() {
            page.kicker = Some(format!("{} · {}", view.t("kind.indicator", &[]), d.label));
            page.message = told.message(view, tongue);
            let sentences = told.sentences(view, tongue);
            page.lead = (!sentences.is_empty()).then(|| sentences.join(" "));
        }
        body.rows = figures::trend(view, stat, unit, ServiceIx::WHOLE, period)
            .map(|c| ChartRow {
                charts: vec![c],
                ..ChartRow::default()
            })
            .into_iter()
            .collect();
    }
    if body.rankings.is_empty() {
        body.units = units_table(view, stat, &seen);
    }
    body.changes = changes::of_units(view, stat, &seen);
    let set = targets::current(view, |t| t.stat == stat);
    body.targets = targets::table(view, &set, "chi-tieu-dat-ra", true, None);
    let one: Vec<Applied<'_>> = set
        .into_iter()
        .filter(|a| !view.analysis.is_for_each(a.target))
        .collect();
    let label = |a: &Applied<'_>| view.unit_short(a.unit).to_owned();
    body.targets_chart = targets::bullets(view, &one, &label, &d.label);
    body.superseded = targets::superseded(view, stat);
    body.downloads = seen
        .first()
        .map(|(_, p)| figures::data_file(view, *p))
        .into_iter()
        .collect();
    let of_whom = if d.of_whom.is_empty() {
        String::new()
    } else {
        view.t("indicator.of_whom_clause", &[("whom", &d.of_whom)])
    };
    page.description = description(&format!(
        "{}{of_whom}. {}",
        d.label,
        rankings::definition_text(view, d)
    ));
    (page, body)
}

fn definitions(view: &View<'_>, i: IndicatorIx) -> Vec<Definition> {
    let d = view.analysis.catalog.indicator(i);
    let join = |list: &[crate::model::MeasureIx]| {
        list.iter()
            .map(|m| lower_first(&view.analysis.catalog.measure(*m).label))
            .collect::<Vec<_>>()
            .join(" + ")
    };
    let mut list = vec![Definition {
        term: view.t("indicator.meaning", &[]),
        text: rankings::definition_text(view, d),
        link: None,
    }];
    list.push(Definition {
        term: view.t("indicator.how", &[]),
        text: match d.kind {
            IndicatorKind::Ratio if d.has_base() => crate::render::words::upper_first(&view.t(
                "indicator.ratio",
                &[("n", &join(&d.numerator)), ("d", &join(&d.denominator))],
            )),
            IndicatorKind::Score => match d.max {
                Some(max) => view.t("indicator.score_max", &[("x", &view.number(max))]),
                None => view.t("indicator.score", &[]),
            },
            _ => view.t("state.stated_meaning", &[]),
        },
        link: None,
    });
    if !d.of_whom.is_empty() {
        list.push(Definition {
            term: view.t("rank.of_whom", &[]),
            text: format!("{}.", crate::render::words::upper_first(&d.of_whom)),
            link: None,
        });
    }
    if !d.basis.is_empty() {
        list.push(Definition {
            term: view.t("indicator.basis", &[]),
            text: format!("{}.", d.basis),
            link: None,
        });
    }
    list
}

/// Units with the newest period for which they have the indicator as a whole, highest units first.
fn seen_in(view: &View<'_>, i: IndicatorIx) -> Vec<(UnitIx, PeriodIx)> {
    let mut list: Vec<(UnitIx, PeriodIx)> = view
        .analysis
        .catalog
        .units
        .indices()
        .filter(|u| view.has_unit_page(*u))
        .filter_map(|u| super::units::newest(view, i, u).map(|(p, _)| (u, p)))
        .collect();
    list.sort_by(|a, b| {
        let depth = |u: UnitIx| view.analysis.catalog.units.ancestors(u).count();
        (b.1, depth(a.0))
            .cmp(&(a.1, depth(b.0)))
            .then_with(|| order::compare(view.unit_short(a.0), view.unit_short(b.0)))
    });
    list
}

fn units_table(view: &View<'_>, stat: Stat, seen: &[(UnitIx, PeriodIx)]) -> Option<TableSection> {
    seen.first()?;
    let rows = seen
        .iter()
        .take(services::MOST_ROWS)
        .map(|(unit, period)| {
            let o = view
                .analysis
                .observe(stat, *unit, ServiceIx::WHOLE, *period);
            let of_whom = view
                .of_whom(stat, &o)
                .unwrap_or_else(|| view.t("state.no_base", &[]));
            let doubt = if o.state == State::Doubtful {
                view.t("state.to_reconcile", &[])
            } else {
                of_whom
            };
            Row {
                head: view.unit_name(*unit).to_owned(),
                href: view.unit_href(*unit),
                note: Some(view.period_in_text(*period)),
                cells: vec![
                    tables::with_bar(view, stat, *unit, ServiceIx::WHOLE, *period),
                    Cell::word(&doubt),
                ],
                ..Row::default()
            }
        })
        .collect();
    Some(TableSection {
        id: "don-vi".into(),
        title: view.t("service.units", &[]),
        note: services::left_out(view, seen.len()),
        table: Table {
            caption: Some(view.label(stat).to_owned()),
            columns: vec![
                Column::words(&view.t("table.unit", &[])),
                Column::number(view.indicator_short(stat)),
                Column::words(&view.t("rank.of_whom", &[])),
            ],
            rows,
            stacked: false,
        },
        source: None,
        downloads: vec![figures::whole_file(view)],
    })
}

/// The list of all indicators.
pub(in crate::render) fn list(view: &View<'_>) -> (Page, Indicators) {
    let path = format!("{}/", view.analysis.config.paths.indicator);
    let mut page = frame(
        view,
        "indicators",
        "indicators",
        &path,
        &view.t("page.indicators", &[]),
    );
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.indicators", &[]));
    page.description = view.t("indicator.lead", &[]);
    page.lead = Some(page.description.clone());
    let group = |id: &str, title: &str, fits: &dyn Fn(&crate::model::Indicator) -> bool| {
        let mut list: Vec<IndicatorIx> = view
            .analysis
            .catalog
            .indicator_indices()
            .filter(|i| fits(view.analysis.catalog.indicator(*i)))
            .collect();
        list.sort_by(|a, b| {
            order::compare(
                view.label(Stat::Indicator(*a)),
                view.label(Stat::Indicator(*b)),
            )
        });
        (!list.is_empty()).then(|| LinkGroup {
            id: id.to_owned(),
            title: view.t(title, &[]),
            rows: list
                .iter()
                .map(|i| {
                    let d = view.analysis.catalog.indicator(*i);
                    LinkRow {
                        text: d.label.clone(),
                        href: Some(view.indicator_href(*i)),
                        note: (!d.of_whom.is_empty())
                            .then(|| view.t("indicator.of_whom_note", &[("whom", &d.of_whom)])),
                        ..LinkRow::default()
                    }
                })
                .collect(),
            ..LinkGroup::default()
        })
    };
    let computed = |d: &crate::model::Indicator| d.kind == IndicatorKind::Ratio && d.has_base();
    let groups = [
        group("tinh-lai", "indicator.computed", &computed),
        group("theo-bao-cao", "indicator.stated", &|d| !computed(d)),
    ];
    (
        page,
        Indicators {
            groups: groups.into_iter().flatten().collect(),
        },
    )
}
