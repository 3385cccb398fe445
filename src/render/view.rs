//! What every page needs: the analysis, the words of the language, addresses, formatted figures.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::compare::Groups;
use super::context::{Crumb, Link, Mark};
use super::evidence;
use super::locale;
use super::rankings::{self, Ranked};
use crate::analysis::{Analysis, Basis, Relations, Scope};
use crate::catalog::find_period;
use crate::decimal::Decimal;
use crate::diagnostic::{Diagnostic, to_u32};
use crate::model::{Calendar, IndicatorIx, PeriodIx, Report, ServiceIx, Stat, UnitIx};
use crate::text::date::Date;
use crate::text::foreign::{mark, mark_codes};
use crate::theme::Strings;

/// What a ranking is by, of whom and when.
type RankingKey = (IndicatorIx, Scope, PeriodIx);

/// Everything that pages are made of.
pub(crate) struct View<'a> {
    pub(crate) analysis: &'a Analysis<'a>,
    pub(crate) relations: &'a Relations,
    pub(crate) findings: &'a [Diagnostic],
    pub(crate) strings: Arc<Strings>,
    /// The languages of the site with their names, the original first; empty where there is only one.
    pub(crate) languages: Vec<(String, String)>,
    /// The view in the language of the data, where this one is in another.
    pub(crate) original: Option<&'a View<'a>>,
    /// Units with figures of their own.
    pub(crate) reporting: Vec<UnitIx>,
    has_page: Vec<bool>,
    /// Units with a page, in the order of the catalogue.
    shown: Vec<UnitIx>,
    service_has_page: Vec<bool>,
    /// Rankings that have a page: indicator, scope, period.
    pub(crate) rankings: Vec<RankingKey>,
    /// The rankings that have a page, each made when first asked for: many pages show the same one.
    ranked: Vec<OnceLock<Ranked>>,
    /// The findings by line, and by unit and period.
    by_place: Findings<'a>,
    /// The last rankings in which units stood that have ended since, in order; made when first asked for.
    past: Vec<(RankingKey, OnceLock<Ranked>)>,
    /// Who is compared with whom; found when first asked for.
    groups: OnceLock<Groups>,
    /// How the evidence of each unit goes over pages; made when first asked for.
    evidence_parts: Vec<OnceLock<Vec<Vec<PeriodIx>>>>,
    /// Sizes of the files of open data.
    pub(crate) csv_sizes: Vec<u64>,
    pub(crate) whole_size: u64,
    pub(crate) findings_size: u64,
    pub(crate) tasks_size: u64,
    pub(crate) revisions_size: u64,
    pub(crate) summaries_size: u64,
}

/// The findings as pages ask for them.
#[derive(Clone, Default)]
struct Findings<'a> {
    files: BTreeMap<&'a str, BTreeMap<u32, Vec<&'a Diagnostic>>>,
    about: BTreeMap<(UnitIx, PeriodIx), Vec<&'a Diagnostic>>,
}

impl<'a> Findings<'a> {
    fn new(analysis: &Analysis<'_>, findings: &'a [Diagnostic]) -> Self {
        let mut out = Self::default();
        for d in findings {
            if let Some(line) = d.place.line {
                let lines = out.files.entry(&d.place.file).or_default();
                lines.entry(line).or_default().push(d);
            }
            let unit = d.about.unit.as_deref();
            let unit = unit.and_then(|u| analysis.catalog.units.find(u));
            let period = d.about.period.as_deref();
            let period = period.and_then(|p| find_period(&analysis.periods.list, p));
            if let (Some(unit), Some(period)) = (unit, period) {
                out.about.entry((unit, period)).or_default().push(d);
            }
        }
        out
    }
}

