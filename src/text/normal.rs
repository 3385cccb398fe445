//! One form for each text: NFC for what is kept, a folded form for what is matched.
//!
//! Folding is for comparing only; nothing folded is ever shown.

use std::borrow::Cow;

use super::foreign::OPEN;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns the text in Unicode normalisation form C.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Returns the text as names are matched: lower case, without accents, `đ` as `d`; punctuation and white space
/// of any kind as one space, none at the ends.
///
/// Dropping the accents unites the two places of a tone mark (`hoá`, `hóa`). The syllables that are written
/// with `i` and with `y` (`kí`/`ký`, `tỉ`/`tỷ`, `quí`/`quý`) have `y`. Apostrophes and invisible signs vanish,
/// so `M'Đrắk` and `MĐrắk` are one name; `%` stays.
pub fn fold(text: &str) -> String {
    with_y(unaccented(text))
}

/// Does what [`fold`] does, but leaves `i` and `y` as they are.
pub(super) fn unaccented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let signs = text.chars().filter(|c| !is_passed_over(*c));
    for c in signs.flat_map(char::to_lowercase).nfd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            // The second and third look like `đ` and come from old fonts.
            'đ' | 'ð' | 'ɖ' => out.push('d'),
            c if c.is_alphanumeric() || c == '%' => out.push(c),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Apostrophes inside names of the Highlands, and invisible signs of word processors.
