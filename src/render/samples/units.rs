//! Sample pages of units: one with many services, one with thin data, one with a long series, and their list.

use super::parts::{caveats, columns, crumb, csv, define, entry, event, figure, key, mark, numbers, row, sum, tag, tasks, tile};
use super::{Samples, frame};
use crate::render::context::{
    Cell, Change, ChartFigure, ChartRow, Column, Completeness, Direction, Document, Fill, Html, Link, LinkGroup, Page,
    Paper, RankSummary, Row, State, Table, TableSection, Tag, TargetProgress, Tile, Unit, Units,
};

pub(super) fn add(samples: &mut Samples) {
    let page = Page {
        crumbs: vec![
            crumb("Trang đầu", ""),
            crumb("Đơn vị", "don-vi/"),
            crate::render::context::Crumb { text: "Tỉnh Bình Định".into(), href: None },
        ],
        kicker: Some("Đơn vị cấp tỉnh · Kỳ tháng 9/2024, từ 15/8 đến 14/9/2024".into()),
        lead: Some("Giải quyết hưởng trợ cấp thất nghiệp có 1.178 trong 1.281 hồ sơ nộp trực tuyến (91,96%). Hai dịch vụ còn lại có số liệu chưa khớp nên chưa kết luận.".into()),
        tags: vec![
            tag(State::Plain, "12/25 dịch vụ thiết yếu có số liệu"),
            Tag { href: Some("#doi-chieu".into()), ..tag(State::Warn, "2 chỗ cần đối chiếu") },
        ],
        ..frame("unit", "units", "don-vi/binh-dinh/", "Bình Định: 9 trong 12 dịch vụ công thiết yếu nhận hồ sơ hoàn toàn qua mạng")
    };
    samples.add(&page, &many_services());
    let page = Page {
        kicker: Some("Đơn vị cấp xã · Huyện Cẩm Thủy, tỉnh Thanh Hóa · Năm 2022 đến tháng 6/2023".into()),
        lead: Some("Ba số liệu cần đối chiếu.".into()),
        ..frame("unit", "units", "don-vi/thanh-hoa/cam-luong/", "Xã Cẩm Lương: 1.254 công dân được cấp tài khoản định danh điện tử")
    };
    samples.add(&page, &thin());
    let page = Page {
        kicker: Some("Đơn vị cấp xã · Tỉnh Minh Họa · Tháng 6/2026".into()),
        lead: Some("Tháng 6/2026, 2.117 trong 2.588 hồ sơ được nộp trực tuyến (81,8%), tăng 1,2 điểm phần trăm so với tháng trước. Số tháng 6 còn là sơ bộ.".into()),
        tags: vec![tag(State::Plain, "23/24 kỳ đã báo cáo"), tag(State::No, "Sơ bộ")],
        illustrative: true,
        ..frame("unit", "units", "don-vi/vi-du/", "Tỷ lệ nộp trực tuyến của xã Ví Dụ vượt chỉ tiêu 80% từ tháng 5/2026")
    };
    samples.add(&page, &long_series());
    let page = Page {
        kicker: Some("Đơn vị".into()),
        lead: Some("152 đơn vị có số liệu. Gõ tên ở ô tìm kiếm, có dấu hay không dấu đều được.".into()),
        tags: Vec::new(),
        citation: None,
        ..frame("units", "units", "don-vi/", "Tìm đơn vị theo tỉnh hoặc theo vần")
    };
    samples.add(&page, &list());
}

