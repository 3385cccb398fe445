//! Text that only looks right in an old font: `Hµ Néi` in the font `.VnTime` is `Hà Nội`.
//!
//! Sheets written before Unicode keep the bytes of TCVN3 or VNI as letters of western Europe, and the font makes them
//! Vietnamese. The name of the font says which encoding it is, and for the capital fonts (`.VnTimeH`) that they are
//! capitals, so that nothing has to be guessed.

use crate::table::encoding::Encoding;

/// An encoding that a font stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FontEncoding {
    /// The encoding.
    pub(super) encoding: Encoding,
    /// Whether the font has capitals only.
    is_capital: bool,
}

impl FontEncoding {
    /// The encoding of a font, if it is one of the old ones.
    pub(super) fn of(font: &str) -> Option<Self> {
        let font = font.trim();
        let lower = font.to_ascii_lowercase();
        let encoding = if lower.starts_with(".vn") {
            Encoding::Tcvn3
        } else if lower.starts_with("vni-") {
            Encoding::Vni
        } else {
            return None;
        };
        let is_capital = encoding == Encoding::Tcvn3 && font.ends_with('H');
        Some(Self {
            encoding,
            is_capital,
        })
    }

    /// The text that a reader of this font sees; nothing where the text is Unicode already.
    pub(super) fn decode(self, text: &str) -> Option<String> {
        if text.is_ascii() && !self.is_capital {
            return None;
        }
        let bytes: Vec<u8> = text.chars().map(western).collect::<Option<_>>()?;
        let decoded = self.encoding.decode(&bytes)?;
        Some(if self.is_capital {
            decoded.to_uppercase()
        } else {
            decoded
        })
    }
}

/// The byte of a letter in windows-1252.
fn western(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    (!failed).then(|| bytes.first().copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_tells_the_encoding_and_the_capitals() {
        let read = |font: &str, text: &str| FontEncoding::of(font).and_then(|f| f.decode(text));
        assert_eq!(
            read(".VnTime", "tØnh Phó Thä").as_deref(),
            Some("tỉnh Phú Thọ")
        );
        assert_eq!(
            read(".VnTimeH", "céng hßa x· héi").as_deref(),
            Some("CỘNG HÒA XÃ HỘI")
        );
        assert_eq!(
            read("VNI-Times", "tænh Phuù Thoï").as_deref(),
            Some("tỉnh Phú Thọ")
        );
        assert_eq!(read(".VnTime", "tỉnh Phú Thọ"), None);
        assert_eq!(read(".VnTime", "UBND 12"), None);
        assert_eq!(read("Times New Roman", "tØnh"), None);
    }
}
