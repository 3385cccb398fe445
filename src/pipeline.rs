//! The stages in their order, from the site's files to what is published.

use std::path::PathBuf;

use crate::analysis::{self, Analysis, Relations, relations};
use crate::catalog::{self, Catalog};
use crate::check;
use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic};
use crate::ingest::{self, Ingested, Periods};
use crate::model::Target;
use crate::source::Sources;
use crate::text::date::Date;
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
    let mut ingested = ingest::read(sources, &catalog, &config, &periods, &waivers).take(&mut findings);
    let targets = catalog::read_targets(sources, &catalog, &periods.list).take(&mut findings);
    analysis::settle(&mut ingested, &waivers);
    let relations = relations::find(&catalog, &ingested);
    relations::mark(&relations, &mut ingested);
    let as_of = options.as_of.or(config.as_of).or_else(|| ingest::newest_date(&periods));
    Loaded { config, catalog, periods, ingested, targets, waivers, relations, as_of, findings }
}

impl Loaded {
    /// Analyses the figures.
    pub fn analysis(&self) -> Analysis<'_> {
        Analysis::new(&self.catalog, &self.config, &self.periods, &self.ingested, &self.targets, self.as_of)
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

/// Checks a site: every finding, in the order in which they are shown.
///
/// # Errors
/// A damaged theme.
pub fn check(sources: &Sources, options: &Options) -> Result<Vec<Diagnostic>, crate::error::Error> {
    let loaded = load(sources, options);
    let analysis = loaded.analysis();
    Ok(loaded.findings(&analysis, Vec::new()))
}
