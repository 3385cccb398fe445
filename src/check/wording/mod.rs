//! Slips that any written text may have, whether it stands in a narrative, a title, a task or a legal basis.
//!
//! In: plain text in NFC. Out: [`Slip`]s with their place in that text. Nothing here knows where the text comes from,
//! and nothing is ever corrected: a slip only says what is probably meant.

pub(crate) mod conflict;
mod damage;
pub(crate) mod docref;
mod repeated;
mod template;

use std::ops::Range;

use crate::diagnostic::{Argument, Code, Diagnostic, Place, ToArgument};

/// Something wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The rule.
    pub(crate) code: Code,
    /// The bytes concerned.
    pub(crate) span: Range<usize>,
    arguments: Vec<(&'static str, Argument)>,
    suggestion: Option<String>,
}

impl Slip {
    fn new(code: Code, span: Range<usize>) -> Self {
        Self {
            code,
            span,
            arguments: Vec::new(),
            suggestion: None,
        }
    }

    fn with(mut self, name: &'static str, value: impl ToArgument) -> Self {
        self.arguments.push((name, value.to_argument()));
        self
    }

    fn suggest(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// The finding of this slip at a place.
    pub(crate) fn at(self, place: Place) -> Diagnostic {
        let mut d = Diagnostic::new(self.code, place).suggest(self.suggestion);
        for (name, value) in self.arguments {
            d = d.with(name, value);
        }
        d
    }
}

/// Everything wrong with a text, in order of place.
pub(crate) fn slips(text: &str) -> Vec<Slip> {
    let mut slips = template::find(text);
    slips.extend(damage::find(text));
    slips.extend(repeated::find(text));
    slips.extend(docref::find(text).iter().flat_map(docref::judge));
    slips.sort_by_key(|s| s.span.start);
    slips
}

/// A word of a text: letters and digits, in lower case, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    lower: String,
    span: Range<usize>,
}

/// The words of a text, in order.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word {
                    lower: text[from..at].to_lowercase(),
                    span: from..at,
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether only white space stands between two words.
fn are_joined(text: &str, first: &Word, second: &Word) -> bool {
    text[first.span.end..second.span.start]
        .chars()
        .all(char::is_whitespace)
}

#[cfg(test)]
pub(crate) fn shown(text: &str, slips: &[Slip]) -> Vec<String> {
    slips
        .iter()
        .map(|s| {
            let near = s.suggestion.as_ref().map(|s| format!(" → {s}"));
            format!(
                "{}: {}{}",
                s.code,
                &text[s.span.clone()],
                near.unwrap_or_default()
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,80}") {
            for slip in super::slips(&text) {
                prop_assert!(text.get(slip.span).is_some());
            }
        }

        #[test]
        fn no_damaged_form_panics(parts in proptest::collection::vec(
            "số |Quyết định |Kế hoạch |[0-9]{1,4}|/|-|–| |QĐ|UBND|NĐ-CP|của |Chính phủ|ngày |tháng |năm |…|\\.{1,4}|_{1,5}|\\[|\\]|điền|xxx|đến ngày |kết nội|,|;",
            0..30,
        )) {
            let text = parts.concat();
            for slip in super::slips(&text) {
                prop_assert!(text.get(slip.span).is_some());
            }
        }
    }
}
