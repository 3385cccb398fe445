//! Invented units: a commune, a province with its agencies and communes, or a country.

use super::random::Random;

/// What kind of unit it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Country,
    Province,
    Agency,
    Commune,
}

impl Level {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Country => "quoc-gia",
            Self::Province => "tinh",
            Self::Agency => "co-quan",
            Self::Commune => "xa",
        }
    }

    /// Whether units of this level fill in figures; those above them are rolled up.
    pub(crate) fn reports(self) -> bool {
        matches!(self, Self::Agency | Self::Commune)
    }
}

/// A unit and what drives its figures.
pub(crate) struct Unit {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) short_name: String,
    pub(crate) level: Level,
    /// Id of the unit above; empty at the top.
    pub(crate) parent: String,
    /// People served.
    pub(crate) people: u64,
    /// Thousandths of dossiers filed online in the first month.
    pub(crate) online: u64,
    /// Thousandths of dossiers done in time in the first month.
    pub(crate) in_time: u64,
    /// Thousandths of citizens with an active account in the first month.
    pub(crate) active: u64,
}

/// Up to this many reporting units make one province; more make a country.
const LARGEST_PROVINCE: usize = 200;

/// The reporting units of one province of a country, so that 3,355 of them make 34 provinces.
const PROVINCE_OF_COUNTRY: usize = 99;

/// Of how many reporting units of a province one is an agency, as 15 of 140.
const AGENCY_SHARE: (usize, usize) = (15, 140);

/// All units above and including `reporting` ones, parents first.
pub(crate) fn make(reporting: usize) -> Vec<Unit> {
    let mut list = Vec::with_capacity(reporting + 40);
    if reporting <= LARGEST_PROVINCE {
        let agencies = if reporting == 1 {
            0
        } else {
            (reporting * AGENCY_SHARE.0 / AGENCY_SHARE.1).max(1)
        };
        let province = province(1, "");
        let id = province.id.clone();
        list.push(province);
        list.extend((1..=agencies).map(|n| agency(n, &id)));
        list.extend((1..=reporting - agencies).map(|n| commune(n, &id)));
        return list;
    }
    let count = reporting.div_ceil(PROVINCE_OF_COUNTRY);
    let communes = reporting - count;
    list.push(country());
    for n in 1..=count {
        let province = province(n, "ca-nuoc");
        let id = province.id.clone();
        list.push(province);
        list.push(all_agencies(n, &id));
        let (from, to) = (communes * (n - 1) / count + 1, communes * n / count);
        list.extend((from..=to).map(|n| commune(n, &id)));
    }
    list
}

fn country() -> Unit {
    let above = unit(Level::Country, 0, "ca-nuoc".into(), "");
    Unit {
        name: "Cả nước (minh họa)".into(),
        short_name: "Cả nước".into(),
        ..above
    }
}

fn province(n: usize, parent: &str) -> Unit {
    let above = unit(Level::Province, n, format!("tinh-minh-hoa-{n:02}"), parent);
    Unit {
        name: format!("Tỉnh Minh Họa {n:02}"),
        short_name: format!("Minh Họa {n:02}"),
        ..above
    }
}

fn agency(n: usize, parent: &str) -> Unit {
    let one = unit(
        Level::Agency,
        n,
        format!("{parent}/so-vi-du-{n:02}"),
        parent,
    );
    Unit {
        name: format!("Sở Ví Dụ {n:02}"),
        short_name: format!("Sở Ví Dụ {n:02}"),
        ..one
    }
}

/// The agencies of a province of a country report together.
fn all_agencies(n: usize, parent: &str) -> Unit {
    let one = unit(Level::Agency, n, format!("{parent}/so-nganh"), parent);
    Unit {
        name: format!("Sở, ngành tỉnh Minh Họa {n:02}"),
        short_name: format!("Sở, ngành Minh Họa {n:02}"),
        ..one
    }
}

fn commune(n: usize, parent: &str) -> Unit {
    let (word, slug) = match n % 9 {
        0 | 4 => ("Phường", "phuong"),
        _ => ("Xã", "xa"),
    };
    let one = unit(
        Level::Commune,
        n,
        format!("{parent}/{slug}-vi-du-{n}"),
        parent,
    );
    Unit {
        name: format!("{word} Ví Dụ {n}"),
        short_name: format!("{word} Ví Dụ {n}"),
        ..one
    }
}

fn unit(level: Level, n: usize, id: String, parent: &str) -> Unit {
    let purpose = if level == Level::Commune { 1 } else { 2 };
    let mut random = Random::of(purpose, n);
    // The product of two even draws: many small communes, few large ones.
    let people = 4_000 + random.below(300) * random.below(300);
    Unit {
        id,
        code: if level == Level::Commune {
            format!("MH{n:05}")
        } else {
            String::new()
        },
        name: String::new(),
        short_name: String::new(),
        level,
        parent: parent.to_owned(),
        people: if level == Level::Agency {
            people * 3
        } else {
            people
        },
        online: random.between(420, 760),
        in_time: random.between(880, 985),
        active: random.between(380, 620),
    }
}
