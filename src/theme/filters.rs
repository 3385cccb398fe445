//! What templates may do to values: escape them and lead to other pages. Numbers arrive formatted.

use minijinja::{Error, ErrorKind, Output, State, Value};

/// Returns the address of a place in the site as seen from a page.
///
/// `path` is a path from the root of the site: empty for the home page, ending in `/` for a page, else a file; `?` and `#`
/// parts are kept. `prefix` is what the addresses of pages in the language of the page begin with; files have none, nor has a path
/// that begins with a slash. A directory gets its `index.html`, so that the site works from a folder too. Fragments of the same page
/// and addresses with a scheme stay as they are.
pub(super) fn relative(root: &str, prefix: &str, path: &str) -> String {
    let has_scheme = ["https:", "http:", "mailto:", "tel:", "data:"]
        .iter()
        .any(|scheme| path.starts_with(scheme));
    if has_scheme || path.starts_with('#') {
        return path.to_owned();
    }
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (place, suffix) = path.split_at(end);
    // What begins with a slash leads from the root itself, into any language.
    let (place, prefix) = match place.strip_prefix('/') {
        Some(place) => (place, ""),
        None => (place, prefix),
    };
    let (prefix, index) = if place.is_empty() || place.ends_with('/') {
        (prefix, "index.html")
    } else if place.ends_with(".html") {
        (prefix, "")
    } else {
        ("", "")
    };
    format!("{root}{prefix}{place}{index}{suffix}")
}

/// Writes a value into a page: escaped unless it is HTML by type, and never nothing.
pub(super) fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "the value to print is nothing",
        ));
    }
    match value.as_str() {
        Some(text) if !value.is_safe() => write_escaped(out, text),
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// Escapes what HTML needs in text and in quoted attributes, and no more: a slash stays a slash.
fn write_escaped(out: &mut Output, text: &str) -> Result<(), Error> {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, special) = rest.split_at(at);
        out.write_str(before)?;
        out.write_str(match special.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &special[1..];
    }
    Ok(out.write_str(rest)?)
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn links_lead_to_files() {
        let check = |root, path, expected| assert_eq!(relative(root, "", path), expected);
        check("", "", "index.html");
        check("../../", "", "../../index.html");
        check("../", "don-vi/a/b/#x", "../don-vi/a/b/index.html#x");
        check("../", "don-vi/?q=a/b", "../don-vi/index.html?q=a/b");
        check("/site/", "du-lieu/so-lieu.csv", "/site/du-lieu/so-lieu.csv");
        check("../", "#x", "#x");
        assert_eq!(
            relative("../../", "en/", "don-vi/a/"),
            "../../en/don-vi/a/index.html"
        );
        assert_eq!(relative("../", "en/", "du-lieu/a.csv"), "../du-lieu/a.csv");
        assert_eq!(
            relative("../", "en/", "a/can-cu.html#x"),
            "../en/a/can-cu.html#x"
        );
        assert_eq!(relative("../", "en/", "/a/"), "../a/index.html");
        assert_eq!(relative("../", "en/", "/"), "../index.html");
        check("../", "https://a.vn/", "https://a.vn/");
    }
}
