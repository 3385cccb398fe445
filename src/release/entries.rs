//! `data/revisions.toml`: what changed after a release, when and why.

use std::fmt::Write as _;

use super::{Cell, words};
use crate::diagnostic::{Checked, Diagnostic, Place, codes};
use crate::source::Sources;
use crate::table::encoding;
use crate::text::date::Date;
use crate::toml_file::{Section, TomlFile};

/// The path of the file.
pub const PATH: &str = "data/revisions.toml";

/// One change with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Id of the period.
    pub period: String,
    /// What the figure is of.
    pub cell: Cell,
    /// The value before; empty where there was none.
    pub old: String,
    /// The value after; empty where there is none any more.
    pub new: String,
    /// The day.
    pub date: Option<Date>,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// Where it stands.
    pub place: Place,
    /// Where its reason stands, or should.
    pub reason_place: Place,
}

/// Reads all entries, in the order of the file.
pub(super) fn read(sources: &Sources) -> Checked<Vec<Entry>> {
    let Some(file) = sources.get(PATH) else {
        return Checked::default();
    };
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(Vec::new(), vec![*d]),
    };
    let doc = TomlFile::parse(&file.path, &text);
    let root = doc.root();
    let mut findings = Vec::new();
    let tables = root.tables("revision");
    let list = tables
        .iter()
        .filter_map(|s| entry(s, &mut findings))
        .collect();
    root.close();
    findings.extend(doc.into_findings());
    Checked::new(list, findings)
}

fn entry(s: &Section<'_, '_>, findings: &mut Vec<Diagnostic>) -> Option<Entry> {
    let (period, unit, id) = (s.required("period"), s.required("unit"), s.required("id"));
    let (old, new) = (s.required("old"), s.required("new"));
    if !s.has("date") {
        let d = Diagnostic::new(codes::KEY_MISSING, s.place()).with("name", "date");
        findings.push(d);
    }
    let service = s.text("service").unwrap_or_default();
    let date = s.date("date");
    let reason = s.text("reason").unwrap_or_default();
    let by = s.text("by").unwrap_or_default();
    s.close();
    Some(Entry {
        period: period?,
        cell: Cell {
            unit: unit?,
            service,
            id: id?,
        },
        old: words::canonical(&old?),
        new: words::canonical(&new?),
        date,
        reason,
        by,
        place: s.place(),
        reason_place: s.place_of("reason"),
    })
}

impl Entry {
    /// The entry as the file has it, to be pasted.
    pub fn to_toml(&self) -> String {
        let mut out = String::from("[[revision]]\n");
        let mut line = |key: &str, value: &str| {
            // Writing to a text cannot fail.
            let _ = writeln!(out, "{key} = {}", quoted(value));
        };
        line("period", &self.period);
        line("unit", &self.cell.unit);
        if !self.cell.service.is_empty() {
            line("service", &self.cell.service);
        }
        line("id", &self.cell.id);
        line("old", &self.old);
        line("new", &self.new);
        if let Some(date) = self.date {
            let _ = writeln!(out, "date = {}", date.to_iso());
        }
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        };
        line("reason", &self.reason);
        if !self.by.is_empty() {
            line("by", &self.by);
        }
        out
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The text of the file with more entries at its end; what is there stays as it is, with its ends of lines.
pub fn append(text: &str, entries: &[Entry]) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    for entry in entries {
        if !out.is_empty() {
            out.push_str(end);
        }
        out.push_str(&entry.to_toml().replace('\n', end));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn read_text(text: &str) -> Checked<Vec<Entry>> {
        read(&Sources::new(vec![SourceFile::new(PATH, text)]))
    }

    #[test]
    fn an_entry_is_read_as_it_was_written() {
        let entry = Entry {
            period: "2024-09".into(),
            cell: Cell {
                unit: "binh-an/an-hoa".into(),
                service: "khai-sinh".into(),
                id: "ho-so".into(),
            },
            old: "80".into(),
            new: "79".into(),
            date: Date::new(2024, 11, 12),
            reason: "Xã ghi \"80\"; đếm lại là 79".into(),
            by: "Văn phòng".into(),
            place: Place::default(),
            reason_place: Place::default(),
        };
        for before in ["", "# ghi chú", "# ghi chú\r\n"] {
            let text = append(before, std::slice::from_ref(&entry));
            assert!(text.starts_with(before));
            let read = read_text(&text);
            assert_eq!(read.diagnostics, []);
            let found = Entry {
                place: Place::default(),
                reason_place: Place::default(),
                ..read.value[0].clone()
            };
            assert_eq!(found, entry);
        }
    }

    #[test]
    fn an_entry_without_its_keys_is_reported_and_left_out() {
        let read = read_text("[[revision]]\nperiod = \"2024-09\"\nunit = \"a\"\nid = \"b\"\n");
        assert_eq!(read.value, []);
        assert_eq!(read.diagnostics.len(), 3, "old, new, date");
    }
}
