//! The shipped catalogue and a site's own rows → one list of units.
//!
//! A row of the site with the same id, or with the same code, level and time, stands for the shipped unit; what it
//! leaves empty is taken from there. All other rows of the site add to it.

use std::collections::HashMap;

use super::vietnam::{self, National, Selection};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::model::{Change, Level, Unit, UnitIx};
use crate::text::suggest::suggest;

/// The country above the provinces, where the site has no row of its own for it.
const COUNTRY: (&str, &str, &str) = ("viet-nam", "Việt Nam", "Viet Nam");

/// The shipped units, each with its place in the list of the site.
pub(super) struct Shipped {
    selection: Selection,
    places: Vec<UnitIx>,
}

/// Adds the units of the provinces that `site.toml` names, each with where it names it.
pub(super) fn add(
    asked: &[(String, Place)],
    list: &mut Vec<Unit>,
    index: &mut HashMap<String, UnitIx>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Shipped> {
    let mut wanted: Vec<&'static str> = Vec::new();
    for (word, place) in asked {
        let found = vietnam::provinces(word);
        if found.is_empty() {
            let ids = vietnam::province_ids();
            let d = Diagnostic::new(codes::UNIT_UNKNOWN, place.clone())
                .with("name", word)
                .with("date", vietnam::first_day())
                .suggest(suggest(word, ids.iter().map(String::as_str)));
            findings.push(d);
        }
        wanted.extend(found);
    }
    let (_, place) = asked.first()?;
    let selection = vietnam::select(&wanted);
    let own = Own::new(list);
    let mut places: Vec<UnitIx> = Vec::with_capacity(selection.units.len());
    for unit in &selection.units {
        let known = index
            .get(&unit.id)
            .copied()
            .or_else(|| own.find(unit, list));
        let ix = if let Some(ix) = known {
            complete(&mut list[ix.at()], unit);
            ix
        } else {
            let ix = UnitIx::from_at(list.len());
            index.insert(unit.id.clone(), ix);
            list.push(made(unit, place));
            ix
        };
        places.push(ix);
    }
    let country = country(wanted.len(), place, list, index);
    for (unit, ix) in selection.units.iter().zip(&places) {
        let above = unit.parent.map_or(country, |at| Some(places[at]));
        let own = &mut list[ix.at()];
        if own.parent.is_none() && above != Some(*ix) {
            own.parent = above;
        }
    }
    Some(Shipped { selection, places })
}

impl Shipped {
    /// The register of changes between the shipped units. An entry of the site for the same units and day goes before.
    pub(super) fn changes(&self, own: &mut Vec<Change>) {
        let date = vietnam::first_day();
        let stated: std::collections::HashSet<_> =
            own.iter().map(|c| (c.date, c.from, c.to)).collect();
        let at = |i: usize| self.places[i];
        let shipped = self.selection.changes.iter().map(|c| Change {
            date,
            kind: c.kind,
            from: at(c.from),
            to: Some(at(c.to)),
            share: None,
            basis: c.basis.into(),
        });
        own.extend(shipped.filter(|c| !stated.contains(&(c.date, c.from, c.to))));
    }
}

/// The rows of the site that have a code.
struct Own {
    by_code: HashMap<(String, Level), Vec<UnitIx>>,
}

impl Own {
    fn new(list: &[Unit]) -> Self {
        let mut by_code: HashMap<(String, Level), Vec<UnitIx>> = HashMap::new();
        for (i, unit) in list.iter().enumerate().filter(|(_, u)| !u.code.is_empty()) {
            let key = (unit.code.clone(), unit.level);
            by_code.entry(key).or_default().push(UnitIx::from_at(i));
        }
        Self { by_code }
    }

    /// The row of the same code, level and time: a former unit is one that has ended.
    fn find(&self, unit: &National, list: &[Unit]) -> Option<UnitIx> {
        if self.by_code.is_empty() {
            return None;
        }
        let rows = self.by_code.get(&(unit.code.to_owned(), unit.level))?;
        let is_same = |u: &&UnitIx| {
            let own = &list[u.at()];
            match (own.valid_to, unit.valid_to) {
                (None, None) => true,
                (Some(own), Some(shipped)) => own == shipped,
                _ => false,
            }
        };
        rows.iter().find(is_same).copied()
    }
}

/// Fills what a row of the site leaves empty.
fn complete(own: &mut Unit, unit: &National) {
    let fill = |text: &mut String, shipped: &str| {
        if text.is_empty() {
            shipped.clone_into(text);
        }
    };
    fill(&mut own.code, unit.code);
    fill(&mut own.portal_code, unit.portal_code);
    if own.short_name == own.name {
        own.short_name = short(unit);
    }
    own.valid_from = own.valid_from.or(unit.valid_from);
    own.valid_to = own.valid_to.or(unit.valid_to);
}

fn made(unit: &National, place: &Place) -> Unit {
    Unit {
        id: unit.id.clone(),
        code: unit.code.to_owned(),
        portal_code: unit.portal_code.to_owned(),
        name: unit.name.to_owned(),
        short_name: short(unit),
        name_en: String::new(),
        short_name_en: String::new(),
        level: unit.level,
        parent: None,
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
        aliases: Vec::new(),
        members: Vec::new(),
        place: place.clone(),
    }
}

/// The name without its type word; a city or ward that is only a number keeps it.
fn short(unit: &National) -> String {
    let bare = vietnam::bare(unit.name);
    if bare.bytes().all(|b| b.is_ascii_digit()) {
        unit.name.to_owned()
    } else {
        bare.to_owned()
    }
}

/// The country: a row of the site, else one of ours where there are several provinces.
fn country(
    provinces: usize,
    place: &Place,
    list: &mut Vec<Unit>,
    index: &mut HashMap<String, UnitIx>,
) -> Option<UnitIx> {
    let own = list.iter().position(|u| u.level == Level::Country);
    if let Some(at) = own {
        return Some(UnitIx::from_at(at));
    }
    if provinces < 2 || index.contains_key(COUNTRY.0) {
        return None;
    }
    let ix = UnitIx::from_at(list.len());
    index.insert(COUNTRY.0.to_owned(), ix);
    list.push(Unit {
        id: COUNTRY.0.to_owned(),
        code: String::new(),
        portal_code: String::new(),
        name: COUNTRY.1.to_owned(),
        short_name: COUNTRY.1.to_owned(),
        name_en: COUNTRY.2.to_owned(),
        short_name_en: COUNTRY.2.to_owned(),
        level: Level::Country,
        parent: None,
        valid_from: None,
        valid_to: None,
        aliases: vec!["Cả nước".to_owned(), "Toàn quốc".to_owned()],
        members: Vec::new(),
        place: place.clone(),
    });
    Some(ix)
}
