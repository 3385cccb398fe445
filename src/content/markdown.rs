//! Markdown → safe HTML and blocks.
//!
//! Bindings are taken out before the text is parsed and put back as finished HTML, so that neither can change the
//! meaning of the other. Raw HTML is dropped, links are checked, an image becomes a link to it.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
    TextMergeWithOffset, html,
};

use super::binding::{self, Found};
use super::functions::{self, Piece};
use super::links::{Address, address};
use super::marks::{BLOCK, BLOCK_END, Marked, Part, is_reserved, mark_of, parts};
use super::{LinkTarget, Page, Segment, lint};
use crate::diagnostic::{Diagnostic, codes, phrase};
use crate::text::slug::slug;

pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES
}

/// Escapes text for an element or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Renders the body of a page, which begins at byte `start` of its file.
pub(super) fn render(page: &Page<'_>, start: usize) -> Vec<Segment> {
    // Each reserved sign is replaced by one of the same length, so that places stay.
    let body: String = page.text[start..]
        .chars()
        .map(|c| if is_reserved(c) { '\u{fffd}' } else { c })
        .collect();
    let bindings = binding::scan(&body, &code_ranges(&body));
    let pieces = bindings
        .iter()
        .map(|b| functions::evaluate(page, b, start))
        .collect();
    let marked = Marked::new(&body, &bindings);
    let prose = lint::Prose::read(&marked, start);
    let writer = Writer {
        page,
        start,
        body: &body,
        bindings: &bindings,
        pieces,
        marked: &marked,
        ids: Vec::new(),
    };
    let (segments, ids) = writer.segments();
    lint::check(page, prose, &ids);
    segments
}

fn code_ranges(body: &str) -> Vec<Range<usize>> {
    Parser::new_ext(body, options())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

type Events<'m> = Vec<(Event<'m>, Range<usize>)>;

struct Writer<'p, 'm> {
    page: &'p Page<'p>,
    start: usize,
    body: &'p str,
    bindings: &'p [Found],
    pieces: Vec<Piece>,
    marked: &'m Marked,
    /// Ids of headings so far.
    ids: Vec<String>,
}

