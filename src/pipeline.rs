//! The stages in their order, from the site's files to what is published.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::analysis::suppression::{self, Hidden};
use crate::analysis::{self, Analysis, Relations, relations};
use crate::catalog::{self, Catalog};
use crate::check::{self, Personal};
use crate::config::{self, Budget, Config};
use crate::content::{self, LinkTarget, Narrative, PageTarget};
use crate::diagnostic::{self, Checked, Diagnostic, Place, codes, phrase};
use crate::error::Error;
use crate::ingest::{self, Ingested, Periods};
use crate::model::Target;
use crate::publish::{Guard, Leak, Scales, Sink, Weight};
use crate::release::{self, Revisions};
use crate::render::{self, Made};
use crate::source::{self, PassedOver, SourceFile, Sources};
use crate::table;
use crate::text::date::Date;
use crate::text::suggest::suggest;
use crate::theme::{self, Emblem, Theme, Tokens};
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
    /// Released periods, and what changed since.
    pub revisions: Revisions,
    /// The one date of judgements in time.
    pub as_of: Option<Date>,
    /// The colours and shapes of the theme.
    pub tokens: Tokens,
    /// The emblem of the office.
    pub emblem: Option<Emblem>,
    /// What was found while reading.
    pub findings: Vec<Diagnostic>,
    /// What belongs to persons in any file.
    pub personal: Personal,
}

/// Reads, resolves and recomputes a site.
pub fn load(sources: &Sources, options: &Options) -> Loaded {
    let mut findings: Vec<Diagnostic> = sources.too_large.iter().map(too_large).collect();
    findings.extend(sources.passed_over.iter().map(passed_over));
    let mut config = match sources.get("site.toml") {
        Some(file) => config::read(file).take(&mut findings),
        None => Config::default(),
    };
    if let Some(url) = &options.base_url {
        config.base_url.clone_from(url);
    }
    let tokens = tokens(sources, &config).take(&mut findings);
    let emblem = theme::emblem::read(sources, &config.look).take(&mut findings);
    let catalog = catalog::read_with(sources, &config.provinces).take(&mut findings);
    let periods = ingest::read_periods(sources, &catalog).take(&mut findings);
    let as_of = options
        .as_of
        .or(config.as_of)
        .or_else(|| ingest::newest_date(&periods));
    let waivers = waiver::read(sources).take(&mut findings);
    let in_force = waiver::in_force(&waivers, as_of);
    let mut ingested =
        ingest::read(sources, &catalog, &config, &periods, &in_force).take(&mut findings);
    let targets = catalog::read_targets(sources, &catalog, &periods.list).take(&mut findings);
    analysis::settle(&mut ingested, &in_force);
    let relations = relations::find(&catalog, &periods, &ingested);
    relations::mark(&relations, &mut ingested);
    let revisions =
        release::read(sources, &catalog, &periods, &ingested, &targets, as_of).take(&mut findings);
    findings.extend(unknown_measures(&config, &catalog));
    let personal = check::personal::check(sources, &config, as_of.map(Date::year));
    Loaded {
        config,
        catalog,
        periods,
        ingested,
        targets,
        waivers,
        relations,
        revisions,
        as_of,
        tokens,
        emblem,
        findings,
        personal,
    }
}

/// A file that was too large to read.
fn too_large((path, size): &(Arc<str>, u64)) -> Diagnostic {
    table::size::exceeded(
        Place::file(path),
        "limit-file-bytes",
        *size,
        source::MOST_BYTES,
    )
}

/// A file or folder that is not read.
fn passed_over((path, why): &(Arc<str>, PassedOver)) -> Diagnostic {
    let why = match why {
        PassedOver::Link => phrase("is-link"),
        PassedOver::Name => phrase("is-no-unicode"),
    };
    Diagnostic::new(codes::FILE_NOT_READ, Place::file(path)).with("why", why)
}

/// Measures named in the settings that the catalogue does not have.
fn unknown_measures(config: &Config, catalog: &Catalog) -> Vec<Diagnostic> {
    let ids = || catalog.measures.iter().map(|m| m.id.as_str());
    let unknown = |id: &str| !ids().any(|known| known == id);
    let named = config.suppression.measures.iter();
    named
        .filter(|(id, _)| unknown(id))
        .map(|(id, place)| {
            Diagnostic::new(codes::MEASURE_UNKNOWN, place.clone())
                .with("name", id)
                .suggest(suggest(id, ids()))
        })
        .collect()
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
        .with_revisions(&self.revisions)
    }

    /// The values of persons that may stand on pages.
    fn public_values(&self) -> std::collections::BTreeSet<String> {
        self.personal
            .public(|d| waiver::is_waived(&self.waivers, self.as_of, d))
    }

    /// All findings: of reading, of the rules, of the narrative (`more`); waived where a decision covers them.
    pub fn findings(&self, analysis: &Analysis<'_>, more: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut findings = self.findings.clone();
        findings.extend(check::run(analysis, &self.relations));
        findings.extend(more);
        findings.extend(self.personal.findings.iter().cloned());
        diagnostic::drop_consequences(&mut findings);
        waiver::apply(&self.waivers, self.as_of, &mut findings);
        self.personal.veil(&mut findings);
        diagnostic::sort(&mut findings);
        findings
    }
}

