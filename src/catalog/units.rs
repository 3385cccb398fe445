//! `units.csv`, `blocks.csv`, `unit_changes.csv` → units.

use std::collections::HashMap;

use super::national;
use super::rows::{Row, Rows, duplicate};
use crate::decimal::Decimal;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, one_of, phrase};
use crate::model::{Change, ChangeKind, Changes, Level, Unit, UnitIx, Units};
use crate::source::Sources;
use crate::text::normal::{fold, fold_name};
use crate::text::suggest::suggest;

const UNIT_COLUMNS: &[&str] = &[
    "id",
    "code",
    "portal_code",
    "name",
    "short_name",
    "name_en",
    "short_name_en",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "aliases",
];
const BLOCK_COLUMNS: &[&str] = &[
    "id",
    "name",
    "short_name",
    "name_en",
    "short_name_en",
    "parent",
    "level",
    "members",
    "aliases",
];
const CHANGE_COLUMNS: &[&str] = &["date", "kind", "from", "to", "share", "basis"];

/// Reads all units, blocks and changes.
pub(super) fn read(sources: &Sources, provinces: &[(String, Place)]) -> Checked<Units> {
    let mut findings = Vec::new();
    let mut list: Vec<Unit> = Vec::new();
    let mut index: HashMap<String, UnitIx> = HashMap::new();
    let mut parents: Vec<(UnitIx, String, Place)> = Vec::new();
    if let Some(rows) = Rows::read(
        sources,
        "data/catalog/units.csv",
        UNIT_COLUMNS,
        &["id", "name", "level"],
        &mut findings,
    ) {
        for row in rows.iter() {
            if let Some(unit) = unit(&row, &mut findings) {
                add(
                    unit,
                    row.text("parent"),
                    &row,
                    &mut list,
                    &mut index,
                    &mut parents,
                    &mut findings,
                );
            }
        }
    }
    let shipped = national::add(provinces, &mut list, &mut index, &mut findings);
    resolve_parents(&mut list, &index, parents, &mut findings);
    break_cycles(&mut list, &mut findings);
    blocks(sources, &mut list, &mut index, &mut findings);
    let mut changes = changes(sources, &index, &list, &mut findings);
    if let Some(shipped) = shipped {
        shipped.changes(&mut changes);
    }
    Checked::new(Units::new(list, Changes::new(changes), names), findings)
}

/// The folded names under which a unit is found: id, codes, name with and without type word, aliases.
fn names(unit: &Unit) -> Vec<String> {
    let mut names = vec![fold(&unit.id), fold(&unit.name), fold_name(&unit.name)];
    if !unit.short_name.is_empty() {
        names.push(fold(&unit.short_name));
    }
    for code in [&unit.code, &unit.portal_code] {
        if !code.is_empty() {
            names.push(fold(code));
        }
    }
    for alias in &unit.aliases {
        names.push(fold(alias));
        names.push(fold_name(alias));
    }
    names
}

fn unit(row: &Row<'_>, findings: &mut Vec<Diagnostic>) -> Option<Unit> {
    let id = row.id(findings)?;
    let level = row.parsed("level", one_of(Level::NAMES), Level::parse, findings)?;
    let name = row.text("name");
    if name.is_empty() {
        findings.push(Diagnostic::new(codes::KEY_MISSING, row.place("name")).with("name", "name"));
        return None;
    }
    let valid_from = row.date("valid_from", findings);
    let valid_to = row.date("valid_to", findings);
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && from > to
    {
        let d = Diagnostic::new(codes::WINDOW_REVERSED, row.place("valid_to"))
            .with("start", from.to_iso())
            .with("end", to.to_iso());
        findings.push(d);
    }
    let short = row.text("short_name");
    let (name_en, short_name_en) = row.english();
    Some(Unit {
        id,
        code: row.text("code"),
        portal_code: row.text("portal_code"),
        short_name: if short.is_empty() {
            name.clone()
        } else {
            short
        },
        name,
        name_en,
        short_name_en,
        level,
        parent: None,
        valid_from,
        valid_to,
        aliases: row.list("aliases"),
        members: Vec::new(),
        place: row.place("id"),
    })
}

fn add(
    unit: Unit,
    parent: String,
    row: &Row<'_>,
    list: &mut Vec<Unit>,
    index: &mut HashMap<String, UnitIx>,
    parents: &mut Vec<(UnitIx, String, Place)>,
    findings: &mut Vec<Diagnostic>,
) {
    if let Some(first) = index.get(&unit.id) {
        findings.push(duplicate(
            &unit.id,
            row.place("id"),
            &list[first.at()].place,
        ));
        return;
    }
    let ix = UnitIx::from_at(list.len());
    index.insert(unit.id.clone(), ix);
    if !parent.is_empty() {
        parents.push((ix, parent, row.place("parent")));
    }
    list.push(unit);
}

fn resolve_parents(
    list: &mut [Unit],
    index: &HashMap<String, UnitIx>,
    parents: Vec<(UnitIx, String, Place)>,
    findings: &mut Vec<Diagnostic>,
) {
    for (unit, parent, place) in parents {
        match index.get(&parent) {
            Some(ix) => list[unit.at()].parent = Some(*ix),
            None => findings.push(unknown(&parent, place, list)),
        }
    }
}

