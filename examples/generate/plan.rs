//! What a site is about: its units, services and months.

use super::month::Month;
use super::services::{self, Service};
use super::size::Size;
use super::units::{self, Level, Unit};

/// Everything that the files are written from.
pub(crate) struct Plan {
    /// Parents first.
    pub(crate) units: Vec<Unit>,
    pub(crate) services: Vec<Service>,
    /// Oldest first; never empty.
    pub(crate) months: Vec<Month>,
}

impl Plan {
    pub(crate) fn new(size: Size) -> Self {
        Self {
            units: units::make(size.units),
            services: services::make(size.services),
            months: Month::up_to_newest(size.months),
        }
    }

    /// The units that fill in figures.
    pub(crate) fn reporting(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|u| u.level.reports())
    }

    /// The unit that the reports are of: the country, the province, or the one commune.
    pub(crate) fn top(&self) -> &Unit {
        let is_one_commune = self.units.len() == 2;
        &self.units[usize::from(is_one_commune)]
    }

    /// The units that have targets: the top one and all provinces below it.
    pub(crate) fn with_targets(&self) -> impl Iterator<Item = &Unit> {
        let top = self.top();
        let below = self
            .units
            .iter()
            .filter(|u| u.level == Level::Province && u.parent == top.id);
        std::iter::once(top).chain(below)
    }

    pub(crate) fn first_month(&self) -> Month {
        self.months[0]
    }

    pub(crate) fn newest_month(&self) -> Month {
        self.months[self.months.len() - 1]
    }
}
