//! Words of a slip that both of its forms share.

use super::Slip;
use crate::diagnostic::Place;
use crate::text::date::Date;

pub(super) const MOTTO: [&str; 2] = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
];
pub(super) const TITLE: &str = "PHIẾU ĐỀ NGHỊ KIỂM TRA SỐ LIỆU";
pub(super) const NUMBER: &str = "Số: ......../PKT";
pub(super) const HEADERS: [&str; 7] = [
    "STT",
    "Số liệu",
    "Vị trí",
    "Nội dung cần kiểm tra",
    "Báo cáo ghi",
    "Số đối chiếu",
    "Ý kiến của đơn vị",
];
pub(super) const OPEN: &str = "I. Số liệu đề nghị kiểm tra, sửa";
pub(super) const PUBLISHED: &str = "II. Số liệu đã công bố kèm lưu ý, đề nghị xác nhận";
pub(super) const NOTHING: &str = "Không có số liệu nào cần kiểm tra.";
pub(super) const SIGNERS: [[&str; 3]; 2] = [
    [
        "Ngày ...... tháng ...... năm ..........",
        "ĐƠN VỊ TRẢ LỜI",
        "(Ký, ghi rõ họ tên)",
    ],
    ["", "NGƯỜI LẬP PHIẾU", "(Ký, ghi rõ họ tên)"],
];

/// The line of the place and day: numbers below 10, and the months January and February, have a leading zero.
///
/// Source: Decree 30/2020/NĐ-CP, annex I, part I, section II.4.
pub(super) fn day(day: Option<Date>) -> String {
    match day {
        Some(d) if d.month() < 3 => {
            format!(
                "............, ngày {:02} tháng {:02} năm {}",
                d.day(),
                d.month(),
                d.year()
            )
        }
        Some(d) => {
            format!(
                "............, ngày {:02} tháng {} năm {}",
                d.day(),
                d.month(),
                d.year()
            )
        }
        None => "............, ngày ...... tháng ...... năm ..........".to_owned(),
    }
}

/// What the office asks for.
pub(super) fn request(slip: &Slip) -> [String; 2] {
    let office = if slip.office.is_empty() {
        "cơ quan tổng hợp"
    } else {
        &slip.office
    };
    [
        format!(
            "Qua kiểm tra số liệu do đơn vị báo cáo, {office} thấy các số liệu dưới đây chưa khớp nhau hoặc chưa \
             đọc được chắc chắn. Không số liệu nào được tự ý sửa."
        ),
        "Đề nghị đơn vị kiểm tra từng số liệu, ghi ý kiến (số đúng, hoặc lý do) vào cột cuối và gửi lại phiếu này."
            .to_owned(),
    ]
}

/// The file, and where in it.
pub(super) fn place(place: &Place) -> Vec<String> {
    let file = place.file.rsplit('/').next().unwrap_or_default().to_owned();
    let within = match (&place.sheet, place.cell_reference(), place.line) {
        (Some(sheet), Some(cell), _) => format!("trang tính “{sheet}”, ô {cell}"),
        (Some(sheet), None, Some(row)) => format!("trang tính “{sheet}”, dòng {}", row + 1),
        (Some(sheet), None, None) => format!("trang tính “{sheet}”"),
        (None, _, Some(line)) => format!("dòng {}", line + 1),
        (None, _, None) => place.path.clone().unwrap_or_default(),
    };
    [file, within]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect()
}

/// A message as a sentence.
pub(super) fn sentence(message: &str) -> String {
    let mut rest = message.chars();
    let first = rest.next().map(char::to_uppercase).into_iter().flatten();
    let mut out: String = first.chain(rest).collect();
    if !out.ends_with(['.', '?', '!']) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_the_decree_wants() {
        let shown = |y, m, d| day(Date::new(y, m, d));
        assert_eq!(shown(2024, 9, 30), "............, ngày 30 tháng 9 năm 2024");
        assert_eq!(shown(2024, 2, 5), "............, ngày 05 tháng 02 năm 2024");
    }
}
