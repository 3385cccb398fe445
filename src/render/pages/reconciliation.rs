//! The page of contradictions: stated and computed side by side, by report.

use super::{crumbs, description, frame};
use crate::analysis::{Outcome, RelationKind};
use crate::diagnostic::{Diagnostic, Severity, Waived, codes};
use crate::model::{PeriodIx, UnitIx};
use crate::render::caveats;
use crate::render::context::{
    CaveatGroup, Cell, Column, Definition, Fill, Page, Reconciliation, Row, Table,
};
use crate::render::figures;
use crate::render::view::View;
use crate::render::words::upper_first;
use crate::text::date::Date;
use crate::text::foreign::mark_runs;

/// Findings of one report shown in full; the rest stand in the data.
const MOST: usize = 60;

/// The page.
pub(in crate::render) fn page(view: &View<'_>) -> (Page, Reconciliation) {
    let path = format!("{}/", view.analysis.config.paths.reconciliation);
    let mut page = frame(
        view,
        "reconciliation",
        "reconciliation",
        &path,
        &view.t("page.reconciliation", &[]),
    );
    page.crumbs = crumbs(view, Vec::new(), &view.t("nav.reconciliation", &[]));
    let agrees: u32 = view.relations.counts.iter().map(|c| c.agrees).sum();
    let differs: u32 = view.relations.counts.iter().map(|c| c.differs).sum();
    let number = |n: u32| view.number(crate::decimal::Decimal::from_int(i64::from(n)));
    page.message = match (agrees + differs, differs) {
        (0, _) => view.t("reconciliation.none", &[]),
        (_, 0) => view.t("reconciliation.all_agree", &[("n", &number(agrees))]),
        (all, d) => view.t(
            "reconciliation.some",
            &[
                ("a", &number(agrees)),
                ("b", &number(all)),
                ("d", &d.to_string()),
            ],
        ),
    };
    page.lead = Some(view.t("reconciliation.lead", &[]));
    page.description = description(&format!(
        "{}. {}",
        page.message,
        page.lead.clone().unwrap_or_default()
    ));
    let groups = groups(view);
    let body = Reconciliation {
        chart: chart(view),
        definitions: definitions(view),
        groups,
        decisions: decisions(view),
        rules: rules(view),
        downloads: vec![crate::render::context::FileEntry {
            kind: "file".into(),
            name: view.t("reconciliation.file", &[]),
            href: format!("{}/doi-chieu.json", view.analysis.config.paths.data),
            format: "JSON".into(),
            size: view.t("reconciliation.file_size", &[]),
            note: None,
        }],
    };
    (page, body)
}

