//! The files of a site as a commit has them, read through the `git` program where there is one.
//!
//! Nothing is checked out and nothing is written: names come from `git ls-tree`, contents from `git cat-file`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use super::{FOLDERS, PassedOver, SourceFile, Sources, escaped, is_litter};

/// Why a commit could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitError {
    /// There is no `git` program.
    Missing,
    /// The folder belongs to no repository, or there is no such commit.
    NoCommit,
    /// The commit has no site in this folder.
    NoSite,
    /// `git` failed; its last line.
    Failed(String),
}

/// Reads the site below `root` as the commit `revision` has it.
///
/// # Errors
/// See [`GitError`].
pub fn scan_commit(root: &Path, revision: &str) -> Result<Sources, GitError> {
    // What begins with a hyphen would be an option of git.
    if revision.is_empty() || revision.starts_with('-') {
        return Err(GitError::NoCommit);
    }
    let asked = format!("{revision}^{{commit}}");
    let found = run(root, &["rev-parse", "--verify", "--quiet", &asked], b"")?;
    if !found.status.success() {
        return Err(GitError::NoCommit);
    }
    let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    let list = checked(run(root, &["ls-tree", "-r", "-z", &commit], b"")?)?;
    let mut blobs: Vec<(String, String)> = Vec::new();
    let mut passed_over: Vec<(Arc<str>, PassedOver)> = Vec::new();
    for entry in list.split(|b| *b == 0) {
        let shown = escaped(entry);
        let Some((path, id)) = blob(&shown).filter(|(path, _)| is_of_site(path)) else {
            continue;
        };
        if std::str::from_utf8(entry).is_err() {
            passed_over.push((path.into(), PassedOver::Name));
        } else if entry.starts_with(LINK) {
            passed_over.push((path.into(), PassedOver::Link));
        } else {
            blobs.push((path, id));
        }
    }
    passed_over.sort();
    if !blobs.iter().any(|(path, _)| path == "site.toml") {
        return Err(GitError::NoSite);
    }
    let mut ids = String::new();
    for (_, id) in &blobs {
        ids.push_str(id);
        ids.push('\n');
    }
    let contents = checked(run(root, &["cat-file", "--batch"], ids.as_bytes())?)?;
    let mut rest = contents.as_slice();
    let mut files = Vec::with_capacity(blobs.len());
    for (path, _) in &blobs {
        let bytes =
            next_object(&mut rest).ok_or_else(|| GitError::Failed(format!("cat-file: {path}")))?;
        files.push(SourceFile::new(path, bytes));
    }
    Ok(Sources {
        passed_over,
        ..Sources::new(files)
    })
}

/// How a line of `ls-tree` about a link begins.
const LINK: &[u8] = b"120000";

/// Path and object of a file or link in a line of `ls-tree`; other repositories are passed over.
fn blob(line: &str) -> Option<(String, String)> {
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split(' ');
    let (mode, kind, id) = (words.next()?, words.next()?, words.next()?);
    (kind == "blob" && (mode.starts_with("100") || mode.as_bytes() == LINK))
        .then(|| (path.to_owned(), id.to_owned()))
}

fn is_of_site(path: &str) -> bool {
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    path == "site.toml"
        || (FOLDERS.contains(&first) && !rest.is_empty() && !rest.split('/').any(is_litter))
}

/// The next object of `cat-file --batch`: a line with its size, its bytes, a line break.
fn next_object(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|b| *b == b'\n')?;
    let head = std::str::from_utf8(&rest[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 2 + size..)?;
    Some(bytes)
}

/// Runs `git` in `root`, with `input` for it to read.
fn run(root: &Path, arguments: &[&str], input: &[u8]) -> Result<Output, GitError> {
    let failed = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => GitError::Missing,
        _ => GitError::Failed(e.to_string()),
    };
    let mut child = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let mut stdin = child.stdin.take();
    let input = input.to_vec();
    // Git answers while it reads: one side must not wait for the other.
    let writer = std::thread::spawn(move || {
        if let Some(stdin) = &mut stdin {
            let _ = stdin.write_all(&input);
        }
    });
    let output = child.wait_with_output().map_err(failed)?;
    let _ = writer.join();
    Ok(output)
}

fn checked(output: Output) -> Result<Vec<u8>, GitError> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(GitError::Failed(
        said.lines().last().unwrap_or_default().to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_site_are_taken() {
        for path in ["site.toml", "data/2024-09/a.csv", "content/index.md"] {
            assert!(is_of_site(path), "{path}");
        }
        for path in [
            "public/index.html",
            "data",
            "data/.a.csv.tiendo-new",
            "x/site.toml",
        ] {
            assert!(!is_of_site(path), "{path}");
        }
        assert!(blob("160000 commit abc\tdata/other").is_none());
        assert_eq!(
            blob("100644 blob abc\tdata/Số liệu.csv"),
            Some(("data/Số liệu.csv".to_owned(), "abc".to_owned()))
        );
    }

    #[test]
    fn objects_are_read_by_their_size() {
        let mut rest: &[u8] = b"aa blob 3\na\nb\nbb blob 0\n\n";
        assert_eq!(next_object(&mut rest).as_deref(), Some(&b"a\nb"[..]));
        assert_eq!(next_object(&mut rest).as_deref(), Some(&b""[..]));
        assert_eq!(next_object(&mut rest), None);
    }
}