impl<'a> View<'a> {
    pub(crate) fn new(
        analysis: &'a Analysis<'a>,
        relations: &'a Relations,
        findings: &'a [Diagnostic],
        strings: Arc<Strings>,
    ) -> Self {
        let catalog = analysis.catalog;
        let mut has_page = vec![false; catalog.units.list.len()];
        let shown = analysis.units_with_pages();
        for u in &shown {
            has_page[u.at()] = true;
        }
        let mut service_has_page = vec![false; catalog.services.list.len()];
        for key in analysis.facts().keys() {
            service_has_page[key.service().at()] = true;
        }
        for claim in &analysis.claims().list {
            service_has_page[claim.key.service().at()] = true;
        }
        for target in analysis.targets {
            service_has_page[target.service.at()] = true;
        }
        service_has_page[0] = false;
        let reporting = analysis.units_with_figures();
        let mut view = Self {
            analysis,
            relations,
            findings,
            strings,
            languages: Vec::new(),
            original: None,
            reporting,
            has_page,
            shown,
            service_has_page,
            rankings: Vec::new(),
            ranked: Vec::new(),
            by_place: Findings::new(analysis, findings),
            past: Vec::new(),
            groups: OnceLock::new(),
            evidence_parts: vec![OnceLock::new(); catalog.units.list.len()],
            csv_sizes: Vec::new(),
            whole_size: 0,
            findings_size: 0,
            tasks_size: 0,
            revisions_size: 0,
            summaries_size: 0,
        };
        view.rankings = view.find_rankings();
        view.ranked.resize_with(view.rankings.len(), OnceLock::new);
        view.past = view.find_past();
        view
    }

