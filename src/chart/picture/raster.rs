//! A picture as pixels, by tiny-skia; words by the outlines of Noto Sans.

use std::sync::OnceLock;

use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, StrokeDash,
    Transform,
};
use ttf_parser::{Face, OutlineBuilder};

use super::{Anchor, Colour, Picture, Shape, Stroke};
use crate::chart::metrics::text_width;

/// The largest picture that is drawn: more is a mistake, not a picture.
const MOST_PX: u32 = 8000;

/// Draws a picture. `None` where it has no area, or far too much.
pub(super) fn draw(picture: &Picture, scale: u8) -> Option<Pixmap> {
    let size = |px: u32| px.checked_mul(u32::from(scale)).filter(|px| *px <= MOST_PX);
    let mut pixmap = Pixmap::new(size(picture.width)?, size(picture.height)?)?;
    let [r, g, b] = picture.ground.0;
    pixmap.fill(Color::from_rgba8(r, g, b, 255));
    let mut canvas = Canvas {
        pixmap,
        transform: Transform::from_scale(f32::from(scale), f32::from(scale)),
        ground: picture.ground,
    };
    for shape in &picture.shapes {
        // What has no area leaves no pixel.
        let _ = canvas.shape(shape);
    }
    Some(canvas.pixmap)
}

struct Canvas {
    pixmap: Pixmap,
    transform: Transform,
    ground: Colour,
}

impl Canvas {
    fn shape(&mut self, shape: &Shape) -> Option<()> {
        match shape {
            Shape::Rect {
                place: [x, y, w, h],
                fill,
                stroke,
            } => {
                let rect = Rect::from_xywh(px(*x), px(*y), px(*w), px(*h))?;
                self.path(&PathBuilder::from_rect(rect), *fill, stroke.as_ref());
            }
            Shape::Lines { points, stroke } => {
                let mut path = PathBuilder::new();
                for line in points {
                    for (at, (x, y)) in line.iter().enumerate() {
                        if at == 0 {
                            path.move_to(px(*x), px(*y));
                        } else {
                            path.line_to(px(*x), px(*y));
                        }
                    }
                }
                self.path(&path.finish()?, None, Some(stroke));
            }
            Shape::Dot {
                place: [x, y, r],
                fill,
                stroke,
            } => {
                let path = PathBuilder::from_circle(px(*x), px(*y), px(*r))?;
                self.path(&path, Some(*fill), stroke.as_ref());
            }
            Shape::Words {
                at,
                anchor,
                size,
                bold,
                fill,
                halo,
                text,
            } => {
                let back = match anchor {
                    Anchor::Start => 0.0,
                    Anchor::Middle => text_width(text, *size, *bold) / 2.0,
                    Anchor::End => text_width(text, *size, *bold),
                };
                let path = outline(text, (at.0 - back, at.1), *size, *bold)?;
                if *halo {
                    self.path(&path, None, Some(&Stroke::new(self.ground, 4.0)));
                }
                self.path(&path, Some(*fill), None);
            }
        }
        Some(())
    }

    fn path(&mut self, path: &Path, fill: Option<Colour>, stroke: Option<&Stroke>) {
        if let Some(fill) = fill {
            self.pixmap
                .fill_path(path, &paint(fill), FillRule::Winding, self.transform, None);
        }
        if let Some(stroke) = stroke {
            let dash = stroke.dash.iter().map(|d| px(*d)).collect();
            let pen = tiny_skia::Stroke {
                width: px(stroke.width),
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                dash: StrokeDash::new(dash, 0.0),
                ..tiny_skia::Stroke::default()
            };
            self.pixmap
                .stroke_path(path, &paint(stroke.colour), &pen, self.transform, None);
        }
    }
}

fn paint(colour: Colour) -> Paint<'static> {
    let [r, g, b] = colour.0;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    paint.anti_alias = true;
    paint
}

/// The outlines of words whose base line begins at `at`.
fn outline(text: &str, at: (f64, f64), size: f64, bold: bool) -> Option<Path> {
    let face = face(bold)?;
    let mut pen = Pen {
        path: PathBuilder::new(),
        scale: px(size) / f32::from(face.units_per_em()),
        at: (px(at.0), px(at.1)),
    };
    let mut x = at.0;
    let mut buffer = [0; 4];
    for c in text.chars() {
        pen.at.0 = px(x);
        if let Some(glyph) = face.glyph_index(c) {
            // An empty outline (a space) draws nothing.
            let _ = face.outline_glyph(glyph, &mut pen);
        }
        x += text_width(c.encode_utf8(&mut buffer), size, bold);
    }
    pen.path.finish()
}

fn face(bold: bool) -> Option<&'static Face<'static>> {
    static REGULAR: OnceLock<Option<Face<'static>>> = OnceLock::new();
    static BOLD: OnceLock<Option<Face<'static>>> = OnceLock::new();
    let made = if bold {
        BOLD.get_or_init(|| Face::parse(ttf_noto_sans::BOLD, 0).ok())
    } else {
        REGULAR.get_or_init(|| Face::parse(ttf_noto_sans::REGULAR, 0).ok())
    };
    made.as_ref()
}

struct Pen {
    path: PathBuilder,
    scale: f32,
    at: (f32, f32),
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.at.0 + x * self.scale, self.at.1 - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2)) = (self.place(x1, y1), self.place(x2, y2));
        let (x, y) = self.place(x, y);
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "pixels need no more than the precision of f32"
)]
fn px(value: f64) -> f32 {
    value as f32
}
