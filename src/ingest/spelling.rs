//! How the tables of a report spell the units and services of the catalogue.

use std::collections::BTreeMap;

use super::Context;
use crate::catalog::Catalog;
use crate::diagnostic::{About, Diagnostic, Place, codes};
use crate::model::{ReportIx, ServiceIx, UnitIx};
use crate::text::normal::{fold, fold_name};

/// What is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// A unit.
    Unit(UnitIx),
    /// A service.
    Service(ServiceIx),
}

/// A name as a table has it, where it first stands.
#[derive(Clone, Debug)]
pub(crate) struct Spelling {
    pub(crate) named: Named,
    pub(crate) text: Box<str>,
    /// Whether it is the name, or the name without the word for its type, or the short name.
    pub(crate) is_usual: bool,
    pub(crate) place: Place,
}

/// Reports things that the tables of one report call by several names, once for each file. The usual names are
/// one and the same.
pub(super) fn variants(
    context: &Context<'_>,
    tables: &[(ReportIx, Vec<Spelling>)],
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut known: BTreeMap<(ReportIx, Named), (String, &Spelling)> = BTreeMap::new();
    for (report, spellings) in tables {
        let mut others: Vec<(&Spelling, &Spelling)> = Vec::new();
        for s in spellings {
            let folded = if s.is_usual {
                String::new()
            } else {
                fold(&s.text)
            };
            let (first_folded, first) = known
                .entry((*report, s.named))
                .or_insert_with(|| (folded.clone(), s));
            let is_told = others.iter().any(|(o, _)| o.named == s.named);
            if *first_folded != folded && !is_told {
                others.push((s, first));
            }
        }
        if let Some((other, first)) = others.first() {
            let report = &context.reports[report.at()];
            let d = Diagnostic::new(codes::NAME_VARIANT, other.place.clone())
                .with("first", &first.text)
                .with("second", &other.text)
                .with("count", others.len())
                .also(first.place.clone())
                .about(About {
                    period: Some(context.periods[report.period.at()].id.clone()),
                    unit: Some(context.catalog.units.get(report.unit).id.clone()),
                    ..About::default()
                });
            findings.push(d);
        }
    }
    findings
}

/// How a text spells what it names; none for ids and codes, which are no spellings.
pub(in crate::ingest) fn spelling(
    catalog: &Catalog,
    named: Named,
    text: &str,
    place: Place,
) -> Option<Spelling> {
    let (codes, usual) = match named {
        Named::Unit(u) => {
            let unit = catalog.units.get(u);
            (
                [&unit.id, &unit.code, &unit.portal_code],
                [&unit.name, &unit.short_name],
            )
        }
        Named::Service(s) => {
            let service = catalog.services.get(s);
            ([&service.id; 3], [&service.name, &service.short_name])
        }
    };
    if codes.iter().any(|c| *c == text) {
        return None;
    }
    let folded = fold(text);
    let is_unit = matches!(named, Named::Unit(_));
    let is_usual = usual.iter().any(|n| fold(n) == folded)
        || is_unit && fold_name(text) == fold_name(usual[0]);
    Some(Spelling {
        named,
        text: text.into(),
        is_usual,
        place,
    })
}
