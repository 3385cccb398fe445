//! The figures of a period as a release holds them: one short text each, the same for the same figure however it was
//! written.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::catalog::Catalog;
use crate::decimal::Decimal;
use crate::ingest::Ingested;
use crate::model::{Claim, Extra, FactIx, Key, Kind, PeriodIx, ServiceIx, Target, UnitIx};

/// Stands before the id of what a target is about.
const TARGET: &str = "target:";

/// A figure: what it is of, and its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure<'a> {
    /// Id of the unit.
    pub unit: &'a str,
    /// Id of the service; empty for the unit as a whole.
    pub service: &'a str,
    /// Id of the measure or indicator, or `target:` and that id.
    pub id: Cow<'a, str>,
    /// A plain number (`2035`, `≥12.5`, `10..20`), `no-activity`, `not-applicable` or `unreadable`; several statements
    /// of one figure stand beside each other with `|`. "Not reported" is no figure.
    pub text: Cow<'a, str>,
}

impl Figure<'_> {
    pub(super) fn place(&self) -> (&str, &str, &str) {
        (self.unit, self.service, &self.id)
    }
}

/// The id of a target in a release.
pub fn target_id(stat: &str) -> String {
    format!("{TARGET}{stat}")
}

/// The facts, claims and targets of a period that are published, sorted by unit, service and id.
pub fn figures<'a>(
    catalog: &'a Catalog,
    ingested: &Ingested,
    targets: &[Target],
    period: PeriodIx,
) -> Vec<Figure<'a>> {
    let mut list = Vec::new();
    for unit in catalog.units.indices() {
        facts(catalog, ingested, unit, period, &mut list);
    }
    for c in &ingested.claims.list {
        if c.key.period() == period && !c.set_aside && !c.suppressed {
            let id = &catalog.indicator(c.indicator()).id;
            list.push(figure(catalog, c.key, id, claim(c)));
        }
    }
    for t in targets.iter().filter(|t| t.period == period) {
        let id = target_id(catalog.stat_id(t.stat));
        list.push(Figure {
            unit: &catalog.units.get(t.unit).id,
            service: service_id(catalog, t.service),
            id: Cow::Owned(id),
            text: Cow::Owned(target(t)),
        });
    }
    list.sort_unstable();
    joined(list)
}

fn facts<'a>(
    catalog: &'a Catalog,
    ingested: &Ingested,
    unit: UnitIx,
    period: PeriodIx,
    list: &mut Vec<Figure<'a>>,
) {
    let facts = &ingested.facts;
    let range = facts.of_unit(unit);
    let keys = facts.keys();
    let mut at = range.start;
    while at < range.end {
        let key = keys[at];
        let rest = &keys[at..range.end];
        // The facts of a unit stand by service, then by period: the other periods of a service are leapt over.
        if key.period() < period {
            at += rest.partition_point(|k| *k < Key::new(unit, key.service(), period, 0));
            continue;
        }
        if key.period() > period {
            at += rest.partition_point(|k| k.service() <= key.service());
            continue;
        }
        let ix = FactIx::from_at(at);
        at += 1;
        if facts.is_set_aside(ix) {
            continue;
        }
        let text = match facts.kind(ix) {
            Kind::Value => number(facts.number(ix), facts.extra(ix)),
            Kind::NoActivity => "no-activity".into(),
            Kind::NotApplicable => "not-applicable".into(),
            Kind::Unreadable => "unreadable".into(),
            Kind::NotReported | Kind::Suppressed => continue,
        };
        let id = &catalog.measure(facts.measure(ix)).id;
        list.push(figure(catalog, key, id, text));
    }
}

fn figure<'a>(catalog: &'a Catalog, key: Key, id: &'a str, text: String) -> Figure<'a> {
    Figure {
        unit: &catalog.units.get(key.unit()).id,
        service: service_id(catalog, key.service()),
        id: Cow::Borrowed(id),
        text: Cow::Owned(text),
    }
}

fn service_id(catalog: &Catalog, service: ServiceIx) -> &str {
    if service == ServiceIx::WHOLE {
        ""
    } else {
        &catalog.services.get(service).id
    }
}

fn claim(c: &Claim) -> String {
    c.value
        .map_or_else(|| "unreadable".into(), |v| number(v, Some(&c.extra)))
}

/// A number without what only its writing has: zeros at the end, marks between thousands.
fn number(value: Decimal, extra: Option<&Extra>) -> String {
    let sign = extra.and_then(|e| e.qualifier).map_or("", |q| q.sign());
    let mut text = format!("{}{}", sign.trim_start_matches('='), value.normalized());
    if let Some(max) = extra.and_then(|e| e.max) {
        // Writing to a text cannot fail.
        let _ = write!(text, "..{}", max.normalized());
    }
    text
}

/// Operator, value and deadline: `>=80@2024-12-31`.
fn target(t: &Target) -> String {
    let deadline = t
        .deadline
        .map_or_else(String::new, |d| format!("@{}", d.to_iso()));
    format!("{}{}{deadline}", t.operator.as_str(), t.value.normalized())
}

/// Puts several statements of one figure beside each other; the same one twice is one.
fn joined(sorted: Vec<Figure<'_>>) -> Vec<Figure<'_>> {
    let mut out: Vec<Figure<'_>> = Vec::with_capacity(sorted.len());
    for f in sorted {
        match out.last_mut() {
            Some(last) if last.place() == f.place() => {
                if last.text.split('|').all(|t| t != f.text) {
                    let both = format!("{}|{}", last.text, f.text);
                    last.text = Cow::Owned(both);
                }
            }
            _ => out.push(f),
        }
    }
    out
}
