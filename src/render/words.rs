//! Figures, names and dates as words: what a reader sees of an observation.

use super::context::{Cell, CellKind};
use crate::analysis::{Basis, Observation, State};
use crate::decimal::Decimal;
use crate::model::{Calendar, IndicatorKind, Level, MeasureType, PeriodIx, Report, Stat, UnitIx};
use crate::text::foreign::OPEN;
use crate::text::naming;
pub(crate) use crate::text::naming::unit_in_text;
pub(crate) use crate::text::normal::lower_first;
use crate::text::number::Qualifier;

use super::view::View;

/// A no-break space: joins a number and its noun.
pub(crate) const NBSP: char = '\u{a0}';

impl<'a> View<'a> {
    /// The label of a period inside a sentence: "tháng 9/2024".
    pub(crate) fn period_in_text(&self, period: PeriodIx) -> String {
        let p = self.analysis.period(period);
        match Calendar::parse(&p.id).filter(|_| !self.is_original()) {
            Some(known) => self.calendar(known),
            None => lower_first(&p.label),
        }
    }

    /// The period on the axis of a chart: `9/2024`.
    pub(crate) fn period_in_chart(&self, period: PeriodIx) -> String {
        let p = self.analysis.period(period);
        if self.is_original() || !p.id.contains('-') {
            return naming::bare_period(&p.label).to_owned();
        }
        let (month, year) = (p.id.get(5..).unwrap_or(""), p.id.get(..4).unwrap_or(""));
        match month.parse::<u8>() {
            Ok(m) if Calendar::parse(&p.id).is_some() => {
                let values = [("m", &*m.to_string()), ("y", year)];
                self.t("format.month_in_chart", &values)
            }
            _ => p.label.clone(),
        }
    }

    /// What counts the units of a level.
    pub(crate) fn level_noun(&self, level: Level) -> String {
        self.t(&format!("level.{}", level.as_str()), &[])
    }

    pub(crate) fn level_kicker(&self, level: Level) -> String {
        match level {
            Level::Province => self.t("kind.province", &[]),
            Level::District => self.t("kind.district", &[]),
            Level::Commune => self.t("kind.commune", &[]),
            Level::Block => self.t("kind.block", &[]),
            Level::Country => self.t("kind.country", &[]),
            Level::Hamlet => self.t("kind.hamlet", &[]),
            Level::Ministry | Level::Agency => self.t("kind.agency", &[]),
        }
    }

