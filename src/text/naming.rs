//! How Vietnamese catalogues and reports name things: what a name says of itself, for the sentences it will stand in.

use super::foreign::bare;
use super::normal::lower_first;

/// A unit's name inside a sentence: its type word in lower case, a bare name as it is.
pub fn unit_in_text(name: &str) -> String {
    const TYPE_WORDS: [&str; 14] = [
        "Tỉnh ",
        "Thành phố ",
        "Quận ",
        "Huyện ",
        "Thị xã ",
        "Thị trấn ",
        "Phường ",
        "Xã ",
        "Đặc khu ",
        "Khối ",
        "Thôn ",
        "Các ",
        "Ban ",
        "Văn phòng ",
    ];
    if TYPE_WORDS.iter().any(|w| name.starts_with(w)) {
        lower_first(name)
    } else {
        name.to_owned()
    }
}

/// Whether the label of a period names a span of time ("từ năm 2022 đến 14/6/2023") rather than one point of the calendar.
pub fn is_span(label: &str) -> bool {
    let lower = bare(label).to_lowercase();
    ["từ ", "đợt "].iter().any(|w| lower.starts_with(w))
}

/// Whether the label of a period says from which day to which.
pub fn tells_its_days(label: &str) -> bool {
    label.contains('/') && label.contains("đến")
}

/// The label of a period without the word that says how long it is: `9/2024`.
pub fn bare_period(label: &str) -> &str {
    label
        .strip_prefix("Tháng ")
        .or_else(|| label.strip_prefix("Năm "))
        .unwrap_or(label)
}

/// "Hồ sơ trực tuyến" → "trực tuyến": what is the same in every part of a sum is left out.
pub fn part_of_dossiers(label: &str) -> &str {
    label.strip_prefix("Hồ sơ ").unwrap_or(label)
}

/// Whether a unit of measure only says that the answer is yes or no.
pub fn is_yes_no(unit: &str) -> bool {
    unit == "có/không"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_they_are() {
        assert_eq!(unit_in_text("Tỉnh Phú Thọ"), "tỉnh Phú Thọ");
        assert_eq!(unit_in_text("Tịnh Kỳ"), "Tịnh Kỳ");
        assert!(is_span("Từ năm 2022 đến 14/6/2023") && !is_span("Tháng 9/2024"));
        assert!(tells_its_days("từ 15/8 đến 14/9/2024") && !tells_its_days("9/2024"));
        assert_eq!(bare_period("Tháng 9/2024"), "9/2024");
        assert_eq!(part_of_dossiers("Hồ sơ trực tuyến"), "trực tuyến");
    }
}
