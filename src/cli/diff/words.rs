//! A comparison in words: names, figures, differences.

use std::fmt::Write as _;

use super::{PeriodOfOne, Told};
use crate::analysis::diff::{Change, Counted, Figure, Over, TARGET, UnitOfOne};
use crate::decimal::Decimal;
use crate::diagnostic::Language;
use crate::text::number::{format_en, format_vi};

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    NewPeriods,
    GonePeriods,
    Rose,
    Fell,
    Newcomers,
    Ended,
    Silent,
    Changed,
    Appeared,
    Vanished,
}

impl Part {
    pub(super) const ALL: [Self; 10] = [
        Self::NewPeriods,
        Self::GonePeriods,
        Self::Rose,
        Self::Fell,
        Self::Newcomers,
        Self::Ended,
        Self::Silent,
        Self::Changed,
        Self::Appeared,
        Self::Vanished,
    ];

    pub(super) fn title(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::NewPeriods => ("Kỳ mới có số liệu", "New periods"),
            Self::GonePeriods => ("Kỳ không còn số liệu", "Periods that are gone"),
            Self::Rose => ("Số tăng", "Rose"),
            Self::Fell => ("Số giảm", "Fell"),
            Self::Newcomers => ("Đơn vị mới có số liệu", "Units with new figures"),
            Self::Ended => ("Đơn vị đã sắp xếp lại", "Units that were rearranged"),
            Self::Silent => ("Đơn vị không còn số liệu", "Units that fell silent"),
            Self::Changed => ("Thay đổi khác", "Other changes"),
            Self::Appeared => ("Số mới có", "New figures"),
            Self::Vanished => ("Số không còn", "Figures that are gone"),
        };
        pick(language, vi, en)
    }

    /// Whether its lines are of figures, before and now.
    pub(super) fn is_of_figures(self) -> bool {
        use Part::{Appeared, Changed, Fell, Rose, Vanished};
        matches!(self, Rose | Fell | Changed | Appeared | Vanished)
    }

    /// The head of its table in Markdown.
    pub(super) fn head(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::NewPeriods | Self::GonePeriods => (
                "| Kỳ | Số liệu |\n|---|---:|",
                "| Period | Figures |\n|---|---:|",
            ),
            Self::Newcomers | Self::Ended | Self::Silent => (
                "| Đơn vị | Số liệu |\n|---|---:|",
                "| Unit | Figures |\n|---|---:|",
            ),
            _ => (
                "| Số liệu | Trước | Nay | Thay đổi |\n|---|---:|---:|---|",
                "| Figure | Before | Now | Change |\n|---|---:|---:|---|",
            ),
        };
        pick(language, vi, en)
    }
}

pub(super) fn pick<'t>(language: Language, vi: &'t str, en: &'t str) -> &'t str {
    match language {
        Language::Vietnamese => vi,
        Language::English => en,
    }
}

/// The changes of a part; changed figures that rose or fell stand there already.
pub(super) fn changes<'a>(told: &'a Told<'_>, part: Part) -> Vec<&'a Change> {
    let d = &told.diff;
    match part {
        Part::Rose => d.rose.iter().collect(),
        Part::Fell => d.fell.iter().collect(),
        Part::Appeared => d.appeared.iter().collect(),
        Part::Vanished => d.vanished.iter().collect(),
        Part::Changed => {
            let moved = |c: &&Change| {
                c.key.id.starts_with(TARGET) || c.difference().is_none_or(Decimal::is_zero)
            };
            d.changed.iter().filter(moved).collect()
        }
        _ => Vec::new(),
    }
}

/// The units of a part. Nobody is silent who has ended.
pub(super) fn units<'a>(told: &'a Told<'_>, part: Part) -> Vec<&'a UnitOfOne> {
    let has_ended = |u: &&UnitOfOne| told.names.ended.contains_key(&u.unit);
    let silent = told.diff.silent.iter();
    match part {
        Part::Newcomers => told.diff.newcomers.iter().collect(),
        Part::Ended => silent.filter(has_ended).collect(),
        Part::Silent => silent.filter(|u| !has_ended(u)).collect(),
        _ => Vec::new(),
    }
}

/// The periods of a part.
pub(super) fn periods<'a>(told: &'a Told<'_>, part: Part) -> &'a [PeriodOfOne] {
    match part {
        Part::NewPeriods => &told.new_periods,
        Part::GonePeriods => &told.gone_periods,
        _ => &[],
    }
}

/// "73 số của 12 đơn vị".
pub(super) fn size(p: &PeriodOfOne, language: Language) -> String {
    match language {
        Language::Vietnamese => format!("{} số của {} đơn vị", p.figures, p.units),
        Language::English => format!("{} figures of {} units", p.figures, p.units),
    }
}

