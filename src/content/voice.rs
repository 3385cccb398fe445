//! How figures in texts are said: the words, numbers and days of the language that a text is written in.
//!
//! The words stand in the theme's catalogue of strings, which this module does not know: whoever reads texts brings a
//! [`Voice`] for each language.

use crate::analysis::Analysis;
use crate::decimal::Decimal;
use crate::model::Calendar;
use crate::text::date::Date;

/// The words of a language.
pub trait Tongue {
    /// The string of a key, filled.
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String;
    /// A number with its marks: `1.234,5`, `1,234.5`.
    fn number(&self, value: Decimal) -> String;
    /// A day: `14/9/2024`, "14 September 2024".
    fn day(&self, day: Date) -> String;
    /// A period of the calendar inside a sentence: "tháng 9/2024", "September 2024".
    fn calendar(&self, period: Calendar) -> String;
}

/// A language with the names that units, services and statistics have in it.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// Tag of the language.
    pub lang: &'a str,
    /// The words.
    pub tongue: &'a dyn Tongue,
    /// The figures with the names of the language.
    pub analysis: &'a Analysis<'a>,
}

impl Voice<'_> {
    pub(super) fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.tongue.say(key, values)
    }

    pub(super) fn number(&self, value: Decimal) -> String {
        self.tongue.number(value)
    }

    pub(super) fn day(&self, day: Date) -> String {
        self.tongue.day(day)
    }
}
