//! Targets: what a plan or decision asks for.

use super::{Level, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::decimal::Decimal;
use crate::diagnostic::Place;
use crate::text::date::{Date, DeadlineKind};

/// How a value is compared with a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// At least.
    AtLeast,
    /// Exactly.
    Equal,
    /// At most.
    AtMost,
    /// More than.
    More,
    /// Less than.
    Less,
}

impl Operator {
    /// The operator of that sign.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            ">=" | "≥" => Self::AtLeast,
            "=" => Self::Equal,
            "<=" | "≤" => Self::AtMost,
            ">" => Self::More,
            "<" => Self::Less,
            _ => return None,
        })
    }

    /// Its sign in open data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::Less => "<",
        }
    }

    /// Whether `actual` meets `target`.
    pub fn is_met(self, actual: Decimal, target: Decimal) -> bool {
        match self {
            Self::AtLeast => actual >= target,
            Self::Equal => actual == target,
            Self::AtMost => actual <= target,
            Self::More => actual > target,
            Self::Less => actual < target,
        }
    }
}

/// A target of a document.
#[derive(Clone, Debug)]
pub struct Target {
    /// The period of the document that states it.
    pub period: PeriodIx,
    /// What it is about.
    pub stat: Stat,
    /// The unit or block it is set for.
    pub unit: UnitIx,
    /// The service or group it is set for.
    pub service: ServiceIx,
    /// The level of the units below `unit` that it is set for each of, where it is.
    pub level: Option<Level>,
    /// Whether it is set for each member of a block, and for each service of a group.
    pub each: bool,
    /// How it is compared.
    pub operator: Operator,
    /// The value, in the unit of the statistic.
    pub value: Decimal,
    /// The value as written.
    pub as_written: String,
    /// First day it applies.
    pub from: Option<Date>,
    /// Last day to reach it.
    pub deadline: Option<Date>,
    /// The deadline as written.
    pub deadline_as_written: String,
    /// Kind of deadline.
    pub deadline_kind: DeadlineKind,
    /// Legal basis.
    pub basis: String,
    /// Place in the source document.
    pub document_place: String,
    /// Note.
    pub note: String,
    /// Where the catalogue has it.
    pub place: Place,
}
