//! What became of a unit and what it was made of.

use crate::model::{ChangeKind, UnitIx};
use crate::render::context::HistoryEntry;
use crate::render::view::View;
use crate::render::words::{unit_in_text, upper_first};

/// What became of a unit and what it was made of.
pub(super) fn history(view: &View<'_>, unit: UnitIx) -> Vec<HistoryEntry> {
    let changes = &view.analysis.catalog.units.changes;
    let mut dates: Vec<crate::text::date::Date> = changes
        .iter()
        .filter(|c| c.from == unit || c.to == Some(unit))
        .map(|c| c.date)
        .collect();
    dates.dedup();
    let mut out = Vec::new();
    for date in dates {
        let before: Vec<UnitIx> = changes
            .iter()
            .filter(|c| c.date == date && c.to == Some(unit))
            .map(|c| c.from)
            .collect();
        let after: Vec<&crate::model::Change> = changes
            .iter()
            .filter(|c| c.date == date && c.from == unit)
            .collect();
        let basis = changes
            .iter()
            .find(|c| {
                c.date == date && (c.from == unit || c.to == Some(unit)) && !c.basis.is_empty()
            })
            .map_or_else(String::new, |c| format!(" ({})", c.basis));
        let day = date.format_vi();
        if !before.is_empty() {
            let names: Vec<&str> = before.iter().map(|u| view.unit_name(*u)).collect();
            let text = format!(
                "{} hợp nhất thành {}{basis}.",
                join(&names),
                unit_in_text(view.unit_name(unit))
            );
            out.push(entry(view, &day, upper_first(&text), &before));
        }
        if !after.is_empty() {
            let heirs: Vec<UnitIx> = after.iter().filter_map(|c| c.to).collect();
            let siblings: Vec<&str> = changes
                .iter()
                .filter(|c| {
                    c.date == date
                        && c.to.is_some()
                        && c.to == heirs.first().copied()
                        && c.from != unit
                })
                .map(|c| view.unit_name(c.from))
                .collect();
            let names: Vec<&str> = heirs.iter().map(|u| view.unit_name(*u)).collect();
            let own = view.unit_name(unit);
            let text = match after[0].kind {
                ChangeKind::Split => format!(
                    "{own} được chia về {}{basis}; không có căn cứ phân bổ nên không so sánh được.",
                    join(&names)
                ),
                ChangeKind::Abolish if names.is_empty() => format!("{own} kết thúc{basis}."),
                ChangeKind::Abolish => {
                    format!("{own} kết thúc{basis}; địa bàn nay thuộc {}.", join(&names))
                }
                ChangeKind::Rename => format!("{own} đổi tên thành {}{basis}.", join(&names)),
                ChangeKind::Reparent => format!("{own} chuyển về {}{basis}.", join(&names)),
                ChangeKind::Merge if siblings.is_empty() => {
                    format!("{own} trở thành {}{basis}.", join(&names))
                }
                ChangeKind::Merge => format!(
                    "{own} cùng {} hợp nhất thành {}{basis}. Trang này giữ nguyên số liệu trước ngày đó.",
                    join(&siblings),
                    join(&names)
                ),
            };
            out.push(entry(view, &day, text, &heirs));
        }
    }
    out
}

fn entry(view: &View<'_>, date: &str, text: String, links: &[UnitIx]) -> HistoryEntry {
    let links = links
        .iter()
        .filter_map(|u| {
            view.unit_href(*u)
                .map(|href| View::link(view.unit_name(*u), href))
        })
        .collect();
    HistoryEntry {
        date: date.to_owned(),
        text,
        links,
    }
}

fn join(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => unit_in_text(one),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|n| unit_in_text(n)).collect();
            format!("{} và {}", first.join(", "), unit_in_text(last))
        }
    }
}
