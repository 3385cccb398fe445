//! Sheets as offices send them, with and without a mapping: every figure that is read, with its place and note.

use tiendo::model::{FactIx, Kind, Stat};
use tiendo::pipeline::{self, Options};
use tiendo::source::{SourceFile, Sources};

use crate::support::workbook;

const UNITS: &str = "id,portal_code,name,level,parent,aliases
tinh-a,H1,Tỉnh An,tinh,,
tinh-a/mot,H1.1,Xã Một,xa,tinh-a,
tinh-a/hai,H1.2,Xã Hai,xa,tinh-a,
tinh-a/tong-cot,H1.3,Xã Tổng Cọt,xa,tinh-a,
tinh-a/cong-hoa,H1.4,Xã Cộng Hòa,xa,tinh-a,
tinh-a/i-ro-pao,H1.5,Xã I Rơ Pao,xa,tinh-a,
";
const SERVICES: &str = "id,name,kind
khai-sinh,Khai sinh,service
khai-tu,Khai tử,service
";
const MEASURES: &str = "[tiep-nhan]
label = \"Tiếp nhận\"
unit = \"hồ sơ\"
aliases = [\"Tổng số\"]
parts = [[\"dung-han\", \"qua-han\"]]
[dung-han]
label = \"Đúng hạn\"
[qua-han]
label = \"Quá hạn\"
[kinh-phi]
label = \"Kinh phí\"
unit = \"đồng\"
type = \"amount\"
";
const INDICATORS: &str = "[ty-le]
label = \"Tỷ lệ đúng hạn\"
numerator = [\"dung-han\"]
denominator = [\"tiep-nhan\"]
unit = \"%\"
";
const PERIOD: &str = "period = \"2024-09\"
label = \"Tháng 9/2024\"
start = 2024-09-01
end = 2024-09-30
unit = \"tinh-a\"
";

/// What a table gives: figures in the order of their cells, then stated ratios, then the codes of findings.
fn read(table: (&str, &[u8]), mapping: &str) -> Vec<String> {
    let mut files = vec![
        SourceFile::new("site.toml", "title = \"Thử\"\n"),
        SourceFile::new("data/catalog/units.csv", UNITS),
        SourceFile::new("data/catalog/services.csv", SERVICES),
        SourceFile::new("data/catalog/measures.toml", MEASURES),
        SourceFile::new("data/catalog/indicators.toml", INDICATORS),
        SourceFile::new("data/ky/period.toml", PERIOD),
        SourceFile::new(&format!("data/ky/{}", table.0), table.1),
    ];
    if !mapping.is_empty() {
        files.push(SourceFile::new("data/mappings/a.toml", mapping));
    }
    let sources = Sources::new(files);
    let loaded = pipeline::load(&sources, &Options::default());
    let (catalog, facts) = (&loaded.catalog, &loaded.ingested.facts);
    let mut order: Vec<FactIx> = facts.indices().collect();
    order.sort_by_key(|ix| facts.origin(*ix));
    let mut out: Vec<String> = order
        .into_iter()
        .map(|ix| {
            let key = facts.keys()[ix.at()];
            let file = &loaded.ingested.files[usize::from(facts.origin(ix).file)];
            let place = file.place(facts.origin(ix), 1).within_file();
            let unit = &catalog.units.get(key.unit()).id;
            let service = &catalog.services.get(key.service()).id;
            let id = catalog.stat_id(Stat::Measure(facts.measure(ix)));
            let value = match facts.kind(ix) {
                Kind::Value => facts.value(ix).unwrap().to_plain(),
                other => format!("{other:?}"),
            };
            let note = facts.extra(ix).and_then(|e| e.note.as_deref());
            let note = note.map_or_else(String::new, |n| format!(" ({n})"));
            let of = [unit.as_str(), service, id]
                .into_iter()
                .filter(|t| !t.is_empty());
            let of: Vec<&str> = of.map(|t| t.trim_start_matches("tinh-a/")).collect();
            format!("{place} {} = {value}{note}", of.join(" "))
        })
        .collect();
    for claim in &loaded.ingested.claims.list {
        let unit = &catalog.units.get(claim.key.unit()).id;
        let unit = unit.trim_start_matches("tinh-a/");
        let value = claim
            .value
            .map(tiendo::decimal::Decimal::to_plain)
            .unwrap_or_default();
        out.push(format!("{unit} ty-le {value} “{}”", claim.as_written));
    }
    out.extend(loaded.findings.iter().map(|d| d.code.to_string()));
    out
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(60))]
    #[test]
    fn nothing_makes_it_panic(
        table in "[Đơn vịTổngsố1,.%*(I)\n]{0,120}",
        mapping in "(header_rows = \\[[0-9]{1,2}\\]\n|groups = \"unit\"\n|first_row = [0-9]\n|table = [1-3]\n|\\[columns\\]\n[A-C] = \"tiep-nhan\"\n){0,3}",
    ) {
        read(("a.csv", table.as_bytes()), "");
        read(("a.csv", table.as_bytes()), &format!("files = \"data/*/a.csv\"\n{mapping}"));
    }
}

fn csv(text: &str, mapping: &str) -> Vec<String> {
    read(("a.csv", text.trim_start().as_bytes()), mapping)
}

fn book(text: &str, mapping: &str) -> Vec<String> {
    read(("a.xlsx", &workbook(text)), mapping)
}

#[test]
fn an_office_sheet_needs_three_lines() {
    let found = book(
        r#"
[[sheet]]
name = "T9 "
merges = [[4, 1, 5, 1], [4, 2, 5, 2], [4, 3, 4, 5], [4, 6, 5, 6], [13, 1, 13, 2]]
hidden_rows = [12]
rows = [
  ["UBND TỈNH AN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
  [],
  ["BÁO CÁO THÁNG 9 NĂM 2024"],
  ["STT", "Đơn vị", "Hồ sơ", "", "", "Tỷ lệ đúng hạn"],
  ["", "", "Tổng số", "Đúng hạn", "Quá hạn", ""],
  ["(1)", "(2)", "(3)", "(4)", "(5)=(3)-(4)", "(6)"],
  ["I", "CÁC XÃ PHÍA BẮC"],
  [1, "Xã Một", 1200, "1.000*", "200", "83,33"],
  ["2", "Tổng Cọt (1)", "2.000", 1500, 500, 75],
  ["II", "CÁC XÃ PHÍA NAM"],
  ["1", "Cộng Hòa", "20", "20", "0", "%1"],
  ["2", "Xã Hai", 5, 5, 0, 100],
  ["TỔNG CỘNG", "", "3.220", "2.520", "700", "%0.7826"],
  [],
  ["Ghi chú:"],
  ["* Ước tính"],
  ["(1) Từ 15/9"],
]
"#,
        "files = \"data/*/a.xlsx\"
header_rows = [4, 5]
total_unit = \"tinh-a\"
number_style = \"vi\"

[columns]
C = \"tiep-nhan\"
\"Hồ sơ / Đúng hạn\" = \"dung-han\"
\"Quá hạn\" = \"qua-han\"
",
    );
    assert_eq!(
        found,
        [
            "T9!C8 mot tiep-nhan = 1200",
            "T9!D8 mot dung-han = 1000 (Ước tính)",
            "T9!E8 mot qua-han = 200",
            "T9!C9 tong-cot tiep-nhan = 2000 (Từ 15/9)",
            "T9!D9 tong-cot dung-han = 1500 (Từ 15/9)",
            "T9!E9 tong-cot qua-han = 500 (Từ 15/9)",
            "T9!C11 cong-hoa tiep-nhan = 20",
            "T9!D11 cong-hoa dung-han = 20",
            "T9!E11 cong-hoa qua-han = 0",
            "T9!C13 tinh-a tiep-nhan = 3220 (Dòng TỔNG CỘNG của bảng)",
            "T9!D13 tinh-a dung-han = 2520 (Dòng TỔNG CỘNG của bảng)",
            "T9!E13 tinh-a qua-han = 700 (Dòng TỔNG CỘNG của bảng)",
            "tinh-a ty-le 78.26 “78,26%”",
            "mot ty-le 83.33 “83,33”",
            "tong-cot ty-le 75 “75”",
            "cong-hoa ty-le 100 “100%”",
            "hidden-row",
        ]
    );
}

#[test]
fn numbers_of_the_file_ask_for_no_style() {
    let sheet = r#"
[[sheet]]
name = "S"
rows = [["Đơn vị", "Kinh phí"], ["Xã Một", 1.234], ["Xã Hai", "CELL"]]
"#;
    let of = |cell: &str| book(&sheet.replace("CELL", cell), "");
    assert_eq!(
        of("5,25"),
        ["S!B2 mot kinh-phi = 1.234", "S!B3 hai kinh-phi = 5.25"]
    );
    assert_eq!(
        of("1.234").last().map(String::as_str),
        Some("number-ambiguous")
    );
}

#[test]
fn groups_may_name_the_unit_of_their_rows() {
    let text = "
Dịch vụ,Tiếp nhận
I. Xã Một
Khai sinh,3
Khai tử,1
II. Xã Hai
Khai sinh,4
Cộng,8
";
    let wanted = [
        "3:11 mot khai-sinh tiep-nhan = 3",
        "4:9 mot khai-tu tiep-nhan = 1",
        "6:11 hai khai-sinh tiep-nhan = 4",
    ];
    let mapping = "files = \"data/ky/a.csv\"\ngroups = \"unit\"\n";
    assert_eq!(csv(text, mapping), wanted);
}

#[test]
fn columns_have_their_own_ways() {
    let text = "
Đơn vị,Nhận,Kinh phí (triệu đồng),Tỷ lệ,Ghi
Xã Một,\"1,234\",\"12,5\",0,x
H1.2,\"2,000\",7,\"50,5\",y
ai đó,7,1,1,z
Nguồn,1,1,1,z
";
    let mapping = "
files = [\"data/ky/a.csv\"]
number_style = \"vi\"
skip = \"ai đó\"
stop = [\"nguồn\"]

[columns]
\"Nhận\" = { field = \"tiep-nhan\", number_style = \"en\" }
C = { field = \"kinh-phi\", scale = \"triệu\", header = \"Kinh phí (triệu đồng)\" }
\"Tỷ lệ\" = { field = \"ty-le\", percent = true, zero_is = \"no-activity\" }
E = \"bỏ qua\"

[fixed]
service = \"khai-sinh\"
status = \"provisional\"

[units]
\"H1.2\" = \"tinh-a/cong-hoa\"
";
    assert_eq!(
        csv(text, mapping),
        [
            "2:8 mot khai-sinh tiep-nhan = 1234",
            "2:16 mot khai-sinh kinh-phi = 12500000",
            "3:6 cong-hoa khai-sinh tiep-nhan = 2000",
            "3:14 cong-hoa khai-sinh kinh-phi = 7000000",
            "cong-hoa ty-le 50.5 “50,5”",
        ]
    );
}

#[test]
fn two_tables_of_one_sheet_are_both_read() {
    let text = "
Bảng 1. Hồ sơ
Đơn vị,Tiếp nhận
Xã Một,5
Xã Hai,chưa báo cáo
Cộng,5

Bảng 2. Kết quả
Đơn vị,Đúng hạn,Quá hạn
Xã Một,3,2
,Người lập biểu
";
    assert_eq!(
        csv(text, ""),
        [
            "3:8 mot tiep-nhan = 5",
            "4:8 hai tiep-nhan = NotReported",
            "9:8 mot dung-han = 3",
            "9:10 mot qua-han = 2",
            "row-split",
        ]
    );
}

#[test]
fn objects_may_be_mapped_too() {
    let text = "[{\"ten\": \"Xã Một\", \"n\": 5}, {\"ten\": \"Xã Hai\", \"n\": 7}]";
    let mapping = "files = \"data/ky/a.json\"\n[columns]\nten = \"đơn vị\"\nn = \"tiep-nhan\"\n";
    let found = read(("a.json", text.as_bytes()), mapping);
    let values: Vec<&str> = found
        .iter()
        .filter_map(|f| f.split_once(' '))
        .map(|f| f.1)
        .collect();
    assert_eq!(values, ["mot tiep-nhan = 5", "hai tiep-nhan = 7"]);
    let found = read(("a.json", text.as_bytes()), "");
    assert!(found.contains(&"header-unknown".to_owned()), "{found:?}");
}

#[test]
fn a_plain_table_with_a_row_of_sums_is_no_plain_table() {
    let text = "
Đơn vị,Tiếp nhận
Xã Cộng Hòa,5
Tổng Cọt,6
I Rơ Pao,1
Tổng,12
";
    assert_eq!(
        csv(text, ""),
        [
            "2:13 cong-hoa tiep-nhan = 5",
            "3:10 tong-cot tiep-nhan = 6",
            "4:10 i-ro-pao tiep-nhan = 1",
        ]
    );
}

#[test]
fn mistakes_in_a_mapping_are_all_found() {
    let mapping = "
files = \"data/*/a.csv\"
shet = 1
hidden = \"no\"
header_rows = [0]
total_unit = \"tinh-b\"

[columns]
B = { feld = \"tiep-nhan\" }
C = \"tiep-nhn\"

[fixed]
period = \"2024-10\"
";
    let mut found = csv("Đơn vị,Tiếp nhận\nXã Một,5\n", mapping);
    found.retain(|f| !f.contains(' '));
    found.sort();
    assert_eq!(
        found,
        [
            "key-missing",
            "key-unknown",
            "key-unknown",
            "measure-unknown",
            "period-unknown",
            "unit-unknown",
            "value-invalid",
            "value-invalid",
        ]
    );
}

#[test]
fn services_may_stand_side_by_side() {
    let found = book(
        r#"
[[sheet]]
name = "T9"
merges = [[1, 1, 3, 1], [1, 2, 1, 5], [2, 2, 2, 3], [2, 4, 2, 5]]
rows = [
  ["Đơn vị", "Kết quả", "", "", ""],
  ["", "Khai sinh", "", "Khai tử", ""],
  ["", "Tổng số", "Quá hạn", "Tổng số", "Quá hạn"],
  ["Xã Một", 10, 1, 3, 0],
  ["Xã Ba", 1, 1, 1, 1],
  ["Xã Hai", 20, 2, 4, 1],
  ["Tổng cộng", 31, 4, 8, 2],
]
"#,
        r#"
files = "data/*/a.xlsx"
[columns]
"Kết quả / Khai sinh / Tổng số" = { field = "tiep-nhan", service = "khai-sinh" }
"Kết quả / Khai sinh / Quá hạn" = { field = "qua-han", service = "khai-sinh" }
"Kết quả / Khai tử / Tổng số" = { field = "tiep-nhan", service = "khai-tu" }
"Kết quả / Khai tử / Quá hạn" = { field = "qua-han", service = "khai-tu" }
"#,
    );
    // The unknown unit is told once, though its row is read for two services.
    assert_eq!(
        found,
        [
            "T9!B4 mot khai-sinh tiep-nhan = 10",
            "T9!C4 mot khai-sinh qua-han = 1",
            "T9!D4 mot khai-tu tiep-nhan = 3",
            "T9!E4 mot khai-tu qua-han = 0",
            "T9!B6 hai khai-sinh tiep-nhan = 20",
            "T9!C6 hai khai-sinh qua-han = 2",
            "T9!D6 hai khai-tu tiep-nhan = 4",
            "T9!E6 hai khai-tu qua-han = 1",
            "header-rows",
            "unit-unknown",
        ]
    );
}

#[test]
fn a_column_may_be_of_a_unit_or_of_a_period() {
    assert_eq!(
        csv(
            "Dịch vụ,Một,Hai\nKhai sinh,1,2\nKhai tử,3,4\n",
            "files = \"data/*/a.csv\"
[columns]
\"Một\" = { field = \"tiep-nhan\", unit = \"tinh-a/mot\" }
\"Hai\" = { field = \"tiep-nhan\", unit = \"tinh-a/hai\" }
"
        ),
        [
            "2:11 mot khai-sinh tiep-nhan = 1",
            "2:13 hai khai-sinh tiep-nhan = 2",
            "3:9 mot khai-tu tiep-nhan = 3",
            "3:11 hai khai-tu tiep-nhan = 4",
        ]
    );
    assert_eq!(
        csv(
            "Đơn vị,A,B\nXã Một,1,2\n",
            "files = \"data/*/a.csv\"
[columns]
\"A\" = { field = \"tiep-nhan\", period = \"2024-09\" }
\"B\" = { field = \"tiep-nhan\", period = \"2024-08\" }
"
        ),
        // A period that nobody knows: the two columns are then of the same.
        [
            "2:8 mot tiep-nhan = 1",
            "2:10 mot tiep-nhan = 2",
            "period-unknown",
        ]
    );
}
