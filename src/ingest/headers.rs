//! Header words → what each column means.

use super::mapping::ColumnOptions;
use crate::catalog::Catalog;
use crate::diagnostic::{Checked, Diagnostic, Phrase, Place, codes, phrase};
use crate::model::{IndicatorIx, Stat};
use crate::table::Table;
use crate::text::normal::fold;
use crate::text::suggest::suggest;

/// What a column of a table of figures means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Unit,
    Service,
    Period,
    /// Long tables: the name of the measure or indicator of the row.
    Stat,
    /// Long tables: the value of the row.
    Value,
    UnitOfMeasure,
    DocumentPlace,
    Note,
    From,
    To,
    Status,
    /// Wide tables: the values of one measure or indicator.
    Figures(Stat),
    Ignored,
}

/// What a column of a task table means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TaskColumn {
    Number,
    Text,
    Basis,
    Owners,
    Deadline,
    DeadlineIso,
    DeadlineKind,
    Result,
    Status,
    DocumentPlace,
    Note,
}

/// What a table holds.
#[derive(Clone, Debug)]
pub(super) enum Layout {
    Tasks(Vec<TaskColumn>),
    Figures(Vec<Column>),
}

/// The known header words, folded.
const WORDS: &[(&str, Column)] = &[
    ("don vi", Column::Unit),
    ("ten don vi", Column::Unit),
    ("co quan don vi dia phuong", Column::Unit),
    ("ma don vi", Column::Unit),
    ("unit", Column::Unit),
    ("code", Column::Unit),
    ("dich vu", Column::Service),
    ("dich vu cong", Column::Service),
    ("ten dich vu", Column::Service),
    ("thu tuc", Column::Service),
    ("service", Column::Service),
    ("ky", Column::Period),
    ("ky bao cao", Column::Period),
    ("period", Column::Period),
    ("chi tieu", Column::Stat),
    ("so do", Column::Stat),
    ("indicator", Column::Stat),
    ("measure", Column::Stat),
    ("gia tri", Column::Value),
    ("value", Column::Value),
    ("don vi tinh", Column::UnitOfMeasure),
    ("unit of measure", Column::UnitOfMeasure),
    ("vi tri", Column::DocumentPlace),
    ("place", Column::DocumentPlace),
    ("ghi chu", Column::Note),
    ("note", Column::Note),
    ("tu ngay", Column::From),
    ("from", Column::From),
    ("den ngay", Column::To),
    ("to", Column::To),
    ("trang thai", Column::Status),
    ("status", Column::Status),
    ("stt", Column::Ignored),
    ("tt", Column::Ignored),
    ("no", Column::Ignored),
    ("bo qua", Column::Ignored),
    ("ignore", Column::Ignored),
];

const TASK_WORDS: &[(&str, TaskColumn)] = &[
    ("stt", TaskColumn::Number),
    ("no", TaskColumn::Number),
    ("nhiem vu", TaskColumn::Text),
    ("task", TaskColumn::Text),
    ("van ban giao", TaskColumn::Basis),
    ("legal basis", TaskColumn::Basis),
    ("co quan thuc hien", TaskColumn::Owners),
    ("owner", TaskColumn::Owners),
    ("thoi han", TaskColumn::Deadline),
    ("deadline", TaskColumn::Deadline),
    ("han iso", TaskColumn::DeadlineIso),
    ("deadline iso", TaskColumn::DeadlineIso),
    ("loai han", TaskColumn::DeadlineKind),
    ("deadline kind", TaskColumn::DeadlineKind),
    ("ket qua", TaskColumn::Result),
    ("result", TaskColumn::Result),
    ("trang thai", TaskColumn::Status),
    ("status", TaskColumn::Status),
    ("vi tri", TaskColumn::DocumentPlace),
    ("place", TaskColumn::DocumentPlace),
    ("ghi chu", TaskColumn::Note),
    ("note", TaskColumn::Note),
];

/// The word for a column that is not read.
pub(super) const IGNORED: &str = "bỏ qua";

/// What a header word means in a table of figures.
pub(super) fn meaning(catalog: &Catalog, word: &str) -> Option<Column> {
    let folded = fold(word);
    let known = WORDS.iter().find(|(w, _)| *w == folded).map(|(_, c)| *c);
    known.or_else(|| catalog.stat_named(word).map(Column::Figures))
}

/// The word by which a column is called here, whatever its header.
pub(super) fn usual_word(column: Column) -> Option<&'static str> {
    Some(match column {
        Column::Unit => "đơn vị",
        Column::Service => "dịch vụ",
        Column::Period => "kỳ",
        Column::Stat => "chỉ tiêu",
        Column::Value => "giá trị",
        Column::UnitOfMeasure => "đơn vị tính",
        Column::DocumentPlace => "vị trí",
        Column::Note => "ghi chú",
        Column::From => "từ ngày",
        Column::To => "đến ngày",
        Column::Status => "trạng thái",
        Column::Ignored => IGNORED,
        Column::Figures(_) => return None,
    })
}

/// Whether a word is a header of a table of figures or of tasks.
pub(super) fn is_known(catalog: &Catalog, word: &str) -> bool {
    let folded = fold(word);
    meaning(catalog, word).is_some() || TASK_WORDS.iter().any(|(w, _)| *w == folded)
}

