//! Markup that other systems leave in cells: `<p>…</p>`, `<li>`, `&amp;` → plain text.

use std::borrow::Cow;

use html_escape::decode_html_entities;

/// Tags that end a line of text where they stand.
const BREAKS: [&str; 12] = [
    "p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4",
];
/// Tags that say how words look or where they lead.
const SPANS: [&str; 13] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "sup", "sub", "td", "th",
];

/// The words of a cell without tags and with its entities read: paragraphs and list items become lines.
///
/// Only known tags are taken for tags, so that "thời hạn < 3 ngày" and "<Trung tâm>" stay as they are.
///
/// # Examples
/// ```
/// use tiendo::text::markup::plain;
///
/// assert_eq!(plain("<p>TTCNTT&amp;TT</p><p>Sở <b>Y tế</b></p>"), "TTCNTT&TT\nSở Y tế");
/// ```
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((tag, length)) = tag(rest) {
            if BREAKS.contains(&tag.as_str()) {
                words.push('\n');
            }
            rest = &rest[length..];
        } else {
            words.push('<');
            rest = &rest[1..];
        }
    }
    words.push_str(rest);
    let lines: Vec<String> = decode_html_entities(&words)
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    let plain = lines.join("\n");
    if plain == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(plain)
    }
}

/// The name of the known tag that `text` begins with, and its length in bytes.
fn tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name: String = inner
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    let after = inner[name.len()..].chars().next()?;
    let is_known = BREAKS.contains(&name.as_str()) || SPANS.contains(&name.as_str());
    if !is_known || !(after.is_whitespace() || after == '>' || after == '/') {
        return None;
    }
    Some((name, text.find('>')? + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_of_the_reports_become_lines() {
        let list = "<ul style=\"list-style-type: none\"> <li>Một</li> <li>Hai</li></ul>";
        assert_eq!(plain(list), "Một\nHai");
        let link = "<a href=\"https://sohoa.example\">Số hóa</a> xong";
        assert_eq!(plain(link), "Số hóa xong");
        assert_eq!(plain("dòng 1<br/>dòng 2"), "dòng 1\ndòng 2");
        assert_eq!(plain("5&nbsp;&lt;&nbsp;6"), "5 < 6");
    }

    #[test]
    fn what_is_no_tag_stays() {
        for text in [
            "thời hạn < 3 ngày",
            "<Trung tâm>",
            "a<b",
            "R&D",
            "<p",
            "<pre>",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}|(<|>|/|p|li|&|amp;|đ| |\"){0,20}") {
            let _ = plain(&text);
        }
    }
}
