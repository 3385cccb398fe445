//! Figures typed by hand: those that the data contradict (`figure-contradicts`), and those that stand in the data and
//! should be bound (`figure-unbound`).
//!
//! A number is compared with a measure when the words of that measure stand beside it. It contradicts the data only
//! where everything around it is understood: one statistic, one unit, one service, the time of the page. What is not
//! understood is left alone, since a false alarm costs the trust in all others.

mod compare;
mod meaning;
mod report;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::numbers::{self, Role, Typed};
use super::prose::{Block, Kind as BlockKind};
use super::sentence::{Token, sentences};
use super::subjects::{self, Named};
use super::values::Values;
use super::{Lint, points};
use crate::content::Subject;
use crate::model::{PeriodIx, UnitIx};
use crate::text::normal::fold;
use crate::text::number::Style;
use meaning::Meant;

/// Checks the figures of a page.
pub(super) fn check(lint: &Lint<'_>) {
    let is_english = lint.page.lang == "en";
    let mut checker = Checker {
        lint,
        style: if is_english {
            Style::English
        } else {
            Style::Vietnamese
        },
        section: Named::default(),
        values: RefCell::default(),
    };
    for block in &lint.prose.blocks {
        checker.block(block);
    }
}

struct Checker<'a> {
    lint: &'a Lint<'a>,
    style: Style,
    /// What the heading above names.
    section: Named,
    values: RefCell<HashMap<(UnitIx, PeriodIx), Rc<Values>>>,
}

/// A sentence with what it names.
struct Sentence<'s> {
    block: &'s Block,
    /// What the spans of the tokens count in: the text of the block, behind the words of its row and column.
    text: &'s str,
    /// Bytes of `text` before the block.
    before: usize,
    tokens: &'s [Token],
    named: &'s Named,
    figures: &'s [Typed],
}

impl Checker<'_> {
    fn block(&mut self, block: &Block) {
        let context = self.context(block);
        let text = format!("{context}{}", block.text);
        if fold(&text).contains("vi du") {
            return;
        }
        for tokens in sentences(&text) {
            let named = subjects::named(self.lint, &text, &tokens);
            if matches!(block.kind, BlockKind::Heading(_)) {
                self.section = named.clone();
            }
            let mut figures = numbers::figures(&text, &tokens, self.style);
            figures.retain(|f| f.span.start >= context.len() && !named.covered[f.tokens.start]);
            let sentence = Sentence {
                block,
                text: &text,
                before: context.len(),
                tokens: &tokens,
                named: &named,
                figures: &figures,
            };
            if context.is_empty() && points::within(self.lint, block, &figures) {
                continue;
            }
            for at in 0..figures.len() {
                self.figure(&sentence, at);
            }
        }
    }

    /// The words of row and column of a cell.
    fn context(&self, block: &Block) -> String {
        let BlockKind::Cell(table, row, column) = block.kind else {
            return String::new();
        };
        if row == 0 {
            return String::new();
        }
        let cell = |r: usize, c: usize| {
            let wanted = BlockKind::Cell(table, r, c);
            let found = self.lint.prose.blocks.iter().find(|b| b.kind == wanted);
            found.map_or("", |b| b.text.trim())
        };
        format!("{}, {}: ", cell(row, 0), cell(0, column))
    }

    fn figure(&self, s: &Sentence<'_>, at: usize) {
        let typed = &s.figures[at];
        let meant = self.stats(s, at);
        match typed.role {
            Role::Change => {
                self.change(s, typed, &meant);
                return;
            }
            Role::Other => return,
            Role::Level => {}
        }
        for stat in &meant.stats {
            for subject in self.subjects(s.named) {
                if self.equals(*stat, subject, typed) {
                    self.unbound(s, typed, *stat, subject);
                    return;
                }
            }
        }
        if let Some((stat, subject)) = self.same_value(s, typed) {
            self.unbound(s, typed, stat, subject);
        } else if let [stat] = meant.stats.as_slice() {
            self.contradiction(s, at, *stat, &meant);
        }
    }

    /// "tăng 12 hồ sơ", "tăng 5%": compared with the change since the period before.
    fn change(&self, s: &Sentence<'_>, typed: &Typed, meant: &Meant) {
        let [stat] = meant.stats.as_slice() else {
            return;
        };
        let analysis = self.lint.page.analysis;
        for subject in self.subjects(s.named) {
            let Subject {
                unit,
                service,
                period,
            } = subject;
            let Some(delta) = analysis.change(*stat, unit, service, period) else {
                continue;
            };
            let size = delta.difference.abs();
            let call = self.call("change", s, typed, *stat, subject);
            if delta.is_points && typed.is_percent && size.round(typed.decimals) == typed.value {
                if s.before == 0 {
                    points::report(
                        self.lint,
                        s.block,
                        typed,
                        &delta,
                        &call,
                        self.about(*stat, subject),
                    );
                }
                return;
            }
        }
    }
}
