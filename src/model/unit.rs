//! Administrative units, agencies and blocks of units, with the dates between which each exists.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Changes, index};
use crate::diagnostic::Place;
use crate::text::date::Date;

index! {
    /// A unit of the catalogue.
    UnitIx(u32)
}

/// The level of a unit in the administrative tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The country.
    Country,
    /// A ministry or body of its rank.
    Ministry,
    /// A province or centrally-run city.
    Province,
    /// A district (until 30 June 2025).
    District,
    /// A commune, ward or special zone.
    Commune,
    /// A hamlet.
    Hamlet,
    /// An agency of a unit.
    Agency,
    /// A set of units that reports give figures for; ranked with no one.
    Block,
}

impl Level {
    /// The level of that name in the catalogue.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "quoc-gia" => Self::Country,
            "bo" => Self::Ministry,
            "tinh" => Self::Province,
            "huyen" => Self::District,
            "xa" => Self::Commune,
            "thon" => Self::Hamlet,
            "co-quan" => Self::Agency,
            "khoi" => Self::Block,
            _ => return None,
        })
    }

    /// Its name in the catalogue.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "quoc-gia",
            Self::Ministry => "bo",
            Self::Province => "tinh",
            Self::District => "huyen",
            Self::Commune => "xa",
            Self::Hamlet => "thon",
            Self::Agency => "co-quan",
            Self::Block => "khoi",
        }
    }

    /// Names that a file may use.
    pub const NAMES: &'static str = "quoc-gia, bo, tinh, huyen, xa, thon, co-quan";
}

/// A unit, or a block of units.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Permanent id; makes the address of its page.
    pub id: String,
    /// Official (GSO) code; may have meant another unit at another date.
    pub code: String,
    /// Code on the national public service portal.
    pub portal_code: String,
    /// Full name with its type word.
    pub name: String,
    /// Name without the type word, for charts.
    pub short_name: String,
    /// Full name in English; empty where there is none.
    pub name_en: String,
    /// Short name in English: the full one where there is no other.
    pub short_name_en: String,
    /// Level in the tree.
    pub level: Level,
    /// The unit above.
    pub parent: Option<UnitIx>,
    /// First day, where known.
    pub valid_from: Option<Date>,
    /// Last day, where it has ended.
    pub valid_to: Option<Date>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// For a block: the units it is made of, as far as the catalogue has them.
    pub members: Vec<UnitIx>,
    /// Where the catalogue has it.
    pub place: Place,
}

impl Unit {
    /// Whether it exists on `day`.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|d| d <= day) && self.valid_to.is_none_or(|d| day <= d)
    }
}

/// All units with their tree and their names.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// The units, in the order of the catalogue, blocks last.
    pub list: Vec<Unit>,
    /// The register of changes, by date.
    pub changes: Changes,
    by_id: HashMap<String, UnitIx>,
    by_name: HashMap<String, Vec<UnitIx>>,
    children: Vec<Vec<UnitIx>>,
}

impl Units {
    /// Builds the tree and the lookup. `names` gives the folded names under which a unit is found.
    pub fn new(list: Vec<Unit>, changes: Changes, names: impl Fn(&Unit) -> Vec<String>) -> Self {
        let mut units = Self {
            children: vec![Vec::new(); list.len()],
            changes,
            ..Self::default()
        };
        for (i, unit) in list.iter().enumerate() {
            let ix = UnitIx::from_at(i);
            units.by_id.entry(unit.id.clone()).or_insert(ix);
            for name in names(unit) {
                let found = units.by_name.entry(name).or_default();
                if !found.contains(&ix) {
                    found.push(ix);
                }
            }
            if let Some(parent) = unit.parent
                && unit.level != Level::Block
            {
                units.children[parent.at()].push(ix);
            }
        }
        units.list = list;
        units
    }

    /// The unit of an index.
    pub fn get(&self, ix: UnitIx) -> &Unit {
        &self.list[ix.at()]
    }

    /// The unit of an id.
    pub fn find(&self, id: &str) -> Option<UnitIx> {
        self.by_id.get(id).copied()
    }

    /// All units that bear a folded name, in the order of the catalogue.
    pub fn named(&self, folded: &str) -> &[UnitIx] {
        self.by_name.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The units directly below, blocks left out.
    pub fn children(&self, ix: UnitIx) -> &[UnitIx] {
        &self.children[ix.at()]
    }

    /// Whether `ix` is `ancestor` or below it.
    pub fn is_within(&self, ix: UnitIx, ancestor: UnitIx) -> bool {
        self.ancestors(ix).any(|u| u == ancestor)
    }

    /// Whether `ix`, or a unit above it, became a part of `heir` or of a unit below that.
    pub fn went_into(&self, ix: UnitIx, heir: UnitIx) -> bool {
        let became = |u: UnitIx| self.changes.departures(u).filter_map(|c| c.to);
        self.ancestors(ix)
            .any(|u| became(u).any(|to| self.is_within(to, heir)))
    }

    /// The unit itself and all units above it. Ends also where the catalogue has a circle.
    pub fn ancestors(&self, ix: UnitIx) -> impl Iterator<Item = UnitIx> + '_ {
        std::iter::successors(Some(ix), |u| self.get(*u).parent).take(16)
    }

    /// All indices, in the order of the catalogue.
    pub fn indices(&self) -> impl Iterator<Item = UnitIx> + use<> {
        (0..self.list.len()).map(UnitIx::from_at)
    }

    /// All ids and names, for suggestions.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|u| u.name.as_str())
    }
}

/// The path of the catalogue file that holds units.
pub fn catalogue_path() -> Arc<str> {
    "data/catalog/units.csv".into()
}
