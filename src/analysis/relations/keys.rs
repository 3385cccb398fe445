//! One key stated twice: in one table, in two files, in two periods that end on one day.

use super::finder::{Finder, Found, indicator_of};
use super::{Outcome, Relation, RelationKind, Term};
use crate::decimal::Decimal;
use crate::model::{Claim, Extra, FactIx, Key, MeasureIx, Nature, PeriodIx, UnitIx};
use crate::text::normal::fold;
use crate::text::number::Qualifier;

impl Finder<'_> {
    /// Compares all statements of each key of a unit.
    pub(super) fn same_keys(&self, unit: UnitIx, found: &mut Found) {
        let range = self.facts.of_unit(unit);
        let mut at = range.start;
        while at < range.end {
            let key = self.facts.keys()[at];
            let end = self.facts.statements_at(at..range.end, key).end;
            if end > at + 1 {
                let statements: Vec<FactIx> = (at..end)
                    .map(FactIx::from_at)
                    .filter(|ix| self.facts.value(*ix).is_some())
                    .collect();
                self.statements(key, &statements, found);
            }
            at = end.max(at + 1);
        }
        self.same_claims(unit, found);
        self.same_days(unit, found);
    }

    fn statements(&self, key: Key, statements: &[FactIx], found: &mut Found) {
        let Some((first, rest)) = statements.split_first() else {
            return;
        };
        let differs = |a: FactIx, b: FactIx| !self.figure(a).agrees_with(&self.figure(b));
        if let Some(other) = rest.iter().find(|o| differs(*first, **o)) {
            let standing = statements
                .iter()
                .filter(|ix| !self.facts.is_set_aside(**ix));
            let others = statements.iter().filter(|ix| *ix != first && *ix != other);
            let mut relation = Relation::of_fact(RelationKind::SameKey, key, *first)
                .with_facts(std::iter::once(other).chain(others).copied());
            relation.computed = self.facts.value(*other);
            if standing.count() == 1 {
                relation.outcome = Outcome::NotComparable;
            }
            found.push(relation);
        } else if let Some(other) = rest.iter().find(|o| self.is_other_unit(*first, **o)) {
            let mut relation =
                Relation::of_fact(RelationKind::UnitOfMeasure, key, *first).with_facts([*other]);
            relation.outcome = Outcome::NotComparable;
            found.push(relation);
        }
    }

    /// Whether two statements word their unit of measure differently, beyond case and commas.
    fn is_other_unit(&self, a: FactIx, b: FactIx) -> bool {
        let unit = |ix| {
            self.facts
                .extra(ix)
                .and_then(|e| e.unit_of_measure.as_deref())
        };
        matches!((unit(a), unit(b)), (Some(a), Some(b)) if a != b && fold(a) != fold(b))
    }

    fn figure(&self, ix: FactIx) -> Figure {
        Figure::new(self.facts.value(ix), None, self.facts.extra(ix))
    }

    fn same_claims(&self, unit: UnitIx, found: &mut Found) {
        let claims = &self.ingested.claims;
        for pair in claims.of_unit(unit).windows(2) {
            if pair[0].key != pair[1].key || of_claim(&pair[0]).agrees_with(&of_claim(&pair[1])) {
                continue;
            }
            let key = pair[0].key;
            let statements = claims.statements(key);
            let at = |c: &Claim| {
                statements
                    .clone()
                    .find(|i| claims.list[*i].origin == c.origin)
            };
            let (Some(first), Some(second)) = (at(&pair[0]), at(&pair[1])) else {
                continue;
            };
            let outcome = if pair.iter().any(|c| c.set_aside) {
                Outcome::NotComparable
            } else {
                Outcome::Differs
            };
            let mut relation = Relation::new(
                RelationKind::SameKey,
                outcome,
                key,
                indicator_of(key),
                Term::Claim(first),
            );
            relation.terms = vec![Term::Claim(second)];
            relation.computed = pair[1].value;
            found.push(relation);
        }
    }

    /// Figures of two periods that end on one day: stocks, and all figures where both windows are the same.
    fn same_days(&self, unit: UnitIx, found: &mut Found) {
        if self.twins.is_empty() {
            return;
        }
        let mut last = None;
        for at in self.facts.of_unit(unit) {
            let key = self.facts.keys()[at];
            if last == Some(key) {
                continue;
            }
            last = Some(key);
            let first = self.twins.partition_point(|(p, _)| *p < key.period());
            let twins = self.twins[first..].iter();
            for (_, other) in twins.take_while(|(p, _)| *p == key.period()) {
                self.same_day(key, *other, found);
            }
        }
    }

    fn same_day(&self, key: Key, other: PeriodIx, found: &mut Found) {
        let window = |p: PeriodIx| self.periods.list[p.at()].start;
        let nature = self.catalog.measure(MeasureIx(key.stat())).nature;
        if nature == Nature::Flow && window(key.period()) != window(other) {
            return;
        }
        let twin = Key::new(key.unit(), key.service(), other, key.stat());
        let (Some((ix, value)), Some((there, stated))) = (self.exact(key), self.exact(twin)) else {
            return;
        };
        let dated = |ix| {
            let extra = self.facts.extra(ix);
            extra.map(|e| (e.start, e.end)).unwrap_or_default()
        };
        if value != stated && dated(ix) == dated(there) {
            let relation = Relation::of_fact(RelationKind::SameKey, key, ix);
            found.push(relation.with_facts([there]).gives(stated));
        }
    }
}

/// A stated figure with what is known of its exactness.
struct Figure {
    value: Option<Decimal>,
    /// Decimals as written, where they limit its precision.
    decimals: Option<u8>,
    qualifier: Option<Qualifier>,
    max: Option<Decimal>,
}

fn of_claim(claim: &Claim) -> Figure {
    Figure::new(claim.value, Some(claim.decimals), Some(&claim.extra))
}

impl Figure {
    fn new(value: Option<Decimal>, decimals: Option<u8>, extra: Option<&Extra>) -> Self {
        Self {
            value,
            decimals,
            qualifier: extra.and_then(|e| e.qualifier),
            max: extra.and_then(|e| e.max),
        }
    }

    /// Whether both may state one number.
    fn agrees_with(&self, other: &Self) -> bool {
        let (Some(a), Some(b)) = (self.value, other.value) else {
            return self.value == other.value;
        };
        if a == b {
            return true;
        }
        match (self.is_exact(), other.is_exact()) {
            (true, true) => {
                // A share written with fewer decimals is the other one rounded.
                let coarser = self.decimals.zip(other.decimals).map(|(a, b)| a.min(b));
                coarser.is_some_and(|d| a.round(d) == b.round(d))
            }
            (true, false) => other.allows(a),
            (false, true) => self.allows(b),
            // "hơn 60" and "khoảng 65" do not exclude each other.
            (false, false) => self.allows(b) || other.allows(a),
        }
    }

    fn is_exact(&self) -> bool {
        self.qualifier.is_none() && self.max.is_none()
    }

    /// Whether `value` lies where an inexact figure says.
    fn allows(&self, value: Decimal) -> bool {
        let Some(bound) = self.value else { return true };
        match (self.qualifier, self.max) {
            (_, Some(max)) => (bound..=max).contains(&value),
            (Some(Qualifier::More | Qualifier::AtLeast), _) => value >= bound,
            (Some(Qualifier::Less | Qualifier::AtMost), _) => value <= bound,
            _ => true,
        }
    }
}
