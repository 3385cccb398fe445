//! Analysis → findings. One file per family of rules; each rule has its code, place and near-miss.

mod announced;
mod arithmetic;
mod changes;
mod completeness;
mod copied;
mod definitions;
pub(crate) mod documents;
mod identity;
mod jump;
pub mod personal;
mod publisher;
mod required;
mod scope;
mod scores;
mod series;
mod shifted;
mod targets;
mod tasks;
mod time;
mod windows;
pub(crate) mod wording;
mod writing;
mod zeros;

pub(crate) use arithmetic::{as_written, code_of, place};
pub use personal::Personal;

use crate::analysis::{Analysis, Relations};
use crate::diagnostic::{About, Diagnostic, Place};
use crate::model::{Key, Origin, Report, ServiceIx, Stat};

/// Runs every rule that looks at the analysed figures. The findings are not yet sorted nor waived.
pub fn run(analysis: &Analysis<'_>, relations: &Relations) -> Vec<Diagnostic> {
    let mut findings = arithmetic::check(analysis, relations);
    findings.extend(shifted::check(analysis, relations));
    findings.extend(writing::check(analysis, relations));
    findings.extend(announced::check(analysis));
    findings.extend(changes::check(analysis));
    findings.extend(definitions::check(analysis));
    findings.extend(identity::check(analysis));
    findings.extend(scope::check(analysis));
    findings.extend(zeros::check(analysis));
    findings.extend(time::check(analysis));
    findings.extend(windows::check(analysis));
    findings.extend(series::check(analysis));
    findings.extend(scores::check(analysis));
    findings.extend(copied::check(analysis));
    findings.extend(tasks::check(analysis));
    findings.extend(targets::check(analysis));
    findings.extend(completeness::check(analysis));
    findings.extend(required::check(analysis));
    findings.extend(publisher::check(analysis.config));
    findings.extend(documents::check(analysis));
    findings
}

/// The place of a figure.
pub(crate) fn place_of(analysis: &Analysis<'_>, origin: Origin, width: usize) -> Place {
    analysis.ingested.files[usize::from(origin.file)].place(origin, width)
}

/// The ids of what a key is about.
pub(crate) fn about_of(analysis: &Analysis<'_>, key: Key, stat: Stat) -> About {
    let catalog = analysis.catalog;
    About {
        period: Some(analysis.period(key.period()).id.clone()),
        unit: Some(catalog.units.get(key.unit()).id.clone()),
        service: (key.service() != ServiceIx::WHOLE)
            .then(|| catalog.services.get(key.service()).id.clone()),
        id: Some(catalog.stat_id(stat).to_owned()),
    }
}

/// The ids of what a report is about.
pub(crate) fn about_report(analysis: &Analysis<'_>, report: &Report) -> About {
    About {
        period: Some(analysis.period(report.period).id.clone()),
        unit: Some(analysis.catalog.units.get(report.unit).id.clone()),
        ..About::default()
    }
}

/// What a message calls the subject of a key: unit, service, period.
pub(crate) fn subject_of(analysis: &Analysis<'_>, key: Key) -> String {
    let catalog = analysis.catalog;
    let unit = &catalog.units.get(key.unit()).name;
    let period = &analysis.period(key.period()).label;
    if key.service() == ServiceIx::WHOLE {
        format!("{unit}, {period}")
    } else {
        format!(
            "{unit}, {}, {period}",
            catalog.services.get(key.service()).name
        )
    }
}
