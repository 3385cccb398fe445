//! `data/mappings/NAME.toml`: how an office's own table is read.
//!
//! In: the mapping files and the catalogue. Out: [`Mapping`]s, each with the files it is for, and every mistake in
//! them. What a mapping finds in a table is left to `columns`.

mod columns;

use std::collections::HashMap;

use glob::{MatchOptions, Pattern};

use super::headers;
use super::names;
use crate::catalog::{Catalog, find_period};
use crate::config::number_style;
use crate::decimal::Decimal;
use crate::diagnostic::{Checked, Diagnostic, Phrase, Place, codes, one_of, phrase};
use crate::model::{Kind, Period, PeriodIx, ServiceIx, Status, UnitIx};
use crate::source::{SourceFile, Sources};
use crate::table::encoding::{self, Encoding};
use crate::table::layout::{Declared, Groups, Hidden};
use crate::text::normal::fold;
use crate::text::number::Style;
use crate::text::suggest::suggest;
use crate::toml_file::{Section, TomlFile};

pub(super) use columns::{Applied, apply, plain_word};

/// The folder of the mapping files.
pub const FOLDER: &str = "data/mappings";

/// How one kind of table is read.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Where it stands.
    pub place: Place,
    /// The files it is for.
    files: Vec<(Pattern, Place)>,
    /// The sheet it is for.
    pub(super) sheet: Option<(Sheet, Place)>,
    /// Which table of the sheet it is for, from 1.
    pub(super) table: Option<u32>,
    /// The encoding of a text file.
    pub(super) encoding: Option<Encoding>,
    /// The mark between the fields of a text file.
    pub(super) delimiter: Option<u8>,
    /// Where the rows of a JSON file are.
    pub(super) json_path: Option<String>,
    /// What is declared of the layout.
    pub(super) declared: Declared,
    /// The style of its numbers.
    pub(super) style: Option<Style>,
    /// The unit whose figures the row of sums gives.
    pub(super) total_unit: Option<UnitIx>,
    /// What holds for every row.
    pub(super) fixed: Fixed,
    /// What its columns mean.
    pub(super) columns: Vec<ColumnRule>,
    /// Its own names of units, folded.
    pub(super) units: HashMap<String, UnitIx>,
    /// Its own names of services, folded.
    pub(super) services: HashMap<String, ServiceIx>,
}

/// A sheet as a mapping names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Name(String),
    /// From 1, hidden ones counted.
    Number(u32),
}

/// What holds for every row that does not say otherwise, or for a whole column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fixed {
    pub(super) unit: Option<UnitIx>,
    pub(super) service: Option<ServiceIx>,
    pub(super) period: Option<PeriodIx>,
    pub(super) status: Option<Status>,
}

/// What a column means.
#[derive(Clone, Debug)]
pub(super) struct ColumnRule {
    /// Its letter or its header.
    pub(super) key: String,
    /// A header word, or the id or name of a measure or indicator.
    pub(super) field: String,
    /// The header it must have.
    pub(super) header: Option<String>,
    pub(super) options: ColumnOptions,
    pub(super) place: Place,
}

/// How the numbers of a column are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnOptions {
    pub(super) style: Option<Style>,
    /// Whether its numbers are per cent without the sign.
    pub(super) percent: bool,
    /// What its numbers are multiplied by.
    pub(super) scale: Option<Decimal>,
    /// What a zero means, if not the number.
    pub(super) zero: Option<Kind>,
    /// What its figures are about, whatever the row says: a column of one service, unit or period.
    pub(super) about: Fixed,
}

impl Mapping {
    /// Whether one of its columns is named after one of these headers.
    pub(super) fn names_any(&self, header: &[String], leaves: &[String]) -> bool {
        let folded: Vec<String> = header.iter().chain(leaves).map(|h| fold(h)).collect();
        self.columns.iter().any(|r| folded.contains(&fold(&r.key)))
    }

    /// Whether it is for the file at `path`.
    pub(super) fn covers(&self, path: &str) -> bool {
        const OPTIONS: MatchOptions = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: false,
        };
        let covers = |pattern: &Pattern| pattern.matches_with(path, OPTIONS);
        self.files.iter().any(|(pattern, _)| covers(pattern))
    }
}

/// Reads all mapping files.
pub(super) fn read(
    sources: &Sources,
    catalog: &Catalog,
    periods: &[Period],
) -> Checked<Vec<Mapping>> {
    let mut findings = Vec::new();
    let mut mappings = Vec::new();
    let files = sources.below(FOLDER).filter(|f| f.extension() == "toml");
    for file in files {
        let mapping = read_one(file, catalog, periods).take(&mut findings);
        let Some(mapping) = mapping else { continue };
        for (pattern, place) in &mapping.files {
            let is_used = sources
                .below("data")
                .any(|f| pattern.matches(&f.path) && crate::table::holds_table(f));
            if !is_used {
                let tables = sources
                    .below("data")
                    .filter(|f| crate::table::holds_table(f));
                let d = Diagnostic::new(codes::MAPPING_UNUSED, place.clone())
                    .with("name", pattern)
                    .suggest(suggest(pattern.as_str(), tables.map(|f| &*f.path)));
                findings.push(d);
            }
        }
        mappings.push(mapping);
    }
    Checked::new(mappings, findings)
}

