//! The forms in which `check` tells what it found: one list of findings made by hand, in every form.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use serde_json::Value;
use tiendo::diagnostic::{
    About, Diagnostic, Language, Place, Waived, codes, github, human, json, phrase, sarif, short,
    sort,
};
use tiendo::source::{SourceFile, Sources};
use tiendo::table::grid::{CellType, Grid, GridCell, GridRow};
use tiendo::table::view::Views;

use crate::support::{compare, repository, run, tiendo, tiendo_at};

const TABLE: &str = "data/Báo cáo [9], bản 2/dvc.csv";
const BOOK: &str = "data/ky/Biểu 1.xlsx";

fn sources() -> Sources {
    let table = "STT,Dịch vụ công,Tổng số,Trực tuyến,Trực tiếp,Đúng hạn,Quá hạn,Tỷ lệ trực tuyến\n\
                 1,\"Đăng ký khai sinh, khai tử\",177,66,111,170,7,38%\n\
                 2,Cấp điện mới qua lưới điện hạ áp,12,12,0,12,0,100%\n";
    Sources::new(vec![
        SourceFile::new(TABLE, table),
        SourceFile::new(BOOK, ""),
        SourceFile::new("data/ky/a.json", "[{\"hồ sơ\": {\"số\": 12}}]\n"),
        SourceFile::new("site.toml", "title = Tiến độ\n"),
    ])
}

fn sheet(_: &SourceFile) -> Vec<Grid> {
    let row = |line, texts: &[&str]| GridRow {
        line,
        hidden: false,
        cells: (0u32..)
            .zip(texts)
            .filter(|(_, t)| !t.is_empty())
            .map(|(column, text)| GridCell {
                column,
                at: column,
                text: (*text).to_owned(),
                kind: CellType::Text,
            })
            .collect(),
    };
    vec![Grid {
        file: BOOK.into(),
        sheet: Some("Tháng 8".into()),
        rows: vec![
            row(0, &["ỦY BAN NHÂN DÂN TỈNH"]),
            row(5, &["TT", "Đơn vị", "Tổng số", "Tỷ lệ", "Ghi chú"]),
            row(6, &["(1)", "(2)", "(3)", "(4)", "(5)"]),
            row(7, &["1", "Sở Nông nghiệp và Môi trường", "120", "99,9%"]),
            row(8, &["2", "Sở Y tế", "", "78,38%", "tạm tính"]),
            row(9, &["3", "Sở Tài chính", "95", "100%"]),
        ],
        ..Grid::default()
    }]
}

fn about() -> About {
    About {
        period: Some("2024-09".to_owned()),
        unit: Some("binh-dinh".to_owned()),
        service: Some("khai-sinh".to_owned()),
        id: Some("ty-le-truc-tuyen".to_owned()),
    }
}

