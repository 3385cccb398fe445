//! Each chart as a file of its own, and on a page of its own for frames of other sites.

use super::{Shared, Sharing};
use crate::chart::picture::{Figure, Part, figure};
use crate::chart::text_width;
use crate::error::Error;
use crate::render::context::{ChartFigure, Embed, FileEntry, Fill, Html, Link, Page};
use crate::render::kilobytes;
use crate::render::pages::root;
use crate::render::view::View;

/// Pixels of a PNG to each of the picture's own.
const SCALE: u8 = 2;

impl Sharing<'_> {
    /// Writes the files of a page's charts and links them; returns the pages for embedding.
    pub(super) fn charts(
        &self,
        page: &Page,
        body: &mut impl Shared,
    ) -> Result<Vec<(Page, Embed)>, Error> {
        let config = self.view.analysis.config;
        let units = self.view.shown_units().len();
        let has_svg = config.sharing.has_svg(units);
        let has_embeds = config.sharing.has_embeds(units) && !config.base_url.is_empty();
        let is_dated = body.is_dated();
        let mut embeds = Vec::new();
        let charts = body.charts().into_iter();
        for (at, chart) in charts.enumerate() {
            let is_drawn = is_drawn(chart);
            if !is_drawn && chart.heat.is_none() {
                continue;
            }
            let name = chart
                .id
                .clone()
                .unwrap_or_else(|| format!("hinh-{}", at + 1));
            if has_embeds && !chart.is_passing {
                embeds.push(self.embed(page, chart, &name, is_dated));
            }
            if is_drawn && (has_svg || config.sharing.png) {
                // Words of a chart are in the language of its page.
                let path = format!("{}{}/{}{name}", page.prefix, config.paths.charts, page.path);
                self.files(page, chart, &path, has_svg)?;
            }
            if chart.table.is_none() {
                let is_told = self.has_table_near(chart);
                for panel in &mut chart.panels {
                    panel.svg = named(&panel.svg.0, &chart.title, !is_told);
                }
            }
        }
        Ok(embeds)
    }

    fn files(
        &self,
        page: &Page,
        chart: &mut ChartFigure,
        path: &str,
        has_svg: bool,
    ) -> Result<(), Error> {
        let picture = figure(&self.alone(page, chart), &self.palette);
        if has_svg {
            let svg = picture.svg();
            let path = format!("{path}.svg");
            self.sink.write(&path, svg.as_bytes())?;
            chart
                .downloads
                .push(file(self.view, chart, path, "SVG", svg.len()));
        }
        if self.view.analysis.config.sharing.png {
            let path = format!("{path}-{}.png", picture.name());
            let kept = self.sink.kept(&path);
            if let Some(png) = kept.or_else(|| picture.png(SCALE)) {
                self.sink.write(&path, &png)?;
                chart
                    .downloads
                    .push(file(self.view, chart, path, "PNG", png.len()));
            }
        }
        Ok(())
    }

    /// A chart with all that must go with it where it stands alone.
    fn alone(&self, page: &Page, chart: &ChartFigure) -> Figure {
        let config = self.view.analysis.config;
        let mut foot: Vec<String> = self.source(chart).into_iter().collect();
        foot.extend(page.as_of.first().cloned());
        let address = page.canonical.as_deref().unwrap_or_default();
        let by = [config.title.as_str(), address];
        let by: Vec<&str> = by.into_iter().filter(|t| !t.is_empty()).collect();
        foot.push(by.join(", "));
        if config.illustrative {
            foot.push(self.view.t("frame.illustrative", &[]));
        }
        Figure {
            title: chart.title.clone(),
            subtitle: chart.subtitle.clone(),
            key: chart
                .key
                .iter()
                .map(|k| (class(k.fill).to_owned(), k.label.clone()))
                .collect(),
            parts: chart
                .panels
                .iter()
                .map(|p| Part {
                    title: p.title.clone(),
                    svg: p.svg.0.clone(),
                })
                .collect(),
            foot,
        }
    }

    /// Whether a chart says that its figures stand in a table on its page.
    fn has_table_near(&self, chart: &ChartFigure) -> bool {
        let on_page = self.view.t("chart.table_on_page", &[]);
        chart
            .source
            .as_deref()
            .is_some_and(|s| s.contains(&on_page))
    }

    /// The source of a chart, without the words that lead to a table on its page.
    fn source(&self, chart: &ChartFigure) -> Option<String> {
        let on_page = self.view.t("chart.table_on_page", &[]);
        let source = chart.source.as_deref()?.replace(&on_page, "");
        let source = source.trim();
        (!source.is_empty()).then(|| source.to_owned())
    }

    /// The page that shows a chart alone, with the markup to copy; the chart is told where it is.
    fn embed(
        &self,
        page: &Page,
        chart: &mut ChartFigure,
        name: &str,
        is_dated: bool,
    ) -> (Page, Embed) {
        let paths = &self.view.analysis.config.paths;
        let path = format!("{}/{}{name}/", paths.embeds, page.path);
        let canonical = self.view.canonical(&path);
        let mut alone = ChartFigure {
            source: self.source(chart),
            downloads: Vec::new(),
            ..chart.clone()
        };
        if alone.table.is_none() {
            for panel in &mut alone.panels {
                panel.svg = named(&panel.svg.0, &chart.title, true);
            }
        }
        let code = canonical.as_deref().map(|src| {
            format!(
                "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" loading=\"lazy\" style=\"border:0\"></iframe>",
                html_escape::encode_double_quoted_attribute(src),
                html_escape::encode_double_quoted_attribute(&chart.title),
                height(chart)
            )
        });
        let body = Embed {
            chart: alone,
            from: Link {
                text: page.title.clone(),
                href: page.path.clone(),
            },
            code,
            period: is_dated.then(|| page.crumbs.last().map_or("", |c| &c.text).to_owned()),
        };
        chart.embed = Some(path.clone());
        let own = Page {
            kind: "embed".into(),
            title: format!("{}: {}", page.title, chart.title),
            message: chart.title.clone(),
            description: chart.subtitle.clone(),
            root: root(&page.prefix, &path),
            canonical,
            path,
            noindex: true,
            alternates: Vec::new(),
            json_ld: None,
            citation: None,
            pager: None,
            ..page.clone()
        };
        (own, body)
    }
}

