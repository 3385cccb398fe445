//! Small counts that are not published, and the further figures without which they could be computed.
//!
//! In: the analysed site and `[suppression]` of its settings. Out: [`Hidden`], which takes the figures out of a copy of
//! what the tables hold, before pages and open data are made of it. *Primary* are counts above zero and below the
//! threshold, also as sums; *secondary* are figures hidden so that no subtraction along parts and wholes, services,
//! units or periods brings a primary one back. Ratios and stated percentages go with their counts. Nothing tells the
//! two kinds apart afterwards.

mod audit;
mod cells;
mod equations;
mod freedom;
mod protect;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{Analysis, rollup::Derived};
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Language, codes};
use crate::ingest::Ingested;
use crate::model::{Claim, IndicatorKind, Key, MeasureIx, MeasureType, ServiceIx};
use cells::Slot;

/// What is not published.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    /// Keys of facts, sorted.
    facts: BTreeSet<Key>,
    /// Keys of sums of measures.
    sums: Vec<Key>,
    /// Keys of sums of ratios.
    ratios: Vec<Key>,
    /// Positions of claims.
    claims: Vec<usize>,
}

/// Decides what is not published. `None` where the site publishes every count.
pub fn choose(analysis: &Analysis<'_>) -> Option<Hidden> {
    let settings = &analysis.config.suppression;
    if settings.below == 0 {
        return None;
    }
    let below = Decimal::from_int(i64::from(settings.below));
    let is_small = |v: Decimal| v > Decimal::ZERO && v < below;
    let system = cells::system(analysis);
    let mut hidden: Vec<bool> = system
        .slots
        .iter()
        .zip(&system.values)
        .map(|(slot, value)| is_small(*value) && concerns(analysis, *slot))
        .collect();
    let values: Vec<f64> = system.values.iter().map(|v| v.to_f64()).collect();
    protect::protect(&system.equations, &values, &mut hidden);
    let mut out = Hidden::default();
    for (slot, _) in system.slots.iter().zip(&hidden).filter(|(_, h)| **h) {
        match slot {
            Slot::Fact(ix) => {
                out.facts.insert(analysis.facts().key(*ix));
            }
            Slot::Sum(key) => out.sums.push(*key),
            Slot::Numerator(key) | Slot::Denominator(key) => out.ratios.push(*key),
        }
    }
    out.statements(analysis, &is_small);
    out.sums.sort_unstable();
    out.ratios.sort_unstable();
    out.ratios.dedup();
    let claims = &analysis.claims().list;
    out.claims = (0..claims.len())
        .filter(|at| out.tells(analysis, &claims[*at], &is_small))
        .collect();
    Some(out)
}

/// Whether a measure is among those of the settings.
fn is_concerned(analysis: &Analysis<'_>, measure: MeasureIx) -> bool {
    let m = analysis.catalog.measure(measure);
    let named = &analysis.config.suppression.measures;
    if named.is_empty() {
        m.kind == MeasureType::Count
    } else {
        named.iter().any(|(id, _)| *id == m.id)
    }
}

fn concerns(analysis: &Analysis<'_>, slot: Slot) -> bool {
    let indicator = |key: Key| {
        analysis
            .catalog
            .indicator(crate::model::IndicatorIx(key.stat()))
    };
    let all = |list: &[MeasureIx]| list.iter().all(|m| is_concerned(analysis, *m));
    match slot {
        Slot::Fact(ix) => is_concerned(analysis, analysis.facts().measure(ix)),
        Slot::Sum(key) => is_concerned(analysis, MeasureIx(key.stat())),
        Slot::Numerator(key) => all(&indicator(key).numerator),
        Slot::Denominator(key) => all(&indicator(key).denominator),
    }
}

impl Hidden {
    /// Statements that do not count are published too: a small one hides its key.
    fn statements(&mut self, analysis: &Analysis<'_>, is_small: &dyn Fn(Decimal) -> bool) {
        let facts = analysis.facts();
        for ix in facts.indices() {
            let small = facts.value(ix).is_some_and(is_small);
            if small && is_concerned(analysis, facts.measure(ix)) {
                self.facts.insert(facts.key(ix));
            }
        }
    }

    /// Whether a claim would tell a hidden count: a ratio with a hidden side, or a small count of its own.
    fn tells(
        &self,
        analysis: &Analysis<'_>,
        claim: &Claim,
        is_small: &dyn Fn(Decimal) -> bool,
    ) -> bool {
        let d = analysis.catalog.indicator(claim.indicator());
        let (unit, service, period) = (claim.key.unit(), claim.key.service(), claim.key.period());
        let is_hidden = |m: &MeasureIx| {
            let whole = [Some(ServiceIx::WHOLE), analysis.all_services()];
            let alike: Vec<ServiceIx> = if whole.contains(&Some(service)) {
                whole.into_iter().flatten().collect()
            } else {
                vec![service]
            };
            alike.into_iter().any(|s| {
                let key = Key::new(unit, s, period, m.0);
                self.facts.contains(&key) || self.sums.binary_search(&key).is_ok()
            })
        };
        d.numerator.iter().chain(&d.denominator).any(is_hidden)
            || self.ratios.binary_search(&claim.key).is_ok()
            || d.kind == IndicatorKind::Count && claim.value.is_some_and(is_small)
    }

