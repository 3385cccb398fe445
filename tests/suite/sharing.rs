//! What goes out with the pages: cards, files of charts, pages for embedding, letters. Read as other programs read them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::{built, copy, files, repository, tiendo_at};
use crate::tags::{tags, unescaped};

type Files = BTreeMap<String, Vec<u8>>;

const BASE: &str = "https://binhan.example/tien-do/";
const UNIT: &str = "don-vi/binh-an/index.html";

/// A small site with cards of every kind and charts in every form.
fn site(root: &Path) {
    copy(&repository().join("tests/sites/thang"), root);
    let _ = fs::remove_dir_all(root.join("expected"));
    let path = root.join("site.toml");
    let text = fs::read_to_string(&path).unwrap();
    let more = "\n[cards]\npages = [\"home\", \"unit\", \"edition\", \"ranking\", \"service\", \"indicator\"]\n[charts]\npng = true\n";
    fs::write(path, text + more).unwrap();
}

fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    std::str::from_utf8(&files[path]).unwrap()
}

/// The value of a `meta` of a page.
fn meta(html: &str, name: &str) -> Option<String> {
    tags(html)
        .iter()
        .filter(|t| t.name == "meta")
        .find(|t| t.get("property") == Some(name) || t.get("name") == Some(name))
        .and_then(|t| t.get("content").map(str::to_owned))
}

struct Pixels {
    width: usize,
    height: usize,
    /// Darkness of each, 0 for white.
    dark: Vec<u8>,
}

impl Pixels {
    fn of(png: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        assert_eq!(info.color_type, png::ColorType::Rgb);
        Self {
            width: info.width as usize,
            height: info.height as usize,
            dark: bytes.chunks(3).map(|p| 255 - p[1]).collect(),
        }
    }

    /// How many pixels of an area are dark.
    fn ink(&self, x: std::ops::Range<usize>, y: std::ops::Range<usize>) -> usize {
        y.map(|y| {
            let row = &self.dark[y * self.width..][..self.width];
            row[x.clone()].iter().filter(|d| **d > 128).count()
        })
        .sum()
    }
}

fn cards(files: &Files) -> BTreeMap<&String, &Vec<u8>> {
    let cards = files.iter();
    cards
        .filter(|(p, _)| p.starts_with("assets/the/"))
        .collect()
}

#[test]
fn cards_show_words_and_are_the_same_on_every_run_and_thread_count() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site(&root);
    let build = |name: &str, jobs: &str| {
        let output = folder.path().join(name);
        let arguments = [
            "build",
            "--jobs",
            jobs,
            "--output",
            output.to_str().unwrap(),
        ];
        let run = tiendo_at(&root, &arguments);
        assert_eq!(run.code, 0, "{}", run.err);
        files(&output)
    };
    let (one, many) = (build("one", "1"), build("many", "8"));
    assert_eq!(cards(&one), cards(&many));
    assert!(cards(&one).len() > 10, "{:?}", cards(&one).keys());
    for (path, bytes) in cards(&one) {
        let name = path.strip_prefix("assets/the/").unwrap();
        let name = name.strip_suffix(".png").unwrap();
        assert!(name.bytes().all(|b| b.is_ascii_lowercase()), "{path}");
        assert!(bytes.len() < 60_000, "{path}: {} bytes", bytes.len());
        let card = Pixels::of(bytes);
        assert_eq!((card.width, card.height), (1200, 630), "{path}");
        for (what, x, y) in [
            ("rule", 0..1200, 0..14),
            ("site", 64..600, 48..84),
            ("name", 64..1136, 136..215),
            ("foot", 64..1136, 575..606),
        ] {
            let ink = card.ink(x, y);
            assert!(ink > 300, "{path}: {what} has {ink} dark pixels");
        }
        // Some apps cut the edges.
        assert_eq!(
            card.ink(0..50, 20..630) + card.ink(1150..1200, 20..630),
            0,
            "{path}"
        );
    }
    // A second build takes the cards of the first; one that was damaged since is drawn again.
    let made = cards(&one);
    let damaged = made.keys().next().unwrap();
    fs::write(folder.path().join("one").join(damaged), b"no picture").unwrap();
    assert_eq!(build("one", "2"), one);
}

