//! The clerk's trial: spoiled files as an office might send them, and every message on the way to a sound site.
//!
//! `tests/clerk/TRIAL/1/` holds the files that lie on top of `tests/clerk/site/` at first, `2/` those that the clerk
//! changed after reading the messages of `1/transcript.txt`, and so on; an empty file is one taken away. The last step
//! must end without an error or a warning, and no step may change a file by itself.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{compare, copy, files, repository, run, workbook};

#[test]
fn a_report_with_a_wrong_name_a_hidden_row_and_a_wrong_total() {
    trial("bao-cao-thang");
}

#[test]
fn last_months_mapping_a_new_column_and_a_unit_twice() {
    trial("cot-xe-dich");
}

#[test]
fn old_encodings_and_a_web_page_named_xls() {
    trial("tep-cu");
}

#[test]
fn persons_in_hidden_places() {
    trial("thong-tin-ca-nhan");
}

#[test]
fn two_tables_of_one_sheet_with_tasks_and_prose() {
    trial("hai-bang-mot-trang");
}

/// Plays a trial and compares what the program said in each step with what is kept.
fn trial(name: &str) {
    let folder = repository().join("tests/clerk").join(name);
    let root = tempfile::tempdir().unwrap();
    copy(&repository().join("tests/clerk/site"), root.path());
    let mut steps: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    steps.sort();
    let mut differences = Vec::new();
    for (i, step) in steps.iter().enumerate() {
        lay(step, root.path());
        let (text, code) = transcript(step, root.path());
        differences.extend(compare(&step.join("transcript.txt"), &text));
        let is_sound = code == 0 && text.contains("0 lỗi, 0 cảnh báo");
        assert_eq!(is_sound, i + 1 == steps.len(), "{}\n{text}", step.display());
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Lays the files of a step over the site; a described workbook becomes one.
fn lay(step: &Path, root: &Path) {
    for (path, bytes) in files(step) {
        if path == "transcript.txt" || path == "commands.txt" {
            continue;
        }
        let (path, bytes) = match path.strip_suffix(".xlsx.toml") {
            Some(described) if !bytes.is_empty() => {
                let text = std::str::from_utf8(&bytes).unwrap();
                (format!("{described}.xlsx"), workbook(text))
            }
            Some(described) => (format!("{described}.xlsx"), bytes),
            None => (path, bytes),
        };
        let path = root.join(path);
        if bytes.is_empty() {
            fs::remove_file(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}

/// What the program says to the commands of a step (`check` where it names none), and its last exit code.
fn transcript(step: &Path, root: &Path) -> (String, i32) {
    let commands = fs::read_to_string(step.join("commands.txt"));
    let commands = commands.unwrap_or_else(|_| "check".to_owned());
    let mut text = String::new();
    let mut code = 0;
    for command in commands.lines() {
        let before = files(root);
        let run = run(Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(command.split(' '))
            .current_dir(root));
        assert!(run.code < 2, "{command}: {}", run.err);
        let _ = write!(
            text,
            "$ tiendo {command}\n{}{}→ {}\n\n",
            run.out, run.err, run.code
        );
        code = run.code;
        let may_write = command.contains("--write");
        assert!(
            may_write || files(root) == before,
            "{command} changed a file"
        );
    }
    (text, code)
}
