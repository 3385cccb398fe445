//! A language that sentences are told in: its strings, its numbers, its names.

use crate::analysis::{Basis, Observation, State};
use crate::decimal::Decimal;
use crate::model::{
    Calendar, CommuneType, IndicatorKind, Level, MeasureType, PeerGroup, PeriodIx, Stat, UnitIx,
};
use crate::render::locale;
use crate::render::view::View;
use crate::render::words::{lower_first, trim_zeros, unit_in_text};
use crate::text::date::Date;
use crate::text::number::Qualifier;
use crate::theme::{LANGUAGES, Strings};

/// The words of a language.
#[derive(Clone, Copy)]
pub(crate) struct Tongue<'a> {
    strings: &'a Strings,
}

impl<'a> Tongue<'a> {
    /// Tells in the language of a catalogue of strings.
    pub(crate) fn new(strings: &'a Strings) -> Self {
        Self { strings }
    }

    fn is_english(self) -> bool {
        self.strings.language == "en"
    }

    /// Whether it is the language of the data.
    fn is_original(self) -> bool {
        self.strings.language == LANGUAGES[0]
    }

    /// A string, filled. A missing key shows itself.
    pub(super) fn say(self, key: &str, values: &[(&str, &str)]) -> String {
        locale::say(self.strings, key, values)
    }

    /// How many there are, with the marks of the language.
    pub(super) fn count(self, n: impl TryInto<i64>) -> String {
        locale::count(self.strings, n)
    }

    /// A number with the marks of the language: `1.234,5` or `1,234.5`.
    pub(super) fn number(self, value: Decimal) -> String {
        locale::number(self.strings, trim_zeros(value))
    }

    /// A figure of a statistic with its sign.
    pub(super) fn figure(self, view: &View<'_>, stat: Stat, value: Decimal) -> String {
        if let Stat::Measure(m) = stat
            && view.analysis.catalog.measure(m).kind == MeasureType::YesNo
        {
            let key = if value.is_zero() {
                "words.no"
            } else {
                "words.yes"
            };
            return self.say(key, &[]);
        }
        let sign = if view.is_percent(stat) { "%" } else { "" };
        self.number(value) + sign
    }

    /// The figure that was observed, with "more than" and the end of a range; `None` where there is none.
    pub(super) fn observed(self, view: &View<'_>, stat: Stat, o: &Observation) -> Option<String> {
        let value = o
            .value
            .filter(|_| matches!(o.state, State::Value | State::Doubtful))?;
        let claim = o.claim.map(|c| &view.analysis.claims().list[c]);
        let is_stated = o.basis == Basis::Stated || o.state == State::Doubtful;
        let shown = claim
            .filter(|_| is_stated)
            .and_then(|c| c.value)
            .unwrap_or(value);
        let mut figure = self.figure(view, stat, shown);
        let extra = match (o.basis, o.fact, claim) {
            (Basis::Reported, Some(f), _) => view.analysis.facts().extra(f),
            (Basis::Stated, _, Some(c)) => Some(&c.extra),
            _ => None,
        };
        let Some(extra) = extra else {
            return Some(figure);
        };
        if let Some(max) = extra.max {
            figure = self.say("words.range", &[("a", &figure), ("b", &self.number(max))]);
        }
        let key = match extra.qualifier {
            None | Some(Qualifier::Equal) => return Some(figure),
            Some(Qualifier::More) => "words.more",
            Some(Qualifier::AtLeast) => "words.at_least",
            Some(Qualifier::Less) => "words.less",
            Some(Qualifier::AtMost) => "words.at_most",
            Some(Qualifier::About) => "words.about",
        };
        Some(self.say(key, &[("x", &figure)]))
    }

    /// What a statistic is called; an indicator by its short name where that is wanted.
    pub(super) fn label<'v>(self, view: &View<'v>, stat: Stat, is_short: bool) -> &'v str {
        let (own, english) = match stat {
            Stat::Indicator(i) if is_short => {
                let i = view.analysis.catalog.indicator(i);
                (&i.short_label, &i.short_label_en)
            }
            Stat::Measure(m) => {
                let m = view.analysis.catalog.measure(m);
                (&m.label, &m.label_en)
            }
            Stat::Indicator(i) => {
                let i = view.analysis.catalog.indicator(i);
                (&i.label, &i.label_en)
            }
        };
        self.either(own, english)
    }

    /// What is counted: the unit of a measure, of whom a ratio is.
    pub(super) fn noun<'v>(self, view: &View<'v>, stat: Stat) -> &'v str {
        let (own, english) = match stat {
            Stat::Measure(m) => {
                let m = view.analysis.catalog.measure(m);
                (&m.unit, &m.unit_en)
            }
            Stat::Indicator(i) => {
                let i = view.analysis.catalog.indicator(i);
                (&i.of_whom, &i.of_whom_en)
            }
        };
        self.either(own, english)
    }

    /// The English text where it is wanted and there is one.
    pub(super) fn either<'v>(self, own: &'v str, english: &'v str) -> &'v str {
        if self.is_english() && !english.is_empty() {
            english
        } else {
            own
        }
    }

    /// A period inside a sentence: "tháng 9/2024", "September 2024".
    pub(super) fn period(self, view: &View<'_>, period: PeriodIx) -> String {
        let p = view.analysis.period(period);
        match Calendar::parse(&p.id).filter(|_| !self.is_original()) {
            Some(known) => locale::calendar(self.strings, known),
            None => lower_first(&p.label),
        }
    }

    /// A period of the calendar inside a sentence.
    pub(super) fn calendar(self, period: Calendar) -> String {
        locale::calendar(self.strings, period)
    }

    /// A day: `1/7/2025`, "1 July 2025".
    pub(super) fn date(self, day: Date) -> String {
        locale::day(self.strings, day)
    }

    /// A unit inside a sentence: "tỉnh Bình Định", "Bình Định".
    pub(super) fn unit(self, view: &View<'_>, unit: UnitIx) -> String {
        if self.is_original() {
            unit_in_text(view.unit_name(unit))
        } else {
            let unit = view.analysis.catalog.units.get(unit);
            self.either(&unit.short_name, &unit.short_name_en)
                .to_owned()
        }
    }

    /// What the units of a peer group are called.
    pub(crate) fn group(self, view: &View<'_>, group: PeerGroup) -> String {
        match group {
            PeerGroup::Type(t) => {
                let key = match t {
                    CommuneType::Commune => "level.commune",
                    CommuneType::Ward => "level.ward",
                    CommuneType::Township => "level.township",
                    CommuneType::SpecialZone => "level.special_zone",
                };
                self.say(key, &[])
            }
            PeerGroup::Declared(at) => {
                let names = &view.analysis.catalog.peers.names;
                let name = names.get(usize::from(at)).map_or("", String::as_str);
                self.say("words.group", &[("name", name)])
            }
        }
    }

    /// What the units of a level are called when there are many.
    pub(super) fn level(self, level: Level) -> String {
        self.say(&format!("level.{}", level.as_str()), &[])
    }
}

/// Whether a statistic is a ratio, for which a change is in points.
pub(super) fn is_ratio(view: &View<'_>, stat: Stat) -> bool {
    matches!(stat, Stat::Indicator(i) if view.analysis.catalog.indicator(i).kind == IndicatorKind::Ratio)
}
