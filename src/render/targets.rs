//! Targets in words, tables and bars: what is asked, by when, what there is, what is missing, and the pace that would
//! reach it.

use super::context::{
    Cell, CellKind, ChartFigure, Column, HistoryEntry, Row, State as Shape, Table, TableSection,
    Tag, TargetProgress,
};
use super::figures;
use super::view::View;
use super::words::{NBSP, trim_zeros, upper_first};
use crate::analysis::{Applied, Pace, Progress, TargetState};
use crate::chart::spec::{Bullet, Tone};
use crate::decimal::Decimal;
use crate::model::{Operator, ServiceIx, Stat, Target, UnitIx};
use crate::text::date::Date;

/// The state against a target, in words.
pub(crate) fn progress(view: &View<'_>, target: &Target, p: &Progress) -> TargetProgress {
    let value = view.figure(target.stat, target.value);
    let asked = match target.deadline {
        Some(d) => view.t("target.by", &[("x", &value), ("d", &view.day(d))]),
        None => view.t("target.plain", &[("x", &value)]),
    };
    let mut parts = vec![asked];
    parts.extend(gap(view, target, p));
    parts.extend(pace(view, target, p));
    TargetProgress {
        state: tag(view, p.state),
        text: parts.join(", "),
    }
}

/// The tag of a target's state.
pub(crate) fn tag(view: &View<'_>, state: TargetState) -> Tag {
    let (shape, key) = match state {
        TargetState::Met => (Shape::Ok, "state.met"),
        TargetState::OnTrack => (Shape::Run, "state.on_track"),
        TargetState::NotMet => (Shape::Slow, "state.not_met"),
        TargetState::Behind => (Shape::Slow, "state.behind"),
        TargetState::Overdue => (Shape::Late, "state.overdue"),
        TargetState::Unknown => (Shape::No, "state.not_enough"),
    };
    Tag {
        state: shape,
        text: view.t(key, &[]),
        href: None,
    }
}

/// "còn thiếu 2,1 điểm phần trăm (312 hồ sơ)".
fn gap(view: &View<'_>, target: &Target, p: &Progress) -> Option<String> {
    let dossiers = p.missing.map(|n| things(view, target.stat, n.abs()));
    let gap = p.gap?;
    if gap.is_zero() {
        // "More than 80%" at 80%: nothing is missing in points, one thing is.
        let missing = p.missing?;
        let key = if missing.is_negative() {
            "target.over_things"
        } else {
            "target.short_things"
        };
        return Some(view.t(key, &[("y", &dossiers?)]));
    }
    let is_met = p.state == TargetState::Met;
    let is_limit = matches!(target.operator, Operator::AtMost | Operator::Less);
    let is_points = view.is_ratio(target.stat);
    let size = gap.abs();
    let key = match (gap.is_negative(), is_met && is_limit, is_points) {
        (true, _, true) => "target.above",
        (true, _, false) => "target.over_things",
        (false, true, true) => "target.below_limit",
        (false, true, false) => "target.below_limit_things",
        (false, false, true) => "target.short",
        (false, false, false) => "target.short_things",
    };
    let y = if is_points {
        view.number(trim_zeros(size))
    } else {
        things(view, target.stat, size)
    };
    let text = view.t(key, &[("y", &y)]);
    Some(match dossiers {
        Some(dossiers) => format!("{text} ({dossiers})"),
        None => text,
    })
}

/// "cần thêm 2,1 điểm phần trăm mỗi tháng", "còn 12 ngày đến hạn".
fn pace(view: &View<'_>, target: &Target, p: &Progress) -> Option<String> {
    let rate = match p.pace? {
        Pace::Days(n) => return Some(view.t("target.days_left", &[("n", &n.to_string())])),
        Pace::PerMonth(rate) => rate,
    };
    let size = rate.abs();
    let (up, down, x) = if view.is_ratio(target.stat) {
        let x = view.number(trim_zeros(size));
        ("target.pace_up", "target.pace_down", x)
    } else {
        let x = things(view, target.stat, size);
        ("target.pace_up_things", "target.pace_down_things", x)
    };
    let key = if rate.is_negative() { down } else { up };
    Some(view.t(key, &[("x", &x)]))
}

