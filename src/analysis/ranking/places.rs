//! Candidates → ranks, bands and places among peers.

use std::collections::BTreeMap;

use super::band::{Placed, bands, wilson};
use super::{Candidate, PeerPlace, RankEntry, Subject};
use crate::analysis::{Analysis, Observation};
use crate::decimal::Decimal;
use crate::diagnostic::to_u32;
use crate::model::{
    Direction, IndicatorIx, IndicatorKind, MeasureIx, MeasureType, PeerGroup, UnitIx,
};
use crate::text::order;

impl Analysis<'_> {
    /// Best first, with ranks, bands and places among peers.
    pub(super) fn entries(&self, subject: Subject, candidates: &[Candidate]) -> Vec<RankEntry> {
        let direction = self.catalog.indicator(subject.indicator).direction;
        let mut sorted: Vec<(UnitIx, Decimal, Observation)> = candidates
            .iter()
            .filter_map(|c| Some((c.unit, c.o.sound()?, c.o)))
            .collect();
        sorted.sort_by(|a, b| {
            let by_value = if direction == Direction::Down {
                a.1.cmp(&b.1)
            } else {
                b.1.cmp(&a.1)
            };
            by_value
                .then_with(|| order::compare(self.short_name(a.0), self.short_name(b.0)))
                .then_with(|| a.0.cmp(&b.0))
        });
        let mut entries = with_ranks(&sorted);
        if self.is_part_of_whole(subject.indicator) {
            let placed: Vec<Placed> = sorted
                .iter()
                .map(|(_, percent, o)| Placed {
                    percent: *percent,
                    interval: o
                        .numerator
                        .zip(o.denominator)
                        .and_then(|(n, d)| wilson(n, d)),
                })
                .collect();
            let bands = bands(&placed, direction == Direction::Down);
            for (entry, band) in entries.iter_mut().zip(bands) {
                entry.band = band;
            }
        }
        self.among_peers(&mut entries);
        entries
    }

    /// Whether the numerator counts some of what the denominator counts.
    fn is_part_of_whole(&self, indicator: IndicatorIx) -> bool {
        let d = self.catalog.indicator(indicator);
        let counts = |m: &MeasureIx| self.catalog.measure(*m).kind == MeasureType::Count;
        d.kind == IndicatorKind::Ratio
            && d.has_base()
            && !d.may_exceed_100
            && d.numerator.iter().chain(&d.denominator).all(counts)
    }

    /// Ranks each unit within its group; a group of one, or of all, says nothing more.
    fn among_peers(&self, entries: &mut [RankEntry]) {
        let mut groups: BTreeMap<PeerGroup, Vec<usize>> = BTreeMap::new();
        for (at, e) in entries.iter().enumerate() {
            let unit = self.catalog.units.get(e.unit);
            if let Some(group) = self.catalog.peers.group(e.unit, unit) {
                groups.entry(group).or_default().push(at);
            }
        }
        let all = entries.len();
        for (group, members) in groups {
            if members.len() < 2 || members.len() == all {
                continue;
            }
            let ranks: Vec<u32> = members.iter().map(|at| entries[*at].rank).collect();
            for at in &members {
                // Ranks among all grow along the group.
                let own = entries[*at].rank;
                let before = ranks.partition_point(|r| *r < own);
                let to = ranks.partition_point(|r| *r <= own);
                entries[*at].peers = Some(PeerPlace {
                    group,
                    rank: to_u32(before + 1),
                    shared: to_u32(to - before),
                    of: to_u32(members.len()),
                });
            }
        }
    }
}

/// Gives equal figures the same rank and skips the ranks after them: 1-2-2-4.
fn with_ranks(sorted: &[(UnitIx, Decimal, Observation)]) -> Vec<RankEntry> {
    let mut out = Vec::with_capacity(sorted.len());
    let mut start = 0;
    while start < sorted.len() {
        let value = sorted[start].1;
        let shared = sorted[start..].iter().take_while(|e| e.1 == value).count();
        for (unit, _, observation) in &sorted[start..start + shared] {
            out.push(RankEntry {
                unit: *unit,
                rank: to_u32(start + 1),
                shared: to_u32(shared),
                observation: *observation,
                band: None,
                peers: None,
            });
        }
        start += shared;
    }
    out
}
