//! The page of a unit, and the list of all units.

use std::collections::BTreeMap;

use super::{crumb, crumbs, description, frame};
use crate::analysis::{Basis, Observation, State};
use crate::content::{Narrative, PageTarget};
use crate::model::{ChangeKind, IndicatorIx, Level, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::context::{
    Completeness, Definition, Document, HistoryEntry, LinkGroup, LinkRow, Mark, Page, Paper,
    State as Shape, Tag, TextSection, Unit, Units,
};
use crate::render::rankings::{self, Ranked};
use crate::render::view::{View, lower_first, trim_zeros, unit_in_text, upper_first};
use crate::render::{caveats, figures, narrative, tables, tasks, tiles};
use crate::text::number::format_vi;
use crate::text::order;
use crate::theme::{Theme, ThemeError};

/// The page of one unit in its newest period.
pub(in crate::render) fn unit(view: &View<'_>, unit: UnitIx) -> (Page, Unit) {
    let u = view.analysis.catalog.units.get(unit);
    let path = view.unit_href(unit).unwrap_or_default();
    let periods = view.analysis.periods_of(unit);
    let own = view.reports_of(unit);
    let period = periods
        .last()
        .copied()
        .or_else(|| own.first().map(|r| r.period));
    let mut page = frame(view, "unit", "units", &path, &u.name);
    page.crumbs = unit_crumbs(view, unit);
    let mut body = Unit {
        parent: u.parent.map(|p| parent_row(view, p)),
        history: history(view, unit),
        ..Unit::default()
    };
    let Some(period) = period else {
        page.message = format!("{}: chưa có số liệu", u.name);
        page.lead = Some("Trang này dẫn tới các đơn vị trực thuộc có số liệu.".into());
        page.description.clone_from(&page.message);
        if let Some(p) = view.analysis.period_indices().next_back() {
            body.children = tables::children(view, unit, &view.headline(), p);
        }
        return (page, body);
    };
    page.kicker = Some(format!(
        "{} · {}",
        view.level_kicker(u.level),
        upper_first(&view.window(period))
    ));
    page.as_of = vec![view.as_of_line(unit, period)];
    let caveats = caveats::of_unit(view, unit, period);
    let ranked = ranked_of(view, unit);
    let (message, lead) = summary(view, unit, period, &ranked, caveats.len());
    page.message = message;
    page.title = format!("{}, {}", u.name, view.period_in_text(period));
    page.description = description(if lead.is_empty() {
        &page.message
    } else {
        &lead
    });
    page.lead = (!lead.is_empty()).then_some(lead);
    page.tags = tags(view, unit, period, caveats.len());
    page.citation = Some(view.t(
        "cite.text",
        &[
            ("site", &view.analysis.config.title),
            ("title", &page.title),
            ("p", &view.period_in_text(period)),
            ("d", &view.analysis.period(period).end.format_vi()),
            ("address", &view.canonical(&path).unwrap_or(path)),
        ],
    ));
    fill(view, &mut body, unit, period, &caveats);
    ranks(view, &mut body, unit, &ranked);
    body.caveats = caveats.into_iter().map(|(c, _)| c).collect();
    body.caveats_link = (!body.caveats.is_empty()).then(|| {
        View::link(
            &view.t("caveat.see_all", &[]),
            format!("{}/", view.analysis.config.paths.reconciliation),
        )
    });
    body.periods = periods
        .iter()
        .rev()
        .map(|p| LinkRow {
            text: upper_first(&view.period_in_text(*p)),
            href: Some(view.edition_href(*p)),
            note: view
                .report_for(unit, *p)
                .map(View::document_name)
                .filter(|n| !n.is_empty()),
            ..LinkRow::default()
        })
        .take(12)
        .collect();
    (page, body)
}

/// Adds what the office wrote about the unit.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(in crate::render) fn add_narrative(
    view: &View<'_>,
    theme: &Theme,
    unit: UnitIx,
    narratives: &[Narrative],
    page: &mut Page,
    body: &mut Unit,
) -> Result<(), ThemeError> {
    if let Some(n) = narratives
        .iter()
        .find(|n| n.target == PageTarget::Unit(unit))
    {
        body.narrative = Some(TextSection {
            id: "bai-viet".into(),
            title: n
                .title
                .clone()
                .unwrap_or_else(|| view.t("edition.narrative", &[])),
            html: narrative::html(view, theme, n, &page.root)?,
        });
    }
    Ok(())
}

