//! Builds of whole sites by the program: pages that hold together, the same bytes each time, no harm to what stands.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::sites::replaced;
use crate::support::{built, copy, files, repository, tiendo_at};
use crate::tags::{Tag, tags};

type Files = BTreeMap<String, Vec<u8>>;

/// The repository's own site, built once.
fn own() -> &'static Files {
    static OWN: OnceLock<Files> = OnceLock::new();
    OWN.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        built(&repository(), &folder.path().join("public"))
    })
}

/// A site that is small, whole and quickly built.
fn small(root: &Path) {
    copy(&repository().join("tests/sites/mong"), root);
}

fn pages(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

fn none(faults: &[String]) {
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults
            .iter()
            .take(30)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn every_page_has_its_head_and_one_heading() {
    let mut faults = Vec::new();
    for (path, html) in pages(own()) {
        let tags = tags(html);
        let first = |name: &str, key: &str, value: &str| {
            tags.iter()
                .any(|t| t.name == name && (key.is_empty() || t.get(key) == Some(value)))
        };
        let value = |name: &str, key: &str| {
            tags.iter()
                .filter(|t| t.name == name)
                .find_map(|t| t.get(key))
                .is_some_and(|v| !v.is_empty())
        };
        let described = tags.iter().any(|t| {
            t.get("name") == Some("description") && t.get("content").is_some_and(|c| c.len() > 10)
        });
        let headings = tags.iter().filter(|t| t.name == "h1").count();
        for (what, holds) in [
            ("a language", value("html", "lang")),
            (
                "a title",
                first("title", "", "") && !html.contains("<title> |"),
            ),
            ("a description", described),
            (
                "a canonical address",
                path.ends_with("404.html") || first("link", "rel", "canonical"),
            ),
            ("a kind", value("body", "data-kind")),
            ("one first heading", headings == 1),
        ] {
            if !holds {
                faults.push(format!("{path}: has not {what}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    none(&broken(own(), "/"));
}

#[test]
fn the_small_sites_links_lead_somewhere() {
    let folder = tempfile::tempdir().unwrap();
    for (name, root) in [("thang", "/tien-do/"), ("mong", "/")] {
        let site = repository().join("tests/sites").join(name);
        none(&broken(&built(&site, &folder.path().join(name)), root));
    }
}

/// The links of `files` that lead nowhere, or out of the folder. `root` is the path under which only 404.html links.
fn broken(files: &Files, root: &str) -> Vec<String> {
    let ids: BTreeMap<&str, BTreeSet<String>> = pages(files)
        .map(|(path, html)| (path, ids(&tags(html)).into_iter().collect()))
        .collect();
    let mut faults = Vec::new();
    for (path, html) in pages(files) {
        for tag in tags(html) {
            for address in addresses(&tag) {
                // The page for what is missing is shown at any depth: it links from the root.
                let (from, address) = if path.ends_with("404.html") {
                    ("404.html", address.strip_prefix(root).unwrap_or(address))
                } else {
                    (path, address)
                };
                if let Err(fault) = follow(files, &ids, from, address) {
                    faults.push(format!("{path}: <{} {address}>: {fault}", tag.name));
                }
            }
        }
    }
    faults
}

/// The addresses inside the site to which a tag leads.
fn addresses<'t>(tag: &'t Tag<'_>) -> Vec<&'t str> {
    if matches!(tag.get("rel"), Some("canonical" | "alternate")) {
        return Vec::new();
    }
    let refresh = tag
        .get("content")
        .filter(|_| tag.get("http-equiv") == Some("refresh"))
        .and_then(|c| c.split_once("url="))
        .map(|(_, url)| url);
    ["href", "src", "action", "data-src", "data-href"]
        .iter()
        .filter_map(|name| tag.get(name))
        .chain(refresh)
        .filter(|a| {
            !["https:", "http:", "mailto:", "tel:", "data:"]
                .iter()
                .any(|s| a.starts_with(s))
        })
        .collect()
}

fn ids(tags: &[Tag<'_>]) -> Vec<String> {
    tags.iter()
        .filter_map(|t| t.get("id"))
        .map(str::to_owned)
        .collect()
}

fn follow(
    files: &Files,
    ids: &BTreeMap<&str, BTreeSet<String>>,
    from: &str,
    address: &str,
) -> Result<(), &'static str> {
    let (place, anchor) = address.split_once('#').unwrap_or((address, ""));
    let place = place.split('?').next().unwrap_or_default();
    if place.starts_with('/') {
        return Err("is not relative");
    }
    let target = if place.is_empty() {
        from.to_owned()
    } else {
        resolved(from, place).ok_or("leaves the site")?
    };
    if !files.contains_key(&target) {
        return Err("no such file");
    }
    if anchor.is_empty() || ids.get(target.as_str()).is_some_and(|i| i.contains(anchor)) {
        Ok(())
    } else {
        Err("no such id")
    }
}

fn resolved(from: &str, place: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in place.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[test]
fn pages_load_nothing_from_elsewhere_and_keep_to_the_policy() {
    let mut faults = Vec::new();
    for (path, html) in pages(own()) {
        for tag in tags(html) {
            let loads = tag.get("src").is_some()
                || tag.name == "use"
                || (tag.name == "link"
                    && !matches!(tag.get("rel"), Some("canonical" | "alternate" | "license")));
            let foreign = ["src", "href", "srcset", "xlink:href"]
                .iter()
                .filter_map(|a| tag.get(a))
                .any(|a| a.starts_with("http:") || a.starts_with("https:") || a.starts_with("//"));
            if loads && foreign {
                faults.push(format!("{path}: <{}> loads from elsewhere", tag.name));
            }
            for (name, _) in &tag.attributes {
                if *name == "style" || name.starts_with("on") {
                    faults.push(format!("{path}: <{} {name}=…>", tag.name));
                }
            }
            if tag.name == "script" && tag.get("src").is_none() && tag.get("type").is_none() {
                faults.push(format!("{path}: a script in the page"));
            }
        }
    }
    none(&faults);
}

#[test]
fn an_id_stands_once_in_a_page() {
    let mut faults = Vec::new();
    for (path, html) in pages(own()) {
        let mut seen = BTreeSet::new();
        for id in ids(&tags(html)) {
            if !seen.insert(id.clone()) {
                faults.push(format!("{path}: #{id} twice"));
            }
        }
    }
    none(&faults);
}

#[test]
fn names_of_aria_and_forms_lead_to_ids() {
    let mut faults = Vec::new();
    for (path, html) in pages(own()) {
        let tags = tags(html);
        let ids: BTreeSet<String> = ids(&tags).into_iter().collect();
        for tag in &tags {
            for name in [
                "aria-labelledby",
                "aria-describedby",
                "aria-controls",
                "for",
                "list",
            ] {
                for id in tag.get(name).unwrap_or_default().split_whitespace() {
                    if !ids.contains(id) {
                        faults.push(format!("{path}: <{} {name}={id}>: no such id", tag.name));
                    }
                }
            }
        }
    }
    none(&faults);
}

fn differing(one: &Files, two: &Files) -> Vec<String> {
    one.keys()
        .chain(two.keys())
        .filter(|path| one.get(*path) != two.get(*path))
        .cloned()
        .collect()
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    for jobs in ["1", "2"] {
        let output = folder.path().join(jobs);
        let output = output.to_str().unwrap();
        let run = tiendo_at(&repository(), &["build", "--jobs", jobs, "-o", output]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let one = files(&folder.path().join("1"));
    none(&differing(&one, &files(&folder.path().join("2"))));
    none(&differing(&one, own()));
}

#[test]
fn a_second_build_into_the_same_folder_leaves_no_litter() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let site = repository().join("tests/sites/thang");
    let one = built(&site, &output);
    fs::write(output.join("old.html"), "from an earlier build").unwrap();
    let two = built(&site, &output);
    none(&differing(&one, &two));
    let beside: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(beside, ["public"]);
}

#[test]
fn an_error_leaves_the_published_site_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let root = folder.path().join("site");
    small(&root);
    let before = built(&root, &output);
    fs::write(
        root.join("data/2026/so.csv"),
        "Hồ sơ tiếp nhận\nmười hai rưỡi\n",
    )
    .unwrap();
    let run = tiendo_at(&root, &["build", "-o", output.to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.err);
    none(&differing(&before, &files(&output)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_folder_with_other_files_is_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("letters");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("letter.txt"), "Kính gửi").unwrap();
    let before = files(&output);
    let site = repository().join("tests/sites/mong");
    let run = tiendo_at(&site, &["build", "-o", output.to_str().unwrap()]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(!run.err.is_empty());
    none(&differing(&before, &files(&output)));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn an_output_folder_in_the_sites_own_files_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    small(&root);
    let before = files(&root);
    for output in ["data", "data/new", "content", "themes/x", "."] {
        let output = root.join(output);
        let run = tiendo_at(&root, &["build", "-o", output.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{}: {}", output.display(), run.err);
        none(&differing(&before, &files(&root)));
    }
}

/// The text files of a site without what its address changes: the address, pictures of it and their names.
fn unaddressed(files: &Files) -> Files {
    let unnamed = |text: &str| {
        let pieces = text.split(".png").map(|piece| {
            let kept = piece.trim_end_matches(|c: char| c.is_ascii_lowercase());
            let is_name = piece.len() - kept.len() == 10;
            if is_name { kept } else { piece }.to_owned()
        });
        pieces.collect::<Vec<_>>().join(".png")
    };
    let text_files = files.iter().filter(|(path, _)| !path.ends_with(".png"));
    text_files
        .map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            let text = text.replace("a.vn/so-lieu", "tiendo.example");
            let text = replaced(&unnamed(&text), "(SVG, ", ")", "");
            let text = replaced(&text, "(PNG, ", ")", "");
            let text = replaced(&text, "class=\"paper\"><svg", "</svg>", "");
            (path.clone(), text.into_bytes())
        })
        .collect()
}

#[test]
fn another_base_address_changes_addresses_of_search_engines_and_the_404_page_only() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let address = "https://a.vn/so-lieu/";
    let site = repository();
    let run = tiendo_at(
        &site,
        &[
            "build",
            "--base-url",
            address,
            "-o",
            output.to_str().unwrap(),
        ],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let moved = files(&output);
    none(&broken(&moved, "/so-lieu/"));
    // The manifest holds hashes of the other bytes.
    assert_eq!(
        differing(&unaddressed(&moved), &unaddressed(own())),
        ["404.html", "manifest.json"].repeat(2)
    );
}

#[test]
fn the_published_csv_has_its_24_columns() {
    let bytes = &own()["du-lieu/so-lieu.csv"];
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(
        reader.headers().unwrap(),
        &tiendo::export::figures::HEADER[..]
    );
    assert_eq!(reader.headers().unwrap().len(), 24);
    let rows = reader.records().map(Result::unwrap).count();
    assert!(rows > 300, "{rows} rows");
}

#[test]
fn the_manifest_names_every_file() {
    let manifest: serde_json::Value = serde_json::from_slice(&own()["manifest.json"]).unwrap();
    let named: Vec<&str> = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["path"].as_str().unwrap())
        .collect();
    let present: Vec<&str> = own()
        .keys()
        .map(String::as_str)
        .filter(|p| *p != "manifest.json")
        .collect();
    assert_eq!(
        named.iter().collect::<BTreeSet<_>>(),
        present.iter().collect()
    );
    for file in manifest["files"].as_array().unwrap() {
        let bytes = &own()[file["path"].as_str().unwrap()];
        assert_eq!(file["bytes"], bytes.len());
        assert_eq!(file["blake3"], blake3::hash(bytes).to_hex().as_str());
    }
}
