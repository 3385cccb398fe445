//! What is done with a damaged file: each parser by its public function, the files of a site by a whole check.

use std::collections::BTreeSet;

use tiendo::diagnostic::{Language, human, json};
use tiendo::pipeline::{self, Options};
use tiendo::source::{SourceFile, Sources};
use tiendo::table::encoding::{self, Encoding};
use tiendo::table::layout::{self, Declared};
use tiendo::table::view::Views;
use tiendo::table::{self, Asked, csv};
use tiendo::text::date::{Date, parse_date, parse_deadline};
use tiendo::text::dates::{find_dates, implausible_horizon};
use tiendo::text::due::DueRule;
use tiendo::text::number::{Cell, Expect, Style, column_style, format_vi, parse_cell};
use tiendo::text::{markup, normal, order, slug};

/// Lines as cells of figures.
pub(super) fn numbers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let styles = [None, Some(Style::Vietnamese), Some(Style::English)];
    // Repeated lines prove nothing more.
    let lines: BTreeSet<&str> = text.lines().collect();
    for line in lines {
        for (n, style) in styles.into_iter().enumerate() {
            for bits in 0..8 {
                let expect = Expect {
                    whole: bits & 1 != 0,
                    share: bits & 2 != 0,
                    yes_no: bits & 4 != 0 && n == 0,
                    style,
                };
                if let Ok(Cell::Number(reading)) = parse_cell(line, &expect) {
                    let _ = format_vi(reading.value);
                    let _ = reading.value.to_plain();
                }
            }
        }
    }
    let _ = column_style(text.lines(), false);
    let _ = column_style(text.lines(), true);
}

/// Lines as dates, deadlines and rules of when reports are due.
pub(super) fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        let _ = Date::parse_iso(line);
        if let Ok(date) = parse_date(line) {
            let _ = date.add_days(i64::from(u16::MAX));
            let _ = date.add_months(-1);
        }
        let _ = parse_deadline(line);
        let _ = find_dates(line);
        let _ = implausible_horizon(line);
        if let Some(rule) = DueRule::parse(line) {
            for end in [(1, 1, 1), (2024, 2, 29), (9999, 12, 31)] {
                let _ = rule.date_for(Date::new(end.0, end.1, end.2).unwrap());
            }
        }
    }
    let _ = find_dates(&text);
    let _ = implausible_horizon(&text);
}

/// Lines as texts of cells: names, marks, spelling.
pub(super) fn cells(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        let _ = markup::plain(line);
        let _ = normal::fold(line);
        let _ = normal::fold_name(line);
        let _ = slug::slug(line);
        let _ = order::sort_key(line);
        let _ = tiendo::privacy::scan(line, tiendo::privacy::Hint::Identity, Some(2026));
    }
    let _ = tiendo::privacy::plain_markdown(&text);
    let cell = format!("\"{}\"", text.replace('"', "\"\""));
    let rows = format!(
        "Đơn vị,Dịch vụ,Kỳ,Từ ngày,Đến ngày,Tổng số,Ghi chú\n{}\nXã An Phú,,,,,{cell},\n",
        [&*cell; 7].join(",")
    );
    site("data/2026-06/xa.csv", rows.as_bytes());
}

/// A text table: as a plain one, and as a sheet with titles and notes around it.
pub(super) fn delimited(bytes: &[u8]) {
    let file = SourceFile::new("data/ky/a.csv", bytes);
    let _ = csv::read(&file);
    if let Some(grid) = csv::read_grid(&file, None, None).value {
        let _ = layout::find(&grid, &Declared::default(), &|word| word.starts_with('T'));
    }
}

/// Objects in a file, and deeper in it.
pub(super) fn objects(bytes: &[u8]) {
    let file = SourceFile::new("data/ky/a.json", bytes);
    for path in [
        None,
        Some(""),
        Some("ket_qua.don_vi[]"),
        Some("tinh[].xa[]"),
        Some("$.a..[]"),
    ] {
        let _ = table::read_objects(&file, path);
    }
    site("data/2026-06/ket-qua.json", bytes);
}

/// A workbook with its sheets.
pub(super) fn workbook(bytes: &[u8]) {
    for name in ["data/ky/a.xlsx", "data/ky/a.xls", "data/ky/a.ods"] {
        let read = table::read_grids(&SourceFile::new(name, bytes), &Asked::default());
        for grid in &read.value.grids {
            let _ = layout::find(grid, &Declared::default(), &|word| word.starts_with('T'));
        }
    }
}

/// Text in every encoding.
pub(super) fn encodings(bytes: &[u8]) {
    let file = SourceFile::new("data/ky/a.csv", bytes);
    let _ = encoding::decode(&file);
    for declared in Encoding::ALL.map(Some).into_iter().chain([None]) {
        let _ = encoding::read(&file, declared);
        let _ = csv::read_grid(&file, declared, None);
    }
}

/// A whole site of which the file at `path` is damaged: every setting, table, mapping and narrative.
pub(super) fn site(path: &str, bytes: &[u8]) {
    let mut files = super::site_files().clone();
    files.retain(|f| &*f.path != path);
    files.push(SourceFile::new(path, bytes));
    let sources = Sources::new(files);
    let findings = pipeline::check(&sources, &Options::default());
    let views = Views::new(&sources);
    let _ = human::render(&findings, &sources, &views, human::Style::default());
    let text = json::render(&findings, Language::Vietnamese);
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
}