fn findings() -> Vec<Diagnostic> {
    let table: Arc<str> = TABLE.into();
    let sheet: Arc<str> = "Tháng 8".into();
    let ratio = Diagnostic::new(codes::RATIO_DIFFERS, Place::at(&table, 1, 48, 3))
        .with("subject", "Tỉnh Bình Định, Tháng 9/2024")
        .with("name", "Tỷ lệ trực tuyến")
        .with("stated", "38%")
        .with("numerator", "66")
        .with("denominator", "177")
        .with("computed", "37%")
        .with(
            "fits",
            phrase("fits-other-denominator")
                .with("stated", "38%")
                .with("quotient", "66 / 174")
                .with("over", "trực tuyến")
                .with("measure", "trực tiếp")
                .with("under", "tổng"),
        )
        .with(
            "reading",
            phrase("mend-other-denominator").with("measure", "trực tiếp"),
        )
        .figures("38%", "37%")
        .about(about())
        .also(Place::at(&table, 1, 31, 3));
    let cell = Place::at(&BOOK.into(), 8, 3, 6).in_sheet(Some(&sheet));
    let base = Diagnostic::new(codes::RATIO_WITHOUT_BASE, cell)
        .with("subject", "Sở Y tế, Tháng 8/2026")
        .with("name", "Tỷ lệ đúng hạn")
        .with("stated", "78,38%");
    let nested = Diagnostic::new(
        codes::JSON_INVALID,
        Place {
            path: Some("[0].hồ sơ".to_owned()),
            ..Place::file(&"data/ky/a.json".into())
        },
    )
    .with("reason", phrase("nested-value"));
    let mut waived = Diagnostic::new(codes::UNIT_UNKNOWN, Place::at(&table, 2, 0, 1))
        .with("name", "Xã Cẩm Lươg")
        .with("date", "14/9/2024")
        .suggest(Some("Xã Cẩm Lương"));
    waived.waived = Some(Waived {
        reason: "chờ đơn vị xác nhận".to_owned(),
        by: "Ban biên tập".to_owned(),
        until: "2027-12-31".to_owned(),
    });
    let toml = Diagnostic::new(codes::TOML_INVALID, Place::at(&"site.toml".into(), 0, 8, 4))
        .with("reason", phrase("toml-quotes"));
    let mut all = vec![waived, base, nested, toml, ratio];
    sort(&mut all);
    all
}

fn human(language: Language) -> String {
    let (sources, findings) = (sources(), findings());
    let views = Views::new(&sources).with_grids(&sheet);
    let style = human::Style {
        language,
        waived: true,
        ..human::Style::default()
    };
    human::render(&findings, &sources, &views, style)
        + &human::closing_table(&findings, language, true)
        + &human::closing_line(&findings, language)
        + "\n"
}

fn expected(name: &str) -> PathBuf {
    repository().join("tests/formats").join(name)
}

#[test]
fn every_form_is_as_expected() {
    let (vi, en) = (Language::Vietnamese, Language::English);
    let all = findings();
    let forms = [
        ("human.vi.txt", human(vi)),
        ("human.en.txt", human(en)),
        ("short.txt", short::render(&all, vi, true)),
        ("github.txt", github::render(&all, "trang", vi)),
        ("findings.json", json::render(&all, vi)),
        ("vi.sarif", sarif::render(&all, "trang", vi, 1)),
        ("en.sarif", sarif::render(&all, "", en, 1)),
    ];
    let failures: Vec<String> = forms
        .iter()
        .filter_map(|(name, text)| compare(&expected(name), text))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn errors_of_sarif(text: &str) -> Vec<String> {
    let schema = repository().join("tests/data/sarif/sarif-2.1.0.schema.json");
    // A bracket too many stands in the pattern of language tags of the schema itself.
    let schema = std::fs::read_to_string(schema)
        .unwrap()
        .replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    let log: Value = serde_json::from_str(text).unwrap();
    validator
        .iter_errors(&log)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect()
}

#[test]
fn sarif_validates_against_its_schema() {
    for language in [Language::Vietnamese, Language::English] {
        let text = sarif::render(&findings(), "trang", language, 1);
        assert_eq!(errors_of_sarif(&text), Vec::<String>::new());
    }
    let nothing = sarif::render(&[], "", Language::Vietnamese, 0);
    assert_eq!(errors_of_sarif(&nothing), Vec::<String>::new());
    // The validator is awake.
    let broken = nothing.replace("unicodeCodePoints", "letters");
    assert_eq!(errors_of_sarif(&broken).len(), 1);
}

#[test]
fn results_of_sarif_refer_to_their_rules() {
    let text = sarif::render(&findings(), "", Language::English, 1);
    let log: Value = serde_json::from_str(&text).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 5);
    for result in results {
        let at = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[at]["id"], result["ruleId"]);
        let help = rules[at]["help"]["markdown"].as_str().unwrap();
        assert!(
            help.contains("**Why.**") && help.contains("**Vì sao.**"),
            "{help}"
        );
    }
    let suppressed: Vec<&Value> = results
        .iter()
        .filter(|r| !r["suppressions"].as_array().unwrap().is_empty())
        .collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "unit-unknown");
}

