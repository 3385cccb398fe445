//! A property of every history of units: a back-cast figure is the sum of its leaves, and nothing counts twice in the
//! sums of the units above, which are those of their time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use tiendo::analysis::{Incomparable, State};

use crate::succession::{int, observe, site};

/// A history over three dates, and what the register tells of it.
struct History {
    units: String,
    changes: String,
    /// The units of the first month, all leaves.
    first: Vec<String>,
    /// The units at the end that began after the first month: of each leaf whether they hold all or some of it.
    last: BTreeMap<String, BTreeMap<usize, bool>>,
    /// All units at the end.
    open: Vec<String>,
}

const DATES: [(&str, &str); 3] = [
    ("2025-01-01", "2024-12-31"),
    ("2025-04-01", "2025-03-31"),
    ("2025-07-01", "2025-06-30"),
];

/// A unit while the history is made.
#[derive(Clone)]
struct Grown {
    from: Option<&'static str>,
    /// Pieces of land, each of one leaf. Whoever is divided divides each of its pieces: the register says no more.
    land: BTreeMap<usize, usize>,
}

/// Makes a history. On each date each unit stays (0), goes whole into a new unit (1, 2), is divided among new units
/// (3) or gives a part away (4), joins the first unit that stays (5), or gets another name (6) or unit above (7).
fn history(leaves: usize, choices: &[Vec<usize>]) -> History {
    let mut pieces = leaves;
    let mut now: BTreeMap<String, Grown> = (0..leaves)
        .map(|i| {
            let land = BTreeMap::from([(i, i)]);
            (format!("a{i}"), Grown { from: None, land })
        })
        .collect();
    let (mut ended, mut changes) = (String::new(), String::new());
    for (step, (date, eve)) in DATES.iter().enumerate() {
        let choice = |at: usize| choices[step][at % choices[step].len()];
        let new = |n: usize| format!("u{step}-{n}");
        let stays = now.keys().enumerate().find(|(at, _)| choice(*at) == 0);
        let stays = stays.map(|(_, id)| id.clone());
        let mut after: BTreeMap<String, Grown> = BTreeMap::new();
        let mut arrive = |id: &str, land: Vec<(usize, usize)>| {
            let from = now.get(id).map_or(Some(*date), |old| old.from);
            let unit = after.entry(id.to_owned()).or_insert(Grown {
                from,
                land: BTreeMap::new(),
            });
            unit.land.extend(land);
        };
        for (at, (id, unit)) in now.iter().enumerate() {
            let ways: Vec<String> = match (choice(at), &stays) {
                (0, _) => vec![id.clone()],
                (3, _) => vec![new(1), new(2)],
                (4, _) => vec![id.clone(), new(3)],
                (5, Some(to)) => vec![to.clone()],
                (6 | 7, _) => vec![new(10 + at)],
                (n, _) => vec![new(n)],
            };
            let kind = match choice(at) {
                _ if ways.len() > 1 => "split",
                6 => "rename",
                7 => "reparent",
                _ => "merge",
            };
            for to in ways.iter().filter(|to| *to != id) {
                writeln!(changes, "{date},{kind},{id},{to},,").unwrap();
            }
            if let [to] = ways.as_slice() {
                arrive(to, unit.land.clone().into_iter().collect());
                if to != id {
                    ended += &row(id, unit, eve);
                }
                continue;
            }
            for to in &ways {
                let part = unit.land.values().map(|leaf| {
                    pieces += 1;
                    (pieces, *leaf)
                });
                let part = part.collect();
                arrive(to, part);
            }
            if !ways.contains(id) {
                ended += &row(id, unit, eve);
            }
        }
        now = after;
    }
    let open: String = now.iter().map(|(id, unit)| row(id, unit, "")).collect();
    let mut all: BTreeMap<usize, usize> = BTreeMap::new();
    for leaf in now.values().flat_map(|u| u.land.values()) {
        *all.entry(*leaf).or_default() += 1;
    }
    let held = |unit: &Grown| {
        let mut own: BTreeMap<usize, usize> = BTreeMap::new();
        for leaf in unit.land.values() {
            *own.entry(*leaf).or_default() += 1;
        }
        own.into_iter()
            .map(|(leaf, n)| (leaf, n == all[&leaf]))
            .collect()
    };
    let last = now.iter().filter(|(_, unit)| unit.from.is_some());
    History {
        units: format!(
            "ca-nuoc,,Cả nước,quoc-gia,,,\np0,,Tỉnh Một,tinh,ca-nuoc,,\np1,,Tỉnh Hai,tinh,ca-nuoc,,\n{ended}{open}"
        ),
        open: now.keys().cloned().collect(),
        last: last.map(|(id, unit)| (id.clone(), held(unit))).collect(),
        first: (0..leaves).map(|i| format!("a{i}")).collect(),
        changes,
    }
}

