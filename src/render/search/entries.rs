//! What readers may look for: units, services, and units of the past, which lead to those of today.

use super::keys;
use crate::model::{Level, ServiceIx, Unit, UnitIx};
use crate::render::view::View;
use crate::text::foreign::{OPEN, bare};
use crate::text::order;

/// How a key stands in its entry; better ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The whole name.
    Name,
    /// A later word of the name.
    Word,
    /// Initials, other names, codes.
    Other,
}

/// A key under which an entry is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Letters and digits.
    pub(super) text: String,
    rank: Rank,
}

/// An entry: one line of a piece of the index.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Type word before the name: "Phường".
    kind: String,
    name: String,
    /// The unit above, or what became of the unit.
    note: String,
    /// Folder of its page.
    href: String,
    /// Other names and codes.
    others: Vec<String>,
    /// Whether it is a unit of the past.
    past: bool,
    /// All keys.
    pub(super) keys: Vec<Key>,
}

/// The order of kinds where names match alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Province,
    Service,
    Unit,
    Past,
}

/// All entries, in the order in which they are offered where they match alike.
pub(super) fn all(view: &View<'_>) -> Vec<Entry> {
    let catalog = view.analysis.catalog;
    let mut list: Vec<(Group, Vec<u8>, Entry)> = Vec::new();
    let mut add = |group: Group, mut entry: Entry| {
        entry.past = group == Group::Past;
        entry.href = format!("{}{}", view.prefix(), entry.href);
        let key = order::sort_key(&format!("{}\u{1}{}", entry.name, entry.note));
        list.push((group, key, entry));
    };
    for u in catalog.units.indices() {
        let unit = catalog.units.get(u);
        let mut heirs = heirs(view, u);
        let is_divided = heirs.len() > 1;
        heirs.retain(|h| view.has_unit_page(*h));
        if unit.valid_to.is_none() || heirs.is_empty() {
            if let Some(href) = view.unit_href(u) {
                let group = match unit.level {
                    Level::Commune | Level::Hamlet | Level::Agency | Level::District => Group::Unit,
                    _ => Group::Province,
                };
                let group = if unit.valid_to.is_some() {
                    Group::Past
                } else {
                    group
                };
                add(
                    group,
                    of_unit(view, unit, above(view, u), href, former_codes(view, u)),
                );
            }
            continue;
        }
        let key = if is_divided {
            "search.partly"
        } else {
            "search.now"
        };
        for heir in heirs {
            let Some(href) = view.unit_href(heir) else {
                continue;
            };
            let mut name = view.unit_name(heir).to_owned();
            if name == unit.name && !is_divided {
                // Its code stands with the unit of today.
                continue;
            }
            let place = above(view, heir);
            if !place.is_empty() {
                name = format!("{name}, {place}");
            }
            let note = view.t(key, &[("name", &name)]);
            add(Group::Past, of_unit(view, unit, note, href, Vec::new()));
        }
    }
    for s in catalog.services.indices() {
        if let Some(href) = view.service_href(s) {
            add(Group::Service, of_service(view, s, href));
        }
    }
    list.sort_by(|a, b| {
        let key = |(g, k, e): &(Group, Vec<u8>, Entry)| (*g, k.clone(), e.href.clone());
        key(a).cmp(&key(b))
    });
    list.into_iter().map(|(_, _, e)| e).collect()
}

/// The units of today that a unit of the past became.
fn heirs(view: &View<'_>, unit: UnitIx) -> Vec<UnitIx> {
    let units = &view.analysis.catalog.units;
    let mut found = Vec::new();
    let mut seen = vec![unit];
    let mut next = vec![unit];
    while let Some(u) = next.pop() {
        if u != unit && units.get(u).valid_to.is_none() {
            found.push(u);
            continue;
        }
        for to in units.changes.departures(u).filter_map(|c| c.to) {
            if !seen.contains(&to) {
                seen.push(to);
                next.push(to);
            }
        }
    }
    found.sort_unstable();
    found
}

/// The unit that tells units of one name apart: the province, else the unit above.
fn above(view: &View<'_>, unit: UnitIx) -> String {
    let units = &view.analysis.catalog.units;
    let mut above = units.ancestors(unit).skip(1);
    let province = above.find(|u| units.get(*u).level == Level::Province);
    let told = province.or(units.get(unit).parent);
    let told = told.filter(|u| units.get(*u).level != Level::Country);
    told.map_or_else(String::new, |u| view.unit_name(u).to_owned())
}