    /// The same site in another language.
    pub(crate) fn in_language<'b>(
        &'b self,
        analysis: &'b Analysis<'b>,
        strings: Arc<Strings>,
    ) -> View<'b>
    where
        'a: 'b,
    {
        let mut ranked = Vec::new();
        ranked.resize_with(self.rankings.len(), OnceLock::new);
        let past = self.past.iter();
        View {
            analysis,
            relations: self.relations,
            findings: self.findings,
            strings,
            languages: self.languages.clone(),
            original: Some(self),
            evidence_parts: self.evidence_parts.clone(),
            reporting: self.reporting.clone(),
            has_page: self.has_page.clone(),
            shown: self.shown.clone(),
            service_has_page: self.service_has_page.clone(),
            rankings: self.rankings.clone(),
            ranked,
            by_place: self.by_place.clone(),
            past: past.map(|(k, _)| (*k, OnceLock::new())).collect(),
            groups: OnceLock::new(),
            csv_sizes: self.csv_sizes.clone(),
            whole_size: self.whole_size,
            findings_size: self.findings_size,
            tasks_size: self.tasks_size,
            revisions_size: self.revisions_size,
            summaries_size: self.summaries_size,
        }
    }

    /// The findings in a line of a file.
    pub(crate) fn findings_at(&self, file: &str, line: u32) -> &[&'a Diagnostic] {
        let lines = self.by_place.files.get(file);
        lines.and_then(|l| l.get(&line)).map_or(&[], Vec::as_slice)
    }

    /// The findings about a unit in a period.
    pub(crate) fn findings_about(&self, unit: UnitIx, period: PeriodIx) -> &[&'a Diagnostic] {
        let about = &self.by_place.about;
        about.get(&(unit, period)).map_or(&[], Vec::as_slice)
    }

    /// Who is compared with whom.
    pub(crate) fn groups(&self) -> &Groups {
        self.groups.get_or_init(|| Groups::new(self))
    }

    /// The ranking at a position of the list of those that have a page.
    pub(crate) fn ranked(&self, at: usize) -> &Ranked {
        let (indicator, scope, period) = self.rankings[at];
        self.ranked[at]
            .get_or_init(|| rankings::make(self, indicator, scope, period, ServiceIx::WHOLE))
    }

    /// The rankings in which a unit stands: those of the unit directly above, in the newest period, or for a unit that
    /// has ended by then in the last period of its own.
    pub(crate) fn ranked_of(&self, unit: UnitIx) -> Vec<&Ranked> {
        let of = |(at, key): (usize, &RankingKey)| match self.last_standing(unit, key) {
            None => Some(self.ranked(at)),
            Some(key) => {
                let at = self.past.binary_search_by(|(k, _)| k.cmp(&key)).ok()?;
                let (indicator, scope, period) = key;
                let make = || rankings::make(self, indicator, scope, period, ServiceIx::WHOLE);
                Some(self.past[at].1.get_or_init(make))
            }
        };
        let rankings = self.rankings.iter().enumerate();
        let own = rankings.filter(|(_, (_, scope, _))| self.stands_in(unit, *scope));
        own.filter_map(of).collect()
    }

    fn stands_in(&self, unit: UnitIx, scope: Scope) -> bool {
        let u = self.analysis.catalog.units.get(unit);
        scope.level == u.level && Some(scope.above) == u.parent
    }

    /// For a unit that has ended before a ranking's period: the ranking of its own last period.
    fn last_standing(&self, unit: UnitIx, key: &RankingKey) -> Option<RankingKey> {
        let (indicator, scope, period) = *key;
        let end = self.analysis.period(period).end;
        let u = self.analysis.catalog.units.get(unit);
        u.valid_to.filter(|last| *last < end)?;
        let own = self.analysis.periods_of(unit).last().copied()?;
        (own < period).then_some((indicator, scope, own))
    }

    fn find_past(&self) -> Vec<(RankingKey, OnceLock<Ranked>)> {
        let mut keys: Vec<RankingKey> = Vec::new();
        for unit in &self.shown {
            let own = self.rankings.iter();
            let own = own.filter(|(_, scope, _)| self.stands_in(*unit, *scope));
            keys.extend(own.filter_map(|key| self.last_standing(*unit, key)));
        }
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().map(|k| (k, OnceLock::new())).collect()
    }

    /// For each indicator and scope, the newest period in which at least two units can be ranked. Where a wider
    /// scope would rank the same units as a narrower one, only the narrower stays.
    fn find_rankings(&self) -> Vec<(IndicatorIx, Scope, PeriodIx)> {
        let ranked = &self.shown;
        let scopes = self.analysis.scopes(ranked);
        let mut out: Vec<(IndicatorIx, Scope, PeriodIx, usize)> = Vec::new();
        for indicator in self.analysis.ranked_indicators() {
            for scope in &scopes {
                let newest = self.analysis.period_indices().rev().find_map(|p| {
                    let members = self.analysis.members_of(*scope, ranked, p);
                    let n = members
                        .iter()
                        .filter(|u| self.is_rankable(indicator, **u, p))
                        .count();
                    (n > 1).then_some((p, n))
                });
                if let Some((period, n)) = newest {
                    out.push((indicator, *scope, period, n));
                }
            }
        }
        let units = &self.analysis.catalog.units;
        let is_repeated = |(i, s, p, n): &(IndicatorIx, Scope, PeriodIx, usize)| {
            out.iter().any(|(j, t, q, m)| {
                (i, p, n) == (j, q, m)
                    && s.level == t.level
                    && s.above != t.above
                    && units.is_within(t.above, s.above)
            })
        };
        out.iter()
            .filter(|r| !is_repeated(r))
            .map(|(i, s, p, _)| (*i, *s, *p))
            .collect()
    }

    fn is_rankable(&self, indicator: IndicatorIx, unit: UnitIx, period: PeriodIx) -> bool {
        let o = self
            .analysis
            .observe(Stat::Indicator(indicator), unit, ServiceIx::WHOLE, period);
        o.sound().is_some() && o.basis != Basis::Stated
    }

    /// The units that have a page, in the order of the catalogue: those that rankings speak of.
    pub(crate) fn shown_units(&self) -> &[UnitIx] {
        &self.shown
    }

    /// Whether a unit's page says where it stands in its ranking by an indicator.
    pub(crate) fn has_rank(&self, indicator: IndicatorIx, unit: UnitIx) -> bool {
        let u = self.analysis.catalog.units.get(unit);
        self.rankings
            .iter()
            .any(|(i, s, _)| *i == indicator && s.level == u.level && Some(s.above) == u.parent)
    }

    /// "130/148 đơn vị đã báo cáo", where a figure is a sum that leaves units or services out.
    pub(crate) fn left_out(
        &self,
        stat: Stat,
        unit: UnitIx,
        service: ServiceIx,
        period: PeriodIx,
    ) -> Option<String> {
        let o = self.analysis.observe(stat, unit, service, period);
        let (key, a, b) = match o.basis {
            Basis::Units => {
                let (a, b) = self.analysis.coverage(stat, unit, service, period);
                ("completeness.units", to_u32(a), to_u32(b))
            }
            Basis::Services => ("completeness.services", o.counted, o.of),
            _ => return None,
        };
        (a < b).then(|| self.t(key, &[("a", &a.to_string()), ("b", &b.to_string())]))
    }

    /// A string of the catalogue, filled. A missing key shows itself.
    pub(crate) fn t(&self, key: &str, values: &[(&str, &str)]) -> String {
        locale::say(&self.strings, key, values)
    }

    /// A string of the catalogue, where there is one of that key.
    pub(crate) fn find(&self, key: &str) -> Option<String> {
        locale::find(&self.strings, key, &[])
    }

    /// Whether pages are in the language of the data.
    pub(crate) fn is_original(&self) -> bool {
        self.original.is_none()
    }

    /// The periods of a unit as its pages of evidence have them; empty where one page has all.
    pub(crate) fn evidence_parts(&self, unit: UnitIx) -> &[Vec<PeriodIx>] {
        let made = self.evidence_parts.get(unit.at());
        made.map_or(&[], |m| m.get_or_init(|| evidence::parts(self, unit)))
    }

    /// What the addresses of pages in this language begin with: empty, or `en/`.
    pub(crate) fn prefix(&self) -> String {
        if self.is_original() {
            String::new()
        } else {
            format!("{}/", self.strings.language)
        }
    }

    /// Words as the data have them, marked where the page is in another language.
    pub(crate) fn own(&self, text: &str) -> String {
        if self.is_original() {
            text.to_owned()
        } else {
            mark(text)
        }
    }

    /// What stands in a document, as it stands there: marked like [`View::own`], or where a reader of the page would
    /// take it for another number.
    pub(crate) fn quoted(&self, text: &str) -> String {
        if self.is_original() {
            mark_codes(text, locale::thousands(&self.strings))
        } else {
            mark(text)
        }
    }

    /// A number with the marks of the language.
    pub(crate) fn number(&self, value: Decimal) -> String {
        locale::number(&self.strings, value)
    }

    /// How many there are, with the marks of the language.
    pub(crate) fn count(&self, n: impl TryInto<i64>) -> String {
        locale::count(&self.strings, n)
    }

    /// A day: `14/9/2024`.
    pub(crate) fn day(&self, day: Date) -> String {
        locale::day(&self.strings, day)
    }

    /// `15/8` beside `14/9/2024`; with its year where the other day has another one.
    pub(crate) fn short_day(&self, start: Date, end: Date) -> String {
        if start.year() == end.year() {
            locale::day_of_year(&self.strings, start)
        } else {
            self.day(start)
        }
    }

    /// A period of the calendar inside a sentence.
    pub(crate) fn calendar(&self, period: Calendar) -> String {
        locale::calendar(&self.strings, period)
    }

    pub(crate) fn has_unit_page(&self, unit: UnitIx) -> bool {
        self.has_page[unit.at()]
    }

    pub(crate) fn has_service_page(&self, service: ServiceIx) -> bool {
        self.service_has_page[service.at()]
    }

    pub(crate) fn unit_href(&self, unit: UnitIx) -> Option<String> {
        let id = &self.analysis.catalog.units.get(unit).id;
        self.has_page[unit.at()].then(|| format!("{}/{id}/", self.analysis.config.paths.unit))
    }

    pub(crate) fn service_href(&self, service: ServiceIx) -> Option<String> {
        let id = &self.analysis.catalog.services.get(service).id;
        self.service_has_page[service.at()]
            .then(|| format!("{}/{id}/", self.analysis.config.paths.service))
    }

    pub(crate) fn indicator_href(&self, indicator: IndicatorIx) -> String {
        let id = &self.analysis.catalog.indicator(indicator).id;
        format!("{}/{id}/", self.analysis.config.paths.indicator)
    }

    pub(crate) fn edition_href(&self, period: PeriodIx) -> String {
        format!(
            "{}/{}/",
            self.analysis.config.paths.edition,
            self.analysis.period(period).id
        )
    }

    pub(crate) fn edition_csv(&self, period: PeriodIx) -> String {
        format!(
            "{}/ky/{}.csv",
            self.analysis.config.paths.data,
            self.analysis.period(period).id
        )
    }

    pub(crate) fn ranking_href(&self, indicator: IndicatorIx, scope: Scope) -> String {
        format!(
            "{}/{}/{}/{}/",
            self.analysis.config.paths.ranking,
            self.analysis.catalog.indicator(indicator).id,
            self.analysis.catalog.units.get(scope.above).id,
            scope.level.as_str()
        )
    }

    pub(crate) fn unit_name(&self, unit: UnitIx) -> &'a str {
        &self.analysis.catalog.units.get(unit).name
    }

    pub(crate) fn unit_short(&self, unit: UnitIx) -> &'a str {
        &self.analysis.catalog.units.get(unit).short_name
    }

    pub(crate) fn service_name(&self, service: ServiceIx) -> &'a str {
        &self.analysis.catalog.services.get(service).name
    }

    pub(crate) fn unit_crumb(&self, unit: UnitIx) -> Crumb {
        Crumb {
            text: self.unit_name(unit).to_owned(),
            href: self.unit_href(unit),
        }
    }

    /// The reports of a unit, newest first.
    pub(crate) fn reports_of(&self, unit: UnitIx) -> Vec<&'a Report> {
        let mut list: Vec<&Report> = self
            .analysis
            .periods
            .reports
            .iter()
            .filter(|r| r.unit == unit)
            .collect();
        list.sort_by_key(|r| std::cmp::Reverse(r.period));
        list
    }

    /// The report that figures of a unit in a period come from: its own, else one that speaks of it.
    pub(crate) fn report_for(&self, unit: UnitIx, period: PeriodIx) -> Option<&'a Report> {
        let reports = &self.analysis.periods.reports;
        reports
            .iter()
            .find(|r| r.unit == unit && r.period == period)
            .or_else(|| {
                let above: Vec<UnitIx> = self.analysis.catalog.units.ancestors(unit).collect();
                reports
                    .iter()
                    .find(|r| r.period == period && above.contains(&r.unit))
            })
    }

    /// A link to an indicator's page, for measures none.
    pub(crate) fn stat_href(&self, stat: Stat) -> Option<String> {
        match stat {
            Stat::Indicator(i) => Some(self.indicator_href(i)),
            Stat::Measure(_) => None,
        }
    }

    pub(crate) fn mark(&self, letter: &str) -> Mark {
        Mark {
            letter: letter.to_owned(),
            href: format!("#dc-{letter}"),
            label: self.t("caveat.mark_label", &[]),
        }
    }

    pub(crate) fn link(text: &str, href: String) -> Link {
        Link {
            text: text.to_owned(),
            href,
        }
    }

    /// The statistics shown first, in the order of the settings.
    pub(crate) fn headline(&self) -> Vec<Stat> {
        self.analysis
            .config
            .headline
            .iter()
            .filter_map(|id| self.analysis.catalog.stat(id))
            .collect()
    }

    /// Full address of a path, where the address of the site is known.
    pub(crate) fn canonical(&self, path: &str) -> Option<String> {
        let base = &self.analysis.config.base_url;
        (!base.is_empty()).then(|| format!("{base}{}{path}", self.prefix()))
    }
}