impl<'m> Writer<'_, 'm> {
    fn segments(mut self) -> (Vec<Segment>, Vec<String>) {
        let parser = Parser::new_ext(&self.marked.text, options()).into_offset_iter();
        let source = self.marked.text.as_str();
        let events: Events<'m> = TextMergeWithOffset::new(
            parser.map(|(event, range)| (without_forged(event, &source[range.clone()]), range)),
        )
        .collect();
        let mut out: Vec<Event<'m>> = Vec::with_capacity(events.len());
        let mut depth = 0_usize;
        let mut i = 0;
        while i < events.len() {
            if depth == 0
                && let Some((blocks, next)) = self.blocks_at(&events, i)
            {
                out.extend(
                    blocks
                        .iter()
                        .map(|b| Event::Html(format!("{BLOCK}{b}{BLOCK_END}").into())),
                );
                i = next;
                continue;
            }
            let (event, range) = &events[i];
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    self.raw_html(range);
                    i += events[i..]
                        .iter()
                        .take_while(|(e, _)| !matches!(e, Event::End(TagEnd::HtmlBlock)))
                        .count();
                }
                Event::Start(Tag::Heading { .. }) => {
                    depth += 1;
                    out.push(self.heading(&events[i..]));
                }
                Event::Start(_) => {
                    depth += 1;
                    self.event(event, range, &mut out);
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    self.event(event, range, &mut out);
                }
                _ => self.event(event, range, &mut out),
            }
            i += 1;
        }
        let mut html = String::new();
        html::push_html(&mut html, without_refused_links(out).into_iter());
        let ids = std::mem::take(&mut self.ids);
        (self.split(&html), ids)
    }

    /// The block bindings of a paragraph that holds nothing else, and the event after it.
    fn blocks_at(&self, events: &Events<'m>, i: usize) -> Option<(Vec<usize>, usize)> {
        if !matches!(events[i].0, Event::Start(Tag::Paragraph)) {
            return None;
        }
        let mut blocks = Vec::new();
        for (n, (event, _)) in events.iter().enumerate().skip(i + 1) {
            match event {
                Event::Text(text) => {
                    let index = mark_of(text.trim())?;
                    matches!(self.pieces.get(index)?, Piece::Block(_)).then_some(())?;
                    blocks.push(index);
                }
                Event::SoftBreak => {}
                Event::End(TagEnd::Paragraph) => {
                    return (!blocks.is_empty()).then_some((blocks, n + 1));
                }
                _ => return None,
            }
        }
        None
    }

    fn event(&self, event: &Event<'m>, range: &Range<usize>, out: &mut Vec<Event<'m>>) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => self.raw_html(range),
            Event::Text(text) => self.text(text, out),
            Event::Code(code) => out.push(Event::Code(self.restored(code).into())),
            Event::Start(Tag::CodeBlock(_)) => {
                out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
            }
            Event::Start(Tag::Table(columns)) => {
                // Alignment would be an inline style.
                out.push(Event::Start(Tag::Table(vec![
                    Alignment::None;
                    columns.len()
                ])));
            }
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => {
                out.push(self.link(*link_type, dest_url, range));
            }
            Event::End(TagEnd::Image) => out.push(Event::End(TagEnd::Link)),
            other => out.push(other.clone()),
        }
    }

    /// Text with its marks replaced by what they stand for.
    fn text(&self, text: &str, out: &mut Vec<Event<'m>>) {
        for part in parts(text) {
            match part {
                Part::Text(text) => out.push(Event::Text(text.to_owned().into())),
                Part::Mark(i) => match self.pieces.get(i) {
                    Some(Piece::Inline(html)) => out.push(Event::InlineHtml(html.clone().into())),
                    Some(Piece::Block(_)) => self.misplaced(i),
                    Some(Piece::Broken) | None => out.push(Event::Text("—".into())),
                },
            }
        }
    }

    fn misplaced(&self, index: usize) {
        let span = self.bindings[index].span.clone();
        let d = Diagnostic::new(
            codes::BINDING_SYNTAX,
            self.page
                .place(self.start + span.start..self.start + span.end),
        )
        .with("value", &self.body[span])
        .with("reason", phrase("alone-in-paragraph"));
        self.page.report(d);
    }

    /// Text with its marks replaced by the bindings as written.
    fn restored(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for part in parts(text) {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Mark(i) => out.push_str(
                    self.bindings
                        .get(i)
                        .map_or("", |b| &self.body[b.span.clone()]),
                ),
            }
        }
        out
    }

    fn raw_html(&self, range: &Range<usize>) {
        let raw = self.restored(&self.marked.text[range.clone()]);
        let first = raw.lines().next().unwrap_or_default();
        let value: String = first.chars().take(60).collect();
        let start = self.start + self.marked.original(range.start);
        let d = Diagnostic::new(codes::RAW_HTML, self.page.place(start..start + first.len()))
            .with("value", value);
        self.page.report(d);
    }

    fn heading(&mut self, events: &[(Event<'m>, Range<usize>)]) -> Event<'m> {
        let mut words = String::new();
        let mut level = HeadingLevel::H2;
        for (event, _) in events {
            match event {
                Event::Start(Tag::Heading { level: own, .. }) => {
                    level = (*own).max(HeadingLevel::H2);
                }
                Event::Text(text) | Event::Code(text) => {
                    words.extend(parts(text).into_iter().map(|p| match p {
                        // A figure changes with the data, an address must not.
                        Part::Mark(_) => " ",
                        Part::Text(text) => text,
                    }));
                }
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                Event::End(TagEnd::Heading(_)) => break,
                _ => {}
            }
        }
        let base = Some(slug(&words))
            .filter(|s| !s.is_empty())
            .unwrap_or_else(|| "muc".to_owned());
        let mut id = base.clone();
        let mut n = 2;
        while self.ids.contains(&id) {
            id = format!("{base}-{n}");
            n += 1;
        }
        self.ids.push(id.clone());
        Event::Start(Tag::Heading {
            level,
            id: Some(id.into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        })
    }

    /// The link, with the address that the site gives it; a refused one has an empty title and address.
    fn link(&self, link_type: LinkType, dest: &str, range: &Range<usize>) -> Event<'m> {
        let href = match address(dest, link_type) {
            Some(Address::Site(path, rest)) => {
                let href = (self.page.link)(LinkTarget::Site(path), &self.page.target);
                Some(format!("{href}{rest}"))
            }
            Some(Address::Web) => Some(dest.to_owned()),
            None => {
                self.unsafe_link(dest, range);
                None
            }
        };
        let refused = href.is_none();
        Event::Start(Tag::Link {
            link_type: if link_type == LinkType::Email {
                LinkType::Email
            } else {
                LinkType::Inline
            },
            dest_url: href.unwrap_or_default().into(),
            title: if refused {
                CowStr::from(REFUSED)
            } else {
                CowStr::from("")
            },
            id: CowStr::from(""),
        })
    }

    fn unsafe_link(&self, dest: &str, range: &Range<usize>) {
        let from = self.start + self.marked.original(range.start);
        let to = self.start + self.marked.original(range.end);
        let value: String = self.restored(dest).chars().take(80).collect();
        self.page.report(
            Diagnostic::new(codes::LINK_UNSAFE, self.page.place(from..to)).with("value", value),
        );
    }

    /// The HTML, cut at its blocks.
    fn split(self, html: &str) -> Vec<Segment> {
        let mut segments = Vec::new();
        let push_html = |segments: &mut Vec<Segment>, html: &str| {
            let html = html.trim_start();
            if !html.is_empty() {
                segments.push(Segment::Html(html.to_owned()));
            }
        };
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(BLOCK) {
            push_html(&mut segments, before);
            let (index, after) = after.split_once(BLOCK_END).unwrap_or((after, ""));
            if let Some(Piece::Block(block)) =
                index.parse().ok().and_then(|i: usize| self.pieces.get(i))
            {
                segments.push(Segment::Block(block.clone()));
            }
            rest = after;
        }
        push_html(&mut segments, rest);
        segments
    }
}

/// The title of a link that is taken out again with its end. No author can write it: reserved signs are replaced.
const REFUSED: &str = "\u{e002}";

/// Drops the tags of refused links, keeping their text.
fn without_refused_links(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut open = Vec::new();
    events
        .into_iter()
        .filter(|event| match event {
            Event::Start(Tag::Link { title, .. }) => {
                let kept = &**title != REFUSED;
                open.push(kept);
                kept
            }
            Event::End(TagEnd::Link) => open.pop().unwrap_or(true),
            _ => true,
        })
        .collect()
}

/// Replaces reserved signs that come from a character reference such as `&#xE000;`.
fn without_forged<'e>(event: Event<'e>, source: &str) -> Event<'e> {
    match event {
        Event::Text(text) if source.starts_with('&') && text.contains(is_reserved) => {
            Event::Text(text.replace(is_reserved, "\u{fffd}").into())
        }
        other => other,
    }
}
