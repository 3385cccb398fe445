//! The plotters backend that writes fluid SVG.
//!
//! In: plotters' shapes in backend units, 10,000 across the drawing and 10 to a pixel downwards. Out: elements with x in
//! per cent and y in pixels, and a class for each [`Ink`]. A colour in plotters is only the number of an ink.
//!
//! Lines that bend cannot be written in per cent. They go into a nested `<svg>` whose view box is stretched to the
//! width, in backend units; dots and words stay outside it and keep their form.

use super::ink::Ink;
use super::markup::{
    write_class, write_dash, write_decimal, write_escaped, write_number, write_out,
};
use super::metrics::text_width;
use plotters::element::{Drawable, PointCollection};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;

/// Backend units across the drawing: hundredths of a per cent.
pub(super) const FULL_WIDTH: i32 = 10_000;
/// Backend units to a pixel of height.
pub(super) const UNITS_PER_PX: i32 = 10;

/// Writes one `<svg>` element into a string.
pub(super) struct SvgBackend<'a> {
    out: &'a mut String,
    height_px: i32,
    /// Whether the nested element of bent lines is open.
    stretched: bool,
}

impl<'a> SvgBackend<'a> {
    /// Opens the element. `class` is that of the whole drawing and may be empty.
    pub(super) fn begin(
        out: &'a mut String,
        class: &str,
        name: Option<&str>,
        height_px: i32,
    ) -> Self {
        out.push_str("<svg");
        write_class(out, class);
        write_out(out, format_args!(" width=\"100%\" height=\"{height_px}\""));
        match name {
            Some(name) => {
                out.push_str(" role=\"img\"><title>");
                write_escaped(out, name);
                out.push_str("</title>");
            }
            None => out.push_str(" aria-hidden=\"true\">"),
        }
        Self {
            out,
            height_px,
            stretched: false,
        }
    }

    fn words(&mut self, text: &str, wide_prefix: &str, class: &str, (x, y): BackendCoord) {
        self.leave_stretched();
        self.out.push_str("<text");
        write_class(self.out, class);
        self.percent("x", x);
        self.px("y", y);
        self.out.push('>');
        if !wide_prefix.is_empty() {
            self.out.push_str("<tspan class=\"wide\">");
            write_escaped(self.out, wide_prefix);
            self.out.push_str("</tspan>");
        }
        write_escaped(self.out, text);
        self.out.push_str("</text>");
    }

    fn cross(&mut self, (x, y): BackendCoord) {
        self.leave_stretched();
        self.out.push_str("<svg");
        self.percent("x", x);
        self.px("y", y);
        self.out.push_str(" width=\"1\" height=\"1\" overflow=\"visible\"><path class=\"gap\" d=\"M-4.5-4.5l9 9m0-9l-9 9\"/></svg>");
    }

    /// Writes a horizontal or vertical line; a bent one is left to [`Self::bent`].
    fn straight(&mut self, from: BackendCoord, to: BackendCoord, color: BackendColor) {
        let (class, dash) = Ink::of(color);
        self.leave_stretched();
        self.out.push_str("<line");
        write_class(self.out, class);
        write_dash(self.out, dash);
        self.percent("x1", from.0);
        self.percent("x2", to.0);
        self.px("y1", from.1);
        self.px("y2", to.1);
        self.out.push_str("/>");
    }

    fn bent(&mut self, points: impl IntoIterator<Item = BackendCoord>, color: BackendColor) {
        let (class, dash) = Ink::of(color);
        self.enter_stretched();
        self.out.push_str("<path");
        write_class(self.out, class);
        write_dash(self.out, dash);
        self.out.push_str(" d=\"");
        let mut pen: Option<BackendCoord> = None;
        let mut command = 'M';
        for (x, y) in points {
            let Some((pen_x, pen_y)) = pen.replace((x, y)) else {
                write_out(self.out, format_args!("M{x} {y}"));
                continue;
            };
            let (dx, dy) = (x - pen_x, y - pen_y);
            let next = match (dx, dy) {
                (_, 0) => 'h',
                (0, _) => 'v',
                _ => 'l',
            };
            if next == command {
                write_number(self.out, if next == 'v' { dy } else { dx });
            } else {
                self.out.push(next);
                write_out(
                    self.out,
                    format_args!("{}", if next == 'v' { dy } else { dx }),
                );
            }
            if next == 'l' {
                write_number(self.out, dy);
            }
            command = next;
        }
        self.out.push_str("\"/>");
    }

