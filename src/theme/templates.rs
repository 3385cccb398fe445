//! Templates: compiled once, strict about what they ask for, with their faults as values.

use super::filters::{relative, write_value};
use super::{Script, Strings, Style, ThemeError};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, context};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The compiled templates of a theme.
#[derive(Debug)]
pub(super) struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// Compiles every template, and adds to `errors` those that cannot be.
    pub(super) fn compile<'a>(
        sources: impl Iterator<Item = (&'a str, &'a str)>,
        style: &Style,
        script: &Script,
        errors: &mut Vec<ThemeError>,
    ) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_formatter(write_value);
        environment.set_debug(false);
        match SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
        {
            Ok(syntax) => environment.set_syntax(syntax),
            Err(error) => errors.push(place(&error, "")),
        }
        environment.add_global("style", Value::from_safe_string(style.css.clone()));
        environment.add_global("style_hash", style.hash.clone());
        environment.add_global("script", script.path.clone());
        for (name, source) in sources {
            if let Err(error) = environment.add_template_owned(name.to_owned(), source.to_owned()) {
                errors.push(place(&error, name));
            }
        }
        Self { environment }
    }

    /// Renders one template with the words of one language and the links of one page.
    pub(super) fn render(
        &self,
        name: &str,
        strings: &Arc<Strings>,
        (root, prefix): (&str, &str),
        values: &impl Serialize,
    ) -> Result<String, ThemeError> {
        let strings = Arc::clone(strings);
        let (root, prefix) = (root.to_owned(), prefix.to_owned());
        // Macros see the context of the page that imports them, so both work in every file.
        let context = context! {
            t => Value::from_function(move |key: String, values: Kwargs| translate(&strings, &key, &values)),
            rel => Value::from_function(move |path: String| relative(&root, &prefix, &path)),
            ..Value::from(Serde(values))
        };
        let rendered = self
            .environment
            .get_template(name)
            .and_then(|template| template.render(context));
        rendered.map_err(|error| place(&error, name))
    }
}

fn translate(strings: &Strings, key: &str, values: &Kwargs) -> Result<String, Error> {
    let mut arguments = BTreeMap::new();
    for name in values.args() {
        arguments.insert(name.to_owned(), values.get::<Value>(name)?.to_string());
    }
    strings
        .text(key, &arguments)
        .map_err(|message| Error::new(ErrorKind::InvalidOperation, message))
}

/// Finds the innermost template and line of an error: an outer one only says that an include or macro failed.
fn place(error: &Error, fallback: &str) -> ThemeError {
    let mut inner = error;
    while let Some(source) =
        std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>())
    {
        inner = source;
    }
    let named = if inner.name().is_some() { inner } else { error };
    let detail = inner
        .detail()
        .map_or_else(String::new, |detail| format!(": {detail}"));
    ThemeError {
        file: named
            .name()
            .map_or_else(|| fallback.to_owned(), |name| format!("templates/{name}")),
        line: named.line(),
        message: format!("{}{detail}", inner.kind()),
    }
}
