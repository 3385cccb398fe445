//! Columns of a table that are copies of each other, and columns with gaps.

use super::Reader;
use crate::diagnostic::{About, Diagnostic, codes};
use crate::ingest::Copy;
use crate::ingest::headers::Column;
use crate::model::{MeasureIx, MeasureType, Stat};
use crate::table::Table;

impl Reader<'_, '_> {
    /// Reports pairs of columns that are equal in every row, unless one is the whole or a part of the other.
    pub(super) fn find_copies(&mut self) {
        let measures: Vec<(usize, MeasureIx)> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(i, c)| match c {
                Column::Figures(Stat::Measure(m)) => Some((i, *m)),
                _ => None,
            })
            .filter(|(_, m)| self.context.catalog.measure(*m).kind != MeasureType::YesNo)
            .collect();
        for (n, (a, first)) in measures.iter().enumerate() {
            for (b, second) in &measures[n + 1..] {
                let Some(rows) = equal_rows(self.table, *a, *b) else {
                    continue;
                };
                if self.is_part_of(*first, *second) || self.is_part_of(*second, *first) {
                    continue;
                }
                self.out.copies.push(Copy {
                    file: 0,
                    first: *first,
                    second: *second,
                });
                let unit = &self.context.catalog.units.get(self.report.unit).id;
                let d = Diagnostic::new(codes::DUPLICATE_COLUMNS, self.table.header_place(*b))
                    .with("first", &self.table.header[*a])
                    .with("second", &self.table.header[*b])
                    .with("rows", rows)
                    .about(About {
                        period: Some(self.period_id()),
                        unit: Some(unit.clone()),
                        service: None,
                        id: Some(self.context.catalog.measure(*second).id.clone()),
                    })
                    .also(self.table.header_place(*a));
                self.out.findings.push(d);
            }
        }
    }

    /// Reports blank cells in rows with other figures.
    pub(super) fn find_blanks(&mut self) {
        let catalog = self.context.catalog;
        let about = About {
            period: Some(self.period_id()),
            unit: Some(catalog.units.get(self.report.unit).id.clone()),
            ..About::default()
        };
        let kind = |stat| match stat {
            Stat::Measure(m) => Some(catalog.measure(m).kind),
            Stat::Indicator(_) => None,
        };
        let found = crate::ingest::blanks::find(self.table, self.columns, kind, &about);
        self.out.findings.extend(found);
    }

    fn is_part_of(&self, part: MeasureIx, whole: MeasureIx) -> bool {
        let catalog = self.context.catalog;
        catalog
            .measure(whole)
            .parts
            .iter()
            .flatten()
            .any(|p| *p == part)
            || catalog.measure(part).within.contains(&whole)
    }
}

/// The number of rows, if the two columns agree in all of them and hold at least three numbers above zero.
fn equal_rows(table: &Table, a: usize, b: usize) -> Option<usize> {
    let mut telling = 0;
    for row in 0..table.row_count() {
        let text = table.cell(row, a);
        if text != table.cell(row, b) {
            return None;
        }
        if text.bytes().any(|c| (b'1'..=b'9').contains(&c)) {
            telling += 1;
        }
    }
    (telling >= 3).then(|| table.row_count())
}
