//! The home page: the newest edition in short.

use super::{description, frame};
use crate::analysis::Outcome;
use crate::content::{Narrative, PageTarget};
use crate::model::{PeriodIx, ServiceIx, UnitIx};
use crate::render::context::{ChartRow, Definition, Home, Page, TextSection};
use crate::render::pages::{editions, units};
use crate::render::view::View;
use crate::render::words::upper_first;
use crate::render::{figures, narrative, rankings, tables, tiles};
use crate::theme::{Theme, ThemeError};

/// How many editions the home page lists.
const EDITIONS: usize = 8;

/// The home page.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(in crate::render) fn home(
    view: &View<'_>,
    theme: &Theme,
    narratives: &[Narrative],
) -> Result<(Page, Home), ThemeError> {
    let mut page = frame(view, "home", "home", "", &view.analysis.config.title);
    let mut body = Home::default();
    let newest = view.analysis.period_indices().next_back();
    let text = narratives.iter().find(|n| n.target == PageTarget::Home);
    if let Some(n) = text {
        body.narrative = Some(TextSection {
            id: "gioi-thieu".into(),
            title: n.title.clone().unwrap_or_else(|| view.t("home.about", &[])),
            html: narrative::html(view, theme, n, &page.root)?,
        });
    }
    if let Some(period) = newest {
        fill(view, &mut page, &mut body, period, narratives);
    } else {
        page.message = view.t("unit.no_data", &[("name", &view.analysis.config.title)]);
    }
    page.description = description(page.lead.as_deref().unwrap_or(&page.message));
    page.title = page.message.clone();
    Ok((page, body))
}

fn fill(
    view: &View<'_>,
    page: &mut Page,
    body: &mut Home,
    period: PeriodIx,
    narratives: &[Narrative],
) {
    let p = view.analysis.period(period);
    let unit = p
        .reports
        .first()
        .map(|r| view.analysis.periods.reports[r.at()].unit);
    page.kicker = Some(view.t("home.latest", &[("p", &view.window(period))]));
    page.message = narratives
        .iter()
        .find(|n| n.target == PageTarget::Edition(period))
        .and_then(|n| n.title.clone())
        .unwrap_or_else(|| view.t("page.home", &[("p", &view.period_in_text(period))]));
    if let Some(unit) = unit {
        let (unit_page, _) = units::unit(view, unit);
        page.message.clone_from(&unit_page.message);
        page.lead = unit_page.lead;
        page.as_of = vec![view.as_of_line(unit, period)];
        page.tags = unit_page.tags;
        for tag in &mut page.tags {
            if tag.href.as_deref() == Some("#doi-chieu") {
                tag.href = Some(format!("{}/", view.analysis.config.paths.reconciliation));
            }
        }
        body.tiles = tiles_of(view, unit, period);
        body.rows = rows(view, unit, period);
        body.completeness = units::completeness(view, unit, period);
    }
    body.leaders = view
        .rankings
        .iter()
        .filter(|(_, _, p)| *p == period)
        .take(2)
        .filter_map(|(i, scope, p)| {
            rankings::leaders(
                view,
                &rankings::make(view, *i, *scope, *p, ServiceIx::WHOLE),
                5,
            )
        })
        .collect();
    let all = view.analysis.periods.list.len();
    body.editions = view
        .analysis
        .period_indices()
        .rev()
        .take(EDITIONS)
        .map(|p| editions::row(view, p))
        .collect();
    body.editions_link = (all > EDITIONS).then(|| {
        View::link(
            &view.t("home.all_editions", &[]),
            format!("{}/", view.analysis.config.paths.edition),
        )
    });
    body.checks = Some(checks(view));
    body.checks_link = Some(View::link(
        &view.t("home.see_checks", &[]),
        format!("{}/", view.analysis.config.paths.reconciliation),
    ));
}

