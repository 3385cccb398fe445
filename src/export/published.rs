//! Published figures for comparison: those of an analysed edition, or those of a file that was published.

use super::counted;
use super::figures::{self, HEADER};
use super::row::Row;
use crate::analysis::diff::{Ended, Figure, Figures, Key, Rank, TARGET};
use crate::analysis::{Analysis, Scope};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, ServiceIx, UnitIx};

/// What a doubtful figure's note holds.
const DOUBTFUL: &str = "số liệu cần đối chiếu";

/// The figures of an edition as its file would have them, with ranks.
pub fn edition(analysis: &Analysis<'_>, period: PeriodIx) -> Figures {
    let mut out = Figures::default();
    let id = &analysis.period(period).id;
    let catalog = analysis.catalog;
    figures::rows(analysis, period, &mut |r| {
        let unit = catalog.units.get(UnitIx(r.unit));
        let service = catalog.services.get(ServiceIx(r.service));
        add(
            &mut out,
            id,
            (&unit.id, &unit.name),
            (&service.id, &service.name),
            r,
        );
    });
    for stat in catalog.stat_ids() {
        if let Some(s) = catalog.stat(stat) {
            out.labels
                .insert(stat.to_owned(), catalog.stat_label(s).to_owned());
        }
    }
    ended(analysis, period, &mut out);
    ranks(analysis, period, &mut out);
    out
}

/// What became of the units that ended before the edition did.
fn ended(analysis: &Analysis<'_>, period: PeriodIx, out: &mut Figures) {
    let units = &analysis.catalog.units;
    let end = analysis.period(period).end;
    for ix in units.indices() {
        let unit = units.get(ix);
        let Some(last_day) = unit.valid_to.filter(|d| *d < end) else {
            continue;
        };
        let mut successors: Vec<String> = units
            .changes
            .departures(ix)
            .filter_map(|c| Some(units.get(c.to?).id.clone()))
            .filter(|id| *id != unit.id)
            .collect();
        successors.dedup();
        for id in &successors {
            if let Some(to) = units.find(id) {
                out.units
                    .entry(id.clone())
                    .or_insert_with(|| units.get(to).name.clone());
            }
        }
        out.ended.insert(
            unit.id.clone(),
            Ended {
                last_day,
                successors,
            },
        );
    }
}

/// Adds a row. Of a ratio that is computed and stated the computed one is published; of two statements the first.
fn add(out: &mut Figures, period: &str, unit: (&str, &str), service: (&str, &str), r: &Row<'_>) {
    if r.status == "not-reported" {
        return;
    }
    let is_target = r.kind == "target";
    let id = if is_target {
        format!("{TARGET}{}@{}", r.id, r.deadline)
    } else {
        r.id.to_owned()
    };
    let sign = if is_target { r.operator } else { r.qualifier };
    let is_settled = ["provisional", "final", "revised"].contains(&r.status);
    let figure = Figure {
        value: r.value,
        max: r.max,
        sign: if sign == "=" && !is_target { "" } else { sign }.to_owned(),
        state: if is_settled { "" } else { r.status }.to_owned(),
        unit_of_measure: r.unit_of_measure.to_owned(),
        is_points: r.unit_of_measure == "%" && ["indicator", "claim"].contains(&r.kind),
        is_doubtful: r.note.contains(DOUBTFUL),
        left_out: counted::left_out(r.note),
        rank: None,
    };
    if !out.units.contains_key(unit.0) {
        out.units.insert(unit.0.to_owned(), unit.1.to_owned());
    }
    if !out.services.contains_key(service.0) {
        out.services
            .insert(service.0.to_owned(), service.1.to_owned());
    }
    let key = Key {
        period: period.to_owned(),
        unit: unit.0.to_owned(),
        service: service.0.to_owned(),
        id,
    };
    if r.kind == "indicator" {
        out.list.insert(key, figure);
    } else {
        out.list.entry(key).or_insert(figure);
    }
}

/// Each unit's rank by each indicator, among the units of its level below the nearest unit above that has two of them.
fn ranks(analysis: &Analysis<'_>, period: PeriodIx, out: &mut Figures) {
    let units = analysis.units_with_pages();
    let catalog = analysis.catalog;
    let mut scopes: Vec<Scope> = analysis.scopes(&units);
    let depth = |u: UnitIx| catalog.units.ancestors(u).count();
    // The nearest scope comes last and stays.
    scopes.sort_by_key(|s| (depth(s.above), *s));
    for indicator in analysis.ranked_indicators() {
        for scope in &scopes {
            let ranking = analysis.ranking(indicator, ServiceIx::WHOLE, period, *scope, &units);
            let of = crate::diagnostic::to_u32(ranking.entries.len());
            // Places among units that were rearranged in between are places of two rankings.
            let first = analysis.period_indices().next().unwrap_or(period);
            let since = analysis
                .scope_break(*scope, first, period)
                .map_or_else(String::new, |d| format!("@{}", d.to_iso()));
            for entry in &ranking.entries {
                let key = Key {
                    period: analysis.period(period).id.clone(),
                    unit: catalog.units.get(entry.unit).id.clone(),
                    service: String::new(),
                    id: catalog.indicator(indicator).id.clone(),
                };
                if let Some(figure) = out.list.get_mut(&key) {
                    let above = &catalog.units.get(scope.above).id;
                    figure.rank = Some(Rank {
                        rank: entry.rank,
                        of,
                        scope: format!("{above}/{}{since}", scope.level.as_str()),
                    });
                }
            }
        }
    }
}

/// Reads a published file of figures: a whole `so-lieu.csv`, or that of one edition.
///
/// # Errors
/// The line that is not of the fixed form, from 1.
pub fn read(bytes: &[u8]) -> Result<Figures, usize> {
    let mut out = Figures::default();
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|_| 1usize)?;
    if !header.iter().eq(HEADER) {
        return Err(1);
    }
    let mut record = csv::StringRecord::new();
    let mut line = 1;
    loop {
        line += 1;
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(out),
            Ok(true) => row(&record, &mut out).ok_or(line)?,
            Err(_) => return Err(line),
        }
    }
}

fn row(record: &csv::StringRecord, out: &mut Figures) -> Option<()> {
    let get = |name: &str| {
        let at = HEADER.iter().position(|h| *h == name)?;
        record.get(at)
    };
    let number = |name: &str| match get(name)? {
        "" => Some(None),
        text => Decimal::parse_plain(text).map(Some),
    };
    let row = Row {
        kind: get("kind")?,
        id: get("id")?,
        value: number("value")?,
        max: number("value_max")?,
        qualifier: get("qualifier")?,
        unit_of_measure: get("unit_of_measure")?,
        operator: get("operator")?,
        deadline: get("deadline")?,
        status: get("status")?,
        note: get("note")?,
        ..Row::default()
    };
    let unit = (get("unit")?, get("unit_name")?);
    let service = (get("service")?, get("service_name")?);
    add(out, get("period")?, unit, service, &row);
    Some(())
}
