//! The fluid drawing of a page → shapes for one width.
//!
//! The markup is that of `svg_backend` and nothing else: rectangles, lines, discs, words and two kinds of nested `<svg>`.
//! How a class looks repeats what the style sheet says of it.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::{Anchor, Colour, Palette, Shape, Stroke};
use crate::chart::svg_backend::{FULL_WIDTH, UNITS_PER_PX};

/// Size of chart words on a desktop.
const TEXT_PX: f64 = 15.0;

/// Appends the shapes of one drawing whose upper left corner is at `at`; returns its height.
pub(super) fn shapes(
    svg: &str,
    at: (f64, f64),
    width: f64,
    palette: &Palette,
    out: &mut Vec<Shape>,
) -> f64 {
    let mut reader = Reader::from_str(svg);
    let mut walk = Walk {
        at,
        width,
        palette,
        out,
        nested: Vec::new(),
        words: None,
        is_title: false,
        height: 0.0,
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => walk.start(&e, false),
            Ok(Event::Empty(e)) => walk.start(&e, true),
            Ok(Event::End(e)) => walk.end(e.name().as_ref()),
            Ok(Event::Text(e)) => walk.text(&e),
            Ok(Event::GeneralRef(e)) => walk.reference(&e),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    walk.height
}

/// What a nested `<svg>` does to places inside it.
#[derive(Clone, Copy)]
enum Nested {
    /// Nothing: the outer one.
    Outer,
    /// Backend units, stretched to the width.
    Stretched,
    /// Pixels from a point.
    From(f64, f64),
}

struct Walk<'a, 'o> {
    at: (f64, f64),
    width: f64,
    palette: &'a Palette,
    out: &'o mut Vec<Shape>,
    nested: Vec<Nested>,
    /// Words being gathered: class, place, text.
    words: Option<(String, (f64, f64), String)>,
    is_title: bool,
    height: f64,
}

impl Walk<'_, '_> {
    fn start(&mut self, e: &BytesStart<'_>, is_empty: bool) {
        let class = attribute(e, "class").unwrap_or_default();
        let x = |name| self.x(e, name);
        match e.name().as_ref() {
            "svg" => {
                let nested = if self.nested.is_empty() {
                    self.height = pixels(e, "height");
                    Nested::Outer
                } else if attribute(e, "viewBox").is_some() {
                    Nested::Stretched
                } else {
                    Nested::From(x("x"), self.at.1 + pixels(e, "y"))
                };
                if !is_empty {
                    self.nested.push(nested);
                }
            }
            "rect" => {
                let (left, top) = (x("x"), self.at.1 + pixels(e, "y"));
                let (w, h) = (x("width") - self.at.0, pixels(e, "height"));
                self.rect(&class, [left, top, w, h]);
            }
            "line" => {
                let (y1, y2) = (pixels(e, "y1"), pixels(e, "y2"));
                let ends = vec![(x("x1"), self.at.1 + y1), (x("x2"), self.at.1 + y2)];
                self.lines(e, &class, vec![ends]);
            }
            "path" => {
                let points = self.points(&attribute(e, "d").unwrap_or_default());
                self.lines(e, &class, points);
            }
            "circle" => {
                let place = [x("cx"), self.at.1 + pixels(e, "cy"), pixels(e, "r")];
                self.dot(&class, place);
            }
            "text" => {
                self.words = Some((class, (x("x"), self.at.1 + pixels(e, "y")), String::new()));
            }
            "title" => self.is_title = !is_empty,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "svg" => {
                self.nested.pop();
            }
            "title" => self.is_title = false,
            "text" => {
                if let Some((class, at, text)) = self.words.take() {
                    self.line_of_words(&class, at, text);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, _, words)) = &mut self.words {
            words.push_str(text);
        }
    }

    fn reference(&mut self, name: &str) {
        let sign = match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" | "#39" => "'",
            _ => return,
        };
        self.text(sign);
    }

    /// A place across the drawing: per cent of its width, or pixels.
    fn x(&self, e: &BytesStart<'_>, name: &str) -> f64 {
        let value = attribute(e, name).unwrap_or_default();
        let share = value.strip_suffix('%').and_then(|v| v.parse::<f64>().ok());
        let offset = share.map_or_else(
            || value.parse().unwrap_or(0.0),
            |share| share * self.width / 100.0,
        );
        self.at.0 + offset
    }

    fn rect(&mut self, class: &str, place: [f64; 4]) {
        let p = self.palette;
        let (fill, stroke) = match class {
            "track" => (Some(p.track), None),
            "ask" => {
                let stroke = Stroke {
                    dash: vec![4.0, 3.0],
                    ..Stroke::new(p.d[2], 2.0)
                };
                (None, Some(stroke))
            }
            "no" => (None, Some(Stroke::new(p.line, 1.0))),
            "hi" => (Some(p.d[1]), None),
            "b2" => (Some(p.d[2]), None),
            "b3" => (Some(p.d[3]), None),
            "b4" => (Some(p.d[4]), None),
            "s1" => (Some(p.s[0]), None),
            "s2" => (Some(p.s[1]), None),
            "s3" => (Some(p.s[2]), None),
            "s4" => (Some(p.s[3]), None),
            "s5" => (Some(p.s[4]), None),
            _ => (Some(p.d[0]), None),
        };
        self.out.push(Shape::Rect {
            place,
            fill,
            stroke,
        });
    }

    fn lines(&mut self, e: &BytesStart<'_>, class: &str, points: Vec<Vec<(f64, f64)>>) {
        let p = self.palette;
        let dashes = |text: &str| -> Vec<f64> {
            text.split([' ', ','])
                .filter_map(|d| d.parse().ok())
                .collect()
        };
        let mut stroke = match class.split(' ').next().unwrap_or_default() {
            "grid" => Stroke::new(p.line, 1.0),
            "axis" => Stroke::new(p.edge, 1.0),
            "target" => Stroke::new(p.ink, 2.0),
            "guide" => Stroke::new(p.bg, 6.0),
            "brk" => Stroke::new(p.edge, 1.5),
            "gap" => Stroke::new(p.ink2, 2.0),
            "tl" => Stroke {
                dash: vec![7.0, 4.0],
                ..Stroke::new(p.ink, 1.5)
            },
            _ => Stroke::new(series(p, class), 2.5),
        };
        if class.split(' ').any(|c| c == "l0") {
            stroke.dash = vec![2.0, 5.0];
        }
        if let Some(own) = attribute(e, "stroke-dasharray") {
            stroke.dash = dashes(&own);
        }
        self.out.push(Shape::Lines { points, stroke });
    }

    fn dot(&mut self, class: &str, place: [f64; 3]) {
        let p = self.palette;
        let colour = series(p, class);
        let is_hollow = class.split(' ').any(|c| c == "o");
        self.out.push(Shape::Dot {
            place,
            fill: if is_hollow { p.bg } else { colour },
            stroke: is_hollow.then(|| Stroke::new(colour, 2.5)),
        });
    }

    fn line_of_words(&mut self, class: &str, at: (f64, f64), text: String) {
        if self.is_title || text.trim().is_empty() {
            return;
        }
        let has = |wanted: &str| class.split(' ').any(|c| c == wanted);
        if has("slim") {
            return;
        }
        self.out.push(Shape::Words {
            at,
            anchor: if has("c") {
                Anchor::Middle
            } else if has("v") || has("e") {
                Anchor::End
            } else {
                Anchor::Start
            },
            size: TEXT_PX,
            bold: has("v") || has("n"),
            fill: if has("q") {
                self.palette.ink2
            } else if has("iv") {
                self.palette.bg
            } else {
                self.palette.ink
            },
            halo: !has("nh"),
            text,
        });
    }

    /// The points of a path of `M m l h v` with whole or decimal numbers.
    fn points(&self, d: &str) -> Vec<Vec<(f64, f64)>> {
        let mut lines: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut pen = (0.0, 0.0);
        for (command, numbers) in commands(d) {
            let per_point = if matches!(command, 'h' | 'v') { 1 } else { 2 };
            for (at, step) in numbers.chunks_exact(per_point).enumerate() {
                pen = match (command, step) {
                    ('M', [x, y]) if at == 0 => (*x, *y),
                    ('h', [x]) => (pen.0 + x, pen.1),
                    ('v', [y]) => (pen.0, pen.1 + y),
                    (_, [x, y]) => (pen.0 + x, pen.1 + y),
                    _ => pen,
                };
                if matches!(command, 'M' | 'm') && at == 0 {
                    lines.push(Vec::new());
                }
                let place = self.place(pen);
                if let Some(line) = lines.last_mut() {
                    line.push(place);
                }
            }
        }
        lines
    }

    fn place(&self, (x, y): (f64, f64)) -> (f64, f64) {
        match self.nested.last().copied().unwrap_or(Nested::Outer) {
            Nested::Outer => (self.at.0 + x, self.at.1 + y),
            Nested::From(left, top) => (left + x, top + y),
            Nested::Stretched => (
                self.at.0 + x * self.width / f64::from(FULL_WIDTH),
                self.at.1 + y / f64::from(UNITS_PER_PX),
            ),
        }
    }
}

/// The colour of a line or disc among others.
fn series(palette: &Palette, class: &str) -> Colour {
    let has = |wanted: &str| class.split(' ').any(|c| c == wanted);
    let at = [("b2", 2), ("b3", 3), ("b4", 4)]
        .into_iter()
        .find(|(c, _)| has(c));
    palette.d[at.map_or(1, |(_, at)| at)]
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = e.try_get_attribute(name).ok()??;
    Some(found.value.into_owned())
}

fn pixels(e: &BytesStart<'_>, name: &str) -> f64 {
    attribute(e, name)
        .and_then(|v| v.parse().ok())
        .unwrap_or(0.0)
}

/// The commands of a path with their numbers.
fn commands(d: &str) -> Vec<(char, Vec<f64>)> {
    let mut list: Vec<(char, Vec<f64>)> = Vec::new();
    let mut rest = d;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_alphabetic() {
            list.push((first, Vec::new()));
            rest = &rest[1..];
            continue;
        }
        if first == ' ' || first == ',' {
            rest = &rest[1..];
            continue;
        }
        // A number ends where the next one's sign, or anything else, begins.
        let end = rest
            .char_indices()
            .skip(1)
            .find(|(_, c)| !c.is_ascii_digit() && *c != '.')
            .map_or(rest.len(), |(at, _)| at);
        let number = rest[..end].parse().unwrap_or(0.0);
        if let Some((_, numbers)) = list.last_mut() {
            numbers.push(number);
        }
        rest = &rest[end..];
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_stand_where_the_drawing_says() {
        let svg = concat!(
            r#"<svg width="100%" height="50" aria-hidden="true"><rect class="hi" y="21" width="39.02%" height="12"/>"#,
            r#"<svg width="100%" height="50" viewBox="0 0 10000 500" preserveAspectRatio="none">"#,
            r#"<path class="l1 b2" stroke-dasharray="12 6" d="M0 100l500-10h400l50 5"/></svg>"#,
            r#"<circle class="dot o" cx="9.5%" cy="9.5" r="4"/>"#,
            r#"<text class="v" x="100%" y="14"><tspan class="wide">rộng, </tspan>a &lt; b</text>"#,
            r#"<svg x="50%" y="47.5" width="1" height="1" overflow="visible"><path class="gap" d="M-4.5-4.5l9 9m0-9l-9 9"/></svg></svg>"#,
        );
        let p = Palette::default();
        let mut out = Vec::new();
        let height = shapes(svg, (10.0, 100.0), 200.0, &p, &mut out);
        assert!((height - 50.0).abs() < 1e-9);
        let expected = vec![
            Shape::Rect {
                place: [10.0, 121.0, 78.04, 12.0],
                fill: Some(p.d[1]),
                stroke: None,
            },
            Shape::Lines {
                points: vec![vec![
                    (10.0, 110.0),
                    (20.0, 109.0),
                    (28.0, 109.0),
                    (29.0, 109.5),
                ]],
                stroke: Stroke {
                    dash: vec![12.0, 6.0],
                    ..Stroke::new(p.d[2], 2.5)
                },
            },
            Shape::Dot {
                place: [29.0, 109.5, 4.0],
                fill: p.bg,
                stroke: Some(Stroke::new(p.d[1], 2.5)),
            },
            Shape::Words {
                at: (210.0, 114.0),
                anchor: Anchor::End,
                size: TEXT_PX,
                bold: true,
                fill: p.ink,
                halo: true,
                text: "rộng, a < b".into(),
            },
            Shape::Lines {
                points: vec![
                    vec![(105.5, 143.0), (114.5, 152.0)],
                    vec![(114.5, 143.0), (105.5, 152.0)],
                ],
                stroke: Stroke::new(p.ink2, 2.0),
            },
        ];
        let rounded = format!("{out:.3?}");
        assert_eq!(rounded, format!("{expected:.3?}"));
    }

    #[test]
    fn damaged_markup_ends_the_drawing() {
        let mut out = Vec::new();
        for svg in [
            "",
            "<svg",
            "<svg height=\"é\"><rect x=\"%\"/><path d=\"h l-é-\"/>",
        ] {
            shapes(svg, (0.0, 0.0), 100.0, &Palette::default(), &mut out);
        }
    }
}
