//! Measures the stages on a generated site: `cargo bench --bench stages -- DIR`.
//!
//! DIR is a site, for example one that `cargo run --release --example generate -- province DIR` wrote. Each stage runs
//! three times and the fastest counts; the peak of memory is that of the whole process so far.

use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tiendo::pipeline::{self, Options};
use tiendo::source;

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
    let options = Options::default();
    let (scan, sources) = fastest(|| source::scan(folder));
    let sources = sources.map_err(|e| e.to_string())?;
    row(out, "stage", "time", "peak memory")
        .and_then(|()| stage(out, "scan", scan))
        .map_err(|e| e.to_string())?;
    let (load, loaded) = fastest(|| pipeline::load(&sources, &options));
    stage(out, "read", load).map_err(|e| e.to_string())?;
    let (analyse, analysis) = fastest(|| loaded.analysis());
    stage(out, "analyse", analyse).map_err(|e| e.to_string())?;
    let (check, findings) = fastest(|| loaded.findings(&analysis, Vec::new()));
    stage(out, "check", check).map_err(|e| e.to_string())?;
    writeln!(out, "{} findings", findings.len()).map_err(|e| e.to_string())
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
    writeln!(out, "{name:<10}{time:>14}{memory:>16}")
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
