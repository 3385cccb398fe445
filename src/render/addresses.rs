//! Addresses of pages: where a link leads, and whether anything stands there.

use crate::analysis::Analysis;
use crate::catalog::find_period;
use crate::content::{LinkTarget, PageTarget};

/// Where a link of a narrative leads, as seen from its page.
pub fn narrative_href(
    analysis: &Analysis<'_>,
    target: &LinkTarget<'_>,
    from: &PageTarget,
) -> String {
    let paths = &analysis.config.paths;
    let catalog = analysis.catalog;
    let own = own_address(analysis, *from);
    let to = match target {
        LinkTarget::Unit(u) => format!("{}/{}/", paths.unit, catalog.units.get(*u).id),
        LinkTarget::Service(s) => format!("{}/{}/", paths.service, catalog.services.get(*s).id),
        LinkTarget::Indicator(i) => format!("{}/{}/", paths.indicator, catalog.indicator(*i).id),
        LinkTarget::Edition(p) => format!("{}/{}/", paths.edition, analysis.period(*p).id),
        LinkTarget::Site(path) => path.trim_start_matches('/').to_owned(),
    };
    let end = to.find(['?', '#']).unwrap_or(to.len());
    let (place, suffix) = to.split_at(end);
    let index = if place.is_empty() || place.ends_with('/') {
        "index.html"
    } else {
        ""
    };
    format!(
        "{}{place}{index}{suffix}",
        "../".repeat(own.matches('/').count())
    )
}

/// The folder of the page that a narrative belongs to.
fn own_address(analysis: &Analysis<'_>, from: PageTarget) -> String {
    let paths = &analysis.config.paths;
    let catalog = analysis.catalog;
    match from {
        PageTarget::Home => String::new(),
        PageTarget::Method => format!("{}/", paths.method),
        PageTarget::Edition(p) => format!("{}/{}/", paths.edition, analysis.period(p).id),
        PageTarget::Unit(u) => format!("{}/{}/", paths.unit, catalog.units.get(u).id),
        PageTarget::Service(s) => format!("{}/{}/", paths.service, catalog.services.get(s).id),
    }
}

/// Whether a link on the page `from` leads to a page of the site. Rankings and files of open data are not told apart.
pub fn has_page(analysis: &Analysis<'_>, path: &str, from: &PageTarget) -> bool {
    let paths = &analysis.config.paths;
    let Some(path) = resolved(path, &own_address(analysis, *from)) else {
        return false;
    };
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    if [
        "",
        "404.html",
        "manifest.json",
        "sitemap.xml",
        "atom.xml",
        "robots.txt",
    ]
    .contains(&path)
    {
        return true;
    }
    let under = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/');
    let id_under = |folder: &str| under(folder).map(|rest| rest.strip_suffix('/').unwrap_or("?"));
    if under(&paths.data).is_some()
        || under(&paths.ranking).is_some()
        || under(&paths.search).is_some()
        || under(&paths.compare).is_some()
        || under(&paths.revisions) == Some("atom.xml")
    {
        return true;
    }
    if let Some(id) = id_under(&paths.edition).filter(|_| under(&paths.edition) != Some("")) {
        let own = |id| find_period(&analysis.periods.list, id);
        return match id.strip_suffix(&format!("/{}", paths.changes)) {
            Some(id) => own(id).is_some_and(|p| analysis.edition_before(p).is_some()),
            None => own(id).is_some(),
        };
    }
    if let Some(id) = id_under(&paths.unit).filter(|_| under(&paths.unit) != Some("")) {
        let unit = analysis.catalog.units.find(id);
        return unit.is_some_and(|u| analysis.units_with_pages().binary_search(&u).is_ok());
    }
    if let Some(id) = id_under(&paths.service).filter(|_| under(&paths.service) != Some("")) {
        return analysis.catalog.services.find(id).is_some();
    }
    if let Some(id) = id_under(&paths.indicator).filter(|_| under(&paths.indicator) != Some("")) {
        return matches!(
            analysis.catalog.stat(id),
            Some(crate::model::Stat::Indicator(_))
        );
    }
    [
        &paths.edition,
        &paths.unit,
        &paths.service,
        &paths.indicator,
        &paths.tasks,
        &paths.reconciliation,
        &paths.method,
        &paths.latest,
        &paths.revisions,
    ]
    .iter()
    .any(|folder| under(folder) == Some(""))
}

/// A path from the root without its first slash; `None` where it leaves the site.
fn resolved(path: &str, own: &str) -> Option<String> {
    if let Some(path) = path.strip_prefix('/') {
        return Some(path.to_owned());
    }
    let mut parts: Vec<&str> = own.split('/').filter(|p| !p.is_empty()).collect();
    let mut ends_open = false;
    for part in path.split('/') {
        ends_open = part.is_empty() || part == "." || part == "..";
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let end = if ends_open && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    Some(format!("{}{end}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn relative_links_are_read_from_their_page() {
        for (path, wanted) in [
            ("/doi-chieu/", Some("doi-chieu/")),
            ("../../doi-chieu/", Some("doi-chieu/")),
            ("../2024-08/index.html", Some("ky/2024-08/index.html")),
            ("..", Some("ky/")),
            ("../..", Some("")),
            ("../../..", None),
        ] {
            assert_eq!(resolved(path, "ky/2024-09/").as_deref(), wanted, "{path}");
        }
    }
}
