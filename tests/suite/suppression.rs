//! Small counts stay hidden: on every page, in every file, and from whoever can subtract.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tiendo::analysis::{Analysis, State, suppression};
use tiendo::decimal::Decimal;
use tiendo::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use tiendo::pipeline::{self, Loaded, Options};
use tiendo::source::{SourceFile, Sources};

use crate::support::{built, write_site};

const SETTINGS: &str = "title = \"Thử\"\n\n[suppression]\nbelow = 5\n";
const UNITS: &str = "id,name,level,parent\n\
    tinh,Tỉnh Thử,tinh,\n\
    xa-mot,Xã Một,xa,tinh\n\
    xa-hai,Xã Hai,xa,tinh\n\
    xa-ba,Xã Ba,xa,tinh\n";
const SERVICES: &str = "id,name,short_name,kind,members\n\
    mot,Dịch vụ một,Một,service,\n\
    hai,Dịch vụ hai,Hai,service,\n\
    ba,Dịch vụ ba,Ba,service,\n\
    nhom,Nhóm,Nhóm,group,mot|hai\n";
const MEASURES: &str = "[tong]\nlabel = \"Tổng số\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"flow\"\n\
    parts = [[\"truc-tuyen\", \"truc-tiep\"]]\n\
    [truc-tuyen]\nlabel = \"Trực tuyến\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"flow\"\n\
    [truc-tiep]\nlabel = \"Trực tiếp\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"flow\"\n";
const INDICATORS: &str = "[ty-le]\nlabel = \"Tỷ lệ trực tuyến\"\nkind = \"ratio\"\n\
    numerator = [\"truc-tuyen\"]\ndenominator = [\"tong\"]\nunit = \"%\"\ndirection = \"up\"\ndecimals = 2\n\
    of_whom = \"hồ sơ\"\n";

const COMMUNES: [&str; 3] = ["xa-mot", "xa-hai", "xa-ba"];
const SINGLE: [&str; 3] = ["mot", "hai", "ba"];
const MONTHS: [&str; 3] = ["2024-07", "2024-08", "2024-09"];

/// A leaf of the table: month, commune, service, online or direct.
type Leaf = (usize, usize, usize, usize);

fn leaves() -> impl Iterator<Item = Leaf> {
    (0..3).flat_map(|p| {
        (0..3).flat_map(move |u| (0..3).flat_map(move |s| (0..2).map(move |m| (p, u, s, m))))
    })
}

fn at(leaf: Leaf) -> usize {
    ((leaf.0 * 3 + leaf.1) * 3 + leaf.2) * 2 + leaf.3
}

/// The leaves that a figure is the sum of.
fn sum_of(period: &str, unit: &str, service: &str, measure: &str) -> Vec<usize> {
    leaves()
        .filter(|(p, u, s, m)| {
            (period == "quy-3" || period == MONTHS[*p])
                && (unit == "tinh" || unit == COMMUNES[*u])
                && (service.is_empty() || service == SINGLE[*s] || service == "nhom" && *s < 2)
                && (measure == "tong" || (measure == "truc-tuyen") == (*m == 0))
        })
        .map(at)
        .collect()
}

/// A site whose tables state communes and services, and as much of the sums above them as `stated` says.
fn site(values: &[u32], stated: u32) -> Vec<(String, String)> {
    let mut files = vec![
        ("site.toml".to_owned(), SETTINGS.to_owned()),
        ("data/catalog/units.csv".to_owned(), UNITS.to_owned()),
        ("data/catalog/services.csv".to_owned(), SERVICES.to_owned()),
        ("data/catalog/measures.toml".to_owned(), MEASURES.to_owned()),
        (
            "data/catalog/indicators.toml".to_owned(),
            INDICATORS.to_owned(),
        ),
    ];
    let mut units = COMMUNES.to_vec();
    let mut services = SINGLE.to_vec();
    let mut periods = MONTHS.to_vec();
    if stated & 1 != 0 {
        units.push("tinh");
    }
    if stated & 2 != 0 {
        services.push("nhom");
    }
    if stated & 4 != 0 {
        services.push("");
    }
    if stated & 8 != 0 {
        periods.push("quy-3");
    }
    for period in periods {
        let mut table =
            "Mã đơn vị,Dịch vụ,Tổng số,Trực tuyến,Trực tiếp,Tỷ lệ trực tuyến\n".to_owned();
        for unit in &units {
            for service in &services {
                let value = |m: &str| -> u32 {
                    sum_of(period, unit, service, m)
                        .iter()
                        .map(|l| values[*l])
                        .sum()
                };
                let [all, online, direct] = ["tong", "truc-tuyen", "truc-tiep"].map(value);
                let percent = (online * 100 + all / 2).checked_div(all);
                let ratio = percent.map_or_else(String::new, |p| format!("{p}%"));
                writeln!(table, "{unit},{service},{all},{online},{direct},{ratio}").unwrap();
            }
        }
        let (start, end, cadence) = match period {
            "2024-07" => ("2024-07-01", "2024-07-31", "thang"),
            "2024-08" => ("2024-08-01", "2024-08-31", "thang"),
            "2024-09" => ("2024-09-01", "2024-09-30", "thang"),
            _ => ("2024-07-01", "2024-09-30", "quy"),
        };
        let toml = format!(
            "period = \"{period}\"\nlabel = \"Kỳ {period}\"\nstart = {start}\nend = {end}\n\
             cadence = \"{cadence}\"\nunit = \"tinh\"\n"
        );
        files.push((format!("data/{period}/so.csv"), table));
        files.push((format!("data/{period}/period.toml"), toml));
    }
    files
}

