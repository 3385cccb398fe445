//! Points of an index: official ones as given, recomputed beside them, null never zero.

use tiendo::analysis::scores::{Points, Score};
use tiendo::decimal::Decimal;

use crate::change::pages_of;
use crate::months::{Asked, files, load};
use crate::support::own_sources;

const INDICATORS: &str = "
[ty-le-truc-tuyen]\nlabel = \"Tỷ lệ trực tuyến\"\nkind = \"ratio\"\nnumerator = [\"truc-tuyen\"]\ndenominator = [\"tiep-nhan\"]\nof_whom = \"hồ sơ\"\ndecimals = 2
[diem-tien-do]\nlabel = \"Điểm tiến độ\"\nkind = \"score\"\nunit = \"điểm\"\nmax = 20\ndecimals = 2
[diem-hai-long]\nlabel = \"Điểm hài lòng\"\nkind = \"score\"\nunit = \"điểm\"\nmax = 18\ndecimals = 2
[diem-chung]\nlabel = \"Điểm chung\"\nkind = \"score\"\nunit = \"điểm\"\nmax = 50\ndecimals = 2
";
const MEASURES: &str = "
[truc-tuyen]\nlabel = \"Hồ sơ trực tuyến\"\nunit = \"hồ sơ\"\ntype = \"count\"\nnature = \"flow\"
";
/// An index of 50 points, of which the structure changes in 2024.
const SCORES: &str = "
[bo-chi-so]
label = \"Bộ chỉ số thử\"
basis = \"Quyết định số 1\"

[[bo-chi-so.version]]
valid_to = 2023-12-31
points = \"diem-chung\"
[[bo-chi-so.version.group]]
label = \"Tiến độ giải quyết\"
max = 30

