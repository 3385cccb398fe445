//! Reporting periods, and the reports (data folders) that fill them.

use std::sync::Arc;

use super::{Status, UnitIx, index};
use crate::diagnostic::Place;
use crate::text::date::Date;

index! {
    /// A period, in order of time.
    PeriodIx(u16)
}

index! {
    /// A report: one folder of data.
    ReportIx(u16)
}

/// A reporting period. All folders with one period id make its edition.
#[derive(Clone, Debug)]
pub struct Period {
    /// Permanent id; makes the address of its page.
    pub id: String,
    /// Name with a capital: "Tháng 9/2024".
    pub label: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Cadence: figures are compared within one cadence only.
    pub cadence: String,
    /// The reports of this edition.
    pub reports: Vec<ReportIx>,
}

/// What a report must give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needed {
    /// The number of its document.
    Number,
    /// The date of its document.
    Date,
    /// Who issued its document.
    Issuer,
    /// The day it was received.
    Received,
    /// The day its figures were taken.
    Cutoff,
    /// A deadline for each task and target.
    Deadline,
    /// A figure of a measure or indicator, by its id.
    Figure(String),
}

impl Needed {
    /// What a word of `required` asks for.
    pub fn parse(text: &str) -> Self {
        match text {
            "number" => Self::Number,
            "date" => Self::Date,
            "issuer" => Self::Issuer,
            "received" => Self::Received,
            "cutoff" => Self::Cutoff,
            "deadline" => Self::Deadline,
            id => Self::Figure(id.to_owned()),
        }
    }

    /// Its word in `site.toml`.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Issuer => "issuer",
            Self::Received => "received",
            Self::Cutoff => "cutoff",
            Self::Deadline => "deadline",
            Self::Figure(id) => id,
        }
    }
}

/// A source document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Title.
    pub title: String,
    /// Number with its suffix.
    pub number: String,
    /// Date.
    pub date: Option<Date>,
    /// Issuing body.
    pub issuer: String,
    /// What it is based on, as written.
    pub basis: String,
    /// Where its number stands, or its title where it has none.
    pub place: Place,
}

/// One folder of data: what one unit reports for one period.
#[derive(Clone, Debug)]
pub struct Report {
    /// The folder below the root.
    pub folder: String,
    /// The `period.toml` of the folder.
    pub file: Arc<str>,
    /// Where the period is declared.
    pub place: Place,
    /// Its period.
    pub period: PeriodIx,
    /// The reporting unit.
    pub unit: UnitIx,
    /// Whether it may state figures of any unit, not only of its own and those below it.
    pub any_unit: bool,
    /// First day of its own window.
    pub start: Date,
    /// Last day of its own window.
    pub end: Date,
    /// Day the figures were taken, where it differs from the end.
    pub cutoff: Option<Date>,
    /// Day it was due.
    pub due: Option<Date>,
    /// Day it was received.
    pub received: Option<Date>,
    /// Kind of document: `bao-cao`, `ke-hoach`, `kiem-tra`.
    pub kind: String,
    /// Whether its figures are provisional, final or revised.
    pub status: Status,
    /// Declared style of numbers.
    pub number_style: Option<crate::text::number::Style>,
    /// The documents it is taken from.
    pub documents: Vec<Document>,
    /// What its form asks for: see [`Needed`].
    pub required: Vec<(Needed, Place)>,
    /// Documents that it cites as work of the period.
    pub cited: Vec<Document>,
}

impl Report {
    /// Its first and its last day.
    pub fn window(&self) -> (Date, Date) {
        (self.start, self.end)
    }
}
