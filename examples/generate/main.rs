//! Writes a complete illustrative site of a stated size, the same bytes each time.
//!
//! `cargo run --release --example generate -- SIZE DIR`, where SIZE is `commune`, `province`, `nation`, or
//! reporting units × services × months such as `12x5x6`. Units and figures are invented, and all pages say so.

mod catalog;
mod content;
mod folder;
mod month;
mod plan;
mod random;
mod reports;
mod services;
pub(crate) mod size;
mod units;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use folder::Folder;
use plan::Plan;
use size::Size;

const USAGE: &str = "cách dùng: generate CỠ THƯ_MỤC
  CỠ là commune, province, nation hoặc ĐƠN_VỊxDỊCH_VỤxTHÁNG, ví dụ 12x5x6";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let [size, folder] = arguments.as_slice() else {
        return fail(USAGE);
    };
    let Some(size) = size.to_str().and_then(Size::parse) else {
        return fail(USAGE);
    };
    match generate(size, Path::new(folder)) {
        Ok(line) => say(&mut io::stdout().lock(), &line, ExitCode::SUCCESS),
        Err(message) => fail(&message),
    }
}

/// Writes the site and returns one line about it.
pub(crate) fn generate(size: Size, path: &Path) -> Result<String, String> {
    let plan = Plan::new(size);
    let folder = Folder::claim(path)?;
    catalog::write(&plan, &folder)?;
    content::write(&plan, &folder)?;
    let rows = reports::write(&plan, &folder)?;
    Ok(format!(
        "đã ghi {} đơn vị báo cáo, {} dịch vụ, {} tháng, {rows} dòng số liệu vào {}",
        plan.reporting().count(),
        plan.services.len(),
        plan.months.len(),
        path.display()
    ))
}

fn fail(message: &str) -> ExitCode {
    say(&mut io::stderr().lock(), message, ExitCode::from(2))
}

fn say(out: &mut impl Write, line: &str, code: ExitCode) -> ExitCode {
    if writeln!(out, "{line}").is_ok() {
        code
    } else {
        ExitCode::from(2)
    }
}
