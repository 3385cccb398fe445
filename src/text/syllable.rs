//! Whether a word is spelt like a Vietnamese syllable: the evidence by which old encodings are told apart.
//!
//! A syllable is an onset, a rhyme and a tone. Both lists are those of the spelling books of the first grade
//! (after Đoàn Thiện Thuật, *Ngữ âm tiếng Việt*); rhymes that end in a stop have the tones sắc and nặng only.
//! Foreign names and words of other languages of the country are no syllables here: this is no spelling check.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

/// Rhymes without their tones.
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu \
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong \
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên \
    uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu \
    y ych yêm yên yêng yêt yêu ynh yt";

/// The marks of huyền, sắc, ngã, hỏi and nặng.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Whether `word` is spelt like a Vietnamese syllable; capitals and both places of the tone mark are fine.
pub fn is_syllable(word: &str) -> bool {
    // The longest is `nghiêng` with its tone.
    if word.len() > 24 {
        return false;
    }
    let parted: Vec<char> = word.chars().flat_map(char::to_lowercase).nfd().collect();
    let mut tones = parted.iter().filter(|c| TONES.contains(c));
    let (tone, second) = (tones.next(), tones.next());
    if second.is_some() {
        return false;
    }
    let plain: String = parted
        .iter()
        .filter(|c| !TONES.contains(c))
        .copied()
        .nfc()
        .collect();
    ONSETS.iter().any(|onset| {
        plain
            .strip_prefix(onset)
            .is_some_and(|rhyme| is_rhyme(rhyme) && fits(rhyme, tone.copied()))
    })
}

fn is_rhyme(text: &str) -> bool {
    RHYMES.split(' ').any(|r| r == text)
}

/// Whether a rhyme can have a tone: those that end in a stop have sắc or nặng.
fn fits(rhyme: &str, tone: Option<char>) -> bool {
    let stopped = ["p", "t", "c", "ch"].iter().any(|s| rhyme.ends_with(s));
    !stopped || matches!(tone, Some('\u{301}' | '\u{323}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_reports_are_syllables() {
        let text = "Uỷ ban nhân dân tỉnh Thừa Thiên Huế báo cáo tiến độ giải quyết thủ tục hành chính quý \
            nghiêng Quốc huyện đường GIẾNG gì thuở khuya xoong hoà hòa yêu Đặng";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn what_a_wrong_encoding_gives_is_none() {
        for word in [
            "Vieät",
            "tØnh",
            "Hµ",
            "ñöôøng",
            "NguyÔn",
            "Ã©",
            "tỉc",
            "mât",
            "ééé",
            "àb",
            "",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
