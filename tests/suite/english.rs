//! A small site in two languages: the names of its catalogue and the figures of its texts in English.

use std::collections::BTreeMap;

use crate::support::{built, tiendo_at, write_site};

const SITE: &str = r#"title = "Tiến độ Bình An"
base_url = "https://binhan.example/"
illustrative = true
number_style = "vi"

[languages]
list = ["vi", "en"]

[home]
indicators = ["ty-le", "tiep-nhan"]

[ranking]
minimum_base = 10
"#;

const UNITS: &str = "id,name,short_name,name_en,short_name_en,level,parent
binh-an,Tỉnh Bình An,Bình An,Binh An Province,Binh An,tinh,
binh-an/an-phu,Xã An Phú,An Phú,,,xa,binh-an
binh-an/an-hoa,Xã An Hòa,An Hòa,An Hoa Commune,,xa,binh-an
";

const SERVICES: &str = "id,name,short_name,name_en,short_name_en,kind
khai-sinh,Đăng ký khai sinh,Khai sinh,Birth registration,Births,service
ket-hon,Đăng ký kết hôn,Kết hôn,,,service
";

const MEASURES: &str = r#"[tiep-nhan]
label = "Hồ sơ tiếp nhận"
label_en = "Dossiers received"
unit = "hồ sơ"
unit_en = "dossiers"

[dung-han]
label = "Hồ sơ đúng hạn"
label_en = "Dossiers on time"
unit = "hồ sơ"
unit_en = "dossiers"
within = ["tiep-nhan"]
"#;

const INDICATORS: &str = r#"[ty-le]
label = "Tỷ lệ đúng hạn"
label_en = "Share on time"
short_label_en = "On time"
numerator = ["dung-han"]
denominator = ["tiep-nhan"]
of_whom = "hồ sơ tiếp nhận"
of_whom_en = "dossiers received"
decimals = 1
definition = "Hồ sơ đúng hạn chia cho hồ sơ tiếp nhận."
definition_en = "Dossiers on time, divided by dossiers received."
"#;

const TARGETS: &str = "period,indicator,unit,operator,value,as_written,deadline,deadline_kind
2026-05,ty-le,binh-an,>=,95,95%,2026-12-31,by
";

fn period(month: u8, end: u8) -> String {
    format!(
        "period = \"2026-0{month}\"\nlabel = \"Tháng {month}/2026\"\nstart = 2026-0{month}-01\nend = 2026-0{month}-{end}\ncadence = \"thang\"\nunit = \"binh-an\"\n"
    )
}

const MAY: &str = "đơn vị,dịch vụ,tiep-nhan,dung-han
binh-an,,11.000,9.900
binh-an/an-phu,,6.000,5.500
binh-an/an-hoa,,5.000,4.400
binh-an,khai-sinh,400,300
";

const JUNE: &str = "đơn vị,dịch vụ,tiep-nhan,dung-han
binh-an,,12.500,11.500
binh-an/an-phu,,7.000,6.300
binh-an/an-hoa,,5.500,5.200
binh-an,khai-sinh,420,330
binh-an,ket-hon,300,290
";

const ENGLISH: &str = r#"+++
title = "About Binh An"
+++

A: {{ value("tiep-nhan") }}. B: {{ value("ty-le", form="of-whom") }}. C: {{ change("ty-le") }}.
D: {{ change("tiep-nhan", form="full") }}. E: {{ rank("ty-le", unit="binh-an/an-hoa") }}. F: {{ target("ty-le") }}.
G: {{ value("tiep-nhan", form="number") }}.
H: {{ link("khai-sinh") }}, {{ link("ket-hon") }}, {{ link("2026-05") }}. I: {{ change("ty-le", against="last-year") }}.

{{ table("tiep-nhan", by="service") }}
"#;

const VIETNAMESE: &str = r#"+++
title = "Về Bình An"
+++

A: {{ value("tiep-nhan") }}. F: {{ target("ty-le") }}.
"#;

