//! `tiendo import FILE`: what stands in a table, a mapping for it with reasons, and what would be read.
//!
//! Nothing is written but the mapping, and that only when it is asked for.

mod words;

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::arguments::{Arguments, ImportOptions};
use super::{DONE, SITE_HAS_ERRORS, views};
use crate::catalog;
use crate::config::{self, Config};
use crate::diagnostic::{Language, human, summarise};
use crate::error::Error;
use crate::ingest::{self, Preview, Proposal, ProposedTable, Site, Sureness};
use crate::model::{FactIx, ServiceIx, Stat};
use crate::source::{self, SourceFile, Sources};
use crate::table;
use crate::text::number::format_vi;
use crate::text::slug::slug;
use words::Words;

/// How many figures are shown of what would be read.
const SHOWN: usize = 12;

/// `tiendo import`.
pub(super) fn import(
    arguments: &Arguments,
    options: &ImportOptions,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Error> {
    let words = Words(arguments.language());
    let sources = source::scan(&arguments.root)?;
    let file = source::read_one(&arguments.root, &options.file)?;
    if !table::holds_table(&file) {
        return Err(Error::Usage(words.no_table(&options.file)));
    }
    // What is wrong with the site itself is told by `check`.
    let config = sources
        .get("site.toml")
        .map_or_else(Config::default, |f| config::read(f).value);
    let catalog = catalog::read_with(&sources, &config.provinces).value;
    let periods = ingest::read_periods(&sources, &catalog).value;
    let site = Site {
        catalog: &catalog,
        config: &config,
        periods: &periods,
    };
    let proposal = ingest::propose(&file, site, options.sheet.as_deref());
    let view = View {
        words,
        file: &file,
        site,
        sources: &sources,
    };
    let (text, is_clear) = view.text(&proposal);
    out.write_all(text.as_bytes())
        .map_err(|e| Error::write(Path::new("stdout"), e))?;
    if let Some(name) = &options.write {
        let line = write(arguments, options, name, &proposal, words)?;
        let _ = writeln!(err, "{line}");
    }
    Ok(if is_clear { DONE } else { SITE_HAS_ERRORS })
}

/// Writes the mapping of each table; gives the line that says so.
fn write(
    arguments: &Arguments,
    options: &ImportOptions,
    name: &str,
    proposal: &Proposal,
    words: Words,
) -> Result<String, Error> {
    let stem = options
        .file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let name = slug(if name.is_empty() { &stem } else { name });
    let tables: Vec<&ProposedTable> = proposal.sheets.iter().flat_map(|s| &s.tables).collect();
    if tables.is_empty() || name.is_empty() {
        return Err(Error::Usage(words.nothing_to_write()));
    }
    let folder = arguments.root.join(ingest::MAPPINGS);
    fs::create_dir_all(&folder).map_err(|e| Error::write(&folder, e))?;
    let mut written = Vec::new();
    for (i, table) in tables.iter().enumerate() {
        let number = if i == 0 {
            String::new()
        } else {
            format!("-{}", i + 1)
        };
        let path = folder.join(format!("{name}{number}.toml"));
        let opened = OpenOptions::new()
            .write(true)
            .truncate(true)
            .create(options.force)
            .create_new(!options.force)
            .open(&path);
        let mut file = opened.map_err(|e| match e.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Usage(words.exists(&path)),
            _ => Error::write(&path, e),
        })?;
        file.write_all(table.mapping.as_bytes())
            .map_err(|e| Error::write(&path, e))?;
        written.push(path.display().to_string());
    }
    Ok(words.written(&written.join(", ")))
}

/// What a proposal is shown with.
struct View<'a> {
    words: Words,
    file: &'a SourceFile,
    site: Site<'a>,
    sources: &'a Sources,
}

impl View<'_> {
    /// The whole report, and whether the mapping leaves nothing unclear.
    fn text(&self, proposal: &Proposal) -> (String, bool) {
        let mut out = String::new();
        let style = human::Style {
            language: self.words.0,
            ..human::Style::default()
        };
        let views = views(self.sources);
        let mut is_clear = summarise(&proposal.findings).errors == 0;
        out.push_str(&human::render(
            &proposal.findings,
            self.sources,
            &views,
            style,
        ));
        let mut tables = 0;
        for sheet in &proposal.sheets {
            out.push_str(&self.words.sheet(sheet));
            for (i, table) in sheet.tables.iter().enumerate() {
                tables += 1;
                self.words.layout(&mut out, i + 1, table);
                self.words.columns(&mut out, table);
                let preview = ingest::preview(self.file, self.site, &table.mapping);
                is_clear &= self.preview(&mut out, table, &preview, style);
            }
        }
        if tables == 0 {
            is_clear = false;
            out.push_str(&self.words.no_table_found());
        }
        (out, is_clear)
    }

    /// What would be read, what remains unclear, and the mapping itself.
    fn preview(
        &self,
        out: &mut String,
        table: &ProposedTable,
        preview: &Preview,
        style: human::Style,
    ) -> bool {
        let views = views(self.sources);
        let facts = &preview.ingested.facts;
        let claims = preview.ingested.claims.list.len();
        out.push_str(&self.words.would_read(facts.len(), claims));
        for line in self.first_figures(preview) {
            let _ = writeln!(out, "  {line}");
        }
        let unclear: Vec<&str> = table
            .columns
            .iter()
            .filter(|c| c.sureness == Sureness::Unclear)
            .map(|c| c.letter.as_str())
            .collect();
        out.push_str(&self.words.unclear(&unclear, summarise(&preview.findings)));
        out.push_str(&human::render(
            &preview.findings,
            self.sources,
            &views,
            style,
        ));
        if table.needs_mapping {
            out.push_str(self.words.mapping());
            out.push_str(&table.mapping);
        } else {
            out.push_str(self.words.no_mapping_needed());
        }
        out.push('\n');
        unclear.is_empty() && summarise(&preview.findings).errors == 0
    }

    /// The first figures in the order of their cells, as they would be read.
    fn first_figures(&self, preview: &Preview) -> Vec<String> {
        let facts = &preview.ingested.facts;
        let mut order: Vec<FactIx> = facts.indices().collect();
        order.sort_by_key(|ix| facts.origin(*ix));
        let catalog = self.site.catalog;
        let line = |ix: &FactIx| {
            let origin = facts.origin(*ix);
            let place = preview.ingested.files[usize::from(origin.file)].place(origin, 1);
            let key = facts.keys()[ix.at()];
            let value = facts
                .value(*ix)
                .map_or_else(|| self.words.no_value().to_owned(), format_vi);
            let stat = catalog.stat_id(Stat::Measure(facts.measure(*ix)));
            let unit = &catalog.units.get(key.unit()).name;
            let service = match key.service() {
                ServiceIx::WHOLE => String::new(),
                service => format!("{}, ", catalog.services.get(service).name),
            };
            format!("{}: {unit}, {service}{stat} = {value}", place.within_file())
        };
        order.iter().take(SHOWN).map(line).collect()
    }
}

impl Words {
    fn is_vietnamese(self) -> bool {
        self.0 == Language::Vietnamese
    }
}
