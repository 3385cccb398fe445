//! Every parser on damaged files: it returns, in time, within a bound of memory, and never panics.
//!
//! The files are those of `tests/corpus/`, one folder a parser; what ever broke something stays there as a file of its
//! own. Each test runs in a process of its own that may not take more memory than `MEMORY_MIB` (Linux; elsewhere only
//! time is bounded). A failure names the round and leaves the file that caused it in the folder for temporary files of
//! the build. `TIENDO_FUZZ=100` makes a hundred times as many rounds, `TIENDO_FUZZ_SEED` other ones.

mod archives;
mod mutate;
mod parsers;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tiendo::source::{self, SourceFile};

use self::mutate::{Dice, damage};
use crate::support::{files, limited, repository};

/// Memory that reading small files may take, with the program, its threads and tables of letters.
const MEMORY_MIB: u64 = 1536;

/// What a damaged file may take at most, on a slow machine and without optimisation.
const SLOWEST: Duration = Duration::from_secs(30);

fn corpus(folder: &str) -> PathBuf {
    repository().join("tests/corpus").join(folder)
}

fn setting(name: &str, default: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.map_or(default, |n| {
        n.parse().unwrap_or_else(|_| panic!("{name}: {n}"))
    })
}

/// The files of the small site.
fn site_files() -> &'static Vec<SourceFile> {
    static FILES: OnceLock<Vec<SourceFile>> = OnceLock::new();
    FILES.get_or_init(|| source::scan(&corpus("site")).unwrap().files)
}

/// Runs `body` in a process of its own, within bounds of memory and time.
fn alone(test: &str, body: impl FnOnce()) {
    let name = format!("fuzz::{test}");
    if std::env::var("TIENDO_FUZZ_ALONE").is_ok_and(|alone| alone == name) {
        return body();
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", &name, "--nocapture", "--test-threads", "1"])
        .env("TIENDO_FUZZ_ALONE", &name)
        .env("RAYON_NUM_THREADS", "2");
    let time = Duration::from_secs(300 * setting("TIENDO_FUZZ", 1));
    let run = limited(&command, MEMORY_MIB, time);
    assert_eq!(run.code, Some(0), "{name}:\n{}{}", run.out, run.err);
}

/// Damages the files `seeds` in turn, `rounds` times, and lets `read` read what comes of it.
fn rounds(
    name: &str,
    seeds: &[Vec<u8>],
    rounds: u64,
    damage: impl Fn(&[u8], &[Vec<u8>], &mut Dice) -> Vec<u8>,
    read: impl Fn(usize, &[u8]),
) {
    for (n, seed) in seeds.iter().enumerate() {
        one(name, &format!("file-{n}"), n, seed, &read);
    }
    let seed = setting("TIENDO_FUZZ_SEED", 1);
    for round in 0..rounds * setting("TIENDO_FUZZ", 1) {
        let mut dice = Dice::new(seed, round);
        let n = dice.below(seeds.len());
        let bytes = damage(&seeds[n], seeds, &mut dice);
        one(
            name,
            &format!("seed-{seed}-round-{round}"),
            n,
            &bytes,
            &read,
        );
    }
    let cuts = 15 * usize::try_from(setting("TIENDO_FUZZ", 1)).unwrap();
    for (n, seed) in seeds.iter().enumerate() {
        for cut in (0..seed.len()).step_by(seed.len() / cuts + 1) {
            one(name, &format!("file-{n}-cut-{cut}"), n, &seed[..cut], &read);
        }
    }
}

fn one(name: &str, round: &str, n: usize, bytes: &[u8], read: &impl Fn(usize, &[u8])) {
    // Written before, so that it is there after a process that was ended from outside.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    let current = folder.join(format!("{name}-current"));
    std::fs::write(&current, bytes).unwrap();
    let start = Instant::now();
    let ended = catch_unwind(AssertUnwindSafe(|| read(n, bytes)));
    let took = start.elapsed();
    if ended.is_err() || took > SLOWEST {
        let kept = folder.join(format!("{name}-{round}-of-{n}"));
        std::fs::rename(&current, &kept).unwrap();
        panic!("{name}, {round}: {took:?}, {}", kept.display());
    }
}

/// The bytes of all files of a folder of the corpus.
fn seeds(folder: &str) -> Vec<Vec<u8>> {
    files(&corpus(folder)).into_values().collect()
}

#[test]
fn numbers() {
    alone("numbers", || {
        let lines = seeds("number");
        rounds("numbers", &lines, 500, damage, |_, bytes| {
            parsers::numbers(bytes);
        });
    });
}

#[test]
fn dates() {
    alone("dates", || {
        let lines = seeds("date");
        rounds("dates", &lines, 500, damage, |_, bytes| {
            parsers::dates(bytes);
        });
    });
}

#[test]
fn cells() {
    alone("cells", || {
        let mut lines = seeds("cell");
        lines.extend(seeds("number"));
        lines.extend(seeds("date"));
        rounds("cells", &lines, 50, damage, |_, bytes| {
            parsers::cells(bytes);
        });
    });
}

#[test]
fn delimited_text() {
    alone("delimited_text", || {
        rounds("csv", &seeds("csv"), 800, damage, |_, bytes| {
            parsers::delimited(bytes);
        });
    });
}

#[test]
fn objects() {
    alone("objects", || {
        rounds("json", &seeds("json"), 100, damage, |_, bytes| {
            parsers::objects(bytes);
        });
    });
}

#[test]
fn encodings() {
    alone("encodings", || {
        rounds("encodings", &seeds("encoding"), 400, damage, |_, bytes| {
            parsers::encodings(bytes);
        });
    });
}

#[test]
fn workbooks() {
    alone("workbooks", || {
        let mut books = seeds("workbook");
        for name in ["bao-cao.xlsx", "bao-cao.xls", "bao-cao.ods"] {
            books.push(std::fs::read(repository().join("tests/data").join(name)).unwrap());
        }
        rounds(
            "workbooks",
            &books,
            200,
            archives::damage_workbook,
            |_, bytes| {
                parsers::workbook(bytes);
            },
        );
    });
}

/// Settings, catalogue, mappings, waivers, periods, tables, narratives: each file of a whole site.
#[test]
fn sites() {
    alone("sites", || {
        let paths: Vec<&str> = site_files().iter().map(|f| &*f.path).collect();
        let texts: Vec<Vec<u8>> = site_files().iter().map(|f| f.bytes.clone()).collect();
        rounds("sites", &texts, 150, damage, |n, bytes| {
            parsers::site(paths[n], bytes);
        });
        for (path, bytes) in files(&corpus("broke")) {
            // `NAME@PATH` with `+` for `/`: what once broke the reading of that file of a site.
            let (_, at) = path.split_once('@').unwrap();
            parsers::site(&at.replace('+', "/"), &bytes);
        }
    });
}