fn report_name(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> String {
    format!("{}, {}", view.unit_name(unit), view.period_in_text(period))
}

/// Counts by report, most contradictions first; small sites only, where a report is one unit in one period.
fn chart(view: &View<'_>) -> Option<crate::render::context::ChartFigure> {
    let mut rows: Vec<(String, Vec<u32>)> = Vec::new();
    for report in &view.analysis.periods.reports {
        let within = |u: u32| {
            view.analysis
                .catalog
                .units
                .is_within(UnitIx(u), report.unit)
        };
        let (mut agrees, mut differs) = (0, 0);
        for c in view
            .relations
            .counts
            .iter()
            .filter(|c| c.period == report.period.0 && within(c.unit))
        {
            agrees += c.agrees;
            differs += c.differs;
        }
        rows.push((
            format!(
                "{}, {}",
                view.unit_short(report.unit),
                view.period_in_text(report.period)
            ),
            vec![agrees, differs],
        ));
    }
    rows.sort_by(|a, b| {
        b.1[1]
            .cmp(&a.1[1])
            .then(b.1[0].cmp(&a.1[0]))
            .then(a.0.cmp(&b.0))
    });
    rows.truncate(12);
    if rows.iter().all(|(_, c)| c[0] + c[1] == 0) {
        return None;
    }
    let with_differences = rows.iter().filter(|(_, c)| c[1] > 0).count();
    let title = if with_differences == 0 {
        view.t("reconciliation.chart_agrees", &[])
    } else {
        view.t(
            "reconciliation.chart_differs",
            &[("n", &with_differences.to_string())],
        )
    };
    let (agree, differ) = (view.t("caveat.agrees", &[]), view.t("caveat.differs", &[]));
    Some(figures::counts(
        view,
        &title,
        view.t("reconciliation.chart_note", &[]),
        &view.t("reconciliation.report", &[]),
        &[(&agree, Fill::First), (&differ, Fill::Second)],
        &rows,
    ))
}

fn definitions(view: &View<'_>) -> Vec<Definition> {
    vec![
        Definition {
            term: view.t("caveat.differs", &[]),
            text: view.t("reconciliation.meaning_differs", &[]),
            link: None,
        },
        Definition {
            term: view.t("caveat.rounds", &[]),
            text: view.t("reconciliation.meaning_rounds", &[]),
            link: None,
        },
        Definition {
            term: view.t("reconciliation.waived", &[]),
            text: view.t("reconciliation.meaning_waived", &[]),
            link: Some(View::link(
                &view.t("method.link", &[]),
                format!("{}/", view.analysis.config.paths.method),
            )),
        },
    ]
}

fn groups(view: &View<'_>) -> Vec<CaveatGroup> {
    let mut out = Vec::new();
    for report in view.analysis.periods.reports.iter().rev() {
        let within = |u: UnitIx| view.analysis.catalog.units.is_within(u, report.unit);
        let mut items = Vec::new();
        let of_report = || {
            view.relations
                .list
                .iter()
                .filter(|r| r.key.period() == report.period && within(r.key.unit()))
        };
        items.extend(
            of_report()
                .filter(|r| r.outcome == Outcome::Differs)
                .map(|r| caveats::of_relation(view, r)),
        );
        let findings = view.findings.iter().filter(|d| {
            let unit = d
                .about
                .unit
                .as_deref()
                .and_then(|u| view.analysis.catalog.units.find(u));
            let period =
                Some(view.analysis.period(report.period).id.as_str()) == d.about.period.as_deref();
            let told = [
                codes::SUM_DIFFERS,
                codes::PART_OVER_TOTAL,
                codes::RATIO_DIFFERS,
                codes::SAME_KEY_DIFFERS,
                codes::RATIO_OVER_100,
                codes::CHILDREN_DIFFER_FROM_PARENT,
                codes::BALANCE_DIFFERS,
                codes::MEAN_OUT_OF_RANGE,
                codes::RATIO_UNITS_DIFFER,
                codes::RATIO_WITHOUT_BASE,
                codes::ZERO_DENOMINATOR,
                codes::TASK_OVERDUE,
            ];
            period
                && unit.is_some_and(within)
                && d.severity != Severity::Info
                && !told.contains(&d.code)
        });
        items.extend(findings.map(|d| caveats::of_finding(view, d)));
        let agreeing = of_report().filter(|r| {
            r.kind == RelationKind::Ratio
                && matches!(r.outcome, Outcome::Agrees | Outcome::AgreesRounded)
        });
        let (mut told, mut left) = (0, 0usize);
        for r in agreeing {
            if told < 6 && report.unit == r.key.unit() {
                items.push(caveats::of_relation(view, r));
                told += 1;
            } else {
                left += 1;
            }
        }
        if items.is_empty() {
            continue;
        }
        let more = items.len().saturating_sub(MOST);
        items.truncate(MOST);
        let mut seen = std::collections::BTreeSet::new();
        for item in &mut items {
            let mut n = 2;
            let base = item.id.clone();
            while !seen.insert(item.id.clone()) {
                item.id = format!("{base}-{n}");
                n += 1;
            }
        }
        let mut note = Vec::new();
        if more > 0 {
            note.push(view.t("reconciliation.more", &[("n", &more.to_string())]));
        }
        if left > 0 {
            note.push(view.t("reconciliation.left", &[("n", &left.to_string())]));
        }
        let id = view
            .analysis
            .catalog
            .units
            .get(report.unit)
            .id
            .replace('/', "-");
        out.push(CaveatGroup {
            id: format!("{id}-{}", view.analysis.period(report.period).id),
            title: report_name(view, report.unit, report.period),
            note: Some(
                format!("{} {}", view.document_name(report), note.join(" "))
                    .trim()
                    .to_owned(),
            )
            .filter(|n| !n.is_empty()),
            items,
        });
    }
    out
}

/// Every decision that covers a finding, in the order of the findings: one row for those of one reason.
fn decisions(view: &View<'_>) -> Option<Table> {
    let mut list: Vec<(&Diagnostic, &Waived, usize)> = Vec::new();
    for d in view.findings {
        let Some(waived) = &d.waived else { continue };
        let known = list
            .iter_mut()
            .find(|(first, w, _)| first.code == d.code && *w == waived);
        match known {
            Some((_, _, count)) => *count += 1,
            None => list.push((d, waived, 1)),
        }
    }
    if list.is_empty() {
        return None;
    }
    let rows = list
        .iter()
        .map(|(first, waived, count)| Row {
            head: view.own(&waived.reason),
            note: Some(format!("{} · {}", first.code, first.place.row_shown())),
            cells: vec![
                Cell::word(&view.own(&waived.by)),
                Cell::word(
                    &Date::parse_iso(&waived.until)
                        .map_or_else(|| waived.until.clone(), |d| view.day(d)),
                ),
                Cell::number(&count.to_string()),
            ],
            ..Row::default()
        })
        .collect();
    Some(Table {
        caption: Some(view.t("section.decisions", &[])),
        columns: vec![
            Column::words(&view.t("reconciliation.reason", &[])),
            Column::words(&view.t("reconciliation.by", &[])),
            Column::words(&view.t("reconciliation.until", &[])),
            Column::number(&view.t("reconciliation.count", &[])),
        ],
        rows,
        stacked: true,
    })
}

/// Counts by rule.
fn rules(view: &View<'_>) -> Option<Table> {
    let mut counts: Vec<(&str, usize, usize)> = Vec::new();
    for d in view.findings {
        let code = d.code.as_str();
        let waived = usize::from(d.waived.is_some());
        match counts.iter_mut().find(|(c, _, _)| *c == code) {
            Some((_, n, w)) => {
                *n += 1;
                *w += waived;
            }
            None => counts.push((code, 1, waived)),
        }
    }
    if counts.is_empty() {
        return None;
    }
    counts.sort_unstable();
    let rows = counts
        .iter()
        .map(|(code, n, w)| {
            let why = crate::diagnostic::Code::find(code)
                .and_then(|c| {
                    let language = if view.strings.language == "en" {
                        crate::diagnostic::Language::English
                    } else {
                        crate::diagnostic::Language::Vietnamese
                    };
                    crate::diagnostic::explain(c, language)
                })
                .map(|e| {
                    if view.is_original() {
                        e.why.to_owned()
                    } else {
                        mark_runs(e.why)
                    }
                });
            Row {
                head: (*code).to_owned(),
                note: why.map(|w| upper_first(&w)),
                cells: vec![Cell::number(&n.to_string()), Cell::number(&w.to_string())],
                ..Row::default()
            }
        })
        .collect();
    Some(Table {
        caption: Some(view.t("section.rules", &[])),
        columns: vec![
            Column::words(&view.t("reconciliation.rule", &[])),
            Column::number(&view.t("reconciliation.count", &[])),
            Column::number(&view.t("reconciliation.waived", &[])),
        ],
        rows,
        stacked: false,
    })
}
