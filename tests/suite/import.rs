//! `tiendo import`: what it tells, what it writes, and that it writes nothing else.

use std::fs;
use std::path::Path;

use crate::support::{copy, files, repository, tiendo_at, write_site};

const UNITS: &[u8] =
    "id,name,level,parent\ntinh-a,Tỉnh An,tinh,\ntinh-a/mot,Xã Một,xa,tinh-a\ntinh-a/hai,Xã Hai,xa,tinh-a\n"
        .as_bytes();
const MEASURES: &[u8] = "[tiep-nhan]
label = \"Tiếp nhận\"
aliases = [\"Tổng số\"]
parts = [[\"dung-han\", \"qua-han\"]]
[dung-han]
label = \"Đúng hạn\"
[qua-han]
label = \"Quá hạn\"
"
.as_bytes();
const TABLE: &[u8] = "BÁO CÁO THÁNG 9,,,,
,,,,
STT,Tên,Trong kỳ,,
,,Trả đúng hẹn,Quá hạn,Cả thảy
1,Xã Một,4,1,5
2,Xã Hai,6,1,7
3,xã hai mươi,3,1,4
Tổng cộng,,13,3,16
"
.as_bytes();

fn site(root: &Path) {
    let catalog = [
        ("site.toml", "title = \"Thử\"\n".as_bytes()),
        ("data/catalog/units.csv", UNITS),
        ("data/catalog/measures.toml", MEASURES),
        ("la/thang 9.csv", TABLE),
    ];
    write_site(root, &catalog);
}

#[test]
fn a_mapping_is_proposed_and_written_only_when_asked_for() {
    let root = tempfile::tempdir().unwrap();
    site(root.path());
    let table = root.path().join("la/thang 9.csv");
    let table = table.to_str().unwrap();
    let before = files(root.path());
    let run = tiendo_at(root.path(), &["import", table]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert_eq!(files(root.path()), before);
    for line in [
        "  dòng tiêu đề: 3, 4",
        "  dòng tổng, chỉ để kiểm tra: 8 “Tổng cộng”",
        "  cột B “Tên” → đơn vị? vì 2/3 ô là tên hoặc mã đơn vị",
        "  cột C “Trong kỳ / Trả đúng hẹn” → chưa rõ",
        "  cột D “Trong kỳ / Quá hạn” → qua-han? vì phần cuối của tiêu đề là “Quá hạn”, một tên gọi trong danh mục",
        "  cột E “Trong kỳ / Cả thảy” → chưa rõ vì C+D=E ở 3/3 dòng",
        "# \"Trong kỳ / Trả đúng hẹn\" = \"?\" # cột C",
        "lỗi[unit-unknown]: không có đơn vị `xã hai mươi`",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let run = tiendo_at(root.path(), &["import", table, "--write"]);
    assert_eq!(run.code, 1);
    let written = root.path().join("data/mappings/thang-9.toml");
    let text = fs::read_to_string(&written).unwrap();
    assert!(text.contains("files = \"data/*/thang 9.csv\""), "{text}");
    assert!(text.contains("header_rows = [3, 4]"), "{text}");
    assert!(run.err.contains("thang-9.toml"), "{}", run.err);
    // What a person wrote since is not lost.
    fs::write(&written, "# của tôi\n").unwrap();
    let run = tiendo_at(root.path(), &["import", table, "--write"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(fs::read_to_string(&written).unwrap(), "# của tôi\n");
    assert_eq!(
        tiendo_at(root.path(), &["import", table, "--write", "Khác"]).code,
        1
    );
    assert!(root.path().join("data/mappings/khac.toml").is_file());
    assert_eq!(
        tiendo_at(root.path(), &["import", table, "--write", "--force"]).code,
        1
    );
    assert_eq!(fs::read_to_string(&written).unwrap(), text);
}

#[test]
fn a_table_of_known_words_needs_no_mapping() {
    let root = tempfile::tempdir().unwrap();
    site(root.path());
    let table = root.path().join("a.csv");
    fs::write(&table, "Đơn vị,Tổng số\nXã Một,5\nXã Hai,7\n").unwrap();
    let run = tiendo_at(root.path(), &["import", table.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("không cần bản khai"), "{}", run.out);
    assert!(
        run.out.contains("2:8: Xã Một, tiep-nhan = 5"),
        "{}",
        run.out
    );
    let run = tiendo_at(
        root.path(),
        &["import", table.to_str().unwrap(), "--lang", "en"],
    );
    assert!(run.out.contains("needs no mapping"), "{}", run.out);
    assert!(!run.out.contains("cột"), "{}", run.out);
}

#[test]
fn wrong_usage_is_told_apart_from_unclear_tables() {
    let root = tempfile::tempdir().unwrap();
    site(root.path());
    let missing = root.path().join("khong-co.csv");
    assert_eq!(
        tiendo_at(root.path(), &["import", missing.to_str().unwrap()]).code,
        2
    );
    let text = root.path().join("bao-cao.docx");
    fs::write(&text, "x").unwrap();
    assert_eq!(
        tiendo_at(root.path(), &["import", text.to_str().unwrap()]).code,
        2
    );
    let empty = root.path().join("trong.csv");
    fs::write(&empty, "chỉ có chữ\n").unwrap();
    let run = tiendo_at(root.path(), &["import", empty.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("Không tìm thấy bảng nào"), "{}", run.out);
}

/// The mapping proposed for the workbook of Phú Thọ reads it as the one in the repository does.
#[test]
fn the_proposal_for_a_real_workbook_reads_all_of_it() {
    let root = tempfile::tempdir().unwrap();
    for part in ["data/catalog", "data/phu-tho-2026-08"] {
        copy(&repository().join(part), &root.path().join(part));
    }
    let units = "parent = [\"08\", \"25\", \"38\", \"42\", \"52\", \"92\"]";
    let settings = format!("title = \"Thử\"\n[units]\n{units}\n");
    write_site(root.path(), &[("site.toml", settings.as_bytes())]);
    let book = root.path().join("data/phu-tho-2026-08/tien-do.xlsx");
    let run = tiendo_at(root.path(), &["import", book.to_str().unwrap(), "--write"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    for line in [
        "Sẽ đọc được 489 số liệu và 326 số theo báo cáo",
        "E+F=D ở 160/160 dòng",
        "G=E/D theo phần trăm ở 160/160 dòng",
        "Không còn chỗ nào chưa rõ.",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let check = tiendo_at(root.path(), &["check", "--format", "json"]).json();
    let of_book = check["diagnostics"].as_array().unwrap().iter();
    let codes: Vec<&str> = of_book
        .filter(|d| d["place"]["file"] == "data/phu-tho-2026-08/tien-do.xlsx")
        .map(|d| d["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["zero-denominator", "zero-denominator"]);
}

#[test]
fn services_across_and_arrays_within_objects_are_proposed() {
    let root = tempfile::tempdir().unwrap();
    site(root.path());
    let files: [(&str, &[u8]); 3] = [
        (
            "data/catalog/services.csv",
            "id,name,kind\nkhai-sinh,Khai sinh,service\nkhai-tu,Khai tử,service\n".as_bytes(),
        ),
        (
            "la/a.csv",
            ",Khai sinh,,Khai tử,\nĐơn vị,Tổng số,Quá hạn,Tổng số,Quá hạn\nXã Một,4,1,5,2\nXã Hai,6,1,7,3\n"
                .as_bytes(),
        ),
        (
            "la/b.json",
            "{\"ngay\": 1, \"kq\": {\"xa\": [{\"ten\": \"Xã Một\", \"hs\": {\"Tổng số\": 3}}, {\"ten\": \"Xã Hai\", \"hs\": {\"Tổng số\": 4}}]}}"
                .as_bytes(),
        ),
    ];
    write_site(root.path(), &files);
    let import = |name: &str| {
        let path = root.path().join("la").join(name);
        tiendo_at(root.path(), &["import", path.to_str().unwrap()])
    };
    let run = import("a.csv");
    assert_eq!(run.code, 0, "{}", run.out);
    for line in [
        "\"Khai sinh / Quá hạn\" = { field = \"qua-han\", service = \"khai-sinh\" } # cột C",
        "\"Khai tử / Tổng số\" = { field = \"tiep-nhan\", service = \"khai-tu\" } # cột D",
        "Xã Một, Khai tử, qua-han = 2",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let run = import("b.json");
    assert_eq!(run.code, 0, "{}", run.out);
    for line in [
        "json_path = \"kq.xa[]\"",
        "\"ten\" = \"đơn vị\" # cột A",
        "\"hs.Tổng số\" = \"tiep-nhan\" # cột B",
        "Sẽ đọc được 2 số liệu",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
}
