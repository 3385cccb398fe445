//! The part of a sheet: its cells one by one, rows and columns that are hidden, merged regions, headers and footers.

use std::io::BufRead;

use super::Shared;
use super::strings::{Runs, runs, unescape};
use super::styles::Style;
use crate::table::grid::{CellType, Merge};
use crate::table::workbook::format;
use crate::table::workbook::limits::Failure;
use crate::table::workbook::package::Package;
use crate::table::workbook::sheet::Sheet;
use crate::table::workbook::xml::{Element, Node, Xml};

/// Reads the sheet at `path`.
pub(super) fn read(
    package: &mut Package<'_>,
    path: &str,
    shared: &mut Shared,
    sheet: &mut Sheet<'_>,
) -> Result<(), Failure> {
    let mut xml = package.needed(path)?;
    // The row and the column after those read last, for files that leave the references out.
    let (mut row, mut next_row, mut next_column) = (0, 0, 0);
    loop {
        match xml.next()? {
            Node::Open(e) => match e.name() {
                "col" if is_hidden(&e, "width") => {
                    let first = e.number("min").unwrap_or(1u32).saturating_sub(1);
                    let last = e.number("max").unwrap_or(1u32).saturating_sub(1);
                    sheet.hide_columns(first, last)?;
                }
                "row" => {
                    row = e
                        .number::<u32>("r")
                        .map_or(next_row, |r| r.saturating_sub(1));
                    (next_row, next_column) = (row.saturating_add(1), 0);
                    if is_hidden(&e, "ht") {
                        sheet.hide_row(row);
                    }
                }
                "c" => {
                    let reference = e.get("r").and_then(|r| parse_reference(&r));
                    let at = reference.unwrap_or((row, next_column));
                    next_column = at.1.saturating_add(1);
                    cell(&mut xml, &e, at, shared, sheet)?;
                }
                "mergeCell" => {
                    let merge = e.get("ref").and_then(|r| parse_range(&r));
                    sheet.merge(merge.ok_or_else(|| xml.damaged())?)?;
                }
                "headerFooter" => {
                    let text = xml.text_where(|_| true)?;
                    sheet.text(&text)?;
                }
                _ => {}
            },
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

/// Whether a row or column is hidden, or has no size.
fn is_hidden(e: &Element, size: &str) -> bool {
    e.is_set("hidden") || e.number::<f64>(size).is_some_and(|s| s == 0.0)
}

/// What stands between the marks of a cell.
#[derive(Default)]
struct Stored {
    value: String,
    inline: Option<Runs>,
    has_formula: bool,
}

fn stored<R: BufRead>(xml: &mut Xml<R>) -> Result<Stored, Failure> {
    let end = xml.depth().saturating_sub(1);
    let mut out = Stored::default();
    loop {
        match xml.next()? {
            Node::Open(e) => match e.name() {
                "v" => out.value = xml.text_where(|_| true)?,
                "is" => out.inline = Some(runs(xml)?),
                "f" => {
                    out.has_formula = true;
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Node::Close if xml.depth() == end => return Ok(out),
            Node::End => return Err(xml.damaged()),
            _ => {}
        }
    }
}

fn cell<R: BufRead>(
    xml: &mut Xml<R>,
    e: &Element,
    (row, column): (u32, u32),
    shared: &mut Shared,
    sheet: &mut Sheet<'_>,
) -> Result<(), Failure> {
    let style = e
        .number("s")
        .map_or_else(Style::default, |s| shared.styles.get(s));
    let kind = e.get("t").unwrap_or_default();
    let stored = stored(xml)?;
    let value = stored.value.trim();
    if stored.has_formula && value.is_empty() && stored.inline.is_none() && kind != "str" {
        return sheet.unsolved(row, column);
    }
    let (text, kind) = match (kind.as_str(), &stored.inline) {
        (_, Some(runs)) => (joined(runs, style, sheet), CellType::Text),
        ("s", None) if value.is_empty() => return Ok(()),
        ("s", None) => {
            let runs = value.parse().ok().and_then(|n| shared.strings.get(n));
            let runs = runs.ok_or_else(|| xml.damaged())?;
            if let ([(text, None)], None) = (&runs[..], style.font) {
                return sheet.push_tidy(row, column, text, CellType::Text);
            }
            (joined(runs, style, sheet), CellType::Text)
        }
        ("str", None) => {
            let text = unescape(stored.value);
            (sheet.in_font(text, style.font), CellType::Text)
        }
        ("b", None) => (yes_no(value).to_owned(), CellType::Text),
        ("e", None) => (value.to_owned(), CellType::Error),
        ("d", None) => (
            value.strip_suffix("T00:00:00").unwrap_or(value).to_owned(),
            CellType::Date,
        ),
        _ => number(value, style, shared.is_1904),
    };
    sheet.push(row, column, &text, kind)
}

fn yes_no(value: &str) -> &'static str {
    match value {
        "" => "",
        "0" | "false" => "không",
        _ => "có",
    }
}

fn number(value: &str, style: Style, is_1904: bool) -> (String, CellType) {
    value
        .parse::<f64>()
        .ok()
        .and_then(|number| format::figure(number, style.format, is_1904))
        .unwrap_or_else(|| (value.to_owned(), CellType::Text))
}

fn joined(runs: &Runs, style: Style, sheet: &mut Sheet<'_>) -> String {
    runs.iter()
        .map(|(text, font)| sheet.in_font(text.clone(), font.or(style.font)))
        .collect()
}

/// `B7` → row 6, column 1.
pub(super) fn parse_reference(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().trim_start_matches('$');
    let letters = text.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, row) = text.split_at(letters);
    if letters.is_empty() || letters.len() > 6 {
        return None;
    }
    let column = letters.bytes().fold(0u32, |n, b| {
        n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    let row: u32 = row.trim_start_matches('$').parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}

/// `A1:B2` → both corners; a single cell is its own range.
pub(super) fn parse_range(text: &str) -> Option<Merge> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let ((top, left), (bottom, right)) = (parse_reference(first)?, parse_reference(last)?);
    Some(Merge {
        top,
        left,
        bottom,
        right,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read() {
        assert_eq!(parse_reference("B7"), Some((6, 1)));
        assert_eq!(parse_reference("$XFD$1048576"), Some((1_048_575, 16_383)));
        for text in [
            "",
            "7",
            "B",
            "B0",
            "B-1",
            "ABCDEFGHIJ1",
            "Đ1",
            "A99999999999",
        ] {
            assert_eq!(parse_reference(text), None, "{text}");
        }
        let range = parse_range("A1:C2").unwrap();
        assert_eq!(
            (range.top, range.left, range.bottom, range.right),
            (0, 0, 1, 2)
        );
    }
}
