//! Contradictions as readers meet them: stated and computed side by side, one reading, the waiver.

use std::fmt::Write as _;

use super::context::{Caveat, Link, Pair, State as Shape, Tag};
use super::view::View;
use super::words::trim_zeros;
use crate::analysis::relations::{Hypothesis, Term};
use crate::analysis::{Outcome, Relation, RelationKind};
use crate::check;
use crate::diagnostic::{Diagnostic, Language, codes};
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::text::foreign::{mark_runs, marked_number};

/// The caveats of a unit in a period, lettered, with the services and statistics they touch.
pub(crate) fn of_unit(view: &View<'_>, unit: UnitIx, period: PeriodIx) -> Vec<(Caveat, Touched)> {
    let id = &view.analysis.catalog.units.get(unit).id;
    let period_id = &view.analysis.period(period).id;
    let mut out: Vec<(Caveat, Touched)> = Vec::new();
    let relations = view.relations.list.iter().filter(|r| {
        r.outcome == Outcome::Differs && r.key.unit() == unit && r.key.period() == period
    });
    for relation in relations {
        // Sum, part and ratio of one row are one contradiction to a reader: the ratio tells it best.
        let touched = Touched {
            service: relation.key.service(),
            stat: relation.stat,
        };
        if let Some((_, t)) = out
            .iter()
            .find(|(_, t)| t.service == touched.service && t.service != ServiceIx::WHOLE)
        {
            let _ = t;
            if relation.kind != RelationKind::Ratio {
                continue;
            }
            out.retain(|(_, t)| t.service != touched.service);
        }
        out.push((of_relation(view, relation), touched));
    }
    let others = view.findings.iter().filter(|d| {
        is_public(d)
            && d.about.unit.as_deref() == Some(id)
            && d.about.period.as_deref() == Some(period_id)
    });
    for d in others {
        let service = d
            .about
            .service
            .as_deref()
            .and_then(|s| view.analysis.catalog.services.find(s));
        let stat = d
            .about
            .id
            .as_deref()
            .and_then(|i| view.analysis.catalog.stat(i));
        if let Some(stat) = stat {
            let touched = Touched {
                service: service.unwrap_or(ServiceIx::WHOLE),
                stat,
            };
            out.push((of_finding(view, d), touched));
        }
    }
    for (i, (caveat, _)) in out.iter_mut().enumerate() {
        let letter = letter(i);
        caveat.id = format!("dc-{letter}");
        caveat.letter = Some(letter);
        caveat.about = None;
        caveat.tag = None;
        caveat.link = None;
    }
    out
}

/// What a caveat speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Touched {
    /// The service; the whole where it is none.
    pub(crate) service: ServiceIx,
    /// The statistic.
    pub(crate) stat: Stat,
}

/// `a` … `z`, then `aa`.
pub(crate) fn letter(position: usize) -> String {
    let one = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
    if position < 26 {
        one(position).to_string()
    } else {
        format!("{}{}", one(position / 26 - 1), one(position))
    }
}

/// Findings that readers see beside figures and that no relation tells already.
pub(crate) fn is_public(d: &Diagnostic) -> bool {
    [
        codes::DUPLICATE_COLUMNS,
        codes::NUMBER_UNREADABLE,
        codes::NUMBER_AMBIGUOUS,
    ]
    .contains(&d.code)
}

