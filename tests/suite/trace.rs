//! From every published figure, in two clicks, to its cells, its formula, its edition and what was found there.
//!
//! The pages are read as a visitor has them: a figure is a key figure, a cell of a table, a rank, a figure of a list.
//! What it leads to are pages of evidence: one that its page links to, or one that a page linked from its own row
//! links to. There the same figure must stand with its cells.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{built, copy, repository, tiendo_at};
use crate::tags::unescaped;
use crate::year::lay;

const EVIDENCE: &str = "can-cu.html";

/// Pages whose numbers count files, rows, findings and tasks and not what a unit has done, with what they rest on: the
/// list itself that stands on the page.
const LISTS: [&str; 6] = [
    "du-lieu/",
    "doi-chieu/",
    "nhiem-vu/",
    "phuong-phap/",
    "ky/index.html",
    "404.html",
];

/// What the pages of a language say where the crawl must understand them.
struct Words {
    rank: &'static str,
    is_cell: [&'static str; 6],
    of_year: [&'static str; 2],
    points: [&'static str; 2],
    thousands: char,
    decimal: char,
}

const VIETNAMESE: Words = Words {
    rank: "Hạng",
    is_cell: ["dòng", "!", "÷", "Cộng từ", ".csv", ".toml"],
    of_year: ["lũy kế từ đầu năm: ", ", cộng"],
    points: ["tối đa ", " điểm"],
    thousands: '.',
    decimal: ',',
};

const ENGLISH: Words = Words {
    rank: "Rank",
    is_cell: ["line", "!", "÷", "Sum of", ".csv", ".toml"],
    of_year: ["since January: ", ", the sum"],
    points: ["at most ", " points"],
    thousands: ',',
    decimal: '.',
};

fn words(page: &str) -> &'static Words {
    if page.starts_with("en/") {
        &ENGLISH
    } else {
        &VIETNAMESE
    }
}

/// The path of a page without what tells its language and that it shows a chart alone.
fn subject(page: &str) -> &str {
    let page = page.strip_prefix("en/").unwrap_or(page);
    page.strip_prefix("nhung/").unwrap_or(page)
}

/// A piece of a page: a start tag with its attributes as written, an end tag, or text.
enum Piece<'t> {
    Open(&'t str, &'t str),
    Close(&'t str),
    Text(&'t str),
}

fn pieces(html: &str) -> Vec<Piece<'_>> {
    let body = html.find("<main").unwrap_or(0);
    let mut rest = &html[body..];
    let mut out = Vec::new();
    while let Some(at) = rest.find('<') {
        if at > 0 {
            out.push(Piece::Text(&rest[..at]));
        }
        let end = rest[at..].find('>').unwrap() + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        match tag.strip_prefix('/') {
            Some(name) => out.push(Piece::Close(name)),
            None if tag.starts_with('!') => {}
            None => {
                let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
                out.push(Piece::Open(name, attributes));
            }
        }
    }
    out
}

fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let start = format!("{name}=\"");
    let at = attributes.find(&start)? + start.len();
    attributes[at..].split('"').next()
}

/// A line of a page that shows figures: a row of a table, an entry of a list, a key figure.
#[derive(Default, Debug)]
struct Line {
    section: String,
    head: String,
    figures: Vec<String>,
    links: Vec<String>,
    has_rank: bool,
}

/// The address that a link leads to, without its fragment.
fn target(page: &str, href: &str) -> Option<String> {
    if href.contains("://") || href.starts_with("mailto:") {
        return None;
    }
    let path = href.split(['#', '?']).next().unwrap();
    if path.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The lines of a page with figures.
fn lines(page: &str, html: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut line: Option<(Line, &str)> = None;
    let mut open: Vec<(&str, String)> = Vec::new();
    let mut section = String::new();
    let (mut heads, mut in_heads, mut at) = (Vec::<String>::new(), false, 0);
    for piece in pieces(html) {
        match piece {
            Piece::Open(name, attributes) => {
                let class = attribute(attributes, "class").unwrap_or("");
                if name == "h2" || name == "h3" {
                    section = attribute(attributes, "id").unwrap_or(&section).to_owned();
                }
                match name {
                    "thead" => (heads, in_heads) = (Vec::new(), true),
                    "tr" => at = 0,
                    "th" if in_heads => heads.push(String::new()),
                    "th" | "td" => at += 1,
                    _ => {}
                }
                if name == "tr" || name == "li" {
                    let new = Line {
                        section: section.clone(),
                        ..Line::default()
                    };
                    line = Some((new, name));
                }
                if let (Some((line, _)), "a") = (&mut line, name) {
                    let href = attribute(attributes, "href").unwrap_or("");
                    line.links.extend(target(page, &unescaped(href)));
                }
                if let (Some((line, _)), "rk") = (&mut line, class) {
                    line.has_rank = true;
                }
                let is_void = matches!(
                    name,
                    "br" | "img" | "meta" | "link" | "input" | "use" | "hr"
                );
                if !is_void && !attributes.ends_with('/') {
                    let kind = match (name, class) {
                        ("p", "fig") | ("td", "") => "figure",
                        ("th" | "h2", _) => "head",
                        ("small" | "sup" | "s", _) | ("span", "vh") => "note",
                        _ => "",
                    };
                    open.push((name, kind.to_owned()));
                }
            }
            Piece::Close(name) => {
                in_heads &= name != "thead";
                while let Some((open, _)) = open.pop() {
                    if open == name {
                        break;
                    }
                }
                if let Some((_, of)) = &line
                    && *of == name
                {
                    out.extend(line.take().map(|(l, _)| l));
                }
            }
            Piece::Text(text) => {
                if let (true, Some(head)) = (in_heads, heads.last_mut()) {
                    head.push_str(text.trim());
                }
                let is_rank = heads
                    .get(at.max(1) - 1)
                    .is_some_and(|h| is_rank_head(h, words(page).rank));
                let Some((line, _)) = &mut line else { continue };
                let kinds: Vec<&str> = open.iter().map(|(_, k)| k.as_str()).collect();
                let is_note = kinds.contains(&"note") && !is_percent_sign(text);
                if kinds.contains(&"head") {
                    line.head.push_str(text.trim());
                } else if kinds.contains(&"figure") && is_rank {
                    line.has_rank = true;
                } else if kinds.contains(&"figure") && !is_note {
                    line.figures.push(unescaped(text));
                }
            }
        }
    }
    out.retain(|l| {
        l.figures
            .iter()
            .any(|f| f.contains(|c: char| c.is_ascii_digit()))
    });
    out
}

fn is_percent_sign(text: &str) -> bool {
    text.trim() == "%"
}

/// `1.234,50%` → `1234.5`; nothing for what is no number.
fn number(text: &str, words: &Words) -> Option<String> {
    let text = text.trim().trim_end_matches(['%', '=', ' ', '\u{a0}']);
    let last = text.rsplit(['\u{a0}', ' ']).next()?;
    let plain = last
        .replace(words.thousands, "")
        .replace(words.decimal, ".");
    let is_number = plain
        .chars()
        .all(|c| c.is_ascii_digit() || ".-−".contains(c));
    if plain.is_empty() || !is_number {
        return None;
    }
    if plain.contains('.') {
        let trimmed = plain.trim_end_matches('0').trim_end_matches('.');
        return Some(trimmed.to_owned());
    }
    Some(plain)
}

/// Whether a column holds ranks: of its period, or of the one that its head names ("Hạng 9/2026").
fn is_rank_head(head: &str, rank: &str) -> bool {
    let rest = head.strip_prefix(rank);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// A page of evidence: its figures, each with what it rests on.
#[derive(Default)]
struct Evidence {
    /// Number → the notes under the names of those who show it.
    figures: BTreeMap<String, Vec<String>>,
    /// The formulas by their anchors.
    formulas: BTreeMap<String, String>,
    problems: Vec<String>,
}

fn evidence(page: &str, html: &str) -> Evidence {
    let mut out = Evidence::default();
    let words = words(page);
    let ids: BTreeSet<&str> = pieces(html)
        .iter()
        .filter_map(|p| match p {
            Piece::Open(_, attributes) => attribute(attributes, "id"),
            _ => None,
        })
        .collect();
    let mut problem = |text: String| out.problems.push(format!("{page}: {text}"));
    for row in html.split("<tr>").skip(1) {
        let row = row.split("</tr>").next().unwrap();
        if row.contains("scope=\"col\"") {
            continue;
        }
        let note = row
            .split_once("<small class=\"sub2\">")
            .and_then(|(_, rest)| rest.split_once("</small>"))
            .map_or("", |(note, _)| note);
        for href in row.split("href=\"#").skip(1) {
            let id = href.split('"').next().unwrap();
            if !ids.contains(id) {
                problem(format!("#{id} leads nowhere"));
            }
        }
        let cell = row.split_once("<td").map_or("", |(_, c)| c);
        let cell = cell.split_once('>').map_or("", |(_, c)| c);
        let text: String = cell
            .split("</small>")
            .last()
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned();
        let Some(n) = number(&unescaped(&text), words)
            .or_else(|| number(&unescaped(cell.split('<').next().unwrap()), words))
        else {
            continue;
        };
        if !words.is_cell.iter().any(|w| note.contains(w)) {
            problem(format!("{n} rests on nothing: {row}"));
        }
        // Of a ratio, what is divided by what.
        for part in note.split(';').next().unwrap().split('÷') {
            let parts = number(part, words).filter(|_| note.contains('÷'));
            if let Some(n) = parts {
                out.figures.entry(n).or_default().push(note.to_owned());
            }
        }
        let [before, after] = words.of_year;
        let sum = note.split_once(before).map(|(_, sum)| sum);
        if let Some(n) = sum.and_then(|s| number(s.split(after).next().unwrap(), words)) {
            out.figures.entry(n).or_default().push(note.to_owned());
        }
        out.figures.entry(n).or_default().push(note.to_owned());
    }
    for formula in html.split("<div id=\"").skip(1) {
        let (id, rest) = formula.split_once('"').unwrap();
        let text = rest.split("<dd>").nth(1).unwrap_or("");
        let text = unescaped(text.split("</dd>").next().unwrap());
        if text.len() < 5 {
            problem(format!("#{id} says nothing"));
        }
        out.formulas.insert(id.to_owned(), text);
    }
    for section in html.split("<section><h2 id=\"ky-").skip(1) {
        if !section.split("<table").next().unwrap().contains("/ky/") {
            out.problems
                .push(format!("{page}: a period without its edition"));
        }
    }
    out
}

/// Every link of a page.
fn links(page: &str, html: &str) -> BTreeSet<String> {
    let body = html.find("<main").unwrap_or(0);
    html[body..]
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| target(page, &unescaped(rest.split('"').next()?)))
        .collect()
}

fn check(root: &Path) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let files = built(root, folder.path());
    let pages: BTreeMap<&str, &str> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
        .collect();
    let is_evidence = |path: &str| {
        path.rsplit('/')
            .next()
            .is_some_and(|n| n.starts_with("can-cu"))
    };
    let all: BTreeMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, html)| (*path, links(path, html)))
        .collect();
    let proofs: BTreeMap<&str, Evidence> = pages
        .iter()
        .filter(|(path, _)| is_evidence(path))
        .map(|(path, html)| (*path, evidence(path, html)))
        .collect();
    let mut problems: Vec<String> = proofs.values().flat_map(|e| e.problems.clone()).collect();
    let mut figures = 0;
    for (path, html) in &pages {
        if is_evidence(path) || LISTS.iter().any(|l| subject(path).starts_with(l)) {
            continue;
        }
        // A chart alone leads to its page, and from there on.
        let is_alone = path.starts_with("nhung/") || path.starts_with("en/nhung/");
        let beyond = |l: &String| all.get(l.as_str()).filter(|_| is_alone);
        let near: Vec<&str> = all[path]
            .iter()
            .chain(all[path].iter().filter_map(beyond).flatten())
            .map(String::as_str)
            .filter(|l| is_evidence(l))
            .collect();
        for line in lines(path, html) {
            // How many corrections each edition has: they are the rows of the tables above.
            let to_edition = |l: &String| subject(l).starts_with("ky/");
            if subject(path).starts_with("dinh-chinh/") && line.links.iter().all(to_edition) {
                continue;
            }
            let mut reached: Vec<&str> = near.clone();
            for link in &line.links {
                let beyond = all.get(link.as_str()).into_iter().flatten();
                reached.extend(beyond.map(String::as_str).filter(|l| is_evidence(l)));
            }
            if line.has_rank && reached.is_empty() {
                problems.push(format!("{path}: the rank of {:?} leads nowhere", line.head));
            }
            if let Some(index) = line.section.strip_prefix("diem-") {
                // Points lead to the formula of their part; the figures that it names stand beside it.
                let formula = reached.iter().find_map(|e| {
                    let formulas = &proofs.get(e)?.formulas;
                    formulas.get(&format!("ct-diem-{index}"))
                });
                let max = line.figures.iter().find_map(|f| {
                    let [before, after] = words(path).points;
                    let text = format!("{before}{}{after}", f.trim());
                    formula.filter(|t| t.to_lowercase().contains(&text))
                });
                figures += line.figures.len();
                if max.is_none() {
                    problems.push(format!("{path}: {line:?} has no formula"));
                }
                continue;
            }
            for figure in &line.figures {
                // What has no translation stands in Vietnamese, with its figures.
                let own = number(figure, words(path));
                let written = number(figure, &VIETNAMESE);
                let Some(n) = own.clone().or_else(|| written.clone()) else {
                    continue;
                };
                figures += 1;
                let is_found = reached.iter().any(|e| {
                    let has = |n: &String| proofs.get(e).is_some_and(|p| p.figures.contains_key(n));
                    own.iter().chain(&written).any(has)
                });
                if !is_found {
                    problems.push(format!(
                        "{path} #{}: {} in {:?} leads to {reached:?}, where it does not stand",
                        line.section, n, line.head
                    ));
                }
            }
        }
    }
    (figures, problems)
}

