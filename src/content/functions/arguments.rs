//! Arguments of a call → values of the catalogue, each mistake reported at its place.

use super::Run;
use crate::catalog::find_period;
use crate::content::binding::{Argument, Value};
use crate::content::{By, Subject};
use crate::diagnostic::{About, ToArgument, codes, one_of, phrase};
use crate::model::{IndicatorIx, PeriodIx, ServiceIx, Stat, UnitIx};
use crate::text::suggest::{suggest, suggest_period};

impl<'a> Run<'a> {
    pub(super) fn positional(&self) -> impl Iterator<Item = &'a Argument> {
        self.call.arguments.iter().filter(|a| a.key.is_none())
    }

    pub(super) fn named(&self, key: &str) -> Option<&'a Argument> {
        self.call
            .arguments
            .iter()
            .find(|a| a.key.as_ref().is_some_and(|k| k.0 == key))
    }

    pub(super) fn invalid(&self, argument: &Argument, name: &str, expected: impl ToArgument) {
        let d = self
            .finding(codes::ARGUMENT_INVALID, &argument.span)
            .with("value", argument.value.shown())
            .with("name", name)
            .with("expected", expected);
        self.report(d);
    }

    /// A named argument that `parse` understands: `Err` where it does not, which is reported.
    pub(super) fn parsed<T>(
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

    pub(super) fn count(&self, key: &str) -> Result<Option<usize>, ()> {
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

    pub(super) fn unknown(&self, argument: &Argument, kind: &'static str, near: Option<&str>) {
        let d = self
            .finding(codes::NAME_UNKNOWN, &argument.span)
            .with("kind", phrase(kind))
            .with("name", argument.value.shown())
            .suggest(near);
        self.report(d);
    }

    /// The statistic of an argument without a name.
    pub(super) fn stat(&self, argument: &Argument) -> Option<Stat> {
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

    pub(super) fn first_stat(&self) -> Option<Stat> {
        self.stat(self.positional().next()?)
    }

    pub(super) fn indicator(&self) -> Option<IndicatorIx> {
        let argument = self.positional().next()?;
        match self.stat(argument)? {
            Stat::Indicator(ix) => Some(ix),
            Stat::Measure(_) => {
                self.invalid(argument, &self.call.name, phrase("an-indicator"));
                None
            }
        }
    }

    pub(super) fn unit(&self, key: &str) -> Result<Option<UnitIx>, ()> {
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

    pub(super) fn service(&self) -> Result<ServiceIx, ()> {
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

    pub(super) fn period(&self) -> Result<Option<PeriodIx>, ()> {
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
            suggest_period(&id, list.iter().map(|p| p.id.as_str())),
        );
        Err(())
    }

    /// Unit, service and period: named, or of the front matter, or of the page.
    pub(super) fn subject(&self) -> Option<Subject> {
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
        let subject = Subject {
            unit,
            service,
            period,
        };
        self.page.bind(subject);
        Some(subject)
    }

    pub(super) fn missing(&self, stat: Stat, subject: Subject) {
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

    pub(super) fn by(&self) -> Result<Option<By>, ()> {
        self.parsed("by", one_of("service, unit, period"), |t| match t {
            "service" => Some(By::Service),
            "unit" => Some(By::Unit),
            "period" => Some(By::Period),
            _ => None,
        })
    }
}
