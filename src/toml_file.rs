//! Reads TOML files key by key, so that each mistake is reported at its own place and all in one run.
//!
//! In: text. Out: [`Section`]s that hand out typed values and, at the end, report the keys nobody asked for.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Phrase, Place, ToArgument, codes, phrase};
use crate::text::date::Date;
use crate::text::suggest::suggest;

/// A parsed TOML file with its findings.
pub struct TomlFile<'a> {
    file: Arc<str>,
    text: &'a str,
    root: Spanned<DeTable<'a>>,
    findings: RefCell<Vec<Diagnostic>>,
}

impl<'a> TomlFile<'a> {
    /// Parses `text`. A syntax error is a finding; what could be read of the rest is kept.
    pub fn parse(file: &Arc<str>, text: &'a str) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let findings = errors
            .iter()
            .map(|e| {
                let place = Place::of_span(file, text, e.span().unwrap_or(0..0));
                Diagnostic::new(codes::TOML_INVALID, place).with("reason", reason(e.message()))
            })
            .collect();
        Self {
            file: Arc::clone(file),
            text,
            root,
            findings: RefCell::new(findings),
        }
    }

    /// The top of the file.
    pub fn root(&self) -> Section<'_, 'a> {
        Section::new(self, self.root.get_ref(), self.root.span())
    }

    /// All findings so far.
    pub fn into_findings(self) -> Vec<Diagnostic> {
        self.findings.into_inner()
    }

    /// The place of a byte range.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::of_span(&self.file, self.text, span)
    }

    fn report(&self, d: Diagnostic) {
        self.findings.borrow_mut().push(d);
    }
}

/// What the parser says, in words of ours: its own are English and speak of tokens.
fn reason(message: &str) -> Phrase {
    match message.split(',').next().unwrap_or_default() {
        "string values must be quoted" => phrase("toml-quotes"),
        "duplicate key" => phrase("toml-duplicate"),
        "missing opening quote" => phrase("closing-quote"),
        "missing assignment between key-value pairs" | "key with no value" => phrase("toml-equals"),
        m if m.starts_with("unclosed") => phrase("toml-unclosed"),
        _ => phrase("toml-syntax").with("detail", message),
    }
}

/// A table of a TOML file.
pub struct Section<'f, 'a> {
    doc: &'f TomlFile<'a>,
    table: &'f DeTable<'a>,
    span: Range<usize>,
    asked: RefCell<BTreeSet<String>>,
}

impl<'f, 'a> Section<'f, 'a> {
    fn new(doc: &'f TomlFile<'a>, table: &'f DeTable<'a>, span: Range<usize>) -> Self {
        Self {
            doc,
            table,
            span,
            asked: RefCell::new(BTreeSet::new()),
        }
    }

    /// The place of the table's head.
    pub fn place(&self) -> Place {
        let end = self.doc.text[self.span.start..]
            .find('\n')
            .map_or(self.span.end, |i| self.span.start + i);
        self.doc
            .place(self.span.start..end.min(self.span.end.max(self.span.start)))
    }

    /// The place of a key's value; of the table where the key is missing.
    pub fn place_of(&self, key: &str) -> Place {
        self.table
            .get(key)
            .map_or_else(|| self.place(), |v| self.doc.place(v.span()))
    }