fn site() -> (tempfile::TempDir, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    let months = [period(5, 31), period(6, 30)];
    let files: [(&str, &str); 12] = [
        ("site.toml", SITE),
        ("data/catalog/units.csv", UNITS),
        ("data/catalog/services.csv", SERVICES),
        ("data/catalog/measures.toml", MEASURES),
        ("data/catalog/indicators.toml", INDICATORS),
        ("data/catalog/targets.csv", TARGETS),
        ("data/5/period.toml", &months[0]),
        ("data/5/so.csv", MAY),
        ("data/6/period.toml", &months[1]),
        ("data/6/so.csv", JUNE),
        ("content/index.md", VIETNAMESE),
        ("content/index.en.md", ENGLISH),
    ];
    let files = files.map(|(path, text)| (path, text.as_bytes()));
    write_site(folder.path(), &files);
    let made = built(folder.path(), &folder.path().join("public"));
    (folder, made)
}

/// The text of a page without its tags, with plain spaces.
fn words(html: &str) -> String {
    let parts = html
        .split('<')
        .map(|p| p.split_once('>').map_or(p, |(_, t)| t));
    parts.collect::<String>().replace('\u{a0}', " ")
}

#[test]
fn figures_of_an_english_text_are_english() {
    let (folder, files) = site();
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let english = page("en/index.html");
    let said = words(&english);
    for part in [
        "A: 12,500 dossiers.",
        "B: 11,500 of 12,500 dossiers received.",
        "C: up 2.0 percentage points.",
        "D: up 1,500 dossiers (13.6%) since May 2026.",
        "E: rank 1 of 2.",
        "F: at least 95% by 31 December 2026.",
        "G: 12,500.",
        "I: no figures for the same period last year.",
        "About Binh An",
    ] {
        assert!(said.contains(part), "{part} in:\n{said}");
    }
    assert!(
        said.contains("H: Birth registration, Đăng ký kết hôn, May 2026."),
        "{said}"
    );
    assert!(english.contains(">Birth registration</a>"));
    assert!(
        english.contains("lang=\"vi\">Đăng ký kết hôn</a>"),
        "{english}"
    );
    let own = words(&page("index.html"));
    for part in ["A: 12.500 hồ sơ.", "F: ít nhất 95%, hạn 31/12/2026."] {
        assert!(own.contains(part), "{part} in:\n{own}");
    }
    let checked = tiendo_at(folder.path(), &["check", "--format", "short"]);
    assert!(!checked.out.contains("figure-unbound"), "{}", checked.out);
}

#[test]
fn names_are_english_where_the_catalogue_has_them() {
    let (_folder, files) = site();
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let service = page("en/dich-vu/khai-sinh/index.html");
    assert!(service.contains("Birth registration"));
    assert!(!words(&service).contains("Đăng ký khai sinh"), "{service}");
    let other = page("en/dich-vu/ket-hon/index.html");
    assert!(other.contains("lang=\"vi\">Đăng ký kết hôn<"), "{other}");
    let unit = words(&page("en/don-vi/binh-an/an-hoa/index.html"));
    assert!(unit.contains("An Hoa Commune") && !unit.contains("An Hòa"));
    assert!(page("en/don-vi/binh-an/index.html").contains("Births"));
    let indicator = words(&page("en/chi-tieu/ty-le/index.html"));
    assert!(indicator.contains("Dossiers on time, divided by dossiers received."));
    // Vietnamese pages keep their names.
    assert!(!page("dich-vu/khai-sinh/index.html").contains("Birth"));
    let summaries = page("du-lieu/tom-tat.csv");
    assert!(summaries.contains("Birth registration") && summaries.contains("An Hoa Commune"));
}

#[test]
fn the_search_of_english_pages_knows_both_names() {
    let (_folder, files) = site();
    let index = |lang: &str| {
        let start = String::from_utf8(files[&format!("assets/tim-{lang}.js")].clone()).unwrap();
        let folder = start
            .split('\'')
            .nth(3)
            .or(start.split('"').nth(1))
            .unwrap();
        let below = format!("assets/{folder}/");
        let parts = files.iter().filter(|(path, _)| path.starts_with(&below));
        let parts = parts.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap());
        parts.collect::<String>()
    };
    let english = index("en");
    for part in [
        "Birth registration",
        "dangkikhaisinh",
        "An Hoa Commune",
        "xaanhoa",
    ] {
        assert!(english.contains(part), "{part} in {english}");
    }
    assert!(!index("vi").contains("Birth"));
}
