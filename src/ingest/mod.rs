//! Tables, settings of the folders and the catalogue → facts, claims, tasks.
//!
//! In: the folders below `data/`. Out: [`Ingested`], and every mistake in the tables. Nothing is guessed:
//! what cannot be read for certain keeps its text and is reported.

mod blanks;
mod facts;
mod headers;
mod mapping;
mod names;
mod periods;
mod proposal;
mod scales;
mod sheets;
mod spelling;
mod tasks;
mod totals;

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

pub use mapping::{FOLDER as MAPPINGS, Mapping};
pub use periods::{Periods, newest_date, read as read_periods};
pub use proposal::{
    Column as ProposedColumn, Preview, Proposal, Reason, Sheet as ProposedSheet, Site, Sureness,
    Table as ProposedTable, preview, propose,
};

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
    pub(crate) mappings: &'a [Mapping],
    pub(crate) waivers: &'a [Waiver],
}

/// What one table gives.
#[derive(Default)]
pub(crate) struct Harvest {
    pub(crate) sheet: Option<Arc<str>>,
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
    let mut mapping_findings = Vec::new();
    let mappings = mapping::read(sources, catalog, &periods.list).take(&mut mapping_findings);
    let context = Context {
        catalog,
        config,
        periods: &periods.list,
        reports: &periods.reports,
        mappings: &mappings,
        waivers,
    };
    let files: Vec<(&SourceFile, ReportIx)> = periods
        .reports
        .iter()
        .enumerate()
        .flat_map(|(i, report)| tables_of(sources, report).map(move |f| (f, ReportIx::from_at(i))))
        .collect();
    let harvests: Vec<Vec<Harvest>> = files
        .par_iter()
        .map(|(file, report)| harvest(&context, file, *report))
        .collect();
    let mut findings = mapping_findings;
    findings.extend(periods.reports.iter().flat_map(|r| unread(sources, r)));
    let ingested = gather(&context, &files, harvests, &mut findings);
    Checked::new(ingested, findings)
}

/// Puts the tables of all files together; each figure learns the position of its table.
fn gather(
    context: &Context<'_>,
    files: &[(&SourceFile, ReportIx)],
    harvests: Vec<Vec<Harvest>>,
    findings: &mut Vec<Diagnostic>,
) -> Ingested {
    let mut out = Ingested::default();
    let mut facts = Vec::with_capacity(harvests.len());
    let mut claims = Vec::new();
    let mut spellings = Vec::new();
    for ((file, report), tables) in files.iter().zip(harvests) {
        for mut h in tables {
            let position = u16::try_from(out.files.len()).unwrap_or(u16::MAX);
            out.files.push(TableFile {
                path: Arc::clone(&file.path),
                sheet: h.sheet.take(),
                report: *report,
                percent_columns: std::mem::take(&mut h.percent_columns),
            });
            spellings.push((*report, std::mem::take(&mut h.spellings)));
            h.facts.set_file(position);
            for claim in &mut h.claims {
                claim.origin.file = position;
            }
            for copy in &mut h.copies {
                copy.file = position;
            }
            facts.push(h.facts);
            claims.extend(h.claims);
            out.tasks.extend(h.tasks);
            out.copies.extend(h.copies);
            findings.extend(h.findings);
        }
    }
    findings.extend(spelling::variants(context, &spellings));
    out.facts = Facts::new(facts);
    out.claims = Claims::new(claims);
    out
}

fn tables_of<'s>(sources: &'s Sources, report: &'s Report) -> impl Iterator<Item = &'s SourceFile> {
    sources
        .below(&report.folder)
        .filter(|f| f.folder() == report.folder && table::holds_table(f))
}

/// Files of a report that hold no table, and are no picture or print of it either.
fn unread<'s>(
    sources: &'s Sources,
    report: &'s Report,
) -> impl Iterator<Item = Diagnostic> + use<'s> {
    const KEPT: [&str; 9] = ["", "toml", "pdf", "png", "jpg", "jpeg", "gif", "webp", "md"];
    sources
        .below(&report.folder)
        .filter(|f| f.folder() == report.folder && !table::holds_table(f))
        .filter(|f| !KEPT.contains(&f.extension().as_str()))
        .map(|f| {
            Diagnostic::new(codes::FILE_UNREAD, Place::file(&f.path))
                .with("extension", f.extension())
        })
}

