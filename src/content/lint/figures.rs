//! Figures typed by hand: those that the data contradict (`figure-contradicts`), and those that stand in the data and
//! should be bound (`figure-unbound`).
//!
//! A number is compared with a measure when the words of that measure stand beside it. It contradicts the data only
//! where everything around it is understood: one statistic, one unit, one service, the time of the page. What is not
//! understood is left alone, since a false alarm costs the trust in all others.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::numbers::{self, Role, Typed};
use super::prose::{Block, Kind as BlockKind};
use super::sentence::{Kind, Token, sentences};
use super::subjects::{self, Named};
use super::values::{self, Values, is_share, key};
use super::{Lint, points};
use crate::analysis::{Observation, State};
use crate::content::{PageTarget, Subject, figures as words};
use crate::decimal::Decimal;
use crate::diagnostic::{About, codes};
use crate::model::{PeriodIx, ServiceIx, Stat, UnitIx};
use crate::text::normal::fold;
use crate::text::number::{Qualifier, Style};

/// Words that explain nothing about whose figure it is.
const PLAIN: &str = " toan tinh huyen xa thanh pho trong ky nam thang quy da co duoc la tong so ca cac cua va voi dat bao cao theo tinh den tu ngay nay tai o cho ve nhu do moi ho duong cung thi dang nay ket qua hien lien nhan duoi tren hon khoang gan qua chiem muc bang ";

