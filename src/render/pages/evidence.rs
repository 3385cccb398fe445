//! The page of a unit's evidence: by period each figure with its cells, the findings that touch them, the formulas.

use std::collections::BTreeMap;

use super::units::steps_to;
use super::{crumbs, description, frame};
use crate::decimal::Decimal;
use crate::model::score::{Formula as ScoreFormula, Index, IndexVersion};
use crate::model::{IndicatorKind, MeasureIx, Nature, PeriodIx, Stat, UnitIx};
use crate::render::context::{
    Caveat, Cell, Column, Crumb, Evidence, EvidencePeriod, Formula, Page, Pager, Row, Table,
    TableSection,
};
use crate::render::view::View;
use crate::render::words::{lower_first, upper_first};
use crate::render::{evidence, figures, rankings, targets};

/// The pages, from the newest periods to the oldest; none for a unit without figures and targets.
pub(in crate::render) fn pages(view: &View<'_>, unit: UnitIx) -> Vec<(Page, Evidence)> {
    if !evidence::has_page(view, unit) {
        return Vec::new();
    }
    let groups = evidence::groups(view, unit);
    let all: Vec<PeriodIx> = groups.keys().copied().collect();
    let parts = view.evidence_parts(unit);
    let parts: Vec<&[PeriodIx]> = match parts {
        [] => vec![&all],
        parts => parts.iter().map(Vec::as_slice).collect(),
    };
    let pages = parts.iter().enumerate().rev();
    pages
        .filter_map(|(at, part)| {
            let page = head(view, unit, &parts, at)?;
            Some((page, body(view, unit, &groups, part)))
        })
        .collect()
}

fn head(view: &View<'_>, unit: UnitIx, parts: &[&[PeriodIx]], at: usize) -> Option<Page> {
    let address = |at: usize| evidence::part_path(view, unit, Some(*parts.get(at)?));
    let path = address(at)?;
    let name = view.unit_name(unit);
    let mut title = view.t("evidence.title", &[("unit", name)]);
    let span = |at: usize| {
        let part = parts.get(at)?;
        let ends = (
            view.period_in_text(*part.first()?),
            view.period_in_text(*part.last()?),
        );
        Some(if ends.0 == ends.1 {
            ends.0
        } else {
            view.t("evidence.span", &[("a", &ends.0), ("b", &ends.1)])
        })
    };
    if parts.len() > 1 {
        title = format!("{title}, {}", span(at)?);
    }
    let mut page = frame(view, "evidence", "units", &path, &title);
    let mut steps = steps_to(view, unit);
    steps.push(view.unit_crumb(unit));
    page.crumbs = crumbs(view, steps, &view.t("evidence.crumb", &[]));
    page.lead = Some(view.t("evidence.lead", &[]));
    page.description = description(&format!("{title}. {}", view.t("evidence.lead", &[])));
    let other = |at: Option<usize>| {
        let at = at?;
        Some(Crumb {
            text: upper_first(&span(at)?),
            href: Some(address(at)?),
        })
    };
    page.pager = (parts.len() > 1).then(|| Pager {
        previous: other(at.checked_sub(1)),
        next: other(Some(at + 1)),
        latest: None,
    });
    Some(page)
}

/// What stands on the page that has the periods of `part`; the targets are with the newest.
fn body(
    view: &View<'_>,
    unit: UnitIx,
    groups: &BTreeMap<PeriodIx, evidence::Groups>,
    part: &[PeriodIx],
) -> Evidence {
    let mut body = Evidence::default();
    let mut stats: Vec<Stat> = Vec::new();
    let mut told = 0;
    let newest = groups.keys().next_back();
    let of_part = groups.iter().rev().enumerate();
    for (position, (period, groups)) in of_part.filter(|(_, (p, _))| part.contains(p)) {
        let listed = evidence::list(view, (unit, *period), groups, position, told);
        told += listed.notes.len();
        if listed.rows.is_empty() {
            continue;
        }
        stats.extend(&listed.stats);
        body.periods.push(of_period(view, unit, *period, listed));
    }
    let is_newest = newest.is_none_or(|n| part.contains(n));
    if is_newest {
        (body.targets, body.target_findings) = targets_of(view, unit, &mut stats, told);
    }
    stats.sort_unstable();
    stats.dedup();
    body.formulas = stats.iter().map(|s| formula(view, *s)).collect();
    let newest = newest.filter(|_| is_newest);
    for score in newest.map_or_else(Vec::new, |p| view.analysis.scores(unit, *p)) {
        body.formulas.push(index(view, score.index, score.version));
    }
    body
}

fn of_period(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    listed: evidence::Listed<'_>,
) -> EvidencePeriod {
    let label = view.period_in_text(period);
    let document = view.report_for(unit, period).map(|r| view.document_name(r));
    let released = view.analysis.revisions.and_then(|r| r.released_on(period));
    let released = released.map(|d| view.t("revision.released_on", &[("d", &view.day(d))]));
    let folder = (!listed.folder.is_empty())
        .then(|| view.t("evidence.folder", &[("folder", listed.folder)]));
    EvidencePeriod {
        id: evidence::anchor(view, period),
        title: upper_first(&label),
        edition: View::link(
            &view.t("evidence.edition", &[("p", &label)]),
            view.edition_href(period),
        ),
        notes: document
            .filter(|d| !d.is_empty())
            .into_iter()
            .chain(released)
            .chain(folder)
            .collect(),
        table: Table {
            caption: None,
            columns: vec![
                Column::words(&view.t("evidence.head", &[])),
                Column::number(&view.t("evidence.figure", &[])),
            ],
            rows: listed.rows,
            stacked: false,
        },
        data: listed.has_sums.then(|| {
            let file = figures::data_file(view, period);
            View::link(&view.t("evidence.data", &[("p", &label)]), file.href)
        }),
        findings: listed.notes,
    }
}

