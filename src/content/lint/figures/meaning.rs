//! The words beside a figure → what it measures.

use std::ops::Range;

use super::{Checker, Sentence};
use crate::content::lint::numbers::Typed;
use crate::content::lint::sentence::{Kind, Token};
use crate::content::lint::values::is_share;
use crate::model::Stat;
use crate::text::normal::fold;

/// What the words beside a figure mean.
pub(super) struct Meant {
    pub(super) stats: Vec<Stat>,
    /// The tokens that were looked at.
    pub(super) window: Range<usize>,
    /// How many words the wording has.
    pub(super) words: usize,
}

impl Checker<'_> {
    /// What the words beside a figure mean: the statistics of the longest wording.
    pub(super) fn stats(&self, s: &Sentence<'_>, at: usize) -> Meant {
        let typed = &s.figures[at];
        let names = &self.lint.page.units.names;
        let window = window(s, at);
        let words: Vec<usize> = window
            .clone()
            .filter(|i| s.tokens[*i].kind == Kind::Word)
            .collect();
        let mut found: Vec<(usize, Stat)> = Vec::new();
        for from in 0..words.len() {
            let mut phrase = String::new();
            for (n, word) in words[from..].iter().take(names.longest()).enumerate() {
                if n > 0 {
                    phrase.push(' ');
                }
                phrase.push_str(&s.tokens[*word].folded);
                found.extend(names.phrase(&phrase).iter().map(|stat| (n + 1, *stat)));
            }
        }
        let folded: Vec<&str> = words.iter().map(|i| s.tokens[*i].folded.as_str()).collect();
        found.extend(names.among(&folded));
        found.retain(|(length, stat)| self.fits_unit(s, typed, *stat, *length));
        let most = found.iter().map(|(n, _)| *n).max().unwrap_or(0);
        let mut stats: Vec<Stat> = found
            .iter()
            .filter(|(n, _)| *n == most)
            .map(|(_, s)| *s)
            .collect();
        stats.sort_unstable();
        stats.dedup();
        Meant {
            stats,
            window,
            words: most,
        }
    }

    /// Whether what follows a figure is what the statistic counts. `words` is the length of its wording.
    pub(super) fn fits_unit(
        &self,
        s: &Sentence<'_>,
        typed: &Typed,
        stat: Stat,
        words: usize,
    ) -> bool {
        let analysis = self.lint.page.analysis;
        if is_share(analysis, stat) || typed.is_percent {
            return is_share(analysis, stat) == typed.is_percent;
        }
        let unit = match stat {
            Stat::Measure(m) => &analysis.catalog.measure(m).unit,
            Stat::Indicator(i) => &analysis.catalog.indicator(i).unit,
        };
        let unit = fold(unit.split(',').next().unwrap_or_default());
        let next: Vec<&str> = s.tokens[typed.tokens.end..]
            .iter()
            .take_while(|t| t.kind == Kind::Word)
            .take(unit.split(' ').count())
            .map(|t| t.folded.as_str())
            .collect();
        let is_named = !unit.is_empty() && next.join(" ") == unit;
        let follows_label = next.is_empty() && words >= 3;
        is_named || follows_label
    }
}

/// The tokens around a figure up to the next figure, comma or bracket.
fn window(s: &Sentence<'_>, at: usize) -> Range<usize> {
    let own = &s.figures[at].tokens;
    let is_edge = |t: &Token| {
        matches!(
            t.kind,
            Kind::Number | Kind::Slashed | Kind::Mark(',' | '(' | ')')
        )
    };
    // The words of a cell's row and column stand apart by a comma of their own.
    let start = if s.before > 0 {
        0
    } else {
        s.tokens[..own.start]
            .iter()
            .rposition(is_edge)
            .map_or(0, |i| i + 1)
    };
    let end = s.tokens[own.end..]
        .iter()
        .position(is_edge)
        .map_or(s.tokens.len(), |i| own.end + i);
    start..end
}
