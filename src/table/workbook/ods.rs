//! ODS (`OpenDocument` 1.2): `content.xml` → sheets; properties, headers and footers as texts.
//!
//! Rows and cells are repeated by a number. Empty ones are passed over however often they are repeated; what is
//! repeated with text in it counts against the limits.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::sync::Arc;

use super::fonts::FontEncoding;
use super::format::{self, Format};
use super::limits::{self, Budget, Failure, check};
use super::package::Package;
use super::sheet::Sheet;
use super::xml::{Element, Node, Xml};
use super::{Outcome, Workbook, place_of};
use crate::diagnostic::{Checked, Place};
use crate::source::SourceFile;
use crate::table::grid::{CellType, Merge};

pub(super) fn read(file: &SourceFile) -> Outcome {
    let mut package = Package::open(&file.bytes)?;
    if is_encrypted(&mut package)? {
        return Err(Failure::Encrypted);
    }
    let mut out = Checked::new(Workbook::default(), Vec::new());
    content(&mut package, file, &mut out)?;
    outside(
        &mut package,
        "meta.xml",
        |_| true,
        &file.path,
        &mut out.value.texts,
    )?;
    outside(
        &mut package,
        "styles.xml",
        is_margin,
        &file.path,
        &mut out.value.texts,
    )?;
    Ok(out)
}

fn is_encrypted(package: &mut Package<'_>) -> Result<bool, Failure> {
    let Some(mut xml) = package.xml("META-INF/manifest.xml")? else {
        return Ok(false);
    };
    loop {
        match xml.next()? {
            Node::Open(e) if e.name() == "encryption-data" => return Ok(true),
            Node::End => return Ok(false),
            _ => {}
        }
    }
}

