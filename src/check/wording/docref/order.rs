//! References of one register whose numbers do not rise with their dates.

use std::collections::BTreeMap;

use super::DocRef;
use crate::text::date::Date;

/// The register that a reference is numbered in; `None` where that is not certain.
///
/// Bodies of the centre have one register a year and type. "QĐ-UBND" is written by every province and commune, so
/// that the issuer decides; any other body is one of the place whose report this is.
fn register(reference: &DocRef) -> Option<(String, u16)> {
    let year = reference.date?.year();
    let shared = ["UBND", "HĐND", "TU", "HU"];
    let owner = if shared.contains(&reference.body.as_str()) {
        reference.issuer.clone()?
    } else {
        String::new()
    };
    Some((
        format!("{}-{} {owner}", reference.kind, reference.body),
        year,
    ))
}

/// The references of one register in order of date, then number: where each stands first.
type Register = BTreeMap<(Option<Date>, u32), usize>;

/// References whose numbers do not rise with their dates within one register: each with one it disagrees with.
///
/// As many as possible are taken to be right (a longest rising sequence); the others are the odd ones.
pub(crate) fn out_of_order<'r>(references: &[&'r DocRef]) -> Vec<(usize, &'r DocRef)> {
    let mut registers: BTreeMap<(String, u16), Register> = BTreeMap::new();
    for (at, reference) in references.iter().enumerate() {
        if let Some(key) = register(reference) {
            let dated = (reference.date, reference.number);
            registers.entry(key).or_default().entry(dated).or_insert(at);
        }
    }
    let mut found = Vec::new();
    for members in registers.into_values() {
        let list: Vec<&DocRef> = members.values().map(|at| references[*at]).collect();
        let rising = longest_rising(&list);
        for (own, at) in list.iter().zip(members.values()) {
            let right = || rising.iter().map(|i| list[*i]);
            let above = right()
                .rev()
                .find(|o| o.date < own.date && o.number > own.number);
            let other =
                above.or_else(|| right().find(|o| o.date > own.date && o.number < own.number));
            found.extend(other.map(|o| (*at, o)));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Positions of a longest sequence, in order of date, whose numbers do not fall.
fn longest_rising(list: &[&DocRef]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(list.len());
    for (i, own) in list.iter().enumerate() {
        let before = (0..i)
            .filter(|j| list[*j].number <= own.number)
            .max_by_key(|j| (best[*j].0, std::cmp::Reverse(*j)));
        best.push(before.map_or((1, None), |j| (best[j].0 + 1, Some(j))));
    }
    let end = (0..list.len()).max_by_key(|i| (best[*i].0, std::cmp::Reverse(*i)));
    let mut rising: Vec<usize> = std::iter::successors(end, |i| best[*i].1).collect();
    rising.reverse();
    rising
}
