//! The header and the footer of every page: the emblem of an office, what a first view asks for, duties and privacy.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{built, copy, repository, write_site};
use crate::tags::tags;

const EMBLEM: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 40\"><path d=\"M0 0h30v40H0z\" fill=\"#c00\"/></svg>";

/// The site of two languages, with an emblem and all duties.
fn site(root: &Path) -> BTreeMap<String, Vec<u8>> {
    copy(&repository().join("tests/sites/hai-tieng"), root);
    let settings = std::fs::read_to_string(root.join("site.toml")).unwrap();
    let settings = settings.replace("illustrative = true", "illustrative = false")
        + "address = \"1 Vi Du Street, Binh An\"\n\n[look]\nemblem = \"content/bieu-trung.svg\"\n\n[publisher]\n\
           governing_body = \"Ủy ban nhân dân tỉnh Bình An\"\nresponsible = \"Phòng Thông tin\"\n\
           address = \"Số 1 đường Ví Dụ\"\nphone = \"(0256) 3 000 000\"\nemail = \"thong-tin@vi-du.gov.vn\"\n\
           licence_number = \"12/GP-VD\"\nlicence_date = 2024-09-14\n";
    write_site(
        root,
        &[
            ("site.toml", settings.as_bytes()),
            ("content/bieu-trung.svg", EMBLEM.as_bytes()),
        ],
    );
    built(root, &root.join("public"))
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> Vec<(&str, String)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
    pages
        .map(|(path, bytes)| (path.as_str(), text(bytes)))
        .collect()
}

#[test]
fn every_page_shows_the_emblem_in_its_third_request() {
    let folder = tempfile::tempdir().unwrap();
    let files = site(folder.path());
    let name = files
        .keys()
        .find(|p| p.starts_with("assets/emblem."))
        .unwrap();
    assert_eq!(files[name], EMBLEM.as_bytes());
    let mut seen = 0;
    for (path, html) in pages(&files) {
        if html.contains("http-equiv=\"refresh\"") || path.contains("nhung/") {
            continue;
        }
        seen += 1;
        let all = tags(&html);
        let emblem = all.iter().find(|t| t.name == "img").unwrap();
        let up = "../".repeat(path.matches('/').count());
        let expected = match path {
            // Shown at any depth, so from the root of the host.
            "404.html" => format!("/{name}"),
            _ => format!("{up}{name}"),
        };
        assert_eq!(emblem.get("src"), Some(expected.as_str()), "{path}");
        let sizes = [emblem.get("width"), emblem.get("height"), emblem.get("alt")];
        assert_eq!(sizes, [Some("30"), Some("40"), Some("")], "{path}");
        // The page itself, and what it asks for without being touched.
        let asks = all.iter().filter(|t| {
            let address = t.get("src").or(t.get("href").filter(|_| t.name == "link"));
            let rel = t.get("rel").unwrap_or_default();
            let is_shown = ["script", "img", "iframe", "source"].contains(&t.name)
                || ["stylesheet", "preload", "icon"].contains(&rel);
            is_shown && address.is_some_and(|a| !a.starts_with("data:"))
        });
        assert!(asks.count() < 3, "{path}");
        assert!(html.contains("img-src 'self'") || html.contains("img-src &#x27;self&#x27;"));
    }
    assert!(seen > 20, "{seen} pages");
}

#[test]
fn a_site_without_an_emblem_asks_for_no_picture() {
    let folder = tempfile::tempdir().unwrap();
    let root = repository().join("tests/sites/mong");
    let files = built(&root, &folder.path().join("public"));
    assert!(!files.keys().any(|p| p.contains("emblem")));
    assert!(pages(&files).iter().all(|(_, html)| !html.contains("<img")));
}

#[test]
fn the_footer_says_who_answers_in_both_languages_and_nothing_leaks() {
    let folder = tempfile::tempdir().unwrap();
    let files = site(folder.path());
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let home = page("index.html");
    for part in [
        "Cơ quan chủ quản: Ủy ban nhân dân tỉnh Bình An",
        "Chịu trách nhiệm nội dung: Phòng Thông tin",
        "Địa chỉ: Số 1 đường Ví Dụ",
        "Điện thoại: (0256) 3 000 000",
        "thong-tin@vi-du.gov.vn</a>",
        "Giấy phép số 12/GP-VD ngày 14/9/2024",
    ] {
        assert!(home.contains(part), "{part} in:\n{home}");
    }
    let english = page("en/index.html");
    for part in [
        "Governing body: <span lang=\"vi\">Ủy ban nhân dân tỉnh Bình An</span>",
        "Address: 1 Vi Du Street, Binh An",
        "Telephone: (0256) 3 000 000",
        "of 14 September 2024",
    ] {
        assert!(english.contains(part), "{part} in:\n{english}");
    }
}

/// The strip of the header is full on a site of every kind of page, so the entry stands where a choice begins.
#[test]
fn comparing_is_found_from_every_page_from_units_and_from_rankings() {
    let folder = tempfile::tempdir().unwrap();
    let root = repository().join("tests/sites/thang");
    let files = built(&root, &folder.path().join("public"));
    let leads = |html: &str, to: &str| {
        let links = tags(html).into_iter().filter(|t| t.name == "a");
        links
            .filter_map(|t| t.get("href").map(str::to_owned))
            .any(|h| h.contains(to))
    };
    for (path, html) in pages(&files) {
        let Some((head, foot)) = html.split_once("<footer") else {
            continue;
        };
        let strip = head.split_once("</header>").map_or("", |(h, _)| h);
        assert!(leads(foot, "so-sanh/index.html"), "{path}");
        assert!(!leads(strip, "so-sanh/index.html"), "{path}");
        let main = head.split_once("<main").map_or("", |(_, m)| m);
        let is_ranking = path.starts_with("xep-hang/") && html.contains("data-kind=\"ranking\"");
        if is_ranking || path == "don-vi/index.html" || path == "xep-hang/index.html" {
            assert!(leads(main, "so-sanh/"), "{path}");
        }
    }
}