    fn enter_stretched(&mut self) {
        if !self.stretched {
            let height = self.height_px;
            write_out(
                self.out,
                format_args!(
                    "<svg width=\"100%\" height=\"{height}\" viewBox=\"0 0 {FULL_WIDTH} {}\" preserveAspectRatio=\"none\">",
                    height * UNITS_PER_PX
                ),
            );
            self.stretched = true;
        }
    }

    fn leave_stretched(&mut self) {
        if self.stretched {
            self.out.push_str("</svg>");
            self.stretched = false;
        }
    }

    /// Writes an attribute in per cent; zero is the default and left out.
    fn percent(&mut self, name: &str, units: i32) {
        if units != 0 {
            write_out(self.out, format_args!(" {name}=\""));
            write_decimal(self.out, units, 100);
            self.out.push_str("%\"");
        }
    }

    fn px(&mut self, name: &str, units: i32) {
        write_out(self.out, format_args!(" {name}=\""));
        write_decimal(self.out, units, UNITS_PER_PX);
        self.out.push('"');
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (
            FULL_WIDTH.unsigned_abs(),
            (self.height_px * UNITS_PER_PX).unsigned_abs(),
        )
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    /// Closes the element.
    fn present(&mut self) -> Drawn {
        self.leave_stretched();
        self.out.push_str("</svg>");
        Ok(())
    }

    /// Draws nothing: all shapes come whole.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        _: bool,
    ) -> Drawn {
        self.leave_stretched();
        self.out.push_str("<rect");
        write_class(self.out, Ink::of(style.color()).0);
        self.percent("x", upper_left.0);
        self.px("y", upper_left.1);
        self.percent("width", lower_right.0 - upper_left.0);
        self.px("height", lower_right.1 - upper_left.1);
        self.out.push_str("/>");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let mut points = path.into_iter();
        let (Some(first), Some(second)) = (points.next(), points.next()) else {
            return Ok(());
        };
        match points.next() {
            None if first.0 == second.0 || first.1 == second.1 => {
                self.straight(first, second, style.color());
            }
            third => self.bent(
                [first, second].into_iter().chain(third).chain(points),
                style.color(),
            ),
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Drawn {
        self.leave_stretched();
        self.out.push_str("<circle");
        write_class(self.out, Ink::of(style.color()).0);
        self.percent("cx", center.0);
        self.px("cy", center.1);
        self.px("r", radius.cast_signed());
        self.out.push_str("/>");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.bent(corners, style.color());
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        position: BackendCoord,
    ) -> Drawn {
        self.words(text, "", Ink::of(style.color()).0, position);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let units = |px: f64| to_units(px * f64::from(UNITS_PER_PX)).unsigned_abs();
        let size = style.size();
        Ok((units(text_width(text, size, false)), units(size * 1.2)))
    }
}

/// Words at a point of the drawing: the start, middle or end of their base line, as the ink says.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    /// Comes before the text where there is room for it.
    pub(super) wide_prefix: &'a str,
    pub(super) at: BackendCoord,
    pub(super) ink: Ink,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Words<'_> {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Once<&'a BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl Drawable<SvgBackend<'_>> for Words<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        backend: &mut SvgBackend,
        _: (u32, u32),
    ) -> Drawn {
        let class = self.ink.class();
        for point in points {
            backend.words(self.text, self.wide_prefix, class, point);
        }
        Ok(())
    }
}

