//! Words and marks by which the rows of a sheet are told apart: titles, legends, groups, totals, notes.

use crate::table::grid::{CellType, GridCell, GridRow};
use crate::text::normal::{fold, nfc};

/// Whether a cell holds a figure: a number of the file, or text that is written as one.
pub(crate) fn is_figure(cell: &GridCell) -> bool {
    match cell.kind {
        CellType::Number | CellType::Percent => true,
        CellType::Date | CellType::Error => false,
        CellType::Text => is_figure_text(&cell.text),
    }
}

/// `2.971`, `79,03`, `99,9%`, `-5`, `9/11`, `58*`, `58 (1)`.
pub(crate) fn is_figure_text(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '−', '+']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || ".,%/*()\u{a0}\u{202f}".contains(c))
}

/// Whether a cell says that there is no figure, as data do and headers do not.
pub(super) fn is_absence(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "chua bao cao",
        "khong bao cao",
        "khong ap dung",
        "khong phat sinh",
        "khong co",
        "chua co",
        "co",
        "khong",
        "chua",
    ];
    let folded = fold(text);
    folded.is_empty() || WORDS.contains(&folded.as_str())
}

/// Whether a row only numbers its columns: `(1) (2) (3)=(2)/(1)`, `A B 1 2 3`, `1 2 3 4`.
pub(super) fn is_legend(row: &GridRow) -> bool {
    if row.cells.len() < 2 {
        return false;
    }
    let marked = row.cells.iter().all(|c| is_legend_mark(&c.text));
    marked || counts_up(row)
}

/// `(8)`, `(8)=(4)/(2)`, `8=4/2`, `(a)`.
fn is_legend_mark(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (head, formula) = compact.split_once('=').unwrap_or((&compact, ""));
    let inner = head.strip_prefix('(').and_then(|h| h.strip_suffix(')'));
    let is_number = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let is_letter = |t: &str| t.len() == 1 && t.bytes().all(|b| b.is_ascii_alphabetic());
    let is_formula = formula.contains(|c: char| c.is_ascii_digit())
        && formula
            .chars()
            .all(|c| c.is_ascii_digit() || "()+-−–*x×:/%[]".contains(c));
    match inner {
        Some(inner) => (is_number(inner) || is_letter(inner)) && (formula.is_empty() || is_formula),
        None => is_number(head) && is_formula,
    }
}

/// `1 2 3 4` or `A B 1 2 3`: letters first, then whole numbers from 1 on without a gap.
fn counts_up(row: &GridRow) -> bool {
    let letters = row
        .cells
        .iter()
        .take_while(|c| c.text.len() == 1 && c.text.bytes().all(|b| b.is_ascii_uppercase()))
        .count();
    let numbers = &row.cells[letters..];
    row.cells.len() >= 3
        && numbers.len() >= 2
        && numbers
            .iter()
            .enumerate()
            .all(|(i, c)| c.text.split('=').next().map(str::parse) == Some(Ok(i + 1)))
}

/// Whether a text stands above tables rather than in their headers.
pub(super) fn is_title(text: &str) -> bool {
    const ALWAYS: [&str; 7] = [
        "cong hoa xa hoi",
        "doc lap tu do",
        "phu luc",
        "mau so",
        "ban hanh kem theo",
        "kem theo ",
        "so lieu cong khai",
    ];
    const BEFORE_COLON: [&str; 9] = [
        "dvt",
        "don vi tinh",
        "don vi bao cao",
        "ky bao cao",
        "thoi diem",
        "tu ngay",
        "tinh den",
        "bang ",
        "nguon",
    ];
    const SENTENCES: [&str; 5] = ["bao cao ", "bieu ", "bang ", "tinh den ", "so lieu "];
    let folded = fold(text);
    let begins = |list: &[&str]| list.iter().any(|b| folded.starts_with(b));
    // A header word may begin like a title ("Từ ngày", "Số liệu tháng trước"); titles are longer.
    let words = folded.split(' ').count();
    (words >= 3 && begins(&ALWAYS))
        || (text.contains(':') && begins(&BEFORE_COLON))
        || (words >= 6 && begins(&SENTENCES))
}

/// The unit of measure that a title line declares: `ĐVT: hồ sơ`, `(Đơn vị tính: triệu đồng)`.
pub(super) fn unit_of_measure(text: &str) -> Option<String> {
    let (head, tail) = text.rsplit_once(':')?;
    let head = fold(head);
    let declares = head.ends_with("dvt") || head.ends_with("don vi tinh");
    let unit = tail.trim().trim_end_matches([')', '.', ';']).trim();
    (declares && !unit.is_empty() && unit.chars().count() <= 40).then(|| unit.to_owned())
}

/// How far a row of sums reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    /// All rows.
    Whole,
    /// The rows of a group.
    Part,
    /// `Cộng` alone: all rows, or those of the group it closes.
    Either,
}

