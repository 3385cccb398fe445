//! The fields of a delimited text one by one, with their true places.

use std::borrow::Cow;

/// Goes through the records of a text: fields in quotes may hold delimiters, line ends and doubled quotes.
pub(super) struct Fields<'t> {
    text: &'t str,
    delimiter: u8,
    at: usize,
    line: u32,
}

/// A field and where it begins, in characters of its record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field<'t> {
    pub(super) at: usize,
    pub(super) text: Cow<'t, str>,
}

/// What a record turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A record that begins on this line, from 0.
    Record(u32),
    /// A quote that is never closed begins at this byte.
    OpenQuote(usize),
    /// There are no more records.
    End,
}

impl<'t> Fields<'t> {
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        Self {
            text,
            delimiter,
            at: 0,
            line: 0,
        }
    }

    /// Puts the fields of the next record into `fields`.
    pub(super) fn record(&mut self, fields: &mut Vec<Field<'t>>) -> Outcome {
        fields.clear();
        if self.at >= self.text.len() {
            return Outcome::End;
        }
        let (line, mut begin, mut column) = (self.line, self.at, 0);
        loop {
            let start = self.at;
            column += characters(&self.text[begin..start]);
            begin = start;
            let Some(text) = self.field() else {
                return Outcome::OpenQuote(start);
            };
            fields.push(Field { at: column, text });
            if self.text.as_bytes().get(self.at) == Some(&self.delimiter) {
                self.at += 1;
                continue;
            }
            self.end_line();
            return Outcome::Record(line);
        }
    }

    /// The field that begins here, up to the delimiter or line end after it; nothing where its quote stays open.
    fn field(&mut self) -> Option<Cow<'t, str>> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) != Some(&b'"') {
            return Some(Cow::Borrowed(self.plain()));
        }
        let mut quoted = String::new();
        let mut from = self.at + 1;
        loop {
            let close = from + bytes[from..].iter().position(|b| *b == b'"')?;
            quoted.push_str(&self.text[from..close]);
            from = close + 1;
            if bytes.get(from) != Some(&b'"') {
                break;
            }
            quoted.push('"');
            from += 1;
        }
        self.line += breaks(&self.text[self.at..from]);
        self.at = from;
        // What follows the quote belongs to the field, as spreadsheet programs read it.
        quoted.push_str(self.plain());
        Some(Cow::Owned(quoted))
    }

    fn plain(&mut self) -> &'t str {
        let ends = |b: &u8| *b == self.delimiter || *b == b'\n' || *b == b'\r';
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|b| ends(&b)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn end_line(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += match rest {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        self.line += u32::from(!rest.is_empty());
    }
}

/// Line ends of any kind.
fn breaks(text: &str) -> u32 {
    let pairs = text.matches("\r\n").count();
    let singles = text.bytes().filter(|b| matches!(b, b'\r' | b'\n')).count();
    crate::diagnostic::to_u32(singles - pairs)
}

fn characters(text: &str) -> usize {
    text.chars().count()
}
