//! The code to scan at the foot of a bulletin (ISO/IEC 18004), drawn as one path.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use super::context::Html;

/// Light modules around the code, as the standard asks for.
const QUIET: i32 = 4;

/// Draws an address as a code; `None` where it is too long for one.
pub(super) fn draw(address: &str) -> Option<Html> {
    let code = QrCode::encode_text(address, QrCodeEcc::Low).ok()?;
    let n = code.size();
    let side = n + 2 * QUIET;
    let mut out = format!(
        "<svg viewBox=\"-{QUIET} -{QUIET}.5 {side} {side}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\"><path stroke=\"#000\" d=\""
    );
    for y in 0..n {
        let mut pen = None;
        let mut x = 0;
        while x < n {
            if !code.get_module(x, y) {
                x += 1;
                continue;
            }
            let start = x;
            while x < n && code.get_module(x, y) {
                x += 1;
            }
            // Writing to a text cannot fail.
            let _ = match pen {
                None => write!(out, "M{start} {y}h{}", x - start),
                Some(pen) => write!(out, "m{} 0h{}", start - pen, x - start),
            };
            pen = Some(x);
        }
    }
    out.push_str("\"/></svg>");
    Some(Html(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules that a path draws.
    fn modules(svg: &str) -> Vec<(i32, i32)> {
        let path = svg.split(" d=\"").nth(1).unwrap();
        let path = path.split('"').next().unwrap();
        let mut dark = Vec::new();
        for row in path.split('M').skip(1) {
            let (mut x, mut y) = (0, 0);
            for (at, run) in row.split('m').enumerate() {
                let (to, length) = run.split_once('h').unwrap();
                let (right, down) = to.split_once(' ').unwrap();
                let (right, down): (i32, i32) = (right.parse().unwrap(), down.parse().unwrap());
                (x, y) = if at == 0 {
                    (right, down)
                } else {
                    (x + right, y + down)
                };
                let length: i32 = length.parse().unwrap();
                dark.extend((x..x + length).map(|x| (x, y)));
                x += length;
            }
        }
        dark
    }

    #[test]
    fn the_path_draws_the_modules_of_the_code() {
        let address = "https://tiendo.example/don-vi/binh-dinh/";
        let code = QrCode::encode_text(address, QrCodeEcc::Low).unwrap();
        let svg = draw(address).unwrap().0;
        let mut expected = Vec::new();
        for y in 0..code.size() {
            expected.extend(
                (0..code.size())
                    .filter(|x| code.get_module(*x, y))
                    .map(|x| (x, y)),
            );
        }
        assert_eq!(modules(&svg), expected);
        assert!(svg.len() < 2600, "{} bytes", svg.len());
        assert_eq!(draw(&"x".repeat(5000)), None);
    }
}
