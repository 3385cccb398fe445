//! A relation that does not hold, in words.

use super::{as_written, lower_first, readings, term_label};
use crate::analysis::relations::Term;
use crate::analysis::{Analysis, Relation};
use crate::check::subject_of;
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, known, percent, phrase};
use crate::model::{MeasureIx, Stat};
use crate::text::number::format_vi;

/// Puts a relation into words.
pub(super) struct Teller<'a, 'r> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) r: &'r Relation,
}

impl Teller<'_, '_> {
    pub(super) fn stated(&self) -> String {
        as_written(self.analysis, &self.r.stated)
    }

    pub(super) fn terms(&self) -> impl Iterator<Item = String> {
        self.r.terms.iter().map(|t| as_written(self.analysis, t))
    }

    pub(super) fn computed(&self) -> String {
        self.r.computed.map_or_else(String::new, format_vi)
    }

    /// The name of a measure as it stands in a sentence.
    pub(super) fn name(&self, measure: MeasureIx) -> String {
        lower_first(&self.analysis.catalog.measure(measure).label)
    }

    pub(super) fn fact(&self, at: usize) -> Option<crate::model::FactIx> {
        match self.r.terms.get(at)? {
            Term::Fact(ix) => Some(*ix),
            Term::Claim(_) => None,
        }
    }

    pub(super) fn sum(&self, d: Diagnostic) -> Diagnostic {
        let parts: Vec<String> = self.terms().collect();
        d.with("sum", known(self.r.computed, ""))
            .with("parts", parts.join(" + "))
            .figures(self.stated(), self.computed())
    }

    pub(super) fn part(&self, d: Diagnostic) -> Diagnostic {
        let part = self.terms().next().unwrap_or_default();
        let label = self.r.terms.first().map(|t| term_label(self.analysis, t));
        d.set("value", &part)
            .with("part", label.unwrap_or_default())
            .figures(self.stated(), part)
    }

    pub(super) fn ratio(&self, d: Diagnostic) -> Diagnostic {
        let Stat::Indicator(indicator) = self.r.stat else {
            return d;
        };
        let indicator = self.analysis.catalog.indicator(indicator);
        let terms: Vec<String> = self.terms().collect();
        let (n, dn) = terms.split_at(indicator.numerator.len().min(terms.len()));
        let percent = |v| format_vi(v) + "%";
        let computed = self.r.computed.map_or_else(String::new, percent);
        let d = d
            .with("numerator", n.join(" + "))
            .with("denominator", dn.join(" + "))
            .with("computed", known(self.r.computed, "%"))
            .figures(self.stated(), computed);
        match readings::of_ratio(self, indicator) {
            Some((fits, mend)) => d.with("fits", fits).with("reading", mend),
            None => d,
        }
    }

    pub(super) fn over_100(&self, mut d: Diagnostic) -> Diagnostic {
        if let (Term::Fact(_), Some(value)) = (&self.r.stated, self.r.computed) {
            d = d.set("value", percent(value));
        } else {
            d.stated = Some(self.stated());
        }
        d
    }

    pub(super) fn units(&self, d: Diagnostic) -> Diagnostic {
        let (reported, of) = self.r.counted;
        let key = if reported < of {
            "units-already-exceed"
        } else {
            "units-all-reported"
        };
        let reading = phrase(key).with("reported", reported).with("of", of);
        d.with("sum", known(self.r.computed, ""))
            .with("counted", format!("{reported}/{of}"))
            .with("reading", reading)
            .figures(self.stated(), self.computed())
    }

