//! The start tags of a page that the program made, without a parser of the web's every fault.

/// A start tag with its attributes, in their order.
pub(crate) struct Tag<'t> {
    pub(crate) name: &'t str,
    pub(crate) attributes: Vec<(&'t str, String)>,
}

impl Tag<'_> {
    /// The value of an attribute, unescaped.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.as_str())
    }
}

/// All start tags of `html`. What stands in comments, `style` and `script` is passed over.
pub(crate) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, r)| r);
            continue;
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = &rest[1..];
            continue;
        }
        let (tag, after) = tag(&rest[1..]);
        rest = after;
        if matches!(tag.name, "style" | "script") {
            let end = format!("</{}", tag.name);
            rest = rest.find(&end).map_or("", |at| &rest[at..]);
        }
        out.push(tag);
    }
    out
}

/// Reads one tag after its `<`; gives what follows its `>`.
fn tag(text: &str) -> (Tag<'_>, &str) {
    let end = text
        .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || "=>/".contains(c))
            .unwrap_or(rest.len())
            .max(1);
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            Some(after) => value(after),
            None => ("", after),
        };
        attributes.push((name, unescaped(value)));
        rest = after;
    }
    (Tag { name, attributes }, rest)
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = text
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(text.len());
    text.split_at(end)
}

/// The characters for which the program writes references.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2f;", "/")
        .replace("&amp;", "&")
}

/// What a reader reads in the main part of a page: a line for each block, cells parted by bars, pictures by their
/// own texts.
pub(crate) fn readable(html: &str) -> String {
    let main = html.find("<main").map_or(html, |at| &html[at..]);
    let main = main.split_once("</main>").map_or(main, |(m, _)| m);
    let mut out = String::new();
    let mut rest = main;
    while let Some((text, after)) = rest.split_once('<') {
        out += &text.replace(char::is_whitespace, " ");
        if let Some(closing) = after.strip_prefix('/') {
            let (name, after) = closing.split_once('>').unwrap_or((closing, ""));
            out += if matches!(name, "td" | "th") {
                " | "
            } else {
                space(name)
            };
            rest = after;
            continue;
        }
        let (tag, after) = tag(after);
        out += space(tag.name);
        rest = match tag.name {
            "style" | "script" => after.find("</").map_or("", |at| &after[at..]),
            _ => after,
        };
    }
    let words = |l: &str| unescaped(&l.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = out.lines().map(words).filter(|l| !l.is_empty()).collect();
    lines.join("\n") + "\n"
}

/// What parts an element from its neighbours.
fn space(name: &str) -> &'static str {
    match name {
        "a" | "abbr" | "b" | "em" | "strong" | "sub" | "sup" | "td" | "th" | "tspan" => "",
        "span" | "small" | "time" | "data" | "text" | "br" => " ",
        _ => "\n",
    }
}