/// Reads the written texts, each in the words of its language.
fn narratives(sources: &Sources, analysis: &Analysis<'_>) -> diagnostic::Checked<Vec<Narrative>> {
    let texts: Vec<&str> = sources.below("content").map(|f| &*f.path).collect();
    if texts.is_empty() {
        return diagnostic::Checked::default();
    }
    let config = analysis.config;
    let words = theme::read_words(&own_theme(sources, config));
    let is_written = |tag: &str| {
        let end = format!(".{tag}.md");
        texts.iter().any(|t| t.ends_with(&end))
    };
    let others = config.languages.iter().skip(1).map(|l| l.tag.as_str());
    let others = others
        .filter(|tag| is_written(tag))
        .map(|tag| words.of(tag));
    let others: Vec<_> = others.map(std::sync::Arc::clone).collect();
    let href =
        |target: LinkTarget<'_>, from: &PageTarget| render::narrative_href(analysis, &target, from);
    let exists = |path: &str, from: &PageTarget| render::has_page(analysis, path, from);
    let addresses = content::Addresses {
        href: &href,
        exists: &exists,
    };
    let original = words.of(&config.language);
    render::with_voices(analysis, original, &others, |voices| {
        content::read(sources, analysis, addresses, voices)
    })
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
    more.extend(untranslated(sources, loaded));
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
    more.extend(untranslated(sources, &loaded));
    let findings = loaded.findings(&analysis, more);
    let summary = diagnostic::summarise(&findings);
    if summary.errors > 0 || (deny_warnings && summary.warnings > 0) {
        return Ok(Report {
            findings,
            made: None,
        });
    }
    let theme = theme(sources, &loaded.config, &loaded.tokens)?;
    progress.stage(Stage::Render);
    let year = loaded.as_of.map(Date::year);
    let budgets = &loaded.config.budgets;
    let limits = budgets.iter().map(|b| (b.of.to_owned(), b.most)).collect();
    let sink = Scales::new(open()?, limits);
    let sink = Guard::new(sink, loaded.public_values(), year);
    let input = render::Input {
        analysis: &analysis,
        relations: &loaded.relations,
        findings: &findings,
        narratives: &narratives,
        theme: &theme,
        emblem: loaded.emblem.as_ref(),
    };
    let count = |done| progress.pages(done);
    let made = match suppression::choose(&analysis) {
        None => render::site(&input, &sink, &count)?,
        Some(hidden) => without(&hidden, &loaded, sources, &input, &sink, &count)?,
    };
    let (sink, leaks) = sink.into_inner();
    let (sink, weights) = sink.into_inner();
    let mut all: Vec<Diagnostic> = leaks.iter().map(leaked).collect();
    all.extend(budgets.iter().filter_map(|b| too_heavy(b, &weights)));
    // What was written so far is dropped with the sink; the published site stays as it is.
    let is_stopped = !leaks.is_empty() || (deny_warnings && !all.is_empty());
    if !is_stopped {
        finish(sink)?;
    }
    all.extend(findings);
    Ok(Report {
        findings: all,
        made: (!is_stopped).then_some(made),
    })
}

/// Hands over the figures of a site as they are published: without those that `[suppression]` hides.
pub fn with_published<T>(loaded: &Loaded, then: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let analysis = loaded.analysis();
    let Some(hidden) = suppression::choose(&analysis) else {
        return then(&analysis);
    };
    let mut ingested = loaded.ingested.clone();
    let mut derived = (*analysis.derived).clone();
    hidden.take_out(&mut ingested, &mut derived);
    then(&Analysis::with_sums(
        &loaded.catalog,
        &loaded.config,
        &loaded.periods,
        &ingested,
        &loaded.targets,
        loaded.as_of,
        derived,
    ))
}

