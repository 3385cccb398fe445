//! The theme: templates, one style sheet, one script and the catalogue of strings.
//!
//! In: the default theme, which is part of the program, and the files of a site's own `themes/<name>/`, each of which
//! replaces the default file of the same path (a file of strings: key by key). Out: a [`Theme`] that turns a context into
//! HTML. What a context holds is the business of [`crate::render`](../render/index.html); here it is any serde value.
//!
//! Templates see, besides the context: `t("key", n=…)` for words, `rel("site/path/")` for links, and the globals `style`,
//! `style_hash` and `script`. Every value is escaped unless it is HTML by type, and printing nothing is an error.

mod assets;
pub mod emblem;
mod filters;
mod needed;
mod strings;
mod templates;
pub mod tokens;

pub use assets::{Script, Style};
pub use emblem::Emblem;
pub use strings::Strings;
pub use tokens::Tokens;

use crate::chart::picture::Palette;
use needed::Needed;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use templates::Templates;

/// A fault in a file of the theme, or in a context that does not hold what a template asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// Path inside the theme's folder: `templates/unit.html`, `strings.vi.toml`.
    pub file: String,
    /// Line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What was found and what was expected.
    pub message: String,
}

impl fmt::Display for ThemeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}: {}", self.file, self.message),
            None => write!(out, "{}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for ThemeError {}

/// The files of a theme: path inside its folder, with `/` on every system, and text.
pub type ThemeFiles = BTreeMap<String, String>;

/// Everything that makes pages of contexts, read and compiled once.
#[derive(Debug)]
pub struct Theme {
    /// The sheet that each page carries inline.
    pub style: Style,
    /// The script that the site publishes once, under a name made of its content.
    pub script: Script,
    /// The light colours of the sheet, for pictures.
    pub palette: Palette,
    strings: BTreeMap<String, Arc<Strings>>,
    templates: Templates,
    needed: Needed,
}

/// The languages a catalogue of strings exists for; the first is the original that the others fall back to.
pub const LANGUAGES: [&str; 2] = ["vi", "en"];

/// Reads and compiles the default theme with the site's `own` files laid over it, in the colours and shapes of `tokens`.
///
/// # Errors
/// Returns every template that does not compile and every file that cannot be read as what it should be.
pub fn load(own: &ThemeFiles, tokens: &Tokens) -> Result<Theme, Vec<ThemeError>> {
    let mut errors = Vec::new();
    let mut files: BTreeMap<&str, &str> = DEFAULT_FILES.into_iter().collect();
    files.extend(
        own.iter()
            .filter(|(path, _)| !is_catalogue(path))
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );

    let strings = read_strings(&files, own, &mut errors);
    let style = Style::new(&(tokens.css() + files["style.css"]));
    let script = script(&files, &strings);
    let sources = files
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("templates/")?, *text)));
    let templates = Templates::compile(sources, &style, &script, &mut errors);
    if errors.is_empty() {
        Ok(Theme {
            palette: Palette::of_sheet(&style.css),
            needed: Needed::new(style.clone(), &script.text),
            style,
            script,
            strings,
            templates,
        })
    } else {
        Err(errors)
    }
}

/// Reads the catalogues of strings alone, those of the site's `own` files over the default ones. A file that cannot be read
/// is passed over: [`load`] tells of it.
pub fn read_words(own: &ThemeFiles) -> Words {
    let files: BTreeMap<&str, &str> = DEFAULT_FILES.into_iter().collect();
    Words(read_strings(&files, own, &mut Vec::new()))
}

/// The strings of all languages.
#[derive(Debug)]
pub struct Words(BTreeMap<String, Arc<Strings>>);

impl Words {
    /// Returns the strings of `language`, or the original ones where there is no such catalogue.
    pub fn of(&self, language: &str) -> &Arc<Strings> {
        self.0.get(language).unwrap_or(&self.0[LANGUAGES[0]])
    }
}

