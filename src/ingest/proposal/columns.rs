//! What each column may mean, and why.

use super::arithmetic::{Relation, relations};
use super::{Site, headers, names};
use crate::model::{Report, Stat};
use crate::table::Table;
use crate::table::layout::{Region, Roles, column_letters};
use crate::text::normal::fold;
use crate::text::suggest::suggest;

/// How sure a proposal is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sureness {
    /// A known header word: the column is read so without a mapping.
    Known,
    /// Evidence speaks for it; a person should look.
    Likely,
    /// Nobody knows.
    #[default]
    Unclear,
}

/// Why a column may mean something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The whole header is a known word.
    Header,
    /// The last part of the header is a known word.
    LastPart(String),
    /// It is the sum of two columns, by letter, in so many of so many rows.
    Sum(String, String, usize, usize),
    /// It is the share in per cent of one column in another, by letter, in so many of so many rows.
    Share(String, String, usize, usize),
    /// So many of so many cells are names or codes of units.
    Units(usize, usize),
    /// So many of so many cells are names of services.
    Services(usize, usize),
    /// It numbers the rows.
    Numbers,
    /// It has no cell.
    Empty,
    /// A part of the header names a service or a unit.
    Names(String),
    /// Another column may mean the same.
    Shared(String),
    /// A known word is near.
    Near(String),
}

/// A column with what it may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its letter.
    pub letter: String,
    /// The texts above it.
    pub name: String,
    /// The word it would be read by.
    pub field: Option<String>,
    /// What its figures are about, whatever the row says: `service` or `unit`, and the id.
    pub about: Option<(&'static str, String)>,
    /// How sure that is.
    pub sureness: Sureness,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A table as it is looked at.
pub(super) struct Look<'a> {
    pub(super) site: Site<'a>,
    pub(super) report: &'a Report,
    pub(super) region: &'a Region,
    pub(super) roles: &'a Roles,
    pub(super) table: &'a Table,
}

/// How many cells of a column of names are looked up.
const SAMPLE: usize = 200;

