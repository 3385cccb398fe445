//! `period.toml` of each data folder → periods and reports.

use std::sync::Arc;

use crate::catalog::{Catalog, is_id};
use crate::config::number_style;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, one_of};
use crate::model::{Document, Needed, Period, PeriodIx, Report, ReportIx, Status, UnitIx};
use crate::source::{SourceFile, Sources};
use crate::table::{encoding, holds_table};
use crate::text::date::Date;
use crate::text::suggest::suggest;
use crate::toml_file::{Section, TomlFile};

/// All periods in order of time, and all reports in order of folder.
#[derive(Clone, Debug, Default)]
pub struct Periods {
    /// Periods.
    pub list: Vec<Period>,
    /// Reports.
    pub reports: Vec<Report>,
}

/// A period as one folder declares it.
struct Declared {
    id: String,
    label: String,
    cadence: String,
    place: Place,
    report: Report,
}

/// Reads the folders directly below `data/`.
pub fn read(sources: &Sources, catalog: &Catalog) -> Checked<Periods> {
    let mut findings = Vec::new();
    let mut declared = Vec::new();
    for folder in folders(sources) {
        if let Some(file) = sources.get(&format!("{folder}/period.toml")) {
            declared.extend(folder_report(file, &folder, catalog, &mut findings));
        } else {
            let file: Arc<str> = format!("{folder}/period.toml").into();
            findings.push(Diagnostic::new(codes::PERIOD_MISSING, Place::file(&file)));
        }
    }
    Checked::new(gather(declared, &mut findings), findings)
}

/// The folders that hold tables or a `period.toml`, apart from the catalogue, the mappings and the
/// released figures.
fn folders(sources: &Sources) -> Vec<String> {
    let mut folders: Vec<String> = sources
        .below("data")
        .filter(|f| f.name() == "period.toml" || holds_table(f))
        .map(|f| f.folder().to_owned())
        .filter(|f| f != "data" && f != "data/catalog" && f != "data/releases")
        .filter(|f| !f.starts_with("data/mappings"))
        .collect();
    folders.dedup();
    folders.sort();
    folders.dedup();
    folders
}

fn folder_report(
    file: &SourceFile,
    folder: &str,
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Option<Declared> {
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => {
            findings.push(*d);
            return None;
        }
    };
    let doc = TomlFile::parse(&file.path, &text);
    let declared = report(&doc.root(), file, folder, catalog, findings);
    findings.extend(doc.into_findings());
    declared
}