/// Words whose class is made of several parts, each with a look of its own.
pub(super) struct Classed<'a> {
    pub(super) text: &'a str,
    pub(super) class: &'static str,
    pub(super) at: BackendCoord,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Classed<'_> {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Once<&'a BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl Drawable<SvgBackend<'_>> for Classed<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        backend: &mut SvgBackend,
        _: (u32, u32),
    ) -> Drawn {
        for point in points {
            backend.words(self.text, "", self.class, point);
        }
        Ok(())
    }
}

/// One straight line in any direction, which needs no stretched element.
pub(super) struct Segment {
    pub(super) ends: [BackendCoord; 2],
    pub(super) ink: Ink,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Segment {
    type Point = &'a BackendCoord;
    type IntoIter = std::slice::Iter<'a, BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        self.ends.iter()
    }
}

impl Drawable<SvgBackend<'_>> for Segment {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut SvgBackend,
        _: (u32, u32),
    ) -> Drawn {
        if let (Some(from), Some(to)) = (points.next(), points.next()) {
            backend.straight(from, to, self.ink.style().color());
        }
        Ok(())
    }
}

/// The mark of a missing figure.
pub(super) struct Cross {
    pub(super) at: BackendCoord,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Cross {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Once<&'a BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl Drawable<SvgBackend<'_>> for Cross {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        backend: &mut SvgBackend,
        _: (u32, u32),
    ) -> Drawn {
        points.for_each(|point| backend.cross(point));
        Ok(())
    }
}

/// Rounds to whole backend units.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float beyond i32 becomes its nearest bound"
)]
pub(super) fn to_units(value: f64) -> i32 {
    value.round() as i32
}

#[cfg(test)]
mod tests {
    use super::{Cross, Ink, SvgBackend, Words};
    use plotters::drawing::IntoDrawingArea;
    use plotters::element::{Circle, PathElement, Rectangle};

    #[test]
    fn stretches_only_bent_lines() {
        let mut out = String::new();
        let area = SvgBackend::begin(&mut out, "", None, 50).into_drawing_area();
        area.draw(&Rectangle::new(
            [(0, 210), (3902, 330)],
            Ink::Highlight.style(),
        ))
        .unwrap();
        area.draw(&PathElement::new(
            vec![(0, 100), (500, 90), (900, 90), (950, 95)],
            Ink::Line1.style(),
        ))
        .unwrap();
        area.draw(&PathElement::new(
            vec![(0, 100), (10_000, 100)],
            Ink::Grid.style(),
        ))
        .unwrap();
        area.draw(&Circle::new((950, 95), 40, Ink::Dot1.style()))
            .unwrap();
        area.draw(&Words {
            text: "a < b",
            wide_prefix: "",
            at: (0, 140),
            ink: Ink::Quiet,
        })
        .unwrap();
        area.draw(&Cross { at: (5000, 475) }).unwrap();
        area.present().unwrap();
        drop(area);
        let expected = [
            r#"<svg width="100%" height="50" aria-hidden="true">"#,
            r#"<rect class="hi" y="21" width="39.02%" height="12"/>"#,
            r#"<svg width="100%" height="50" viewBox="0 0 10000 500" preserveAspectRatio="none">"#,
            r#"<path class="l1" d="M0 100l500-10h400l50 5"/></svg>"#,
            r#"<line class="grid" x2="100%" y1="10" y2="10"/>"#,
            r#"<circle class="dot" cx="9.5%" cy="9.5" r="4"/>"#,
            r#"<text class="q" y="14">a &lt; b</text>"#,
            r#"<svg x="50%" y="47.5" width="1" height="1" overflow="visible">"#,
            r#"<path class="gap" d="M-4.5-4.5l9 9m0-9l-9 9"/></svg></svg>"#,
        ];
        assert_eq!(out, expected.concat());
    }

    #[test]
    fn names_the_drawing() {
        let mut out = String::new();
        let area =
            SvgBackend::begin(&mut out, "spark", Some("Hồ sơ & tỷ lệ"), 50).into_drawing_area();
        area.present().unwrap();
        drop(area);
        assert_eq!(
            out,
            r#"<svg class="spark" width="100%" height="50" role="img"><title>Hồ sơ &amp; tỷ lệ</title></svg>"#
        );
    }
}
