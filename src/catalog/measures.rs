//! `measures.toml` → measures.

use std::collections::HashMap;

use super::is_id;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, one_of};
use crate::model::measure::{Announced, Balance, Measure, MeasureIx, MeasureType, Nature};
use crate::source::Sources;
use crate::table::encoding;
use crate::text::suggest::suggest;
use crate::toml_file::{Section, TomlFile};

/// Names of other measures, with their places, still to be looked up.
#[derive(Default)]
struct Links {
    parts: Vec<Vec<(String, Place)>>,
    within: Vec<(String, Place)>,
    fraction_of: Option<(String, Place)>,
    balance: Option<[Vec<(String, Place)>; 2]>,
}

/// Reads all measures.
pub(super) fn read(sources: &Sources) -> Checked<Vec<Measure>> {
    let Some(file) = sources.get("data/catalog/measures.toml") else {
        return Checked::default();
    };
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(Vec::new(), vec![*d]),
    };
    let doc = TomlFile::parse(&file.path, &text);
    let mut findings = Vec::new();
    let mut list: Vec<Measure> = Vec::new();
    let mut links: Vec<Links> = Vec::new();
    for (id, section) in doc.root().sections() {
        if is_id(&id) {
            let (measure, link) = measure(id, &section);
            list.push(measure);
            links.push(link);
        } else {
            findings.push(Diagnostic::new(codes::ID_INVALID, section.place()).with("value", id));
        }
    }
    let index: HashMap<String, MeasureIx> = list
        .iter()
        .enumerate()
        .map(|(i, m)| (m.id.clone(), MeasureIx::from_at(i)))
        .collect();
    let ids: Vec<String> = list.iter().map(|m| m.id.clone()).collect();
    let mut find = |(id, place): (String, Place)| {
        let found = index.get(&id).copied();
        if found.is_none() {
            findings.push(unknown(&id, place, ids.iter().map(String::as_str)));
        }
        found
    };
    for (measure, link) in list.iter_mut().zip(links) {
        measure.parts = link
            .parts
            .into_iter()
            .map(|l| l.into_iter().filter_map(&mut find).collect())
            .collect();
        measure.within = link.within.into_iter().filter_map(&mut find).collect();
        measure.fraction_of = link.fraction_of.and_then(&mut find);
        measure.balance = link.balance.map(|[incoming, outgoing]| Balance {
            incoming: incoming.into_iter().filter_map(&mut find).collect(),
            outgoing: outgoing.into_iter().filter_map(&mut find).collect(),
        });
    }
    findings.extend(doc.into_findings());
    Checked::new(list, findings)
}

/// A finding that a measure is not known.
pub(super) fn unknown<'a>(
    id: &str,
    place: Place,
    ids: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::new(codes::MEASURE_UNKNOWN, place)
        .with("name", id)
        .suggest(suggest(id, ids))
}

fn measure(id: String, s: &Section<'_, '_>) -> (Measure, Links) {
    let kinds = "count, amount, duration, level, yes-no";
    let measure = Measure {
        label: s.required("label").unwrap_or_else(|| id.clone()),
        id,
        label_en: s.text("label_en").unwrap_or_default(),
        unit: s.text("unit").unwrap_or_default(),
        unit_en: s.text("unit_en").unwrap_or_default(),
        kind: s
            .parsed("type", one_of(kinds), MeasureType::parse)
            .unwrap_or(MeasureType::Count),
        nature: s
            .parsed("nature", one_of("flow, ytd, stock"), Nature::parse)
            .unwrap_or(Nature::Flow),
        aliases: s.list("aliases").into_iter().map(|(t, _)| t).collect(),
        parts: Vec::new(),
        within: Vec::new(),
        fraction_of: None,
        additive: s.flag("additive").unwrap_or(true),
        balance: None,
        announces: s.parsed(
            "announces",
            one_of("services, active-services, tasks"),
            Announced::parse,
        ),
        definition: s.text("definition").unwrap_or_default(),
        definition_en: s.text("definition_en").unwrap_or_default(),
    };
    let links = Links {
        parts: s.lists("parts"),
        within: s.list("within"),
        fraction_of: s
            .text("fraction_of")
            .map(|t| (t, s.place_of("fraction_of"))),
        balance: s.section("balance").map(|b| {
            let sides = [b.list("in"), b.list("out")];
            b.close();
            sides
        }),
    };
    s.close();
    (measure, links)
}
