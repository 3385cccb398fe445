//! The file of a release: a line that says what it is, then CSV with a row for each unit and service and a column for
//! each measure, indicator or target.
//!
//! Rows and columns are sorted, the id of a unit stands on the first of its rows only, and no field needs quotes, so
//! that the file is small and two of them can be compared line by line.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Figure;
use crate::text::date::Date;

/// What the first line begins with; the number is that of the form.
const MARK: &str = "# tiendo-release 1";

/// What a release says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The period.
    pub period: String,
    /// The as-of day of the release.
    pub as_of: Date,
}

/// A file of released figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release<'t> {
    /// Period and day.
    pub head: Head,
    /// The figures, sorted.
    pub figures: Vec<Figure<'t>>,
}

/// Why a file is no release, and on which line (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Line, from 0.
    pub line: u32,
    /// Name of the phrase that says why.
    pub why: Why,
}

/// What is wrong with a line of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The first line does not say what the file is.
    Head,
    /// The columns are not `unit`, `service` and ids.
    Columns,
    /// A row has more or fewer fields than there are columns.
    Fields,
    /// A unit, service or figure stands twice, or not in its place.
    Order,
}

/// Writes a release. `figures` are sorted.
pub fn write(head: &Head, figures: &[Figure<'_>]) -> String {
    let mut columns: BTreeMap<&str, usize> = figures.iter().map(|f| (&*f.id, 0)).collect();
    let mut out = format!(
        "{MARK} period={} as_of={}\nunit,service",
        head.period,
        head.as_of.to_iso()
    );
    for (at, (id, column)) in columns.iter_mut().enumerate() {
        *column = at;
        out.push(',');
        out.push_str(id);
    }
    out.push('\n');
    let mut fields = vec![""; columns.len()];
    let mut unit = "";
    for row in figures.chunk_by(|a, b| (a.unit, a.service) == (b.unit, b.service)) {
        fields.fill("");
        for f in row {
            if let Some(at) = columns.get(&*f.id) {
                fields[*at] = &f.text;
            }
        }
        let first = &row[0];
        if first.unit != unit {
            unit = first.unit;
            out.push_str(unit);
        }
        out.push(',');
        out.push_str(first.service);
        for field in &fields {
            out.push(',');
            out.push_str(field);
        }
        out.push('\n');
    }
    out
}

/// The lines of a release after the first: what is the same for the same figures, on every day.
pub(super) fn body(text: &str) -> impl Iterator<Item = &str> {
    text.lines().skip(1)
}

/// Reads the first line of a release.
pub(super) fn head(text: &str) -> Option<Head> {
    let line = text.lines().next()?;
    let rest = line.trim_start_matches('\u{feff}').strip_prefix(MARK)?;
    let mut words = rest.split_whitespace();
    let period = words.next()?.strip_prefix("period=")?;
    let as_of = Date::parse_iso(words.next()?.strip_prefix("as_of=")?)?;
    words.next().is_none().then(|| Head {
        period: period.to_owned(),
        as_of,
    })
}

/// Reads a release. CRLF is as good as LF: git may have put it there.
///
/// # Errors
/// The first line that does not fit.
pub fn parse(text: &str) -> Result<Release<'_>, Damage> {
    let damage = |line, why| Damage { line, why };
    let head = head(text).ok_or(damage(0, Why::Head))?;
    let mut lines = body(text);
    let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let [first, second, ids @ ..] = columns.as_slice() else {
        return Err(damage(1, Why::Columns));
    };
    let is_sorted = ids.windows(2).all(|w| w[0] < w[1]);
    if (*first, *second) != ("unit", "service") || !is_sorted || ids.contains(&"") {
        return Err(damage(1, Why::Columns));
    }
    let mut figures: Vec<Figure<'_>> = Vec::new();
    let (mut unit, mut last) = ("", ("", ""));
    for (at, line) in lines.enumerate() {
        let number = u32::try_from(at + 2).unwrap_or(u32::MAX);
        let fields: Vec<&str> = line.split(',').collect();
        let [own, service, values @ ..] = fields.as_slice() else {
            return Err(damage(number, Why::Fields));
        };
        if values.len() != ids.len() {
            return Err(damage(number, Why::Fields));
        }
        if !own.is_empty() {
            unit = own;
        }
        if unit.is_empty() || (last >= (unit, *service) && at > 0) {
            return Err(damage(number, Why::Order));
        }
        last = (unit, service);
        let filled = ids.iter().zip(values).filter(|(_, v)| !v.is_empty());
        figures.extend(filled.map(|(id, text)| Figure {
            unit,
            service,
            id: Cow::Borrowed(id),
            text: Cow::Borrowed(text),
        }));
    }
    Ok(Release { head, figures })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure<'a>(unit: &'a str, service: &'a str, id: &'a str, text: &'a str) -> Figure<'a> {
        Figure {
            unit,
            service,
            id: id.into(),
            text: text.into(),
        }
    }

    #[test]
    fn a_release_is_read_as_it_was_written() {
        let figures = vec![
            figure("a", "", "ho-so", "12"),
            figure("a", "khai-sinh", "dung-han", "≥3"),
            figure("a", "khai-sinh", "ho-so", "4|5"),
            figure("a/b", "", "target:ty-le", ">=80@2024-12-31"),
        ];
        let head = Head {
            period: "2024-09".into(),
            as_of: Date::new(2024, 10, 1).unwrap(),
        };
        let text = write(&head, &figures);
        assert_eq!(
            text,
            "# tiendo-release 1 period=2024-09 as_of=2024-10-01\n\
             unit,service,dung-han,ho-so,target:ty-le\n\
             a,,,12,\n\
             ,khai-sinh,≥3,4|5,\n\
             a/b,,,,>=80@2024-12-31\n"
        );
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let read = parse(&text).unwrap();
            assert_eq!((read.head, read.figures), (head.clone(), figures.clone()));
        }
    }

    #[test]
    fn what_is_no_release_is_refused_at_its_line() {
        let head = "# tiendo-release 1 period=2024-09 as_of=2024-10-01\n";
        for (text, line, why) in [
            ("unit,service\n".to_owned(), 0, Why::Head),
            (head.replace("10-01", "13-01"), 0, Why::Head),
            (head.to_owned(), 1, Why::Columns),
            (format!("{head}unit,service,b,a\n"), 1, Why::Columns),
            (format!("{head}unit,service,b\na,,1,2\n"), 2, Why::Fields),
            (
                format!("{head}unit,service,b\n<<<<<<< HEAD\n"),
                2,
                Why::Fields,
            ),
            (format!("{head}unit,service,b\n,,1\n"), 2, Why::Order),
            (format!("{head}unit,service,b\nb,,1\na,,1\n"), 3, Why::Order),
        ] {
            assert_eq!(parse(&text).unwrap_err(), Damage { line, why }, "{text}");
        }
        assert_eq!(parse(&format!("{head}unit,service\n")).unwrap().figures, []);
    }
}
