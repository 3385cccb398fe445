//! `so-lieu.csv`: one fact, claim, indicator or target a row, in the form that other programs may rely on.

use std::io::{self, Write};

use super::counted;
use super::row::{Row, numbers, texts};
use crate::analysis::diff::{Counted, Over};
use crate::analysis::{Analysis, Basis, Observation, State};
use crate::decimal::Decimal;
use crate::diagnostic::to_u32;
use crate::model::{
    Claim, Extra, FactIx, IndicatorIx, IndicatorKind, Key, Kind, MeasureType, Origin, PeriodIx,
    ServiceIx, Stat, Target, UnitIx,
};
use crate::release::Kind as Revised;
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

/// Writes CSV rows with reused buffers.
struct Writer<'a, 'w> {
    analysis: &'a Analysis<'a>,
    period: PeriodIx,
    out: &'w mut dyn Write,
    /// Takes the rows instead of the file.
    each: Option<&'w mut dyn FnMut(&Row<'_>)>,
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
    let mut w = Writer::new(analysis, period, out);
    w.all(only)?;
    Ok(w.rows)
}

/// Gives the rows of an edition to `each`, as they would stand in its file.
pub(super) fn rows(analysis: &Analysis<'_>, period: PeriodIx, each: &mut dyn FnMut(&Row<'_>)) {
    let mut nowhere = io::sink();
    let mut w = Writer::new(analysis, period, &mut nowhere);
    w.each = Some(each);
    // Nothing is written, so nothing can fail.
    let _ = w.all(None);
}

impl<'a, 'w> Writer<'a, 'w> {
    fn new(analysis: &'a Analysis<'a>, period: PeriodIx, out: &'w mut dyn Write) -> Self {
        Self {
            analysis,
            period,
            out,
            each: None,
            line: String::new(),
            head: String::new(),
            head_of: None,
            rows: 0,
        }
    }

    fn all(&mut self, only: Option<UnitIx>) -> io::Result<()> {
        match only {
            Some(unit) => self.unit(unit)?,
            None => {
                for unit in self.analysis.catalog.units.indices() {
                    self.unit(unit)?;
                }
            }
        }
        let period = self.period;
        let is_own = |t: &&Target| t.period == period && only.is_none_or(|u| u == t.unit);
        for target in self.analysis.targets.iter().filter(is_own) {
            self.target(target)?;
        }
        Ok(())
    }

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
        let revised = if facts.is_set_aside(ix) {
            None
        } else {
            analysis.revised(
                Stat::Measure(facts.measure(ix)),
                key.unit(),
                key.service(),
                self.period,
            )
        };
        let status = match facts.kind(ix) {
            Kind::Value if revised == Some(Revised::Correction) => "revised",
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
        let note = note(extra, facts.is_doubtful(ix), revised);
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
        let indicated = Stat::Indicator(claim.indicator());
        let revised = self.analysis.revisions_of(
            indicated,
            claim.key.unit(),
            claim.key.service(),
            self.period,
        );
        let revised = revised
            .iter()
            .map(|r| r.kind)
            .min()
            .filter(|_| !claim.set_aside);
        let note = note(Some(&claim.extra), claim.doubtful, revised);
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
            } else if claim.value.is_some() && revised == Some(Revised::Correction) {
                "revised"
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
            (Basis::Services, _) => {
                let of = if o.is_partial() { o.of } else { o.counted };
                counted::note(Counted {
                    counted: o.counted,
                    of,
                    over: Over::Services,
                })
            }
            (Basis::Units, _) => {
                let stat = Stat::Indicator(i);
                let (a, b) = self
                    .analysis
                    .coverage(stat, key.unit(), key.service(), self.period);
                let (counted, of) = if a < b {
                    (to_u32(a), to_u32(b))
                } else {
                    (o.counted, o.counted)
                };
                counted::note(Counted {
                    counted,
                    of,
                    over: Over::Units,
                })
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
                _ if self.is_corrected(i, key) => "revised",
                _ => "final",
            },
            source_file: file,
            source_place: &place,
            note: &note,
            ..Row::default()
        })
    }

    /// Whether a count that a ratio is made of was corrected after the release.
    fn is_corrected(&self, i: IndicatorIx, key: Key) -> bool {
        let revised =
            self.analysis
                .revised(Stat::Indicator(i), key.unit(), key.service(), self.period);
        revised == Some(Revised::Correction)
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
        if let Some(each) = &mut self.each {
            each(r);
            return Ok(());
        }
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

fn qualifier(value: Option<Decimal>, extra: Option<&Extra>) -> &'static str {
    match (value, extra.and_then(|e| e.qualifier)) {
        (None, _) => "",
        (_, Some(q)) => q.sign(),
        _ => "=",
    }
}

fn note(extra: Option<&Extra>, doubtful: bool, revised: Option<Revised>) -> String {
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
        match revised {
            Some(Revised::Late) => "báo cáo sau khi kỳ đã công bố",
            _ => "",
        },
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
