//! What each figure of a unit rests on: the cells of its report, or the figures that it was made of; with the findings
//! and decisions that touch them.
//!
//! The page of a unit's evidence lists these by period; every other page leads to it, or to the unit's page that does.

mod groups;
mod parts;

pub(crate) use groups::{Groups, groups};
pub(crate) use parts::{anchor, has_page, href, link, part_path, parts};

use super::caveats::{self, Touched};
use super::cells;
use super::context::{Caveat, Cell, Mark, Row, RowKind};
use super::view::View;
use super::words::trim_zeros;
use super::{cumulative, revisions, targets};
use crate::analysis::{Basis, Observation, State};
use crate::diagnostic::Diagnostic;
use crate::model::{
    FactIx, Key, MeasureIx, Nature, Origin, PeriodIx, ServiceIx, ServiceKind, Stat, UnitIx,
};

/// The figures of a unit in one period, a row each.
pub(crate) struct Listed<'a> {
    pub(crate) rows: Vec<Row>,
    /// Everything that was found at their cells, and what changed after release.
    pub(crate) notes: Vec<Caveat>,
    /// The statistics shown.
    pub(crate) stats: Vec<Stat>,
    /// The folder of the files, left out of their names.
    pub(crate) folder: &'a str,
    /// Whether some figure is a sum over units below.
    pub(crate) has_sums: bool,
}

/// The figures of a unit in a period, of which `groups` tells what there is. `position` is that of the period among
/// those of the unit, from the newest; the names of the notes follow those of `told` others.
pub(crate) fn list<'a>(
    view: &View<'a>,
    (unit, period): (UnitIx, PeriodIx),
    groups: &Groups,
    position: usize,
    told: usize,
) -> Listed<'a> {
    let shown = parts::shown_services(view, unit, period, groups, position);
    let mut found = Found::new(view, unit, period, told);
    let blocks = groups::blocks(view, unit, period);
    let mut out = Listed {
        rows: Vec::new(),
        notes: Vec::new(),
        stats: Vec::new(),
        folder: folder(view, unit, period),
        has_sums: false,
    };
    let shown = shown.map(|(service, stats)| (unit, *service, groups, stats));
    let of_blocks = blocks.iter().flat_map(|(block, groups)| {
        let all = groups.iter();
        all.map(move |(service, stats)| (*block, *service, groups, stats))
    });
    for (of_unit, service, groups, stats) in shown.chain(of_blocks) {
        let mut rows = Vec::new();
        let of = Of {
            unit: of_unit,
            service,
            period,
            groups,
            folder: out.folder,
            is_newest: position == 0,
        };
        for stat in stats {
            let o = view.analysis.observe(*stat, of_unit, service, period);
            if o.value.is_none() && o.fact.is_none() && o.claim.is_none() {
                continue;
            }
            out.has_sums |= o.basis == Basis::Units;
            rows.push(row(view, *stat, &of, &o, &mut found));
            out.stats.push(*stat);
        }
        let whole = (of_unit, service) == (unit, ServiceIx::WHOLE);
        if !rows.is_empty() && !whole {
            let name = match service {
                ServiceIx::WHOLE => view.unit_name(of_unit),
                s => view.service_name(s),
            };
            out.rows.push(Row {
                kind: RowKind::Cut,
                head: name.to_owned(),
                ..Row::default()
            });
        }
        out.rows.append(&mut rows);
    }
    out.stats.sort_unstable();
    out.stats.dedup();
    out.notes = found.notes();
    out
}

/// What a row is of.
struct Of<'g> {
    unit: UnitIx,
    service: ServiceIx,
    period: PeriodIx,
    groups: &'g Groups,
    /// The folder that the page names once.
    folder: &'g str,
    /// Whether it is the newest period of the unit, which its page shows.
    is_newest: bool,
}

/// Files of the folder without its name.
fn within(text: &str, folder: &str) -> String {
    if folder.is_empty() {
        text.to_owned()
    } else {
        text.replace(folder, "")
    }
}

