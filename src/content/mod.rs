//! Narrative Markdown → pieces of pages, with the figures in it bound to the data.
//!
//! In: the files below `content/` and the analysis. Out: [`Narrative`]s of safe HTML and of blocks (charts, tables,
//! rankings, tasks) that the renderer draws, and every mistake in them. A figure is never typed: it is a call
//! such as `{{ value("ho-so-tiep-nhan") }}`.

mod binding;
mod changes;
mod figures;
mod front_matter;
mod functions;
mod links;
mod lint;
pub(crate) mod markdown;
mod marks;
#[cfg(test)]
mod tests;
mod voice;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::analysis::Analysis;
use crate::catalog::find_period;
use crate::diagnostic::{Checked, Diagnostic, Place, codes};
use crate::model::{IndicatorIx, Level, PeriodIx, ServiceIx, Stat, TaskStatus, UnitIx};
use crate::source::{SourceFile, Sources};
use crate::table::encoding;
use crate::text::normal::nfc;
use crate::text::suggest::{suggest, suggest_period};

pub use voice::{Tongue, Voice};

/// The text of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Narrative {
    /// The file.
    pub path: Arc<str>,
    /// The page it belongs to.
    pub target: PageTarget,
    /// The message of the page.
    pub title: Option<String>,
    /// The page in one sentence.
    pub description: Option<String>,
    /// Language of the text: `vi` or `en`.
    pub lang: String,
    /// Text and blocks, in order.
    pub segments: Vec<Segment>,
    /// The units that its figures are of, each with the newest of their periods.
    pub bound: Vec<(UnitIx, PeriodIx)>,
}

/// The page that a narrative belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageTarget {
    /// `content/index.md`
    Home,
    /// `content/phuong-phap.md`
    Method,
    /// `content/ky/<period>.md`
    Edition(PeriodIx),
    /// `content/don-vi/<unit>.md`
    Unit(UnitIx),
    /// `content/dich-vu/<service>.md`
    Service(ServiceIx),
}

/// Where a link leads inside the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTarget<'a> {
    /// The page of a unit.
    Unit(UnitIx),
    /// The page of a service.
    Service(ServiceIx),
    /// The page of an indicator.
    Indicator(IndicatorIx),
    /// The page of a period.
    Edition(PeriodIx),
    /// A path from the root of the site, such as `/doi-chieu/`.
    Site(&'a str),
}

/// A part of a narrative.
#[derive(Clone, Debug, PartialEq)]
pub enum Segment {
    /// Safe HTML.
    Html(String),
    /// Something that the renderer draws.
    Block(Block),
}

/// What a block binding asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A chart of one statistic.
    Chart {
        /// What is drawn.
        stat: Stat,
        /// How it is drawn.
        kind: ChartKind,
        /// What each mark stands for.
        by: By,
        /// What it is about.
        subject: Subject,
        /// Its message.
        title: Option<String>,
    },
    /// A table with a column for each statistic.
    Table {
        /// The columns.
        stats: Vec<Stat>,
        /// What each row stands for.
        by: By,
        /// What it is about.
        subject: Subject,
    },
    /// The units of one level below a unit, best first.
    Ranking {
        /// By what they are ranked.
        indicator: IndicatorIx,
        /// The level of the units ranked.
        level: Level,
        /// The unit above them.
        parent: UnitIx,
        /// The period.
        period: PeriodIx,
        /// The service.
        service: ServiceIx,
        /// How many are shown; all where it is not said.
        top: Option<usize>,
    },
    /// Tasks of the reports.
    Tasks {
        /// Only those that this unit reports.
        unit: Option<UnitIx>,
        /// Only those of this period.
        period: Option<PeriodIx>,
        /// Only those of this status.
        status: Option<TaskStatus>,
        /// How many are shown; all where it is not said.
        limit: Option<usize>,
    },
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// Who has more?
    Bar,
    /// What is it made of?
    Stacked,
    /// How does it move?
    Line,
    /// How far to the target?
    Bullet,
    /// How does it move, in one glance?
    Sparkline,
    /// Many beside many: units and services.
    Heat,
    /// Where?
    Map,
    /// Who moved in rank?
    Slope,
    /// How does each move?
    Multiples,
}

