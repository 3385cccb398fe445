//! Two sets of published figures → what rose, fell, came, fell silent. Pure; the order never depends on who asks.
//!
//! The sets are two editions, or the same periods of two builds, two commits or two folders. Ratios differ in
//! percentage points, numbers in themselves and in per cent of the old one. A figure that a contradiction touches, and
//! a sum that leaves units out, may have changed; it neither rose nor fell.

use std::collections::{BTreeMap, BTreeSet};

use crate::decimal::{Decimal, Fraction};
use crate::text::date::Date;

/// Stands before the id of what a target is about.
pub const TARGET: &str = "target:";

/// What a figure is of, by ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The period; empty where two periods are compared with each other.
    pub period: String,
    /// The unit.
    pub unit: String,
    /// The service; empty for the unit as a whole.
    pub service: String,
    /// The measure or indicator; of a target [`TARGET`], the id, `@` and the deadline.
    pub id: String,
}

/// The rank of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// From 1.
    pub rank: u32,
    /// Among so many.
    pub of: u32,
    /// Among whom: level and unit above. Ranks of two scopes are not compared.
    pub scope: String,
}

/// A published figure, or the reason why there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The number.
    pub value: Option<Decimal>,
    /// The upper end of a range.
    pub max: Option<Decimal>,
    /// The sign before it, where it is not exact; the operator of a target.
    pub sign: String,
    /// Why there is no number, in the word of open data; empty where there is one.
    pub state: String,
    /// Its unit of measure.
    pub unit_of_measure: String,
    /// Whether differences are percentage points.
    pub is_points: bool,
    /// Whether a contradiction touches it.
    pub is_doubtful: bool,
    /// What a sum counts that leaves units or services out.
    pub left_out: Option<Counted>,
    /// The unit's rank by it.
    pub rank: Option<Rank>,
}

impl Figure {
    /// Whether a reader sees the same: `2.0` is `2`.
    fn says(&self) -> (Option<Decimal>, Option<Decimal>, &str, &str) {
        let plain = |d: Option<Decimal>| d.map(Decimal::normalized);
        (plain(self.value), plain(self.max), &self.sign, &self.state)
    }

    /// The number, if it may be compared.
    fn sound(&self) -> Option<Decimal> {
        self.value
            .filter(|_| !self.is_doubtful && self.left_out.is_none())
            .filter(|_| self.sign.is_empty() && self.max.is_none())
    }
}

/// What a sum counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// So many units or services.
    pub counted: u32,
    /// Of so many.
    pub of: u32,
    /// Which of the two.
    pub over: Over,
}

/// Over what a sum runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Units.
    Units,
    /// Services.
    Services,
}

/// What became of a unit that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its last day.
    pub last_day: Date,
    /// The ids of the units that took its area over.
    pub successors: Vec<String>,
}

/// A set of published figures with the names of what they are of.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// The figures. "Not reported" is none.
    pub list: BTreeMap<Key, Figure>,
    /// Names of units by id.
    pub units: BTreeMap<String, String>,
    /// Names of services by id.
    pub services: BTreeMap<String, String>,
    /// Labels of measures and indicators by id, where they are known.
    pub labels: BTreeMap<String, String>,
    /// What became of the units that have ended, by id, where it is known.
    pub ended: BTreeMap<String, Ended>,
}

/// A figure in two sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is of.
    pub key: Key,
    /// In the old set.
    pub old: Option<Figure>,
    /// In the new set.
    pub new: Option<Figure>,
}

impl Change {
    /// New less old, where both can be compared: percentage points for ratios.
    pub fn difference(&self) -> Option<Decimal> {
        let (old, new) = (self.old.as_ref()?, self.new.as_ref()?);
        (old.is_points == new.is_points).then_some(())?;
        new.sound()?.checked_sub(old.sound()?)
    }

    /// Whether the difference is in percentage points.
    pub fn is_points(&self) -> bool {
        self.new
            .as_ref()
            .or(self.old.as_ref())
            .is_some_and(|f| f.is_points)
    }

