//! The figures as they are against the released ones and the entries about them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::text::{self, Why};
use super::{
    Cell, Entry, FOLDER, Figure, Head, Kind, Revision, Revisions, entries, figures, words,
};
use crate::catalog::{Catalog, find_period};
use crate::diagnostic::{About, Checked, Diagnostic, Phrase, Place, codes, phrase};
use crate::ingest::{Ingested, Periods};
use crate::model::{FactIx, Key, Origin, PeriodIx, Stat, Target};
use crate::source::{SourceFile, Sources};
use crate::table::encoding;
use crate::text::date::Date;
use crate::text::suggest::suggest_period;

/// So many changes of one period without a reason are told one by one.
const EACH: usize = 10;

/// Where there are more, so many are told as examples, and the rest in one finding.
const EXAMPLES: usize = 3;

/// What the figures are compared with.
struct Site<'a> {
    catalog: &'a Catalog,
    periods: &'a Periods,
    ingested: &'a Ingested,
    targets: &'a [Target],
    as_of: Option<Date>,
}

/// Compares every released period with the figures as they are.
pub fn read(
    sources: &Sources,
    catalog: &Catalog,
    periods: &Periods,
    ingested: &Ingested,
    targets: &[Target],
    as_of: Option<Date>,
) -> Checked<Revisions> {
    let mut findings = Vec::new();
    let site = Site {
        catalog,
        periods,
        ingested,
        targets,
        as_of,
    };
    let entries = entries::read(sources).take(&mut findings);
    let files: Vec<&SourceFile> = sources
        .below(FOLDER)
        .filter(|f| f.folder() == FOLDER && f.extension() == "csv")
        .collect();
    let compared: Vec<Checked<Option<Compared>>> =
        files.par_iter().map(|f| site.file(f, &entries)).collect();
    let (mut released, mut chains) = (Vec::new(), Vec::new());
    let mut used = vec![false; entries.len()];
    for one in compared {
        if let Some(c) = one.take(&mut findings) {
            released.push((c.period, c.head.as_of));
            chains.extend(c.chains);
            c.used.iter().for_each(|at| used[*at] = true);
        }
    }
    released.sort_unstable();
    let unused = entries.iter().zip(&used).filter(|(_, used)| !**used);
    findings.extend(unused.map(|(e, _)| site.unused(e, &released)));
    let revisions = Revisions::new(released, chains);
    findings.extend(site.undeclared(&revisions));
    findings.extend(site.late(&revisions));
    findings.extend(without_reason(&entries, &revisions));
    Checked::new(revisions, findings)
}

/// A released period against the figures as they are.
struct Compared {
    period: PeriodIx,
    head: Head,
    chains: Vec<Revision>,
    /// Positions of the entries that fit.
    used: Vec<usize>,
}

