//! Numbers and addresses that belong to a person, found in text: citizen numbers, telephone numbers, e-mails, and
//! tables or sentences that put names beside dates of birth.
//!
//! In: text with what its surroundings say ([`Hint`]). Out: where something stands ([`Hit`]), and the same text with
//! it masked. A finding rests on evidence (a structure that only such numbers have, whole tokens, telling words), for
//! a site of statistics is full of long numbers. Which files are searched, and what a finding means, is left to
//! `check::personal` and to the guard of `publish`.

mod email;
mod escapes;
mod mask;
mod numbers;
pub mod people;
mod runs;
pub mod words;

use std::borrow::Cow;
use std::ops::Range;

pub use escapes::{has_escapes, unescaped};
pub use mask::{mask, veil, veil_all, veil_known};
pub use words::Hint;

/// What belongs to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The number of twelve digits on a citizen's card.
    CitizenId,
    /// The number of nine digits on a former identity card.
    OldCitizenId,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
}

/// Something that belongs to a person, in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether its evidence is enough by itself; if not, only a whole column of such values tells.
    pub is_sure: bool,
}

/// Finds what belongs to a person in a text: a cell, a line or a whole file.
///
/// `year` is that of the as-of date, if there is one: nobody is born after it, and nobody is over 120.
pub fn scan(text: &str, hint: Hint, year: Option<u16>) -> Vec<Hit> {
    let mut hits = numbers::find(text, hint, year);
    hits.extend(email::find(text));
    hits.sort_by_key(|h| h.range.start);
    hits
}

/// The byte ranges of a text that [`scan`] would look at more closely. Meant for large texts: one pass, no allocation
/// where there is nothing.
pub fn candidates(text: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mails = memchr::memchr_iter(b'@', text).map(|at| at..at + 1);
    runs::runs(text).chain(mails)
}

/// One form for equal numbers and addresses, however they are grouped: digits only, `0` for `+84`; lower case.
pub fn canonical(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Email => text.to_lowercase(),
        Kind::Phone => numbers::national(text),
        Kind::CitizenId | Kind::OldCitizenId => numbers::digits(text),
    }
}

/// The text as it is searched: digits of other scripts as ours, spaces and hyphens of any kind as the plain ones,
/// invisible signs as a sign that divides nothing. One character stands for one, so that columns stay.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| plain_char(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(plain_char).collect())
}

/// As [`plain`], with the marks of Markdown that may stand inside a number passed over.
pub fn plain_markdown(text: &str) -> String {
    let plain_mark = |c| {
        if matches!(c, '*' | '`' | '~' | '_') {
            runs::NOTHING
        } else {
            plain_char(c)
        }
    };
    text.chars().map(plain_mark).collect()
}

