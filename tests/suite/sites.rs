//! Whole small sites with their complete output beside them, in `tests/sites/NAME/expected/`.
//!
//! The style sheet stands in every page and the script's name holds its hash. Both are left out of the comparison, so
//! that a change of the look does not touch every expected file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use tiendo::pipeline::{self, Options, Silent};
use tiendo::publish::Memory;
use tiendo::source;

use crate::support::{compare, files, repository};
use crate::tags::tags;

/// The kinds of page that the sites cover together.
const KINDS: [&str; 24] = [
    "404",
    "changes",
    "compare",
    "data",
    "edition",
    "editions",
    "embed",
    "evidence",
    "heat",
    "home",
    "indicator",
    "indicators",
    "method",
    "ranking",
    "rankings",
    "reconciliation",
    "redirect",
    "revisions",
    "search",
    "service",
    "services",
    "tasks",
    "unit",
    "units",
];

/// Puts `placeholder` for what stands between `open` and `close`, each time.
pub(crate) fn replaced(text: &str, open: &str, close: &str, placeholder: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some(at) = after.find(close) else { break };
        out += before;
        out += open;
        out += placeholder;
        rest = &after[at..];
    }
    out + rest
}

fn normal(text: &str) -> String {
    let text = replaced(text, "<style>", "</style>", "STYLE");
    let text = replaced(&text, "style-src 'sha256-", "'", "HASH");
    let text = replaced(&text, "style-src &#x27;sha256-", "&", "HASH");
    let text = replaced(&text, "assets/the/", ".png", "CARD");
    replaced(&text, "assets/site.", ".js", "HASH")
}

/// The output of a site, comparable.
fn output(root: &Path) -> BTreeMap<String, String> {
    let sources = source::scan(root).unwrap();
    let mut made = BTreeMap::new();
    let report = pipeline::build(
        &sources,
        &Options::default(),
        false,
        &Silent,
        || Ok(Memory::default()),
        |sink| {
            made = sink.into_files();
            Ok(())
        },
    )
    .unwrap();
    assert!(report.made.is_some(), "{:#?}", report.findings);
    made.into_iter()
        .filter(|(path, _)| !path.starts_with("assets/"))
        .map(|(path, bytes)| (path, normal(&String::from_utf8(bytes).unwrap())))
        .collect()
}

fn faults(root: &Path) -> Vec<String> {
    let found = output(root);
    let expected = root.join("expected");
    if std::env::var_os("UPDATE_EXPECTED").is_some_and(|v| v == "1") {
        let _ = fs::remove_dir_all(&expected);
    }
    let mut faults = Vec::new();
    for (path, text) in &found {
        let path = expected.join(path);
        if std::env::var_os("UPDATE_EXPECTED").is_some_and(|v| v == "1") {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
        }
        faults.extend(compare(&path, text));
    }
    if expected.is_dir() {
        for path in files(&expected).keys().filter(|p| !found.contains_key(*p)) {
            faults.push(format!("{path}: expected, and not made"));
        }
    }
    faults
}

fn check(name: &str) {
    let faults = faults(&repository().join("tests/sites").join(name));
    assert!(
        faults.is_empty(),
        "{} files differ (UPDATE_EXPECTED=1 rewrites them):\n{}",
        faults.len(),
        faults
            .iter()
            .take(8)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn four_months_of_a_province() {
    check("thang");
}

/// Vietnamese and English, and a third language that is one file of the theme.
#[test]
fn two_languages_and_a_made_up_one() {
    check("hai-tieng");
}

/// Nine provinces, three services, three months: units beside services, on the map, in rank and time.
#[test]
fn provinces_side_by_side() {
    check("cac-tinh");
}

#[test]
fn the_thinnest_site() {
    check("mong");
}

/// Two released months; then a correction, a correction of the correction, a late unit, a unit that has ended.
#[test]
fn released_months_and_what_changed_since() {
    check("dinh-chinh");
}

#[test]
fn the_sites_have_every_kind_of_page() {
    let mut kinds = BTreeSet::new();
    for name in ["thang", "mong", "dinh-chinh", "cac-tinh"] {
        for (path, text) in output(&repository().join("tests/sites").join(name)) {
            if path.ends_with(".html") {
                let kind = tags(&text)
                    .iter()
                    .find_map(|t| t.get("data-kind").map(str::to_owned));
                kinds.insert(kind.unwrap_or_else(|| "redirect".to_owned()));
            }
        }
    }
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    assert_eq!(kinds, KINDS);
}

#[test]
fn a_missing_an_extra_and_a_changed_file_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    crate::support::copy(&repository().join("tests/sites/mong"), folder.path());
    let expected = folder.path().join("expected");
    if std::env::var_os("UPDATE_EXPECTED").is_some_and(|v| v == "1") {
        return;
    }
    fs::remove_file(expected.join("404.html")).unwrap();
    fs::write(expected.join("extra.html"), "").unwrap();
    fs::write(expected.join("index.html"), "<!doctype html>\nelse\n").unwrap();
    let faults = faults(folder.path()).join("\n");
    for part in ["404.html", "extra.html: expected", "index.html:", "found: "] {
        assert!(faults.contains(part), "{part} in:\n{faults}");
    }
}
