//! Rankings as tables, ends, and the place of one unit.

use super::context::{
    Bar, Cell, Change, Definition, Direction, Leaders, LinkRow, RankSummary, RankingRow,
    RankingSection, RankingTable, State as Shape, Tag, UnrankedRow,
};
use super::ends::{self, Ends};
use super::view::View;
use super::words::{lower_first, unit_in_text};
use super::{listing, places};
use crate::analysis::ranking::moves::{Moves, moves};
use crate::analysis::{Observation, RankEntry, Ranking, Scope, Unranked};
use crate::model::{IndicatorIx, IndicatorKind, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::text::date::Date;

/// A ranking with everything that names it.
pub(crate) struct Ranked {
    pub(crate) indicator: IndicatorIx,
    pub(crate) scope: Scope,
    pub(crate) period: PeriodIx,
    pub(crate) service: ServiceIx,
    pub(crate) ranking: Ranking,
    /// The ranking of the period before, where there is one.
    pub(crate) before: Option<Ranking>,
    /// How places moved since then.
    pub(crate) moves: Moves,
    /// The day in between on which the units were rearranged: places then and now do not compare.
    pub(crate) broken: Option<Date>,
}

/// Makes a ranking and the one before it.
pub(crate) fn make(
    view: &View<'_>,
    indicator: IndicatorIx,
    scope: Scope,
    period: PeriodIx,
    service: ServiceIx,
) -> Ranked {
    let ranking = |p| {
        view.analysis
            .ranking(indicator, service, p, scope, view.shown_units())
    };
    let before = view.analysis.previous(period).map(ranking);
    let ranking = ranking(period);
    let moves = before.as_ref().map(|b| moves(b, &ranking));
    let previous = view.analysis.previous(period);
    Ranked {
        indicator,
        scope,
        period,
        service,
        ranking,
        before,
        moves: moves.unwrap_or_default(),
        broken: previous.and_then(|p| view.analysis.scope_break(scope, p, period)),
    }
}

impl Ranked {
    pub(crate) fn stat(&self) -> Stat {
        Stat::Indicator(self.indicator)
    }

    /// "148 xã, phường của tỉnh Phú Thọ".
    pub(crate) fn who(&self, view: &View<'_>) -> String {
        of_place(view, self.scope)
    }

    /// The title in a list.
    pub(crate) fn title(&self, view: &View<'_>) -> String {
        format!("{}, {}", view.label(self.stat()), self.who(view))
    }
}

/// The table of a ranking: all rows, or only the first and last `ends`.
pub(crate) fn section(
    view: &View<'_>,
    r: &Ranked,
    ends: Option<usize>,
    own: Option<UnitIx>,
) -> RankingSection {
    let n = r.ranking.entries.len();
    // A row that says that one row is left out would be as long as that row.
    let shown = |i: usize| ends.is_none_or(|e| n <= 2 * e + 1 || i < e || i + e >= n);
    let mut rows = Vec::new();
    let mut cut_from: Option<usize> = None;
    for (i, entry) in r.ranking.entries.iter().enumerate() {
        if shown(i) || own == Some(entry.unit) {
            if let Some(from) = cut_from.take() {
                rows.push(cut(view, from, i));
            }
            rows.push(row(view, r, entry, own));
        } else if cut_from.is_none() {
            cut_from = Some(i);
        }
    }
    if let Some(from) = cut_from {
        rows.push(cut(view, from, n));
    }
    let has_moves = rows.iter().any(|r| r.moved.is_some());
    let has_peers = rows.iter().any(|r| r.peers.is_some());
    let has_bands = rows.iter().any(|r| r.band.is_some());
    let definition = view.analysis.catalog.indicator(r.indicator);
    let is_ratio = definition.kind == IndicatorKind::Ratio;
    let head = |list: &[crate::model::MeasureIx]| {
        (is_ratio && !list.is_empty()).then(|| {
            list.iter()
                .map(|m| view.analysis.catalog.measure(*m).label.as_str())
                .collect::<Vec<_>>()
                .join(" + ")
        })
    };
    let mut note = view.t("rank.basis", &[]);
    if let Some(why) = no_moves(view, r).or_else(|| moved_among(view, r)) {
        note = format!("{note} {why}");
    }
    RankingSection {
        id: format!("xep-hang-{}", r.scope.level.as_str()),
        title: view.t("rank.title", &[("who", &r.who(view))]),
        note: Some(format!(
            "{note} {}.",
            places::coverage(view, r.ranking.coverage)
        )),
        refusal: places::refusal(view, &r.ranking),
        list: listing::of(view, r),
        table: RankingTable {
            caption: format!(
                "{}, {}, {}",
                definition.label,
                r.who(view),
                view.period_in_text(r.period)
            ),
            unit_label: super::words::upper_first(&view.level_noun(r.scope.level)),
            rate_label: definition.short_label.clone(),
            part_label: head(&definition.numerator),
            whole_label: head(&definition.denominator),
            has_moves,
            has_peers,
            has_bands,
            rows,
        },
        close_note: has_bands.then(|| {
            let noun = places::counted(view, r.indicator);
            view.t("rank.band_meaning", &[("noun", &noun)])
        }),
        unranked: r
            .ranking
            .unranked
            .iter()
            .map(|(u, why, o)| unranked(view, r.indicator, *u, *why, o))
            .collect(),
        unranked_note: (!r.ranking.unranked.is_empty()).then(|| {
            let a = r.ranking.unranked.len();
            let b = a + r.ranking.listed.len() + n;
            let noun = view.level_noun(r.scope.level);
            let values = [
                ("a", &*view.count(a)),
                ("b", &view.count(b)),
                ("noun", &noun),
            ];
            view.t("rank.not_ranked_of", &values)
        }),
        more: ends.map(|_| {
            View::link(
                &view.t("rank.see", &[]),
                view.ranking_href(r.indicator, r.scope),
            )
        }),
    }
}

fn cut(view: &View<'_>, from: usize, to: usize) -> RankingRow {
    let (a, b) = ((from + 1).to_string(), to.to_string());
    RankingRow {
        cut: Some(view.t("rank.cut", &[("a", &a), ("b", &b)])),
        ..RankingRow::default()
    }
}

fn row(view: &View<'_>, r: &Ranked, entry: &RankEntry, own: Option<UnitIx>) -> RankingRow {
    let stat = r.stat();
    let o = &entry.observation;
    let is_own = own == Some(entry.unit);
    RankingRow {
        id: row_id(view, entry.unit),
        rank: entry.rank.to_string(),
        tie: entry.shared > 1,
        moved: moved(view, r, entry),
        name: view.unit_name(entry.unit).to_owned(),
        href: view.unit_href(entry.unit),
        rate: o
            .value
            .map_or_else(String::new, |v| view.column_figure(stat, v)),
        bar: View::bar_length(o).map(|percent| Bar {
            percent,
            highlight: is_own,
        }),
        note: view.left_out(stat, entry.unit, r.service, r.period),
        cells_href: cells_href(view, r.indicator, entry.unit),
        band: places::band_cell(entry),
        peers: entry.peers.map(|p| places::peers_cell(view, &p)),
        part: o
            .numerator
            .map(|n| view.number(super::words::trim_zeros(n))),
        whole: o
            .denominator
            .map(|d| view.number(super::words::trim_zeros(d))),
        own: is_own,
        close: false,
        marks: Vec::new(),
        cut: None,
    }
}

/// The anchor of a unit's row.
fn row_id(view: &View<'_>, unit: UnitIx) -> String {
    let id = &view.analysis.catalog.units.get(unit).id;
    format!("u-{}", id.replace('/', "-"))
}

/// Why places are not compared with those of the period before, where areas moved in between.
pub(crate) fn no_moves(view: &View<'_>, r: &Ranked) -> Option<String> {
    let had_places = r.before.as_ref().is_some_and(|b| !b.entries.is_empty());
    let day = r.broken.filter(|_| had_places)?;
    Some(view.t("history.rank_break", &[("d", &view.day(day))]))
}

/// Among whom places are compared with those of the period before, where not all are ranked in both.
fn moved_among(view: &View<'_>, r: &Ranked) -> Option<String> {
    let n = r.moves.shared();
    let noun = view.level_noun(r.scope.level);
    (n > 0 && !r.moves.same_units).then(|| {
        let n = n.to_string();
        view.t("rank.moved_among", &[("n", &n), ("noun", &noun)])
    })
}

fn moved(view: &View<'_>, r: &Ranked, entry: &RankEntry) -> Option<Change> {
    if r.broken.is_some() {
        return None;
    }
    let (before, now) = r.moves.of(entry.unit)?;
    let (direction, key, size) = match now.cmp(&before) {
        std::cmp::Ordering::Less => (Direction::Up, "rank.up", before - now),
        std::cmp::Ordering::Greater => (Direction::Down, "rank.down", now - before),
        std::cmp::Ordering::Equal => (Direction::Same, "rank.same", 0),
    };
    let text = if size == 0 {
        view.t(key, &[])
    } else {
        view.t(key, &[("k", &size.to_string())])
    };
    Some(Change {
        direction,
        text,
        since: None,
    })
}

/// Where the cells behind a unit's figure stand: on its page.
fn cells_href(view: &View<'_>, indicator: IndicatorIx, unit: UnitIx) -> Option<String> {
    let href = view.unit_href(unit)?;
    Some(if view.has_rank(indicator, unit) {
        format!("{href}#{}", anchor(view, indicator))
    } else {
        href
    })
}

/// The anchor of the cells behind a unit's figure, on its page.
fn anchor(view: &View<'_>, indicator: IndicatorIx) -> String {
    format!("o-{}", view.analysis.catalog.indicator(indicator).id)
}

fn unranked(
    view: &View<'_>,
    indicator: IndicatorIx,
    unit: UnitIx,
    why: Unranked,
    o: &Observation,
) -> UnrankedRow {
    let number = |d: Option<crate::decimal::Decimal>| {
        d.map(|d| Cell::number(&view.number(super::words::trim_zeros(d))))
    };
    UnrankedRow {
        id: format!("x{}", &row_id(view, unit)[1..]),
        unit: view.unit_crumb(unit),
        reason: places::reason(view, indicator, why),
        part: number(o.numerator),
        whole: number(o.denominator),
    }
}

/// The first and last units of a ranking, as lists.
pub(crate) fn leaders(view: &View<'_>, r: &Ranked, count: usize) -> Option<Leaders> {
    let n = r.ranking.entries.len();
    if n < 2 {
        return None;
    }
    let Ends { first, last } = ends::of(&r.ranking, count);
    let line = |e: &RankEntry| LinkRow {
        text: view.unit_name(e.unit).to_owned(),
        href: view.unit_href(e.unit),
        note: view.of_whom(r.stat(), &e.observation),
        figure: e.observation.value.map(|v| view.column_figure(r.stat(), v)),
        tag: None,
    };
    Some(Leaders {
        title: super::words::upper_first(
            &view.t("rank.ends", &[("noun", &view.level_noun(r.scope.level))]),
        ),
        note: view.t(
            "rank.ends_note",
            &[
                ("label", view.label(r.stat())),
                ("p", &view.period_in_text(r.period)),
                ("n", &view.count(n)),
                ("who", &r.who(view)),
                ("coverage", &places::coverage(view, r.ranking.coverage)),
            ],
        ),
        link: Some(View::link(
            &view.t("rank.see", &[]),
            view.ranking_href(r.indicator, r.scope),
        )),
        highest: or_shared(
            view,
            r,
            first.iter().map(line).collect(),
            r.ranking.entries.first(),
        ),
        lowest: or_shared(
            view,
            r,
            last.iter().map(line).collect(),
            r.ranking.entries.last(),
        ),
        changed: Vec::new(),
        changed_note: r.before.is_none().then(|| {
            format!(
                "{}: {}.",
                view.t("change.most", &[]),
                lower_first(&view.t("state.no_earlier", &[]))
            )
        }),
    })
}

/// The rows of an end; where too many units share its rank to be listed, one row that says so.
fn or_shared(
    view: &View<'_>,
    r: &Ranked,
    rows: Vec<LinkRow>,
    entry: Option<&RankEntry>,
) -> Vec<LinkRow> {
    let Some(entry) = entry.filter(|_| rows.is_empty()) else {
        return rows;
    };
    let (n, rank) = (entry.shared.to_string(), entry.rank.to_string());
    let noun = view.level_noun(r.scope.level);
    let values = [("n", n.as_str()), ("r", &rank), ("noun", &noun)];
    vec![LinkRow {
        text: view.t("rank.shared", &values),
        href: Some(view.ranking_href(r.indicator, r.scope)),
        figure: entry
            .observation
            .value
            .map(|v| view.column_figure(r.stat(), v)),
        ..LinkRow::default()
    }]
}

/// Where a unit stands in a ranking, or why it does not.
pub(crate) fn summary(view: &View<'_>, r: &Ranked, unit: UnitIx) -> Option<RankSummary> {
    let label = view.label(r.stat()).to_owned();
    // The page of a ranking is that of its newest period.
    let is_past = !view.rankings.contains(&(r.indicator, r.scope, r.period));
    let link = (!is_past).then(|| {
        let href = view.ranking_href(r.indicator, r.scope);
        View::link(&view.t("rank.see", &[]), href)
    });
    let anchor = anchor(view, r.indicator);
    let cells = |o: &Observation| {
        let subject = (unit, r.service, r.period);
        super::cells::of_ratio(view, r.indicator, subject, o)
    };
    if let Some(entry) = r.ranking.entry(unit) {
        let n = r.ranking.entries.len();
        let mut parts = vec![places::place(view, entry, n, r.scope.level)];
        parts.extend(places::band(view, entry));
        if r.ranking.coverage.is_partial() {
            parts.push(places::coverage(view, r.ranking.coverage));
        }
        let mut text = format!("{}, {}", parts.join("; "), view.period_in_text(r.period));
        let moved = moved(view, r, entry);
        let among = moved.as_ref().and_then(|_| moved_among(view, r));
        if let Some(why) = no_moves(view, r).or(among) {
            text = format!("{text}. {why}");
        }
        if is_past {
            text = format!("{text} ({})", view.t("rank.ended", &[]));
        }
        return Some(RankSummary {
            anchor,
            label,
            text,
            tag: None,
            change: moved,
            link,
            cells: cells(&entry.observation),
        });
    }
    let tag = Some(Tag {
        state: Shape::No,
        text: view.t("rank.unranked", &[]),
        href: None,
    });
    let listed = r.ranking.listed.iter().find(|(u, _)| *u == unit);
    let (text, o) = if let Some((_, o)) = listed {
        (places::refusal(view, &r.ranking)?, o)
    } else {
        let unranked = &r.ranking.unranked;
        let (_, why, o) = unranked.iter().find(|(u, _, _)| *u == unit)?;
        (places::reason(view, r.indicator, *why), o)
    };
    Some(RankSummary {
        anchor,
        label,
        text,
        tag,
        change: None,
        link,
        cells: cells(o),
    })
}

/// The neighbours of a unit in a ranking: two before, itself, two after.
pub(crate) fn neighbours(view: &View<'_>, r: &Ranked, unit: UnitIx) -> Vec<LinkRow> {
    let Some(at) = r.ranking.entries.iter().position(|e| e.unit == unit) else {
        return Vec::new();
    };
    let from = at.saturating_sub(2);
    r.ranking.entries[from..]
        .iter()
        .take(5)
        .map(|e| LinkRow {
            text: format!("{}. {}", e.rank, view.unit_name(e.unit)),
            href: if e.unit == unit {
                None
            } else {
                view.unit_href(e.unit)
            },
            note: view.of_whom(r.stat(), &e.observation),
            figure: e.observation.value.map(|v| view.column_figure(r.stat(), v)),
            tag: None,
        })
        .collect()
}

/// How ranks are made, in short.
pub(crate) fn definitions(
    view: &View<'_>,
    indicator: IndicatorIx,
    has_bands: bool,
) -> Vec<Definition> {
    let method = Some(View::link(
        &view.t("method.link", &[]),
        format!("{}/", view.analysis.config.paths.method),
    ));
    let d = view.analysis.catalog.indicator(indicator);
    let minimum = view.analysis.minimum_base(indicator);
    let counted = places::counted(view, indicator);
    let mut list = vec![Definition {
        term: d.label.clone(),
        text: definition_text(view, d),
        link: Some(View::link(
            &view.t("rank.see_indicator", &[]),
            view.indicator_href(indicator),
        )),
    }];
    list.push(Definition {
        term: view.t("section.how_ranked", &[]),
        text: view.t("rank.tie_note", &[]),
        link: method.clone(),
    });
    if has_bands {
        list.push(Definition {
            term: view.t("rank.band_head", &[]),
            text: view.t("rank.band_meaning", &[("noun", &counted)]),
            link: method,
        });
    }
    if d.kind == IndicatorKind::Ratio && minimum > 0 {
        list.push(Definition {
            term: view.t("rank.minimum", &[]),
            text: view.t(
                "rank.minimum_meaning",
                &[("n", &minimum.to_string()), ("noun", &counted)],
            ),
            link: None,
        });
    }
    list
}

/// "Xã, phường của tỉnh Phú Thọ", inside a sentence.
pub(crate) fn of_place(view: &View<'_>, scope: Scope) -> String {
    let noun = view.level_noun(scope.level);
    let unit = unit_in_text(view.unit_name(scope.above));
    view.t("rank.of_place", &[("noun", &noun), ("unit", &unit)])
}

/// What an indicator means, of whom.
pub(crate) fn definition_text(view: &View<'_>, d: &crate::model::Indicator) -> String {
    match (d.definition.as_str(), d.of_whom.as_str()) {
        ("", "") => view.t("rank.no_definition", &[]),
        ("", whom) => view.t("rank.of_whom_only", &[("whom", whom)]),
        (text, _) => text.to_owned(),
    }
}
