//! One file per kind of page: the analysis → the typed context of its template.

pub(super) mod changes;
pub(super) mod compare;
pub(super) mod editions;
pub(super) mod evidence;
pub(super) mod feed;
pub(super) mod heat;
pub(super) mod home;
pub(super) mod indicators;
pub(super) mod plain;
pub(super) mod ranking;
pub(super) mod reconciliation;
pub(super) mod revisions;
pub(super) mod search;
pub(super) mod services;
mod summaries;
pub(super) mod units;

pub(super) use summaries::summaries;

use super::context::{Alternate, Crumb, Page};
use super::view::View;

/// What leads from a page to the root of the site.
pub(super) fn root(prefix: &str, path: &str) -> String {
    "../".repeat(prefix.matches('/').count() + path.matches('/').count())
}

/// The frame of a page: what is the same for all kinds.
pub(super) fn frame(view: &View<'_>, kind: &str, section: &str, path: &str, title: &str) -> Page {
    let prefix = view.prefix();
    Page {
        kind: kind.to_owned(),
        section: section.to_owned(),
        lang: view.analysis.config.language.clone(),
        title: title.to_owned(),
        description: title.to_owned(),
        path: path.to_owned(),
        canonical: view.canonical(path),
        root: root(&prefix, path),
        prefix,
        alternates: alternates(view, path),
        illustrative: view.analysis.config.illustrative,
        message: title.to_owned(),
        ..Page::default()
    }
}

/// The page in every language of the site, the original first.
fn alternates(view: &View<'_>, path: &str) -> Vec<Alternate> {
    let base = &view.analysis.config.base_url;
    let languages = view.languages.iter().enumerate();
    let one = |(i, (lang, name)): (usize, &(String, String))| {
        let prefix = if i == 0 {
            String::new()
        } else {
            format!("{lang}/")
        };
        Alternate {
            lang: lang.clone(),
            label: name.clone(),
            // From the root: what leads to another language does not stay in this one.
            href: format!("/{prefix}{path}"),
            canonical: (!base.is_empty()).then(|| format!("{base}{prefix}{path}")),
        }
    };
    languages.map(one).collect()
}

/// A step of the breadcrumb.
pub(super) fn crumb(text: &str, href: &str) -> Crumb {
    Crumb {
        text: text.to_owned(),
        href: Some(href.to_owned()),
    }
}

/// The breadcrumb of a page: home, steps, the page itself.
pub(super) fn crumbs(view: &View<'_>, steps: Vec<Crumb>, own: &str) -> Vec<Crumb> {
    let mut list = vec![crumb(&view.t("nav.home", &[]), "")];
    list.extend(steps);
    list.push(Crumb {
        text: own.to_owned(),
        href: None,
    });
    list
}

/// At most about 155 signs, cut at a word: what search engines show.
pub(super) fn description(text: &str) -> String {
    const MOST: usize = 155;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', '.']))
}
