//! CSV and TSV with any of `, ; tab |` between the fields.

mod delimiter;
mod fields;
mod grid;

use csv::{ReaderBuilder, StringRecord};

pub use self::grid::read_grid;
use super::{Table, encoding, size};
use crate::diagnostic::{Checked, Diagnostic, Place, codes, phrase, to_u32};
use crate::source::SourceFile;

const DELIMITERS: [u8; 4] = *b",;\t|";

/// Reads a CSV table. Its first record is the header.
///
/// This is the short way for a table that begins in the first line; [`read_grid`] reads everything else.
pub fn read(file: &SourceFile) -> Checked<Option<Table>> {
    let (text, mut findings) = match encoding::read(file, None) {
        Ok(read) => read,
        Err(d) => return Checked::new(None, vec![*d]),
    };
    let delimiter = delimiter(&text);
    let whole = match unclosed_quote(&text, delimiter) {
        None => &*text,
        Some((record, quote)) => {
            let place = Place::of_span(&file.path, &text, quote..quote + 1);
            let reason = phrase("quote-not-closed");
            findings.push(Diagnostic::new(codes::CSV_MALFORMED, place).with("reason", reason));
            &text[..record]
        }
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(whole.as_bytes());
    let mut table: Option<Table> = None;
    let mut record = StringRecord::new();
    let mut lines = LineCounter::new(whole);
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(e) => {
                let line = e
                    .position()
                    .map_or(0, csv::Position::line)
                    .saturating_sub(1);
                let place = Place::at(&file.path, u32::try_from(line).unwrap_or(u32::MAX), 0, 1);
                findings.push(
                    Diagnostic::new(codes::CSV_MALFORMED, place)
                        .with("reason", phrase("csv-broken")),
                );
                break;
            }
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.line_of(usize::try_from(start).unwrap_or(usize::MAX));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let longest = record.iter().map(str::len).max().unwrap_or(0);
        if let Some(d) = size::long_cell(|| Place::at(&file.path, line, 0, 1), longest) {
            findings.push(d);
            return Checked::new(None, findings);
        }
        match &mut table {
            None => table = Some(header(file, &record)),
            Some(table) => row(table, &record, line, &mut findings),
        }
        if let Some(d) = table.as_ref().and_then(Table::excess) {
            findings.push(d);
            return Checked::new(None, findings);
        }
    }
    let is_empty = table.as_ref().is_none_or(|t| t.row_count() == 0);
    if is_empty && findings.iter().all(|d| d.code == codes::ENCODING_LEGACY) {
        findings.push(Diagnostic::new(codes::TABLE_EMPTY, Place::file(&file.path)));
    }
    Checked::new(table, findings)
}

fn header(file: &SourceFile, record: &StringRecord) -> Table {
    let cells: Vec<String> = record
        .iter()
        .map(|c| crate::text::normal::nfc(c.trim()).into_owned())
        .collect();
    let columns = positions(record).collect();
    Table::new(&file.path, cells, columns)
}

fn row(table: &mut Table, record: &StringRecord, line: u32, findings: &mut Vec<Diagnostic>) {
    let width = table.header.len();
    let beyond = record.iter().skip(width).any(|c| !c.trim().is_empty());
    if record.len() < width || beyond {
        let column = positions(record)
            .nth(width.min(record.len().saturating_sub(1)))
            .unwrap_or(0);
        let d = Diagnostic::new(codes::ROW_LENGTH, Place::at(&table.file, line, column, 1))
            .with("found", record.len())
            .with("expected", width);
        findings.push(d);
        return;
    }
    table.push_row(line, record.iter().map(str::trim).zip(positions(record)));
}

/// Column in characters at which each field begins, where fields are quoted only if they need it.
pub(super) fn positions(record: &StringRecord) -> impl Iterator<Item = u32> + '_ {
    let mut at = 0usize;
    record.iter().map(move |cell| {
        let here = at;
        let (mut outer, mut doubled, mut characters) = (0, 0, 0);
        for b in cell.bytes() {
            match b {
                b'"' => (outer, doubled) = (2, doubled + 1),
                b',' | b';' | b'\n' | b'\t' | b'|' => outer = 2,
                _ => {}
            }
            // Every byte but the later ones of a character.
            characters += usize::from(b & 0xC0 != 0x80);
        }
        at += characters + doubled + 1 + outer;
        to_u32(here)
    })
}