/// A contradiction between figures.
pub(crate) fn of_relation(view: &View<'_>, r: &Relation) -> Caveat {
    let written = |t: &Term| view.quoted(&check::as_written(view.analysis, t));
    let stated = written(&r.stated);
    let computed = match (r.computed, r.kind) {
        (Some(v), RelationKind::Ratio) => format!("{}%", view.number(trim_zeros(v))),
        (Some(v), _) => view.number(v),
        (None, _) => String::new(),
    };
    let parts: Vec<String> = r.terms.iter().map(written).collect();
    let text = explanation(view, r, &stated, &computed, &parts);
    let unit = r.key.unit();
    let subject = if r.key.service() == ServiceIx::WHOLE {
        view.label(r.stat).to_owned()
    } else {
        format!(
            "{}: {}",
            view.service_name(r.key.service()),
            super::words::lower_first(view.label(r.stat))
        )
    };
    let finding = view.findings.iter().find(|d| {
        check::code_of(r) == Some(d.code) && d.place == check::place(view.analysis, &r.stated)
    });
    let pair = match r.kind {
        RelationKind::SameKey => Some(Pair {
            first_label: Some(view.t("caveat.same_first", &[])),
            first: stated,
            second_label: Some(view.t("caveat.same_second", &[])),
            second: parts.first().cloned().unwrap_or_default(),
        }),
        RelationKind::PartOverTotal => Some(Pair {
            first_label: Some(view.label(r.stat).to_owned()),
            first: stated,
            second_label: r.terms.first().map(|t| term_label(view, t)),
            second: parts.first().cloned().unwrap_or_default(),
        }),
        RelationKind::Sum | RelationKind::Ratio | RelationKind::Units => Some(Pair {
            first: stated,
            second: computed,
            ..Pair::default()
        }),
        _ => None,
    };
    Caveat {
        id: slug_of(view, r),
        letter: None,
        about: Some(format!(
            "{}, {}",
            view.unit_name(unit),
            view.period_in_text(r.key.period())
        )),
        title: subject,
        tag: Some(outcome_tag(view, r.outcome)),
        pair,
        text,
        waiver: finding.and_then(|d| waiver(view, d)),
        place: Some(places(view, r)),
        code: check::code_of(r).map(|c| c.as_str().to_owned()),
        link: view.unit_href(unit).map(|href| Link {
            text: view.t("caveat.see_page", &[]),
            href,
        }),
    }
}

fn term_label(view: &View<'_>, term: &Term) -> String {
    match term {
        Term::Fact(ix) => view
            .label(Stat::Measure(view.analysis.facts().measure(*ix)))
            .to_owned(),
        Term::Claim(at) => view
            .label(Stat::Indicator(
                view.analysis.claims().list[*at].indicator(),
            ))
            .to_owned(),
    }
}

fn explanation(
    view: &View<'_>,
    r: &Relation,
    stated: &str,
    computed: &str,
    parts: &[String],
) -> String {
    let name = view.label(r.stat);
    let no_reading = || view.t("caveat.no_reading", &[]);
    match r.kind {
        RelationKind::Sum => {
            let labels: Vec<String> = r
                .terms
                .iter()
                .zip(parts)
                .map(|(t, p)| format!("{} {p}", super::words::lower_first(&term_label(view, t))))
                .collect();
            let values = [
                ("name", name),
                ("stated", stated),
                ("parts", &labels.join(", ")),
                ("computed", computed),
                ("reading", &no_reading()),
            ];
            view.t("caveat.sum", &values)
        }
        RelationKind::PartOverTotal => view.t("caveat.part_over", &[("reading", &no_reading())]),
        RelationKind::SameKey => view.t("caveat.same_key", &[]),
        RelationKind::Ratio => {
            let n = r.terms.first().map_or_else(String::new, |t| {
                format!(
                    "{} {}",
                    super::words::lower_first(&term_label(view, t)),
                    parts[0]
                )
            });
            let d = r.terms.last().map_or_else(String::new, |t| {
                format!(
                    "{} {}",
                    super::words::lower_first(&term_label(view, t)),
                    parts.last().map_or("", String::as_str)
                )
            });
            match (r.outcome, &r.hypothesis) {
                (Outcome::Agrees | Outcome::AgreesRounded, _) => {
                    format!("{}; {}.", super::words::upper_first(&n), d)
                }
                (_, Some(Hypothesis::WholeIs { value, percent })) => view.t(
                    "caveat.whole_is",
                    &[
                        ("n", &n),
                        ("d", &d),
                        ("x", &view.number(*value)),
                        ("y", &view.number(trim_zeros(*percent))),
                        ("stated", stated),
                    ],
                ),
                (
                    _,
                    Some(Hypothesis::OtherDenominator {
                        measure,
                        value,
                        percent,
                    }),
                ) => view.t(
                    "caveat.other_whole",
                    &[
                        ("n", &n),
                        ("d", &d),
                        ("computed", computed),
                        ("stated", stated),
                        ("x", &view.number(*value)),
                        (
                            "measure",
                            &super::words::lower_first(view.label(Stat::Measure(*measure))),
                        ),
                        ("y", &view.number(*percent)),
                    ],
                ),
                (_, Some(_)) => told(view, r).unwrap_or_else(no_reading),
                _ => view.t(
                    "caveat.ratio",
                    &[
                        ("n", &n),
                        ("d", &d),
                        ("computed", computed),
                        ("reading", &no_reading()),
                    ],
                ),
            }
        }
        RelationKind::ZeroDenominator => view.t("caveat.zero", &[]),
        RelationKind::Over100 | RelationKind::WithoutBase => view.t("state.stated_meaning", &[]),
        RelationKind::Units
        | RelationKind::Balance
        | RelationKind::Mean
        | RelationKind::Kinds
        | RelationKind::UnitOfMeasure
        | RelationKind::Outside
        | RelationKind::Subset => told(view, r).unwrap_or_else(no_reading),
    }
}

