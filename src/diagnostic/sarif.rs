//! Findings as SARIF 2.1.0, for code scanning services and viewers.
//!
//! Columns are counted in code points. A waived finding is a result with a suppression. The fingerprint of a result
//! holds what it says and of which file, not its line, so that it stays the same when rows are added above it.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

mod log;
mod rules;

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Argument, Code, Diagnostic, Language, Place, Severity};
use log::{
    ArtifactLocation, Driver, Invocation, Location, Log, LogicalLocation, Message,
    PhysicalLocation, Region, Result, Run, RunDetails, Suppression, Tool,
};

/// The name by which paths refer to the folder of the repository.
const BASE: &str = "SRCROOT";

/// Writes findings as one SARIF document, ending in a line break.
///
/// `root` is the site's folder below that of the repository, empty where they are one; `exit_code` the one that the
/// program ends with.
pub fn render(diagnostics: &[Diagnostic], root: &str, language: Language, exit_code: u8) -> String {
    let mut codes: Vec<Code> = diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut seen = std::collections::HashMap::new();
    let results = diagnostics
        .iter()
        .map(|d| {
            let index = codes.binary_search(&d.code).unwrap_or(0);
            let mut fingerprint = fingerprint(d);
            let nth = seen.entry(fingerprint.clone()).or_insert(0u32);
            *nth += 1;
            fingerprint = format!("{fingerprint}:{nth}");
            result(d, index, fingerprint, root, language)
        })
        .collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "tiendo",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    language: match language {
                        Language::Vietnamese => "vi",
                        Language::English => "en",
                    },
                    rules: codes.iter().map(|c| rules::rule(*c, language)).collect(),
                },
            },
            automation_details: RunDetails { id: "tiendo/" },
            invocations: [Invocation {
                execution_successful: true,
                exit_code,
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn result(
    d: &Diagnostic,
    rule_index: usize,
    fingerprint: String,
    root: &str,
    language: Language,
) -> Result {
    let mut text = d.message(language);
    if let Some(hint) = d.hint(language) {
        text.push('\n');
        text.push_str(&hint);
    }
    let related = d.related.iter().map(|p| location(p, root)).collect();
    Result {
        rule_id: d.code.as_str(),
        rule_index,
        level: level(d.severity),
        message: Message { text },
        locations: [location(&d.place, root)],
        related_locations: related,
        partial_fingerprints: [("finding/v1", fingerprint)].into(),
        suppressions: d.waived.iter().map(|w| suppression(w, language)).collect(),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn suppression(w: &super::Waived, language: Language) -> Suppression {
    let until = match language {
        Language::Vietnamese => "đến",
        Language::English => "until",
    };
    Suppression {
        kind: "external",
        status: "accepted",
        justification: format!("{} ({}, {until} {})", w.reason, w.by, w.until),
    }
}

fn location(place: &Place, root: &str) -> Location {
    let region = match place {
        Place {
            line: Some(line),
            sheet: None,
            ..
        } => Some(Region {
            start_line: line + 1,
            start_column: place.column.map(|c| c + 1),
            end_column: place.column.map(|c| c + 1 + place.width),
        }),
        _ => None,
    };
    let within = place.within_file();
    let kind = match place {
        Place { sheet: Some(_), .. } => Some("cell"),
        Place { path: Some(_), .. } => Some("value"),
        _ => None,
    };
    let logical = kind.map(|kind| LogicalLocation {
        name: place.cell_reference(),
        fully_qualified_name: within,
        kind,
    });
    Location {
        physical_location: PhysicalLocation {
            artifact_location: ArtifactLocation {
                uri: uri(&super::below_root(&place.file, root)),
                uri_base_id: BASE,
            },
            region,
        },
        logical_locations: logical.into_iter().collect(),
    }
}

/// A path as a relative URI reference: all but unreserved signs and slashes are escaped (RFC 3986).
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// What stays of a finding when lines move: rule, file, sheet, subject, figures and names.
fn fingerprint(d: &Diagnostic) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.as_bytes());
        hash.update([0]);
    };
    add(d.code.as_str());
    add(&d.place.file);
    add(d.place.sheet.as_deref().unwrap_or_default());
    let about = &d.about;
    for part in [&about.period, &about.unit, &about.service, &about.id] {
        add(part.as_deref().unwrap_or_default());
    }
    for part in [&d.stated, &d.computed] {
        add(part.as_deref().unwrap_or_default());
    }
    for (name, value) in &d.arguments {
        // Places of other rows and positions move with the lines.
        if let (false, Argument::Text(text)) = (["other", "offset"].contains(name), value) {
            add(text);
        }
    }
    let digest = hash.finalize();
    digest.iter().take(16).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    fn finding(line: u32) -> Diagnostic {
        let place = Place::at(&"data/a.csv".into(), line, 0, 1);
        Diagnostic::new(codes::UNIT_DUPLICATE, place)
            .with("name", "Xã An Biên")
            .with("other", line)
    }

    #[test]
    fn a_fingerprint_stays_when_lines_move() {
        assert_eq!(fingerprint(&finding(3)), fingerprint(&finding(9)));
        let other = finding(3).set("name", "Xã An Minh");
        assert_ne!(fingerprint(&finding(3)), fingerprint(&other));
    }

    #[test]
    fn like_findings_are_told_apart_by_their_number() {
        let text = render(&[finding(3), finding(9)], "", Language::English, 1);
        let log: serde_json::Value = serde_json::from_str(&text).unwrap();
        let print = |i: usize| {
            let results = &log["runs"][0]["results"];
            results[i]["partialFingerprints"]["finding/v1"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        assert_ne!(print(0), print(1));
        assert_eq!(print(0).split(':').next(), print(1).split(':').next());
    }

    #[test]
    fn paths_become_relative_addresses() {
        assert_eq!(
            uri("data/Báo cáo [1].csv"),
            "data/B%C3%A1o%20c%C3%A1o%20%5B1%5D.csv"
        );
    }
}
