//! Tasks (nhiệm vụ) that a document assigns or reports on.

use super::ReportIx;
use crate::diagnostic::Place;
use crate::text::date::{Date, DeadlineKind};

/// What the document says about a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskStatus {
    /// The document states no result. Never counted as overdue.
    NotReported,
    /// The document says that it has not begun.
    NotStarted,
    /// Under way.
    InProgress,
    /// Waits for something else.
    Blocked,
    /// Finished.
    Done,
}

impl TaskStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::NotReported,
        Self::NotStarted,
        Self::InProgress,
        Self::Blocked,
        Self::Done,
    ];

    /// The status of a folded word, Vietnamese or English.
    pub fn parse(folded: &str) -> Option<Self> {
        Some(match folded {
            "" | "chua bao cao" | "not reported" => Self::NotReported,
            "chua thuc hien" | "not started" => Self::NotStarted,
            "dang thuc hien" | "in progress" => Self::InProgress,
            "vuong mac" | "blocked" => Self::Blocked,
            "hoan thanh" | "da hoan thanh" | "done" => Self::Done,
            _ => return None,
        })
    }

    /// Its id, used in addresses and bound figures.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotReported => "chua-bao-cao",
            Self::NotStarted => "chua-thuc-hien",
            Self::InProgress => "dang-thuc-hien",
            Self::Blocked => "vuong-mac",
            Self::Done => "hoan-thanh",
        }
    }
}

/// A task.
#[derive(Clone, Debug)]
pub struct Task {
    /// The report that states it.
    pub report: ReportIx,
    /// Number in the document, as written.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// Legal bases.
    pub basis: String,
    /// Bodies in charge.
    pub owners: Vec<String>,
    /// Deadline as written.
    pub deadline_as_written: String,
    /// Last day, where there is one.
    pub deadline: Option<Date>,
    /// Kind of deadline.
    pub deadline_kind: DeadlineKind,
    /// What the document says about it.
    pub status: TaskStatus,
    /// The result as written.
    pub result: String,
    /// Place in the source document.
    pub document_place: String,
    /// Note.
    pub note: String,
    /// Where the table has it.
    pub place: Place,
    /// Where the table has its legal bases.
    pub basis_place: Place,
    /// Where the table has its result.
    pub result_place: Place,
}

impl Task {
    /// Whether its deadline has passed on `day` while a reported result says that it is not finished.
    pub fn is_overdue(&self, day: Date) -> bool {
        let open = matches!(
            self.status,
            TaskStatus::NotStarted | TaskStatus::InProgress | TaskStatus::Blocked
        );
        let dated = matches!(self.deadline_kind, DeadlineKind::By | DeadlineKind::Before);
        open && dated && self.deadline.is_some_and(|d| d < day)
    }
}
