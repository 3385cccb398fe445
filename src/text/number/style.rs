//! Which style the numbers of a column have, by the evidence of all its cells.

use super::digits;
use super::marks::{Marks, marks};
use super::multiples::has_multiplier;
use super::{Expect, NumberError, Style};

/// Decides the style of a column by the evidence of all its cells.
///
/// A mark that can only part thousands, or only stand before decimals, tells. `None` where no cell has one. In
/// whole numbers every mark with three digits after it parts thousands. Where cells tell different styles, the
/// more frequent one holds as long as no cell depends on it.
///
/// # Errors
/// The position of the first cell that has two readings, if no other cell decides between them or others
/// contradict each other.
pub fn column_style<'a>(
    cells: impl Iterator<Item = &'a str>,
    whole: bool,
) -> Result<Option<Style>, (usize, NumberError)> {
    let (mut vietnamese, mut english) = (0_usize, 0_usize);
    let mut open = None;
    for (i, cell) in cells.enumerate() {
        for token in cell.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')) {
            let token = token.trim_matches(['.', ',']);
            match marks(token).map(|marks| evidence(marks, whole)) {
                Some(Evidence::Of(Style::Vietnamese)) => vietnamese += 1,
                Some(Evidence::Of(Style::English)) => english += 1,
                // Beside a multiplier the marks are read without the column's help.
                Some(Evidence::Open) if open.is_none() && !has_multiplier(cell) => {
                    open = Some((i, token));
                }
                _ => {}
            }
        }
    }
    match (vietnamese, english, open) {
        (0, 0, Some((i, token))) | (1.., 1.., Some((i, token))) => Err((i, both_readings(token))),
        (v, e, _) if v > e => Ok(Some(Style::Vietnamese)),
        (v, e, _) if v < e => Ok(Some(Style::English)),
        _ => Ok(None),
    }
}

/// What one number tells about the style.
enum Evidence {
    Of(Style),
    /// It has two readings.
    Open,
    Nothing,
}

fn evidence(marks: Marks, whole: bool) -> Evidence {
    let by_decimals = |mark| {
        Evidence::Of(if mark == ',' {
            Style::Vietnamese
        } else {
            Style::English
        })
    };
    let by_thousands = |mark| {
        Evidence::Of(if mark == '.' {
            Style::Vietnamese
        } else {
            Style::English
        })
    };
    match marks {
        Marks::Thousands(mark) => by_thousands(mark),
        Marks::Both(mark) => by_decimals(mark),
        Marks::Either(mark) if whole => by_thousands(mark),
        // Decimals among whole numbers are a fault of their cell and say nothing about the others.
        Marks::Decimal(mark) if !whole => by_decimals(mark),
        Marks::Either(_) => Evidence::Open,
        Marks::None | Marks::Odd(_) | Marks::Decimal(_) => Evidence::Nothing,
    }
}

fn both_readings(token: &str) -> NumberError {
    digits::parse(token, Expect::default())
        .err()
        .unwrap_or(NumberError::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decimal::Decimal;

    fn check(cells: &[&str], whole: bool, wanted: Result<Option<Style>, usize>) {
        assert_eq!(
            column_style(cells.iter().copied(), whole).map_err(|e| e.0),
            wanted,
            "{cells:?}"
        );
    }

    #[test]
    fn the_column_decides_what_a_cell_cannot() {
        check(&["1.234", "12,5"], false, Ok(Some(Style::Vietnamese)));
        check(&["1,234", "12.5"], false, Ok(Some(Style::English)));
        check(&["1.234", "1.109.057"], false, Ok(Some(Style::Vietnamese)));
        check(&["12", "7", "chưa báo cáo", ""], false, Ok(None));
        check(&["2.035", "1999"], true, Ok(Some(Style::Vietnamese)));
        check(&["2.035", "25.5"], true, Ok(Some(Style::Vietnamese)));
        check(&["trên 1.337 tỷ đồng"], false, Ok(None));
        check(
            &["trên 1.337 tỷ đồng", "31 tỷ 377,5 triệu đồng"],
            false,
            Ok(Some(Style::Vietnamese)),
        );
    }

    #[test]
    fn an_undecided_cell_is_reported() {
        check(&["5", "1.234"], false, Err(1));
        check(&["1,5", "2.5", "1.234"], false, Err(2));
        let readings = [Decimal::from_int(1234), Decimal::new(1234, 3)];
        assert_eq!(
            column_style(["1.234"].into_iter(), false),
            Err((0, NumberError::Ambiguous { readings }))
        );
    }

    #[test]
    fn a_slip_does_not_change_the_style() {
        check(
            &["6,12%", "98,51%", "25.5%"],
            false,
            Ok(Some(Style::Vietnamese)),
        );
        check(&["6,12%", "25.5%"], false, Ok(None));
    }
}
