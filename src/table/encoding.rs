//! Bytes → text. Only UTF-8 is read so far; anything else is refused with the encoding suspected.

use crate::diagnostic::{Diagnostic, Phrase, Place, codes, phrase};
use crate::source::SourceFile;

/// The text of a file, without its byte order mark.
///
/// # Errors
/// `encoding-unknown` where the bytes are not UTF-8, with the place of the first bad byte.
pub fn decode(file: &SourceFile) -> Result<String, Box<Diagnostic>> {
    let bytes = file
        .bytes
        .strip_prefix(&[0xEF, 0xBB, 0xBF])
        .unwrap_or(&file.bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(e) => {
            let good = String::from_utf8_lossy(&bytes[..e.valid_up_to()]).into_owned();
            let place = Place::of_span(&file.path, &good, good.len()..good.len());
            let d = Diagnostic::new(codes::ENCODING_UNKNOWN, place)
                .with("offset", e.valid_up_to() + 1)
                .with("suspected", suspected(&file.bytes));
            Err(Box::new(d))
        }
    }
}

fn suspected(bytes: &[u8]) -> Phrase {
    let key = if bytes.starts_with(&[0xFF, 0xFE]) {
        "utf-16le"
    } else if bytes.starts_with(&[0xFE, 0xFF]) {
        "utf-16be"
    } else if bytes.contains(&0) {
        "utf-16-or-binary"
    } else {
        "legacy-vietnamese"
    };
    phrase(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn other_encodings_are_named_not_guessed() {
        let file = SourceFile::new("a.csv", vec![b'a', b'\n', 0xE5, 0xEC]);
        let d = decode(&file).unwrap_err();
        assert_eq!(d.place.shown(), "a.csv:2:1");
        assert!(d.message(Language::English).contains("1258"));
    }

    #[test]
    fn the_byte_order_mark_is_dropped() {
        let file = SourceFile::new("a.csv", vec![0xEF, 0xBB, 0xBF, b'x']);
        assert_eq!(decode(&file).unwrap(), "x");
    }
}
