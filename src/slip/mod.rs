//! The slip that goes back to a reporting unit: which of its figures do not agree, where they stand, and room for
//! its answer.
//!
//! In: the findings of a check, the catalogue and the periods. Out: a [`Slip`] of plain texts, and its two forms:
//! Markdown and a Word document in the layout of official papers. A slip is in Vietnamese, as the papers of offices are.

pub mod docx;
pub mod markdown;
mod words;

use crate::catalog::{Catalog, find_period};
use crate::config::Publisher;
use crate::diagnostic::{Diagnostic, Language, Severity, excerpt::visible};
use crate::ingest::Periods;
use crate::model::UnitIx;
use crate::table::is_table;
use crate::text::date::Date;

/// What a slip says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slip {
    /// The body above the office that asks, where `site.toml` names it.
    pub governing_body: String,
    /// The office that asks.
    pub office: String,
    /// The unit that is asked.
    pub unit: String,
    /// The periods of the figures, in order of time.
    pub periods: Vec<String>,
    /// The day of the slip, which is the one that judgements in time are made by.
    pub day: Option<Date>,
    /// Figures to mend.
    pub open: Vec<Question>,
    /// Figures that are published with a caveat, to confirm.
    pub published: Vec<Question>,
}

/// One figure that is asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Measure or indicator, unit, service and period, as far as they are known.
    pub figure: Vec<String>,
    /// File, and line or cell.
    pub place: Vec<String>,
    /// What is wrong, and a reading that would explain it.
    pub wrong: Vec<String>,
    /// What the report states.
    pub stated: String,
    /// What follows from its other figures.
    pub computed: String,
}

/// Whether a finding concerns a unit or one below it: by what it is about, or by the report that its file belongs to.
pub fn concerns(d: &Diagnostic, unit: UnitIx, catalog: &Catalog, periods: &Periods) -> bool {
    let about = d
        .about
        .unit
        .as_deref()
        .and_then(|id| catalog.units.find(id));
    let reporter = || {
        let folder = d
            .place
            .file
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        periods
            .reports
            .iter()
            .find(|r| r.folder == folder)
            .map(|r| r.unit)
    };
    about
        .or_else(reporter)
        .is_some_and(|found| found == unit || catalog.units.is_within(found, unit))
}

/// Draws up the slip for a unit from the findings that concern it.
///
/// Notes to the author and findings about settings, catalogue and narrative are left out: they are the office's own.
pub fn draw_up(
    findings: &[Diagnostic],
    unit: UnitIx,
    catalog: &Catalog,
    periods: &Periods,
    publisher: &Publisher,
    day: Option<Date>,
) -> Slip {
    let asked: Vec<&Diagnostic> = findings
        .iter()
        .filter(|d| d.severity != Severity::Info && is_of_a_table(d))
        .collect();
    let named = |id: &str| asked.iter().any(|d| d.about.period.as_deref() == Some(id));
    let labels: Vec<String> = periods
        .list
        .iter()
        .filter(|p| named(&p.id))
        .map(|p| p.label.clone())
        .collect();
    let writer = Writer {
        unit,
        catalog,
        periods,
        names_period: labels.len() > 1,
    };
    let questions = |waived: bool| {
        let of_kind = asked.iter().filter(|d| d.waived.is_some() == waived);
        of_kind.map(|d| writer.question(d)).collect()
    };
    Slip {
        governing_body: publisher.governing_body.clone(),
        office: publisher.name.clone(),
        unit: catalog.units.get(unit).name.clone(),
        open: questions(false),
        published: questions(true),
        periods: labels,
        day,
    }
}

/// Whether a finding stands in a table that a unit sent.
fn is_of_a_table(d: &Diagnostic) -> bool {
    let file = &*d.place.file;
    let extension = file.rsplit_once('.').map_or("", |(_, e)| e).to_lowercase();
    let own = ["data/catalog/", "data/mappings/"];
    file.starts_with("data/")
        && (is_table(&extension) || extension == "txt")
        && !own.iter().any(|o| file.starts_with(o))
}

