//! The first and the last units of a ranking: units that share a rank are shown all or none.

use crate::analysis::{RankEntry, Ranking};

/// So many more than asked for are shown where a shared rank would be cut otherwise.
const MORE: usize = 3;

/// The ends of a ranking.
pub(crate) struct Ends<'a> {
    /// The first units; none where too many share the first rank.
    pub(crate) first: &'a [RankEntry],
    /// The last units; none where too many share the last rank.
    pub(crate) last: &'a [RankEntry],
}

/// About `most` units from each end, never more than half of all.
pub(crate) fn of(ranking: &Ranking, most: usize) -> Ends<'_> {
    let entries = &ranking.entries[..];
    let ranks: Vec<u32> = entries.iter().map(|e| e.rank).collect();
    let first = cut(&ranks, most);
    let backwards: Vec<u32> = ranks.into_iter().rev().collect();
    let last = cut(&backwards, most);
    Ends {
        first: &entries[..first],
        last: &entries[entries.len() - last..],
    }
}

/// How many from the start: the most up to `most` that part no equal ranks, else the fewest above.
fn cut(ranks: &[u32], most: usize) -> usize {
    let half = ranks.len() / 2;
    let parts_none = |k: &usize| ranks[k - 1] != ranks[*k];
    let within = (1..=most.min(half)).rev().find(parts_none);
    let beyond = || (most + 1..=(most + MORE).min(half)).find(parts_none);
    within.or_else(beyond).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn equal_ranks_are_never_parted() {
        assert_eq!(cut(&[1, 2, 3, 4, 5, 6, 7, 8], 3), 3);
        assert_eq!(cut(&[1, 2, 3, 4], 3), 2, "no more than half");
        assert_eq!(cut(&[1, 2, 2, 2, 5, 6, 7, 8], 3), 1);
        assert_eq!(cut(&[1, 1, 1, 1, 1, 6, 7, 8, 9, 10], 3), 5);
        assert_eq!(cut(&[1, 1, 1, 1, 5, 6], 3), 0);
        assert_eq!(cut(&[1, 1], 3), 0);
        assert_eq!(cut(&[], 3), 0);
    }
}
