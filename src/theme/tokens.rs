//! The tokens of a theme: its colours in light and dark, its shapes. A theme of its own changes them and leaves the
//! templates alone; an office changes the two colours of its own in `site.toml`.
//!
//! In: `theme.toml` of the theme, over that of the default theme, and `[look]` of the settings. Out: [`Tokens`], and every
//! pair of colours that cannot be told apart, with the nearest colour that can.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::config::Look;
use crate::diagnostic::{Checked, Diagnostic, Place, codes, phrase};
use crate::source::SourceFile;
use crate::text::colour::Colour;
use crate::toml_file::{Section, TomlFile};

/// The colours, in the order of the sheet.
const COLOURS: [&str; 33] = [
    "bg", "bg2", "ink", "ink2", "line", "edge", "link", "visited", "brand", "focus", "top",
    "top-ink", "top-ink2", "top-mark", "d0", "d1", "d2", "d3", "d4", "track", "s1", "s2", "s3",
    "s4", "s5", "ok", "ok2", "run", "run2", "slow", "slow2", "late", "late2",
];

/// The shapes, in the order of the sheet.
const SHAPES: [&str; 6] = [
    "font",
    "head-font",
    "head-weight",
    "corner",
    "top-rule",
    "figure-rule",
];

/// Least contrast of text, and of marks and the edges of controls (WCAG 2.2, 1.4.3 and 1.4.11).
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

/// Which colours must stand out from which grounds, and how far.
const PAIRS: [(&[&str], &[&str], f64); 10] = [
    (&["ink"], &["bg", "bg2", "s1", "s2", "s3"], TEXT),
    (&["ink2", "link", "visited", "brand"], &["bg", "bg2"], TEXT),
    (
        &["edge", "d0", "d1", "d2", "d3", "d4"],
        &["bg", "bg2"],
        MARK,
    ),
    (&["top-ink", "top-ink2"], &["top"], TEXT),
    (&["top-mark"], &["top"], MARK),
    (&["s4", "s5"], &["bg"], TEXT),
    (&["ok"], &["ok2"], TEXT),
    (&["run"], &["run2"], TEXT),
    (&["slow"], &["slow2"], TEXT),
    (&["late"], &["late2"], TEXT),
];

/// The tokens of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    light: Vec<Option<Colour>>,
    dark: Vec<Option<Colour>>,
    shapes: Vec<String>,
}

/// A scheme of colours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The themes that are part of the program, by name; each sets what differs from the first.
const SHIPPED: [(&str, &str); 2] = [
    ("default", include_str!("../../themes/default/theme.toml")),
    (
        "trong-dong",
        include_str!("../../themes/trong-dong/theme.toml"),
    ),
];

/// The names of the themes that are part of the program.
pub fn shipped() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// Whether a theme of that name is part of the program.
pub fn is_shipped(name: &str) -> bool {
    shipped().any(|n| n == name)
}

/// Reads the tokens of the default theme, of the shipped theme of that name, of the site's own `theme.toml`, and those
/// of its settings, each over those before.
pub fn read(name: &str, own: Option<&SourceFile>, look: &Look) -> Checked<Tokens> {
    let mut places = vec![[const { None }; 2]; COLOURS.len()];
    let mut tokens = Tokens {
        light: vec![None; COLOURS.len()],
        dark: vec![None; COLOURS.len()],
        shapes: vec![String::new(); SHAPES.len()],
    };
    let mut findings = Vec::new();
    for (shipped, text) in SHIPPED {
        if shipped == "default" || shipped == name {
            let path = format!("themes/{shipped}/theme.toml");
            findings.extend(tokens.take(&Arc::from(path), text, &mut places));
        }
    }
    if let Some(file) = own
        && let Ok(text) = std::str::from_utf8(&file.bytes)
    {
        findings.extend(tokens.take(&file.path, text, &mut places));
    }
    tokens.set(look, &mut places);
    findings.extend(tokens.too_faint(&places));
    Checked::new(tokens, findings)
}

/// Where a colour was set, in each scheme.
type Places = Vec<[Option<Place>; 2]>;

impl Default for Tokens {
    /// Those of the default theme.
    fn default() -> Self {
        read("default", None, &Look::default()).value
    }
}

