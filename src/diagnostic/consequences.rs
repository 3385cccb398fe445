//! Findings that only follow from another one: a compiler names the cause, once.

use std::collections::BTreeSet;

use super::{Code, Diagnostic, Place, codes};

/// What a finding says of a whole table, and the findings about the same table that explain it.
const FOLLOWS: &[(Code, &[Code])] = &[
    // Counts that stand in a column nobody could name are not missing.
    (
        codes::RATIO_WITHOUT_BASE,
        &[codes::HEADER_UNKNOWN, codes::COLUMN_MOVED],
    ),
];

/// Drops findings of a table that another finding about the same table explains.
pub fn drop_consequences(findings: &mut Vec<Diagnostic>) {
    let table = |p: &Place| (p.file.clone(), p.sheet.clone());
    for (consequence, causes) in FOLLOWS {
        let explained: BTreeSet<_> = findings
            .iter()
            .filter(|d| causes.contains(&d.code))
            .flat_map(|d| std::iter::once(&d.place).chain(&d.related))
            .map(table)
            .collect();
        if !explained.is_empty() {
            findings.retain(|d| d.code != *consequence || !explained.contains(&table(&d.place)));
        }
    }
}
