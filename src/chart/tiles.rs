//! Tiles in the places of provinces: where?
//!
//! Each tile has the same size, so that a large province does not speak louder than a small one, and bears its name
//! and its number; the colour only repeats the step of the number.

use super::ink::Ink;
use super::metrics::{NARROWEST_PX, PHONE_TEXT_PX, room};
use super::spec::{Tile, TileMap, drawable};
use super::svg_backend::{Classed, FULL_WIDTH, SvgBackend, UNITS_PER_PX, to_units};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::Rectangle;

/// From the top of a row to the next one.
const ROW_PX: f64 = 46.0;
/// Between tiles below each other; side by side it is [`GAP`].
const GAP_PX: f64 = 2.0;
/// Between tiles side by side, in backend units: half of it on each side.
const GAP: i32 = 60;
const BASELINE_PX: i32 = 17;
const LINE_PX: i32 = 19;
/// A map wider or longer than this is no map.
const MOST: f64 = 60.0;
/// Width of the column from where the full names are shown.
const WIDE_PX: f64 = 448.0;

/// Appends the drawing of `chart`.
pub(super) fn draw(chart: &TileMap, name: Option<&str>, out: &mut String) {
    let columns = chart.columns.clamp(1, 12);
    let fits = |at: f64| drawable(at).is_some_and(|at| (0.0..MOST).contains(&at));
    let tiles: Vec<&Tile> = chart
        .tiles
        .iter()
        .filter(|t| fits(t.row) && fits(t.column) && t.column < f64::from(columns))
        .collect();
    let bottom = |t: &&Tile| t.row * ROW_PX + height(t);
    let Some(height_px) = tiles.iter().map(bottom).reduce(f64::max) else {
        return;
    };
    let area = SvgBackend::begin(out, "tm", name, to_units(height_px)).into_drawing_area();
    let map = Map {
        area,
        column: FULL_WIDTH / i32::from(columns),
    };
    for tile in tiles {
        map.tile(tile);
    }
    let closed = map.area.present();
    debug_assert!(closed.is_ok(), "a string takes every shape");
}

/// Names and number take a line each, and the tile is as high as they need.
fn height(tile: &Tile) -> f64 {
    let lines = i32::from(!tile.belongs_to.is_empty());
    ROW_PX - GAP_PX + f64::from(lines * LINE_PX)
}

struct Map<'a> {
    area: DrawingArea<SvgBackend<'a>, Shift>,
    /// Width of a column in backend units.
    column: i32,
}

impl Map<'_> {
    fn tile(&self, tile: &Tile) {
        let px = |px: f64| to_units(px * f64::from(UNITS_PER_PX));
        let left = to_units(tile.column * f64::from(self.column));
        // What stands beside the grid may be wider, for it has the name of its province too.
        let own = if tile.belongs_to.is_empty() {
            self.column
        } else {
            self.column * 8 / 5
        };
        let right = (left + own).min(FULL_WIDTH);
        let (top, bottom) = (tile.row * ROW_PX, tile.row * ROW_PX + height(tile));
        let corners = [
            (left + GAP / 2, px(top)),
            ((right - GAP / 2).max(left + GAP / 2), px(bottom)),
        ];
        let drawn = self
            .area
            .draw(&Rectangle::new(corners, ink(tile.step).style()));
        debug_assert!(drawn.is_ok(), "a string takes every shape");
        let mut words = Lines {
            map: self,
            left,
            right,
            baseline: to_units(top) + BASELINE_PX,
        };
        let is_inverse = tile.step.is_some_and(|s| s > 3);
        let [plain, slim, wide] = if is_inverse {
            ["c nh iv", "c nh iv slim", "c nh iv wide"]
        } else {
            ["c nh", "c nh slim", "c nh wide"]
        };
        if tile.short == tile.label {
            words.line(&tile.label, plain, NARROWEST_PX);
        } else {
            words.put(&tile.short, slim, NARROWEST_PX);
            words.line(&tile.label, wide, WIDE_PX);
        }
        if !tile.belongs_to.is_empty() {
            words.line(&tile.belongs_to, plain, NARROWEST_PX);
        }
        let value = match (tile.step, is_inverse) {
            (None, _) => "q c nh",
            (_, true) => "v c nh iv",
            (_, false) => "v c nh",
        };
        words.line(&tile.value_label, value, NARROWEST_PX);
    }
}

