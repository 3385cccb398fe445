//! Pictures that stand alone: shapes at places in pixels, in colours of their own.
//!
//! In: the fluid drawing of a page ([`figure`]) or the words of a card ([`card`](super::card)). Out: the same picture as
//! SVG that needs no style sheet, or as PNG. Words are set in Noto Sans; where an SVG is shown in another face the
//! slack that the fluid drawings leave holds here too.

mod encode;
mod figure;
mod fluid;
mod palette;
mod raster;
mod vector;

pub use figure::{Figure, Part, figure};
pub use palette::{Colour, Palette};

/// Where words stand to their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// They begin there.
    #[default]
    Start,
    /// Their middle is there.
    Middle,
    /// They end there.
    End,
}

/// A line's colour, width and dashes.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub colour: Colour,
    /// Width in pixels.
    pub width: f64,
    /// Lengths of dashes and gaps; none for a whole line.
    pub dash: Vec<f64>,
}

impl Stroke {
    /// A whole line.
    pub fn new(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dash: Vec::new(),
        }
    }
}

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Left, top, width, height.
        place: [f64; 4],
        /// Filling.
        fill: Option<Colour>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// Lines from point to point.
    Lines {
        /// The points of each line.
        points: Vec<Vec<(f64, f64)>>,
        /// Outline.
        stroke: Stroke,
    },
    /// A disc.
    Dot {
        /// Middle and radius.
        place: [f64; 3],
        /// Filling.
        fill: Colour,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// One line of words.
    Words {
        /// Place of the base line.
        at: (f64, f64),
        /// Where the words stand to it.
        anchor: Anchor,
        /// Size in pixels.
        size: f64,
        /// Whether they are bold.
        bold: bool,
        /// Colour.
        fill: Colour,
        /// Whether the ground shows around them.
        halo: bool,
        /// Words.
        text: String,
    },
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Colour of the ground.
    pub ground: Colour,
    /// What it shows, in words.
    pub title: String,
    /// Shapes, from the lowest.
    pub shapes: Vec<Shape>,
}

/// The shapes of a fluid drawing whose upper left corner is at `at`, enlarged, and its height.
pub(super) fn drawing(
    svg: &str,
    at: (f64, f64),
    width: f64,
    scale: f64,
    palette: &Palette,
) -> (Vec<Shape>, f64) {
    let mut shapes = Vec::new();
    let height = fluid::shapes(svg, (0.0, 0.0), width / scale, palette, &mut shapes);
    for shape in &mut shapes {
        shape.enlarge(scale, at);
    }
    (shapes, height * scale)
}

impl Shape {
    fn enlarge(&mut self, scale: f64, at: (f64, f64)) {
        let x = |v: &mut f64| *v = at.0 + *v * scale;
        let y = |v: &mut f64| *v = at.1 + *v * scale;
        let pen = |stroke: &mut Stroke| {
            stroke.width *= scale;
            stroke.dash.iter_mut().for_each(|d| *d *= scale);
        };
        match self {
            Self::Rect { place, stroke, .. } => {
                x(&mut place[0]);
                y(&mut place[1]);
                place[2] *= scale;
                place[3] *= scale;
                stroke.as_mut().map(pen);
            }
            Self::Lines { points, stroke } => {
                for point in points.iter_mut().flatten() {
                    x(&mut point.0);
                    y(&mut point.1);
                }
                pen(stroke);
            }
            Self::Dot { place, stroke, .. } => {
                x(&mut place[0]);
                y(&mut place[1]);
                place[2] *= scale;
                stroke.as_mut().map(pen);
            }
            Self::Words {
                at: place, size, ..
            } => {
                x(&mut place.0);
                y(&mut place.1);
                *size *= scale;
            }
        }
    }
}

impl Picture {
    /// The picture as an SVG file.
    pub fn svg(&self) -> String {
        vector::svg(self)
    }

    /// The picture as a PNG file of few colours, `scale` pixels to each of its own.
    ///
    /// `None` where the picture has no area.
    pub fn png(&self, scale: u8) -> Option<Vec<u8>> {
        let pixels = raster::draw(self, scale)?;
        encode::png(&pixels, self)
    }

    /// A name made of letters only, the same for the same picture: no digits that could be taken for a person's.
    pub fn name(&self) -> String {
        /// Changes with the way in which shapes become pixels.
        const RASTER: &str = "1";
        let hash = blake3::hash(format!("{RASTER}{self:?}").as_bytes());
        crate::text::content_name::content_name(&hash)
    }
}
