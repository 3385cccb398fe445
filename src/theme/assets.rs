//! The style sheet, made small, and the script, named by its content.

use crate::text::content_name::content_name;
use sha2::{Digest, Sha256};

/// The sheet that stands in each page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Minified text, exactly as it stands between the tags.
    pub css: String,
    /// The source expression that admits it in a content security policy: `sha256-…`.
    pub hash: String,
}

/// The script that the site publishes once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Path from the root of the site, with a hash of the content in its name.
    pub path: String,
    /// Content.
    pub text: String,
}

impl Style {
    /// Makes the sheet small and reckons its hash.
    pub fn new(source: &str) -> Self {
        Self::of_minified(minify(source))
    }

    pub(super) fn of_minified(css: String) -> Self {
        let hash = format!("sha256-{}", base64(&Sha256::digest(css.as_bytes())));
        Self { css, hash }
    }
}

impl Script {
    /// Names the script by its content.
    pub fn new(text: &str) -> Self {
        let name = content_name(&blake3::hash(text.as_bytes()));
        Self {
            path: format!("assets/site.{name}.js"),
            text: text.to_owned(),
        }
    }
}

/// Takes comments and needless white space out of a style sheet; strings stay as they are.
fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut gap = false;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            gap = true;
        } else if first.is_whitespace() {
            rest = rest.trim_start();
            gap = true;
        } else {
            let length = if first == '"' {
                string_length(rest)
            } else {
                first.len_utf8()
            };
            if gap && needs_gap(out.chars().next_back(), first) {
                out.push(' ');
            }
            if first == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            gap = false;
        }
    }
    out
}

/// White space before a colon tells `a :focus` from `a:focus`; around these signs it tells nothing.
fn needs_gap(before: Option<char>, after: char) -> bool {
    let Some(before) = before else { return false };
    !matches!(before, '{' | '}' | ';' | ',' | ':' | '>' | '(')
        && !matches!(after, '{' | '}' | ';' | ',' | '>' | ')')
}

pub(super) fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return at + 1,
            _ => escaped = byte == b'\\' && !escaped,
        }
    }
    text.len()
}

/// Encodes bytes as RFC 4648 section 4 says.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0, |all, byte| all << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            let index = (group >> (18 - 6 * digit)) as usize & 63;
            out.push(if digit <= chunk.len() {
                char::from(ALPHABET[index])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_become_small_and_mean_the_same() {
        let check = |css, expected| assert_eq!(minify(css), expected);
        check(
            "/* a */ .a > .b , .c :focus { color : red; margin: 0 auto; }\n",
            ".a>.b,.c :focus{color :red;margin:0 auto}",
        );
        check(
            "a::after { content: \" \\\" /* ▲ */ \"; }",
            "a::after{content:\" \\\" /* ▲ */ \"}",
        );
        check(
            "@media (min-width: 48em) and (x) { a { width: calc(100% - 2rem) } }",
            "@media (min-width:48em) and (x){a{width:calc(100% - 2rem)}}",
        );
        check("li + li { a: b } b { }", "li + li{a:b}b{}");
    }

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-4, example "abc"; RFC 4648, section 10.
        assert_eq!(
            Style::new("abc").hash,
            "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
        assert_eq!(
            [base64(b"f"), base64(b"fo"), base64(b"foo")],
            ["Zg==", "Zm8=", "Zm9v"]
        );
    }
}
