//! Names in tables → units and services of the catalogue.

use crate::catalog::Catalog;
use crate::model::{Level, ServiceIx, UnitIx};
use crate::text::date::Date;
use crate::text::normal::{fold, fold_name};
use crate::text::suggest::suggest;

/// Why a name leads to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NameError<T> {
    /// Nothing bears it.
    Unknown,
    /// Several bear it.
    Ambiguous(Vec<T>),
    /// Only this one bears it, and it had ended or had not begun on the day.
    OutOfTime(T),
}

/// The unit that bears a code, name or alias on `day`; `since` is the first day of the period, for a name that
/// ended within it.
///
/// Where several bear it, those at or below the reporting unit are preferred, or that went into what is; then those
/// that bear it with its type word ("xã Lộc Hà"), then blocks are passed over. What is still shared by several is
/// ambiguous. A name may be followed by that of a unit above: "Xã Tam Sơn - tỉnh Phú Thọ".
pub(crate) fn unit(
    catalog: &Catalog,
    text: &str,
    reporting: UnitIx,
    (since, day): (Date, Date),
) -> Result<UnitIx, NameError<UnitIx>> {
    let units = &catalog.units;
    if let Some(ix) = units.find(text) {
        return Ok(ix);
    }
    let all = bearers(catalog, text);
    let one_of = |list: Vec<UnitIx>| choose(catalog, list, text, reporting);
    let on = |day: Date| -> Vec<UnitIx> {
        let valid = |list: &[UnitIx]| -> Vec<UnitIx> {
            let valid = list.iter().filter(|u| units.get(**u).is_valid_on(day));
            valid.copied().collect()
        };
        let exact = valid(&all.exact);
        if !exact.is_empty() {
            return exact;
        }
        // "Xã Cẩm Thủy" before there was one is not the district of that name.
        let level = |u: &UnitIx| units.get(*u).level;
        let is_like = |u: &UnitIx| all.exact.iter().any(|e| level(e) == level(u));
        let mut loose = valid(&all.loose);
        loose.retain(|u| all.exact.is_empty() || is_like(u));
        loose
    };
    let mut list = on(day);
    if list.is_empty() {
        list = on(since);
    }
    match one_of(list).as_slice() {
        [] => match one_of(all.any()).as_slice() {
            [one] => Err(NameError::OutOfTime(*one)),
            _ => Err(NameError::Unknown),
        },
        [one] => Ok(*one),
        several => Err(NameError::Ambiguous(several.to_vec())),
    }
}

/// Who bears a name, at any time.
struct Bearers {
    /// By the whole of it.
    exact: Vec<UnitIx>,
    /// Without the word for the type.
    loose: Vec<UnitIx>,
}

impl Bearers {
    fn any(&self) -> Vec<UnitIx> {
        if self.exact.is_empty() {
            self.loose.clone()
        } else {
            self.exact.clone()
        }
    }
}

/// The units that bear a name, or where none does, its beginning below a unit that bears its end.
fn bearers(catalog: &Catalog, text: &str) -> Bearers {
    let units = &catalog.units;
    let found = |text: &str| Bearers {
        exact: units.named(&fold(text)).to_vec(),
        loose: units.named(&fold_name(text)).to_vec(),
    };
    let whole = found(text);
    if !whole.exact.is_empty() || !whole.loose.is_empty() {
        return whole;
    }
    let ends = text.match_indices([',', '(', '-', '–']);
    for (at, mark) in ends {
        let (name, rest) = (text[..at].trim(), &text[at + mark.len()..]);
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || c == ')');
        let above = found(rest).any();
        if name.is_empty() || above.is_empty() {
            continue;
        }
        let is_below = |u: &UnitIx| above.iter().any(|a| units.is_within(*u, *a));
        let mut own = found(name);
        own.exact.retain(is_below);
        own.loose.retain(is_below);
        if !own.any().is_empty() {
            return own;
        }
    }
    whole
}

