//! The page of an edition, and the list of all editions.

use super::changes::{self, Since};
use super::{crumb, crumbs, description, frame};
use crate::analysis::Applied;
use crate::content::{Narrative, PageTarget, Segment};
use crate::model::{PeriodIx, Report, ServiceIx};
use crate::render::account::{self, Tongue};
use crate::render::context::{
    self, ChartRow, Crumb, Document, Edition, Editions, LinkGroup, LinkRow, Page, Pager,
};
use crate::render::view::View;
use crate::render::words::upper_first;
use crate::render::{
    caveats, evidence, figures, narrative, rankings, revisions, tables, targets, tasks, tiles,
};
use crate::theme::{Theme, ThemeError};

/// Revisions shown on the page of their edition; the rest stand on the page of revisions.
const REVISIONS: usize = 10;

/// The page of one edition.
///
/// # Errors
/// A template of the theme that does not fit the context.
pub(in crate::render) fn edition(
    view: &View<'_>,
    theme: &Theme,
    period: PeriodIx,
    narratives: &[Narrative],
    since: Option<&Since>,
) -> Result<(Page, Edition), ThemeError> {
    let p = view.analysis.period(period);
    let path = view.edition_href(period);
    let text = narratives
        .iter()
        .find(|n| n.target == PageTarget::Edition(period));
    let reports: Vec<&Report> = p
        .reports
        .iter()
        .map(|r| &view.analysis.periods.reports[r.at()])
        .collect();
    let who: Vec<&str> = reports.iter().map(|r| view.unit_name(r.unit)).collect();
    let title = format!("{}: {}", p.label, who.join(", "));
    let mut page = frame(view, "edition", "editions", &path, &title);
    page.kicker = Some(format!(
        "{} · {}",
        view.t("kind.edition", &[]),
        upper_first(&view.window(period))
    ));
    page.message = text
        .and_then(|n| n.title.clone())
        .unwrap_or_else(|| title.clone());
    page.description = description(
        &text
            .and_then(|n| n.description.clone())
            .unwrap_or_else(|| page.message.clone()),
    );
    page.lead = text.and_then(|n| n.description.clone()).or_else(|| {
        // Without words of the office, what the figures of the one report say.
        let [only] = reports.as_slice() else {
            return None;
        };
        let told = account::of_edition(view, only.unit, period, 0);
        let sentences = told.sentences(view, Tongue::new(&view.strings));
        (!sentences.is_empty()).then(|| sentences.join(" "))
    });
    page.as_of = vec![view.t("date.as_of", &[("d", &view.day(p.end))])];
    let released = view.analysis.revisions.and_then(|r| r.released_on(period));
    page.as_of
        .extend(released.map(|d| view.t("revision.released_on", &[("d", &view.day(d))])));
    page.crumbs = crumbs(
        view,
        vec![crumb(
            &view.t("nav.editions", &[]),
            &format!("{}/", view.analysis.config.paths.edition),
        )],
        &p.label,
    );
    page.pager = Some(pager(view, period));
    let many = reports.len() > 1;
    let mut body = Edition {
        downloads: vec![figures::data_file(view, period)],
        ..Edition::default()
    };
    if let [only] = reports.as_slice() {
        body.tiles = tiles::of_unit(view, only.unit, period);
        body.completeness = super::units::completeness(view, only.unit, period);
    }
    for r in &reports {
        let own_text = if many { None } else { text };
        let mut made = report(view, r, period, own_text, many);
        if let Some(n) = own_text {
            made.narrative = Some(narrative::html(view, theme, n, &page.root)?);
        }
        body.reports.push(made);
    }
    let has_ranking =
        text.is_some_and(|n| has_block(n, |b| matches!(b, crate::content::Block::Ranking { .. })));
    if !has_ranking {
        body.leaders = view
            .rankings
            .iter()
            .filter(|(_, _, p)| *p == period)
            .take(3)
            .filter_map(|(i, scope, p)| {
                rankings::leaders(
                    view,
                    &rankings::make(view, *i, *scope, *p, ServiceIx::WHOLE),
                    5,
                )
            })
            .collect();
    }
    body.by_service = super::heat::links(view, |(_, _, p)| *p == period);
    match since {
        None => body.changes_note = Some(format!("{}.", view.t("state.no_earlier", &[]))),
        Some(since) => {
            body.changes_note = Some(changes::summary(view, since));
            body.changes = changes::excerpt(view, period, since);
            body.changes_link = Some(View::link(
                &view.t("changes.see", &[]),
                changes::path(view, period),
            ));
        }
    }
    add_revisions(view, period, &mut page, &mut body);
    Ok((page, body))
}