impl Site<'_> {
    fn file(&self, file: &SourceFile, entries: &[Entry]) -> Checked<Option<Compared>> {
        let none = |d| Checked::new(None, vec![d]);
        let text = match encoding::decode(file) {
            Ok(text) => text,
            Err(d) => return none(*d),
        };
        let name = file.name().trim_end_matches(".csv");
        let Some(head) = text::head(&text).filter(|h| h.period == name) else {
            return none(damaged(&file.path, 0, Why::Head));
        };
        let Some(period) = find_period(&self.periods.list, &head.period) else {
            let ids = self.periods.list.iter().map(|p| p.id.as_str());
            let d = Diagnostic::new(codes::PERIOD_UNKNOWN, Place::at(&file.path, 0, 0, 1))
                .with("name", name)
                .suggest(suggest_period(name, ids));
            return none(d);
        };
        let now = figures::figures(self.catalog, self.ingested, self.targets, period);
        let own = |e: &&(usize, &Entry)| e.1.period == head.period;
        let own: Vec<(usize, &Entry)> = entries.iter().enumerate().filter(|e| own(&e)).collect();
        let unchanged = text::write(&head, &now);
        if own.is_empty() && text::body(&unchanged).eq(text::body(&text)) {
            return Checked::new(
                Some(Compared {
                    period,
                    head,
                    chains: Vec::new(),
                    used: Vec::new(),
                }),
                Vec::new(),
            );
        }
        match text::parse(&text) {
            Err(d) => none(damaged(&file.path, d.line, d.why)),
            Ok(then) => Checked::new(
                Some(self.compared(&file.path, period, &then, &now, &own)),
                Vec::new(),
            ),
        }
    }

    fn compared(
        &self,
        file: &Arc<str>,
        period: PeriodIx,
        then: &text::Release<'_>,
        now: &[Figure<'_>],
        entries: &[(usize, &Entry)],
    ) -> Compared {
        let known: BTreeSet<&str> = then.figures.iter().map(|f| f.unit).collect();
        let mut about: BTreeMap<Named<'_>, Vec<(usize, &Entry)>> = BTreeMap::new();
        for (at, e) in entries {
            let key = (
                e.cell.unit.as_str(),
                e.cell.service.as_str(),
                e.cell.id.as_str(),
            );
            about.entry(key).or_default().push((*at, e));
        }
        let mut out = Compared {
            period,
            head: then.head.clone(),
            chains: Vec::new(),
            used: Vec::new(),
        };
        for (key, old, new) in side_by_side(&then.figures, now) {
            let own = about.remove(&key).unwrap_or_default();
            if old == new && own.is_empty() {
                continue;
            }
            let is_late = old.is_empty() && !known.contains(key.0) && !key.2.starts_with("target:");
            let kind = if is_late {
                Kind::Late
            } else {
                Kind::Correction
            };
            self.chain(file, period, key, (old, new), kind, &own, &mut out);
        }
        // What came after the release and is gone again stands in the entries only.
        for (key, own) in about {
            let is_late = !known.contains(key.0);
            let kind = if is_late {
                Kind::Late
            } else {
                Kind::Correction
            };
            self.chain(file, period, key, ("", ""), kind, &own, &mut out);
        }
        out
    }

    /// Follows the entries of one figure from the released value to the one it has now.
    #[expect(
        clippy::too_many_arguments,
        reason = "one figure: what it is of, its two values, what is said of it"
    )]
    fn chain(
        &self,
        file: &Arc<str>,
        period: PeriodIx,
        key: Named<'_>,
        (old, new): (&str, &str),
        kind: Kind,
        entries: &[(usize, &Entry)],
        out: &mut Compared,
    ) {
        let cell = Cell {
            unit: key.0.to_owned(),
            service: key.1.to_owned(),
            id: key.2.to_owned(),
        };
        let (unit, service, stat) = cell.resolve(self.catalog);
        let (place, received) = self.place(&cell, period, file);
        let step = Revision {
            period,
            cell,
            unit,
            service,
            stat,
            kind,
            old: String::new(),
            new: String::new(),
            date: None,
            reason: String::new(),
            by: String::new(),
            is_declared: true,
            is_withheld: false,
            place,
        };
        let mut value = old;
        for (at, e) in entries {
            if e.old != value || e.old == e.new {
                continue;
            }
            out.used.push(*at);
            out.chains.push(Revision {
                kind: if value.is_empty() {
                    kind
                } else {
                    Kind::Correction
                },
                old: e.old.clone(),
                new: e.new.clone(),
                date: e.date,
                reason: e.reason.clone(),
                by: e.by.clone(),
                ..step.clone()
            });
            value = &e.new;
        }
        if value != new {
            let is_late = kind == Kind::Late && value.is_empty();
            out.chains.push(Revision {
                kind: if is_late { kind } else { Kind::Correction },
                old: value.to_owned(),
                new: new.to_owned(),
                // A table of before the release was filled in afterwards: on which day, nobody has noted.
                date: if is_late {
                    received.filter(|d| *d > out.head.as_of)
                } else {
                    self.as_of
                },
                is_declared: false,
                ..step
            });
        }
    }

    /// Where a figure stands now, and when its report was received; the release where it stands nowhere.
    fn place(&self, cell: &Cell, period: PeriodIx, file: &Arc<str>) -> (Place, Option<Date>) {
        let found = || -> Option<(Origin, usize)> {
            let (unit, service, stat) = cell.resolve(self.catalog);
            let (unit, service) = (unit?, service?);
            let facts = &self.ingested.facts;
            match stat? {
                Stat::Measure(m) => {
                    let ix: FactIx = facts.get(Key::new(unit, service, period, m.0))?;
                    let width = facts.as_written(ix).chars().count();
                    Some((facts.origin(ix), width))
                }
                Stat::Indicator(i) => {
                    let claims = &self.ingested.claims;
                    let c = claims.get(Key::new(unit, service, period, i.0))?;
                    Some((c.origin, c.as_written.chars().count()))
                }
            }
        };
        let Some((origin, width)) = found() else {
            let of = |t: &&Target| {
                t.period == period
                    && self.catalog.units.get(t.unit).id == cell.unit
                    && cell.id == figures::target_id(self.catalog.stat_id(t.stat))
            };
            let target = self.targets.iter().find(of).map(|t| t.place.clone());
            return (target.unwrap_or_else(|| Place::file(file)), None);
        };
        let table = &self.ingested.files[usize::from(origin.file)];
        let report = &self.periods.reports[table.report.at()];
        (table.place(origin, width), report.received)
    }

    fn about(&self, r: &Revision) -> About {
        About {
            period: Some(self.periods.list[r.period.at()].id.clone()),
            unit: Some(r.cell.unit.clone()),
            service: Some(r.cell.service.clone()).filter(|s| !s.is_empty()),
            id: Some(r.cell.id.clone()),
        }
    }

    /// What a figure is of, as a reader says it.
    fn name(&self, cell: &Cell, period: &str) -> String {
        let (unit, service, stat) = cell.resolve(self.catalog);
        let mut parts = vec![unit.map_or(cell.unit.as_str(), |u| {
            self.catalog.units.get(u).name.as_str()
        })];
        if !cell.service.is_empty() {
            parts.push(service.map_or(cell.service.as_str(), |s| {
                self.catalog.services.get(s).name.as_str()
            }));
        }
        parts.push(period);
        let label = stat.map_or(cell.id.as_str(), |s| self.catalog.stat_label(s));
        format!("{}: {label}", parts.join(", "))
    }

    /// Changes that nobody has explained: the first ones of each period, and how many more there are.
    fn undeclared(&self, revisions: &Revisions) -> Vec<Diagnostic> {
        let mut of_period: BTreeMap<PeriodIx, Vec<&Revision>> = BTreeMap::new();
        for r in revisions
            .undeclared()
            .filter(|r| r.kind == Kind::Correction)
        {
            of_period.entry(r.period).or_default().push(r);
        }
        let mut out = Vec::new();
        for (period, list) in of_period {
            let p = &self.periods.list[period.at()];
            let told = if list.len() > EACH { EXAMPLES } else { EACH };
            out.extend(list.iter().take(told).map(|r| {
                let entry = self.proposed(r);
                Diagnostic::new(codes::REVISION_UNDECLARED, r.place.clone())
                    .about(self.about(r))
                    .with("name", self.name(&r.cell, &p.label))
                    .with("old", words::said(&r.old))
                    .with("new", words::said(&r.new))
                    .with("period", &p.id)
                    .with("toml", entry.to_toml().trim_end())
            }));
            let more = list.len().saturating_sub(told);
            if more > 0 {
                let file: Arc<str> = super::path_of(&p.id).into();
                let d = Diagnostic::new(codes::REVISIONS_UNDECLARED, Place::at(&file, 0, 0, 1))
                    .about(About {
                        period: Some(p.id.clone()),
                        ..About::default()
                    })
                    .with("count", more)
                    .with("label", &p.label)
                    .with("period", &p.id);
                out.push(d);
            }
        }
        out
    }

    fn proposed(&self, r: &Revision) -> Entry {
        r.proposed(&self.periods.list[r.period.at()].id, self.as_of)
    }

    /// Units that reported after the release: one finding for a unit and period.
    fn late(&self, revisions: &Revisions) -> Vec<Diagnostic> {
        let late = revisions.undeclared().filter(|r| r.kind == Kind::Late);
        let mut of_unit: BTreeMap<(PeriodIx, &str), (&Revision, usize)> = BTreeMap::new();
        for r in late {
            let one = of_unit.entry((r.period, &r.cell.unit)).or_insert((r, 0));
            one.1 += 1;
        }
        of_unit
            .iter()
            .map(|((period, unit), (first, n))| {
                let p = &self.periods.list[period.at()];
                let name = self.catalog.units.find(unit);
                let name = name.map_or(*unit, |u| self.catalog.units.get(u).name.as_str());
                Diagnostic::new(codes::ADDED_AFTER_RELEASE, first.place.clone())
                    .about(About {
                        period: Some(p.id.clone()),
                        unit: Some((*unit).to_owned()),
                        ..About::default()
                    })
                    .with("name", name)
                    .with("count", n)
                    .with("label", &p.label)
                    .with("period", &p.id)
            })
            .collect()
    }

    /// An entry that no figure needs.
    fn unused(&self, e: &Entry, released: &[(PeriodIx, Date)]) -> Diagnostic {
        let period = find_period(&self.periods.list, &e.period);
        let is_released = period.is_some_and(|p| released.iter().any(|(r, _)| *r == p));
        let label = period.map_or(e.period.as_str(), |p| {
            self.periods.list[p.at()].label.as_str()
        });
        let why: Phrase = if is_released {
            phrase("revision-fits-no-value")
        } else {
            phrase("revision-not-released")
        };
        Diagnostic::new(codes::REVISION_UNUSED, e.place.clone())
            .about(About {
                period: Some(e.period.clone()),
                unit: Some(e.cell.unit.clone()),
                service: Some(e.cell.service.clone()).filter(|s| !s.is_empty()),
                id: Some(e.cell.id.clone()),
            })
            .with("name", self.name(&e.cell, label))
            .with("old", words::said(&e.old))
            .with("new", words::said(&e.new))
            .with("why", why)
    }
}

