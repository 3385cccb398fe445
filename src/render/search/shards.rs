//! Cutting the index: a piece holds all entries with a key that begins with its prefix. Where these are too many for
//! a phone's first keystroke, the piece holds the best of them, and longer prefixes have pieces of their own.

use std::collections::BTreeMap;

use super::entries::Entry;

/// The most bytes of a piece before compression, which makes about a third of them.
const MOST_BYTES: usize = 40_000;

/// Suggestions that are shown.
const SHOWN: usize = 8;

/// Prefixes are never longer.
const MOST_LETTERS: usize = 8;

/// A piece of the index.
pub(super) struct Shard {
    /// What the keys of its entries begin with.
    pub(super) prefix: String,
    /// How many entries have such a key.
    pub(super) total: usize,
    /// Positions of the entries it holds, in order.
    pub(super) entries: Vec<usize>,
}

/// A key of an entry.
type Key<'a> = (&'a str, usize);

/// Cuts the entries, whose `lines` say how long they are, into pieces by prefix.
pub(super) fn cut(entries: &[Entry], lines: &[String]) -> Vec<Shard> {
    let mut keys: Vec<Key<'_>> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        keys.extend(entry.keys.iter().map(|k| (k.text.as_str(), at)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut shards = Vec::new();
    for (_, group) in by_letter(&keys, 0) {
        divide(entries, lines, &group, 1, &mut shards);
    }
    shards
}

fn by_letter<'k>(keys: &[Key<'k>], at: usize) -> BTreeMap<u8, Vec<Key<'k>>> {
    let mut groups: BTreeMap<u8, Vec<Key<'k>>> = BTreeMap::new();
    for key in keys {
        if let Some(letter) = key.0.as_bytes().get(at) {
            groups.entry(*letter).or_default().push(*key);
        }
    }
    groups
}

fn divide(
    entries: &[Entry],
    lines: &[String],
    keys: &[Key<'_>],
    length: usize,
    shards: &mut Vec<Shard>,
) {
    let Some((first, _)) = keys.first() else {
        return;
    };
    let prefix = first[..length].to_owned();
    let mut list: Vec<usize> = keys.iter().map(|(_, at)| *at).collect();
    list.sort_unstable();
    list.dedup();
    let total = list.len();
    let bytes: usize = list.iter().map(|at| lines[*at].len()).sum();
    if bytes <= MOST_BYTES || length >= MOST_LETTERS {
        shards.push(Shard {
            prefix,
            total,
            entries: list,
        });
        return;
    }
    let mut best: Vec<(u8, usize)> = list
        .iter()
        .filter_map(|at| Some((entries[*at].class(&prefix)?, *at)))
        .collect();
    best.sort_unstable();
    let exact = keys.iter().filter(|(k, _)| k.len() == length);
    let mut kept: Vec<usize> = exact.map(|(_, at)| *at).collect();
    kept.extend(best.iter().take(SHOWN).map(|(_, at)| *at));
    kept.sort_unstable();
    kept.dedup();
    shards.push(Shard {
        prefix,
        total,
        entries: kept,
    });
    for (_, group) in by_letter(keys, length) {
        divide(entries, lines, &group, length + 1, shards);
    }
}
