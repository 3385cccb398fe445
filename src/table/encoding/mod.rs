//! Bytes → text, in the encoding declared or the one that the bytes prove; never by guess.
//!
//! A byte order mark or valid UTF-8 is proof. The encodings of old fonts are told apart by their words (`evidence`).

mod evidence;
mod legacy;

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::source::SourceFile;

/// An encoding that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, the low byte first: “Unicode Text” of Excel.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// The Vietnamese code page of Windows, with combining tones.
    Windows1258,
    /// The fonts `.Vn…` of TCVN 5712 (“ABC”).
    Tcvn3,
    /// The fonts `VNI-…`.
    Vni,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1258,
        Self::Tcvn3,
        Self::Vni,
    ];

    /// The name used in mapping files and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1258 => "windows-1258",
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
        }
    }

    /// The encoding of that name, if there is one; capitals do not matter.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|e| e.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Bytes as text, if they can be text in this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        self.text(bytes).ok().map(Cow::into_owned)
    }

    fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 => &[0xEF, 0xBB, 0xBF],
            Self::Utf16Le => &[0xFF, 0xFE],
            Self::Utf16Be => &[0xFE, 0xFF],
            _ => &[],
        }
    }

    /// The bytes, without a byte order mark, as text in NFC (UTF-8 as it stands). An error is the position of the
    /// first byte that cannot be.
    fn text(self, bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|e| e.valid_up_to()),
            Self::Utf16Le => utf16(bytes, u16::from_le_bytes).map(Cow::Owned),
            Self::Utf16Be => utf16(bytes, u16::from_be_bytes).map(Cow::Owned),
            Self::Windows1258 => windows_1258(bytes).map(Cow::Owned),
            Self::Tcvn3 => legacy::tcvn3(bytes).map(Cow::Owned),
            Self::Vni => legacy::vni(bytes).map(Cow::Owned),
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, usize> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    for decoded in char::decode_utf16(pairs.iter().map(|p| unit(*p))) {
        let sign = decoded.map_err(|_| at)?;
        at += sign.len_utf16() * 2;
        out.push(sign);
    }
    if rest.is_empty() {
        Ok(out.nfc().collect())
    } else {
        Err(at)
    }
}

/// Tones are bytes of their own after the letter; NFC joins them. The code page leaves some bytes without a sign.
fn windows_1258(bytes: &[u8]) -> Result<String, usize> {
    let bad = |b: &u8| matches!(b, 0x8A | 0x8D | 0x8E | 0x8F | 0x90 | 0x9A | 0x9D | 0x9E);
    if let Some(at) = bytes.iter().position(bad) {
        return Err(at);
    }
    let (text, _) = encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes);
    Ok(text.nfc().collect())
}

/// The text of a file of our own making, which must be UTF-8, without its byte order mark.
///
/// # Errors
/// `encoding-unknown` where the bytes are not UTF-8, with the place of the first bad byte.
pub fn decode(file: &SourceFile) -> Result<String, Box<Diagnostic>> {
    let bytes = without_mark(&file.bytes, Encoding::Utf8);
    match Encoding::Utf8.text(bytes) {
        Ok(text) => Ok(text.into_owned()),
        Err(at) => Err(unknown(file, bytes, at, &suspected(bytes))),
    }
}

/// The text of a file of an office, without its byte order mark, and what is to be said about its encoding.
///
/// A declared encoding is obeyed. Text of another encoding than UTF-8 is in NFC.
///
/// # Errors
/// `file-binary` where it is no text, `encoding-invalid` where it is not in the declared encoding, and
/// `encoding-unknown` where no single encoding makes sense of it.
pub fn read(
    file: &SourceFile,
    declared: Option<Encoding>,
) -> Result<(Cow<'_, str>, Vec<Diagnostic>), Box<Diagnostic>> {
    let text = match declared {
        Some(encoding) => (obey(file, encoding)?, Vec::new()),
        None => detect(file)?,
    };
    if text.0.contains('\0') {
        return Err(binary(file));
    }
    Ok(text)
}

