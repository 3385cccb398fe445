//! What readers see of units over time: the break in charts and tables, the history of a unit, the open data.

use std::collections::BTreeMap;

use crate::support::{built, write_site};

const SITE: &str = "title = \"Thử sắp xếp\"\n[ranking]\nminimum_base = 0\n[home]\nindicators = [\"ty-le\", \"tiep-nhan\"]\n";
const UNITS: &str = "id,code,name,level,parent,valid_from,valid_to\n\
ca-nuoc,,Cả nước,quoc-gia,,,\n\
binh-dinh,52,Tỉnh Bình Định,tinh,ca-nuoc,,2025-06-30\n\
gia-lai-den-2025-06,64,Tỉnh Gia Lai,tinh,ca-nuoc,,2025-06-30\n\
gia-lai,52,Tỉnh Gia Lai,tinh,ca-nuoc,2025-07-01,\n\
ha-noi,01,Thành phố Hà Nội,tinh,ca-nuoc,,\n";
const CHANGES: &str = "date,kind,from,to,share,basis\n\
2025-07-01,merge,binh-dinh,gia-lai,,Nghị quyết 202/2025/QH15\n\
2025-07-01,merge,gia-lai-den-2025-06,gia-lai,,Nghị quyết 202/2025/QH15\n";
const MEASURES: &str = "[tiep-nhan]\nlabel = \"Tiếp nhận\"\nunit = \"hồ sơ\"\n\
[truc-tuyen]\nlabel = \"Trực tuyến\"\nunit = \"hồ sơ\"\nwithin = [\"tiep-nhan\"]\n\
[so-dich-vu]\nlabel = \"Số dịch vụ\"\nadditive = false\n";
const INDICATORS: &str = "[ty-le]\nlabel = \"Tỷ lệ trực tuyến\"\nkind = \"ratio\"\ndirection = \"up\"\n\
numerator = [\"truc-tuyen\"]\ndenominator = [\"tiep-nhan\"]\nof_whom = \"hồ sơ tiếp nhận\"\ndecimals = 2\n";
const MONTHS: [(&str, &str, &str); 5] = [
    ("04", "30", "binh-dinh,60000,50000,7\nha-noi,1000,900,7\n"),
    (
        "05",
        "31",
        "binh-dinh,61000,52000,7\ngia-lai-den-2025-06,30000,18000,9\nha-noi,1000,910,7\n",
    ),
    (
        "06",
        "30",
        "binh-dinh,68164,67073,7\ngia-lai-den-2025-06,31836,20000,9\nha-noi,1000,920,7\n",
    ),
    ("07", "31", "gia-lai,90000,81000,8\nha-noi,1000,930,7\n"),
    ("08", "31", "gia-lai,91000,82000,8\nha-noi,1000,950,7\n"),
];

/// The site up to a month.
fn site(months: usize) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let mut files = vec![
        ("site.toml".to_owned(), SITE.to_owned()),
        ("data/catalog/units.csv".to_owned(), UNITS.to_owned()),
        (
            "data/catalog/unit_changes.csv".to_owned(),
            CHANGES.to_owned(),
        ),
        ("data/catalog/measures.toml".to_owned(), MEASURES.to_owned()),
        (
            "data/catalog/indicators.toml".to_owned(),
            INDICATORS.to_owned(),
        ),
    ];
    for (month, last, rows) in &MONTHS[..months] {
        let number = month.trim_start_matches('0');
        files.push((
            format!("data/2025-{month}/period.toml"),
            format!(
                "period = \"2025-{month}\"\nlabel = \"Tháng {number}/2025\"\nstart = 2025-{month}-01\n\
                 end = 2025-{month}-{last}\nunit = \"ca-nuoc\"\ncadence = \"thang\"\n"
            ),
        ));
        let table = format!("Mã đơn vị,Tiếp nhận,Trực tuyến,Số dịch vụ\n{rows}");
        files.push((format!("data/2025-{month}/a.csv"), table));
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_bytes()))
        .collect();
    write_site(&root, &files);
    built(&root, &folder.path().join("public"))
}

