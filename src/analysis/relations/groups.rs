//! Groups of services against their members, and services against the one they are a part of.

use super::finder::{Finder, Found, sum};
use super::{Outcome, Relation, RelationKind};
use crate::decimal::Decimal;
use crate::model::{FactIx, Key, MeasureIx, MeasureType, Service, ServiceKind, UnitIx};

impl Finder<'_> {
    /// A group of services and its members, for each measure stated for the group.
    pub(super) fn groups(&self, unit: UnitIx, found: &mut Found) {
        if !self.has_groups {
            return;
        }
        let mut last = None;
        for at in self.facts.of_unit(unit) {
            let key = self.facts.keys()[at];
            let service = self.catalog.services.get(key.service());
            let is_plain = service.members.is_empty() && service.part_of.is_none();
            if last == Some(key) || is_plain || !self.adds_up(key) {
                continue;
            }
            last = Some(key);
            let Some((ix, value)) = self.exact(key) else {
                continue;
            };
            if !service.members.is_empty() {
                self.group(key, ix, value, service, found);
            }
            self.part(key, ix, value, service, found);
        }
    }

    /// Whether figures of a measure are counts that add up.
    pub(super) fn adds_up(&self, key: Key) -> bool {
        let measure = self.catalog.measure(MeasureIx(key.stat()));
        measure.kind == MeasureType::Count && measure.additive
    }

    fn group(&self, key: Key, ix: FactIx, total: Decimal, group: &Service, found: &mut Found) {
        let member = |s| self.exact(Key::new(key.unit(), s, key.period(), key.stat()));
        let parts: Vec<(FactIx, Decimal)> =
            group.members.iter().filter_map(|s| member(*s)).collect();
        let Some(sum) = sum(parts.iter().map(|(_, v)| *v)).filter(|_| !parts.is_empty()) else {
            return;
        };
        let complete = parts.len() == group.members.len();
        let facts = || parts.iter().map(|(ix, _)| *ix);
        if sum == total {
            found.count(key, Outcome::Agrees);
        } else if complete || sum > total {
            let relation = Relation::of_fact(RelationKind::Sum, key, ix);
            found.push(relation.with_facts(facts()).gives(sum));
        } else {
            let outside = self.outside(key, ix, group, total.checked_sub(sum));
            if !outside.is_empty() {
                let mut relation = Relation::of_fact(RelationKind::Outside, key, ix)
                    .with_facts(outside.into_iter().chain(facts()));
                relation.outcome = Outcome::NotComparable;
                found.push(relation);
            }
        }
    }

    /// Services of the same place of the document that are not in the group and make up the difference.
    fn outside(
        &self,
        key: Key,
        group_ix: FactIx,
        group: &Service,
        gap: Option<Decimal>,
    ) -> Vec<FactIx> {
        let place = |ix| {
            let place = self
                .facts
                .extra(ix)
                .and_then(|e| e.document_place.as_deref());
            place.map(|p| (self.facts.origin(ix).file, p))
        };
        let Some(here) = place(group_ix) else {
            return Vec::new();
        };
        let others = self
            .facts
            .of_unit(key.unit())
            .map(FactIx::from_at)
            .filter(|ix| {
                let other = self.facts.key(*ix);
                let service = other.service();
                other.period() == key.period()
                    && other.stat() == key.stat()
                    && self.catalog.services.get(service).kind == ServiceKind::Service
                    && !group.members.contains(&service)
                    && place(*ix) == Some(here)
            });
        let others: Vec<FactIx> = others.collect();
        let sum = sum(others.iter().filter_map(|ix| self.facts.value(*ix)));
        if sum == gap { others } else { Vec::new() }
    }

    /// A service above the one it is a part of: a remark, since the two may count different things.
    fn part(&self, key: Key, ix: FactIx, value: Decimal, service: &Service, found: &mut Found) {
        let Some(whole) = service.part_of else { return };
        // One figure of a row tells it for all.
        let is_told = |r: &Relation| r.kind == RelationKind::Subset && r.key.row() == key.row();
        if found.list.last().is_some_and(is_told) {
            return;
        }
        let whole = Key::new(key.unit(), whole, key.period(), key.stat());
        if let Some((whole_ix, total)) = self.exact(whole)
            && value > total
        {
            let mut relation =
                Relation::of_fact(RelationKind::Subset, key, ix).with_facts([whole_ix]);
            relation.outcome = Outcome::NotComparable;
            found.push(relation);
        }
    }
}