/// Reads one mapping file.
pub(super) fn read_one(
    file: &SourceFile,
    catalog: &Catalog,
    periods: &[Period],
) -> Checked<Option<Mapping>> {
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(None, vec![*d]),
    };
    let doc = TomlFile::parse(&file.path, &text);
    let mut findings = Vec::new();
    let root = doc.root();
    let mapping = mapping(&root, catalog, periods, &mut findings);
    root.close();
    findings.extend(doc.into_findings());
    Checked::new(Some(mapping), findings)
}

fn mapping(
    root: &Section<'_, '_>,
    catalog: &Catalog,
    periods: &[Period],
    findings: &mut Vec<Diagnostic>,
) -> Mapping {
    if !root.has("files") {
        findings.push(Diagnostic::new(codes::KEY_MISSING, root.place()).with("name", "files"));
    }
    let mut files = Vec::new();
    for (text, place) in root.one_or_more("files") {
        match Pattern::new(&text) {
            Ok(pattern) => files.push((pattern, place)),
            Err(_) => findings.push(invalid(place, &text, "files", phrase("path-pattern"))),
        }
    }
    let sheet = root.has("sheet").then(|| sheet(root)).flatten();
    let columns = root
        .section("columns")
        .map_or_else(Vec::new, |s| columns_of(&s, catalog, periods, findings));
    let named = |key: &str, findings: &mut Vec<Diagnostic>| unit_of(root, key, catalog, findings);
    Mapping {
        place: root.place(),
        files,
        sheet,
        table: root.number("table", 1..=1000),
        encoding: root.parsed("encoding", one_of(ENCODINGS), Encoding::named),
        delimiter: root.parsed("delimiter", phrase("delimiter"), delimiter),
        json_path: root.text("json_path"),
        declared: declared(root),
        style: root.parsed("number_style", one_of("vi, en"), number_style),
        total_unit: named("total_unit", findings),
        fixed: root.section("fixed").map_or_else(Fixed::default, |s| {
            let fixed = fixed(&s, catalog, periods, findings);
            s.close();
            fixed
        }),
        columns,
        units: units_of(root, catalog, findings),
        services: services_of(root, catalog, findings),
    }
}

fn sheet(root: &Section<'_, '_>) -> Option<(Sheet, Place)> {
    let place = root.place_of("sheet");
    if root.is_number("sheet") {
        let number = root.number("sheet", 1..=10_000)?;
        return Some((Sheet::Number(number), place));
    }
    Some((Sheet::Name(root.text("sheet")?), place))
}

/// The names of encodings, for whoever writes another.
const ENCODINGS: &str = "utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni";

fn delimiter(text: &str) -> Option<u8> {
    match text {
        "tab" | "\t" => Some(b'\t'),
        "," | ";" | "|" => text.bytes().next(),
        _ => None,
    }
}

fn declared(root: &Section<'_, '_>) -> Declared {
    const ROWS: std::ops::RangeInclusive<u32> = 1..=1_048_576;
    let mut header_rows: Vec<u32> = root.numbers("header_rows", ROWS);
    header_rows.sort_unstable();
    let words = |key: &str| {
        let list = root.one_or_more(key).into_iter();
        list.map(|(t, _)| fold(&t))
            .filter(|t| !t.is_empty())
            .collect()
    };
    Declared {
        header_rows: header_rows.into_iter().map(|n| n - 1).collect(),
        first_row: root.number("first_row", ROWS).map(|n| n - 1),
        stop: words("stop"),
        skip: words("skip"),
        hidden: root
            .parsed("hidden", one_of("read, skip"), |t| match t {
                "read" => Some(Hidden::Read),
                "skip" => Some(Hidden::Skip),
                _ => None,
            })
            .unwrap_or_default(),
        groups: root
            .parsed("groups", one_of("unit, service, order"), |t| match t {
                "unit" => Some(Groups::Unit),
                "service" => Some(Groups::Service),
                "order" => Some(Groups::Order),
                _ => None,
            })
            .unwrap_or_default(),
    }
}

fn fixed(
    s: &Section<'_, '_>,
    catalog: &Catalog,
    periods: &[Period],
    findings: &mut Vec<Diagnostic>,
) -> Fixed {
    let period = s.text("period").and_then(|id| {
        let found = find_period(periods, &id);
        if found.is_none() {
            let ids = periods.iter().map(|p| p.id.as_str());
            let d = Diagnostic::new(codes::PERIOD_UNKNOWN, s.place_of("period"))
                .with("name", &id)
                .suggest(suggest(&id, ids));
            findings.push(d);
        }
        found
    });
    let service = s
        .text("service")
        .and_then(|name| service_named(&name, s.place_of("service"), catalog, findings));
    Fixed {
        unit: unit_of(s, "unit", catalog, findings),
        service,
        period,
        status: s.parsed("status", one_of("provisional, final, revised"), |t| {
            Status::parse(&fold(t))
        }),
    }
}