/// "312 hồ sơ": of a ratio, what its numerator counts.
fn things(view: &View<'_>, stat: Stat, n: Decimal) -> String {
    let catalog = view.analysis.catalog;
    let noun = match stat {
        Stat::Measure(_) => view.noun(stat),
        Stat::Indicator(i) => {
            let d = catalog.indicator(i);
            let counted = d
                .numerator
                .first()
                .map(|m| catalog.measure(*m).unit.as_str());
            counted.unwrap_or(&d.unit)
        }
    };
    let text = format!("{}{NBSP}{noun}", view.number(trim_zeros(n)));
    text.trim_end().to_owned()
}

/// Targets with the newest figure, their state, what is missing and the pace. A target for each of many units says how
/// many of them meet it. With a day `by` all is told as it could be told on that day.
pub(crate) fn table(
    view: &View<'_>,
    list: &[Applied<'_>],
    id: &str,
    with_unit: bool,
    by: Option<Date>,
) -> Option<TableSection> {
    if list.is_empty() {
        return None;
    }
    let mut columns = vec![
        Column::words(&view.t("table.indicator", &[])),
        Column::words(&view.t("target.asked", &[])),
        Column::words(&view.t("table.deadline", &[])),
        Column::words(&view.t("table.actual", &[])),
        Column::words(&view.t("table.state", &[])),
    ];
    if with_unit {
        columns.insert(1, Column::words(&view.t("table.unit", &[])));
    }
    let rows = list.iter().map(|a| row(view, a, with_unit, by)).collect();
    Some(TableSection {
        id: id.to_owned(),
        title: view.t("section.targets", &[]),
        note: None,
        table: Table {
            caption: Some(view.t("section.targets", &[])),
            columns,
            rows,
            stacked: true,
        },
        source: None,
        downloads: Vec::new(),
    })
}

fn row(view: &View<'_>, a: &Applied<'_>, with_unit: bool, by: Option<Date>) -> Row {
    let t = a.target;
    let is_whole = (a.unit, a.service) == (t.unit, t.service) && view.analysis.is_for_each(t);
    let (actual, state) = if is_whole {
        of_each(view, t, by)
    } else {
        of_one(view, a, by)
    };
    let mut cells = vec![
        Cell {
            note: (!t.basis.is_empty()).then(|| t.basis.clone()),
            ..Cell::word(&asked(view, t))
        },
        Cell::word(&deadline(view, t)),
        actual,
        state,
    ];
    if with_unit {
        let unit = Cell {
            href: view.unit_href(a.unit),
            note: is_whole.then(|| scope(view, t)),
            ..Cell::word(view.unit_name(a.unit))
        };
        cells.insert(0, unit);
    }
    let service = (a.service != ServiceIx::WHOLE).then(|| view.service_name(a.service).to_owned());
    let for_each = (is_whole && !with_unit).then(|| scope(view, t));
    let notes: Vec<String> = service.into_iter().chain(for_each).collect();
    Row {
        head: view.label(t.stat).to_owned(),
        href: view.stat_href(t.stat),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        cells,
        ..Row::default()
    }
}

/// The newest figure of one unit and service, and where it stands.
fn of_one(view: &View<'_>, a: &Applied<'_>, by: Option<Date>) -> (Cell, Cell) {
    let t = a.target;
    let p = view.analysis.progress_by(a, by);
    let actual = match (&p.observation, p.period) {
        (Some(o), Some(period)) => {
            let of_whom = view.of_whom(t.stat, o);
            let when = view.period_in_text(period);
            Cell {
                note: Some(of_whom.map_or(when.clone(), |w| format!("{w}, {when}"))),
                ..Cell::word(&view.words(t.stat, o))
            }
        }
        _ => Cell {
            kind: CellKind::None,
            ..Cell::word(&view.t("state.not_reported", &[]))
        },
    };
    let next = view.analysis.successor(t);
    let next = next.filter(|n| by.is_none_or(|by| view.analysis.start_of(n) <= by));
    if let Some(next) = next {
        let text = replaced(view, next);
        return (actual, Cell::word(&text));
    }
    let notes: Vec<String> = gap(view, t, &p)
        .into_iter()
        .chain(pace(view, t, &p))
        .chain(why_unknown(view, t, &p))
        .collect();
    let state = Cell {
        note: (!notes.is_empty()).then(|| upper_first(&notes.join("; "))),
        ..Cell::tag(tag(view, p.state))
    };
    (actual, state)
}

/// Why a figure that does not meet its target says no more than that.
fn why_unknown(view: &View<'_>, t: &Target, p: &Progress) -> Option<String> {
    if p.state != TargetState::Unknown {
        return None;
    }
    p.observation?;
    let key = match (t.deadline?, p.pace) {
        (_, None) => "target.unknown_before",
        (_, Some(_)) => "target.unknown_one",
    };
    Some(view.t(key, &[]))
}

/// How many of the units or services meet a target that is set for each.
fn of_each(view: &View<'_>, t: &Target, by: Option<Date>) -> (Cell, Cell) {
    let all: Vec<Progress> = applied(view, t)
        .iter()
        .map(|a| view.analysis.progress_by(a, by))
        .collect();
    let met = all.iter().filter(|p| p.state == TargetState::Met).count();
    let known = all.iter().filter(|p| p.observation.is_some()).count();
    let (a, b, n) = (met.to_string(), known.to_string(), all.len().to_string());
    if known == 0 {
        let none = Cell::none(&view.t("state.not_reported", &[]));
        return (none, Cell::tag(tag(view, TargetState::Unknown)));
    }
    let actual = Cell::word(&view.t("target.known", &[("a", &b), ("b", &n)]));
    let state = if met == all.len() {
        tag(view, TargetState::Met)
    } else {
        Tag {
            text: view.t("target.met_by", &[("a", &a), ("b", &b)]),
            ..Tag::default()
        }
    };
    (actual, Cell::tag(state))
}

/// Where a target for each holds.
fn applied<'v>(view: &View<'v>, target: &Target) -> Vec<Applied<'v>> {
    let own = view
        .analysis
        .targets
        .iter()
        .find(|t| t.place == target.place);
    own.map_or_else(Vec::new, |t| view.analysis.applied(t))
}