/// The words of a page in one line, without marks of markup.
fn words(site: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let html = String::from_utf8_lossy(&site[path]);
    let mut text = String::new();
    let mut inside = false;
    let from = html.find("<main").unwrap();
    for c in html[from..].chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_break_stands_in_the_chart_and_in_its_table() {
    let site = site(5);
    let page = words(&site, "don-vi/gia-lai/index.html");
    for wanted in [
        "Số trước ngày 1/7/2025 là tổng của các đơn vị cũ; tỷ lệ tính lại từ tổng đó.",
        "Tháng 7/2025 90,00% Sắp xếp đơn vị 1/7/2025.",
        // 87.073 of 100.000; in April only one of two had reported, so no point is drawn.
        "Tháng 6/2025 87,07% cộng từ 2 đơn vị trước sắp xếp",
        "Tháng 4/2025 chưa có số liệu của tỉnh Gia Lai 83,33% 1 trong 2 đơn vị trước sắp xếp",
        "Tỷ lệ trực tuyến tăng từ 76,92% lên 90,11% kể từ 5/2025",
        "Hợp nhất từ tỉnh Bình Định và tỉnh Gia Lai (cũ) (Nghị quyết 202/2025/QH15): Tỉnh Bình Định , Tỉnh Gia Lai (cũ)",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    let svg = String::from_utf8_lossy(&site["don-vi/gia-lai/index.html"]).into_owned();
    assert!(svg.contains("class=\"brk\""), "no line at the break");
}

#[test]
fn a_former_unit_says_until_when_and_what_it_is_now() {
    let page = words(&site(5), "don-vi/binh-dinh/index.html");
    for wanted in [
        "Đến ngày 30/6/2025 Đơn vị này kết thúc ngày 30/6/2025. Số liệu được giữ nguyên. \
         Từ ngày hôm sau, số liệu ở trang tỉnh Gia Lai: Tỉnh Gia Lai",
        "Cùng tỉnh Gia Lai (cũ) hợp nhất vào tỉnh Gia Lai (Nghị quyết 202/2025/QH15): Tỉnh Gia Lai",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
}

#[test]
fn changes_across_the_break_say_so_and_ranks_are_not_compared() {
    let site = site(4);
    // 90,00 − 87,07.
    let unit = words(&site, "don-vi/gia-lai/index.html");
    let change =
        "tăng 2,93 điểm phần trăm so với tháng 6/2025, trước khi sắp xếp đơn vị ngày 1/7/2025";
    assert!(unit.contains(change), "{unit}");
    let why = "Không so hạng với kỳ trước: đơn vị được sắp xếp lại ngày 1/7/2025.";
    let ranking = words(&site, "xep-hang/ty-le/ca-nuoc/tinh/index.html");
    assert!(ranking.contains(why), "{ranking}");
    assert!(!ranking.contains("bậc"), "{ranking}");
    // Also for Hà Nội, which stayed as it was: two of three before, one of two now.
    let same = words(&site, "don-vi/ha-noi/index.html");
    assert!(same.contains(why), "{same}");
}

#[test]
fn the_open_data_hold_the_ratio_of_before_and_the_word_for_what_does_not_compare() {
    let site = site(5);
    let csv = String::from_utf8_lossy(&site["du-lieu/so-lieu.csv"]).into_owned();
    let rows: Vec<&str> = csv
        .lines()
        .filter(|l| l.starts_with("2025-06,2025-06-01,2025-06-30,gia-lai,"))
        .collect();
    assert_eq!(
        rows,
        [
            "2025-06,2025-06-01,2025-06-30,gia-lai,Tỉnh Gia Lai,,,measure,so-dich-vu,,,,,,,,,,,,not-comparable,,,",
            "2025-06,2025-06-01,2025-06-30,gia-lai,Tỉnh Gia Lai,,,indicator,ty-le,87.07,,=,,%,87073,100000,hồ sơ tiếp nhận,,,,final,,,tổng của 2 đơn vị trước sắp xếp",
        ]
    );
}
