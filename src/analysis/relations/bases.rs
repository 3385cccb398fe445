//! A stated ratio without declared counts: which two figures of its sentence it was made of, if they count
//! different things.

use super::claims::fits;
use super::finder::Finder;
use super::{Outcome, Relation, RelationKind, Term};
use crate::decimal::{Decimal, Fraction};
use crate::model::{Claim, FactIx, Indicator, MeasureType, Stat};
use crate::text::normal::fold;

impl Finder<'_> {
    /// The relation of a stated ratio to two figures of its own sentence that give it but count different things:
    /// "25,5% người dân … (173.962/682.055 nhân khẩu)", where 173.962 are dossiers.
    ///
    /// Only a ratio of three digits or more, not round, is looked for: a coarse one fits by chance.
    pub(super) fn other_things(&self, at: usize, indicator: &Indicator) -> Option<Relation> {
        let claim = &self.ingested.claims.list[at];
        let is_fine = claim.decimals > 0 && claim.value? >= Decimal::from_int(1);
        if !is_fine || indicator.unit != "%" {
            return None;
        }
        let counts = self.counts_of_sentence(claim)?;
        let (n, d) = counts.iter().find_map(|(n, n_value)| {
            let fitting = |(_, d_value): &&(FactIx, Decimal)| {
                n_value < d_value
                    && Fraction::new(*n_value, *d_value).is_some_and(|r| fits(r, claim))
            };
            counts.iter().find(fitting).map(|(d, _)| (*n, *d))
        })?;
        let unit = |ix| fold(&self.catalog.measure(self.facts.measure(ix)).unit);
        let (above, below) = (unit(n), unit(d));
        if above == below || above.is_empty() || below.is_empty() {
            return None;
        }
        let relation = Relation::new(
            RelationKind::Kinds,
            Outcome::Differs,
            claim.key,
            Stat::Indicator(claim.indicator()),
            Term::Claim(at),
        );
        Some(relation.with_facts([n, d]))
    }

    /// The exact counts that stand in the same place of the document as a claim.
    fn counts_of_sentence(&self, claim: &Claim) -> Option<Vec<(FactIx, Decimal)>> {
        let place = claim.extra.document_place.as_deref()?;
        let is_there = |ix: &FactIx| {
            let there = self
                .facts
                .extra(*ix)
                .and_then(|e| e.document_place.as_deref());
            self.facts.origin(*ix).file == claim.origin.file
                && self.facts.key(*ix).period() == claim.key.period()
                && self.catalog.measure(self.facts.measure(*ix)).kind == MeasureType::Count
                && there == Some(place)
        };
        let of_unit = self.facts.of_unit(claim.key.unit()).map(FactIx::from_at);
        let counts = of_unit.filter(is_there);
        Some(
            counts
                .filter_map(|ix| Some((ix, self.exact(self.facts.key(ix))?.1)))
                .collect(),
        )
    }
}
