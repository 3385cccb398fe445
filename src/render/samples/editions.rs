//! Sample editions: what one or several units reported in a period.

use super::parts::{blocks_chart, caveats, csv, define, tasks, tile};
use crate::render::context::{ChartRow, Completeness, Edition, Html, Link, Report};

pub(super) fn edition() -> Edition {
    Edition {
        tiles: vec![
            tile("Hồ sơ tiếp nhận", "68.164", "", "hồ sơ trong kỳ", ""),
            tile(
                "Xác thực định danh",
                "98,4",
                "%",
                "67.073 trong 68.164 hồ sơ",
                "",
            ),
        ],
        changes_note: Some("Chưa có kỳ trước để so sánh".into()),
        completeness: Some(Completeness {
            text: "1/2 đơn vị đã báo cáo".into(),
            full: false,
            note: None,
            missing: vec![Link {
                text: "Phú Thọ".into(),
                href: "don-vi/phu-tho/".into(),
            }],
        }),
        downloads: csv("6 kB"),
        ..Edition::default()
    }
}

pub(super) fn report(title: &str, id: &str) -> Report {
    let mut tasks = tasks();
    tasks.id = format!("{id}-nhiem-vu");
    for row in &mut tasks.rows {
        row.id = format!("{id}-{}", row.id);
    }
    let mut caveats = caveats();
    for caveat in &mut caveats {
        caveat.id = format!("{id}-{}", caveat.id);
    }
    Report {
        id: id.into(),
        title: title.into(),
        href: Some(format!("don-vi/{id}/")),
        note: Some("Báo cáo số 767/BC-VPUBND ngày 23/9/2024".into()),
        tiles: vec![tile("Hồ sơ tiếp nhận", "68.164", "", "hồ sơ trong kỳ", "")],
        rows: vec![ChartRow { charts: vec![blocks_chart()], definitions: vec![define("Một cửa", "Nơi tiếp nhận hồ sơ và trả kết quả thủ tục hành chính.")], ..ChartRow::default() }],
        narrative: Some(Html("<p>Chín trong 12 dịch vụ công thiết yếu được báo cáo nhận toàn bộ hồ sơ qua mạng.</p>\n<h3>Khó khăn, vướng mắc</h3>\n<ul><li>Hồ sơ của hai nhóm liên thông khai sinh, khai tử chưa được tính điểm.</li><li>Đường truyền ở xã vùng cao còn yếu.</li></ul>\n<h3>Kiến nghị</h3>\n<ol><li>Ghi nhận điểm cho hồ sơ của hai nhóm này.</li></ol>".into())),
        caveats,
        tasks: Some(tasks),
        ..Report::default()
    }
}
