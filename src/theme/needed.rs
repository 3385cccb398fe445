//! The part of the sheet that a page needs.
//!
//! A page carries its sheet inline, so that it is whole with its first bytes. Rules for classes and kinds of page that do
//! not occur in it would only keep its readers waiting.

use super::assets::{Style, string_length};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// A sheet cut into its rules.
#[derive(Debug)]
pub(super) struct Needed {
    whole: Style,
    items: Vec<Item>,
    /// What selectors ask a page for: names of classes, `kind=` and a kind of page.
    names: BTreeMap<String, usize>,
    /// Those that the script gives to elements of any page.
    always: BTreeSet<usize>,
    made: Mutex<BTreeMap<BTreeSet<usize>, Arc<Style>>>,
}

#[derive(Debug)]
enum Item {
    /// What is kept as it is.
    Text(String),
    /// A rule: its selectors with what each asks for, and its block with the braces.
    Rule(Vec<(Vec<usize>, String)>, String),
    /// `@media …` with its rules.
    Group(String, Vec<Item>),
}

impl Needed {
    /// Cuts a sheet; `script` are the words of which some may be classes that it gives.
    pub(super) fn new(whole: Style, script: &str) -> Self {
        let mut names = BTreeMap::new();
        let items = items(&whole.css, &mut names);
        let words: BTreeSet<&str> = script.split(|c: char| !is_name(c)).collect();
        let always = names
            .iter()
            .filter(|(name, _)| words.contains(name.as_str()))
            .map(|(_, at)| *at)
            .collect();
        Self {
            whole,
            items,
            names,
            always,
            made: Mutex::default(),
        }
    }

    /// A page with the part of the sheet that it needs in place of the whole.
    pub(super) fn fit(&self, page: &str) -> String {
        let part = self.part(self.asked_by(page));
        let page = page.replacen(&self.whole.hash, &part.hash, 1);
        without_symbols(&page.replacen(&self.whole.css, &part.css, 1))
    }

    fn asked_by(&self, page: &str) -> BTreeSet<usize> {
        let mut found = self.always.clone();
        for value in values(page, " class=\"") {
            found.extend(
                value
                    .split_ascii_whitespace()
                    .filter_map(|c| self.names.get(c)),
            );
        }
        for value in values(page, " data-kind=\"") {
            found.extend(self.names.get(&format!("kind={value}")));
        }
        found
    }

    fn part(&self, found: BTreeSet<usize>) -> Arc<Style> {
        let Ok(mut made) = self.made.lock() else {
            return Arc::new(self.whole.clone());
        };
        let part = made.entry(found).or_insert_with_key(|found| {
            let mut css = String::with_capacity(self.whole.css.len());
            write(&self.items, found, &mut css);
            Arc::new(Style::of_minified(css))
        });
        Arc::clone(part)
    }
}

