//! What is read from well-made files of each format.

use calamine::{Data, Reader};

use super::*;
use crate::table::grid::Merge;

const REPORT: &str = "[Biểu 1]
1 A1=UBND TỈNH PHÚ THỌ
3 A3=Đơn vị B3=Tổng số C3=Tỷ lệ D3=Ngày E3=Ghi chú
4 A4=UBND xã Hy Cương B4=#1234 C4=%78.38 D4=@2026-08-31 E4=đạt F4=Hà Nội, tỉnh Phú Thọ
5 A5=Sở Nội vụ B5=2.035 C5=%100 D5=@2026-09-01T08:30:00 F5=ẩn cột
!6 A6=Xã ẩn B6=#5 C6=%30 E6=E#DIV/0!
7 A7=Xã Tam Sơn B7=#9.428571429 C7=%66.67 E7=có
8 B8=#1248.428571
![Sheet ẩn]
2 B2=030192000123
[Trống]
";

#[test]
fn one_report_reads_alike_in_every_format() {
    for format in ["xlsx", "xls", "ods"] {
        let name = format!("bao-cao.{format}");
        let read = read_bytes(&name, held(&name));
        let mut expected = REPORT.to_owned();
        if format == "ods" {
            // The program that wrote it keeps the sign of truth as a number.
            expected = expected.replace("E7=có", "E7=#1");
        }
        assert_eq!(drawn(&read.value), expected, "{format}");
        assert_eq!(found(&read), [format!("encoding-legacy {name}:Biểu 1")]);
        let grid = &read.value.grids[0];
        let merge = Merge {
            top: 0,
            left: 0,
            bottom: 0,
            right: 2,
        };
        assert_eq!(
            (&grid.merges[..], &grid.hidden_columns[..]),
            (&[merge][..], &[5][..]),
            "{format}"
        );
        let comment = String::from("Số liệu của anh Nguyễn Văn A");
        assert_eq!(grid.comments, [(3, 0, comment)], "{format}");
        for text in [
            "Trần Thị B",
            "Lê C",
            "Báo cáo tháng 8",
            "Số liệu của anh Nguyễn Văn A",
            "VungSoLieu",
            "Đầu trang mật",
            "Chân trang",
        ] {
            let holds =
                |(place, t): &(Place, String)| t.contains(text) || place.shown().contains(text);
            assert!(read.value.texts.iter().any(holds), "{format}: {text}");
        }
    }
}

#[test]
fn the_table_of_phu_tho_is_read() {
    let name = "phu-tho-tien-do-2026-08.xlsx";
    let read = read_bytes(name, held(name));
    assert_eq!(found(&read), [""; 0]);
    let grid = &read.value.grids[0];
    assert_eq!(
        (grid.rows.len(), grid.width(), grid.merges.len()),
        (176 - 1, 8, 13)
    );
    assert_eq!(grid.row(173).unwrap().text(6), "78.38");
    assert_eq!(grid.row(173).unwrap().text(3), "184.513");
    assert_eq!(grid.row(172).unwrap().text(7), "15.35");
    assert_eq!(grid.row(9).unwrap().get(0).unwrap().kind, CellType::Number);
}

/// The text that `calamine` gives for a cell, in the words of this module.
fn oracle(data: &Data) -> Option<String> {
    Some(match data {
        Data::String(s) => sheet::tidy(s).into_owned(),
        Data::Float(f) => {
            return format::figure(*f, format::Format::General, false).map(|(t, _)| t);
        }
        Data::Int(i) => i.to_string(),
        Data::Bool(b) => String::from(if *b { "có" } else { "không" }),
        Data::Error(e) => e.to_string(),
        _ => return None,
    })
}

