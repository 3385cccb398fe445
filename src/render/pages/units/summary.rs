//! The message of a unit and its lead: level, comparison, change, rank, caveat.

use crate::analysis::{Against, Basis, Observation};
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::render::changes;
use crate::render::rankings::{self, Ranked};
use crate::render::view::View;
use crate::render::words::{lower_first, trim_zeros, unit_in_text, upper_first};
use crate::text::number::format_vi;

/// The message of the page and its lead: level, comparison, change, target, rank, caveat.
pub(super) fn summary(
    view: &View<'_>,
    unit: UnitIx,
    period: PeriodIx,
    ranked: &[&Ranked],
    caveats: usize,
) -> (String, String) {
    let u = view.analysis.catalog.units.get(unit);
    let when = view.period_in_text(period);
    let headline = view.headline().into_iter().find_map(|s| {
        let o = view.analysis.observe(s, unit, ServiceIx::WHOLE, period);
        (o.sound().is_some() && (o.basis != Basis::Stated || view.is_ratio(s))).then_some((s, o))
    });
    let Some((stat, o)) = headline else {
        return plain_summary(view, unit, period);
    };
    let figure = view.words(stat, &o);
    let name = lower_first(view.label(stat));
    let message = match stat {
        Stat::Indicator(_) if o.basis == Basis::Stated => {
            format!("{}: {name} {figure} theo báo cáo, {when}", u.short_name)
        }
        Stat::Indicator(_) => format!("{}: {name} {figure}{}", u.short_name, within(&when)),
        Stat::Measure(_) => format!(
            "{}: {figure} {}{}",
            u.short_name,
            view.noun(stat),
            within(&when)
        ),
    };
    let mut lead: Vec<String> = Vec::new();
    if let Some(of_whom) = view.of_whom(stat, &o) {
        let over = match o.basis {
            Basis::Services if o.is_partial() => format!(
                " của {} trong {} dịch vụ, chỉ tính nơi số liệu khớp",
                o.counted, o.of
            ),
            Basis::Services => format!(" của {} dịch vụ", o.counted),
            Basis::Units => match view.analysis.coverage(stat, unit, ServiceIx::WHOLE, period) {
                (a, b) if a < b => format!(" của {a} trong {b} đơn vị"),
                _ => format!(" của {} đơn vị có báo cáo", o.counted),
            },
            _ => String::new(),
        };
        lead.push(format!(
            "{}: {of_whom}{over} ({figure}).",
            upper_first(&name)
        ));
    } else if o.basis == Basis::Stated {
        lead.push(format!(
            "{} {figure} theo báo cáo, không kèm số để tính lại.",
            upper_first(&name)
        ));
    }
    if let Some(text) = against_parent(view, stat, unit, period, &o) {
        lead.push(text);
    }
    if let Some(d) = view.analysis.change(stat, unit, ServiceIx::WHOLE, period) {
        let c = changes::change(view, stat, &d, Against::Previous);
        let since = c.since.unwrap_or_default();
        lead.push(format!("{}, {}.", upper_first(&since), c.text));
    }
    let place = ranked
        .iter()
        .find(|r| Stat::Indicator(r.indicator) == stat)
        .and_then(|r| {
            let entry = r.ranking.entry(unit)?;
            Some(rankings::place_words(
                view,
                entry,
                r.ranking.entries.len(),
                r.scope.level,
            ))
        });
    if let Some(place) = place {
        lead.push(format!("{}.", upper_first(&place)));
    }
    if caveats > 0 {
        lead.push(format!("{caveats} số liệu cần đối chiếu."));
    }
    (message, lead.join(" "))
}

/// " trong tháng 9/2024", or ", từ năm 2022 đến 14/6/2023".
fn within(when: &str) -> String {
    let is_span = ["từ ", "đợt "].iter().any(|w| when.starts_with(w));
    if is_span {
        format!(", {when}")
    } else {
        format!(" trong {when}")
    }
}

/// Without a headline figure: how much there is, and from where.
fn plain_summary(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> (String, String) {
    let u = view.analysis.catalog.units.get(unit);
    let facts = view.analysis.facts();
    let count = facts
        .of_unit(unit)
        .filter(|i| facts.keys()[*i].period() == period)
        .count()
        + view
            .analysis
            .claims()
            .of_unit(unit)
            .iter()
            .filter(|c| c.key.period() == period)
            .count();
    let targets = view
        .analysis
        .targets
        .iter()
        .filter(|t| t.unit == unit)
        .count();
    let when = view.period_in_text(period);
    let message = match (count, targets) {
        (0, 0) => format!("{}, {when}", u.name),
        (0, n) => format!("{}: {n} chỉ tiêu đặt ra cho {when}", u.short_name),
        (n, _) => format!("{}: {n} số liệu trong báo cáo {when}", u.short_name),
    };
    let lead = match count {
        0 => "Văn bản của kỳ này đặt chỉ tiêu và nhiệm vụ, chưa nêu kết quả.".to_owned(),
        _ => String::new(),
    };
    (message, lead)
}

fn against_parent(
    view: &View<'_>,
    stat: Stat,
    unit: UnitIx,
    period: PeriodIx,
    o: &Observation,
) -> Option<String> {
    if !view.is_ratio(stat) {
        return None;
    }
    let parent = view.analysis.catalog.units.get(unit).parent?;
    let whole = view
        .analysis
        .observe(stat, parent, ServiceIx::WHOLE, period);
    if !o.compares_with_parent(&whole) {
        return None;
    }
    let (own, whole_value) = (o.sound()?, whole.sound()?);
    let gap = own.checked_sub(whole_value)?;
    let name = unit_in_text(view.unit_name(parent));
    let points = format_vi(trim_zeros(gap.abs()));
    Some(match gap.cmp(&crate::decimal::Decimal::ZERO) {
        std::cmp::Ordering::Greater => {
            format!("Cao hơn mức chung của {name} {points} điểm phần trăm.")
        }
        std::cmp::Ordering::Less => {
            format!("Thấp hơn mức chung của {name} {points} điểm phần trăm.")
        }
        std::cmp::Ordering::Equal => format!("Bằng mức chung của {name}."),
    })
}