    pub(crate) fn indicator_short(&self, stat: Stat) -> &'a str {
        match stat {
            Stat::Indicator(i) => &self.analysis.catalog.indicator(i).short_label,
            Stat::Measure(m) => &self.analysis.catalog.measure(m).label,
        }
    }

    pub(crate) fn label(&self, stat: Stat) -> &'a str {
        self.analysis.catalog.stat_label(stat)
    }

    pub(crate) fn noun(&self, stat: Stat) -> &'a str {
        match stat {
            Stat::Measure(m) => &self.analysis.catalog.measure(m).unit,
            Stat::Indicator(i) => &self.analysis.catalog.indicator(i).of_whom,
        }
    }

    /// What is counted, or the label where that is not said.
    pub(crate) fn noun_or_label(&self, stat: Stat) -> &'a str {
        match stat {
            Stat::Measure(m) if !self.analysis.catalog.measure(m).unit.is_empty() => {
                self.noun(stat)
            }
            _ => self.label(stat),
        }
    }

    pub(crate) fn is_ratio(&self, stat: Stat) -> bool {
        matches!(stat, Stat::Indicator(i) if self.analysis.catalog.indicator(i).kind == IndicatorKind::Ratio)
    }

    pub(crate) fn is_percent(&self, stat: Stat) -> bool {
        matches!(stat, Stat::Indicator(i) if self.analysis.catalog.indicator(i).unit == "%")
    }

    /// A figure of a statistic with its sign: "99,21%", "68.164".
    pub(crate) fn figure(&self, stat: Stat, value: Decimal) -> String {
        if let Stat::Measure(m) = stat
            && self.analysis.catalog.measure(m).kind == MeasureType::YesNo
        {
            let key = if value.is_zero() {
                "words.no"
            } else {
                "words.yes"
            };
            return self.t(key, &[]);
        }
        let text = self.number(trim_zeros(value));
        if self.is_percent(stat) {
            format!("{text}%")
        } else {
            text
        }
    }

    /// A figure in a column: its decimals are kept.
    pub(crate) fn column_figure(&self, stat: Stat, value: Decimal) -> String {
        if self.is_percent(stat) {
            format!("{}%", self.number(value))
        } else {
            self.figure(stat, value)
        }
    }

    /// The words of an observation: the figure with its qualifier, or why there is none.
    pub(crate) fn words(&self, stat: Stat, o: &Observation) -> String {
        let Some(value) = o
            .value
            .filter(|_| matches!(o.state, State::Value | State::Doubtful))
        else {
            return self.absence(o);
        };
        let figure = match o.claim.map(|c| &self.analysis.claims().list[c]) {
            Some(c) if o.basis == Basis::Stated || o.state == State::Doubtful => {
                self.figure(stat, c.value.unwrap_or(value))
            }
            _ => self.figure(stat, value),
        };
        self.with_qualifier(o, figure)
    }

    fn with_qualifier(&self, o: &Observation, figure: String) -> String {
        let extra = match (o.basis, o.fact, o.claim) {
            (Basis::Reported | Basis::Predecessors, Some(f), _) => self.analysis.facts().extra(f),
            (Basis::Stated, _, Some(c)) => Some(&self.analysis.claims().list[c].extra),
            _ => None,
        };
        let Some(extra) = extra else { return figure };
        let figure = extra.max.map_or(figure.clone(), |max| {
            self.t("words.range", &[("a", &figure), ("b", &self.number(max))])
        });
        let key = match extra.qualifier {
            None | Some(Qualifier::Equal) => return figure,
            Some(Qualifier::More) => "words.more",
            Some(Qualifier::AtLeast) => "words.at_least",
            Some(Qualifier::Less) => "words.less",
            Some(Qualifier::AtMost) => "words.at_most",
            Some(Qualifier::About) => "words.about",
        };
        self.t(key, &[("x", &figure)])
    }

    /// Why there is no figure.
    pub(crate) fn absence(&self, o: &Observation) -> String {
        match o.state {
            State::NoActivity => self.t("state.no_activity", &[]),
            State::NotApplicable => self.t("state.not_applicable", &[]),
            State::Suppressed => self.t("state.suppressed", &[]),
            State::NotComparable(why) => self.incomparable(why),
            State::Value => self.before_note(o).unwrap_or_default(),
            State::Unreadable => {
                let text = o
                    .fact
                    .map_or_else(String::new, |f| self.analysis.facts().as_written(f));
                self.t("state.unreadable", &[("text", &text)])
            }
            _ => self.t("state.not_reported", &[]),
        }
    }

    /// "1.178 trong 1.281 hồ sơ".
    pub(crate) fn of_whom(&self, stat: Stat, o: &Observation) -> Option<String> {
        let (n, d) = (o.numerator?, o.denominator?);
        let noun = match self.noun(stat) {
            "" => self.t("words.cases", &[]),
            noun => noun.to_owned(),
        };
        let (a, b) = (self.number(trim_zeros(n)), self.number(trim_zeros(d)));
        let values = [("a", a.as_str()), ("b", &b), ("noun", &noun), ("over", "")];
        Some(self.t("words.share", &values))
    }

    /// A table cell for an observation.
    pub(crate) fn cell(&self, stat: Stat, o: &Observation) -> Cell {
        match (o.state, o.value) {
            (State::Value, Some(v)) if o.basis == Basis::Stated => {
                let claim = o
                    .claim
                    .and_then(|c| self.analysis.claims().list[c].value)
                    .unwrap_or(v);
                Cell::stated(&self.with_qualifier(o, self.figure(stat, claim)))
            }
            (State::Value, Some(v)) => Cell {
                note: self.before_note(o),
                ..Cell::number(&self.with_qualifier(o, self.column_figure(stat, v)))
            },
            (State::Doubtful, Some(v)) => {
                let stated = o.claim.and_then(|c| self.analysis.claims().list[c].value);
                match stated {
                    Some(c) => Cell::stated(&self.figure(stat, c)),
                    None => Cell {
                        kind: CellKind::Doubtful,
                        ..Cell::number(&self.with_qualifier(o, self.column_figure(stat, v)))
                    },
                }
            }
            (State::Absent, _) => Cell::none(&self.t("state.not_reported", &[])),
            _ => Cell::none(&self.absence(o)),
        }
    }

    /// A plain decimal for the length of a bar.
    pub(crate) fn bar_length(o: &Observation) -> Option<String> {
        let percent = o.ratio?.percent(2);
        (!percent.is_negative() && percent <= Decimal::from_int(100))
            .then(|| percent.normalized().to_plain())
    }

    /// "Số liệu đến ngày …" of a unit's figures in a period.
    pub(crate) fn as_of_line(&self, unit: UnitIx, period: PeriodIx) -> String {
        let report = self.report_for(unit, period);
        if report.is_some_and(|r| r.kind == "ke-hoach") {
            return self.t("date.plan", &[("p", &self.period_in_text(period))]);
        }
        let end = report
            .and_then(|r| r.cutoff)
            .unwrap_or(self.analysis.period(period).end);
        self.t("date.as_of", &[("d", &self.day(end))])
    }

    /// "tháng 9/2024, từ 15/8 đến 14/9/2024": the window where it differs from a calendar month, quarter or year.
    pub(crate) fn window(&self, period: PeriodIx) -> String {
        let p = self.analysis.period(period);
        let label = self.period_in_text(period);
        let whole = p.start.day() == 1 && p.end.add_days(1).is_some_and(|d| d.day() == 1);
        if whole || naming::tells_its_days(&label) {
            return label;
        }
        self.t(
            "date.window",
            &[
                ("p", &label),
                ("a", &self.short_day(p.start, p.end)),
                ("b", &self.day(p.end)),
            ],
        )
    }

    /// A document as a reader cites it.
    pub(crate) fn document_name(&self, report: &Report) -> String {
        let Some(d) = report.documents.first() else {
            return String::new();
        };
        let what = if d.title.is_empty() {
            self.t("document.report", &[])
        } else {
            d.title.clone()
        };
        let day = d.date.map_or_else(String::new, |day| self.day(day));
        let key = match (d.number.as_str(), d.date) {
            ("", None) => return what,
            ("", Some(_)) => "document.dated",
            (_, None) => "document.numbered",
            (_, Some(_)) => "document.numbered_dated",
        };
        self.t(key, &[("what", &what), ("no", &d.number), ("d", &day)])
    }
}

/// Drops zeros after the decimal mark: a figure alone needs none.
pub(crate) fn trim_zeros(value: Decimal) -> Decimal {
    value.normalized()
}

/// The first letter in upper case.
pub(crate) fn upper_first(text: &str) -> String {
    if let Some(rest) = text.strip_prefix(OPEN) {
        return format!("{OPEN}{}", upper_first(rest));
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
