//! The page of a service, and the list of all services.

use super::{crumb, crumbs, description, frame};
use crate::analysis::{Applied, Scope, State};
use crate::content::{Narrative, PageTarget};
use crate::model::{Level, PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx};
use crate::render::account::{self, Account, Tongue};
use crate::render::context::{
    ChartRow, Column, Definition, HistoryEntry, LinkGroup, LinkRow, Page, RankingSection, Row,
    Service, Services, Table, TableSection,
};
use crate::render::view::View;
use crate::render::{caveats, figures, narrative, rankings, tables, targets, tiles};
use crate::text::order;
use crate::theme::{Theme, ThemeError};

/// Rows of a table of units on the page of a service or an indicator.
pub(super) const MOST_ROWS: usize = 200;

/// The page of one service.
pub(in crate::render) fn service(view: &View<'_>, service: ServiceIx) -> (Page, Service) {
    let s = view.analysis.catalog.services.get(service);
    let path = view.service_href(service).unwrap_or_default();
    let mut page = frame(view, "service", "services", &path, &s.name);
    page.kicker = Some(match s.kind {
        ServiceKind::Service => view.t("kind.service", &[]),
        _ => view.t("kind.not_service", &[]),
    });
    page.crumbs = crumbs(
        view,
        vec![crumb(
            &view.t("nav.services", &[]),
            &format!("{}/", view.analysis.config.paths.service),
        )],
        &s.short_name,
    );
    let seen = seen_in(view, service);
    let newest = seen.iter().map(|(_, p)| *p).max();
    let mut body = Service {
        history: history(view, service),
        ..Service::default()
    };
    if let Some(period) = newest {
        fill(view, &mut page, &mut body, service, period, &seen);
    }
    let mut set = targets::current(view, |t| t.service == service);
    // A target for each service of a group holds for this one too, in the unit that it is set for.
    let of_group = targets::current(view, |t| {
        t.service != service && view.analysis.is_set_for(t, t.unit, service)
    });
    set.extend(of_group.into_iter().map(|a| Applied { service, ..a }));
    body.targets = targets::table(view, &set, "chi-tieu", true, None);
    if body.units.is_none() && body.ranking.is_none() {
        page.lead
            .get_or_insert_with(|| view.t("service.no_result", &[]));
    }
    let mut definitions = vec![Definition {
        term: s.name.clone(),
        text: authority_words(view, service),
        link: None,
    }];
    if !s.members.is_empty() {
        definitions.push(Definition {
            term: view.t("service.contains", &[]),
            text: view.t("service.contains_n", &[("n", &s.members.len().to_string())]),
            link: None,
        });
    }
    match body.rows.first_mut() {
        Some(row) => row.definitions = definitions,
        None => body.rows.push(ChartRow {
            definitions,
            ..ChartRow::default()
        }),
    }
    body.related = related(view, service);
    page.description = description(page.lead.as_deref().unwrap_or(&page.message));
    (page, body)
}

/// What is told of a service: the first of its statistics in its newest period, of the highest unit that has it.
pub(super) fn told<'a>(view: &View<'a>, service: ServiceIx) -> Option<Account<'a>> {
    let seen = seen_in(view, service);
    let period = seen.iter().map(|(_, p)| *p).max()?;
    let stat = stats_of(view, service, &seen).first().copied()?;
    let unit = top_unit(view, service, period, stat)?;
    let told = account::of_service(view, service, stat, unit, period);
    told.headline.is_some().then_some(told)
}

/// Adds what the office wrote about the service.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(in crate::render) fn add_narrative(
    view: &View<'_>,
    theme: &Theme,
    service: ServiceIx,
    narratives: &[Narrative],
    page: &Page,
    body: &mut Service,
) -> Result<(), ThemeError> {
    let target = PageTarget::Service(service);
    if let Some(n) = narratives.iter().find(|n| n.target == target) {
        body.narrative = Some(narrative::section(view, theme, n, &page.root)?);
    }
    Ok(())
}