/// Whether a text names a row of sums. Names of places are none: `Tổng Cọt`, `Cộng Hòa`.
pub(super) fn sum_label(text: &str) -> Option<Sum> {
    let folded = fold(text);
    let rest = |word: &str| {
        folded
            .strip_prefix(word)
            .filter(|r| r.is_empty() || r.starts_with(' '))
            .map(str::trim_start)
    };
    if !is_sum_word(text) {
        return None;
    }
    if ["tong so", "tong chung", "total", "grand total"].contains(&folded.as_str()) {
        return Some(Sum::Whole);
    }
    if let Some(what) = rest("tong cong").or_else(|| rest("cong chung")) {
        // `Tổng công ty` is a kind of company.
        let is_sum = what.split(' ').next() != Some("ty");
        let sum = if is_part(what) { Sum::Part } else { Sum::Whole };
        return is_sum.then_some(sum);
    }
    let what = rest("tong so")
        .or_else(|| rest("tong"))
        .or_else(|| rest("cong"))?;
    match what {
        "" => Some(if folded == "cong" {
            Sum::Either
        } else {
            Sum::Whole
        }),
        "toan tinh" | "toan thanh pho" | "toan huyen" | "toan xa" | "chung" => Some(Sum::Whole),
        _ if is_part(what) => Some(Sum::Part),
        _ => None,
    }
}

/// Whether the first word is written as the word for a sum is, where it has accents at all.
fn is_sum_word(text: &str) -> bool {
    let lower = nfc(text).to_lowercase();
    let first = lower
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| !w.is_empty());
    first.is_some_and(|w| ["tổng", "cộng", "tong", "cong", "total", "grand"].contains(&w))
}

/// What follows the word where a sum is of a group only: `Cộng I`, `Cộng khối xã`, `Tổng mục A`.
fn is_part(what: &str) -> bool {
    let first = what.split(' ').next().unwrap_or_default();
    ["khoi", "muc", "nhom", "phan", "cac"].contains(&first)
        || (!what.contains(' ') && is_ordinal(&first.to_uppercase()))
}

/// `I`, `IV`, `A`, `B`: what numbers groups.
pub(super) fn is_ordinal(text: &str) -> bool {
    const ROMAN: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
    ];
    let text = text.trim().trim_end_matches(['.', ')', ':', '-', ' ']);
    ROMAN.contains(&text) || (text.len() == 1 && text.bytes().all(|b| (b'A'..=b'G').contains(&b)))
}

/// `I. Sở, ngành`, `B) Xã, phường`: the text after the number of a group. A name such as `I Rơ Pao` has none.
pub(super) fn numbered_group(text: &str) -> Option<&str> {
    let end = text.find(['.', ')', ':'])?;
    let (mark, rest) = text.split_at(end);
    let name = rest.trim_start_matches(['.', ')', ':', '-', ' ']);
    // `X.` is short for xã.
    let is_number = is_ordinal(mark) && mark.trim() != "X";
    (is_number && !name.is_empty() && rest[1..].starts_with([' ', '\u{a0}'])).then_some(name)
}

/// A line of notes below a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoteLine<'t> {
    /// The mark that its cells bear, where it has one: `*`, `(1)`.
    pub(super) mark: Option<&'t str>,
    /// What it says.
    pub(super) text: &'t str,
}

/// Reads a line as a note: `Ghi chú: …`, `* Chưa kết nối`, `(1) Số liệu …`, `- …`.
pub(super) fn note_line(text: &str) -> Option<NoteLine<'_>> {
    let text = text.trim();
    if let Some(mark) = footnote_mark_at_start(text) {
        let rest = text[mark.len()..].trim_start_matches([':', '.', ' ', '\u{a0}']);
        let mark = mark.trim_start_matches('\\');
        return (!rest.is_empty()).then_some(NoteLine {
            mark: Some(mark),
            text: rest,
        });
    }
    let folded = fold(text);
    let begins = ["ghi chu", "luu y", "chu thich", "nguon", "noi nhan"]
        .iter()
        .any(|w| folded == *w || (folded.starts_with(w) && text.contains(':')));
    let is_item = text.starts_with("- ") || text.starts_with("+ ");
    (begins || is_item).then_some(NoteLine { mark: None, text })
}

fn footnote_mark_at_start(text: &str) -> Option<&str> {
    let stars = text.len() - text.trim_start_matches(['\\', '*']).len();
    if stars > 0 {
        return Some(&text[..stars]);
    }
    let inner = text.strip_prefix('(')?;
    let end = inner.find(')')?;
    let is_number = (1..=2).contains(&end) && inner[..end].bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| &text[..end + 2])
}

