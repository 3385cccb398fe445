//! The catalogue: units with their history, blocks, services, measures, indicators, targets.
//!
//! In: the files of `data/catalog/`. Out: [`Catalog`], and every mistake in them. What is missing is empty;
//! what is wrong is left out and reported.

mod indicators;
mod measures;
mod national;
mod peers;
mod rows;
mod scores;
mod services;
mod targets;
mod units;
mod vietnam;

use std::collections::HashMap;

use crate::diagnostic::{Checked, Diagnostic, Place};
use crate::model::score::Index;
use crate::model::{
    Indicator, IndicatorIx, Measure, MeasureIx, Peers, Period, Services, Stat, Units,
};
use crate::source::Sources;
use crate::text::normal::fold;

pub use targets::read as read_targets;

/// Everything that figures refer to.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    /// Units and blocks.
    pub units: Units,
    /// Services.
    pub services: Services,
    /// Peer groups that the site declares.
    pub peers: Peers,
    /// Measures.
    pub measures: Vec<Measure>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Indices of points.
    pub scores: Vec<Index>,
    stats: HashMap<String, Stat>,
    words: HashMap<String, Stat>,
}

impl Catalog {
    /// The measure of an index.
    pub fn measure(&self, ix: MeasureIx) -> &Measure {
        &self.measures[ix.at()]
    }

    /// The indicator of an index.
    pub fn indicator(&self, ix: IndicatorIx) -> &Indicator {
        &self.indicators[ix.at()]
    }

    /// The measure or indicator of an id.
    pub fn stat(&self, id: &str) -> Option<Stat> {
        self.stats.get(id).copied()
    }

    /// The measure or indicator that a header word or label means, folded.
    pub fn stat_named(&self, word: &str) -> Option<Stat> {
        self.stat(word)
            .or_else(|| self.words.get(&fold(word)).copied())
    }

    /// The id of a statistic.
    pub fn stat_id(&self, stat: Stat) -> &str {
        match stat {
            Stat::Measure(m) => &self.measure(m).id,
            Stat::Indicator(i) => &self.indicator(i).id,
        }
    }

    /// The label of a statistic.
    pub fn stat_label(&self, stat: Stat) -> &str {
        match stat {
            Stat::Measure(m) => &self.measure(m).label,
            Stat::Indicator(i) => &self.indicator(i).label,
        }
    }

    /// The ids of all measures and indicators.
    pub fn stat_ids(&self) -> impl Iterator<Item = &str> {
        self.measures
            .iter()
            .map(|m| m.id.as_str())
            .chain(self.indicators.iter().map(|i| i.id.as_str()))
    }

    /// Labels and aliases of all measures and indicators, for suggestions.
    pub fn stat_words(&self) -> impl Iterator<Item = &str> {
        let measures = self
            .measures
            .iter()
            .flat_map(|m| std::iter::once(&m.label).chain(&m.aliases));
        let indicators = self
            .indicators
            .iter()
            .flat_map(|i| std::iter::once(&i.label).chain(&i.aliases));
        measures.chain(indicators).map(String::as_str)
    }

    /// The indicators that state or compute a ratio of `measure`.
    pub fn indicator_indices(&self) -> impl Iterator<Item = IndicatorIx> + use<> {
        (0..self.indicators.len()).map(IndicatorIx::from_at)
    }

    fn index_stats(&mut self) {
        for (i, m) in self.measures.iter().enumerate() {
            let stat = Stat::Measure(MeasureIx::from_at(i));
            self.stats.entry(m.id.clone()).or_insert(stat);
            for word in [&m.id, &m.label].into_iter().chain(&m.aliases) {
                self.words.entry(fold(word)).or_insert(stat);
            }
        }
        for (i, ind) in self.indicators.iter().enumerate() {
            let stat = Stat::Indicator(IndicatorIx::from_at(i));
            self.stats.entry(ind.id.clone()).or_insert(stat);
            for word in [&ind.id, &ind.label, &ind.short_label]
                .into_iter()
                .chain(&ind.aliases)
            {
                self.words.entry(fold(word)).or_insert(stat);
            }
        }
    }
}

/// Reads the catalogue without its targets, which need the periods.
pub fn read(sources: &Sources) -> Checked<Catalog> {
    read_with(sources, &[])
}

/// Reads the catalogue together with the shipped units of the provinces that the settings ask for.
pub fn read_with(sources: &Sources, provinces: &[(String, Place)]) -> Checked<Catalog> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let units = units::read(sources, provinces).take(&mut findings);
    let services = services::read(sources).take(&mut findings);
    let peers = peers::read(sources, &units).take(&mut findings);
    let measures = measures::read(sources).take(&mut findings);
    let indicators = indicators::read(sources, &measures).take(&mut findings);
    let mut catalog = Catalog {
        units,
        services,
        peers,
        ..Catalog::default()
    };
    catalog.measures = limited(
        measures,
        "data/catalog/measures.toml",
        "number-of-measures",
        &mut findings,
    );
    catalog.indicators = limited(
        indicators,
        "data/catalog/indicators.toml",
        "number-of-indicators",
        &mut findings,
    );
    catalog.index_stats();
    catalog.scores = scores::read(sources, &catalog).take(&mut findings);
    Checked::new(catalog, findings)
}

/// At most as many as a key can tell apart; more are an error, and the rest is left out.
fn limited<T>(
    mut list: Vec<T>,
    path: &str,
    name: &'static str,
    findings: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let most = crate::model::Key::LIMITS.1 - 1;
    if list.len() > most {
        let d = Diagnostic::new(
            crate::diagnostic::codes::VALUE_INVALID,
            crate::diagnostic::Place::file(&path.into()),
        )
        .with("value", list.len())
        .with("name", crate::diagnostic::phrase(name))
        .with(
            "expected",
            crate::diagnostic::phrase("at-most").with("count", most),
        );
        findings.push(d);
        list.truncate(most);
    }
    list
}

/// The period of an id.
pub fn find_period(periods: &[Period], id: &str) -> Option<crate::model::PeriodIx> {
    periods
        .iter()
        .position(|p| p.id == id)
        .map(crate::model::PeriodIx::from_at)
}

/// Whether a text may be an id: lower-case letters without accents, digits, single hyphens and slashes.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.split('/').all(|part| {
            !part.is_empty()
                && !part.starts_with('-')
                && !part.ends_with('-')
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids_make_addresses() {
        for good in ["phu-tho", "phu-tho/viet-tri", "2024-09"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "Phu-tho", "phú-thọ", "../x", "a//b", "a b", "-a", "a/"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
