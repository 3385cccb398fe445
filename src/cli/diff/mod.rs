//! `diff`: two editions, builds, folders or commits against each other.

mod json;
mod sides;
mod tables;
mod words;

use std::io::Write;

use super::DONE;
use super::arguments::{Arguments, DiffFormat, DiffOptions};
use super::build::print;
use crate::analysis::diff::{self, Diff, Figures};
use crate::error::Error;
use sides::Sides;

/// What was compared, with the names of units, services and figures on both sides.
struct Told<'a> {
    old: &'a str,
    new: &'a str,
    diff: Diff,
    /// Periods that only the newer version has.
    new_periods: Vec<PeriodOfOne>,
    /// Periods that only the older version has.
    gone_periods: Vec<PeriodOfOne>,
    names: Figures,
}

/// A period that one version has figures of and the other has none.
struct PeriodOfOne {
    id: String,
    units: usize,
    figures: usize,
}

/// `tiendo diff`.
pub(super) fn diff(
    arguments: &Arguments,
    options: &DiffOptions,
    out: &mut dyn Write,
) -> Result<u8, Error> {
    let language = arguments.language();
    let sides = Sides::find(arguments, options)?;
    let mut told = Told {
        old: &options.old,
        new: &options.new,
        diff: Diff::default(),
        new_periods: Vec::new(),
        gone_periods: Vec::new(),
        names: Figures::default(),
    };
    match &sides {
        Sides::Periods { site, old, new } => {
            site.open(|figures| {
                let (mut a, mut b) = (figures(old)?, figures(new)?);
                without_period(&mut a);
                without_period(&mut b);
                told.add(a, b);
                Ok(())
            })?;
        }
        Sides::Versions { old, new, labels } => {
            let mut periods: Vec<String> = old.periods();
            periods.extend(new.periods());
            periods.sort();
            periods.dedup();
            old.open(|of_old| {
                new.open(|of_new| {
                    for p in &periods {
                        told.add_period(p, of_old(p)?, of_new(p)?);
                    }
                    Ok(())
                })
            })?;
            for (id, label) in labels {
                let known = told.names.labels.entry(id.clone());
                known.or_insert_with(|| label.clone());
            }
        }
    }
    let text = match options.format {
        DiffFormat::Human => tables::human(&told, options.limit, language),
        DiffFormat::Markdown => tables::markdown(&told, options.limit, language),
        DiffFormat::Json => json::render(&told),
    };
    print(out, &text)?;
    Ok(DONE)
}

impl Told<'_> {
    /// Adds a period of two versions; one that only one of them has is told as a whole.
    fn add_period(&mut self, id: &str, old: Figures, new: Figures) {
        let (list, only) = match (old.list.is_empty(), new.list.is_empty()) {
            (true, false) => (&mut self.new_periods, &new),
            (false, true) => (&mut self.gone_periods, &old),
            _ => return self.add(old, new),
        };
        list.push(PeriodOfOne {
            id: id.to_owned(),
            units: diff::reporting(only).len(),
            figures: only.list.len(),
        });
        self.take_names(new, old);
    }

    fn add(&mut self, old: Figures, new: Figures) {
        self.diff.extend(diff::diff(&old, &new));
        self.take_names(new, old);
    }

    fn take_names(&mut self, new: Figures, old: Figures) {
        // A name is the newer one.
        for names in [new, old] {
            for (id, ended) in names.ended {
                self.names.ended.entry(id).or_insert(ended);
            }
            for (own, theirs) in [
                (&mut self.names.units, names.units),
                (&mut self.names.services, names.services),
                (&mut self.names.labels, names.labels),
            ] {
                for (id, name) in theirs {
                    own.entry(id).or_insert(name);
                }
            }
        }
    }
}

/// Two editions are compared figure by figure whatever their periods; targets belong to the plan of their own period.
fn without_period(figures: &mut Figures) {
    let list = std::mem::take(&mut figures.list);
    figures.list = list
        .into_iter()
        .filter(|(key, _)| !key.id.starts_with(diff::TARGET))
        .map(|(mut key, figure)| {
            key.period.clear();
            (key, figure)
        })
        .collect();
}
