//! Single files of the site itself that the program keeps: the released figures, the reasons for changes.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::Error;

/// Writes a file below the site's folder in one step: whoever looks, or pulls the plug, finds the old file or the new
/// one, whole.
///
/// The bytes go to a hidden neighbour first, which every reader of the site passes over and the next writing replaces.
///
/// # Errors
/// The machine's, with the path; the old file then still stands.
pub fn record(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let full = root.join(path);
    let Some((folder, name)) = full.parent().zip(full.file_name()) else {
        return Err(Error::write(&full, std::io::Error::other("is no file")));
    };
    fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
    let new = folder.join(format!(".{}.tiendo-new", name.to_string_lossy()));
    let written = fs::File::create(&new).and_then(|mut file| {
        file.write_all(bytes)?;
        // The rename must not reach the disk before the bytes do.
        file.sync_all()
    });
    written.map_err(|e| Error::write(&new, e))?;
    fs::rename(&new, &full).map_err(|e| Error::write(&full, e))
}
