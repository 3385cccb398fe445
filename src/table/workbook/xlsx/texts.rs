//! Text of an XLSX file outside of cells: comments, text boxes, properties of the document.

use std::sync::Arc;

use super::cells::parse_reference;
use super::strings::runs;
use super::{Relation, relations};
use crate::diagnostic::Place;
use crate::table::workbook::limits::{self, Failure, check};
use crate::table::workbook::package::Package;
use crate::table::workbook::place_of;
use crate::table::workbook::sheet::Sheet;
use crate::table::workbook::xml::Node;

/// Reads the comments and text boxes of the sheet at `path`.
pub(super) fn of_sheet(
    package: &mut Package<'_>,
    path: &str,
    sheet: &mut Sheet<'_>,
) -> Result<(), Failure> {
    for relation in relations(package, path)? {
        match relation.kind.as_str() {
            "comments" => comments(package, &relation.target, sheet)?,
            "threadedComment" => threads(package, &relation.target, sheet)?,
            "drawing" => boxes(package, &relation.target, sheet)?,
            _ => {}
        }
    }
    Ok(())
}

fn comments(package: &mut Package<'_>, path: &str, sheet: &mut Sheet<'_>) -> Result<(), Failure> {
    let Some(mut xml) = package.xml(path)? else {
        return Ok(());
    };
    let (mut at, mut count) = (None, 0);
    loop {
        match xml.next()? {
            Node::Open(e) => match e.name() {
                "author" => {
                    let author = xml.text_where(|_| true)?;
                    sheet.text(&author)?;
                }
                "comment" => at = e.get("ref").and_then(|r| parse_reference(&r)),
                "text" => {
                    let text: String = runs(&mut xml)?
                        .into_iter()
                        .map(|(t, f)| sheet.in_font(t, f))
                        .collect();
                    count += 1;
                    check("limit-comments", count, limits::ITEMS)?;
                    match at {
                        Some((row, column)) => sheet.comment(row, column, &text)?,
                        None => sheet.text(&text)?,
                    }
                }
                _ => {}
            },
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

fn threads(package: &mut Package<'_>, path: &str, sheet: &mut Sheet<'_>) -> Result<(), Failure> {
    let Some(mut xml) = package.xml(path)? else {
        return Ok(());
    };
    let (mut at, mut count) = (None, 0);
    loop {
        match xml.next()? {
            Node::Open(e) if e.name() == "threadedComment" => {
                at = e.get("ref").and_then(|r| parse_reference(&r));
            }
            Node::Open(e) if e.name() == "text" => {
                let text = xml.text_where(|_| true)?;
                count += 1;
                check("limit-comments", count, limits::ITEMS)?;
                match at {
                    Some((row, column)) => sheet.comment(row, column, &text)?,
                    None => sheet.text(&text)?,
                }
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

fn boxes(package: &mut Package<'_>, path: &str, sheet: &mut Sheet<'_>) -> Result<(), Failure> {
    let Some(mut xml) = package.xml(path)? else {
        return Ok(());
    };
    loop {
        match xml.next()? {
            Node::Open(e) if e.name() == "txBody" => {
                let text = xml.text_where(|_| true)?;
                sheet.text(&text)?;
            }
            Node::End => return Ok(()),
            _ => {}
        }
    }
}

/// Reads the properties of the document that `root` names: each with the name of its element.
pub(super) fn of_document(
    package: &mut Package<'_>,
    root: &[Relation],
    file: &Arc<str>,
    texts: &mut Vec<(Place, String)>,
) -> Result<(), Failure> {
    for relation in root.iter().filter(|r| r.kind.ends_with("properties")) {
        let Some(mut xml) = package.xml(&relation.target)? else {
            continue;
        };
        let mut names: Vec<String> = Vec::new();
        loop {
            match xml.next()? {
                Node::Open(e) => names.push(e.get("name").unwrap_or_else(|| e.name().to_owned())),
                Node::Close => drop(names.pop()),
                Node::Text(text) => {
                    let text = text.trim();
                    if !text.is_empty() {
                        // Custom properties have their value in an element named after its type.
                        let name = names.iter().rev().find(|n| *n != "lpwstr" && *n != "lpstr");
                        let place = place_of(file, name.map_or("", String::as_str));
                        texts.push((place, text.to_owned()));
                        check("limit-properties", texts.len() as u64, limits::CELLS)?;
                    }
                }
                Node::End => break,
            }
        }
    }
    Ok(())
}
