//! Task tables → tasks.

use super::headers::TaskColumn;
use super::{Context, Harvest};
use crate::diagnostic::{About, Diagnostic, Place, codes, phrase};
use crate::model::{ReportIx, Task, TaskStatus};
use crate::table::Table;
use crate::text::date::{Date, DateError, DeadlineKind, parse_date, parse_deadline};
use crate::text::normal::{fold, nfc};

/// Reads a task table.
pub(super) fn read(
    context: &Context<'_>,
    table: &Table,
    columns: &[TaskColumn],
    report: ReportIx,
    out: &mut Harvest,
) {
    for row in 0..table.row_count() {
        let reader = RowReader {
            context,
            table,
            columns,
            row,
            report,
        };
        if let Some(task) = reader.task(&mut out.findings) {
            out.tasks.push(task);
        }
    }
}

struct RowReader<'a> {
    context: &'a Context<'a>,
    table: &'a Table,
    columns: &'a [TaskColumn],
    row: usize,
    report: ReportIx,
}

impl RowReader<'_> {
    fn column(&self, wanted: TaskColumn) -> Option<usize> {
        self.columns.iter().position(|c| *c == wanted)
    }

    fn text(&self, wanted: TaskColumn) -> String {
        self.column(wanted).map_or_else(String::new, |c| {
            nfc(self.table.cell(self.row, c)).into_owned()
        })
    }

    fn place(&self, wanted: TaskColumn) -> Place {
        self.table.place(self.row, self.column(wanted).unwrap_or(0))
    }

    fn finding(&self, code: crate::diagnostic::Code, wanted: TaskColumn) -> Diagnostic {
        let place = self.place(wanted);
        let report = &self.context.reports[self.report.at()];
        let name = self.column(wanted).map_or("", |c| &self.table.header[c]);
        Diagnostic::new(code, place)
            .with("value", self.text(wanted))
            .with("name", name)
            .about(About {
                period: Some(self.context.periods[report.period.at()].id.clone()),
                unit: Some(self.context.catalog.units.get(report.unit).id.clone()),
                ..About::default()
            })
    }

    fn task(&self, findings: &mut Vec<Diagnostic>) -> Option<Task> {
        let text = self.text(TaskColumn::Text);
        if text.is_empty() {
            findings.push(self.finding(codes::KEY_MISSING, TaskColumn::Text));
            return None;
        }
        let status = self.status(findings);
        let (deadline, deadline_kind) = self.deadline(findings);
        let owners = self.text(TaskColumn::Owners);
        Some(Task {
            report: self.report,
            number: self.text(TaskColumn::Number),
            text,
            basis: self.text(TaskColumn::Basis),
            owners: owners
                .split(';')
                .map(str::trim)
                .filter(|o| !o.is_empty())
                .map(str::to_owned)
                .collect(),
            deadline_as_written: self.text(TaskColumn::Deadline),
            deadline,
            deadline_kind,
            status,
            result: self.text(TaskColumn::Result),
            document_place: self.text(TaskColumn::DocumentPlace),
            note: self.text(TaskColumn::Note),
            place: self.place(TaskColumn::Text),
            basis_place: self.place(TaskColumn::Basis),
            result_place: self.place(TaskColumn::Result),
        })
    }

    /// The status as the table or the wording of its result gives it. Without a result it is "not reported", whatever else is said.
    fn status(&self, findings: &mut Vec<Diagnostic>) -> TaskStatus {
        let word = fold(&self.text(TaskColumn::Status));
        let result = fold(&self.text(TaskColumn::Result));
        if word.is_empty() && !result.is_empty() {
            return self.worded(&result).unwrap_or_else(|| {
                let d = self.finding(codes::TASK_STATUS_UNKNOWN, TaskColumn::Result);
                let excerpt: String = self.text(TaskColumn::Result).chars().take(60).collect();
                findings.push(d.set("value", excerpt));
                TaskStatus::NotReported
            });
        }
        let known = TaskStatus::parse(&word).or_else(|| self.worded(&word));
        let status = known.unwrap_or_else(|| {
            let d = self.finding(codes::VALUE_INVALID, TaskColumn::Status);
            findings.push(d.with("expected", phrase("task-status")));
            TaskStatus::NotReported
        });
        if result.is_empty() {
            TaskStatus::NotReported
        } else {
            status
        }
    }

    /// The state that the site declares for texts that begin like this one.
    fn worded(&self, folded: &str) -> Option<TaskStatus> {
        let wording = &self.context.config.task_wording;
        let found = wording.iter().find(|(words, _)| {
            folded
                .strip_prefix(words.as_str())
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        });
        found.map(|(_, status)| *status)
    }

    /// The deadline: a declared reading first, else what the words say. An impossible day is a finding.
    fn deadline(&self, findings: &mut Vec<Diagnostic>) -> (Option<Date>, DeadlineKind) {
        let declared = self.declared_date(findings);
        let text = self.text(TaskColumn::Deadline);
        let (read, kind) = match parse_deadline(&text) {
            Ok(d) => (d.date, d.kind),
            Err(DateError::Impossible) => {
                findings.push(self.finding(codes::INVALID_DATE, TaskColumn::Deadline));
                (None, DeadlineKind::By)
            }
            Err(DateError::NotADate) if text.is_empty() => (None, DeadlineKind::None),
            Err(DateError::NotADate) => (None, DeadlineKind::Conditional),
        };
        let kind = match fold(&self.text(TaskColumn::DeadlineKind)).as_str() {
            "den han" | "by" => DeadlineKind::By,
            "truoc" | "before" => DeadlineKind::Before,
            "thuong xuyen" | "regular" => DeadlineKind::Regular,
            "co dieu kien" | "conditional" => DeadlineKind::Conditional,
            "ngay" | "now" => DeadlineKind::Now,
            "tu" | "from" => DeadlineKind::From,
            "" => kind,
            _ => {
                let d = self.finding(codes::VALUE_INVALID, TaskColumn::DeadlineKind);
                findings.push(d.with("expected", phrase("deadline-kind")));
                kind
            }
        };
        (declared.or(read), kind)
    }

    fn declared_date(&self, findings: &mut Vec<Diagnostic>) -> Option<Date> {
        let text = self.text(TaskColumn::DeadlineIso);
        if text.is_empty() {
            return None;
        }
        parse_date(&text)
            .map_err(|_| findings.push(self.finding(codes::INVALID_DATE, TaskColumn::DeadlineIso)))
            .ok()
    }
}
