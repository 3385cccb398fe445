//! The keys under which an entry is found: a reader may begin with any word of a name, with its initials, with
//! another name or a code.

use crate::text::normal::fold;

/// The words of a text as they are matched: without accents, `y` as `i`, nothing but letters and digits.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded = fold(text).replace('y', "i");
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The keys of a name: from each word to the end, without spaces; the first one is the whole name.
pub(super) fn of_name(name: &str) -> Vec<String> {
    let words = words(name);
    (0..words.len()).map(|i| words[i..].concat()).collect()
}

/// The first letters of the words of a name that has several.
pub(super) fn initials(name: &str) -> Option<String> {
    let words = words(name);
    let firsts = words.iter().filter_map(|w| w.chars().next());
    (words.len() > 1).then(|| firsts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_each_of_its_words_and_by_its_initials() {
        assert_eq!(of_name("Việt Trì"), ["viettri", "tri"]);
        assert_eq!(of_name("Mỹ Lý"), ["mili", "li"]);
        assert_eq!(of_name("Ea H'Leo - Đắk"), ["eahleodak", "hleodak", "dak"]);
        assert_eq!(initials("Việt Trì").as_deref(), Some("vt"));
        assert_eq!(initials("Huế"), None);
        assert!(of_name("–").is_empty());
    }
}
