//! Points of an index: official ones as given, recomputed beside them.
//!
//! A component without a figure gives no points and takes its maximum with it: the total then says of how many points there
//! are figures. The points of a unit never follow from those of the units below it, nor from sums over them.

mod formula;

use super::{Analysis, Basis, Observation, State};
use crate::decimal::{Decimal, Fraction};
use crate::model::score::{Band, Component, Group, Index, IndexVersion};
use crate::model::{IndicatorIx, PeriodIx, ServiceIx, Stat, UnitIx};
use formula::least_for_one_more;

/// The points of a unit by an index in a period.
#[derive(Clone, Debug)]
pub struct Score<'a> {
    /// The index.
    pub index: &'a Index,
    /// Its structure in the period.
    pub version: &'a IndexVersion,
    /// Its groups in their order.
    pub groups: Vec<GroupScore<'a>>,
    /// The points of the groups together, as far as there are figures.
    pub sum: Points,
    /// The official total, where there is one.
    pub stated: Option<Stated>,
}

/// Points with the maximum of those parts that have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// The points.
    pub points: Decimal,
    /// The most that the parts with figures give.
    pub of: Decimal,
}

/// Official points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The points.
    pub points: Decimal,
    /// Decimals as written.
    pub decimals: u8,
    /// Their position among the claims.
    pub claim: usize,
}

/// The points of a group.
#[derive(Clone, Debug)]
pub struct GroupScore<'a> {
    /// The group.
    pub group: &'a Group,
    /// Its components in their order.
    pub components: Vec<ComponentScore<'a>>,
    /// Its official points.
    pub stated: Option<Stated>,
    /// Its points recomputed from its components; none where no component has any.
    pub recomputed: Option<Points>,
}

/// The points of a component.
#[derive(Clone, Debug)]
pub struct ComponentScore<'a> {
    /// The component.
    pub component: &'a Component,
    /// Its official points.
    pub stated: Option<Stated>,
    /// Its points recomputed, at the decimals of the index.
    pub recomputed: Option<Decimal>,
    /// The same before rounding.
    exact: Option<Fraction>,
    /// What it is recomputed from.
    pub figure: Option<Observation>,
}

/// Official points that do not follow from the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch<'a> {
    /// What the points are of.
    pub label: &'a str,
    /// The official ones.
    pub stated: Stated,
    /// The recomputed ones.
    pub recomputed: Decimal,
}

/// The least that brings one point more.
#[derive(Clone, Copy, Debug)]
pub struct OneMore<'a> {
    /// The group.
    pub group: &'a Group,
    /// The component.
    pub component: &'a Component,
    /// The indicator whose numerator must change.
    pub indicator: IndicatorIx,
    /// By how many; negative where fewer are better.
    pub count: i64,
    /// The denominator, which stays.
    pub of: Decimal,
}

impl GroupScore<'_> {
    /// Whether nothing arose in any of its components: official points of zero then say nothing.
    pub fn is_idle(&self) -> bool {
        !self.components.is_empty() && self.components.iter().all(ComponentScore::is_idle)
    }

    /// The points that are published: the official ones, else the recomputed ones.
    pub fn points(&self) -> Option<Points> {
        let of = self.group.max;
        let stated = self
            .stated
            .filter(|s| !(s.points.is_zero() && self.is_idle()));
        let stated = stated.map(|s| Points {
            points: s.points,
            of,
        });
        stated.or(self.recomputed)
    }

    /// Its points, where nothing of it is missing.
    fn whole(&self) -> Option<Decimal> {
        let p = self.points().filter(|p| p.of == self.group.max)?;
        Some(p.points)
    }

    /// How many points of those it could have it lacks.
    pub fn lost(&self) -> Option<Decimal> {
        let p = self.points()?;
        p.of.checked_sub(p.points)
    }
}

impl ComponentScore<'_> {
    /// Whether nothing arose and the decision gives no points for that.
    pub fn is_idle(&self) -> bool {
        let has_none = |o: &Observation| o.state == State::NoActivity;
        self.figure.as_ref().is_some_and(has_none) && self.exact.is_none()
    }

    /// The points that are published: a zero where nothing arose is none.
    pub fn points(&self) -> Option<Decimal> {
        let stated = self.stated.map(|s| s.points);
        stated
            .filter(|p| !(p.is_zero() && self.is_idle()))
            .or(self.recomputed)
    }
}

impl<'a> Score<'a> {
    /// The total that is published: the official one is of the whole maximum.
    pub fn total(&self) -> Points {
        match self.stated {
            Some(s) => Points {
                points: s.points,
                of: self.version.max(),
            },
            None => self.sum,
        }
    }