/// "Xã An Phú, Khai sinh, 2024-09: Hồ sơ tiếp nhận".
pub(super) fn name(told: &Told<'_>, c: &Change, language: Language) -> String {
    let names = &told.names;
    let mut parts = vec![named(&names.units, &c.key.unit)];
    if !c.key.service.is_empty() {
        parts.push(named(&names.services, &c.key.service));
    }
    if !c.key.period.is_empty() {
        parts.push(&c.key.period);
    }
    let label = match c
        .key
        .id
        .strip_prefix(TARGET)
        .and_then(|t| t.split_once('@'))
    {
        Some((id, deadline)) => {
            let what = pick(language, "chỉ tiêu giao", "target");
            format!("{what} {} ({deadline})", named(&names.labels, id))
        }
        None => named(&names.labels, &c.key.id).to_owned(),
    };
    format!("{}: {label}", parts.join(", "))
}

/// "Xã An Phú, 2024-09"; "Xã An Biên → Xã An Bình" where one went into the other.
pub(super) fn unit(told: &Told<'_>, u: &UnitOfOne, part: Part) -> String {
    let units = &told.names.units;
    let mut out = named(units, &u.unit).to_owned();
    if let (Part::Ended, Some(ended)) = (part, told.names.ended.get(&u.unit)) {
        let heirs: Vec<&str> = ended.successors.iter().map(|s| named(units, s)).collect();
        if !heirs.is_empty() {
            let _ = write!(out, " → {}", heirs.join(", "));
        }
    }
    if !u.period.is_empty() {
        let _ = write!(out, ", {}", u.period);
    }
    out
}

/// "9 số", and of a unit that has ended its last day.
pub(super) fn figures_of(told: &Told<'_>, u: &UnitOfOne, part: Part, language: Language) -> String {
    let mut out = format!("{} {}", u.figures, pick(language, "số", "figures"));
    if let (Part::Ended, Some(ended)) = (part, told.names.ended.get(&u.unit)) {
        let (words, day) = match language {
            Language::Vietnamese => ("đến hết ngày", ended.last_day.format_vi()),
            Language::English => ("until", ended.last_day.to_iso()),
        };
        let _ = write!(out, ", {words} {day}");
    }
    out
}

fn named<'a>(names: &'a std::collections::BTreeMap<String, String>, id: &'a str) -> &'a str {
    names.get(id).map_or(id, String::as_str)
}

fn number(value: Decimal, language: Language) -> String {
    match language {
        Language::Vietnamese => format_vi(value),
        Language::English => format_en(value),
    }
}

/// "99,2%", "≥ 80", "không phát sinh"; empty where there is no figure.
pub(super) fn figure(f: Option<&Figure>, language: Language) -> String {
    let Some(f) = f else { return String::new() };
    let Some(value) = f.value else {
        let (vi, en) = match f.state.as_str() {
            "no-activity" => ("không phát sinh", "nothing arose"),
            "not-applicable" => ("không áp dụng", "not applicable"),
            "suppressed" => ("được ẩn", "hidden"),
            "unreadable" => ("chưa đọc được", "not readable"),
            other => (other, other),
        };
        return pick(language, vi, en).to_owned();
    };
    let mut text = format!("{}{}", f.sign, number(value.normalized(), language));
    if let Some(max) = f.max {
        text.push('–');
        text.push_str(&number(max.normalized(), language));
    }
    if f.is_points {
        text.push('%');
    }
    if let Some(Counted { counted, of, over }) = f.left_out {
        let noun = match over {
            Over::Units => pick(language, "đơn vị", "units"),
            Over::Services => pick(language, "dịch vụ", "services"),
        };
        let _ = write!(text, " ({counted}/{of} {noun})");
    }
    text
}

/// "+1,2 điểm %", "−12 (−3,4%)", with the ranks: "hạng 5 → 3/148".
pub(super) fn difference(c: &Change, language: Language) -> String {
    let mut parts = Vec::new();
    if let Some(d) = c.difference().filter(|_| !c.key.id.starts_with(TARGET)) {
        let mut text = signed(d, language);
        if c.is_points() {
            text.push_str(pick(language, " điểm %", " points"));
        } else if let Some(p) = c.percent() {
            // Writing to a text cannot fail.
            let _ = write!(text, " ({}%)", signed(p, language));
        }
        parts.push(text);
    }
    if let Some((a, b)) = c.ranks() {
        let word = pick(language, "hạng", "rank");
        // A place among fewer is not the same place.
        let before = if a.of == b.of {
            a.rank.to_string()
        } else {
            format!("{}/{}", a.rank, a.of)
        };
        parts.push(format!("{word} {before} → {}/{}", b.rank, b.of));
    }
    parts.join("; ")
}

fn signed(d: Decimal, language: Language) -> String {
    let sign = if d.is_negative() { '−' } else { '+' };
    format!("{sign}{}", number(d.abs().normalized(), language))
}
