//! Rows of a catalogue file, by the names of its columns.

use std::collections::HashMap;

use crate::catalog::is_id;
use crate::diagnostic::{Diagnostic, Place, ToArgument, codes, phrase};
use crate::source::Sources;
use crate::table::{Table, csv};
use crate::text::date::Date;
use crate::text::normal::nfc;
use crate::text::suggest::suggest;

/// A catalogue file with known columns.
pub(super) struct Rows {
    table: Table,
    columns: HashMap<&'static str, usize>,
}

impl Rows {
    /// Reads `path`; a missing file has no rows. Unknown columns and missing `required` ones are findings.
    pub(super) fn read(
        sources: &Sources,
        path: &str,
        known: &'static [&'static str],
        required: &[&'static str],
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let file = sources.get(path)?;
        let table = csv::read(file).take(findings)?;
        let mut columns = HashMap::new();
        for (i, cell) in table.header.iter().enumerate() {
            match known.iter().find(|k| **k == cell) {
                Some(name) if columns.contains_key(name) => {
                    findings.push(
                        Diagnostic::new(codes::HEADER_DUPLICATE, table.header_place(i))
                            .with("name", cell),
                    );
                }
                Some(name) => {
                    columns.insert(*name, i);
                }
                None => findings.push(
                    Diagnostic::new(codes::HEADER_UNKNOWN, table.header_place(i))
                        .with("name", cell)
                        .with(
                            "mend",
                            phrase("mend-fixed-header").with("columns", known.join(", ")),
                        )
                        .suggest(suggest(cell, known.iter().copied())),
                ),
            }
        }
        let mut complete = true;
        for name in required {
            if !columns.contains_key(name) {
                findings.push(
                    Diagnostic::new(codes::HEADER_MISSING, Place::file(&table.file))
                        .with("name", name),
                );
                complete = false;
            }
        }
        complete.then_some(Self { table, columns })
    }

    /// All rows.
    pub(super) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.table.row_count()).map(|row| Row { rows: self, row })
    }
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    rows: &'r Rows,
    row: usize,
}

impl Row<'_> {
    /// The English name and the short one, which is the name itself where none is given; both empty where there is no
    /// name.
    pub(super) fn english(&self) -> (String, String) {
        let (name, short) = (self.text("name_en"), self.text("short_name_en"));
        let short = if short.is_empty() {
            name.clone()
        } else {
            short
        };
        (name, short)
    }

    /// The text of a column, NFC; empty where the column is missing.
    pub(super) fn text(&self, column: &str) -> String {
        self.rows.columns.get(column).map_or_else(String::new, |c| {
            nfc(self.rows.table.cell(self.row, *c)).into_owned()
        })
    }

    /// The parts of a `|`-separated list.
    pub(super) fn list(&self, column: &str) -> Vec<String> {
        self.text(column)
            .split('|')
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The place of a column in this row.
    pub(super) fn place(&self, column: &str) -> Place {
        match self.rows.columns.get(column) {
            Some(c) => self.rows.table.place(self.row, *c),
            None => Place::at(&self.rows.table.file, self.rows.table.line(self.row), 0, 1),
        }
    }

    /// A day; an impossible one is a finding.
    pub(super) fn date(
        &self,
        column: &'static str,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Date> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let date = Date::parse_iso(&text);
        if date.is_none() {
            let d = Diagnostic::new(codes::INVALID_DATE, self.place(column))
                .with("value", text)
                .with("name", column);
            findings.push(d);
        }
        date
    }

    /// The id of the row, if it may make an address.
    pub(super) fn id(&self, findings: &mut Vec<Diagnostic>) -> Option<String> {
        let id = self.text("id");
        if is_id(&id) {
            return Some(id);
        }
        findings.push(Diagnostic::new(codes::ID_INVALID, self.place("id")).with("value", id));
        None
    }

    /// A word that `parse` must know.
    pub(super) fn parsed<T>(
        &self,
        column: &'static str,
        expected: impl ToArgument,
        parse: impl Fn(&str) -> Option<T>,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let text = self.text(column);
        let value = parse(&text);
        if value.is_none() {
            let d = Diagnostic::new(codes::VALUE_INVALID, self.place(column))
                .with("value", text)
                .with("name", column)
                .with("expected", expected);
            findings.push(d);
        }
        value
    }
}

/// A finding that an id is used twice.
pub(super) fn duplicate(id: &str, place: Place, first: &Place) -> Diagnostic {
    Diagnostic::new(codes::ID_DUPLICATE, place)
        .with("value", id)
        .with("other", first.shown())
        .also(first.clone())
}