impl ChartKind {
    /// The kind of that name in a call.
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "bar" => Self::Bar,
            "stacked" => Self::Stacked,
            "line" => Self::Line,
            "bullet" => Self::Bullet,
            "sparkline" => Self::Sparkline,
            "heat" => Self::Heat,
            "map" => Self::Map,
            "slope" => Self::Slope,
            "multiples" => Self::Multiples,
            _ => return None,
        })
    }
}

/// What the marks of a chart or the rows of a table stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// Services.
    Service,
    /// Units.
    Unit,
    /// Periods.
    Period,
    /// The one unit and service that the call names.
    Alone,
}

/// What a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// The unit.
    pub unit: UnitIx,
    /// The service; [`ServiceIx::WHOLE`] for none in particular.
    pub service: ServiceIx,
    /// The period.
    pub period: PeriodIx,
}

/// Gives the address of a target as it is written on a page.
pub type Href<'a> = dyn Fn(LinkTarget<'_>, &PageTarget) -> String + 'a;

/// Whether the site has a page or file at an address, as a link on a page writes it.
pub type Exists<'a> = dyn Fn(&str, &PageTarget) -> bool + 'a;

/// Where links lead, and which addresses there are.
#[derive(Clone, Copy)]
pub struct Addresses<'a> {
    /// Gives an address.
    pub href: &'a Href<'a>,
    /// Knows an address.
    pub exists: &'a Exists<'a>,
}

/// Reads every narrative; one that belongs to no page is left out and reported.
///
/// `voices` are the languages of the site, the original first; a text in any other is read in that.
pub fn read(
    sources: &Sources,
    analysis: &Analysis<'_>,
    addresses: Addresses<'_>,
    voices: &[Voice<'_>],
) -> Checked<Vec<Narrative>> {
    let mut findings = Vec::new();
    let units = Known {
        with_pages: analysis.units_with_pages(),
        with_figures: analysis.units_with_figures(),
        names: lint::Names::new(analysis.catalog),
    };
    let narratives = sources
        .below("content")
        .filter(|f| f.extension() == "md")
        .filter_map(|f| narrative(f, analysis, &units, (addresses, voices), &mut findings))
        .collect();
    Checked::new(narratives, findings)
}

/// What is gathered once for all files.
struct Known {
    /// In order of index.
    with_pages: Vec<UnitIx>,
    /// In order of index.
    with_figures: Vec<UnitIx>,
    /// Words of measures and indicators.
    names: lint::Names,
}

/// What the functions of one file share.
struct Page<'a> {
    analysis: &'a Analysis<'a>,
    units: &'a Known,
    link: &'a Href<'a>,
    exists: &'a Exists<'a>,
    lang: &'a str,
    /// The words of that language, or of the site's where it has none.
    voice: Voice<'a>,
    file: &'a Arc<str>,
    /// The whole file.
    text: &'a str,
    target: PageTarget,
    /// Defaults of the front matter.
    front: front_matter::FrontMatter,
    findings: RefCell<Vec<Diagnostic>>,
    /// What figures are of, as far as the calls were read.
    bound: RefCell<BTreeMap<UnitIx, PeriodIx>>,
}

impl Page<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::of_span(self.file, self.text, span)
    }

    fn bind(&self, s: Subject) {
        let mut bound = self.bound.borrow_mut();
        let newest = bound.entry(s.unit).or_insert(s.period);
        *newest = s.period.max(*newest);
    }

    fn report(&self, d: Diagnostic) {
        self.findings.borrow_mut().push(d);
    }

    /// The unit that figures are of when a call names none.
    fn unit(&self) -> Option<UnitIx> {
        let reporting = |period: Option<PeriodIx>| {
            let report = self.analysis.period(period?).reports.first()?;
            self.analysis
                .periods
                .reports
                .get(report.at())
                .map(|r| r.unit)
        };
        self.front.unit.or_else(|| match self.target {
            PageTarget::Unit(unit) => Some(unit),
            _ => reporting(self.period()),
        })
    }

    /// The period that figures are of when a call names none.
    fn period(&self) -> Option<PeriodIx> {
        let newest = || self.analysis.period_indices().next_back();
        self.front.period.or_else(|| match self.target {
            PageTarget::Edition(period) => Some(period),
            PageTarget::Unit(unit) => self
                .analysis
                .periods_of(unit)
                .last()
                .copied()
                .or_else(newest),
            _ => newest(),
        })
    }

    /// The service that figures are of when a call names none.
    fn service(&self) -> ServiceIx {
        match self.target {
            PageTarget::Service(service) => service,
            _ => ServiceIx::WHOLE,
        }
    }
}

