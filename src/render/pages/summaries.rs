//! What is told of every unit, service and edition, for the file of summaries.

use rayon::prelude::*;

use super::{services, units};
use crate::export::summaries::Summary;
use crate::render::account::{self, Account, Tongue};
use crate::render::caveats;
use crate::render::view::View;
use crate::theme::Strings;

/// The summaries in the order of the catalogue: units, services, editions. `languages` are Vietnamese and English.
pub(in crate::render) fn summaries(view: &View<'_>, languages: [&Strings; 2]) -> Vec<Summary> {
    let catalog = view.analysis.catalog;
    let tell = |kind, id: &str, told: &Account<'_>| {
        let [vi, en] = languages.map(|l| told.text(view, Tongue::new(l)));
        Summary {
            kind,
            id: id.to_owned(),
            period: view.analysis.period(told.period).id.clone(),
            vi,
            en,
        }
    };
    let mut out: Vec<Summary> = view
        .reporting
        .par_iter()
        .filter_map(|unit| {
            let period = units::newest_period(view, *unit)?;
            let ranked = view.ranked_of(*unit);
            let caveats = caveats::of_unit(view, *unit, period).len();
            let told = account::of_unit(view, *unit, period, &ranked, caveats);
            Some(tell("unit", &catalog.units.get(*unit).id, &told))
        })
        .collect();
    let of_services = catalog.services.indices().filter_map(|service| {
        let told = services::told(view, service)?;
        Some(tell("service", &catalog.services.get(service).id, &told))
    });
    out.extend(of_services);
    let reports = &view.analysis.periods.reports;
    out.extend(reports.iter().map(|r| {
        let caveats = caveats::of_unit(view, r.unit, r.period).len();
        let told = account::of_edition(view, r.unit, r.period, caveats);
        tell("edition", &catalog.units.get(r.unit).id, &told)
    }));
    out
}
