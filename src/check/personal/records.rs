//! Lists of persons: names beside dates of birth.

use serde_json::Value;

use super::cells::{Cell, Line};
use super::{Found, Search, of_persons};
use crate::diagnostic::{Place, phrase};
use crate::privacy::people;

/// The fewest rows whose shape tells without a header.
const FEWEST: usize = 3;

/// Looks at the head and some rows of a table: headers of names and of births, or columns of that shape.
pub(super) fn in_table(
    search: &Search<'_>,
    lines: &[Line<'_>],
    place: &dyn Fn(u32, &Cell<'_>) -> Place,
) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some((at, cell)) = by_header(lines) {
        found.push(of_persons(place(lines[at].0, &cell), cell.text));
    } else if let Some((line, cell)) = by_shape(search, lines) {
        found.push(of_persons(
            place(line, &cell),
            phrase("column-number").with("number", cell.column + 1),
        ));
    }
    for (line, cells) in lines {
        for cell in cells.iter().filter(|c| c.text.contains("inh")) {
            for name in people::in_sentences(cell.text, search.year) {
                let before = cell.text[..name.start].chars().count();
                let own = Cell {
                    at: cell.at + crate::diagnostic::to_u32(before),
                    text: &cell.text[name],
                    ..*cell
                };
                found.push(of_persons(place(*line, &own), phrase("a-sentence")));
            }
        }
    }
    found
}

/// The first line with a header of names and another of births, if rows follow it.
fn by_header<'t>(lines: &[Line<'t>]) -> Option<(usize, Cell<'t>)> {
    lines
        .iter()
        .enumerate()
        .take(8)
        .find_map(|(at, (_, cells))| {
            let name = cells.iter().find(|c| people::is_name_header(c.text))?;
            let has_birth = cells
                .iter()
                .any(|c| c.column != name.column && people::is_birth_header(c.text));
            let follows = lines[at + 1..]
                .iter()
                .any(|(_, cells)| cells.iter().any(|c| !c.text.is_empty()));
            (has_birth && follows).then_some((at, *name))
        })
}

/// A column of personal names and another of days or years on which people of several ages were born.
fn by_shape<'t>(search: &Search<'_>, lines: &[Line<'t>]) -> Option<(u32, Cell<'t>)> {
    let rows = lines.get(1..).unwrap_or_default();
    let width = rows.iter().map(|(_, c)| c.len()).max().unwrap_or(0);
    let column = |n: usize| {
        rows.iter()
            .filter_map(move |(line, cells)| Some((*line, *cells.get(n)?)))
            .filter(|(_, c)| !c.text.is_empty())
    };
    let is_most = |some: usize, all: usize| some >= FEWEST && some * 5 >= all * 3;
    let names = (0..width).find(|n| {
        let named = column(*n).filter(|(_, c)| people::is_name(c.text)).count();
        is_most(named, column(*n).count())
    })?;
    let has_births = (0..width).filter(|n| *n != names).any(|n| {
        let mut years: Vec<u16> = column(n)
            .filter_map(|(_, c)| people::birth_year(c.text, search.year))
            .collect();
        let is_most = is_most(years.len(), column(n).count());
        years.sort_unstable();
        let middle = years.get(years.len() / 2).copied().unwrap_or(u16::MAX);
        years.dedup();
        // Deadlines and dates of reports lie close together, and near today.
        is_most && years.len() >= FEWEST && middle + 10 < search.year.unwrap_or(2026)
    });
    if has_births {
        column(names).find(|(_, c)| people::is_name(c.text))
    } else {
        None
    }
}

/// Looks at running text: sentences, tables of Markdown, objects of JSON.
pub(super) fn in_text(search: &Search<'_>, text: &str, extension: &str) -> Vec<Found> {
    let mut found: Vec<Found> = people::in_sentences(text, search.year)
        .into_iter()
        .map(|name| {
            of_persons(
                Place::of_span(search.file, text, name),
                phrase("a-sentence"),
            )
        })
        .collect();
    if extension == "md" {
        found.extend(markdown_tables(search, text));
    }
    if extension == "json"
        && let Ok(value) = serde_json::from_str::<Value>(text)
        && let Some(path) = object(&value, 0)
    {
        let mut place = Place::file(search.file);
        place.path = Some(path);
        found.push(of_persons(place, phrase("an-object")));
    }
    found
}

