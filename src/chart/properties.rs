//! Properties that hold of every drawing: words neither overlap nor leave the box, whatever the labels and figures.

use super::metrics::SLACK;
use super::spec::{
    Bar, BarChart, Bullet, BulletChart, Chart, Line, LineChart, Multiple, MultiplesChart,
    SlopeChart, SlopeLine, Sparkline, StackedBar, StackedChart, Tile, TileMap, Tone, Unit,
};
use super::{draw, text_width};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Words as they stand on the screen.
#[derive(Debug)]
struct Frame {
    #[expect(dead_code, reason = "shown when a property fails")]
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

const WORDS: [&str; 16] = [
    "Đăng",
    "ký",
    "thường",
    "trú",
    "nghĩa",
    "vụ",
    "Ặ",
    "Ễ",
    "giải",
    "quyết",
    "hưởng",
    "trợ",
    "cấp",
    "68.164\u{a0}hồ\u{a0}sơ",
    "nghiêng",
    "x",
];

fn words(longest: usize) -> impl Strategy<Value = String> {
    let chosen = vec(prop::sample::select(WORDS.as_slice()), 0..longest / 4);
    let spaced = chosen.prop_map(move |words| words.join(" ").chars().take(longest).collect());
    prop_oneof![9 => spaced, 1 => (0..longest).prop_map(|length| "M".repeat(length))]
}

fn label() -> impl Strategy<Value = String> {
    prop_oneof![3 => words(28), 1 => words(200)]
}

fn figure() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => 0.0..100.0,
        2 => -50.0..100_000.0,
        1 => prop::sample::select([0.0, 100.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 1e-300].as_slice()),
    ]
}

fn tone() -> impl Strategy<Value = Tone> {
    prop::sample::select([Tone::Grey, Tone::Highlight, Tone::Doubtful].as_slice())
}

fn bars() -> impl Strategy<Value = Chart> {
    let bar = (label(), figure(), label(), tone(), option::of(figure())).prop_map(
        |(label, value, value_label, tone, target)| Bar {
            label,
            value,
            value_label,
            tone,
            target,
        },
    );
    (vec(bar, 0..6), figure(), option::of(figure()))
        .prop_map(|(bars, max, guide)| Chart::Bars(BarChart { bars, max, guide }))
}

fn bullets() -> impl Strategy<Value = Chart> {
    let bullet = (label(), label(), figure(), option::of(figure()), tone()).prop_map(
        |(label, value_label, actual, target, tone)| Bullet {
            label,
            value_label,
            actual,
            target,
            tone,
        },
    );
    (vec(bullet, 0..6), figure()).prop_map(|(bars, max)| Chart::Bullets(BulletChart { bars, max }))
}

fn stacked() -> impl Strategy<Value = Chart> {
    let bar = (label(), label(), vec(figure(), 0..6), any::<bool>()).prop_map(
        |(label, value_label, parts, doubtful)| StackedBar {
            label,
            value_label,
            parts,
            doubtful,
        },
    );
    (vec(bar, 0..6), figure()).prop_map(|(bars, max)| Chart::Stacked(StackedChart { bars, max }))
}

fn figures(longest: usize) -> impl Strategy<Value = Vec<Option<f64>>> {
    vec(option::weighted(0.85, figure()), 0..longest)
}

fn line() -> impl Strategy<Value = Chart> {
    let period = prop_oneof![9 => (1..13, 2023..2027).prop_map(|(month, year)| format!("{month}/{year}")), 1 => label()];
    let line = (label(), figures(40), any::<bool>()).prop_map(|(label, values, emphasised)| Line {
        label,
        values,
        emphasised,
    });
    let at_periods = || vec((0_usize..40, label()), 0..5);
    let missing = at_periods().prop_map(|all| {
        all.into_iter()
            .map(|(at, words)| (at, format!("{}/2026: {words}", at % 12 + 1)))
            .collect::<Vec<_>>()
    });
    let data = (
        vec(period, 0..40),
        vec(line, 0..6),
        figures(40),
        option::of(label()),
        any::<bool>(),
    );
    let marks = (
        option::of(label()),
        option::of(label()),
        missing,
        any::<bool>(),
        at_periods(),
        any::<bool>(),
    );
    (data, marks).prop_map(
        |(
            (categories, lines, target, target_label, percent),
            (first_label, last_label, missing, provisional_last, breaks, zero_based),
        )| {
            let unit = if percent { Unit::Percent } else { Unit::Count };
            Chart::Line(LineChart {
                categories,
                lines,
                target,
                target_label,
                unit,
                first_label,
                last_label,
                missing,
                provisional_last,
                breaks,
                zero_based,
            })
        },
    )
}

