//! Arguments → options; prints what a command found. The rest of the program never sees a raw argument.

mod arguments;
mod build;
mod check;
mod diff;
mod explain;
mod import;
mod release;
mod report;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser as _;

use crate::source::{SourceFile, Sources};
use crate::table;
use crate::table::grid::Grid;
use crate::table::view::Views;

use arguments::{Arguments, Command};

/// The tables of a site as findings show them, sheets of workbooks too.
fn views(sources: &Sources) -> Views<'_> {
    fn sheets(file: &SourceFile) -> Vec<Grid> {
        table::grids(file, &table::Asked::default()).value
    }
    Views::new(sources).with_grids(&sheets)
}

/// Done.
const DONE: u8 = 0;
/// The site has errors that no waiver covers.
const SITE_HAS_ERRORS: u8 = 1;
/// Wrong usage, or the machine refused.
const FAILED: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(e) => {
            // Help and version are no failure; clap prints each where it belongs.
            let code = if e.use_stderr() { FAILED } else { DONE };
            let _ = e.print();
            return ExitCode::from(code);
        }
    };
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr());
    let code = match execute(&arguments, &mut out, &mut err) {
        Ok(code) => code,
        Err(e) => {
            let _ = writeln!(err, "{}", report::failure(&e, arguments.language()));
            FAILED
        }
    };
    let _ = out.flush();
    ExitCode::from(code)
}

fn execute(
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, crate::error::Error> {
    if let Some(jobs) = arguments.jobs {
        // A second pool in one process (tests) keeps the first one's size; the output does not depend on it.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.into())
            .build_global();
    }
    match &arguments.command {
        Command::Build(options) => build::build(arguments, options, err),
        Command::Check(options) => check::check(arguments, options, out, err),
        Command::Import(options) => import::import(arguments, options, out, err),
        Command::Release(options) => release::release(arguments, options, err),
        Command::Diff(options) => diff::diff(arguments, options, out),
        Command::Explain { code } => explain::explain(code.as_deref(), arguments.language(), out),
    }
}
