//! What the figures of one row say about each other: sums, parts, balances, ratios over 100 %.

use std::ops::Range;

use super::finder::{Finder, Found, sum};
use super::{Hypothesis, Outcome, Relation, RelationKind, Term};
use crate::decimal::{Decimal, Fraction};
use crate::model::{Balance, FactIx, IndicatorIx, Key, MeasureIx, Stat, UnitIx};

/// A figure of a row.
type Figure = (MeasureIx, FactIx, Decimal);

impl Finder<'_> {
    /// Recomputes every row of the unit.
    pub(super) fn rows(&self, unit: UnitIx, found: &mut Found) {
        let keys = self.facts.keys();
        let range = self.facts.of_unit(unit);
        let (mut row, mut next) = (range.start..range.start, range.start);
        while next < range.end {
            let at = next;
            let key = keys[at];
            if at >= row.end {
                let rest = keys[at..range.end].iter();
                row = at..at + rest.take_while(|k| k.row() == key.row()).count();
                self.over_100(key, &row, found);
            }
            let statements = self.facts.statements_at(at..row.end, key);
            next = statements.end;
            let measure = self.catalog.measure(MeasureIx(key.stat()));
            if measure.parts.is_empty() && measure.within.is_empty() && measure.balance.is_none() {
                continue;
            }
            let Some((ix, value)) = self.exact_of(statements) else {
                continue;
            };
            for list in &measure.parts {
                let parts: Vec<Figure> = list
                    .iter()
                    .filter_map(|m| self.sibling(key, &row, *m))
                    .collect();
                self.whole_and_parts(key, ix, value, &parts, parts.len() == list.len(), found);
            }
            for whole in &measure.within {
                match self.sibling(key, &row, *whole) {
                    Some((_, whole_ix, total)) if value > total => {
                        found.push(part_over_total(key, whole_ix, *whole, ix, value));
                    }
                    Some(_) => found.count(key, Outcome::Agrees),
                    None => {}
                }
            }
            if let Some(balance) = &measure.balance {
                self.balance(key, &row, ix, balance, found);
            }
        }
    }

    /// The exact figure of another measure in the same row.
    fn sibling(&self, key: Key, row: &Range<usize>, measure: MeasureIx) -> Option<Figure> {
        let key = Key::new(key.unit(), key.service(), key.period(), measure.0);
        let start = row.start + self.facts.keys()[row.clone()].partition_point(|k| *k < key);
        let statements = self.facts.statements_at(start..row.end, key);
        self.exact_of(statements)
            .map(|(ix, value)| (measure, ix, value))
    }

    fn siblings(
        &self,
        key: Key,
        row: &Range<usize>,
        measures: &[MeasureIx],
    ) -> Option<Vec<Figure>> {
        let all = measures.iter().map(|m| self.sibling(key, row, *m));
        all.collect::<Option<Vec<Figure>>>()
            .filter(|l| !l.is_empty())
    }

    fn whole_and_parts(
        &self,
        key: Key,
        whole: FactIx,
        total: Decimal,
        parts: &[Figure],
        complete: bool,
        found: &mut Found,
    ) {
        let parts = self.without_copies(parts);
        let over: Vec<_> = parts.iter().filter(|(_, _, v)| *v > total).collect();
        for (_, ix, value) in &over {
            found.push(part_over_total(
                key,
                whole,
                MeasureIx(key.stat()),
                *ix,
                *value,
            ));
        }
        if !over.is_empty() {
            return;
        }
        let Some(sum) = sum(parts.iter().map(|(_, _, v)| *v)) else {
            return;
        };
        // Parts that are too many already leave nothing for those that are missing.
        if sum == total && complete {
            found.count(key, Outcome::Agrees);
        } else if complete || sum > total {
            let facts = parts.iter().map(|(_, ix, _)| *ix);
            let relation = Relation::of_fact(RelationKind::Sum, key, whole);
            found.push(relation.with_facts(facts).gives(sum));
        }
    }

    /// Parts whose columns are copies of each other count once: what is wrong there is reported for the columns.
    fn without_copies(&self, parts: &[Figure]) -> Vec<Figure> {
        let mut kept: Vec<Figure> = Vec::new();
        for part in parts {
            let file = self.facts.origin(part.1).file;
            let is_copy = kept.iter().any(|k| {
                self.facts.origin(k.1).file == file
                    && self.ingested.copies.iter().any(|c| {
                        c.file == file
                            && [(c.first, c.second), (c.second, c.first)].contains(&(k.0, part.0))
                    })
            });
            if !is_copy {
                kept.push(*part);
            }
        }
        kept
    }

    /// What came in against what went out and is left, where all of it is reported.
    fn balance(
        &self,
        key: Key,
        row: &Range<usize>,
        stated: FactIx,
        balance: &Balance,
        found: &mut Found,
    ) {
        let sides = (
            self.siblings(key, row, &balance.incoming),
            self.siblings(key, row, &balance.outgoing),
        );
        let (Some(incoming), Some(outgoing)) = sides else {
            return;
        };
        let total = |side: &[Figure]| sum(side.iter().map(|(_, _, v)| *v));
        let (Some(came), Some(went)) = (total(&incoming), total(&outgoing)) else {
            return;
        };
        if came == went {
            found.count(key, Outcome::Agrees);
            return;
        }
        // One term that makes up the whole difference was probably forgotten on one side, or counted on both.
        let (more, less) = if came > went {
            (&incoming, (came, went))
        } else {
            (&outgoing, (went, came))
        };
        let gap = less.0.checked_sub(less.1);
        let hypothesis = more
            .iter()
            .find(|(_, _, v)| Some(*v) == gap && !v.is_zero())
            .map(|(measure, _, value)| Hypothesis::Without {
                measure: *measure,
                value: *value,
            });
        let facts = incoming.iter().chain(&outgoing).map(|(_, ix, _)| *ix);
        let relation = Relation::of_fact(RelationKind::Balance, key, stated);
        found.push(Relation {
            hypothesis,
            ..relation.with_facts(facts).gives(went)
        });
    }

    /// Ratios of the row over 100 % that no document states. Stated ones are judged as claims.
    fn over_100(&self, key: Key, row: &Range<usize>, found: &mut Found) {
        for ratio in &self.unbounded {
            let d = self.catalog.indicator(*ratio);
            let sides = (
                self.siblings(key, row, &d.numerator),
                self.siblings(key, row, &d.denominator),
            );
            let (Some(over), Some(under)) = sides else {
                continue;
            };
            let total = |side: &[Figure]| sum(side.iter().map(|(_, _, v)| *v));
            let (Some(n), Some(whole)) = (total(&over), total(&under)) else {
                continue;
            };
            let claim = Key::new(key.unit(), key.service(), key.period(), ratio.0);
            if n <= whole || whole.is_zero() || self.ingested.claims.get(claim).is_some() {
                continue;
            }
            found.push(exceeds(
                claim,
                *ratio,
                d.decimals,
                (&over, n),
                (&under, whole),
            ));
        }
    }
}

fn exceeds(
    key: Key,
    ratio: IndicatorIx,
    decimals: u8,
    (over, n): (&[Figure], Decimal),
    (under, whole): (&[Figure], Decimal),
) -> Relation {
    let facts = over.iter().chain(under).map(|(_, ix, _)| *ix);
    let relation = Relation::new(
        RelationKind::Over100,
        Outcome::Differs,
        key,
        Stat::Indicator(ratio),
        Term::Fact(over[0].1),
    );
    Relation {
        computed: Fraction::new(n, whole).map(|r| r.percent(decimals)),
        ..relation.with_facts(facts)
    }
}

fn part_over_total(
    key: Key,
    whole: FactIx,
    whole_measure: MeasureIx,
    part: FactIx,
    value: Decimal,
) -> Relation {
    Relation {
        stat: Stat::Measure(whole_measure),
        ..Relation::of_fact(RelationKind::PartOverTotal, key, whole)
            .with_facts([part])
            .gives(value)
    }
}