fn narrative(
    file: &SourceFile,
    analysis: &Analysis<'_>,
    units: &Known,
    (addresses, voices): (Addresses<'_>, &[Voice<'_>]),
    findings: &mut Vec<Diagnostic>,
) -> Option<Narrative> {
    let (stem, lang) = stem_and_language(&file.path, voices, &analysis.config.language);
    let voice = voices.iter().find(|v| v.lang == lang);
    let voice = *voice.or(voices.first())?;
    let target = match target(stem, analysis) {
        Ok(target) => target,
        Err(near) => {
            let d = Diagnostic::new(codes::PAGE_UNKNOWN, Place::file(&file.path))
                .with("name", stem)
                .suggest(near);
            findings.push(d);
            return None;
        }
    };
    let text = match encoding::decode(file) {
        Ok(text) => nfc(&text.replace("\r\n", "\n")).into_owned(),
        Err(d) => {
            findings.push(*d);
            return None;
        }
    };
    let (front, body) = front_matter::read(&file.path, &text, analysis).take(findings);
    let page = Page {
        analysis,
        units,
        link: addresses.href,
        exists: addresses.exists,
        lang: &lang,
        voice,
        file: &file.path,
        text: &text,
        target,
        front,
        findings: RefCell::default(),
        bound: RefCell::default(),
    };
    let segments = markdown::render(&page, body);
    findings.append(&mut page.findings.borrow_mut());
    let bound = page.bound.take().into_iter().collect();
    let front_matter::FrontMatter {
        title, description, ..
    } = page.front;
    Some(Narrative {
        path: Arc::clone(&file.path),
        target,
        title,
        description,
        lang,
        segments,
        bound,
    })
}

/// `content/ky/2024-09.en.md` → `ky/2024-09`, `en`.
fn stem_and_language<'p>(path: &'p str, voices: &[Voice<'_>], default: &str) -> (&'p str, String) {
    let stem = path.strip_prefix("content/").unwrap_or(path);
    let stem = stem.get(..stem.len().saturating_sub(3)).unwrap_or(stem);
    for lang in voices.iter().map(|v| v.lang).chain(["vi", "en"]) {
        if let Some(stem) = stem.strip_suffix(lang).and_then(|s| s.strip_suffix('.')) {
            return (stem, lang.to_owned());
        }
    }
    (stem, default.to_owned())
}

/// The page of a file, or the nearest id where there is none.
fn target<'a>(stem: &str, analysis: &'a Analysis<'_>) -> Result<PageTarget, Option<&'a str>> {
    let catalog = analysis.catalog;
    match stem.split_once('/') {
        None if stem == "index" => Ok(PageTarget::Home),
        None if stem == "phuong-phap" => Ok(PageTarget::Method),
        Some(("ky", id)) => find_period(&analysis.periods.list, id)
            .map(PageTarget::Edition)
            .ok_or_else(|| suggest_period(id, analysis.periods.list.iter().map(|p| p.id.as_str()))),
        Some(("don-vi", id)) => catalog
            .units
            .find(id)
            .map(PageTarget::Unit)
            .ok_or_else(|| suggest(id, catalog.units.list.iter().map(|u| u.id.as_str()))),
        Some(("dich-vu", id)) => catalog
            .services
            .find(id)
            .map(PageTarget::Service)
            .ok_or_else(|| {
                suggest(
                    id,
                    catalog.services.list.iter().skip(1).map(|s| s.id.as_str()),
                )
            }),
        _ => Err(None),
    }
}
