//! Marks: single signs that stand for a binding while the text around it is parsed.

use super::binding::Found;

/// Around the number of a binding within the text, and of a block within the HTML. The source has none of them.
pub(super) const OPEN: char = '\u{e000}';
pub(super) const CLOSE: char = '\u{e001}';
pub(super) const BLOCK: char = '\u{e002}';
pub(super) const BLOCK_END: char = '\u{e003}';

pub(super) fn is_reserved(c: char) -> bool {
    (OPEN..=BLOCK_END).contains(&c)
}

/// The body with a mark in the place of each binding.
pub(super) struct Marked {
    pub(super) text: String,
    /// For each binding: the end of its mark, and the end of it in the body.
    ends: Vec<(usize, usize)>,
}

impl Marked {
    pub(super) fn new(body: &str, bindings: &[Found]) -> Self {
        let mut text = String::with_capacity(body.len());
        let mut ends = Vec::with_capacity(bindings.len());
        let mut at = 0;
        for (i, binding) in bindings.iter().enumerate() {
            text.push_str(&body[at..binding.span.start]);
            text.push(OPEN);
            text.push_str(&i.to_string());
            text.push(CLOSE);
            at = binding.span.end;
            ends.push((text.len(), at));
        }
        text.push_str(&body[at..]);
        Self { text, ends }
    }

    /// The place in the body of a place in the marked text.
    pub(super) fn original(&self, at: usize) -> usize {
        match self
            .ends
            .partition_point(|(mark, _)| *mark <= at)
            .checked_sub(1)
        {
            Some(i) => at - self.ends[i].0 + self.ends[i].1,
            None => at,
        }
    }
}

/// A part of a text with marks.
pub(super) enum Part<'a> {
    Text(&'a str),
    Mark(usize),
}

/// Text cut at its marks.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(OPEN) {
        let after = &rest[open + OPEN.len_utf8()..];
        let Some((number, next)) = after.split_once(CLOSE) else {
            break;
        };
        let Ok(index) = number.parse() else { break };
        if open > 0 {
            out.push(Part::Text(&rest[..open]));
        }
        out.push(Part::Mark(index));
        rest = next;
    }
    if !rest.is_empty() {
        out.push(Part::Text(rest));
    }
    out
}

/// The binding of a text that is one mark and nothing else.
pub(super) fn mark_of(text: &str) -> Option<usize> {
    match parts(text).as_slice() {
        [Part::Mark(index)] => Some(*index),
        _ => None,
    }
}
