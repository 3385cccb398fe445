//! The workbook of Phú Thọ as the office sent it: what the own site shows of it is what a careful reader finds.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::support::{built, repository};

/// What the site shows of one unit.
#[derive(Clone, Debug, Default)]
struct Shown {
    name: String,
    /// Measure or indicator, with its kind, to value and status.
    figures: BTreeMap<(String, String), (String, String)>,
}

impl Shown {
    fn value(&self, kind: &str, id: &str) -> &str {
        let key = (kind.to_owned(), id.to_owned());
        self.figures.get(&key).map_or("", |(v, _)| v)
    }

    fn received(&self) -> &str {
        self.value("measure", "ho-so-tiep-nhan")
    }

    fn on_time(&self) -> &str {
        self.value("measure", "ho-so-dung-han")
    }

    fn ratio(&self) -> &str {
        self.value("indicator", "ty-le-dung-han")
    }
}

fn expected() -> Value {
    let path = repository().join("tests/data/phu-tho-tien-do-2026-08.expected.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A site of the own repository, and its figures of August by unit.
fn site() -> (BTreeMap<String, Vec<u8>>, BTreeMap<String, Shown>) {
    let output = tempfile::tempdir().unwrap();
    let files = built(&repository(), &output.path().join("public"));
    let mut reader = csv::Reader::from_reader(&files["du-lieu/ky/2026-08.csv"][..]);
    let header = reader.headers().unwrap().clone();
    let mut units: BTreeMap<String, Shown> = BTreeMap::new();
    for record in reader.records().map(Result::unwrap) {
        let field = |name: &str| {
            let at = header.iter().position(|h| h == name).unwrap();
            record[at].to_owned()
        };
        let unit = units.entry(field("unit")).or_default();
        unit.name = field("unit_name");
        let key = (field("kind"), field("id"));
        unit.figures.insert(key, (field("value"), field("status")));
    }
    (files, units)
}

/// A name without the words that say what kind of unit it is.
fn own_name(text: &str) -> String {
    let folded = tiendo::text::normal::fold_name(text);
    let name = folded.replace(" tinh phu tho", "");
    name.trim_end_matches(" tinh").to_owned()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

/// The units in the order of the ranking, as its page has them: rank, name, ratio, on time, received.
fn ranking(files: &BTreeMap<String, Vec<u8>>, level: &str) -> Vec<[String; 5]> {
    let page = &files[&format!("xep-hang/ty-le-dung-han/phu-tho/{level}/index.html")];
    let page = String::from_utf8(page.clone()).unwrap();
    let rows = page.split("<tr id=\"u-").skip(1);
    rows.map(|row| {
        let row = row.split("</tr>").next().unwrap();
        let cells: Vec<String> = row
            .split("<t")
            .skip(1)
            .filter(|c| c.starts_with('d') || c.starts_with("h "))
            .map(|c| {
                let (_, inner) = c.split_once('>').unwrap();
                let text: String = inner
                    .split('<')
                    .map(|part| part.rsplit('>').next().unwrap_or_default())
                    .collect();
                text.trim().to_owned()
            })
            .collect();
        cells[..5].to_vec().try_into().unwrap()
    })
    .collect()
}

#[test]
fn the_site_shows_what_the_workbook_holds() {
    let expected = expected();
    let (files, units) = site();
    let of_level = |is: fn(&str) -> bool| {
        let of_phu_tho = units.iter().filter(|(id, _)| id.starts_with("phu-tho/"));
        of_phu_tho
            .filter(|(id, _)| !id.contains("/khoi-") && is(id))
            .count()
    };
    let is_agency = |id: &str| {
        let name = &id["phu-tho/".len()..];
        name.starts_with("so-")
            || ["van-phong-ubnd", "thanh-tra", "ban-quan-ly-khu-cong-nghiep"].contains(&name)
    };
    assert_eq!(of_level(|_| true), usize_of(&expected["units"]));
    assert_eq!(of_level(is_agency), usize_of(&expected["agencies"]));
    totals(&expected, &units);
    ends_of_the_ranking(&expected, &ranking(&files, "xa"));
    ties(&expected, &ranking(&files, "xa"));
    peers(&files);
    unranked(&expected, &files, &units);
}

fn usize_of(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn totals(expected: &Value, units: &BTreeMap<String, Shown>) {
    let totals = &expected["totals"];
    let province = &units["phu-tho"];
    let figure = |id: &str| province.value("measure", id).to_owned();
    assert_eq!(figure("ho-so-tiep-nhan"), text(&totals["received"]));
    assert_eq!(figure("ho-so-dung-han"), text(&totals["on_time"]));
    assert_eq!(figure("ho-so-qua-han"), text(&totals["overdue"]));
    assert_eq!(province.ratio(), text(&totals["ratio_percent"]));
    assert_eq!(
        province.value("score", "diem-tien-do"),
        text(&totals["score"])
    );
    let (mut communes, mut agencies) = ((0, 0), (0, 0));
    for (id, unit) in units {
        if !id.starts_with("phu-tho/") || id.contains("/khoi-") {
            continue;
        }
        let is_commune = ["xã ", "phường "]
            .iter()
            .any(|w| unit.name.to_lowercase().starts_with(w));
        let sums = if is_commune {
            &mut communes
        } else {
            &mut agencies
        };
        sums.0 += unit.received().parse::<u64>().unwrap();
        sums.1 += unit.on_time().parse::<u64>().unwrap();
    }
    assert_eq!(communes.0.to_string(), text(&totals["communes_received"]));
    assert_eq!(agencies.0.to_string(), text(&totals["agencies_received"]));
    let sum = (communes.0 + agencies.0, communes.1 + agencies.1);
    assert_eq!(sum.0.to_string(), text(&totals["received"]));
    assert_eq!(sum.1.to_string(), text(&totals["on_time"]));
    let block = |id: &str| units[id].ratio().to_owned();
    assert_eq!(
        block("phu-tho/khoi-xa-phuong"),
        text(&totals["communes_ratio"])
    );
    assert_eq!(
        block("phu-tho/khoi-so-nganh"),
        text(&totals["agencies_ratio"])
    );
}

fn ends_of_the_ranking(expected: &Value, rows: &[[String; 5]]) {
    assert_eq!(rows.len(), usize_of(&expected["communes"]));
    let top = expected["top5_communes_by_on_time"].as_array().unwrap();
    let bottom = expected["bottom5_communes_by_on_time"].as_array().unwrap();
    let ends = rows[..top.len()]
        .iter()
        .chain(&rows[rows.len() - bottom.len()..]);
    for (row, wanted) in ends.zip(top.iter().chain(bottom)) {
        let [_, name, ratio, on_time, received] = row;
        assert_eq!(own_name(name), own_name(&text(&wanted["name"])));
        let percent = text(&wanted["ratio"]).replace('.', ",") + "%";
        assert_eq!(*ratio, percent, "{name}");
        assert_eq!(on_time.replace('.', ""), text(&wanted["on_time"]), "{name}");
        assert_eq!(
            received.replace('.', ""),
            text(&wanted["received"]),
            "{name}"
        );
    }
}

/// Units of one published ratio share a rank, and no others do.
fn ties(expected: &Value, rows: &[[String; 5]]) {
    let mut shared: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for [rank, name, ..] in rows {
        shared.entry(rank).or_default().push(own_name(name));
    }
    let mut found: Vec<Vec<String>> = shared.into_values().filter(|n| n.len() > 1).collect();
    let mut wanted: Vec<Vec<String>> = expected["ties_at_two_decimals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tie| {
            let units = tie["units"].as_array().unwrap().iter();
            units.map(|u| own_name(&text(&u["name"]))).collect()
        })
        .collect();
    for names in found.iter_mut().chain(&mut wanted) {
        names.sort();
    }
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
}

/// The 148 are 133 communes and 15 wards; each has its place among those of its kind, in the order of the whole.
fn peers(files: &BTreeMap<String, Vec<u8>>) {
    let page = &files["xep-hang/ty-le-dung-han/phu-tho/xa/index.html"];
    let page = String::from_utf8(page.clone()).unwrap();
    for (kind, of) in [("xã", 133), ("phường", 15)] {
        let suffix = format!("/{of} {kind}</td>");
        let places: Vec<u32> = page
            .match_indices(&suffix)
            .map(|(at, _)| {
                let place = page[..at].rsplit('>').next().unwrap();
                place.trim_end_matches(" =").parse().unwrap()
            })
            .collect();
        assert_eq!(places.len(), of, "{kind}");
        assert_eq!(places[0], 1);
        assert!(places.is_sorted());
    }
}

/// Units without dossiers have no ratio; those, and units with very few, have no rank.
fn unranked(expected: &Value, files: &BTreeMap<String, Vec<u8>>, units: &BTreeMap<String, Shown>) {
    let ranked: Vec<String> = ranking(files, "co-quan")
        .iter()
        .map(|r| own_name(&r[1]))
        .collect();
    let find = |name: &str| {
        let wanted = own_name(name);
        let mut of_phu_tho = units.iter().filter(|(id, _)| id.starts_with("phu-tho/"));
        of_phu_tho
            .find(|(_, u)| own_name(&u.name) == wanted)
            .unwrap_or_else(|| panic!("{name} is not on the site"))
            .1
    };
    let zero = expected["zero_denominator_units"].as_array().unwrap();
    for name in zero.iter().map(text) {
        let unit = find(&name);
        assert_eq!((unit.received(), unit.ratio()), ("0", ""), "{name}");
        let key = ("indicator".to_owned(), "ty-le-dung-han".to_owned());
        assert_eq!(unit.figures[&key].1, "no-activity", "{name}");
        assert!(!ranked.contains(&own_name(&name)), "{name} is ranked");
    }
    for tiny in expected["tiny_denominator_units"].as_array().unwrap() {
        let name = text(&tiny["name"]);
        let unit = find(&name);
        assert_eq!(unit.received(), text(&tiny["received"]), "{name}");
        assert_eq!(unit.on_time(), text(&tiny["on_time"]), "{name}");
        assert!(!ranked.contains(&own_name(&name)), "{name} is ranked");
    }
}

/// Text, numbers and the per cent of the total are read alike, and each cell keeps its place.
#[test]
fn every_cell_is_read_by_what_it_is_and_keeps_its_place() {
    let (files, units) = site();
    assert_eq!(units["phu-tho/viet-tri"].received(), "2971");
    assert_eq!(
        units["phu-tho/viet-tri"].value("claim", "ty-le-dung-han"),
        "79.03"
    );
    assert_eq!(units["phu-tho/van-phu"].received(), "2645");
    assert_eq!(units["phu-tho"].value("claim", "ty-le-dung-han"), "78.38");
    let csv = String::from_utf8(files["du-lieu/ky/2026-08.csv"].clone()).unwrap();
    let row = csv
        .lines()
        .find(|l| l.contains(",phu-tho/viet-tri,") && l.contains(",measure,ho-so-tiep-nhan,2971,"))
        .unwrap();
    assert!(
        row.contains("data/phu-tho-2026-08/tien-do.xlsx,T8-2026"),
        "{row}"
    );
    assert!(row.contains("!D26,"), "{row}");
    for word in [
        "TỔNG CỘNG",
        "SỞ, BAN, NGÀNH CẤP TỈNH",
        "ỦY BAN NHÂN DÂN CẤP XÃ",
    ] {
        let named = units.values().any(|u| u.name.to_uppercase() == word);
        assert!(!named, "{word} is a unit");
    }
    // All claims of ratios are those of the counts: no finding says otherwise.
    let findings = String::from_utf8(files["du-lieu/doi-chieu.json"].clone()).unwrap();
    let findings: Value = serde_json::from_str(&findings).unwrap();
    let of_sheet = findings["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|d| d["place"]["file"] == "data/phu-tho-2026-08/tien-do.xlsx");
    let codes: Vec<&str> = of_sheet.map(|d| d["code"].as_str().unwrap()).collect();
    assert!(codes.iter().all(|c| *c == "zero-denominator"), "{codes:?}");
}
