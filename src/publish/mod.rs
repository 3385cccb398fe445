//! Pages and data → the output folder: the one place that writes the disk.
//!
//! A build writes to a sibling folder and takes the place of the old one at the very end. A build that fails, or
//! is killed, leaves the old site whole.

mod guard;
mod record;
mod scales;
mod staging;

use std::io::Write;
use std::sync::Mutex;

use crate::error::Error;

pub use guard::{Guard, Leak};
pub use record::record;
pub use scales::{Scales, Weight};
pub use staging::{Staging, is_ours};

/// Where finished files go. Paths have `/` between their parts and never leave the folder.
pub trait Sink: Sync {
    /// Writes a whole file.
    ///
    /// # Errors
    /// The machine's, with the path.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error>;

    /// Writes a file piece by piece.
    ///
    /// # Errors
    /// The machine's, with the path.
    fn stream(
        &self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Error>;

    /// What the site published last has at a path, where it is still as it was published.
    ///
    /// Only for files whose name says what they hold. Nothing found costs time and no more.
    fn kept(&self, path: &str) -> Option<Vec<u8>> {
        let _ = path;
        None
    }
}

/// What was written: path, size and hash of each file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// Path below the output folder.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 hash, hexadecimal.
    pub hash: String,
}

/// A sink that keeps everything in memory, for tests and measurements.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<std::collections::BTreeMap<String, Vec<u8>>>,
}

impl Memory {
    /// The files written so far.
    pub fn into_files(self) -> std::collections::BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_default()
    }
}

impl Sink for Memory {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        if let Ok(mut files) = self.files.lock() {
            files.insert(path.to_owned(), bytes.to_vec());
        }
        Ok(())
    }

    fn stream(
        &self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        let mut bytes = Vec::new();
        write(&mut bytes).map_err(|e| Error::write(std::path::Path::new(path), e))?;
        self.write(path, &bytes)
    }
}
