//! Totals of units of which some have not reported say so, wherever they are shown.

use crate::support::{built, repository};

#[test]
fn a_total_says_how_many_units_it_counts() {
    let folder = tempfile::tempdir().unwrap();
    let site = repository().join("tests/diagnostics/not-reported-ok");
    let made = built(&site, &folder.path().join("public"));
    let page = |path: &str| String::from_utf8_lossy(&made[path]).into_owned();
    let unit = page("don-vi/binh-an/index.html");
    assert!(
        unit.contains("hồ sơ, 2/3 đơn vị") || unit.contains(">2/3 đơn vị<"),
        "{unit}"
    );
    assert!(unit.contains("2/3 đơn vị đã báo cáo"), "{unit}");
    assert!(unit.contains("Xã An Đông"), "who is missing is named");
}
