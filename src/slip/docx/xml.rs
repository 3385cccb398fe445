//! A tree of XML elements, written by quick-xml.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// An element with its attributes and content.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Vec<Content>,
}

#[derive(Clone, Debug)]
enum Content {
    Element(Element),
    Text(String),
}

/// An empty element.
pub(super) fn element(name: &'static str) -> Element {
    Element {
        name,
        ..Element::default()
    }
}

impl Element {
    /// Adds an attribute.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "callers hand over numbers and literals"
    )]
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// Adds an element inside.
    pub(super) fn child(mut self, inner: Self) -> Self {
        self.content.push(Content::Element(inner));
        self
    }

    /// Adds elements inside.
    pub(super) fn children(mut self, inner: impl IntoIterator<Item = Self>) -> Self {
        self.content.extend(inner.into_iter().map(Content::Element));
        self
    }

    /// Adds text inside.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.content.push(Content::Text(text.into()));
        self
    }

    /// The document with this element as its root.
    ///
    /// # Errors
    /// Those of the writer.
    pub(super) fn to_document(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new(
            "1.0",
            Some("UTF-8"),
            Some("yes"),
        )))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let mut open = writer.create_element(self.name);
        for (name, value) in &self.attributes {
            open = open.with_attribute((*name, value.as_str()));
        }
        if self.content.is_empty() {
            open.write_empty()?;
            return Ok(());
        }
        open.write_inner_content(|writer| {
            for inner in &self.content {
                match inner {
                    Content::Element(e) => e.write(writer)?,
                    Content::Text(t) => writer.write_event(Event::Text(BytesText::new(t)))?,
                }
            }
            Ok(())
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_escaped() {
        let document = element("a")
            .with("b", "\"<")
            .child(element("c"))
            .text("x < y & z")
            .to_document()
            .unwrap();
        assert_eq!(
            String::from_utf8(document).unwrap(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><a b=\"&quot;&lt;\"><c/>x &lt; y &amp; z</a>"
        );
    }
}