impl Theme {
    /// Returns the strings of `language`, or the original ones where there is no such catalogue.
    pub fn strings(&self, language: &str) -> &Arc<Strings> {
        self.strings
            .get(language)
            .unwrap_or(&self.strings[LANGUAGES[0]])
    }

    /// Renders a template, named as in its folder (`unit.html`).
    ///
    /// `roots` are what leads from the page to the root of the site (empty, `../../`, or a path from the host's root) and
    /// what the addresses of pages in this language begin with (empty, or `en/`).
    ///
    /// # Errors
    /// Returns the place in the template that asked for a value, string or template which does not exist.
    pub fn render(
        &self,
        template: &str,
        language: &str,
        roots: (&str, &str),
        context: &impl Serialize,
    ) -> Result<String, ThemeError> {
        let strings = self.strings(language);
        let page = self.templates.render(template, strings, roots, context)?;
        Ok(self.needed.fit(&page))
    }
}

/// The parts of the script in their order, with the words that it says in every language and the look of what it adds.
fn script(files: &BTreeMap<&str, &str>, strings: &BTreeMap<String, Arc<Strings>>) -> Script {
    let words: serde_json::Map<String, serde_json::Value> = strings
        .iter()
        .map(|(language, strings)| (language.clone(), strings.section("script").into()))
        .collect();
    let words = serde_json::Value::from(words).to_string();
    let text: Vec<&str> = SCRIPTS.iter().map(|path| files[path]).collect();
    let style = serde_json::Value::from(Style::new(files["script.css"]).css).to_string();
    let text = text.concat();
    let text = text.replacen("{/* words */}", &words, 1);
    Script::new(&text.replacen("/* style */''", &style, 1))
}

fn is_catalogue(path: &str) -> bool {
    language_of(path).is_some()
}

/// `strings.en.toml` → `en`.
fn language_of(path: &str) -> Option<&str> {
    let tag = path.strip_prefix("strings.")?.strip_suffix(".toml")?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!tag.is_empty() && tag.chars().all(fits)).then_some(tag)
}

fn read_strings(
    files: &BTreeMap<&str, &str>,
    own: &ThemeFiles,
    errors: &mut Vec<ThemeError>,
) -> BTreeMap<String, Arc<Strings>> {
    let mut all = BTreeMap::new();
    let mut original: Option<Arc<Strings>> = None;
    let added = own.keys().filter_map(|path| language_of(path));
    let added: BTreeSet<&str> = added.filter(|tag| !LANGUAGES.contains(tag)).collect();
    for language in LANGUAGES.into_iter().chain(added) {
        let path = format!("strings.{language}.toml");
        let mut strings = match &original {
            Some(original) => original.in_language(language),
            None => Strings::new(language),
        };
        let texts = [
            files.get(path.as_str()).copied(),
            own.get(&path).map(String::as_str),
        ];
        for text in texts.into_iter().flatten() {
            if let Err(error) = strings.merge(&path, text) {
                errors.push(error);
            }
        }
        let strings = Arc::new(strings);
        original.get_or_insert_with(|| Arc::clone(&strings));
        all.insert(language.to_owned(), strings);
    }
    all
}

/// The parts of the script; the first holds what the others use.
const SCRIPTS: [&str; 4] = ["site.js", "search.js", "tables.js", "compare.js"];

macro_rules! default_files {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../themes/default/", $path)))),*]
    };
}