/// The folder of the report of a unit for a period, with its `/`; empty where no table of it has figures of the unit.
fn folder<'a>(view: &View<'a>, unit: UnitIx, period: PeriodIx) -> &'a str {
    let analysis = view.analysis;
    let range = analysis.facts().of_unit(unit);
    let of_period = |at: &usize| analysis.facts().keys()[*at].period() == period;
    let fact = range.into_iter().find(of_period).map(FactIx::from_at);
    let mut claims = analysis.claims().of_unit(unit).iter();
    let origin = match fact {
        Some(f) => Some(analysis.facts().origin(f)),
        None => claims.find(|c| c.key.period() == period).map(|c| c.origin),
    };
    origin.map_or("", |o| {
        let path: &str = &analysis.ingested.files[usize::from(o.file)].path;
        path.rfind('/').map_or("", |at| &path[..=at])
    })
}

fn row(
    view: &View<'_>,
    stat: Stat,
    of: &Of<'_>,
    o: &Observation,
    found: &mut Found<'_, '_>,
) -> Row {
    let base = base(view, stat, of, o);
    let touched = Touched {
        service: of.service,
        stat,
    };
    let origins = statements(view, stat, of, o);
    Row {
        head: view.indicator_short(stat).to_owned(),
        href: Some(format!("#{}", formula_anchor(view, stat))),
        note: (!base.is_empty()).then(|| within(&base.join("; "), of.folder)),
        marks: found.marks(&origins, touched),
        cells: vec![Cell {
            bar: None,
            ..view.cell(stat, o)
        }],
        ..Row::default()
    }
}

/// The anchor of a formula.
pub(crate) fn formula_anchor(view: &View<'_>, stat: Stat) -> String {
    format!("ct-{}", view.analysis.catalog.stat_id(stat))
}

/// The cells that state a figure or its parts.
fn statements(view: &View<'_>, stat: Stat, of: &Of<'_>, o: &Observation) -> Vec<Origin> {
    let (facts, claims) = (view.analysis.facts(), view.analysis.claims());
    let mut out: Vec<Origin> = Vec::new();
    if let Some(at) = o.claim {
        let all = claims.statements(claims.list[at].key);
        out.extend(all.map(|at| claims.list[at].origin));
    }
    let cells: Vec<FactIx> = match stat {
        Stat::Measure(_) => o.fact.into_iter().collect(),
        Stat::Indicator(i) if o.basis == Basis::Computed => {
            let cells = view.analysis.cells(i, of.unit, of.service, of.period);
            cells.into_iter().map(|(_, f)| f).collect()
        }
        Stat::Indicator(_) => Vec::new(),
    };
    for f in cells {
        let all = facts.statements(facts.key(f)).map(FactIx::from_at);
        out.extend(all.map(|f| facts.origin(f)));
    }
    out
}

/// What a figure rests on, in words; of one that is not published nothing is said.
fn base(view: &View<'_>, stat: Stat, of: &Of<'_>, o: &Observation) -> Vec<String> {
    if o.state == State::Suppressed {
        return Vec::new();
    }
    let facts = view.analysis.facts();
    let mut out: Vec<String> = division(view, o).into_iter().collect();
    match (o.basis, stat) {
        (Basis::Predecessors, _) => out.extend(predecessors(view, stat, of)),
        (Basis::Units, _) => out.push(view.t("evidence.units", &[("n", &o.counted.to_string())])),
        (Basis::Reported, _) => out.extend(o.fact.map(|f| reported(view, f))),
        (Basis::Services, Stat::Measure(m)) => {
            let cells = of_services(view, m, of);
            let origins: Vec<Origin> = cells.iter().map(|f| facts.origin(*f)).collect();
            let n = cells.len().to_string();
            let place = cells::place(view, &origins);
            out.push(view.t("evidence.services", &[("n", &n), ("place", &place)]));
        }
        (Basis::Services, Stat::Indicator(i)) => {
            out.extend(cells::of_ratio(
                view,
                i,
                (of.unit, of.service, of.period),
                o,
            ));
        }
        // The parts of the ratio stand in rows of their own.
        (Basis::Computed | Basis::Stated, _) => {}
    }
    out.extend(cumulative::note(view, stat, of.unit, of.service, of.period));
    out.extend(year_to_date(view, stat, of));
    if let Some(at) = o.claim {
        let claims = view.analysis.claims();
        for at in claims.statements(claims.list[at].key) {
            let claim = &claims.list[at];
            if !claim.suppressed {
                let place = cells::place(view, &[claim.origin]);
                let text = &view.quoted(&claim.as_written);
                out.push(view.t("cells.stated", &[("text", text), ("place", &place)]));
            }
        }
    }
    out
}