fn unknown(id: &str, place: Place, list: &[Unit]) -> Diagnostic {
    Diagnostic::new(codes::UNIT_UNKNOWN, place)
        .with("name", id)
        .suggest(suggest(id, list.iter().map(|u| u.id.as_str())))
}

fn break_cycles(list: &mut [Unit], findings: &mut Vec<Diagnostic>) {
    for start in 0..list.len() {
        let mut at = list[start].parent;
        let mut steps = 0;
        while let Some(ix) = at {
            steps += 1;
            if ix.at() == start || steps > 12 {
                let d = Diagnostic::new(codes::UNIT_CYCLE, list[start].place.clone())
                    .with("name", &list[start].name);
                findings.push(d);
                list[start].parent = None;
                break;
            }
            at = list[ix.at()].parent;
        }
    }
}

fn blocks(
    sources: &Sources,
    list: &mut Vec<Unit>,
    index: &mut HashMap<String, UnitIx>,
    findings: &mut Vec<Diagnostic>,
) {
    let Some(rows) = Rows::read(
        sources,
        "data/catalog/blocks.csv",
        BLOCK_COLUMNS,
        &["id", "name", "parent"],
        findings,
    ) else {
        return;
    };
    for row in rows.iter() {
        let Some(id) = row.id(findings) else { continue };
        if let Some(first) = index.get(&id) {
            findings.push(duplicate(&id, row.place("id"), &list[first.at()].place));
            continue;
        }
        let parent_id = row.text("parent");
        let Some(parent) = index.get(&parent_id).copied() else {
            findings.push(unknown(&parent_id, row.place("parent"), list));
            continue;
        };
        let members = members(&row, parent, list, index, findings);
        let name = row.text("name");
        let short = row.text("short_name");
        let (name_en, short_name_en) = row.english();
        let ix = UnitIx::from_at(list.len());
        index.insert(id.clone(), ix);
        list.push(Unit {
            id,
            code: String::new(),
            portal_code: String::new(),
            short_name: if short.is_empty() {
                name.clone()
            } else {
                short
            },
            name,
            name_en,
            short_name_en,
            level: Level::Block,
            parent: Some(parent),
            valid_from: None,
            valid_to: None,
            aliases: row.list("aliases"),
            members,
            place: row.place("id"),
        });
    }
}

fn members(
    row: &Row<'_>,
    parent: UnitIx,
    list: &[Unit],
    index: &HashMap<String, UnitIx>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<UnitIx> {
    let named = row.list("members");
    if !named.is_empty() {
        return named
            .iter()
            .filter_map(|id| {
                let found = index.get(id).copied();
                if found.is_none() {
                    findings.push(unknown(id, row.place("members"), list));
                }
                found
            })
            .collect();
    }
    if row.text("level").is_empty() {
        return Vec::new();
    }
    let Some(level) = row.parsed("level", one_of(Level::NAMES), Level::parse, findings) else {
        return Vec::new();
    };
    let is_below = |mut at: Option<UnitIx>| {
        while let Some(ix) = at {
            if ix == parent {
                return true;
            }
            at = list[ix.at()].parent;
        }
        false
    };
    (0..list.len())
        .filter(|i| list[*i].level == level && is_below(list[*i].parent))
        .map(UnitIx::from_at)
        .collect()
}

fn changes(
    sources: &Sources,
    index: &HashMap<String, UnitIx>,
    list: &[Unit],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Change> {
    let required = &["date", "kind", "from"];
    let Some(rows) = Rows::read(
        sources,
        "data/catalog/unit_changes.csv",
        CHANGE_COLUMNS,
        required,
        findings,
    ) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    for row in rows.iter() {
        let kinds = "merge, split, rename, reparent, abolish";
        let kind = row.parsed("kind", one_of(kinds), ChangeKind::parse, findings);
        let date = row.date("date", findings);
        let mut find = |column: &'static str| {
            let id = row.text(column);
            let found = index.get(&id).copied();
            if found.is_none() && !id.is_empty() {
                findings.push(unknown(&id, row.place(column), list));
            }
            found
        };
        let (from, to) = (find("from"), find("to"));
        let share = share(&row, findings);
        if let (Some(kind), Some(date), Some(from)) = (kind, date, from) {
            changes.push(Change {
                date,
                kind,
                from,
                to,
                share,
                basis: row.text("basis").into(),
            });
        }
    }
    changes
}

/// How much of a unit went into another: `0.35`, `0,35` or `35%`.
fn share(row: &Row<'_>, findings: &mut Vec<Diagnostic>) -> Option<Decimal> {
    if row.text("share").is_empty() {
        return None;
    }
    row.parsed("share", phrase("share-of-unit"), parse_share, findings)
}

fn parse_share(text: &str) -> Option<Decimal> {
    let plain = text.replace(',', ".");
    let share = match plain.strip_suffix('%') {
        Some(percent) => Decimal::parse_plain(percent.trim())?.checked_mul(Decimal::new(1, 2))?,
        None => Decimal::parse_plain(&plain)?,
    };
    (share > Decimal::ZERO && share <= Decimal::from_int(1)).then_some(share)
}
