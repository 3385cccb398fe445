//! Findings about figures, with the call to write instead.

use super::compare::agrees;
use super::meaning::Meant;
use super::{Checker, Sentence};
use crate::analysis::State;
use crate::content::lint::numbers::Typed;
use crate::content::lint::sentence::Kind;
use crate::content::{Subject, figures as words};
use crate::diagnostic::{About, codes};
use crate::model::{ServiceIx, Stat};
use crate::text::foreign::bare;

impl Checker<'_> {
    pub(super) fn contradiction(&self, s: &Sentence<'_>, at: usize, stat: Stat, meant: &Meant) {
        let typed = &s.figures[at];
        if !self.is_understood(s, at, meant) {
            return;
        }
        let Some(subject) = self.subjects(s.named).first().copied() else {
            return;
        };
        let observed = self.observe(stat, subject);
        let (State::Value, Some(value)) = (observed.state, observed.value) else {
            return;
        };
        if self.is_inexact(stat, &observed) || agrees(typed, value) {
            return;
        }
        let analysis = self.lint.page.analysis;
        let voice = self.lint.page.voice;
        let shown = words::value(voice, stat, subject, words::Form::WithUnit);
        let shown = bare(&shown.unwrap_or_default());
        let call = self.call("value", s, typed, stat, subject);
        let place = typed.span.start - s.before..typed.span.end - s.before;
        let d = self
            .lint
            .finding(codes::FIGURE_CONTRADICTS, s.block, &place)
            .with("stated", &s.text[typed.span.clone()])
            .with("name", analysis.catalog.stat_label(stat))
            .with("subject", self.subject_words(subject))
            .with("computed", &shown)
            .with("call", format!("`{call}`"))
            .figures(&s.text[typed.span.clone()], shown)
            .about(self.about(stat, subject));
        self.lint.report(d);
    }

    pub(super) fn unbound(&self, s: &Sentence<'_>, typed: &Typed, stat: Stat, subject: Subject) {
        let call = self.call("value", s, typed, stat, subject);
        let place = typed.span.start - s.before..typed.span.end - s.before;
        let d = self
            .lint
            .finding(codes::FIGURE_UNBOUND, s.block, &place)
            .with("stated", &s.text[typed.span.clone()])
            .with("name", self.lint.page.analysis.catalog.stat_label(stat))
            .with("subject", self.subject_words(subject))
            .with("call", format!("`{call}`"))
            .about(self.about(stat, subject));
        self.lint.report(d);
    }

    /// The call that says the same, with the arguments that the page does not give already.
    pub(super) fn call(
        &self,
        function: &str,
        s: &Sentence<'_>,
        typed: &Typed,
        stat: Stat,
        subject: Subject,
    ) -> String {
        let page = self.lint.page;
        let catalog = page.analysis.catalog;
        let mut arguments = format!("\"{}\"", catalog.stat_id(stat));
        if Some(subject.unit) != page.unit() {
            arguments = format!(
                "{arguments}, unit=\"{}\"",
                catalog.units.get(subject.unit).id
            );
        }
        if subject.service != page.service() {
            arguments = format!(
                "{arguments}, service=\"{}\"",
                catalog.services.get(subject.service).id
            );
        }
        if Some(subject.period) != page.period() {
            arguments = format!(
                "{arguments}, period=\"{}\"",
                page.analysis.period(subject.period).id
            );
        }
        let has_unit = s
            .tokens
            .get(typed.tokens.end)
            .is_some_and(|t| t.kind == Kind::Word);
        if function == "value" && has_unit && !typed.is_percent {
            arguments.push_str(", form=\"number\"");
        }
        format!("{{{{ {function}({arguments}) }}}}")
    }

    pub(super) fn subject_words(&self, subject: Subject) -> String {
        let analysis = self.lint.page.analysis;
        let unit = &analysis.catalog.units.get(subject.unit).name;
        let period = &analysis.period(subject.period).label;
        if subject.service == ServiceIx::WHOLE {
            format!("{unit}, {period}")
        } else {
            format!(
                "{unit}, {}, {period}",
                analysis.catalog.services.get(subject.service).name
            )
        }
    }

    pub(super) fn about(&self, stat: Stat, subject: Subject) -> About {
        let analysis = self.lint.page.analysis;
        let service = subject.service;
        About {
            period: Some(analysis.period(subject.period).id.clone()),
            unit: Some(analysis.catalog.units.get(subject.unit).id.clone()),
            service: (service != ServiceIx::WHOLE)
                .then(|| analysis.catalog.services.get(service).id.clone()),
            id: Some(analysis.catalog.stat_id(stat).to_owned()),
        }
    }
}
