//! What stands on built pages and in the open data: a ratio times its denominator is its numerator.

use std::fmt::Write as _;

use proptest::prelude::*;
use tiendo::decimal::Decimal;

use crate::support::{built, own_sources, repository, write_site};

/// Whether `percent` of `whole` is `part`, as precisely as the per cent are written: by half of their last digit.
fn fits(percent: Decimal, part: Decimal, whole: Decimal) -> bool {
    let at = |d: Decimal, scale: u8| i128::from(d.round(scale).mantissa());
    let scale = percent.scale();
    let one = 10i128.pow(u32::from(scale));
    // |percent · whole - 100 · part| <= whole / 2 of the last digit, all in units of that digit and of six decimals.
    let (p, w, n) = (at(percent, scale), at(whole, 6), at(part, 6));
    (p * w - 100 * n * one).abs() * 2 <= w.abs()
}

#[test]
fn what_fits_is_within_half_a_digit() {
    let d = |t: &str| Decimal::parse_plain(t).unwrap();
    // 2/3 is 66.666…: 66.67 is right, 66.66 is not; an eighth is both 12.5 and, rounded half up, 13.
    assert!(fits(d("66.67"), d("2"), d("3")) && !fits(d("66.66"), d("2"), d("3")));
    assert!(fits(d("12.5"), d("1"), d("8")) && fits(d("13"), d("1"), d("8")));
    assert!(!fits(d("14"), d("1"), d("8")));
}

/// Every ratio with counts of open data: how many there are.
fn of_open_data(text: &str) -> usize {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|h| h == name).unwrap();
    let (kind, value, part, whole) = (at("kind"), at("value"), at("numerator"), at("denominator"));
    let mut seen = 0;
    for row in reader.records().map(Result::unwrap) {
        let number = |at: usize| Decimal::parse_plain(&row[at]);
        if &row[kind] != "indicator" {
            continue;
        }
        if let (Some(value), Some(part), Some(whole)) = (number(value), number(part), number(whole))
        {
            assert!(fits(value, part, whole), "{row:?}");
            seen += 1;
        }
    }
    seen
}

/// "1.234,5%" as a number.
fn vietnamese(text: &str) -> Option<Decimal> {
    let plain: String = text
        .trim()
        .trim_end_matches('%')
        .replace('.', "")
        .replace(',', ".");
    Decimal::parse_plain(&plain)
}

/// How a language writes a number.
type Reading = fn(&str) -> Option<Decimal>;

fn english(text: &str) -> Option<Decimal> {
    Decimal::parse_plain(&text.trim().trim_end_matches('%').replace(',', ""))
}

/// Every "9 trong 10 hồ sơ" below a ratio, and every row of a ranking with both sides: how many there are.
///
/// On an English page, what has no translation stands in Vietnamese, with its figures written so: there either reading counts.
fn of_page(path: &str, page: &str) -> usize {
    let readings: &[Reading] = if path.starts_with("en/") {
        &[english, vietnamese]
    } else {
        &[vietnamese]
    };
    let mut seen = 0;
    let mut judge = |cell: &str, texts: [&str; 3]| {
        let read = |r: &Reading| Some((r(texts[0])?, r(texts[1])?, r(texts[2])?));
        let sides: Vec<_> = readings.iter().filter_map(read).collect();
        let holds = sides.iter().any(|(v, part, whole)| fits(*v, *part, *whole));
        assert!(sides.is_empty() || holds, "{path}: {cell}");
        seen += usize::from(holds);
    };
    for (at, _) in page.match_indices("<td") {
        let cell = &page[at..];
        let cell = &cell[..cell.find("</td>").unwrap()];
        let Some((value, under)) = cell.split_once("<small class=\"sub2\">") else {
            continue;
        };
        let value = value[value.find('>').unwrap() + 1..].trim();
        let words: Vec<&str> = under.split(['\u{a0}', ' ']).collect();
        if let ([part, "trong" | "of", whole, ..], true) = (&words[..], value.ends_with('%')) {
            judge(
                cell,
                [
                    value,
                    part.trim_end_matches(','),
                    whole.trim_end_matches(','),
                ],
            );
        }
    }
    for row in page.split("<tr id=\"u-").skip(1) {
        let row = &row[..row.find("</tr>").unwrap()];
        let cells: Vec<String> = row
            .split("<td")
            .skip(1)
            .map(|c| words_of(&c[c.find('>').unwrap() + 1..]))
            .collect();
        let Some(at) = cells.iter().position(|c| c.ends_with('%')) else {
            continue;
        };
        if let Some([value, part, whole]) = cells.get(at..at + 3) {
            judge(row, [value, part, whole]);
        }
    }
    seen
}

