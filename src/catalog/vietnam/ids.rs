//! The ids of the national catalogue: made of names alone, so that they stay as they are.
//!
//! - A province is its name: `phu-tho`. A former one whose name a province of today holds ends in `-den-2025-06`.
//! - A commune of today stands below its province: `phu-tho/viet-tri`. Where two of one province have like names, both
//!   keep their type word (`xa-tan-lap`, `phuong-tan-lap`), and where that does not tell them apart, their code.
//!   A name that is a number keeps it always (`phuong-1`).
//! - A former district or commune stands below its former province: `thanh-hoa/cam-luong`; districts choose first.
//!   Where a commune's name is not the only one in that province, it stands below its district:
//!   `vinh-phuc/lap-thach/dong-ich`.
//! - What one of today holds already gets `-den-2025-06`: `thanh-hoa/cam-tu-den-2025-06`.

use std::collections::{HashMap, HashSet};

use super::tables::Line;
use crate::text::slug::slug;

const TYPES: [&str; 9] = [
    "Thành phố ",
    "Thị xã ",
    "Thị trấn ",
    "Đặc khu ",
    "Phường ",
    "Tỉnh ",
    "Quận ",
    "Huyện ",
    "Xã ",
];

/// The name without its type word.
pub(in crate::catalog) fn bare(name: &str) -> &str {
    let found = TYPES.iter().find_map(|t| name.strip_prefix(t));
    found.unwrap_or(name)
}

/// The slug of a name without its type word; of a number with it.
pub(super) fn plain(name: &str) -> String {
    let bare = bare(name);
    if bare.bytes().all(|b| b.is_ascii_digit()) {
        slug(name)
    } else {
        slug(bare)
    }
}

/// The id of a former unit, where one of today holds the plain one.
pub(super) fn former(id: &str) -> String {
    format!("{id}-den-2025-06")
}

/// The id of a unit below another.
pub(super) fn below(above: &str, slug: &str) -> String {
    format!("{above}/{slug}")
}

/// Chooses slugs among units that stand side by side.
pub(super) struct Namer {
    plain: HashMap<String, u32>,
    typed: HashMap<String, u32>,
}

impl Namer {
    pub(super) fn new(lines: &[Line]) -> Self {
        let mut namer = Self {
            plain: HashMap::new(),
            typed: HashMap::new(),
        };
        for line in lines {
            *namer.plain.entry(plain(line.name)).or_default() += 1;
            *namer.typed.entry(slug(line.name)).or_default() += 1;
        }
        namer
    }

    /// The plain slug where no other has it, else that with the type word, else with the code.
    pub(super) fn slug(&self, line: &Line) -> String {
        let (plain, typed) = (plain(line.name), slug(line.name));
        if self.plain.get(&plain) == Some(&1) {
            plain
        } else if self.typed.get(&typed) == Some(&1) {
            typed
        } else {
            format!("{typed}-{}", line.code)
        }
    }
}

/// Slugs of the districts and communes of a former province.
pub(super) struct Former {
    districts: Namer,
    /// How many districts and communes of the province have a slug.
    all: HashMap<String, u32>,
    /// The communes of each district, by the code of their district.
    within: HashMap<&'static str, Namer>,
    district_of: HashMap<&'static str, &'static str>,
}

impl Former {
    pub(super) fn new(districts: &[Line], below: &[Line]) -> Self {
        let mut all: HashMap<String, u32> = HashMap::new();
        for line in below {
            *all.entry(plain(line.name)).or_default() += 1;
        }
        let mut within = HashMap::new();
        let mut district_of = HashMap::new();
        for group in below.chunk_by(|_, next| !next.is_district()) {
            if let [district, communes @ ..] = group {
                within.insert(district.code, Namer::new(communes));
                district_of.extend(communes.iter().map(|c| (c.code, district.code)));
            }
        }
        Self {
            districts: Namer::new(districts),
            all,
            within,
            district_of,
        }
    }

    pub(super) fn district(&self, line: &Line) -> String {
        self.districts.slug(line)
    }

    /// The id of a commune below its province, or where its name is not the only one there, below its district.
    pub(super) fn commune(&self, province: &str, district: &str, line: &Line) -> String {
        let plain = plain(line.name);
        if self.all.get(&plain) == Some(&1) {
            return below(province, &plain);
        }
        let namer = self
            .district_of
            .get(line.code)
            .and_then(|d| self.within.get(d));
        let slug = namer.map_or(plain, |n| n.slug(line));
        below(district, &slug)
    }
}

/// The units of today: where each stands, and which ids are taken.
pub(super) struct Present {
    of: HashMap<&'static str, usize>,
    ids: HashSet<String>,
}

impl Present {
    /// Begins with the ids of all provinces.
    pub(super) fn new(provinces: Vec<String>) -> Self {
        Self {
            of: HashMap::new(),
            ids: provinces.into_iter().collect(),
        }
    }

    pub(super) fn add(&mut self, code: &'static str, at: usize) {
        self.of.insert(code, at);
    }

    /// The position of a unit of today.
    pub(super) fn of(&self, code: &str) -> Option<usize> {
        self.of.get(code).copied()
    }

    /// Takes an id, with the code where it is taken already.
    pub(super) fn free(&mut self, id: String, line: &Line) -> String {
        let id = if self.ids.contains(&id) {
            format!("{id}-{}", line.code)
        } else {
            id
        };
        self.ids.insert(id.clone());
        id
    }

    /// The id of a former unit.
    pub(super) fn id_of_former(&self, id: &str) -> String {
        if self.ids.contains(id) {
            former(id)
        } else {
            id.to_owned()
        }
    }
}
