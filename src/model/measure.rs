//! Base figures as offices report them.

use super::index;

index! {
    /// A measure of the catalogue.
    MeasureIx(u16)
}

/// What kind of number a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeasureType {
    /// A whole number of things.
    Count,
    /// Money.
    Amount,
    /// Time taken.
    Duration,
    /// A level or grade.
    Level,
    /// 1 for yes, 0 for no.
    YesNo,
}

impl MeasureType {
    /// The type of that name in the catalogue.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "count" => Self::Count,
            "amount" => Self::Amount,
            "duration" => Self::Duration,
            "level" => Self::Level,
            "yes-no" => Self::YesNo,
            _ => return None,
        })
    }

    /// Whether its values are whole numbers, so that a separator in them can only mark thousands.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Count | Self::Level | Self::YesNo)
    }
}

/// What span of time a measure covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// What happened within the period.
    Flow,
    /// What happened since 1 January.
    YearToDate,
    /// The state at the end.
    Stock,
}

impl Nature {
    /// The nature of that name in the catalogue.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "flow" => Self::Flow,
            "ytd" => Self::YearToDate,
            "stock" => Self::Stock,
            _ => return None,
        })
    }
}

/// What comes in and what goes out, each a sum over measures of one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// What there was and what came.
    pub incoming: Vec<MeasureIx>,
    /// What went and what is left.
    pub outgoing: Vec<MeasureIx>,
}

/// What a measure counts in the tables of its own report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Announced {
    /// The services of the group that the figure is of.
    Services,
    /// Those of them that have dossiers.
    ActiveServices,
    /// The rows of the report's table of tasks.
    Tasks,
}

impl Announced {
    /// The word of that name in the catalogue.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "services" => Self::Services,
            "active-services" => Self::ActiveServices,
            "tasks" => Self::Tasks,
            _ => return None,
        })
    }
}

/// A base figure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Permanent id.
    pub id: String,
    /// Name in a sentence.
    pub label: String,
    /// Name in English; empty where there is none.
    pub label_en: String,
    /// What is counted: "hồ sơ".
    pub unit: String,
    /// The same in English; empty where it is not said.
    pub unit_en: String,
    /// What kind of number it is.
    pub kind: MeasureType,
    /// What span it covers.
    pub nature: Nature,
    /// Header words under which tables give it.
    pub aliases: Vec<String>,
    /// Lists of measures; each list exhausts this one.
    pub parts: Vec<Vec<MeasureIx>>,
    /// Measures that this one is a part of, without exhausting them.
    pub within: Vec<MeasureIx>,
    /// The measure that `b` of a cell `a/b` belongs to.
    pub fraction_of: Option<MeasureIx>,
    /// Whether the figures of units add up to the figure above them; distinct things such as services do not.
    pub additive: bool,
    /// Measures of one row whose sums must be equal.
    pub balance: Option<Balance>,
    /// What it says how many of there are in the tables of its report.
    pub announces: Option<Announced>,
    /// What it means, in plain words.
    pub definition: String,
    /// The same in English; empty where it is not said.
    pub definition_en: String,
}
