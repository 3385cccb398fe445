//! What a report says it lists, against what it lists: services of a group, services with dossiers, tasks.

use super::{about_of, place_of, subject_of};
use crate::analysis::Analysis;
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, Phrase, Place, codes, phrase};
use crate::model::{
    Announced, FactIx, Key, Kind, MeasureIx, MeasureType, Operator, ServiceIx, Stat,
};

/// A number of things that a document announces.
struct Announcement {
    key: Key,
    what: Announced,
    value: Decimal,
    as_written: String,
    place: Place,
}

/// How many missing services are named.
const NAMED: usize = 3;

/// Checks every announcement, stated as a figure or as a target.
pub(super) fn check(analysis: &Analysis<'_>) -> Vec<Diagnostic> {
    let mut all = announcements(analysis);
    all.sort_by_key(|a| (a.key.unit(), a.key.period(), a.what, a.key.service()));
    all.dedup_by_key(|a| (a.key, a.what));
    let members = |a: &Announcement| &analysis.catalog.services.get(a.key.service()).members;
    let is_narrower = |other: &Announcement, wider: &Announcement| {
        let (narrow, wide) = (members(other), members(wider));
        other.what == wider.what
            && !narrow.is_empty()
            && narrow.len() < wide.len()
            && narrow.iter().all(|s| wide.contains(s))
    };
    let place = |a: &Announcement| (a.key.unit(), a.key.period());
    all.chunk_by(|a, b| place(a) == place(b))
        // What is missing from a group is missing from every wider one: it is told once.
        .flat_map(|same| {
            let is_told = move |a: &&Announcement| same.iter().any(|o| is_narrower(o, a));
            same.iter().filter(move |a| !is_told(a))
        })
        .filter_map(|a| judge(analysis, a))
        .collect()
}

fn announcements(analysis: &Analysis<'_>) -> Vec<Announcement> {
    let catalog = analysis.catalog;
    if catalog.measures.iter().all(|m| m.announces.is_none()) {
        return Vec::new();
    }
    let announces = |stat: Stat| match stat {
        Stat::Measure(m) => catalog.measure(m).announces,
        Stat::Indicator(_) => None,
    };
    let mut out: Vec<Announcement> = Vec::new();
    let facts = analysis.facts();
    for ix in facts.indices() {
        let key = facts.key(ix);
        if let (Some(what), Some(value)) = (
            announces(Stat::Measure(MeasureIx(key.stat()))),
            facts.value(ix),
        ) {
            let as_written = facts.as_written(ix);
            let place = place_of(analysis, facts.origin(ix), as_written.chars().count());
            out.push(Announcement {
                key,
                what,
                value,
                as_written,
                place,
            });
        }
    }
    for target in analysis
        .targets
        .iter()
        .filter(|t| t.operator == Operator::Equal)
    {
        if let (Some(what), Stat::Measure(m)) = (announces(target.stat), target.stat) {
            out.push(Announcement {
                key: Key::new(target.unit, target.service, target.period, m.0),
                what,
                value: target.value,
                as_written: target.as_written.clone(),
                place: target.place.clone(),
            });
        }
    }
    out
}

fn judge(analysis: &Analysis<'_>, a: &Announcement) -> Option<Diagnostic> {
    let members = &analysis.catalog.services.get(a.key.service()).members;
    let (found, hint) = match a.what {
        Announced::Tasks => tasks(analysis, a)?,
        Announced::Services | Announced::ActiveServices if members.is_empty() => return None,
        Announced::Services => services(analysis, a, members)?,
        Announced::ActiveServices => active(analysis, a, members)?,
    };
    let stat = Stat::Measure(MeasureIx(a.key.stat()));
    let mut d = Diagnostic::new(codes::SERVICES_VS_ANNOUNCED, a.place.clone())
        .with("subject", subject_of(analysis, a.key))
        .with("name", analysis.catalog.stat_label(stat))
        .with("stated", &a.as_written)
        .with("found", found)
        .about(about_of(analysis, a.key, stat));
    if let Some(hint) = hint {
        d = d.with("missing", hint);
    }
    Some(d)
}

/// What the tables have instead, and a hint.
type Found = (Phrase, Option<Phrase>);

fn count(n: usize) -> Decimal {
    Decimal::from_int(i64::try_from(n).unwrap_or(i64::MAX))
}

fn services(analysis: &Analysis<'_>, a: &Announcement, members: &[ServiceIx]) -> Option<Found> {
    let (listed, missing): (Vec<ServiceIx>, Vec<ServiceIx>) = members
        .iter()
        .partition(|s| is_listed(analysis, a.key, **s));
    // Where nothing is listed, nothing is announced as a list either.
    let is_short = count(listed.len()) < a.value;
    if listed.is_empty() || (a.value == count(members.len()) && !is_short) {
        return None;
    }
    let key = if a.value == count(members.len()) {
        "announced-listed"
    } else {
        "announced-services"
    };
    let found = phrase(key)
        .with("known", members.len())
        .with("listed", listed.len());
    let hint = (!missing.is_empty()).then(|| named(analysis, &missing));
    Some((found, hint))
}

fn active(analysis: &Analysis<'_>, a: &Announcement, members: &[ServiceIx]) -> Option<Found> {
    let listed = members.iter().any(|s| is_listed(analysis, a.key, *s));
    let active = members
        .iter()
        .filter(|s| is_active(analysis, a.key, **s))
        .count();
    let found = phrase("announced-active").with("listed", active);
    (listed && count(active) != a.value).then_some((found, None))
}

fn tasks(analysis: &Analysis<'_>, a: &Announcement) -> Option<Found> {
    let rows = analysis.ingested.tasks.iter().filter(|t| {
        let report = &analysis.periods.reports[t.report.at()];
        (report.unit, report.period) == (a.key.unit(), a.key.period())
    });
    let rows = rows.count();
    let found = phrase("announced-tasks").with("listed", rows);
    (rows > 0 && count(rows) != a.value).then_some((found, None))
}

/// The figures of a service in the unit and period of an announcement.
fn figures<'a>(
    analysis: &'a Analysis<'_>,
    key: Key,
    service: ServiceIx,
) -> impl Iterator<Item = FactIx> + use<'a> {
    let range = analysis.facts().row(key.unit(), service, key.period());
    range.map(FactIx::from_at)
}

fn is_listed(analysis: &Analysis<'_>, key: Key, service: ServiceIx) -> bool {
    let facts = analysis.facts();
    figures(analysis, key, service).any(|ix| facts.kind(ix) != Kind::NotReported)
}

fn is_active(analysis: &Analysis<'_>, key: Key, service: ServiceIx) -> bool {
    let facts = analysis.facts();
    figures(analysis, key, service).any(|ix| {
        let is_count = analysis.catalog.measure(facts.measure(ix)).kind == MeasureType::Count;
        is_count && facts.value(ix).is_some_and(|v| !v.is_zero())
    })
}

fn named(analysis: &Analysis<'_>, missing: &[ServiceIx]) -> Phrase {
    let names: Vec<&str> = missing
        .iter()
        .take(NAMED)
        .map(|s| analysis.catalog.services.get(*s).short_name.as_str())
        .collect();
    let key = if missing.len() > NAMED {
        "services-missing-more"
    } else {
        "services-missing"
    };
    phrase(key)
        .with("names", names.join(", "))
        .with("more", missing.len().saturating_sub(NAMED))
}
