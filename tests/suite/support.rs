//! Paths, running the program, files with expected text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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

/// What a run within bounds gave; no code where it was ended from outside.
pub(crate) struct Limited {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) took: Duration,
}

/// Runs a command that may take so much memory and time. The bound of memory is the shell's `ulimit -v`, which only
/// Linux obeys; elsewhere time alone is bounded.
pub(crate) fn limited(command: &Command, mib: u64, time: Duration) -> Limited {
    let mut bounded = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            "ulimit -v \"$0\" && exec \"$@\"",
            &(mib * 1024).to_string(),
        ]);
        shell.arg(command.get_program());
        shell
    } else {
        Command::new(command.get_program())
    };
    bounded.args(command.get_args());
    for (name, value) in command.get_envs() {
        bounded.env(name, value.unwrap_or_default());
    }
    // Files, because a pipe that nobody empties would stop the program.
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| fs::File::create(folder.path().join(name)).unwrap();
    bounded
        .stdin(Stdio::null())
        .stdout(file("out"))
        .stderr(file("err"));
    let start = Instant::now();
    let mut child = bounded.spawn().unwrap();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        if start.elapsed() > time {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let read = |name: &str| {
        let bytes = fs::read(folder.path().join(name)).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Limited {
        code: status.and_then(|s| s.code()),
        out: read("out"),
        err: read("err"),
        took: start.elapsed(),
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

/// The files below `root`; each `NAME.xlsx.toml` among them also as the workbook that it describes.
pub(crate) fn sources_with_workbooks(root: &Path) -> Sources {
    let scanned = source::scan(root).unwrap();
    let mut files = scanned.files;
    let described: Vec<_> = files
        .iter()
        .filter(|f| f.path.ends_with(".xlsx.toml"))
        .map(|f| {
            let text = std::str::from_utf8(&f.bytes).unwrap();
            let path = f.path.trim_end_matches(".toml");
            source::SourceFile::new(path, workbook(text))
        })
        .collect();
    files.extend(described);
    Sources {
        passed_over: scanned.passed_over,
        ..Sources::new(files)
    }
}

/// A sheet as `NAME.xlsx.toml` describes it; rows are counted from 1, columns named by their letters.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct SheetText {
    name: String,
    #[serde(default)]
    hidden: bool,
    #[serde(default)]
    hidden_rows: Vec<u32>,
    #[serde(default)]
    hidden_columns: Vec<u16>,
    /// First row, first column, last row, last column, from 1; the text is that of the first cell.
    #[serde(default)]
    merges: Vec<(u32, u16, u32, u16)>,
    /// Row, column and text of a note on a cell.
    #[serde(default)]
    notes: Vec<(u32, u16, String)>,
    /// Texts and numbers; `"%0.7838"` is a number shown as a per cent, `"=1/0"` an error.
    rows: Vec<Vec<toml::Value>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkbookText {
    /// The author that the properties of the file name.
    #[serde(default)]
    author: String,
    sheet: Vec<SheetText>,
}

/// The bytes of a workbook that a text describes.
pub(crate) fn workbook(text: &str) -> Vec<u8> {
    use rust_xlsxwriter::{Format, Formula, Workbook};
    let described: WorkbookText = toml::from_str(text).unwrap();
    let mut book = Workbook::new();
    let percent = Format::new().set_num_format("0.00%");
    for (i, s) in described.sheet.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(&s.name).unwrap();
        if i == 0 {
            sheet.set_active(true);
        }
        sheet.set_hidden(s.hidden);
        for (top, left, bottom, right) in &s.merges {
            let format = Format::new();
            sheet
                .merge_range(top - 1, left - 1, bottom - 1, right - 1, "", &format)
                .unwrap();
        }
        for (r, row) in s.rows.iter().enumerate() {
            let r = u32::try_from(r).unwrap();
            for (c, value) in row.iter().enumerate() {
                let c = u16::try_from(c).unwrap();
                match value {
                    toml::Value::Integer(n) => {
                        sheet.write_number(r, c, f64::from(i32::try_from(*n).unwrap()))
                    }
                    toml::Value::Float(n) => sheet.write_number(r, c, *n),
                    toml::Value::String(t) if t.is_empty() => continue,
                    toml::Value::String(t) if t.starts_with('%') && t.len() > 1 => sheet
                        .write_number_with_format(r, c, t[1..].parse::<f64>().unwrap(), &percent),
                    toml::Value::String(t) if t.starts_with('=') => {
                        sheet.write_formula(r, c, Formula::new(t).set_result("#DIV/0!"))
                    }
                    other => sheet.write_string(r, c, other.as_str().unwrap()),
                }
                .unwrap();
            }
        }
        for (row, column, text) in &s.notes {
            let note = rust_xlsxwriter::Note::new(text);
            sheet.insert_note(row - 1, column - 1, &note).unwrap();
        }
        for row in &s.hidden_rows {
            sheet.set_row_hidden(row - 1).unwrap();
        }
        for column in &s.hidden_columns {
            sheet.set_column_hidden(column - 1).unwrap();
        }
    }
    if !described.author.is_empty() {
        let properties = rust_xlsxwriter::DocProperties::new().set_author(&described.author);
        book.set_properties(&properties);
    }
    book.save_to_buffer().unwrap()
}

/// All files below `root`, by their path with `/` between its parts.
pub(crate) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let path = e.path().strip_prefix(root).unwrap();
            let parts: Vec<&str> = path.iter().map(|p| p.to_str().unwrap()).collect();
            (parts.join("/"), fs::read(e.path()).unwrap())
        })
        .collect()
}

/// Copies the folder `from` to `to`.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Builds the site at `root` into `output` and insists that it succeeds.
pub(crate) fn built(root: &Path, output: &Path) -> BTreeMap<String, Vec<u8>> {
    let run = tiendo_at(root, &["build", "--output", output.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    files(output)
}
