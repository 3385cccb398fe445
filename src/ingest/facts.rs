//! Tables of figures, wide or long → facts and claims.

use std::collections::HashMap;

use super::headers::Column;
use super::names::{self, NameError};
use super::spelling::{self, Named};
use super::{Context, Copy, Harvest};
use crate::decimal::Decimal;
use crate::diagnostic::{About, Code, Diagnostic, codes, phrase};
use crate::model::{
    Claim, Extra, Key, Kind, MeasureIx, MeasureType, Origin, PeriodIx, Report, ReportIx, ServiceIx,
    Stat, Status, UnitIx,
};
use crate::table::Table;
use crate::text::date::{Date, parse_date};
use crate::text::normal::fold;
use crate::text::number::{
    Absence, Cell, Expect, NumberError, Qualifier, Reading, Style, column_style, parse_cell,
};
use crate::text::suggest::suggest;
use crate::waiver;

/// Reads a table of figures.
pub(super) fn read(
    context: &Context<'_>,
    table: &Table,
    columns: &[Column],
    position: u16,
    report: ReportIx,
    out: &mut Harvest,
) {
    let mut reader = Reader {
        context,
        table,
        columns,
        position,
        report: &context.reports[report.at()],
        units: HashMap::new(),
        services: HashMap::new(),
        styles: Vec::new(),
        doubts: Vec::new(),
        stats: HashMap::new(),
        places: Places::of(columns),
        out,
    };
    reader.decide_styles();
    reader.rows();
    reader.report_doubts();
    reader.find_copies();
}

struct Reader<'a, 'o> {
    context: &'a Context<'a>,
    table: &'a Table,
    columns: &'a [Column],
    position: u16,
    report: &'a Report,
    units: HashMap<String, Option<UnitIx>>,
    services: HashMap<String, Option<ServiceIx>>,
    stats: HashMap<String, Option<Stat>>,
    /// The style of numbers of each column.
    styles: Vec<Option<Style>>,
    /// Cells that leave the style of their column open; one that cannot be read itself is reported there.
    doubts: Vec<(usize, usize, NumberError)>,
    places: Places,
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

