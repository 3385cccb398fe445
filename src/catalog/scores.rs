//! `scores.toml` → indices of points.

use super::{Catalog, is_id};
use crate::decimal::Decimal;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, one_of, phrase};
use crate::model::score::{Band, Component, Formula, Group, Index, IndexVersion};
use crate::model::{IndicatorIx, IndicatorKind, Stat};
use crate::source::Sources;
use crate::table::encoding;
use crate::text::suggest::suggest;
use crate::toml_file::{Section, TomlFile};

/// Reads all indices. What they refer to must be in the catalogue already.
pub(super) fn read(sources: &Sources, catalog: &Catalog) -> Checked<Vec<Index>> {
    let Some(file) = sources.get("data/catalog/scores.toml") else {
        return Checked::default();
    };
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(Vec::new(), vec![*d]),
    };
    let doc = TomlFile::parse(&file.path, &text);
    let mut reader = Reader {
        catalog,
        findings: Vec::new(),
    };
    let mut list = Vec::new();
    for (id, section) in doc.root().sections() {
        if is_id(&id) {
            list.push(reader.index(id, &section));
        } else {
            let d = Diagnostic::new(codes::ID_INVALID, section.place()).with("value", id);
            reader.findings.push(d);
        }
    }
    let mut findings = reader.findings;
    findings.extend(doc.into_findings());
    Checked::new(list, findings)
}

struct Reader<'a> {
    catalog: &'a Catalog,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn index(&mut self, id: String, s: &Section<'_, '_>) -> Index {
        let index = Index {
            label: s.required("label").unwrap_or_else(|| id.clone()),
            basis: s.text("basis").unwrap_or_default(),
            versions: s
                .tables("version")
                .iter()
                .map(|v| self.version(v))
                .collect(),
            id,
        };
        s.close();
        index
    }

    fn version(&mut self, s: &Section<'_, '_>) -> IndexVersion {
        let mut bands: Vec<Band> = self
            .pairs(s, "bands", |label| Some(label.to_owned()))
            .into_iter()
            .map(|(from, label)| Band { from, label })
            .collect();
        bands.sort_by_key(|b| std::cmp::Reverse(b.from));
        let version = IndexVersion {
            valid_from: s.date("valid_from"),
            valid_to: s.date("valid_to"),
            basis: s.text("basis").unwrap_or_default(),
            stated: self.score(s, "points"),
            decimals: s
                .number("decimals", 0..=4)
                .and_then(|n| u8::try_from(n).ok())
                .unwrap_or(2),
            groups: s.tables("group").iter().map(|g| self.group(g)).collect(),
            bands,
            place: s.place(),
        };
        s.close();
        version
    }

    fn group(&mut self, s: &Section<'_, '_>) -> Group {
        let tables = s.tables("component");
        let components: Vec<Component> = tables.iter().map(|c| self.component(c)).collect();
        let group = Group {
            label: s.required("label").unwrap_or_default(),
            max: s.required_decimal("max").unwrap_or(Decimal::ZERO),
            stated: self.score(s, "points"),
            components,
        };
        let mut maxima = group.components.iter().map(|c| c.max);
        let sum = maxima.try_fold(Decimal::ZERO, Decimal::checked_add);
        if !group.components.is_empty() && sum != Some(group.max) {
            let d = Diagnostic::new(codes::VALUE_INVALID, s.place_of("max"))
                .with("value", group.max.to_plain())
                .with("name", "max")
                .with(
                    "expected",
                    phrase("sum-of-maxima")
                        .with("sum", sum.map_or_else(String::new, Decimal::to_plain)),
                );
            self.findings.push(d);
        }
        s.close();
        group
    }

    fn component(&mut self, s: &Section<'_, '_>) -> Component {
        let stat = s.text("indicator").and_then(|id| {
            let found = self.catalog.stat(&id);
            if found.is_none() {
                self.unknown(&id, s.place_of("indicator"));
            }
            found
        });
        let formula = s
            .parsed("formula", one_of("share, steps, linear, stated"), |t| {
                Some(match t {
                    "share" => Formula::Share,
                    "steps" => Formula::Steps(Vec::new()),
                    "linear" => Formula::Linear {
                        from: Decimal::ZERO,
                        to: Decimal::from_int(100),
                    },
                    "stated" => Formula::Stated,
                    _ => return None,
                })
            })
            .unwrap_or(Formula::Stated);
        let formula = match formula {
            Formula::Steps(_) => {
                let mut steps = self.pairs(s, "steps", Decimal::parse_plain);
                steps.sort_by_key(|(bound, _)| std::cmp::Reverse(*bound));
                Formula::Steps(steps)
            }
            Formula::Linear { from, to } => {
                let (from, to) = (
                    s.decimal("from").unwrap_or(from),
                    s.decimal("to").unwrap_or(to),
                );
                if from == to {
                    let d = Diagnostic::new(codes::VALUE_INVALID, s.place_of("to"))
                        .with("value", to.to_plain())
                        .with("name", "to")
                        .with("expected", phrase("other-than-from"));
                    self.findings.push(d);
                    Formula::Stated
                } else {
                    Formula::Linear { from, to }
                }
            }
            other => other,
        };
        let component = Component {
            label: s.required("label").unwrap_or_default(),
            max: s.required_decimal("max").unwrap_or(Decimal::ZERO),
            stated: self.score(s, "points"),
            stat,
            formula,
            no_activity: s.decimal("no_activity"),
        };
        s.close();
        component
    }

    /// The indicator of kind score that holds official points.
    fn score(&mut self, s: &Section<'_, '_>, key: &str) -> Option<IndicatorIx> {
        let id = s.text(key)?;
        match self.catalog.stat(&id) {
            Some(Stat::Indicator(i)) if self.catalog.indicator(i).kind == IndicatorKind::Score => {
                Some(i)
            }
            Some(_) => {
                let d = Diagnostic::new(codes::VALUE_INVALID, s.place_of(key))
                    .with("value", id)
                    .with("name", key.to_owned())
                    .with("expected", phrase("indicator-of-points"));
                self.findings.push(d);
                None
            }
            None => {
                self.unknown(&id, s.place_of(key));
                None
            }
        }
    }

    /// "90: tốt": a bound and what it gives.
    fn pairs<T>(
        &mut self,
        s: &Section<'_, '_>,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Vec<(Decimal, T)> {
        let mut out = Vec::new();
        for (text, place) in s.list(key) {
            let pair = text.split_once(':').and_then(|(bound, gives)| {
                Some((
                    Decimal::parse_plain(bound.trim())?,
                    parse(gives.trim()).filter(|_| !gives.trim().is_empty())?,
                ))
            });
            match pair {
                Some(pair) => out.push(pair),
                None => self.findings.push(
                    Diagnostic::new(codes::VALUE_INVALID, place)
                        .with("value", text)
                        .with("name", key.to_owned())
                        .with("expected", phrase("bound-and-value")),
                ),
            }
        }
        out
    }

    fn unknown(&mut self, id: &str, place: Place) {
        let near = suggest(id, self.catalog.stat_ids());
        let d = Diagnostic::new(codes::MEASURE_UNKNOWN, place)
            .with("name", id.to_owned())
            .suggest(near);
        self.findings.push(d);
    }
}
