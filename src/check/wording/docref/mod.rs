//! References to documents, "Kế hoạch số 48/KH-UBND ngày 01/3/2023 của Chủ tịch UBND huyện": their parts, and parts
//! that disagree (`docref-form`, `docref-issuer`, `docref-year`, `docnumber-order`).
//!
//! The abbreviations of document types are those of Nghị định số 30/2020/NĐ-CP, appendix III.

mod judge;
mod order;
mod parse;

use std::ops::Range;

use crate::text::date::Date;

pub(crate) use judge::judge;
pub(crate) use order::out_of_order;
pub(crate) use parse::find;

/// Words for a type of document and its abbreviations; letters without an abbreviation have none.
const TYPES: [(&str, &[&str]); 30] = [
    ("nghị quyết liên tịch", &["NQLT"]),
    ("thông tư liên tịch", &["TTLT"]),
    ("kế hoạch", &["KH"]),
    ("quyết định", &["QĐ"]),
    ("nghị định", &["NĐ"]),
    ("nghị quyết", &["NQ"]),
    ("thông tư", &["TT"]),
    ("thông báo", &["TB"]),
    ("báo cáo", &["BC"]),
    ("chỉ thị", &["CT"]),
    ("công điện", &["CĐ"]),
    ("tờ trình", &["TTr"]),
    ("hướng dẫn", &["HD"]),
    ("chương trình", &["CTr"]),
    ("phương án", &["PA"]),
    ("kết luận", &["KL", "TB"]),
    ("quy chế", &["QC"]),
    ("quy định", &["QyĐ", "QĐ"]),
    ("biên bản", &["BB"]),
    ("giấy mời", &["GM"]),
    ("công văn", &["CV"]),
    ("official letter", &["CV"]),
    ("resolution", &["NQ"]),
    ("directive", &["CT"]),
    ("decision", &["QĐ"]),
    ("circular", &["TT", "TTLT"]),
    ("decree", &["NĐ"]),
    ("report", &["BC"]),
    ("notice", &["TB"]),
    ("plan", &["KH"]),
];

/// A reference to a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocRef {
    /// The bytes from the word for its type to the end of its suffix.
    pub(crate) span: Range<usize>,
    /// The reference as written.
    pub(crate) text: String,
    /// The word for its type, as written; empty where there is none.
    kind_word: String,
    /// Abbreviations that fit that word.
    kinds: &'static [&'static str],
    /// Digits before the number that are not a part of it: the `11` of "số 11 422/QĐ-TTg".
    stray: Option<String>,
    /// The number.
    pub(crate) number: u32,
    /// The year within the number.
    year: Option<u16>,
    /// The abbreviated type of the suffix; empty for a letter.
    kind: String,
    /// The body of the suffix, without spaces.
    body: String,
    /// The body after "của", folded, where one is named.
    issuer: Option<String>,
    /// The same as written.
    issuer_as_written: String,
    /// The date after "ngày".
    pub(crate) date: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::super::{Slip, shown};
    use super::*;

    fn judged(text: &str) -> String {
        let slips: Vec<Slip> = find(text).iter().flat_map(judge).collect();
        shown(text, &slips).join(" | ")
    }

    #[test]
    fn parts_of_a_reference_are_found() {
        let text = "theo Kế hoạch số 48/KH- UBND ngày 01/3/2023 của Chủ tịch UBND huyện, Quyết định 422/QĐ-TTg";
        let found = find(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text, "Kế hoạch số 48/KH- UBND");
        assert_eq!(
            (found[0].kind.as_str(), found[0].body.as_str()),
            ("KH", "UBND")
        );
        assert_eq!(found[0].date, Date::new(2023, 3, 1));
        assert_eq!(found[0].issuer.as_deref(), Some("chu tich ubnd huyen"));
        assert_eq!(
            (found[1].number, found[1].kind_word.as_str()),
            (422, "Quyết định")
        );
    }

    #[test]
    fn parts_that_disagree_are_found() {
        for (text, wanted) in [
            (
                "Kế hoạch số 33/QĐ – UBND ngày 03/03/2022",
                "docref-form: Kế hoạch số 33/QĐ – UBND",
            ),
            (
                "Công văn số 1320/BC-STP",
                "docref-form: Công văn số 1320/BC-STP",
            ),
            ("Nghị định 104/NĐ-CP", "docref-year: Nghị định 104/NĐ-CP"),
            (
                "Quyết định số 11 422/QĐ-TTg",
                "docref-form: Quyết định số 11 422/QĐ-TTg → Quyết định số 422/QĐ-TTg",
            ),
            (
                "Quyết định số 27/QĐ-UBND ngày 15/3/2022 của Ủy ban Quốc gia về chuyển đổi số",
                "docref-issuer: Quyết định số 27/QĐ-UBND",
            ),
            (
                "Kế hoạch 89/KH-TCTTKĐA06, của Chủ tịch UBND huyện",
                "docref-issuer: Kế hoạch 89/KH-TCTTKĐA06",
            ),
        ] {
            assert_eq!(judged(text), wanted, "{text}");
        }
    }

    #[test]
    fn sound_references_and_other_slashes_are_left_alone() {
        for text in [
            "Quyết định số 766/QĐ-TTg ngày 23/6/2022 của Thủ tướng Chính phủ",
            "Nghị định số 63/2024/NĐ-CP ngày 10/6/2024 của Chính phủ",
            "Nghị quyết số 48-NQ/TU ngày 05/10/2021 của Tỉnh ủy",
            "Công văn số 1552/BTTTT-THH ngày 26/4/2022 của Bộ Thông tin và Truyền thông",
            "Quyết định số 540/QĐ-UBND ngày 07/02/2024 của Chủ tịch UBND tỉnh Bình Định",
            "Báo cáo số 767/BC-VPUBND ngày 23/9/2024 của Văn phòng UBND tỉnh Bình Định",
            "Thông tư số 01/2023/TT-VPCP",
            "767/BC-VPUBND",
            "ngày 23/9/2024, 119/119 cơ sở, và/hoặc, 24/7",
            "Báo cáo tháng 11 422 hồ sơ",
        ] {
            assert_eq!(judged(text), "", "{text}");
        }
    }

    #[test]
    fn numbers_of_one_register_rise_with_their_dates() {
        let text = "số 701/BC-VPUBND ngày 03/9/2024, số 718/BC-VPUBND ngày 07/9/2024, \
            số 618/BC-VPUBND ngày 18/9/2024, số 757/BC-VPUBND ngày 20/9/2024, \
            số 5/QĐ-UBND ngày 01/9/2024, số 3/QĐ-UBND ngày 02/9/2024";
        let found = find(text);
        let references: Vec<&DocRef> = found.iter().collect();
        let odd: Vec<(u32, u32)> = out_of_order(&references)
            .iter()
            .map(|(at, other)| (references[*at].number, other.number))
            .collect();
        assert_eq!(odd, [(618, 718)]);
    }
}
