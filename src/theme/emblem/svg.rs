//! What of an SVG may be published: shapes, colours and words, and nothing that runs or comes from elsewhere.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::Refusal;
use crate::diagnostic::{Phrase, phrase, to_u32};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Whatever else drawing programs note in a file is dead to browsers; these are not.
const LIVE: [&str; 4] = [
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/1999/XSL/Transform",
];

/// The elements that only draw; those of filters have names in `fe`.
const DRAWING: [&str; 29] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "metadata",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "image",
    "style",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "marker",
    "filter",
];

/// How deep elements may stand in each other.
const DEPTH: usize = 100;

/// The width and height of a drawing that may be published, in any unit; a square where it gives none.
pub(super) fn size(bytes: &[u8]) -> Result<(f64, f64), Refusal> {
    let damaged = || Refusal::whole(phrase("emblem-damaged"));
    let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut size, mut depth) = (None, 0_usize);
    // The texts of a sheet come in pieces: comments and references part them.
    let mut sheet: Option<String> = None;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let refuse = |why: Phrase| {
            // White space before an element belongs to the event before it.
            let before = text.as_bytes().get(..at).unwrap_or_default();
            let line = memchr::memchr_iter(b'\n', before).count();
            Refusal {
                why,
                line: Some(to_u32(line)),
            }
        };
        match reader.read_resolved_event() {
            Ok((namespace, Event::Start(e))) => {
                depth += 1;
                if depth > DEPTH || sheet.is_some() {
                    return Err(damaged());
                }
                let is_drawing = element(&namespace, &e).map_err(refuse)?;
                attributes(&e).map_err(refuse)?;
                if size.is_none() {
                    let is_root = is_drawing && e.local_name().into_inner() == "svg";
                    size = Some(is_root.then(|| proportions(&e)).ok_or_else(damaged)?);
                }
                if is_drawing && e.local_name().into_inner() == "style" {
                    sheet = Some(String::new());
                }
            }
            Ok((_, Event::End(_))) => {
                depth = depth.saturating_sub(1);
                if let Some(sheet) = sheet.take()
                    && reaches_out(&sheet)
                {
                    return Err(refuse(phrase("emblem-reference").with("name", "style")));
                }
            }
            Ok((_, Event::Text(t))) => add(&mut sheet, &t),
            Ok((_, Event::CData(t))) => add(&mut sheet, &t),
            Ok((_, Event::GeneralRef(r))) => match r.resolve_char_ref() {
                Ok(Some(sign)) => add(&mut sheet, sign.encode_utf8(&mut [0; 4])),
                Ok(None) => add(&mut sheet, resolve_xml_entity(&r).ok_or_else(damaged)?),
                Err(_) => return Err(damaged()),
            },
            Ok((_, Event::Comment(_) | Event::Decl(_))) => {}
            Ok((_, Event::Eof)) if depth == 0 => return size.ok_or_else(damaged),
            Ok((_, Event::PI(_))) => {
                return Err(refuse(phrase("emblem-runs").with("name", "<?…?>")));
            }
            Ok((_, Event::DocType(_))) => return Err(refuse(phrase("emblem-doctype"))),
            Ok((_, Event::Empty(_) | Event::Eof)) | Err(_) => return Err(damaged()),
        }
    }
}

fn add(sheet: &mut Option<String>, text: &str) {
    if let Some(sheet) = sheet {
        sheet.push_str(text);
    }
}

/// Whether an element is one of SVG; one that does more than draw is refused.
fn element(namespace: &ResolveResult<'_>, e: &BytesStart<'_>) -> Result<bool, Phrase> {
    let refused = || phrase("emblem-runs").with("name", e.name().into_inner());
    match namespace {
        ResolveResult::Bound(Namespace(SVG)) => {
            let name = e.local_name().into_inner();
            let is_known = DRAWING.contains(&name) || name.starts_with("fe");
            is_known.then_some(true).ok_or_else(refused)
        }
        // A reference in the name would make another one of it.
        ResolveResult::Bound(Namespace(other))
            if !LIVE.contains(&other.trim()) && !other.contains('&') =>
        {
            Ok(false)
        }
        _ => Err(refused()),
    }
}

/// Refuses attributes that run, lead elsewhere or change what addresses mean.
fn attributes(e: &BytesStart<'_>) -> Result<(), Phrase> {
    for attribute in e.attributes() {
        let attribute = attribute.map_err(|_| phrase("emblem-damaged"))?;
        let name = attribute.key.into_inner();
        let local = attribute.key.local_name().into_inner();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| phrase("emblem-damaged"))?;
        if local
            .get(..2)
            .is_some_and(|on| on.eq_ignore_ascii_case("on"))
            || name == "xml:base"
        {
            return Err(phrase("emblem-runs").with("name", name));
        }
        let is_address = ["href", "src"]
            .iter()
            .any(|a| local.eq_ignore_ascii_case(a));
        // Vocabularies and what drawing programs note, such as the folder of a file, are nothing that a browser opens.
        let is_noted = name == "xmlns" || name.contains(':');
        if is_address && !is_inside(&value) || !is_noted && reaches_out(&value) {
            return Err(phrase("emblem-reference").with("name", name));
        }
    }
    Ok(())
}

/// Whether an address is one within the file: a part of it, or a picture of pixels that it holds.
fn is_inside(address: &str) -> bool {
    let address = address.trim();
    let is_pixels = ["data:image/png;", "data:image/jpeg;"].iter();
    address.starts_with('#') || is_pixels.clone().any(|start| address.starts_with(start))
}

/// Whether words of a sheet fetch something; whoever hides a word behind a backslash is not asked for a reason.
fn reaches_out(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let outside = |rest: &str| !is_inside(rest.trim_start().trim_start_matches(['"', '\'']));
    style.contains('\\')
        || style.contains("@import")
        || style.contains("image-set(")
        || style.split("url(").skip(1).any(outside)
}

/// The width and height of the root element.
fn proportions(e: &BytesStart<'_>) -> (f64, f64) {
    let get = |name: &str| {
        let value = e.try_get_attribute(name).ok()??;
        let value = value.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    };
    let number = |text: &str| {
        let number = text
            .trim()
            .trim_end_matches(|c: char| c.is_ascii_alphabetic());
        number
            .parse::<f64>()
            .ok()
            .filter(|n| (1e-3..1e6).contains(n))
    };
    let view = get("viewBox").and_then(|v| {
        let parts = v.split([' ', ',', '\n', '\t']).filter(|p| !p.is_empty());
        let parts: Vec<&str> = parts.collect();
        Some((number(parts.get(2)?)?, number(parts.get(3)?)?))
    });
    let own = || Some((number(&get("width")?)?, number(&get("height")?)?));
    view.or_else(own).unwrap_or((1.0, 1.0))
}
