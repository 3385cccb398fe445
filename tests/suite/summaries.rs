//! The sentences about units, services and editions: what they say is what the tables say, in both languages.

use std::collections::BTreeMap;

use crate::support::{built, repository};

type Row = BTreeMap<String, String>;

fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let record = |r: csv::StringRecord| {
        let pairs = header.iter().zip(r.iter());
        pairs.map(|(h, f)| (h.to_owned(), f.to_owned())).collect()
    };
    reader.records().map(|r| record(r.unwrap())).collect()
}

/// `1.234,5` as `1234.5`.
fn plain(text: &str) -> String {
    text.replace('.', "").replace(',', ".")
}

/// `78.380` as `78.38`.
fn trimmed(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

/// The words between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

#[test]
fn every_figure_told_is_one_of_the_open_data() {
    let output = tempfile::tempdir().unwrap();
    let files = built(&repository(), &output.path().join("public"));
    let figures = rows(&files["du-lieu/so-lieu.csv"]);
    let summaries = rows(&files["du-lieu/tom-tat.csv"]);
    let (mut shares, mut ranks) = (0, 0);
    for told in summaries.iter().filter(|s| s["kind"] == "unit") {
        let (id, vi) = (&told["id"], &told["vi"]);
        let own = |f: &&Row| f["unit"] == *id && f["period"] == told["period"];
        if let Some(counts) = between(vi, "Tức là ", "\u{a0}") {
            let (n, d) = counts.split_once(" trong ").unwrap();
            let (first, _) = vi.split_once('%').unwrap();
            let percent = plain(first.rsplit_once(' ').unwrap().1);
            let is_told = |f: &&Row| {
                f["numerator"] == plain(n)
                    && f["denominator"] == plain(d)
                    && trimmed(&f["value"]) == percent
            };
            assert!(figures.iter().filter(own).any(|f| is_told(&f)), "{vi}");
            shares += 1;
        }
        // The rank, counted anew: how many of the same kind and parent are better, at the published precision.
        let name = &figures.iter().find(own).unwrap()["unit_name"];
        let is_agency = |name: &str| {
            ["Sở ", "Ban ", "Văn phòng", "Thanh tra"]
                .iter()
                .any(|w| name.starts_with(w))
        };
        let is_commune = |name: &str| ["Xã ", "Phường "].iter().any(|w| name.starts_with(w));
        let rank = between(vi, "Đứng thứ ", " trong ").map(str::to_owned);
        let rank = rank.or_else(|| vi.contains("Đứng đầu ").then(|| "1".to_owned()));
        if let (Some(rank), true) = (rank, id.starts_with("phu-tho/")) {
            assert_ne!(is_agency(name), is_commune(name), "{name}");
            let value = |f: &Row| f["value"].parse::<f64>().unwrap();
            let ranked: Vec<&Row> = figures
                .iter()
                .filter(|f| {
                    f["period"] == told["period"]
                        && f["id"] == "ty-le-dung-han"
                        && f["kind"] == "indicator"
                        && f["unit"].starts_with("phu-tho/")
                        && f["service"].is_empty()
                        && is_agency(&f["unit_name"]) == is_agency(name)
                        && is_commune(&f["unit_name"]) == is_commune(name)
                        && f["denominator"].parse::<i64>().is_ok_and(|d| d >= 30)
                })
                .collect();
            let mine = ranked.iter().find(|f| f["unit"] == *id).unwrap();
            let better = ranked.iter().filter(|f| value(f) > value(mine)).count();
            assert_eq!(rank, (better + 1).to_string(), "{vi}");
            ranks += 1;
        }
    }
    assert!(shares > 150 && ranks > 100, "{shares} {ranks}");
}

#[test]
fn both_languages_tell_the_same_figures() {
    let output = tempfile::tempdir().unwrap();
    let files = built(&repository(), &output.path().join("public"));
    let swapped = |text: &str| -> String {
        let swap = |c| match c {
            '.' => ',',
            ',' => '.',
            other => other,
        };
        text.chars().map(swap).collect()
    };
    // Numbers with marks or a per-cent sign: the others (periods, ranks) are worded differently.
    let numbers = |text: &str| -> Vec<String> {
        let is_mark = |c: char| c == '.' || c == ',';
        let words = text.split(|c: char| !(c.is_ascii_digit() || is_mark(c) || c == '%'));
        let words = words.map(|w| w.trim_end_matches(is_mark));
        let is_telling = |w: &&str| w.len() > 1 && (w.contains(is_mark) || w.ends_with('%'));
        let mut found: Vec<String> = words.filter(is_telling).map(str::to_owned).collect();
        found.sort();
        found
    };
    for told in rows(&files["du-lieu/tom-tat.csv"]) {
        assert!(
            !told["vi"].contains('{') && !told["vi"].contains("words."),
            "{told:?}"
        );
        assert!(
            !told["en"].contains('{') && !told["en"].contains("words."),
            "{told:?}"
        );
        assert_eq!(
            numbers(&swapped(&told["vi"])),
            numbers(&told["en"]),
            "{told:?}"
        );
        assert!(!told["en"].contains("số liệu"), "{told:?}");
    }
}

#[test]
fn the_page_of_a_unit_begins_with_its_message() {
    let output = tempfile::tempdir().unwrap();
    let files = built(&repository(), &output.path().join("public"));
    for told in rows(&files["du-lieu/tom-tat.csv"]) {
        if told["kind"] != "unit" {
            continue;
        }
        let page = &files[&format!("don-vi/{}/index.html", told["id"])];
        let page = String::from_utf8_lossy(page);
        let heading = between(&page, "<h1", "</h1>").unwrap();
        let heading = heading.split_once('>').unwrap().1.trim().to_owned();
        let heading = html_escape::decode_html_entities(&heading).into_owned();
        assert!(
            told["vi"].starts_with(&format!("{heading}.")),
            "{heading}\n{}",
            told["vi"]
        );
    }
}
