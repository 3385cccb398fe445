//! Sample pages of units: one with many services, one with thin data, one with a long series, and their list.

use super::parts::{crumb, entry, tag};
use super::unit_series::{long_series, thin};
use super::unit_services::many_services;
use super::{Samples, frame};
use crate::render::context::{LinkGroup, Page, State, Tag, Units};

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
        kicker: Some(
            "Đơn vị cấp xã · Huyện Cẩm Thủy, tỉnh Thanh Hóa · Năm 2022 đến tháng 6/2023".into(),
        ),
        lead: Some("Ba số liệu cần đối chiếu.".into()),
        ..frame(
            "unit",
            "units",
            "don-vi/thanh-hoa/cam-luong/",
            "Xã Cẩm Lương: 1.254 công dân được cấp tài khoản định danh điện tử",
        )
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
        lead: Some(
            "152 đơn vị có số liệu. Gõ tên ở ô tìm kiếm, có dấu hay không dấu đều được.".into(),
        ),
        tags: Vec::new(),
        citation: None,
        ..frame(
            "units",
            "units",
            "don-vi/",
            "Tìm đơn vị theo tỉnh hoặc theo vần",
        )
    };
    samples.add(&page, &list());
}

fn list() -> Units {
    let names = [
        "Bình Phú",
        "Hợp Kim",
        "Hy Cương",
        "Khả Cửu",
        "Lai Đồng",
        "Nhân Nghĩa",
        "Pà Cò",
        "Tam Hồng",
        "Tam Sơn",
        "Tân Pheo",
        "Thượng Cốc",
        "Vân Bán",
        "Vân Sơn",
        "Việt Trì",
        "Yên Lạc",
        "Yên Phú",
    ];
    let rows = || {
        names
            .iter()
            .map(|name| entry(&format!("Xã {name}"), "don-vi/phu-tho/yen-phu/", "", ""))
            .collect()
    };
    let group = |id: &str, title: &str, href: Option<&str>, rows| LinkGroup {
        id: id.into(),
        title: title.into(),
        href: href.map(Into::into),
        note: None,
        rows,
    };
    Units {
        compare: None,
        by_place: vec![
            LinkGroup {
                note: Some("148 xã, phường; 15 cơ quan".into()),
                ..group("phu-tho", "Tỉnh Phú Thọ", Some("don-vi/phu-tho/"), rows())
            },
            group(
                "binh-dinh",
                "Tỉnh Bình Định",
                Some("don-vi/binh-dinh/"),
                Vec::new(),
            ),
        ],
        by_letter: vec![
            entry("B", "tim-kiem/#tim-kiem-van-b", "", ""),
            entry("Y", "tim-kiem/#tim-kiem-van-y", "", ""),
        ],
        others: vec![group(
            "dich-vu",
            "Dịch vụ",
            None,
            vec![entry(
                "Đăng ký khai sinh",
                "dich-vu/dang-ky-khai-sinh/",
                "",
                "",
            )],
        )],
    }
}