/// The units and periods that have figures for a service.
fn seen_in(view: &View<'_>, service: ServiceIx) -> Vec<(UnitIx, PeriodIx)> {
    let mut seen: Vec<(UnitIx, PeriodIx)> = Vec::new();
    for unit in &view.reporting {
        for at in view.analysis.facts().series(*unit, service) {
            let key = view.analysis.facts().keys()[at];
            if seen.last() != Some(&(key.unit(), key.period())) {
                seen.push((key.unit(), key.period()));
            }
        }
    }
    for claim in view
        .analysis
        .claims()
        .list
        .iter()
        .filter(|c| c.key.service() == service)
    {
        seen.push((claim.key.unit(), claim.key.period()));
    }
    seen.sort_unstable();
    seen.dedup();
    seen
}

fn fill(
    view: &View<'_>,
    page: &mut Page,
    body: &mut Service,
    service: ServiceIx,
    period: PeriodIx,
    seen: &[(UnitIx, PeriodIx)],
) {
    let mut units: Vec<UnitIx> = seen.iter().map(|(u, _)| *u).collect();
    units.dedup();
    let stats = stats_of(view, service, seen);
    let Some(first) = stats.first().copied() else {
        return;
    };
    page.as_of = vec![view.t(
        "date.as_of",
        &[("d", &view.day(view.analysis.period(period).end))],
    )];
    let top = top_unit(view, service, period, first);
    if let Some(unit) = top {
        body.tiles = stats
            .iter()
            .take(4)
            .map(|s| tiles::tile(view, *s, unit, service, period))
            .filter(|t| !t.absent)
            .collect();
        body.rows = stats
            .iter()
            .filter_map(|s| figures::trend(view, *s, unit, service, period))
            .take(2)
            .map(|c| ChartRow {
                charts: vec![c],
                ..ChartRow::default()
            })
            .collect();
        let tongue = Tongue::new(&view.strings);
        let told = account::of_service(view, service, first, unit, period);
        if told.headline.is_some() {
            page.message = told.message(view, tongue);
        }
        let sentences = told.sentences(view, tongue);
        page.lead = (!sentences.is_empty()).then(|| sentences.join(" "));
    }
    let in_period: Vec<UnitIx> = seen
        .iter()
        .filter(|(_, p)| *p == period)
        .map(|(u, _)| *u)
        .collect();
    body.ranking = ranking(view, service, period, &stats, &in_period);
    if body.ranking.is_none() {
        body.units = units_table(view, service, &stats, seen);
    }
    let latest: Vec<(UnitIx, PeriodIx)> = seen.to_vec();
    for (unit, period) in latest.into_iter().take(20) {
        for (caveat, touched) in caveats::of_unit(view, unit, period) {
            if touched.service == service
                && view.analysis.catalog.services.get(service).kind == ServiceKind::Service
            {
                let mut caveat = caveat;
                let letter =
                    char::from(b'a' + u8::try_from(body.caveats.len().min(25)).unwrap_or(25))
                        .to_string();
                caveat.id = format!("dc-{letter}");
                caveat.title = format!("{}, {}", view.unit_name(unit), view.period_in_text(period));
                caveat.letter = Some(letter);
                body.caveats.push(caveat);
            }
        }
    }
    body.downloads = vec![figures::data_file(view, period)];
}

/// The statistics that units report for a service: ratios first.
fn stats_of(view: &View<'_>, service: ServiceIx, seen: &[(UnitIx, PeriodIx)]) -> Vec<Stat> {
    let mut stats: Vec<Stat> = Vec::new();
    let has = |s: Stat| {
        seen.iter()
            .any(|(u, p)| view.analysis.observe(s, *u, service, *p).value.is_some())
    };
    for stat in view.headline() {
        if has(stat) {
            stats.push(stat);
        }
    }
    let facts = view.analysis.facts();
    for (unit, period) in seen.iter().take(50) {
        for at in facts.row(*unit, service, *period) {
            let stat = Stat::Measure(crate::model::MeasureIx(facts.keys()[at].stat()));
            if !stats.contains(&stat) {
                stats.push(stat);
            }
        }
    }
    for claim in view
        .analysis
        .claims()
        .list
        .iter()
        .filter(|c| c.key.service() == service)
    {
        let stat = Stat::Indicator(claim.indicator());
        if !stats.contains(&stat) {
            stats.push(stat);
        }
    }
    stats.truncate(5);
    stats
}