fn spark() -> impl Strategy<Value = Chart> {
    (figures(30), any::<bool>()).prop_map(|(values, provisional_last)| {
        Chart::Spark(Sparkline {
            values,
            provisional_last,
        })
    })
}

fn tiles() -> impl Strategy<Value = Chart> {
    // A place for each tile, as on a map: none stands on another.
    let at = (0_usize..8, 0_usize..4).prop_map(|(row, column)| (row, column));
    let tile = (label(), label(), label(), option::of(0_u8..9), at).prop_map(
        |(label, short, value_label, step, (row, column))| Tile {
            label,
            short,
            belongs_to: String::new(),
            value_label,
            step,
            row: row as f64,
            column: column as f64,
        },
    );
    (vec(tile, 0..12), figure()).prop_map(|(mut tiles, odd)| {
        tiles.sort_by(|a, b| (a.row, a.column).partial_cmp(&(b.row, b.column)).unwrap());
        tiles.dedup_by(|a, b| (a.row, a.column) == (b.row, b.column));
        // One may stand anywhere, if it is beyond the others.
        if let Some(last) = tiles.last().cloned() {
            let beside = Tile {
                belongs_to: "(Đà Nẵng)".to_owned(),
                row: if odd.is_finite() { last.row + 1.0 } else { odd },
                column: 2.4,
                ..last
            };
            tiles.push(beside);
        }
        Chart::Tiles(TileMap { tiles, columns: 4 })
    })
}

fn slope() -> impl Strategy<Value = Chart> {
    let line = (label(), label(), figure(), figure(), tone()).prop_map(
        |(from_label, to_label, from, to, tone)| SlopeLine {
            from_label,
            to_label,
            from,
            to,
            tone,
        },
    );
    (label(), label(), vec(line, 0..14)).prop_map(|(from_head, to_head, lines)| {
        Chart::Slope(SlopeChart {
            from_head,
            to_head,
            lines,
        })
    })
}

fn multiples() -> impl Strategy<Value = Chart> {
    let one = (label(), label(), figures(30)).prop_map(|(label, last_label, values)| Multiple {
        label,
        last_label,
        values,
    });
    (vec(one, 0..15), any::<bool>())
        .prop_map(|(list, zero_based)| Chart::Multiples(MultiplesChart { list, zero_based }))
}

fn drawing(chart: &Chart) -> String {
    let mut out = String::new();
    draw(chart, Some("tên"), &mut out);
    out
}

fn attribute<'s>(tag: &'s str, name: &str) -> Option<&'s str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// Reads the words of a drawing at one width.
fn frames(svg: &str, width_px: f64, text_px: f64, wide: bool) -> Vec<Frame> {
    let mut frames = Vec::new();
    for element in svg.split("<text").skip(1) {
        let (tag, content) = element.split_once('>').unwrap();
        let (content, _) = content.split_once("</text>").unwrap();
        let classes: Vec<&str> = attribute(tag, "class").unwrap_or("").split(' ').collect();
        let text = match content
            .strip_prefix("<tspan class=\"wide\">")
            .and_then(|rest| rest.split_once("</tspan>"))
        {
            Some((prefix, rest)) if wide => format!("{prefix}{rest}"),
            Some((_, rest)) => rest.to_owned(),
            None => content.to_owned(),
        };
        if classes.contains(&"wide") && !wide || classes.contains(&"slim") && wide {
            continue;
        }
        let x = attribute(tag, "x")
            .map_or(0.0, |x| x.trim_end_matches('%').parse::<f64>().unwrap())
            / 100.0
            * width_px;
        let y: f64 = attribute(tag, "y").unwrap().parse().unwrap();
        let width = text_width(
            &text,
            text_px,
            classes.contains(&"v") || classes.contains(&"n"),
        ) * SLACK;
        let left = match () {
            () if classes.contains(&"c") => x - width / 2.0,
            () if classes.contains(&"v") || classes.contains(&"e") => x - width,
            () => x,
        };
        frames.push(Frame {
            text,
            left,
            right: left + width,
            top: y - 0.87 * text_px,
            bottom: y + 0.25 * text_px,
        });
    }
    frames
}