fn content(
    package: &mut Package<'_>,
    file: &SourceFile,
    out: &mut Checked<Workbook>,
) -> Result<(), Failure> {
    let mut xml = package.needed("content.xml")?;
    let mut budget = Budget::default();
    let mut styles = Styles::default();
    let mut style = String::new();
    loop {
        match xml.next()? {
            Node::Open(e) => match e.full_name() {
                "style:style" => style = e.get("style:name").unwrap_or_default(),
                "style:table-properties"
                    if e.get("table:display").is_some_and(|d| d == "false") =>
                {
                    styles.hidden.insert(style.clone());
                }
                "style:text-properties" => {
                    let font = e.get("style:font-name").or_else(|| e.get("fo:font-family"));
                    if let Some(font) = font.and_then(|f| FontEncoding::of(f.trim_matches('\''))) {
                        styles.fonts.insert(style.clone(), font);
                    }
                }
                "table:table" => {
                    let name = e.get("table:name").unwrap_or_default();
                    let is_hidden = e
                        .get("table:style-name")
                        .is_some_and(|s| styles.hidden.contains(&s));
                    let mut sheet = Sheet::new(&file.path, &name, is_hidden, &mut budget);
                    table(&mut xml, &styles, &mut sheet)?;
                    let (grid, texts) = sheet.finish(&mut out.diagnostics);
                    out.value.grids.push(grid);
                    out.value.texts.extend(texts);
                    check("limit-sheets", out.value.grids.len() as u64, limits::SHEETS)?;
                }
                "table:named-range" => {
                    let name = e.get("table:name").unwrap_or_default();
                    let range = e.get("table:cell-range-address").unwrap_or_default();
                    out.value.texts.push((place_of(&file.path, &name), range));
                    check(
                        "limit-defined-names",
                        out.value.texts.len() as u64,
                        limits::CELLS,
                    )?;
                }
                _ => {}
            },
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

/// What styles say that matters here.
#[derive(Default)]
struct Styles {
    /// Styles of sheets that are hidden.
    hidden: BTreeSet<String>,
    /// Styles with an old font.
    fonts: BTreeMap<String, FontEncoding>,
}

/// Rows or columns that follow, by how many.
fn repeated(e: &Element, name: &str) -> u32 {
    e.number::<u32>(name).unwrap_or(1).max(1)
}

/// Whether a row or column is hidden, by hand or by a filter.
fn is_hidden(e: &Element) -> bool {
    e.get("table:visibility").is_some_and(|v| v != "visible")
}

fn table<R: BufRead>(
    xml: &mut Xml<R>,
    styles: &Styles,
    sheet: &mut Sheet<'_>,
) -> Result<(), Failure> {
    let end = xml.depth() - 1;
    let (mut row, mut column) = (0u32, 0u32);
    loop {
        match xml.next()? {
            Node::Open(e) => match e.full_name() {
                "table:table-column" => {
                    let next = column.saturating_add(repeated(&e, "table:number-columns-repeated"));
                    if is_hidden(&e) {
                        sheet.hide_columns(column, next - 1)?;
                    }
                    column = next;
                }
                "table:table-row" => {
                    let next = row.saturating_add(repeated(&e, "table:number-rows-repeated"));
                    let cells = cells(xml, styles, sheet)?;
                    if !cells.is_empty() {
                        put(sheet, row, next, is_hidden(&e), &cells)?;
                    }
                    row = next;
                }
                "table:shapes" => {
                    let text = xml.text_where(|_| true)?;
                    sheet.text(&text)?;
                }
                _ => {}
            },
            Node::Close if xml.depth() == end => return Ok(()),
            Node::End => return Err(xml.damaged()),
            _ => {}
        }
    }
}

/// A cell, or several that are alike.
struct Cells {
    column: u32,
    count: u32,
    text: String,
    kind: CellType,
    is_unsolved: bool,
    spanned: (u32, u32),
    comments: Vec<String>,
    shapes: Vec<String>,
}

impl Cells {
    fn is_empty(&self) -> bool {
        self.text.is_empty()
            && !self.is_unsolved
            && self.spanned == (1, 1)
            && self.comments.is_empty()
            && self.shapes.is_empty()
    }
}

/// The cells of a row that hold something.
fn cells<R: BufRead>(
    xml: &mut Xml<R>,
    styles: &Styles,
    sheet: &mut Sheet<'_>,
) -> Result<Vec<Cells>, Failure> {
    let end = xml.depth() - 1;
    let (mut found, mut column) = (Vec::new(), 0u32);
    loop {
        match xml.next()? {
            Node::Open(e)
                if matches!(
                    e.full_name(),
                    "table:table-cell" | "table:covered-table-cell"
                ) =>
            {
                let count = repeated(&e, "table:number-columns-repeated");
                let mut cell = cell(xml, &e, column, count)?;
                if let Some(font) = e.get("table:style-name").and_then(|s| styles.fonts.get(&s)) {
                    cell.text = sheet.in_font(cell.text, Some(*font));
                }
                if !cell.is_empty() {
                    found.push(cell);
                    check("limit-cells", found.len() as u64, limits::COLUMNS)?;
                }
                column = column.saturating_add(count);
            }
            Node::Open(_) => xml.skip()?,
            Node::Close if xml.depth() == end => return Ok(found),
            Node::End => return Err(xml.damaged()),
            _ => {}
        }
    }
}

fn put(
    sheet: &mut Sheet<'_>,
    first: u32,
    end: u32,
    hidden: bool,
    cells: &[Cells],
) -> Result<(), Failure> {
    for row in first..end {
        for cell in cells {
            for column in cell.column..cell.column.saturating_add(cell.count) {
                sheet.push(row, column, &cell.text, cell.kind)?;
                if cell.is_unsolved {
                    sheet.unsolved(row, column)?;
                }
                // Only the text is worth repeating; a cell without any is there once.
                if cell.text.is_empty() {
                    break;
                }
            }
            let (columns, rows) = cell.spanned;
            if (columns, rows) != (1, 1) {
                sheet.merge(Merge {
                    top: row,
                    left: cell.column,
                    bottom: row.saturating_add(rows - 1),
                    right: cell.column.saturating_add(columns - 1),
                })?;
            }
            for comment in &cell.comments {
                sheet.comment(row, cell.column, comment)?;
            }
            for text in &cell.shapes {
                sheet.text(text)?;
            }
        }
        if hidden {
            sheet.hide_row(row);
        }
    }
    Ok(())
}

fn cell<R: BufRead>(
    xml: &mut Xml<R>,
    e: &Element,
    column: u32,
    count: u32,
) -> Result<Cells, Failure> {
    let mut shown = Shown::default();
    shown.read(xml)?;
    let stated = e.get("office:value-type").unwrap_or_default();
    let number = |name: &str| e.number::<f64>(name).filter(|n| n.is_finite());
    let text = shown.text.trim().to_owned();
    // A cell without a format shows as many digits as it has.
    let format = match decimals(&text) {
        decimals @ 0..=9 => Format::Number(decimals),
        _ => Format::General,
    };
    let is_error = e.get("calcext:value-type").is_some_and(|t| t == "error");
    let figure = match (stated.as_str(), number("office:value")) {
        ("percentage", Some(value)) => {
            format::figure(value, Format::Percent(decimals(&text)), false)
        }
        ("float" | "currency", Some(value)) => format::figure(value, format, false),
        ("date", _) => e
            .get("office:date-value")
            .map(|d| (iso(&d), CellType::Date)),
        ("boolean", _) => {
            let is_true = e.get("office:boolean-value").is_some_and(|v| v == "true");
            Some((
                String::from(if is_true { "có" } else { "không" }),
                CellType::Text,
            ))
        }
        _ => None,
    };
    let kind = if is_error {
        CellType::Error
    } else {
        CellType::Text
    };
    let has_formula = e.get("table:formula").is_some();
    let is_unsolved = has_formula && figure.is_none() && text.is_empty() && stated != "string";
    let (text, kind) = figure.unwrap_or((text, kind));
    let spanned = |name: &str| e.number::<u32>(name).unwrap_or(1).max(1);
    Ok(Cells {
        column,
        count,
        text,
        kind,
        is_unsolved,
        spanned: (
            spanned("table:number-columns-spanned"),
            spanned("table:number-rows-spanned"),
        ),
        comments: shown.comments,
        shapes: shown.shapes,
    })
}

/// A day without the time of midnight.
fn iso(date: &str) -> String {
    date.strip_suffix("T00:00:00").unwrap_or(date).to_owned()
}

/// How many decimals a shown number has, in either style: the digits after its last mark.
fn decimals(shown: &str) -> u8 {
    let number = shown.trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let has_mark = number.len() > digits && number[..number.len() - digits].ends_with([',', '.']);
    if has_mark {
        u8::try_from(digits).unwrap_or(u8::MAX)
    } else {
        0
    }
}

/// What a cell shows: its paragraphs, the comments on it and the text of drawings in it.
#[derive(Default)]
struct Shown {
    text: String,
    comments: Vec<String>,
    shapes: Vec<String>,
}

impl Shown {
    fn read<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), Failure> {
        let end = xml.depth() - 1;
        // White space between paragraphs is that of the file, not of the cell.
        let mut paragraph: Option<u64> = None;
        loop {
            match xml.next()? {
                Node::Open(e) => match e.full_name() {
                    "text:p" => {
                        paragraph = Some(xml.depth());
                        if !self.text.is_empty() {
                            self.text.push('\n');
                        }
                    }
                    // A number of spaces, of which one says as much.
                    "text:s" => self.text.push(' '),
                    "text:tab" => self.text.push('\t'),
                    "text:line-break" => self.text.push('\n'),
                    "text:ruby-text" => xml.skip()?,
                    "office:annotation" => {
                        let text = xml.text_where(|name| name != "date")?;
                        self.comments.push(text);
                    }
                    name if name.starts_with("draw:") || name == "table:table" => {
                        let text = xml.text_where(|_| true)?;
                        self.shapes.push(text);
                    }
                    _ => {}
                },
                Node::Close if xml.depth() == end => return Ok(()),
                Node::Close => paragraph = paragraph.filter(|p| *p <= xml.depth()),
                Node::Text(piece) if paragraph.is_some() => self.text.push_str(&piece),
                Node::Text(_) => {}
                Node::End => return Err(xml.damaged()),
            }
        }
    }
}

/// Headers and footers of pages.
fn is_margin(name: &str) -> bool {
    name.starts_with("header") || name.starts_with("footer")
}

/// Takes the texts of the elements that `wanted` names, each with the name of its element.
fn outside(
    package: &mut Package<'_>,
    part: &str,
    wanted: fn(&str) -> bool,
    file: &Arc<str>,
    texts: &mut Vec<(Place, String)>,
) -> Result<(), Failure> {
    let Some(mut xml) = package.xml(part)? else {
        return Ok(());
    };
    let mut names: Vec<String> = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(e) => names.push(e.get("meta:name").unwrap_or_else(|| e.name().to_owned())),
            Node::Close => drop(names.pop()),
            Node::Text(text) => {
                let text = text.trim();
                if let Some(name) = names
                    .iter()
                    .rev()
                    .find(|n| wanted(n))
                    .filter(|_| !text.is_empty())
                {
                    texts.push((place_of(file, name), text.to_owned()));
                    check("limit-properties", texts.len() as u64, limits::CELLS)?;
                }
            }
            Node::End => return Ok(()),
        }
    }
}