/// The highest unit that has the figure: its own or summed.
fn top_unit(view: &View<'_>, service: ServiceIx, period: PeriodIx, stat: Stat) -> Option<UnitIx> {
    let catalog = view.analysis.catalog;
    catalog
        .units
        .indices()
        .filter(|u| view.has_unit_page(*u) && catalog.units.get(*u).level != Level::Block)
        .filter(|u| {
            view.analysis
                .observe(stat, *u, service, period)
                .value
                .is_some()
        })
        .min_by_key(|u| catalog.units.ancestors(*u).count())
}

fn ranking(
    view: &View<'_>,
    service: ServiceIx,
    period: PeriodIx,
    stats: &[Stat],
    units: &[UnitIx],
) -> Option<RankingSection> {
    let indicator = stats.iter().find_map(|s| match s {
        Stat::Indicator(i)
            if tables::is_computed(view, *i) && view.analysis.catalog.indicator(*i).ranked =>
        {
            Some(*i)
        }
        _ => None,
    })?;
    let scope: Scope = *view.analysis.scopes(units).first()?;
    let ranked = rankings::make(view, indicator, scope, period, service);
    if ranked.ranking.entries.len() < 2 {
        return None;
    }
    let ends = (ranked.ranking.entries.len() > 60).then_some(20);
    let mut section = rankings::section(view, &ranked, ends, None);
    section.more = None;
    if section.unranked.len() > MOST_ROWS {
        section.unranked_note = Some(why_unranked(view, &section));
        section.unranked.clear();
    }
    Some(section)
}

/// Why so many units are not ranked, in place of a row for each.
fn why_unranked(view: &View<'_>, section: &RankingSection) -> String {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for row in &section.unranked {
        match reasons.iter_mut().find(|(r, _)| *r == row.reason) {
            Some((_, n)) => *n += 1,
            None => reasons.push((&row.reason, 1)),
        }
    }
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let reasons: Vec<String> = reasons
        .iter()
        .map(|(reason, n)| format!("{reason}: {}", view.count(*n)))
        .collect();
    let values = [("reasons", &*reasons.join("; "))];
    let told = view.t("service.unranked", &values);
    section
        .unranked_note
        .iter()
        .chain([&told])
        .cloned()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Says how many of `n` rows a table of units leaves to the data file and to the pages of the units.
pub(super) fn left_out(view: &View<'_>, n: usize) -> Option<String> {
    let left = n.checked_sub(MOST_ROWS).filter(|left| *left > 0)?;
    Some(view.t("service.left_out", &[("n", &view.count(left))]))
}

/// Every unit and period that reports a service, newest first, as far as a page carries them.
fn units_table(
    view: &View<'_>,
    service: ServiceIx,
    stats: &[Stat],
    seen: &[(UnitIx, PeriodIx)],
) -> Option<TableSection> {
    let mut rows: Vec<(UnitIx, PeriodIx)> = seen.to_vec();
    rows.sort_by(|a, b| {
        b.1.cmp(&a.1)
            .then_with(|| order::compare(view.unit_short(a.0), view.unit_short(b.0)))
    });
    let note = left_out(view, rows.len());
    rows.truncate(MOST_ROWS);
    rows.first()?;
    let mut columns = vec![Column::words(&view.t("table.unit", &[]))];
    columns.extend(
        stats
            .iter()
            .map(|s| Column::number(view.indicator_short(*s))),
    );
    let rows = rows
        .into_iter()
        .map(|(unit, period)| Row {
            head: view.unit_name(unit).to_owned(),
            href: view.unit_href(unit),
            note: Some(view.period_in_text(period)),
            cells: stats
                .iter()
                .map(|s| {
                    let o = view.analysis.observe(*s, unit, service, period);
                    match o.state {
                        State::Absent => {
                            crate::render::context::Cell::none(&view.t("service.not_stated", &[]))
                        }
                        _ => tables::with_bar(view, *s, unit, service, period),
                    }
                })
                .collect(),
            ..Row::default()
        })
        .collect();
    Some(TableSection {
        id: "don-vi".into(),
        title: view.t("service.units", &[]),
        note,
        table: Table {
            caption: Some(view.service_name(service).to_owned()),
            columns,
            rows,
            stacked: false,
        },
        source: None,
        downloads: vec![figures::whole_file(view)],
    })
}