/// Splits a footnote mark off a name: `Xã A (1)`, `Xã A*`.
pub(crate) fn marked_name(text: &str) -> Option<(&str, &str)> {
    let name = text.trim_end_matches('*').trim_end_matches('\\');
    if name.len() < text.len() {
        return Some((name.trim_end(), text[name.len()..].trim_start_matches('\\')));
    }
    let (name, mark) = text.strip_suffix(')')?.rsplit_once('(')?;
    let is_number = (1..=2).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit());
    let name = name.trim_end();
    (is_number && !name.is_empty()).then(|| (name, &text[text.len() - mark.len() - 2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> GridRow {
        let cells = texts.iter().enumerate().filter(|(_, t)| !t.is_empty());
        GridRow {
            cells: cells
                .map(|(i, t)| GridCell {
                    column: u32::try_from(i).unwrap(),
                    at: 0,
                    text: (*t).to_owned(),
                    kind: CellType::Text,
                })
                .collect(),
            ..GridRow::default()
        }
    }

    #[test]
    fn legends_number_columns() {
        for texts in [
            &["(1)", "(2)", "(3)", "(4)=(2)+(3)"][..],
            &["(1)", "(2)", "(8)=(4)/(2)"],
            &["A", "B", "1", "2", "3=1/2"],
            &["A", "B", "1", "2", "3"],
            &["1", "2", "3"],
        ] {
            assert!(is_legend(&row(texts)), "{texts:?}");
        }
        for texts in [
            &["1", "Xã A", "2", "3"][..],
            &["1", "3", "4"],
            &["(1)"],
            &["1", "H44.01", "2"],
            &["5", "6", "7"],
        ] {
            assert!(!is_legend(&row(texts)), "{texts:?}");
        }
    }

    #[test]
    fn rows_of_sums_are_no_places() {
        for (text, wanted) in [
            ("TỔNG CỘNG", Some(Sum::Whole)),
            ("Tổng cộng:", Some(Sum::Whole)),
            ("Tổng", Some(Sum::Whole)),
            ("Tổng số", Some(Sum::Whole)),
            ("Tổng toàn tỉnh", Some(Sum::Whole)),
            ("TONG CONG", Some(Sum::Whole)),
            ("Cộng", Some(Sum::Either)),
            ("Cộng I", Some(Sum::Part)),
            ("Cộng khối xã", Some(Sum::Part)),
            ("Tổng cộng mục II", Some(Sum::Part)),
            ("Tổng Cọt", None),
            ("Xã Tổng Cọt", None),
            ("Cộng Hòa", None),
            ("Phường Cộng Hòa", None),
            ("Công Chính", None),
            ("Tống Trân", None),
            ("Sở Công Thương", None),
            ("Tổng công ty Điện lực", None),
            ("", None),
        ] {
            assert_eq!(sum_label(text), wanted, "{text}");
        }
    }

    #[test]
    fn groups_are_numbered_with_a_point() {
        assert_eq!(numbered_group("I. Sở, ngành"), Some("Sở, ngành"));
        assert_eq!(numbered_group("B) Xã, phường"), Some("Xã, phường"));
        for name in [
            "I Rơ Pao",
            "H. Lộc Hà",
            "X. Hy Cương",
            "P. 1",
            "TP. Huế",
            "I.",
            "Ia Grai",
        ] {
            assert_eq!(numbered_group(name), None, "{name}");
        }
        assert!(is_ordinal("IV.") && is_ordinal("A") && !is_ordinal("12") && !is_ordinal("Xã"));
    }

    #[test]
    fn titles_declare_the_unit_of_measure() {
        assert_eq!(unit_of_measure("ĐVT: hồ sơ").as_deref(), Some("hồ sơ"));
        assert_eq!(
            unit_of_measure("(Đơn vị tính: triệu đồng)").as_deref(),
            Some("triệu đồng")
        );
        assert_eq!(unit_of_measure("Đơn vị: UBND xã A"), None);
        assert!(is_title(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do"
        ));
        assert!(!is_title("Từ ngày") && !is_title("Đơn vị tính") && !is_title("Cộng Hòa"));
    }

    #[test]
    fn notes_and_their_marks() {
        let note = |t| note_line(t).map(|n| (n.mark, n.text));
        assert_eq!(note("* Chưa kết nối"), Some((Some("*"), "Chưa kết nối")));
        assert_eq!(note("\\* Chưa"), Some((Some("*"), "Chưa")));
        assert_eq!(note("(1): Từ 01/8"), Some((Some("(1)"), "Từ 01/8")));
        assert_eq!(note("Ghi chú:"), Some((None, "Ghi chú:")));
        assert_eq!(note("Xã Ghi"), None);
        assert_eq!(marked_name("Xã A (1)"), Some(("Xã A", "(1)")));
        assert_eq!(marked_name("Xã A*"), Some(("Xã A", "*")));
        assert_eq!(marked_name("Xã A (mới)"), None);
    }
}
