//! An account → its message and its sentences.

use std::cmp::Ordering;

use super::language::{Tongue, is_ratio};
use super::{Account, AgainstParent, Headline, Over, Place, Who};
use crate::analysis::{Basis, Delta, Missing, TargetState};
use crate::model::Stat;
use crate::render::view::View;
use crate::render::words::{lower_first, upper_first};
use crate::text::naming;

impl Account<'_> {
    /// The message of the page: one line with the figure.
    pub(crate) fn message(&self, view: &View<'_>, tongue: Tongue<'_>) -> String {
        let who = self.who(view, tongue);
        let period = tongue.period(view, self.period);
        let Some(h) = &self.headline else {
            let (key, n) = match (self.figures, self.targets) {
                (0, 0) => ("words.nothing", 0),
                (0, n) => ("words.targets", n),
                (n, _) => ("words.figures", n),
            };
            let n = n.to_string();
            return tongue.say(key, &[("who", &who), ("n", &n), ("p", &period)]);
        };
        let x = tongue
            .observed(view, h.stat, &h.observation)
            .unwrap_or_default();
        // The name of a service is long, and what it is of stands in the next sentence.
        let is_short = matches!(self.who, Who::Service);
        let name = lower_first(tongue.label(view, h.stat, is_short));
        let when = within(tongue, &period);
        let values = [
            ("who", who.as_str()),
            ("name", &name),
            ("x", &x),
            ("noun", tongue.noun(view, h.stat)),
            ("when", &when),
            ("p", &period),
        ];
        let key = match h.stat {
            Stat::Indicator(_) if is_short => "words.of_service",
            Stat::Measure(_) if is_short => "words.count_of_service",
            Stat::Indicator(_) if h.observation.basis == Basis::Stated => "words.stated",
            Stat::Indicator(_) => "words.ratio",
            Stat::Measure(_) => "words.count",
        };
        tongue.say(key, &values)
    }

    /// The sentences under the message, in the order in which they are told.
    pub(crate) fn sentences(&self, view: &View<'_>, tongue: Tongue<'_>) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(h) = &self.headline {
            out.extend(match self.who {
                Who::Service => h.of_whom(view, tongue, self),
                _ => h.level(view, tongue),
            });
            out.extend(h.against_parent(view, tongue));
            out.extend(h.change.as_ref().map(|d| changed(view, tongue, h.stat, d)));
            out.extend(h.against_target(view, tongue));
            out.extend(h.place.map(|p| placed(view, tongue, p)));
        } else if self.figures == 0 && self.targets > 0 {
            out.push(tongue.say("words.plan_only", &[]));
        }
        if self.caveats > 0 {
            out.push(tongue.say("words.caveats", &[("n", &self.caveats.to_string())]));
        }
        out
    }

    /// All of it as one text, for files and feeds.
    pub(crate) fn text(&self, view: &View<'_>, tongue: Tongue<'_>) -> String {
        let message = self.message(view, tongue);
        let mut parts = vec![format!("{message}.")];
        let mut sentences = self.sentences(view, tongue);
        // The message has the name and the figure already.
        let headline = self
            .headline
            .as_ref()
            .filter(|_| !matches!(self.who, Who::Service));
        let shorter = headline.and_then(|h| match h.counts(view, tongue) {
            Some(counts) => Some(tongue.say("words.counts", &[("counts", &counts)])),
            None => {
                (h.observation.basis == Basis::Stated).then(|| tongue.say("words.no_counts", &[]))
            }
        });
        if let (Some(first), Some(shorter)) = (sentences.first_mut(), shorter) {
            *first = shorter;
        }
        parts.extend(sentences);
        parts.join(" ")
    }

    fn who(&self, view: &View<'_>, tongue: Tongue<'_>) -> String {
        let catalog = view.analysis.catalog;
        let unit = catalog.units.get(self.unit);
        let name = match self.who {
            Who::Unit | Who::Edition if self.headline.is_none() && self.figures == 0 => {
                tongue.either(&unit.name, &unit.name_en)
            }
            Who::Unit | Who::Edition => tongue.either(&unit.short_name, &unit.short_name_en),
            Who::Service => {
                let service = catalog.services.get(self.service);
                tongue.either(&service.name, &service.name_en)
            }
        };
        name.to_owned()
    }
}