fn authority_words(view: &View<'_>, service: ServiceIx) -> String {
    let s = view.analysis.catalog.services.get(service);
    match s.authorities.last() {
        None => view.t("service.no_authority", &[]),
        Some(a) => {
            let basis = if a.basis.is_empty() {
                String::new()
            } else {
                format!(" ({})", a.basis)
            };
            let name = format!("{}{basis}", a.name);
            match a.from {
                None => view.t("service.authority", &[("name", &name)]),
                Some(d) => {
                    let values = [("d", &*view.day(d)), ("name", &name)];
                    view.t("service.authority_since", &values)
                }
            }
        }
    }
}

fn history(view: &View<'_>, service: ServiceIx) -> Vec<HistoryEntry> {
    let authorities = &view.analysis.catalog.services.get(service).authorities;
    if authorities.len() < 2 {
        return Vec::new();
    }
    authorities
        .iter()
        .map(|a| HistoryEntry {
            date: a
                .from
                .map_or_else(|| view.t("service.first", &[]), |d| view.day(d)),
            text: view.t("service.authority", &[("name", &a.name)]),
            links: Vec::new(),
        })
        .collect()
}

fn related(view: &View<'_>, service: ServiceIx) -> Vec<LinkRow> {
    let services = &view.analysis.catalog.services;
    let members = services.get(service).members.iter().copied();
    let groups = services
        .indices()
        .filter(|g| services.get(*g).members.contains(&service));
    members
        .chain(groups)
        .filter(|s| view.has_service_page(*s))
        .map(|s| LinkRow {
            text: view.service_name(s).to_owned(),
            href: view.service_href(s),
            ..LinkRow::default()
        })
        .collect()
}

/// The list of all services with pages, by kind.
pub(in crate::render) fn list(view: &View<'_>) -> (Page, Services) {
    let path = format!("{}/", view.analysis.config.paths.service);
    let mut page = frame(
        view,
        "services",
        "services",
        &path,
        &view.t("page.services", &[]),
    );
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.services", &[]));
    page.description = view.t("service.lead", &[]);
    page.lead = Some(page.description.clone());
    let kinds = [
        (ServiceKind::Service, "service.kind_service"),
        (ServiceKind::Group, "service.kind_group"),
        (ServiceKind::Field, "service.kind_field"),
        (ServiceKind::Programme, "service.kind_programme"),
        (ServiceKind::All, "service.kind_all"),
    ];
    let groups = kinds
        .iter()
        .enumerate()
        .filter_map(|(i, (kind, title))| {
            let mut list: Vec<ServiceIx> = view
                .analysis
                .catalog
                .services
                .indices()
                .filter(|s| {
                    view.has_service_page(*s)
                        && view.analysis.catalog.services.get(*s).kind == *kind
                })
                .collect();
            list.sort_by(|a, b| order::compare(view.service_name(*a), view.service_name(*b)));
            (!list.is_empty()).then(|| LinkGroup {
                id: format!("nhom-{i}"),
                title: view.t(title, &[]),
                rows: list
                    .iter()
                    .map(|s| LinkRow {
                        text: view.service_name(*s).to_owned(),
                        href: view.service_href(*s),
                        note: view
                            .analysis
                            .catalog
                            .services
                            .get(*s)
                            .authorities
                            .last()
                            .map(|a| a.name.clone()),
                        ..LinkRow::default()
                    })
                    .collect(),
                ..LinkGroup::default()
            })
        })
        .collect();
    (page, Services { groups })
}
