//! Which figures changed after their period was released, and what they were.

use super::Analysis;
use crate::decimal::{Decimal, Fraction};
use crate::model::{IndicatorIx, MeasureIx, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::release::{Kind, Part, Revision, Revisions, parts};

/// What a figure was in the release.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Was<'a> {
    /// The text of the release.
    Text(&'a str),
    /// A ratio of released counts, in per cent at the published precision.
    Ratio(Decimal),
}

impl<'a> Analysis<'a> {
    /// Adds what changed since the releases.
    #[must_use]
    pub fn with_revisions(mut self, revisions: &'a Revisions) -> Self {
        self.revisions = Some(revisions).filter(|r| !r.list.is_empty() || !r.released.is_empty());
        self
    }

    /// The revisions of one figure, newest first; of a unit as a whole also those of all procedures together.
    pub fn revisions_of(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Vec<&'a Revision> {
        let Some(all) = self.revisions.filter(|r| !r.list.is_empty()) else {
            return Vec::new();
        };
        let found: Vec<&Revision> = all.of(stat, unit, service, period).collect();
        match self.all_services() {
            Some(s) if found.is_empty() && service == ServiceIx::WHOLE => {
                all.of(stat, unit, s, period).collect()
            }
            _ => found,
        }
    }

    /// Whether a figure, or a count that it is made of, was corrected or came after the release.
    pub fn revised(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Kind> {
        self.revisions.filter(|r| !r.list.is_empty())?;
        let own = |stat| {
            let list = self.revisions_of(stat, unit, service, period);
            list.iter().map(|r| r.kind).min()
        };
        let base = match stat {
            Stat::Measure(_) => Vec::new(),
            Stat::Indicator(i) => self.base(i),
        };
        base.into_iter()
            .map(Stat::Measure)
            .chain([stat])
            .filter_map(own)
            .min()
    }

    fn base(&self, indicator: IndicatorIx) -> Vec<MeasureIx> {
        let d = self.catalog.indicator(indicator);
        d.numerator.iter().chain(&d.denominator).copied().collect()
    }

    /// What a figure was in the release, where it is another one now.
    pub fn was(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Was<'a>> {
        let list = self.revisions_of(stat, unit, service, period);
        if let (Some(newest), Some(oldest)) = (list.first(), list.last()) {
            let text = oldest.old.as_str();
            return (text != newest.new && !text.is_empty()).then_some(Was::Text(text));
        }
        let Stat::Indicator(i) = stat else {
            return None;
        };
        self.revised(stat, unit, service, period)?;
        let d = self.catalog.indicator(i);
        let sum = |measures: &[MeasureIx]| {
            let mut sum = Decimal::ZERO;
            for m in measures {
                sum = sum.checked_add(self.released_count(*m, unit, service, period)?)?;
            }
            (!measures.is_empty()).then_some(sum)
        };
        let before = Fraction::new(sum(&d.numerator)?, sum(&d.denominator)?)?.percent(d.decimals);
        let now = self.observe(stat, unit, service, period).value;
        (now != Some(before)).then_some(Was::Ratio(before))
    }

    /// A count as it was released: a plain number, or nothing.
    fn released_count(
        &self,
        measure: MeasureIx,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<Decimal> {
        let stat = Stat::Measure(measure);
        match self.revisions_of(stat, unit, service, period).last() {
            Some(oldest) => match parts(&oldest.old).as_slice() {
                [Part::Number("", value, None)] => Some(*value),
                _ => None,
            },
            None => self.observe(stat, unit, service, period).value,
        }
    }
}
