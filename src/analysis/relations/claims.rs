//! Stated ratios against their counts, at the precision in which they were written.

use super::finder::{Finder, Found};
use super::{Outcome, Relation, RelationKind, Term};
use crate::decimal::{Decimal, Fraction};
use crate::model::{Claim, Indicator, IndicatorKind, Stat, UnitIx};
use crate::text::number::Qualifier;

impl Finder<'_> {
    /// Recomputes every stated ratio of a unit.
    pub(super) fn claims(&self, unit: UnitIx, found: &mut Found) {
        let claims = &self.ingested.claims;
        for claim in claims.of_unit(unit) {
            let mut statements = claims.statements(claim.key);
            if let Some(at) = statements.find(|i| claims.list[*i].origin == claim.origin)
                && let Some(relation) = self.claim(at)
            {
                found.push(relation);
            }
        }
    }

    fn claim(&self, at: usize) -> Option<Relation> {
        let claim = &self.ingested.claims.list[at];
        let indicator = self.catalog.indicator(claim.indicator());
        let stated = claim.value?;
        if indicator.kind != IndicatorKind::Ratio || indicator.change_of.is_some() {
            return None;
        }
        let relation = |kind, outcome| {
            let stat = Stat::Indicator(claim.indicator());
            Relation::new(kind, outcome, claim.key, stat, Term::Claim(at))
        };
        let is_over = is_over_100(claim, indicator);
        let row = (claim.key.unit(), claim.key.service(), claim.key.period());
        let (Some((n, over)), Some((d, under))) = (
            self.side(&indicator.numerator, row),
            self.side(&indicator.denominator, row),
        ) else {
            if is_over {
                return Some(relation(RelationKind::Over100, Outcome::Differs));
            }
            let other_things = self.other_things(at, indicator);
            return Some(
                other_things
                    .unwrap_or_else(|| relation(RelationKind::WithoutBase, Outcome::NotComparable)),
            );
        };
        let facts = over.into_iter().chain(under);
        let Some(ratio) = Fraction::new(n, d) else {
            let kind = RelationKind::ZeroDenominator;
            return Some(relation(kind, Outcome::NotComparable).with_facts(facts));
        };
        let published = ratio.percent(indicator.decimals.max(claim.decimals));
        let relation = |kind, outcome| relation(kind, outcome).with_facts(facts).gives(published);
        if !fits(ratio, claim) {
            let hypothesis = self.reading(at, (n, d), stated);
            return Some(Relation {
                hypothesis,
                ..relation(RelationKind::Ratio, Outcome::Differs)
            });
        }
        let kind_and_outcome = match (is_over, published == stated) {
            (true, _) => (RelationKind::Over100, Outcome::Differs),
            (_, true) => (RelationKind::Ratio, Outcome::Agrees),
            (_, false) => (RelationKind::Ratio, Outcome::AgreesRounded),
        };
        Some(relation(kind_and_outcome.0, kind_and_outcome.1))
    }
}

fn is_over_100(claim: &Claim, indicator: &Indicator) -> bool {
    claim.value.is_some_and(|v| v > Decimal::from_int(100))
        && indicator.unit == "%"
        && !indicator.may_exceed_100
}

/// Whether a ratio may be what a document states: within half of the last digit as written, or where its wording
/// ("trên 98%", "gần 98%", a range) allows it.
pub(super) fn fits(ratio: Fraction, claim: &Claim) -> bool {
    let Some(stated) = claim.value else {
        return false;
    };
    let exact = fine(ratio, claim.decimals);
    let is_near = || is_near(ratio, stated, claim.decimals);
    if let Some(max) = claim.extra.max {
        return (stated..=max).contains(&exact) || is_near() || is_near_to(ratio, max, claim);
    }
    match claim.extra.qualifier {
        Some(Qualifier::More) => exact > stated,
        Some(Qualifier::Less) => exact < stated,
        Some(Qualifier::AtLeast) => exact > stated || is_near(),
        Some(Qualifier::AtMost) => exact < stated || is_near(),
        Some(Qualifier::About) => distance(exact, stated).is_some_and(|d| d <= ABOUT),
        Some(Qualifier::Equal) | None => is_near(),
    }
}

fn is_near_to(ratio: Fraction, bound: Decimal, claim: &Claim) -> bool {
    is_near(ratio, bound, claim.decimals)
}

/// How far "about" and "nearly" reach, in percentage points.
const ABOUT: Decimal = Decimal::from_int(2);

/// Whether a stated number is a ratio at so many decimals, halves rounded either way.
pub(super) fn is_near(ratio: Fraction, stated: Decimal, decimals: u8) -> bool {
    if ratio.percent(decimals) == stated {
        return true;
    }
    let twice = distance(fine(ratio, decimals), stated).and_then(|d| d.checked_add(d));
    twice.is_some_and(|t| t <= Decimal::new(1, decimals))
}

/// A ratio in per cent with more decimals than anybody writes.
pub(super) fn fine(ratio: Fraction, decimals: u8) -> Decimal {
    ratio.percent(decimals.saturating_add(6).min(14))
}

fn distance(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_sub(b).map(Decimal::abs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: i64, d: i64, stated: &str, wanted: bool) {
        let ratio = Fraction::new(Decimal::from_int(n), Decimal::from_int(d)).unwrap();
        let stated = Decimal::parse_plain(stated).unwrap();
        assert_eq!(
            is_near(ratio, stated, stated.scale()),
            wanted,
            "{n}/{d} as {stated}"
        );
    }

    #[test]
    fn the_written_precision_decides() {
        check(1178, 1281, "92", true);
        check(67_073, 68_164, "98", true);
        check(991_098, 1_109_057, "89.36", true);
        check(66_115, 240_077, "38", false);
        check(9, 45_899, "0.02", true);
        check(1177, 1177, "99.9", false);
        check(2, 3, "66.66", false);
    }

    #[test]
    fn halves_are_rounded_either_way() {
        check(1, 8, "12", true);
        check(1, 8, "13", true);
        check(1, 8, "11", false);
        check(1, 8, "12.5", true);
    }
}
