//! `diff` from outside: of any two months of any site nothing differs from itself, and back is the inverse of there.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{tiendo_at, write_site};

const PERIOD: &str = "period = \"2026-PP\"\nlabel = \"Tháng PP/2026\"\nstart = 2026-PP-01\nend = 2026-PP-30\nunit = \"an\"\ncadence = \"thang\"\n";

/// What a commune says in a month: nothing, or two counts of which the first may be "more than".
type Said = Option<(i64, i64, bool)>;

fn table(list: &[Said]) -> String {
    let mut text = String::from("Mã đơn vị,Hồ sơ,Đúng hạn\n");
    for (i, said) in list.iter().enumerate() {
        if let Some((of, share, is_more)) = said {
            let sign = if *is_more { "hơn " } else { "" };
            writeln!(text, "an/u{i},{sign}{of},{}", of * share / 100).unwrap();
        }
    }
    text
}

/// A list of the answer as sorted texts; changes with old and new swapped where asked.
fn list(answer: &Value, name: &str, is_swapped: bool) -> Vec<String> {
    let (old, new) = if is_swapped {
        ("new", "old")
    } else {
        ("old", "new")
    };
    let told = answer[name]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| match c.get("id") {
            Some(id) => json!([c["unit"], c["service"], id, c[old], c[new]]).to_string(),
            None => json!([c["unit"], c["figures"]]).to_string(),
        });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

fn said() -> impl Strategy<Value = Said> {
    proptest::option::weighted(0.8, (0i64..200, 0i64..=100, proptest::bool::weighted(0.1)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn there_and_back(
        old in prop::collection::vec(said(), 4),
        new in prop::collection::vec(said(), 4),
    ) {
        prop_assume!(old.iter().any(Option::is_some) && new.iter().any(Option::is_some));
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let mut units = String::from("id,name,level,parent\nan,Tỉnh An,tinh,\n");
        for i in 0..4 {
            writeln!(units, "an/u{i},Xã Số {i},xa,an").unwrap();
        }
        write_site(root, &[
            ("site.toml", "title = \"Thử\"\n[ranking]\nminimum_base = 1\n".as_bytes()),
            ("data/catalog/units.csv", units.as_bytes()),
            ("data/catalog/measures.toml", "[ho-so]\nlabel = \"Hồ sơ\"\n[dung-han]\nlabel = \"Đúng hạn\"\n".as_bytes()),
            (
                "data/catalog/indicators.toml",
                "[ty-le]\nlabel = \"Tỷ lệ\"\nnumerator = [\"dung-han\"]\ndenominator = [\"ho-so\"]\ndecimals = 1\n".as_bytes(),
            ),
            ("data/t8/period.toml", PERIOD.replace("PP", "08").as_bytes()),
            ("data/t8/a.csv", table(&old).as_bytes()),
            ("data/t9/period.toml", PERIOD.replace("PP", "09").as_bytes()),
            ("data/t9/a.csv", table(&new).as_bytes()),
        ]);
        let diff = |a: &str, b: &str| {
            let run = tiendo_at(root, &["diff", a, b, "--format", "json"]);
            assert!(run.code < 2, "{}", run.err);
            run.json()
        };
        let same = diff("2026-09", "2026-09");
        let (there, back) = (diff("2026-08", "2026-09"), diff("2026-09", "2026-08"));
        for (a, b) in [
            ("rose", "fell"),
            ("fell", "rose"),
            ("changed", "changed"),
            ("appeared", "vanished"),
            ("vanished", "appeared"),
            ("newcomers", "silent"),
            ("silent", "newcomers"),
        ] {
            prop_assert_eq!(list(&there, a, false), list(&back, b, true), "{} {}", a, b);
            prop_assert_eq!(list(&same, a, false), Vec::<String>::new());
        }
        prop_assert_eq!(&there["counts"]["compared"], &back["counts"]["compared"]);
    }
}