#[test]
fn every_page_says_how_it_is_shown_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site(&root);
    let made = built(&root, &folder.path().join("public"));
    let mut of_kind: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, bytes) in made.iter().filter(|(p, _)| p.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let has = |name: &str| {
            meta(html, name)
                .filter(|v| !v.is_empty())
                .unwrap_or_else(|| panic!("{path} has no {name}"))
        };
        for name in ["og:title", "og:description", "og:image:alt", "og:type"] {
            has(name);
        }
        assert_eq!(has("og:locale"), "vi_VN");
        assert_eq!(has("twitter:card"), "summary_large_image");
        assert_eq!(
            (has("og:image:width"), has("og:image:height")),
            ("1200".into(), "630".into())
        );
        let image = has("og:image");
        let file = image.strip_prefix(BASE).unwrap();
        assert!(made.contains_key(file), "{path}: {image}");
        if path != "404.html" {
            assert!(has("og:url").starts_with(BASE), "{path}");
        }
        let kind = tags(html)
            .iter()
            .find_map(|t| t.get("data-kind").map(str::to_owned));
        of_kind.entry(kind.unwrap()).or_default().insert(image);
    }
    // Pages that nobody asked a card for show the card of the site, which holds no figure.
    let of_site = of_kind["method"].clone();
    assert_eq!(of_site.len(), 1);
    assert_eq!((&of_kind["data"], &of_kind["tasks"]), (&of_site, &of_site));
    for kind in ["home", "unit", "edition", "ranking", "service", "indicator"] {
        assert!(of_kind[kind].is_disjoint(&of_site), "{kind}");
    }
    let alt = meta(text(&made, UNIT), "og:image:alt").unwrap();
    assert!(
        alt.starts_with("Tỉnh Bình An. ") && alt.contains("Số liệu đến ngày"),
        "{alt}"
    );
}

#[test]
fn without_an_address_of_the_site_none_is_invented() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site(&root);
    let path = root.join("site.toml");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        settings.replace(&format!("base_url = \"{BASE}\"\n"), ""),
    )
    .unwrap();
    let made = built(&root, &folder.path().join("public"));
    assert!(cards(&made).is_empty());
    assert!(!made.keys().any(|p| p.starts_with("nhung/")));
    let html = text(&made, UNIT);
    for name in ["og:image", "og:image:width", "og:url"] {
        assert_eq!(meta(html, name), None, "{name}");
    }
    assert_eq!(meta(html, "twitter:card").as_deref(), Some("summary"));
    assert!(
        !html.contains("<iframe") && !html.contains("&lt;iframe"),
        "a frame of nowhere"
    );
    assert!(
        made.keys()
            .any(|p| p.starts_with("hinh/") && p.ends_with(".svg"))
    );
}

#[test]
fn charts_can_be_had_as_files_that_need_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site(&root);
    let made = built(&root, &folder.path().join("public"));
    let charts = || made.iter().filter(|(p, _)| p.starts_with("hinh/"));
    let svgs = charts().filter(|(p, _)| p.ends_with(".svg"));
    let (mut drawn, mut linked) = (0, BTreeSet::new());
    for (path, bytes) in made.iter().filter(|(p, _)| p.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let up = "../".repeat(path.matches('/').count());
        for tag in tags(html).iter().filter(|t| t.name == "a") {
            let href = tag.get("href").unwrap_or_default();
            if let Some(file) = href.strip_prefix(&up).filter(|f| f.starts_with("hinh/")) {
                assert!(tag.get("download").is_some(), "{path}: {href}");
                linked.insert(file.to_owned());
            }
        }
    }
    for (path, bytes) in svgs {
        drawn += 1;
        let svg = std::str::from_utf8(bytes).unwrap();
        for never in [
            "class=", "style", "var(", "href", "url(", "%\"", "NaN", "inf",
        ] {
            assert!(!svg.contains(never), "{path} holds {never}");
        }
        assert!(
            svg.contains("fill=\"#") && (svg.contains("2026") || path.contains("nhiem-vu")),
            "{path}"
        );
        assert!(svg.contains(BASE), "{path} does not say where it is from");
        assert!(svg.contains("MINH HỌA"), "{path}: the figures are examples");
    }
    assert!(drawn > 5, "{drawn}");
    let all: BTreeSet<String> = charts().map(|(p, _)| p.clone()).collect();
    assert_eq!(linked, all);
    for (path, bytes) in charts().filter(|(p, _)| p.ends_with(".png")) {
        let picture = Pixels::of(bytes);
        assert_eq!(picture.width, 1536, "{path}");
        assert!(picture.ink(48..1488, 48..140) > 500, "{path} has no title");
    }
    assert_eq!(all.iter().filter(|p| p.ends_with(".png")).count(), drawn);
    let html = unescaped(text(&made, UNIT));
    assert!(html.contains("Tải hình (SVG,") && html.contains("Tải hình (PNG,"));
}

