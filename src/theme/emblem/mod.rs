//! The emblem of the office: a picture of the site that stands in the header of each page.
//!
//! In: the path that `[look]` names, and the files of the site. Out: an [`Emblem`], or one finding that says why the file
//! cannot serve. A picture is published as it is, so an SVG that could run, fetch or show anything from elsewhere when
//! its address is opened is refused, not mended.

mod svg;

use crate::config::Look;
use crate::diagnostic::{Checked, Diagnostic, Phrase, Place, codes, phrase};
use crate::source::{SourceFile, Sources};
use crate::text::content_name::content_name;
use crate::text::suggest::suggest;

/// The most bytes of an emblem: on a weak network it must not outweigh the page that carries it.
pub const MOST_BYTES: usize = 20_000;

/// Side of the square in the header that the emblem fits into, in CSS pixels.
const SIDE: u32 = 40;

/// A picture that may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emblem {
    /// Path from the root of the site, with a hash of the content in its name.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// Width in the header, in CSS pixels.
    pub width: u32,
    /// Height in the header, in CSS pixels.
    pub height: u32,
}

/// Why a file cannot serve, and where in it.
struct Refusal {
    why: Phrase,
    line: Option<u32>,
}

impl Refusal {
    fn whole(why: Phrase) -> Self {
        Self { why, line: None }
    }
}

/// Reads the emblem that the settings name; nothing where they name none.
pub fn read(sources: &Sources, look: &Look) -> Checked<Option<Emblem>> {
    let Some((path, named)) = &look.emblem else {
        return Checked::new(None, Vec::new());
    };
    let Some(file) = sources.get(path) else {
        let pictures = sources.files.iter().map(|f| &*f.path);
        let pictures = pictures.filter(|p| is_picture(p));
        let finding = finding(named.clone(), path, phrase("emblem-not-there"));
        return Checked::new(None, vec![finding.suggest(suggest(path, pictures))]);
    };
    match emblem(file) {
        Ok(emblem) => Checked::new(Some(emblem), Vec::new()),
        Err(refusal) => {
            let place = match refusal.line {
                Some(line) => Place::at(&file.path, line, 0, 0),
                None => named.clone(),
            };
            Checked::new(None, vec![finding(place, path, refusal.why)])
        }
    }
}

fn finding(place: Place, path: &str, why: Phrase) -> Diagnostic {
    Diagnostic::new(codes::EMBLEM_UNUSABLE, place)
        .with("path", path)
        .with("why", why)
}

fn is_picture(path: &str) -> bool {
    let end = path.rsplit('.').next().unwrap_or_default();
    end.eq_ignore_ascii_case("svg") || end.eq_ignore_ascii_case("png")
}

fn emblem(file: &SourceFile) -> Result<Emblem, Refusal> {
    if file.bytes.len() > MOST_BYTES {
        let why = phrase("emblem-too-large")
            .with("size", file.bytes.len().to_string())
            .with("most", MOST_BYTES.to_string());
        return Err(Refusal::whole(why));
    }
    let extension = file.extension();
    let (width, height) = match extension.as_str() {
        "svg" => svg::size(&file.bytes)?,
        "png" => png_size(&file.bytes).ok_or_else(|| Refusal::whole(phrase("emblem-damaged")))?,
        _ => return Err(Refusal::whole(phrase("emblem-format"))),
    };
    let (width, height) = fitted(width, height);
    let name = content_name(&blake3::hash(&file.bytes));
    Ok(Emblem {
        path: format!("assets/emblem.{name}.{extension}"),
        bytes: file.bytes.clone(),
        width,
        height,
    })
}

/// The size of a PNG that can be decoded.
fn png_size(bytes: &[u8]) -> Option<(f64, f64)> {
    /// Pixels of a picture that is unpacked to see whether it is whole.
    const MOST_PIXELS: u64 = 4_000_000;
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .ok()?;
    let (width, height) = reader.info().size();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut pixels).ok()?;
    Some((f64::from(width), f64::from(height)))
}

