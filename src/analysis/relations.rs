//! What the figures of a document say about each other: sums, parts, ratios, statements of one key.
//!
//! Every relation that can be recomputed is recomputed. Those that hold are counted (and kept where a ratio was
//! stated); those that do not are kept with both figures and, where there is one, a reading that makes them agree.

use std::collections::HashSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::decimal::{Decimal, Fraction};
use crate::ingest::Ingested;
use crate::model::{
    FactIx, Facts, IndicatorKind, Key, MeasureIx, PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx,
};

/// What kind of statement was recomputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationKind {
    /// A whole and its parts.
    Sum,
    /// A part and its whole.
    PartOverTotal,
    /// A stated ratio and its counts.
    Ratio,
    /// A stated ratio of nothing.
    ZeroDenominator,
    /// A stated ratio over 100 %.
    Over100,
    /// A stated ratio without counts.
    WithoutBase,
    /// One key stated twice.
    SameKey,
}

/// How a recomputation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Equal.
    Agrees,
    /// Equal at the precision of the document.
    AgreesRounded,
    /// Not equal.
    Differs,
    /// Nothing to recompute it from.
    NotComparable,
}

/// A figure in a relation.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A fact.
    Fact(FactIx),
    /// A claim, by its position.
    Claim(usize),
}

/// A reading under which the figures would agree. Never applied, only shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Hypothesis {
    /// The stated ratio fits another denominator.
    OtherDenominator {
        /// The measure that fits.
        measure: MeasureIx,
        /// Its value.
        value: Decimal,
        /// The ratio with it.
        percent: Decimal,
    },
    /// The stated ratio fits a whole equal to the sum of its parts.
    WholeIs {
        /// The sum.
        value: Decimal,
        /// The ratio with it.
        percent: Decimal,
    },
}

/// A recomputed statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// What kind.
    pub kind: RelationKind,
    /// How it ended.
    pub outcome: Outcome,
    /// Unit, service, period and the whole's measure or the ratio's indicator.
    pub key: Key,
    /// The measure or indicator of the stated figure.
    pub stat: Stat,
    /// The stated figure.
    pub stated: Term,
    /// The figures it is recomputed from.
    pub terms: Vec<Term>,
    /// The recomputed figure.
    pub computed: Option<Decimal>,
    /// A reading that makes them agree.
    pub hypothesis: Option<Hypothesis>,
}

/// All recomputed statements.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    /// Those that differ, those without a base, and stated ratios that agree; in order of key.
    pub list: Vec<Relation>,
    /// How many agree and how many do not, per period and unit of the report.
    pub counts: Vec<Count>,
}

/// How many statements of one unit and period were recomputed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The period.
    pub period: u16,
    /// The unit.
    pub unit: u32,
    /// Statements that agree.
    pub agrees: u32,
    /// Statements that differ.
    pub differs: u32,
}

/// Recomputes everything that can be.
pub fn find(catalog: &Catalog, ingested: &Ingested) -> Relations {
    let all_services = catalog
        .services
        .indices()
        .find(|s| catalog.services.get(*s).kind == ServiceKind::All);
    let finder = Finder {
        catalog,
        ingested,
        facts: &ingested.facts,
        all_services,
        has_groups: catalog.services.list.iter().any(|s| !s.members.is_empty()),
    };
    let units: Vec<UnitIx> = catalog.units.indices().collect();
    let found: Vec<(Vec<Relation>, Vec<Count>)> =
        units.par_iter().map(|u| finder.of_unit(*u)).collect();
    let mut relations = Relations::default();
    for (list, counts) in found {
        relations.list.extend(list);
        relations.counts.extend(counts);
    }
    relations.list.sort_by_key(|r| (r.key, r.kind));
    relations
}

