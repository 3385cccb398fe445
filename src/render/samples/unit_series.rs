//! A sample unit with a long series, and one with thin data.

use super::parts::{caveats, columns, csv, entry, event, figure, mark, numbers, row, tag, tile};
use super::unit_services::others;
use crate::render::context::{
    Cell, Change, ChartRow, Column, Completeness, Direction, Html, Link, RankSummary, State, Table,
    TableSection, Tag, TargetProgress, Tile, Unit,
};

pub(super) fn thin() -> Unit {
    Unit {
        tiles: vec![
            Tile {
                marks: mark("a"),
                ..tile(
                    "Tài khoản định danh đã cấp",
                    "1.254",
                    "",
                    "tài khoản, từ đầu đợt",
                    "",
                )
            },
            Tile {
                absent: true,
                ..tile(
                    "Hồ sơ nộp trực tuyến",
                    "chưa báo cáo",
                    "",
                    "",
                    "Báo cáo không kèm số hồ sơ",
                )
            },
        ],
        services: Some(others()),
        caveats: caveats().into_iter().take(1).collect(),
        parent: Some(entry("Tỉnh Thanh Hóa", "don-vi/thanh-hoa/", "", "")),
        ..Unit::default()
    }
}

pub(super) fn long_series() -> Unit {
    let trend = |label: &str,
                 figure: &str,
                 of_whom: &str,
                 direction,
                 change: &str,
                 target: TargetProgress| Tile {
        sparkline: Some(Html(include_str!("spark.svg").trim_end().into())),
        change: Some(Change {
            direction,
            text: change.into(),
            since: Some("so với tháng 5".into()),
        }),
        target: Some(target),
        ..tile(label, figure, "%", of_whom, "")
    };
    let target = |state, word: &str, text: &str| TargetProgress {
        state: tag(state, word),
        text: text.into(),
    };
    Unit {
        tiles: vec![
            trend(
                "Hồ sơ nộp trực tuyến",
                "81,8",
                "2.117 trong 2.588 hồ sơ",
                Direction::Up,
                "tăng 1,2 điểm phần trăm",
                target(State::Ok, "Đạt", "chỉ tiêu 80%"),
            ),
            trend(
                "Hồ sơ giải quyết đúng hạn",
                "93,5",
                "2.420 trong 2.588 hồ sơ",
                Direction::Down,
                "giảm 0,8 điểm phần trăm",
                target(State::Slow, "Chậm", "còn thiếu 6,5 điểm phần trăm"),
            ),
            trend(
                "Tài khoản VNeID mức 2",
                "73,3",
                "7.330 trong 10.000 công dân từ 14 tuổi",
                Direction::Same,
                "không đổi",
                target(
                    State::Run,
                    "Đang đúng tiến độ",
                    "chỉ tiêu 80%, hạn 31/12/2026",
                ),
            ),
        ],
        trends: vec![ChartRow {
            charts: vec![figure(
                "Tỷ lệ trực tuyến tăng gần như liên tục, kể cả sau sáp nhập",
                "Tỷ lệ hồ sơ nộp trực tuyến, xã Ví Dụ, tháng 7/2024 – tháng 6/2026. Nét chấm là số của các xã cũ. Trục đứng bắt đầu từ 40%.",
                include_str!("trend.svg"),
            )],
            history: vec![
                event("1/7/2025", "Ba xã cũ nhập toàn bộ thành xã Ví Dụ."),
                event("1/1/2026", "Chỉ tiêu nâng từ 70% lên 80%."),
            ],
            ..ChartRow::default()
        }],
        targets: Some(targets()),
        ranks: vec![
            RankSummary {
                label: "Hồ sơ nộp trực tuyến".into(),
                text: "đứng thứ 12 trong 148 xã, phường".into(),
                change: Some(Change {
                    direction: Direction::Up,
                    text: "lên 3 bậc".into(),
                    since: None,
                }),
                link: Some(Link {
                    text: "Xem bảng xếp hạng".into(),
                    href: "xep-hang/a/".into(),
                }),
                tag: None,
                anchor: "o-ty-le-hs-truc-tuyen".into(),
                cells: vec![
                    "Hồ sơ trực tuyến 70: data/vi-du-2026-06/dvc.csv, dòng 2, cột 3".into(),
                ],
            },
            RankSummary {
                label: "Hồ sơ đúng hạn".into(),
                text: "quá ít hồ sơ (dưới 30)".into(),
                tag: Some(tag(State::No, "Chưa xếp hạng")),
                ..RankSummary::default()
            },
        ],
        peers: vec![
            entry("Xã Bên Cạnh", "don-vi/a/", "Hạng 11", "82,0%"),
            entry("Xã Ví Dụ", "don-vi/vi-du/", "Hạng 12", "81,8%"),
        ],
        history: vec![event(
            "1/7/2025",
            "Từ ngày 1/7/2025, ba xã cũ hợp nhất thành xã Ví Dụ.",
        )],
        parent: Some(entry(
            "Tỉnh Minh Họa",
            "don-vi/minh-hoa/",
            "148 xã, phường",
            "84,4%",
        )),
        completeness: Some(Completeness {
            text: "132/135 đơn vị đã báo cáo".into(),
            full: false,
            note: Some(
                "Tổng của 132/135 đơn vị đã báo cáo; 3 đơn vị chưa báo cáo không được tính là 0."
                    .into(),
            ),
            missing: vec![Link {
                text: "Thôn Một".into(),
                href: "don-vi/thon-mot/".into(),
            }],
        }),
        children: Some(TableSection {
            id: "truc-thuoc".into(),
            title: "Đơn vị trực thuộc".into(),
            table: Table {
                columns: columns("Đơn vị", &["Tỷ lệ", "Hồ sơ"]),
                rows: vec![
                    row(
                        "Thôn Một",
                        vec![Cell {
                            span: Some(2),
                            ..Cell::none("chưa báo cáo")
                        }],
                    ),
                    row("Thôn Hai", numbers(&["80,0%", "40"])),
                ],
                ..Table::default()
            },
            ..TableSection::default()
        }),
        periods: vec![
            entry("Tháng 6/2026", "ky/2026-06/", "Sơ bộ", "81,8%"),
            entry("Tháng 5/2026", "ky/2026-05/", "", "80,6%"),
        ],
        downloads: csv("8 kB"),
        ..Unit::default()
    }
}

