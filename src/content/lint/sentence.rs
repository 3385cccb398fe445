//! Text → sentences of words, numbers and marks, each with its place.

use std::ops::Range;

use super::prose::OBJECT;
use crate::text::normal::fold;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, also a code such as `422/QĐ-TTg` or `C06`.
    Word,
    /// Digits with points and commas between them.
    Number,
    /// `119/119`, `7/20`, `23/9/2024`.
    Slashed,
    /// `%`
    Percent,
    /// A comma, colon, bracket or quote.
    Mark(char),
    /// A binding or code.
    Object,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
    /// Folded; empty for marks.
    pub(super) folded: String,
    /// In lower case, with its accents; empty for marks.
    pub(super) lower: String,
    /// Begins with a capital letter.
    pub(super) is_capital: bool,
}

/// The sentences of a text.
pub(super) fn sentences(text: &str) -> Vec<Vec<Token>> {
    let mut sentences = vec![Vec::new()];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let after = at + c.len_utf8();
        if c.is_alphanumeric() {
            let end = run(text, at);
            push(&mut sentences, token(text, at..end));
            at = end;
            continue;
        }
        let ends = matches!(c, ';' | '!' | '?' | '\n')
            || (c == '.' && text[after..].chars().next().is_none_or(char::is_whitespace));
        if ends {
            sentences.push(Vec::new());
        } else if let Some(kind) = mark(c) {
            let token = Token {
                kind,
                span: at..after,
                folded: String::new(),
                lower: String::new(),
                is_capital: false,
            };
            push(&mut sentences, token);
        }
        at = after;
    }
    sentences.retain(|s| !s.is_empty());
    sentences
}

fn push(sentences: &mut [Vec<Token>], token: Token) {
    if let Some(last) = sentences.last_mut() {
        last.push(token);
    }
}

fn mark(c: char) -> Option<Kind> {
    match c {
        '%' => Some(Kind::Percent),
        OBJECT => Some(Kind::Object),
        ',' | ':' | '(' | ')' | '“' | '”' | '"' | '–' | '+' | '=' | '≥' | '≤' | '>' | '<' | '≈' => {
            Some(Kind::Mark(c))
        }
        _ => None,
    }
}

/// The end of the word or number that begins at `from`.
fn run(text: &str, from: usize) -> usize {
    let is_numeric = text[from..].starts_with(|c: char| c.is_ascii_digit());
    let mut end = from;
    let mut last = ' ';
    while let Some(c) = text[end..].chars().next() {
        let next = text[end + c.len_utf8()..].chars().next();
        let goes_on = next.is_some_and(char::is_alphanumeric);
        let is_joint = match c {
            '.' | ',' => last.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit()),
            '/' | '-' | '–' => is_numeric && goes_on && last.is_alphanumeric(),
            _ => false,
        };
        if !c.is_alphanumeric() && !is_joint {
            break;
        }
        last = c;
        end += c.len_utf8();
    }
    end
}

fn token(text: &str, span: Range<usize>) -> Token {
    let raw = &text[span.clone()];
    let is_number = |t: &str| {
        t.bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
    };
    let kind = if is_number(raw) {
        Kind::Number
    } else if raw.contains('/') && raw.split('/').all(is_number) {
        Kind::Slashed
    } else {
        Kind::Word
    };
    Token {
        kind,
        folded: if kind == Kind::Word {
            fold(raw)
        } else {
            raw.to_owned()
        },
        lower: raw.to_lowercase(),
        is_capital: raw.starts_with(char::is_uppercase),
        span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_and_numbers_stay_whole() {
        let text = "Quyết định 422/QĐ-TTg: 68.164 hồ sơ (99,9%), 29/138 xã. C06 và 24/7; 2022-2025";
        let shown: Vec<String> = sentences(text)
            .iter()
            .map(|s| {
                let part = |t: &Token| match t.kind {
                    Kind::Number => format!("#{}", t.folded),
                    Kind::Slashed => format!("/{}", t.folded),
                    Kind::Mark(c) => c.to_string(),
                    Kind::Percent => "%".into(),
                    _ => t.folded.clone(),
                };
                s.iter().map(part).collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(
            shown,
            [
                "quyet dinh 422 qd ttg : #68.164 ho so ( #99,9 % ) , /29/138 xa",
                "c06 va /24/7",
                "2022 2025"
            ]
        );
    }
}
