//! Words in another language than their page: marked where they are taken from the data, told by `lang` in the markup.
//!
//! The marks are two private signs around the words. They pass through sentences, tables and charts like letters, and
//! [`settle`] turns them into markup when the page is whole: only then is it known whether they stand in an element, in a
//! drawing or in an attribute.

/// Before words in the language of the data.
pub const OPEN: char = '\u{e000}';
/// After them.
pub const CLOSE: char = '\u{e001}';

/// Marks words as in the language of the data, unless they hold no letter or are marked.
pub fn mark(text: &str) -> String {
    if text.chars().any(char::is_alphabetic) && !text.contains(OPEN) {
        format!("{OPEN}{text}{CLOSE}")
    } else {
        text.to_owned()
    }
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
    text.replace([OPEN, CLOSE], "")
}

/// Elements whose text cannot hold elements.
const BARE: [&str; 5] = ["title", "script", "style", "option", "textarea"];
/// Elements at whose end words in another language surely end, should their own end have been cut off.
const ENDS: [&str; 13] = [
    "p", "li", "td", "th", "h1", "h2", "h3", "h4", "dd", "dt", "svg", "summary", "div",
];

/// A page with its marks as `lang` of the language `original`.
pub fn settle(html: String, original: &str) -> String {
    if !html.contains([OPEN, CLOSE]) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let (mut is_foreign, mut drawings, mut is_bare) = (false, 0usize, false);
    let mut rest = html.as_str();
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (text, after) = rest.split_at(at);
        let wrapper = if drawings > 0 { "tspan" } else { "span" };
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
                out.push_str(&format!("{own} lang=\"{original}\">"));
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
    (rest[length..].starts_with("</") && !text.contains([OPEN, CLOSE])).then_some(length)
}

fn write_text(
    out: &mut String,
    text: &str,
    is_foreign: &mut bool,
    is_bare: bool,
    wrapper: &str,
    original: &str,
) {
    for (i, piece) in text.split_inclusive([OPEN, CLOSE]).enumerate() {
        let _ = i;
        let words = piece.trim_end_matches([OPEN, CLOSE]);
        if *is_foreign && !is_bare && !words.trim().is_empty() {
            out.push_str(&format!(
                "<{wrapper} lang=\"{original}\">{words}</{wrapper}>"
            ));
        } else {
            out.push_str(words);
        }
        if piece.ends_with(OPEN) {
            *is_foreign = true;
        } else if piece.ends_with(CLOSE) {
            *is_foreign = false;
        }
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
