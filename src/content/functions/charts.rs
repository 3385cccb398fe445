//! The function `chart`: which kinds there are, what the marks of each may stand for, and drawings that would
//! mislead.

use super::blocks::has_figures;
use super::{Piece, Run};
use crate::analysis::{Observation, State};
use crate::content::{Block, By, ChartKind, Subject};
use crate::diagnostic::{Phrase, codes, one_of, phrase};
use crate::model::{Stat, Status};

/// More parts than this cannot be told apart in one bar, nor lines in one drawing.
const MOST_SERIES: usize = 4;

/// What the marks of each kind may stand for; the first is meant where the call does not say.
fn marks(kind: ChartKind) -> &'static [By] {
    match kind {
        ChartKind::Bar => &[By::Service, By::Unit],
        ChartKind::Stacked => &[By::Service],
        ChartKind::Line | ChartKind::Sparkline => &[By::Period],
        ChartKind::Bullet => &[By::Alone, By::Service, By::Unit],
        ChartKind::Heat | ChartKind::Map | ChartKind::Slope | ChartKind::Multiples => &[By::Unit],
    }
}

/// What a message says that `by` may be.
fn marks_in_words(kind: ChartKind) -> Phrase {
    match kind {
        ChartKind::Bar | ChartKind::Bullet => phrase("by-of-bars"),
        ChartKind::Stacked => phrase("by-of-stacked"),
        ChartKind::Heat | ChartKind::Map | ChartKind::Slope | ChartKind::Multiples => {
            phrase("by-of-units")
        }
        ChartKind::Line | ChartKind::Sparkline => phrase("by-of-lines"),
    }
}

impl Run<'_> {
    pub(super) fn chart(&self) -> Option<Piece> {
        let kind = self.parsed(
            "kind",
            one_of("bar, stacked, line, bullet, sparkline, heat, map, slope, multiples"),
            ChartKind::parse,
        );
        let title = self.parsed("title", phrase("text-in-quotes"), |t| Some(t.to_owned()));
        let (by, stat, subject) = (self.by(), self.first_stat(), self.subject());
        let kind = kind.ok()?.unwrap_or(ChartKind::Bar);
        if kind == ChartKind::Slope {
            // Only indicators are ranked.
            self.indicator()?;
        }
        let by = by.ok()?;
        let fits = by.is_none_or(|by| marks(kind).contains(&by));
        if let Some(argument) = self.named("by").filter(|_| !fits) {
            self.invalid(argument, "by", marks_in_words(kind));
        }
        let (by, stat, subject) = (by.unwrap_or(marks(kind)[0]), stat?, subject?);
        if !fits {
            return None;
        }
        if !has_figures(self.analysis(), stat, by, subject) {
            self.missing(stat, subject);
            return None;
        }
        if kind == ChartKind::Stacked {
            self.too_many_parts(stat);
        }
        if by == By::Period {
            self.incomplete_fall(stat, subject);
        }
        let title = title.ok()?.filter(|t| !t.is_empty());
        Some(Piece::Block(Block::Chart {
            stat,
            kind,
            by,
            subject,
            title,
        }))
    }

    /// A bar has at most four parts. A measure whose every list of parts is longer cannot be stacked.
    fn too_many_parts(&self, stat: Stat) {
        let Stat::Measure(measure) = stat else { return };
        let measure = self.analysis().catalog.measure(measure);
        let shortest = measure.parts.iter().map(Vec::len).min().unwrap_or(0);
        if shortest > MOST_SERIES {
            let d = self
                .finding(codes::CHART_TOO_MANY_SERIES, &self.whole)
                .with("name", &measure.label)
                .with("count", shortest)
                .with("most", MOST_SERIES);
            self.report(d);
        }
    }

    /// A last period that is not whole looks like a fall. The point is drawn hollow, but the line still goes down.
    fn incomplete_fall(&self, stat: Stat, subject: Subject) {
        let analysis = self.analysis();
        let series = analysis.series(stat, subject.unit, subject.service, subject.period);
        let mut known = series
            .iter()
            .rev()
            .filter_map(|(p, o)| Some((*p, o, o.sound()?)));
        let (Some((last, observation, now)), Some((_, _, before))) = (known.next(), known.next())
        else {
            return;
        };
        let is_whole = |o: &Observation| o.state == State::Value && !o.is_partial();
        let is_open = analysis
            .as_of
            .is_some_and(|d| d < analysis.period(last).end);
        let is_provisional = analysis.period(last).reports.iter().any(|r| {
            let report = &analysis.periods.reports[r.at()];
            let units = &analysis.catalog.units;
            let concerns = units.is_within(subject.unit, report.unit)
                || units.is_within(report.unit, subject.unit);
            report.status == Status::Provisional && concerns
        });
        if now < before && (is_open || is_provisional || !is_whole(observation)) {
            let d = self
                .finding(codes::CHART_INCOMPLETE_PERIOD, &self.whole)
                .with("name", analysis.catalog.stat_label(stat))
                .with("period", &analysis.period(last).label);
            self.report(d);
        }
    }
}
