//! How the tables of a report spell the units and services of the catalogue.

use std::collections::BTreeMap;

use super::Context;
use crate::catalog::Catalog;
use crate::diagnostic::{About, Diagnostic, Place, codes};
use crate::model::{ReportIx, ServiceIx, UnitIx};
use crate::text::normal::fold;

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
    pub(crate) place: Place,
}

/// Reports things that the tables of one report call by several names, once for each file.
pub(super) fn variants(
    context: &Context<'_>,
    tables: &[(ReportIx, Vec<Spelling>)],
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut known: BTreeMap<(ReportIx, Named), (String, &Spelling)> = BTreeMap::new();
    for (report, spellings) in tables {
        let mut others: Vec<(&Spelling, &Spelling)> = Vec::new();
        for s in spellings {
            let folded = fold(&s.text);
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

/// Whether a text is the id or a code of what it names. Codes are no spellings.
pub(super) fn is_code(catalog: &Catalog, named: Named, text: &str) -> bool {
    match named {
        Named::Unit(u) => {
            let unit = catalog.units.get(u);
            [&unit.id, &unit.code, &unit.portal_code]
                .iter()
                .any(|c| *c == text)
        }
        Named::Service(s) => catalog.services.get(s).id == text,
    }
}