/// Marks the figures that an unsettled contradiction touches. They are shown, and used for nothing else.
pub fn mark(relations: &Relations, ingested: &mut Ingested) {
    for relation in relations
        .list
        .iter()
        .filter(|r| r.outcome == Outcome::Differs)
    {
        let touches_terms = matches!(
            relation.kind,
            RelationKind::Sum | RelationKind::PartOverTotal | RelationKind::SameKey
        );
        let terms = if touches_terms {
            relation.terms.as_slice()
        } else {
            &[]
        };
        for term in std::iter::once(&relation.stated).chain(terms) {
            match term {
                Term::Fact(ix) => ingested.facts.mark_doubtful(*ix),
                Term::Claim(at) => ingested.claims.list[*at].doubtful = true,
            }
        }
    }
    if ingested.copies.is_empty() {
        return;
    }
    let copied: HashSet<(u16, MeasureIx)> = ingested
        .copies
        .iter()
        .flat_map(|c| [(c.file, c.first), (c.file, c.second)])
        .collect();
    for ix in ingested.facts.indices() {
        let facts = &mut ingested.facts;
        if copied.contains(&(facts.origin(ix).file, facts.measure(ix))) {
            facts.mark_doubtful(ix);
        }
    }
}

struct Finder<'a> {
    catalog: &'a Catalog,
    ingested: &'a Ingested,
    facts: &'a Facts,
    all_services: Option<ServiceIx>,
    /// Whether any service is a group of others.
    has_groups: bool,
}

#[derive(Default)]
struct Found {
    list: Vec<Relation>,
    counts: Vec<Count>,
}

impl Found {
    fn count(&mut self, key: Key, outcome: Outcome) {
        let (period, unit) = (key.period().0, key.unit().0);
        let at = if let Some(at) = self.counts.iter().position(|c| c.period == period) {
            at
        } else {
            self.counts.push(Count {
                period,
                unit,
                ..Count::default()
            });
            self.counts.len() - 1
        };
        match outcome {
            Outcome::Differs => self.counts[at].differs += 1,
            Outcome::Agrees | Outcome::AgreesRounded => self.counts[at].agrees += 1,
            Outcome::NotComparable => {}
        }
    }

    fn push(&mut self, relation: Relation) {
        self.count(relation.key, relation.outcome);
        self.list.push(relation);
    }
}

