//! The shipped tables hold what the official lists hold, and every id and mapping leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::{after, before};
use super::*;

fn everything() -> Selection {
    select(&provinces("all"))
}

fn count(made: &Selection, level: Level, has_ended: bool) -> usize {
    let fits = |u: &&National| u.level == level && u.valid_to.is_some() == has_ended;
    made.units.iter().filter(fits).count()
}

fn find<'s>(made: &'s Selection, id: &str) -> (usize, &'s National) {
    let found = made.units.iter().enumerate().find(|(_, u)| u.id == id);
    found.unwrap_or_else(|| panic!("no unit {id}"))
}

/// The ids of what a unit came from, with the kinds.
fn origins(made: &Selection, id: &str) -> Vec<(ChangeKind, String)> {
    let (at, _) = find(made, id);
    let mut list: Vec<(ChangeKind, String)> = made
        .changes
        .iter()
        .filter(|c| c.to == at && c.kind != ChangeKind::Abolish)
        .map(|c| (c.kind, made.units[c.from].id.clone()))
        .collect();
    list.sort_by(|a, b| a.1.cmp(&b.1));
    list
}

#[test]
fn the_counts_are_those_of_the_lists() {
    let made = everything();
    assert_eq!(count(&made, Level::Province, false), 34);
    assert_eq!(count(&made, Level::Commune, false), 3321);
    // 63 before, 11 of which went on unchanged and are the units of today.
    assert_eq!(count(&made, Level::Province, true), 63 - 11);
    assert_eq!(before().filter(Line::is_province).count(), 63);
    assert_eq!(count(&made, Level::District, true), 696);
    // 10.040 rows in the source; five of island districts have neither code nor name and are left out.
    assert_eq!(count(&made, Level::Commune, true), 10_040 - 5);
}

#[test]
fn ids_are_unique_addresses_below_the_unit_above() {
    let made = everything();
    let ids: BTreeSet<&str> = made.units.iter().map(|u| u.id.as_str()).collect();
    assert_eq!(ids.len(), made.units.len());
    for unit in &made.units {
        assert!(crate::catalog::is_id(&unit.id), "{}", unit.id);
        let Some(parent) = unit.parent else {
            assert_eq!(unit.level, Level::Province);
            continue;
        };
        let above = &made.units[parent];
        let province = above.parent.map_or(above, |p| &made.units[p]);
        assert!(
            unit.id.starts_with(&format!("{}/", province.id)),
            "{}",
            unit.id
        );
    }
}

#[test]
fn every_end_of_the_mapping_resolves() {
    let today: BTreeSet<&str> = after().map(|l| l.code).collect();
    let mut rows = 0;
    let mut made_of: BTreeMap<&str, u32> = BTreeMap::new();
    for line in before() {
        if line.is_unchanged() {
            continue;
        }
        let is_divided = line.heirs().count() > 1;
        for (to, is_part) in line.heirs() {
            assert!(today.contains(to), "{} → {to}", line.code);
            // Who goes to several places goes to none of them whole.
            assert!(is_part || !is_divided, "{}", line.code);
            assert_eq!(to.len() == 2, line.is_province(), "{}", line.code);
            *made_of.entry(to).or_default() += 1;
            rows += u32::from(line.code.len() > 2);
        }
        assert!(
            line.is_district() || line.heirs().next().is_some(),
            "{}",
            line.code
        );
    }
    // 10.602 rows in the source; 28 give a commune a part of the namesake of a commune of another former province.
    assert_eq!(rows, 10_602 - 28);
    for line in after().filter(|l| !l.is_province()) {
        assert!(
            made_of.contains_key(line.code),
            "{} {}",
            line.code,
            line.name
        );
    }
    // Of all changes of the register both units exist, and nobody comes from a unit of today.
    let made = everything();
    for change in &made.changes {
        assert!(made.units[change.from].valid_to.is_some());
        assert!(made.units[change.to].valid_to.is_none());
    }
}

