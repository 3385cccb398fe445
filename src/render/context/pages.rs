//! The body of each kind of page, in the order in which it stands on the page.

use super::{
    Caveat, ChartFigure, ChartRow, Completeness, Definition, Document, FileEntry, HistoryEntry, Html, Link, LinkGroup,
    LinkRow, RankSummary, RankingSection, Table, TableSection, TaskSection, TextSection, Tile,
};
use serde::Serialize;

/// What a template of one kind of page sees as `body`.
pub trait Body: Serialize {
    /// File of the template.
    const TEMPLATE: &'static str;
}

macro_rules! bodies {
    ($($body:ty => $template:literal),* $(,)?) => {
        $(impl Body for $body {
            const TEMPLATE: &'static str = $template;
        })*
    };
}

bodies! {
    Home => "home.html",
    Edition => "edition.html",
    Editions => "editions.html",
    Unit => "unit.html",
    Units => "units.html",
    Service => "service.html",
    Services => "services.html",
    Indicator => "indicator.html",
    Indicators => "indicators.html",
    Ranking => "ranking.html",
    Rankings => "rankings.html",
    Tasks => "tasks.html",
    Data => "data.html",
    Reconciliation => "reconciliation.html",
    Method => "method.html",
    NotFound => "404.html",
    Redirect => "redirect.html",
}

/// `/`: the newest edition in short.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Home {
    /// Headline figures.
    pub tiles: Vec<Tile>,
    /// Charts with their definitions.
    pub rows: Vec<ChartRow>,
    /// Best and worst, most changed.
    pub leaders: Vec<Leaders>,
    /// Newest narrative, in part.
    pub narrative: Option<TextSection>,
    /// The whole of it.
    pub narrative_link: Option<Link>,
    /// Who has reported.
    pub completeness: Option<Completeness>,
    /// Editions, newest first.
    pub editions: Vec<LinkRow>,
    /// All editions, where the list is cut.
    pub editions_link: Option<Link>,
    /// What was checked, in sentences.
    pub checks: Option<String>,
    /// The page of reconciliation.
    pub checks_link: Option<Link>,
}

/// The ends of a ranking, and who changed most.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Leaders {
    /// Title: "Các xã ở đầu và cuối bảng".
    pub title: String,
    /// Indicator, period, among how many.
    pub note: String,
    /// The ranking.
    pub link: Option<Link>,
    /// Highest first.
    pub highest: Vec<LinkRow>,
    /// In the order of the ranking.
    pub lowest: Vec<LinkRow>,
    /// Most changed.
    pub changed: Vec<LinkRow>,
    /// Why nothing is compared: "Biến động nhiều nhất: chưa có kỳ trước để so sánh."
    pub changed_note: Option<String>,
}

/// `/ky/…/`: one edition, with a report for each reporting unit.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Edition {
    /// Headline figures over all reports.
    pub tiles: Vec<Tile>,
    /// Rankings of this edition, as excerpts.
    pub leaders: Vec<Leaders>,
    /// One for each reporting unit; the head is left out where there is one.
    pub reports: Vec<Report>,
    /// Largest changes since the edition before.
    pub changes: Vec<LinkRow>,
    /// Why there are none.
    pub changes_note: Option<String>,
    /// Who has reported.
    pub completeness: Option<Completeness>,
    /// The data of the edition.
    pub downloads: Vec<FileEntry>,
}

/// What one unit reported in an edition.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Anchor: the id of the unit, with `-` for `/`.
    pub id: String,
    /// Unit.
    pub title: String,
    /// Page of the unit.
    pub href: Option<String>,
    /// Window of its period, its documents.
    pub note: Option<String>,
    /// Figures of the unit, where there are several reports.
    pub tiles: Vec<Tile>,
    /// Charts with their definitions.
    pub rows: Vec<ChartRow>,
    /// Narrative; its headings begin at `h3`.
    pub narrative: Option<Html>,
    /// Tables.
    pub tables: Vec<TableSection>,
    /// Tasks.
    pub tasks: Option<TaskSection>,
    /// Caveats.
    pub caveats: Vec<Caveat>,
    /// Where the figures come from.
    pub documents: Vec<Document>,
}

/// `/don-vi/…/`: a unit in its newest period.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Unit {
    /// Headline figures, at most four.
    pub tiles: Vec<Tile>,
    /// The chart that shows the exception.
    pub chart: Option<ChartFigure>,
    /// Every service.
    pub services: Option<TableSection>,
    /// Terms used in both.
    pub definitions: Vec<Definition>,
    /// Caveats of this page.
    pub caveats: Vec<Caveat>,
    /// All caveats of the site.
    pub caveats_link: Option<Link>,
    /// Written by the office.
    pub narrative: Option<TextSection>,
    /// Trends, with the events that show in them.
    pub trends: Vec<ChartRow>,
    /// Targets and the state against them.
    pub targets: Option<TableSection>,
    /// Ranks.
    pub ranks: Vec<RankSummary>,
    /// Why there are none.
    pub ranks_note: Option<String>,
    /// Neighbours in the ranking.
    pub peers: Vec<LinkRow>,
    /// Title of the peers: which indicator, which period.
    pub peers_title: Option<String>,
    /// Every other measure: value, as written, place.
    pub others: Option<TableSection>,
    /// Tasks.
    pub tasks: Option<TaskSection>,
    /// The unit above.
    pub parent: Option<LinkRow>,
    /// The units below, with their headline figure.
    pub children: Option<TableSection>,
    /// Who of them has reported.
    pub completeness: Option<Completeness>,
    /// Mergers, splits, new names.
    pub history: Vec<HistoryEntry>,
    /// The periods of this unit, newest first.
    pub periods: Vec<LinkRow>,
    /// Where the figures come from.
    pub documents: Vec<Document>,
    /// Its data.
    pub downloads: Vec<FileEntry>,
    /// Foot of the A4 bulletin.
    pub paper: Option<Paper>,
}

/// The foot of a page on paper.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Paper {
    /// Code to scan, 20 mm.
    pub qr: Option<Html>,
    /// Short address.
    pub address: Option<String>,
    /// Date of the data and document.
    pub source: String,
}

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
    /// Rankings by level, as excerpts.
    pub rankings: Vec<RankingSection>,
    /// Units that report it, where nobody is ranked.
    pub units: Option<TableSection>,
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
    /// The ends against the block.
    pub chart: Option<ChartFigure>,
    /// Ranked and unranked units.
    pub section: RankingSection,
    /// How ranks are made.
    pub definitions: Vec<Definition>,
    /// The other parts of a long ranking; this part leads nowhere.
    pub parts: Vec<super::Crumb>,
    /// Other periods, levels and indicators.
    pub related: Vec<LinkRow>,
    /// Source of the figures.
    pub source: Option<String>,
    /// Its data.
    pub downloads: Vec<FileEntry>,
}

/// `/ky/`: all editions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Editions {
    /// By year, newest first.
    pub groups: Vec<LinkGroup>,
}

/// `/don-vi/`: all units; what the search leads to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Units {
    /// By province and level.
    pub by_place: Vec<LinkGroup>,
    /// By first letter; empty where the list would be too long for a page.
    pub by_letter: Vec<LinkGroup>,
    /// Other pages that the search finds: services, indicators.
    pub others: Vec<LinkGroup>,
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
    /// Counts by rule.
    pub rules: Option<Table>,
    /// The findings as data.
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
