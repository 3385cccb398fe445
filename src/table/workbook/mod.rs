//! Workbooks: XLSX, XLSM, XLS and ODS → grids of cells, and all other text that a privacy check must see.
//!
//! A file is read as what it holds, whatever its name says. The readers are our own, over the archives (`zip`, `cfb`)
//! and `quick-xml`: they keep what figures need (percentages, hidden rows, missing results of formulas) and hold every
//! limit before memory is spent, which readers of whole sheets into dense tables cannot.

mod fonts;
mod format;
mod limits;
mod ods;
mod package;
mod sheet;
mod xls;
mod xlsx;
mod xml;

use std::sync::Arc;

use self::limits::Failure;
use self::package::Package;
use super::encoding;
use super::grid::Grid;
use crate::diagnostic::{Checked, Diagnostic, Place, codes};
use crate::source::SourceFile;

/// What a workbook holds.
#[derive(Clone, Debug, Default)]
pub struct Workbook {
    /// The sheets of cells in their order, the hidden ones too.
    pub grids: Vec<Grid>,
    /// Text outside of cells: properties of the document, defined names, comments, headers, footers, text boxes.
    pub texts: Vec<(Place, String)>,
    /// Whether the file is no workbook but delimited text.
    pub is_text: bool,
}

/// What a reader made of a file, or why it could not.
type Outcome = Result<Checked<Workbook>, Failure>;

/// What a file is, by its first bytes.
enum Content {
    Xlsx,
    Ods,
    Xls,
    Html,
    OldXml,
    Other,
}

/// Reads a workbook. A file that cannot be read whole gives no grids.
///
/// A file that is really a text table (an “export” with the name of a workbook) is left to the caller, who sees
/// `is_text` and [`codes::WORKBOOK_MISNAMED`].
pub fn read(file: &SourceFile) -> Checked<Workbook> {
    let (outcome, found) = match content(&file.bytes) {
        Content::Xlsx => (xlsx::read(file), "xlsx"),
        Content::Ods => (ods::read(file), "ods"),
        Content::Xls => (xls::read(file), "xls"),
        Content::Html => return failed(named(file, codes::WORKBOOK_IS_HTML)),
        Content::OldXml => (Err(Failure::Unsupported("Excel 2003 XML")), "xml"),
        Content::Other => return other(file),
    };
    let mut read = match outcome {
        Ok(read) => read,
        Err(failure) => return failed(failure.diagnostic(&file.path)),
    };
    if !fits(&file.extension(), found) {
        let d = named(file, codes::WORKBOOK_MISNAMED).with("found", found);
        read.diagnostics.push(d);
    }
    if read.value.grids.iter().all(|g| g.rows.is_empty()) {
        let d = Diagnostic::new(codes::TABLE_EMPTY, Place::file(&file.path));
        read.diagnostics.push(d);
    }
    read
}

fn failed(d: Diagnostic) -> Checked<Workbook> {
    Checked::new(Workbook::default(), vec![d])
}

fn named(file: &SourceFile, code: codes::Code) -> Diagnostic {
    Diagnostic::new(code, Place::file(&file.path)).with("extension", file.extension())
}

fn fits(extension: &str, found: &str) -> bool {
    extension == found || (found == "xlsx" && matches!(extension, "xlsm" | "xltx" | "xltm"))
}

/// What is no workbook: text that a program named so, or something damaged.
fn other(file: &SourceFile) -> Checked<Workbook> {
    let is_text = !file.bytes.is_empty() && encoding::read(file, None).is_ok();
    if !is_text {
        return failed(Failure::damaged(file.name()).diagnostic(&file.path));
    }
    let mut out = failed(named(file, codes::WORKBOOK_MISNAMED).with("found", "csv"));
    out.value.is_text = true;
    out
}

fn content(bytes: &[u8]) -> Content {
    if bytes.starts_with(b"PK") {
        let is_ods = Package::open(bytes).is_ok_and(|p| p.has("content.xml"));
        return if is_ods { Content::Ods } else { Content::Xlsx };
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Content::Xls;
    }
    let start = &bytes[..bytes.len().min(4096)];
    let text: String = String::from_utf8_lossy(start)
        .chars()
        .filter(|c| *c != '\0')
        .collect::<String>()
        .to_lowercase();
    let text =
        text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{fffd}');
    if text.starts_with("<?xml")
        && text.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && !text.contains("<html")
    {
        Content::OldXml
    } else if text.starts_with('<')
        && ["<html", "<table", "<!doctype html"]
            .iter()
            .any(|w| text.contains(w))
    {
        Content::Html
    } else {
        Content::Other
    }
}

/// The place of a text outside of cells: the part of the archive and what it is called there.
fn place_of(file: &Arc<str>, what: &str) -> Place {
    Place {
        path: Some(what.to_owned()),
        ..Place::file(file)
    }
}

#[cfg(test)]
mod tests;
