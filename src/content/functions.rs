//! Calls → text or blocks: which functions there are, their arguments, and what is wrong with a call.

use std::ops::Range;

use super::binding::{Argument, Call, Found, Value};
use super::figures::{self, Form};
use super::markdown::escape;
use super::{Block, By, ChartKind, LinkTarget, Page, PageTarget, Subject};
use crate::analysis::{Analysis, State};
use crate::catalog::find_period;
use crate::diagnostic::{About, Code, Diagnostic, Phrase, ToArgument, codes, one_of, phrase};
use crate::model::{IndicatorIx, Level, PeriodIx, ServiceIx, Stat, TaskStatus, UnitIx};
use crate::text::normal::fold;
use crate::text::suggest::suggest;

/// What a binding becomes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Safe HTML within a paragraph.
    Inline(String),
    /// A block of its own.
    Block(Block),
    /// Nothing could be made of it; the reason is reported.
    Broken,
}

/// A function with its named arguments and the number of those without a name.
struct Function {
    name: &'static str,
    named: &'static [&'static str],
    positional: std::ops::RangeInclusive<usize>,
}

const FUNCTIONS: [Function; 9] = [
    Function {
        name: "value",
        named: &["unit", "service", "period", "form"],
        positional: 1..=1,
    },
    Function {
        name: "change",
        named: &["unit", "service", "period"],
        positional: 1..=1,
    },
    Function {
        name: "rank",
        named: &["unit", "service", "period", "parent"],
        positional: 1..=1,
    },
    Function {
        name: "target",
        named: &["unit", "service", "period"],
        positional: 1..=1,
    },
    Function {
        name: "chart",
        named: &["kind", "by", "unit", "service", "period", "title"],
        positional: 1..=1,
    },
    Function {
        name: "table",
        named: &["by", "unit", "service", "period"],
        positional: 1..=8,
    },
    Function {
        name: "ranking",
        named: &["level", "parent", "service", "period", "top"],
        positional: 1..=1,
    },
    Function {
        name: "tasks",
        named: &["unit", "period", "status", "limit"],
        positional: 0..=0,
    },
    Function {
        name: "link",
        named: &[],
        positional: 1..=2,
    },
];

/// Evaluates a binding. Places in it are counted from `base`.
pub(super) fn evaluate(page: &Page<'_>, found: &Found, base: usize) -> Piece {
    let call = match &found.call {
        Ok(call) => call,
        Err(e) => {
            let raw = &page.text[base + found.span.start..base + found.span.end];
            let d = Diagnostic::new(
                codes::BINDING_SYNTAX,
                page.place(base + e.span.start..base + e.span.end),
            )
            .with("value", raw)
            .with("reason", phrase(e.reason));
            page.report(d);
            return Piece::Broken;
        }
    };
    let run = Run {
        page,
        call,
        base,
        whole: found.span.clone(),
    };
    run.checked().unwrap_or(Piece::Broken)
}

/// One call being evaluated.
struct Run<'a> {
    page: &'a Page<'a>,
    call: &'a Call,
    base: usize,
    whole: Range<usize>,
}

impl<'a> Run<'a> {
    fn analysis(&self) -> &'a Analysis<'a> {
        self.page.analysis
    }

    fn report(&self, d: Diagnostic) {
        self.page.report(d);
    }

    fn finding(&self, code: Code, span: &Range<usize>) -> Diagnostic {
        Diagnostic::new(
            code,
            self.page
                .place(self.base + span.start..self.base + span.end),
        )
    }

