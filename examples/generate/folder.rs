//! The folder that the site is written to.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Says that this program wrote the folder and may write it again.
const MARKER: &str = ".tiendo-minh-hoa";

/// A folder that is empty or was written by this program.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes or empties the folder.
    ///
    /// # Errors
    /// The folder holds files of others, or the disk refuses.
    pub(crate) fn claim(path: &Path) -> Result<Self, String> {
        fs::create_dir_all(path).map_err(|e| refused(path, &e))?;
        let is_empty = fs::read_dir(path)
            .map_err(|e| refused(path, &e))?
            .next()
            .is_none();
        if !is_empty && !path.join(MARKER).is_file() {
            return Err(format!(
                "thư mục `{}` có tệp không do chương trình này ghi (không có `{MARKER}`); hãy chọn một thư mục trống",
                path.display()
            ));
        }
        let folder = Self(path.to_owned());
        folder.file(MARKER, |out| {
            writeln!(out, "Số liệu minh họa; thư mục này có thể bị ghi lại.")
        })?;
        for name in ["data", "content"] {
            let old = path.join(name);
            if old.exists() {
                fs::remove_dir_all(&old).map_err(|e| refused(&old, &e))?;
            }
        }
        Ok(folder)
    }

    /// Writes one file, and the folders above it.
    ///
    /// # Errors
    /// The disk refuses.
    pub(crate) fn file<T>(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
    ) -> Result<T, String> {
        let path = self.0.join(name);
        let fill = || {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            let mut out = BufWriter::with_capacity(1 << 18, File::create(&path)?);
            let value = write(&mut out)?;
            out.flush()?;
            Ok(value)
        };
        fill().map_err(|e| refused(&path, &e))
    }
}

fn refused(path: &Path, error: &io::Error) -> String {
    format!("không ghi được `{}`: {error}", path.display())
}
