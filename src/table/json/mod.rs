//! JSON tables: an array of objects, each object a row, keys the headers; also one that lies deeper in a file.

mod node;

use std::collections::{BTreeMap, BTreeSet};

use self::node::{Node, object_lines, parse};
use super::{Table, encoding, size};
use crate::diagnostic::{Checked, Diagnostic, Phrase, Place, codes, phrase, to_u32};
use crate::source::SourceFile;
use crate::text::normal;

/// Reads a JSON table. The headers are the keys in the order in which they first occur.
///
/// A number keeps its text as written. Nested values are not read: they are a finding.
pub fn read(file: &SourceFile) -> Checked<Option<Table>> {
    table(file, None)
}

/// Reads the array of objects at `path`, such as `ket_qua.don_vi[]`; the members of objects within a row have headers
/// such as `ho_so.tong`.
///
/// A name with `[]` goes into an array, so that `tinh[].xa[]` takes the rows of all arrays `xa`. An empty path is the
/// whole file.
pub fn read_at(file: &SourceFile, path: &str) -> Checked<Option<Table>> {
    table(file, Some(path))
}

/// The paths at which a file has arrays of objects; none where it is no JSON.
pub fn paths(file: &SourceFile) -> Vec<String> {
    let mut paths = Vec::new();
    if let Ok((text, _)) = encoding::read(file, None)
        && let Ok(root) = parse(&text)
    {
        arrays(&root, &mut Vec::new(), &mut paths);
    }
    paths
}

fn table(file: &SourceFile, path: Option<&str>) -> Checked<Option<Table>> {
    let (text, mut findings) = match encoding::read(file, None) {
        Ok(read) => read,
        Err(d) => return Checked::new(None, vec![*d]),
    };
    let root = match parse(&text) {
        Ok(root) => root,
        Err(e) => {
            let line = to_u32(e.line()).saturating_sub(1);
            let column = to_u32(e.column()).saturating_sub(1);
            let place = Place::at(&file.path, line, column, 1);
            let reason = if e.is_eof() {
                "json-cut"
            } else {
                "json-syntax"
            };
            findings
                .push(Diagnostic::new(codes::JSON_INVALID, place).with("reason", phrase(reason)));
            return Checked::new(None, findings);
        }
    };
    let rows = match (path, &root) {
        (None, Node::List(_)) => locate(&root, ""),
        (None, _) if known(&root) == NOTHING => {
            findings.push(invalid(file, String::from("$"), phrase("not-an-array")));
            return Checked::new(None, findings);
        }
        _ => locate(&root, path.unwrap_or_default()),
    };
    let rows = match rows {
        Ok(rows) => rows,
        Err(found) => {
            let d = Diagnostic::new(codes::JSON_PATH_UNKNOWN, Place::file(&file.path))
                .with("path", path.filter(|p| !p.is_empty()).unwrap_or("$"))
                .with("found", found)
                .with("known", known(&root));
            findings.push(d);
            return Checked::new(None, findings);
        }
    };
    let lines = object_lines(&text);
    let rows = flat_rows(file, rows, &lines, path.is_some(), &mut findings);
    let table = match rows.and_then(|rows| fill(file, &rows)) {
        Ok(table) => table,
        Err(d) => {
            findings.push(*d);
            return Checked::new(None, findings);
        }
    };
    if table.row_count() == 0 && findings.iter().all(|d| d.code == codes::ENCODING_LEGACY) {
        findings.push(Diagnostic::new(codes::TABLE_EMPTY, Place::file(&file.path)));
    }
    Checked::new(Some(table), findings)
}

/// A row: the path of its object, the line on which that begins, its members.
struct Row {
    path: String,
    line: u32,
    members: Vec<(String, String)>,
    /// Bytes of the names and paths of its members: under long keys they grow faster than the file.
    bytes: usize,
}

/// The table of the rows, unless it would be too large: each row has a cell for every key of any row.
fn fill(file: &SourceFile, rows: &[Row]) -> Result<Table, Box<Diagnostic>> {
    let mut header: Vec<String> = Vec::new();
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, _) in rows.iter().flat_map(|r| &r.members) {
        if !columns.contains_key(key.as_str()) {
            columns.insert(key, header.len());
            header.push(key.clone());
        }
    }
    let cells = rows.len().saturating_mul(header.len());
    if let Some(d) = size::excess(|| Place::file(&file.path), header.len(), cells, 0) {
        return Err(Box::new(d));
    }
    let mut table = Table::new(&file.path, header.clone(), vec![0; header.len()]);
    for row in rows {
        let mut cells = vec![""; header.len()];
        for (key, text) in &row.members {
            if let Some(column) = columns.get(key.as_str()) {
                cells[*column] = text;
            }
        }
        table.push_value(row.line, row.path.clone(), cells.into_iter());
    }
    Ok(table)
}

