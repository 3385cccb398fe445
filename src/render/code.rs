//! The code to scan at the foot of a bulletin (ISO/IEC 18004), drawn as one path.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use super::context::Html;

/// Light modules around the code, as the standard asks for.
const QUIET: i32 = 4;
/// How far beyond the code the pen turns: outside of what is shown.
const TURN: i32 = 6;

/// Draws an address as a code; `None` where it is too long for one.
///
/// The pen goes to and fro over the rows without leaving the paper, and the dashes are the dark modules: half the bytes
/// of a path with a step for each run, and every page of a unit carries one.
pub(super) fn draw(address: &str) -> Option<Html> {
    let code = QrCode::encode_text(address, QrCodeEcc::Low).ok()?;
    let n = code.size();
    let (side, row) = (n + 2 * QUIET, n + 2 * TURN);
    let mut path = format!("M-{TURN} 0");
    let mut dashes = String::from("0");
    // A dash of no length begins the pattern, so that the first gap comes next.
    let (mut is_dark, mut run) = (false, 0);
    for y in 0..n {
        // Writing to a text cannot fail.
        let _ = if y % 2 == 0 {
            write!(path, "h{row}v1")
        } else {
            write!(path, "h-{row}v1")
        };
        for step in -TURN..n + TURN {
            let x = if y % 2 == 0 { step } else { n - 1 - step };
            let dark = (0..n).contains(&x) && code.get_module(x, y);
            if dark != is_dark {
                let _ = write!(dashes, " {run}");
                (is_dark, run) = (dark, 0);
            }
            run += 1;
        }
        run += 1;
    }
    // The last gap; with the dash of no length before the first, the pattern has as many dashes as gaps.
    let _ = write!(dashes, " {run}");
    Some(Html(format!(
        "<svg viewBox=\"-{QUIET} -{QUIET}.5 {side} {side}\" aria-hidden=\"true\"><path fill=\"none\" stroke=\"#000\" stroke-dasharray=\"{dashes}\" d=\"{path}\"/></svg>"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between<'t>(text: &'t str, open: &str) -> &'t str {
        let (_, rest) = text.split_once(open).unwrap();
        rest.split('"').next().unwrap()
    }

    /// The dark modules that the dashes draw, by walking along the path.
    fn modules(svg: &str) -> Vec<(i32, i32)> {
        let runs = between(svg, "stroke-dasharray=\"").split(' ');
        let runs: Vec<usize> = runs.map(|r| r.parse().unwrap()).collect();
        assert_eq!(runs.len() % 2, 0, "a pattern of odd length turns over");
        let mut ink = runs
            .iter()
            .enumerate()
            .flat_map(|(at, run)| std::iter::repeat_n(at % 2 == 0, *run));
        let path = between(svg, " d=\"");
        let (start, steps) = path.split_once('h').unwrap();
        let left = start.trim_start_matches('M').split(' ').next().unwrap();
        let mut at: i32 = left.parse().unwrap();
        let mut dark = Vec::new();
        for (y, step) in (0..).zip(steps.split('h')) {
            let width: i32 = step.strip_suffix("v1").unwrap().parse().unwrap();
            for _ in 0..width.abs() {
                let x = if width > 0 { at } else { at - 1 };
                at += width.signum();
                if ink.next().unwrap() {
                    dark.push((y, x));
                }
            }
            assert!(!ink.next().unwrap(), "the turn is not drawn");
        }
        assert_eq!(ink.next(), None);
        dark.sort_unstable();
        dark
    }

    #[test]
    fn the_dashes_draw_the_modules_of_the_code() {
        let address = "https://tiendo.example/don-vi/binh-dinh/";
        let code = QrCode::encode_text(address, QrCodeEcc::Low).unwrap();
        let svg = draw(address).unwrap().0;
        let n = code.size();
        let all = (0..n).flat_map(|y| (0..n).map(move |x| (y, x)));
        let expected: Vec<(i32, i32)> = all.filter(|(y, x)| code.get_module(*x, *y)).collect();
        assert_eq!(modules(&svg), expected);
        assert!(svg.len() < 1600, "{} bytes", svg.len());
        assert_eq!(draw(&"x".repeat(5000)), None);
    }
}
