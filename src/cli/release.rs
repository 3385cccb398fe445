//! `release`: records the figures of a period as published, and proposes entries for those that changed since.

use std::io::{IsTerminal, Write};

use super::arguments::{Arguments, ReleaseOptions};
use super::build::{print, style};
use super::{DONE, SITE_HAS_ERRORS};
use crate::catalog::find_period;
use crate::diagnostic::{Diagnostic, Language, codes, human};
use crate::error::Error;
use crate::model::PeriodIx;
use crate::pipeline::{self, Loaded, Options};
use crate::publish;
use crate::release::{self, Entry, Head, Kind, Revision};
use crate::source::{self, Sources};
use crate::text::suggest::suggest_period;

/// `tiendo release`.
pub(super) fn release(
    arguments: &Arguments,
    options: &ReleaseOptions,
    err: &mut dyn Write,
) -> Result<u8, Error> {
    let sources = source::scan(&arguments.root)?;
    let asked = Options {
        as_of: arguments.as_of,
        ..Options::default()
    };
    let loaded = pipeline::load(&sources, &asked);
    let period = find(&options.period, &loaded, arguments.language())?;
    let run = Run {
        arguments,
        options,
        sources: &sources,
        loaded: &loaded,
        period,
    };
    if options.revise {
        run.revise(err)
    } else {
        run.release(err)
    }
}

/// So many units are named.
const NAMED: usize = 5;

struct Run<'a> {
    arguments: &'a Arguments,
    options: &'a ReleaseOptions,
    sources: &'a Sources,
    loaded: &'a Loaded,
    period: PeriodIx,
}

