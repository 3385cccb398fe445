//! Waivers: decisions that a known contradiction is published with a caveat, until a day.
//!
//! In: `data/waivers.toml` and the findings of a run. Out: the findings, those that a waiver covers marked so;
//! and findings about the waivers themselves (ended, or no longer needed).

use crate::diagnostic::{About, Checked, Code, Diagnostic, Place, Waived, codes, phrase};
use crate::source::Sources;
use crate::table::encoding;
use crate::text::date::Date;
use crate::text::suggest::suggest;
use crate::toml_file::{Section, TomlFile};

/// The path of the file.
pub const PATH: &str = "data/waivers.toml";

/// A decision about one finding or several alike.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule.
    pub code: Code,
    /// The file of the finding.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: Option<u32>,
    /// Its column, from 1.
    pub column: Option<u32>,
    /// In a workbook: the sheet.
    pub sheet: Option<String>,
    /// In a workbook: the cell, `B7`.
    pub cell: Option<String>,
    /// What it is about; only what is given must agree.
    pub about: About,
    /// Why, shown to the public.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// Last day.
    pub until: Date,
    /// For two statements of one key: `file:line` of the one to use.
    pub use_place: Option<String>,
    /// For a cell that cannot be read for certain: the declared reading.
    pub reading: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Waiver {
    /// Whether it speaks of a finding with this code, place and subject.
    pub fn covers(&self, code: Code, place: &Place, about: &About) -> bool {
        let same =
            |wanted: &Option<String>, found: &Option<String>| wanted.is_none() || wanted == found;
        self.code == code
            && !self.lacks_place(place)
            && self.file.as_deref().is_none_or(|f| f == &*place.file)
            && self.line.is_none_or(|l| place.line == Some(l - 1))
            && self.column.is_none_or(|c| place.column == Some(c - 1))
            && (self.sheet.is_none() || self.sheet.as_deref() == place.sheet.as_deref())
            && (self.cell.is_none() || self.cell == place.cell_reference())
            && same(&self.about.period, &about.period)
            && same(&self.about.unit, &about.unit)
            && same(&self.about.service, &about.service)
            && same(&self.about.id, &about.id)
    }
}

impl Waiver {
    /// Whether it names less of a place than personal data need: the file, and the line or cell where there is one.
    fn lacks_place(&self, place: &Place) -> bool {
        codes::is_personal(self.code)
            && (self.file.is_none() || (!self.names_cell() && place.line.is_some()))
    }

    /// Whether it names a line, or a cell of a sheet.
    fn names_cell(&self) -> bool {
        self.line.is_some() || (self.sheet.is_some() && self.cell.is_some())
    }

    /// Why it covered none of `findings`, if that is for lack of a place.
    fn missing_place(&self, findings: &[Diagnostic]) -> Option<&'static str> {
        if !codes::is_personal(self.code) {
            return None;
        }
        let Some(file) = &self.file else {
            return Some("`file`");
        };
        let is_there = |d: &Diagnostic| d.code == self.code && *d.place.file == **file;
        if self.names_cell() || !findings.iter().any(is_there) {
            return None;
        }
        Some(match (&self.sheet, &self.cell) {
            (Some(_), None) => "`cell`",
            (None, Some(_)) => "`sheet`",
            _ => "`line`",
        })
    }
}

/// Whether a finding is covered by a decision that has not ended.
pub fn is_waived(waivers: &[Waiver], as_of: Option<Date>, d: &Diagnostic) -> bool {
    let mut covering = waivers
        .iter()
        .filter(|w| w.covers(d.code, &d.place, &d.about));
    covering.any(|w| !is_over(w, as_of))
}

/// Reads all waivers.
pub fn read(sources: &Sources) -> Checked<Vec<Waiver>> {
    let Some(file) = sources.get(PATH) else {
        return Checked::default();
    };
    let text = match encoding::decode(file) {
        Ok(text) => text,
        Err(d) => return Checked::new(Vec::new(), vec![*d]),
    };
    let doc = TomlFile::parse(&file.path, &text);
    let mut findings = Vec::new();
    let root = doc.root();
    let list = root
        .tables("waiver")
        .iter()
        .filter_map(|s| waiver(s, &mut findings))
        .collect();
    root.close();
    findings.extend(doc.into_findings());
    Checked::new(list, findings)
}