fn many_services() -> Unit {
    Unit {
        tiles: vec![
            tile("Hồ sơ tiếp nhận, mọi thủ tục", "68.164", "", "hồ sơ trong kỳ", "Chưa có kỳ trước để so sánh"),
            tile("Hồ sơ được xác thực định danh", "98,4", "%", "67.073 trong 68.164 hồ sơ", "Báo cáo ghi 98%, khớp khi làm tròn"),
            Tile { as_reported: true, ..tile("Thành phần hồ sơ đã số hóa", "89,2", "%", "", "Báo cáo không kèm số hồ sơ") },
            Tile { as_reported: true, ..tile("Kết quả cấp bản điện tử", "84,2", "%", "", "Báo cáo không kèm số hồ sơ") },
        ],
        chart: Some(ChartFigure {
            key: key(&[(Fill::First, "Trực tuyến"), (Fill::Second, "Trực tiếp"), (Fill::Doubtful, "Số liệu chưa khớp")]),
            ..figure(
                "Trong 10 dịch vụ khớp số, chỉ trợ cấp thất nghiệp còn hồ sơ trực tiếp",
                "Số hồ sơ tiếp nhận theo dịch vụ và cách nộp, tỉnh Bình Định, 15/8–14/9/2024.",
                include_str!("services.svg"),
            )
        }),
        services: Some(services()),
        definitions: vec![
            define("Dịch vụ công thiết yếu", "25 dịch vụ nêu trong Quyết định 06/QĐ-TTg ngày 6/1/2022. Báo cáo kỳ này nêu 12 dịch vụ; 13 dịch vụ còn lại chưa báo cáo."),
            define("Tỷ lệ trực tuyến", "Số hồ sơ nộp qua mạng trên tổng số hồ sơ tiếp nhận của dịch vụ đó."),
            define("Theo báo cáo", "Tỷ lệ chép nguyên từ báo cáo, chưa tính lại được."),
        ],
        caveats: caveats(),
        caveats_link: Some(Link { text: "Xem mọi chỗ đã đối chiếu".into(), href: "doi-chieu/".into() }),
        ranks_note: Some("Kỳ này chỉ có một tỉnh báo cáo, nên không có đơn vị cùng cấp để so sánh.".into()),
        history: vec![event("1/7/2025", "Tỉnh Bình Định và tỉnh Gia Lai hợp nhất thành tỉnh Gia Lai. Trang này giữ nguyên số liệu của tỉnh Bình Định trước ngày đó.")],
        others: Some(others()),
        tasks: Some(tasks()),
        documents: vec![Document { name: "Báo cáo số 767/BC-VPUBND ngày 23/9/2024".into(), title: Some("Kết quả thực hiện Đề án 06 tháng 9/2024".into()), issuer: Some("Văn phòng UBND tỉnh Bình Định".into()) }],
        downloads: csv("6 kB"),
        paper: Some(Paper { qr: None, address: Some("example.vn/don-vi/binh-dinh".into()), source: "Số liệu đến ngày 14/9/2024 · Báo cáo số 767/BC-VPUBND ngày 23/9/2024".into() }),
        ..Unit::default()
    }
}

fn services() -> TableSection {
    let agreeing = |name: &str, rate: &str, percent: &str, cells: &[&str]| {
        let first = Cell::number(rate).with_bar(percent, percent != "100");
        Row { href: Some("dich-vu/dang-ky-khai-sinh/".into()), ..row(name, std::iter::once(first).chain(numbers(cells)).collect()) }
    };
    let doubtful = |name: &str, letter: &str, rate: &str, cells: &[&str]| Row {
        marks: mark(letter),
        ..row(name, std::iter::once(Cell::stated(rate)).chain(numbers(cells)).collect())
    };
    TableSection {
        id: "dich-vu".into(),
        title: "Từng dịch vụ".into(),
        table: Table {
            caption: Some("Hồ sơ trực tuyến theo dịch vụ, 15/8–14/9/2024".into()),
            columns: columns("Dịch vụ", &["Tỷ lệ trực tuyến", "Trực tuyến", "Trực tiếp", "Tổng số"]),
            rows: vec![
                agreeing("Đăng ký thuế lần đầu, thay đổi thông tin (hộ gia đình, cá nhân)", "100%", "100", &["3.019", "0", "3.019"]),
                agreeing("Giải quyết hưởng trợ cấp thất nghiệp", "91,96%", "91.9594", &["1.178", "103", "1.281"]),
                doubtful("Đăng ký khai tử", "a", "99,9%", &["1.177", "1", "1.177"]),
                doubtful("Thay đổi chủ thể hợp đồng mua bán điện", "b", "100%", &["34", "0", "29"]),
                row("Cấp phiếu lý lịch tư pháp", vec![Cell::none("không phát sinh"), Cell::number("0"), Cell::number("0"), Cell::number("0")]),
                row("Cấp hộ chiếu phổ thông", vec![Cell { span: Some(4), ..Cell::none("chưa báo cáo") }]),
                sum("Cộng 10 dịch vụ có số khớp", numbers(&["99,21%", "12.972", "103", "13.075"])),
            ],
            stacked: false,
        },
        ..TableSection::default()
    }
}

