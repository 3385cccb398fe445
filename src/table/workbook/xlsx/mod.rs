//! XLSX and XLSM (ECMA-376): the parts of the archive → sheets.

mod cells;
mod strings;
mod styles;
mod texts;

use std::sync::Arc;

use self::strings::SharedStrings;
use self::styles::Styles;
use super::limits::{self, Budget, Failure, check};
use super::package::Package;
use super::sheet::Sheet;
use super::xml::{Element, Node};
use super::{Outcome, Workbook, place_of};
use crate::diagnostic::{Checked, Place};
use crate::source::SourceFile;

/// A part that another part names.
struct Relation {
    id: String,
    /// The last word of its type, such as `worksheet`.
    kind: String,
    target: String,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    relation: String,
}

/// What the main part says.
#[derive(Default)]
struct Main {
    sheets: Vec<Listed>,
    names: Vec<(String, String)>,
    is_1904: bool,
}

/// What the cells of all sheets share.
struct Shared {
    strings: SharedStrings,
    styles: Styles,
    is_1904: bool,
}

pub(super) fn read(file: &SourceFile) -> Outcome {
    let mut package = Package::open(&file.bytes)?;
    let root = relations(&mut package, "")?;
    let main_path = target(&root, "officeDocument")
        .unwrap_or("xl/workbook.xml")
        .to_owned();
    let main = main_part(&mut package, &main_path)?;
    let relations = relations(&mut package, &main_path)?;
    let strings = match target(&relations, "sharedStrings") {
        Some(path) => SharedStrings::read(&mut package, path)?,
        None => SharedStrings::default(),
    };
    let styles = match target(&relations, "styles") {
        Some(path) => Styles::read(&mut package, path)?,
        None => Styles::default(),
    };
    let mut shared = Shared {
        strings,
        styles,
        is_1904: main.is_1904,
    };
    let mut out = Checked::new(Workbook::default(), Vec::new());
    let mut budget = Budget::default();
    for listed in &main.sheets {
        let Some(relation) = relations.iter().find(|r| r.id == listed.relation) else {
            return Err(Failure::damaged(&main_path));
        };
        // Charts and dialogs have sheets of their own, without cells.
        if relation.kind != "worksheet" {
            continue;
        }
        let mut sheet = Sheet::new(&file.path, &listed.name, listed.hidden, &mut budget);
        cells::read(&mut package, &relation.target, &mut shared, &mut sheet)?;
        texts::of_sheet(&mut package, &relation.target, &mut sheet)?;
        let (grid, texts) = sheet.finish(&mut out.diagnostics);
        out.value.grids.push(grid);
        out.value.texts.extend(texts);
    }
    let names = main
        .names
        .into_iter()
        .map(|(name, text)| (place_of(&file.path, &name), text));
    out.value.texts.extend(names);
    out.value.texts.extend(unused(&file.path, &shared.strings));
    texts::of_document(&mut package, &root, &file.path, &mut out.value.texts)?;
    Ok(out)
}

/// Texts that the file keeps although no cell shows them any more.
fn unused(file: &Arc<str>, strings: &SharedStrings) -> Vec<(Place, String)> {
    let place = place_of(file, "sharedStrings");
    let texts = strings.unused().filter(|t| !t.trim().is_empty());
    texts.map(|text| (place.clone(), text)).collect()
}

fn main_part(package: &mut Package<'_>, path: &str) -> Result<Main, Failure> {
    let mut xml = package.needed(path)?;
    let mut main = Main::default();
    loop {
        match xml.next()? {
            Node::Open(e) => match e.name() {
                "workbookPr" => main.is_1904 = e.is_set("date1904"),
                "sheet" => {
                    main.sheets.push(listed(&e).ok_or_else(|| xml.damaged())?);
                    check("limit-sheets", main.sheets.len() as u64, limits::SHEETS)?;
                }
                "definedName" => {
                    let name = e.get("name").unwrap_or_default();
                    main.names.push((name, xml.text_where(|_| true)?));
                    check(
                        "limit-defined-names",
                        main.names.len() as u64,
                        limits::ITEMS,
                    )?;
                }
                _ => {}
            },
            Node::End if main.sheets.is_empty() => return Err(xml.damaged()),
            Node::End => return Ok(main),
            _ => {}
        }
    }
}

fn listed(e: &Element) -> Option<Listed> {
    Some(Listed {
        name: e.get("name")?,
        hidden: e.get("state").is_some_and(|s| s != "visible"),
        relation: e.get("id")?,
    })
}

/// The parts that the part at `path` names; those of the whole archive for an empty path.
fn relations(package: &mut Package<'_>, path: &str) -> Result<Vec<Relation>, Failure> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let listing = match folder {
        "" => format!("_rels/{name}.rels"),
        folder => format!("{folder}/_rels/{name}.rels"),
    };
    let Some(mut xml) = package.xml(&listing)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(e)
                if e.name() == "Relationship"
                    && e.get("TargetMode").is_none_or(|m| m != "External") =>
            {
                let kind = e.get("Type").unwrap_or_default();
                found.push(Relation {
                    id: e.get("Id").unwrap_or_default(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &e.get("Target").unwrap_or_default()),
                });
                check("limit-relations", found.len() as u64, limits::ITEMS)?;
            }
            Node::End => return Ok(found),
            _ => {}
        }
    }
}

fn target<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    let found = relations.iter().find(|r| r.kind == kind)?;
    Some(&found.target)
}

/// The path of `target` as seen from `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let (from, target) = match target.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (folder, target),
    };
    let mut parts: Vec<&str> = from.split('/').filter(|p| !p.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
