//! Pieces that several sample pages share.

use crate::render::context::{
    Caveat, Cell, ChartFigure, Column, Crumb, Definition, FileEntry, Fill, HistoryEntry, Html,
    KeyEntry, LinkRow, Mark, Pair, Panel, Row, RowKind, State, Table, Tag, TaskRow, TaskSection,
    Tile,
};

pub(super) fn tag(state: State, text: &str) -> Tag {
    Tag {
        state,
        text: text.into(),
        href: None,
    }
}

pub(super) fn crumb(text: &str, href: &str) -> Crumb {
    Crumb {
        text: text.into(),
        href: Some(href.into()),
    }
}

pub(super) fn define(term: &str, text: &str) -> Definition {
    Definition {
        term: term.into(),
        text: text.into(),
        link: None,
    }
}

pub(super) fn event(date: &str, text: &str) -> HistoryEntry {
    HistoryEntry {
        date: date.into(),
        text: text.into(),
        links: Vec::new(),
    }
}

pub(super) fn entry(text: &str, href: &str, note: &str, figure: &str) -> LinkRow {
    LinkRow {
        text: text.into(),
        href: Some(href.into()),
        note: (!note.is_empty()).then(|| note.into()),
        figure: (!figure.is_empty()).then(|| figure.into()),
        tag: None,
    }
}

pub(super) fn tile(label: &str, figure: &str, suffix: &str, of_whom: &str, note: &str) -> Tile {
    Tile {
        label: label.into(),
        figure: figure.into(),
        suffix: (!suffix.is_empty()).then(|| suffix.into()),
        of_whom: (!of_whom.is_empty()).then(|| of_whom.into()),
        notes: (!note.is_empty())
            .then(|| note.into())
            .into_iter()
            .collect(),
        ..Tile::default()
    }
}

pub(super) fn csv(size: &str) -> Vec<FileEntry> {
    vec![FileEntry {
        kind: "data".into(),
        name: "Số liệu của kỳ".into(),
        href: "du-lieu/so-lieu.csv".into(),
        format: "CSV".into(),
        size: size.into(),
        note: None,
    }]
}

pub(super) fn row(head: &str, cells: Vec<Cell>) -> Row {
    Row {
        head: head.into(),
        cells,
        ..Row::default()
    }
}

pub(super) fn sum(head: &str, cells: Vec<Cell>) -> Row {
    Row {
        kind: RowKind::Sum,
        ..row(head, cells)
    }
}

pub(super) fn numbers(texts: &[&str]) -> Vec<Cell> {
    texts.iter().map(|text| Cell::number(text)).collect()
}

pub(super) fn columns(first: &str, others: &[&str]) -> Vec<Column> {
    std::iter::once(Column::words(first))
        .chain(others.iter().map(|label| Column::number(label)))
        .collect()
}

pub(super) fn figure(title: &str, subtitle: &str, svg: &str) -> ChartFigure {
    ChartFigure {
        title: title.into(),
        subtitle: subtitle.into(),
        panels: vec![Panel {
            title: None,
            svg: Html(svg.trim_end().into()),
        }],
        source: Some("Nguồn: Báo cáo số 767/BC-VPUBND ngày 23/9/2024.".into()),
        downloads: csv("6 kB"),
        ..ChartFigure::default()
    }
}

pub(super) fn key(entries: &[(Fill, &str)]) -> Vec<KeyEntry> {
    entries
        .iter()
        .map(|(fill, label)| KeyEntry {
            fill: *fill,
            label: (*label).into(),
        })
        .collect()
}

