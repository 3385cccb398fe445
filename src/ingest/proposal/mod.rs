//! A table that nobody has described → what stands in it, and a mapping that would read it, with reasons.
//!
//! Nothing here is used to read figures: a proposal becomes a mapping only when a person writes it to
//! `data/mappings/`.

mod arithmetic;
mod columns;
mod objects;
mod text;

use super::headers;
use super::mapping::FOLDER;
use super::sheets::sheet_name;
use super::{Context, Harvest, Ingested, Periods, mapping, names};
use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Level, Period, PeriodIx, Report, ReportIx, Status, UnitIx};
use crate::source::SourceFile;
use crate::table::grid::Grid;
use crate::table::layout::{self, Declared, Found, Laid, Line, Region, Roles};
use crate::table::{self, Asked};
use crate::text::date::Date;

pub use columns::{Column, Reason, Sureness};

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Proposal {
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// What was found while opening it.
    pub findings: Vec<Diagnostic>,
}

/// A sheet of a file.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name; none for text files.
    pub name: Option<String>,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Rows that hold something.
    pub rows: usize,
    /// Hidden rows that hold something, from 0.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns that hold something, from 0.
    pub hidden_columns: Vec<u32>,
    /// Its tables.
    pub tables: Vec<Table>,
}

/// A table with the mapping proposed for it.
#[derive(Debug, Default)]
pub struct Table {
    /// Lines above the header.
    pub title: Vec<Line>,
    /// The unit of measure declared there.
    pub unit_of_measure: Option<String>,
    /// Header rows, from 0.
    pub header_rows: Vec<u32>,
    /// Rows that number the columns, from 0.
    pub legend_rows: Vec<u32>,
    /// Rows of figures, from 0.
    pub rows: Vec<u32>,
    /// Rows that name groups.
    pub groups: Vec<Line>,
    /// Rows of sums.
    pub totals: Vec<Line>,
    /// Notes below.
    pub notes: Vec<Line>,
    /// Headers repeated in the middle, from 0.
    pub repeated: Vec<u32>,
    /// What each column may mean.
    pub columns: Vec<Column>,
    /// Whether the table is read otherwise with the mapping than without.
    pub needs_mapping: bool,
    /// The mapping, as a file.
    pub mapping: String,
}

/// What a mapping would read.
#[derive(Debug, Default)]
pub struct Preview {
    /// The figures.
    pub ingested: Ingested,
    /// What would be reported.
    pub findings: Vec<Diagnostic>,
}

/// The site that a file is looked at for.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// Its catalogue.
    pub catalog: &'a Catalog,
    /// Its settings.
    pub config: &'a Config,
    /// Its periods and reports.
    pub periods: &'a Periods,
}

/// Looks at a file.
pub fn propose(file: &SourceFile, site: Site<'_>, sheet: Option<&str>) -> Proposal {
    if file.extension() == "json" {
        return objects::propose(file, site);
    }
    let mut findings = Vec::new();
    let grids = table::grids(file, &Asked::default()).take(&mut findings);
    let is_wanted = |(i, g): &(usize, &Grid)| {
        let fold = crate::text::normal::fold;
        sheet.is_none_or(|s| fold(sheet_name(g)) == fold(s) || s.parse() == Ok(i + 1))
    };
    let many = grids.len() > 1;
    let wanted = grids.iter().enumerate().filter(is_wanted);
    let sheets = wanted
        .map(|(_, grid)| look_at(file, grid, many, None, site))
        .collect();
    Proposal { sheets, findings }
}

fn look_at(
    file: &SourceFile,
    grid: &Grid,
    many: bool,
    json_path: Option<&str>,
    site: Site<'_>,
) -> Sheet {
    let declared = Declared::default();
    let found = layout::find(grid, &declared, &|w| headers::is_known(site.catalog, w));
    let report = report_of(file, &found, site);
    let numbered = found.regions.len() > 1;
    let tables = found
        .regions
        .iter()
        .enumerate()
        .map(|(i, region)| {
            let mut table = table_of(grid, region, &report, site);
            let frame = text::Frame {
                path: &file.path,
                sheet: grid.sheet.as_deref().filter(|_| many || grid.hidden),
                number: numbered.then_some(i + 1),
                json_path,
                has_hidden: !found.hidden_rows.is_empty() || !found.hidden_columns.is_empty(),
            };
            table.needs_mapping = table.header_rows.len() > 1
                || grid.hidden
                || table.columns.iter().any(|c| c.sureness != Sureness::Known);
            table.mapping = text::mapping(&table, frame);
            table
        })
        .collect();
    Sheet {
        name: grid.sheet.as_deref().map(str::to_owned),
        hidden: grid.hidden,
        rows: grid.rows.len(),
        hidden_rows: found.hidden_rows.clone(),
        hidden_columns: found.hidden_columns.clone(),
        tables,
    }
}

