//! Whose figures a sentence speaks of: the units, services and periods that it names.

use std::ops::Range;

use super::Lint;
use super::sentence::{Kind, Token};
use crate::model::{Level, PeriodIx, ServiceIx, UnitIx};
use crate::text::normal::fold;

/// The most words of a name.
const LONGEST: usize = 24;

/// What a sentence names.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    pub(super) units: Vec<UnitIx>,
    pub(super) services: Vec<ServiceIx>,
    /// A period that the sentence names and the data have.
    pub(super) period: Option<PeriodIx>,
    /// Something is named that nobody can place: a body without a name, a level, another time.
    pub(super) is_unsure: bool,
    /// For each token: whether it belongs to a name.
    pub(super) covered: Vec<bool>,
}

/// Words for bodies and levels that are no unit of the catalogue unless they stand in the name of one.
const BODIES: [&[&str]; 14] = [
    &["cong", "an"],
    &["van", "phong"],
    &["bo", "phan"],
    &["to", "cong", "tac"],
    &["doan", "kiem", "tra"],
    &["cac", "xa"],
    &["cac", "huyen"],
    &["cac", "so"],
    &["cap", "tinh"],
    &["cap", "huyen"],
    &["cap", "xa"],
    &["don", "vi"],
    &["dia", "phuong"],
    &["mot", "so"],
];

/// Words that speak of another time than that of the page.
const TIMES: [&[&str]; 9] = [
    &["ky", "truoc"],
    &["cung", "ky"],
    &["thang", "truoc"],
    &["nam", "truoc"],
    &["quy", "truoc"],
    &["nam", "ngoai"],
    &["luy", "ke"],
    &["so", "voi"],
    &["dau", "nam"],
];

/// Finds what a sentence names. `text` is what the spans of the tokens count in.
pub(super) fn named(lint: &Lint<'_>, text: &str, tokens: &[Token]) -> Named {
    let mut named = Named {
        covered: vec![false; tokens.len()],
        ..Named::default()
    };
    let words: Vec<usize> = (0..tokens.len())
        .filter(|i| matches!(tokens[*i].kind, Kind::Word | Kind::Number))
        .collect();
    let mut at = 0;
    while at < words.len() {
        let end = longest(lint, tokens, &words, at, &mut named);
        at = end.max(at + 1);
    }
    named.is_unsure |= names_a_body(tokens, &words, &named.covered) || has_times(tokens, &words);
    period(lint, text, tokens, &mut named);
    named
}

/// Takes the longest name that begins with word `at`; gives the word after it.
fn longest(
    lint: &Lint<'_>,
    tokens: &[Token],
    words: &[usize],
    at: usize,
    named: &mut Named,
) -> usize {
    let catalog = lint.page.analysis.catalog;
    let mut phrase = String::new();
    let mut best: Option<(usize, Found)> = None;
    for (n, word) in words[at..].iter().take(LONGEST).enumerate() {
        if n > 0 {
            phrase.push(' ');
        }
        phrase.push_str(&tokens[*word].folded);
        let end = at + n + 1;
        if n == 0 {
            continue;
        }
        if let [service] = catalog.services.named(&phrase) {
            best = Some((end, Found::Service(*service)));
        } else {
            let units = catalog.units.named(&phrase);
            if !units.is_empty() && is_proper(tokens, &words[at..end]) {
                best = Some((end, found_unit(lint, units)));
            }
        }
    }
    let Some((end, found)) = best else { return at };
    for token in &mut named.covered[words[at]..=words[end - 1]] {
        *token = true;
    }
    match found {
        Found::Unit(unit) => push(&mut named.units, unit),
        Found::Service(service) => push(&mut named.services, service),
        Found::Several => named.is_unsure = true,
    }
    end
}

enum Found {
    Unit(UnitIx),
    Service(ServiceIx),
    /// Several bear the name.
    Several,
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Whether words are written as a name is: "xã An Biên", "Sở Y tế", but not "các xã".
fn is_proper(tokens: &[Token], words: &[usize]) -> bool {
    let is_capital = |w: &usize| tokens[*w].is_capital;
    words.last().is_some_and(is_capital)
        || (words.len() >= 3 && words.first().is_some_and(is_capital))
}

/// The one of several units that is at or below the unit of the page, or above it.
fn found_unit(lint: &Lint<'_>, units: &[UnitIx]) -> Found {
    let catalog = &lint.page.analysis.catalog.units;
    let day = lint.page.period().map(|p| lint.page.analysis.period(p).end);
    let own = lint.page.unit();
    let exists = |u: &&UnitIx| day.is_none_or(|d| catalog.get(**u).is_valid_on(d));
    let is_near =
        |u: &&UnitIx| own.is_some_and(|o| catalog.is_within(**u, o) || catalog.is_within(o, **u));
    let valid: Vec<&UnitIx> = units.iter().filter(exists).collect();
    let near: Vec<&UnitIx> = valid.iter().copied().filter(is_near).collect();
    let best = if near.is_empty() { valid } else { near };
    let single: Vec<&UnitIx> = best
        .iter()
        .copied()
        .filter(|u| best.len() == 1 || catalog.get(**u).level != Level::Block)
        .collect();
    match single.as_slice() {
        [one] => Found::Unit(**one),
        _ => Found::Several,
    }
}

fn stands(tokens: &[Token], words: &[usize], at: usize, phrase: &[&str]) -> bool {
    words
        .get(at..at + phrase.len())
        .is_some_and(|own| own.iter().zip(phrase).all(|(i, w)| tokens[*i].folded == *w))
}

fn names_a_body(tokens: &[Token], words: &[usize], covered: &[bool]) -> bool {
    (0..words.len())
        .any(|at| !covered[words[at]] && BODIES.iter().any(|b| stands(tokens, words, at, b)))
}

fn has_times(tokens: &[Token], words: &[usize]) -> bool {
    (0..words.len()).any(|at| TIMES.iter().any(|t| stands(tokens, words, at, t)))
}

/// The period that a sentence names. A month, quarter or year that the data do not have makes it unsure.
fn period(lint: &Lint<'_>, text: &str, tokens: &[Token], named: &mut Named) {
    let spans: Vec<Range<usize>> = tokens.iter().map(|t| t.span.clone()).collect();
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
        return;
    };
    let sentence = format!(" {} ", fold(&text[first.start..last.end]));
    let mentions = years(&sentence);
    if mentions.is_empty() {
        return;
    }
    let analysis = lint.page.analysis;
    let is_named =
        |p: &PeriodIx| sentence.contains(&format!(" {} ", fold(&analysis.period(*p).label)));
    let own = lint.page.period();
    let found: Vec<PeriodIx> = analysis.period_indices().filter(is_named).collect();
    match found.as_slice() {
        [one] => named.period = Some(*one),
        [] => {
            // A day within the period of the page is its cut-off.
            let year = |p: PeriodIx| {
                (
                    analysis.period(p).start.year(),
                    analysis.period(p).end.year(),
                )
            };
            let within = |y: &u16| own.map(year).is_some_and(|(a, b)| (a..=b).contains(y));
            let has_day = sentence.contains(" ngay ");
            named.is_unsure |= !(has_day && mentions.iter().all(within));
        }
        several => named.is_unsure |= !own.is_some_and(|o| several.contains(&o)),
    }
}

/// The years that a folded sentence names.
fn years(sentence: &str) -> Vec<u16> {
    sentence
        .split(' ')
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse().ok())
        .filter(|y| (1990..=2100).contains(y))
        .collect()
}