/// Those of several units that a name most probably means.
fn choose(
    catalog: &Catalog,
    mut candidates: Vec<UnitIx>,
    text: &str,
    reporting: UnitIx,
) -> Vec<UnitIx> {
    let units = &catalog.units;
    let is_near = |u: &UnitIx| units.is_within(*u, reporting) || units.is_within(reporting, *u);
    if candidates.iter().any(is_near) {
        narrow(&mut candidates, is_near);
    } else {
        narrow(&mut candidates, |u| units.went_into(*u, reporting));
    }
    narrow(&mut candidates, |u| fold(&units.get(*u).name) == fold(text));
    narrow(&mut candidates, |u| units.get(*u).level != Level::Block);
    candidates
}

/// The name of the unit valid on `day` that a wrong name probably means; units near the reporting one come first.
///
/// Type words are compared only where both names have one: "Yên Sơm" is near "Xã Yên Sơn".
pub(crate) fn nearest_unit<'a>(
    catalog: &'a Catalog,
    text: &str,
    reporting: UnitIx,
    day: Date,
) -> Option<&'a str> {
    let units = &catalog.units;
    let near = |wanted: &dyn Fn(UnitIx) -> bool| {
        let list: Vec<UnitIx> = units
            .indices()
            .filter(|u| units.get(*u).is_valid_on(day) && wanted(*u))
            .collect();
        let whole = suggest(text, list.iter().map(|u| units.get(*u).name.as_str()));
        whole.or_else(|| {
            let bare: Vec<String> = list
                .iter()
                .map(|u| fold_name(&units.get(*u).name))
                .collect();
            let found = suggest(&fold_name(text), bare.iter().map(String::as_str))?;
            let at = bare.iter().position(|name| name == found)?;
            Some(units.get(list[at]).name.as_str())
        })
    };
    near(&|u| units.is_within(u, reporting)).or_else(|| near(&|u| !units.is_within(u, reporting)))
}

/// The service that bears an id, name or alias. Only whole names match, never beginnings.
pub(crate) fn service(catalog: &Catalog, text: &str) -> Result<ServiceIx, NameError<ServiceIx>> {
    if let Some(ix) = catalog.services.find(text) {
        return Ok(ix);
    }
    match catalog.services.named(&fold(text)) {
        [] => Err(NameError::Unknown),
        [one] => Ok(*one),
        several => Err(NameError::Ambiguous(several.to_vec())),
    }
}

