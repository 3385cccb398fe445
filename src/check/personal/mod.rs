//! What belongs to persons and stands in a file of the site: errors that only a waiver of the very place covers.
//!
//! In: every source file, whatever it is (tables, settings with their comments, narratives, themes, names of files).
//! Out: findings in which each value is masked, and the values themselves, so that no other message shows them and so
//! that the guard of the output knows which were declared public.

mod cells;
mod records;
pub mod sheets;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, ToArgument, codes, to_u32};
use crate::privacy::{self, Hint, Hit, Kind, people};
use crate::source::{SourceFile, Sources};
use crate::table::{self, encoding};

/// What was found, and what must not be shown of it.
#[derive(Clone, Debug, Default)]
pub struct Personal {
    /// The findings, in the order of files; values masked.
    pub findings: Vec<Diagnostic>,
    /// The value of each finding in its one form; none for tables of persons.
    values: Vec<Option<String>>,
    /// What the settings declare public: telephone, e-mail and address of the publisher.
    declared: BTreeSet<String>,
}

/// The rule that speaks of a kind of number.
pub fn code_of(kind: Kind) -> Code {
    match kind {
        Kind::CitizenId => codes::CITIZEN_ID,
        Kind::OldCitizenId => codes::CITIZEN_ID_OLD,
        Kind::Phone => codes::PHONE_NUMBER,
        Kind::Email => codes::EMAIL_ADDRESS,
    }
}

/// Searches every file.
pub fn check(sources: &Sources, config: &Config, year: Option<u16>) -> Personal {
    let mut personal = Personal {
        declared: declared(config),
        ..Personal::default()
    };
    let found: Vec<Vec<Found>> = sources.files.par_iter().map(|f| of_file(f, year)).collect();
    for f in found.into_iter().flatten() {
        if f.value
            .as_ref()
            .is_some_and(|v| personal.declared.contains(v))
        {
            continue;
        }
        personal.findings.push(f.diagnostic);
        personal.values.push(f.value);
    }
    personal
}

impl Personal {
    /// The values that may stand on pages: declared in the settings, or waived where they were found.
    pub fn public(&self, is_waived: impl Fn(&Diagnostic) -> bool) -> BTreeSet<String> {
        let mut public = self.declared.clone();
        for (d, value) in self.findings.iter().zip(&self.values) {
            if let Some(value) = value
                && is_waived(d)
            {
                public.insert(value.clone());
            }
        }
        public
    }

    /// Masks what was found in the words of other findings, and in the paths of all.
    pub fn veil(&self, findings: &mut [Diagnostic]) {
        let known: BTreeSet<String> = self.values.iter().flatten().cloned().collect();
        let lists: BTreeSet<Arc<str>> = self
            .findings
            .iter()
            .filter(|d| d.code == codes::PERSONAL_RECORDS)
            .map(|d| Arc::clone(&d.place.file))
            .collect();
        for d in findings {
            let hides_names = lists.contains(&d.place.file);
            let shown = |text: &str| {
                if hides_names && people::is_name(text) {
                    return "***".to_owned();
                }
                privacy::veil_known(text, &known).into_owned()
            };
            d.rewrite(&shown);
        }
    }
}

/// A finding with its value.
#[derive(Clone, Debug)]
pub struct Found {
    /// The finding; its message shows the value masked.
    pub diagnostic: Diagnostic,
    /// The value in its one form; none for lists of persons.
    value: Option<String>,
}