/// Makes the pages of a site without its hidden figures: as if no table had ever held them.
fn without(
    hidden: &Hidden,
    loaded: &Loaded,
    sources: &Sources,
    input: &render::Input<'_>,
    sink: &dyn Sink,
    count: &(dyn Fn(usize) + Sync),
) -> Result<Made, Error> {
    let mut ingested = loaded.ingested.clone();
    let mut derived = (*input.analysis.derived).clone();
    hidden.take_out(&mut ingested, &mut derived);
    let relations = relations::find(&loaded.catalog, &loaded.periods, &ingested);
    let mut revisions = loaded.revisions.clone();
    // What was published before may be what a subtraction lacks.
    revisions.withhold();
    let analysis = Analysis::with_sums(
        &loaded.catalog,
        &loaded.config,
        &loaded.periods,
        &ingested,
        &loaded.targets,
        loaded.as_of,
        derived,
    )
    .with_revisions(&revisions);
    let mut findings = hidden.public(input.analysis, input.findings);
    findings.retain(|d| d.code.family() != "revisions");
    let narratives = narratives(sources, &analysis).value;
    let public = render::Input {
        analysis: &analysis,
        relations: &relations,
        findings: &findings,
        narratives: &narratives,
        theme: input.theme,
        emblem: input.emblem,
    };
    render::site(&public, sink, count)
}

/// What is heavier than its budget.
fn too_heavy(budget: &Budget, weights: &BTreeMap<String, Weight>) -> Option<Diagnostic> {
    let weight = weights.get(budget.of)?;
    let finding = Diagnostic::new(codes::BUDGET_EXCEEDED, budget.place.clone())
        .with("of", budget.of)
        .with("size", weight.bytes.to_string())
        .with("most", budget.most.to_string())
        .with("count", weight.over.max(1).to_string())
        .with("path", &weight.path);
    (weight.bytes > budget.most).then_some(finding)
}

/// A page that would publish what belongs to a person.
fn leaked(leak: &Leak) -> Diagnostic {
    let mut place = Place::file(&crate::privacy::veil(&leak.path).as_ref().into());
    place.line = leak.line;
    Diagnostic::new(check::personal::code_of(leak.kind), place)
        .with("value", &leak.masked)
        .with("inside", "")
}

/// Strings that the theme lacks in a language of the site: one finding for each language.
fn untranslated(sources: &Sources, loaded: &Loaded) -> Vec<Diagnostic> {
    let config = &loaded.config;
    if config.languages.len() < 2 {
        return Vec::new();
    }
    let Ok(theme) = theme(sources, config, &loaded.tokens) else {
        return Vec::new();
    };
    let lacking = |language: &config::SiteLanguage| {
        let missing = theme.strings(&language.tag).missing();
        let file = format!("themes/{}/strings.{}.toml", config.theme, language.tag);
        let place = match sources.get(&file) {
            Some(file) => Place::file(&file.path),
            None => language.place.clone(),
        };
        (!missing.is_empty()).then(|| {
            Diagnostic::new(codes::STRINGS_MISSING, place)
                .with("lang", &language.tag)
                .with("count", missing.len().to_string())
                .with("names", missing[..missing.len().min(3)].join(", "))
        })
    };
    config.languages.iter().filter_map(lacking).collect()
}

/// The tokens of a site's theme: those of its own folder over those of the shipped theme of that name, and of the default.
fn tokens(sources: &Sources, config: &Config) -> Checked<Tokens> {
    let folder = format!("themes/{}", config.theme);
    let own = sources.get(&format!("{folder}/theme.toml"));
    let mut tokens = theme::tokens::read(&config.theme, own, &config.look);
    if !theme::tokens::is_shipped(&config.theme) && sources.below(&folder).next().is_none() {
        let known = theme::tokens::shipped();
        let unknown = Diagnostic::new(codes::VALUE_INVALID, config.theme_place.clone())
            .with("name", "theme")
            .with("value", format!("\"{}\"", config.theme))
            .with("expected", phrase("theme-known").with("folder", &folder))
            .suggest(suggest(&config.theme, known));
        tokens.diagnostics.push(unknown);
    }
    tokens
}

/// The theme of a site: the default one, with the files that the site's own theme folder replaces.
fn theme(sources: &Sources, config: &Config, tokens: &Tokens) -> Result<Theme, Error> {
    let folder = format!("themes/{}", config.theme);
    let own = own_theme(sources, config);
    theme::load(&own, tokens).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|e| format!("{folder}/{e}")).collect();
        Error::Theme(lines.join("\n"))
    })
}

/// The files of the site's own theme folder.
fn own_theme(sources: &Sources, config: &Config) -> theme::ThemeFiles {
    let folder = format!("themes/{}", config.theme);
    let text = |file: &SourceFile| {
        let path = file.path.strip_prefix(&format!("{folder}/"))?;
        let text = std::str::from_utf8(&file.bytes).ok()?;
        Some((path.to_owned(), text.to_owned()))
    };
    sources.below(&folder).filter_map(text).collect()
}