/// "từng xã, phường".
fn scope(view: &View<'_>, t: &Target) -> String {
    match t.level {
        Some(level) => view.t("target.each_unit", &[("noun", &view.level_noun(level))]),
        None if view.analysis.catalog.units.get(t.unit).members.is_empty() => {
            view.t("target.each_service", &[])
        }
        None => view.t("target.each_member", &[]),
    }
}

fn replaced(view: &View<'_>, next: &Target) -> String {
    let (day, value) = (view.analysis.start_of(next), asked(view, next));
    let value = super::words::lower_first(&value);
    view.t("target.replaced", &[("d", &view.day(day)), ("x", &value)])
}

/// "Ít nhất 80%", "50.000 tài khoản".
pub(crate) fn asked(view: &View<'_>, t: &Target) -> String {
    let key = match t.operator {
        Operator::AtLeast => Some("target.at_least"),
        Operator::AtMost => Some("target.at_most"),
        Operator::More => Some("target.more"),
        Operator::Less => Some("target.less"),
        Operator::Equal => None,
    };
    let figure = view.figure(t.stat, t.value);
    let noun = if view.is_percent(t.stat) {
        ""
    } else {
        view.noun(t.stat)
    };
    let figure = format!("{figure}{NBSP}{noun}");
    let figure = figure.trim_end();
    upper_first(&key.map_or_else(|| figure.to_owned(), |key| view.t(key, &[("x", figure)])))
}

