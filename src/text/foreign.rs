//! Words in another language than their page: marked where they are taken from the data, told by `lang` in the markup.
//!
//! The marks are two private signs around the words. They pass through sentences, tables and charts like letters, and
//! [`settle`] turns them into markup when the page is whole: only then is it known whether they stand in an element, in a
//! drawing or in an attribute.

use std::fmt::Write as _;

/// Before words in the language of the data.
pub const OPEN: char = '\u{e000}';
/// After them.
pub const CLOSE: char = '\u{e001}';
/// Before signs of a document that its reader must not take for a number of the page.
const OPEN_CODE: char = '\u{e004}';
/// After them.
const CLOSE_CODE: char = '\u{e005}';
const MARKS: [char; 4] = [OPEN, CLOSE, OPEN_CODE, CLOSE_CODE];

/// Marks words as in the language of the data, unless they hold nothing that is read by a language or are marked.
pub fn mark(text: &str) -> String {
    let is_read = text.chars().any(char::is_alphabetic) || marked_number(text, &['.', ',']);
    if is_read && !text.contains(OPEN) {
        format!("{OPEN}{text}{CLOSE}")
    } else {
        text.to_owned()
    }
}

/// Whether digits stand on both sides of one of `marks`.
pub fn marked_number(text: &str, marks: &[char]) -> bool {
    let mut before = [' '; 2];
    text.chars().any(|c| {
        let found = before[0].is_ascii_digit() && marks.contains(&before[1]) && c.is_ascii_digit();
        before = [before[1], c];
        found
    })
}

