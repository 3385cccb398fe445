//! What the columns of a table are for, by the evidence of their cells, where no header word tells.

use super::{Region, Roles, visible, words};
use crate::table::grid::{Grid, GridRow};

/// How many rows are looked at.
const SAMPLE: usize = 400;

impl Roles {
    /// Guesses the roles of the columns: numbers of rows, figures, and the first column of names.
    ///
    /// Used to look at a table that nobody has described; never to read figures.
    pub fn guess(grid: &Grid, region: &Region) -> Self {
        let rows = visible(grid, region.reads_hidden);
        let end = region.body.end.min(region.body.start + SAMPLE);
        let rows = &rows[region.body.start.min(end)..end.min(rows.len())];
        let mut roles = Self::default();
        for (i, column) in region.columns.iter().enumerate() {
            if numbers_rows(rows, *column, &region.names[i]) {
                roles.number.push(i);
            } else if holds_figures(rows, *column) {
                roles.figures.push(i);
            } else if roles.figures.is_empty() && roles.key.len() < 2 {
                roles.key.push(i);
            }
        }
        roles
    }
}

/// Whether a column counts the rows from 1 on, perhaps anew in each group.
fn numbers_rows(rows: &[&GridRow], column: u32, name: &[String]) -> bool {
    let folded = crate::text::normal::fold(&name.join(" "));
    if ["stt", "tt", "no", "so tt", "so thu tu"].contains(&folded.as_str()) {
        return true;
    }
    let numbers: Vec<u32> = rows
        .iter()
        .filter_map(|r| r.text(column).parse().ok())
        .collect();
    let steps = numbers.windows(2).filter(|w| w[1] == w[0] + 1).count();
    numbers.len() >= 3 && numbers[0] == 1 && steps * 10 >= numbers.len() * 8
}

fn holds_figures(rows: &[&GridRow], column: u32) -> bool {
    let cells = rows.iter().filter_map(|r| r.get(column));
    let (mut figures, mut texts) = (0, 0);
    for cell in cells {
        if words::is_figure(cell) {
            figures += 1;
        } else if !words::is_absence(&cell.text) {
            texts += 1;
        }
    }
    figures > texts
}
