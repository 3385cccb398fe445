//! `[cadence.NAME]` of `site.toml`: when the reports of a cadence are due, of whom, over which days, with what.

use crate::diagnostic::{Place, phrase};
use crate::model::Needed;
use crate::text::date::Date;
use crate::text::due::DueRule;
use crate::toml_file::Section;

/// What a site declares of one cadence.
#[derive(Clone, Debug)]
pub struct Cadence {
    /// The name that `period.toml` gives as `cadence`.
    pub name: String,
    /// When a report is due.
    pub due: Option<DueRule>,
    /// Who must report.
    pub units: Option<Units>,
    /// Periods that end before this day are not judged.
    pub since: Option<Date>,
    /// The day of the month on which a period begins, where it is not the first: months from the 15th to the 14th.
    pub window_from_day: Option<u8>,
    /// What a report must give.
    pub required: Vec<(Needed, Place)>,
    /// Where the units, or else the cadence, are declared.
    pub place: Place,
}

/// Who must report, as ids of the catalogue that are not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Units {
    /// A level, or all units directly below one unit: `units = "xa"`, `units = "phu-tho"`.
    All(String),
    /// Just these: `units = ["phu-tho/viet-tri", "phu-tho/phu-ninh"]`.
    These(Vec<String>),
}

/// Reads one cadence.
pub(super) fn read(name: &str, s: &Section<'_, '_>) -> Cadence {
    let cadence = Cadence {
        name: name.to_owned(),
        due: s.parsed("due", phrase("due-day"), DueRule::parse),
        units: units(s),
        since: s.date("since"),
        window_from_day: s
            .number("window_from_day", 1..=28)
            .and_then(|d| u8::try_from(d).ok()),
        required: s
            .list("required")
            .into_iter()
            .map(|(t, place)| (Needed::parse(&t), place))
            .collect(),
        place: if s.has("units") {
            s.place_of("units")
        } else {
            s.place()
        },
    };
    s.close();
    cadence
}

fn units(s: &Section<'_, '_>) -> Option<Units> {
    if s.is_list("units") {
        let ids = s.list("units").into_iter().map(|(id, _)| id).collect();
        Some(Units::These(ids))
    } else {
        s.text("units").map(Units::All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn a_cadence_says_when_who_and_what() {
        let text = "title = \"A\"\n[cadence.thang]\ndue = \"ngày 15 tháng sau\"\nunits = \"xa\"\nwindow_from_day = 15\n\
                    required = [\"number\", \"ty-le\"]\n[cadence.tuan]\nunits = [\"a\", \"b\"]\n";
        let checked = super::super::read(&SourceFile::new("site.toml", text));
        assert_eq!(checked.diagnostics, []);
        let month = checked.value.cadence("thang").unwrap();
        let end = Date::parse_iso("2024-09-14").unwrap();
        let due = month.due.as_ref().and_then(|d| d.date_for(end));
        assert_eq!(due, Date::parse_iso("2024-10-15"));
        assert_eq!(month.units, Some(Units::All("xa".into())));
        assert_eq!(month.place.shown(), "site.toml:4:9");
        let needed: Vec<&str> = month.required.iter().map(|(n, _)| n.as_str()).collect();
        assert_eq!(needed, ["number", "ty-le"]);
        let week = checked.value.cadence("tuan").unwrap();
        assert_eq!(week.units, Some(Units::These(vec!["a".into(), "b".into()])));
    }

    #[test]
    fn words_without_a_rule_are_refused() {
        let text = "title = \"A\"\n[cadence.thang]\ndue = \"sớm\"\nunit = \"xa\"\n";
        let found: Vec<String> = super::super::read(&SourceFile::new("site.toml", text))
            .diagnostics
            .iter()
            .map(|d| format!("{} {}", d.code, d.place.shown()))
            .collect();
        assert_eq!(
            found,
            ["value-invalid site.toml:3:7", "key-unknown site.toml:4:1"]
        );
    }
}
