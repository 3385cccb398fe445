//! The figures of every unit in small script files, from which the script puts together what a reader chooses.
//!
//! Out: `assets/so-vi.js` (one for each language), which says in which piece a unit stands and what the figures are of,
//! and the pieces: a line for each unit, parted by tabs. The cells are those of prepared comparisons. A figure that is
//! not published is not in them either: they are made of observations, as pages are.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::cells::{Compared, compared};
use super::{Group, Groups};
use crate::analysis::ranking::footing::Footing;
use crate::error::Error;
use crate::model::{PeriodIx, Stat, UnitIx};
use crate::publish::Sink;
use crate::render::context::CellKind;
use crate::render::pages::ranking;
use crate::render::view::View;
use crate::text::content_name::content_name;

/// The most bytes of a piece before compression, which makes about a quarter of them.
const MOST_BYTES: usize = 12_000;

/// A unit in a period: its own, or as the unit above those of a group.
struct Entry {
    key: String,
    unit: UnitIx,
    period: PeriodIx,
    /// The key of the unit above in the same period.
    above: Option<(String, UnitIx)>,
    figures: Vec<Option<Compared>>,
}

/// The numbers of what figures rest on, by statistic: equal ones may be held against each other.
type Footings = BTreeMap<(Stat, Footing), usize>;

/// Writes the pieces of one language.
///
/// # Errors
/// The machine's.
pub(in crate::render) fn write(view: &View<'_>, sink: &dyn Sink) -> Result<(), Error> {
    let groups = view.groups();
    let mut entries = entries(view, groups);
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    if entries.is_empty() {
        return Ok(());
    }
    let footings = number(&entries, &groups.stats);
    let positions = Positions::new(view);
    let mut periods: Vec<PeriodIx> = entries.iter().map(|e| e.period).collect();
    periods.sort_unstable();
    periods.dedup();
    let told: BTreeMap<&str, &Entry> = entries.iter().map(|e| (&*e.key, e)).collect();
    let (mut pieces, mut firsts): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for entry in &entries {
        let above = entry.above.as_ref().and_then(|(key, _)| told.get(&**key));
        let period = periods.binary_search(&entry.period).unwrap_or(0);
        let mut line = vec![
            entry.key.clone(),
            plain(view.unit_name(entry.unit)),
            above.map_or_else(String::new, |a| a.key.clone()),
            period.to_string(),
            positions.of(entry.unit),
        ];
        for (at, stat) in groups.stats.iter().enumerate() {
            let parent = above.and_then(|a| a.figures[at].as_ref());
            let own = entry.figures[at].as_ref();
            line.push(own.map_or_else(String::new, |c| cell(c, parent, *stat, &footings)));
        }
        let line = line.join("\t");
        let line = line.trim_end_matches('\t');
        match pieces.last_mut() {
            Some(piece) if piece.len() + line.len() < MOST_BYTES => {
                piece.push('\n');
                piece.push_str(line);
            }
            _ => {
                firsts.push(&entry.key);
                pieces.push(line.to_owned());
            }
        }
    }
    let mut hasher = blake3::Hasher::new();
    for piece in &pieces {
        hasher.update(piece.as_bytes());
    }
    let folder = format!("so/{}", content_name(&hasher.finalize()));
    for (i, piece) in pieces.iter().enumerate() {
        let script = format!("tiendo.give('so/{i}',{});\n", Value::from(piece.as_str()));
        sink.write(&format!("assets/{folder}/{i}.js"), script.as_bytes())?;
    }
    let stats: Vec<Value> = groups.stats.iter().map(|s| named(view, *s)).collect();
    let periods: Vec<String> = periods.iter().map(|p| view.period_in_text(*p)).collect();
    let index = [
        folder.into(),
        firsts.join("|").into(),
        stats.into(),
        periods.into(),
        view.strings.section("beside").into(),
    ]
    .map(|v: Value| v.to_string());
    let index = format!("tiendo.give('so',{});\n", index.join(","));
    let path = format!("assets/so-{}.js", view.analysis.config.language);
    sink.write(&path, index.as_bytes())
}

/// The name of a statistic and the folder of its page.
fn named(view: &View<'_>, stat: Stat) -> Value {
    let href = view.stat_href(stat);
    let href = href.map_or_else(String::new, |h| format!("{}{h}", view.prefix()));
    json!([view.indicator_short(stat), href])
}

