//! Damage inside the containers of workbooks, past the sums that guard them: parts of archives, streams of compound
//! files.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;

use super::mutate::{Dice, damage, flip};

/// Damages a workbook: a part within it, its table of contents, or any bytes.
pub(super) fn damage_workbook(bytes: &[u8], others: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let inside = match dice.below(8) {
        0 => Some(contents(bytes, dice)),
        1 => None,
        _ if bytes.starts_with(b"PK") => part(bytes, dice),
        _ => stream(bytes, dice),
    };
    inside.unwrap_or_else(|| damage(bytes, others, dice))
}

/// Damages the list of parts at the end of an archive, the table of sectors at the beginning of a compound file.
fn contents(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let list = bytes.windows(4).position(|w| w == b"PK\x01\x02");
    match list {
        Some(list) if dice.below(4) > 0 => flip(&mut out[list..], dice),
        _ => {
            let head = out.len().min(1536);
            flip(&mut out[..head], dice);
        }
    }
    out
}

/// Packs an archive anew with one of its parts damaged, and perhaps another one missing or there twice.
fn part(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).ok()?;
        parts.push((name, text));
    }
    let others: Vec<Vec<u8>> = parts.iter().map(|(_, text)| text.clone()).collect();
    let at = dice.below(parts.len());
    parts[at].1 = damage(&parts[at].1, &others, dice);
    match dice.below(10) {
        0 => drop(parts.remove(dice.below(parts.len()))),
        1 => {
            let from = dice.below(parts.len());
            parts[at].1.clone_from(&others[from]);
        }
        _ => {}
    }
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in parts {
        out.start_file(name, options).ok()?;
        out.write_all(&text).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// Writes a compound file anew with its stream of records damaged.
fn stream(bytes: &[u8], dice: &mut Dice) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut records = Vec::new();
    let mut stream = file.open_stream("/Workbook").ok()?;
    stream.read_to_end(&mut records).ok()?;
    if dice.below(2) == 0 {
        records = damage(&records, &[records.clone()], dice);
    } else {
        length(&mut records, dice);
    }
    let mut made = cfb::CompoundFile::create(Cursor::new(Vec::new())).ok()?;
    made.create_stream("/Workbook")
        .ok()?
        .write_all(&records)
        .ok()?;
    Some(made.into_inner().into_inner())
}

/// Changes bytes within one record, so that all after it are still found.
fn length(records: &mut [u8], dice: &mut Dice) {
    let mut starts = vec![0];
    while let Some(&[_, _, low, high]) = starts.last().and_then(|at| records.get(*at..at + 4)) {
        starts.push(starts[starts.len() - 1] + 4 + usize::from(u16::from_le_bytes([low, high])));
    }
    for _ in 0..=dice.below(3) {
        let at = *dice.pick(&starts);
        let end = (at + 30).min(records.len());
        if let Some(record) = records.get_mut(at..end) {
            let byte = dice.below(record.len());
            if let Some(byte) = record.get_mut(byte) {
                *byte = *dice.pick(&[0, 1, 2, 4, 8, 0x3C, 0x7F, 0x80, 0xFE, 0xFF]);
            }
        }
    }
}
