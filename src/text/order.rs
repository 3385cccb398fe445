//! Vietnamese alphabetical order: CLDR `vi`, numbers as numbers. Browsers sort alike.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::locale;

fn collator() -> Option<CollatorBorrowed<'static>> {
    let mut preferences = CollatorPreferences::from(locale!("vi"));
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}

thread_local! {
    static COLLATOR: Option<CollatorBorrowed<'static>> = collator();
}

/// Compares two texts in Vietnamese order.
pub fn compare(a: &str, b: &str) -> Ordering {
    COLLATOR.with(|c| c.as_ref().map_or_else(|| a.cmp(b), |c| c.compare(a, b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_follow_the_vietnamese_alphabet() {
        let mut names = ["Đà Nẵng", "Phường 10", "Ăn", "An", "Phường 2", "Dương", "Ân", "Cẩm"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["An", "Ăn", "Ân", "Cẩm", "Dương", "Đà Nẵng", "Phường 2", "Phường 10"]);
    }

    #[test]
    fn tones_come_in_their_order() {
        let mut names = ["mạ", "má", "mã", "mả", "mà", "ma"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["ma", "mà", "mả", "mã", "má", "mạ"]);
    }
}
