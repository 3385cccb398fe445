//! Rankings of small sites, worked out by hand: ties, minimum base, peers, bands, mixed days and bases, lists that are
//! no rankings.

use std::fmt::Write as _;

use proptest::prelude::*;
use tiendo::analysis::{Ranking, Refusal, Scope, Unranked};
use tiendo::model::{Level, PeerGroup, ServiceIx, Stat};
use tiendo::pipeline::{self, Loaded, Options};
use tiendo::source::{SourceFile, Sources};

use crate::support;

const MEASURES: &str = "\
[nhan]
label = \"Hồ sơ tiếp nhận\"
unit = \"hồ sơ\"
type = \"count\"
[dung]
label = \"Hồ sơ đúng hạn\"
unit = \"hồ sơ\"
type = \"count\"
";
const INDICATORS: &str = "\
[ty-le]
label = \"Tỷ lệ đúng hạn\"
numerator = [\"dung\"]
denominator = [\"nhan\"]
of_whom = \"hồ sơ tiếp nhận\"
";
const PERIOD: &str = "\
period = \"2026-05\"
label = \"Tháng 5/2026\"
start = 2026-05-01
end = 2026-05-31
cadence = \"thang\"
unit = \"t\"
";

/// A province of communes `names`, whose table of May is `rows` below `header`.
pub(crate) struct Site {
    names: Vec<String>,
    files: Vec<(String, String)>,
}

impl Site {
    pub(crate) fn new(names: &[&str], header: &str, rows: &str) -> Self {
        Self {
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            files: vec![(
                "data/2026-05/xa.csv".to_owned(),
                format!("{header}\n{rows}"),
            )],
        }
    }

    pub(crate) fn with(mut self, path: &str, text: &str) -> Self {
        self.files.retain(|(p, _)| p != path);
        self.files.push((path.to_owned(), text.to_owned()));
        self
    }

    pub(crate) fn load(&self) -> Loaded {
        pipeline::load(&self.sources(), &Options::default())
    }

    pub(crate) fn sources(&self) -> Sources {
        let mut units = String::from("id,name,level,parent\nt,Tỉnh T,tinh,\n");
        for name in &self.names {
            let id = tiendo::text::slug::slug(name);
            writeln!(units, "t/{id},{name},xa,t").unwrap();
        }
        let mut files = vec![
            ("site.toml", "title = \"T\"\n"),
            ("data/catalog/units.csv", units.as_str()),
            ("data/catalog/measures.toml", MEASURES),
            ("data/catalog/indicators.toml", INDICATORS),
            ("data/2026-05/period.toml", PERIOD),
        ];
        files.retain(|(path, _)| !self.files.iter().any(|(p, _)| p == path));
        files.extend(self.files.iter().map(|(p, t)| (p.as_str(), t.as_str())));
        let files = files.into_iter().map(|(p, t)| SourceFile::new(p, t));
        Sources::new(files.collect())
    }
}

pub(crate) fn ranking(loaded: &Loaded) -> Ranking {
    let analysis = loaded.analysis();
    let catalog = &loaded.catalog;
    let Some(Stat::Indicator(indicator)) = catalog.stat("ty-le") else {
        panic!("no indicator")
    };
    let scope = Scope {
        above: catalog.units.find("t").unwrap(),
        level: Level::Commune,
    };
    let units: Vec<_> = catalog.units.indices().collect();
    let period = analysis.period_indices().next_back().unwrap();
    analysis.ranking(indicator, ServiceIx::WHOLE, period, scope, &units)
}

/// `rank name`, best first.
pub(crate) fn ranks(loaded: &Loaded) -> Vec<String> {
    let entries = ranking(loaded).entries;
    let name = |e: &tiendo::analysis::RankEntry| &loaded.catalog.units.get(e.unit).name;
    entries
        .iter()
        .map(|e| format!("{} {}", e.rank, name(e)))
        .collect()
}

pub(crate) fn reasons(loaded: &Loaded) -> Vec<(String, Unranked)> {
    let list = ranking(loaded).unranked;
    list.into_iter()
        .map(|(u, why, _)| (loaded.catalog.units.get(u).name.clone(), why))
        .collect()
}

pub(crate) const WIDE: &str = "Đơn vị,Hồ sơ tiếp nhận,Hồ sơ đúng hạn";

/// 45/50 = 90 %, 70/80 = 87.5 %, 56/64 = 87.5 %, 30/40 = 75 %.
#[test]
fn equal_figures_share_a_rank_and_the_next_is_skipped() {
    let site = Site::new(
        &["Xã A", "Xã B", "Xã C", "Xã D"],
        WIDE,
        "Xã D,40,30\nXã C,64,56\nXã B,80,70\nXã A,50,45\n",
    );
    let wanted = ["1 Xã A", "2 Xã B", "2 Xã C", "4 Xã D"];
    assert_eq!(ranks(&site.load()), wanted);
}

/// 2/3 = 66.67 % and 6667/10000 = 66.67 % are one figure on the page, though not in truth.
#[test]
fn figures_are_compared_as_they_are_published() {
    let site = Site::new(&["Xã A", "Xã B"], WIDE, "Xã A,300,200\nXã B,10000,6667\n");
    assert_eq!(ranks(&site.load()), ["1 Xã A", "1 Xã B"]);
}

#[test]
fn too_few_nothing_and_missing_are_three_reasons() {
    let rows = "Xã A,50,45\nXã B,29,29\nXã C,0,0\nXã D,,\nXã E,60,0\nXã G,30,15\n";
    let names = ["Xã A", "Xã B", "Xã C", "Xã D", "Xã E", "Xã G"];
    let site = Site::new(&names, WIDE, rows);
    let loaded = site.load();
    // Nothing on time of 60 is a figure; 30 is enough.
    assert_eq!(ranks(&loaded), ["1 Xã A", "2 Xã G", "3 Xã E"]);
    let wanted = [
        ("Xã C".to_owned(), Unranked::NoActivity),
        ("Xã B".to_owned(), Unranked::TooFew),
        ("Xã D".to_owned(), Unranked::NotReported),
    ];
    assert_eq!(reasons(&loaded), wanted);
    let coverage = ranking(&loaded).coverage;
    assert_eq!((coverage.reported, coverage.expected), (5, 6));
}

#[test]
fn an_indicator_may_have_a_minimum_of_its_own() {
    let own = format!("{INDICATORS}minimum_base = 51\n");
    let rows = "Xã A,50,45\nXã B,60,30\nXã C,70,30\n";
    let site = Site::new(&["Xã A", "Xã B", "Xã C"], WIDE, rows);
    let site = site.with("data/catalog/indicators.toml", &own);
    assert_eq!(ranks(&site.load()), ["1 Xã B", "2 Xã C"]);
}

#[test]
fn one_alone_is_not_ranked() {
    let site = Site::new(&["Xã A", "Xã B"], WIDE, "Xã A,50,45\nXã B,20,1\n");
    let loaded = site.load();
    assert_eq!(ranking(&loaded).entries, []);
    let wanted = [
        ("Xã B".to_owned(), Unranked::TooFew),
        ("Xã A".to_owned(), Unranked::OnlyOne),
    ];
    assert_eq!(reasons(&loaded), wanted);
}

/// 90/100 is 0.8256 to 0.9448, 36/40 is 0.7695 to 0.9604, 70/100 is 0.6042 to 0.7811, 20/100 is 0.1334 to 0.2888.
#[test]
fn a_band_holds_every_rank_the_counts_allow() {
    let rows = "Xã A,100,90\nXã B,40,36\nXã C,100,70\nXã D,100,20\n";
    let site = Site::new(&["Xã A", "Xã B", "Xã C", "Xã D"], WIDE, rows);
    let entries = ranking(&site.load()).entries;
    let bands: Vec<_> = entries.iter().map(|e| (e.rank, e.band.unwrap())).collect();
    // A and B share rank 1. A lies wholly above C, B does not; nobody but D is wholly below C.
    let wanted = [(1, (1, 2)), (1, (1, 3)), (3, (2, 3)), (4, (4, 4))];
    assert_eq!(bands, wanted);
}

#[test]
fn what_may_exceed_100_has_no_band() {
    let own = format!("{INDICATORS}may_exceed_100 = true\n");
    let site = Site::new(&["Xã A", "Xã B"], WIDE, "Xã A,100,109\nXã B,100,90\n");
    let site = site.with("data/catalog/indicators.toml", &own);
    let entries = ranking(&site.load()).entries;
    assert_eq!(entries.len(), 2);
    assert!(entries.iter().all(|e| e.band.is_none()));
}

#[test]
fn wards_are_ranked_among_wards() {
    let rows = "Xã A,100,90\nPhường B,100,80\nXã C,100,70\nPhường D,100,80\nĐặc khu E,100,60\n";
    let names = ["Xã A", "Phường B", "Xã C", "Phường D", "Đặc khu E"];
    let loaded = Site::new(&names, WIDE, rows).load();
    let places: Vec<_> = ranking(&loaded)
        .entries
        .iter()
        .map(|e| e.peers.map(|p| (p.rank, p.shared, p.of)))
        .collect();
    // A, B =, D =, C, E: the only special zone has no peers.
    let wanted = [
        Some((1, 1, 2)),
        Some((1, 2, 2)),
        Some((1, 2, 2)),
        Some((2, 1, 2)),
        None,
    ];
    assert_eq!(places, wanted);
}

#[test]
fn a_site_declares_its_own_groups() {
    let rows = "Xã A,100,90\nXã B,100,80\nXã C,100,70\n";
    let site = Site::new(&["Xã A", "Xã B", "Xã C"], WIDE, rows).with(
        "data/catalog/peers.csv",
        "name,members\nvùng cao,t/xa-a|t/xa-c\n",
    );
    let entries = ranking(&site.load()).entries;
    let of_c = entries[2].peers.unwrap();
    assert_eq!(of_c.group, PeerGroup::Declared(0));
    assert_eq!((of_c.rank, of_c.of), (2, 2));
    // The only commune outside of the group has no others to stand among.
    assert_eq!(entries[1].peers, None);
}

const DATED: &str = "Đơn vị,Hồ sơ tiếp nhận,Hồ sơ đúng hạn,đến ngày";

#[test]
fn a_figure_of_another_day_is_not_ranked_with_those_of_most() {
    let rows = "Xã A,100,90,2026-05-31\nXã B,100,80,2026-05-31\nXã C,100,70,2026-05-14\n";
    let loaded = Site::new(&["Xã A", "Xã B", "Xã C"], DATED, rows).load();
    assert_eq!(ranks(&loaded), ["1 Xã A", "2 Xã B"]);
    let day = |text| tiendo::text::date::Date::parse_iso(text).unwrap();
    let other = (day("2026-05-01"), day("2026-05-14"));
    let wanted = [("Xã C".to_owned(), Unranked::OtherDays(other))];
    assert_eq!(reasons(&loaded), wanted);
}

#[test]
fn without_a_majority_of_days_nobody_is_ranked() {
    let rows = "Xã A,100,90,2026-05-31\nXã B,100,80,2026-05-14\n";
    let found = ranking(&Site::new(&["Xã A", "Xã B"], DATED, rows).load());
    assert_eq!(found.refusal, Some(Refusal::MixedDays));
    assert_eq!((found.entries.len(), found.listed.len()), (0, 2));
    // The near miss: both on the same day.
    let rows = "Xã A,100,90,2026-05-14\nXã B,100,80,2026-05-14\n";
    let found = ranking(&Site::new(&["Xã A", "Xã B"], DATED, rows).load());
    assert_eq!((found.refusal, found.entries.len()), (None, 2));
}

const BY_SERVICE: &str = "Đơn vị,Dịch vụ,Hồ sơ tiếp nhận,Hồ sơ đúng hạn";

fn by_service(names: &[&str], rows: &str) -> Loaded {
    Site::new(names, BY_SERVICE, rows)
        .with(
            "data/catalog/services.csv",
            "id,name,short_name,kind\ns1,Khai sinh,Khai sinh,service\ns2,Khai tử,Khai tử,service\n",
        )
        .load()
}

#[test]
fn sums_over_other_services_are_not_ranked_with_those_of_most() {
    let rows = "Xã A,Khai sinh,50,45\nXã A,Khai tử,50,45\nXã B,Khai sinh,50,40\nXã B,Khai tử,50,40\n\
                Xã C,Khai sinh,100,100\n";
    let loaded = by_service(&["Xã A", "Xã B", "Xã C"], rows);
    assert_eq!(ranks(&loaded), ["1 Xã A", "2 Xã B"]);
    let wanted = [("Xã C".to_owned(), Unranked::OtherBase(1))];
    assert_eq!(reasons(&loaded), wanted);
    // Nothing on time of nothing is a row as well: C is then like the others.
    let loaded = by_service(
        &["Xã A", "Xã B", "Xã C"],
        &format!("{rows}Xã C,Khai tử,0,0\n"),
    );
    assert_eq!(ranks(&loaded).len(), 3);
}

#[test]
fn without_a_common_base_nobody_is_ranked() {
    let rows = "Xã A,Khai sinh,50,45\nXã B,Khai tử,50,40\n";
    let found = ranking(&by_service(&["Xã A", "Xã B"], rows));
    assert_eq!(found.refusal, Some(Refusal::MixedBases));
}

/// The first two and the last two of ten communes: a list, never a ranking.
#[test]
fn the_ends_of_a_list_are_not_a_ranking() {
    let names: Vec<String> = ('A'..='J').map(|c| format!("Xã {c}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rows = "Xã J,100,99\nXã B,100,98\nXã C,100,12\nXã A,100,11\n";
    let site = Site::new(&names, WIDE, rows);
    let loaded = site.load();
    let found = ranking(&loaded);
    assert_eq!(found.refusal, Some(Refusal::FewReported));
    assert_eq!(found.entries, []);
    assert_eq!((found.coverage.reported, found.coverage.expected), (4, 10));
    let listed: Vec<&str> = found
        .listed
        .iter()
        .map(|(u, _)| loaded.catalog.units.get(*u).name.as_str())
        .collect();
    assert_eq!(
        listed,
        ["Xã J", "Xã B", "Xã C", "Xã A"],
        "as the report lists them"
    );
    // Half of them is enough, and a site may ask for less.
    let five = format!("{rows}Xã D,100,50\n");
    assert_eq!(ranks(&Site::new(&names, WIDE, &five).load()).len(), 5);
    let less = "title = \"T\"\n[ranking]\nminimum_coverage = 40\n";
    assert_eq!(ranks(&site.with("site.toml", less).load()).len(), 4);
}

/// The page of such a list says what it is, and shows no rank.
#[test]
fn the_page_of_a_list_shows_no_rank() {
    let names: Vec<String> = ('A'..='J').map(|c| format!("Xã {c}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rows = "Xã J,100,99\nXã B,100,98\nXã C,100,12\nXã A,100,11\n";
    let site = Site::new(&names, WIDE, rows);
    let root = tempfile::tempdir().unwrap();
    let sources = site.sources();
    let files = sources.files.iter().map(|f| (&*f.path, f.bytes.as_slice()));
    support::write_site(root.path(), &files.collect::<Vec<_>>());
    let pages = support::built(root.path(), &root.path().join("public"));
    let page = String::from_utf8(pages["xep-hang/ty-le/t/xa/index.html"].clone()).unwrap();
    assert!(page.contains("Mới có 4 trong 10 đơn vị có số liệu"));
    assert!(page.contains("Danh sách trong báo cáo"));
    assert!(!page.contains("class=\"rk\"") && !page.contains("đứng đầu"));
    let unit = String::from_utf8(pages["don-vi/t/xa-j/index.html"].clone()).unwrap();
    assert!(unit.contains("Chưa xếp hạng") && !unit.contains("đứng đầu"));
}

/// Only those that must report are waited for, where the site names them.
#[test]
fn a_site_may_name_who_must_report() {
    let names: Vec<String> = ('A'..='J').map(|c| format!("Xã {c}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let settings = "title = \"T\"\n[cadence.thang]\nunits = [\"t/xa-a\", \"t/xa-b\", \"t/xa-c\"]\n";
    let site = Site::new(&names, WIDE, "Xã A,100,90\nXã B,100,80\n").with("site.toml", settings);
    let found = ranking(&site.load());
    assert_eq!((found.coverage.reported, found.coverage.expected), (2, 3));
    assert_eq!(found.entries.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The order of the rows changes nothing, nor does the number of threads; equal published figures never have
    /// different ranks; each rank lies within its band and within its group.
    #[test]
    fn ranks_depend_on_figures_only(
        counts in prop::collection::vec((30i64..120, 0i64..=100), 3..12),
        seed in any::<u64>(),
    ) {
        let kinds = ["Xã", "Phường"];
        let names: Vec<String> =
            (0..counts.len()).map(|i| format!("{} Số{i}", kinds[i % 2])).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut rows: Vec<String> = counts
            .iter()
            .zip(&names)
            .map(|((of, share), name)| format!("{name},{of},{}\n", of * share / 100))
            .collect();
        let first = Site::new(&names, WIDE, &rows.concat()).load();
        let wanted = ranking(&first);
        rows.sort_by_key(|r| r.bytes().fold(seed, |h, b| h.wrapping_mul(31) ^ u64::from(b)));
        let shuffled = Site::new(&names, WIDE, &rows.concat());
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let second = one.install(|| ranking(&shuffled.load()));
        let key = |r: &Ranking| -> Vec<_> {
            r.entries.iter().map(|e| (e.unit, e.rank, e.shared, e.band, e.peers)).collect()
        };
        prop_assert_eq!(key(&wanted), key(&second));
        for a in &wanted.entries {
            for b in &wanted.entries {
                let same = a.observation.value == b.observation.value;
                prop_assert_eq!(same, a.rank == b.rank);
            }
            let (best, worst) = a.band.unwrap();
            prop_assert!(best <= a.rank && a.rank <= worst);
            if let Some(p) = a.peers {
                prop_assert!(p.rank <= a.rank && p.rank + p.shared <= p.of + 1);
            }
        }
    }
}
