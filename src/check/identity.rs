//! Whose figures a report may state: those of its own unit and of what is below it.

use super::{about_of, place_of};
use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, codes};
use crate::model::{FactIx, Key, Level, Origin, Stat, UnitIx};

/// A figure of a unit that its report has no business with, with how many more there are in the file.
struct Stray {
    key: Key,
    stat: Stat,
    origin: Origin,
    width: usize,
    count: usize,
}

/// Reports units that are neither the reporting unit nor below it, once per file and unit.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let scopes = scopes(analysis);
    if scopes.iter().all(Option::is_none) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for unit in analysis.catalog.units.indices() {
        let is_stray = |file: u16| {
            let scope = scopes.get(usize::from(file)).copied().flatten();
            scope.is_some_and(|scope| !is_covered(analysis, unit, scope))
        };
        for stray in strays(analysis, unit, is_stray) {
            if let Some(scope) = scopes[usize::from(stray.origin.file)] {
                findings.push(finding(analysis, &stray, scope));
            }
        }
    }
    findings
}

/// The reporting unit of each table; none where it reports for everybody.
fn scopes(analysis: &Analysis<'_>) -> Vec<Option<UnitIx>> {
    let files = analysis.ingested.files.iter();
    files
        .map(|f| {
            let report = &analysis.periods.reports[f.report.at()];
            let level = analysis.catalog.units.get(report.unit).level;
            let is_wide = report.any_unit || matches!(level, Level::Country | Level::Ministry);
            (!is_wide).then_some(report.unit)
        })
        .collect()
}

/// Whether a unit is the reporting one, below it, or went into what is; or may be below it for all that a
/// catalogue without parents tells.
fn is_covered(analysis: &Analysis<'_>, unit: UnitIx, scope: UnitIx) -> bool {
    let units = &analysis.catalog.units;
    let own = units.get(unit);
    let is_unplaced = own.parent.is_none() && own.level > units.get(scope).level;
    if is_unplaced || units.is_within(unit, scope) {
        return true;
    }
    units.went_into(unit, scope)
}

/// The first figure of a unit in each table that `is_stray` says, and how many there are.
fn strays(analysis: &Analysis<'_>, unit: UnitIx, is_stray: impl Fn(u16) -> bool) -> Vec<Stray> {
    let facts = analysis.facts();
    let mut out: Vec<Stray> = Vec::new();
    let mut fine = None;
    for ix in facts.of_unit(unit).map(FactIx::from_at) {
        let origin = facts.origin(ix);
        if fine == Some(origin.file) {
            continue;
        }
        if !is_stray(origin.file) {
            fine = Some(origin.file);
            continue;
        }
        let stat = Stat::Measure(facts.measure(ix));
        add(&mut out, facts.key(ix), stat, origin, || {
            facts.as_written(ix)
        });
    }
    for claim in analysis.claims().of_unit(unit) {
        if is_stray(claim.origin.file) {
            let stat = Stat::Indicator(claim.indicator());
            let text = || claim.as_written.to_string();
            add(&mut out, claim.key, stat, claim.origin, text);
        }
    }
    out
}

fn add(out: &mut Vec<Stray>, key: Key, stat: Stat, origin: Origin, text: impl Fn() -> String) {
    match out.iter_mut().find(|s| s.origin.file == origin.file) {
        Some(stray) => {
            stray.count += 1;
            if origin < stray.origin {
                (stray.key, stray.stat, stray.origin) = (key, stat, origin);
                stray.width = text().chars().count();
            }
        }
        None => out.push(Stray {
            key,
            stat,
            origin,
            width: text().chars().count(),
            count: 1,
        }),
    }
}

fn finding(analysis: &Analysis<'_>, stray: &Stray, scope: UnitIx) -> Diagnostic {
    let units = &analysis.catalog.units;
    let (unit, reporting) = (units.get(stray.key.unit()), units.get(scope));
    // A block counts as the unit that it is declared for.
    let of = if unit.level == Level::Block {
        unit.parent.unwrap_or(stray.key.unit())
    } else {
        stray.key.unit()
    };
    let code = if units.is_within(scope, of) {
        codes::UNIT_LEVEL_DIFFERS
    } else {
        codes::FOREIGN_UNIT
    };
    // A neighbour's name where one's own belongs is what is left of a copied report.
    let own_name = (unit.level == reporting.level).then_some(reporting.name.as_str());
    Diagnostic::new(code, place_of(analysis, stray.origin, stray.width))
        .with("name", &unit.name)
        .with("reporting", &reporting.name)
        .with("count", stray.count)
        .suggest(own_name)
        .about(about_of(analysis, stray.key, stray.stat))
}
