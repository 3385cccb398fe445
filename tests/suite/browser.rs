//! Pages as Chromium lays them out: narrow screens, words of charts, no scripts, a dark scheme.
//!
//! Where there is no Chromium the tests say so and pass; `TIENDO_REQUIRE_BROWSER=1` makes them fail.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{built, copy, files, repository};
use crate::tags::{tags, unescaped};

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Measures pages in frames. It looks from outside, so that the pages are the published ones.
const PROBE: &str = include_str!("probe.html");

pub(crate) fn browser() -> Option<&'static str> {
    let found = BROWSERS
        .into_iter()
        .find(|b| Command::new(b).arg("--version").output().is_ok());
    if found.is_none() {
        let required = std::env::var_os("TIENDO_REQUIRE_BROWSER").is_some_and(|v| v == "1");
        assert!(!required, "no browser found: {BROWSERS:?}");
        let line = format!("no browser found, nothing was measured: {BROWSERS:?}\n");
        let _ = std::io::stderr().write_all(line.as_bytes());
    }
    found
}

/// Measures `pages` of the built site in `folder`.
fn measured(browser: &str, folder: &Path, pages: &[String]) -> Value {
    let list = serde_json::to_string(pages).unwrap();
    let probe = folder.join("probe.html");
    fs::write(&probe, PROBE.replace("[/* pages */]", &list)).unwrap();
    told(browser, &probe)
}

/// What the page `probe` tells in its element `result`.
fn told(browser: &str, probe: &Path) -> Value {
    result(browser, &format!("file://{}", probe.display()))
}

/// What the page at an address writes into its element `result`. Pages of files may look into each other's frames.
pub(crate) fn result(browser: &str, address: &str) -> Value {
    opened(browser, address, &["--allow-file-access-from-files"])
}

/// What the page at an address writes into its element `result`, with further options of the browser.
pub(crate) fn opened(browser: &str, address: &str, options: &[&str]) -> Value {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1400,1000",
            "--virtual-time-budget=120000",
            "--dump-dom",
        ])
        .args(options)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(address)
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let json = dom
        .split_once("<pre id=\"result\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .map(|(json, _)| unescaped(json))
        .unwrap_or_default();
    serde_json::from_str(&json).unwrap_or_else(|e| {
        let errors = String::from_utf8_lossy(&output.stderr);
        panic!("{e}: {json}\n{errors}")
    })
}

/// One page of each kind, the longest one.
fn samples(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut longest: BTreeMap<String, (usize, &String)> = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(p, _)| p.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let kind = tags(&html)
            .iter()
            .find_map(|t| t.get("data-kind").map(str::to_owned))
            .unwrap_or_default();
        // A redirect leaves at once, and the links of 404.html hold at the site's address only.
        if kind == "redirect" || kind == "404" {
            continue;
        }
        let entry = longest.entry(kind).or_insert((0, path));
        if entry.0 < bytes.len() {
            *entry = (bytes.len(), path);
        }
    }
    longest
        .into_values()
        .map(|(_, path)| path.clone())
        .collect()
}

/// What is wrong with measured pages.
fn faults(result: &Value, pages: usize) -> Vec<String> {
    let results = result.as_array().unwrap();
    assert_eq!(results.len(), pages, "{result:#}");
    let mut faults = Vec::new();
    for page in results {
        for fault in page["faults"].as_array().unwrap() {
            faults.push(format!(
                "{}: {}",
                page["page"].as_str().unwrap(),
                fault.as_str().unwrap()
            ));
        }
    }
    faults
}

fn none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn pages_of_each_kind_fit_and_read_in_a_browser() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("public");
    let pages = samples(&built(&repository(), &site));
    assert!(pages.len() >= 14, "{pages:?}");
    none(&faults(&measured(browser, &site, &pages), pages.len()));
}

#[test]
fn the_longest_name_of_a_service_fits_a_narrow_screen() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    copy(&repository().join("tests/sites/thang"), &root);
    let catalogue = fs::read(repository().join("data/catalog/services.csv")).unwrap();
    let longest = csv::Reader::from_reader(catalogue.as_slice())
        .records()
        .map(|r| r.unwrap()[1].to_owned())
        .max_by_key(|name| name.chars().count())
        .unwrap();
    for (path, bytes) in files(&root.join("data")) {
        let text = String::from_utf8(bytes).unwrap();
        let text = text
            .replace(
                "Hỗ trợ chi phí mai táng, trợ cấp một lần cho thân nhân người có công",
                &longest.replace('"', "\"\""),
            )
            .replace(",Mai táng phí,", ",,");
        fs::write(root.join("data").join(path), text).unwrap();
    }
    let site = folder.path().join("public");
    let made = built(&root, &site);
    let page = &made["dich-vu/tro-cap/index.html"];
    assert!(unescaped(&String::from_utf8_lossy(page)).contains(&longest));
    let pages = samples(&made);
    none(&faults(&measured(browser, &site, &pages), pages.len()));
}

