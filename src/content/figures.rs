//! Observations, ranks and targets → Vietnamese words. Plain text, not yet escaped.

use crate::analysis::{Analysis, Basis, Observation, Scope, State};
use crate::decimal::Decimal;
use crate::model::{Extra, IndicatorIx, MeasureType, Operator, Stat, Target, UnitIx};
use crate::text::date::DeadlineKind;
use crate::text::number::{Qualifier, format_vi};

use super::Subject;

/// How a figure is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `68.164`
    Number,
    /// `68.164 hồ sơ`, `99,2%`
    WithUnit,
    /// `1.178 trong 1.281 hồ sơ`
    OfWhom,
    /// As the document has it.
    AsWritten,
}

impl Form {
    pub(super) const NAMES: &'static str = "number, with-unit, of-whom, as-written";

    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "number" => Self::Number,
            "with-unit" => Self::WithUnit,
            "of-whom" => Self::OfWhom,
            "as-written" => Self::AsWritten,
            _ => return None,
        })
    }
}

/// Put between a number and its unit, so that no line breaks there.
pub(super) const NO_BREAK: char = '\u{a0}';

/// A figure in words; `None` where no table speaks of it.
pub(super) fn value(
    analysis: &Analysis<'_>,
    stat: Stat,
    subject: Subject,
    form: Form,
) -> Option<String> {
    let o = analysis.observe(stat, subject.unit, subject.service, subject.period);
    let word = match o.state {
        State::Absent => return None,
        State::Value => {
            let text = worded(analysis, stat, &o, form);
            let is_part = o.basis == Basis::Predecessors && o.is_partial();
            return Some(if is_part {
                let (n, m) = (o.counted, o.of);
                format!("{text} ({n} trong {m} đơn vị trước sắp xếp)")
            } else {
                text
            });
        }
        State::NotComparable(_) => "không so sánh được",
        State::NoActivity => "không phát sinh",
        State::NotReported => "chưa báo cáo",
        State::NotApplicable => "không áp dụng",
        State::Suppressed => "được ẩn để bảo vệ thông tin cá nhân",
        State::Doubtful | State::Unreadable => {
            let text = if o.value.is_some() {
                Some(worded(analysis, stat, &o, form))
            } else {
                as_written(analysis, &o)
            };
            return Some(match text {
                Some(text) => format!("{text} (cần đối chiếu)"),
                None => "cần đối chiếu".to_owned(),
            });
        }
    };
    Some(word.to_owned())
}

fn worded(analysis: &Analysis<'_>, stat: Stat, o: &Observation, form: Form) -> String {
    let fallback = || number(analysis, stat, o, form != Form::Number);
    match form {
        Form::Number | Form::WithUnit => fallback(),
        Form::OfWhom => of_whom(analysis, stat, o).unwrap_or_else(fallback),
        Form::AsWritten => as_written(analysis, o).unwrap_or_else(fallback),
    }
}

