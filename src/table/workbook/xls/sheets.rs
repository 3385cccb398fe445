//! The records of a sheet: cells, hidden rows and columns, merged regions, comments, headers and footers.

use std::collections::BTreeMap;

use super::records::{Bytes, Record, Records, f64_at, rk_at, string_at, u16_at};
use super::{Globals, Style};
use crate::table::grid::{CellType, Merge};
use crate::table::workbook::format;
use crate::table::workbook::limits::Failure;
use crate::table::workbook::sheet::Sheet;

/// What is remembered from one record to the next.
#[derive(Default)]
struct State {
    /// The cell of a formula whose text comes in the next record.
    formula: Option<(u32, u32, Style)>,
    /// The number of the object read last, whose text may follow.
    object: Option<u16>,
    /// The texts of objects by their numbers.
    boxes: BTreeMap<u16, String>,
    /// Cells with comments, by the number of their object.
    notes: BTreeMap<u16, (u32, u32)>,
}

/// Reads the records of a sheet from its first on; gives the bytes that they take.
pub(super) fn read(
    records: &[u8],
    globals: &Globals,
    sheet: &mut Sheet<'_>,
    name: &str,
) -> Result<usize, Failure> {
    let mut state = State::default();
    // Charts inside a sheet have records of their own, from a beginning to an end.
    let mut depth = 0;
    let mut rest = Records::new(records);
    while let Some(record) = rest.next() {
        match record.kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => {
                if depth == 0 {
                    return Err(Failure::damaged(name));
                }
                finish(state, sheet)?;
                return Ok(records.len() - rest.left());
            }
            0x000A => depth -= 1,
            _ if depth == 1 => {
                one(&record, globals, sheet, &mut state)?.ok_or_else(|| Failure::damaged(name))?;
            }
            _ => {}
        }
    }
    Err(Failure::damaged(name))
}

fn finish(state: State, sheet: &mut Sheet<'_>) -> Result<(), Failure> {
    let State {
        mut boxes, notes, ..
    } = state;
    for (object, (row, column)) in notes {
        let text = boxes.remove(&object).unwrap_or_default();
        sheet.comment(row, column, &text)?;
    }
    boxes.values().try_for_each(|text| sheet.text(text))
}

/// Reads one record; nothing where it is too short.
fn one(
    record: &Record<'_>,
    globals: &Globals,
    sheet: &mut Sheet<'_>,
    state: &mut State,
) -> Result<Option<()>, Failure> {
    let data = record.data;
    match record.kind {
        0x0203 | 0x027E | 0x00BD | 0x00FD | 0x0204 | 0x00D6 | 0x0205 | 0x0006 | 0x0207 => {
            cell(record, globals, sheet, state)
        }
        // ROW: no height, or hidden.
        0x0208 => Ok(u16_at(data, 12).zip(u16_at(data, 0)).map(|(flags, row)| {
            if flags & 0x20 != 0 {
                sheet.hide_row(u32::from(row));
            }
        })),
        // COLINFO.
        0x007D => {
            let range = (|| Some((u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 8)?)))();
            if let Some((first, last, flags)) = range.filter(|(_, _, flags)| flags & 1 == 1) {
                let _ = flags;
                sheet.hide_columns(u32::from(first), u32::from(last))?;
            }
            Ok(range.map(drop))
        }
        0x00E5 => merges(data, sheet),
        // HEADER and FOOTER may be empty altogether.
        0x0014 | 0x0015 => {
            let text = string_at(data, 0, false).unwrap_or_default();
            sheet.text(&text)?;
            Ok(Some(()))
        }
        // OBJ: the number of the object stands in its first part.
        0x005D => {
            state.object = u16_at(data, 6);
            Ok(Some(()))
        }
        0x01B6 => {
            if let (Some(object), Some(text)) = (state.object.take(), box_text(record)) {
                state.boxes.insert(object, text);
            }
            Ok(Some(()))
        }
        0x001C => {
            if let (Some(row), Some(column), Some(object)) =
                (u16_at(data, 0), u16_at(data, 2), u16_at(data, 6))
            {
                state
                    .notes
                    .insert(object, (u32::from(row), u32::from(column)));
                let author = string_at(data, 8, false).unwrap_or_default();
                sheet.text(&author)?;
            }
            Ok(Some(()))
        }
        _ => Ok(Some(())),
    }
}

/// The text of a TXO record, which stands in the first record that continues it.
fn box_text(record: &Record<'_>) -> Option<String> {
    let count = usize::from(u16_at(record.data, 10)?);
    let (first, rest) = record.more.split_first()?;
    let text = Record {
        kind: 0,
        data: first,
        more: rest.to_vec(),
    };
    let mut bytes = Bytes::new(&text);
    let is_wide = bytes.byte()? & 1 == 1;
    bytes.characters(count, is_wide)
}