/// Keeps those that `wanted` prefers, if it prefers any.
fn narrow(candidates: &mut Vec<UnitIx>, wanted: impl Fn(&UnitIx) -> bool) {
    if candidates.len() > 1 && candidates.iter().any(&wanted) {
        candidates.retain(wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::{NameError, unit};
    use crate::source::{SourceFile, Sources};
    use crate::text::date::Date;

    const UNITS: &str = "id,code,portal_code,name,level,parent,valid_from,valid_to\n\
phu-tho-den-2025-06,25,,Tỉnh Phú Thọ,tinh,,,2025-06-30\n\
vinh-phuc,26,,Tỉnh Vĩnh Phúc,tinh,,,2025-06-30\n\
phu-tho,25,H44,Tỉnh Phú Thọ,tinh,,2025-07-01,\n\
bac-ninh,24,,Tỉnh Bắc Ninh,tinh,,2025-07-01,\n\
bac-giang,24,,Tỉnh Bắc Giang,tinh,,,2025-06-30\n\
vinh-phuc/song-lo,253,,Huyện Sông Lô,huyen,vinh-phuc,,2025-06-30\n\
vinh-phuc/tam-son,08824,,Thị trấn Tam Sơn,xa,vinh-phuc/song-lo,,2025-06-30\n\
phu-tho/song-lo,08848,,Xã Sông Lô,xa,phu-tho,2025-07-01,\n\
phu-tho/tam-son,08824,,Xã Tam Sơn,xa,phu-tho,2025-07-01,\n\
bac-ninh/tam-son,09383,,Phường Tam Sơn,xa,bac-ninh,2025-07-01,\n";
    const CHANGES: &str = "date,kind,from,to,share,basis\n\
2025-07-01,merge,phu-tho-den-2025-06,phu-tho,,\n2025-07-01,merge,vinh-phuc,phu-tho,,\n\
2025-07-01,merge,bac-giang,bac-ninh,,\n2025-07-01,merge,vinh-phuc/tam-son,phu-tho/tam-son,,\n";

    /// What a name means in a report of `reporting` on a day.
    fn check(text: &str, reporting: &str, day: &str, wanted: &str) {
        let sources = Sources::new(vec![
            SourceFile::new("data/catalog/units.csv", UNITS),
            SourceFile::new("data/catalog/unit_changes.csv", CHANGES),
        ]);
        let catalog = crate::catalog::read(&sources).value;
        let id = |ix| catalog.units.get(ix).id.clone();
        let day = Date::parse_iso(day).unwrap();
        let reporting = catalog.units.find(reporting).unwrap();
        let found = match unit(&catalog, text, reporting, (day, day)) {
            Ok(ix) => id(ix),
            Err(NameError::OutOfTime(ix)) => format!("not then: {}", id(ix)),
            Err(NameError::Unknown) => "unknown".to_owned(),
            Err(NameError::Ambiguous(list)) => format!("{} of them", list.len()),
        };
        assert_eq!(found, wanted, "{text} of {day:?}");
    }

    #[test]
    fn codes_mean_the_unit_of_the_day() {
        check(
            "25",
            "phu-tho-den-2025-06",
            "2024-12-31",
            "phu-tho-den-2025-06",
        );
        check("25", "phu-tho", "2025-07-31", "phu-tho");
        check("24", "bac-giang", "2025-06-30", "bac-giang");
        check("24", "bac-ninh", "2025-07-01", "bac-ninh");
        check("08824", "vinh-phuc", "2025-06-30", "vinh-phuc/tam-son");
        check("08824", "phu-tho", "2025-07-31", "phu-tho/tam-son");
        check("26", "phu-tho", "2025-07-31", "not then: vinh-phuc");
        check("H44", "phu-tho", "2025-07-31", "phu-tho");
    }

    #[test]
    fn names_mean_the_unit_of_the_day_and_of_the_report() {
        check("Xã Tam Sơn", "phu-tho", "2025-07-31", "phu-tho/tam-son");
        check("Tam Sơn", "phu-tho", "2025-07-31", "phu-tho/tam-son");
        check("Tam Sơn", "bac-ninh", "2025-07-31", "bac-ninh/tam-son");
        // A report of today about months before finds the units that went into its own.
        check("TT Tam Sơn", "phu-tho", "2024-12-31", "vinh-phuc/tam-son");
        check(
            "Tỉnh Vĩnh Phúc",
            "phu-tho",
            "2025-07-31",
            "not then: vinh-phuc",
        );
        check(
            "Huyện Sông Lô",
            "vinh-phuc",
            "2025-06-30",
            "vinh-phuc/song-lo",
        );
        check(
            "Huyện Sông Lô",
            "phu-tho",
            "2025-07-31",
            "not then: vinh-phuc/song-lo",
        );
        check(
            "Xã Sông Lô",
            "vinh-phuc",
            "2025-06-30",
            "not then: phu-tho/song-lo",
        );
        check("Xã Sông Lòn", "phu-tho", "2025-07-31", "unknown");
    }

    #[test]
    fn a_name_may_be_followed_by_the_unit_above() {
        for text in [
            "UBND xã Tam Sơn - Tỉnh Phú Thọ",
            "Tam Sơn, Phú Thọ",
            "Xã Tam Sơn (tỉnh Phú Thọ)",
        ] {
            check(text, "bac-ninh", "2025-07-31", "phu-tho/tam-son");
        }
        check(
            "Tam Sơn - Bắc Ninh",
            "phu-tho",
            "2025-07-31",
            "bac-ninh/tam-son",
        );
    }
}
