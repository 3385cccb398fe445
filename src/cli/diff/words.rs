//! A comparison in words: names, figures, differences.

use std::fmt::Write as _;

use super::Told;
use crate::analysis::diff::{Change, Figure, TARGET, UnitOfOne};
use crate::decimal::Decimal;
use crate::diagnostic::Language;
use crate::text::number::{format_en, format_vi};

/// What a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Rose,
    Fell,
    Newcomers,
    Silent,
    Changed,
    Appeared,
    Vanished,
}

impl Part {
    pub(super) const ALL: [Self; 7] = [
        Self::Rose,
        Self::Fell,
        Self::Newcomers,
        Self::Silent,
        Self::Changed,
        Self::Appeared,
        Self::Vanished,
    ];

    pub(super) fn title(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::Rose => ("Số tăng", "Rose"),
            Self::Fell => ("Số giảm", "Fell"),
            Self::Newcomers => ("Đơn vị mới có số liệu", "Units with new figures"),
            Self::Silent => ("Đơn vị không còn số liệu", "Units that fell silent"),
            Self::Changed => ("Thay đổi khác", "Other changes"),
            Self::Appeared => ("Số mới có", "New figures"),
            Self::Vanished => ("Số không còn", "Figures that are gone"),
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
        Part::Newcomers | Part::Silent => Vec::new(),
    }
}

/// The units of a part.
pub(super) fn units<'a>(told: &'a Told<'_>, part: Part) -> &'a [UnitOfOne] {
    match part {
        Part::Newcomers => &told.diff.newcomers,
        Part::Silent => &told.diff.silent,
        _ => &[],
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

/// "Xã An Phú, 2024-09".
pub(super) fn unit(told: &Told<'_>, u: &UnitOfOne) -> String {
    let name = named(&told.names.units, &u.unit);
    if u.period.is_empty() {
        name.to_owned()
    } else {
        format!("{name}, {}", u.period)
    }
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
        parts.push(format!("{word} {} → {}/{}", a.rank, b.rank, b.of));
    }
    parts.join("; ")
}

fn signed(d: Decimal, language: Language) -> String {
    let sign = if d.is_negative() { '−' } else { '+' };
    format!("{sign}{}", number(d.abs().normalized(), language))
}