    /// Whether nothing is missing.
    pub fn is_whole(&self) -> bool {
        self.total().of == self.version.max()
    }

    /// The name of the total; none while something is missing.
    pub fn band(&self) -> Option<&'a Band> {
        if self.is_whole() {
            self.version.band(self.total().points)
        } else {
            None
        }
    }

    /// The group that lacks most points of those that have figures; none where all have theirs.
    pub fn costliest(&self) -> Option<(&GroupScore<'a>, Decimal)> {
        let mut found: Option<(&GroupScore<'a>, Decimal)> = None;
        for group in &self.groups {
            let Some(lost) = group.lost().filter(|l| *l > Decimal::ZERO) else {
                continue;
            };
            if found.is_none_or(|(_, most)| lost > most) {
                found = Some((group, lost));
            }
        }
        found
    }

    /// Official points that are not those that follow from the figures, at the decimals in which they are written.
    pub fn mismatches(&self) -> Vec<Mismatch<'a>> {
        let mut out = Vec::new();
        for group in &self.groups {
            for c in &group.components {
                if let (Some(stated), Some(exact)) = (c.stated, c.exact) {
                    let recomputed = exact.round(stated.decimals);
                    if !is_near(&[exact], stated) {
                        out.push(Mismatch {
                            label: &c.component.label,
                            stated,
                            recomputed,
                        });
                    }
                }
            }
            let exact: Option<Vec<Fraction>> = group.components.iter().map(|c| c.exact).collect();
            let exact = exact.filter(|e| !e.is_empty());
            if let (Some(stated), Some(exact)) = (group.stated, exact)
                && !is_near(&exact, stated)
                && let Some(recomputed) = sum(exact.iter().map(|e| e.round(stated.decimals)))
            {
                out.push(Mismatch {
                    label: &group.group.label,
                    stated,
                    recomputed,
                });
            }
        }
        // The official total against the points of all groups, where none is missing.
        let groups: Option<Vec<Decimal>> = self.groups.iter().map(GroupScore::whole).collect();
        if let (Some(stated), Some(groups)) = (self.stated, groups)
            && let Some(recomputed) = sum(groups.iter().copied())
        {
            let one = Decimal::from_int(1);
            let parts: Vec<Fraction> = groups
                .iter()
                .filter_map(|points| Fraction::new(*points, one))
                .collect();
            if !is_near(&parts, stated) {
                out.push(Mismatch {
                    label: &self.index.label,
                    stated,
                    recomputed,
                });
            }
        }
        out
    }
}

/// Whether official points may be the sum of some parts: each may have been rounded by half a digit, either way.
fn is_near(parts: &[Fraction], stated: Stated) -> bool {
    const FINE: u8 = 6;
    let decimals = stated.decimals.saturating_add(FINE).min(12);
    let exact = sum(parts.iter().map(|p| p.round(decimals)));
    let distance = exact
        .and_then(|e| e.checked_sub(stated.points))
        .map(Decimal::abs);
    let twice = distance.and_then(|d| d.checked_add(d));
    let parts = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    // One ulp of the fine sum for each part, for that is rounded too.
    let allowed = Decimal::new(parts, stated.decimals).checked_add(Decimal::new(parts, decimals));
    twice.zip(allowed).is_some_and(|(t, a)| t <= a)
}

fn sum(mut parts: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    parts.try_fold(Decimal::ZERO, Decimal::checked_add)
}

