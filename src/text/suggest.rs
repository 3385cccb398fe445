//! "Did you mean …?": the nearest known name, if one is near enough.

use super::normal::fold;

/// Names longer than this are titles; they are found, not guessed.
const LONGEST: usize = 200;

/// Returns the candidate nearest to `wanted`, compared as [`fold`] writes them; the first of equals.
///
/// Near is at most one slip (a wrong, missing, added or swapped letter) in every four letters, or a name that
/// `wanted` begins. `None` where no candidate is near.
pub fn suggest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    let length = wanted.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    candidates
        .enumerate()
        .filter_map(|(i, name)| slips(&wanted, length, &fold(name)).map(|s| (s, i, name)))
        .min_by_key(|(slips, i, _)| (*slips, *i))
        .map(|(_, _, name)| name)
}

/// Returns the period nearest to `wanted`: one of the same year whose month, quarter or week is the nearest, where
/// there is one (`2024-10` for `2024-09`), else as [`suggest`].
pub fn suggest_period<'a>(
    wanted: &str,
    candidates: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let numbered = |id: &str| -> Option<(String, i64)> {
        let head = id.trim().trim_end_matches(|c: char| c.is_ascii_digit());
        let number = &id.trim()[head.len()..];
        let fits = !head.is_empty() && (1..=2).contains(&number.len());
        Some((fold(head), number.parse().ok().filter(|_| fits)?))
    };
    let near = numbered(wanted).and_then(|(head, number)| {
        candidates
            .clone()
            .filter_map(|id| {
                numbered(id)
                    .filter(|(h, _)| *h == head)
                    .map(|(_, n)| (n.abs_diff(number), id))
            })
            .min()
            .map(|(_, id)| id)
    });
    near.or_else(|| suggest(wanted, candidates))
}

/// The number of slips between two folded names; `None` where there are too many.
fn slips(wanted: &str, length: usize, name: &str) -> Option<usize> {
    let name_length = name.chars().count();
    let longest = length.max(name_length);
    let allowed = (longest / 4).max(1);
    // The beginning of a longer name counts as its last slip that is still allowed.
    let begins = (length >= 6 && name.starts_with(wanted)).then_some(allowed);
    if name.is_empty() || longest > LONGEST || length.abs_diff(name_length) > allowed {
        return begins;
    }
    Some(strsim::damerau_levenshtein(wanted, name))
        .filter(|s| *s <= allowed && *s < longest)
        .or(begins)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{suggest, suggest_period};

    const NAMES: [&str; 5] = [
        "Xã Cẩm Lương",
        "Xã Cẩm Tú",
        "Huyện Lộc Hà",
        "Tỉnh Bình Định",
        "Hồ sơ tiếp nhận trực tuyến",
    ];

    #[test]
    fn the_nearest_name_is_offered() {
        for (wanted, found) in [
            ("xa Cam Luong", "Xã Cẩm Lương"),
            ("xã Cẩm Giang", "Xã Cẩm Lương"),
            ("huyện Lộ Hà", "Huyện Lộc Hà"),
            ("hồ sơ tiếp nhận", "Hồ sơ tiếp nhận trực tuyến"),
        ] {
            assert_eq!(suggest(wanted, NAMES.into_iter()), Some(found), "{wanted}");
        }
        assert_eq!(suggest("unti", ["unit", "until"].into_iter()), Some("unit"));
    }

    #[test]
    fn a_far_name_is_not() {
        for wanted in ["Tỉnh Quảng Ngãi", "Bình Dương", "Huế", "x", "", "   "] {
            assert_eq!(suggest(wanted, NAMES.into_iter()), None, "{wanted}");
        }
        assert_eq!(suggest("a", ["b"].into_iter()), None);
    }

    #[test]
    fn the_nearest_period_of_the_year_is_offered() {
        let known = [
            "2023-09",
            "2024-08",
            "2024-09",
            "2024-Q3",
            "2024",
            "2022-den-2023-06",
        ];
        for (wanted, found) in [
            ("2024-10", Some("2024-09")),
            ("2024-01", Some("2024-08")),
            ("2024-q4", Some("2024-Q3")),
            ("2024-9", Some("2024-09")),
            ("2025-10", None),
            ("tháng 9", None),
            ("", None),
        ] {
            assert_eq!(suggest_period(wanted, known.into_iter()), found, "{wanted}");
        }
    }

    proptest! {
        #[test]
        fn a_known_name_is_its_own_suggestion(names in proptest::collection::vec("[a-zđ]{3,9}", 1..6)) {
            prop_assert_eq!(suggest(&names[0], names.iter().map(String::as_str)), Some(names[0].as_str()));
        }
    }
}
