//! `so-lieu.csv`: one fact, claim, indicator or target a row, in the form that other programs may rely on.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::analysis::{Analysis, Basis, Observation, State};
use crate::decimal::Decimal;
use crate::model::{
    Claim, Extra, FactIx, IndicatorIx, IndicatorKind, Key, Kind, MeasureType, Origin, PeriodIx,
    ServiceIx, Stat, Target, UnitIx,
};
use crate::text::date::Date;

mod before;

/// The header. Its names and order do not change.
pub const HEADER: [&str; 24] = [
    "period",
    "period_start",
    "period_end",
    "unit",
    "unit_name",
    "service",
    "service_name",
    "kind",
    "id",
    "value",
    "value_max",
    "qualifier",
    "as_written",
    "unit_of_measure",
    "numerator",
    "denominator",
    "of_whom",
    "operator",
    "deadline",
    "legal_basis",
    "status",
    "source_file",
    "source_place",
    "note",
];

/// The most rows that stand in one file; above, `so-lieu.csv` is an index of parts.
pub const MOST_ROWS: usize = 500_000;

/// A row before it is written.
#[derive(Default)]
struct Row<'a> {
    unit: u32,
    service: u16,
    start: Option<Date>,
    end: Option<Date>,
    kind: &'a str,
    id: &'a str,
    value: Option<Decimal>,
    max: Option<Decimal>,
    qualifier: &'a str,
    as_written: &'a str,
    unit_of_measure: &'a str,
    numerator: Option<Decimal>,
    denominator: Option<Decimal>,
    of_whom: &'a str,
    operator: &'a str,
    deadline: &'a str,
    legal_basis: &'a str,
    status: &'a str,
    source_file: &'a str,
    source_place: &'a str,
    note: &'a str,
}

/// Writes CSV rows with reused buffers.
struct Writer<'a, 'w> {
    analysis: &'a Analysis<'a>,
    period: PeriodIx,
    out: &'w mut dyn Write,
    line: String,
    /// The first fields of the last row, and what they were written for: most rows share them with the one before.
    head: String,
    head_of: Option<(u32, u16, Option<Date>, Option<Date>)>,
    rows: usize,
}

/// Writes the header line.
///
/// # Errors
/// The writer's.
pub fn header(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", HEADER.join(","))
}

/// How many rows an edition has at most, without writing them.
pub fn row_count(analysis: &Analysis<'_>) -> usize {
    let ratios = analysis
        .catalog
        .indicators
        .iter()
        .filter(|i| i.has_base())
        .count();
    analysis.facts().len() + analysis.claims().list.len() + analysis.targets.len() + ratios
}

/// Writes the rows of an edition, of `only` where given: facts and indicators row by row, claims, targets.
///
/// # Errors
/// The writer's.
pub fn edition(
    analysis: &Analysis<'_>,
    period: PeriodIx,
    only: Option<UnitIx>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let mut w = Writer {
        analysis,
        period,
        out,
        line: String::new(),
        head: String::new(),
        head_of: None,
        rows: 0,
    };
    match only {
        Some(unit) => w.unit(unit)?,
        None => {
            for unit in analysis.catalog.units.indices() {
                w.unit(unit)?;
            }
        }
    }
    for target in analysis
        .targets
        .iter()
        .filter(|t| t.period == period && only.is_none_or(|u| u == t.unit))
    {
        w.target(target)?;
    }
    Ok(w.rows)
}