/// A relation in the words of its finding.
fn told(view: &View<'_>, r: &Relation) -> Option<String> {
    let code = check::code_of(r)?;
    let place = check::place(view.analysis, &r.stated);
    let d = view
        .findings
        .iter()
        .find(|d| d.code == code && d.place == place)?;
    let message = message(view, d);
    Some(format!("{}.", super::words::upper_first(&message)))
}

/// A finding that is not about two figures.
pub(crate) fn of_finding(view: &View<'_>, d: &Diagnostic) -> Caveat {
    let unit = d
        .about
        .unit
        .as_deref()
        .and_then(|u| view.analysis.catalog.units.find(u));
    let period = d
        .about
        .period
        .as_deref()
        .and_then(|p| crate::catalog::find_period(&view.analysis.periods.list, p));
    let about = match (unit, period) {
        (Some(u), Some(p)) => Some(format!("{}, {}", view.unit_name(u), view.period_in_text(p))),
        _ => None,
    };
    let stat = d
        .about
        .id
        .as_deref()
        .and_then(|i| view.analysis.catalog.stat(i));
    let service = d
        .about
        .service
        .as_deref()
        .and_then(|s| view.analysis.catalog.services.find(s));
    let title = match (service, stat) {
        (Some(s), _) => view.service_name(s).to_owned(),
        (None, Some(s)) => view.label(s).to_owned(),
        (None, None) => rule_title(view, d),
    };
    let message = super::words::upper_first(&message(view, d));
    Caveat {
        id: format!("{}-{}", d.code, crate::text::slug::slug(&d.place.shown())),
        letter: None,
        about,
        title,
        tag: Some(Tag {
            state: Shape::Warn,
            text: view.t("state.to_reconcile", &[]),
            href: None,
        }),
        pair: None,
        text: format!("{message}."),
        waiver: waiver(view, d),
        place: Some(d.place.shown()),
        code: Some(d.code.as_str().to_owned()),
        link: unit.and_then(|u| view.unit_href(u)).map(|href| Link {
            text: view.t("caveat.see_page", &[]),
            href,
        }),
    }
}

/// What a finding without a figure is about, in a few words.
fn rule_title(view: &View<'_>, d: &Diagnostic) -> String {
    let own = view.find(&format!("rule.{}", d.code));
    own.unwrap_or_else(|| view.t("rule.other", &[]))
}

