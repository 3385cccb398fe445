//! Tasks: deadlines that cannot be, results that do not answer.

use super::about_report;
use super::time::day_of;
use crate::analysis::Analysis;
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::model::{Report, Task, TaskStatus};
use crate::text::date::{Date, DeadlineKind};
use crate::text::dates::find_dates;
use crate::text::normal::fold;

/// How many characters of a task or result a message shows.
const EXCERPT: usize = 60;

/// Checks every task.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for task in &analysis.ingested.tasks {
        let one = One {
            analysis,
            task,
            report: &analysis.periods.reports[task.report.at()],
        };
        findings.extend(
            [
                one.overdue(),
                one.before_plan(),
                one.starts_before_plan(),
                one.two_kinds(),
                one.finished_though_regular(),
                one.target_as_result(),
                one.elsewhere(),
                one.after_period(),
            ]
            .into_iter()
            .flatten(),
        );
    }
    findings
}

struct One<'a> {
    analysis: &'a Analysis<'a>,
    task: &'a Task,
    report: &'a Report,
}

impl One<'_> {
    fn finding(&self, code: Code) -> Diagnostic {
        let subject = format!("{} {}", self.task.number, excerpt(&self.task.text));
        Diagnostic::new(code, self.task.place.clone())
            .with("subject", subject.trim())
            .with("number", &self.task.number)
            .about(about_report(self.analysis, self.report))
    }

    fn overdue(&self) -> Option<Diagnostic> {
        let as_of = self.analysis.as_of.filter(|d| self.task.is_overdue(*d))?;
        let d = self
            .finding(codes::TASK_OVERDUE)
            .with("deadline", self.task.deadline?)
            .with("as_of", as_of);
        Some(d)
    }

    /// The deadline lies before the document that assigns the task, or before a plan and its basis.
    fn before_plan(&self) -> Option<Diagnostic> {
        let deadline = self
            .task
            .deadline
            .filter(|_| self.task.deadline_kind != DeadlineKind::From)?;
        let plan = assigned(&self.task.basis, self.report).filter(|plan| deadline < *plan)?;
        let d = self
            .finding(codes::DEADLINE_BEFORE_PLAN)
            .with("deadline", deadline)
            .with("plan", plan);
        Some(d)
    }

    fn starts_before_plan(&self) -> Option<Diagnostic> {
        if self.report.kind != "ke-hoach" || self.task.deadline_kind != DeadlineKind::From {
            return None;
        }
        let written = find_dates(&self.task.deadline_as_written).into_iter();
        let start = written.chain(self.task.deadline).min()?;
        (start < self.report.start).then(|| {
            self.finding(codes::START_BEFORE_PLAN)
                .with("start", start)
                .with("period_start", self.report.start)
        })
    }

    /// "Hoàn thành trong Quý I/2023 và thực hiện thường xuyên".
    fn two_kinds(&self) -> Option<Diagnostic> {
        let words = fold(&self.task.deadline_as_written);
        let regular = words.contains("thuong xuyen") || words.contains("hang thang");
        let dated = self.task.deadline.is_some() && words.bytes().any(|b| b.is_ascii_digit());
        (regular && dated).then(|| {
            self.finding(codes::DEADLINE_TWO_KINDS)
                .with("deadline", &self.task.deadline_as_written)
        })
    }

    fn finished_though_regular(&self) -> Option<Diagnostic> {
        let regular =
            self.task.deadline_kind == DeadlineKind::Regular && self.task.deadline.is_none();
        (regular && self.task.status == TaskStatus::Done).then(|| {
            self.finding(codes::STATUS_VS_DEADLINE)
                .with("deadline", &self.task.deadline_as_written)
        })
    }

    /// "đang triển khai 100% các cơ sở" for a task that asks for 100%.
    fn target_as_result(&self) -> Option<Diagnostic> {
        const UNDER_WAY: [&str; 5] = ["dang", "se", "phan dau", "yeu cau", "tiep tuc"];
        let wanted = shares(&self.task.text);
        let (_, target) = shares(&self.task.result).into_iter().find(|(at, share)| {
            let before = fold(&self.task.result[..*at]);
            let words: Vec<&str> = before.split(' ').collect();
            let last = format!(" {} ", words[words.len().saturating_sub(4)..].join(" "));
            let under_way = UNDER_WAY.iter().any(|w| last.contains(&format!(" {w} ")));
            under_way && wanted.iter().any(|(_, w)| w == share)
        })?;
        let d = self
            .finding(codes::TARGET_AS_RESULT)
            .with("value", excerpt(&self.task.result))
            .with("target", target);
        Some(d)
    }

    /// "Kết quả nêu tại Khoản 7".
    fn elsewhere(&self) -> Option<Diagnostic> {
        const REFERS: [&str; 6] = [
            "ket qua neu tai ",
            "ket qua da neu tai ",
            "ket qua tai ",
            "da neu tai ",
            "neu tai ",
            "xem tai ",
        ];
        let words = fold(&self.task.result);
        let refers = REFERS.iter().any(|r| words.starts_with(r));
        (refers && words.split(' ').count() <= 12).then(|| {
            self.finding(codes::RESULT_ELSEWHERE)
                .with("value", excerpt(&self.task.result))
        })
    }

    /// The result cites a day after the period that had passed when the report was written.
    fn after_period(&self) -> Option<Diagnostic> {
        let written = day_of(self.report)?;
        let day = find_dates(&self.task.result)
            .into_iter()
            .find(|d| *d > self.report.end && *d <= written)?;
        let name = format!("{} {}", self.task.number, excerpt(&self.task.result));
        let d = self
            .finding(codes::CITED_OUTSIDE_PERIOD)
            .with("name", name.trim())
            .with("value", day)
            .with("period_end", self.report.end);
        Some(d)
    }
}

/// The first day on which something can have been assigned: the earliest day that its basis names, and not before
/// the plan that sets it.
pub(super) fn assigned(basis: &str, report: &Report) -> Option<Date> {
    let by_basis = find_dates(basis).into_iter().min();
    by_basis.max(day_of_plan(report))
}

/// The day of a plan: of its document, else of the newest document that it is based on.
fn day_of_plan(report: &Report) -> Option<Date> {
    if report.kind != "ke-hoach" {
        return None;
    }
    let dated = report.documents.iter().filter_map(|d| d.date).max();
    let bases = report.documents.iter().flat_map(|d| find_dates(&d.basis));
    dated.or_else(|| bases.max())
}

/// The shares that a text names, `100%`, each with its place in the text.
fn shares(text: &str) -> Vec<(usize, &str)> {
    text.match_indices('%')
        .filter_map(|(end, _)| {
            let head = &text[..end];
            let start = head
                .trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.')
                .len();
            (start < end).then(|| (start, &text[start..=end]))
        })
        .collect()
}

/// The beginning of a text, for a message.
fn excerpt(text: &str) -> String {
    let mut out: String = text.chars().take(EXCERPT).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_keep_their_place() {
        assert_eq!(shares("đạt 84,2% và 100%"), [(7, "84,2%"), (17, "100%")]);
        assert_eq!(shares("% và ,%").len(), 1);
    }

    #[test]
    fn an_excerpt_says_that_it_goes_on() {
        assert_eq!(excerpt("ngắn"), "ngắn");
        assert!(excerpt(&"ữ".repeat(61)).ends_with('…'));
    }
}