impl Run<'_> {
    /// Records the figures as they are.
    fn release(&self, err: &mut dyn Write) -> Result<u8, Error> {
        let path = release::path_of(&self.options.period);
        if self.sources.get(&path).is_some() {
            return Err(self.already_released(&path));
        }
        let findings = pipeline::check_loaded(self.sources, self.loaded);
        let blocking: Vec<Diagnostic> = findings
            .into_iter()
            .filter(Diagnostic::is_blocking)
            .collect();
        if !blocking.is_empty() {
            return self.refuse(&blocking, err);
        }
        let loaded = self.loaded;
        let Some(as_of) = loaded.as_of else {
            return Err(Error::Usage(self.say(
                "chưa biết ngày công bố; thêm --as-of NGÀY",
                "the day of the release is not known; add --as-of DATE",
            )));
        };
        let figures = release::figures(
            &loaded.catalog,
            &loaded.ingested,
            &loaded.targets,
            self.period,
        );
        let head = Head {
            period: self.options.period.clone(),
            as_of,
        };
        let text = release::write(&head, &figures);
        publish::record(&self.arguments.root, &path, text.as_bytes())?;
        let mut units: Vec<&str> = figures.iter().map(|f| f.unit).collect();
        units.dedup();
        let (n, u, day) = (figures.len(), units.len(), as_of.format_vi());
        let label = &loaded.periods.list[self.period.at()].label;
        self.tell(
            &format!(
                "Đã ghi nhận công bố {label}, ngày {day}: {n} số của {u} đơn vị, trong {path}. Lưu tệp này cùng số liệu; \
                 từ nay số nào đổi thì phải có đính chính."
            ),
            &format!(
                "Released {label} on {}: {n} figures of {u} units, in {path}. Keep this file with the data; from now on \
                 each changed figure needs a revision.",
                as_of.to_iso()
            ),
            err,
        )?;
        self.tell_missing(err)?;
        Ok(DONE)
    }

    /// Who should have reported for the period and has not.
    fn tell_missing(&self, err: &mut dyn Write) -> Result<(), Error> {
        let analysis = self.loaded.analysis();
        let period = analysis.period(self.period);
        let Some(cadence) = self.loaded.config.cadence(&period.cadence) else {
            return Ok(());
        };
        let expected = analysis.declared_units(cadence, period.end);
        let missing: Vec<&str> = expected
            .iter()
            .filter(|u| !analysis.has_reported(**u, self.period))
            .map(|u| self.loaded.catalog.units.get(*u).name.as_str())
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        let (n, of) = (missing.len(), expected.len());
        let mut names = missing[..n.min(NAMED)].join(", ");
        if n > NAMED {
            names.push_str(", …");
        }
        self.tell(
            &format!(
                "Còn {n} trong {of} đơn vị chưa báo cáo: {names}. Số của họ đến sau được ghi là báo cáo muộn."
            ),
            &format!(
                "{n} of {of} units have not reported: {names}. What they send later is recorded as a late report."
            ),
            err,
        )
    }

    /// Adds an entry for each change without one.
    fn revise(&self, err: &mut dyn Write) -> Result<u8, Error> {
        let id = &self.options.period;
        if self.loaded.revisions.released_on(self.period).is_none() {
            return Err(Error::Usage(self.say(
                &format!("kỳ `{id}` chưa được ghi nhận công bố; chạy `tiendo release {id}` trước"),
                &format!("period `{id}` has not been released; run `tiendo release {id}` first"),
            )));
        }
        // Entries that cannot be read would be proposed again.
        let is_in_the_way = |d: &&Diagnostic| {
            *d.place.file == *release::ENTRIES
                && d.is_blocking()
                && d.code != codes::REVISION_WITHOUT_REASON
        };
        let broken: Vec<Diagnostic> = self
            .loaded
            .findings
            .iter()
            .filter(is_in_the_way)
            .cloned()
            .collect();
        if !broken.is_empty() {
            return self.refuse(&broken, err);
        }
        let mut changes: Vec<&Revision> = self.loaded.revisions.undeclared().collect();
        changes.retain(|r| r.period == self.period);
        changes.sort_by(|a, b| a.cell.cmp(&b.cell));
        let entries: Vec<Entry> = changes.iter().map(|r| self.entry(r)).collect();
        if entries.is_empty() {
            self.tell(
                "Không có số đã công bố nào đổi mà chưa có đính chính.",
                "No published figure has changed without a revision.",
                err,
            )?;
            return Ok(DONE);
        }
        let before = self.sources.get(release::ENTRIES).map_or(Ok(""), |f| {
            std::str::from_utf8(&f.bytes).map_err(|_| {
                Error::Usage(self.say(
                    "data/revisions.toml không phải UTF-8; lưu lại bằng UTF-8 rồi chạy lại",
                    "data/revisions.toml is not UTF-8; save it as UTF-8 and run again",
                ))
            })
        })?;
        let text = release::append(before, &entries);
        publish::record(&self.arguments.root, release::ENTRIES, text.as_bytes())?;
        let late = changes.iter().filter(|r| r.kind == Kind::Late).count();
        let n = entries.len() - late;
        let (vi, en) = match (&self.options.reason, n) {
            (None, 1..) => (
                " Ghi lý do vào `reason` của từng mục rồi chạy `tiendo check`.",
                " Fill in `reason` of each entry, then run `tiendo check`.",
            ),
            _ => ("", ""),
        };
        let (what_vi, what_en) = match (n, late) {
            (_, 0) => (format!("{n} đính chính"), format!("{n} revisions")),
            (0, _) => (
                format!("{late} số báo cáo muộn"),
                format!("{late} late figures"),
            ),
            _ => (
                format!("{n} đính chính và {late} số báo cáo muộn"),
                format!("{n} revisions and {late} late figures"),
            ),
        };
        self.tell(
            &format!("Đã thêm vào data/revisions.toml {what_vi}.{vi}"),
            &format!("Added {what_en} to data/revisions.toml.{en}"),
            err,
        )?;
        Ok(DONE)
    }

    fn entry(&self, r: &Revision) -> Entry {
        let asked = |t: &Option<String>| t.clone().unwrap_or_default();
        let is_late = r.kind == Kind::Late;
        Entry {
            reason: if is_late {
                String::new()
            } else {
                asked(&self.options.reason)
            },
            by: asked(&self.options.by),
            ..r.proposed(&self.options.period, self.loaded.as_of)
        }
    }

    fn already_released(&self, path: &str) -> Error {
        let id = &self.options.period;
        let day = self.loaded.revisions.released_on(self.period);
        let (on_vi, on_en) = day.map_or_else(Default::default, |d| {
            (
                format!(" ngày {}", d.format_vi()),
                format!(" on {}", d.to_iso()),
            )
        });
        Error::Usage(self.say(
            &format!(
                "kỳ `{id}` đã được công bố{on_vi} ({path}); bản công bố không được ghi lại\n   = gợi ý: số nào đổi từ đó \
                 thì ghi thành đính chính: `tiendo release {id} --revise`"
            ),
            &format!(
                "period `{id}` was released{on_en} ({path}); a release is never rewritten\n   = hint: record what has \
                 changed since as revisions: `tiendo release {id} --revise`"
            ),
        ))
    }

    /// Shows what stands in the way.
    fn refuse(&self, findings: &[Diagnostic], err: &mut dyn Write) -> Result<u8, Error> {
        let language = self.arguments.language();
        let style = style(self.arguments, std::io::stderr().is_terminal());
        let views = super::views(self.sources);
        print(err, &human::render(findings, self.sources, &views, style))?;
        print(err, &human::closing_table(findings, language, style.waived))?;
        let closing = human::closing_line(findings, language);
        let text = self.say(
            &format!("Chưa ghi nhận gì: {closing}."),
            &format!("Nothing was recorded: {closing}."),
        );
        print(err, &format!("{text}\n"))?;
        Ok(SITE_HAS_ERRORS)
    }

    fn say(&self, vi: &str, en: &str) -> String {
        match self.arguments.language() {
            Language::Vietnamese => vi.to_owned(),
            Language::English => en.to_owned(),
        }
    }

    fn tell(&self, vi: &str, en: &str, err: &mut dyn Write) -> Result<(), Error> {
        if self.arguments.quiet {
            return Ok(());
        }
        print(err, &format!("{}\n", self.say(vi, en)))
    }
}

/// The period of an id.
pub(super) fn find(id: &str, loaded: &Loaded, language: Language) -> Result<PeriodIx, Error> {
    let list = &loaded.periods.list;
    find_period(list, id).ok_or_else(|| {
        let near = suggest_period(id, list.iter().map(|p| p.id.as_str()));
        Error::Usage(match (language, near) {
            (Language::Vietnamese, Some(n)) => {
                format!("không có kỳ `{id}`; có phải ý bạn là `{n}`?")
            }
            (Language::Vietnamese, None) => format!("không có kỳ `{id}`"),
            (Language::English, Some(n)) => {
                format!("there is no period `{id}`; did you mean `{n}`?")
            }
            (Language::English, None) => format!("there is no period `{id}`"),
        })
    })
}
