//! Sample pages that compare units: home, rankings, services, indicators.

use super::home::{home, leaders};
use super::parts::{
    blocks_chart, caveats, columns, crumb, csv, define, entry, event, figure, numbers, row, tag,
    tile,
};
use super::{Samples, frame};
use crate::render::context::{
    Bar, Cell, Change, ChartRow, Crumb, Direction, Indicator, Indicators, Link, LinkGroup, LinkRow,
    Page, Ranking, RankingRow, RankingSection, RankingTable, Rankings, Service, Services, State,
    Table, TableSection, UnrankedRow,
};

pub(super) fn add(samples: &mut Samples) {
    let page = Page {
        kicker: Some("Kỳ mới nhất: tháng 8/2026, tỉnh Phú Thọ".into()),
        lead: Some("Trong 184.513 hồ sơ thủ tục hành chính, 144.625 hồ sơ được giải quyết đúng hoặc trước hạn, 39.888 hồ sơ quá hạn. Khối xã, phường đạt cao hơn khối sở, ban, ngành.".into()),
        as_of: vec!["Số liệu trích xuất ngày 27/9/2026".into()],
        tags: vec![tag(State::Plain, "163/163 đơn vị đã có số liệu")],
        citation: None,
        ..frame("home", "home", "", "Phú Thọ giải quyết đúng hạn 78,38% hồ sơ trong tháng 8/2026")
    };
    samples.add(&page, &home());
    let page = Page {
        kicker: Some("Xếp hạng xã, phường · Tỉnh Phú Thọ · Tháng 8/2026".into()),
        lead: Some("Xã đầu bảng và xã cuối bảng chênh nhau 31,42 điểm phần trăm. Cả khối xã, phường đạt 84,44%: 125.367 trong 148.463 hồ sơ.".into()),
        ..frame("ranking", "rankings", "xep-hang/phu-tho/xa/ty-le-dung-han/2026-08/", "Xã Yên Phú đứng đầu 148 xã, phường với 98,09% hồ sơ đúng hạn")
    };
    samples.add(&page, &ranking());
    let page = frame(
        "rankings",
        "rankings",
        "xep-hang/",
        "Xếp hạng đơn vị cùng cấp",
    );
    samples.add(
        &page,
        &Rankings {
            leaders: vec![leaders()],
            groups: groups(),
            definitions: how(),
            ..Rankings::default()
        },
    );
    let page = frame(
        "service",
        "services",
        "dich-vu/dang-ky-khai-sinh/",
        "Đăng ký khai sinh: 1.999 hồ sơ, tất cả nộp trực tuyến",
    );
    samples.add(&page, &service());
    samples.add(
        &frame(
            "services",
            "services",
            "dich-vu/",
            "Dịch vụ công có số liệu",
        ),
        &Services { groups: groups() },
    );
    let page = frame(
        "indicator",
        "indicators",
        "chi-tieu/ty-le-dung-han/",
        "Hồ sơ giải quyết đúng hạn: cao nhất 98,09%, thấp nhất 66,67%",
    );
    samples.add(&page, &indicator());
    samples.add(
        &frame(
            "indicators",
            "indicators",
            "chi-tieu/",
            "Chỉ tiêu và cách tính",
        ),
        &Indicators { groups: groups() },
    );
}

fn how() -> Vec<crate::render::context::Definition> {
    vec![
        define(
            "Cách xếp hạng",
            "So tỷ lệ đúng hạn đã làm tròn như trong bảng, từ cao xuống thấp, chỉ giữa các đơn vị cùng cấp và cùng kỳ.",
        ),
        define(
            "Số hồ sơ tối thiểu",
            "Đơn vị có dưới 30 hồ sơ trong kỳ không xếp hạng, vì một hồ sơ đã làm tỷ lệ đổi nhiều.",
        ),
    ]
}