impl Tokens {
    /// Takes over what a file sets.
    fn take(&mut self, path: &Arc<str>, text: &str, places: &mut Places) -> Vec<Diagnostic> {
        let doc = TomlFile::parse(path, text);
        let root = doc.root();
        root.text("name");
        for (at, scheme) in Scheme::BOTH.into_iter().enumerate() {
            if let Some(s) = root.section(scheme.name()) {
                self.take_colours(&s, scheme, at, places);
                s.close();
            }
        }
        if let Some(s) = root.section("shape") {
            for (name, shape) in SHAPES.iter().zip(&mut self.shapes) {
                if let Some(value) = s.parsed(name, phrase("css-value"), css_value) {
                    *shape = value;
                }
            }
            s.close();
        }
        root.close();
        doc.into_findings()
    }

    fn take_colours(
        &mut self,
        s: &Section<'_, '_>,
        scheme: Scheme,
        at: usize,
        places: &mut Places,
    ) {
        for (name, place) in COLOURS.iter().zip(places) {
            if let Some(colour) = s.parsed(name, phrase("colour"), Colour::parse) {
                self.put(name, scheme, colour);
                place[at] = Some(s.place_of(name));
            }
        }
    }

    /// Takes over the colours of the office: what it set for light grounds serves dark ones made lighter, and the
    /// highlight of charts is the colour of the office unless it is set too.
    fn set(&mut self, look: &Look, places: &mut Places) {
        let Some(brand) = &look.brand else {
            return;
        };
        let highlight = look.highlight.as_ref().unwrap_or(brand);
        for (name, (colour, place)) in [("brand", brand), ("d1", highlight)] {
            let dark = match name {
                "brand" => look.brand_dark.as_ref(),
                _ => look.highlight_dark.as_ref().or(look.brand_dark.as_ref()),
            };
            let grounds = self.colours(&["bg", "bg2"], Scheme::Dark);
            let made = || colour.nearest_passing(&grounds, TEXT).unwrap_or(*colour);
            let (dark, dark_place) = dark.map_or_else(|| (made(), place.clone()), Clone::clone);
            self.put(name, Scheme::Light, *colour);
            self.put(name, Scheme::Dark, dark);
            if let Some(at) = COLOURS.iter().position(|c| *c == name) {
                places[at] = [Some(place.clone()), Some(dark_place)];
            }
        }
    }

    fn put(&mut self, name: &str, scheme: Scheme, colour: Colour) {
        if let Some(at) = COLOURS.iter().position(|c| *c == name) {
            match scheme {
                Scheme::Light => self.light[at] = Some(colour),
                Scheme::Dark => self.dark[at] = Some(colour),
            }
        }
    }

    fn colours(&self, names: &[&str], scheme: Scheme) -> Vec<Colour> {
        let list = match scheme {
            Scheme::Light => &self.light,
            Scheme::Dark => &self.dark,
        };
        let colour_of = |name: &&str| *list.get(COLOURS.iter().position(|c| c == name)?)?;
        names.iter().filter_map(colour_of).collect()
    }

    /// The colours that do not stand out, each once, with the ground from which it stands out least.
    fn too_faint(&self, places: &Places) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        for (at, scheme) in Scheme::BOTH.into_iter().enumerate() {
            for (names, grounds, least) in PAIRS {
                let behind = self.colours(grounds, scheme);
                for name in names {
                    let [colour] = self.colours(&[name], scheme)[..] else {
                        continue;
                    };
                    let worst = behind.iter().map(|g| (colour.contrast(*g), *g));
                    let Some((ratio, ground)) = worst.min_by(|a, b| a.0.total_cmp(&b.0)) else {
                        continue;
                    };
                    if ratio >= least {
                        continue;
                    }
                    let known = COLOURS.iter().position(|c| c == name);
                    let place = known
                        .and_then(|k| places[k][at].clone())
                        .unwrap_or_default();
                    let near = colour.nearest_passing(&behind, least);
                    out.push(
                        Diagnostic::new(codes::COLOUR_CONTRAST, place)
                            .with("name", *name)
                            .with("colour", colour.to_string())
                            .with("ground", ground.to_string())
                            .with("ratio", floor_tenth(ratio))
                            .with("least", floor_tenth(least))
                            .with("near", near.map_or_else(String::new, |c| c.to_string())),
                    );
                }
            }
        }
        out
    }

    /// The tokens as the head of a style sheet.
    pub fn css(&self) -> String {
        let mut out = String::new();
        let shapes = SHAPES.iter().zip(&self.shapes);
        let shapes: Vec<(&str, &str)> = shapes.map(|(n, v)| (*n, v.as_str())).collect();
        let dark = scheme_css(&self.dark, Scheme::Dark);
        let _ = write!(out, ":root{{{}", scheme_css(&self.light, Scheme::Light));
        for (name, value) in shapes {
            let _ = write!(out, "--{name}:{value};");
        }
        let _ = write!(
            out,
            "}}\n@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{dark}}}}}\n:root[data-theme=dark]{{{dark}}}\n"
        );
        out
    }
}

