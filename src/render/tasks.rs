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
            .map_or_else(String::new, super::super::text::date::Date::format_vi);
        match self {
            Self::Overdue => "Báo cáo lập sau hạn vẫn ghi là chưa xong.".into(),
            Self::Unconfirmed => format!(
                "Hạn đã qua vào ngày {day}, nhưng báo cáo gần nhất có trước hạn; chưa biết đã xong hay chưa."
            ),
            Self::Blocked => "Báo cáo ghi là đang chờ việc khác.".into(),
            Self::Open => "Báo cáo ghi là đang làm, hạn chưa qua hoặc không có ngày.".into(),
            Self::Regular => "Việc làm thường xuyên, không có ngày kết thúc.".into(),
            Self::NotStarted => "Báo cáo ghi là chưa làm.".into(),
            Self::NotReported => {
                "Văn bản giao việc không nêu kết quả; không tính là quá hạn.".into()
            }
            Self::Done => "Báo cáo ghi là đã xong.".into(),
        }
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
    let none = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let deadline = match (task.deadline_as_written.as_str(), task.deadline) {
        ("", _) => "không nêu hạn".to_owned(),
        (text, Some(d)) if !text.contains(&d.year().to_string()) => {
            format!("{text} ({})", d.format_vi())
        }
        (text, _) => text.to_owned(),
    };
    let impossible = matches!(
        crate::text::date::parse_deadline(&task.deadline_as_written),
        Err(crate::text::date::DateError::Impossible)
    );
    TaskRow {
        id: format!("nv-{position}"),
        text: task.text.clone(),
        document: Some(if with_document {
            format!("{unit}, nhiệm vụ {}. {}", task.number, task.basis)
        } else {
            format!("Nhiệm vụ {}. {}", task.number, task.basis)
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
        note: impossible.then(|| {
            "Ngày này không có trong lịch; hạn không được dùng để xét quá hạn.".to_owned()
        }),
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
        .map_or_else(String::new, super::super::text::date::Date::format_vi);
    Some(TaskSection {
        id: id.to_owned(),
        title: format!("Nhiệm vụ: {}", counts.join(", ")),
        note: Some(format!(
            "Tình trạng theo báo cáo; hạn được xét đến ngày {as_of}."
        )),
        rows: list
            .iter()
            .take(shown)
            .map(|(i, t, _)| row(view, *i, t, false))
            .collect(),
        more: (list.len() > shown).then(|| {
            View::link(
                "Xem tất cả nhiệm vụ",
                format!("{}/", view.analysis.config.paths.tasks),
            )
        }),
    })
}
