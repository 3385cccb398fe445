//! A picture as an SVG file with its colours written in.

use std::fmt::Write as _;

use super::{Anchor, Picture, Shape, Stroke};
use crate::chart::markup::write_escaped;

/// The faces of the default theme.
const FACES: &str =
    "Segoe UI,Roboto,-apple-system,BlinkMacSystemFont,Noto Sans,Liberation Sans,Arial,sans-serif";

/// Writes the file.
pub(super) fn svg(picture: &Picture) -> String {
    let mut out = String::new();
    let (w, h) = (picture.width, picture.height);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" font-family=\"{FACES}\"><title>"
    );
    write_escaped(&mut out, &picture.title);
    let _ = write!(
        out,
        "</title><rect width=\"{w}\" height=\"{h}\" fill=\"{}\"/>",
        picture.ground
    );
    for shape in &picture.shapes {
        write_shape(&mut out, shape, picture);
    }
    out.push_str("</svg>\n");
    out
}

// Writing to a text cannot fail.
fn write_shape(out: &mut String, shape: &Shape, picture: &Picture) {
    match shape {
        Shape::Rect {
            place: [x, y, w, h],
            fill,
            stroke,
        } => {
            let (x, y, w, h) = (tenths(*x), tenths(*y), tenths(*w), tenths(*h));
            let _ = write!(
                out,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\""
            );
            match fill {
                Some(fill) => {
                    let _ = write!(out, " fill=\"{fill}\"");
                }
                None => out.push_str(" fill=\"none\""),
            }
            write_stroke(out, stroke.as_ref());
        }
        Shape::Lines { points, stroke } => {
            out.push_str("<path fill=\"none\" stroke-linejoin=\"round\" d=\"");
            for line in points {
                for (at, (x, y)) in line.iter().enumerate() {
                    let command = if at == 0 { 'M' } else { 'L' };
                    let _ = write!(out, "{command}{} {}", tenths(*x), tenths(*y));
                }
            }
            out.push('"');
            write_stroke(out, Some(stroke));
        }
        Shape::Dot {
            place: [x, y, r],
            fill,
            stroke,
        } => {
            let (x, y, r) = (tenths(*x), tenths(*y), tenths(*r));
            let _ = write!(
                out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{fill}\""
            );
            write_stroke(out, stroke.as_ref());
        }
        Shape::Words {
            at: (x, y),
            anchor,
            size,
            bold,
            fill,
            halo,
            text,
        } => {
            let (x, y, size) = (tenths(*x), tenths(*y), tenths(*size));
            let _ = write!(
                out,
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\""
            );
            out.push_str(match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            });
            if *bold {
                out.push_str(" font-weight=\"700\"");
            }
            if *halo {
                let _ = write!(
                    out,
                    " stroke=\"{}\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                    picture.ground
                );
            }
            out.push('>');
            write_escaped(out, text);
            out.push_str("</text>");
            return;
        }
    }
    out.push_str("/>");
}

fn write_stroke(out: &mut String, stroke: Option<&Stroke>) {
    let Some(stroke) = stroke else { return };
    let _ = write!(
        out,
        " stroke=\"{}\" stroke-width=\"{}\"",
        stroke.colour,
        tenths(stroke.width)
    );
    if !stroke.dash.is_empty() {
        let dash: Vec<String> = stroke.dash.iter().map(|d| tenths(*d).to_string()).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dash.join(" "));
    }
}

/// A tenth of a pixel is as fine as an eye can tell.
fn tenths(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    // No "-0".
    rounded + 0.0
}
