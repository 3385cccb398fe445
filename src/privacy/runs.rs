//! Runs of digits with the signs that group them, found in bytes at the speed of memory.
//!
//! A run that matters has at least nine digits, so one byte in nine is looked at, and the rest only around a digit.

use std::ops::Range;

/// Stands for a sign that nobody sees; it neither is a digit nor divides digits.
pub(super) const NOTHING: char = '\u{1}';

/// The fewest digits of a number that belongs to a person.
const FEWEST: usize = 9;

/// Digits and what stands between them: space, point, hyphen, brackets, plus, no-break space.
const CHAIN: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"0123456789 .-()+\x01\xc2\xa0";
    let mut i = 0;
    while i < signs.len() {
        table[signs[i] as usize] = true;
        i += 1;
    }
    table
};

/// Every run that may hold a number of a person, in order. It begins and ends with a digit.
pub(super) fn runs(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let probe = at + FEWEST - 1;
            if !CHAIN[usize::from(*bytes.get(probe)?)] {
                at = probe + 1;
                continue;
            }
            let in_chain = |b: &&u8| CHAIN[usize::from(**b)];
            let left = bytes[at..probe].iter().rev().take_while(in_chain).count();
            let right = bytes[probe..].iter().take_while(in_chain).count();
            let run = probe - left..probe + right;
            at = run.end + 1;
            if let Some(run) = trimmed(bytes, run)
                && is_worth(&bytes[run.clone()], &bytes[..run.start])
            {
                return Some(run);
            }
        }
    })
}

fn trimmed(bytes: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    let own = &bytes[run.clone()];
    let first = own.iter().position(u8::is_ascii_digit)?;
    let last = own.iter().rposition(u8::is_ascii_digit)?;
    Some(run.start + first..run.start + last + 1)
}

/// Whether a run has nine digits, and one group that no plain figure has: a leading zero, nine digits without a mark,
/// or a country code. What is left are coordinates of drawings and rows of figures.
fn is_worth(run: &[u8], before: &[u8]) -> bool {
    if run.iter().filter(|b| b.is_ascii_digit()).count() < FEWEST {
        return false;
    }
    if matches!(before.last(), Some(b'+')) || run.contains(&b'+') {
        return true;
    }
    let mut at = 0;
    while at < run.len() {
        let group = run[at..]
            .iter()
            .take_while(|b| b.is_ascii_digit() || **b == 1)
            .count();
        if group == 0 {
            at += 1;
            continue;
        }
        let is_fraction = at > 1 && run[at - 1] == b'.' && run[at - 2] == b'0';
        let is_bracketed = at + group < run.len() && run[at + group] == b')';
        let leads = run[at] == b'0' && group > 1 && !is_fraction;
        let is_three = group == 3
            && run
                .get(at + 3)
                .is_some_and(|b| matches!(b, b' ' | b'.' | 0xc2));
        if leads || group >= FEWEST || is_bracketed || (is_three && is_grouped_nine(&run[at..])) {
            return true;
        }
        at += group;
    }
    false
}

/// Whether three groups of three begin here: a former identity number as some write it, or a figure.
fn is_grouped_nine(run: &[u8]) -> bool {
    let mut rest = run;
    for last in [false, false, true] {
        if rest.len() < 3 || !rest[..3].iter().all(u8::is_ascii_digit) {
            return false;
        }
        rest = &rest[3..];
        if last {
            return !rest.first().is_some_and(u8::is_ascii_digit);
        }
        rest = match rest {
            [b' ' | b'.', tail @ ..] | [0xc2, 0xa0, tail @ ..] => tail,
            _ => return false,
        };
    }
    false
}

/// What stands between two groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: the first group of its run.
    Start,
    /// One space.
    Space,
    /// A point.
    Point,
    /// A hyphen.
    Hyphen,
    /// A closing bracket, and perhaps one sign more.
    Bracket,
    /// More than one number has inside.
    Break,
}

/// A group of digits.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) range: Range<usize>,
    /// What stands before it.
    pub(super) gap: Gap,
    /// How many digits it has.
    pub(super) digits: usize,
}

/// The groups of a run.
pub(super) fn groups(bytes: &[u8], run: Range<usize>) -> Vec<Group> {
    let is_part = |b: u8| b.is_ascii_digit() || b == 1;
    let mut groups: Vec<Group> = Vec::new();
    let mut at = run.start;
    while at < run.end {
        let end = at
            + bytes[at..run.end]
                .iter()
                .take_while(|b| is_part(**b))
                .count();
        let digits = bytes[at..end].iter().filter(|b| b.is_ascii_digit()).count();
        if digits > 0 {
            let gap = groups
                .last()
                .map_or(Gap::Start, |g| gap(&bytes[g.range.end..at]));
            let range = at..end;
            groups.push(Group { range, gap, digits });
        }
        at = end.max(at + 1);
    }
    groups
}

fn gap(between: &[u8]) -> Gap {
    match between {
        b" " | [0xc2, 0xa0] => Gap::Space,
        b"." => Gap::Point,
        b"-" => Gap::Hyphen,
        b")" | b") " | b")." | b")-" | [b')', 0xc2, 0xa0] => Gap::Bracket,
        _ => Gap::Break,
    }
}