/// A page without the drawings that it never uses.
fn without_symbols(page: &str) -> String {
    const START: &str = "<symbol id=\"";
    const END: &str = "</symbol>";
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once(START) {
        out.push_str(before);
        rest = after;
        let Some((symbol, after)) = rest.split_once(END) else {
            out.push_str(START);
            continue;
        };
        let id = symbol.split('"').next().unwrap_or_default();
        if page.contains(&format!("\"#{id}\"")) {
            out.extend([START, symbol, END]);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn values<'t>(page: &'t str, start: &str) -> impl Iterator<Item = &'t str> {
    page.split(start)
        .skip(1)
        .map(|rest| rest.split_once('"').map_or(rest, |(value, _)| value))
}

fn write(items: &[Item], found: &BTreeSet<usize>, out: &mut String) {
    for item in items {
        match item {
            Item::Text(text) => out.push_str(text),
            Item::Rule(selectors, block) => {
                let kept: Vec<&str> = selectors
                    .iter()
                    .filter(|(asked, _)| asked.iter().all(|a| found.contains(a)))
                    .map(|(_, text)| text.as_str())
                    .collect();
                if !kept.is_empty() {
                    out.push_str(&kept.join(","));
                    out.push_str(block);
                }
            }
            Item::Group(head, inner) => {
                let mut rules = String::new();
                write(inner, found, &mut rules);
                if !rules.is_empty() || inner.is_empty() {
                    out.push_str(head);
                    out.push('{');
                    out.push_str(&rules);
                    out.push('}');
                }
            }
        }
    }
}

/// Cuts a minified sheet. What is not understood stays as it is.
fn items(css: &str, names: &mut BTreeMap<String, usize>) -> Vec<Item> {
    let mut out = Vec::new();
    let mut rest = css;
    while let Some((head, block, after)) = next(rest) {
        let is_group = ["@media", "@supports"].iter().any(|g| head.starts_with(g));
        out.push(if is_group {
            Item::Group(head.to_owned(), items(&block[1..block.len() - 1], names))
        } else if head.starts_with('@') || head.contains(['\\', ';']) {
            Item::Text(format!("{head}{block}"))
        } else {
            let selectors = selectors(head).into_iter();
            let selectors = selectors.map(|s| (asked(s, names), s.to_owned()));
            Item::Rule(selectors.collect(), block.to_owned())
        });
        rest = after;
    }
    if !rest.is_empty() {
        out.push(Item::Text(rest.to_owned()));
    }
    out
}

/// The next rule: what stands before its block, the block with its braces, and what follows.
fn next(css: &str) -> Option<(&str, &str, &str)> {
    let mut open = None;
    let mut depth = 0_usize;
    let mut at = 0;
    while at < css.len() {
        match css.as_bytes()[at] {
            b'"' => at += string_length(&css[at..]) - 1,
            b'{' => {
                open = open.or(Some(at));
                depth += 1;
            }
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    let open = open?;
                    return Some((&css[..open], &css[open..=at], &css[at + 1..]));
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Cuts at the commas that stand in no parentheses.
fn selectors(head: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, c) in head.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                out.push(&head[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&head[start..]);
    out
}

/// The classes and kinds without which a selector finds nothing. What stands in parentheses may be an alternative or
/// a negation and is not asked for.
fn asked(selector: &str, names: &mut BTreeMap<String, usize>) -> Vec<usize> {
    let mut plain = String::with_capacity(selector.len());
    let mut depth = 0_i32;
    for c in selector.chars() {
        depth += i32::from(c == '(');
        if depth == 0 {
            plain.push(c);
        }
        depth -= i32::from(c == ')');
    }
    let mut number = |name: String| {
        let next = names.len();
        *names.entry(name).or_insert(next)
    };
    let mut out = Vec::new();
    for part in plain.split("[data-kind=").skip(1) {
        let value = part.split(']').next().unwrap_or_default();
        out.push(number(format!("kind={}", value.trim_matches('"'))));
    }
    let outside: String = plain
        .split('[')
        .map(|p| p.split_once(']').map_or(p, |(_, after)| after))
        .collect();
    for part in outside.split('.').skip(1) {
        out.push(number(part.chars().take_while(|c| is_name(*c)).collect()));
    }
    out
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fitted(css: &str, page: &str) -> String {
        let style = Style::new(css);
        let page = format!("{page}<style>{}</style>", style.css);
        let made = Needed::new(style, "e.className='given'").fit(&page);
        made.split_once("<style>")
            .unwrap()
            .1
            .trim_end_matches("</style>")
            .to_owned()
    }

    #[test]
    fn rules_for_classes_that_a_page_lacks_are_left_out() {
        let check = |css, expected: &str| {
            assert_eq!(
                fitted(css, "<body data-kind=\"a\"><p class=\"x y\">"),
                expected
            );
        };
        check("p { a: b } .x { a: b } .z { a: b }", "p{a:b}.x{a:b}");
        check(".x .z { a: b } .y.x > b { a: b }", ".y.x>b{a:b}");
        check(".z, .y, .x .z { a: b }", ".y{a:b}");
        check(
            ".x:not(.z, .w) { a: b } :is(.z) { a: b }",
            ".x:not(.z,.w){a:b}:is(.z){a:b}",
        );
        check(
            "@media print { .z { a: b } } .given { a: b }",
            ".given{a:b}",
        );
        check(
            "@media print { .z { a: b } .x { a: b } } @page { a: b }",
            "@media print{.x{a:b}}@page{a:b}",
        );
        check(
            "[data-kind=a] .x { a: b } [data-kind=b] .x { a: b }",
            "[data-kind=a] .x{a:b}",
        );
        check("a[href$=\".z\"] { a: \"}\" }", "a[href$=\".z\"]{a:\"}\"}");
        check(".x { a: b", ".x{a:b");
    }

    #[test]
    fn drawings_that_are_not_used_are_left_out() {
        let symbols =
            "<svg><symbol id=\"a\"><path/></symbol><symbol id=\"b\"><path/></symbol></svg>";
        let page = format!("{symbols}<use href=\"#b\"/>");
        let expected = "<svg><symbol id=\"b\"><path/></symbol></svg><use href=\"#b\"/>";
        assert_eq!(without_symbols(&page), expected);
        assert_eq!(without_symbols("<symbol id=\"a"), "<symbol id=\"a");
    }

    #[test]
    fn the_hash_is_that_of_the_part() {
        let style = Style::new(".x { a: b } .z { a: b }");
        let page = format!("{}<p class=\"x\">{}", style.hash, style.css);
        let part = Style::new(".x { a: b }");
        let expected = format!("{}<p class=\"x\">{}", part.hash, part.css);
        assert_eq!(Needed::new(style, "").fit(&page), expected);
    }

    proptest! {
        #[test]
        fn with_all_its_classes_a_sheet_is_whole(css in "([a-c.>+,:()\"{} @;]|@media|\\[data-kind=a\\]){0,40}") {
            let style = Style::new(&css);
            let needed = Needed::new(style.clone(), "");
            let all = (0..needed.names.len()).collect();
            prop_assert_eq!(&needed.part(all).css, &style.css);
        }

        #[test]
        fn any_text_is_cut_without_harm(css in "\\PC{0,60}", page in "\\PC{0,60}") {
            Needed::new(Style::new(&css), "").fit(&page);
        }
    }
}
