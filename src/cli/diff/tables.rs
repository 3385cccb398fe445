//! A comparison for people: at a terminal, and as Markdown for a pull request.

use std::fmt::Write as _;

use super::Told;
use super::words::{self, Part, pick};
use crate::diagnostic::Language;
use unicode_width::UnicodeWidthStr;

/// A row: what it is of, before, now, by how much.
type Line = [String; 4];

/// The lines of a part that are shown, and how many are not.
fn lines(told: &Told<'_>, part: Part, limit: usize, language: Language) -> (Vec<Line>, usize) {
    let most = if limit == 0 { usize::MAX } else { limit };
    let changes = words::changes(told, part);
    let units = words::units(told, part);
    let periods = words::periods(told, part);
    let mut out: Vec<Line> = changes
        .iter()
        .take(most)
        .map(|c| {
            [
                words::name(told, c, language),
                words::figure(c.old.as_ref(), language),
                words::figure(c.new.as_ref(), language),
                words::difference(c, language),
            ]
        })
        .collect();
    let short = |name: String, size: String| [name, size, String::new(), String::new()];
    out.extend(units.iter().take(most).map(|u| {
        let size = words::figures_of(told, u, part, language);
        short(words::unit(told, u, part), size)
    }));
    let of_periods = periods.iter().take(most);
    out.extend(of_periods.map(|p| short(p.id.clone(), words::size(p, language))));
    let all = changes.len() + units.len() + periods.len();
    let more = all - out.len();
    (out, more)
}

fn heading(told: &Told<'_>, language: Language) -> String {
    let n = told.diff.compared;
    match language {
        Language::Vietnamese => format!("{} → {}: {n} số có ở cả hai bên", told.old, told.new),
        Language::English => format!("{} → {}: {n} figures on both sides", told.old, told.new),
    }
}

fn is_empty(told: &Told<'_>) -> bool {
    told.diff.is_empty() && told.new_periods.is_empty() && told.gone_periods.is_empty()
}

fn nothing(language: Language) -> &'static str {
    pick(language, "Không có gì khác nhau.", "Nothing differs.")
}

fn rest(more: usize, language: Language) -> String {
    match language {
        Language::Vietnamese => format!("… và {more} dòng nữa"),
        Language::English => format!("… and {more} more"),
    }
}

/// The comparison for a terminal.
pub(super) fn human(told: &Told<'_>, limit: usize, language: Language) -> String {
    let mut out = format!("{}\n", heading(told, language));
    if is_empty(told) {
        let _ = writeln!(out, "{}", nothing(language));
    }
    for part in Part::ALL {
        let (lines, more) = lines(told, part, limit, language);
        if lines.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{} ({})", part.title(language), lines.len() + more);
        let width = |i: usize| lines.iter().map(|l| l[i].width()).max().unwrap_or(0);
        let widths = [width(0), width(1), width(2)];
        for line in &lines {
            let pad = |i: usize| " ".repeat(widths[i] - line[i].width());
            let arrow = if widths[2] == 0 { "" } else { " → " };
            let text = format!(
                "  {}{}  {}{}{arrow}{}{}  {}",
                line[0],
                pad(0),
                pad(1),
                line[1],
                line[2],
                pad(2),
                line[3]
            );
            let _ = writeln!(out, "{}", text.trim_end());
        }
        if more > 0 {
            let _ = writeln!(out, "  {}", rest(more, language));
        }
    }
    out
}

/// The comparison for a pull request.
pub(super) fn markdown(told: &Told<'_>, limit: usize, language: Language) -> String {
    let mut out = format!("**{}**\n", cell(&heading(told, language)));
    if is_empty(told) {
        let _ = writeln!(out, "\n{}", nothing(language));
    }
    for part in Part::ALL {
        let (lines, more) = lines(told, part, limit, language);
        if lines.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "\n### {} ({})\n",
            part.title(language),
            lines.len() + more
        );
        let _ = writeln!(out, "{}", part.head(language));
        let columns = if part.is_of_figures() { 4 } else { 2 };
        for line in &lines {
            let fields: Vec<String> = line[..columns].iter().map(|t| cell(t)).collect();
            let _ = writeln!(out, "| {} |", fields.join(" | "));
        }
        if more > 0 {
            let _ = writeln!(out, "\n{}", rest(more, language));
        }
    }
    out
}

/// Text in a cell of a table: what Markdown or HTML would read as markup is shown as it is.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn names_are_no_markup() {
        assert_eq!(cell("a|b *c* <d> @e"), "a\\|b \\*c\\* &lt;d> &#64;e");
    }
}
