//! The functions that stand within a sentence: value, change, rank, target, link.

use super::{Piece, Run};
use crate::analysis::Against;
use crate::catalog::find_period;
use crate::content::changes::{self, Detail};
use crate::content::figures::{self, Form};
use crate::content::markdown::escape;
use crate::content::{LinkTarget, Subject};
use crate::diagnostic::one_of;
use crate::model::Stat;
use crate::text::suggest::suggest;

impl Run<'_> {
    pub(super) fn figure(&self, words: impl Fn(Stat, Subject) -> Option<String>) -> Option<Piece> {
        let (stat, subject) = (self.first_stat(), self.subject());
        self.worded(stat?, subject?, words)
    }

    fn worded(
        &self,
        stat: Stat,
        subject: Subject,
        words: impl Fn(Stat, Subject) -> Option<String>,
    ) -> Option<Piece> {
        let text = words(stat, subject);
        if text.is_none() {
            self.missing(stat, subject);
        }
        text.map(|t| Piece::Inline(escape(&t)))
    }

    pub(super) fn value(&self) -> Option<Piece> {
        let form = self
            .parsed("form", one_of(Form::NAMES), Form::parse)
            .ok()?
            .unwrap_or(Form::WithUnit);
        self.figure(|stat, subject| figures::value(self.page.voice, stat, subject, form))
    }

    pub(super) fn change(&self) -> Option<Piece> {
        let against = self.parsed("against", one_of(changes::AGAINST), changes::parse_against);
        let detail = self.parsed("form", one_of(Detail::NAMES), Detail::parse);
        let how = (
            against.ok()?.unwrap_or(Against::Previous),
            detail.ok()?.unwrap_or(Detail::Short),
        );
        self.figure(|stat, subject| changes::change(self.page.voice, stat, subject, how))
    }

    pub(super) fn rank(&self) -> Option<Piece> {
        let (indicator, subject, above) =
            (self.indicator(), self.subject(), self.unit("parent").ok()?);
        let (indicator, units) = (indicator?, &self.page.units.with_figures);
        self.worded(Stat::Indicator(indicator), subject?, |_, subject| {
            figures::rank(self.page.voice, indicator, subject, above, units)
        })
    }

    pub(super) fn link(&self) -> Option<Piece> {
        let mut arguments = self.positional();
        let argument = arguments.next()?;
        let id = argument.value.shown();
        // The ids are the same in every language, the names are not.
        let catalog = self.page.voice.analysis.catalog;
        let (target, name) = if let Some(unit) = catalog.units.find(&id) {
            if self.page.units.with_pages.binary_search(&unit).is_err() {
                self.unknown(argument, "page-of-unit", None);
                return None;
            }
            (
                LinkTarget::Unit(unit),
                catalog.units.get(unit).name.as_str(),
            )
        } else if let Some(service) = catalog.services.find(&id) {
            (
                LinkTarget::Service(service),
                catalog.services.get(service).name.as_str(),
            )
        } else if let Some(Stat::Indicator(indicator)) = catalog.stat(&id) {
            (
                LinkTarget::Indicator(indicator),
                catalog.indicator(indicator).label.as_str(),
            )
        } else if let Some(period) = find_period(&self.analysis().periods.list, &id) {
            (
                LinkTarget::Edition(period),
                self.page.voice.analysis.period(period).label.as_str(),
            )
        } else {
            let ids = (catalog.units.list.iter().map(|u| u.id.as_str()))
                .chain(catalog.services.list.iter().skip(1).map(|s| s.id.as_str()))
                .chain(catalog.indicators.iter().map(|i| i.id.as_str()))
                .chain(self.analysis().periods.list.iter().map(|p| p.id.as_str()));
            self.unknown(argument, "anything-with-a-page", suggest(&id, ids));
            return None;
        };
        let text = arguments
            .next()
            .map_or_else(|| name.to_owned(), |a| a.value.shown());
        let href = (self.page.link)(target, &self.page.target);
        Some(Piece::Inline(format!(
            "<a href=\"{}\">{}</a>",
            escape(&href),
            escape(&text)
        )))
    }
}
