//! Words written twice in a row (`duplicate-text`): "đến ngày đến ngày", "Kế hoạch số Kế hoạch số 207".

use super::{Slip, Word, are_joined, words};
use crate::diagnostic::codes;

/// The longest run of words that is looked for.
const LONGEST: usize = 6;

/// Finds runs of two to six words that follow themselves. One word alone may be meant: "ngày ngày", "nhà nhà".
pub(super) fn find(text: &str) -> Vec<Slip> {
    let words = words(text);
    let mut slips = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(length) = (2..=LONGEST)
            .rev()
            .find(|n| is_repeated(text, &words, at, *n))
        else {
            at += 1;
            continue;
        };
        let first = words[at].span.start..words[at + length - 1].span.end;
        let both = first.start..words[at + 2 * length - 1].span.end;
        slips.push(Slip::new(codes::DUPLICATE_TEXT, both).with("value", &text[first]));
        at += 2 * length;
    }
    slips
}

/// Whether the `length` words from `at` stand again right after themselves, with nothing but spaces between.
fn is_repeated(text: &str, words: &[Word], at: usize, length: usize) -> bool {
    let Some(both) = words.get(at..at + 2 * length) else {
        return false;
    };
    let (first, second) = both.split_at(length);
    let same = first.iter().zip(second).all(|(a, b)| a.lower == b.lower);
    let joined = both.windows(2).all(|w| are_joined(text, &w[0], &w[1]));
    let has_letters = first
        .iter()
        .all(|w| w.lower.chars().all(char::is_alphabetic));
    // "từng bước từng bước": a word and itself is no repetition of a phrase, but of a word.
    let is_one_word = first.iter().all(|w| w.lower == first[0].lower);
    same && joined && has_letters && !is_one_word
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[test]
    fn phrases_written_twice_are_found_once() {
        for (text, wanted) in [
            (
                "tính đến ngày đến ngày 30/7",
                "duplicate-text: đến ngày đến ngày",
            ),
            (
                "Kế hoạch số Kế hoạch số 207",
                "duplicate-text: Kế hoạch số Kế hoạch số",
            ),
            (
                "theo quy định quy định tại",
                "duplicate-text: quy định quy định",
            ),
        ] {
            assert_eq!(shown(text, &find(text)), [wanted]);
        }
    }

    #[test]
    fn words_meant_twice_are_left_alone() {
        for text in [
            "ngày ngày, nhà nhà",
            "có thủ tục. Thủ tục này",
            "10 20 10 20",
            "xã An, xã An Bình",
            "hồ sơ, hồ sơ trực tuyến",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
