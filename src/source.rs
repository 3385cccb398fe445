//! Reads the site's folder: the one place that reads the disk.
//!
//! In: the root folder. Out: every file that matters to a build, in order of path, with forward slashes.
//! What a file means is left to the stages after.

mod build;
mod git;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::error::Error;

pub use build::{Published, find_published};
pub use git::{GitError, scan_commit};

/// One file of the site.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path below the root, with `/` between its parts.
    pub path: Arc<str>,
    /// The bytes as they stand on the disk.
    pub bytes: Vec<u8>,
}

impl SourceFile {
    /// A file that never was on a disk, for tests.
    pub fn new(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
        }
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The extension in lower case, or an empty text.
    pub fn extension(&self) -> String {
        self.name()
            .rsplit_once('.')
            .map_or_else(String::new, |(_, e)| e.to_lowercase())
    }

    /// The path without the last part.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(f, _)| f)
    }
}

/// Bytes of one file that are read; a table of two million rows has about 150 million.
pub const MOST_BYTES: u64 = 512 << 20;

/// All files of a site, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The files.
    pub files: Vec<SourceFile>,
    /// Files of more than [`MOST_BYTES`], which are not read, with their sizes.
    pub too_large: Vec<(Arc<str>, u64)>,
    /// Files and folders that are not read at all, with the reason.
    pub passed_over: Vec<(Arc<str>, PassedOver)>,
}

/// Why a file or folder is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassedOver {
    /// It is a link to another one, which might lie outside the site.
    Link,
    /// Its name is no Unicode, so that two of them could not be told apart.
    Name,
}

impl Sources {
    /// Gathers files that never were on a disk.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            files,
            ..Self::default()
        }
    }

    /// The file at `path`, if there is one.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files
            .binary_search_by(|f| (*f.path).cmp(path))
            .ok()
            .map(|i| &self.files[i])
    }

    /// The files below `folder` (which ends without a slash).
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files.iter().filter(move |f| {
            f.path
                .strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

/// The lines of text files by their number; where a file's lines begin is found once.
#[derive(Debug)]
pub struct Lines<'s> {
    sources: &'s Sources,
    starts: RefCell<BTreeMap<Arc<str>, Vec<usize>>>,
}

impl<'s> Lines<'s> {
    /// The lines of all files.
    pub fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            starts: RefCell::default(),
        }
    }

    /// A line, from 0, without its end and without a byte order mark; nothing where it is not UTF-8.
    pub fn get(&self, path: &str, line: u32) -> Option<&'s str> {
        let file = self.sources.get(path)?;
        let mut all = self.starts.borrow_mut();
        let starts = all.entry(Arc::clone(&file.path)).or_insert_with(|| {
            let ends = file.bytes.iter().enumerate().filter(|(_, b)| **b == b'\n');
            std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect()
        });
        let from = *starts.get(line as usize)?;
        let to = starts
            .get(line as usize + 1)
            .map_or(file.bytes.len(), |next| next - 1);
        let text = std::str::from_utf8(file.bytes.get(from..to)?).ok()?;
        Some(text.trim_end_matches('\r').trim_start_matches('\u{feff}'))
    }
}

/// The folders that a site is made of, beside `site.toml`.
const FOLDERS: [&str; 3] = ["content", "data", "themes"];

