//! A sample unit with many services, in one period.

use super::parts::{
    caveats, columns, csv, define, event, figure, key, mark, numbers, row, sum, tasks, tile,
};
use crate::render::context::{
    Cell, ChartFigure, Column, Document, Fill, Link, Paper, Row, Table, TableSection, Tile, Unit,
};

pub(super) fn many_services() -> Unit {
    Unit {
        tiles: vec![
            tile(
                "Hồ sơ tiếp nhận, mọi thủ tục",
                "68.164",
                "",
                "hồ sơ trong kỳ",
                "Chưa có kỳ trước để so sánh",
            ),
            tile(
                "Hồ sơ được xác thực định danh",
                "98,4",
                "%",
                "67.073 trong 68.164 hồ sơ",
                "Báo cáo ghi 98%, khớp khi làm tròn",
            ),
            Tile {
                as_reported: true,
                ..tile(
                    "Thành phần hồ sơ đã số hóa",
                    "89,2",
                    "%",
                    "",
                    "Báo cáo không kèm số hồ sơ",
                )
            },
            Tile {
                as_reported: true,
                ..tile(
                    "Kết quả cấp bản điện tử",
                    "84,2",
                    "%",
                    "",
                    "Báo cáo không kèm số hồ sơ",
                )
            },
        ],
        chart: Some(ChartFigure {
            key: key(&[
                (Fill::First, "Trực tuyến"),
                (Fill::Second, "Trực tiếp"),
                (Fill::Doubtful, "Số liệu chưa khớp"),
            ]),
            ..figure(
                "Trong 10 dịch vụ khớp số, chỉ trợ cấp thất nghiệp còn hồ sơ trực tiếp",
                "Số hồ sơ tiếp nhận theo dịch vụ và cách nộp, tỉnh Bình Định, 15/8–14/9/2024.",
                include_str!("services.svg"),
            )
        }),
        services: Some(services()),
        definitions: vec![
            define(
                "Dịch vụ công thiết yếu",
                "25 dịch vụ nêu trong Quyết định 06/QĐ-TTg ngày 6/1/2022. Báo cáo kỳ này nêu 12 dịch vụ; 13 dịch vụ còn lại chưa báo cáo.",
            ),
            define(
                "Tỷ lệ trực tuyến",
                "Số hồ sơ nộp qua mạng trên tổng số hồ sơ tiếp nhận của dịch vụ đó.",
            ),
            define(
                "Theo báo cáo",
                "Tỷ lệ chép nguyên từ báo cáo, chưa tính lại được.",
            ),
        ],
        caveats: caveats(),
        caveats_link: Some(Link {
            text: "Xem mọi chỗ đã đối chiếu".into(),
            href: "doi-chieu/".into(),
        }),
        ranks_note: Some(
            "Kỳ này chỉ có một tỉnh báo cáo, nên không có đơn vị cùng cấp để so sánh.".into(),
        ),
        history: vec![event(
            "1/7/2025",
            "Tỉnh Bình Định và tỉnh Gia Lai hợp nhất thành tỉnh Gia Lai. Trang này giữ nguyên số liệu của tỉnh Bình Định trước ngày đó.",
        )],
        others: Some(others()),
        tasks: Some(tasks()),
        documents: vec![Document {
            name: "Báo cáo số 767/BC-VPUBND ngày 23/9/2024".into(),
            title: Some("Kết quả thực hiện Đề án 06 tháng 9/2024".into()),
            issuer: Some("Văn phòng UBND tỉnh Bình Định".into()),
        }],
        downloads: csv("6 kB"),
        paper: Some(Paper {
            qr: None,
            address: Some("example.vn/don-vi/binh-dinh".into()),
            source: "Số liệu đến ngày 14/9/2024 · Báo cáo số 767/BC-VPUBND ngày 23/9/2024".into(),
        }),
        ..Unit::default()
    }
}

