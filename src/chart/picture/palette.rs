//! The colours of pictures that stand alone: the light ones of the theme's sheet.

use std::fmt;

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// Reads `#08466a` or `#fff`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let value = |at: usize, length: usize| {
            let part = digits.get(at * length..(at + 1) * length)?;
            let value = u8::from_str_radix(part, 16).ok()?;
            Some(if length == 1 { value * 17 } else { value })
        };
        let length = match digits.len() {
            3 => 1,
            6 => 2,
            _ => return None,
        };
        Some(Self([
            value(0, length)?,
            value(1, length)?,
            value(2, length)?,
        ]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(out, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// The colours by what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the theme's tokens")]
pub struct Palette {
    pub bg: Colour,
    pub ink: Colour,
    pub ink2: Colour,
    pub line: Colour,
    pub edge: Colour,
    pub brand: Colour,
    pub track: Colour,
    /// Grey, highlight, second, third and fourth series.
    pub d: [Colour; 5],
    /// The five steps of a scale.
    pub s: [Colour; 5],
}

impl Default for Palette {
    /// Those of the default theme.
    fn default() -> Self {
        Self {
            bg: Colour::WHITE,
            ink: Colour([0x1a, 0x21, 0x29]),
            ink2: Colour([0x4d, 0x56, 0x62]),
            line: Colour([0xdf, 0xdb, 0xd2]),
            edge: Colour([0x7b, 0x84, 0x90]),
            brand: Colour([0x08, 0x46, 0x6a]),
            track: Colour([0xf1, 0xef, 0xea]),
            d: [
                Colour([0x82, 0x8a, 0x95]),
                Colour([0x08, 0x46, 0x6a]),
                Colour([0xc0, 0x53, 0x09]),
                Colour([0x23, 0x9a, 0x72]),
                Colour([0x8a, 0x4a, 0x9e]),
            ],
            s: [
                Colour([0xdf, 0xec, 0xf0]),
                Colour([0xb3, 0xd0, 0xda]),
                Colour([0x7f, 0xb0, 0xc2]),
                Colour([0x2f, 0x73, 0x91]),
                Colour([0x08, 0x46, 0x6a]),
            ],
        }
    }
}

impl Palette {
    /// Reads the tokens of a sheet's first `:root`. What is no plain colour there keeps the default.
    pub fn of_sheet(css: &str) -> Self {
        let mut p = Self::default();
        let block = css
            .split_once(":root")
            .and_then(|(_, rest)| rest.split_once('{'))
            .and_then(|(_, rest)| rest.split_once('}'))
            .map_or("", |(block, _)| block);
        for (name, value) in block.split(';').filter_map(|d| d.split_once(':')) {
            let Some(colour) = Colour::parse(value.trim()) else {
                continue;
            };
            let place = match name.trim() {
                "--bg" => &mut p.bg,
                "--ink" => &mut p.ink,
                "--ink2" => &mut p.ink2,
                "--line" => &mut p.line,
                "--edge" => &mut p.edge,
                "--brand" => &mut p.brand,
                "--track" => &mut p.track,
                "--d0" => &mut p.d[0],
                "--d1" => &mut p.d[1],
                "--d2" => &mut p.d[2],
                "--d3" => &mut p.d[3],
                "--d4" => &mut p.d[4],
                "--s1" => &mut p.s[0],
                "--s2" => &mut p.s[1],
                "--s3" => &mut p.s[2],
                "--s4" => &mut p.s[3],
                "--s5" => &mut p.s[4],
                _ => continue,
            };
            *place = colour;
        }
        p
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, Palette};

    #[test]
    fn the_default_colours_are_those_of_the_default_sheet() {
        let sheet = include_str!("../../../themes/default/style.css");
        assert_eq!(Palette::of_sheet(sheet), Palette::default());
    }

    #[test]
    fn a_sheet_of_one_s_own_changes_them() {
        let p =
            Palette::of_sheet(":root{--brand:#123;--ink:light-dark(#000,#fff)}:root{--bg:#000}");
        assert_eq!(p.brand.to_string(), "#112233");
        assert_eq!((p.bg, p.ink), (Colour::WHITE, Palette::default().ink));
        assert_eq!(Colour::parse("#12é45"), None);
    }
}
