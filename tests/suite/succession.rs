//! Units over time: today's unit in the months before its first day, worked out by hand.

use tiendo::analysis::{Basis, Incomparable, Observation, State};
use tiendo::decimal::Decimal;
use tiendo::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use tiendo::pipeline::{self, Loaded, Options};
use tiendo::source::{SourceFile, Sources};
use tiendo::text::date::Date;

const MEASURES: &str = "[tiep-nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n\
[truc-tuyen]\nlabel = \"Trực tuyến\"\nunit = \"hồ sơ\"\nwithin = [\"tiep-nhan\"]\n\
[tai-khoan]\nlabel = \"Tài khoản\"\nnature = \"stock\"\n\
[so-dich-vu]\nlabel = \"Số dịch vụ\"\nadditive = false\n\
[luy-ke]\nlabel = \"Lũy kế\"\nnature = \"ytd\"\n\
[kinh-phi]\nlabel = \"Kinh phí\"\ntype = \"amount\"\nunit = \"đồng\"\n";
const INDICATORS: &str = "[ty-le]\nlabel = \"Tỷ lệ trực tuyến\"\nkind = \"ratio\"\ndirection = \"up\"\n\
numerator = [\"truc-tuyen\"]\ndenominator = [\"tiep-nhan\"]\ndecimals = 2\n";

/// A site with these units and changes, and one table for each month.
pub(crate) fn site(units: &str, changes: &str, tables: &[(&str, &str)]) -> Loaded {
    let mut files = vec![
        SourceFile::new(
            "site.toml",
            "title = \"Thử\"\n[ranking]\nminimum_base = 0\n",
        ),
        SourceFile::new(
            "data/catalog/units.csv",
            format!("id,code,name,level,parent,valid_from,valid_to\n{units}"),
        ),
        SourceFile::new(
            "data/catalog/unit_changes.csv",
            format!("date,kind,from,to,share,basis\n{changes}"),
        ),
        SourceFile::new("data/catalog/measures.toml", MEASURES),
        SourceFile::new("data/catalog/indicators.toml", INDICATORS),
    ];
    for (month, table) in tables {
        let (year, number) = month.split_once('-').unwrap();
        let last = last_day(year.parse().unwrap(), number.parse().unwrap());
        files.push(SourceFile::new(
            &format!("data/{month}/period.toml"),
            format!(
                "period = \"{month}\"\nlabel = \"Tháng {number}/{year}\"\nstart = {month}-01\nend = {month}-{last}\n\
                 unit = \"ca-nuoc\"\ncadence = \"thang\"\n"
            ),
        ));
        files.push(SourceFile::new(&format!("data/{month}/a.csv"), *table));
    }
    let loaded = pipeline::load(&Sources::new(files), &Options::default());
    assert!(
        loaded.analysis().units_with_figures().len() > 1,
        "{:?}",
        pipeline::check_loaded(&Sources::new(Vec::new()), &loaded)
    );
    loaded
}

fn last_day(year: u16, month: u8) -> u8 {
    tiendo::text::date::last_day_of_month(year, month)
}

pub(crate) fn unit(site: &Loaded, id: &str) -> UnitIx {
    site.analysis().catalog.units.find(id).unwrap()
}

pub(crate) fn month(site: &Loaded, id: &str) -> PeriodIx {
    let analysis = site.analysis();
    let list = &analysis.periods.list;
    PeriodIx::from_at(list.iter().position(|p| p.id == id).unwrap())
}

pub(crate) fn stat(site: &Loaded, id: &str) -> Stat {
    site.analysis().catalog.stat(id).unwrap()
}

pub(crate) fn observe(site: &Loaded, figure: &str, id: &str, when: &str) -> Observation {
    let (stat, unit, period) = (stat(site, figure), unit(site, id), month(site, when));
    site.analysis()
        .observe(stat, unit, ServiceIx::WHOLE, period)
}

