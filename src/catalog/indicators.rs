//! `indicators.toml` → indicators.

use super::is_id;
use super::measures::unknown;
use crate::decimal::Decimal;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, one_of};
use crate::model::{Direction, Indicator, IndicatorIx, IndicatorKind, Measure, MeasureIx, Stat};
use crate::source::Sources;
use crate::table::encoding;
use crate::toml_file::{Section, TomlFile};

/// Reads all indicators.
pub(super) fn read(sources: &Sources, measures: &[Measure]) -> Checked<Vec<Indicator>> {
    let Some(file) = sources.get("data/catalog/indicators.toml") else {
        return Checked::default();
    };
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(Vec::new(), vec![*d]),
    };
    let doc = TomlFile::parse(&file.path, &text);
    let mut findings = Vec::new();
    let mut list: Vec<Indicator> = Vec::new();
    let mut changes: Vec<(usize, String, Place)> = Vec::new();
    for (id, section) in doc.root().sections() {
        if !is_id(&id) {
            findings.push(Diagnostic::new(codes::ID_INVALID, section.place()).with("value", id));
        } else if measures.iter().any(|m| m.id == id) {
            let d = Diagnostic::new(codes::ID_DUPLICATE, section.place())
                .with("value", id)
                .with("other", "data/catalog/measures.toml");
            findings.push(d);
        } else {
            let (indicator, change_of) = indicator(id, &section, measures, &mut findings);
            changes.extend(change_of.map(|(id, place)| (list.len(), id, place)));
            list.push(indicator);
        }
    }
    for (at, id, place) in changes {
        list[at].change_of = changed(&id, place, measures, &list, &mut findings);
    }
    findings.extend(doc.into_findings());
    Checked::new(list, findings)
}

fn indicator(
    id: String,
    s: &Section<'_, '_>,
    measures: &[Measure],
    findings: &mut Vec<Diagnostic>,
) -> (Indicator, Option<(String, Place)>) {
    let mut links = |key: &str| -> Vec<MeasureIx> {
        let mut out = Vec::new();
        for (name, place) in s.list(key) {
            match measures.iter().position(|m| m.id == name) {
                Some(at) => out.push(MeasureIx::from_at(at)),
                None => findings.push(unknown(
                    &name,
                    place,
                    measures.iter().map(|m| m.id.as_str()),
                )),
            }
        }
        out
    };
    let change_of = s.text("change_of").map(|t| (t, s.place_of("change_of")));
    let numerator = links("numerator");
    let denominator = links("denominator");
    let kind = s
        .parsed("kind", one_of("ratio, count, score"), IndicatorKind::parse)
        .unwrap_or(IndicatorKind::Ratio);
    let label = s.required("label").unwrap_or_else(|| id.clone());
    let label_en = s.text("label_en").unwrap_or_default();
    let has_base = !numerator.is_empty() && !denominator.is_empty();
    let default_unit = if kind == IndicatorKind::Ratio {
        "%"
    } else {
        ""
    };
    let indicator = Indicator {
        short_label: s.text("short_label").unwrap_or_else(|| label.clone()),
        label,
        short_label_en: s.text("short_label_en").unwrap_or_else(|| label_en.clone()),
        label_en,
        kind,
        numerator,
        denominator,
        of_whom: s.text("of_whom").unwrap_or_default(),
        of_whom_en: s.text("of_whom_en").unwrap_or_default(),
        unit: s.text("unit").unwrap_or_else(|| default_unit.to_owned()),
        unit_en: s.text("unit_en").unwrap_or_default(),
        direction: s
            .parsed("direction", one_of("up, down, none"), Direction::parse)
            .unwrap_or(Direction::Up),
        decimals: s
            .number("decimals", 0..=6)
            .and_then(|n| u8::try_from(n).ok())
            .unwrap_or(2),
        may_exceed_100: s.flag("may_exceed_100").unwrap_or(false),
        ranked: s
            .flag("ranked")
            .unwrap_or(kind == IndicatorKind::Ratio && has_base),
        minimum_base: s.number("minimum_base", 0..=1_000_000),
        one_each: s.text("one_each").unwrap_or_default(),
        change_of: None,
        place: s.place(),
        max: s
            .number("max", 0..=1_000_000)
            .map(|n| Decimal::from_int(i64::from(n))),
        definition: s.text("definition").unwrap_or_default(),
        definition_en: s.text("definition_en").unwrap_or_default(),
        basis: s.text("basis").unwrap_or_default(),
        aliases: s.list("aliases").into_iter().map(|(t, _)| t).collect(),
        id,
    };
    s.close();
    (indicator, change_of)
}

/// The measure or indicator that an indicator is the change of.
fn changed(
    id: &str,
    place: Place,
    measures: &[Measure],
    indicators: &[Indicator],
    findings: &mut Vec<Diagnostic>,
) -> Option<Stat> {
    let measure = || measures.iter().position(|m| m.id == id);
    let indicator = || indicators.iter().position(|i| i.id == id);
    let found = measure()
        .map(|at| Stat::Measure(MeasureIx::from_at(at)))
        .or_else(|| indicator().map(|at| Stat::Indicator(IndicatorIx::from_at(at))));
    if found.is_none() {
        let ids = measures.iter().map(|m| m.id.as_str());
        let ids = ids.chain(indicators.iter().map(|i| i.id.as_str()));
        findings.push(unknown(id, place, ids));
    }
    found
}
