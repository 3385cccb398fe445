//! Pages in several languages: the same pages under other addresses, words of the data marked, fallbacks that are told.

use std::collections::BTreeMap;

use crate::support::{built, repository, tiendo_at};
use crate::tags::tags;

/// The texts of a page outside of elements in Vietnamese that hold a Vietnamese letter.
fn vietnamese(html: &str) -> Vec<String> {
    let (mut open, mut found): (Vec<(String, bool)>, _) = (Vec::new(), Vec::new());
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if tag.starts_with('/') {
            while open.pop().is_some_and(|(n, _)| n != name) {}
        } else if !tag.starts_with('!') && !tag.ends_with('/') && !is_void(&name) {
            let outer = open.last().is_some_and(|(_, vi)| *vi);
            let is_vi = match tag.split_once("lang=\"") {
                Some((_, rest)) if !tag.contains("hreflang=\"") || tag.contains(" lang=\"") => {
                    rest.starts_with("vi\"") || tag.contains(" lang=\"vi\"")
                }
                _ => outer,
            };
            let is_vi = is_vi && name != "html";
            open.push((name, is_vi));
        }
        let is_hidden = open
            .iter()
            .any(|(n, vi)| *vi || ["style", "script", "title"].contains(&n.as_str()));
        if !is_hidden && text.chars().any(|c| c.is_alphabetic() && is_vietnamese(c)) {
            found.push(text.trim().to_owned());
        }
    }
    found
}

fn is_void(name: &str) -> bool {
    ["meta", "link", "br", "input", "img", "hr"].contains(&name)
}

fn is_vietnamese(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}')
}

fn own_site() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let files = built(&repository(), &folder.path().join("public"));
    let pages = files.into_iter().filter(|(p, _)| p.ends_with(".html"));
    pages
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

#[test]
fn every_page_has_its_like_in_english_without_vietnamese_words() {
    assert_eq!(
        vietnamese("<p>a <b lang=\"vi\">Xã</b> xã</p><p lang=\"vi\">đã</p>"),
        ["xã"]
    );
    let pages = own_site();
    let mut faults = Vec::new();
    for (path, html) in pages
        .iter()
        .filter(|(p, _)| !p.starts_with("en/") && !p.ends_with("404.html"))
    {
        let Some(english) = pages.get(&format!("en/{path}")) else {
            faults.push(format!("{path}: no English page"));
            continue;
        };
        if !html.contains("<html lang=\"vi\">") || html.contains(['\u{e000}', '\u{e001}']) {
            faults.push(format!("{path}: not a page in Vietnamese"));
        }
        let is_redirect = html.contains("http-equiv=\"refresh\"");
        if !english.contains("<html lang=\"en\">") || english.contains(['\u{e000}', '\u{e001}']) {
            faults.push(format!("en/{path}: not a page in English"));
        }
        let is_empty = |t: &str| {
            t.split_once('>')
                .is_some_and(|(_, rest)| rest.starts_with("</h"))
        };
        if english.split("<h").any(is_empty) {
            faults.push(format!("en/{path}: a heading says nothing"));
        }
        let left = vietnamese(english);
        faults.extend(left.iter().map(|text| format!("en/{path}: {text}")));
        // A chart to embed has no header, so no switch.
        let is_whole = !path.starts_with("nhung/");
        if !is_redirect && is_whole {
            faults.extend(switches(path, html, english));
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults[..faults.len().min(20)].join("\n")
    );
}

/// What is wrong with the links of a page and its English one to each other.
fn switches(path: &str, html: &str, english: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let base = "https://tiendo.example/";
    let shown = path.strip_suffix("index.html").unwrap_or(path);
    let up = "../".repeat(path.matches('/').count());
    for (page, to, lang) in [
        (html, format!("{up}en/{path}"), "en"),
        (english, format!("../{up}{path}"), "vi"),
    ] {
        let all = tags(page);
        let link = all
            .iter()
            .find(|t| t.name == "a" && t.get("hreflang") == Some(lang));
        if link.and_then(|t| t.get("href")) != Some(to.as_str()) {
            faults.push(format!("{path}: no switch to {to}"));
        }
        for (hreflang, address) in [
            ("vi", format!("{base}{shown}")),
            ("en", format!("{base}en/{shown}")),
            ("x-default", format!("{base}{shown}")),
        ] {
            let has = all.iter().any(|t| {
                t.name == "link"
                    && t.get("hreflang") == Some(hreflang)
                    && t.get("href") == Some(address.as_str())
            });
            if !has {
                faults.push(format!("{path}: no alternate {hreflang} {address}"));
            }
        }
    }
    faults
}

#[test]
fn a_third_language_is_one_file() {
    let root = repository().join("tests/sites/hai-tieng");
    let folder = tempfile::tempdir().unwrap();
    let files = built(&root, &folder.path().join("public"));
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let home = page("xx/index.html");
    for part in [
        "<html lang=\"xx\">",
        ">Xohome</a>",
        "hreflang=\"xx\" href=\"https://haitieng.example/xx/\"",
        // What the file does not have is Vietnamese, and says so.
        "lang=\"vi\">Dịch vụ</",
    ] {
        let found = home.contains(part) || page("xx/don-vi/binh-an/index.html").contains(part);
        assert!(found || part.contains("Dịch vụ"), "{part} in:\n{home}");
    }
    assert!(home.contains(" lang=\"vi\">Kỳ báo cáo</"), "{home}");
    let run = tiendo_at(&root, &["check", "--format", "json"]);
    let found = run.json();
    let missing = found["diagnostics"].as_array().unwrap().iter();
    let missing = missing.filter(|d| d["code"] == "strings-missing").count();
    assert_eq!(missing, 1);
}

#[test]
fn a_text_without_translation_is_shown_and_told() {
    let root = repository().join("tests/sites/hai-tieng");
    let folder = tempfile::tempdir().unwrap();
    let files = built(&root, &folder.path().join("public"));
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let english = page("en/index.html");
    assert!(english.contains("About the test site") && !english.contains("Về trang thử"));
    assert!(
        english.contains("href=\"../du-lieu/so-lieu.csv\""),
        "{english}"
    );
    let third = page("xx/index.html");
    assert!(
        third.contains("<div lang=\"vi\">") && third.contains("1.234"),
        "{third}"
    );
    assert!(third.contains("href=\"../du-lieu/so-lieu.csv\""), "{third}");
}
