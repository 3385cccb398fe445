//! `peers.csv` → the peer groups that a site declares.

use super::rows::{Rows, duplicate};
use crate::diagnostic::{Checked, Diagnostic, Place, codes};
use crate::model::{Peers, UnitIx, Units};
use crate::source::Sources;
use crate::text::suggest::suggest;

const COLUMNS: &[&str] = &["name", "members"];

/// Reads the groups. A unit stands in one group only: a second mention is a finding and does not count.
pub(super) fn read(sources: &Sources, units: &Units) -> Checked<Peers> {
    let mut findings = Vec::new();
    let mut peers = Peers::default();
    let path = "data/catalog/peers.csv";
    let Some(rows) = Rows::read(sources, path, COLUMNS, COLUMNS, &mut findings) else {
        return Checked::new(peers, findings);
    };
    let mut first: Vec<(UnitIx, Place)> = Vec::new();
    for row in rows.iter() {
        let name = row.text("name");
        if name.is_empty() {
            let d = Diagnostic::new(codes::KEY_MISSING, row.place("name")).with("name", "name");
            findings.push(d);
            continue;
        }
        let group = u16::try_from(peers.names.len()).unwrap_or(u16::MAX);
        peers.names.push(name);
        for id in row.list("members") {
            let place = row.place("members");
            let Some(unit) = units.find(&id) else {
                let d = Diagnostic::new(codes::UNIT_UNKNOWN, place)
                    .with("name", &id)
                    .suggest(suggest(&id, units.list.iter().map(|u| u.id.as_str())));
                findings.push(d);
                continue;
            };
            if let Some((_, earlier)) = first.iter().find(|(u, _)| *u == unit) {
                findings.push(duplicate(&id, place, earlier));
                continue;
            }
            first.push((unit, place));
            peers.members.insert(unit, group);
        }
    }
    Checked::new(peers, findings)
}

#[cfg(test)]
mod tests {
    use super::super::read as catalog;
    use crate::model::PeerGroup;
    use crate::source::{SourceFile, Sources};

    #[test]
    fn a_unit_stands_in_one_group() {
        let units = "id,name,level,parent\na,Tỉnh A,tinh,\na/b,Xã B,xa,a\na/c,Phường C,xa,a\n";
        let peers = "name,members\nvùng cao,a/b|a/d\nven biển,a/b|a/c\n";
        let checked = catalog(&Sources::new(vec![
            SourceFile::new("data/catalog/units.csv", units),
            SourceFile::new("data/catalog/peers.csv", peers),
        ]));
        let found: Vec<&str> = checked
            .diagnostics
            .iter()
            .map(|d| d.code.as_str())
            .collect();
        assert_eq!(found, ["unit-unknown", "id-duplicate"]);
        let group = |id: &str| {
            let catalog = &checked.value;
            let ix = catalog.units.find(id)?;
            catalog.peers.group(ix, catalog.units.get(ix))
        };
        assert_eq!(group("a/b"), Some(PeerGroup::Declared(0)));
        assert_eq!(group("a/c"), Some(PeerGroup::Declared(1)));
        assert_eq!(group("a"), None);
    }
}
