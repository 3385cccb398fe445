//! Targets that contradict each other: two values for one scope, or for groups whose services nobody can tell apart.

use super::{about_of, subject_of};
use crate::analysis::Analysis;
use crate::diagnostic::{About, Diagnostic, codes};
use crate::model::{Key, ServiceIx, ServiceKind, Stat, Target};
use crate::text::date::DeadlineKind;

/// Compares the targets of one document, unit and statistic.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut sorted: Vec<&Target> = analysis.targets.iter().collect();
    // What a province must reach and what each of its communes must reach are two things.
    let scope = |t: &Target| (t.period, t.unit, t.stat, t.level, t.each);
    sorted.sort_by_key(|t| scope(t));
    let mut findings = Vec::new();
    for same in sorted.chunk_by(|a, b| scope(a) == scope(b)) {
        if same.len() > 1 {
            findings.extend(differing(analysis, same));
            findings.extend(overlapping(analysis, same));
        }
    }
    findings
}

/// Whether two targets are set for the same time and in the same sense, with different values.
fn disagree(a: &Target, b: &Target) -> bool {
    let deadline = |t: &Target| {
        let is_no_day = matches!(
            t.deadline_kind,
            DeadlineKind::Standing | DeadlineKind::Regular | DeadlineKind::Conditional
        );
        t.deadline.filter(|_| !is_no_day)
    };
    deadline(a) == deadline(b) && a.operator == b.operator && a.value != b.value
}

/// The first target that sets another value than an earlier one for the same services.
fn differing(analysis: &Analysis<'_>, same: &[&Target]) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut told: Vec<ServiceIx> = Vec::new();
    for (n, second) in same.iter().enumerate() {
        let earlier = same[..n].iter();
        let first = earlier
            .filter(|t| t.service == second.service)
            .find(|t| disagree(t, second));
        if let Some(first) = first.filter(|_| !told.contains(&second.service)) {
            told.push(second.service);
            let d = started(analysis, codes::TARGETS_DIFFER, second)
                .with("first", &first.as_written)
                .with("second", &second.as_written)
                .also(first.place.clone());
            findings.push(d);
        }
    }
    findings
}

/// One finding for targets of several groups that may hold the same services.
fn overlapping(analysis: &Analysis<'_>, same: &[&Target]) -> Option<Diagnostic> {
    // A number of things is set for each group by itself.
    let is_share =
        matches!(same[0].stat, Stat::Indicator(i) if analysis.catalog.indicator(i).unit == "%");
    let groups: Vec<&&Target> = same
        .iter()
        .filter(|t| is_share && is_group(analysis, t.service))
        .collect();
    let pairs = groups.iter().enumerate().flat_map(|(n, a)| {
        let rest = groups[n + 1..].iter();
        rest.map(move |b| (**a, **b))
    });
    let mut pairs = pairs.filter(|(a, b)| disagree(a, b) && may_overlap(analysis, a, b));
    let (first, _) = pairs.next()?;
    let named: Vec<String> = groups
        .iter()
        .map(|t| {
            let service = analysis.catalog.services.get(t.service);
            format!("{} {}", t.as_written, service.short_name)
        })
        .collect();
    let mut d =
        started(analysis, codes::TARGET_SCOPE_OVERLAP, first).with("targets", named.join("; "));
    for other in groups.iter().filter(|t| t.place != first.place) {
        d = d.also(other.place.clone());
    }
    Some(d)
}

fn is_group(analysis: &Analysis<'_>, service: ServiceIx) -> bool {
    let kind = analysis.catalog.services.get(service).kind;
    service != ServiceIx::WHOLE && matches!(kind, ServiceKind::Group | ServiceKind::Field)
}

/// Whether two groups share some services but not all of the smaller one, or nobody knows. A target for a group
/// within another one is the more exact one, and meant so.
fn may_overlap(analysis: &Analysis<'_>, a: &Target, b: &Target) -> bool {
    let members = |t: &Target| &analysis.catalog.services.get(t.service).members;
    let (a_members, b_members) = (members(a), members(b));
    if a.service == b.service {
        return false;
    }
    if a_members.is_empty() || b_members.is_empty() {
        return true;
    }
    let shared = a_members.iter().filter(|s| b_members.contains(s)).count();
    shared > 0 && shared < a_members.len().min(b_members.len())
}

fn started(analysis: &Analysis<'_>, code: crate::diagnostic::Code, target: &Target) -> Diagnostic {
    let stat = match target.stat {
        Stat::Measure(m) => m.0,
        Stat::Indicator(i) => i.0,
    };
    let key = Key::new(target.unit, target.service, target.period, stat);
    let about: About = about_of(analysis, key, target.stat);
    Diagnostic::new(code, target.place.clone())
        .with("subject", subject_of(analysis, key))
        .with("name", analysis.catalog.stat_label(target.stat))
        .about(about)
}