    /// Takes the figures out of what the tables hold and out of their sums.
    pub fn take_out(&self, ingested: &mut Ingested, derived: &mut Derived) {
        for ix in ingested.facts.indices() {
            if self.facts.contains(&ingested.facts.key(ix)) {
                ingested.facts.suppress(ix);
            }
        }
        for at in &self.claims {
            ingested.claims.list[*at].suppress();
        }
        derived.hide(&self.sums, &self.ratios);
    }

    /// The findings that may be published: those that show no figure of a row with a hidden one.
    ///
    /// In a file with hidden figures a finding stays if it stands in a row without any, or shows no number at all.
    pub fn public(&self, analysis: &Analysis<'_>, findings: &[Diagnostic]) -> Vec<Diagnostic> {
        let rows = Rows::of(self, analysis);
        findings
            .iter()
            .filter(|d| rows.may_show(d))
            .cloned()
            .collect()
    }
}

/// The rows of files: whether each holds a hidden figure.
struct Rows<'a> {
    by_file: BTreeMap<(&'a str, Option<&'a str>), BTreeMap<u32, bool>>,
    /// Period, unit and service of hidden figures.
    keys: BTreeSet<(&'a str, &'a str, &'a str)>,
}

impl<'a> Rows<'a> {
    fn of(hidden: &Hidden, analysis: &'a Analysis<'a>) -> Self {
        let mut rows = Self {
            by_file: BTreeMap::new(),
            keys: BTreeSet::new(),
        };
        let facts = analysis.facts();
        for ix in facts.indices() {
            let is_hidden = hidden.facts.contains(&facts.key(ix));
            rows.add(analysis, facts.origin(ix), facts.key(ix), is_hidden);
        }
        for (at, claim) in analysis.claims().list.iter().enumerate() {
            let is_hidden = hidden.claims.binary_search(&at).is_ok();
            rows.add(analysis, claim.origin, claim.key, is_hidden);
        }
        for key in hidden.sums.iter().chain(&hidden.ratios) {
            rows.keys.insert(names(analysis, *key));
        }
        rows
    }

    fn add(
        &mut self,
        analysis: &'a Analysis<'a>,
        origin: crate::model::Origin,
        key: Key,
        is_hidden: bool,
    ) {
        let file = &analysis.ingested.files[usize::from(origin.file)];
        let lines = self
            .by_file
            .entry((&file.path, file.sheet.as_deref()))
            .or_default();
        *lines.entry(origin.line).or_default() |= is_hidden;
        if is_hidden {
            self.keys.insert(names(analysis, key));
        }
    }

    fn may_show(&self, d: &Diagnostic) -> bool {
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let about = (
            text(&d.about.period),
            text(&d.about.unit),
            text(&d.about.service),
        );
        let is_numbered = d.stated.is_some()
            || d.computed.is_some()
            || d.arguments.iter().any(|(_, v)| {
                let text = v.shown(Language::Vietnamese);
                text.bytes().any(|b| b.is_ascii_digit())
            });
        if is_numbered && self.keys.contains(&(&*about.0, &*about.1, &*about.2)) {
            return false;
        }
        // A sum over units does not name all the rows that it is made of.
        let is_over_units = d.code == codes::CHILDREN_DIFFER_FROM_PARENT;
        if is_over_units && self.keys.iter().any(|(period, _, _)| *period == about.0) {
            return false;
        }
        std::iter::once(&d.place).chain(&d.related).all(|place| {
            let Some(lines) = self.by_file.get(&(&*place.file, place.sheet.as_deref())) else {
                return true;
            };
            match place.line.and_then(|l| lines.get(&l)) {
                Some(is_hidden) => !is_hidden,
                None => !is_numbered || !lines.values().any(|h| *h),
            }
        })
    }
}

fn names<'a>(analysis: &Analysis<'a>, key: Key) -> (&'a str, &'a str, &'a str) {
    let catalog = analysis.catalog;
    let service = if key.service() == ServiceIx::WHOLE {
        ""
    } else {
        &catalog.services.get(key.service()).id
    };
    (
        &analysis.periods.list[key.period().at()].id,
        &catalog.units.get(key.unit()).id,
        service,
    )
}