pub(super) fn services() -> TableSection {
    let agreeing = |name: &str, rate: &str, percent: &str, cells: &[&str]| {
        let first = Cell::number(rate).with_bar(percent, percent != "100");
        Row {
            href: Some("dich-vu/dang-ky-khai-sinh/".into()),
            ..row(name, std::iter::once(first).chain(numbers(cells)).collect())
        }
    };
    let doubtful = |name: &str, letter: &str, rate: &str, cells: &[&str]| Row {
        marks: mark(letter),
        ..row(
            name,
            std::iter::once(Cell::stated(rate))
                .chain(numbers(cells))
                .collect(),
        )
    };
    TableSection {
        id: "dich-vu".into(),
        title: "Từng dịch vụ".into(),
        table: Table {
            caption: Some("Hồ sơ trực tuyến theo dịch vụ, 15/8–14/9/2024".into()),
            columns: columns(
                "Dịch vụ",
                &["Tỷ lệ trực tuyến", "Trực tuyến", "Trực tiếp", "Tổng số"],
            ),
            rows: vec![
                agreeing(
                    "Đăng ký thuế lần đầu, thay đổi thông tin (hộ gia đình, cá nhân)",
                    "100%",
                    "100",
                    &["3.019", "0", "3.019"],
                ),
                agreeing(
                    "Giải quyết hưởng trợ cấp thất nghiệp",
                    "91,96%",
                    "91.9594",
                    &["1.178", "103", "1.281"],
                ),
                doubtful("Đăng ký khai tử", "a", "99,9%", &["1.177", "1", "1.177"]),
                doubtful(
                    "Thay đổi chủ thể hợp đồng mua bán điện",
                    "b",
                    "100%",
                    &["34", "0", "29"],
                ),
                row(
                    "Cấp phiếu lý lịch tư pháp",
                    vec![
                        Cell::none("không phát sinh"),
                        Cell::number("0"),
                        Cell::number("0"),
                        Cell::number("0"),
                    ],
                ),
                row(
                    "Cấp hộ chiếu phổ thông",
                    vec![Cell {
                        span: Some(4),
                        ..Cell::none("chưa báo cáo")
                    }],
                ),
                sum(
                    "Cộng 10 dịch vụ có số khớp",
                    numbers(&["99,21%", "12.972", "103", "13.075"]),
                ),
            ],
            stacked: false,
        },
        ..TableSection::default()
    }
}

pub(super) fn others() -> TableSection {
    let line = |name: &str, value: &str, written: &str, place: &str| {
        row(
            name,
            vec![Cell::number(value), Cell::word(written), Cell::word(place)],
        )
    };
    TableSection {
        id: "so-lieu-khac".into(),
        title: "Các số liệu khác".into(),
        note: Some("Mọi số liệu khác của báo cáo, với chỗ đã ghi.".into()),
        table: Table {
            caption: None,
            columns: vec![
                Column::words("Số liệu"),
                Column::number("Giá trị"),
                Column::words("Trong báo cáo"),
                Column::words("Chỗ"),
            ],
            rows: vec![
                line(
                    "Thẻ căn cước đã thu nhận",
                    "1.291.000 thẻ",
                    "hơn 1.291.000",
                    "dòng 81",
                ),
                line(
                    "Tài khoản định danh mức 2 đã kích hoạt",
                    "882.340 tài khoản",
                    "882.340",
                    "dòng 84",
                ),
                row(
                    "Chi trả an sinh xã hội qua tài khoản",
                    vec![
                        Cell::stated("95,4%"),
                        Cell::word("95,4%"),
                        Cell::word("dòng 92"),
                    ],
                ),
                row(
                    "Mô hình điểm đã triển khai",
                    vec![
                        Cell {
                            old: Some("31".into()),
                            ..Cell::number("32")
                        },
                        Cell::word("32"),
                        Cell {
                            marks: mark("a"),
                            ..Cell::word("dòng 97")
                        },
                    ],
                ),
            ],
            stacked: true,
        },
        ..TableSection::default()
    }
}
