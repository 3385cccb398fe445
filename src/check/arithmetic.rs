//! Figures that cannot all be right: sums, parts, ratios, one key stated twice.

use super::{about_of, place_of, subject_of};
use crate::analysis::relations::{Hypothesis, Term};
use crate::analysis::{Analysis, Outcome, Relation, RelationKind, Relations};
use crate::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, Phrase, Place, codes, phrase};
use crate::model::Stat;
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
        (_, Outcome::Agrees | Outcome::AgreesRounded | Outcome::NotComparable) => return None,
        (RelationKind::Sum, _) => codes::SUM_DIFFERS,
        (RelationKind::PartOverTotal, _) => codes::PART_OVER_TOTAL,
        (RelationKind::Ratio, _) => codes::RATIO_DIFFERS,
        (RelationKind::Over100, _) => codes::RATIO_OVER_100,
    };
    Some(code)
}

fn finding(analysis: &Analysis<'_>, r: &Relation) -> Option<Diagnostic> {
    let code = code_of(r)?;
    let label = |stat| analysis.catalog.stat_label(stat).to_owned();
    let written = |term: &Term| as_written(analysis, term);
    let stated = written(&r.stated);
    let mut d = Diagnostic::new(code, place(analysis, &r.stated))
        .about(about_of(analysis, r.key, r.stat))
        .with("subject", subject_of(analysis, r.key))
        .with("name", label(r.stat))
        .with("whole", label(r.stat))
        .with("stated", &stated)
        .with("value", &stated);
    for term in &r.terms {
        d = d.also(place(analysis, term));
    }
    let percent = |v: Decimal| format!("{}%", format_vi(v));
    d = match r.kind {
        RelationKind::Sum => {
            let parts: Vec<String> = r.terms.iter().map(written).collect();
            let sum = r.computed.map_or_else(String::new, format_vi);
            d.with("total", &stated)
                .with("sum", &sum)
                .with("parts", parts.join(" + "))
                .figures(&stated, sum)
        }
        RelationKind::PartOverTotal => {
            let part = r.terms.first().map(written).unwrap_or_default();
            d.set("value", &part)
                .with(
                    "part",
                    r.terms
                        .first()
                        .map_or_else(String::new, |t| term_label(analysis, t)),
                )
                .with("total", &stated)
                .figures(&stated, part)
        }
        RelationKind::Ratio => {
            let indicator = match r.stat {
                Stat::Indicator(i) => analysis.catalog.indicator(i),
                Stat::Measure(_) => return Some(d),
            };
            let (n, dn) = r
                .terms
                .split_at(indicator.numerator.len().min(r.terms.len()));
            let side = |terms: &[Term]| terms.iter().map(written).collect::<Vec<_>>().join(" + ");
            let computed = r.computed.map_or_else(String::new, percent);
            d.with("numerator", side(n))
                .with("denominator", side(dn))
                .with("computed", &computed)
                .figures(&stated, computed)
        }
        RelationKind::SameKey => {
            let other = r.terms.first().map(written).unwrap_or_default();
            d.with("first", &stated)
                .with("second", &other)
                .figures(&stated, other)
        }
        RelationKind::ZeroDenominator | RelationKind::Over100 | RelationKind::WithoutBase => {
            d.stated = Some(stated);
            d
        }
    };
    if let Some(h) = &r.hypothesis {
        d = d.with("reading", reading(analysis, h, r));
    }
    Some(d)
}

fn reading(analysis: &Analysis<'_>, h: &Hypothesis, r: &Relation) -> Phrase {
    let stated = as_written(analysis, &r.stated);
    match h {
        Hypothesis::OtherDenominator {
            measure,
            value,
            percent,
        } => phrase("other-denominator")
            .with("stated", stated)
            .with("value", format_vi(*value))
            .with(
                "measure",
                analysis.catalog.measure(*measure).label.to_lowercase(),
            )
            .with("percent", format_vi(*percent)),
        Hypothesis::WholeIs { value, percent } => phrase("whole-is")
            .with("stated", stated)
            .with("value", format_vi(*value))
            .with("percent", format_vi(*percent)),
    }
}

fn term_label(analysis: &Analysis<'_>, term: &Term) -> String {
    match term {
        Term::Fact(ix) => analysis
            .catalog
            .measure(analysis.facts().measure(*ix))
            .label
            .clone(),
        Term::Claim(at) => analysis
            .catalog
            .indicator(analysis.claims().list[*at].indicator())
            .label
            .clone(),
    }
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
