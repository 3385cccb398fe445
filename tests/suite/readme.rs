//! What README.md says of the rules is what the program says of them.

use std::fmt::Write as _;
use std::fs;

use tiendo::diagnostic::{Code, Language, explain};

use crate::support::{compare, repository, tiendo};

/// The table of all rules: a row for each family, then its rules with severity and message.
fn table(language: Language) -> String {
    let (option, head) = match language {
        Language::Vietnamese => ("vi", "| Mã | Mức | Thông báo |"),
        Language::English => ("en", "| Code | Severity | Message |"),
    };
    let list = tiendo(&["explain", "--lang", option]).out;
    let mut out = format!("{head}\n|---|---|---|\n");
    for line in list.lines().filter(|l| !l.is_empty()) {
        let Some(rule) = line.strip_prefix("  ") else {
            writeln!(out, "| **{line}** | | |").unwrap();
            continue;
        };
        let (name, rest) = rule.split_once(' ').unwrap();
        let severity = rest.trim_start().split_once(':').unwrap().0;
        let message = explain(Code::find(name).unwrap(), language)
            .unwrap()
            .message;
        let message = message.replace('|', "\\|");
        writeln!(out, "| `{name}` | {severity} | {message} |").unwrap();
    }
    out
}

#[test]
fn the_tables_of_rules_are_those_of_the_program() {
    let path = repository().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let mut wanted = readme.clone();
    for language in [Language::Vietnamese, Language::English] {
        let table = table(language);
        let head = table.lines().next().unwrap();
        let start = wanted.find(head).unwrap();
        let length = wanted[start..].find("\n\n").unwrap() + 1;
        wanted.replace_range(start..start + length, &table);
    }
    assert_eq!(compare(&path, &wanted), None);
}
