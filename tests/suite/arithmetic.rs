//! Rules between figures on small tables: what each finds, and what comes near and must not be found.

use tiendo::diagnostic::{Diagnostic, Language};
use tiendo::pipeline::{self, Options};
use tiendo::source::{SourceFile, Sources};

const UNITS: &str = "id,name,level,parent\n\
ha-giang,Tỉnh Hà Giang,tinh,\n\
an-bien,Xã An Biên,xa,ha-giang\n\
an-phu,Xã An Phú,xa,ha-giang\n\
an-lac,Xã An Lạc,xa,ha-giang\n\
so-y-te,Sở Y tế,co-quan,ha-giang\n";
const BLOCKS: &str = "id,name,parent,members\nkhoi,Khối thí điểm,ha-giang,an-bien|an-phu\n";
const SERVICES: &str = "id,name,short_name,kind,members,aliases\n\
khai-sinh,Đăng ký khai sinh,Khai sinh,service,,Đăng ký giấy khai sinh\n\
khai-tu,Đăng ký khai tử,Khai tử,service,,\n\
ho-tich,Lĩnh vực hộ tịch,Hộ tịch,group,khai-sinh|khai-tu,\n";
const MEASURES: &str = "[tiep-nhan]\nlabel = \"Tiếp nhận\"\n\
parts = [[\"truc-tuyen\", \"truc-tiep\"]]\n\
[truc-tuyen]\nlabel = \"Trực tuyến\"\n\
[truc-tiep]\nlabel = \"Trực tiếp\"\n\
[tai-khoan]\nlabel = \"Tài khoản\"\nnature = \"stock\"\n\
[dan-so]\nlabel = \"Dân số\"\nnature = \"stock\"\n";
const INDICATORS: &str = "[ty-le]\nlabel = \"Tỷ lệ trực tuyến\"\n\
numerator = [\"truc-tuyen\"]\ndenominator = [\"tiep-nhan\"]\n\
[kich-hoat]\nlabel = \"Tỷ lệ kích hoạt\"\n\
numerator = [\"tai-khoan\"]\ndenominator = [\"dan-so\"]\n";

fn period(id: &str, start: &str) -> String {
    format!(
        "period = \"{id}\"\nlabel = \"{id}\"\nstart = {start}\nend = 2024-09-30\nunit = \"ha-giang\"\ncadence = \"{id}\"\n"
    )
}

/// The findings of a site with these files beside the catalogue, those of rules about time and writing left out.
fn found(files: &[(&str, &str)]) -> Vec<Diagnostic> {
    let catalogue = [
        ("site.toml", "title = \"Thử\"\n"),
        ("data/catalog/units.csv", UNITS),
        ("data/catalog/blocks.csv", BLOCKS),
        ("data/catalog/services.csv", SERVICES),
        ("data/catalog/measures.toml", MEASURES),
        ("data/catalog/indicators.toml", INDICATORS),
    ];
    let ky = period("ky", "2024-09-01");
    let mut all: Vec<SourceFile> = catalogue
        .iter()
        .chain(files)
        .map(|(path, text)| SourceFile::new(path, *text))
        .collect();
    all.push(SourceFile::new("data/ky/period.toml", ky));
    let mut findings = pipeline::check(&Sources::new(all), &Options::default());
    findings.retain(|d| ["arithmetic", "identity"].contains(&d.code.family()));
    findings
}

fn told(d: &Diagnostic) -> String {
    let hint = d.hint(Language::Vietnamese).unwrap_or_default();
    format!("{}: {} | {hint}", d.code, d.message(Language::Vietnamese))
}

/// One table gives one finding that says all of these.
fn check(table: &str, wanted: &[&str]) {
    let findings = found(&[("data/ky/a.csv", table)]);
    let texts: Vec<String> = findings.iter().map(told).collect();
    assert_eq!(findings.len(), 1, "{table}\n{texts:#?}");
    for text in wanted {
        assert!(texts[0].contains(text), "{text} not in {}", texts[0]);
    }
}

fn check_silent(table: &str) {
    let findings = found(&[("data/ky/a.csv", table)]);
    let texts: Vec<String> = findings.iter().map(told).collect();
    assert!(texts.is_empty(), "{table}\n{texts:#?}");
}

#[test]
fn a_ratio_that_fails_is_read_in_other_ways() {
    let table = |rest: &str| format!("Tiếp nhận,Trực tuyến,Trực tiếp,Tỷ lệ trực tuyến\n{rest}\n");
    check(
        &table("400,100,300,\"33,3%\""),
        &["33,3% = 100 / 300: trực tuyến trên trực tiếp, không phải trên tiếp nhận"],
    );
    check(&table("400,300,100,\"0,75\""), &["phân số", "75,00%"]);
    check(
        &table("400,300,100,25%"),
        &["25% = 100 / 400: trực tiếp trên tiếp nhận, không phải trực tuyến"],
    );
    check(&table("300,200,100,\"66,6%\""), &["cắt bớt", "66,7%"]);
}

