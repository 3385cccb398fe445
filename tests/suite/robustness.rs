//! Hostile and broken files: whatever the bytes, a check ends with findings and never with a panic.

use proptest::prelude::*;
use tiendo::diagnostic::{Diagnostic, Language, github, human, json, sarif, short};
use tiendo::pipeline::{self, Options};
use tiendo::source::{SourceFile, Sources};
use tiendo::table::view::Views;

use crate::support::own_sources;

/// Checks a site and renders what was found, as the program would.
fn check(files: Vec<SourceFile>) -> Vec<Diagnostic> {
    let sources = Sources::new(files);
    let findings = pipeline::check(&sources, &Options::default());
    let style = human::Style {
        waived: true,
        ..human::Style::default()
    };
    let _ = human::render(&findings, &sources, &Views::new(&sources), style);
    let _ = json::render(&findings, Language::English);
    let _ = short::render(&findings, Language::English, true);
    let _ = github::render(&findings, "", Language::English);
    let _ = sarif::render(&findings, "", Language::English, 1);
    findings
}

/// A small whole site in which the file at `path` is replaced by `bytes`.
fn site_with(path: &str, bytes: impl Into<Vec<u8>>) -> Vec<SourceFile> {
    let mut files = vec![
        SourceFile::new("site.toml", "title = \"Thử\"\n"),
        SourceFile::new(
            "data/catalog/units.csv",
            "id,name,level\nan-bien,Xã An Biên,xa\n",
        ),
        SourceFile::new(
            "data/catalog/services.csv",
            "id,name,kind\nkhai-sinh,Khai sinh,service\n",
        ),
        SourceFile::new(
            "data/catalog/measures.toml",
            "[ho-so]\nlabel = \"Hồ sơ\"\nparts = [[\"dung-han\", \"qua-han\"]]\n[dung-han]\nlabel = \"Đúng hạn\"\n[qua-han]\nlabel = \"Quá hạn\"\n",
        ),
        SourceFile::new(
            "data/catalog/indicators.toml",
            "[ty-le]\nlabel = \"Tỷ lệ\"\nnumerator = [\"dung-han\"]\ndenominator = [\"ho-so\"]\n",
        ),
        SourceFile::new(
            "data/ky/period.toml",
            "period = \"2024-09\"\nlabel = \"Tháng 9\"\nstart = 2024-09-01\nend = 2024-09-30\nunit = \"an-bien\"\n",
        ),
    ];
    files.retain(|f| &*f.path != path);
    files.push(SourceFile::new(path, bytes));
    files
}

/// Every place where a site's author puts a file.
const PATHS: [&str; 13] = [
    "site.toml",
    "data/catalog/units.csv",
    "data/catalog/blocks.csv",
    "data/catalog/unit_changes.csv",
    "data/catalog/services.csv",
    "data/catalog/measures.toml",
    "data/catalog/indicators.toml",
    "data/catalog/targets.csv",
    "data/waivers.toml",
    "data/ky/period.toml",
    "data/ky/a.csv",
    "data/ky/a.json",
    "content/ky/2024-09.md",
];

/// Text that looks like the files of a site, with their marks in the wrong places.
fn near_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Hồ sơ",
        "Đúng hạn",
        "Tỷ lệ",
        "đơn vị",
        "dịch vụ",
        "chỉ tiêu",
        "giá trị",
        "nhiệm vụ",
        "thời hạn",
        "id",
        "name",
        "level",
        "parent",
        "an-bien",
        "xa",
        "khai-sinh",
        ",",
        ",",
        ";",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\"",
        "\"\"",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "{{",
        "}}",
        "=",
        " ",
        "|",
        ":",
        "0",
        "1",
        "1.234",
        "99,9%",
        "09/11",
        "1.2.3",
        "-1",
        "3,4",
        "hơn 60",
        "18 tỷ 488 triệu đồng",
        "99999999999999999999",
        "30/02/2023",
        "tháng 13/2024",
        "2024-09-30",
        "quý V/2024",
        "chưa báo cáo",
        "+++\n",
        "value(",
        "\u{feff}",
        "\u{0}",
        "\u{301}",
        "🧮",
        "\u{202e}",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_anywhere(path in prop::sample::select(&PATHS[..]), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(site_with(path, bytes));
    }

    #[test]
    fn misplaced_marks_anywhere(path in prop::sample::select(&PATHS[..]), text in near_text()) {
        check(site_with(path, text));
    }

    #[test]
    fn any_text_in_a_cell(text in "\\PC{0,30}", near in near_text()) {
        for cell in [text, near] {
            let quoted = format!("\"{}\"", cell.replace('"', "\"\""));
            check(site_with("data/ky/a.csv", format!("Hồ sơ,Đúng hạn,Tỷ lệ\n{quoted},{quoted},{quoted}\n")));
            check(site_with("data/ky/a.csv", format!("STT,Nhiệm vụ,Thời hạn,Kết quả,Trạng thái\n1,a,{quoted},{quoted},{quoted}\n")));
            check(site_with("data/ky/a.csv", format!("Đơn vị,Dịch vụ,Kỳ,Từ ngày,Đến ngày,Hồ sơ\n{quoted},{quoted},{quoted},{quoted},{quoted},1\n")));
            check(site_with("data/catalog/units.csv", format!("id,name,level,parent,valid_from\nan-bien,{quoted},xa,{quoted},{quoted}\n")));
        }
    }
}

#[test]
fn truncated_files_never_stop_the_check() {
    let own = own_sources();
    let (rounds, apart) = (30, 6);
    for round in 0..rounds {
        let mut files = own.files.clone();
        let is_cut = |f: &&mut SourceFile| !f.path.starts_with("themes/");
        for (n, file) in files.iter_mut().filter(is_cut).enumerate() {
            // Every sixth file in a round, each time at another place, also inside characters and quotes.
            if (n + round) % apart == 0 {
                file.bytes.truncate(file.bytes.len() * round / rounds);
            }
        }
        check(files);
    }
}

