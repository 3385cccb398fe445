//! Colours as people write them, and how well two of them are told apart (WCAG 2.2, "contrast ratio").

use std::fmt;

/// A colour of the sRGB space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub [u8; 3]);

/// Steps between a colour and black or white in which a passing one is looked for.
const STEPS: u32 = 256;

impl Colour {
    /// Black.
    pub const BLACK: Self = Self([0; 3]);

    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// Reads `#0a5286` or `#fff`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let byte = |from: usize, to: usize| u8::from_str_radix(digits.get(from..to)?, 16).ok();
        match digits.len() {
            3 => Some(Self([byte(0, 1)? * 17, byte(1, 2)? * 17, byte(2, 3)? * 17])),
            6 => Some(Self([byte(0, 2)?, byte(2, 4)?, byte(4, 6)?])),
            _ => None,
        }
    }

    /// Relative luminance, from 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        let [r, g, b] = self.0.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast ratio with another colour, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whether it has at least this contrast with each of `grounds`.
    pub fn passes(self, grounds: &[Self], least: f64) -> bool {
        grounds.iter().all(|g| self.contrast(*g) >= least)
    }

    /// The nearest colour of the same hue, darker or lighter, that passes on all `grounds`; none where no colour does.
    #[must_use]
    pub fn nearest_passing(self, grounds: &[Self], least: f64) -> Option<Self> {
        let mixed = |step: u32, end: Self| {
            let mut out = self.0;
            for (own, to) in out.iter_mut().zip(end.0) {
                let sum = u32::from(*own) * (STEPS - step) + u32::from(to) * step;
                // A mean of two bytes is a byte.
                *own = u8::try_from((sum + STEPS / 2) / STEPS).unwrap_or(to);
            }
            Self(out)
        };
        (0..=STEPS)
            .flat_map(|step| [mixed(step, Self::BLACK), mixed(step, Self::WHITE)])
            .find(|c| c.passes(grounds, least))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(out, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(Colour::parse("#fff"), Some(Colour::WHITE));
        assert_eq!(
            Colour::parse("#0A5286").map(|c| c.to_string()).as_deref(),
            Some("#0a5286")
        );
        for wrong in ["", "#", "fff", "#ff", "#ffff", "#ggg", "#+12345", "#đđđ"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    /// Black on white is 21; #777777 on white is 4.48 and #767676 is 4.54, as WCAG's own examples say.
    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let on_white = |text: &str| Colour::parse(text).unwrap().contrast(Colour::WHITE);
        assert!((on_white("#000") - 21.0).abs() < 1e-9);
        assert!((on_white("#fff") - 1.0).abs() < 1e-9);
        assert!((on_white("#777777") - 4.478).abs() < 0.001);
        assert!((on_white("#767676") - 4.542).abs() < 0.001);
    }

    #[test]
    fn the_nearest_passing_colour_keeps_the_hue() {
        let yellow = Colour::parse("#ffc400").unwrap();
        let found = yellow.nearest_passing(&[Colour::WHITE], 4.5).unwrap();
        let [r, g, b] = found.0;
        assert!(r > g && b == 0, "{found}");
        assert!(found.passes(&[Colour::WHITE], 4.5));
        // No colour stands out from black and white alike by 5.
        let both = [Colour::BLACK, Colour::WHITE];
        assert_eq!(yellow.nearest_passing(&both, 5.0), None);
    }

    proptest! {
        #[test]
        fn what_is_proposed_passes(rgb: [u8; 3], ground: [u8; 3]) {
            let (colour, ground) = (Colour(rgb), Colour(ground));
            prop_assert!((colour.contrast(ground) - ground.contrast(colour)).abs() < 1e-12);
            let found = colour.nearest_passing(&[ground], 4.5);
            prop_assert!(found.is_some_and(|f| f.passes(&[ground], 4.5)));
            prop_assert_eq!(Colour::parse(&colour.to_string()), Some(colour));
        }
    }
}