impl Headline<'_> {
    /// "Tỷ lệ đúng hạn: 1.178 trong 1.281 hồ sơ của 12 dịch vụ (92%)."
    fn level(&self, view: &View<'_>, tongue: Tongue<'_>) -> Option<String> {
        let o = &self.observation;
        let x = tongue.observed(view, self.stat, o)?;
        let name = upper_first(tongue.label(view, self.stat, false));
        if let Some(counts) = self.counts(view, tongue) {
            let values = [("name", name.as_str()), ("counts", &counts), ("x", &x)];
            return Some(tongue.say("words.of_whom", &values));
        }
        (o.basis == Basis::Stated)
            .then(|| tongue.say("words.stated_only", &[("name", &name), ("x", &x)]))
    }

    /// "Tháng 9/2024, tỉnh Bình Định: 1.178 trong 1.281 hồ sơ tiếp nhận."
    fn of_whom(&self, view: &View<'_>, tongue: Tongue<'_>, told: &Account<'_>) -> Option<String> {
        let counts = match self.counts(view, tongue) {
            Some(counts) => counts,
            None => tongue.observed(view, self.stat, &self.observation)?,
        };
        let period = upper_first(&tongue.period(view, told.period));
        let unit = tongue.unit(view, told.unit);
        let values = [("p", period.as_str()), ("unit", &unit), ("counts", &counts)];
        Some(tongue.say("words.in_unit", &values))
    }

    /// "1.178 trong 1.281 hồ sơ của 12 dịch vụ".
    fn counts(&self, view: &View<'_>, tongue: Tongue<'_>) -> Option<String> {
        let (n, d) = (self.observation.numerator?, self.observation.denominator?);
        let noun = match tongue.noun(view, self.stat) {
            "" => tongue.say("words.cases", &[]),
            noun => noun.to_owned(),
        };
        let values = [
            ("a", tongue.number(n)),
            ("b", tongue.number(d)),
            ("noun", noun),
            ("over", over(tongue, self.over)),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        Some(tongue.say("words.share", &values))
    }

    fn against_parent(&self, view: &View<'_>, tongue: Tongue<'_>) -> Option<String> {
        let AgainstParent {
            unit,
            gap,
            left_out,
        } = self.parent.as_ref()?;
        let key = match gap.cmp(&crate::decimal::Decimal::ZERO) {
            Ordering::Greater => "words.above_parent",
            Ordering::Less => "words.below_parent",
            Ordering::Equal => "words.as_parent",
        };
        let mut unit = tongue.unit(view, *unit);
        if let Some((a, b)) = left_out {
            let values = [("unit", unit), ("a", a.to_string()), ("b", b.to_string())];
            let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
            unit = tongue.say("words.part_of_parent", &values);
        }
        let x = tongue.number(gap.abs());
        Some(tongue.say(key, &[("unit", &unit), ("x", &x)]))
    }

    fn against_target(&self, view: &View<'_>, tongue: Tongue<'_>) -> Option<String> {
        let (target, progress) = self.target.as_ref()?;
        let aim = tongue.figure(view, self.stat, target.value);
        let gap = tongue.number(progress.gap?.abs());
        let key = match progress.state {
            TargetState::Met => "words.target_met",
            _ if is_ratio(view, self.stat) => "words.target_short_points",
            _ => "words.target_short",
        };
        let noun = tongue.noun(view, self.stat);
        Some(tongue.say(key, &[("aim", &aim), ("x", &gap), ("noun", noun)]))
    }
}