impl Finder<'_> {
    fn of_unit(&self, unit: UnitIx) -> (Vec<Relation>, Vec<Count>) {
        let mut found = Found::default();
        self.same_keys(unit, &mut found);
        self.rows(unit, &mut found);
        self.groups(unit, &mut found);
        self.claims(unit, &mut found);
        found.counts.sort_by_key(|c| c.period);
        (found.list, found.counts)
    }

    /// The exact value of a key: stated once or settled, with no qualifier and no range.
    fn exact(&self, key: Key) -> Option<(FactIx, Decimal)> {
        self.exact_of(self.facts.statements(key))
    }

    /// The exact value of a key whose statements all stand at `range`.
    fn exact_of(&self, range: Range<usize>) -> Option<(FactIx, Decimal)> {
        let mut statements = range.map(FactIx::from_at);
        let ix = statements.find(|ix| !self.facts.is_set_aside(*ix))?;
        let value = self.plain(ix)?;
        // Two statements that differ count for nothing until one is chosen.
        let all_agree = statements
            .filter(|other| !self.facts.is_set_aside(*other))
            .all(|other| self.facts.value(other) == Some(value));
        all_agree.then_some((ix, value))
    }

    fn plain(&self, ix: FactIx) -> Option<Decimal> {
        let inexact = self
            .facts
            .extra(ix)
            .is_some_and(|e| e.qualifier.is_some() || e.max.is_some());
        if inexact { None } else { self.facts.value(ix) }
    }

    fn same_keys(&self, unit: UnitIx, found: &mut Found) {
        let range = self.facts.of_unit(unit);
        let mut at = range.start;
        while at < range.end {
            let key = self.facts.keys()[at];
            let end = self.facts.statements_at(at..range.end, key).end;
            if end == at + 1 {
                at = end;
                continue;
            }
            let standing: Vec<FactIx> = (at..end)
                .map(FactIx::from_at)
                .filter(|ix| self.facts.value(*ix).is_some())
                .collect();
            if let Some((first, rest)) = standing.split_first()
                && let Some(other) = rest
                    .iter()
                    .find(|o| self.facts.value(**o) != self.facts.value(*first))
            {
                let is_settled = standing
                    .iter()
                    .filter(|ix| !self.facts.is_set_aside(**ix))
                    .count()
                    == 1;
                let terms = standing.iter().filter(|ix| *ix != first && *ix != other);
                let relation = Relation {
                    kind: RelationKind::SameKey,
                    outcome: if is_settled {
                        Outcome::NotComparable
                    } else {
                        Outcome::Differs
                    },
                    key,
                    stat: Stat::Measure(MeasureIx(key.stat())),
                    stated: Term::Fact(*first),
                    terms: std::iter::once(other)
                        .chain(terms)
                        .map(|ix| Term::Fact(*ix))
                        .collect(),
                    computed: self.facts.value(*other),
                    hypothesis: None,
                };
                found.push(relation);
            }
            at = end.max(at + 1);
        }
        let claims = &self.ingested.claims;
        let own = claims.of_unit(unit);
        for pair in own.windows(2) {
            if pair[0].key == pair[1].key && pair[0].value != pair[1].value {
                let at = claims.statements(pair[0].key).start;
                let settled = pair.iter().any(|c| c.set_aside);
                found.push(Relation {
                    kind: RelationKind::SameKey,
                    outcome: if settled {
                        Outcome::NotComparable
                    } else {
                        Outcome::Differs
                    },
                    key: pair[0].key,
                    stat: Stat::Indicator(pair[0].indicator()),
                    stated: Term::Claim(at),
                    terms: vec![Term::Claim(at + 1)],
                    computed: pair[1].value,
                    hypothesis: None,
                });
            }
        }
    }

    /// Sums and parts within each row of the unit.
    fn rows(&self, unit: UnitIx, found: &mut Found) {
        let keys = self.facts.keys();
        let range = self.facts.of_unit(unit);
        let (mut row, mut next) = (range.start..range.start, range.start);
        while next < range.end {
            let at = next;
            let key = keys[at];
            if at >= row.end {
                let rest = keys[at..range.end].iter();
                row = at..at + rest.take_while(|k| k.row() == key.row()).count();
            }
            let statements = self.facts.statements_at(at..row.end, key);
            next = statements.end;
            let measure = self.catalog.measure(MeasureIx(key.stat()));
            if measure.parts.is_empty() && measure.within.is_empty() {
                continue;
            }
            let Some((ix, value)) = self.exact_of(statements) else {
                continue;
            };
            let sibling = |m: MeasureIx| {
                let key = Key::new(key.unit(), key.service(), key.period(), m.0);
                let start = row.start + keys[row.clone()].partition_point(|k| *k < key);
                let statements = self.facts.statements_at(start..row.end, key);
                self.exact_of(statements).map(|(ix, value)| (m, ix, value))
            };
            for list in &measure.parts {
                let parts: Vec<(MeasureIx, FactIx, Decimal)> =
                    list.iter().filter_map(|m| sibling(*m)).collect();
                self.whole_and_parts(key, ix, value, &parts, parts.len() == list.len(), found);
            }
            for whole in &measure.within {
                if let Some((_, whole_ix, total)) = sibling(*whole) {
                    let outcome = if value > total {
                        Outcome::Differs
                    } else {
                        Outcome::Agrees
                    };
                    if outcome == Outcome::Agrees {
                        found.count(key, outcome);
                    } else {
                        found.push(part_over_total(key, whole_ix, *whole, ix, value));
                    }
                }
            }
        }
    }

    fn whole_and_parts(
        &self,
        key: Key,
        whole: FactIx,
        total: Decimal,
        parts: &[(MeasureIx, FactIx, Decimal)],
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
        if !over.is_empty() || !complete {
            return;
        }
        let Some(sum) = parts
            .iter()
            .try_fold(Decimal::ZERO, |sum, (_, _, v)| sum.checked_add(*v))
        else {
            return;
        };
        if sum == total {
            found.count(key, Outcome::Agrees);
            return;
        }
        found.push(Relation {
            kind: RelationKind::Sum,
            outcome: Outcome::Differs,
            key,
            stat: Stat::Measure(MeasureIx(key.stat())),
            stated: Term::Fact(whole),
            terms: parts.iter().map(|(_, ix, _)| Term::Fact(*ix)).collect(),
            computed: Some(sum),
            hypothesis: None,
        });
    }

    /// Parts whose columns are copies of each other count once: what is wrong there is reported for the columns.
    fn without_copies(
        &self,
        parts: &[(MeasureIx, FactIx, Decimal)],
    ) -> Vec<(MeasureIx, FactIx, Decimal)> {
        let mut kept: Vec<(MeasureIx, FactIx, Decimal)> = Vec::new();
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

    /// A group of services and its members, for each measure stated for the group.
    fn groups(&self, unit: UnitIx, found: &mut Found) {
        if !self.has_groups {
            return;
        }
        let range = self.facts.of_unit(unit);
        let mut last = None;
        for at in range {
            let key = self.facts.keys()[at];
            let group = self.catalog.services.get(key.service());
            if last == Some(key) || group.members.is_empty() {
                continue;
            }
            last = Some(key);
            let Some((ix, total)) = self.exact(key) else {
                continue;
            };
            let member =
                |s: &ServiceIx| self.exact(Key::new(key.unit(), *s, key.period(), key.stat()));
            let parts: Vec<(FactIx, Decimal)> = group.members.iter().filter_map(member).collect();
            if parts.is_empty() {
                continue;
            }
            let Some(sum) = parts
                .iter()
                .try_fold(Decimal::ZERO, |sum, (_, v)| sum.checked_add(*v))
            else {
                continue;
            };
            let complete = parts.len() == group.members.len();
            if sum == total {
                found.count(key, Outcome::Agrees);
            } else if complete || sum > total {
                found.push(Relation {
                    kind: RelationKind::Sum,
                    outcome: Outcome::Differs,
                    key,
                    stat: Stat::Measure(MeasureIx(key.stat())),
                    stated: Term::Fact(ix),
                    terms: parts.iter().map(|(ix, _)| Term::Fact(*ix)).collect(),
                    computed: Some(sum),
                    hypothesis: None,
                });
            }
        }
    }

    fn claims(&self, unit: UnitIx, found: &mut Found) {
        let claims = &self.ingested.claims;
        for claim in claims.of_unit(unit) {
            let range = claims.statements(claim.key);
            let Some(at) = range
                .into_iter()
                .find(|i| claims.list[*i].origin == claim.origin)
            else {
                continue;
            };
            if let Some(relation) = self.claim(at) {
                found.push(relation);
            }
        }
    }

    fn claim(&self, at: usize) -> Option<Relation> {
        let claim = &self.ingested.claims.list[at];
        let indicator = self.catalog.indicator(claim.indicator());
        let stated = claim.value?;
        if indicator.kind != IndicatorKind::Ratio {
            return None;
        }
        let base = |kind, outcome, terms, computed, hypothesis| Relation {
            kind,
            outcome,
            key: claim.key,
            stat: Stat::Indicator(claim.indicator()),
            stated: Term::Claim(at),
            terms,
            computed,
            hypothesis,
        };
        let over = stated > Decimal::from_int(100) && !indicator.may_exceed_100;
        let row = (claim.key.unit(), claim.key.service(), claim.key.period());
        let (Some((n, n_terms)), Some((d, d_terms))) = (
            self.side(&indicator.numerator, row),
            self.side(&indicator.denominator, row),
        ) else {
            let kind = if over {
                RelationKind::Over100
            } else {
                RelationKind::WithoutBase
            };
            let outcome = if over {
                Outcome::Differs
            } else {
                Outcome::NotComparable
            };
            return Some(base(kind, outcome, Vec::new(), None, None));
        };
        let terms: Vec<Term> = n_terms.into_iter().chain(d_terms).map(Term::Fact).collect();
        let Some(ratio) = Fraction::new(n, d) else {
            let kind = RelationKind::ZeroDenominator;
            return Some(base(kind, Outcome::NotComparable, terms, None, None));
        };
        let rounded = ratio.percent(claim.decimals);
        let published = ratio.percent(indicator.decimals.max(claim.decimals));
        if rounded == stated {
            let exact = published == stated;
            let outcome = if exact {
                Outcome::Agrees
            } else {
                Outcome::AgreesRounded
            };
            return Some(base(
                RelationKind::Ratio,
                outcome,
                terms,
                Some(published),
                None,
            ));
        }
        let hypothesis = self.hypothesis(at, n, d, stated);
        Some(base(
            RelationKind::Ratio,
            Outcome::Differs,
            terms,
            Some(published),
            hypothesis,
        ))
    }

    fn side(
        &self,
        measures: &[MeasureIx],
        (unit, service, period): (UnitIx, ServiceIx, PeriodIx),
    ) -> Option<(Decimal, Vec<FactIx>)> {
        if measures.is_empty() {
            return None;
        }
        let mut sum = Decimal::ZERO;
        let mut terms = Vec::new();
        for m in measures {
            let all = self.all_services.filter(|_| service == ServiceIx::WHOLE);
            let (ix, value) = self
                .exact(Key::new(unit, service, period, m.0))
                .or_else(|| self.exact(Key::new(unit, all?, period, m.0)))?;
            sum = sum.checked_add(value)?;
            terms.push(ix);
        }
        Some((sum, terms))
    }

    /// Looks for one reading under which a stated ratio holds: the whole as the sum of its parts, or another
    /// measure of the same row as the denominator.
    fn hypothesis(&self, at: usize, n: Decimal, d: Decimal, stated: Decimal) -> Option<Hypothesis> {
        let claim = &self.ingested.claims.list[at];
        let indicator = self.catalog.indicator(claim.indicator());
        let (unit, service, period) = (claim.key.unit(), claim.key.service(), claim.key.period());
        let fits = |value: Decimal| -> Option<Decimal> {
            let ratio = Fraction::new(n, value)?;
            (value != d && ratio.percent(claim.decimals) == stated)
                .then(|| ratio.percent(indicator.decimals.max(claim.decimals)))
        };
        if let [whole] = indicator.denominator.as_slice() {
            for list in &self.catalog.measure(*whole).parts {
                let Some((sum, _)) = self.side(list, (unit, service, period)) else {
                    continue;
                };
                if let Some(percent) = fits(sum) {
                    return Some(Hypothesis::WholeIs {
                        value: sum,
                        percent,
                    });
                }
            }
        }
        for i in self.facts.row(unit, service, period) {
            let key = self.facts.keys()[i];
            let measure = MeasureIx(key.stat());
            if indicator.numerator.contains(&measure) || indicator.denominator.contains(&measure) {
                continue;
            }
            let Some((_, value)) = self.exact(key) else {
                continue;
            };
            if let Some(percent) = fits(value) {
                return Some(Hypothesis::OtherDenominator {
                    measure,
                    value,
                    percent,
                });
            }
        }
        None
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
        kind: RelationKind::PartOverTotal,
        outcome: Outcome::Differs,
        key,
        stat: Stat::Measure(whole_measure),
        stated: Term::Fact(whole),
        terms: vec![Term::Fact(part)],
        computed: Some(value),
        hypothesis: None,
    }
}
