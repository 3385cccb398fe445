//! `tests/diagnostics/<code>/` is a small site that provokes a rule, `<code>-ok/` one that comes near and must not.
//! `NAME.xlsx.toml` in it describes a workbook.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tiendo::diagnostic::{Diagnostic, Language, codes, human};
use tiendo::pipeline::{self, Options, Silent};
use tiendo::publish::Memory;
use tiendo::source::Sources;
use tiendo::table::view::Views;
use tiendo::table::{self, Asked};

use crate::support::{compare, repository, sources_with_workbooks};

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(repository().join("tests/diagnostics"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

fn check(folder: &Path) -> (Sources, Vec<Diagnostic>) {
    let sources = sources_with_workbooks(folder);
    let options = Options::default();
    if !name(folder).starts_with("budget-exceeded") {
        let findings = pipeline::check(&sources, &options);
        return (sources, findings);
    }
    // What pages weigh is known when they are made.
    let open = || Ok(Memory::default());
    let report = pipeline::build(&sources, &options, false, &Silent, open, |_| Ok(())).unwrap();
    (sources, report.findings)
}

#[test]
fn every_site_finds_what_its_name_says() {
    let mut failures = Vec::new();
    for folder in &folders() {
        let (sources, findings) = check(folder);
        let (code, wanted) = match name(folder).strip_suffix("-ok") {
            Some(code) => (code, false),
            None => (name(folder), true),
        };
        let found = findings.iter().any(|d| d.code.as_str() == code);
        if found != wanted {
            let codes: Vec<&str> = findings.iter().map(|d| d.code.as_str()).collect();
            failures.push(format!("{}: found {codes:?}", name(folder)));
        }
        let text = human::render(
            &findings,
            &sources,
            &Views::new(&sources).with_grids(&|f| table::grids(f, &Asked::default()).value),
            human::Style {
                waived: true,
                ..human::Style::default()
            },
        );
        failures.extend(compare(&folder.join("diagnostics.txt"), &text));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_a_site() {
    let names: BTreeSet<String> = folders().iter().map(|f| name(f).to_owned()).collect();
    let missing: Vec<&str> = codes::ALL
        .iter()
        .map(|c| c.as_str())
        .filter(|c| !names.contains(*c))
        .collect();
    assert!(
        missing.is_empty(),
        "no tests/diagnostics/ folder for {missing:?}"
    );
    for name in &names {
        let code = name.strip_suffix("-ok").unwrap_or(name);
        assert!(
            codes::Code::find(code).is_some(),
            "tests/diagnostics/{name} is named after no rule"
        );
    }
}

/// A site provokes its own rule and, unless one follows from the other, no second one. A shift is seen in three rows
/// that fail.
#[test]
fn sites_are_as_small_as_they_look() {
    for folder in &folders() {
        let (_, findings) = check(folder);
        assert!(
            findings.len() <= 4,
            "{}: {} findings",
            name(folder),
            findings.len()
        );
    }
}

/// Every word of an English message with a Vietnamese letter comes from the files of the site: the program's own
/// words follow the language.
#[test]
fn english_messages_have_no_vietnamese_words_of_ours() {
    let mut wrong = Vec::new();
    for folder in &folders() {
        let (sources, findings) = check(folder);
        let texts: String = sources
            .files
            .iter()
            .map(|f| String::from_utf8_lossy(&f.bytes).to_lowercase())
            .collect();
        for d in &findings {
            let hint = d.hint(Language::English).unwrap_or_default();
            let said = format!("{} {hint}", d.message(Language::English));
            // In curly quotes stand words as files have them: the header of a column, the name of a menu.
            let unquoted: String = said
                .split('“')
                .map(|part| part.split_once('”').map_or(part, |(_, rest)| rest))
                .collect();
            let words = unquoted.split(|c: char| !c.is_alphanumeric());
            let foreign: BTreeSet<&str> = words
                .filter(|w| w.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
                .filter(|w| !texts.contains(&w.to_lowercase()))
                .collect();
            if !foreign.is_empty() {
                wrong.push(format!("{}: {foreign:?} in “{said}”", name(folder)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Each phrase that the source names stands in the file of phrases, and none is left over.
#[test]
fn phrases_are_known_and_used() {
    let known: BTreeSet<String> = toml::from_str::<toml::Table>(
        &std::fs::read_to_string(repository().join("src/diagnostic/phrases.toml")).unwrap(),
    )
    .unwrap()
    .keys()
    .cloned()
    .collect();
    let mut code = String::new();
    for entry in walkdir::WalkDir::new(repository().join("src")) {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|e| e == "rs") {
            code.push_str(&std::fs::read_to_string(entry.path()).unwrap());
        }
    }
    let named: BTreeSet<&str> = code
        .split("phrase(\"")
        .skip(1)
        .filter_map(|t| t.split('"').next())
        .collect();
    let missing: Vec<&&str> = named.iter().filter(|k| !known.contains(**k)).collect();
    assert!(missing.is_empty(), "not in phrases.toml: {missing:?}");
    let unused: Vec<&String> = known
        .iter()
        .filter(|k| !code.contains(&format!("\"{k}\"")))
        .collect();
    assert!(unused.is_empty(), "named nowhere: {unused:?}");
}
