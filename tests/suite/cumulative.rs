//! Cumulative figures against those of their periods: year resets, gaps, revisions downward.

use tiendo::analysis::{Against, Missing, Why};
use tiendo::model::{MeasureIx, ServiceIx, Stat};

use crate::change::{pages, pages_of};
use crate::months::{Asked, files, load};

fn measure(asked: &Asked<'_>, id: &str) -> MeasureIx {
    match asked.stat(id) {
        Stat::Measure(m) => m,
        Stat::Indicator(_) => panic!("{id}"),
    }
}

fn in_period(asked: &Asked<'_>, id: &str, period: &str) -> Option<(String, usize)> {
    let (m, unit) = (measure(asked, id), asked.unit("binh-an"));
    let gained = asked
        .0
        .in_period(m, unit, ServiceIx::WHOLE, asked.period(period))?;
    Some((gained.value.to_plain(), gained.with.len()))
}

/// November 1.100, December 1.250; January 90, February 200, April 460, May 440 (revised downward).
const YTD: [(&str, &str); 6] = [
    ("2023-11", "luy-ke,dung-han-luy-ke\n1100,1000\n"),
    ("2023-12", "luy-ke,dung-han-luy-ke\n1250,1130\n"),
    ("2024-01", "luy-ke,dung-han-luy-ke\n90,81\n"),
    ("2024-02", "luy-ke,dung-han-luy-ke\n200,180\n"),
    ("2024-04", "luy-ke,dung-han-luy-ke\n460,400\n"),
    ("2024-05", "luy-ke,dung-han-luy-ke\n440,380\n"),
];

#[test]
fn a_cumulative_measure_tells_what_each_period_brought() {
    let loaded = load(&files(&YTD));
    let asked = Asked(loaded.analysis());
    for (period, wanted) in [
        // The year 2023 begins in January: ten months before November are missing.
        ("2023-11", ("1100", 10)),
        ("2023-12", ("150", 0)),
        ("2024-01", ("90", 0)),
        ("2024-02", ("110", 0)),
        // March is missing: 260 in March and April together.
        ("2024-04", ("260", 1)),
        ("2024-05", ("-20", 0)),
    ] {
        let wanted = Some((wanted.0.to_owned(), wanted.1));
        assert_eq!(in_period(&asked, "luy-ke", period), wanted, "{period}");
    }
}

#[test]
fn a_cumulative_measure_is_compared_by_what_it_gained() {
    let loaded = load(&files(&YTD));
    let asked = Asked(loaded.analysis());
    // January brought 90, December 150: not 90 against 1.250.
    let d = asked
        .compare("luy-ke", "2024-01", Against::Previous)
        .unwrap();
    assert!(d.in_period);
    assert_eq!(
        (d.now.to_plain(), d.before.to_plain()),
        ("90".into(), "150".into())
    );
    assert_eq!(d.percent.unwrap().to_plain(), "-40.0");
    // 110 in February against 90.
    let d = asked
        .compare("luy-ke", "2024-02", Against::Previous)
        .unwrap();
    assert_eq!(d.difference.to_plain(), "20");
    // In February 99 of 110 on time, 90,0%; in January 81 of 90, 90,0%.
    let d = asked
        .compare("ty-le-luy-ke", "2024-02", Against::Previous)
        .unwrap();
    assert_eq!(
        (d.now.to_plain(), d.difference.to_plain()),
        ("90.0".into(), "0.0".into())
    );
    let why = |id, period| {
        asked
            .compare(id, period, Against::Previous)
            .unwrap_err()
            .why
    };
    assert_eq!(why("luy-ke", "2024-04"), Why::Gap);
    assert_eq!(why("luy-ke", "2024-05"), Why::Fell);
}

#[test]
fn a_cumulative_measure_is_compared_with_last_year_as_it_is() {
    let mut tables = YTD.to_vec();
    tables.push(("2023-01", "luy-ke,dung-han-luy-ke\n60,50\n"));
    let loaded = load(&files(&tables));
    let asked = Asked(loaded.analysis());
    let d = asked
        .compare("luy-ke", "2024-01", Against::LastYear)
        .unwrap();
    assert!(!d.in_period);
    assert_eq!(
        (d.difference.to_plain(), d.percent.unwrap().to_plain()),
        ("30".into(), "50.0".into())
    );
}

#[test]
fn a_cumulative_share_of_a_target_is_not_compared_across_years() {
    let loaded = load(&files(&[
        ("2023-12", "luy-ke,dan-so\n900,1000\n"),
        ("2024-01", "luy-ke,dan-so\n90,1000\n"),
        ("2024-02", "luy-ke,dan-so\n190,1000\n"),
    ]));
    let asked = Asked(loaded.analysis());
    let of = |period| asked.compare("ty-le-giao", period, Against::Previous);
    assert_eq!(of("2024-01").unwrap_err().why, Why::Reset);
    // 19,0% against 9,0% within the year.
    assert_eq!(of("2024-02").unwrap().difference.to_plain(), "10.0");
}

