//! Bytes → text. Only UTF-8 is read so far; anything else is refused with the encoding suspected.

use crate::diagnostic::{Diagnostic, Place, codes};
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

fn suspected(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        "UTF-16LE (“Unicode Text” của Excel)"
    } else if bytes.starts_with(&[0xFE, 0xFF]) {
        "UTF-16BE"
    } else if bytes.contains(&0) {
        "UTF-16, hoặc không phải tệp văn bản"
    } else {
        "windows-1258, TCVN3 hoặc VNI"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_named_not_guessed() {
        let file = SourceFile::new("a.csv", vec![b'a', b'\n', 0xE5, 0xEC]);
        let d = decode(&file).unwrap_err();
        assert_eq!(d.place.shown(), "a.csv:2:1");
        assert!(d.arguments.iter().any(|(_, v)| v.contains("1258")));
    }

    #[test]
    fn the_byte_order_mark_is_dropped() {
        let file = SourceFile::new("a.csv", vec![0xEF, 0xBB, 0xBF, b'x']);
        assert_eq!(decode(&file).unwrap(), "x");
    }
}
