//! Markdown → the text of its paragraphs, headings, items and cells, each byte with its place in the file.
//!
//! Bindings and code stand in the text as one sign each, so that no rule takes them for words.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::content::markdown::options;
use crate::content::marks::{CLOSE, Marked, OPEN};

/// Stands for a binding or a piece of code.
pub(super) const OBJECT: char = '\u{fffc}';

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading and its level.
    Heading(u8),
    /// A paragraph, also within an item, a quote or a note.
    Paragraph,
    /// A cell: number of the table, row (0 is the header), column.
    Cell(usize, usize, usize),
    /// A title or description of the front matter.
    Declared,
}

/// The item of a list that a block begins or continues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The number of the list.
    pub(super) list: usize,
    /// Whether the block is the first of its item.
    pub(super) is_first: bool,
    /// The number before the item, as typed.
    pub(super) typed: Option<u64>,
}

/// The text of one block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) item: Option<Item>,
    /// Where pieces of the text begin: in the text, in the file, and whether both go on together.
    pieces: Vec<(usize, usize, bool)>,
}

impl Block {
    /// A text of the front matter that stands at `start` of the file as it is.
    pub(super) fn declared(text: &str, start: usize) -> Self {
        Self {
            kind: Kind::Declared,
            text: text.to_owned(),
            item: None,
            pieces: vec![(0, start, true)],
        }
    }

    /// The bytes of the file that a range of the text stands for.
    pub(super) fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let piece = self.pieces.partition_point(|p| p.0 <= at).checked_sub(1);
            match piece.map(|i| self.pieces[i]) {
                Some((from, file, true)) => file + at - from,
                Some((_, file, false)) => file,
                None => 0,
            }
        };
        let start = place(span.start);
        // The end is that of the last sign, which may stand in another piece than what follows.
        let last = self.text[..span.end].char_indices().next_back();
        let end = last.map_or(start, |(at, c)| place(at) + c.len_utf8());
        start..end.max(start)
    }
}

/// The text of a page.
#[derive(Clone, Debug, Default)]
pub(in crate::content) struct Prose {
    /// In the order of the file.
    pub(super) blocks: Vec<Block>,
    /// For each list: how many items it has, and how many lists it stands in.
    pub(super) lists: Vec<(usize, usize)>,
    /// For each table: how many rows it has below its header.
    pub(super) tables: Vec<usize>,
    /// Links: address and place in the file.
    pub(super) links: Vec<(String, Range<usize>)>,
    /// Footnote marks: label and place.
    pub(super) marks: Vec<(String, Range<usize>)>,
    /// Footnotes: label and place.
    pub(super) notes: Vec<(String, Range<usize>)>,
}

impl Prose {
    /// Reads the marked text of a body that begins at byte `start` of its file.
    pub(in crate::content) fn read(marked: &Marked, start: usize) -> Self {
        let mut reader = Reader {
            marked,
            start,
            prose: Self::default(),
            open: Vec::new(),
            lists: Vec::new(),
            cell: (0, 0),
            in_code: false,
        };
        for (event, range) in Parser::new_ext(&marked.text, options()).into_offset_iter() {
            reader.event(event, range);
        }
        reader.prose.blocks.retain(|b| !b.text.trim().is_empty());
        reader.prose
    }
}

/// A list being read: its number, its depth, its current item and whether that item has a block yet.
struct OpenList {
    number: usize,
    typed: Option<u64>,
    has_block: bool,
}