fn table_of(grid: &Grid, region: &Region, report: &Report, site: Site<'_>) -> Table {
    let catalog = site.catalog;
    let is_name = |text: &str| {
        names::unit(catalog, text, report.unit, report.window()).is_ok()
            || names::service(catalog, text).is_ok()
    };
    let roles = Roles::guess(grid, region);
    let laid = layout::lay(grid, region, &roles, &Declared::default(), &is_name);
    let look = columns::Look {
        site,
        report,
        region,
        roles: &roles,
        table: &laid.table,
    };
    Table {
        title: region.title.clone(),
        unit_of_measure: region.unit_of_measure.as_ref().map(|(u, _)| u.clone()),
        header_rows: region.header_rows.clone(),
        legend_rows: region.legend_rows.clone(),
        rows: (0..laid.table.row_count())
            .map(|r| laid.table.line(r))
            .collect(),
        groups: laid.groups.iter().map(|g| g.line.clone()).collect(),
        totals: totals(&laid),
        notes: laid.notes.iter().map(|n| n.line.clone()).collect(),
        repeated: laid.repeated.clone(),
        columns: look.columns(),
        needs_mapping: false,
        mapping: String::new(),
    }
}

fn totals(laid: &Laid) -> Vec<Line> {
    let sums = laid.sums.iter().enumerate();
    sums.map(|(row, sum)| Line {
        line: laid.totals.line(row),
        text: sum.label.clone(),
    })
    .collect()
}

/// The report that a file belongs to; for a file of no folder one that stands for it while it is looked at.
fn report_of(file: &SourceFile, found: &Found, site: Site<'_>) -> Report {
    let own = site
        .periods
        .reports
        .iter()
        .find(|r| r.folder == file.folder());
    if let Some(report) = own {
        return report.clone();
    }
    let newest = site.periods.list.last();
    let day = newest.map(|p| p.end).or(site.config.as_of);
    let day = day.unwrap_or(Date::LATE);
    let titles = found.regions.iter().flat_map(|r| &r.title);
    let mut texts = titles.flat_map(|l| l.text.split(" | "));
    let catalog = site.catalog;
    let root = || {
        let mut all = catalog.units.indices();
        let country = all.find(|u| catalog.units.get(*u).level == Level::Country);
        country.unwrap_or(UnitIx(0))
    };
    let unit = texts.find_map(|t| names::unit(catalog, t, root(), (day, day)).ok());
    Report {
        folder: file.folder().to_owned(),
        file: std::sync::Arc::clone(&file.path),
        place: Place::file(&file.path),
        period: PeriodIx(0),
        unit: unit.unwrap_or_else(root),
        any_unit: true,
        start: newest.map_or(day, |p| p.start),
        end: day,
        cutoff: None,
        due: None,
        received: None,
        kind: "bao-cao".to_owned(),
        status: Status::Provisional,
        number_style: None,
        documents: Vec::new(),
        cited: Vec::new(),
        required: Vec::new(),
    }
}

/// Reads a file by a mapping as a text, without changing anything.
pub fn preview(file: &SourceFile, site: Site<'_>, text: &str) -> Preview {
    let mut findings = Vec::new();
    let source = SourceFile::new(&format!("{FOLDER}/de-xuat.toml"), text);
    let mapping = mapping::read_one(&source, site.catalog, &site.periods.list).take(&mut findings);
    let Some(mapping) = mapping.filter(|_| !site.catalog.units.list.is_empty()) else {
        return Preview {
            findings,
            ..Preview::default()
        };
    };
    let grids = table::grids(file, &Asked::default()).value;
    let title = grids.first().map_or_else(Found::default, |g| {
        layout::find(g, &Declared::default(), &|w| {
            headers::is_known(site.catalog, w)
        })
    });
    let report = report_of(file, &title, site);
    let period = Period {
        id: "?".to_owned(),
        label: "?".to_owned(),
        start: report.start,
        end: report.end,
        cadence: "thang".to_owned(),
        reports: Vec::new(),
    };
    let mut periods = site.periods.list.clone();
    if periods.is_empty() {
        periods.push(period);
    }
    let (reports, mappings) = ([report], [mapping]);
    let context = Context {
        catalog: site.catalog,
        config: site.config,
        periods: &periods,
        reports: &reports,
        mappings: &mappings,
        waivers: &[],
    };
    let harvests: Vec<Harvest> = super::harvest(&context, file, ReportIx(0));
    let ingested = super::gather(
        &context,
        &[(file, ReportIx(0))],
        vec![harvests],
        &mut findings,
    );
    crate::diagnostic::sort(&mut findings);
    Preview { ingested, findings }
}
