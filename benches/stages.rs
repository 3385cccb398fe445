//! Measures the stages on a generated site: `cargo bench --bench stages -- DIR`.
//!
//! DIR is a site, for example one that `cargo run --release --example generate -- province DIR` wrote. Each stage runs
//! three times and the fastest counts; the peak of memory is that of the whole process so far. The build writes to a
//! folder for temporary files and runs once: it holds what the stages before it took.
//!
//! Pages ask the analysis for figures as they need them. "every figure" asks once for all of them: figures, changes,
//! coverage, targets and rankings of every unit and period. "open data" and "pages" hold their own share of that; the
//! words of accounts are part of both.

use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use tiendo::analysis::{Against, Analysis};
use tiendo::model::{ServiceIx, Stat, UnitIx};
use tiendo::pipeline::{self, Options, Progress, Stage};
use tiendo::publish::Staging;
use tiendo::source::{self, Sources};

const RUNS: usize = 3;

fn main() -> ExitCode {
    // Cargo passes `--bench` of its own accord.
    let folder = std::env::args_os()
        .skip(1)
        .find(|a| !a.to_string_lossy().starts_with("--"));
    let out = &mut io::stdout().lock();
    let done = match folder {
        Some(folder) => measure(Path::new(&folder), out),
        None => writeln!(out, "no site to measure: cargo bench --bench stages -- DIR")
            .map_err(|e| e.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // The stream that failed is the one that the message would go to.
            let _ = writeln!(io::stderr().lock(), "{message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(folder: &Path, out: &mut impl Write) -> Result<(), String> {
    let (scan, sources) = fastest(|| source::scan(folder));
    let sources = sources.map_err(|e| e.to_string())?;
    row(out, "stage", "time", "peak memory")
        .and_then(|()| stage(out, "scan", scan))
        .map_err(|e| e.to_string())?;
    stages(&sources, out).map_err(|e| e.to_string())?;
    build(folder, &sources, out)
}

/// The stages before anything is written, each by itself.
fn stages(sources: &Sources, out: &mut impl Write) -> io::Result<()> {
    let (load, loaded) = fastest(|| pipeline::load(sources, &Options::default()));
    stage(out, "read", load)?;
    let (analyse, analysis) = fastest(|| loaded.analysis());
    stage(out, "sums", analyse)?;
    // Each time anew: what was asked for before is known afterwards.
    let (every, figures) = fastest(|| every_figure(&loaded.analysis()));
    stage(out, "every figure", every.saturating_sub(analyse))?;
    writeln!(out, "{figures} figures")?;
    let (check, findings) = fastest(|| loaded.findings(&analysis, Vec::new()));
    stage(out, "check", check)?;
    writeln!(out, "{} findings", findings.len())
}

/// Asks for every figure that pages may show, and says how many there are.
fn every_figure(analysis: &Analysis<'_>) -> usize {
    let units = analysis.units_with_pages();
    let of_units: usize = units.par_iter().map(|u| of_unit(analysis, *u)).sum();
    let scopes = analysis.scopes(&units);
    let indicators: Vec<_> = analysis.ranked_indicators().collect();
    let rankings = scopes.par_iter().map(|scope| {
        let periods = || analysis.period_indices();
        let all = indicators
            .iter()
            .flat_map(|i| periods().map(move |p| (*i, p)));
        all.map(|(i, p)| {
            let ranking = analysis.ranking(i, ServiceIx::WHOLE, p, *scope, &units);
            ranking.entries.len()
        })
        .sum::<usize>()
    });
    of_units + rankings.sum::<usize>()
}

fn of_unit(analysis: &Analysis<'_>, unit: UnitIx) -> usize {
    let facts = analysis.facts();
    let mut rows: Vec<_> = facts.keys()[facts.of_unit(unit)]
        .iter()
        .map(|k| (k.service(), k.period()))
        .chain(
            analysis
                .periods_of(unit)
                .into_iter()
                .map(|p| (ServiceIx::WHOLE, p)),
        )
        .collect();
    rows.sort_unstable();
    rows.dedup();
    let stats: Vec<Stat> = analysis.stats_of(unit);
    let mut figures = 0;
    for (service, period) in rows {
        for stat in &stats {
            figures += usize::from(
                analysis
                    .observe(*stat, unit, service, period)
                    .value
                    .is_some(),
            );
            for against in [Against::Previous, Against::LastYear] {
                black_box(
                    analysis
                        .compare(*stat, unit, service, period, against)
                        .is_ok(),
                );
            }
            black_box(analysis.coverage(*stat, unit, service, period));
            black_box(analysis.target_for(*stat, unit, service, period).is_some());
        }
    }
    figures
}

/// A whole build: the open data and the pages, and the exchange of the folders.
fn build(folder: &Path, sources: &Sources, out: &mut impl Write) -> Result<(), String> {
    let temporary = tempfile::tempdir().map_err(|e| e.to_string())?;
    let options = Options {
        output: temporary.path().join("public"),
        ..Options::default()
    };
    let clock = Clock::default();
    let mut finish = Duration::ZERO;
    let start = Instant::now();
    let report = pipeline::build(
        sources,
        &options,
        false,
        &clock,
        || Staging::begin(folder, &options.output),
        |staging| {
            let start = Instant::now();
            let written = staging.finish();
            finish = start.elapsed();
            written.map(drop)
        },
    )
    .map_err(|e| e.to_string())?;
    let whole = start.elapsed();
    let Some(made) = report.made else {
        return Err("findings stop the build".to_owned());
    };
    let (render, first_page) = clock.times();
    let end = start + whole;
    let since = |from: Option<Instant>| from.map_or(Duration::ZERO, |i| end.duration_since(i));
    let pages = since(first_page).saturating_sub(finish);
    let data = since(render).saturating_sub(finish + pages);
    stage(out, "open data", data)
        .and_then(|()| stage(out, "pages", pages))
        .and_then(|()| stage(out, "exchange", finish))
        .and_then(|()| stage(out, "build", whole))
        .map_err(|e| e.to_string())?;
    let rate = made.pages as f64 / pages.as_secs_f64().max(f64::EPSILON);
    writeln!(out, "{} pages, {rate:.0} a second", made.pages).map_err(|e| e.to_string())
}

/// When the making of pages began, and when the first one was done.
#[derive(Default)]
struct Clock {
    render: Mutex<Option<Instant>>,
    first_page: Mutex<Option<Instant>>,
}

impl Clock {
    fn times(&self) -> (Option<Instant>, Option<Instant>) {
        let read = |at: &Mutex<Option<Instant>>| at.lock().ok().and_then(|at| *at);
        (read(&self.render), read(&self.first_page))
    }

    fn note(at: &Mutex<Option<Instant>>) {
        if let Ok(mut at) = at.lock() {
            at.get_or_insert_with(Instant::now);
        }
    }
}

impl Progress for Clock {
    fn stage(&self, stage: Stage) {
        if stage == Stage::Render {
            Self::note(&self.render);
        }
    }

    fn pages(&self, _: usize) {
        Self::note(&self.first_page);
    }
}

/// The shortest time of some runs, and the value of the last one.
fn fastest<T>(run: impl Fn() -> T) -> (Duration, T) {
    let timed = || {
        let start = Instant::now();
        let value = black_box(run());
        (start.elapsed(), value)
    };
    let (mut least, mut value) = timed();
    for _ in 1..RUNS {
        // Two values at once would double the peak of memory.
        drop(value);
        let (time, next) = timed();
        least = least.min(time);
        value = next;
    }
    (least, value)
}

fn stage(out: &mut impl Write, name: &str, time: Duration) -> io::Result<()> {
    row(
        out,
        name,
        &format!("{:.1} ms", time.as_secs_f64() * 1000.0),
        &peak_memory(),
    )
}

fn row(out: &mut impl Write, name: &str, time: &str, memory: &str) -> io::Result<()> {
    writeln!(out, "{name:<14}{time:>14}{memory:>16}")
}

/// The most memory that the process has held, on Linux; elsewhere a dash.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kibibytes = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .and_then(|l| l.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kibibytes.map_or_else(|| "–".to_owned(), |k| format!("{} MiB", k / 1024))
}
