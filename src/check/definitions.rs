//! The catalogue itself: services that are easily taken for each other, ratios of two different things, rankings by
//! what each unit computes its own way.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::catalog::Catalog;
use crate::diagnostic::{About, Diagnostic, codes};
use crate::model::{Indicator, IndicatorKind, MeasureIx, ServiceKind};
use crate::text::normal::fold;

/// Checks services and indicators.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let catalog = analysis.catalog;
    let mut findings = near_duplicates(catalog);
    for indicator in &catalog.indicators {
        findings.extend(kinds(catalog, indicator));
        findings.extend(comparable(indicator));
    }
    findings
}

fn started(code: crate::diagnostic::Code, indicator: &Indicator) -> Diagnostic {
    Diagnostic::new(code, indicator.place.clone())
        .with("name", &indicator.label)
        .about(About {
            id: Some(indicator.id.clone()),
            ..About::default()
        })
}

/// A ratio in per cent whose two sides count different things, unless the catalogue says how they belong together.
fn kinds(catalog: &Catalog, indicator: &Indicator) -> Option<Diagnostic> {
    if indicator.unit != "%" || !indicator.has_base() || !indicator.one_each.is_empty() {
        return None;
    }
    let unit = |m: &MeasureIx| catalog.measure(*m).unit.as_str();
    let over = indicator.numerator.iter().map(unit);
    let mut pairs = over.flat_map(|n| indicator.denominator.iter().map(move |d| (n, unit(d))));
    let (above, below) =
        pairs.find(|(n, d)| !n.is_empty() && !d.is_empty() && fold(n) != fold(d))?;
    let d = started(codes::RATIO_UNITS_DIFFER, indicator)
        .with("above", above)
        .with("below", below);
    Some(d)
}

/// A ranking by shares that are known only as stated: nobody knows whether all units divide by the same.
fn comparable(indicator: &Indicator) -> Option<Diagnostic> {
    let is_stated_only = indicator.kind == IndicatorKind::Ratio && !indicator.has_base();
    (is_stated_only && indicator.ranked).then(|| started(codes::NOT_COMPARABLE, indicator))
}

/// So many words in common at the beginning make two names easily taken for each other.
const COMMON_WORDS: usize = 8;
/// Names are compared where they share so many first words.
const FIRST_WORDS: usize = 3;

/// Services whose names begin alike, one finding for all that belong together.
fn near_duplicates(catalog: &Catalog) -> Vec<Diagnostic> {
    let services = &catalog.services;
    let mut names: Vec<(Vec<String>, usize)> = Vec::new();
    for ix in services.indices() {
        let service = services.get(ix);
        if service.kind == ServiceKind::Service {
            for name in std::iter::once(&service.name).chain(&service.aliases) {
                let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
                if words.len() >= COMMON_WORDS {
                    names.push((words, ix.at()));
                }
            }
        }
    }
    names.sort();
    let mut clusters: BTreeMap<usize, usize> = BTreeMap::new();
    for alike in names.chunk_by(|a, b| a.0[..FIRST_WORDS] == b.0[..FIRST_WORDS]) {
        for (n, (a, first)) in alike.iter().enumerate() {
            // In order of their words the nearest names stand near.
            for (b, second) in alike[n + 1..].iter().take(NEAREST) {
                if first != second && common_words(a, b) >= COMMON_WORDS {
                    let (low, high) = (root(&clusters, *first), root(&clusters, *second));
                    clusters.insert(low.max(high), low.min(high));
                }
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in clusters.keys() {
        let first = root(&clusters, *at);
        let alike = members.entry(first).or_insert_with(|| vec![first]);
        if *at != first {
            alike.push(*at);
        }
    }
    let alike = members.values().filter_map(|all| match all.as_slice() {
        [first, second, ..] => Some((*first, *second, all.len())),
        _ => None,
    });
    alike
        .map(|(first, second, count)| {
            let (first, second) = (&services.list[first], &services.list[second]);
            Diagnostic::new(codes::NEAR_DUPLICATE_SERVICE, second.place.clone())
                .with("first", &first.name)
                .with("second", &second.name)
                .with("count", count)
                .about(About {
                    service: Some(second.id.clone()),
                    ..About::default()
                })
                .also(first.place.clone())
        })
        .collect()
}

/// So many names that stand next to each other are compared.
const NEAREST: usize = 64;

/// The first of those that belong together.
fn root(clusters: &BTreeMap<usize, usize>, mut at: usize) -> usize {
    while let Some(lower) = clusters.get(&at).filter(|l| **l < at) {
        at = *lower;
    }
    at
}

/// How many words two names have in common from their beginning; one word more on one side is passed over.
fn common_words(a: &[String], b: &[String]) -> usize {
    let prefix = |a: &[String], b: &[String]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let common = prefix(a, b);
    if common < FIRST_WORDS {
        return common;
    }
    let (a, b) = (&a[common..], &b[common..]);
    let skipping = |a: &[String], b: &[String]| a.get(1..).map_or(0, |rest| prefix(rest, b));
    common + skipping(a, b).max(skipping(b, a))
}

#[cfg(test)]
mod tests {
    use super::common_words;

    fn check(a: &str, b: &str, wanted: usize) {
        let words = |t: &str| t.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(common_words(&words(a), &words(b)), wanted, "{a} | {b}");
    }

    #[test]
    fn one_word_more_is_passed_over() {
        check("a b c ve d e f", "a b c d e g", 5);
        check("a b c d e", "a b c ve d e", 5);
        check("a b c d", "a b c d", 4);
        check("a x", "a y", 1);
        check("a b c x d", "a b c y d", 3);
    }
}