fn fill(
    view: &View<'_>,
    body: &mut Unit,
    unit: UnitIx,
    period: PeriodIx,
    caveats: &[(crate::render::context::Caveat, caveats::Touched)],
) {
    let letters = |fits: &dyn Fn(&caveats::Touched) -> bool| -> Vec<Mark> {
        let touching = caveats.iter().filter(|(_, t)| fits(t));
        touching
            .filter_map(|(c, _)| c.letter.as_deref())
            .map(View::mark)
            .collect()
    };
    body.tiles = tiles::of_unit(view, unit, period);
    body.chart = main_chart(view, unit, period);
    body.services = tables::services(view, unit, period, &|s| letters(&|t| t.service == s));
    if let (Some(chart), Some(services)) = (&mut body.chart, &body.services)
        && !services.table.rows.is_empty()
    {
        chart.table = None;
        let on_page = view.t("chart.table_on_page", &[]);
        chart.source = chart.source.take().map(|s| format!("{s} {on_page}"));
    }
    body.definitions = definitions(view, unit, period);
    body.trends = trends(view, unit, period);
    let own_targets: Vec<&crate::model::Target> = view
        .analysis
        .targets
        .iter()
        .filter(|t| t.unit == unit)
        .collect();
    body.targets = tables::targets(view, &own_targets, "chi-tieu", false);
    body.others = tables::others(view, unit, period, &|s| {
        letters(&|t| t.stat == s && t.service == ServiceIx::WHOLE)
    });
    let list = tasks::select(view, |t, _| tasks::report_of(view, t).unit == unit);
    body.tasks = tasks::section(view, &list, Some(20), "nhiem-vu");
    body.children = tables::children(view, unit, &view.headline(), period);
    body.completeness = completeness(view, unit, period);
    body.documents = documents(view, unit);
    body.downloads = vec![figures::data_file(view, period)];
    body.paper = Some(Paper {
        qr: None,
        address: view.unit_href(unit).and_then(|h| view.canonical(&h)),
        source: format!(
            "{} · {}",
            view.as_of_line(unit, period),
            view.report_for(unit, period)
                .map(View::document_name)
                .unwrap_or_default()
        ),
    });
}

/// The chart that tells most: the parts of the dossiers by service, else the ends of the units below.
fn main_chart(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
) -> Option<crate::render::context::ChartFigure> {
    let by_service = tables::main_measure(view, unit, period)
        .and_then(|m| figures::by_service(view, m, unit, period, None, true));
    by_service.or_else(|| {
        let (i, scope, p) = *view
            .rankings
            .iter()
            .find(|(_, s, p)| s.above == unit && *p == period)?;
        let ranked = rankings::make(view, i, scope, p, ServiceIx::WHOLE);
        let stat = Stat::Indicator(i);
        let mut chart = figures::ends(view, stat, &ranked.ranking, unit, p)?;
        chart.table = Some(figures::ends_table(view, stat, &ranked.ranking));
        chart.source = Some(figures::source_line(view, unit, p));
        Some(chart)
    })
}

fn trends(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
) -> Vec<crate::render::context::ChartRow> {
    let charts: Vec<_> = view
        .headline()
        .into_iter()
        .filter_map(|s| figures::trend(view, s, unit, ServiceIx::WHOLE, period))
        .take(2)
        .collect();
    charts
        .into_iter()
        .map(|c| crate::render::context::ChartRow {
            charts: vec![c],
            ..Default::default()
        })
        .collect()
}