pub(super) fn targets() -> TableSection {
    let line = |name: &str, actual: Cell, target: &str, deadline: &str, state: Tag| {
        row(
            name,
            vec![
                actual,
                Cell::number(target),
                Cell::word(deadline),
                Cell::tag(state),
            ],
        )
    };
    TableSection {
        id: "chi-tieu".into(),
        title: "Tình trạng so với chỉ tiêu".into(),
        table: Table {
            caption: None,
            columns: vec![
                Column::words("Chỉ tiêu"),
                Column::number("Thực hiện"),
                Column::number("Chỉ tiêu"),
                Column::words("Hạn"),
                Column::words("Tình trạng"),
            ],
            rows: vec![
                line(
                    "Hồ sơ nộp trực tuyến",
                    Cell::number("81,8%").with_bar("81.8", true),
                    "80%",
                    "31/12/2026",
                    tag(State::Ok, "Đạt"),
                ),
                line(
                    "Hồ sơ giải quyết đúng hạn",
                    Cell::number("93,5%").with_bar("93.5", false),
                    "100%",
                    "31/12/2026",
                    tag(State::Slow, "Chậm"),
                ),
                line(
                    "Số hóa hộ tịch",
                    Cell::number("64%").with_bar("64", false),
                    "100%",
                    "31/12/2025",
                    tag(State::Late, "Quá hạn"),
                ),
                line(
                    "Thanh toán trực tuyến",
                    Cell::none("chưa báo cáo"),
                    "60%",
                    "31/12/2026",
                    tag(State::No, "Chưa đủ số liệu"),
                ),
            ],
            stacked: true,
        },
        ..TableSection::default()
    }
}
