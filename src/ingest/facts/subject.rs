//! What a row is about: unit, service, period, status, own dates.

use super::{Reader, Subject};
use crate::diagnostic::{About, Diagnostic, codes, phrase};
use crate::ingest::headers::Column;
use crate::ingest::mapping::Fixed;
use crate::ingest::names::{self, NameError};
use crate::ingest::spelling::{self, Named};
use crate::model::{Extra, PeriodIx, ServiceIx, Stat, Status, UnitIx};
use crate::table::layout::words::marked_name;
use crate::text::date::{Date, parse_date};
use crate::text::normal::fold;
use crate::text::suggest::{suggest, suggest_period};

impl Reader<'_, '_> {
    /// What the mapping says of every row.
    fn fixed(&self) -> Fixed {
        self.frame.mapping.map_or_else(Fixed::default, |m| m.fixed)
    }

    /// The first unit column of a row that says something.
    pub(super) fn unit_column(&self, row: usize) -> Option<usize> {
        let mut columns = self.places.units.iter().copied();
        columns.find(|c| !self.table.cell(row, *c).is_empty())
    }

    pub(super) fn subject(&mut self, row: usize) -> Option<Subject> {
        let period = match self.places.period {
            _ if self.frame.about.period.is_some() => self.frame.about.period?,
            Some(c) if !self.table.cell(row, c).is_empty() => self.period(row, c)?,
            _ => self.fixed().period.unwrap_or(self.report.period),
        };
        let unit = self.unit(row, period)?;
        let service = match self.places.service {
            _ if self.frame.about.service.is_some() => self.frame.about.service?,
            Some(c) if !self.table.cell(row, c).is_empty() => self.service(row, c)?,
            _ => self.fixed().service.unwrap_or(ServiceIx::WHOLE),
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
        self.say_where(row, &mut extra);
        self.check_window(row, &extra);
        let status = match self.places.status {
            _ if self.frame.about.status.is_some() => self.frame.about.status?,
            Some(c) if !self.table.cell(row, c).is_empty() => self.status(row, c),
            _ => self.fixed().status.unwrap_or(self.report.status),
        };
        self.note_of_name(row, &mut extra);
        Some(Subject {
            unit,
            service,
            period,
            status,
            extra,
        })
    }

    /// Says where a figure of a sheet stands, as a reader looks for it, and that it is of a row of sums.
    fn say_where(&self, row: usize, extra: &mut Extra) {
        if let (Some(sheet), None) = (&self.table.sheet, &extra.document_place) {
            let place = format!("{}, dòng {}", sheet.trim(), self.table.line(row) + 1);
            extra.document_place = Some(place.into());
        }
        if let (Some(label), None) = (self.frame.total_label, &extra.note) {
            extra.note = Some(format!("Dòng {label} của bảng").into());
        }
    }

    pub(super) fn period(&mut self, row: usize, column: usize) -> Option<PeriodIx> {
        let id = self.table.cell(row, column);
        let found = crate::catalog::find_period(self.context.periods, id);
        if found.is_none() {
            let d = Diagnostic::new(codes::PERIOD_UNKNOWN, self.table.place(row, column))
                .with("name", id)
                .suggest(suggest_period(
                    id,
                    self.context.periods.iter().map(|p| p.id.as_str()),
                ));
            self.out.findings.push(d);
        }
        found
    }

    pub(super) fn status(&mut self, row: usize, column: usize) -> Status {
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

    /// The unit of a row in a period: the first of its unit columns that says something, else the reporting unit.
    pub(super) fn unit(&mut self, row: usize, period: PeriodIx) -> Option<UnitIx> {
        let whole = self.frame.only_unit.or(self.frame.about.unit);
        if whole.is_some() {
            return whole;
        }
        let Some(column) = self.unit_column(row) else {
            return Some(self.fixed().unit.unwrap_or(self.report.unit));
        };
        let text = self.table.cell(row, column);
        let known = self.units.get(text).into_iter().flatten();
        if let Some((_, unit)) = known.into_iter().find(|(p, _)| *p == period) {
            return *unit;
        }
        let catalog = self.context.catalog;
        let own = self.frame.mapping.and_then(|m| m.units.get(&fold(text)));
        let window = self.window_of(period);
        let find = |name: &str| names::unit(catalog, name, self.report.unit, window);
        let marked = || {
            let (name, _) = marked_name(text).filter(|_| self.frame.is_laid)?;
            find(name).ok()
        };
        let found = match own.map_or_else(|| find(text), |ix| Ok(*ix)) {
            Ok(ix) => Some(ix),
            Err(_) if marked().is_some() => marked(),
            Err(error) => {
                let d = self.no_unit(&error, row, column, window.1);
                self.out.findings.push(d);
                None
            }
        };
        if let Some(ix) = found {
            self.spelt(Named::Unit(ix), row, column);
        }
        let known = self.units.entry(text.to_owned()).or_default();
        known.push((period, found));
        found
    }

    /// The first and last day of a period; of the report's own as it declares them.
    fn window_of(&self, period: PeriodIx) -> (Date, Date) {
        if period == self.report.period {
            self.report.window()
        } else {
            let p = &self.context.periods[period.at()];
            (p.start, p.end)
        }
    }

    /// The finding that a cell names no unit.
    fn no_unit(
        &self,
        error: &NameError<UnitIx>,
        row: usize,
        column: usize,
        day: Date,
    ) -> Diagnostic {
        let (place, text) = (self.table.place(row, column), self.table.cell(row, column));
        let catalog = self.context.catalog;
        let d = match error {
            NameError::Unknown => Diagnostic::new(codes::UNIT_UNKNOWN, place)
                .with("name", text)
                .with("date", day)
                .suggest(names::nearest_unit(catalog, text, self.report.unit, day)),
            NameError::Ambiguous(list) => Diagnostic::new(codes::UNIT_AMBIGUOUS, place)
                .with("name", text)
                .with("count", list.len())
                .with(
                    "candidates",
                    join(list.iter().map(|u| catalog.units.get(*u).id.as_str())),
                ),
            NameError::OutOfTime(unit) => {
                super::times::out_of_time(&catalog.units, *unit, place, day)
            }
        };
        d.about(About {
            period: Some(self.period_id()),
            ..About::default()
        })
    }

    pub(super) fn service(&mut self, row: usize, column: usize) -> Option<ServiceIx> {
        let text = self.table.cell(row, column);
        if let Some(known) = self.services.get(text) {
            return *known;
        }
        let catalog = self.context.catalog;
        let own = self.frame.mapping.and_then(|m| m.services.get(&fold(text)));
        let found = match own.map_or_else(|| names::service(catalog, text), |ix| Ok(*ix)) {
            Ok(ix) => Some(ix),
            Err(error) => {
                let place = self.table.place(row, column);
                let d = match error {
                    NameError::Unknown | NameError::OutOfTime(_) => {
                        Diagnostic::new(codes::SERVICE_UNKNOWN, place)
                            .with("name", text)
                            .suggest(suggest(text, catalog.services.all_names()))
                    }
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

    pub(super) fn stat(&mut self, row: usize, column: usize) -> Option<Stat> {
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

    pub(super) fn date(&mut self, row: usize, column: Option<usize>) -> Option<Date> {
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
    pub(super) fn check_window(&mut self, row: usize, extra: &Extra) {
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
                .with("start", start)
                .with("end", end);
            self.out.findings.push(d);
        } else if extra.start.is_some_and(|d| d < self.report.start) || end > self.report.end {
            let unit = &self.context.catalog.units.get(self.report.unit).id;
            let d = Diagnostic::new(codes::OUTSIDE_PERIOD, place)
                .with("start", start)
                .with("end", end)
                .with("period_start", self.report.start)
                .with("period_end", self.report.end)
                .about(About {
                    period: Some(self.period_id()),
                    unit: Some(unit.clone()),
                    ..About::default()
                });
            self.out.findings.push(d);
        }
    }

    pub(super) fn duplicate(&mut self, row: usize, subject: &Subject, first: u32) {
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

    pub(super) fn about(&self, subject: &Subject, stat: Option<Stat>) -> About {
        let catalog = self.context.catalog;
        About {
            period: Some(self.context.periods[subject.period.at()].id.clone()),
            unit: Some(catalog.units.get(subject.unit).id.clone()),
            service: (subject.service != ServiceIx::WHOLE)
                .then(|| catalog.services.get(subject.service).id.clone()),
            id: stat.map(|s| catalog.stat_id(s).to_owned()),
        }
    }
}

fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .take(5)
        .map(|n| format!("`{n}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