    /// The style of each column: declared by the report or the site, else by the evidence of the column.
    fn decide_styles(&mut self) {
        let declared = self
            .report
            .number_style
            .or(self.context.config.number_style);
        for (i, column) in self.columns.iter().enumerate() {
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
        // A cell without marks tells nothing, and most of a large table have none.
        let cells = self.table.cells_of(column).map(|c| {
            let has_mark = c.bytes().any(|b| b == b'.' || b == b',');
            if has_mark { c } else { "" }
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

    fn subject(&mut self, row: usize) -> Option<Subject> {
        let period = match self.places.period {
            Some(c) if !self.table.cell(row, c).is_empty() => self.period(row, c)?,
            _ => self.report.period,
        };
        let unit = self.unit(row)?;
        let service = match self.places.service {
            Some(c) if !self.table.cell(row, c).is_empty() => self.service(row, c)?,
            _ => ServiceIx::WHOLE,
        };
        let mut extra = Extra {
            start: self.date(row, self.places.from),
            end: self.date(row, self.places.to),
            ..Extra::default()
        };
        let text = |c: Option<usize>| {
            c.map(|c| self.table.cell(row, c))
                .filter(|t| !t.is_empty())
                .map(Box::<str>::from)
        };
        extra.unit_of_measure = text(self.places.unit_of_measure);
        extra.document_place = text(self.places.document_place);
        extra.note = text(self.places.note);
        self.check_window(row, &extra);
        let status = match self.places.status {
            Some(c) if !self.table.cell(row, c).is_empty() => self.status(row, c),
            _ => self.report.status,
        };
        Some(Subject {
            unit,
            service,
            period,
            status,
            extra,
        })
    }

    fn period(&mut self, row: usize, column: usize) -> Option<PeriodIx> {
        let id = self.table.cell(row, column);
        let found = crate::catalog::find_period(self.context.periods, id);
        if found.is_none() {
            let d = Diagnostic::new(codes::PERIOD_UNKNOWN, self.table.place(row, column))
                .with("name", id)
                .suggest(suggest(
                    id,
                    self.context.periods.iter().map(|p| p.id.as_str()),
                ));
            self.out.findings.push(d);
        }
        found
    }

    fn status(&mut self, row: usize, column: usize) -> Status {
        let text = self.table.cell(row, column);
        Status::parse(&fold(text)).unwrap_or_else(|| {
            let d = Diagnostic::new(codes::VALUE_INVALID, self.table.place(row, column))
                .with("value", text)
                .with("name", &self.table.header[column])
                .with("expected", phrase("figure-status"));
            self.out.findings.push(d);
            self.report.status
        })
    }

    /// The unit of a row: the first of its unit columns that says something, else the reporting unit.
    fn unit(&mut self, row: usize) -> Option<UnitIx> {
        let mut columns = self.places.units.iter().copied();
        let Some(column) = columns.find(|c| !self.table.cell(row, *c).is_empty()) else {
            return Some(self.report.unit);
        };
        let text = self.table.cell(row, column);
        if let Some(known) = self.units.get(text) {
            return *known;
        }
        let catalog = self.context.catalog;
        let found = match names::unit(catalog, text, self.report.unit, self.report.end) {
            Ok(ix) => Some(ix),
            Err(error) => {
                let place = self.table.place(row, column);
                let d = match error {
                    NameError::Unknown => {
                        let valid = catalog
                            .units
                            .list
                            .iter()
                            .filter(|u| u.is_valid_on(self.report.end));
                        Diagnostic::new(codes::UNIT_UNKNOWN, place)
                            .with("name", text)
                            .with("date", self.report.end.format_vi())
                            .suggest(suggest(text, valid.map(|u| u.name.as_str())))
                    }
                    NameError::Ambiguous(list) => Diagnostic::new(codes::UNIT_AMBIGUOUS, place)
                        .with("name", text)
                        .with("count", list.len())
                        .with(
                            "candidates",
                            join(list.iter().map(|u| catalog.units.get(*u).id.as_str())),
                        ),
                };
                self.out.findings.push(d.about(About {
                    period: Some(self.period_id()),
                    ..About::default()
                }));
                None
            }
        };
        if let Some(ix) = found {
            self.spelt(Named::Unit(ix), row, column);
        }
        self.units.insert(text.to_owned(), found);
        found
    }

    fn service(&mut self, row: usize, column: usize) -> Option<ServiceIx> {
        let text = self.table.cell(row, column);
        if let Some(known) = self.services.get(text) {
            return *known;
        }
        let catalog = self.context.catalog;
        let found = match names::service(catalog, text) {
            Ok(ix) => Some(ix),
            Err(error) => {
                let place = self.table.place(row, column);
                let d = match error {
                    NameError::Unknown => Diagnostic::new(codes::SERVICE_UNKNOWN, place)
                        .with("name", text)
                        .suggest(suggest(text, catalog.services.all_names())),
                    NameError::Ambiguous(list) => Diagnostic::new(codes::SERVICE_AMBIGUOUS, place)
                        .with("name", text)
                        .with("count", list.len())
                        .with(
                            "candidates",
                            join(list.iter().map(|s| catalog.services.get(*s).id.as_str())),
                        ),
                };
                self.out.findings.push(d.about(About {
                    period: Some(self.period_id()),
                    ..About::default()
                }));
                None
            }
        };
        if let Some(ix) = found {
            self.spelt(Named::Service(ix), row, column);
        }
        self.services.insert(text.to_owned(), found);
        found
    }

    /// Keeps how a unit or service is spelt where it first stands.
    fn spelt(&mut self, named: Named, row: usize, column: usize) {
        let (text, place) = (self.table.cell(row, column), self.table.place(row, column));
        let found = spelling::spelling(self.context.catalog, named, text, place);
        self.out.spellings.extend(found);
    }

    fn stat(&mut self, row: usize, column: usize) -> Option<Stat> {
        let text = self.table.cell(row, column);
        if let Some(known) = self.stats.get(text) {
            return *known;
        }
        let found = self.context.catalog.stat_named(text);
        if found.is_none() {
            let d = Diagnostic::new(codes::MEASURE_UNKNOWN, self.table.place(row, column))
                .with("name", text)
                .suggest(suggest(
                    text,
                    self.context
                        .catalog
                        .stat_words()
                        .chain(self.context.catalog.stat_ids()),
                ));
            self.out.findings.push(d);
        }
        self.stats.insert(text.to_owned(), found);
        found
    }

    fn date(&mut self, row: usize, column: Option<usize>) -> Option<Date> {
        let column = column?;
        let text = self.table.cell(row, column);
        if text.is_empty() {
            return None;
        }
        if let Ok(date) = parse_date(text) {
            Some(date)
        } else {
            let d = Diagnostic::new(codes::INVALID_DATE, self.table.place(row, column))
                .with("value", text)
                .with("name", &self.table.header[column]);
            self.out.findings.push(d);
            None
        }
    }

    /// Reports figures whose own dates lie outside the window of the report.
    fn check_window(&mut self, row: usize, extra: &Extra) {
        if extra.start.is_none() && extra.end.is_none() {
            return;
        }
        let (start, end) = (
            extra.start.unwrap_or(self.report.start),
            extra.end.unwrap_or(self.report.end),
        );
        let column = self
            .find(Column::To)
            .or_else(|| self.find(Column::From))
            .unwrap_or(0);
        let place = self.table.place(row, column);
        if extra.start.is_some() && extra.end.is_some() && start > end {
            let d = Diagnostic::new(codes::WINDOW_REVERSED, place)
                .with("start", start.format_vi())
                .with("end", end.format_vi());
            self.out.findings.push(d);
        } else if extra.start.is_some_and(|d| d < self.report.start) || end > self.report.end {
            let unit = &self.context.catalog.units.get(self.report.unit).id;
            let d = Diagnostic::new(codes::OUTSIDE_PERIOD, place)
                .with("start", start.format_vi())
                .with("end", end.format_vi())
                .with("period_start", self.report.start.format_vi())
                .with("period_end", self.report.end.format_vi())
                .about(About {
                    period: Some(self.period_id()),
                    unit: Some(unit.clone()),
                    ..About::default()
                });
            self.out.findings.push(d);
        }
    }

    fn duplicate(&mut self, row: usize, subject: &Subject, first: u32) {
        let catalog = self.context.catalog;
        let of_service = subject.service != ServiceIx::WHOLE;
        let (code, name) = if of_service {
            (
                codes::SERVICE_DUPLICATE,
                &catalog.services.get(subject.service).name,
            )
        } else {
            (codes::UNIT_DUPLICATE, &catalog.units.get(subject.unit).name)
        };
        let wanted = if of_service {
            Column::Service
        } else {
            Column::Unit
        };
        let column = self.find(wanted).unwrap_or(0);
        let d = Diagnostic::new(code, self.table.place(row, column))
            .with("name", name)
            .with("other", first + 1)
            .about(self.about(subject, None));
        self.out.findings.push(d);
    }

    fn about(&self, subject: &Subject, stat: Option<Stat>) -> About {
        let catalog = self.context.catalog;
        About {
            period: Some(self.context.periods[subject.period.at()].id.clone()),
            unit: Some(catalog.units.get(subject.unit).id.clone()),
            service: (subject.service != ServiceIx::WHOLE)
                .then(|| catalog.services.get(subject.service).id.clone()),
            id: stat.map(|s| catalog.stat_id(s).to_owned()),
        }
    }

    fn cell(&mut self, row: usize, column: usize, stat: Stat, subject: &Subject) {
        let catalog = self.context.catalog;
        let text = self.table.cell(row, column);
        let yes_no =
            matches!(stat, Stat::Measure(m) if catalog.measure(m).kind == MeasureType::YesNo);
        let share = matches!(stat, Stat::Indicator(i) if catalog.indicator(i).unit == "%");
        let expect = Expect {
            whole: self.whole(stat),
            share,
            style: self.styles[column],
            yes_no,
        };
        let cell = match parse_cell(text, &expect) {
            Ok(cell) => cell,
            Err(error) => {
                if let Some(reading) = self.declared(row, column, &error, stat, subject) {
                    Cell::Number(reading)
                } else {
                    self.push(row, column, stat, subject, Kind::Unreadable, None);
                    return;
                }
            }
        };
        match cell {
            Cell::Number(reading) => {
                self.push(row, column, stat, subject, Kind::Value, Some(&reading));
            }
            Cell::Absent(absence) => {
                let kind = match absence {
                    Absence::NotReported => Kind::NotReported,
                    Absence::NotApplicable => Kind::NotApplicable,
                    Absence::NoActivity => Kind::NoActivity,
                };
                // In a long table an empty value says that the document gives none; in a wide one as well.
                self.push(row, column, stat, subject, kind, None);
            }
            Cell::Fraction {
                numerator,
                denominator,
            } => {
                self.fraction(row, column, stat, subject, &numerator, &denominator);
            }
        }
    }

    /// A cell `a/b`: two facts, if the catalogue says what `b` is.
    fn fraction(
        &mut self,
        row: usize,
        column: usize,
        stat: Stat,
        subject: &Subject,
        numerator: &Reading,
        denominator: &Reading,
    ) {
        let of = match stat {
            Stat::Measure(m) => self.context.catalog.measure(m).fraction_of,
            Stat::Indicator(_) => None,
        };
        if let Some(of) = of {
            self.push(row, column, stat, subject, Kind::Value, Some(numerator));
            self.push(
                row,
                column,
                Stat::Measure(of),
                subject,
                Kind::Value,
                Some(denominator),
            );
        } else {
            let name = self.context.catalog.stat_label(stat).to_owned();
            let about = self.about(subject, Some(stat));
            self.unreadable(row, column, &NumberError::NotANumber, &name, about);
            self.push(row, column, stat, subject, Kind::Unreadable, None);
        }
    }

    /// Reports an unreadable cell; gives the reading that a waiver declares for it, if one does.
    fn declared(
        &mut self,
        row: usize,
        column: usize,
        error: &NumberError,
        stat: Stat,
        subject: &Subject,
    ) -> Option<Reading> {
        let about = self.about(subject, Some(stat));
        let place = self.table.place(row, column);
        let name = self.context.catalog.stat_label(stat).to_owned();
        let code = self.unreadable(row, column, error, &name, about.clone());
        let text = waiver::reading(self.context.waivers, code, &place, &about)?;
        declared_reading(text)
    }

    fn unreadable(
        &mut self,
        row: usize,
        column: usize,
        error: &NumberError,
        name: &str,
        about: About,
    ) -> Code {
        let text = self.table.cell(row, column);
        let place = self.table.place(row, column);
        let d = match error {
            NumberError::Ambiguous { readings } => Diagnostic::new(codes::NUMBER_AMBIGUOUS, place)
                .with("first", readings[0].to_plain().replace('.', ","))
                .with("second", readings[1].to_plain().replace('.', ",")),
            _ => Diagnostic::new(codes::NUMBER_UNREADABLE, place),
        };
        let code = d.code;
        self.doubts.retain(|(r, c, _)| (*r, *c) != (row, column));
        self.out
            .findings
            .push(d.with("value", text).with("name", name).about(about));
        code
    }

    fn push(
        &mut self,
        row: usize,
        column: usize,
        stat: Stat,
        subject: &Subject,
        kind: Kind,
        reading: Option<&Reading>,
    ) {
        let text = self.table.cell(row, column);
        let origin = Origin {
            file: self.position,
            line: self.table.line(row),
            column: self.table.column(row, column),
        };
        let mut extra = subject.extra.clone();
        if let Some(r) = reading {
            extra.qualifier = (r.qualifier != Qualifier::Equal).then_some(r.qualifier);
            extra.max = r.max;
        }
        match stat {
            Stat::Measure(m) => {
                let plain = reading.is_some_and(|r| is_plain(text, r.value));
                if !plain && !text.is_empty() {
                    extra.as_written = Some(text.into());
                }
                self.out.facts.push(
                    Key::new(subject.unit, subject.service, subject.period, m.0),
                    reading.map_or(Decimal::ZERO, |r| r.value),
                    kind,
                    subject.status,
                    origin,
                    extra,
                );
            }
            // A claim that says nothing is no claim.
            Stat::Indicator(_) if kind != Kind::Value && kind != Kind::Unreadable => {}
            Stat::Indicator(i) => self.out.claims.push(Claim {
                key: Key::new(subject.unit, subject.service, subject.period, i.0),
                value: reading.map(|r| r.value),
                decimals: reading.map_or(0, |r| r.decimals),
                status: subject.status,
                origin,
                as_written: text.into(),
                extra,
                doubtful: false,
                set_aside: false,
            }),
        }
    }

    /// Reports pairs of columns that are equal in every row, unless one is the whole or a part of the other.
    fn find_copies(&mut self) {
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
                    file: self.position,
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

/// Whether a text is the plain form of a number.
fn is_plain(text: &str, value: Decimal) -> bool {
    let is_count = value.scale() == 0 && text.starts_with(|c: char| ('1'..='9').contains(&c));
    if is_count {
        // Nearly every cell of a large table, without writing the number.
        return text.parse() == Ok(value.mantissa());
    }
    value.to_plain() == text
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

/// A declared reading: `12.5`, `> 1000`, `3..4`.
fn declared_reading(text: &str) -> Option<Reading> {
    let text = text.trim();
    let (qualifier, rest) = [
        (">=", Qualifier::AtLeast),
        ("<=", Qualifier::AtMost),
        ("≥", Qualifier::AtLeast),
        ("≤", Qualifier::AtMost),
        (">", Qualifier::More),
        ("<", Qualifier::Less),
        ("≈", Qualifier::About),
        ("=", Qualifier::Equal),
    ]
    .into_iter()
    .find_map(|(sign, q)| text.strip_prefix(sign).map(|rest| (q, rest)))
    .unwrap_or((Qualifier::Equal, text));
    let (low, high) = match rest.split_once("..") {
        Some((low, high)) => (low, Some(Decimal::parse_plain(high.trim())?)),
        None => (rest, None),
    };
    let value = Decimal::parse_plain(low.trim())?;
    Some(Reading {
        value,
        max: high,
        qualifier,
        percent_sign: false,
        decimals: value.scale(),
        footnote: None,
        style_note: false,
    })
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .take(5)
        .map(|n| format!("`{n}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