fn over(tongue: Tongue<'_>, over: Over) -> String {
    let (key, n, of) = match over {
        Over::Nothing => return String::new(),
        Over::Services(n, of) if n < of => (
            "words.over_some_services",
            tongue.count(n),
            tongue.count(of),
        ),
        Over::Services(n, _) => ("words.over_services", tongue.count(n), String::new()),
        Over::Units(n, of) if n < of => {
            ("words.over_some_units", tongue.count(n), tongue.count(of))
        }
        Over::Units(n, _) => ("words.over_units", tongue.count(n), String::new()),
    };
    tongue.say(key, &[("n", &n), ("of", &of)])
}

fn changed(view: &View<'_>, tongue: Tongue<'_>, stat: Stat, d: &Delta) -> String {
    let x = tongue.number(d.difference.abs());
    let up = match d.difference.cmp(&crate::decimal::Decimal::ZERO) {
        Ordering::Greater => Some(true),
        Ordering::Less => Some(false),
        Ordering::Equal => None,
    };
    let percent = d.percent.map(|p| tongue.number(p.abs()));
    let mut since = tongue.period(view, d.previous);
    if let Some(q) = passed_over(view, tongue, &d.skipped) {
        since = tongue.say("words.past_gap", &[("p", &since), ("q", &q)]);
    }
    if let Some(day) = d.across {
        since = tongue.say(
            "words.before_break",
            &[("p", &since), ("d", &tongue.date(day))],
        );
    }
    let key = match (up, d.is_points, &percent) {
        (None, ..) => "words.same",
        (Some(true), true, _) => "words.up_points",
        (Some(false), true, _) => "words.down_points",
        (Some(true), false, Some(_)) => "words.up_percent",
        (Some(false), false, Some(_)) => "words.down_percent",
        (Some(true), false, None) => "words.up",
        (Some(false), false, None) => "words.down",
    };
    let values = [
        ("p", since),
        ("x", x),
        ("noun", tongue.noun(view, stat).to_owned()),
        ("y", percent.unwrap_or_default()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let sentence = tongue.say(key, &values);
    if d.in_period {
        let figure = tongue.figure(view, stat, d.now);
        return tongue.say(
            "words.in_period",
            &[("x", &figure), ("sentence", &sentence)],
        );
    }
    sentence
}

/// The periods between the two that are compared; none where they follow each other.
fn passed_over(view: &View<'_>, tongue: Tongue<'_>, list: &[Missing]) -> Option<String> {
    Some(match list {
        [] => return None,
        [Missing::Known(p)] => tongue.period(view, *p),
        [Missing::Named(c)] => tongue.calendar(*c),
        [Missing::Days] => tongue.say("change.gap_days", &[]),
        many => tongue.say("change.gap_periods", &[("n", &many.len().to_string())]),
    })
}

fn placed(view: &View<'_>, tongue: Tongue<'_>, place: Place) -> String {
    let key = match (place.rank, place.shared) {
        (_, shared) if shared > 1 => "words.joint",
        (1, _) => "words.first",
        _ => "words.place",
    };
    let values = [
        ("r", tongue.count(place.rank)),
        ("of", tongue.count(place.of)),
        ("n", tongue.count(place.shared.saturating_sub(1))),
        ("units", tongue.level(place.level)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let all = tongue.say(key, &values);
    let Some(peers) = place.peers else {
        return tongue.say("words.only_all", &[("all", &all)]);
    };
    let key = match (peers.rank, peers.shared) {
        (_, shared) if shared > 1 => "words.joint_in_group",
        (1, _) => "words.first_in_group",
        _ => "words.in_group",
    };
    let values = [
        ("all", all),
        ("r", tongue.count(peers.rank)),
        ("of", tongue.count(peers.of)),
        ("group", tongue.group(view, peers.group)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    tongue.say(key, &values)
}

/// " trong tháng 9/2024", or ", từ năm 2022 đến 14/6/2023".
fn within(tongue: Tongue<'_>, period: &str) -> String {
    let key = if naming::is_span(period) {
        "words.during"
    } else {
        "words.within"
    };
    tongue.say(key, &[("p", period)])
}
