//! The words of every rule, in Vietnamese and English, read once from `messages.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::argument::fill;
use super::codes::{ALL, Code};
use super::{Diagnostic, Language, Severity};

const MESSAGES: &str = include_str!("messages.toml");
const EXAMPLE_LINES: &str = include_str!("examples.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    severity: String,
    vi: Words,
    en: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    message: String,
    hint: Option<String>,
    /// How to mend it in general, where the hint is only what the program found out.
    mend: Option<String>,
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BadAndGood {
    bad: String,
    good: String,
}

/// The explanation of a rule, for `tiendo explain`. `…` stands for each name that the program fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The pattern of its message.
    pub message: String,
    /// What the rule is and why it exists.
    pub why: &'static str,
    /// How to mend what it finds.
    pub hint: Option<String>,
}

/// Lines that a rule finds fault with, and the same lines mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What the rule finds.
    pub bad: &'static str,
    /// How it should be.
    pub good: &'static str,
}

fn entries() -> &'static BTreeMap<String, Entry> {
    static ENTRIES: OnceLock<BTreeMap<String, Entry>> = OnceLock::new();
    // The file is part of the program; the test below proves that it parses and holds every code.
    ENTRIES.get_or_init(|| toml::from_str(MESSAGES).unwrap_or_default())
}

fn words(code: Code, language: Language) -> Option<&'static Words> {
    entries().get(code.as_str()).map(|e| match language {
        Language::Vietnamese => &e.vi,
        Language::English => &e.en,
    })
}

/// The severity that the register gives to a rule.
pub fn severity_of(code: Code) -> Severity {
    match entries().get(code.as_str()).map(|e| e.severity.as_str()) {
        Some("warning") => Severity::Warning,
        Some("info") => Severity::Info,
        _ => Severity::Error,
    }
}

/// Every rule, in the order of its family.
pub fn all_codes() -> &'static [Code] {
    ALL
}

/// What a rule is, why it exists and how to mend what it finds.
pub fn explain(code: Code, language: Language) -> Option<Explanation> {
    words(code, language).map(|w| Explanation {
        message: without_names(&w.message),
        why: &w.why,
        hint: w
            .mend
            .as_ref()
            .or(w.hint.as_ref())
            .map(|h| without_names(h)),
    })
}

/// An example of what a rule finds, and how to mend it.
pub fn example(code: Code) -> Option<Example> {
    static EXAMPLES: OnceLock<BTreeMap<String, BadAndGood>> = OnceLock::new();
    EXAMPLES
        .get_or_init(|| toml::from_str(EXAMPLE_LINES).unwrap_or_default())
        .get(code.as_str())
        .map(|e| Example {
            bad: e.bad.trim_end(),
            good: e.good.trim_end(),
        })
}

/// The pattern of a message with `…` for each name that the program fills in.
fn without_names(pattern: &str) -> String {
    let names = pattern.split('{').skip(1).filter_map(|t| t.split_once('}'));
    let mut out = pattern.to_owned();
    for (name, _) in names {
        if !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            out = out.replace(&format!("{{{name}}}"), "…");
        }
    }
    out
}

pub(super) fn message(d: &Diagnostic, language: Language) -> String {
    words(d.code, language).map_or_else(
        || d.code.to_string(),
        |w| fill(&w.message, &d.arguments, language),
    )
}

pub(super) fn hint(d: &Diagnostic, language: Language) -> Option<String> {
    let words = words(d.code, language);
    let found = words
        .and_then(|w| w.hint.as_deref())
        .map(|h| fill(h, &d.arguments, language));
    // Where the program found nothing out, what helps in general.
    let own = found
        .filter(|hint| !hint.is_empty())
        .or_else(|| words?.mend.clone());
    let suggestion = d.suggestion.as_ref().map(|s| match language {
        Language::Vietnamese => format!("có phải ý bạn là `{s}`?"),
        Language::English => format!("did you mean `{s}`?"),
    });
    let lapsed = d.lapsed.map(|until| match language {
        Language::Vietnamese => format!("miễn trừ đã hết hạn ngày {}.", until.format_vi()),
        Language::English => format!("its waiver ended on {}.", until.format_en()),
    });
    let parts: Vec<String> = [lapsed, suggestion, own].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    #[test]
    fn every_code_has_its_words_and_every_entry_its_code() {
        let parsed: BTreeMap<String, Entry> = toml::from_str(MESSAGES).unwrap();
        for code in ALL {
            assert!(parsed.contains_key(code.as_str()), "{code} has no words");
        }
        for (name, entry) in &parsed {
            assert!(Code::find(name).is_some(), "{name} is not a code");
            assert!(
                ["error", "warning", "info"].contains(&entry.severity.as_str()),
                "{name}"
            );
            for words in [&entry.vi, &entry.en] {
                assert!(!words.message.ends_with('.'), "{name}: full stop");
                assert!(!words.why.is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn every_code_has_an_example() {
        let parsed: BTreeMap<String, BadAndGood> = toml::from_str(EXAMPLE_LINES).unwrap();
        let missing: Vec<&str> = ALL
            .iter()
            .map(|c| c.as_str())
            .filter(|c| !parsed.contains_key(*c))
            .collect();
        assert!(missing.is_empty(), "not in examples.toml: {missing:?}");
        for (name, example) in &parsed {
            assert!(Code::find(name).is_some(), "{name} is not a code");
            assert!(example.bad != example.good, "{name}");
            for lines in [&example.bad, &example.good] {
                assert!(
                    (1..=6).contains(&lines.trim_end().lines().count()),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn every_explanation_says_how_to_mend() {
        for code in ALL {
            for language in [Language::Vietnamese, Language::English] {
                let hint = explain(*code, language).and_then(|e| e.hint);
                assert!(hint.is_some_and(|h| h.len() > 10), "{code}: hint or mend");
            }
        }
    }

    #[test]
    fn names_to_fill_are_left_open_in_explanations() {
        assert_eq!(without_names("{a}: `{b}` {{ c }}"), "…: `…` {{ c }}");
    }

    #[test]
    fn arguments_fill_the_message() {
        let d = Diagnostic::new(crate::diagnostic::codes::UNIT_UNKNOWN, Place::default())
            .with("name", "Cẩm Giang")
            .suggest(Some("Cẩm Lương"));
        assert!(d.message(Language::Vietnamese).contains("Cẩm Giang"));
        assert!(
            d.hint(Language::Vietnamese)
                .unwrap()
                .starts_with("có phải ý bạn là `Cẩm Lương`?")
        );
        assert!(
            d.hint(Language::English)
                .unwrap()
                .starts_with("did you mean")
        );
    }
}
