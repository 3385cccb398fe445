//! `indicators.toml` → indicators.

use super::is_id;
use super::measures::unknown;
use crate::decimal::Decimal;
use crate::diagnostic::{Checked, Diagnostic, codes, one_of};
use crate::model::{Direction, Indicator, IndicatorKind, Measure, MeasureIx};
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
    let mut list = Vec::new();
    for (id, section) in doc.root().sections() {
        if !is_id(&id) {
            findings.push(Diagnostic::new(codes::ID_INVALID, section.place()).with("value", id));
        } else if measures.iter().any(|m| m.id == id) {
            let d = Diagnostic::new(codes::ID_DUPLICATE, section.place())
                .with("value", id)
                .with("other", "data/catalog/measures.toml");
            findings.push(d);
        } else {
            list.push(indicator(id, &section, measures, &mut findings));
        }
    }
    findings.extend(doc.into_findings());
    Checked::new(list, findings)
}

fn indicator(
    id: String,
    s: &Section<'_, '_>,
    measures: &[Measure],
    findings: &mut Vec<Diagnostic>,
) -> Indicator {
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
    let numerator = links("numerator");
    let denominator = links("denominator");
    let kind = s
        .parsed("kind", one_of("ratio, count, score"), IndicatorKind::parse)
        .unwrap_or(IndicatorKind::Ratio);
    let label = s.required("label").unwrap_or_else(|| id.clone());
    let has_base = !numerator.is_empty() && !denominator.is_empty();
    let default_unit = if kind == IndicatorKind::Ratio {
        "%"
    } else {
        ""
    };
    let indicator = Indicator {
        short_label: s.text("short_label").unwrap_or_else(|| label.clone()),
        label,
        kind,
        numerator,
        denominator,
        of_whom: s.text("of_whom").unwrap_or_default(),
        unit: s.text("unit").unwrap_or_else(|| default_unit.to_owned()),
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
        max: s
            .number("max", 0..=1_000_000)
            .map(|n| Decimal::from_int(i64::from(n))),
        definition: s.text("definition").unwrap_or_default(),
        basis: s.text("basis").unwrap_or_default(),
        aliases: s.list("aliases").into_iter().map(|(t, _)| t).collect(),
        id,
    };
    s.close();
    indicator
}