/// How many of the units below a sum counts, and how many it could.
pub(crate) fn coverage(site: &Loaded, figure: &str, id: &str, when: &str) -> (usize, usize) {
    let (stat, unit, period) = (stat(site, figure), unit(site, id), month(site, when));
    site.analysis()
        .coverage(stat, unit, ServiceIx::WHOLE, period)
}

pub(crate) fn int(n: i64) -> Decimal {
    Decimal::from_int(n)
}

fn day(text: &str) -> Date {
    Date::parse_iso(text).unwrap()
}

const PROVINCES: &str = "ca-nuoc,,Cả nước,quoc-gia,,,\n\
binh-dinh,52,Tỉnh Bình Định,tinh,ca-nuoc,,2025-06-30\n\
gia-lai-den-2025-06,64,Tỉnh Gia Lai,tinh,ca-nuoc,,2025-06-30\n\
gia-lai,52,Tỉnh Gia Lai,tinh,ca-nuoc,2025-07-01,\n\
ha-noi,01,Thành phố Hà Nội,tinh,ca-nuoc,,\n";
const MERGED: &str = "2025-07-01,merge,binh-dinh,gia-lai,,NQ 202\n\
2025-07-01,merge,gia-lai-den-2025-06,gia-lai,,NQ 202\n";

#[test]
fn todays_province_has_the_counts_of_both_it_was_made_of() {
    let site = site(
        PROVINCES,
        MERGED,
        &[
            (
                "2025-06",
                "Mã đơn vị,Tiếp nhận,Trực tuyến\nbinh-dinh,68164,67073\ngia-lai-den-2025-06,31836,20000\nha-noi,1000,900\n",
            ),
            (
                "2025-07",
                "Mã đơn vị,Tiếp nhận,Trực tuyến\ngia-lai,90000,81000\nha-noi,1000,950\n",
            ),
        ],
    );
    // 68.164 + 31.836; 87.073 of 100.000 is 87,07 %. The mean of 98,40 % and 62,82 % would be 80,61 %.
    let count = observe(&site, "tiep-nhan", "gia-lai", "2025-06");
    assert_eq!(
        (count.state, count.value),
        (State::Value, Some(int(100_000)))
    );
    assert_eq!(
        (count.basis, count.counted, count.of),
        (Basis::Predecessors, 2, 2)
    );
    let ratio = observe(&site, "ty-le", "gia-lai", "2025-06");
    assert_eq!(ratio.sound(), Some(Decimal::new(8707, 2)));
    assert_eq!(
        (ratio.numerator, ratio.denominator),
        (Some(int(87_073)), Some(int(100_000)))
    );
    // 90,00 − 87,07; the change says that units were rearranged in between.
    let analysis = site.analysis();
    let delta = analysis
        .change(
            stat(&site, "ty-le"),
            unit(&site, "gia-lai"),
            ServiceIx::WHOLE,
            month(&site, "2025-07"),
        )
        .unwrap();
    assert_eq!(
        (delta.difference, delta.across),
        (Decimal::new(293, 2), Some(day("2025-07-01")))
    );
    let plain = analysis
        .change(
            stat(&site, "ty-le"),
            unit(&site, "ha-noi"),
            ServiceIx::WHOLE,
            month(&site, "2025-07"),
        )
        .unwrap();
    assert_eq!(plain.across, None);
    // The former provinces keep their months, and their series end.
    assert_eq!(
        observe(&site, "tiep-nhan", "binh-dinh", "2025-06").value,
        Some(int(68_164))
    );
    assert_eq!(
        observe(&site, "tiep-nhan", "binh-dinh", "2025-07").state,
        State::Absent
    );
    let series = analysis.series(
        stat(&site, "ty-le"),
        unit(&site, "binh-dinh"),
        ServiceIx::WHOLE,
        month(&site, "2025-07"),
    );
    assert_eq!(series.len(), 1);
    // 63 places then, 34 now: nobody moved up or down.
    let scope = tiendo::analysis::Scope {
        above: unit(&site, "ca-nuoc"),
        level: tiendo::model::Level::Province,
    };
    let (june, july) = (month(&site, "2025-06"), month(&site, "2025-07"));
    assert_eq!(
        analysis.scope_break(scope, june, july),
        Some(day("2025-07-01"))
    );
    // The country counts each dossier once: 68.164 + 31.836 + 1.000.
    assert_eq!(
        observe(&site, "tiep-nhan", "ca-nuoc", "2025-06").value,
        Some(int(101_000))
    );
}

