//! A chart with its title, measure, key, source and address as one picture.

use super::{Anchor, Colour, Palette, Picture, Shape, Stroke, fluid};
use crate::chart::metrics::{PHONE_TEXT_PX, text_width, wrap};

/// Width of the picture.
const WIDTH: f64 = 768.0;
/// Room around it.
const MARGIN: f64 = 24.0;

/// A chart to be drawn with everything that belongs to it.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// The message.
    pub title: String,
    /// Measure, place, period.
    pub subtitle: String,
    /// Class of each fill and its words.
    pub key: Vec<(String, String)>,
    /// Drawings.
    pub parts: Vec<Part>,
    /// Lines under the drawings: source, site, address.
    pub foot: Vec<String>,
}

/// One drawing of a chart.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Its own title.
    pub title: Option<String>,
    /// Its markup.
    pub svg: String,
}

/// Sets a chart as a picture of fixed width.
pub fn figure(it: &Figure, palette: &Palette) -> Picture {
    let mut page = Page {
        y: MARGIN,
        palette,
        shapes: Vec::new(),
    };
    page.paragraph(&it.title, 20.0, true, palette.ink);
    page.y += 4.0;
    page.paragraph(&it.subtitle, 15.0, false, palette.ink2);
    page.y += 12.0;
    page.key(&it.key);
    for part in &it.parts {
        if let Some(title) = &part.title {
            page.y += 8.0;
            page.paragraph(title, 15.0, true, palette.ink);
            page.y += 8.0;
        }
        let at = (MARGIN, page.y);
        let width = WIDTH - 2.0 * MARGIN;
        page.y += fluid::shapes(&part.svg, at, width, palette, &mut page.shapes) + 12.0;
    }
    page.y += 8.0;
    page.shapes.push(Shape::Lines {
        points: vec![vec![(MARGIN, page.y), (WIDTH - MARGIN, page.y)]],
        stroke: Stroke::new(palette.line, 1.0),
    });
    page.y += 4.0;
    for line in &it.foot {
        page.paragraph(line, 13.0, false, palette.ink2);
    }
    let height = page.y + MARGIN - 6.0;
    Picture {
        width: whole(WIDTH),
        height: whole(height),
        ground: palette.bg,
        title: format!("{}. {}", it.title, it.subtitle),
        shapes: page.shapes,
    }
}

struct Page<'a> {
    y: f64,
    palette: &'a Palette,
    shapes: Vec<Shape>,
}

impl Page<'_> {
    fn paragraph(&mut self, text: &str, size: f64, bold: bool, fill: Colour) {
        if text.is_empty() {
            return;
        }
        let width = (WIDTH - 2.0 * MARGIN) * PHONE_TEXT_PX / size;
        for line in wrap(text, width, bold) {
            self.y += size * 1.35;
            self.words(line, MARGIN, size, bold, fill);
        }
    }

    fn words(&mut self, text: &str, x: f64, size: f64, bold: bool, fill: Colour) {
        self.shapes.push(Shape::Words {
            at: (x, self.y - size * 0.25),
            anchor: Anchor::Start,
            size,
            bold,
            fill,
            halo: false,
            text: text.to_owned(),
        });
    }

    /// Squares with their words, in as many rows as they need.
    fn key(&mut self, key: &[(String, String)]) {
        const SIZE: f64 = 14.0;
        if key.is_empty() {
            return;
        }
        self.y += SIZE * 1.4;
        let mut x = MARGIN;
        for (class, label) in key {
            let room = 20.0 + text_width(label, SIZE, false) * 1.15;
            if x > MARGIN && x + room > WIDTH - MARGIN {
                x = MARGIN;
                self.y += SIZE * 1.5;
            }
            let svg = format!(
                "<svg width=\"100%\" height=\"12\"><rect class=\"{class}\" width=\"100%\" height=\"12\"/></svg>"
            );
            let at = (x, self.y - 14.0);
            fluid::shapes(&svg, at, 12.0, self.palette, &mut self.shapes);
            self.words(label, x + 20.0, SIZE, false, self.palette.ink);
            x += room + 20.0;
        }
        self.y += 12.0;
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a height of pixels; a float beyond u32 becomes its nearest bound"
)]
fn whole(value: f64) -> u32 {
    value.ceil() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_holds_title_drawing_and_source() {
        let svg = r#"<svg width="100%" height="40"><text y="14">Ấp Bắc &amp; Đông</text><rect class="track" y="21" width="100%" height="12"/><rect class="hi" y="21" width="50%" height="12"/></svg>"#;
        let figure = Figure {
            title: "Một nửa".into(),
            subtitle: "Tỷ lệ, xã Ấp Bắc, tháng 9/2024.".into(),
            key: vec![("ask".into(), "Số liệu chưa khớp".into())],
            parts: vec![Part {
                title: None,
                svg: svg.into(),
            }],
            foot: vec!["Nguồn: Báo cáo số 1".into()],
        };
        let picture = super::figure(&figure, &Palette::default());
        let file = picture.svg();
        for part in [
            "xmlns=\"http://www.w3.org/2000/svg\" width=\"768\"",
            "<title>Một nửa. Tỷ lệ",
            ">Ấp Bắc &amp; Đông</text>",
            "width=\"360\" height=\"12\" fill=\"#08466a\"",
            "stroke-dasharray=\"4 3\"",
            ">Nguồn: Báo cáo số 1</text>",
        ] {
            assert!(file.contains(part), "{part} in {file}");
        }
        assert!(!file.contains("class="), "{file}");
        let png = picture.png(2).unwrap();
        assert_eq!(&png[1..4], b"PNG");
        assert_eq!(png[16..20], (2 * 768_u32).to_be_bytes());
        assert_eq!(
            picture.name(),
            super::figure(&figure, &Palette::default()).name()
        );
        assert!(picture.name().bytes().all(|b| b.is_ascii_lowercase()));
    }
}
