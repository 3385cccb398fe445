//! Tables of figures, wide or long → facts and claims.

mod cells;
mod copies;
mod notes;
mod subject;
mod times;

use std::collections::{BTreeSet, HashMap};

use super::headers::Column;
use super::mapping::{ColumnOptions, Fixed, Mapping};
use super::{Context, Harvest};
use crate::diagnostic::About;
use crate::model::{Extra, PeriodIx, Report, ReportIx, ServiceIx, Stat, Status, UnitIx};
use crate::table::Table;
use crate::table::grid::CellType;
use crate::table::layout::Note;
use crate::text::number::{NumberError, Style, column_style};

pub(super) use cells::Known;

/// What is known of a table beside its cells.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame<'a> {
    /// How the table is read.
    pub(super) mapping: Option<&'a Mapping>,
    /// How the numbers of each column are read; none where nothing is declared.
    pub(super) options: &'a [ColumnOptions],
    /// The notes below the table.
    pub(super) notes: &'a [Note],
    /// The unit of measure that stands above the table.
    pub(super) unit_of_measure: Option<&'a str>,
    /// The one unit of all rows, whatever they are called.
    pub(super) only_unit: Option<UnitIx>,
    /// What the row of sums is called whose figures are those of `only_unit`.
    pub(super) total_label: Option<&'a str>,
    /// The style of each column, where another table has decided it.
    pub(super) styles: Option<&'a [Option<Style>]>,
    /// What the columns are about, whatever the row says.
    pub(super) about: Fixed,
    /// Whether the table was found in a sheet, where every row needs a name.
    pub(super) is_laid: bool,
}

impl Frame<'_> {
    fn options(&self, column: usize) -> ColumnOptions {
        self.options.get(column).copied().unwrap_or_default()
    }
}

/// Reads a table of figures; gives the style of the numbers of each column.
pub(super) fn read(
    context: &Context<'_>,
    table: &Table,
    columns: &[Column],
    frame: Frame<'_>,
    report: ReportIx,
    out: &mut Harvest,
) -> Vec<Option<Style>> {
    let mut reader = Reader {
        context,
        table,
        columns,
        report: &context.reports[report.at()],
        units: HashMap::new(),
        services: HashMap::new(),
        styles: Vec::new(),
        doubts: Vec::new(),
        stats: HashMap::new(),
        places: Places::of(columns),
        frame,
        marks: BTreeSet::new(),
        out,
    };
    reader.decide_styles();
    reader.rows();
    reader.report_doubts();
    if frame.only_unit.is_none() {
        reader.find_copies();
        reader.find_blanks();
        reader.report_marks();
    }
    reader.styles
}

struct Reader<'a, 'o> {
    context: &'a Context<'a>,
    table: &'a Table,
    columns: &'a [Column],
    report: &'a Report,
    /// The units of names met so far, in each period.
    units: HashMap<String, Vec<(PeriodIx, Option<UnitIx>)>>,
    services: HashMap<String, Option<ServiceIx>>,
    stats: HashMap<String, Option<Stat>>,
    /// The style of numbers of each column.
    styles: Vec<Option<Style>>,
    /// Cells that leave the style of their column open; one that cannot be read itself is reported there.
    doubts: Vec<(usize, usize, NumberError)>,
    places: Places,
    frame: Frame<'a>,
    /// Marks of footnotes met so far.
    marks: BTreeSet<String>,
    out: &'o mut Harvest,
}

/// The columns that say what a row is about.
struct Places {
    units: Vec<usize>,
    service: Option<usize>,
    period: Option<usize>,
    status: Option<usize>,
    from: Option<usize>,
    to: Option<usize>,
    unit_of_measure: Option<usize>,
    document_place: Option<usize>,
    note: Option<usize>,
}

impl Places {
    fn of(columns: &[Column]) -> Self {
        let find = |wanted: Column| columns.iter().position(|c| *c == wanted);
        Self {
            units: (0..columns.len())
                .filter(|c| columns[*c] == Column::Unit)
                .collect(),
            service: find(Column::Service),
            period: find(Column::Period),
            status: find(Column::Status),
            from: find(Column::From),
            to: find(Column::To),
            unit_of_measure: find(Column::UnitOfMeasure),
            document_place: find(Column::DocumentPlace),
            note: find(Column::Note),
        }
    }
}

/// What a row is about.
struct Subject {
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
    status: Status,
    extra: Extra,
}

impl Reader<'_, '_> {
    fn find(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|c| *c == wanted)
    }

    fn whole(&self, stat: Stat) -> bool {
        match stat {
            Stat::Measure(m) => self.context.catalog.measure(m).kind.is_whole(),
            Stat::Indicator(_) => false,
        }
    }

    /// The style of each column: declared by the mapping, the report or the site, else by the evidence of the
    /// column.
    fn decide_styles(&mut self) {
        if let Some(styles) = self.frame.styles {
            self.styles = styles.to_vec();
            return;
        }
        let declared = self
            .frame
            .mapping
            .and_then(|m| m.style)
            .or(self.report.number_style)
            .or(self.context.config.number_style);
        for (i, column) in self.columns.iter().enumerate() {
            let declared = self.frame.options(i).style.or(declared);
            let style = match column {
                _ if declared.is_some() => declared,
                Column::Figures(stat) => self.evidence(i, self.whole(*stat)),
                Column::Value => self.evidence(i, false),
                _ => None,
            };
            self.styles.push(style);
        }
    }

    fn evidence(&mut self, column: usize, whole: bool) -> Option<Style> {
        // A cell without marks tells nothing, and most of a large table have none; nor does a number of the file.
        let cells = (0..self.table.row_count()).map(|row| {
            let c = self.table.cell(row, column);
            let has_mark = c.bytes().any(|b| b == b'.' || b == b',');
            if has_mark && self.table.kind(row, column) == CellType::Text {
                c
            } else {
                ""
            }
        });
        match column_style(cells, whole) {
            Ok(style) => style,
            Err((row, error)) => {
                self.doubts.push((row, column, error));
                None
            }
        }
    }

    fn report_doubts(&mut self) {
        for (row, column, error) in std::mem::take(&mut self.doubts) {
            let about = About {
                period: Some(self.period_id()),
                ..About::default()
            };
            self.unreadable(
                row,
                column,
                &error,
                &self.table.header[column].clone(),
                about,
            );
        }
    }

    fn period_id(&self) -> String {
        self.context.periods[self.report.period.at()].id.clone()
    }

    fn rows(&mut self) {
        let by_row = self.find(Column::Stat).zip(self.find(Column::Value));
        let figures: Vec<(usize, Stat)> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(i, c)| {
                if let Column::Figures(stat) = c {
                    Some((i, *stat))
                } else {
                    None
                }
            })
            .collect();
        let mut seen: HashMap<(UnitIx, ServiceIx, PeriodIx), u32> =
            HashMap::with_capacity(self.table.row_count());
        self.out
            .facts
            .reserve(self.table.row_count() * figures.len());
        for row in 0..self.table.row_count() {
            let Some(subject) = self.subject(row) else {
                continue;
            };
            if !figures.is_empty() && by_row.is_none() {
                let key = (subject.unit, subject.service, subject.period);
                if let Some(first) = seen.insert(key, self.table.line(row)) {
                    self.duplicate(row, &subject, first);
                }
            }
            for (column, stat) in &figures {
                self.cell(row, *column, *stat, &subject);
            }
            if let Some((stat_column, value_column)) = by_row
                && let Some(stat) = self.stat(row, stat_column)
            {
                self.cell(row, value_column, stat, &subject);
            }
        }
    }
}
