use proptest::prelude::*;

use super::*;
use crate::diagnostic::Language;

fn file(text: &str) -> SourceFile {
    SourceFile::new("a.json", text)
}

fn shown(checked: &Checked<Option<Table>>) -> Vec<String> {
    let one = |d: &Diagnostic| format!("{} {}", d.code, d.place.shown());
    checked.diagnostics.iter().map(one).collect()
}

#[test]
fn objects_become_rows_with_their_lines() {
    let checked = read(&file(
        "[\n {\"a\": \"x{\", \"b\": 2.50},\n {\"b\": 3, \"c\": null}\n]",
    ));
    let t = checked.value.unwrap();
    assert_eq!(t.header, ["a", "b", "c"]);
    assert_eq!((t.cell(0, 0), t.cell(0, 1), t.line(0)), ("x{", "2.50", 1));
    assert_eq!((t.cell(1, 1), t.line(1)), ("3", 2));
    assert_eq!(t.place(1, 1).shown(), "a.json:$[1].b");
}

#[test]
fn broken_json_has_its_place() {
    let d = &read(&file("[\n{\"a\": }]")).diagnostics[0];
    assert_eq!((d.code.as_str(), d.place.line), ("json-invalid", Some(1)));
}

#[test]
fn numbers_keep_all_their_digits() {
    let text = "[{\"a\": 123456789012345678901234567890.10, \"b\": 1e400, \"c\": -0.0}]";
    let t = read(&file(text)).value.unwrap();
    let cells: Vec<&str> = (0..3).map(|c| t.cell(0, c)).collect();
    assert_eq!(
        cells,
        ["123456789012345678901234567890.10", "1e+400", "-0.0"]
    );
}

#[test]
fn a_table_is_found_deeper_in_a_file() {
    let text = "{\"ky\": \"2026-08\", \"ket_qua\": {\"don_vi\": [\n {\"ten\": \"A\", \"ho_so\": {\"tong\": 5, \"qua_han\": {\"so\": 1}}},\n \
        {\"ten\": \"B\", \"ho_so\": {\"tong\": 6}}]}}";
    for path in ["ket_qua.don_vi[]", "ket_qua.don_vi", "$.ket_qua.don_vi[]"] {
        let checked = read_at(&file(text), path);
        assert_eq!(shown(&checked), [""; 0]);
        let t = checked.value.unwrap();
        assert_eq!(t.header, ["ten", "ho_so.tong", "ho_so.qua_han.so"]);
        assert_eq!((t.cell(1, 1), t.cell(1, 2), t.line(1)), ("6", "", 2));
        assert_eq!(
            t.place(0, 2).shown(),
            "a.json:$.ket_qua.don_vi[0].ho_so.qua_han.so"
        );
    }
    let nested = "[{\"xa\": [{\"n\": 1}, {\"n\": 2}]}, {\"xa\": [{\"n\": 3}]}]";
    let t = read_at(&file(nested), "[].xa[]").value.unwrap();
    assert_eq!((t.row_count(), t.cell(2, 0)), (3, "3"));
    assert_eq!(t.place(2, 0).shown(), "a.json:$[1].xa[0].n");
    assert_eq!(
        read_at(&file("[{\"n\": 1}]"), "")
            .value
            .unwrap()
            .row_count(),
        1
    );
}

#[test]
fn a_path_that_leads_nowhere_says_what_there_is() {
    let text = "{\"ket_qua\": {\"don_vi\": [{\"ten\": \"A\"}]}}";
    assert_eq!(shown(&read(&file(text))), ["json-path-unknown a.json"]);
    for path in ["ket_qua.xa[]", "ket_qua", ""] {
        let checked = read_at(&file(text), path);
        assert_eq!(shown(&checked), ["json-path-unknown a.json"], "{path}");
        let known = checked.diagnostics[0]
            .arguments
            .iter()
            .find(|(n, _)| *n == "known");
        let known = known.map(|(_, v)| v.shown(Language::English));
        assert_eq!(known.as_deref(), Some("`ket_qua.don_vi[]`"));
    }
}

#[test]
fn what_one_cell_cannot_hold_is_a_finding_with_its_path() {
    let found = |text: &str| shown(&read(&file(text)));
    assert_eq!(
        found("[{\"a\": 1, \"a\": 2}]"),
        ["json-key-duplicate a.json:$[0].a"]
    );
    assert_eq!(
        found("[{\"a\": {\"b\": 1}}]"),
        ["json-invalid a.json:$[0].a"]
    );
    assert_eq!(found("[{\"a\": 1}, 5]"), ["json-invalid a.json:$[1]"]);
    assert_eq!(found("{\"a\": 1}"), ["json-invalid a.json:$"]);
    assert_eq!(found("[]"), ["table-empty a.json"]);
    assert_eq!(found(&"[{\"a\":".repeat(1000)).len(), 1);
}

proptest! {
    #[test]
    fn any_text_is_a_table_or_a_finding(text in "[\\[\\]{}:,\"a1.e\\\\n -]{0,40}", path in "[a\\[\\].$]{0,6}") {
        read(&file(&text));
        read_at(&file(&text), &path);
    }
}