/// The figures of the newest report, and those of the blocks below its unit.
fn tiles_of(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<crate::render::context::Tile> {
    let mut list = tiles::of_unit(view, unit, period);
    let blocks: Vec<UnitIx> = view
        .analysis
        .catalog
        .units
        .indices()
        .filter(|u| {
            let b = view.analysis.catalog.units.get(*u);
            b.level == crate::model::Level::Block && b.parent == Some(unit)
        })
        .collect();
    if let Some(stat) = view.headline().into_iter().find(|s| {
        view.is_ratio(*s)
            && view
                .analysis
                .observe(*s, unit, ServiceIx::WHOLE, period)
                .sound()
                .is_some()
    }) {
        let of_blocks: Vec<_> = blocks
            .iter()
            .filter(|b| {
                view.analysis
                    .observe(stat, **b, ServiceIx::WHOLE, period)
                    .sound()
                    .is_some()
            })
            .map(|b| {
                let mut tile = tiles::tile(view, stat, *b, ServiceIx::WHOLE, period);
                tile.label = upper_first(view.unit_short(*b));
                tile
            })
            .collect();
        if !of_blocks.is_empty() {
            list.truncate(1);
            if let Some(first) = list.first_mut() {
                first.label = format!(
                    "{}, {}",
                    view.unit_short(unit),
                    crate::render::words::lower_first(&first.label)
                );
            }
            list.extend(of_blocks);
        }
    }
    list.truncate(4);
    list
}

fn rows(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<ChartRow> {
    let trend = view
        .headline()
        .into_iter()
        .find_map(|s| figures::trend(view, s, unit, ServiceIx::WHOLE, period));
    let by_service = || {
        let stat = tables::main_measure(view, unit, period)?;
        figures::by_service(view, stat, unit, period, None, true)
    };
    let ends = || {
        let (i, scope, p) = *view.rankings.iter().find(|(_, _, p)| *p == period)?;
        let ranked = rankings::make(view, i, scope, p, ServiceIx::WHOLE);
        let mut chart = figures::ends(
            view,
            crate::model::Stat::Indicator(i),
            &ranked.ranking,
            scope.above,
            p,
        )?;
        chart.table = Some(figures::ends_table(
            view,
            crate::model::Stat::Indicator(i),
            &ranked.ranking,
        ));
        chart.source = Some(figures::source_line(view, scope.above, p));
        Some(chart)
    };
    let Some(chart) = trend.or_else(by_service).or_else(ends) else {
        return Vec::new();
    };
    let definitions = view
        .headline()
        .into_iter()
        .filter_map(|s| match s {
            crate::model::Stat::Indicator(i) => Some(i),
            crate::model::Stat::Measure(_) => None,
        })
        .filter(|i| {
            view.analysis
                .observe(
                    crate::model::Stat::Indicator(*i),
                    unit,
                    ServiceIx::WHOLE,
                    period,
                )
                .value
                .is_some()
        })
        .take(2)
        .map(|i| {
            let d = view.analysis.catalog.indicator(i);
            Definition {
                term: d.label.clone(),
                text: rankings::definition_text(view, d),
                link: Some(View::link(
                    &view.t("rank.see_indicator", &[]),
                    view.indicator_href(i),
                )),
            }
        })
        .collect();
    vec![ChartRow {
        charts: vec![chart],
        definitions,
        ..ChartRow::default()
    }]
}

/// What was checked, in one or two sentences.
fn checks(view: &View<'_>) -> String {
    let agrees: u32 = view.relations.counts.iter().map(|c| c.agrees).sum();
    let differs = view
        .relations
        .list
        .iter()
        .filter(|r| r.outcome == Outcome::Differs)
        .count();
    let number = |n: u32| view.number(crate::decimal::Decimal::from_int(i64::from(n)));
    let all = agrees + crate::diagnostic::to_u32(differs);
    let values = [
        ("n", &*number(all)),
        ("a", &number(agrees)),
        ("d", &differs.to_string()),
    ];
    let mut text = view.t("home.checks", &values);
    if differs > 0 {
        text.push_str(&view.t("home.checks_differ", &[]));
    }
    text
}
