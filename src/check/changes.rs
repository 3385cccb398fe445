//! Stated changes: against what the figures give, in points and not in per cent, with something to compare with.

use super::{about_of, place_of, subject_of};
use crate::analysis::{Analysis, Observation};
use crate::decimal::{Decimal, Fraction};
use crate::diagnostic::{About, Code, Diagnostic, codes, known, phrase};
use crate::model::{Claim, Indicator, Stat};
use crate::text::number::format_vi;

/// Checks the indicators that are the change of another figure, and every statement of one.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let catalog = analysis.catalog;
    let mut findings = Vec::new();
    for indicator in &catalog.indicators {
        findings.extend(unit_of_change(analysis, indicator));
    }
    if catalog.indicators.iter().all(|i| i.change_of.is_none()) {
        return findings;
    }
    for claim in &analysis.claims().list {
        let indicator = catalog.indicator(claim.indicator());
        if let (Some(stat), Some(stated)) = (indicator.change_of, claim.value) {
            findings.extend(judge(analysis, claim, indicator, stat, stated));
        }
    }
    findings
}

/// The change of a share is in percentage points.
fn unit_of_change(analysis: &Analysis<'_>, indicator: &Indicator) -> Option<Diagnostic> {
    let is_share = is_share(analysis, indicator.change_of?);
    (is_share && indicator.unit == "%").then(|| {
        Diagnostic::new(codes::PERCENT_FOR_POINTS, indicator.place.clone())
            .with("name", &indicator.label)
            .with("value", &indicator.unit)
            .about(About {
                id: Some(indicator.id.clone()),
                ..About::default()
            })
    })
}

fn is_share(analysis: &Analysis<'_>, stat: Stat) -> bool {
    matches!(stat, Stat::Indicator(i) if analysis.catalog.indicator(i).unit == "%")
}

fn judge(
    analysis: &Analysis<'_>,
    claim: &Claim,
    indicator: &Indicator,
    stat: Stat,
    stated: Decimal,
) -> Option<Diagnostic> {
    let key = claim.key;
    let finding = |code: Code| {
        let place = place_of(analysis, claim.origin, claim.as_written.chars().count());
        Diagnostic::new(code, place)
            .with("subject", subject_of(analysis, key))
            .with("name", &indicator.label)
            .with("of", analysis.catalog.stat_label(stat))
            .with("stated", &claim.as_written)
            .with("value", &claim.as_written)
            .about(about_of(analysis, key, Stat::Indicator(claim.indicator())))
    };
    let at = |period| analysis.observe(stat, key.unit(), key.service(), period);
    let now = at(key.period());
    let before = analysis.previous(key.period()).map(at);
    let Some((before, now)) = before
        .filter(|b| b.sound().is_some())
        .zip(now.sound().map(|_| now))
    else {
        return Some(finding(codes::BASELINE_MISSING));
    };
    let difference = difference(indicator, &before, &now)?;
    let relative = relative(&before, &now);
    let is_points = indicator.is_in_points() || !is_share(analysis, stat) && indicator.unit != "%";
    let (meant, other) = if is_points {
        (Some(difference), relative)
    } else {
        (relative, Some(difference))
    };
    let fits = |value: Option<Decimal>| value.is_some_and(|v| is_near(v, stated, claim.decimals));
    if fits(meant) {
        // Right as points, but written as a percentage.
        let has_sign = claim.as_written.contains('%') && !claim.as_written.contains("điểm");
        let is_mistaken = indicator.is_in_points() && has_sign;
        return is_mistaken.then(|| finding(codes::PERCENT_FOR_POINTS));
    }
    let sign = if is_share(analysis, stat) { "%" } else { "" };
    let values = |o: &Observation| known(o.value, sign);
    let computed = meant.map_or_else(String::new, |v| {
        let value = format_vi(v.round(claim.decimals.max(indicator.decimals)));
        format!("{value} {}", indicator.unit).trim_end().to_owned()
    });
    if indicator.is_in_points() && fits(other) {
        let grown = phrase("grown-by")
            .with("from", values(&before))
            .with("to", values(&now))
            .with("points", &computed);
        return Some(finding(codes::PERCENT_FOR_POINTS).with("fits", grown));
    }
    let d = finding(codes::CHANGE_DIFFERS)
        .with("from", values(&before))
        .with("to", values(&now))
        .with("computed", &computed)
        .figures(&claim.as_written, computed);
    Some(d)
}

/// How much more it is now; of shares, the difference of the two as published.
fn difference(indicator: &Indicator, before: &Observation, now: &Observation) -> Option<Decimal> {
    match (before.ratio, now.ratio) {
        (Some(b), Some(n)) => Some(n.percent_minus(b, indicator.decimals)),
        _ => now.value?.checked_sub(before.value?),
    }
}

/// By how many per cent of the figure before it is more now.
fn relative(before: &Observation, now: &Observation) -> Option<Decimal> {
    let growth = now.value?.checked_sub(before.value?)?;
    Fraction::new(growth, before.value?).map(|f| f.percent(8))
}

/// Whether a stated number is a value at its decimals; one unit of the last digit is the rounding of both figures.
fn is_near(value: Decimal, stated: Decimal, decimals: u8) -> bool {
    let distance = value.round(decimals).checked_sub(stated).map(Decimal::abs);
    distance.is_some_and(|d| d <= Decimal::new(1, decimals) && (decimals > 0 || d.is_zero()))
}
