//! Which target holds for which unit, service and month, and which has given way to a newer one.

use std::cmp::Reverse;

use super::Analysis;
use crate::model::{Level, PeriodIx, ServiceIx, ServiceKind, Stat, Target, UnitIx};
use crate::text::date::Date;

/// A target as it holds for one unit and service.
#[derive(Clone, Copy, Debug)]
pub struct Applied<'t> {
    /// The target.
    pub target: &'t Target,
    /// The unit: that of the target, or one that it is set for each of.
    pub unit: UnitIx,
    /// The service: that of the target, or one of its group.
    pub service: ServiceIx,
}

impl<'t> Applied<'t> {
    /// A target for the unit and service that it names.
    pub fn own(target: &'t Target) -> Self {
        Self {
            target,
            unit: target.unit,
            service: target.service,
        }
    }
}

impl<'a> Analysis<'a> {
    /// Whether a target is set for each of several units or services rather than for one.
    pub fn is_for_each(&self, target: &Target) -> bool {
        self.is_for_each_unit(target) || self.is_for_each_service(target)
    }

    fn is_for_each_unit(&self, target: &Target) -> bool {
        let unit = self.catalog.units.get(target.unit);
        // A block without known members speaks for itself.
        let of_block = target.each && unit.level == Level::Block && !unit.members.is_empty();
        target.level.is_some() || of_block
    }

    fn is_for_each_service(&self, target: &Target) -> bool {
        let service = self.catalog.services.get(target.service);
        target.each && service.kind != ServiceKind::Service && !service.members.is_empty()
    }

    /// Whether a target holds for a unit and a service.
    pub fn is_set_for(&self, target: &Target, unit: UnitIx, service: ServiceIx) -> bool {
        self.is_set_for_unit(target, unit) && self.is_set_for_service(target, service)
    }

    fn is_set_for_unit(&self, target: &Target, unit: UnitIx) -> bool {
        if !self.is_for_each_unit(target) {
            return target.unit == unit;
        }
        let units = &self.catalog.units;
        let (above, u) = (units.get(target.unit), units.get(unit));
        match target.level {
            Some(level) => {
                u.level == level
                    && u.valid_to.is_none_or(|end| end >= self.start_of(target))
                    && units.is_within(unit, target.unit)
            }
            None => above.members.contains(&unit),
        }
    }

    fn is_set_for_service(&self, target: &Target, service: ServiceIx) -> bool {
        if self.is_for_each_service(target) {
            let group = self.catalog.services.get(target.service);
            group.members.contains(&service)
        } else {
            target.service == service
        }
    }

    /// Everything that a target holds for, in the order of the catalogue.
    pub fn applied(&self, target: &'a Target) -> Vec<Applied<'a>> {
        let units: Vec<UnitIx> = if self.is_for_each_unit(target) {
            let all = self.catalog.units.indices();
            all.filter(|u| self.is_set_for_unit(target, *u)).collect()
        } else {
            vec![target.unit]
        };
        let services: Vec<ServiceIx> = if self.is_for_each_service(target) {
            self.catalog.services.get(target.service).members.clone()
        } else {
            vec![target.service]
        };
        units
            .iter()
            .flat_map(|unit| {
                services.iter().map(|service| Applied {
                    target,
                    unit: *unit,
                    service: *service,
                })
            })
            .collect()
    }

    /// The targets that hold for a unit, each service of a group by itself; those that gave way are left out.
    pub fn targets_of(&self, unit: UnitIx) -> Vec<Applied<'a>> {
        let set = self.targets.iter();
        set.filter(|t| self.is_set_for_unit(t, unit) && self.successor(t).is_none())
            .flat_map(|target| {
                let services = if self.is_for_each_service(target) {
                    self.catalog.services.get(target.service).members.clone()
                } else {
                    vec![target.service]
                };
                services.into_iter().map(move |service| Applied {
                    target,
                    unit,
                    service,
                })
            })
            .collect()
    }

    /// The first day on which a target holds: the day it says, else the first day of the period of its document.
    pub fn start_of(&self, target: &Target) -> Date {
        target.from.unwrap_or(self.period(target.period).start)
    }

    /// The target of the same scope that has taken the place of this one: the next that begins after it, up to the
    /// as-of date and before its own deadline.
    pub fn successor(&self, target: &Target) -> Option<&'a Target> {
        let start = self.start_of(target);
        let is_same = |t: &&Target| {
            (t.stat, t.unit, t.service, t.level, t.each)
                == (
                    target.stat,
                    target.unit,
                    target.service,
                    target.level,
                    target.each,
                )
        };
        self.targets
            .iter()
            .filter(is_same)
            .filter(|t| {
                let begins = self.start_of(t);
                begins > start
                    && self.as_of.is_none_or(|day| begins <= day)
                    && target.deadline.is_none_or(|d| begins <= d)
            })
            .min_by_key(|t| self.start_of(t))
    }

    /// The target that holds for a figure in a period.
    ///
    /// One set for this very unit and service comes before one set for each of many; of those the newest that has
    /// begun; of several that began on one day the next deadline. A target that does not say when it begins holds
    /// for earlier periods too, as far as no other does.
    pub fn target_for(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<&'a Target> {
        let (opens, closes) = (self.period(period).start, self.period(period).end);
        let candidates: Vec<&Target> = self
            .targets
            .iter()
            .filter(|t| t.stat == stat && self.is_set_for(t, unit, service))
            .filter(|t| t.deadline.is_none_or(|d| d >= opens) && t.from.is_none_or(|d| d <= closes))
            .collect();
        let order = |t: &&Target| {
            let begins = self.start_of(t);
            let is_own = (t.unit, t.service) == (unit, service);
            // Of those that have begun the newest, of the others the one that begins first.
            let has_begun = begins <= closes;
            let days = begins.days_since_epoch();
            let deadline = t.deadline.map_or(i64::MAX, Date::days_since_epoch);
            (
                is_own,
                has_begun,
                if has_begun { days } else { -days },
                Reverse(deadline),
            )
        };
        // The first of equals: max_by_key would take the last.
        candidates.into_iter().rev().max_by_key(order)
    }
}