fn merges(data: &[u8], sheet: &mut Sheet<'_>) -> Result<Option<()>, Failure> {
    let Some(count) = u16_at(data, 0) else {
        return Ok(None);
    };
    for n in 0..usize::from(count) {
        let at = |i: usize| u16_at(data, 2 + n * 8 + i * 2).map(u32::from);
        let (Some(top), Some(bottom), Some(left), Some(right)) = (at(0), at(1), at(2), at(3))
        else {
            return Ok(None);
        };
        sheet.merge(Merge {
            top,
            left,
            bottom,
            right,
        })?;
    }
    Ok(Some(()))
}

fn cell(
    record: &Record<'_>,
    globals: &Globals,
    sheet: &mut Sheet<'_>,
    state: &mut State,
) -> Result<Option<()>, Failure> {
    let data = record.data;
    if record.kind == 0x0207 {
        let Some((row, column, style)) = state.formula.take() else {
            return Ok(Some(()));
        };
        let mut bytes = Bytes::new(record);
        let text = bytes.u16().and_then(|n| bytes.string(usize::from(n)));
        let Some(text) = text else { return Ok(None) };
        return text_cell(sheet, (row, column), text, style).map(Some);
    }
    let (Some(row), Some(column), Some(style)) =
        (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4))
    else {
        return Ok(None);
    };
    let (row, column) = (u32::from(row), u32::from(column));
    let style_of = |number: u16| {
        globals
            .styles
            .get(usize::from(number))
            .copied()
            .unwrap_or_default()
    };
    let number = |sheet: &mut Sheet<'_>, column: u32, style: u16, value: f64| match format::figure(
        value,
        style_of(style).format,
        globals.is_1904,
    ) {
        Some((text, kind)) => sheet.push(row, column, &text, kind),
        None => sheet.push(row, column, "#NUM!", CellType::Error),
    };
    match record.kind {
        0x0203 => f64_at(data, 6)
            .map(|v| number(sheet, column, style, v))
            .transpose(),
        0x027E => rk_at(data, 6)
            .map(|v| number(sheet, column, style, v))
            .transpose(),
        0x00BD => {
            // Several cells side by side: style and number for each, the last column at the end.
            let count = data.len().saturating_sub(6) / 6;
            for n in 0..count {
                let (Some(style), Some(value)) = (u16_at(data, 4 + n * 6), rk_at(data, 6 + n * 6))
                else {
                    return Ok(None);
                };
                number(
                    sheet,
                    column.saturating_add(crate::diagnostic::to_u32(n)),
                    style,
                    value,
                )?;
            }
            Ok(Some(()))
        }
        0x00FD => {
            let index = super::u32_at(data, 6).map(|n| n as usize);
            let text = index.and_then(|n| globals.strings.get(n)).cloned();
            text.map(|t| text_cell(sheet, (row, column), t, style_of(style)))
                .transpose()
        }
        0x0204 | 0x00D6 => string_at(data, 6, false)
            .map(|t| text_cell(sheet, (row, column), t, style_of(style)))
            .transpose(),
        0x0205 => bool_or_error(data, 6)
            .map(|(t, k)| sheet.push(row, column, t, k))
            .transpose(),
        _ => formula(data, (row, column), style_of(style), globals, sheet, state),
    }
}

fn text_cell(
    sheet: &mut Sheet<'_>,
    (row, column): (u32, u32),
    text: String,
    style: Style,
) -> Result<(), Failure> {
    let text = sheet.in_font(text, style.font);
    sheet.push(row, column, &text, CellType::Text)
}

/// A yes or no, or an error, by the byte that says which.
fn bool_or_error(data: &[u8], at: usize) -> Option<(&'static str, CellType)> {
    let (value, is_error) = (*data.get(at)?, *data.get(at + 1)?);
    Some(match (is_error, value) {
        (0, 0) => ("không", CellType::Text),
        (0, _) => ("có", CellType::Text),
        (_, code) => (error(code), CellType::Error),
    })
}

/// Source: [MS-XLS] 2.5.10.
fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// The stored result of a formula ([MS-XLS] 2.5.133): a number, or a mark and what it is.
fn formula(
    data: &[u8],
    (row, column): (u32, u32),
    style: Style,
    globals: &Globals,
    sheet: &mut Sheet<'_>,
    state: &mut State,
) -> Result<Option<()>, Failure> {
    let Some(value) = data.get(6..14) else {
        return Ok(None);
    };
    state.formula = None;
    if value[6..] != [0xFF, 0xFF] {
        let number =
            f64_at(value, 0).and_then(|v| format::figure(v, style.format, globals.is_1904));
        return number
            .map(|(t, k)| sheet.push(row, column, &t, k))
            .transpose();
    }
    match value[0] {
        0 => state.formula = Some((row, column, style)),
        1 => sheet.push(
            row,
            column,
            if value[2] == 0 { "không" } else { "có" },
            CellType::Text,
        )?,
        2 => sheet.push(row, column, error(value[2]), CellType::Error)?,
        // An empty text.
        _ => {}
    }
    Ok(Some(()))
}