impl Revision {
    /// The entry that declares it, without a reason.
    pub fn proposed(&self, period: &str, day: Option<Date>) -> Entry {
        Entry {
            period: period.to_owned(),
            cell: self.cell.clone(),
            old: self.old.clone(),
            new: self.new.clone(),
            date: self.date.or(day),
            reason: String::new(),
            by: String::new(),
            place: Place::default(),
            reason_place: Place::default(),
        }
    }
}

/// Entries that fit a figure and say no reason; a late report needs none.
fn without_reason<'a>(
    entries: &'a [Entry],
    revisions: &'a Revisions,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let is_late = |e: &Entry| {
        revisions
            .list
            .iter()
            .any(|r| r.kind == Kind::Late && r.cell == e.cell && r.old == e.old && r.new == e.new)
    };
    entries
        .iter()
        .filter(|e| e.reason.is_empty())
        .filter(move |e| !is_late(e))
        .map(|e| {
            Diagnostic::new(codes::REVISION_WITHOUT_REASON, e.reason_place.clone())
                .about(About {
                    period: Some(e.period.clone()),
                    unit: Some(e.cell.unit.clone()),
                    service: Some(e.cell.service.clone()).filter(|s| !s.is_empty()),
                    id: Some(e.cell.id.clone()),
                })
                .with("old", words::said(&e.old))
                .with("new", words::said(&e.new))
        })
}