#[test]
fn a_sum_of_some_predecessors_says_so_and_is_judged_by_nothing() {
    let site = site(
        PROVINCES,
        MERGED,
        &[
            (
                "2025-06",
                "Mã đơn vị,Tiếp nhận,Trực tuyến\nbinh-dinh,68164,67073\nha-noi,1000,900\n",
            ),
            (
                "2025-07",
                "Mã đơn vị,Tiếp nhận,Trực tuyến\ngia-lai,90000,81000\nha-noi,1000,950\n",
            ),
        ],
    );
    let o = observe(&site, "tiep-nhan", "gia-lai", "2025-06");
    assert_eq!((o.value, o.counted, o.of), (Some(int(68_164)), 1, 2));
    assert_eq!((o.is_partial(), o.sound()), (true, None));
    let change = site.analysis().change(
        stat(&site, "ty-le"),
        unit(&site, "gia-lai"),
        ServiceIx::WHOLE,
        month(&site, "2025-07"),
    );
    assert_eq!(change, None);
    let missing: Vec<UnitIx> = site
        .analysis()
        .predecessors(
            stat(&site, "tiep-nhan"),
            unit(&site, "gia-lai"),
            ServiceIx::WHOLE,
            month(&site, "2025-06"),
        )
        .into_iter()
        .filter(|p| !p.is_counted())
        .map(|p| p.part.unit)
        .collect();
    assert_eq!(missing, [unit(&site, "gia-lai-den-2025-06")]);
}

#[test]
fn what_is_stated_for_the_unit_itself_comes_first() {
    let site = site(
        PROVINCES,
        MERGED,
        &[(
            "2025-06",
            "Mã đơn vị,Tiếp nhận\nbinh-dinh,68164\ngia-lai-den-2025-06,31836\ngia-lai,99999\n",
        )],
    );
    let o = observe(&site, "tiep-nhan", "gia-lai", "2025-06");
    assert_eq!((o.value, o.basis), (Some(int(99_999)), Basis::Reported));
    // The restated figure does not count a second time above: 68.164 + 31.836.
    assert_eq!(
        observe(&site, "tiep-nhan", "ca-nuoc", "2025-06").value,
        Some(int(100_000))
    );
}

/// Cẩm Tú of today is made of four communes of Cẩm Thủy; code 15148 was Cẩm Giang's and is now its own.
const CAM_THUY: &str = "ca-nuoc,,Cả nước,quoc-gia,,,\n\
thanh-hoa,38,Tỉnh Thanh Hóa,tinh,ca-nuoc,,\n\
cam-thuy,390,Huyện Cẩm Thủy,huyen,thanh-hoa,,2025-06-30\n\
cam-quy,15136,Xã Cẩm Quý,xa,cam-thuy,,2025-06-30\n\
cam-luong,15139,Xã Cẩm Lương,xa,cam-thuy,,2025-06-30\n\
cam-giang,15148,Xã Cẩm Giang,xa,cam-thuy,,2025-06-30\n\
cam-tu-cu,15154,Xã Cẩm Tú,xa,cam-thuy,,2025-06-30\n\
cam-tu,15148,Xã Cẩm Tú,xa,thanh-hoa,2025-07-01,\n";
const CAM_TU: &str = "2025-07-01,merge,cam-quy,cam-tu,,\n2025-07-01,merge,cam-luong,cam-tu,,\n\
2025-07-01,merge,cam-giang,cam-tu,,\n2025-07-01,merge,cam-tu-cu,cam-tu,,\n\
2025-07-01,abolish,cam-thuy,cam-tu,,\n";

