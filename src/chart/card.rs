//! The picture of a page in messages and feeds: whose figure, the figure, of whom, until when.
//!
//! 1200 by 630 pixels, the size that Open Graph asks for. Everything stands inside margins of 64, for some apps cut the
//! edges; the words are large enough to be read at a third of the size.

use super::metrics::{PHONE_TEXT_PX, text_width, wrap};
use super::picture::{Anchor, Colour, Palette, Picture, Shape, Stroke, drawing};

/// Width of a card.
pub const WIDTH: u32 = 1200;
/// Height of a card.
pub const HEIGHT: u32 = 630;

const LEFT: f64 = 64.0;
const RIGHT: f64 = 1136.0;
/// Where the right half begins, which holds the drawing.
const MIDDLE: f64 = 690.0;

/// What a card says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Card {
    /// Name of the site.
    pub site: String,
    /// Kind, place, period.
    pub kicker: String,
    /// The unit, service or message; at most two lines of it are shown.
    pub name: String,
    /// What is counted.
    pub label: String,
    /// The figure; empty where there is none.
    pub figure: String,
    /// `%`, set small.
    pub suffix: String,
    /// Of whom.
    pub of_whom: String,
    /// Change, target.
    pub notes: Vec<String>,
    /// What is drawn.
    pub drawing: Drawing,
    /// Date of the data.
    pub as_of: String,
    /// Where the site stands.
    pub host: String,
    /// Says that the figures are examples.
    pub warning: String,
}

/// What a card draws beside its figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Drawing {
    /// Nothing.
    #[default]
    None,
    /// A share of one with its target.
    Share(f64, Option<f64>),
    /// A sparkline's markup.
    Spark(String),
    /// The first bars of a chart's markup, in place of the figure.
    Bars(String),
}

/// Sets a card as a picture.
pub fn card(it: &Card, palette: &Palette) -> Picture {
    let mut page = Sheet {
        palette,
        shapes: Vec::new(),
    };
    page.rect([0.0, 0.0, f64::from(WIDTH), 14.0], palette.brand);
    page.line(&it.site, (LEFT, 76.0), 28.0, true, palette.brand);
    if !it.warning.is_empty() {
        page.ending(&it.warning, (RIGHT, 76.0), 22.0, palette.ink);
    }
    page.line(&it.kicker, (LEFT, 124.0), 26.0, false, palette.ink2);
    let below = page.name(&it.name);
    match &it.drawing {
        Drawing::Bars(svg) => page.bars(svg, below),
        other => {
            page.figure(it, below);
            page.beside(other, below);
        }
    }
    page.foot(it);
    Picture {
        width: WIDTH,
        height: HEIGHT,
        ground: palette.bg,
        title: it.name.clone(),
        shapes: page.shapes,
    }
}

struct Sheet<'a> {
    palette: &'a Palette,
    shapes: Vec<Shape>,
}

