//! Words for figures that come from the units before, and for the days on which units were rearranged.

use super::context::{Cell, Row, RowKind};
use super::view::View;
use super::words::unit_in_text;
use crate::analysis::{Basis, Break, Incomparable, Observation, Portion, State};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};

/// The most units that are named one by one.
const NAMED: usize = 5;

impl View<'_> {
    /// Where a figure of the units before comes from, in few words; none for other figures, and for one that a
    /// single unit before had.
    pub(crate) fn before_note(&self, o: &Observation) -> Option<String> {
        if o.state != State::Value || o.basis != Basis::Predecessors {
            return None;
        }
        let (n, m) = (o.counted.to_string(), o.of.to_string());
        if o.is_estimate {
            Some(self.t("history.estimate", &[]))
        } else if o.is_partial() {
            Some(self.t("history.summed_part", &[("n", &n), ("m", &m)]))
        } else {
            (o.of > 1).then(|| self.t("history.summed", &[("n", &n)]))
        }
    }

    /// Where a figure of the units before comes from, with the names of those that are missing and with the basis
    /// of each share.
    pub(crate) fn before_words(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<String> {
        let list = self.analysis.predecessors(stat, unit, service, period);
        let missing: Vec<UnitIx> = list
            .iter()
            .filter(|p| !p.is_counted() && p.observation.state != State::NotApplicable)
            .map(|p| p.part.unit)
            .collect();
        let mut words = Vec::new();
        for p in &list {
            if let (Portion::Share(share), Some(basis)) = (p.part.portion, &p.part.basis) {
                let percent = share.checked_mul(Decimal::from_int(100)).unwrap_or(share);
                words.push(self.t(
                    "history.share",
                    &[
                        ("x", &self.number(percent.normalized())),
                        ("a", &unit_in_text(self.unit_name(p.part.unit))),
                        ("doc", basis),
                    ],
                ));
            }
        }
        if !missing.is_empty() && missing.len() < list.len() {
            words.push(self.t("history.missing", &[("names", &self.names(&missing))]));
        }
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// Whether a unit has ended.
    pub(crate) fn is_former(&self, unit: UnitIx) -> bool {
        self.analysis.catalog.units.get(unit).valid_to.is_some()
    }

    /// Names of units inside a sentence; of many only the first and how many more.
    pub(crate) fn names(&self, units: &[UnitIx]) -> String {
        let shown = if units.len() > NAMED + 1 {
            NAMED
        } else {
            units.len()
        };
        let mut names: Vec<String> = units[..shown]
            .iter()
            .map(|u| unit_in_text(self.unit_name(*u)))
            .collect();
        let rest = units.len() - shown;
        if rest > 0 {
            names.push(self.t("history.others", &[("n", &rest.to_string())]));
        }
        self.joined(&names)
    }

    /// "a, b và c".
    pub(crate) fn joined(&self, names: &[String]) -> String {
        match names {
            [first @ .., last] if !first.is_empty() => {
                self.t("history.and", &[("a", &first.join(", ")), ("b", last)])
            }
            _ => names.concat(),
        }
    }

    /// Why figures of the units before make none of this one.
    pub(crate) fn incomparable(&self, why: Incomparable) -> String {
        let key = match why {
            Incomparable::Divided => "history.divided",
            Incomparable::NotAdditive => "history.not_additive",
            Incomparable::NotCounted => "history.not_counted",
        };
        self.t("state.not_comparable", &[("why", &self.t(key, &[]))])
    }

    /// "Sắp xếp đơn vị 1/7/2025".
    pub(crate) fn break_label(&self, b: Break) -> String {
        let key = if b.moves_area {
            "history.break"
        } else {
            "history.break_name"
        };
        self.t(key, &[("d", &self.day(b.date))])
    }
}

/// The breaks in a series, each with the position of the first period after it.
pub(crate) fn breaks(
    view: &View<'_>,
    unit: UnitIx,
    series: &[(PeriodIx, Observation)],
) -> Vec<(usize, Break)> {
    let (Some((first, _)), Some((last, _))) = (series.first(), series.last()) else {
        return Vec::new();
    };
    let found = view.analysis.breaks(unit, *first, *last).into_iter();
    let after = |b: Break| {
        series
            .iter()
            .position(|(p, _)| view.analysis.period(*p).end >= b.date)
    };
    found.filter_map(|b| Some((after(b)?, b))).collect()
}

/// A row of a table of periods that says what happened between the rows around it.
pub(crate) fn break_row(view: &View<'_>, b: Break) -> Row {
    let text = if b.moves_area {
        format!("{}. {}", view.break_label(b), back_cast(view, b))
    } else {
        view.break_label(b)
    };
    Row {
        kind: RowKind::Cut,
        head: text,
        cells: Vec::<Cell>::new(),
        ..Row::default()
    }
}

/// What the figures before a break are.
pub(crate) fn back_cast(view: &View<'_>, b: Break) -> String {
    view.t("history.back_cast", &[("d", &view.day(b.date))])
}
