//! Findings as JSON, in the form that other programs may rely on (also published as `doi-chieu.json`).

use serde::Serialize;

use super::{Diagnostic, Language, summarise};

#[derive(Serialize)]
struct Document<'a> {
    diagnostics: Vec<Entry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'a str,
    message: String,
    hint: Option<String>,
    place: Place<'a>,
    related: Vec<Place<'a>>,
    about: About<'a>,
    stated: Option<&'a str>,
    computed: Option<&'a str>,
    waived: Option<Waived<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    sheet: Option<&'a str>,
    cell: Option<String>,
    path: Option<&'a str>,
}

#[derive(Serialize)]
struct About<'a> {
    period: Option<&'a str>,
    unit: Option<&'a str>,
    service: Option<&'a str>,
    id: Option<&'a str>,
}

#[derive(Serialize)]
struct Waived<'a> {
    reason: &'a str,
    by: &'a str,
    until: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    waived: usize,
}

/// Writes findings as one JSON document, ending in a line break.
pub fn render(diagnostics: &[Diagnostic], language: Language) -> String {
    let s = summarise(diagnostics);
    let document = Document {
        diagnostics: diagnostics.iter().map(|d| entry(d, language)).collect(),
        summary: Summary {
            errors: s.errors,
            warnings: s.warnings,
            infos: s.infos,
            waived: s.waived,
        },
    };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn entry(d: &Diagnostic, language: Language) -> Entry<'_> {
    Entry {
        code: d.code.as_str(),
        severity: d.severity.as_str(),
        message: d.message(language),
        hint: d.hint(language),
        place: place(&d.place),
        related: d.related.iter().map(place).collect(),
        about: About {
            period: d.about.period.as_deref(),
            unit: d.about.unit.as_deref(),
            service: d.about.service.as_deref(),
            id: d.about.id.as_deref(),
        },
        stated: d.stated.as_deref(),
        computed: d.computed.as_deref(),
        waived: d.waived.as_ref().map(|w| Waived {
            reason: &w.reason,
            by: &w.by,
            until: &w.until,
        }),
    }
}

fn place(p: &super::Place) -> Place<'_> {
    Place {
        file: &p.file,
        line: p.line.map(|l| l + 1),
        column: p.column.map(|c| c + 1),
        sheet: p.sheet.as_deref(),
        cell: p.cell_reference(),
        path: p.path.as_deref(),
    }
}
