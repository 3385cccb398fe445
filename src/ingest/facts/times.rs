//! A unit that had ended, or had not begun, when the figures of a table were taken.

use crate::diagnostic::{Argument, Diagnostic, Place, codes, phrase};
use crate::model::{UnitIx, Units};
use crate::text::date::Date;

/// The most units that are named one by one.
const NAMED: usize = 4;

/// The finding that a name fits only `unit`, which did not exist on `day`: when it did, and what there was instead.
pub(super) fn out_of_time(units: &Units, unit: UnitIx, place: Place, day: Date) -> Diagnostic {
    let own = units.get(unit);
    let is_over = own.valid_to.is_some_and(|last| last < day);
    let others = valid_on(units, unit, day, is_over);
    let edge = if is_over {
        own.valid_to
    } else {
        own.valid_from
    };
    let key = match (is_over, others.is_empty()) {
        (true, false) => "unit-ended",
        (true, true) => "unit-ended-only",
        (false, false) => "unit-begins",
        (false, true) => "unit-begins-only",
    };
    let names: Vec<&str> = others
        .iter()
        .take(NAMED)
        .map(|u| units.get(*u).name.as_str())
        .collect();
    let mut names = names.join(", ");
    if others.len() > NAMED {
        names.push_str(", …");
    }
    let what = phrase(key)
        .with(
            "day",
            edge.map_or_else(String::new, crate::text::date::Date::format_vi),
        )
        .with("others", names);
    let first = others.first().map(|u| units.get(*u).name.as_str());
    Diagnostic::new(codes::UNIT_OUT_OF_TIME, place)
        .with("name", &own.name)
        .with("what", Argument::Phrase(what))
        .with("date", day)
        .suggest(first.filter(|_| others.len() == 1))
}

/// The units that a unit became, or that it was made of, as they were on `day`, in the order of the catalogue.
fn valid_on(units: &Units, unit: UnitIx, day: Date, is_over: bool) -> Vec<UnitIx> {
    let mut found = Vec::new();
    let mut seen = vec![unit];
    let mut at = 0;
    while at < seen.len() {
        let next: Vec<UnitIx> = if is_over {
            let changes = units.changes.departures(seen[at]);
            changes.filter_map(|c| c.to).collect()
        } else {
            let changes = units.changes.arrivals(seen[at]);
            changes.map(|c| c.from).collect()
        };
        for u in next {
            if seen.contains(&u) {
                continue;
            }
            if units.get(u).is_valid_on(day) {
                found.push(u);
            }
            seen.push(u);
        }
        at += 1;
    }
    found.sort_unstable();
    found
}