#[test]
fn every_figure_of_the_own_site_leads_to_its_cells() {
    let (figures, problems) = check(&repository());
    assert!(
        problems.is_empty(),
        "{} of {figures}:\n{}",
        problems.len(),
        problems.join("\n")
    );
    assert!(figures > 4_000, "{figures}");
}

#[test]
fn every_figure_of_a_site_with_targets_and_corrections_leads_to_its_cells() {
    for (site, least) in [("thang", 200), ("dinh-chinh", 50)] {
        let root = repository().join("tests/sites").join(site);
        let (figures, problems) = check(&root);
        assert!(problems.is_empty(), "{site}:\n{}", problems.join("\n"));
        assert!(figures > least, "{site}: {figures}");
    }
}

/// Twelve months of twelve communes, with late reports, a merger, a corrected month and a target that was raised.
#[test]
fn every_figure_of_a_year_leads_to_its_cells() {
    let year = repository().join("tests/year");
    let folder = tempfile::tempdir().unwrap();
    copy(&year.join("site"), folder.path());
    for month in 1..=12 {
        lay(&year.join(format!("{month:02}")), folder.path());
    }
    let (figures, problems) = check(folder.path());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(figures > 500, "{figures}");
}

/// Whatever was found at a figure or a target of a unit stands on its page of evidence, with the decision on it.
#[test]
fn every_finding_at_a_figure_stands_at_its_evidence() {
    let found = tiendo_at(&repository(), &["check", "--format", "json"]).json();
    let folder = tempfile::tempdir().unwrap();
    let files = built(&repository(), folder.path());
    let mut checked = 0;
    for d in found["diagnostics"].as_array().unwrap() {
        let about = |key: &str| d["about"][key].as_str();
        let (Some(unit), Some(_), Some(_)) = (about("unit"), about("period"), about("id")) else {
            continue;
        };
        let page = &files[&format!("don-vi/{unit}/{EVIDENCE}")];
        let page = unescaped(std::str::from_utf8(page).unwrap());
        let place = &d["place"];
        let file = place["file"].as_str().unwrap();
        let at = match place["cell"].as_str() {
            Some(cell) => format!("{file}:{}!{cell}", place["sheet"].as_str().unwrap()),
            None => format!("{file}:{}", place["line"]),
        };
        let code = d["code"].as_str().unwrap();
        let reason = d["waived"]["reason"].as_str().unwrap_or("");
        for part in [&*at, code, reason.trim_end_matches('.')] {
            assert!(page.contains(part), "{part}: {d}");
        }
        checked += 1;
    }
    assert!(checked > 50, "{checked}");
}
