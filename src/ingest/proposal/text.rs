//! A proposal → the text of a mapping file.

use std::fmt::Write as _;

use super::{Column, Sureness, Table};

/// Where the table stands.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) path: &'a str,
    /// The sheet, where the file has several.
    pub(super) sheet: Option<&'a str>,
    /// Which table of the sheet it is, where it has several.
    pub(super) number: Option<usize>,
    /// Where the table stands in a JSON file.
    pub(super) json_path: Option<&'a str>,
    pub(super) has_hidden: bool,
}

/// Writes the mapping. Columns with a known header need no line; unclear ones stand as remarks, so that the
/// first check asks for them.
pub(super) fn mapping(table: &Table, frame: Frame<'_>) -> String {
    let mut out =
        String::from("# Đề xuất của `tiendo import`: xem lại từng dòng trước khi dùng.\n");
    let _ = write!(out, "files = {}", quoted(frame.path));
    if let Some(every) = every_period(frame.path) {
        let _ = write!(out, " # cho mọi kỳ: {}", quoted(&every));
    }
    out.push('\n');
    if let Some(sheet) = frame.sheet {
        let _ = writeln!(out, "sheet = {}", quoted(sheet));
    }
    if let Some(path) = frame.json_path {
        let _ = writeln!(out, "json_path = {}", quoted(path));
    }
    if let Some(number) = frame.number {
        let _ = writeln!(out, "table = {number}");
    }
    if frame.number.is_none()
        && (table.header_rows.len() > 1 || table.header_rows.first() > Some(&0))
    {
        let rows: Vec<String> = table
            .header_rows
            .iter()
            .map(|l| (l + 1).to_string())
            .collect();
        let _ = writeln!(out, "header_rows = [{}]", rows.join(", "));
    }
    if frame.has_hidden {
        out.push_str("# hidden = \"read\" # đọc cả dòng, cột ẩn; \"skip\": bỏ qua\n");
    }
    if !table.totals.is_empty() {
        out.push_str("# total_unit = \"…\" # nếu dòng tổng là số của một đơn vị\n");
    }
    let rules: Vec<&Column> = table
        .columns
        .iter()
        .filter(|c| c.sureness != Sureness::Known)
        .collect();
    if !rules.is_empty() {
        out.push_str("\n[columns]\n");
    }
    for column in rules {
        let key = if column.name.is_empty() {
            column.letter.clone()
        } else {
            quoted(&column.name)
        };
        let field = quoted(column.field.as_deref().unwrap_or("?"));
        let field = column.about.as_ref().map_or(field.clone(), |(key, id)| {
            format!("{{ field = {field}, {key} = {} }}", quoted(id))
        });
        let mark = if column.sureness == Sureness::Unclear {
            "# "
        } else {
            ""
        };
        let _ = writeln!(out, "{mark}{key} = {field} # cột {}", column.letter);
    }
    out
}

/// The pattern that fits the file of this name in every report; none where the path is a pattern already.
fn every_period(path: &str) -> Option<String> {
    let (_, name) = path.strip_prefix("data/")?.split_once('/')?;
    (!path.contains('*')).then(|| format!("data/*/{name}"))
}

/// A text between quotes, as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "\""
}
