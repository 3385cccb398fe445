//! What `OLD` and `NEW` name, and the figures that they have.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::arguments::{Arguments, DiffOptions};
use crate::analysis::diff::Figures;
use crate::catalog::find_period;
use crate::diagnostic::Language;
use crate::error::Error;
use crate::export::published;
use crate::pipeline::{self, Loaded, Options};
use crate::source::{self, GitError, Published, Sources};
use crate::text::suggest::suggest_period;

/// What is compared.
pub(super) enum Sides {
    /// Two editions of one site.
    Periods {
        site: Side,
        old: String,
        new: String,
    },
    /// Every edition of two versions of a site.
    Versions {
        old: Side,
        new: Side,
        /// Labels of measures and indicators by id, which published files do not have.
        labels: BTreeMap<String, String>,
    },
}

/// One version of a site.
pub(super) enum Side {
    /// Its sources.
    Site(Box<Loaded>),
    /// What was made of them.
    Build(Published),
}

/// Gives the figures of a period; none where there is no such period.
type Give<'a> = dyn Fn(&str) -> Result<Figures, Error> + 'a;

impl Side {
    /// The ids of its periods.
    pub(super) fn periods(&self) -> Vec<String> {
        match self {
            Self::Site(loaded) => loaded.periods.list.iter().map(|p| p.id.clone()).collect(),
            Self::Build(build) => build.periods.clone(),
        }
    }

    /// Hands over its figures.
    pub(super) fn open<T>(
        &self,
        then: impl FnOnce(&Give<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::Site(loaded) => pipeline::with_published(loaded, |analysis| {
                then(&|id| {
                    let period = find_period(&analysis.periods.list, id);
                    Ok(period.map_or_else(Figures::default, |p| published::edition(analysis, p)))
                })
            }),
            Self::Build(build) => then(&|id| {
                let Some((path, bytes)) = build.edition(id)? else {
                    return Ok(Figures::default());
                };
                published::read(&bytes).map_err(|line| damaged(&path, line))
            }),
        }
    }
}

fn damaged(path: &Path, line: usize) -> Error {
    let what = format!("{}:{line}", path.display());
    Error::read(
        path,
        std::io::Error::new(std::io::ErrorKind::InvalidData, what),
    )
}

impl Sides {
    /// Finds out what the two arguments name: periods of the site first, then folders, then commits.
    pub(super) fn find(arguments: &Arguments, options: &DiffOptions) -> Result<Self, Error> {
        let language = arguments.language();
        let site = own_site(arguments);
        let is_period = |name: &str| {
            let loaded = site.as_ref().ok()?;
            find_period(&loaded.periods.list, name)
        };
        let find = |name: &str| side(arguments, name, site.as_deref().ok());
        match (is_period(&options.old), is_period(&options.new)) {
            (Some(_), Some(_)) => Ok(Self::Periods {
                site: Side::Site(site?),
                old: options.old.clone(),
                new: options.new.clone(),
            }),
            (None, None) => Ok(Self::Versions {
                old: find(&options.old)?,
                new: find(&options.new)?,
                labels: site.as_deref().map(labels).unwrap_or_default(),
            }),
            (first, _) => {
                let (period, other) = if first.is_some() {
                    (&options.old, &options.new)
                } else {
                    (&options.new, &options.old)
                };
                // A period that is misspelt is likelier than a comparison of a period with a folder.
                find(other)?;
                Err(Error::Usage(match language {
                    Language::Vietnamese => format!(
                        "`{period}` là một kỳ, `{other}` thì không: so hai kỳ với nhau, hoặc hai bản của trang với nhau"
                    ),
                    Language::English => format!(
                        "`{period}` is a period and `{other}` is not: compare two periods, or two versions of the site"
                    ),
                }))
            }
        }
    }
}

fn labels(site: &Loaded) -> BTreeMap<String, String> {
    let catalog = &site.catalog;
    let known = |id: &str| {
        Some((
            id.to_owned(),
            catalog.stat_label(catalog.stat(id)?).to_owned(),
        ))
    };
    catalog.stat_ids().filter_map(known).collect()
}

fn own_site(arguments: &Arguments) -> Result<Box<Loaded>, Error> {
    Ok(load(&source::scan(&arguments.root)?, arguments))
}

fn load(sources: &Sources, arguments: &Arguments) -> Box<Loaded> {
    let asked = Options {
        as_of: arguments.as_of,
        ..Options::default()
    };
    Box::new(pipeline::load(sources, &asked))
}

/// A folder of a site, a folder that was built, or a commit.
fn side(arguments: &Arguments, name: &str, site: Option<&Loaded>) -> Result<Side, Error> {
    let folder = PathBuf::from(name);
    if folder.join("site.toml").is_file() {
        return Ok(Side::Site(load(&source::scan(&folder)?, arguments)));
    }
    if let Some(build) = source::find_published(&folder)? {
        return Ok(Side::Build(build));
    }
    match source::scan_commit(&arguments.root, name) {
        Ok(sources) => Ok(Side::Site(load(&sources, arguments))),
        Err(why) => Err(Error::Usage(unknown(
            name,
            folder.is_dir(),
            &why,
            site,
            arguments.language(),
        ))),
    }
}

fn unknown(
    name: &str,
    is_folder: bool,
    why: &GitError,
    site: Option<&Loaded>,
    language: Language,
) -> String {
    let vi = language == Language::Vietnamese;
    let list = site.map_or(&[][..], |s| &s.periods.list);
    if let Some(near) = suggest_period(name, list.iter().map(|p| p.id.as_str()))
        && !is_folder
    {
        return if vi {
            format!("không có kỳ `{name}`; có phải ý bạn là `{near}`?")
        } else {
            format!("there is no period `{name}`; did you mean `{near}`?")
        };
    }
    let git = match (why, vi) {
        (GitError::Missing, true) => "không tìm thấy chương trình git để đọc bản ghi".to_owned(),
        (GitError::Missing, false) => "there is no git program to read commits with".to_owned(),
        (GitError::NoCommit, true) => "không phải bản ghi git nào".to_owned(),
        (GitError::NoCommit, false) => "it is no git commit".to_owned(),
        (GitError::NoSite, true) => "bản ghi git ấy không có site.toml ở thư mục này".to_owned(),
        (GitError::NoSite, false) => "that commit has no site.toml in this folder".to_owned(),
        (GitError::Failed(said), _) => format!("git: {said}"),
    };
    match (is_folder, vi) {
        (true, true) => {
            format!(
                "thư mục `{name}` không có site.toml và không phải bản đã dựng (không có so-lieu.csv)"
            )
        }
        (true, false) => {
            format!(
                "folder `{name}` has no site.toml and is no built site (there is no so-lieu.csv)"
            )
        }
        (false, true) => format!("`{name}` không phải kỳ của trang, không phải thư mục; {git}"),
        (false, false) => format!("`{name}` is no period of the site and no folder; {git}"),
    }
}