fn units_of(
    root: &Section<'_, '_>,
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> HashMap<String, UnitIx> {
    let Some(s) = root.section("units") else {
        return HashMap::new();
    };
    let keys = s.keys().into_iter();
    keys.filter_map(|(key, _)| Some((fold(&key), unit_of(&s, &key, catalog, findings)?)))
        .collect()
}

fn services_of(
    root: &Section<'_, '_>,
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> HashMap<String, ServiceIx> {
    let Some(s) = root.section("services") else {
        return HashMap::new();
    };
    let mut services = HashMap::new();
    for (key, _) in s.keys() {
        let found = s
            .text(&key)
            .and_then(|name| service_named(&name, s.place_of(&key), catalog, findings));
        if let Some(ix) = found {
            services.insert(fold(&key), ix);
        }
    }
    services
}

/// The unit whose id stands at a key.
fn unit_of(
    s: &Section<'_, '_>,
    key: &str,
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Option<UnitIx> {
    let id = s.text(key)?;
    let found = catalog.units.find(&id);
    if found.is_none() {
        let ids = catalog.units.list.iter().map(|u| u.id.as_str());
        let d = Diagnostic::new(codes::UNIT_UNKNOWN, s.place_of(key))
            .with("name", &id)
            .suggest(suggest(&id, ids));
        findings.push(d);
    }
    found
}

fn service_named(
    name: &str,
    place: Place,
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Option<ServiceIx> {
    let found = names::service(catalog, name).ok();
    if found.is_none() {
        let d = Diagnostic::new(codes::SERVICE_UNKNOWN, place)
            .with("name", name)
            .suggest(suggest(name, catalog.services.all_names()));
        findings.push(d);
    }
    found
}

fn columns_of(
    s: &Section<'_, '_>,
    catalog: &Catalog,
    periods: &[Period],
    findings: &mut Vec<Diagnostic>,
) -> Vec<ColumnRule> {
    let mut rules = Vec::new();
    for (key, place) in s.keys() {
        let mut rule = ColumnRule {
            key: key.clone(),
            field: String::new(),
            header: None,
            options: ColumnOptions::default(),
            place,
        };
        let field_place = if s.is_section(&key) {
            let Some(own) = s.section(&key) else { continue };
            rule.header = own.text("header");
            rule.options = options(&own);
            rule.options.about = fixed(&own, catalog, periods, findings);
            rule.field = own.required("field").unwrap_or_default();
            own.close();
            own.place_of("field")
        } else {
            rule.field = s.text(&key).unwrap_or_default();
            s.place_of(&key)
        };
        if rule.field.is_empty() {
            continue;
        }
        if headers::is_known(catalog, &rule.field) {
            rules.push(rule);
        } else {
            let stats = catalog.stat_ids().chain(catalog.stat_words());
            let words = stats.chain(headers::words());
            let d = Diagnostic::new(codes::MEASURE_UNKNOWN, field_place)
                .with("name", &rule.field)
                .suggest(suggest(&rule.field, words));
            findings.push(d);
        }
    }
    rules
}

fn options(s: &Section<'_, '_>) -> ColumnOptions {
    ColumnOptions {
        style: s.parsed("number_style", one_of("vi, en"), number_style),
        percent: s.flag("percent").unwrap_or_default(),
        scale: scale(s),
        zero: s.parsed(
            "zero_is",
            one_of("no-activity, not-reported, not-applicable"),
            |t| match t {
                "no-activity" => Some(Kind::NoActivity),
                "not-reported" => Some(Kind::NotReported),
                "not-applicable" => Some(Kind::NotApplicable),
                _ => None,
            },
        ),
        about: Fixed::default(),
    }
}

/// `scale = "nghìn"` or `scale = 1000`.
fn scale(s: &Section<'_, '_>) -> Option<Decimal> {
    if s.is_number("scale") {
        let number = s.number("scale", 1..=1_000_000_000)?;
        return Some(Decimal::from_int(i64::from(number)));
    }
    s.parsed("scale", phrase("scale"), |t| {
        Some(Decimal::from_int(match fold(t).as_str() {
            "nghin" | "ngan" => 1000,
            "trieu" => 1_000_000,
            "ty" => 1_000_000_000,
            _ => return None,
        }))
    })
}

fn invalid(place: Place, value: &str, name: &str, expected: Phrase) -> Diagnostic {
    Diagnostic::new(codes::VALUE_INVALID, place)
        .with("value", value)
        .with("name", name)
        .with("expected", expected)
}
