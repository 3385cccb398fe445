//! `themes/README.md` tells writers of themes what each template shows and what each variable means. It is made from the
//! templates and the source of the contexts, and compared: whatever is new or renamed there must stand here too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use minijinja::Environment;

use crate::support::{compare, repository};
use crate::theme_types::{Contexts, Kind};

const INTRODUCTION: &str = include_str!("theme_reference.md");

/// The blocks of `base.html` and what belongs into them.
const BLOCKS: [(&str, &str); 3] = [
    ("head", "more elements of the head, before the sheet"),
    ("main", "what stands under the message of the page"),
    ("paper", "the foot of the page on paper"),
];

/// What every template sees, beside `site`, `page` and `body`.
const GLOBALS: [(&str, &str); 5] = [
    (
        "t(\"key\", n=…)",
        "a string of the catalogue, filled; with `one` and `other` chosen by `n`",
    ),
    (
        "rel(\"path/\")",
        "a link from this page to a path from the root of the site, in the language of the page",
    ),
    (
        "style",
        "the part of the sheet that the page needs, for `<style>`",
    ),
    ("style_hash", "its hash, for the content security policy"),
    (
        "script",
        "path of the script, with a hash of its content in the name",
    ),
];

/// The templates by name.
fn templates() -> BTreeMap<String, String> {
    let folder = repository().join("themes/default/templates");
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    entries.map(read).collect()
}

/// A macro of a template as the remark above it tells.
struct Macro {
    name: String,
    parameters: Vec<(String, Kind)>,
    meaning: String,
}

/// The macros of a template, and those whose remark does not fit.
fn macros(text: &str) -> (Vec<Macro>, Vec<String>) {
    let (mut list, mut faults, mut above) = (Vec::new(), Vec::new(), "");
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("{% macro ") {
            let (name, rest) = rest.split_once('(').unwrap();
            let own = rest.split_once(") %}").unwrap().0.split(", ");
            let own: Vec<&str> = own.map(|p| p.split('=').next().unwrap()).collect();
            match remark(above) {
                Some(told)
                    if told.name == name
                        && told
                            .parameters
                            .iter()
                            .map(|(n, _)| n.as_str())
                            .eq(own.iter().copied()) =>
                {
                    list.push(told);
                }
                _ => faults.push(format!(
                    "`{name}` needs a remark above it: {{# {name}({}: type, …): what it shows #}}",
                    own[0]
                )),
            }
        }
        above = line;
    }
    (list, faults)
}

/// `{# tag(it: Tag): a word in a quiet box #}`
fn remark(line: &str) -> Option<Macro> {
    let inner = line.strip_prefix("{# ")?.strip_suffix(" #}")?;
    let (name, rest) = inner.split_once('(')?;
    let (parameters, meaning) = rest.split_once("): ")?;
    let one = |p: &str| {
        let (name, kind) = p.split_once(": ")?;
        Some((name.to_owned(), Kind::of_words(kind)))
    };
    Some(Macro {
        name: name.to_owned(),
        parameters: parameters.split(", ").map(one).collect::<Option<_>>()?,
        meaning: meaning.to_owned(),
    })
}

/// The tags of a template, `{% … %}` and `{{ … }}`, each with its line and whether it is a statement.
fn pieces(text: &str) -> Vec<(usize, bool, String)> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest
        .find("{%")
        .into_iter()
        .chain(rest.find("{{"))
        .chain(rest.find("{#"))
        .min()
    {
        let line = text[..text.len() - rest.len() + at].lines().count();
        let kind = &rest[at..at + 2];
        let close = match kind {
            "{%" => "%}",
            "{{" => "}}",
            _ => "#}",
        };
        let inner = &rest[at + 2..];
        let end = inner.find(close).unwrap();
        if kind != "{#" {
            let own = inner[..end].trim_matches('-').trim();
            out.push((line, kind == "{%", own.to_owned()));
        }
        rest = &inner[end + 2..];
    }
    out
}