fn plain_char(c: char) -> char {
    let digit = |first: u32| char::from_digit(u32::from(c).saturating_sub(first), 10).unwrap_or(c);
    match c {
        '\0'..='\u{9f}' => c,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => runs::NOTHING,
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '＠' => '@',
        '．' => '.',
        '０'..='９' => digit(0xff10),
        '٠'..='٩' => digit(0x660),
        '۰'..='۹' => digit(0x6f0),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        scan(&plain(text), Hint::None, Some(2026))
            .into_iter()
            .filter(|h| h.is_sure)
            .map(|h| h.kind)
            .collect()
    }

    #[test]
    fn numbers_of_persons_are_found_in_every_form() {
        for text in [
            "001099000000",
            "CCCD: 001 099 000 000",
            "001.099.000.000",
            "001 0 99 000000",
            "001-099-000000",
            "số 001\u{a0}099\u{a0}000\u{a0}000.",
            "００１０９９００００００",
            "001\u{200b}099\u{200b}000000",
            "cccd-001099000000",
        ] {
            assert_eq!(kinds(text), [Kind::CitizenId], "{text}");
        }
        for text in [
            "0900000000",
            "0900 000 000",
            "090.000.0000",
            "+84900000000",
            "(+84) 90 000 0000",
            "0084 900 000 000",
            "ĐT:0900000000",
            "https://zalo.me/0900000000",
            "(0256) 3000 000",
            "024.30000000",
            "0256 3000000",
            "điện thoại 056.3000000",
        ] {
            assert_eq!(kinds(text), [Kind::Phone], "{text}");
        }
        for text in [
            "CMND số 190000000",
            "số giấy tờ: 190 000 000",
            "chứng minh nhân dân 190.000.000",
        ] {
            assert_eq!(kinds(text), [Kind::OldCitizenId], "{text}");
        }
        assert_eq!(kinds("thư: Nguoi.Thu@vi-du.gov.vn, gấp"), [Kind::Email]);
        assert_eq!(kinds("0900000000-0900000001").len(), 2);
    }

    #[test]
    fn long_numbers_that_belong_to_nobody_are_passed_over() {
        for text in [
            "H44.228-260812-0001",
            "000.00.01.H44-260812-0001",
            "123.456.789.012 đồng",
            "123456789012",
            "036000291452",
            "097099000000",
            "001999000000",
            "001204000000000",
            "mã hồ sơ 001099000000",
            "190000000",
            "Tổng kinh phí 190000000 đồng",
            "Đã thu hồi CMND của 190.000.000 người",
            "190000000 thẻ CMND",
            "1022, 113, 18001091, 1900 1234",
            "mã số thuế 0312345678",
            "MST: 0312345678-001",
            "0.0912345678",
            "0,99 và 0,98",
            "08.12.2024 09:30",
            "05-06-2024-2025",
            "550e8400-e29b-41d4-a716-001099000000",
            "site.0912345678.css",
            "giu@2x.png",
            "@media (min-width: 40em)",
            "1 091 234 567 890",
            "M10 20.05 300 405 0 5-3",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn the_age_of_a_person_is_possible() {
        assert_eq!(kinds("001226000000"), [Kind::CitizenId]);
        assert_eq!(kinds("001227000000"), [], "born after the as-of date");
        assert_eq!(kinds("001005000000"), [], "over 120");
    }

    #[test]
    fn a_header_tells_what_its_column_holds() {
        let found = |text, hint| {
            let hits = scan(text, hint, Some(2026));
            hits.first().map(|h| (h.kind, h.is_sure))
        };
        assert_eq!(
            found("190000000", Hint::Identity),
            Some((Kind::OldCitizenId, true))
        );
        assert_eq!(
            found("1099000000", Hint::Identity),
            Some((Kind::CitizenId, true))
        );
        assert_eq!(
            found("001099000000", Hint::Other),
            Some((Kind::CitizenId, false))
        );
        assert_eq!(found("190000000", Hint::Other), None);
    }

    #[test]
    fn equal_numbers_have_one_form() {
        assert_eq!(canonical(Kind::Phone, "+84 900 000 000"), "0900000000");
        assert_eq!(canonical(Kind::Phone, "(0256) 3.000.000"), "02563000000");
        assert_eq!(canonical(Kind::Email, "A@B.vn"), "a@b.vn");
    }

    proptest! {
        #[test]
        fn any_text_is_searched(text in "\\PC{0,80}", hint in 0..4u8) {
            let hint = [Hint::None, Hint::Identity, Hint::Phone, Hint::Other][usize::from(hint)];
            let text = plain(&text).into_owned();
            for hit in scan(&text, hint, None) {
                prop_assert!(text.get(hit.range.clone()).is_some());
            }
            let _ = (veil(&text), veil_all(&text), plain_markdown(&text));
        }

        #[test]
        fn digits_and_signs_are_searched(text in "[0-9 .()+@a-c\u{1}đ/,-]{0,60}") {
            for hit in scan(&text, Hint::Identity, Some(2026)) {
                prop_assert!(text.get(hit.range.clone()).is_some());
            }
            prop_assert_eq!(veil(&text).chars().count(), text.chars().count());
        }

        #[test]
        fn candidates_cover_every_hit(text in "[0-9 .()+a-c\u{1}-]{0,60}") {
            let ranges: Vec<_> = candidates(text.as_bytes()).collect();
            for hit in scan(&text, Hint::Identity, Some(2026)) {
                prop_assert!(ranges.iter().any(|r| r.start < hit.range.end && hit.range.start < r.end));
            }
        }

        #[test]
        fn a_masked_number_cannot_be_read(serial in 0..1_000_000u32, before in "[b-lđ ]{0,8}", gap in "[ .-]?") {
            // Of these letters no word can be made that tells what a number is, such as "ma".
            let serial = format!("{serial:06}");
            for (number, tail) in [
                (format!("001{gap}099{gap}{serial}"), serial.clone()),
                (format!("0900{gap}{serial}"), serial.clone()),
                (format!("n{serial}@vi-du.vn"), serial.clone()),
            ] {
                let text = format!("{before} {number} x");
                let veiled = veil(&text);
                prop_assert!(!veiled.contains(&tail), "{}", veiled);
                prop_assert_eq!(scan(&veiled, Hint::None, None), vec![]);
            }
        }
    }
}
