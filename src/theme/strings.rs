//! The catalogue of strings: dotted key → text with `{placeholders}`.
//!
//! In: TOML tables of texts. Out: the text of a key, filled. A key with the sub-keys `one` and `other` is chosen by `n`.

use super::ThemeError;
use crate::text::foreign::{bare, mark};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The words of one language, those of the original included where it has none of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    /// Language tag.
    pub language: String,
    texts: BTreeMap<String, String>,
    /// Those of the language that all others fall back to.
    original: Option<Arc<Strings>>,
}

impl Strings {
    /// No words yet of a language.
    pub(super) fn new(language: &str) -> Self {
        Self {
            language: language.to_owned(),
            ..Self::default()
        }
    }

    /// Lays the texts of a TOML file over those that are there.
    ///
    /// # Errors
    /// Returns the place where the file is not TOML, or the key whose value is not a text.
    pub fn merge(&mut self, file: &str, toml: &str) -> Result<(), ThemeError> {
        let table: toml::Table = toml
            .parse()
            .map_err(|error| toml_error(file, toml, &error))?;
        self.merge_table("", &table).map_err(|key| ThemeError {
            file: file.to_owned(),
            line: None,
            message: format!("`{key}` is not a text"),
        })
    }

    fn merge_table(&mut self, prefix: &str, table: &toml::Table) -> Result<(), String> {
        for (name, value) in table {
            let key = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}.{name}")
            };
            match value {
                toml::Value::Table(inner) => self.merge_table(&key, inner)?,
                toml::Value::String(text) => {
                    if ["one", "other"].contains(&name.as_str()) {
                        // A language with two forms replaces the one form of the original.
                        self.texts.remove(prefix);
                    }
                    self.texts.insert(key, text.clone());
                }
                _ => return Err(key),
            }
        }
        Ok(())
    }

    /// Returns the texts of a section under their keys without its name, placeholders as they are.
    pub fn section(&self, name: &str) -> serde_json::Map<String, serde_json::Value> {
        let inside = |key: &str| Some(key.strip_prefix(name)?.strip_prefix('.')?.to_owned());
        let original = self.original.iter().flat_map(|o| {
            let missing = self.missing();
            let is_missing = move |k: &str| {
                let plural = k.strip_suffix(".one").or_else(|| k.strip_suffix(".other"));
                missing.iter().any(|m| m == plural.unwrap_or(k))
            };
            o.texts.iter().filter(move |(k, _)| is_missing(k))
        });
        let texts = self.texts.iter().chain(original);
        texts
            .filter_map(|(key, text)| Some((inside(key)?, text.as_str().into())))
            .collect()
    }

    /// The words of another language that fall back to these.
    pub(super) fn in_language(self: &Arc<Self>, language: &str) -> Self {
        Self {
            language: language.to_owned(),
            texts: BTreeMap::new(),
            original: Some(Arc::clone(self)),
        }
    }

    /// The keys that only the original has, without the plurals of one key.
    pub fn missing(&self) -> Vec<String> {
        let Some(original) = &self.original else {
            return Vec::new();
        };
        let has = |key: &str| {
            self.texts.contains_key(key) || self.texts.contains_key(&format!("{key}.other"))
        };
        let keys = original.texts.keys().map(|k| {
            let plural = k.strip_suffix(".one").or_else(|| k.strip_suffix(".other"));
            plural.unwrap_or(k).to_owned()
        });
        let mut missing: Vec<String> = keys.filter(|k| !has(k)).collect();
        missing.dedup();
        missing
    }

    /// Returns the text of `key` with its placeholders replaced.
    ///
    /// # Errors
    /// Says which key, placeholder or argument is missing or not used.
    pub fn text(&self, key: &str, arguments: &BTreeMap<String, String>) -> Result<String, String> {
        let number = arguments.get("n").map_or("", String::as_str);
        let form = if number == "1" { "one" } else { "other" };
        let text = self
            .texts
            .get(key)
            .or_else(|| self.texts.get(&format!("{key}.{form}")))
            .or_else(|| self.texts.get(&format!("{key}.other")));
        match (text, &self.original) {
            (Some(text), _) => {
                fill(text, arguments).map_err(|fault| format!("string `{key}`: {fault}"))
            }
            (None, Some(original)) => Ok(mark(&bare(&original.text(key, arguments)?))),
            (None, None) => Err(format!(
                "no string `{key}` in strings.{}.toml",
                self.language
            )),
        }
    }
}

fn fill(text: &str, arguments: &BTreeMap<String, String>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("`{` without `}`")?;
        out.push_str(before);
        out.push_str(
            arguments
                .get(name)
                .ok_or_else(|| format!("no value for `{{{name}}}`"))?,
        );
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Says where in `text` the TOML reader stopped.
pub(super) fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> ThemeError {
    let line = error
        .span()
        .map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    ThemeError {
        file: file.to_owned(),
        line,
        message: error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, n: &str, expected: Result<&str, &str>) {
        let mut strings = Strings {
            language: "en".to_owned(),
            ..Strings::default()
        };
        strings.merge("x", "a.b = \"{n} of {m}\"\nc = { one = \"{n} unit\", other = \"{n} units\" }\nd = \"{n\"").unwrap();
        let arguments = BTreeMap::from([("n".to_owned(), n.to_owned())]);
        assert_eq!(
            strings.text(key, &arguments),
            expected.map(str::to_owned).map_err(str::to_owned)
        );
    }

    #[test]
    fn texts_are_found_and_filled() {
        check("c", "1", Ok("1 unit"));
        check("c", "2", Ok("2 units"));
        check("c.one", "2", Ok("2 unit"));
        check("a.b", "1", Err("string `a.b`: no value for `{m}`"));
        check("d", "1", Err("string `d`: `{` without `}`"));
        check("e", "1", Err("no string `e` in strings.en.toml"));
    }
}
