//! A figure against the data: whose it may be, whether it is the same, whether enough is understood to say that it is
//! not.

use std::rc::Rc;

use super::meaning::Meant;
use super::{Checker, Sentence};
use crate::analysis::Observation;
use crate::analysis::State;
use crate::content::lint::numbers::Typed;
use crate::content::lint::sentence::Kind;
use crate::content::lint::subjects::Named;
use crate::content::lint::values::{self, Values, key};
use crate::content::{PageTarget, Subject};
use crate::decimal::Decimal;
use crate::model::{PeriodIx, Stat, UnitIx};
use crate::text::number::Qualifier;

/// Words that explain nothing about whose figure it is.
const PLAIN: &str = " toan tinh huyen xa thanh pho trong ky nam thang quy da co duoc la tong so ca cac cua va voi dat bao cao theo tinh den tu ngay nay tai o cho ve nhu do moi ho duong cung thi dang nay ket qua hien lien nhan duoi tren hon khoang gan qua chiem muc bang ";

/// More words than these beside a figure may name something that the catalogue does not know.
const MOST_UNKNOWN: usize = 3;

impl Checker<'_> {
    /// The subjects that a sentence may be about, the likeliest first.
    pub(super) fn subjects(&self, named: &Named) -> Vec<Subject> {
        let page = self.lint.page;
        let Some(period) = named.period.or_else(|| page.period()) else {
            return Vec::new();
        };
        let mut units = named.units.clone();
        units.extend(&self.section.units);
        units.extend(page.unit());
        let mut services = named.services.clone();
        services.extend(&self.section.services);
        services.push(page.service());
        let mut subjects: Vec<Subject> = Vec::new();
        for unit in units {
            for service in &services {
                let subject = Subject {
                    unit,
                    service: *service,
                    period,
                };
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                }
            }
        }
        subjects
    }

    pub(super) fn observe(&self, stat: Stat, s: Subject) -> Observation {
        self.lint
            .page
            .analysis
            .observe(stat, s.unit, s.service, s.period)
    }

    /// Whether the data hold the typed figure at the precision in which it is typed.
    pub(super) fn equals(&self, stat: Stat, subject: Subject, typed: &Typed) -> bool {
        let observed = self.observe(stat, subject);
        if !matches!(observed.state, State::Value | State::Doubtful)
            || typed.qualifier != Qualifier::Equal
        {
            return false;
        }
        let at_precision = match (observed.ratio, observed.value) {
            (Some(ratio), _) => Some(ratio.percent(typed.decimals)),
            (None, Some(value)) if typed.is_percent => Some(value.round(typed.decimals)),
            (None, value) => value,
        };
        at_precision == Some(typed.value) || observed.value == Some(typed.value)
    }

    /// A figure of the unit that is exactly the typed one, where the digits are too many for chance.
    pub(super) fn same_value(&self, s: &Sentence<'_>, typed: &Typed) -> Option<(Stat, Subject)> {
        let many = typed.value.abs() >= Decimal::from_int(1000);
        let is_telling = if typed.is_percent {
            typed.decimals >= 1
        } else {
            many
        };
        let is_exact = typed.qualifier == Qualifier::Equal;
        if !is_telling
            || !is_exact
            || s.named
                .period
                .is_some_and(|p| Some(p) != self.lint.page.period())
        {
            return None;
        }
        let period = self.lint.page.period()?;
        let mut units = s.named.units.clone();
        units.extend(self.lint.page.unit());
        units.into_iter().find_map(|unit| {
            let values = self.values(unit, period);
            let same = values.get(&key(typed.value, typed.is_percent))?;
            let prefers = |wanted: &&(Stat, Subject)| s.named.services.contains(&wanted.1.service);
            same.iter()
                .find(prefers)
                .or(match same.as_slice() {
                    [one] => Some(one),
                    _ => None,
                })
                .copied()
        })
    }

    pub(super) fn values(&self, unit: UnitIx, period: PeriodIx) -> Rc<Values> {
        let mut all = self.values.borrow_mut();
        let values = all
            .entry((unit, period))
            .or_insert_with(|| Rc::new(values::of(self.lint.page.analysis, unit, period)));
        Rc::clone(values)
    }

    /// Whether everything around a figure is known: whose it is, of what, and when.
    pub(super) fn is_understood(&self, s: &Sentence<'_>, at: usize, meant: &Meant) -> bool {
        let page = self.lint.page;
        let has_subject = match page.target {
            PageTarget::Home | PageTarget::Method => {
                page.front.unit.is_some() && page.front.period.is_some()
            }
            _ => true,
        };
        let many = s.named.units.len() > 1 || s.named.services.len() > 1;
        if !has_subject
            || many
            || s.named.is_unsure
            || self.section.is_unsure && s.named.units.is_empty()
        {
            return false;
        }
        let typed = &s.figures[at];
        let after = |n: usize| s.tokens.get(typed.tokens.end + n);
        let word = |i: usize| s.tokens.get(i).map_or("", |t| t.folded.as_str());
        let before = typed.tokens.start;
        let is_part = ["trong", "tren", "va", "hoac"].iter().any(|w| {
            (before > 0 && word(before - 1) == *w) || after(0).is_some_and(|t| t.folded == *w)
        });
        // "…, trong đó 5": the figure is a part; one that stands before these words is the whole.
        let is_share_of = s.tokens[..before]
            .iter()
            .zip(s.tokens[..before].iter().skip(1))
            .any(|(a, b)| (a.folded.as_str(), b.folded.as_str()) == ("trong", "do"));
        let is_denied = before >= 2 && word(before - 2) == "khong" && word(before - 1) == "phai";
        if is_part || is_share_of || is_denied {
            return false;
        }
        let unknown = meant
            .window
            .clone()
            .filter(|i| s.tokens[*i].kind == Kind::Word && !s.named.covered[*i])
            .filter(|i| !PLAIN.contains(&format!(" {} ", s.tokens[*i].folded)))
            .count();
        let has_object = meant
            .window
            .clone()
            .any(|i| s.tokens[i].kind == Kind::Object);
        !has_object && unknown <= meant.words + MOST_UNKNOWN
    }

    /// Whether the report itself gives a bound or a range.
    pub(super) fn is_inexact(&self, stat: Stat, observed: &Observation) -> bool {
        let analysis = self.lint.page.analysis;
        let extra = match stat {
            Stat::Measure(_) => observed.fact.and_then(|f| analysis.facts().extra(f)),
            Stat::Indicator(_) => observed.claim.map(|at| &analysis.claims().list[at].extra),
        };
        extra.is_some_and(|e| e.max.is_some() || e.qualifier.is_some_and(|q| q != Qualifier::Equal))
    }
}

/// Whether a figure with its qualifier is true of a value: "hơn 60" of 64, "khoảng 100" of 97.
pub(super) fn agrees(typed: &Typed, value: Decimal) -> bool {
    match typed.qualifier {
        Qualifier::Equal => false,
        Qualifier::More => value > typed.value,
        Qualifier::AtLeast => value >= typed.value,
        Qualifier::Less => value < typed.value,
        Qualifier::AtMost => value <= typed.value,
        Qualifier::About => {
            let (value, typed) = (value.to_f64(), typed.value.to_f64());
            (value - typed).abs() <= value.abs() * 0.1
        }
    }
}
