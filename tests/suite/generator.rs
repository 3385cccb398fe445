//! The generator of illustrative sites: the same bytes each time, without findings, marked on every page.

use std::path::Path;

use crate::support::{built, files, tiendo_at};

#[expect(
    dead_code,
    reason = "the example's entry and messages are not needed here"
)]
#[path = "../../examples/generate/main.rs"]
mod generate;

fn write(folder: &Path) {
    let size = generate::size::Size::parse("12x5x6").unwrap();
    generate::generate(size, folder).unwrap();
}

#[test]
fn generated_sites_are_alike_clean_and_marked() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    write(&one);
    write(&two);
    assert!(files(&one) == files(&two), "two runs differ");

    let check = tiendo_at(&one, &["check", "--format", "json"]);
    let summary = &check.json()["summary"];
    assert_eq!(check.code, 0);
    assert_eq!(
        (&summary["errors"], &summary["warnings"]),
        (&0.into(), &0.into()),
        "{}",
        check.out
    );

    let made = built(&one, &folder.path().join("public"));
    for (path, bytes) in made.iter().filter(|(p, _)| p.ends_with(".html")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            text.to_uppercase().contains("SỐ LIỆU MINH HỌA"),
            "{path} is not marked"
        );
    }
}