fn others() -> TableSection {
    let line = |name: &str, value: &str, written: &str, place: &str| row(name, vec![Cell::number(value), Cell::word(written), Cell::word(place)]);
    TableSection {
        id: "so-lieu-khac".into(),
        title: "Các số liệu khác".into(),
        note: Some("Mọi số liệu khác của báo cáo, với chỗ đã ghi.".into()),
        table: Table {
            caption: None,
            columns: vec![Column::words("Số liệu"), Column::number("Giá trị"), Column::words("Trong báo cáo"), Column::words("Chỗ")],
            rows: vec![
                line("Thẻ căn cước đã thu nhận", "1.291.000 thẻ", "hơn 1.291.000", "dòng 81"),
                line("Tài khoản định danh mức 2 đã kích hoạt", "882.340 tài khoản", "882.340", "dòng 84"),
                row("Chi trả an sinh xã hội qua tài khoản", vec![Cell::stated("95,4%"), Cell::word("95,4%"), Cell::word("dòng 92")]),
                row("Mô hình điểm đã triển khai", vec![Cell { old: Some("31".into()), ..Cell::number("32") }, Cell::word("32"), Cell { marks: mark("a"), ..Cell::word("dòng 97") }]),
            ],
            stacked: true,
        },
        ..TableSection::default()
    }
}

fn thin() -> Unit {
    Unit {
        tiles: vec![
            Tile { marks: mark("a"), ..tile("Tài khoản định danh đã cấp", "1.254", "", "tài khoản, từ đầu đợt", "") },
            Tile { absent: true, ..tile("Hồ sơ nộp trực tuyến", "chưa báo cáo", "", "", "Báo cáo không kèm số hồ sơ") },
        ],
        services: Some(others()),
        caveats: caveats().into_iter().take(1).collect(),
        parent: Some(entry("Tỉnh Thanh Hóa", "don-vi/thanh-hoa/", "", "")),
        ..Unit::default()
    }
}

fn long_series() -> Unit {
    let trend = |label: &str, figure: &str, of_whom: &str, direction, change: &str, target: TargetProgress| Tile {
        sparkline: Some(Html(include_str!("spark.svg").trim_end().into())),
        change: Some(Change { direction, text: change.into(), since: Some("so với tháng 5".into()) }),
        target: Some(target),
        ..tile(label, figure, "%", of_whom, "")
    };
    let target = |state, word: &str, text: &str| TargetProgress { state: tag(state, word), text: text.into() };
    Unit {
        tiles: vec![
            trend("Hồ sơ nộp trực tuyến", "81,8", "2.117 trong 2.588 hồ sơ", Direction::Up, "tăng 1,2 điểm phần trăm", target(State::Ok, "Đạt", "chỉ tiêu 80%")),
            trend("Hồ sơ giải quyết đúng hạn", "93,5", "2.420 trong 2.588 hồ sơ", Direction::Down, "giảm 0,8 điểm phần trăm", target(State::Slow, "Chậm", "còn thiếu 6,5 điểm phần trăm")),
            trend("Tài khoản VNeID mức 2", "73,3", "7.330 trong 10.000 công dân từ 14 tuổi", Direction::Same, "không đổi", target(State::Run, "Đang đúng tiến độ", "chỉ tiêu 80%, hạn 31/12/2026")),
        ],
        trends: vec![ChartRow {
            charts: vec![figure(
                "Tỷ lệ trực tuyến tăng gần như liên tục, kể cả sau sáp nhập",
                "Tỷ lệ hồ sơ nộp trực tuyến, xã Ví Dụ, tháng 7/2024 – tháng 6/2026. Nét chấm là số của các xã cũ. Trục đứng bắt đầu từ 40%.",
                include_str!("trend.svg"),
            )],
            history: vec![event("1/7/2025", "Ba xã cũ nhập toàn bộ thành xã Ví Dụ."), event("1/1/2026", "Chỉ tiêu nâng từ 70% lên 80%.")],
            ..ChartRow::default()
        }],
        targets: Some(targets()),
        ranks: vec![
            RankSummary { label: "Hồ sơ nộp trực tuyến".into(), text: "đứng thứ 12 trong 148 xã, phường".into(), change: Some(Change { direction: Direction::Up, text: "lên 3 bậc".into(), since: None }), link: Some(Link { text: "Xem bảng xếp hạng".into(), href: "xep-hang/a/".into() }), tag: None },
            RankSummary { label: "Hồ sơ đúng hạn".into(), text: "quá ít hồ sơ (dưới 30)".into(), tag: Some(tag(State::No, "Chưa xếp hạng")), ..RankSummary::default() },
        ],
        peers: vec![entry("Xã Bên Cạnh", "don-vi/a/", "Hạng 11", "82,0%"), entry("Xã Ví Dụ", "don-vi/vi-du/", "Hạng 12", "81,8%")],
        history: vec![event("1/7/2025", "Từ ngày 1/7/2025, ba xã cũ hợp nhất thành xã Ví Dụ.")],
        parent: Some(entry("Tỉnh Minh Họa", "don-vi/minh-hoa/", "148 xã, phường", "84,4%")),
        completeness: Some(Completeness { text: "132/135 đơn vị đã báo cáo".into(), full: false, note: Some("Tổng của 132/135 đơn vị đã báo cáo; 3 đơn vị chưa báo cáo không được tính là 0.".into()), missing: vec![Link { text: "Thôn Một".into(), href: "don-vi/thon-mot/".into() }] }),
        children: Some(TableSection { id: "truc-thuoc".into(), title: "Đơn vị trực thuộc".into(), table: Table { columns: columns("Đơn vị", &["Tỷ lệ", "Hồ sơ"]), rows: vec![row("Thôn Một", vec![Cell { span: Some(2), ..Cell::none("chưa báo cáo") }]), row("Thôn Hai", numbers(&["80,0%", "40"]))], ..Table::default() }, ..TableSection::default() }),
        periods: vec![entry("Tháng 6/2026", "ky/2026-06/", "Sơ bộ", "81,8%"), entry("Tháng 5/2026", "ky/2026-05/", "", "80,6%")],
        downloads: csv("8 kB"),
        ..Unit::default()
    }
}

