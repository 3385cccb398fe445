//! The program from outside: exit codes, options, what is printed where, files as offices write them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tiendo::diagnostic::codes;

use crate::support::{Run, repository, run, tiendo, tiendo_at, write_site};

const SITE: &[u8] = "title = \"Thử\"\n".as_bytes();
const UNITS: &[u8] = "id,name,level\nan-bien,Xã An Biên,xa\nan-phu,Xã An Phú,xa\n".as_bytes();
const MEASURES: &[u8] = "[ho-so]\nlabel = \"Hồ sơ\"\n".as_bytes();
const PERIOD: &[u8] = "period = \"2024-09\"\nlabel = \"Tháng 9/2024\"\nstart = 2024-09-01\nend = 2024-09-30\nunit = \"an-bien\"\nunits = \"all\"\n".as_bytes();

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A site of two units whose one table has these bytes.
fn site_with_table(root: &Path, table: &str, bytes: &[u8]) {
    let path = format!("data/ky/{table}");
    let files = [
        ("site.toml", SITE),
        ("data/catalog/units.csv", UNITS),
        ("data/catalog/measures.toml", MEASURES),
        ("data/ky/period.toml", PERIOD),
        (path.as_str(), bytes),
    ];
    write_site(root, &files);
}

fn case(name: &str) -> PathBuf {
    repository().join("tests/diagnostics").join(name)
}

fn codes_of(run: &Run) -> Vec<String> {
    let json = run.json();
    let list = json["diagnostics"].as_array().unwrap();
    list.iter()
        .map(|d| d["code"].as_str().unwrap().to_owned())
        .collect()
}

fn assert_clean(root: &Path) {
    let run = tiendo_at(root, &["check", "--format", "json"]);
    assert_eq!((run.code, codes_of(&run)), (0, Vec::new()), "{}", run.out);
}

