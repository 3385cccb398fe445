//! Sheets as offices send them, drawn as text: `|` parts cells, `~` is an empty one.

use super::*;
use crate::table::grid::{CellType, GridCell, Merge};

/// Draws a sheet: a line a row, `#12` a number, `%78.38` a per cent, `!` before a row hides it.
fn sheet(lines: &[&str]) -> Grid {
    let mut grid = Grid {
        file: "a.xlsx".into(),
        sheet: Some("S".into()),
        ..Grid::default()
    };
    for (i, text) in lines.iter().enumerate() {
        let hidden = text.starts_with('!');
        let cells: Vec<GridCell> = text
            .trim_start_matches('!')
            .split('|')
            .enumerate()
            .filter_map(|(column, cell)| {
                let cell = cell.trim();
                let kind = match cell.chars().next()? {
                    '#' => CellType::Number,
                    '%' if cell.len() > 1 => CellType::Percent,
                    _ => CellType::Text,
                };
                let column = u32::try_from(column).unwrap();
                let skip = usize::from(kind != CellType::Text);
                Some(GridCell {
                    column,
                    at: column,
                    text: cell[skip..].replace('~', ""),
                    kind,
                })
            })
            .filter(|c| !c.text.is_empty())
            .collect();
        if !cells.is_empty() {
            grid.rows.push(GridRow {
                line: u32::try_from(i).unwrap(),
                hidden,
                cells,
            });
        }
    }
    grid
}

fn merged(mut grid: Grid, merges: &[(u32, u32, u32, u32)]) -> Grid {
    grid.merges = merges
        .iter()
        .map(|(top, left, bottom, right)| Merge {
            top: *top,
            left: *left,
            bottom: *bottom,
            right: *right,
        })
        .collect();
    grid.merges.sort();
    grid
}

fn known(text: &str) -> bool {
    ["don vi", "tong so", "dung han", "ty le", "ten don vi"]
        .contains(&crate::text::normal::fold(text).as_str())
}

fn names(region: &Region) -> Vec<String> {
    (0..region.columns.len()).map(|c| region.name(c)).collect()
}

fn laid(grid: &Grid, region: &Region) -> Laid {
    lay(
        grid,
        region,
        &Roles::guess(grid, region),
        &Declared::default(),
        &|t| t.starts_with("Xã"),
    )
}

fn column(table: &Table, column: usize) -> Vec<&str> {
    table.cells_of(column).collect()
}

const OFFICE: &[&str] = &[
    "UBND TỈNH A||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "",
    "BÁO CÁO TIẾN ĐỘ THÁNG 8",
    "||||ĐVT: hồ sơ",
    "STT|Đơn vị|Hồ sơ trong kỳ|~|Tỷ lệ",
    "~|~|Tổng số|Đúng hạn|~",
    "(1)|(2)|(3)|(4)|(5)=(4)/(3)",
    "I|SỞ, NGÀNH",
    "1|Sở Y tế|#10|8|80",
    "2|Sở Nội vụ (1)|5|5|100",
    "II|XÃ, PHƯỜNG",
    "1|Xã Tổng Cọt|1.200|600*|50",
    "STT|Đơn vị|Hồ sơ trong kỳ||Tỷ lệ",
    "~|~|Tổng số|Đúng hạn|~",
    "!2|Xã Ẩn|1|1|100",
    "3|Cộng Hòa|20|20|100",
    "TỔNG CỘNG||1.235|633|%51.26",
    "",
    "Ghi chú:",
    "* Số liệu ước tính",
    "(1): Từ 01/8",
    "NGƯỜI LẬP BIỂU||THỦ TRƯỞNG",
];

#[test]
fn an_office_sheet_is_taken_apart() {
    let merges = [
        (4, 0, 5, 0),
        (4, 1, 5, 1),
        (4, 2, 4, 3),
        (4, 4, 5, 4),
        (16, 0, 16, 1),
    ];
    for grid in [sheet(OFFICE), merged(sheet(OFFICE), &merges)] {
        let found = find(&grid, &Declared::default(), &known);
        assert_eq!(found.hidden_rows, [14]);
        let [region] = found.regions.as_slice() else {
            panic!("{} tables", found.regions.len());
        };
        assert_eq!(region.header_rows, [4, 5]);
        assert_eq!(region.legend_rows, [6]);
        assert_eq!(
            names(region),
            [
                "STT",
                "Đơn vị",
                "Hồ sơ trong kỳ / Tổng số",
                "Hồ sơ trong kỳ / Đúng hạn",
                "Tỷ lệ"
            ]
        );
        assert_eq!(region.title.len(), 3);
        assert_eq!(region.unit_of_measure.as_ref().unwrap().0, "hồ sơ");
        let laid = laid(&grid, region);
        assert_eq!(
            column(&laid.table, 1),
            ["Sở Y tế", "Sở Nội vụ (1)", "Xã Tổng Cọt", "Cộng Hòa"]
        );
        assert_eq!(laid.table.kind(0, 2), CellType::Number);
        assert_eq!(laid.table.place(2, 3).shown(), "a.xlsx:S!D12");
        assert_eq!(laid.groups.len(), 2);
        assert_eq!(laid.groups[1].line.text, "II | XÃ, PHƯỜNG");
        assert_eq!(column(&laid.totals, 3), ["633"]);
        assert!(laid.sums[0].is_whole);
        assert_eq!(laid.repeated, [12, 13]);
        let notes: Vec<_> = laid.notes.iter().map(|n| n.mark.as_deref()).collect();
        assert_eq!(notes, [None, Some("*"), Some("(1)"), None]);
        assert!(laid.findings.is_empty());
    }
}