fn definitions(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<Definition> {
    let mut list: Vec<Definition> = Vec::new();
    let mut stats = view.headline();
    stats.extend(tables::service_stats(view, unit, period));
    let mut stated = false;
    for stat in stats {
        let Stat::Indicator(i) = stat else { continue };
        let o = view.analysis.observe(stat, unit, ServiceIx::WHOLE, period);
        stated |= o.basis == Basis::Stated;
        let d = view.analysis.catalog.indicator(i);
        if o.state != State::Absent && !list.iter().any(|x| x.term == d.label) {
            list.push(Definition {
                term: d.label.clone(),
                text: rankings::definition_text(d),
                link: Some(View::link("Xem chỉ tiêu", view.indicator_href(i))),
            });
        }
    }
    list.truncate(4);
    if stated {
        list.push(Definition {
            term: upper_first(&view.t("state.stated", &[])),
            text: view.t("state.stated_meaning", &[]),
            link: None,
        });
    }
    list
}

fn tags(view: &View<'_>, unit: UnitIx, period: PeriodIx, caveats: usize) -> Vec<Tag> {
    let mut tags = Vec::new();
    let children: Vec<UnitIx> = expected_children(view, unit);
    if !children.is_empty() {
        let c = view.analysis.completeness(period, &children);
        if c.expected > 0 && c.reported > 0 {
            let (a, b) = (c.reported.to_string(), c.expected.to_string());
            tags.push(Tag {
                text: view.t("completeness.units", &[("a", &a), ("b", &b)]),
                ..Tag::default()
            });
        }
    }
    if caveats > 0 {
        tags.push(Tag {
            state: Shape::Warn,
            text: view.t("caveat.count", &[("n", &caveats.to_string())]),
            href: Some("#doi-chieu".into()),
        });
    }
    tags
}

/// The units below that have figures of their own in some period.
fn expected_children(view: &View<'_>, unit: UnitIx) -> Vec<UnitIx> {
    let catalog = view.analysis.catalog;
    catalog
        .units
        .children(unit)
        .iter()
        .copied()
        .filter(|c| view.reporting.binary_search(c).is_ok())
        .collect()
}

pub(in crate::render) fn completeness(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
) -> Option<Completeness> {
    let children = expected_children(view, unit);
    let c = view.analysis.completeness(period, &children);
    if c.expected < 2 || c.reported == 0 {
        return None;
    }
    let (a, b, n) = (
        c.reported.to_string(),
        c.expected.to_string(),
        c.missing.len().to_string(),
    );
    Some(Completeness {
        text: view.t("completeness.units", &[("a", &a), ("b", &b)]),
        full: c.missing.is_empty(),
        note: (!c.missing.is_empty())
            .then(|| view.t("completeness.total", &[("a", &a), ("b", &b), ("n", &n)])),
        missing: c
            .missing
            .iter()
            .map(|u| View::link(view.unit_name(*u), view.unit_href(*u).unwrap_or_default()))
            .collect(),
    })
}

fn documents(view: &View<'_>, unit: UnitIx) -> Vec<Document> {
    let reports = view.reports_of(unit);
    let mut out: Vec<Document> = Vec::new();
    for report in reports.iter().take(3) {
        for d in &report.documents {
            let single = crate::model::Report {
                documents: vec![d.clone()],
                ..(*report).clone()
            };
            out.push(Document {
                name: View::document_name(&single),
                title: None,
                issuer: (!d.issuer.is_empty()).then(|| d.issuer.clone()),
            });
        }
    }
    out
}

/// The rankings in which a unit may stand: those of the unit directly above.
fn ranked_of<'v>(view: &'v View<'_>, unit: UnitIx) -> Vec<&'v Ranked> {
    let u = view.analysis.catalog.units.get(unit);
    let Some(parent) = u.parent else {
        return Vec::new();
    };
    view.rankings
        .iter()
        .enumerate()
        .filter(|(_, (_, scope, _))| scope.level == u.level && scope.above == parent)
        .map(|(at, _)| view.ranked(at))
        .collect()
}

fn ranks(view: &View<'_>, body: &mut Unit, unit: UnitIx, ranked: &[&Ranked]) {
    body.ranks = ranked
        .iter()
        .filter_map(|r| rankings::summary(view, r, unit))
        .collect();
    if let Some(first) = ranked.first() {
        body.peers = rankings::neighbours(view, first, unit);
        if !body.peers.is_empty() {
            body.peers_title = Some(format!(
                "Đứng cạnh theo {}, {}",
                lower_first(view.indicator_short(Stat::Indicator(first.indicator))),
                view.period_in_text(first.period)
            ));
        }
    }
    let level = view.analysis.catalog.units.get(unit).level;
    if body.ranks.is_empty() && crate::analysis::Analysis::is_ranked_level(level) {
        let noun = View::level_noun(level);
        body.ranks_note = Some(format!(
            "Chưa có {noun} cùng cấp nào khác báo cáo trong kỳ này để so sánh."
        ));
    }
}

/// The message of the page and its lead: level, comparison, change, target, rank, caveat.
fn summary(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    ranked: &[&Ranked],
    caveats: usize,
) -> (String, String) {
    let u = view.analysis.catalog.units.get(unit);
    let when = view.period_in_text(period);
    let headline = view.headline().into_iter().find_map(|s| {
        let o = view.analysis.observe(s, unit, ServiceIx::WHOLE, period);
        (o.sound().is_some() && (o.basis != Basis::Stated || view.is_ratio(s))).then_some((s, o))
    });
    let Some((stat, o)) = headline else {
        return plain_summary(view, unit, period);
    };
    let figure = view.words(stat, &o);
    let name = lower_first(view.label(stat));
    let message = match stat {
        Stat::Indicator(_) if o.basis == Basis::Stated => {
            format!("{}: {name} {figure} theo báo cáo, {when}", u.short_name)
        }
        Stat::Indicator(_) => format!("{}: {name} {figure}{}", u.short_name, within(&when)),
        Stat::Measure(_) => format!(
            "{}: {figure} {}{}",
            u.short_name,
            view.noun(stat),
            within(&when)
        ),
    };
    let mut lead: Vec<String> = Vec::new();
    if let Some(of_whom) = view.of_whom(stat, &o) {
        let over = match o.basis {
            Basis::Services => format!(" của {} dịch vụ có đủ số liệu khớp", o.counted),
            Basis::Units => format!(" của {} đơn vị có báo cáo", o.counted),
            _ => String::new(),
        };
        lead.push(format!(
            "{}: {of_whom}{over} ({figure}).",
            upper_first(&name)
        ));
    } else if o.basis == Basis::Stated {
        lead.push(format!(
            "{} {figure} theo báo cáo, không kèm số để tính lại.",
            upper_first(&name)
        ));
    }
    if let Some(text) = against_parent(view, stat, unit, period, &o) {
        lead.push(text);
    }
    if let Some(d) = view.analysis.change(stat, unit, ServiceIx::WHOLE, period) {
        let c = tiles::change(view, stat, &d);
        lead.push(format!(
            "So với {}, {}.",
            view.period_in_text(d.previous),
            c.text
        ));
    }
    let place = ranked
        .iter()
        .find(|r| Stat::Indicator(r.indicator) == stat)
        .and_then(|r| {
            let entry = r.ranking.entry(unit)?;
            Some(rankings::place_words(
                view,
                entry,
                r.ranking.entries.len(),
                r.scope.level,
            ))
        });
    if let Some(place) = place {
        lead.push(format!("{}.", upper_first(&place)));
    }
    if caveats > 0 {
        lead.push(format!("{caveats} số liệu cần đối chiếu."));
    }
    (message, lead.join(" "))
}

/// " trong tháng 9/2024", or ", từ năm 2022 đến 14/6/2023".
fn within(when: &str) -> String {
    let is_span = ["từ ", "đợt "].iter().any(|w| when.starts_with(w));
    if is_span {
        format!(", {when}")
    } else {
        format!(" trong {when}")
    }
}

/// Without a headline figure: how much there is, and from where.
fn plain_summary(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> (String, String) {
    let u = view.analysis.catalog.units.get(unit);
    let facts = view.analysis.facts();
    let count = facts
        .of_unit(unit)
        .filter(|i| facts.keys()[*i].period() == period)
        .count()
        + view
            .analysis
            .claims()
            .of_unit(unit)
            .iter()
            .filter(|c| c.key.period() == period)
            .count();
    let targets = view
        .analysis
        .targets
        .iter()
        .filter(|t| t.unit == unit)
        .count();
    let when = view.period_in_text(period);
    let message = match (count, targets) {
        (0, 0) => format!("{}, {when}", u.name),
        (0, n) => format!("{}: {n} chỉ tiêu đặt ra cho {when}", u.short_name),
        (n, _) => format!("{}: {n} số liệu trong báo cáo {when}", u.short_name),
    };
    let lead = match count {
        0 => "Văn bản của kỳ này đặt chỉ tiêu và nhiệm vụ, chưa nêu kết quả.".to_owned(),
        _ => String::new(),
    };
    (message, lead)
}

fn against_parent(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
    o: &Observation,
) -> Option<String> {
    if !view.is_ratio(stat) || o.basis == Basis::Stated {
        return None;
    }
    let parent = view.analysis.catalog.units.get(unit).parent?;
    let whole = view
        .analysis
        .observe(stat, parent, ServiceIx::WHOLE, period);
    let (own, whole_value) = (o.sound()?, whole.sound()?);
    if whole.basis == Basis::Stated {
        return None;
    }
    let gap = own.checked_sub(whole_value)?;
    let name = unit_in_text(view.unit_name(parent));
    let points = format_vi(trim_zeros(gap.abs()));
    Some(match gap.cmp(&crate::decimal::Decimal::ZERO) {
        std::cmp::Ordering::Greater => {
            format!("Cao hơn mức chung của {name} {points} điểm phần trăm.")
        }
        std::cmp::Ordering::Less => {
            format!("Thấp hơn mức chung của {name} {points} điểm phần trăm.")
        }
        std::cmp::Ordering::Equal => format!("Bằng mức chung của {name}."),
    })
}

fn unit_crumbs(view: &View<'_>, unit: UnitIx) -> Vec<crate::render::context::Crumb> {
    let mut above: Vec<UnitIx> = view
        .analysis
        .catalog
        .units
        .ancestors(unit)
        .skip(1)
        .collect();
    above.reverse();
    let mut steps = vec![crumb(
        &view.t("nav.units", &[]),
        &format!("{}/", view.analysis.config.paths.unit),
    )];
    steps.extend(
        above
            .into_iter()
            .map(|u| view.unit_crumb(u))
            .filter(|c| c.href.is_some()),
    );
    crumbs(view, steps, view.unit_name(unit))
}

fn parent_row(view: &View<'_>, parent: UnitIx) -> LinkRow {
    LinkRow {
        text: view.unit_name(parent).to_owned(),
        href: view.unit_href(parent),
        ..LinkRow::default()
    }
}

/// What became of a unit and what it was made of.
fn history(view: &View<'_>, unit: UnitIx) -> Vec<HistoryEntry> {
    let changes = &view.analysis.catalog.units.changes;
    let mut dates: Vec<crate::text::date::Date> = changes
        .iter()
        .filter(|c| c.from == unit || c.to == Some(unit))
        .map(|c| c.date)
        .collect();
    dates.dedup();
    let mut out = Vec::new();
    for date in dates {
        let before: Vec<UnitIx> = changes
            .iter()
            .filter(|c| c.date == date && c.to == Some(unit))
            .map(|c| c.from)
            .collect();
        let after: Vec<&crate::model::Change> = changes
            .iter()
            .filter(|c| c.date == date && c.from == unit)
            .collect();
        let basis = changes
            .iter()
            .find(|c| {
                c.date == date && (c.from == unit || c.to == Some(unit)) && !c.basis.is_empty()
            })
            .map_or_else(String::new, |c| format!(" ({})", c.basis));
        let day = date.format_vi();
        if !before.is_empty() {
            let names: Vec<&str> = before.iter().map(|u| view.unit_name(*u)).collect();
            let text = format!(
                "{} hợp nhất thành {}{basis}.",
                join(&names),
                unit_in_text(view.unit_name(unit))
            );
            out.push(entry(view, &day, upper_first(&text), &before));
        }
        if !after.is_empty() {
            let heirs: Vec<UnitIx> = after.iter().filter_map(|c| c.to).collect();
            let siblings: Vec<&str> = changes
                .iter()
                .filter(|c| {
                    c.date == date
                        && c.to.is_some()
                        && c.to == heirs.first().copied()
                        && c.from != unit
                })
                .map(|c| view.unit_name(c.from))
                .collect();
            let names: Vec<&str> = heirs.iter().map(|u| view.unit_name(*u)).collect();
            let own = view.unit_name(unit);
            let text = match after[0].kind {
                ChangeKind::Split => format!(
                    "{own} được chia về {}{basis}; không có căn cứ phân bổ nên không so sánh được.",
                    join(&names)
                ),
                ChangeKind::Abolish if names.is_empty() => format!("{own} kết thúc{basis}."),
                ChangeKind::Abolish => {
                    format!("{own} kết thúc{basis}; địa bàn nay thuộc {}.", join(&names))
                }
                ChangeKind::Rename => format!("{own} đổi tên thành {}{basis}.", join(&names)),
                ChangeKind::Reparent => format!("{own} chuyển về {}{basis}.", join(&names)),
                ChangeKind::Merge if siblings.is_empty() => {
                    format!("{own} trở thành {}{basis}.", join(&names))
                }
                ChangeKind::Merge => format!(
                    "{own} cùng {} hợp nhất thành {}{basis}. Trang này giữ nguyên số liệu trước ngày đó.",
                    join(&siblings),
                    join(&names)
                ),
            };
            out.push(entry(view, &day, text, &heirs));
        }
    }
    out
}

fn entry(view: &View<'_>, date: &str, text: String, links: &[UnitIx]) -> HistoryEntry {
    let links = links
        .iter()
        .filter_map(|u| {
            view.unit_href(*u)
                .map(|href| View::link(view.unit_name(*u), href))
        })
        .collect();
    HistoryEntry {
        date: date.to_owned(),
        text,
        links,
    }
}

fn join(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => unit_in_text(one),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|n| unit_in_text(n)).collect();
            format!("{} và {}", first.join(", "), unit_in_text(last))
        }
    }
}

