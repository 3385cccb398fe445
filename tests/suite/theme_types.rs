//! What templates are given, read from the source of the contexts: every type with its fields and the words about them.

use std::collections::BTreeMap;
use std::fs;

use crate::support::repository;

/// A field of a context, or a value of a choice.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) meaning: String,
    /// Its type; nothing for a value of a choice.
    pub(crate) kind: Option<Kind>,
}

/// A type of the contexts.
#[derive(Debug)]
pub(crate) struct Type {
    pub(crate) meaning: String,
    pub(crate) members: Vec<Member>,
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Markup,
    Number,
    YesNo,
    /// A type of the contexts, or one of several.
    Types(Vec<String>),
    List(Box<Kind>),
    OrNone(Box<Kind>),
    /// Made within the template.
    Unknown,
}

impl Kind {
    /// The type that a field of Rust has.
    fn of_rust(text: &str) -> Self {
        let inside = |wrapper: &str| {
            let rest = text.strip_prefix(wrapper)?.strip_prefix('<')?;
            Some(Box::new(Self::of_rust(rest.strip_suffix('>')?)))
        };
        match text {
            "String" => Self::Text,
            "Html" => Self::Markup,
            "bool" => Self::YesNo,
            "u8" | "u32" | "u64" | "usize" => Self::Number,
            _ => match (inside("Option"), inside("Vec")) {
                (Some(inner), _) => Self::OrNone(inner),
                (_, Some(inner)) => Self::List(inner),
                _ => Self::Types(vec![text.to_owned()]),
            },
        }
    }

    /// The type that a remark above a macro names: `list of Tile`, `Crumb | Link`.
    pub(crate) fn of_words(text: &str) -> Self {
        match text {
            "text" => Self::Text,
            "number" => Self::Number,
            "yes/no" => Self::YesNo,
            _ => match text.strip_prefix("list of ") {
                Some(inner) => Self::List(Box::new(Self::of_words(inner))),
                None => Self::Types(text.split(" | ").map(str::to_owned).collect()),
            },
        }
    }

    /// In words, with links to the types.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Markup => "markup".into(),
            Self::Number => "number".into(),
            Self::YesNo => "yes/no".into(),
            Self::List(inner) => format!("list of {}", inner.words()),
            Self::OrNone(inner) => format!("{} or none", inner.words()),
            Self::Unknown => "anything".into(),
            Self::Types(names) => {
                let link = |n: &String| format!("[{n}](#{})", n.to_lowercase());
                names.iter().map(link).collect::<Vec<_>>().join(" or ")
            }
        }
    }

    /// Without "or none".
    pub(crate) fn bare(&self) -> &Self {
        match self {
            Self::OrNone(inner) => inner.bare(),
            other => other,
        }
    }
}

/// Everything that templates are given.
pub(crate) struct Contexts {
    pub(crate) types: BTreeMap<String, Type>,
    /// The type of `body` in each template of a page.
    pub(crate) bodies: BTreeMap<String, String>,
}

impl Contexts {
    /// Reads the source.
    pub(crate) fn read() -> Self {
        let folder = repository().join("src/render/context");
        let mut files: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        files.sort();
        let mut out = Self {
            types: BTreeMap::new(),
            bodies: BTreeMap::new(),
        };
        for file in files {
            let text = fs::read_to_string(file).unwrap();
            out.take(&text);
            let bodies = text.split_once("bodies! {").map_or("", |(_, rest)| rest);
            for line in bodies.lines().skip(1).take_while(|l| *l != "}") {
                let (body, template) = line
                    .trim()
                    .trim_end_matches(',')
                    .split_once(" => ")
                    .unwrap();
                out.bodies
                    .insert(template.trim_matches('"').to_owned(), body.to_owned());
            }
        }
        out
    }

    fn take(&mut self, source: &str) {
        let (mut meaning, mut renamed, mut skipped) = (String::new(), None, false);
        let mut open: Option<String> = None;
        let mut is_kebab = false;
        for line in source.lines() {
            let text = line.trim();
            if let Some(words) = text.strip_prefix("/// ").or(text.strip_prefix("///")) {
                if !meaning.is_empty() {
                    meaning.push(' ');
                }
                meaning.push_str(words);
                continue;
            }
            if text.starts_with("#[") {
                skipped |= text == "#[serde(skip)]";
                is_kebab |= text.contains("rename_all = \"kebab-case\"");
                if let Some(name) = text.strip_prefix("#[serde(rename = \"") {
                    renamed = name.split('"').next().map(str::to_owned);
                }
                continue;
            }
            let head = text
                .strip_prefix("pub struct ")
                .or(text.strip_prefix("pub enum "));
            if let Some(name) = head.and_then(|h| h.strip_suffix(" {")) {
                let made = Type {
                    meaning: std::mem::take(&mut meaning),
                    members: Vec::new(),
                };
                self.types.insert(name.to_owned(), made);
                open = Some(name.to_owned());
            } else if line == "}" {
                (open, is_kebab) = (None, false);
            } else if let Some(made) = open.as_ref().and_then(|n| self.types.get_mut(n)) {
                let own = text.trim_end_matches(',');
                let (name, kind) = match own.strip_prefix("pub ").and_then(|o| o.split_once(": ")) {
                    Some((name, kind)) => (name.to_owned(), Some(Kind::of_rust(kind))),
                    None => (renamed.take().unwrap_or_else(|| kebab(own)), None),
                };
                assert!(
                    kind.is_some() || is_kebab || own.contains(char::is_uppercase),
                    "{line}"
                );
                if !skipped {
                    let meaning = meaning.clone();
                    made.members.push(Member {
                        name,
                        meaning,
                        kind,
                    });
                }
            }
            (meaning, renamed, skipped) = (String::new(), None, false);
        }
    }

    /// What a member of a type holds, of several types that all have it.
    pub(crate) fn member(&self, of: &Kind, name: &str) -> Result<Kind, String> {
        let Kind::Types(types) = of.bare() else {
            return match of.bare() {
                Kind::Unknown => Ok(Kind::Unknown),
                other => Err(format!("{} has no `{name}`", other.words())),
            };
        };
        let mut found = Kind::Unknown;
        for one in types {
            let known = self
                .types
                .get(one)
                .ok_or(format!("there is no type `{one}`"))?;
            let member = known.members.iter().find(|m| m.name == name);
            let kind = member.and_then(|m| m.kind.clone());
            found = kind.ok_or(format!("`{one}` has no `{name}`"))?;
        }
        Ok(found)
    }
}

/// `FirstSeries` → `first-series`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
