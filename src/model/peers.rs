//! Peer groups: units that are alike and ranked among themselves as well as among all.

use std::collections::BTreeMap;

use super::{Level, Unit, UnitIx};
use crate::text::normal::fold;

/// The word before the name of a commune that says what kind of commune it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommuneType {
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn (until 30 June 2025).
    Township,
    /// Đặc khu (from 1 July 2025).
    SpecialZone,
}

impl CommuneType {
    const ALL: [Self; 4] = [Self::Commune, Self::Ward, Self::Township, Self::SpecialZone];

    /// The word in a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commune => "xã",
            Self::Ward => "phường",
            Self::Township => "thị trấn",
            Self::SpecialZone => "đặc khu",
        }
    }

    /// The type that a full name begins with.
    fn of_name(name: &str) -> Option<Self> {
        let name = fold(name);
        Self::ALL.into_iter().find(|t| {
            let rest = name.strip_prefix(&fold(t.word()));
            rest.is_some_and(|r| r.starts_with(' '))
        })
    }
}

/// A group of units that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeerGroup {
    /// Communes of one type.
    Type(CommuneType),
    /// A group that the site declares, by its position in [`Peers::names`].
    Declared(u16),
}

/// The groups that a site declares.
#[derive(Clone, Debug, Default)]
pub struct Peers {
    /// Their names.
    pub names: Vec<String>,
    /// Which group each unit is in.
    pub members: BTreeMap<UnitIx, u16>,
}

impl Peers {
    /// The group of a unit: the declared one, else for a commune that of its type.
    pub fn group(&self, ix: UnitIx, unit: &Unit) -> Option<PeerGroup> {
        if let Some(group) = self.members.get(&ix) {
            return Some(PeerGroup::Declared(*group));
        }
        let is_commune = unit.level == Level::Commune;
        is_commune
            .then(|| CommuneType::of_name(&unit.name))
            .flatten()
            .map(PeerGroup::Type)
    }
}

#[cfg(test)]
mod tests {
    use super::CommuneType;

    #[test]
    fn the_type_is_the_word_before_the_name() {
        assert_eq!(
            CommuneType::of_name("Phường Việt Trì"),
            Some(CommuneType::Ward)
        );
        assert_eq!(
            CommuneType::of_name("XÃ Yên Phú"),
            Some(CommuneType::Commune)
        );
        assert_eq!(
            CommuneType::of_name("Đặc khu Hoàng Sa"),
            Some(CommuneType::SpecialZone)
        );
        assert_eq!(
            CommuneType::of_name("Thị trấn Vân Canh"),
            Some(CommuneType::Township)
        );
        // A name that only begins with the same letters.
        assert_eq!(CommuneType::of_name("Xám"), None);
        assert_eq!(CommuneType::of_name("Xã"), None);
    }
}
