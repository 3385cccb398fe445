//! Calls → text or blocks: which functions there are, their arguments, and what is wrong with a call.

mod arguments;
mod blocks;
mod charts;
mod inline;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::binding::{Call, Found};
use super::{Block, Page, figures};
use crate::analysis::Analysis;
use crate::diagnostic::{Code, Diagnostic, Phrase, ToArgument, codes, phrase};
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
        named: &["unit", "service", "period", "against", "form"],
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
            "change" => self.change(),
            "target" => {
                self.figure(|stat, subject| figures::target(self.page.voice, stat, subject))
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
}
