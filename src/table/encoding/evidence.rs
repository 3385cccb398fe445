//! Which old encoding bytes are in: the words are decoded by each, and one must give Vietnamese while no other does.

use std::collections::BTreeSet;

use super::Encoding;
use crate::text::syllable::is_syllable;

const CANDIDATES: [Encoding; 3] = [Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni];

/// Different words looked at: enough that a chance likeness means nothing, and a large file takes no longer.
const MOST_WORDS: usize = 2_000;

/// With fewer different words, one chance syllable would decide.
const FEWEST_WORDS: usize = 3;

/// The one encoding in which the words are Vietnamese.
///
/// # Errors
/// The encodings suspected, likeliest first, where none or more than one fits.
pub(super) fn legacy(bytes: &[u8]) -> Result<Encoding, Vec<Encoding>> {
    let words = words(bytes);
    let mut scores: Vec<(usize, Encoding)> = CANDIDATES
        .iter()
        .map(|c| (words.iter().filter(|w| is_vietnamese(w, *c)).count(), *c))
        .collect();
    scores.sort_by_key(|(valid, _)| std::cmp::Reverse(*valid));
    let [(best, winner), (second, _), ..] = scores[..] else {
        return Err(CANDIDATES.to_vec());
    };
    // Seven of ten: lists are full of abbreviations and names of other languages, which are no syllables.
    if words.len() >= FEWEST_WORDS && best * 10 >= words.len() * 7 && second * 2 <= best {
        return Ok(winner);
    }
    let likely: Vec<Encoding> = scores
        .iter()
        .filter(|(valid, _)| *valid > 0 && valid * 2 > best)
        .map(|(_, c)| *c)
        .collect();
    Err(if likely.is_empty() {
        CANDIDATES.to_vec()
    } else {
        likely
    })
}

/// Different words with a byte beyond ASCII, in order of their bytes.
fn words(bytes: &[u8]) -> BTreeSet<&[u8]> {
    let is_letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let mut words = BTreeSet::new();
    for word in bytes.split(|b| !is_letter(b)) {
        if !word.is_ascii() && words.insert(word) && words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

fn is_vietnamese(word: &[u8], encoding: Encoding) -> bool {
    let Ok(text) = encoding.text(word) else {
        return false;
    };
    let text = text.trim_matches(['\u{a0}', '“', '”', '‘', '’', '–', '—', '…', '«', '»', '•']);
    !text.is_ascii() && is_syllable(text)
}

/// The byte order of UTF-16 text without its mark: text of this kind has line ends and spaces, of which each has one
/// zero byte on the same side, and no control characters.
pub(super) fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let mut fits = [Encoding::Utf16Le, Encoding::Utf16Be]
        .into_iter()
        .filter(|e| is_plain_text(bytes, *e));
    let first = fits.next()?;
    fits.next().is_none().then_some(first)
}

fn is_plain_text(bytes: &[u8], encoding: Encoding) -> bool {
    let Ok(text) = encoding.text(bytes) else {
        return false;
    };
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let familiar = |c: &char| c.is_ascii() || ('\u{a0}'..='\u{24f}').contains(c);
    let count = text.chars().count();
    !text.contains(is_control)
        && text.chars().any(|c| matches!(c, '\n' | ' ' | '\t'))
        && text.chars().filter(familiar).count() * 2 > count
}
