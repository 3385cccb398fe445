//! The stages in their order, from the site's files to what is published.

use std::path::PathBuf;

use crate::analysis::{self, Analysis, Relations, relations};
use crate::catalog::{self, Catalog};
use crate::check;
use crate::config::{self, Config};
use crate::content::{self, LinkTarget, Narrative, PageTarget};
use crate::diagnostic::{self, Diagnostic};
use crate::error::Error;
use crate::ingest::{self, Ingested, Periods};
use crate::model::Target;
use crate::publish::Sink;
use crate::render::{self, Made};
use crate::source::Sources;
use crate::text::date::Date;
use crate::theme::{self, Theme};
use crate::waiver::{self, Waiver};

/// What a command asks for, beside the site itself.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Address at which the site will stand, instead of that of `site.toml`.
    pub base_url: Option<String>,
    /// The one date of judgements in time, instead of that of `site.toml`.
    pub as_of: Option<Date>,
    /// Output folder.
    pub output: PathBuf,
}

/// A site that was read, resolved and recomputed.
#[derive(Debug)]
pub struct Loaded {
    /// Settings.
    pub config: Config,
    /// Catalogue.
    pub catalog: Catalog,
    /// Periods and reports.
    pub periods: Periods,
    /// Facts, claims, tasks.
    pub ingested: Ingested,
    /// Targets.
    pub targets: Vec<Target>,
    /// Waivers.
    pub waivers: Vec<Waiver>,
    /// Recomputed statements.
    pub relations: Relations,
    /// The one date of judgements in time.
    pub as_of: Option<Date>,
    /// What was found while reading.
    pub findings: Vec<Diagnostic>,
}

/// Reads, resolves and recomputes a site.
pub fn load(sources: &Sources, options: &Options) -> Loaded {
    let mut findings = Vec::new();
    let mut config = match sources.get("site.toml") {
        Some(file) => config::read(file).take(&mut findings),
        None => Config::default(),
    };
    if let Some(url) = &options.base_url {
        config.base_url.clone_from(url);
    }
    let catalog = catalog::read(sources).take(&mut findings);
    let periods = ingest::read_periods(sources, &catalog).take(&mut findings);
    let waivers = waiver::read(sources).take(&mut findings);
    let mut ingested =
        ingest::read(sources, &catalog, &config, &periods, &waivers).take(&mut findings);
    let targets = catalog::read_targets(sources, &catalog, &periods.list).take(&mut findings);
    analysis::settle(&mut ingested, &waivers);
    let relations = relations::find(&catalog, &periods, &ingested);
    relations::mark(&relations, &mut ingested);
    let as_of = options
        .as_of
        .or(config.as_of)
        .or_else(|| ingest::newest_date(&periods));
    Loaded {
        config,
        catalog,
        periods,
        ingested,
        targets,
        waivers,
        relations,
        as_of,
        findings,
    }
}

impl Loaded {
    /// Analyses the figures.
    pub fn analysis(&self) -> Analysis<'_> {
        Analysis::new(
            &self.catalog,
            &self.config,
            &self.periods,
            &self.ingested,
            &self.targets,
            self.as_of,
        )
    }

    /// All findings: of reading, of the rules, of the narrative (`more`); waived where a decision covers them.
    pub fn findings(&self, analysis: &Analysis<'_>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut findings = self.findings.clone();
        findings.extend(check::run(analysis, &self.relations));
        findings.extend(more);
        waiver::apply(&self.waivers, self.as_of, &mut findings);
        diagnostic::sort(&mut findings);
        findings
    }
}

/// Reads the written texts.
fn narratives(sources: &Sources, analysis: &Analysis<'_>) -> diagnostic::Checked<Vec<Narrative>> {
    let href =
        |target: LinkTarget<'_>, from: &PageTarget| render::narrative_href(analysis, &target, from);
    content::read(sources, analysis, &href)
}

/// Checks a site: every finding, in the order in which they are shown.
pub fn check(sources: &Sources, options: &Options) -> Vec<Diagnostic> {
    check_loaded(sources, &load(sources, options))
}

/// Checks a site that was read: every finding, in the order in which they are shown.
pub fn check_loaded(sources: &Sources, loaded: &Loaded) -> Vec<Diagnostic> {
    let analysis = loaded.analysis();
    let mut more = Vec::new();
    let _ = narratives(sources, &analysis).take(&mut more);
    loaded.findings(&analysis, more)
}

/// What a build found and made.
#[derive(Debug, Default)]
pub struct Report {
    /// All findings.
    pub findings: Vec<Diagnostic>,
    /// What was made; nothing where findings stop publication.
    pub made: Option<Made>,
}

/// What a command hears while a build runs: the stage, and how many pages are done.
pub trait Progress: Sync {
    /// A stage begins.
    fn stage(&self, name: Stage);
    /// So many pages are done.
    fn pages(&self, done: usize);
}

/// The stages of a build, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading and resolving.
    Read,
    /// Recomputing and checking.
    Check,
    /// Making and writing pages.
    Render,
}

/// Hears nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: Stage) {}
    fn pages(&self, _: usize) {}
}

/// Checks a site and, if no finding stops it, writes it to what `open` gives.
///
/// `open` is called only when something will be written. `deny_warnings` makes warnings stop it too.
///
/// # Errors
/// The machine's, or a damaged theme.
pub fn build<S: Sink>(
    sources: &Sources,
    options: &Options,
    deny_warnings: bool,
    progress: &dyn Progress,
    open: impl FnOnce() -> Result<S, Error>,
    finish: impl FnOnce(S) -> Result<(), Error>,
) -> Result<Report, Error> {
    progress.stage(Stage::Read);
    let loaded = load(sources, options);
    progress.stage(Stage::Check);
    let analysis = loaded.analysis();
    let mut more = Vec::new();
    let narratives = narratives(sources, &analysis).take(&mut more);
    let findings = loaded.findings(&analysis, more);
    let summary = diagnostic::summarise(&findings);
    if summary.errors > 0 || (deny_warnings && summary.warnings > 0) {
        return Ok(Report {
            findings,
            made: None,
        });
    }
    let theme = theme(sources, &loaded.config)?;
    progress.stage(Stage::Render);
    let sink = open()?;
    let input = render::Input {
        analysis: &analysis,
        relations: &loaded.relations,
        findings: &findings,
        narratives: &narratives,
        theme: &theme,
    };
    let made = render::site(&input, &sink, &|done| progress.pages(done))?;
    finish(sink)?;
    Ok(Report {
        findings,
        made: Some(made),
    })
}

/// The theme of a site: the default one, with the files that the site's own theme folder replaces.
fn theme(sources: &Sources, config: &Config) -> Result<Theme, Error> {
    let folder = format!("themes/{}", config.theme);
    let mut own = theme::ThemeFiles::new();
    for file in sources.below(&folder) {
        if let (Some(path), Ok(text)) = (
            file.path.strip_prefix(&format!("{folder}/")),
            std::str::from_utf8(&file.bytes),
        ) {
            own.insert(path.to_owned(), text.to_owned());
        }
    }
    theme::load(&own).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|e| format!("{folder}/{e}")).collect();
        Error::Theme(lines.join("\n"))
    })
}