fn damaged(file: &Arc<str>, line: u32, why: Why) -> Diagnostic {
    let why: Phrase = match why {
        Why::Head => phrase("release-head"),
        Why::Columns => phrase("release-columns"),
        Why::Fields => phrase("release-fields"),
        Why::Order => phrase("release-order"),
    };
    Diagnostic::new(codes::RELEASE_DAMAGED, Place::at(file, line, 0, 1)).with("why", why)
}

/// Unit, service and figure by their ids.
type Named<'a> = (&'a str, &'a str, &'a str);

/// A figure of two sorted lists: what it is of, its text in each; empty where a list does not have it.
type Side<'a> = (Named<'a>, &'a str, &'a str);

/// Every figure that one of two sorted lists has.
fn side_by_side<'a>(then: &'a [Figure<'a>], now: &'a [Figure<'a>]) -> Vec<Side<'a>> {
    let text = |f: &'a Figure<'a>| -> &'a str {
        match &f.text {
            Cow::Borrowed(t) => t,
            Cow::Owned(t) => t,
        }
    };
    let mut out: Vec<Side<'a>> = Vec::with_capacity(then.len().max(now.len()));
    let (mut a, mut b) = (then.iter().peekable(), now.iter().peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (None, None) => return out,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(x), Some(y)) => x.place().cmp(&y.place()),
        };
        let x = if order.is_le() { a.next() } else { None };
        let y = if order.is_ge() { b.next() } else { None };
        if let Some(place) = x.or(y).map(Figure::place) {
            out.push((place, x.map_or("", text), y.map_or("", text)));
        }
    }
}
