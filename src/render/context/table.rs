//! Tables of numbers and words, and rankings.

use super::{Change, Crumb, Link, Mark, Tag};
use serde::Serialize;

/// A table. Its first column is the head of each row.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    /// What, where, when.
    pub caption: Option<String>,
    /// Columns, the first included.
    pub columns: Vec<Column>,
    /// Rows in their best order, the sum among them.
    pub rows: Vec<Row>,
    /// Whether it is a table of words, which stacks on a phone; tables of numbers scroll.
    pub stacked: bool,
}

/// Head of a column.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Column {
    /// Words.
    pub label: String,
    /// Whether the cells hold words and stand at the left.
    pub words: bool,
}

/// What a row is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// One of many.
    #[default]
    Plain,
    /// Total, under a thick rule.
    Sum,
    /// The unit of this page.
    Own,
    /// Says which rows are left out: its head spans the table.
    Cut,
}

/// A row.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Row {
    /// Kind.
    pub kind: RowKind,
    /// Anchor.
    pub id: Option<String>,
    /// Head.
    pub head: String,
    /// Page of the head.
    pub href: Option<String>,
    /// Second line under the head.
    pub note: Option<String>,
    /// Caveats.
    pub marks: Vec<Mark>,
    /// One cell a column, the first column left out.
    pub cells: Vec<Cell>,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellKind {
    /// A figure.
    #[default]
    Number,
    /// Words, at the left.
    Word,
    /// A word of absence, in italics: không phát sinh, chưa báo cáo, không áp dụng.
    None,
    /// A figure only as the report states it: "theo báo cáo" stands before it.
    Stated,
    /// A figure that contradicts another one.
    Doubtful,
}

/// A cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// Kind.
    pub kind: CellKind,
    /// Figure or words; may be empty where a tag says all.
    pub text: String,
    /// Bar under the figure.
    pub bar: Option<Bar>,
    /// State.
    pub tag: Option<Tag>,
    /// What was published before, struck through.
    pub old: Option<String>,
    /// Second line.
    pub note: Option<String>,
    /// Where the text leads.
    pub href: Option<String>,
    /// Caveats.
    pub marks: Vec<Mark>,
    /// How many columns it spans, where more than one.
    pub span: Option<usize>,
    /// Its step from 1 to 5 on the scale of a heat table.
    pub shade: Option<u8>,
}

/// A bar in a cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Bar {
    /// Length in per cent, with a point: `91.9594`.
    pub percent: String,
    /// Whether it is the one to look at.
    pub highlight: bool,
}

impl Column {
    /// Heads a column of numbers.
    pub fn number(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            words: false,
        }
    }

    /// Heads a column of words.
    pub fn words(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            words: true,
        }
    }
}

impl Cell {
    /// Holds a figure.
    pub fn number(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// Holds words.
    pub fn word(text: &str) -> Self {
        Self {
            kind: CellKind::Word,
            ..Self::number(text)
        }
    }

    /// Says why there is no figure.
    pub fn none(word: &str) -> Self {
        Self {
            kind: CellKind::None,
            ..Self::number(word)
        }
    }

    /// Holds a figure as the report states it.
    pub fn stated(text: &str) -> Self {
        Self {
            kind: CellKind::Stated,
            ..Self::number(text)
        }
    }

    /// Holds a state.
    pub fn tag(tag: Tag) -> Self {
        Self {
            kind: CellKind::Word,
            tag: Some(tag),
            ..Self::default()
        }
    }

    /// Adds a bar of `percent`, a plain decimal.
    #[must_use]
    pub fn with_bar(mut self, percent: &str, highlight: bool) -> Self {
        self.bar = Some(Bar {
            percent: percent.to_owned(),
            highlight,
        });
        self
    }
}

/// A ranking of units by one indicator.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RankingTable {
    /// What, where, when.
    pub caption: String,
    /// Head of the units: "Xã, phường".
    pub unit_label: String,
    /// Head of the rate: "Tỷ lệ đúng hạn".
    pub rate_label: String,
    /// Head of the numerator, where there is one.
    pub part_label: Option<String>,
    /// Head of the denominator, where there is one.
    pub whole_label: Option<String>,
    /// Whether some row has moved since the period before.
    pub has_moves: bool,
    /// Whether some row has a place among its peers.
    pub has_peers: bool,
    /// Whether some row has the ranks that its counts allow.
    pub has_bands: bool,
    /// Rows by rank.
    pub rows: Vec<RankingRow>,
}

/// A ranked unit.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RankingRow {
    /// Anchor.
    pub id: String,
    /// `15`.
    pub rank: String,
    /// Whether others share the rank: `15 =`.
    pub tie: bool,
    /// Change of the rank.
    pub moved: Option<Change>,
    /// Unit.
    pub name: String,
    /// Its page.
    pub href: Option<String>,
    /// Remark under the name: the completeness of a sum.
    pub note: Option<String>,
    /// Where the cells behind the figure stand.
    pub cells_href: Option<String>,
    /// The ranks that the counts allow: `4–9`.
    pub band: Option<String>,
    /// Place among the peers: `3/35 phường`.
    pub peers: Option<String>,
    /// Rate as published.
    pub rate: String,
    /// Bar under the rate.
    pub bar: Option<Bar>,
    /// Numerator.
    pub part: Option<String>,
    /// Denominator.
    pub whole: Option<String>,
    /// Whether it is the unit of this page.
    pub own: bool,
    /// Whether it is too close to its neighbours to tell apart.
    pub close: bool,
    /// Caveats.
    pub marks: Vec<Mark>,
    /// Stands in place of a row: "Hạng 6 đến 14: …".
    pub cut: Option<String>,
}

/// A unit without a rank.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UnrankedRow {
    /// Anchor.
    pub id: String,
    /// Unit.
    pub unit: Crumb,
    /// Why.
    pub reason: String,
    /// Numerator or a word.
    pub part: Option<Cell>,
    /// Denominator or a word.
    pub whole: Option<Cell>,
}

/// One ranking with those it leaves out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RankingSection {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Remark under the title.
    pub note: Option<String>,
    /// Why nobody is ranked; `list` then stands in place of `table`.
    pub refusal: Option<String>,
    /// The figures as the reports list them, without ranks.
    pub list: Option<Table>,
    /// Ranked units.
    pub table: RankingTable,
    /// "Các đơn vị hạng {a}–{b} chênh nhau quá ít để kết luận."
    pub close_note: Option<String>,
    /// Units without a rank.
    pub unranked: Vec<UnrankedRow>,
    /// Remark over the unranked.
    pub unranked_note: Option<String>,
    /// The whole ranking, where this is an excerpt.
    pub more: Option<Link>,
}