#[test]
fn another_reader_finds_the_same_cells() {
    let mut compared = 0;
    for name in [
        "bao-cao.xlsx",
        "bao-cao.xls",
        "bao-cao.ods",
        "phu-tho-tien-do-2026-08.xlsx",
    ] {
        let bytes = held(name);
        let ours = read_bytes(name, bytes.clone()).value;
        let mut theirs = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
        for (n, grid) in ours.grids.iter().enumerate() {
            let sheet = grid.sheet.as_deref().unwrap();
            let range = theirs.worksheet_range_at(n).unwrap().unwrap();
            let start = range.start().unwrap_or_default();
            for (row, column, data) in range.used_cells() {
                let at = (
                    start.0 + u32::try_from(row).unwrap(),
                    start.1 + u32::try_from(column).unwrap(),
                );
                let Some(expected) = oracle(data).filter(|t| !t.is_empty()) else {
                    continue;
                };
                let cell = grid.row(at.0).and_then(|r| r.get(at.1)).unwrap();
                let is_other = cell.kind == CellType::Percent
                    || cell.text == "Hà Nội, tỉnh Phú Thọ"
                    || cell.text == "15.35";
                let is_shown = cell.kind == CellType::Number && cell.text.contains('.');
                if !is_other && !is_shown {
                    assert_eq!(cell.text, expected, "{name} {sheet} {at:?}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 1_300, "{compared}");
}

#[test]
fn a_file_of_another_writer_is_read() {
    use rust_xlsxwriter::{Format, Formula, Note};
    let mut book = rust_xlsxwriter::Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("Biểu").unwrap();
    sheet.write_string(0, 0, "Tỷ lệ").unwrap();
    sheet
        .write_number_with_format(0, 1, 0.785, &percent)
        .unwrap();
    sheet
        .write_formula(1, 1, Formula::new("=B1*2").set_result("1.57"))
        .unwrap();
    sheet
        .write_rich_string(2, 0, &[(&Format::default(), "chưa kết nối"), (&bold, "*")])
        .unwrap();
    sheet.merge_range(3, 0, 4, 1, "Gộp", &bold).unwrap();
    sheet.write_boolean(5, 0, false).unwrap();
    sheet.insert_note(0, 0, &Note::new("hỏi chị Lan")).unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.set_column_hidden(1).unwrap();
    let read = read_bytes("a.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(found(&read), [""; 0]);
    assert_eq!(
        drawn(&read.value),
        "[Biểu]\n1 A1=Tỷ lệ B1=%78.5\n2 B2=#1.57\n3 A3=chưa kết nối*\n4 A4=Gộp\n!6 A6=không\n"
    );
    let grid = &read.value.grids[0];
    assert_eq!((grid.merges.len(), &grid.hidden_columns[..]), (1, &[1][..]));
    assert!(grid.comments[0].2.contains("hỏi chị Lan"));
}

#[test]
fn the_fine_points_of_xlsx_are_known() {
    let styles = r#"<numFmts><numFmt numFmtId="170" formatCode="dd\/mm\/yyyy;@"/></numFmts><fonts><font><name val=".VnTime"/></font></fonts>
        <cellStyleXfs><xf numFmtId="10"/></cellStyleXfs><cellXfs><xf numFmtId="0" fontId="7"/><xf numFmtId="170"/></cellXfs>"#;
    let strings = r#"<si><t xml:space="preserve">  Hà Nội </t></si><si><r><rPr><b/></rPr><t>東</t></r><rPh sb="0" eb="1"><t>あ</t></rPh><r><t xml:space="preserve"> x_x000D_
y</t></r></si><si><t>thừa</t></si>"#;
    let sheet = r#"<cols><col min="3" max="16384" hidden="1"/></cols><sheetData>
        <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>78.379999999999995</v></c></row>
        <row r="4" ht="0"><c r="B4" s="1"><v>0</v></c><c s="1"><v>44804</v></c></row>
        <row><c t="str"><f>A1</f><v>tính</v></c><c><f>B1</f></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="b"><v>1</v></c></row>
        <row r="6"><c r="A6" t="inlineStr"><is><t>a</t></is></c><c r="A6" t="d"><v>2026-08-31T00:00:00</v></c><c r="C6"><v>1e3</v></c></row>
        </sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3"/></mergeCells>"#;
    let read = read_bytes(
        "a.xlsx",
        xlsx("<workbookPr date1904=\"1\"/>", sheet, strings, styles),
    );
    assert_eq!(
        drawn(&read.value),
        "[S]\n1 A1=Hà Nội B1=東 x\\ny C1=#78.38\n!4 B4=@1904-01-01 C4=@2026-09-01\n5 A5=tính C5=E#DIV/0! D5=có\n6 A6=@2026-08-31 C6=#1000\n"
    );
    assert_eq!(found(&read), ["formula-without-value a.xlsx:S!B5"]);
    let grid = &read.value.grids[0];
    assert_eq!(
        (&grid.hidden_columns[..], grid.merges.len()),
        (&[2, 3][..], 1)
    );
    assert!(read.value.texts.iter().any(|(_, t)| t == "thừa"));
}

#[test]
fn the_fine_points_of_ods_are_known() {
    let read = read_bytes(
        "a.ods",
        ods(
            r#"<table:table table:name="S"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>a<text:s text:c="3"/>b</text:p><text:p>c</text:p></table:table-cell>
            <table:table-cell office:value-type="percentage" office:value="0.7838"><text:p>78,4%</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell table:formula="of:=A1"/><table:table-cell office:value-type="float" office:value="1234.5"><text:p>1.235</text:p></table:table-cell></table:table-row>
        </table:table>"#,
        ),
    );
    assert_eq!(
        drawn(&read.value),
        "[S]\n1 A1=a b\\nc B1=a b\\nc C1=%78.38\n2 A2=a b\\nc B2=a b\\nc C2=%78.38\n!1000003 B1000003=#1234.5\n"
    );
    assert_eq!(found(&read), ["formula-without-value a.ods:S!A1000003"]);
    assert_eq!(read.value.grids[0].hidden_columns, [2]);
}
