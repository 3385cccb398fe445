//! The nouns of the field: units, services, periods, measures, indicators, facts, claims, targets, tasks.
//!
//! Everything is held in columns or flat lists; one thing refers to another by its index.

pub mod calendar;
pub mod change;
pub mod claim;
pub mod fact;
pub mod indicator;
pub mod measure;
pub mod peers;
pub mod period;
pub mod score;
pub mod service;
pub mod target;
pub mod task;
pub mod unit;

pub use calendar::{Calendar, Part};
pub use change::{Change, ChangeKind, Changes};
pub use claim::{Claim, Claims};
pub use fact::{Extra, FactIx, Facts, Key, Kind, Origin, RawFacts, Status};
pub use indicator::{Direction, Indicator, IndicatorIx, IndicatorKind};
pub use measure::{Announced, Balance, Measure, MeasureIx, MeasureType, Nature};
pub use peers::{CommuneType, PeerGroup, Peers};
pub use period::{Document, Needed, Period, PeriodIx, Report, ReportIx};
pub use service::{Service, ServiceIx, ServiceKind, Services};
pub use target::{Operator, Target};
pub use task::{Task, TaskStatus};
pub use unit::{Level, Unit, UnitIx, Units};

/// Declares an index type.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// The position in its list.
            pub fn at(self) -> usize {
                self.0 as usize
            }

            /// The index of a position; positions beyond the type's range stop at its largest value.
            pub fn from_at(position: usize) -> Self {
                Self(<$inner>::try_from(position).unwrap_or(<$inner>::MAX))
            }
        }
    };
}
pub(crate) use index;

/// What a published figure measures: a base measure, or an indicator made of measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stat {
    /// A base figure as offices report it.
    Measure(MeasureIx),
    /// A ratio, count or score that is published.
    Indicator(IndicatorIx),
}
