//! XLS of Excel 97 to 2003 ([MS-XLS], BIFF8): the stream `Workbook` of a compound file → sheets.

mod properties;
mod records;
mod sheets;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use self::records::{Bytes, Record, Records, string_at, u16_at, u32_at};
use super::fonts::FontEncoding;
use super::format::Format;
use super::limits::{self, Budget, Failure, check};
use super::sheet::Sheet;
use super::{Outcome, Workbook, place_of};
use crate::diagnostic::Checked;
use crate::source::SourceFile;

type Compound<'b> = CompoundFile<Cursor<&'b [u8]>>;

/// What all sheets share.
#[derive(Default)]
struct Globals {
    sheets: Vec<Listed>,
    strings: Vec<String>,
    styles: Vec<Style>,
    is_1904: bool,
    names: Vec<String>,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    /// Where its records begin.
    start: usize,
    /// Whether it holds cells.
    has_cells: bool,
}

/// A style of cells.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    format: Format,
    font: Option<FontEncoding>,
}

pub(super) fn read(file: &SourceFile) -> Outcome {
    let mut compound = cfb::OpenOptions::new()
        .open_with(Cursor::new(file.bytes.as_slice()))
        .map_err(|_| Failure::damaged(file.name()))?;
    if compound.exists("/EncryptedPackage") {
        return Err(Failure::Encrypted);
    }
    let Some(stream) = stream(&mut compound, "/Workbook")? else {
        let is_older = compound.exists("/Book");
        return Err(if is_older {
            Failure::Unsupported("Excel 5.0/95 .xls")
        } else {
            Failure::damaged("Workbook")
        });
    };
    let globals = globals(&stream)?;
    let mut out = Checked::new(Workbook::default(), Vec::new());
    let mut budget = Budget::default();
    // Sheets lie one after the other: all together they have no more records than the stream.
    let mut unread = stream.len();
    for listed in globals.sheets.iter().filter(|s| s.has_cells) {
        let records = stream
            .get(listed.start..)
            .ok_or_else(|| Failure::damaged(&listed.name))?;
        let mut sheet = Sheet::new(&file.path, &listed.name, listed.hidden, &mut budget);
        let length = sheets::read(records, &globals, &mut sheet, &listed.name)?;
        unread = unread
            .checked_sub(length)
            .ok_or_else(|| Failure::damaged(&listed.name))?;
        let (grid, texts) = sheet.finish(&mut out.diagnostics);
        out.value.grids.push(grid);
        out.value.texts.extend(texts);
    }
    let names = globals
        .names
        .iter()
        .map(|n| (place_of(&file.path, n), n.clone()));
    out.value.texts.extend(names);
    for name in [
        "/\u{5}SummaryInformation",
        "/\u{5}DocumentSummaryInformation",
    ] {
        // Properties that cannot be read do not stop the figures.
        if let Ok(Some(bytes)) = self::stream(&mut compound, name) {
            let texts = properties::texts(&bytes).into_iter();
            out.value
                .texts
                .extend(texts.map(|t| (place_of(&file.path, &name[2..]), t)));
        }
    }
    Ok(out)
}

/// The bytes of a stream, or nothing if there is no such stream.
fn stream(compound: &mut Compound<'_>, name: &str) -> Result<Option<Vec<u8>>, Failure> {
    if !compound.is_stream(name) {
        return Ok(None);
    }
    let damaged = |_| Failure::damaged(name.trim_start_matches('/'));
    let stream = compound.open_stream(name).map_err(damaged)?;
    check("limit-part-bytes", stream.len(), limits::PART_BYTES)?;
    let mut bytes = Vec::new();
    stream
        .take(limits::PART_BYTES)
        .read_to_end(&mut bytes)
        .map_err(damaged)?;
    Ok(Some(bytes))
}

/// Reads the records before those of the sheets.
fn globals(stream: &[u8]) -> Result<Globals, Failure> {
    let mut out = Globals::default();
    let (mut formats, mut fonts) = (BTreeMap::new(), Vec::new());
    for (n, record) in Records::new(stream).enumerate() {
        let damaged = || Failure::damaged("Workbook");
        match record.kind {
            0x0809 if n == 0 && u16_at(record.data, 0) == Some(0x0600) => {}
            0x0809 if n == 0 => return Err(Failure::Unsupported("Excel 5.0/95 .xls")),
            _ if n == 0 => return Err(damaged()),
            0x002F => return Err(Failure::Encrypted),
            0x0022 => out.is_1904 = u16_at(record.data, 0) == Some(1),
            0x0031 => fonts.push(font(record.data)),
            0x041E => {
                let id = u16_at(record.data, 0).ok_or_else(damaged)?;
                let code = string_at(record.data, 2, false).ok_or_else(damaged)?;
                formats.insert(u32::from(id), Format::of_code(&code));
            }
            0x00E0 => {
                let style = style(record.data, &formats, &fonts);
                out.styles.push(style.ok_or_else(damaged)?);
            }
            0x0085 => out.sheets.push(listed(record.data).ok_or_else(damaged)?),
            0x0018 => out.names.extend(defined_name(record.data)),
            0x00FC => out.strings = shared_strings(&record)?.ok_or_else(damaged)?,
            0x000A => {
                check("limit-sheets", out.sheets.len() as u64, limits::SHEETS)?;
                return Ok(out);
            }
            _ => {}
        }
    }
    Err(Failure::damaged("Workbook"))
}

fn font(data: &[u8]) -> Option<FontEncoding> {
    FontEncoding::of(&string_at(data, 14, true)?)
}

fn style(
    data: &[u8],
    formats: &BTreeMap<u32, Format>,
    fonts: &[Option<FontEncoding>],
) -> Option<Style> {
    let font = usize::from(u16_at(data, 0)?);
    let id = u32::from(u16_at(data, 2)?);
    // There is no font number 4 ([MS-XLS] 2.5.129).
    let font = if font > 4 { font - 1 } else { font };
    Some(Style {
        format: formats
            .get(&id)
            .copied()
            .unwrap_or_else(|| Format::built_in(id)),
        font: fonts.get(font).copied().flatten(),
    })
}

fn listed(data: &[u8]) -> Option<Listed> {
    Some(Listed {
        start: u32_at(data, 0)? as usize,
        hidden: data.get(4)? & 3 != 0,
        has_cells: *data.get(5)? == 0,
        name: string_at(data, 6, true)?,
    })
}

/// The name of a defined name; those of the program have one character.
fn defined_name(data: &[u8]) -> Option<String> {
    let count = usize::from(*data.get(3)?);
    let record = Record {
        kind: 0,
        data: data.get(14..)?,
        more: Vec::new(),
    };
    Bytes::new(&record)
        .string(count)
        .filter(|n| n.chars().count() > 1)
}

/// The strings that cells share; nothing where the record ends before them.
fn shared_strings(record: &Record<'_>) -> Result<Option<Vec<String>>, Failure> {
    let mut bytes = Bytes::new(record);
    let (Some(_), Some(count)) = (bytes.u32(), bytes.u32()) else {
        return Ok(None);
    };
    check("limit-shared-strings", u64::from(count), limits::CELLS)?;
    let string = |_| {
        let length = usize::from(bytes.u16()?);
        bytes.string(length)
    };
    Ok((0..count).map(string).collect())
}
