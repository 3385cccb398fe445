//! `{{ name("id", key="value", n=5) }}` → calls, each part with its place.

use std::ops::Range;

/// A call between double braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    pub(super) arguments: Vec<Argument>,
}

/// One argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    /// Its name and the place of it; none for one that is known by its position.
    pub(super) key: Option<(String, Range<usize>)>,
    pub(super) value: Value,
    pub(super) span: Range<usize>,
}

/// The value of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Number(usize),
}

impl Value {
    /// The value as a message shows it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(n) => n.to_string(),
        }
    }
}

/// Why a binding is no call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) span: Range<usize>,
    pub(super) reason: &'static str,
}

/// A binding of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// From the opening to the closing braces.
    pub(super) span: Range<usize>,
    pub(super) call: Result<Call, SyntaxError>,
}

/// Finds every binding that does not begin within `code` (sorted ranges of code spans and blocks).
pub(super) fn scan(text: &str, code: &[Range<usize>]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|i| at + i) {
        let before = code.partition_point(|c| c.start <= open);
        if let Some(inside) = code[..before].last().filter(|c| c.contains(&open)) {
            at = inside.end.max(open + 2);
            continue;
        }
        if let Some(close) = closing(text, open + 2) {
            let call = Parser {
                text: &text[..close],
                at: open + 2,
            }
            .call();
            found.push(Found {
                span: open..close + 2,
                call,
            });
            at = close + 2;
        } else {
            let error = SyntaxError {
                span: open..open + 2,
                reason: "braces-not-closed",
            };
            found.push(Found {
                span: open..open + 2,
                call: Err(error),
            });
            // Nothing closes the others of this paragraph either.
            at = paragraph_end(text, open + 2);
        }
    }
    found
}

/// The place of the closing braces: in the same paragraph, outside quotes where the quotes are closed.
fn closing(text: &str, start: usize) -> Option<usize> {
    let end = paragraph_end(text, start);
    let inner = &text.as_bytes()[start..end];
    let mut quoted = false;
    let mut i = 0;
    while i < inner.len() {
        match inner[i] {
            b'\\' if quoted => i += 1,
            b'"' => quoted = !quoted,
            b'\n' if quoted => break,
            b'}' if !quoted && inner.get(i + 1) == Some(&b'}') => return Some(start + i),
            _ => {}
        }
        i += 1;
    }
    text[start..end].find("}}").map(|i| start + i)
}

fn paragraph_end(text: &str, start: usize) -> usize {
    let end = text[start..].find("\n\n");
    end.map_or(text.len(), |i| start + i)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn error<T>(&self, start: usize, reason: &'static str) -> Result<T, SyntaxError> {
        let next = self.rest().chars().next().map_or(0, char::len_utf8);
        Err(SyntaxError {
            span: start..self.at + next,
            reason,
        })
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, c: char) -> bool {
        self.space();
        let eaten = self.rest().starts_with(c);
        if eaten {
            self.at += c.len_utf8();
        }
        eaten
    }

    fn word(&mut self) -> Option<(String, Range<usize>)> {
        self.space();
        let start = self.at;
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let length = self
            .rest()
            .find(|c| !is_part(c))
            .unwrap_or(self.rest().len());
        self.at += length;
        (length > 0).then(|| (self.text[start..self.at].to_owned(), start..self.at))
    }

    fn call(mut self) -> Result<Call, SyntaxError> {
        let Some((name, name_span)) = self.word() else {
            return self.error(self.at, "function-name");
        };
        if !self.eat('(') {
            return self.error(self.at, "parenthesis-after-name");
        }
        let mut arguments = Vec::new();
        while !self.eat(')') {
            arguments.push(self.argument()?);
            if !self.eat(',') {
                if self.eat(')') {
                    break;
                }
                return self.error(self.at, "comma-or-parenthesis");
            }
        }
        self.space();
        if !self.rest().is_empty() {
            return self.error(self.at, "text-after-parenthesis");
        }
        Ok(Call {
            name,
            name_span,
            arguments,
        })
    }

    fn argument(&mut self) -> Result<Argument, SyntaxError> {
        self.space();
        let starts_word = self
            .rest()
            .starts_with(|c: char| c.is_alphabetic() || c == '_');
        let mut key = None;
        if starts_word {
            key = self.word();
            if !self.eat('=') {
                return self.error(key.map_or(self.at, |k| k.1.start), "value-in-quotes");
            }
        }
        self.space();
        let start = self.at;
        let value = self.value()?;
        Ok(Argument {
            key,
            value,
            span: start..self.at,
        })
    }

    fn value(&mut self) -> Result<Value, SyntaxError> {
        let start = self.at;
        match self.rest().chars().next() {
            Some('"') => self.quoted(),
            Some('“' | '”' | '\'' | '‘' | '’') => self.error(start, "straight-quotes"),
            Some(c) if c.is_ascii_digit() => {
                let length = self.rest().bytes().take_while(u8::is_ascii_digit).count();
                self.at += length;
                match self.text[start..self.at].parse() {
                    Ok(n) => Ok(Value::Number(n)),
                    Err(_) => self.error(start, "number-too-large"),
                }
            }
            _ => self.error(start, "value-or-number"),
        }
    }

    fn quoted(&mut self) -> Result<Value, SyntaxError> {
        let start = self.at;
        let mut out = String::new();
        let mut chars = self.text[start + 1..].char_indices();
        while let Some((i, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + 1 + i + 1;
                    return Ok(Value::Text(out.trim().to_owned()));
                }
                '\\' => out.extend(chars.next().map(|(_, c)| c)),
                '\n' => break,
                c => out.push(c),
            }
        }
        self.error(start, "closing-quote")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Result<Call, &'static str> {
        scan(text, &[]).remove(0).call.map_err(|e| e.reason)
    }

    #[test]
    fn a_call_has_its_parts_with_their_places() {
        let text = "Có {{ value(\"a-b\", unit=\"x\\\"}}\", n=5) }} hồ sơ";
        let found = scan(text, &[]);
        assert_eq!(
            &text[found[0].span.clone()],
            "{{ value(\"a-b\", unit=\"x\\\"}}\", n=5) }}"
        );
        let call = found[0].call.clone().unwrap();
        assert_eq!(
            (call.name.as_str(), &text[call.name_span]),
            ("value", "value")
        );
        let values: Vec<String> = call.arguments.iter().map(|a| a.value.shown()).collect();
        assert_eq!(values, ["a-b", "x\"}}", "5"]);
        assert_eq!(
            call.arguments[1].key.as_ref().map(|k| k.0.as_str()),
            Some("unit")
        );
        assert_eq!(&text[call.arguments[0].span.clone()], "\"a-b\"");
    }

    #[test]
    fn each_slip_has_its_reason() {
        for (text, reason) in [
            ("{{ }}", "function-name"),
            ("{{ value }}", "parenthesis-after-name"),
            ("{{ value(a) }}", "value-in-quotes"),
            ("{{ value(“a”) }}", "straight-quotes"),
            ("{{ value(\"a\" \"b\") }}", "comma-or-parenthesis"),
            ("{{ value(\"a) }}", "closing-quote"),
            ("{{ value(\"a\") x }}", "text-after-parenthesis"),
            ("{{ value(\"a\")\n\n}}", "braces-not-closed"),
            ("{{ tasks(n=99999999999999999999999) }}", "number-too-large"),
        ] {
            assert_eq!(one(text), Err(reason), "{text}");
        }
        assert!(one("{{ tasks() }}").is_ok());
        assert!(one("{{tasks(limit=3,)}}").is_ok());
    }
}
