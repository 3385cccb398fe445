//! The encodings of Vietnamese fonts before Unicode: TCVN3 (the fonts `.Vn…`, “ABC”) and VNI (the fonts `VNI-…`).
//!
//! Sources: TCVN 5712:1993 for the first, the VNI-Windows table of VNI Software for the second. No crate has them.
//! Typographic signs between 0x80 and 0x9F are those of windows-1252, for which these fonts were made.

use unicode_normalization::UnicodeNormalization;

/// TCVN 5712 from 0xA0 on. The fonts of VN3 lack the accented capitals, those of VN1 have some of them here.
const TCVN3: [char; 96] = [
    '\u{a0}', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ', '\u{300}',
    '\u{309}', '\u{303}', '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ', 'ắ',
    'Ẵ', 'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ', 'é', 'ẹ',
    'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò', 'Ổ', 'ỏ', 'õ', 'ó', 'ọ',
    'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', 'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ',
    'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
];

/// Decodes TCVN3; an error is the position of the first byte that the encoding does not have.
///
/// In the capital fonts (`.VnTimeH`) an accented capital is the byte of the small letter. A word of at least two
/// plain letters that are all capitals is read in capitals (`C`, `é`, `NG` is `CỘNG`). What was typed in small letters
/// under such a font comes out in small letters: the bytes do not say more.
pub(super) fn tcvn3(bytes: &[u8]) -> Result<String, usize> {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut word = String::new();
    for (at, &byte) in bytes.iter().enumerate() {
        let sign = match byte {
            0xa0.. => TCVN3[usize::from(byte - 0xa0)],
            _ => typographic(byte).ok_or(at)?,
        };
        if sign.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&sign) {
            word.push(sign);
        } else {
            push_word(&mut out, &mut word);
            out.push(sign);
        }
    }
    push_word(&mut out, &mut word);
    Ok(out.nfc().collect())
}

fn push_word(out: &mut String, word: &mut String) {
    let mut plain = word.chars().filter(char::is_ascii);
    let is_capital = plain.clone().count() >= 2 && plain.all(|c| c.is_ascii_uppercase());
    if is_capital && !word.is_ascii() {
        out.extend(word.chars().flat_map(char::to_uppercase));
    } else {
        out.push_str(word);
    }
    word.clear();
}

/// The sign of a byte below 0xA0.
fn typographic(byte: u8) -> Option<char> {
    if byte < 0x80 {
        return Some(char::from(byte));
    }
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|c| !c.is_control())
}

/// Letters that VNI has as one byte.
const VNI_LETTERS: [(u8, char); 18] = [
    (0xf1, 'đ'),
    (0xd1, 'Đ'),
    (0xf4, 'ơ'),
    (0xd4, 'Ơ'),
    (0xf6, 'ư'),
    (0xd6, 'Ư'),
    (0xed, 'í'),
    (0xcd, 'Í'),
    (0xec, 'ì'),
    (0xcc, 'Ì'),
    (0xe6, 'ỉ'),
    (0xc6, 'Ỉ'),
    (0xf3, 'ĩ'),
    (0xd3, 'Ĩ'),
    (0xf2, 'ị'),
    (0xd2, 'Ị'),
    (0xee, 'ỵ'),
    (0xce, 'Ỵ'),
];

/// Marks that follow a letter, in their small form (the capital form is 0x20 less): the letters that take them, then
/// the combining marks.
const VNI_MARKS: [(u8, &str, &str); 17] = [
    (0xf9, PLAIN, "\u{301}"),
    (0xf8, PLAIN, "\u{300}"),
    (0xfb, PLAIN, "\u{309}"),
    (0xf5, PLAIN, "\u{303}"),
    (0xef, PLAIN, "\u{323}"),
    (0xe2, ROOFED, "\u{302}"),
    (0xe1, ROOFED, "\u{302}\u{301}"),
    (0xe0, ROOFED, "\u{302}\u{300}"),
    (0xe5, ROOFED, "\u{302}\u{309}"),
    (0xe3, ROOFED, "\u{302}\u{303}"),
    (0xe4, ROOFED, "\u{302}\u{323}"),
    (0xea, "a", "\u{306}"),
    (0xe9, "a", "\u{306}\u{301}"),
    (0xe8, "a", "\u{306}\u{300}"),
    (0xfa, "a", "\u{306}\u{309}"),
    (0xfc, "a", "\u{306}\u{303}"),
    (0xeb, "a", "\u{306}\u{323}"),
];
const PLAIN: &str = "aeouyơư";
const ROOFED: &str = "aeo";

/// Decodes VNI; an error is the position of the first byte that no VNI text has there.
pub(super) fn vni(bytes: &[u8]) -> Result<String, usize> {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut before: Option<char> = None;
    for (at, &byte) in bytes.iter().enumerate() {
        let letter = VNI_LETTERS
            .iter()
            .find(|(b, _)| *b == byte)
            .map(|(_, c)| *c);
        let sign = match (byte, letter) {
            (0xa0, _) => Some('\u{a0}'),
            (_, Some(letter)) => Some(letter),
            (0xa1.., None) => None,
            _ => Some(typographic(byte).ok_or(at)?),
        };
        if let Some(sign) = sign {
            out.push(sign);
            before = Some(sign);
        } else {
            out.push_str(vni_mark(before.take(), byte).ok_or(at)?);
        }
    }
    Ok(out.nfc().collect())
}

/// The combining marks of a byte after the letter `before`.
fn vni_mark(before: Option<char>, byte: u8) -> Option<&'static str> {
    let letter = before?.to_lowercase().next()?;
    // A capital may have the small mark, and the reverse: typists mix them.
    let small = byte | 0x20;
    let (_, letters, marks) = VNI_MARKS.iter().find(|(b, _, _)| *b == small)?;
    letters.contains(letter).then_some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a text as an editor shows them that takes them for Latin 1.
    fn latin(text: &str) -> Vec<u8> {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect()
    }

    #[test]
    fn every_letter_of_the_alphabet_is_in_both() {
        let accented = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
        for letter in accented.chars() {
            assert_eq!(
                TCVN3.iter().filter(|c| **c == letter).count(),
                1,
                "{letter}"
            );
        }
    }

    #[test]
    fn tcvn3_is_read_and_capitals_as_far_as_the_bytes_tell() {
        let check = |text: &str, meant: &str| assert_eq!(tcvn3(&latin(text)).as_deref(), Ok(meant));
        check("Hµ Néi, tØnh Phó Thä", "Hà Nội, tỉnh Phú Thọ");
        check("CéNG HßA X· HéI", "CỘNG HÒA Xã HỘI");
        assert_eq!(tcvn3(&[b'a', 0x81]), Err(1));
    }

    #[test]
    fn vni_marks_follow_their_letters() {
        let check = |text: &str, meant: &str| assert_eq!(vni(&latin(text)).as_deref(), Ok(meant));
        check("Vieät Nam, tænh Phuù Thoï", "Việt Nam, tỉnh Phú Thọ");
        check("Ñöôøng Laëng, Bình Ñònh, kyø", "Đường Lặng, Bình Định, kỳ");
        check("COÄNG HOØA XAÕ HOÄI", "CỘNG HÒA XÃ HỘI");
        assert_eq!(vni(&[b'b', 0xf9]), Err(1));
        assert_eq!(vni(&[0xf9]), Err(0));
    }
}