/// The delimiter that occurs most often in the first line, outside quotes; a comma where none does.
pub(super) fn delimiter(text: &str) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for b in text.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(i) = DELIMITERS.iter().position(|d| *d == b) {
                    counts[i] += 1;
                }
            }
        }
    }
    let best = (0..DELIMITERS.len())
        .rev()
        .max_by_key(|i| counts[*i])
        .unwrap_or(0);
    DELIMITERS[best]
}

/// Where the last record and its open quote begin, if a quoted field never ends. The csv reader takes the rest
/// of the file for that field, and all its rows would be lost in silence.
fn unclosed_quote(text: &str, delimiter: u8) -> Option<(usize, usize)> {
    let (mut record, mut quote, mut quoted, mut field_begins) = (0, 0, false, true);
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'"' && (quoted || field_begins) {
            quoted = !quoted;
            // A doubled quote closes and opens again: the field still begins where it did.
            if quoted && text[..at].bytes().next_back() != Some(b'"') {
                quote = at;
            }
            field_begins = !quoted;
        } else if !quoted {
            let ends_record = byte == b'\n' || byte == b'\r';
            field_begins = byte == delimiter || ends_record;
            if ends_record {
                record = at + 1;
            }
        }
    }
    quoted.then_some((record, quote))
}

/// Finds the line of rising byte positions in one pass.
struct LineCounter<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u32,
}

impl<'t> LineCounter<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            line: 0,
        }
    }

    fn line_of(&mut self, byte: usize) -> u32 {
        let to = byte.min(self.bytes.len()).max(self.at);
        #[expect(
            clippy::naive_bytecount,
            reason = "not worth a dependency: each byte is counted once"
        )]
        let passed = self.bytes[self.at..to]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        self.line = self.line.saturating_add(to_u32(passed));
        self.at = to;
        // The csv reader skips empty lines inside a record's span: the record itself begins after them.
        let blank = self.bytes[to..]
            .iter()
            .take_while(|b| **b == b'\n' || **b == b'\r');
        self.line
            .saturating_add(to_u32(blank.filter(|b| **b == b'\n').count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(&SourceFile::new("a.csv", text)).value.unwrap()
    }

    #[test]
    fn cells_know_their_lines_and_columns() {
        let t = table("\u{feff}Đơn vị,Số\r\n\r\nHà Nội,\"1,5\"\r\nHuế,2\r\n");
        assert_eq!(t.header, ["Đơn vị", "Số"]);
        assert_eq!((t.cell(0, 1), t.line(0), t.column(0, 1)), ("1,5", 2, 7));
        assert_eq!((t.cell(1, 0), t.line(1)), ("Huế", 3));
    }

    #[test]
    fn semicolons_and_tabs_are_recognised() {
        assert_eq!(table("a;b\n1,5;2\n").header.len(), 2);
        assert_eq!(table("a\tb\n1\t2\n").cell(0, 1), "2");
    }

    #[test]
    fn a_row_of_another_length_is_reported_and_left_out() {
        let checked = read(&SourceFile::new("a.csv", "a,b\n1\n1,2,3\n1,2,\n"));
        let codes: Vec<&str> = checked
            .diagnostics
            .iter()
            .map(|d| d.code.as_str())
            .collect();
        assert_eq!(codes, ["row-length", "row-length"]);
        assert_eq!(checked.value.unwrap().row_count(), 1);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_reported_where_it_opens() {
        let checked = read(&SourceFile::new(
            "a.csv",
            "a,b\n\"x \"\"y\"\"\",2\n3,\"4\n5,6\n",
        ));
        let found: Vec<String> = checked
            .diagnostics
            .iter()
            .map(|d| format!("{} {}", d.code, d.place.shown()))
            .collect();
        assert_eq!(found, ["csv-malformed a.csv:3:3"]);
        let table = checked.value.unwrap();
        assert_eq!((table.row_count(), table.cell(0, 0)), (1, "x \"y\""));
        assert_eq!(
            read(&SourceFile::new("a.csv", "a,b\n5\" ống,\"\"\n")).diagnostics,
            []
        );
    }

    #[test]
    fn an_empty_file_is_reported() {
        assert_eq!(
            read(&SourceFile::new("a.csv", "a,b\n")).diagnostics.len(),
            1
        );
        assert_eq!(read(&SourceFile::new("a.csv", "")).diagnostics.len(), 1);
    }
}