/// Reads the tables of a file. A file always gives one harvest at least, for what was found in it.
fn harvest(context: &Context<'_>, file: &SourceFile, report: ReportIx) -> Vec<Harvest> {
    let mut findings = Vec::new();
    let pieces = sheets::read(context, file, &context.reports[report.at()], &mut findings);
    let mut out: Vec<Harvest> = pieces
        .into_iter()
        .map(|piece| harvest_table(context, piece, report))
        .collect();
    if out.is_empty() {
        out.push(Harvest::default());
    }
    findings.append(&mut out[0].findings);
    out[0].findings = findings;
    out
}

fn harvest_table(context: &Context<'_>, mut piece: sheets::Piece<'_>, report: ReportIx) -> Harvest {
    let mut out = Harvest {
        sheet: piece.table.sheet.clone(),
        ..Harvest::default()
    };
    if let Some((count, place)) = piece.table.strip_markup() {
        let d = Diagnostic::new(codes::MARKUP_IN_CELLS, place).with("count", count);
        out.findings.push(d);
    }
    match &piece.layout {
        headers::Layout::Tasks(columns) => {
            tasks::read(context, &piece.table, columns, report, &mut out);
        }
        headers::Layout::Figures(columns) => figures(context, &piece, columns, report, &mut out),
    }
    out
}

/// Reads a table of figures. Columns that a mapping says to be about a service, unit or period of their own are read
/// as a table of their own that shares the names of the rows.
fn figures(
    context: &Context<'_>,
    piece: &sheets::Piece<'_>,
    columns: &[headers::Column],
    report: ReportIx,
    out: &mut Harvest,
) {
    out.percent_columns = headers::marked_percent(&piece.table, columns);
    let groups = groups(columns, &piece.options);
    for (about, own) in &groups {
        group(context, piece, own, *about, report, out);
    }
    if groups.len() > 1 {
        // What is wrong with a row's name was found once a group.
        let mut seen = std::collections::BTreeSet::new();
        out.findings
            .retain(|d| seen.insert((d.code.as_str(), d.place.clone(), d.arguments.clone())));
    }
}

/// The columns of figures by what they are about, each with all columns that say what a row is.
fn groups(
    columns: &[headers::Column],
    options: &[mapping::ColumnOptions],
) -> Vec<(mapping::Fixed, Vec<headers::Column>)> {
    use headers::Column;
    let about = |i: usize| options.get(i).copied().unwrap_or_default().about;
    let is_figure = |c: Column| matches!(c, Column::Figures(_) | Column::Value);
    let mut all: Vec<mapping::Fixed> = Vec::new();
    for (i, _) in columns.iter().enumerate().filter(|(_, c)| is_figure(**c)) {
        if !all.contains(&about(i)) {
            all.push(about(i));
        }
    }
    if all.len() < 2 {
        return vec![(all.pop().unwrap_or_default(), columns.to_vec())];
    }
    let own = |wanted: mapping::Fixed| {
        let keep = |(i, c): (usize, &Column)| {
            let is_other = is_figure(*c) && about(i) != wanted;
            if is_other { Column::Ignored } else { *c }
        };
        columns.iter().enumerate().map(keep).collect()
    };
    all.into_iter().map(|f| (f, own(f))).collect()
}

/// Reads columns that are about the same, and the row of sums where it gives the figures of a unit; checks all sums.
fn group(
    context: &Context<'_>,
    piece: &sheets::Piece<'_>,
    columns: &[headers::Column],
    about: mapping::Fixed,
    report: ReportIx,
    out: &mut Harvest,
) {
    let beside = piece.beside.as_ref();
    let mut frame = facts::Frame {
        mapping: piece.mapping,
        options: &piece.options,
        notes: beside.map_or(&[], |b| b.laid.notes.as_slice()),
        unit_of_measure: beside
            .and_then(|b| b.unit_of_measure.as_ref())
            .map(|(unit, _)| unit.as_str()),
        is_laid: beside.is_some(),
        about,
        ..facts::Frame::default()
    };
    let styles = facts::read(context, &piece.table, columns, frame, report, out);
    let Some(beside) = beside else { return };
    scales::check(context, &piece.table, columns, &frame, out);
    let totals = totals::Input {
        context,
        piece,
        beside,
        columns,
        styles: &styles,
        report,
    };
    totals::check(&totals, out);
    let unit = piece.mapping.and_then(|m| m.total_unit);
    if let (Some(unit), Some((label, table))) = (unit, totals::whole(beside)) {
        frame.only_unit = Some(unit);
        frame.total_label = Some(label);
        frame.styles = Some(&styles);
        facts::read(context, &table, columns, frame, report, out);
    }
}
