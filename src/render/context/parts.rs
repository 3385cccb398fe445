//! Small parts that many pages share: links, tags, notes, tasks, lists.

use super::{Html, Table};
use serde::Serialize;

/// Words that lead somewhere.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Link {
    /// Words.
    pub text: String,
    /// Where they lead.
    pub href: String,
}

/// What a tag says by its shape; the word stands beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// No shape: a remark such as the completeness.
    #[default]
    Plain,
    /// ✓ met, agrees, done.
    Ok,
    /// ▸ on track, open.
    Run,
    /// ▾ behind.
    Slow,
    /// Clock: overdue. The only red.
    Late,
    /// – not enough data, unranked, provisional; dashed edge.
    No,
    /// Warning sign: to reconcile, differs.
    Warn,
}

/// A word in a quiet box.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tag {
    /// Shape and colour.
    pub state: State,
    /// Word.
    pub text: String,
    /// Where the tag leads.
    pub href: Option<String>,
}

/// Direction of a change; it has a shape and a word, never a colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// ▲
    Up,
    /// ▼
    Down,
    /// No shape.
    #[default]
    Same,
}

/// A change since another period, or of a rank.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Change {
    /// Shape.
    pub direction: Direction,
    /// "tăng 1,2 điểm phần trăm", "lên 3 bậc".
    pub text: String,
    /// "so với tháng 5/2026".
    pub since: Option<String>,
}

/// A letter beside a figure that leads to its caveat.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Mark {
    /// `a`, `b`, …
    pub letter: String,
    /// `#dc-a`.
    pub href: String,
    /// "số liệu chưa khớp": what a screen reader says after "Lưu ý a".
    pub label: String,
}

/// A finding that stands beside the figures: two statements that cannot both hold, or what a reader must know.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Caveat {
    /// Anchor: `dc-a` on a page of figures, a permanent slug on the page of reconciliation.
    pub id: String,
    /// Letter on a page of figures.
    pub letter: Option<String>,
    /// Unit and period, on the page of reconciliation.
    pub about: Option<String>,
    /// What it concerns.
    pub title: String,
    /// Differs, agrees, agrees when rounded, waived.
    pub tag: Option<Tag>,
    /// What the report says, and what follows from its other figures.
    pub pair: Option<Pair>,
    /// One reading, or that none was found.
    pub text: String,
    /// "Được công bố kèm lưu ý đến ngày {d}: {reason}."
    pub waiver: Option<String>,
    /// Document and line, sheet and cell.
    pub place: Option<String>,
    /// Stable code of the rule: `ratio-differs`.
    pub code: Option<String>,
    /// Where the whole finding stands, or the page it concerns.
    pub link: Option<Link>,
}

/// Two figures side by side with their heads ("Báo cáo ghi", "Tính lại" unless said otherwise).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Pair {
    /// Head of the first, where it is not "Báo cáo ghi".
    pub first_label: Option<String>,
    /// First figure.
    pub first: String,
    /// Head of the second, where it is not "Tính lại".
    pub second_label: Option<String>,
    /// Second figure.
    pub second: String,
}

/// A term and its meaning.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Definition {
    /// Term.
    pub term: String,
    /// Meaning in one or two sentences.
    pub text: String,
    /// Where more of it stands: the page of the indicator, the method.
    pub link: Option<Link>,
}

/// One line of a list: a name, a second line, a figure at the right.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LinkRow {
    /// Name.
    pub text: String,
    /// Its page.
    pub href: Option<String>,
    /// Second line.
    pub note: Option<String>,
    /// Figure, or a word where there is none.
    pub figure: Option<String>,
    /// State beside the figure.
    pub tag: Option<Tag>,
}

/// A titled part of a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LinkGroup {
    /// Anchor.
    pub id: String,
    /// Title: a province, a letter, a level.
    pub title: String,
    /// Page of the title.
    pub href: Option<String>,
    /// Remark under the title.
    pub note: Option<String>,
    /// Entries.
    pub rows: Vec<LinkRow>,
}

/// An event in the history of a unit, a service or a target.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HistoryEntry {
    /// Day.
    pub date: String,
    /// What happened.
    pub text: String,
    /// Predecessors or heirs.
    pub links: Vec<Link>,
}

/// A file to take away.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileEntry {
    /// Key of its words, `download.<kind>`: `data`, `chart`, `picture`, `file`.
    pub kind: String,
    /// What it holds; needed in lists of files.
    pub name: String,
    /// Address.
    pub href: String,
    /// `CSV`, `JSON`, `XLSX`, `SVG`.
    pub format: String,
    /// `8 kB`.
    pub size: String,
    /// Rows, period, remark.
    pub note: Option<String>,
}

/// A document that figures come from.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Document {
    /// Number and date, ready: "Báo cáo số 767/BC-VPUBND ngày 23/9/2024".
    pub name: String,
    /// Title of the document.
    pub title: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
}

/// Who has reported, and who has not.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Completeness {
    /// "132/135 đơn vị đã báo cáo".
    pub text: String,
    /// Whether nobody is missing.
    pub full: bool,
    /// "Tổng của … không được tính là 0."
    pub note: Option<String>,
    /// Those who have not reported.
    pub missing: Vec<Link>,
}

/// A task that a document gives.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TaskRow {
    /// Anchor.
    pub id: String,
    /// Words of the task.
    pub text: String,
    /// Document and number.
    pub document: Option<String>,
    /// Who carries it out.
    pub owners: Option<String>,
    /// Deadline as written.
    pub deadline: String,
    /// State: overdue, open, regular, done, not reported.
    pub state: Tag,
    /// What the report says of it.
    pub result: Option<String>,
    /// Line of the document.
    pub place: Option<String>,
    /// Remark: an impossible deadline, an answer by another indicator.
    pub note: Option<String>,
}

/// Tasks under one title.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TaskSection {
    /// Anchor.
    pub id: String,
    /// "Nhiệm vụ: 2 quá hạn, 5 còn hạn, 3 thường xuyên".
    pub title: String,
    /// Source, as-of date, order.
    pub note: Option<String>,
    /// Overdue first.
    pub rows: Vec<TaskRow>,
    /// "Xem tất cả nhiệm vụ".
    pub more: Option<Link>,
}

/// A table under a title of its own.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableSection {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Remark between title and table.
    pub note: Option<String>,
    /// Table.
    pub table: Table,
    /// Remark under the table: source, how to read it.
    pub source: Option<String>,
    /// The same figures as files.
    pub downloads: Vec<FileEntry>,
}

/// Written text under a question or a title.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TextSection {
    /// Anchor.
    pub id: String,
    /// Title.
    pub title: String,
    /// Markup of the text; its headings begin at `h3`.
    pub html: Html,
}