fn check_words(svg: &str) -> Result<(), TestCaseError> {
    if svg.is_empty() {
        return Ok(());
    }
    let height: f64 = attribute(svg, "height").unwrap().parse().unwrap();
    for (width_px, text_px, wide) in [
        (288.0, 13.8, false),
        (448.0, 13.8, true),
        (740.0, 13.8, true),
        (740.0, 15.75, true),
    ] {
        let frames = frames(svg, width_px, text_px, wide);
        for (number, frame) in frames.iter().enumerate() {
            let inside = frame.left >= -0.1
                && frame.right <= width_px + 0.1
                && frame.top >= 0.0
                && frame.bottom <= height;
            prop_assert!(inside, "leaves {width_px} × {height}: {frame:?}\n{svg}");
            for other in &frames[..number] {
                let apart = frame.left >= other.right
                    || other.left >= frame.right
                    || frame.top >= other.bottom - 0.01
                    || other.top >= frame.bottom - 0.01;
                prop_assert!(apart, "at {width_px}: {frame:?} meets {other:?}\n{svg}");
            }
        }
    }
    Ok(())
}

/// Every length lies in the drawing and no number is worse than two decimals.
fn check_numbers(svg: &str) -> Result<(), TestCaseError> {
    for bad in ["NaN", "inf", "-0\"", "style="] {
        prop_assert!(!svg.contains(bad), "{bad} in {svg}");
    }
    for tag in svg.split('<').filter(|tag| !tag.starts_with("text")) {
        for name in ["x", "x1", "x2", "cx", "width"] {
            if let Some(share) = attribute(tag, name).and_then(|value| value.strip_suffix('%')) {
                let share_percent: f64 = share.parse().unwrap();
                prop_assert!((0.0..=100.0).contains(&share_percent), "{name} in {tag}");
                prop_assert!(share.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2 && !decimals.ends_with('0')));
            }
        }
    }
    for name in ["svg", "text", "title", "tspan"] {
        let opened = svg.matches(&format!("<{name}")).count();
        prop_assert_eq!(opened, svg.matches(&format!("</{name}>")).count());
    }
    Ok(())
}

fn check(chart: &Chart) -> Result<(), TestCaseError> {
    let svg = drawing(chart);
    check_words(&svg)?;
    check_numbers(&svg)
}

proptest! {
    #[test]
    fn bars_keep_their_words_apart(chart in bars()) {
        check(&chart)?;
    }

    #[test]
    fn stacked_bars_keep_their_words_apart(chart in stacked()) {
        check(&chart)?;
    }

    #[test]
    fn bullets_keep_their_words_apart(chart in bullets()) {
        check(&chart)?;
    }

    #[test]
    fn lines_keep_their_words_apart(chart in line()) {
        check(&chart)?;
    }

    #[test]
    fn tiles_keep_their_words_apart(chart in tiles()) {
        check(&chart)?;
    }

    #[test]
    fn slopes_keep_their_words_apart(chart in slope()) {
        check(&chart)?;
    }

    #[test]
    fn small_multiples_keep_their_words_apart(chart in multiples()) {
        check(&chart)?;
    }

    #[test]
    fn sparklines_are_whole(chart in spark()) {
        check(&chart)?;
    }
}
