//! Files made to stop the program: bombs, endless cells and depths, names that are none. Each runs through the program
//! within bounds of memory and time and ends in a finding that a clerk can act on.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::support::{self, Limited, files, limited, write_site};

/// What checking one small file may take, however it was made. The text of a large file counts several times.
const MEMORY_MIB: u64 = 3072;

/// Enough for a busy machine and a program without optimisation; what never ends is ended.
const TIME: Duration = Duration::from_secs(300);

fn program(root: &Path, arguments: &[&str]) -> Limited {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.args(arguments).arg("--root").arg(root);
    limited(command.env("RAYON_NUM_THREADS", "2"), MEMORY_MIB, TIME)
}

/// The smallest site that can hold figures.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_site(
        folder.path(),
        &[
            ("site.toml", b"title = \"A\"\n"),
            (
                "data/catalog/units.csv",
                "id,name,level\nan-bien,Xã An Biên,xa\n".as_bytes(),
            ),
            (
                "data/catalog/measures.toml",
                "[ho-so]\nlabel = \"Hồ sơ\"\n".as_bytes(),
            ),
            (
                "data/ky/period.toml",
                b"period = \"2024-09\"\nlabel = \"T9\"\nstart = 2024-09-01\nend = 2024-09-30\nunit = \"an-bien\"\n",
            ),
        ],
    );
    folder
}

/// The codes found in the file at `path` of a small site; the run must end as any check does.
fn found_at(path: &str, write: impl FnOnce(&Path)) -> Vec<String> {
    let site = site();
    let file = site.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    write(&file);
    let run = program(site.path(), &["check", "--format", "json"]);
    assert!(matches!(run.code, Some(0 | 1)), "{path}: {}", tail(&run));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let codes = report["diagnostics"].as_array().unwrap().iter();
    codes
        .filter(|d| d["place"]["file"].as_str() == Some(path))
        .map(|d| d["code"].as_str().unwrap().to_owned())
        .collect()
}

fn found(path: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    found_at(path, |file| fs::write(file, bytes).unwrap())
}

/// What a person is told of a file, which must be little.
fn told(path: &str, bytes: impl AsRef<[u8]>) -> String {
    let site = site();
    fs::write(site.path().join(path), bytes).unwrap();
    let run = program(site.path(), &["check"]);
    assert_eq!(run.code, Some(1), "{path}: {}", tail(&run));
    assert!(
        run.out.len() < 60_000,
        "{path}: {} bytes are said",
        run.out.len()
    );
    run.out
}

fn tail(run: &Limited) -> String {
    let text = format!(
        "{:?} after {:?}\n{}{}",
        run.code, run.took, run.out, run.err
    );
    let start = text.char_indices().rev().nth(2_000).map_or(0, |(at, _)| at);
    text[start..].to_owned()
}