impl Sheet<'_> {
    fn rect(&mut self, place: [f64; 4], fill: Colour) {
        self.shapes.push(Shape::Rect {
            place,
            fill: Some(fill),
            stroke: None,
        });
    }

    fn words(&mut self, words: (&str, Anchor), at: (f64, f64), font: (f64, bool), fill: Colour) {
        if words.0.is_empty() {
            return;
        }
        self.shapes.push(Shape::Words {
            at,
            anchor: words.1,
            size: font.0,
            bold: font.1,
            fill,
            halo: false,
            text: words.0.to_owned(),
        });
    }

    /// One line from the left margin, cut with `…` where it would reach the right one.
    fn line(&mut self, text: &str, at: (f64, f64), size: f64, bold: bool, fill: Colour) {
        let text = fitting(text, RIGHT - at.0, size, bold);
        self.words((&text, Anchor::Start), at, (size, bold), fill);
    }

    fn ending(&mut self, text: &str, at: (f64, f64), size: f64, fill: Colour) {
        let text = fitting(text, RIGHT - MIDDLE, size, false);
        self.words((&text, Anchor::End), at, (size, false), fill);
    }

    /// The name in one or two lines; returns where the rest begins.
    fn name(&mut self, name: &str) -> f64 {
        let whole = |size: f64| lines(name, RIGHT - LEFT, size, true);
        let (size, list) = [56.0, 44.0]
            .into_iter()
            .map(|size| (size, whole(size)))
            .find(|(_, list)| list.len() <= 2)
            .unwrap_or_else(|| (44.0, whole(44.0)));
        let mut y = 130.0;
        let shown = list.len().min(2);
        for (at, line) in list.iter().take(shown).enumerate() {
            y += size * 1.22;
            let cut = at + 1 == shown && list.len() > shown;
            let line = if cut {
                fitting(&format!("{line}…"), RIGHT - LEFT, size, true)
            } else {
                line.clone()
            };
            self.words(
                (&line, Anchor::Start),
                (LEFT, y),
                (size, true),
                self.palette.ink,
            );
        }
        y + 20.0
    }

    /// Label, figure, of whom, change, target.
    fn figure(&mut self, it: &Card, top: f64) {
        let p = self.palette;
        let room = if matches!(it.drawing, Drawing::None) {
            RIGHT - LEFT
        } else {
            MIDDLE - LEFT - 24.0
        };
        let mut y = top + 34.0;
        let label = fitting(&it.label, room, 30.0, true);
        self.words((&label, Anchor::Start), (LEFT, y), (30.0, true), p.ink);
        if it.figure.is_empty() {
            return;
        }
        let width = |size: f64| {
            text_width(&it.figure, size, true) + text_width(&it.suffix, size / 2.0, true)
        };
        let size = [124.0, 96.0, 64.0, 44.0]
            .into_iter()
            .find(|size| width(*size) <= room)
            .unwrap_or(44.0);
        y += size * 0.72 + 28.0;
        self.words(
            (&it.figure, Anchor::Start),
            (LEFT - size * 0.04, y),
            (size, true),
            p.brand,
        );
        let x = LEFT + text_width(&it.figure, size, true) + 4.0;
        let half = (size / 2.0, true);
        self.words((&it.suffix, Anchor::Start), (x, y), half, p.brand);
        y += 10.0;
        let rest = std::iter::once(&it.of_whom).chain(&it.notes);
        for text in rest.filter(|t| !t.is_empty()) {
            for line in lines(text, room, 26.0, false) {
                y += 36.0;
                if y < 545.0 {
                    self.words((&line, Anchor::Start), (LEFT, y), (26.0, false), p.ink);
                }
            }
        }
    }

    /// The drawing in the right half.
    fn beside(&mut self, drawing: &Drawing, top: f64) {
        let p = self.palette;
        let width = RIGHT - MIDDLE;
        let y = top + 96.0;
        match drawing {
            Drawing::Share(share, target) => {
                self.rect([MIDDLE, y, width, 44.0], p.track);
                self.rect([MIDDLE, y, width * share.clamp(0.0, 1.0), 44.0], p.d[1]);
                if let Some(target) = target.filter(|t| (0.0..=1.0).contains(t)) {
                    let x = MIDDLE + width * target;
                    for (colour, wide) in [(p.bg, 14.0), (p.ink, 6.0)] {
                        self.shapes.push(Shape::Lines {
                            points: vec![vec![(x, y - 14.0), (x, y + 58.0)]],
                            stroke: Stroke::new(colour, wide),
                        });
                    }
                }
            }
            Drawing::Spark(svg) => {
                let (shapes, _) = self::drawing(svg, (MIDDLE, y - 44.0), width, 3.2, p);
                self.shapes.extend(shapes);
            }
            Drawing::None | Drawing::Bars(_) => {}
        }
    }

    /// As many bars as find room.
    fn bars(&mut self, svg: &str, top: f64) {
        const SCALE: f64 = 1.75;
        let at = (LEFT, top + 18.0);
        let (shapes, _) = drawing(svg, at, RIGHT - LEFT, SCALE, self.palette);
        let row = 48.0 * SCALE;
        let rows = ((545.0 - at.1) / row).floor();
        let end = at.1 + rows * row;
        let fits = |s: &Shape| match s {
            Shape::Rect { place, .. } => place[1] + place[3] <= end,
            Shape::Lines { points, .. } => points.iter().flatten().all(|(_, y)| *y <= end),
            Shape::Dot { place, .. } => place[1] <= end,
            Shape::Words { at, .. } => at.1 + 12.0 <= end,
        };
        self.shapes.extend(shapes.into_iter().filter(fits));
    }

    fn foot(&mut self, it: &Card) {
        let p = self.palette;
        self.shapes.push(Shape::Lines {
            points: vec![vec![(LEFT, 560.0), (RIGHT, 560.0)]],
            stroke: Stroke::new(p.ink, 2.0),
        });
        let host = fitting(&it.host, 440.0, 24.0, false);
        let room = RIGHT - LEFT - text_width(&host, 24.0, false) - 32.0;
        let as_of = fitting(&it.as_of, room, 24.0, false);
        self.words((&as_of, Anchor::Start), (LEFT, 598.0), (24.0, false), p.ink);
        self.words((&host, Anchor::End), (RIGHT, 598.0), (24.0, false), p.ink2);
    }
}

