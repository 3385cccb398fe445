//! The switches for background, size and contrast, and pages under large letters.

use serde_json::json;

use crate::browser::browser;
use crate::finding::used;
use crate::support::{built, repository};

#[test]
fn a_reader_sets_background_size_and_contrast_and_every_page_keeps_them() {
    let Some(browser) = browser() else { return };
    let folder = tempfile::tempdir().unwrap();
    built(
        &repository().join("tests/sites/hai-tieng"),
        &folder.path().join("public"),
    );
    let script = r#"
        const look = (f) => {
            const style = f.contentWindow.getComputedStyle(f.contentDocument.body);
            const root = f.contentWindow.getComputedStyle(f.contentDocument.documentElement);
            const quiet = f.contentWindow.getComputedStyle(one(f, ".m, .k, .sub2"));
            return [style.backgroundColor, parseFloat(root.fontSize), quiet.color === style.color];
        };
        const pressed = (f) => all(f, ".see [aria-pressed=true]").map((b) => b.textContent);
        const press = (f, group, name) => {
            const list = all(f, `.see [role=group]`).find((g) => g.getAttribute("aria-label") === group);
            [...list.querySelectorAll("button")].find((b) => b.textContent === name).click();
        };
        const f = await open("index.html");
        one(f, ".see summary").click();
        out.shown = all(f, ".see button").every((b) => b.getBoundingClientRect().width > 0);
        out.first = [look(f), pressed(f)];
        press(f, "Nền trang", "Tối"); press(f, "Cỡ chữ", "Rất lớn"); press(f, "Tương phản", "Cao");
        out.set = [look(f), pressed(f)];
        const g = await open("don-vi/binh-an/index.html");
        out.kept = [look(g), pressed(g)];
        const e = await open("en/index.html");
        out.english = pressed(e);
        press(g, "Nền trang", "Theo máy"); press(g, "Cỡ chữ", "Thường"); press(g, "Tương phản", "Thường");
        const h = await open("index.html");
        out.again = [look(h), pressed(h)];
        const p = await open("index.html", { scripts: false });
        out.plain = p.contentWindow.getComputedStyle(one(p, ".see")).visibility;"#;
    let out = used(browser, &folder.path().join("public"), script);
    let usual = json!(["Theo máy", "Thường", "Thường"]);
    assert_eq!(out["shown"], true);
    assert_eq!(out["first"][1], usual);
    assert_eq!(out["first"][0][0], "rgb(255, 255, 255)");
    assert_eq!(out["first"][0][2], false, "quiet words differ");
    let set = &out["set"];
    assert_eq!(set[1], json!(["Tối", "Rất lớn", "Cao"]));
    assert_eq!(set[0][0], "rgb(18, 23, 28)");
    assert!(set[0][1].as_f64() > out["first"][0][1].as_f64(), "{out:#}");
    assert_eq!(
        set[0][2], true,
        "with high contrast all words are of one colour"
    );
    assert_eq!(&out["kept"], set);
    assert_eq!(out["english"], json!(["Dark", "Largest", "High"]));
    assert_eq!(out["again"], out["first"]);
    assert_eq!(out["plain"], "hidden", "without script there is no switch");
}