#[test]
fn a_missing_file_never_stops_the_check() {
    let own = own_sources();
    for path in own
        .files
        .iter()
        .map(|f| &f.path)
        .filter(|p| p.starts_with("data/"))
    {
        check(
            own.files
                .iter()
                .filter(|f| f.path != *path)
                .cloned()
                .collect(),
        );
    }
    check(Vec::new());
}

#[test]
fn deeply_nested_files_are_refused() {
    let depth = 100_000;
    for open in ["[", "{\"a\":", "[{\"a\":["] {
        let findings = check(site_with("data/ky/a.json", open.repeat(depth)));
        assert!(
            findings.iter().any(|d| d.code.as_str() == "json-invalid"),
            "{open}"
        );
    }
    for path in [
        "site.toml",
        "data/ky/period.toml",
        "data/waivers.toml",
        "data/catalog/measures.toml",
    ] {
        for text in [
            format!("a = {}", "[".repeat(depth)),
            format!("a = {}", "{a=".repeat(depth)),
            format!("[{}a]\n", "a.".repeat(2000)),
        ] {
            assert!(!check(site_with(path, text)).is_empty(), "{path}");
        }
    }
}

#[test]
fn a_header_of_ten_thousand_columns_is_read() {
    let header: Vec<String> = (0..10_000).map(|i| format!("cot{i}")).collect();
    let row = vec!["1"; 10_000].join(",");
    let findings = check(site_with(
        "data/ky/a.csv",
        format!("{}\n{row}\n{row}\n", header.join(",")),
    ));
    assert!(
        findings
            .iter()
            .filter(|d| d.code.as_str() == "header-unknown")
            .count()
            == 10_000
    );
}

#[test]
fn a_huge_cell_is_read() {
    for text in ["9", "x", "1.000", "tỷ ", "/"] {
        let cell = text.repeat(200_000 / text.len());
        check(site_with(
            "data/ky/a.csv",
            format!("Hồ sơ,Đúng hạn\n{cell},1\n"),
        ));
        check(site_with("data/ky/a.csv", format!("Hồ sơ,{cell}\n1,1\n")));
    }
}

#[test]
fn a_long_chain_of_units_ends() {
    let rows: Vec<String> = (0..2_000)
        .map(|i| format!("u{i},Đơn vị {i},xa,u{}\n", (i + 1) % 2_000))
        .collect();
    let units = format!("id,name,level,parent\n{}", rows.concat());
    let findings = check(site_with("data/catalog/units.csv", units));
    assert!(findings.iter().any(|d| d.code.as_str() == "unit-cycle"));
}

#[test]
fn more_than_a_key_can_number_never_stops_the_check() {
    let measures: Vec<String> = (0..5_000)
        .map(|i| format!("[m{i}]\nlabel = \"M {i}\"\n"))
        .collect();
    let mut files = site_with("data/catalog/measures.toml", measures.concat());
    files.push(SourceFile::new("data/ky/a.csv", "m1,m4998,m4999\n1,2,3\n"));
    check(files);
    let services: Vec<String> = (0..70_000)
        .map(|i| format!("s{i},D {i},service\n"))
        .collect();
    let mut files = site_with(
        "data/catalog/services.csv",
        format!("id,name,kind\n{}", services.concat()),
    );
    files.push(SourceFile::new(
        "data/ky/a.csv",
        "Dịch vụ,Hồ sơ\ns1,1\ns69999,2\n",
    ));
    check(files);
    let period = |i: u32| {
        let text = format!(
            "period = \"p{i}\"\nlabel = \"P\"\nstart = 2024-09-01\nend = 2024-09-30\nunit = \"an-bien\"\n"
        );
        SourceFile::new(&format!("data/p{i}/period.toml"), text)
    };
    let mut files = site_with("data/p4999/a.csv", "Hồ sơ\n1\n");
    files.extend((0..5_000).map(period));
    check(files);
}

/// Two names that would look the same where their bytes are replaced, and a link: each is told of, by a name of its own.
#[cfg(unix)]
#[test]
fn what_is_not_read_is_told_once_each() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    crate::support::write_site(
        root,
        &[
            ("site.toml", b"title = \"T\"\n"),
            ("content/index.md", b"Xin ch\xc3\xa0o.\n"),
            (
                "data/catalog/units.csv",
                b"id,name,level\nt,T\xe1\xbb\x89nh T,tinh\n",
            ),
        ],
    );
    for name in [&b"b\xe1o.csv"[..], b"b\xe2o.csv"] {
        // Some file systems refuse such names; there nothing can be lost.
        if std::fs::write(root.join("data").join(OsStr::from_bytes(name)), "a").is_err() {
            return;
        }
    }
    std::os::unix::fs::symlink("index.md", root.join("content/phuong-phap.md")).unwrap();
    std::os::unix::fs::symlink("..", root.join("data/2026-01")).unwrap();
    let sources = tiendo::source::scan(root).unwrap();
    let findings = pipeline::check(&sources, &Options::default());
    let told: Vec<String> = findings
        .iter()
        .filter(|d| d.code.as_str() == "file-not-read")
        .map(|d| d.place.file.to_string())
        .collect();
    let wanted = [
        "content/phuong-phap.md",
        "data/2026-01",
        "data/b\\xE1o.csv",
        "data/b\\xE2o.csv",
    ];
    assert_eq!(told, wanted);
    assert_eq!(sources.files.len(), 3);
}
