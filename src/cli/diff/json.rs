//! A comparison as JSON: every figure, in a form that stays.

use serde::Serialize;

use super::words::{self, Part};
use super::{PeriodOfOne, Told};
use crate::analysis::diff::{Change, Figure, UnitOfOne};
use crate::decimal::Decimal;

#[derive(Serialize)]
struct Whole<'a> {
    old: &'a str,
    new: &'a str,
    counts: Counts,
    new_periods: Vec<Period<'a>>,
    gone_periods: Vec<Period<'a>>,
    rose: Vec<One<'a>>,
    fell: Vec<One<'a>>,
    newcomers: Vec<Unit<'a>>,
    ended: Vec<Unit<'a>>,
    silent: Vec<Unit<'a>>,
    changed: Vec<One<'a>>,
    appeared: Vec<One<'a>>,
    vanished: Vec<One<'a>>,
}

#[derive(Serialize)]
struct Counts {
    compared: usize,
    new_periods: usize,
    gone_periods: usize,
    rose: usize,
    fell: usize,
    newcomers: usize,
    ended: usize,
    silent: usize,
    changed: usize,
    appeared: usize,
    vanished: usize,
}

#[derive(Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the names are those of open data"
)]
struct Unit<'a> {
    period: Option<&'a str>,
    unit: &'a str,
    unit_name: Option<&'a str>,
    figures: usize,
    /// Of a unit that has ended.
    last_day: Option<String>,
    /// Of a unit that has ended: who took its area over.
    successors: Vec<&'a str>,
}

#[derive(Serialize)]
struct Period<'a> {
    #[serde(rename = "period")]
    id: &'a str,
    units: usize,
    figures: usize,
}

#[derive(Serialize)]
struct One<'a> {
    period: Option<&'a str>,
    unit: &'a str,
    unit_name: Option<&'a str>,
    service: Option<&'a str>,
    service_name: Option<&'a str>,
    id: &'a str,
    label: Option<&'a str>,
    old: Option<Value<'a>>,
    new: Option<Value<'a>>,
    difference: Option<String>,
    points: bool,
    percent: Option<String>,
}

#[derive(Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the names are those of open data"
)]
struct Value<'a> {
    value: Option<String>,
    value_max: Option<String>,
    qualifier: &'a str,
    state: Option<&'a str>,
    rank: Option<u32>,
    ranked: Option<u32>,
    /// Of a sum that leaves some out: how many units or services it counts, and of how many.
    counted: Option<u32>,
    counted_of: Option<u32>,
}

/// The whole comparison.
pub(super) fn render(told: &Told<'_>) -> String {
    let d = &told.diff;
    let newcomers = units(told, Part::Newcomers);
    let (ended, silent) = (units(told, Part::Ended), units(told, Part::Silent));
    let whole = Whole {
        old: told.old,
        new: told.new,
        counts: Counts {
            compared: d.compared,
            new_periods: told.new_periods.len(),
            gone_periods: told.gone_periods.len(),
            rose: d.rose.len(),
            fell: d.fell.len(),
            newcomers: newcomers.len(),
            ended: ended.len(),
            silent: silent.len(),
            changed: d.changed.len(),
            appeared: d.appeared.len(),
            vanished: d.vanished.len(),
        },
        new_periods: periods(&told.new_periods),
        gone_periods: periods(&told.gone_periods),
        rose: all(told, &d.rose),
        fell: all(told, &d.fell),
        newcomers,
        ended,
        silent,
        changed: all(told, &d.changed),
        appeared: all(told, &d.appeared),
        vanished: all(told, &d.vanished),
    };
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    text.push('\n');
    text
}

fn all<'a>(told: &'a Told<'_>, list: &'a [Change]) -> Vec<One<'a>> {
    list.iter().map(|c| one(told, c)).collect()
}

fn units<'a>(told: &'a Told<'_>, part: Part) -> Vec<Unit<'a>> {
    let list = words::units(told, part);
    list.into_iter().map(|u| unit(told, u)).collect()
}

fn periods(list: &[PeriodOfOne]) -> Vec<Period<'_>> {
    list.iter()
        .map(|p| Period {
            id: &p.id,
            units: p.units,
            figures: p.figures,
        })
        .collect()
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn unit<'a>(told: &'a Told<'_>, u: &'a UnitOfOne) -> Unit<'a> {
    let ended = told.names.ended.get(&u.unit);
    Unit {
        period: some(&u.period),
        unit: &u.unit,
        unit_name: told.names.units.get(&u.unit).map(String::as_str),
        figures: u.figures,
        last_day: ended.map(|e| e.last_day.to_iso()),
        successors: ended.map_or_else(Vec::new, |e| {
            e.successors.iter().map(String::as_str).collect()
        }),
    }
}

fn one<'a>(told: &'a Told<'_>, c: &'a Change) -> One<'a> {
    let plain = |d: Decimal| d.normalized().to_plain();
    let names = &told.names;
    One {
        period: some(&c.key.period),
        unit: &c.key.unit,
        unit_name: names.units.get(&c.key.unit).map(String::as_str),
        service: some(&c.key.service),
        service_name: some(&c.key.service)
            .and_then(|s| names.services.get(s))
            .map(String::as_str),
        id: &c.key.id,
        label: names.labels.get(&c.key.id).map(String::as_str),
        old: c.old.as_ref().map(value),
        new: c.new.as_ref().map(value),
        difference: c.difference().map(plain),
        points: c.is_points(),
        percent: c.percent().map(plain),
    }
}

fn value(f: &Figure) -> Value<'_> {
    let plain = |d: Decimal| d.normalized().to_plain();
    Value {
        value: f.value.map(plain),
        value_max: f.max.map(plain),
        qualifier: &f.sign,
        state: some(&f.state),
        rank: f.rank.as_ref().map(|r| r.rank),
        ranked: f.rank.as_ref().map(|r| r.of),
        counted: f.left_out.map(|c| c.counted),
        counted_of: f.left_out.map(|c| c.of),
    }
}
