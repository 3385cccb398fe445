//! `check`: finds, chooses the unit, and prints in the form asked for.

use std::io::{IsTerminal, Write};
use std::path::{Component, Path};

use super::arguments::{Arguments, CheckOptions, Deny, Format};
use super::build::{print, style};
use super::{DONE, SITE_HAS_ERRORS};
use crate::diagnostic::{Diagnostic, Language, github, human, json, sarif, short, summarise};
use crate::error::Error;
use crate::model::UnitIx;
use crate::pipeline::{self, Loaded, Options};
use crate::slip;
use crate::source::{self, Sources};
use crate::text::normal::fold;
use crate::text::suggest::suggest;

/// `tiendo check`.
pub(super) fn check(
    arguments: &Arguments,
    options: &CheckOptions,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, Error> {
    let language = arguments.language();
    let is_slip = matches!(options.format, Format::Markdown | Format::Docx);
    if is_slip && options.unit.is_none() {
        return Err(Error::Usage(match language {
            Language::Vietnamese => "phiếu gửi lại cần --unit ĐƠN VỊ".to_owned(),
            Language::English => "a slip needs --unit UNIT".to_owned(),
        }));
    }
    let sources = source::scan(&arguments.root)?;
    let asked = Options {
        as_of: arguments.as_of,
        ..Options::default()
    };
    let loaded = pipeline::load(&sources, &asked);
    let unit = options
        .unit
        .as_deref()
        .map(|name| find_unit(name, &loaded, language))
        .transpose()?;
    let mut findings = pipeline::check_loaded(&sources, &loaded);
    if let Some(unit) = unit {
        findings.retain(|d| slip::concerns(d, unit, &loaded.catalog, &loaded.periods));
    }
    let code = exit_code(&findings, options.deny);
    let run = Run {
        arguments,
        options,
        sources: &sources,
        findings: &findings,
        code,
    };
    let bytes = match (unit, options.format) {
        (Some(unit), Format::Markdown | Format::Docx) => run.slip(&loaded, unit)?,
        _ => run.listed().into_bytes(),
    };
    run.deliver(&bytes, out)?;
    if options.format == Format::Human && !arguments.quiet {
        let _ = writeln!(err, "{}", human::closing_line(&findings, language));
    }
    Ok(code)
}

/// A check that was made, to be told.
struct Run<'a> {
    arguments: &'a Arguments,
    options: &'a CheckOptions,
    sources: &'a Sources,
    findings: &'a [Diagnostic],
    code: u8,
}

impl Run<'_> {
    /// The findings in one of the forms that list them.
    fn listed(&self) -> String {
        let (arguments, findings) = (self.arguments, self.findings);
        let language = arguments.language();
        let root = below_here(&arguments.root);
        match self.options.format {
            Format::Short => short::render(findings, language, arguments.verbose),
            Format::Json => json::render(findings, language),
            Format::Github => github::render(findings, &root, language),
            Format::Sarif => sarif::render(findings, &root, language, self.code),
            Format::Human | Format::Markdown | Format::Docx => {
                let terminal = self.options.output.is_none() && std::io::stdout().is_terminal();
                let style = style(arguments, terminal);
                let views = super::views(self.sources);
                let mut text = human::render(findings, self.sources, &views, style);
                if !arguments.quiet {
                    text.push_str(&human::closing_table(findings, language, style.waived));
                }
                text
            }
        }
    }

    /// The findings as the slip for a unit.
    fn slip(&self, loaded: &Loaded, unit: UnitIx) -> Result<Vec<u8>, Error> {
        let slip = slip::draw_up(
            self.findings,
            unit,
            &loaded.catalog,
            &loaded.periods,
            &loaded.config.publisher,
            loaded.as_of,
        );
        if self.options.format == Format::Markdown {
            return Ok(slip::markdown::render(&slip).into_bytes());
        }
        slip::docx::render(&slip).map_err(|e| Error::write(Path::new("docx"), e))
    }

    /// Writes to the file asked for, else to the standard output; a Word document never to a terminal.
    fn deliver(&self, bytes: &[u8], out: &mut dyn Write) -> Result<(), Error> {
        if let Some(path) = &self.options.output {
            return std::fs::write(path, bytes).map_err(|e| Error::write(path, e));
        }
        if self.options.format == Format::Docx && std::io::stdout().is_terminal() {
            return Err(Error::Usage(match self.arguments.language() {
                Language::Vietnamese => {
                    "tệp Word không in ra màn hình được; ghi vào tệp bằng -o phieu.docx".to_owned()
                }
                Language::English => {
                    "a Word document cannot be shown on a terminal; write it with -o slip.docx"
                        .to_owned()
                }
            }));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => print(out, text),
            Err(_) => out
                .write_all(bytes)
                .map_err(|e| Error::write(Path::new("stdout"), e)),
        }
    }
}

/// The unit of an id, else the only one of a name.
fn find_unit(name: &str, loaded: &Loaded, language: Language) -> Result<UnitIx, Error> {
    let units = &loaded.catalog.units;
    if let Some(unit) = units.find(name) {
        return Ok(unit);
    }
    let named = units.named(&fold(name));
    if let [unit] = named {
        return Ok(*unit);
    }
    let ids: Vec<&str> = named.iter().map(|u| units.get(*u).id.as_str()).collect();
    let near = suggest(name, units.list.iter().map(|u| u.id.as_str()));
    Err(Error::Usage(match (language, &ids[..], near) {
        (Language::Vietnamese, [], Some(n)) => {
            format!("không có đơn vị `{name}`; có phải ý bạn là `{n}`?")
        }
        (Language::Vietnamese, [], None) => format!("không có đơn vị `{name}`"),
        (Language::English, [], Some(n)) => {
            format!("there is no unit `{name}`; did you mean `{n}`?")
        }
        (Language::English, [], None) => format!("there is no unit `{name}`"),
        (Language::Vietnamese, ids, _) => {
            format!("có {} đơn vị tên `{name}`: {}", ids.len(), ids.join(", "))
        }
        (Language::English, ids, _) => {
            format!(
                "{} units are called `{name}`: {}",
                ids.len(),
                ids.join(", ")
            )
        }
    }))
}

/// The site's folder below the current one, with `/` between its parts: what GitHub and SARIF call a file by begins
/// at the folder of the repository, where the program is run. Empty where it is not below.
fn below_here(root: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let below = if root.is_absolute() {
        root.strip_prefix(&here).unwrap_or(Path::new(""))
    } else {
        root
    };
    let mut parts = Vec::new();
    for part in below.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_string_lossy()),
            Component::CurDir => {}
            _ => return String::new(),
        }
    }
    parts.join("/")
}

fn exit_code(findings: &[Diagnostic], deny: Option<Deny>) -> u8 {
    let summary = summarise(findings);
    let denied = deny == Some(Deny::Warnings) && summary.warnings > 0;
    if summary.errors > 0 || denied {
        SITE_HAS_ERRORS
    } else {
        DONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_the_site_is_told_from_here() {
        let here = std::env::current_dir().unwrap();
        assert_eq!(below_here(Path::new(".")), "");
        assert_eq!(below_here(Path::new("./trang/a")), "trang/a");
        assert_eq!(below_here(&here.join("trang")), "trang");
        assert_eq!(below_here(Path::new("../trang")), "");
    }
}