fn ink(step: Option<u8>) -> Ink {
    match step {
        None => Ink::Empty,
        Some(step) => Ink::STEPS[usize::from(step.clamp(1, 5)) - 1],
    }
}

/// The lines of words of one tile, each in the middle.
struct Lines<'m, 'a> {
    map: &'m Map<'a>,
    left: i32,
    right: i32,
    baseline: i32,
}

impl Lines<'_, '_> {
    fn line(&mut self, text: &str, class: &'static str, width_px: f64) {
        self.put(text, class, width_px);
        self.baseline += LINE_PX;
    }

    /// Words wider than their tile are left out, for a number cut off is another number; the table has them.
    fn put(&self, text: &str, class: &'static str, width_px: f64) {
        let tile_px = f64::from(self.right - self.left) / f64::from(FULL_WIDTH) * width_px;
        let is_bold = class.starts_with('v');
        if text.is_empty() || room(text, PHONE_TEXT_PX, is_bold) > tile_px {
            return;
        }
        let drawn = self.map.area.draw(&Classed {
            text,
            class,
            at: (
                i32::midpoint(self.left, self.right),
                self.baseline * UNITS_PER_PX,
            ),
        });
        debug_assert!(drawn.is_ok(), "a string takes every text");
    }
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::chart::spec::{Tile, TileMap};

    fn tile(label: &str, short: &str, at: (f64, f64), step: Option<u8>) -> Tile {
        Tile {
            label: label.to_owned(),
            short: short.to_owned(),
            belongs_to: String::new(),
            value_label: step.map_or("chưa có", |_| "98,70").to_owned(),
            step,
            row: at.0,
            column: at.1,
        }
    }

    fn drawn(tiles: Vec<Tile>) -> String {
        let mut out = String::new();
        draw(&TileMap { tiles, columns: 4 }, None, &mut out);
        out
    }

    #[test]
    fn draws_name_and_number_in_their_place() {
        let out = drawn(vec![tile("Thái Nguyên", "T.Nguyên", (1.0, 2.0), Some(4))]);
        let expected = [
            r#"<svg class="tm" width="100%" height="90" aria-hidden="true">"#,
            r#"<rect class="s4" x="50.3%" y="46" width="24.4%" height="44"/>"#,
            r#"<text class="c nh iv slim" x="62.5%" y="63">T.Nguyên</text>"#,
            r#"<text class="c nh iv wide" x="62.5%" y="63">Thái Nguyên</text>"#,
            r#"<text class="v c nh iv" x="62.5%" y="82">98,70</text></svg>"#,
        ];
        assert_eq!(out, expected.concat());
    }

    #[test]
    fn a_tile_without_a_number_says_so() {
        let out = drawn(vec![tile("Huế", "Huế", (0.0, 0.0), None)]);
        assert!(out.contains(r#"<rect class="no""#));
        assert!(out.contains(r#">Huế</text><text class="q c nh" x="12.5%" y="36">chưa có</text>"#));
    }

    #[test]
    fn an_island_names_its_province() {
        let island = Tile {
            belongs_to: "(Đà Nẵng)".into(),
            ..tile("Hoàng Sa", "Hoàng Sa", (0.0, 2.4), Some(1))
        };
        let out = drawn(vec![island]);
        assert!(out.contains(r#"height="63""#), "{out}");
        assert!(out.contains(">Hoàng Sa</text>") && out.contains(">(Đà Nẵng)</text>"));
    }

    #[test]
    fn what_stands_nowhere_is_left_out() {
        assert_eq!(drawn(vec![tile("a", "a", (f64::NAN, 0.0), None)]), "");
        assert_eq!(drawn(vec![tile("a", "a", (0.0, 4.0), None)]), "");
        assert_eq!(drawn(Vec::new()), "");
    }
}