fn loaded(files: &[(String, String)]) -> Loaded {
    let files = files
        .iter()
        .map(|(path, text)| SourceFile::new(path, text.as_str()));
    pipeline::load(&Sources::new(files.collect()), &Options::default())
}

/// What a reader who knows the tree of units, services, measures and months can compute of the shown figures.
#[derive(Default)]
struct Attacker {
    /// Rows of the system over the leaves, reduced; by the place of their first entry.
    rows: BTreeMap<usize, Vec<i128>>,
}

const P: i128 = (1 << 61) - 1;

impl Attacker {
    fn reduce(&self, mut row: Vec<i128>) -> Vec<i128> {
        for (first, known) in &self.rows {
            let factor = row[*first];
            if factor != 0 {
                for (v, k) in row.iter_mut().zip(known) {
                    *v = (*v + (P - factor) * k) % P;
                }
            }
        }
        row
    }

    fn learn(&mut self, leaves: &[usize]) {
        let mut row = self.reduce(vector(leaves));
        let Some(first) = row.iter().position(|v| *v != 0) else {
            return;
        };
        let inverse = inverse(row[first]);
        for v in &mut row {
            *v = *v * inverse % P;
        }
        self.rows.insert(first, row);
    }

    fn knows(&self, leaves: &[usize]) -> bool {
        self.reduce(vector(leaves)).iter().all(|v| *v == 0)
    }
}

fn vector(leaves: &[usize]) -> Vec<i128> {
    let mut row = vec![0; 54];
    for l in leaves {
        row[*l] = 1;
    }
    row
}

fn inverse(n: i128) -> i128 {
    let (mut base, mut exponent, mut out) = (n, P - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            out = out * base % P;
        }
        base = base * base % P;
        exponent >>= 1;
    }
    out
}

/// Every figure that pages can ask for: the leaves it sums, and its value if it is shown.
fn figures(analysis: &Analysis<'_>) -> Vec<(Vec<usize>, Option<Decimal>)> {
    let catalog = analysis.catalog;
    let mut out = Vec::new();
    let units: Vec<UnitIx> = catalog.units.indices().collect();
    let services: Vec<ServiceIx> = catalog.services.indices().collect();
    let periods: Vec<PeriodIx> = analysis.period_indices().collect();
    for unit in units {
        for service in &services {
            for period in &periods {
                let leaves = |measure: &str| {
                    let service = &catalog.services.get(*service).id;
                    let period = &analysis.period(*period).id;
                    sum_of(period, &catalog.units.get(unit).id, service, measure)
                };
                for measure in ["tong", "truc-tuyen", "truc-tiep"] {
                    let stat = catalog.stat(measure).unwrap();
                    let o = analysis.observe(stat, unit, *service, *period);
                    if o.state != State::Absent {
                        out.push((leaves(measure), o.value));
                    }
                }
                let ratio = catalog.stat("ty-le").unwrap();
                assert!(matches!(ratio, Stat::Indicator(_)));
                let o = analysis.observe(ratio, unit, *service, *period);
                let sides = o.numerator.zip(o.denominator);
                assert!(
                    o.value.is_none() || sides.is_some(),
                    "a ratio without its counts is shown"
                );
                if o.state != State::Absent {
                    out.push((leaves("truc-tuyen"), sides.map(|(n, _)| n)));
                    out.push((leaves("tong"), sides.map(|(_, d)| d)));
                }
            }
        }
    }
    out
}

/// A fixed sequence of counts, a good part of them small.
fn counts(seed: u64) -> Vec<u32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1;
    (0..54)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let n = u32::try_from(state >> 33).unwrap();
            match n % (2 + u32::try_from(seed % 9).unwrap()) {
                0 => n / 16 % 6,
                _ => 5 + n / 16 % 300,
            }
        })
        .collect()
}