/// A finding in the language of the page: backticks become quotation marks, and the names in them are those of the data.
fn message(view: &View<'_>, d: &Diagnostic) -> String {
    let told = match view.strings.language.as_str() {
        "vi" => quoted(view, d, &|_| true).message(Language::Vietnamese),
        "en" => mark_runs(&quoted(view, d, &is_of_documents).message(Language::English)),
        _ => view.own(&d.message(Language::Vietnamese)),
    };
    let mut out = String::with_capacity(told.len() + 8);
    for (i, piece) in told.split('`').enumerate() {
        if i % 2 == 0 {
            out.push_str(piece);
        } else {
            out.push('“');
            out.push_str(piece);
            out.push('”');
        }
    }
    out
}

/// A finding in which what it quotes is marked.
fn quoted(view: &View<'_>, d: &Diagnostic, is_quote: &dyn Fn(&str) -> bool) -> Diagnostic {
    let mut marked = d.clone();
    for (_, argument) in &mut marked.arguments {
        argument.rewrite_quoted(&|text| {
            if is_quote(text) {
                view.quoted(text)
            } else {
                text.to_owned()
            }
        });
    }
    marked
}

/// Whether a text can only be that of a document: it has Vietnamese letters, or a number with its marks.
fn is_of_documents(text: &str) -> bool {
    let is_foreign = |c: char| c.is_alphabetic() && !c.is_ascii();
    text.contains(is_foreign) || marked_number(text, &[',', '.'])
}

fn waiver(view: &View<'_>, d: &Diagnostic) -> Option<String> {
    let w = d.waived.as_ref()?;
    let until = crate::text::date::Date::parse_iso(&w.until)
        .map_or_else(|| w.until.clone(), |d| view.day(d));
    let reason = view.own(w.reason.trim_end_matches('.'));
    let by = view.own(&w.by);
    let words = [("d", until.as_str()), ("reason", &reason), ("by", &by)];
    Some(view.t("caveat.waived", &words))
}

/// The tag of an outcome.
pub(crate) fn outcome_tag(view: &View<'_>, outcome: Outcome) -> Tag {
    let (state, key) = match outcome {
        Outcome::Agrees => (Shape::Ok, "caveat.agrees"),
        Outcome::AgreesRounded => (Shape::Ok, "caveat.rounds"),
        Outcome::Differs => (Shape::Warn, "caveat.differs"),
        Outcome::NotComparable => (Shape::No, "state.stated"),
    };
    Tag {
        state,
        text: view.t(key, &[]),
        href: None,
    }
}

/// Document and place of the stated figure, then file and line.
fn places(view: &View<'_>, r: &Relation) -> String {
    let facts = view.analysis.facts();
    let (origin, document_place) = match &r.stated {
        Term::Fact(ix) => (
            facts.origin(*ix),
            facts.extra(*ix).and_then(|e| e.document_place.clone()),
        ),
        Term::Claim(at) => {
            let c = &view.analysis.claims().list[*at];
            (c.origin, c.extra.document_place.clone())
        }
    };
    let file = &view.analysis.ingested.files[usize::from(origin.file)];
    let report = &view.analysis.periods.reports[file.report.at()];
    let mut out = view.document_name(report);
    if let Some(place) = document_place {
        let _ = write!(out, ", {}", view.own(&place));
    }
    format!("{out} ({})", file.place(origin, 1).row_shown())
}

/// A permanent anchor.
fn slug_of(view: &View<'_>, r: &Relation) -> String {
    let catalog = view.analysis.catalog;
    let mut id = format!(
        "{}-{}",
        view.analysis.period(r.key.period()).id,
        catalog.units.get(r.key.unit()).id.replace('/', "-")
    );
    if r.key.service() != ServiceIx::WHOLE {
        id.push('-');
        id.push_str(&catalog.services.get(r.key.service()).id);
    }
    let code = check::code_of(r).map_or("khop", |c| c.as_str());
    format!("{id}-{}-{code}", catalog.stat_id(r.stat))
}