/// What the publisher's own entries hold.
fn declared(config: &Config) -> BTreeSet<String> {
    let p = &config.publisher;
    let addresses = config.languages.iter();
    let addresses = addresses.filter_map(|l| l.words.get("address"));
    [&p.phone, &p.email, &p.address]
        .into_iter()
        .chain(addresses)
        .flat_map(|text| {
            let text = privacy::plain(text);
            let hits = privacy::scan(&text, Hint::Phone, None);
            hits.into_iter()
                .map(|h| privacy::canonical(h.kind, &text[h.range]))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn of_file(file: &SourceFile, year: Option<u16>) -> Vec<Found> {
    let mut found = of_name(file, year);
    if table::is_workbook(&file.extension()) {
        let book = table::read_grids(file, &table::Asked::default()).value;
        found.extend(book.grids.iter().flat_map(|g| sheets::in_grid(g, year)));
        let outside = book.texts.iter().filter(|(place, _)| place.line.is_none());
        found.extend(outside.flat_map(|(place, text)| sheets::in_property(place, text, year)));
        return found;
    }
    let raw = match encoding::read(file, None) {
        Ok((text, _)) => text.into_owned(),
        // Another encoding keeps its digits; UTF-16 puts a zero byte beside each.
        Err(_) if TEXTS.contains(&file.extension().as_str()) => {
            String::from_utf8_lossy(&file.bytes).replace('\0', "")
        }
        Err(_) => return found,
    };
    let is_narrative = file.extension() == "md";
    let text = if is_narrative {
        privacy::plain_markdown(&raw)
    } else if privacy::has_escapes(&file.path) {
        privacy::plain(&privacy::unescaped(&raw)).into_owned()
    } else {
        privacy::plain(&raw).into_owned()
    };
    let search = Search {
        file: &file.path,
        year,
    };
    if matches!(file.extension().as_str(), "csv" | "tsv" | "txt") {
        found.extend(cells::find(&search, &text));
    } else {
        found.extend(search.text(&text));
        found.extend(records::in_text(&search, &raw, &file.extension()));
        if is_narrative {
            // Marks of Markdown are part of some addresses.
            let known: BTreeSet<_> = found.iter().map(|f| f.diagnostic.place.clone()).collect();
            let again = search.text(&privacy::plain(&raw));
            found.extend(
                again
                    .into_iter()
                    .filter(|f| !known.contains(&f.diagnostic.place)),
            );
        }
    }
    found
}

/// Extensions of files that are text, whatever their encoding.
const TEXTS: [&str; 12] = [
    "csv", "tsv", "txt", "json", "md", "toml", "html", "css", "js", "svg", "xml", "yml",
];

/// What the name of a file or folder gives away.
fn of_name(file: &SourceFile, year: Option<u16>) -> Vec<Found> {
    let stem = |part: &str| {
        part.rsplit_once('.')
            .map_or(part, |(stem, _)| stem)
            .to_owned()
    };
    file.path
        .split('/')
        .flat_map(|part| {
            let part = privacy::plain(&stem(part)).into_owned();
            let hits = privacy::scan(&part, Hint::None, year);
            hits.into_iter()
                .filter(|h| h.is_sure)
                .map(|h| found(&h, &part, Place::file(&file.path)))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A file being searched.
struct Search<'a> {
    file: &'a Arc<str>,
    year: Option<u16>,
}

impl Search<'_> {
    /// Searches running text.
    fn text(&self, text: &str) -> Vec<Found> {
        let mut cursor = Cursor::new(text);
        privacy::scan(text, Hint::None, self.year)
            .into_iter()
            .filter(|h| h.is_sure)
            .map(|h| {
                let place = cursor.place(self.file, &h);
                found(&h, text, place)
            })
            .collect()
    }
}

/// A finding of a hit in `text`.
fn found(hit: &Hit, text: &str, place: Place) -> Found {
    let own = &text[hit.range.clone()];
    let masked = privacy::mask(hit.kind, own).replace('\u{1}', "");
    Found {
        diagnostic: Diagnostic::new(code_of(hit.kind), place)
            .with("value", masked)
            .with("inside", ""),
        value: Some(privacy::canonical(hit.kind, own)),
    }
}

/// A finding of a table or sentence of persons.
fn of_persons(place: Place, what: impl ToArgument) -> Found {
    Found {
        diagnostic: Diagnostic::new(codes::PERSONAL_RECORDS, place).with("what", what),
        value: None,
    }
}

/// Counts lines once, however many places are asked for; places come in order.
struct Cursor<'t> {
    text: &'t str,
    line: u32,
    line_start: usize,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            line: 0,
            line_start: 0,
        }
    }

    /// The line of a byte and where it begins.
    fn line_of(&mut self, at: usize) -> (u32, usize) {
        let between = &self.text.as_bytes()[self.line_start..at.max(self.line_start)];
        let mut last = None;
        for end in memchr::memchr_iter(b'\n', between) {
            self.line += 1;
            last = Some(end);
        }
        if let Some(end) = last {
            self.line_start += end + 1;
        }
        (self.line, self.line_start)
    }

    fn place(&mut self, file: &Arc<str>, hit: &Hit) -> Place {
        let (line, start) = self.line_of(hit.range.start);
        let column = self.text[start..hit.range.start].chars().count();
        let width = self.text[hit.range.clone()].chars().count();
        Place::at(file, line, to_u32(column), to_u32(width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn found(path: &str, text: &str) -> Vec<String> {
        let sources = Sources::new(vec![SourceFile::new(path, text)]);
        let personal = check(&sources, &Config::default(), Some(2026));
        let shown = |d: &Diagnostic| format!("{} {}", d.code, d.place.within_file());
        personal.findings.iter().map(shown).collect()
    }

    #[test]
    fn every_kind_of_file_is_searched() {
        let phone = "0900000000";
        for (path, text) in [
            ("site.toml", format!("title = \"A\"\n# gọi {phone}\n")),
            (
                "content/index.md",
                format!("+++\ntitle = \"A\"\n+++\n<!-- {phone} -->\n"),
            ),
            ("content/a.md", "09**00**000000\n".to_owned()),
            ("data/a/x.json", format!("[{{\"ghi chú\": \"{phone}\"}}]")),
            (
                "data/a/x.json",
                phone
                    .replace('0', "\\u0030")
                    .replacen("\\u0030", "\"\\t\\u0030", 1),
            ),
            ("site.toml", phone.replace("90", "\\U00000039\\u0030")),
            (
                "data/a/x.csv",
                format!("Đơn vị,Ghi chú\nA,\"gọi, {phone}\"\n"),
            ),
            ("themes/a/b.html", format!("<a href=\"tel:{phone}\">")),
        ] {
            assert_eq!(found(path, &text).len(), 1, "{path}");
        }
        assert_eq!(
            found("data/a/cccd-001099000000.csv", "a\n1\n"),
            ["citizen-id "]
        );
        let wide: Vec<u8> = phone.bytes().flat_map(|b| [b, 0]).collect();
        let sources = Sources::new(vec![SourceFile::new(
            "data/a.csv",
            [vec![0xff, 0xfe], wide].concat(),
        )]);
        assert_eq!(check(&sources, &Config::default(), None).findings.len(), 1);
    }

    #[test]
    fn what_the_publisher_declares_is_public() {
        let mut config = Config::default();
        config.publisher.phone = "(0256) 3 000 000".into();
        config.publisher.email = "ubnd@vi-du.gov.vn".into();
        let text = "phone = \"(0256) 3 000 000\"\nemail = \"ubnd@vi-du.gov.vn\"\n# 0256.3000000, 0900000000\n";
        let sources = Sources::new(vec![SourceFile::new("site.toml", text)]);
        let personal = check(&sources, &config, None);
        assert_eq!(personal.findings.len(), 1);
        assert_eq!(personal.public(|_| false).len(), 2);
        assert_eq!(personal.public(|_| true).len(), 3);
    }

    #[test]
    fn other_messages_do_not_show_what_was_found() {
        let text = "Số CMND\n190000000\n";
        let sources = Sources::new(vec![SourceFile::new("data/a.csv", text)]);
        let personal = check(&sources, &Config::default(), None);
        let mut others = vec![
            Diagnostic::new(codes::NUMBER_UNREADABLE, Place::default())
                .with("value", "190000000 x"),
            Diagnostic::new(codes::NUMBER_UNREADABLE, Place::default())
                .with("value", "250000000 x"),
        ];
        personal.veil(&mut others);
        let shown = |d: &Diagnostic| d.arguments[0].1.shown(Language::Vietnamese);
        assert_eq!(shown(&others[0]), "190****** x");
        assert_eq!(shown(&others[1]), "250000000 x");
    }
}