fn row(id: &str, unit: &Grown, end: &str) -> String {
    format!(
        "{id},,Xã {id},xa,{},{},{end}\n",
        above(id),
        unit.from.unwrap_or("")
    )
}

/// One of two provinces.
fn above(id: &str) -> &'static str {
    let sum: usize = id.bytes().map(usize::from).sum();
    ["p0", "p1"][sum % 2]
}

/// The sum of the counts of those below a unit; none where nobody is, and of the country none where only one of its
/// two provinces says anything.
fn below(id: &str, counts: &[(String, i64)]) -> Option<i64> {
    let own = counts.iter().filter(|(unit, _)| above(unit) == id);
    match id {
        "ca-nuoc" => Some(below("p0", counts)? + below("p1", counts)?),
        _ => own.map(|(_, n)| *n).reduce(|a, b| a + b),
    }
}

fn lines(rows: impl Iterator<Item = String>) -> String {
    rows.fold(String::new(), |all, row| all + &row + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_back_cast_is_the_sum_of_its_leaves_for_every_history(
        counts in prop::collection::vec(1i64..10_000, 2..7),
        choices in prop::collection::vec(prop::collection::vec(0usize..8, 7), 3),
    ) {
        let h = history(counts.len(), &choices);
        let rows = lines(h.first.iter().zip(&counts).map(|(id, n)| format!("{id},{n}")));
        let table = format!("Mã đơn vị,Tiếp nhận\n{rows}");
        let plain = site(&h.units, &h.changes, &[("2024-12", &table)]);
        for (id, leaves) in &h.last {
            let o = observe(&plain, "tiep-nhan", id, "2024-12");
            let told = format!("{id}\n{}\n{}", h.units, h.changes);
            if leaves.values().all(|whole| *whole) {
                let sum: i64 = leaves.keys().map(|leaf| counts[*leaf]).sum();
                prop_assert_eq!(o.sound(), Some(int(sum)), "{}", told);
            } else {
                let divided = State::NotComparable(Incomparable::Divided);
                prop_assert_eq!(o.state, divided, "{}", told);
            }
        }
        // A figure that is restated for a unit of today does not count a second time in the total.
        let restated = lines(h.last.keys().map(|id| format!("{id},77")));
        let twice = site(&h.units, &h.changes, &[("2024-12", &format!("{table}{restated}"))]);
        let july: Vec<(String, i64)> = h.open.iter().cloned().zip(11..).collect();
        let of_july = lines(july.iter().map(|(id, n)| format!("{id},{n}")));
        let of_july = format!("Mã đơn vị,Tiếp nhận\n{of_july}");
        let both = site(&h.units, &h.changes, &[("2024-12", &table), ("2025-07", &of_july)]);
        let first: Vec<(String, i64)> = h.first.iter().cloned().zip(counts).collect();
        for id in ["ca-nuoc", "p0", "p1"] {
            let value = |s, when| observe(s, "tiep-nhan", id, when).value;
            for s in [&plain, &twice, &both] {
                prop_assert_eq!(value(s, "2024-12"), below(id, &first).map(int), "{}\n{}", id, h.units);
            }
            prop_assert_eq!(value(&both, "2025-07"), below(id, &july).map(int), "{}\n{}", id, h.units);
        }
    }
}
