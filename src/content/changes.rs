//! Changes → words of the language of the text. Plain text, not yet escaped.

use crate::analysis::{Against, Delta, Missing, NoChange, State, Why};
use crate::decimal::Decimal;
use crate::model::{Calendar, PeriodIx, Stat};
use crate::text::normal::lower_first;

use super::figures::in_unit;
use super::{Subject, Voice};

/// What the words of `against` mean.
pub(super) fn parse_against(text: &str) -> Option<Against> {
    Some(match text {
        "previous" => Against::Previous,
        "last-year" => Against::LastYear,
        _ => return None,
    })
}

/// The words of `against`.
pub(super) const AGAINST: &str = "previous, last-year";

/// How much a change tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// `tăng 1,2 điểm phần trăm`
    Short,
    /// With the period it is compared with and the two parts of a ratio's change.
    Full,
}

impl Detail {
    pub(super) const NAMES: &'static str = "short, full";

    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "short" => Self::Short,
            "full" => Self::Full,
            _ => return None,
        })
    }
}

/// The change of a figure; `None` where there is no figure at all.
pub(super) fn change(
    voice: Voice<'_>,
    stat: Stat,
    subject: Subject,
    (against, detail): (Against, Detail),
) -> Option<String> {
    let analysis = voice.analysis;
    let Subject {
        unit,
        service,
        period,
    } = subject;
    if analysis.observe(stat, unit, service, period).state == State::Absent {
        return None;
    }
    let delta = match analysis.compare(stat, unit, service, period, against) {
        Ok(delta) => delta,
        Err(none) => return Some(voice.say(reason(none, against), &[])),
    };
    let mut text = size(voice, stat, &delta);
    if delta.in_period {
        let figure = in_unit(voice, stat, delta.now, &voice.number(delta.now));
        text = voice.say("prose.in_period", &[("x", &figure), ("change", &text)]);
    }
    // A period that is not the one just before must be named.
    if detail == Detail::Full || !delta.skipped.is_empty() {
        text = format!("{text} {}", since(voice, &delta));
    }
    if let Some(day) = delta.across {
        text = voice.say("prose.across", &[("x", &text), ("d", &voice.day(day))]);
    }
    if detail == Detail::Full
        && let Some(p) = delta.parts
    {
        let (n, d) = (signed(voice, p.numerator), signed(voice, p.denominator));
        let values = [("x", text.as_str()), ("a", &n), ("b", &d)];
        text = voice.say("prose.parts", &values);
    }
    Some(text)
}

fn reason(none: NoChange, against: Against) -> &'static str {
    match (none.why, against) {
        (Why::NoPeriod, Against::Previous) => "prose.no_previous",
        (Why::NoPeriod, Against::LastYear) => "prose.no_last_year",
        _ => "prose.not_comparable",
    }
}

fn size(voice: Voice<'_>, stat: Stat, delta: &Delta) -> String {
    if delta.difference.is_zero() {
        return voice.say("prose.same", &[]);
    }
    let size = delta.difference.abs();
    let number = voice.number(size);
    let size = if delta.is_points {
        voice.say("prose.points", &[("x", &number)])
    } else {
        in_unit(voice, stat, size, &number)
    };
    let key = if delta.difference.is_negative() {
        "prose.down"
    } else {
        "prose.up"
    };
    let text = voice.say(key, &[("x", &size)]);
    match delta.percent.filter(|_| !delta.is_points) {
        Some(percent) => format!("{text} ({}%)", voice.number(percent.abs())),
        None => text,
    }
}

/// "so với tháng 7/2024 (tháng 8/2024 chưa có số liệu)".
fn since(voice: Voice<'_>, delta: &Delta) -> String {
    let since = voice.say("prose.since", &[("p", &period(voice, delta.previous))]);
    let gap = |name: &str| voice.say("prose.gap", &[("x", &since), ("q", name)]);
    match delta.skipped.as_slice() {
        [] => since,
        [Missing::Known(p)] => gap(&period(voice, *p)),
        [Missing::Named(c)] => gap(&voice.tongue.calendar(*c)),
        [Missing::Days] => gap(&voice.say("prose.gap_days", &[])),
        many => gap(&voice.say("prose.gap_periods", &[("n", &many.len().to_string())])),
    }
}

/// A period inside a sentence.
fn period(voice: Voice<'_>, period: PeriodIx) -> String {
    let p = voice.analysis.period(period);
    match Calendar::parse(&p.id).filter(|_| voice.lang != "vi") {
        Some(known) => voice.tongue.calendar(known),
        None => lower_first(&p.label),
    }
}

/// "+2,2", "−26,7".
fn signed(voice: Voice<'_>, value: Decimal) -> String {
    let sign = match value.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{}", voice.number(value.abs()))
}