/// Breaks words into lines of a width, as measured, without slack.
fn lines(text: &str, width: f64, size: f64, bold: bool) -> Vec<String> {
    let width = width * super::metrics::SLACK * PHONE_TEXT_PX / size;
    wrap(text, width, bold)
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// A text in a width, its end replaced by `…` where it is longer.
fn fitting(text: &str, width: f64, size: f64, bold: bool) -> String {
    if text_width(text, size, bold) <= width {
        return text.to_owned();
    }
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if text_width(&text[..next], size, bold) + text_width("…", size, bold) > width {
            break;
        }
        end = next;
    }
    let kept = text[..end].trim_end_matches([' ', ',', '.', '·', '…']);
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Card {
        Card {
            site: "Tiến độ Đề án 06".into(),
            kicker: "Đơn vị cấp tỉnh · Tháng 9/2024".into(),
            name: "Tỉnh Bình Định".into(),
            label: "Hồ sơ được xác thực định danh".into(),
            figure: "98,4".into(),
            suffix: "%".into(),
            of_whom: "67.073 trong 68.164 hồ sơ".into(),
            notes: vec!["tăng 1,2 điểm phần trăm so với tháng 8/2024".into()],
            drawing: Drawing::Share(0.984, Some(0.7)),
            as_of: "Số liệu đến ngày 14/9/2024".into(),
            host: "tiendo.example".into(),
            warning: String::new(),
        }
    }

    #[test]
    fn words_stay_inside_the_card() {
        let mut long = sample();
        long.name = "Ễ".repeat(30) + &" Liên thông đăng ký".repeat(12);
        long.label.clone_from(&long.name);
        long.of_whom.clone_from(&long.name);
        long.kicker.clone_from(&long.name);
        long.host.clone_from(&long.name);
        long.as_of.clone_from(&long.name);
        long.figure = "123.456.789.012.345.678".into();
        for it in [sample(), long, Card::default()] {
            for shape in card(&it, &Palette::default()).shapes {
                if let Shape::Words {
                    at,
                    anchor,
                    size,
                    bold,
                    text,
                    ..
                } = shape
                {
                    let width = text_width(&text, size, bold);
                    let left = if anchor == Anchor::End {
                        at.0 - width
                    } else {
                        at.0
                    };
                    assert!(
                        left >= 50.0 && left + width <= 1150.0,
                        "{text} {left} {width}"
                    );
                    assert!(at.1 > size && at.1 < 620.0, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_card_is_a_png_with_words_on_it() {
        let picture = card(&sample(), &Palette::default());
        let bytes = picture.png(1).unwrap();
        assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (WIDTH, HEIGHT));
        assert_eq!(card(&sample(), &Palette::default()).png(1).unwrap(), bytes);
    }

    #[test]
    fn a_change_of_any_word_changes_the_name() {
        let p = Palette::default();
        let mut other = sample();
        other.of_whom.push('.');
        assert_ne!(card(&sample(), &p).name(), card(&other, &p).name());
    }
}