fn deadline(view: &View<'_>, t: &Target) -> String {
    match (t.deadline_as_written.as_str(), t.deadline) {
        ("", None) => view.t("target.no_deadline", &[]),
        ("", Some(d)) => view.day(d),
        (text, _) => text.to_owned(),
    }
}

/// Targets in per cent against what there is, as bars with a tick; `None` where there are fewer than two.
pub(crate) fn bullets(
    view: &View<'_>,
    list: &[Applied<'_>],
    label: &dyn Fn(&Applied<'_>) -> String,
    subject: &str,
) -> Option<ChartFigure> {
    let (mut items, mut seen) = (Vec::new(), Vec::new());
    for a in list.iter().filter(|a| view.is_percent(a.target.stat)) {
        let p = view.analysis.progress(a);
        let (Some(o), Some(t)) = (p.observation, Some(a.target)) else {
            continue;
        };
        let Some(actual) = o.sound() else { continue };
        // A plan may say again what another has said: one bar says it once.
        let said = (t.stat, a.unit, a.service, t.operator, t.value);
        if seen.contains(&said) {
            continue;
        }
        seen.push(said);
        items.push(Bullet {
            label: label(a),
            value_label: view.words(t.stat, &o),
            actual: actual.to_f64(),
            target: Some(t.value.to_f64()),
            tone: Tone::Highlight,
        });
    }
    items.truncate(figures::MOST_BARS);
    if items.len() < 2 {
        return None;
    }
    let ends = items.iter().map(|i| i.actual.max(i.target.unwrap_or(0.0)));
    let max = ends.fold(100.0, f64::max);
    let subtitle = view.t("target.bars", &[("subject", subject)]);
    let source = view.t("chart.table_on_page", &[]);
    figures::bullets(
        items,
        max,
        &view.t("section.targets", &[]),
        subtitle,
        source,
    )
}

/// Targets of an indicator that gave way to newer ones, oldest first.
pub(crate) fn superseded(view: &View<'_>, stat: Stat) -> Vec<HistoryEntry> {
    let mut list: Vec<(Date, HistoryEntry)> = view
        .analysis
        .targets
        .iter()
        .filter(|t| t.stat == stat)
        .filter_map(|t| {
            let next = view.analysis.successor(t)?;
            // A target that is only said again has not changed.
            if (t.operator, t.value, t.deadline) == (next.operator, next.value, next.deadline) {
                return None;
            }
            let day = view.analysis.start_of(next);
            let entry = HistoryEntry {
                date: view.day(day),
                text: format!(
                    "{}: {}",
                    view.unit_name(t.unit),
                    view.t(
                        "target.gave_way",
                        &[
                            ("x", &super::words::lower_first(&asked(view, t))),
                            ("y", &super::words::lower_first(&asked(view, next))),
                        ],
                    )
                ),
                links: Vec::new(),
            };
            Some((day, entry))
        })
        .collect();
    list.sort_by_key(|(day, _)| *day);
    list.into_iter().map(|(_, e)| e).collect()
}

/// Targets as lists of a page have them: those that gave way are left out.
pub(crate) fn current<'v>(view: &View<'v>, fits: impl Fn(&Target) -> bool) -> Vec<Applied<'v>> {
    view.analysis
        .targets
        .iter()
        .filter(|t| fits(t) && view.analysis.successor(t).is_none())
        .map(Applied::own)
        .collect()
}

/// The targets of a unit as its page lists them: its own, and those for each of many of which it is one.
pub(crate) fn of_unit<'v>(view: &View<'v>, unit: UnitIx) -> Vec<Applied<'v>> {
    let mut list = current(view, |t| t.unit == unit);
    let given = view.analysis.targets_of(unit).into_iter();
    list.extend(given.filter(|a| a.unit != a.target.unit || a.service != a.target.service));
    list
}
