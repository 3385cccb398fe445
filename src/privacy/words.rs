//! Words that tell what a number is: those before it in its sentence, and those of its column's header.

use crate::text::normal::fold;

/// What the words around a text say of the numbers in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hint {
    /// Nothing.
    #[default]
    None,
    /// They are numbers of identity papers.
    Identity,
    /// They are telephone numbers.
    Phone,
    /// They are something else: money, codes of dossiers, bar codes.
    Other,
}

const IDENTITY: [&str; 22] = [
    "cccd",
    "cmnd",
    "cmtnd",
    "cmt",
    "can cuoc cong dan",
    "so can cuoc",
    "the can cuoc",
    "can cuoc",
    "chung minh nhan dan",
    "chung minh thu",
    "so chung minh",
    "so giay to",
    "giay to tuy than",
    "so dinh danh",
    "ma so dinh danh",
    "dinh danh ca nhan",
    "ma dinh danh cong dan",
    "id card",
    "identity card",
    "identity number",
    "national id",
    "citizen id",
];

const PHONE: [&str; 14] = [
    "dien thoai",
    "dt",
    "sdt",
    "dtdd",
    "di dong",
    "tel",
    "phone",
    "telephone",
    "mobile",
    "hotline",
    "duong day nong",
    "zalo",
    "fax",
    "so may",
];

const OTHER: [&str; 33] = [
    "ma ho so",
    "so ho so",
    "ma bien nhan",
    "so bien nhan",
    "ma bien lai",
    "so bien lai",
    "ma vach",
    "barcode",
    "bar code",
    "serial",
    "sery",
    "so seri",
    "ma thiet by",
    "ma thiet bi",
    "ma giao dich",
    "ma so thue",
    "mst",
    "tax code",
    "ma so doanh nghiep",
    "ma don vi",
    "ma so",
    "so hieu",
    "so ky hieu",
    "hash",
    "so tien",
    "kinh phi",
    "gia tri",
    "tong tien",
    "le phi",
    "amount",
    "dong",
    "vnd",
    "ma",
];

/// Words after a number of nine digits that make it a figure.
const COUNTED: [&str; 16] = [
    "dong", "vnd", "trieu", "ty", "the", "nguoi", "luot", "ho", "truong", "tai", "ban", "cong",
    "%", "usd", "giay", "cmnd",
];

/// Words between "CMND" and a number that make the number a count of cards.
const COUNTING: [&str; 12] = [
    "da cap",
    "duoc cap",
    "kich hoat",
    "luot",
    "ho so",
    "tai khoan",
    "thu hoi",
    "tong",
    "cua",
    "co",
    "cho",
    "la",
];

/// Labels that may stand against a number without a space.
const LABELS: [&str; 8] = ["cccd", "cmnd", "cmt", "dt", "sdt", "tel", "phone", "zalo"];

/// Characters of a header that are looked at.
const LONGEST_HEADER: usize = 2_000;

/// What a header, or the label of a row, says of its numbers.
pub fn hint_of(header: &str) -> Hint {
    let end = header.char_indices().nth(LONGEST_HEADER);
    let words = padded(end.map_or(header, |(end, _)| &header[..end]));
    if has(&words, &IDENTITY) {
        Hint::Identity
    } else if has(&words, &PHONE) {
        Hint::Phone
    } else if has(&words, &OTHER) {
        Hint::Other
    } else {
        Hint::None
    }
}

/// Whether a text is nothing but a label of identity papers: "Số CMND", "CCCD/CMND".
pub fn is_identity_label(text: &str) -> bool {
    text.len() < 60 && {
        let mut rest = fold(text);
        for word in IDENTITY {
            rest = rest.replace(word, " ");
        }
        rest.len() < text.len()
            && rest
                .split(' ')
                .all(|w| ["", "so", "ca", "nhan", "cong", "dan"].contains(&w))
    }
}

/// What the words of the sentence before a number say of it; the last of them counts.
pub(super) fn before(sentence: &str, far: bool) -> Hint {
    let words = padded(sentence);
    let reach = if far { words.len() } else { 32 };
    let mut from = words.len().saturating_sub(reach);
    while !words.is_char_boundary(from) {
        from -= 1;
    }
    let near = &words[from..];
    let last = |list: &[&str]| {
        let ends = list.iter().filter_map(|w| {
            let at = near.rfind(&format!(" {w} "))?;
            Some(at + w.len())
        });
        ends.max()
    };
    [
        (last(&OTHER), Hint::Other),
        (last(&PHONE), Hint::Phone),
        (last(&IDENTITY), Hint::Identity),
    ]
    .into_iter()
    .filter_map(|(at, hint)| Some((at?, hint)))
    .max_by_key(|(at, _)| *at)
    .map_or(Hint::None, |(_, hint)| hint)
}

/// Whether the words between the telling one and the number make it a count.
pub(super) fn counts(sentence: &str) -> bool {
    let words = padded(sentence);
    let after = IDENTITY
        .iter()
        .filter_map(|w| words.rfind(&format!(" {w} ")).map(|at| at + w.len() + 1))
        .max()
        .unwrap_or(0);
    has(&words[after..], &COUNTING)
}

/// Whether the words after a number make it a figure.
pub(super) fn is_counted(after: &str) -> bool {
    let words = fold(after);
    let first = words.split(' ').next().unwrap_or_default();
    COUNTED.contains(&first)
}

/// Whether the words after a number are of money.
pub(super) fn is_money(after: &str) -> bool {
    let words = fold(after);
    ["dong", "vnd", "trieu", "ty"].contains(&words.split(' ').next().unwrap_or_default())
}

/// Whether a text ends with a label that stands against its number.
pub(super) fn ends_with_label(text: &str) -> bool {
    let tail: String = {
        let mut last: Vec<char> = text.chars().rev().take(12).collect();
        last.reverse();
        last.into_iter().collect()
    };
    let words = fold(&tail);
    let last = words.rsplit(' ').next().unwrap_or_default();
    LABELS.contains(&last)
}

fn padded(text: &str) -> String {
    format!(" {} ", fold(text))
}

fn has(padded: &str, list: &[&str]) -> bool {
    list.iter().any(|w| padded.contains(&format!(" {w} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell() {
        for header in [
            "Số CMND",
            "CCCD/CMND",
            "so_giay_to",
            "Số định danh cá nhân",
            "Chứng minh nhân dân",
        ] {
            assert_eq!(hint_of(header), Hint::Identity, "{header}");
        }
        assert_eq!(hint_of("Số điện thoại"), Hint::Phone);
        assert_eq!(hint_of("Mã hồ sơ"), Hint::Other);
        assert_eq!(hint_of("Kinh phí (đồng)"), Hint::Other);
        assert_eq!(hint_of("Đơn vị"), Hint::None);
    }

    #[test]
    fn a_label_is_nothing_else() {
        assert!(is_identity_label("Số CMND"));
        assert!(is_identity_label("CCCD / CMND"));
        assert!(!is_identity_label(
            "Xác nhận số CMND khi đã được cấp thẻ CCCD"
        ));
        assert!(!is_identity_label("Tổng số"));
    }

    #[test]
    fn the_nearest_words_count() {
        assert_eq!(
            before("mã hồ sơ của người có CCCD số ", false),
            Hint::Identity
        );
        assert_eq!(before("CCCD, mã hồ sơ ", false), Hint::Other);
        assert_eq!(before("", true), Hint::None);
    }
}