/// A drawing with a name for screen readers; with all its words where no table tells them.
fn named(svg: &str, title: &str, with_words: bool) -> Html {
    let texts = svg.split("<text").skip(1).filter_map(|part| {
        let (_, rest) = part.split_once('>')?;
        let (text, _) = rest.split_once("</text>")?;
        let pieces = text.split('<');
        let words = pieces.map(|p| p.split_once('>').map_or(p, |(_, after)| after));
        Some(words.collect::<String>())
    });
    let words = with_words.then(|| texts.collect::<Vec<_>>().join("; "));
    let desc = words.map_or_else(String::new, |w| format!("<desc>{w}</desc>"));
    let title = html_escape::encode_double_quoted_attribute(title);
    let name = format!(" role=\"img\" aria-label=\"{title}\">{desc}");
    Html(svg.replacen(" aria-hidden=\"true\">", &name, 1))
}

fn is_drawn(chart: &ChartFigure) -> bool {
    chart.panels.iter().any(|p| !p.svg.0.is_empty())
}

fn file(
    view: &View<'_>,
    chart: &ChartFigure,
    href: String,
    format: &str,
    bytes: usize,
) -> FileEntry {
    FileEntry {
        kind: "chart".into(),
        name: chart.title.clone(),
        href,
        format: format.into(),
        size: kilobytes(view, bytes as u64),
        note: None,
    }
}

fn class(fill: Fill) -> &'static str {
    match fill {
        Fill::Grey => "grey",
        Fill::First => "hi",
        Fill::Second => "b2",
        Fill::Third => "b3",
        Fill::Fourth => "b4",
        Fill::Doubtful => "ask",
        Fill::Step1 => "s1",
        Fill::Step2 => "s2",
        Fill::Step3 => "s3",
        Fill::Step4 => "s4",
        Fill::Step5 => "s5",
    }
}

/// Height of a frame that shows a chart without scrolling from 340 px of width upwards.
fn height(chart: &ChartFigure) -> i64 {
    const WIDTH: f64 = 300.0;
    let lines = |text: &str, size: f64, bold: bool| {
        let lines = (text_width(text, size, bold) * 1.15 / WIDTH).ceil();
        lines * size * 1.5
    };
    let drawings = chart.panels.iter().map(|p| {
        let height = p.svg.0.split_once(" height=\"");
        let height = height.and_then(|(_, rest)| rest.split_once('"'));
        let title = p
            .title
            .as_deref()
            .map_or(0.0, |t| lines(t, 16.0, true) + 40.0);
        height
            .and_then(|(h, _)| h.parse::<f64>().ok())
            .unwrap_or(0.0)
            + title
    });
    let key = if chart.key.is_empty() { 0.0 } else { 70.0 };
    // A heat table scrolls in its own box; its rows take two lines each on a phone.
    let heat = chart
        .heat
        .as_ref()
        .map_or(0.0, |t| 100.0 + 72.0 * t.rows.len() as f64);
    let source = chart
        .source
        .as_deref()
        .map_or(0.0, |s| lines(s, 15.0, false) + 16.0);
    let words = lines(&chart.title, 21.0, true) + lines(&chart.subtitle, 16.0, false) + source;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a height of pixels; a float beyond i64 becomes its nearest bound"
    )]
    let whole = (drawings.sum::<f64>() + heat + key + words + 220.0).ceil() as i64;
    (whole + 9) / 10 * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_without_a_table_is_named_by_its_words() {
        let svg = r#"<svg width="100%" aria-hidden="true"><text y="14">A &amp; B</text><text class="v"><tspan class="wide">rộng </tspan><tspan x="0">3%</tspan></text></svg>"#;
        let named = named(svg, "Hình", true).0;
        let start = r#"<svg width="100%" role="img" aria-label="Hình"><desc>A &amp; B; rộng 3%</desc><text"#;
        assert!(named.starts_with(start), "{named}");
    }

    #[test]
    fn a_frame_has_room_for_title_and_drawing() {
        let mut chart = ChartFigure {
            title: "Ngắn".into(),
            panels: vec![crate::render::context::Panel {
                title: None,
                svg: Html(r#"<svg width="100%" height="300"></svg>"#.into()),
            }],
            ..ChartFigure::default()
        };
        let short = height(&chart);
        assert!((480..600).contains(&short), "{short}");
        chart.title = "Một tiêu đề dài hơn một dòng trên màn hình hẹp".into();
        assert!(height(&chart) > short);
    }
}
