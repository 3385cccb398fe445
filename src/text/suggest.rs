//! "Did you mean …?": the nearest known name, if one is near enough.

use super::normal::fold;

/// The candidate nearest to `wanted`, compared without accents; `None` where none is near. The first of equals.
pub fn suggest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    if wanted.is_empty() {
        return None;
    }
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let folded = fold(candidate);
        let longest = folded.chars().count().max(wanted.chars().count());
        let near = if longest > 200 { 0.0 } else { strsim::normalized_damerau_levenshtein(&wanted, &folded) };
        // A name written in full beside its short form shares the beginning.
        let near = if near < 0.99 && wanted.len() > 5 && folded.starts_with(&wanted) { near.max(0.9) } else { near };
        if near >= 0.7 && best.is_none_or(|(b, _)| near > b) {
            best = Some((near, candidate));
        }
    }
    best.map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let names = ["Xã Cẩm Lương", "Xã Cẩm Tú", "Huyện Lộc Hà"];
        assert_eq!(suggest("xa Cam Luong", names.into_iter()), Some("Xã Cẩm Lương"));
        assert_eq!(suggest("huyện Lộ Hà", names.into_iter()), Some("Huyện Lộc Hà"));
        assert_eq!(suggest("Bình Dương", names.into_iter()), None);
        assert_eq!(suggest("", names.into_iter()), None);
    }
}
