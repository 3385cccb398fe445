//! Maps of the site for search engines (sitemaps.org 0.9), and `robots.txt`.

use std::fmt::Write as _;

use super::atom::escaped;

/// The most addresses of one map, by the protocol.
const MOST: usize = 50_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The maps of a site by their paths: one, or an index of several. `base` is the address of the site with its slash;
/// `pages` are whole addresses.
pub fn maps(base: &str, pages: &[String]) -> Vec<(String, String)> {
    divided(base, pages, MOST)
}

fn divided(base: &str, pages: &[String], most: usize) -> Vec<(String, String)> {
    if pages.len() <= most {
        return vec![("sitemap.xml".into(), list("urlset", "url", pages))];
    }
    let mut maps: Vec<(String, String)> = pages
        .chunks(most)
        .enumerate()
        .map(|(i, part)| {
            (
                format!("sitemap-{}.xml", i + 1),
                list("urlset", "url", part),
            )
        })
        .collect();
    let parts: Vec<String> = maps.iter().map(|(p, _)| format!("{base}{p}")).collect();
    let index = list("sitemapindex", "sitemap", &parts);
    maps.insert(0, ("sitemap.xml".into(), index));
    maps
}

fn list(all: &str, one: &str, addresses: &[String]) -> String {
    let mut out =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{all} xmlns=\"{NAMESPACE}\">\n");
    for address in addresses {
        // Writing to a text cannot fail.
        let _ = writeln!(out, "<{one}><loc>{}</loc></{one}>", escaped(address));
    }
    let _ = writeln!(out, "</{all}>");
    out
}

/// What robots are told: that they may read everything, and where the map is. `base` is empty where the address of the
/// site is not known.
pub fn robots(base: &str) -> String {
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if !base.is_empty() {
        let _ = write!(out, "\nSitemap: {base}sitemap.xml\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n: usize, most: usize, paths: &[&str]) {
        let pages: Vec<String> = (0..n).map(|i| format!("https://a.vn/{i}/")).collect();
        let maps = divided("https://a.vn/", &pages, most);
        let found: Vec<&str> = maps.iter().map(|(p, _)| p.as_str()).collect();
        assert_eq!(found, paths);
        let told = |xml: &str| xml.matches("<url><loc>").count();
        assert_eq!(maps.iter().map(|(_, xml)| told(xml)).sum::<usize>(), n);
        assert!(maps.iter().all(|(_, xml)| told(xml) <= most));
    }

    #[test]
    fn a_map_that_is_too_long_is_an_index_of_several() {
        check(0, 2, &["sitemap.xml"]);
        check(2, 2, &["sitemap.xml"]);
        check(
            5,
            2,
            &[
                "sitemap.xml",
                "sitemap-1.xml",
                "sitemap-2.xml",
                "sitemap-3.xml",
            ],
        );
        let pages: Vec<String> = (0..3).map(|i| format!("https://a.vn/{i}/")).collect();
        let index = &divided("https://a.vn/", &pages, 2)[0].1;
        assert!(index.contains("<sitemap><loc>https://a.vn/sitemap-2.xml</loc></sitemap>"));
    }

    #[test]
    fn addresses_are_escaped() {
        let maps = maps("https://a.vn/", &["https://a.vn/?a&b".to_owned()]);
        assert!(maps[0].1.contains("<loc>https://a.vn/?a&amp;b</loc>"));
    }

    #[test]
    fn robots_are_led_to_the_map_where_the_address_is_known() {
        assert!(robots("https://a.vn/").ends_with("Sitemap: https://a.vn/sitemap.xml\n"));
        assert!(!robots("").contains("Sitemap"));
    }
}