/// Every unit with a page in its own period, and the units above those of each group in the period of that.
fn entries(view: &View<'_>, groups: &Groups) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for unit in view.shown_units() {
        if let Some(period) = groups.period_of(view, *unit) {
            let above = groups.of(*unit).map(|g| {
                let key = key_above(view, groups, g);
                (key, g.scope.above)
            });
            let key = id(view, *unit).to_owned();
            out.push(entry(view, groups, (*unit, period), key, above));
        }
    }
    for g in &groups.list {
        let key = key_above(view, groups, g);
        if !out.iter().any(|e| e.key == key) {
            out.push(entry(view, groups, (g.scope.above, g.period), key, None));
        }
    }
    out
}

fn id<'a>(view: &View<'a>, unit: UnitIx) -> &'a str {
    &view.analysis.catalog.units.get(unit).id
}

/// The key of the unit above a group: its id, with the period where that is not its own.
fn key_above(view: &View<'_>, groups: &Groups, group: &Group) -> String {
    let above = group.scope.above;
    if groups.period_of(view, above) == Some(group.period) {
        id(view, above).to_owned()
    } else {
        let period = &view.analysis.period(group.period).id;
        format!("{}@{period}", id(view, above))
    }
}

fn entry(
    view: &View<'_>,
    groups: &Groups,
    (unit, period): (UnitIx, PeriodIx),
    key: String,
    above: Option<(String, UnitIx)>,
) -> Entry {
    let ranked = view.ranked_of(unit);
    let one = |stat: &Stat| {
        super::is_told(view, *stat, unit, period)
            .then(|| compared(view, *stat, (unit, period), &ranked))
    };
    Entry {
        figures: groups.stats.iter().map(one).collect(),
        key,
        unit,
        period,
        above,
    }
}

/// Numbers what figures rest on, within each statistic from 0.
fn number(entries: &[Entry], stats: &[Stat]) -> Footings {
    let mut out = Footings::new();
    for (at, stat) in stats.iter().enumerate() {
        let figures = entries.iter().filter_map(|e| e.figures[at].as_ref());
        let mut own: Vec<&Footing> = figures.filter_map(|c| c.footing.as_ref()).collect();
        own.sort_unstable();
        own.dedup();
        let own = own.into_iter().enumerate();
        out.extend(own.map(|(n, f)| ((*stat, f.clone()), n)));
    }
    out
}

/// A cell: a sign for its kind and its text, what stands below, the number of its footing, and whether it may not be
/// held against that of the unit above; parted by strokes.
fn cell(c: &Compared, above: Option<&Compared>, stat: Stat, footings: &Footings) -> String {
    let kind = match c.cell.kind {
        CellKind::None => '-',
        CellKind::Stated => '~',
        CellKind::Doubtful => '?',
        CellKind::Number | CellKind::Word => '=',
    };
    let footing = c.footing.as_ref().and_then(|f| {
        let number = footings.get(&(stat, f.clone()))?;
        (*number > 0).then(|| number.to_string())
    });
    let apart = above.is_some_and(|a| c.is_apart_from(a));
    let note = c.cell.note.as_deref().unwrap_or_default();
    let text = format!(
        "{kind}{}|{}|{}|{}",
        plain(&c.cell.text),
        plain(note),
        footing.unwrap_or_default(),
        if apart { "1" } else { "" }
    );
    text.trim_end_matches('|').to_owned()
}

/// Text without the signs that part a line.
fn plain(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ").replace('|', "/")
}

/// Where units stand in the rankings that are divided over several pages.
struct Positions(Vec<Vec<Option<usize>>>);

/// The rankings that are divided, by their position among all.
pub(in crate::render) fn divided(view: &View<'_>) -> Vec<usize> {
    let is_divided = |at: &usize| ranking::is_divided(view.ranked(*at).ranking.entries.len());
    (0..view.rankings.len()).filter(is_divided).collect()
}

impl Positions {
    fn new(view: &View<'_>) -> Self {
        let units = view.analysis.catalog.units.list.len();
        let of = |at: usize| {
            let ranking = &view.ranked(at).ranking;
            let mut out = vec![None; units];
            for (i, entry) in ranking.entries.iter().enumerate() {
                out[entry.unit.at()] = Some(i + 1);
            }
            for (unit, _, _) in &ranking.unranked {
                out[unit.at()] = Some(0);
            }
            out
        };
        Self(divided(view).into_iter().map(of).collect())
    }

    /// The positions of a unit, from 1, with 0 where it has no rank and nothing where it is not meant.
    fn of(&self, unit: UnitIx) -> String {
        let words = self.0.iter().map(|list| list[unit.at()]);
        let words: Vec<String> = words
            .map(|at| at.map_or_else(String::new, |n| n.to_string()))
            .collect();
        words.join(",").trim_end_matches(',').to_owned()
    }
}
