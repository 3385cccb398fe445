//! The words of every rule, in Vietnamese and English, read once from `messages.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::codes::{ALL, Code};
use super::{Diagnostic, Language, Severity};

const MESSAGES: &str = include_str!("messages.toml");

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
    why: String,
}

/// The explanation of a rule, for `tiendo explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The pattern of its message.
    pub message: &'static str,
    /// What the rule is and why it exists.
    pub why: &'static str,
    /// How to mend what it finds.
    pub hint: Option<&'static str>,
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
        message: &w.message,
        why: &w.why,
        hint: w.hint.as_deref(),
    })
}

pub(super) fn message(d: &Diagnostic, language: Language) -> String {
    words(d.code, language).map_or_else(|| d.code.to_string(), |w| fill(&w.message, d))
}

pub(super) fn hint(d: &Diagnostic, language: Language) -> Option<String> {
    let own = words(d.code, language)
        .and_then(|w| w.hint.as_deref())
        .map(|h| fill(h, d));
    let suggestion = d.suggestion.as_ref().map(|s| match language {
        Language::Vietnamese => format!("có phải ý bạn là `{s}`?"),
        Language::English => format!("did you mean `{s}`?"),
    });
    let lapsed = d.lapsed.map(|until| match language {
        Language::Vietnamese => format!("miễn trừ đã hết hạn ngày {}.", until.format_vi()),
        Language::English => format!("its waiver ended on {}.", until.format_vi()),
    });
    let parts: Vec<String> = [lapsed, suggestion, own.filter(|o| !o.is_empty())]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Replaces each `{name}` by its argument; a name without an argument becomes nothing. Other braces stay.
fn fill(pattern: &str, d: &Diagnostic) -> String {
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
            if let Some((_, value)) = d.arguments.iter().find(|(n, _)| *n == name) {
                out.push_str(value);
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