#[test]
fn a_flow_is_added_up_where_no_month_is_missing() {
    let months = ["2024-01", "2024-02", "2024-03"];
    let all: Vec<(&str, &str)> = months
        .iter()
        .map(|m| (*m, "tiep-nhan,dung-han\n100,90\n"))
        .collect();
    let to_date = |tables: &[(&str, &str)], period: &str| {
        let loaded = load(&files(tables));
        let asked = Asked(loaded.analysis());
        let (m, unit) = (measure(&asked, "tiep-nhan"), asked.unit("binh-an"));
        let found = asked
            .0
            .year_to_date(m, unit, ServiceIx::WHOLE, asked.period(period));
        found
            .map(tiendo::decimal::Decimal::to_plain)
            .map_err(|missing| {
                let name = |m: &Missing| match m {
                    Missing::Known(p) => asked.0.period(*p).id.clone(),
                    Missing::Named(c) => c.format_vi(),
                    Missing::Days => "days".to_owned(),
                };
                missing.iter().map(name).collect::<Vec<_>>().join(", ")
            })
    };
    assert_eq!(to_date(&all, "2024-03"), Ok("300".into()));
    assert_eq!(to_date(&all[..2], "2024-02"), Ok("200".into()));
    assert_eq!(to_date(&all[1..], "2024-03"), Err("tháng 1/2024".into()));
    let mut gap = all.clone();
    gap[1].1 = "tiep-nhan,dung-han\n,\n";
    assert_eq!(to_date(&gap, "2024-03"), Err("2024-02".into()));
}

#[test]
fn a_stock_tells_its_net_change() {
    let loaded = load(&files(&[
        ("2023-12", "tai-khoan,dan-so\n50000,60000\n"),
        ("2024-01", "tai-khoan,dan-so\n50120,60000\n"),
    ]));
    let asked = Asked(loaded.analysis());
    assert_eq!(
        in_period(&asked, "tai-khoan", "2024-01"),
        Some(("120".into(), 0))
    );
    assert_eq!(in_period(&asked, "tai-khoan", "2023-12"), None);
}

#[test]
fn pages_show_both_and_mark_what_is_not_plain() {
    let made = pages(&YTD[..5]);
    let unit = &made["don-vi/binh-an/index.html"];
    assert!(unit.contains("Trong kỳ và lũy kế từ đầu năm"), "{unit}");
    assert!(unit.contains("gộp 2 kỳ, từ tháng 3/2024"), "{unit}");
    assert!(
        unit.contains("Chưa so với kỳ trước được: số liệu tháng 4/2024 gộp nhiều kỳ"),
        "{unit}"
    );
    let mut corrected = files(&YTD);
    let waiver = "[[waiver]]\ncode = \"cumulative-falls\"\nfile = \"data/2024-05/bang.csv\"\nreason = \"Đính chính.\"\nby = \"Văn phòng\"\nuntil = 2030-12-31\n";
    corrected.push(("data/waivers.toml".to_owned(), waiver.to_owned()));
    let fell = &pages_of(&corrected)["don-vi/binh-an/index.html"];
    assert!(
        fell.contains("Trong kỳ: −20 (số lũy kế giảm so với kỳ trước đó)"),
        "{fell}"
    );
    let february = &pages(&YTD[..4])["don-vi/binh-an/index.html"];
    assert!(
        february.contains("trong kỳ 110, tăng 20\u{a0}hồ sơ (22,2%)"),
        "{february}"
    );
    let flows = pages(&[
        ("2024-02", "tiep-nhan,dung-han\n100,90\n"),
        ("2024-03", "tiep-nhan,dung-han\n100,90\n"),
    ]);
    let flow = &flows["don-vi/binh-an/index.html"];
    assert!(flow.contains("thiếu số liệu tháng 1/2024"), "{flow}");
}

/// February brought 200 − 90 = 110, March 460 − 200 = 260: 150 more. Accounts are a level: 40 more are the net change.
#[test]
fn the_page_of_changes_says_what_its_figures_are() {
    let mut files = files(&[
        ("2024-01", "luy-ke,tai-khoan\n90,500\n"),
        ("2024-02", "luy-ke,tai-khoan\n200,510\n"),
        ("2024-03", "luy-ke,tai-khoan\n460,550\n"),
    ]);
    files[0].1 = files[0]
        .1
        .replace("\"luy-ke\"", "\"luy-ke\", \"tai-khoan\"");
    let pages = pages_of(&files);
    let page = &pages["ky/2024-03/thay-doi/index.html"];
    let row = |name: &str| {
        let mut rows = page.split("<tr>");
        rows.find(|r| r.contains(name)).unwrap().to_owned()
    };
    let cumulative = row("Hồ sơ lũy kế");
    for word in [">110<", ">260<", "số trong từng kỳ, tách từ số lũy kế"] {
        assert!(cumulative.contains(word), "{word}: {cumulative}");
    }
    assert!(!cumulative.contains("460"), "{cumulative}");
    let stock = row("Số tài khoản");
    for word in [">510<", ">550<", "thay đổi thuần", "40"] {
        assert!(stock.contains(word), "{word}: {stock}");
    }
}