struct Reader<'m> {
    marked: &'m Marked,
    start: usize,
    prose: Prose,
    /// Positions of the blocks being filled; the last one takes the text.
    open: Vec<usize>,
    lists: Vec<OpenList>,
    /// Row and column of the next cell.
    cell: (usize, usize),
    in_code: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.in_code => {}
            Event::Text(text) => self.text(&text, range.start),
            Event::Code(_) => self.push(OBJECT, range.start, false),
            Event::SoftBreak => self.push(' ', range.start, true),
            Event::HardBreak => self.push('\n', range.start, false),
            Event::FootnoteReference(label) => {
                let place = self.place(&range);
                self.prose.marks.push((label.to_string(), place));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.open(Kind::Heading(depth(level))),
            Tag::Paragraph => self.open(Kind::Paragraph),
            Tag::List(_) => {
                self.lists.push(OpenList {
                    number: self.prose.lists.len(),
                    typed: None,
                    has_block: true,
                });
                self.prose.lists.push((0, self.lists.len() - 1));
            }
            Tag::Item => {
                let typed = typed_number(&self.marked.text[range.clone()]);
                if let Some(list) = self.lists.last_mut() {
                    self.prose.lists[list.number].0 += 1;
                    (list.typed, list.has_block) = (typed, false);
                }
                self.open(Kind::Paragraph);
            }
            Tag::Table(_) => {
                self.prose.tables.push(0);
                self.cell = (0, 0);
            }
            Tag::TableCell => {
                let table = self.prose.tables.len().saturating_sub(1);
                self.open(Kind::Cell(table, self.cell.0, self.cell.1));
                self.cell.1 += 1;
            }
            Tag::FootnoteDefinition(label) => {
                let place = self.place(range);
                self.prose.notes.push((label.to_string(), place));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                let place = self.place(range);
                self.prose.links.push((dest_url.to_string(), place));
            }
            Tag::CodeBlock(_) => self.in_code = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => {
                self.open.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if tag == TagEnd::TableRow
                    && let Some(rows) = self.prose.tables.last_mut()
                {
                    *rows += 1;
                }
                self.cell = (self.cell.0 + 1, 0);
            }
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
    }

    fn open(&mut self, kind: Kind) {
        self.open.push(self.prose.blocks.len());
        self.prose.blocks.push(Block {
            kind,
            text: String::new(),
            item: None,
            pieces: Vec::new(),
        });
    }

    /// Text of the source at byte `from` of the marked text.
    fn text(&mut self, text: &str, from: usize) {
        let is_same = self.marked.text[from..].starts_with(text);
        let mut in_mark = false;
        for (at, c) in text.char_indices() {
            let place = if is_same { from + at } else { from };
            match c {
                OPEN => {
                    in_mark = true;
                    self.push(OBJECT, place, false);
                }
                CLOSE => in_mark = false,
                _ if in_mark => {}
                c => self.push(c, place, is_same),
            }
        }
    }

    /// Puts a sign of the marked text into the open block.
    fn push(&mut self, c: char, at: usize, goes_on: bool) {
        let Some(&block) = self.open.last() else {
            return;
        };
        let file = self.start + self.marked.original(at);
        let block = &mut self.prose.blocks[block];
        if block.text.is_empty()
            && block.item.is_none()
            && let Some(list) = self.lists.last_mut()
        {
            block.item = Some(Item {
                list: list.number,
                is_first: !list.has_block,
                typed: list.typed,
            });
            list.has_block = true;
        }
        let length = block.text.len();
        let follows = block.pieces.last().is_some_and(|(from, start, linear)| {
            *linear && goes_on && start + (length - from) == file
        });
        if !follows {
            block.pieces.push((length, file, goes_on));
        }
        block.text.push(c);
    }

    fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.start + self.marked.original(range.start)..self.start + self.marked.original(range.end)
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The number of `3. text` or `3) text`.
fn typed_number(item: &str) -> Option<u64> {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    item[digits..]
        .starts_with(['.', ')'])
        .then(|| item[..digits].parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::binding;

    fn prose(text: &str) -> Prose {
        Prose::read(&Marked::new(text, &binding::scan(text, &[])), 0)
    }

    #[test]
    fn blocks_have_their_text_and_place() {
        let text = "## Một &amp; hai\n\nCó {{ value(\"a\") }} **hồ sơ**\nvà `x`.\n\n- một\n- hai\n\n  ba\n\n| a | b |\n|---|---|\n| c | d |\n";
        let prose = prose(text);
        let shown: Vec<&str> = prose.blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(
            shown,
            [
                "Một & hai",
                "Có \u{fffc} hồ sơ và \u{fffc}.",
                "một",
                "hai",
                "ba",
                "a",
                "b",
                "c",
                "d"
            ]
        );
        assert_eq!(prose.lists, [(2, 0)]);
        assert_eq!(prose.tables, [1]);
        assert_eq!(prose.blocks[8].kind, Kind::Cell(0, 1, 1));
        let items: Vec<bool> = prose.blocks[2..5]
            .iter()
            .map(|b| b.item.unwrap().is_first)
            .collect();
        assert_eq!(items, [true, true, false]);
        let block = &prose.blocks[1];
        let at = block.text.find("hồ sơ").unwrap();
        assert_eq!(&text[block.in_file(&(at..at + "hồ sơ".len()))], "hồ sơ");
    }

    #[test]
    fn typed_numbers_of_items_are_kept() {
        let prose = prose("3. ba\n5. năm\n");
        let typed: Vec<Option<u64>> = prose.blocks.iter().map(|b| b.item.unwrap().typed).collect();
        assert_eq!(typed, [Some(3), Some(5)]);
    }

    #[test]
    fn marks_and_notes_are_found() {
        let prose = prose("a[^1] b[^2]\n\n[^1]: Một\n");
        let labels = |list: &[(String, Range<usize>)]| {
            list.iter().map(|(l, _)| l.clone()).collect::<Vec<_>>()
        };
        assert_eq!(labels(&prose.notes), ["1"]);
        assert_eq!(labels(&prose.marks)[0], "1");
    }
}