/// Marks the words of a document in which digits stand on both sides of `mark` and which are no groups of three digits:
/// outline numbers, and numbers written the other way than the page writes them.
pub fn mark_codes(text: &str, mark: char) -> String {
    let is_code = |word: &str| {
        let groups: Vec<&str> = word.split(mark).collect();
        let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
        let inner = groups.iter().skip(1).map(|g| digits(g));
        marked_number(word, &[mark]) && inner.into_iter().any(|n| n != 3)
    };
    let words = text.split(' ').map(|word| {
        if is_code(word) && !word.contains(MARKS) {
            format!("{OPEN_CODE}{word}{CLOSE_CODE}")
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Marks the words with letters beyond ASCII in a text of another language, neighbours together; what is marked stays.
pub fn mark_runs(text: &str) -> String {
    let is_foreign = |word: &str| word.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let (mut out, mut run) = (Vec::new(), Vec::new());
    let mut is_marked = false;
    for word in text.split(' ') {
        let had = is_marked;
        match (word.rfind(OPEN), word.rfind(CLOSE)) {
            (Some(open), close) => is_marked = close.is_none_or(|close| close < open),
            (None, Some(_)) => is_marked = false,
            (None, None) => {}
        }
        if !had && !word.contains(OPEN) && is_foreign(word) {
            run.push(word);
        } else {
            if !run.is_empty() {
                out.push(mark(&run.join(" ")));
                run.clear();
            }
            out.push(word.to_owned());
        }
    }
    if !run.is_empty() {
        out.push(mark(&run.join(" ")));
    }
    out.join(" ")
}

/// Text without its marks, for places that hold no markup.
pub fn bare(text: &str) -> String {
    text.replace(MARKS, "")
}

/// Elements whose text cannot hold elements.
const BARE: [&str; 5] = ["title", "script", "style", "option", "textarea"];
/// Elements at whose end words in another language surely end, should their own end have been cut off.
const ENDS: [&str; 13] = [
    "p", "li", "td", "th", "h1", "h2", "h3", "h4", "dd", "dt", "svg", "summary", "div",
];

/// A page with its marks as `lang` of the language `original`.
pub fn settle(html: String, original: &str) -> String {
    if !html.contains(MARKS) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let (mut is_foreign, mut drawings, mut is_bare) = (false, 0usize, false);
    let mut is_description = false;
    let mut rest = html.as_str();
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (text, after) = rest.split_at(at);
        // The description of a drawing is a text of the page and not of the drawing.
        let wrapper = if drawings > 0 && !is_description {
            "tspan"
        } else {
            "span"
        };
        write_text(&mut out, text, &mut is_foreign, is_bare, wrapper, original);
        let (tag, after) = after.split_at(end_of_tag(after));
        rest = after;
        let name = tag.trim_start_matches(['<', '/']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        let name = &name[..end.unwrap_or(name.len())];
        let is_end = tag.starts_with("</");
        if name == "svg" {
            drawings = if is_end {
                drawings.saturating_sub(1)
            } else {
                drawings + 1
            };
        }
        is_description = name == "desc" && !is_end || is_description && name != "desc";
        if is_end && ENDS.contains(&name) {
            is_foreign = false;
        }
        is_bare = !is_end && BARE.contains(&name);
        let tag = bare(tag);
        let takes_lang = !is_end && !is_bare && !tag.starts_with("<!") && !tag.ends_with("/>");
        match whole(rest).filter(|_| takes_lang && !is_foreign && !tag.contains(" lang=")) {
            // Where all that an element holds is in another language, the element says so.
            Some(length) => {
                let own = &tag[..tag.len().saturating_sub(1)];
                // Writing to a text cannot fail.
                let _ = write!(out, "{own} lang=\"{original}\">");
                out.push_str(&bare(&rest[..length]));
                rest = &rest[length..];
            }
            None => out.push_str(&tag),
        }
    }
    out
}

/// The length of the text at the head of `rest`, where all of it is marked and an element ends after it.
fn whole(rest: &str) -> Option<usize> {
    let length = rest.find('<')?;
    let text = rest[..length].strip_prefix(OPEN)?.strip_suffix(CLOSE)?;
    (rest[length..].starts_with("</") && !text.contains(MARKS)).then_some(length)
}

fn write_text(
    out: &mut String,
    text: &str,
    is_foreign: &mut bool,
    is_bare: bool,
    wrapper: &str,
    original: &str,
) {
    let mut is_code = false;
    for piece in text.split_inclusive(MARKS) {
        let words = piece.trim_end_matches(MARKS);
        if is_code && !is_bare {
            let _ = write!(out, "<code>{words}</code>");
        } else if *is_foreign && !is_bare && !words.trim().is_empty() {
            let _ = write!(out, "<{wrapper} lang=\"{original}\">{words}</{wrapper}>");
        } else {
            out.push_str(words);
        }
        if piece.ends_with(OPEN) {
            *is_foreign = true;
        } else if piece.ends_with(CLOSE) {
            *is_foreign = false;
        }
        is_code = piece.ends_with(OPEN_CODE);
    }
}

/// The length of a tag: up to the first `>` outside of quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let marked = text.replace('[', "\u{e000}").replace(']', "\u{e001}");
        assert_eq!(settle(marked, "vi"), expected);
    }

    #[test]
    fn words_in_another_language_are_told_by_lang() {
        check("<p>a</p>", "<p>a</p>");
        check("<td>[Xã A]</td>", "<td lang=\"vi\">Xã A</td>");
        check(
            "<p>In [Xã A], 5 of [Xã B]</p>",
            "<p>In <span lang=\"vi\">Xã A</span>, 5 of <span lang=\"vi\">Xã B</span></p>",
        );
        check(
            "<svg><text>[Xã A]: 5</text></svg><p>[Xã]</p>",
            "<svg><text><tspan lang=\"vi\">Xã A</tspan>: 5</text></svg><p lang=\"vi\">Xã</p>",
        );
    }

    #[test]
    fn descriptions_of_drawings_are_texts_of_the_page() {
        check(
            "<svg><desc>[Xã A]; 5</desc><text>[Xã A]</text></svg>",
            "<svg><desc><span lang=\"vi\">Xã A</span>; 5</desc><text lang=\"vi\">Xã A</text></svg>",
        );
    }

    #[test]
    fn numbers_of_documents_are_read_in_their_language() {
        assert_eq!(
            settle(format!("<p>as {}</p>", mark("89,2%")), "vi"),
            "<p>as <span lang=\"vi\">89,2%</span></p>"
        );
        assert_eq!(mark("1177"), "1177");
    }

    #[test]
    fn outline_numbers_and_points_of_decimals_are_code() {
        let shown = |text: &str| settle(format!("<p>{}</p>", mark_codes(text, '.')), "vi");
        assert_eq!(shown("1.4 Bố trí"), "<p><code>1.4</code> Bố trí</p>");
        assert_eq!(shown("3.5(3)"), "<p><code>3.5(3)</code></p>");
        assert_eq!(
            shown("25.5% = 173.962 / 682.055"),
            "<p><code>25.5%</code> = 173.962 / 682.055</p>"
        );
        assert_eq!(shown("ngày 1. Xã II.1"), "<p>ngày 1. Xã II.1</p>");
    }

    #[test]
    fn words_beyond_ascii_are_marked_together() {
        let marked = mark_runs("the word “công văn” of \u{e000}Hồ sơ\u{e001} is kept");
        assert_eq!(
            settle(format!("<p>{marked}</p>"), "vi"),
            "<p>the word <span lang=\"vi\">“công văn”</span> of <span lang=\"vi\">Hồ sơ</span> is kept</p>"
        );
    }

    #[test]
    fn attributes_and_titles_hold_no_markup() {
        check(
            "<title>[Xã A] | x</title><a title=\"[Xã] > 1\" href=\"#\">[Xã] 1</a>",
            "<title>Xã A | x</title><a title=\"Xã > 1\" href=\"#\"><span lang=\"vi\">Xã</span> 1</a>",
        );
        check("<option>[Xã A]</option>", "<option>Xã A</option>");
    }

    #[test]
    fn words_that_lost_their_end_stop_with_their_element() {
        check(
            "<text>[Xã</text><text>A]</text>: b",
            "<text><span lang=\"vi\">Xã</span></text><text><span lang=\"vi\">A</span></text>: b",
        );
        check(
            "<p>[Xã</p><p>b</p>",
            "<p><span lang=\"vi\">Xã</span></p><p>b</p>",
        );
    }
}
