//! The styles of cells, of which two things matter: the number format, and whether the font is an old one.

use std::collections::BTreeMap;

use crate::table::workbook::fonts::FontEncoding;
use crate::table::workbook::format::Format;
use crate::table::workbook::limits::{self, Failure, check};
use crate::table::workbook::package::Package;
use crate::table::workbook::xml::{Element, Node};

/// A style of cells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// The number format.
    pub(super) format: Format,
    /// The encoding of its font, if that is an old one.
    pub(super) font: Option<FontEncoding>,
}

/// The styles by their numbers.
#[derive(Default)]
pub(super) struct Styles(Vec<Style>);

impl Styles {
    pub(super) fn read(package: &mut Package<'_>, path: &str) -> Result<Self, Failure> {
        let mut out = Self::default();
        let Some(mut xml) = package.xml(path)? else {
            return Ok(out);
        };
        let mut formats = BTreeMap::new();
        let mut fonts: Vec<Option<FontEncoding>> = Vec::new();
        let (mut in_cells, mut in_fonts) = (false, false);
        loop {
            let node = xml.next()?;
            let level = xml.depth();
            match node {
                Node::Open(e) if level == 2 => {
                    (in_cells, in_fonts) = (e.name() == "cellXfs", e.name() == "fonts");
                }
                Node::Open(e) if e.name() == "numFmt" => {
                    let code = e.get("formatCode").unwrap_or_default();
                    formats.insert(e.number("numFmtId").unwrap_or(0), Format::of_code(&code));
                }
                Node::Open(e) if in_fonts && e.name() == "font" => fonts.push(None),
                Node::Open(e) if in_fonts && e.name() == "name" => {
                    if let Some(last) = fonts.last_mut() {
                        *last = e.get("val").and_then(|f| FontEncoding::of(&f));
                    }
                }
                Node::Open(e) if in_cells && level == 3 && e.name() == "xf" => {
                    out.0.push(style(&e, &formats, &fonts));
                }
                Node::End => return Ok(out),
                _ => {}
            }
            let items = formats.len() + fonts.len() + out.0.len();
            check("limit-styles", items as u64, limits::ITEMS)?;
        }
    }

    /// The style with that number; the plain one where there is none.
    pub(super) fn get(&self, number: usize) -> Style {
        self.0.get(number).copied().unwrap_or_default()
    }
}

fn style(e: &Element, formats: &BTreeMap<u32, Format>, fonts: &[Option<FontEncoding>]) -> Style {
    let id = e.number("numFmtId").unwrap_or(0);
    let font = e
        .number::<usize>("fontId")
        .and_then(|id| fonts.get(id).copied());
    Style {
        format: formats
            .get(&id)
            .copied()
            .unwrap_or_else(|| Format::built_in(id)),
        font: font.flatten(),
    }
}
