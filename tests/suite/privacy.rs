//! Nothing that belongs to a person leaves the house, nor stands in a message. All numbers here are made up.

use std::fs;

use crate::support::{copy, files, repository, tiendo_at, write_site};

/// The parts of the made-up values of `tests/diagnostics` that no message may show.
const SECRET: [&str; 7] = [
    "099000007",
    "099 000 007",
    "0900000007",
    "0900 000 007",
    "190000007",
    "hop.thu",
    "Trần Thị Mẫu",
];

const CODES: [&str; 5] = [
    "citizen-id",
    "citizen-id-old",
    "phone-number",
    "email-address",
    "personal-records",
];

#[test]
fn no_format_shows_a_value() {
    for code in CODES {
        let site = repository().join("tests/diagnostics").join(code);
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        copy(&site, &root);
        let output = folder.path().join("public");
        let output = output.to_str().unwrap();
        for arguments in [
            &["check"][..],
            &["check", "-v", "--lang", "en"],
            &["check", "--format", "json"],
            &["check", "--format", "short"],
            &["check", "--format", "github"],
            &["check", "--format", "sarif"],
            &["check", "--unit", "an-bien", "--format", "markdown"],
            &["build", "-v", "--output", output],
        ] {
            let run = tiendo_at(&root, arguments);
            assert!(run.code <= 1, "{code} {arguments:?}: {}", run.err);
            assert!(run.code == 1 || arguments.contains(&"--unit"), "{code}");
            for secret in SECRET {
                let shown = run.out.contains(secret) || run.err.contains(secret);
                assert!(!shown, "{code} {arguments:?}: {}{}", run.out, run.err);
            }
        }
        assert!(!folder.path().join("public").exists(), "{code}");
    }
}

#[test]
fn a_page_that_would_show_a_number_is_not_published() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    copy(
        &repository().join("tests/diagnostics/phone-number-ok"),
        &root,
    );
    let public = folder.path().join("public");
    let build = || tiendo_at(&root, &["build", "--output", public.to_str().unwrap()]);
    assert_eq!(build().code, 0);
    let before = files(&public);
    // The source spells the number in a way that only the finished page shows.
    let hidden = "+++\ntitle = \"Thử\"\n+++\nGọi 09&#48;&#48;000000.\n";
    fs::write(root.join("content/index.md"), hidden).unwrap();
    assert_eq!(tiendo_at(&root, &["check"]).code, 0);
    let run = build();
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("lỗi[phone-number]"), "{}", run.err);
    assert!(run.err.contains("--> index.html:"), "{}", run.err);
    assert!(run.err.contains("090*******"), "{}", run.err);
    assert!(!run.err.contains("0900000000"), "{}", run.err);
    assert_eq!(files(&public), before, "the published site stays whole");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "nothing half-made stays behind");
}

#[test]
fn what_is_declared_or_waived_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    copy(
        &repository().join("tests/diagnostics/phone-number-ok"),
        &root,
    );
    let waiver = "[[waiver]]\ncode = \"email-address\"\nfile = \"content/index.md\"\nline = 4\n\
                  reason = \"Hộp thư chung của xã.\"\nby = \"Ban biên tập\"\nuntil = 2030-12-31\n";
    let text = "+++\ntitle = \"Thử\"\n+++\nViết tới xa@vi-du.vn hoặc gọi 0256.3000000.\n";
    write_site(
        &root,
        &[
            ("content/index.md", text.as_bytes()),
            ("data/waivers.toml", waiver.as_bytes()),
        ],
    );
    let public = folder.path().join("public");
    let run = tiendo_at(&root, &["build", "--output", public.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    let home = fs::read_to_string(public.join("index.html")).unwrap();
    assert!(home.contains("xa@vi-du.vn") && home.contains("0256.3000000"));
    // The same address elsewhere has no decision of its own.
    let more = format!("{text}\nHay xa@vi-du.vn.\n");
    fs::write(root.join("content/index.md"), more).unwrap();
    assert_eq!(tiendo_at(&root, &["check"]).code, 1);
}

#[test]
fn hidden_sheets_of_workbooks_are_searched() {
    use rust_xlsxwriter::Workbook;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Đơn vị").unwrap();
    sheet.write(1, 0, "Xã Một").unwrap();
    let hidden = book.add_worksheet().set_name("Nháp").unwrap();
    hidden.write(0, 0, "Mã").unwrap();
    hidden.write(0, 1, "Số CCCD").unwrap();
    hidden.write(1, 0, 1).unwrap();
    // A number cell has lost the zeros at its beginning.
    hidden.write(1, 1, 1_099_000_007).unwrap();
    hidden.set_hidden(true);
    let bytes = book.save_to_buffer().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    copy(
        &repository().join("tests/diagnostics/phone-number-ok"),
        &root,
    );
    write_site(&root, &[("data/khac/danh-sach.xlsx", &bytes)]);
    let run = tiendo_at(&root, &["check", "--format", "short"]);
    let found = |l: &&str| l.contains("citizen-id") && l.contains("Nháp!B2");
    assert_eq!(run.out.lines().filter(found).count(), 1, "{}", run.out);
    assert!(!run.out.contains("099000007"), "{}", run.out);
    let waiver = "[[waiver]]\ncode = \"citizen-id\"\nfile = \"data/khac/danh-sach.xlsx\"\nsheet = \"Nháp\"\n\
                  cell = \"B2\"\nreason = \"Mã giả để thử.\"\nby = \"Ban biên tập\"\nuntil = 2030-12-31\n";
    write_site(&root, &[("data/waivers.toml", waiver.as_bytes())]);
    let run = tiendo_at(&root, &["check", "--format", "short"]);
    assert!(!run.out.contains("waiver-"), "{}", run.out);
    assert!(!run.out.lines().any(|l| found(&l)), "{}", run.out);
}