    /// For numbers: the difference in per cent of the old one; none where that was zero.
    pub fn percent(&self) -> Option<Decimal> {
        if self.is_points() {
            return None;
        }
        let old = self.old.as_ref()?.sound()?;
        Fraction::new(self.difference()?, old.abs()).map(|f| f.percent(1))
    }

    /// Both ranks, where the unit is ranked among the same ones in both sets.
    pub fn ranks(&self) -> Option<(&Rank, &Rank)> {
        let old = self.old.as_ref()?.rank.as_ref()?;
        let new = self.new.as_ref()?.rank.as_ref()?;
        (old.scope == new.scope).then_some((old, new))
    }

    fn inverse(&self) -> Self {
        Self {
            key: self.key.clone(),
            old: self.new.clone(),
            new: self.old.clone(),
        }
    }
}

/// A unit that one set has figures of and the other has none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitOfOne {
    /// The period, as in [`Key`].
    pub period: String,
    /// The unit.
    pub unit: String,
    /// How many figures it has.
    pub figures: usize,
}

/// What differs between two sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Figures that both sets have.
    pub compared: usize,
    /// Rose: percentage points before numbers, the largest first.
    pub rose: Vec<Change>,
    /// Fell, likewise.
    pub fell: Vec<Change>,
    /// Units that only the new set has figures of.
    pub newcomers: Vec<UnitOfOne>,
    /// Units that only the old set has figures of.
    pub silent: Vec<UnitOfOne>,
    /// Every figure that both sets have and that is not the same, by key.
    pub changed: Vec<Change>,
    /// Figures that only the new set has, of units that both have.
    pub appeared: Vec<Change>,
    /// Figures that only the old set has, of units that both have.
    pub vanished: Vec<Change>,
}

/// Compares two sets.
pub fn diff(old: &Figures, new: &Figures) -> Diff {
    let mut out = Diff::default();
    let (theirs, ours) = (reporting(old), reporting(new));
    out.newcomers = only(&ours, &theirs);
    out.silent = only(&theirs, &ours);
    let keys: BTreeSet<&Key> = old.list.keys().chain(new.list.keys()).collect();
    for key in keys {
        let change = Change {
            key: key.clone(),
            old: old.list.get(key).cloned(),
            new: new.list.get(key).cloned(),
        };
        let is_target = key.id.starts_with(TARGET);
        let unit = (key.period.as_str(), key.unit.as_str());
        let in_both = theirs.contains_key(&unit) && ours.contains_key(&unit) || is_target;
        match (&change.old, &change.new) {
            (Some(a), Some(b)) => {
                out.compared += 1;
                if a.says() == b.says() {
                    continue;
                }
                match change.difference().filter(|_| !is_target) {
                    Some(d) if d > Decimal::ZERO => out.rose.push(change.clone()),
                    Some(d) if d.is_negative() => out.fell.push(change.clone()),
                    _ => {}
                }
                out.changed.push(change);
            }
            (None, Some(_)) if in_both => out.appeared.push(change),
            (Some(_), None) if in_both => out.vanished.push(change),
            _ => {}
        }
    }
    out.sort();
    out
}

/// The units that have figures, and how many; targets are not theirs.
pub fn reporting(figures: &Figures) -> BTreeMap<(&str, &str), usize> {
    let mut out = BTreeMap::new();
    for key in figures.list.keys().filter(|k| !k.id.starts_with(TARGET)) {
        *out.entry((key.period.as_str(), key.unit.as_str()))
            .or_insert(0) += 1;
    }
    out
}

fn only(
    own: &BTreeMap<(&str, &str), usize>,
    other: &BTreeMap<(&str, &str), usize>,
) -> Vec<UnitOfOne> {
    own.iter()
        .filter(|(unit, _)| !other.contains_key(*unit))
        .map(|((period, unit), figures)| UnitOfOne {
            period: (*period).to_owned(),
            unit: (*unit).to_owned(),
            figures: *figures,
        })
        .collect()
}

