//! `build`.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{Arguments, BuildOptions, Deny};
use super::{DONE, SITE_HAS_ERRORS};
use crate::diagnostic::{Diagnostic, Language, human};
use crate::error::Error;
use crate::pipeline::{self, Options, Progress, Stage};
use crate::publish::Staging;
use crate::source;

/// `tiendo build`.
pub(super) fn build(
    arguments: &Arguments,
    options: &BuildOptions,
    err: &mut dyn Write,
) -> Result<u8, Error> {
    let begin = Instant::now();
    let language = arguments.language();
    let sources = source::scan(&arguments.root)?;
    let output = options
        .output
        .clone()
        .unwrap_or_else(|| arguments.root.join("public"));
    let asked = Options {
        as_of: arguments.as_of,
        base_url: options.base_url.clone(),
        output,
    };
    let deny = options.deny == Some(Deny::Warnings);
    let terminal = Terminal::new(arguments, begin);
    let report = pipeline::build(
        &sources,
        &asked,
        deny,
        &terminal,
        || Staging::begin(&arguments.root, &asked.output),
        |staging| staging.finish().map(drop),
    );
    terminal.bar.finish_and_clear();
    let report = report?;
    let style = style(arguments, std::io::stderr().is_terminal());
    let blocked = report.made.is_none();
    // A build tells what stops it; all else stands on the page of reconciliation and in `check`.
    let shown: Vec<Diagnostic> = if arguments.verbose {
        report.findings.clone()
    } else {
        report
            .findings
            .iter()
            .filter(|d| blocked && (d.is_blocking() || deny))
            .cloned()
            .collect()
    };
    print(
        err,
        &human::render(&shown, &sources, &super::views(&sources), style),
    )?;
    if blocked {
        print(err, &human::closing_table(&shown, language, style.waived))?;
    }
    if !arguments.quiet || blocked {
        let seconds = format!("{:.1}", begin.elapsed().as_secs_f64());
        print(err, &summary(&report, &asked.output, &seconds, language))?;
    }
    Ok(if blocked { SITE_HAS_ERRORS } else { DONE })
}

fn summary(report: &pipeline::Report, output: &Path, seconds: &str, language: Language) -> String {
    let closing = human::closing_line(&report.findings, language);
    match (&report.made, language) {
        (Some(made), Language::Vietnamese) => {
            format!(
                "Đã dựng {} trang vào {} trong {} giây; {closing}.\n",
                made.pages,
                output.display(),
                seconds.replace('.', ",")
            )
        }
        (Some(made), Language::English) => {
            format!(
                "Built {} pages into {} in {seconds} s; {closing}.\n",
                made.pages,
                output.display()
            )
        }
        (None, Language::Vietnamese) => {
            format!("Chưa dựng trang: {closing}. Trang đã công bố vẫn nguyên vẹn.\n")
        }
        (None, Language::English) => {
            format!("Nothing was built: {closing}. The published site is untouched.\n")
        }
    }
}

/// Tells a person at a terminal how far a build is; is silent elsewhere.
struct Terminal {
    bar: ProgressBar,
    language: Language,
    verbose: bool,
    begin: Instant,
}

impl Terminal {
    fn new(arguments: &Arguments, begin: Instant) -> Self {
        let is_shown = !arguments.quiet && std::io::stderr().is_terminal();
        let target = if is_shown {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {pos}") {
            bar.set_style(style);
        }
        Self {
            bar,
            language: arguments.language(),
            verbose: arguments.verbose,
            begin,
        }
    }
}

impl Progress for Terminal {
    fn stage(&self, stage: Stage) {
        let words = match (stage, self.language) {
            (Stage::Read, Language::Vietnamese) => "Đọc số liệu",
            (Stage::Check, Language::Vietnamese) => "Tính và kiểm tra",
            (Stage::Render, Language::Vietnamese) => "Dựng trang",
            (Stage::Read, Language::English) => "Reading",
            (Stage::Check, Language::English) => "Computing and checking",
            (Stage::Render, Language::English) => "Making pages",
        };
        self.bar.set_message(words);
        self.bar.tick();
        if self.verbose {
            let line = format!("{:>7.2} s  {words}\n", self.begin.elapsed().as_secs_f64());
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }

    fn pages(&self, done: usize) {
        self.bar.set_position(done as u64);
    }
}

pub(super) fn style(arguments: &Arguments, terminal: bool) -> human::Style {
    let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    human::Style {
        language: arguments.language(),
        colour,
        waived: arguments.verbose,
    }
}

pub(super) fn print(out: &mut dyn Write, text: &str) -> Result<(), Error> {
    out.write_all(text.as_bytes())
        .map_err(|e| Error::write(Path::new("stdout"), e))
}