fn waiver(s: &Section<'_, '_>, findings: &mut Vec<Diagnostic>) -> Option<Waiver> {
    let name = s.required("code");
    let code = name.as_deref().and_then(Code::find);
    if let (Some(name), None) = (&name, code) {
        let d = Diagnostic::new(codes::VALUE_INVALID, s.place_of("code"))
            .with("value", name)
            .with("name", "code")
            .with("expected", phrase("name-of-rule"))
            .suggest(suggest(name, codes::ALL.iter().map(|c| c.as_str())));
        findings.push(d);
    }
    let waiver = (
        s.text("file"),
        s.number("line", 1..=u32::MAX),
        s.number("column", 1..=u32::MAX),
        s.text("sheet"),
        s.parsed("cell", phrase("cell-reference"), cell),
        About {
            period: s.text("period"),
            unit: s.text("unit"),
            service: s.text("service"),
            id: s.text("id"),
        },
        s.required("reason"),
        s.required("by"),
        s.date("until"),
        s.text("use"),
        s.text("reading"),
    );
    if !s.has("until") {
        findings.push(Diagnostic::new(codes::KEY_MISSING, s.place()).with("name", "until"));
    }
    s.close();
    let (file, line, column, sheet, cell, about, reason, by, until, use_place, reading) = waiver;
    Some(Waiver {
        code: code?,
        file,
        line,
        column,
        sheet,
        cell,
        about,
        reason: reason?,
        by: by?,
        until: until?,
        use_place,
        reading,
        place: s.place(),
    })
}

/// The reference of a cell: letters, then a row from 1; `b7` and `$B$7` are `B7`.
fn cell(text: &str) -> Option<String> {
    let plain = text.replace('$', "").to_ascii_uppercase();
    let letters = plain.bytes().take_while(u8::is_ascii_uppercase).count();
    let row = &plain[letters..];
    let fits = (1..=3).contains(&letters)
        && !row.starts_with('0')
        && row.parse::<u32>().is_ok_and(|r| r > 0);
    fits.then_some(plain)
}

/// The waivers that have not ended on the as-of date: only these choose statements and declare readings.
pub fn in_force(waivers: &[Waiver], as_of: Option<Date>) -> Vec<Waiver> {
    let list = waivers.iter().filter(|w| !is_over(w, as_of));
    list.cloned().collect()
}

/// The waiver of those in force that declares how a cell is to be read, if there is one.
pub fn reading<'w>(
    waivers: &'w [Waiver],
    code: Code,
    place: &Place,
    about: &About,
) -> Option<&'w str> {
    waivers
        .iter()
        .filter(|w| w.covers(code, place, about))
        .find_map(|w| w.reading.as_deref())
}

/// Marks the findings that waivers cover; adds findings about waivers that ended or are not needed.
///
/// A waiver never covers a finding about waivers. Personal data and the like need a file to be named.
pub fn apply(waivers: &[Waiver], as_of: Option<Date>, findings: &mut Vec<Diagnostic>) {
    let mut used = vec![false; waivers.len()];
    for d in findings.iter_mut() {
        for (i, w) in waivers.iter().enumerate() {
            if !w.covers(d.code, &d.place, &d.about) {
                continue;
            }
            used[i] = true;
            if is_over(w, as_of) {
                d.lapsed = Some(w.until);
            } else if d.waived.is_none() {
                d.waived = Some(Waived {
                    reason: w.reason.clone(),
                    by: w.by.clone(),
                    until: w.until.to_iso(),
                });
            }
        }
    }
    for d in findings.iter_mut().filter(|d| d.waived.is_some()) {
        d.lapsed = None;
    }
    for (w, used) in waivers.iter().zip(used) {
        if let (false, Some(missing)) = (used, w.missing_place(findings)) {
            let d = Diagnostic::new(codes::WAIVER_TOO_WIDE, w.place.clone())
                .with("rule", w.code)
                .with("missing", missing);
            findings.push(d);
            continue;
        }
        let code = match (used, is_over(w, as_of)) {
            (false, _) => codes::WAIVER_UNUSED,
            (true, true) => codes::WAIVER_EXPIRED,
            (true, false) => continue,
        };
        let d = Diagnostic::new(code, w.place.clone())
            .with("rule", w.code)
            .with("until", w.until);
        findings.push(d);
    }
}

