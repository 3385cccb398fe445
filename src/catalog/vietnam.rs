//! The national catalogue that the program ships: provinces and communes since 1 July 2025, provinces, districts and
//! communes before, and what became of each.
//!
//! In: the provinces that a site asks for. Out: their units with ids, and the changes between them. The tables are
//! text in the program; a site that does not ask pays nothing, and of the others only the lines of its provinces
//! are taken.

mod ids;
mod tables;

use crate::model::{ChangeKind, Level};
use crate::text::date::Date;
use crate::text::normal::{fold, fold_name};

use ids::Namer;
pub(super) use ids::bare;
use tables::{Line, after, before};

/// The legal basis of the merger of provinces; for communes the sources state none.
const PROVINCES_BASIS: &str = "Nghị quyết số 202/2025/QH15";

/// A unit of the national catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct National {
    /// Permanent id.
    pub(super) id: String,
    /// Code of the statistics office.
    pub(super) code: &'static str,
    /// Code on the national public service portal, as far as known.
    pub(super) portal_code: &'static str,
    /// Full name.
    pub(super) name: &'static str,
    /// Level.
    pub(super) level: Level,
    /// Position of the unit above.
    pub(super) parent: Option<usize>,
    /// First day, where it began with the new order.
    pub(super) valid_from: Option<Date>,
    /// Last day, where it ended with the old one.
    pub(super) valid_to: Option<Date>,
}

/// A change between two units of the catalogue, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NationalChange {
    pub(super) kind: ChangeKind,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) basis: &'static str,
}

/// What a site gets.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    pub(super) units: Vec<National>,
    pub(super) changes: Vec<NationalChange>,
}

/// The first day of the order of 34 provinces.
pub(super) fn first_day() -> Date {
    Date::new(2025, 7, 1).unwrap_or(Date::LATE)
}

fn last_day() -> Date {
    first_day().add_days(-1).unwrap_or(Date::LATE)
}

/// The codes of the provinces of today that a word of the settings means: its code, its id or its name; of a former
/// province the one that it went into; `all` means every one. Empty where the word means none.
pub(super) fn provinces(word: &str) -> Vec<&'static str> {
    let today: Vec<Line> = after().filter(Line::is_province).collect();
    if word == "all" {
        return today.iter().map(|l| l.code).collect();
    }
    let fits = |l: &Line| {
        l.code == word || ids::plain(l.name) == word || fold_name(l.name) == fold_name(word)
    };
    if let Some(found) = today.iter().find(|l| fits(l)) {
        return vec![found.code];
    }
    let mut former = before().filter(Line::is_province);
    former
        .find(|l| fits(l) || ids::former(&ids::plain(l.name)) == word)
        .map(|l| l.heir())
        .into_iter()
        .collect()
}

/// All names of provinces, for suggestions.
pub(super) fn province_ids() -> Vec<String> {
    let today = after().filter(Line::is_province);
    today.map(|l| ids::plain(l.name)).collect()
}

/// The units of some provinces of today, with what they were made of and the changes between them.
pub(super) fn select(wanted: &[&str]) -> Selection {
    let mut made = Selection::default();
    let former: Vec<Line> = before().filter(Line::is_province).collect();
    let mut today = ids::Present::new(province_ids());
    let mut is_wanted = false;
    let mut lines: Vec<Line> = Vec::new();
    for line in after() {
        if line.is_province() {
            made.present(&mut today, &former, &std::mem::take(&mut lines));
            is_wanted = wanted.contains(&line.code);
        }
        if is_wanted {
            lines.push(line);
        }
    }
    made.present(&mut today, &former, &lines);
    lines.clear();
    let mut moves = Vec::new();
    for line in before() {
        if line.is_province() {
            made.former(&today, &std::mem::take(&mut lines), &mut moves);
            is_wanted = wanted.contains(&line.heir());
        }
        if is_wanted {
            lines.push(line);
        }
    }
    made.former(&today, &lines, &mut moves);
    made.register(&today, &moves);
    made
}

/// A former unit, and the code of one that it went into, wholly or in part.
struct Move {
    from: usize,
    to: &'static str,
    is_part: bool,
}

