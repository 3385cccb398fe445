//! Escapes inside the texts of JSON, TOML and scripts: `\u0039` is a digit for every reader but one of bytes.

use std::borrow::Cow;

use super::runs::NOTHING;

/// Whether files of that name write characters by their numbers.
pub fn has_escapes(file: &str) -> bool {
    let extension = file.rsplit('.').next().unwrap_or_default();
    ["json", "toml", "js"]
        .iter()
        .any(|e| extension.eq_ignore_ascii_case(e))
}

/// The text with its escapes as what they stand for. One character stands for one, so that columns stay: what is left
/// of an escape are signs that divide nothing.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (sign, length) = escape(rest.as_bytes());
        let length = length.min(rest.len());
        // The first bytes of an escape are ASCII, each of them a character.
        out.push(sign);
        out.extend(std::iter::repeat_n(NOTHING, length - 1));
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What the escape at the beginning of `bytes` stands for, and how long it is.
fn escape(bytes: &[u8]) -> (char, usize) {
    let code = |from: usize, digits: usize| {
        let hex = bytes.get(from..from + digits)?;
        let is_hex = hex.iter().all(u8::is_ascii_hexdigit);
        let text = std::str::from_utf8(hex).ok().filter(|_| is_hex)?;
        u32::from_str_radix(text, 16).ok()
    };
    let (value, length) = match bytes.get(1) {
        Some(b'u') => (code(2, 4), 6),
        Some(b'U') => (code(2, 8), 10),
        Some(b'x') => (code(2, 2), 4),
        Some(b't' | b'n' | b'r' | b'f' | b'b') => return (' ', 2),
        Some(sign @ (b'/' | b'"' | b'\'')) => return (char::from(*sign), 2),
        // The second of two says nothing about what follows.
        Some(b'\\') => return ('\\', 2),
        _ => return ('\\', 1),
    };
    match value {
        // Half of a character beyond the first plane, which is no digit.
        Some(code) => (char::from_u32(code).unwrap_or('\u{fffd}'), length),
        None => ('\\', 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_what_they_stand_for_and_take_their_room() {
        let shown = |text: &str| unescaped(text).replace(NOTHING, "");
        assert_eq!(shown(r"\u0030\u0039\x30\U00000031"), "0901");
        assert_eq!(
            shown(r"a\t0\n1 09\/00 \\u0031 \ud83e\"),
            "a 0 1 09/00 \\u0031 \u{fffd}\\"
        );
        assert_eq!(shown(r"\u00g1 \u00"), r"\u00g1 \u00");
        for text in [r"\u0030đ\u00", r"\", r"\\", r"\uđđđđ", r"x\u0110\n"] {
            assert_eq!(
                unescaped(text).chars().count(),
                text.chars().count(),
                "{text}"
            );
        }
    }
}
