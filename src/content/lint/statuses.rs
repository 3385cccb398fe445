//! What a text says of a task by its number, against the table of tasks (`status-contradicts`).

use super::Lint;
use super::prose::Block;
use crate::diagnostic::{Phrase, codes, phrase};
use crate::model::{Task, TaskStatus};
use crate::text::normal::fold;

/// Words for a status in a sentence, folded; those of "not finished" come first.
const WORDS: [(&str, TaskStatus); 8] = [
    ("chua hoan thanh", TaskStatus::InProgress),
    ("chua thuc hien", TaskStatus::NotStarted),
    ("chua bao cao", TaskStatus::NotReported),
    ("dang thuc hien", TaskStatus::InProgress),
    ("dang trien khai", TaskStatus::InProgress),
    ("vuong mac", TaskStatus::Blocked),
    ("hoan thanh", TaskStatus::Done),
    ("da xong", TaskStatus::Done),
];

/// What a message calls a status.
fn name(status: TaskStatus) -> Phrase {
    phrase(match status {
        TaskStatus::NotReported => "status-not-reported",
        TaskStatus::NotStarted => "status-not-started",
        TaskStatus::InProgress => "status-in-progress",
        TaskStatus::Blocked => "status-blocked",
        TaskStatus::Done => "status-done",
    })
}

/// Compares each sentence that names one task and one status with the tasks of the page's unit and period.
pub(super) fn check(lint: &Lint<'_>) {
    let (Some(unit), Some(period)) = (lint.page.unit(), lint.page.period()) else {
        return;
    };
    let analysis = lint.page.analysis;
    let own = |t: &&Task| {
        let report = &analysis.periods.reports[t.report.at()];
        (report.unit, report.period) == (unit, period)
    };
    let tasks: Vec<&Task> = analysis.ingested.tasks.iter().filter(own).collect();
    if tasks.is_empty() {
        return;
    }
    for block in &lint.prose.blocks {
        let mut start = 0;
        for sentence in block.text.split_inclusive(['.', ';', '\n']) {
            // A number such as `1.2` is no end of a sentence.
            sentence_status(lint, block, start, sentence, &tasks);
            start += sentence.len();
        }
    }
}

fn sentence_status(lint: &Lint<'_>, block: &Block, start: usize, sentence: &str, tasks: &[&Task]) {
    let folded = format!(" {} ", fold(sentence));
    let Some((_, after)) = folded.split_once(" nhiem vu ") else {
        return;
    };
    let after = after.strip_prefix("so ").unwrap_or(after);
    let number = after.split(' ').next().unwrap_or_default();
    if !number.bytes().all(|b| b.is_ascii_digit()) || number.is_empty() {
        return;
    }
    let Some((_, said)) = WORDS
        .iter()
        .find(|(w, _)| folded.contains(&format!(" {w} ")))
    else {
        return;
    };
    let meant: Vec<&&Task> = tasks
        .iter()
        .filter(|t| t.number.trim_end_matches('.') == number)
        .collect();
    let Some(first) = meant.first() else { return };
    if meant.iter().any(|t| t.status == *said) {
        return;
    }
    let text = sentence.trim_start();
    let from = start + sentence.len() - text.len();
    let d = lint
        .finding(
            codes::STATUS_CONTRADICTS,
            block,
            &(from..from + text.trim_end().len()),
        )
        .with("number", number)
        .with("stated", name(*said))
        .with("computed", name(first.status))
        .also(first.place.clone());
    lint.report(d);
}