fn section() -> RankingSection {
    let line = |id: &str,
                rank: &str,
                tie,
                name: &str,
                rate: &str,
                percent: &str,
                part: &str,
                whole: &str| RankingRow {
        id: id.into(),
        rank: rank.into(),
        tie,
        name: name.into(),
        href: Some(format!("don-vi/phu-tho/{id}/")),
        rate: rate.into(),
        bar: Some(Bar {
            percent: percent.into(),
            highlight: id == "yen-phu",
        }),
        cells_href: Some(format!("don-vi/phu-tho/{id}/#o-ty-le-dung-han")),
        band: Some("1–6".into()),
        peers: Some("1/133 xã".into()),
        part: Some(part.into()),
        whole: Some(whole.into()),
        ..RankingRow::default()
    };
    let moved = |direction, text: &str| {
        Some(Change {
            direction,
            text: text.into(),
            since: None,
        })
    };
    RankingSection {
        id: "bang".into(),
        title: "Bảng xếp hạng".into(),
        table: RankingTable {
            caption: "148 xã, phường, tỉnh Phú Thọ, tháng 8/2026".into(),
            unit_label: "Đơn vị".into(),
            rate_label: "Tỷ lệ đúng hạn".into(),
            part_label: Some("Đúng hạn".into()),
            whole_label: Some("Tổng số".into()),
            has_moves: true,
            has_peers: true,
            has_bands: true,
            rows: vec![
                RankingRow {
                    moved: moved(Direction::Up, "lên 3 bậc"),
                    ..line(
                        "yen-phu",
                        "1",
                        false,
                        "Xã Yên Phú",
                        "98,09%",
                        "98.0885",
                        "975",
                        "994",
                    )
                },
                RankingRow {
                    close: true,
                    moved: moved(Direction::Down, "xuống 1 bậc"),
                    ..line(
                        "van-son",
                        "2",
                        false,
                        "Xã Vân Sơn",
                        "98,06%",
                        "98.0556",
                        "353",
                        "360",
                    )
                },
                RankingRow {
                    close: true,
                    own: true,
                    ..line(
                        "tan-pheo",
                        "3",
                        true,
                        "Xã Tân Pheo",
                        "98,04%",
                        "98.0392",
                        "200",
                        "204",
                    )
                },
                RankingRow {
                    close: true,
                    moved: moved(Direction::Same, "giữ nguyên hạng"),
                    ..line(
                        "kha-cuu",
                        "3",
                        true,
                        "Xã Khả Cửu",
                        "98,04%",
                        "98.04",
                        "467",
                        "485",
                    )
                },
                RankingRow {
                    cut: Some("Hạng 5 đến 147: xem bảng đầy đủ.".into()),
                    ..RankingRow::default()
                },
                line(
                    "hop-kim",
                    "148",
                    false,
                    "Xã Hợp Kim",
                    "66,67%",
                    "66.6667",
                    "408",
                    "612",
                ),
            ],
        },
        close_note: Some("Các đơn vị hạng 2–3 chênh nhau quá ít để kết luận.".into()),
        unranked: vec![
            UnrankedRow {
                id: String::new(),
                unit: Crumb {
                    text: "Thanh tra tỉnh".into(),
                    href: None,
                },
                reason: "Không phát sinh".into(),
                part: Some(Cell::none("không phát sinh")),
                whole: Some(Cell::number("0")),
            },
            UnrankedRow {
                id: String::new(),
                unit: crumb("Sở Ngoại vụ", "don-vi/phu-tho/so-ngoai-vu/"),
                reason: "Quá ít hồ sơ".into(),
                part: Some(Cell::number("0")),
                whole: Some(Cell::number("2")),
            },
        ],
        unranked_note: Some(
            "Khối sở, ban, ngành: 4 trong 15 cơ quan không đủ điều kiện xếp hạng.".into(),
        ),
        ..RankingSection::default()
    }
}

fn ranking() -> Ranking {
    Ranking {
        chart: Some(figure(
            "Ba xã cao nhất và ba xã thấp nhất so với toàn khối",
            "Tỷ lệ hồ sơ giải quyết đúng hạn, tỉnh Phú Thọ, tháng 8/2026. Vạch đứng là mức của cả khối xã, phường: 84,44%.",
            include_str!("bars.svg"),
        )),
        charts: Vec::new(),
        section: section(),
        by_service: None,
        compare: None,
        definitions: how(),
        parts: vec![
            Crumb {
                text: "Hạng 1–300".into(),
                href: None,
            },
            crumb("Hạng 301–600", "xep-hang/2/"),
        ],
        related: vec![entry(
            "Sở, ban, ngành Phú Thọ, tháng 8/2026",
            "xep-hang/b/",
            "Tỷ lệ đúng hạn",
            "15 cơ quan",
        )],
        source: Some("Nguồn: biểu tổng hợp tháng 8/2026, trích xuất ngày 27/9/2026.".into()),
        downloads: csv("8 kB"),
        finder: None,
    }
}