#[test]
fn a_commune_is_the_sum_of_communes_and_never_of_its_district() {
    let site = site(
        CAM_THUY,
        CAM_TU,
        &[(
            "2025-06",
            "Mã đơn vị,Tiếp nhận,Tài khoản,Số dịch vụ\ncam-quy,10,400,7\n15139,99,776,9\n15148,20,300,8\nXã Cẩm Tú,30,500,6\n",
        )],
    );
    // Codes and names of June mean the units of June: 15148 is Cẩm Giang.
    assert_eq!(
        observe(&site, "tiep-nhan", "cam-giang", "2025-06").value,
        Some(int(20))
    );
    assert_eq!(
        observe(&site, "tiep-nhan", "cam-tu-cu", "2025-06").value,
        Some(int(30))
    );
    // 10 + 99 + 20 + 30; the district was abolished and gives nothing on top.
    assert_eq!(
        observe(&site, "tiep-nhan", "cam-tu", "2025-06").value,
        Some(int(159))
    );
    // 400 + 776 + 300 + 500: a stock adds over places.
    assert_eq!(
        observe(&site, "tai-khoan", "cam-tu", "2025-06").value,
        Some(int(1976))
    );
    // Seven and nine services may be the same ones.
    let services = observe(&site, "so-dich-vu", "cam-tu", "2025-06");
    assert_eq!(
        services.state,
        State::NotComparable(Incomparable::NotAdditive)
    );
    // The province counts them once, through the district of then.
    assert_eq!(
        observe(&site, "tiep-nhan", "thanh-hoa", "2025-06").value,
        Some(int(159))
    );
}

/// Lộc Hà went to Thạch Hà and to the city of Hà Tĩnh on 1 January 2025; both were there before.
const LOC_HA: &str = "ca-nuoc,,Cả nước,quoc-gia,,,\n\
ha-tinh,42,Tỉnh Hà Tĩnh,tinh,ca-nuoc,,\n\
loc-ha,448,Huyện Lộc Hà,huyen,ha-tinh,,2024-12-31\n\
thach-ha,445,Huyện Thạch Hà,huyen,ha-tinh,,2025-06-30\n\
tp-ha-tinh,436,Thành phố Hà Tĩnh,huyen,ha-tinh,,2025-06-30\n\
xa-loc-ha,18568,Xã Lộc Hà,xa,ha-tinh,2025-07-01,\n\
vung,,Vùng ven biển,huyen,ha-tinh,2025-07-01,\n";
const DIVIDED: &str = "2025-01-01,split,loc-ha,thach-ha,,NQ 1283\n2025-01-01,split,loc-ha,tp-ha-tinh,,NQ 1283\n\
2025-07-01,abolish,thach-ha,xa-loc-ha,,\n";

#[test]
fn a_divided_district_is_never_apportioned() {
    let tables = [
        (
            "2024-12",
            "Mã đơn vị,Tiếp nhận\nloc-ha,120\nthach-ha,300\ntp-ha-tinh,500\n",
        ),
        (
            "2025-01",
            "Mã đơn vị,Tiếp nhận\nthach-ha,390\ntp-ha-tinh,520\n",
        ),
    ];
    let changes = format!("{DIVIDED}2025-07-01,merge,thach-ha,vung,,\n");
    let one = site(LOC_HA, &changes, &tables);
    // Thạch Hà's own figure of December is of its area then; the change says that the area moved.
    let analysis = one.analysis();
    let delta = analysis
        .change(
            stat(&one, "tiep-nhan"),
            unit(&one, "thach-ha"),
            ServiceIx::WHOLE,
            month(&one, "2025-01"),
        )
        .unwrap();
    assert_eq!(
        (delta.difference, delta.across),
        (Decimal::from_int(90), Some(day("2025-01-01")))
    );
    // A unit made of Thạch Hà holds a part of Lộc Hà that nobody stated.
    let o = observe(&one, "tiep-nhan", "vung", "2024-12");
    assert_eq!(
        (o.state, o.value),
        (State::NotComparable(Incomparable::Divided), None)
    );
    assert_eq!(
        observe(&one, "tiep-nhan", "vung", "2025-01").value,
        Some(int(390))
    );
    // The register says only that a commune lies where a district was: it has no figure of the district.
    assert_eq!(
        observe(&one, "tiep-nhan", "xa-loc-ha", "2024-12").state,
        State::Absent
    );
    // Where both heirs come together again, Lộc Hà is whole: 120 + 300 + 500.
    let both = format!("{changes}2025-07-01,merge,tp-ha-tinh,vung,,\n");
    let whole = site(LOC_HA, &both, &tables);
    assert_eq!(
        observe(&whole, "tiep-nhan", "vung", "2024-12").value,
        Some(int(920))
    );
}