#[test]
fn a_site_without_errors_exits_with_0() {
    let run = tiendo_at(&case("sum-differs-ok"), &["check"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(
        run.err,
        "0 lỗi, 0 cảnh báo, 0 lưu ý; 0 phát hiện đã được chấp nhận kèm lý do\n"
    );
}

#[test]
fn an_unwaived_error_exits_with_1() {
    let run = tiendo_at(&case("sum-differs"), &["check"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("lỗi[sum-differs]: "), "{}", run.out);
    assert!(run.err.starts_with("1 lỗi"), "{}", run.err);
}

#[test]
fn a_waived_error_exits_with_0_and_is_shown_when_asked_for() {
    let site = case("waiver-unused-ok");
    let quiet = tiendo_at(&site, &["check"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (0, ""));
    let verbose = tiendo_at(&site, &["check", "--verbose"]);
    assert_eq!(verbose.code, 0);
    assert!(
        verbose.out.starts_with("đã chấp nhận[sum-differs]"),
        "{}",
        verbose.out
    );
}

#[test]
fn warnings_exit_with_1_only_when_denied() {
    let site = case("ratio-without-base");
    assert_eq!(tiendo_at(&site, &["check"]).code, 0);
    assert_eq!(tiendo_at(&site, &["check", "--deny", "warnings"]).code, 1);
    assert_eq!(
        tiendo_at(&case("sum-differs-ok"), &["check", "--deny", "warnings"]).code,
        0
    );
}

#[test]
fn a_folder_without_site_toml_exits_with_2_and_a_hint() {
    let folder = folder();
    let run = tiendo_at(folder.path(), &["check"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(
        run.err.contains("không có site.toml") && run.err.contains("gợi ý"),
        "{}",
        run.err
    );
    let run = tiendo_at(folder.path(), &["check", "--lang", "en"]);
    assert!(
        run.err.contains("there is no site.toml") && run.err.contains("hint"),
        "{}",
        run.err
    );
    let run = tiendo_at(&folder.path().join("không có"), &["check"]);
    assert_eq!(run.code, 2);
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [
        &["check", "--sai"][..],
        &["chek"],
        &[],
        &["check", "--as-of", "2024-02-30"],
        &["check", "--as-of", "mai"],
        &["check", "--jobs", "0"],
        &["check", "--jobs", "9999"],
        &["check", "--format", "xml"],
        &["check", "--lang", "fr"],
        &["check", "--deny", "all"],
        &["check", "-q", "-v"],
        &["build", "--base-url", "javascript:alert(1)"],
        &["explain", "sum-differs", "row-length"],
        &["check", "--unit"],
    ] {
        let run = tiendo(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_no_failure() {
    for arguments in [&["--help"][..], &["check", "--help"], &["--version"]] {
        let run = tiendo(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        assert!(!run.out.is_empty());
    }
    assert_eq!(
        tiendo(&["--version"]).out,
        format!("tiendo {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn json_has_its_documented_shape() {
    let run = tiendo_at(&case("waiver-unused-ok"), &["check", "--format", "json"]);
    assert!(run.err.is_empty(), "{}", run.err);
    let json = run.json();
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), ["diagnostics", "summary"]);
    assert_eq!(
        keys(&json["summary"]),
        ["errors", "warnings", "infos", "waived"]
    );
    let d = &json["diagnostics"][0];
    let wanted = [
        "code", "severity", "message", "hint", "place", "related", "about", "stated", "computed",
        "waived",
    ];
    assert_eq!(keys(d), wanted);
    let place = ["file", "line", "column", "sheet", "cell", "path"];
    assert_eq!(keys(&d["place"]), place);
    assert_eq!(keys(&d["related"][0]), place);
    assert_eq!(keys(&d["about"]), ["period", "unit", "service", "id"]);
    assert_eq!(keys(&d["waived"]), ["reason", "by", "until"]);
    assert_eq!(
        (&d["place"]["line"], &d["place"]["column"]),
        (&2.into(), &1.into())
    );
    assert_eq!(
        (&d["stated"], &d["computed"]),
        (&"1177".into(), &"1.178".into())
    );
}

#[test]
fn the_as_of_date_decides_what_is_overdue() {
    let overdue = |day: &str| {
        let run = tiendo_at(
            &case("task-overdue"),
            &["check", "--format", "json", "--as-of", day],
        );
        codes_of(&run)
            .iter()
            .filter(|c| *c == "task-overdue")
            .count()
    };
    assert_eq!(
        (
            overdue("2024-09-29"),
            overdue("2024-09-30"),
            overdue("2030-01-01")
        ),
        (0, 1, 1)
    );
}

#[test]
fn messages_come_in_the_language_asked_for() {
    let run = tiendo_at(&case("sum-differs"), &["check", "--lang", "en"]);
    assert!(
        run.out.starts_with("error[sum-differs]: ") && run.out.contains("add up to"),
        "{}",
        run.out
    );
    assert!(run.err.starts_with("1 error, "), "{}", run.err);
}

#[test]
fn quiet_prints_findings_and_no_closing_line() {
    let run = tiendo_at(&case("sum-differs"), &["check", "-q"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.starts_with("lỗi[sum-differs]"));
}

#[test]
fn no_colour_leaves_the_terminal() {
    for value in ["", "1"] {
        let run = run(Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(["check", "--root"])
            .arg(case("sum-differs"))
            .env("NO_COLOR", value));
        assert!(
            !run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'),
            "{}",
            run.out
        );
    }
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    for code in codes::ALL {
        for (language, word) in [("vi", "Vì sao: "), ("en", "Why: ")] {
            let run = tiendo(&["explain", code.as_str(), "--lang", language]);
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{code}");
            assert!(
                run.out.starts_with(&format!("{code} (")) && run.out.contains(word),
                "{}",
                run.out
            );
        }
    }
}

#[test]
fn a_misspelt_rule_gets_a_suggestion() {
    let run = tiendo(&["explain", "ratio-difers"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("có phải ý bạn là `ratio-differs`?"),
        "{}",
        run.err
    );
    let run = tiendo(&["explain", "ratio-difers", "--lang", "en"]);
    assert!(
        run.err.contains("did you mean `ratio-differs`?"),
        "{}",
        run.err
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let with = |jobs: &str| {
        tiendo_at(
            &repository(),
            &["check", "--format", "json", "--jobs", jobs],
        )
        .out
    };
    let one = with("1");
    assert!(one.len() > 1000);
    assert!(one == with("2") && one == with("8"));
}

#[test]
fn paths_may_have_spaces_and_accents() {
    let folder = folder();
    let root = folder.path().join("Báo cáo tháng 9 – Đề án 06");
    site_with_table(
        &root,
        "Số liệu (bản cuối).csv",
        "Đơn vị,Hồ sơ\nAn Biên,lạ\n".as_bytes(),
    );
    let run = tiendo_at(&root, &["check", "--format", "json"]);
    assert_eq!(
        (run.code, codes_of(&run)),
        (1, vec!["number-unreadable".to_owned()])
    );
    assert_eq!(
        run.json()["diagnostics"][0]["place"]["file"],
        "data/ky/Số liệu (bản cuối).csv"
    );
}

#[test]
fn tables_are_read_as_offices_write_them() {
    let tables: [(&str, &str); 6] = [
        (
            "a.csv",
            "Đơn vị,Hồ sơ\r\nAn Biên,\"1.281\"\r\n\r\nAn Phú,12\r\n",
        ),
        ("b.csv", "Đơn vị;Hồ sơ\nAn Biên;1.281\nAn Phú;12\n"),
        ("c.csv", "\u{feff}Đơn vị,Hồ sơ\nAn Biên,1281\n"),
        ("d.tsv", "Đơn vị\tHồ sơ\nAn Biên\t1281\n"),
        ("e.CSV", "ĐƠN VỊ,HỒ SƠ,,\nAN BIÊN,1281,,\n,,,\n"),
        // Decomposed letters, as macOS writes them.
        (
            "g.csv",
            "\u{110}o\u{31b}n vi\u{323},Ho\u{302}\u{300} so\u{31b}\nAn Bie\u{302}n,1281\n",
        ),
    ];
    for (name, text) in tables {
        let folder = folder();
        site_with_table(folder.path(), name, text.as_bytes());
        assert_clean(folder.path());
    }
}

#[test]
fn a_table_without_a_line_break_at_its_end_is_whole() {
    let folder = folder();
    site_with_table(
        folder.path(),
        "a.csv",
        "Đơn vị,Hồ sơ\nAn Biên,lạ".as_bytes(),
    );
    let run = tiendo_at(folder.path(), &["check", "--format", "json"]);
    assert_eq!(codes_of(&run), ["number-unreadable"]);
}

#[test]
fn lock_files_and_litter_are_passed_over() {
    let folder = folder();
    site_with_table(
        folder.path(),
        "a.csv",
        "Đơn vị,Hồ sơ\nAn Biên,12\n".as_bytes(),
    );
    let litter = b"\xd0\xcf\x11\xe0\x00\xff".as_slice();
    let files = [
        "~$a.csv",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        ".~lock.a.csv#",
        "a.csv~",
    ];
    for name in files {
        write_site(folder.path(), &[(&format!("data/ky/{name}"), litter)]);
    }
    write_site(folder.path(), &[("data/.git/x.csv", litter)]);
    assert_clean(folder.path());
}

#[test]
fn settings_may_end_lines_as_windows_does() {
    let folder = folder();
    site_with_table(
        folder.path(),
        "a.csv",
        "Đơn vị,Hồ sơ\nAn Biên,12\n".as_bytes(),
    );
    let crlf = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).unwrap().replace('\n', "\r\n");
        format!("\u{feff}{text}").into_bytes()
    };
    let files = [
        ("site.toml", crlf(SITE)),
        ("data/catalog/units.csv", crlf(UNITS)),
        ("data/catalog/measures.toml", crlf(MEASURES)),
        ("data/ky/period.toml", crlf(PERIOD)),
    ];
    for (path, bytes) in &files {
        write_site(folder.path(), &[(path, bytes)]);
    }
    assert_clean(folder.path());
}

#[cfg(unix)]
#[test]
fn links_out_of_the_site_are_not_followed() {
    let (inside, outside) = (folder(), folder());
    site_with_table(
        inside.path(),
        "a.csv",
        "Đơn vị,Hồ sơ\nAn Biên,12\n".as_bytes(),
    );
    write_site(outside.path(), &[("x/b.csv", b"\xff\xfe")]);
    std::os::unix::fs::symlink(outside.path().join("x"), inside.path().join("data/ngoai")).unwrap();
    std::os::unix::fs::symlink(
        outside.path().join("x/b.csv"),
        inside.path().join("data/ky/b.csv"),
    )
    .unwrap();
    let run = tiendo_at(inside.path(), &["check", "--format", "short"]);
    assert_eq!(run.code, 1, "{}", run.out);
    // The bytes behind the links would be findings of their own.
    let told: Vec<&str> = run.out.lines().collect();
    assert_eq!(told.len(), 2, "{}", run.out);
    for (line, path) in told.iter().zip(["data/ky/b.csv", "data/ngoai"]) {
        assert!(
            line.contains(path) && line.contains("file-not-read"),
            "{line}"
        );
    }
}
