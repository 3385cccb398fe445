//! Results of tasks that stand in the row beside.

use crate::analysis::Analysis;
use crate::diagnostic::{About, Diagnostic, codes};
use crate::model::Task;
use crate::text::normal::fold;

/// Tasks without a result between two that share a long one: it probably belongs to the one between.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let tasks = &analysis.ingested.tasks;
    let same_table = |a: &Task, b: &Task| a.report == b.report && a.place.file == b.place.file;
    tasks
        .windows(2)
        .enumerate()
        .filter_map(|(at, pair)| {
            let (empty, beside) = match (&pair[0], &pair[1]) {
                (a, b) if a.result.is_empty() && !b.result.is_empty() => (at, at + 1),
                (a, b) if !a.result.is_empty() && b.result.is_empty() => (at + 1, at),
                _ => return None,
            };
            let is_table = same_table(&tasks[empty], &tasks[beside]);
            let text = Some(fold(&tasks[beside].result)).filter(|t| is_table && t.len() >= LONG)?;
            // The twin stands on the other side of the empty row, or beyond the row beside it.
            let other_side = empty.checked_add(empty)?.checked_sub(beside);
            let beyond = beside.checked_add(beside)?.checked_sub(empty);
            let twin = [other_side, beyond].into_iter().flatten().find(|i| {
                let twin = tasks.get(*i).filter(|t| same_table(t, &tasks[empty]));
                twin.is_some_and(|t| fold(&t.result) == text)
            })?;
            // A row between two twins is met from both sides.
            (beside < twin || other_side != Some(twin)).then_some((empty, beside, twin))
        })
        .map(|(empty, beside, twin)| {
            let (empty, beside, twin) = (&tasks[empty], &tasks[beside], &tasks[twin]);
            let report = &analysis.periods.reports[empty.report.at()];
            let excerpt: String = beside.result.chars().take(60).collect();
            Diagnostic::new(codes::CELL_SHIFT, empty.place.clone())
                .with("number", &empty.number)
                .with("first", &beside.number)
                .with("second", &twin.number)
                .with("value", excerpt)
                .also(beside.place.clone())
                .also(twin.place.clone())
                .about(About {
                    period: Some(analysis.period(report.period).id.clone()),
                    unit: Some(analysis.catalog.units.get(report.unit).id.clone()),
                    ..About::default()
                })
        })
        .collect()
}

/// A result of so many signs is no stock phrase such as "Đã hoàn thành".
const LONG: usize = 40;
