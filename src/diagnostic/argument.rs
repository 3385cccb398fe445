//! What a message is filled with: text of the user's files as it stands, or words of ours, which follow the language.
//!
//! The words stand in `phrases.toml`, so that a finding is made once and shown in either language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::Language;
use crate::decimal::Decimal;
use crate::text::date::Date;
use crate::text::number::{format_en, format_vi};

const PHRASES: &str = include_str!("phrases.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    vi: String,
    en: String,
}

/// A value that fills a `{name}` of a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Argument {
    /// A name, a figure or a cell as it stands in a file, the same in every language.
    Text(String),
    /// A number that the program worked out, and the sign behind it.
    Number(Decimal, &'static str),
    /// A day.
    Day(Date),
    /// Words of ours.
    Phrase(Phrase),
    /// One of these values, which are the same in every language and stand separated by a comma and a space.
    OneOf(&'static str),
}

impl Argument {
    /// The text in `language`.
    pub fn shown(&self, language: Language) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, sign) => {
                let number = match language {
                    Language::Vietnamese => format_vi(*value),
                    Language::English => format_en(*value),
                };
                number + sign
            }
            Self::Day(day) => match language {
                Language::Vietnamese => day.format_vi(),
                Language::English => day.format_en(),
            },
            Self::Phrase(phrase) => phrase.shown(language),
            Self::OneOf(values) => {
                let or = match language {
                    Language::Vietnamese => " hoặc ",
                    Language::English => " or ",
                };
                values.rsplit_once(", ").map_or_else(
                    || (*values).to_owned(),
                    |(v, last)| format!("{v}{or}{last}"),
                )
            }
        }
    }
}

impl Argument {
    /// Rewrites every text that stands in a file; numbers and days of ours stay.
    pub fn rewrite_quoted(&mut self, shown: &dyn Fn(&str) -> String) {
        match self {
            Self::Text(text) => *text = shown(text),
            Self::Phrase(phrase) => {
                for (_, inner) in &mut phrase.arguments {
                    inner.rewrite_quoted(shown);
                }
            }
            Self::Number(..) | Self::Day(_) | Self::OneOf(_) => {}
        }
    }

    /// Rewrites every text of the files in it, also inside words of ours.
    pub fn rewrite(&mut self, shown: &dyn Fn(&str) -> String) {
        match self {
            Self::Text(text) => *text = shown(text),
            Self::Phrase(phrase) => {
                for (_, inner) in &mut phrase.arguments {
                    inner.rewrite(shown);
                }
            }
            Self::Number(..) => {
                let text = self.shown(Language::Vietnamese);
                let told = shown(&text);
                if told != text {
                    *self = Self::Text(told);
                }
            }
            Self::Day(_) | Self::OneOf(_) => {}
        }
    }
}

/// A number that the program worked out, as each language writes it.
pub fn number(value: Decimal) -> Argument {
    Argument::Number(value, "")
}

/// A share in per cent that the program worked out, as each language writes it.
pub fn percent(value: Decimal) -> Argument {
    Argument::Number(value, "%")
}

/// A number that may be unknown, which is then nothing.
pub fn known(value: Option<Decimal>, sign: &'static str) -> Argument {
    value.map_or_else(
        || Argument::Text(String::new()),
        |value| Argument::Number(value, sign),
    )
}

/// A day is written as each language writes it.
impl ToArgument for Date {
    fn to_argument(self) -> Argument {
        Argument::Day(self)
    }
}

/// Words of ours by their key in `phrases.toml`, with the values that fill them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    key: &'static str,
    arguments: Vec<(&'static str, Argument)>,
}

/// The words of `key` in `phrases.toml`.
pub fn phrase(key: &'static str) -> Phrase {
    Phrase {
        key,
        arguments: Vec::new(),
    }
}

/// One of `values`, which stand in a text separated by a comma and a space.
pub fn one_of(values: &'static str) -> Argument {
    Argument::OneOf(values)
}

impl Phrase {
    /// Adds a value that fills `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToArgument) -> Self {
        self.arguments.push((name, value.to_argument()));
        self
    }

    /// The key of the words.
    #[cfg(test)]
    pub(crate) fn key(&self) -> &'static str {
        self.key
    }

    /// The words in `language`; the key where `phrases.toml` has none.
    pub fn shown(&self, language: Language) -> String {
        words(self.key, language).map_or_else(
            || self.key.to_owned(),
            |pattern| fill(pattern, &self.arguments, language),
        )
    }
}