impl<'a> Writer<'a, '_> {
    fn unit(&mut self, unit: UnitIx) -> io::Result<()> {
        let facts = self.analysis.facts();
        let keys = facts.keys();
        let range = facts.of_unit(unit);
        let mut at = range.start;
        while at < range.end {
            let key = keys[at];
            let rest = &keys[at..range.end];
            if key.period() < self.period {
                let wanted = Key::new(unit, key.service(), self.period, 0);
                at += rest.partition_point(|k| *k < wanted);
                continue;
            }
            if key.period() > self.period {
                at += rest.partition_point(|k| k.service() <= key.service());
                continue;
            }
            let row = rest.iter().take_while(|k| k.row() == key.row()).count();
            for i in at..at + row {
                self.fact(FactIx::from_at(i))?;
            }
            self.indicators(key)?;
            at += row;
        }
        self.derived(unit)?;
        self.before(unit)?;
        let claims = self.analysis.claims().of_unit(unit);
        let period = self.period;
        for claim in claims.iter().filter(|c| c.key.period() == period) {
            self.claim(claim)?;
        }
        Ok(())
    }

    fn fact(&mut self, ix: FactIx) -> io::Result<()> {
        let analysis = self.analysis;
        let facts = analysis.facts();
        let key = facts.key(ix);
        let measure = analysis.catalog.measure(facts.measure(ix));
        let (file, place) = self.source(facts.origin(ix));
        let (start, end) = self.window(facts.origin(ix), facts.extra(ix));
        let extra = facts.extra(ix);
        let written = facts.as_written(ix);
        let status = match facts.kind(ix) {
            Kind::Value => facts.status(ix).as_str(),
            Kind::NotReported => "not-reported",
            Kind::NotApplicable => "not-applicable",
            Kind::NoActivity => "no-activity",
            Kind::Unreadable => "unreadable",
            Kind::Suppressed => "suppressed",
        };
        let unit_of_measure =
            extra
                .and_then(|e| e.unit_of_measure.as_deref())
                .unwrap_or(match measure.kind {
                    MeasureType::YesNo if measure.unit.is_empty() => "có/không",
                    _ => &measure.unit,
                });
        let value = facts.value(ix);
        let note = note(extra, facts.is_doubtful(ix));
        self.row(&Row {
            unit: key.unit().0,
            service: key.service().0,
            start,
            end,
            kind: "measure",
            id: &measure.id,
            value,
            max: extra.and_then(|e| e.max),
            qualifier: qualifier(value, extra),
            as_written: &written,
            unit_of_measure,
            status,
            source_file: file,
            source_place: &place,
            note: &note,
            ..Row::default()
        })
    }

    fn claim(&mut self, claim: &Claim) -> io::Result<()> {
        let indicator = self.analysis.catalog.indicator(claim.indicator());
        let (file, place) = self.source(claim.origin);
        let (start, end) = self.window(claim.origin, Some(&claim.extra));
        let note = note(Some(&claim.extra), claim.doubtful);
        self.row(&Row {
            unit: claim.key.unit().0,
            service: claim.key.service().0,
            start,
            end,
            kind: if indicator.kind == IndicatorKind::Score {
                "score"
            } else {
                "claim"
            },
            id: &indicator.id,
            value: claim.value,
            max: claim.extra.max,
            qualifier: qualifier(claim.value, Some(&claim.extra)),
            as_written: &claim.as_written,
            unit_of_measure: claim
                .extra
                .unit_of_measure
                .as_deref()
                .unwrap_or(&indicator.unit),
            of_whom: &indicator.of_whom,
            legal_basis: &indicator.basis,
            status: if claim.suppressed {
                "suppressed"
            } else if claim.value.is_some() {
                claim.status.as_str()
            } else {
                "unreadable"
            },
            source_file: file,
            source_place: &place,
            note: &note,
            ..Row::default()
        })
    }

    /// The ratios computed from one row of reported figures.
    fn indicators(&mut self, key: Key) -> io::Result<()> {
        for i in self.analysis.catalog.indicator_indices() {
            let indicator = self.analysis.catalog.indicator(i);
            if !indicator.has_base() {
                continue;
            }
            let o =
                self.analysis
                    .observe(Stat::Indicator(i), key.unit(), key.service(), self.period);
            if o.basis == Basis::Computed
                && matches!(
                    o.state,
                    State::Value | State::Doubtful | State::NoActivity | State::Suppressed
                )
            {
                self.indicator(key, i, &o)?;
            }
        }
        Ok(())
    }

    /// The ratios summed over services or units.
    fn derived(&mut self, unit: UnitIx) -> io::Result<()> {
        let sums = self.analysis.derived.ratio_keys_of(unit);
        let mut keys: Vec<Key> = sums.filter(|k| k.period() == self.period).collect();
        keys.sort_unstable_by_key(|k| (k.stat(), k.service()));
        for key in keys {
            let i = IndicatorIx(key.stat());
            let o = self
                .analysis
                .observe(Stat::Indicator(i), unit, key.service(), self.period);
            if matches!(o.basis, Basis::Services | Basis::Units) {
                self.indicator(key, i, &o)?;
            }
        }
        Ok(())
    }

    fn indicator(&mut self, key: Key, i: IndicatorIx, o: &Observation) -> io::Result<()> {
        let indicator = self.analysis.catalog.indicator(i);
        let period = self.analysis.period(self.period);
        let origin = o.fact.map(|f| self.analysis.facts().origin(f));
        let (file, place) = origin.map_or(("", String::new()), |origin| self.source(origin));
        let window = origin.map_or((period.start, period.end), |origin| {
            let extra = o.fact.and_then(|f| self.analysis.facts().extra(f));
            self.window_dates(origin, extra)
        });
        let note = match (o.basis, o.state) {
            (_, State::Doubtful) => String::from("số liệu cần đối chiếu"),
            (_, State::Suppressed) => String::new(),
            (Basis::Predecessors, State::Value | State::NoActivity) => before::note(o),
            (Basis::Services, _) if o.is_partial() => {
                format!("tổng của {}/{} dịch vụ", o.counted, o.of)
            }
            (Basis::Services, _) => format!("tổng của {} dịch vụ", o.counted),
            (Basis::Units, _) => {
                let stat = Stat::Indicator(i);
                let (a, b) = self
                    .analysis
                    .coverage(stat, key.unit(), key.service(), self.period);
                if a < b {
                    format!("tổng của {a}/{b} đơn vị")
                } else {
                    format!("tổng của {} đơn vị", o.counted)
                }
            }
            _ => String::new(),
        };
        self.row(&Row {
            unit: key.unit().0,
            service: key.service().0,
            start: Some(window.0),
            end: Some(window.1),
            kind: "indicator",
            id: &indicator.id,
            value: o.value,
            qualifier: if o.value.is_some() { "=" } else { "" },
            unit_of_measure: &indicator.unit,
            numerator: o.numerator,
            denominator: o.denominator,
            of_whom: &indicator.of_whom,
            legal_basis: &indicator.basis,
            status: match o.state {
                State::NoActivity => "no-activity",
                State::Suppressed => "suppressed",
                State::NotReported => "not-reported",
                State::NotApplicable => "not-applicable",
                State::NotComparable(_) => "not-comparable",
                _ => "final",
            },
            source_file: file,
            source_place: &place,
            note: &note,
            ..Row::default()
        })
    }

    fn target(&mut self, t: &Target) -> io::Result<()> {
        let catalog = self.analysis.catalog;
        let (unit_of_measure, of_whom) = match t.stat {
            Stat::Measure(m) => (catalog.measure(m).unit.as_str(), ""),
            Stat::Indicator(i) => (
                catalog.indicator(i).unit.as_str(),
                catalog.indicator(i).of_whom.as_str(),
            ),
        };
        let deadline = t
            .deadline
            .map_or_else(|| t.deadline_as_written.clone(), Date::to_iso);
        let place = format!(
            "{}:{}",
            t.place.line.unwrap_or(0) + 1,
            t.place.column.unwrap_or(0) + 1
        );
        let note = join_notes(&[&t.document_place, &t.note]);
        let period = self.analysis.period(t.period);
        self.row(&Row {
            unit: t.unit.0,
            service: t.service.0,
            start: Some(t.from.unwrap_or(period.start)),
            end: Some(period.end),
            kind: "target",
            id: catalog.stat_id(t.stat),
            value: Some(t.value),
            as_written: &t.as_written,
            unit_of_measure,
            of_whom,
            operator: t.operator.as_str(),
            deadline: &deadline,
            legal_basis: &t.basis,
            status: "final",
            source_file: &t.place.file,
            source_place: &place,
            note: &note,
            ..Row::default()
        })
    }

    /// File and `line:column` or `sheet!cell` of a figure.
    fn source(&self, origin: Origin) -> (&'a str, String) {
        let file = &self.analysis.ingested.files[usize::from(origin.file)];
        (&file.path, file.place(origin, 1).within_file())
    }

    fn window(&self, origin: Origin, extra: Option<&Extra>) -> (Option<Date>, Option<Date>) {
        let (start, end) = self.window_dates(origin, extra);
        (Some(start), Some(end))
    }

    /// The own dates of a figure, else those of its report.
    fn window_dates(&self, origin: Origin, extra: Option<&Extra>) -> (Date, Date) {
        let file = &self.analysis.ingested.files[usize::from(origin.file)];
        let report = &self.analysis.periods.reports[file.report.at()];
        (
            extra.and_then(|e| e.start).unwrap_or(report.start),
            extra.and_then(|e| e.end).unwrap_or(report.end),
        )
    }

    fn row(&mut self, r: &Row<'_>) -> io::Result<()> {
        let head_of = (r.unit, r.service, r.start, r.end);
        if self.head_of != Some(head_of) {
            self.write_head(r);
            self.head_of = Some(head_of);
        }
        let line = &mut self.line;
        line.clear();
        line.push_str(&self.head);
        texts(&[r.kind, r.id], line);
        numbers(&[r.value, r.max], line);
        texts(&[r.qualifier, r.as_written, r.unit_of_measure], line);
        numbers(&[r.numerator, r.denominator], line);
        texts(
            &[
                r.of_whom,
                r.operator,
                r.deadline,
                r.legal_basis,
                r.status,
                r.source_file,
                r.source_place,
                r.note,
            ],
            line,
        );
        // The comma after the last field.
        line.pop();
        line.push('\n');
        self.rows += 1;
        self.out.write_all(line.as_bytes())
    }

    /// Period, dates, unit and service.
    fn write_head(&mut self, r: &Row<'_>) {
        let catalog = self.analysis.catalog;
        let period = self.analysis.period(self.period);
        let unit = catalog.units.get(UnitIx(r.unit));
        let service = catalog.services.get(ServiceIx(r.service));
        let iso = |d: Option<Date>| d.map_or_else(String::new, Date::to_iso);
        let fields = [
            period.id.as_str(),
            &iso(r.start),
            &iso(r.end),
            &unit.id,
            &unit.name,
            &service.id,
            &service.name,
        ];
        self.head.clear();
        texts(&fields, &mut self.head);
    }
}

