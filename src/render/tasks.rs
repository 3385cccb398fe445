//! Tasks: their states on the as-of date, grouped, overdue first.

use super::context::{State as Shape, Tag, TaskRow, TaskSection};
use super::view::View;
use crate::model::{Report, Task, TaskStatus};
use crate::text::date::DeadlineKind;

/// The state of a task as readers see it, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shown {
    Overdue,
    Unconfirmed,
    Blocked,
    Open,
    Regular,
    NotStarted,
    NotReported,
    Done,
}

impl Shown {
    /// All states in their order.
    pub(crate) const ALL: [Self; 8] = [
        Self::Overdue,
        Self::Unconfirmed,
        Self::Blocked,
        Self::Open,
        Self::Regular,
        Self::NotStarted,
        Self::NotReported,
        Self::Done,
    ];

    /// Its words.
    pub(crate) fn words(self, view: &View<'_>) -> String {
        match self {
            Self::Overdue => view.t("state.overdue", &[]),
            Self::Unconfirmed => view.t("state.past_unconfirmed", &[]),
            Self::Blocked => view.t("state.blocked", &[]),
            Self::Open => view.t("state.in_progress", &[]),
            Self::Regular => view.t("state.regular", &[]),
            Self::NotStarted => view.t("state.not_started", &[]),
            Self::NotReported => super::words::upper_first(&view.t("state.not_reported", &[])),
            Self::Done => view.t("state.done", &[]),
        }
    }

    fn shape(self) -> Shape {
        match self {
            Self::Overdue => Shape::Late,
            Self::Blocked | Self::NotStarted | Self::Unconfirmed => Shape::Slow,
            Self::Open | Self::Regular => Shape::Run,
            Self::NotReported => Shape::No,
            Self::Done => Shape::Ok,
        }
    }

    /// What it means.
    pub(crate) fn meaning(self, view: &View<'_>) -> String {
        let day = view
            .analysis
            .as_of
            .map_or_else(String::new, |d| view.day(d));
        let key = match self {
            Self::Overdue => "task.meaning_overdue",
            Self::Unconfirmed => "task.meaning_unconfirmed",
            Self::Blocked => "task.meaning_blocked",
            Self::Open => "task.meaning_open",
            Self::Regular => "task.meaning_regular",
            Self::NotStarted => "task.meaning_not_started",
            Self::NotReported => "task.meaning_not_reported",
            Self::Done => "task.meaning_done",
        };
        view.t(key, &[("d", &day)])
    }
}

/// The state of a task on the as-of date.
pub(crate) fn shown(view: &View<'_>, task: &Task) -> Shown {
    match task.status {
        TaskStatus::NotReported => Shown::NotReported,
        TaskStatus::Done => Shown::Done,
        _ if view.analysis.as_of.is_some_and(|d| task.is_overdue(d)) => {
            let report = report_of(view, task);
            let written = report.received.unwrap_or(report.end);
            if task.deadline.is_some_and(|d| d < written) {
                Shown::Overdue
            } else {
                Shown::Unconfirmed
            }
        }
        TaskStatus::NotStarted => Shown::NotStarted,
        TaskStatus::Blocked => Shown::Blocked,
        TaskStatus::InProgress if task.deadline_kind == DeadlineKind::Regular => Shown::Regular,
        TaskStatus::InProgress => Shown::Open,
    }
}

/// A row of the task table.
pub(crate) fn row(view: &View<'_>, position: usize, task: &Task, with_document: bool) -> TaskRow {
    let state = shown(view, task);
    let report = report_of(view, task);
    let unit = view.unit_name(report.unit);
    let none = |text: &str| (!text.is_empty()).then(|| view.own(text));
    let deadline = match (task.deadline_as_written.as_str(), task.deadline) {
        ("", _) => view.t("task.no_deadline", &[]),
        (text, Some(d)) if !text.contains(&d.year().to_string()) => {
            format!("{} ({})", view.own(text), view.day(d))
        }
        (text, _) => view.own(text),
    };
    let impossible = matches!(
        crate::text::date::parse_deadline(&task.deadline_as_written),
        Err(crate::text::date::DateError::Impossible)
    );
    TaskRow {
        id: format!("nv-{position}"),
        text: view.own(&task.text),
        document: Some(if with_document {
            let (no, basis) = (&*view.quoted(&task.number), view.own(&task.basis));
            view.t(
                "task.numbered_of",
                &[("unit", unit), ("no", no), ("basis", &basis)],
            )
        } else {
            let (no, basis) = (&*view.quoted(&task.number), view.own(&task.basis));
            view.t("task.numbered", &[("no", no), ("basis", &basis)])
        }),
        owners: none(&task.owners.join("; ")),
        deadline,
        state: Tag {
            state: state.shape(),
            text: state.words(view),
            href: None,
        },
        result: none(&task.result),
        place: none(&task.document_place),
        note: impossible.then(|| view.t("task.impossible", &[])),
    }
}

/// The report that states a task.
pub(crate) fn report_of<'a>(view: &View<'a>, task: &Task) -> &'a Report {
    &view.analysis.periods.reports[task.report.at()]
}

/// Tasks that fit, each with its position, in the order of their states.
pub(crate) fn select<'a>(
    view: &View<'a>,
    fits: impl Fn(&Task, Shown) -> bool,
) -> Vec<(usize, &'a Task, Shown)> {
    let mut list: Vec<(usize, &Task, Shown)> = view
        .analysis
        .ingested
        .tasks
        .iter()
        .enumerate()
        .map(|(i, t)| (i, t, shown(view, t)))
        .filter(|(_, t, s)| fits(t, *s))
        .collect();
    list.sort_by_key(|(i, t, s)| (*s, t.deadline.is_none(), t.deadline, *i));
    list
}

/// Tasks under one title with a count by state.
pub(crate) fn section(
    view: &View<'_>,
    list: &[(usize, &Task, Shown)],
    limit: Option<usize>,
    id: &str,
) -> Option<TaskSection> {
    if list.is_empty() {
        return None;
    }
    let counts: Vec<String> = Shown::ALL
        .iter()
        .filter_map(|s| {
            let n = list.iter().filter(|(_, _, t)| t == s).count();
            (n > 0).then(|| format!("{n} {}", super::words::lower_first(&s.words(view))))
        })
        .collect();
    let shown = limit.unwrap_or(list.len());
    let as_of = view
        .analysis
        .as_of
        .map_or_else(String::new, |d| view.day(d));
    Some(TaskSection {
        id: id.to_owned(),
        title: view.t("task.counts", &[("counts", &counts.join(", "))]),
        note: Some(view.t("task.judged", &[("d", &as_of)])),
        rows: list
            .iter()
            .take(shown)
            .map(|(i, t, _)| row(view, *i, t, false))
            .collect(),
        more: (list.len() > shown).then(|| {
            View::link(
                &view.t("task.see_all", &[]),
                format!("{}/", view.analysis.config.paths.tasks),
            )
        }),
    })
}
