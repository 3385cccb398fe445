//! Files that are not what they say, damaged ones, and ones that are made to exhaust the machine.

use proptest::prelude::*;

use super::*;

fn codes(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
    let read = read_bytes(name, bytes);
    read.diagnostics
        .iter()
        .map(|d| d.code.to_string())
        .collect()
}

/// The limit that a file exceeds.
fn limit(name: &str, bytes: Vec<u8>) -> String {
    let read = read_bytes(name, bytes);
    let d = &read.diagnostics[0];
    assert!(read.value.grids.is_empty(), "{:?}", found(&read));
    assert_eq!(d.code, codes::INPUT_TOO_LARGE, "{d:?}");
    let crate::diagnostic::Argument::Phrase(words) = &d.arguments[0].1 else {
        panic!("{d:?}");
    };
    words.key().trim_start_matches("limit-").to_owned()
}

fn sheet(cells: &str) -> Vec<u8> {
    xlsx("", &format!("<sheetData>{cells}</sheetData>"), "", "")
}

#[test]
fn a_file_is_read_as_what_it_holds() {
    let html = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>1</table>";
    assert_eq!(codes("a.xls", html), ["workbook-is-html"]);
    assert_eq!(
        codes("a.xls", "\u{feff}\n <TABLE><tr><td>1</td></tr></TABLE>"),
        ["workbook-is-html"]
    );
    let xml =
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
    assert_eq!(codes("a.xls", xml), ["format-unsupported"]);
    assert_eq!(
        codes("a.xls", "Đơn vị\tSố\nHuế\t1\n"),
        ["workbook-misnamed"]
    );
    assert_eq!(codes("a.xlsx", ""), ["workbook-damaged"]);
    assert_eq!(
        codes("a.xlsx", b"\x00\x01\x02".to_vec()),
        ["workbook-damaged"]
    );
    let renamed = read_bytes("a.xlsx", held("bao-cao.xls"));
    assert_eq!(renamed.value.grids.len(), 3);
    assert!(found(&renamed).contains(&String::from("workbook-misnamed a.xlsx")));
    let macros = codes("a.xlsm", held("phu-tho-tien-do-2026-08.xlsx"));
    assert_eq!(macros, [""; 0]);
    assert_eq!(
        codes("a.xlsx", archive(&[("word/document.xml", b"<w/>")])),
        ["workbook-damaged"]
    );
    assert_eq!(codes("a.xlsx", sheet("")), ["table-empty"]);
}

#[test]
fn protected_files_are_named_so() {
    let compound = |streams: &[(&str, &[u8])]| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, bytes) in streams {
            file.create_stream(name).unwrap().write_all(bytes).unwrap();
        }
        file.into_inner().into_inner()
    };
    let package = compound(&[("/EncryptionInfo", b"x"), ("/EncryptedPackage", b"y")]);
    assert_eq!(codes("a.xlsx", package), ["workbook-encrypted"]);
    let begin = [0x09, 0x08, 4, 0, 0, 6, 5, 0];
    let password = [&begin[..], &[0x2F, 0, 2, 0, 1, 0]].concat();
    assert_eq!(
        codes("a.xls", compound(&[("/Workbook", &password)])),
        ["workbook-encrypted"]
    );
    assert_eq!(
        codes("a.xls", compound(&[("/Workbook", &begin)])),
        ["workbook-damaged"]
    );
    assert_eq!(
        codes("a.xls", compound(&[("/Book", b"x")])),
        ["format-unsupported"]
    );
    assert_eq!(codes("a.xls", compound(&[])), ["workbook-damaged"]);
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let open = archive(&[
        ("content.xml", b"\x12\x34"),
        ("META-INF/manifest.xml", manifest),
    ]);
    assert_eq!(codes("a.ods", open), ["workbook-encrypted"]);
}

