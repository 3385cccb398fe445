//! Columns and cells that slipped: figures that fit only when neighbouring columns are read one place further, and
//! results of tasks that stand in the row beside.

mod columns;
mod results;

use crate::analysis::{Analysis, Relations};
use crate::diagnostic::Diagnostic;

/// Checks tables of figures and of tasks.
pub(super) fn check(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Diagnostic> {
    let mut findings = columns::check(analysis, relations);
    findings.extend(results::check(analysis));
    findings
}
