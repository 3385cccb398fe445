//! A year of a province of twelve communes, month by month as an office lives it, with what is published each time.
//!
//! `tests/year/MM/` holds the files that come with a month and the commands that the office gives; `expected/` beside
//! them what the program says, which published files differ from those of the month before, and the pages as a reader
//! reads them. Two communes report March late, a correction of February comes in May, two communes become one on
//! 1 July, the target is raised in October.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::{compare, copy, files, repository, run};
use crate::tags::readable;

/// The pages and files that are kept of each month.
const KEPT: [&str; 16] = [
    "index.html",
    "moi-nhat/index.html",
    "ky/2026-MM/index.html",
    "ky/2026-MM/thay-doi/index.html",
    "ky/2026-02/index.html",
    "xep-hang/ty-le-dung-han/binh-an/xa/index.html",
    "chi-tieu/ty-le-dung-han/index.html",
    "dich-vu/khai-sinh/index.html",
    "dinh-chinh/index.html",
    "dinh-chinh/atom.xml",
    "don-vi/binh-an/index.html",
    "don-vi/binh-an/an-bien/index.html",
    "don-vi/binh-an/an-binh/index.html",
    "don-vi/binh-an/an-hoa/index.html",
    "don-vi/binh-an/long-son/index.html",
    "du-lieu/dinh-chinh.csv",
];

#[test]
fn a_year_is_published_as_kept() {
    let year = repository().join("tests/year");
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(&year.join("site"), root);
    let mut differences = Vec::new();
    for month in 1..=12 {
        let month = format!("{month:02}");
        let own = year.join(&month);
        lay(&own, root);
        let said = played(&own, root);
        let mut kept = vec![("said.txt".to_owned(), said)];
        kept.push(("files.txt".to_owned(), touched(root)));
        for page in KEPT {
            let path = page.replace("MM", &month);
            if let Ok(text) = fs::read_to_string(root.join("public").join(&path)) {
                let name = path
                    .replace(&format!("2026-{month}"), "nay")
                    .replace('/', "-");
                match name.strip_suffix("-index.html") {
                    Some(name) => kept.push((format!("{name}.txt"), readable(&text))),
                    None if name == "index.html" => kept.push(("home.txt".into(), readable(&text))),
                    None => kept.push((name, text)),
                }
            }
        }
        differences.extend(held(&own.join("expected"), &kept));
        fs::remove_dir_all(root.join("before")).ok();
        copy(&root.join("public"), &root.join("before"));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Lays the files of a month over the site.
pub(crate) fn lay(month: &Path, root: &Path) {
    for (path, bytes) in files(month) {
        if path.starts_with("data/") {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}

/// Gives the commands of a month; what the program says.
fn played(month: &Path, root: &Path) -> String {
    let mut text = String::new();
    for command in fs::read_to_string(month.join("commands.txt"))
        .unwrap()
        .lines()
    {
        let run = run(Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(words(command))
            .current_dir(root));
        let err = without_time(&run.err);
        let _ = write!(
            text,
            "$ tiendo {command}\n{}{err}→ {}\n\n",
            run.out, run.code
        );
        assert!(run.code < 2, "{text}");
    }
    assert!(text.contains("Đã dựng"), "{text}");
    text
}

/// The words of a command, those in quotation marks as one.
fn words(command: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (i, part) in command.split('"').enumerate() {
        if i % 2 == 1 {
            out.push(part.to_owned());
        } else {
            out.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    out
}

/// A build says how long it took.
fn without_time(text: &str) -> String {
    match text
        .split_once(" trong ")
        .and_then(|(a, b)| Some((a, b.split_once(" giây")?.1)))
    {
        Some((before, after)) if before.contains("Đã dựng") => format!("{before}{after}"),
        _ => text.to_owned(),
    }
}

/// Which published files are new, differ or are gone since the month before. No page may go.
fn touched(root: &Path) -> String {
    let (old, new) = (root.join("before"), files(&root.join("public")));
    let old = if old.is_dir() {
        files(&old)
    } else {
        BTreeMap::default()
    };
    let mut out = String::new();
    let all: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for path in all {
        let sign = match (old.get(path), new.get(path)) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(_), Some(_)) => "~",
            (None, _) => "+",
            (Some(_), None) => {
                assert!(!path.ends_with(".html"), "{path} is published no more");
                "-"
            }
        };
        let _ = writeln!(out, "{sign} {path}");
    }
    out
}

/// Compares what a month gave with what is kept.
fn held(expected: &Path, found: &[(String, String)]) -> Vec<String> {
    if std::env::var_os("UPDATE_EXPECTED").is_some_and(|v| v == "1") {
        let _ = fs::remove_dir_all(expected);
        fs::create_dir_all(expected).unwrap();
    }
    let mut out: Vec<String> = Vec::new();
    for (name, text) in found {
        out.extend(compare(&expected.join(name), text));
    }
    let names: BTreeSet<&str> = found.iter().map(|(n, _)| n.as_str()).collect();
    let kept = files(expected);
    out.extend(
        kept.keys()
            .filter(|n| !names.contains(n.as_str()))
            .map(|n| format!("{n}: expected, and not made")),
    );
    out
}