#[test]
fn a_bomb_stops_before_it_unfolds() {
    let bomb = xlsx(
        "",
        "<sheetData/>",
        &format!("<c>{}</c>", " ".repeat(1 << 20)).repeat(20),
        "",
    );
    assert_eq!(limit("a.xlsx", bomb.clone()), "compression-ratio");
    // The archive lies about the size: no more than that is inflated.
    let mut liar = bomb;
    let name = b"xl/sharedStrings.xml";
    let places: Vec<usize> = (0..liar.len() - name.len())
        .filter(|i| liar[*i..].starts_with(name))
        .collect();
    // The size stands 8 bytes before the name in the part itself and 22 in the list of parts.
    for (at, back) in places.into_iter().zip([8, 22]) {
        liar[at - back..at - back + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    assert_eq!(codes("a.xlsx", liar), ["workbook-damaged"]);
    let parts: Vec<String> = (0..5_000).map(|i| format!("p{i}")).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|p| (p.as_str(), &b""[..])).collect();
    assert_eq!(limit("a.xlsx", archive(&parts)), "zip-parts");
}

#[test]
fn a_sheet_cannot_ask_for_more_than_it_holds() {
    let wide = "<dimension ref=\"A1:XFD1048576\"/><sheetData><row><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let read = read_bytes("a.xlsx", xlsx("", wide, "", ""));
    assert_eq!(drawn(&read.value), "[S]\n1048576 XFD1048576=#1\n");
    assert_eq!(
        limit("a.xlsx", sheet("<row><c r=\"XFE1\"><v>1</v></c></row>")),
        "columns"
    );
    assert_eq!(
        limit("a.xlsx", sheet("<row><c r=\"A1048577\"><v>1</v></c></row>")),
        "rows"
    );
    assert_eq!(
        limit(
            "a.xlsx",
            sheet("<row r=\"4294967295\"><c><v>1</v></c></row>")
        ),
        "rows"
    );
    let million: String = (0..1_000_000)
        .map(|i| {
            if i % 2 == 0 {
                "<c><v>1</v></c>"
            } else {
                "<c><v>23</v></c>"
            }
        })
        .collect();
    assert_eq!(
        limit("a.xlsx", sheet(&format!("<row>{million}</row>"))),
        "columns"
    );
    let strings = "<si><t>x</t></si>";
    let counted = xlsx(
        "",
        "<sheetData/>",
        &format!("{strings}</sst><sst uniqueCount=\"99999999999\">"),
        "",
    );
    codes("a.xlsx", counted);
    let missing = sheet("<row><c t=\"s\"><v>7</v></c></row>");
    assert_eq!(codes("a.xlsx", missing), ["workbook-damaged"]);
}

#[test]
fn one_text_cannot_fill_the_memory() {
    let huge = "9".repeat(6 << 20);
    assert_eq!(
        limit("a.xlsx", sheet(&format!("<row><c><v>{huge}</v></c></row>"))),
        "cell-bytes"
    );
    assert_eq!(
        limit("a.xlsx", sheet(&format!("<row><c r=\"{huge}\"/></row>"))),
        "cell-bytes"
    );
    // A long text that many cells share.
    let string = format!("<si><t>{}</t></si>", "dài ".repeat(50_000));
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(2_000);
    let shared = xlsx("", &format!("<sheetData>{cells}</sheetData>"), &string, "");
    assert_eq!(limit("a.xlsx", shared), "text-bytes");
}

#[test]
fn repeated_cells_of_ods_count() {
    let cell = |row: &str, cell: &str| {
        let text = "<text:p>x</text:p></table:table-cell></table:table-row></table:table>";
        ods(&format!(
            "<table:table table:name=\"S\"><table:table-row {row}><table:table-cell {cell}>{text}"
        ))
    };
    let (rows, columns) = (
        "table:number-rows-repeated",
        "table:number-columns-repeated",
    );
    let both = cell(
        &format!("{rows}=\"1048576\""),
        &format!("{columns}=\"16384\""),
    );
    assert_eq!(limit("a.ods", both), "cells");
    assert_eq!(
        limit("a.ods", cell("", &format!("{columns}=\"4294967295\""))),
        "columns"
    );
    assert_eq!(
        limit("a.ods", cell(&format!("{rows}=\"4294967295\""), "")),
        "rows"
    );
}

#[test]
fn deep_xml_is_refused() {
    let deep = "<a>".repeat(100_000);
    assert_eq!(
        limit("a.xlsx", sheet(&format!("<row><c><is>{deep}"))),
        "xml-depth"
    );
    assert_eq!(limit("a.ods", ods(&deep)), "xml-depth");
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet/>";
    let parts = [
        (
            "xl/workbook.xml",
            &b"<workbook><sheets><sheet name=\"S\" r:id=\"rId1\"/></sheets></workbook>"[..],
        ),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", entity.as_bytes()),
    ];
    assert_eq!(codes("a.xlsx", archive(&parts)), ["workbook-damaged"]);
}

const HELD: [&str; 4] = [
    "bao-cao.xlsx",
    "bao-cao.xls",
    "bao-cao.ods",
    "phu-tho-tien-do-2026-08.xlsx",
];

#[test]
fn a_file_cut_in_the_middle_is_never_read_in_part() {
    for name in HELD {
        let bytes = held(name);
        for tenth in 0..10 {
            let read = read_bytes(name, &bytes[..bytes.len() * tenth / 10]);
            assert!(read.value.grids.is_empty(), "{name} {tenth}");
            assert_eq!(
                found(&read),
                [format!("workbook-damaged {name}")],
                "{name} {tenth}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_end_in_findings(bytes in prop::collection::vec(any::<u8>(), 0..500), start in 0usize..4) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"<table"];
        let read = read_bytes("a.xls", [starts[start], &bytes].concat());
        prop_assert!(!read.diagnostics.is_empty());
    }

    #[test]
    fn flipped_bits_never_stop_the_reader(
        n in 0usize..4,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..12),
    ) {
        let mut bytes = held(HELD[n]);
        for (at, bit) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        read_bytes(HELD[n], bytes);
    }

    #[test]
    fn flipped_records_never_stop_the_reader(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        // In the stream itself, past the checks of its container.
        let mut file = cfb::CompoundFile::open(Cursor::new(held("bao-cao.xls"))).unwrap();
        let mut stream = Vec::new();
        std::io::Read::read_to_end(&mut file.open_stream("/Workbook").unwrap(), &mut stream).unwrap();
        for (at, byte) in flips {
            let at = at.index(stream.len());
            stream[at] = byte;
        }
        let mut made = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        made.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
        read_bytes("a.xls", made.into_inner().into_inner());
    }

    #[test]
    fn any_xml_ends_in_findings(text in "(<(c|row|v|is|t|f|/c|/row|/v|/is)( r=\"[A-Z]{1,3}[0-9]{1,7}\")?( t=\"(s|n|b|e|str)\")?/?>|[0-9a&;]){0,40}") {
        read_bytes("a.xlsx", sheet(&text));
        read_bytes("a.ods", ods(&text));
    }
}