fn report(
    root: &Section<'_, '_>,
    file: &SourceFile,
    folder: &str,
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Option<Declared> {
    let id = root.required("period");
    if let Some(id) = &id
        && (!is_id(id) || id.contains('/'))
    {
        findings
            .push(Diagnostic::new(codes::ID_INVALID, root.place_of("period")).with("value", id));
        return None;
    }
    let label = root.required("label");
    for key in ["start", "end"] {
        if !root.has(key) {
            findings.push(Diagnostic::new(codes::KEY_MISSING, root.place()).with("name", key));
        }
    }
    let (start, end) = (root.date("start"), root.date("end"));
    if let (Some(s), Some(e)) = (start, end)
        && s > e
    {
        let d = Diagnostic::new(codes::WINDOW_REVERSED, root.place_of("end"))
            .with("start", s)
            .with("end", e);
        findings.push(d);
        return None;
    }
    let unit = unit(root, catalog, findings);
    let any_unit = root
        .parsed("units", one_of("all, own"), scope)
        .unwrap_or(false);
    let report = (
        root.date("cutoff"),
        root.date("due"),
        root.date("received"),
        root.text("kind").unwrap_or_else(|| "bao-cao".into()),
        root.parsed(
            "status",
            one_of("provisional, final, revised"),
            Status::parse,
        )
        .unwrap_or(Status::Final),
        root.parsed("number_style", one_of("vi, en"), number_style),
        root.tables("document").iter().map(document).collect(),
        root.tables("cited").iter().map(document).collect(),
        root.list("required")
            .into_iter()
            .map(|(t, place)| (Needed::parse(&t), place))
            .collect(),
    );
    let cadence = root.text("cadence").unwrap_or_else(|| "thang".into());
    root.close();
    let (cutoff, due, received, kind, status, number_style, documents, cited, required) = report;
    Some(Declared {
        id: id?,
        label: label?,
        cadence,
        place: root.place_of("period"),
        report: Report {
            folder: folder.to_owned(),
            file: Arc::clone(&file.path),
            place: root.place_of("period"),
            period: PeriodIx(0),
            unit: unit?,
            any_unit,
            start: start?,
            end: end?,
            cutoff,
            due,
            received,
            kind,
            status,
            number_style,
            documents,
            cited,
            required,
        },
    })
}

fn unit(
    root: &Section<'_, '_>,
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Option<UnitIx> {
    let id = root.required("unit")?;
    let found = catalog.units.find(&id);
    if found.is_none() {
        let d = Diagnostic::new(codes::UNIT_UNKNOWN, root.place_of("unit"))
            .with("name", &id)
            .suggest(suggest(
                &id,
                catalog.units.list.iter().map(|u| u.id.as_str()),
            ));
        findings.push(d);
    }
    found
}

/// Whether the word says that a report may state figures of any unit.
fn scope(text: &str) -> Option<bool> {
    match text {
        "all" => Some(true),
        "own" => Some(false),
        _ => None,
    }
}

fn document(s: &Section<'_, '_>) -> Document {
    let document = Document {
        title: s.text("title").unwrap_or_default(),
        number: s.text("number").unwrap_or_default(),
        date: s.date("date"),
        issuer: s.text("issuer").unwrap_or_default(),
        basis: s.text("basis").unwrap_or_default(),
        place: if s.has("number") {
            s.place_of("number")
        } else {
            s.place_of("title")
        },
    };
    s.close();
    document
}

/// Puts folders of one period together; a folder whose window differs from the first one's is a finding.
fn gather(declared: Vec<Declared>, findings: &mut Vec<Diagnostic>) -> Periods {
    let mut list: Vec<(Period, Place)> = Vec::new();
    for d in &declared {
        match list.iter().find(|(p, _)| p.id == d.id) {
            None => list.push((
                Period {
                    id: d.id.clone(),
                    label: d.label.clone(),
                    start: d.report.start,
                    end: d.report.end,
                    cadence: d.cadence.clone(),
                    reports: Vec::new(),
                },
                d.place.clone(),
            )),
            Some((p, first))
                if (p.start, p.end, &p.cadence) != (d.report.start, d.report.end, &d.cadence) =>
            {
                findings.push(
                    Diagnostic::new(codes::PERIOD_DUPLICATE, d.place.clone())
                        .with("name", &d.id)
                        .with("other", first.shown())
                        .also(first.clone()),
                );
            }
            Some(_) => {}
        }
    }
    list.sort_by(|(a, _), (b, _)| (a.end, a.start, &a.id).cmp(&(b.end, b.start, &b.id)));
    let mut periods: Vec<Period> = list.into_iter().map(|(p, _)| p).collect();
    let mut reports = Vec::new();
    for d in declared {
        let Some(at) = periods.iter().position(|p| p.id == d.id) else {
            continue;
        };
        periods[at].reports.push(ReportIx::from_at(reports.len()));
        reports.push(Report {
            period: PeriodIx::from_at(at),
            ..d.report
        });
    }
    Periods {
        list: periods,
        reports,
    }
}

/// The newest date received, or, where no report has one, the newest last day of a period.
pub fn newest_date(periods: &Periods) -> Option<Date> {
    let received = periods.reports.iter().filter_map(|r| r.received).max();
    received.or_else(|| periods.list.iter().map(|p| p.end).max())
}
