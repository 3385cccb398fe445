//! Changes against the previous comparable period and against the same period of the year before.

use tiendo::analysis::{Against, Missing, Why};

use crate::months::{Asked, files, load};
use crate::support::{built, write_site};

/// "difference, per cent or points" of a change, or the reason that there is none.
fn told(asked: &Asked<'_>, id: &str, period: &str, against: Against) -> String {
    match asked.compare(id, period, against) {
        Ok(d) => {
            let kind = match d.percent {
                _ if d.is_points => "points".to_owned(),
                Some(p) => format!("{}%", p.to_plain()),
                None => "from zero".to_owned(),
            };
            format!("{} {kind}", d.difference.to_plain())
        }
        Err(none) => format!("{:?}", none.why),
    }
}

const HEAD: &str = "tiep-nhan,dung-han\n";

fn rows(list: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    list.iter()
        .map(|(id, row)| (*id, format!("{HEAD}{row}\n")))
        .collect()
}

fn check(list: &[(&'static str, &str)], wanted: &[(&str, &str, Against, &str)]) {
    let tables = rows(list);
    let tables: Vec<(&str, &str)> = tables.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let loaded = load(&files(&tables));
    let asked = Asked(loaded.analysis());
    for (id, period, against, text) in wanted {
        assert_eq!(
            told(&asked, id, period, *against),
            *text,
            "{id} {period} {against:?}"
        );
    }
}

use Against::{LastYear, Previous};

#[test]
fn counts_change_by_per_cent_and_shares_by_points() {
    check(
        &[
            ("2023-09", "80,60"),
            ("2024-08", "100,90"),
            ("2024-09", "125,100"),
        ],
        &[
            // 125 - 100 = 25, of 100; 125 - 80 = 45, of 80 is 56,25, rounded 56,3.
            ("tiep-nhan", "2024-09", Previous, "25 25.0%"),
            ("tiep-nhan", "2024-09", LastYear, "45 56.3%"),
            // 100/125 = 80,0; 90/100 = 90,0; 60/80 = 75,0.
            ("ty-le", "2024-09", Previous, "-10.0 points"),
            ("ty-le", "2024-09", LastYear, "5.0 points"),
            ("tiep-nhan", "2024-08", LastYear, "NoPeriod"),
        ],
    );
}

#[test]
fn a_period_without_figures_is_passed_over_and_named() {
    let tables = rows(&[
        ("2024-07", "100,90"),
        ("2024-08", ","),
        ("2024-10", "110,99"),
    ]);
    let tables: Vec<(&str, &str)> = tables.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let loaded = load(&files(&tables));
    let asked = Asked(loaded.analysis());
    let d = asked.compare("tiep-nhan", "2024-10", Previous).unwrap();
    assert_eq!(d.previous, asked.period("2024-07"));
    // August stands in the site without a figure, September not at all.
    let names: Vec<String> = d
        .skipped
        .iter()
        .map(|m| match m {
            Missing::Known(p) => asked.0.period(*p).id.clone(),
            Missing::Named(c) => c.format_vi(),
            Missing::Days => "days".to_owned(),
        })
        .collect();
    assert_eq!(names, ["2024-08", "tháng 9/2024"]);
}

#[test]
fn what_cannot_be_relied_on_gives_no_change_but_a_reason() {
    check(
        &[("2024-08", "hơn 60,50"), ("2024-09", "125,100")],
        &[
            ("tiep-nhan", "2024-09", Previous, "Inexact"),
            ("ty-le", "2024-09", Previous, "Inexact"),
            // 100 - 50 = 50, of 50.
            ("dung-han", "2024-09", Previous, "50 100.0%"),
            ("tiep-nhan", "2024-08", Previous, "NoPeriod"),
        ],
    );
    // More than a year lies between: history, and nothing to compare with.
    check(
        &[("2022-09", "100,90"), ("2024-09", "125,100")],
        &[("tiep-nhan", "2024-09", Previous, "NoPeriod")],
    );
    check(
        &[("2024-08", "0,0"), ("2024-09", "125,100")],
        &[
            ("tiep-nhan", "2024-09", Previous, "125 from zero"),
            ("ty-le", "2024-09", Previous, "NoActivity"),
            ("ty-le", "2024-09", LastYear, "NoPeriod"),
        ],
    );
}

#[test]
fn a_sum_that_leaves_units_out_is_not_compared() {
    let head = "Mã đơn vị,tiep-nhan,dung-han\n";
    let whole =
        format!("{head}binh-an/an-phu,100,90\nbinh-an/an-hoa,50,40\nbinh-an/an-tay,20,20\n");
    let part = format!("{head}binh-an/an-phu,110,99\nbinh-an/an-hoa,50,40\nbinh-an/an-tay,,\n");
    let loaded = load(&files(&[
        ("2024-07", &whole),
        ("2024-08", &whole),
        ("2024-09", &part),
    ]));
    let asked = Asked(loaded.analysis());
    let none = asked.compare("tiep-nhan", "2024-09", Previous).unwrap_err();
    assert_eq!(
        (none.why, none.period),
        (Why::Partial, Some(asked.period("2024-09")))
    );
    assert_eq!(told(&asked, "tiep-nhan", "2024-08", Previous), "0 0.0%");
}

#[test]
fn sums_over_other_services_are_not_compared() {
    let head = "Dịch vụ,tiep-nhan,dung-han\n";
    let two = format!("{head}khai-sinh,100,90\nkhai-tu,50,40\n");
    let one = format!("{head}khai-sinh,100,90\n");
    let loaded = load(&files(&[("2024-08", &two), ("2024-09", &one)]));
    let asked = Asked(loaded.analysis());
    assert_eq!(told(&asked, "tiep-nhan", "2024-09", Previous), "OtherBase");
}

/// A month and the year it lies in have nothing to do with each other; three months that are filed as a month bring more
/// than a month does, while a stock of the last day is one.
#[test]
fn periods_of_two_kinds_are_not_compared() {
    let row = "tiep-nhan,dung-han,tai-khoan\n100,90,50000\n";
    let long = "tiep-nhan,dung-han,tai-khoan\n330,300,50120\n";
    let mut files = files(&[("2024-08", row), ("2024", long)]);
    let quarter = "period = \"dai\"\nlabel = \"Ba tháng\"\nstart = 2024-09-01\nend = 2024-11-30\ncadence = \"thang\"\n\
                   unit = \"binh-an\"\nreceived = 2024-11-30\n";
    files.push(("data/dai/period.toml".to_owned(), quarter.to_owned()));
    files.push(("data/dai/bang.csv".to_owned(), long.to_owned()));
    let loaded = load(&files);
    let asked = Asked(loaded.analysis());
    assert_eq!(told(&asked, "tiep-nhan", "2024", Previous), "NoPeriod");
    assert_eq!(told(&asked, "tiep-nhan", "dai", Previous), "OtherLength");
    assert_eq!(told(&asked, "ty-le", "dai", Previous), "OtherLength");
    // 120 of 50.000.
    assert_eq!(told(&asked, "tai-khoan", "dai", Previous), "120 0.2%");
}

/// 50.000 of 60.000 people is 83,33%; 50.120 of 64.300 is 77,95%: -5,38 points.
/// Numerator: 120 · ½(1/60.000 + 1/64.300) = 0,0019331, that is +0,1933 points. Denominator: ½ · 100.120 · (1/64.300 -
/// 1/60.000) = -0,0557953, that is -5,5795 points. Rounded 0,19 and -5,58 give -5,39; the hundredth that is left goes to the
/// numerator, which lost 0,0033 and not 0,0005.
const REBASED: [(&str, &str); 2] = [
    (
        "2024-08",
        "tai-khoan,dan-so,tiep-nhan,dung-han\n50000,60000,100,90\n",
    ),
    (
        "2024-09",
        "tai-khoan,dan-so,tiep-nhan,dung-han\n50120,64300,125,100\n",
    ),
];

#[test]
fn a_new_denominator_explains_most_of_a_fall() {
    let loaded = load(&files(&REBASED));
    let asked = Asked(loaded.analysis());
    let d = asked.compare("ty-le-cap", "2024-09", Previous).unwrap();
    let parts = d.parts.unwrap();
    assert_eq!(d.difference.to_plain(), "-5.38");
    assert_eq!(parts.numerator.to_plain(), "0.20");
    assert_eq!(parts.denominator.to_plain(), "-5.58");
    assert!(parts.is_by_denominator);
}

/// What pages say is what a reader may say: never per cent of a share, never points of a count.
#[test]
fn pages_never_mix_points_and_per_cent() {
    let mut tables = REBASED.to_vec();
    tables.push((
        "2023-09",
        "tai-khoan,dan-so,tiep-nhan,dung-han\n40000,50000,80,60\n",
    ));
    let made = pages(&tables);
    let unit = &made["don-vi/binh-an/index.html"];
    for wanted in [
        "tăng 25\u{a0}hồ sơ (25%)</span> so với tháng 8/2024",
        "tăng 45\u{a0}hồ sơ (56,3%)</span> so với cùng kỳ năm trước (tháng 9/2023)",
        "giảm 10 điểm phần trăm</span> so với tháng 8/2024",
        "tăng 5 điểm phần trăm</span> so với cùng kỳ năm trước (tháng 9/2023)",
        "Tỷ lệ giảm chủ yếu do mẫu số cập nhật: số tài khoản tăng 120, số dân phải cấp tăng 4.300.",
        "Phần của tử số: +0,20; phần của mẫu số: −5,58 điểm phần trăm.",
    ] {
        assert!(unit.contains(wanted), "no “{wanted}” in {unit}");
    }
    let indicator = &made["chi-tieu/ty-le/index.html"];
    assert!(indicator.contains("Giảm 10 điểm phần trăm"), "{indicator}");
    for (path, page) in &made {
        for (at, _) in page.match_indices("điểm phần trăm") {
            let before: String = page[..at].chars().rev().take(16).collect();
            assert!(
                !before.contains("ơs ồh") && !before.contains(')'),
                "{path}: {before}"
            );
        }
    }
}

#[test]
fn a_gap_is_named_on_pages() {
    let tables = rows(&[("2024-07", "100,90"), ("2024-09", "110,99")]);
    let tables: Vec<(&str, &str)> = tables.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let unit = &pages(&tables)["don-vi/binh-an/index.html"];
    let wanted = "so với tháng 7/2024 (tháng 8/2024 chưa có số liệu)";
    assert!(unit.contains(wanted), "{unit}");
}

/// The pages of a site.
pub(crate) fn pages(tables: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    pages_of(&files(tables))
}

pub(crate) fn pages_of(files: &[(String, String)]) -> std::collections::BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let bytes: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(p, t)| (p.as_str(), t.as_bytes()))
        .collect();
    write_site(&root, &bytes);
    built(&root, &folder.path().join("public"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}