impl<'a> Analysis<'a> {
    /// The points of a unit by each index that it has any points or figures of, in the order of the catalogue.
    pub fn scores(&self, unit: UnitIx, period: PeriodIx) -> Vec<Score<'a>> {
        let day = self.period(period).end;
        let catalog = self.catalog;
        catalog
            .scores
            .iter()
            .filter_map(|index| {
                let version = index.version_on(day)?;
                self.score(index, version, unit, period)
            })
            .collect()
    }

    fn score(
        &self,
        index: &'a Index,
        version: &'a IndexVersion,
        unit: UnitIx,
        period: PeriodIx,
    ) -> Option<Score<'a>> {
        let groups: Vec<GroupScore<'a>> = version
            .groups
            .iter()
            .map(|g| self.group_score(g, version.decimals, unit, period))
            .collect();
        let stated = version.stated.and_then(|i| self.stated(i, unit, period));
        let known: Vec<Points> = groups.iter().filter_map(GroupScore::points).collect();
        let is_stated = stated.is_some() || groups.iter().any(|g| g.stated.is_some());
        if known.is_empty() && !is_stated {
            return None;
        }
        Some(Score {
            index,
            version,
            sum: Points {
                points: sum(known.iter().map(|p| p.points))?,
                of: sum(known.iter().map(|p| p.of))?,
            },
            groups,
            stated,
        })
    }

    fn group_score(
        &self,
        group: &'a Group,
        decimals: u8,
        unit: UnitIx,
        period: PeriodIx,
    ) -> GroupScore<'a> {
        let components: Vec<ComponentScore<'a>> = group
            .components
            .iter()
            .map(|c| self.component_score(c, decimals, unit, period))
            .collect();
        let known: Vec<(Decimal, Decimal)> = components
            .iter()
            .filter_map(|c| Some((c.points()?, c.component.max)))
            .collect();
        let points = sum(known.iter().map(|(p, _)| *p)).map(|p| p.min(group.max));
        let of = sum(known.iter().map(|(_, max)| *max)).map(|m| m.min(group.max));
        let recomputed = points.zip(of).filter(|_| !known.is_empty());
        GroupScore {
            group,
            stated: group.stated.and_then(|i| self.stated(i, unit, period)),
            recomputed: recomputed.map(|(points, of)| Points { points, of }),
            components,
        }
    }

    fn component_score(
        &self,
        component: &'a Component,
        decimals: u8,
        unit: UnitIx,
        period: PeriodIx,
    ) -> ComponentScore<'a> {
        let observe = |stat| self.observe(stat, unit, ServiceIx::WHOLE, period);
        // Sums over the units below or before are no figures of the unit itself.
        let is_own = |o: &Observation| !matches!(o.basis, Basis::Units | Basis::Predecessors);
        let figure = component.stat.map(observe).filter(is_own);
        let exact = figure.as_ref().and_then(|o| match o.state {
            State::Value if !o.is_partial() => component.formula.points(component.max, value(o)?),
            State::NoActivity => Fraction::new(component.no_activity?, Decimal::from_int(1)),
            _ => None,
        });
        ComponentScore {
            component,
            stated: component.stated.and_then(|i| self.stated(i, unit, period)),
            recomputed: exact.map(|e| e.round(decimals)),
            exact,
            figure,
        }
    }

    /// Official points, where a document gives them and nothing speaks against them.
    fn stated(&self, indicator: IndicatorIx, unit: UnitIx, period: PeriodIx) -> Option<Stated> {
        let stat = Stat::Indicator(indicator);
        let o = self.observe(stat, unit, ServiceIx::WHOLE, period);
        let claim = o.claim?;
        let points = o.sound()?;
        Some(Stated {
            points,
            decimals: self.claims().list[claim].decimals,
            claim,
        })
    }

    /// The least change of a numerator that brings one point more, with everything else as it is; of a group, the component
    /// that needs least.
    pub fn one_more<'s>(&self, group: &'s GroupScore<'a>) -> Option<OneMore<'a>> {
        let mut best: Option<OneMore<'a>> = None;
        for c in &group.components {
            let (Some(Stat::Indicator(indicator)), Some(o)) = (c.component.stat, &c.figure) else {
                continue;
            };
            let Some(count) = least_for_one_more(c.component, o) else {
                continue;
            };
            if best.is_none_or(|b| count.abs() < b.count.abs()) {
                best = o.denominator.map(|of| OneMore {
                    group: group.group,
                    component: c.component,
                    indicator,
                    count,
                    of,
                });
            }
        }
        best
    }
}

/// The exact value of a figure: a ratio's before it is rounded.
fn value(o: &Observation) -> Option<Fraction> {
    let hundred = |r: Fraction| Fraction::new(percent_of(r)?, r.denominator());
    match o.ratio {
        Some(r) => hundred(r),
        None => Fraction::new(o.value?, Decimal::from_int(1)),
    }
}

fn percent_of(r: Fraction) -> Option<Decimal> {
    r.numerator().checked_mul(Decimal::from_int(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse_plain(text).unwrap()
    }

    #[test]
    fn official_points_are_compared_as_they_are_written() {
        let stated = |text: &str| Stated {
            points: decimal(text),
            decimals: decimal(text).scale(),
            claim: 0,
        };
        let third = Fraction::new(decimal("20"), decimal("3")).unwrap();
        assert!(is_near(&[third], stated("6.67")));
        assert!(!is_near(&[third], stated("6.66")));
        // Two parts may each have been rounded: 6,67 + 6,67 = 13,34, though 13,33 in truth.
        assert!(is_near(&[third, third], stated("13.34")));
        assert!(!is_near(&[third, third], stated("13.36")));
    }
}
