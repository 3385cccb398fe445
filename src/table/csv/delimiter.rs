//! Which sign parts the columns: the one that gives most records of the whole text the same width.

use std::collections::BTreeMap;

use super::fields::{Fields, Outcome};

/// The signs that may part columns.
pub(super) const DELIMITERS: [u8; 4] = *b",;\t|";

/// The delimiter that a text proves; a comma where no sign parts anything.
///
/// # Errors
/// The two delimiters between which nothing decides.
pub(super) fn find(text: &str) -> Result<u8, (u8, u8)> {
    let mut fits: Vec<(usize, u8)> = DELIMITERS
        .into_iter()
        .filter(|d| text.as_bytes().contains(d))
        .map(|d| (alike(text, d), d))
        .filter(|(records, _)| *records > 0)
        .collect();
    // Commas that stand in numbers or in sentences part no columns, where another sign may.
    if fits.len() > 1 && fits.iter().any(|(_, d)| *d == b',') && is_punctuation(text) {
        fits.retain(|(_, d)| *d != b',');
    }
    // A stable sort: the order of `DELIMITERS` stays among equals.
    fits.sort_by_key(|(records, _)| std::cmp::Reverse(*records));
    match fits[..] {
        [] => Ok(b','),
        [(first_records, first), (second_records, second), ..]
            if first_records == second_records =>
        {
            Err((first, second))
        }
        [(_, first), ..] => Ok(first),
    }
}

/// How many records have the commonest width, of those that are parted at all.
fn alike(text: &str, delimiter: u8) -> usize {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut fields, mut record) = (Fields::new(text, delimiter), Vec::new());
    while let Outcome::Record(_) = fields.record(&mut record) {
        if record.len() > 1 {
            *widths.entry(record.len()).or_default() += 1;
        }
    }
    widths.into_values().max().unwrap_or(0)
}

/// Whether every comma stands between two digits or before a space.
fn is_punctuation(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    text.match_indices(',').all(|(at, _)| {
        bytes.get(at + 1) == Some(&b' ') || (digit(at.checked_sub(1)) && digit(Some(at + 1)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_decides() {
        for (text, delimiter) in [
            ("a,b\n1,2\n", b','),
            ("Đơn vị;Tổng số, quý I\nHuế;1,5\nVinh;2\n", b';'),
            ("Bảng 1, tháng 8, năm 2026, bản cuối\na;b\n1;2\n3;4\n", b';'),
            ("a;b\n1,5;2,5\n3,5;4,5\n", b';'),
            ("Tên, địa chỉ;Số\nÔng A, Huế;1\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("\"a,b\";c\n\"d,e\";f\n", b';'),
            ("một cột\nhai\n", b','),
            ("", b','),
        ] {
            assert_eq!(find(text), Ok(delimiter), "{text}");
        }
        assert_eq!(find("a,b;c\nd,e;f\n"), Err((b',', b';')));
    }
}