#[test]
fn a_stated_share_makes_estimates_of_counts_only() {
    let units = "ca-nuoc,,Cả nước,quoc-gia,,,\na,,Xã A,xa,ca-nuoc,,2025-06-30\nb,,Xã B,xa,ca-nuoc,,2025-06-30\n\
m,,Xã M,xa,ca-nuoc,2025-07-01,\nn,,Xã N,xa,ca-nuoc,2025-07-01,\n";
    let changes = "2025-07-01,split,a,m,\"0,35\",QĐ 12\n2025-07-01,split,a,n,65%,QĐ 12\n2025-07-01,merge,b,m,,QĐ 12\n";
    let table = "Mã đơn vị,Tiếp nhận,Trực tuyến,Kinh phí\na,201,100,1000\nb,30,10,500\n";
    let site = site(units, changes, &[("2025-06", table)]);
    // 35 % of 201 is 70,35; with B's 30 it is 100,35, about 100.
    let o = observe(&site, "tiep-nhan", "m", "2025-06");
    assert_eq!(
        (o.value, o.is_estimate, o.is_partial()),
        (Some(int(100)), true, false)
    );
    // 65 % of 201 is 130,65, about 131.
    assert_eq!(
        observe(&site, "tiep-nhan", "n", "2025-06").value,
        Some(int(131))
    );
    for figure in ["kinh-phi", "ty-le"] {
        let o = observe(&site, figure, "m", "2025-06");
        assert_eq!(
            o.state,
            State::NotComparable(Incomparable::Divided),
            "{figure}"
        );
    }
}

#[test]
fn a_new_name_or_unit_above_carries_every_figure_over() {
    let units = "ca-nuoc,,Cả nước,quoc-gia,,,\na,,Xã A,xa,ca-nuoc,,2024-06-30\nb,,Phường A,xa,ca-nuoc,2024-07-01,2025-06-30\n\
c,,Phường A,xa,ca-nuoc,2025-07-01,\nx,,Xã X,xa,ca-nuoc,,\n";
    let changes = "2024-07-01,rename,a,b,,\n2025-07-01,reparent,b,c,,\n";
    let table = "Mã đơn vị,Tiếp nhận,Trực tuyến,Số dịch vụ\na,201,100,7\nx,1,1,1\n";
    let site = site(
        units,
        changes,
        &[
            ("2024-06", table),
            ("2025-07", "Mã đơn vị,Tiếp nhận\nc,5\n"),
        ],
    );
    assert_eq!(
        observe(&site, "tiep-nhan", "c", "2024-06").sound(),
        Some(int(201))
    );
    assert_eq!(
        observe(&site, "so-dich-vu", "c", "2024-06").sound(),
        Some(int(7))
    );
    // 100 of 201.
    assert_eq!(
        observe(&site, "ty-le", "c", "2024-06").sound(),
        Some(Decimal::new(4975, 2))
    );
    let analysis = site.analysis();
    let (from, to) = (month(&site, "2024-06"), month(&site, "2025-07"));
    assert_eq!(analysis.break_between(unit(&site, "c"), from, to), None);
    assert_eq!(analysis.breaks(unit(&site, "c"), from, to).len(), 2);
}