    /// Checks the names of function and arguments, then calls it.
    fn checked(&self) -> Option<Piece> {
        let call = self.call;
        let Some(function) = FUNCTIONS.iter().find(|f| f.name == call.name) else {
            let near = suggest(&call.name, FUNCTIONS.iter().map(|f| f.name));
            let d = self
                .finding(codes::FUNCTION_UNKNOWN, &call.name_span)
                .with("name", &call.name)
                .suggest(near);
            self.report(d);
            return None;
        };
        let known = self.names_are_known(function);
        let count = self.positional().count();
        if !function.positional.contains(&count) {
            let reason = if count == 0 {
                "figure-id-missing"
            } else {
                "positional-count"
            };
            self.syntax(phrase(reason));
            return None;
        }
        if !known {
            return None;
        }
        match function.name {
            "value" => self.value(),
            "change" => {
                self.figure(|stat, subject| figures::change(self.analysis(), stat, subject))
            }
            "target" => {
                self.figure(|stat, subject| figures::target(self.analysis(), stat, subject))
            }
            "rank" => self.rank(),
            "chart" => self.chart(),
            "table" => self.table(),
            "ranking" => self.ranking(),
            "tasks" => self.tasks(),
            _ => self.link(),
        }
    }

    fn names_are_known(&self, function: &Function) -> bool {
        let mut seen: Vec<&str> = Vec::new();
        let mut good = true;
        for (key, span) in self.call.arguments.iter().filter_map(|a| a.key.as_ref()) {
            if !function.named.contains(&key.as_str()) {
                let known = if function.named.is_empty() {
                    phrase("nothing").to_argument()
                } else {
                    function.named.join(", ").to_argument()
                };
                let d = self
                    .finding(codes::ARGUMENT_UNKNOWN, span)
                    .with("function", function.name)
                    .with("name", key)
                    .with("known", known)
                    .suggest(suggest(key, function.named.iter().copied()));
                self.report(d);
                good = false;
            } else if seen.contains(&key.as_str()) {
                self.syntax(phrase("argument-twice"));
                good = false;
            }
            seen.push(key);
        }
        good
    }

    fn syntax(&self, reason: Phrase) {
        let raw = &self.page.text[self.base + self.whole.start..self.base + self.whole.end];
        self.report(
            self.finding(codes::BINDING_SYNTAX, &self.whole)
                .with("value", raw)
                .with("reason", reason),
        );
    }

