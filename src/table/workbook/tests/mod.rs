//! Whole files: the same workbook in every format, against another reader, and files made to do harm.

mod formats;
mod hostile;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::*;

/// A file of `tests/data/`.
pub(super) fn held(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

pub(super) fn read_bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Checked<Workbook> {
    read(&SourceFile::new(name, bytes))
}

/// An archive of `parts`.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELATIONS: &str = r#"<Relationships xmlns="r"><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="t/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="t/styles" Target="styles.xml"/></Relationships>"#;

/// An XLSX file of one sheet: the properties of the workbook, the sheet, the shared strings, the styles.
pub(super) fn xlsx(properties: &str, sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    let workbook = format!(
        "<workbook>{properties}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let sheet = format!("<worksheet>{sheet}</worksheet>");
    archive(&[
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        (
            "xl/sharedStrings.xml",
            format!("<sst>{strings}</sst>").as_bytes(),
        ),
        (
            "xl/styles.xml",
            format!("<styleSheet>{styles}</styleSheet>").as_bytes(),
        ),
    ])
}

/// An ODS file with these tables.
pub(super) fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

/// Sheets, one line a row; `!` before what is hidden, `%`, `#`, `@` and `E` before what is no text.
pub(super) fn drawn(workbook: &Workbook) -> String {
    let mut out = String::new();
    for grid in &workbook.grids {
        let hidden = if grid.hidden { "!" } else { "" };
        let _ = writeln!(
            out,
            "{hidden}[{}]",
            grid.sheet.as_deref().unwrap_or_default()
        );
        for row in &grid.rows {
            let hidden = if row.hidden { "!" } else { "" };
            let _ = write!(out, "{hidden}{}", row.line + 1);
            for cell in &row.cells {
                let kind = match cell.kind {
                    CellType::Text => "",
                    CellType::Number => "#",
                    CellType::Percent => "%",
                    CellType::Date => "@",
                    CellType::Error => "E",
                };
                let column = crate::diagnostic::cell_reference(row.line, cell.column);
                let _ = write!(out, " {column}={kind}{}", cell.text.escape_debug());
            }
            out.push('\n');
        }
    }
    out
}

/// The codes and places of findings.
pub(super) fn found(read: &Checked<Workbook>) -> Vec<String> {
    let shown = |d: &Diagnostic| format!("{} {}", d.code, d.place.shown());
    read.diagnostics.iter().map(shown).collect()
}

use crate::table::grid::CellType;
