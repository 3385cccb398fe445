//! Vietnamese alphabetical order: CLDR `vi`, numbers in names as numbers. Browsers sort alike.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

thread_local! {
    static COLLATOR: Option<CollatorBorrowed<'static>> = collator();
}

fn collator() -> Option<CollatorBorrowed<'static>> {
    let mut preferences = CollatorPreferences::from(locale!("vi"));
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}

/// Compares two texts in Vietnamese order. Only equal texts are equal: where CLDR sees no difference, the
/// bytes decide.
pub fn compare(a: &str, b: &str) -> Ordering {
    let ordering = COLLATOR.with(|c| c.as_ref().map_or(Ordering::Equal, |c| c.compare(a, b)));
    ordering.then_with(|| a.cmp(b))
}

/// Returns bytes that compare as [`compare`] compares their texts, for lists sorted more than once.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 3 + 8);
    COLLATOR.with(|c| {
        if let Some(c) = c {
            let Ok(()) = c.write_sort_key_to(text, &mut key);
        }
    });
    // Keys hold no zero byte, so a shorter one still comes first.
    key.push(0);
    key.extend_from_slice(text.as_bytes());
    key
}

/// Sorts a list by the names of its items, each name weighed once; items of one name keep their order.
pub fn sort_by_name<T>(items: &mut [T], name: impl Fn(&T) -> &str) {
    items.sort_by_cached_key(|item| sort_key(name(item)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(sorted: &[&str]) {
        let mut names = sorted.to_vec();
        names.reverse();
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, sorted);
        names.reverse();
        sort_by_name(&mut names, |n| n);
        assert_eq!(names, sorted);
    }

    #[test]
    fn letters_follow_the_vietnamese_alphabet() {
        check(&[
            "An",
            "Ăn",
            "Ân",
            "Cẩm",
            "Dương",
            "Đà Nẵng",
            "Eo",
            "Êm",
            "Oa",
            "Ôm",
            "Ơn",
            "Un",
            "Ưu",
        ]);
    }

    #[test]
    fn numbers_in_names_are_numbers() {
        check(&["Phường 2", "Phường 10", "Phường 11"]);
    }

    #[test]
    fn tones_come_in_their_order() {
        check(&["ma", "mà", "mả", "mã", "má", "mạ"]);
    }

    proptest! {
        #[test]
        fn keys_agree_with_the_comparison(a in "[aăâdđeêAĐ0-9 à-ỹ.-]{0,8}", b in "[aăâdđeêAĐ0-9 à-ỹ.-]{0,8}") {
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), compare(&a, &b));
        }

        #[test]
        fn the_order_is_total(a in "\\PC{0,12}", b in "\\PC{0,12}", c in "\\PC{0,12}") {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            prop_assert_eq!(compare(&a, &b) == Ordering::Equal, a == b);
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }
    }
}