    fn positional(&self) -> impl Iterator<Item = &'a Argument> {
        self.call.arguments.iter().filter(|a| a.key.is_none())
    }

    fn named(&self, key: &str) -> Option<&'a Argument> {
        self.call
            .arguments
            .iter()
            .find(|a| a.key.as_ref().is_some_and(|k| k.0 == key))
    }

    fn invalid(&self, argument: &Argument, name: &str, expected: impl ToArgument) {
        let d = self
            .finding(codes::ARGUMENT_INVALID, &argument.span)
            .with("value", argument.value.shown())
            .with("name", name)
            .with("expected", expected);
        self.report(d);
    }

    /// A named argument that `parse` understands: `Err` where it does not, which is reported.
    fn parsed<T>(
        &self,
        key: &str,
        expected: impl ToArgument,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, ()> {
        let Some(argument) = self.named(key) else {
            return Ok(None);
        };
        let parsed = match &argument.value {
            Value::Text(text) => parse(text),
            Value::Number(_) => None,
        };
        if parsed.is_none() {
            self.invalid(argument, key, expected);
        }
        parsed.map(Some).ok_or(())
    }

    fn count(&self, key: &str) -> Result<Option<usize>, ()> {
        match self.named(key) {
            None => Ok(None),
            Some(Argument {
                value: Value::Number(n @ 1..=10_000),
                ..
            }) => Ok(Some(*n)),
            Some(argument) => {
                self.invalid(
                    argument,
                    key,
                    phrase("whole-number").with("from", 1).with("to", 10_000),
                );
                Err(())
            }
        }
    }

    fn unknown(&self, argument: &Argument, kind: &'static str, near: Option<&str>) {
        let d = self
            .finding(codes::NAME_UNKNOWN, &argument.span)
            .with("kind", phrase(kind))
            .with("name", argument.value.shown())
            .suggest(near);
        self.report(d);
    }

    /// The statistic of an argument without a name.
    fn stat(&self, argument: &Argument) -> Option<Stat> {
        let catalog = self.analysis().catalog;
        let id = argument.value.shown();
        let found = catalog.stat(&id);
        if found.is_none() {
            self.unknown(
                argument,
                "measure-or-indicator",
                suggest(&id, catalog.stat_ids()),
            );
        }
        found
    }

    fn first_stat(&self) -> Option<Stat> {
        self.stat(self.positional().next()?)
    }

    fn indicator(&self) -> Option<IndicatorIx> {
        let argument = self.positional().next()?;
        match self.stat(argument)? {
            Stat::Indicator(ix) => Some(ix),
            Stat::Measure(_) => {
                self.invalid(argument, &self.call.name, phrase("an-indicator"));
                None
            }
        }
    }

    fn unit(&self, key: &str) -> Result<Option<UnitIx>, ()> {
        let Some(argument) = self.named(key) else {
            return Ok(None);
        };
        let units = &self.analysis().catalog.units;
        let id = argument.value.shown();
        if let Some(found) = units.find(&id) {
            return Ok(Some(found));
        }
        self.unknown(
            argument,
            "unit",
            suggest(&id, units.list.iter().map(|u| u.id.as_str())),
        );
        Err(())
    }

    fn service(&self) -> Result<ServiceIx, ()> {
        let Some(argument) = self.named("service") else {
            return Ok(self.page.service());
        };
        let services = &self.analysis().catalog.services;
        let id = argument.value.shown();
        if id.is_empty() {
            return Ok(ServiceIx::WHOLE);
        }
        if let Some(found) = services.find(&id) {
            return Ok(found);
        }
        self.unknown(
            argument,
            "service",
            suggest(&id, services.list.iter().skip(1).map(|s| s.id.as_str())),
        );
        Err(())
    }

    fn period(&self) -> Result<Option<PeriodIx>, ()> {
        let Some(argument) = self.named("period") else {
            return Ok(None);
        };
        let list = &self.analysis().periods.list;
        let id = argument.value.shown();
        if let Some(found) = find_period(list, &id) {
            return Ok(Some(found));
        }
        self.unknown(
            argument,
            "period",
            suggest(&id, list.iter().map(|p| p.id.as_str())),
        );
        Err(())
    }

    /// Unit, service and period: named, or of the front matter, or of the page.
    fn subject(&self) -> Option<Subject> {
        let (unit, service, period) = (self.unit("unit"), self.service(), self.period());
        let (unit, service, period) = (unit.ok()?, service.ok()?, period.ok()?);
        let Some(unit) = unit.or_else(|| self.page.unit()) else {
            self.syntax(phrase("needs").with("what", "unit=\"…\""));
            return None;
        };
        let Some(period) = period.or_else(|| self.page.period()) else {
            self.syntax(phrase("needs").with("what", "period=\"…\""));
            return None;
        };
        Some(Subject {
            unit,
            service,
            period,
        })
    }

    fn missing(&self, stat: Stat, subject: Subject) {
        let catalog = self.analysis().catalog;
        let unit = catalog.units.get(subject.unit);
        let period = self.analysis().period(subject.period);
        let mut words = unit.name.clone();
        let mut about = About {
            period: Some(period.id.clone()),
            unit: Some(unit.id.clone()),
            service: None,
            id: Some(catalog.stat_id(stat).to_owned()),
        };
        if subject.service != ServiceIx::WHOLE {
            let service = catalog.services.get(subject.service);
            words = format!("{words}, {}", service.name);
            about.service = Some(service.id.clone());
        }
        let d = self
            .finding(codes::FIGURE_MISSING, &self.whole)
            .with("name", catalog.stat_label(stat))
            .with("subject", format!("{words}, {}", period.label))
            .about(about);
        self.report(d);
    }

    fn figure(&self, words: impl Fn(Stat, Subject) -> Option<String>) -> Option<Piece> {
        let (stat, subject) = (self.first_stat(), self.subject());
        self.worded(stat?, subject?, words)
    }

    fn worded(
        &self,
        stat: Stat,
        subject: Subject,
        words: impl Fn(Stat, Subject) -> Option<String>,
    ) -> Option<Piece> {
        let text = words(stat, subject);
        if text.is_none() {
            self.missing(stat, subject);
        }
        text.map(|t| Piece::Inline(escape(&t)))
    }

    fn value(&self) -> Option<Piece> {
        let form = self
            .parsed("form", one_of(Form::NAMES), Form::parse)
            .ok()?
            .unwrap_or(Form::WithUnit);
        self.figure(|stat, subject| figures::value(self.analysis(), stat, subject, form))
    }

    fn rank(&self) -> Option<Piece> {
        let (indicator, subject, above) =
            (self.indicator(), self.subject(), self.unit("parent").ok()?);
        let (indicator, units) = (indicator?, &self.page.units.with_figures);
        self.worded(Stat::Indicator(indicator), subject?, |_, subject| {
            figures::rank(self.analysis(), indicator, subject, above, units)
        })
    }

    fn by(&self) -> Result<Option<By>, ()> {
        self.parsed("by", one_of("service, unit, period"), |t| match t {
            "service" => Some(By::Service),
            "unit" => Some(By::Unit),
            "period" => Some(By::Period),
            _ => None,
        })
    }

    fn chart(&self) -> Option<Piece> {
        let kind = self.parsed(
            "kind",
            one_of("bar, stacked, line, bullet, sparkline"),
            |t| match t {
                "bar" => Some(ChartKind::Bar),
                "stacked" => Some(ChartKind::Stacked),
                "line" => Some(ChartKind::Line),
                "bullet" => Some(ChartKind::Bullet),
                "sparkline" => Some(ChartKind::Sparkline),
                _ => None,
            },
        );
        let title = self.parsed("title", phrase("text-in-quotes"), |t| Some(t.to_owned()));
        let (by, stat, subject) = (self.by(), self.first_stat(), self.subject());
        let (by, stat, subject) = (by.ok()?, stat?, subject?);
        let kind = kind.ok()?.unwrap_or(ChartKind::Bar);
        let over_time = matches!(kind, ChartKind::Line | ChartKind::Sparkline);
        let by = by.unwrap_or(if over_time { By::Period } else { By::Service });
        if !has_figures(self.analysis(), stat, by, subject) {
            self.missing(stat, subject);
            return None;
        }
        let title = title.ok()?.filter(|t| !t.is_empty());
        Some(Piece::Block(Block::Chart {
            stat,
            kind,
            by,
            subject,
            title,
        }))
    }

    fn table(&self) -> Option<Piece> {
        let stats: Vec<Option<Stat>> = self.positional().map(|a| self.stat(a)).collect();
        let (by, subject) = (self.by(), self.subject());
        let stats: Vec<Stat> = stats.into_iter().collect::<Option<_>>()?;
        let (by, subject) = (by.ok()?.unwrap_or(By::Service), subject?);
        let mut good = true;
        for stat in &stats {
            if !has_figures(self.analysis(), *stat, by, subject) {
                self.missing(*stat, subject);
                good = false;
            }
        }
        good.then_some(Piece::Block(Block::Table { stats, by, subject }))
    }

    fn ranking(&self) -> Option<Piece> {
        let level = self.parsed("level", one_of(Level::NAMES), |t| {
            Level::parse(t).filter(|l| Analysis::is_ranked_level(*l))
        });
        let (parent, service, period, top) = (
            self.unit("parent"),
            self.service(),
            self.period(),
            self.count("top"),
        );
        let indicator = self.indicator()?;
        let (level, parent, service) = (level.ok()?, parent.ok()?, service.ok()?);
        let (period, top) = (period.ok()?.or_else(|| self.page.period()), top.ok()?);
        let Some(level) = level else {
            self.syntax(phrase("needs").with("what", "level=\"…\""));
            return None;
        };
        let (Some(parent), Some(period)) = (parent.or_else(|| self.page.unit()), period) else {
            self.syntax(phrase("needs").with("what", "parent=\"…\", period=\"…\""));
            return None;
        };
        Some(Piece::Block(Block::Ranking {
            indicator,
            level,
            parent,
            period,
            service,
            top,
        }))
    }

    fn tasks(&self) -> Option<Piece> {
        let status = self.parsed(
            "status",
            one_of("chua-bao-cao, chua-thuc-hien, dang-thuc-hien, vuong-mac, hoan-thanh"),
            |t| TaskStatus::parse(&fold(t)).filter(|_| !t.is_empty()),
        );
        let (unit, period, limit) = (self.unit("unit"), self.period(), self.count("limit"));
        let page = self.page;
        let (own_unit, own_period) = match page.target {
            PageTarget::Edition(period) => (None, Some(period)),
            PageTarget::Unit(unit) => (Some(unit), None),
            _ => (None, None),
        };
        Some(Piece::Block(Block::Tasks {
            unit: unit.ok()?.or(page.front.unit).or(own_unit),
            period: period.ok()?.or(page.front.period).or(own_period),
            status: status.ok()?,
            limit: limit.ok()?,
        }))
    }

    fn link(&self) -> Option<Piece> {
        let mut arguments = self.positional();
        let argument = arguments.next()?;
        let id = argument.value.shown();
        let catalog = self.analysis().catalog;
        let (target, name) = if let Some(unit) = catalog.units.find(&id) {
            if self.page.units.with_pages.binary_search(&unit).is_err() {
                self.unknown(argument, "trang của đơn vị", None);
                return None;
            }
            (
                LinkTarget::Unit(unit),
                catalog.units.get(unit).name.as_str(),
            )
        } else if let Some(service) = catalog.services.find(&id) {
            (
                LinkTarget::Service(service),
                catalog.services.get(service).name.as_str(),
            )
        } else if let Some(Stat::Indicator(indicator)) = catalog.stat(&id) {
            (
                LinkTarget::Indicator(indicator),
                catalog.indicator(indicator).label.as_str(),
            )
        } else if let Some(period) = find_period(&self.analysis().periods.list, &id) {
            (
                LinkTarget::Edition(period),
                self.analysis().period(period).label.as_str(),
            )
        } else {
            let ids = (catalog.units.list.iter().map(|u| u.id.as_str()))
                .chain(catalog.services.list.iter().skip(1).map(|s| s.id.as_str()))
                .chain(catalog.indicators.iter().map(|i| i.id.as_str()))
                .chain(self.analysis().periods.list.iter().map(|p| p.id.as_str()));
            self.unknown(
                argument,
                "đơn vị, dịch vụ, chỉ tiêu hay kỳ",
                suggest(&id, ids),
            );
            return None;
        };
        let text = arguments
            .next()
            .map_or_else(|| name.to_owned(), |a| a.value.shown());
        let href = (self.page.link)(target, &self.page.target);
        Some(Piece::Inline(format!(
            "<a href=\"{}\">{}</a>",
            escape(&href),
            escape(&text)
        )))
    }
}

/// Whether there is anything to show: a figure of any service, unit below, or period.
fn has_figures(analysis: &Analysis<'_>, stat: Stat, by: By, subject: Subject) -> bool {
    let Subject {
        unit,
        service,
        period,
    } = subject;
    let is_there = |unit, service, period| {
        analysis.observe(stat, unit, service, period).state != State::Absent
    };
    if is_there(unit, service, period) {
        return true;
    }
    match by {
        By::Service => analysis
            .catalog
            .services
            .indices()
            .any(|s| is_there(unit, s, period)),
        By::Period => analysis
            .period_indices()
            .any(|p| is_there(unit, service, p)),
        By::Unit => {
            let units = &analysis.catalog.units;
            let of_block = units
                .get(unit)
                .members
                .iter()
                .any(|u| is_there(*u, service, period));
            of_block
                || units
                    .indices()
                    .any(|u| units.is_within(u, unit) && is_there(u, service, period))
        }
    }
}
