//! Charts: values of [`spec`] → compact inline SVG.
//!
//! The drawings are fluid: x is in per cent of an unknown width, y in pixels, and the words keep the size that the style
//! sheet gives them. So one drawing serves a phone and a desktop, and the room of words is reckoned at 288 px, the
//! narrowest column. Nothing in a drawing names a colour; classes do.
//!
//! Data flows through plotters: a kind of chart makes a coordinate system and places elements, and
//! `svg_backend` writes them. Tables, titles and keys beside a drawing are left to the pages.

mod bars;
mod bullets;
pub mod card;
mod ink;
mod line;
mod markup;
mod metrics;
mod multiples;
pub mod picture;
mod placing;
mod rows;
mod slope;
mod spark;
pub mod spec;
mod stacked;
mod svg_backend;
mod ticks;
mod tiles;

pub use line::line_axis_start;
pub use metrics::text_width;
use spec::Chart;

/// Appends the drawing of `chart` to `out`, as one `<svg>` element.
///
/// With a `name` the drawing is an image of that name; without one it is hidden from screen readers, for the words and
/// the table beside it say the same. Nothing is appended when there is nothing to draw.
pub fn draw(chart: &Chart, name: Option<&str>, out: &mut String) {
    match chart {
        Chart::Bars(bars) => bars::draw(bars, name, out),
        Chart::Stacked(stacked) => stacked::draw(stacked, name, out),
        Chart::Bullets(bullets) => bullets::draw(bullets, name, out),
        Chart::Line(line) => line::draw(line, name, out),
        Chart::Spark(spark) => spark::draw(spark, name, out),
        Chart::Tiles(tiles) => tiles::draw(tiles, name, out),
        Chart::Slope(slope) => slope::draw(slope, name, out),
        Chart::Multiples(multiples) => multiples::draw(multiples, name, out),
    }
}

#[cfg(test)]
mod properties;