/// The largest size of these proportions within the square of the header.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 1 and the side of the square"
)]
fn fitted(width: f64, height: f64) -> (u32, u32) {
    let side = f64::from(SIDE);
    let largest = width.max(height);
    let fit = |own: f64| (own / largest * side).round().clamp(1.0, side) as u32;
    (fit(width), fit(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn found(path: &str, bytes: &[u8]) -> Result<Emblem, String> {
        let sources = Sources::new(vec![SourceFile::new(path, bytes)]);
        let look = Look {
            emblem: Some((path.to_owned(), Place::default())),
            ..Look::default()
        };
        let read = read(&sources, &look);
        read.value
            .ok_or_else(|| read.diagnostics[0].message(Language::Vietnamese))
    }

    fn svg(inner: &str) -> Result<Emblem, String> {
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 20 40\">\n{inner}</svg>"
        );
        found("content/a.svg", text.as_bytes())
    }

    #[test]
    fn a_drawing_keeps_its_proportions_and_is_named_by_its_content() {
        let emblem = svg("<path d=\"M0 0h9v9z\" fill=\"#c00\"/>").unwrap();
        assert_eq!((emblem.width, emblem.height), (20, 40));
        let name = emblem.path.strip_prefix("assets/emblem.");
        assert!(name.is_some_and(|n| n.strip_suffix(".svg").is_some()));
        for own in [
            "<defs><linearGradient id=\"a\"><stop offset=\"0\"/></linearGradient></defs><circle r=\"9\" fill=\"url(#a)\"/>",
            "<style>.a{fill:url( '#a' )}</style><use href=\"#a\"/><use xlink:href=\"#a\"/>",
            "<metadata xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><r:RDF/></metadata>",
            "<style>/* a */ .a{filter:url(#b)}</style><filter id=\"b\"><feOffset dx=\"1\"/></filter>",
            "<g xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" i:export-filename=\"C:\\a\\b.png\"/>",
            "<image href=\"data:image/png;base64,AAAA\"/><!-- <script> --><title>A &amp; B</title>",
        ] {
            assert!(svg(own).is_ok(), "{own}: {:?}", svg(own));
        }
    }

    #[test]
    fn a_drawing_that_could_run_or_fetch_is_refused() {
        for (own, part) in [
            ("<script>a()</script>", "`script`"),
            ("<SCRIPT>a()</SCRIPT>", "`SCRIPT`"),
            ("<foreignObject/>", "`foreignObject`"),
            (
                "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>",
                "`h:script`",
            ),
            ("<path onload=\"a()\"/>", "`onload`"),
            ("<a href=\"#b\"/>", "`a`"),
            ("<use href=\"https://a.vn/b.svg#c\"/>", "`href`"),
            ("<use xlink:href=\" b.svg#c\"/>", "`xlink:href`"),
            ("<image href=\"data:image/svg+xml,a\"/>", "`href`"),
            ("<use href=\"&#106;avascript:a\"/>", "`href`"),
            ("<path fill=\"url(//a.vn/b#c)\"/>", "`fill`"),
            ("<path style=\"fill:URL('b.svg#c')\"/>", "`style`"),
            ("<style>@import 'b.css';</style>", "`style`"),
            ("<style>a{}<b/>@import 'b.css';</style>", "hỏng"),
            ("<style>a{fill:u\\72l(//a.vn)}</style>", "`style`"),
            ("<style><![CDATA[a{fill:url(//a.vn)}]]></style>", "`style`"),
            ("<style>a{fill:ur<!-- -->l(//a.vn)}</style>", "`style`"),
            ("<set attributeName=\"href\" to=\"b\"/>", "`set`"),
            ("<path xml:base=\"https://a.vn/\"/>", "`xml:base`"),
            (
                "<use xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"b.svg#c\"/>",
                "`l:href`",
            ),
            ("<filter><feImage href=\"b.png\"/></filter>", "`href`"),
        ] {
            let why = svg(own).unwrap_err();
            assert!(why.contains(part), "{own}: {why}");
        }
        for whole in [
            "<?xml-stylesheet href=\"a.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&a;</svg>",
            "<svg/>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\">",
            "",
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>",
        ] {
            assert!(found("content/a.svg", whole.as_bytes()).is_err(), "{whole}");
        }
    }

    #[test]
    fn a_picture_must_be_one_and_small() {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 30, 15);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&[9; 450]).unwrap();
        writer.finish().unwrap();
        let emblem = found("content/a.png", &bytes).unwrap();
        assert_eq!((emblem.width, emblem.height), (40, 20));
        assert!(found("content/a.png", &bytes[..40]).is_err());
        assert!(
            found("content/a.png", &vec![0; 20_001])
                .unwrap_err()
                .contains("20001")
        );
        assert!(found("content/a.jpg", &bytes).is_err());
    }
}
