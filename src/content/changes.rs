//! Changes → Vietnamese words. Plain text, not yet escaped.

use crate::analysis::{Against, Analysis, Delta, Missing, NoChange, State, Why};
use crate::decimal::Decimal;
use crate::model::{Calendar, Stat};
use crate::text::number::format_vi;

use super::Subject;
use super::figures::{NO_BREAK, in_unit};

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
    analysis: &Analysis<'_>,
    stat: Stat,
    subject: Subject,
    (against, detail): (Against, Detail),
) -> Option<String> {
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
        Err(none) => return Some(reason(none, against).to_owned()),
    };
    let mut text = size(analysis, stat, &delta);
    if delta.in_period {
        let figure = in_unit(analysis, stat, delta.now, &format_vi(delta.now));
        text = format!("trong kỳ {figure}, {text}");
    }
    let across = delta.across.map_or_else(String::new, |day| {
        format!(" (trước khi sắp xếp đơn vị ngày {})", day.format_vi())
    });
    // A period that is not the one just before must be named.
    if detail == Detail::Full || !delta.skipped.is_empty() {
        text = format!("{text} {}", since(analysis, &delta));
    }
    text.push_str(&across);
    if detail == Detail::Full
        && let Some(p) = delta.parts
    {
        text = format!(
            "{text} (tử số {}, mẫu số {} điểm phần trăm)",
            signed(p.numerator),
            signed(p.denominator)
        );
    }
    Some(text)
}

fn reason(none: NoChange, against: Against) -> &'static str {
    match (none.why, against) {
        (Why::NoPeriod, Against::Previous) => "chưa có kỳ trước để so sánh",
        (Why::NoPeriod, Against::LastYear) => "chưa có số liệu cùng kỳ năm trước để so sánh",
        _ => "không so sánh được",
    }
}

fn size(analysis: &Analysis<'_>, stat: Stat, delta: &Delta) -> String {
    if delta.difference.is_zero() {
        return "không đổi".to_owned();
    }
    let verb = if delta.difference.is_negative() {
        "giảm"
    } else {
        "tăng"
    };
    let size = delta.difference.abs();
    if delta.is_points {
        return format!("{verb} {}{NO_BREAK}điểm phần trăm", format_vi(size));
    }
    let size = in_unit(analysis, stat, size, &format_vi(size));
    match delta.percent {
        Some(percent) => format!("{verb} {size} ({}%)", format_vi(percent.abs())),
        None => format!("{verb} {size}"),
    }
}

/// "so với tháng 7/2024 (tháng 8/2024 chưa có số liệu)".
fn since(analysis: &Analysis<'_>, delta: &Delta) -> String {
    let name = |p| crate::text::normal::lower_first(&analysis.period(p).label);
    let gap = match delta.skipped.as_slice() {
        [] => String::new(),
        [Missing::Known(p)] => format!(" ({} chưa có số liệu)", name(*p)),
        [Missing::Named(c)] => format!(" ({} chưa có số liệu)", Calendar::format_vi(*c)),
        [Missing::Days] => " (khoảng giữa hai kỳ chưa có số liệu)".to_owned(),
        many => format!(" ({} kỳ ở giữa chưa có số liệu)", many.len()),
    };
    format!("so với {}{gap}", name(delta.previous))
}

/// "+2,2", "−26,7".
fn signed(value: Decimal) -> String {
    let sign = match value.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{}", format_vi(value.abs()))
}