fn groups() -> Vec<LinkGroup> {
    vec![LinkGroup {
        id: "thiet-yeu".into(),
        title: "Dịch vụ công thiết yếu".into(),
        href: None,
        note: Some("Theo Quyết định 06/QĐ-TTg.".into()),
        rows: vec![
            entry(
                "Đăng ký khai sinh",
                "dich-vu/dang-ky-khai-sinh/",
                "Bộ Tư pháp",
                "1.999 hồ sơ",
            ),
            LinkRow {
                tag: Some(tag(State::Warn, "Chưa khớp")),
                ..entry(
                    "Đăng ký khai tử",
                    "dich-vu/dang-ky-khai-tu/",
                    "Bộ Tư pháp",
                    "1.177 hồ sơ",
                )
            },
            LinkRow {
                text: "Cấp hộ chiếu phổ thông".into(),
                figure: Some("chưa báo cáo".into()),
                ..LinkRow::default()
            },
        ],
    }]
}

fn service() -> Service {
    Service {
        narrative: None,
        targets: None,
        tiles: vec![tile(
            "Hồ sơ nộp trực tuyến",
            "100",
            "%",
            "1.999 trong 1.999 hồ sơ",
            "Chưa có kỳ trước để so sánh",
        )],
        rows: vec![ChartRow {
            charts: vec![figure(
                "Tỷ lệ trực tuyến theo tháng",
                "Tỷ lệ hồ sơ nộp trực tuyến.",
                include_str!("trend.svg"),
            )],
            definitions: vec![define(
                "Đăng ký khai sinh",
                "Thủ tục cấp xã, thuộc Bộ Tư pháp; một trong 25 dịch vụ công thiết yếu.",
            )],
            ..ChartRow::default()
        }],
        ranking: Some(RankingSection {
            unranked: Vec::new(),
            more: Some(Link {
                text: "Xem bảng xếp hạng".into(),
                href: "xep-hang/".into(),
            }),
            ..section()
        }),
        units: Some(TableSection {
            id: "don-vi".into(),
            title: "Theo đơn vị".into(),
            table: Table {
                columns: columns("Đơn vị", &["Tỷ lệ", "Hồ sơ"]),
                rows: vec![row("Bình Định", numbers(&["100%", "1.999"]))],
                ..Table::default()
            },
            ..TableSection::default()
        }),
        caveats: caveats(),
        related: vec![entry(
            "Liên thông khai sinh",
            "dich-vu/lien-thong/",
            "Nhóm",
            "2.035 hồ sơ",
        )],
        history: vec![event(
            "1/7/2025",
            "Thẩm quyền chuyển từ cấp huyện về cấp xã.",
        )],
        downloads: csv("2 kB"),
    }
}

fn indicator() -> Indicator {
    Indicator {
        definitions: vec![
            define(
                "Cách tính",
                "Hồ sơ đúng hạn trên hồ sơ tiếp nhận, giải quyết trong kỳ.",
            ),
            define("Của ai", "Mọi hồ sơ thủ tục hành chính của đơn vị."),
            define("Căn cứ", "Quyết định số 766/QĐ-TTg ngày 23/6/2022."),
        ],
        tiles: vec![
            tile("Toàn tỉnh", "78,38", "%", "144.625 trong 184.513 hồ sơ", ""),
            tile("Đơn vị có số liệu", "163", "", "trong 163 đơn vị", ""),
        ],
        rows: vec![
            ChartRow {
                charts: vec![blocks_chart()],
                ..ChartRow::default()
            },
            ChartRow {
                title: Some("Xu hướng".into()),
                charts: vec![figure(
                    "Tỷ lệ đúng hạn theo tháng",
                    "Tỷ lệ hồ sơ đúng hạn.",
                    include_str!("trend.svg"),
                )],
                ..ChartRow::default()
            },
        ],
        rankings: vec![section()],
        superseded: vec![event("1/1/2026", "Chỉ tiêu 70% áp dụng đến hết năm 2025.")],
        downloads: csv("8 kB"),
        ..Indicator::default()
    }
}
