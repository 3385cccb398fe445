//! JSON tables: an array of objects, each object a row, keys the headers.

use serde_json::Value;

use super::{Table, encoding};
use crate::diagnostic::{Checked, Diagnostic, Phrase, Place, codes, phrase, to_u32};
use crate::source::SourceFile;

/// Reads a JSON table. The headers are the keys in the order in which they first occur.
///
/// A number keeps its text as written. Nested values are not read: they are a finding.
pub fn read(file: &SourceFile) -> Checked<Option<Table>> {
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(None, vec![*d]),
    };
    let rows: Vec<Value> = match serde_json::from_str(&text) {
        Ok(Value::Array(rows)) => rows,
        Ok(_) => return invalid(file, Place::file(&file.path), phrase("not-an-array")),
        Err(e) => {
            let reason = phrase(if e.is_eof() {
                "json-cut"
            } else {
                "json-syntax"
            });
            let line = to_u32(e.line()).saturating_sub(1);
            let column = to_u32(e.column()).saturating_sub(1);
            return invalid(file, Place::at(&file.path, line, column, 1), reason);
        }
    };
    let mut findings = Vec::new();
    let mut header: Vec<String> = Vec::new();
    for row in rows.iter().filter_map(Value::as_object) {
        for key in row.keys() {
            if !header.contains(key) {
                header.push(key.clone());
            }
        }
    }
    let columns = vec![0; header.len()];
    let mut table = Table::new(&file.path, header, columns);
    let lines = row_lines(&text);
    for (i, row) in rows.iter().enumerate() {
        let line = lines.get(i).copied().unwrap_or(0);
        let Some(object) = row.as_object() else {
            findings.push(nested(file, &format!("[{i}]")));
            continue;
        };
        let header = table.header.clone();
        let cells: Vec<String> = header
            .iter()
            .map(|key| match object.get(key) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(s)) => crate::text::normal::nfc(s.trim()).into_owned(),
                Some(Value::Number(n)) => n.to_string(),
                Some(Value::Bool(b)) => String::from(if *b { "có" } else { "không" }),
                Some(_) => {
                    findings.push(nested(file, &format!("[{i}].{key}")));
                    String::new()
                }
            })
            .collect();
        table.push_row(line, cells.iter().map(|c| (c.as_str(), 0)));
    }
    if table.row_count() == 0 && findings.is_empty() {
        findings.push(Diagnostic::new(codes::TABLE_EMPTY, Place::file(&file.path)));
    }
    Checked::new(Some(table), findings)
}

fn invalid(_file: &SourceFile, place: Place, reason: Phrase) -> Checked<Option<Table>> {
    Checked::new(
        None,
        vec![Diagnostic::new(codes::JSON_INVALID, place).with("reason", reason)],
    )
}

fn nested(file: &SourceFile, path: &str) -> Diagnostic {
    let place = Place {
        path: Some(path.to_owned()),
        ..Place::file(&file.path)
    };
    Diagnostic::new(codes::JSON_INVALID, place).with("reason", phrase("nested-value"))
}

/// The line on which each element of the outer array begins.
fn row_lines(text: &str) -> Vec<u32> {
    let (mut depth, mut line, mut in_string, mut escaped) = (0u32, 0u32, false, false);
    let mut lines = Vec::new();
    for b in text.bytes() {
        if b == b'\n' {
            line += 1;
        }
        if in_string {
            match b {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match b {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                if depth == 2 {
                    lines.push(line);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_become_rows_with_their_lines() {
        let checked = read(&SourceFile::new(
            "a.json",
            "[\n {\"a\": \"x{\", \"b\": 2.50},\n {\"b\": 3, \"c\": null}\n]",
        ));
        let t = checked.value.unwrap();
        assert_eq!(t.header, ["a", "b", "c"]);
        assert_eq!((t.cell(0, 0), t.cell(0, 1), t.line(0)), ("x{", "2.50", 1));
        assert_eq!((t.cell(1, 1), t.line(1)), ("3", 2));
    }

    #[test]
    fn broken_json_has_its_place() {
        let d = &read(&SourceFile::new("a.json", "[\n{\"a\": }]")).diagnostics[0];
        assert_eq!((d.code.as_str(), d.place.line), ("json-invalid", Some(1)));
    }
}
