//! Figures that cannot all be right: every relation that does not hold becomes a finding.

mod readings;
mod telling;

use super::{about_of, place_of, subject_of};
use crate::analysis::relations::Term;
use crate::analysis::{Analysis, Outcome, Relation, RelationKind, Relations};
use crate::diagnostic::{Code, Diagnostic, Place, codes};
use crate::model::Stat;
use telling::Teller;

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