/// The words of the document, where a cell holds them.
fn as_written(analysis: &Analysis<'_>, o: &Observation) -> Option<String> {
    let text = match (o.claim, o.fact) {
        (Some(at), _) => analysis.claims().list[at].as_written.to_string(),
        (None, Some(fact)) => analysis
            .facts()
            .extra(fact)?
            .as_written
            .as_deref()?
            .to_owned(),
        (None, None) => return None,
    };
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

fn of_whom(analysis: &Analysis<'_>, stat: Stat, o: &Observation) -> Option<String> {
    let Stat::Indicator(ix) = stat else {
        return None;
    };
    let (part, whole) = (o.numerator?, o.denominator?);
    let indicator = analysis.catalog.indicator(ix);
    let measure = indicator
        .denominator
        .first()
        .map(|m| analysis.catalog.measure(*m).unit.as_str());
    let what = if indicator.of_whom.is_empty() {
        measure.unwrap_or_default()
    } else {
        &indicator.of_whom
    };
    Some(format!(
        "{} trong {}",
        format_vi(part),
        with_unit(&format_vi(whole), what)
    ))
}

/// A number with its qualifier or range, with or without its unit.
fn number(analysis: &Analysis<'_>, stat: Stat, o: &Observation, unit: bool) -> String {
    let Some(value) = o.value else {
        return String::new();
    };
    // A figure that is computed or summed has no qualifier of its own: its parts have.
    let claim = o
        .claim
        .filter(|_| o.basis == Basis::Stated)
        .map(|at| &analysis.claims().list[at]);
    let extra: Option<&Extra> = match (stat, claim) {
        (_, Some(claim)) => Some(&claim.extra),
        (Stat::Measure(_), None) => o.fact.and_then(|f| analysis.facts().extra(f)),
        (Stat::Indicator(_), None) => None,
    };
    let digits = match extra.and_then(|e| e.max) {
        Some(max) => format!("{} đến {}", format_vi(value), format_vi(max)),
        None => format_vi(value),
    };
    let digits = if unit {
        in_unit(analysis, stat, value, &digits)
    } else {
        digits
    };
    match extra.and_then(|e| e.qualifier) {
        Some(qualifier) => format!("{}{digits}", qualifier_word(qualifier)),
        None => digits,
    }
}

/// Digits with the unit of their statistic: `80%`, `5 hồ sơ`, `cấp độ 3`, `có`.
pub(super) fn in_unit(analysis: &Analysis<'_>, stat: Stat, value: Decimal, digits: &str) -> String {
    match stat {
        Stat::Indicator(i) => with_unit(digits, &analysis.catalog.indicator(i).unit),
        Stat::Measure(m) => {
            let measure = analysis.catalog.measure(m);
            match measure.kind {
                MeasureType::YesNo => if value.is_zero() { "không" } else { "có" }.to_owned(),
                MeasureType::Level => format!("{}{NO_BREAK}{digits}", measure.unit),
                _ => with_unit(digits, &measure.unit),
            }
        }
    }
}

fn with_unit(digits: &str, unit: &str) -> String {
    match unit {
        "" => digits.to_owned(),
        "%" => format!("{digits}%"),
        unit => format!("{digits}{NO_BREAK}{unit}"),
    }
}

fn qualifier_word(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Equal => "",
        Qualifier::More => "hơn ",
        Qualifier::AtLeast => "ít nhất ",
        Qualifier::Less => "dưới ",
        Qualifier::AtMost => "nhiều nhất ",
        Qualifier::About => "khoảng ",
    }
}

/// The rank of a unit among its like below the same unit; `None` where it has no figure.
pub(super) fn rank(
    analysis: &Analysis<'_>,
    indicator: IndicatorIx,
    subject: Subject,
    above: Option<UnitIx>,
    units: &[UnitIx],
) -> Option<String> {
    let Subject {
        unit,
        service,
        period,
    } = subject;
    if analysis
        .observe(Stat::Indicator(indicator), unit, service, period)
        .state
        == State::Absent
    {
        return None;
    }
    let own = analysis.catalog.units.get(unit);
    let unranked = || Some("chưa xếp hạng".to_owned());
    let Some(above) = above
        .or(own.parent)
        .filter(|_| Analysis::is_ranked_level(own.level))
    else {
        return unranked();
    };
    let scope = Scope {
        above,
        level: own.level,
    };
    let ranking = analysis.ranking(indicator, service, period, scope, units);
    let Some(entry) = ranking.entry(unit) else {
        return unranked();
    };
    Some(if entry.shared > 1 {
        format!(
            "đồng hạng {} với {} đơn vị khác",
            entry.rank,
            entry.shared - 1
        )
    } else {
        format!("thứ {} trong {}", entry.rank, ranking.entries.len())
    })
}

/// The targets that the newest document up to the period sets; `None` where there is none.
pub(super) fn target(analysis: &Analysis<'_>, stat: Stat, subject: Subject) -> Option<String> {
    let fitting = |t: &&Target| {
        t.stat == stat
            && analysis.is_set_for(t, subject.unit, subject.service)
            && t.period <= subject.period
    };
    let newest = analysis
        .targets
        .iter()
        .filter(fitting)
        .map(|t| t.period)
        .max()?;
    let mut texts: Vec<String> = Vec::new();
    for t in analysis
        .targets
        .iter()
        .filter(fitting)
        .filter(|t| t.period == newest)
    {
        let text = target_words(analysis, t);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    Some(texts.join("; "))
}

fn target_words(analysis: &Analysis<'_>, target: &Target) -> String {
    let operator = match target.operator {
        Operator::AtLeast => "ít nhất ",
        Operator::Equal => "",
        Operator::AtMost => "nhiều nhất ",
        Operator::More => "hơn ",
        Operator::Less => "dưới ",
    };
    let value = in_unit(
        analysis,
        target.stat,
        target.value,
        &format_vi(target.value),
    );
    let deadline = match target.deadline {
        Some(day) if target.deadline_kind == DeadlineKind::From => {
            format!(", từ {}", day.format_vi())
        }
        Some(day) => format!(", hạn {}", day.format_vi()),
        None => String::new(),
    };
    format!("{operator}{value}{deadline}")
}