impl Diff {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        let Self {
            compared: _,
            rose,
            fell,
            newcomers,
            silent,
            changed,
            appeared,
            vanished,
        } = self;
        rose.is_empty()
            && fell.is_empty()
            && newcomers.is_empty()
            && silent.is_empty()
            && changed.is_empty()
            && appeared.is_empty()
            && vanished.is_empty()
    }

    /// The same the other way round.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let turned = |list: &[Change]| list.iter().map(Change::inverse).collect();
        let mut out = Self {
            compared: self.compared,
            rose: turned(&self.fell),
            fell: turned(&self.rose),
            newcomers: self.silent.clone(),
            silent: self.newcomers.clone(),
            changed: turned(&self.changed),
            appeared: turned(&self.vanished),
            vanished: turned(&self.appeared),
        };
        out.sort();
        out
    }

    /// Adds what differs in another period.
    pub fn extend(&mut self, other: Self) {
        self.compared += other.compared;
        self.rose.extend(other.rose);
        self.fell.extend(other.fell);
        self.newcomers.extend(other.newcomers);
        self.silent.extend(other.silent);
        self.changed.extend(other.changed);
        self.appeared.extend(other.appeared);
        self.vanished.extend(other.vanished);
        self.sort();
    }

    fn sort(&mut self) {
        for list in [&mut self.rose, &mut self.fell] {
            list.sort_by_cached_key(|c| {
                let size = c.difference().map(Decimal::abs);
                (
                    !c.is_points(),
                    std::cmp::Reverse(size.map(Decimal::normalized)),
                    c.key.clone(),
                )
            });
        }
        for list in [&mut self.changed, &mut self.appeared, &mut self.vanished] {
            list.sort_by(|a, b| a.key.cmp(&b.key));
        }
        self.newcomers.sort();
        self.silent.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn figure(value: i64, is_points: bool) -> Figure {
        Figure {
            value: Some(Decimal::from_int(value)),
            is_points,
            ..Figure::default()
        }
    }

    fn set(rows: &[(&str, &str, Figure)]) -> Figures {
        let mut out = Figures::default();
        for (unit, id, figure) in rows {
            let key = Key {
                unit: (*unit).to_owned(),
                id: (*id).to_owned(),
                ..Key::default()
            };
            out.list.insert(key, figure.clone());
        }
        out
    }

    fn names(list: &[Change]) -> Vec<(&str, &str)> {
        list.iter()
            .map(|c| (c.key.unit.as_str(), c.key.id.as_str()))
            .collect()
    }

    /// Worked by hand: a rises from 80 % to 85 % (5 points) and from 10 to 12 dossiers (20 %), b falls from 8 to 6
    /// (25 %), c is new, d is silent, e has no rate any more.
    #[test]
    fn rises_falls_newcomers_and_silent_units_are_told_apart() {
        let no_rate = Figure {
            state: "no-activity".into(),
            is_points: true,
            ..Figure::default()
        };
        let old = set(&[
            ("a", "ho-so", figure(10, false)),
            ("a", "ty-le", figure(80, true)),
            ("b", "ho-so", figure(8, false)),
            ("d", "ho-so", figure(1, false)),
            ("e", "ty-le", figure(50, true)),
            ("e", "cu", figure(1, false)),
        ]);
        let new = set(&[
            ("a", "ho-so", figure(12, false)),
            ("a", "ty-le", figure(85, true)),
            ("b", "ho-so", figure(6, false)),
            ("c", "ho-so", figure(3, false)),
            ("e", "ty-le", no_rate),
            ("e", "moi", figure(1, false)),
        ]);
        let d = diff(&old, &new);
        assert_eq!(names(&d.rose), [("a", "ty-le"), ("a", "ho-so")]);
        assert_eq!(names(&d.fell), [("b", "ho-so")]);
        let percent = |c: &Change| c.percent().map(Decimal::to_plain);
        assert_eq!(percent(&d.rose[0]), None);
        assert_eq!(percent(&d.rose[1]).as_deref(), Some("20.0"));
        assert_eq!(percent(&d.fell[0]).as_deref(), Some("-25.0"));
        assert_eq!(d.newcomers[0].unit, "c");
        assert_eq!(d.silent[0].unit, "d");
        assert_eq!(d.changed.len(), 4, "the rate that is gone too");
        assert_eq!(names(&d.appeared), [("e", "moi")]);
        assert_eq!(names(&d.vanished), [("e", "cu")]);
        assert_eq!(d.compared, 4);
    }

    #[test]
    fn doubtful_figures_change_and_neither_rise_nor_fall() {
        let doubtful = Figure {
            is_doubtful: true,
            ..figure(12, false)
        };
        let d = diff(
            &set(&[("a", "ho-so", figure(10, false))]),
            &set(&[("a", "ho-so", doubtful)]),
        );
        assert_eq!((d.rose.len(), d.fell.len(), d.changed.len()), (0, 0, 1));
    }

    #[test]
    fn a_target_is_no_report_of_its_unit() {
        let d = diff(
            &Figures::default(),
            &set(&[("a", "target:x@", figure(80, true))]),
        );
        assert_eq!((d.newcomers.len(), d.appeared.len()), (0, 1));
    }

    #[test]
    fn ranks_of_two_scopes_are_not_compared() {
        let ranked = |rank, scope: &str, value| Figure {
            rank: Some(Rank {
                rank,
                of: 9,
                scope: scope.into(),
            }),
            ..figure(value, true)
        };
        let change = |scope| {
            let old = set(&[("a", "x", ranked(3, "xa", 80))]);
            diff(&old, &set(&[("a", "x", ranked(1, scope, 90))]))
        };
        assert_eq!(
            change("xa").rose[0].ranks().map(|(a, b)| (a.rank, b.rank)),
            Some((3, 1))
        );
        assert_eq!(change("huyen").rose[0].ranks(), None);
    }

    fn figures() -> impl Strategy<Value = Figures> {
        let figure = (
            proptest::option::weighted(0.8, -50i64..50),
            0u8..3,
            proptest::bool::weighted(0.2),
            0u8..3,
            0u8..8,
        )
            .prop_map(|(value, scale, is_doubtful, rank, kind)| Figure {
                value: value.map(|v| Decimal::new(v, scale)),
                max: (kind == 0).then(|| Decimal::from_int(60)),
                sign: if kind == 1 { ">".into() } else { String::new() },
                left_out: (kind == 2).then_some(Counted {
                    counted: 2,
                    of: 3,
                    over: Over::Units,
                }),
                state: if value.is_none() {
                    "no-activity".into()
                } else {
                    String::new()
                },
                is_doubtful,
                rank: (rank > 0).then(|| Rank {
                    rank: u32::from(rank),
                    of: 2,
                    scope: String::new(),
                }),
                ..Figure::default()
            });
        let key = (
            "[a-d]",
            "[xy]?",
            prop_oneof!["[mn]", Just("r".to_owned()), Just("target:t@".to_owned())],
        )
            .prop_map(|(unit, service, id)| Key {
                period: String::new(),
                unit,
                service,
                id,
            });
        proptest::collection::btree_map(key, figure, 0..24).prop_map(|mut list| {
            for (key, f) in &mut list {
                f.is_points = key.id == "r";
            }
            Figures {
                list,
                ..Figures::default()
            }
        })
    }

    proptest! {
        #[test]
        fn nothing_differs_from_itself(a in figures()) {
            prop_assert!(diff(&a, &a).is_empty());
        }

        #[test]
        fn the_other_way_round_is_the_inverse(a in figures(), b in figures()) {
            let there = diff(&a, &b);
            let back = diff(&b, &a);
            prop_assert_eq!(&there.inverse(), &back);
            prop_assert_eq!(&back.inverse(), &there);
        }
    }
}
