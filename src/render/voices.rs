//! The languages of a site as its texts speak them: the words of the theme, the names of the catalogue.

use std::sync::Arc;

use super::locale;
use super::localised::Localised;
use crate::analysis::Analysis;
use crate::content::{Tongue, Voice};
use crate::decimal::Decimal;
use crate::model::Calendar;
use crate::text::date::Date;
use crate::theme::Strings;

/// The words of a catalogue of strings.
struct Words(Arc<Strings>);

impl Tongue for Words {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        locale::say(&self.0, key, values)
    }

    fn number(&self, value: Decimal) -> String {
        locale::number(&self.0, value)
    }

    fn day(&self, day: Date) -> String {
        locale::day(&self.0, day)
    }

    fn calendar(&self, period: Calendar) -> String {
        locale::calendar(&self.0, period)
    }
}

/// Hands over the voices of a site: of `original`, the language of its data, and of `others`.
pub fn with_voices<T>(
    analysis: &Analysis<'_>,
    original: &Arc<Strings>,
    others: &[Arc<Strings>],
    then: impl FnOnce(&[Voice<'_>]) -> T,
) -> T {
    let localised = others.iter().map(|s| Localised::new(analysis, s));
    let localised: Vec<Localised> = localised.collect();
    let foreign = localised.iter().map(|l| l.analysis(analysis));
    let foreign: Vec<Analysis<'_>> = foreign.collect();
    let words = std::iter::once(original).chain(others);
    let words: Vec<Words> = words.map(|s| Words(Arc::clone(s))).collect();
    let figures = std::iter::once(analysis).chain(&foreign);
    let voices = words.iter().zip(figures).map(|(words, analysis)| Voice {
        lang: &words.0.language,
        tongue: words,
        analysis,
    });
    let voices: Vec<Voice<'_>> = voices.collect();
    then(&voices)
}
