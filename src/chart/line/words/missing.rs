//! Words of missing figures, above their marks or in one note.

use super::super::plot::Plot;
use super::super::px;
use super::{END_OVERHANG, Label, Search, anchored, plain_ink};
use crate::chart::placing::{Extent, Spot};
use crate::chart::svg_backend::FULL_WIDTH;
use std::borrow::Cow;

impl<'a> Search<'_, 'a> {
    /// Words of missing figures above their marks; when one has no room, all in one note.
    pub(super) fn missing(&mut self) {
        let groups = missing_groups(self.plot);
        let (mark, placed) = (self.placer.mark(), self.labels.len());
        if !groups.iter().all(|group| self.missing_in_plot(group)) {
            self.placer.give_back(mark);
            self.labels.truncate(placed);
            self.notes.push(Cow::Owned(missing_note(&groups)));
        }
    }

    fn missing_in_plot(&mut self, group: &MissingGroup<'a>) -> bool {
        let x = i32::midpoint(
            self.plot.x(group.first as f64),
            self.plot.x(group.last as f64),
        );
        let [centre, end, start] = anchored(x, self.plot.bottom - px(13), END_OVERHANG);
        let at_edge = match x {
            ..3000 => Some(Spot { x: 0, ..start }),
            7000.. => Some(Spot {
                x: FULL_WIDTH,
                ..end
            }),
            _ => None,
        };
        let spots = || {
            [centre, end, start]
                .into_iter()
                .chain(at_edge)
                .map(|spot| (spot, 0))
        };
        let MissingGroup {
            periods, reason, ..
        } = group;
        let in_words = if periods.is_empty() {
            String::new()
        } else {
            format!("{periods}: ")
        };
        let full = format!("{in_words}{reason}");
        let extents = [
            (0, Extent::of(&full, false)),
            (in_words.len(), Extent::with_wide_prefix(&in_words, reason)),
        ];
        for (wide_prefix, extent) in extents {
            if let Some(spot) = self.placer.take_clearest(spots(), extent, &self.segments) {
                self.labels.push(Label {
                    wide_prefix,
                    ..Label::new(full, spot, plain_ink(spot.anchor))
                });
                return true;
            }
        }
        false
    }
}

/// Neighbouring periods that are missing for the same reason.
struct MissingGroup<'a> {
    first: usize,
    last: usize,
    /// Such as `2/2026` or `2/2026–3/2026`; may be empty.
    periods: Cow<'a, str>,
    /// Such as `chưa báo cáo`.
    reason: &'a str,
}

/// Joins `2/2026: chưa báo cáo` and `3/2026: chưa báo cáo` into `2/2026–3/2026: chưa báo cáo`.
fn missing_groups<'a>(plot: &Plot<'a>) -> Vec<MissingGroup<'a>> {
    let in_parts = |words: &'a str| words.split_once(": ").unwrap_or(("", words));
    let mut all: Vec<(usize, &'a str, &'a str)> = plot
        .missing()
        .map(|(at, words)| (at, in_parts(words).0, in_parts(words).1))
        .filter(|&(_, _, reason)| !reason.is_empty())
        .collect();
    all.sort_unstable_by_key(|&(at, ..)| at);
    let group = |members: &[(usize, &'a str, &'a str)]| {
        let ((first, from, reason), (last, to, _)) = (members[0], members[members.len() - 1]);
        let periods = if first == last {
            Cow::Borrowed(from)
        } else {
            Cow::Owned(format!("{from}–{to}"))
        };
        MissingGroup {
            first,
            last,
            periods,
            reason,
        }
    };
    all.chunk_by(|a, b| b.0 - a.0 <= 1 && !a.1.is_empty() && a.2 == b.2)
        .map(group)
        .collect()
}

/// Writes `× 8/2024, 2/2025: chưa báo cáo; 5/2025: chưa tổng hợp`.
fn missing_note(groups: &[MissingGroup]) -> String {
    let mut note = "× ".to_owned();
    for (number, alike) in groups.chunk_by(|a, b| a.reason == b.reason).enumerate() {
        if number > 0 {
            note.push_str("; ");
        }
        let periods: Vec<&str> = alike
            .iter()
            .map(|group| &*group.periods)
            .filter(|periods| !periods.is_empty())
            .collect();
        if !periods.is_empty() {
            note.push_str(&periods.join(", "));
            note.push_str(": ");
        }
        note.push_str(alike[0].reason);
    }
    note
}