#[test]
fn charts_stand_alone_for_frames() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site(&root);
    let made = built(&root, &folder.path().join("public"));
    let embeds: Vec<&String> = made.keys().filter(|p| p.starts_with("nhung/")).collect();
    assert!(embeds.len() > 5, "{embeds:?}");
    let (mut framed, mut linked) = (BTreeSet::new(), BTreeSet::new());
    for (page, bytes) in made.iter().filter(|(p, _)| p.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let up = "../".repeat(page.matches('/').count());
        let links = tags(html).into_iter().filter(|t| t.name == "a");
        let own = links.filter_map(|t| Some(t.get("href")?.strip_prefix(&up)?.to_owned()));
        linked.extend(own.filter(|h| h.starts_with("nhung/")));
        let html = unescaped(&unescaped(html));
        for part in html.split("<iframe src=\"").skip(1) {
            let address = part.split('"').next().unwrap();
            let path = address.strip_prefix(BASE).unwrap();
            framed.insert(format!("{path}index.html"));
            assert!(part.contains("title=\"") && part.contains("loading=\"lazy\""));
        }
    }
    assert_eq!(framed, embeds.iter().map(|p| (*p).clone()).collect());
    assert_eq!(linked, framed);
    for path in embeds {
        let html = text(&made, path);
        let tags = tags(html);
        let none = |name: &str| tags.iter().all(|t| t.name != name);
        assert!(
            none("header") && none("nav") && none("footer") && none("script"),
            "{path}"
        );
        let policy = tags.iter().find(|t| t.get("http-equiv").is_some()).unwrap();
        let policy = policy.get("content").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("frame-ancestors"));
        assert!(
            html.contains("prefers-color-scheme") && html.contains("noindex"),
            "{path}"
        );
        assert!(html.contains("SỐ LIỆU MINH HỌA"), "{path}");
        // It leads back to its page, out of the frame.
        let back = tags
            .iter()
            .find(|t| t.get("target") == Some("_blank"))
            .unwrap();
        let up = "../".repeat(path.matches('/').count());
        let page = back.get("href").unwrap().strip_prefix(&up).unwrap();
        assert!(made.contains_key(page), "{path}: {page}");
        // What a table does not say, the drawing's name does.
        let has_table = tags.iter().any(|t| t.name == "table");
        let is_named = tags
            .iter()
            .any(|t| t.get("role") == Some("img") && t.get("aria-label").is_some());
        assert!(has_table || is_named, "{path}");
    }
}

#[test]
fn a_report_of_an_error_names_page_edition_and_figure() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site(&root);
    let made = built(&root, &folder.path().join("public"));
    let letter = |html: &str| {
        let tags = tags(html);
        let found = tags.iter().filter(|t| t.name == "a").find_map(|t| {
            let href = t.get("href")?;
            href.contains("subject=").then(|| href.to_owned())
        });
        found.unwrap()
    };
    let href = letter(text(&made, UNIT));
    assert!(
        href.starts_with("mailto:thongtin@binhan.example?subject=B"),
        "{href}"
    );
    assert!(
        !href.contains(' ') && !href.contains('"') && !href.contains('\n'),
        "{href}"
    );
    let read = href
        .replace("%20", " ")
        .replace("%0D%0A", "\n")
        .replace("%25", "%")
        .replace('\u{a0}', " ");
    for part in [
        "Tỉnh Bình An",
        "tháng 6/2026",
        &format!("{BASE}don-vi/binh-an/"),
        "Số đang hiển thị: ",
        "theo văn bản nào:",
    ] {
        assert!(read.contains(part), "{part} in {read}");
    }
    // An office without an address for letters may have a page that takes them.
    let path = root.join("site.toml");
    let settings = fs::read_to_string(&path).unwrap();
    let contact = "contact = \"https://binhan.example/gop-y\"\n";
    let email = "email = \"thongtin@binhan.example\"\n";
    fs::write(&path, settings.replace(email, contact)).unwrap();
    let made = built(&root, &folder.path().join("public"));
    assert!(text(&made, UNIT).contains("<a href=\"https://binhan.example/gop-y\">Báo lỗi số liệu"));
}

#[test]
fn an_unknown_kind_of_card_is_an_error_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    site(&root);
    let path = root.join("site.toml");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        settings.replace("\"edition\", \"ranking\"", "\"edition\", \"rankings\""),
    )
    .unwrap();
    let run = tiendo_at(&root, &["check"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let told = format!("{}{}", run.out, run.err);
    assert!(
        told.contains("site.toml:") && told.contains("rankings"),
        "{told}"
    );
}

#[test]
fn a_picture_that_two_languages_share_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    copy(&repository().join("tests/sites/hai-tieng"), &root);
    let path = root.join("site.toml");
    let settings = fs::read_to_string(&path).unwrap();
    if !settings.contains("base_url") {
        fs::write(&path, format!("base_url = \"{BASE}\"\n{settings}")).unwrap();
    }
    let made = built(&root, &folder.path().join("public"));
    assert!(!cards(&made).is_empty());
    let manifest: serde_json::Value = serde_json::from_slice(&made["manifest.json"]).unwrap();
    let listed = manifest["files"].as_array().unwrap().iter();
    let listed: Vec<&str> = listed.map(|f| f["path"].as_str().unwrap()).collect();
    let once: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(listed.len(), once.len());
}
