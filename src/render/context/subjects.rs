//! The bodies of all other pages: a service, an indicator, a ranking, the lists, data, checks, and pages that lead on.

use super::{
    Caveat, ChartFigure, ChartRow, Crumb, Definition, FileEntry, Finder, HistoryEntry, Html,
    Leaders, Link, LinkGroup, LinkRow, RankingSection, Table, TableSection, TaskSection,
    TextSection, Tile,
};
use serde::Serialize;

/// `/dich-vu/…/`: a service.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Service {
    /// Headline figures.
    pub tiles: Vec<Tile>,
    /// Trend against target, with the definition (of whom, since when, authority over time).
    pub rows: Vec<ChartRow>,
    /// Units, ranked where they can be.
    pub ranking: Option<RankingSection>,
    /// Units where they cannot be ranked.
    pub units: Option<TableSection>,
    /// Targets.
    pub targets: Option<TableSection>,
    /// What the office wrote about it.
    pub narrative: Option<TextSection>,
    /// Caveats.
    pub caveats: Vec<Caveat>,
    /// Services it is a part of or that it holds.
    pub related: Vec<LinkRow>,
    /// Changes of its authority and name.
    pub history: Vec<HistoryEntry>,
    /// Its data.
    pub downloads: Vec<FileEntry>,
}

/// `/chi-tieu/…/`: an indicator.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Indicator {
    /// Definition, of whom, by which decision.
    pub definitions: Vec<Definition>,
    /// Headline figures.
    pub tiles: Vec<Tile>,
    /// Trends with the steps of the target.
    pub rows: Vec<ChartRow>,
    /// The provinces on the map.
    pub charts: Vec<ChartFigure>,
    /// Rankings by level, as excerpts.
    pub rankings: Vec<RankingSection>,
    /// Tables of units by every service.
    pub by_service: Vec<LinkRow>,
    /// Units that report it, where nobody is ranked.
    pub units: Option<TableSection>,
    /// Its figures against those of earlier periods, by unit.
    pub changes: Option<TableSection>,
    /// Targets in per cent against what there is.
    pub targets_chart: Option<ChartFigure>,
    /// Targets.
    pub targets: Option<TableSection>,
    /// Definitions and targets that no longer hold.
    pub superseded: Vec<HistoryEntry>,
    /// Caveats.
    pub caveats: Vec<Caveat>,
    /// Its data.
    pub downloads: Vec<FileEntry>,
}

/// `/xep-hang/…/`: one ranking.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Ranking {
    /// Finds a unit on any part of a long ranking.
    pub finder: Option<Finder>,
    /// The ends against the block.
    pub chart: Option<ChartFigure>,
    /// The provinces on the map.
    pub charts: Vec<ChartFigure>,
    /// Ranked and unranked units.
    pub section: RankingSection,
    /// The same units by every service.
    pub by_service: Option<Link>,
    /// The same units beside each other.
    pub compare: Option<Link>,
    /// How ranks are made.
    pub definitions: Vec<Definition>,
    /// The other parts of a long ranking; this part leads nowhere.
    pub parts: Vec<Crumb>,
    /// Other periods, levels and indicators.
    pub related: Vec<LinkRow>,
    /// Source of the figures.
    pub source: Option<String>,
    /// Its data.
    pub downloads: Vec<FileEntry>,
}

/// `/xep-hang/…/theo-dich-vu/`: the units of one ranking by every service.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Heat {
    /// The table with its key.
    pub chart: ChartFigure,
    /// The indicator, how ranks are made.
    pub definitions: Vec<Definition>,
    /// The other parts of a long table; this part leads nowhere.
    pub parts: Vec<Crumb>,
    /// The ranking, the indicator, the edition.
    pub related: Vec<LinkRow>,
}

/// `/ky/`: all editions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Editions {
    /// By year, newest first.
    pub groups: Vec<LinkGroup>,
}

/// `/tim-kiem/`: what the search leads to, and without script the lists by letter and by province.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Search {
    /// The letters, each with its list.
    pub letters: Vec<Crumb>,
    /// Services.
    pub services: Option<LinkGroup>,
    /// Provinces, each with its list.
    pub places: Vec<LinkRow>,
    /// Units, by letter, or those of one letter or province.
    pub groups: Vec<LinkGroup>,
    /// The pages of a long list.
    pub parts: Vec<Crumb>,
}

/// `/don-vi/`: all units.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Units {
    /// Where units are compared.
    pub compare: Option<Link>,
    /// By province and level.
    pub by_place: Vec<LinkGroup>,
    /// The lists by first letter.
    pub by_letter: Vec<LinkRow>,
    /// Other pages that the search finds: services, indicators.
    pub others: Vec<LinkGroup>,
}

