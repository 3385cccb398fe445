//! Words that scanning or copying damages (`text-damage`): "chưa kết nội" for "chưa kết nối".

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Slip, Word, are_joined, words};
use crate::diagnostic::codes;

const DAMAGES: &str = include_str!("damage.toml");

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    damage: Vec<Damage>,
}

/// A damaged wording, what is meant by it, and where the same words are right.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Damage {
    written: String,
    meant: String,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    at_end: bool,
}

fn damages() -> &'static [Damage] {
    static LIST: OnceLock<List> = OnceLock::new();
    // The file is part of the program; the test below proves that it parses.
    &LIST
        .get_or_init(|| toml::from_str(DAMAGES).unwrap_or_default())
        .damage
}

/// Finds damaged words.
pub(super) fn find(text: &str) -> Vec<Slip> {
    let words = words(text);
    let mut slips = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = damages()
            .iter()
            .find_map(|d| Some((d, end_of(text, &words, at, d)?)));
        match found {
            Some((damage, end)) => {
                let span = words[at].span.start..words[end - 1].span.end;
                slips.push(
                    Slip::new(codes::TEXT_DAMAGE, span.clone())
                        .with("value", &text[span])
                        .suggest(Some(damage.meant.clone())),
                );
                at = end;
            }
            None => at += 1,
        }
    }
    slips
}

/// The word after a damaged wording that begins at `at`, if one does and its surroundings do not make it right.
fn end_of(text: &str, words: &[Word], at: usize, damage: &Damage) -> Option<usize> {
    let mut end = at;
    for part in damage.written.split(' ') {
        let word = words.get(end).filter(|w| w.lower == part)?;
        if end > at && !are_joined(text, &words[end - 1], word) {
            return None;
        }
        end += 1;
    }
    let before = at
        .checked_sub(1)
        .map(|i| &words[i])
        .filter(|w| are_joined(text, w, &words[at]));
    let after = words
        .get(end)
        .filter(|w| are_joined(text, &words[end - 1], w));
    let is_right = before.is_some_and(|w| damage.not_after.contains(&w.lower))
        || after.is_some_and(|w| damage.not_before.contains(&w.lower))
        || (damage.at_end && after.is_some());
    (!is_right).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[test]
    fn the_list_is_well_formed() {
        let list: List = toml::from_str(DAMAGES).unwrap();
        assert!(list.damage.len() > 25);
        for damage in &list.damage {
            assert_eq!(damage.written, damage.written.to_lowercase());
            assert_ne!(damage.written, damage.meant.to_lowercase());
        }
    }

    #[test]
    fn damaged_words_of_the_reports_are_found() {
        for (text, wanted) in [
            ("chưa kết nội*", "text-damage: kết nội → kết nối"),
            ("thay Sở hộ khẩu", "text-damage: Sở hộ khẩu → sổ hộ khẩu"),
            ("I. TỈNH HÌNH CHUNG", "text-damage: TỈNH HÌNH → tình hình"),
            (
                "tình hình của Bộ Công",
                "text-damage: của Bộ Công → của Bộ Công an",
            ),
            ("người hành nghề được", ""),
            (
                "cấp chứng chỉ hành nghề được, 5 hồ sơ",
                "text-damage: chứng chỉ hành nghề được → chứng chỉ hành nghề dược",
            ),
            (
                "Tham mưu đề Công an tỉnh",
                "text-damage: đề Công an → để Công an",
            ),
        ] {
            assert_eq!(shown(text, &find(text)).join("\n"), wanted, "{text}");
        }
    }

    #[test]
    fn the_same_words_elsewhere_are_right() {
        for text in [
            "được lưu trữ điện tử, cơ sở lưu trữ dữ liệu",
            "vấn đề Công an tỉnh nêu",
            "của Bộ Công an và Bộ Công Thương",
            "cấp chứng chỉ hành nghề được thực hiện",
            "thủ tục hành chính công, dịch vụ công trực tuyến",
            "kết nối, nội dung",
            "hiện thực kế hoạch",
            "chỉ trả kết quả tại một cửa",
            "chuyên đề khai thác dữ liệu",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