/// The text of a cell without its drawing and its tags.
fn words_of(cell: &str) -> String {
    let cell = cell.split("<svg").next().unwrap_or(cell);
    let cell = &cell[..cell.find("</td>").unwrap_or(cell.len())];
    let mut out = String::new();
    let mut is_tag = false;
    for c in cell.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

type Files = std::collections::BTreeMap<String, Vec<u8>>;

/// How many ratios fit in the open data and on the pages of a built site.
fn of_site(files: &Files) -> (usize, usize) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let data = of_open_data(&text(&files["du-lieu/so-lieu.csv"]));
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    (
        data,
        pages.map(|(path, bytes)| of_page(path, &text(bytes))).sum(),
    )
}

#[test]
fn the_ratios_of_the_own_site_fit_their_counts() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let files: Vec<_> = own_sources().files;
    let bytes: Vec<(&str, &[u8])> = files.iter().map(|f| (&*f.path, &f.bytes[..])).collect();
    write_site(&root, &bytes);
    let (data, pages) = of_site(&built(&root, &folder.path().join("public")));
    assert!(data > 150 && pages > 150, "{data} {pages}");
}

#[test]
fn the_ratios_of_a_site_over_months_fit_their_counts() {
    let folder = tempfile::tempdir().unwrap();
    let site = repository().join("tests/sites/thang");
    let (data, pages) = of_site(&built(&site, &folder.path().join("public")));
    assert!(data > 10 && pages > 10, "{data} {pages}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_ratios_of_any_site_fit_their_counts(
        counts in prop::collection::vec((0i64..2000, 0i64..=1000), 3..9),
        decimals in 0u8..4,
    ) {
        let mut units = String::from("id,name,level,parent\nt,Tỉnh T,tinh,\n");
        let mut table = String::from("Mã đơn vị,Tiếp nhận,Đúng hạn\n");
        for (i, (of, share)) in counts.iter().enumerate() {
            writeln!(units, "t/u{i},Xã Số {i},xa,t").unwrap();
            writeln!(table, "t/u{i},{of},{}", of * share / 1000).unwrap();
        }
        let indicators = format!(
            "[ty-le]\nlabel = \"Tỷ lệ đúng hạn\"\nnumerator = [\"dung-han\"]\ndenominator = [\"tiep-nhan\"]\n\
             of_whom = \"hồ sơ\"\ndecimals = {decimals}\n"
        );
        let measures = "[tiep-nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n[dung-han]\nlabel = \"Đúng hạn\"\nunit = \"hồ sơ\"\n";
        let targets = "period,indicator,unit,level,operator,value,deadline,deadline_kind,basis\n\
                       2026-05,ty-le,t,xa,>=,80,2026-12-31,by,KH 1\n";
        let period = "period = \"2026-05\"\nlabel = \"Tháng 5/2026\"\nstart = 2026-05-01\nend = 2026-05-31\n\
                      cadence = \"thang\"\nunit = \"t\"\n";
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        write_site(&root, &[
            ("site.toml", b"title = \"T\"\n[ranking]\nminimum_base = 1\n"),
            ("data/catalog/units.csv", units.as_bytes()),
            ("data/catalog/measures.toml", measures.as_bytes()),
            ("data/catalog/indicators.toml", indicators.as_bytes()),
            ("data/catalog/targets.csv", targets.as_bytes()),
            ("data/2026-05/period.toml", period.as_bytes()),
            ("data/2026-05/so.csv", table.as_bytes()),
        ]);
        let (data, pages) = of_site(&built(&root, &folder.path().join("public")));
        let active = counts.iter().filter(|(of, _)| *of > 0).count();
        prop_assert!(data >= active && pages >= active, "{} {} {}", data, pages, active);
    }
}
