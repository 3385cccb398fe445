//! The order of the modules, and what no module may do, read from the source itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::support::repository;

/// The modules in the order of the flow: each uses only those before it.
const ORDER: [&str; 28] = [
    "error",
    "decimal",
    "text",
    "privacy",
    "source",
    "diagnostic",
    "toml_file",
    "table",
    "model",
    "config",
    "catalog",
    "waiver",
    "ingest",
    "release",
    "analysis",
    "check",
    "slip",
    "content",
    "chart",
    "theme",
    "export",
    "publish",
    "render",
    "pipeline",
    "serve",
    "cli",
    "lib",
    "main",
];

/// The modules that may touch the disk.
const DISK: [&str; 3] = ["source", "publish", "cli"];

/// One source file: its module, its path and its code without tests and comments.
struct Module {
    name: String,
    path: String,
    code: String,
}

fn modules() -> Vec<Module> {
    let src = repository().join("src");
    let mut modules: Vec<Module> = WalkDir::new(&src)
        .into_iter()
        .map(Result::unwrap)
        .filter(|e| e.path().extension().is_some_and(|e| e == "rs"))
        .filter(|e| !is_test_file(e.path()))
        .map(|e| {
            let path = e
                .path()
                .strip_prefix(&src)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            let name = path
                .split('/')
                .next()
                .unwrap()
                .trim_end_matches(".rs")
                .to_owned();
            Module {
                name,
                path,
                code: code(&fs::read_to_string(e.path()).unwrap()),
            }
        })
        .collect();
    modules.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(modules.len() > 50, "{} files in src/", modules.len());
    modules
}

/// Whole files of tests: `tests.rs`, `samples.rs` and those in a folder `tests`.
fn is_test_file(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|s| s == "tests" || s == "samples")
        || path.components().any(|c| c.as_os_str() == "tests")
}

/// The lines before the tests, without comments.
fn code(text: &str) -> String {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests]
        .lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules that a file names after `crate::`, also those inside one pair of braces.
fn used(code: &str) -> BTreeSet<String> {
    let word = |t: &str| {
        t.chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect::<String>()
    };
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => used.extend(heads(list).iter().map(|t| word(t))),
            None => {
                used.insert(word(rest));
            }
        }
    }
    used.remove("");
    used
}

/// The first words of a list in braces, without those of lists inside it.
fn heads(list: &str) -> Vec<&str> {
    let (mut depth, mut from, mut heads) = (0, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(list[from..at].trim());
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(list[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    heads
}

fn rank(name: &str) -> Option<usize> {
    ORDER.iter().position(|m| *m == name)
}

#[test]
fn every_module_has_its_place_in_the_order() {
    let unknown: BTreeSet<String> = modules()
        .into_iter()
        .map(|m| m.name)
        .filter(|name| rank(name).is_none())
        .collect();
    assert!(unknown.is_empty(), "not in ORDER: {unknown:?}");
}

#[test]
fn modules_use_only_those_before_them() {
    let mut wrong = Vec::new();
    for module in modules() {
        for used in used(&module.code).iter().filter(|u| **u != module.name) {
            match (rank(used), rank(&module.name)) {
                (Some(theirs), Some(ours)) if theirs < ours => {}
                _ => wrong.push(format!("src/{} uses {used}", module.path)),
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "against the order of the modules:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_disk_belongs_to_the_reader_and_the_writer() {
    let touches = |code: &str| {
        ["std::fs", "File::open", "File::create", "tokio::fs"]
            .iter()
            .any(|w| code.contains(w))
    };
    let wrong: Vec<String> = modules()
        .into_iter()
        .filter(|m| !DISK.contains(&m.name.as_str()) && touches(&m.code))
        .map(|m| m.path)
        .collect();
    assert!(wrong.is_empty(), "touch the disk: {wrong:?}");
}

#[test]
fn nothing_is_left_to_do() {
    for module in modules() {
        for word in [
            "todo!",
            "unimplemented!",
            "dbg!",
            "println!",
            "FIXME",
            "XXX",
        ] {
            assert!(
                !module.code.contains(word),
                "src/{} has {word}",
                module.path
            );
        }
    }
}

#[test]
fn only_the_as_of_date_tells_the_time() {
    for module in modules()
        .iter()
        .filter(|m| m.name != "cli" && m.name != "serve")
    {
        assert!(
            !module.code.contains("SystemTime::now"),
            "src/{}",
            module.path
        );
    }
}

#[test]
fn uses_are_found_in_every_form() {
    let code = "use crate::a;\nuse crate::{b_c, d::{e, f}, g};\nfn x() { crate::h::i() }\n";
    let found: Vec<String> = used(code).into_iter().collect();
    assert_eq!(found, ["a", "b_c", "d", "g", "h"]);
}

/// Words of pages stand in the catalogues of strings, one file for each language, and in no string of the renderer.
#[test]
fn the_renderer_has_no_vietnamese_words_of_its_own() {
    let is_vietnamese = |c: char| c.is_alphabetic() && !c.is_ascii();
    let found: Vec<String> = modules()
        .iter()
        .filter(|m| m.name == "render" && !m.path.contains("/samples/"))
        .flat_map(|m| {
            let lines = m.code.lines().filter(|l| l.contains(is_vietnamese));
            lines
                .map(|l| format!("{}: {}", m.path, l.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
}