const DEFAULT_FILES: [(&str, &str); 42] = default_files![
    "templates/block.html",
    "style.css",
    "site.js",
    "search.js",
    "tables.js",
    "compare.js",
    "script.css",
    "strings.vi.toml",
    "strings.en.toml",
    "templates/base.html",
    "templates/parts.html",
    "templates/tables.html",
    "templates/charts.html",
    "templates/notes.html",
    "templates/lists.html",
    "templates/home.html",
    "templates/edition.html",
    "templates/editions.html",
    "templates/unit.html",
    "templates/unit_table.html",
    "templates/units.html",
    "templates/evidence.html",
    "templates/service.html",
    "templates/services.html",
    "templates/indicator.html",
    "templates/indicators.html",
    "templates/ranking.html",
    "templates/heat.html",
    "templates/rankings.html",
    "templates/tasks.html",
    "templates/data.html",
    "templates/reconciliation.html",
    "templates/revisions.html",
    "templates/changes.html",
    "templates/method.html",
    "templates/404.html",
    "templates/redirect.html",
    "templates/sections.html",
    "templates/search.html",
    "templates/compare.html",
    "templates/embed.html",
    "templates/sharing.html",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn own(path: &str, text: &str) -> ThemeFiles {
        ThemeFiles::from([(path.to_owned(), text.to_owned())])
    }

    fn check(path: &str, text: &str, expected: &str) {
        let message = match load(&own(path, text), &Tokens::default()) {
            Ok(theme) => theme.render(
                "x.html",
                "vi",
                ("../", ""),
                &BTreeMap::from([("a", "1 < 2")]),
            ),
            Err(errors) => Err(errors[0].clone()),
        };
        let found = message.unwrap_or_else(|error| error.to_string());
        assert!(found.starts_with(expected), "{found}");
    }

    #[test]
    fn faults_are_values_with_a_place() {
        check(
            "templates/x.html",
            "\n{% if %}",
            "templates/x.html:2: syntax error",
        );
        check(
            "templates/x.html",
            "\n\n{{ b }}",
            "templates/x.html:3: undefined value",
        );
        check(
            "templates/x.html",
            "{{ none }}",
            "templates/x.html:1: invalid operation: the value to print is nothing",
        );
        check(
            "templates/x.html",
            "{{ t('no.such') }}",
            "templates/x.html:1: invalid operation: no string `no.such`",
        );
        check(
            "templates/x.html",
            "{% include 'y.html' %}",
            "templates/x.html:1: template not found",
        );
        check(
            "strings.vi.toml",
            "[nav]\nhome = 1",
            "strings.vi.toml: `nav.home` is not a text",
        );
        check("strings.en.toml", "[nav]\nhome =", "strings.en.toml:2: ");
        check("templates/y.html", "", "x.html: template not found");
    }

    #[test]
    fn values_are_escaped_and_links_are_relative() {
        check(
            "templates/x.html",
            "{{ a }} {{ rel('ky/2024-09/#a') }}",
            "1 &lt; 2 ../ky/2024-09/index.html#a",
        );
    }

    #[test]
    fn own_files_replace_the_default_ones() {
        let theme = load(&own("style.css", "a { color: red }"), &Tokens::default()).unwrap();
        assert!(theme.style.css.ends_with("}a{color:red}"));
        let theme = load(
            &own("strings.en.toml", "nav.home = \"Start\""),
            &Tokens::default(),
        )
        .unwrap();
        assert_eq!(
            theme
                .strings("en")
                .text("nav.home", &BTreeMap::new())
                .unwrap(),
            "Start"
        );
    }

    #[test]
    fn catalogues_have_the_same_keys_and_templates_no_words_of_their_own() {
        fn keys(prefix: &str, table: &toml::Table, out: &mut Vec<String>) {
            for (key, value) in table {
                match value {
                    toml::Value::Table(inner) if !inner.contains_key("other") => {
                        keys(&format!("{prefix}{key}."), inner, out);
                    }
                    _ => out.push(format!("{prefix}{key}")),
                }
            }
        }
        let files: BTreeMap<&str, &str> = DEFAULT_FILES.into_iter().collect();
        let [vietnamese, english] = LANGUAGES.map(|language| {
            let mut out = Vec::new();
            let text = files[format!("strings.{language}.toml").as_str()];
            keys("", &text.parse().unwrap(), &mut out);
            out
        });
        assert_eq!(vietnamese, english);
        for (path, text) in files {
            let word = text
                .chars()
                .find(|sign| sign.is_alphabetic() && !sign.is_ascii());
            assert!(
                !path.starts_with("templates/") || word.is_none(),
                "{path}: {word:?}"
            );
        }
    }
}