/// What may fill a message.
pub trait ToArgument {
    /// The value as an argument.
    fn to_argument(self) -> Argument;
}

impl<T: ToString> ToArgument for T {
    fn to_argument(self) -> Argument {
        Argument::Text(shortened(self.to_string()))
    }
}

/// Characters of a value in a message; lists of all units of a province are shorter.
const LONGEST: usize = 4_000;

/// A value that is not longer than anybody reads. Nothing is left at its end of which a part is cut off: the rest of
/// a number could not be told from the whole.
fn shortened(mut text: String) -> String {
    if text.len() <= LONGEST {
        return text;
    }
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return text;
    };
    text.truncate(end);
    let word = text
        .trim_end_matches(|c: char| !c.is_whitespace())
        .trim_end_matches(|c: char| !c.is_alphabetic());
    // Longer than any number of a person, it may as well be cut anywhere.
    let keep = if word.len() + 200 < end {
        end
    } else {
        word.len()
    };
    text.truncate(keep);
    text.push('…');
    text
}

impl ToArgument for Phrase {
    fn to_argument(self) -> Argument {
        Argument::Phrase(self)
    }
}

impl ToArgument for Argument {
    fn to_argument(self) -> Argument {
        self
    }
}

fn phrases() -> &'static BTreeMap<String, Words> {
    static ENTRIES: OnceLock<BTreeMap<String, Words>> = OnceLock::new();
    // The file is part of the program; the test below proves that it parses.
    ENTRIES.get_or_init(|| toml::from_str(PHRASES).unwrap_or_default())
}

fn words(key: &str, language: Language) -> Option<&'static str> {
    phrases().get(key).map(|w| match language {
        Language::Vietnamese => w.vi.as_str(),
        Language::English => w.en.as_str(),
    })
}

/// Replaces each `{name}` by its argument; a name without an argument becomes nothing. Other braces stay.
pub(super) fn fill(
    pattern: &str,
    arguments: &[(&'static str, Argument)],
    language: Language,
) -> String {
    let mut out = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        let length = after
            .bytes()
            .take_while(|b| b.is_ascii_lowercase() || *b == b'_')
            .count();
        if length > 0 && after[length..].starts_with('}') {
            let name = &after[..length];
            if let Some((_, value)) = arguments.iter().find(|(n, _)| *n == name) {
                out.push_str(&value.shown(language));
            }
            rest = &after[length + 1..];
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(argument: impl ToArgument, vi: &str, en: &str) {
        let argument = argument.to_argument();
        assert_eq!(argument.shown(Language::Vietnamese), vi);
        assert_eq!(argument.shown(Language::English), en);
    }

    #[test]
    fn words_follow_the_language_and_names_do_not() {
        check("Xã An Biên", "Xã An Biên", "Xã An Biên");
        check(12, "12", "12");
        check(number(Decimal::new(12_345, 1)), "1.234,5", "1,234.5");
        check(percent(Decimal::new(125, 1)), "12,5%", "12.5%");
        check(known(None, "%"), "", "");
        check(
            Date::parse_iso("2024-09-30").unwrap(),
            "30/9/2024",
            "30 September 2024",
        );
        check(one_of("a"), "a", "a");
        check(one_of("a, b, c"), "a, b hoặc c", "a, b or c");
        check(
            phrase("whole-number").with("from", 1).with("to", 6),
            "số nguyên từ 1 đến 6",
            "a whole number from 1 to 6",
        );
    }

    #[test]
    fn texts_are_rewritten_inside_words_too() {
        let mut argument = phrase("needs").with("what", "0912").to_argument();
        argument.rewrite(&|text| "*".repeat(text.len()));
        check(argument, "cần thêm ****", "it also needs ****");
        let mut argument = number(Decimal::from_int(912_345_678));
        argument.rewrite(&|text| text.replace("345", "***"));
        check(argument, "912.***.678", "912.***.678");
    }

    #[test]
    fn the_file_of_phrases_is_sound() {
        let parsed: BTreeMap<String, Words> = toml::from_str(PHRASES).unwrap();
        let names = |text: &str| -> Vec<String> {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|t| t.split_once('}').map(|(n, _)| n.to_owned()))
                .collect();
            names.sort();
            names
        };
        for (key, words) in &parsed {
            assert!(
                !words.vi.ends_with('.') && !words.en.ends_with('.'),
                "{key}"
            );
            // What a parser says in English has no Vietnamese words.
            if key != "toml-syntax" {
                assert_eq!(names(&words.vi), names(&words.en), "{key}");
            }
        }
    }
}