/// The paths of an expression that lead into variables: `it.link.href`; texts in quotes and named arguments are left out.
fn paths(expression: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        if c == '"' || c == '\'' {
            let end = rest[1..].find(c).map_or(rest.len(), |e| e + 2);
            rest = &rest[end..];
        } else if c.is_ascii_alphabetic() || c == '_' {
            let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
            let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
            let path: Vec<String> = rest[..end].split('.').map(str::to_owned).collect();
            let is_named = rest[end..].starts_with('=') && !rest[end..].starts_with("==");
            if !is_named && path.len() > 1 {
                out.push(path);
            }
            rest = &rest[end..];
        } else {
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Follows the variables of a template and tells of those that lead nowhere.
struct Follower<'a> {
    contexts: &'a Contexts,
    /// The variables that are in sight, the innermost last.
    scope: Vec<Vec<(String, Kind)>>,
    faults: Vec<String>,
    file: &'a str,
}

impl Follower<'_> {
    fn kind(&self, path: &[String]) -> Result<Kind, String> {
        if path[0] == "loop" {
            return Ok(Kind::Unknown);
        }
        let found = self
            .scope
            .iter()
            .rev()
            .flatten()
            .find(|(n, _)| *n == path[0]);
        let (_, start) = found.ok_or(format!("there is no `{}`", path[0]))?;
        path[1..].iter().try_fold(start.clone(), |kind, name| {
            self.contexts.member(&kind, name)
        })
    }

    /// What an expression holds, where it is a path or picks between paths.
    fn value(&self, expression: &str) -> Kind {
        let first = expression.split(" if ").next().unwrap_or_default();
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        if first.chars().all(fits) && !first.is_empty() {
            let path: Vec<String> = first.split('.').map(str::to_owned).collect();
            return self.kind(&path).unwrap_or(Kind::Unknown);
        }
        Kind::Unknown
    }

    fn look(&mut self, line: usize, expression: &str) {
        for path in paths(expression) {
            if let Err(why) = self.kind(&path) {
                self.faults
                    .push(format!("{}:{line}: `{}`: {why}", self.file, path.join(".")));
            }
        }
    }

    fn statement(&mut self, line: usize, text: &str, known: &[Macro]) {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "macro" => {
                let name = rest.split('(').next().unwrap();
                let own = known.iter().find(|m| m.name == name);
                self.scope
                    .push(own.map(|m| m.parameters.clone()).unwrap_or_default());
            }
            "for" => {
                let (names, list) = rest.split_once(" in ").unwrap();
                let (list, condition) = list.split_once(" if ").unwrap_or((list, ""));
                self.look(line, list);
                let element = match self.value(list).bare() {
                    Kind::List(inner) => (**inner).clone(),
                    _ => Kind::Unknown,
                };
                let names = names.split(", ").map(|n| (n.to_owned(), element.clone()));
                self.scope.push(names.collect());
                self.look(line, condition);
            }
            "set" => {
                let (name, value) = rest.split_once(" = ").unwrap();
                self.look(line, value);
                let value = (name.to_owned(), self.value(value));
                self.scope.last_mut().unwrap().push(value);
            }
            "endfor" | "endmacro" => {
                self.scope.pop();
            }
            "from" | "extends" | "include" | "block" | "endblock" | "endif" | "else" => {}
            "if" | "elif" => self.look(line, rest),
            other => self
                .faults
                .push(format!("{}:{line}: `{other}` is not followed", self.file)),
        }
    }
}

/// Every path that the templates follow and that leads nowhere.
fn lost_paths(contexts: &Contexts, templates: &BTreeMap<String, String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (file, text) in templates {
        let (known, untold) = macros(text);
        faults.extend(untold.iter().map(|u| format!("{file}: {u}")));
        let one = |name: &str, of: &str| (name.to_owned(), Kind::Types(vec![of.to_owned()]));
        let mut first = vec![one("site", "Site"), one("page", "Page")];
        first.extend(contexts.bodies.get(file).map(|b| one("body", b)));
        let mut follower = Follower {
            contexts,
            scope: vec![first],
            faults: Vec::new(),
            file,
        };
        for (line, is_statement, piece) in pieces(text) {
            if is_statement {
                follower.statement(line, &piece, &known);
            } else {
                follower.look(line, &piece);
            }
        }
        faults.extend(follower.faults);
    }
    faults
}

#[test]
fn every_variable_of_a_template_is_one_that_it_is_given() {
    let contexts = Contexts::read();
    assert!(contexts.types.len() > 70 && contexts.bodies.len() > 20);
    let mut templates = templates();
    let faults = lost_paths(&contexts, &templates);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // The test sees what it is there to see.
    templates.insert(
        "home.html".into(),
        "{% for it in body.tiles %}{{ it.labl }}{% endfor %}".into(),
    );
    let faults = lost_paths(&contexts, &templates);
    assert_eq!(faults, ["home.html:1: `it.labl`: `Tile` has no `labl`"]);
}

