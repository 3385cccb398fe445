//! One folder a month: what was asked for and done by service, and accounts of citizens.

use std::io::{self, Write};

use super::folder::Folder;
use super::month::Month;
use super::plan::Plan;
use super::random::Random;
use super::services::Service;
use super::units::{Level, Unit};

/// Writes all months and returns the number of rows of figures.
///
/// # Errors
/// The disk refuses.
pub(crate) fn write(plan: &Plan, folder: &Folder) -> Result<usize, String> {
    let mut rows = 0;
    for (age, month) in plan.months.iter().enumerate() {
        let at = format!("data/{}", month.id());
        folder.file(&format!("{at}/period.toml"), |out| {
            period(out, *month, plan.top())
        })?;
        rows += folder.file(&format!("{at}/dvc.csv"), |out| {
            dossiers(out, plan, *month, age)
        })?;
        rows += folder.file(&format!("{at}/vneid.csv"), |out| {
            accounts(out, plan, *month, age)
        })?;
    }
    Ok(rows)
}

fn period(out: &mut impl Write, month: Month, unit: &Unit) -> io::Result<()> {
    let (id, label, last) = (month.id(), month.label(), month.last_day());
    let received = month.following().id();
    write!(
        out,
        "period = \"{id}\"
label = \"{label}\"
start = {id}-01
end = {id}-{last}
cadence = \"thang\"
unit = \"{}\"
kind = \"bao-cao\"
status = \"final\"
received = {received}-05

[[document]]
title = \"Báo cáo minh họa, {}\"
date = {received}-05
issuer = \"{}\"
",
        unit.id,
        label.to_lowercase(),
        unit.name
    )
}

/// Of how many reports one is not sent.
const MISSING_ONE_IN: u64 = 70;

/// Whether the report of a unit is missing; the newest month of a single unit should not be empty.
fn is_missing(plan: &Plan, unit: &Unit, random: &mut Random, age: usize) -> bool {
    let drawn = random.below(MISSING_ONE_IN) == 0;
    drawn && !(unit.id == plan.top().id && age + 1 == plan.months.len())
}

fn dossiers(out: &mut impl Write, plan: &Plan, month: Month, age: usize) -> io::Result<usize> {
    writeln!(out, "Mã đơn vị,Dịch vụ,Tổng số,Trực tuyến,Đúng hạn,Quá hạn")?;
    let mut random = Random::of(3, month.number());
    let mut rows = 0;
    for unit in plan.reporting() {
        let missing = is_missing(plan, unit, &mut random, age);
        let strain = strain(&mut random);
        for service in &plan.services {
            write!(out, "{},{},", unit.id, service.id)?;
            if service.is_of_communes && unit.level == Level::Agency {
                writeln!(
                    out,
                    "không áp dụng,không áp dụng,không áp dụng,không áp dụng"
                )?;
            } else if missing {
                writeln!(out, "chưa báo cáo,,,")?;
            } else {
                let c = count(unit, service, month, age, strain, &mut random);
                writeln!(
                    out,
                    "{},{},{},{}",
                    c.total,
                    c.online,
                    c.in_time,
                    c.total - c.in_time
                )?;
            }
            rows += 1;
        }
    }
    Ok(rows)
}

/// Thousandths of dossiers that are late beyond the usual: in one month of forty something went wrong.
fn strain(random: &mut Random) -> u64 {
    if random.below(40) == 0 {
        random.between(60, 220)
    } else {
        random.below(12)
    }
}

struct Counts {
    total: u64,
    online: u64,
    in_time: u64,
}

fn count(
    unit: &Unit,
    service: &Service,
    month: Month,
    age: usize,
    strain: u64,
    random: &mut Random,
) -> Counts {
    let season = service.season[month.month - 1];
    let noise = random.between(780, 1220);
    let total = random.part(
        unit.people,
        service.rate * season / 1000 * noise,
        100_000_000,
    );
    let online = rising(unit.online, age, 20);
    let online = (online + service.ease + random.below(90))
        .saturating_sub(545)
        .min(1000);
    let in_time = rising(unit.in_time, age, 15).saturating_sub(strain + random.below(20));
    Counts {
        total,
        online: random.part(total, online, 1000),
        in_time: random.part(total, in_time, 1000),
    }
}

fn accounts(out: &mut impl Write, plan: &Plan, month: Month, age: usize) -> io::Result<usize> {
    writeln!(
        out,
        "Mã đơn vị,Công dân đủ điều kiện,Tài khoản định danh mức 2"
    )?;
    let mut random = Random::of(4, month.number());
    let mut rows = 0;
    for unit in plan.reporting().filter(|u| u.level == Level::Commune) {
        let eligible = unit.people * 3 / 4 + random.below(unit.people / 400 + 1);
        let share = rising(unit.active, age, 22) + random.below(8);
        let active = random.part(eligible, share.min(1000), 1000);
        if is_missing(plan, unit, &mut random, age) {
            writeln!(out, "{},chưa báo cáo,", unit.id)?;
        } else {
            writeln!(out, "{},{eligible},{active}", unit.id)?;
        }
        rows += 1;
    }
    Ok(rows)
}

/// A share in thousandths after `age` months, in each of which `pace` thousandths of the first gap to the whole close.
fn rising(start: u64, age: usize, pace: u64) -> u64 {
    let age = u64::try_from(age).unwrap_or(u64::MAX).min(40);
    start + 1000_u64.saturating_sub(start) * age * pace / 1000
}
