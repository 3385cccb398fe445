//! What the figures of a document say about each other: sums, parts, ratios, balances, statements of one key.
//!
//! Every relation that can be recomputed is recomputed. Those that hold are counted (and kept where a ratio was
//! stated); those that do not are kept with both figures and, where there is one, a reading that makes them agree.
//! One pass over the sorted facts of each unit; `tree` walks a unit and those below it side by side.

mod bases;
mod claims;
mod finder;
mod groups;
mod keys;
mod readings;
mod rows;
mod tree;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::decimal::Decimal;
use crate::ingest::{Ingested, Periods};
use crate::model::{FactIx, Key, MeasureIx, Stat, UnitIx};
use finder::Finder;

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
    /// A ratio over 100 %.
    Over100,
    /// A stated ratio without counts.
    WithoutBase,
    /// One key stated twice.
    SameKey,
    /// A unit or block and the units it is made of.
    Units,
    /// What came in and what went out or is left.
    Balance,
    /// A stated ratio of a whole outside of those of its parts.
    Mean,
    /// A stated ratio of two different things.
    Kinds,
    /// One key stated twice with one value and two units of measure.
    UnitOfMeasure,
    /// A group's figure that holds services from outside the group.
    Outside,
    /// A service above the one it is a part of.
    Subset,
}

impl RelationKind {
    /// Whether it throws doubt on all its figures, and not only on the stated one.
    fn touches_terms(self) -> bool {
        matches!(
            self,
            Self::Sum | Self::PartOverTotal | Self::SameKey | Self::Balance
        )
    }
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
    /// Nothing to recompute it from, or nothing that would throw doubt on a figure.
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
    /// The stated ratio fits another numerator.
    OtherNumerator {
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
    /// The stated number is the ratio itself, not per cent.
    Fraction {
        /// The ratio in per cent.
        percent: Decimal,
    },
    /// The stated ratio is that of the rest.
    Rest {
        /// The ratio of the rest.
        percent: Decimal,
    },
    /// The stated ratio was cut off, not rounded.
    CutOff {
        /// The rounded ratio.
        percent: Decimal,
    },
    /// A balance holds without one of its terms.
    Without {
        /// The measure.
        measure: MeasureIx,
        /// Its value.
        value: Decimal,
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
    /// For sums over units: how many were added, and how many there are.
    pub counted: (u32, u32),
    /// A reading that makes them agree.
    pub hypothesis: Option<Hypothesis>,
}

impl Relation {
    /// A relation about `stated` with nothing beside it.
    fn new(kind: RelationKind, outcome: Outcome, key: Key, stat: Stat, stated: Term) -> Self {
        Self {
            kind,
            outcome,
            key,
            stat,
            stated,
            terms: Vec::new(),
            computed: None,
            counted: (0, 0),
            hypothesis: None,
        }
    }

    /// A contradiction between a fact and what its key's measure should be.
    fn of_fact(kind: RelationKind, key: Key, ix: FactIx) -> Self {
        let stat = Stat::Measure(MeasureIx(key.stat()));
        Self::new(kind, Outcome::Differs, key, stat, Term::Fact(ix))
    }

    /// Adds the figures it is recomputed from.
    fn with_facts(mut self, facts: impl IntoIterator<Item = FactIx>) -> Self {
        self.terms = facts.into_iter().map(Term::Fact).collect();
        self
    }

    /// Adds the recomputed figure.
    fn gives(mut self, computed: Decimal) -> Self {
        self.computed = Some(computed);
        self
    }
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
pub fn find(catalog: &Catalog, periods: &Periods, ingested: &Ingested) -> Relations {
    let finder = Finder::new(catalog, periods, ingested);
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
    let differing = relations.list.iter();
    for relation in differing.filter(|r| r.outcome == Outcome::Differs) {
        let terms = if relation.kind.touches_terms() {
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