#[test]
fn tables_of_one_sheet_are_told_apart() {
    let grid = sheet(&[
        "Bảng 1. Hồ sơ tiếp nhận",
        "Đơn vị|Tổng số",
        "Xã A|5",
        "Xã B|chưa báo cáo",
        "Xã C|7",
        "Cộng|12",
        "",
        "Bảng 2. Tài khoản định danh",
        "Đơn vị|Đã cấp|Mục tiêu",
        "Xã A|3|4",
        "",
        "Xã B|1|2",
    ]);
    let found = find(&grid, &Declared::default(), &known);
    let [first, second] = found.regions.as_slice() else {
        panic!("{:?}", found.regions);
    };
    assert_eq!(first.header_rows, [1]);
    assert_eq!(second.header_rows, [8]);
    assert_eq!(second.title[0].text, "Bảng 2. Tài khoản định danh");
    let (a, b) = (laid(&grid, first), laid(&grid, second));
    assert_eq!(column(&a.table, 0), ["Xã A", "Xã B", "Xã C"]);
    assert_eq!(a.sums.len(), 1);
    assert!(a.notes.is_empty(), "{:?}", a.notes);
    assert_eq!(column(&b.table, 0), ["Xã A", "Xã B"]);
}

#[test]
fn groups_may_bear_sums() {
    let grid = sheet(&[
        "STT|Đơn vị|Tổng số",
        "A|Khối sở|15",
        "1|Sở Y tế|10",
        "2|Sở Nội vụ|5",
        "B|Khối xã|7",
        "1|Xã A|3",
        "2|Xã B|4",
        "|Tổng cộng|22",
    ]);
    let found = find(&grid, &Declared::default(), &known);
    let laid = laid(&grid, &found.regions[0]);
    assert_eq!(laid.table.row_count(), 4);
    let sums: Vec<_> = laid
        .sums
        .iter()
        .map(|s| (s.is_whole, s.rows.clone()))
        .collect();
    assert_eq!(sums, [(false, 0..2), (false, 2..4), (true, 0..0)]);
    // Roman numbers alone are numbers, and a name may begin with one.
    let grid = sheet(&[
        "STT|Đơn vị|Tổng số",
        "I|Xã A|3",
        "II|Xã B|4",
        "III|I Rơ Pao|5",
    ]);
    let found = find(&grid, &Declared::default(), &known);
    let laid = super::tests::laid(&grid, &found.regions[0]);
    assert_eq!(column(&laid.table, 1), ["Xã A", "Xã B", "I Rơ Pao"]);
}

#[test]
fn the_tail_of_a_row_is_reported_and_not_given_to_anybody() {
    let grid = sheet(&[
        "STT|Đơn vị|Tổng số|Ghi chú",
        "1|Xã A|3|hệ thống đang",
        "~|~|~|được nâng cấp",
        "2|Xã B|4|",
        "~|~|5|",
    ]);
    let found = find(&grid, &Declared::default(), &known);
    let laid = laid(&grid, &found.regions[0]);
    assert_eq!(laid.table.row_count(), 2);
    let shown: Vec<String> = laid.findings.iter().map(|d| d.place.shown()).collect();
    assert_eq!(shown, ["a.xlsx:S!D3", "a.xlsx:S!C5"]);
}

#[test]
fn a_key_in_a_merged_cell_holds_for_all_its_rows() {
    let grid = merged(
        sheet(&[
            "Đơn vị|Dịch vụ|Tổng số",
            "Xã A|Khai sinh|3",
            "~|Khai tử|4",
            "Xã B|Khai sinh|5",
        ]),
        &[(1, 0, 2, 0)],
    );
    let found = find(&grid, &Declared::default(), &known);
    let roles = Roles {
        key: vec![0],
        number: vec![],
        figures: vec![2],
    };
    let laid = lay(
        &grid,
        &found.regions[0],
        &roles,
        &Declared::default(),
        &|_| false,
    );
    assert_eq!(column(&laid.table, 0), ["Xã A", "Xã A", "Xã B"]);
}

#[test]
fn declarations_are_followed() {
    let grid = sheet(&[
        "x|2023|2024",
        "Đơn vị|a|b",
        "Xã A|1|2",
        "Trong đó: nữ|0|1",
        "Xã B|3|4",
        "Nguồn số liệu|5|6",
        "Xã C|3|4",
    ]);
    let declared = Declared {
        header_rows: vec![0, 1],
        skip: vec!["trong do".into()],
        stop: vec!["nguon so lieu".into()],
        ..Declared::default()
    };
    let found = find(&grid, &declared, &known);
    let region = &found.regions[0];
    assert_eq!(region.name(1), "2023 / a");
    let laid = lay(
        &grid,
        region,
        &Roles::guess(&grid, region),
        &declared,
        &|_| false,
    );
    assert_eq!(column(&laid.table, 0), ["Xã A", "Xã B"]);
    assert_eq!(laid.skipped, [3]);
}

#[test]
fn a_sheet_of_text_holds_no_table() {
    let grid = sheet(&["Nguồn: https://a.example/x", "", "Xem thêm ở trang sau"]);
    assert!(find(&grid, &Declared::default(), &known).regions.is_empty());
    assert!(
        find(&Grid::default(), &Declared::default(), &known)
            .regions
            .is_empty()
    );
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(lines in proptest::collection::vec("[|#%!~()1aA=IX. *-]{0,14}", 0..14)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let grid = merged(sheet(&lines), &[(0, 0, 2, 1), (1, 2, 1, 3)]);
        for rows in [vec![], vec![1], vec![0, 2], vec![40]] {
            let declared = Declared { header_rows: rows, first_row: Some(1), ..Declared::default() };
            for region in &find(&grid, &declared, &known).regions {
                laid(&grid, region);
            }
        }
    }
}