/// What changed in this edition after its release.
fn add_revisions(view: &View<'_>, period: PeriodIx, page: &mut Page, body: &mut Edition) {
    let all = revisions::all(view).iter().filter(|r| r.period == period);
    let list: Vec<&crate::release::Revision> = all.collect();
    let title = view.t("revision.of_edition", &[("n", &list.len().to_string())]);
    body.revisions = revisions::section(view, &list, "dinh-chinh", title.clone(), REVISIONS, false);
    if let Some(first) = list.first() {
        let href = revisions::href(view, first);
        page.tags.push(context::Tag {
            state: context::State::Plain,
            text: title,
            href: Some(href.clone()),
        });
        body.revisions_link = Some(View::link(&view.t("revision.see_all", &[]), href));
    }
}

fn has_block(n: &Narrative, is: impl Fn(&crate::content::Block) -> bool) -> bool {
    n.segments
        .iter()
        .any(|s| matches!(s, Segment::Block(b) if is(b)))
}

fn report(
    view: &View<'_>,
    r: &Report,
    period: PeriodIx,
    text: Option<&Narrative>,
    many: bool,
) -> context::Report {
    use crate::content::Block;
    let caveats = caveats::of_unit(view, r.unit, period);
    let noted = revisions::of_unit(view, r.unit, period, caveats.len());
    let has_chart = text.is_some_and(|n| has_block(n, |b| matches!(b, Block::Chart { .. })));
    let has_table = text.is_some_and(|n| has_block(n, |b| matches!(b, Block::Table { .. })));
    let has_tasks = text.is_some_and(|n| has_block(n, |b| matches!(b, Block::Tasks { .. })));
    let mut rows = Vec::new();
    if !has_chart && let Some(stat) = tables::main_measure(view, r.unit, period) {
        let chart = figures::by_service(view, stat, r.unit, period, None, true);
        rows.extend(chart.map(|c| ChartRow {
            charts: vec![c],
            ..ChartRow::default()
        }));
    }
    let mut sections = Vec::new();
    if !has_table {
        let marks = |s: ServiceIx| -> Vec<context::Mark> {
            caveats
                .iter()
                .filter(|(_, t)| t.service == s)
                .filter_map(|(c, _)| c.letter.as_deref())
                .map(|letter| view.mark(letter))
                .chain(revisions::marks(view, &noted, &|t| t.service == s))
                .collect()
        };
        sections.extend(tables::services(view, r.unit, period, &marks));
    }
    // A document keeps the targets that it sets; of other documents' those that still hold are shown.
    let units = &view.analysis.catalog.units;
    let held = |t: &crate::model::Target| {
        let own = t.period == period && units.is_within(t.unit, r.unit);
        own || t.unit == r.unit && is_followed(view, t, period)
    };
    let set: Vec<Applied<'_>> = view
        .analysis
        .targets
        .iter()
        .filter(|t| held(t))
        .map(Applied::own)
        .collect();
    sections.extend(targets::table(
        view,
        &set,
        &format!("chi-tieu-{}", anchor(view, r)),
        true,
        Some(view.analysis.period(period).end),
    ));
    let list = tasks::select(view, |t, _| std::ptr::eq(tasks::report_of(view, t), r));
    context::Report {
        id: anchor(view, r),
        title: view.unit_name(r.unit).to_owned(),
        href: view.unit_href(r.unit),
        note: Some(view.document_name(r)).filter(|n| !n.is_empty()),
        evidence: evidence::link(view, r.unit, Some(period)),
        tiles: if many {
            tiles::of_unit(view, r.unit, period)
        } else {
            Vec::new()
        },
        rows,
        narrative: None,
        tables: sections,
        tasks: if has_tasks {
            None
        } else {
            tasks::section(
                view,
                &list,
                Some(12),
                &format!("nhiem-vu-{}", anchor(view, r)),
            )
        },
        caveats: caveats.into_iter().map(|(c, _)| c).collect(),
        revisions: noted.into_iter().map(|n| n.note).collect(),
        documents: r
            .documents
            .iter()
            .map(|d| Document {
                name: view.document_name(&Report {
                    documents: vec![d.clone()],
                    ..r.clone()
                }),
                title: None,
                issuer: (!d.issuer.is_empty()).then(|| d.issuer.clone()),
            })
            .collect(),
    }
}

