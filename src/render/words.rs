//! Figures, names and dates as words: what a reader sees of an observation.

use super::context::{Cell, CellKind};
use crate::analysis::{Basis, Observation, State};
use crate::decimal::Decimal;
use crate::model::{IndicatorKind, Level, MeasureType, PeriodIx, Report, Stat, UnitIx};
use crate::text::date::Date;
use crate::text::number::{Qualifier, format_vi};

use super::view::View;

/// A no-break space: joins a number and its noun.
pub(crate) const NBSP: char = '\u{a0}';

impl<'a> View<'a> {
    /// The label of a period inside a sentence: "tháng 9/2024".
    pub(crate) fn period_in_text(&self, period: PeriodIx) -> String {
        lower_first(&self.analysis.period(period).label)
    }

    /// What counts the units of a level: "xã, phường".
    pub(crate) fn level_noun(level: Level) -> &'static str {
        match level {
            Level::Country => "quốc gia",
            Level::Ministry => "bộ, ngành",
            Level::Province => "tỉnh, thành phố",
            Level::District => "huyện",
            Level::Commune => "xã, phường",
            Level::Hamlet => "thôn",
            Level::Agency => "cơ quan",
            Level::Block => "khối",
        }
    }

    pub(crate) fn level_kicker(&self, level: Level) -> String {
        match level {
            Level::Province => self.t("kind.province", &[]),
            Level::District => self.t("kind.district", &[]),
            Level::Commune => self.t("kind.commune", &[]),
            Level::Block => self.t("kind.block", &[]),
            Level::Country => "Cả nước".to_owned(),
            Level::Hamlet => "Thôn".to_owned(),
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
            return if value.is_zero() {
                "chưa".to_owned()
            } else {
                "đã".to_owned()
            };
        }
        let text = format_vi(trim_zeros(value));
        if self.is_percent(stat) {
            format!("{text}%")
        } else {
            text
        }
    }

    /// A figure in a column: its decimals are kept.
    pub(crate) fn column_figure(&self, stat: Stat, value: Decimal) -> String {
        if self.is_percent(stat) {
            format!("{}%", format_vi(value))
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
            format!("{figure} đến {}", format_vi(max))
        });
        match extra.qualifier {
            Some(q) => format!("{}{NBSP}{figure}", qualifier_word(q)),
            None => figure,
        }
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
        let noun = self.noun(stat);
        Some(format!(
            "{} trong {}{NBSP}{}",
            format_vi(trim_zeros(n)),
            format_vi(trim_zeros(d)),
            if noun.is_empty() {
                "trường hợp"
            } else {
                noun
            }
        ))
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
            return format!("Kế hoạch cho {}", self.period_in_text(period));
        }
        let end = report
            .and_then(|r| r.cutoff)
            .unwrap_or(self.analysis.period(period).end);
        self.t("date.as_of", &[("d", &end.format_vi())])
    }

    /// "tháng 9/2024, từ 15/8 đến 14/9/2024": the window where it differs from a calendar month, quarter or year.
    pub(crate) fn window(&self, period: PeriodIx) -> String {
        let p = self.analysis.period(period);
        let label = lower_first(&p.label);
        let whole = p.start.day() == 1 && p.end.add_days(1).is_some_and(|d| d.day() == 1);
        if whole || label.contains('/') && label.contains("đến") {
            return label;
        }
        self.t(
            "date.window",
            &[
                ("p", &label),
                ("a", &short_date(p.start, p.end)),
                ("b", &p.end.format_vi()),
            ],
        )
    }

    /// A document as a reader cites it.
    pub(crate) fn document_name(report: &Report) -> String {
        let Some(d) = report.documents.first() else {
            return String::new();
        };
        let what = if d.title.is_empty() {
            "Báo cáo"
        } else {
            &d.title
        };
        match (d.number.as_str(), d.date) {
            ("", None) => what.to_owned(),
            ("", Some(day)) => format!("{what}, ngày {}", day.format_vi()),
            (n, None) => format!("{what} (số {n})"),
            (n, Some(day)) => format!("{what} (số {n} ngày {})", day.format_vi()),
        }
    }
}

/// Drops zeros after the decimal mark: a figure alone needs none.
pub(crate) fn trim_zeros(value: Decimal) -> Decimal {
    value.normalized()
}

fn qualifier_word(q: Qualifier) -> &'static str {
    match q {
        Qualifier::Equal => "",
        Qualifier::More => "hơn",
        Qualifier::AtLeast => "ít nhất",
        Qualifier::Less => "dưới",
        Qualifier::AtMost => "nhiều nhất",
        Qualifier::About => "khoảng",
    }
}

/// The first letter in lower case: a label inside a sentence. Names of all capitals stay.
pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_uppercase() || second.is_ascii_digit() => {
            format!("{first}{}", chars.as_str())
        }
        (Some(first), _) => first.to_lowercase().chain(chars).collect(),
        _ => String::new(),
    }
}

/// A unit's name inside a sentence: its type word in lower case, a bare name as it is.
pub(crate) fn unit_in_text(name: &str) -> String {
    const TYPE_WORDS: [&str; 14] = [
        "Tỉnh ",
        "Thành phố ",
        "Quận ",
        "Huyện ",
        "Thị xã ",
        "Thị trấn ",
        "Phường ",
        "Xã ",
        "Đặc khu ",
        "Khối ",
        "Thôn ",
        "Các ",
        "Ban ",
        "Văn phòng ",
    ];
    if TYPE_WORDS.iter().any(|w| name.starts_with(w)) {
        lower_first(name)
    } else {
        name.to_owned()
    }
}

/// The first letter in upper case.
pub(crate) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// `15/8` beside `14/9/2024`; with its year where the other day has another one.
fn short_date(start: Date, end: Date) -> String {
    if start.year() == end.year() {
        format!("{}/{}", start.day(), start.month())
    } else {
        start.format_vi()
    }
}
