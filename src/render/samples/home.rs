//! The sample home page.

use super::parts::{blocks_chart, define, entry, tile};
use crate::render::context::{ChartRow, Completeness, Home, Leaders, Link};

pub(super) fn home() -> Home {
    Home {
        tiles: vec![
            tile("Toàn tỉnh đúng hạn", "78,38", "%", "144.625 trong 184.513 hồ sơ", "Chưa có kỳ trước để so sánh"),
            tile("Khối xã, phường", "84,44", "%", "125.367 trong 148.463 hồ sơ", "148 xã, phường"),
            tile("Khối sở, ban, ngành", "53,42", "%", "19.258 trong 36.050 hồ sơ", "15 cơ quan; 2 cơ quan không phát sinh hồ sơ"),
        ],
        rows: vec![ChartRow {
            charts: vec![blocks_chart()],
            definitions: vec![
                define("Đúng hạn", "Hồ sơ trả kết quả đúng hoặc trước ngày hẹn, trên tổng số hồ sơ tiếp nhận, giải quyết trong kỳ."),
                define("Khối", "Nhóm đơn vị cùng cấp. Khối không được xếp hạng với một đơn vị."),
            ],
            ..ChartRow::default()
        }],
        leaders: vec![leaders()],
        completeness: Some(Completeness { text: "163/163 đơn vị đã báo cáo".into(), full: true, note: None, missing: Vec::new() }),
        editions: vec![
            entry("Phú Thọ, tháng 8/2026", "ky/2026-08/", "Tiến độ giải quyết hồ sơ của 163 đơn vị", "78,38%"),
            entry("Bình Định, tháng 9/2024", "ky/2024-09/", "12 dịch vụ công thiết yếu, 10 nhiệm vụ; kỳ tính từ 15/8 đến 14/9/2024", "68.164 hồ sơ"),
        ],
        checks: Some("Từ năm báo cáo gốc, 86 phép cộng và tỷ lệ đã được tính lại: 70 khớp, 16 chưa khớp. Chỗ chưa khớp được công bố cạnh số gốc, không sửa thay cơ quan báo cáo.".into()),
        checks_link: Some(Link { text: "Xem đối chiếu số liệu".into(), href: "doi-chieu/".into() }),
        ..Home::default()
    }
}

pub(super) fn leaders() -> Leaders {
    let unit =
        |name: &str, note: &str, figure: &str| entry(name, "don-vi/phu-tho/yen-phu/", note, figure);
    Leaders {
        title: "Các xã ở đầu và cuối bảng".into(),
        note: "Tỷ lệ hồ sơ đúng hạn, tháng 8/2026, trong 148 xã, phường.".into(),
        link: Some(Link {
            text: "Xem bảng xếp hạng".into(),
            href: "xep-hang/".into(),
        }),
        highest: vec![
            unit("Xã Yên Phú", "975 trong 994 hồ sơ", "98,09%"),
            unit("Xã Vân Sơn", "353 trong 360 hồ sơ", "98,06%"),
        ],
        lowest: vec![
            unit("Xã Yên Lạc", "849 trong 1.269 hồ sơ", "66,90%"),
            unit("Xã Hợp Kim", "408 trong 612 hồ sơ", "66,67%"),
        ],
        changed: Vec::new(),
        changed_note: Some("Biến động nhiều nhất: chưa có kỳ trước để so sánh.".into()),
    }
}
