//! The sibling folder that a build writes to, and its exchange with the published one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use serde::{Deserialize, Serialize};

use super::{Sink, Written};
use crate::error::Error;

/// The file by which a folder is known to be made by tiendo.
const MANIFEST: &str = "manifest.json";

/// A folder being built beside the published one.
#[derive(Debug)]
pub struct Staging {
    output: PathBuf,
    folder: PathBuf,
    written: Mutex<Vec<Written>>,
    /// Hash of each file of the published site; read when first asked for.
    published: OnceLock<BTreeMap<String, String>>,
    finished: bool,
}

#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'a str,
    version: &'a str,
    files: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    path: &'a str,
    bytes: u64,
    blake3: &'a str,
}

#[derive(Deserialize)]
struct Published {
    files: Vec<PublishedEntry>,
}

#[derive(Deserialize)]
struct PublishedEntry {
    path: String,
    blake3: String,
}

/// The hashes that the manifest of a published site names; none where it cannot be read.
fn published(output: &Path) -> BTreeMap<String, String> {
    let manifest = fs::read(output.join(MANIFEST)).ok();
    manifest
        .and_then(|bytes| serde_json::from_slice::<Published>(&bytes).ok())
        .map(|m| m.files.into_iter().map(|f| (f.path, f.blake3)).collect())
        .unwrap_or_default()
}

/// Whether a folder may be replaced: it does not exist, is empty, or was made by tiendo.
pub fn is_ours(folder: &Path) -> bool {
    if !folder.exists() || folder.join(MANIFEST).is_file() {
        return true;
    }
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

impl Staging {
    /// Begins a build of `output` for the site at `root`. What an interrupted build left behind is removed.
    ///
    /// # Errors
    /// `ForeignOutput` where the folder holds what tiendo did not make, `OutputCoversSite` where it would
    /// replace the site, `Io` where the machine refuses.
    pub fn begin(root: &Path, output: &Path) -> Result<Self, Error> {
        let absolute = |p: &Path| std::path::absolute(p).map_err(|e| Error::read(p, e));
        let (root, output) = (absolute(root)?, absolute(output)?);
        if root.starts_with(&output)
            || ["content", "data", "themes", "src"]
                .iter()
                .any(|f| output.starts_with(root.join(f)))
        {
            return Err(Error::OutputCoversSite(output));
        }
        if !is_ours(&output) {
            return Err(Error::ForeignOutput(output));
        }
        let name = output
            .file_name()
            .map_or_else(|| "public".into(), |n| n.to_string_lossy().into_owned());
        let folder = output.with_file_name(format!(".{name}.tiendo-new"));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|e| Error::write(&folder, e))?;
        }
        fs::create_dir_all(&folder).map_err(|e| Error::write(&folder, e))?;
        Ok(Self {
            output,
            folder,
            written: Mutex::new(Vec::new()),
            published: OnceLock::new(),
            finished: false,
        })
    }

    /// Writes the manifest and puts the new folder in the place of the old one.
    ///
    /// # Errors
    /// The machine's; the old folder then still stands.
    pub fn finish(mut self) -> Result<Vec<Written>, Error> {
        let mut written = self
            .written
            .get_mut()
            .map(std::mem::take)
            .unwrap_or_default();
        written.sort();
        let manifest = Manifest {
            generator: "tiendo",
            version: env!("CARGO_PKG_VERSION"),
            files: written
                .iter()
                .map(|w| Entry {
                    path: &w.path,
                    bytes: w.bytes,
                    blake3: &w.hash,
                })
                .collect(),
        };
        let mut text = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        text.push(b'\n');
        let path = self.folder.join(MANIFEST);
        fs::write(&path, text).map_err(|e| Error::write(&path, e))?;
        exchange(&self.folder, &self.output).map_err(|e| Error::write(&self.output, e))?;
        self.finished = true;
        Ok(written)
    }

    fn path(&self, path: &str) -> Result<PathBuf, Error> {
        let is_inside = path
            .split('/')
            .all(|p| !p.is_empty() && p != "." && p != ".." && !p.contains('\\'));
        let full = self.folder.join(path);
        if !is_inside {
            return Err(Error::write(
                &full,
                std::io::Error::other("leaves the output folder"),
            ));
        }
        if let Some(parent) = full.parent() {
            fs::create_dir_all(parent).map_err(|e| Error::write(parent, e))?;
        }
        Ok(full)
    }

    fn note(&self, path: &str, bytes: u64, hash: &blake3::Hash) {
        if let Ok(mut written) = self.written.lock() {
            written.push(Written {
                path: path.to_owned(),
                bytes,
                hash: hash.to_hex().to_string(),
            });
        }
    }
}

impl Sink for Staging {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let full = self.path(path)?;
        fs::write(&full, bytes).map_err(|e| Error::write(&full, e))?;
        self.note(path, bytes.len() as u64, &blake3::hash(bytes));
        Ok(())
    }

    fn stream(
        &self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        let full = self.path(path)?;
        let file = fs::File::create(&full).map_err(|e| Error::write(&full, e))?;
        // Whole blocks reach the hash, which takes them several times as fast as single rows.
        let mut out = BufWriter::with_capacity(
            1 << 17,
            Hashing {
                inner: file,
                hasher: blake3::Hasher::new(),
                bytes: 0,
            },
        );
        write(&mut out)
            .and_then(|()| out.flush())
            .map_err(|e| Error::write(&full, e))?;
        let hashing = out.get_ref();
        self.note(path, hashing.bytes, &hashing.hasher.finalize());
        Ok(())
    }

    fn kept(&self, path: &str) -> Option<Vec<u8>> {
        let hash = self
            .published
            .get_or_init(|| published(&self.output))
            .get(path)?;
        let bytes = fs::read(self.output.join(path)).ok()?;
        (blake3::hash(&bytes).to_hex().as_str() == hash).then_some(bytes)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.finished {
            // A folder left behind is removed by the next build; nothing published depends on it.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

struct Hashing<W: Write> {
    inner: W,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.inner.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// Puts `new` where `old` is, in one step where the system can, and removes what was there.
fn exchange(new: &Path, old: &Path) -> std::io::Result<()> {
    if !old.exists() {
        return fs::rename(new, old);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return fs::remove_dir_all(new);
        }
    }
    let aside = old.with_extension("tiendo-old");
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(old, &aside)?;
    if let Err(e) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(e);
    }
    fs::remove_dir_all(&aside)
}