impl Look<'_> {
    /// Every column with its proposal.
    pub(super) fn columns(&self) -> Vec<Column> {
        let mut columns: Vec<Column> = (0..self.region.columns.len())
            .map(|c| self.by_words(c))
            .collect();
        let found = relations(self.table, &self.roles.figures);
        self.by_arithmetic(&found, &mut columns);
        one_meaning_one_column(&mut columns);
        columns
    }

    fn letter(&self, column: usize) -> String {
        column_letters(self.region.columns[column])
    }

    /// What the header and the texts of a column say.
    fn by_words(&self, column: usize) -> Column {
        let catalog = self.site.catalog;
        let mut out = Column {
            letter: self.letter(column),
            name: self.region.name(column),
            ..Column::default()
        };
        let mut propose = |field: &str, sureness: Sureness, reason: Reason| {
            out.field = Some(field.to_owned());
            out.sureness = sureness;
            out.reasons.push(reason);
        };
        let word = super::mapping::plain_word(catalog, &self.region.name(column));
        if headers::is_known(catalog, &word) {
            let field = self.id_of(&word).unwrap_or(word);
            propose(&field, Sureness::Known, Reason::Header);
            return out;
        }
        if self.table.cells_of(column).all(str::is_empty) {
            propose(headers::IGNORED, Sureness::Likely, Reason::Empty);
            return out;
        }
        if self.roles.number.contains(&column) {
            propose(headers::IGNORED, Sureness::Likely, Reason::Numbers);
            return out;
        }
        if !self.roles.figures.contains(&column)
            && let Some((field, reason)) = self.by_names(column)
        {
            propose(field, Sureness::Likely, reason);
            return out;
        }
        let leaf = self.region.names[column]
            .last()
            .cloned()
            .unwrap_or_default();
        // Members of objects within a row are named by their path.
        let leaf = leaf.rsplit_once('.').map_or(leaf.as_str(), |(_, own)| own);
        let leaf = super::mapping::plain_word(catalog, leaf);
        if headers::is_known(catalog, &leaf) {
            let field = self.id_of(&leaf).unwrap_or_else(|| leaf.clone());
            propose(&field, Sureness::Likely, Reason::LastPart(leaf));
            if let Some((part, about)) = self.about(column) {
                out.reasons.push(Reason::Names(part));
                out.about = Some(about);
            }
            return out;
        }
        let words = || catalog.stat_words().chain(headers::words());
        let near = suggest(&leaf, words()).or_else(|| suggest(&out.name, words()));
        if let Some(near) = near {
            let near = self.id_of(near).unwrap_or_else(|| near.to_owned());
            out.reasons.push(Reason::Near(near));
        }
        out
    }

    /// The service or unit that a part of the header above the last names, with that part.
    fn about(&self, column: usize) -> Option<(String, (&'static str, String))> {
        let catalog = self.site.catalog;
        let (_, above) = self.region.names[column].split_last()?;
        above.iter().rev().find_map(|part| {
            let service = names::service(catalog, part).ok();
            let found = if let Some(ix) = service {
                ("service", catalog.services.get(ix).id.clone())
            } else {
                let unit =
                    names::unit(catalog, part, self.report.unit, self.report.window()).ok()?;
                ("unit", catalog.units.get(unit).id.clone())
            };
            Some((part.clone(), found))
        })
    }

    /// The word by which a column of this header is read: the id of a measure or indicator, else the usual word.
    fn id_of(&self, word: &str) -> Option<String> {
        let catalog = self.site.catalog;
        let meaning = headers::meaning(catalog, word)?;
        Some(match (meaning, headers::usual_word(meaning)) {
            (headers::Column::Figures(stat), _) => catalog.stat_id(stat).to_owned(),
            (_, usual) => usual?.to_owned(),
        })
    }

    /// Whether the cells are names of units or services.
    fn by_names(&self, column: usize) -> Option<(&'static str, Reason)> {
        let catalog = self.site.catalog;
        let texts: Vec<&str> = self
            .table
            .cells_of(column)
            .filter(|t| !t.is_empty())
            .take(SAMPLE)
            .collect();
        let (unit, day) = (self.report.unit, self.report.end);
        let is_unit = |t: &&&str| names::unit(catalog, t, unit, (day, day)).is_ok();
        let is_service = |t: &&&str| names::service(catalog, t).is_ok();
        let units = texts.iter().filter(is_unit).count();
        let services = texts.iter().filter(is_service).count();
        let enough = |n: usize| n >= 2 && n * 2 >= texts.len();
        if enough(units) && units >= services {
            return Some(("đơn vị", Reason::Units(units, texts.len())));
        }
        enough(services).then_some(("dịch vụ", Reason::Services(services, texts.len())))
    }

    /// Adds what the numbers say: evidence for what the words say, or a meaning where they say nothing.
    fn by_arithmetic(&self, found: &[Relation], columns: &mut [Column]) {
        for relation in found {
            let meaning = |c: usize, columns: &[Column]| {
                let field = columns[c].field.as_deref()?;
                self.site.catalog.stat_named(field)
            };
            let own = meaning(relation.column, columns);
            let first = meaning(relation.first, columns);
            let second = meaning(relation.second, columns);
            let wanted = self.follows(relation, first, second);
            let agrees = match (own, wanted.as_deref()) {
                (Some(stat), Some(list)) => list.contains(&stat),
                _ => false,
            };
            let letters = (self.letter(relation.first), self.letter(relation.second));
            let reason = if relation.is_share {
                Reason::Share(letters.0, letters.1, relation.holds, relation.rows)
            } else {
                Reason::Sum(letters.0, letters.1, relation.holds, relation.rows)
            };
            let column = &mut columns[relation.column];
            if agrees {
                column.reasons.push(reason);
            } else if let (None, Some([stat])) = (own, wanted.as_deref())
                && column.field.is_none()
            {
                column.field = Some(self.site.catalog.stat_id(*stat).to_owned());
                column.sureness = Sureness::Likely;
                column.reasons.push(reason);
            } else if column.field.is_none() {
                column.reasons.push(reason);
            }
        }
    }

    /// What a column may be that follows from two known ones: the whole of two parts, the share of one in another.
    fn follows(
        &self,
        relation: &Relation,
        first: Option<Stat>,
        second: Option<Stat>,
    ) -> Option<Vec<Stat>> {
        let catalog = self.site.catalog;
        let (Some(Stat::Measure(a)), Some(Stat::Measure(b))) = (first, second) else {
            return None;
        };
        let fits = |stat: &Stat| match stat {
            Stat::Measure(m) if !relation.is_share => {
                let mut lists = catalog.measure(*m).parts.iter();
                lists.any(|l| l.len() == 2 && l.contains(&a) && l.contains(&b))
            }
            Stat::Indicator(i) if relation.is_share => {
                let indicator = catalog.indicator(*i);
                indicator.numerator == [a] && indicator.denominator == [b]
            }
            _ => false,
        };
        let stats = catalog.stat_ids().filter_map(|id| catalog.stat(id));
        let list: Vec<Stat> = stats.filter(fits).collect();
        (!list.is_empty()).then_some(list)
    }
}

/// Where several columns may mean the same, none does until a person says so; one whose whole header is known
/// keeps its meaning.
fn one_meaning_one_column(columns: &mut [Column]) {
    let is_shared = |columns: &[Column], at: usize| {
        let field = columns[at].field.clone()?;
        let is_free =
            fold(&field) == fold(headers::IGNORED) || ["đơn vị", "STT"].contains(&field.as_str());
        if is_free || columns[at].sureness == Sureness::Known {
            return None;
        }
        let other = (0..columns.len())
            .filter(|o| columns[*o].about == columns[at].about)
            .find(|o| *o != at && columns[*o].field.as_deref() == Some(field.as_str()))?;
        Some(columns[other].letter.clone())
    };
    let shared: Vec<Option<String>> = (0..columns.len())
        .map(|at| is_shared(columns, at))
        .collect();
    for (column, other) in columns.iter_mut().zip(shared) {
        if let Some(other) = other {
            column.sureness = Sureness::Unclear;
            column.reasons.push(Reason::Shared(other));
        }
    }
}
