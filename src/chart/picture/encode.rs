//! Pixels → a PNG of at most 256 colours: half the bytes of one with all of them.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use tiny_skia::Pixmap;

use super::{Colour, Picture, Shape};

/// Most colours of a palette.
const MOST: usize = 256;

/// Encodes an opaque pixmap. `None` only if the encoder refuses.
pub(super) fn png(pixmap: &Pixmap, picture: &Picture) -> Option<Vec<u8>> {
    let ramps = ramps(picture);
    let mut palette: Vec<Colour> = Vec::new();
    let mut index: BTreeMap<Colour, u8> = BTreeMap::new();
    let mut last: Option<(Colour, u8)> = None;
    let mut places = Vec::with_capacity(pixmap.pixels().len());
    for pixel in pixmap.pixels() {
        let colour = Colour([pixel.red(), pixel.green(), pixel.blue()]);
        let at = match last {
            Some((same, at)) if same == colour => at,
            _ => *index.entry(colour).or_insert_with(|| {
                let near = nearest(&ramps, colour);
                let at = palette.iter().position(|p| *p == near).unwrap_or_else(|| {
                    palette.push(near);
                    palette.len() - 1
                });
                u8::try_from(at).unwrap_or(u8::MAX)
            }),
        };
        last = Some((colour, at));
        places.push(at);
    }
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, pixmap.width(), pixmap.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.iter().flat_map(|c| c.0).collect::<Vec<u8>>());
    encoder.set_compression(Compression::Balanced);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&places).ok()?;
    writer.finish().ok()?;
    Some(out)
}

/// The colours that a palette may hold: the steps from the ground to each colour of the picture.
fn ramps(picture: &Picture) -> Vec<Colour> {
    let mut inks: Vec<Colour> = picture.shapes.iter().flat_map(colours).collect();
    inks.sort_unstable();
    inks.dedup();
    inks.retain(|c| *c != picture.ground);
    let steps = ((MOST - 1) / inks.len().max(1)).clamp(1, 24);
    let mut list = vec![picture.ground];
    for ink in inks {
        for step in 1..=steps {
            list.push(mix(picture.ground, ink, step, steps));
        }
    }
    list.truncate(MOST);
    list
}

fn colours(shape: &Shape) -> Vec<Colour> {
    match shape {
        Shape::Rect { fill, stroke, .. } => {
            let stroke = stroke.as_ref().map(|s| s.colour);
            fill.iter().copied().chain(stroke).collect()
        }
        Shape::Lines { stroke, .. } => vec![stroke.colour],
        Shape::Dot { fill, stroke, .. } => {
            let stroke = stroke.as_ref().map(|s| s.colour);
            std::iter::once(*fill).chain(stroke).collect()
        }
        Shape::Words { fill, .. } => vec![*fill],
    }
}

fn mix(from: Colour, to: Colour, step: usize, steps: usize) -> Colour {
    let channel = |at: usize| {
        let (a, b) = (usize::from(from.0[at]), usize::from(to.0[at]));
        let mixed = (a * (steps - step) + b * step + steps / 2) / steps;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    Colour([channel(0), channel(1), channel(2)])
}

fn nearest(list: &[Colour], wanted: Colour) -> Colour {
    let distance = |c: &Colour| -> u32 {
        let parts = c.0.iter().zip(wanted.0);
        parts.map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    list.iter().copied().min_by_key(distance).unwrap_or(wanted)
}