fn targets() -> TableSection {
    let line = |name: &str, actual: Cell, target: &str, deadline: &str, state: Tag| row(name, vec![actual, Cell::number(target), Cell::word(deadline), Cell::tag(state)]);
    TableSection {
        id: "chi-tieu".into(),
        title: "Tình trạng so với chỉ tiêu".into(),
        table: Table {
            caption: None,
            columns: vec![Column::words("Chỉ tiêu"), Column::number("Thực hiện"), Column::number("Chỉ tiêu"), Column::words("Hạn"), Column::words("Tình trạng")],
            rows: vec![
                line("Hồ sơ nộp trực tuyến", Cell::number("81,8%").with_bar("81.8", true), "80%", "31/12/2026", tag(State::Ok, "Đạt")),
                line("Hồ sơ giải quyết đúng hạn", Cell::number("93,5%").with_bar("93.5", false), "100%", "31/12/2026", tag(State::Slow, "Chậm")),
                line("Số hóa hộ tịch", Cell::number("64%").with_bar("64", false), "100%", "31/12/2025", tag(State::Late, "Quá hạn")),
                line("Thanh toán trực tuyến", Cell::none("chưa báo cáo"), "60%", "31/12/2026", tag(State::No, "Chưa đủ số liệu")),
            ],
            stacked: true,
        },
        ..TableSection::default()
    }
}

fn list() -> Units {
    let names = ["Bình Phú", "Hợp Kim", "Hy Cương", "Khả Cửu", "Lai Đồng", "Nhân Nghĩa", "Pà Cò", "Tam Hồng", "Tam Sơn", "Tân Pheo", "Thượng Cốc", "Vân Bán", "Vân Sơn", "Việt Trì", "Yên Lạc", "Yên Phú"];
    let rows = || names.iter().map(|name| entry(&format!("Xã {name}"), "don-vi/phu-tho/yen-phu/", "", "")).collect();
    let group = |id: &str, title: &str, href: Option<&str>, rows| LinkGroup { id: id.into(), title: title.into(), href: href.map(Into::into), note: None, rows };
    Units {
        by_place: vec![
            LinkGroup { note: Some("148 xã, phường; 15 cơ quan".into()), ..group("phu-tho", "Tỉnh Phú Thọ", Some("don-vi/phu-tho/"), rows()) },
            group("binh-dinh", "Tỉnh Bình Định", Some("don-vi/binh-dinh/"), Vec::new()),
        ],
        by_letter: vec![group("van-b", "B", None, rows()), group("van-y", "Y", None, rows())],
        others: vec![group("dich-vu", "Dịch vụ", None, vec![entry("Đăng ký khai sinh", "dich-vu/dang-ky-khai-sinh/", "", "")])],
    }
}
