//! Sample pages of every kind, from real figures where there are some: what the templates are tested and looked at with.
#![expect(clippy::too_many_lines, reason = "a sample page is one long literal")]

mod editions;
mod home;
mod parts;
mod rankings;
mod texts;
mod unit_series;
mod unit_services;
mod units;

use super::context::{Body, Crumb, Link, NavEntry, Page, Publisher, Site, State};
use crate::theme::{Theme, ThemeError};
use parts::tag;

/// The site of the samples.
pub(crate) fn site() -> Site {
    let entry = |key: &str, href: &str| NavEntry {
        key: key.into(),
        in_strip: key != "compare",
        href: href.into(),
    };
    Site {
        title: "Tiến độ Đề án 06".into(),
        subtitle: Some("Trang mẫu, dựng từ báo cáo công khai".into()),
        emblem: None,
        nav: vec![
            entry("home", ""),
            entry("editions", "ky/"),
            entry("units", "don-vi/"),
            entry("services", "dich-vu/"),
            entry("indicators", "chi-tieu/"),
            entry("rankings", "xep-hang/"),
            entry("compare", "so-sanh/"),
            entry("tasks", "nhiem-vu/"),
            entry("reconciliation", "doi-chieu/"),
            entry("data", "du-lieu/"),
            entry("method", "phuong-phap/"),
        ],
        search_href: Some("don-vi/".into()),
        publisher: Publisher {
            name: Some("Văn phòng mẫu".into()),
            governing_body: Some("Ủy ban nhân dân tỉnh mẫu".into()),
            responsible: Some("Chánh Văn phòng".into()),
            note: Some("Trang mẫu này không thuộc một cơ quan nhà nước nào.".into()),
            ..Publisher::default()
        },
        licence: Some(Link {
            text: "CC BY 4.0".into(),
            href: "https://creativecommons.org/licenses/by/4.0/".into(),
        }),
        data_href: Some("du-lieu/".into()),
        reconciliation_href: Some("doi-chieu/".into()),
        feed_href: Some("atom.xml".into()),
    }
}

/// The frame of a page in Vietnamese.
fn frame(kind: &str, section: &str, path: &str, message: &str) -> Page {
    let depth = path.matches('/').count();
    let home = (!path.is_empty()).then(|| Crumb {
        text: "Trang đầu".into(),
        href: Some(String::new()),
    });
    let own = (!path.is_empty()).then(|| Crumb {
        text: message.into(),
        href: None,
    });
    Page {
        kind: kind.into(),
        section: section.into(),
        lang: "vi".into(),
        title: message.into(),
        description: format!("{message}."),
        path: path.into(),
        canonical: Some(format!("https://example.vn/{path}")),
        root: "../".repeat(depth),
        message: message.into(),
        crumbs: home.into_iter().chain(own).collect(),
        as_of: vec!["Số liệu đến ngày 14/9/2024".into()],
        tags: vec![tag(State::Plain, "12/25 dịch vụ thiết yếu có số liệu")],
        citation: Some(format!(
            "Tiến độ Đề án 06, “{message}”, kỳ công bố tháng 9/2024."
        )),
        report_href: Some("mailto:?subject=B%C3%A1o%20l%E1%BB%97i".into()),
        ..Page::default()
    }
}

/// Collects rendered pages by their path.
pub(crate) struct Samples<'a> {
    theme: &'a Theme,
    site: Site,
    pub(crate) pages: Vec<(String, Result<String, ThemeError>)>,
}

impl Samples<'_> {
    fn add<B: Body>(&mut self, page: &Page, body: &B) {
        self.pages.push((
            page.path.clone(),
            super::page(self.theme, &self.site, page, body),
        ));
    }
}

/// Renders a page of every kind.
pub(crate) fn render_all(theme: &Theme) -> Vec<(String, Result<String, ThemeError>)> {
    let mut samples = Samples {
        theme,
        site: site(),
        pages: Vec::new(),
    };
    units::add(&mut samples);
    rankings::add(&mut samples);
    texts::add(&mut samples);
    samples.pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme;
    use std::collections::BTreeSet;

    fn rendered() -> Vec<(String, String)> {
        let theme = theme::load(&theme::ThemeFiles::new(), &theme::Tokens::default()).unwrap();
        render_all(&theme)
            .into_iter()
            .map(|(path, html)| (path, html.unwrap()))
            .collect()
    }

    #[test]
    fn every_template_renders_strictly() {
        let kinds: BTreeSet<String> = rendered()
            .iter()
            .map(|(_, html)| {
                html.split_once("data-kind=\"")
                    .unwrap()
                    .1
                    .split_once('"')
                    .unwrap()
                    .0
                    .to_owned()
            })
            .collect();
        let expected = "404 changes data edition editions home indicator indicators method ranking rankings reconciliation redirect revisions service services tasks unit units";
        assert_eq!(kinds.into_iter().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn pages_hold_no_styles_handlers_or_unsafe_text() {
        for (path, html) in rendered() {
            for forbidden in [
                " style=",
                " onclick=",
                "&lt;svg",
                "&lt;p",
                "none</",
                "undefined",
                "{{",
                "http://",
            ] {
                let found = html.replace("http://www.w3.org/", "").contains(forbidden);
                assert!(!found, "{path}: {forbidden}");
            }
            assert_eq!(html.matches("<h1>").count(), 1, "{path}");
            assert!(html.starts_with("<!doctype html>\n"), "{path}");
        }
    }

    #[test]
    fn the_policy_admits_the_inline_style() {
        let theme = theme::load(&theme::ThemeFiles::new(), &theme::Tokens::default()).unwrap();
        for (path, html) in rendered() {
            let (_, rest) = html.split_once("<style>").unwrap();
            let (css, _) = rest.split_once("</style>").unwrap();
            assert!(
                css.len() > 5_000 && css.len() <= theme.style.css.len(),
                "{path}"
            );
            let hash = theme::Style::new(css).hash;
            assert!(html.contains(&format!("style-src '{hash}'")), "{path}");
        }
    }

    #[test]
    fn a_missing_page_links_from_the_root_of_the_host() {
        let pages = rendered();
        let (_, html) = pages.iter().find(|(path, _)| path == "404.html").unwrap();
        assert!(html.contains("href=\"/trang/don-vi/index.html\""));
    }
}