    fn get(&self, key: &str) -> Option<&'f Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table.get(key)
    }

    fn wrong(&self, value: &Spanned<DeValue<'a>>, key: &str, expected: impl ToArgument) {
        let raw = self.doc.text.get(value.span()).unwrap_or_default();
        let raw: String = raw.chars().take(60).collect();
        let d = Diagnostic::new(codes::VALUE_INVALID, self.doc.place(value.span()))
            .with("value", raw)
            .with("name", key)
            .with("expected", expected);
        self.doc.report(d);
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The keys in the order of the file, each with its place.
    pub fn keys(&self) -> Vec<(String, Place)> {
        let mut keys: Vec<(usize, String, Place)> = self
            .table
            .iter()
            .map(|(key, _)| {
                let name: &str = key.get_ref();
                (
                    key.span().start,
                    name.to_owned(),
                    self.doc.place(key.span()),
                )
            })
            .collect();
        keys.sort_by_key(|(start, _, _)| *start);
        keys.into_iter()
            .map(|(_, key, place)| (key, place))
            .collect()
    }

    /// Whether the value of a key is a table.
    pub fn is_section(&self, key: &str) -> bool {
        let value = self.table.get(key);
        value.is_some_and(|v| v.get_ref().as_table().is_some())
    }

    /// Whether the value of a key is a whole number.
    pub fn is_number(&self, key: &str) -> bool {
        let value = self.table.get(key);
        value.is_some_and(|v| matches!(v.get_ref(), DeValue::Integer(_)))
    }

    /// A list of whole numbers of `range`, or one alone.
    pub fn numbers(&self, key: &str, range: std::ops::RangeInclusive<u32>) -> Vec<u32> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let expected = phrase("list-of-numbers")
            .with("from", *range.start())
            .with("to", *range.end());
        let number = |v: &Spanned<DeValue<'a>>| match v.get_ref() {
            DeValue::Integer(i) => u32::from_str_radix(i.as_str(), i.radix())
                .ok()
                .filter(|n| range.contains(n)),
            _ => None,
        };
        let items: Option<Vec<u32>> = match value.get_ref().as_array() {
            Some(array) => array.iter().map(number).collect(),
            None => number(value).map(|n| vec![n]),
        };
        items.unwrap_or_else(|| {
            self.wrong(value, key, expected);
            Vec::new()
        })
    }

    /// A list of texts, or one text alone, each with its place.
    pub fn one_or_more(&self, key: &str) -> Vec<(String, Place)> {
        let is_text = self
            .table
            .get(key)
            .is_some_and(|v| v.get_ref().as_str().is_some());
        if is_text {
            let place = self.place_of(key);
            return self.text(key).map(|t| (t, place)).into_iter().collect();
        }
        self.list(key)
    }

    /// A text; white space at its ends is dropped.
    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        if let Some(text) = value.get_ref().as_str() {
            return Some(crate::text::normal::nfc(text.trim()).into_owned());
        }
        self.wrong(value, key, phrase("text-in-quotes"));
        None
    }

    /// A text that must be there.
    pub fn required(&self, key: &'static str) -> Option<String> {
        if !self.has(key) {
            self.get(key);
            self.doc
                .report(Diagnostic::new(codes::KEY_MISSING, self.place()).with("name", key));
            return None;
        }
        self.text(key)
    }

    /// A text that `parse` must understand.
    pub fn parsed<T>(
        &self,
        key: &str,
        expected: impl ToArgument,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let parsed = value.get_ref().as_str().and_then(|t| parse(t.trim()));
        if parsed.is_none() {
            self.wrong(value, key, expected);
        }
        parsed
    }

    /// A truth value.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value, key, phrase("true-or-false"));
        }
        flag
    }

    /// A whole number of `range`.
    pub fn number(&self, key: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(i) => u32::from_str_radix(i.as_str(), i.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|n| range.contains(n));
        if number.is_none() {
            self.wrong(
                value,
                key,
                phrase("whole-number")
                    .with("from", range.start())
                    .with("to", range.end()),
            );
        }
        number
    }

    /// A number that is kept exactly: `20`, `2.5`, or the same as text.
    pub fn decimal(&self, key: &str) -> Option<Decimal> {
        let value = self.get(key)?;
        let raw = self.doc.text.get(value.span()).unwrap_or_default();
        let number = match value.get_ref() {
            DeValue::String(text) => Decimal::parse_plain(text.trim()),
            DeValue::Integer(_) | DeValue::Float(_) => Decimal::parse_plain(raw.trim()),
            _ => None,
        };
        if number.is_none() {
            self.wrong(value, key, phrase("plain-number"));
        }
        number
    }

    /// A number that must be there: see [`Section::decimal`].
    pub fn required_decimal(&self, key: &'static str) -> Option<Decimal> {
        if !self.has(key) {
            self.get(key);
            self.doc
                .report(Diagnostic::new(codes::KEY_MISSING, self.place()).with("name", key));
            return None;
        }
        self.decimal(key)
    }

    /// A day, as a TOML date or as text `2024-09-30`. A day that does not exist is a finding of its own.
    pub fn date(&self, key: &str) -> Option<Date> {
        let value = self.get(key)?;
        let raw = match value.get_ref() {
            DeValue::Datetime(d) => d.to_string(),
            DeValue::String(s) => s.trim().to_owned(),
            _ => {
                self.wrong(value, key, phrase("iso-day"));
                return None;
            }
        };
        let date = Date::parse_iso(raw.get(..10).unwrap_or(&raw));
        if date.is_none() {
            let d = Diagnostic::new(codes::INVALID_DATE, self.doc.place(value.span()))
                .with("value", raw)
                .with("name", key);
            self.doc.report(d);
        }
        date
    }

    /// Whether the value of a key is a list.
    pub fn is_list(&self, key: &str) -> bool {
        self.table
            .get(key)
            .is_some_and(|v| v.get_ref().as_array().is_some())
    }

    /// A list of texts, each with its place.
    pub fn list(&self, key: &str) -> Vec<(String, Place)> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        self.texts(value, key)
    }

    /// A list of words, each one of those `allowed`.
    pub fn choices(
        &self,
        key: &str,
        expected: &(impl ToArgument + Clone),
        allowed: &[&str],
    ) -> Vec<String> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, key, phrase("list-of-texts"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in array {
            match item.get_ref().as_str().map(str::trim) {
                Some(t) if allowed.contains(&t) => out.push(t.to_owned()),
                _ => self.wrong(item, key, expected.clone()),
            }
        }
        out
    }

    fn texts(&self, value: &'f Spanned<DeValue<'a>>, key: &str) -> Vec<(String, Place)> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, key, phrase("list-of-texts"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in array {
            match item.get_ref().as_str() {
                Some(t) => out.push((
                    crate::text::normal::nfc(t.trim()).into_owned(),
                    self.doc.place(item.span()),
                )),
                None => self.wrong(item, key, phrase("text-in-quotes")),
            }
        }
        out
    }

    /// A list of lists of texts.
    pub fn lists(&self, key: &str) -> Vec<Vec<(String, Place)>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, key, phrase("list-of-lists"));
            return Vec::new();
        };
        array.iter().map(|inner| self.texts(inner, key)).collect()
    }

    /// A table below this one.
    pub fn section(&self, key: &str) -> Option<Section<'f, 'a>> {
        let value = self.get(key)?;
        if let Some(table) = value.get_ref().as_table() {
            Some(Section::new(self.doc, table, value.span()))
        } else {
            self.wrong(value, key, phrase("section"));
            None
        }
    }

    /// All tables below this one, in the order of the file.
    pub fn sections(&self) -> Vec<(String, Section<'f, 'a>)> {
        let mut out = Vec::new();
        for (key, value) in self.table {
            self.asked.borrow_mut().insert(key.get_ref().to_string());
            match value.get_ref().as_table() {
                Some(table) => {
                    out.push((
                        key.get_ref().to_string(),
                        Section::new(self.doc, table, key.span()),
                    ));
                }
                None => self.wrong(value, key.get_ref(), phrase("section")),
            }
        }
        out.sort_by_key(|(_, s)| s.span.start);
        out
    }

    /// An array of tables.
    pub fn tables(&self, key: &str) -> Vec<Section<'f, 'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(value, key, phrase("list-of-sections"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in array {
            match item.get_ref().as_table() {
                Some(table) => out.push(Section::new(self.doc, table, item.span())),
                None => self.wrong(item, key, phrase("list-of-sections")),
            }
        }
        out
    }

    /// Reports the keys that nobody asked for.
    pub fn close(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if !asked.contains(name) {
                let d = Diagnostic::new(codes::KEY_UNKNOWN, self.doc.place(key.span()))
                    .with("name", name)
                    .suggest(suggest(name, asked.iter().map(String::as_str)));
                self.doc.report(d);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_is_reported_at_its_place() {
        let file: Arc<str> = "site.toml".into();
        let doc = TomlFile::parse(&file, "titel = \"A\"\nas_of = \"2024-02-30\"\nn = 900\n");
        let root = doc.root();
        root.required("title");
        root.date("as_of");
        root.number("n", 0..=10);
        root.close();
        let found: Vec<String> = doc
            .into_findings()
            .iter()
            .map(|d| format!("{} {}", d.code, d.place.shown()))
            .collect();
        assert_eq!(
            found,
            [
                "key-missing site.toml:1:1",
                "invalid-date site.toml:2:9",
                "value-invalid site.toml:3:5",
                "key-unknown site.toml:1:1"
            ]
        );
    }
}
