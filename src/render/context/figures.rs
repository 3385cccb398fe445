//! Key figures and charts.

use super::{Change, Definition, FileEntry, HistoryEntry, Html, Link, Mark, Table, Tag};
use serde::Serialize;

/// A key figure: label, number, of whom, picture, change, target.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tile {
    /// What is counted.
    pub label: String,
    /// Page of the indicator.
    pub href: Option<String>,
    /// Digits only; or the word of absence, with `absent`.
    pub figure: String,
    /// `%`, printed small.
    pub suffix: Option<String>,
    /// Whether `figure` is a word: chưa báo cáo, không phát sinh.
    pub absent: bool,
    /// Of whom: "67.073 trong 68.164 hồ sơ", "hồ sơ trong kỳ".
    pub of_whom: Option<String>,
    /// Where its cells and formula stand.
    pub evidence: Option<String>,
    /// Whether the figure is only as the report states it.
    pub as_reported: bool,
    /// One line without axes; its numbers are in the words.
    pub sparkline: Option<Html>,
    /// Change since the comparable period.
    pub change: Option<Change>,
    /// Change since the same period of the year before.
    pub last_year: Option<Change>,
    /// Progress against the target.
    pub target: Option<TargetProgress>,
    /// Quiet remarks: no earlier period, no counts, agrees when rounded.
    pub notes: Vec<String>,
    /// Caveats of the figure.
    pub marks: Vec<Mark>,
    /// The figure and its target as parts of one, for cards; templates do not see it.
    #[serde(skip)]
    pub share: Option<(f64, Option<f64>)>,
}

/// State against a target, in words.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TargetProgress {
    /// Đạt, Chưa đạt, Đang đúng tiến độ, Chậm, Quá hạn, Chưa đủ số liệu.
    pub state: Tag,
    /// "chỉ tiêu 80%, hạn 31/12/2026", "còn thiếu 6,5 điểm phần trăm".
    pub text: String,
}

/// How a mark of a chart is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Fill {
    /// Grey.
    #[default]
    #[serde(rename = "grey")]
    Grey,
    /// Highlight, the first series.
    #[serde(rename = "hi")]
    First,
    /// Second series.
    #[serde(rename = "b2")]
    Second,
    /// Third series.
    #[serde(rename = "b3")]
    Third,
    /// Fourth series.
    #[serde(rename = "b4")]
    Fourth,
    /// Dashed outline: the figure is doubtful.
    #[serde(rename = "ask")]
    Doubtful,
    /// Lowest of five steps.
    #[serde(rename = "s1")]
    Step1,
    /// Second of five steps.
    #[serde(rename = "s2")]
    Step2,
    /// Third of five steps.
    #[serde(rename = "s3")]
    Step3,
    /// Fourth of five steps.
    #[serde(rename = "s4")]
    Step4,
    /// Highest of five steps.
    #[serde(rename = "s5")]
    Step5,
}

/// One entry of the key above a chart.
#[derive(Debug, Clone, Default, Serialize)]
pub struct KeyEntry {
    /// Fill of the mark.
    pub fill: Fill,
    /// Its meaning.
    pub label: String,
}

/// One drawing of a chart.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Panel {
    /// Title, where a chart has several drawings.
    pub title: Option<String>,
    /// An `svg` element, hidden from screen readers: words and table stand for it.
    pub svg: Html,
}

/// A chart with everything that belongs to it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChartFigure {
    /// Anchor.
    pub id: Option<String>,
    /// The message: one fact, no full stop.
    pub title: String,
    /// Measure, place, period, how to read marks.
    pub subtitle: String,
    /// Needed if two fills share a bar.
    pub key: Vec<KeyEntry>,
    /// The drawings; none where there are too few points, then `sentence` stands there.
    pub panels: Vec<Panel>,
    /// A table whose cells are shaded by their figures, in place of a drawing.
    pub heat: Option<Table>,
    /// What stands in place of a drawing.
    pub sentence: Option<String>,
    /// The numbers of the drawing, folded away under it.
    pub table: Option<Table>,
    /// Source. Where `table` is none it also says which table on the page holds the numbers.
    pub source: Option<String>,
    /// Data and picture.
    pub downloads: Vec<FileEntry>,
    /// How other pages show it.
    pub embed: Option<String>,
    /// Whether a later period may be without it: then it has no page for embedding, which other sites would miss.
    pub is_passing: bool,
}

/// Charts in the main column, with definitions and history in the margin.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChartRow {
    /// Title over several charts; the message of a single chart is its own title.
    pub title: Option<String>,
    /// Charts.
    pub charts: Vec<ChartFigure>,
    /// Terms used in them.
    pub definitions: Vec<Definition>,
    /// Events that show in them.
    pub history: Vec<HistoryEntry>,
}

/// Where a unit stands among its peers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RankSummary {
    /// Anchor of the cells behind the figure.
    pub anchor: String,
    /// Indicator.
    pub label: String,
    /// "đứng thứ 12 trong 148 xã, phường", or why it is unranked, with `tag`.
    pub text: String,
    /// Unranked.
    pub tag: Option<Tag>,
    /// Change of the rank.
    pub change: Option<Change>,
    /// The ranking.
    pub link: Option<Link>,
    /// The cells behind the figure: file, sheet, cell.
    pub cells: Vec<String>,
}