/// The targets that hold for a unit, with the row of the catalogue and what was found there.
fn targets_of(
    view: &View<'_>,
    unit: UnitIx,
    stats: &mut Vec<Stat>,
    told: usize,
) -> (Option<TableSection>, Vec<Caveat>) {
    let mut notes: Vec<Caveat> = Vec::new();
    let rows: Vec<Row> = targets::of_unit(view, unit)
        .iter()
        .map(|a| {
            let t = a.target;
            stats.push(t.stat);
            let places = [t.basis.as_str(), t.document_place.as_str()];
            let shown = t.place.row_shown();
            let places: Vec<&str> = places.into_iter().chain([shown.as_str()]).collect();
            let places = places.iter().filter(|p| !p.is_empty()).copied();
            let found = t
                .place
                .line
                .map_or(&[][..], |line| view.findings_at(&t.place.file, line));
            let first = told + notes.len();
            notes.extend(
                found
                    .iter()
                    .zip(first..)
                    .map(|(d, n)| evidence::note(view, d, n)),
            );
            Row {
                marks: (first..first + found.len())
                    .map(|n| evidence::mark(view, n))
                    .collect(),
                head: view.indicator_short(t.stat).to_owned(),
                href: Some(format!("#{}", evidence::formula_anchor(view, t.stat))),
                note: Some(places.collect::<Vec<_>>().join("; ")),
                cells: vec![Cell::number(&lower_first(&targets::asked(view, t)))],
                ..Row::default()
            }
        })
        .collect();
    let section = (!rows.is_empty()).then(|| TableSection {
        id: "chi-tieu".into(),
        title: view.t("section.targets", &[]),
        note: Some(view.t("evidence.gap", &[])),
        table: Table {
            caption: None,
            columns: vec![
                Column::words(&view.t("evidence.head", &[])),
                Column::number(&view.t("target.asked", &[])),
            ],
            rows,
            stacked: false,
        },
        ..TableSection::default()
    });
    (section, notes)
}

/// How a statistic is made, and what it means.
fn formula(view: &View<'_>, stat: Stat) -> Formula {
    let catalog = view.analysis.catalog;
    let (term, text, href) = match stat {
        Stat::Measure(m) => {
            let d = catalog.measure(m);
            let nature = match d.nature {
                Nature::Flow => "evidence.flow",
                Nature::YearToDate => "evidence.year_to_date",
                Nature::Stock => "evidence.stock",
            };
            let mut text = view.t(nature, &[]);
            if !d.definition.is_empty() {
                text = format!("{text} {}", d.definition);
            }
            (d.label.clone(), text, None)
        }
        Stat::Indicator(i) => {
            let d = catalog.indicator(i);
            let names = |list: &[MeasureIx]| {
                let names: Vec<String> = list
                    .iter()
                    .map(|m| lower_first(&catalog.measure(*m).label))
                    .collect();
                let text = names.join(" + ");
                if list.len() > 1 {
                    format!("({text})")
                } else {
                    text
                }
            };
            let made = match d.kind {
                IndicatorKind::Ratio if d.has_base() => view.t(
                    "evidence.ratio",
                    &[("a", &names(&d.numerator)), ("b", &names(&d.denominator))],
                ),
                _ => view.t("evidence.as_stated", &[]),
            };
            let text = format!("{made} {}", rankings::definition_text(view, d));
            (d.label.clone(), text, Some(view.indicator_href(i)))
        }
    };
    Formula {
        id: evidence::formula_anchor(view, stat),
        term,
        href,
        text,
    }
}

/// How the points of an index are made: the maxima, what the points of each part follow from, where that is declared.
fn index(view: &View<'_>, index: &Index, version: &IndexVersion) -> Formula {
    let number = |n: Decimal| view.number(n.normalized());
    let part = |label: &str, max: Decimal, made: String| {
        let words = [("part", label), ("max", &*number(max)), ("made", &*made)];
        view.t("evidence.part", &words).trim_end().to_owned()
    };
    let mut parts = Vec::new();
    for group in &version.groups {
        let mut made = Vec::new();
        for c in &group.components {
            let follows = c.stat.map(|s| {
                let stat = lower_first(view.label(s));
                let words = [("stat", &*stat)];
                match &c.formula {
                    ScoreFormula::Share => view.t("evidence.share", &words),
                    ScoreFormula::Steps(_) => view.t("evidence.steps", &words),
                    ScoreFormula::Linear { from, to } => {
                        let (a, b) = (number(*from), number(*to));
                        view.t(
                            "evidence.linear",
                            &[("stat", &*stat), ("a", &*a), ("b", &*b)],
                        )
                    }
                    ScoreFormula::Stated => view.t("evidence.points_stated", &words),
                }
            });
            let follows = follows.unwrap_or_default();
            if group.components.len() > 1 {
                made.push(part(&c.label, c.max, follows));
            } else {
                made.push(follows);
            }
        }
        let made: Vec<String> = made.into_iter().filter(|m| !m.is_empty()).collect();
        parts.push(part(&group.label, group.max, made.join(", ")));
    }
    let basis = if version.basis.is_empty() {
        &index.basis
    } else {
        &version.basis
    };
    let text = view.t(
        "evidence.index",
        &[
            ("parts", &parts.join("; ")),
            ("max", &number(version.max())),
            ("basis", basis),
            ("place", &version.place.row_shown()),
        ],
    );
    Formula {
        id: format!("ct-diem-{}", index.id.replace('/', "-")),
        term: index.label.clone(),
        href: None,
        text,
    }
}