/// Whether a word says that a column is not read.
pub(super) fn is_ignored(word: &str) -> bool {
    let folded = fold(word);
    WORDS
        .iter()
        .any(|(w, c)| *w == folded && *c == Column::Ignored)
}

/// Whether a word heads a column that numbers the rows.
pub(super) fn numbers_rows(word: &str) -> bool {
    ["stt", "tt", "no"].contains(&fold(word).as_str())
}

/// The known header words of tables of figures, folded.
pub(super) fn words<'a>() -> impl Iterator<Item = &'a str> {
    WORDS.iter().map(|(w, _)| *w)
}

/// Decides what a table holds and what each of its columns means, by the word of each column.
///
/// A column that is not known is reported and ignored; so is the second of two columns of one meaning, except
/// for a unit's code beside its name.
pub(super) fn read(
    table: &Table,
    words: &[String],
    options: &[ColumnOptions],
    catalog: &Catalog,
) -> Checked<Layout> {
    let folded: Vec<String> = words.iter().map(|h| fold(h)).collect();
    let is_task_table = folded.iter().any(|h| h == "nhiem vu" || h == "task");
    if is_task_table {
        task_layout(table, &folded)
    } else {
        figure_layout(table, words, &folded, options, catalog)
    }
}

fn task_layout(table: &Table, folded: &[String]) -> Checked<Layout> {
    let mut findings = Vec::new();
    let mut columns: Vec<TaskColumn> = Vec::new();
    for (i, word) in folded.iter().enumerate() {
        if let Some((_, c)) = TASK_WORDS.iter().find(|(w, _)| w == word) {
            if columns.contains(c) && *c != TaskColumn::Note {
                findings.push(duplicate(table, i));
                columns.push(TaskColumn::Note);
            } else {
                columns.push(*c);
            }
        } else {
            let known = TASK_WORDS.iter().map(|(w, _)| *w);
            let names = known.clone().collect::<Vec<_>>().join(", ");
            let mend = phrase("mend-fixed-header").with("columns", names);
            findings.push(unknown(table, i, suggest(word, known), mend));
            columns.push(TaskColumn::Note);
        }
    }
    Checked::new(Layout::Tasks(columns), findings)
}

fn figure_layout(
    table: &Table,
    words: &[String],
    folded: &[String],
    options: &[ColumnOptions],
    catalog: &Catalog,
) -> Checked<Layout> {
    let mut findings = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    let about = |i: usize| options.get(i).copied().unwrap_or_default().about;
    for (i, word) in folded.iter().enumerate() {
        let found = WORDS
            .iter()
            .find(|(w, _)| w == word)
            .map(|(_, c)| *c)
            .or_else(|| catalog.stat_named(&words[i]).map(Column::Figures));
        let column = match found {
            None if word.is_empty() && table.cells_of(i).all(str::is_empty) => Column::Ignored,
            None => {
                let known = WORDS.iter().map(|(w, _)| *w).chain(catalog.stat_words());
                let near = suggest(&table.header[i], known);
                let mend = phrase("mend-figure-header")
                    .with("file", &table.file)
                    .with("name", &table.header[i]);
                findings.push(unknown(table, i, near, mend));
                Column::Ignored
            }
            Some(c)
                if !matches!(c, Column::Ignored | Column::Unit)
                    && (0..i).any(|j| columns[j] == c && about(j) == about(i)) =>
            {
                findings.push(duplicate(table, i));
                Column::Ignored
            }
            Some(c) => c,
        };
        columns.push(column);
    }
    let has = |c: Column| columns.contains(&c);
    let has_figures = columns.iter().any(|c| matches!(c, Column::Figures(_)));
    let missing = match (has(Column::Stat), has(Column::Value), has_figures) {
        (true, false, _) => Some("giá trị"),
        (false, true, _) => Some("chỉ tiêu"),
        (false, false, false) => Some("chỉ tiêu, giá trị"),
        _ => None,
    };
    // Where a column was not understood, the missing one may well be that.
    let is_explained = findings.iter().any(|d| d.code == codes::HEADER_UNKNOWN);
    if let Some(name) = missing.filter(|_| !is_explained) {
        findings.push(
            Diagnostic::new(codes::HEADER_MISSING, Place::file(&table.file)).with("name", name),
        );
    }
    Checked::new(Layout::Figures(columns), findings)
}

/// Indicators whose header has the per-cent sign.
pub(super) fn marked_percent(table: &Table, columns: &[Column]) -> Vec<IndicatorIx> {
    let marked = columns
        .iter()
        .zip(&table.header)
        .filter(|(_, h)| h.contains('%'));
    marked
        .filter_map(|(column, _)| match column {
            Column::Figures(Stat::Indicator(i)) => Some(*i),
            _ => None,
        })
        .collect()
}

fn unknown(table: &Table, column: usize, near: Option<&str>, mend: Phrase) -> Diagnostic {
    Diagnostic::new(codes::HEADER_UNKNOWN, table.header_place(column))
        .with("name", &table.header[column])
        .with("mend", mend)
        .suggest(near)
}

fn duplicate(table: &Table, column: usize) -> Diagnostic {
    Diagnostic::new(codes::HEADER_DUPLICATE, table.header_place(column))
        .with("name", &table.header[column])
}