fn flat_rows(
    file: &SourceFile,
    rows: Vec<(String, &Node)>,
    lines: &[u32],
    is_deep: bool,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Row>, Box<Diagnostic>> {
    let mut out = Vec::new();
    let mut bytes = 0;
    for (path, node) in rows {
        let Node::Object(number, _) = node else {
            findings.push(invalid(file, path, phrase("nested-value")));
            continue;
        };
        let mut row = Row {
            line: lines.get(*number).copied().unwrap_or(0),
            members: Vec::new(),
            bytes: 0,
            path,
        };
        let path = row.path.clone();
        let depth = if is_deep { usize::MAX } else { 1 };
        members(file, &path, "", node, depth, &mut row, findings);
        bytes += row.bytes;
        let longest = row.members.iter().map(|(_, text)| text.len()).max();
        let place = || at(file, row.path.clone(), row.line);
        if let Some(d) = size::excess(place, row.members.len(), 0, bytes)
            .or_else(|| size::long_cell(place, longest.unwrap_or(0)))
        {
            return Err(Box::new(d));
        }
        out.push(row);
    }
    Ok(out)
}

/// Adds the members of an object to a row, those of objects within it too as far as `depth` goes.
fn members(
    file: &SourceFile,
    path: &str,
    prefix: &str,
    node: &Node,
    depth: usize,
    row: &mut Row,
    findings: &mut Vec<Diagnostic>,
) {
    let Node::Object(_, entries) = node else {
        return;
    };
    let mut seen = BTreeSet::new();
    for (key, value) in entries {
        if row.members.len() > size::COLUMNS || row.bytes > size::TEXT_BYTES {
            return;
        }
        let path = format!("{path}.{key}");
        let name = format!("{prefix}{}", normal::nfc(key.trim()));
        row.bytes += path.len() + name.len();
        if !seen.insert(key) {
            let place = at(file, path, row.line);
            findings.push(Diagnostic::new(codes::JSON_KEY_DUPLICATE, place).with("name", key));
            continue;
        }
        let text = match value {
            Node::Null => String::new(),
            Node::Text(s) => normal::nfc(s.trim()).into_owned(),
            Node::Number(n) => n.clone(),
            Node::Bool(b) => String::from(if *b { "có" } else { "không" }),
            Node::Object(..) if depth > 1 => {
                members(
                    file,
                    &path,
                    &format!("{name}."),
                    value,
                    depth - 1,
                    row,
                    findings,
                );
                continue;
            }
            Node::List(_) | Node::Object(..) => {
                findings.push(invalid(file, path, phrase("nested-value")));
                String::new()
            }
        };
        row.members.push((name, text));
    }
}

/// The items of the array at `path`, each with its own path; an error says what is there instead.
fn locate<'n>(root: &'n Node, path: &str) -> Result<Vec<(String, &'n Node)>, String> {
    let path = path.trim().trim_start_matches('$').trim_start_matches('.');
    let mut found = items_or_self(String::from("$"), root);
    let steps = path.split('.').map(str::trim);
    for step in steps.filter(|s| !s.is_empty() && *s != "[]") {
        let (name, into) = step
            .strip_suffix("[]")
            .map_or((step, false), |name| (name, true));
        found = found
            .iter()
            .filter_map(|(path, node)| child(path, node, name))
            .collect();
        if found.is_empty() {
            return Err(format!("`{name}` ∅"));
        }
        // The last array is gone into below, with or without its sign.
        if into {
            found = found
                .into_iter()
                .flat_map(|(path, node)| items_or_self(path, node))
                .collect();
        }
    }
    let is_list = |(_, node): &(String, &Node)| matches!(node, Node::List(_));
    if found.iter().any(is_list) {
        found = found
            .into_iter()
            .flat_map(|(path, node)| items_or_self(path, node))
            .collect();
    }
    match &found[..] {
        [(path, node)] if !path.ends_with(']') => Err(format!("`{path}` {}", kind(node))),
        _ => Ok(found),
    }
}

fn child<'n>(path: &str, node: &'n Node, name: &str) -> Option<(String, &'n Node)> {
    let Node::Object(_, entries) = node else {
        return None;
    };
    let (_, value) = entries.iter().find(|(key, _)| key == name)?;
    Some((format!("{path}.{name}"), value))
}

fn items_or_self(path: String, node: &Node) -> Vec<(String, &Node)> {
    match node {
        Node::List(items) => items
            .iter()
            .enumerate()
            .map(|(i, item)| (format!("{path}[{i}]"), item))
            .collect(),
        _ => vec![(path, node)],
    }
}

fn kind(node: &Node) -> &'static str {
    match node {
        Node::Object(..) => "{…}",
        Node::List(_) => "[…]",
        Node::Null => "null",
        _ => "…",
    }
}

/// What stands for no path at all.
const NOTHING: &str = "∅";

/// The paths at which a file has arrays of objects, for the hint.
fn known(root: &Node) -> String {
    let mut paths = Vec::new();
    arrays(root, &mut Vec::new(), &mut paths);
    let shown: Vec<String> = paths.iter().take(5).map(|p| format!("`{p}`")).collect();
    if shown.is_empty() {
        String::from(NOTHING)
    } else {
        shown.join(", ")
    }
}

/// As many paths as are looked for; under long keys each may be long.
const MOST_PATHS: usize = 50;

fn arrays<'n>(node: &'n Node, steps: &mut Vec<&'n str>, paths: &mut Vec<String>) {
    if paths.len() >= MOST_PATHS {
        return;
    }
    match node {
        Node::List(items) => {
            if let Some(first) = items.iter().find(|i| matches!(i, Node::Object(..))) {
                steps.push("[]");
                let path = steps.join(".").replace(".[]", "[]");
                if !paths.contains(&path) {
                    paths.push(path);
                }
                arrays(first, steps, paths);
                steps.pop();
            }
        }
        Node::Object(_, entries) => {
            for (key, value) in entries {
                steps.push(key);
                arrays(value, steps, paths);
                steps.pop();
            }
        }
        _ => {}
    }
}

fn at(file: &SourceFile, path: String, line: u32) -> Place {
    Place {
        line: Some(line),
        path: Some(path),
        ..Place::file(&file.path)
    }
}

fn invalid(file: &SourceFile, path: String, reason: Phrase) -> Diagnostic {
    let place = Place {
        path: Some(path),
        ..Place::file(&file.path)
    };
    Diagnostic::new(codes::JSON_INVALID, place).with("reason", reason)
}

#[cfg(test)]
mod tests;