    pub(super) fn balance(&self, d: Diagnostic) -> Diagnostic {
        let stated = match self.r.stat {
            Stat::Measure(m) => self.analysis.catalog.measure(m).balance.as_ref(),
            Stat::Indicator(_) => None,
        };
        let incoming = stated
            .map_or(0, |b| b.incoming.len())
            .min(self.r.terms.len());
        let (came, went) = self.r.terms.split_at(incoming);
        let side = |terms: &[Term]| {
            let named = |t| {
                let label = lower_first(&term_label(self.analysis, t));
                format!("{label} {}", as_written(self.analysis, t))
            };
            terms.iter().map(named).collect::<Vec<_>>().join(" + ")
        };
        let total = |terms: &[Term]| {
            let values = terms.iter().filter_map(|t| match t {
                Term::Fact(ix) => self.analysis.facts().value(*ix),
                Term::Claim(_) => None,
            });
            values
                .into_iter()
                .try_fold(Decimal::ZERO, Decimal::checked_add)
        };
        let (of_came, of_went) = (total(came), total(went));
        let shown = |sum: Option<Decimal>| sum.map_or_else(String::new, format_vi);
        let d = d
            .with("incoming", side(came))
            .with("outgoing", side(went))
            .with("came", known(of_came, ""))
            .with("went", known(of_went, ""))
            .figures(shown(of_came), shown(of_went));
        match readings::of_balance(self) {
            Some(reading) => d.with("reading", reading),
            None => d.with("reading", phrase("balance-terms")),
        }
    }

    pub(super) fn mean(&self, d: Diagnostic) -> Diagnostic {
        let claims = &self.analysis.claims().list;
        let mut parts: Vec<(Decimal, String)> = self
            .r
            .terms
            .iter()
            .filter_map(|t| match t {
                Term::Claim(at) => Some((claims[*at].value?, claims[*at].as_written.to_string())),
                Term::Fact(_) => None,
            })
            .collect();
        parts.sort();
        let written =
            |part: Option<&(Decimal, String)>| part.map_or_else(String::new, |p| p.1.clone());
        d.with("low", written(parts.first()))
            .with("high", written(parts.last()))
            .with("count", parts.len())
    }

    pub(super) fn kinds(&self, d: Diagnostic) -> Diagnostic {
        let unit = |at| {
            let measure = self.fact(at).map(|ix| self.analysis.facts().measure(ix));
            measure.map_or("", |m| self.analysis.catalog.measure(m).unit.as_str())
        };
        let terms: Vec<String> = self.terms().collect();
        let whose = subject_of(self.analysis, self.r.key);
        let label = self.analysis.catalog.stat_label(self.r.stat);
        d.set("name", format!("{whose}: {label}"))
            .with("above", unit(0))
            .with("below", unit(1))
            .with(
                "fits",
                phrase("made-of")
                    .with("stated", self.stated())
                    .with("quotient", terms.join(" / ")),
            )
    }

    pub(super) fn unit_of_measure(&self, d: Diagnostic) -> Diagnostic {
        let unit = |term: Option<&Term>| match term {
            Some(Term::Fact(ix)) => {
                let extra = self.analysis.facts().extra(*ix);
                extra
                    .and_then(|e| e.unit_of_measure.as_deref())
                    .unwrap_or("")
            }
            _ => "",
        };
        d.with("first", unit(Some(&self.r.stated)))
            .with("second", unit(self.r.terms.first()))
    }

    pub(super) fn outside(&self, d: Diagnostic) -> Diagnostic {
        let catalog = self.analysis.catalog;
        let facts = self.analysis.facts();
        let group = catalog.services.get(self.r.key.service());
        let of_terms = self.r.terms.iter().filter_map(|t| match t {
            Term::Fact(ix) => Some((*ix, facts.key(*ix).service())),
            Term::Claim(_) => None,
        });
        let outside: Vec<String> = of_terms
            .filter(|(_, s)| !group.members.contains(s))
            .map(|(ix, s)| format!("{} {}", catalog.services.get(s).name, facts.as_written(ix)))
            .collect();
        let sum: Vec<String> = self.terms().collect();
        d.with("group", &group.name)
            .with("outside", outside.join(", "))
            .with("parts", sum.join(" + "))
    }

    pub(super) fn subset(&self, d: Diagnostic) -> Diagnostic {
        let catalog = self.analysis.catalog;
        let whole = catalog.services.get(self.r.key.service()).part_of;
        let total = self.terms().next().unwrap_or_default();
        d.set(
            "whole",
            whole.map_or("", |s| catalog.services.get(s).name.as_str()),
        )
        .set("total", total)
    }
}