/// What the questions of one slip have in common.
struct Writer<'a> {
    unit: UnitIx,
    catalog: &'a Catalog,
    periods: &'a Periods,
    /// Whether each figure names its period: a slip for one period says it once.
    names_period: bool,
}

impl Writer<'_> {
    fn question(&self, d: &Diagnostic) -> Question {
        Question {
            figure: self.figure(d),
            place: words::place(&d.place),
            wrong: wrong(d),
            stated: visible(d.stated.as_deref().unwrap_or_default()),
            computed: visible(d.computed.as_deref().unwrap_or_default()),
        }
    }

    fn figure(&self, d: &Diagnostic) -> Vec<String> {
        let (about, catalog) = (&d.about, self.catalog);
        let stat = about.id.as_deref().and_then(|id| catalog.stat(id));
        let other_unit = about
            .unit
            .as_deref()
            .and_then(|id| catalog.units.find(id))
            .filter(|found| *found != self.unit);
        let service = about
            .service
            .as_deref()
            .and_then(|id| catalog.services.find(id));
        let period = about
            .period
            .as_deref()
            .filter(|_| self.names_period)
            .and_then(|id| find_period(&self.periods.list, id));
        let parts = [
            stat.map(|s| catalog.stat_label(s).to_owned()),
            other_unit.map(|u| catalog.units.get(u).name.clone()),
            service.map(|s| catalog.services.get(s).name.clone()),
            period.map(|p| self.periods.list[p.at()].label.clone()),
        ];
        parts.into_iter().flatten().collect()
    }
}