[[bo-chi-so.version]]
valid_from = 2024-01-01
points = \"diem-chung\"
bands = [\"45: xuất sắc\", \"40: tốt\"]
[[bo-chi-so.version.group]]
label = \"Tiến độ giải quyết\"
max = 20
points = \"diem-tien-do\"
[[bo-chi-so.version.group.component]]
label = \"Đúng hạn\"
max = 20
indicator = \"ty-le\"
formula = \"share\"
[[bo-chi-so.version.group]]
label = \"Dịch vụ công trực tuyến\"
max = 12
[[bo-chi-so.version.group.component]]
label = \"Nộp trực tuyến\"
max = 12
indicator = \"ty-le-truc-tuyen\"
formula = \"share\"
[[bo-chi-so.version.group]]
label = \"Mức độ hài lòng\"
max = 18
points = \"diem-hai-long\"
";

fn site(table: &str) -> Vec<(String, String)> {
    let mut files = files(&[("2024-09", table)]);
    for (path, text) in &mut files {
        match path.as_str() {
            "data/catalog/indicators.toml" => text.push_str(INDICATORS),
            "data/catalog/measures.toml" => text.push_str(MEASURES),
            _ => {}
        }
    }
    files.push(("data/catalog/scores.toml".to_owned(), SCORES.to_owned()));
    files
}

const HEAD: &str =
    "Mã đơn vị,tiep-nhan,dung-han,truc-tuyen,diem-tien-do,diem-hai-long,diem-chung\n";

fn with_score(table: &str, unit: &str, check: impl Fn(&Asked<'_>, &Score<'_>)) {
    let loaded = load(&site(table));
    let asked = Asked(loaded.analysis());
    let scores = asked.0.scores(asked.unit(unit), asked.period("2024-09"));
    assert_eq!(scores.len(), 1, "{table}");
    check(&asked, &scores[0]);
}

fn decimal(text: &str) -> Decimal {
    Decimal::parse_plain(text).unwrap()
}

fn points(points: &str, of: &str) -> Points {
    Points {
        points: decimal(points),
        of: decimal(of),
    }
}

#[test]
fn null_is_not_zero_and_its_maximum_is_visible() {
    // 20 · 450/500 = 18 and 12 · 200/500 = 4,8; satisfaction is not reported: 22,8 of 32 points.
    let table = format!("{HEAD}binh-an,500,450,200,,,\n");
    with_score(&table, "binh-an", |asked, s| {
        assert_eq!(s.total(), points("22.8", "32"));
        assert!(!s.is_whole());
        assert_eq!(s.band(), None);
        assert_eq!(s.groups[2].points(), None);
        // Online dossiers lack 7,2 points, deadlines 2; what is not known lacks nothing.
        let (group, lost) = s.costliest().unwrap();
        assert_eq!(
            (group.group.label.as_str(), lost),
            ("Dịch vụ công trực tuyến", decimal("7.2"))
        );
        // 12 points for 500 dossiers: one point is 41,67 dossiers.
        let one = asked.0.one_more(group).unwrap();
        assert_eq!((one.count, one.of), (42, decimal("500")));
    });
}

#[test]
fn nothing_that_arose_is_no_zero_either() {
    // 0 of 0 dossiers: no points, though the official satisfaction is there.
    let table = format!("{HEAD}binh-an,0,0,0,,\"16,2\",\n");
    with_score(&table, "binh-an", |_, s| {
        assert_eq!(s.total(), points("16.2", "18"));
    });
}

/// Two agencies of Phú Thọ had no dossiers in 8/2026; the portal prints 0 points for them.
#[test]
fn an_official_zero_of_nothing_is_none() {
    let table = format!("{HEAD}binh-an,0,0,0,\"0,00\",\"16,2\",\n");
    with_score(&table, "binh-an", |_, s| {
        assert_eq!(s.groups[0].points(), None);
        assert_eq!(s.groups[0].stated.unwrap().points, Decimal::ZERO);
        assert_eq!(s.total(), points("16.2", "18"));
        assert!(s.mismatches().is_empty());
    });
    // A zero of dossiers that were late is a zero.
    let table = format!("{HEAD}binh-an,10,0,0,\"0,00\",,\n");
    with_score(&table, "binh-an", |_, s| {
        assert_eq!(s.groups[0].points(), Some(points("0", "20")));
    });
}

#[test]
fn official_points_stand_and_are_only_checked() {
    // 20 · 450/500 = 18; stated 17,5. The total is stated as 40,00; the groups give 17,5 + 4,8 + 16,2 = 38,5.
    let table = format!("{HEAD}binh-an,500,450,200,\"17,5\",\"16,2\",\"40,00\"\n");
    with_score(&table, "binh-an", |_, s| {
        assert_eq!(s.groups[0].points(), Some(points("17.5", "20")));
        assert_eq!(s.total(), points("40", "50"));
        assert_eq!(s.band().unwrap().label, "tốt");
        let found: Vec<(&str, String)> = s
            .mismatches()
            .iter()
            .map(|m| (m.label, m.recomputed.to_plain()))
            .collect();
        assert_eq!(
            found,
            [
                ("Tiến độ giải quyết", "18.0".to_owned()),
                ("Bộ chỉ số thử", "38.50".to_owned()),
            ]
        );
    });
    // As the portal rounds: 20 · 2/3 = 13,333.
    let table = format!("{HEAD}binh-an,300,200,120,\"13,33\",\"16,2\",\n");
    with_score(&table, "binh-an", |_, s| assert!(s.mismatches().is_empty()));
}

#[test]
fn a_parent_has_no_points_from_its_children() {
    let table = format!(
        "{HEAD}binh-an/an-phu,100,90,50,,,\nbinh-an/an-hoa,100,90,50,,,\nbinh-an/an-tay,100,90,50,,,\n"
    );
    let loaded = load(&site(&table));
    let asked = Asked(loaded.analysis());
    // The rate of the province is known, 270 of 300; its points are not.
    assert!(
        asked
            .0
            .scores(asked.unit("binh-an"), asked.period("2024-09"))
            .is_empty()
    );
    assert_eq!(
        asked
            .0
            .scores(asked.unit("binh-an/an-phu"), asked.period("2024-09"))
            .len(),
        1
    );
}

#[test]
fn pages_show_groups_maximum_and_what_is_missing() {
    let table = format!("{HEAD}binh-an,500,450,200,18,,\n");
    let unit = &pages_of(&site(&table))["don-vi/binh-an/index.html"];
    for wanted in [
        "Bộ chỉ số thử",
        "22,8 trên 32 điểm có số liệu (tối đa 50)",
        "Trong các nhóm có số liệu, nhóm dịch vụ công trực tuyến còn thiếu nhiều điểm nhất: 7,2 điểm.",
        "Thêm 1 điểm ở nhóm dịch vụ công trực tuyến cần 42\u{a0}hồ sơ trực tuyến nữa",
        "chưa có số liệu",
    ] {
        assert!(unit.contains(wanted), "no “{wanted}” in {unit}");
    }
}

#[test]
fn the_points_of_phu_tho_follow_from_its_dossiers() {
    let loaded = tiendo::pipeline::load(&own_sources(), &tiendo::pipeline::Options::default());
    let asked = Asked(loaded.analysis());
    let scores = asked
        .0
        .scores(asked.unit("phu-tho"), asked.period("2026-08"));
    // 20 · 144.625/184.513 = 15,676…, stated 15,68 of the 20 points of its group; the other five groups are not reported.
    assert_eq!(scores[0].total(), points("15.68", "20"));
    assert!(scores[0].mismatches().is_empty());
}