/// The codes of units of the same name that became a part of a unit.
fn former_codes(view: &View<'_>, unit: UnitIx) -> Vec<String> {
    let units = &view.analysis.catalog.units;
    let former = units.changes.arrivals(unit).map(|c| units.get(c.from));
    let same = former.filter(|u| u.name == units.get(unit).name);
    same.map(|u| u.code.clone()).collect()
}

fn of_unit(view: &View<'_>, unit: &Unit, note: String, href: String, codes: Vec<String>) -> Entry {
    // Words of the data are marked one by one where the page is in another language.
    let (full, short) = (bare(&unit.name), bare(&unit.short_name));
    let (kind, name) = match full.strip_suffix(short.as_str()) {
        Some(kind) if kind.ends_with(' ') => (kind.trim_end(), short.as_str()),
        _ => ("", full.as_str()),
    };
    let mut others: Vec<String> = unit.aliases.clone();
    // Whoever knows a unit by its own name finds it on pages in another language too.
    let original = view.original.map(|o| &o.analysis.catalog.units);
    let original = original.and_then(|units| Some(units.get(units.find(&unit.id)?)));
    others.extend(
        original
            .into_iter()
            .flat_map(|u| [u.name.clone(), u.short_name.clone()]),
    );
    if kind.is_empty() && unit.short_name != unit.name {
        others.push(unit.short_name.clone());
    }
    others.extend([unit.code.clone(), unit.portal_code.clone()]);
    others.extend(codes);
    // A name of the language of the page is not of the data.
    let own = |text: &str| {
        if unit.name.contains(OPEN) {
            view.own(text)
        } else {
            text.to_owned()
        }
    };
    finish(Entry {
        kind: own(kind),
        name: own(name),
        note,
        href,
        others,
        ..Entry::default()
    })
}

fn of_service(view: &View<'_>, service: ServiceIx, href: String) -> Entry {
    let s = view.analysis.catalog.services.get(service);
    let mut others = s.aliases.clone();
    others.push(s.short_name.clone());
    let original = view
        .original
        .map(|o| o.analysis.catalog.services.get(service));
    others.extend(
        original
            .into_iter()
            .flat_map(|s| [s.name.clone(), s.short_name.clone()]),
    );
    finish(Entry {
        kind: String::new(),
        name: s.name.clone(),
        note: view.t("search.service", &[]),
        href,
        others,
        ..Entry::default()
    })
}

/// Adds the keys; of the other names those that say something new.
fn finish(mut entry: Entry) -> Entry {
    let mut keys: Vec<Key> = Vec::new();
    let mut add = |text: String, rank: Rank| {
        if !text.is_empty() && !keys.iter().any(|k| k.text == text) {
            keys.push(Key { text, rank });
        }
    };
    for (i, text) in keys::of_name(&entry.name).into_iter().enumerate() {
        add(text, if i == 0 { Rank::Name } else { Rank::Word });
    }
    if let Some(text) = keys::initials(&entry.name) {
        add(text, Rank::Other);
    }
    let whole = keys::words(&format!("{} {}", entry.kind, entry.name)).concat();
    let mut others: Vec<String> = Vec::new();
    for other in entry.others {
        let text = keys::words(&other).concat();
        let is_known = text == whole || keys.iter().any(|k| k.text == text);
        if !text.is_empty() && !is_known && !others.contains(&text) {
            keys.push(Key {
                text: text.clone(),
                rank: Rank::Other,
            });
            others.push(text);
        }
    }
    entry.others = others;
    entry.keys = keys;
    entry
}

impl Entry {
    /// The line of a piece: kind, name, note, folder, parted by tabs, and other keys, which no space parts
    /// (codes in a row would read as numbers of telephones); last whether it is of the past.
    pub(super) fn line(&self) -> String {
        let plain = |t: &str| t.replace(['\t', '\n', '\r'], " ");
        let fields = [&self.kind, &self.name, &self.note, &self.href].map(|f| plain(f));
        let others = self.others.join("|");
        let past = if self.past { "1" } else { "" };
        let line = format!("{}\t{others}\t{past}", fields.join("\t"));
        line.trim_end_matches('\t').to_owned()
    }

    /// How well the entry matches letters without spaces: the less the better, none where it does not.
    pub(super) fn class(&self, letters: &str) -> Option<u8> {
        let fits = self.keys.iter().filter(|k| k.text.starts_with(letters));
        fits.map(|k| match (k.text == letters, k.rank) {
            (true, Rank::Name) => 0,
            (true, Rank::Other) => 1,
            (false, Rank::Name) => 2,
            (_, Rank::Word) => 3,
            (false, Rank::Other) => 4,
        })
        .min()
    }
}