/// `/don-vi/…/can-cu.html`: what each figure of a unit rests on.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Evidence {
    /// Newest first.
    pub periods: Vec<EvidencePeriod>,
    /// Targets with their rows of the catalogue.
    pub targets: Option<TableSection>,
    /// What was found there.
    pub target_findings: Vec<Caveat>,
    /// How the figures above are made.
    pub formulas: Vec<Formula>,
}

/// The figures of one period.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EvidencePeriod {
    /// Anchor: `ky-2024-09`.
    pub id: String,
    /// Period.
    pub title: String,
    /// The edition.
    pub edition: Link,
    /// The document, the day of release.
    pub notes: Vec<String>,
    /// A row for each figure, its cells under its name.
    pub table: Table,
    /// The open data that list the cells of sums over units.
    pub data: Option<Link>,
    /// Findings, decisions and corrections that touch the figures.
    pub findings: Vec<Caveat>,
}

/// How a statistic is made.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Formula {
    /// Anchor.
    pub id: String,
    /// The statistic.
    pub term: String,
    /// Its page.
    pub href: Option<String>,
    /// Formula and definition.
    pub text: String,
}

/// `/dich-vu/`: all services.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Services {
    /// By kind or authority.
    pub groups: Vec<LinkGroup>,
}

/// `/chi-tieu/`: all indicators.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Indicators {
    /// By kind.
    pub groups: Vec<LinkGroup>,
}

/// `/xep-hang/`: all rankings.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Rankings {
    /// Where units are compared.
    pub compare: Option<Link>,
    /// By level and indicator, the first units of each.
    pub leaders: Vec<Leaders>,
    /// All rankings.
    pub groups: Vec<LinkGroup>,
    /// How ranks are made.
    pub definitions: Vec<Definition>,
}

/// `/nhiem-vu/`: all tasks.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tasks {
    /// Counts by state.
    pub chart: Option<ChartFigure>,
    /// By state, overdue first.
    pub sections: Vec<TaskSection>,
    /// What the states mean.
    pub definitions: Vec<Definition>,
    /// Its data.
    pub downloads: Vec<FileEntry>,
}

/// `/du-lieu/`: everything to take away.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Data {
    /// Files by title: everything, by edition, interface for programs.
    pub files: Vec<FileGroup>,
    /// Columns of the files, measures and indicators.
    pub dictionary: Vec<TableSection>,
    /// Licence, how to cite.
    pub definitions: Vec<Definition>,
}

/// Files under one title.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileGroup {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Remark under the title.
    pub note: Option<String>,
    /// Files.
    pub files: Vec<FileEntry>,
}

/// `/doi-chieu/`: every contradiction found in the sources.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Reconciliation {
    /// How many checks agree, by report.
    pub chart: Option<ChartFigure>,
    /// What the words mean.
    pub definitions: Vec<Definition>,
    /// By report.
    pub groups: Vec<CaveatGroup>,
    /// Decisions that let contradictions be published: what, why, who, until when.
    pub decisions: Option<Table>,
    /// Counts by rule.
    pub rules: Option<Table>,
    /// The findings as data.
    pub downloads: Vec<FileEntry>,
}

/// `/dinh-chinh/`: every figure that changed after its release.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Revisions {
    /// By period, newest change first.
    pub sections: Vec<TableSection>,
    /// Released periods with their day.
    pub released: Option<Table>,
    /// What the words mean.
    pub definitions: Vec<Definition>,
    /// The feed.
    pub feed: Option<Link>,
    /// The revisions as data.
    pub downloads: Vec<FileEntry>,
}

/// `/ky/…/thay-doi/`: an edition against the one before it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Changes {
    /// What rose, what fell.
    pub sections: Vec<TableSection>,
    /// Units that are new, silent, no more.
    pub groups: Vec<LinkGroup>,
    /// Figures of both editions that were revised.
    pub revisions: Option<TableSection>,
    /// That nothing has changed.
    pub note: Option<String>,
    /// The data of both editions.
    pub downloads: Vec<FileEntry>,
}

/// Findings under one title.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CaveatGroup {
    /// Anchor.
    pub id: String,
    /// Title: the report.
    pub title: String,
    /// Remark under the title.
    pub note: Option<String>,
    /// Findings.
    pub items: Vec<Caveat>,
}

/// `/phuong-phap/`: how the figures are made.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Method {
    /// What the office wrote.
    pub narrative: Option<Html>,
    /// Short answers under questions.
    pub questions: Vec<TextSection>,
    /// Terms; anchors of definitions elsewhere.
    pub definitions: Vec<Definition>,
    /// What is checked before publication.
    pub checks: Option<TableSection>,
}

/// `/404.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NotFound {
    /// Where to go on.
    pub links: Vec<Link>,
}

/// A page that only leads to another, such as `/moi-nhat/`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Redirect {
    /// Where.
    pub target: Link,
}
