//! Rankings as tables, ends, and the place of one unit.

use super::context::{
    Bar, Cell, Change, Definition, Direction, Leaders, LinkRow, RankSummary, RankingRow,
    RankingSection, RankingTable, State as Shape, Tag, UnrankedRow,
};
use super::view::View;
use super::words::{lower_first, unit_in_text};
use crate::analysis::{Observation, RankEntry, Ranking, Scope, Unranked};
use crate::model::{IndicatorIx, IndicatorKind, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::text::date::Date;
use crate::text::number::format_vi;

/// A ranking with everything that names it.
pub(crate) struct Ranked {
    pub(crate) indicator: IndicatorIx,
    pub(crate) scope: Scope,
    pub(crate) period: PeriodIx,
    pub(crate) ranking: Ranking,
    /// The ranking of the period before, where there is one.
    pub(crate) before: Option<Ranking>,
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
    let members = view.members(scope, period);
    let ranking = view.analysis.rank(indicator, service, period, &members);
    let before = view.analysis.previous(period).map(|p| {
        let members = view.members(scope, p);
        view.analysis.rank(indicator, service, p, &members)
    });
    let previous = view.analysis.previous(period);
    Ranked {
        indicator,
        scope,
        period,
        ranking,
        before,
        broken: previous.and_then(|p| view.analysis.scope_break(scope, p, period)),
    }
}

impl Ranked {
    fn stat(&self) -> Stat {
        Stat::Indicator(self.indicator)
    }

    /// "148 xã, phường của tỉnh Phú Thọ".
    pub(crate) fn who(&self, view: &View<'_>) -> String {
        format!(
            "{} của {}",
            View::level_noun(self.scope.level),
            unit_in_text(view.unit_name(self.scope.above))
        )
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
    let shown = |i: usize| ends.is_none_or(|e| i < e || i + e >= n);
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
    if let Some(why) = no_moves(view, r) {
        note = format!("{note} {why}");
    }
    RankingSection {
        id: format!("xep-hang-{}", r.scope.level.as_str()),
        title: format!("Bảng xếp hạng {}", r.who(view)),
        note: Some(note),
        table: RankingTable {
            caption: format!(
                "{}, {}, {}",
                definition.label,
                r.who(view),
                view.period_in_text(r.period)
            ),
            unit_label: super::words::upper_first(View::level_noun(r.scope.level)),
            rate_label: definition.short_label.clone(),
            part_label: head(&definition.numerator),
            whole_label: head(&definition.denominator),
            has_moves,
            rows,
        },
        close_note: None,
        unranked: r
            .ranking
            .unranked
            .iter()
            .map(|(u, why, o)| unranked(view, *u, *why, o))
            .collect(),
        unranked_note: (!r.ranking.unranked.is_empty()).then(|| {
            format!(
                "{} trong {} {} chưa đủ điều kiện xếp hạng.",
                r.ranking.unranked.len(),
                r.ranking.unranked.len() + n,
                View::level_noun(r.scope.level)
            )
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
        id: format!(
            "u-{}",
            view.analysis
                .catalog
                .units
                .get(entry.unit)
                .id
                .replace('/', "-")
        ),
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
        part: o.numerator.map(|n| format_vi(super::words::trim_zeros(n))),
        whole: o
            .denominator
            .map(|d| format_vi(super::words::trim_zeros(d))),
        own: is_own,
        close: false,
        marks: Vec::new(),
        cut: None,
    }
}

/// Why places are not compared with those of the period before, where areas moved in between.
pub(crate) fn no_moves(view: &View<'_>, r: &Ranked) -> Option<String> {
    let had_places = r.before.as_ref().is_some_and(|b| !b.entries.is_empty());
    let day = r.broken.filter(|_| had_places)?;
    Some(view.t("history.rank_break", &[("d", &day.format_vi())]))
}

fn moved(view: &View<'_>, r: &Ranked, entry: &RankEntry) -> Option<Change> {
    if r.broken.is_some() {
        return None;
    }
    let before = r.before.as_ref()?.entry(entry.unit)?.rank;
    let (direction, key, size) = match entry.rank.cmp(&before) {
        std::cmp::Ordering::Less => (Direction::Up, "rank.up", before - entry.rank),
        std::cmp::Ordering::Greater => (Direction::Down, "rank.down", entry.rank - before),
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

fn unranked(view: &View<'_>, unit: UnitIx, why: Unranked, o: &Observation) -> UnrankedRow {
    let number = |d: Option<crate::decimal::Decimal>| {
        d.map(|d| Cell::number(&format_vi(super::words::trim_zeros(d))))
    };
    UnrankedRow {
        unit: view.unit_crumb(unit),
        reason: reason(view, why),
        part: number(o.numerator),
        whole: number(o.denominator),
    }
}

/// Why a unit has no rank, in words.
pub(crate) fn reason(view: &View<'_>, why: Unranked) -> String {
    match why {
        Unranked::NoActivity => view.t("rank.no_activity", &[]),
        Unranked::TooFew => view.t(
            "rank.too_few",
            &[("n", &view.analysis.config.minimum_base.to_string())],
        ),
        Unranked::NotReported => view.t("rank.not_reported", &[]),
        Unranked::NotApplicable => view.t("state.not_applicable", &[]),
        Unranked::Doubtful => view.t("rank.doubtful", &[]),
        Unranked::Suppressed => view.t("state.suppressed", &[]),
        Unranked::NotComparable => view.t("rank.not_comparable", &[]),
        Unranked::StatedOnly => lower_first(&view.t("state.no_base", &[])),
    }
}

/// The first and last units of a ranking, as lists.
pub(crate) fn leaders(view: &View<'_>, r: &Ranked, count: usize) -> Option<Leaders> {
    let n = r.ranking.entries.len();
    if n < 2 {
        return None;
    }
    let take = count.min(n / 2);
    let line = |e: &RankEntry| LinkRow {
        text: view.unit_name(e.unit).to_owned(),
        href: view.unit_href(e.unit),
        note: view.of_whom(r.stat(), &e.observation),
        figure: e.observation.value.map(|v| view.column_figure(r.stat(), v)),
        tag: None,
    };
    Some(Leaders {
        title: format!(
            "{}: đầu và cuối bảng",
            super::words::upper_first(View::level_noun(r.scope.level))
        ),
        note: format!(
            "{}, {}, trong {n} {} được xếp hạng.",
            view.label(r.stat()),
            view.period_in_text(r.period),
            r.who(view)
        ),
        link: Some(View::link(
            &view.t("rank.see", &[]),
            view.ranking_href(r.indicator, r.scope),
        )),
        highest: r.ranking.entries.iter().take(take).map(line).collect(),
        lowest: r.ranking.entries.iter().skip(n - take).map(line).collect(),
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

/// The place of a unit, in words.
pub(crate) fn place_words(
    view: &View<'_>,
    entry: &RankEntry,
    n: usize,
    level: crate::model::Level,
) -> String {
    let (r, n) = (entry.rank.to_string(), n.to_string());
    let noun = View::level_noun(level);
    if entry.shared > 1 {
        let others = (entry.shared - 1).to_string();
        return format!(
            "{} trong {n} {noun}",
            view.t("rank.joint", &[("r", &r), ("k", &others)])
        );
    }
    if entry.rank == 1 {
        return view.t("rank.first", &[("n", &n), ("noun", noun)]);
    }
    view.t("rank.place", &[("r", &r), ("n", &n), ("noun", noun)])
}

/// Where a unit stands in a ranking, or why it does not.
pub(crate) fn summary(view: &View<'_>, r: &Ranked, unit: UnitIx) -> Option<RankSummary> {
    let label = view.label(r.stat()).to_owned();
    let link = Some(View::link(
        &view.t("rank.see", &[]),
        view.ranking_href(r.indicator, r.scope),
    ));
    if let Some(entry) = r.ranking.entry(unit) {
        let text = place_words(view, entry, r.ranking.entries.len(), r.scope.level);
        let mut text = format!("{text}, {}", view.period_in_text(r.period));
        if let Some(why) = no_moves(view, r) {
            text = format!("{text}. {why}");
        }
        return Some(RankSummary {
            label,
            text,
            tag: None,
            change: moved(view, r, entry),
            link,
        });
    }
    let why = r.ranking.reason(unit)?;
    let tag = Tag {
        state: Shape::No,
        text: view.t("rank.unranked", &[]),
        href: None,
    };
    Some(RankSummary {
        label,
        text: reason(view, why),
        tag: Some(tag),
        change: None,
        link,
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
pub(crate) fn definitions(view: &View<'_>, indicator: IndicatorIx) -> Vec<Definition> {
    let method = Some(View::link(
        "Phương pháp",
        format!("{}/", view.analysis.config.paths.method),
    ));
    let d = view.analysis.catalog.indicator(indicator);
    let minimum = view.analysis.config.minimum_base;
    let mut list = vec![Definition {
        term: d.label.clone(),
        text: definition_text(d),
        link: Some(View::link("Xem chỉ tiêu", view.indicator_href(indicator))),
    }];
    list.push(Definition {
        term: view.t("section.how_ranked", &[]),
        text: view.t("rank.tie_note", &[]),
        link: method,
    });
    if d.kind == IndicatorKind::Ratio && minimum > 0 {
        list.push(Definition {
            term: "Số hồ sơ tối thiểu".into(),
            text: format!("Đơn vị có dưới {minimum} hồ sơ trong kỳ không xếp hạng, vì một hồ sơ đã làm tỷ lệ đổi nhiều."),
            link: None,
        });
    }
    list
}

/// What an indicator means, of whom.
pub(crate) fn definition_text(d: &crate::model::Indicator) -> String {
    match (d.definition.as_str(), d.of_whom.as_str()) {
        ("", "") => "Chưa có định nghĩa trong danh mục.".into(),
        ("", whom) => format!("Tính trên {whom}."),
        (text, _) => text.to_owned(),
    }
}
