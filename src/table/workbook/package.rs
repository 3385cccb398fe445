//! The archive of an XLSX or ODS workbook: its parts, inflated no further than the limits allow.

use std::io::{self, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{self, Failure, check};
use super::xml::Xml;

/// An open archive.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes inflated so far.
    spent: u64,
}

impl<'b> Package<'b> {
    /// Opens an archive and counts its parts.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Failure> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Failure::damaged(""))?;
        check("limit-zip-parts", zip.len() as u64, limits::PARTS)?;
        Ok(Self { zip, spent: 0 })
    }

    /// Whether there is a part of that name; capitals do not matter.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &str) -> Option<usize> {
        let is_it = |index: &usize| match self.zip.name_for_index(*index) {
            Some(Ok(n)) => n.replace('\\', "/").eq_ignore_ascii_case(name),
            _ => false,
        };
        let exact = self.zip.index_for_name(name);
        exact.or_else(|| (0..self.zip.len()).find(is_it))
    }

    /// The XML of a part, or nothing if there is no such part.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<impl io::BufRead>>, Failure> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let part = self.zip.by_index(index).map_err(|e| match e {
            ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => {
                Failure::Encrypted
            }
            _ => Failure::damaged(name),
        })?;
        let packed = part.compressed_size();
        check_size(part.size(), packed)?;
        check(
            "limit-total-bytes",
            self.spent.saturating_add(part.size()),
            limits::TOTAL_BYTES,
        )?;
        let limited = Limited {
            inner: part,
            packed,
            read: 0,
            spent: &mut self.spent,
            text: 0,
        };
        Ok(Some(Xml::new(
            name,
            BufReader::with_capacity(1 << 16, limited),
        )))
    }

    /// The XML of a part that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<Xml<impl io::BufRead>, Failure> {
        self.xml(name)?.ok_or_else(|| Failure::damaged(name))
    }
}

fn check_size(size: u64, packed: u64) -> Result<(), Failure> {
    check("limit-part-bytes", size, limits::PART_BYTES)?;
    if size > limits::RATIO_FROM_BYTES {
        check(
            "limit-compression-ratio",
            size / packed.max(1),
            limits::RATIO,
        )?;
    }
    Ok(())
}

/// A part that stops with an error where it turns out larger than it may be, whatever the archive declares.
struct Limited<'s, R> {
    inner: R,
    packed: u64,
    read: u64,
    spent: &'s mut u64,
    /// Bytes since the last `<`.
    text: u64,
}

impl<R> Limited<'_, R> {
    fn count(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let n = bytes.len() as u64;
        self.read += n;
        *self.spent += n;
        check_size(self.read, self.packed)?;
        check("limit-total-bytes", *self.spent, limits::TOTAL_BYTES)?;
        let first = bytes.iter().position(|b| *b == b'<');
        let last = bytes.iter().rposition(|b| *b == b'<');
        check(
            "limit-cell-bytes",
            self.text + first.map_or(n, |i| i as u64),
            limits::TEXT_BYTES,
        )?;
        self.text = match last {
            Some(last) => n - last as u64,
            None => self.text + n,
        };
        Ok(())
    }
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count(&buffer[..n]).map_err(io::Error::other)?;
        Ok(n)
    }
}
