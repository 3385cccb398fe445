//! Texts that come from documents: titles and numbers of sources, tasks, legal bases.

use std::collections::HashMap;

use super::wording::{conflict, docref, slips};
use crate::analysis::Analysis;
use crate::diagnostic::{About, Code, Diagnostic, Place, ToArgument, codes};
use crate::model::ReportIx;

/// A text of a document, and where it stands.
struct Written<'a> {
    text: &'a str,
    place: &'a Place,
    /// The report that it belongs to.
    report: Option<ReportIx>,
    /// The text that it answers: the task of a result.
    question: &'a str,
}

/// Checks how the texts are written. A text that stands in many rows of a file is told at
/// the first of them, with the places of the others.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let texts = texts(analysis);
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut told: HashMap<(&str, Code, &str, &str), usize> = HashMap::new();
    for written in &texts {
        for slip in slips(written.text) {
            let value = &written.text[slip.span.clone()];
            let key = (&*written.place.file, slip.code, written.text, value);
            let place = written.place.clone();
            match told.get(&key).map(|at| &mut findings[*at]) {
                None => {
                    told.insert(key, findings.len());
                    findings.push(slip.at(place).about(about(analysis, written.report)));
                }
                Some(first) if first.place != place && first.related.last() != Some(&place) => {
                    first.related.push(place);
                }
                Some(_) => {}
            }
        }
    }
    let mut by_report: Vec<Vec<&Written<'_>>> = vec![Vec::new(); analysis.periods.reports.len()];
    for written in &texts {
        if let Some(report) = written.report {
            by_report[report.at()].push(written);
        }
    }
    for own in by_report {
        findings.extend(order(analysis, &own));
        findings.extend(conflicts(analysis, &own));
    }
    findings
}

fn texts<'a>(analysis: &Analysis<'a>) -> Vec<Written<'a>> {
    let mut texts = Vec::new();
    for (at, report) in analysis.periods.reports.iter().enumerate() {
        for document in &report.documents {
            for text in [
                &document.title,
                &document.number,
                &document.issuer,
                &document.basis,
            ] {
                texts.push(Written {
                    text,
                    place: &document.place,
                    report: Some(ReportIx::from_at(at)),
                    question: "",
                });
            }
        }
    }
    for task in &analysis.ingested.tasks {
        for (text, place) in [
            (&task.text, &task.place),
            (&task.basis, &task.basis_place),
            (&task.result, &task.result_place),
        ] {
            texts.push(Written {
                text,
                place,
                report: Some(task.report),
                question: &task.text,
            });
        }
    }
    for target in analysis.targets {
        texts.push(Written {
            text: &target.basis,
            place: &target.place,
            report: None,
            question: "",
        });
    }
    texts.retain(|t| !t.text.is_empty());
    texts
}

/// Documents of one register whose numbers do not rise with their dates.
fn order(analysis: &Analysis<'_>, texts: &[&Written<'_>]) -> Vec<Diagnostic> {
    let mut places: Vec<(&Place, Option<ReportIx>)> = Vec::new();
    let mut references = Vec::new();
    for written in texts {
        for reference in docref::find(written.text) {
            references.push(reference);
            places.push((written.place, written.report));
        }
    }
    let all: Vec<&docref::DocRef> = references.iter().collect();
    docref::out_of_order(&all)
        .into_iter()
        .map(|(at, other)| {
            let (place, report) = places[at];
            docref_order(place.clone(), all[at], other).about(about(analysis, report))
        })
        .collect()
}

/// The finding of two numbers of one register in the wrong order.
pub(crate) fn docref_order(
    place: Place,
    own: &docref::DocRef,
    other: &docref::DocRef,
) -> Diagnostic {
    let day = |r: &docref::DocRef| {
        r.date
            .map_or_else(String::new, crate::text::date::Date::format_vi)
    };
    Diagnostic::new(codes::DOCNUMBER_ORDER, place)
        .with("value", &own.text)
        .with("date", day(own))
        .with("other", &other.text)
        .with("other_date", day(other))
}

fn conflicts(analysis: &Analysis<'_>, texts: &[&Written<'_>]) -> Vec<Diagnostic> {
    let all: Vec<(conflict::Statement, &Written<'_>)> = texts
        .iter()
        .flat_map(|w| {
            conflict::answers(w.text, w.question)
                .into_iter()
                .map(move |s| (s, *w))
        })
        .collect();
    let statements: Vec<&conflict::Statement> = all.iter().map(|(s, _)| s).collect();
    conflict::conflicts(&statements)
        .into_iter()
        .map(|(at, other)| {
            let (place, report) = (all[at].1.place.clone(), all[at].1.report);
            claim_conflict(place, &all[at].0, &all[other].0, all[other].1.place.shown())
                .also(all[other].1.place.clone())
                .about(about(analysis, report))
        })
        .collect()
}

/// The finding of two statements of which one must be wrong.
pub(crate) fn claim_conflict(
    place: Place,
    own: &conflict::Statement,
    other: &conflict::Statement,
    where_other: impl ToArgument,
) -> Diagnostic {
    Diagnostic::new(codes::CLAIM_CONFLICT, place)
        .with("system", own.system)
        .with("value", &own.text)
        .with("other", &other.text)
        .with("place", where_other)
}

fn about(analysis: &Analysis<'_>, report: Option<ReportIx>) -> About {
    let Some(report) = report.map(|r| &analysis.periods.reports[r.at()]) else {
        return About::default();
    };
    About {
        period: Some(analysis.period(report.period).id.clone()),
        unit: Some(analysis.catalog.units.get(report.unit).id.clone()),
        ..About::default()
    }
}
