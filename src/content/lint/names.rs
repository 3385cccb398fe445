//! The words by which a text speaks of measures and indicators, indexed once for all pages.

use std::collections::HashMap;

use crate::catalog::Catalog;
use crate::model::{MeasureType, Stat};
use crate::text::normal::fold;

/// Folded labels and aliases of every measure and indicator.
#[derive(Debug, Default)]
pub(in crate::content) struct Names {
    /// What a phrase means; several where they share it.
    phrases: HashMap<String, Vec<Stat>>,
    /// The words of each label, for texts that say them in another order ("tiếp nhận 100 hồ sơ").
    bags: Vec<(Vec<String>, Stat)>,
    /// The most words of a phrase.
    longest: usize,
}

impl Names {
    /// Indexes a catalogue.
    pub(in crate::content) fn new(catalog: &Catalog) -> Self {
        let mut names = Self::default();
        for (i, measure) in catalog.measures.iter().enumerate() {
            // A level or an answer is no figure.
            if matches!(measure.kind, MeasureType::YesNo | MeasureType::Level) {
                continue;
            }
            let stat = Stat::Measure(crate::model::MeasureIx::from_at(i));
            for word in std::iter::once(&measure.label).chain(&measure.aliases) {
                names.add(fold(word), stat);
            }
        }
        for (i, indicator) in catalog.indicators.iter().enumerate() {
            let stat = Stat::Indicator(crate::model::IndicatorIx::from_at(i));
            for word in std::iter::once(&indicator.label).chain(&indicator.aliases) {
                let folded = fold(word);
                let folded = folded.trim_end_matches(" %");
                names.add(folded.to_owned(), stat);
                // "hồ sơ trực tuyến đạt 99%": the sign already says that it is a rate.
                if let Some(rest) = folded.strip_prefix("ty le ") {
                    names.add(rest.to_owned(), stat);
                }
            }
        }
        names
    }

    fn add(&mut self, phrase: String, stat: Stat) {
        let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        if words.len() < 2 {
            return;
        }
        self.longest = self.longest.max(words.len());
        if words.len() >= 3 {
            // "Số …" says only that it is a number.
            let bag: Vec<String> = match words.as_slice() {
                [first, rest @ ..] if first == "so" && rest.len() >= 3 => rest.to_vec(),
                _ => words,
            };
            self.bags.push((bag, stat));
        }
        let stats = self.phrases.entry(phrase).or_default();
        if !stats.contains(&stat) {
            stats.push(stat);
        }
    }

    /// The statistics that a phrase means.
    pub(super) fn phrase(&self, folded: &str) -> &[Stat] {
        self.phrases.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The most words of a phrase.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// The statistics all of whose words are among `words`, with the number of their words.
    pub(super) fn among<'n>(
        &'n self,
        words: &'n [&str],
    ) -> impl Iterator<Item = (usize, Stat)> + 'n {
        self.bags
            .iter()
            .filter(|(bag, _)| holds_all(bag, words))
            .map(|(bag, stat)| (bag.len(), *stat))
    }
}

/// Whether each word of a bag stands among `words`, twice where it stands twice in the bag.
fn holds_all(bag: &[String], words: &[&str]) -> bool {
    bag.iter().all(|w| {
        let wanted = bag.iter().filter(|o| *o == w).count();
        words.iter().filter(|o| **o == w.as_str()).count() >= wanted
    })
}
