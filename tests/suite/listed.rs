//! What programs read of the site as a whole: maps for search engines, `robots.txt`, the feed.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{built, repository};
use crate::tags::tags;

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files.get(path).unwrap_or_else(|| panic!("{path}")).clone()).unwrap()
}

/// The texts of all elements of a name, read as XML.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(e) => {
                inside = e.name().as_ref() == name;
                if inside {
                    found.push(String::new());
                }
            }
            quick_xml::events::Event::End(_) => inside = false,
            quick_xml::events::Event::Text(t) if inside => {
                found.last_mut().unwrap().push_str(&t);
            }
            quick_xml::events::Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn the_map_lists_every_page_that_may_be_listed_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let files = built(&repository(), &folder.path().join("public"));
    let listed = elements(&text(&files, "sitemap.xml"), "loc");
    let mut pages = BTreeSet::new();
    for (path, bytes) in files.iter().filter(|(p, _)| p.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let tags = tags(&html);
        let is = |t: &crate::tags::Tag, name: &str, value: &str| t.get(name) == Some(value);
        if tags
            .iter()
            .any(|t| is(t, "name", "robots") && is(t, "content", "noindex"))
        {
            continue;
        }
        let canonical = tags.iter().find(|t| is(t, "rel", "canonical"));
        let address = canonical
            .and_then(|t| t.get("href"))
            .unwrap_or_else(|| panic!("{path}"));
        pages.insert(address.to_owned());
    }
    assert!(pages.len() > 300);
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), pages);
    assert_eq!(listed.len(), pages.len(), "no address stands twice");
    assert!(text(&files, "robots.txt").contains("Sitemap: https://tiendo.example/sitemap.xml\n"));
}

#[test]
fn the_feed_tells_the_editions_in_the_language_of_its_readers() {
    let folder = tempfile::tempdir().unwrap();
    let files = built(&repository(), &folder.path().join("public"));
    let editions = files.keys().filter(|p| {
        let rest = p
            .strip_prefix("ky/")
            .and_then(|p| p.strip_suffix("/index.html"));
        rest.is_some_and(|rest| !rest.contains('/'))
    });
    let editions = editions.count();
    for (prefix, lang, first) in [("", "vi", "Tháng 8/2026"), ("en/", "en", "August 2026")] {
        let feed = text(&files, &format!("{prefix}atom.xml"));
        assert!(feed.contains(&format!("xml:lang=\"{lang}\"")), "{feed}");
        assert!(!feed.contains(['\u{e000}', '\u{e001}']), "{feed}");
        // The first title and id are those of the feed.
        let (titles, ids) = (elements(&feed, "title"), elements(&feed, "id"));
        assert_eq!((titles.len(), ids.len()), (editions + 1, editions + 1));
        assert!(titles[1].starts_with(first), "{}", titles[1]);
        for id in &ids[1..] {
            let path = id.strip_prefix("https://tiendo.example/").unwrap();
            assert!(files.contains_key(&format!("{path}index.html")), "{id}");
        }
        let days = elements(&feed, "updated");
        assert_eq!(days[0], *days[1..].iter().max().unwrap());
        assert!(elements(&feed, "content")[0].contains("78"), "{feed}");
    }
    let home = text(&files, "index.html");
    assert!(home.contains("type=\"application/atom+xml\""));
}

#[test]
fn a_site_that_does_not_know_its_address_has_no_map() {
    let folder = tempfile::tempdir().unwrap();
    let site = repository().join("tests/sites/mong");
    let files = built(&site, &folder.path().join("public"));
    assert!(!files.contains_key("sitemap.xml"));
    assert_eq!(text(&files, "robots.txt"), "User-agent: *\nAllow: /\n");
    assert!(text(&files, "atom.xml").contains("<id>urn:tiendo:ky"));
}