#[test]
fn the_probe_finds_what_is_wrong() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let page = "<!doctype html><body><p class=wide>1.234</p><svg width=200 height=40>\
        <text x=10 y=20>Hồ sơ</text><text x=20 y=22>tiếp nhận</text><text x=180 y=38>quá dài</text></svg>\
        <script>document.body.append('99,9')</script>\
        <style>.wide { width: 340px }</style>";
    fs::write(folder.path().join("a.html"), page).unwrap();
    let found = faults(&measured(browser, folder.path(), &["a.html".to_owned()]), 1).join("\n");
    for part in [
        "at 320 px the page is",
        "<p.wide>",
        "“Hồ sơ” and “tiếp nhận” overlap",
        "“quá dài” leaves",
        "without scripts lacks 99,9",
        "same background",
    ] {
        assert!(found.contains(part), "{part} in:\n{found}");
    }
}

/// The sheets of a page printed by the browser: their sizes in points.
fn printed(browser: &str, page: &Path) -> Vec<(u32, u32)> {
    let profile = tempfile::tempdir().unwrap();
    let pdf = profile.path().join("page.pdf");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
            "--no-pdf-header-footer",
        ])
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let bytes = fs::read(&pdf).unwrap_or_else(|e| panic!("{e}: {errors}"));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let sheets = text.split("/Type /Page\n").skip(1);
    sheets
        .map(|sheet| {
            let (_, rest) = sheet.split_once("/MediaBox [0 0 ").unwrap();
            let size: Vec<f64> = rest
                .split([' ', ']'])
                .take(2)
                .map(|n| n.parse().unwrap())
                .collect();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "points of a sheet of paper"
            )]
            let whole = |points: f64| points.round() as u32;
            (whole(size[0]), whole(size[1]))
        })
        .collect()
}

#[test]
fn a_unit_prints_as_a_bulletin_of_one_page() {
    const A4: [(u32, u32); 1] = [(595, 842)];
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("public");
    let made = built(&repository(), &site);
    let own = [
        "binh-dinh",
        "phu-tho/viet-tri",
        "phu-tho",
        "can-tho-den-2025-06",
    ];
    for unit in own {
        let path = format!("don-vi/{unit}/index.html");
        let html = String::from_utf8_lossy(&made[&path]);
        assert!(
            html.contains("class=\"paper\"><svg"),
            "{path} has no code to scan"
        );
        assert_eq!(printed(browser, &site.join(&path)), A4, "{path}");
    }
    // The measure works: a page that is no unit takes more than one sheet.
    let many = printed(browser, &site.join("doi-chieu/index.html"));
    assert!(many.len() > 1, "{many:?}");
}

/// Follows the switch of a page in a frame, there and back, as a reader would.
const SWITCH: &str = r#"<!doctype html><iframe id="f"></iframe><script>
const f = document.getElementById("f"), told = [];
const steps = ["en", "vi"];
f.onload = () => {
  const d = f.contentDocument;
  told.push(d.documentElement.lang + " " + decodeURIComponent(f.contentWindow.location.pathname));
  const next = steps.shift();
  if (next) { d.querySelector(`nav a[hreflang="${next}"]`).click(); return; }
  const out = document.createElement("pre");
  out.id = "result";
  out.textContent = JSON.stringify(told);
  document.body.append(out);
};
f.src = "PAGE";
</script>"#;

#[test]
fn the_language_switch_leads_to_the_same_page_and_back() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("public");
    built(&repository().join("tests/sites/hai-tieng"), &site);
    for page in ["index.html", "don-vi/binh-an/index.html"] {
        let probe = site.join("switch.html");
        fs::write(&probe, SWITCH.replace("PAGE", page)).unwrap();
        let told = told(browser, &probe);
        let at = |lang: &str, folder: &str| format!("{lang} {}/{folder}{page}", site.display());
        assert_eq!(
            told,
            serde_json::json!([at("vi", ""), at("en", "en/"), at("vi", "")])
        );
    }
}
