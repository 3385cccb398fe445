//! Properties of an XLS document ([MS-OLEPS]): the texts of a property set.

use super::records::{u16_at, u32_at};

/// Properties of a set that are looked at.
const MOST: u32 = 1_000;

/// All texts of a property set: author, title, who saved it last and so on.
pub(super) fn texts(data: &[u8]) -> Vec<String> {
    let sets = u32_at(data, 24).unwrap_or(0).min(4) as usize;
    let starts = (0..sets).filter_map(|n| u32_at(data, 28 + n * 20 + 16));
    starts
        .filter_map(|start| data.get(start as usize..))
        .flat_map(of_set)
        .collect()
}

fn of_set(set: &[u8]) -> Vec<String> {
    let count = u32_at(set, 4).unwrap_or(0).min(MOST) as usize;
    let property = |n: usize| {
        let at = u32_at(set, 8 + n * 8 + 4)? as usize;
        Some((u32_at(set, 8 + n * 8)?, set.get(at..)?))
    };
    let code_page = (0..count)
        .filter_map(property)
        .find(|(id, _)| *id == 1)
        .and_then(|(_, value)| u16_at(value, 4));
    (0..count)
        .filter_map(property)
        .filter_map(|(_, value)| text(value, code_page))
        .filter(|t| !t.trim().is_empty())
        .collect()
}

/// The text of a property that is one.
fn text(value: &[u8], code_page: Option<u16>) -> Option<String> {
    let length = u32_at(value, 4)? as usize;
    match u32_at(value, 0)? {
        30 => {
            let bytes = value.get(8..)?.get(..length)?;
            let encoding = match code_page {
                Some(65001) => encoding_rs::UTF_8,
                Some(1258) => encoding_rs::WINDOWS_1258,
                Some(1200) => encoding_rs::UTF_16LE,
                _ => encoding_rs::WINDOWS_1252,
            };
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            Some(text.trim_end_matches('\0').to_owned())
        }
        31 => {
            let bytes = value.get(8..)?.get(..length.checked_mul(2)?)?;
            let (text, _) = encoding_rs::UTF_16LE.decode_without_bom_handling(bytes);
            Some(text.trim_end_matches('\0').to_owned())
        }
        _ => None,
    }
}
