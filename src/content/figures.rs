//! Observations, ranks and targets → words of the language of the text. Plain text, not yet escaped.

use crate::analysis::{Analysis, Basis, Observation, Scope, State};
use crate::decimal::Decimal;
use crate::model::{Extra, IndicatorIx, MeasureType, Operator, Stat, Target, UnitIx};
use crate::text::date::DeadlineKind;
use crate::text::number::Qualifier;

use super::{Subject, Voice};

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
pub(super) fn value(voice: Voice<'_>, stat: Stat, subject: Subject, form: Form) -> Option<String> {
    let analysis = voice.analysis;
    let o = analysis.observe(stat, subject.unit, subject.service, subject.period);
    let key = match o.state {
        State::Absent => return None,
        State::Value => {
            let text = worded(voice, stat, &o, form);
            let is_part = o.basis == Basis::Predecessors && o.is_partial();
            return Some(if is_part {
                let (a, b) = (o.counted.to_string(), o.of.to_string());
                let values = [("x", text.as_str()), ("a", &a), ("b", &b)];
                voice.say("prose.partial", &values)
            } else {
                text
            });
        }
        State::NotComparable(_) => "prose.not_comparable",
        State::NoActivity => "state.no_activity",
        State::NotReported => "state.not_reported",
        State::NotApplicable => "state.not_applicable",
        State::Suppressed => "state.suppressed",
        State::Doubtful | State::Unreadable => {
            let text = if o.value.is_some() {
                Some(worded(voice, stat, &o, form))
            } else {
                as_written(analysis, &o)
            };
            return Some(match text {
                Some(text) => voice.say("prose.doubtful", &[("x", &text)]),
                None => voice.say("prose.doubtful_alone", &[]),
            });
        }
    };
    Some(voice.say(key, &[]))
}

fn worded(voice: Voice<'_>, stat: Stat, o: &Observation, form: Form) -> String {
    let fallback = || number(voice, stat, o, form != Form::Number);
    match form {
        Form::Number | Form::WithUnit => fallback(),
        Form::OfWhom => of_whom(voice, stat, o).unwrap_or_else(fallback),
        Form::AsWritten => as_written(voice.analysis, o).unwrap_or_else(fallback),
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

fn of_whom(voice: Voice<'_>, stat: Stat, o: &Observation) -> Option<String> {
    let analysis = voice.analysis;
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
    let (part, whole) = (voice.number(part), with_unit(&voice.number(whole), what));
    Some(voice.say("prose.share", &[("a", &part), ("b", &whole)]))
}

/// A number with its qualifier or range, with or without its unit.
fn number(voice: Voice<'_>, stat: Stat, o: &Observation, unit: bool) -> String {
    let analysis = voice.analysis;
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
        Some(max) => {
            let (a, b) = (voice.number(value), voice.number(max));
            voice.say("words.range", &[("a", &a), ("b", &b)])
        }
        None => voice.number(value),
    };
    let digits = if unit {
        in_unit(voice, stat, value, &digits)
    } else {
        digits
    };
    match extra.and_then(|e| e.qualifier) {
        Some(qualifier) => qualified(voice, qualifier, digits),
        None => digits,
    }
}

/// Digits with the unit of their statistic: `80%`, `5 hồ sơ`, `cấp độ 3`, `có`.
pub(super) fn in_unit(voice: Voice<'_>, stat: Stat, value: Decimal, digits: &str) -> String {
    let analysis = voice.analysis;
    match stat {
        Stat::Indicator(i) => with_unit(digits, &analysis.catalog.indicator(i).unit),
        Stat::Measure(m) => {
            let measure = analysis.catalog.measure(m);
            match measure.kind {
                MeasureType::YesNo if value.is_zero() => voice.say("prose.no", &[]),
                MeasureType::YesNo => voice.say("prose.yes", &[]),
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

fn qualified(voice: Voice<'_>, qualifier: Qualifier, digits: String) -> String {
    let key = match qualifier {
        Qualifier::Equal => return digits,
        Qualifier::More => "prose.more",
        Qualifier::AtLeast => "prose.at_least",
        Qualifier::Less => "prose.less",
        Qualifier::AtMost => "prose.at_most",
        Qualifier::About => "prose.about",
    };
    voice.say(key, &[("x", &digits)])
}

/// The rank of a unit among its like below the same unit; `None` where it has no figure.
pub(super) fn rank(
    voice: Voice<'_>,
    indicator: IndicatorIx,
    subject: Subject,
    above: Option<UnitIx>,
    units: &[UnitIx],
) -> Option<String> {
    let analysis = voice.analysis;
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
    let unranked = || Some(voice.say("prose.unranked", &[]));
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
    let rank = entry.rank.to_string();
    Some(if entry.shared > 1 {
        let others = (entry.shared - 1).to_string();
        voice.say("prose.joint", &[("r", &rank), ("n", &others)])
    } else {
        let of = ranking.entries.len().to_string();
        voice.say("prose.place", &[("r", &rank), ("of", &of)])
    })
}

/// The targets that the newest document up to the period sets; `None` where there is none.
pub(super) fn target(voice: Voice<'_>, stat: Stat, subject: Subject) -> Option<String> {
    let analysis = voice.analysis;
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
        let text = target_words(voice, t);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    Some(texts.join("; "))
}

fn target_words(voice: Voice<'_>, target: &Target) -> String {
    let digits = voice.number(target.value);
    let value = in_unit(voice, target.stat, target.value, &digits);
    let qualifier = match target.operator {
        Operator::AtLeast => Qualifier::AtLeast,
        Operator::Equal => Qualifier::Equal,
        Operator::AtMost => Qualifier::AtMost,
        Operator::More => Qualifier::More,
        Operator::Less => Qualifier::Less,
    };
    let aim = qualified(voice, qualifier, value);
    let Some(day) = target.deadline else {
        return aim;
    };
    let key = match target.deadline_kind {
        DeadlineKind::From => "prose.target_from",
        _ => "prose.target_by",
    };
    voice.say(key, &[("aim", &aim), ("d", &voice.day(day))])
}
