//! `build` and `check`.

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::arguments::{Arguments, BuildOptions, CheckOptions, Deny, Format};
use super::{DONE, SITE_HAS_ERRORS};
use crate::diagnostic::{Diagnostic, human, json, summarise};
use crate::error::Error;
use crate::pipeline::{self, Options};
use crate::source;

/// `tiendo check`.
pub(super) fn check(
    arguments: &Arguments,
    options: &CheckOptions,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Error> {
    let sources = source::scan(&arguments.root)?;
    let asked = Options { as_of: arguments.as_of, ..Options::default() };
    let findings = pipeline::check(&sources, &asked)?;
    let language = arguments.language();
    match options.format {
        Format::Json => print(out, &json::render(&findings, language))?,
        Format::Human => {
            let style = style(arguments, std::io::stdout().is_terminal());
            print(out, &human::render(&findings, &sources, style))?;
            if !arguments.quiet {
                let _ = writeln!(err, "{}", human::closing_line(&findings, language));
            }
        }
    }
    Ok(exit_code(&findings, options.deny))
}

/// `tiendo build`.
pub(super) fn build(arguments: &Arguments, options: &BuildOptions, err: &mut dyn Write) -> Result<u8, Error> {
    let sources = source::scan(&arguments.root)?;
    let output = options.output.clone().unwrap_or_else(|| arguments.root.join("public"));
    let asked = Options { as_of: arguments.as_of, base_url: options.base_url.clone(), output };
    let _ = (&sources, &asked, err as &mut dyn Write, print as fn(&mut dyn Write, &str) -> Result<(), Error>);
    let findings = pipeline::check(&sources, &asked)?;
    Ok(exit_code(&findings, options.deny))
}

fn exit_code(findings: &[Diagnostic], deny: Option<Deny>) -> u8 {
    let summary = summarise(findings);
    let denied = deny == Some(Deny::Warnings) && summary.warnings > 0;
    if summary.errors > 0 || denied { SITE_HAS_ERRORS } else { DONE }
}

fn style(arguments: &Arguments, terminal: bool) -> human::Style {
    let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    human::Style { language: arguments.language(), colour, waived: arguments.verbose }
}

fn print(out: &mut dyn Write, text: &str) -> Result<(), Error> {
    out.write_all(text.as_bytes()).map_err(|e| Error::write(Path::new("stdout"), e))
}

