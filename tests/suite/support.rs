//! Paths, running the program, files with expected text.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tiendo::source::{self, Sources};

/// The root of the repository, which is itself a site.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The repository's own site.
pub(crate) fn own_sources() -> Sources {
    source::scan(&repository()).unwrap()
}

/// What a run of the program gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }
}

/// Runs the program with `arguments`.
pub(crate) fn tiendo(arguments: &[&str]) -> Run {
    run(Command::new(env!("CARGO_BIN_EXE_tiendo")).args(arguments))
}

/// Runs the program on the site at `root` with `arguments`.
pub(crate) fn tiendo_at(root: &Path, arguments: &[&str]) -> Run {
    run(Command::new(env!("CARGO_BIN_EXE_tiendo"))
        .args(arguments)
        .arg("--root")
        .arg(root))
}

/// Runs a prepared command.
pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Writes a site of `files` below `root`.
pub(crate) fn write_site(root: &Path, files: &[(&str, &[u8])]) {
    for (path, bytes) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Compares `found` with the file at `path`, or rewrites the file with `UPDATE_EXPECTED=1`.
///
/// Gives a text that says where they part, or nothing.
pub(crate) fn compare(path: &Path, found: &str) -> Option<String> {
    if std::env::var_os("UPDATE_EXPECTED").is_some_and(|v| v == "1") {
        fs::write(path, found).unwrap();
        return None;
    }
    let expected = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => {
            return Some(format!(
                "{}: {e} (UPDATE_EXPECTED=1 writes it)",
                path.display()
            ));
        }
    };
    if expected == found {
        return None;
    }
    let same = expected
        .lines()
        .zip(found.lines())
        .take_while(|(e, f)| e == f)
        .count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    Some(format!(
        "{}:{}\n  expected: {}\n  found:    {}",
        path.display(),
        same + 1,
        line(&expected),
        line(found)
    ))
}
