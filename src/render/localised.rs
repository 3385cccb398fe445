//! The catalogue of data in the words of another language: its own text where the site gives one, else that of the data,
//! marked as such.
//!
//! Pages of every language are made by the same code from an analysis that differs only in these words.

use crate::analysis::Analysis;
use crate::catalog::Catalog;
use crate::config::Config;
use crate::ingest::Periods;
use crate::model::{Calendar, Target};
use crate::text::foreign::mark;
use crate::theme::Strings;

use super::locale;
use super::words::upper_first;

/// What of a site has words of its own, in one language.
pub(crate) struct Localised {
    catalog: Catalog,
    config: Config,
    periods: Periods,
    targets: Vec<Target>,
}

impl Localised {
    /// The words of a site in the language of `strings`.
    pub(crate) fn new(analysis: &Analysis<'_>, strings: &Strings) -> Self {
        Self {
            catalog: catalog(analysis.catalog, strings.language == "en"),
            config: config(analysis.config, &strings.language),
            periods: periods(analysis.periods, strings),
            targets: targets(analysis.targets),
        }
    }

    /// The same figures in these words.
    pub(crate) fn analysis<'b>(&'b self, own: &Analysis<'b>) -> Analysis<'b> {
        own.in_words(&self.catalog, &self.config, &self.periods, &self.targets)
    }
}

fn set(text: &mut String) {
    *text = mark(text);
}

/// The English text where it is wanted and there is one.
fn either(own: &mut String, english: &str, is_english: bool) {
    if is_english && !english.is_empty() {
        english.clone_into(own);
    } else {
        set(own);
    }
}

fn catalog(own: &Catalog, is_english: bool) -> Catalog {
    let mut c = own.clone();
    for unit in &mut c.units.list {
        either(&mut unit.name, &unit.name_en, is_english);
        either(&mut unit.short_name, &unit.short_name_en, is_english);
    }
    for service in &mut c.services.list {
        either(&mut service.name, &service.name_en, is_english);
        either(&mut service.short_name, &service.short_name_en, is_english);
        for authority in &mut service.authorities {
            set(&mut authority.name);
            set(&mut authority.basis);
        }
    }
    c.peers.names.iter_mut().for_each(set);
    for m in &mut c.measures {
        either(&mut m.label, &m.label_en, is_english);
        either(&mut m.unit, &m.unit_en, is_english);
        either(&mut m.definition, &m.definition_en, is_english);
    }
    for i in &mut c.indicators {
        either(&mut i.label, &i.label_en, is_english);
        either(&mut i.short_label, &i.short_label_en, is_english);
        either(&mut i.of_whom, &i.of_whom_en, is_english);
        either(&mut i.unit, &i.unit_en, is_english);
        either(&mut i.definition, &i.definition_en, is_english);
        set(&mut i.basis);
    }
    for score in &mut c.scores {
        set(&mut score.label);
        set(&mut score.basis);
        for version in &mut score.versions {
            set(&mut version.basis);
            version.bands.iter_mut().for_each(|b| set(&mut b.label));
            for group in &mut version.groups {
                set(&mut group.label);
                let components = group.components.iter_mut();
                components.for_each(|c| set(&mut c.label));
            }
        }
    }
    c
}

fn config(own: &Config, language: &str) -> Config {
    let mut c = own.clone();
    language.clone_into(&mut c.language);
    let given = own.languages.iter().find(|l| l.tag == language);
    let given = given.map(|l| &l.words);
    let word = |own: &mut String, key: &str| match given.and_then(|w| w.get(key)) {
        Some(text) => text.clone_into(own),
        None => set(own),
    };
    word(&mut c.title, "title");
    word(&mut c.subtitle, "subtitle");
    word(&mut c.licence.name, "licence");
    let p = &mut c.publisher;
    for (text, key) in [
        (&mut p.name, "name"),
        (&mut p.governing_body, "governing_body"),
        (&mut p.responsible, "responsible"),
        (&mut p.address, "address"),
        (&mut p.licence_number, "licence_number"),
        (&mut p.note, "note"),
    ] {
        word(text, key);
    }
    c
}

fn periods(own: &Periods, strings: &Strings) -> Periods {
    let mut p = own.clone();
    for period in &mut p.list {
        match Calendar::parse(&period.id) {
            Some(known) => period.label = upper_first(&locale::calendar(strings, known)),
            None => set(&mut period.label),
        }
    }
    for document in p.reports.iter_mut().flat_map(|r| &mut r.documents) {
        for text in [
            &mut document.title,
            &mut document.number,
            &mut document.issuer,
            &mut document.basis,
        ] {
            set(text);
        }
    }
    p
}

fn targets(own: &[Target]) -> Vec<Target> {
    let mut list = own.to_vec();
    for t in &mut list {
        for text in [
            &mut t.as_written,
            &mut t.deadline_as_written,
            &mut t.basis,
            &mut t.document_place,
            &mut t.note,
        ] {
            set(text);
        }
    }
    list
}
