//! The 25 essential services of Decision 06/QĐ-TTg, and how often they are asked for in the invented figures.

/// A service; further ones than the 25 are invented.
pub(crate) struct Service {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) short_name: String,
    pub(crate) authority: String,
    /// Dossiers a month of 100,000 people.
    pub(crate) rate: u64,
    /// Thousandths by which the online share lies above or below that of the unit, from 500 as neither.
    pub(crate) ease: u64,
    /// Thousandths of a usual month, from January.
    pub(crate) season: &'static [u64; 12],
    /// Only communes do it.
    pub(crate) is_of_communes: bool,
}

/// Fewer dossiers around the New Year holiday, more in summer.
const YEAR_ROUND: [u64; 12] = [
    900, 620, 1080, 1000, 1020, 1080, 1100, 1120, 1050, 1000, 960, 920,
];

/// The registration for the examination is open in April and May.
const SPRING: [u64; 12] = [0, 0, 0, 9000, 3000, 0, 0, 0, 0, 0, 0, 0];

type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    u64,
    u64,
);

#[rustfmt::skip]
const ESSENTIAL: [Row; 25] = [
    ("xac-nhan-so-cmnd", "Xác nhận số CMND khi đã được cấp thẻ CCCD", "Xác nhận số CMND", "Bộ Công an", 14, 560),
    ("cap-doi-the-cccd", "Cấp lại, đổi thẻ CCCD", "Cấp lại, đổi thẻ CCCD", "Bộ Công an", 160, 430),
    ("dang-ky-thuong-tru", "Đăng ký thường trú", "Đăng ký thường trú", "Bộ Công an", 210, 590),
    ("dang-ky-tam-tru", "Đăng ký tạm trú", "Đăng ký tạm trú", "Bộ Công an", 260, 600),
    ("khai-bao-tam-vang", "Khai báo tạm vắng", "Khai báo tạm vắng", "Bộ Công an", 9, 620),
    ("thong-bao-luu-tru", "Thông báo lưu trú", "Thông báo lưu trú", "Bộ Công an", 640, 720),
    ("dang-ky-xe-may", "Đăng ký, cấp biển số mô tô, xe gắn máy", "Đăng ký mô tô, xe gắn máy", "Bộ Công an", 190, 380),
    ("nop-phat-giao-thong", "Thu tiền nộp phạt vi phạm giao thông qua thiết bị ghi hình", "Nộp phạt giao thông", "Bộ Công an", 45, 520),
    ("ho-chieu-pho-thong", "Cấp, cấp lại, sửa đổi, bổ sung hộ chiếu phổ thông", "Hộ chiếu phổ thông", "Bộ Công an", 130, 640),
    ("con-dau-moi", "Làm con dấu mới và cấp Giấy chứng nhận đăng ký mẫu dấu", "Làm con dấu mới", "Bộ Công an", 3, 550),
    ("con-dau-thu-nho", "Làm con dấu thu nhỏ, dấu nổi, dấu xi và cấp Giấy chứng nhận đăng ký mẫu con dấu", "Con dấu thu nhỏ, dấu nổi", "Bộ Công an", 1, 550),
    ("dang-ky-khai-sinh", "Đăng ký khai sinh", "Khai sinh", "Ủy ban nhân dân cấp xã", 120, 470),
    ("dang-ky-khai-tu", "Đăng ký khai tử", "Khai tử", "Ủy ban nhân dân cấp xã", 55, 440),
    ("dang-ky-ket-hon", "Đăng ký kết hôn", "Kết hôn", "Ủy ban nhân dân cấp xã", 60, 420),
    ("ly-lich-tu-phap", "Cấp phiếu lý lịch tư pháp", "Lý lịch tư pháp", "Bộ Công an", 95, 610),
    ("lien-thong-khai-sinh", "Liên thông đăng ký khai sinh - đăng ký thường trú - cấp thẻ BHYT cho trẻ em dưới 6 tuổi", "Liên thông khai sinh", "Ủy ban nhân dân cấp xã", 90, 660),
    ("lien-thong-khai-tu", "Liên thông đăng ký khai tử - xóa đăng ký thường trú - trợ cấp mai táng phí", "Liên thông khai tử", "Ủy ban nhân dân cấp xã", 32, 630),
    ("giam-tru-bhyt-ho-gia-dinh", "Tích hợp tính giảm trừ mức đóng trong gia hạn thẻ BHYT theo hộ gia đình", "Giảm trừ BHYT hộ gia đình", "Bộ Tài chính (Bảo hiểm xã hội Việt Nam)", 40, 480),
    ("cap-doi-giay-phep-lai-xe", "Cấp đổi, cấp lại giấy phép lái xe", "Đổi giấy phép lái xe", "Bộ Công an", 150, 500),
    ("dang-ky-thue", "Đăng ký thuế lần đầu, thay đổi thông tin đăng ký thuế (hộ gia đình, cá nhân)", "Đăng ký thuế", "Bộ Tài chính", 110, 690),
    ("bien-dong-dat-dai", "Đăng ký biến động đất đai do thay đổi thông tin người được cấp Giấy chứng nhận", "Biến động đất đai", "Ủy ban nhân dân cấp xã", 70, 300),
    ("cap-dien-moi", "Cấp điện mới từ lưới điện hạ áp", "Cấp điện mới", "Tập đoàn Điện lực Việt Nam", 48, 780),
    ("doi-chu-the-hop-dong-dien", "Thay đổi chủ thể hợp đồng mua bán điện", "Đổi hợp đồng mua điện", "Tập đoàn Điện lực Việt Nam", 36, 780),
    ("tro-cap-that-nghiep", "Giải quyết hưởng trợ cấp thất nghiệp", "Trợ cấp thất nghiệp", "Bộ Nội vụ", 75, 360),
    ("thi-tot-nghiep-thpt", "Đăng ký dự thi tốt nghiệp THPT và xét tuyển đại học, cao đẳng", "Thi tốt nghiệp THPT", "Bộ Giáo dục và Đào tạo", 85, 900),
];

/// The first `count` services.
pub(crate) fn make(count: usize) -> Vec<Service> {
    let invented = (ESSENTIAL.len() + 1..=count).map(invented);
    ESSENTIAL
        .iter()
        .take(count)
        .map(essential)
        .chain(invented)
        .collect()
}

fn essential((id, name, short_name, authority, rate, ease): &Row) -> Service {
    Service {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
        short_name: (*short_name).to_owned(),
        authority: (*authority).to_owned(),
        rate: *rate,
        ease: *ease,
        season: if *id == "thi-tot-nghiep-thpt" {
            &SPRING
        } else {
            &YEAR_ROUND
        },
        is_of_communes: *authority == "Ủy ban nhân dân cấp xã",
    }
}

fn invented(n: usize) -> Service {
    Service {
        id: format!("dich-vu-vi-du-{n}"),
        name: format!("Dịch vụ ví dụ {n}"),
        short_name: format!("Dịch vụ ví dụ {n}"),
        authority: "Cơ quan ví dụ".to_owned(),
        rate: 50,
        ease: 500,
        season: &YEAR_ROUND,
        is_of_communes: false,
    }
}
