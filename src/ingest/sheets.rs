//! A file → its tables, each with the word by which every column is read.
//!
//! A text file whose first line is a header of known words is read as it stands. All else is looked at as sheets:
//! by the mappings for the file, or, without one, by known words alone.

use super::Context;
use super::headers;
use super::mapping::{self, Applied, ColumnOptions, Mapping, Sheet};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::model::Report;
use crate::source::SourceFile;
use crate::table::grid::Grid;
use crate::table::layout::{self, Declared, Found, Hidden, Laid, Region, Roles};
use crate::table::{self, Table};
use crate::text::date::Date;
use crate::text::dates::find_month;

/// A table of a file.
pub(super) struct Piece<'a> {
    pub(super) table: Table,
    pub(super) layout: headers::Layout,
    pub(super) options: Vec<ColumnOptions>,
    pub(super) mapping: Option<&'a Mapping>,
    /// What stood beside its rows, where it was found in a sheet.
    pub(super) beside: Option<Beside>,
}

/// What stood beside the rows of a table in a sheet.
pub(super) struct Beside {
    pub(super) laid: Laid,
    pub(super) unit_of_measure: Option<(String, Place)>,
    /// Whether rows were passed over because they are hidden.
    pub(super) has_hidden_rows: bool,
}

/// Reads the tables of a file.
pub(super) fn read<'a>(
    context: &Context<'a>,
    file: &SourceFile,
    report: &Report,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Piece<'a>> {
    let mappings: Vec<&Mapping> = context
        .mappings
        .iter()
        .filter(|m| m.covers(&file.path))
        .collect();
    if mappings.is_empty() && !table::is_workbook(&file.extension()) {
        let mut own = Vec::new();
        let Some(table) = table::read(file).take(&mut own) else {
            findings.append(&mut own);
            return Vec::new();
        };
        if file.extension() == "json" || !needs_layout(context, &table) {
            findings.append(&mut own);
            return vec![plain(context, table, findings)];
        }
    }
    if file.extension() == "json" {
        return objects(context, file, &mappings, findings);
    }
    let first = mappings.first();
    let options = first.map_or_else(table::Asked::default, |m| table::Asked {
        encoding: m.encoding,
        delimiter: m.delimiter,
    });
    let grids = table::grids(file, &options).take(findings);
    if grids.is_empty() {
        return Vec::new();
    }
    let reader = SheetReader {
        context,
        report,
        grids: &grids,
    };
    reader.read(file, &mappings, findings)
}

/// The table of a JSON file: keys are its headers, and no layout is looked for.
fn objects<'a>(
    context: &Context<'_>,
    file: &SourceFile,
    mappings: &[&'a Mapping],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Piece<'a>> {
    let mapping = mappings.first().copied();
    let path = mapping.and_then(|m| m.json_path.as_deref());
    let Some(table) = table::read_objects(file, path).take(findings) else {
        return Vec::new();
    };
    let letters: Vec<u32> = (0..table.header.len())
        .map(crate::diagnostic::to_u32)
        .collect();
    let header = table.header.clone();
    let applied = mapping::apply(
        mapping,
        &table,
        &letters,
        &header,
        context.catalog,
        findings,
    );
    let layout =
        headers::read(&table, &applied.words, &applied.options, context.catalog).take(findings);
    vec![Piece {
        table,
        layout,
        options: applied.options,
        mapping,
        beside: None,
    }]
}

/// Whether the first line of a text file is no header of known words, or rows of sums stand among the others.
fn needs_layout(context: &Context<'_>, table: &Table) -> bool {
    let words = table.header.iter().filter(|h| !h.is_empty());
    let known = words
        .filter(|h| headers::is_known(context.catalog, h))
        .count();
    let is_header = known >= 1;
    !is_header || last_rows_are_sums(table)
}

/// Whether one of the last rows is a row of sums or a note, as below tables of offices.
fn last_rows_are_sums(table: &Table) -> bool {
    let rows = table.row_count();
    (rows.saturating_sub(3)..rows).any(|row| {
        let mut texts = (0..table.header.len().min(3)).map(|c| table.cell(row, c));
        texts.any(layout::is_sum_label)
    })
}

/// A table whose first line is its header.
fn plain<'a>(context: &Context<'_>, table: Table, findings: &mut Vec<Diagnostic>) -> Piece<'a> {
    let layout = headers::read(&table, &table.header, &[], context.catalog).take(findings);
    Piece {
        table,
        layout,
        options: Vec::new(),
        mapping: None,
        beside: None,
    }
}