#[test]
fn known_units_have_their_addresses_and_their_history() {
    let made = everything();
    for (id, code, ended) in [
        ("phu-tho", "25", false),
        ("phu-tho-den-2025-06", "25", true),
        ("vinh-phuc", "26", true),
        ("binh-dinh", "52", true),
        ("gia-lai", "52", false),
        ("gia-lai-den-2025-06", "64", true),
        ("ha-tinh", "42", false),
        ("phu-tho/viet-tri", "07900", false),
        ("thanh-hoa/cam-luong", "15139", true),
        ("thanh-hoa/cam-tu", "15148", false),
        ("thanh-hoa/cam-tu-den-2025-06", "15154", true),
        ("thanh-hoa/cam-thuy-den-2025-06", "390", true),
        ("ha-tinh/loc-ha", "18568", false),
        ("quang-ngai/ly-son", "21548", false),
        ("quang-ngai-den-2025-06/ly-son", "536", true),
        ("ho-chi-minh/con-dao", "26732", false),
        ("quang-ninh/ba-che", "06978", false),
        ("dong-thap-den-2025-06/thanh-pho-cao-lanh", "866", true),
        ("dong-thap-den-2025-06/huyen-cao-lanh", "873", true),
        ("vinh-phuc/lap-thach", "246", true),
        ("ho-chi-minh-den-2025-06/quan-1", "760", true),
    ] {
        let (_, unit) = find(&made, id);
        assert_eq!((unit.code, unit.valid_to.is_some()), (code, ended), "{id}");
    }
    let merge = |list: &[&str]| -> Vec<(ChangeKind, String)> {
        list.iter()
            .map(|id| (ChangeKind::Merge, (*id).to_owned()))
            .collect()
    };
    assert_eq!(
        origins(&made, "gia-lai"),
        merge(&["binh-dinh", "gia-lai-den-2025-06"])
    );
    assert_eq!(
        origins(&made, "thanh-hoa/cam-tu"),
        merge(&[
            "thanh-hoa/cam-giang",
            "thanh-hoa/cam-luong",
            "thanh-hoa/cam-quy",
            "thanh-hoa/cam-tu-den-2025-06"
        ])
    );
    // A district without communes became a special zone.
    assert_eq!(
        origins(&made, "quang-ngai/ly-son"),
        [(
            ChangeKind::Rename,
            "quang-ngai-den-2025-06/ly-son".to_owned()
        )]
    );
    // The code of Ba Chẽ differs between the two lists; its four communes whole, a fifth in part.
    let kinds: Vec<ChangeKind> = origins(&made, "quang-ninh/ba-che")
        .iter()
        .map(|o| o.0)
        .collect();
    assert_eq!(kinds.iter().filter(|k| **k == ChangeKind::Merge).count(), 4);
    assert_eq!(kinds.iter().filter(|k| **k == ChangeKind::Split).count(), 1);
    // Thạnh Phú takes no part of the Mỹ An of another former province.
    let parts = origins(&made, "vinh-long/thanh-phu");
    assert!(
        parts.iter().all(|(_, id)| id.starts_with("ben-tre/")),
        "{parts:?}"
    );
}

#[test]
fn a_province_is_asked_for_by_code_id_or_name_of_today_or_of_before() {
    for word in [
        "25",
        "phu-tho",
        "Tỉnh Phú Thọ",
        "Phú Thọ",
        "26",
        "vinh-phuc",
        "phu-tho-den-2025-06",
    ] {
        assert_eq!(provinces(word), ["25"], "{word}");
    }
    // 15 was Yên Bái and is Lào Cai; 10 was Lào Cai and is nobody's now: both lead to the province of today.
    assert_eq!((provinces("15"), provinces("10")), (vec!["15"], vec!["15"]));
    assert_eq!(provinces("all").len(), 34);
    assert_eq!(provinces("narnia"), Vec::<&str>::new());
}

#[test]
fn one_province_brings_its_own_past_and_nothing_else() {
    let made = select(&provinces("25"));
    assert_eq!(count(&made, Level::Province, false), 1);
    assert_eq!(count(&made, Level::Commune, false), 148);
    let former: Vec<&str> = made
        .units
        .iter()
        .filter(|u| u.level == Level::Province && u.valid_to.is_some())
        .map(|u| u.id.as_str())
        .collect();
    assert_eq!(former, ["hoa-binh", "phu-tho-den-2025-06", "vinh-phuc"]);
    // Ids do not depend on what else a site asks for.
    let all: BTreeMap<(&str, bool, Level), String> = everything()
        .units
        .into_iter()
        .map(|u| ((u.code, u.valid_to.is_some(), u.level), u.id))
        .collect();
    for unit in &made.units {
        assert_eq!(
            all[&(unit.code, unit.valid_to.is_some(), unit.level)],
            unit.id
        );
    }
}