/// An XLSX file of one sheet, whose parts `sheet` and `strings` are written piece by piece.
fn xlsx(
    sheet: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    strings: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    part(
        "xl/workbook.xml",
        "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>",
    );
    part(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"t/worksheet\" Target=\"sheet.xml\"/><Relationship Id=\"b\" Type=\"t/sharedStrings\" Target=\"strings.xml\"/></Relationships>",
    );
    zip.start_file("xl/sheet.xml", options).unwrap();
    zip.write_all(b"<worksheet>").unwrap();
    sheet(&mut zip).unwrap();
    zip.write_all(b"</worksheet>").unwrap();
    zip.start_file("xl/strings.xml", options).unwrap();
    zip.write_all(b"<sst>").unwrap();
    strings(&mut zip).unwrap();
    zip.write_all(b"</sst>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn nothing(out: &mut dyn Write) -> std::io::Result<()> {
    out.flush()
}

fn repeat(out: &mut dyn Write, text: &str, times: usize) -> std::io::Result<()> {
    let many = text.repeat(1024);
    for _ in 0..times / 1024 {
        out.write_all(many.as_bytes())?;
    }
    Ok(())
}

const TOO_LARGE: [&str; 1] = ["input-too-large"];

#[test]
fn a_cell_of_a_gigabyte_is_refused() {
    // A gigabyte of nines in a megabyte of file.
    let cell = |out: &mut dyn Write| {
        out.write_all(b"<sheetData><row><c><v>")?;
        repeat(out, &"9".repeat(1024), 1 << 20)?;
        out.write_all(b"</v></c></row></sheetData>")
    };
    assert_eq!(found("data/ky/a.xlsx", xlsx(cell, nothing)), TOO_LARGE);
}

#[test]
fn a_cell_of_many_pieces_takes_no_more_than_its_text() {
    let cell = |out: &mut dyn Write| {
        out.write_all(b"<sheetData><row><c t=\"inlineStr\"><is>")?;
        for n in 0..300_000 {
            write!(out, "<r><t>{}</t></r>", n % 97)?;
        }
        out.write_all(b"</is></c></row></sheetData>")
    };
    found("data/ky/a.xlsx", xlsx(cell, nothing));
}

#[test]
fn ten_million_shared_strings_are_refused() {
    let strings = |out: &mut dyn Write| {
        // Numbers, because the packing of equal ones would be refused before.
        for n in 0..10_000_000u32 {
            write!(
                out,
                "<si><t>{}</t></si>",
                n.wrapping_mul(2_654_435_761) >> 12
            )?;
            if n > 4_100_000 {
                return repeat(out, "<si/>", 6_000_000);
            }
        }
        Ok(())
    };
    assert_eq!(found("data/ky/a.xlsx", xlsx(nothing, strings)), TOO_LARGE);
}

#[test]
fn a_sheet_that_is_wide_and_long_is_refused() {
    // Sixteen thousand headers above rows of two cells: few cells, but thousands of millions in a table.
    let sheet = |out: &mut dyn Write| {
        out.write_all(b"<sheetData><row r=\"1\">")?;
        for _ in 0..16_000 {
            out.write_all("<c t=\"str\"><v>Hồ sơ</v></c>".as_bytes())?;
        }
        out.write_all(b"</row>")?;
        for row in 2..4_000 {
            write!(
                out,
                "<row r=\"{row}\"><c><v>{row}</v></c><c><v>1</v></c><c><v>{row}</v></c></row>"
            )?;
        }
        out.write_all(b"</sheetData>")
    };
    let codes = found("data/ky/a.xlsx", xlsx(sheet, nothing));
    assert!(
        codes.contains(&String::from("input-too-large")),
        "{codes:?}"
    );
}

#[test]
fn a_text_that_is_merged_over_all_rows_is_not_copied_without_end() {
    let sheet = |out: &mut dyn Write| {
        out.write_all("<sheetData><row><c t=\"str\"><v>Đơn vị</v></c><c t=\"str\"><v>Hồ sơ</v></c></row><row><c t=\"str\"><v>".as_bytes())?;
        for n in 0..200_000 {
            write!(out, "{n} ")?;
        }
        out.write_all(b"</v></c><c><v>1</v></c></row>")?;
        for n in 0..20_000 {
            write!(out, "<row><c/><c><v>{n}</v></c></row>")?;
        }
        out.write_all(b"</sheetData><mergeCells><mergeCell ref=\"A2:A20000\"/></mergeCells>")
    };
    let codes = found("data/ky/a.xlsx", xlsx(sheet, nothing));
    assert!(
        codes.contains(&String::from("input-too-large")),
        "{codes:?}"
    );
}

#[test]
fn merged_cells_over_each_other_do_not_take_long() {
    let sheet = |out: &mut dyn Write| {
        out.write_all(b"<sheetData>")?;
        for row in 1..40 {
            write!(out, "<row r=\"{row}\">")?;
            for column in 0..2_000 {
                if row % 4 == 0 {
                    write!(out, "<c><v>{column}</v></c>")?;
                } else {
                    write!(out, "<c t=\"str\"><v>cột {column}</v></c>")?;
                }
            }
            out.write_all(b"</row>")?;
        }
        out.write_all(b"</sheetData><mergeCells>")?;
        for n in 0..100_000 {
            write!(
                out,
                "<mergeCell ref=\"A1:{}{}\"/>",
                ["BXX", "C", "ZZ"][n % 3],
                2 + n % 40
            )?;
        }
        out.write_all(b"</mergeCells>")
    };
    found("data/ky/a.xlsx", xlsx(sheet, nothing));
}

#[test]
fn parts_that_overlap_in_an_archive_are_refused() {
    // One packed part, named by the list of parts a thousand times.
    let inner = xlsx(
        |out| repeat(out, "<row><c><v>1</v></c></row>", 100_000),
        nothing,
    );
    let list = inner.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    let end = inner.windows(4).position(|w| w == b"PK\x05\x06").unwrap();
    let mut bomb = inner[..list].to_vec();
    for _ in 0..1000 {
        bomb.extend(&inner[list..end]);
    }
    let mut tail = inner[end..].to_vec();
    tail[8..10].copy_from_slice(&5000u16.to_le_bytes());
    tail[10..12].copy_from_slice(&5000u16.to_le_bytes());
    let size = u32::try_from(bomb.len() - list).unwrap();
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend(tail);
    let codes = found("data/ky/a.xlsx", bomb);
    assert!(!codes.is_empty());
    // An archive within an archive is no workbook and is not unpacked.
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.zip", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(&inner).unwrap();
    let nested = zip.finish().unwrap().into_inner();
    assert_eq!(found("data/ky/b.xlsx", nested), ["workbook-damaged"]);
}

#[test]
fn a_line_of_megabytes_is_refused() {
    let long = "9".repeat(8 << 20);
    let said = told("data/ky/a.csv", format!("Hồ sơ\n{long}\n"));
    assert!(
        said.contains("vượt giới hạn an toàn về độ dài của một ô (MB): 8, nhiều nhất 4"),
        "{said}"
    );
    assert!(said.contains("data/ky/a.csv:2:1"), "{said}");
    let long = &long[..5 << 20];
    assert_eq!(found("data/ky/b.csv", format!("{long};{long}")), TOO_LARGE);
    assert_eq!(
        found("data/ky/b.json", format!("[{{\"a\": \"{long}\"}}]")),
        TOO_LARGE
    );
    let words = "Hồ sơ, ".repeat(1 << 20);
    assert_eq!(found("data/ky/c.csv", words), TOO_LARGE);
    // Just below the limit: read, and told in few words.
    told("data/ky/a.csv", format!("Hồ sơ\n{}\n", "9".repeat(1 << 20)));
}

#[test]
fn hundreds_of_thousands_of_columns_are_refused() {
    let names: Vec<String> = (0..300_000).map(|n| format!("c{n}")).collect();
    let header = names.join(",");
    assert_eq!(found("data/ky/a.csv", format!("{header}\n")), TOO_LARGE);
    let keys: Vec<String> = (0..100_000).map(|n| format!("{{\"k{n}\": 1}}")).collect();
    assert_eq!(
        found("data/ky/a.json", format!("[{}]", keys.join(","))),
        TOO_LARGE
    );
}

#[test]
fn nothing_is_nested_without_end() {
    for open in ["[", "{\"a\":", "[{\"a\":"] {
        let codes = found("data/ky/a.json", open.repeat(100_000));
        assert_eq!(codes, ["json-invalid"], "{open}");
    }
    let deep = |out: &mut dyn Write| repeat(out, "<a>", 100_352);
    assert_eq!(found("data/ky/a.xlsx", xlsx(deep, nothing)), TOO_LARGE);
    for text in [
        "> ".repeat(50_000),
        "- ".repeat(50_000),
        "*a **b ".repeat(20_000),
        "[".repeat(50_000),
        "![[](".repeat(20_000),
        "{{ value(".repeat(20_000),
        "| a ".repeat(20_000) + "\n" + &"|---".repeat(20_000),
        "<a ".repeat(20_000),
        "[^a]: x\n".repeat(10_000) + &"[^a]".repeat(10_000),
    ] {
        found("content/ky/2024-09.md", text);
    }
}

#[test]
fn many_findings_in_a_large_file_are_said_in_few_words() {
    let rows: Vec<String> = (0..20_000)
        .map(|n| format!("{{\"Hồ sơ\": \"x{n}\", \"b\": [1]}}"))
        .collect();
    told("data/ky/a.json", format!("[\n{}\n]", rows.join(",\n")));
    let rows = "x9x,y\n".repeat(50_000);
    told("data/ky/a.csv", format!("Hồ sơ,Đơn vị\n{rows}"));
}

#[test]
fn a_file_beyond_every_size_is_not_read() {
    // A hole in the file: it takes no room on the disk.
    let codes = found_at("data/ky/a.csv", |file| {
        fs::File::create(file).unwrap().set_len(3 << 30).unwrap();
    });
    assert_eq!(codes, TOO_LARGE);
}

#[test]
fn folders_named_like_files_are_folders() {
    for path in [
        "data/ky/a.xlsx/b.csv",
        "data/ky/a.csv/c.txt",
        "data/waivers.toml/a",
    ] {
        found(path, "a,b\n1,2\n");
    }
    let site = site();
    fs::remove_file(site.path().join("site.toml")).unwrap();
    fs::create_dir(site.path().join("site.toml")).unwrap();
    let run = program(site.path(), &["check"]);
    assert_eq!(run.code, Some(2), "{}", tail(&run));
    assert!(run.err.contains("site.toml"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let site = site();
    let data = site.path().join("data");
    symlink(&data, data.join("ky/vong")).unwrap();
    symlink(data.join("ky/b.csv"), data.join("ky/a.csv")).unwrap();
    symlink(data.join("ky/a.csv"), data.join("ky/b.csv")).unwrap();
    symlink("/dev/zero", data.join("ky/zero.csv")).unwrap();
    let run = program(site.path(), &["check"]);
    assert!(matches!(run.code, Some(0 | 1)), "{}", tail(&run));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_shown_somehow() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = site();
    let folder = site.path().join("data/ky");
    for name in [
        &b"s\xF2.csv"[..],
        b"s\xF3.csv",
        b"line\nbreak.csv",
        b"\x1b[31m.csv",
    ] {
        fs::write(folder.join(OsStr::from_bytes(name)), "Hồ sơ\nx1x\n").unwrap();
    }
    for format in ["human", "short", "json", "github", "sarif"] {
        let run = program(site.path(), &["check", "--format", format]);
        assert_eq!(run.code, Some(1), "{}", tail(&run));
        assert!(!run.out.contains('\x1b'), "{format}: {}", run.out);
    }
}

/// Damaged settings, data and mappings: nothing that was published before is lost, and no exit code is new.
#[test]
fn what_is_published_stays_when_a_build_fails() {
    let site = tempfile::tempdir().unwrap();
    support::copy(&support::repository().join("tests/sites/mong"), site.path());
    fs::remove_dir_all(site.path().join("expected")).unwrap();
    let output = site.path().join("public");
    let build = |arguments: &[&str]| program(site.path(), &[&["build"], arguments].concat());
    assert_eq!(build(&[]).code, Some(0));
    let published = files(&output);
    assert!(!published.is_empty());
    let whole = files(&site.path().join("data"));
    for (path, bytes) in &whole {
        let file = site.path().join("data").join(path);
        for spoiled in [
            bytes[..bytes.len() / 2].to_vec(),
            bytes.repeat(2),
            b"\xFF\xFE\x00".to_vec(),
            Vec::new(),
        ] {
            fs::write(&file, &spoiled).unwrap();
            let run = build(&[]);
            let now = files(&output);
            match run.code {
                Some(0) => assert!(now.contains_key("index.html")),
                Some(1 | 2) => assert!(now == published, "{path}: {}", tail(&run)),
                _ => panic!("{path}: {}", tail(&run)),
            }
            fs::write(&file, bytes).unwrap();
            assert_eq!(build(&[]).code, Some(0));
            assert!(files(&output) == published, "{path}");
        }
    }
}
