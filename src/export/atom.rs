//! Atom feeds (RFC 4287).

use std::fmt::Write as _;

use crate::text::date::Date;

/// A feed.
#[derive(Clone, Debug, Default)]
pub struct Feed {
    /// Its permanent id, an IRI.
    pub id: String,
    /// Title.
    pub title: String,
    /// Language tag.
    pub lang: String,
    /// Who publishes.
    pub author: String,
    /// Where the feed itself stands; empty where the address of the site is not known.
    pub own_address: String,
    /// The page that it follows, relative to the feed or whole.
    pub page: String,
    /// The day of the newest entry; of the site where there is none.
    pub updated: Option<Date>,
    /// Entries, newest first.
    pub entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its permanent id, an IRI.
    pub id: String,
    /// Title.
    pub title: String,
    /// The day.
    pub updated: Option<Date>,
    /// Where it stands, relative to the feed or whole.
    pub link: String,
    /// Words without markup.
    pub text: String,
}

/// The feed as XML.
pub fn xml(feed: &Feed) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    // Writing to a text cannot fail.
    let _ = writeln!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        escaped(&feed.lang)
    );
    element(&mut out, 1, "id", &feed.id);
    element(&mut out, 1, "title", &feed.title);
    element(&mut out, 1, "updated", &moment(feed.updated));
    if !feed.own_address.is_empty() {
        link(&mut out, 1, "self", &feed.own_address);
    }
    link(&mut out, 1, "alternate", &feed.page);
    let _ = writeln!(
        out,
        "  <author><name>{}</name></author>",
        escaped(&feed.author)
    );
    for e in &feed.entries {
        out.push_str("  <entry>\n");
        element(&mut out, 2, "id", &e.id);
        element(&mut out, 2, "title", &e.title);
        element(&mut out, 2, "updated", &moment(e.updated));
        link(&mut out, 2, "alternate", &e.link);
        element(&mut out, 2, "content", &e.text);
        out.push_str("  </entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn element(out: &mut String, depth: usize, name: &str, text: &str) {
    let _ = writeln!(
        out,
        "{}<{name}>{}</{name}>",
        "  ".repeat(depth),
        escaped(text)
    );
}

fn link(out: &mut String, depth: usize, rel: &str, href: &str) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(
        out,
        "{indent}<link rel=\"{rel}\" href=\"{}\"/>",
        escaped(href)
    );
}

/// The beginning of a day in Việt Nam.
fn moment(day: Option<Date>) -> String {
    let day = day.map_or_else(|| "1970-01-01".to_owned(), Date::to_iso);
    format!("{day}T00:00:00+07:00")
}

/// Text of an element or attribute; signs that XML does not allow become spaces.
pub(super) fn escaped(text: &str) -> String {
    let allowed: String = text
        .chars()
        .map(|c| {
            let fits = !c.is_control() || matches!(c, '\t' | '\n');
            if fits && !matches!(c, '\u{fffe}' | '\u{ffff}') {
                c
            } else {
                ' '
            }
        })
        .collect();
    html_escape::encode_double_quoted_attribute(&allowed).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_has_what_the_standard_asks_for() {
        let feed = Feed {
            id: "https://a.vn/dinh-chinh/".into(),
            title: "Đính chính & bổ sung".into(),
            lang: "vi".into(),
            author: "Văn phòng".into(),
            page: "./".into(),
            updated: Date::new(2026, 11, 12),
            entries: vec![Entry {
                id: "urn:a".into(),
                title: "80 → 79 <\u{1}>".into(),
                link: "./#a".into(),
                ..Entry::default()
            }],
            ..Feed::default()
        };
        let xml = xml(&feed);
        for part in [
            "<title>Đính chính &amp; bổ sung</title>",
            "<updated>2026-11-12T00:00:00+07:00</updated>",
            "<title>80 → 79 &lt; &gt;</title>",
            "<link rel=\"alternate\" href=\"./#a\"/>",
            "<author><name>Văn phòng</name></author>",
        ] {
            assert!(xml.contains(part), "{part} in\n{xml}");
        }
        assert!(!xml.contains("rel=\"self\""));
    }
}
