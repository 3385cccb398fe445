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
}

/// The unit that bears a code, name or alias on `day`.
///
/// Where several bear it, those at or below the reporting unit are preferred, then those that bear it with its
/// type word ("xã Lộc Hà"), then blocks are passed over. What is still shared by several is ambiguous.
pub(crate) fn unit(
    catalog: &Catalog,
    text: &str,
    reporting: UnitIx,
    day: Date,
) -> Result<UnitIx, NameError<UnitIx>> {
    let units = &catalog.units;
    if let Some(ix) = units.find(text) {
        return Ok(ix);
    }
    let exact = units.named(&fold(text));
    let loose = units.named(&fold_name(text));
    let valid = |list: &[UnitIx]| -> Vec<UnitIx> {
        list.iter()
            .copied()
            .filter(|u| units.get(*u).is_valid_on(day))
            .collect()
    };
    let mut candidates = valid(exact);
    if candidates.is_empty() {
        candidates = valid(loose);
    }
    narrow(&mut candidates, |u| {
        units.is_within(*u, reporting) || units.is_within(reporting, *u)
    });
    narrow(&mut candidates, |u| fold(&units.get(*u).name) == fold(text));
    narrow(&mut candidates, |u| units.get(*u).level != Level::Block);
    match candidates.as_slice() {
        [] => Err(NameError::Unknown),
        [one] => Ok(*one),
        _ => Err(NameError::Ambiguous(candidates)),
    }
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
