//! The bodies of the pages of figures (home, edition, unit), and which template each kind of body has.
//!
//! Fields stand in the order in which they stand on the page.

use super::{
    Caveat, Changes, ChartFigure, ChartRow, Compare, Completeness, Data, Definition, Document,
    Editions, Evidence, FileEntry, Heat, HistoryEntry, Html, Indicator, Indicators, Link, LinkRow,
    Method, NotFound, RankSummary, Ranking, RankingSection, Rankings, Reconciliation, Redirect,
    Revisions, Search, Service, Services, TableSection, TaskSection, Tasks, TextSection, Tile,
    Units,
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
    Search => "search.html",
    Compare => "compare.html",
    UnitTable => "unit_table.html",
    Evidence => "evidence.html",
    Service => "service.html",
    Services => "services.html",
    Indicator => "indicator.html",
    Indicators => "indicators.html",
    Ranking => "ranking.html",
    Heat => "heat.html",
    Rankings => "rankings.html",
    Tasks => "tasks.html",
    Data => "data.html",
    Reconciliation => "reconciliation.html",
    Revisions => "revisions.html",
    Changes => "changes.html",
    Method => "method.html",
    NotFound => "404.html",
    Redirect => "redirect.html",
    Block => "block.html",
    Embed => "embed.html",
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
    /// Tables of units by every service.
    pub by_service: Vec<LinkRow>,
    /// One for each reporting unit; the head is left out where there is one.
    pub reports: Vec<Report>,
    /// Largest changes since the edition before.
    pub changes: Vec<LinkRow>,
    /// How many of each kind, or why there are none.
    pub changes_note: Option<String>,
    /// All of them.
    pub changes_link: Option<Link>,
    /// Figures of this edition that changed after its release.
    pub revisions: Option<TableSection>,
    /// All revisions of this edition.
    pub revisions_link: Option<Link>,
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
    /// What each figure rests on.
    pub evidence: Option<Link>,
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
    /// Its figures that changed after the release, by day and reason.
    pub revisions: Vec<Caveat>,
    /// Where the figures come from.
    pub documents: Vec<Document>,
}

/// `/don-vi/…/`: a unit in its newest period.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Unit {
    /// Headline figures, at most four.
    pub tiles: Vec<Tile>,
    /// What each figure rests on.
    pub evidence: Option<Link>,
    /// The unit beside its like.
    pub compare: Option<Link>,
    /// The chart that shows the exception.
    pub chart: Option<ChartFigure>,
    /// Every service.
    pub services: Option<TableSection>,
    /// Terms used in both.
    pub definitions: Vec<Definition>,
    /// The figures against those of earlier periods.
    pub changes: Option<TableSection>,
    /// Points of indices, with their groups.
    pub scores: Vec<TableSection>,
    /// Measures in the period and since the beginning of the year.
    pub cumulative: Option<TableSection>,
    /// Caveats of this page.
    pub caveats: Vec<Caveat>,
    /// All caveats of the site.
    pub caveats_link: Option<Link>,
    /// Figures that changed after the release, by day and reason.
    pub revisions: Vec<Caveat>,
    /// Written by the office.
    pub narrative: Option<TextSection>,
    /// Trends, with the events that show in them.
    pub trends: Vec<ChartRow>,
    /// Targets in per cent against what there is.
    pub targets_chart: Option<ChartFigure>,
    /// Targets and the state against them.
    pub targets: Option<TableSection>,
    /// Ranks.
    pub ranks: Vec<RankSummary>,
    /// Why there are none.
    pub ranks_note: Option<String>,
    /// What the range of ranks means, where one stands in a rank.
    pub ranks_meaning: Option<String>,
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
    /// The page that has them, where they are many.
    pub children_link: Option<Link>,
    /// Who of them has reported.
    pub completeness: Option<Completeness>,
    /// Mergers, splits, new names.
    pub history: Vec<HistoryEntry>,
    /// For a unit that has ended: its last day, and where its figures go on.
    pub ended: Option<HistoryEntry>,
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

/// One part of a narrative that the program makes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Block {
    /// A chart.
    pub chart: Option<ChartFigure>,
    /// A table.
    pub table: Option<TableSection>,
    /// A ranking, or the ends of one.
    pub ranking: Option<RankingSection>,
    /// Tasks.
    pub tasks: Option<TaskSection>,
}

/// `/don-vi/…/truc-thuoc.html`: the units below one.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UnitTable {
    /// A row for each.
    pub section: TableSection,
}

/// `/nhung/…/`: one chart alone, for frames of other pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Embed {
    /// The chart, without downloads.
    pub chart: ChartFigure,
    /// The page it belongs to.
    pub from: Link,
    /// Markup to copy; none where the site has no address.
    pub code: Option<String>,
    /// The period that it always shows; none for always the newest.
    pub period: Option<String>,
}