impl Selection {
    /// Adds a province of today and its communes.
    fn present(&mut self, today: &mut ids::Present, former: &[Line], lines: &[Line]) {
        let Some((province, communes)) = lines.split_first() else {
            return;
        };
        let above = self.units.len();
        let is_old = former
            .iter()
            .any(|l| l.code == province.code && l.is_unchanged());
        self.units.push(National {
            id: ids::plain(province.name),
            code: province.code,
            portal_code: province.last,
            name: province.name,
            level: Level::Province,
            parent: None,
            valid_from: (!is_old).then(first_day),
            valid_to: None,
        });
        today.add(province.code, above);
        let namer = Namer::new(communes);
        for line in communes {
            let id = today.free(ids::below(&self.units[above].id, &namer.slug(line)), line);
            today.add(line.code, self.units.len());
            self.units.push(National {
                id,
                code: line.code,
                portal_code: "",
                name: line.name,
                level: Level::Commune,
                parent: Some(above),
                valid_from: Some(first_day()),
                valid_to: None,
            });
        }
    }

    /// Adds a former province, its districts and their communes; one that went on unchanged only gets the latter.
    fn former(&mut self, today: &ids::Present, lines: &[Line], moves: &mut Vec<Move>) {
        let Some((province, below)) = lines.split_first() else {
            return;
        };
        let above = if province.is_unchanged() {
            today.of(province.code)
        } else {
            let id = today.id_of_former(&ids::plain(province.name));
            Some(self.push_former(province, id, Level::Province, None, moves))
        };
        let Some(above) = above else { return };
        let base = self.units[above].id.clone();
        if !province.is_unchanged() {
            self.units[above].portal_code = self.portal_of(province, today);
        }
        let districts: Vec<Line> = below.iter().filter(|l| l.is_district()).copied().collect();
        let names = ids::Former::new(&districts, below);
        let mut seen = std::collections::HashSet::new();
        let mut district = above;
        for line in below {
            let wanted = if line.is_district() {
                ids::below(&base, &names.district(line))
            } else {
                names.commune(&base, &self.units[district].id, line)
            };
            let mut id = today.id_of_former(&wanted);
            if !seen.insert(id.clone()) {
                id = format!("{id}-{}", line.code);
                seen.insert(id.clone());
            }
            if line.is_district() {
                district = self.push_former(line, id, Level::District, Some(above), moves);
            } else {
                self.push_former(line, id, Level::Commune, Some(district), moves);
            }
        }
    }

    fn push_former(
        &mut self,
        line: &Line,
        id: String,
        level: Level,
        parent: Option<usize>,
        moves: &mut Vec<Move>,
    ) -> usize {
        let from = self.units.len();
        moves.extend(line.heirs().map(|(to, is_part)| Move { from, to, is_part }));
        self.units.push(National {
            id,
            code: line.code,
            portal_code: "",
            name: line.name,
            level,
            parent,
            valid_from: None,
            valid_to: Some(last_day()),
        });
        from
    }

    /// A former province has the portal code of that of today which kept its name.
    fn portal_of(&self, province: &Line, today: &ids::Present) -> &'static str {
        let heir = today.of(province.heir()).map(|at| &self.units[at]);
        let same = heir.filter(|h| fold_name(h.name) == fold_name(province.name));
        same.map_or("", |h| h.portal_code)
    }

    /// Makes the register of what became of the former units.
    fn register(&mut self, today: &ids::Present, moves: &[Move]) {
        let mut sources = vec![0u32; self.units.len()];
        let resolved: Vec<(usize, usize, bool)> = moves
            .iter()
            .filter_map(|m| Some((m.from, today.of(m.to)?, m.is_part)))
            .collect();
        for (_, to, _) in &resolved {
            sources[*to] += 1;
        }
        let mut areas: Vec<(usize, usize)> = Vec::new();
        for (from, to, is_part) in resolved {
            let (old, new) = (&self.units[from], &self.units[to]);
            let kind = match (is_part, sources[to]) {
                (true, _) => ChangeKind::Split,
                (false, 1) if fold(old.name) == fold(new.name) => ChangeKind::Reparent,
                (false, 1) => ChangeKind::Rename,
                (false, _) => ChangeKind::Merge,
            };
            let basis = if new.level == Level::Province {
                PROVINCES_BASIS
            } else {
                ""
            };
            if old.level == Level::Commune {
                areas.extend(old.parent.map(|district| (district, to)));
            }
            self.changes.push(NationalChange {
                kind,
                from,
                to,
                basis,
            });
        }
        // A district ended with the level; its area lies in the communes of today.
        areas.sort_unstable();
        areas.dedup();
        self.changes
            .extend(areas.into_iter().map(|(from, to)| NationalChange {
                kind: ChangeKind::Abolish,
                from,
                to,
                basis: "",
            }));
    }
}

#[cfg(test)]
mod tests;