/// A title that names a month of which no day is in the report's period.
fn title_outside(report: &Report, grid: &Grid, region: &Region) -> Option<Diagnostic> {
    let outside = |(first, last): &(Date, Date)| *last < report.start || *first > report.end;
    region.title.iter().find_map(|line| {
        let (first, _) = find_month(&line.text).filter(outside)?;
        let column = grid.row(line.line)?.cells.first()?.column;
        let place = Place::at(&grid.file, line.line, column, 1).in_sheet(grid.sheet.as_ref());
        let d = Diagnostic::new(codes::TITLE_OUTSIDE_PERIOD, place)
            .with("month", first.month())
            .with("year", first.year())
            .with("start", report.start)
            .with("end", report.end);
        Some(d)
    })
}

struct SheetReader<'a, 'g> {
    context: &'g Context<'a>,
    report: &'g Report,
    grids: &'g [Grid],
}

impl<'a> SheetReader<'a, '_> {
    fn read(
        &self,
        file: &SourceFile,
        mappings: &[&'a Mapping],
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        if mappings.is_empty() {
            let shown = self
                .grids
                .iter()
                .filter(|g| !g.hidden && !g.rows.is_empty());
            for grid in shown.clone() {
                pieces.extend(self.sheet(grid, None, findings));
            }
            if pieces.is_empty() {
                let place = shown
                    .clone()
                    .next()
                    .map_or_else(|| Place::file(&file.path), sheet_place);
                let code = if shown.clone().next().is_some() {
                    codes::TABLE_NOT_FOUND
                } else {
                    codes::TABLE_EMPTY
                };
                findings.push(Diagnostic::new(code, place));
            }
        }
        for mapping in mappings {
            pieces.extend(self.mapped(file, mapping, findings));
        }
        self.unread(mappings, findings);
        pieces
    }

    /// The tables that a mapping is for.
    fn mapped(
        &self,
        file: &SourceFile,
        mapping: &'a Mapping,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Piece<'a>> {
        let grids: Vec<&Grid> = self
            .grids
            .iter()
            .enumerate()
            .filter(|(i, g)| is_for(mapping, *i, g))
            .map(|(_, g)| g)
            .collect();
        if let (true, Some((sheet, place))) = (grids.is_empty(), &mapping.sheet) {
            findings.push(self.no_sheet(file, sheet, place));
        }
        let mut pieces = Vec::new();
        for grid in &grids {
            pieces.extend(self.sheet(grid, Some(mapping), findings));
        }
        if pieces.is_empty() && !grids.is_empty() {
            let d = Diagnostic::new(codes::TABLE_NOT_FOUND, sheet_place(grids[0]));
            findings.push(d.also(mapping.place.clone()));
        }
        pieces
    }

    fn no_sheet(&self, file: &SourceFile, sheet: &Sheet, place: &Place) -> Diagnostic {
        let names = || self.grids.iter().filter_map(|g| g.sheet.as_deref());
        let wanted = match sheet {
            Sheet::Name(name) => name.clone(),
            Sheet::Number(n) => n.to_string(),
        };
        let shown: Vec<String> = names().take(8).map(|n| format!("`{n}`")).collect();
        Diagnostic::new(codes::SHEET_UNKNOWN, place.clone())
            .with("name", &wanted)
            .with("file", &file.path)
            .with("sheets", shown.join(", "))
            .suggest(crate::text::suggest::suggest(&wanted, names()))
    }

    /// Reports sheets that are hidden, and sheets with a table that no mapping is for.
    fn unread(&self, mappings: &[&Mapping], findings: &mut Vec<Diagnostic>) {
        let is_skipped = mappings.iter().any(|m| m.declared.hidden == Hidden::Skip);
        for (i, grid) in self.grids.iter().enumerate() {
            let is_read = mappings.iter().any(|m| is_for(m, i, grid));
            if is_read || grid.rows.is_empty() {
                continue;
            }
            if grid.hidden && !is_skipped {
                let d = Diagnostic::new(codes::HIDDEN_SHEET, sheet_place(grid));
                findings.push(d.with("name", sheet_name(grid)));
            } else if !grid.hidden && !mappings.is_empty() {
                let found = self.find(grid, &Declared::default());
                if let Some(region) = found.regions.first() {
                    let line = region.header_rows.first().copied().unwrap_or(0);
                    let place = Place::at(&grid.file, line, region.columns[0], 1)
                        .in_sheet(grid.sheet.as_ref());
                    let d = Diagnostic::new(codes::SHEET_UNREAD, place);
                    findings.push(d.with("name", sheet_name(grid)));
                }
            }
        }
    }

    fn find(&self, grid: &Grid, declared: &Declared) -> Found {
        layout::find(grid, declared, &|word| {
            headers::is_known(self.context.catalog, word)
        })
    }

    /// The tables of a sheet.
    fn sheet(
        &self,
        grid: &Grid,
        mapping: Option<&'a Mapping>,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Piece<'a>> {
        let undeclared = Declared::default();
        let declared = mapping.map_or(&undeclared, |m| &m.declared);
        let found = self.find(grid, declared);
        if declared.hidden == Hidden::Report {
            findings.extend(layout::hidden_findings(grid, &found));
        }
        let many = found.regions.len() > 1;
        let wanted = found.regions.iter().enumerate().filter(|(i, region)| {
            let is_numbered = mapping
                .and_then(|m| m.table)
                .is_none_or(|n| n as usize == i + 1);
            let is_meant = !many
                || mapping.is_none_or(|m| {
                    m.table.is_some() || m.columns.is_empty() || fits(m, grid, region)
                });
            is_numbered && is_meant
        });
        wanted
            .map(|(_, region)| self.piece(grid, region, mapping, declared, &found, findings))
            .collect()
    }

    fn piece(
        &self,
        grid: &Grid,
        region: &Region,
        mapping: Option<&'a Mapping>,
        declared: &Declared,
        found: &Found,
        findings: &mut Vec<Diagnostic>,
    ) -> Piece<'a> {
        let catalog = self.context.catalog;
        let head = region.empty_table(grid);
        let mut applied = mapping::apply(
            mapping,
            &head,
            &region.columns,
            &leaves(region),
            catalog,
            findings,
        );
        self.empty_columns(grid, region, &head, &mut applied, findings);
        if mapping.is_none_or(|m| m.fixed.period.is_none()) {
            findings.extend(title_outside(self.report, grid, region));
        }
        if region.header_rows.len() > 1 && declared.header_rows.is_empty() {
            let d = Diagnostic::new(codes::HEADER_ROWS, head.header_place(0));
            let lines = region.header_rows.iter().map(|l| (l + 1).to_string());
            findings.push(
                d.with("count", region.header_rows.len())
                    .with("rows", lines.collect::<Vec<_>>().join(", ")),
            );
        }
        // Only to learn what the columns are for; what is wrong with the headers is reported below.
        let roles = roles(
            &headers::read(&head, &applied.words, &applied.options, catalog).value,
            &applied,
        );
        let is_name = |text: &str| self.is_name(text);
        let mut laid = layout::lay(grid, region, &roles, declared, &is_name);
        findings.append(&mut laid.findings);
        if declared.groups != layout::Groups::Order {
            let word = match declared.groups {
                layout::Groups::Service => "dịch vụ",
                _ => "đơn vị",
            };
            applied.words.push(word.to_owned());
            applied.options.push(ColumnOptions::default());
        }
        let table = std::mem::take(&mut laid.table);
        let layout =
            headers::read(&table, &applied.words, &applied.options, catalog).take(findings);
        if table.row_count() == 0 {
            findings.push(Diagnostic::new(codes::TABLE_EMPTY, table.header_place(0)));
        }
        Piece {
            table,
            layout,
            options: applied.options,
            mapping,
            beside: Some(Beside {
                laid,
                unit_of_measure: region.unit_of_measure.clone(),
                has_hidden_rows: !found.hidden_rows.is_empty(),
            }),
        }
    }

    /// Reports columns without a cell; one that nobody knows is then no mistake.
    fn empty_columns(
        &self,
        grid: &Grid,
        region: &Region,
        head: &Table,
        applied: &mut Applied,
        findings: &mut Vec<Diagnostic>,
    ) {
        let catalog = self.context.catalog;
        for (column, is_empty) in layout::empty_columns(grid, region).into_iter().enumerate() {
            let word = &applied.words[column];
            let meaning = headers::meaning(catalog, word);
            let is_figures = matches!(meaning, Some(headers::Column::Figures(_)));
            let is_known = headers::is_known(catalog, word);
            if (is_known && !is_figures) || !is_empty {
                continue;
            }
            let d = Diagnostic::new(codes::COLUMN_EMPTY, head.header_place(column));
            findings.push(d.with("name", &head.header[column]));
            if !is_known {
                headers::IGNORED.clone_into(&mut applied.words[column]);
            }
        }
    }

    /// Whether a text is the name of a unit or a service.
    fn is_name(&self, text: &str) -> bool {
        let catalog = self.context.catalog;
        let (unit, day) = (self.report.unit, self.report.end);
        super::names::unit(catalog, text, unit, (day, day)).is_ok()
            || super::names::service(catalog, text).is_ok()
    }
}

pub(super) fn sheet_name(grid: &Grid) -> &str {
    grid.sheet.as_deref().unwrap_or_default()
}

/// The place of a sheet as a whole.
fn sheet_place(grid: &Grid) -> Place {
    Place::file(&grid.file).in_sheet(grid.sheet.as_ref())
}

/// Whether a mapping is for a sheet. A hidden one must be named.
fn is_for(mapping: &Mapping, index: usize, grid: &Grid) -> bool {
    match &mapping.sheet {
        None => !grid.hidden && !grid.rows.is_empty(),
        Some((Sheet::Number(n), _)) => *n as usize == index + 1,
        Some((Sheet::Name(name), _)) => {
            let fold = crate::text::normal::fold;
            grid.sheet.as_deref().is_some_and(|s| fold(s) == fold(name))
        }
    }
}

/// Whether a mapping names a column of a table by its header.
fn fits(mapping: &Mapping, grid: &Grid, region: &Region) -> bool {
    let header = region.empty_table(grid).header;
    mapping.names_any(&header, &leaves(region))
}

/// The last text above each column.
fn leaves(region: &Region) -> Vec<String> {
    let leaf = |n: &Vec<String>| n.last().cloned().unwrap_or_default();
    region.names.iter().map(leaf).collect()
}

/// What the columns of a table are for, by what they mean.
pub(super) fn roles(layout: &headers::Layout, applied: &Applied) -> Roles {
    let mut roles = Roles::default();
    match layout {
        headers::Layout::Tasks(columns) => {
            for (i, column) in columns.iter().enumerate() {
                match column {
                    headers::TaskColumn::Text => roles.key.push(i),
                    headers::TaskColumn::Number => roles.number.push(i),
                    _ => {}
                }
            }
        }
        headers::Layout::Figures(columns) => {
            let of =
                |wanted: headers::Column| (0..columns.len()).filter(move |i| columns[*i] == wanted);
            roles.key = of(headers::Column::Unit).collect();
            if roles.key.is_empty() {
                roles.key = of(headers::Column::Service).collect();
            }
            if roles.key.is_empty() {
                roles.key = of(headers::Column::Stat).collect();
            }
            let is_number = |i: &usize| headers::numbers_rows(&applied.words[*i]);
            roles.number = (0..columns.len()).filter(is_number).collect();
            let is_figures = |c: &headers::Column| {
                matches!(c, headers::Column::Figures(_) | headers::Column::Value)
            };
            roles.figures = (0..columns.len())
                .filter(|i| is_figures(&columns[*i]))
                .collect();
        }
    }
    roles
}