fn obey(file: &SourceFile, encoding: Encoding) -> Result<Cow<'_, str>, Box<Diagnostic>> {
    let bytes = without_mark(&file.bytes, encoding);
    encoding.text(bytes).map_err(|at| {
        let place = place(file, bytes, at, encoding);
        let offset = file.bytes.len() - bytes.len() + at + 1;
        let d = Diagnostic::new(codes::ENCODING_INVALID, place)
            .with("offset", offset)
            .with("name", encoding.name());
        Box::new(d)
    })
}

fn detect(file: &SourceFile) -> Result<(Cow<'_, str>, Vec<Diagnostic>), Box<Diagnostic>> {
    let bytes = &file.bytes;
    if kind(bytes).is_some() {
        return Err(binary(file));
    }
    let marked = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be]
        .into_iter()
        .find(|e| bytes.starts_with(e.mark()));
    if let Some(encoding) = marked {
        return Ok((obey(file, encoding)?, Vec::new()));
    }
    let at = match Encoding::Utf8.text(bytes) {
        Ok(text) if !text.contains('\0') => return Ok((text, Vec::new())),
        Ok(_) => 0,
        Err(at) => at,
    };
    let found = if bytes.contains(&0) {
        evidence::utf16(bytes).ok_or_else(|| binary(file))?
    } else {
        evidence::legacy(bytes).map_err(|e| unknown(file, bytes, at, &names(bytes, at, &e)))?
    };
    let text = obey(file, found)?;
    let d = Diagnostic::new(codes::ENCODING_LEGACY, Place::file(&file.path));
    Ok((text, vec![d.with("name", found.name())]))
}

fn without_mark(bytes: &[u8], encoding: Encoding) -> &[u8] {
    bytes.strip_prefix(encoding.mark()).unwrap_or(bytes)
}

/// The place of the byte `at`, counted in the characters that can be read before it.
fn place(file: &SourceFile, bytes: &[u8], at: usize, encoding: Encoding) -> Place {
    let before = encoding.text(&bytes[..at]).unwrap_or_default();
    Place::of_span(&file.path, &before, before.len()..before.len())
}

fn unknown(file: &SourceFile, bytes: &[u8], at: usize, suspected: &str) -> Box<Diagnostic> {
    let d = Diagnostic::new(
        codes::ENCODING_UNKNOWN,
        place(file, bytes, at, Encoding::Utf8),
    )
    .with("offset", at + 1)
    .with("suspected", suspected);
    Box::new(d)
}

fn suspected(bytes: &[u8]) -> String {
    let utf16 = [Encoding::Utf16Le, Encoding::Utf16Be]
        .into_iter()
        .find(|e| bytes.starts_with(e.mark()))
        .or_else(|| evidence::utf16(bytes).filter(|_| bytes.contains(&0)));
    if let Some(encoding) = utf16 {
        return encoding.name().to_owned();
    }
    let at = Encoding::Utf8.text(bytes).err().unwrap_or(0);
    match evidence::legacy(bytes) {
        Ok(encoding) => encoding.name().to_owned(),
        Err(likely) => names(bytes, at, &likely),
    }
}

/// The names of suspects; bytes that are UTF-8 up to `at`, with more than ASCII in them, may be damaged UTF-8.
fn names(bytes: &[u8], at: usize, suspects: &[Encoding]) -> String {
    let utf8 = (!bytes[..at].is_ascii()).then_some(Encoding::Utf8.name());
    let others = suspects.iter().map(|e| e.name());
    utf8.into_iter()
        .chain(others)
        .collect::<Vec<_>>()
        .join(", ")
}

fn binary(file: &SourceFile) -> Box<Diagnostic> {
    let what = kind(&file.bytes).map_or_else(String::new, |k| format!(" ({k})"));
    let d = Diagnostic::new(codes::FILE_BINARY, Place::file(&file.path))
        .with("extension", file.extension())
        .with("kind", what);
    Box::new(d)
}

/// What a file is that is often renamed to a table.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "Excel .xlsx, ODS, ZIP"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Excel .xls"),
        (b"%PDF-", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"Rar!\x1a", "RAR"),
    ];
    KINDS
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, name)| *name)
}

#[cfg(test)]
mod tests;