/// The list of all units with pages: by province and level, and by letter.
pub(in crate::render) fn list(view: &View<'_>) -> (Page, Units) {
    let path = format!("{}/", view.analysis.config.paths.unit);
    let mut page = frame(view, "units", "units", &path, &view.t("page.units", &[]));
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.units", &[]));
    page.lead = Some("Danh sách các đơn vị có số liệu trên trang này.".into());
    page.description =
        "Danh sách các tỉnh, xã, phường và cơ quan có số liệu, theo nơi và theo vần.".into();
    let units: Vec<UnitIx> = view
        .analysis
        .catalog
        .units
        .indices()
        .filter(|u| view.has_unit_page(*u))
        .collect();
    let mut by_place: Vec<(Option<UnitIx>, Vec<UnitIx>)> = Vec::new();
    for unit in &units {
        let top = view
            .analysis
            .catalog
            .units
            .ancestors(*unit)
            .find(|u| view.analysis.catalog.units.get(*u).level == Level::Province);
        match by_place.iter_mut().find(|(t, _)| *t == top) {
            Some((_, list)) => list.push(*unit),
            None => by_place.push((top, vec![*unit])),
        }
    }
    by_place.sort_by(|(a, _), (b, _)| match (a, b) {
        (Some(a), Some(b)) => order::compare(view.unit_short(*a), view.unit_short(*b)),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    let by_place = by_place
        .into_iter()
        .map(|(top, mut list)| {
            list.retain(|u| Some(*u) != top);
            list.sort_by(|a, b| order::compare(view.unit_short(*a), view.unit_short(*b)));
            LinkGroup {
                id: top.map_or_else(|| "ca-nuoc".into(), |t| anchor(view, t)),
                title: top.map_or("Cả nước", |t| view.unit_name(t)).to_owned(),
                href: top.and_then(|t| view.unit_href(t)),
                note: None,
                rows: list.iter().map(|u| row(view, *u, top)).collect(),
            }
        })
        .collect();
    let mut letters: BTreeMap<String, Vec<UnitIx>> = BTreeMap::new();
    if units.len() <= 400 {
        for unit in &units {
            let first: String = view
                .unit_short(*unit)
                .chars()
                .next()
                .map_or_else(String::new, |c| c.to_uppercase().collect());
            letters.entry(first).or_default().push(*unit);
        }
    }
    let mut by_letter: Vec<(String, Vec<UnitIx>)> = letters.into_iter().collect();
    by_letter.sort_by(|a, b| order::compare(&a.0, &b.0));
    let by_letter = by_letter
        .into_iter()
        .enumerate()
        .map(|(i, (letter, mut list))| {
            list.sort_by(|a, b| order::compare(view.unit_short(*a), view.unit_short(*b)));
            LinkGroup {
                id: format!("van-{i}"),
                title: letter,
                href: None,
                note: None,
                rows: list.iter().map(|u| row(view, *u, None)).collect(),
            }
        })
        .collect();
    (
        page,
        Units {
            by_place,
            by_letter,
            others: Vec::new(),
        },
    )
}

fn anchor(view: &View<'_>, unit: UnitIx) -> String {
    view.analysis.catalog.units.get(unit).id.replace('/', "-")
}

/// A unit in a list; where its name alone would not tell, with the unit above.
fn row(view: &View<'_>, unit: UnitIx, under: Option<UnitIx>) -> LinkRow {
    let u = view.analysis.catalog.units.get(unit);
    let note = match (u.valid_to, u.parent) {
        (Some(end), _) => Some(format!("đến {}", end.format_vi())),
        (None, Some(p)) if under != Some(p) => Some(view.unit_name(p).to_owned()),
        _ => None,
    };
    LinkRow {
        text: u.name.clone(),
        href: view.unit_href(unit),
        note,
        ..LinkRow::default()
    }
}

/// An indicator's newest figure of a unit, for lists elsewhere.
pub(in crate::render) fn newest(
    view: &View<'_>,
    i: IndicatorIx,
    unit: UnitIx,
) -> Option<(PeriodIx, Observation)> {
    view.analysis
        .period_indices()
        .rev()
        .map(|p| {
            (
                p,
                view.analysis
                    .observe(Stat::Indicator(i), unit, ServiceIx::WHOLE, p),
            )
        })
        .find(|(_, o)| o.value.is_some())
}
