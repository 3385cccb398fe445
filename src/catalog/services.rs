//! `services.csv` → services. Rows of one id with windows that do not overlap tell who was in charge when.

use std::collections::HashMap;

use super::rows::{Row, Rows, duplicate};
use crate::diagnostic::{Checked, Diagnostic, Place, codes, one_of, phrase};
use crate::model::service::Authority;
use crate::model::{Service, ServiceIx, ServiceKind, Services};
use crate::source::Sources;
use crate::text::normal::fold;
use crate::text::suggest::suggest;

const COLUMNS: &[&str] = &[
    "id",
    "name",
    "short_name",
    "name_en",
    "short_name_en",
    "kind",
    "members",
    "part_of",
    "authority",
    "levels",
    "valid_from",
    "valid_to",
    "basis",
    "aliases",
];

/// The longest short name that charts take without cutting.
const SHORT_NAME_LIMIT: usize = 26;

/// Reads all services.
pub(super) fn read(sources: &Sources) -> Checked<Services> {
    let mut findings = Vec::new();
    let mut list: Vec<Service> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(usize, Vec<String>, Place)> = Vec::new();
    let mut wholes: Vec<(usize, String, Place)> = Vec::new();
    let required = &["id", "name", "kind"];
    if let Some(rows) = Rows::read(
        sources,
        "data/catalog/services.csv",
        COLUMNS,
        required,
        &mut findings,
    ) {
        for row in rows.iter() {
            let Some(id) = row.id(&mut findings) else {
                continue;
            };
            let authority = authority(&row, &mut findings);
            if let Some(at) = index.get(&id) {
                again(&mut list[*at], authority, &row, &mut findings);
                continue;
            }
            let kinds = "service, group, field, programme, all";
            let Some(kind) = row.parsed("kind", one_of(kinds), ServiceKind::parse, &mut findings)
            else {
                continue;
            };
            let members = row.list("members");
            if !members.is_empty() {
                groups.push((list.len(), members, row.place("members")));
            }
            let whole = row.text("part_of");
            if !whole.is_empty() {
                wholes.push((list.len(), whole, row.place("part_of")));
            }
            index.insert(id.clone(), list.len());
            list.push(service(id, kind, authority, &row, &mut findings));
        }
    }
    // Position 0 of the final list is the whole.
    let find = |id: &str, place: &Place, list: &[Service], findings: &mut Vec<Diagnostic>| {
        let found = index.get(id).map(|at| ServiceIx::from_at(at + 1));
        if found.is_none() {
            let d = Diagnostic::new(codes::SERVICE_UNKNOWN, place.clone())
                .with("name", id)
                .suggest(suggest(id, index_ids(list)));
            findings.push(d);
        }
        found
    };
    for (at, members, place) in groups {
        for id in members {
            let member = find(&id, &place, &list, &mut findings);
            list[at].members.extend(member);
        }
    }
    for (at, id, place) in wholes {
        list[at].part_of = find(&id, &place, &list, &mut findings);
    }
    let names = |s: &Service| {
        let mut names = vec![fold(&s.id), fold(&s.name), fold(&s.short_name)];
        names.extend(s.aliases.iter().map(|a| fold(a)));
        names
    };
    Checked::new(Services::new(list, names), findings)
}

fn index_ids(list: &[Service]) -> impl Iterator<Item = &str> {
    list.iter().map(|s| s.id.as_str())
}

fn authority(row: &Row<'_>, findings: &mut Vec<Diagnostic>) -> Authority {
    Authority {
        name: row.text("authority"),
        from: row.date("valid_from", findings),
        to: row.date("valid_to", findings),
        basis: row.text("basis"),
    }
}

fn service(
    id: String,
    kind: ServiceKind,
    authority: Authority,
    row: &Row<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Service {
    let name = row.text("name");
    let short = row.text("short_name");
    let (name_en, short_name_en) = row.english();
    for column in ["short_name", "short_name_en"] {
        let short = row.text(column);
        if short.chars().count() > SHORT_NAME_LIMIT {
            let expected = phrase("at-most-characters").with("count", SHORT_NAME_LIMIT);
            let d = Diagnostic::new(codes::VALUE_INVALID, row.place(column))
                .with("value", &short)
                .with("name", column)
                .with("expected", expected);
            findings.push(d);
        }
    }
    Service {
        id,
        short_name: if short.is_empty() {
            name.clone()
        } else {
            short
        },
        name,
        name_en,
        short_name_en,
        kind,
        members: Vec::new(),
        part_of: None,
        authorities: if authority.name.is_empty() {
            Vec::new()
        } else {
            vec![authority]
        },
        aliases: row.list("aliases"),
        place: row.place("id"),
    }
}

/// A further row of a known id: another authority at another time, else a duplicate.
fn again(
    service: &mut Service,
    authority: Authority,
    row: &Row<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let overlaps = service.authorities.iter().any(|a| {
        let starts_before_end = authority.from.is_none_or(|f| a.to.is_none_or(|t| f <= t));
        let ends_after_start = authority.to.is_none_or(|t| a.from.is_none_or(|f| t >= f));
        starts_before_end && ends_after_start
    });
    if overlaps || service.authorities.is_empty() || authority.name.is_empty() {
        findings.push(duplicate(&service.id, row.place("id"), &service.place));
        return;
    }
    service.authorities.push(authority);
    service.authorities.sort_by_key(|a| a.from);
    for alias in row.list("aliases") {
        if !service.aliases.contains(&alias) {
            service.aliases.push(alias);
        }
    }
}