/// Whether a target of another document holds for a figure of the period.
fn is_followed(view: &View<'_>, t: &crate::model::Target, period: PeriodIx) -> bool {
    let holds = view
        .analysis
        .target_for(t.stat, t.unit, t.service, period)
        .is_some_and(|h| h.place == t.place);
    let o = view.analysis.observe(t.stat, t.unit, t.service, period);
    let begun = view.analysis.start_of(t) <= view.analysis.period(period).end;
    holds && begun && !view.analysis.is_for_each(t) && o.sound().is_some()
}

fn anchor(view: &View<'_>, r: &Report) -> String {
    view.analysis.catalog.units.get(r.unit).id.replace('/', "-")
}

fn pager(view: &View<'_>, period: PeriodIx) -> Pager {
    let all: Vec<PeriodIx> = view.analysis.period_indices().collect();
    let at = all.iter().position(|p| *p == period).unwrap_or(0);
    let to = |key: &str, p: PeriodIx| Crumb {
        text: view.t(key, &[("p", &view.period_in_text(p))]),
        href: Some(view.edition_href(p)),
    };
    let newest = all.last().copied().filter(|p| *p != period);
    Pager {
        previous: Some(match at.checked_sub(1) {
            Some(i) => to("pager.previous", all[i]),
            None => Crumb {
                text: view.t("pager.no_previous", &[]),
                href: None,
            },
        }),
        next: all.get(at + 1).map(|p| to("pager.next", *p)),
        latest: newest
            .filter(|p| all.get(at + 1) != Some(p))
            .map(|p| to("pager.latest", p)),
    }
}

/// An edition in a list: who reported, from which document.
pub(in crate::render) fn row(view: &View<'_>, period: PeriodIx) -> LinkRow {
    let p = view.analysis.period(period);
    let reports: Vec<&Report> = p
        .reports
        .iter()
        .map(|r| &view.analysis.periods.reports[r.at()])
        .collect();
    let who: Vec<&str> = reports.iter().map(|r| view.unit_name(r.unit)).collect();
    let shown = reports.first().and_then(|r| {
        view.headline().into_iter().find_map(|s| {
            let o = view.analysis.observe(s, r.unit, ServiceIx::WHOLE, period);
            let left_out = || view.left_out(s, r.unit, ServiceIx::WHOLE, period);
            o.sound().map(|_| (view.words(s, &o), left_out()))
        })
    });
    let (figure, left_out) = shown.unzip();
    LinkRow {
        text: format!("{}: {}", p.label, who.join(", ")),
        href: Some(view.edition_href(period)),
        note: reports
            .first()
            .map(|r| view.document_name(r))
            .filter(|n| !n.is_empty())
            .into_iter()
            .chain(left_out.flatten())
            .reduce(|a, b| format!("{a}; {b}")),
        figure,
        tag: None,
    }
}

/// The list of all editions, newest first, by year of their last day.
pub(in crate::render) fn list(view: &View<'_>) -> (Page, Editions) {
    let path = format!("{}/", view.analysis.config.paths.edition);
    let mut page = frame(
        view,
        "editions",
        "editions",
        &path,
        &view.t("page.editions", &[]),
    );
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.editions", &[]));
    let n = view.analysis.periods.list.len();
    page.description = view.t("edition.lead", &[("n", &n.to_string())]);
    page.lead = Some(page.description.clone());
    let mut groups: Vec<LinkGroup> = Vec::new();
    for period in view.analysis.period_indices().rev() {
        let year = view.analysis.period(period).end.year().to_string();
        if groups.last().is_none_or(|g| g.title != year) {
            groups.push(LinkGroup {
                id: format!("nam-{year}"),
                title: year,
                ..LinkGroup::default()
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(view, period));
        }
    }
    (page, Editions { groups })
}