/// More words than these beside a figure may name something that the catalogue does not know.
const MOST_UNKNOWN: usize = 3;

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

    /// What the words beside a figure mean: the statistics of the longest wording.
    fn stats(&self, s: &Sentence<'_>, at: usize) -> Meant {
        let typed = &s.figures[at];
        let names = &self.lint.page.units.names;
        let window = self.window(s, at);
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

    /// The tokens around a figure up to the next figure, comma or bracket.
    fn window(&self, s: &Sentence<'_>, at: usize) -> Range<usize> {
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

    /// Whether what follows a figure is what the statistic counts. `words` is the length of its wording.
    fn fits_unit(&self, s: &Sentence<'_>, typed: &Typed, stat: Stat, words: usize) -> bool {
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

    /// The subjects that a sentence may be about, the likeliest first.
    fn subjects(&self, named: &Named) -> Vec<Subject> {
        let page = self.lint.page;
        let Some(period) = named.period.or_else(|| page.period()) else {
            return Vec::new();
        };
        let mut units = named.units.clone();
        units.extend(&self.section.units);
        units.extend(page.unit());
        let mut services = named.services.clone();
        services.extend(&self.section.services);
        services.push(page.service());
        let mut subjects: Vec<Subject> = Vec::new();
        for unit in units {
            for service in &services {
                let subject = Subject {
                    unit,
                    service: *service,
                    period,
                };
                if !subjects.contains(&subject) {
                    subjects.push(subject);
                }
            }
        }
        subjects
    }

    fn observe(&self, stat: Stat, s: Subject) -> Observation {
        self.lint
            .page
            .analysis
            .observe(stat, s.unit, s.service, s.period)
    }

    /// Whether the data hold the typed figure at the precision in which it is typed.
    fn equals(&self, stat: Stat, subject: Subject, typed: &Typed) -> bool {
        let observed = self.observe(stat, subject);
        if !matches!(observed.state, State::Value | State::Doubtful)
            || typed.qualifier != Qualifier::Equal
        {
            return false;
        }
        let at_precision = match (observed.ratio, observed.value) {
            (Some(ratio), _) => Some(ratio.percent(typed.decimals)),
            (None, Some(value)) if typed.is_percent => Some(value.round(typed.decimals)),
            (None, value) => value,
        };
        at_precision == Some(typed.value) || observed.value == Some(typed.value)
    }

    /// A figure of the unit that is exactly the typed one, where the digits are too many for chance.
    fn same_value(&self, s: &Sentence<'_>, typed: &Typed) -> Option<(Stat, Subject)> {
        let many = typed.value.abs() >= Decimal::from_int(1000);
        let is_telling = if typed.is_percent {
            typed.decimals >= 1
        } else {
            many
        };
        let is_exact = typed.qualifier == Qualifier::Equal;
        if !is_telling
            || !is_exact
            || s.named
                .period
                .is_some_and(|p| Some(p) != self.lint.page.period())
        {
            return None;
        }
        let period = self.lint.page.period()?;
        let mut units = s.named.units.clone();
        units.extend(self.lint.page.unit());
        units.into_iter().find_map(|unit| {
            let values = self.values(unit, period);
            let same = values.get(&key(typed.value, typed.is_percent))?;
            let prefers = |wanted: &&(Stat, Subject)| s.named.services.contains(&wanted.1.service);
            same.iter()
                .find(prefers)
                .or(match same.as_slice() {
                    [one] => Some(one),
                    _ => None,
                })
                .copied()
        })
    }

    fn values(&self, unit: UnitIx, period: PeriodIx) -> Rc<Values> {
        let mut all = self.values.borrow_mut();
        let values = all
            .entry((unit, period))
            .or_insert_with(|| Rc::new(values::of(self.lint.page.analysis, unit, period)));
        Rc::clone(values)
    }

    fn contradiction(&self, s: &Sentence<'_>, at: usize, stat: Stat, meant: &Meant) {
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
        let shown =
            words::value(analysis, stat, subject, words::Form::WithUnit).unwrap_or_default();
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

    /// Whether everything around a figure is known: whose it is, of what, and when.
    fn is_understood(&self, s: &Sentence<'_>, at: usize, meant: &Meant) -> bool {
        let page = self.lint.page;
        let has_subject = match page.target {
            PageTarget::Home | PageTarget::Method => {
                page.front.unit.is_some() && page.front.period.is_some()
            }
            _ => true,
        };
        let many = s.named.units.len() > 1 || s.named.services.len() > 1;
        if !has_subject
            || many
            || s.named.is_unsure
            || self.section.is_unsure && s.named.units.is_empty()
        {
            return false;
        }
        let typed = &s.figures[at];
        let after = |n: usize| s.tokens.get(typed.tokens.end + n);
        let word = |i: usize| s.tokens.get(i).map_or("", |t| t.folded.as_str());
        let before = typed.tokens.start;
        let is_part = ["trong", "tren", "va", "hoac"].iter().any(|w| {
            (before > 0 && word(before - 1) == *w) || after(0).is_some_and(|t| t.folded == *w)
        });
        let is_share_of = s
            .tokens
            .iter()
            .zip(s.tokens.iter().skip(1))
            .any(|(a, b)| (a.folded.as_str(), b.folded.as_str()) == ("trong", "do"));
        let is_denied = before >= 2 && word(before - 2) == "khong" && word(before - 1) == "phai";
        if is_part || is_share_of || is_denied {
            return false;
        }
        let unknown = meant
            .window
            .clone()
            .filter(|i| s.tokens[*i].kind == Kind::Word && !s.named.covered[*i])
            .filter(|i| !PLAIN.contains(&format!(" {} ", s.tokens[*i].folded)))
            .count();
        let has_object = meant
            .window
            .clone()
            .any(|i| s.tokens[i].kind == Kind::Object);
        !has_object && unknown <= meant.words + MOST_UNKNOWN
    }

    /// Whether the report itself gives a bound or a range.
    fn is_inexact(&self, stat: Stat, observed: &Observation) -> bool {
        let analysis = self.lint.page.analysis;
        let extra = match stat {
            Stat::Measure(_) => observed.fact.and_then(|f| analysis.facts().extra(f)),
            Stat::Indicator(_) => observed.claim.map(|at| &analysis.claims().list[at].extra),
        };
        extra.is_some_and(|e| e.max.is_some() || e.qualifier.is_some_and(|q| q != Qualifier::Equal))
    }

    fn unbound(&self, s: &Sentence<'_>, typed: &Typed, stat: Stat, subject: Subject) {
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

    /// The call that says the same, with the arguments that the page does not give already.
    fn call(
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

    fn subject_words(&self, subject: Subject) -> String {
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

    fn about(&self, stat: Stat, subject: Subject) -> About {
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

/// What the words beside a figure mean.
struct Meant {
    stats: Vec<Stat>,
    /// The tokens that were looked at.
    window: Range<usize>,
    /// How many words the wording has.
    words: usize,
}

/// Whether a figure with its qualifier is true of a value: "hơn 60" of 64, "khoảng 100" of 97.
fn agrees(typed: &Typed, value: Decimal) -> bool {
    match typed.qualifier {
        Qualifier::Equal => false,
        Qualifier::More => value > typed.value,
        Qualifier::AtLeast => value >= typed.value,
        Qualifier::Less => value < typed.value,
        Qualifier::AtMost => value <= typed.value,
        Qualifier::About => {
            let (value, typed) = (value.to_f64(), typed.value.to_f64());
            (value - typed).abs() <= value.abs() * 0.1
        }
    }
}
