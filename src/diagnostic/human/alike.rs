//! Findings of one rule about one statistic of one table: the first two are drawn, the others are a line each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::excerpt::visible;
use crate::diagnostic::{Diagnostic, Language};

/// How many of a group are drawn.
const DRAWN: usize = 2;

/// A smaller group is drawn whole.
const SMALLEST: usize = 4;

/// How many are told in a line; the rest are counted.
const LINES: usize = 30;

/// Which findings are told in a line, and after which one.
pub(super) struct Groups {
    brief: Vec<bool>,
    /// The last drawn finding of a group → those told after it.
    after: BTreeMap<usize, Vec<usize>>,
}

/// Finds the groups among findings in the order in which they are shown.
pub(super) fn groups(shown: &[&Diagnostic]) -> Groups {
    let mut by_key: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, d) in shown.iter().enumerate() {
        if let Some(id) = &d.about.id {
            let state = (d.severity, d.waived.is_some());
            let key = (d.code.as_str(), state, &d.place.file, &d.place.sheet, id);
            by_key.entry(key).or_default().push(i);
        }
    }
    let mut groups = Groups {
        brief: vec![false; shown.len()],
        after: BTreeMap::new(),
    };
    for members in by_key.into_values().filter(|m| m.len() >= SMALLEST) {
        let rest = members[DRAWN..].to_vec();
        for i in &rest {
            groups.brief[*i] = true;
        }
        groups.after.insert(members[DRAWN - 1], rest);
    }
    groups
}

impl Groups {
    /// Whether a finding is told in a line after another one.
    pub(super) fn is_brief(&self, at: usize) -> bool {
        self.brief[at]
    }

    /// The findings that are told after the one at `at`.
    pub(super) fn after<'d>(&self, at: usize, shown: &[&'d Diagnostic]) -> Vec<&'d Diagnostic> {
        let rest = self.after.get(&at).map_or(&[][..], Vec::as_slice);
        rest.iter().map(|i| shown[*i]).collect()
    }
}

/// Writes a line for each finding.
pub(super) fn write(out: &mut String, findings: &[&Diagnostic], language: Language) {
    let Some(first) = findings.first() else {
        return;
    };
    let (code, n) = (first.code, findings.len());
    let _ = match language {
        Language::Vietnamese => writeln!(out, "cũng là {code}, ở {n} chỗ nữa của bảng này:"),
        Language::English => writeln!(out, "also {code}, in {n} more places of this table:"),
    };
    for d in findings.iter().take(LINES) {
        let message = visible(&d.message(language));
        let _ = writeln!(out, "  {}: {message}", d.place.within_file());
    }
    if n > LINES {
        let more = n - LINES;
        let _ = match language {
            Language::Vietnamese => {
                writeln!(out, "  … và {more} chỗ khác (xem đủ bằng --format short)")
            }
            Language::English => writeln!(
                out,
                "  … and {more} others (all of them with --format short)"
            ),
        };
    }
    out.push('\n');
}