#[test]
fn machine_forms_have_the_standard_output_to_themselves() {
    let site = repository().join("tests/diagnostics/sum-differs");
    for form in ["short", "json", "github", "sarif"] {
        let run = tiendo_at(&site, &["check", "--format", form]);
        assert_eq!((run.code, run.err.as_str()), (1, ""), "{form}");
        let begins = match form {
            "short" => "data/ky/",
            "github" => "::error file=",
            _ => "{",
        };
        assert!(run.out.starts_with(begins), "{form}: {}", run.out);
    }
}

#[test]
fn github_and_sarif_name_files_from_where_the_program_runs() {
    let run = run(Command::new(env!("CARGO_BIN_EXE_tiendo"))
        .current_dir(repository().join("tests"))
        .args(["check", "--root", "diagnostics/sum-differs", "--format"])
        .arg("github"));
    assert!(
        run.out
            .starts_with("::error file=diagnostics/sum-differs/data/ky/"),
        "{}",
        run.out
    );
}

#[test]
fn a_unit_gets_its_findings_in_every_form() {
    let root = repository();
    let of = |unit: &str, more: &[&str]| {
        let mut arguments = vec!["check", "--unit", unit, "--format", "json"];
        arguments.extend(more);
        tiendo_at(&root, &arguments).json()["diagnostics"]
            .as_array()
            .unwrap()
            .len()
    };
    let all = tiendo_at(&root, &["check", "--format", "json"]).json();
    let all = all["diagnostics"].as_array().unwrap().len();
    let (one, other) = (of("binh-dinh", &[]), of("thanh-hoa", &[]));
    assert!(one > 0 && other > 0 && one + other <= all);
    assert_eq!(one, of("Tỉnh Bình Định", &[]));
    let unknown = tiendo_at(&root, &["check", "--unit", "binh-din"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert!(
        unknown.err.contains("có phải ý bạn là `binh-dinh`?"),
        "{}",
        unknown.err
    );
}

#[test]
fn a_slip_goes_to_a_file_and_is_always_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        let to = path.to_str().unwrap();
        let run = tiendo_at(
            &repository(),
            &["check", "--unit", "binh-dinh", "--format", "docx", "-o", to],
        );
        assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""));
        std::fs::read(path).unwrap()
    };
    let bytes = write("a.docx");
    assert!(bytes.starts_with(b"PK\x03\x04"));
    assert!(bytes == write("b.docx"));
    let run = tiendo_at(
        &repository(),
        &["check", "--unit", "binh-dinh", "--format", "markdown"],
    );
    assert!(
        run.out.starts_with("# PHIẾU ĐỀ NGHỊ KIỂM TRA SỐ LIỆU\n"),
        "{}",
        run.out
    );
}

#[test]
fn a_slip_needs_its_unit() {
    for form in ["docx", "markdown"] {
        let run = tiendo_at(&repository(), &["check", "--format", form]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("--unit"), "{}", run.err);
    }
}

#[test]
fn all_rules_are_listed_by_family() {
    for (language, head) in [("vi", "Đọc tệp\n"), ("en", "Reading\n")] {
        let run = tiendo(&["explain", "--lang", language]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(run.out.starts_with(head), "{}", run.out);
        for code in codes::ALL {
            assert!(run.out.contains(&format!("\n  {code} ")), "{code}");
        }
    }
}

#[test]
fn an_explanation_has_an_example() {
    let run = tiendo(&["explain", "row-length"]);
    assert!(
        run.out
            .contains("Ví dụ:\n    Đơn vị,Tổng số\n    Xã Cẩm Lương,1,5\nSửa thành:\n"),
        "{}",
        run.out
    );
}
