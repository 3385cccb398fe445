//! Rules on a small page: what each finds, where, and what it leaves alone.

use proptest::prelude::*;

use crate::content::tests::{PATH, found, read_at};
use crate::diagnostic::Language;

/// Hints of the findings of a text at `path`.
fn hints(path: &str, markdown: &str) -> Vec<String> {
    let (_, findings) = read_at(path, markdown);
    findings
        .iter()
        .map(|d| {
            format!(
                "{}: {}",
                d.code,
                d.hint(Language::Vietnamese).unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn figures_are_compared_with_what_the_sentence_names() {
    for (markdown, wanted) in [
        ("Tỉnh tiếp nhận 1.282 hồ sơ.", "figure-contradicts:1:16"),
        ("Tỉnh tiếp nhận 1.281 hồ sơ.", "figure-unbound:1:16"),
        ("Tỷ lệ đúng hạn đạt 92%.", "figure-unbound:1:20"),
        ("Tỷ lệ đúng hạn đạt 93%.", "figure-contradicts:1:20"),
        ("Xã An tiếp nhận 120 hồ sơ.", "figure-contradicts:1:17"),
        ("Xã An tiếp nhận 100 hồ sơ.", "figure-unbound:1:17"),
        ("Tháng 8/2024 tiếp nhận 1.269 hồ sơ.", "figure-unbound:1:24"),
        (
            "## Đăng ký khai sinh\n\nTiếp nhận 41 hồ sơ.",
            "figure-contradicts:3:11",
        ),
        (
            "| Đơn vị | Hồ sơ tiếp nhận |\n|---|---|\n| Xã An | 101 |",
            "figure-contradicts:3:11",
        ),
        (
            "+++\ntitle = \"Tỉnh tiếp nhận 1.282 hồ sơ\"\n+++\n",
            "figure-contradicts:2:25",
        ),
        (
            "Tỷ lệ đúng hạn tăng 13,2% trong tháng.",
            "percent-not-points:1:21",
        ),
        (
            "Tỷ lệ tăng từ 80% lên 85%, tăng 5%.",
            "percent-not-points:1:33",
        ),
    ] {
        assert_eq!(found(markdown), [wanted], "{markdown}");
    }
}

#[test]
fn what_is_not_understood_is_left_alone() {
    for markdown in [
        "Công an tỉnh tiếp nhận 12 hồ sơ.",
        "Các xã tiếp nhận 12 hồ sơ.",
        "Trong đó tiếp nhận 12 hồ sơ qua bưu điện.",
        "Tỉnh tiếp nhận hơn 1.200 hồ sơ.",
        "So với cùng kỳ, tiếp nhận 900 hồ sơ.",
        "Năm 2021 tiếp nhận 900 hồ sơ.",
        "Xã An tiếp nhận 12 và xã Bình 15 hồ sơ.",
        "Ví dụ: tiếp nhận 12 hồ sơ.",
        "Báo cáo ghi “tiếp nhận 12 hồ sơ”.",
        "Tỷ lệ đúng hạn tăng 13,2 điểm phần trăm.",
        "Chỉ tiêu tỷ lệ đúng hạn là 95%.",
        "Tỷ lệ đúng hạn không phải 95%.",
        "Theo Đề án 06 và Quyết định số 422/QĐ-TTg, tiếp nhận hồ sơ 24/7.",
        "Tiếp nhận hồ sơ qua tổng đài 1022 trong 90 ngày, đêm.",
        "`tiếp nhận 12 hồ sơ`",
    ] {
        assert_eq!(found(markdown), Vec::<String>::new(), "{markdown}");
    }
}

#[test]
fn the_hint_is_the_call_to_write() {
    for (path, markdown, call) in [
        (
            PATH,
            "Xã An tiếp nhận 100 hồ sơ.",
            "{{ value(\"tiep-nhan\", unit=\"binh-dinh/a\", form=\"number\") }}",
        ),
        (PATH, "Tỷ lệ đúng hạn đạt 92%.", "{{ value(\"ty-le\") }}"),
        (
            "content/ky/2024-09.en.md",
            "The province received 1,281 dossiers.",
            "{{ value(\"tiep-nhan\", form=\"number\") }}",
        ),
    ] {
        let hints = hints(path, markdown);
        assert_eq!(
            hints,
            [format!("figure-unbound: thay bằng `{call}`")],
            "{markdown}"
        );
    }
}

#[test]
fn structure_is_checked_where_it_stands() {
    for (markdown, wanted) in [
        (
            "## I. Một\n\n## 11. Hai\n\n## III. Ba",
            vec!["numbering-gap:5:4"],
        ),
        (
            "Xem Phụ lục II.\n\n**Phụ lục I**\n\nMột",
            vec!["appendix-missing:1:5", "appendix-unreferenced:3:3"],
        ),
        ("1. một\n2. hai\n5. năm", vec!["numbering-gap:3:4"]),
        ("(1) một\n\n(3) ba", vec!["numbering-gap:3:1"]),
        ("Gồm: (1) một; (3) ba.", vec!["numbering-gap:1:15"]),
        (
            "Có 4 thủ tục: khai sinh; khai tử; kết hôn.",
            vec!["listed-vs-announced:1:4"],
        ),
        (
            "Có hai nhiệm vụ sau:\n\n| a |\n|---|\n| b |\n| c |\n| d |",
            vec!["listed-vs-announced:1:4"],
        ),
        (
            "### 1. Một\n\n## 2. Hai",
            vec!["heading-level:1:5", "heading-level:3:4"],
        ),
        ("Một[^1] hai", vec!["footnote-marker:1:4"]),
        ("Một\n\n[^1]: Hai", vec!["footnote-marker:3:1"]),
        ("[a](#khong-co)", vec!["link-broken:1:1"]),
        ("[a](bang.xlsx)", vec!["link-broken:1:1"]),
    ] {
        assert_eq!(found(markdown), wanted, "{markdown}");
    }
    let hints = hints(PATH, "## I. Một\n\n## 11. Hai\n\n## III. Ba");
    assert!(
        hints[0].contains("`11.` ở trên có thể là `II.`"),
        "{hints:?}"
    );
}

#[test]
fn structure_that_is_meant_is_left_alone() {
    for markdown in [
        "1. một\n1. hai\n1. ba",
        "1. một\n\nGiữa\n\n2. hai",
        "theo điểm (1), (3) Điều 5",
        "Năm 2024 có các thủ tục sau:\n\n- a\n- b",
        "Nghị quyết số 50 nhiệm vụ sau:\n\n- a\n- b",
        "Có 12 thủ tục, như:\n\n- a\n- b",
        "# Một\n\n## Hai\n\n### Ba\n\n## Bốn",
        "2*3 và **đậm**",
        "[a](#b)\n\n## B",
    ] {
        assert_eq!(found(markdown), Vec::<String>::new(), "{markdown}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_report_panics(parts in proptest::collection::vec(
        "tiếp nhận |tỷ lệ đúng hạn |1\\.281|[0-9]{1,5}|[.,;:/%()*] ?|hồ sơ|xã An |Đăng ký khai sinh |tháng 8/2024 |tăng |từ |lên |\n\n|\n|\\| |---\\|\n|## |- |[0-9]\\. |\\([0-9]\\) |\\[\\^1\\]|“|”|Phụ lục I |nhiệm vụ |\\{\\{ value\\(\"ty-le\"\\) \\}\\}",
        0..40,
    )) {
        read_at(PATH, &parts.concat());
    }
}
