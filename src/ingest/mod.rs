//! Tables, settings of the folders and the catalogue → facts, claims, tasks.
//!
//! In: the folders below `data/`. Out: [`Ingested`], and every mistake in the tables. Nothing is guessed:
//! what cannot be read for certain keeps its text and is reported.

mod facts;
mod headers;
mod names;
mod periods;
mod spelling;
mod tasks;

use std::sync::Arc;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::config::Config;
use crate::diagnostic::{Checked, Diagnostic, Place, codes};
use crate::model::{
    Claim, Claims, Facts, IndicatorIx, MeasureIx, Origin, Period, RawFacts, Report, ReportIx, Task,
};
use crate::source::{SourceFile, Sources};
use crate::table;
use crate::waiver::Waiver;

pub use periods::{Periods, newest_date, read as read_periods};

/// What the tables hold.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// Facts, in columns.
    pub facts: Facts,
    /// Claims.
    pub claims: Claims,
    /// Tasks, in the order of files and rows.
    pub tasks: Vec<Task>,
    /// The table files; a figure's origin names its position.
    pub files: Vec<TableFile>,
    /// Pairs of columns of one file that are copies of each other.
    pub copies: Vec<Copy>,
}

/// A file that held a table.
#[derive(Clone, Debug)]
pub struct TableFile {
    /// Its path.
    pub path: Arc<str>,
    /// The sheet, in a workbook: lines and columns are then rows and columns of cells.
    pub sheet: Option<Arc<str>>,
    /// The report it belongs to.
    pub report: ReportIx,
    /// Indicators whose column has the per-cent sign in its header.
    pub percent_columns: Vec<IndicatorIx>,
}

impl TableFile {
    /// The place of a figure of this table whose text is `width` characters wide.
    pub fn place(&self, origin: Origin, width: usize) -> Place {
        let width = crate::diagnostic::to_u32(width);
        Place::at(&self.path, origin.line, u32::from(origin.column), width)
            .in_sheet(self.sheet.as_ref())
    }
}

/// Two columns of a file that are equal in every row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Position of the file.
    pub file: u16,
    /// The measure of the first column.
    pub first: MeasureIx,
    /// The measure of the second column.
    pub second: MeasureIx,
}

/// What all tables are read with.
pub(crate) struct Context<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) config: &'a Config,
    pub(crate) periods: &'a [Period],
    pub(crate) reports: &'a [Report],
    pub(crate) waivers: &'a [Waiver],
}

/// What one table gives.
#[derive(Default)]
pub(crate) struct Harvest {
    pub(crate) facts: RawFacts,
    pub(crate) claims: Vec<Claim>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) copies: Vec<Copy>,
    pub(crate) percent_columns: Vec<IndicatorIx>,
    pub(crate) spellings: Vec<spelling::Spelling>,
    pub(crate) findings: Vec<Diagnostic>,
}

/// Reads every table of every report, in parallel; the result does not depend on the number of threads.
pub fn read(
    sources: &Sources,
    catalog: &Catalog,
    config: &Config,
    periods: &Periods,
    waivers: &[Waiver],
) -> Checked<Ingested> {
    let context = Context {
        catalog,
        config,
        periods: &periods.list,
        reports: &periods.reports,
        waivers,
    };
    let files: Vec<(&SourceFile, ReportIx)> = periods
        .reports
        .iter()
        .enumerate()
        .flat_map(|(i, report)| tables_of(sources, report).map(move |f| (f, ReportIx::from_at(i))))
        .collect();
    let harvests: Vec<Harvest> = files
        .par_iter()
        .enumerate()
        .map(|(i, (file, report))| {
            harvest(
                &context,
                file,
                u16::try_from(i).unwrap_or(u16::MAX),
                *report,
            )
        })
        .collect();
    let mut findings = Vec::new();
    let mut out = Ingested {
        files: files
            .iter()
            .map(|(f, r)| TableFile {
                path: Arc::clone(&f.path),
                sheet: None,
                report: *r,
                percent_columns: Vec::new(),
            })
            .collect(),
        ..Ingested::default()
    };
    let mut facts = Vec::with_capacity(harvests.len());
    let mut claims = Vec::new();
    let mut spellings = Vec::new();
    for (file, h) in out.files.iter_mut().zip(harvests) {
        file.percent_columns = h.percent_columns;
        spellings.push((file.report, h.spellings));
        facts.push(h.facts);
        claims.extend(h.claims);
        out.tasks.extend(h.tasks);
        out.copies.extend(h.copies);
        findings.extend(h.findings);
    }
    findings.extend(spelling::variants(&context, &spellings));
    out.facts = Facts::new(facts);
    out.claims = Claims::new(claims);
    Checked::new(out, findings)
}

fn tables_of<'s>(sources: &'s Sources, report: &'s Report) -> impl Iterator<Item = &'s SourceFile> {
    sources
        .below(&report.folder)
        .filter(|f| f.folder() == report.folder && table::is_table(&f.extension()))
}

fn harvest(context: &Context<'_>, file: &SourceFile, position: u16, report: ReportIx) -> Harvest {
    let mut out = Harvest::default();
    let Some(mut table) = table::read(file).take(&mut out.findings) else {
        return out;
    };
    if let Some((count, place)) = table.strip_markup() {
        let d = Diagnostic::new(codes::MARKUP_IN_CELLS, place).with("count", count);
        out.findings.push(d);
    }
    let layout = headers::read(&table, context.catalog).take(&mut out.findings);
    match layout {
        headers::Layout::Tasks(columns) => tasks::read(context, &table, &columns, report, &mut out),
        headers::Layout::Figures(columns) => {
            out.percent_columns = headers::marked_percent(&table, &columns);
            facts::read(context, &table, &columns, position, report, &mut out);
        }
    }
    out
}
