//! A slip as a Word document (Office Open XML), in the layout of official papers: A4 upright, margins of 20, 20, 30 and
//! 15 mm, Times New Roman 13, the national motto on the right, page numbers on top from the second page on.
//!
//! The bytes are the same on every machine: no part has a date, and the archive stores its parts as they are.
//!
//! Source: Decree 30/2020/NĐ-CP, annex I; ECMA-376, part 1, for the elements.

mod page;
mod xml;

use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Slip;
use xml::{Element, element};

/// Writes a slip.
///
/// # Errors
/// Those of the archive's writer.
pub fn render(slip: &Slip) -> io::Result<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            relationships(&[("officeDocument", "word/document.xml")]),
        ),
        (
            "word/_rels/document.xml.rels",
            relationships(&[("styles", "styles.xml"), ("header", "header1.xml")]),
        ),
        ("word/document.xml", page::document(slip)),
        ("word/styles.xml", styles()),
        ("word/header1.xml", page::header()),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, root) in parts {
        archive
            .start_file(path, options)
            .map_err(io::Error::other)?;
        archive.write_all(&root.to_document()?)?;
    }
    let bytes = archive.finish().map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

fn content_types() -> Element {
    let over = |part: &str, kind: &str| {
        element("Override")
            .with("PartName", part)
            .with("ContentType", format!("{TYPES}.{kind}+xml"))
    };
    let default = |extension: &str, kind: &str| {
        element("Default")
            .with("Extension", extension)
            .with("ContentType", kind)
    };
    element("Types")
        .with("xmlns", format!("{PACKAGE}/content-types"))
        .child(default(
            "rels",
            "application/vnd.openxmlformats-package.relationships+xml",
        ))
        .child(default("xml", "application/xml"))
        .child(over("/word/document.xml", "document.main"))
        .child(over("/word/styles.xml", "styles"))
        .child(over("/word/header1.xml", "header"))
}

fn relationships(targets: &[(&str, &str)]) -> Element {
    let all = targets.iter().enumerate().map(|(i, (kind, target))| {
        element("Relationship")
            .with("Id", format!("rId{}", i + 1))
            .with("Type", format!("{DOCUMENT}/relationships/{kind}"))
            .with("Target", target)
    });
    element("Relationships")
        .with("xmlns", format!("{PACKAGE}/relationships"))
        .children(all)
}

/// The defaults of the document: Times New Roman 13, Vietnamese, no space between paragraphs.
fn styles() -> Element {
    let font = "Times New Roman";
    let run = element("w:rPr")
        .child(
            element("w:rFonts")
                .with("w:ascii", font)
                .with("w:hAnsi", font)
                .with("w:eastAsia", font)
                .with("w:cs", font),
        )
        .child(element("w:sz").with("w:val", 26))
        .child(element("w:szCs").with("w:val", 26))
        .child(element("w:lang").with("w:val", "vi-VN"));
    element("w:styles").with("xmlns:w", MAIN).child(
        element("w:docDefaults")
            .child(element("w:rPrDefault").child(run))
            .child(element("w:pPrDefault")),
    )
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::slip::tests::sample;

    fn part(bytes: &[u8], path: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive
            .by_name(path)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[test]
    fn the_bytes_are_always_the_same() {
        assert_eq!(render(&sample()).unwrap(), render(&sample()).unwrap());
    }

    #[test]
    fn the_document_holds_the_figures_and_the_page_of_the_decree() {
        let document = part(&render(&sample()).unwrap(), "word/document.xml");
        for text in [
            "PHIẾU ĐỀ NGHỊ KIỂM TRA SỐ LIỆU",
            "Độc lập - Tự do - Hạnh phúc",
            "Tỉnh Bình Định",
            "trang tính “Tháng 8”, ô B7",
            "ngày 30 tháng 9 năm 2024",
            "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
            "w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\"",
        ] {
            assert!(document.contains(text), "{text}");
        }
        assert_eq!(document.matches("<w:tblHeader/>").count(), 2);
    }

    #[test]
    fn every_part_is_named_in_the_types() {
        let bytes = render(&sample()).unwrap();
        let types = part(&bytes, "[Content_Types].xml");
        let archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let names = archive.file_names().map(|n| n.unwrap().into_owned());
        let parts = names.filter(|n| n.starts_with("word/") && !n.starts_with("word/_rels/"));
        for name in parts {
            assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name}");
        }
    }
}