#[test]
fn the_written_precision_and_wording_are_respected() {
    let table = |stated: &str| {
        format!("Tiếp nhận,Trực tuyến,Trực tiếp,Tỷ lệ trực tuyến\n1000,984,16,{stated}\n")
    };
    for stated in [
        "98%",
        "\"98,4%\"",
        "trên 98%",
        "trên 90%",
        "gần 99%",
        "98..99%",
    ] {
        check_silent(&table(stated));
    }
    for stated in ["97%", "trên 99%", "dưới 98%", "\"98,5%\""] {
        check(&table(stated), &["ratio-differs"]);
    }
    // 12,5 % is both 12 % and 13 %.
    for stated in ["12%", "13%"] {
        check_silent(&format!(
            "Tiếp nhận,Trực tuyến,Trực tiếp,Tỷ lệ trực tuyến\n8,1,7,{stated}\n"
        ));
    }
}

#[test]
fn a_share_over_100_is_found_stated_or_not() {
    check(
        "Tài khoản,Dân số\n120,100\n",
        &["ratio-over-100", "120,00%"],
    );
    check(
        "Tài khoản,Dân số,Tỷ lệ kích hoạt\n120,100,120%\n",
        &["ratio-over-100", "120%"],
    );
    check_silent("Tài khoản,Dân số\n100,100\n");
    check_silent("Tài khoản,Dân số\n1,0\n");
}

#[test]
fn units_below_are_added_up() {
    check(
        "Đơn vị,Tài khoản\nTỉnh Hà Giang,300\nXã An Biên,200\nXã An Phú,150\n",
        &[
            "children-differ-from-parent",
            "2/3 đơn vị",
            "350",
            "đã vượt",
        ],
    );
    check(
        "Đơn vị,Tài khoản\nTỉnh Hà Giang,300\nXã An Biên,100\nXã An Phú,100\nXã An Lạc,99\n",
        &["3/3 đơn vị", "299"],
    );
    // An agency that reports nothing of the kind is not waited for; one that says so neither.
    check_silent("Đơn vị,Tài khoản\nTỉnh Hà Giang,300\nXã An Biên,200\nXã An Phú,50\n");
    check_silent(
        "Đơn vị,Tài khoản\nTỉnh Hà Giang,300\nXã An Biên,200\nXã An Phú,100\nXã An Lạc,không áp dụng\n",
    );
    // What is not exact is not judged as if it were.
    check_silent(
        "Đơn vị,Tài khoản\nTỉnh Hà Giang,300\nXã An Biên,100\nXã An Phú,hơn 50\nXã An Lạc,100\n",
    );
}

#[test]
fn a_block_is_the_sum_of_its_members() {
    check(
        "Đơn vị,Tài khoản\nKhối thí điểm,300\nXã An Biên,200\nXã An Phú,50\n",
        &[
            "children-differ-from-parent",
            "Khối thí điểm",
            "2/2 đơn vị",
            "250",
        ],
    );
    check_silent(
        "Đơn vị,Tài khoản\nKhối thí điểm,300\nXã An Biên,200\nXã An Phú,100\nXã An Lạc,70\n",
    );
}

#[test]
fn a_group_is_the_sum_of_its_services() {
    check(
        "Dịch vụ,Trực tuyến\nHộ tịch,30\nKhai sinh,12\nKhai tử,17\n",
        &["sum-differs", "29"],
    );
    check_silent("Dịch vụ,Trực tuyến\nHộ tịch,30\nKhai sinh,12\n");
    // Parts that are too many already.
    check(
        "Tiếp nhận,Trực tuyến,Trực tiếp\n100,60,50\n",
        &["sum-differs", "110"],
    );
}

#[test]
fn one_figure_in_two_files_or_periods_has_one_value() {
    let two = |a: &str, b: &str| {
        let text = |v: &str| format!("Chỉ tiêu,Giá trị\nTài khoản,{v}\n");
        found(&[("data/ky/a.csv", &text(a)), ("data/ky/b.csv", &text(b))])
    };
    let codes = |d: Vec<Diagnostic>| d.iter().map(|d| d.code.as_str()).collect::<Vec<_>>();
    assert_eq!(codes(two("31", "32")), ["same-key-differs"]);
    assert!(codes(two("hơn 60", "63")).is_empty());
    assert_eq!(codes(two("hơn 60", "59")), ["same-key-differs"]);
    let quarter = period("quy", "2024-07-01");
    let editions = |month: &str, quarter_value: &str| {
        let month = format!("Tài khoản,Tiếp nhận\n{month},10\n");
        let quarter_table = format!("Tài khoản,Tiếp nhận\n{quarter_value},35\n");
        found(&[
            ("data/ky/a.csv", &month),
            ("data/quy/period.toml", &quarter),
            ("data/quy/a.csv", &quarter_table),
        ])
    };
    // A stock is that of the day; what came in a month is not what came in a quarter.
    assert_eq!(codes(editions("500", "501")), ["same-key-differs"]);
    assert!(codes(editions("500", "500")).is_empty());
    let shares = |a: &str, b: &str| {
        let text =
            |v: &str| format!("Chỉ tiêu,Giá trị\nTài khoản,9\nDân số,11\nTỷ lệ kích hoạt,{v}\n");
        let b = format!("Chỉ tiêu,Giá trị\nTỷ lệ kích hoạt,{b}\n");
        found(&[("data/ky/a.csv", &text(a)), ("data/ky/b.csv", &b)])
    };
    assert!(codes(shares("82%", "\"81,8%\"")).is_empty());
}

#[test]
fn a_service_is_suggested_by_any_of_its_names() {
    check(
        "Dịch vụ,Tiếp nhận\nĐăng ký giấy khai sin,3\n",
        &[
            "service-unknown",
            "có phải ý bạn là `Đăng ký giấy khai sinh`",
        ],
    );
}