pub(super) fn blocks_chart() -> ChartFigure {
    ChartFigure {
        key: key(&[(Fill::First, "Đúng hạn"), (Fill::Grey, "Quá hạn")]),
        table: Some(Table {
            caption: Some("Hồ sơ theo khối, tỉnh Phú Thọ, tháng 8/2026".into()),
            columns: columns(
                "Khối",
                &["Tỷ lệ đúng hạn", "Đúng hạn", "Quá hạn", "Tổng số"],
            ),
            rows: vec![
                row(
                    "Khối xã, phường",
                    numbers(&["84,44%", "125.367", "23.096", "148.463"]),
                ),
                row(
                    "Khối sở, ban, ngành",
                    numbers(&["53,42%", "19.258", "16.792", "36.050"]),
                ),
                sum(
                    "Toàn tỉnh",
                    numbers(&["78,38%", "144.625", "39.888", "184.513"]),
                ),
            ],
            stacked: false,
        }),
        ..figure(
            "Khối xã, phường nhận 4 trong 5 hồ sơ; hai khối chênh nhau 31,02 điểm phần trăm",
            "Hồ sơ giải quyết đúng hạn và quá hạn, theo khối, tỉnh Phú Thọ, tháng 8/2026.",
            include_str!("bars.svg"),
        )
    }
}

pub(super) fn mark(letter: &str) -> Vec<Mark> {
    vec![Mark {
        letter: letter.into(),
        href: format!("#dc-{letter}"),
        label: "số liệu chưa khớp".into(),
    }]
}

pub(super) fn caveats() -> Vec<Caveat> {
    let caveat = |letter: &str, title: &str, first: &str, second: &str, text: &str| Caveat {
        id: format!("dc-{letter}"),
        letter: Some(letter.into()),
        title: title.into(),
        pair: Some(Pair {
            first: first.into(),
            second: second.into(),
            ..Pair::default()
        }),
        text: text.into(),
        ..Caveat::default()
    };
    vec![
        caveat(
            "a",
            "Đăng ký khai tử",
            "99,9%",
            "100%",
            "Báo cáo ghi tổng số 1.177, trực tuyến 1.177, trực tiếp 1. Hai phần cộng lại là 1.178. Nếu tổng số là 1.178 thì tỷ lệ là 99,92%, khớp với 99,9%.",
        ),
        caveat(
            "b",
            "Thay đổi chủ thể hợp đồng mua bán điện",
            "100%",
            "117,24%",
            "Báo cáo ghi tổng số 29, trực tuyến 34: phần lớn hơn tổng. Nếu tổng số là 34 thì tỷ lệ là 100%.",
        ),
    ]
}

pub(super) fn tasks() -> TaskSection {
    let task = |id: &str, state: Tag, deadline: &str, text: &str, result: Option<&str>| TaskRow {
        id: id.into(),
        text: text.into(),
        owners: Some("Văn phòng UBND tỉnh; Sở Thông tin và Truyền thông".into()),
        deadline: deadline.into(),
        state,
        result: result.map(Into::into),
        ..TaskRow::default()
    };
    TaskSection {
        id: "nhiem-vu".into(),
        title: "Nhiệm vụ: 1 quá hạn, 1 còn hạn, 1 thường xuyên".into(),
        note: Some("Theo Quyết định 540/QĐ-UBND ngày 7/2/2024, tính đến ngày 23/9/2024. Nhiệm vụ quá hạn xếp trước.".into()),
        rows: vec![
            TaskRow {
                document: Some("Quyết định 540/QĐ-UBND".into()),
                place: Some("mục 3".into()),
                note: Some("Hạn trong báo cáo sớm hơn ngày ban hành kế hoạch (7/2/2024), cần đối chiếu.".into()),
                ..task("nv-1", tag(State::Late, "Quá hạn"), "4/2023", "Triển khai tối thiểu 20 dịch vụ công không dùng hồ sơ giấy", Some("Đã thực hiện thí điểm"))
            },
            task("nv-2", tag(State::Run, "Còn hạn"), "năm 2024", "Xây dựng kho dữ liệu thủ tục hành chính tỉnh", None),
            task("nv-3", tag(State::Plain, "Thường xuyên"), "hằng tháng", "Công khai hằng tháng kết quả theo Quyết định 766/QĐ-TTg", Some("Báo cáo số 757/BC-VPUBND ngày 20/9/2024")),
        ],
        more: None,
    }
}
