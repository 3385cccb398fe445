//! The functions that stand alone: table, ranking, tasks.

use super::{Piece, Run};
use crate::analysis::{Analysis, State};
use crate::content::{Block, By, PageTarget, Subject};
use crate::diagnostic::{one_of, phrase};
use crate::model::{Level, Stat, TaskStatus};
use crate::text::normal::fold;

impl Run<'_> {
    pub(super) fn table(&self) -> Option<Piece> {
        let stats: Vec<Option<Stat>> = self.positional().map(|a| self.stat(a)).collect();
        let (by, subject) = (self.by(), self.subject());
        let stats: Vec<Stat> = stats.into_iter().collect::<Option<_>>()?;
        let (by, subject) = (by.ok()?.unwrap_or(By::Service), subject?);
        let mut good = true;
        for stat in &stats {
            if !has_figures(self.analysis(), *stat, by, subject) {
                self.missing(*stat, subject);
                good = false;
            }
        }
        good.then_some(Piece::Block(Block::Table { stats, by, subject }))
    }

    pub(super) fn ranking(&self) -> Option<Piece> {
        let level = self.parsed("level", one_of(Level::NAMES), |t| {
            Level::parse(t).filter(|l| Analysis::is_ranked_level(*l))
        });
        let (parent, service, period, top) = (
            self.unit("parent"),
            self.service(),
            self.period(),
            self.count("top"),
        );
        let indicator = self.indicator()?;
        let (level, parent, service) = (level.ok()?, parent.ok()?, service.ok()?);
        let (period, top) = (period.ok()?.or_else(|| self.page.period()), top.ok()?);
        let Some(level) = level else {
            self.syntax(phrase("needs").with("what", "level=\"…\""));
            return None;
        };
        let (Some(parent), Some(period)) = (parent.or_else(|| self.page.unit()), period) else {
            self.syntax(phrase("needs").with("what", "parent=\"…\", period=\"…\""));
            return None;
        };
        Some(Piece::Block(Block::Ranking {
            indicator,
            level,
            parent,
            period,
            service,
            top,
        }))
    }

    pub(super) fn tasks(&self) -> Option<Piece> {
        let status = self.parsed(
            "status",
            one_of("chua-bao-cao, chua-thuc-hien, dang-thuc-hien, vuong-mac, hoan-thanh"),
            |t| TaskStatus::parse(&fold(t)).filter(|_| !t.is_empty()),
        );
        let (unit, period, limit) = (self.unit("unit"), self.period(), self.count("limit"));
        let page = self.page;
        let (own_unit, own_period) = match page.target {
            PageTarget::Edition(period) => (None, Some(period)),
            PageTarget::Unit(unit) => (Some(unit), None),
            _ => (None, None),
        };
        Some(Piece::Block(Block::Tasks {
            unit: unit.ok()?.or(page.front.unit).or(own_unit),
            period: period.ok()?.or(page.front.period).or(own_period),
            status: status.ok()?,
            limit: limit.ok()?,
        }))
    }
}

/// Whether there is anything to show: a figure of any service, unit below, or period.
pub(super) fn has_figures(analysis: &Analysis<'_>, stat: Stat, by: By, subject: Subject) -> bool {
    let Subject {
        unit,
        service,
        period,
    } = subject;
    let is_there = |unit, service, period| {
        analysis.observe(stat, unit, service, period).state != State::Absent
    };
    if is_there(unit, service, period) {
        return true;
    }
    match by {
        By::Alone => false,
        By::Service => analysis
            .catalog
            .services
            .indices()
            .any(|s| is_there(unit, s, period)),
        By::Period => analysis
            .period_indices()
            .any(|p| is_there(unit, service, p)),
        By::Unit => {
            let units = &analysis.catalog.units;
            let of_block = units
                .get(unit)
                .members
                .iter()
                .any(|u| is_there(*u, service, period));
            of_block
                || units
                    .indices()
                    .any(|u| units.is_within(u, unit) && is_there(u, service, period))
        }
    }
}
