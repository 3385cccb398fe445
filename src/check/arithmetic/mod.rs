//! Figures that cannot all be right: every relation that does not hold becomes a finding.

mod readings;

use super::{about_of, place_of, subject_of};
use crate::analysis::relations::Term;
use crate::analysis::{Analysis, Outcome, Relation, RelationKind, Relations};
use crate::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, Place, codes, phrase};
use crate::model::{MeasureIx, Stat};
use crate::text::number::format_vi;

/// Turns every relation that does not hold into a finding.
pub(super) fn check(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Diagnostic> {
    relations
        .list
        .iter()
        .filter_map(|r| finding(analysis, r))
        .collect()
}

/// The rule that a relation falls under, if it is a finding at all.
pub(crate) fn code_of(relation: &Relation) -> Option<Code> {
    let code = match (relation.kind, relation.outcome) {
        (RelationKind::ZeroDenominator, _) => codes::ZERO_DENOMINATOR,
        (RelationKind::WithoutBase, _) => codes::RATIO_WITHOUT_BASE,
        // A key whose statement was chosen stays a finding: the decision is what the waiver records.
        (RelationKind::SameKey, _) => codes::SAME_KEY_DIFFERS,
        (RelationKind::UnitOfMeasure, _) => codes::UNIT_DIFFERS,
        (RelationKind::Outside, _) => codes::SERVICE_OUTSIDE_GROUP,
        (RelationKind::Subset, _) => codes::SUBSET_EXCEEDS,
        (_, Outcome::Agrees | Outcome::AgreesRounded | Outcome::NotComparable) => return None,
        (RelationKind::Sum, _) => codes::SUM_DIFFERS,
        (RelationKind::PartOverTotal, _) => codes::PART_OVER_TOTAL,
        (RelationKind::Ratio, _) => codes::RATIO_DIFFERS,
        (RelationKind::Over100, _) => codes::RATIO_OVER_100,
        (RelationKind::Units, _) => codes::CHILDREN_DIFFER_FROM_PARENT,
        (RelationKind::Balance, _) => codes::BALANCE_DIFFERS,
        (RelationKind::Mean, _) => codes::MEAN_OUT_OF_RANGE,
        (RelationKind::Kinds, _) => codes::RATIO_UNITS_DIFFER,
    };
    Some(code)
}

fn finding(analysis: &Analysis<'_>, r: &Relation) -> Option<Diagnostic> {
    let mut d = started(analysis, r, code_of(r)?);
    let teller = Teller { analysis, r };
    d = match r.kind {
        RelationKind::Sum => teller.sum(d),
        RelationKind::PartOverTotal => teller.part(d),
        RelationKind::Ratio => teller.ratio(d),
        RelationKind::SameKey => {
            let other = teller.terms().next().unwrap_or_default();
            let stated = teller.stated();
            d.with("first", &stated)
                .with("second", &other)
                .figures(stated, other)
        }
        RelationKind::Over100 => teller.over_100(d),
        RelationKind::ZeroDenominator | RelationKind::WithoutBase => {
            d.stated = Some(teller.stated());
            d
        }
        RelationKind::Units => teller.units(d),
        RelationKind::Balance => teller.balance(d),
        RelationKind::Mean => teller.mean(d),
        RelationKind::Kinds => teller.kinds(d),
        RelationKind::UnitOfMeasure => teller.unit_of_measure(d),
        RelationKind::Outside => teller.outside(d),
        RelationKind::Subset => teller.subset(d),
    };
    Some(d)
}

/// What every such finding says: whose figure it is, and where all of its figures stand.
fn started(analysis: &Analysis<'_>, r: &Relation, code: Code) -> Diagnostic {
    let label = analysis.catalog.stat_label(r.stat);
    let stated = as_written(analysis, &r.stated);
    let mut d = Diagnostic::new(code, place(analysis, &r.stated))
        .about(about_of(analysis, r.key, r.stat))
        .with("subject", subject_of(analysis, r.key))
        .with("name", label)
        .with("whole", label)
        .with("stated", &stated)
        .with("total", &stated)
        .with("value", &stated);
    for term in &r.terms {
        d = d.also(place(analysis, term));
    }
    d
}

/// Puts a relation into words.
struct Teller<'a, 'r> {
    analysis: &'a Analysis<'a>,
    r: &'r Relation,
}

impl Teller<'_, '_> {
    fn stated(&self) -> String {
        as_written(self.analysis, &self.r.stated)
    }

    fn terms(&self) -> impl Iterator<Item = String> {
        self.r.terms.iter().map(|t| as_written(self.analysis, t))
    }

    fn computed(&self) -> String {
        self.r.computed.map_or_else(String::new, format_vi)
    }

    /// The name of a measure as it stands in a sentence.
    fn name(&self, measure: MeasureIx) -> String {
        lower_first(&self.analysis.catalog.measure(measure).label)
    }

    fn fact(&self, at: usize) -> Option<crate::model::FactIx> {
        match self.r.terms.get(at)? {
            Term::Fact(ix) => Some(*ix),
            Term::Claim(_) => None,
        }
    }

    fn sum(&self, d: Diagnostic) -> Diagnostic {
        let parts: Vec<String> = self.terms().collect();
        d.with("sum", self.computed())
            .with("parts", parts.join(" + "))
            .figures(self.stated(), self.computed())
    }

    fn part(&self, d: Diagnostic) -> Diagnostic {
        let part = self.terms().next().unwrap_or_default();
        let label = self.r.terms.first().map(|t| term_label(self.analysis, t));
        d.set("value", &part)
            .with("part", label.unwrap_or_default())
            .figures(self.stated(), part)
    }

    fn ratio(&self, d: Diagnostic) -> Diagnostic {
        let Stat::Indicator(indicator) = self.r.stat else {
            return d;
        };
        let indicator = self.analysis.catalog.indicator(indicator);
        let terms: Vec<String> = self.terms().collect();
        let (n, dn) = terms.split_at(indicator.numerator.len().min(terms.len()));
        let computed = self.r.computed.map_or_else(String::new, percent);
        let d = d
            .with("numerator", n.join(" + "))
            .with("denominator", dn.join(" + "))
            .with("computed", &computed)
            .figures(self.stated(), computed);
        match readings::of_ratio(self, indicator) {
            Some((fits, mend)) => d.with("fits", fits).with("reading", mend),
            None => d,
        }
    }

    fn over_100(&self, mut d: Diagnostic) -> Diagnostic {
        if let (Term::Fact(_), Some(value)) = (&self.r.stated, self.r.computed) {
            d = d.set("value", percent(value));
        } else {
            d.stated = Some(self.stated());
        }
        d
    }

    fn units(&self, d: Diagnostic) -> Diagnostic {
        let (reported, of) = self.r.counted;
        let key = if reported < of {
            "units-already-exceed"
        } else {
            "units-all-reported"
        };
        let reading = phrase(key).with("reported", reported).with("of", of);
        d.with("sum", self.computed())
            .with("counted", format!("{reported}/{of}"))
            .with("reading", reading)
            .figures(self.stated(), self.computed())
    }

    fn balance(&self, d: Diagnostic) -> Diagnostic {
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
            let sum = values
                .into_iter()
                .try_fold(Decimal::ZERO, Decimal::checked_add);
            sum.map_or_else(String::new, format_vi)
        };
        let d = d
            .with("incoming", side(came))
            .with("outgoing", side(went))
            .with("came", total(came))
            .with("went", total(went))
            .figures(total(came), total(went));
        match readings::of_balance(self) {
            Some(reading) => d.with("reading", reading),
            None => d.with("reading", phrase("balance-terms")),
        }
    }

    fn mean(&self, d: Diagnostic) -> Diagnostic {
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

    fn kinds(&self, d: Diagnostic) -> Diagnostic {
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

    fn unit_of_measure(&self, d: Diagnostic) -> Diagnostic {
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

    fn outside(&self, d: Diagnostic) -> Diagnostic {
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

    fn subset(&self, d: Diagnostic) -> Diagnostic {
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

fn percent(value: Decimal) -> String {
    format!("{}%", format_vi(value))
}

/// A label as it stands within a sentence; an acronym keeps its capitals.
pub(super) fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next();
    let rest = letters.as_str();
    let is_acronym = rest.chars().next().is_some_and(char::is_uppercase);
    match first {
        Some(first) if !is_acronym => first.to_lowercase().collect::<String>() + rest,
        _ => label.to_owned(),
    }
}

fn term_label(analysis: &Analysis<'_>, term: &Term) -> String {
    let stat = match term {
        Term::Fact(ix) => Stat::Measure(analysis.facts().measure(*ix)),
        Term::Claim(at) => Stat::Indicator(analysis.claims().list[*at].indicator()),
    };
    analysis.catalog.stat_label(stat).to_owned()
}

/// A figure as its document writes it.
pub(crate) fn as_written(analysis: &Analysis<'_>, term: &Term) -> String {
    match term {
        Term::Fact(ix) => analysis.facts().as_written(*ix),
        Term::Claim(at) => analysis.claims().list[*at].as_written.to_string(),
    }
}

/// The place of a figure.
pub(crate) fn place(analysis: &Analysis<'_>, term: &Term) -> Place {
    let origin = match term {
        Term::Fact(ix) => analysis.facts().origin(*ix),
        Term::Claim(at) => analysis.claims().list[*at].origin,
    };
    place_of(analysis, origin, as_written(analysis, term).chars().count())
}
