//! Failures of the machine (reading, writing), always with the path. Problems in the user's files are
//! not errors but [`crate::diagnostic::Diagnostic`]s.

use std::io;
use std::path::{Path, PathBuf};

/// What the program was doing when the machine failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reading a file or folder of the site.
    Read,
    /// Writing a file or folder of the result.
    Write,
}

/// A failure of the machine.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The operating system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was being done.
        action: Action,
        /// The file or folder concerned.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// There is no `site.toml` in the folder.
    #[error("{}: no site.toml", .0.display())]
    NoSite(PathBuf),
    /// The output folder holds files that tiendo did not make.
    #[error("{}: not made by tiendo", .0.display())]
    ForeignOutput(PathBuf),
    /// The output folder would contain or replace the site itself.
    #[error("{}: the output would cover the site", .0.display())]
    OutputCoversSite(PathBuf),
    /// A command-line value cannot be used.
    #[error("{0}")]
    Usage(String),
    /// A bug or a damaged theme: the message says where.
    #[error("{0}")]
    Theme(String),
}

impl Error {
    /// A failure while reading `path`.
    pub fn read(path: &Path, source: io::Error) -> Self {
        Self::Io {
            action: Action::Read,
            path: path.to_owned(),
            source,
        }
    }

    /// A failure while writing `path`.
    pub fn write(path: &Path, source: io::Error) -> Self {
        Self::Io {
            action: Action::Write,
            path: path.to_owned(),
            source,
        }
    }
}
