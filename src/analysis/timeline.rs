//! Which period follows which: the one before in the same cadence, the same one of the year before, what lies between.

use super::Analysis;
use crate::model::{Calendar, Period, PeriodIx};
use crate::text::date::Date;

/// Windows that should meet may lie so many days apart, and so may the same window of two years.
const TOLERANCE_DAYS: i64 = 3;

/// No longer a gap is named period by period.
const MOST_NAMED: usize = 60;

/// Cadences without regular windows: nothing can be missing between two of their periods.
const IRREGULAR: [&str; 2] = ["dot-xuat", "ke-hoach"];

/// The neighbours of each period.
#[derive(Clone, Debug, Default)]
pub(super) struct Timeline {
    previous: Vec<Option<PeriodIx>>,
    year_before: Vec<Option<PeriodIx>>,
    /// Periods that the site lacks between the one before and this one.
    missing: Vec<Vec<Missing>>,
}

/// A period without a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// One of the site.
    Known(PeriodIx),
    /// One that the site does not have.
    Named(Calendar),
    /// Days that no period of the site covers.
    Days,
}

impl Timeline {
    pub(super) fn new(list: &[Period]) -> Self {
        let previous: Vec<Option<PeriodIx>> = list.iter().map(|p| before(list, p)).collect();
        let missing = list
            .iter()
            .zip(&previous)
            .map(|(p, q)| q.map_or_else(Vec::new, |q| between(&list[q.at()], p)))
            .collect();
        Self {
            missing,
            previous,
            year_before: list.iter().map(|p| year_before(list, p)).collect(),
        }
    }
}

impl Analysis<'_> {
    /// The latest earlier period of the site in the same cadence, if there is one. Others may be missing between them:
    /// see [`Analysis::missing_before`].
    pub fn previous(&self, ix: PeriodIx) -> Option<PeriodIx> {
        self.timeline.previous[ix.at()]
    }

    /// The same period of the year before: by its id, else by its days.
    pub fn year_before(&self, ix: PeriodIx) -> Option<PeriodIx> {
        self.timeline.year_before[ix.at()]
    }

    /// The periods that the site lacks between the one before and this one, in order of time.
    pub fn missing_before(&self, ix: PeriodIx) -> &[Missing] {
        &self.timeline.missing[ix.at()]
    }
}

/// The latest earlier period of the same cadence that does not overlap it.
fn before(list: &[Period], p: &Period) -> Option<PeriodIx> {
    (0..list.len())
        .filter(|i| list[*i].cadence == p.cadence && list[*i].end < p.start)
        .max_by_key(|i| (list[*i].end, *i))
        .map(PeriodIx::from_at)
}

fn year_before(list: &[Period], p: &Period) -> Option<PeriodIx> {
    let of_cadence = |q: &&Period| q.cadence == p.cadence;
    let at = |found: &Period| list.iter().position(|q| std::ptr::eq(q, found));
    let named = Calendar::parse(&p.id).and_then(Calendar::year_before);
    let by_id = named.and_then(|wanted| {
        let mut all = list.iter().filter(of_cadence);
        all.find(|q| Calendar::parse(&q.id) == Some(wanted))
    });
    let by_days = || {
        let (start, end) = (p.start.add_months(-12)?, p.end.add_months(-12)?);
        let is_near = |a: Date, b: Date| days_between(a, b).abs() <= TOLERANCE_DAYS;
        let near = |q: &&Period| is_near(q.start, start) && is_near(q.end, end);
        list.iter().filter(of_cadence).find(near)
    };
    by_id.or_else(by_days).and_then(at).map(PeriodIx::from_at)
}

/// What lies between two periods of one cadence.
fn between(before: &Period, now: &Period) -> Vec<Missing> {
    if IRREGULAR.contains(&now.cadence.as_str()) {
        return Vec::new();
    }
    let ids = Calendar::parse(&before.id).zip(Calendar::parse(&now.id));
    if let Some((first, last)) = ids.filter(|(a, b)| a.is_like(*b)) {
        let mut found: Vec<Missing> = std::iter::successors(last.previous(), |c| c.previous())
            .take_while(|c| *c != first)
            .take(MOST_NAMED)
            .map(Missing::Named)
            .collect();
        found.reverse();
        return found;
    }
    if days_between(before.end, now.start) > 1 + TOLERANCE_DAYS {
        vec![Missing::Days]
    } else {
        Vec::new()
    }
}

fn days_between(a: Date, b: Date) -> i64 {
    b.days_since_epoch() - a.days_since_epoch()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(id: &str, start: &str, end: &str, cadence: &str) -> Period {
        Period {
            id: id.into(),
            label: id.into(),
            start: Date::parse_iso(start).unwrap(),
            end: Date::parse_iso(end).unwrap(),
            cadence: cadence.into(),
            reports: Vec::new(),
        }
    }

    #[test]
    fn neighbours_are_found_by_id_or_by_days() {
        let list = [
            period("2023-09", "2023-08-15", "2023-09-14", "thang"),
            period("giua-2023", "2022-06-15", "2023-06-14", "nam"),
            period("2024-07", "2024-06-15", "2024-07-14", "thang"),
            // 2024 is a leap year; three days more or less are the same window.
            period("giua-2024", "2023-06-15", "2024-06-12", "nam"),
            period("2024-09", "2024-08-15", "2024-09-14", "thang"),
            period("2024", "2024-01-01", "2024-12-31", "nam"),
        ];
        let t = Timeline::new(&list);
        let at = |i: usize| Some(PeriodIx::from_at(i));
        assert_eq!(t.previous, [None, None, at(0), at(1), at(2), at(1)]);
        assert_eq!(t.year_before, [None, None, None, at(1), at(0), None]);
        let august = Missing::Named(Calendar::parse("2024-08").unwrap());
        assert_eq!(t.missing[4], [august]);
        assert!(t.missing[3].is_empty());
        // October 2023 to June 2024 lie between.
        assert_eq!(t.missing[2].len(), 9);
    }
}