/// What the unit's page says of a measure since the beginning of the year: the sum of the periods listed.
fn year_to_date(view: &View<'_>, stat: Stat, of: &Of<'_>) -> Option<String> {
    let Stat::Measure(m) = stat else { return None };
    let is_shown = of.is_newest && of.service == ServiceIx::WHOLE;
    if !is_shown || view.analysis.catalog.measure(m).nature != Nature::Flow {
        return None;
    }
    let (analysis, unit, service, period) = (view.analysis, of.unit, of.service, of.period);
    let n = analysis.known_in_year(m, unit, service, period);
    let sum = analysis.year_to_date(m, unit, service, period);
    let sum = sum.ok().filter(|_| n > 1)?;
    let (x, n) = (view.number(trim_zeros(sum)), n.to_string());
    Some(view.t("evidence.sum_of_year", &[("x", &x), ("n", &n)]))
}

/// "67.073 ÷ 68.164".
fn division(view: &View<'_>, o: &Observation) -> Option<String> {
    let (n, d) = o.numerator.zip(o.denominator)?;
    let (n, d) = (view.number(trim_zeros(n)), view.number(trim_zeros(d)));
    Some(format!("{n} ÷ {d}"))
}

/// The cell of a fact; of all of its statements, where there are several.
fn reported(view: &View<'_>, fact: FactIx) -> String {
    let facts = view.analysis.facts();
    let all: Vec<FactIx> = facts
        .statements(facts.key(fact))
        .map(FactIx::from_at)
        .collect();
    let one = |f: FactIx| {
        let place = cells::place(view, &[facts.origin(f)]);
        let written = facts.extra(f).and_then(|e| e.document_place.as_deref());
        match written.filter(|w| !w.is_empty()) {
            Some(written) => format!("{place} ({})", view.own(written)),
            None => place,
        }
    };
    if all.len() < 2 {
        return one(fact);
    }
    let told: Vec<String> = all
        .iter()
        .map(|f| format!("{}: {}", view.quoted(&facts.as_written(*f)), one(*f)))
        .collect();
    told.join("; ")
}

/// The facts of single services that make a sum.
fn of_services(view: &View<'_>, measure: MeasureIx, of: &Of<'_>) -> Vec<FactIx> {
    let facts = view.analysis.facts();
    let services = &view.analysis.catalog.services;
    let is_single = |s: ServiceIx| services.get(s).kind == ServiceKind::Service;
    let is_counted = |f: &FactIx| facts.value(*f).is_some() && !facts.is_doubtful(*f);
    let stat = Stat::Measure(measure);
    let having = of.groups.iter();
    having
        .filter(|(s, stats)| is_single(**s) && stats.binary_search(&stat).is_ok())
        .filter_map(|(s, _)| facts.get(Key::new(of.unit, *s, of.period, measure.0)))
        .filter(is_counted)
        .collect()
}

/// The figures of the units before, each with its cells.
fn predecessors(view: &View<'_>, stat: Stat, of: &Of<'_>) -> Vec<String> {
    let list = view
        .analysis
        .predecessors(stat, of.unit, of.service, of.period);
    list.iter()
        .filter(|p| p.observation.state != State::Absent)
        .map(|p| {
            let unit = p.part.unit;
            let figure = view.words(stat, &p.observation);
            let place = (unit, of.service, of.period);
            let parts = match stat {
                Stat::Indicator(i) => cells::of_ratio(view, i, place, &p.observation),
                Stat::Measure(_) => {
                    let groups = groups(view, unit).remove(&of.period).unwrap_or_default();
                    let of = Of {
                        unit,
                        groups: &groups,
                        ..*of
                    };
                    base(view, stat, &of, &p.observation)
                }
            };
            format!("{} {figure} ({})", view.unit_name(unit), parts.join("; "))
        })
        .collect()
}

