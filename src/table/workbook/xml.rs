//! XML of a workbook's part as opened and closed elements and texts, with a limit on how deep it goes.
//!
//! No entities are taken from a document type: such a document is refused.

use std::io::BufRead;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::limits::{self, Failure, check};

/// What comes next in a part.
#[derive(Debug)]
pub(super) enum Node {
    /// An element begins.
    Open(Element),
    /// An element ends.
    Close,
    /// Text within an element, or a piece of it.
    Text(String),
    /// The part ends.
    End,
}

/// The opening of an element.
#[derive(Debug)]
pub(super) struct Element(BytesStart<'static>);

impl Element {
    /// Its name without the prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Its name with the prefix.
    pub(super) fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The value of an attribute, by its full name if that has a prefix, else by its local name.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false);
        let is_wanted = |key: quick_xml::name::QName<'_>| {
            if name.contains(':') {
                key.into_inner() == name
            } else {
                key.local_name().into_inner() == name
            }
        };
        let found = attributes.flatten().find(|a| is_wanted(a.key))?;
        let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The value of an attribute as a number.
    pub(super) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|v| v == "1" || v == "true" || v == "on")
    }
}

/// The XML of a part, read from its beginning.
pub(super) struct Xml<R> {
    part: Arc<str>,
    reader: Reader<R>,
    buffer: Vec<u8>,
    depth: u64,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(part: &str, inner: R) -> Self {
        let mut reader = Reader::from_reader(inner);
        reader.config_mut().expand_empty_elements = true;
        Self {
            part: part.into(),
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> u64 {
        self.depth
    }

    /// The failure that says that this part is damaged.
    pub(super) fn damaged(&self) -> Failure {
        Failure::Damaged(Arc::clone(&self.part))
    }

    /// What comes next.
    pub(super) fn next(&mut self) -> Result<Node, Failure> {
        let damaged = || Failure::Damaged(Arc::clone(&self.part));
        loop {
            self.buffer.clear();
            let event = self
                .reader
                .read_event_into(&mut self.buffer)
                .map_err(|e| failure(&e).unwrap_or_else(damaged))?;
            return Ok(match event {
                Event::Start(e) => {
                    self.depth += 1;
                    check("limit-xml-depth", self.depth, limits::DEPTH)?;
                    Node::Open(Element(e.into_owned()))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(t) => Node::Text(t.xml10_content().into_owned()),
                Event::CData(t) => Node::Text(t.into_inner().into_owned()),
                Event::GeneralRef(r) => {
                    let sign = match r.resolve_char_ref() {
                        Ok(Some(sign)) => sign.to_string(),
                        Ok(None) => resolve_xml_entity(&r).ok_or_else(damaged)?.to_owned(),
                        Err(_) => return Err(damaged()),
                    };
                    Node::Text(sign)
                }
                Event::Eof if self.depth == 0 => Node::End,
                Event::Eof | Event::DocType(_) => return Err(damaged()),
                _ => continue,
            });
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), Failure> {
        self.text_where(|_| false).map(drop)
    }

    /// All text of the element that was opened last, without that of elements that `keep` refuses by name.
    pub(super) fn text_where(&mut self, keep: fn(&str) -> bool) -> Result<String, Failure> {
        let end = self.depth.saturating_sub(1);
        let (mut text, mut refused): (String, Option<u64>) = (String::new(), None);
        loop {
            let depth_before = self.depth;
            match self.next()? {
                Node::Open(e) => {
                    // Paragraphs and forced line ends part words.
                    if matches!(e.name(), "p" | "br" | "line-break") && !text.is_empty() {
                        text.push('\n');
                    }
                    if refused.is_none() && !keep(e.name()) {
                        refused = Some(depth_before);
                    }
                }
                Node::Close => {
                    if self.depth == end {
                        return Ok(text);
                    }
                    refused = refused.filter(|at| *at < self.depth);
                }
                Node::Text(piece) if refused.is_none() => text.push_str(&piece),
                Node::Text(_) => {}
                Node::End => return Err(self.damaged()),
            }
        }
    }
}

/// The failure of a limit inside an error of the XML reader.
fn failure(error: &quick_xml::Error) -> Option<Failure> {
    let quick_xml::Error::Io(e) = error else {
        return None;
    };
    e.get_ref()?.downcast_ref::<Failure>().cloned()
}