fn markdown_tables(search: &Search<'_>, text: &str) -> Vec<Found> {
    let lines: Vec<Line<'_>> = (0u32..)
        .zip(text.lines())
        .filter(|(_, l)| l.contains('|'))
        .map(|(number, line)| {
            let mut at = 0;
            let cell = |(column, text): (usize, &'_ str)| {
                let lead = text.chars().take_while(|c| c.is_whitespace()).count();
                let here = at + crate::diagnostic::to_u32(lead);
                at += crate::diagnostic::to_u32(text.chars().count() + 1);
                (column, here)
            };
            let places: Vec<(usize, u32)> = line.split('|').enumerate().map(cell).collect();
            let cells = line
                .split('|')
                .zip(places)
                .map(|(text, (column, at))| Cell {
                    column,
                    at,
                    text: text.trim(),
                });
            (number, cells.collect())
        })
        .collect();
    let headers = lines
        .windows(2)
        .filter_map(|pair| by_header(pair).map(|(_, cell)| (pair[0].0, cell)));
    headers
        .map(|(line, cell)| {
            let width = crate::diagnostic::to_u32(cell.text.chars().count());
            of_persons(Place::at(search.file, line, cell.at, width), cell.text)
        })
        .collect()
}

/// The path of the first object with keys of a name and of a birth.
fn object(value: &Value, depth: usize) -> Option<String> {
    match value {
        _ if depth > 64 => None,
        Value::Object(map) => {
            let name = map.keys().find(|k| people::is_name_header(k));
            let birth = map.keys().find(|k| people::is_birth_header(k));
            if let (Some(name), Some(_)) = (name, birth) {
                return Some(format!(".{name}"));
            }
            map.iter()
                .find_map(|(k, v)| object(v, depth + 1).map(|p| format!(".{k}{p}")))
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .find_map(|(i, v)| object(v, depth + 1).map(|p| format!("[{i}]{p}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use crate::config::Config;
    use crate::source::{SourceFile, Sources};

    fn found(path: &str, text: &str) -> Vec<String> {
        let sources = Sources::new(vec![SourceFile::new(path, text)]);
        check(&sources, &Config::default(), Some(2026))
            .findings
            .iter()
            .map(|d| format!("{} {}", d.code, d.place.within_file()))
            .collect()
    }

    #[test]
    fn lists_of_persons_are_found() {
        let head = "Danh sách\nHọ và tên,Ngày sinh,Xã\nNguyễn Văn Mẫu,1/1/1990,A\n";
        assert_eq!(found("data/a.csv", head), ["personal-records 2:1"]);
        let shape =
            "Tên,Khi nào\nNguyễn Văn Mẫu,1/1/1990\nTrần Thị Mẫu,2/2/1981\nLê Văn Mẫu,3/3/1972\n";
        assert_eq!(found("data/a.csv", shape), ["personal-records 2:1"]);
        let json = "[{\"a\": 1}, {\"ho_ten\": \"x\", \"ngay_sinh\": \"y\"}]";
        assert_eq!(found("data/a.json", json), ["personal-records [1].ho_ten"]);
        let markdown = "Ai?\n\n| Họ tên | Năm sinh |\n|---|---|\n| X | 1990 |\n";
        assert_eq!(found("content/a.md", markdown), ["personal-records 3:3"]);
        let sentence = "Ông Nguyễn Văn Mẫu, sinh năm 1990.\n";
        assert_eq!(found("content/a.md", sentence), ["personal-records 1:5"]);
    }

    #[test]
    fn lists_of_tasks_and_units_are_none() {
        for text in [
            "Họ và tên,Ngày sinh\n",
            "Dịch vụ,Tổng số\nĐăng ký khai sinh,12\n",
            "Người phụ trách,Thời hạn\nNguyễn Văn Mẫu,1/1/2026\nTrần Thị Mẫu,2/2/2026\nLê Văn Mẫu,3/3/2025\n",
            "Xã,Năm\nLương Minh,1990\nPhan Thiết,1991\nCao Bằng,1985\nXã Bản Mù,1990\nXã Na Ư,1991\nXã Ia Pa,1992\n",
        ] {
            assert_eq!(found("data/a.csv", text), [""; 0], "{text}");
        }
    }
}