/// Reads the whole site below `root`.
///
/// Lock files of office programs, hidden files and the litter of file managers are passed over. Links are not
/// followed, so that nothing outside the root can enter; they and names that are no Unicode are noted.
///
/// # Errors
/// `NoSite` where there is no `site.toml`; `Io` where a file or folder cannot be read.
pub fn scan(root: &Path) -> Result<Sources, Error> {
    let settings = root.join("site.toml");
    if !settings.is_file() {
        return Err(Error::NoSite(root.to_owned()));
    }
    let mut sources = Sources::default();
    let mut paths = vec![settings];
    for folder in FOLDERS {
        let folder = root.join(folder);
        if folder.is_dir() {
            let passed_over = walk(root, &folder, &mut paths)?;
            sources.passed_over.extend(passed_over);
        }
    }
    let read = paths
        .par_iter()
        .map(|path| {
            let name: Arc<str> = relative(root, path).into();
            let bytes = bytes(path).map_err(|e| Error::read(path, e))?;
            Ok((name, bytes))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    for (path, bytes) in read {
        match bytes {
            Ok(bytes) => sources.files.push(SourceFile { path, bytes }),
            Err(size) => sources.too_large.push((path, size)),
        }
    }
    sources.files.sort_by(|a, b| a.path.cmp(&b.path));
    sources.too_large.sort();
    sources.passed_over.sort();
    Ok(sources)
}

/// The bytes of a file, or its size where that is too large. A file that grows meanwhile is read no further.
fn bytes(path: &Path) -> io::Result<Result<Vec<u8>, u64>> {
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > MOST_BYTES {
        return Ok(Err(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    Ok(if size > MOST_BYTES {
        Err(size)
    } else {
        Ok(bytes)
    })
}

/// Reads one file from anywhere; a file below `root` keeps its path there, any other stands as if it were in a
/// folder of `data/`.
///
/// # Errors
/// `Io` where it cannot be read or is too large.
pub fn read_one(root: &Path, path: &Path) -> Result<SourceFile, Error> {
    let bytes = bytes(path)
        .and_then(|read| read.map_err(|_| io::ErrorKind::FileTooLarge.into()))
        .map_err(|e| Error::read(path, e))?;
    let full = |p: &Path| fs::canonicalize(p).unwrap_or_else(|_| p.to_owned());
    let (root, path) = (full(root), full(path));
    let name = if path.starts_with(root.join("data")) {
        relative(&root, &path)
    } else {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        format!("data/*/{name}")
    };
    Ok(SourceFile {
        path: name.into(),
        bytes,
    })
}

fn walk(
    root: &Path,
    folder: &Path,
    paths: &mut Vec<PathBuf>,
) -> Result<Vec<(Arc<str>, PassedOver)>, Error> {
    let mut entries = WalkDir::new(folder).follow_links(false).into_iter();
    let mut passed_over = Vec::new();
    while let Some(entry) = entries.next() {
        let entry = entry.map_err(|e| {
            let path = e.path().unwrap_or(folder).to_owned();
            Error::read(
                &path,
                e.into_io_error()
                    .unwrap_or_else(|| std::io::Error::other("loop of links")),
            )
        })?;
        let kind = entry.file_type();
        let is_root = entry.depth() == 0;
        let why = match entry.file_name().to_str() {
            _ if is_root => None,
            Some(name) if is_litter(name) => {
                if kind.is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
            Some(_) => kind.is_symlink().then_some(PassedOver::Link),
            None => Some(PassedOver::Name),
        };
        if let Some(why) = why {
            if kind.is_dir() {
                entries.skip_current_dir();
            }
            passed_over.push((relative(root, entry.path()).into(), why));
        } else if kind.is_file() {
            paths.push(entry.into_path());
        }
    }
    Ok(passed_over)
}

/// Whether a name is that of a lock file, a hidden file or a file manager's litter.
fn is_litter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below
        .components()
        .map(|c| escaped(c.as_os_str().as_encoded_bytes()))
        .collect::<Vec<_>>()
        .join("/")
}

/// A name with the bytes that are no Unicode written out, so that no two names look alike: `b\xE1o.csv`.
fn escaped(name: &[u8]) -> String {
    let mut out = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_is_passed_over() {
        for name in ["~$bao-cao.xlsx", ".DS_Store", "Thumbs.db", "a.csv~"] {
            assert!(is_litter(name), "{name}");
        }
        assert!(!is_litter("dvc.csv"));
    }

    #[test]
    fn bytes_that_are_no_unicode_are_written_out() {
        assert_eq!(
            escaped(b"b\xE1o c\xC3\xA1o\xFF.csv"),
            "b\\xE1o cáo\\xFF.csv"
        );
    }

    #[test]
    fn lines_are_found_by_number() {
        let sources = Sources::new(vec![SourceFile::new("a", "\u{feff}một\r\nhai\n\nba")]);
        let lines = Lines::new(&sources);
        let found: Vec<Option<&str>> = (0..5).map(|i| lines.get("a", i)).collect();
        assert_eq!(
            found,
            [Some("một"), Some("hai"), Some(""), Some("ba"), None]
        );
    }

    #[test]
    fn files_are_found_by_path_and_folder() {
        let sources = Sources::new(vec![
            SourceFile::new("data/b/x.csv", ""),
            SourceFile::new("data/a.csv", ""),
        ]);
        assert_eq!(
            sources.get("data/b/x.csv").map(SourceFile::name),
            Some("x.csv")
        );
        assert_eq!(sources.below("data/b").count(), 1);
        assert_eq!(sources.below("data").count(), 2);
    }
}
