//! Indices: points by groups, as configured, each structure with the days in which it holds.

use super::{IndicatorIx, Stat};
use crate::decimal::Decimal;
use crate::diagnostic::Place;
use crate::text::date::Date;

/// An index such as that of Decision 766.
#[derive(Clone, Debug)]
pub struct Index {
    /// Permanent id.
    pub id: String,
    /// Name in a sentence.
    pub label: String,
    /// Legal basis.
    pub basis: String,
    /// Its structures, in the order of the catalogue.
    pub versions: Vec<IndexVersion>,
}

/// A structure of an index in the days in which it holds.
#[derive(Clone, Debug)]
pub struct IndexVersion {
    /// First day; from the beginning where there is none.
    pub valid_from: Option<Date>,
    /// Last day; open where there is none.
    pub valid_to: Option<Date>,
    /// Legal basis, where it is another one than that of the index.
    pub basis: String,
    /// The indicator that holds the official total.
    pub stated: Option<IndicatorIx>,
    /// Decimals of points.
    pub decimals: u8,
    /// Groups in their order.
    pub groups: Vec<Group>,
    /// Names of totals, highest first.
    pub bands: Vec<Band>,
    /// Where the catalogue has it.
    pub place: Place,
}

/// A group of component indicators.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name in a sentence.
    pub label: String,
    /// The most points of it.
    pub max: Decimal,
    /// The indicator that holds its official points.
    pub stated: Option<IndicatorIx>,
    /// What it is made of; empty where that is not known.
    pub components: Vec<Component>,
}

/// A component indicator.
#[derive(Clone, Debug)]
pub struct Component {
    /// Name in a sentence.
    pub label: String,
    /// The most points of it.
    pub max: Decimal,
    /// The indicator that holds its official points.
    pub stated: Option<IndicatorIx>,
    /// What its points follow from.
    pub stat: Option<Stat>,
    /// How they follow.
    pub formula: Formula,
    /// The points where nothing arose, if the decision gives any.
    pub no_activity: Option<Decimal>,
}

/// How points follow from a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Maximum × share; at most the maximum.
    Share,
    /// The points of the highest bound that is reached, highest first; below the lowest none.
    Steps(Vec<(Decimal, Decimal)>),
    /// None at `from`, all at `to`, and in between by proportion.
    Linear {
        /// The figure without points.
        from: Decimal,
        /// The figure with all points.
        to: Decimal,
    },
    /// Only the official points are known.
    Stated,
}

/// A name of totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The lowest total of it.
    pub from: Decimal,
    /// "tốt".
    pub label: String,
}

impl Index {
    /// The structure that holds on a day; the first of several.
    pub fn version_on(&self, day: Date) -> Option<&IndexVersion> {
        self.versions.iter().find(|v| {
            v.valid_from.is_none_or(|from| from <= day) && v.valid_to.is_none_or(|to| day <= to)
        })
    }
}

impl IndexVersion {
    /// The most points of all.
    pub fn max(&self) -> Decimal {
        let maxima = self.groups.iter().map(|g| g.max);
        maxima.fold(Decimal::ZERO, |sum, max| {
            sum.checked_add(max).unwrap_or(sum)
        })
    }

    /// The name of a total.
    pub fn band(&self, total: Decimal) -> Option<&Band> {
        self.bands.iter().find(|b| total >= b.from)
    }
}
