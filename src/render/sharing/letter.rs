//! The letter that reports an error, prepared with what the reader sees.

use std::fmt::Write as _;

use crate::render::context::{Page, Tile};
use crate::render::view::View;

/// Kinds of page without figures of their own.
const WITHOUT: [&str; 3] = ["404", "redirect", "embed"];

/// A letter to the office, else the page that takes reports; `None` where the site names neither.
pub(super) fn href(view: &View<'_>, page: &Page, tile: Option<&Tile>) -> Option<String> {
    let publisher = &view.analysis.config.publisher;
    if publisher.email.is_empty() {
        return (!publisher.contact.is_empty()).then(|| publisher.contact.clone());
    }
    if WITHOUT.contains(&page.kind.as_str()) {
        return Some(format!("mailto:{}", publisher.email));
    }
    let address = page.canonical.as_deref().unwrap_or(&page.path);
    let subject = view.t("report.subject", &[("title", &page.title)]);
    let mut body = view.t(
        "report.page",
        &[("title", &page.title), ("address", address)],
    );
    if let Some(kicker) = &page.kicker {
        body.push('\n');
        body.push_str(kicker);
    }
    if let Some(tile) = tile {
        let suffix = tile.suffix.as_deref().unwrap_or_default();
        let figure = format!("{}{suffix}", tile.figure);
        let words = [("label", tile.label.as_str()), ("figure", &figure)];
        body.push('\n');
        body.push_str(&view.t("report.figure", &words));
    }
    body.push_str("\n\n");
    body.push_str(&view.t("report.ask", &[]));
    Some(format!(
        "mailto:{}?subject={}&body={}",
        publisher.email,
        encoded(&subject),
        encoded(&body)
    ))
}

/// A part of a `mailto:` address (RFC 6068), as an IRI: letters of any language stay.
///
/// A space before a digit becomes a no-break space, which needs no `%20`: its digits beside those of a figure would
/// look like a number of a person's.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\n' => out.push_str("%0D%0A"),
            ' ' if rest.peek().is_some_and(char::is_ascii_digit) => out.push('\u{a0}'),
            ' ' => out.push_str("%20"),
            c if c.is_ascii_alphanumeric() || !c.is_ascii() || "-._~:/,;()".contains(c) => {
                out.push(c);
            }
            c => {
                // Writing to a text cannot fail.
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn letters_stay_and_signs_are_encoded() {
        assert_eq!(
            encoded("Hồ sơ: 98,4% & “x”\nngày 14/9/2024"),
            "Hồ%20sơ:\u{a0}98,4%25%20%26%20“x”%0D%0Angày\u{a0}14/9/2024"
        );
    }
}
