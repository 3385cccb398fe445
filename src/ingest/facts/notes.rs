//! Footnotes below a table → notes of the figures that bear their marks; units of measure above it.

use std::collections::BTreeSet;

use super::Reader;
use crate::diagnostic::{Diagnostic, Place, codes, phrase};
use crate::model::{Extra, MeasureIx, MeasureType};
use crate::table::layout::words::marked_name;

impl Reader<'_, '_> {
    /// Adds the note of a mark to what a figure has.
    pub(super) fn add_note(&mut self, mark: &str, extra: &mut Extra) {
        self.marks.insert(mark.to_owned());
        let mut notes = self.frame.notes.iter();
        let Some(note) = notes.find(|n| n.mark.as_deref() == Some(mark)) else {
            return;
        };
        let text = match &extra.note {
            Some(own) => format!("{own}; {}", note.line.text),
            None => note.line.text.clone(),
        };
        extra.note = Some(text.into());
    }

    /// Adds the note of a mark behind the name of the unit to all figures of its row.
    pub(super) fn note_of_name(&mut self, row: usize, extra: &mut Extra) {
        if self.frame.notes.is_empty() {
            return;
        }
        let Some(column) = self.unit_column(row) else {
            return;
        };
        if let Some((_, mark)) = marked_name(self.table.cell(row, column)) {
            self.add_note(mark, extra);
        }
    }

    /// Reports marks of a sheet that no note explains, and notes whose mark stands nowhere.
    pub(super) fn report_marks(&mut self) {
        if !self.frame.is_laid {
            return;
        }
        let in_header = self.table.header.iter().filter_map(|h| marked_name(h));
        self.marks
            .extend(in_header.map(|(_, mark)| mark.to_owned()));
        let notes = self.frame.notes.iter().filter_map(|n| n.mark.as_deref());
        let explained: BTreeSet<&str> = notes.collect();
        let lost = self
            .marks
            .iter()
            .filter(|m| !explained.contains(m.as_str()));
        let rows = self.table.row_count();
        let line = if rows == 0 {
            self.table.header_line
        } else {
            self.table.line(rows - 1)
        };
        let place = |line: u32| Place {
            column: None,
            ..Place::at(&self.table.file, line, 0, 1).in_sheet(self.table.sheet.as_ref())
        };
        let mut found: Vec<Diagnostic> = lost
            .map(|mark| {
                Diagnostic::new(codes::TABLE_NOTE_MARKER, place(line))
                    .with("mark", mark)
                    .with("what", phrase("note-missing"))
            })
            .collect();
        for note in self.frame.notes {
            let Some(mark) = &note.mark else { continue };
            if !self.marks.contains(mark) {
                let d = Diagnostic::new(codes::TABLE_NOTE_MARKER, place(note.line.line))
                    .with("mark", mark)
                    .with("what", phrase("mark-missing"));
                found.push(d);
            }
        }
        self.out.findings.extend(found);
    }

    /// The unit of measure that stands above the table, for counts and amounts that are counted otherwise.
    pub(super) fn unit_of_measure(&self, measure: MeasureIx) -> Option<Box<str>> {
        let unit = self.frame.unit_of_measure?;
        let measure = self.context.catalog.measure(measure);
        let is_counted = matches!(measure.kind, MeasureType::Count | MeasureType::Amount);
        (is_counted && measure.unit != unit).then(|| unit.into())
    }
}