fn is_over(w: &Waiver, as_of: Option<Date>) -> bool {
    as_of.is_some_and(|day| w.until < day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn waivers(until: &str) -> Vec<Waiver> {
        let text = format!(
            "[[waiver]]\ncode = \"sum-differs\"\nfile = \"data/a.csv\"\nreason = \"r\"\nby = \"b\"\nuntil = {until}\n"
        );
        let checked = read(&Sources::new(vec![SourceFile::new(PATH, text)]));
        assert_eq!(checked.diagnostics, []);
        checked.value
    }

    fn finding(file: &str) -> Diagnostic {
        Diagnostic::new(codes::SUM_DIFFERS, Place::file(&file.into()))
    }

    #[test]
    fn a_waiver_covers_what_it_names_and_nothing_else() {
        let mut findings = vec![finding("data/a.csv"), finding("data/b.csv")];
        apply(&waivers("2027-01-01"), Date::new(2026, 1, 1), &mut findings);
        assert!(findings[0].waived.is_some());
        assert!(findings[1].waived.is_none());
        assert_eq!(findings.len(), 2);
    }

    #[test]
    fn an_ended_waiver_fails_and_covers_nothing() {
        let mut findings = vec![finding("data/a.csv")];
        apply(&waivers("2025-12-31"), Date::new(2026, 1, 1), &mut findings);
        assert!(findings[0].waived.is_none());
        assert_eq!(findings[1].code, codes::WAIVER_EXPIRED);
    }

    #[test]
    fn the_last_day_counts() {
        for (as_of, covered) in [("2026-01-01", true), ("2026-01-02", false)] {
            let mut findings = vec![finding("data/a.csv")];
            apply(
                &waivers("2026-01-01"),
                Date::parse_iso(as_of),
                &mut findings,
            );
            assert_eq!(findings[0].waived.is_some(), covered, "{as_of}");
            assert_eq!(findings[0].lapsed.is_some(), !covered, "{as_of}");
        }
    }

    #[test]
    fn a_renewed_waiver_replaces_the_ended_one() {
        let mut both = waivers("2025-12-31");
        both.extend(waivers("2027-01-01"));
        let mut findings = vec![finding("data/a.csv")];
        apply(&both, Date::new(2026, 1, 1), &mut findings);
        assert!(findings[0].waived.is_some() && findings[0].lapsed.is_none());
        let found: Vec<Code> = findings[1..].iter().map(|d| d.code).collect();
        assert_eq!(found, [codes::WAIVER_EXPIRED]);
    }

    #[test]
    fn an_ended_waiver_chooses_and_declares_nothing() {
        let count = |as_of| in_force(&waivers("2026-01-01"), Date::parse_iso(as_of)).len();
        assert_eq!((count("2026-01-01"), count("2026-01-02")), (1, 0));
        assert_eq!(in_force(&waivers("2026-01-01"), None).len(), 1);
    }

    #[test]
    fn a_cell_of_a_sheet_is_a_place() {
        let text = "[[waiver]]\ncode = \"sum-differs\"\nfile = \"data/a.xlsx\"\nsheet = \"T8\"\ncell = \"$b$7\"\n\
                    reason = \"r\"\nby = \"b\"\nuntil = 2027-01-01\n";
        let waivers = read(&Sources::new(vec![SourceFile::new(PATH, text)])).value;
        let at = |sheet: &str, row| {
            let sheet: std::sync::Arc<str> = sheet.into();
            let place = Place::at(&"data/a.xlsx".into(), row, 1, 1).in_sheet(Some(&sheet));
            waivers[0].covers(codes::SUM_DIFFERS, &place, &About::default())
        };
        assert!(at("T8", 6));
        assert!(!at("T8", 7) && !at("T9", 6));
        let mut personal = waivers[0].clone();
        personal.code = codes::PHONE_NUMBER;
        let sheet: std::sync::Arc<str> = "T8".into();
        let place = Place::at(&"data/a.xlsx".into(), 6, 1, 1).in_sheet(Some(&sheet));
        let covers = |w: &Waiver| w.covers(codes::PHONE_NUMBER, &place, &About::default());
        assert!(covers(&personal));
        personal.sheet = None;
        assert!(!covers(&personal), "a cell of any sheet is no place");
        assert!(
            ["7B", "B", "B0", "ABCD1", ""]
                .iter()
                .all(|t| cell(t).is_none())
        );
    }

    #[test]
    fn a_waiver_that_matches_nothing_is_reported() {
        let mut findings = Vec::new();
        apply(&waivers("2027-01-01"), None, &mut findings);
        assert_eq!(findings[0].code, codes::WAIVER_UNUSED);
    }
}