/// Findings at the cells of a unit in a period, in the order in which figures ask for them, and revisions.
struct Found<'v, 'a> {
    view: &'v View<'a>,
    unit: UnitIx,
    findings: Vec<&'a Diagnostic>,
    revisions: Vec<revisions::Noted>,
    told: usize,
}

impl<'v, 'a> Found<'v, 'a> {
    fn new(view: &'v View<'a>, unit: UnitIx, period: PeriodIx, told: usize) -> Self {
        Self {
            view,
            unit,
            findings: view.findings_about(unit, period).to_vec(),
            revisions: revisions::of_unit(view, unit, period, 0),
            told,
        }
    }

    /// The letters of all findings that stand at one of the cells, and of the revisions of a figure.
    fn marks(&mut self, origins: &[Origin], touched: Touched) -> Vec<Mark> {
        let catalog = self.view.analysis.catalog;
        let mut at: Vec<usize> = Vec::new();
        let id = catalog.units.get(self.unit).id.as_str();
        let stat = catalog.stat_id(touched.stat);
        for origin in origins {
            let file = &self.view.analysis.ingested.files[usize::from(origin.file)];
            for d in self.view.findings_at(&file.path, origin.line) {
                let place = &d.place;
                let is_here = place.sheet == file.sheet
                    && d.about.unit.as_deref().is_none_or(|u| u == id)
                    && d.about.id.as_deref().is_none_or(|i| i == stat)
                    && (d.about.id.is_some()
                        || place.column.is_none_or(|c| c == u32::from(origin.column)));
                if !is_here {
                    continue;
                }
                let known = self.findings.iter().position(|f| std::ptr::eq(*f, *d));
                at.push(known.unwrap_or_else(|| {
                    self.findings.push(d);
                    self.findings.len() - 1
                }));
            }
        }
        let service = match touched.service {
            ServiceIx::WHOLE => None,
            s => Some(catalog.services.get(s).id.as_str()),
        };
        for (i, d) in self.findings.iter().enumerate() {
            if d.about.id.as_deref() == Some(stat) && d.about.service.as_deref() == service {
                at.push(i);
            }
        }
        at.sort_unstable();
        at.dedup();
        let mut marks: Vec<Mark> = at
            .into_iter()
            .map(|i| mark(self.view, self.told + i))
            .collect();
        // The place of revisions among the notes is known when all findings are.
        let corrected = self.revisions.iter().enumerate();
        for (i, _) in corrected.filter(|(_, n)| n.touched.contains(&touched)) {
            marks.push(Mark {
                letter: self.revision_letter(i),
                href: format!("#{}", self.revision_id(i)),
                label: self.view.t("revision.mark", &[]),
            });
        }
        marks
    }

    fn revision_letter(&self, i: usize) -> String {
        let n = (self.told + i + 1).to_string();
        self.view.t("evidence.revision_letter", &[("n", &n)])
    }

    fn revision_id(&self, i: usize) -> String {
        format!("dinh-chinh-{}", self.told + i + 1)
    }

    fn notes(self) -> Vec<Caveat> {
        let findings = self.findings.iter().zip(self.told..);
        let findings = findings.map(|(d, n)| note(self.view, d, n));
        let mut notes: Vec<Caveat> = findings.collect();
        for (i, noted) in self.revisions.iter().enumerate() {
            notes.push(Caveat {
                id: self.revision_id(i),
                letter: Some(self.revision_letter(i)),
                ..noted.note.clone()
            });
        }
        notes
    }
}

/// The letter of a note, from 0.
pub(crate) fn mark(view: &View<'_>, n: usize) -> Mark {
    let n = (n + 1).to_string();
    Mark {
        href: format!("#ph-{n}"),
        ..view.mark(&n)
    }
}

/// A finding as a note.
pub(crate) fn note(view: &View<'_>, d: &Diagnostic, n: usize) -> Caveat {
    let n = (n + 1).to_string();
    Caveat {
        id: format!("ph-{n}"),
        letter: Some(n),
        about: None,
        tag: None,
        link: None,
        ..caveats::of_finding(view, d)
    }
}
