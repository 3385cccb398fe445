//! How figures are written: one precision in a column, per cent with its sign, one style of marks in a file.

mod marks;

use std::collections::BTreeMap;

use super::{about_of, place_of, subject_of};
use crate::analysis::relations::{Hypothesis, Term};
use crate::analysis::{Analysis, Outcome, RelationKind, Relations};
use crate::decimal::Decimal;
use crate::diagnostic::{About, Diagnostic, codes, phrase};
use crate::model::{Claim, IndicatorIx, Origin, Stat};

/// Checks the writing of all figures; one finding for each file and column.
pub(super) fn check(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Diagnostic> {
    let mut findings = precision(analysis, relations);
    findings.extend(unmarked(analysis, relations));
    findings.extend(marks::check(analysis));
    findings
}

/// The first of several figures that are alike, and how many they are.
struct Group<T> {
    first: T,
    origin: Origin,
    count: usize,
}

/// Groups by file and indicator.
type Columns<T> = BTreeMap<(u16, u16), Group<T>>;

/// Adds a figure to the group of its file and column; the first one is that which stands first.
fn gather<T>(groups: &mut Columns<T>, claim: &Claim, item: T) {
    let key = (claim.origin.file, claim.key.stat());
    if let Some(group) = groups.get_mut(&key) {
        group.count += 1;
        if claim.origin < group.origin {
            (group.first, group.origin) = (item, claim.origin);
        }
    } else {
        let group = Group {
            first: item,
            origin: claim.origin,
            count: 1,
        };
        groups.insert(key, group);
    }
}

fn claim_place(analysis: &Analysis<'_>, claim: &Claim) -> crate::diagnostic::Place {
    place_of(analysis, claim.origin, claim.as_written.chars().count())
}

fn about_claim(analysis: &Analysis<'_>, claim: &Claim) -> About {
    about_of(analysis, claim.key, Stat::Indicator(claim.indicator()))
}

/// Ratios rounded to fewer decimals than others of their column. A zero left out at the end (63,5 for 63,50) is
/// no rounding.
fn precision(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Diagnostic> {
    let claims = &analysis.claims().list;
    let mut finest: BTreeMap<(u16, u16), &Claim> = BTreeMap::new();
    for claim in claims {
        let finest = finest
            .entry((claim.origin.file, claim.key.stat()))
            .or_insert(claim);
        if claim.decimals > finest.decimals {
            *finest = claim;
        }
    }
    let mut coarse: Columns<(usize, &Claim)> = BTreeMap::new();
    for r in &relations.list {
        let (Term::Claim(at), RelationKind::Ratio, Outcome::AgreesRounded) =
            (&r.stated, r.kind, r.outcome)
        else {
            continue;
        };
        let claim = &claims[*at];
        let key = (claim.origin.file, claim.key.stat());
        if let Some(fine) = finest.get(&key)
            && fine.decimals > claim.decimals
        {
            gather(&mut coarse, claim, (*at, fine));
        }
    }
    let told = coarse.into_values().map(|g| {
        let (at, fine) = g.first;
        let claim = &claims[at];
        let name = analysis
            .catalog
            .stat_label(Stat::Indicator(claim.indicator()));
        Diagnostic::new(codes::MIXED_PRECISION, claim_place(analysis, claim))
            .with("name", name)
            .with("value", &claim.as_written)
            .with("other", &fine.as_written)
            .with("count", g.count)
            .also(claim_place(analysis, fine))
            .about(about_claim(analysis, claim))
    });
    told.collect()
}

/// Shares up to 1 without a sign: 0,02 may be 0,02 % or 2 %. Where the row has its counts, they decide.
fn unmarked(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Diagnostic> {
    let claims = &analysis.claims().list;
    let mut groups: Columns<(usize, Option<String>)> = BTreeMap::new();
    for r in &relations.list {
        let Term::Claim(at) = r.stated else { continue };
        let claim = &claims[at];
        let is_told = matches!(r.hypothesis, Some(Hypothesis::Fraction { .. }))
            || !matches!(r.kind, RelationKind::Ratio | RelationKind::WithoutBase);
        if is_told || !is_unmarked(analysis, claim) {
            continue;
        }
        let quotient =
            (r.kind == RelationKind::Ratio && r.outcome != Outcome::Differs).then(|| {
                let terms = r.terms.iter().map(|t| super::as_written(analysis, t));
                terms.collect::<Vec<_>>().join(" / ")
            });
        gather(&mut groups, claim, (at, quotient));
    }
    let told = groups.into_values().map(|g| {
        let (at, quotient) = g.first;
        let claim = &claims[at];
        let reading = match quotient {
            Some(quotient) => phrase("read-as-per-cent")
                .with("quotient", quotient)
                .with("value", &claim.as_written),
            None => phrase("read-either-way").with("value", &claim.as_written),
        };
        let stat = Stat::Indicator(claim.indicator());
        Diagnostic::new(codes::PERCENT_UNMARKED, claim_place(analysis, claim))
            .with("subject", subject_of(analysis, claim.key))
            .with("name", analysis.catalog.stat_label(stat))
            .with("value", &claim.as_written)
            .with("count", g.count)
            .with("reading", reading)
            .about(about_claim(analysis, claim))
    });
    told.collect()
}

fn is_unmarked(analysis: &Analysis<'_>, claim: &Claim) -> bool {
    let one = Decimal::from_int(1);
    let is_small = claim
        .value
        .is_some_and(|v| !v.is_zero() && !v.is_negative() && v <= one);
    let unit = claim.extra.unit_of_measure.as_deref().unwrap_or_default();
    is_small
        && !claim.as_written.contains('%')
        && !unit.contains('%')
        && analysis.catalog.indicator(claim.indicator()).unit == "%"
        && !is_marked(analysis, claim.origin.file, claim.indicator())
}

/// Whether the header of a column has the sign that its cells lack.
fn is_marked(analysis: &Analysis<'_>, file: u16, indicator: IndicatorIx) -> bool {
    let file = analysis.ingested.files.get(usize::from(file));
    file.is_some_and(|f| f.percent_columns.contains(&indicator))
}
