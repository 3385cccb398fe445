//! `tests/diagnostics/<code>/` is a small site that provokes a rule, `<code>-ok/` one that comes near and must not.
//! `NAME.xlsx.toml` in it describes a workbook.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tiendo::diagnostic::{Diagnostic, codes, human};
use tiendo::pipeline::{self, Options};
use tiendo::source::Sources;

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
    let findings = pipeline::check(&sources, &Options::default());
    (sources, findings)
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

/// A site provokes its own rule and, unless one follows from the other, no second one.
#[test]
fn sites_are_as_small_as_they_look() {
    for folder in &folders() {
        let (_, findings) = check(folder);
        assert!(
            findings.len() <= 3,
            "{}: {} findings",
            name(folder),
            findings.len()
        );
    }
}