/// Writes fields, each with a comma after it.
fn texts(fields: &[&str], out: &mut String) {
    for field in fields {
        quote(field, out);
        out.push(',');
    }
}

/// Writes numbers, each with a comma after it; nothing where there is none.
fn numbers(fields: &[Option<Decimal>], out: &mut String) {
    for field in fields {
        if let Some(number) = field {
            // Writing to a text cannot fail.
            let _ = write!(out, "{number}");
        }
        out.push(',');
    }
}

fn qualifier(value: Option<Decimal>, extra: Option<&Extra>) -> &'static str {
    match (value, extra.and_then(|e| e.qualifier)) {
        (None, _) => "",
        (_, Some(q)) => q.sign(),
        _ => "=",
    }
}

fn note(extra: Option<&Extra>, doubtful: bool) -> String {
    let get = |f: fn(&Extra) -> Option<&str>| extra.and_then(f).unwrap_or_default();
    let doubt = if doubtful {
        "số liệu cần đối chiếu"
    } else {
        ""
    };
    join_notes(&[
        get(|e| e.document_place.as_deref()),
        get(|e| e.note.as_deref()),
        doubt,
    ])
}

fn join_notes(notes: &[&str]) -> String {
    if notes.iter().all(|n| n.is_empty()) {
        return String::new();
    }
    notes
        .iter()
        .filter(|n| !n.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join("; ")
}

/// Writes a field as RFC 4180 asks: in quotes where it holds a comma, a quote or a line break.
fn quote(field: &str, out: &mut String) {
    let is_special = |b| matches!(b, b',' | b'"' | b'\n' | b'\r');
    if field.bytes().any(is_special) {
        out.push('"');
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(field);
    }
}
