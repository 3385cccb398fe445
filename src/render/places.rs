//! The place of a unit in words: among all, among its peers, and the ranks that its counts allow.

use super::view::View;
use crate::analysis::ranking::footing::Window;
use crate::analysis::{Coverage, PeerPlace, RankEntry, Ranking, Refusal, Unranked};
use crate::model::{IndicatorIx, Level, MeasureIx, PeerGroup, Stat};
use crate::render::account::Tongue;

/// "đứng thứ 12 trong 148 xã, phường; thứ 3 trong 35 phường".
pub(crate) fn place(view: &View<'_>, entry: &RankEntry, n: usize, level: Level) -> String {
    let all = among_all(view, entry, n, level);
    match &entry.peers {
        Some(peers) => format!("{all}; {}", among_peers(view, peers)),
        None => all,
    }
}

fn among_all(view: &View<'_>, entry: &RankEntry, n: usize, level: Level) -> String {
    let (r, n) = (view.count(entry.rank), view.count(n));
    let noun = view.level_noun(level);
    if entry.shared > 1 {
        let others = (entry.shared - 1).to_string();
        let joint = view.t("rank.joint", &[("r", &r), ("k", &others)]);
        let values = [("place", &*joint), ("n", &n), ("noun", &noun)];
        return view.t("rank.joint_of", &values);
    }
    if entry.rank == 1 {
        return view.t("rank.first", &[("n", &n), ("noun", &noun)]);
    }
    view.t("rank.place", &[("r", &r), ("n", &n), ("noun", &noun)])
}

/// "thứ 3 trong 35 phường".
fn among_peers(view: &View<'_>, peers: &PeerPlace) -> String {
    let key = match (peers.shared, peers.rank) {
        (1, 1) => "rank.first_in_group",
        (1, _) => "rank.in_group",
        _ => "rank.joint_in_group",
    };
    view.t(
        key,
        &[
            ("r", &view.count(peers.rank)),
            ("n", &view.count(peers.of)),
            ("group", &group(view, peers.group)),
        ],
    )
}

/// What the units of a group are called: "phường", "đơn vị nhóm vùng cao".
fn group(view: &View<'_>, group: PeerGroup) -> String {
    match group {
        PeerGroup::Type(_) => Tongue::new(&view.strings).group(view, group),
        PeerGroup::Declared(at) => {
            let names = &view.analysis.catalog.peers.names;
            let name = names.get(usize::from(at)).map_or("", String::as_str);
            view.t("rank.group", &[("name", name)])
        }
    }
}

/// `3/35 phường`, in a column.
pub(crate) fn peers_cell(view: &View<'_>, peers: &PeerPlace) -> String {
    let tie = if peers.shared > 1 { " =" } else { "" };
    let group = group(view, peers.group);
    format!("{}{tie}/{} {group}", peers.rank, peers.of)
}

/// `4–9`, where the counts allow more than one rank.
pub(crate) fn band_cell(entry: &RankEntry) -> Option<String> {
    let (best, worst) = entry.band?;
    Some(if best == worst {
        best.to_string()
    } else {
        format!("{best}–{worst}")
    })
}

/// "khoảng hạng 4–9".
pub(crate) fn band(view: &View<'_>, entry: &RankEntry) -> Option<String> {
    let (best, worst) = entry.band.filter(|(best, worst)| best < worst)?;
    Some(view.t(
        "rank.band",
        &[("a", &view.count(best)), ("b", &view.count(worst))],
    ))
}

/// "135/148 đơn vị có số liệu".
pub(crate) fn coverage(view: &View<'_>, c: Coverage) -> String {
    let (a, b) = (view.count(c.reported), view.count(c.expected));
    view.t("rank.coverage", &[("a", &a), ("b", &b)])
}

/// Why nobody is ranked.
pub(crate) fn refusal(view: &View<'_>, ranking: &Ranking) -> Option<String> {
    let coverage = ranking.coverage;
    let (a, b) = (view.count(coverage.reported), view.count(coverage.expected));
    Some(match ranking.refusal? {
        Refusal::FewReported => view.t("rank.refused_few", &[("a", &a), ("b", &b)]),
        Refusal::MixedBases => view.t("rank.refused_bases", &[]),
        Refusal::MixedDays => view.t("rank.refused_days", &[]),
    })
}

/// Why a unit has no rank, in words.
pub(crate) fn reason(view: &View<'_>, indicator: IndicatorIx, why: Unranked) -> String {
    match why {
        Unranked::NoActivity => view.t("rank.no_activity", &[]),
        Unranked::TooFew => {
            let minimum = view.analysis.minimum_base(indicator).to_string();
            let noun = counted(view, indicator);
            let values = [("noun", noun.as_str()), ("n", &minimum)];
            view.t("rank.too_few", &values)
        }
        Unranked::NotReported => view.t("rank.not_reported", &[]),
        Unranked::NotApplicable => view.t("state.not_applicable", &[]),
        Unranked::Doubtful => view.t("rank.doubtful", &[]),
        Unranked::Suppressed => view.t("state.suppressed", &[]),
        Unranked::NotComparable => view.t("rank.not_comparable", &[]),
        Unranked::StatedOnly => view.t("rank.stated_only", &[]),
        Unranked::PartialSum(a, b) => {
            let (a, b) = (a.to_string(), b.to_string());
            view.t("rank.partial_sum", &[("a", &a), ("b", &b)])
        }
        Unranked::OtherBase(0) => view.t("rank.other_base", &[]),
        Unranked::OtherBase(n) => view.t("rank.other_base_services", &[("n", &n.to_string())]),
        Unranked::OtherDays(window) => other_days(view, window),
        Unranked::OnlyOne => view.t("rank.only_one", &[]),
    }
}

fn other_days(view: &View<'_>, (start, end): Window) -> String {
    let (a, b) = (view.day(start), view.day(end));
    view.t("rank.other_days", &[("a", &a), ("b", &b)])
}

/// What the denominator counts: "hồ sơ tiếp nhận".
pub(crate) fn counted(view: &View<'_>, indicator: IndicatorIx) -> String {
    let own = view.noun(Stat::Indicator(indicator));
    let catalog = view.analysis.catalog;
    let measure = |m: &MeasureIx| catalog.measure(*m).unit.as_str();
    let denominator = &catalog.indicator(indicator).denominator;
    let words = [own, denominator.first().map_or("", measure)];
    let said = words.into_iter().find(|w| !w.is_empty());
    said.map_or_else(|| view.t("words.cases", &[]), str::to_owned)
}