#[test]
fn templates_ask_for_nothing_but_what_is_documented() {
    let known: BTreeSet<&str> = ["site", "page", "body"]
        .into_iter()
        .chain(GLOBALS.iter().map(|(n, _)| n.split('(').next().unwrap()))
        .collect();
    let mut environment = Environment::new();
    let templates = templates();
    for (name, text) in &templates {
        environment.add_template(name, text).unwrap();
    }
    for (name, text) in &templates {
        let own = macros(text).0;
        let asked = environment
            .get_template(name)
            .unwrap()
            .undeclared_variables(false);
        let strange: Vec<&String> = asked
            .iter()
            .filter(|a| !known.contains(a.as_str()) && own.iter().all(|m| m.name != **a))
            .collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
    for (name, text) in &templates {
        for (_, _, piece) in pieces(text)
            .iter()
            .filter(|(_, s, p)| *s && p.starts_with("block "))
        {
            let block = piece.trim_start_matches("block ");
            assert!(BLOCKS.iter().any(|(b, _)| *b == block), "{name}: `{block}`");
        }
    }
}

/// The whole reference.
fn reference(contexts: &Contexts, templates: &BTreeMap<String, String>) -> String {
    let mut out = INTRODUCTION.to_owned();
    out.push_str("\n## Chung cho mọi khuôn trang / In every template\n\n");
    table(&mut out, "| Tên / Name | Nghĩa / Meaning |");
    for (name, meaning) in GLOBALS {
        let _ = writeln!(out, "| `{name}` | {meaning} |");
    }
    for (name, of) in [("site", "Site"), ("page", "Page")] {
        let meaning = &contexts.types[of].meaning;
        let _ = writeln!(
            out,
            "| `{name}` | [{of}](#{}): {meaning} |",
            of.to_lowercase()
        );
    }
    out.push_str("| `body` | của riêng từng loại trang, xem dưới / its own in each kind of page, see below |\n");
    out.push_str("\n## Khuôn trang / Templates of pages\n\n");
    table(
        &mut out,
        "| Tệp / File | `body` | Trang / Page | Khối / Blocks |",
    );
    for (file, text) in templates {
        let Some(body) = contexts.bodies.get(file) else {
            continue;
        };
        let blocks = pieces(text)
            .into_iter()
            .filter(|(_, s, p)| *s && p.starts_with("block "));
        let blocks: Vec<String> = blocks.map(|(_, _, p)| format!("`{}`", &p[6..])).collect();
        let _ = writeln!(
            out,
            "| `{file}` | [{body}](#{}) | {} | {} |",
            body.to_lowercase(),
            contexts.types[body].meaning,
            blocks.join(", ")
        );
    }
    out.push_str("\n## Khối của `base.html` / Blocks of `base.html`\n\n");
    table(&mut out, "| Khối / Block | Nghĩa / Meaning |");
    for (name, meaning) in BLOCKS {
        let _ = writeln!(out, "| `{name}` | {meaning} |");
    }
    out.push_str("\n## Phần dùng chung / Shared parts\n");
    for (file, text) in templates
        .iter()
        .filter(|(file, _)| !contexts.bodies.contains_key(*file))
    {
        let about = text.lines().next().unwrap_or_default();
        let about = about
            .strip_prefix("{# ")
            .and_then(|a| a.strip_suffix(" #}"));
        let about = about.unwrap_or("The frame of every page.");
        let _ = writeln!(out, "\n### `{file}`\n\n{about}");
        let (list, _) = macros(text);
        if list.is_empty() {
            continue;
        }
        out.push('\n');
        table(&mut out, "| Macro | Nghĩa / Meaning |");
        for m in list {
            let parameters = m
                .parameters
                .iter()
                .map(|(n, k)| format!("`{n}`: {}", k.words()));
            let parameters: Vec<String> = parameters.collect();
            let _ = writeln!(
                out,
                "| **`{}`** {} | {} |",
                m.name,
                parameters.join(", "),
                m.meaning
            );
        }
    }
    types(&mut out, contexts);
    out
}

/// The types with their variables or values.
fn types(out: &mut String, contexts: &Contexts) {
    out.push_str("\n## Kiểu / Types\n");
    for (name, of) in &contexts.types {
        let _ = writeln!(out, "\n### {name}\n\n{}\n", of.meaning);
        let is_choice = of.members.iter().all(|m| m.kind.is_none());
        if is_choice {
            table(out, "| Giá trị / Value | Nghĩa / Meaning |");
        } else {
            table(out, "| Biến / Variable | Kiểu / Type | Nghĩa / Meaning |");
        }
        for m in &of.members {
            let kind = m
                .kind
                .as_ref()
                .map_or_else(String::new, |k| format!("{} | ", k.words()));
            let _ = writeln!(
                out,
                "| `{}` | {kind}{} |",
                m.name,
                m.meaning.replace('|', "\\|")
            );
        }
    }
}

/// The head of a table.
fn table(out: &mut String, head: &str) {
    let columns = head.matches('|').count() - 1;
    let _ = writeln!(out, "{head}\n|{}", "---|".repeat(columns));
}

#[test]
fn the_reference_of_themes_is_that_of_the_code() {
    let contexts = Contexts::read();
    for (name, of) in &contexts.types {
        assert!(!of.meaning.is_empty(), "`{name}` is not explained");
        for m in &of.members {
            assert!(
                !m.meaning.is_empty(),
                "`{name}.{}` is not explained",
                m.name
            );
        }
    }
    let text = reference(&contexts, &templates());
    let fault = compare(&repository().join("themes/README.md"), &text);
    assert!(
        fault.is_none(),
        "UPDATE_EXPECTED=1 rewrites it\n{}",
        fault.unwrap_or_default()
    );
}
