//! The open-data rows of the repository's site against figures read from the documents by hand.

use std::collections::HashSet;

use tiendo::export::figures;
use tiendo::model::PeriodIx;
use tiendo::pipeline::{self, Options};

use crate::support::{own_sources, repository};

/// What is compared of a figure, in the names of `tests/data/figures.csv` and of the export.
const COLUMNS: [(&str, &str); 9] = [
    ("period", "period"),
    ("unit", "unit"),
    ("service", "service"),
    ("kind", "kind"),
    ("id", "id"),
    ("value", "value"),
    ("value_max", "value_max"),
    ("as_written", "as_written"),
    ("file", "source_file"),
];

type Figure = Vec<String>;

fn records(text: &str) -> (Vec<String>, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    (header, reader.records().map(Result::unwrap).collect())
}

fn column(header: &[String], name: &str) -> usize {
    header
        .iter()
        .position(|h| h == name)
        .unwrap_or_else(|| panic!("no column {name}"))
}

/// The figures that the documents state, with the source line last.
fn expected() -> Vec<Figure> {
    let text = std::fs::read_to_string(repository().join("tests/data/figures.csv")).unwrap();
    let (header, records) = records(&text);
    let at: Vec<usize> = COLUMNS
        .iter()
        .map(|(ours, _)| *ours)
        .chain(["line"])
        .map(|n| column(&header, n))
        .collect();
    records
        .iter()
        .map(|r| at.iter().map(|i| r[*i].to_owned()).collect())
        .collect()
}

/// The data rows of all editions, without their header.
fn exported() -> Vec<String> {
    let loaded = pipeline::load(&own_sources(), &Options::default());
    let analysis = loaded.analysis();
    let mut out = Vec::new();
    for i in 0..loaded.periods.list.len() {
        figures::edition(&analysis, PeriodIx::from_at(i), None, &mut out).unwrap();
    }
    // No field of the repository's site holds a line break, so a line is a row.
    String::from_utf8(out)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

fn parsed(rows: &[String]) -> Vec<Figure> {
    let text = format!("{}\n{}\n", figures::HEADER.join(","), rows.join("\n"));
    let (header, records) = records(&text);
    let at: Vec<usize> = COLUMNS
        .iter()
        .map(|(_, theirs)| column(&header, theirs))
        .collect();
    let place = column(&header, "source_place");
    records
        .iter()
        .map(|r| {
            let line = r[place].split(':').next().unwrap_or_default().to_owned();
            at.iter().map(|i| r[*i].to_owned()).chain([line]).collect()
        })
        .collect()
}

/// The figures of `expected` that `actual` lacks.
fn missing<'e>(expected: &'e [Figure], actual: &[Figure]) -> Vec<&'e Figure> {
    let actual: HashSet<&Figure> = actual.iter().collect();
    expected.iter().filter(|f| !actual.contains(f)).collect()
}

#[test]
fn every_figure_of_the_documents_is_exported_with_its_source() {
    let (expected, actual) = (expected(), parsed(&exported()));
    assert!(
        expected.len() > 300,
        "tests/data/figures.csv has {} rows",
        expected.len()
    );
    let missing = missing(&expected, &actual);
    assert!(
        missing.is_empty(),
        "{} of {} are missing:\n{missing:#?}",
        missing.len(),
        expected.len()
    );
}

#[test]
fn each_expected_figure_taken_out_is_missed() {
    let (expected, rows) = (expected(), exported());
    let actual = parsed(&rows);
    assert_eq!(rows.len(), actual.len());
    let mut tried = 0;
    for (i, row) in actual
        .iter()
        .enumerate()
        .filter(|(_, r)| expected.contains(r))
    {
        // A document may state one figure in two cells of a line: only all of them together are missed.
        let rest: Vec<Figure> = actual
            .iter()
            .enumerate()
            .filter(|(j, r)| *j != i && *r != row)
            .map(|(_, r)| r.clone())
            .collect();
        let wanted: Vec<Figure> = expected.iter().filter(|e| *e == row).cloned().collect();
        assert_eq!(missing(&wanted, &rest).len(), wanted.len(), "{row:?}");
        tried += 1;
    }
    assert!(tried >= expected.iter().collect::<HashSet<_>>().len());
}

#[test]
fn a_changed_figure_is_missed() {
    let one = |value: &str| vec![vec!["2024-09".to_owned(), value.to_owned()]];
    assert_eq!(missing(&one("1177"), &one("1178")).len(), 1);
    assert_eq!(missing(&one("1177"), &one("1177")).len(), 0);
    assert_eq!(missing(&one("1177"), &[]).len(), 1);
}

#[test]
fn every_row_has_as_many_fields_as_the_header() {
    let text = format!("{}\n{}\n", figures::HEADER.join(","), exported().join("\n"));
    let (header, records) = records(&text);
    assert!(records.iter().all(|r| r.len() == header.len()));
    let mut out = Vec::new();
    figures::header(&mut out).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        format!("{}\n", figures::HEADER.join(","))
    );
}