#[test]
fn no_small_count_can_be_computed() {
    let mut hidden_parts = 0;
    for seed in 0..24u64 {
        let values = counts(seed);
        let loaded = loaded(&site(&values, u32::try_from(seed % 16).unwrap()));
        let findings: Vec<_> = loaded.findings.iter().filter(|d| d.is_blocking()).collect();
        assert!(findings.is_empty(), "{findings:?}");
        let full = loaded.analysis();
        let hidden = suppression::choose(&full).unwrap();
        let (mut ingested, mut derived) = (loaded.ingested.clone(), (*full.derived).clone());
        hidden.take_out(&mut ingested, &mut derived);
        let public = Analysis::with_sums(
            &loaded.catalog,
            &loaded.config,
            &loaded.periods,
            &ingested,
            &loaded.targets,
            None,
            derived,
        );
        let mut attacker = Attacker::default();
        let figures = figures(&public);
        let total = |leaves: &[usize]| leaves.iter().map(|l| i64::from(values[*l])).sum::<i64>();
        for (leaves, shown) in &figures {
            if let Some(shown) = shown {
                assert_eq!(
                    *shown,
                    Decimal::from_int(total(leaves)),
                    "seed {seed}: a shown figure is wrong"
                );
                attacker.learn(leaves);
            }
        }
        let mut shown = 0;
        for (leaves, figure) in &figures {
            let value = total(leaves);
            if (1..5).contains(&value) {
                assert!(figure.is_none(), "seed {seed}: {value} is shown");
                assert!(
                    !attacker.knows(leaves),
                    "seed {seed}: {value} can be computed"
                );
            }
            shown += usize::from(figure.is_some());
        }
        hidden_parts += 1000 * (figures.len() - shown) / figures.len();
        // The claims that tables state are gone with their counts.
        for claim in ingested.claims.list.iter().filter(|c| c.value.is_some()) {
            let row = [
                claim.key.unit().0,
                u32::from(claim.key.service().0),
                u32::from(claim.key.period().0),
            ];
            let o = public.observe(
                loaded.catalog.stat("truc-tuyen").unwrap(),
                claim.key.unit(),
                claim.key.service(),
                claim.key.period(),
            );
            assert_ne!(o.state, State::Suppressed, "seed {seed}: {row:?}");
        }
    }
    // What is hidden beyond need is a loss too.
    assert!(hidden_parts / 24 < 400, "{hidden_parts} of 24000 hidden");
}

#[test]
fn a_hidden_count_is_in_no_file() {
    let settings = "title = \"Thử\"\nbase_url = \"https://vi-du.vn/\"\n\n[suppression]\nbelow = 100000\nmeasures = [\"tong\", \"truc-tuyen\", \"truc-tiep\"]\n\n[home]\nindicators = [\"tong\", \"ty-le\"]\n";
    let big = |n: u32| 200_001 + n * 1_013;
    let mut values: Vec<u32> = (0..54).map(big).collect();
    values[at((2, 0, 0, 1))] = 73_913;
    let mut files = site(&values, 0);
    files[0].1 = settings.to_owned();
    let text = "+++\ntitle = \"Thử\"\n+++\nCó {{ value(\"truc-tiep\", unit=\"xa-mot\", service=\"mot\", period=\"2024-09\") }}.\n";
    files.push(("content/index.md".to_owned(), text.to_owned()));
    let folder = tempfile::tempdir().unwrap();
    let parts: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_bytes()))
        .collect();
    write_site(folder.path(), &parts);
    let output = built(folder.path(), &folder.path().join("public"));
    for (path, bytes) in &output {
        let text = String::from_utf8_lossy(bytes);
        for form in ["73913", "73.913", "73,913"] {
            assert!(!text.contains(form), "{path} holds {form}");
        }
    }
    let page = |path: &str| String::from_utf8_lossy(&output[path]).into_owned();
    assert!(page("index.html").contains("được ẩn để bảo vệ thông tin cá nhân"));
    assert!(page("phuong-phap/index.html").contains("Số đếm nhỏ"));
    let data = page("du-lieu/so-lieu.csv");
    let row = data.lines().find(|l| {
        l.starts_with("2024-09,")
            && l.contains(",xa-mot,")
            && l.contains(",mot,")
            && l.contains(",truc-tiep,")
    });
    assert!(row.is_some_and(|r| r.contains(",suppressed,")), "{row:?}");
    // Without the setting the same count is there.
    files[0].1 = "title = \"Thử\"\n".to_owned();
    write_site(folder.path(), &[("site.toml", files[0].1.as_bytes())]);
    let output = built(folder.path(), &folder.path().join("public"));
    let data = String::from_utf8_lossy(&output["du-lieu/so-lieu.csv"]).into_owned();
    assert!(data.contains("73913"));
}

#[test]
fn the_settings_are_checked() {
    let mut files = site(&counts(1), 0);
    files[0].1 = "title = \"Thử\"\n[suppression]\nbelow = 5\nmeasures = [\"tong-so\"]\n".to_owned();
    let loaded = loaded(&files);
    let found: Vec<&str> = loaded.findings.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(found, ["measure-unknown"]);
}
