//! One form for each text: NFC for what is kept, a folded form for what is matched.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in Unicode normalisation form C.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The text as names are matched: lower case, no accents, `đ` as `d`, punctuation and any white space as one
/// space. `i` and `y` stay as they are but where the field writes both (`kí`/`ký`, `tỉ`/`tỷ`, `lí`/`lý`).
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'đ' | 'Đ' => out.push('d'),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            '%' => out.push('%'),
            _ => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
        }
    }
    while out.ends_with(' ') {
        out.pop();
    }
    unify_i(&out)
}

/// Writes the syllables `ki`, `ti`, `li`, `mi`, `si`, `hi` with `y`, as official texts do.
fn unify_i(folded: &str) -> String {
    const PAIRS: [(&str, &str); 5] = [("ki", "ky"), ("ti", "ty"), ("li", "ly"), ("mi", "my"), ("qui", "quy")];
    if !folded.split(' ').any(|s| PAIRS.iter().any(|(i, _)| *i == s)) {
        return folded.to_owned();
    }
    let unified: Vec<&str> =
        folded.split(' ').map(|s| PAIRS.iter().find(|(i, _)| *i == s).map_or(s, |(_, y)| *y)).collect();
    unified.join(" ")
}

/// Words before a unit's own name that say what it is, folded. Longer ones first.
const TYPE_WORDS: [&str; 19] = [
    "uy ban nhan dan", "ubnd", "hdnd ubnd", "thanh pho", "thi xa", "thi tran", "dac khu", "tinh", "quan", "huyen",
    "phuong", "xa", "tp", "tx", "tt", "t p", "h", "p", "x",
];

/// The folded name of a unit without the words that say what it is. Never empty unless the text is.
pub fn fold_name(text: &str) -> String {
    let folded = fold(text);
    let mut rest = folded.as_str();
    'words: loop {
        for word in TYPE_WORDS {
            if let Some(after) = rest.strip_prefix(word).and_then(|r| r.strip_prefix(' ')) {
                rest = after;
                continue 'words;
            }
        }
        return rest.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (a, b) in [
            ("Hòa Bình", "Hoà Bình"),
            ("Đăng kí dự thi", "đăng ký  dự thi"),
            ("tỉ lệ", "Tỷ lệ"),
            ("Sở\u{a0}Ngoại vụ", "Sở Ngoại vụ "),
            ("khai sinh - thường trú", "khai sinh – thường trú"),
            ("Hộ gia đình, cá nhân", "hộ gia đình cá nhân"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
        assert_ne!(fold("Khai sinh"), fold("Khai tử"));
        assert_eq!(fold("quý III"), "quy iii");
    }

    #[test]
    fn type_words_are_dropped_but_never_the_name() {
        assert_eq!(fold_name("UBND\u{a0}xã Hy Cương"), "hy cuong");
        assert_eq!(fold_name("TP. Hồ Chí Minh"), "ho chi minh");
        assert_eq!(fold_name("Thành phố Hồ Chí Minh"), "ho chi minh");
        assert_eq!(fold_name("Xã"), "xa");
        assert_eq!(fold_name("Phường 1"), "1");
    }

    #[test]
    fn decomposed_text_is_composed() {
        assert_eq!(nfc("e\u{302}\u{301}"), "ế");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
