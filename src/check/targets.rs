//! Targets: deadlines that cannot be, and targets that no figure answers.

use super::tasks::assigned;
use super::{about_of, place_of, subject_of};
use crate::analysis::{Analysis, State};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::model::{Claim, Key, Report, Stat, Target};
use crate::text::date::DeadlineKind;
use crate::text::normal::fold;

/// Checks every target.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for target in analysis.targets {
        let Some(report) = report_of(analysis, target) else {
            continue;
        };
        findings.extend(before_plan(analysis, target, report));
        // Standing targets stand in prose among other figures; only a dated one has a place of its own to be answered.
        let is_dated = matches!(
            target.deadline_kind,
            DeadlineKind::By | DeadlineKind::Before
        );
        if is_dated && report.kind != "ke-hoach" && !has_figure(analysis, target) {
            let other = answer(analysis, target, report);
            findings.extend(other.or_else(|| unanswered(analysis, target, report)));
        }
    }
    findings
}

/// The report of the document that states a target.
fn report_of<'a>(analysis: &Analysis<'a>, target: &Target) -> Option<&'a Report> {
    let units = &analysis.catalog.units;
    let of_period = || {
        let period = analysis.period(target.period);
        period
            .reports
            .iter()
            .map(|r| &analysis.periods.reports[r.at()])
    };
    of_period()
        .find(|r| units.is_within(target.unit, r.unit))
        .or_else(|| of_period().next())
}

fn key_of(target: &Target) -> Key {
    let stat = match target.stat {
        Stat::Measure(m) => m.0,
        Stat::Indicator(i) => i.0,
    };
    Key::new(target.unit, target.service, target.period, stat)
}

fn finding(analysis: &Analysis<'_>, code: crate::diagnostic::Code, target: &Target) -> Diagnostic {
    let key = key_of(target);
    Diagnostic::new(code, target.place.clone())
        .with("subject", subject_of(analysis, key))
        .with("name", analysis.catalog.stat_label(target.stat))
        .about(about_of(analysis, key, target.stat))
}

fn before_plan(analysis: &Analysis<'_>, target: &Target, report: &Report) -> Option<Diagnostic> {
    let deadline = target.deadline?;
    let plan = assigned(&target.basis, report).filter(|plan| deadline < *plan)?;
    let whose = subject_of(analysis, key_of(target));
    let label = analysis.catalog.stat_label(target.stat);
    let d = finding(analysis, codes::DEADLINE_BEFORE_PLAN, target)
        .set("subject", format!("{whose}: {label}"))
        .with("deadline", deadline)
        .with("plan", plan);
    Some(d)
}

/// Whether any period has a figure for the target.
fn has_figure<'a>(analysis: &Analysis<'a>, target: &'a Target) -> bool {
    analysis.applied(target).iter().any(|a| {
        analysis.period_indices().any(|p| {
            let o = analysis.observe(target.stat, a.unit, a.service, p);
            !matches!(o.state, State::Absent | State::NotReported)
        })
    })
}

/// The figure of another indicator where the document should answer the target.
fn answer(analysis: &Analysis<'_>, target: &Target, report: &Report) -> Option<Diagnostic> {
    let Stat::Indicator(wanted) = target.stat else {
        return None;
    };
    let unit = &analysis.catalog.indicator(wanted).unit;
    let is_answer = |claim: &&Claim| {
        let place = claim.extra.document_place.as_deref().unwrap_or_default();
        claim.key.period() == target.period
            && analysis.catalog.indicator(claim.indicator()).unit == *unit
            && is_same_place(&target.document_place, place)
            && analysis
                .catalog
                .units
                .is_within(claim.key.unit(), report.unit)
    };
    let claim = analysis.claims().list.iter().find(is_answer)?;
    let d = finding(analysis, codes::TARGET_INDICATOR_DIFFERS, target)
        .with(
            "other",
            &analysis.catalog.indicator(claim.indicator()).label,
        )
        .with("value", &claim.as_written)
        .also(claim_place(analysis, claim));
    Some(d)
}

fn claim_place(analysis: &Analysis<'_>, claim: &Claim) -> Place {
    place_of(analysis, claim.origin, claim.as_written.chars().count())
}

/// A dated target that began or was due before the report and that nothing answers.
fn unanswered(analysis: &Analysis<'_>, target: &Target, report: &Report) -> Option<Diagnostic> {
    let begun = target.from.is_some_and(|d| d <= report.end) && target.deadline.is_none();
    let due = target.deadline.is_some_and(|d| d <= report.end);
    (begun || due)
        .then(|| finding(analysis, codes::NO_MEASURE, target).with("value", &target.as_written))
}

/// Whether two places of a document overlap: the same section, and lines in common where both give them.
fn is_same_place(a: &str, b: &str) -> bool {
    let (Some((section_a, a)), Some((section_b, b))) = (lines(a), lines(b)) else {
        return false;
    };
    section_a == section_b && a.0 <= b.1 && b.0 <= a.1
}

/// `Phụ lục, dòng 128–131`: the section, folded, and the first and last line.
fn lines(place: &str) -> Option<(String, (u32, u32))> {
    let folded = fold(place);
    let (section, rest) = folded.split_once("dong ")?;
    let mut numbers = rest.split(' ').map_while(|w| w.parse::<u32>().ok());
    let first = numbers.next()?;
    Some((
        section.trim().to_owned(),
        (first, numbers.next().unwrap_or(first)),
    ))
}

#[cfg(test)]
mod tests {
    use super::is_same_place;

    #[test]
    fn places_overlap_within_a_section() {
        assert!(is_same_place("Phụ lục, dòng 128–131", "Phụ lục, dòng 131"));
        assert!(is_same_place("II.1, dòng 5", "II.1, dòng 5"));
        assert!(!is_same_place("II.1, dòng 5", "II.2, dòng 5"));
        assert!(!is_same_place("Phụ lục, dòng 127", "Phụ lục, dòng 128-131"));
        assert!(!is_same_place("", "") && !is_same_place("Phụ lục", "Phụ lục"));
    }
}
