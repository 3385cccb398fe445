//! How places moved since an earlier ranking: counted among the units that both rank, so that nobody climbs because
//! others did not report.

use std::collections::BTreeMap;

use super::{RankEntry, Ranking};
use crate::diagnostic::to_u32;
use crate::model::UnitIx;

/// The places of the units that two rankings share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    places: BTreeMap<UnitIx, (u32, u32)>,
    /// Whether both rank the same units.
    pub same_units: bool,
}

impl Moves {
    /// A unit's place then and now, from 1, among those that both rank.
    pub fn of(&self, unit: UnitIx) -> Option<(u32, u32)> {
        self.places.get(&unit).copied()
    }

    /// How many units both rank.
    pub fn shared(&self) -> usize {
        self.places.len()
    }
}

/// Compares the places of two rankings; nothing where they share fewer than two units.
pub fn moves(before: &Ranking, now: &Ranking) -> Moves {
    let units = |r: &Ranking| -> BTreeMap<UnitIx, u32> {
        r.entries.iter().map(|e| (e.unit, e.rank)).collect()
    };
    let (then, today) = (units(before), units(now));
    let old = places(&before.entries, &today);
    let new = places(&now.entries, &then);
    let places: BTreeMap<UnitIx, (u32, u32)> = old
        .into_iter()
        .filter_map(|(unit, place)| Some((unit, (place, *new.get(&unit)?))))
        .collect();
    if places.len() < 2 {
        return Moves::default();
    }
    Moves {
        same_units: places.len() == then.len() && places.len() == today.len(),
        places,
    }
}

/// The places among those entries that `others` has too; equal ranks stay equal.
fn places(entries: &[RankEntry], others: &BTreeMap<UnitIx, u32>) -> BTreeMap<UnitIx, u32> {
    let mut out = BTreeMap::new();
    let mut last: Option<(u32, u32)> = None;
    let shared = entries.iter().filter(|e| others.contains_key(&e.unit));
    for (at, entry) in shared.enumerate() {
        let place = match last {
            Some((rank, place)) if rank == entry.rank => place,
            _ => to_u32(at + 1),
        };
        last = Some((entry.rank, place));
        out.insert(entry.unit, place);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Observation;
    use crate::analysis::ranking::Coverage;

    fn ranking(list: &[(u32, u32)]) -> Ranking {
        let entry = |(unit, rank): &(u32, u32)| RankEntry {
            unit: UnitIx(*unit),
            rank: *rank,
            shared: 1,
            observation: Observation::ABSENT,
            band: None,
            peers: None,
        };
        Ranking {
            entries: list.iter().map(entry).collect(),
            unranked: Vec::new(),
            coverage: Coverage::default(),
            refusal: None,
            listed: Vec::new(),
        }
    }

    /// Units 1 to 5 stood 1, 2, 2, 4, 5; now 2 and 3 are not ranked and 6 is: 1, 6, 5, 4. Shared are 1, 4 and 5, then
    /// at 1, 2, 3 among themselves and now at 1, 3, 2: unit 5 rose by one place, although its rank went from 5 to 3.
    #[test]
    fn nobody_climbs_because_others_are_missing() {
        let before = ranking(&[(1, 1), (2, 2), (3, 2), (4, 4), (5, 5)]);
        let now = ranking(&[(1, 1), (6, 2), (5, 3), (4, 4)]);
        let m = moves(&before, &now);
        assert_eq!((m.same_units, m.shared()), (false, 3));
        assert_eq!(m.of(UnitIx(1)), Some((1, 1)));
        assert_eq!(m.of(UnitIx(5)), Some((3, 2)));
        assert_eq!(m.of(UnitIx(4)), Some((2, 3)));
        assert_eq!(m.of(UnitIx(2)), None);
    }

    #[test]
    fn equal_ranks_stay_equal() {
        let before = ranking(&[(1, 1), (2, 1), (3, 3)]);
        let m = moves(&before, &before);
        assert!(m.same_units);
        assert_eq!(
            [1, 2, 3].map(|u| m.of(UnitIx(u))),
            [Some((1, 1)), Some((1, 1)), Some((3, 3))]
        );
    }

    #[test]
    fn one_shared_unit_has_no_place() {
        let m = moves(&ranking(&[(1, 1), (2, 2)]), &ranking(&[(1, 1), (3, 2)]));
        assert_eq!((m.of(UnitIx(1)), m.same_units), (None, false));
    }
}
