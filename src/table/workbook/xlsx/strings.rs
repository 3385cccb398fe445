//! Shared strings: texts that cells name by number, and the text of rich and inline strings.

use std::io::BufRead;

use crate::table::workbook::fonts::FontEncoding;
use crate::table::workbook::limits::{self, Failure, check};
use crate::table::workbook::package::Package;
use crate::table::workbook::sheet::tidy;
use crate::table::workbook::xml::{Node, Xml};

/// A text in runs, each with the encoding of its font if that is an old one.
pub(super) type Runs = Vec<(String, Option<FontEncoding>)>;

/// The texts that the cells of all sheets share.
#[derive(Default)]
pub(super) struct SharedStrings {
    texts: Vec<Runs>,
    is_used: Vec<bool>,
}

impl SharedStrings {
    pub(super) fn read(package: &mut Package<'_>, path: &str) -> Result<Self, Failure> {
        let mut out = Self::default();
        let Some(mut xml) = package.xml(path)? else {
            return Ok(out);
        };
        loop {
            match xml.next()? {
                Node::Open(e) if e.name() == "si" => {
                    out.texts.push(shared(runs(&mut xml)?));
                    check(
                        "limit-shared-strings",
                        out.texts.len() as u64,
                        limits::CELLS,
                    )?;
                }
                Node::End => {
                    out.is_used = vec![false; out.texts.len()];
                    return Ok(out);
                }
                _ => {}
            }
        }
    }

    /// The text with that number.
    pub(super) fn get(&mut self, number: usize) -> Option<&Runs> {
        *self.is_used.get_mut(number)? = true;
        self.texts.get(number)
    }

    /// The texts that no cell has asked for.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> + '_ {
        let unused = self
            .texts
            .iter()
            .zip(&self.is_used)
            .filter(|(_, used)| !**used);
        unused.map(|(runs, _)| runs.iter().map(|(text, _)| text.as_str()).collect())
    }
}

/// Joins the runs of a text unless their fonts matter, and makes it tidy once for all cells.
fn shared(runs: Runs) -> Runs {
    if runs.iter().any(|(_, font)| font.is_some()) {
        return runs;
    }
    let text: String = runs.into_iter().map(|(text, _)| text).collect();
    vec![(tidy(&text).into_owned(), None)]
}

/// The text of the element that was opened last: its runs, without phonetic readings.
pub(super) fn runs<R: BufRead>(xml: &mut Xml<R>) -> Result<Runs, Failure> {
    let end = xml.depth().saturating_sub(1);
    let (mut runs, mut font) = (Runs::new(), None);
    loop {
        match xml.next()? {
            Node::Open(e) => match e.name() {
                "t" => {
                    let text = unescape(xml.text_where(|_| true)?);
                    match runs.last_mut() {
                        // Thousands of runs of nothing must not take memory each.
                        Some((last, same)) if *same == font => last.push_str(&text),
                        _ => runs.push((text, font)),
                    }
                }
                "r" => font = None,
                "rFont" => font = e.get("val").and_then(|f| FontEncoding::of(&f)),
                "rPh" => xml.skip()?,
                _ => {}
            },
            Node::Close if xml.depth() == end => return Ok(runs),
            Node::End => return Err(xml.damaged()),
            _ => {}
        }
    }
}

/// Replaces `_x000D_` and the like by the sign that they stand for (ECMA-376, part 1, 22.9.2.19).
pub(super) fn unescape(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        let sign = rest
            .get(at + 2..at + 7)
            .and_then(|code| code.strip_suffix('_'))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        let (kept, passed) = if sign.is_some() {
            (at, at + 7)
        } else {
            (at + 2, at + 2)
        };
        out.push_str(&rest[..kept]);
        out.extend(sign);
        rest = &rest[passed..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_signs_are_replaced_and_nothing_else() {
        let check = |text: &str, plain: &str| assert_eq!(unescape(text.to_owned()), plain);
        check("a_x000D_b_x005F_x000D_", "a\rb_x000D_");
        check("a_x00_xđ000_x", "a_x00_xđ000_x");
    }
}