fn scheme_css(list: &[Option<Colour>], scheme: Scheme) -> String {
    let mut out = String::new();
    for (name, colour) in COLOURS.iter().zip(list) {
        if let Some(colour) = colour {
            let _ = write!(out, "--{name}:{colour};");
        }
    }
    let _ = write!(out, "color-scheme:{};", scheme.name());
    out
}

/// Cut, not rounded: 4.46 must not be told as 4.5.
fn floor_tenth(ratio: f64) -> String {
    let tenths = (ratio * 10.0).floor() / 10.0;
    format!("{tenths:.1}")
}

/// A value that cannot leave its declaration.
fn css_value(text: &str) -> Option<String> {
    let fits = !text.is_empty()
        && text.len() <= 200
        && !text.contains(|c: char| c.is_control() || "{}<>;\\@".contains(c))
        && !text.contains("/*")
        && !text.to_ascii_lowercase().contains("url(")
        && text.matches('"').count().is_multiple_of(2)
        && text.matches('(').count() == text.matches(')').count();
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes_of(text: &str) -> Vec<&'static str> {
        let file = SourceFile::new("themes/a/theme.toml", text);
        let checked = read("a", Some(&file), &Look::default());
        checked
            .diagnostics
            .iter()
            .map(|d| d.code.as_str())
            .collect()
    }

    #[test]
    fn the_shipped_themes_have_every_token_and_pass() {
        for (name, _) in SHIPPED {
            let checked = read(name, None, &Look::default());
            assert_eq!(checked.diagnostics, [], "{name}");
            let css = checked.value.css();
            for token in COLOURS.iter().chain(&SHAPES) {
                // What is not set takes the colour of the office.
                let may_lack = *token == "top-mark" && name == "default";
                assert!(may_lack || css.contains(&format!("--{token}:")), "{token}");
            }
            assert!(!css.contains(":;"), "{css}");
        }
        assert_ne!(
            Tokens::default(),
            read("trong-dong", None, &Look::default()).value
        );
    }

    #[test]
    fn faint_colours_and_loose_values_are_found() {
        assert_eq!(
            codes_of("name = \"a\"\n[light]\nink2 = \"#999\"\n"),
            ["colour-contrast"]
        );
        assert_eq!(codes_of("[dark]\nink = \"#333\"\n"), ["colour-contrast"]);
        assert_eq!(codes_of("[light]\nink = \"black\"\n"), ["value-invalid"]);
        assert_eq!(codes_of("[light]\ninc = \"#000\"\n"), ["key-unknown"]);
        for loose in ["a;}b{", "url(x)", "\\22", "\"", "</style>"] {
            let text = format!("[shape]\nfont = '{loose}'\n");
            assert_eq!(codes_of(&text), ["value-invalid"], "{loose}");
        }
    }

    #[test]
    fn the_colour_of_an_office_is_made_lighter_for_dark_grounds() {
        let red = Colour::parse("#8a1c1c").unwrap();
        let look = Look {
            brand: Some((red, Place::default())),
            ..Look::default()
        };
        let checked = read("default", None, &look);
        assert_eq!(checked.diagnostics, []);
        assert_eq!(
            checked.value.colours(&["brand", "d1"], Scheme::Light),
            [red, red]
        );
        let [dark, _] = checked.value.colours(&["brand", "d1"], Scheme::Dark)[..] else {
            panic!()
        };
        assert!(dark != red && dark.0[0] > dark.0[2], "{dark}");
    }
}
