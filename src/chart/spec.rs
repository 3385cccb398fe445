//! What a chart shows, without how it looks.
//!
//! In: figures and words made ready by the pages. Out: values that [`draw`](crate::chart::draw) turns into a drawing.
//! A figure that is not finite, or beyond any count of people or money, is treated as missing.

/// The way in which a bar is filled: its class, never its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// One among others.
    #[default]
    Grey,
    /// The one the message speaks of.
    Highlight,
    /// Stated, but at odds with another figure: outlined, without fill.
    Doubtful,
}

/// The unit of an axis, for its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Per cent, 0 to 100; ticks read `40%`.
    #[default]
    Percent,
    /// A number of things; ticks are whole and read `1.200`.
    Count,
}

/// One horizontal bar with its words above it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// Name, at the left; as many lines as it needs.
    pub label: String,
    /// Length, from zero. Not finite: no bar, the words stay.
    pub value: f64,
    /// The value in words, at the right.
    pub value_label: String,
    /// Filling.
    pub tone: Tone,
    /// A tick across the bar.
    pub target: Option<f64>,
}

/// Bars from zero on one scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarChart {
    /// From top to bottom.
    pub bars: Vec<Bar>,
    /// The value at the right edge. It grows when a value is greater, so that no bar is cut.
    pub max: f64,
    /// A tick across all bars, such as the level of the block.
    pub guide: Option<f64>,
}

/// One horizontal bar of up to four parts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StackedBar {
    /// Name, at the left.
    pub label: String,
    /// The value in words, at the right.
    pub value_label: String,
    /// Lengths from left to right; the classes are `hi b2 b3 b4` by position. Further parts are not drawn.
    pub parts: Vec<f64>,
    /// Draw the outline of the sum instead of the parts.
    pub doubtful: bool,
}

/// Stacked bars from zero on one scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StackedChart {
    /// From top to bottom.
    pub bars: Vec<StackedBar>,
    /// The value at the right edge; see [`BarChart::max`].
    pub max: f64,
}

/// One bar with its target.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bullet {
    /// Name, at the left.
    pub label: String,
    /// The value in words, at the right.
    pub value_label: String,
    /// What was reached.
    pub actual: f64,
    /// What was to be reached.
    pub target: Option<f64>,
    /// Filling.
    pub tone: Tone,
}

/// Bars with targets on one scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BulletChart {
    /// From top to bottom.
    pub bars: Vec<Bullet>,
    /// The value at the right edge; see [`BarChart::max`].
    pub max: f64,
}

/// One line of a line chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Name, drawn only when there are several lines.
    pub label: String,
    /// One value for each category; `None` breaks the line.
    pub values: Vec<Option<f64>>,
    /// The line the message speaks of; the first such line carries the labels of its ends.
    pub emphasised: bool,
}

/// How figures move over the periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineChart {
    /// Periods from left to right, such as `7/2024`.
    pub categories: Vec<String>,
    /// Up to four lines.
    pub lines: Vec<Line>,
    /// The target at each category, drawn as a step line; may be empty.
    pub target: Vec<Option<f64>>,
    /// Words at the first step of the target, such as `Chỉ tiêu 70%`.
    pub target_label: Option<String>,
    /// Unit of the axis.
    pub unit: Unit,
    /// Words at the first point.
    pub first_label: Option<String>,
    /// Words at the last point, such as `81,8%, sơ bộ`.
    pub last_label: Option<String>,
    /// Categories without a figure, with words such as `2/2026: chưa báo cáo`.
    pub missing: Vec<(usize, String)>,
    /// Draw the last point hollow.
    pub provisional_last: bool,
    /// Categories before which the unit changed, with words such as `1/7/2025: sáp nhập`.
    pub breaks: Vec<(usize, String)>,
    /// Begin the axis at zero.
    pub zero_based: bool,
}

/// A small line without axis or words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sparkline {
    /// One value for each period.
    pub values: Vec<Option<f64>>,
    /// Draw the last point hollow.
    pub provisional_last: bool,
}

/// One unit on a map of tiles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tile {
    /// Name.
    pub label: String,
    /// Name where there is little room.
    pub short: String,
    /// The unit whose figure it bears, for a tile beside the grid; else empty.
    pub belongs_to: String,
    /// The value in words, or that there is none.
    pub value_label: String,
    /// Step of the value on the scale of the map, 1 to 5; `None` without a value.
    pub step: Option<u8>,
    /// Place from the top, in tiles.
    pub row: f64,
    /// Place from the left, in tiles.
    pub column: f64,
}

/// Units in the places where they lie, all of one size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TileMap {
    /// In any order.
    pub tiles: Vec<Tile>,
    /// How many tiles stand side by side.
    pub columns: u8,
}

/// The way of one unit from its place then to its place now.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SlopeLine {
    /// Place and name at the left.
    pub from_label: String,
    /// Place and name at the right.
    pub to_label: String,
    /// Place then, from 1 at the top.
    pub from: f64,
    /// Place now.
    pub to: f64,
    /// Highlighted or among others.
    pub tone: Tone,
}

/// Who moved in rank, between two periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SlopeChart {
    /// Words over the left ends.
    pub from_head: String,
    /// Words over the right ends.
    pub to_head: String,
    /// At most ten are drawn.
    pub lines: Vec<SlopeLine>,
}

/// One of several small drawings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Multiple {
    /// Name.
    pub label: String,
    /// The last value in words.
    pub last_label: String,
    /// One value for each period; `None` breaks the line.
    pub values: Vec<Option<f64>>,
}

/// Small lines on one scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MultiplesChart {
    /// At most twelve are drawn.
    pub list: Vec<Multiple>,
    /// Begin the scale at zero.
    pub zero_based: bool,
}

/// Any chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Who has more?
    Bars(BarChart),
    /// What is it made of?
    Stacked(StackedChart),
    /// How far to the target?
    Bullets(BulletChart),
    /// How does it move?
    Line(LineChart),
    /// How does it move, in one glance?
    Spark(Sparkline),
    /// Where?
    Tiles(TileMap),
    /// Who moved in rank?
    Slope(SlopeChart),
    /// How does each move?
    Multiples(MultiplesChart),
}

/// Returns `value` when it can be drawn.
pub(super) fn drawable(value: f64) -> Option<f64> {
    const BEYOND_ANY_STATISTIC: f64 = 1e15;
    (value.abs() <= BEYOND_ANY_STATISTIC).then_some(value)
}
