//! The declarations between two lines of `+++` at the head of a narrative.

use std::sync::Arc;

use crate::analysis::Analysis;
use crate::catalog::find_period;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, phrase};
use crate::model::{PeriodIx, UnitIx};
use crate::text::suggest::{suggest, suggest_period};
use crate::toml_file::{Section, TomlFile};

const FENCE: &str = "+++";

/// What a narrative says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Unit of figures that name none.
    pub(super) unit: Option<UnitIx>,
    /// Period of figures that name none.
    pub(super) period: Option<PeriodIx>,
}

/// The front matter, and the byte at which the body begins. A text without front matter is all body.
pub(super) fn read(
    file: &Arc<str>,
    text: &str,
    analysis: &Analysis<'_>,
) -> Checked<(FrontMatter, usize)> {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|l| l.trim_end() == FENCE) else {
        return Checked::new((FrontMatter::default(), 0), Vec::new());
    };
    let start = first.len();
    let mut end = start;
    for line in lines {
        if line.trim_end() == FENCE {
            return declared(file, &text[start..end], end + line.len(), analysis);
        }
        end += line.len();
    }
    let d = Diagnostic::new(
        codes::FRONT_MATTER,
        Place::of_span(file, text, 0..FENCE.len()),
    )
    .with("reason", phrase("fence-missing"));
    Checked::new((FrontMatter::default(), text.len()), vec![d])
}

fn declared(
    file: &Arc<str>,
    toml: &str,
    body: usize,
    analysis: &Analysis<'_>,
) -> Checked<(FrontMatter, usize)> {
    // The empty line stands for the first fence, so that lines are counted as in the file.
    let toml = format!("\n{toml}");
    let doc = TomlFile::parse(file, &toml);
    let root = doc.root();
    let mut findings = Vec::new();
    let front = FrontMatter {
        title: root.text("title"),
        description: root.text("description"),
        unit: unit(&root, analysis, &mut findings),
        period: period(&root, analysis, &mut findings),
    };
    root.close();
    findings.extend(doc.into_findings().into_iter().map(|mut d| {
        if d.code == codes::TOML_INVALID {
            d.code = codes::FRONT_MATTER;
        }
        d
    }));
    Checked::new((front, body), findings)
}

fn unit(
    root: &Section<'_, '_>,
    analysis: &Analysis<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<UnitIx> {
    let id = root.text("unit")?;
    let units = &analysis.catalog.units;
    let found = units.find(&id);
    if found.is_none() {
        let near = suggest(&id, units.list.iter().map(|u| u.id.as_str()));
        findings.push(unknown(root, "unit", "unit", &id, near));
    }
    found
}

fn period(
    root: &Section<'_, '_>,
    analysis: &Analysis<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<PeriodIx> {
    let id = root.text("period")?;
    let list = &analysis.periods.list;
    let found = find_period(list, &id);
    if found.is_none() {
        findings.push(unknown(
            root,
            "period",
            "period",
            &id,
            suggest_period(&id, list.iter().map(|p| p.id.as_str())),
        ));
    }
    found
}

fn unknown(
    root: &Section<'_, '_>,
    key: &str,
    kind: &'static str,
    id: &str,
    near: Option<&str>,
) -> Diagnostic {
    Diagnostic::new(codes::NAME_UNKNOWN, root.place_of(key))
        .with("kind", phrase(kind))
        .with("name", id)
        .suggest(near)
}
