//! A published site as a folder: its files of figures.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The file of all figures.
const WHOLE: &str = "so-lieu.csv";

/// Figures of a published site.
#[derive(Clone, Debug)]
pub struct Published {
    folder: PathBuf,
    /// The periods, by the names of their files, sorted.
    pub periods: Vec<String>,
}

/// Looks for the figures of a published site in `folder`: `so-lieu.csv` in it or one folder below, and the files of
/// the editions beside it. `None` where it is no published site.
///
/// # Errors
/// `Io` where a folder cannot be read.
pub fn find_published(folder: &Path) -> Result<Option<Published>, Error> {
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut folders = vec![folder.to_owned()];
    folders.extend(names(folder)?.into_iter().map(|n| folder.join(n)));
    let Some(data) = folders.into_iter().find(|f| f.join(WHOLE).is_file()) else {
        return Ok(None);
    };
    let editions = data.join("ky");
    let mut periods = Vec::new();
    if editions.is_dir() {
        let files = names(&editions)?.into_iter();
        periods.extend(files.filter_map(|n| n.strip_suffix(".csv").map(str::to_owned)));
    }
    periods.sort();
    Ok(Some(Published {
        folder: editions,
        periods,
    }))
}

impl Published {
    /// The file of an edition; nothing where there is none.
    ///
    /// # Errors
    /// `Io` where it cannot be read.
    pub fn edition(&self, period: &str) -> Result<Option<(PathBuf, Vec<u8>)>, Error> {
        if !self.periods.iter().any(|p| p == period) {
            return Ok(None);
        }
        let path = self.folder.join(format!("{period}.csv"));
        let bytes = fs::read(&path).map_err(|e| Error::read(&path, e))?;
        Ok(Some((path, bytes)))
    }
}

fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| Error::read(folder, e))? {
        let entry = entry.map_err(|e| Error::read(folder, e))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
