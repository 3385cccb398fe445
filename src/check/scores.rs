//! Official points against those that follow from the figures.

use std::collections::BTreeSet;

use super::{about_of, place_of, subject_of};
use crate::analysis::Analysis;
use crate::analysis::scores::Mismatch;
use crate::diagnostic::{Diagnostic, codes, number};
use crate::model::{IndicatorKind, PeriodIx, Stat, UnitIx};
use crate::text::number::format_vi;

/// Recomputes the points of every unit and period that has official ones.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    if analysis.catalog.scores.is_empty() {
        return Vec::new();
    }
    let catalog = analysis.catalog;
    let is_score =
        |c: &&crate::model::Claim| catalog.indicator(c.indicator()).kind == IndicatorKind::Score;
    let claims = analysis.claims().list.iter().filter(is_score);
    let subjects: BTreeSet<(UnitIx, PeriodIx)> =
        claims.map(|c| (c.key.unit(), c.key.period())).collect();
    let mut findings = Vec::new();
    for (unit, period) in subjects {
        for score in analysis.scores(unit, period) {
            let found = score.mismatches();
            findings.extend(found.iter().map(|m| finding(analysis, m)));
        }
    }
    findings
}

fn finding(analysis: &Analysis<'_>, m: &Mismatch<'_>) -> Diagnostic {
    let claim = &analysis.claims().list[m.stated.claim];
    let place = place_of(analysis, claim.origin, claim.as_written.chars().count());
    Diagnostic::new(codes::SCORE_DIFFERS, place)
        .with("subject", subject_of(analysis, claim.key))
        .with("name", m.label)
        .with("stated", number(m.stated.points))
        .with("computed", number(m.recomputed))
        .about(about_of(
            analysis,
            claim.key,
            Stat::Indicator(claim.indicator()),
        ))
        .figures(format_vi(m.stated.points), format_vi(m.recomputed))
}