fn is_passed_over(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`')
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// Writes the syllables that have two spellings with `y`, as official texts mostly do.
fn with_y(unaccented: String) -> String {
    const TWICE: [(&str, &str); 7] = [
        ("hi", "hy"),
        ("ki", "ky"),
        ("li", "ly"),
        ("mi", "my"),
        ("si", "sy"),
        ("ti", "ty"),
        ("qui", "quy"),
    ];
    let official = |s: &str| TWICE.iter().find(|(i, _)| *i == s).map(|(_, y)| *y);
    if !unaccented.split(' ').any(|s| official(s).is_some()) {
        return unaccented;
    }
    let syllables: Vec<&str> = unaccented
        .split(' ')
        .map(|s| official(s).unwrap_or(s))
        .collect();
    syllables.join(" ")
}

/// Words before a unit's own name that say what it is. With their accents, since `Quan Sơn` is no quận, and
/// `Tịnh Kỳ` no tỉnh.
const KINDS: [&str; 15] = [
    "ủy ban nhân dân",
    "uỷ ban nhân dân",
    "hội đồng nhân dân",
    "thành phố",
    "thị xã",
    "thị trấn",
    "đặc khu",
    "tỉnh",
    "quận",
    "huyện",
    "phường",
    "xã",
    "hđnd",
    "p",
    "q",
];

/// The same without accents, for texts that have none; of these only the first is dropped.
const PLAIN_KINDS: [&str; 9] = [
    "thanh pho",
    "thi xa",
    "thi tran",
    "dac khu",
    "tinh",
    "quan",
    "huyen",
    "phuong",
    "xa",
];

/// Short forms that are no Vietnamese words, so that they need no accents.
const SHORT_KINDS: [&str; 6] = ["uy ban nhan dan", "ubnd", "hdnd", "tp", "tx", "tt"];

/// Letters that stand for a kind only with a point after them.
const LETTERS: [&str; 3] = ["h.", "x.", "t."];

/// Returns the folded name of a unit without the words that say what it is: `UBND xã Hy Cương`, `X. Hy Cương`
/// and `hy cuong` are `hy cuong`, `Phường 01` is `1`.
///
/// Never empty for a text that [`fold`] does not make empty: `Xã` stays `xa`.
pub fn fold_name(text: &str) -> String {
    let tidy = nfc(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let mut rest = start(&tidy);
    let mut may_be_plain = tidy.is_ascii();
    loop {
        let kinds = KINDS.iter().chain(&SHORT_KINDS);
        if let Some(after) = without_one_of(kinds, rest).or_else(|| without_letter(rest)) {
            rest = after;
        } else if let Some(after) =
            without_one_of(PLAIN_KINDS.iter(), rest).filter(|_| may_be_plain)
        {
            rest = after;
            may_be_plain = false;
        } else {
            return without_leading_zeros(&fold(rest));
        }
    }
}

/// The text from its first letter, digit or per-cent sign on.
fn start(text: &str) -> &str {
    text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '%')
}

/// What follows one of `kinds` at the beginning of a text, if there is a name left.
fn without_one_of<'t, 'k>(
    mut kinds: impl Iterator<Item = &'k &'k str>,
    text: &'t str,
) -> Option<&'t str> {
    kinds.find_map(|kind| {
        let after = text
            .strip_prefix(kind)
            .filter(|a| !a.starts_with(char::is_alphanumeric))?;
        Some(start(after)).filter(|name| !unaccented(name).is_empty())
    })
}

fn without_letter(text: &str) -> Option<&str> {
    let after = LETTERS.iter().find_map(|l| text.strip_prefix(l))?;
    Some(start(after)).filter(|name| !unaccented(name).is_empty())
}

fn without_leading_zeros(folded: &str) -> String {
    let plain = |word: &str| -> usize {
        let is_number = word.bytes().all(|b| b.is_ascii_digit());
        if is_number {
            word.len() - word.trim_start_matches('0').len().max(1)
        } else {
            0
        }
    };
    let words: Vec<&str> = folded
        .split(' ')
        .map(|w| if w.is_empty() { w } else { &w[plain(w)..] })
        .collect();
    words.join(" ")
}

/// The first letter in lower case: a label inside a sentence. Names of all capitals stay.
pub fn lower_first(text: &str) -> String {
    if let Some(rest) = text.strip_prefix(OPEN) {
        return format!("{OPEN}{}", lower_first(rest));
    }
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_uppercase() || second.is_ascii_digit() => {
            format!("{first}{}", chars.as_str())
        }
        (Some(first), _) => first.to_lowercase().chain(chars).collect(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_fold_alike() {
        for (a, b) in [
            ("Hòa Bình", "Hoà Bình"),
            ("ủy ban", "uỷ ban"),
            ("Đăng kí dự thi", "đăng ký  dự thi"),
            ("tỉ lệ", "Tỷ lệ"),
            ("Quí I/2023", "quý I/2023"),
            ("Sở\u{a0}Ngoại vụ", "Sở\u{202f}Ngoại vụ "),
            ("khai sinh - thường trú", "khai sinh – thường trú"),
            (
                "Hộ gia đình, cá nhân (nếu có)",
                "hộ gia đình cá nhân nếu có",
            ),
            ("“Một cửa”…", "\"Một cửa\"..."),
            ("Ðồng Nai", "Đồng Nai"),
            ("Krông\u{200b}Búk", "KrôngBúk"),
            ("Ea H’leo", "Ea H'Leo"),
            ("Le\u{302}\u{323} Thuỷ", "Lệ Thủy"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        assert_eq!(fold("  Tỷ lệ (%) "), "ty le %");
        assert_eq!(fold("quý III"), "quy iii");
        assert_ne!(fold("Khai sinh"), fold("Khai tử"));
    }

    #[test]
    fn kinds_of_units_are_dropped_but_never_the_name() {
        for (text, name) in [
            ("UBND\u{a0}xã Hy Cương", "hy cuong"),
            ("ubnd xa hy cuong", "hy cuong"),
            ("Ủy ban nhân dân huyện Lộc Hà", "loc ha"),
            ("TP. Hồ Chí Minh", "ho chi minh"),
            ("TP.HCM", "hcm"),
            ("Thành phố Hồ Chí Minh", "ho chi minh"),
            ("X. Cẩm Lương", "cam luong"),
            ("TT Lăng Can", "lang can"),
            ("Phường 01", "1"),
            ("P.10", "10"),
            ("Đặc khu Hoàng Sa", "hoang sa"),
            ("Xã", "xa"),
            ("Huyện Quan Sơn", "quan son"),
            ("Quan Sơn", "quan son"),
            ("xa quan son", "quan son"),
            ("Xã Tịnh Kỳ", "tinh ky"),
            ("Phường Phương Canh", "phuong canh"),
            ("Công an xã Hy Cương", "cong an xa hy cuong"),
            ("", ""),
        ] {
            assert_eq!(fold_name(text), name, "{text}");
        }
    }

    #[test]
    fn decomposed_text_is_composed() {
        assert_eq!(nfc("e\u{302}\u{301}"), "ế");
        assert!(matches!(nfc("Bình Định"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn both_normal_forms_fold_alike(text in "[a-zà-ỹĐđ ,.-]{0,30}") {
            let (composed, parted): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(fold(&composed), fold(&parted));
            prop_assert_eq!(fold_name(&composed), fold_name(&parted));
        }

        #[test]
        fn a_name_is_never_lost(text in "\\PC{0,40}|((xã|tp|quan|p|x\\.|ubnd)[ .]){0,4}[a-z0]{0,2}") {
            prop_assert_eq!(fold_name(&text).is_empty(), fold(&text).is_empty());
        }
    }
}
