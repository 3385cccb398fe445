//! A mapping and the headers of a table → the word each column is read by.

use super::{ColumnOptions, ColumnRule, Mapping};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, codes};
use crate::ingest::headers;
use crate::model::Stat;
use crate::table::Table;
use crate::table::layout::column_letters;
use crate::table::layout::words::marked_name;
use crate::text::normal::fold;
use crate::text::suggest::suggest;

/// By which word each column is read, and how.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest) struct Applied {
    pub(in crate::ingest) words: Vec<String>,
    pub(in crate::ingest) options: Vec<ColumnOptions>,
}

/// Finds the columns that a mapping names. `letters` are the columns of the sheet, `parts` the last text above each.
pub(in crate::ingest) fn apply(
    mapping: Option<&Mapping>,
    table: &Table,
    letters: &[u32],
    leaves: &[String],
    catalog: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Applied {
    let mut applied = Applied {
        words: table
            .header
            .iter()
            .map(|h| plain_word(catalog, h))
            .collect(),
        options: vec![ColumnOptions::default(); table.header.len()],
    };
    let rules = mapping.map_or(&[][..], |m| m.columns.as_slice());
    let folded: Vec<String> = table.header.iter().map(|h| fold(h)).collect();
    let leaves: Vec<String> = leaves.iter().map(|l| fold(l)).collect();
    for rule in rules {
        let found = by_header(&rule.key, &folded, &leaves);
        let column = found.or_else(|| by_letter(&rule.key, letters));
        let Some(column) = column else {
            // Some months bring a column that is not wanted, others do not.
            if headers::is_ignored(&rule.field) {
                continue;
            }
            let free = (0..table.header.len()).filter(|c| {
                !rules
                    .iter()
                    .any(|r| by_header(&r.key, &folded, &leaves) == Some(*c))
            });
            let near = suggest(&rule.key, free.map(|c| table.header[c].as_str()));
            findings.push(missing(rule, table, near));
            continue;
        };
        if let Some(d) = moved(
            rule,
            found.is_some(),
            column,
            table,
            letters,
            &folded,
            &leaves,
            catalog,
        ) {
            findings.push(d);
            headers::IGNORED.clone_into(&mut applied.words[column]);
            continue;
        }
        applied.words[column].clone_from(&rule.field);
        applied.options[column] = rule.options;
    }
    applied
}

/// A header without what stands behind a known word: a footnote mark, the unit of measure in parentheses.
pub(in crate::ingest) fn plain_word(catalog: &Catalog, header: &str) -> String {
    let is_known = |word: &str| headers::is_known(catalog, word);
    let mut word = header.trim();
    if is_known(word) {
        return word.to_owned();
    }
    if let Some((name, _)) = marked_name(word) {
        word = name;
    }
    if !is_known(word)
        && let Some((name, unit)) = word.strip_suffix(')').and_then(|w| w.rsplit_once('('))
        && is_unit_of(catalog, name, unit)
    {
        word = name.trim_end();
    }
    let found = if is_known(word) { word } else { header };
    found.to_owned()
}

/// Whether `unit` is the unit of measure of what `name` means.
fn is_unit_of(catalog: &Catalog, name: &str, unit: &str) -> bool {
    let own = match headers::meaning(catalog, name) {
        Some(headers::Column::Figures(Stat::Measure(m))) => &catalog.measure(m).unit,
        Some(headers::Column::Figures(Stat::Indicator(i))) => &catalog.indicator(i).unit,
        _ => return false,
    };
    fold(own) == fold(unit)
}

/// The column whose header is `key`, whole or in its last part; none where several are.
fn by_header(key: &str, folded: &[String], leaves: &[String]) -> Option<usize> {
    let key = fold(key);
    let only = |list: &[String]| {
        let mut found = (0..list.len()).filter(|c| list[*c] == key);
        found.next().filter(|_| found.next().is_none())
    };
    only(folded).or_else(|| only(leaves))
}

/// The column whose letter is `key`.
fn by_letter(key: &str, letters: &[u32]) -> Option<usize> {
    let is_letter = (1..=3).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase());
    let column = || letters.iter().position(|l| column_letters(*l) == key);
    is_letter.then(column).flatten()
}

fn missing(rule: &ColumnRule, table: &Table, near: Option<&str>) -> Diagnostic {
    let mut d = Diagnostic::new(codes::COLUMN_MISSING, rule.place.clone())
        .with("name", &rule.key)
        .with("file", &table.file)
        .suggest(near);
    if !table.header.is_empty() {
        d = d.also(table.header_place(0));
    }
    d
}

/// A column that is named by its letter but whose header says something else.
#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one question, asked once"
)]
fn moved(
    rule: &ColumnRule,
    by_name: bool,
    column: usize,
    table: &Table,
    letters: &[u32],
    folded: &[String],
    leaves: &[String],
    catalog: &Catalog,
) -> Option<Diagnostic> {
    let finding = |expected: &str, now: Option<usize>| {
        let d = Diagnostic::new(codes::COLUMN_MOVED, rule.place.clone())
            .with("column", column_letters(letters[column]))
            .with("name", &table.header[column])
            .with("expected", expected)
            .also(table.header_place(column));
        d.suggest(now.map(|c| format!("{} = \"{}\"", column_letters(letters[c]), rule.field)))
    };
    if let Some(header) = &rule.header {
        let is_same = folded[column] == fold(header) || leaves[column] == fold(header);
        return (!is_same).then(|| finding(header, by_header(header, folded, leaves)));
    }
    let means = |word: &str| headers::meaning(catalog, word);
    let (said, declared) = (means(&table.header[column]), means(&rule.field));
    let contradicts =
        !by_name && said.is_some() && said != declared && !headers::is_ignored(&rule.field);
    contradicts.then(|| {
        let now = (0..table.header.len()).find(|c| means(&table.header[*c]) == declared);
        finding(&rule.field, now)
    })
}
