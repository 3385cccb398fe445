//! What is published of the measures: ratios, counts, scores.

use super::{MeasureIx, index};

index! {
    /// An indicator of the catalogue.
    IndicatorIx(u16)
}

/// How an indicator is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IndicatorKind {
    /// Numerator measures over denominator measures, in per cent.
    Ratio,
    /// A count.
    Count,
    /// Points of a maximum.
    Score,
}

impl IndicatorKind {
    /// The kind of that name in the catalogue.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "ratio" => Self::Ratio,
            "count" => Self::Count,
            "score" => Self::Score,
            _ => return None,
        })
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither; not ranked.
    None,
}

impl Direction {
    /// The direction of that name in the catalogue.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "up" => Self::Up,
            "down" => Self::Down,
            "none" => Self::None,
            _ => return None,
        })
    }
}

/// A published statistic.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// Permanent id; makes the address of its page.
    pub id: String,
    /// Name in a sentence.
    pub label: String,
    /// Name in English; empty where there is none.
    pub label_en: String,
    /// Short name, for tiles.
    pub short_label: String,
    /// The same in English: the full one where there is no other.
    pub short_label_en: String,
    /// How it is made.
    pub kind: IndicatorKind,
    /// Measures added up above the line; empty where only stated values are known.
    pub numerator: Vec<MeasureIx>,
    /// Measures added up below the line.
    pub denominator: Vec<MeasureIx>,
    /// What the denominator counts: "hồ sơ tiếp nhận".
    pub of_whom: String,
    /// The same in English; empty where it is not said.
    pub of_whom_en: String,
    /// Unit of its values: "%".
    pub unit: String,
    /// The same in English; empty where it is not said.
    pub unit_en: String,
    /// Which way is better.
    pub direction: Direction,
    /// Decimals of the published value.
    pub decimals: u8,
    /// Whether it may be over 100 %, as the completion of a target may.
    pub may_exceed_100: bool,
    /// Whether units are ranked by it.
    pub ranked: bool,
    /// Smallest denominator for a unit to be ranked, where it differs from that of the site.
    pub minimum_base: Option<u32>,
    /// Why its two sides may count different things: "mỗi người một thẻ".
    pub one_each: String,
    /// What it is the change of, since the period before.
    pub change_of: Option<super::Stat>,
    /// For a score: the maximum, as text.
    pub max: Option<crate::decimal::Decimal>,
    /// What it means, in plain words.
    pub definition: String,
    /// The same in English; empty where it is not said.
    pub definition_en: String,
    /// Legal basis.
    pub basis: String,
    /// Header words under which tables state it.
    pub aliases: Vec<String>,
    /// Where the catalogue has it.
    pub place: crate::diagnostic::Place,
}

impl Indicator {
    /// Whether its values are percentage points.
    pub fn is_in_points(&self) -> bool {
        is_points(&self.unit)
    }

    /// Whether it can be recomputed from counts.
    pub fn has_base(&self) -> bool {
        !self.numerator.is_empty() && !self.denominator.is_empty()
    }
}

/// Whether a unit of measure means percentage points: "điểm %", "điểm phần trăm".
fn is_points(unit: &str) -> bool {
    let folded = crate::text::normal::fold(&unit.replace('%', " phan tram "));
    matches!(
        folded.as_str(),
        "diem phan tram" | "phan tram diem" | "percentage points" | "phan tram points"
    )
}