/// The message without the subject, which stands in a column of its own; a reading; the decision to publish.
fn wrong(d: &Diagnostic) -> Vec<String> {
    let shown = |name: &str| {
        let argument = d.arguments.iter().find(|(n, _)| *n == name);
        argument.map(|(_, value)| value.shown(Language::Vietnamese))
    };
    let message = d.message(Language::Vietnamese);
    let subject = shown("subject")
        .map(|s| format!("{s}: "))
        .unwrap_or_default();
    let message = message.strip_prefix(&subject).unwrap_or(&message);
    let decision = d
        .waived
        .as_ref()
        .map(|w| format!("Đã công bố kèm lưu ý: {}", w.reason));
    [
        Some(words::sentence(message)),
        shown("reading").map(|r| words::sentence(&r)),
        decision,
    ]
    .into_iter()
    .flatten()
    .map(|text| visible(&text))
    .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::diagnostic::{About, Place, Waived, codes, phrase};
    use crate::ingest::read_periods;
    use crate::source::{SourceFile, Sources};

    const UNITS: &str = "id,name,level,parent\nbinh-dinh,Tỉnh Bình Định,tinh,\n\
        binh-dinh/an-bien,Xã An Biên,xa,binh-dinh\nphu-yen,Tỉnh Phú Yên,tinh,\n";
    const PERIOD: &str = "period = \"2024-09\"\nlabel = \"Tháng 9/2024\"\nstart = 2024-08-15\nend = 2024-09-14\n\
        unit = \"binh-dinh\"\n";

    fn site() -> (Catalog, Periods) {
        let sources = Sources::new(vec![
            SourceFile::new("data/catalog/units.csv", UNITS),
            SourceFile::new(
                "data/catalog/measures.toml",
                "[ho-so]\nlabel = \"Hồ sơ tiếp nhận\"\nunit = \"hồ sơ\"\n",
            ),
            SourceFile::new("data/ky/period.toml", PERIOD),
            SourceFile::new("data/ky/a.csv", "Đơn vị,Hồ sơ\n"),
        ]);
        let catalog = crate::catalog::read(&sources).value;
        let periods = read_periods(&sources, &catalog).value;
        (catalog, periods)
    }

    fn finding(unit: &str) -> Diagnostic {
        let place = Place::at(&"data/ky/a.csv".into(), 1, 9, 4);
        Diagnostic::new(codes::SUM_DIFFERS, place)
            .with("subject", "Xã An Biên, Tháng 9/2024")
            .with("whole", "Hồ sơ tiếp nhận")
            .with("total", "1177")
            .with("sum", "1.178")
            .with("parts", "1177 + 01")
            .with("reading", phrase("number-too-large"))
            .figures("1177", "1.178")
            .about(About {
                period: Some("2024-09".to_owned()),
                unit: Some(unit.to_owned()),
                service: None,
                id: Some("ho-so".to_owned()),
            })
    }

    /// A slip with a figure of a text file and a waived one of a workbook.
    pub(crate) fn sample() -> Slip {
        let (catalog, periods) = site();
        let unit = catalog.units.find("binh-dinh").unwrap();
        let sheet = "Tháng 8".into();
        let mut waived = finding("binh-dinh");
        waived.place = Place::at(&"data/ky/Biểu 1.xlsx".into(), 6, 1, 1).in_sheet(Some(&sheet));
        waived.waived = Some(Waived {
            reason: "chờ đơn vị xác nhận".to_owned(),
            by: "Ban biên tập".to_owned(),
            until: "2027-12-31".to_owned(),
        });
        let publisher = Publisher {
            governing_body: "Ủy ban nhân dân tỉnh Bình Định".to_owned(),
            name: "Văn phòng Ủy ban nhân dân tỉnh".to_owned(),
            ..Publisher::default()
        };
        let findings = [finding("binh-dinh/an-bien"), waived];
        draw_up(
            &findings,
            unit,
            &catalog,
            &periods,
            &publisher,
            Date::new(2024, 9, 30),
        )
    }

    #[test]
    fn a_finding_concerns_its_unit_and_those_above() {
        let (catalog, periods) = site();
        let unit = |id| catalog.units.find(id).unwrap();
        let of = |d: &Diagnostic, id| concerns(d, unit(id), &catalog, &periods);
        let commune = finding("binh-dinh/an-bien");
        assert!(of(&commune, "binh-dinh/an-bien") && of(&commune, "binh-dinh"));
        assert!(!of(&commune, "phu-yen"));
        assert!(!of(&finding("binh-dinh"), "binh-dinh/an-bien"));
        // A broken table is about no unit: it concerns the one whose report it belongs to.
        let broken = Diagnostic::new(codes::CSV_MALFORMED, Place::file(&"data/ky/a.csv".into()));
        assert!(of(&broken, "binh-dinh") && !of(&broken, "phu-yen"));
    }

    #[test]
    fn a_question_names_figure_place_and_what_is_wrong() {
        let slip = sample();
        assert_eq!(slip.periods, ["Tháng 9/2024"]);
        assert_eq!((slip.open.len(), slip.published.len()), (1, 1));
        let q = &slip.open[0];
        assert_eq!(q.figure, ["Hồ sơ tiếp nhận", "Xã An Biên"]);
        assert_eq!(q.place, ["a.csv", "dòng 2"]);
        assert_eq!(
            q.wrong,
            [
                "Hồ sơ tiếp nhận ghi 1177, nhưng các phần cộng lại là 1.178 (1177 + 01).",
                "Số quá lớn."
            ]
        );
        let q = &slip.published[0];
        assert_eq!(q.place, ["Biểu 1.xlsx", "trang tính “Tháng 8”, ô B7"]);
        assert_eq!(q.wrong[2], "Đã công bố kèm lưu ý: chờ đơn vị xác nhận");
    }

    #[test]
    fn what_is_the_offices_own_is_not_asked() {
        let (catalog, periods) = site();
        let unit = catalog.units.find("binh-dinh").unwrap();
        let own = [
            "site.toml",
            "data/waivers.toml",
            "data/catalog/units.csv",
            "content/ky/2024-09.md",
        ]
        .map(|file| Diagnostic::new(codes::CSV_MALFORMED, Place::file(&file.into())));
        let slip = draw_up(&own, unit, &catalog, &periods, &Publisher::default(), None);
        assert_eq!((slip.open.len(), slip.published.len()), (0, 0));
    }
}
