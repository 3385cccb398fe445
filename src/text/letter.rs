//! Letters of the Vietnamese alphabet under which names are listed.

use super::normal::fold;
use unicode_normalization::UnicodeNormalization;

/// The letter under which a name stands: its first one without a tone mark, `Ấ` as `Â`.
pub fn initial(c: char) -> String {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let parts: String = c.to_uppercase().nfd().filter(|c| !is_tone(c)).collect();
    parts.nfc().collect()
}

/// A letter as one types it: `dd` for `Đ`, `aa` for `Â`, `aw` for `Ă`; `u4e2d` for one that has no such spelling.
pub fn typed(letter: &str) -> String {
    let typed = match letter {
        "Đ" => "dd",
        "Â" => "aa",
        "Ă" => "aw",
        "Ê" => "ee",
        "Ô" => "oo",
        "Ơ" => "ow",
        "Ư" => "uw",
        _ => "",
    };
    if !typed.is_empty() {
        return typed.to_owned();
    }
    let plain: String = fold(letter)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if plain.is_empty() {
        let code = letter.chars().next().map_or(0, u32::from);
        return format!("u{code:x}");
    }
    plain
}
